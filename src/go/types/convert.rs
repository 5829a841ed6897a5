//! Assignability, conversion, and giving untyped values a type (Go spec, "Assignability",
//! "Conversions", "Representability").

use super::check::Checker;
use super::constant::Constant;
use super::info::Mode;
use super::operand::Operand;
use super::table::{Basic, Field, Type, TypeId};
use std::rc::Rc;

impl<'a> Checker<'a> {
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

    pub(super) fn convert_constant(
        &mut self,
        x: &Operand<'a>,
        target: TypeId,
    ) -> Option<Rc<Constant>> {
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

    pub(super) fn convertible(&mut self, x: &Operand<'a>, target: TypeId) -> bool {
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

    pub(super) fn is_byte_or_rune(&mut self, typ: TypeId) -> bool {
        matches!(self.basic(typ), Some(Basic::Uint8 | Basic::Int32))
    }

    pub(super) fn without_tags(&self, typ: TypeId) -> TypeId {
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
}

fn unsafe_pair(a: Basic, b: Basic) -> bool {
    a == Basic::UnsafePointer && matches!(b, Basic::Uintptr | Basic::UnsafePointer)
}
