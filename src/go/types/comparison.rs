//! Comparisons and shifts (Go spec, "Comparison operators", "Arithmetic operators").

use super::check::Checker;
use super::constant::Constant;
use super::info::Mode;
use super::operand::Operand;
use super::table::{Basic, Type, TypeId};
use crate::go::syntax::ast::{BinaryOp, Expr};
use crate::go::syntax::text::expr_text;
use std::rc::Rc;

impl<'a> Checker<'a> {
    pub(super) fn comparison_mismatch(
        &mut self,
        x: &Operand<'a>,
        y: &Operand<'a>,
        op: BinaryOp,
        case: bool,
    ) {
        let (a, b) = (self.text(x.typ), self.text(y.typ));
        let cause = ["mismatched types ", &a, " and ", &b].concat();
        self.comparison_error(x, y, op, &cause, case, false);
    }

    pub(super) fn comparison_error(
        &mut self,
        x: &Operand<'a>,
        y: &Operand<'a>,
        op: BinaryOp,
        cause: &str,
        case: bool,
        at_first: bool,
    ) {
        let text = |o: &Operand<'a>| o.expr.map_or("true".into(), expr_text);
        let (a, b) = (text(x), text(y));
        if case {
            let words = ["invalid case ", &a, " in switch on ", &b, " (", cause, ")"].concat();
            self.error(x.span, words);
        } else {
            let span = if at_first { x.span } else { y.span };
            let words = ["invalid operation: ", &a, " ", op.text(), " ", &b].concat();
            self.error_parts(span, &[&words, " (", cause, ")"]);
        }
    }

    /// A comparison of operands that were matched; `case` is a switch's.
    pub(super) fn comparison(
        &mut self,
        mut x: Operand<'a>,
        y: Operand<'a>,
        op: BinaryOp,
        case: bool,
    ) -> Operand<'a> {
        if self.assignable(&x, y.typ).is_err() && self.assignable(&y, x.typ).is_err() {
            self.comparison_mismatch(&x, &y, op, case);
            x.mode = Mode::Invalid;
            return x;
        }
        let mut cause = String::new();
        let mut wrong: Option<bool> = None;
        if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) {
            if x.is_nil() || y.is_nil() {
                if x.is_nil() && y.is_nil() && x.typ == TypeId::NIL && y.typ == TypeId::NIL {
                    wrong = Some(false);
                    cause = ["operator ", op.text(), " not defined on untyped nil"].concat();
                }
            } else {
                for (first, typ) in [(true, x.typ), (false, y.typ)] {
                    if !self.types.is_comparable(typ) {
                        wrong = Some(first);
                        cause = self.incomparable(typ);
                        break;
                    }
                }
            }
        } else {
            for (first, typ) in [(true, x.typ), (false, y.typ)] {
                let ordered: fn(Basic) -> bool =
                    |b| b.is_integer() || b.is_float() || b.is_string();
                if !self.all_basic(typ, ordered) {
                    wrong = Some(first);
                    break;
                }
            }
        }
        if let Some(first) = wrong {
            if cause.is_empty() {
                let typ = if first { x.typ } else { y.typ };
                cause = if self.is_type_param(x.typ) || self.is_type_param(y.typ) {
                    let text = self.text(typ);
                    ["type parameter ", &text, " cannot use operator ", op.text()].concat()
                } else {
                    let kind = self.composite_kind(typ).to_string();
                    let kind = if kind.is_empty() {
                        self.text(typ)
                    } else {
                        kind
                    };
                    ["operator ", op.text(), " not defined on ", &kind].concat()
                };
            }
            self.comparison_error(&x, &y, op, &cause, case, first);
            x.mode = Mode::Invalid;
            return x;
        }
        let folded = match (&x.value, &y.value) {
            (Some(a), Some(b)) if x.mode == Mode::Constant && y.mode == Mode::Constant => {
                a.compare(op, b)
            }
            _ => None,
        };
        match folded {
            Some(value) => x.value = Some(Rc::new(Constant::Bool(value))),
            None => {
                for operand in [&x, &y] {
                    if let Some(expr) = operand.expr {
                        let typ = self.default_type(operand.typ);
                        self.update_type(expr, typ, true);
                    }
                }
                x.mode = Mode::Value;
                x.value = None;
            }
        }
        x.typ = Basic::UntypedBool.id();
        x
    }

    /// Why values of a type cannot be compared.
    pub(super) fn incomparable(&mut self, typ: TypeId) -> String {
        if self.is_type_param(typ) {
            return "incomparable types in type set".into();
        }
        match self.under(typ) {
            Type::Slice(_) | Type::Signature(_) | Type::Map(..) => {
                [self.composite_kind(typ), " can only be compared to nil"].concat()
            }
            Type::Struct(fields) => {
                let field = fields.iter().find(|f| !self.types.is_comparable(f.typ));
                let inner = field.map(|f| self.text(f.typ)).unwrap_or_default();
                ["struct containing ", &inner, " cannot be compared"].concat()
            }
            _ => [&self.text(typ), " cannot be compared"].concat(),
        }
    }

    pub(super) fn shift(
        &mut self,
        mut x: Operand<'a>,
        mut y: Operand<'a>,
        op: BinaryOp,
        expr: Option<&'a Expr>,
    ) -> Operand<'a> {
        let untyped_int = self.is_untyped(x.typ)
            && x.mode == Mode::Constant
            && x.value.as_ref().is_some_and(|v| v.to_int().is_some());
        let integer = if x.mode == Mode::Constant && self.is_untyped(x.typ) {
            untyped_int
        } else {
            self.all_basic(x.typ, Basic::is_integer)
        };
        if !integer {
            let text = self.describe(&x);
            let words = "invalid operation: shifted operand ";
            self.error_parts(x.span, &[words, &text, " must be integer"]);
            x.mode = Mode::Invalid;
            return x;
        }
        let written = y.clone();
        if y.mode == Mode::Constant {
            let value = y.value.as_ref().and_then(|v| v.to_int());
            if value.as_ref().is_some_and(|v| v.is_negative()) {
                let text = self.describe(&y);
                let words = "invalid operation: negative shift count ";
                self.error_parts(y.span, &[words, &text]);
                x.mode = Mode::Invalid;
                return x;
            }
            if self.is_untyped(y.typ) {
                let misfit = y.value.as_ref().map(|v| v.represent(Basic::Uint));
                match misfit {
                    Some(Err(misfit)) => {
                        self.shift_count_misfit(&mut y, misfit);
                        x.mode = Mode::Invalid;
                        return x;
                    }
                    _ => self.convert_untyped(&mut y, TypeId::UINT),
                }
            } else if !self.all_basic(y.typ, Basic::is_integer) {
                return self.bad_shift_count(x, &y);
            }
        } else if !self.all_basic(y.typ, Basic::is_integer) {
            return self.bad_shift_count(x, &y);
        } else if self.is_untyped(y.typ) {
            self.convert_untyped(&mut y, TypeId::UINT);
            if y.mode == Mode::Invalid {
                x.mode = Mode::Invalid;
                return x;
            }
        }
        if x.mode == Mode::Constant {
            if y.mode == Mode::Constant {
                // 1023 - 1 + 52 bits: what the smallest float needs.
                let count = y
                    .value
                    .as_ref()
                    .and_then(|v| v.to_i64())
                    .unwrap_or(i64::MAX);
                if count > 1074 {
                    let words = "invalid operation: invalid shift count ";
                    let text = self.describe(&written);
                    self.error_parts(y.span, &[words, &text]);
                    x.mode = Mode::Invalid;
                    return x;
                }
                let value = x.value.as_ref().and_then(|v| v.shift(op, count as usize));
                x.value = value.map(Rc::new);
                if self.is_untyped(x.typ) && !self.is_integer(x.typ) {
                    x.typ = Basic::UntypedInt.id();
                }
                if let Some(expr) = expr {
                    x.expr = Some(expr);
                    x.span = expr.span;
                }
                self.check_overflow(&mut x);
                return x;
            }
            if self.is_untyped(x.typ) {
                // The constant becomes what it would be if the shift were left out.
                if let Some(left) = x.expr
                    && let Some(shifted) = self.untyped.get_mut(&left.id)
                {
                    *shifted = true;
                }
                x.mode = Mode::Value;
                x.value = None;
                return x;
            }
        }
        x.mode = Mode::Value;
        x.value = None;
        x
    }

    pub(super) fn shift_count_misfit(
        &mut self,
        y: &mut Operand<'a>,
        misfit: super::constant::Misfit,
    ) {
        use super::constant::Misfit;
        if misfit == Misfit::Kind || self.all_basic(y.typ, |b| !b.is_numeric()) {
            let text = self.describe(y);
            let words = " must be integer";
            self.error_parts(y.span, &["invalid operation: shift count ", &text, words]);
            y.mode = Mode::Invalid;
        } else {
            self.invalid_conversion(misfit, y, TypeId::UINT);
        }
    }

    pub(super) fn bad_shift_count(&mut self, mut x: Operand<'a>, y: &Operand<'a>) -> Operand<'a> {
        let text = self.describe(y);
        let words = " must be integer";
        self.error_parts(y.span, &["invalid operation: shift count ", &text, words]);
        x.mode = Mode::Invalid;
        x
    }
}
