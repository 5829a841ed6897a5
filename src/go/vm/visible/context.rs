//! `context`: what the trace knows of contexts. The tree itself is kept in Go.

use super::Window;
use crate::go::vm::fault::Throw;
use crate::go::vm::heap::{Word, handle as handle_of};
use crate::go::vm::native::object::{self, Native};
use crate::runtime::{Mode, Order};
use crate::trace::{
    ContextEnd, ContextKind, EventKind, ObjectId, ObjectKind, OperationKind, PendingOperation,
    VirtualTime,
};

/// The operations of `context`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    Create,
    End,
    Read,
}

pub const TABLE: &[(&str, Context)] = &[
    ("context.create", Context::Create),
    ("context.end", Context::End),
    ("context.read", Context::Read),
];

const KINDS: [ContextKind; 8] = [
    ContextKind::Background,
    ContextKind::Todo,
    ContextKind::Cancel,
    ContextKind::Deadline,
    ContextKind::Value,
    ContextKind::WithoutCancel,
    ContextKind::AfterFunc,
    ContextKind::Custom,
];

/// Performs an operation of `context`.
pub async fn perform(window: &Window<'_>, context: Context) -> Result<(), Throw> {
    match context {
        Context::Create => create(window),
        Context::End => end(window).await,
        Context::Read => read(window).await,
    }
    Ok(())
}

/// `func create(parent *object, kind int, deadline int64) *object`
fn create(window: &Window<'_>) {
    let driver = window.driver;
    let handle = &driver.shared.handle;
    let (parent, kind, deadline) = (
        window.word(0),
        window.word(1) as usize,
        window.word(2) as i64,
    );
    let parent = driver
        .with(|core, _| core.heap.native(handle_of(parent)).map(Native::id))
        .flatten();
    let id = handle.new_object(|| ObjectKind::Context {
        parent: parent.unwrap_or(ObjectId::NONE),
        kind: KINDS.get(kind).copied().unwrap_or(ContextKind::Custom),
        deadline: (deadline >= 0)
            .then(|| VirtualTime(handle.now().0.saturating_add(deadline as u64))),
    });
    if let Some(name) = driver.binding() {
        handle.name_object(id, || name);
    }
    let word = driver.with(|core, _| object::add(core, Native::Context { id, ended: 0 }));
    window.set(0, word.unwrap_or(0));
}

/// `func end(contexts []*object, done []chan struct{}, why int)`
async fn end(window: &Window<'_>) {
    let driver = window.driver;
    let handle = &driver.shared.handle;
    let why = window.word(6);
    let [contexts, done] = [0, 3].map(|at| {
        let (start, count) = (window.word(at), window.word(at + 1));
        driver
            .with(|core, _| core.heap.slice(start, count as usize).to_vec())
            .unwrap_or_default()
    });
    let id = |word: Word| {
        driver
            .with(|core, _| core.heap.native(handle_of(word)).map(Native::id))
            .flatten()
    };
    let first = contexts
        .first()
        .and_then(|&word| id(word))
        .unwrap_or(ObjectId::NONE);
    handle
        .point(PendingOperation::new(
            OperationKind::Cancel,
            first,
            driver.span(),
        ))
        .await;
    let reason = if why == 2 {
        ContextEnd::DeadlineExceeded
    } else {
        ContextEnd::Canceled
    };
    for (index, &word) in contexts.iter().enumerate() {
        let Some(object) = id(word) else { continue };
        handle.touch(object, Mode::Write);
        handle.order(Order::Release { object, slot: 0 });
        driver.with(|core, _| {
            if let Some(Native::Context { ended, .. }) = core.heap.native_mut(handle_of(word)) {
                *ended = why as u8;
            }
        });
        handle.record(|| EventKind::Cancel {
            context: object,
            end: reason,
            cause: reason.words().into(),
        });
        let channel = driver
            .with(|core, _| object::channel(core, done.get(index).copied().unwrap_or(0)).cloned());
        if let Some(channel) = channel.flatten() {
            // Only this ends a context, and only once: the channel is open.
            let _ = channel.close_now();
        }
    }
}

/// `func read(context *object) int`
async fn read(window: &Window<'_>) {
    let driver = window.driver;
    let handle = &driver.shared.handle;
    let word = window.word(0);
    let known = driver
        .with(|core, _| core.heap.native(handle_of(word)).map(Native::id))
        .flatten();
    let object = known.unwrap_or(ObjectId::NONE);
    handle
        .point(PendingOperation::new(
            OperationKind::ContextRead,
            object,
            driver.span(),
        ))
        .await;
    handle.touch(object, Mode::Read);
    let ended = driver.with(|core, _| match core.heap.native(handle_of(word)) {
        Some(Native::Context { ended, .. }) => *ended,
        _ => 0,
    });
    let ended = ended.unwrap_or(0);
    if ended != 0 {
        handle.order(Order::Acquire { object, slot: 0 });
    }
    window.set(0, Word::from(ended));
}
