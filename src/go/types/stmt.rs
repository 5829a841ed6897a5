//! Statements.

use super::check::Checker;
use super::info::Mode;
use super::object::ObjKind;
use super::operand::Operand;
use super::resolve::const_lines;
use super::table::{Basic, ChanDir, Type, TypeId};
use crate::go::syntax::ast::*;
use crate::go::syntax::text::expr_text;
use crate::trace::Span;

impl<'a> Checker<'a> {
    /// A whole function body.
    pub(super) fn function_body(&mut self, block: &'a Block, needs_return: bool) {
        self.stmts(&block.stmts);
        self.run_later();
        if needs_return && !super::terminating::terminates(&block.stmts, self) {
            let end = Span {
                start: block.span.end.saturating_sub(1),
                ..block.span
            };
            self.error(end, "missing return");
        }
    }

    pub(super) fn stmts(&mut self, stmts: &'a [Stmt]) {
        for stmt in stmts {
            self.stmt(stmt);
        }
    }

    pub(super) fn block(&mut self, block: &'a Block) {
        let outer = self.open_scope();
        self.stmts(&block.stmts);
        self.close_scope(outer);
    }

    pub(super) fn stmt(&mut self, stmt: &'a Stmt) {
        if !self.enter(stmt.span) {
            return;
        }
        self.stmt_kind(stmt);
        self.depth -= 1;
    }

    pub(super) fn stmt_kind(&mut self, stmt: &'a Stmt) {
        match &stmt.kind {
            StmtKind::Bad | StmtKind::Empty | StmtKind::Branch(..) => {}
            StmtKind::Decl(decl) => self.local_decl(decl),
            StmtKind::Labeled(_, inner) => self.stmt(inner),
            StmtKind::Expr(expr) => self.expr_stmt(expr),
            StmtKind::Send(channel, value) => self.send(channel, value),
            StmtKind::IncDec(op, expr) => self.inc_dec(*op, expr),
            StmtKind::Assign(left, right) => self.assign_stmt(left, right),
            StmtKind::OpAssign(op, left, right) => self.op_assign(*op, left, right),
            StmtKind::Define(names, values) => self.define_stmt(names, values),
            StmtKind::Go(call) => self.suspended(call, "go"),
            StmtKind::Defer(call) => {
                if let Some(&function) = self.env.functions.last() {
                    self.function_info(function).has_defer = true;
                }
                self.suspended(call, "defer");
            }
            StmtKind::Return(values) => self.return_stmt(values, stmt.span),
            StmtKind::Block(block) => self.block(block),
            StmtKind::If(inner) => self.if_stmt(inner),
            StmtKind::Switch(switch) => self.switch(switch),
            StmtKind::TypeSwitch(switch) => self.type_switch(switch),
            StmtKind::Select(clauses) => self.select(clauses),
            StmtKind::For(inner) => {
                let outer = self.open_scope();
                if let Some(init) = &inner.init {
                    self.stmt(init);
                }
                if let Some(cond) = &inner.cond {
                    self.condition(cond, "for");
                }
                if let Some(post) = &inner.post {
                    self.stmt(post);
                }
                self.block(&inner.body);
                self.close_scope(outer);
            }
            StmtKind::Range(range) => self.range(range),
        }
    }

    pub(super) fn local_decl(&mut self, decl: &'a Decl) {
        match &decl.kind {
            DeclKind::Const(specs) => {
                for line in const_lines(specs) {
                    let mut objects = Vec::new();
                    for (at, name) in line.spec.names.iter().enumerate() {
                        let kind = ObjKind::Const(None);
                        let object =
                            self.new_object(kind, name.name.clone(), TypeId::INVALID, Some(name));
                        let outer = self.env.clone();
                        let value = line.values.get(at);
                        self.const_decl(object, line.ty, value, line.spec.iota, line.inherited);
                        self.env = outer;
                        objects.push(object);
                    }
                    self.const_arity(&line);
                    let scope = self.env.scope;
                    for object in objects {
                        self.declare(scope, object);
                    }
                }
            }
            DeclKind::Var(specs) => {
                for spec in specs {
                    self.local_vars(spec);
                }
            }
            DeclKind::Type(specs) => {
                for spec in specs {
                    let scope = self.env.scope;
                    let object = self.new_type_name(spec, scope);
                    self.declare(scope, object);
                    self.resolve(object);
                    self.complete_object(object);
                    self.check_recursion(&[object]);
                    self.run_later();
                }
            }
            DeclKind::Func(_) => {}
        }
    }

    pub(super) fn expr_stmt(&mut self, expr: &'a Expr) {
        let x = self.raw_expr(expr, None);
        let words = match x.mode {
            Mode::Invalid | Mode::NoValue => return,
            Mode::Builtin(_) => " must be called",
            Mode::Type => " is not an expression",
            _ => {
                let inner = expr.unparen();
                let call = matches!(
                    inner.kind,
                    ExprKind::Call(_) | ExprKind::Unary(UnaryOp::Receive, _)
                );
                if call && x.statement {
                    return;
                }
                " is not used"
            }
        };
        let text = self.describe(&x);
        self.error_parts(expr.span, &[&text, words]);
    }

    pub(super) fn send(&mut self, channel: &'a Expr, value: &'a Expr) {
        let c = self.expr(channel, None);
        let mut x = self.expr_hint(value, None, true);
        if c.mode == Mode::Invalid || x.mode == Mode::Invalid {
            return;
        }
        let core = self.core_type(c.typ).unwrap_or(TypeId::INVALID);
        match self.types.get(core) {
            Type::Chan(ChanDir::Receive, _) => {
                self.channel_error("cannot send to receive-only channel ", &c);
            }
            Type::Chan(_, elem) => self.assign_to(&mut x, Some(elem), "send"),
            _ => self.channel_error("cannot send to non-channel ", &c),
        }
    }

    pub(super) fn inc_dec(&mut self, op: BinaryOp, expr: &'a Expr) {
        let x = self.updated(expr);
        if x.mode == Mode::Invalid {
            return;
        }
        if !self.all_basic(x.typ, Basic::is_numeric) {
            let (text, typ) = (expr_text(expr), self.text(x.typ));
            let op = op.text();
            self.error_parts(
                expr.span,
                &[
                    "invalid operation: ",
                    &text,
                    op,
                    op,
                    " (non-numeric type ",
                    &typ,
                    ")",
                ],
            );
            return;
        }
        self.assign_target(expr);
    }

    /// The left side of `x op= y` as a value.
    pub(super) fn updated(&mut self, expr: &'a Expr) -> Operand<'a> {
        // Go counts `x++` and `x += y` as uses.
        let x = self.expr(expr, None);
        if let Some(object) = self.variable_of(expr) {
            self.object_mut(object).reassigned = true;
        }
        x
    }

    pub(super) fn op_assign(&mut self, op: BinaryOp, left: &'a Expr, right: &'a Expr) {
        let x = self.updated(left);
        let y = self.expr(right, None);
        let mut result = self.binary(x, y, op, None);
        if result.mode == Mode::Invalid {
            return;
        }
        let (target, ok) = self.assign_target(left);
        if ok {
            result.expr = Some(left);
            if self.is_untyped(result.typ) {
                return;
            }
            if target.is_some() {
                self.assign_to(&mut result, target, "assignment operation");
            }
        }
    }

    /// The call of a go or defer statement.
    pub(super) fn suspended(&mut self, expr: &'a Expr, keyword: &str) {
        let inner = expr.unparen();
        let ExprKind::Call(call) = &inner.kind else {
            self.raw_expr(expr, None);
            let words = " must be function call";
            self.error_parts(expr.span, &["expression in ", keyword, words]);
            return;
        };
        let x = self.raw_expr(expr, None);
        let func = &self.info.nodes[call.func.id.index()];
        let words = match (func.mode, x.mode) {
            (_, Mode::Invalid) => return,
            (Mode::Type, _) => " requires function call, not conversion ",
            (Mode::Builtin(_), _) if !x.statement => " discards result of ",
            _ => return,
        };
        let text = self.describe(&x);
        self.error_parts(expr.span, &[keyword, words, &text]);
    }

    pub(super) fn condition(&mut self, cond: &'a Expr, keyword: &str) {
        let x = self.expr(cond, None);
        if x.mode != Mode::Invalid && !self.all_basic(x.typ, Basic::is_boolean) {
            self.error_parts(
                cond.span,
                &["non-boolean condition in ", keyword, " statement"],
            );
        }
    }

    pub(super) fn if_stmt(&mut self, inner: &'a If) {
        let outer = self.open_scope();
        if let Some(init) = &inner.init {
            self.stmt(init);
        }
        self.condition(&inner.cond, "if");
        self.block(&inner.then);
        if let Some(otherwise) = &inner.otherwise {
            self.stmt(otherwise);
        }
        self.close_scope(outer);
    }
}
