//! `x.f`: qualified names, fields, methods, method expressions (Go spec, "Selectors").

use super::check::Checker;
use super::info::{Mode, Selection, SelectionKind};
use super::lookup::{Found, Lookup, Target};
use super::object::{ObjKind, is_exported};
use super::operand::Operand;
use super::table::{PackageId, Signature, Type, TypeId};
use crate::go::syntax::ast::{Expr, ExprKind, Ident};
use crate::go::syntax::text::expr_text;
use crate::trace::Span;
use std::rc::Rc;

impl<'a> Checker<'a> {
    pub(super) fn selector(&mut self, expr: &'a Expr, want_type: bool) -> Operand<'a> {
        let ExprKind::Selector(base, name) = &expr.kind else {
            return Operand::invalid(expr);
        };
        if let Some(package) = self.qualifier(base) {
            return self.qualified(expr, base, name, package);
        }
        let mut x = self.raw_expr(base, None);
        if name.is_blank() && x.mode != Mode::Invalid {
            self.error(name.span, "cannot refer to blank field or method");
            return Operand::invalid(expr);
        }
        if x.mode == Mode::Type {
            if self.generic_params(x.typ).is_some() {
                self.type_expr(base);
                return Operand::invalid(expr);
            }
            return self.method_expr(expr, x, name);
        }
        if let Mode::Builtin(_) = x.mode {
            let at = Span {
                start: base.span.end,
                ..expr.span
            };
            let text = self.describe(&x);
            self.error_parts(at, &["invalid use of ", &text, " in selector expression"]);
            return Operand::invalid(expr);
        }
        self.require_value(&mut x);
        self.require_single(&mut x);
        if x.mode == Mode::Invalid {
            return x;
        }
        if x.is_nil() {
            self.not_found(expr, TypeId::NIL, name);
            return Operand::invalid(expr);
        }
        if want_type {
            let text = expr_text(expr);
            self.error_parts(name.span, &[&text, " is not a type"]);
            return Operand::invalid(expr);
        }
        if self.is_untyped(x.typ) {
            let typ = self.default_type(x.typ);
            self.convert_untyped(&mut x, typ);
        }
        self.complete(x.typ);
        match self.types.lookup(x.typ, self.package, &name.name) {
            Lookup::Found(found) => self.selected(expr, x, base, name, found),
            Lookup::Ambiguous => {
                let text = expr_text(expr);
                self.error_parts(name.span, &["ambiguous selector ", &text]);
                Operand::invalid(expr)
            }
            Lookup::None => {
                self.not_found(expr, x.typ, name);
                Operand::invalid(expr)
            }
        }
    }

    /// The package that `base` names, if it does.
    fn qualifier(&mut self, base: &'a Expr) -> Option<PackageId> {
        let ident = base.as_name()?;
        let (object, _) = self.find(&ident.name)?;
        match self.object(object).kind {
            ObjKind::Package(package) => {
                self.object_mut(object).used = true;
                self.use_object(ident, object);
                Some(package)
            }
            _ => None,
        }
    }

    fn qualified(
        &mut self,
        expr: &'a Expr,
        base: &'a Expr,
        name: &'a Ident,
        package: PackageId,
    ) -> Operand<'a> {
        let found = if package == PackageId::UNIVERSE {
            self.unsafe_object(&name.name)
        } else {
            let scope = &self.info.packages[package.0 as usize].scope;
            scope.get(&name.name).copied()
        };
        match found {
            Some(object) if is_exported(&name.name) => {
                self.use_object(name, object);
                self.object_operand(expr, object)
            }
            _ => {
                let text = expr_text(base);
                let mut message = ["undefined: ", &text, ".", &name.name].concat();
                let scope = &self.info.packages[package.0 as usize].scope;
                let folded = name.name.to_lowercase();
                let near = scope
                    .keys()
                    .find(|k| is_exported(k) && k.to_lowercase() == folded);
                if let Some(near) = near {
                    message.push_str(" (but have ");
                    message.push_str(near);
                    message.push(')');
                }
                self.error(name.span, message);
                Operand::invalid(expr)
            }
        }
    }

    fn selected(
        &mut self,
        expr: &'a Expr,
        x: Operand<'a>,
        base: &'a Expr,
        name: &'a Ident,
        found: Found,
    ) -> Operand<'a> {
        let typ = self.target_signature(&found.target);
        let deref = found.path.iter().any(|step| step.deref);
        let (kind, object, found_on, pointer) = match &found.target {
            Target::Field(field) => (SelectionKind::Field, None, field.typ, false),
            Target::Method { on, method } => {
                let addressable = x.mode == Mode::Variable || found.indirect;
                if method.pointer && !addressable {
                    let on = self.text(x.typ);
                    let words = ["cannot call pointer method ", &name.name, " on "].concat();
                    self.error_parts(name.span, &[&words, &on]);
                    return Operand::invalid(expr);
                }
                (
                    SelectionKind::Method,
                    Some(method.object),
                    *on,
                    method.pointer,
                )
            }
            Target::Interface { on, .. } => {
                let kind = if self.is_type_param(*on) {
                    SelectionKind::ParamMethod
                } else {
                    SelectionKind::InterfaceMethod
                };
                (kind, None, *on, false)
            }
        };
        if let Some(object) = object {
            self.use_object(name, object);
            self.depend(object);
        }
        let selection = Selection {
            kind,
            receiver: x.typ,
            object,
            method: None,
            path: found.path.into(),
            found_on,
            pointer_receiver: pointer,
            typ,
        };
        self.info.selections.insert(expr.id, selection);
        if typ == TypeId::INVALID {
            return Operand::invalid(expr);
        }
        if kind != SelectionKind::Field {
            if pointer && !found.indirect {
                self.take_address(base);
            }
            return Operand::new(Mode::Value, typ, expr);
        }
        let mode = if x.mode == Mode::Variable || deref {
            Mode::Variable
        } else {
            Mode::Value
        };
        Operand::new(mode, typ, expr)
    }

    fn method_expr(&mut self, expr: &'a Expr, x: Operand<'a>, name: &'a Ident) -> Operand<'a> {
        self.complete(x.typ);
        let found = match self.types.lookup(x.typ, self.package, &name.name) {
            Lookup::Found(found) => found,
            Lookup::Ambiguous => {
                let text = expr_text(expr);
                self.error_parts(name.span, &["ambiguous selector ", &text]);
                return Operand::invalid(expr);
            }
            Lookup::None => {
                self.not_found(expr, x.typ, name);
                return Operand::invalid(expr);
            }
        };
        let signature = self.target_signature(&found.target);
        let (method, object, found_on, pointer) = match &found.target {
            Target::Field(_) => {
                let on = self.text(x.typ);
                let words = ["operand for field selector ", &name.name].concat();
                self.error_parts(x.span, &[&words, " must be value of type ", &on]);
                return Operand::invalid(expr);
            }
            Target::Method { on, method } => {
                if method.pointer && !found.indirect {
                    let on = self.text(x.typ);
                    let (n, words) = (&name.name, " (needs pointer receiver (*");
                    self.error_parts(
                        name.span,
                        &[
                            "invalid method expression ",
                            &on,
                            ".",
                            n,
                            words,
                            &on,
                            ").",
                            n,
                            ")",
                        ],
                    );
                    return Operand::invalid(expr);
                }
                let object = method.object;
                self.use_object(name, object);
                self.depend(object);
                (SelectionKind::Method, Some(object), *on, method.pointer)
            }
            Target::Interface { on, .. } => {
                let kind = if self.is_type_param(*on) {
                    SelectionKind::ParamMethod
                } else {
                    SelectionKind::InterfaceMethod
                };
                (kind, None, *on, false)
            }
        };
        let Type::Signature(signature) = self.types.get(signature) else {
            return Operand::invalid(expr);
        };
        let params: Rc<[TypeId]> = [x.typ]
            .into_iter()
            .chain(signature.params.iter().copied())
            .collect();
        let names: Rc<[Rc<str>]> = if signature.names.is_empty() {
            Rc::from([])
        } else {
            [Rc::from("_")]
                .into_iter()
                .chain(signature.names.iter().cloned())
                .collect()
        };
        let typ = self.types.intern(Type::Signature(Rc::new(Signature {
            params,
            names,
            ..(*signature).clone()
        })));
        let selection = Selection {
            kind: SelectionKind::MethodExpr,
            receiver: x.typ,
            object,
            method: Some(method),
            path: found.path.into(),
            found_on,
            pointer_receiver: pointer,
            typ,
        };
        self.info.selections.insert(expr.id, selection);
        Operand::new(Mode::Value, typ, expr)
    }

    fn not_found(&mut self, expr: &'a Expr, typ: TypeId, name: &'a Ident) {
        if self.types.underlying(typ) == TypeId::INVALID {
            return;
        }
        let on = self.text(typ);
        let text = expr_text(expr);
        let why = if self.is_pointer_to_interface(typ) {
            ["type ", &on, " is pointer to interface, not interface"].concat()
        } else if matches!(self.types.get(typ), Type::Pointer(to) if self.is_type_param(to)) {
            [
                "type ",
                &on,
                " is pointer to type parameter, not type parameter",
            ]
            .concat()
        } else {
            self.near_miss(typ, &on, name)
        };
        self.error_parts(name.span, &[&text, " undefined (", &why, ")"]);
    }

    fn near_miss(&mut self, typ: TypeId, on: &str, name: &Ident) -> String {
        let start = ["type ", on, " has no field or method ", &name.name].concat();
        let Some((other, package, method)) = self.folded_name(typ, &name.name) else {
            return start;
        };
        let what = if method { "method " } else { "field " };
        let tail = |s: &str| s.chars().skip(1).collect::<String>();
        let alike = tail(&other) == tail(&name.name);
        let same_package = package == self.package;
        if same_package || is_exported(&other) && (is_exported(&name.name) || alike) {
            return [&start, ", but does have ", what, &other].concat();
        }
        if *other == *name.name {
            return ["cannot refer to unexported ", what, &other].concat();
        }
        if !is_exported(&other) && is_exported(&name.name) && alike {
            return [&start, ", but does have unexported ", what, &other].concat();
        }
        start
    }

    /// A field or method whose name differs in the case of letters only: its name, package, and whether
    /// it is a method.
    pub(super) fn folded_name(
        &mut self,
        typ: TypeId,
        name: &str,
    ) -> Option<(Rc<str>, PackageId, bool)> {
        let folded = name.to_lowercase();
        let base = match self.types.get(typ) {
            Type::Pointer(to) => to,
            _ => typ,
        };
        let of = |package: PackageId, checker: &Self| {
            if package == PackageId::UNIVERSE {
                match checker.types.get(base) {
                    Type::Named(declared, _) => checker.types.declared(declared).package,
                    _ => checker.package,
                }
            } else {
                package
            }
        };
        let fits = |n: &str| n.to_lowercase() == folded;
        if let Type::Struct(fields) = self.under(base)
            && let Some(field) = fields
                .iter()
                .filter(|f| fits(&f.name))
                .max_by_key(|f| is_exported(&f.name))
        {
            return Some((field.name.clone(), of(field.package, self), false));
        }
        let pointer = self.types.pointer(base);
        let (method, package) = self
            .types
            .method_names(pointer)
            .into_iter()
            .chain(self.types.method_names(base))
            .filter(|(n, _)| fits(n))
            .max_by_key(|(n, _)| is_exported(n))?;
        Some((method, of(package, self), true))
    }
}
