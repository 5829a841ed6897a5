//! One path's run as far as it has gone: the runtime, its trace, and what is derived from it.
//!
//! Invariants: the trace ends between steps, with the clock moved on and the end recorded when nothing
//! can run; `decisions` has one entry for each step of the index, the number of decisions made before it,
//! so that a prefix of the schedule leads exactly to that step.

use std::cell::RefCell;
use std::rc::Rc;

use super::Policy;
use super::races::{DataRace, Watch};
use crate::detect;
use crate::runtime::{Options, Program, Progress, Runtime};
use crate::schedule::{
    Choice, ChoiceKind, Decision, Decisions, Divergence, Generator, Pick, RoundRobin, Schedule,
    Scheduler,
};
use crate::trace::{
    ChoiceOptions, GoroutineId, GoroutineState, ObjectId, OperationKind, Outcome, Stuck, Trace,
};
use crate::world::{Checkpoints, FaultKind, FaultMark, Index, Timeline, World};

/// What a person wants to happen next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Who is to go on; nobody: a timer.
    pub goroutine: GoroutineId,
    /// With which case of a select.
    pub case: Option<u32>,
    /// Which timer is to fire.
    pub timer: ObjectId,
}

/// How many steps the goroutines that main leaves behind are given to end by themselves.
const TAIL: u64 = 10_000;

/// What counts as one step's work, to keep slices of a run about equally long.
const FUEL_OF_A_STEP: u64 = 500;
const EVENTS_OF_A_STEP: usize = 20;

/// How many steps in a row one goroutine does while nobody chooses.
const PATIENCE: u32 = 200;

/// A goroutine that would never have ended, had main's return not stopped it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leak {
    /// Who.
    pub goroutine: GoroutineId,
    /// Where it would be parked for ever; none: it never stops.
    pub parked: Option<Stuck>,
}

/// A run and everything that follows its trace.
pub struct Live {
    runtime: Runtime,
    options: Options,
    trace: Trace,
    checkpoints: Checkpoints,
    index: Index,
    timeline: Timeline,
    decisions: Vec<u64>,
    /// Decisions made by the end of the trace.
    decided: u64,
    random: Generator,
    /// What is to be done before anybody is asked.
    script: Option<Script>,
    divergence: Option<Divergence>,
    /// The goroutine that ran last.
    last: GoroutineId,
    /// How many steps it has done in a row.
    stayed: u32,
    /// What the last step took; see [`Live::cost`].
    cost: usize,
    /// What the goroutines that main left behind would have come to.
    leaks: Rc<[Leak]>,
    watch: Rc<RefCell<Watch>>,
    races: Vec<DataRace>,
}

/// A schedule to be followed, as far as it has been.
struct Script {
    schedule: Rc<Schedule>,
    followed: usize,
}

impl Live {
    /// A run that stands before main's first step, and is to follow a schedule first.
    pub fn new(
        program: &dyn Program,
        options: Options,
        seed: u64,
        script: Option<Rc<Schedule>>,
    ) -> Self {
        let mut runtime = Runtime::new(options);
        let watch = Rc::new(RefCell::new(Watch::default()));
        runtime.set_observer(Some(watch.clone()));
        program.start(&runtime);
        let mut live = Self {
            runtime,
            options,
            trace: Trace::new(),
            checkpoints: Checkpoints::new(),
            index: Index::new(),
            timeline: Timeline::new(),
            decisions: Vec::new(),
            decided: 0,
            random: Generator::new(seed),
            script: script.map(|schedule| Script {
                schedule,
                followed: 0,
            }),
            divergence: None,
            last: GoroutineId::NONE,
            stayed: 0,
            cost: 1,
            leaks: Rc::from([]),
            watch,
            races: Vec::new(),
        };
        live.settle();
        live
    }

    /// The trace as far as it has run.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Where its steps begin.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Its lanes and arrows.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The world at a position.
    pub fn world(&self, position: usize) -> World {
        self.checkpoints.world(&self.trace, position)
    }

    /// All decisions so far.
    pub fn schedule(&self) -> Schedule {
        self.runtime.schedule().clone()
    }

    /// The decisions that lead to a step.
    pub fn schedule_to(&self, step: usize) -> Schedule {
        match self.decisions.get(step) {
            Some(count) => self.runtime.schedule().prefix(*count),
            None => self.schedule(),
        }
    }

    /// What main left behind for ever, once it has returned.
    pub fn leaks(&self) -> &Rc<[Leak]> {
        &self.leaks
    }

    /// The data races of the run, in the order of finding.
    pub fn races(&self) -> &[DataRace] {
        &self.races
    }

    /// Whether a schedule is still to be followed.
    pub fn is_following(&self) -> bool {
        self.script.is_some()
    }

    /// Takes where the program parted from the schedule it was to follow, if it did.
    pub fn take_divergence(&mut self) -> Option<Divergence> {
        self.divergence.take()
    }

    /// Starts what is drawn from another seed.
    pub fn seed(&mut self, seed: u64) {
        self.random = Generator::new(seed);
    }

    /// What the last step took, in units of a plain step: one that computes for long, or tells much, counts
    /// as many.
    pub fn cost(&self) -> usize {
        self.cost
    }

    /// Whether the program has ended.
    pub fn has_ended(&self) -> bool {
        self.trace.outcome().is_some()
    }

    /// Does one step: the wish's, else the script's, else the policy's. False: the program has ended.
    ///
    /// A wish for something that cannot go next is not followed; any wish ends the script.
    pub fn advance(&mut self, wish: Option<Wish>, policy: Policy) -> bool {
        match self.script.take().filter(|_| wish.is_none()) {
            Some(script) => self.walk(script, 1, usize::MAX) > 0,
            None => self.step(wish, policy, None).is_some(),
        }
    }

    /// Follows the script for at most `budget` steps, then goes on without a choice up to a position.
    /// Gives what the steps took, as [`Live::cost`] says; less than the budget: it is there, or cannot go on.
    pub fn follow(&mut self, budget: usize, position: usize) -> usize {
        let mut done = match self.script.take() {
            Some(script) => self.walk(script, budget, position),
            None => 0,
        };
        while done < budget && self.script.is_none() && self.trace.len() < position {
            if self.step(None, Policy::You, None).is_none() {
                break;
            }
            done += self.cost;
        }
        done
    }

    /// Follows a script; puts it back if there is more of it. Behind its end it goes on up to `position`.
    fn walk(&mut self, script: Script, budget: usize, position: usize) -> usize {
        let Script {
            schedule,
            mut followed,
        } = script;
        let mut decisions = schedule.decisions();
        for _ in 0..followed {
            decisions.next();
        }
        let mut done = 0;
        while done < budget && !(decisions.is_at_end() && self.trace.len() >= position) {
            let Some(used) = self.step(None, Policy::You, Some(&mut decisions)) else {
                return done;
            };
            followed += used;
            done += self.cost;
            if self.divergence.is_some() || decisions.is_at_end() {
                return done;
            }
        }
        if !decisions.is_at_end() {
            self.script = Some(Script {
                schedule: schedule.clone(),
                followed,
            });
        }
        done
    }

    /// One step of the runtime. Gives how many decisions of the script it took; none: nothing is left to
    /// be done.
    fn step(
        &mut self,
        wish: Option<Wish>,
        policy: Policy,
        script: Option<&mut Decisions<'_>>,
    ) -> Option<usize> {
        if self.has_ended() {
            return None;
        }
        let case = wish.and_then(|wish| wish.case);
        let mut decider = Decider {
            policy,
            stays_with: self.stays_with(),
            wished: wish.and_then(|wish| self.option_of(wish)),
            asks_case: case.is_some(),
            case: None,
            script,
            followed: 0,
            divergence: None,
            random: &mut self.random,
        };
        while let Progress::Paused(open) = self.runtime.step(&mut decider) {
            // It pauses once, to learn which number the wished case has among the ready ones.
            decider.asks_case = false;
            if let ChoiceOptions::Cases(cases) = &open.options {
                decider.case = cases
                    .iter()
                    .position(|ready| Some(ready.index) == case)
                    .map(|place| place as u64);
            }
        }
        let burnt = self
            .options
            .limits
            .fuel_per_step
            .saturating_sub(self.runtime.fuel());
        let followed = decider.followed;
        if let Some(divergence) = decider.divergence.take() {
            self.divergence = Some(divergence);
        }
        let length = self.trace.len();
        self.settle();
        let events = self.trace.len() - length;
        self.cost = 1 + (burnt / FUEL_OF_A_STEP) as usize + events / EVENTS_OF_A_STEP;
        Some(followed)
    }

    /// The goroutine that goes on when nobody chooses: the last one, unless it lets others go first or has
    /// gone on for so long that it may be waiting for them in a loop.
    fn stays_with(&self) -> GoroutineId {
        let last = self.checkpoints.front().goroutine(self.last);
        let gives_way = last.is_none_or(|goroutine| {
            matches!(
                goroutine.next.kind,
                OperationKind::Gosched | OperationKind::Continue
            )
        });
        if gives_way || self.stayed >= PATIENCE {
            GoroutineId::NONE
        } else {
            self.last
        }
    }

    /// The number in the runtime of what is wished for.
    fn option_of(&self, wish: Wish) -> Option<GoroutineId> {
        if !wish.goroutine.is_none() {
            return Some(wish.goroutine);
        }
        let candidates = self.runtime.candidates();
        let timers = candidates
            .iter()
            .filter(|candidate| candidate.goroutine.is_timer());
        let mut wished = timers.filter(|candidate| candidate.operation.object == wish.timer);
        wished.next().map(|candidate| candidate.goroutine)
    }

    /// Takes in what has happened, and lets time pass when nothing can run.
    fn settle(&mut self) {
        let length = self.trace.len();
        self.take_in(self.decided);
        self.decided = self.runtime.schedule().len();
        self.runtime.prepare_step();
        self.take_in(self.decided);
        self.look_for_races(length);
        self.look_for_rings();
        if self.trace.outcome() == Some(&Outcome::Completed) {
            self.look_for_leaks();
        }
        let actor = self
            .index
            .steps()
            .checked_sub(1)
            .and_then(|step| self.index.actor(step));
        if let Some(actor) = actor.filter(|actor| !actor.is_none()) {
            self.stayed = if actor == self.last {
                self.stayed + 1
            } else {
                0
            };
            self.last = actor;
        }
    }

    /// Marks the data races that the events from `start` on have brought.
    fn look_for_races(&mut self, start: usize) {
        let watch = self.watch.borrow();
        let new = watch.since(self.races.len());
        if new.is_empty() {
            return;
        }
        let step = self.trace.events().get(start..).unwrap_or_default();
        for race in new {
            let found = DataRace::locate(race, step, start);
            let (event, goroutine) = (found.event, found.race.second.goroutine);
            self.index.mark(FaultMark {
                event,
                goroutine,
                kind: FaultKind::Race,
            });
            self.races.push(found);
        }
    }

    /// Marks the step that closes a ring of locks, or leaves a lock behind that others wait for, while the
    /// program goes on.
    fn look_for_rings(&mut self) {
        let Some(step) = self.index.steps().checked_sub(1) else {
            return;
        };
        if self.has_ended() {
            return;
        }
        // The clock may have acted behind the goroutine's step.
        let step = match self.index.actor(step) {
            Some(actor) if actor.is_none() => step.saturating_sub(1),
            _ => step,
        };
        let Some(actor) = self.index.actor(step) else {
            return;
        };
        let world = self.checkpoints.front();
        let Some(goroutine) = world.goroutine(actor) else {
            return;
        };
        let in_vain = match goroutine.state {
            GoroutineState::Waiting(_) => detect::waits_in_vain(world, actor),
            GoroutineState::Dead => goroutine.holds.iter().any(|hold| {
                world
                    .object(hold.object)
                    .is_some_and(|lock| !lock.waiters.is_empty())
            }),
            _ => false,
        };
        let event = self.index.end(step).saturating_sub(1);
        let is_known = self
            .index
            .faults()
            .last()
            .is_some_and(|fault| fault.event >= event);
        if in_vain && !is_known {
            let kind = FaultKind::PartialDeadlock;
            self.index.mark(FaultMark {
                event,
                goroutine: actor,
                kind,
            });
        }
    }

    /// When main has returned: lets the others run on unseen, to know which of them would never end.
    fn look_for_leaks(&mut self) {
        let tail = self.runtime.run_tail(&mut RoundRobin::new(0), TAIL);
        let never_stops = tail.running.iter().map(|goroutine| Leak {
            goroutine: *goroutine,
            parked: None,
        });
        // While some still run, whoever waits may yet be woken.
        let is_quiet = tail.running.is_empty();
        let parked = tail.stuck.iter().filter(|_| is_quiet).map(|stuck| Leak {
            goroutine: stuck.goroutine,
            parked: Some(*stuck),
        });
        self.leaks = never_stops.chain(parked).collect();
        if let Some(leak) = self.leaks.first() {
            let (event, goroutine) = (self.trace.len().saturating_sub(1), leak.goroutine);
            self.index.mark(FaultMark {
                event,
                goroutine,
                kind: FaultKind::Leak,
            });
        }
    }

    /// Moves the new events over; the steps they begin come behind `decisions` decisions.
    fn take_in(&mut self, decisions: u64) {
        self.trace.append(self.runtime.take_trace());
        self.index.extend(&self.trace);
        self.timeline.extend(&self.trace);
        self.checkpoints.extend(&self.trace);
        self.decisions.resize(self.index.steps(), decisions);
    }
}

/// Makes the decisions of one step.
struct Decider<'a, 's> {
    policy: Policy,
    /// Who goes on when the person has not chosen.
    stays_with: GoroutineId,
    /// The number in the runtime of who is to go on.
    wished: Option<GoroutineId>,
    /// Whether to pause at a select, to have its cases looked at.
    asks_case: bool,
    /// The place of the wished case among the ready ones.
    case: Option<u64>,
    script: Option<&'a mut Decisions<'s>>,
    /// How many decisions of the script were taken.
    followed: usize,
    divergence: Option<Divergence>,
    random: &'a mut Generator,
}

impl Decider<'_, '_> {
    /// The script's next decision, if it fits; one that does not ends the script.
    fn scripted(&mut self, choice: &Choice<'_>) -> Option<u64> {
        let recorded: Decision = self.script.as_mut()?.next()?;
        if (recorded.kind, recorded.count) == (choice.kind, choice.count) {
            self.followed += 1;
            return Some(recorded.pick);
        }
        self.divergence = Some(Divergence {
            position: self.followed as u64,
            step: choice.step,
            recorded,
            kind: choice.kind,
            count: choice.count,
        });
        self.script = None;
        None
    }
}

impl Scheduler for Decider<'_, '_> {
    fn choose(&mut self, choice: &Choice<'_>) -> Pick {
        if let Some(pick) = self.scripted(choice) {
            return Pick::Option(pick);
        }
        let place_of = |id: GoroutineId| {
            choice
                .runnable
                .iter()
                .position(|option| *option == id)
                .map(|place| place as u64)
        };
        match choice.kind {
            ChoiceKind::Goroutine => {
                if let Some(place) = self.wished.take().and_then(place_of) {
                    return Pick::Option(place);
                }
                match self.policy {
                    Policy::You => return Pick::Option(place_of(self.stays_with).unwrap_or(0)),
                    Policy::RoundRobin => return Pick::Option(0),
                    Policy::Random => {}
                }
            }
            ChoiceKind::SelectCase => {
                if self.asks_case {
                    return Pick::Pause;
                }
                if let Some(place) = self.case.take() {
                    return Pick::Option(place);
                }
            }
            _ => {}
        }
        Pick::Option(self.random.below(choice.count))
    }
}
