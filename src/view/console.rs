//! What the program has printed.

use crate::trace::{GoroutineId, Stream, Text};
use crate::world::World;

/// More lines than this are not shown; the newest are.
const SHOWN: usize = 500;

/// A stretch of output.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chunk {
    /// Whether it went to standard error.
    pub error: bool,
    /// Who printed it.
    pub by: GoroutineId,
    pub text: Text,
    /// The last step printed it.
    pub fresh: bool,
}

/// The output at one moment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Console {
    /// How many older pieces are left out.
    pub hidden: usize,
    pub chunks: Vec<Chunk>,
}

/// The output in `world`; `before` is the world before the last step.
pub fn console(world: &World, before: &World) -> Console {
    let total = world.output().len();
    let hidden = total.saturating_sub(SHOWN);
    let old = before.output().len();
    let chunks = (hidden..)
        .zip(world.output().iter_from(hidden))
        .map(|(index, piece)| Chunk {
            error: piece.stream == Stream::Err,
            by: piece.goroutine,
            text: piece.text.clone(),
            fresh: index >= old && old <= total,
        })
        .collect();
    Console { hidden, chunks }
}
