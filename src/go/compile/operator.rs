//! Operators with two operands, comparisons and conditions.

use super::bytecode::{Instruction, Reg};
use super::emit::{Label, after};
use super::function::FunctionCompiler;
use crate::go::syntax::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use crate::go::types::info::Mode;
use crate::go::types::{Basic, Type, TypeId};

impl<'a> FunctionCompiler<'_, 'a> {
    pub fn binary(
        &mut self,
        op: BinaryOp,
        a: &'a Expr,
        b: &'a Expr,
        ty: TypeId,
        dst: Option<Reg>,
    ) -> Reg {
        if matches!(op, BinaryOp::LogicalAnd | BinaryOp::LogicalOr) {
            return self.logical(op, a, b, dst);
        }
        if op.is_comparison() {
            return self.comparison(op, a, b, dst);
        }
        let words = self.words(ty);
        let mark = self.e.mark();
        if op == BinaryOp::Add
            && words == 2
            && matches!(self.under(ty), Type::Basic(basic) if basic.is_string())
        {
            return self.concat(a, b, ty, dst);
        }
        if self.has_call(b) && self.is_place(a) && !self.has_call(a) {
            // As the real compiler does it: calls happen before variables are read.
            let right = self.right_operand(op, b, ty);
            let left = self.expr_as(a, ty, None);
            self.e.release(mark);
            let dst = dst.unwrap_or_else(|| self.e.take(words));
            self.arithmetic(op, ty, dst, left, right);
            return dst;
        }
        let left = self.expr_as(a, ty, None);
        if let Some(imm) = self.small_constant(b)
            && self.has_immediate(op, ty, imm)
        {
            self.e.release(mark);
            let dst = dst.unwrap_or_else(|| self.e.take(words));
            self.arithmetic_immediate(op, ty, dst, left, imm);
            return dst;
        }
        let right = self.right_operand(op, b, ty);
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(words));
        self.arithmetic(op, ty, dst, left, right);
        dst
    }

    /// The right operand: a shift count has a type of its own and is checked.
    pub fn right_operand(&mut self, op: BinaryOp, b: &'a Expr, ty: TypeId) -> Reg {
        if !op.is_shift() {
            return self.expr_as(b, ty, None);
        }
        let count_type = self.default_type(self.type_of(b));
        if let Some(constant) = self.unit.info.constant(b.id) {
            return self.constant(constant, TypeId::UINT, None);
        }
        let count = self.expr(b, None);
        if !matches!(self.under(count_type), Type::Basic(basic) if basic.is_unsigned()) {
            self.e.emit(Instruction::CheckShift { src: count });
        }
        count
    }

    /// Whether `op` has a form with this constant on the right.
    pub fn has_immediate(&self, op: BinaryOp, ty: TypeId, imm: i16) -> bool {
        let Type::Basic(basic) = self.under(ty) else {
            return false;
        };
        if !basic.is_integer() {
            return false;
        }
        match op {
            BinaryOp::Add | BinaryOp::Mul => true,
            BinaryOp::Sub => imm != i16::MIN,
            BinaryOp::Div | BinaryOp::Rem => !basic.is_unsigned() && imm != 0 && imm != -1,
            BinaryOp::And => true,
            BinaryOp::Shl | BinaryOp::Shr => (0..64).contains(&imm),
            _ => false,
        }
    }

    /// `dst = a op imm`, for what `has_immediate` allows.
    pub fn arithmetic_immediate(&mut self, op: BinaryOp, ty: TypeId, dst: Reg, a: Reg, imm: i16) {
        let Type::Basic(basic) = self.under(ty) else {
            return;
        };
        let instruction = match op {
            BinaryOp::Add => Instruction::AddImm { dst, a, imm },
            BinaryOp::Sub => Instruction::AddImm { dst, a, imm: -imm },
            BinaryOp::Mul => Instruction::MulImm { dst, a, imm },
            BinaryOp::Div => Instruction::DivImm { dst, a, imm },
            BinaryOp::Rem => Instruction::RemImm { dst, a, imm },
            BinaryOp::And => Instruction::AndImm { dst, a, imm },
            BinaryOp::Shl => Instruction::ShiftLeftImm { dst, a, imm },
            _ if basic.is_unsigned() => Instruction::ShiftRightUnsignedImm { dst, a, imm },
            _ => Instruction::ShiftRightImm { dst, a, imm },
        };
        self.e.emit(instruction);
        if matches!(
            op,
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Shl
        ) {
            self.normalise(basic, dst);
        }
    }

    /// `dst = a op b` on registers.
    pub fn arithmetic(&mut self, op: BinaryOp, ty: TypeId, dst: Reg, a: Reg, b: Reg) {
        let Type::Basic(basic) = self.under(ty) else {
            return;
        };
        if basic.is_string() {
            self.e.emit(Instruction::Concat { dst, a, b });
        } else if basic.is_complex() {
            self.e.emit(match op {
                BinaryOp::Add => Instruction::AddComplex { dst, a, b },
                BinaryOp::Sub => Instruction::SubComplex { dst, a, b },
                BinaryOp::Mul => Instruction::MulComplex { dst, a, b },
                _ => Instruction::DivComplex { dst, a, b },
            });
            if basic == Basic::Complex64 {
                self.e.emit(Instruction::RoundFloat32 { dst, src: dst });
                self.e.emit(Instruction::RoundFloat32 {
                    dst: dst + 1,
                    src: dst + 1,
                });
            }
        } else if basic.is_float() {
            self.e.emit(match op {
                BinaryOp::Add => Instruction::AddFloat { dst, a, b },
                BinaryOp::Sub => Instruction::SubFloat { dst, a, b },
                BinaryOp::Mul => Instruction::MulFloat { dst, a, b },
                _ => Instruction::DivFloat { dst, a, b },
            });
            if basic == Basic::Float32 {
                self.e.emit(Instruction::RoundFloat32 { dst, src: dst });
            }
        } else {
            self.integer_arithmetic(op, basic, dst, a, b);
        }
    }

    fn integer_arithmetic(&mut self, op: BinaryOp, basic: Basic, dst: Reg, a: Reg, b: Reg) {
        let unsigned = basic.is_unsigned();
        let (instruction, may_leave_range) = match op {
            BinaryOp::Add => (Instruction::Add { dst, a, b }, true),
            BinaryOp::Sub => (Instruction::Sub { dst, a, b }, true),
            BinaryOp::Mul => (Instruction::Mul { dst, a, b }, true),
            BinaryOp::Div if unsigned => (Instruction::DivUnsigned { dst, a, b }, false),
            BinaryOp::Div => (Instruction::Div { dst, a, b }, true),
            BinaryOp::Rem if unsigned => (Instruction::RemUnsigned { dst, a, b }, false),
            BinaryOp::Rem => (Instruction::Rem { dst, a, b }, false),
            BinaryOp::And => (Instruction::And { dst, a, b }, false),
            BinaryOp::Or => (Instruction::Or { dst, a, b }, false),
            BinaryOp::Xor => (Instruction::Xor { dst, a, b }, false),
            BinaryOp::AndNot => (Instruction::AndNot { dst, a, b }, false),
            BinaryOp::Shl => (Instruction::ShiftLeft { dst, a, b }, true),
            _ if unsigned => (Instruction::ShiftRightUnsigned { dst, a, b }, false),
            _ => (Instruction::ShiftRight { dst, a, b }, false),
        };
        self.e.emit(instruction);
        if may_leave_range {
            self.normalise(basic, dst);
        }
    }

    /// Brings a register back into the range of a narrow integer type.
    pub fn normalise(&mut self, basic: Basic, dst: Reg) {
        let bits = basic.bits();
        if !basic.is_integer() || bits >= 64 {
            return;
        }
        let shift = (64 - bits) as u8;
        self.e.emit(if basic.is_unsigned() {
            Instruction::ZeroExtend {
                shift,
                dst,
                src: dst,
            }
        } else {
            Instruction::SignExtend {
                shift,
                dst,
                src: dst,
            }
        });
    }

    /// `a + b + c` on strings is joined at once.
    fn concat(&mut self, a: &'a Expr, b: &'a Expr, ty: TypeId, dst: Option<Reg>) -> Reg {
        let mut parts = vec![b];
        let mut rest = a;
        loop {
            let inner = rest.unparen();
            match &inner.kind {
                ExprKind::Binary(BinaryOp::Add, c, d)
                    if self.unit.info.constant(inner.id).is_none() =>
                {
                    parts.push(d);
                    rest = c;
                }
                _ => break,
            }
        }
        parts.push(rest);
        parts.reverse();
        let mark = self.e.mark();
        if let [a, b] = parts[..] {
            let a = self.expr_as(a, ty, None);
            let b = self.expr_as(b, ty, None);
            self.e.release(mark);
            let dst = dst.unwrap_or_else(|| self.e.take(2));
            self.e.emit(Instruction::Concat { dst, a, b });
            return dst;
        }
        let first = self.e.take(2 * parts.len() as u32);
        for (at, part) in parts.iter().enumerate() {
            self.expr_as(part, ty, Some(after(first, 2 * at as u32)));
        }
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(2));
        self.e.emit(Instruction::ConcatN {
            dst,
            first,
            count: parts.len() as u16,
        });
        dst
    }

    fn logical(&mut self, op: BinaryOp, a: &'a Expr, b: &'a Expr, dst: Option<Reg>) -> Reg {
        let dst = dst.unwrap_or_else(|| self.e.take(1));
        let mark = self.e.mark();
        let end = self.e.label();
        self.expr_as(a, TypeId::BOOL, Some(dst));
        self.e.release(mark);
        self.e.jump(
            match op {
                BinaryOp::LogicalAnd => Instruction::JumpIfNot {
                    condition: dst,
                    offset: 0,
                },
                _ => Instruction::JumpIf {
                    condition: dst,
                    offset: 0,
                },
            },
            end,
        );
        self.expr_as(b, TypeId::BOOL, Some(dst));
        self.e.release(mark);
        self.e.bind(end);
        dst
    }

    // ---- comparisons ---------------------------------------------------------------------

    fn is_nil(&self, expr: &Expr) -> bool {
        self.unit.info.of(expr.id).mode == Mode::Nil
    }

    /// The type both operands of a comparison are brought to.
    fn common_type(&self, a: &Expr, b: &Expr) -> TypeId {
        let (left, right) = (self.type_of(a), self.type_of(b));
        if self.is_nil(a) {
            return right;
        }
        if self.is_nil(b) {
            return left;
        }
        let untyped =
            |ty| matches!(self.unit.types.get(ty), Type::Basic(basic) if basic.is_untyped());
        if self.is_interface(right) && !self.is_interface(left) || untyped(left) && !untyped(right)
        {
            return right;
        }
        self.default_type(left)
    }

    fn comparison(&mut self, op: BinaryOp, a: &'a Expr, b: &'a Expr, dst: Option<Reg>) -> Reg {
        let mark = self.e.mark();
        if self.is_nil(a) || self.is_nil(b) {
            let word = self.expr(if self.is_nil(b) { a } else { b }, None);
            let zero = self.e.take(1);
            self.e.zero(zero, 1);
            self.e.release(mark);
            let dst = dst.unwrap_or_else(|| self.e.take(1));
            self.e.emit(match op {
                BinaryOp::Equal => Instruction::Equal {
                    dst,
                    a: word,
                    b: zero,
                },
                _ => Instruction::NotEqual {
                    dst,
                    a: word,
                    b: zero,
                },
            });
            return dst;
        }
        let ty = self.common_type(a, b);
        let (left, right) = self.comparison_operands(a, b, ty);
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(1));
        self.compare(op, ty, dst, left, right);
        dst
    }

    /// Whether values of a type are compared as one after the other in memory.
    fn compared_as_pair(&self, ty: TypeId) -> bool {
        match self.under(ty) {
            Type::Struct(_) | Type::Array(..) => true,
            Type::Basic(basic) => basic.is_complex(),
            _ => false,
        }
    }

    fn comparison_operands(&mut self, a: &'a Expr, b: &'a Expr, ty: TypeId) -> (Reg, Reg) {
        if self.compared_as_pair(ty) {
            let words = self.words(ty);
            let pair = self.e.take(2 * words);
            let second = after(pair, words);
            self.expr_as(a, ty, Some(pair));
            self.expr_as(b, ty, Some(second));
            return (pair, second);
        }
        let left = self.expr_as(a, ty, None);
        let right = self.expr_as(b, ty, None);
        (left, right)
    }

    /// `dst = a op b` on registers (of pairs: standing one after the other).
    pub fn compare(&mut self, op: BinaryOp, ty: TypeId, dst: Reg, a: Reg, b: Reg) {
        use BinaryOp::*;
        let negated = |this: &mut Self| {
            if op == NotEqual {
                this.e.emit(Instruction::Not { dst, src: dst });
            }
        };
        if self.compared_as_pair(ty) {
            let ty = self.type_index(ty);
            self.e.emit(Instruction::ValueEqual { dst, pair: a, ty });
            negated(self);
            return;
        }
        if self.is_interface(ty) {
            self.e.emit(Instruction::InterfaceEqual { dst, a, b });
            negated(self);
            return;
        }
        let (a, b, op) = match op {
            Greater => (b, a, Less),
            GreaterEqual => (b, a, LessEqual),
            _ => (a, b, op),
        };
        let basic = match self.under(ty) {
            Type::Basic(basic) => basic,
            _ => Basic::Uintptr,
        };
        let instruction = if basic.is_string() {
            match op {
                Less => Instruction::StringLess { dst, a, b },
                LessEqual => Instruction::StringLessEqual { dst, a, b },
                _ => {
                    self.e.emit(Instruction::StringEqual { dst, a, b });
                    if op == NotEqual {
                        self.e.emit(Instruction::Not { dst, src: dst });
                    }
                    return;
                }
            }
        } else if basic.is_float() {
            match op {
                Less => Instruction::LessFloat { dst, a, b },
                LessEqual => Instruction::LessEqualFloat { dst, a, b },
                NotEqual => Instruction::NotEqualFloat { dst, a, b },
                _ => Instruction::EqualFloat { dst, a, b },
            }
        } else {
            match op {
                Less if basic.is_unsigned() => Instruction::LessUnsigned { dst, a, b },
                Less => Instruction::Less { dst, a, b },
                LessEqual if basic.is_unsigned() => Instruction::LessEqualUnsigned { dst, a, b },
                LessEqual => Instruction::LessEqual { dst, a, b },
                NotEqual => Instruction::NotEqual { dst, a, b },
                _ => Instruction::Equal { dst, a, b },
            }
        };
        self.e.emit(instruction);
    }

    // ---- conditions ----------------------------------------------------------------------

    /// Jumps to `target` when the condition is `when`, else goes on.
    pub fn condition(&mut self, expr: &'a Expr, target: Label, when: bool) {
        let span = std::mem::replace(&mut self.e.span, expr.span);
        let mark = self.e.mark();
        self.condition_inner(expr, target, when);
        self.e.release(mark);
        self.e.span = span;
    }

    fn condition_inner(&mut self, expr: &'a Expr, target: Label, when: bool) {
        if let Some(constant) = self.unit.info.constant(expr.id) {
            if constant.as_bool() == Some(when) {
                self.e.goto(target);
            }
            return;
        }
        match &expr.kind {
            ExprKind::Paren(inner) => return self.condition(inner, target, when),
            ExprKind::Unary(UnaryOp::Not, inner) => return self.condition(inner, target, !when),
            ExprKind::Binary(op @ (BinaryOp::LogicalAnd | BinaryOp::LogicalOr), a, b) => {
                // `a && b` decides early when a is false, `a || b` when a is true.
                let early = *op == BinaryOp::LogicalOr;
                if when == early {
                    self.condition(a, target, when);
                    self.condition(b, target, when);
                } else {
                    let skip = self.e.label();
                    self.condition(a, skip, early);
                    self.condition(b, target, when);
                    self.e.bind(skip);
                }
                return;
            }
            ExprKind::Binary(op, a, b)
                if op.is_comparison() && self.compare_and_jump(*op, a, b, target, when) =>
            {
                return;
            }
            _ => {}
        }
        let condition = self.expr(expr, None);
        self.e.jump(
            if when {
                Instruction::JumpIf {
                    condition,
                    offset: 0,
                }
            } else {
                Instruction::JumpIfNot {
                    condition,
                    offset: 0,
                }
            },
            target,
        );
    }

    /// A comparison and a jump in one instruction, where there is one.
    fn compare_and_jump(
        &mut self,
        op: BinaryOp,
        a: &'a Expr,
        b: &'a Expr,
        target: Label,
        when: bool,
    ) -> bool {
        let offset = 0;
        if self.is_nil(a) || self.is_nil(b) {
            let word = self.expr(if self.is_nil(b) { a } else { b }, None);
            self.e.jump(
                if (op == BinaryOp::Equal) == when {
                    Instruction::JumpIfEqualImm {
                        a: word,
                        imm: 0,
                        offset,
                    }
                } else {
                    Instruction::JumpIfNotEqualImm {
                        a: word,
                        imm: 0,
                        offset,
                    }
                },
                target,
            );
            return true;
        }
        let ty = self.common_type(a, b);
        let basic = match self.under(ty) {
            Type::Basic(basic) if basic.is_string() || basic.is_complex() => return false,
            Type::Basic(basic) => basic,
            Type::Pointer(_) | Type::Chan(..) => Basic::Uintptr,
            _ => return false,
        };
        if basic.is_float() {
            return self.compare_floats_and_jump(op, a, b, ty, target, when);
        }
        let op = if when { op } else { negation(op) };
        let ordered = !matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
        let wide_unsigned = basic.is_unsigned() && basic.bits() == 64;
        if !(ordered && wide_unsigned) {
            if let Some(imm) = self.small_constant(b) {
                let a = self.expr_as(a, ty, None);
                self.e.jump(jump_immediate(op, a, imm), target);
                return true;
            }
            if let Some(imm) = self.small_constant(a) {
                let b = self.expr_as(b, ty, None);
                self.e.jump(jump_immediate(mirrored(op), b, imm), target);
                return true;
            }
        }
        let a = self.expr_as(a, ty, None);
        let b = self.expr_as(b, ty, None);
        self.e.jump(jump_registers(op, wide_unsigned, a, b), target);
        true
    }

    fn compare_floats_and_jump(
        &mut self,
        op: BinaryOp,
        a: &'a Expr,
        b: &'a Expr,
        ty: TypeId,
        target: Label,
        when: bool,
    ) -> bool {
        if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) {
            return false;
        }
        let a = self.expr_as(a, ty, None);
        let b = self.expr_as(b, ty, None);
        let (a, b, op) = match op {
            BinaryOp::Greater => (b, a, BinaryOp::Less),
            BinaryOp::GreaterEqual => (b, a, BinaryOp::LessEqual),
            _ => (a, b, op),
        };
        let offset = 0;
        let instruction = match (op, when) {
            (BinaryOp::Less, true) => Instruction::JumpIfLessFloat { a, b, offset },
            (BinaryOp::Less, false) => Instruction::JumpIfNotLessFloat { a, b, offset },
            (_, true) => Instruction::JumpIfLessEqualFloat { a, b, offset },
            (_, false) => Instruction::JumpIfNotLessEqualFloat { a, b, offset },
        };
        self.e.jump(instruction, target);
        true
    }
}

/// The comparison that holds exactly when `op` does not (on integers).
fn negation(op: BinaryOp) -> BinaryOp {
    use BinaryOp::*;
    match op {
        Equal => NotEqual,
        NotEqual => Equal,
        Less => GreaterEqual,
        LessEqual => Greater,
        Greater => LessEqual,
        GreaterEqual => Less,
        other => other,
    }
}

/// The comparison with its operands exchanged.
fn mirrored(op: BinaryOp) -> BinaryOp {
    use BinaryOp::*;
    match op {
        Less => Greater,
        LessEqual => GreaterEqual,
        Greater => Less,
        GreaterEqual => LessEqual,
        other => other,
    }
}

fn jump_immediate(op: BinaryOp, a: Reg, imm: i16) -> Instruction {
    let offset = 0;
    match op {
        BinaryOp::Equal => Instruction::JumpIfEqualImm { a, imm, offset },
        BinaryOp::NotEqual => Instruction::JumpIfNotEqualImm { a, imm, offset },
        BinaryOp::Less => Instruction::JumpIfLessImm { a, imm, offset },
        BinaryOp::LessEqual => Instruction::JumpIfLessEqualImm { a, imm, offset },
        BinaryOp::Greater => Instruction::JumpIfGreaterImm { a, imm, offset },
        _ => Instruction::JumpIfGreaterEqualImm { a, imm, offset },
    }
}

fn jump_registers(op: BinaryOp, unsigned: bool, a: Reg, b: Reg) -> Instruction {
    let offset = 0;
    let (a, b, op) = match op {
        BinaryOp::Greater => (b, a, BinaryOp::Less),
        BinaryOp::GreaterEqual => (b, a, BinaryOp::LessEqual),
        _ => (a, b, op),
    };
    match op {
        BinaryOp::Equal => Instruction::JumpIfEqual { a, b, offset },
        BinaryOp::NotEqual => Instruction::JumpIfNotEqual { a, b, offset },
        BinaryOp::Less if unsigned => Instruction::JumpIfLessUnsigned { a, b, offset },
        BinaryOp::Less => Instruction::JumpIfLess { a, b, offset },
        _ if unsigned => Instruction::JumpIfLessEqualUnsigned { a, b, offset },
        _ => Instruction::JumpIfLessEqual { a, b, offset },
    }
}
