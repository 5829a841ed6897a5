//! The state of a session: plain data to be drawn, and a handle to the run.

use std::cell::{Ref, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use super::live::{Leak, Live};
use super::races::DataRace;
use super::{Compiler, Exploration, Wish};
use crate::runtime::{Options, Program};
use crate::trace::{FileId, GoroutineId, ObjectId, SelectCase, SourceMap, Span, Text, Trace};
use crate::world::{Index, Timeline, World};

/// Everything there is to know about a session. Cloning it is cheap.
#[derive(Clone)]
pub struct State {
    /// Makes programs of texts.
    pub(super) compiler: Compiler,
    /// The program that runs, or would if it compiled.
    pub program: Rc<ProgramText>,
    /// What the person has typed since; the picture is stale while there is something.
    pub draft: Option<Text>,
    /// What is wrong with the text that was last compiled; empty if nothing is.
    pub problems: Rc<[Problem]>,
    /// The run; none until something compiles.
    pub run: Option<Run>,
    /// Who decides at the end of the record.
    pub policy: Policy,
    /// The seed of what is drawn.
    pub seed: u64,
    /// How far one step goes.
    pub step_size: StepSize,
    /// How fast it plays.
    pub speed: Speed,
    /// What goes on by itself.
    pub activity: Activity,
    /// The search over all schedules, once it was asked for.
    pub exploration: Option<Exploration>,
    /// What the inspector shows.
    pub selection: Selection,
    /// Lines of the program, from 1, at which playing and running stop.
    pub breakpoints: Rc<BTreeSet<u32>>,
    /// Something to be told once, such as why a link cannot be opened.
    pub notice: Option<Text>,
}

/// A program's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramText {
    /// The file's name, `lock-order.go`.
    pub file: Text,
    /// Its name in the catalogue; none for a text of the person's own.
    pub catalogue: Option<&'static str>,
    /// A title for it.
    pub title: Text,
    /// The text.
    pub source: Text,
}

/// A diagnostic with its place looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line, from 1.
    pub line: u32,
    /// Column in bytes, from 1.
    pub column: u32,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
    /// Go's words.
    pub message: Text,
}

/// Who decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// The person. A step without a choice stays with the goroutine that ran last, and playing stops to
    /// ask.
    #[default]
    You,
    /// Everyone in turn.
    RoundRobin,
    /// By the seed.
    Random,
}

/// How far one step goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepSize {
    /// To the next line that is executed, within an operation's step.
    Line,
    /// Up to the next visible operation.
    #[default]
    Operation,
}

/// How fast it plays, in notches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed(u8);

impl Speed {
    const PER_SECOND: [f32; 9] = [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 60.0];

    /// A notch from 0 to 8; higher ones are taken as 8.
    pub fn new(notch: u8) -> Self {
        Self(notch.min(Self::PER_SECOND.len() as u8 - 1))
    }

    /// The notch.
    pub fn notch(self) -> u8 {
        self.0
    }

    /// How many notches there are.
    pub fn notches() -> u8 {
        Self::PER_SECOND.len() as u8
    }

    /// Steps in a second.
    pub fn steps_per_second(self) -> f32 {
        Self::PER_SECOND[usize::from(self.0)]
    }

    /// Milliseconds between two steps.
    pub fn delay(self) -> u32 {
        (1000.0 / self.steps_per_second()) as u32
    }

    pub(super) fn shifted(self, by: i8) -> Self {
        Self::new(self.0.saturating_add_signed(by))
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self(3)
    }
}

/// What goes on by itself, driven by [`super::Action::Tick`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Activity {
    /// Nothing: waiting for the person.
    #[default]
    Idle,
    /// One step a tick.
    Playing,
    /// As fast as it goes, to somewhere.
    Running(Goal),
}

/// Where a run is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The end of the program (or a breakpoint).
    End,
    /// The next step by another goroutine.
    Switch,
    /// The next fault, or the end.
    Fault,
    /// The fault, or the end, of a schedule that was found.
    Witness,
    /// A number of events, following a given schedule, and what to choose there.
    Replay {
        /// The position.
        position: usize,
        /// The choice to be made there, when a fork brought us.
        then: Option<Wish>,
    },
}

/// What the inspector shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// Nothing: it follows the goroutine that runs.
    #[default]
    Nothing,
    /// A goroutine.
    Goroutine(GoroutineId),
    /// A channel, lock and so on.
    Object(ObjectId),
}

/// Something that can happen next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Who would go on; [`GoroutineId::NONE`] lets time pass.
    pub goroutine: GoroutineId,
    /// The case, when it stands before a select with several ready ones.
    pub case: Option<SelectCase>,
    /// The timer that would fire, when its time has come; none when a goroutine goes on.
    pub timer: ObjectId,
    /// What it would do, `lock to.mu`.
    pub text: Text,
    /// Where.
    pub span: Span,
    /// Whether this is what happens next on the recorded path.
    pub recorded: bool,
}

/// A goroutine that cannot go on, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Who.
    pub goroutine: GoroutineId,
    /// Why, `waits to receive from jobs`.
    pub reason: Text,
}

/// One way the program has been run: a schedule as far as it was decided.
#[derive(Clone)]
pub struct Path {
    /// Its number; paths are numbered from 0 in the order of their making.
    pub id: usize,
    /// The path it left, and the position at which it did.
    pub forked: Option<(usize, usize)>,
    /// Where the cursor stood when the path was left.
    pub left_at: usize,
    pub(super) live: Rc<RefCell<Live>>,
}

/// The run: its paths, and the picture at the cursor.
#[derive(Clone)]
pub struct Run {
    pub(super) program: Rc<dyn Program>,
    pub(super) options: Options,
    /// The files of the compilation.
    pub sources: Rc<SourceMap>,
    /// The person's file among them.
    pub file: FileId,
    /// Every path taken so far.
    pub paths: Rc<Vec<Path>>,
    /// The one that is shown.
    pub path: usize,
    /// How many events are applied.
    pub cursor: usize,
    /// The picture at the cursor.
    pub world: Rc<World>,
    /// The picture before the step that led here.
    pub before: Rc<World>,
    /// That step in words.
    pub sentence: Text,
    /// What can happen next, numbered as the buttons are.
    pub offers: Rc<[Offer]>,
    /// Who cannot go on.
    pub blocked: Rc<[Blocked]>,
}

impl Run {
    /// The trace of the shown path, as far as it has run.
    ///
    /// The borrow must end before the state is reduced again.
    pub fn trace(&self) -> Ref<'_, Trace> {
        Ref::map(self.live(), Live::trace)
    }

    /// Where its steps begin.
    pub fn index(&self) -> Ref<'_, Index> {
        Ref::map(self.live(), Live::index)
    }

    /// Its lanes and arrows.
    pub fn timeline(&self) -> Ref<'_, Timeline> {
        Ref::map(self.live(), Live::timeline)
    }

    /// Whether the cursor is at the end of what has run on this path.
    pub fn is_at_front(&self) -> bool {
        self.cursor >= self.live().trace().len()
    }

    /// How many steps lie behind the cursor.
    pub fn step(&self) -> usize {
        self.live().index().steps_before(self.cursor)
    }

    /// How many steps have run on this path.
    pub fn steps(&self) -> usize {
        self.live().index().steps()
    }

    /// Whether this path's program has ended.
    pub fn has_ended(&self) -> bool {
        self.live().trace().outcome().is_some()
    }

    /// Goroutines that main's return stopped and that would never have ended by themselves.
    pub fn leaks(&self) -> Rc<[Leak]> {
        self.live().leaks().clone()
    }

    /// Data races of the shown path as far as it has run: two accesses that nothing orders.
    pub fn races(&self) -> Vec<DataRace> {
        self.live().races().to_vec()
    }

    /// The line of the person's file on which a goroutine stands: of the innermost frame that is in that
    /// file.
    pub fn line_of(&self, goroutine: GoroutineId) -> Option<u32> {
        let goroutine = self.world.goroutine(goroutine)?;
        let spans = goroutine.frames.iter().rev().map(|frame| frame.span);
        let span = std::iter::once(goroutine.span)
            .chain(spans)
            .find(|span| span.file == self.file)?;
        Some(self.sources.location(span)?.line)
    }

    pub(super) fn live(&self) -> Ref<'_, Live> {
        self.paths[self.path].live.borrow()
    }
}

impl State {
    /// Whether something goes on by itself: the page must dispatch [`super::Action::Tick`].
    pub fn is_busy(&self) -> bool {
        self.activity != Activity::Idle || self.is_exploring()
    }

    /// Whether the picture shows another text than the one being edited.
    pub fn is_stale(&self) -> bool {
        self.draft.is_some()
    }

    /// The text in the editor.
    pub fn text(&self) -> &Text {
        self.draft.as_ref().unwrap_or(&self.program.source)
    }
}
