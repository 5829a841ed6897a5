//! The predeclared functions.

use super::bytecode::{Instruction, Reg};
use super::call::CallKind;
use super::emit::after;
use super::function::FunctionCompiler;
use super::place::Place;
use super::program::{FunctionKind, NativeUse};
use crate::go::syntax::ast::{BinaryOp, Call, Expr};
use crate::go::types::info::Mode;
use crate::go::types::object::Builtin;
use crate::go::types::{Type, TypeId};

impl<'a> FunctionCompiler<'_, 'a> {
    /// Whether a call is `append(...)`.
    pub fn is_append(&self, call: &Call) -> bool {
        self.unit.info.of(call.func.unparen().id).mode == Mode::Builtin(Builtin::Append)
    }

    /// Evaluates a call of a predeclared function.
    pub fn builtin(
        &mut self,
        builtin: Builtin,
        expr: &'a Expr,
        call: &'a Call,
        dst: Option<Reg>,
    ) -> Reg {
        let ty = self.type_of(expr);
        let args = &call.args;
        match builtin {
            Builtin::Len | Builtin::Cap => self.length(builtin, &args[0], dst),
            Builtin::Append => self.append(call, ty, dst),
            Builtin::Make => self.make(args, ty, dst),
            Builtin::New => self.new_object(args, ty, dst),
            Builtin::Copy => self.copy(args, dst),
            Builtin::Min | Builtin::Max => self.extremum(builtin, args, ty, dst),
            Builtin::Complex => self.make_complex(args, ty, dst),
            Builtin::Real | Builtin::Imag => self.complex_part(builtin, &args[0], dst),
            Builtin::Recover => {
                let dst = dst.unwrap_or_else(|| self.e.take(2));
                self.e.emit(Instruction::Recover { dst });
                dst
            }
            Builtin::Close
            | Builtin::Delete
            | Builtin::Clear
            | Builtin::Panic
            | Builtin::Print
            | Builtin::Println => {
                self.effect(builtin, args);
                dst.unwrap_or(0)
            }
            _ => self.unsafe_builtin(builtin, args, ty, dst),
        }
    }

    fn length(&mut self, builtin: Builtin, arg: &'a Expr, dst: Option<Reg>) -> Reg {
        let ty = self.type_of(arg);
        let under = match self.under(ty) {
            Type::Pointer(to) => self.under(to),
            other => other,
        };
        let mark = self.e.mark();
        match under {
            Type::Array(_, length) => {
                self.expr(arg, None);
                self.e.release(mark);
                let dst = dst.unwrap_or_else(|| self.e.take(1));
                self.load_int(dst, length);
                dst
            }
            Type::Map(..) | Type::Chan(..) => {
                let src = self.expr(arg, None);
                self.e.release(mark);
                let dst = dst.unwrap_or_else(|| self.e.take(1));
                self.e.emit(match (under, builtin) {
                    (Type::Map(..), _) => Instruction::MapLen { dst, map: src },
                    (_, Builtin::Len) => Instruction::ChannelLen { dst, channel: src },
                    _ => Instruction::ChannelCap { dst, channel: src },
                });
                dst
            }
            // A slice's or string's length is one of its words.
            _ => {
                let word = if builtin == Builtin::Cap { 2 } else { 1 };
                let part = match self.place(arg) {
                    element @ Place::MapElement { .. } => {
                        let words = self.words(ty);
                        let at = self.load(element, words, None);
                        Place::Register(after(at, word))
                    }
                    place => self.part(place, word),
                };
                match (part, dst) {
                    (Place::Register(register), None) => register,
                    (part, dst) => {
                        let at = self.load(part, 1, dst);
                        if dst.is_some() {
                            self.e.release(mark);
                        }
                        at
                    }
                }
            }
        }
    }

    // ---- append and copy -----------------------------------------------------------------

    fn append(&mut self, call: &'a Call, ty: TypeId, dst: Option<Reg>) -> Reg {
        let Type::Slice(element) = self.under(ty) else {
            return dst.unwrap_or(0);
        };
        let element_words = self.words(element);
        let slice = dst.unwrap_or_else(|| self.e.take(3));
        let mark = self.e.mark();
        self.expr_as(&call.args[0], ty, Some(slice));
        self.e.release(mark);
        let index = self.type_index(element);
        let values = &call.args[1..];
        if call.spread.is_some() {
            let other = &values[0];
            let from = self.default_type(self.type_of(other));
            if matches!(self.under(from), Type::Basic(basic) if basic.is_string()) {
                let string = self.expr_as(other, from, None);
                self.e.emit(Instruction::AppendString {
                    slice,
                    string,
                    element: index,
                });
            } else {
                let other = self.expr_as(other, ty, None);
                self.e.emit(Instruction::AppendSlice {
                    slice,
                    other,
                    element: index,
                });
            }
            self.e.release(mark);
            return slice;
        }
        match values {
            [] => {}
            [one] => {
                let value = self.expr_as(one, element, None);
                let value = self.own_natives(value, element, mark);
                self.e.emit(Instruction::Append {
                    count: 1,
                    slice,
                    values: value,
                    element: index,
                });
            }
            several if several.len() <= 255 => {
                let first = self.e.take(element_words * several.len() as u32);
                for (at, value) in several.iter().enumerate() {
                    self.expr_as(
                        value,
                        element,
                        Some(after(first, at as u32 * element_words)),
                    );
                }
                let count = several.len() as u8;
                self.e.emit(Instruction::Append {
                    count,
                    slice,
                    values: first,
                    element: index,
                });
            }
            many => {
                let other = self.e.take(3);
                self.new_array(element, many.len(), other);
                for (at, value) in many.iter().enumerate() {
                    let inner = self.e.mark();
                    let value = self.expr_as(value, element, None);
                    self.store_memory(other, at as u32 * element_words, value, element_words);
                    self.e.release(inner);
                }
                self.e.emit(Instruction::AppendSlice {
                    slice,
                    other,
                    element: index,
                });
            }
        }
        self.e.release(mark);
        slice
    }

    fn copy(&mut self, args: &'a [Expr], dst: Option<Reg>) -> Reg {
        let to = self.type_of(&args[0]);
        let from = self.default_type(self.type_of(&args[1]));
        let mark = self.e.mark();
        let window = self.e.take(6);
        self.expr_as(&args[0], to, Some(window));
        self.expr_as(&args[1], from, Some(window + 3));
        self.emit_copy(window, to, from);
        self.e.release(mark);
        match dst {
            Some(dst) => {
                self.e.move_words(dst, window, 1);
                dst
            }
            None => self.e.take(1),
        }
    }

    fn emit_copy(&mut self, window: Reg, to: TypeId, from: TypeId) {
        match (self.under(to), self.under(from)) {
            (_, Type::Basic(_)) => self.e.emit(Instruction::CopyString { window }),
            (Type::Slice(element), _) => {
                let width = self.words(element);
                let width = self.narrow(width);
                self.e.emit(Instruction::Copy { window, width });
            }
            _ => {}
        }
    }

    /// A width that must fit an operand.
    pub fn narrow(&mut self, words: u32) -> u16 {
        u16::try_from(words).unwrap_or_else(|_| {
            self.unit
                .report(self.e.span, "element type too large for Lockstep");
            0
        })
    }

    // ---- make and new --------------------------------------------------------------------

    fn make(&mut self, args: &'a [Expr], ty: TypeId, dst: Option<Reg>) -> Reg {
        let name = self.bound_name.take();
        let words = self.words(ty);
        let dst = dst.unwrap_or_else(|| self.e.take(words));
        let mark = self.e.mark();
        match self.under(ty) {
            Type::Slice(element) => {
                let sizes = self.e.take(2);
                self.size(&args[1], sizes);
                match args.get(2) {
                    Some(capacity) => self.size(capacity, sizes + 1),
                    None => self.e.move_words(sizes + 1, sizes, 1),
                }
                let element = self.type_index(element);
                self.e.emit(Instruction::MakeSlice {
                    dst,
                    sizes,
                    element,
                });
            }
            Type::Map(..) => {
                // The size is only a hint, but it is evaluated.
                if let Some(hint) = args.get(1) {
                    self.expr(hint, None);
                }
                let ty = self.type_index(ty);
                self.bind_name(&name);
                self.e.emit(Instruction::MakeMap { dst, ty });
            }
            _ => {
                let size = self.e.take(1);
                match args.get(1) {
                    Some(arg) => self.size(arg, size),
                    None => self.load_int(size, 0),
                }
                let ty = self.type_index(ty);
                self.bind_name(&name);
                self.e.emit(Instruction::MakeChannel { dst, size, ty });
            }
        }
        self.e.release(mark);
        dst
    }

    fn bind_name(&mut self, name: &Option<std::rc::Rc<str>>) {
        if let Some(name) = name {
            self.e.binding(name);
        }
    }

    /// A size as an `int` word; constants may be written as floats.
    fn size(&mut self, arg: &'a Expr, dst: Reg) {
        match self.unit.info.constant(arg.id).cloned() {
            Some(constant) => {
                self.constant(&constant, TypeId::INT, Some(dst));
            }
            None => {
                self.expr(arg, Some(dst));
            }
        }
    }

    fn new_object(&mut self, args: &'a [Expr], ty: TypeId, dst: Option<Reg>) -> Reg {
        let name = self.bound_name.take();
        let Type::Pointer(to) = self.under(ty) else {
            return dst.unwrap_or(0);
        };
        let dst = dst.unwrap_or_else(|| self.e.take(1));
        let is_type = args
            .first()
            .is_none_or(|arg| self.unit.info.of(arg.id).mode == Mode::Type);
        if is_type {
            self.bind_name(&name);
            self.new_cell(dst, to);
            return dst;
        }
        // new(value), as of Go 1.26.
        let mark = self.e.mark();
        let words = self.words(to);
        let value = self.expr_as(&args[0], to, None);
        let cell = self.e.take(1);
        self.new_cell(cell, to);
        self.store_memory(cell, 0, value, words);
        self.e.move_words(dst, cell, 1);
        self.e.release(mark);
        dst
    }

    // ---- min, max, complex ---------------------------------------------------------------

    fn extremum(
        &mut self,
        builtin: Builtin,
        args: &'a [Expr],
        ty: TypeId,
        dst: Option<Reg>,
    ) -> Reg {
        let words = self.words(ty);
        let mark = self.e.mark();
        let best = self.e.take(words);
        self.expr_as(&args[0], ty, Some(best));
        let is_float = matches!(self.under(ty), Type::Basic(basic) if basic.is_float());
        for arg in &args[1..] {
            let inner = self.e.mark();
            let other = self.expr_as(arg, ty, None);
            if is_float {
                self.e.emit(match builtin {
                    Builtin::Min => Instruction::MinFloat {
                        dst: best,
                        a: best,
                        b: other,
                    },
                    _ => Instruction::MaxFloat {
                        dst: best,
                        a: best,
                        b: other,
                    },
                });
            } else {
                let skip = self.e.label();
                let condition = self.e.take(1);
                let (a, b) = if builtin == Builtin::Min {
                    (other, best)
                } else {
                    (best, other)
                };
                self.compare(BinaryOp::Less, ty, condition, a, b);
                self.e.jump(
                    Instruction::JumpIfNot {
                        condition,
                        offset: 0,
                    },
                    skip,
                );
                self.e.move_words(best, other, words);
                self.e.bind(skip);
            }
            self.e.release(inner);
        }
        self.e.release(mark);
        match dst {
            Some(dst) => {
                self.e.move_words(dst, best, words);
                dst
            }
            None => self.e.take(words),
        }
    }

    fn make_complex(&mut self, args: &'a [Expr], ty: TypeId, dst: Option<Reg>) -> Reg {
        let part = match self.under(ty) {
            Type::Basic(crate::go::types::Basic::Complex64) => {
                crate::go::types::Basic::Float32.id()
            }
            _ => TypeId::FLOAT64,
        };
        let mark = self.e.mark();
        let at = self.e.take(2);
        self.expr_as(&args[0], part, Some(at));
        self.expr_as(&args[1], part, Some(at + 1));
        self.e.release(mark);
        match dst {
            Some(dst) => {
                self.e.move_words(dst, at, 2);
                dst
            }
            None => self.e.take(2),
        }
    }

    fn complex_part(&mut self, builtin: Builtin, arg: &'a Expr, dst: Option<Reg>) -> Reg {
        let mark = self.e.mark();
        let ty = self.default_type(self.type_of(arg));
        let at = self.expr_as(arg, ty, None) + Reg::from(builtin == Builtin::Imag);
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(1));
        self.e.move_words(dst, at, 1);
        dst
    }

    // ---- builtins that are statements ----------------------------------------------------

    /// Evaluates the operands of a builtin that is called for its effect.
    fn effect_operands(&mut self, builtin: Builtin, args: &'a [Expr]) -> EffectOperands {
        let types: Vec<TypeId> = args
            .iter()
            .map(|arg| self.default_type(self.type_of(arg)))
            .collect();
        let any = TypeId::EMPTY_INTERFACE;
        match builtin {
            Builtin::Panic => {
                let at = self.e.take(2);
                self.expr_as(&args[0], any, Some(at));
                EffectOperands {
                    at,
                    words: 2,
                    types,
                }
            }
            Builtin::Print | Builtin::Println => {
                let at = self.e.take(3);
                if args.is_empty() {
                    self.e.zero(at, 3);
                } else {
                    self.new_array(any, args.len(), at);
                }
                for (index, arg) in args.iter().enumerate() {
                    let mark = self.e.mark();
                    let value = self.expr_as(arg, any, None);
                    self.store_memory(at, 2 * index as u32, value, 2);
                    self.e.release(mark);
                }
                EffectOperands {
                    at,
                    words: 3,
                    types,
                }
            }
            Builtin::Delete => {
                let key = match self.under(types[0]) {
                    Type::Map(key, _) => key,
                    _ => types[1],
                };
                let words = 1 + self.words(key);
                let at = self.e.take(words);
                self.expr(&args[0], Some(at));
                self.expr_as(&args[1], key, Some(at + 1));
                EffectOperands { at, words, types }
            }
            Builtin::Copy => {
                let at = self.e.take(6);
                self.expr(&args[0], Some(at));
                self.expr_as(&args[1], types[1], Some(at + 3));
                EffectOperands {
                    at,
                    words: 6,
                    types,
                }
            }
            _ => {
                let words = types.first().map_or(0, |&ty| self.words(ty));
                let at = self.e.take(words);
                if let Some(arg) = args.first() {
                    self.expr(arg, Some(at));
                }
                EffectOperands { at, words, types }
            }
        }
    }

    /// Performs a builtin on operands that stand in registers.
    fn perform(
        &mut self,
        builtin: Builtin,
        operands: &EffectOperands,
        channel: Option<crate::trace::Span>,
    ) {
        let at = operands.at;
        match builtin {
            Builtin::Panic => self.e.emit(Instruction::Panic { src: at }),
            Builtin::Print | Builtin::Println => {
                let name = if builtin == Builtin::Print {
                    "builtin.print"
                } else {
                    "builtin.println"
                };
                let native = self.unit.native(NativeUse {
                    name: name.into(),
                    type_arguments: Vec::new(),
                    result_words: 0,
                    parameter_words: 3,
                    receiver_words: 0,
                });
                self.e.emit(Instruction::CallNative { window: at, native });
            }
            Builtin::Delete => self.e.emit(Instruction::MapDelete {
                map: at,
                key: at + 1,
            }),
            Builtin::Copy => self.emit_copy(at, operands.types[0], operands.types[1]),
            Builtin::Close => {
                if let Some(span) = channel {
                    self.e.subject(span);
                }
                self.e.emit(Instruction::Close { channel: at });
            }
            Builtin::Clear => match self.under(operands.types[0]) {
                Type::Map(..) => self.e.emit(Instruction::MapClear { map: at }),
                Type::Slice(element) => {
                    let width = self.words(element);
                    let width = self.narrow(width);
                    self.e.emit(Instruction::ClearSlice { slice: at, width });
                }
                _ => {}
            },
            Builtin::Recover => {
                let dst = self.e.take(2);
                self.e.emit(Instruction::Recover { dst });
            }
            _ => {}
        }
    }

    fn effect(&mut self, builtin: Builtin, args: &'a [Expr]) {
        let mark = self.e.mark();
        let operands = self.effect_operands(builtin, args);
        let channel = args.first().map(|arg| arg.span);
        self.perform(builtin, &operands, channel);
        self.e.release(mark);
    }

    /// `go` or `defer` of a predeclared function: a small function of its own performs it on the
    /// operands that are evaluated now.
    pub fn later_builtin(&mut self, builtin: Builtin, call: &'a Call, kind: CallKind) {
        let mark = self.e.mark();
        let operands = self.effect_operands(builtin, &call.args);
        let index = self.unit.reserve_function();
        let name = format!("{}.{}", self.e.name, format!("{builtin:?}").to_lowercase()).into();
        let span = self.e.span;
        // `defer recover()` and `defer panic(x)` act as the deferred function itself.
        let mut inner = self.inner(name, FunctionKind::Standard, span);
        let at = inner.e.take(operands.words);
        inner.e.parameter_words = operands.words;
        let channel = call.args.first().map(|arg| arg.span);
        inner.perform(
            builtin,
            &EffectOperands {
                at,
                ..operands.clone()
            },
            channel,
        );
        inner.e.emit(Instruction::Return);
        let function = inner.finish();
        self.unit.set_function(index, function);
        self.emit_function(kind, index, operands.at, None);
        self.e.release(mark);
    }

    // ---- unsafe --------------------------------------------------------------------------

    fn unsafe_builtin(
        &mut self,
        builtin: Builtin,
        args: &'a [Expr],
        ty: TypeId,
        dst: Option<Reg>,
    ) -> Reg {
        let words = self.words(ty);
        match builtin {
            // What the machine can do without addresses: the pointer under a slice or string.
            Builtin::UnsafeSliceData | Builtin::UnsafeStringData => {
                let at = self.expr(&args[0], None);
                let dst = dst.unwrap_or_else(|| self.e.take(1));
                self.e.move_words(dst, at, 1);
                dst
            }
            // Sizes that depend on type arguments: words of eight bytes.
            Builtin::Sizeof | Builtin::Alignof => {
                let of = self.type_of(&args[0]);
                let size = 8 * i64::from(self.words(of));
                let dst = dst.unwrap_or_else(|| self.e.take(1));
                self.load_int(dst, if builtin == Builtin::Sizeof { size } else { 8 });
                dst
            }
            _ => {
                self.unit.report(
                    self.e.span,
                    "Lockstep does not run unsafe pointer arithmetic",
                );
                dst.unwrap_or_else(|| self.e.take(words))
            }
        }
    }
}

/// Operands of a builtin that is called for its effect.
#[derive(Clone, Debug)]
struct EffectOperands {
    at: Reg,
    words: u32,
    types: Vec<TypeId>,
}
