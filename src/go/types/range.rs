//! Range clauses (Go spec, "For statements with range clause").

use super::check::Checker;
use super::info::Mode;
use super::object::{ObjKind, VarKind};
use super::operand::Operand;
use super::table::{Basic, ChanDir, Type, TypeId};
use crate::go::syntax::ast::*;

impl<'a> Checker<'a> {
    pub(super) fn range(&mut self, range: &'a RangeFor) {
        let outer = self.open_scope();
        let x = self.expr(&range.subject, None);
        let mut x = x;
        let (count, second) = match &range.into {
            RangeInto::Nothing => (0, None),
            RangeInto::Assign(left) => (left.len(), left.get(1).map(|e| e.span)),
            RangeInto::Define(names) => (names.len(), names.get(1).map(|n| n.span)),
        };
        let mut parts = [None, None];
        if x.mode != Mode::Invalid {
            let text = self.describe(&x);
            match self.range_types(&x) {
                Ok((key, value, most)) => {
                    let first = match &range.into {
                        RangeInto::Assign(left) => left.first().map(|e| e.span),
                        RangeInto::Define(names) => names.first().map(|n| n.span),
                        RangeInto::Nothing => None,
                    };
                    if count > most {
                        let (span, words) = if most == 0 {
                            (first, " permits no iteration variables")
                        } else {
                            (second, " permits only one iteration variable")
                        };
                        let span = span.unwrap_or(range.subject.span);
                        self.error_parts(span, &["range over ", &text, words]);
                    }
                    parts = [Some(key), value];
                }
                Err(why) => {
                    let why = if why.is_empty() {
                        why
                    } else {
                        [": ", &why].concat()
                    };
                    self.error_parts(range.subject.span, &["cannot range over ", &text, &why]);
                    x.mode = Mode::Invalid;
                }
            }
        }
        self.range_into(range, &mut x, parts);
        self.block(&range.body);
        self.close_scope(outer);
    }

    pub(super) fn range_into(
        &mut self,
        range: &'a RangeFor,
        x: &mut Operand<'a>,
        parts: [Option<TypeId>; 2],
    ) {
        let untyped = x.mode == Mode::Constant && self.is_untyped(x.typ);
        let number = untyped && !self.all_basic(x.typ, Basic::is_string);
        match &range.into {
            RangeInto::Nothing => {
                if untyped && x.mode != Mode::Invalid {
                    self.assign_to(x, None, "range clause");
                }
            }
            RangeInto::Assign(left) => {
                for (at, target) in left.iter().enumerate() {
                    let (typ, ok) = self.assign_target(target);
                    let part = parts.get(at).copied().flatten();
                    let Some(part) = part.filter(|_| ok) else {
                        continue;
                    };
                    if number && at == 0 {
                        self.assign_to(x, typ, "range clause");
                        continue;
                    }
                    let mut value = Operand {
                        expr: Some(target),
                        ..Operand::new(Mode::Value, part, target)
                    };
                    if typ.is_some() {
                        self.assign_to(&mut value, typ, "assignment");
                    }
                }
                if untyped && !number {
                    self.assign_to(x, None, "range clause");
                }
            }
            RangeInto::Define(names) => {
                if untyped && x.mode != Mode::Invalid {
                    self.assign_to(x, None, "range clause");
                }
                let scope = self.env.scope;
                for (at, name) in names.iter().enumerate() {
                    let mut typ = parts.get(at).copied().flatten().unwrap_or(TypeId::INVALID);
                    if number && at == 0 && x.mode != Mode::Invalid {
                        typ = x.typ;
                    }
                    let kind = ObjKind::Var(VarKind::Local);
                    let object = self.new_object(kind, name.name.clone(), typ, Some(name));
                    self.object_mut(object).used = typ == TypeId::INVALID;
                    self.declare(scope, object);
                }
            }
        }
    }

    /// Key and value types of a range over the operand, and how many variables it gives at most.
    pub(super) fn range_types(
        &mut self,
        x: &Operand<'a>,
    ) -> Result<(TypeId, Option<TypeId>, usize), String> {
        let Some(core) = self.core_or_string(x.typ) else {
            return Err("no specific type".into());
        };
        Ok(match self.types.get(core) {
            Type::Basic(basic) if basic.is_string() => (TypeId::INT, Some(TypeId::RUNE), 2),
            Type::Basic(basic) if basic.is_integer() => (x.typ, None, 1),
            Type::Array(of, _) => (TypeId::INT, Some(of), 2),
            Type::Slice(of) => (TypeId::INT, Some(of), 2),
            Type::Pointer(to) => match self.under(to) {
                Type::Array(of, _) => (TypeId::INT, Some(of), 2),
                _ => return Err(String::new()),
            },
            Type::Map(key, value) => (key, Some(value), 2),
            Type::Chan(ChanDir::Send, _) => {
                let text = self.text(x.typ);
                return Err(["receive from send-only channel ", &text].concat());
            }
            Type::Chan(_, of) => (of, None, 1),
            Type::Signature(signature) => {
                let start = "func must be func(yield func(...) bool): ";
                let ([yielded], []) = (&*signature.params, &*signature.results) else {
                    let why = if signature.params.len() != 1 {
                        "wrong argument count"
                    } else {
                        "unexpected results"
                    };
                    return Err([start, why].concat());
                };
                let core = self.core_type(*yielded).unwrap_or(TypeId::INVALID);
                let Type::Signature(inner) = self.types.get(core) else {
                    return Err([start, "argument is not func"].concat());
                };
                if inner.params.len() > 2 {
                    return Err([start, "yield func has too many parameters"].concat());
                }
                let bool_result =
                    inner.results.len() == 1 && self.all_basic(inner.results[0], Basic::is_boolean);
                if !bool_result {
                    return Err([start, "yield func does not return bool"].concat());
                }
                let key = inner.params.first().copied().unwrap_or(TypeId::INVALID);
                (key, inner.params.get(1).copied(), inner.params.len())
            }
            _ => return Err(String::new()),
        })
    }
}
