//! The builtins that compute values: `make`, `new`, `min`, `max`, and those for complex numbers.

use super::check::Checker;
use super::constant::Constant;
use super::info::Mode;
use super::object::Builtin;
use super::operand::Operand;
use super::table::{Basic, Type, TypeId};
use crate::go::syntax::ast::{BinaryOp, Call, Expr};
use crate::go::syntax::text::expr_text;

impl<'a> Checker<'a> {
    pub(super) fn complex(&mut self, expr: &'a Expr, mut args: Vec<Operand<'a>>) -> Operand<'a> {
        let [x, y] = &mut args[..] else {
            return Operand::invalid(expr);
        };
        // Untyped operands are floats here, whatever they look like.
        for operand in [&mut *x, &mut *y] {
            let untyped = self.is_untyped(operand.typ);
            if untyped && operand.mode == Mode::Constant {
                let number = operand
                    .value
                    .as_ref()
                    .is_some_and(|v| v.to_ratio().is_some());
                if number {
                    operand.typ = Basic::UntypedFloat.id();
                }
            } else if untyped {
                self.convert_untyped(operand, TypeId::FLOAT64);
            }
        }
        let matched = self.match_operands(x, y);
        if x.mode == Mode::Invalid {
            return Operand::invalid(expr);
        }
        if matched.is_err() || !self.types.identical(x.typ, y.typ) {
            let (a, b, text) = (self.text(x.typ), self.text(y.typ), expr_text(expr));
            let words = ["invalid operation: ", &text, " (mismatched types "].concat();
            self.error_parts(x.span, &[&words, &a, " and ", &b, ")"]);
            return Operand::invalid(expr);
        }
        let result = match self.basic(x.typ) {
            Some(Basic::Float32) => Basic::Complex64.id(),
            Some(Basic::Float64) => TypeId::COMPLEX128,
            Some(Basic::UntypedFloat) => Basic::UntypedComplex.id(),
            _ => {
                let text = self.text(x.typ);
                let words = ", expected floating-point";
                self.error_parts(
                    x.span,
                    &["invalid argument: arguments have type ", &text, words],
                );
                return Operand::invalid(expr);
            }
        };
        if let (Mode::Constant, Mode::Constant, Some(a), Some(b)) =
            (x.mode, y.mode, &x.value, &y.value)
            && let (Some(re), Some(im)) = (a.to_ratio(), b.to_ratio())
        {
            return Operand::constant(Constant::Complex(re, im), result, expr);
        }
        Operand::new(Mode::Value, result, expr)
    }

    pub(super) fn real_part(
        &mut self,
        expr: &'a Expr,
        mut x: Operand<'a>,
        builtin: Builtin,
    ) -> Operand<'a> {
        if self.is_untyped(x.typ) && x.mode == Mode::Constant {
            let number = x.value.as_ref().is_some_and(|v| v.to_complex().is_some());
            if number {
                x.typ = Basic::UntypedComplex.id();
            }
        } else if self.is_untyped(x.typ) {
            self.convert_untyped(&mut x, TypeId::COMPLEX128);
        }
        let result = match self.basic(x.typ) {
            Some(Basic::Complex64) => Basic::Float32.id(),
            Some(Basic::Complex128) => TypeId::FLOAT64,
            Some(Basic::UntypedComplex) => Basic::UntypedFloat.id(),
            _ => {
                let text = self.text(x.typ);
                let words = ", expected complex type";
                self.error_parts(
                    x.span,
                    &["invalid argument: argument has type ", &text, words],
                );
                return Operand::invalid(expr);
            }
        };
        let value = x.value.as_ref().filter(|_| x.mode == Mode::Constant);
        if let Some((re, im)) = value.and_then(|v| v.to_complex()) {
            let part = if builtin == Builtin::Real { re } else { im };
            return Operand::constant(Constant::Float(part), result, expr);
        }
        Operand::new(Mode::Value, result, expr)
    }

    pub(super) fn make(&mut self, expr: &'a Expr, call: &'a Call) -> Operand<'a> {
        let typ = self.var_type(&call.args[0]);
        if typ == TypeId::INVALID {
            for arg in &call.args[1..] {
                self.raw_expr(arg, None);
            }
            return Operand::invalid(expr);
        }
        let core = self.core_type(typ).unwrap_or(TypeId::INVALID);
        let least = match self.types.get(core) {
            Type::Slice(_) => 2,
            Type::Map(..) | Type::Chan(..) => 1,
            _ => {
                let text = self.text(typ);
                let words = ": type must be slice, map, or channel";
                self.error_parts(
                    call.args[0].span,
                    &["invalid argument: cannot make ", &text, words],
                );
                return Operand::invalid(expr);
            }
        };
        let count = call.args.len();
        if count < least || count > least + 1 {
            let text = expr_text(expr);
            let (a, b, c) = (
                least.to_string(),
                (least + 1).to_string(),
                count.to_string(),
            );
            self.error_parts(
                expr.span,
                &[
                    "invalid operation: ",
                    &text,
                    " expects ",
                    &a,
                    " or ",
                    &b,
                    " arguments; found ",
                    &c,
                ],
            );
            return Operand::invalid(expr);
        }
        let mut sizes = Vec::new();
        for arg in &call.args[1..] {
            sizes.extend(self.index_value(arg, None));
        }
        if let [length, capacity] = sizes[..]
            && length > capacity
        {
            let words = "invalid argument: length and capacity swapped";
            self.error(call.args[1].span, words);
        }
        Operand::new(Mode::Value, typ, expr)
    }

    pub(super) fn new_builtin(&mut self, expr: &'a Expr, call: &'a Call) -> Operand<'a> {
        let mut x = self.raw_expr(&call.args[0], None);
        if x.mode == Mode::Type {
            if self.generic_params(x.typ).is_some() {
                self.type_expr(&call.args[0]);
                return Operand::invalid(expr);
            }
            self.later
                .push(super::check::Later::Variable(x.typ, call.args[0].span));
        } else {
            // Go 1.26: new(value)
            self.assign_to(&mut x, None, "argument to new");
        }
        if x.mode == Mode::Invalid {
            return Operand::invalid(expr);
        }
        let typ = self.types.pointer(x.typ);
        Operand::new(Mode::Value, typ, expr)
    }

    pub(super) fn extreme(
        &mut self,
        expr: &'a Expr,
        args: Vec<Operand<'a>>,
        builtin: Builtin,
    ) -> Operand<'a> {
        let ordered: fn(Basic) -> bool = |b| b.is_integer() || b.is_float() || b.is_string();
        for arg in &args {
            if !self.all_basic(arg.typ, ordered) {
                let text = self.describe(arg);
                self.error_parts(
                    arg.span,
                    &["invalid argument: ", &text, " cannot be ordered"],
                );
                return Operand::invalid(expr);
            }
        }
        let op = if builtin == Builtin::Min {
            BinaryOp::Less
        } else {
            BinaryOp::Greater
        };
        let mut operands = args.into_iter();
        let Some(mut x) = operands.next() else {
            return Operand::invalid(expr);
        };
        let mut all = vec![x.clone()];
        for mut y in operands {
            let (before, own) = (self.text(x.typ), self.text(y.typ));
            let matched = self.match_operands(&mut x, &mut y);
            if x.mode == Mode::Invalid {
                return Operand::invalid(expr);
            }
            if matched.is_err() || !self.types.identical(x.typ, y.typ) {
                let text = y.expr.map(expr_text).unwrap_or_default();
                let words = ["invalid argument: mismatched types ", &before].concat();
                self.error_parts(
                    y.span,
                    &[
                        &words,
                        " (previous argument) and ",
                        &own,
                        " (type of ",
                        &text,
                        ")",
                    ],
                );
                return Operand::invalid(expr);
            }
            let better = match (&x.value, &y.value) {
                (Some(a), Some(b)) if x.mode == Mode::Constant && y.mode == Mode::Constant => {
                    b.compare(op, a)
                }
                _ => None,
            };
            match better {
                Some(true) => x.value = y.value.clone(),
                Some(false) => {}
                None => {
                    x.mode = Mode::Value;
                    x.value = None;
                }
            }
            all.push(y);
        }
        if x.mode != Mode::Constant {
            x.mode = Mode::Value;
            let typ = x.typ;
            for arg in &all {
                if let Some(e) = arg.expr
                    && !self.is_untyped(typ)
                {
                    self.update_type(e, typ, true);
                }
            }
        }
        x
    }
}
