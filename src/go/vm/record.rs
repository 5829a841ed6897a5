//! What the machine tells the trace: calls, lines, variables, panics.
//!
//! While recording, traps stand at the statements of the program's own functions: each gives a `Line`
//! event and brings the variables of the frame up to date. A variable's text may depend on heap objects;
//! those are watched, and at the end of a stretch of execution every variable of any goroutine whose
//! objects were written is rendered again. Frames of embedded packages are not shown; frame numbers count
//! shown frames only.
//!
//! Invariant: with recording off nothing here is called.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::access::{AccessPoint, is_access};
use super::core::{Core, Image};
use super::goroutine::Goroutine;
use super::heap::{Marker, Word, handle};
use super::{format, render, traceback};
use crate::go::compile::bytecode::{FunctionIndex, Instruction};
use crate::go::compile::program::{
    Function, FunctionKind, Program, Variable, VariablePlace, VariableRole,
};
use crate::runtime::Handle;
use crate::trace::{EventKind, GoroutineId, SourceMap, Span, Text};

/// No variable's text is made to depend on more objects than this.
const MOST_OBJECTS: usize = 24;

/// A write to an object is shown in at most so many variables at once; those beyond catch up when their
/// own goroutine goes on. Otherwise ten thousand goroutines that share a counter would cost ten thousand
/// events a step.
const MOST_DEPENDENTS: usize = 64;

/// One shown frame.
#[derive(Debug, Default)]
struct Shown {
    /// Its index among all frames of the goroutine.
    index: usize,
    variables: Vec<Slot>,
}

/// One variable as it was last shown.
#[derive(Clone, Debug, Default)]
struct Slot {
    words: Box<[Word]>,
    text: Option<Text>,
}

/// A shown variable: goroutine, shown frame, slot.
type Place = (u32, u32, u16);

/// The machine's side of the recorder.
#[derive(Default)]
pub struct Recorder {
    /// Who executes.
    pub goroutine: GoroutineId,
    handle: Option<Handle>,
    /// By goroutine id.
    frames: Vec<Vec<Shown>>,
    /// By goroutine id: whether its first frame was shown.
    begun: Vec<bool>,
    /// Which variables depend on an object.
    dependents: BTreeMap<u32, Vec<Place>>,
}

impl Recorder {
    /// Begins to record.
    pub fn start(&mut self, handle: &Handle) {
        self.handle = Some(handle.clone());
    }

    /// Nothing here keeps objects alive: a variable is rendered only while its frame is there.
    pub fn mark(&self, _: &mut Marker) {}

    fn record(&self, span: Span, kind: EventKind) {
        if let Some(handle) = &self.handle {
            handle.record_at(span, || kind);
        }
    }

    fn shown(&mut self) -> &mut Vec<Shown> {
        let index = self.goroutine.0 as usize;
        if self.frames.len() <= index {
            self.frames.resize_with(index + 1, Vec::new);
        }
        &mut self.frames[index]
    }

    /// The top frame was just pushed.
    pub fn called(&mut self, program: &Program, g: &Goroutine) {
        let Some(top) = g.frames.last() else { return };
        let function = &program.functions[top.function as usize];
        if function.kind != FunctionKind::User {
            return;
        }
        let caller = g.frames[..g.frames.len() - 1]
            .iter()
            .rev()
            .find_map(|frame| {
                let caller = &program.functions[frame.function as usize];
                (caller.kind == FunctionKind::User)
                    .then(|| caller.span_at(frame.pc.saturating_sub(1)))
            });
        let variables = vec![Slot::default(); function.debug.variables.len()];
        self.shown().push(Shown {
            index: g.frames.len() - 1,
            variables,
        });
        let kind = EventKind::Call {
            function: Rc::clone(&function.name),
            entry: function.debug.span,
        };
        self.record(caller.unwrap_or(function.debug.span), kind);
    }

    /// The top frame is about to go.
    pub fn returning(&mut self, program: &Program, g: &Goroutine) {
        let Some(top) = g.frames.last() else { return };
        let function = &program.functions[top.function as usize];
        if function.kind == FunctionKind::User {
            self.shown().pop();
            self.record(
                function.span_at(top.pc.saturating_sub(1)),
                EventKind::Return,
            );
        }
    }

    /// A goroutine is about to execute its first instruction.
    pub fn begun(&mut self, program: &Program, g: &Goroutine) {
        let index = self.goroutine.0 as usize;
        if self.begun.len() <= index {
            self.begun.resize(index + 1, false);
        }
        if !std::mem::replace(&mut self.begun[index], true) {
            self.called(program, g);
        }
    }

    /// The goroutine is gone.
    pub fn buried(&mut self, id: GoroutineId) {
        if let Some(frames) = self.frames.get_mut(id.0 as usize) {
            frames.clear();
        }
    }

    /// A panic began.
    pub fn panicked(&self, value: String) {
        if let Some(handle) = &self.handle {
            handle.record(|| EventKind::Panic {
                value: value.into(),
            });
        }
    }

    /// A panic was recovered.
    pub fn recovered(&self, value: String) {
        if let Some(handle) = &self.handle {
            handle.record(|| EventKind::Recover {
                value: value.into(),
            });
        }
    }

    /// Shows a variable's text if it is another than before.
    fn show(&mut self, place: Place, name: &Rc<str>, span: Span, text: Option<Text>) {
        let (goroutine, frame, slot) = place;
        let Some(known) = self.slot(place) else {
            return;
        };
        if known.text == text {
            return;
        }
        known.text.clone_from(&text);
        let kind = EventKind::Variable {
            frame,
            slot,
            name: Rc::clone(name),
            text: text.unwrap_or_else(|| "".into()),
        };
        if let Some(handle) = &self.handle {
            handle.record_for(GoroutineId(goroutine), span, || kind);
        }
    }

    /// From now on a variable's text depends on an object.
    fn depend(&mut self, object: u32, place: Place) {
        let frames = &self.frames;
        let places = self.dependents.entry(object).or_default();
        if places.contains(&place) {
            return;
        }
        if places.len() >= MOST_DEPENDENTS {
            places.retain(|&(goroutine, frame, _)| {
                frames
                    .get(goroutine as usize)
                    .is_some_and(|shown| shown.len() > frame as usize)
            });
        }
        if places.len() < MOST_DEPENDENTS {
            places.push(place);
        }
    }

    fn slot(&mut self, (goroutine, frame, slot): Place) -> Option<&mut Slot> {
        self.frames
            .get_mut(goroutine as usize)?
            .get_mut(frame as usize)?
            .variables
            .get_mut(usize::from(slot))
    }
}

/// The instructions with traps in the program's own functions: at accesses of memory and, if asked for,
/// at statements.
pub fn with_traps(program: &Program, statements: bool) -> Vec<Box<[Instruction]>> {
    let trapped = |function: &Function| {
        let mut code = function.code.clone().into_boxed_slice();
        if function.kind != FunctionKind::User {
            return code;
        }
        for instruction in &mut code {
            if is_access(*instruction) {
                *instruction = Instruction::Trap;
            }
        }
        if statements {
            for &at in &function.debug.statements {
                if let Some(place) = code.get_mut(at as usize) {
                    *place = Instruction::Trap;
                }
            }
        }
        code
    };
    program.functions.iter().map(trapped).collect()
}

impl Core {
    /// Begins to record events.
    pub fn start_recording(&mut self, handle: &Handle, image: &Image) {
        self.tracing = true;
        self.recorder.start(handle);
        self.heap.watch_writes(true);
        self.heap.number_objects();
        self.code = image.trapped(true);
    }

    /// Begins to tell of accesses, without recording.
    pub fn start_observing(&mut self, image: &Image) {
        self.heap.number_objects();
        self.code = image.trapped(false);
    }

    /// The top frame stands before a trap. Gives the scheduling point that is to be made first, where
    /// accesses of memory are such.
    pub fn trap(
        &mut self,
        g: &Goroutine,
        handle: &Handle,
        sources: &SourceMap,
    ) -> Option<AccessPoint> {
        let top = g.frames.last()?;
        if self.tracing {
            let function = &self.program.functions[top.function as usize];
            if function.debug.statements.binary_search(&top.pc).is_ok() {
                let span = function.span_at(top.pc);
                self.refresh_top(g, top.pc);
                self.recorder.record(span, EventKind::Line);
            }
        }
        if self.packages.directives.memory_points
            && let Some(point) = self.access_point(g, handle, sources)
        {
            return Some(point);
        }
        self.access(g, handle, sources);
        None
    }

    /// Brings the variables of the top shown frame up to date, if it is the top frame: those that have a
    /// value at `pc`.
    fn refresh_top(&mut self, g: &Goroutine, pc: u32) {
        let shown = self.recorder.shown();
        let Some(frame) = shown.len().checked_sub(1) else {
            return;
        };
        let index = shown[frame].index;
        if index >= g.frames.len() {
            return;
        }
        let pc = if index + 1 == g.frames.len() {
            pc
        } else {
            // A frame that is not on top stands behind its call.
            g.frames[index].pc.saturating_sub(1)
        };
        self.refresh(self.recorder.goroutine, frame, index, g, pc);
    }

    /// Brings those variables of a shown frame up to date whose words have changed.
    fn refresh(&mut self, id: GoroutineId, frame: usize, index: usize, g: &Goroutine, pc: u32) {
        let program = Rc::clone(&self.program);
        let at = g.frames[index];
        let function = &program.functions[at.function as usize];
        for (slot, variable) in function.debug.variables.iter().enumerate() {
            let place = (id.0, frame as u32, slot as u16);
            let alive = variable.from <= pc && pc < variable.to;
            if &*variable.name == "_" || variable.name.is_empty() {
                continue;
            }
            if !alive {
                self.recorder
                    .show(place, &variable.name, variable.span, None);
                if let Some(known) = self.recorder.slot(place) {
                    known.words = Box::default();
                }
                continue;
            }
            self.refresh_variable(place, variable, &g.stack[at.base as usize..], false);
        }
    }

    fn refresh_variable(
        &mut self,
        place: Place,
        variable: &Variable,
        registers: &[Word],
        all: bool,
    ) {
        let width = self.program.types[usize::from(variable.ty)].words as usize;
        let (words, cell): (Box<[Word]>, Word) = match variable.place {
            VariablePlace::Register(reg) => (
                registers[usize::from(reg)..usize::from(reg) + width].into(),
                0,
            ),
            VariablePlace::Cell(reg) => {
                let cell = registers[usize::from(reg)];
                if cell == 0 {
                    return;
                }
                let known =
                    self.heap.words(handle(cell)).len() >= super::heap::offset(cell) + width;
                (
                    if known {
                        self.heap.slice(cell, width).into()
                    } else {
                        return;
                    },
                    cell,
                )
            }
        };
        let Some(known) = self.recorder.slot(place) else {
            return;
        };
        if known.text.is_some() && known.words == words && !all {
            return;
        }
        known.words.clone_from(&words);
        let text: Text = render::words(self, variable.ty, &words).into();
        let mut objects = format::depends(self, variable.ty, &words, MOST_OBJECTS);
        if cell != 0 {
            objects.push(handle(cell));
        }
        for object in objects {
            self.heap.watch(object);
            self.recorder.depend(object, place);
        }
        self.recorder
            .show(place, &variable.name, variable.span, Some(text));
    }

    /// At the end of a stretch of execution: the running frame's variables, and all variables whose objects
    /// were written.
    pub fn flush(&mut self, id: GoroutineId, goroutines: &[Option<Box<Goroutine>>]) {
        self.recorder.goroutine = id;
        if let Some(g) = goroutines.get(id.0 as usize).and_then(Option::as_deref) {
            // The operation at hand may still have to give its result.
            let pc = g.frames.last().map_or(0, |top| top.pc.saturating_sub(1));
            self.refresh_top(g, pc);
        }
        if !self.heap.has_dirty() {
            return;
        }
        for object in self.heap.take_dirty() {
            let Some(places) = self.recorder.dependents.remove(&object) else {
                continue;
            };
            for place in places {
                self.refresh_place(place, goroutines);
            }
        }
    }

    fn refresh_place(&mut self, place: Place, goroutines: &[Option<Box<Goroutine>>]) {
        let (goroutine, frame, slot) = place;
        let Some(g) = goroutines
            .get(goroutine as usize)
            .and_then(Option::as_deref)
        else {
            return;
        };
        let shown = self
            .recorder
            .frames
            .get(goroutine as usize)
            .and_then(|frames| frames.get(frame as usize));
        let Some(index) = shown.map(|shown| shown.index) else {
            return;
        };
        let Some(&at) = g.frames.get(index) else {
            return;
        };
        let program = Rc::clone(&self.program);
        let function = &program.functions[at.function as usize];
        let Some(variable) = function.debug.variables.get(usize::from(slot)) else {
            return;
        };
        // Behind its call, or behind an operation whose result is still to come.
        let pc = at.pc.saturating_sub(1);
        if variable.from <= pc && pc < variable.to {
            self.refresh_variable(place, variable, &g.stack[at.base as usize..], true);
        }
    }

    /// The variables of a frame of the program's own that hold pointers which are not nil.
    pub fn pointers<'a>(
        &'a self,
        g: &'a Goroutine,
        index: usize,
    ) -> impl Iterator<Item = (Rc<str>, Word)> + 'a {
        let at = g.frames[index];
        let function = &self.program.functions[at.function as usize];
        let pc = at.pc.saturating_sub(1);
        let shown = function.kind == FunctionKind::User;
        function
            .variables_at(pc)
            .filter(move |_| shown)
            .filter_map(move |variable| {
                let is_pointer = matches!(
                    self.program.types[usize::from(variable.ty)].kind,
                    crate::go::compile::layout::Kind::Pointer(_)
                );
                let register = |reg: u16| g.stack.get(at.base as usize + usize::from(reg)).copied();
                let word = match variable.place {
                    VariablePlace::Register(reg) => register(reg)?,
                    VariablePlace::Cell(reg) => {
                        let cell = register(reg)?;
                        *self
                            .heap
                            .words(handle(cell))
                            .get(super::heap::offset(cell))?
                    }
                };
                (is_pointer && word != 0).then(|| (Rc::clone(&variable.name), word))
            })
    }

    /// The function a goroutine is named after: main's is `main`, not what calls it.
    pub fn shown_function(&self, function: FunctionIndex) -> FunctionIndex {
        let entry = function == self.program.entry;
        self.program.main.filter(|_| entry).unwrap_or(function)
    }

    /// A goroutine's function and arguments as text.
    pub fn describe_call(&self, function: FunctionIndex, arguments: &[Word]) -> (Text, Text) {
        let target = &self.program.functions[function as usize];
        let name = target.name.strip_prefix("main.").unwrap_or(&target.name);
        let mut texts = Vec::new();
        for variable in &target.debug.variables {
            if variable.role != VariableRole::Parameter {
                continue;
            }
            let VariablePlace::Register(reg) = variable.place else {
                continue;
            };
            let width = self.program.types[usize::from(variable.ty)].words as usize;
            let at = usize::from(reg).wrapping_sub(usize::from(target.result_words));
            if let Some(words) = arguments.get(at..at.saturating_add(width)) {
                texts.push(render::words(self, variable.ty, words));
            }
        }
        (Text::from(name), Text::from(texts.join(", ")))
    }

    /// The place of the innermost frame in the program's own files.
    pub fn span(&self, g: &Goroutine) -> Span {
        traceback::span(self, g)
    }
}
