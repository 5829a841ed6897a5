//! Building the run-time type table: widths, layouts, names and structure of the checker's types.
//!
//! Only types without type parameters come here: the compiler substitutes first. Entries are made
//! when first asked for and refer to one another by index, so recursive types are entered before
//! their parts. Methods are filled in last, by `methods`.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::bytecode::TypeIndex;
use super::layout::{ChannelDirection, Field, Kind, Layout, RuntimeType, WordClass};
use crate::go::types::object::is_exported;
use crate::go::types::{Basic, ChanDir, DeclaredId, PackageId, Type, TypeId, Types};

/// A struct this many words wide with references cannot be laid out word by word.
const MAX_FLAT_WORDS: u64 = 1 << 22;
/// No program nests types more deeply, unless it instantiates in a cycle.
pub const MAX_DEPTH: u32 = 100;

/// The types a program meets at run time.
pub struct TypeTable<'a> {
    types: &'a Types,
    pub entries: Vec<RuntimeType>,
    /// The checker's type of each entry.
    pub ids: Vec<TypeId>,
    index: BTreeMap<TypeId, TypeIndex>,
    widths: BTreeMap<TypeId, u32>,
    depths: BTreeMap<TypeId, u32>,
    /// More types than an index can name, or a type too large.
    pub overflow: bool,
    /// A type is nested so deeply that type arguments must be growing without end.
    pub endless: bool,
}

impl<'a> TypeTable<'a> {
    pub fn new(types: &'a Types) -> TypeTable<'a> {
        let scalar = Layout {
            unit: Rc::from([]),
            unit_words: 0,
            count: 0,
        };
        let placeholder = RuntimeType {
            name: "invalid".into(),
            short_name: "".into(),
            package: "".into(),
            kind: Kind::Invalid,
            layout: scalar,
            words: 0,
            comparable: false,
            methods: Vec::new(),
            native_words: Vec::new(),
        };
        TypeTable {
            types,
            entries: vec![placeholder],
            ids: vec![TypeId::INVALID],
            index: BTreeMap::new(),
            widths: BTreeMap::new(),
            depths: BTreeMap::new(),
            endless: false,
            overflow: false,
        }
    }

    /// The width of a type in words.
    pub fn words(&mut self, ty: TypeId) -> u32 {
        if let Some(&known) = self.widths.get(&ty) {
            return known;
        }
        let words = match self.types.under(ty) {
            Type::Basic(basic) if basic.is_string() => 2,
            Type::Basic(basic) if basic.is_complex() => 2,
            Type::Slice(_) => 3,
            Type::Interface(_) => 2,
            Type::Array(element, length) => {
                let words = u64::from(self.words(element)).saturating_mul(length.max(0) as u64);
                self.clamp(words)
            }
            Type::Struct(fields) => {
                let words = fields
                    .iter()
                    .map(|field| u64::from(self.words(field.typ)))
                    .sum();
                self.clamp(words)
            }
            Type::Tuple(parts) => {
                let words = parts.iter().map(|&part| u64::from(self.words(part))).sum();
                self.clamp(words)
            }
            _ => 1,
        };
        self.widths.insert(ty, words);
        words
    }

    fn clamp(&mut self, words: u64) -> u32 {
        u32::try_from(words).unwrap_or_else(|_| {
            self.overflow = true;
            u32::MAX
        })
    }

    /// The offset in words of a field of a struct type.
    pub fn field_offset(&mut self, ty: TypeId, field: usize) -> u32 {
        let Type::Struct(fields) = self.types.under(ty) else {
            return 0;
        };
        let mut offset = 0u32;
        for field in fields.iter().take(field) {
            offset = offset.saturating_add(self.words(field.typ));
        }
        offset
    }

    /// How deeply a type is nested as it is written, defined types not opened.
    pub fn depth(&mut self, ty: TypeId) -> u32 {
        if let Some(&known) = self.depths.get(&ty) {
            return known;
        }
        let typ = self.types.get(ty);
        let mut deepest = 0;
        self.types.map_parts(&typ, &mut |part| {
            deepest = deepest.max(self.depth(part));
            part
        });
        self.depths.insert(ty, deepest + 1);
        deepest + 1
    }

    /// The index of a type's entry, made if it is new.
    pub fn index(&mut self, ty: TypeId) -> TypeIndex {
        let ty = self.types.canonical(ty);
        if let Some(&known) = self.index.get(&ty) {
            return known;
        }
        if self.depth(ty) > MAX_DEPTH {
            self.endless = true;
            return 0;
        }
        let Ok(at) = TypeIndex::try_from(self.entries.len()) else {
            self.overflow = true;
            return 0;
        };
        self.index.insert(ty, at);
        let (short_name, package) = match self.types.get(ty) {
            Type::Named(declared, _) => {
                let declared = self.types.declared(declared);
                (
                    declared.name.clone(),
                    self.types.package(declared.package).path,
                )
            }
            Type::Basic(basic) => (basic.name().into(), "".into()),
            _ => ("".into(), "".into()),
        };
        let words = self.words(ty);
        let placeholder = RuntimeType {
            name: self.name(ty).into(),
            short_name,
            package,
            kind: Kind::Invalid,
            layout: Layout {
                unit: Rc::from([]),
                unit_words: words,
                count: 1,
            },
            words,
            comparable: self.comparable(ty),
            methods: Vec::new(),
            native_words: Vec::new(),
        };
        self.entries.push(placeholder);
        self.ids.push(ty);
        let layout = self.layout(ty);
        let mut native_words = Vec::new();
        self.native_words(ty, 0, &mut native_words);
        let kind = self.kind(ty);
        let entry = &mut self.entries[usize::from(at)];
        entry.layout = layout;
        entry.native_words = native_words;
        entry.kind = kind;
        at
    }

    fn kind(&mut self, ty: TypeId) -> Kind {
        match self.types.under(ty) {
            Type::Basic(basic) => basic_kind(basic),
            Type::Pointer(to) => Kind::Pointer(self.index(to)),
            Type::Slice(of) => Kind::Slice(self.index(of)),
            Type::Array(element, length) => Kind::Array {
                element: self.index(element),
                length: length.clamp(0, i64::from(u32::MAX)) as u32,
            },
            Type::Map(key, value) => Kind::Map {
                key: self.index(key),
                value: self.index(value),
            },
            Type::Chan(direction, element) => Kind::Channel {
                element: self.index(element),
                direction: match direction {
                    ChanDir::Both => ChannelDirection::Both,
                    ChanDir::Send => ChannelDirection::SendOnly,
                    ChanDir::Receive => ChannelDirection::ReceiveOnly,
                },
            },
            Type::Signature(_) => Kind::Function,
            Type::Interface(_) => Kind::Interface,
            Type::Struct(fields) => {
                let mut offset = 0u32;
                let mut list = Vec::with_capacity(fields.len());
                for field in fields.iter() {
                    let at = offset;
                    offset = offset.saturating_add(self.words(field.typ));
                    list.push(Field {
                        name: field.name.clone(),
                        ty: self.index(field.typ),
                        offset: at,
                        embedded: field.embedded,
                        exported: is_exported(&field.name),
                        tag: field.tag.clone(),
                    });
                }
                Kind::Struct(list)
            }
            _ => Kind::Invalid,
        }
    }

    // ---- layout --------------------------------------------------------------------------

    /// The layout of a heap object holding one value of a type.
    pub fn layout(&mut self, ty: TypeId) -> Layout {
        let words = self.words(ty);
        if let Type::Array(element, length) = self.types.under(ty) {
            let inner = self.layout(element);
            let count = u64::from(inner.count).saturating_mul(length.max(0) as u64);
            return Layout {
                count: self.clamp(count),
                ..inner
            };
        }
        let mut classes = Vec::new();
        if !self.is_scalar(ty) {
            if u64::from(words) > MAX_FLAT_WORDS {
                self.overflow = true;
            } else {
                self.classes(ty, &mut classes);
            }
        }
        Layout {
            unit: classes.into(),
            unit_words: words,
            count: 1,
        }
    }

    /// Whether no word of a type can be a reference.
    fn is_scalar(&mut self, ty: TypeId) -> bool {
        match self.types.under(ty) {
            Type::Basic(basic) => {
                !basic.is_string() && basic != Basic::UnsafePointer && basic != Basic::UntypedNil
            }
            Type::Array(element, length) => length == 0 || self.is_scalar(element),
            Type::Struct(fields) => fields.iter().all(|field| self.is_scalar(field.typ)),
            _ => false,
        }
    }

    /// Appends the classes of a type's words.
    pub fn classes(&mut self, ty: TypeId, out: &mut Vec<WordClass>) {
        use WordClass::{Payload, Reference, Scalar};
        match self.types.under(ty) {
            Type::Basic(basic) if basic.is_string() => out.extend([Reference, Scalar]),
            Type::Basic(basic) if basic.is_complex() => out.extend([Scalar, Scalar]),
            Type::Basic(Basic::UnsafePointer | Basic::UntypedNil) => out.push(Reference),
            Type::Basic(_) => out.push(Scalar),
            Type::Slice(_) => out.extend([Reference, Scalar, Scalar]),
            Type::Interface(_) => out.extend([Scalar, Payload]),
            Type::Array(element, length) => {
                if u64::from(self.words(ty)) > MAX_FLAT_WORDS {
                    self.overflow = true;
                    return;
                }
                for _ in 0..length {
                    self.classes(element, out);
                }
            }
            Type::Struct(fields) => {
                for field in fields.iter() {
                    self.classes(field.typ, out);
                }
            }
            _ => out.push(Reference),
        }
    }

    fn native_words(&mut self, ty: TypeId, offset: u32, out: &mut Vec<u32>) {
        match self.types.under(ty) {
            Type::Array(element, length) => {
                let before = out.len();
                self.native_words(element, offset, out);
                let first: Vec<u32> = out[before..].to_vec();
                if first.is_empty() || length > i64::from(u16::MAX) {
                    return;
                }
                let width = self.words(element);
                for copy in 1..length.max(1) as u32 {
                    out.extend(
                        first
                            .iter()
                            .map(|word| word.saturating_add(copy.saturating_mul(width))),
                    );
                }
                if length == 0 {
                    out.truncate(before);
                }
            }
            Type::Struct(fields) => {
                let mut at = offset;
                for field in fields.iter() {
                    if &*field.name == "native"
                        && &*self.types.package(field.package).path != "main"
                    {
                        out.push(at);
                    } else {
                        self.native_words(field.typ, at, out);
                    }
                    at = at.saturating_add(self.words(field.typ));
                }
            }
            _ => {}
        }
    }

    /// Whether copies of the type need `CloneNatives`.
    pub fn has_natives(&mut self, ty: TypeId) -> bool {
        match self.types.under(ty) {
            Type::Array(element, length) => length > 0 && self.has_natives(element),
            Type::Struct(fields) => fields.iter().any(|field| {
                (&*field.name == "native" && &*self.types.package(field.package).path != "main")
                    || self.has_natives(field.typ)
            }),
            _ => false,
        }
    }

    /// Whether `==` is defined for a type (dynamic values of interfaces apart).
    pub fn comparable(&self, ty: TypeId) -> bool {
        match self.types.under(ty) {
            Type::Slice(_) | Type::Map(..) | Type::Signature(_) => false,
            Type::Array(element, _) => self.comparable(element),
            Type::Struct(fields) => fields.iter().all(|field| self.comparable(field.typ)),
            _ => true,
        }
    }

    // ---- names ---------------------------------------------------------------------------

    /// A type as `%T` prints it.
    pub fn name(&self, ty: TypeId) -> String {
        let mut out = String::new();
        self.write_name(ty, false, &mut out);
        out
    }

    fn write_list(&self, list: &[TypeId], separator: &str, variadic: bool, out: &mut String) {
        for (at, &ty) in list.iter().enumerate() {
            if at > 0 {
                out.push_str(separator);
            }
            match self.types.get(ty) {
                Type::Slice(of) if variadic && at + 1 == list.len() => {
                    out.push_str("...");
                    self.write_name(of, false, out);
                }
                _ => self.write_name(ty, false, out),
            }
        }
    }

    fn write_declared(
        &self,
        declared: DeclaredId,
        args: &[TypeId],
        by_path: bool,
        out: &mut String,
    ) {
        let (name, package, implicit) = {
            let declared = self.types.declared(declared);
            (declared.name.clone(), declared.package, declared.implicit)
        };
        if package != PackageId::UNIVERSE {
            let package = self.types.package(package);
            out.push_str(if by_path {
                &package.path
            } else {
                &package.name
            });
            out.push('.');
        }
        out.push_str(&name);
        let args = args.get(implicit..).unwrap_or(&[]);
        if !args.is_empty() {
            out.push('[');
            for (at, &ty) in args.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                self.write_name(ty, true, out);
            }
            out.push(']');
        }
    }

    /// Appends a type's name; types in brackets are qualified by path.
    fn write_name(&self, ty: TypeId, by_path: bool, out: &mut String) {
        match self.types.get(ty) {
            Type::Basic(basic) => out.push_str(basic.name()),
            Type::Named(declared, args) => self.write_declared(declared, &args, by_path, out),
            Type::Pointer(to) => {
                out.push('*');
                self.write_name(to, by_path, out);
            }
            Type::Slice(of) => {
                out.push_str("[]");
                self.write_name(of, by_path, out);
            }
            Type::Array(of, length) => {
                out.push('[');
                out.push_str(&length.to_string());
                out.push(']');
                self.write_name(of, by_path, out);
            }
            Type::Map(key, value) => {
                out.push_str("map[");
                self.write_name(key, by_path, out);
                out.push(']');
                self.write_name(value, by_path, out);
            }
            Type::Chan(direction, of) => {
                out.push_str(match direction {
                    ChanDir::Both => "chan ",
                    ChanDir::Send => "chan<- ",
                    ChanDir::Receive => "<-chan ",
                });
                let inner = matches!(self.types.get(of), Type::Chan(ChanDir::Receive, _));
                if inner && direction != ChanDir::Receive {
                    out.push('(');
                    self.write_name(of, by_path, out);
                    out.push(')');
                } else {
                    self.write_name(of, by_path, out);
                }
            }
            Type::Signature(_) => {
                out.push_str("func");
                self.write_signature(ty, out);
            }
            Type::Struct(fields) => {
                out.push_str("struct {");
                for (at, field) in fields.iter().enumerate() {
                    out.push_str(if at > 0 { "; " } else { " " });
                    if !field.embedded {
                        out.push_str(&field.name);
                        out.push(' ');
                    }
                    self.write_name(field.typ, by_path, out);
                    if !field.tag.is_empty() {
                        out.push_str(" \"");
                        out.extend(field.tag.chars().flat_map(char::escape_default));
                        out.push('"');
                    }
                }
                out.push_str(if fields.is_empty() { "}" } else { " }" });
            }
            Type::Interface(interface) => {
                out.push_str("interface {");
                for (at, method) in interface.methods.iter().enumerate() {
                    out.push_str(if at > 0 { "; " } else { " " });
                    if !is_exported(&method.name) {
                        out.push_str(&self.types.package(method.package).name);
                        out.push('.');
                    }
                    out.push_str(&method.name);
                    self.write_signature(method.signature, out);
                }
                out.push_str(if interface.methods.is_empty() {
                    "}"
                } else {
                    " }"
                });
            }
            Type::Tuple(parts) => {
                out.push('(');
                self.write_list(&parts, ", ", false, out);
                out.push(')');
            }
            _ => out.push('?'),
        }
    }

    fn write_signature(&self, ty: TypeId, out: &mut String) {
        let Type::Signature(signature) = self.types.get(ty) else {
            return;
        };
        out.push('(');
        self.write_list(&signature.params, ", ", signature.variadic, out);
        out.push(')');
        match &*signature.results {
            [] => {}
            [one] => {
                out.push(' ');
                self.write_name(*one, false, out);
            }
            several => {
                out.push_str(" (");
                self.write_list(several, ", ", false, out);
                out.push(')');
            }
        }
    }
}

fn basic_kind(basic: Basic) -> Kind {
    match basic {
        Basic::Bool | Basic::UntypedBool => Kind::Bool,
        Basic::Int | Basic::UntypedInt => Kind::Int,
        Basic::Int8 => Kind::Int8,
        Basic::Int16 => Kind::Int16,
        Basic::Int32 | Basic::UntypedRune => Kind::Int32,
        Basic::Int64 => Kind::Int64,
        Basic::Uint => Kind::Uint,
        Basic::Uint8 => Kind::Uint8,
        Basic::Uint16 => Kind::Uint16,
        Basic::Uint32 => Kind::Uint32,
        Basic::Uint64 => Kind::Uint64,
        Basic::Uintptr => Kind::Uintptr,
        Basic::Float32 => Kind::Float32,
        Basic::Float64 | Basic::UntypedFloat => Kind::Float64,
        Basic::Complex64 => Kind::Complex64,
        Basic::Complex128 | Basic::UntypedComplex => Kind::Complex128,
        Basic::String | Basic::UntypedString => Kind::String,
        Basic::UnsafePointer | Basic::UntypedNil => Kind::UnsafePointer,
        Basic::Invalid => Kind::Invalid,
    }
}
