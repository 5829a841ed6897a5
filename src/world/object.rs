//! One channel, lock, wait group, timer, context and so on, as the screen sees it.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::trace::{
    ContextEnd, ContextKind, Direction, GoroutineId, ObjectId, ObjectKind, Queue, Span, Text,
    VirtualTime,
};

/// One object at one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its number.
    pub id: ObjectId,
    /// What it was made as.
    pub kind: ObjectKind,
    /// The variable or field it was first bound to; empty until it was.
    pub name: Text,
    /// Who made it.
    pub maker: GoroutineId,
    /// Where it was made.
    pub made_at: Span,
    /// Index of the event that made it.
    pub made: usize,
    /// Index of the last event that touched it.
    pub touched: usize,
    /// What it holds.
    pub state: ObjectState,
    /// Everyone who waits at it, in the order of arrival, of all its queues.
    pub waiters: VecDeque<Waiter>,
    /// Who has used it so far and how, by goroutine id.
    pub users: Rc<Vec<User>>,
}

/// What an object holds, by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectState {
    /// A channel.
    Channel(Channel),
    /// `sync.Mutex` and `sync.RWMutex`.
    Lock(Lock),
    /// `sync.WaitGroup`: its count.
    WaitGroup(i64),
    /// `sync.Once`.
    Once(OnceState),
    /// `sync.Cond`: its lock.
    Cond(ObjectId),
    /// A timer or ticker.
    Timer(Timer),
    /// A context.
    Context(Context),
    /// Any other: its value as text (atomics, maps, pools, semaphores).
    Value(Text),
}

/// A channel's content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel {
    /// Slots of its buffer; 0 is unbuffered.
    pub capacity: usize,
    /// The values in it, next to be received first.
    pub buffer: VecDeque<Text>,
    /// The slot in which the next value to be received lies.
    pub head: usize,
    /// Whether it is closed.
    pub closed: bool,
    /// Values sent so far.
    pub sent: u64,
    /// Values received so far.
    pub received: u64,
}

impl Channel {
    /// The content of each slot; slots are used in a ring, a value never moves while it is in the buffer.
    pub fn slot(&self, slot: usize) -> Option<&Text> {
        if slot >= self.capacity {
            return None;
        }
        self.buffer
            .get((slot + self.capacity - self.head % self.capacity) % self.capacity)
    }

    /// The slot of the value at a place in the buffer, 0 being next to be received.
    pub fn slot_of(&self, place: usize) -> usize {
        if self.capacity == 0 {
            0
        } else {
            (self.head + place) % self.capacity
        }
    }
}

/// A lock's holders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// Who holds it alone.
    pub holder: Option<GoroutineId>,
    /// Who holds it for reading; one that holds it twice stands here twice.
    pub readers: Vec<GoroutineId>,
    /// The writer that has announced itself: new readers wait.
    pub announced: Option<GoroutineId>,
}

impl Lock {
    /// Everybody who holds it.
    pub fn holders(&self) -> impl Iterator<Item = GoroutineId> {
        self.holder.into_iter().chain(self.readers.iter().copied())
    }
}

/// The life of a `sync.Once`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnceState {
    /// Not called yet.
    #[default]
    New,
    /// Its function runs.
    Running(GoroutineId),
    /// Its function has run.
    Done,
}

/// A timer or ticker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timer {
    /// The channel it sends on; none for sleeps and `AfterFunc`.
    pub channel: ObjectId,
    /// When it fires next; none when it is stopped or has fired.
    pub deadline: Option<VirtualTime>,
    /// A ticker's period in nanoseconds; 0 for a one-shot timer.
    pub period: u64,
    /// How often it has fired.
    pub fired: u32,
    /// Whether it ends a sleep: it then fires with the clock instead of waiting to be picked.
    pub sleep: bool,
}

/// A context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The one it was derived from.
    pub parent: ObjectId,
    /// How.
    pub kind: ContextKind,
    /// When it ends by itself.
    pub deadline: Option<VirtualTime>,
    /// Its error, once it has ended.
    pub end: Option<ContextEnd>,
    /// Its cause, once it has ended.
    pub cause: Text,
}

/// One goroutine's entry in one wait queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Who waits.
    pub goroutine: GoroutineId,
    /// In which queue.
    pub queue: Queue,
    /// The case, when it waits in a select.
    pub case: Option<u32>,
    /// What it wants to send.
    pub value: Option<Text>,
    /// Index of the event since which it waits.
    pub since: usize,
}

/// A way of using an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Sends on the channel, or gives: `Done`, `Signal`, `cancel`, a store.
    Give,
    /// Receives from the channel, or takes: `Wait`, a load.
    Take,
    /// Closes the channel.
    Close,
    /// Takes the lock.
    Lock,
}

/// Who has used an object, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    /// Who.
    pub goroutine: GoroutineId,
    /// One bit per [`Use`].
    bits: u8,
}

impl User {
    /// Whether the goroutine has used it this way.
    pub fn does(self, how: Use) -> bool {
        self.bits & bit(how) != 0
    }
}

fn bit(how: Use) -> u8 {
    1 << (how as u8)
}

impl Object {
    /// What to call it: its name, else its type and number, `chan#3`.
    pub fn label(&self) -> String {
        if self.name.is_empty() {
            format!("{}#{}", self.kind.words(), self.id.0)
        } else {
            self.name.to_string()
        }
    }

    /// The entries of one of its queues, longest waiting first.
    pub fn queue(&self, queue: Queue) -> impl Iterator<Item = &Waiter> {
        self.waiters
            .iter()
            .filter(move |waiter| waiter.queue == queue)
    }

    /// The channel, if it is one.
    pub fn channel(&self) -> Option<&Channel> {
        match &self.state {
            ObjectState::Channel(channel) => Some(channel),
            _ => None,
        }
    }

    /// The lock, if it is one.
    pub fn lock(&self) -> Option<&Lock> {
        match &self.state {
            ObjectState::Lock(lock) => Some(lock),
            _ => None,
        }
    }

    /// The timer, if it is one.
    pub fn timer(&self) -> Option<&Timer> {
        match &self.state {
            ObjectState::Timer(timer) => Some(timer),
            _ => None,
        }
    }

    /// The context, if it is one.
    pub fn context(&self) -> Option<&Context> {
        match &self.state {
            ObjectState::Context(context) => Some(context),
            _ => None,
        }
    }

    /// Whether an operation of `who` on this channel would go on at once (or panic, on a closed one).
    pub(super) fn could_go_on(
        &self,
        channel: &Channel,
        direction: Direction,
        who: GoroutineId,
    ) -> bool {
        let partner = |queue| self.queue(queue).any(|waiter| waiter.goroutine != who);
        channel.closed
            || match direction {
                Direction::Send => {
                    channel.buffer.len() < channel.capacity || partner(Queue::Receive)
                }
                Direction::Receive => !channel.buffer.is_empty() || partner(Queue::Send),
            }
    }

    /// Remembers that a goroutine used it.
    pub(super) fn used_by(&mut self, goroutine: GoroutineId, how: Use) {
        if goroutine.is_none() {
            return;
        }
        let place = self
            .users
            .binary_search_by_key(&goroutine, |user| user.goroutine);
        match place {
            Ok(place) => {
                if !self.users[place].does(how) {
                    Rc::make_mut(&mut self.users)[place].bits |= bit(how);
                }
            }
            Err(place) => Rc::make_mut(&mut self.users).insert(
                place,
                User {
                    goroutine,
                    bits: bit(how),
                },
            ),
        }
    }
}

impl ObjectState {
    /// The state of an object that was just made.
    pub(super) fn new(kind: &ObjectKind) -> Self {
        match *kind {
            ObjectKind::Channel { capacity, .. } => Self::Channel(Channel {
                capacity: capacity as usize,
                ..Channel::default()
            }),
            ObjectKind::Mutex | ObjectKind::RwMutex => Self::Lock(Lock::default()),
            ObjectKind::WaitGroup => Self::WaitGroup(0),
            ObjectKind::Once => Self::Once(OnceState::New),
            ObjectKind::Cond { lock } => Self::Cond(lock),
            ObjectKind::Timer { channel } | ObjectKind::Ticker { channel } => Self::Timer(Timer {
                channel,
                ..Timer::default()
            }),
            ObjectKind::Context {
                parent,
                kind,
                deadline,
            } => Self::Context(Context {
                parent,
                kind,
                deadline,
                end: None,
                cause: "".into(),
            }),
            ObjectKind::Pool
            | ObjectKind::Map
            | ObjectKind::Atomic { .. }
            | ObjectKind::Semaphore { .. }
            | ObjectKind::Other { .. } => Self::Value("".into()),
        }
    }
}
