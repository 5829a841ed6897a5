//! Exploring every schedule of the open program, in slices, beside whatever else goes on.

use std::cell::RefCell;
use std::rc::Rc;

use super::live::Live;
use super::{Activity, Goal, Path, State};
use crate::explore::{ExploreOptions, Explorer, Report, Verdict};
use crate::schedule::Schedule;

/// A search over the schedules of the open program.
#[derive(Clone)]
pub struct Exploration {
    explorer: Rc<RefCell<Explorer>>,
    /// What was found so far.
    pub report: Rc<Report>,
    /// Whether it is at its end, and what it has shown.
    pub verdict: Verdict,
    /// How many schedules there may be in all: a rough guess.
    pub estimate: f64,
}

impl Exploration {
    fn new(options: ExploreOptions) -> Self {
        let explorer = Explorer::new(options);
        Self {
            report: Rc::new(explorer.report().clone()),
            verdict: explorer.verdict(),
            estimate: explorer.estimate(),
            explorer: Rc::new(RefCell::new(explorer)),
        }
    }

    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        self.verdict == Verdict::Searching
    }

    fn take_in(&mut self) {
        let explorer = self.explorer.borrow();
        self.report = Rc::new(explorer.report().clone());
        self.verdict = explorer.verdict();
        self.estimate = explorer.estimate();
    }
}

impl State {
    /// Whether a search goes on.
    pub fn is_exploring(&self) -> bool {
        self.exploration
            .as_ref()
            .is_some_and(Exploration::is_running)
    }

    /// Begins a search, from nothing.
    pub(super) fn explore(&mut self) {
        if self.run.is_some() {
            self.exploration = Some(Exploration::new(ExploreOptions::default()));
        }
    }

    pub(super) fn stop_exploring(&mut self) {
        if let Some(exploration) = &mut self.exploration {
            exploration.explorer.borrow_mut().cancel();
            exploration.take_in();
        }
    }

    /// Explores for about as many steps as the budget says.
    pub(super) fn explore_slice(&mut self, budget: usize) {
        let (Some(run), Some(exploration)) = (&self.run, &mut self.exploration) else {
            return;
        };
        let program = run.program.clone();
        {
            let mut explorer = exploration.explorer.borrow_mut();
            let end = explorer.report().steps.saturating_add(budget as u64);
            while explorer.run(&*program) && explorer.report().steps < end {}
        }
        exploration.take_in();
    }

    /// Shows a schedule that was found, on a path of its own, at its fault or its end.
    pub(super) fn witness(&mut self, schedule: Schedule) {
        let Some(run) = &mut self.run else { return };
        let live = Live::new(
            &*run.program,
            run.options,
            self.seed,
            Some(Rc::new(schedule)),
        );
        let home = live.index().home();
        let (id, from) = (run.paths.len(), run.path);
        run.leave();
        let paths = Rc::make_mut(&mut run.paths);
        let live = Rc::new(RefCell::new(live));
        paths.push(Path {
            id,
            forked: Some((from, home)),
            left_at: home,
            live,
        });
        run.path = id;
        run.shed();
        run.stand_at(home);
        self.activity = Activity::Running(Goal::Witness);
        self.tick(super::forward::AT_ONCE);
    }
}
