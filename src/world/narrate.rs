//! A step in one or two sentences of plain words.
//!
//! The sentence is made from the step's events and the world behind it, so it says what happened and
//! nothing else. It names goroutines by number (G3) and objects by the program's own names.

use std::fmt::Write as _;

use super::{Object, ObjectState, World};
use crate::trace::{
    AtomicOperation, ContextEnd, Delivery, Event, EventKind, GoroutineId, LockMode, ObjectId,
    OnceStep, Origin, Outcome, PendingOperation, Queue, Text, WaitReason,
};

/// More clauses than this are counted rather than told.
const MOST_CLAUSES: usize = 4;

/// Says in plain words what a step did: the events of the step, and the world behind it.
///
/// Without events it says that nothing has happened yet.
pub fn narrate(events: &[Event], after: &World) -> String {
    let mut story = Story {
        after,
        who: GoroutineId::NONE,
        deeds: Vec::new(),
        others: Vec::new(),
        next: None,
        end: None,
    };
    for event in events {
        story.who = if story.who.is_none() {
            event.goroutine
        } else {
            story.who
        };
        story.tell(event);
    }
    story.finish(events)
}

struct Story<'a> {
    after: &'a World,
    /// Who does the step; none for the clock.
    who: GoroutineId,
    /// What it does, each to follow "G3".
    deeds: Vec<String>,
    /// What that does to others, each a clause of its own.
    others: Vec<String>,
    /// What it stands before at the end of the step.
    next: Option<PendingOperation>,
    /// How the run ends with this step.
    end: Option<&'a Outcome>,
}

impl<'a> Story<'a> {
    fn name(&self, id: ObjectId) -> String {
        self.after.object_name(id)
    }

    fn tell(&mut self, event: &'a Event) {
        match &event.kind {
            EventKind::Yield { next, .. } => self.next = Some(*next),
            EventKind::Park {
                reason,
                object,
                cases,
            } => {
                let cases = cases.as_deref().map_or(0, <[_]>::len);
                self.deeds
                    .push(self.park(event.goroutine, *reason, *object, cases));
            }
            EventKind::Ready {
                goroutine,
                object,
                next,
            } => self.ready(*goroutine, *object, *next),
            EventKind::Go {
                child,
                name,
                arguments,
            } => {
                if !event.goroutine.is_none() {
                    self.deeds
                        .push(format!("starts {child}, {}({arguments})", short(name)));
                }
            }
            EventKind::Exit => {
                self.deeds.push(
                    if event.goroutine == GoroutineId::MAIN {
                        "returns from main"
                    } else {
                        "ends"
                    }
                    .into(),
                );
            }
            EventKind::Choose {
                options: crate::trace::ChoiceOptions::Cases(ready),
                ..
            } => {
                self.deeds
                    .push(format!("selects among {} ready cases", ready.len()));
            }
            EventKind::Output { text, .. } => self.deeds.push(format!("prints {}", quoted(text))),
            EventKind::Send { .. } | EventKind::Receive { .. } | EventKind::Close { .. } => {
                self.channel(event)
            }
            EventKind::Selected { case: None } => {
                self.deeds
                    .push("finds no case ready and takes the default".into());
            }
            EventKind::Lock { .. }
            | EventKind::Unlock { .. }
            | EventKind::TryLock { .. }
            | EventKind::Announce { .. } => self.lock(event),
            EventKind::WaitGroup { .. }
            | EventKind::Waited { .. }
            | EventKind::Once { .. }
            | EventKind::Signal { .. }
            | EventKind::Broadcast { .. }
            | EventKind::Atomic { .. }
            | EventKind::Update { .. } => self.primitive(event),
            EventKind::TimerSet { .. }
            | EventKind::TimerStop { .. }
            | EventKind::TimerFire { .. }
            | EventKind::Cancel { .. } => self.time(event),
            EventKind::Panic { value } => self.deeds.push(format!("panics: {}", clipped(value))),
            EventKind::Recover { value } => self
                .deeds
                .push(format!("recovers from the panic {}", clipped(value))),
            EventKind::End { outcome } => self.end = Some(outcome),
            _ => {}
        }
    }

    fn channel(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Send { channel, value, to } => {
                let (value, name) = (clipped(value), self.name(*channel));
                match to {
                    Delivery::Buffer => self.deeds.push(format!("puts {value} into {name}")),
                    Delivery::Receiver(receiver) => self.deeds.push(format!(
                        "hands {value} through {name} straight to {receiver}, which was waiting to receive"
                    )),
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
                        format!("takes {value} from {name}, straight from {sender}, which was waiting to send")
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

    fn lock(&mut self, event: &Event) {
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

    fn primitive(&mut self, event: &Event) {
        self.deeds.push(match &event.kind {
            EventKind::WaitGroup {
                object,
                delta,
                count,
            } => {
                let name = self.name(*object);
                if *delta < 0 {
                    format!("calls Done on {name}: {count} to go")
                } else {
                    format!("adds {delta} to {name}: {count} to go")
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

    fn time(&mut self, event: &Event) {
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

    fn ready(&mut self, goroutine: GoroutineId, object: ObjectId, next: PendingOperation) {
        // The transfer or the signal has named it already.
        let name = goroutine.to_string();
        let told = self
            .deeds
            .iter()
            .chain(&self.others)
            .any(|clause| names(clause, &name));
        if told {
            return;
        }
        use crate::trace::OperationKind;
        self.others.push(match next.kind {
            OperationKind::Lock | OperationKind::RLock => {
                format!(
                    "{goroutine} may now try to {} {}",
                    next.kind.words(),
                    self.name(object)
                )
            }
            _ => format!("{goroutine} can go on"),
        });
    }

    fn park(&self, who: GoroutineId, reason: WaitReason, object: ObjectId, cases: usize) -> String {
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

    fn finish(mut self, events: &[Event]) -> String {
        if events.is_empty() {
            return "Nothing has happened yet: main stands before its first step.".into();
        }
        let mut text = String::new();
        let extra = self.deeds.len().saturating_sub(MOST_CLAUSES);
        if extra > 0 {
            // The last deed tells how the step ended: it stays.
            self.deeds.drain(MOST_CLAUSES - 1..self.deeds.len() - 1);
        }
        if self.who.is_none() {
            let moved = events
                .iter()
                .any(|event| matches!(event.kind, EventKind::Advance { .. }));
            let _ = match moved {
                true => write!(
                    text,
                    "Nobody can run, so time passes to {}",
                    self.after.time()
                ),
                false => write!(text, "It is {}", self.after.time()),
            };
        } else if self.deeds.is_empty() {
            let _ = write!(text, "{} goes on", self.who);
            if let Some(next) = self.next {
                let _ = write!(
                    text,
                    " and stands before its next operation: {}",
                    self.operation(next)
                );
            }
        } else {
            let _ = write!(text, "{} {}", self.who, listed(&self.deeds));
            if extra > 0 {
                let _ = write!(text, " (and {extra} things more)");
            }
        }
        let separator = if self.who.is_none() { ": " } else { "; " };
        if !self.others.is_empty() {
            text.push_str(separator);
            let shown = self.others.len().min(MOST_CLAUSES);
            text.push_str(&self.others[..shown].join("; "));
            if shown < self.others.len() {
                let _ = write!(text, "; and so on for {} more", self.others.len() - shown);
            }
        }
        text.push('.');
        if let Some(end) = self.end {
            text.push(' ');
            text.push_str(&self.ending(end));
        }
        text
    }

    fn operation(&self, next: PendingOperation) -> String {
        let words = next.kind.words();
        if next.object.is_none() {
            words.to_owned()
        } else {
            format!("{words} {}", self.name(next.object))
        }
    }

    fn ending(&self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Completed => {
                let left = self.after.counts().waiting + self.after.counts().runnable;
                match left {
                    0 => "The program is done.".into(),
                    1 => "The program is done; one goroutine stops where it is.".into(),
                    _ => format!("The program is done; {left} goroutines stop where they are."),
                }
            }
            Outcome::Exited(code) => format!("The program exits with code {code}."),
            Outcome::Deadlock(_) => "Now nobody can go on: this is a deadlock.".into(),
            Outcome::Panic(_) => "Nobody recovers the panic: the program ends.".into(),
            Outcome::Fatal(fault) => format!("This is a fatal error: {}.", fault.message),
            Outcome::StepLimit(_) => "The limit of the run is reached: it stops here.".into(),
            Outcome::MemoryLimit(_) => "The memory of the run is used up: it stops here.".into(),
            Outcome::Stopped => "The run was stopped.".into(),
        }
    }
}

fn holders(object: Option<&std::rc::Rc<Object>>, who: GoroutineId) -> String {
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

/// "a", "a and b", "a, b and c".
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Whether a clause names a goroutine: `G1` is not in `G12`.
fn names(clause: &str, name: &str) -> bool {
    clause
        .match_indices(name)
        .any(|(at, _)| !clause[at + name.len()..].starts_with(|next: char| next.is_ascii_digit()))
}

fn short(name: &Text) -> &str {
    name.strip_prefix("main.").unwrap_or(name)
}

/// A value, cut to a length that fits a sentence.
fn clipped(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn quoted(text: &str) -> String {
    format!(
        "“{}”",
        clipped(text.strip_suffix('\n').unwrap_or(text)).replace('\n', " ⏎ ")
    )
}
