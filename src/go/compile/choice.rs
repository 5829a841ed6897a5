//! `if`, `switch`, type switches, `select`, and the branches that leave statements.

use super::bytecode::{Instruction, Reg, SelectCase, SelectDirection, SelectTable};
use super::emit::{Label, after};
use super::function::{BranchTarget, FunctionCompiler, Home};
use super::range_function::Exit;
use crate::go::syntax::ast::*;
use crate::go::types::info::Mode;
use crate::go::types::{Type, TypeId};
use std::rc::Rc;

impl<'a> FunctionCompiler<'_, 'a> {
    pub fn if_statement(&mut self, statement: &'a If) {
        let mark = self.e.mark();
        let variables = self.e.variable_count();
        if let Some(init) = &statement.init {
            self.stmt(init);
        }
        let otherwise = self.e.label();
        self.condition(&statement.cond, otherwise, false);
        self.block_statements(&statement.then.stmts);
        match &statement.otherwise {
            Some(other) => {
                let end = self.e.label();
                self.e.goto(end);
                self.e.bind(otherwise);
                self.stmt(other);
                self.e.bind(end);
            }
            None => self.e.bind(otherwise),
        }
        self.e.end_variables(variables);
        self.e.release(mark);
    }

    // ---- branches ------------------------------------------------------------------------

    /// The label a `goto` jumps to.
    pub fn goto_label(&mut self, name: &Rc<str>) -> Label {
        if let Some(&label) = self.labels.get(name) {
            return label;
        }
        let label = self.e.label();
        self.labels.insert(name.clone(), label);
        label
    }

    pub fn branch(&mut self, kind: BranchKind, label: Option<&Ident>) {
        let name = label.map(|label| label.name.clone());
        match kind {
            BranchKind::Fallthrough => {
                if let Some(next) = self.fall_through {
                    self.e.goto(next);
                }
            }
            BranchKind::Goto => {
                if let Some(name) = name {
                    self.leave(Exit::Goto(name));
                }
            }
            BranchKind::Break => match name {
                Some(name) => self.leave(Exit::Break(name)),
                None => {
                    if let Some(target) = self.targets.last() {
                        let label = target.on_break;
                        self.e.goto(label);
                    }
                }
            },
            BranchKind::Continue => match name {
                Some(name) => self.leave(Exit::Continue(name)),
                None => {
                    let target = self
                        .targets
                        .iter()
                        .rev()
                        .find_map(|target| target.on_continue);
                    if let Some(label) = target {
                        self.e.goto(label);
                    }
                }
            },
        }
    }

    /// Jumps to a labelled place of this function, or leaves the body of a range over a function.
    pub fn leave(&mut self, exit: Exit) {
        let labelled = |this: &Self, name: &Rc<str>| {
            this.targets
                .iter()
                .rev()
                .find(|target| target.label.as_ref() == Some(name))
                .cloned()
        };
        match &exit {
            Exit::Break(name) => {
                if let Some(target) = labelled(self, name) {
                    return self.e.goto(target.on_break);
                }
            }
            Exit::Continue(name) => {
                if let Some(label) = labelled(self, name).and_then(|target| target.on_continue) {
                    return self.e.goto(label);
                }
            }
            Exit::Goto(name) => {
                let inside = self
                    .range_body
                    .as_ref()
                    .is_none_or(|body| body.labels.contains(name));
                if inside {
                    let label = self.goto_label(name);
                    return self.e.goto(label);
                }
            }
            Exit::Return => {}
        }
        self.leave_range_body(exit);
    }

    // ---- switch --------------------------------------------------------------------------

    pub fn switch(&mut self, statement: &'a Switch) {
        let label = self.pending_label.take();
        let mark = self.e.mark();
        let variables = self.e.variable_count();
        if let Some(init) = &statement.init {
            self.stmt(init);
        }
        let tag = statement.tag.as_ref().map(|tag| self.switch_tag(tag));
        let end = self.e.label();
        let entries: Vec<Label> = statement.clauses.iter().map(|_| self.e.label()).collect();
        let mut default = end;
        for (clause, &entry) in statement.clauses.iter().zip(&entries) {
            let Some(exprs) = &clause.exprs else {
                default = entry;
                continue;
            };
            for expr in exprs {
                match &tag {
                    Some((register, ty)) => self.switch_case(*register, *ty, expr, entry),
                    None => self.condition(expr, entry, true),
                }
            }
        }
        self.e.goto(default);
        let outer = self.fall_through.take();
        self.targets.push(BranchTarget {
            label,
            on_break: end,
            on_continue: None,
        });
        for (at, clause) in statement.clauses.iter().enumerate() {
            self.e.bind(entries[at]);
            self.fall_through = entries.get(at + 1).copied();
            self.block_statements(&clause.body);
            self.e.goto(end);
        }
        self.targets.pop();
        self.fall_through = outer;
        self.e.bind(end);
        self.e.end_variables(variables);
        self.e.release(mark);
    }

    /// The tag, in registers that no case can change.
    fn switch_tag(&mut self, tag: &'a Expr) -> (Reg, TypeId) {
        let ty = self.default_type(self.type_of(tag));
        let words = self.words(ty);
        let register = self.e.take(words);
        self.expr_as(tag, ty, Some(register));
        (register, ty)
    }

    fn switch_case(&mut self, tag: Reg, ty: TypeId, expr: &'a Expr, entry: Label) {
        let mark = self.e.mark();
        let span = std::mem::replace(&mut self.e.span, expr.span);
        let word = matches!(self.under(ty), Type::Basic(basic) if basic.is_integer() || basic.is_boolean());
        if self.unit.info.of(expr.id).mode == Mode::Nil {
            self.e.jump(
                Instruction::JumpIfEqualImm {
                    a: tag,
                    imm: 0,
                    offset: 0,
                },
                entry,
            );
        } else if word
            && let Some(imm) = self
                .small_constant(expr)
                .filter(|_| self.type_of(expr) == ty)
        {
            self.e.jump(
                Instruction::JumpIfEqualImm {
                    a: tag,
                    imm,
                    offset: 0,
                },
                entry,
            );
        } else {
            let other = self.default_type(self.type_of(expr));
            // Either side may be an interface that the other is compared with.
            let common = if self.is_interface(other) && !self.is_interface(ty) {
                other
            } else {
                ty
            };
            let words = self.words(common);
            let pair = self.e.take(2 * words);
            self.convert_for(tag, ty, common, Some(pair));
            let second = after(pair, words);
            self.expr_as(expr, common, Some(second));
            let condition = self.e.take(1);
            self.compare(BinaryOp::Equal, common, condition, pair, second);
            self.e.jump(
                Instruction::JumpIf {
                    condition,
                    offset: 0,
                },
                entry,
            );
        }
        self.e.span = span;
        self.e.release(mark);
    }

    // ---- type switch ---------------------------------------------------------------------

    pub fn type_switch(&mut self, statement: &'a TypeSwitch) {
        let label = self.pending_label.take();
        let mark = self.e.mark();
        let variables = self.e.variable_count();
        if let Some(init) = &statement.init {
            self.stmt(init);
        }
        let ty = self.type_of(&statement.subject);
        let subject = self.e.take(2);
        self.expr(&statement.subject, Some(subject));
        let end = self.e.label();
        let entries: Vec<Label> = statement.clauses.iter().map(|_| self.e.label()).collect();
        let mut default = end;
        for (clause, &entry) in statement.clauses.iter().zip(&entries) {
            match &clause.exprs {
                None => default = entry,
                Some(exprs) => {
                    for expr in exprs {
                        self.type_case(subject, expr, entry);
                    }
                }
            }
        }
        self.e.goto(default);
        let outer = self.fall_through.take();
        self.targets.push(BranchTarget {
            label,
            on_break: end,
            on_continue: None,
        });
        for (clause, &entry) in statement.clauses.iter().zip(&entries) {
            self.e.bind(entry);
            let inner = self.e.mark();
            let count = self.e.variable_count();
            self.bind_type_case(clause, subject, ty);
            self.block_statements(&clause.body);
            self.e.end_variables(count);
            self.e.release(inner);
            self.e.goto(end);
        }
        self.targets.pop();
        self.fall_through = outer;
        self.e.bind(end);
        self.e.end_variables(variables);
        self.e.release(mark);
    }

    fn type_case(&mut self, subject: Reg, expr: &'a Expr, entry: Label) {
        if self.unit.info.of(expr.id).mode == Mode::Nil {
            self.e.jump(
                Instruction::JumpIfEqualImm {
                    a: subject,
                    imm: 0,
                    offset: 0,
                },
                entry,
            );
            return;
        }
        let ty = self.type_of(expr);
        let is_interface = self.is_interface(ty);
        let ty = self.type_index(ty);
        let next = self.e.label();
        self.e.jump(
            if is_interface {
                Instruction::JumpIfNotImplements {
                    src: subject,
                    ty,
                    offset: 0,
                }
            } else {
                Instruction::JumpIfNotType {
                    src: subject,
                    ty,
                    offset: 0,
                }
            },
            next,
        );
        self.e.goto(entry);
        self.e.bind(next);
    }

    /// Declares the clause's variable.
    fn bind_type_case(&mut self, clause: &'a CaseClause, subject: Reg, ty: TypeId) {
        let Some(&object) = self.unit.info.implicits.get(&clause.id) else {
            return;
        };
        let target = self.resolve(self.unit.info.object(object).typ);
        let words = self.words(target);
        let mark = self.e.mark();
        let value = self.e.take(words);
        if self.is_interface(target) || target == ty {
            self.e.move_words(value, subject, words);
        } else {
            let ty = self.type_index(target);
            self.e.emit(Instruction::Unbox {
                dst: value,
                src: subject,
                ty,
            });
        }
        self.declare_with(object, target, value, mark);
    }

    // ---- select --------------------------------------------------------------------------

    pub fn select(&mut self, clauses: &'a [CommClause]) {
        let label = self.pending_label.take();
        let mark = self.e.mark();
        let mut cases = Vec::new();
        // All channels and values are evaluated first, in source order.
        for clause in clauses {
            match &clause.comm {
                Comm::Default => {}
                Comm::Send(channel, value) => {
                    let element = self.channel_element(channel);
                    let words = self.words(element);
                    let register = self.e.take(1);
                    self.expr(channel, Some(register));
                    let at = self.e.take(words);
                    self.expr_as(value, element, Some(at));
                    cases.push(select_case(
                        SelectDirection::Send,
                        register,
                        at,
                        clause,
                        channel,
                    ));
                }
                Comm::Receive(_, operation) => {
                    let Some(channel) = operation.receive_operand() else {
                        continue;
                    };
                    let element = self.channel_element(channel);
                    let words = self.words(element);
                    let register = self.e.take(1);
                    self.expr(channel, Some(register));
                    let at = self.e.take(1 + words);
                    cases.push(select_case(
                        SelectDirection::Receive,
                        register,
                        at,
                        clause,
                        channel,
                    ));
                }
            }
        }
        let has_default = clauses
            .iter()
            .any(|clause| matches!(clause.comm, Comm::Default));
        let values: Vec<Reg> = cases.iter().map(|case| case.value).collect();
        let table = self.e.selects.len() as u32;
        self.e.selects.push(SelectTable { cases, has_default });
        let chosen = self.e.take(1);
        self.e.emit(Instruction::Select { dst: chosen, table });
        self.select_bodies(clauses, &values, chosen, label);
        self.e.release(mark);
    }

    fn select_bodies(
        &mut self,
        clauses: &'a [CommClause],
        values: &[Reg],
        chosen: Reg,
        label: Option<Rc<str>>,
    ) {
        let end = self.e.label();
        let entries: Vec<Label> = clauses.iter().map(|_| self.e.label()).collect();
        // The index counts communications; the default comes last.
        let communicates = |clause: &CommClause| !matches!(clause.comm, Comm::Default);
        let ordered = clauses.iter().zip(&entries);
        let mut targets: Vec<Label> = ordered
            .clone()
            .filter(|(clause, _)| communicates(clause))
            .map(|(_, &entry)| entry)
            .collect();
        targets.extend(
            ordered
                .filter(|(clause, _)| !communicates(clause))
                .map(|(_, &entry)| entry),
        );
        if targets.len() > 1 {
            self.e.jump_table(chosen, targets);
        }
        self.targets.push(BranchTarget {
            label,
            on_break: end,
            on_continue: None,
        });
        let mut values = values.iter();
        for (clause, &entry) in clauses.iter().zip(&entries) {
            self.e.bind(entry);
            let mark = self.e.mark();
            let variables = self.e.variable_count();
            self.e.span = clause.span;
            if communicates(clause)
                && let Some(&at) = values.next()
            {
                self.bind_received(&clause.comm, at);
            }
            self.block_statements(&clause.body);
            self.e.end_variables(variables);
            self.e.release(mark);
            self.e.goto(end);
        }
        self.targets.pop();
        self.e.bind(end);
    }

    /// Puts what a select received where the clause wants it: ok stands at `at`, the value behind.
    fn bind_received(&mut self, comm: &'a Comm, at: Reg) {
        let Comm::Receive(into, operation) = comm else {
            return;
        };
        let Some(channel) = operation.receive_operand() else {
            return;
        };
        let element = self.channel_element(channel);
        let parts = [(at + 1, element), (at, TypeId::BOOL)];
        match into {
            ReceiveInto::Nothing => {}
            ReceiveInto::Assign(targets) => {
                for (target, (at, from)) in targets.iter().zip(parts) {
                    let mark = self.e.mark();
                    let place = self.target_place(target);
                    self.assign_part(target, place, at, from);
                    self.e.release(mark);
                }
            }
            ReceiveInto::Define(names) => {
                for (name, (at, ty)) in names.iter().zip(parts) {
                    let Some(object) = self.unit.info.defs[name.id.index()] else {
                        continue;
                    };
                    if name.is_blank() {
                        continue;
                    }
                    if self.lives_on_heap(object, ty) {
                        let mark = self.e.mark();
                        self.declare_with(object, ty, at, mark);
                    } else {
                        self.set_home(object, Home::Register(at));
                    }
                }
            }
        }
    }
}

fn select_case(
    direction: SelectDirection,
    channel: Reg,
    value: Reg,
    clause: &CommClause,
    subject: &Expr,
) -> SelectCase {
    SelectCase {
        direction,
        channel,
        value,
        span: clause.span,
        subject: subject.span,
    }
}
