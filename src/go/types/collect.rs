//! Declaring everything at package level, before anything is resolved.

use super::check::{Checker, Env, PackageSource, Progress, ScopeId};
use super::object::{ObjKind, VarKind, is_exported};
use super::resolve::{ConstLine, Pending, const_lines};
use super::table::{DeclaredMethod, ObjId, PackageId, Type, TypeId};
use crate::go::syntax::ast::*;
use crate::trace::Span;
use std::rc::Rc;

impl<'a> Checker<'a> {
    /// `main` and `init` are for functions.
    pub(super) fn reserved(&mut self, name: &Ident) -> bool {
        let main = &*name.name == "main" && &*self.types.package(self.package).name == "main";
        let reserved = main || &*name.name == "init";
        if reserved {
            let words = " - must be func";
            self.error_parts(name.span, &["cannot declare ", &name.name, words]);
        }
        reserved
    }

    /// Declares everything at package level; the result is in source order, methods included.
    pub(super) fn collect(&mut self, source: &PackageSource<'a>) -> Vec<ObjId> {
        let package_scope = self.new_scope(ScopeId(0));
        let mut objects = Vec::new();
        let mut methods = Vec::new();
        let mut file_scopes = Vec::new();
        for &file in &source.files {
            let scope = self.new_scope(package_scope);
            file_scopes.push(scope);
            self.env = Env::at(scope);
            for import in &file.imports {
                self.collect_import(import, scope);
            }
            for decl in &file.decls {
                match &decl.kind {
                    DeclKind::Func(func) if func.receiver.is_some() => {
                        let object = self.new_func(func, decl.span, scope);
                        methods.push((object, &**func));
                        objects.push(object);
                    }
                    _ => self.collect_decl(decl, package_scope, scope, &mut objects),
                }
            }
        }
        let names = self.scopes[package_scope.0 as usize].names.clone();
        for scope in file_scopes {
            for (name, imported) in self.scopes[scope.0 as usize].names.clone() {
                if let Some(&object) = names.get(&name) {
                    let span = self.object(object).span;
                    let imported = self.object(imported);
                    let place = (self.place)(imported.span);
                    let from = match imported.kind {
                        ObjKind::Package(id) => self.types.package(id).name,
                        _ => self.types.package(imported.package).name,
                    };
                    self.error_parts(
                        span,
                        &[
                            &name,
                            " already declared through import of package ",
                            &from,
                            "\n\t",
                            &place,
                            ": other declaration of ",
                            &name,
                        ],
                    );
                }
            }
        }
        if let Some(info) = self.info.packages.last_mut() {
            info.scope = names;
        }
        for (object, func) in methods {
            self.attach_method(object, func);
        }
        objects
    }

    pub(super) fn collect_import(&mut self, import: &'a Import, scope: ScopeId) {
        let path = import.path.clone();
        let found = if &*path == "unsafe" {
            Some(PackageId::UNIVERSE)
        } else {
            let known = self.info.packages.iter().skip(1);
            known.rev().find(|p| p.path == path).map(|p| p.id)
        };
        let Some(package) = found else {
            // The loader has reported it; uses of its name stay silent.
            let name = path.rsplit('/').next().unwrap_or("").into();
            let (name, ident) = match &import.name {
                Some(ident) => (ident.name.clone(), Some(ident)),
                None => (name, None),
            };
            let object = self.new_object(ObjKind::Label, name, TypeId::INVALID, ident);
            self.object_mut(object).used = true;
            self.declare(scope, object);
            return;
        };
        if let Some(info) = self.info.packages.last_mut()
            && package != PackageId::UNIVERSE
            && !info.imports.contains(&package)
        {
            info.imports.push(package);
        }
        let name: Rc<str> = match (&import.name, package) {
            (Some(name), _) => name.name.clone(),
            (None, PackageId::UNIVERSE) => "unsafe".into(),
            (None, _) => self.types.package(package).name,
        };
        let ident = import.name.as_ref();
        let object = self.new_object(
            ObjKind::Package(package),
            name.clone(),
            TypeId::INVALID,
            ident,
        );
        let span = ident.map_or(import.path_span, |i| i.span);
        self.object_mut(object).span = span;
        match &*name {
            "_" => return,
            "." => {
                let names = self.info.packages[package.0 as usize].scope.clone();
                for (name, imported) in names.into_iter().filter(|(n, _)| is_exported(n)) {
                    self.scopes[scope.0 as usize].names.insert(name, imported);
                }
            }
            _ => self.declare(scope, object),
        }
        self.imports.push((object, span, path));
    }

    pub(super) fn pend(&mut self, object: ObjId, pending: Pending<'a>) {
        self.progress[object.0 as usize] = Progress::Todo;
        self.pending.insert(object, pending);
    }

    pub(super) fn new_func(&mut self, func: &'a FuncDecl, span: Span, scope: ScopeId) -> ObjId {
        let kind = ObjKind::Func {
            receiver: None,
            native: func.body.is_none(),
        };
        let name = func.name.name.clone();
        let object = self.new_object(kind, name, TypeId::INVALID, Some(&func.name));
        self.pend(object, Pending::Func { decl: func, scope });
        if func.body.is_none() && !self.embedded {
            let at = Span {
                start: span.start + 5,
                ..span
            };
            self.error(at, "missing function body");
        }
        object
    }

    pub(super) fn collect_decl(
        &mut self,
        decl: &'a Decl,
        package_scope: ScopeId,
        scope: ScopeId,
        objects: &mut Vec<ObjId>,
    ) {
        match &decl.kind {
            DeclKind::Const(specs) => {
                for line in const_lines(specs) {
                    for (at, name) in line.spec.names.iter().enumerate() {
                        let object = self.new_object(
                            ObjKind::Const(None),
                            name.name.clone(),
                            TypeId::INVALID,
                            Some(name),
                        );
                        let pending = Pending::Const {
                            ty: line.ty,
                            value: line.values.get(at),
                            iota: line.spec.iota,
                            inherited: line.inherited,
                            scope,
                        };
                        self.pend(object, pending);
                        if !self.reserved(name) {
                            self.declare(package_scope, object);
                        }
                        objects.push(object);
                    }
                    self.const_arity(&line);
                }
            }
            DeclKind::Var(specs) => {
                for spec in specs {
                    let mut first = None;
                    for (at, name) in spec.names.iter().enumerate() {
                        let kind = ObjKind::Var(VarKind::Package);
                        let object =
                            self.new_object(kind, name.name.clone(), TypeId::INVALID, Some(name));
                        let first = *first.get_or_insert(object);
                        self.pend(
                            object,
                            Pending::Var {
                                spec,
                                at,
                                first,
                                scope,
                            },
                        );
                        if !self.reserved(name) {
                            self.declare(package_scope, object);
                        }
                        objects.push(object);
                    }
                }
            }
            DeclKind::Type(specs) => {
                for spec in specs {
                    let object = self.new_type_name(spec, scope);
                    if !self.reserved(&spec.name) {
                        self.declare(package_scope, object);
                    }
                    objects.push(object);
                }
            }
            DeclKind::Func(func) => {
                let object = self.new_func(func, decl.span, scope);
                let name = &*func.name.name;
                let main = name == "main" && &*self.types.package(self.package).name == "main";
                if name == "init" || main {
                    if let Some(param) = func.type_params.first() {
                        let span = param.name.span;
                        self.error_parts(span, &["func ", name, " must have no type parameters"]);
                    }
                    if !func.sig.params.is_empty() || !func.sig.results.is_empty() {
                        let words = " must have no arguments and no return values";
                        self.error_parts(func.name.span, &["func ", name, words]);
                    }
                }
                if name == "init" {
                    if let Some(info) = self.info.packages.last_mut() {
                        info.inits.push(object);
                    }
                } else {
                    self.declare(package_scope, object);
                }
                objects.push(object);
            }
        }
    }

    /// Reports values without names and names without values.
    pub(super) fn const_arity(&mut self, line: &ConstLine<'a>) {
        let (names, values) = (line.spec.names.len(), line.values.len());
        if values < names {
            let name = &line.spec.names[values];
            let span = name.span;
            self.error_parts(span, &["missing init expr for ", &name.name]);
        } else if values > names {
            if line.inherited {
                let place = (self.place)(line.values[names].span);
                let span = line.spec.names[0].span;
                self.error_parts(span, &["extra init expr at ", &place]);
            } else {
                let extra = &line.values[names];
                let text = crate::go::syntax::text::expr_text(extra);
                self.error_parts(extra.span, &["extra init expr ", &text]);
            }
        }
    }

    /// The object of a type declaration; a defined type gets its entry at once.
    pub(super) fn new_type_name(&mut self, spec: &'a TypeSpec, scope: ScopeId) -> ObjId {
        let name = spec.name.name.clone();
        let object = self.new_object(
            ObjKind::TypeName,
            name.clone(),
            TypeId::INVALID,
            Some(&spec.name),
        );
        if !spec.alias {
            let declared = self.types.declare(name, self.package, Some(object));
            self.object_mut(object).typ = self.types.named(declared, &[]);
        }
        self.pend(object, Pending::Type { spec, scope });
        object
    }

    /// Hangs a method on the defined type of its receiver, if that is one of this package.
    pub(super) fn attach_method(&mut self, object: ObjId, func: &'a FuncDecl) {
        let Some(receiver) = &func.receiver else {
            return;
        };
        let (name, mut pointer) = receiver_base(&receiver.ty);
        let Some(mut name) = name else { return };
        let Some(info) = self.info.packages.last() else {
            return;
        };
        // Through aliases to the type itself.
        for _ in 0..100 {
            let Some(&base) = info.scope.get(&name.name) else {
                return;
            };
            match self.pending.get(&base) {
                Some(Pending::Type { spec, .. }) if spec.alias => {
                    let (next, more) = receiver_base(&spec.ty);
                    pointer |= more;
                    match next {
                        Some(next) => name = next,
                        None => return,
                    }
                }
                Some(Pending::Type { .. }) => {
                    self.add_method(object, base, pointer, func);
                    return;
                }
                _ => return,
            }
        }
    }

    pub(super) fn add_method(
        &mut self,
        object: ObjId,
        base: ObjId,
        pointer: bool,
        func: &'a FuncDecl,
    ) {
        let Type::Named(declared, _) = self.types.get(self.object(base).typ) else {
            return;
        };
        let name = func.name.name.clone();
        if func.name.is_blank() {
            return;
        }
        let other = {
            let d = self.types.declared(declared);
            d.methods.iter().find(|m| m.name == name).map(|m| m.object)
        };
        if let Some(other) = other {
            let place = (self.place)(self.object(other).span);
            let base = self.object(base).name.clone();
            let words = " already declared at ";
            self.error_parts(
                func.name.span,
                &["method ", &base, ".", &name, words, &place],
            );
            return;
        }
        let package = if is_exported(&name) {
            PackageId::UNIVERSE
        } else {
            self.package
        };
        let method = DeclaredMethod {
            name,
            package,
            object,
            pointer,
        };
        self.types
            .with_declared(declared, |d| d.methods.push(method));
    }
}

/// The name at the bottom of a receiver type, and whether it is a pointer.
fn receiver_base(ty: &Expr) -> (Option<&Ident>, bool) {
    let mut expr = ty.unparen();
    let mut pointer = false;
    loop {
        match &expr.kind {
            ExprKind::Star(inner) => {
                pointer = true;
                expr = inner.unparen();
            }
            ExprKind::Index(base, _) => expr = base.unparen(),
            ExprKind::Name(name) => return (Some(name), pointer),
            _ => return (None, pointer),
        }
    }
}
