//! Short texts about goroutines and what they do, used all over the screen.

use crate::trace::{
    Direction, GoroutineId, OperationKind, PendingOperation, SelectCase, SourceMap, Span,
    WaitReason,
};
use crate::world::{Goroutine, World};

/// The function a goroutine runs, without its package: `worker`, `(*Pool).run`, `main.func1`.
pub fn function(goroutine: &Goroutine) -> String {
    let name = goroutine.short_name();
    match name {
        "" => "goroutine",
        // The runtime's own function that calls the program's.
        "runtime.main" => "main",
        name => name,
    }
    .to_owned()
}

/// `worker · G4`.
pub fn title(goroutine: &Goroutine) -> String {
    format!("{} · {}", function(goroutine), goroutine.id)
}

/// `(ctx, 2)`; empty when it has no arguments.
pub fn arguments(goroutine: &Goroutine) -> String {
    if goroutine.arguments.is_empty() {
        String::new()
    } else {
        format!("({})", goroutine.arguments)
    }
}

/// The arguments that tell goroutines apart: not the pointers and channels they share.
pub fn telling_arguments(goroutine: &Goroutine) -> String {
    let shared = [
        "*", "&", "chan ", "chan<- ", "<-chan ", "map[", "0x", "<nil>", "func(",
    ];
    let told: Vec<&str> = split_arguments(&goroutine.arguments)
        .into_iter()
        .filter(|argument| !argument.is_empty())
        .filter(|argument| !shared.iter().any(|start| argument.starts_with(start)))
        .collect();
    if told.is_empty() {
        String::new()
    } else {
        format!("({})", told.join(", "))
    }
}

/// The arguments between commas that are in no brackets and no quotes.
fn split_arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut escaped, mut from) = (0i32, false, false, 0);
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.extend(text.get(from..at).map(str::trim));
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(text.get(from..).map(str::trim));
    parts
}

/// `send on jobs`, `lock to.mu`, `return`.
pub fn operation(world: &World, operation: &PendingOperation) -> String {
    let verb = operation.kind.words();
    match operation.kind {
        OperationKind::Resume | OperationKind::Start if operation.object.is_none() => {
            verb.to_owned()
        }
        OperationKind::Resume => format!("go on after {}", world.object_name(operation.object)),
        _ if operation.object.is_none() => verb.to_owned(),
        _ => format!("{verb} {}", world.object_name(operation.object)),
    }
}

/// `case v := <-jobs` as words: `receive from jobs`.
pub fn case(world: &World, case: &SelectCase) -> String {
    let name = world.object_name(case.channel);
    match case.direction {
        Direction::Send => format!("send on {name}"),
        Direction::Receive => format!("receive from {name}"),
    }
}

/// Why a goroutine cannot go on: `waits to receive from jobs`.
pub fn waits(world: &World, goroutine: &Goroutine, reason: WaitReason) -> String {
    let name = world.object_name(goroutine.waits_on);
    match reason {
        WaitReason::ChanReceive => format!("waits to receive from {name}"),
        WaitReason::ChanSend => {
            let value = world.object(goroutine.waits_on).and_then(|object| {
                object
                    .waiters
                    .iter()
                    .find(|waiter| waiter.goroutine == goroutine.id)?
                    .value
                    .clone()
            });
            match value {
                Some(value) => format!("waits to send {value} on {name}"),
                None => format!("waits to send on {name}"),
            }
        }
        WaitReason::ChanReceiveNil => "receives from a nil channel: for ever".to_owned(),
        WaitReason::ChanSendNil => "sends on a nil channel: for ever".to_owned(),
        WaitReason::Select => {
            let names: Vec<String> = goroutine
                .waits()
                .iter()
                .map(|(object, _)| world.object_name(*object))
                .collect();
            format!("select: {}", names.join(", "))
        }
        WaitReason::SelectNoCases => "select without cases: for ever".to_owned(),
        WaitReason::MutexLock | WaitReason::RwMutexLock => format!("waits to lock {name}"),
        WaitReason::RwMutexRLock => format!("waits to read-lock {name}"),
        WaitReason::WaitGroupWait => {
            match world.object(goroutine.waits_on).map(|object| &object.state) {
                Some(crate::world::ObjectState::WaitGroup(count)) => {
                    format!("waits for {name}, {count} to go")
                }
                _ => format!("waits for {name}"),
            }
        }
        WaitReason::CondWait => format!("waits on {name}"),
        WaitReason::Sleep => "sleeps".to_owned(),
        other if goroutine.waits_on.is_none() => format!("waits: {other}"),
        other => format!("waits: {other} {name}"),
    }
}

/// Why a goroutine cannot go on, in the fewest words; the lines of the stage say the rest.
pub fn waits_short(world: &World, goroutine: &Goroutine, reason: WaitReason) -> String {
    let name = world.object_name(goroutine.waits_on);
    match reason {
        WaitReason::ChanReceive => format!("waits ← {name}"),
        WaitReason::ChanSend => match waiting_value(world, goroutine) {
            Some(value) => format!("{value} → {name}"),
            None => format!("waits → {name}"),
        },
        WaitReason::ChanReceiveNil | WaitReason::ChanSendNil => "on a nil channel".to_owned(),
        WaitReason::SelectNoCases => "select {}".to_owned(),
        WaitReason::MutexLock | WaitReason::RwMutexLock | WaitReason::CondWait => {
            format!("waits: {name}")
        }
        WaitReason::RwMutexRLock => format!("to read: {name}"),
        WaitReason::WaitGroupWait => format!("waits: {name}"),
        other => waits(world, goroutine, other),
    }
}

/// The value a parked sender has in its hands.
fn waiting_value(world: &World, goroutine: &Goroutine) -> Option<crate::trace::Text> {
    let object = world.object(goroutine.waits_on)?;
    object
        .waiters
        .iter()
        .find(|waiter| waiter.goroutine == goroutine.id)?
        .value
        .clone()
}

/// `line 15`; empty for places outside the person's program.
pub fn line(source: &SourceMap, span: Span) -> String {
    match own_line(source, span) {
        Some(line) => format!("line {line}"),
        None => String::new(),
    }
}

/// The line of a place in the person's program.
pub fn own_line(source: &SourceMap, span: Span) -> Option<u32> {
    let file = source.file(span.file).filter(|file| !file.is_embedded())?;
    Some(file.location(span.start).line)
}

/// The innermost place of a goroutine that lies in the person's program.
pub fn own_place(source: &SourceMap, goroutine: &Goroutine) -> Option<Span> {
    let own = |span: Span| own_line(source, span).map(|_| span);
    own(goroutine.span)
        .or_else(|| {
            goroutine
                .frames
                .iter()
                .rev()
                .find_map(|frame| own(frame.span))
        })
        .or_else(|| own(goroutine.started_at))
}

/// `G2`, or the clock.
pub fn actor(id: GoroutineId) -> String {
    if id.is_none() {
        "the clock".to_owned()
    } else {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_split_at_their_own_commas_only() {
        assert_eq!(
            split_arguments("ctx, {1, 2}, \"a, \\\"b\", f(x, y)"),
            ["ctx", "{1, 2}", "\"a, \\\"b\"", "f(x, y)"]
        );
        assert_eq!(split_arguments("7"), ["7"]);
    }
}
