//! Type expressions: from syntax to types.
//!
//! What needs complete types (map keys, constraints, embedded fields) is checked later: see `Later`.

use super::check::{Checker, Later};
use super::info::Mode;
use super::object::{ObjKind, VarKind, is_exported};
use super::table::{
    self, Interface, Method, ObjId, PackageId, Signature, Type, TypeId, TypeParamId,
};
use crate::go::syntax::ast::{self, *};
use crate::go::syntax::text::expr_text;
use crate::trace::Span;
use std::rc::Rc;

impl<'a> Checker<'a> {
    /// A type; generic ones must be instantiated.
    pub(super) fn type_expr(&mut self, expr: &'a Expr) -> TypeId {
        let typ = self.generic_type(expr);
        if self.generic_params(typ).is_none() {
            return typ;
        }
        let text = self.text(typ);
        let text = match &expr.unparen().kind {
            // An alias is not printed with its parameters.
            _ if self.generic_aliases.contains_key(&typ) => expr_text(expr),
            _ => text,
        };
        let words = " without instantiation";
        self.error_parts(expr.span, &["cannot use generic type ", &text, words]);
        TypeId::INVALID
    }

    /// A type that a variable may have: no constraint interface.
    pub(super) fn var_type(&mut self, expr: &'a Expr) -> TypeId {
        let typ = self.type_expr(expr);
        if !matches!(self.types.get(typ), Type::Basic(_) | Type::TypeParam(_)) {
            self.later.push(Later::Variable(typ, expr.span));
        }
        typ
    }

    /// A type, maybe a generic one without arguments.
    pub(super) fn generic_type(&mut self, expr: &'a Expr) -> TypeId {
        if !self.enter(expr.span) {
            return TypeId::INVALID;
        }
        let typ = self.type_node(expr);
        self.depth -= 1;
        self.record_type(expr, typ);
        typ
    }

    pub(super) fn type_node(&mut self, expr: &'a Expr) -> TypeId {
        match &expr.kind {
            ExprKind::Bad => TypeId::INVALID,
            ExprKind::Name(_) | ExprKind::Selector(..) => {
                let x = match &expr.kind {
                    ExprKind::Name(name) if self.is_package(name) => {
                        let words = " (package name) is not a type";
                        self.error_parts(expr.span, &[&name.name, words]);
                        return TypeId::INVALID;
                    }
                    ExprKind::Name(name) => self.name(expr, name),
                    _ => self.selector(expr, true),
                };
                match x.mode {
                    Mode::Type => x.typ,
                    Mode::Invalid => TypeId::INVALID,
                    _ => {
                        let text = match self.what_is(expr) {
                            Some(what) => [&expr_text(expr), what].concat(),
                            None => self.describe(&x),
                        };
                        self.error_parts(expr.span, &[&text, " is not a type"]);
                        TypeId::INVALID
                    }
                }
            }
            ExprKind::Paren(inner) => self.generic_type(inner),
            ExprKind::Index(base, args) => self.instantiated_type(expr, base, args),
            ExprKind::Star(inner) => {
                let to = self.var_type(inner);
                if to == TypeId::INVALID {
                    return to;
                }
                self.types.pointer(to)
            }
            ExprKind::SliceType(elem) => {
                let elem = self.var_type(elem);
                self.types.slice(elem)
            }
            ExprKind::ArrayType(length, elem) => {
                let length = match length {
                    Some(length) => self.array_length(length),
                    None => {
                        let words = "invalid use of [...] array (outside a composite literal)";
                        self.error(expr.span, words);
                        None
                    }
                };
                let elem = self.var_type(elem);
                match length {
                    Some(length) => self.types.intern(Type::Array(elem, length)),
                    None => TypeId::INVALID,
                }
            }
            ExprKind::MapType(key_expr, value) => {
                let key = self.var_type(key_expr);
                let value = self.var_type(value);
                self.later.push(Later::MapKey(key, key_expr));
                self.types.intern(Type::Map(key, value))
            }
            ExprKind::ChanType(dir, elem) => {
                let elem = self.var_type(elem);
                let dir = match dir {
                    ast::ChanDir::Both => table::ChanDir::Both,
                    ast::ChanDir::Send => table::ChanDir::Send,
                    ast::ChanDir::Receive => table::ChanDir::Receive,
                };
                self.types.intern(Type::Chan(dir, elem))
            }
            ExprKind::FuncType(sig) => {
                let outer = self.open_scope();
                let (typ, ..) = self.signature(sig, &Rc::from([]));
                self.close_scope(outer);
                typ
            }
            ExprKind::StructType(lines) => self.struct_type(lines),
            ExprKind::InterfaceType(elems) => self.interface_type(expr, elems),
            _ => {
                let text = expr_text(expr);
                self.error_parts(expr.span, &[&text, " is not a type"]);
                TypeId::INVALID
            }
        }
    }

    pub(super) fn is_package(&self, name: &Ident) -> bool {
        let found = self.find(&name.name);
        found.is_some_and(|(o, _)| matches!(self.object(o).kind, ObjKind::Package(_)))
    }

    /// What a plain name stands for, for "is not a type".
    pub(super) fn what_is(&self, expr: &Expr) -> Option<&'static str> {
        let object = self.info.object_of(expr.as_name()?.id)?;
        Some(match &self.object(object).kind {
            ObjKind::Var(VarKind::Package) => " (package-level variable)",
            ObjKind::Var(VarKind::Local) => " (local variable)",
            ObjKind::Var(VarKind::Result) => " (result variable)",
            ObjKind::Var(_) => " (parameter)",
            ObjKind::Const(_) => " (constant)",
            ObjKind::Func { .. } => " (function)",
            _ => return None,
        })
    }

    pub(super) fn array_length(&mut self, expr: &'a Expr) -> Option<i64> {
        if let ExprKind::Name(name) = &expr.kind {
            match self.find(&name.name) {
                None => {
                    let words = " or missing type constraint";
                    self.error_parts(expr.span, &["undefined array length ", &name.name, words]);
                    return None;
                }
                Some((object, _)) if !matches!(self.object(object).kind, ObjKind::Const(_)) => {
                    self.object_mut(object).used = true;
                    self.error_parts(expr.span, &["invalid array length ", &name.name]);
                    return None;
                }
                _ => {}
            }
        }
        let mut x = self.expr(expr, None);
        if x.mode == Mode::Invalid {
            return None;
        }
        let text = self.describe(&x);
        if x.mode != Mode::Constant {
            self.error_parts(expr.span, &["array length ", &text, " must be constant"]);
            return None;
        }
        let untyped = self.is_untyped(x.typ);
        let number = untyped || self.is_integer(x.typ);
        let value = x.value.as_ref().and_then(|v| v.to_int());
        if let Some(value) = value.filter(|_| number) {
            if let Some(length) = value.to_i64().filter(|&n| n >= 0) {
                if untyped {
                    self.convert_untyped(&mut x, TypeId::INT);
                }
                return Some(length);
            }
            self.error_parts(expr.span, &["invalid array length ", &text]);
            return None;
        }
        let words = if self.is_integer(x.typ) {
            ["invalid array length ", &text].concat()
        } else {
            ["array length ", &text, " must be integer"].concat()
        };
        self.error(expr.span, words);
        None
    }

    /// The variable of a parameter, result or receiver; not yet in scope.
    pub(super) fn param_object(&mut self, param: &'a Param, kind: VarKind, typ: TypeId) -> ObjId {
        let ident = param.name.as_ref();
        let name: Rc<str> = ident.map_or("".into(), |i| i.name.clone());
        let object = self.new_object(ObjKind::Var(kind), name, typ, ident);
        if ident.is_none() {
            self.object_mut(object).span = param.span;
        }
        self.info.defs[param.id.index()] = Some(object);
        object
    }

    /// A function type; parameters and results are declared in the current scope.
    pub(super) fn signature(
        &mut self,
        sig: &'a ast::Signature,
        type_params: &Rc<[TypeParamId]>,
    ) -> (TypeId, Vec<ObjId>, Vec<ObjId>) {
        let scope = self.env.scope;
        let mut variadic = false;
        let mut last: Option<(&'a Rc<Expr>, TypeId)> = None;
        let mut lists = [(Vec::new(), Vec::new()), (Vec::new(), Vec::new())];
        let mut names: Vec<Rc<str>> = Vec::new();
        for (which, list) in [&sig.params, &sig.results].into_iter().enumerate() {
            for (at, param) in list.iter().enumerate() {
                let mut typ = match last {
                    Some((ty, typ)) if Rc::ptr_eq(ty, &param.ty) => typ,
                    _ => self.var_type(&param.ty),
                };
                last = Some((&param.ty, typ));
                if param.variadic {
                    if which == 0 && at + 1 == list.len() {
                        variadic = true;
                        typ = self.types.slice(typ);
                    } else {
                        let words = "can only use ... with final parameter";
                        self.error(param.span, words);
                    }
                }
                let kind = [VarKind::Param, VarKind::Result][which];
                let object = self.param_object(param, kind, typ);
                lists[which].0.push(typ);
                lists[which].1.push(object);
                names.push(self.object(object).name.clone());
            }
        }
        let [(params, param_objects), (results, result_objects)] = lists;
        for &object in param_objects.iter().chain(&result_objects) {
            if !self.object(object).name.is_empty() {
                self.declare(scope, object);
            }
        }
        if names.iter().all(|n| n.is_empty()) {
            names.clear();
        }
        let typ = self.types.intern(Type::Signature(Rc::new(Signature {
            type_params: type_params.clone(),
            params: params.into(),
            results: results.into(),
            variadic,
            names: names.into(),
        })));
        (typ, param_objects, result_objects)
    }

    pub(super) fn struct_type(&mut self, lines: &'a [ast::Field]) -> TypeId {
        let mut fields: Vec<table::Field> = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        for line in lines {
            let embedded = line.names.is_empty();
            let typ = self.var_type(&line.ty);
            let tag: Rc<str> = line
                .tag
                .as_ref()
                .map_or("".into(), |t| String::from_utf8_lossy(t).into());
            let names: Vec<&Ident> = if embedded {
                embedded_name(&line.ty).into_iter().collect()
            } else {
                line.names.iter().collect()
            };
            if embedded {
                self.later.push(Later::Embedded(typ, line.ty.span));
            }
            for ident in names {
                let name = ident.name.clone();
                if !ident.is_blank()
                    && let Some(at) = fields.iter().position(|f| f.name == name)
                {
                    self.duplicate(ident.span, &[&name, " redeclared"], spans[at], &name);
                    continue;
                }
                let package = if is_exported(&name) {
                    PackageId::UNIVERSE
                } else {
                    self.package
                };
                if !embedded {
                    self.record_field(ident, typ);
                }
                fields.push(table::Field {
                    name,
                    package,
                    typ,
                    embedded,
                    tag: tag.clone(),
                });
                spans.push(ident.span);
            }
        }
        self.types.intern(Type::Struct(fields.into()))
    }

    /// A field's identifier has a type too, for whoever shows it.
    pub(super) fn record_field(&mut self, ident: &Ident, typ: TypeId) {
        let known = &mut self.info.nodes[ident.id.index()];
        known.mode = Mode::Variable;
        known.typ = typ;
    }

    /// `what`, and where the other declaration of `name` is.
    pub(super) fn duplicate(&mut self, span: Span, what: &[&str], other: Span, name: &str) {
        let place = (self.place)(other);
        let message = [
            &what.concat(),
            "\n\t",
            &place,
            ": other declaration of ",
            name,
        ]
        .concat();
        self.error(span, message);
    }

    pub(super) fn interface_type(&mut self, expr: &'a Expr, elems: &'a [InterfaceElem]) -> TypeId {
        let mut methods: Vec<Method> = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        let mut embedded = Vec::new();
        for elem in elems {
            match elem {
                InterfaceElem::Method(method) => {
                    let name = method.name.name.clone();
                    let outer = self.open_scope();
                    let (signature, ..) = self.signature(&method.sig, &Rc::from([]));
                    self.close_scope(outer);
                    if method.name.is_blank() {
                        let words = "methods must have a unique non-blank name";
                        self.error(method.name.span, words);
                        continue;
                    }
                    if let Some(at) = methods.iter().position(|m| m.name == name) {
                        let what = ["method ", &name].concat();
                        let span = method.name.span;
                        self.duplicate(span, &["duplicate method ", &name], spans[at], &what);
                        continue;
                    }
                    let package = if is_exported(&name) {
                        PackageId::UNIVERSE
                    } else {
                        self.package
                    };
                    methods.push(Method {
                        name,
                        package,
                        signature,
                    });
                    spans.push(method.name.span);
                }
                InterfaceElem::Embedded(constraint) => {
                    let typ = self.union(constraint);
                    if typ == TypeId::INVALID {
                        continue;
                    }
                    if let [term] = &constraint.terms[..]
                        && matches!(self.types.get(typ), Type::TypeParam(_))
                    {
                        let words = "cannot embed a type parameter";
                        let words = if term.tilde {
                            "type in term cannot be a type parameter"
                        } else {
                            words
                        };
                        self.error(term.ty.span, words);
                        continue;
                    }
                    embedded.push(typ);
                }
            }
        }
        let typ = self.types.intern(Type::Interface(Rc::new(Interface {
            methods: methods.into(),
            embedded: embedded.into(),
            implicit: false,
        })));
        if elems.len() > 1 {
            self.later.push(Later::Interface(typ, expr));
        }
        typ
    }
}

/// The name that an embedded field gets from its type.
fn embedded_name(ty: &Expr) -> Option<&Ident> {
    match &ty.unparen().kind {
        ExprKind::Name(name) | ExprKind::Selector(_, name) => Some(name),
        ExprKind::Star(inner) => embedded_name(inner),
        ExprKind::Index(base, _) => embedded_name(base),
        _ => None,
    }
}
