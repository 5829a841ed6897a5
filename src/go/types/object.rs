//! What identifiers stand for: variables, constants, types, functions, packages, builtins, labels.
//!
//! Objects live in one table and are named by `ObjId`; a scope maps names to them. Invariant: every
//! object's declaring span and node are those of the identifier that declares it.

use super::constant::Constant;
use super::table::{PackageId, TypeId};
use crate::go::syntax::ast::NodeId;
use crate::trace::Span;
use std::rc::Rc;

/// The predeclared functions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Builtin {
    Append,
    Cap,
    Clear,
    Close,
    Complex,
    Copy,
    Delete,
    Imag,
    Len,
    Make,
    Max,
    Min,
    New,
    Panic,
    Print,
    Println,
    Real,
    Recover,
    /// `unsafe.Sizeof`
    Sizeof,
    /// `unsafe.Alignof`
    Alignof,
    /// `unsafe.Offsetof`
    Offsetof,
    /// `unsafe.Add`
    UnsafeAdd,
    /// `unsafe.Slice`
    UnsafeSlice,
    /// `unsafe.SliceData`
    UnsafeSliceData,
    /// `unsafe.String`
    UnsafeString,
    /// `unsafe.StringData`
    UnsafeStringData,
}

/// What a variable is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VarKind {
    /// Declared at package level.
    Package,
    /// Declared in a function.
    Local,
    /// A receiver.
    Receiver,
    /// A parameter.
    Param,
    /// A result.
    Result,
}

/// What an object is.
#[derive(Clone, Debug)]
pub enum ObjKind {
    /// A variable.
    Var(VarKind),
    /// A constant and its value.
    Const(Option<Rc<Constant>>),
    /// A type name.
    TypeName,
    /// A function; `receiver` is the method's receiver type (maybe a pointer).
    Func {
        /// Receiver type of a method.
        receiver: Option<TypeId>,
        /// It has no body: a native.
        native: bool,
    },
    /// An imported package's local name.
    Package(PackageId),
    /// A predeclared function.
    Builtin(Builtin),
    /// A label.
    Label,
    /// `nil`
    Nil,
}

/// One object.
#[derive(Clone, Debug)]
pub struct Object {
    /// What it is.
    pub kind: ObjKind,
    /// Its name.
    pub name: Rc<str>,
    /// The package that declares it.
    pub package: PackageId,
    /// Where it is declared: its identifier.
    pub span: Span,
    /// The identifier's node; for a type switch's variable the clause's.
    pub node: NodeId,
    /// Its type: of a type name, the type; of a function, its signature.
    pub typ: TypeId,
    /// The function that owns a local object: the node of its `FuncDecl`'s name or of its `FuncLit`.
    pub function: Option<NodeId>,
    /// A function literal inside its function uses it.
    pub captured: bool,
    /// `&x`, `x.method` with a pointer receiver, or `x[:]` of an array takes its address.
    pub address_taken: bool,
    /// Assigned to after its declaration.
    pub reassigned: bool,
    /// Used anywhere.
    pub used: bool,
}

impl Object {
    /// The variable must live on the heap.
    pub fn escapes(&self) -> bool {
        self.captured || self.address_taken
    }
}

/// True if the name begins with an upper case letter.
pub fn is_exported(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}
