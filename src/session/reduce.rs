//! How a state changes: one function for every action.
//!
//! Invariants: what is returned always stands between steps or at a line within one, with the world,
//! sentence and offers of its cursor; nothing here waits: long work is left to [`Action::Tick`].

use std::cell::RefCell;
use std::rc::Rc;

use super::live::Live;
use super::offers::{self, Recorded};
use super::{
    Action, Activity, Compiled, Compiler, Goal, Offer, Path, Policy, Problem, ProgramText, Run,
    Selection, Speed, State, StepSize, Wish, catalogue, link,
};
use crate::schedule::Schedule;
use crate::trace::{EventKind, GoroutineId, ObjectId, Text};
use crate::world::narrate;

/// How many steps an action may do by itself before the rest is left to ticks.
const AT_ONCE: usize = 3000;
/// Events that the paths not shown may keep; the oldest beyond are kept as schedules only.
const KEPT_EVENTS: usize = 2_000_000;

/// The state after an action.
pub fn reduce(mut state: State, action: Action) -> State {
    match action {
        Action::Open(name) => match catalogue::find(&name) {
            Some(program) => state.load(ProgramText::of_catalogue(program), None),
            None => state.tell(format!("There is no program called {name}.")),
        },
        Action::OpenLink(text) => state.open_link(&text),
        Action::Load { name, source } => state.load(ProgramText::own(&name, &source), None),
        Action::Edit(text) => {
            state.draft = (*text != *state.program.source).then(|| text.into());
            state.activity = Activity::Idle;
        }
        Action::Rerun => state.rerun(),
        Action::DiscardEdits => {
            state.draft = None;
            if state.run.is_some() {
                state.problems = Rc::from([]);
            }
        }
        Action::Choose(place) => state.choose(place),
        Action::ChooseGoroutine(goroutine, case) => state.go_with(Wish {
            goroutine,
            case,
            timer: ObjectId::NONE,
        }),
        Action::Forward => state.forward(),
        Action::Back => state.back(),
        Action::NextSwitch => state.run_to(Goal::Switch),
        Action::NextFault => state.run_to(Goal::Fault),
        Action::End => state.run_to(Goal::End),
        Action::Play => {
            if state.run.is_some() {
                state.activity = Activity::Playing;
            }
        }
        Action::Tick { budget } => state.tick(budget),
        Action::Pause => state.activity = Activity::Idle,
        Action::PreviousSwitch => state.jump(|run| {
            let index = run.index();
            Some(index.previous_switch(run.cursor).unwrap_or(index.home()))
        }),
        Action::PreviousFault => state.jump(|run| run.index().previous_fault(run.cursor)),
        Action::Home => state.jump(|run| Some(run.index().home())),
        Action::GoToEvent(position) => state.jump(|run| Some(run.index().settle(position))),
        Action::GoToStep(step) => state.jump(|run| Some(run.index().start(step))),
        Action::GoToWaker => state.go_to_waker(),
        Action::SwitchPath(id) => state.switch_path(id),
        Action::SetPolicy(policy) => state.policy = policy,
        Action::SetSeed(seed) => {
            state.seed = seed;
            if let Some(run) = &state.run {
                run.paths[run.path].live.borrow_mut().seed(seed);
            }
        }
        Action::SetStepSize(size) => state.step_size = size,
        Action::SetSpeed(speed) => state.speed = speed,
        Action::Faster => state.speed = state.speed.shifted(1),
        Action::Slower => state.speed = state.speed.shifted(-1),
        Action::ToggleBreakpoint(line) => {
            let lines = Rc::make_mut(&mut state.breakpoints);
            if !lines.remove(&line) {
                lines.insert(line);
            }
        }
        Action::Select(selection) => state.selection = selection,
        Action::DismissNotice => state.notice = None,
    }
    state
}

impl ProgramText {
    fn of_catalogue(program: catalogue::Program) -> Self {
        Self {
            file: program.file_name().into(),
            catalogue: Some(program.name),
            title: program.directives().title.into(),
            source: program.source.into(),
        }
    }

    fn own(name: &str, source: &str) -> Self {
        let title = catalogue::Directives::parse(source).title;
        let title = if title.is_empty() {
            name.to_owned()
        } else {
            title
        };
        // The text is one of the catalogue's if it is the same to the last byte.
        let known = catalogue::programs()
            .into_iter()
            .find(|program| program.source == source);
        match known {
            Some(program) => Self::of_catalogue(program),
            None => Self {
                file: name.into(),
                catalogue: None,
                title: title.into(),
                source: source.into(),
            },
        }
    }
}

/// Opening and compiling.
impl State {
    /// A session in which nothing is open.
    pub fn new(compiler: Compiler) -> Self {
        Self {
            compiler,
            program: Rc::new(ProgramText {
                file: "main.go".into(),
                catalogue: None,
                title: "".into(),
                source: "".into(),
            }),
            draft: None,
            problems: Rc::from([]),
            run: None,
            policy: Policy::default(),
            seed: 1,
            step_size: StepSize::default(),
            speed: Speed::default(),
            activity: Activity::Idle,
            selection: Selection::Nothing,
            breakpoints: Rc::default(),
            notice: None,
        }
    }

    fn tell(&mut self, notice: impl Into<Text>) {
        self.notice = Some(notice.into());
    }

    fn load(&mut self, program: ProgramText, script: Option<(Schedule, usize)>) {
        self.program = Rc::new(program);
        self.draft = None;
        self.run = None;
        self.notice = None;
        self.breakpoints = Rc::default();
        self.compile(script);
    }

    fn rerun(&mut self) {
        if let Some(draft) = self.draft.take() {
            let mut program = ProgramText::own(&self.program.file, &draft);
            if program.catalogue.is_none() && self.program.catalogue.is_some() && self.run.is_some()
            {
                program.title = format!("{} (edited)", self.program.title).into();
            }
            // If it does not compile, what was typed is still the draft, and the picture is still there.
            let before = std::mem::replace(&mut self.program, Rc::new(program));
            self.compile(None);
            if !self.problems.is_empty() && self.run.is_some() {
                self.program = before;
                self.draft = Some(draft);
            }
        } else {
            self.compile(None);
        }
    }

    /// Compiles the program and starts it; a program that does not compile leaves the run as it was.
    fn compile(&mut self, script: Option<(Schedule, usize)>) {
        self.activity = Activity::Idle;
        let size = self.program.source.len();
        if size > link::MAX_SOURCE {
            let message = format!(
                "this text is too large to run: {} kB, where at most {} kB are read",
                size / 1024,
                link::MAX_SOURCE / 1024
            );
            self.problems = Rc::from([Problem {
                line: 1,
                column: 1,
                start: 0,
                end: 0,
                message: message.into(),
            }]);
            return;
        }
        match (self.compiler)(&self.program.file, &self.program.source) {
            Ok(compiled) => {
                self.problems = Rc::from([]);
                self.selection = Selection::Nothing;
                self.start(compiled, script);
            }
            Err(problems) => self.problems = problems.into(),
        }
    }

    fn start(&mut self, compiled: Compiled, script: Option<(Schedule, usize)>) {
        let (schedule, position) = match script {
            Some((schedule, position)) => (Some(Rc::new(schedule)), Some(position)),
            None => (None, None),
        };
        let live = Live::new(&*compiled.program, compiled.options, self.seed, schedule);
        let path = Path {
            id: 0,
            forked: None,
            left_at: 0,
            live: Rc::new(RefCell::new(live)),
        };
        let mut run = Run {
            program: compiled.program,
            options: compiled.options,
            sources: compiled.sources,
            file: compiled.file,
            paths: Rc::new(vec![path]),
            path: 0,
            cursor: 0,
            world: Rc::default(),
            before: Rc::default(),
            sentence: "".into(),
            offers: Rc::from([]),
            blocked: Rc::from([]),
        };
        let home = run.index().home();
        run.stand_at(home);
        self.run = Some(run);
        if let Some(position) = position {
            self.replay(position, None);
        }
    }

    fn open_link(&mut self, text: &str) {
        let link = match link::Link::decode(text) {
            Ok(link) => link,
            Err(error) => return self.tell(error.to_string()),
        };
        let mut changed = false;
        let program = match link.program {
            link::LinkedProgram::Catalogue { name, hash } => match catalogue::find(&name) {
                Some(program) => {
                    changed = link::source_hash(program.source) != hash;
                    ProgramText::of_catalogue(program)
                }
                None => return self.tell(link::LinkError::UnknownProgram(name).to_string()),
            },
            link::LinkedProgram::Source(source) => ProgramText::own("main.go", &source),
        };
        let schedule = match link.schedule.as_str() {
            "" => Ok(Schedule::new()),
            text => text.parse(),
        };
        let Ok(schedule) = schedule else {
            return self.tell(link::LinkError::Malformed("schedule").to_string());
        };
        self.load(program, Some((schedule, link.cursor)));
        if changed {
            self.tell(
                "This program has changed since the link was made; what is shown may differ.",
            );
        }
    }

    /// The address text of what is shown: the program as it runs, the whole path and the cursor.
    pub fn share(&self) -> String {
        let program = match self.program.catalogue {
            Some(name) => link::LinkedProgram::Catalogue {
                name: name.to_owned(),
                hash: link::source_hash(&self.program.source),
            },
            None => link::LinkedProgram::Source(self.program.source.to_string()),
        };
        let (schedule, cursor) = match &self.run {
            Some(run) => {
                let schedule = run.live().schedule();
                let text = if schedule.is_empty() {
                    String::new()
                } else {
                    schedule.to_string()
                };
                (text, run.cursor)
            }
            None => (String::new(), 0),
        };
        link::Link {
            program,
            schedule,
            cursor,
            memory_points: false,
        }
        .encode()
    }
}

/// Going forward.
impl State {
    fn choose(&mut self, place: usize) {
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
    fn go_with(&mut self, wish: Wish) {
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
    fn fork(&mut self, wish: Wish) {
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

    fn replay(&mut self, position: usize, then: Option<Wish>) {
        self.activity = Activity::Running(Goal::Replay { position, then });
        self.tick(AT_ONCE);
    }

    fn forward(&mut self) {
        self.activity = Activity::Idle;
        self.step();
    }

    /// One step of the step size; false: there is none.
    fn step(&mut self) -> bool {
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

    fn run_to(&mut self, goal: Goal) {
        if self.run.is_some() {
            self.activity = Activity::Running(goal);
            self.tick(AT_ONCE);
        }
    }

    fn tick(&mut self, budget: usize) {
        match self.activity {
            Activity::Idle => {}
            Activity::Playing => self.play(),
            Activity::Running(Goal::Replay { position, then }) => {
                self.follow(budget, position, then)
            }
            Activity::Running(goal) => self.rush(budget, goal),
        }
    }

    fn play(&mut self) {
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
    fn follow(&mut self, budget: usize, position: usize, then: Option<Wish>) {
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

    /// Runs on to a goal for at most so many steps.
    fn rush(&mut self, budget: usize, goal: Goal) {
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
            for _ in 0..slice {
                let policy = self.policy;
                if !cell.borrow_mut().advance(None, policy) {
                    break;
                }
                done += 1;
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
        Goal::End | Goal::Replay { .. } => None,
    }
}

/// Going back and elsewhere.
impl State {
    fn jump(&mut self, to: impl FnOnce(&Run) -> Option<usize>) {
        self.activity = Activity::Idle;
        if let Some(run) = &mut self.run {
            if let Some(position) = to(run) {
                run.stand_at(position);
            }
        }
    }

    fn back(&mut self) {
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

    fn go_to_waker(&mut self) {
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

    fn switch_path(&mut self, id: usize) {
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
    fn leave(&mut self) {
        let (path, cursor) = (self.path, self.cursor);
        Rc::make_mut(&mut self.paths)[path].left_at = cursor;
    }

    /// Keeps of the oldest paths only the schedule when all of them together have grown too long.
    fn shed(&mut self) {
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
    fn recorded(&self) -> Option<Recorded> {
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
    fn end_of_step(&self) -> usize {
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
    fn could(&self, wish: Wish) -> bool {
        self.offers.iter().any(|offer| {
            offer.goroutine == wish.goroutine
                && offer.timer == wish.timer
                && (wish.case.is_none() || offer.case.map(|case| case.index) == wish.case)
        })
    }

    /// Moves the cursor and makes the picture of it.
    fn stand_at(&mut self, position: usize) {
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
        self.sentence = narrate(events, &world).into();
        self.before = Rc::new(before);
        self.world = Rc::new(world);
        self.cursor = position;
        let recorded = self.recorded();
        self.offers = offers::offers(&self.world, recorded).into();
        self.blocked = offers::blocked(&self.world).into();
    }

    /// Positions within the step up to `end` that stand at another line than the one before.
    fn next_line(&self, end: usize) -> Option<usize> {
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
    fn previous_line(&self, start: usize) -> Option<usize> {
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
    fn line_event(&self, kind: &EventKind, span: crate::trace::Span) -> Option<u32> {
        (matches!(kind, EventKind::Line) && span.file == self.file)
            .then(|| self.sources.location(span))?
            .map(|location| location.line)
    }

    /// The position behind the first step in `from..to` that reaches a breakpoint.
    fn breakpoint(
        &self,
        from: usize,
        to: usize,
        lines: &std::collections::BTreeSet<u32>,
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
