//! The running program: what goroutines share, and the goroutines themselves.
//!
//! Invariants: `goroutines` is indexed by goroutine id; the machine is never borrowed across an `await`
//! nor while `sync` or the runtime may call back into it.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::core::Core;
use super::execute::{Exit, execute};
use super::goroutine::Goroutine;
use super::heap::Word;
use super::native::object::Payload;
use super::traceback::{self, Origin};
use super::unwind;
use crate::go::compile::bytecode::{FunctionIndex, Instruction as I};
use crate::runtime::Handle;
use crate::sync::Timer;
use crate::trace::{GoroutineId, GoroutineState, Outcome, SourceMap, Span, Text};

/// A program that runs.
pub struct Shared {
    pub machine: RefCell<Machine>,
    pub handle: Handle,
    pub sources: Rc<SourceMap>,
    /// Where output goes besides the trace.
    pub sink: RefCell<Sink>,
    this: Weak<Shared>,
}

/// Takes what the program prints: the file descriptor, 1 or 2, and the bytes.
pub type Sink = Option<Box<dyn FnMut(u32, &[u8])>>;

/// The state that goroutines work on.
pub struct Machine {
    pub core: Core,
    pub goroutines: Vec<Option<Box<Goroutine>>>,
    pub origins: Vec<Origin>,
}

impl Shared {
    /// A program about to be started on a runtime.
    pub fn new(mut core: Core, handle: &Handle, sources: Rc<SourceMap>) -> Rc<Shared> {
        core.packages.handle = Some(handle.clone());
        let machine = Machine {
            core,
            goroutines: Vec::new(),
            origins: Vec::new(),
        };
        Rc::new_cyclic(|this| Shared {
            machine: RefCell::new(machine),
            handle: handle.clone(),
            sources,
            sink: RefCell::new(None),
            this: this.clone(),
        })
    }

    /// A reference that does not keep the program alive.
    pub fn weak(&self) -> Weak<Shared> {
        self.this.clone()
    }

    /// Executes a goroutine until its driver has something to do. `resumed`: the scheduling point before
    /// the access of memory that it stands before has been made.
    pub fn execute(&self, id: GoroutineId, resumed: bool) -> Exit {
        let mut machine = self.machine.borrow_mut();
        let mut first = None;
        if resumed && let Some((core, g)) = machine.goroutine(id) {
            core.access(g, &self.handle, &self.sources);
            first = machine.current_instruction(id);
        }
        loop {
            let Machine {
                core, goroutines, ..
            } = &mut *machine;
            let Some(g) = goroutines[id.0 as usize].as_deref_mut() else {
                return Exit::Returned;
            };
            if core.tracing {
                core.recorder.goroutine = id;
                core.recorder.begun(&core.program, g);
            }
            let mut fuel = self.handle.fuel() as i64;
            let exit = execute(core, g, &mut fuel, first.take());
            self.handle.set_fuel(fuel.max(0) as u64);
            match exit {
                Exit::Collect => {
                    if !machine.collect(&self.handle) {
                        return Exit::Memory;
                    }
                    // The instruction at hand may have been marked by the recorder.
                    first = machine.current_instruction(id);
                }
                Exit::Trap => {
                    if let Some(point) = core.trap(g, &self.handle, &self.sources) {
                        if core.tracing {
                            machine.flush(id);
                        }
                        return Exit::Access(point);
                    }
                    first = machine.current_instruction(id);
                }
                other => {
                    // Making something is no scheduling point: what it is bound to has no value yet.
                    if core.tracing && !matches!(other, Exit::Visible(I::MakeChannel { .. })) {
                        machine.flush(id);
                    }
                    return other;
                }
            }
        }
    }

    /// Starts a goroutine that calls a function with these parameter words. No scheduling point.
    pub fn spawn(
        &self,
        function: FunctionIndex,
        captures: Word,
        arguments: &[Word],
        origin: Origin,
    ) -> GoroutineId {
        let id = GoroutineId(self.handle.goroutines() + 1);
        let mut described = None;
        {
            let mut machine = self.machine.borrow_mut();
            let g = machine.core.new_goroutine(function, captures, arguments);
            if self.handle.is_recording() {
                let shown = machine.core.shown_function(function);
                described = Some(machine.core.describe_call(shown, arguments));
            }
            machine.core.stack_bytes += g.bytes();
            let index = id.0 as usize;
            machine.goroutines.resize_with(index + 1, || None);
            machine.origins.resize(index + 1, Origin::default());
            machine.goroutines[index] = Some(Box::new(g));
            machine.origins[index] = origin;
        }
        let shared = self.this.upgrade().map(super::driver::Driver::new(id));
        let Some(driver) = shared else { return id };
        let describe = || described.unwrap_or_else(|| (Text::from(""), Text::from("")));
        self.handle
            .spawn_boxed(origin.span, describe, Box::pin(driver.drive()))
    }

    /// Sends the program a signal, by its number.
    pub fn signal(&self, signal: u32) {
        super::visible::signal::deliver(self, Word::from(signal));
    }

    /// Sets the clock for the signals that the program's comments announce.
    pub fn send_signals(&self) {
        let directives = Rc::clone(&self.machine.borrow().core.packages.directives);
        for &(signal, after) in &directives.signals {
            let after = i64::try_from(after).unwrap_or(i64::MAX);
            let shared = self.weak();
            let call = move |_: &Handle| {
                if let Some(shared) = shared.upgrade() {
                    shared.signal(signal as u32);
                }
            };
            let timer = Timer::<Payload>::calling(&self.handle, after, Rc::new(call));
            let name = || Text::from(format!("signal {signal}"));
            self.handle.name_object(timer.id(), name);
        }
    }

    /// The words on standard error of a run that ended so; empty if it ended well.
    pub fn report(&self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Panic(fault) => {
                format!(
                    "panic: {}\n\n{}",
                    fault.message,
                    self.traceback(fault.goroutine, false)
                )
            }
            Outcome::Fatal(fault) => {
                let limit = if &*fault.message == "stack overflow" {
                    "runtime: goroutine stack exceeds 1000000000-byte limit\n"
                } else {
                    ""
                };
                format!(
                    "{limit}fatal error: {}\n\n{}",
                    fault.message,
                    self.traceback(fault.goroutine, true)
                )
            }
            Outcome::Deadlock(_) => {
                let main = self.handle.goroutine(GoroutineId::MAIN);
                let left = main.is_some_and(|main| main.state == GoroutineState::Dead);
                let words = if left {
                    "no goroutines (main called runtime.Goexit) - deadlock!"
                } else {
                    "all goroutines are asleep - deadlock!"
                };
                format!(
                    "fatal error: {words}\n\n{}",
                    self.traceback(GoroutineId::NONE, true)
                )
            }
            Outcome::StepLimit(_) => "lockstep: the program took more steps than allowed\n".into(),
            Outcome::MemoryLimit(_) => {
                "lockstep: the program needs more memory than allowed\n".into()
            }
            Outcome::Completed | Outcome::Exited(_) | Outcome::Stopped => String::new(),
        }
    }

    /// The goroutine at fault, then, if asked for, all others.
    pub fn traceback(&self, first: GoroutineId, all: bool) -> String {
        let machine = self.machine.borrow();
        let mut ids: Vec<u32> = Vec::new();
        if !first.is_none() {
            ids.push(first.0);
        }
        if all {
            ids.extend((1..machine.goroutines.len() as u32).filter(|&id| id != first.0));
        }
        let mut parts = Vec::new();
        for id in ids {
            let Some(g) = machine
                .goroutines
                .get(id as usize)
                .and_then(Option::as_deref)
            else {
                continue;
            };
            let state = if id == first.0 {
                "running".to_string()
            } else {
                self.state_words(GoroutineId(id))
            };
            let origin = machine
                .origins
                .get(id as usize)
                .copied()
                .filter(|origin| origin.goroutine != 0);
            parts.push(traceback::goroutine(
                &machine.core,
                g,
                id,
                &state,
                origin,
                &self.sources,
            ));
        }
        parts.join("\n")
    }

    fn state_words(&self, id: GoroutineId) -> String {
        match self.handle.goroutine(id).map(|snapshot| snapshot.state) {
            Some(GoroutineState::Waiting(reason)) => reason.words().into(),
            Some(GoroutineState::Running) => "running".into(),
            _ => "runnable".into(),
        }
    }

    /// The place of what a goroutine does.
    pub fn span(&self, id: GoroutineId) -> Span {
        let machine = self.machine.borrow();
        let g = machine
            .goroutines
            .get(id.0 as usize)
            .and_then(Option::as_deref);
        g.map_or(Span::NONE, |g| traceback::span(&machine.core, g))
    }
}

impl Machine {
    /// Runs the collector and tells the runtime what is in use. False if that is too much.
    pub fn collect(&mut self, handle: &Handle) -> bool {
        let mut heap = std::mem::take(&mut self.core.heap);
        let mut stack_bytes = 0;
        heap.collect(|marker| {
            self.core.mark(marker);
            for g in self.goroutines.iter().flatten() {
                g.mark(marker, unwind::extent(&self.core, g));
                stack_bytes += g.bytes();
            }
        });
        self.core.packages.sweep(&heap);
        self.core.heap = heap;
        self.core.stack_bytes = stack_bytes;
        let used = self.core.heap.bytes() + stack_bytes;
        handle.set_memory(used as u64)
    }

    /// The real instruction at a goroutine's `pc`.
    fn current_instruction(
        &self,
        id: GoroutineId,
    ) -> Option<crate::go::compile::bytecode::Instruction> {
        let frame = self.goroutines[id.0 as usize].as_deref()?.frames.last()?;
        self.core.program.functions[frame.function as usize]
            .code
            .get(frame.pc as usize)
            .copied()
    }

    /// Shows what variables hold at the end of a stretch of execution.
    fn flush(&mut self, id: GoroutineId) {
        let Machine {
            core, goroutines, ..
        } = self;
        core.flush(id, goroutines);
    }

    /// A goroutine that is there.
    pub fn goroutine(&mut self, id: GoroutineId) -> Option<(&mut Core, &mut Goroutine)> {
        let g = self.goroutines.get_mut(id.0 as usize)?.as_deref_mut()?;
        Some((&mut self.core, g))
    }

    /// The variable that first held the pointer that `name` holds in a goroutine's innermost frame of the
    /// program's own: goroutines by age, frames from the bottom, variables in order of declaration.
    pub fn first_name(&self, id: GoroutineId, name: &str) -> Option<Rc<str>> {
        let g = self.goroutines.get(id.0 as usize)?.as_deref()?;
        let core = &self.core;
        let index = traceback::innermost(core, g)?;
        let pointer = core
            .pointers(g, index)
            .find(|(known, _)| **known == *name)?
            .1;
        let all = self.goroutines.iter().flatten();
        all.flat_map(|g| (0..g.frames.len()).flat_map(|index| core.pointers(g, index)))
            .find(|(_, other)| *other == pointer)
            .map(|(first, _)| first)
    }
}
