//! A step in one or two sentences of plain words.
//!
//! The sentence is made from the step's events and the world behind it, so it says what happened and
//! nothing else. It names goroutines by number (G3) and objects by the program's own names.

mod deeds;
mod waits;

use std::fmt::Write as _;

use super::World;
use crate::trace::{
    Event, EventKind, GoroutineId, ObjectId, OperationKind, Outcome, PendingOperation, Text,
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
                let call = format!("{}({arguments})", short(name));
                if event.goroutine.is_none() {
                    self.others.push(format!("it starts {child}, {call}"));
                } else {
                    self.deeds.push(format!("starts {child}, {call}"));
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
            let _ = write!(text, "{} runs on", self.who);
            if let Some(next) = self.next {
                let _ = write!(text, " to its next operation: {}", self.operation(next));
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
        match (next.kind, next.object.is_none()) {
            (OperationKind::TimerSet, true) => "set a timer".to_owned(),
            (kind, true) => kind.words().to_owned(),
            (kind, false) => format!("{} {}", kind.words(), self.name(next.object)),
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
