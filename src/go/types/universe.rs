//! The predeclared names, and those of package unsafe.

use super::check::Checker;
use super::constant::Constant;
use super::object::{Builtin, ObjKind};
use super::table::{Basic, PackageId, TypeId};
use std::rc::Rc;

/// The predeclared functions.
const BUILTINS: [(&str, Builtin); 18] = [
    ("append", Builtin::Append),
    ("cap", Builtin::Cap),
    ("clear", Builtin::Clear),
    ("close", Builtin::Close),
    ("complex", Builtin::Complex),
    ("copy", Builtin::Copy),
    ("delete", Builtin::Delete),
    ("imag", Builtin::Imag),
    ("len", Builtin::Len),
    ("make", Builtin::Make),
    ("max", Builtin::Max),
    ("min", Builtin::Min),
    ("new", Builtin::New),
    ("panic", Builtin::Panic),
    ("print", Builtin::Print),
    ("println", Builtin::Println),
    ("real", Builtin::Real),
    ("recover", Builtin::Recover),
];

/// The functions of package unsafe.
const UNSAFE: [(&str, Builtin); 8] = [
    ("Add", Builtin::UnsafeAdd),
    ("Alignof", Builtin::Alignof),
    ("Offsetof", Builtin::Offsetof),
    ("Sizeof", Builtin::Sizeof),
    ("Slice", Builtin::UnsafeSlice),
    ("SliceData", Builtin::UnsafeSliceData),
    ("String", Builtin::UnsafeString),
    ("StringData", Builtin::UnsafeStringData),
];

/// A builtin's name as messages print it.
pub(super) fn builtin_name(builtin: Builtin) -> String {
    for (name, b) in BUILTINS {
        if b == builtin {
            return name.into();
        }
    }
    let name = UNSAFE.iter().find(|(_, b)| *b == builtin);
    ["unsafe.", name.map_or("", |(n, _)| *n)].concat()
}

impl Checker<'_> {
    /// Fills the universe scope, which is scope 0.
    pub(super) fn declare_universe(&mut self) {
        use Basic::*;
        for basic in [
            Bool, Int, Int8, Int16, Int32, Int64, Uint, Uint8, Uint16, Uint32, Uint64, Uintptr,
            Float32, Float64, Complex64, Complex128, String,
        ] {
            self.predeclare(basic.name(), ObjKind::TypeName, basic.id());
        }
        for (name, id) in [
            ("byte", TypeId::BYTE),
            ("rune", TypeId::RUNE),
            ("any", TypeId::ANY),
            ("error", TypeId::ERROR),
            ("comparable", TypeId::COMPARABLE),
        ] {
            self.predeclare(name, ObjKind::TypeName, id);
        }
        for (name, value) in [("true", true), ("false", false)] {
            let kind = ObjKind::Const(Some(Rc::new(Constant::Bool(value))));
            self.predeclare(name, kind, UntypedBool.id());
        }
        let kind = ObjKind::Const(Some(Rc::new(Constant::from(0))));
        self.iota = self.predeclare("iota", kind, UntypedInt.id());
        self.predeclare("nil", ObjKind::Nil, TypeId::NIL);
        for (name, builtin) in BUILTINS {
            self.predeclare(name, ObjKind::Builtin(builtin), TypeId::INVALID);
        }
    }

    fn predeclare(&mut self, name: &str, kind: ObjKind, typ: TypeId) -> super::table::ObjId {
        let object = self.new_object(kind, name.into(), typ, None);
        self.info.objects[object.0 as usize].package = PackageId::UNIVERSE;
        self.scopes[0].names.insert(name.into(), object);
        object
    }

    /// The objects of package unsafe.
    pub(super) fn unsafe_object(&mut self, name: &str) -> Option<super::table::ObjId> {
        if let Some(object) = self.unsafe_names.get(name) {
            return Some(*object);
        }
        let (kind, typ) = if name == "Pointer" {
            (ObjKind::TypeName, TypeId::UNSAFE_POINTER)
        } else {
            let (_, builtin) = UNSAFE.iter().find(|(n, _)| *n == name)?;
            (ObjKind::Builtin(*builtin), TypeId::INVALID)
        };
        let object = self.new_object(kind, name.into(), typ, None);
        self.unsafe_names.insert(name.into(), object);
        Some(object)
    }
}
