//! A hash that is the same on every machine.

use std::hash::Hasher;

/// A 64-bit hasher for comparing runs; not for hash tables that meet an adversary.
///
/// Every integer is widened to 64 bits first, so that a `usize` hashes the same in wasm (32 bits)
/// and natively (64 bits); bytes are read little-endian.
#[derive(Clone, Debug)]
pub struct StableHasher {
    state: u64,
}

impl StableHasher {
    /// A fresh hasher.
    pub fn new() -> StableHasher {
        StableHasher {
            state: 0x6c6f_636b_7374_6570,
        }
    }

    fn mix(&mut self, word: u64) {
        // Multiply and fold, then a rotation, so that order counts and high bits reach low ones.
        let mixed = (self.state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.state = (mixed ^ (mixed >> 32)).rotate_left(23);
    }
}

impl Default for StableHasher {
    fn default() -> StableHasher {
        StableHasher::new()
    }
}

impl Hasher for StableHasher {
    fn finish(&self) -> u64 {
        let mut last = self.clone();
        last.mix(0x51);
        last.mix(0xa7);
        last.state
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
        self.mix(bytes.len() as u64);
    }

    fn write_u8(&mut self, i: u8) {
        self.mix(u64::from(i));
    }

    fn write_u16(&mut self, i: u16) {
        self.mix(u64::from(i));
    }

    fn write_u32(&mut self, i: u32) {
        self.mix(u64::from(i));
    }

    fn write_u64(&mut self, i: u64) {
        self.mix(i);
    }

    fn write_usize(&mut self, i: usize) {
        self.mix(i as u64);
    }

    fn write_i8(&mut self, i: i8) {
        self.mix(i as u64);
    }

    fn write_i16(&mut self, i: i16) {
        self.mix(i as u64);
    }

    fn write_i32(&mut self, i: i32) {
        self.mix(i as u64);
    }

    fn write_i64(&mut self, i: i64) {
        self.mix(i as u64);
    }

    fn write_isize(&mut self, i: isize) {
        self.mix(i as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_do_not_matter_and_order_does() {
        let of = |f: &dyn Fn(&mut StableHasher)| {
            let mut hasher = StableHasher::new();
            f(&mut hasher);
            hasher.finish()
        };
        assert_eq!(of(&|h| h.write_usize(7)), of(&|h| h.write_u32(7)));
        assert_eq!(of(&|h| h.write_isize(-7)), of(&|h| h.write_i64(-7)));
        assert_ne!(
            of(&|h| {
                h.write_u8(1);
                h.write_u8(2);
            }),
            of(&|h| {
                h.write_u8(2);
                h.write_u8(1);
            })
        );
        assert_ne!(of(&|h| h.write(b"a")), of(&|h| h.write(b"a\0")));
    }
}
