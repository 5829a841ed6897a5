//! The compilation as a whole: which functions are needed, and the tables they share.
//!
//! Functions are compiled on demand, from the entry on: a function is queued when something first
//! refers to it. A generic function is queued once per list of type arguments. Methods of types that
//! become values of interfaces are queued when some interface has a method of that name.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use super::bytecode::{FunctionIndex, MethodIndex, TypeIndex};
use super::layout::{Kind, Layout};
use super::program::{
    Function, FunctionKind, GlobalVariable, Globals, KnownTypes, NativeUse, Program,
};
use super::table::{MAX_DEPTH, TypeTable};
use crate::go::diagnostic::Diagnostic;
use crate::go::syntax::ast::{DeclKind, Expr, File, FuncDecl, NodeId};
use crate::go::types::object::{ObjKind, Object, is_exported};
use crate::go::types::{Info, Lookup, ObjId, PackageId, Target, Type, TypeId, TypeParamId, Types};
use crate::trace::Span;

/// What is to be compiled: every file of every package, checked.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    pub info: &'a Info,
    pub types: &'a Types,
    pub files: &'a [File],
}

/// Compiles a checked program.
pub fn compile(input: &Input) -> Result<Program, Vec<Diagnostic>> {
    let mut unit = Unit::new(*input);
    let entry = unit.function(Callee::Entry);
    let main = unit.main_function();
    let known = unit.known_types();
    unit.run();
    unit.into_program(entry, main, known)
}

/// What a function of the program is made from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Callee {
    /// Initialises the packages and calls `main`.
    Entry,
    /// A declared function or method, with all its type arguments.
    Declared(ObjId, Rc<[TypeId]>),
    /// A method as interface tables need it: receiver of exactly this type, last.
    Promoted(Method),
    /// A method value: the receiver is captured.
    Bound(Method),
    /// A method expression: the receiver comes first.
    Expression(Method),
}

/// A method found by name in a type's method set.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Method {
    pub receiver: TypeId,
    pub name: Rc<str>,
    pub package: PackageId,
}

/// A declared function with what surrounds it.
#[derive(Clone, Copy)]
pub struct Declaration<'a> {
    pub decl: &'a FuncDecl,
    pub version: Option<u32>,
}

/// More functions than this mean that type arguments grow without end.
const MAX_FUNCTIONS: usize = 50_000;

/// The state of a compilation.
pub struct Unit<'a> {
    pub info: &'a Info,
    pub types: &'a Types,
    pub table: TypeTable<'a>,
    declarations: BTreeMap<ObjId, Declaration<'a>>,
    /// Initialising expressions of package variables, with the language version of their file.
    pub values: BTreeMap<NodeId, (&'a Expr, Option<u32>)>,
    functions: Vec<Option<Function>>,
    index: BTreeMap<Callee, FunctionIndex>,
    queue: VecDeque<(FunctionIndex, Callee)>,
    strings: Vec<Rc<[u8]>>,
    string_index: BTreeMap<Rc<[u8]>, u32>,
    constants: Vec<u64>,
    constant_index: BTreeMap<u64, u32>,
    natives: Vec<NativeUse>,
    method_names: Vec<Rc<str>>,
    method_index: BTreeMap<(Rc<str>, TypeId), MethodIndex>,
    /// Package variables: offset in the globals object.
    globals: BTreeMap<ObjId, u32>,
    global_words: u32,
    global_list: Vec<ObjId>,
    /// Types whose values become interface values, directly or inside another such value.
    boxed: BTreeSet<TypeIndex>,
    /// Methods already in the table.
    entered: BTreeSet<(TypeIndex, MethodIndex)>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Unit<'a> {
    fn new(input: Input<'a>) -> Unit<'a> {
        let mut unit = Unit {
            info: input.info,
            types: input.types,
            table: TypeTable::new(input.types),
            declarations: BTreeMap::new(),
            values: BTreeMap::new(),
            functions: Vec::new(),
            index: BTreeMap::new(),
            queue: VecDeque::new(),
            strings: Vec::new(),
            string_index: BTreeMap::new(),
            constants: Vec::new(),
            constant_index: BTreeMap::new(),
            natives: Vec::new(),
            method_names: Vec::new(),
            method_index: BTreeMap::new(),
            globals: BTreeMap::new(),
            global_words: 0,
            global_list: Vec::new(),
            boxed: BTreeSet::new(),
            entered: BTreeSet::new(),
            diagnostics: Vec::new(),
        };
        for file in input.files {
            unit.collect(file);
        }
        // Printing asks for these whether or not the program has interfaces with them.
        let methods = unit.types.type_set(TypeId::ERROR).methods;
        let text = methods
            .first()
            .map_or(TypeId::ERROR, |method| method.signature);
        for name in ["Error", "String", "GoString"] {
            unit.method_name(name, PackageId::UNIVERSE, text);
        }
        unit
    }

    fn collect(&mut self, file: &'a File) {
        let version = file.version;
        for decl in &file.decls {
            match &decl.kind {
                DeclKind::Func(func) => {
                    if let Some(object) =
                        self.info.defs.get(func.name.id.index()).copied().flatten()
                    {
                        self.declarations.insert(
                            object,
                            Declaration {
                                decl: func,
                                version,
                            },
                        );
                    }
                }
                DeclKind::Var(specs) => {
                    for value in specs.iter().flat_map(|spec| &spec.values) {
                        self.values.insert(value.id, (value, version));
                    }
                }
                _ => {}
            }
        }
    }

    fn main_function(&mut self) -> Option<FunctionIndex> {
        let object = self.package_object("main", "main")?;
        let is_function = matches!(self.info.object(object).kind, ObjKind::Func { .. });
        is_function.then(|| self.function(Callee::Declared(object, Rc::from([]))))
    }

    /// A package-level object by its package's path and its name.
    pub fn package_object(&self, path: &str, name: &str) -> Option<ObjId> {
        let package = self
            .info
            .packages
            .iter()
            .find(|package| &*package.path == path)?;
        package.scope.get(name).copied()
    }

    /// Compiles what is queued until nothing is.
    fn run(&mut self) {
        loop {
            while let Some((index, callee)) = self.queue.pop_front() {
                if self.functions.len() > MAX_FUNCTIONS || self.table.overflow {
                    self.report(Span::NONE, "program too large for Lockstep");
                    return;
                }
                if let Callee::Declared(object, args) = &callee
                    && (self.table.endless
                        || args.iter().any(|&arg| self.table.depth(arg) > MAX_DEPTH))
                {
                    self.report(self.info.object(*object).span, "instantiation cycle");
                    return;
                }
                let function = super::function::compile_callee(self, &callee);
                self.functions[index as usize] = function;
            }
            self.enter_methods();
            if self.queue.is_empty() {
                return;
            }
        }
    }

    fn into_program(
        mut self,
        entry: FunctionIndex,
        main: Option<FunctionIndex>,
        known: KnownTypes,
    ) -> Result<Program, Vec<Diagnostic>> {
        let globals = self.globals();
        if self.table.endless && self.diagnostics.is_empty() {
            self.report(Span::NONE, "instantiation cycle");
        }
        if self.table.overflow && self.diagnostics.is_empty() {
            self.report(
                Span::NONE,
                "program's types are too many or too large for Lockstep",
            );
        }
        let functions: Option<Vec<Function>> = self.functions.into_iter().collect();
        match functions {
            Some(functions) if self.diagnostics.is_empty() => Ok(Program {
                functions,
                constants: self.constants,
                strings: self.strings,
                types: self.table.entries,
                method_names: self.method_names,
                natives: self.natives,
                globals,
                entry,
                main,
                known,
            }),
            _ => Err(self.diagnostics),
        }
    }

    fn known_types(&mut self) -> KnownTypes {
        let named = |unit: &Unit, path: &str, name: &str| {
            let object = unit.package_object(path, name)?;
            Some(unit.info.object(object).typ)
        };
        let runtime_error = named(self, "runtime", "panicError");
        let mut known = KnownTypes {
            bool_: self.table.index(TypeId::BOOL),
            int: self.table.index(TypeId::INT),
            byte: self.table.index(TypeId::UINT8),
            rune: self.table.index(TypeId::INT32),
            string: self.table.index(TypeId::STRING),
            error: self.table.index(TypeId::ERROR),
            any: self.table.index(TypeId::EMPTY_INTERFACE),
            runtime_error: 0,
        };
        if let Some(ty) = runtime_error {
            known.runtime_error = self.boxed(ty);
        }
        known
    }

    fn globals(&mut self) -> Globals {
        let mut classes = Vec::new();
        let mut variables = Vec::new();
        let mut offset = 0;
        for object in std::mem::take(&mut self.global_list) {
            let info = self.info.object(object);
            self.table.classes(info.typ, &mut classes);
            let ty = self.table.index(info.typ);
            let package = self.types.package(info.package).name;
            variables.push(GlobalVariable {
                name: format!("{package}.{}", info.name).into(),
                offset,
                ty,
                span: info.span,
            });
            offset += self.table.words(info.typ);
        }
        let layout = Layout {
            unit: classes.into(),
            unit_words: self.global_words,
            count: 1,
        };
        Globals { layout, variables }
    }

    // ---- what functions refer to ---------------------------------------------------------

    /// The index of a function, queued for compilation when it is new.
    pub fn function(&mut self, callee: Callee) -> FunctionIndex {
        if let Some(&known) = self.index.get(&callee) {
            return known;
        }
        let index = self.reserve_function();
        self.index.insert(callee.clone(), index);
        self.queue.push_back((index, callee));
        index
    }

    /// An index for a function that is compiled by its own means.
    pub fn reserve_function(&mut self) -> FunctionIndex {
        self.functions.push(None);
        self.functions.len() as FunctionIndex - 1
    }

    pub fn set_function(&mut self, index: FunctionIndex, function: Option<Function>) {
        self.functions[index as usize] = function;
    }

    /// A declared function's tree.
    pub fn declaration(&self, object: ObjId) -> Option<Declaration<'a>> {
        self.declarations.get(&object).copied()
    }

    pub fn string(&mut self, bytes: &[u8]) -> u32 {
        if let Some(&known) = self.string_index.get(bytes) {
            return known;
        }
        let index = self.strings.len() as u32;
        let bytes: Rc<[u8]> = bytes.into();
        self.strings.push(bytes.clone());
        self.string_index.insert(bytes, index);
        index
    }

    pub fn constant(&mut self, word: u64) -> u32 {
        let constants = &mut self.constants;
        *self.constant_index.entry(word).or_insert_with(|| {
            constants.push(word);
            constants.len() as u32 - 1
        })
    }

    pub fn native(&mut self, native: NativeUse) -> u32 {
        let known = self.natives.iter().position(|other| *other == native);
        known.unwrap_or_else(|| {
            self.natives.push(native);
            self.natives.len() - 1
        }) as u32
    }

    /// The number of a method, as interface dispatch goes by it: its name and its type.
    pub fn method_name(
        &mut self,
        name: &str,
        package: PackageId,
        signature: TypeId,
    ) -> MethodIndex {
        let key = (self.method_key(name, package), signature);
        if let Some(&known) = self.method_index.get(&key) {
            return known;
        }
        let Ok(index) = MethodIndex::try_from(self.method_names.len()) else {
            self.table.overflow = true;
            return 0;
        };
        self.method_names.push(key.0.clone());
        self.method_index.insert(key, index);
        index
    }

    fn method_key(&self, name: &str, package: PackageId) -> Rc<str> {
        if is_exported(name) {
            name.into()
        } else {
            format!("{}.{name}", self.types.package(package).path).into()
        }
    }

    /// The type of a method of a concrete or interface type, without receiver.
    pub fn method_type(&self, receiver: TypeId, package: PackageId, name: &str) -> Option<TypeId> {
        let Lookup::Found(found) = self.types.lookup(receiver, package, name) else {
            return None;
        };
        match found.target {
            Target::Method { on, method } => {
                let params = self.type_params_of(method.object);
                let args = self.type_arguments(on);
                let ty = self.info.object(method.object).typ;
                Some(self.types.substitute(ty, &params, &args))
            }
            Target::Interface { method, .. } => Some(method.signature),
            Target::Field(_) => None,
        }
    }

    /// Where a package variable lives.
    pub fn global(&mut self, object: ObjId) -> u32 {
        if let Some(&known) = self.globals.get(&object) {
            return known;
        }
        let offset = self.global_words;
        let words = self.table.words(self.info.object(object).typ);
        match offset.checked_add(words) {
            Some(end) => self.global_words = end,
            None => self.table.overflow = true,
        }
        self.globals.insert(object, offset);
        self.global_list.push(object);
        offset
    }

    pub fn report(&mut self, span: Span, message: &str) {
        self.diagnostics.push(Diagnostic::new(span, message));
    }

    // ---- types as values of interfaces ---------------------------------------------------

    /// The index of a type whose values may be looked at through an interface: its methods, and
    /// those of the types inside it, must be callable.
    pub fn boxed(&mut self, ty: TypeId) -> TypeIndex {
        let index = self.table.index(ty);
        self.mark_boxed(index);
        index
    }

    fn mark_boxed(&mut self, index: TypeIndex) {
        let mut open = vec![index];
        while let Some(index) = open.pop() {
            if !self.boxed.insert(index) {
                continue;
            }
            match &self.table.entries[usize::from(index)].kind {
                Kind::Pointer(inner) | Kind::Slice(inner) => open.push(*inner),
                Kind::Array { element, .. } => open.push(*element),
                Kind::Map { key, value } => open.extend([*key, *value]),
                Kind::Struct(fields) => open.extend(fields.iter().map(|field| field.ty)),
                _ => {}
            }
        }
    }

    /// Fills the method tables of boxed types, and of interface types, as far as names are known.
    fn enter_methods(&mut self) {
        let mut at = 1;
        while at < self.table.entries.len() {
            if matches!(self.table.entries[at].kind, Kind::Interface) {
                self.enter_interface(at);
            }
            at += 1;
        }
        for index in self.boxed.clone() {
            let ty = self.table.ids[usize::from(index)];
            if matches!(self.table.entries[usize::from(index)].kind, Kind::Interface) {
                continue;
            }
            for (name, package) in self.types.method_names(ty) {
                let Some(signature) = self.method_type(ty, package, &name) else {
                    continue;
                };
                let key = (self.method_key(&name, package), signature);
                let Some(&method) = self.method_index.get(&key) else {
                    continue;
                };
                if !self.entered.insert((index, method)) {
                    continue;
                }
                let function = self.method_function(ty, &name, package);
                let methods = &mut self.table.entries[usize::from(index)].methods;
                let place = methods.partition_point(|entry| entry.0 < method);
                methods.insert(place, (method, function));
            }
        }
    }

    fn enter_interface(&mut self, at: usize) {
        if !self.table.entries[at].methods.is_empty() {
            return;
        }
        let set = self.types.type_set(self.table.ids[at]);
        let mut methods: Vec<(MethodIndex, FunctionIndex)> = set
            .methods
            .iter()
            .map(|method| {
                (
                    self.method_name(&method.name, method.package, method.signature),
                    FunctionIndex::MAX,
                )
            })
            .collect();
        methods.sort_unstable();
        self.table.entries[at].methods = methods;
    }

    /// The function for a method of a concrete type, receiver exactly of that type and last.
    pub fn method_function(&mut self, ty: TypeId, name: &str, package: PackageId) -> FunctionIndex {
        if let Some((object, args)) = self.own_method(ty, name, package) {
            return self.function(Callee::Declared(object, args));
        }
        let method = Method {
            receiver: ty,
            name: name.into(),
            package,
        };
        self.function(Callee::Promoted(method))
    }

    /// A method declared with exactly this receiver type, with the type arguments.
    fn own_method(
        &self,
        ty: TypeId,
        name: &str,
        package: PackageId,
    ) -> Option<(ObjId, Rc<[TypeId]>)> {
        let Lookup::Found(found) = self.types.lookup(ty, package, name) else {
            return None;
        };
        let Target::Method { on, method } = found.target else {
            return None;
        };
        let is_pointer = matches!(self.types.get(ty), Type::Pointer(_));
        if !found.path.is_empty() || method.pointer != is_pointer {
            return None;
        }
        Some((method.object, self.type_arguments(on)))
    }

    /// The type arguments of a defined type.
    pub fn type_arguments(&self, ty: TypeId) -> Rc<[TypeId]> {
        match self.types.get(ty) {
            Type::Named(_, args) => args,
            _ => Rc::from([]),
        }
    }

    /// The type parameters of a declared function, or of a method's receiver.
    pub fn type_params_of(&self, object: ObjId) -> Rc<[TypeParamId]> {
        let object = self.info.object(object);
        if let ObjKind::Func {
            receiver: Some(receiver),
            ..
        } = object.kind
        {
            let base = match self.types.get(receiver) {
                Type::Pointer(to) => to,
                _ => receiver,
            };
            return match self.types.get(base) {
                Type::Named(declared, _) => self.types.declared(declared).type_params.clone(),
                _ => Rc::from([]),
            };
        }
        match self.types.get(object.typ) {
            Type::Signature(signature) => signature.type_params.clone(),
            _ => Rc::from([]),
        }
    }

    // ---- names ---------------------------------------------------------------------------

    /// A declared function as Go's stack traces name it.
    pub fn function_name(&self, object: &Object, generic: bool) -> Rc<str> {
        let package = self.types.package(object.package).path;
        let suffix = if generic { "[...]" } else { "" };
        let ObjKind::Func {
            receiver: Some(receiver),
            ..
        } = &object.kind
        else {
            return format!("{package}.{}{suffix}", object.name).into();
        };
        let (pointer, base) = match self.types.get(*receiver) {
            Type::Pointer(to) => (true, to),
            _ => (false, *receiver),
        };
        let name = match self.types.get(base) {
            Type::Named(declared, _) => self.types.declared(declared).name.clone(),
            _ => "?".into(),
        };
        if pointer {
            format!("{package}.(*{name}{suffix}).{}", object.name).into()
        } else {
            format!("{package}.{name}{suffix}.{}", object.name).into()
        }
    }

    /// A declared function as the table of natives names it: `time.Sleep`, `(*sync.Mutex).Lock`.
    pub fn native_name(&self, object: &Object) -> Rc<str> {
        let package = self.types.package(object.package).path;
        let ObjKind::Func {
            receiver: Some(receiver),
            ..
        } = &object.kind
        else {
            return format!("{package}.{}", object.name).into();
        };
        let (star, base) = match self.types.get(*receiver) {
            Type::Pointer(to) => ("*", to),
            _ => ("", *receiver),
        };
        let name = match self.types.get(base) {
            Type::Named(declared, _) => self.types.declared(declared).name.clone(),
            _ => "?".into(),
        };
        format!("({star}{package}.{name}).{}", object.name).into()
    }

    /// Whose code a package's is.
    pub fn kind_of(&self, package: PackageId) -> FunctionKind {
        if &*self.types.package(package).path == "main" {
            FunctionKind::User
        } else {
            FunctionKind::Standard
        }
    }
}
