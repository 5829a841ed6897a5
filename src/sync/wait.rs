//! What waiters on channels share.

use std::rc::Rc;

use crate::trace::GoroutineId;

/// Not in a select.
pub(super) const NO_CASE: u32 = (1 << 30) - 1;

/// All channels of one goroutine's select; whoever completes it takes it out of all of them.
pub struct Ticket {
    pub queues: Vec<Rc<dyn WaitQueues>>,
}

/// An object with wait queues in which selects wait.
pub trait WaitQueues {
    /// Takes out all entries of a goroutine.
    fn leave(&self, goroutine: GoroutineId);
}

/// What a goroutine that was parked at a channel is told; it fits the word the runtime passes on.
///
/// Two bits say which, 30 the select's case, 32 where the value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Its value was taken.
    Sent { case: u32 },
    /// A value lies ready.
    Received { case: u32, index: u32 },
    /// The channel was closed: it received the end.
    End { case: u32 },
    /// The channel was closed: its value lies ready to go back.
    Closed { case: u32, index: u32 },
}

impl Token {
    pub fn write(self) -> u64 {
        let (tag, case, index) = match self {
            Token::Sent { case } => (0, case, 0),
            Token::Received { case, index } => (1, case, index),
            Token::End { case } => (2, case, 0),
            Token::Closed { case, index } => (3, case, index),
        };
        tag | u64::from(case) << 2 | u64::from(index) << 32
    }

    pub fn read(word: u64) -> Token {
        let case = (word >> 2) as u32 & NO_CASE;
        let index = (word >> 32) as u32;
        match word & 3 {
            0 => Token::Sent { case },
            1 => Token::Received { case, index },
            2 => Token::End { case },
            _ => Token::Closed { case, index },
        }
    }

    /// The select's case.
    pub fn case(self) -> u32 {
        match self {
            Token::Sent { case }
            | Token::Received { case, .. }
            | Token::End { case }
            | Token::Closed { case, .. } => case,
        }
    }
}

/// Values under small numbers that are used again.
pub(super) struct Slab<T> {
    entries: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Slab<T> {
    pub fn new() -> Slab<T> {
        Slab {
            entries: Vec::new(),
            free: Vec::new(),
        }
    }

    pub fn insert(&mut self, value: T) -> u32 {
        if let Some(index) = self.free.pop() {
            self.entries[index as usize] = Some(value);
            return index;
        }
        self.entries.push(Some(value));
        self.entries.len() as u32 - 1
    }

    pub fn take(&mut self, index: u32) -> Option<T> {
        let value = self.entries.get_mut(index as usize)?.take();
        if value.is_some() {
            self.free.push(index);
        }
        value
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.entries.iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_round_trip() {
        for token in [
            Token::Sent { case: NO_CASE },
            Token::Received {
                case: 3,
                index: u32::MAX,
            },
            Token::End { case: 0 },
            Token::Closed { case: 7, index: 1 },
        ] {
            assert_eq!(Token::read(token.write()), token);
        }
    }

    #[test]
    fn a_slab_uses_its_places_again() {
        let mut slab = Slab::new();
        let (a, b) = (slab.insert('a'), slab.insert('b'));
        assert_eq!((slab.take(a), slab.take(a)), (Some('a'), None));
        assert_eq!(slab.insert('c'), a);
        assert_eq!(slab.iter().copied().collect::<String>(), "cb");
        assert_eq!(slab.take(b), Some('b'));
    }
}
