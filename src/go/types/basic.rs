//! The predeclared kinds of types and the ids that they have in every table.

use super::table::TypeId;

/// The predeclared kinds, typed and untyped. The discriminant is the `TypeId`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Basic {
    /// The type of what was reported already.
    Invalid,
    /// `bool`
    Bool,
    /// `int`
    Int,
    /// `int8`
    Int8,
    /// `int16`
    Int16,
    /// `int32`, `rune`
    Int32,
    /// `int64`
    Int64,
    /// `uint`
    Uint,
    /// `uint8`, `byte`
    Uint8,
    /// `uint16`
    Uint16,
    /// `uint32`
    Uint32,
    /// `uint64`
    Uint64,
    /// `uintptr`
    Uintptr,
    /// `float32`
    Float32,
    /// `float64`
    Float64,
    /// `complex64`
    Complex64,
    /// `complex128`
    Complex128,
    /// `string`
    String,
    /// `unsafe.Pointer`
    UnsafePointer,
    /// the kind of `true` and of comparisons
    UntypedBool,
    /// the kind of `1`
    UntypedInt,
    /// the kind of `'a'`
    UntypedRune,
    /// the kind of `1.5`
    UntypedFloat,
    /// the kind of `1i`
    UntypedComplex,
    /// the kind of `"x"`
    UntypedString,
    /// the kind of `nil`
    UntypedNil,
}

/// The names of [`Basic`], by discriminant.
pub(super) const BASIC: [(Basic, &str); 26] = [
    (Basic::Invalid, "invalid type"),
    (Basic::Bool, "bool"),
    (Basic::Int, "int"),
    (Basic::Int8, "int8"),
    (Basic::Int16, "int16"),
    (Basic::Int32, "int32"),
    (Basic::Int64, "int64"),
    (Basic::Uint, "uint"),
    (Basic::Uint8, "uint8"),
    (Basic::Uint16, "uint16"),
    (Basic::Uint32, "uint32"),
    (Basic::Uint64, "uint64"),
    (Basic::Uintptr, "uintptr"),
    (Basic::Float32, "float32"),
    (Basic::Float64, "float64"),
    (Basic::Complex64, "complex64"),
    (Basic::Complex128, "complex128"),
    (Basic::String, "string"),
    (Basic::UnsafePointer, "unsafe.Pointer"),
    (Basic::UntypedBool, "untyped bool"),
    (Basic::UntypedInt, "untyped int"),
    (Basic::UntypedRune, "untyped rune"),
    (Basic::UntypedFloat, "untyped float"),
    (Basic::UntypedComplex, "untyped complex"),
    (Basic::UntypedString, "untyped string"),
    (Basic::UntypedNil, "untyped nil"),
];

impl Basic {
    /// The id of this kind's type.
    pub const fn id(self) -> TypeId {
        TypeId(self as u32)
    }
    /// As Go prints it.
    pub fn name(self) -> &'static str {
        BASIC[self as usize].1
    }
    /// Any integer kind, untyped runes and ints included.
    pub fn is_integer(self) -> bool {
        (self >= Basic::Int && self <= Basic::Uintptr)
            || matches!(self, Basic::UntypedInt | Basic::UntypedRune)
    }
    /// An unsigned integer kind.
    pub fn is_unsigned(self) -> bool {
        self >= Basic::Uint && self <= Basic::Uintptr
    }
    /// A float kind, untyped included.
    pub fn is_float(self) -> bool {
        matches!(self, Basic::Float32 | Basic::Float64 | Basic::UntypedFloat)
    }
    /// A complex kind, untyped included.
    pub fn is_complex(self) -> bool {
        matches!(
            self,
            Basic::Complex64 | Basic::Complex128 | Basic::UntypedComplex
        )
    }
    /// Integer, float or complex.
    pub fn is_numeric(self) -> bool {
        self.is_integer() || self.is_float() || self.is_complex()
    }
    /// `string` or an untyped string.
    pub fn is_string(self) -> bool {
        matches!(self, Basic::String | Basic::UntypedString)
    }
    /// `bool` or an untyped bool.
    pub fn is_boolean(self) -> bool {
        matches!(self, Basic::Bool | Basic::UntypedBool)
    }
    /// One of the untyped kinds, nil included.
    pub fn is_untyped(self) -> bool {
        self >= Basic::UntypedBool
    }
    /// Width in bits of a sized integer or float; `int`, `uint` and `uintptr` have 64.
    pub fn bits(self) -> u32 {
        match self {
            Basic::Int8 | Basic::Uint8 => 8,
            Basic::Int16 | Basic::Uint16 => 16,
            Basic::Int32 | Basic::Uint32 | Basic::Float32 => 32,
            Basic::Complex128 => 128,
            _ => 64,
        }
    }
}

impl TypeId {
    /// The type of what was reported already.
    pub const INVALID: TypeId = Basic::Invalid.id();
    /// `bool`
    pub const BOOL: TypeId = Basic::Bool.id();
    /// `int`
    pub const INT: TypeId = Basic::Int.id();
    /// `int32`, canonical for `rune`
    pub const INT32: TypeId = Basic::Int32.id();
    /// `uint8`, canonical for `byte`
    pub const UINT8: TypeId = Basic::Uint8.id();
    /// `uint`
    pub const UINT: TypeId = Basic::Uint.id();
    /// `uintptr`
    pub const UINTPTR: TypeId = Basic::Uintptr.id();
    /// `float64`
    pub const FLOAT64: TypeId = Basic::Float64.id();
    /// `complex128`
    pub const COMPLEX128: TypeId = Basic::Complex128.id();
    /// `string`
    pub const STRING: TypeId = Basic::String.id();
    /// `unsafe.Pointer`
    pub const UNSAFE_POINTER: TypeId = Basic::UnsafePointer.id();
    /// the type of `nil`
    pub const NIL: TypeId = Basic::UntypedNil.id();
    /// `byte`, a spelling
    pub const BYTE: TypeId = TypeId(26);
    /// `rune`, a spelling
    pub const RUNE: TypeId = TypeId(27);
    /// `interface{}`
    pub const EMPTY_INTERFACE: TypeId = TypeId(28);
    /// `any`, a spelling
    pub const ANY: TypeId = TypeId(29);
    /// `error`
    pub const ERROR: TypeId = TypeId(30);
    /// `comparable`
    pub const COMPARABLE: TypeId = TypeId(31);
    /// No results.
    pub const EMPTY_TUPLE: TypeId = TypeId(32);
}
