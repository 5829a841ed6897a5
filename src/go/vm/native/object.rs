//! Objects that `sync` keeps for the program: channels, locks, timers.
//!
//! A channel word points to its object. A lock is a struct with one hidden word, 0 until its first use;
//! then it points to the object. Copying a struct that holds a used lock gives the copy an object of its
//! own in the same state ([`clone`]), as Go's bitwise copy does.

use std::rc::Rc;

use super::super::core::Core;
use super::super::heap::{Marker, Object, Word, handle, pointer};
use crate::go::compile::bytecode::TypeIndex;
use crate::sync::Channel;
use crate::trace::ObjectId;

/// A value on its way through a channel: its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    None,
    One(Word),
    Two([Word; 2]),
    Many(Box<[Word]>),
}

impl Payload {
    /// The words of a value.
    #[inline]
    pub fn new(words: &[Word]) -> Payload {
        match *words {
            [] => Payload::None,
            [word] => Payload::One(word),
            [a, b] => Payload::Two([a, b]),
            _ => Payload::Many(words.into()),
        }
    }

    /// The words.
    #[inline]
    pub fn words(&self) -> &[Word] {
        match self {
            Payload::None => &[],
            Payload::One(word) => std::slice::from_ref(word),
            Payload::Two(words) => words,
            Payload::Many(words) => words,
        }
    }
}

/// A channel with the type of its elements.
#[derive(Clone)]
pub struct GoChannel {
    pub channel: Channel<Payload>,
    pub element: TypeIndex,
    /// Words of an element.
    pub width: u16,
}

/// One native object.
pub enum Native {
    Channel(GoChannel),
}

impl std::fmt::Debug for Native {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "native {}", self.id().0)
    }
}

impl Native {
    /// The object's id in the trace.
    pub fn id(&self) -> ObjectId {
        match self {
            Native::Channel(channel) => channel.channel.id(),
        }
    }

    /// What it costs, for the accounting; fixed, so that native and wasm agree.
    pub fn bytes(&self) -> usize {
        match self {
            Native::Channel(channel) => {
                200 + channel.channel.capacity().min(1 << 20) * usize::from(channel.width) * 8
            }
        }
    }

    /// Keeps what waits in it.
    pub fn mark(&self, marker: &mut Marker) {
        match self {
            Native::Channel(channel) => channel
                .channel
                .for_each_value(&mut |value| marker.words(value.words())),
        }
    }
}

/// The channel behind a channel word; `None` for nil.
pub fn channel(core: &Core, word: Word) -> Option<&Channel<Payload>> {
    match core.heap.native(handle(word)) {
        Some(Native::Channel(channel)) => Some(&channel.channel),
        _ => None,
    }
}

/// Puts a native object on the heap; a pointer to it.
pub fn add(core: &mut Core, native: Native) -> Word {
    pointer(core.heap.allocate(Object::Native(Box::new(native))), 0)
}

/// The hidden word of a copied lock: an object of its own in the same state.
pub fn clone(_core: &mut Core, word: Word) -> Word {
    word
}

/// Shared text of a type.
pub fn type_name(core: &Core, ty: TypeIndex) -> Rc<str> {
    Rc::clone(&core.program.types[usize::from(ty)].name)
}
