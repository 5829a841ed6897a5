//! Operators with one operand and arithmetic with two (Go spec, "Operators").

use super::check::Checker;
use super::constant::Constant;
use super::info::Mode;
use super::operand::Operand;
use super::table::{Basic, ChanDir, Type, TypeId};
use crate::go::syntax::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use crate::go::syntax::text::expr_text;
use std::rc::Rc;

impl<'a> Checker<'a> {
    pub(super) fn star(&mut self, expr: &'a Expr, inner: &'a Expr) -> Operand<'a> {
        let mut x = self.raw_expr(inner, None);
        if x.mode == Mode::Type {
            if self.generic_params(x.typ).is_some() {
                self.type_expr(inner);
                return Operand::invalid(expr);
            }
            let typ = self.types.pointer(x.typ);
            return Operand::new(Mode::Type, typ, expr);
        }
        self.require_value(&mut x);
        self.require_single(&mut x);
        if x.mode == Mode::Invalid {
            return x;
        }
        if x.is_nil() {
            self.error(x.span, "invalid operation: cannot indirect nil");
            return Operand::invalid(expr);
        }
        let core = self.core_type(x.typ).unwrap_or(TypeId::INVALID);
        let Type::Pointer(to) = self.types.get(core) else {
            let text = self.describe(&x);
            self.error_parts(x.span, &["invalid operation: cannot indirect ", &text]);
            return Operand::invalid(expr);
        };
        Operand::new(Mode::Variable, to, expr)
    }

    pub(super) fn unary(
        &mut self,
        expr: &'a Expr,
        op: UnaryOp,
        inner: &'a Expr,
        hint: Option<TypeId>,
    ) -> Operand<'a> {
        if op == UnaryOp::Address {
            return self.address(expr, inner, hint);
        }
        let mut x = self.expr(inner, None);
        if x.mode == Mode::Invalid {
            return x;
        }
        if op == UnaryOp::Receive {
            return self.receive(expr, x);
        }
        let defined = match op {
            UnaryOp::Plus | UnaryOp::Neg => self.all_basic(x.typ, Basic::is_numeric),
            UnaryOp::Complement => self.all_basic(x.typ, Basic::is_integer),
            _ => self.all_basic(x.typ, Basic::is_boolean),
        };
        if !defined {
            let text = self.describe(&x);
            let words = [
                "invalid operation: operator ",
                op.text(),
                " not defined on ",
            ]
            .concat();
            self.error_parts(x.span, &[&words, &text]);
            return Operand::invalid(expr);
        }
        if let (Mode::Constant, Some(value)) = (x.mode, x.value.clone()) {
            let basic = self.basic(x.typ).unwrap_or(Basic::Invalid);
            let unsigned = basic.is_unsigned().then(|| basic.bits());
            let value = match op {
                UnaryOp::Neg => value.negate(),
                UnaryOp::Complement => value.complement(unsigned),
                UnaryOp::Not => value.as_bool().map(|b| Constant::Bool(!b)),
                _ => Some((*value).clone()),
            };
            x.value = value.map(Rc::new);
            x.expr = Some(expr);
            x.span = expr.span;
            self.check_overflow(&mut x);
            return x;
        }
        x.mode = Mode::Value;
        x
    }

    pub(super) fn address(
        &mut self,
        expr: &'a Expr,
        inner: &'a Expr,
        hint: Option<TypeId>,
    ) -> Operand<'a> {
        let hint = hint.and_then(|t| match self.under(t) {
            Type::Pointer(to) => Some(to),
            _ => None,
        });
        let mut x = self.raw_expr(inner, hint);
        self.require_value(&mut x);
        self.require_single(&mut x);
        if x.mode == Mode::Invalid {
            return x;
        }
        let literal = matches!(inner.unparen().kind, ExprKind::Composite(_));
        if !literal && x.mode != Mode::Variable {
            let text = self.describe(&x);
            let words = "invalid operation: cannot take address of ";
            self.error_parts(x.span, &[words, &text]);
            return Operand::invalid(expr);
        }
        self.take_address(inner);
        let typ = self.types.pointer(x.typ);
        Operand::new(Mode::Value, typ, expr)
    }

    /// Notes that the variable an addressable expression is part of has its address taken.
    pub(super) fn take_address(&mut self, expr: &'a Expr) {
        match &expr.kind {
            ExprKind::Paren(inner) => self.take_address(inner),
            ExprKind::Name(_) => {
                if let Some(object) = self.variable_of(expr) {
                    self.object_mut(object).address_taken = true;
                }
            }
            ExprKind::Selector(base, _) => {
                let through = self
                    .info
                    .selections
                    .get(&expr.id)
                    .is_some_and(|s| s.path.iter().any(|step| step.deref));
                if !through {
                    self.take_address(base);
                }
            }
            ExprKind::Index(base, _) => {
                let typ = self.info.nodes[base.id.index()].typ;
                if let Type::Array(..) = self.under(typ) {
                    self.take_address(base);
                }
            }
            _ => {}
        }
    }

    pub(super) fn receive(&mut self, expr: &'a Expr, x: Operand<'a>) -> Operand<'a> {
        let core = self.core_type(x.typ);
        match core.map(|c| self.types.get(c)) {
            Some(Type::Chan(ChanDir::Send, _)) => {
                self.channel_error("cannot receive from send-only channel ", &x);
                Operand::invalid(expr)
            }
            Some(Type::Chan(_, elem)) => {
                let mut result = Operand::new(Mode::CommaOk, elem, expr);
                result.statement = true;
                result
            }
            _ => {
                self.channel_error("cannot receive from non-channel ", &x);
                Operand::invalid(expr)
            }
        }
    }

    pub(super) fn channel_error(&mut self, words: &str, x: &Operand<'a>) {
        let (typ, text) = (self.text(x.typ), self.describe(x));
        let span = x.span;
        self.error_parts(span, &["invalid operation: ", words, &typ, " ", &text]);
    }

    pub(super) fn binary_expr(
        &mut self,
        expr: &'a Expr,
        op: BinaryOp,
        left: &'a Expr,
        right: &'a Expr,
    ) -> Operand<'a> {
        let x = self.expr(left, None);
        let y = self.expr(right, None);
        let mut x = self.binary(x, y, op, Some(expr));
        x.expr = Some(expr);
        x.span = expr.span;
        x.statement = false;
        x
    }

    /// `x op y`; `expr` is the whole, absent for `x op= y` and `x++`.
    pub(super) fn binary(
        &mut self,
        mut x: Operand<'a>,
        mut y: Operand<'a>,
        op: BinaryOp,
        expr: Option<&'a Expr>,
    ) -> Operand<'a> {
        if x.mode == Mode::Invalid || y.mode == Mode::Invalid {
            x.mode = Mode::Invalid;
            return x;
        }
        if op.is_shift() {
            return self.shift(x, y, op, expr);
        }
        let (a, b) = (x.typ, y.typ);
        let matched = self.match_operands(&mut x, &mut y);
        if x.mode == Mode::Invalid {
            return x;
        }
        if op.is_comparison() {
            return match matched {
                Ok(()) => self.comparison(x, y, op, false),
                Err(()) => {
                    self.comparison_mismatch(&x, &y, op, false);
                    x.mode = Mode::Invalid;
                    x
                }
            };
        }
        if matched.is_err() || !self.types.identical(x.typ, y.typ) {
            let (a, b) = (self.text(a), self.text(b));
            let parts = match expr {
                Some(expr) => expr_text(expr),
                None => {
                    let text = |o: &Operand<'a>| o.expr.map(expr_text).unwrap_or_default();
                    [&text(&x), " ", op.text(), "= ", &text(&y)].concat()
                }
            };
            if x.typ != TypeId::INVALID && y.typ != TypeId::INVALID {
                let words = ["invalid operation: ", &parts, " (mismatched types "].concat();
                self.error_parts(x.span, &[&words, &a, " and ", &b, ")"]);
            }
            x.mode = Mode::Invalid;
            return x;
        }
        if !self.operator_defined(op, x.typ) {
            let text = self.describe(&x);
            let words = [
                "invalid operation: operator ",
                op.text(),
                " not defined on ",
            ]
            .concat();
            self.error_parts(x.span, &[&words, &text]);
            x.mode = Mode::Invalid;
            return x;
        }
        if matches!(op, BinaryOp::Div | BinaryOp::Rem) {
            let integer = self.all_basic(x.typ, Basic::is_integer);
            let zero = y.mode == Mode::Constant && y.value.as_ref().is_some_and(|v| v.is_zero());
            if zero && (x.mode == Mode::Constant || integer) {
                self.error(y.span, "invalid operation: division by zero");
                x.mode = Mode::Invalid;
                return x;
            }
        }
        if let (Mode::Constant, Mode::Constant, Some(a), Some(b)) =
            (x.mode, y.mode, &x.value, &y.value)
        {
            let integer = self.is_integer(x.typ);
            let value = a.binary(op, b, integer);
            x.value = value.map(Rc::new);
            if let Some(expr) = expr {
                x.expr = Some(expr);
                x.span = expr.span;
            }
            self.check_overflow(&mut x);
            return x;
        }
        x.mode = Mode::Value;
        x.value = None;
        x
    }

    pub(super) fn operator_defined(&mut self, op: BinaryOp, typ: TypeId) -> bool {
        let holds: fn(Basic) -> bool = match op {
            BinaryOp::Add => |b| b.is_numeric() || b.is_string(),
            BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => Basic::is_numeric,
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr => Basic::is_boolean,
            _ => Basic::is_integer,
        };
        self.all_basic(typ, holds)
    }
}
