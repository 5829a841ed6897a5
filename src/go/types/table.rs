//! The interned types of one compilation.
//!
//! A [`TypeId`] names an entry of [`Types`]. Two ids are kept for what programs can spell in several
//! ways: `byte` and `uint8`, `any` and `interface{}`, an alias and its target, the same function type
//! with other parameter names. Messages print the spelling; [`Types::canonical`] maps every spelling
//! to one id, so two types are identical exactly if their canonical ids are equal.
//!
//! Invariants: a canonical type has only canonical parts; everything the checker hands out in `Info`
//! is canonical; `get` never returns an alias (it looks through).
//! A defined type is an entry of the table of [`Declared`] types plus its type arguments, so recursion
//! goes through the table and never through the types themselves.
//! Deliberately absent: anything about values, objects or expressions.

use super::basic::BASIC;
pub use super::basic::Basic;
use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// An interned type. Compare canonical ids (all of `Info` is canonical) with `==`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TypeId(pub u32);

/// A declared (defined) type, before type arguments.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct DeclaredId(pub u32);

/// A type parameter, identified by its declaration.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TypeParamId(pub u32);

/// A package; 0 is the universe.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct PackageId(pub u32);

/// An object of `Info::objects`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ObjId(pub u32);

impl PackageId {
    /// The universe, and the package of everything that belongs to none.
    pub const UNIVERSE: PackageId = PackageId(0);
}

/// Directions of a channel type.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ChanDir {
    /// `chan T`
    Both,
    /// `chan<- T`
    Send,
    /// `<-chan T`
    Receive,
}

/// A field of a struct type.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Field {
    /// Its name; an embedded field has its type's.
    pub name: Rc<str>,
    /// The package that sees it, if it is not exported; else the universe.
    pub package: PackageId,
    /// Its type.
    pub typ: TypeId,
    /// Declared without a name.
    pub embedded: bool,
    /// The unquoted tag; empty if none.
    pub tag: Rc<str>,
}

/// A method of an interface, or one that is looked for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Method {
    /// Its name.
    pub name: Rc<str>,
    /// The package that sees it, if it is not exported; else the universe.
    pub package: PackageId,
    /// Its function type, without receiver.
    pub signature: TypeId,
}

/// A function type.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Signature {
    /// Of a generic function (or method); else empty.
    pub type_params: Rc<[TypeParamId]>,
    /// Parameter types; a variadic one is last, as a slice.
    pub params: Rc<[TypeId]>,
    /// Result types.
    pub results: Rc<[TypeId]>,
    /// The last parameter was written `...T`.
    pub variadic: bool,
    /// Names of parameters and then results; empty if unnamed or canonical.
    pub names: Rc<[Rc<str>]>,
}

/// One term `T` or `~T` of a union.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Term {
    /// Written `~T`: all types whose underlying type is `T`.
    pub tilde: bool,
    /// The type.
    pub typ: TypeId,
}

/// An interface type as written; canonical ones are flat and sorted by name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Interface {
    /// The methods.
    pub methods: Rc<[Method]>,
    /// Embedded interfaces, unions and single types.
    pub embedded: Rc<[TypeId]>,
    /// Written as a bare constraint (`[T ~int]`), to be printed without `interface{}`.
    pub implicit: bool,
}

/// A type.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Type {
    /// A predeclared type.
    Basic(Basic),
    /// A defined type and its type arguments.
    Named(DeclaredId, Rc<[TypeId]>),
    /// `*T`
    Pointer(TypeId),
    /// `[]T`
    Slice(TypeId),
    /// `[n]T`
    Array(TypeId, i64),
    /// `map[K]V`
    Map(TypeId, TypeId),
    /// `chan T`
    Chan(ChanDir, TypeId),
    /// `struct{...}`
    Struct(Rc<[Field]>),
    /// `func(...)`
    Signature(Rc<Signature>),
    /// `interface{...}`
    Interface(Rc<Interface>),
    /// `A | ~B`, only inside interfaces
    Union(Rc<[Term]>),
    /// The type of a call with several (or no) results.
    Tuple(Rc<[TypeId]>),
    /// A type parameter.
    TypeParam(TypeParamId),
    /// Another spelling of a type. `Types::get` looks through it.
    Alias(Rc<AliasName>, TypeId),
}

/// How an alias is written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct AliasName {
    /// Its name.
    pub name: Rc<str>,
    /// Its package.
    pub package: PackageId,
    /// Its type arguments.
    pub args: Rc<[TypeId]>,
}

/// A defined type: what its declaration says.
#[derive(Clone, Debug)]
pub struct Declared {
    /// Its name.
    pub name: Rc<str>,
    /// The package that declares it.
    pub package: PackageId,
    /// Its type name object; the universe's have none.
    pub object: Option<ObjId>,
    /// Type parameters: first the `implicit` ones of the generic function around a local type.
    pub type_params: Rc<[TypeParamId]>,
    /// How many of `type_params` belong to the function around it and are not written.
    pub implicit: usize,
    /// The right side of the declaration; `None` until it is known.
    pub right: Option<TypeId>,
    /// Its methods, in source order.
    pub methods: Vec<DeclaredMethod>,
}

/// A method declared on a defined type.
#[derive(Clone, Debug)]
pub struct DeclaredMethod {
    /// Its name.
    pub name: Rc<str>,
    /// Its package, if not exported; else the universe.
    pub package: PackageId,
    /// Its function object; its type is the signature over the receiver's type parameters.
    pub object: ObjId,
    /// The receiver is `*T`.
    pub pointer: bool,
}

/// A type parameter's declaration.
#[derive(Clone, Debug)]
pub struct TypeParam {
    /// Its name.
    pub name: Rc<str>,
    /// Its place in the list.
    pub index: usize,
    /// Its constraint: any type; `constraint_interface` gives it as an interface.
    pub constraint: TypeId,
}

#[derive(Default)]
struct Table {
    types: Vec<Type>,
    ids: BTreeMap<Type, TypeId>,
    canonical: Vec<Option<TypeId>>,
    underlying: Vec<Option<TypeId>>,
    declared: Vec<Declared>,
    params: Vec<TypeParam>,
    packages: Vec<PackageName>,
}

/// The name of a package, for printing.
#[derive(Clone, Debug)]
pub struct PackageName {
    /// The import path.
    pub path: Rc<str>,
    /// The name in its package clause.
    pub name: Rc<str>,
}

/// All types of a compilation. It grows through a shared reference, so that checker and compiler can
/// make types while they hold others.
pub struct Types {
    table: RefCell<Table>,
}

impl Default for Types {
    fn default() -> Self {
        Types::new()
    }
}

impl Types {
    /// The predeclared types.
    pub fn new() -> Types {
        let types = Types {
            table: RefCell::default(),
        };
        for (basic, _) in BASIC {
            types.push(Type::Basic(basic));
        }
        types.add_package("", "");
        let empty: Rc<[TypeId]> = Rc::from([]);
        let spelling = |name: &str| {
            Rc::new(AliasName {
                name: Rc::from(name),
                package: PackageId::UNIVERSE,
                args: empty.clone(),
            })
        };
        types.push(Type::Alias(spelling("byte"), TypeId::UINT8));
        types.push(Type::Alias(spelling("rune"), TypeId::INT32));
        types.intern(types.interface_type(Vec::new(), Vec::new()));
        types.push(Type::Alias(spelling("any"), TypeId::EMPTY_INTERFACE));
        for name in ["error", "comparable"] {
            let declared = types.declare(name.into(), PackageId::UNIVERSE, None);
            types.intern(Type::Named(declared, empty.clone()));
        }
        types.intern(Type::Tuple(empty.clone()));
        let error = types.intern(Type::Signature(Rc::new(Signature {
            type_params: Rc::from([]),
            params: Rc::from([]),
            results: Rc::from([TypeId::STRING]),
            variadic: false,
            names: Rc::from([]),
        })));
        let method = Method {
            name: "Error".into(),
            package: PackageId::UNIVERSE,
            signature: error,
        };
        let error = types.intern(types.interface_type(vec![method], Vec::new()));
        types.set_right(DeclaredId(0), error);
        // The set of all comparable types has no other notation: `comparable` embeds itself.
        let comparable = types.intern(types.interface_type(Vec::new(), vec![TypeId::COMPARABLE]));
        types.set_right(DeclaredId(1), comparable);
        types
    }

    fn interface_type(&self, methods: Vec<Method>, embedded: Vec<TypeId>) -> Type {
        Type::Interface(Rc::new(Interface {
            methods: methods.into(),
            embedded: embedded.into(),
            implicit: false,
        }))
    }

    fn push(&self, typ: Type) -> TypeId {
        let mut table = self.table.borrow_mut();
        let id = TypeId(table.types.len() as u32);
        table.types.push(typ.clone());
        table.ids.insert(typ, id);
        table.canonical.push(None);
        table.underlying.push(None);
        id
    }

    /// The id of a type, made if it is new.
    pub fn intern(&self, typ: Type) -> TypeId {
        let known = self.table.borrow().ids.get(&typ).copied();
        known.unwrap_or_else(|| self.push(typ))
    }

    /// The type behind an id, aliases looked through.
    pub fn get(&self, id: TypeId) -> Type {
        let table = self.table.borrow();
        let mut at = id;
        loop {
            match &table.types[at.0 as usize] {
                Type::Alias(_, target) => at = *target,
                other => return other.clone(),
            }
        }
    }

    /// The type behind an id as it is spelled, aliases included.
    pub fn spelled(&self, id: TypeId) -> Type {
        self.table.borrow().types[id.0 as usize].clone()
    }

    /// The id with aliases at the top removed.
    pub fn unalias(&self, id: TypeId) -> TypeId {
        let table = self.table.borrow();
        let mut at = id;
        while let Type::Alias(_, target) = &table.types[at.0 as usize] {
            at = *target;
        }
        at
    }

    /// Number of types, for tables by id.
    pub fn len(&self) -> usize {
        self.table.borrow().types.len()
    }

    /// Never: the predeclared types are always there.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Adds a package for printing.
    pub fn add_package(&self, path: &str, name: &str) -> PackageId {
        let mut table = self.table.borrow_mut();
        table.packages.push(PackageName {
            path: path.into(),
            name: name.into(),
        });
        PackageId(table.packages.len() as u32 - 1)
    }

    /// The name of a package.
    pub fn package(&self, id: PackageId) -> PackageName {
        self.table.borrow().packages[id.0 as usize].clone()
    }

    /// Declares a defined type; its right side, parameters and methods come later.
    pub fn declare(&self, name: Rc<str>, package: PackageId, object: Option<ObjId>) -> DeclaredId {
        let mut table = self.table.borrow_mut();
        table.declared.push(Declared {
            name,
            package,
            object,
            type_params: Rc::from([]),
            implicit: 0,
            right: None,
            methods: Vec::new(),
        });
        DeclaredId(table.declared.len() as u32 - 1)
    }

    /// A defined type's declaration.
    pub fn declared(&self, id: DeclaredId) -> Ref<'_, Declared> {
        Ref::map(self.table.borrow(), |t| &t.declared[id.0 as usize])
    }

    /// Changes a declaration while it is being checked.
    pub fn with_declared(&self, id: DeclaredId, change: impl FnOnce(&mut Declared)) {
        change(&mut self.table.borrow_mut().declared[id.0 as usize]);
    }

    /// Says what a defined type is.
    pub fn set_right(&self, id: DeclaredId, right: TypeId) {
        self.with_declared(id, |d| d.right = Some(right));
    }

    /// Declares a type parameter.
    pub fn add_param(&self, name: Rc<str>, index: usize, constraint: TypeId) -> TypeParamId {
        let mut table = self.table.borrow_mut();
        table.params.push(TypeParam {
            name,
            index,
            constraint,
        });
        TypeParamId(table.params.len() as u32 - 1)
    }

    /// A type parameter's declaration.
    pub fn param(&self, id: TypeParamId) -> Ref<'_, TypeParam> {
        Ref::map(self.table.borrow(), |t| &t.params[id.0 as usize])
    }

    /// Says what a type parameter is constrained by.
    pub fn set_constraint(&self, id: TypeParamId, constraint: TypeId) {
        self.table.borrow_mut().params[id.0 as usize].constraint = constraint;
    }

    /// `*T`
    pub fn pointer(&self, to: TypeId) -> TypeId {
        self.intern(Type::Pointer(to))
    }

    /// `[]T`
    pub fn slice(&self, of: TypeId) -> TypeId {
        self.intern(Type::Slice(of))
    }

    /// The type of several results; of one: that type itself.
    pub fn tuple(&self, parts: &[TypeId]) -> TypeId {
        match parts {
            [one] => *one,
            _ => self.intern(Type::Tuple(parts.into())),
        }
    }

    /// A defined type with type arguments.
    pub fn named(&self, declared: DeclaredId, args: &[TypeId]) -> TypeId {
        self.intern(Type::Named(declared, args.into()))
    }

    /// The type a type parameter stands for in its own body.
    pub fn param_type(&self, param: TypeParamId) -> TypeId {
        self.intern(Type::TypeParam(param))
    }

    /// The underlying type: of a defined type, what its declaration comes down to with the type
    /// arguments put in; of a type parameter, its constraint as an interface; else the type itself.
    /// A declaration that is still being checked has the invalid type.
    pub fn underlying(&self, id: TypeId) -> TypeId {
        if let Some(known) = self.table.borrow().underlying[id.0 as usize] {
            return known;
        }
        let result = match self.get(id) {
            Type::Named(declared, args) => {
                let (right, params) = {
                    let d = self.declared(declared);
                    (d.right, d.type_params.clone())
                };
                let Some(right) = right else {
                    return TypeId::INVALID;
                };
                // The right side may be a defined type itself; the checker has broken cycles.
                let mut under = self.unalias(right);
                for _ in 0..1000 {
                    match self.get(under) {
                        Type::Named(next, next_args) => {
                            let (right, params) = {
                                let d = self.declared(next);
                                (d.right, d.type_params.clone())
                            };
                            let Some(right) = right else {
                                return TypeId::INVALID;
                            };
                            under = self.unalias(self.substitute(right, &params, &next_args));
                        }
                        _ => break,
                    }
                }
                if let Type::Named(..) = self.get(under) {
                    return TypeId::INVALID;
                }
                self.unalias(self.substitute(under, &params, &args))
            }
            Type::TypeParam(param) => return self.constraint_interface(param),
            _ => self.unalias(id),
        };
        self.table.borrow_mut().underlying[id.0 as usize] = Some(result);
        result
    }

    /// Forgets the underlying types worked out so far, after a declaration was broken.
    pub(crate) fn forget_underlying(&self) {
        self.table.borrow_mut().underlying.fill(None);
    }

    /// Makes every declaration canonical, so that what is worked out from here on is canonical too.
    pub(crate) fn finish(&self) {
        let (declared, params) = {
            let table = self.table.borrow();
            (table.declared.len(), table.params.len())
        };
        for at in 0..declared {
            let right = self.table.borrow().declared[at].right;
            let right = right.map(|r| self.canonical(r));
            self.table.borrow_mut().declared[at].right = right;
        }
        for at in 0..params {
            let constraint = self.table.borrow().params[at].constraint;
            let constraint = self.canonical(constraint);
            self.table.borrow_mut().params[at].constraint = constraint;
        }
        self.forget_underlying();
    }

    /// `get(underlying(id))`
    pub fn under(&self, id: TypeId) -> Type {
        self.get(self.underlying(id))
    }

    /// A type parameter's constraint, as an interface type.
    pub fn constraint_interface(&self, param: TypeParamId) -> TypeId {
        let constraint = self.param(param).constraint;
        match self.get(constraint) {
            Type::Interface(_) => self.unalias(constraint),
            Type::TypeParam(_) | Type::Basic(Basic::Invalid) => TypeId::EMPTY_INTERFACE,
            Type::Named(..) => {
                let under = self.underlying(constraint);
                match self.get(under) {
                    Type::Interface(_) => under,
                    _ => self.implicit_interface(constraint),
                }
            }
            _ => self.implicit_interface(constraint),
        }
    }

    /// `interface{ T }` for a constraint written `T`.
    pub fn implicit_interface(&self, constraint: TypeId) -> TypeId {
        self.intern(Type::Interface(Rc::new(Interface {
            methods: Rc::from([]),
            embedded: Rc::from([constraint]),
            implicit: true,
        })))
    }

    /// True if the two types are identical (Go spec, "Type identity").
    pub fn identical(&self, a: TypeId, b: TypeId) -> bool {
        a == b || self.canonical(a) == self.canonical(b)
    }

    /// The one id of all spellings of a type.
    pub fn canonical(&self, id: TypeId) -> TypeId {
        if let Some(known) = self.table.borrow().canonical[id.0 as usize] {
            return known;
        }
        let typ = match self.get(id) {
            Type::Interface(interface) => {
                // A method may mention the very interface that it is in.
                let plain = self.unalias(id);
                self.table.borrow_mut().canonical[id.0 as usize] = Some(plain);
                match self.flat_interface(id, &interface) {
                    Some(flat) => Type::Interface(Rc::new(flat)),
                    // Its parts are not known yet: give an answer, but do not keep it.
                    None => {
                        self.table.borrow_mut().canonical[id.0 as usize] = None;
                        return plain;
                    }
                }
            }
            Type::Signature(signature) => Type::Signature(Rc::new(Signature {
                type_params: signature.type_params.clone(),
                params: self.canonical_list(&signature.params),
                results: self.canonical_list(&signature.results),
                variadic: signature.variadic,
                names: Rc::from([]),
            })),
            other => self.map_parts(&other, &mut |t| self.canonical(t)),
        };
        let result = self.intern(typ);
        let mut table = self.table.borrow_mut();
        table.canonical[id.0 as usize] = Some(result);
        table.canonical[result.0 as usize] = Some(result);
        result
    }

    fn canonical_list(&self, list: &[TypeId]) -> Rc<[TypeId]> {
        list.iter().map(|&t| self.canonical(t)).collect()
    }

    /// The same type with every direct part replaced.
    pub(crate) fn map_parts(&self, typ: &Type, change: &mut dyn FnMut(TypeId) -> TypeId) -> Type {
        let list = |l: &Rc<[TypeId]>, change: &mut dyn FnMut(TypeId) -> TypeId| {
            l.iter().map(|&t| change(t)).collect::<Rc<[TypeId]>>()
        };
        match typ {
            Type::Named(declared, args) if !args.is_empty() => {
                Type::Named(*declared, list(args, change))
            }
            Type::Pointer(t) => Type::Pointer(change(*t)),
            Type::Slice(t) => Type::Slice(change(*t)),
            Type::Array(t, n) => Type::Array(change(*t), *n),
            Type::Map(k, v) => {
                let key = change(*k);
                Type::Map(key, change(*v))
            }
            Type::Chan(dir, t) => Type::Chan(*dir, change(*t)),
            Type::Struct(fields) => Type::Struct(
                fields
                    .iter()
                    .map(|f| Field {
                        typ: change(f.typ),
                        ..f.clone()
                    })
                    .collect(),
            ),
            Type::Signature(s) => Type::Signature(Rc::new(Signature {
                params: list(&s.params, change),
                results: list(&s.results, change),
                ..(**s).clone()
            })),
            Type::Interface(i) => Type::Interface(Rc::new(Interface {
                methods: i
                    .methods
                    .iter()
                    .map(|m| Method {
                        signature: change(m.signature),
                        ..m.clone()
                    })
                    .collect(),
                embedded: list(&i.embedded, change),
                implicit: i.implicit,
            })),
            Type::Union(terms) => Type::Union(
                terms
                    .iter()
                    .map(|t| Term {
                        tilde: t.tilde,
                        typ: change(t.typ),
                    })
                    .collect(),
            ),
            Type::Tuple(parts) => Type::Tuple(list(parts, change)),
            Type::Alias(name, target) => {
                let name = AliasName {
                    args: list(&name.args, change),
                    ..(**name).clone()
                };
                let target = change(*target);
                Type::Alias(Rc::new(name), target)
            }
            Type::Basic(_) | Type::Named(..) | Type::TypeParam(_) => typ.clone(),
        }
    }
}
