//! Why a goroutine parks, as a clause.

use std::rc::Rc;

use super::super::{Object, ObjectState};
use super::{MOST_CLAUSES, Story, clipped, listed};
use crate::trace::{GoroutineId, ObjectId, Queue, WaitReason};

impl Story<'_> {
    pub(super) fn park(
        &self,
        who: GoroutineId,
        reason: WaitReason,
        object: ObjectId,
        cases: usize,
    ) -> String {
        let name = self.name(object);
        let there = self.after.object(object);
        let nobody = "which nobody holds";
        match reason {
            WaitReason::ChanReceive => format!("waits to receive from {name}, which is empty"),
            WaitReason::ChanReceiveNil => "waits for ever to receive from a nil channel".into(),
            WaitReason::ChanSend => {
                let value = there.and_then(|channel| {
                    let entry = channel
                        .queue(Queue::Send)
                        .find(|waiter| waiter.goroutine == who)?;
                    entry.value.as_deref().map(clipped)
                });
                let why = match there.and_then(|channel| channel.channel()) {
                    Some(channel) if channel.capacity > 0 => "which is full",
                    _ => "where nobody receives yet",
                };
                format!(
                    "waits to send {} on {name}, {why}",
                    value.unwrap_or_default()
                )
            }
            WaitReason::ChanSendNil => "waits for ever to send on a nil channel".into(),
            WaitReason::Select if cases == 1 => {
                "waits in a select: its one case cannot go on".into()
            }
            WaitReason::Select => format!("waits in a select: none of its {cases} cases can go on"),
            WaitReason::SelectNoCases => "waits for ever in a select without cases".into(),
            WaitReason::MutexLock => match there.map(|object| &object.state) {
                Some(ObjectState::Lock(lock)) => match lock.holder {
                    Some(holder) if holder == who => {
                        format!("waits to lock {name}, which it holds itself")
                    }
                    Some(holder) => format!("waits to lock {name}, which {holder} holds"),
                    None => format!("waits to lock {name}, {nobody}"),
                },
                _ => format!("waits for {name}"),
            },
            WaitReason::RwMutexRLock => {
                format!("waits to read-lock {name}, {}", holders(there, who))
            }
            WaitReason::RwMutexLock => {
                format!("waits to lock {name} for writing, {}", holders(there, who))
            }
            WaitReason::WaitGroupWait => match there.map(|object| &object.state) {
                Some(ObjectState::WaitGroup(count)) => format!("waits for {name}: {count} to go"),
                _ => format!("waits for {name}"),
            },
            WaitReason::CondWait => format!("waits on {name} until somebody signals"),
            WaitReason::Sleep => match there
                .and_then(|timer| timer.timer())
                .and_then(|timer| timer.deadline)
            {
                Some(deadline) => format!("sleeps until {deadline}"),
                None => "sleeps".into(),
            },
            WaitReason::Semacquire
            | WaitReason::IoWait
            | WaitReason::SynctestWait
            | WaitReason::SynctestRun => {
                format!("waits ({reason})")
            }
            WaitReason::Future => "waits for a future".into(),
        }
    }
}

fn holders(object: Option<&Rc<Object>>, who: GoroutineId) -> String {
    let Some(lock) = object.and_then(|object| object.lock()) else {
        return "which is taken".into();
    };
    if let Some(holder) = lock.holder {
        return if holder == who {
            "which it holds itself".into()
        } else {
            format!("which {holder} holds")
        };
    }
    match lock.readers.as_slice() {
        [] => match lock.announced {
            Some(writer) if writer != who => format!("since {writer} waits to write"),
            _ => "which is taken".into(),
        },
        readers => {
            let names: Vec<String> = readers
                .iter()
                .take(MOST_CLAUSES)
                .map(GoroutineId::to_string)
                .collect();
            let more = if readers.len() > names.len() {
                " and others"
            } else {
                ""
            };
            let text = if more.is_empty() {
                listed(&names)
            } else {
                names.join(", ")
            };
            match lock.announced {
                Some(writer) if writer != who => {
                    format!("since {writer} waits to write after {text}{more}")
                }
                _ => format!(
                    "which {text}{more} {}",
                    if readers.len() == 1 { "reads" } else { "read" }
                ),
            }
        }
    }
}
