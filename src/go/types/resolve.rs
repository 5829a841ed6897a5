//! From files to package-level objects, and from objects to their types, on demand.
//!
//! Invariant: an object is resolved once; meeting it again while that is under way is a cycle, which is
//! reported and broken with the invalid type. Defined types are exempt: their name is known at once and
//! their right side is completed separately, so that types may refer to themselves.

use super::check::{Body, Checker, DECLARATION, Env, PackageSource, Progress, ScopeId};
use super::info::Mode;
use super::object::{ObjKind, VarKind, is_exported};
use super::table::{DeclaredMethod, ObjId, PackageId, Type, TypeId};
use crate::go::syntax::ast::*;
use crate::trace::Span;
use std::rc::Rc;

/// A declaration that waits to be resolved, with the scope of its file.
#[derive(Clone, Copy)]
pub(super) enum Pending<'a> {
    Const {
        ty: Option<&'a Expr>,
        value: Option<&'a Expr>,
        iota: u32,
        /// The expression is that of an earlier spec: errors are reported at the name.
        inherited: bool,
        scope: ScopeId,
    },
    Var {
        spec: &'a VarSpec,
        at: usize,
        /// The object of the spec's first name.
        first: ObjId,
        scope: ScopeId,
    },
    Type {
        spec: &'a TypeSpec,
        scope: ScopeId,
    },
    Func {
        decl: &'a FuncDecl,
        scope: ScopeId,
    },
}

/// A constant's declaration with what it inherits.
pub(super) struct ConstLine<'a> {
    pub spec: &'a ConstSpec,
    pub ty: Option<&'a Expr>,
    pub values: &'a [Expr],
    pub inherited: bool,
}

/// The lines of a constant group, with repeated types and values filled in.
pub(super) fn const_lines(specs: &[ConstSpec]) -> Vec<ConstLine<'_>> {
    let mut last: (Option<&Expr>, &[Expr]) = (None, &[]);
    specs
        .iter()
        .map(|spec| {
            let inherited = spec.ty.is_none() && spec.values.is_empty();
            if !inherited {
                last = (spec.ty.as_ref(), &spec.values);
            }
            ConstLine {
                spec,
                ty: last.0,
                values: last.1,
                inherited,
            }
        })
        .collect()
}

impl<'a> Checker<'a> {
    /// `main` and `init` are for functions.
    fn reserved(&mut self, name: &Ident) -> bool {
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

    fn collect_import(&mut self, import: &'a Import, scope: ScopeId) {
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

    fn pend(&mut self, object: ObjId, pending: Pending<'a>) {
        self.progress[object.0 as usize] = Progress::Todo;
        self.pending.insert(object, pending);
    }

    fn new_func(&mut self, func: &'a FuncDecl, span: Span, scope: ScopeId) -> ObjId {
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

    fn collect_decl(
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
    fn attach_method(&mut self, object: ObjId, func: &'a FuncDecl) {
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

    fn add_method(&mut self, object: ObjId, base: ObjId, pointer: bool, func: &'a FuncDecl) {
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

    /// Makes sure that an object's type is known.
    pub(super) fn resolve(&mut self, object: ObjId) {
        match self.progress[object.0 as usize] {
            Progress::Done => return,
            Progress::Doing => {
                self.resolve_cycle(object);
                return;
            }
            Progress::Todo => {}
        }
        let Some(&pending) = self.pending.get(&object) else {
            return;
        };
        let span = self.object(object).span;
        if !self.enter_by(span, DECLARATION) {
            return;
        }
        self.progress[object.0 as usize] = Progress::Doing;
        self.path.push(object);
        let outer = std::mem::replace(&mut self.env, Env::at(ScopeId(0)));
        match pending {
            Pending::Const {
                ty,
                value,
                iota,
                inherited,
                scope,
            } => {
                self.env = Env::at(scope);
                self.env.owner = Some(object);
                self.const_decl(object, ty, value, iota, inherited);
            }
            Pending::Var {
                spec,
                at,
                first,
                scope,
            } => {
                self.env = Env::at(scope);
                self.env.owner = Some(object);
                self.package_var(object, spec, at, first);
            }
            Pending::Type { spec, scope } => {
                // A type that is declared in a function keeps that function's surroundings.
                self.env = Env {
                    scope,
                    ..outer.clone()
                };
                self.env.iota = None;
                if outer.functions.is_empty() {
                    self.env.owner = None;
                }
                self.type_name(object, spec, scope);
            }
            Pending::Func { decl, scope } => {
                self.env = Env::at(scope);
                self.func_decl(object, decl);
            }
        }
        self.env = outer;
        self.path.pop();
        self.depth -= DECLARATION;
        self.progress[object.0 as usize] = Progress::Done;
    }

    fn resolve_cycle(&mut self, object: ObjId) {
        // A defined type's name is good from the start; functions may refer to themselves.
        let Some(start) = self.path.iter().rposition(|&o| o == object) else {
            return;
        };
        let cycle: Vec<ObjId> = self.path[start..].to_vec();
        let mut values = 0;
        let mut aliases = 0;
        for &o in &cycle {
            match self.object(o).kind {
                ObjKind::Const(_) | ObjKind::Var(_) => values += 1,
                ObjKind::TypeName => {
                    aliases += usize::from(matches!(
                        self.pending.get(&o),
                        Some(Pending::Type { spec, .. }) if spec.alias
                    ));
                }
                _ => {}
            }
        }
        let defined = matches!(self.object(object).kind, ObjKind::TypeName)
            && self.object(object).typ != TypeId::INVALID;
        if defined {
            return;
        }
        if values == cycle.len() || aliases > 0 || values > 0 {
            self.cycle_error(&cycle);
        }
        self.object_mut(object).typ = TypeId::INVALID;
    }

    /// Reports objects that refer to each other in a circle.
    pub(super) fn cycle_error(&mut self, cycle: &[ObjId]) {
        let first = (0..cycle.len())
            .min_by_key(|&at| {
                let span = self.object(cycle[at]).span;
                (span.file, span.start)
            })
            .unwrap_or(0);
        let rotated: Vec<ObjId> = cycle[first..]
            .iter()
            .chain(&cycle[..first])
            .copied()
            .collect();
        self.cycle_from(&rotated);
    }

    /// Reports a circle, its first object first.
    pub(super) fn cycle_from(&mut self, cycle: &[ObjId]) {
        let Some(&start) = cycle.first() else { return };
        let is_type = matches!(self.object(start).kind, ObjKind::TypeName);
        let places: Vec<(Span, String)> = cycle
            .iter()
            .map(|&o| (self.object(o).span, self.object(o).name.to_string()))
            .collect();
        self.circle(&places, is_type);
    }

    /// Reports things that refer to each other in a circle, by place and name.
    pub(super) fn circle(&mut self, places: &[(Span, String)], is_type: bool) {
        let Some((span, name)) = places.first() else {
            return;
        };
        if places.len() == 1 {
            let what = if is_type {
                "invalid recursive type: "
            } else {
                "initialization cycle: "
            };
            self.error_parts(*span, &[what, name, " refers to itself"]);
            return;
        }
        let what = if is_type {
            "invalid recursive type "
        } else {
            "initialization cycle for "
        };
        let mut message = [what, name].concat();
        for (at, (from, name)) in places.iter().enumerate() {
            let to = &places[(at + 1) % places.len()].1;
            let place = (self.place)(*from);
            message = [&message, "\n\t", &place, ": ", name, " refers to ", to].concat();
        }
        self.diagnostics
            .push(crate::go::diagnostic::Diagnostic::new(*span, message));
    }

    pub(super) fn const_decl(
        &mut self,
        object: ObjId,
        ty: Option<&'a Expr>,
        value: Option<&'a Expr>,
        iota: u32,
        inherited: bool,
    ) {
        self.env.iota = Some(iota);
        let span = self.object(object).span;
        let mut typ = None;
        if let Some(ty) = ty {
            let t = self.type_expr(ty);
            if t != TypeId::INVALID && !self.is_constant_type(t) {
                let text = self.text(t);
                self.error_parts(ty.span, &["invalid constant type ", &text]);
                self.object_mut(object).typ = TypeId::INVALID;
                return;
            }
            typ = Some(t);
        }
        let Some(value) = value else {
            self.object_mut(object).typ = typ.unwrap_or(TypeId::INVALID);
            return;
        };
        if inherited {
            self.env.error_at = Some(span);
        }
        let mut x = self.expr(value, None);
        if x.mode != Mode::Invalid && typ != Some(TypeId::INVALID) {
            if x.mode != Mode::Constant {
                let text = self.describe(&x);
                self.error_parts(value.span, &[&text, " is not constant"]);
                x.mode = Mode::Invalid;
            } else {
                let target = typ.unwrap_or(x.typ);
                self.assign_to(&mut x, Some(target), "constant declaration");
                if x.mode != Mode::Invalid {
                    typ = Some(x.typ);
                }
            }
        }
        self.env.error_at = None;
        self.env.iota = None;
        let known = if x.mode == Mode::Invalid {
            typ = typ.or(Some(TypeId::INVALID));
            None
        } else {
            x.value.clone()
        };
        if known.is_none() {
            typ = Some(TypeId::INVALID);
        }
        let entry = self.object_mut(object);
        entry.typ = typ.unwrap_or(TypeId::INVALID);
        entry.kind = ObjKind::Const(known);
    }

    fn package_var(&mut self, object: ObjId, spec: &'a VarSpec, at: usize, first: ObjId) {
        let typ = spec.ty.as_ref().map(|ty| self.var_type(ty));
        if let Some(typ) = typ {
            self.object_mut(object).typ = typ;
        }
        let (names, values) = (spec.names.len(), spec.values.len());
        if values == 1 && at != 0 {
            // All of them come from one call, which the first one checks.
            self.env.owner = Some(first);
            self.resolve(first);
            return;
        }
        if values == 1 {
            let objects: Vec<ObjId> = (0..names).map(|i| ObjId(first.0 + i as u32)).collect();
            for &other in &objects[1..] {
                self.progress[other.0 as usize] = Progress::Done;
                self.object_mut(other).typ = typ.unwrap_or(TypeId::INVALID);
            }
            self.init_vars(&objects, typ, &spec.values, None);
            return;
        }
        if let Some(value) = spec.values.get(at) {
            let mut x = self.expr_hint(value, typ, true);
            self.init_var(object, typ, &mut x, "variable declaration");
        }
        if at == 0 && values > 0 && values != names {
            self.var_arity(spec);
        }
    }

    fn type_name(&mut self, object: ObjId, spec: &'a TypeSpec, outer: ScopeId) {
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
    fn check_field_names(&mut self, object: ObjId) {
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

    fn func_decl(&mut self, object: ObjId, decl: &'a FuncDecl) {
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
    fn receiver_type(&mut self, receiver: &'a Param) -> (TypeId, Rc<[super::table::TypeParamId]>) {
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
    fn receiver_param(&mut self, ident: &'a Ident, param: super::table::TypeParamId) {
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

    fn bad_receiver(&mut self, typ: TypeId, span: Span) {
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
