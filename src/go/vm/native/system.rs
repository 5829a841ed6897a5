//! Natives of `runtime`, `time`, `os` and the built-in functions that do not park.

use super::super::fault::Throw;
use super::super::heap::Word;
use super::{Call, Code};

/// Virtual time begins here: 2026-01-01 00:00:00 UTC, in seconds of the Unix epoch.
pub const EPOCH_SECONDS: u64 = 1_767_225_600;

pub const TABLE: &[(&str, Code)] = &[
    ("time.now", |call| {
        let now = EPOCH_SECONDS * 1_000_000_000 + call.core.packages.now();
        call.set(0, now);
        Ok(())
    }),
    ("time.runtimeNano", |call| {
        let now = call.core.packages.now();
        call.set(0, now);
        Ok(())
    }),
    ("runtime.NumCPU", |call| one(call, 4)),
    ("runtime.GOMAXPROCS", |call| one(call, 4)),
    ("runtime.GC", |_| Ok(())),
    ("runtime.NumGoroutine", |call| {
        let alive = call.core.packages.handle.as_ref().map_or(1, |handle| handle.alive());
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
