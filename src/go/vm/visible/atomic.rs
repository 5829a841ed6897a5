//! `sync/atomic`: operations on variables where they lie. The trace has an object for each variable used
//! so, known by its address.

use super::Window;
use crate::go::compile::layout::Kind;
use crate::go::vm::equality::equal_interfaces;
use crate::go::vm::fault::{Throw, uncomparable};
use crate::go::vm::heap::Word;
use crate::go::vm::render;
use crate::runtime::{Mode, Order};
use crate::trace::{
    AtomicOperation, EventKind, ObjectId, ObjectKind, OperationKind, PendingOperation, Text,
};

/// What is done to the variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Load,
    Store,
    Add,
    Swap,
    CompareAndSwap,
    And,
    Or,
}

/// What the variable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Int32,
    Int64,
    Uint32,
    Uint64,
    Uintptr,
    Pointer,
    /// An interface: two words.
    Any,
}

impl Cell {
    fn words(self) -> usize {
        if self == Cell::Any { 2 } else { 1 }
    }

    /// Keeps a word within the type's width.
    fn normalise(self, word: Word) -> Word {
        match self {
            Cell::Int32 => word as i32 as i64 as Word,
            Cell::Uint32 => Word::from(word as u32),
            _ => word,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Cell::Int32 => "atomic int32",
            Cell::Int64 => "atomic int64",
            Cell::Uint32 => "atomic uint32",
            Cell::Uint64 => "atomic uint64",
            Cell::Uintptr => "atomic uintptr",
            Cell::Pointer => "atomic.Pointer",
            Cell::Any => "atomic.Value",
        }
    }
}

/// An action by its name, such as `sync/atomic.AddInt32`.
pub fn find(name: &str) -> Option<(Action, Cell)> {
    let name = name.strip_prefix("sync/atomic.")?;
    let generic = match name {
        "load" => Some(Action::Load),
        "store" => Some(Action::Store),
        "swap" => Some(Action::Swap),
        "compareAndSwap" => Some(Action::CompareAndSwap),
        _ => None,
    };
    if let Some(action) = generic {
        return Some((action, Cell::Pointer));
    }
    let cells = [
        ("Int32", Cell::Int32),
        ("Int64", Cell::Int64),
        ("Uint32", Cell::Uint32),
        ("Uint64", Cell::Uint64),
        ("Uintptr", Cell::Uintptr),
        ("Pointer", Cell::Pointer),
        ("Any", Cell::Any),
    ];
    let actions = [
        ("Load", Action::Load),
        ("Store", Action::Store),
        ("Add", Action::Add),
        ("Swap", Action::Swap),
        ("CompareAndSwap", Action::CompareAndSwap),
        ("And", Action::And),
        ("Or", Action::Or),
        ("load", Action::Load),
        ("store", Action::Store),
        ("swap", Action::Swap),
        ("compareAndSwap", Action::CompareAndSwap),
    ];
    cells.iter().find_map(|&(suffix, cell)| {
        let prefix = name.strip_suffix(suffix)?;
        let action = actions.iter().find(|action| action.0 == prefix)?;
        Some((action.1, cell))
    })
}

/// Performs an atomic operation; the address is the first parameter word.
pub async fn perform(window: &Window<'_>, action: Action, cell: Cell) -> Result<(), Throw> {
    let address = window.word(0);
    if address == 0 {
        return Err(Throw::Nil);
    }
    let driver = window.driver;
    let handle = &driver.shared.handle;
    let id = object(window, address, cell);
    let (kind, mode) = match action {
        Action::Load => (OperationKind::AtomicLoad, Mode::Read),
        Action::Store => (OperationKind::AtomicStore, Mode::Write),
        _ => (OperationKind::AtomicUpdate, Mode::Write),
    };
    handle
        .point(PendingOperation::new(kind, id, driver.span()))
        .await;
    handle.touch(id, mode);
    handle.order(Order::Acquire {
        object: id,
        slot: 0,
    });
    let width = cell.words();
    let operand = |at: usize| {
        [
            window.word(1 + at * width),
            if width == 2 {
                window.word(2 + at * width)
            } else {
                0
            },
        ]
    };
    let before = read(window, address, width);
    let mut done = match action {
        Action::Load => AtomicOperation::Load,
        Action::Store => AtomicOperation::Store,
        Action::Add => AtomicOperation::Add,
        Action::Swap => AtomicOperation::Swap,
        Action::CompareAndSwap => AtomicOperation::CompareAndSwap,
        Action::And => AtomicOperation::And,
        Action::Or => AtomicOperation::Or,
    };
    let after = match action {
        Action::Load => before,
        Action::Store | Action::Swap => operand(0),
        Action::Add => [cell.normalise(before[0].wrapping_add(operand(0)[0])), 0],
        Action::And => [before[0] & operand(0)[0], 0],
        Action::Or => [before[0] | operand(0)[0], 0],
        Action::CompareAndSwap => {
            if same(window, cell, before, operand(0))? {
                operand(1)
            } else {
                done = AtomicOperation::CompareFailed;
                before
            }
        }
    };
    if !matches!(done, AtomicOperation::Load | AtomicOperation::CompareFailed) {
        handle.order(Order::Release {
            object: id,
            slot: 0,
        });
        driver.with(|core, _| {
            core.heap
                .slice_mut(address, width)
                .copy_from_slice(&after[..width])
        });
    }
    match action {
        Action::Store => {}
        Action::Add => window.set(0, after[0]),
        Action::CompareAndSwap => {
            window.set(0, Word::from(done == AtomicOperation::CompareAndSwap))
        }
        _ => driver.write(window.at, &before[..width]),
    }
    if handle.is_recording() {
        let value = text(window, cell, after);
        handle.record(|| EventKind::Atomic {
            object: id,
            operation: done,
            value,
        });
    }
    Ok(())
}

fn read(window: &Window<'_>, address: Word, width: usize) -> [Word; 2] {
    let words = window.driver.with(|core, _| {
        let words = core.heap.slice(address, width);
        [words[0], words.get(1).copied().unwrap_or(0)]
    });
    words.unwrap_or([0, 0])
}

fn same(window: &Window<'_>, cell: Cell, a: [Word; 2], b: [Word; 2]) -> Result<bool, Throw> {
    if cell != Cell::Any {
        return Ok(a[0] == b[0]);
    }
    let result = window
        .driver
        .with(|core, _| equal_interfaces(&core.heap, &core.shapes, a, b));
    result.unwrap_or(Ok(false)).map_err(uncomparable)
}

fn text(window: &Window<'_>, cell: Cell, value: [Word; 2]) -> Text {
    let text = match cell {
        Cell::Int32 | Cell::Int64 => (value[0] as i64).to_string(),
        Cell::Uint32 | Cell::Uint64 | Cell::Uintptr => value[0].to_string(),
        Cell::Pointer => {
            let pointee = window.pointee();
            let known = window.driver.with(|core, _| match pointee {
                Some(ty) if value[0] != 0 => {
                    let width = core.shapes.get(Word::from(ty)).width as usize;
                    Some(format!(
                        "&{}",
                        render::words(core, ty, core.heap.slice(value[0], width))
                    ))
                }
                _ => None,
            });
            known.flatten().unwrap_or_else(|| {
                if value[0] == 0 {
                    "nil".into()
                } else {
                    "pointer".into()
                }
            })
        }
        Cell::Any => window
            .driver
            .with(|core, _| render::value(core, value))
            .unwrap_or_default(),
    };
    text.into()
}

impl Window<'_> {
    /// The type argument of a generic native: what its pointers point to.
    fn pointee(&self) -> Option<u16> {
        let native = self.native;
        self.driver
            .with(|core, _| {
                core.program.natives[native as usize]
                    .type_arguments
                    .first()
                    .copied()
            })
            .flatten()
    }
}

/// The object of the variable at an address; made and named on first use.
fn object(window: &Window<'_>, address: Word, cell: Cell) -> ObjectId {
    let driver = window.driver;
    let known = driver
        .with(|core, _| core.packages.atomics.get(&address).copied())
        .flatten();
    if let Some(id) = known {
        return id;
    }
    let pointee = window.pointee().and_then(|ty| {
        driver.with(|core, _| {
            let info = &core.program.types[usize::from(ty)];
            (!matches!(info.kind, Kind::Invalid)).then(|| format!("atomic.Pointer[{}]", info.name))
        })
    });
    let element = || {
        pointee
            .flatten()
            .map_or_else(|| cell.name().into(), Text::from)
    };
    let id = driver
        .shared
        .handle
        .new_object(|| ObjectKind::Atomic { element: element() });
    driver.with(|core, _| core.packages.atomics.insert(address, id));
    if let Some(name) = driver.subject() {
        driver.shared.handle.name_object(id, || name);
    }
    id
}
