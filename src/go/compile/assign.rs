//! Assignments: `=`, `op=`, `++` and `--`.

use super::bytecode::Reg;
use super::function::{FunctionCompiler, Home};
use super::place::Place;
use crate::go::syntax::ast::{BinaryOp, Expr};
use crate::go::types::{ObjId, Type, TypeId};

impl<'a> FunctionCompiler<'_, 'a> {
    /// `a, b = x, y`.
    pub fn assign(&mut self, places: &'a [Expr], values: &'a [Expr]) {
        match (places, values) {
            ([place], [value]) => self.assign_one(place, value),
            _ if places.len() == values.len() => self.assign_parallel(places, values),
            _ => self.assign_several(places, values),
        }
    }

    /// The local variable an expression is, if it lives in registers.
    fn register_variable(&self, expr: &Expr) -> Option<(ObjId, Reg)> {
        let name = expr.unparen().as_name()?;
        let object = self.unit.info.uses[name.id.index()]?;
        match self.homes.get(&object)? {
            Home::Register(register) => Some((object, *register)),
            Home::Cell(_) => None,
        }
    }

    fn is_blank(&self, expr: &Expr) -> bool {
        expr.unparen().as_name().is_some_and(|name| name.is_blank())
    }

    fn assign_one(&mut self, target: &'a Expr, value: &'a Expr) {
        if self.is_blank(target) {
            let ty = self.default_type(self.type_of(value));
            self.expr_as(value, ty, None);
            return;
        }
        let ty = self.type_of(target);
        let words = self.words(ty);
        if let Some(name) = binding_name(target) {
            self.name_for(&name, value);
        }
        if let Some((object, register)) = self.register_variable(target) {
            // A deferred function might see a result half written.
            let seen = self.has_defer
                && self
                    .results
                    .iter()
                    .any(|slot| slot.home == Home::Register(register));
            if !seen && self.direct(value, Some(object)) {
                self.expr_as(value, ty, Some(register));
            } else {
                let at = self.expr_as(value, ty, None);
                self.e.move_words(register, at, words);
            }
            return;
        }
        let name = self.bound_name.take();
        let place = self.place(target);
        self.bound_name = name;
        let mark = self.e.mark();
        let at = self.expr_as(value, ty, None);
        let at = self.own_natives(at, ty, mark);
        self.store(place, at, words);
    }

    /// All operands are evaluated, then the assignments happen from left to right.
    fn assign_parallel(&mut self, targets: &'a [Expr], values: &'a [Expr]) {
        let start = self.e.mark();
        let assigned: Vec<Option<(Reg, u32)>> = targets
            .iter()
            .map(|target| self.assigned_words(target))
            .collect();
        let pin = assigned.iter().any(Option::is_some);
        let mut places = Vec::new();
        for target in targets {
            let place = if self.is_blank(target) {
                Place::Blank
            } else {
                self.place(target)
            };
            places.push(if pin { self.pin(place, start) } else { place });
        }
        let mut registers = Vec::new();
        for (at, (target, value)) in targets.iter().zip(values).enumerate() {
            let ty = if self.is_blank(target) {
                self.default_type(self.type_of(value))
            } else {
                self.type_of(target)
            };
            let words = self.words(ty);
            let mut register = self.expr_as(value, ty, None);
            // The value sits in a variable that an earlier assignment of this statement changes.
            let clobbered = assigned[..at].iter().flatten().any(|&(other, width)| {
                u32::from(other) < u32::from(register) + words
                    && u32::from(register) < u32::from(other) + width
            });
            if clobbered {
                let copy = self.e.take(words);
                self.e.move_words(copy, register, words);
                register = copy;
            }
            registers.push((register, words));
        }
        for (place, (register, words)) in places.into_iter().zip(registers) {
            self.store(place, register, words);
        }
    }

    /// The registers an assignment to `target` changes, if it changes variables in registers.
    fn assigned_words(&mut self, target: &'a Expr) -> Option<(Reg, u32)> {
        use crate::go::syntax::ast::ExprKind;
        let mut root = target.unparen();
        while let ExprKind::Selector(base, _) | ExprKind::Index(base, _) = &root.kind {
            root = base.unparen();
        }
        let (object, register) = self.register_variable(root)?;
        let ty = self.resolve(self.unit.info.object(object).typ);
        // Elements behind a slice, map or pointer leave the variable itself alone.
        let direct = std::ptr::eq(root, target.unparen())
            || matches!(self.under(ty), Type::Struct(_) | Type::Array(..));
        direct.then(|| (register, self.words(ty)))
    }

    /// `a, b = f()`, `v, ok = m[k]`.
    fn assign_several(&mut self, targets: &'a [Expr], values: &'a [Expr]) {
        let Some(value) = values.first() else { return };
        let start = self.e.mark();
        let mut places = Vec::new();
        for target in targets {
            let place = if self.is_blank(target) {
                Place::Blank
            } else {
                self.place(target)
            };
            places.push(self.pin(place, start));
        }
        let parts = self.several_values(value, targets.len());
        for ((target, place), (at, from)) in targets.iter().zip(places).zip(parts) {
            self.assign_part(target, place, at, from);
        }
    }

    /// Stores one of several values that stand in registers.
    pub fn assign_part(&mut self, target: &'a Expr, place: Place, at: Reg, from: TypeId) {
        if place == Place::Blank {
            return;
        }
        let mark = self.e.mark();
        let ty = self.type_of(target);
        let words = self.words(ty);
        let value = self.convert_for(at, from, ty, None);
        self.store(place, value, words);
        self.e.release(mark);
    }

    /// Where an assignment target is, operands kept safe.
    pub fn target_place(&mut self, target: &'a Expr) -> Place {
        if self.is_blank(target) {
            Place::Blank
        } else {
            self.place(target)
        }
    }

    /// `x op= y`.
    pub fn op_assign(&mut self, op: BinaryOp, target: &'a Expr, value: &'a Expr) {
        let ty = self.type_of(target);
        let words = self.words(ty);
        let place = self.place(target);
        let immediate = self
            .small_constant(value)
            .filter(|&imm| self.has_immediate(op, ty, imm));
        // As the real compiler does it: calls on the right happen before the left is read.
        let right = match immediate {
            Some(_) => None,
            None => Some(self.right_operand(op, value, ty)),
        };
        let (current, result) = match place {
            Place::Register(register) => (register, register),
            _ => {
                let current = self.load(place, words, None);
                (current, current)
            }
        };
        match (immediate, right) {
            (Some(imm), _) => self.arithmetic_immediate(op, ty, result, current, imm),
            (None, Some(right)) => self.arithmetic(op, ty, result, current, right),
            (None, None) => {}
        }
        if !matches!(place, Place::Register(_)) {
            self.store(place, result, words);
        }
    }

    /// `x++` and `x--`.
    pub fn increment(&mut self, op: BinaryOp, target: &'a Expr) {
        let ty = self.type_of(target);
        let words = self.words(ty);
        let place = self.place(target);
        let (current, result) = match place {
            Place::Register(register) => (register, register),
            _ => {
                let current = self.load(place, words, None);
                (current, current)
            }
        };
        if self.has_immediate(op, ty, 1) {
            self.arithmetic_immediate(op, ty, result, current, 1);
        } else {
            let one = crate::go::types::Constant::from(1);
            let right = self.constant(&one, ty, None);
            self.arithmetic(op, ty, result, current, right);
        }
        if !matches!(place, Place::Register(_)) {
            self.store(place, result, words);
        }
    }
}

/// The name under which what is assigned will be known: the variable's or the field's.
fn binding_name(target: &Expr) -> Option<std::rc::Rc<str>> {
    use crate::go::syntax::ast::ExprKind;
    match &target.unparen().kind {
        ExprKind::Name(name) => Some(name.name.clone()),
        ExprKind::Selector(base, name) => match binding_name(base) {
            Some(base) => Some(format!("{base}.{}", name.name).into()),
            None => Some(name.name.clone()),
        },
        _ => None,
    }
}
