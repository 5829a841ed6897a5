//! The checker's state, its entry and its small services: errors, scopes, objects, records.
//!
//! A package is checked in this order: collect its objects; complete all declared types; check what
//! could not be checked while types were incomplete; signatures, constants, variables; function bodies;
//! the order of initialisation; what is unused. Objects are resolved on demand at any time.

use super::info::{FunctionInfo, Info, Mode, PackageInfo, TypeAndValue};
use super::object::{ObjKind, Object, VarKind};
use super::operand::Operand;
use super::resolve::Pending;
use super::table::{ObjId, PackageId, Type, TypeId, TypeParamId, Types};
use super::typetext::Style;
use crate::go::diagnostic::Diagnostic;
use crate::go::syntax::ast::{Expr, File, Ident, NodeId};
use crate::trace::Span;
use std::collections::BTreeMap;
use std::rc::Rc;

/// One package to check.
pub struct PackageSource<'a> {
    /// The import path.
    pub path: &'a str,
    /// Its files.
    pub files: Vec<&'a File>,
    /// It comes with Lockstep: functions without a body are natives.
    pub embedded: bool,
}

/// What the check of a compilation gives.
pub struct Outcome {
    /// Facts about the trees.
    pub info: Info,
    /// All types.
    pub types: Types,
    /// What is wrong, by file and position; nothing may be run unless it is empty.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks packages, given in dependency order. `place` writes a position as `file:line:column`, for the
/// few messages that mention a second place.
pub fn check(packages: &[PackageSource<'_>], place: &dyn Fn(Span) -> String) -> Outcome {
    let mut checker = Checker::new(place);
    let nodes = packages
        .iter()
        .flat_map(|p| p.files.iter().map(|f| f.ids.end))
        .max()
        .unwrap_or(0) as usize;
    checker.info.nodes.resize(nodes, TypeAndValue::default());
    checker.info.defs.resize(nodes, None);
    checker.info.uses.resize(nodes, None);
    checker.declare_universe();
    for package in packages {
        checker.check_package(package);
    }
    checker.finish()
}

/// How deep the checker recurses: more than the parser allows one tree, since an expression may lead to
/// declarations that have to be looked at first.
const MAX_DEPTH: u32 = 240;

/// What resolving another declaration counts for, in those levels.
pub(super) const DECLARATION: u32 = 4;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ScopeId(pub u32);

#[derive(Default)]
pub(super) struct Scope {
    pub parent: Option<ScopeId>,
    pub names: BTreeMap<Rc<str>, ObjId>,
}

/// How far an object's resolution has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Todo,
    Doing,
    Done,
}

/// Where the checker is.
#[derive(Clone)]
pub(super) struct Env {
    pub scope: ScopeId,
    /// The functions around, innermost last: the node that `Info::functions` uses.
    pub functions: Rc<[NodeId]>,
    /// The innermost function's results: their types and whether they are named.
    pub results: Rc<[TypeId]>,
    pub result_objects: Rc<[ObjId]>,
    pub named_results: bool,
    /// The package-level object whose declaration this is, for the order of initialisation.
    pub owner: Option<ObjId>,
    /// The value of iota in a constant declaration.
    pub iota: Option<u32>,
    /// Where an inherited constant expression's errors are reported.
    pub error_at: Option<Span>,
    /// Type parameters of the function around, which local types depend on.
    pub type_params: Rc<[TypeParamId]>,
}

/// What has to wait until types are complete.
pub(super) enum Later<'a> {
    /// A map's key must be comparable.
    MapKey(TypeId, &'a Expr),
    /// Type arguments must satisfy their constraints.
    Instance(Rc<[TypeParamId]>, Rc<[TypeId]>, Vec<Span>, Rc<str>),
    /// An interface's embedded elements and methods.
    Interface(TypeId, &'a Expr),
    /// An embedded field may not be a pointer to a pointer or interface.
    Embedded(TypeId, Span),
    /// A union's terms.
    Union(TypeId, Vec<Span>),
    /// Where an interface with type terms may not stand.
    Variable(TypeId, Span),
}

/// A function body to check.
pub(super) struct Body<'a> {
    pub node: NodeId,
    pub env: Env,
    pub block: &'a crate::go::syntax::ast::Block,
    pub needs_return: bool,
}

/// Nodes that are untyped so far; true for the left operand of a shift by a variable count.
type Untyped = BTreeMap<NodeId, bool>;

pub(super) struct Checker<'a> {
    pub types: Types,
    pub info: Info,
    pub diagnostics: Vec<Diagnostic>,
    pub scopes: Vec<Scope>,
    pub progress: Vec<Progress>,
    pub pending: BTreeMap<ObjId, Pending<'a>>,
    /// Objects being resolved, outermost first.
    pub path: Vec<ObjId>,
    pub env: Env,
    pub later: Vec<Later<'a>>,
    pub bodies: Vec<Body<'a>>,
    pub untyped: Untyped,
    pub package: PackageId,
    pub embedded: bool,
    pub iota: ObjId,
    pub unsafe_names: BTreeMap<Rc<str>, ObjId>,
    /// Uses of package-level variables and functions by package-level objects.
    pub dependencies: BTreeMap<ObjId, Vec<ObjId>>,
    pub imports: Vec<(ObjId, Span, Rc<str>)>,
    pub place: &'a dyn Fn(Span) -> String,
    /// Where type parameters are declared.
    pub param_spans: BTreeMap<TypeParamId, Span>,
    /// Where instances of generic types are first written.
    pub instance_spans: BTreeMap<TypeId, Span>,
    /// Generic functions with some of their type arguments, by expression.
    pub partial: BTreeMap<NodeId, Rc<[TypeId]>>,
    /// Signatures of generic methods of instantiated types.
    pub method_instances: BTreeMap<(ObjId, Rc<[TypeId]>), TypeId>,
    /// How deep the checker is in statements, expressions and the declarations they refer to.
    pub depth: u32,
    /// The limit was met, and reported.
    pub too_deep: bool,
    pub generic_aliases: BTreeMap<TypeId, Rc<[TypeParamId]>>,
}

impl<'a> Checker<'a> {
    fn new(place: &'a dyn Fn(Span) -> String) -> Self {
        Checker {
            types: Types::new(),
            info: Info::default(),
            diagnostics: Vec::new(),
            scopes: vec![Scope::default()],
            progress: Vec::new(),
            pending: BTreeMap::new(),
            path: Vec::new(),
            env: Env::at(ScopeId(0)),
            later: Vec::new(),
            bodies: Vec::new(),
            untyped: BTreeMap::new(),
            package: PackageId::UNIVERSE,
            embedded: false,
            iota: ObjId(0),
            unsafe_names: BTreeMap::new(),
            dependencies: BTreeMap::new(),
            imports: Vec::new(),
            place,
            param_spans: BTreeMap::new(),
            instance_spans: BTreeMap::new(),
            partial: BTreeMap::new(),
            method_instances: BTreeMap::new(),
            depth: 0,
            too_deep: false,
            generic_aliases: BTreeMap::new(),
        }
    }

    fn check_package(&mut self, source: &PackageSource<'a>) {
        let name = source.files.first().map_or("_", |f| &*f.package.name);
        self.package = self.types.add_package(source.path, name);
        self.embedded = source.embedded;
        if self.info.packages.is_empty() {
            self.info
                .packages
                .push(package_info(PackageId::UNIVERSE, "", ""));
        }
        self.info
            .packages
            .push(package_info(self.package, source.path, name));
        let objects = self.collect(source);
        for &object in &objects {
            if let ObjKind::TypeName = self.object(object).kind {
                self.resolve(object);
                self.complete_object(object);
            }
        }
        self.check_recursion(&objects);
        self.run_later();
        for &object in &objects {
            self.resolve(object);
            self.run_later();
        }
        while !self.bodies.is_empty() {
            for body in std::mem::take(&mut self.bodies) {
                self.check_body(body);
            }
        }
        self.order_initialisation(&objects);
        self.report_unused();
        self.finish_untyped();
    }

    fn finish(mut self) -> Outcome {
        for at in 0..self.info.nodes.len() {
            let typ = self.info.nodes[at].typ;
            self.info.nodes[at].typ = self.types.canonical(typ);
        }
        for object in &mut self.info.objects {
            object.typ = self.types.canonical(object.typ);
            if let ObjKind::Func {
                receiver: Some(receiver),
                ..
            } = &mut object.kind
            {
                *receiver = self.types.canonical(*receiver);
            }
        }
        for selection in self.info.selections.values_mut() {
            for typ in [
                &mut selection.receiver,
                &mut selection.found_on,
                &mut selection.typ,
            ] {
                *typ = self.types.canonical(*typ);
            }
        }
        for args in self.info.instances.values_mut() {
            *args = args.iter().map(|&t| self.types.canonical(t)).collect();
        }
        self.types.finish();
        let mut seen = Vec::new();
        self.diagnostics
            .sort_by_key(|d| (d.span.file, d.span.start));
        self.diagnostics.retain(|d| {
            let key = (d.span.file, d.span.start, d.message.clone());
            let new = !seen.contains(&key);
            seen.push(key);
            new
        });
        Outcome {
            info: self.info,
            types: self.types,
            diagnostics: self.diagnostics,
        }
    }

    /// Reports an error, unless it is about something that was reported already.
    pub fn error(&mut self, span: Span, message: impl Into<String>) {
        let message = message.into();
        if message.contains("invalid type")
            && !message.starts_with("invalid type argument")
            && !self.diagnostics.is_empty()
        {
            return;
        }
        let span = self.env.error_at.unwrap_or(span);
        self.diagnostics.push(Diagnostic { span, message });
    }

    /// Goes one level deeper; not if that is too deep. The caller leaves again by itself.
    pub fn enter(&mut self, span: Span) -> bool {
        self.enter_by(span, 1)
    }

    /// Goes several levels deeper at once.
    pub fn enter_by(&mut self, span: Span, levels: u32) -> bool {
        if self.depth + levels > MAX_DEPTH {
            let words = "declarations refer to each other too deeply (Lockstep follows up to ";
            let limit = MAX_DEPTH.to_string();
            if !self.too_deep {
                self.too_deep = true;
                self.error_parts(span, &[words, &limit, " levels)"]);
            }
            return false;
        }
        self.depth += levels;
        true
    }

    /// Reports an error made of pieces.
    pub fn error_parts(&mut self, span: Span, parts: &[&str]) {
        self.error(span, parts.concat());
    }

    /// A type as messages print it.
    pub fn text(&self, typ: TypeId) -> String {
        self.types.text(typ, Style::Message(self.package))
    }

    pub fn style(&self) -> Style {
        Style::Message(self.package)
    }

    pub fn object(&self, id: ObjId) -> &Object {
        &self.info.objects[id.0 as usize]
    }

    pub fn object_mut(&mut self, id: ObjId) -> &mut Object {
        &mut self.info.objects[id.0 as usize]
    }

    /// A new object, declared by an identifier if there is one.
    pub fn new_object(
        &mut self,
        kind: ObjKind,
        name: Rc<str>,
        typ: TypeId,
        ident: Option<&Ident>,
    ) -> ObjId {
        let id = ObjId(self.info.objects.len() as u32);
        let function = match kind {
            ObjKind::Var(VarKind::Package) => None,
            _ => self.env.functions.last().copied(),
        };
        self.info.objects.push(Object {
            kind,
            name,
            package: self.package,
            span: ident.map(|i| i.span).unwrap_or_default(),
            node: ident.map_or(NodeId(u32::MAX), |i| i.id),
            typ,
            function,
            captured: false,
            address_taken: false,
            reassigned: false,
            used: false,
        });
        self.progress.push(Progress::Done);
        if let Some(ident) = ident {
            self.info.defs[ident.id.index()] = Some(id);
        }
        id
    }

    pub fn new_scope(&mut self, parent: ScopeId) -> ScopeId {
        self.scopes.push(Scope {
            parent: Some(parent),
            names: BTreeMap::new(),
        });
        ScopeId(self.scopes.len() as u32 - 1)
    }

    /// Opens a block; the result is the scope to give back to `close_scope`.
    pub fn open_scope(&mut self) -> ScopeId {
        let outer = self.env.scope;
        self.env.scope = self.new_scope(outer);
        outer
    }

    pub fn close_scope(&mut self, outer: ScopeId) {
        self.env.scope = outer;
    }

    /// Puts an object into a scope; the name may be taken.
    pub fn declare(&mut self, scope: ScopeId, object: ObjId) {
        let (name, span) = (self.object(object).name.clone(), self.object(object).span);
        if &*name == "_" {
            return;
        }
        if let Some(&other) = self.scopes[scope.0 as usize].names.get(&name) {
            let other = self.object(other).span;
            self.object_mut(object).used = true;
            self.redeclared(&name, span, other);
            return;
        }
        self.scopes[scope.0 as usize].names.insert(name, object);
    }

    pub fn redeclared(&mut self, name: &str, span: Span, other: Span) {
        let place = (self.place)(other);
        self.error_parts(
            span,
            &[
                name,
                " redeclared in this block\n\t",
                &place,
                ": other declaration of ",
                name,
            ],
        );
    }

    /// The object a name stands for here, and the scope that has it.
    pub fn find(&self, name: &str) -> Option<(ObjId, ScopeId)> {
        let mut at = Some(self.env.scope);
        while let Some(scope) = at {
            if let Some(&object) = self.scopes[scope.0 as usize].names.get(name) {
                return Some((object, scope));
            }
            at = self.scopes[scope.0 as usize].parent;
        }
        None
    }

    pub fn use_object(&mut self, ident: &Ident, object: ObjId) {
        self.info.uses[ident.id.index()] = Some(object);
    }

    /// Notes what an expression turned out to be.
    pub fn record(&mut self, expr: &'a Expr, x: &Operand<'a>) {
        let basic = self.types.get(x.typ);
        if let Type::Basic(basic) = basic
            && basic.is_untyped()
            && x.mode != Mode::Invalid
        {
            self.untyped.insert(expr.id, false);
        }
        self.info.nodes[expr.id.index()] = TypeAndValue {
            mode: x.mode,
            typ: x.typ,
            constant: x.value.clone(),
        };
    }

    pub fn record_type(&mut self, expr: &Expr, typ: TypeId) {
        self.info.nodes[expr.id.index()] = TypeAndValue {
            mode: Mode::Type,
            typ,
            constant: None,
        };
    }

    pub fn function_info(&mut self, node: NodeId) -> &mut FunctionInfo {
        self.info.functions.entry(node).or_default()
    }

    /// The underlying type; declarations are completed first.
    pub fn under(&mut self, typ: TypeId) -> Type {
        self.complete(typ);
        self.types.under(typ)
    }

    fn report_unused(&mut self) {
        for at in 0..self.info.objects.len() {
            let object = &self.info.objects[at];
            if object.used || object.package != self.package || &*object.name == "_" {
                continue;
            }
            let (span, name) = (object.span, object.name.clone());
            if let ObjKind::Var(VarKind::Local) = object.kind {
                self.error_parts(span, &["declared and not used: ", &name]);
            }
        }
        for (object, span, path) in std::mem::take(&mut self.imports) {
            if self.object(object).used {
                continue;
            }
            let name = self.object(object).name.clone();
            let last = path.rsplit('/').next().unwrap_or("");
            let mut message = ["\"", &path, "\" imported"].concat();
            if &*name != last && &*name != "." {
                message.push_str(" as ");
                message.push_str(&name);
            }
            message.push_str(" and not used");
            self.error(span, message);
        }
    }

    fn finish_untyped(&mut self) {
        for (node, _) in std::mem::take(&mut self.untyped) {
            let known = &mut self.info.nodes[node.index()];
            if known.mode == Mode::Builtin(super::object::Builtin::Len) {
                continue;
            }
            if let Type::Basic(basic) = self.types.get(known.typ) {
                known.typ = super::operand::default_of(basic);
            }
        }
    }
}

fn package_info(id: PackageId, path: &str, name: &str) -> PackageInfo {
    PackageInfo {
        id,
        path: path.into(),
        name: name.into(),
        scope: BTreeMap::new(),
        imports: Vec::new(),
        inits: Vec::new(),
    }
}

impl Env {
    pub fn at(scope: ScopeId) -> Self {
        Env {
            scope,
            functions: Rc::from([]),
            results: Rc::from([]),
            result_objects: Rc::from([]),
            named_results: false,
            owner: None,
            iota: None,
            error_at: None,
            type_params: Rc::from([]),
        }
    }
}
