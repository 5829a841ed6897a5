//! The cursor: going back and elsewhere, and the picture of where it stands.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::live::Live;
use super::offers::{self, Recorded};
use super::{Activity, DataRace, Run, Selection, State, StepSize, Wish};
use crate::detect;
use crate::trace::{EventKind, GoroutineId, Span};
use crate::world::{FaultKind, FaultMark, World, narrate};

/// Events that the paths not shown may keep; the oldest beyond are kept as schedules only.
const KEPT_EVENTS: usize = 2_000_000;

/// Going back and elsewhere.
impl State {
    pub(super) fn jump(&mut self, to: impl FnOnce(&Run) -> Option<usize>) {
        self.activity = Activity::Idle;
        if let Some(run) = &mut self.run
            && let Some(position) = to(run)
        {
            run.stand_at(position);
        }
    }

    pub(super) fn back(&mut self) {
        let by_line = self.step_size == StepSize::Line;
        self.jump(|run| {
            let index = run.index();
            let start = index.start(index.steps_before(run.cursor).checked_sub(1)?);
            let line = if by_line {
                run.previous_line(start)
            } else {
                None
            };
            Some(line.unwrap_or(start))
        });
    }

    pub(super) fn go_to_waker(&mut self) {
        let Selection::Goroutine(id) = self.selection else {
            return;
        };
        self.jump(|run| {
            let trace = run.trace();
            let wakes = |kind: &EventKind| match kind {
                EventKind::Ready { goroutine, .. } => *goroutine == id,
                EventKind::Go { child, .. } => *child == id,
                _ => false,
            };
            let (past, future) = trace.events().split_at(run.cursor.min(trace.len()));
            let waits = run
                .world
                .goroutine(id)
                .is_some_and(|goroutine| goroutine.is_waiting());
            let ahead = || {
                future
                    .iter()
                    .position(|event| wakes(&event.kind))
                    .map(|place| place + past.len())
            };
            let behind = || past.iter().rposition(|event| wakes(&event.kind));
            let event = if waits {
                ahead().or_else(behind)
            } else {
                behind()
            }?;
            let index = run.index();
            Some(index.start(index.steps_before(event + 1)))
        });
    }

    pub(super) fn switch_path(&mut self, id: usize) {
        let Some(run) = &mut self.run else { return };
        if id == run.path || id >= run.paths.len() {
            return;
        }
        run.leave();
        run.path = id;
        let position = run.paths[id].left_at;
        run.shed();
        if run.live().is_following() {
            self.replay(position, None);
        } else {
            self.jump(|_| Some(position));
        }
    }
}

impl Run {
    /// Remembers where the shown path is left.
    pub(super) fn leave(&mut self) {
        let (path, cursor) = (self.path, self.cursor);
        Rc::make_mut(&mut self.paths)[path].left_at = cursor;
    }

    /// Keeps of the oldest paths only the schedule when all of them together have grown too long.
    pub(super) fn shed(&mut self) {
        let mut kept = 0;
        for id in (0..self.paths.len()).rev() {
            if id == self.path {
                continue;
            }
            let path = &self.paths[id];
            let length = path.live.borrow().trace().len();
            kept += length;
            if kept > KEPT_EVENTS && length > 0 {
                let schedule = Rc::new(path.live.borrow().schedule());
                let live = Live::new(&*self.program, self.options, 1, Some(schedule));
                Rc::make_mut(&mut self.paths)[id].live = Rc::new(RefCell::new(live));
            }
        }
    }

    /// What happens next on the recorded path; none at its end.
    pub(super) fn recorded(&self) -> Option<Recorded> {
        let live = self.live();
        Recorded::of(
            live.trace().events().get(
                self.cursor
                    ..live
                        .index()
                        .start(live.index().steps_before(self.cursor) + 1),
            )?,
        )
    }

    /// The end of the step the cursor stands before or in.
    pub(super) fn end_of_step(&self) -> usize {
        let index = self.index();
        let before = index.steps_before(self.cursor);
        // At the first event of a step that step has not begun; within it, it has.
        if index.start(before) == self.cursor {
            index.end(before)
        } else {
            index.start(before)
        }
    }

    /// Whether somebody can go next.
    pub(super) fn could(&self, wish: Wish) -> bool {
        self.offers.iter().any(|offer| {
            offer.goroutine == wish.goroutine
                && offer.timer == wish.timer
                && (wish.case.is_none() || offer.case.map(|case| case.index) == wish.case)
        })
    }

    /// Moves the cursor and makes the picture of it.
    pub(super) fn stand_at(&mut self, position: usize) {
        let cell = self.paths[self.path].live.clone();
        let live = cell.borrow();
        let position = position.clamp(
            live.index().home().min(live.trace().len()),
            live.trace().len(),
        );
        let start = match live.index().steps_before(position).checked_sub(1) {
            Some(step) => live.index().start(step),
            None => 0,
        };
        let before = live.world(start);
        let mut world = before.clone();
        world.advance(live.trace(), position);
        let events = match live.index().steps_before(position) {
            0 => &[],
            _ => live
                .trace()
                .events()
                .get(start..position)
                .unwrap_or_default(),
        };
        let mut sentence = narrate(events, &world);
        for fault in live.index().faults() {
            if (start..position).contains(&fault.event) {
                sentence.push_str(&self.fault_in_words(&live, fault, &world));
            }
        }
        self.sentence = sentence.into();
        self.before = Rc::new(before);
        self.world = Rc::new(world);
        self.cursor = position;
        let recorded = self.recorded();
        self.offers = offers::offers(&self.world, recorded).into();
        self.blocked = offers::blocked(&self.world).into();
    }

    /// What the events of a step do not say of a fault in it; empty if they say it all.
    fn fault_in_words(&self, live: &Live, fault: &FaultMark, world: &World) -> String {
        match fault.kind {
            FaultKind::PartialDeadlock => {
                let cycles = detect::lock_cycles(world);
                match cycles.iter().find(|cycle| cycle.contains(fault.goroutine)) {
                    Some(ring) => {
                        let ring = ring.words(world);
                        format!(" Now these wait for each other for ever: {ring}.")
                    }
                    None => " Now a lock will never come back to those who wait for it.".to_owned(),
                }
            }
            FaultKind::Race => {
                let at = |race: &&DataRace| race.event == fault.event;
                let Some(found) = live.races().iter().find(at) else {
                    return String::new();
                };
                let words = found.race.words(&found.name, &self.sources);
                format!(" This is a data race: {words}.")
            }
            FaultKind::Leak => {
                let leaks = live.leaks();
                let who: Vec<String> = leaks
                    .iter()
                    .take(4)
                    .map(|leak| leak.goroutine.to_string())
                    .collect();
                let more = match leaks.len() - who.len() {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                format!(
                    " This is a leak: {}{more} would never have ended.",
                    who.join(", ")
                )
            }
            FaultKind::Panic | FaultKind::Fatal | FaultKind::Deadlock | FaultKind::Limit => {
                String::new()
            }
        }
    }

    /// Positions within the step up to `end` that stand at another line than the one before.
    pub(super) fn next_line(&self, end: usize) -> Option<usize> {
        let live = self.live();
        let mut line = self.line_of(self.world.actor());
        for (place, event) in live
            .trace()
            .events()
            .get(self.cursor..end)?
            .iter()
            .enumerate()
        {
            if let Some(here) = self.line_event(&event.kind, event.span) {
                if line != Some(here) {
                    return Some(self.cursor + place + 1);
                }
                line = Some(here);
            }
        }
        None
    }

    /// The last position from `start` to before the cursor at which a line had just been reached.
    pub(super) fn previous_line(&self, start: usize) -> Option<usize> {
        let live = self.live();
        let events = live
            .trace()
            .events()
            .get(start..self.cursor.saturating_sub(1))?;
        let mut found = None;
        let mut line = None;
        for (place, event) in events.iter().enumerate() {
            if let Some(here) = self.line_event(&event.kind, event.span) {
                if line != Some(here) {
                    found = Some(start + place + 1);
                }
                line = Some(here);
            }
        }
        found
    }

    /// The line an event reaches in the person's file.
    pub(super) fn line_event(&self, kind: &EventKind, span: Span) -> Option<u32> {
        (matches!(kind, EventKind::Line) && span.file == self.file)
            .then(|| self.sources.location(span))?
            .map(|location| location.line)
    }

    /// The position behind the first step in `from..to` that reaches a breakpoint.
    pub(super) fn breakpoint(
        &self,
        from: usize,
        to: usize,
        lines: &BTreeSet<u32>,
    ) -> Option<usize> {
        if lines.is_empty() {
            return None;
        }
        let live = self.live();
        let events = live.trace().events().get(from..to)?;
        let hit = events.iter().position(|event| {
            self.line_event(&event.kind, event.span)
                .is_some_and(|line| lines.contains(&line))
        })?;
        Some(from + hit + 1)
    }

    /// The goroutine to be shown when none is selected: the one that acted last.
    pub fn focus(&self) -> GoroutineId {
        let actor = self.world.actor();
        if actor.is_none() {
            GoroutineId::MAIN
        } else {
            actor
        }
    }
}
