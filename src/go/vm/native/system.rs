//! Natives of `runtime`, `time`, `os` and the built-in functions that do not park.

use super::super::core::Core;
use super::super::fault::Throw;
use super::super::format::value;
use super::super::heap::Word;
use super::super::text::float::{self, Precision};
use super::{Call, Code};
use crate::go::compile::layout::Kind;

/// Virtual time begins here: 2026-01-01 00:00:00 UTC, in seconds of the Unix epoch.
pub const EPOCH_SECONDS: u64 = 1_767_225_600;

/// In a bubble of `testing/synctest`, time begins here: 2000-01-01 00:00:00 UTC.
const BUBBLE_SECONDS: u64 = 946_684_800;

pub const TABLE: &[(&str, Code)] = &[
    ("time.now", |call| {
        let packages = &call.core.packages;
        let now = packages.epoch.wrapping_add(packages.now());
        call.set(0, now);
        Ok(())
    }),
    ("testing/synctest.enter", |call| {
        let packages = &mut call.core.packages;
        let epoch = (BUBBLE_SECONDS * 1_000_000_000).wrapping_sub(packages.now());
        let before = std::mem::replace(&mut packages.epoch, epoch);
        call.set(0, before);
        Ok(())
    }),
    ("testing/synctest.leave", |call| {
        call.core.packages.epoch = call.word(0);
        Ok(())
    }),
    ("time.runtimeNano", |call| {
        let now = call.core.packages.now();
        call.set(0, now);
        Ok(())
    }),
    ("net/http.route", |call| {
        let address = String::from_utf8_lossy(call.string(0)).into_owned();
        let route = call.core.packages.directives.answer(&address);
        call.set(0, Word::from(*route.answer.as_ref().unwrap_or(&0)));
        call.set(1, route.latency);
        let body = if route.answer.is_ok() {
            format!("{address}\n")
        } else {
            String::new()
        };
        call.set_string(2, body.into_bytes())?;
        call.set_string(4, route.answer.err().unwrap_or_default().into_bytes())
    }),
    ("runtime.NumCPU", |call| one(call, 4)),
    ("runtime.GOMAXPROCS", |call| one(call, 4)),
    ("runtime.GC", |_| Ok(())),
    ("runtime.NumGoroutine", |call| {
        let alive = call
            .core
            .packages
            .handle
            .as_ref()
            .map_or(1, |handle| handle.alive());
        one(call, Word::from(alive))
    }),
    ("runtime.heap", |call| {
        let (bytes, objects, collections) = call.core.heap.totals();
        let live = call.core.heap.bytes() as Word;
        call.set(0, live);
        call.set(1, bytes);
        call.set(2, objects);
        call.set(3, Word::from(collections));
        Ok(())
    }),
    ("os.arguments", |call| {
        let arguments = call.core.packages.arguments.clone();
        let mut words = Vec::with_capacity(arguments.len() * 2);
        for argument in arguments {
            let (at, length) = call.core.heap.own_string(argument.into_bytes());
            words.extend([at, length]);
        }
        call.set_slice(0, &words, 2, true)
    }),
];

fn one(call: &mut Call<'_>, word: Word) -> Result<(), Throw> {
    call.set(0, word);
    Ok(())
}

/// What the built-in `print` and `println` write.
pub fn print(core: &Core, operands: &[[Word; 2]], line: bool) -> String {
    let mut text = String::new();
    for (index, &operand) in operands.iter().enumerate() {
        if line && index > 0 {
            text.push(' ');
        }
        text.push_str(&printed(core, operand));
    }
    if line {
        text.push('\n');
    }
    text
}

fn printed(core: &Core, [ty, payload]: [Word; 2]) -> String {
    if ty == 0 {
        return "nil".into();
    }
    let words = core.shapes.payload(&core.heap, ty, &payload);
    let address = |word: Word| format!("{:#x}", value::address(word));
    let float = |word: Word| float::format(f64::from_bits(word), b'g', Precision::Shortest, 64);
    match &core.type_of(ty).kind {
        Kind::Bool => (words[0] != 0).to_string(),
        Kind::Int | Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64 => {
            (words[0] as i64).to_string()
        }
        Kind::Uint | Kind::Uint8 | Kind::Uint16 | Kind::Uint32 | Kind::Uint64 | Kind::Uintptr => {
            words[0].to_string()
        }
        Kind::Float32 | Kind::Float64 => float(words[0]),
        Kind::Complex64 | Kind::Complex128 => {
            let imaginary = float(words[1]);
            let plus = if imaginary.starts_with(['+', '-']) {
                ""
            } else {
                "+"
            };
            format!("({}{plus}{imaginary}i)", float(words[0]))
        }
        Kind::String => core.heap.text(words[0], words[1]),
        Kind::Slice(_) => format!("[{}/{}]{}", words[1], words[2], address(words[0])),
        Kind::Interface => format!("({:#x},{})", words[0], address(words[1])),
        _ => address(words.first().copied().unwrap_or(0)),
    }
}
