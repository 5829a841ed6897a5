//! What the checker found out, by node: the contract with the compiler.
//!
//! Invariants: every type in here is canonical (`Types::canonical`), so types are identical exactly if
//! their ids are equal. An expression that has a constant value carries it whatever its form, and its
//! type is final: untyped only where the program leaves it so (`nil` aside, that is: never at run
//! time). Nodes of erroneous programs may be missing.

use super::constant::Constant;
use super::object::{Builtin, Object};
use super::table::{ObjId, PackageId, TypeId};
use crate::go::syntax::ast::NodeId;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What kind of thing an expression is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Not an expression that was checked, or an erroneous one.
    #[default]
    Invalid,
    /// A call without results.
    NoValue,
    /// A predeclared function, in call position.
    Builtin(Builtin),
    /// A type.
    Type,
    /// A constant; see `TypeAndValue::constant`.
    Constant,
    /// Addressable.
    Variable,
    /// `m[k]`: may be assigned to and is `comma, ok`, but has no address.
    MapIndex,
    /// A value.
    Value,
    /// `nil`; its type is the type it takes on.
    Nil,
    /// A type assertion or a receive: may be `comma, ok`.
    CommaOk,
}

/// One expression's facts.
#[derive(Clone, Debug, Default)]
pub struct TypeAndValue {
    /// What it is.
    pub mode: Mode,
    /// Its type; of a call with several results, a tuple.
    pub typ: TypeId,
    /// Its value if it is constant.
    pub constant: Option<Rc<Constant>>,
}

impl Default for TypeId {
    fn default() -> Self {
        TypeId::INVALID
    }
}

/// What `x.f` selects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SelectionKind {
    /// A field.
    Field,
    /// A method of a defined type, bound to `x`.
    Method,
    /// A method of an interface, bound to `x`.
    InterfaceMethod,
    /// A method from a type parameter's constraint: look it up again in the type argument.
    ParamMethod,
    /// `T.m`: a function whose first parameter is the receiver.
    MethodExpr,
}

/// One step along embedded fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PathStep {
    /// The field's place in the struct.
    pub field: usize,
    /// What the field is taken from is a pointer to the struct.
    pub deref: bool,
}

/// What a selector expression means. Recorded under the selector expression's node.
#[derive(Clone, Debug)]
pub struct Selection {
    /// What is selected.
    pub kind: SelectionKind,
    /// The type of `x` (of `T` in a method expression).
    pub receiver: TypeId,
    /// The function object of a method of a defined type.
    pub object: Option<ObjId>,
    /// For a `MethodExpr`: what a selection on a value would be.
    pub method: Option<SelectionKind>,
    /// The fields walked through; for a field, the last step is the field itself.
    pub path: Rc<[PathStep]>,
    /// The type that the method is declared on, after the path (never a pointer); of a field, its type.
    pub found_on: TypeId,
    /// A method's declared receiver is a pointer.
    pub pointer_receiver: bool,
    /// The type of the field, or the method's signature (a method expression's with its receiver).
    pub typ: TypeId,
}

/// `a, b = f()` at package level, in the order of initialisation.
#[derive(Clone, Debug)]
pub struct InitStep {
    /// The package.
    pub package: PackageId,
    /// The variables; blank ones are there too.
    pub variables: Vec<ObjId>,
    /// The initialising expression's node.
    pub value: NodeId,
}

/// One function's or function literal's facts.
#[derive(Clone, Debug, Default)]
pub struct FunctionInfo {
    /// Variables of enclosing functions that it uses (itself or through inner literals), in order of
    /// first use.
    pub captures: Vec<ObjId>,
    /// Receiver (if any), then parameters: their objects; unnamed and blank ones too.
    pub params: Vec<ObjId>,
    /// Result objects; unnamed ones too.
    pub results: Vec<ObjId>,
    /// It contains `defer`.
    pub has_defer: bool,
    /// It calls `recover`.
    pub has_recover: bool,
}

/// One package's facts.
#[derive(Clone, Debug)]
pub struct PackageInfo {
    /// The id, as objects and types name it.
    pub id: PackageId,
    /// The import path; of the program itself, "main".
    pub path: Rc<str>,
    /// Its name.
    pub name: Rc<str>,
    /// Package-level objects by name, imports not included.
    pub scope: BTreeMap<Rc<str>, ObjId>,
    /// The packages it imports, in source order.
    pub imports: Vec<PackageId>,
    /// The `init` functions, in source order.
    pub inits: Vec<ObjId>,
}

/// Everything the checker found out.
#[derive(Default)]
pub struct Info {
    /// By node: expressions and type expressions.
    pub nodes: Vec<TypeAndValue>,
    /// By node: the object that an identifier declares.
    pub defs: Vec<Option<ObjId>>,
    /// By node: the object that an identifier uses.
    pub uses: Vec<Option<ObjId>>,
    /// All objects.
    pub objects: Vec<Object>,
    /// By selector expression.
    pub selections: BTreeMap<NodeId, Selection>,
    /// By type switch clause: its variable.
    pub implicits: BTreeMap<NodeId, ObjId>,
    /// By identifier of a generic function or method: its type arguments.
    pub instances: BTreeMap<NodeId, Rc<[TypeId]>>,
    /// Package variables in the order of their initialisation, packages in dependency order.
    pub init_order: Vec<InitStep>,
    /// By node of a function declaration's name, or of a function literal's expression.
    pub functions: BTreeMap<NodeId, FunctionInfo>,
    /// All packages, in dependency order; index 0 is the universe.
    pub packages: Vec<PackageInfo>,
}

impl Info {
    /// The facts about an expression.
    pub fn of(&self, node: NodeId) -> &TypeAndValue {
        &self.nodes[node.0 as usize]
    }
    /// The type of an expression.
    pub fn type_of(&self, node: NodeId) -> TypeId {
        self.of(node).typ
    }
    /// The constant value of an expression, if it has one.
    pub fn constant(&self, node: NodeId) -> Option<&Rc<Constant>> {
        self.of(node).constant.as_ref()
    }
    /// The object that an identifier declares or uses.
    pub fn object_of(&self, node: NodeId) -> Option<ObjId> {
        let at = node.0 as usize;
        self.defs[at].or(self.uses[at])
    }
    /// An object.
    pub fn object(&self, id: ObjId) -> &Object {
        &self.objects[id.0 as usize]
    }
}
