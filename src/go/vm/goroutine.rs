//! The state of one goroutine: plain data that the machine works on and the collector scans.
//!
//! Invariants: frames lie one above the other on `stack`, windows overlapping as the bytecode says;
//! frames above a panic's `depth` belong to deferred calls that the panic runs; `panics` is ordered by
//! `depth`. Frames below the top stand *behind* their call instruction.

use super::heap::{Marker, Word};
use crate::go::compile::bytecode::FunctionIndex;

/// How many words a goroutine's stack may have before Go's "stack overflow": 96 MiB.
pub const MOST_STACK_WORDS: usize = 12 << 20;

/// Why a frame is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// An ordinary call.
    Call,
    /// A deferred call, run by its function's return.
    Deferred,
    /// A deferred call, run by a panic or by `Goexit`.
    Unwinding,
    /// `Error` or `String` of the value of a panic that ends the program.
    Describing,
}

/// One call under way.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub function: FunctionIndex,
    /// The instruction to execute next.
    pub pc: u32,
    /// Where its registers begin on the stack.
    pub base: u32,
    /// Deferred calls still to be made for it.
    pub defers: u32,
    pub kind: FrameKind,
}

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    Function(FunctionIndex),
    /// A func value; 0 is nil and panics when the call is made.
    Closure(Word),
}

/// A deferred call.
#[derive(Clone, Debug)]
pub struct Deferred {
    /// Index of the frame it belongs to.
    pub frame: u32,
    pub callee: Callee,
    /// The parameter words.
    pub arguments: Box<[Word]>,
}

/// A panic or `Goexit` under way.
#[derive(Clone, Debug)]
pub struct Panic {
    /// The interface value; unused for `Goexit`.
    pub value: [Word; 2],
    pub goexit: bool,
    /// The machine raised it for a nil dereference: Go prints a signal line.
    pub signal: bool,
    pub recovered: bool,
    /// How many frames there were when it began; the deferred call it runs has this index.
    pub depth: u32,
    /// Index of the frame whose deferred calls are being run, plus one; 0 is past the last.
    pub cursor: u32,
    /// The words of its value, once they were asked for to be printed.
    pub text: Option<Box<str>>,
}

/// One goroutine.
#[derive(Debug, Default)]
pub struct Goroutine {
    pub stack: Vec<Word>,
    pub frames: Vec<Frame>,
    pub deferred: Vec<Deferred>,
    pub panics: Vec<Panic>,
    /// `DeferTarget`: the frame the next defer belongs to.
    pub defer_target: Option<u32>,
    /// A value on its way between instructions of a visible operation.
    pub scratch: Vec<Word>,
}

impl Goroutine {
    /// A goroutine about to call a function; the machine fills in the rest of the frame.
    pub fn new(function: FunctionIndex, frame_words: usize) -> Self {
        Goroutine {
            stack: vec![0; frame_words],
            frames: vec![Frame {
                function,
                pc: 0,
                base: 0,
                defers: 0,
                kind: FrameKind::Call,
            }],
            ..Goroutine::default()
        }
    }

    /// Keeps everything the goroutine can reach; `extent` is the number of stack words in use.
    pub fn mark(&self, marker: &mut Marker, extent: usize) {
        marker.words(&self.stack[..extent.min(self.stack.len())]);
        for deferred in &self.deferred {
            marker.words(&deferred.arguments);
            if let Callee::Closure(closure) = deferred.callee {
                marker.word(closure);
            }
        }
        for panic in &self.panics {
            marker.word(panic.value[1]);
        }
        marker.words(&self.scratch);
    }

    /// What the goroutine's own data costs, for the accounting.
    pub fn bytes(&self) -> usize {
        self.stack.len() * 8 + self.frames.len() * 20 + self.deferred.len() * 40 + 200
    }

    /// Takes the latest deferred call of a frame.
    pub fn take_deferred(&mut self, frame: u32) -> Option<Deferred> {
        let index = self
            .deferred
            .iter()
            .rposition(|deferred| deferred.frame == frame)?;
        Some(self.deferred.remove(index))
    }
}
