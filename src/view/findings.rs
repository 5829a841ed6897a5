//! How the run ends, what was found in it, and the circles of waits at this moment.

use super::words;
use crate::session::Run;
use crate::session::detect::{lock_cycles, report, stuck};
use crate::trace::{Exceeded, GoroutineId, ObjectId, Outcome};
use crate::view::small::Set;

/// How bad it is: the colour and shape of a finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Good,
    Fault,
    Leak,
    Note,
}

impl Kind {
    /// The value of `data-kind`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Good => "good",
            Kind::Fault => "fault",
            Kind::Leak => "leak",
            Kind::Note => "note",
        }
    }
}

/// Something to know about the run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub kind: Kind,
    pub title: String,
    pub lines: Vec<String>,
    /// Goroutines it is about.
    pub goroutines: Vec<GoroutineId>,
}

/// Everything found at the cursor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Findings {
    pub list: Vec<Finding>,
    /// Goroutines that nobody can wake any more.
    pub stuck: Set<GoroutineId>,
    /// Who waits for or holds what in a circle of locks.
    pub circle: Set<(GoroutineId, ObjectId)>,
    /// What Go prints of a run that ended badly.
    pub report: Option<String>,
    /// `This run completed.`, once it has ended.
    pub ended: Option<String>,
}

/// More lines than this of one finding are cut.
const LINES: usize = 12;

/// What there is to find at the cursor.
pub fn findings(run: &Run) -> Findings {
    let world = &run.world;
    let mut found = Findings::default();
    for cycle in lock_cycles(world) {
        for link in &cycle.links {
            found.circle.insert((link.goroutine, link.object));
            found.circle.insert((link.holder, link.object));
        }
        found.list.push(Finding {
            kind: Kind::Fault,
            title: "A circle of waits".to_owned(),
            lines: vec![cycle.words(world), format!("{}.", cycle.sentence(world))],
            goroutines: cycle.links.iter().map(|link| link.goroutine).collect(),
        });
    }
    let stuck = stuck(world);
    found.stuck = stuck.iter().map(|entry| entry.goroutine).collect();
    let completed = matches!(
        world.outcome().map(|outcome| &**outcome),
        Some(Outcome::Completed | Outcome::Exited(_))
    );
    if let Some(outcome) = world.outcome() {
        let (ended, finding) = outcome_finding(outcome);
        found.ended = Some(ended);
        found.list.insert(0, finding);
        found.report = report(world, &run.sources).map(|report| report.to_string());
    }
    if completed {
        found.stuck = world
            .goroutines()
            .filter(|goroutine| goroutine.is_waiting())
            .map(|goroutine| goroutine.id)
            .collect();
    }
    if !found.stuck.is_empty() && found.circle.is_empty() {
        found.list.push(stuck_finding(run, &found.stuck, completed));
    }
    found
}

fn stuck_finding(run: &Run, stuck: &Set<GoroutineId>, completed: bool) -> Finding {
    let mut lines: Vec<String> = stuck
        .iter()
        .filter_map(|id| run.world.goroutine(*id))
        .take(LINES)
        .map(|goroutine| {
            let place = words::own_place(&run.sources, goroutine)
                .map(|span| words::line(&run.sources, span));
            let status = super::stage::status(&run.world, goroutine);
            format!(
                "{} {status}, {}",
                words::title(goroutine),
                place.unwrap_or_default()
            )
        })
        .collect();
    if stuck.len() > LINES {
        lines.push(format!("and {} more", stuck.len() - LINES));
    }
    let (kind, title) = if completed {
        (Kind::Leak, "Left waiting when main returned")
    } else {
        (Kind::Fault, "Nobody can wake these any more")
    };
    Finding {
        kind,
        title: title.to_owned(),
        lines,
        goroutines: stuck.iter().copied().take(LINES).collect(),
    }
}

fn outcome_finding(outcome: &Outcome) -> (String, Finding) {
    let finding = |kind, title: &str, line: String| Finding {
        kind,
        title: title.to_owned(),
        lines: vec![line],
        goroutines: Vec::new(),
    };
    match outcome {
        Outcome::Completed => (
            "The program has ended.".to_owned(),
            finding(Kind::Good, "Completed", "main returned.".to_owned()),
        ),
        Outcome::Exited(code) => (
            "The program has ended.".to_owned(),
            finding(Kind::Good, "Exited", format!("os.Exit with status {code}.")),
        ),
        Outcome::Deadlock(all) => (
            "Deadlock: nobody can run.".to_owned(),
            finding(
                Kind::Fault,
                "Deadlock",
                format!("All {} goroutines that are left wait for ever.", all.len()),
            ),
        ),
        Outcome::Panic(fault) => (
            "A panic ended the program.".to_owned(),
            finding(
                Kind::Fault,
                "Panic",
                format!("{}: {}", fault.goroutine, fault.message),
            ),
        ),
        Outcome::Fatal(fault) => (
            "A fatal error ended the program.".to_owned(),
            finding(
                Kind::Fault,
                "Fatal error",
                format!("{}: {}", fault.goroutine, fault.message),
            ),
        ),
        Outcome::StepLimit(limit) | Outcome::MemoryLimit(limit) => {
            let what = match limit {
                Exceeded::Steps => "steps",
                Exceeded::Fuel => "instructions: it may never end",
                Exceeded::Events => "recorded events",
                Exceeded::Memory => "memory",
                Exceeded::Goroutines => "goroutines",
            };
            let line = format!("The run was stopped at its limit of {what}.");
            (
                "The run was stopped at a limit.".to_owned(),
                finding(Kind::Note, "Limit reached", line),
            )
        }
        Outcome::Stopped => (
            "The run was stopped.".to_owned(),
            finding(Kind::Note, "Stopped", "You stopped the run.".to_owned()),
        ),
    }
}
