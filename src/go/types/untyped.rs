//! Giving untyped operands a type: implicit conversions and operands of one operation.

use super::check::Checker;
use super::constant::{Constant, Misfit};
use super::info::Mode;
use super::operand::Operand;
use super::table::{Basic, Type, TypeId};
use crate::go::syntax::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use crate::go::syntax::text::expr_text;
use std::rc::Rc;

/// A type, with the constant's value in it if there is one.
type Typed = (TypeId, Option<Rc<Constant>>);

impl<'a> Checker<'a> {
    /// The type that an untyped operand takes on where `target` is wanted.
    pub(super) fn implicit_type(
        &mut self,
        x: &Operand<'a>,
        target: TypeId,
    ) -> Result<Typed, Misfit> {
        let same = (x.typ, None);
        if x.mode == Mode::Invalid || !self.is_untyped(x.typ) || target == TypeId::INVALID {
            return Ok(same);
        }
        if self.is_untyped(target) {
            return match (self.types.get(x.typ), self.types.get(target)) {
                (Type::Basic(a), Type::Basic(b)) if a == b => Ok(same),
                (Type::Basic(a), Type::Basic(b)) if a.is_numeric() && b.is_numeric() => {
                    Ok((a.max(b).id(), None))
                }
                _ => Err(Misfit::Kind),
            };
        }
        if x.is_nil() {
            return if self.has_nil(target) {
                Ok((target, None))
            } else {
                Err(Misfit::Kind)
            };
        }
        if self.is_type_param(target) {
            let terms = self.types.type_set(target).terms.unwrap_or_default();
            if terms.is_empty() {
                return Err(Misfit::Kind);
            }
            for term in terms {
                self.implicit_type(x, self.types.underlying(term.typ))
                    .map_err(|_| Misfit::Kind)?;
            }
            return Ok((target, None));
        }
        match self.under(target) {
            Type::Basic(basic) => {
                if x.mode == Mode::Constant {
                    let value = self.representation(x, basic)?;
                    return Ok((target, value));
                }
                let fits = match self.types.get(x.typ) {
                    Type::Basic(Basic::UntypedBool) => basic.is_boolean(),
                    Type::Basic(Basic::UntypedString) => basic.is_string(),
                    _ => basic.is_numeric(),
                };
                if fits {
                    Ok((target, None))
                } else {
                    Err(Misfit::Kind)
                }
            }
            Type::Interface(_) => {
                let set = self.types.type_set(target);
                if set.methods.is_empty() && set.terms.is_none() && !set.comparable {
                    Ok((self.default_type(x.typ), None))
                } else {
                    Err(Misfit::Kind)
                }
            }
            _ => Err(Misfit::Kind),
        }
    }

    /// A constant's value in a basic type.
    pub(super) fn representation(
        &mut self,
        x: &Operand<'a>,
        basic: Basic,
    ) -> Result<Option<Rc<Constant>>, Misfit> {
        let Some(value) = &x.value else {
            return Ok(None);
        };
        match value.represent(basic) {
            Ok(value) => Ok(Some(Rc::new(value))),
            Err(misfit) => {
                let from = self.basic(x.typ).unwrap_or(Basic::Invalid);
                Err(if !from.is_numeric() || !basic.is_numeric() {
                    Misfit::Kind
                } else if !from.is_integer() && basic.is_integer() {
                    Misfit::Truncated
                } else if misfit == Misfit::Kind {
                    Misfit::Kind
                } else {
                    Misfit::Overflows
                })
            }
        }
    }

    /// Gives an untyped operand a type; reports if that cannot be.
    pub(super) fn convert_untyped(&mut self, x: &mut Operand<'a>, target: TypeId) {
        match self.implicit_type(x, target) {
            Ok(typed) => self.set_type(x, typed),
            Err(misfit) => {
                let under = self.shown_target(target);
                self.invalid_conversion(misfit, x, under);
            }
        }
    }

    /// What an implicit conversion is said to be to: the underlying type.
    pub(super) fn shown_target(&mut self, target: TypeId) -> TypeId {
        if self.is_type_param(target) || self.has_byte_name(target) {
            return target;
        }
        self.complete(target);
        self.types.underlying(target)
    }

    pub(super) fn has_byte_name(&self, target: TypeId) -> bool {
        target == TypeId::BYTE || target == TypeId::RUNE
    }

    pub(super) fn set_type(&mut self, x: &mut Operand<'a>, (typ, value): Typed) {
        if value.is_some() {
            x.value = value;
        }
        if typ != x.typ {
            x.typ = typ;
            if let Some(expr) = x.expr {
                self.update_type(expr, typ, false);
            }
        }
        self.update_value(x);
    }

    pub(super) fn update_value(&mut self, x: &Operand<'a>) {
        if let (Some(expr), Some(_)) = (x.expr, &x.value) {
            let known = &mut self.info.nodes[expr.id.index()];
            if known.constant.is_some() {
                known.constant = x.value.clone();
            }
        }
    }

    pub(super) fn invalid_conversion(
        &mut self,
        misfit: Misfit,
        x: &mut Operand<'a>,
        target: TypeId,
    ) {
        let (text, target) = (self.describe(x), self.text(target));
        match misfit {
            Misfit::Kind => {
                self.error_parts(x.span, &["cannot convert ", &text, " to type ", &target]);
            }
            Misfit::Truncated => self.error_parts(x.span, &[&text, " truncated to ", &target]),
            Misfit::Overflows => self.error_parts(x.span, &[&text, " overflows ", &target]),
        }
        x.mode = Mode::Invalid;
    }

    /// Gives the untyped parts of an expression their type, once it is known.
    pub(super) fn update_type(&mut self, expr: &'a Expr, typ: TypeId, last: bool) {
        let Some(&shifted) = self.untyped.get(&expr.id) else {
            return;
        };
        let constant = self.info.nodes[expr.id.index()].constant.clone();
        match &expr.kind {
            ExprKind::Paren(inner) => self.update_type(inner, typ, last),
            ExprKind::Unary(op, inner)
                if constant.is_none() && !matches!(op, UnaryOp::Receive | UnaryOp::Address) =>
            {
                self.update_type(inner, typ, last);
            }
            ExprKind::Binary(op, left, right) if constant.is_none() => {
                if op.is_shift() {
                    self.update_type(left, typ, last);
                } else if !op.is_comparison() {
                    self.update_type(left, typ, last);
                    self.update_type(right, typ, last);
                }
            }
            _ => {}
        }
        if !last && self.is_untyped(typ) {
            self.info.nodes[expr.id.index()].typ = typ;
            return;
        }
        self.untyped.remove(&expr.id);
        if shifted && !self.all_basic(typ, Basic::is_integer) {
            let (text, typ) = (expr_text(expr), self.text(typ));
            let words = "invalid operation: shifted operand ";
            self.error_parts(
                expr.span,
                &[words, &text, " (type ", &typ, ") must be integer"],
            );
            return;
        }
        let basic = self.basic(typ);
        if let (true, Some(basic), Some(value)) = (shifted, basic, &constant) {
            let mut x = Operand::new(Mode::Constant, self.info.nodes[expr.id.index()].typ, expr);
            x.value = Some(value.clone());
            if let Err(misfit) = self.representation(&x, basic) {
                self.invalid_conversion(misfit, &mut x, typ);
                return;
            }
        }
        let known = &mut self.info.nodes[expr.id.index()];
        known.typ = typ;
        if let (Some(value), Some(basic)) = (&constant, basic)
            && let Ok(value) = value.represent(basic)
        {
            known.constant = Some(Rc::new(value));
        }
    }

    /// Whether two operands of an operation are to be brought to one type.
    pub(super) fn may_convert(&mut self, x: &Operand<'a>, y: &Operand<'a>) -> bool {
        if !self.is_untyped(x.typ) && !self.is_untyped(y.typ) {
            return false;
        }
        if self.is_interface(x.typ) || self.is_interface(y.typ) {
            return true;
        }
        if self.all_basic(x.typ, Basic::is_boolean) != self.all_basic(y.typ, Basic::is_boolean) {
            return false;
        }
        if self.all_basic(x.typ, Basic::is_string) != self.all_basic(y.typ, Basic::is_string) {
            return false;
        }
        if x.is_nil() {
            return self.has_nil(y.typ);
        }
        if y.is_nil() {
            return self.has_nil(x.typ);
        }
        let pointer = |t: Type| matches!(t, Type::Pointer(_));
        !pointer(self.under(x.typ)) && !pointer(self.under(y.typ))
    }

    /// Brings two operands to one type where one is untyped. `Err` if their types do not go together;
    /// a constant that does not fit is reported here.
    pub(super) fn match_operands(
        &mut self,
        x: &mut Operand<'a>,
        y: &mut Operand<'a>,
    ) -> Result<(), ()> {
        if !self.may_convert(x, y) {
            return Ok(());
        }
        for swap in [false, true] {
            let (from, to) = if swap { (&mut *y, &*x) } else { (&mut *x, &*y) };
            match self.implicit_type(from, to.typ) {
                Ok(typed) => self.set_type(from, typed),
                Err(Misfit::Kind) => return Err(()),
                Err(misfit) => {
                    let target = self.shown_target(to.typ);
                    self.invalid_conversion(misfit, from, target);
                    x.mode = Mode::Invalid;
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The value of a constant operation must fit its type.
    pub(super) fn check_overflow(&mut self, x: &mut Operand<'a>) {
        let Some(value) = x.value.clone() else { return };
        if !self.is_untyped(x.typ) {
            let Some(basic) = self.basic(x.typ) else {
                return;
            };
            match self.representation(x, basic) {
                Ok(value) => x.value = value,
                Err(misfit) => {
                    let target = x.typ;
                    let misfit = match misfit {
                        Misfit::Kind => Misfit::Overflows,
                        other => other,
                    };
                    self.invalid_conversion(misfit, x, target);
                }
            }
            return;
        }
        if let Constant::Int(number) = &*value
            && number.bits() > 512
        {
            let operation = match x.expr.map(|e| &e.unparen().kind) {
                Some(ExprKind::Binary(op, ..)) => match op {
                    BinaryOp::Add => "addition ",
                    BinaryOp::Sub => "subtraction ",
                    BinaryOp::Xor => "bitwise XOR ",
                    BinaryOp::Mul => "multiplication ",
                    BinaryOp::Shl => "shift ",
                    _ => "",
                },
                Some(ExprKind::Unary(UnaryOp::Complement, _)) => "bitwise complement ",
                _ => "",
            };
            let mut at = x.span;
            if let Some(ExprKind::Binary(_, left, _)) = x.expr.map(|e| &e.unparen().kind) {
                at.start = left.span.end + 1;
            }
            self.error_parts(at, &["constant ", operation, "overflow"]);
            x.mode = Mode::Invalid;
        }
    }
}
