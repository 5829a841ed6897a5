//! Accesses of shared variables: what the race detector is told.
//!
//! While somebody records or observes, traps stand at the instructions of the program's own functions
//! that read or write memory. A place is a word of a heap object, numbered by the object's own serial
//! number, so that it is the same throughout a run although handles are used again; a map is one place.
//! Within one step a goroutine's clock stands still, so each place is told once for reading and once for
//! writing.
//!
//! Deliberately absent: registers, which nobody shares, and what embedded packages access.

use std::collections::{BTreeMap, BTreeSet};

use super::core::Core;
use super::goroutine::Goroutine;
use super::heap::{Word, handle, offset};
use crate::go::compile::bytecode::{Instruction as I, Reg};
use crate::go::compile::program::VariablePlace;
use crate::runtime::{Handle, Order};
use crate::trace::{
    EventKind, MemoryMode, ObjectId, ObjectKind, OperationKind, PendingOperation, SourceMap, Text,
};

/// Of a wide value no more words than this are told.
const MOST_WORDS: usize = 8;
/// Names longer than this are cut.
const LONGEST_NAME: usize = 32;

/// What has been told in this step.
#[derive(Debug, Default)]
pub struct Accesses {
    step: u64,
    told: BTreeSet<(u64, u8)>,
    /// The objects that stand for places whose accesses are scheduling points.
    objects: BTreeMap<u64, ObjectId>,
    /// Maps in the middle of being written to, by handle: Go notices who comes in between.
    pub writing: BTreeSet<u32>,
}

/// One access of memory: where, how many words, how.
struct Access {
    at: Word,
    words: usize,
    mode: MemoryMode,
}

/// A scheduling point before an access.
#[derive(Clone, Copy, Debug)]
pub struct AccessPoint {
    pub operation: PendingOperation,
    /// The map that is accessed, if it is one, and how.
    pub map: Option<(u32, MapUse)>,
}

/// What is done to a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapUse {
    Read,
    Iterate,
    Write,
}

impl MapUse {
    /// What Go says of it while somebody writes to the map.
    pub fn conflict(self) -> &'static str {
        match self {
            MapUse::Read => "concurrent map read and map write",
            MapUse::Iterate => "concurrent map iteration and map write",
            MapUse::Write => "concurrent map writes",
        }
    }
}

/// Whether an instruction reads or writes memory that may be shared.
pub fn is_access(instruction: I) -> bool {
    matches!(
        instruction,
        I::Load { .. }
            | I::LoadN { .. }
            | I::Store { .. }
            | I::StoreN { .. }
            | I::LoadGlobal { .. }
            | I::LoadGlobalN { .. }
            | I::StoreGlobal { .. }
            | I::StoreGlobalN { .. }
            | I::ArrayGet { .. }
            | I::ArraySet { .. }
            | I::SliceGet { .. }
            | I::SliceGetN { .. }
            | I::SliceSet { .. }
            | I::SliceSetN { .. }
            | I::MapGet { .. }
            | I::MapGetOk { .. }
            | I::MapSet { .. }
            | I::MapDelete { .. }
            | I::MapClear { .. }
            | I::MapLen { .. }
            | I::MapIterate { .. }
    )
}

/// The access that an instruction is about to make; `None` if it will fail.
fn access(core: &Core, frame: &[Word], instruction: I) -> Option<Access> {
    let r = |reg: Reg| frame[usize::from(reg)];
    let at = |pointer: Word, more: Word, words: usize, mode| {
        (pointer != 0).then(|| Access {
            at: pointer + more,
            words,
            mode,
        })
    };
    let element = |slice: Reg, index: Reg, width: usize, mode| {
        let in_range = r(index) < r(slice + 1);
        in_range.then(|| Access {
            at: r(slice) + r(index) * width as Word,
            words: width,
            mode,
        })
    };
    let global = |offset: u32, words: usize, mode| {
        Some(Access {
            at: core.global_pointer(offset),
            words,
            mode,
        })
    };
    let map = |map: Reg, mode| {
        (r(map) != 0).then(|| Access {
            at: r(map),
            words: 1,
            mode,
        })
    };
    use MemoryMode::{MapRead, MapWrite, Read, Write};
    match instruction {
        I::Load { ptr, offset, .. } => at(r(ptr), Word::from(offset), 1, Read),
        I::LoadN { n, ptr, offset, .. } => at(r(ptr), Word::from(offset), n.into(), Read),
        I::Store { ptr, offset, .. } => at(r(ptr), Word::from(offset), 1, Write),
        I::StoreN { n, ptr, offset, .. } => at(r(ptr), Word::from(offset), n.into(), Write),
        I::LoadGlobal { offset, .. } => global(offset, 1, Read),
        I::LoadGlobalN { n, offset, .. } => global(offset, n.into(), Read),
        I::StoreGlobal { offset, .. } => global(offset, 1, Write),
        I::StoreGlobalN { n, offset, .. } => global(offset, n.into(), Write),
        I::ArrayGet { ptr, index, .. } => at(r(ptr), r(index), 1, Read),
        I::ArraySet { ptr, index, .. } => at(r(ptr), r(index), 1, Write),
        I::SliceGet { slice, index, .. } => element(slice, index, 1, Read),
        I::SliceSet { slice, index, .. } => element(slice, index, 1, Write),
        I::SliceGetN {
            width,
            slice,
            index,
            ..
        } => element(slice, index, width.into(), Read),
        I::SliceSetN {
            width,
            slice,
            index,
            ..
        } => element(slice, index, width.into(), Write),
        I::MapGet { map: m, .. }
        | I::MapGetOk { map: m, .. }
        | I::MapLen { map: m, .. }
        | I::MapIterate { map: m, .. } => map(m, MapRead),
        I::MapSet { map: m, .. } | I::MapDelete { map: m, .. } | I::MapClear { map: m } => {
            map(m, MapWrite)
        }
        _ => None,
    }
}

/// The register that holds the pointer an instruction goes through.
fn pointer_register(instruction: I) -> Option<Reg> {
    match instruction {
        I::Load { ptr, .. }
        | I::LoadN { ptr, .. }
        | I::Store { ptr, .. }
        | I::StoreN { ptr, .. }
        | I::ArrayGet { ptr, .. }
        | I::ArraySet { ptr, .. } => Some(ptr),
        _ => None,
    }
}

impl Core {
    /// Tells of the access that the top frame is about to make, if it makes one.
    pub fn access(&mut self, g: &Goroutine, handle: &Handle, sources: &SourceMap) {
        let Some(&top) = g.frames.last() else { return };
        let function = &self.program.functions[top.function as usize];
        let Some(&instruction) = function.code.get(top.pc as usize) else {
            return;
        };
        let registers = &g.stack[top.base as usize..];
        let Some(access) = access(self, registers, instruction) else {
            return;
        };
        let span = function.span_at(top.pc);
        let step = handle.steps();
        if self.accesses.step != step {
            self.accesses.step = step;
            self.accesses.told.clear();
        }
        for word in 0..access.words.min(MOST_WORDS) {
            let place = self.heap.place(access.at + word as Word);
            if !self.accesses.told.insert((place, access.mode as u8)) {
                continue;
            }
            handle.order(Order::Access {
                place,
                mode: access.mode,
                span,
            });
            if handle.is_recording() {
                let name = self.access_name(g, instruction, access.at, sources);
                handle.record_at(span, || EventKind::Access {
                    place,
                    mode: access.mode,
                    name,
                });
            }
        }
    }

    /// The scheduling point before the access that the top frame is about to make. With a single
    /// goroutine alive nobody could come in between.
    pub fn access_point(
        &mut self,
        g: &Goroutine,
        handle: &Handle,
        sources: &SourceMap,
    ) -> Option<AccessPoint> {
        let top = g.frames.last()?;
        let function = &self.program.functions[top.function as usize];
        let instruction = *function.code.get(top.pc as usize)?;
        let access = access(self, &g.stack[top.base as usize..], instruction)?;
        if handle.alive() < 2 {
            return None;
        }
        let span = function.span_at(top.pc);
        let place = self.heap.place(access.at);
        let object = match self.accesses.objects.get(&place) {
            Some(&known) => known,
            None => {
                let made = handle.new_object(|| ObjectKind::Other {
                    label: "variable".into(),
                });
                handle.name_object(made, || {
                    self.access_name(g, instruction, access.at, sources)
                });
                self.accesses.objects.insert(place, made);
                made
            }
        };
        let kind = match access.mode {
            MemoryMode::Read | MemoryMode::MapRead => OperationKind::Read,
            MemoryMode::Write | MemoryMode::MapWrite => OperationKind::Write,
        };
        let map = match access.mode {
            MemoryMode::MapWrite => Some(MapUse::Write),
            MemoryMode::MapRead if matches!(instruction, I::MapIterate { .. }) => {
                Some(MapUse::Iterate)
            }
            MemoryMode::MapRead => Some(MapUse::Read),
            MemoryMode::Read | MemoryMode::Write => None,
        };
        Some(AccessPoint {
            operation: PendingOperation::new(kind, object, span),
            map: map.map(|map| (super::heap::handle(access.at), map)),
        })
    }

    /// What the program calls the place that an instruction is about to access.
    fn access_name(&self, g: &Goroutine, instruction: I, at: Word, sources: &SourceMap) -> Text {
        let top = g.frames[g.frames.len() - 1];
        let function = &self.program.functions[top.function as usize];
        if handle(at) == handle(self.global_pointer(0)) {
            let globals = &self.program.globals.variables;
            let index = globals.partition_point(|global| global.offset as usize <= offset(at));
            if let Some(global) = index.checked_sub(1).and_then(|index| globals.get(index)) {
                return global
                    .name
                    .strip_prefix("main.")
                    .unwrap_or(&global.name)
                    .into();
            }
        }
        if let Some(reg) = pointer_register(instruction) {
            let cell = function
                .variables_at(top.pc)
                .find(|variable| variable.place == VariablePlace::Cell(reg));
            if let Some(variable) = cell {
                return variable.name.clone();
            }
        }
        let span = function
            .subject_at(top.pc)
            .unwrap_or_else(|| function.span_at(top.pc));
        operand(sources.text(span)).into()
    }
}

/// The operand that a piece of source begins with: `t.n` of `t.n++`, `m["a"]` of `m["a"] = 1`.
fn operand(text: &str) -> &str {
    let text = text.trim_start_matches(['*', '&', '(']);
    let mut brackets = 0;
    for (at, character) in text.char_indices() {
        match character {
            '[' => brackets += 1,
            ']' => brackets -= 1,
            // What a call gives has no name.
            '(' if brackets == 0 => return "value",
            '.' | '_' => {}
            _ if brackets > 0 && character != '\n' => {}
            _ if character.is_alphanumeric() => {}
            _ => return &text[..at],
        }
        if at > LONGEST_NAME {
            return "value";
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::operand;

    #[test]
    fn names_operands() {
        assert_eq!(operand("t.n++"), "t.n");
        assert_eq!(operand("m[\"a b\"] = 1"), "m[\"a b\"]");
        assert_eq!(operand("*p += 2"), "p");
        assert_eq!(operand("f(x)"), "value");
        assert_eq!(operand("xs[i+1]"), "xs[i+1]");
    }
}
