//! How a state changes: one function for every action.
//!
//! Invariants: what is returned always stands between steps or at a line within one, with the world,
//! sentence and offers of its cursor; nothing here waits: long work is left to [`Action::Tick`].

use std::rc::Rc;

use super::{Action, Activity, Goal, ProgramText, State, Wish, catalogue};
use crate::trace::ObjectId;

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
        Action::Explore => state.explore(),
        Action::StopExploring => state.stop_exploring(),
        Action::Witness(schedule) => state.witness(schedule),
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
