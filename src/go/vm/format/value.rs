//! Values of any type.

use std::cmp::Ordering;

use super::super::heap::{Word, handle, offset};
use super::{Method, Needed, Printer, Value};
use crate::go::compile::bytecode::TypeIndex;
use crate::go::compile::layout::Kind;

/// Pointers nest no deeper than this: a cyclic value that is not reached through a pointer at the top
/// would otherwise never end.
const MOST_DEPTH: usize = 100;

impl Printer<'_> {
    /// One operand.
    pub(super) fn argument(&mut self, operand: &[Word; 2], verb: char) {
        let core = self.core;
        if operand[0] == 0 {
            match verb {
                'T' | 'v' => self.pad(b"<nil>"),
                _ => self.bad_verb(None, verb),
            }
            return;
        }
        let ty = operand[0] as TypeIndex;
        match verb {
            'T' => {
                let name = core.type_of(operand[0]).name.clone();
                self.string_verb(name.as_bytes(), 's');
            }
            'p' => {
                let value = Value {
                    ty,
                    words: core.shapes.payload(&core.heap, operand[0], &operand[1]),
                };
                self.pointer(value, 'p');
            }
            _ => {
                let payload = operand[1];
                let value = Value {
                    ty,
                    words: core.shapes.payload(&core.heap, operand[0], &payload),
                };
                if !self.method(value, verb) {
                    self.value(value, verb, 0);
                }
            }
        }
    }

    fn bad_verb(&mut self, value: Option<Value<'_>>, verb: char) {
        self.erroring = true;
        self.push("%!");
        self.push(verb.encode_utf8(&mut [0; 4]));
        self.out.push(b'(');
        match value {
            Some(value) => {
                let name = self.core.program.types[usize::from(value.ty)].name.clone();
                self.push(&name);
                self.out.push(b'=');
                self.value(value, 'v', 0);
            }
            None => self.push("<nil>"),
        }
        self.out.push(b')');
        self.erroring = false;
    }

    /// Lets a method of the value speak for it; whether there is one.
    fn method(&mut self, value: Value<'_>, verb: char) -> bool {
        if self.erroring || !self.methods {
            return false;
        }
        // `%w` outside of Errorf.
        if verb == 'w' {
            self.bad_verb(Some(value), verb);
            return true;
        }
        let wanted = self
            .core
            .packages
            .method_names
            .of(&self.core.program, value.ty);
        let speaks = matches!(verb, 'v' | 's' | 'x' | 'X' | 'q');
        let method = if wanted.format {
            Method::Format
        } else if self.flags.sharp_v {
            if !wanted.go_string {
                return false;
            }
            Method::GoString
        } else if speaks && wanted.error {
            Method::Error
        } else if speaks && wanted.string {
            Method::String
        } else {
            return false;
        };
        let index = self.asked;
        self.asked += 1;
        let answers = self.answers;
        match answers.get(index) {
            Some(answer) if answer.raw => self.out.extend_from_slice(&answer.text),
            Some(answer) if method == Method::GoString => {
                self.string_verb(&answer.text, 's');
            }
            Some(answer) => {
                self.string_verb(&answer.text, verb);
            }
            None => {
                let width = self.core.shapes.get(Word::from(value.ty)).width as usize;
                let words = value.words[..width].into();
                self.needed.push(Needed {
                    ty: value.ty,
                    words,
                    method,
                    verb,
                    flags: self.flags,
                });
            }
        }
        true
    }

    /// A value; `depth` is 0 for an operand itself.
    pub(super) fn value(&mut self, value: Value<'_>, verb: char, depth: usize) {
        self.nested(value, verb, depth, false);
    }

    /// A value within another; `closed` if the way to it leads through an unexported field.
    fn nested(&mut self, value: Value<'_>, verb: char, depth: usize, closed: bool) {
        if self.out.len() > self.limit {
            return;
        }
        let core = self.core;
        if depth > 0 && !closed && self.methods && self.method(value, verb) {
            return;
        }
        let words = value.words;
        let float = |at: usize| f64::from_bits(words[at]);
        let good = match &core.program.types[usize::from(value.ty)].kind {
            Kind::Bool => match verb {
                't' | 'v' => {
                    self.pad(if words[0] != 0 { b"true" } else { b"false" });
                    true
                }
                _ => false,
            },
            Kind::Int | Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64 => {
                self.integer_verb(words[0], true, verb)
            }
            Kind::Uint
            | Kind::Uint8
            | Kind::Uint16
            | Kind::Uint32
            | Kind::Uint64
            | Kind::Uintptr => self.integer_verb(words[0], false, verb),
            Kind::Float32 => self.float_verb(float(0), 32, verb),
            Kind::Float64 => self.float_verb(float(0), 64, verb),
            Kind::Complex64 => self.complex_verb(float(0), float(1), 32, verb),
            Kind::Complex128 => self.complex_verb(float(0), float(1), 64, verb),
            Kind::String => {
                self.visit(words[0]);
                let text = core.heap.string(words[0], words[1]);
                self.string_verb(text, verb)
            }
            Kind::Map {
                key,
                value: element,
            } => {
                self.map(value, *key, *element, verb, depth, closed);
                true
            }
            Kind::Struct(_) => {
                self.structure(value, verb, depth, closed);
                true
            }
            Kind::Interface => {
                self.interface(value, verb, depth, closed);
                true
            }
            Kind::Slice(element) => {
                self.visit(words[0]);
                let width = core.program.types[usize::from(*element)].words as usize;
                let count = self.bounded(words[1] as usize);
                let elements = core.heap.slice(words[0], count * width);
                self.sequence(
                    value,
                    *element,
                    count,
                    elements,
                    words[0] == 0,
                    verb,
                    depth,
                    closed,
                );
                true
            }
            Kind::Array { element, length } => {
                let count = self.bounded(*length as usize);
                self.sequence(value, *element, count, words, false, verb, depth, closed);
                true
            }
            Kind::Pointer(target) => {
                self.target(value, *target, verb, depth, closed);
                true
            }
            Kind::Channel { .. } | Kind::Function | Kind::UnsafePointer => {
                self.pointer(value, verb);
                true
            }
            Kind::Invalid => {
                self.push("<invalid reflect.Value>");
                true
            }
        };
        if !good {
            self.bad_verb(Some(value), verb);
        }
    }

    /// The recorder shows no more elements than fit.
    fn bounded(&self, count: usize) -> usize {
        if self.limit == usize::MAX {
            count
        } else {
            count.min(self.limit)
        }
    }

    fn visit(&self, pointer: Word) {
        if let Some(visits) = &self.visits
            && handle(pointer) != 0
        {
            let mut visits = visits.borrow_mut();
            let most = visits.1;
            if visits.0.len() < most && !visits.0.contains(&handle(pointer)) {
                visits.0.push(handle(pointer));
            }
        }
    }

    fn type_name(&mut self, ty: TypeIndex) {
        let name = self.core.program.types[usize::from(ty)].name.clone();
        self.push(&name);
    }

    fn target(
        &mut self,
        value: Value<'_>,
        target: TypeIndex,
        verb: char,
        depth: usize,
        closed: bool,
    ) {
        let core = self.core;
        let at = value.words[0];
        let kind = &core.program.types[usize::from(target)].kind;
        // The recorder begins at depth 1 and looks through one pointer, too.
        let top = if self.methods { 0 } else { 1 };
        if depth <= top
            && at != 0
            && matches!(
                kind,
                Kind::Array { .. } | Kind::Slice(_) | Kind::Struct(_) | Kind::Map { .. }
            )
        {
            self.visit(at);
            let width = core.program.types[usize::from(target)].words as usize;
            self.out.push(b'&');
            let words = core.heap.slice(at, width);
            self.nested(Value { ty: target, words }, verb, depth + 1, closed);
            return;
        }
        self.pointer(value, verb);
    }

    fn structure(&mut self, value: Value<'_>, verb: char, depth: usize, closed: bool) {
        let core = self.core;
        let Kind::Struct(fields) = &core.program.types[usize::from(value.ty)].kind else {
            return;
        };
        if self.flags.sharp_v {
            self.type_name(value.ty);
        }
        self.out.push(b'{');
        let mut first = true;
        for field in fields {
            // The recorder shows locks and their like as objects of their own.
            let package = &core.program.types[usize::from(field.ty)].package;
            if !self.methods && matches!(&**package, "sync" | "sync/atomic") {
                continue;
            }
            if !std::mem::take(&mut first) {
                self.push(if self.flags.sharp_v { ", " } else { " " });
            }
            if self.flags.plus_v || self.flags.sharp_v {
                self.push(&field.name);
                self.out.push(b':');
            }
            let words = &value.words[field.offset as usize..];
            let closed = closed || !field.exported;
            let inner = Value {
                ty: field.ty,
                words,
            };
            self.nested(inner, verb, depth + 1, closed);
        }
        self.out.push(b'}');
    }

    fn interface(&mut self, value: Value<'_>, verb: char, depth: usize, closed: bool) {
        let core = self.core;
        let (ty, payload) = (value.words[0], value.words[1]);
        if ty == 0 {
            if self.flags.sharp_v {
                self.type_name(value.ty);
                self.push("(nil)");
            } else {
                self.push("<nil>");
            }
            return;
        }
        if depth > MOST_DEPTH {
            self.push("...");
            return;
        }
        if core.shapes.get(ty).width > 1 {
            self.visit(payload);
        }
        let words = core.shapes.payload(&core.heap, ty, &payload);
        self.nested(
            Value {
                ty: ty as TypeIndex,
                words,
            },
            verb,
            depth + 1,
            closed,
        );
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "slices and arrays share one way of printing"
    )]
    fn sequence(
        &mut self,
        value: Value<'_>,
        element: TypeIndex,
        count: usize,
        words: &[Word],
        nil: bool,
        verb: char,
        depth: usize,
        closed: bool,
    ) {
        let core = self.core;
        let info = &core.program.types[usize::from(element)];
        if info.kind == Kind::Uint8 && matches!(verb, 's' | 'q' | 'x' | 'X') {
            let bytes: Vec<u8> = words[..count].iter().map(|&word| word as u8).collect();
            self.string_verb(&bytes, verb);
            return;
        }
        let sharp = self.flags.sharp_v;
        if sharp {
            self.type_name(value.ty);
            if nil {
                self.push("(nil)");
                return;
            }
        }
        self.out.push(if sharp { b'{' } else { b'[' });
        let width = info.words as usize;
        for index in 0..count {
            if index > 0 {
                self.push(if sharp { ", " } else { " " });
            }
            if self.out.len() > self.limit {
                break;
            }
            let inner = Value {
                ty: element,
                words: &words[index * width..(index + 1) * width],
            };
            self.nested(inner, verb, depth + 1, closed);
        }
        self.out.push(if sharp { b'}' } else { b']' });
    }

    fn map(
        &mut self,
        value: Value<'_>,
        key: TypeIndex,
        element: TypeIndex,
        verb: char,
        depth: usize,
        closed: bool,
    ) {
        let core = self.core;
        let sharp = self.flags.sharp_v;
        if sharp {
            self.type_name(value.ty);
            if value.words[0] == 0 {
                self.push("(nil)");
                return;
            }
            self.out.push(b'{');
        } else {
            self.push("map[");
        }
        self.visit(value.words[0]);
        if let Some(map) = core.heap.map(value.words[0]) {
            let mut entries: Vec<usize> = map.entries().collect();
            // A large map's beginning is enough for the recorder, and sorting all of it would be slow.
            entries.truncate(self.bounded(entries.len()));
            entries.sort_by(|&a, &b| self.compare(key, map.key(a), map.key(b)));
            for (index, &entry) in entries.iter().enumerate() {
                if index > 0 {
                    self.push(if sharp { ", " } else { " " });
                }
                self.nested(
                    Value {
                        ty: key,
                        words: map.key(entry),
                    },
                    verb,
                    depth + 1,
                    closed,
                );
                self.out.push(b':');
                self.nested(
                    Value {
                        ty: element,
                        words: map.value(entry),
                    },
                    verb,
                    depth + 1,
                    closed,
                );
            }
        }
        self.out.push(if sharp { b'}' } else { b']' });
    }

    /// The order in which map keys are printed.
    fn compare(&self, ty: TypeIndex, a: &[Word], b: &[Word]) -> Ordering {
        let core = self.core;
        let float = |word: Word| f64::from_bits(word);
        let floats = |a: f64, b: f64| match (a.is_nan(), b.is_nan()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            _ => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
        };
        match &core.program.types[usize::from(ty)].kind {
            Kind::Int | Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64 => {
                (a[0] as i64).cmp(&(b[0] as i64))
            }
            Kind::Float32 | Kind::Float64 => floats(float(a[0]), float(b[0])),
            Kind::Complex64 | Kind::Complex128 => {
                floats(float(a[0]), float(b[0])).then_with(|| floats(float(a[1]), float(b[1])))
            }
            Kind::String => core
                .heap
                .string(a[0], a[1])
                .cmp(core.heap.string(b[0], b[1])),
            Kind::Struct(fields) => fields
                .iter()
                .map(|field| {
                    self.compare(
                        field.ty,
                        &a[field.offset as usize..],
                        &b[field.offset as usize..],
                    )
                })
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal),
            Kind::Array { element, length } => {
                let width = core.program.types[usize::from(*element)].words as usize;
                (0..*length as usize)
                    .map(|index| self.compare(*element, &a[index * width..], &b[index * width..]))
                    .find(|order| order.is_ne())
                    .unwrap_or(Ordering::Equal)
            }
            Kind::Interface => a[0].cmp(&b[0]).then_with(|| {
                if a[0] == 0 {
                    return Ordering::Equal;
                }
                let left = core.shapes.payload(&core.heap, a[0], &a[1]);
                let right = core.shapes.payload(&core.heap, b[0], &b[1]);
                self.compare(a[0] as TypeIndex, left, right)
            }),
            _ => a.cmp(b),
        }
    }

    /// Anything shown by its address.
    fn pointer(&mut self, value: Value<'_>, verb: char) {
        let info = &self.core.program.types[usize::from(value.ty)];
        let pointing = matches!(
            info.kind,
            Kind::Pointer(_)
                | Kind::Slice(_)
                | Kind::Map { .. }
                | Kind::Channel { .. }
                | Kind::Function
                | Kind::UnsafePointer
        );
        if !pointing {
            self.bad_verb(Some(value), verb);
            return;
        }
        let address = address(value.words[0]);
        match verb {
            'v' if self.flags.sharp_v => {
                self.out.push(b'(');
                self.type_name(value.ty);
                self.push(")(");
                if address == 0 {
                    self.push("nil");
                } else {
                    self.hexadecimal(address, true);
                }
                self.out.push(b')');
            }
            'v' if address == 0 => self.pad(b"<nil>"),
            'v' | 'p' => {
                let prefix = !self.flags.sharp;
                self.hexadecimal(address, prefix);
            }
            'b' | 'o' | 'd' | 'x' | 'X' => {
                self.integer_verb(address, false, verb);
            }
            _ => self.bad_verb(Some(value), verb),
        }
    }
}

/// The address that a pointer word is shown as: plausible, and the same in every run.
pub fn address(pointer: Word) -> u64 {
    if pointer == 0 {
        return 0;
    }
    0xc0_0000_0000 + u64::from(handle(pointer)) * 0x40 + offset(pointer) as u64 * 8
}
