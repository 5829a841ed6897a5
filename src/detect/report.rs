//! How a run ended, in the words Go prints on standard error.

use std::fmt;

use crate::trace::{GoroutineId, GoroutineState, Outcome, SourceMap, Span};
use crate::world::{Goroutine, World};

/// What Go prints when a program ends badly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// `fatal error: all goroutines are asleep - deadlock!`, possibly of several lines.
    pub headline: String,
    /// Each goroutine that Go prints, in Go's order.
    pub goroutines: Vec<GoroutineReport>,
}

/// One goroutine of a [`Report`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoroutineReport {
    /// Who.
    pub goroutine: GoroutineId,
    /// `goroutine 1 [chan receive]:`.
    pub header: String,
    /// Innermost first: the function and where it stands, `lock-order.go:15`.
    pub frames: Vec<(String, String)>,
}

/// The report of a run that ended badly; none for one that did not end so.
pub fn report(world: &World, sources: &SourceMap) -> Option<Report> {
    let (headline, who) = match &**world.outcome()? {
        Outcome::Deadlock(_) => (
            "fatal error: all goroutines are asleep - deadlock!".to_owned(),
            None,
        ),
        Outcome::Panic(fault) => (format!("panic: {}", fault.message), Some(fault)),
        Outcome::Fatal(fault) => (format!("fatal error: {}", fault.message), Some(fault)),
        _ => return None,
    };
    let goroutines = match who {
        // A panic prints its own goroutine.
        Some(fault) => world
            .goroutine(fault.goroutine)
            .map(|goroutine| one(goroutine, "running", sources))
            .into_iter()
            .collect(),
        None => world
            .goroutines()
            .filter_map(|goroutine| match goroutine.state {
                GoroutineState::Waiting(reason) => Some(one(goroutine, reason.words(), sources)),
                _ => None,
            })
            .collect(),
    };
    Some(Report {
        headline,
        goroutines,
    })
}

fn one(goroutine: &Goroutine, state: &str, sources: &SourceMap) -> GoroutineReport {
    let mut frames: Vec<(String, String)> = goroutine
        .frames
        .iter()
        .rev()
        .map(|frame| {
            (
                format!("{}(...)", frame.function),
                place(frame.span, sources),
            )
        })
        .collect();
    if frames.is_empty() {
        frames.push((
            format!("{}(...)", goroutine.name),
            place(goroutine.span, sources),
        ));
    }
    if !goroutine.parent.is_none() {
        let by = format!("created by goroutine {}", goroutine.parent.0);
        frames.push((by, place(goroutine.started_at, sources)));
    }
    GoroutineReport {
        goroutine: goroutine.id,
        header: format!("goroutine {} [{state}]:", goroutine.id.0),
        frames,
    }
}

fn place(span: Span, sources: &SourceMap) -> String {
    match (sources.file(span.file), sources.location(span)) {
        (Some(file), Some(location)) => format!("{}:{}", file.name(), location.line),
        _ => "-".to_owned(),
    }
}

impl fmt::Display for Report {
    /// As Go prints it, without addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.headline)?;
        for goroutine in &self.goroutines {
            writeln!(f, "\n{}", goroutine.header)?;
            for (function, place) in &goroutine.frames {
                writeln!(f, "{function}\n\t{place}")?;
            }
        }
        Ok(())
    }
}
