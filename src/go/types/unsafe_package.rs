//! Package unsafe: sizes and offsets on a 64-bit machine, and its conversions.

use super::check::Checker;
use super::constant::Constant;
use super::info::Mode;
use super::object::Builtin;
use super::operand::Operand;
use super::table::{Basic, Type, TypeId};
use super::universe::builtin_name;
use crate::go::syntax::ast::{Call, Expr};
use crate::go::syntax::text::expr_text;
use crate::trace::Span;

impl<'a> Checker<'a> {
    pub(super) fn unsafe_call(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        mut args: Vec<Operand<'a>>,
        builtin: Builtin,
    ) -> Operand<'a> {
        let typ = match builtin {
            Builtin::Sizeof | Builtin::Alignof => {
                self.assign_to(&mut args[0], None, "argument to unsafe.Sizeof");
                let (size, align) = self.size_of(args[0].typ);
                let value = if builtin == Builtin::Sizeof {
                    size
                } else {
                    align
                };
                return Operand::constant(Constant::from(value), TypeId::UINTPTR, expr);
            }
            Builtin::Offsetof => return self.offset_of(expr, &call.args[0]),
            Builtin::UnsafeAdd => TypeId::UNSAFE_POINTER,
            Builtin::UnsafeSlice => match self.core_shape(args[0].typ) {
                Type::Pointer(to) => self.types.slice(to),
                _ => TypeId::INVALID,
            },
            Builtin::UnsafeSliceData => match self.core_shape(args[0].typ) {
                Type::Slice(of) => self.types.pointer(of),
                _ => TypeId::INVALID,
            },
            Builtin::UnsafeString => TypeId::STRING,
            _ => self.types.pointer(TypeId::BYTE),
        };
        if typ == TypeId::INVALID {
            let (text, name) = (self.describe(&args[0]), builtin_name(builtin));
            self.error_parts(args[0].span, &["invalid argument: ", &text, " for ", &name]);
            return Operand::invalid(expr);
        }
        for arg in &mut args {
            if self.is_untyped(arg.typ) {
                let default = self.default_type(arg.typ);
                self.convert_untyped(arg, default);
            }
        }
        Operand::new(Mode::Value, typ, expr)
    }

    pub(super) fn offset_of(&mut self, expr: &'a Expr, arg: &'a Expr) -> Operand<'a> {
        self.expr(arg, None);
        let Some(selection) = self.info.selections.get(&arg.unparen().id).cloned() else {
            let text = expr_text(arg);
            self.error_parts(
                arg.span,
                &["invalid argument: ", &text, " is not a selector expression"],
            );
            return Operand::invalid(expr);
        };
        let (mut typ, mut offset) = (selection.receiver, 0);
        for step in selection.path.iter() {
            if let Type::Pointer(to) = self.under(typ) {
                typ = to;
            }
            let Type::Struct(fields) = self.under(typ) else {
                break;
            };
            let (before, _) = self.layout(&fields[..step.field]);
            typ = fields[step.field].typ;
            let (_, align) = self.size_of(typ);
            offset += round_up(before, align);
        }
        Operand::constant(Constant::from(offset), TypeId::UINTPTR, expr)
    }

    /// Size and alignment in bytes on a 64-bit machine.
    pub(super) fn size_of(&mut self, typ: TypeId) -> (i64, i64) {
        if !self.enter(Span::default()) {
            return (0, 1);
        }
        let size = self.size_of_shape(typ);
        self.depth -= 1;
        size
    }

    pub(super) fn size_of_shape(&mut self, typ: TypeId) -> (i64, i64) {
        match self.under(typ) {
            Type::Basic(basic) => match basic {
                Basic::Bool => (1, 1),
                Basic::String => (16, 8),
                Basic::Complex64 => (8, 4),
                Basic::Complex128 => (16, 8),
                _ => (i64::from(basic.bits() / 8), i64::from(basic.bits() / 8)),
            },
            Type::Array(of, count) => {
                let (size, align) = self.size_of(of);
                (size.saturating_mul(count), align)
            }
            Type::Slice(_) => (24, 8),
            Type::Interface(_) => (16, 8),
            Type::Struct(fields) => {
                let (size, align) = self.layout(&fields);
                (round_up(size, align), align)
            }
            _ => (8, 8),
        }
    }

    pub(super) fn layout(&mut self, fields: &[super::table::Field]) -> (i64, i64) {
        let (mut offset, mut largest) = (0i64, 1);
        for field in fields {
            let (size, align) = self.size_of(field.typ);
            offset = round_up(offset, align).saturating_add(size);
            largest = largest.max(align);
        }
        (offset, largest)
    }
}

fn round_up(size: i64, align: i64) -> i64 {
    size.saturating_add(align - 1) / align * align
}
