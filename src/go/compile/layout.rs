//! What the running program knows of types: widths and reference words for the heap, and the
//! structure that printing, equality, hashing, conversion and method dispatch go by.
//!
//! Widths in words: bool, numbers, pointers, maps, channels, funcs 1; complex 2; string 2
//! (pointer, length); slice 3 (pointer, length, capacity); interface 2 (type index, payload);
//! struct and array: the sum of their parts, in order, without padding.

use std::rc::Rc;

use super::bytecode::{FunctionIndex, MethodIndex, TypeIndex};

/// What the collector must know of one word of a heap object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordClass {
    /// Never a reference.
    Scalar,
    /// A pointer, map, channel, func, or the pointer word of a string or slice; 0 is nil.
    Reference,
    /// The payload of an interface whose type index is the word before: a reference when the
    /// dynamic type is more than one word wide or its single word is a reference.
    Payload,
}

/// The words of a heap object: `unit` repeated `count` times. A unit of scalars only is empty,
/// whatever its width, so that scalar objects need not be scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Classes of one unit's words; empty when no word of it is a reference.
    pub unit: Rc<[WordClass]>,
    /// Words in one unit.
    pub unit_words: u32,
    pub count: u32,
}

impl Layout {
    /// Words altogether.
    pub fn words(&self) -> u64 {
        u64::from(self.unit_words) * u64::from(self.count)
    }

    /// Whether no word is a reference.
    pub fn is_scalar(&self) -> bool {
        self.unit.is_empty()
    }
}

/// One entry of the run-time type table. Identical types have one entry, so comparing indexes
/// compares types.
#[derive(Clone, Debug)]
pub struct RuntimeType {
    /// As `%T` prints it: `main.Point`, `[]int`, `map[string]*main.T`, `struct { X int }`.
    pub name: Rc<str>,
    /// For a named type its name without package, `Point`; else empty.
    pub short_name: Rc<str>,
    /// For a named type the path of its package (empty for predeclared ones).
    pub package: Rc<str>,
    pub kind: Kind,
    pub layout: Layout,
    pub words: u32,
    pub comparable: bool,
    /// Methods for interface dispatch, sorted by name index. For an interface type: its method
    /// set, sorted by index, each with function `FunctionIndex::MAX`.
    pub methods: Vec<(MethodIndex, FunctionIndex)>,
    /// Offsets of words that hold lazily assigned native objects (a field named `native` of a
    /// struct in an embedded standard package).
    pub native_words: Vec<u32>,
}

/// The underlying structure of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The placeholder at index 0.
    Invalid,
    Bool,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uintptr,
    Float32,
    Float64,
    Complex64,
    Complex128,
    String,
    UnsafePointer,
    Pointer(TypeIndex),
    Slice(TypeIndex),
    Array {
        element: TypeIndex,
        length: u32,
    },
    Map {
        key: TypeIndex,
        value: TypeIndex,
    },
    Channel {
        element: TypeIndex,
        direction: ChannelDirection,
    },
    Function,
    Interface,
    Struct(Vec<Field>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelDirection {
    Both,
    SendOnly,
    ReceiveOnly,
}

/// One field of a struct type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: Rc<str>,
    pub ty: TypeIndex,
    /// Words from the struct's beginning.
    pub offset: u32,
    pub embedded: bool,
    pub exported: bool,
    /// The tag's content, empty without one.
    pub tag: Rc<str>,
}
