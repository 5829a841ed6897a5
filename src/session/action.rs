//! Everything that can be asked of a session.

use super::{Policy, Selection, Speed, StepSize};
use crate::schedule::Schedule;
use crate::trace::GoroutineId;

/// One request; the only way in which a [`super::State`] changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    // The program.
    /// Opens a program of the catalogue, by name.
    Open(String),
    /// Opens a shared address: program, schedule and cursor.
    OpenLink(String),
    /// Opens a text of the person's own under a file name.
    Load {
        /// Such as `paste.go`.
        name: String,
        /// The text.
        source: String,
    },
    /// The text was edited; the picture is stale until it runs.
    Edit(String),
    /// Compiles the edited text (or the same text again) and starts it anew.
    Rerun,
    /// Throws the edits away.
    DiscardEdits,

    // Going forward: along what is recorded, and on from its end.
    /// Takes the nth of [`super::Run::offers`], from 0; forks a path when that is not what is recorded.
    Choose(usize),
    /// Lets a goroutine run next, with a case when it stands before a select with several ready.
    ChooseGoroutine(GoroutineId, Option<u32>),
    /// One step of the step size; at the end of the record the policy chooses.
    Forward,
    /// To the next step by another goroutine.
    NextSwitch,
    /// To the next fault; runs on to the end if there is none.
    NextFault,
    /// To the end; runs on if the program has not ended.
    End,
    /// One step at a time, at the speed, until it is paused or must ask.
    Play,
    /// Does a bit of whatever is going on: the page calls it again and again while
    /// [`super::State::is_busy`]. While playing: one step. Otherwise: about `budget` steps, fewer
    /// when they compute for long.
    Tick {
        /// How many steps at most.
        budget: usize,
    },
    /// Stops playing or running where it is.
    Pause,

    // Going back, and anywhere.
    /// One step of the step size back.
    Back,
    /// To behind the step by another goroutine before that, or home.
    PreviousSwitch,
    /// To the last fault before here.
    PreviousFault,
    /// To before the first step.
    Home,
    /// To a position: a number of events applied. Kept between steps, and within the record.
    GoToEvent(usize),
    /// To behind a step; 0 is before the first.
    GoToStep(usize),
    /// To the step that made the selected goroutine runnable last.
    GoToWaker,
    /// To another path, by its number; back at the position it was left at.
    SwitchPath(usize),

    // Every schedule.
    /// Begins to explore every schedule of the program; ticks go on with it.
    Explore,
    /// Ends that; what was found stays.
    StopExploring,
    /// Shows a schedule that was found, on a path of its own, at its fault or its end.
    Witness(Schedule),

    // How.
    /// Who decides.
    SetPolicy(Policy),
    /// The seed of what is drawn.
    SetSeed(u64),
    /// How far one step goes.
    SetStepSize(StepSize),
    /// How fast it plays.
    SetSpeed(Speed),
    /// Plays faster by one notch.
    Faster,
    /// Plays slower by one notch.
    Slower,
    /// Sets or clears a breakpoint on a line of the program, from 1.
    ToggleBreakpoint(u32),

    // Looking.
    /// Selects a goroutine or an object, or nothing.
    Select(Selection),
    /// Takes the notice away.
    DismissNotice,
}
