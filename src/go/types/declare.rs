//! Type and function declarations: right sides, receivers, signatures, bodies.

use super::check::{Body, Checker, DECLARATION, Env, ScopeId};
use super::object::{ObjKind, VarKind};
use super::resolve::Pending;
use super::table::{ObjId, PackageId, Type, TypeId};
use crate::go::syntax::ast::*;
use crate::trace::Span;
use std::rc::Rc;

impl<'a> Checker<'a> {
    pub(super) fn type_name(&mut self, object: ObjId, spec: &'a TypeSpec, outer: ScopeId) {
        if spec.alias {
            let scope = self.new_scope(outer);
            self.env.scope = scope;
            let params = self.declare_type_params(&spec.type_params);
            let target = self.type_expr(&spec.ty);
            let name = super::table::AliasName {
                name: spec.name.name.clone(),
                package: self.package,
                args: params.iter().map(|&p| self.types.param_type(p)).collect(),
            };
            let typ = if target == TypeId::INVALID {
                target
            } else {
                self.types.intern(Type::Alias(Rc::new(name), target))
            };
            if !params.is_empty() {
                self.generic_aliases.insert(typ, params);
            }
            self.object_mut(object).typ = typ;
            return;
        }
        let Type::Named(declared, _) = self.types.get(self.object(object).typ) else {
            return;
        };
        let implicit = self.env.type_params.clone();
        if !implicit.is_empty() || !spec.type_params.is_empty() {
            let scope = self.new_scope(outer);
            self.env.scope = scope;
            let written = self.new_type_params(&spec.type_params, implicit.len());
            let all: Rc<[_]> = implicit.iter().chain(written.iter()).copied().collect();
            self.types.with_declared(declared, |d| {
                d.type_params = all.clone();
                d.implicit = implicit.len();
            });
            if !implicit.is_empty() {
                let args: Vec<TypeId> =
                    implicit.iter().map(|&p| self.types.param_type(p)).collect();
                if spec.type_params.is_empty() {
                    self.object_mut(object).typ = self.types.named(declared, &args);
                }
            }
            self.bind_constraints(&spec.type_params, &written);
            self.pending.insert(object, Pending::Type { spec, scope });
        }
    }

    /// Evaluates the right side of the defined type `typ`, if that has not been done.
    pub(super) fn complete(&mut self, typ: TypeId) {
        if let Type::Named(declared, _) = self.types.get(typ) {
            let (known, object) = {
                let d = self.types.declared(declared);
                (d.right.is_some(), d.object)
            };
            if let (false, Some(object)) = (known, object) {
                self.complete_object(object);
            }
        }
    }

    pub(super) fn complete_object(&mut self, object: ObjId) {
        self.resolve(object);
        let Some(&Pending::Type { spec, scope }) = self.pending.get(&object) else {
            return;
        };
        let Type::Named(declared, _) = self.types.get(self.object(object).typ) else {
            return;
        };
        if spec.alias || self.types.declared(declared).right.is_some() {
            return;
        }
        if let Some(start) = self.path.iter().position(|&o| o == object) {
            let cycle: Vec<ObjId> = self.path[start..].to_vec();
            self.cycle_error(&cycle);
            self.types.set_right(declared, TypeId::INVALID);
            return;
        }
        let span = self.object(object).span;
        if !self.enter_by(span, DECLARATION) {
            return;
        }
        self.path.push(object);
        let outer = self.env.clone();
        self.env.scope = scope;
        self.env.iota = None;
        if outer.functions.is_empty() {
            self.env = Env::at(scope);
        }
        let mut right = self.type_expr(&spec.ty);
        if let Type::TypeParam(_) = self.types.get(right) {
            let words = "cannot use a type parameter as RHS in type declaration";
            self.error(spec.ty.span, words);
            right = TypeId::INVALID;
        }
        self.complete(right);
        self.env = outer;
        self.path.pop();
        self.depth -= DECLARATION;
        // A cycle found on the way has set it already.
        if self.types.declared(declared).right.is_none() {
            self.types.set_right(declared, right);
        }
        self.check_field_names(object);
    }

    /// A field and a method of one name.
    pub(super) fn check_field_names(&mut self, object: ObjId) {
        let typ = self.object(object).typ;
        let Type::Named(declared, _) = self.types.get(typ) else {
            return;
        };
        let methods = self.types.declared(declared).methods.clone();
        let right = self
            .types
            .declared(declared)
            .right
            .unwrap_or(TypeId::INVALID);
        let (Type::Struct(fields), Some(&Pending::Type { spec, .. })) =
            (self.types.get(right), self.pending.get(&object))
        else {
            return;
        };
        for method in methods {
            if !fields.iter().any(|f| f.name == method.name) {
                continue;
            }
            let other = match &spec.ty.unparen().kind {
                ExprKind::StructType(lines) => lines
                    .iter()
                    .flat_map(|line| line.names.iter())
                    .find(|n| n.name == method.name)
                    .map_or(spec.ty.span, |n| n.span),
                _ => spec.ty.span,
            };
            let place = (self.place)(other);
            let span = self.object(method.object).span;
            let words = "field and method with the same name ";
            self.error_parts(
                span,
                &[
                    words,
                    &method.name,
                    "\n\t",
                    &place,
                    ": other declaration of ",
                    &method.name,
                ],
            );
        }
    }

    pub(super) fn func_decl(&mut self, object: ObjId, decl: &'a FuncDecl) {
        let outer = self.env.scope;
        self.env.scope = self.new_scope(outer);
        self.env.functions = Rc::from([decl.name.id]);
        let mut receiver_type = None;
        let mut params_before: Rc<[_]> = Rc::from([]);
        let mut receiver_object = None;
        if let Some(receiver) = &decl.receiver {
            let (typ, params) = self.receiver_type(receiver);
            params_before = params;
            receiver_type = Some(typ);
            let variable = self.param_object(receiver, VarKind::Receiver, typ);
            receiver_object = Some(variable);
        }
        let own = self.declare_type_params(&decl.type_params);
        self.env.type_params = params_before.iter().chain(own.iter()).copied().collect();
        if let Some(variable) = receiver_object {
            let scope = self.env.scope;
            self.declare(scope, variable);
        }
        let (signature, params, results) = self.signature(&decl.sig, &own);
        self.object_mut(object).typ = signature;
        if let ObjKind::Func { receiver, .. } = &mut self.object_mut(object).kind {
            *receiver = receiver_type;
        }
        let info = self.function_info(decl.name.id);
        info.params = receiver_object.into_iter().chain(params).collect();
        info.results = results.clone();
        let Some(block) = &decl.body else { return };
        let mut env = self.env.clone();
        env.owner = Some(object);
        self.queue_body(decl.name.id, env, signature, &results, block);
    }

    /// Puts a function body on the list of those to check.
    pub(super) fn queue_body(
        &mut self,
        node: NodeId,
        mut env: Env,
        signature: TypeId,
        results: &[ObjId],
        block: &'a Block,
    ) {
        let Type::Signature(signature) = self.types.get(signature) else {
            return;
        };
        env.results = signature.results.clone();
        env.result_objects = results.into();
        env.named_results = results.iter().any(|&r| !self.object(r).name.is_empty());
        env.iota = None;
        env.error_at = None;
        self.bodies.push(Body {
            node,
            env,
            block,
            needs_return: !signature.results.is_empty(),
        });
    }

    pub(super) fn check_body(&mut self, body: Body<'a>) {
        let outer = std::mem::replace(&mut self.env, body.env);
        self.function_info(body.node);
        self.function_body(body.block, body.needs_return);
        self.env = outer;
    }

    /// The receiver's type, and the type parameters it brings into scope.
    pub(super) fn receiver_type(
        &mut self,
        receiver: &'a Param,
    ) -> (TypeId, Rc<[super::table::TypeParamId]>) {
        let none: Rc<[_]> = Rc::from([]);
        let mut expr = receiver.ty.unparen();
        let mut pointer = false;
        if let ExprKind::Star(inner) = &expr.kind {
            pointer = true;
            expr = inner.unparen();
        }
        let (base, names): (&Expr, &[Expr]) = match &expr.kind {
            ExprKind::Index(base, names) => (base.unparen(), names),
            _ => (expr, &[]),
        };
        let mut typ = self.generic_type(base);
        if typ == TypeId::INVALID {
            return (typ, none);
        }
        if let (false, Type::Pointer(to)) = (pointer, self.types.get(typ)) {
            pointer = true;
            typ = to;
        }
        let Type::Named(declared, args) = self.types.get(typ) else {
            if !matches!(self.types.get(typ), Type::Basic(_)) {
                let text = crate::go::syntax::text::expr_text(&receiver.ty);
                self.error_parts(base.span, &["invalid receiver type ", &text]);
                return (TypeId::INVALID, none);
            }
            self.bad_receiver(typ, base.span);
            return (TypeId::INVALID, none);
        };
        let (params, package) = {
            let d = self.types.declared(declared);
            (d.type_params.clone(), d.package)
        };
        if package != self.package {
            self.bad_receiver(typ, base.span);
            return (TypeId::INVALID, none);
        }
        let mut result = typ;
        if !params.is_empty() && args.is_empty() {
            if names.is_empty() {
                let text = self.text(typ);
                let words = " without instantiation";
                self.error_parts(base.span, &["cannot use generic type ", &text, words]);
                return (TypeId::INVALID, none);
            }
            if names.len() != params.len() {
                let plural = if names.len() == 1 {
                    " type parameter,"
                } else {
                    " type parameters,"
                };
                let (have, want) = (names.len().to_string(), params.len().to_string());
                let words = " but receiver base type declares ";
                self.error_parts(
                    base.span,
                    &["receiver declares ", &have, plural, words, &want],
                );
            }
            for (name, &param) in names.iter().zip(params.iter()) {
                if let Some(ident) = name.as_name() {
                    self.receiver_param(ident, param);
                }
            }
            let args: Vec<TypeId> = params.iter().map(|&p| self.types.param_type(p)).collect();
            result = self.types.named(declared, &args);
        } else if !names.is_empty() {
            let text = self.text(typ);
            self.error_parts(base.span, &[&text, " is not a generic type"]);
        }
        match self.under(typ) {
            Type::Pointer(_) | Type::Interface(_) => {
                let text = self.text(result);
                let words = " (pointer or interface type)";
                self.error_parts(base.span, &["invalid receiver type ", &text, words]);
            }
            _ => {}
        }
        self.record_type(base, result);
        self.record_type(expr, result);
        if pointer {
            result = self.types.pointer(result);
            self.record_type(receiver.ty.unparen(), result);
        }
        (result, params)
    }

    /// The receiver's own name for a type parameter of its type.
    pub(super) fn receiver_param(&mut self, ident: &'a Ident, param: super::table::TypeParamId) {
        let mut typ = self.types.param_type(param);
        let same = self.types.param(param).name == ident.name;
        if !same && !ident.is_blank() {
            let name = super::table::AliasName {
                name: ident.name.clone(),
                package: PackageId::UNIVERSE,
                args: Rc::from([]),
            };
            typ = self.types.intern(Type::Alias(Rc::new(name), typ));
        }
        let object = self.new_object(ObjKind::TypeName, ident.name.clone(), typ, Some(ident));
        let scope = self.env.scope;
        self.declare(scope, object);
    }

    pub(super) fn bad_receiver(&mut self, typ: TypeId, span: Span) {
        let text = self.text(typ);
        match self.types.get(typ) {
            Type::Basic(_) | Type::Named(..) => {
                self.error_parts(
                    span,
                    &["cannot define new methods on non-local type ", &text],
                );
            }
            _ => {}
        }
    }
}
