//! What can happen next, and who cannot go on: the numbered buttons.
//!
//! Both are read off the picture, so they are the same for a position that was just reached and one that
//! was gone back to; only `recorded` looks at the trace.

use super::{Blocked, Offer};
use crate::trace::{
    ChoiceKind, ChoiceOptions, Direction, Event, EventKind, GoroutineId, GoroutineState, ObjectId,
    OperationKind, SelectCase, Span, WaitReason,
};
use crate::world::{Goroutine, World};

/// More are not listed: nobody reads them, and they would cost at every step.
const MOST: usize = 500;

/// Who does the next recorded step, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Recorded {
    pub goroutine: GoroutineId,
    /// The channel case picked among several ready ones.
    pub case: Option<u32>,
    /// The timer that fires, when the clock acts.
    pub timer: ObjectId,
}

impl Recorded {
    /// Reads it off the events of a step.
    pub fn of(events: &[Event]) -> Option<Self> {
        let mut recorded = Self {
            goroutine: events.first()?.goroutine,
            ..Self::default()
        };
        for event in events {
            match &event.kind {
                EventKind::Choose {
                    kind: ChoiceKind::SelectCase,
                    options: ChoiceOptions::Cases(cases),
                    picked,
                } => {
                    let picked = usize::try_from(*picked)
                        .ok()
                        .and_then(|place| cases.get(place));
                    recorded.case = recorded.case.or(picked.map(|case| case.index));
                }
                EventKind::TimerFire { timer, .. } if recorded.timer.is_none() => {
                    recorded.timer = *timer
                }
                _ => {}
            }
        }
        Some(recorded)
    }
}

/// What can happen next in a picture that stands between steps.
pub(super) fn offers(world: &World, next: Option<Recorded>) -> Vec<Offer> {
    let mut offers = Vec::new();
    if world.outcome().is_some() {
        return offers;
    }
    for goroutine in world.runnable().take(MOST) {
        let is_next = next.is_some_and(|next| next.goroutine == goroutine.id);
        let ready = world.ready_cases(goroutine.id);
        if ready.len() < 2 {
            offers.push(Offer {
                goroutine: goroutine.id,
                case: None,
                timer: ObjectId::NONE,
                text: operation(world, goroutine).into(),
                span: goroutine.next.span,
                recorded: is_next,
            });
            continue;
        }
        for case in ready {
            offers.push(Offer {
                goroutine: goroutine.id,
                case: Some(case),
                timer: ObjectId::NONE,
                text: case_text(world, &case).into(),
                span: case.span,
                recorded: is_next && next.is_some_and(|next| next.case == Some(case.index)),
            });
        }
    }
    for timer in due_timers(world) {
        offers.push(Offer {
            goroutine: GoroutineId::NONE,
            case: None,
            timer,
            text: format!("{} fires", world.object_name(timer)).into(),
            span: Span::NONE,
            recorded: next.is_some_and(|next| next.goroutine.is_none() && next.timer == timer),
        });
    }
    if offers.is_empty() && next.is_some_and(|next| next.goroutine.is_none()) {
        offers.push(Offer {
            goroutine: GoroutineId::NONE,
            case: None,
            timer: ObjectId::NONE,
            text: "let time pass".into(),
            span: Span::NONE,
            recorded: true,
        });
    }
    offers
}

/// Timers whose time has come, which stand in line like goroutines; a sleep's timer never does.
fn due_timers(world: &World) -> Vec<ObjectId> {
    let due = world.objects().filter(|object| {
        let waits = object.timer().filter(|timer| !timer.sleep);
        waits
            .and_then(|timer| timer.deadline)
            .is_some_and(|deadline| deadline <= world.time())
    });
    due.map(|object| object.id).take(MOST).collect()
}

/// Who cannot go on, and why.
pub(super) fn blocked(world: &World) -> Vec<Blocked> {
    let waiting = world
        .goroutines()
        .filter_map(|goroutine| match goroutine.state {
            GoroutineState::Waiting(reason) => Some((goroutine, reason)),
            _ => None,
        });
    waiting
        .take(MOST)
        .map(|(goroutine, reason)| Blocked {
            goroutine: goroutine.id,
            reason: why(world, goroutine, reason).into(),
        })
        .collect()
}

/// What a runnable goroutine stands before: `lock alice.mu`.
fn operation(world: &World, goroutine: &Goroutine) -> String {
    let next = goroutine.next;
    match next.kind {
        OperationKind::Exit if goroutine.id == GoroutineId::MAIN => "return from main".to_owned(),
        OperationKind::TimerSet if next.object.is_none() => "set a timer".to_owned(),
        kind if next.object.is_none() => kind.words().to_owned(),
        OperationKind::Resume => "continue".to_owned(),
        kind => format!("{} {}", kind.words(), world.object_name(next.object)),
    }
}

fn case_text(world: &World, case: &SelectCase) -> String {
    let name = world.object_name(case.channel);
    match case.direction {
        Direction::Send => format!("send on {name}"),
        Direction::Receive => format!("receive from {name}"),
    }
}

/// Why a goroutine waits, short enough for a button.
pub(super) fn why(world: &World, goroutine: &Goroutine, reason: WaitReason) -> String {
    let name = world.object_name(goroutine.waits_on);
    match reason {
        WaitReason::ChanReceive => format!("waits to receive from {name}"),
        WaitReason::ChanSend => format!("waits to send on {name}"),
        WaitReason::ChanReceiveNil | WaitReason::ChanSendNil => {
            "waits for ever on a nil channel".to_owned()
        }
        WaitReason::Select => {
            let cases = goroutine.wait_cases.as_deref().unwrap_or_default();
            let texts: Vec<String> = cases
                .iter()
                .take(3)
                .map(|case| case_text(world, case))
                .collect();
            let more = if cases.len() > texts.len() {
                " or more"
            } else {
                ""
            };
            format!("waits to {}{more}", texts.join(" or "))
        }
        WaitReason::SelectNoCases => "waits for ever".to_owned(),
        WaitReason::MutexLock | WaitReason::RwMutexLock => format!("waits to lock {name}"),
        WaitReason::RwMutexRLock => format!("waits to read-lock {name}"),
        WaitReason::WaitGroupWait => format!("waits for {name}"),
        WaitReason::CondWait => format!("waits on {name}"),
        WaitReason::Sleep => match world
            .object(goroutine.waits_on)
            .and_then(|object| object.timer()?.deadline)
        {
            Some(deadline) => format!("sleeps until {deadline}"),
            None => "sleeps".to_owned(),
        },
        WaitReason::Semacquire
        | WaitReason::IoWait
        | WaitReason::SynctestWait
        | WaitReason::SynctestRun => {
            format!("waits ({reason})")
        }
        WaitReason::Future => "waits for a future".to_owned(),
    }
}
