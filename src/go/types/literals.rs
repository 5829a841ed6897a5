//! Composite literals (Go spec, "Composite literals").

use super::check::Checker;
use super::constant::Constant;
use super::info::{Mode, PathStep, Selection, SelectionKind};
use super::lookup::{Lookup, Target};
use super::object::is_exported;
use super::operand::Operand;
use super::table::{Field, Type, TypeId};
use crate::go::syntax::ast::{Composite, Element, Expr, ExprKind};
use crate::go::syntax::text::expr_text;
use crate::trace::Span;
use std::collections::BTreeMap;
use std::rc::Rc;

impl<'a> Checker<'a> {
    pub(super) fn composite(
        &mut self,
        expr: &'a Expr,
        literal: &'a Composite,
        hint: Option<TypeId>,
    ) -> Operand<'a> {
        let mut open_array = None;
        let mut implicit_pointer = false;
        let typ = match (&literal.ty, hint) {
            (Some(ty), _) => match &ty.kind {
                ExprKind::ArrayType(None, elem) => {
                    let elem = self.var_type(elem);
                    open_array = Some((elem, ty));
                    elem
                }
                _ => self.type_expr(ty),
            },
            (None, Some(hint)) => {
                let core = self.core_type(hint).unwrap_or(TypeId::INVALID);
                match self.types.get(core) {
                    Type::Pointer(to) => {
                        implicit_pointer = true;
                        to
                    }
                    _ => hint,
                }
            }
            (None, None) => {
                self.error(expr.span, "invalid composite literal type: missing type");
                TypeId::INVALID
            }
        };
        let end = Span {
            start: expr.span.end.saturating_sub(1),
            ..expr.span
        };
        if typ == TypeId::INVALID {
            self.use_elements(&literal.elements);
            return Operand::invalid(expr);
        }
        if let Some((elem, ty)) = open_array {
            let count = self.indexed(elem, &literal.elements, None);
            let typ = self.types.intern(Type::Array(elem, count));
            self.record_type(ty, typ);
            return Operand::new(Mode::Value, typ, expr);
        }
        let core = self.core_type(typ).unwrap_or(TypeId::INVALID);
        match self.types.get(core) {
            Type::Struct(fields) => self.struct_literal(typ, &fields, &literal.elements, end),
            Type::Array(elem, count) => {
                self.indexed(elem, &literal.elements, Some(count));
            }
            Type::Slice(elem) => {
                self.indexed(elem, &literal.elements, None);
            }
            Type::Map(key, value) => self.map_literal(key, value, &literal.elements),
            _ => {
                self.use_elements(&literal.elements);
                if core == TypeId::INVALID && !self.is_type_param(typ) {
                    return Operand::new(Mode::Value, typ, expr);
                } else {
                    let text = self.text(typ);
                    self.error_parts(expr.span, &["invalid composite literal type ", &text]);
                }
                return Operand::invalid(expr);
            }
        }
        if implicit_pointer {
            let typ = self.types.pointer(typ);
            return Operand::new(Mode::Value, typ, expr);
        }
        Operand::new(Mode::Value, typ, expr)
    }

    fn use_elements(&mut self, elements: &'a [Element]) {
        for element in elements {
            if let ExprKind::Composite(inner) = &element.value.kind
                && inner.ty.is_none()
            {
                self.use_elements(&inner.elements);
                continue;
            }
            self.raw_expr(&element.value, None);
        }
    }

    fn struct_literal(
        &mut self,
        typ: TypeId,
        fields: &Rc<[Field]>,
        elements: &'a [Element],
        end: Span,
    ) {
        let name = self.text(typ);
        let keyed = elements.first().is_some_and(|e| e.key.is_some());
        let mut seen: Vec<Rc<[PathStep]>> = Vec::new();
        for (at, element) in elements.iter().enumerate() {
            let span = element.key.as_ref().map_or(element.value.span, |k| k.span);
            if element.key.is_some() != keyed {
                let words = "mixture of field:value and value elements in struct literal";
                self.error(span, words);
                self.raw_expr(&element.value, None);
                continue;
            }
            let path = match &element.key {
                None if at >= fields.len() => {
                    self.raw_expr(&element.value, None);
                    let words = "too many values in struct literal of type ";
                    self.error_parts(span, &[words, &name]);
                    return;
                }
                None => Some(Rc::from([PathStep {
                    field: at,
                    deref: false,
                }])),
                Some(key) => self.field_key(typ, key, &name),
            };
            let Some(path) = path else {
                self.raw_expr(&element.value, None);
                continue;
            };
            let field = self.field_at(fields, &path);
            if let Some(key) = &element.key {
                self.record_key(key, typ, &field, &path);
                self.overlapping(fields, &seen, &path, &field.name, span);
                seen.push(path);
            } else if !is_exported(&field.name) && field.package != self.package {
                let words = "implicit assignment to unexported field ";
                let rest = " in struct literal of type ";
                self.error_parts(span, &[words, &field.name, rest, &name]);
            }
            let mut x = self.expr_hint(&element.value, Some(field.typ), true);
            self.assign_to(&mut x, Some(field.typ), "struct literal");
        }
        if !keyed && !elements.is_empty() && elements.len() < fields.len() {
            self.error_parts(end, &["too few values in struct literal of type ", &name]);
        }
    }

    /// The field that a path of embedded fields leads to.
    fn field_at(&mut self, fields: &Rc<[Field]>, path: &[PathStep]) -> Field {
        let mut field = fields[path[0].field].clone();
        for step in &path[1..] {
            if let Type::Struct(inner) = self.under(field.typ) {
                field = inner[step.field].clone();
            }
        }
        field
    }

    /// Notes a key; a promoted field's path too, as a selection.
    fn record_key(&mut self, key: &'a Expr, typ: TypeId, field: &Field, path: &Rc<[PathStep]>) {
        let known = &mut self.info.nodes[key.id.index()];
        known.mode = Mode::Variable;
        known.typ = field.typ;
        let selection = Selection {
            kind: SelectionKind::Field,
            receiver: typ,
            object: None,
            method: None,
            path: path.clone(),
            found_on: field.typ,
            pointer_receiver: false,
            typ: field.typ,
        };
        self.info.selections.insert(key.id, selection);
    }

    /// Reports a field that is given twice, or once by itself and once with what it is part of.
    fn overlapping(
        &mut self,
        fields: &Rc<[Field]>,
        seen: &[Rc<[PathStep]>],
        path: &Rc<[PathStep]>,
        name: &str,
        span: Span,
    ) {
        let Some(other) = seen
            .iter()
            .find(|s| s.iter().zip(path.iter()).all(|(a, b)| a == b))
        else {
            return;
        };
        let words = if other.len() == path.len() {
            ["duplicate field name ", name, " in struct literal"].concat()
        } else {
            let inner = self.field_at(fields, other).name;
            if other.len() > path.len() {
                let rest = " and enclosed promoted field ";
                ["cannot specify embedded field ", name, rest, &inner].concat()
            } else {
                let rest = " and enclosing embedded field ";
                ["cannot specify promoted field ", name, rest, &inner].concat()
            }
        };
        self.error(span, words);
    }

    /// The path to the field that a key names; Go 1.27 allows promoted ones.
    fn field_key(&mut self, typ: TypeId, key: &'a Expr, name: &str) -> Option<Rc<[PathStep]>> {
        let Some(ident) = key.as_name() else {
            let text = expr_text(key);
            let words = " in struct literal";
            self.error_parts(key.span, &["invalid field name ", &text, words]);
            return None;
        };
        let shape = if self.is_type_param(typ) {
            self.core_type(typ).unwrap_or(typ)
        } else {
            typ
        };
        if let Lookup::Found(found) = self.types.lookup(shape, self.package, &ident.name)
            && let Target::Field(_) = found.target
        {
            if found.indirect {
                let words = "invalid implicit pointer indirection to reach ";
                self.error_parts(key.span, &[words, &ident.name]);
                return None;
            }
            return Some(found.path.into());
        }
        let mut message = [
            "unknown field ",
            &ident.name,
            " in struct literal of type ",
            name,
        ]
        .concat();
        if let Some((other, package, false)) = self.folded_name(typ, &ident.name) {
            if package == self.package || is_exported(&other) {
                message = [&message, ", but does have ", &other].concat();
            } else if other == ident.name {
                let rest = " in struct literal of type ";
                message = ["cannot refer to unexported field ", &other, rest, name].concat();
            } else if is_exported(&ident.name) {
                message = [&message, ", but does have unexported ", &other].concat();
            }
        }
        self.error(key.span, message);
        None
    }

    /// The elements of an array or slice; the result is their number, gaps included.
    fn indexed(&mut self, elem: TypeId, elements: &'a [Element], limit: Option<i64>) -> i64 {
        let mut seen: Vec<i64> = Vec::new();
        let keyed = elements.iter().any(|e| e.key.is_some());
        let (mut next, mut most) = (0i64, 0i64);
        for element in elements {
            let mut valid = true;
            if let Some(key) = &element.key {
                match self.constant_index(key, limit) {
                    Some(value) => next = value,
                    None => valid = false,
                }
            } else if limit.is_some_and(|limit| next >= limit) {
                let (at, limit) = (next.to_string(), limit.unwrap_or(0).to_string());
                let words = " is out of bounds (>= ";
                self.error_parts(element.value.span, &["index ", &at, words, &limit, ")"]);
            }
            if keyed && valid {
                if seen.contains(&next) {
                    let span = element.key.as_ref().map_or(element.value.span, |k| k.span);
                    let words = " in array or slice literal";
                    self.error_parts(span, &["duplicate index ", &next.to_string(), words]);
                } else {
                    seen.push(next);
                }
            }
            if valid {
                next = next.saturating_add(1);
                most = most.max(next);
            }
            let mut x = self.expr_hint(&element.value, Some(elem), true);
            self.assign_to(&mut x, Some(elem), "array or slice literal");
        }
        most
    }

    fn constant_index(&mut self, key: &'a Expr, limit: Option<i64>) -> Option<i64> {
        let before = self.diagnostics.len();
        let value = self.index_value(key, limit);
        if value.is_none() && self.diagnostics.len() == before {
            let text = expr_text(key);
            self.error_parts(key.span, &["index ", &text, " must be integer constant"]);
        }
        value
    }

    fn map_literal(&mut self, key: TypeId, value: TypeId, elements: &'a [Element]) {
        let mut seen: BTreeMap<(TypeId, Vec<u8>), ()> = BTreeMap::new();
        for element in elements {
            match &element.key {
                None => {
                    self.error(element.value.span, "missing key in map literal");
                    continue;
                }
                Some(expr) => {
                    let mut k = self.expr_hint(expr, Some(key), true);
                    self.assign_to(&mut k, Some(key), "map literal");
                    if let (Mode::Constant, Some(constant)) = (k.mode, &k.value) {
                        let typ = self.types.canonical(k.typ);
                        if seen.insert((typ, identity(constant)), ()).is_some() {
                            let text = constant.text();
                            let words = " in map literal";
                            self.error_parts(expr.span, &["duplicate key ", &text, words]);
                        }
                    }
                }
            }
            let mut x = self.expr_hint(&element.value, Some(value), true);
            self.assign_to(&mut x, Some(value), "map literal");
        }
    }
}

/// Bytes that are equal exactly if constants of one type are.
pub(super) fn identity(constant: &Constant) -> Vec<u8> {
    match constant {
        Constant::Str(bytes) => bytes.to_vec(),
        Constant::Bool(value) => vec![u8::from(*value)],
        Constant::Int(value) => value.to_string().into_bytes(),
        Constant::Float(value) => value.to_f64().to_bits().to_le_bytes().to_vec(),
        Constant::Complex(re, im) => {
            let parts = [re.to_f64().to_bits(), im.to_f64().to_bits()];
            parts.iter().flat_map(|p| p.to_le_bytes()).collect()
        }
    }
}
