//! Panics, deferred calls, recover and Goexit.
//!
//! While a panic runs deferred calls, the frames it goes through stay where they are, as in Go, so that
//! a traceback shows them; only a recovery cuts them off. `Goexit` is a panic that cannot be recovered.
//! All of it is state in the goroutine: a deferred call is an ordinary frame whose return comes back
//! here through [`returned`].

use super::core::Core;
use super::execute::Exit;
use super::fault::Throw;
use super::goroutine::{Callee, Frame, FrameKind, Goroutine, MOST_STACK_WORDS, Panic};
use super::heap::{Word, handle};
use crate::go::compile::program::FunctionKind;

/// How to go on.
#[derive(Debug)]
pub enum Flow {
    /// With the top frame.
    Go,
    /// Not at all.
    Exit(Exit),
}

/// Makes room for `end` words of stack.
pub fn reserve_stack(g: &mut Goroutine, end: usize) -> Result<(), Exit> {
    if end > g.stack.len() {
        if end > MOST_STACK_WORDS {
            return Err(Exit::Fatal("stack overflow".into()));
        }
        g.stack.resize((end * 2).min(MOST_STACK_WORDS), 0);
    }
    Ok(())
}

/// Raises a panic or a fatal error in the top frame.
#[cold]
pub fn raise(core: &mut Core, g: &mut Goroutine, throw: Throw) -> Flow {
    let signal = throw == Throw::Nil;
    let value = match throw {
        Throw::Fatal(text) => return Flow::Exit(Exit::Fatal(text)),
        Throw::Memory => return Flow::Exit(Exit::Memory),
        Throw::Goexit => return goexit(core, g),
        Throw::Value(value) => value,
        Throw::Nil => {
            core.runtime_error("runtime error: invalid memory address or nil pointer dereference")
        }
        Throw::Runtime(text) => core.runtime_error(&text),
        Throw::Text(text) => core.string_value(&text),
    };
    if g.frames
        .iter()
        .any(|frame| frame.kind == FrameKind::Describing)
    {
        return Flow::Exit(Exit::Fatal("panic while printing panic value".into()));
    }
    let depth = g.frames.len() as u32;
    g.panics.push(Panic {
        value,
        goexit: false,
        signal,
        recovered: false,
        depth,
        cursor: depth,
        text: None,
    });
    core.note_panic(g);
    unwind(core, g)
}

/// Begins `runtime.Goexit`.
fn goexit(core: &mut Core, g: &mut Goroutine) -> Flow {
    let depth = g.frames.len() as u32;
    start_goexit(g, depth);
    unwind(core, g)
}

fn start_goexit(g: &mut Goroutine, cursor: u32) {
    let depth = g.frames.len() as u32;
    g.panics.push(Panic {
        value: [0, 0],
        goexit: true,
        signal: false,
        recovered: false,
        depth,
        cursor,
        text: None,
    });
}

/// Runs the next deferred call of the latest panic, or ends it.
fn unwind(core: &mut Core, g: &mut Goroutine) -> Flow {
    let Some(panic) = g.panics.last_mut() else {
        return Flow::Go;
    };
    while panic.cursor > 0 {
        let frame = panic.cursor - 1;
        if g.frames[frame as usize].defers > 0 {
            return run_deferred(core, g, frame, FrameKind::Unwinding);
        }
        panic.cursor -= 1;
    }
    if panic.goexit {
        Flow::Exit(Exit::Goexit)
    } else {
        describe(core, g)
    }
}

/// Calls the latest deferred call of a frame, on top of the stack.
pub fn run_deferred(core: &mut Core, g: &mut Goroutine, frame: u32, kind: FrameKind) -> Flow {
    let Some(deferred) = g.take_deferred(frame) else {
        g.frames[frame as usize].defers = 0;
        return Flow::Go;
    };
    g.frames[frame as usize].defers -= 1;
    let (function, captures) = match deferred.callee {
        Callee::Function(function) => (function, 0),
        Callee::Closure(0) => return raise(core, g, Throw::Nil),
        Callee::Closure(closure) => (core.heap.words(handle(closure))[0] as u32, closure),
    };
    let base = extent(core, g);
    let target = &core.program.functions[function as usize];
    if let Err(exit) = reserve_stack(g, base + usize::from(target.frame_words)) {
        return Flow::Exit(exit);
    }
    let at = base + usize::from(target.result_words);
    g.stack[at..at + deferred.arguments.len()].copy_from_slice(&deferred.arguments);
    if captures != 0 {
        let words = &core.heap.words(handle(captures))[1..];
        let at = at + usize::from(target.parameter_words);
        g.stack[at..at + words.len()].copy_from_slice(words);
    }
    g.frames.push(Frame {
        function,
        pc: 0,
        base: base as u32,
        defers: 0,
        kind,
    });
    if core.tracing {
        core.note_call(g);
    }
    Flow::Go
}

/// How many stack words the frames use.
pub fn extent(core: &Core, g: &Goroutine) -> usize {
    g.frames.last().map_or(0, |top| {
        top.base as usize + usize::from(core.program.functions[top.function as usize].frame_words)
    })
}

/// Goes on after a frame that was not an ordinary call has returned and was popped.
pub fn returned(core: &mut Core, g: &mut Goroutine, frame: Frame) -> Flow {
    match frame.kind {
        FrameKind::Call | FrameKind::Deferred => Flow::Go,
        FrameKind::Unwinding => match g.panics.last() {
            Some(panic) if panic.recovered => resume(core, g),
            _ => unwind(core, g),
        },
        FrameKind::Describing => {
            let at = frame.base as usize;
            let text = core.heap.text(g.stack[at], g.stack[at + 1]);
            if let Some(panic) = g.panics.iter_mut().find(|panic| panic.text.is_none()) {
                panic.text = Some(text.into());
            }
            describe(core, g)
        }
    }
}

/// Cuts the stack down to the frame whose deferred call recovered, and lets it return.
fn resume(core: &mut Core, g: &mut Goroutine) -> Flow {
    let Some(recovered) = g.panics.last().cloned() else {
        return Flow::Go;
    };
    let frame = recovered.cursor - 1;
    while g.frames.len() as u32 > frame + 1 {
        if core.tracing {
            core.note_return(g);
        }
        g.frames.pop();
    }
    g.panics.pop();
    let mut exiting = false;
    // Panics that the recovered one had overtaken are gone with their frames; an overtaken Goexit goes on.
    g.panics.retain(|panic| {
        let stays = panic.depth <= frame;
        exiting |= !stays && panic.goexit;
        stays
    });
    if exiting {
        start_goexit(g, frame + 1);
        return unwind(core, g);
    }
    let top = &mut g.frames[frame as usize];
    let function = &core.program.functions[top.function as usize];
    top.pc = function.recovery.unwrap_or(function.code.len() as u32 - 1);
    Flow::Go
}

/// `recover()`, called by the top frame: the panic's value if a deferred call that the panic runs calls it.
pub fn recover(core: &mut Core, g: &mut Goroutine) -> [Word; 2] {
    let mut index = g.frames.len() - 1;
    while g.frames[index].kind == FrameKind::Call && index > 0 {
        let below = g.frames[index - 1].function;
        if core.program.functions[below as usize].kind != FunctionKind::Wrapper {
            break;
        }
        index -= 1;
    }
    let unwinding = g.frames[index].kind == FrameKind::Unwinding;
    match g.panics.last_mut() {
        Some(panic)
            if unwinding && !panic.goexit && !panic.recovered && panic.depth as usize == index =>
        {
            panic.recovered = true;
            let value = panic.value;
            core.note_recover(g, value);
            value
        }
        _ => [0, 0],
    }
}

/// Asks the values of the panics for their words, then ends. `Error` and `String` methods run as calls.
fn describe(core: &mut Core, g: &mut Goroutine) -> Flow {
    while let Some(index) = g.panics.iter().position(|panic| panic.text.is_none()) {
        let value = g.panics[index].value;
        if g.panics[index].goexit {
            g.panics[index].text = Some("".into());
            continue;
        }
        let Some(method) = core.describing_method(value[0]) else {
            let text = super::traceback::panic_value(core, value);
            g.panics[index].text = Some(text.into());
            continue;
        };
        let target = &core.program.functions[method as usize];
        let base = extent(core, g);
        if let Err(exit) = reserve_stack(g, base + usize::from(target.frame_words)) {
            return Flow::Exit(exit);
        }
        let at = base + usize::from(target.result_words);
        core.unbox(value[0], value[1], &mut g.stack[at..]);
        let kind = FrameKind::Describing;
        g.frames.push(Frame {
            function: method,
            pc: 0,
            base: base as u32,
            defers: 0,
            kind,
        });
        if core.tracing {
            core.note_call(g);
        }
        return Flow::Go;
    }
    Flow::Exit(Exit::Panicked)
}
