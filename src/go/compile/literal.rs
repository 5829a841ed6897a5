//! Composite literals and slice expressions.

use super::bytecode::{Instruction, Reg, SliceMode};
use super::function::FunctionCompiler;
use super::place::Place;
use crate::go::syntax::ast::{Composite, Element, Expr, ExprKind, SliceExpr};
use crate::go::types::{Type, TypeId};
use std::rc::Rc;

impl<'a> FunctionCompiler<'_, 'a> {
    /// Evaluates a composite literal to registers.
    pub fn composite(&mut self, ty: TypeId, composite: &'a Composite, dst: Option<Reg>) -> Reg {
        let words = self.words(ty);
        let name = self.bound_name.take();
        match self.under(ty) {
            Type::Struct(_) | Type::Array(..) => {
                let dst = dst.unwrap_or_else(|| self.e.take(words));
                self.bound_name = name;
                self.composite_into(Place::Register(dst), ty, composite, false);
                dst
            }
            Type::Slice(element) => {
                let mark = self.e.mark();
                let slice = self.e.take(3);
                let length = self.array_length(&composite.elements);
                self.new_array(element, length as usize, slice);
                let array = Place::Memory {
                    pointer: slice,
                    offset: 0,
                    sure: true,
                };
                self.array_elements(array, element, &composite.elements);
                self.e.release(mark);
                self.settle(slice, 3, dst)
            }
            Type::Map(key, value) => {
                let mark = self.e.mark();
                let map = self.e.take(1);
                let index = self.type_index(ty);
                if let Some(name) = &name {
                    self.e.binding(name);
                }
                self.e.emit(Instruction::MakeMap {
                    dst: map,
                    ty: index,
                });
                for element in &composite.elements {
                    self.map_element(map, key, value, element);
                }
                self.e.release(mark);
                self.settle(map, 1, dst)
            }
            Type::Pointer(to) => {
                // `{...}` for an element of pointer type means `&T{...}`.
                let mark = self.e.mark();
                let cell = self.e.take(1);
                self.new_cell(cell, to);
                self.composite_into(
                    Place::Memory {
                        pointer: cell,
                        offset: 0,
                        sure: true,
                    },
                    to,
                    composite,
                    true,
                );
                self.e.release(mark);
                self.settle(cell, 1, dst)
            }
            _ => dst.unwrap_or_else(|| self.e.take(words)),
        }
    }

    /// Takes a temporary that was just released, or moves it to its destination.
    fn settle(&mut self, at: Reg, words: u32, dst: Option<Reg>) -> Reg {
        match dst {
            Some(dst) => {
                self.e.move_words(dst, at, words);
                dst
            }
            None => self.e.take(words),
        }
    }

    fn map_element(&mut self, map: Reg, key: TypeId, value: TypeId, element: &'a Element) {
        let mark = self.e.mark();
        if let Some(expr) = &element.key {
            let key = self.literal_value(expr, key);
            let src = self.literal_value(&element.value, value);
            self.e.emit(Instruction::MapSet { map, key, src });
        }
        self.e.release(mark);
    }

    /// An element's value; a literal without a type takes the element's.
    fn literal_value(&mut self, expr: &'a Expr, ty: TypeId) -> Reg {
        match &expr.kind {
            ExprKind::Composite(composite) if composite.ty.is_none() => {
                let span = std::mem::replace(&mut self.e.span, expr.span);
                let at = self.composite(ty, composite, None);
                self.e.span = span;
                at
            }
            _ => self.expr_as(expr, ty, None),
        }
    }

    /// Writes a struct or array literal to a place, part by part. `fresh` when the place is known
    /// to be zero.
    pub fn composite_into(
        &mut self,
        place: Place,
        ty: TypeId,
        composite: &'a Composite,
        fresh: bool,
    ) {
        let name = self.bound_name.take();
        match self.under(ty) {
            Type::Struct(fields) => {
                let keyed = composite
                    .elements
                    .first()
                    .is_some_and(|element| element.key.is_some());
                // A key may name a promoted field (Go 1.27): the checker has noted the way to it.
                let paths: Vec<Vec<usize>> = composite
                    .elements
                    .iter()
                    .enumerate()
                    .map(|(at, element)| match &element.key {
                        Some(key) if keyed => self.key_path(key),
                        _ => vec![at],
                    })
                    .collect();
                let complete = !paths.is_empty()
                    && paths.len() == fields.len()
                    && paths.iter().all(|path| path.len() == 1);
                if !fresh && !complete {
                    self.zero_place(place, ty);
                }
                for (element, path) in composite.elements.iter().zip(&paths) {
                    let (mut part, mut typ) = (place, ty);
                    let mut bound = name.clone();
                    for &field in path {
                        let Type::Struct(fields) = self.under(typ) else {
                            break;
                        };
                        let offset = self.unit.table.field_offset(typ, field);
                        part = self.part(part, offset);
                        typ = fields[field].typ;
                        bound = Some(match &bound {
                            Some(name) => format!("{name}.{}", fields[field].name).into(),
                            None => fields[field].name.clone(),
                        });
                    }
                    self.bound_name = bound;
                    self.literal_element(part, typ, &element.value, fresh || !complete);
                    self.bound_name = None;
                }
            }
            Type::Array(element, length) => {
                let complete = composite.elements.len() as i64 == length;
                if !fresh && !complete {
                    self.zero_place(place, ty);
                }
                self.array_elements_at(place, element, &composite.elements, fresh || !complete);
            }
            // Slices, maps and pointers are values of their own.
            _ => {
                let mark = self.e.mark();
                let words = self.words(ty);
                self.bound_name = name;
                let value = self.composite(ty, composite, None);
                self.store(place, value, words);
                self.e.release(mark);
            }
        }
    }

    /// The fields to go through to the one that a key names.
    fn key_path(&self, key: &Expr) -> Vec<usize> {
        let selection = self.unit.info.selections.get(&key.id);
        let path = selection.map(|selection| selection.path.clone());
        path.iter()
            .flat_map(|path| path.iter())
            .map(|step| step.field)
            .collect()
    }

    fn zero_place(&mut self, place: Place, ty: TypeId) {
        let words = self.words(ty);
        if let Place::Register(register) = place {
            self.e.zero(register, words);
            return;
        }
        let mark = self.e.mark();
        let zero = self.e.take(words);
        self.e.zero(zero, words);
        self.store(place, zero, words);
        self.e.release(mark);
    }

    /// Writes one element; nested literals are written in place.
    fn literal_element(&mut self, place: Place, ty: TypeId, value: &'a Expr, fresh: bool) {
        let mark = self.e.mark();
        let nested = match &value.unparen().kind {
            ExprKind::Composite(composite) => {
                let same =
                    composite.ty.is_none() || self.type_of(value) == self.unit.types.canonical(ty);
                same.then_some(composite)
            }
            _ => None,
        };
        match nested {
            Some(composite) => {
                let span = std::mem::replace(&mut self.e.span, value.span);
                self.composite_into(place, ty, composite, fresh);
                self.e.span = span;
            }
            None => {
                let words = self.words(ty);
                if let Place::Register(register) = place {
                    self.expr_as(value, ty, Some(register));
                } else {
                    let register = self.expr_as(value, ty, None);
                    let register = self.own_natives(register, ty, mark);
                    self.store(place, register, words);
                }
            }
        }
        self.e.release(mark);
    }

    fn element_index(&self, element: &Element, before: i64) -> i64 {
        let key = element
            .key
            .as_ref()
            .and_then(|key| self.unit.info.constant(key.id));
        key.and_then(|key| key.to_i64()).unwrap_or(before + 1)
    }

    fn array_length(&self, elements: &[Element]) -> i64 {
        let (mut at, mut length) = (-1, 0);
        for element in elements {
            at = self.element_index(element, at);
            length = length.max(at + 1);
        }
        length
    }

    /// The elements of a slice literal, into the new array's memory.
    fn array_elements(&mut self, array: Place, element: TypeId, elements: &'a [Element]) {
        self.array_elements_at(array, element, elements, true);
    }

    fn array_elements_at(
        &mut self,
        array: Place,
        ty: TypeId,
        elements: &'a [Element],
        fresh: bool,
    ) {
        let words = self.words(ty);
        let mut at = -1;
        for element in elements {
            at = self.element_index(element, at);
            let offset = (at as u32).saturating_mul(words);
            let place = self.part(array, offset);
            self.literal_element(place, ty, &element.value, fresh);
        }
    }

    // ---- slice expressions ---------------------------------------------------------------

    /// `x[low:high]`, `x[low:high:max]`.
    pub fn slice_expr(&mut self, slice: &'a SliceExpr, dst: Option<Reg>) -> Reg {
        let ty = self.default_type(self.type_of(&slice.base));
        let mark = self.e.mark();
        match self.under(ty) {
            Type::Slice(element) => {
                let width = self.words(element);
                let width = self.narrow(width);
                let source = self.expr(&slice.base, None);
                let mode = match (&slice.high, &slice.max) {
                    (_, Some(_)) => SliceMode::Slice3,
                    (None, None) => SliceMode::SliceFrom,
                    _ => SliceMode::Slice,
                };
                let range = self.bounds(slice, source + 1);
                self.e.emit(Instruction::Slice {
                    mode,
                    range,
                    source,
                    width,
                });
                self.finish_slice(mark, range, dst)
            }
            Type::Basic(_) => {
                let string = self.expr_as(&slice.base, ty, None);
                let range = self.bounds(slice, string + 1);
                self.e.release(mark);
                let dst = dst.unwrap_or_else(|| self.e.take(2));
                self.e.emit(Instruction::StringSlice { dst, string, range });
                dst
            }
            under => {
                let (array, source) = match under {
                    Type::Pointer(array) => {
                        let source = self.e.take(2);
                        self.expr(&slice.base, Some(source));
                        (array, source)
                    }
                    _ => {
                        let place = self.place(&slice.base);
                        let source = self.e.take(2);
                        self.address(place, Some(source));
                        (ty, source)
                    }
                };
                let Type::Array(element, length) = self.under(array) else {
                    return source;
                };
                self.load_int(source + 1, length);
                let width = self.words(element);
                let width = self.narrow(width);
                let mode = if slice.max.is_some() {
                    SliceMode::Array3
                } else {
                    SliceMode::Array
                };
                let range = self.bounds(slice, source + 1);
                self.e.emit(Instruction::Slice {
                    mode,
                    range,
                    source,
                    width,
                });
                self.finish_slice(mark, range, dst)
            }
        }
    }

    fn finish_slice(&mut self, mark: u32, range: Reg, dst: Option<Reg>) -> Reg {
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(3));
        self.e.move_words(dst, range, 3);
        dst
    }

    /// Evaluates the bounds to three registers; an absent high bound is the length.
    fn bounds(&mut self, slice: &'a SliceExpr, length: Reg) -> Reg {
        let range = self.e.take(3);
        match &slice.low {
            Some(low) => {
                self.expr_as(low, TypeId::INT, Some(range));
            }
            None => self.load_int(range, 0),
        }
        match &slice.high {
            Some(high) => {
                self.expr_as(high, TypeId::INT, Some(range + 1));
            }
            None => self.e.move_words(range + 1, length, 1),
        }
        if let Some(max) = &slice.max {
            self.expr_as(max, TypeId::INT, Some(range + 2));
        }
        range
    }

    /// Remembers the name of the variable that an expression's value is bound to, if the expression
    /// makes something that is shown by name.
    pub fn name_for(&mut self, name: &Rc<str>, value: &Expr) {
        let value = value.unparen();
        let makes = match &value.kind {
            ExprKind::Composite(_) => true,
            ExprKind::Unary(_, inner) => matches!(inner.unparen().kind, ExprKind::Composite(_)),
            ExprKind::Call(call) => matches!(
                self.unit.info.of(call.func.unparen().id).mode,
                crate::go::types::info::Mode::Builtin(_)
            ),
            _ => false,
        };
        self.bound_name = makes.then(|| name.clone());
    }
}
