//! Places: what may be loaded from, stored to or pointed at.
//!
//! A place is evaluated once (its operands sit in registers) and may then be used several times, as
//! `x op= y` needs. Rvalues that are not variables become register places, so that selecting a field
//! of a call's result is the same code as selecting one of a variable.

use super::bytecode::{Instruction, Reg};
use super::emit::after;
use super::function::{FunctionCompiler, Home};
use crate::go::syntax::ast::{Expr, ExprKind};
use crate::go::types::info::{PathStep, SelectionKind};
use crate::go::types::object::{ObjKind, VarKind};
use crate::go::types::{ObjId, Type, TypeId};

/// Where a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Assigning here only evaluates.
    Blank,
    /// Words of this frame.
    Register(Reg),
    /// A part of an array in this frame, at `base + index` with the index in a register.
    RegisterIndexed { base: Reg, index: Reg },
    /// Behind a pointer. `sure` when the pointer cannot be nil.
    Memory {
        pointer: Reg,
        offset: u32,
        sure: bool,
    },
    /// A package variable, or a part of one.
    Global(u32),
    /// A one-word element behind a pointer to an array, index checked.
    ArrayElement { pointer: Reg, index: Reg },
    /// An element of a slice, index not checked yet; `words` is the element's width.
    SliceElement { slice: Reg, index: Reg, words: u32 },
    /// `words` is the key's width.
    MapElement { map: Reg, key: Reg, words: u32 },
}

impl<'a> FunctionCompiler<'_, 'a> {
    // ---- memory --------------------------------------------------------------------------

    /// `dst.. = pointer[offset..]`.
    pub fn load_memory(&mut self, dst: Reg, pointer: Reg, offset: u32, words: u32) {
        let (pointer, offset) = self.near(pointer, offset, words);
        if words == 1 {
            self.e.emit(Instruction::Load {
                dst,
                ptr: pointer,
                offset,
            });
            return;
        }
        // The pointer may sit where the first words go: load those last.
        let mut chunks = Vec::new();
        let mut at = 0;
        loop {
            let n = (words - at).min(255);
            chunks.push((at, n));
            at += n;
            if at >= words {
                break;
            }
        }
        for (at, n) in chunks.into_iter().rev() {
            let (dst, offset) = (after(dst, at), after(offset, at));
            self.e.emit(Instruction::LoadN {
                n: n as u8,
                dst,
                ptr: pointer,
                offset,
            });
        }
    }

    /// `pointer[offset..] = src..`.
    pub fn store_memory(&mut self, pointer: Reg, offset: u32, src: Reg, words: u32) {
        let mark = self.e.mark();
        let (pointer, offset) = self.near(pointer, offset, words);
        if words == 1 {
            self.e.emit(Instruction::Store {
                ptr: pointer,
                src,
                offset,
            });
        } else {
            let mut at = 0;
            loop {
                let n = (words - at).min(255);
                let (src, offset) = (after(src, at), after(offset, at));
                self.e.emit(Instruction::StoreN {
                    n: n as u8,
                    ptr: pointer,
                    src,
                    offset,
                });
                at += n;
                if at >= words {
                    break;
                }
            }
        }
        self.e.release(mark);
    }

    /// Brings a far offset within an instruction's reach.
    fn near(&mut self, pointer: Reg, offset: u32, words: u32) -> (Reg, u16) {
        match u16::try_from(offset) {
            Ok(near) if u64::from(near) + u64::from(words) <= u64::from(u16::MAX) => {
                (pointer, near)
            }
            _ => {
                let address = self.e.take(1);
                self.far_address(address, pointer, offset);
                (address, 0)
            }
        }
    }

    fn far_address(&mut self, dst: Reg, pointer: Reg, offset: u32) {
        if let Ok(offset) = u16::try_from(offset) {
            self.e.emit(Instruction::FieldAddress {
                dst,
                ptr: pointer,
                offset,
            });
            return;
        }
        let words = self.e.take(1);
        self.load_int(words, i64::from(offset));
        self.e.emit(Instruction::OffsetAddress {
            dst,
            ptr: pointer,
            words,
        });
    }

    // ---- places --------------------------------------------------------------------------

    /// Copies a place's value to registers; without a destination the value may stay where it is.
    pub fn load(&mut self, place: Place, words: u32, dst: Option<Reg>) -> Reg {
        if let (Place::Register(register), None) = (place, dst) {
            return register;
        }
        let dst = dst.unwrap_or_else(|| self.e.take(words));
        match place {
            Place::Blank => self.e.zero(dst, words),
            Place::Register(register) => self.e.move_words(dst, register, words),
            Place::RegisterIndexed { base, index } => {
                // Several words: the index must survive the first of them.
                let mark = self.e.mark();
                let temporary = if words > 1 { self.e.take(words) } else { dst };
                for word in 0..words as Reg {
                    self.e.emit(Instruction::RegisterGet {
                        dst: temporary + word,
                        base: base + word,
                        index,
                    });
                }
                self.e.move_words(dst, temporary, words);
                self.e.release(mark);
            }
            Place::Memory {
                pointer,
                offset,
                sure,
            } => {
                if words > 0 || !sure {
                    self.load_memory(dst, pointer, offset, words);
                }
            }
            Place::Global(offset) => self.load_global(dst, offset, words),
            Place::ArrayElement { pointer, index } => {
                self.e.emit(Instruction::ArrayGet {
                    dst,
                    ptr: pointer,
                    index,
                });
            }
            Place::SliceElement {
                slice,
                index,
                words,
            } => match words {
                1 => self.e.emit(Instruction::SliceGet { dst, slice, index }),
                2..=255 => self.e.emit(Instruction::SliceGetN {
                    width: words as u8,
                    dst,
                    slice,
                    index,
                }),
                _ => {
                    let place = self.slice_address(slice, index, words);
                    self.load(place, words, Some(dst));
                }
            },
            Place::MapElement { map, key, .. } => {
                let width = self.map_width(dst, words);
                self.e.emit(Instruction::MapGet {
                    width,
                    dst,
                    map,
                    key,
                });
            }
        }
        dst
    }

    /// The width operand of a map read; wide values are zeroed beforehand.
    pub fn map_width(&mut self, dst: Reg, words: u32) -> u8 {
        u8::try_from(words).unwrap_or_else(|_| {
            self.e.zero(dst, words);
            0
        })
    }

    fn load_global(&mut self, dst: Reg, offset: u32, words: u32) {
        if words == 1 {
            self.e.emit(Instruction::LoadGlobal { dst, offset });
            return;
        }
        let mut at = 0;
        while at < words {
            let n = (words - at).min(255);
            let (dst, offset) = (after(dst, at), offset + at);
            self.e.emit(Instruction::LoadGlobalN {
                n: n as u8,
                dst,
                offset,
            });
            at += n;
        }
    }

    fn store_global(&mut self, offset: u32, src: Reg, words: u32) {
        if words == 1 {
            self.e.emit(Instruction::StoreGlobal { src, offset });
            return;
        }
        let mut at = 0;
        while at < words {
            let n = (words - at).min(255);
            let (src, offset) = (after(src, at), offset + at);
            self.e.emit(Instruction::StoreGlobalN {
                n: n as u8,
                src,
                offset,
            });
            at += n;
        }
    }

    /// Copies registers to a place.
    pub fn store(&mut self, place: Place, src: Reg, words: u32) {
        match place {
            Place::Blank => {}
            Place::Register(register) => self.e.move_words(register, src, words),
            Place::RegisterIndexed { base, index } => {
                for word in 0..words as Reg {
                    self.e.emit(Instruction::RegisterSet {
                        base: base + word,
                        index,
                        src: src + word,
                    });
                }
            }
            Place::Memory {
                pointer,
                offset,
                sure,
            } => {
                if words > 0 || !sure {
                    self.store_memory(pointer, offset, src, words);
                }
            }
            Place::Global(offset) => self.store_global(offset, src, words),
            Place::ArrayElement { pointer, index } => {
                self.e.emit(Instruction::ArraySet {
                    ptr: pointer,
                    index,
                    src,
                });
            }
            Place::SliceElement {
                slice,
                index,
                words,
            } => match words {
                1 => self.e.emit(Instruction::SliceSet { slice, index, src }),
                2..=255 => self.e.emit(Instruction::SliceSetN {
                    width: words as u8,
                    slice,
                    index,
                    src,
                }),
                _ => {
                    let mark = self.e.mark();
                    let place = self.slice_address(slice, index, words);
                    self.store(place, src, words);
                    self.e.release(mark);
                }
            },
            Place::MapElement { map, key, .. } => {
                self.e.emit(Instruction::MapSet { map, key, src })
            }
        }
    }

    /// The address of a place in memory.
    pub fn address(&mut self, place: Place, dst: Option<Reg>) -> Reg {
        match place {
            Place::Memory {
                pointer,
                offset: 0,
                sure: true,
            } => match dst {
                Some(dst) => {
                    self.e.move_words(dst, pointer, 1);
                    dst
                }
                None => pointer,
            },
            Place::Memory {
                pointer, offset, ..
            } => {
                let dst = dst.unwrap_or_else(|| self.e.take(1));
                let mark = self.e.mark();
                self.far_address(dst, pointer, offset);
                self.e.release(mark);
                dst
            }
            Place::Global(offset) => {
                let dst = dst.unwrap_or_else(|| self.e.take(1));
                self.e.emit(Instruction::GlobalAddress { dst, offset });
                dst
            }
            Place::ArrayElement { pointer, index } => {
                let dst = dst.unwrap_or_else(|| self.e.take(1));
                self.e.emit(Instruction::ArrayAddress {
                    width: 1,
                    dst,
                    ptr: pointer,
                    index,
                });
                dst
            }
            Place::SliceElement {
                slice,
                index,
                words,
            } => {
                let place = self.slice_address(slice, index, words);
                self.address(place, dst)
            }
            // The checker marks what has its address taken, so that it lives on the heap.
            Place::Blank
            | Place::Register(_)
            | Place::RegisterIndexed { .. }
            | Place::MapElement { .. } => {
                let dst = dst.unwrap_or_else(|| self.e.take(1));
                self.e.zero(dst, 1);
                dst
            }
        }
    }

    fn slice_address(&mut self, slice: Reg, index: Reg, words: u32) -> Place {
        let pointer = self.e.take(1);
        match u8::try_from(words) {
            Ok(width) => self.e.emit(Instruction::SliceAddress {
                width,
                dst: pointer,
                slice,
                index,
            }),
            Err(_) => {
                self.e.emit(Instruction::CheckIndexRegister {
                    index,
                    length: slice + 1,
                });
                self.wide_address(pointer, slice, index, words);
            }
        }
        Place::Memory {
            pointer,
            offset: 0,
            sure: true,
        }
    }

    /// `dst = &base[index * words]` for wide elements.
    fn wide_address(&mut self, dst: Reg, base: Reg, index: Reg, words: u32) {
        let mark = self.e.mark();
        let offset = self.e.take(1);
        self.load_int(offset, i64::from(words));
        self.e.emit(Instruction::Mul {
            dst: offset,
            a: offset,
            b: index,
        });
        self.e.emit(Instruction::OffsetAddress {
            dst,
            ptr: base,
            words: offset,
        });
        self.e.release(mark);
    }

    /// The part of a place that begins `offset` words in.
    pub fn part(&mut self, place: Place, offset: u32) -> Place {
        match place {
            Place::Register(register) => Place::Register(after(register, offset)),
            Place::RegisterIndexed { base, index } => Place::RegisterIndexed {
                base: after(base, offset),
                index,
            },
            Place::Memory {
                pointer,
                offset: before,
                sure,
            } => Place::Memory {
                pointer,
                offset: before.saturating_add(offset),
                sure,
            },
            Place::Global(before) => Place::Global(before.saturating_add(offset)),
            Place::SliceElement {
                slice,
                index,
                words,
            } => {
                let place = self.slice_address(slice, index, words);
                self.part(place, offset)
            }
            // One word has no further parts than itself.
            Place::Blank | Place::ArrayElement { .. } | Place::MapElement { .. } => place,
        }
    }

    /// Copies operands that are variables to temporaries, so that the place stays the same when
    /// those variables are assigned to.
    pub fn pin(&mut self, place: Place, mark: u32) -> Place {
        let mut keep = |register: Reg, words: u32| {
            if self.e.is_after(mark, register) {
                return register;
            }
            let copy = self.e.take(words);
            self.e.move_words(copy, register, words);
            copy
        };
        match place {
            Place::RegisterIndexed { base, index } => Place::RegisterIndexed {
                base,
                index: keep(index, 1),
            },
            Place::Memory {
                pointer,
                offset,
                sure,
            } => Place::Memory {
                pointer: keep(pointer, 1),
                offset,
                sure,
            },
            Place::ArrayElement { pointer, index } => Place::ArrayElement {
                pointer: keep(pointer, 1),
                index: keep(index, 1),
            },
            Place::SliceElement {
                slice,
                index,
                words,
            } => Place::SliceElement {
                slice: keep(slice, 3),
                index: keep(index, 1),
                words,
            },
            Place::MapElement { map, key, words } => Place::MapElement {
                map: keep(map, 1),
                key: keep(key, words),
                words,
            },
            Place::Blank | Place::Register(_) | Place::Global(_) => place,
        }
    }

    // ---- places of expressions -----------------------------------------------------------

    /// Evaluates where an expression's value is.
    pub fn place(&mut self, expr: &'a Expr) -> Place {
        let span = std::mem::replace(&mut self.e.span, expr.span);
        let place = self.place_inner(expr);
        self.e.span = span;
        place
    }

    fn place_inner(&mut self, expr: &'a Expr) -> Place {
        match &expr.kind {
            ExprKind::Paren(inner) => self.place(inner),
            ExprKind::Name(name) => match self.unit.info.object_of(name.id) {
                _ if name.is_blank() => Place::Blank,
                Some(object) => self
                    .variable_place(object)
                    .unwrap_or_else(|| self.spill(expr)),
                None => self.spill(expr),
            },
            ExprKind::Selector(base, name) => {
                let Some(selection) = self.unit.info.selections.get(&expr.id) else {
                    let object = self.unit.info.object_of(name.id);
                    return object
                        .and_then(|object| self.variable_place(object))
                        .unwrap_or_else(|| self.spill(expr));
                };
                if selection.kind != SelectionKind::Field {
                    return self.spill(expr);
                }
                let path = selection.path.clone();
                let ty = self.type_of(base);
                self.path_place(base, ty, &path).0
            }
            ExprKind::Index(base, indexes) => match &indexes[..] {
                [index] => self.index_place(expr, base, index),
                _ => self.spill(expr),
            },
            ExprKind::Star(pointer) => {
                let pointer = self.expr(pointer, None);
                Place::Memory {
                    pointer,
                    offset: 0,
                    sure: false,
                }
            }
            _ => self.spill(expr),
        }
    }

    /// Evaluates an expression to registers.
    fn spill(&mut self, expr: &'a Expr) -> Place {
        Place::Register(self.value(expr, None))
    }

    /// Where a variable is; `None` for objects that are not variables.
    pub fn variable_place(&mut self, object: ObjId) -> Option<Place> {
        if let Some(home) = self.homes.get(&object) {
            return Some(match *home {
                Home::Register(register) => Place::Register(register),
                Home::Cell(pointer) => Place::Memory {
                    pointer,
                    offset: 0,
                    sure: true,
                },
            });
        }
        match self.unit.info.object(object).kind {
            ObjKind::Var(VarKind::Package) => Some(Place::Global(self.unit.global(object))),
            _ => None,
        }
    }

    /// Follows a path of fields from an expression of type `ty`; returns the place and its type.
    pub fn path_place(&mut self, base: &'a Expr, ty: TypeId, path: &[PathStep]) -> (Place, TypeId) {
        let place = match path.first() {
            Some(step) if step.deref => Place::Register(self.expr(base, None)),
            _ => self.place(base),
        };
        self.walk_path(place, ty, path)
    }

    /// Follows a path of fields from a place.
    pub fn walk_path(
        &mut self,
        mut place: Place,
        mut ty: TypeId,
        path: &[PathStep],
    ) -> (Place, TypeId) {
        for step in path {
            if let Type::Pointer(to) = self.under(ty) {
                let pointer = self.load(place, 1, None);
                place = Place::Memory {
                    pointer,
                    offset: 0,
                    sure: false,
                };
                ty = to;
            }
            let Type::Struct(fields) = self.under(ty) else {
                return (place, ty);
            };
            let offset = self.unit.table.field_offset(ty, step.field);
            if let Place::MapElement { .. } = place {
                let words = self.words(ty);
                place = Place::Register(self.load(place, words, None));
            }
            ty = fields[step.field].typ;
            place = self.part(place, offset);
        }
        (place, ty)
    }

    fn index_place(&mut self, expr: &'a Expr, base: &'a Expr, index: &'a Expr) -> Place {
        let ty = self.type_of(base);
        match self.under(ty) {
            Type::Slice(element) => {
                let words = self.words(element);
                let slice = self.expr(base, None);
                let index = self.index_value(index);
                Place::SliceElement {
                    slice,
                    index,
                    words,
                }
            }
            Type::Map(key, _) => {
                let map = self.expr(base, None);
                let words = self.words(key);
                let key = self.expr_as(index, key, None);
                Place::MapElement { map, key, words }
            }
            Type::Pointer(to) => {
                let pointer = self.expr(base, None);
                let place = Place::Memory {
                    pointer,
                    offset: 0,
                    sure: false,
                };
                self.array_element(place, to, index)
            }
            Type::Array(..) => {
                let place = self.place(base);
                self.array_element(place, ty, index)
            }
            _ => self.spill(expr),
        }
    }

    /// An index as a word; constants are materialised.
    pub fn index_value(&mut self, index: &'a Expr) -> Reg {
        self.expr(index, None)
    }

    /// An element of an array that is somewhere.
    fn array_element(&mut self, place: Place, array: TypeId, index: &'a Expr) -> Place {
        let Type::Array(element, length) = self.under(array) else {
            return place;
        };
        let words = self.words(element);
        let place = match place {
            Place::MapElement { .. } => {
                let all = self.words(array);
                Place::Register(self.load(place, all, None))
            }
            other => other,
        };
        if let Some(at) = self
            .unit
            .info
            .constant(index.id)
            .and_then(|value| value.to_i64())
        {
            return self.part(place, (at.max(0) as u32).saturating_mul(words));
        }
        let index = self.index_value(index);
        let length = length.clamp(0, i64::from(u32::MAX)) as u32;
        self.e.emit(Instruction::CheckIndex { index, length });
        let place = match place {
            Place::Register(base) if words as usize * length as usize <= 64 => {
                let index = self.scaled(index, words);
                return Place::RegisterIndexed { base, index };
            }
            Place::RegisterIndexed { base, index: outer } => {
                let index = self.scaled(index, words);
                let sum = self.e.take(1);
                self.e.emit(Instruction::Add {
                    dst: sum,
                    a: outer,
                    b: index,
                });
                return Place::RegisterIndexed { base, index: sum };
            }
            Place::Register(_) | Place::MapElement { .. } | Place::Blank => {
                self.move_to_heap(place, array)
            }
            other => other,
        };
        if let (
            Place::Memory {
                pointer, offset: 0, ..
            },
            1,
        ) = (place, words)
        {
            return Place::ArrayElement { pointer, index };
        }
        let sure = matches!(
            place,
            Place::Global(_) | Place::Memory { sure: true, .. } | Place::SliceElement { .. }
        );
        let base = self.address(place, None);
        if words == 1 {
            return Place::ArrayElement {
                pointer: base,
                index,
            };
        }
        let pointer = self.e.take(1);
        match u8::try_from(words) {
            Ok(width) => self.e.emit(Instruction::ArrayAddress {
                width,
                dst: pointer,
                ptr: base,
                index,
            }),
            Err(_) => self.wide_address(pointer, base, index, words),
        }
        Place::Memory {
            pointer,
            offset: 0,
            sure,
        }
    }

    /// `index * words`.
    fn scaled(&mut self, index: Reg, words: u32) -> Reg {
        if words == 1 {
            return index;
        }
        let dst = self.e.take(1);
        self.e.emit(Instruction::MulImm {
            dst,
            a: index,
            imm: words as i16,
        });
        dst
    }

    /// Copies a value to a new heap object.
    fn move_to_heap(&mut self, place: Place, ty: TypeId) -> Place {
        let words = self.words(ty);
        let cell = self.e.take(1);
        let value = self.load(place, words, None);
        self.new_cell(cell, ty);
        self.store_memory(cell, 0, value, words);
        Place::Memory {
            pointer: cell,
            offset: 0,
            sure: true,
        }
    }
}
