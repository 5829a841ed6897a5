//! The search.

use super::history::{History, Race, Set, Sleepers};
use super::report::{Bound, Finished, Report, Verdict};
use crate::runtime::{Limits, Options, Program, Runtime, Touch};
use crate::schedule::{ChoiceKind, Decision, Generator, RoundRobin, Schedule};
use crate::trace::{GoroutineId, Outcome, Span, Stuck, WaitReason};

/// What to search, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExploreOptions {
    /// Limits of each run.
    pub limits: Limits,
    /// Schedules after which the search ends.
    pub schedules: u64,
    /// Choices of values with at most so many options are tried one by one; larger ones are drawn
    /// once, from the seed.
    pub values: u64,
    /// Seed of what is drawn.
    pub seed: u64,
    /// Steps that goroutines may take after the program's end.
    pub lingering: u64,
    /// Whether goroutines left behind are looked for.
    pub leaks: bool,
    /// Try every order, also of what commutes: only to measure and to check the reduction.
    pub exhaustive: bool,
    /// Count the distinct classes of equivalent runs ([`Report::distinct`]); takes memory for each.
    pub audit: bool,
}

impl Default for ExploreOptions {
    fn default() -> ExploreOptions {
        ExploreOptions {
            limits: Limits {
                steps: 20_000,
                fuel: 20_000_000,
                ..Limits::default()
            },
            schedules: u64::MAX,
            values: 4,
            seed: 1,
            lingering: 500,
            leaks: true,
            exhaustive: false,
            audit: false,
        }
    }
}

/// Explores a program to the end of the search.
pub fn explore(program: &dyn Program, options: ExploreOptions) -> (Report, Verdict) {
    let mut explorer = Explorer::new(options);
    while explorer.run(program) {}
    (explorer.report, explorer.verdict)
}

/// A place in the current run where something was picked.
struct Node {
    /// Processes that could be picked here.
    enabled: Set,
    /// Those that are to be tried here, the tried ones included.
    backtrack: Set,
    /// Those that have been tried with all their alternatives.
    done: Set,
    process: u8,
    /// The pick as a schedule has it.
    option: u32,
    count: u32,
    /// Where the entries of those that sleep here start; they end where the next node's start.
    sleep: (usize, usize),
    /// Where the choices within the step start.
    choices: usize,
    /// Preemptions up to and with this pick.
    preemptions: u32,
    /// The goroutine that went before, if it could go on.
    running: Option<u8>,
}

/// A choice within a step.
#[derive(Clone, Copy)]
struct Alternative {
    decision: Decision,
    /// Whether the other options are to be tried.
    tried: bool,
}

/// Searches in portions, so that a page can go on meanwhile; each [`Explorer::run`] is one run.
pub struct Explorer {
    options: ExploreOptions,
    runtime: Runtime,
    history: History,
    sleepers: Sleepers,
    nodes: Vec<Node>,
    choices: Vec<Alternative>,
    /// Nodes that the next run repeats.
    replay: usize,
    /// Nodes of the last run up to the program's end.
    ended_at: usize,
    races: Vec<Race>,
    footprint: Vec<Touch>,
    report: Report,
    verdict: Verdict,
}

/// How a run ended for the search.
enum End {
    /// The program ended.
    Finished(Outcome),
    /// Whatever could go on had been tried.
    Redundant,
    /// It cannot be explored.
    Bounded(Bound),
}

impl Explorer {
    /// A search that has not begun.
    pub fn new(options: ExploreOptions) -> Explorer {
        let runtime = Runtime::new(Options {
            limits: options.limits,
            recording: false,
            scheduling: false,
            tracking: true,
            printing: true,
            lingering: true,
        });
        Explorer {
            options,
            runtime,
            history: History::default(),
            sleepers: Sleepers::default(),
            nodes: Vec::new(),
            choices: Vec::new(),
            replay: 0,
            ended_at: 0,
            races: Vec::new(),
            footprint: Vec::new(),
            report: Report::default(),
            verdict: Verdict::Searching,
        }
    }

    /// What has been found so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Whether the search is at its end, and what it has shown.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Ends the search; what was found stays.
    pub fn cancel(&mut self) {
        if self.verdict == Verdict::Searching {
            self.report.bound(Bound::Cancelled);
            self.verdict = Verdict::Bounded(Bound::Cancelled);
        }
    }

    /// How many schedules there may be in all, from the share of the tree that has been seen. A
    /// rough guess, and most rough at the beginning.
    pub fn estimate(&self) -> f64 {
        let (mut seen, mut share) = (0.0, 1.0);
        for node in &self.nodes[..self.replay.min(self.nodes.len())] {
            let width = f64::from(node.backtrack.count_ones().max(1));
            seen += share * f64::from(node.done.count_ones()) / width;
            share /= width;
        }
        if self.verdict == Verdict::Searching && seen > 0.0 {
            self.report.schedules as f64 / seen
        } else {
            self.report.schedules as f64
        }
    }

    /// Runs the program once, along a way that has not been tried. False: the search is at its end.
    /// It is always given the same program.
    pub fn run(&mut self, program: &dyn Program) -> bool {
        if self.verdict != Verdict::Searching {
            return false;
        }
        self.runtime.reset();
        program.start(&self.runtime);
        for index in 0..self.replay {
            self.repeat(index);
        }
        let end = self.extend();
        self.report.steps += self.runtime.steps();
        match end {
            End::Finished(outcome) => self.finished(&outcome),
            End::Redundant => self.report.redundant += 1,
            End::Bounded(bound) => self.report.bound(bound),
        }
        if !self.go_back() {
            self.verdict = match self.report.bounds.first() {
                Some(bound) => Verdict::Bounded(*bound),
                None => Verdict::Proved,
            };
        } else if self.report.schedules >= self.options.schedules {
            self.report.bound(Bound::Schedules);
            self.verdict = Verdict::Bounded(Bound::Schedules);
        }
        self.verdict == Verdict::Searching
    }

    /// Takes a step that has been taken before.
    fn repeat(&mut self, index: usize) {
        self.runtime.prepare_step();
        let option = self.nodes[index].option as usize;
        let end = self
            .nodes
            .get(index + 1)
            .map_or(self.choices.len(), |next| next.choices);
        let mut asked = self.runtime.run_step(option);
        for choice in self.nodes[index].choices..end {
            if asked {
                asked = self.runtime.answer_step(self.choices[choice].decision.pick);
            }
        }
    }

    /// Goes on from where the stack ends until the program does. The top of the stack may be a step
    /// that is to be taken with another alternative.
    fn extend(&mut self) -> End {
        self.ended_at = usize::MAX;
        let mut lingered = 0;
        loop {
            if self.runtime.is_lingering() {
                self.ended_at = self.ended_at.min(self.history.len());
                lingered += 1;
                if lingered > self.options.lingering {
                    self.report.bound(Bound::Lingering);
                    self.runtime.settle();
                }
            }
            let advances = self.runtime.advances();
            if !self.runtime.prepare_step() {
                return self.ended();
            }
            let moved = self.runtime.advances() != advances;
            // A node above the history was put there to be tried.
            if self.nodes.len() == self.history.len() {
                let Some(enabled) = self.look() else {
                    return End::Bounded(Bound::Processes);
                };
                if enabled == 0 {
                    self.runtime.settle();
                    return self.ended();
                }
                if !self.pick(enabled) {
                    return End::Redundant;
                }
            }
            if !self.take(moved) {
                return End::Bounded(Bound::Processes);
            }
        }
    }

    fn ended(&self) -> End {
        match self.runtime.outcome() {
            Some(outcome) => End::Finished(outcome),
            // Only a run that has ended cannot prepare a step.
            None => End::Finished(Outcome::Stopped),
        }
    }

    /// What could go on; `None`: there are too many to tell apart. What would park is only let go on,
    /// and park, when nothing else can: until then it is as good as not there.
    fn look(&mut self) -> Option<Set> {
        let (mut enabled, mut parking): (Set, Set) = (0, 0);
        let mut fits = true;
        let history = &mut self.history;
        self.runtime
            .with_runnable(|id, would_park| match history.process(id) {
                Some(process) if would_park => parking |= 1 << process,
                Some(process) => enabled |= 1 << process,
                None => fits = false,
            });
        if enabled == 0 {
            enabled = parking;
        }
        fits.then_some(enabled)
    }

    /// Puts a node on the stack for what is picked next; false when all that is enabled sleeps.
    fn pick(&mut self, enabled: Set) -> bool {
        let depth = self.nodes.len();
        let start = self.sleepers.mark();
        let (mut running, mut preemptions) = (None, 0);
        if let Some(parent) = self.nodes.last() {
            let (from, process) = (parent.sleep.0, parent.process);
            preemptions = parent.preemptions;
            let footprint = self.history.footprint(depth - 1);
            if !self.options.exhaustive {
                self.sleepers.inherit(from, start.0, process, footprint);
            }
            running = (enabled & 1 << process != 0).then_some(process);
        }
        let asleep = self.sleepers.set(start.0);
        let awake = enabled & !asleep;
        if awake == 0 {
            self.sleepers.truncate(start);
            return false;
        }
        // Whoever ran goes on, but not for ever: others may wait for it to see something.
        let is_awake = |process: &u8| awake & 1 << *process != 0;
        let stays = running.filter(is_awake).filter(|_| !self.is_spinning());
        let process = stays.unwrap_or_else(|| self.next_behind(running, awake));
        self.nodes.push(Node {
            enabled,
            backtrack: if self.options.exhaustive {
                enabled
            } else {
                1 << process
            },
            done: 0,
            process,
            option: 0,
            count: 0,
            sleep: start,
            choices: self.choices.len(),
            preemptions,
            running,
        });
        true
    }

    /// Whether the process that ran last has run for so long that it may wait for another by
    /// looking again and again.
    fn is_spinning(&self) -> bool {
        const LONG: usize = 100;
        let Some(last) = self.nodes.last() else {
            return false;
        };
        let depth = self.nodes.len();
        depth.is_multiple_of(LONG)
            && depth >= LONG
            && self.nodes[depth - LONG..]
                .iter()
                .all(|node| node.process == last.process)
    }

    /// The first of a set behind a process, in a circle.
    fn next_behind(&self, process: Option<u8>, set: Set) -> u8 {
        let behind = match process {
            Some(process) if process < 127 => set & !((2 << process) - 1),
            _ => set,
        };
        let set = if behind == 0 { set } else { behind };
        set.trailing_zeros() as u8
    }

    /// Takes the step of the topmost node; false when there are too many processes.
    fn take(&mut self, moved: bool) -> bool {
        let depth = self.nodes.len() - 1;
        let process = self.nodes[depth].process;
        let id = self.history.id(process);
        let Some((option, count)) = self.runtime.option_of(id) else {
            // A node's process was enabled when the node was made, and the way there is the same.
            return false;
        };
        let node = &mut self.nodes[depth];
        (node.option, node.count) = (option as u32, count as u32);
        self.nodes[depth].preemptions = self.preemptions(depth);
        let goroutines = self.runtime.goroutines();
        let asked = self.runtime.run_step(option);
        self.answer(depth, id, asked);
        self.runtime.with_footprint(|touches| {
            self.footprint.clear();
            self.footprint.extend_from_slice(touches);
        });
        self.races.clear();
        self.history
            .add(process, &self.footprint, moved, &mut self.races);
        if self.options.audit {
            let picks = self.choices[self.nodes[depth].choices..].iter();
            let alternative = picks.fold(0, |sum, choice| sum * 31 + choice.decision.pick + 1);
            self.history.set_alternative(alternative);
        }
        let history = &mut self.history;
        let mut fits = true;
        let mut enable = |id: GoroutineId| match history.process(id) {
            Some(process) => history.enabled_by_last(process),
            None => fits = false,
        };
        self.runtime.with_readied(&mut enable);
        for child in goroutines + 1..=self.runtime.goroutines() {
            enable(GoroutineId(child));
        }
        self.add_races();
        fits
    }

    fn preemptions(&self, depth: usize) -> u32 {
        let before = depth
            .checked_sub(1)
            .map_or(0, |parent| self.nodes[parent].preemptions);
        let node = &self.nodes[depth];
        before + u32::from(node.running.is_some_and(|running| running != node.process))
    }

    /// Makes the choices within the step: those that are recorded, then the first of each.
    fn answer(&mut self, depth: usize, id: GoroutineId, mut asked: bool) {
        let mut next = self.nodes[depth].choices;
        while asked {
            let Some((kind, count)) = self.runtime.question() else {
                return;
            };
            let matches = |choice: &&Alternative| {
                (choice.decision.kind, choice.decision.count) == (kind, count)
            };
            let pick = match self.choices.get(next).filter(matches) {
                Some(choice) => choice.decision.pick,
                None => {
                    self.choices.truncate(next);
                    let choice = self.first_alternative(depth, id, kind, count);
                    self.choices.push(choice);
                    choice.decision.pick
                }
            };
            next += 1;
            asked = self.runtime.answer_step(pick);
        }
        self.choices.truncate(next);
    }

    fn first_alternative(
        &mut self,
        depth: usize,
        id: GoroutineId,
        kind: ChoiceKind,
        count: u64,
    ) -> Alternative {
        let is_value = matches!(kind, ChoiceKind::Random | ChoiceKind::MapOrder);
        if !is_value || count <= self.options.values {
            return Alternative {
                decision: Decision {
                    kind,
                    count,
                    pick: 0,
                },
                tried: true,
            };
        }
        self.report.bound(Bound::Values);
        // The same for the same goroutine at the same place of its own life, whatever the others do.
        let process = self.nodes[depth].process;
        let place = self.nodes[..depth]
            .iter()
            .filter(|node| node.process == process)
            .count();
        let nth = self.choices.len() - self.nodes[depth].choices;
        let own = u64::from(id.0) << 40 | (place as u64) << 8 | nth as u64 & 0xff;
        let pick = Generator::new(self.options.seed.wrapping_add(own)).below(count);
        Alternative {
            decision: Decision { kind, count, pick },
            tried: false,
        }
    }

    /// Sees to it that the races of the last step are tried the other way round.
    fn add_races(&mut self) {
        for race in &self.races {
            let at = race.at as usize;
            let end = self
                .nodes
                .get(at + 1)
                .map_or(self.sleepers.mark().0, |next| next.sleep.0);
            let asleep = self.sleepers.set_between(self.nodes[at].sleep.0, end);
            let node = &mut self.nodes[at];
            if race.initials & (node.backtrack | asleep) != 0 {
                continue;
            }
            let candidates = race.initials & node.enabled;
            if candidates == 0 {
                // It does not come to this; if it did, trying all would lose nothing.
                if race.is_certain {
                    node.backtrack |= node.enabled;
                }
                continue;
            }
            let process = if candidates & (1 << race.process) != 0 {
                race.process
            } else {
                (127 - candidates.leading_zeros()) as u8
            };
            node.backtrack |= 1 << process;
        }
    }

    /// Goes back to the deepest place where something is left to try; false when there is none.
    fn go_back(&mut self) -> bool {
        while let Some(depth) = self.nodes.len().checked_sub(1) {
            if self.history.len() == self.nodes.len() {
                self.fall_asleep(depth);
            }
            self.history.truncate(depth);
            if self.next_alternative(depth) {
                self.replay = depth;
                return true;
            }
            let asleep = self.sleepers.set(self.nodes[depth].sleep.0);
            let node = &mut self.nodes[depth];
            node.done |= 1 << node.process;
            let left =
                node.backtrack & !node.done & if self.options.exhaustive { !0 } else { !asleep };
            if left != 0 {
                node.process = left.trailing_zeros() as u8;
                self.choices.truncate(node.choices);
                self.replay = depth;
                return true;
            }
            self.choices.truncate(node.choices);
            self.sleepers.truncate(node.sleep);
            self.nodes.pop();
        }
        false
    }

    /// The step of a node has been tried: its process sleeps in what is tried there next.
    fn fall_asleep(&mut self, depth: usize) {
        let process = self.nodes[depth].process;
        self.sleepers.push(process, self.history.footprint(depth));
    }

    /// Moves the choices within the topmost step on by one; false when they are all made.
    fn next_alternative(&mut self, depth: usize) -> bool {
        let start = self.nodes[depth].choices;
        while self.choices.len() > start {
            let last = self.choices.len() - 1;
            let choice = &mut self.choices[last];
            if choice.tried && choice.decision.pick + 1 < choice.decision.count {
                choice.decision.pick += 1;
                return true;
            }
            self.choices.pop();
        }
        false
    }

    fn finished(&mut self, outcome: &Outcome) {
        if self.options.audit {
            self.report.seen.insert(self.history.fingerprint());
        }
        if matches!(outcome, Outcome::StepLimit(_) | Outcome::MemoryLimit(_)) {
            self.report.bound(Bound::Run);
        }
        let leaks = if self.options.leaks && *outcome == Outcome::Completed {
            self.leaks()
        } else {
            Vec::new()
        };
        let end = self.ended_at.min(self.nodes.len());
        let (nodes, choices) = (&self.nodes, &self.choices);
        let mut schedule = || schedule_of(nodes, choices, end);
        let report = &mut self.report;
        self.runtime.with_output(|output| {
            let preemptions = end.checked_sub(1).map_or(0, |last| nodes[last].preemptions);
            let run = Finished {
                outcome,
                output,
                preemptions,
                steps: end as u32,
            };
            report.count(&run, &mut schedule);
        });
        report.count_leaks(leaks, &mut schedule);
    }

    /// Who would be parked for ever if the program went on without main.
    fn leaks(&mut self) -> Vec<(Span, WaitReason)> {
        if self.runtime.alive() == 0 {
            return Vec::new();
        }
        let mut policy = RoundRobin::new(self.options.seed);
        let tail = self.runtime.run_tail(&mut policy, self.options.lingering);
        if !tail.running.is_empty() {
            // Someone goes on, so those who wait may still be woken.
            return Vec::new();
        }
        // Whoever would have panicked behind the end stands still, but is not parked.
        let parked = |stuck: &&Stuck| stuck.reason != WaitReason::Future;
        tail.stuck
            .iter()
            .filter(parked)
            .map(|stuck| (stuck.span, stuck.reason))
            .collect()
    }
}

/// The schedule of the first `end` steps.
fn schedule_of(nodes: &[Node], choices: &[Alternative], end: usize) -> Schedule {
    let mut schedule = Schedule::new();
    for (index, node) in nodes[..end].iter().enumerate() {
        if node.count > 1 {
            schedule.push(Decision {
                kind: ChoiceKind::Goroutine,
                count: u64::from(node.count),
                pick: u64::from(node.option),
            });
        }
        let last = nodes
            .get(index + 1)
            .map_or(choices.len(), |next| next.choices);
        schedule.extend(
            choices[node.choices..last]
                .iter()
                .map(|choice| choice.decision),
        );
    }
    schedule
}
