//! Going forward: along the record, on from its end, and off it on a path of its own.

use std::cell::RefCell;
use std::rc::Rc;

use super::live::Live;
use super::offers::Recorded;
use super::{Activity, Goal, Offer, Path, Policy, State, StepSize, Wish};

/// How many steps an action may do by itself before the rest is left to ticks.
pub(super) const AT_ONCE: usize = 3000;

/// Going forward.
impl State {
    pub(super) fn choose(&mut self, place: usize) {
        let offer: Option<Offer> = self
            .run
            .as_ref()
            .and_then(|run| run.offers.get(place).cloned());
        match offer {
            Some(offer) if offer.goroutine.is_none() && offer.timer.is_none() => self.forward(),
            Some(offer) => self.go_with(Wish {
                goroutine: offer.goroutine,
                case: offer.case.map(|case| case.index),
                timer: offer.timer,
            }),
            None => {}
        }
    }

    /// One step by somebody: along the record if that is what it says, else on a path of its own.
    pub(super) fn go_with(&mut self, wish: Wish) {
        self.activity = Activity::Idle;
        let Some(run) = &mut self.run else { return };
        let index = run.index().settle(run.cursor);
        if index != run.cursor {
            // Within a step only the step itself can go on.
            let end = run.end_of_step();
            return run.stand_at(end);
        }
        let recorded = run.recorded();
        let fits = |recorded: Recorded| {
            recorded.goroutine == wish.goroutine
                && (wish.goroutine.is_none() && recorded.timer == wish.timer
                    || !wish.goroutine.is_none()
                        && (wish.case.is_none() || recorded.case == wish.case))
        };
        match recorded {
            Some(recorded) if fits(recorded) => {
                let end = run.end_of_step();
                run.stand_at(end);
            }
            Some(_) if run.could(wish) => self.fork(wish),
            Some(_) => {}
            None => {
                if run.could(wish) {
                    let policy = self.policy;
                    run.paths[run.path]
                        .live
                        .borrow_mut()
                        .advance(Some(wish), policy);
                    let end = run.end_of_step();
                    run.stand_at(end);
                }
            }
        }
    }

    /// Leaves the shown path at the cursor for one on which the wish comes next.
    pub(super) fn fork(&mut self, wish: Wish) {
        let Some(run) = &mut self.run else { return };
        let position = run.cursor;
        let schedule = {
            let live = run.live();
            live.schedule_to(live.index().steps_before(position))
        };
        let live = Live::new(
            &*run.program,
            run.options,
            self.seed,
            Some(Rc::new(schedule)),
        );
        let id = run.paths.len();
        let forked = Some((run.path, position));
        run.leave();
        let paths = Rc::make_mut(&mut run.paths);
        paths.push(Path {
            id,
            forked,
            left_at: position,
            live: Rc::new(RefCell::new(live)),
        });
        run.path = id;
        run.shed();
        self.replay(position, Some(wish));
    }

    pub(super) fn replay(&mut self, position: usize, then: Option<Wish>) {
        self.activity = Activity::Running(Goal::Replay { position, then });
        self.tick(AT_ONCE);
    }

    pub(super) fn forward(&mut self) {
        self.activity = Activity::Idle;
        self.step();
    }

    /// One step of the step size; false: there is none.
    pub(super) fn step(&mut self) -> bool {
        let policy = self.policy;
        let by_line = self.step_size == StepSize::Line;
        let Some(run) = &mut self.run else {
            return false;
        };
        if run.is_at_front() && !run.paths[run.path].live.borrow_mut().advance(None, policy) {
            return false;
        }
        let end = run.end_of_step();
        let line = if by_line { run.next_line(end) } else { None };
        run.stand_at(line.unwrap_or(end));
        true
    }

    pub(super) fn run_to(&mut self, goal: Goal) {
        if self.run.is_some() {
            self.activity = Activity::Running(goal);
            self.tick(AT_ONCE);
        }
    }

    pub(super) fn tick(&mut self, budget: usize) {
        match self.activity {
            Activity::Idle => self.explore_slice(budget),
            Activity::Playing => self.play(),
            Activity::Running(Goal::Replay { position, then }) => {
                self.follow(budget, position, then)
            }
            Activity::Running(Goal::Witness) => self.follow_witness(budget),
            Activity::Running(goal) => self.rush(budget, goal),
        }
    }

    pub(super) fn play(&mut self) {
        let Some(run) = &self.run else {
            return self.activity = Activity::Idle;
        };
        let must_ask = self.policy == Policy::You && run.is_at_front() && run.offers.len() > 1;
        if must_ask {
            self.activity = Activity::Idle;
            self.tell("Your turn: choose who runs next.");
            return;
        }
        let before = run.cursor;
        if !self.step() {
            self.activity = Activity::Idle;
            return;
        }
        let Some(run) = &self.run else { return };
        if run
            .breakpoint(before, run.cursor, &self.breakpoints)
            .is_some()
            || run.is_at_front() && run.has_ended()
        {
            self.activity = Activity::Idle;
        }
    }

    /// Replays towards a position; there, makes the choice that forked the path.
    pub(super) fn follow(&mut self, budget: usize, position: usize, then: Option<Wish>) {
        let Some(run) = &mut self.run else {
            return self.activity = Activity::Idle;
        };
        let done = run.paths[run.path]
            .live
            .borrow_mut()
            .follow(budget, position);
        let divergence = run.paths[run.path].live.borrow_mut().take_divergence();
        if done >= budget && divergence.is_none() {
            return;
        }
        self.activity = Activity::Idle;
        let (reached, length) = {
            let live = run.live();
            (live.index().settle(position), live.trace().len())
        };
        run.stand_at(reached);
        if let Some(divergence) = divergence {
            self.tell(format!("The rest cannot be replayed: {divergence}."));
        } else if length < position {
            self.tell("The link points behind the end of this run; its last step is shown.");
        } else if let Some(wish) = then {
            self.go_with(wish);
        }
    }

    /// Follows a schedule that was found to its end, and stands at its last fault.
    fn follow_witness(&mut self, budget: usize) {
        let Some(run) = &mut self.run else {
            return self.activity = Activity::Idle;
        };
        let cell = run.paths[run.path].live.clone();
        let done = cell.borrow_mut().follow(budget, usize::MAX);
        let divergence = cell.borrow_mut().take_divergence();
        if done >= budget && divergence.is_none() {
            return;
        }
        self.activity = Activity::Idle;
        let position = {
            let live = cell.borrow();
            let length = live.trace().len();
            live.index().previous_fault(length + 1).unwrap_or(length)
        };
        run.stand_at(position);
        if let Some(divergence) = divergence {
            self.tell(format!("The rest cannot be replayed: {divergence}."));
        }
    }

    /// Runs on to a goal for at most so many steps.
    pub(super) fn rush(&mut self, budget: usize, goal: Goal) {
        let Some(run) = &mut self.run else {
            return self.activity = Activity::Idle;
        };
        let start = run.cursor;
        let cell = run.paths[run.path].live.clone();
        let mut done = 0;
        let mut searched = start;
        let reached = loop {
            let length = cell.borrow().trace().len();
            let target = goal_in(&cell.borrow(), start, goal);
            let to = target.unwrap_or(length);
            if let Some(stop) = run.breakpoint(searched, to, &self.breakpoints) {
                break Some(stop);
            }
            searched = to;
            if let Some(target) = target {
                break Some(target);
            }
            if cell.borrow().has_ended() {
                break Some(length);
            }
            if done >= budget {
                break None;
            }
            let slice = (budget - done).min(256);
            let end = done + slice;
            while done < end {
                let policy = self.policy;
                if !cell.borrow_mut().advance(None, policy) {
                    break;
                }
                done += cell.borrow().cost();
                if goal != Goal::End && goal_in(&cell.borrow(), start, goal).is_some() {
                    break;
                }
            }
        };
        match reached {
            Some(position) => {
                self.activity = Activity::Idle;
                run.stand_at(position);
            }
            None => {
                let length = cell.borrow().trace().len();
                run.stand_at(length);
            }
        }
    }
}

/// Where a goal lies in what has run.
fn goal_in(live: &Live, cursor: usize, goal: Goal) -> Option<usize> {
    match goal {
        Goal::Switch => live.index().next_switch(cursor),
        Goal::Fault => live.index().next_fault(cursor),
        Goal::End | Goal::Witness | Goal::Replay { .. } => None,
    }
}
