//! What a dying program says, as Go's runtime words it: panics with their values, fatal errors,
//! goroutines with their frames.
//!
//! Frames of embedded packages and of the compiler's wrappers are left out; a frame's arguments are
//! written `...`, and no addresses are shown but the offset of the instruction.

use std::rc::Rc;

use super::core::Core;
use super::goroutine::{Goroutine, Panic};
use super::heap::Word;
use super::text::float::{self, Precision};
use crate::go::compile::layout::Kind;
use crate::go::compile::program::FunctionKind;
use crate::trace::{SourceMap, Span};

/// The words of a panic's value without an `Error` or `String` method.
pub fn panic_value(core: &Core, value: [Word; 2]) -> String {
    let ty = core.type_of(value[0]);
    let words = core.shapes.payload(&core.heap, value[0], &value[1]);
    let number =
        |at: usize, bits| float::format(f64::from_bits(words[at]), b'g', Precision::Shortest, bits);
    let complex = |bits| {
        let imaginary = number(1, bits);
        let plus = if imaginary.starts_with(['-', '+']) {
            ""
        } else {
            "+"
        };
        format!("({}{plus}{imaginary}i)", number(0, bits))
    };
    let text = match ty.kind {
        Kind::Bool => (words[0] != 0).to_string(),
        Kind::Int | Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64 => {
            (words[0] as i64).to_string()
        }
        Kind::Uint | Kind::Uint8 | Kind::Uint16 | Kind::Uint32 | Kind::Uint64 | Kind::Uintptr => {
            words[0].to_string()
        }
        Kind::Float32 => number(0, 32),
        Kind::Float64 => number(0, 64),
        Kind::Complex64 => complex(32),
        Kind::Complex128 => complex(64),
        Kind::String => core.heap.text(words[0], words[1]),
        _ => {
            let address = super::format::value::address(value[1]);
            return format!("({}) {address:#x}", ty.name);
        }
    };
    let named = !ty.package.is_empty() && value[0] != Word::from(core.program.known.runtime_error);
    match (named, &ty.kind) {
        (true, Kind::String) => format!("{}(\"{text}\")", ty.name),
        (true, Kind::Complex64 | Kind::Complex128) => format!("{}{text}", ty.name),
        (true, _) => format!("{}({text})", ty.name),
        (false, _) => text,
    }
}

/// What stands behind `panic: ` for the panics of a goroutine, oldest first.
pub fn panics(g: &Goroutine) -> String {
    let mut text = String::new();
    let all: Vec<&Panic> = g.panics.iter().filter(|panic| !panic.goexit).collect();
    let mut index = 0;
    while let Some(panic) = all.get(index) {
        if index > 0 {
            text.push_str("\n\tpanic: ");
        }
        let words = panic.text.as_deref().unwrap_or_default();
        text.push_str(&words.replace('\n', "\n\t"));
        // A recovered panic whose very value is thrown again is told once.
        let again = all
            .get(index + 1)
            .is_some_and(|next| next.value == panic.value);
        if panic.recovered && again {
            text.push_str(" [recovered, repanicked]");
            index += 1;
        } else if panic.recovered {
            text.push_str(" [recovered]");
        }
        index += 1;
    }
    if all.last().is_some_and(|panic| panic.signal) {
        text.push_str("\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x0]");
    }
    text
}

/// Where a goroutine was started.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin {
    pub function: u32,
    pub span: Span,
    pub goroutine: u32,
}

/// `goroutine 7 [chan receive]:` and its frames, innermost first.
pub fn goroutine(
    core: &Core,
    g: &Goroutine,
    id: u32,
    state: &str,
    origin: Option<Origin>,
    sources: &SourceMap,
) -> String {
    let mut text = format!("goroutine {id} [{state}]:\n");
    let most = 100;
    let shown: Vec<usize> = (0..g.frames.len())
        .rev()
        .filter(|&index| is_shown(core, g, index))
        .collect();
    for (count, &index) in shown.iter().enumerate() {
        if shown.len() > most && count == most / 2 {
            text.push_str(&format!("...{} frames elided...\n", shown.len() - most));
        }
        if shown.len() > most && (most / 2..shown.len() - most / 2).contains(&count) {
            continue;
        }
        let frame = g.frames[index];
        let function = &core.program.functions[frame.function as usize];
        let arguments = if function.parameter_words > 0 {
            "..."
        } else {
            ""
        };
        let pc = frame.pc.saturating_sub(1);
        text.push_str(&format!(
            "{}({arguments})\n\t{} +{:#x}\n",
            function.name,
            place(function.span_at(pc), sources),
            pc * 8
        ));
        // The frame above was called by the panic, not by this frame.
        if g.panics
            .iter()
            .any(|panic| panic.depth as usize == index && !panic.goexit)
            && index > 0
        {
            text.push_str("panic({...})\n\truntime/panic.go:859 +0x125\n");
        }
    }
    if let Some(origin) = origin {
        let function = &core.program.functions[origin.function as usize];
        text.push_str(&format!(
            "created by {} in goroutine {}\n\t{} +0x0\n",
            function.name,
            origin.goroutine,
            place(origin.span, sources)
        ));
    }
    text
}

fn is_shown(core: &Core, g: &Goroutine, index: usize) -> bool {
    core.program.functions[g.frames[index].function as usize].kind == FunctionKind::User
}

fn place(span: Span, sources: &SourceMap) -> String {
    match (sources.file(span.file), sources.location(span)) {
        (Some(file), Some(location)) => format!("{}:{}", file.name(), location.line),
        _ => "?:0".into(),
    }
}

/// The span of what a goroutine does: that of its innermost frame in the program's own files.
pub fn span(core: &Core, g: &Goroutine) -> Span {
    let user = innermost(core, g);
    user.or(g.frames.len().checked_sub(1))
        .map_or(Span::NONE, |index| {
            let frame = g.frames[index];
            core.program.functions[frame.function as usize].span_at(frame.pc.saturating_sub(1))
        })
}

/// The index of the innermost frame in the program's own files.
pub fn innermost(core: &Core, g: &Goroutine) -> Option<usize> {
    (0..g.frames.len())
        .rev()
        .find(|&index| is_shown(core, g, index))
}

/// The expression, in the program's own files, that denotes what a goroutine works on.
pub fn subject(core: &Core, g: &Goroutine) -> Option<Span> {
    let index = innermost(core, g)?;
    let frame = g.frames[index];
    core.program.functions[frame.function as usize].subject_at(frame.pc.checked_sub(1)?)
}

/// The variable, in the program's own files, that what a goroutine makes is first bound to.
pub fn binding(core: &Core, g: &Goroutine) -> Option<Rc<str>> {
    let index = innermost(core, g)?;
    let frame = g.frames[index];
    core.program.functions[frame.function as usize]
        .binding_at(frame.pc.checked_sub(1)?)
        .map(Rc::clone)
}

/// The function that is `skip` calls above the one that is asking in the embedded package, and the place
/// where it stands.
pub fn caller(core: &Core, g: &Goroutine, skip: usize) -> Option<(Rc<str>, Span)> {
    let shown = |frame: &&super::goroutine::Frame| {
        core.program.functions[frame.function as usize].kind != FunctionKind::Wrapper
    };
    let frame = g.frames.iter().rev().filter(shown).nth(skip)?;
    let function = &core.program.functions[frame.function as usize];
    Some((
        Rc::clone(&function.name),
        function.span_at(frame.pc.saturating_sub(1)),
    ))
}
