//! Type parameter lists, constraints, unions, and instantiated types.

use super::check::{Checker, Later};
use super::object::ObjKind;
use super::table::{self, Type, TypeId, TypeParamId};
use crate::go::syntax::ast::{self, *};
use crate::go::syntax::text::expr_text;
use std::rc::Rc;

impl<'a> Checker<'a> {
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

    pub(super) fn instantiated_type(
        &mut self,
        expr: &'a Expr,
        base: &'a Expr,
        args: &'a [Expr],
    ) -> TypeId {
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

    pub(super) fn constraint(&mut self, constraint: &'a Constraint) -> TypeId {
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
    pub(super) fn union(&mut self, constraint: &'a Constraint) -> TypeId {
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
}
