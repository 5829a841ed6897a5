//! Explicit conversions, `T(x)`.

use super::bytecode::{Instruction, Reg};
use super::function::FunctionCompiler;
use crate::go::syntax::ast::Expr;
use crate::go::types::{Basic, Type, TypeId};

impl<'a> FunctionCompiler<'_, 'a> {
    /// Evaluates `to(arg)`.
    pub fn conversion(&mut self, arg: &'a Expr, to: TypeId, dst: Option<Reg>) -> Reg {
        if self.is_interface(to) {
            return self.expr_as(arg, to, dst);
        }
        let from = self.default_type(self.type_of(arg));
        let (source, target) = (self.under(from), self.under(to));
        if let Some(constant) = self.unit.info.constant(arg.id)
            && let (Type::Basic(source), Type::Basic(target)) = (&source, &target)
            && source.is_string() == target.is_string()
        {
            return self.constant(constant, to, dst);
        }
        let words = self.words(to);
        let mark = self.e.mark();
        let element = |ty: &Type| match ty {
            Type::Slice(element) => Some(*element),
            _ => None,
        };
        let is_string = |ty: &Type| matches!(ty, Type::Basic(basic) if basic.is_string());
        if let (Type::Basic(a), Type::Basic(b)) = (&source, &target)
            && (a.is_numeric() && b.is_numeric())
        {
            let src = self.expr(arg, None);
            self.e.release(mark);
            let dst = dst.unwrap_or_else(|| self.e.take(words));
            self.numeric_conversion(*a, *b, src, dst);
            return dst;
        }
        if let (Some(of), true) = (element(&source), is_string(&target)) {
            let src = self.expr(arg, None);
            self.e.release(mark);
            let dst = dst.unwrap_or_else(|| self.e.take(2));
            self.e.emit(if self.is_byte(of) {
                Instruction::StringFromBytes { dst, src }
            } else {
                Instruction::StringFromRunes { dst, src }
            });
            return dst;
        }
        if let (true, Some(of)) = (is_string(&source), element(&target)) {
            let src = self.expr_as(arg, from, None);
            self.e.release(mark);
            let dst = dst.unwrap_or_else(|| self.e.take(3));
            let element = self.type_index(of);
            self.e.emit(if self.is_byte(of) {
                Instruction::BytesFromString { dst, src, element }
            } else {
                Instruction::RunesFromString { dst, src, element }
            });
            return dst;
        }
        if let (Type::Basic(a), true) = (&source, is_string(&target))
            && a.is_integer()
        {
            let src = self.expr_as(arg, from, None);
            self.e.release(mark);
            let dst = dst.unwrap_or_else(|| self.e.take(2));
            self.e.emit(Instruction::StringFromRune { dst, src });
            return dst;
        }
        if let Type::Slice(_) = source {
            match target {
                Type::Array(_, length) => return self.slice_to_array(arg, length, words, dst),
                Type::Pointer(array) => {
                    if let Type::Array(_, length) = self.under(array) {
                        return self.slice_to_pointer(arg, length, dst);
                    }
                }
                _ => {}
            }
        }
        self.expr_as(arg, to, dst)
    }

    fn is_byte(&self, ty: TypeId) -> bool {
        matches!(self.under(ty), Type::Basic(Basic::Uint8))
    }

    fn slice_to_pointer(&mut self, arg: &'a Expr, length: i64, dst: Option<Reg>) -> Reg {
        let mark = self.e.mark();
        let slice = self.expr(arg, None);
        let length_register = self.e.take(1);
        self.load_int(length_register, length);
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(1));
        self.e.emit(Instruction::SliceToArray {
            dst,
            slice,
            length: length_register,
        });
        dst
    }

    fn slice_to_array(&mut self, arg: &'a Expr, length: i64, words: u32, dst: Option<Reg>) -> Reg {
        let mark = self.e.mark();
        let pointer = self.slice_to_pointer(arg, length, None);
        let at = self.e.take(words);
        if words > 0 {
            self.load_memory(at, pointer, 0, words);
        }
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(words));
        self.e.move_words(dst, at, words);
        dst
    }

    /// `dst = src` converted between numeric types.
    fn numeric_conversion(&mut self, from: Basic, to: Basic, src: Reg, dst: Reg) {
        if to.is_complex() {
            if to == Basic::Complex64 && from != Basic::Complex64 {
                self.e.emit(Instruction::Move2 { dst, src });
                self.e.emit(Instruction::RoundFloat32 { dst, src: dst });
                self.e.emit(Instruction::RoundFloat32 {
                    dst: dst + 1,
                    src: dst + 1,
                });
            } else {
                self.e.move_words(dst, src, 2);
            }
            return;
        }
        match (from.is_float(), to.is_float()) {
            (true, true) => {
                if to == Basic::Float32 && from != Basic::Float32 {
                    self.e.emit(Instruction::RoundFloat32 { dst, src });
                } else {
                    self.e.move_words(dst, src, 1);
                }
            }
            (false, true) => {
                let wide = from.is_unsigned() && from.bits() == 64;
                self.e.emit(if wide {
                    Instruction::UintToFloat { dst, src }
                } else {
                    Instruction::IntToFloat { dst, src }
                });
                if to == Basic::Float32 {
                    self.e.emit(Instruction::RoundFloat32 { dst, src: dst });
                }
            }
            (true, false) => {
                let wide = to.is_unsigned() && to.bits() == 64;
                self.e.emit(if wide {
                    Instruction::FloatToUint { dst, src }
                } else {
                    Instruction::FloatToInt { dst, src }
                });
                self.normalise(to, dst);
            }
            (false, false) => self.integer_conversion(from, to, src, dst),
        }
    }

    fn integer_conversion(&mut self, from: Basic, to: Basic, src: Reg, dst: Reg) {
        let fits = to.bits() >= 64
            || (from.is_unsigned() == to.is_unsigned() && from.bits() <= to.bits())
            || (from.is_unsigned() && from.bits() < to.bits());
        let shift = 64u32.saturating_sub(to.bits()) as u8;
        if fits {
            self.e.move_words(dst, src, 1);
        } else if to.is_unsigned() {
            self.e.emit(Instruction::ZeroExtend { shift, dst, src });
        } else {
            self.e.emit(Instruction::SignExtend { shift, dst, src });
        }
    }
}
