//! One goroutine as the screen sees it.

use std::rc::Rc;

use crate::trace::{
    GoroutineId, GoroutineState, LockMode, ObjectId, PendingOperation, SelectCase, Span, Text,
};

/// One goroutine at one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goroutine {
    /// Its number.
    pub id: GoroutineId,
    /// Its function, `main.worker`, as the program calls it.
    pub name: Text,
    /// Its arguments as text, `ctx, 2`.
    pub arguments: Text,
    /// Who started it; none for main.
    pub parent: GoroutineId,
    /// The `go` statement.
    pub started_at: Span,
    /// Index of the event that started it.
    pub started: usize,
    /// What it does.
    pub state: GoroutineState,
    /// Index of the event that put it into this state.
    pub since: usize,
    /// While it waits: on what; none for a select.
    pub waits_on: ObjectId,
    /// While it waits in a select: its cases.
    pub wait_cases: Option<Rc<[SelectCase]>>,
    /// While it is runnable: what it stands before.
    pub next: PendingOperation,
    /// While it stands before a select: its cases.
    pub next_cases: Option<Rc<[SelectCase]>>,
    /// The place it stands at.
    pub span: Span,
    /// Its stack, the innermost frame last.
    pub frames: Vec<Rc<Frame>>,
    /// The value it panics with, until it is recovered.
    pub panicking: Option<Text>,
    /// The locks it holds, in the order of taking them.
    pub holds: Vec<Hold>,
    /// How many steps it has done.
    pub steps: u32,
}

/// A lock in a goroutine's hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The lock.
    pub object: ObjectId,
    /// Alone or with others.
    pub mode: LockMode,
    /// Where it was taken.
    pub span: Span,
}

/// One call on a goroutine's stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// `main.worker`.
    pub function: Text,
    /// The function's declaration.
    pub entry: Span,
    /// Where it was called.
    pub call: Span,
    /// Where it stands.
    pub span: Span,
    /// Its variables, in the order of declaration.
    pub variables: Vec<Variable>,
}

/// A variable in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its place in the frame.
    pub slot: u16,
    /// Its name.
    pub name: Text,
    /// Its value.
    pub text: Text,
    /// Index of the event that set it.
    pub changed: usize,
}

impl Goroutine {
    /// A goroutine that was just started.
    pub(super) fn new(id: GoroutineId, name: Text, arguments: Text) -> Self {
        Self {
            id,
            name,
            arguments,
            parent: GoroutineId::NONE,
            started_at: Span::NONE,
            started: 0,
            state: GoroutineState::Runnable,
            since: 0,
            waits_on: ObjectId::NONE,
            wait_cases: None,
            next: PendingOperation::default(),
            next_cases: None,
            span: Span::NONE,
            frames: Vec::new(),
            panicking: None,
            holds: Vec::new(),
            steps: 0,
        }
    }

    /// The function's name without its package: `worker` of `main.worker`.
    pub fn short_name(&self) -> &str {
        self.name.strip_prefix("main.").unwrap_or(&self.name)
    }

    /// Whether it is parked.
    pub fn is_waiting(&self) -> bool {
        matches!(self.state, GoroutineState::Waiting(_))
    }

    /// Whether it has ended.
    pub fn is_dead(&self) -> bool {
        self.state == GoroutineState::Dead
    }

    /// Every object it waits on, with the case when it waits in a select.
    pub fn waits(&self) -> Vec<(ObjectId, Option<SelectCase>)> {
        if !self.is_waiting() {
            return Vec::new();
        }
        match &self.wait_cases {
            Some(cases) => cases
                .iter()
                .map(|case| (case.channel, Some(*case)))
                .collect(),
            None if self.waits_on.is_none() => Vec::new(),
            None => vec![(self.waits_on, None)],
        }
    }

    /// The innermost frame.
    pub fn top(&self) -> Option<&Rc<Frame>> {
        self.frames.last()
    }
}
