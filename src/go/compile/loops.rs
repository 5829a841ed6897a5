//! `for` and `range`.
//!
//! Conditions stand at the bottom of loops. As of Go 1.22 each iteration has its own copy of the
//! loop's variables: that costs something only where a variable lives on the heap.

use super::bytecode::{Instruction, Reg};
use super::emit::{Label, after};
use super::function::{BranchTarget, FunctionCompiler, Home};
use crate::go::syntax::ast::*;
use crate::go::types::info::Mode;
use crate::go::types::object::Builtin;
use crate::go::types::{ObjId, Type, TypeId};

impl<'a> FunctionCompiler<'_, 'a> {
    pub fn for_statement(&mut self, statement: &'a For) {
        let label = self.pending_label.take();
        let mark = self.e.mark();
        let variables = self.e.variable_count();
        if let Some(init) = &statement.init {
            self.stmt(init);
        }
        let fresh = self.loop_cells(statement.init.as_ref());
        let limit = self.constant_limit(statement);
        let (top, next, end) = (self.e.label(), self.e.label(), self.e.label());
        let test = self.e.label();
        let simple = statement
            .cond
            .as_ref()
            .is_some_and(|cond| self.is_simple(cond));
        match &statement.cond {
            // A cheap condition is tested again at the bottom, which saves a jump.
            Some(cond) if simple => self.condition(cond, end, false),
            Some(_) => self.e.goto(test),
            None => {}
        }
        self.e.bind(top);
        self.targets.push(BranchTarget {
            label,
            on_break: end,
            on_continue: Some(next),
        });
        self.block_statements(&statement.body.stmts);
        self.targets.pop();
        self.e.bind(next);
        self.renew_cells(&fresh);
        if let Some(post) = &statement.post {
            self.stmt(post);
        }
        match &statement.cond {
            Some(cond) => {
                if !simple {
                    self.e.bind(test);
                }
                let span = std::mem::replace(&mut self.e.span, cond.span);
                self.e.statement();
                self.bottom_test(cond, top, limit);
                self.e.span = span;
            }
            None => self.e.goto(top),
        }
        self.e.bind(end);
        self.e.end_variables(variables);
        self.e.release(mark);
    }

    /// The condition at the bottom of a loop; counting and testing are one instruction where they
    /// can be.
    fn bottom_test(&mut self, cond: &'a Expr, top: Label, limit: Option<Reg>) {
        let counted = match self.e.last() {
            Some(Instruction::AddImm { dst, a, imm: 1 }) if dst == a => Some(dst),
            _ => None,
        };
        if let (Some(counter), ExprKind::Binary(BinaryOp::Less, a, b)) =
            (counted, &cond.unparen().kind)
            && matches!(self.under(self.type_of(a)), Type::Basic(basic) if basic.bits() == 64 && !basic.is_unsigned() && basic.is_integer())
            && self.register_of(a) == Some(counter)
            && let Some(limit) = self.register_of(b).or(limit)
        {
            self.e.pop();
            self.e.jump(
                Instruction::IncrementJumpIfLess {
                    counter,
                    limit,
                    offset: 0,
                },
                top,
            );
            return;
        }
        self.condition(cond, top, true);
    }

    /// In a loop that counts up to a constant, a register that holds the constant throughout.
    fn constant_limit(&mut self, statement: &'a For) -> Option<Reg> {
        let ExprKind::Binary(BinaryOp::Less, a, b) = &statement.cond.as_ref()?.unparen().kind
        else {
            return None;
        };
        let StmtKind::IncDec(BinaryOp::Add, counter) = &statement.post.as_ref()?.kind else {
            return None;
        };
        let constant = self.unit.info.constant(b.id)?;
        let register = self.register_of(a)?;
        if self.register_of(counter) != Some(register) {
            return None;
        }
        Some(self.constant(constant, TypeId::INT, None))
    }

    /// The register an expression is in without any code: a variable, or the length of a slice or
    /// string variable.
    fn register_of(&self, expr: &Expr) -> Option<Reg> {
        let variable = |expr: &Expr| {
            let name = expr.unparen().as_name()?;
            match self.homes.get(&self.unit.info.uses[name.id.index()]?)? {
                Home::Register(register) => Some(*register),
                Home::Cell(_) => None,
            }
        };
        if self.unit.info.constant(expr.id).is_some() {
            return None;
        }
        match &expr.unparen().kind {
            ExprKind::Call(call)
                if self.unit.info.of(call.func.unparen().id).mode
                    == Mode::Builtin(Builtin::Len) =>
            {
                let arg = call.args.first()?;
                match self.under(self.type_of(arg)) {
                    Type::Slice(_) => Some(variable(arg)? + 1),
                    Type::Basic(basic) if basic.is_string() => Some(variable(arg)? + 1),
                    _ => None,
                }
            }
            _ => variable(expr),
        }
    }

    /// Whether an expression is cheap and free of effects, so that it may be compiled twice.
    fn is_simple(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Name(_) | ExprKind::Literal(_) => true,
            ExprKind::Paren(inner) => self.is_simple(inner),
            ExprKind::Unary(UnaryOp::Not | UnaryOp::Neg, inner) => self.is_simple(inner),
            ExprKind::Selector(base, _) => self.is_simple(base),
            ExprKind::Binary(op, a, b) => {
                !matches!(op, BinaryOp::LogicalAnd | BinaryOp::LogicalOr)
                    && self.is_simple(a)
                    && self.is_simple(b)
            }
            ExprKind::Call(call) => {
                self.unit.info.of(call.func.unparen().id).mode == Mode::Builtin(Builtin::Len)
                    && call.args.iter().all(|arg| self.is_simple(arg))
            }
            _ => false,
        }
    }

    /// The variables of a loop's init statement that live on the heap and that each iteration has
    /// a copy of.
    fn loop_cells(&mut self, init: Option<&'a Stmt>) -> Vec<(ObjId, TypeId, Reg)> {
        let Some(Stmt {
            kind: StmtKind::Define(names, _),
            ..
        }) = init
        else {
            return Vec::new();
        };
        if self.shared_loops {
            return Vec::new();
        }
        let objects = names
            .iter()
            .filter_map(|name| self.unit.info.defs[name.id.index()]);
        let mut cells = Vec::new();
        for object in objects.collect::<Vec<_>>() {
            if let Some(&Home::Cell(cell)) = self.homes.get(&object) {
                let ty = self.resolve(self.unit.info.object(object).typ);
                // A copy makes a difference only where something may still hold the old one.
                let captured = self
                    .facts
                    .variables
                    .get(&object)
                    .is_some_and(|facts| facts.captured);
                if captured || self.unit.info.object(object).address_taken {
                    cells.push((object, ty, cell));
                }
            }
        }
        cells
    }

    fn renew_cells(&mut self, cells: &[(ObjId, TypeId, Reg)]) {
        for &(object, ty, cell) in cells {
            let words = self.words(ty);
            let mark = self.e.mark();
            let value = self.e.take(words);
            if words > 0 {
                self.load_memory(value, cell, 0, words);
            }
            let name = self.unit.info.object(object).name.clone();
            self.e.binding(&name);
            self.new_cell(cell, ty);
            if words > 0 {
                self.store_memory(cell, 0, value, words);
            }
            self.e.release(mark);
        }
    }

    // ---- range ---------------------------------------------------------------------------

    pub fn range(&mut self, node: NodeId, statement: &'a RangeFor) {
        let label = self.pending_label.take();
        let mark = self.e.mark();
        let variables = self.e.variable_count();
        let ty = self.default_type(self.type_of(&statement.subject));
        match self.under(ty) {
            Type::Slice(element) => self.range_slice(statement, ty, element, label),
            Type::Array(element, length) => self.range_array(statement, ty, element, length, label),
            Type::Pointer(array) => {
                if let Type::Array(element, length) = self.under(array) {
                    self.range_array_pointer(statement, element, length, label);
                }
            }
            Type::Basic(basic) if basic.is_string() => self.range_string(statement, ty, label),
            Type::Basic(_) => self.range_integer(statement, ty, label),
            Type::Map(key, value) => self.range_map(statement, key, value, label),
            Type::Chan(_, element) => self.range_channel(statement, element, label),
            Type::Signature(signature) => self.range_function(node, statement, &signature, label),
            _ => {}
        }
        self.e.end_variables(variables);
        self.e.release(mark);
    }

    /// Whether the statement has a place for its first or second value that is not `_`.
    fn wants(&self, statement: &RangeFor, at: usize) -> bool {
        match &statement.into {
            RangeInto::Nothing => false,
            RangeInto::Assign(targets) => targets
                .get(at)
                .is_some_and(|target| !target.unparen().as_name().is_some_and(Ident::is_blank)),
            RangeInto::Define(names) => names.get(at).is_some_and(|name| !name.is_blank()),
        }
    }

    /// Before Go 1.22, the loop's variables are made once, before the loop.
    fn shared_variables(&mut self, statement: &'a RangeFor) {
        let RangeInto::Define(names) = &statement.into else {
            return;
        };
        if !self.shared_loops {
            return;
        }
        for name in names {
            let Some(object) = self.unit.info.defs[name.id.index()] else {
                continue;
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
    }

    /// Gives the loop's first or second variable this iteration's value, in registers that stay
    /// untouched during the iteration if `owned`.
    pub fn bind_loop_value(
        &mut self,
        into: &'a RangeInto,
        at: usize,
        value: Reg,
        from: TypeId,
        owned: bool,
    ) {
        match into {
            RangeInto::Nothing => {}
            RangeInto::Assign(targets) => {
                if let Some(target) = targets.get(at) {
                    let mark = self.e.mark();
                    let place = self.target_place(target);
                    self.assign_part(target, place, value, from);
                    self.e.release(mark);
                }
            }
            RangeInto::Define(names) => {
                let Some(name) = names.get(at).filter(|name| !name.is_blank()) else {
                    return;
                };
                let Some(object) = self.unit.info.defs[name.id.index()] else {
                    return;
                };
                let ty = self.resolve(self.unit.info.object(object).typ);
                let words = self.words(ty);
                if self.shared_loops
                    && let Some(&home) = self.homes.get(&object)
                {
                    return self.store_home(home, value, words);
                }
                if !self.lives_on_heap(object, ty) && owned {
                    return self.set_home(object, Home::Register(value));
                }
                let reassigned = self
                    .facts
                    .variables
                    .get(&object)
                    .is_some_and(|facts| facts.reassigned);
                if !self.lives_on_heap(object, ty) && !reassigned {
                    return self.set_home(object, Home::Register(value));
                }
                let mark = self.e.mark();
                self.declare_with(object, ty, value, mark);
            }
        }
    }

    /// The loop around a body whose index runs from 0 to the value of `limit`. `element` loads
    /// the second value.
    fn counting_loop(
        &mut self,
        statement: &'a RangeFor,
        limit: Reg,
        index_type: TypeId,
        label: Option<std::rc::Rc<str>>,
        element: &mut dyn FnMut(&mut Self, Reg),
    ) {
        let index = self.e.take(1);
        self.load_int(index, 0);
        let (top, next, end) = (self.e.label(), self.e.label(), self.e.label());
        self.e.jump(
            Instruction::JumpIfLessEqual {
                a: limit,
                b: index,
                offset: 0,
            },
            end,
        );
        self.e.bind(top);
        let mark = self.e.mark();
        let variables = self.e.variable_count();
        if self.wants(statement, 0) {
            self.bind_loop_value(&statement.into, 0, index, index_type, false);
        }
        element(self, index);
        self.targets.push(BranchTarget {
            label,
            on_break: end,
            on_continue: Some(next),
        });
        self.block_statements(&statement.body.stmts);
        self.targets.pop();
        self.e.end_variables(variables);
        self.e.release(mark);
        self.e.bind(next);
        self.e.jump(
            Instruction::IncrementJumpIfLess {
                counter: index,
                limit,
                offset: 0,
            },
            top,
        );
        self.e.bind(end);
    }

    fn range_integer(
        &mut self,
        statement: &'a RangeFor,
        ty: TypeId,
        label: Option<std::rc::Rc<str>>,
    ) {
        self.shared_variables(statement);
        // `for i := range 10` with a typed variable gives the constant its type.
        let limit = self.e.take(1);
        self.expr_as(&statement.subject, ty, Some(limit));
        self.counting_loop(statement, limit, ty, label, &mut |_, _| {});
    }

    fn range_slice(
        &mut self,
        statement: &'a RangeFor,
        ty: TypeId,
        element: TypeId,
        label: Option<std::rc::Rc<str>>,
    ) {
        self.shared_variables(statement);
        // The slice is evaluated once, its length with it.
        let slice = self.e.take(3);
        self.expr_as(&statement.subject, ty, Some(slice));
        let wants = self.wants(statement, 1);
        let words = self.words(element);
        self.counting_loop(
            statement,
            slice + 1,
            TypeId::INT,
            label,
            &mut |this, index| {
                if wants {
                    let value = this.e.take(words);
                    this.load(
                        super::place::Place::SliceElement {
                            slice,
                            index,
                            words,
                        },
                        words,
                        Some(value),
                    );
                    this.bind_loop_value(&statement.into, 1, value, element, true);
                }
            },
        );
    }

    fn range_array(
        &mut self,
        statement: &'a RangeFor,
        ty: TypeId,
        element: TypeId,
        length: i64,
        label: Option<std::rc::Rc<str>>,
    ) {
        self.shared_variables(statement);
        let limit = self.e.take(1);
        let wants = self.wants(statement, 1);
        let words = self.words(element);
        // Ranging over values means ranging over a copy.
        let cell = self.e.take(1);
        if wants {
            let mark = self.e.mark();
            let all = self.words(ty);
            let value = self.expr(&statement.subject, None);
            self.new_cell(cell, ty);
            self.store_memory(cell, 0, value, all);
            self.e.release(mark);
        } else if self.has_call(&statement.subject) {
            self.expr(&statement.subject, None);
        }
        self.load_int(limit, length);
        self.counting_loop(statement, limit, TypeId::INT, label, &mut |this, index| {
            if wants {
                this.range_element(statement, cell, index, element, words);
            }
        });
    }

    /// Loads and binds the element of an array behind a pointer.
    fn range_element(
        &mut self,
        statement: &'a RangeFor,
        array: Reg,
        index: Reg,
        element: TypeId,
        words: u32,
    ) {
        let value = self.e.take(words);
        let mark = self.e.mark();
        if words == 1 {
            self.e.emit(Instruction::ArrayGet {
                dst: value,
                ptr: array,
                index,
            });
        } else if words > 0 {
            let pointer = self.e.take(2);
            self.load_int(pointer + 1, i64::from(words));
            self.e.emit(Instruction::Mul {
                dst: pointer + 1,
                a: pointer + 1,
                b: index,
            });
            self.e.emit(Instruction::OffsetAddress {
                dst: pointer,
                ptr: array,
                words: pointer + 1,
            });
            self.load_memory(value, pointer, 0, words);
        }
        self.e.release(mark);
        self.bind_loop_value(&statement.into, 1, value, element, true);
    }

    fn range_array_pointer(
        &mut self,
        statement: &'a RangeFor,
        element: TypeId,
        length: i64,
        label: Option<std::rc::Rc<str>>,
    ) {
        self.shared_variables(statement);
        let limit = self.e.take(1);
        let pointer = self.e.take(1);
        self.expr(&statement.subject, Some(pointer));
        self.load_int(limit, length);
        let wants = self.wants(statement, 1);
        let words = self.words(element);
        self.counting_loop(statement, limit, TypeId::INT, label, &mut |this, index| {
            if wants {
                this.range_element(statement, pointer, index, element, words);
            }
        });
    }

    fn range_string(
        &mut self,
        statement: &'a RangeFor,
        ty: TypeId,
        label: Option<std::rc::Rc<str>>,
    ) {
        self.shared_variables(statement);
        let string = self.e.take(2);
        self.expr_as(&statement.subject, ty, Some(string));
        let state = self.e.take(3);
        self.load_int(state, 0);
        let next = self.e.here();
        let end = self.e.label();
        self.e.jump(
            Instruction::RangeString {
                state,
                string,
                offset: 0,
            },
            end,
        );
        let mark = self.e.mark();
        let variables = self.e.variable_count();
        self.bind_loop_value(&statement.into, 0, state + 1, TypeId::INT, true);
        self.bind_loop_value(&statement.into, 1, state + 2, TypeId::INT32, true);
        self.loop_body(statement, label, next, end);
        self.e.end_variables(variables);
        self.e.release(mark);
        self.e.goto(next);
        self.e.bind(end);
    }

    fn loop_body(
        &mut self,
        statement: &'a RangeFor,
        label: Option<std::rc::Rc<str>>,
        next: Label,
        end: Label,
    ) {
        self.targets.push(BranchTarget {
            label,
            on_break: end,
            on_continue: Some(next),
        });
        self.block_statements(&statement.body.stmts);
        self.targets.pop();
    }

    fn range_map(
        &mut self,
        statement: &'a RangeFor,
        key: TypeId,
        value: TypeId,
        label: Option<std::rc::Rc<str>>,
    ) {
        self.shared_variables(statement);
        let iterator = self.e.take(1);
        let mark = self.e.mark();
        let map = self.expr(&statement.subject, None);
        self.e.emit(Instruction::MapIterate { iterator, map });
        self.e.release(mark);
        let (key_words, value_words) = (self.words(key), self.words(value));
        let key_only = !self.wants(statement, 1);
        let dst = self
            .e
            .take(key_words + if key_only { 0 } else { value_words });
        let next = self.e.here();
        let end = self.e.label();
        self.e.jump(
            Instruction::MapNext {
                key_only,
                iterator,
                dst,
                offset: 0,
            },
            end,
        );
        let mark = self.e.mark();
        let variables = self.e.variable_count();
        self.bind_loop_value(&statement.into, 0, dst, key, true);
        if !key_only {
            self.bind_loop_value(&statement.into, 1, after(dst, key_words), value, true);
        }
        self.loop_body(statement, label, next, end);
        self.e.end_variables(variables);
        self.e.release(mark);
        self.e.goto(next);
        self.e.bind(end);
    }

    fn range_channel(
        &mut self,
        statement: &'a RangeFor,
        element: TypeId,
        label: Option<std::rc::Rc<str>>,
    ) {
        self.shared_variables(statement);
        let channel = self.e.take(1);
        self.expr(&statement.subject, Some(channel));
        let words = self.words(element);
        let dst = self.e.take(1 + words);
        let next = self.e.here();
        let end = self.e.label();
        let span = std::mem::replace(&mut self.e.span, statement.subject.span);
        self.e.statement();
        self.e.subject(statement.subject.span);
        self.e.emit(Instruction::ReceiveOk { dst, channel });
        self.e.span = span;
        self.e.jump(
            Instruction::JumpIfNot {
                condition: dst,
                offset: 0,
            },
            end,
        );
        let mark = self.e.mark();
        let variables = self.e.variable_count();
        self.bind_loop_value(&statement.into, 0, dst + 1, element, true);
        self.loop_body(statement, label, next, end);
        self.e.end_variables(variables);
        self.e.release(mark);
        self.e.goto(next);
        self.e.bind(end);
    }
}
