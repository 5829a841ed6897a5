//! All view models of the page at once.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::choices::{Choices, choices};
use super::console::{Console, console};
use super::findings::{Findings, Kind, findings};
use super::inspector::{Inspector, inspector};
use super::listing::{Ink, Line, Marks, listing};
use super::programs::is_broken;
use super::small::Set;
use super::stage::{Keeper, Opened, Picture, Target};
use super::tone::Tone;
use crate::session::catalogue::{self, Directives};
use crate::session::{Action, Policy, Run, Selection, State, reduce};
use crate::trace::{SourceMap, Text};
use crate::world::World;

/// Everything the page shows, beside what stands in the state itself.
#[derive(Clone, Default)]
pub struct Models {
    pub lines: Rc<Vec<Line>>,
    pub picture: Rc<Picture>,
    pub inspector: Option<Rc<Inspector>>,
    pub findings: Rc<Findings>,
    pub console: Rc<Console>,
    pub choices: Rc<Choices>,
    pub sentence: Text,
    pub tone: Tone,
    /// `step 23 of 40 · 20ms`.
    pub moment: String,
    /// The same with the sentence, for the slider.
    pub spoken: String,
    pub topic: String,
    /// The program that does the same without the defect, or with it.
    pub pair: Option<String>,
    pub at_start: bool,
    pub at_end: bool,
    pub has_faults: bool,
    /// The cursor moved by more than a step: nothing is to be seen moving.
    pub jumped: bool,
}

/// Makes the models; keeps what need not be worked out again.
#[derive(Default)]
pub struct Maker {
    keeper: Keeper,
    source: Option<Text>,
    ink: Ink,
    last_step: usize,
    program: Option<(Text, String, Option<String>)>,
}

/// How many steps a rehearsal may take.
const REHEARSAL: usize = 4000;

impl Maker {
    /// The models of a state.
    pub fn make(&mut self, state: &State, opened: &Opened) -> Models {
        let source = &state.program.source;
        if self.source.as_ref() != Some(source) {
            self.source = Some(source.clone());
            self.ink = Ink::new(source);
            self.program = None;
        }
        let (topic, pair) = self.about(state);
        let bad: BTreeSet<u32> = if state.is_stale() {
            BTreeSet::new()
        } else {
            state.problems.iter().map(|problem| problem.line).collect()
        };
        let mut models = match &state.run {
            Some(run) => self.of_run(state, run, opened, &bad),
            None => self.without_run(state, &bad),
        };
        (models.topic, models.pair) = (topic, pair);
        models
    }

    fn about(&mut self, state: &State) -> (String, Option<String>) {
        let source = &state.program.source;
        if self.program.as_ref().is_none_or(|known| known.0 != *source) {
            let directives = Directives::parse(source);
            let word = match (directives.topic.as_str(), is_broken(&directives)) {
                ("", _) => "your own program".to_owned(),
                (topic, true) => format!("{topic} · broken"),
                (topic, false) => topic.to_owned(),
            };
            let pair = pair_of(&directives).filter(|name| catalogue::find(name).is_some());
            self.program = Some((source.clone(), word, pair));
        }
        self.program
            .as_ref()
            .map(|known| (known.1.clone(), known.2.clone()))
            .unwrap_or_default()
    }

    fn without_run(&self, state: &State, bad: &BTreeSet<u32>) -> Models {
        let marks = Marks {
            world: &World::new(),
            before: &World::new(),
            source: &SourceMap::new(),
            stuck: &Set::new(),
            breakpoints: &state.breakpoints,
            bad,
        };
        let sentence = if state.problems.is_empty() {
            "Nothing has run yet."
        } else {
            "This program does not compile yet: see the messages under the source."
        };
        Models {
            lines: Rc::new(listing(&self.ink, &marks)),
            sentence: sentence.into(),
            moment: "no run".to_owned(),
            at_start: true,
            at_end: true,
            ..Models::default()
        }
    }

    fn of_run(&mut self, state: &State, run: &Run, opened: &Opened, bad: &BTreeSet<u32>) -> Models {
        if self.keeper.is_new(run) {
            self.keeper
                .begin(run, rehearse(state).as_ref().map(Run::trace).as_deref());
        }
        self.keeper.follow(run, opened);
        let found = findings(run);
        let picked = match state.selection {
            Selection::Goroutine(id) => Some(Target::Goroutine(id)),
            Selection::Object(id) => Some(Target::Object(id)),
            Selection::Nothing => None,
        };
        let picture = self.keeper.picture(run, &found, picked);
        let marks = Marks {
            world: &run.world,
            before: &run.before,
            source: &run.sources,
            stuck: &found.stuck,
            breakpoints: &state.breakpoints,
            bad,
        };
        let step = run.step();
        let jumped = step.abs_diff(self.last_step) > 1;
        self.last_step = step;
        let moment = format!("step {step} of {} · {}", run.steps(), run.world.time());
        Models {
            lines: Rc::new(listing(&self.ink, &marks)),
            picture: Rc::new(picture),
            inspector: inspector(run, state.selection).map(Rc::new),
            console: Rc::new(console(&run.world, &run.before)),
            choices: Rc::new(choices(run)),
            sentence: run.sentence.clone(),
            tone: tone_of(run, &found),
            spoken: format!("step {step} of {}: {}", run.steps(), run.sentence),
            moment,
            topic: String::new(),
            pair: None,
            at_start: run.cursor <= run.index().home(),
            at_end: run.is_at_front() && run.has_ended(),
            has_faults: !run.index().faults().is_empty(),
            jumped,
            findings: Rc::new(found),
        }
    }
}

/// The state the last step left its goroutine in.
fn tone_of(run: &Run, found: &Findings) -> Tone {
    if found.list.iter().any(|finding| finding.kind == Kind::Fault) {
        return Tone::Fault;
    }
    match run.world.goroutine(run.world.actor()) {
        Some(goroutine) => match Tone::of(goroutine, false) {
            Tone::Ready => Tone::Running,
            other => other,
        },
        None => Tone::Ready,
    }
}

/// Runs the program once beforehand, everyone in turn, only to learn what there will be on the stage.
fn rehearse(state: &State) -> Option<Run> {
    let load = Action::Load {
        name: state.program.file.to_string(),
        source: state.program.source.to_string(),
    };
    let mut trial = reduce(state.clone(), load);
    trial = reduce(trial, Action::SetPolicy(Policy::RoundRobin));
    trial = reduce(trial, Action::End);
    let mut steps = 0;
    while trial.is_busy() && steps < REHEARSAL {
        trial = reduce(trial, Action::Tick { budget: 500 });
        steps += 500;
    }
    trial.run
}

fn pair_of(directives: &Directives) -> Option<String> {
    directives.pair.clone()
}
