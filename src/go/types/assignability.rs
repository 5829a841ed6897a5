//! Whether a value may be assigned (Go spec, "Assignability").

use super::check::Checker;
use super::constant::Misfit;
use super::info::Mode;
use super::operand::Operand;
use super::table::{ChanDir, Type, TypeId};
use crate::go::syntax::text::expr_text;

impl<'a> Checker<'a> {
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

    pub(super) fn cannot_use(
        &mut self,
        x: &mut Operand<'a>,
        target: TypeId,
        context: &str,
        why: &str,
    ) {
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
}
