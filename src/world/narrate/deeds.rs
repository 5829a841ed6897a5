//! What a goroutine or the clock does to objects, each as a clause.

use super::super::ObjectState;
use super::{Story, clipped};
use crate::trace::{
    AtomicOperation, ContextEnd, Delivery, Event, EventKind, LockMode, OnceStep, Origin,
};

impl Story<'_> {
    pub(super) fn channel(&mut self, event: &Event) {
        match &event.kind {
            // The clock sends the ticks of timers.
            EventKind::Send { to, .. } if event.goroutine.is_none() => match to {
                Delivery::Receiver(receiver) => {
                    self.others.push(format!("{receiver} gets its tick"))
                }
                Delivery::Buffer => self.others.push("its tick waits to be received".to_owned()),
            },
            EventKind::Send { channel, value, to } => {
                let (value, name) = (clipped(value), self.name(*channel));
                match to {
                    Delivery::Buffer => self.deeds.push(format!("puts {value} into {name}")),
                    Delivery::Receiver(receiver) => {
                        self.deeds.push(format!("sends {value} on {name}"));
                        let clause =
                            format!("{receiver}, which was waiting to receive, takes it at once");
                        self.others.push(clause);
                    }
                }
            }
            EventKind::Receive {
                channel,
                value,
                from,
                refill,
                ..
            } => {
                let (value, name) = (clipped(value), self.name(*channel));
                self.deeds.push(match from {
                    Origin::Buffer => format!("takes {value} from {name}"),
                    Origin::Sender(sender) => {
                        let clause = format!("{sender}, which was waiting to send it, can go on");
                        self.others.push(clause);
                        format!("takes {value} from {name}")
                    }
                    Origin::Closed => format!("sees that {name} is closed"),
                });
                if let Some(refill) = refill {
                    let value = clipped(&refill.value);
                    self.others.push(format!(
                        "{}, which was waiting to send, puts {value} in",
                        refill.sender
                    ));
                }
            }
            EventKind::Close { channel } => {
                self.deeds.push(format!("closes {}", self.name(*channel)))
            }
            _ => {}
        }
    }

    pub(super) fn lock(&mut self, event: &Event) {
        if event.goroutine != self.who
            && let EventKind::Lock { object, .. } = &event.kind
        {
            // Who unlocks a RWMutex lets the readers in that wait for it.
            let clause = format!("{} holds {} now", event.goroutine, self.name(*object));
            return self.others.push(clause);
        }
        self.deeds.push(match &event.kind {
            EventKind::Lock {
                object,
                mode: LockMode::Exclusive,
            } => format!("locks {}", self.name(*object)),
            EventKind::Lock {
                object,
                mode: LockMode::Shared,
            } => {
                format!("locks {} for reading", self.name(*object))
            }
            EventKind::Unlock { object, holder, .. } if *holder != event.goroutine => {
                format!("unlocks {}, which {holder} held", self.name(*object))
            }
            EventKind::Unlock { object, .. } => format!("unlocks {}", self.name(*object)),
            EventKind::TryLock {
                object,
                acquired: true,
                ..
            } => {
                format!("tries to lock {} and gets it", self.name(*object))
            }
            EventKind::TryLock { object, .. } => {
                format!(
                    "tries to lock {}, does not get it and goes on",
                    self.name(*object)
                )
            }
            EventKind::Announce { object } => {
                format!(
                    "announces that it wants to write under {}",
                    self.name(*object)
                )
            }
            _ => return,
        });
    }

    pub(super) fn primitive(&mut self, event: &Event) {
        self.deeds.push(match &event.kind {
            EventKind::WaitGroup {
                object,
                delta,
                count,
            } => {
                let name = self.name(*object);
                if *delta < 0 {
                    format!("calls Done on {name} ({count} to go)")
                } else {
                    format!("adds {delta} to {name} ({count} to go)")
                }
            }
            EventKind::Waited { object } => {
                match self.after.object(*object).map(|object| &object.state) {
                    Some(ObjectState::WaitGroup(_)) => {
                        format!("finds {} at zero and goes on", self.name(*object))
                    }
                    _ => format!("has waited for {}", self.name(*object)),
                }
            }
            EventKind::Once { object, step } => {
                let name = self.name(*object);
                match step {
                    OnceStep::Begin => format!("is the first at {name} and runs its function"),
                    OnceStep::Done => format!("has run the function of {name}"),
                    OnceStep::Pass => format!("finds that {name} has been done"),
                }
            }
            EventKind::Signal {
                object,
                to: Some(to),
            } => format!("signals {}: {to} wakes up", self.name(*object)),
            EventKind::Signal { object, to: None } => {
                format!(
                    "signals {}, but nobody waits: the signal is lost",
                    self.name(*object)
                )
            }
            EventKind::Broadcast { object, count } => {
                let name = self.name(*object);
                match count {
                    0 => format!("broadcasts on {name}, but nobody waits: it is lost"),
                    1 => format!("broadcasts on {name}: one wakes up"),
                    _ => format!("broadcasts on {name}: {count} wake up"),
                }
            }
            EventKind::Atomic {
                object,
                operation,
                value,
            } => {
                let (name, value) = (self.name(*object), clipped(value));
                match operation {
                    AtomicOperation::Load => format!("loads {name}: {value}"),
                    AtomicOperation::CompareFailed => {
                        format!("compares {name}, which has changed: it is {value}")
                    }
                    AtomicOperation::CompareAndSwap => {
                        format!("compares {name} and swaps it: it is {value} now")
                    }
                    _ => format!("updates {name}: it is {value} now"),
                }
            }
            EventKind::Update {
                object, operation, ..
            } => {
                format!("does {} on {}", clipped(operation), self.name(*object))
            }
            _ => return,
        });
    }

    pub(super) fn time(&mut self, event: &Event) {
        let by_clock = event.goroutine.is_none();
        match &event.kind {
            EventKind::TimerSet {
                timer, deadline, ..
            } if !by_clock => {
                let has_name = self
                    .after
                    .object(*timer)
                    .is_some_and(|timer| !timer.name.is_empty());
                // A sleep is told by its park.
                if has_name {
                    self.deeds
                        .push(format!("sets {}, due at {deadline}", self.name(*timer)));
                }
            }
            EventKind::TimerStop { timer, active } => {
                let late = if *active {
                    ""
                } else {
                    ", which was no longer running"
                };
                self.deeds
                    .push(format!("stops {}{late}", self.name(*timer)));
            }
            EventKind::TimerFire { timer, .. } => {
                let timer = self.after.object(*timer);
                if let Some(timer) =
                    timer.filter(|timer| timer.timer().is_some_and(|timer| !timer.sleep))
                {
                    self.others.push(if timer.name.is_empty() {
                        "a timer fires".into()
                    } else {
                        format!("{} fires", timer.name)
                    });
                }
            }
            EventKind::Cancel { context, end, .. } => {
                let name = self.name(*context);
                if by_clock || *end == ContextEnd::DeadlineExceeded {
                    self.others.push(format!("{name} ends: {}", end.words()));
                } else if self.deeds.iter().any(|deed| deed.starts_with("cancels ")) {
                    self.others.push(format!("{name} ends with it"));
                } else {
                    self.deeds.push(format!("cancels {name}"));
                }
            }
            _ => {}
        }
    }
}
