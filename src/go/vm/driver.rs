//! A goroutine of a Go program as a future: executes it, and does what it stands before.
//!
//! Operands are read from the goroutine's registers before an `await` and results written after it; the
//! machine is borrowed only in between. Values in flight stay reachable, since the registers they came
//! from still hold them.

use std::rc::Rc;

use super::access::{AccessPoint, MapUse};
use super::core::{Binding, Core};
use super::execute::Exit;
use super::fault::Throw;
use super::goroutine::Goroutine;
use super::heap::{Word, handle as handle_of};
use super::machine::Shared;
use super::native::object::{self, GoChannel, Native, Payload};
use super::operations as ops;
use super::traceback::{self, Origin};
use super::unwind::{self, Flow};
use super::visible;
use crate::go::compile::bytecode::{Instruction as I, Reg, SelectDirection, TypeIndex};
use crate::runtime::Mode;
use crate::sync::{Arm, Channel, Nil, Receive, Send, nil_receive, nil_send, select_at};
use crate::trace::{
    ChoiceKind, Direction, Exceeded, Fault, GoroutineId, OperationKind, Outcome, PendingOperation,
    Span, Text,
};

/// One goroutine's driver.
pub struct Driver {
    pub shared: Rc<Shared>,
    pub id: GoroutineId,
}

/// A select's clause, ready to be waited for.
enum Case {
    Send(Send<Payload>),
    Receive(Receive<Payload>),
    Nil(Nil),
}

impl Case {
    fn arm(&mut self) -> &mut dyn Arm {
        match self {
            Case::Send(send) => send,
            Case::Receive(receive) => receive,
            Case::Nil(nil) => nil,
        }
    }
}

impl Driver {
    /// Makes drivers of one goroutine.
    pub fn new(id: GoroutineId) -> impl FnOnce(Rc<Shared>) -> Driver {
        move |shared| Driver { shared, id }
    }

    /// Runs the goroutine to its end.
    pub async fn drive(self) {
        let mut end = None;
        let mut resumed = false;
        while end.is_none() {
            end = match self.shared.execute(self.id, std::mem::take(&mut resumed)) {
                Exit::Access(point) => match self.access(point).await {
                    Ok(()) => {
                        resumed = true;
                        None
                    }
                    Err(throw) => self.raise(throw),
                },
                Exit::Fuel => {
                    let span = self.span();
                    self.shared.handle.out_of_fuel(span).await;
                    None
                }
                Exit::Visible(instruction) => match self.perform(instruction).await {
                    Ok(()) => None,
                    Err(throw) => self.raise(throw),
                },
                exit => Some(exit),
            };
        }
        if let Some(exit) = end {
            self.finish(exit).await;
        }
    }

    /// The scheduling point before an access of memory. A write to a map has a middle, at which others
    /// may come; if they use the map there, that is what Go calls concurrent.
    async fn access(&self, point: AccessPoint) -> Result<(), Throw> {
        let handle = &self.shared.handle;
        let operation = point.operation;
        let reads = operation.kind == OperationKind::Read;
        let mode = if reads { Mode::Read } else { Mode::Write };
        handle.point(operation).await;
        handle.touch(operation.object, mode);
        let Some((map, used)) = point.map else {
            return Ok(());
        };
        let free = self.with(|core, _| match used {
            MapUse::Write => core.accesses.writing.insert(map),
            MapUse::Read | MapUse::Iterate => !core.accesses.writing.contains(&map),
        });
        if free == Some(false) {
            return Err(Throw::Fatal(used.conflict().into()));
        }
        if used == MapUse::Write {
            handle.point(operation).await;
            handle.touch(operation.object, mode);
            self.with(|core, _| core.accesses.writing.remove(&map));
        }
        Ok(())
    }

    /// Works on the goroutine's state.
    pub fn with<R>(&self, work: impl FnOnce(&mut Core, &mut Goroutine) -> R) -> Option<R> {
        let mut machine = self.shared.machine.borrow_mut();
        let (core, g) = machine.goroutine(self.id)?;
        Some(work(core, g))
    }

    /// The place of the operation at hand.
    pub fn span(&self) -> Span {
        self.shared.span(self.id)
    }

    /// What the program calls the object of the operation at hand: the expression that denotes it, with
    /// a pointer called by the variable that first held it.
    pub fn subject(&self) -> Option<Text> {
        if !self.shared.handle.is_recording() {
            return None;
        }
        let span = self.with(|core, g| traceback::subject(core, g)).flatten()?;
        let text = self
            .shared
            .sources
            .text(span)
            .trim_start_matches(['&', '*']);
        let end = text.find('.').unwrap_or(text.len());
        let (root, rest) = text.split_at(end);
        let machine = self.shared.machine.borrow();
        Some(match machine.first_name(self.id, root) {
            Some(first) => format!("{first}{rest}").into(),
            None => text.into(),
        })
    }

    /// The variable that what the innermost call in the program's own files makes is first bound to.
    pub fn binding(&self) -> Option<Text> {
        if !self.shared.handle.is_recording() {
            return None;
        }
        self.with(|core, g| traceback::binding(core, g)).flatten()
    }

    /// Reads a register.
    pub fn register(&self, reg: usize) -> Word {
        self.with(|_, g| g.stack[base(g) + reg]).unwrap_or(0)
    }

    /// Writes registers.
    pub fn write(&self, reg: usize, words: &[Word]) {
        self.with(|_, g| {
            let at = base(g) + reg;
            g.stack[at..at + words.len()].copy_from_slice(words);
        });
    }

    /// Raises a panic in the goroutine; the exit if that ends it.
    fn raise(&self, throw: Throw) -> Option<Exit> {
        let flow = self.with(|core, g| {
            core.recorder.goroutine = self.id;
            unwind::raise(core, g, throw)
        });
        match flow {
            Some(Flow::Exit(exit)) => Some(exit),
            _ => None,
        }
    }

    /// Ends the goroutine, or the program.
    async fn finish(&self, exit: Exit) {
        let handle = &self.shared.handle;
        let is_main = self.id == GoroutineId::MAIN;
        match exit {
            Exit::Returned => {
                if is_main {
                    let span = self
                        .with(|core, _| core.end_of_main())
                        .unwrap_or(Span::NONE);
                    handle
                        .point(PendingOperation::bare(OperationKind::Exit, span))
                        .await;
                }
                self.bury();
            }
            Exit::Goexit => {
                if is_main {
                    handle.leave_main();
                }
                self.bury();
            }
            Exit::Panicked => {
                let fault = self.with(|core, g| Fault {
                    goroutine: self.id,
                    message: traceback::panics(g).into(),
                    span: traceback::span(core, g),
                });
                if let Some(fault) = fault {
                    handle.end(Outcome::Panic(Box::new(fault))).await;
                }
            }
            Exit::Fatal(text) => {
                let fault = Fault {
                    goroutine: self.id,
                    message: (&*text).into(),
                    span: self.span(),
                };
                handle.end(Outcome::Fatal(Box::new(fault))).await;
            }
            Exit::Memory => {
                handle.end(Outcome::MemoryLimit(Exceeded::Memory)).await;
            }
            Exit::Fuel | Exit::Collect | Exit::Trap | Exit::Access(_) | Exit::Visible(_) => {}
        }
    }

    /// Forgets the goroutine's state.
    fn bury(&self) {
        let mut machine = self.shared.machine.borrow_mut();
        let machine = &mut *machine;
        if let Some(g) = machine.goroutines[self.id.0 as usize].take() {
            machine.core.stack_bytes = machine.core.stack_bytes.saturating_sub(g.bytes());
        }
        machine.core.recorder.buried(self.id);
    }

    /// Performs a visible operation.
    async fn perform(&self, instruction: I) -> Result<(), Throw> {
        match instruction {
            I::Send { channel, src } => self.send(channel, src).await,
            I::Receive { dst, channel } => self.receive(channel, usize::from(dst), None).await,
            I::ReceiveOk { dst, channel } => {
                self.receive(channel, usize::from(dst) + 1, Some(usize::from(dst)))
                    .await
            }
            I::Close { channel } => self.close(channel).await,
            I::Select { dst, table } => self.select(dst, table).await,
            I::MakeChannel { dst, size, ty } => self.make_channel(dst, size, ty),
            I::MapIterate { iterator, map } => self.map_iterate(iterator, map).await,
            I::Go { .. } | I::GoClosure { .. } | I::GoInterface { .. } => {
                self.go(instruction).await
            }
            I::CallNative { window, native } => {
                let operation = self.with(|core, _| match core.natives[native as usize] {
                    Binding::Visible(operation) => Some(operation),
                    Binding::Plain(_) => None,
                });
                match operation.flatten() {
                    Some(operation) => {
                        visible::perform(self, operation, usize::from(window), native).await
                    }
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// The channel in a register, and the place of the operation.
    fn channel(&self, reg: Reg) -> (Option<GoChannel>, Span) {
        self.with(|core, g| {
            let word = g.stack[base(g) + usize::from(reg)];
            let channel = match core.heap.native(handle_of(word)) {
                Some(Native::Channel(channel)) => Some(channel.clone()),
                _ => None,
            };
            (channel, traceback::span(core, g))
        })
        .unwrap_or((None, Span::NONE))
    }

    async fn send(&self, channel: Reg, src: Reg) -> Result<(), Throw> {
        let (channel, span) = self.channel(channel);
        let Some(channel) = channel else {
            nil_send(&self.shared.handle, span).await;
            return Ok(());
        };
        let value = self.payload(usize::from(src), channel.width);
        channel
            .channel
            .send_at(span, value)
            .await
            .map_err(|_| Throw::plain("send on closed channel"))
    }

    fn payload(&self, reg: usize, width: u16) -> Payload {
        let words = self.with(|_, g| {
            let at = base(g) + reg;
            Payload::new(&g.stack[at..at + usize::from(width)])
        });
        words.unwrap_or(Payload::None)
    }

    async fn receive(&self, channel: Reg, dst: usize, ok: Option<usize>) -> Result<(), Throw> {
        let (channel, span) = self.channel(channel);
        let Some(channel) = channel else {
            nil_receive(&self.shared.handle, span).await;
            return Ok(());
        };
        let received = channel.channel.receive_at(span).await;
        self.deliver(received, dst, ok, channel.width);
        Ok(())
    }

    /// Writes what was received; zeros at the end of the channel.
    fn deliver(&self, received: Option<Payload>, dst: usize, ok: Option<usize>, width: u16) {
        self.with(|_, g| {
            let base = base(g);
            let to = &mut g.stack[base + dst..base + dst + usize::from(width)];
            match &received {
                Some(value) => to.copy_from_slice(value.words()),
                None => to.fill(0),
            }
            if let Some(ok) = ok {
                g.stack[base + ok] = Word::from(received.is_some());
            }
        });
    }

    async fn close(&self, channel: Reg) -> Result<(), Throw> {
        let (channel, span) = self.channel(channel);
        let Some(channel) = channel else {
            return Err(Throw::plain("close of nil channel"));
        };
        channel
            .channel
            .close_at(span)
            .await
            .map_err(|_| Throw::plain("close of closed channel"))
    }

    async fn select(&self, dst: Reg, table: u32) -> Result<(), Throw> {
        let prepared = self.with(|core, g| {
            let frame = g.frames[g.frames.len() - 1];
            let program = Rc::clone(&core.program);
            let table = &program.functions[frame.function as usize].selects[table as usize];
            let base = frame.base as usize;
            let cases: Vec<(Case, usize, u16)> = table
                .cases
                .iter()
                .map(|case| {
                    let word = g.stack[base + usize::from(case.channel)];
                    let at = usize::from(case.value);
                    let direction = match case.direction {
                        SelectDirection::Send => Direction::Send,
                        SelectDirection::Receive => Direction::Receive,
                    };
                    match (core.heap.native(handle_of(word)), direction) {
                        (Some(Native::Channel(channel)), Direction::Send) => {
                            let from = base + at;
                            let value =
                                Payload::new(&g.stack[from..from + usize::from(channel.width)]);
                            (
                                Case::Send(Send::at(case.span, &channel.channel, value)),
                                at,
                                channel.width,
                            )
                        }
                        (Some(Native::Channel(channel)), Direction::Receive) => (
                            Case::Receive(Receive::at(case.span, &channel.channel)),
                            at,
                            channel.width,
                        ),
                        _ => (Case::Nil(Nil::at(case.span, direction)), at, 0),
                    }
                })
                .collect();
            (cases, table.has_default, traceback::span(core, g))
        });
        let Some((mut cases, has_default, span)) = prepared else {
            return Ok(());
        };
        let chosen = {
            let mut arms: Vec<&mut dyn Arm> = cases.iter_mut().map(|case| case.0.arm()).collect();
            select_at(&self.shared.handle, span, &mut arms, has_default).await
        };
        let index = chosen.unwrap_or(cases.len());
        self.write(usize::from(dst), &[index as Word]);
        match cases.get_mut(index) {
            Some((Case::Receive(receive), at, width)) => {
                let received = receive.received();
                self.deliver(received, *at + 1, Some(*at), *width);
            }
            Some((Case::Send(send), _, _)) => {
                if let Some(Err(_)) = send.result() {
                    return Err(Throw::plain("send on closed channel"));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn make_channel(&self, dst: Reg, size: Reg, ty: TypeIndex) -> Result<(), Throw> {
        let shared = self.shared.weak();
        let handle = &self.shared.handle;
        let made = self.with(|core, g| {
            let size = g.stack[base(g) + usize::from(size)] as i64;
            let crate::go::compile::layout::Kind::Channel { element, .. } =
                core.program.types[usize::from(ty)].kind
            else {
                return Err(Throw::Nil);
            };
            let width = core.shapes.get(Word::from(element)).width as u16;
            let bytes = core.size_of(element).max(1) as i64;
            if !(0..1 << 40).contains(&size.saturating_mul(bytes)) {
                return Err(Throw::plain("makechan: size out of range"));
            }
            core.heap_room((size as usize).saturating_mul(usize::from(width) * 8))?;
            let text =
                Rc::new(move |value: Option<&Payload>| channel_text(&shared, element, value));
            let name = object::type_name(core, element);
            Ok((
                element,
                width,
                size as usize,
                text,
                name,
                traceback::binding(core, g),
            ))
        });
        let (element, width, size, text, name, binding) = match made {
            Some(made) => made?,
            None => return Ok(()),
        };
        let channel = Channel::with_text(handle, size, || Text::from(name), text);
        if let Some(binding) = binding {
            handle.name_object(channel.id(), || binding);
        }
        self.with(|core, g| {
            let word = object::add(
                core,
                Native::Channel(GoChannel {
                    channel,
                    element,
                    width,
                }),
            );
            let at = base(g) + usize::from(dst);
            g.stack[at] = word;
        });
        Ok(())
    }

    async fn map_iterate(&self, iterator: Reg, map: Reg) -> Result<(), Throw> {
        let word = self.register(usize::from(map));
        let count = self
            .with(|core, _| core.heap.map(word).map_or(0, super::map::Map::len))
            .unwrap_or(0);
        let start = self
            .shared
            .handle
            .choose(ChoiceKind::MapOrder, count as u64)
            .await;
        self.with(|core, g| {
            let made = ops::map_iterate(core, word, start as usize);
            let at = base(g) + usize::from(iterator);
            g.stack[at] = made;
        });
        Ok(())
    }

    /// A `go` statement.
    async fn go(&self, instruction: I) -> Result<(), Throw> {
        let prepared = self.with(|core, g| {
            let frame = g.frames[g.frames.len() - 1];
            let registers = &g.stack[frame.base as usize..];
            let parameters = |window: Reg, function: u32| {
                let target = &core.program.functions[function as usize];
                let at = usize::from(window) + usize::from(target.result_words);
                registers[at..at + usize::from(target.parameter_words)].into()
            };
            let (function, closure, arguments): (u32, Word, Box<[Word]>) = match instruction {
                I::Go { window, function } => (function, 0, parameters(window, function)),
                I::GoClosure { window, closure } => {
                    let closure = registers[usize::from(closure)];
                    if closure == 0 {
                        return Err(Throw::Fatal("go of nil func value".into()));
                    }
                    let function = core.closure_function(closure);
                    (function, closure, parameters(window, function))
                }
                I::GoInterface {
                    window,
                    interface,
                    method,
                } => {
                    let (dynamic, payload) = (
                        registers[usize::from(interface)],
                        registers[usize::from(interface) + 1],
                    );
                    let Some(function) = core.program.method(dynamic as TypeIndex, method) else {
                        return Err(Throw::Nil);
                    };
                    let arguments =
                        ops::method_arguments(core, function, registers, window, dynamic, payload);
                    (function, 0, arguments)
                }
                _ => return Err(Throw::Nil),
            };
            let origin = Origin {
                function: frame.function,
                span: traceback::span(core, g),
                goroutine: self.id.0,
            };
            Ok((function, closure, arguments, origin))
        });
        let Some(prepared) = prepared else {
            return Ok(());
        };
        let (function, closure, arguments, origin) = prepared?;
        self.shared
            .handle
            .point(PendingOperation::bare(OperationKind::Go, origin.span))
            .await;
        self.shared.spawn(function, closure, &arguments, origin);
        Ok(())
    }
}

/// Where the top frame's registers begin.
pub fn base(g: &Goroutine) -> usize {
    g.frames.last().map_or(0, |frame| frame.base as usize)
}

/// A channel's value as text, for the recorder.
fn channel_text(
    shared: &std::rc::Weak<Shared>,
    element: TypeIndex,
    value: Option<&Payload>,
) -> Text {
    let Some(shared) = shared.upgrade() else {
        return "".into();
    };
    let machine = shared.machine.borrow();
    let zero;
    let words = match value {
        Some(value) => value.words(),
        None => {
            zero = vec![0; machine.core.shapes.get(Word::from(element)).width as usize];
            &zero
        }
    };
    super::render::words(&machine.core, element, words).into()
}
