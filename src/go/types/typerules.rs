//! What can be checked of types only when they are complete: map keys, constraints, embedding, and types
//! that contain themselves.

use super::check::{Checker, Later};
use super::object::ObjKind;
use super::table::{self, DeclaredId, Method, ObjId, Type, TypeId, TypeParamId};
use crate::go::syntax::ast::*;
use crate::trace::Span;
use std::collections::BTreeSet;

impl<'a> Checker<'a> {
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

    pub(super) fn check_map_key(&mut self, key: TypeId, expr: &'a Expr) {
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

    pub(super) fn check_instance(
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

    pub(super) fn check_interface(&mut self, typ: TypeId, expr: &'a Expr) {
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

    pub(super) fn check_embedded(&mut self, typ: TypeId, span: Span) {
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

    pub(super) fn check_union(&mut self, union: TypeId, spans: &[Span]) {
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

    pub(super) fn check_variable_type(&mut self, typ: TypeId, span: Span) {
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
    pub(super) fn contains_itself(
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

    pub(super) fn break_recursion(&mut self, cycle: &[TypeId]) {
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
