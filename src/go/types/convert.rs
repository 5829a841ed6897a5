//! Assignability, conversion, and giving untyped values a type (Go spec, "Assignability",
//! "Conversions", "Representability").

use super::check::Checker;
use super::constant::{Constant, Misfit};
use super::info::Mode;
use super::operand::Operand;
use super::table::{Basic, ChanDir, Field, Type, TypeId};
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
    fn representation(
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
    fn shown_target(&mut self, target: TypeId) -> TypeId {
        if self.is_type_param(target) || self.has_byte_name(target) {
            return target;
        }
        self.complete(target);
        self.types.underlying(target)
    }

    fn has_byte_name(&self, target: TypeId) -> bool {
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

    fn update_value(&mut self, x: &Operand<'a>) {
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

    /// Makes an operand a value of type `target` (or of its default type), as an assignment does.
    pub(super) fn assign_to(&mut self, x: &mut Operand<'a>, target: Option<TypeId>, context: &str) {
        self.require_single(x);
        self.require_value(x);
        if x.mode == Mode::Invalid {
            return;
        }
        if self.is_untyped(x.typ) {
            let mut wanted = target;
            if x.is_nil() {
                let Some(typ) = target else {
                    self.error_parts(x.span, &["use of untyped nil in ", context]);
                    x.mode = Mode::Invalid;
                    return;
                };
                if !self.has_nil(typ) {
                    self.cannot_use(x, typ, context, "");
                    return;
                }
                self.set_type(x, (typ, None));
                return;
            }
            let to_default = match target {
                None => true,
                Some(typ) => self.is_interface(typ),
            };
            if to_default {
                wanted = Some(self.default_type(x.typ));
            }
            let to = wanted.unwrap_or(TypeId::INVALID);
            match self.implicit_type(x, to) {
                Ok(typed) => self.set_type(x, typed),
                Err(misfit) => {
                    let why = match misfit {
                        Misfit::Kind => "",
                        Misfit::Truncated => " (truncated)",
                        Misfit::Overflows => " (overflows)",
                    };
                    self.cannot_use(x, to, context, why);
                    return;
                }
            }
        }
        if let Some(expr) = x.expr
            && self.is_generic_value(x)
        {
            if let Some(typ) = target {
                self.instantiate_for(x, expr, typ);
                if x.mode == Mode::Invalid {
                    return;
                }
            } else {
                let text = expr_text(expr);
                let words = " without instantiation";
                self.error_parts(x.span, &["cannot use generic function ", &text, words]);
                x.mode = Mode::Invalid;
                return;
            }
        }
        let Some(target) = target else { return };
        if let Err(why) = self.assignable(x, target) {
            let why = if why.is_empty() {
                why
            } else {
                [": ", &why].concat()
            };
            self.cannot_use(x, target, context, &why);
        }
    }

    fn cannot_use(&mut self, x: &mut Operand<'a>, target: TypeId, context: &str, why: &str) {
        let (text, target) = (self.describe(x), self.text(target));
        self.error_parts(
            x.span,
            &[
                "cannot use ",
                &text,
                " as ",
                &target,
                " value in ",
                context,
                why,
            ],
        );
        x.mode = Mode::Invalid;
    }

    /// Whether the operand may be assigned to a variable of type `target`; else why not, if there is
    /// more to say than that.
    pub(super) fn assignable(&mut self, x: &Operand<'a>, target: TypeId) -> Result<(), String> {
        let source = x.typ;
        if source == TypeId::INVALID || target == TypeId::INVALID {
            return Ok(());
        }
        if self.types.identical(source, target) {
            return Ok(());
        }
        if self.is_untyped(source) {
            let fits = self.implicit_type(x, target).is_ok();
            return if fits { Ok(()) } else { Err(String::new()) };
        }
        self.complete(source);
        self.complete(target);
        let (from, to) = (self.types.underlying(source), self.types.underlying(target));
        let (from_param, to_param) = (self.is_type_param(source), self.is_type_param(target));
        let unnamed = !self.has_name(source) || !self.has_name(target);
        if unnamed && !from_param && !to_param && self.types.identical(from, to) {
            return Ok(());
        }
        let mut why = String::new();
        if self.is_interface(target) {
            let plain = if self.has_byte_name(source) {
                source
            } else {
                self.types.unalias(source)
            };
            match self.implements(plain, target, false) {
                Ok(()) => return Ok(()),
                Err(cause) => why = cause,
            }
            if !from_param {
                return Err(why);
            }
        } else if self.is_interface(source) && self.implements(target, source, false).is_ok() {
            return Err("need type assertion".into());
        }
        if let (Type::Chan(ChanDir::Both, a), Type::Chan(_, b)) =
            (self.types.get(from), self.types.get(to))
            && self.types.identical(a, b)
        {
            return if unnamed { Ok(()) } else { Err(why) };
        }
        if !from_param && !to_param {
            return Err(why);
        }
        if to_param && !self.has_name(source) {
            let terms = self.types.type_set(target).terms.unwrap_or_default();
            let fits = !terms.is_empty() && terms.iter().all(|t| self.assignable(x, t.typ).is_ok());
            return if fits { Ok(()) } else { Err(why) };
        }
        if from_param && !self.has_name(target) {
            let terms = self.types.type_set(source).terms.unwrap_or_default();
            let fits = !terms.is_empty()
                && terms.iter().all(|t| {
                    let mut part = x.clone();
                    part.typ = t.typ;
                    self.assignable(&part, target).is_ok()
                });
            return if fits { Ok(()) } else { Err(why) };
        }
        Err(why)
    }

    /// `T(x)`
    pub(super) fn conversion(&mut self, x: &mut Operand<'a>, target: TypeId) {
        self.complete(target);
        if let Some(expr) = x.expr
            && self.is_generic_value(x)
        {
            self.instantiate_for(x, expr, target);
            if x.mode == Mode::Invalid {
                return;
            }
        }
        let constant = x.mode == Mode::Constant;
        let constant_target = self.is_constant_type(target);
        let mut final_constant = None;
        let mut ok = false;
        if constant && constant_target {
            match self.convert_constant(x, target) {
                Some(value) => {
                    ok = true;
                    final_constant = Some(value);
                }
                None if self.is_integer(x.typ) && self.is_integer(target) => {
                    let value = x.value.as_ref().map_or(String::new(), |v| v.text());
                    let to = self.text(target);
                    self.error_parts(x.span, &["constant ", &value, " overflows ", &to]);
                    x.mode = Mode::Invalid;
                    return;
                }
                None => {}
            }
        } else if self.convertible(x, target) {
            ok = true;
        }
        if !ok {
            let (text, to) = (self.describe(x), self.text(target));
            self.error_parts(x.span, &["cannot convert ", &text, " to type ", &to]);
            x.mode = Mode::Invalid;
            return;
        }
        if self.is_untyped(x.typ) {
            let mut settled = target;
            let interface = self.is_interface(target);
            if x.is_nil() {
                settled = target;
            } else if interface
                || constant && !constant_target
                || constant && self.is_integer(x.typ) && self.all_basic(target, Basic::is_string)
            {
                settled = self.default_type(x.typ);
            }
            if let Some(expr) = x.expr {
                self.update_type(expr, settled, true);
            }
        }
        x.mode = if final_constant.is_some() {
            Mode::Constant
        } else {
            Mode::Value
        };
        x.value = final_constant;
        x.typ = target;
    }

    fn convert_constant(&mut self, x: &Operand<'a>, target: TypeId) -> Option<Rc<Constant>> {
        let (value, basic) = (x.value.as_ref()?, self.basic(target)?);
        if let Ok(value) = value.represent(basic) {
            return Some(Rc::new(value));
        }
        if self.is_integer(x.typ) && basic.is_string() {
            let code = value.to_i64().and_then(|v| u32::try_from(v).ok());
            let c = code.and_then(char::from_u32).unwrap_or('\u{fffd}');
            return Some(Rc::new(Constant::string(c.encode_utf8(&mut [0; 4]))));
        }
        None
    }

    fn convertible(&mut self, x: &Operand<'a>, target: TypeId) -> bool {
        if self.assignable(x, target).is_ok() {
            return true;
        }
        let source = x.typ;
        if self.is_type_param(target) {
            let terms = self.types.type_set(target).terms.unwrap_or_default();
            return !terms.is_empty()
                && terms.iter().all(|t| {
                    if x.mode == Mode::Constant && self.is_constant_type(t.typ) {
                        self.convert_constant(x, t.typ).is_some()
                    } else {
                        self.convertible(x, t.typ)
                    }
                });
        }
        if self.is_type_param(source) {
            let terms = self.types.type_set(source).terms.unwrap_or_default();
            return !terms.is_empty()
                && terms.iter().all(|t| {
                    let mut part = x.clone();
                    part.typ = t.typ;
                    self.convertible(&part, target)
                });
        }
        let (from, to) = (self.types.underlying(source), self.types.underlying(target));
        let (a, b) = (self.without_tags(from), self.without_tags(to));
        if self.types.identical(a, b) {
            return true;
        }
        match (self.types.get(from), self.types.get(to)) {
            (Type::Pointer(p), Type::Pointer(q)) => {
                let (p, q) = (self.types.underlying(p), self.types.underlying(q));
                let (p, q) = (self.without_tags(p), self.without_tags(q));
                self.types.identical(p, q)
            }
            (Type::Basic(a), Type::Basic(b)) => {
                let real = |b: Basic| b.is_integer() || b.is_float();
                real(a) && real(b)
                    || a.is_complex() && b.is_complex()
                    || a.is_integer() && b.is_string()
                    || a.is_string() && b.is_string()
                    || unsafe_pair(a, b)
                    || unsafe_pair(b, a)
            }
            (Type::Slice(of), Type::Basic(b)) => b.is_string() && self.is_byte_or_rune(of),
            (Type::Basic(a), Type::Slice(of)) => a.is_string() && self.is_byte_or_rune(of),
            (Type::Slice(of), Type::Array(elem, _)) => self.types.identical(of, elem),
            (Type::Slice(of), Type::Pointer(to)) => match self.under(to) {
                Type::Array(elem, _) => self.types.identical(of, elem),
                _ => false,
            },
            (Type::Pointer(_), Type::Basic(Basic::UnsafePointer))
            | (Type::Basic(Basic::UnsafePointer), Type::Pointer(_)) => true,
            _ => false,
        }
    }

    fn is_byte_or_rune(&mut self, typ: TypeId) -> bool {
        matches!(self.basic(typ), Some(Basic::Uint8 | Basic::Int32))
    }

    fn without_tags(&self, typ: TypeId) -> TypeId {
        let new = match self.types.get(typ) {
            Type::Basic(_) | Type::Named(..) | Type::TypeParam(_) => return typ,
            Type::Struct(fields) => Type::Struct(
                fields
                    .iter()
                    .map(|f| Field {
                        tag: "".into(),
                        typ: self.without_tags(f.typ),
                        ..f.clone()
                    })
                    .collect(),
            ),
            other => self
                .types
                .map_parts(&other, &mut |part| self.without_tags(part)),
        };
        self.types.intern(new)
    }

    /// Whether two operands of an operation are to be brought to one type.
    fn may_convert(&mut self, x: &Operand<'a>, y: &Operand<'a>) -> bool {
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

fn unsafe_pair(a: Basic, b: Basic) -> bool {
    a == Basic::UnsafePointer && matches!(b, Basic::Uintptr | Basic::UnsafePointer)
}
