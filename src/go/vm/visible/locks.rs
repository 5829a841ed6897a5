//! `sync`: locks, wait groups, conditions, pools and maps.

use super::Window;
use crate::go::vm::fault::Throw;
use crate::go::vm::heap::{Word, handle as handle_of};
use crate::go::vm::native::object::{self, Native};
use crate::runtime::{Mode, Order};
use crate::sync::{Cond, Mutex, Once, RwMutex, UnlockError, WaitGroup, WaitGroupError};
use crate::trace::{
    ChoiceKind, ChoiceOptions, EventKind, ObjectId, ObjectKind, OperationKind, PendingOperation,
    Text,
};

/// The operations of `sync`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::enum_variant_names, reason = "named after the methods")]
pub enum Lock {
    MutexLock,
    MutexUnlock,
    MutexTryLock,
    RwLock,
    RwUnlock,
    RwReadLock,
    RwReadUnlock,
    RwTryLock,
    RwTryReadLock,
    WaitGroupAdd,
    WaitGroupDone,
    WaitGroupWait,
    OnceBegin,
    OnceFinish,
    CondJoin,
    CondWait,
    CondSignal,
    CondBroadcast,
    PoolGet,
    PoolPut,
    MapRead,
    MapWrite,
}

pub const TABLE: &[(&str, Lock)] = &[
    ("(*sync.Mutex).Lock", Lock::MutexLock),
    ("(*sync.Mutex).Unlock", Lock::MutexUnlock),
    ("(*sync.Mutex).TryLock", Lock::MutexTryLock),
    ("(*sync.RWMutex).Lock", Lock::RwLock),
    ("(*sync.RWMutex).Unlock", Lock::RwUnlock),
    ("(*sync.RWMutex).RLock", Lock::RwReadLock),
    ("(*sync.RWMutex).RUnlock", Lock::RwReadUnlock),
    ("(*sync.RWMutex).TryLock", Lock::RwTryLock),
    ("(*sync.RWMutex).TryRLock", Lock::RwTryReadLock),
    ("(*sync.WaitGroup).Add", Lock::WaitGroupAdd),
    ("(*sync.WaitGroup).Done", Lock::WaitGroupDone),
    ("(*sync.WaitGroup).Wait", Lock::WaitGroupWait),
    ("(*sync.Once).begin", Lock::OnceBegin),
    ("(*sync.Once).finish", Lock::OnceFinish),
    ("(*sync.Cond).join", Lock::CondJoin),
    ("(*sync.Cond).wait", Lock::CondWait),
    ("(*sync.Cond).Signal", Lock::CondSignal),
    ("(*sync.Cond).Broadcast", Lock::CondBroadcast),
    ("(*sync.Pool).get", Lock::PoolGet),
    ("(*sync.Pool).put", Lock::PoolPut),
    ("(*sync.Map).read", Lock::MapRead),
    ("(*sync.Map).write", Lock::MapWrite),
];

fn unlocked(result: Result<(), UnlockError>) -> Result<(), Throw> {
    result.map_err(|error| Throw::Fatal(error.to_string().into()))
}

fn counted(result: Result<(), WaitGroupError>) -> Result<(), Throw> {
    result.map_err(|error| Throw::Text(error.to_string().into()))
}

impl Window<'_> {
    fn mutex(&self, receiver: Word) -> Result<Mutex, Throw> {
        let handle = self.driver.shared.handle.clone();
        self.native(
            receiver,
            || Native::Mutex(Mutex::new(&handle)),
            |native| match native {
                Native::Mutex(mutex) => Some(mutex.clone()),
                _ => None,
            },
        )
    }

    fn rw_mutex(&self, receiver: Word) -> Result<RwMutex, Throw> {
        let handle = self.driver.shared.handle.clone();
        self.native(
            receiver,
            || Native::RwMutex(RwMutex::new(&handle)),
            |native| match native {
                Native::RwMutex(mutex) => Some(mutex.clone()),
                _ => None,
            },
        )
    }

    fn wait_group(&self, receiver: Word) -> Result<WaitGroup, Throw> {
        let handle = self.driver.shared.handle.clone();
        self.native(
            receiver,
            || Native::WaitGroup(WaitGroup::new(&handle)),
            |native| match native {
                Native::WaitGroup(group) => Some(group.clone()),
                _ => None,
            },
        )
    }

    fn once(&self, receiver: Word) -> Result<Once, Throw> {
        let handle = self.driver.shared.handle.clone();
        self.native(
            receiver,
            || Native::Once(Once::new(&handle)),
            |native| match native {
                Native::Once(once) => Some(once.clone()),
                _ => None,
            },
        )
    }

    /// `type Cond struct { native *object; L Locker }`
    fn cond(&self, receiver: Word) -> Result<Cond, Throw> {
        let handle = self.driver.shared.handle.clone();
        let lock = self.driver.with(|core, _| {
            // The locker is most often a pointer to a lock, whose first word is its object, once used.
            let words = if receiver == 0 {
                [0, 0]
            } else {
                [core.heap.load(receiver + 1), core.heap.load(receiver + 2)]
            };
            let locker = core
                .heap
                .words(handle_of(words[1]))
                .get(crate::go::vm::heap::offset(words[1]))
                .copied();
            let native = locker.and_then(|word| core.heap.native(handle_of(word)));
            native.map_or(ObjectId::NONE, Native::id)
        });
        let lock = lock.unwrap_or(ObjectId::NONE);
        self.native(
            receiver,
            || Native::Cond(Cond::new(&handle, lock)),
            |native| match native {
                Native::Cond(cond) => Some(cond.clone()),
                _ => None,
            },
        )
    }

    fn pool(&self, receiver: Word) -> Result<ObjectId, Throw> {
        let handle = self.driver.shared.handle.clone();
        let make = || Native::Pool {
            id: handle.new_object(|| ObjectKind::Pool),
            items: Vec::new(),
        };
        self.native(receiver, make, |native| Some(native.id()))
    }

    fn map(&self, receiver: Word) -> Result<ObjectId, Throw> {
        let handle = self.driver.shared.handle.clone();
        let make = || Native::Plain {
            id: handle.new_object(|| ObjectKind::Map),
        };
        self.native(receiver, make, |native| Some(native.id()))
    }
}

/// Performs an operation of `sync`. The receiver is the last parameter.
pub async fn perform(window: &Window<'_>, lock: Lock) -> Result<(), Throw> {
    let span = window.driver.span();
    let first = window.word(0);
    match lock {
        Lock::MutexLock => window.mutex(first)?.lock_at(span).await,
        Lock::MutexUnlock => unlocked(window.mutex(first)?.unlock_at(span).await)?,
        Lock::MutexTryLock => {
            let taken = window.mutex(first)?.try_lock_at(span).await;
            window.set(0, Word::from(taken));
        }
        Lock::RwLock => window.rw_mutex(first)?.lock_at(span).await,
        Lock::RwUnlock => unlocked(window.rw_mutex(first)?.unlock_at(span).await)?,
        Lock::RwReadLock => window.rw_mutex(first)?.read_lock_at(span).await,
        Lock::RwReadUnlock => unlocked(window.rw_mutex(first)?.read_unlock_at(span).await)?,
        Lock::RwTryLock => {
            let taken = window.rw_mutex(first)?.try_lock_at(span).await;
            window.set(0, Word::from(taken));
        }
        Lock::RwTryReadLock => {
            let taken = window.rw_mutex(first)?.try_read_lock_at(span).await;
            window.set(0, Word::from(taken));
        }
        Lock::WaitGroupAdd => counted(
            window
                .wait_group(window.word(1))?
                .add_at(span, first as i64)
                .await,
        )?,
        Lock::WaitGroupDone => counted(window.wait_group(first)?.done_at(span).await)?,
        Lock::WaitGroupWait => counted(window.wait_group(first)?.wait_at(span).await)?,
        Lock::OnceBegin => {
            let is_first = window.once(first)?.begin_at(span).await;
            window.set(0, Word::from(is_first));
        }
        Lock::OnceFinish => window.once(first)?.finish_at(span).await,
        Lock::CondJoin => {
            let ticket = window.cond(first)?.line_up_at(span).await;
            window.set(0, ticket.into_word());
        }
        Lock::CondWait => {
            let cond = window.cond(window.word(1))?;
            cond.wait_at(span, crate::sync::Ticket::from_word(first))
                .await;
        }
        Lock::CondSignal => window.cond(first)?.signal_at(span).await,
        Lock::CondBroadcast => window.cond(first)?.broadcast_at(span).await,
        Lock::PoolGet => pool_get(window, first).await?,
        Lock::PoolPut => pool_put(window, [first, window.word(1)], window.word(2)).await?,
        Lock::MapRead => map_touch(window, first, false).await?,
        Lock::MapWrite => map_touch(window, first, true).await?,
    }
    Ok(())
}

/// `get() (x any, ok bool)`: that something is there does not mean that it is found.
async fn pool_get(window: &Window<'_>, receiver: Word) -> Result<(), Throw> {
    let id = window.pool(receiver)?;
    let handle = &window.driver.shared.handle;
    handle
        .point(PendingOperation::new(
            OperationKind::PoolGet,
            id,
            window.driver.span(),
        ))
        .await;
    handle.touch(id, Mode::Write);
    let is_empty = window
        .items(receiver, |items| items.is_empty())
        .unwrap_or(true);
    let options = || ChoiceOptions::Labels([Text::from("hit"), Text::from("miss")].into());
    let mut found = None;
    if !is_empty && handle.choose_among(ChoiceKind::PoolHit, 2, options).await == 0 {
        handle.order(Order::Acquire {
            object: id,
            slot: 0,
        });
        found = window.items(receiver, Vec::pop).flatten();
        window.pool_changed(id, receiver, "Get");
    }
    let words = found.unwrap_or([0, 0]);
    window.driver.write(
        window.at,
        &[words[0], words[1], Word::from(found.is_some())],
    );
    Ok(())
}

async fn pool_put(window: &Window<'_>, item: [Word; 2], receiver: Word) -> Result<(), Throw> {
    let id = window.pool(receiver)?;
    let handle = &window.driver.shared.handle;
    handle
        .point(PendingOperation::new(
            OperationKind::PoolPut,
            id,
            window.driver.span(),
        ))
        .await;
    handle.touch(id, Mode::Write);
    handle.order(Order::Release {
        object: id,
        slot: 0,
    });
    window.items(receiver, |items| items.push(item));
    window.pool_changed(id, receiver, "Put");
    Ok(())
}

impl Window<'_> {
    /// Works on what lies in a pool.
    fn items<R>(&self, receiver: Word, work: impl FnOnce(&mut Vec<[Word; 2]>) -> R) -> Option<R> {
        self.driver
            .with(|core, _| {
                let word = core.heap.load(receiver);
                match core.heap.native_mut(handle_of(word)) {
                    Some(Native::Pool { items, .. }) => Some(work(items)),
                    _ => None,
                }
            })
            .flatten()
    }

    fn pool_changed(&self, object: ObjectId, receiver: Word, operation: &str) {
        let handle = &self.driver.shared.handle;
        if !handle.is_recording() {
            return;
        }
        let items = self
            .items(receiver, |items| items.clone())
            .unwrap_or_default();
        let state = self.driver.with(|core, _| {
            let texts: Vec<String> = items
                .iter()
                .map(|&item| crate::go::vm::render::value(core, item))
                .collect();
            texts.join(", ")
        });
        let state = format!("[{}]", state.unwrap_or_default()).into();
        handle.record(|| EventKind::Update {
            object,
            operation: operation.into(),
            state,
        });
    }
}

/// The visible part of a `sync.Map` method; what follows it in Go belongs to it.
async fn map_touch(window: &Window<'_>, receiver: Word, write: bool) -> Result<(), Throw> {
    let id = window.map(receiver)?;
    let handle = &window.driver.shared.handle;
    let (kind, mode) = if write {
        (OperationKind::MapWrite, Mode::Write)
    } else {
        (OperationKind::MapRead, Mode::Read)
    };
    handle
        .point(PendingOperation::new(kind, id, window.driver.span()))
        .await;
    handle.touch(id, mode);
    handle.order(Order::Acquire {
        object: id,
        slot: 0,
    });
    if write {
        handle.order(Order::Release {
            object: id,
            slot: 0,
        });
    }
    Ok(())
}

impl Window<'_> {
    /// The native object of a struct whose first word is its hidden field; made and named on first use.
    pub fn native<R>(
        &self,
        receiver: Word,
        make: impl FnOnce() -> Native,
        take: impl Fn(&Native) -> Option<R>,
    ) -> Result<R, Throw> {
        if receiver == 0 {
            return Err(Throw::Nil);
        }
        let found = self.driver.with(|core, _| {
            let word = core.heap.load(receiver);
            core.heap.native(handle_of(word)).and_then(&take)
        });
        if let Some(found) = found.flatten() {
            return Ok(found);
        }
        let made = make();
        let id = made.id();
        let taken = take(&made);
        self.driver.with(|core, _| {
            let word = object::add(core, made);
            core.heap.store(receiver, word);
        });
        if let Some(name) = self.driver.subject() {
            self.driver.shared.handle.name_object(id, || name);
        }
        taken.ok_or(Throw::Nil)
    }
}
