//! Equality and hashing of values by their runtime type.
//!
//! A comparable type is flattened into leaves: runs of words compared as they are, floats, strings and
//! interfaces, each with its offset. Blank fields are left out, as the specification asks.
//!
//! Deliberately absent: ordering, which only strings and numbers have and the machine does in place.

use super::heap::{Heap, Word};

/// One part of a comparable value, with its offset in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// Integers, booleans, pointers, channels: equal as words.
    Words {
        at: u32,
        count: u32,
    },
    /// A float: NaN is unequal to itself and the two zeros are equal.
    Float {
        at: u32,
    },
    Text {
        at: u32,
    },
    Interface {
        at: u32,
    },
}

/// How values of one type are laid out and compared.
#[derive(Clone, Debug)]
pub struct Shape {
    /// As `%T` prints it.
    pub name: Box<str>,
    /// Width in words.
    pub width: u32,
    /// Whether any word may be a reference.
    pub scan: bool,
    /// `None` if values cannot be compared.
    pub leaves: Option<Box<[Leaf]>>,
}

/// The shapes of all runtime types, by type id; entry 0 stands for "no type".
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    pub list: Vec<Shape>,
}

/// A value whose dynamic type cannot be compared or hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncomparable {
    pub type_name: Box<str>,
}

impl Shapes {
    /// The shape of a runtime type.
    pub fn get(&self, id: Word) -> &Shape {
        // Entry 0 is always there; only package unsafe can make an interface of no known type.
        self.list.get(id as usize).unwrap_or(&self.list[0])
    }

    /// The words of a value inside an interface.
    pub fn payload<'a>(&self, heap: &'a Heap, id: Word, payload: &'a Word) -> &'a [Word] {
        match self.get(id).width {
            0 => &[],
            1 => std::slice::from_ref(payload),
            width => heap.slice(*payload, width as usize),
        }
    }
}

/// Whether two values of one type, given by its leaves, are equal.
pub fn equal_leaves(
    heap: &Heap,
    shapes: &Shapes,
    leaves: &[Leaf],
    a: &[Word],
    b: &[Word],
) -> Result<bool, Uncomparable> {
    for leaf in leaves {
        let same = match *leaf {
            Leaf::Words { at, count } => {
                let range = at as usize..(at + count) as usize;
                a[range.clone()] == b[range]
            }
            Leaf::Float { at } => f64::from_bits(a[at as usize]) == f64::from_bits(b[at as usize]),
            Leaf::Text { at } => {
                let at = at as usize;
                equal_strings(heap, [a[at], a[at + 1]], [b[at], b[at + 1]])
            }
            Leaf::Interface { at } => {
                let at = at as usize;
                equal_interfaces(heap, shapes, [a[at], a[at + 1]], [b[at], b[at + 1]])?
            }
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether two strings are equal.
#[inline]
pub fn equal_strings(heap: &Heap, a: [Word; 2], b: [Word; 2]) -> bool {
    a[1] == b[1] && (a[0] == b[0] || heap.string(a[0], a[1]) == heap.string(b[0], b[1]))
}

/// Whether two interface values are equal: same dynamic type, equal values.
pub fn equal_interfaces(
    heap: &Heap,
    shapes: &Shapes,
    a: [Word; 2],
    b: [Word; 2],
) -> Result<bool, Uncomparable> {
    if a[0] != b[0] {
        return Ok(false);
    }
    if a[0] == 0 {
        return Ok(true);
    }
    let shape = shapes.get(a[0]);
    let Some(leaves) = &shape.leaves else {
        return Err(Uncomparable {
            type_name: shape.name.clone(),
        });
    };
    let (left, right) = (
        shapes.payload(heap, a[0], &a[1]),
        shapes.payload(heap, b[0], &b[1]),
    );
    equal_leaves(heap, shapes, leaves, left, right)
}

const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

#[inline]
fn mix(hash: u64, word: u64) -> u64 {
    let product = (hash.rotate_left(23) ^ word).wrapping_mul(SPREAD);
    product ^ (product >> 29)
}

/// The hash of a single word.
#[inline]
pub fn hash_word(word: Word) -> u32 {
    (mix(SPREAD, word) >> 16) as u32
}

/// The hash of a string's bytes.
#[inline]
pub fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut hash = mix(SPREAD, bytes.len() as u64);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        hash = mix(hash, u64::from_le_bytes(word));
    }
    let mut last = 0;
    for &byte in chunks.remainder() {
        last = last << 8 | u64::from(byte);
    }
    (mix(hash, last) >> 16) as u32
}

/// The hash of a value given by its leaves.
pub fn hash_leaves(
    heap: &Heap,
    shapes: &Shapes,
    leaves: &[Leaf],
    value: &[Word],
) -> Result<u32, Uncomparable> {
    let mut hash = SPREAD;
    for leaf in leaves {
        match *leaf {
            Leaf::Words { at, count } => {
                for &word in &value[at as usize..(at + count) as usize] {
                    hash = mix(hash, word);
                }
            }
            Leaf::Float { at } => {
                let float = f64::from_bits(value[at as usize]);
                // The two zeros are equal, so they hash alike; NaNs are unequal, so any hash will do.
                hash = mix(
                    hash,
                    if float == 0.0 || float.is_nan() {
                        0
                    } else {
                        float.to_bits()
                    },
                );
            }
            Leaf::Text { at } => {
                let at = at as usize;
                hash = mix(
                    hash,
                    u64::from(hash_bytes(heap.string(value[at], value[at + 1]))),
                );
            }
            Leaf::Interface { at } => {
                let at = at as usize;
                if value[at] != 0 {
                    let shape = shapes.get(value[at]);
                    let Some(inner) = &shape.leaves else {
                        return Err(Uncomparable {
                            type_name: shape.name.clone(),
                        });
                    };
                    let words = shapes.payload(heap, value[at], &value[at + 1]);
                    hash = mix(hash, u64::from(hash_leaves(heap, shapes, inner, words)?));
                }
            }
        }
    }
    Ok((hash >> 16) as u32)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Shapes of int (1), string (2), float64 (3), []int (4), any (5).
    pub fn shapes() -> Shapes {
        let shape = |name: &str, width, leaves: Option<&[Leaf]>| Shape {
            name: name.into(),
            width,
            scan: true,
            leaves: leaves.map(Into::into),
        };
        Shapes {
            list: vec![
                shape("nil", 0, None),
                shape("int", 1, Some(&[Leaf::Words { at: 0, count: 1 }])),
                shape("string", 2, Some(&[Leaf::Text { at: 0 }])),
                shape("float64", 1, Some(&[Leaf::Float { at: 0 }])),
                shape("[]int", 3, None),
                shape("interface {}", 2, Some(&[Leaf::Interface { at: 0 }])),
            ],
        }
    }

    #[test]
    fn compares_interfaces_by_dynamic_type() {
        let mut heap = Heap::new();
        let shapes = shapes();
        let nan = f64::NAN.to_bits();
        assert_eq!(equal_interfaces(&heap, &shapes, [0, 0], [0, 0]), Ok(true));
        assert_eq!(equal_interfaces(&heap, &shapes, [1, 7], [3, 7]), Ok(false));
        assert_eq!(
            equal_interfaces(&heap, &shapes, [3, nan], [3, nan]),
            Ok(false)
        );
        assert_eq!(
            equal_interfaces(&heap, &shapes, [3, 0], [3, (-0.0f64).to_bits()]),
            Ok(true)
        );
        let error = equal_interfaces(&heap, &shapes, [4, 0], [4, 0]).unwrap_err();
        assert_eq!(&*error.type_name, "[]int");
        let mut boxed = |text: &[u8]| {
            let (at, length) = heap.new_string(text);
            super::super::heap::pointer(heap.box_words(&[at, length], true), 0)
        };
        let (a, b, c) = (boxed(b"go"), boxed(b"go"), boxed(b"no"));
        assert_eq!(equal_interfaces(&heap, &shapes, [2, a], [2, b]), Ok(true));
        assert_eq!(equal_interfaces(&heap, &shapes, [2, a], [2, c]), Ok(false));
    }

    #[test]
    fn equal_values_hash_alike() {
        let heap = Heap::new();
        let shapes = shapes();
        let leaves = [Leaf::Float { at: 0 }, Leaf::Interface { at: 1 }];
        let a = hash_leaves(&heap, &shapes, &leaves, &[0, 1, 5]);
        let b = hash_leaves(&heap, &shapes, &leaves, &[(-0.0f64).to_bits(), 1, 5]);
        assert_eq!(a, b);
        assert!(hash_leaves(&heap, &shapes, &leaves, &[0, 4, 5]).is_err());
    }
}
