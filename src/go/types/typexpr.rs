//! Type expressions: from syntax to types.
//!
//! What needs complete types (map keys, constraints, embedded fields) is checked later: see `Later`.

use super::check::{Checker, Later};
use super::info::Mode;
use super::object::{ObjKind, VarKind, is_exported};
use super::table::{
    self, DeclaredId, Interface, Method, ObjId, PackageId, Signature, Type, TypeId, TypeParamId,
};
use crate::go::syntax::ast::{self, *};
use crate::go::syntax::text::expr_text;
use crate::trace::Span;
use std::collections::BTreeSet;
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

    /// The type parameters of a generic type that has no arguments yet.
    pub(super) fn generic_params(&self, typ: TypeId) -> Option<Rc<[TypeParamId]>> {
        if let Some(params) = self.generic_aliases.get(&typ) {
            return Some(params.clone());
        }
        match self.types.get(typ) {
            Type::Named(declared, args) => {
                let declared = self.types.declared(declared);
                (args.len() < declared.type_params.len()).then(|| declared.type_params.clone())
            }
            _ => None,
        }
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

    fn type_node(&mut self, expr: &'a Expr) -> TypeId {
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
    fn what_is(&self, expr: &Expr) -> Option<&'static str> {
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

    fn array_length(&mut self, expr: &'a Expr) -> Option<i64> {
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

    fn instantiated_type(&mut self, expr: &'a Expr, base: &'a Expr, args: &'a [Expr]) -> TypeId {
        let generic = self.generic_type(base);
        let list: Vec<TypeId> = args.iter().map(|a| self.type_expr(a)).collect();
        if generic == TypeId::INVALID {
            return generic;
        }
        let Some(params) = self.generic_params(generic) else {
            let text = self.text(generic);
            self.error_parts(
                expr.span,
                &[
                    "invalid operation: ",
                    &expr_text(expr),
                    " (",
                    &text,
                    " is not a generic type)",
                ],
            );
            return TypeId::INVALID;
        };
        let name = expr_text(base);
        // A local type also has the type parameters of the function around it.
        let implicit = match self.types.get(generic) {
            Type::Named(declared, _) => self.types.declared(declared).implicit,
            _ => 0,
        };
        let written: Rc<[TypeParamId]> = params[implicit..].into();
        if list.len() != written.len() {
            let (span, words) = if list.len() > written.len() {
                (base.span, "too many")
            } else {
                (base.span, "not enough")
            };
            let (have, want) = (list.len().to_string(), written.len().to_string());
            self.error_parts(
                span,
                &[
                    words,
                    " type arguments for type ",
                    &name,
                    ": have ",
                    &have,
                    ", want ",
                    &want,
                ],
            );
            return TypeId::INVALID;
        }
        if list.contains(&TypeId::INVALID) {
            return TypeId::INVALID;
        }
        let spans = args.iter().map(|a| a.span).collect();
        self.later.push(Later::Instance(
            written,
            list.as_slice().into(),
            spans,
            name.into(),
        ));
        let around = params[..implicit].iter();
        let arguments: Rc<[TypeId]> = around
            .map(|&param| self.types.param_type(param))
            .chain(list)
            .collect();
        if self.generic_aliases.contains_key(&generic)
            && let Type::Alias(name, target) = self.types.spelled(generic)
        {
            let target = self.types.substitute(target, &params, &arguments);
            let name = table::AliasName {
                args: arguments,
                ..(*name).clone()
            };
            return self.types.intern(Type::Alias(Rc::new(name), target));
        }
        match self.types.get(generic) {
            Type::Named(declared, _) => {
                let typ = self.types.named(declared, &arguments);
                self.instance_spans.entry(typ).or_insert(expr.span);
                typ
            }
            _ => TypeId::INVALID,
        }
    }

    /// Declares type parameters with their constraints in the current scope.
    pub(super) fn declare_type_params(&mut self, list: &'a [ast::TypeParam]) -> Rc<[TypeParamId]> {
        let params = self.new_type_params(list, 0);
        self.bind_constraints(list, &params);
        params
    }

    /// Declares type parameters, their constraints still open.
    pub(super) fn new_type_params(
        &mut self,
        list: &'a [ast::TypeParam],
        before: usize,
    ) -> Rc<[TypeParamId]> {
        let scope = self.env.scope;
        list.iter()
            .enumerate()
            .map(|(at, param)| {
                let name = param.name.name.clone();
                let id = self
                    .types
                    .add_param(name.clone(), before + at, TypeId::EMPTY_INTERFACE);
                let typ = self.types.param_type(id);
                self.param_spans.insert(id, param.name.span);
                let object = self.new_object(ObjKind::TypeName, name, typ, Some(&param.name));
                self.declare(scope, object);
                id
            })
            .collect()
    }

    pub(super) fn bind_constraints(&mut self, list: &'a [ast::TypeParam], params: &[TypeParamId]) {
        let mut last: Option<(&'a Rc<Constraint>, TypeId)> = None;
        for (param, &id) in list.iter().zip(params) {
            let typ = match last {
                Some((constraint, typ)) if Rc::ptr_eq(constraint, &param.constraint) => typ,
                _ => self.constraint(&param.constraint),
            };
            last = Some((&param.constraint, typ));
            self.types.set_constraint(id, typ);
        }
    }

    fn constraint(&mut self, constraint: &'a Constraint) -> TypeId {
        if let [term] = &constraint.terms[..]
            && !term.tilde
        {
            let typ = self.type_expr(&term.ty);
            if let Type::TypeParam(_) = self.types.get(typ) {
                let text = self.text(typ);
                let words = "cannot use a type parameter as constraint: ";
                self.error_parts(term.ty.span, &[words, &text]);
                return TypeId::EMPTY_INTERFACE;
            }
            return typ;
        }
        let union = self.union(constraint);
        self.types.implicit_interface(union)
    }

    /// A union, or a single type.
    fn union(&mut self, constraint: &'a Constraint) -> TypeId {
        let mut spans = Vec::new();
        let mut terms = Vec::new();
        for term in &constraint.terms {
            let typ = self.type_expr(&term.ty);
            if typ == TypeId::INVALID {
                continue;
            }
            let several = constraint.terms.len() > 1 || term.tilde;
            if several && matches!(self.types.get(typ), Type::TypeParam(_)) {
                let words = "term cannot represent type parameter";
                self.error(term.ty.span, words);
                continue;
            }
            terms.push(table::Term {
                tilde: term.tilde,
                typ,
            });
            spans.push(term.span);
        }
        match terms[..] {
            [] => TypeId::INVALID,
            [table::Term { tilde: false, typ }] => typ,
            _ => {
                let union = self.types.intern(Type::Union(terms.into()));
                self.later.push(Later::Union(union, spans));
                union
            }
        }
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

    fn struct_type(&mut self, lines: &'a [ast::Field]) -> TypeId {
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
    fn record_field(&mut self, ident: &Ident, typ: TypeId) {
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

    fn interface_type(&mut self, expr: &'a Expr, elems: &'a [InterfaceElem]) -> TypeId {
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

    /// Does what had to wait for complete types.
    pub(super) fn run_later(&mut self) {
        while !self.later.is_empty() {
            for later in std::mem::take(&mut self.later) {
                match later {
                    Later::MapKey(key, expr) => self.check_map_key(key, expr),
                    Later::Instance(params, args, spans, name) => {
                        self.check_instance(&params, &args, &spans, &name);
                    }
                    Later::Interface(typ, expr) => self.check_interface(typ, expr),
                    Later::Embedded(typ, span) => self.check_embedded(typ, span),
                    Later::Union(union, spans) => self.check_union(union, &spans),
                    Later::Variable(typ, span) => self.check_variable_type(typ, span),
                }
            }
        }
    }

    fn check_map_key(&mut self, key: TypeId, expr: &'a Expr) {
        if key == TypeId::INVALID || self.types.is_comparable(key) {
            return;
        }
        let text = self.text(key);
        let why = match self.types.get(key) {
            Type::TypeParam(_) => " (missing comparable constraint)",
            _ => "",
        };
        let span = match &expr.kind {
            // A function type starts, for Go, behind its keyword.
            ExprKind::FuncType(sig) => sig.span,
            _ => expr.span,
        };
        self.error_parts(span, &["invalid map key type ", &text, why]);
    }

    fn check_instance(
        &mut self,
        params: &[TypeParamId],
        args: &[TypeId],
        spans: &[Span],
        _name: &str,
    ) {
        if let Some((at, why)) = self.unsatisfied(params, args) {
            let span = spans.get(at).or(spans.last()).copied().unwrap_or_default();
            self.error(span, why);
        }
    }

    fn check_interface(&mut self, typ: TypeId, expr: &'a Expr) {
        let Type::Interface(interface) = self.types.get(typ) else {
            return;
        };
        let mut all: Vec<Method> = interface.methods.to_vec();
        for &embedded in interface.embedded.iter() {
            let Type::Interface(_) = self.types.under(embedded) else {
                continue;
            };
            for method in self.types.type_set(embedded).methods {
                let same = all
                    .iter()
                    .find(|m| m.name == method.name && m.package == method.package);
                match same {
                    Some(m) if !self.types.identical(m.signature, method.signature) => {
                        self.error_parts(expr.span, &["duplicate method ", &method.name]);
                    }
                    Some(_) => {}
                    None => all.push(method),
                }
            }
        }
    }

    fn check_embedded(&mut self, typ: TypeId, span: Span) {
        let (base, pointer) = match self.types.get(typ) {
            Type::Pointer(to) => (to, true),
            _ => (typ, false),
        };
        let what = match (self.types.get(base), self.types.under(base)) {
            (Type::TypeParam(_), _) => "a (pointer to a) type parameter",
            (_, Type::Pointer(_)) => "a pointer",
            (_, Type::Basic(table::Basic::UnsafePointer)) => "unsafe.Pointer",
            (_, Type::Interface(_)) if pointer => "a pointer to an interface",
            _ => return,
        };
        self.error_parts(span, &["embedded field type cannot be ", what]);
    }

    fn check_union(&mut self, union: TypeId, spans: &[Span]) {
        let Type::Union(terms) = self.types.get(union) else {
            return;
        };
        for (at, term) in terms.iter().enumerate() {
            let span = spans[at];
            let under = self.types.underlying(term.typ);
            let text = self.text(term.typ);
            if let Type::Interface(_) = self.types.get(under) {
                if term.tilde {
                    let words = "invalid use of ~ (";
                    self.error_parts(span, &[words, &text, " is an interface)"]);
                    continue;
                }
                let set = self.types.type_set(term.typ);
                if terms.len() > 1 && !set.methods.is_empty() {
                    self.error_parts(
                        span,
                        &[
                            "cannot use ",
                            &text,
                            " in union (",
                            &text,
                            " contains methods)",
                        ],
                    );
                } else if terms.len() > 1 && term.typ == TypeId::COMPARABLE {
                    self.error(span, "cannot use comparable in union");
                } else if terms.len() > 1 && set.comparable {
                    let words = " embeds comparable)";
                    self.error_parts(span, &["cannot use ", &text, " in union (", &text, words]);
                }
                continue;
            }
            if term.tilde && !self.types.identical(under, term.typ) {
                let inner = self.text(under);
                self.error_parts(
                    span,
                    &[
                        "invalid use of ~ (underlying type of ",
                        &text,
                        " is ",
                        &inner,
                        ")",
                    ],
                );
                continue;
            }
            for &other in &terms[..at] {
                let interface = matches!(self.types.under(other.typ), Type::Interface(_));
                if !interface
                    && (self.types.term_includes(other, *term)
                        || self.types.term_includes(*term, other))
                {
                    let tilde = |t: table::Term| if t.tilde { "~" } else { "" };
                    let first = self.text(other.typ);
                    self.error_parts(
                        span,
                        &[
                            "overlapping terms ",
                            tilde(*term),
                            &text,
                            " and ",
                            tilde(other),
                            &first,
                        ],
                    );
                    break;
                }
            }
        }
    }

    fn check_variable_type(&mut self, typ: TypeId, span: Span) {
        if matches!(self.types.get(typ), Type::TypeParam(_)) {
            return;
        }
        let Type::Interface(_) = self.types.under(typ) else {
            return;
        };
        let set = self.types.type_set(typ);
        let why = if set.terms.is_some() {
            "contains type constraints"
        } else if set.comparable {
            "is (or embeds) comparable"
        } else {
            return;
        };
        let text = self.text(typ);
        self.error_parts(
            span,
            &[
                "cannot use type ",
                &text,
                " outside a type constraint: interface ",
                why,
            ],
        );
    }

    /// Finds declared types that contain themselves, and breaks the circle.
    pub(super) fn check_recursion(&mut self, objects: &[ObjId]) {
        let mut finite = BTreeSet::new();
        for &object in objects {
            if !matches!(self.object(object).kind, ObjKind::TypeName) {
                continue;
            }
            let typ = self.object(object).typ;
            while self.contains_itself(typ, &mut Vec::new(), &mut finite) {}
        }
    }

    /// Looks for a circle of types inside each other, reports and breaks it. `path` holds the types
    /// around, `finite` those that are known to end.
    fn contains_itself(
        &mut self,
        typ: TypeId,
        path: &mut Vec<(TypeId, DeclaredId)>,
        finite: &mut BTreeSet<TypeId>,
    ) -> bool {
        match self.types.get(typ) {
            Type::Named(declared, args) => {
                let typ = self.types.unalias(typ);
                if let Some(start) = path.iter().position(|&(t, _)| t == typ) {
                    let cycle: Vec<TypeId> = path[start..].iter().map(|p| p.0).collect();
                    self.break_recursion(&cycle);
                    return true;
                }
                let foreign = self.types.declared(declared).package != self.package;
                if foreign || finite.contains(&typ) || path.len() > 300 {
                    return false;
                }
                if path.iter().filter(|p| p.1 == declared).count() > 10 {
                    // Every time around its arguments grow: it never ends.
                    self.break_recursion(&[typ]);
                    return true;
                }
                path.push((typ, declared));
                let (right, params) = {
                    let d = self.types.declared(declared);
                    (d.right.unwrap_or(TypeId::INVALID), d.type_params.clone())
                };
                let right = self.types.substitute(right, &params, &args);
                let found = self.contains_itself(right, path, finite);
                path.pop();
                if !found {
                    finite.insert(typ);
                }
                found
            }
            Type::Struct(fields) => fields
                .iter()
                .any(|f| self.contains_itself(f.typ, path, finite)),
            Type::Array(of, _) => self.contains_itself(of, path, finite),
            Type::Interface(i) => i
                .embedded
                .iter()
                .any(|&e| self.contains_itself(e, path, finite)),
            Type::Union(terms) => terms
                .iter()
                .any(|t| self.contains_itself(t.typ, path, finite)),
            _ => false,
        }
    }

    fn break_recursion(&mut self, cycle: &[TypeId]) {
        let mut places = Vec::new();
        // An instance is only as bad as the type that it is an instance for.
        let plain = |t: &TypeId| matches!(self.types.get(*t), Type::Named(_, a) if a.is_empty());
        let all = !cycle.iter().any(plain);
        let broken: Vec<TypeId> = cycle.iter().copied().filter(|t| all || plain(t)).collect();
        for &typ in cycle {
            if let Type::Named(declared, _) = self.types.get(typ) {
                let object = self.types.declared(declared).object;
                let own = object.map_or(Span::default(), |o| self.object(o).span);
                let span = self.instance_spans.get(&typ).copied().unwrap_or(own);
                places.push((span, self.text(typ)));
            }
        }
        for typ in broken {
            if let Type::Named(declared, _) = self.types.get(typ) {
                self.types.set_right(declared, TypeId::INVALID);
            }
        }
        self.types.forget_underlying();
        let first = (0..places.len())
            .min_by_key(|&at| (places[at].0.file, places[at].0.start))
            .unwrap_or(0);
        places.rotate_left(first);
        self.circle(&places, true);
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
