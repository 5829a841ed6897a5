//! Objects that `sync` keeps for the program: channels, locks, timers.
//!
//! A channel word points to its object. A lock is a struct with one hidden word, 0 until its first use;
//! then it points to the object. Copying a struct that holds a used lock gives the copy an object of its
//! own in the same state ([`clone`]), as Go's bitwise copy does.

use std::rc::Rc;

use super::super::core::Core;
use super::super::heap::{Marker, Object, Word, handle, pointer};
use crate::go::compile::bytecode::TypeIndex;
use crate::sync::{Channel, Cond, Mutex, Once, RwMutex, Timer, WaitGroup};
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
    Mutex(Mutex),
    RwMutex(RwMutex),
    WaitGroup(WaitGroup),
    Once(Once),
    Cond(Cond),
    /// A pool with what was put into it.
    Pool {
        id: ObjectId,
        items: Vec<[Word; 2]>,
    },
    /// A timer or ticker, with the func value that it starts or 0.
    Timer {
        timer: Timer<Payload>,
        function: Word,
    },
    /// A context and why it has ended: 0 if it has not, 1 by cancellation, 2 by its deadline.
    Context {
        id: ObjectId,
        ended: u8,
    },
    /// An object of which only the trace knows more than that it is there.
    Plain {
        id: ObjectId,
    },
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
            Native::Mutex(mutex) => mutex.id(),
            Native::RwMutex(mutex) => mutex.id(),
            Native::WaitGroup(group) => group.id(),
            Native::Once(once) => once.id(),
            Native::Cond(cond) => cond.id(),
            Native::Timer { timer, .. } => timer.id(),
            Native::Pool { id, .. } | Native::Context { id, .. } | Native::Plain { id } => *id,
        }
    }

    /// What it costs, for the accounting; fixed, so that native and wasm agree.
    pub fn bytes(&self) -> usize {
        match self {
            Native::Channel(channel) => {
                200 + channel.channel.capacity().min(1 << 20) * usize::from(channel.width) * 8
            }
            Native::Pool { items, .. } => 64 + items.len() * 16,
            _ => 128,
        }
    }

    /// Keeps what waits in it.
    pub fn mark(&self, marker: &mut Marker) {
        match self {
            Native::Channel(channel) => {
                channel
                    .channel
                    .for_each_value(&mut |value| marker.words(value.words()));
            }
            Native::Pool { items, .. } => items.iter().for_each(|item| marker.word(item[1])),
            Native::Timer { function, .. } => marker.word(*function),
            _ => {}
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
pub fn clone(core: &mut Core, word: Word) -> Word {
    let copy = match core.heap.native(handle(word)) {
        Some(Native::Mutex(mutex)) => Native::Mutex(mutex.copy()),
        Some(Native::RwMutex(mutex)) => Native::RwMutex(mutex.copy()),
        Some(Native::WaitGroup(group)) => Native::WaitGroup(group.copy()),
        _ => return word,
    };
    add(core, copy)
}

/// Shared text of a type.
pub fn type_name(core: &Core, ty: TypeIndex) -> Rc<str> {
    Rc::clone(&core.program.types[usize::from(ty)].name)
}
