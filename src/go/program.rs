//! A built Go program as something the executor runs.
//!
//! Invariant: every start begins with fresh memory, so that one program serves any number of runs.
//! Deliberately absent: building (that is `build`) and everything about schedulers.

use std::cell::RefCell;
use std::rc::Rc;

use super::compile::bytecode::Instruction;
use super::compile::program::{FunctionKind, Program as Compiled};
use super::diagnostic::Diagnostic;
use super::vm::{Core, Directives, Image, Origin, Shared, Sink};
use crate::runtime::{Program, Runtime};
use crate::trace::{Outcome, SourceMap, Span};

/// A Go program that can be run.
pub struct GoProgram {
    image: Image,
    sources: Rc<SourceMap>,
    /// What `os.Args` is.
    arguments: Vec<String>,
    /// What its comments say of the world it runs in.
    directives: Rc<Directives>,
    /// Where the output of the next run goes besides its trace.
    sink: RefCell<Sink>,
    /// The latest run.
    latest: RefCell<Option<Rc<Shared>>>,
}

impl GoProgram {
    /// Makes a compiled program ready to run.
    ///
    /// # Errors
    ///
    /// The program uses what Lockstep does not have; each is named at a place that uses it.
    pub fn new(
        program: Rc<Compiled>,
        sources: Rc<SourceMap>,
    ) -> Result<GoProgram, Vec<Diagnostic>> {
        let image = Image::new(Rc::clone(&program)).map_err(|missing| {
            let describe = |native: usize| {
                let message = format!("Lockstep does not run {} yet", program.natives[native].name);
                Diagnostic::new(use_of(&program, native), message)
            };
            missing.into_iter().map(describe).collect::<Vec<_>>()
        })?;
        let mut directives = Directives::default();
        for (_, file) in sources.files().filter(|(_, file)| !file.is_embedded()) {
            directives.read(file.text());
        }
        Ok(GoProgram {
            image,
            directives: Rc::new(directives),
            sources,
            arguments: vec!["main".into()],
            sink: RefCell::new(None),
            latest: RefCell::new(None),
        })
    }

    /// Sets what `os.Args` is, the program's name first.
    pub fn set_arguments(&mut self, arguments: Vec<String>) {
        self.arguments = arguments;
    }

    /// Hands the output of the next run to `sink`, as it comes.
    pub fn set_sink(&self, sink: impl FnMut(u32, &[u8]) + 'static) {
        *self.sink.borrow_mut() = Some(Box::new(sink));
    }

    /// The files of the program, the embedded ones included.
    pub fn sources(&self) -> &Rc<SourceMap> {
        &self.sources
    }

    /// Sends the latest run a signal from outside, by its number.
    pub fn signal(&self, signal: u32) {
        if let Some(run) = &*self.latest.borrow() {
            run.signal(signal);
        }
    }

    /// What the latest run says on standard error of its own end, as Go does; empty if it ended well.
    pub fn report(&self, outcome: &Outcome) -> String {
        self.latest
            .borrow()
            .as_ref()
            .map_or_else(String::new, |run| run.report(outcome))
    }
}

impl Program for GoProgram {
    fn start(&self, runtime: &Runtime) {
        let handle = runtime.handle();
        let limit = usize::try_from(handle.limits().memory).unwrap_or(usize::MAX);
        let mut core = Core::new(&self.image, limit);
        core.packages_mut().arguments.clone_from(&self.arguments);
        core.packages_mut().directives = Rc::clone(&self.directives);
        if handle.is_recording() {
            core.start_recording(handle, &self.image);
        } else if handle.is_observed() || self.directives.memory_points {
            core.start_observing(&self.image);
        }
        let shared = Shared::new(core, handle, Rc::clone(&self.sources));
        *shared.sink.borrow_mut() = self.sink.borrow_mut().take();
        let main = self.image.program.main.unwrap_or(self.image.program.entry);
        let span = self.image.program.functions[main as usize].debug.span;
        shared.spawn(
            self.image.program.entry,
            0,
            &[],
            Origin {
                span,
                ..Origin::default()
            },
        );
        shared.send_signals();
        *self.latest.borrow_mut() = Some(shared);
    }
}

/// A place that calls a native, best in the person's own files.
fn use_of(program: &Compiled, native: usize) -> Span {
    let mut known = Span::NONE;
    for function in &program.functions {
        for (at, instruction) in function.code.iter().enumerate() {
            if !matches!(instruction, Instruction::CallNative { native: used, .. } if *used as usize == native)
            {
                continue;
            }
            let span = function.span_at(at as u32);
            if function.kind == FunctionKind::User {
                return span;
            }
            known = span;
        }
    }
    known
}
