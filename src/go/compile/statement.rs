//! Statements, blocks and declarations; assignments, loops and choices have files of their own.

use super::bytecode::Instruction;
use super::call::CallKind;
use super::emit::after;
use super::function::{FunctionCompiler, Home};
use crate::go::syntax::ast::*;
use crate::go::types::info::Mode;
use crate::go::types::{ObjId, Type, TypeId};

impl<'a> FunctionCompiler<'_, 'a> {
    /// A block's statements, with the variables they declare.
    pub fn block_statements(&mut self, stmts: &'a [Stmt]) {
        let mark = self.e.mark();
        let variables = self.e.variable_count();
        for stmt in stmts {
            self.stmt(stmt);
        }
        self.e.end_variables(variables);
        self.e.release(mark);
    }

    /// One statement. Temporaries are given back; variables it declares stay until the block ends.
    pub fn stmt(&mut self, stmt: &'a Stmt) {
        let span = std::mem::replace(&mut self.e.span, stmt.span);
        let takes_label = matches!(
            stmt.kind,
            StmtKind::For(_)
                | StmtKind::Range(_)
                | StmtKind::Switch(_)
                | StmtKind::TypeSwitch(_)
                | StmtKind::Select(_)
        );
        if !takes_label {
            self.pending_label = None;
        }
        match &stmt.kind {
            StmtKind::Block(_) | StmtKind::Labeled(..) | StmtKind::Empty | StmtKind::Bad => {}
            _ => self.e.statement(),
        }
        self.stmt_inner(stmt);
        self.bound_name = None;
        self.e.span = span;
    }

    fn stmt_inner(&mut self, stmt: &'a Stmt) {
        let mark = self.e.mark();
        match &stmt.kind {
            StmtKind::Block(block) => self.block_statements(&block.stmts),
            StmtKind::Bad | StmtKind::Empty => {}
            StmtKind::Decl(decl) => return self.declaration(decl),
            StmtKind::Define(names, values) => return self.define(names, values),
            StmtKind::Labeled(label, inner) => {
                let target = self.goto_label(&label.name);
                self.e.bind(target);
                self.pending_label = Some(label.name.clone());
                return self.stmt(inner);
            }
            StmtKind::Expr(expr) => {
                self.expr(expr, None);
            }
            StmtKind::Send(channel, value) => self.send(channel, value),
            StmtKind::IncDec(op, place) => self.increment(*op, place),
            StmtKind::Assign(places, values) => self.assign(places, values),
            StmtKind::OpAssign(op, place, value) => self.op_assign(*op, place, value),
            StmtKind::Go(call) => self.later(call, CallKind::Go),
            StmtKind::Defer(call) => self.later(call, CallKind::Defer),
            StmtKind::Return(values) => self.return_statement(values),
            StmtKind::Branch(kind, label) => self.branch(*kind, label.as_ref()),
            StmtKind::If(statement) => self.if_statement(statement),
            StmtKind::Switch(statement) => self.switch(statement),
            StmtKind::TypeSwitch(statement) => self.type_switch(statement),
            StmtKind::Select(clauses) => self.select(clauses),
            StmtKind::For(statement) => self.for_statement(statement),
            StmtKind::Range(statement) => self.range(stmt.id, statement),
        }
        self.e.release(mark);
    }

    fn send(&mut self, channel: &'a Expr, value: &'a Expr) {
        let element = self.channel_element(channel);
        let register = self.expr(channel, None);
        let src = self.expr_as(value, element, None);
        self.e.subject(channel.span);
        self.e.emit(Instruction::Send {
            channel: register,
            src,
        });
    }

    /// `go` and `defer`.
    fn later(&mut self, expr: &'a Expr, kind: CallKind) {
        let ExprKind::Call(call) = &expr.unparen().kind else {
            return;
        };
        match self.unit.info.of(call.func.unparen().id).mode {
            Mode::Builtin(builtin) => self.later_builtin(builtin, call, kind),
            _ => {
                self.call(call, kind);
            }
        }
    }

    // ---- declarations --------------------------------------------------------------------

    fn declaration(&mut self, decl: &'a Decl) {
        let DeclKind::Var(specs) = &decl.kind else {
            return;
        };
        for spec in specs {
            self.e.span = spec.span;
            self.e.statement();
            if spec.values.is_empty() {
                for name in &spec.names {
                    self.declare_zero(name);
                }
            } else {
                self.define(&spec.names, &spec.values);
            }
        }
    }

    fn declare_zero(&mut self, name: &Ident) {
        let Some(object) = self.unit.info.defs[name.id.index()] else {
            return;
        };
        let ty = self.resolve(self.unit.info.object(object).typ);
        if self.lives_on_heap(object, ty) {
            let cell = self.e.take(1);
            self.e.binding(&name.name);
            self.new_cell(cell, ty);
            self.set_home(object, Home::Cell(cell));
        } else {
            let words = self.words(ty);
            let register = self.e.take(words);
            self.e.zero(register, words);
            self.set_home(object, Home::Register(register));
        }
    }

    /// Declares a variable with a value that is in registers; the value's registers become the
    /// variable's where they can.
    pub fn declare_with(&mut self, object: ObjId, ty: TypeId, value: u16, mark: u32) {
        let words = self.words(ty);
        if self.lives_on_heap(object, ty) {
            // The cell goes where the value stood, once it is stored.
            let cell = self.e.take(1);
            let name = self.unit.info.object(object).name.clone();
            self.e.binding(&name);
            self.new_cell(cell, ty);
            self.store_memory(cell, 0, value, words);
            self.e.release(mark);
            let home = self.e.take(1);
            self.e.move_words(home, cell, 1);
            self.set_home(object, Home::Cell(home));
            return;
        }
        self.e.release(mark);
        let register = self.e.take(words);
        self.e.move_words(register, value, words);
        self.set_home(object, Home::Register(register));
    }

    /// `a, b := x, y`, also `var a, b T = x, y`.
    pub fn define(&mut self, names: &'a [Ident], values: &'a [Expr]) {
        if names.len() != values.len() {
            return self.define_several(names, values);
        }
        if let ([name], [value]) = (names, values) {
            return self.define_one(name, value);
        }
        // All values are evaluated before any variable is assigned.
        let mark = self.e.mark();
        let total: u32 = names
            .iter()
            .zip(values)
            .map(|(name, value)| {
                let ty = self.target_type(name, value);
                self.words(ty)
            })
            .sum();
        let mut at = self.e.take(total);
        let first = at;
        for (name, value) in names.iter().zip(values) {
            let ty = self.target_type(name, value);
            let inner = self.e.mark();
            self.name_for(&name.name, value);
            self.expr_as(value, ty, Some(at));
            self.bound_name = None;
            self.e.release(inner);
            at = after(at, self.words(ty));
        }
        let mut parts = Vec::new();
        at = first;
        for (name, value) in names.iter().zip(values) {
            let ty = self.target_type(name, value);
            parts.push((name, at, ty));
            at = after(at, self.words(ty));
        }
        self.bind_parts(&parts, mark);
    }

    /// The type of what a name of a definition is assigned: its own, or of `_` the value's.
    fn target_type(&self, name: &Ident, value: &Expr) -> TypeId {
        match self.unit.info.object_of(name.id) {
            Some(object) if !name.is_blank() => self.resolve(self.unit.info.object(object).typ),
            _ => self.default_type(self.type_of(value)),
        }
    }

    fn define_one(&mut self, name: &'a Ident, value: &'a Expr) {
        let mark = self.e.mark();
        let ty = self.target_type(name, value);
        let object = self.unit.info.defs[name.id.index()].filter(|_| !name.is_blank());
        let Some(object) = object else {
            self.expr_as(value, ty, None);
            self.e.release(mark);
            return;
        };
        self.name_for(&name.name, value);
        // A large or shared literal is written where the variable lives.
        if self.lives_on_heap(object, ty)
            && let ExprKind::Composite(composite) = &value.unparen().kind
            && self.type_of(value) == ty
            && matches!(self.under(ty), Type::Struct(_) | Type::Array(..))
        {
            let cell = self.e.take(1);
            self.e.binding(&name.name);
            self.new_cell(cell, ty);
            let place = super::place::Place::Memory {
                pointer: cell,
                offset: 0,
                sure: true,
            };
            self.composite_into(place, ty, composite, true);
            self.e.release(u32::from(cell) + 1);
            self.set_home(object, Home::Cell(cell));
            return;
        }
        let register = self.expr_as(value, ty, None);
        let register = self.own_natives(register, ty, mark);
        self.bound_name = None;
        self.declare_with(object, ty, register, mark);
    }

    /// `a, b := f()`, `v, ok := m[k]`.
    fn define_several(&mut self, names: &'a [Ident], values: &'a [Expr]) {
        let mark = self.e.mark();
        let Some(value) = values.first() else { return };
        let parts = self.several_values(value, names.len());
        let parts: Vec<_> = names
            .iter()
            .zip(parts)
            .map(|(name, (at, ty))| (name, at, ty))
            .collect();
        self.bind_parts(&parts, mark);
    }

    /// Evaluates an expression with several values; the registers and type of each.
    pub fn several_values(&mut self, value: &'a Expr, count: usize) -> Vec<(u16, TypeId)> {
        let ty = self.type_of(value);
        if let (Type::Tuple(types), ExprKind::Call(_)) =
            (self.unit.types.get(ty), &value.unparen().kind)
        {
            let mut at = self.expr(value, None);
            let mut parts = Vec::new();
            for &part in types.iter() {
                parts.push((at, part));
                at = after(at, self.words(part));
            }
            return parts;
        }
        let (ok, ty) = self.comma_ok(value);
        let mut parts = vec![(ok + 1, ty), (ok, TypeId::BOOL)];
        parts.truncate(count);
        parts
    }

    /// Gives the names of a definition values that stand in registers from `mark` on. New
    /// variables keep those registers where no conversion is needed.
    pub fn bind_parts(&mut self, parts: &[(&'a Ident, u16, TypeId)], mark: u32) {
        let mut keep = mark;
        for &(name, at, from) in parts {
            if name.is_blank() {
                continue;
            }
            let defined = self.unit.info.defs[name.id.index()];
            let Some(object) = defined.or(self.unit.info.uses[name.id.index()]) else {
                continue;
            };
            let ty = self.resolve(self.unit.info.object(object).typ);
            let words = self.words(ty);
            let boxes = self.is_interface(ty) && !self.is_interface(from);
            if defined.is_none() {
                let inner = self.e.mark();
                let value = self.convert_for(at, from, ty, None);
                if let Some(place) = self.variable_place(object) {
                    self.store(place, value, words);
                }
                self.e.release(inner);
                continue;
            }
            if self.lives_on_heap(object, ty) {
                let cell = self.e.take(1);
                let inner = self.e.mark();
                let value = self.convert_for(at, from, ty, None);
                self.e.binding(&name.name);
                self.new_cell(cell, ty);
                self.store_memory(cell, 0, value, words);
                self.e.release(inner);
                self.set_home(object, Home::Cell(cell));
                keep = keep.max(u32::from(cell) + 1);
            } else if boxes {
                let register = self.e.take(words);
                self.convert_for(at, from, ty, Some(register));
                self.set_home(object, Home::Register(register));
                keep = keep.max(u32::from(register) + words);
            } else {
                self.set_home(object, Home::Register(at));
                keep = keep.max(u32::from(at) + words);
            }
        }
        self.e.release(keep);
    }

    // ---- return --------------------------------------------------------------------------

    fn return_statement(&mut self, values: &'a [Expr]) {
        if self.range_body.is_some() {
            return self.return_from_range(values);
        }
        self.assign_results(values);
        self.emit_return();
    }

    /// Brings the values of a return statement to the results' homes.
    pub fn assign_results(&mut self, values: &'a [Expr]) {
        let results = self.results.clone();
        if values.is_empty() {
            return;
        }
        let mark = self.e.mark();
        if let ([value], true) = (values, results.len() > 1) {
            let parts = self.several_values(value, results.len());
            for (slot, (at, from)) in results.iter().zip(parts) {
                let inner = self.e.mark();
                let register = self.convert_for(at, from, slot.ty, None);
                self.store_home(slot.home, register, slot.words);
                self.e.release(inner);
            }
            self.e.release(mark);
            return;
        }
        // Straight into place when nothing can see a half-done return.
        let unseen = !self.has_defer && results.iter().all(|slot| !slot.named);
        if unseen {
            for (slot, value) in results.iter().zip(values) {
                if let Home::Register(register) = slot.home {
                    self.expr_as(value, slot.ty, Some(register));
                } else {
                    let register = self.expr_as(value, slot.ty, None);
                    self.store_home(slot.home, register, slot.words);
                }
                self.e.release(mark);
            }
            return;
        }
        let mut registers = Vec::new();
        for (slot, value) in results.iter().zip(values) {
            let inner = self.e.mark();
            let register = self.expr_as(value, slot.ty, None);
            // Another result's own registers may be overwritten before this one is stored.
            let register = if results.len() > 1 && !self.e.is_after(inner, register) {
                let copy = self.e.take(slot.words);
                self.e.move_words(copy, register, slot.words);
                copy
            } else {
                register
            };
            registers.push(register);
        }
        for (slot, register) in results.iter().zip(registers) {
            self.store_home(slot.home, register, slot.words);
        }
        self.e.release(mark);
    }

    /// Stores registers to where a variable lives.
    pub fn store_home(&mut self, home: Home, src: u16, words: u32) {
        match home {
            Home::Register(register) => self.e.move_words(register, src, words),
            Home::Cell(cell) => {
                if words > 0 {
                    self.store_memory(cell, 0, src, words);
                }
            }
        }
    }
}
