//! Expressions: from a tree to words in registers.
//!
//! `expr` evaluates to a given destination, or, without one, to wherever is cheapest: a variable's
//! own registers or a new temporary. Invariant: instructions read all their operands before they
//! write, so a destination may be an operand; code of several instructions that writes its
//! destination early must not be given a variable that it still reads (`direct` decides that).

use super::bytecode::{Instruction, Reg};
use super::function::FunctionCompiler;
use super::place::Place;
use super::unit::{Callee, Method};
use crate::go::syntax::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use crate::go::types::info::{Mode, Selection, SelectionKind};
use crate::go::types::object::ObjKind;
use crate::go::types::{Basic, Constant, ObjId, Type, TypeId};

impl<'a> FunctionCompiler<'_, 'a> {
    /// Evaluates an expression; the value's registers.
    pub fn expr(&mut self, expr: &'a Expr, dst: Option<Reg>) -> Reg {
        if self.is_place(expr) {
            let ty = self.type_of(expr);
            let words = self.words(ty);
            let span = std::mem::replace(&mut self.e.span, expr.span);
            let mark = self.e.mark();
            let place = self.place(expr);
            let at = match (place, dst) {
                (Place::Register(register), None) => register,
                (_, Some(dst)) => {
                    self.load(place, words, Some(dst));
                    self.e.release(mark);
                    dst
                }
                // The operands are done with once the value is loaded over them.
                (_, None) if loads_at_once(place, words) => {
                    self.e.release(mark);
                    let dst = self.e.take(words);
                    self.load(place, words, Some(dst))
                }
                (_, None) => {
                    let at = self.load(place, words, None);
                    self.e.release(mark);
                    let dst = self.e.take(words);
                    self.e.move_words(dst, at, words);
                    dst
                }
            };
            self.e.span = span;
            if dst.is_some() {
                self.clone_natives(at, ty);
            }
            return at;
        }
        self.value(expr, dst)
    }

    /// A copied value must not share the native objects of the original.
    fn clone_natives(&mut self, src: Reg, ty: TypeId) {
        if self.unit.table.has_natives(ty) {
            let ty = self.type_index(ty);
            self.e.emit(Instruction::CloneNatives { src, ty });
        }
    }

    /// Whether an expression denotes a variable or a part of one (or of another value).
    pub fn is_place(&self, expr: &Expr) -> bool {
        let info = self.unit.info;
        if info.constant(expr.id).is_some() {
            return false;
        }
        match &expr.kind {
            ExprKind::Paren(inner) => self.is_place(inner),
            ExprKind::Name(name) => {
                info.uses[name.id.index()].is_some_and(|object| self.is_variable(object))
            }
            ExprKind::Selector(_, name) => match info.selections.get(&expr.id) {
                Some(selection) => selection.kind == SelectionKind::Field,
                None => info.uses[name.id.index()].is_some_and(|object| self.is_variable(object)),
            },
            ExprKind::Index(base, indexes) => {
                indexes.len() == 1
                    && matches!(
                        self.under(self.resolve(info.type_of(base.id))),
                        Type::Slice(_) | Type::Array(..) | Type::Pointer(_) | Type::Map(..)
                    )
            }
            ExprKind::Star(_) => true,
            _ => false,
        }
    }

    fn is_variable(&self, object: ObjId) -> bool {
        matches!(self.unit.info.object(object).kind, ObjKind::Var(_))
    }

    /// Evaluates an expression as a value of type `target`: like `expr`, and makes an interface
    /// value of it where the target is an interface and the expression is not.
    pub fn expr_as(&mut self, expr: &'a Expr, target: TypeId, dst: Option<Reg>) -> Reg {
        let info = self.unit.info;
        let facts = info.of(expr.id);
        if facts.mode == Mode::Nil {
            let words = self.words(target);
            let dst = dst.unwrap_or_else(|| self.e.take(words));
            self.e.zero(dst, words);
            return dst;
        }
        let from = self.default_type(self.type_of(expr));
        if self.is_interface(target) && !self.is_interface(from) {
            return self.boxed_expr(expr, from, dst);
        }
        match &facts.constant {
            Some(constant) => {
                let span = std::mem::replace(&mut self.e.span, expr.span);
                let at = self.constant(constant, target, dst);
                self.e.span = span;
                at
            }
            None => self.expr(expr, dst),
        }
    }

    fn boxed_expr(&mut self, expr: &'a Expr, from: TypeId, dst: Option<Reg>) -> Reg {
        let mark = self.e.mark();
        let src = self.expr_as(expr, from, None);
        let src = self.own_natives(src, from, mark);
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(2));
        self.make_interface(dst, src, from);
        dst
    }

    /// A copy with native objects of its own, for values that will be kept.
    pub fn own_natives(&mut self, src: Reg, ty: TypeId, mark: u32) -> Reg {
        if !self.unit.table.has_natives(ty) || self.e.is_after(mark, src) {
            return src;
        }
        let words = self.words(ty);
        let copy = self.e.take(words);
        self.e.move_words(copy, src, words);
        self.clone_natives(copy, ty);
        copy
    }

    /// `dst = interface holding src`.
    pub fn make_interface(&mut self, dst: Reg, src: Reg, ty: TypeId) {
        let ty = self.unit.boxed(ty);
        self.e.emit(Instruction::MakeInterface { dst, src, ty });
    }

    /// Converts a value in registers for assignment to `target`; the registers of the result.
    pub fn convert_for(&mut self, src: Reg, from: TypeId, target: TypeId, dst: Option<Reg>) -> Reg {
        if self.is_interface(target) && !self.is_interface(from) {
            let dst = dst.unwrap_or_else(|| self.e.take(2));
            self.make_interface(dst, src, from);
            return dst;
        }
        match dst {
            Some(dst) => {
                let words = self.words(target);
                self.e.move_words(dst, src, words);
                dst
            }
            None => src,
        }
    }

    /// The type an untyped value takes on by default.
    pub fn default_type(&self, ty: TypeId) -> TypeId {
        match self.unit.types.get(ty) {
            Type::Basic(Basic::UntypedBool) => TypeId::BOOL,
            Type::Basic(Basic::UntypedInt) => TypeId::INT,
            Type::Basic(Basic::UntypedRune) => TypeId::INT32,
            Type::Basic(Basic::UntypedFloat) => TypeId::FLOAT64,
            Type::Basic(Basic::UntypedComplex) => TypeId::COMPLEX128,
            Type::Basic(Basic::UntypedString) => TypeId::STRING,
            _ => ty,
        }
    }

    /// Evaluates an expression that is not a place.
    pub fn value(&mut self, expr: &'a Expr, dst: Option<Reg>) -> Reg {
        let span = std::mem::replace(&mut self.e.span, expr.span);
        let at = self.value_inner(expr, dst);
        self.e.span = span;
        at
    }

    fn value_inner(&mut self, expr: &'a Expr, dst: Option<Reg>) -> Reg {
        let info = self.unit.info;
        let facts = info.of(expr.id);
        let ty = self.type_of(expr);
        if let Some(constant) = &facts.constant {
            return self.constant(constant, ty, dst);
        }
        if facts.mode == Mode::Nil {
            let words = self.words(ty);
            let dst = dst.unwrap_or_else(|| self.e.take(words));
            self.e.zero(dst, words);
            return dst;
        }
        match &expr.kind {
            ExprKind::Paren(inner) => self.expr(inner, dst),
            ExprKind::Name(name) => self.function_value(name.id, dst),
            ExprKind::Literal(_) | ExprKind::Bad => self.zero_value(ty, dst),
            ExprKind::Composite(composite) => self.composite(ty, composite, dst),
            ExprKind::Func(literal) => self.function_literal(expr, literal, dst),
            ExprKind::Selector(base, name) => match info.selections.get(&expr.id) {
                Some(selection) => self.method_value(base, selection, &name.name, dst),
                None => self.function_value(name.id, dst),
            },
            ExprKind::Index(base, indexes) => self.index_value_of(base, indexes, dst),
            ExprKind::Slice(slice) => self.slice_expr(slice, dst),
            ExprKind::TypeAssert(base, _) => self.type_assert(base, ty, dst),
            ExprKind::Call(call) => self.call_expr(expr, call, dst),
            ExprKind::Unary(op, operand) => self.unary(*op, operand, ty, dst),
            ExprKind::Binary(op, a, b) => self.binary(*op, a, b, ty, dst),
            _ => self.zero_value(ty, dst),
        }
    }

    fn zero_value(&mut self, ty: TypeId, dst: Option<Reg>) -> Reg {
        let words = self.words(ty);
        let dst = dst.unwrap_or_else(|| self.e.take(words));
        self.e.zero(dst, words);
        dst
    }

    /// `string[i]`, or an instantiated generic function.
    fn index_value_of(&mut self, base: &'a Expr, indexes: &'a [Expr], dst: Option<Reg>) -> Reg {
        if let ExprKind::Name(name) | ExprKind::Selector(_, name) = &base.unparen().kind
            && self.unit.info.instances.contains_key(&name.id)
        {
            return self.function_value(name.id, dst);
        }
        let Some(index) = indexes.first() else {
            return self.zero_value(TypeId::INT, dst);
        };
        let mark = self.e.mark();
        let string = self.expr_as(base, TypeId::STRING, None);
        let index = self.expr_as(index, TypeId::INT, None);
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(1));
        self.e.emit(Instruction::StringIndex { dst, string, index });
        dst
    }

    /// The value of a declared function.
    fn function_value(&mut self, node: crate::go::syntax::ast::NodeId, dst: Option<Reg>) -> Reg {
        let dst = dst.unwrap_or_else(|| self.e.take(1));
        match self.declared_function(node) {
            Some(callee) => {
                let function = self.unit.function(callee);
                self.e.emit(Instruction::LoadFunction { dst, function });
            }
            None => self.e.zero(dst, 1),
        }
        dst
    }

    /// The declared function that an identifier names, with its type arguments.
    pub fn declared_function(&self, node: crate::go::syntax::ast::NodeId) -> Option<Callee> {
        let info = self.unit.info;
        let object = info.uses[node.index()]?;
        if !matches!(info.object(object).kind, ObjKind::Func { .. }) {
            return None;
        }
        let args = info.instances.get(&node);
        let args = args
            .into_iter()
            .flat_map(|args| args.iter())
            .map(|&arg| self.resolve(arg))
            .collect();
        Some(Callee::Declared(object, args))
    }

    /// `x.Method` or `T.Method` as a value.
    fn method_value(
        &mut self,
        base: &'a Expr,
        selection: &'a Selection,
        name: &str,
        dst: Option<Reg>,
    ) -> Reg {
        let receiver = self.resolve(selection.receiver);
        let package = self.package;
        let method = Method {
            receiver,
            name: name.into(),
            package,
        };
        if selection.kind == SelectionKind::MethodExpr {
            let function = self.unit.function(Callee::Expression(method));
            let dst = dst.unwrap_or_else(|| self.e.take(1));
            self.e.emit(Instruction::LoadFunction { dst, function });
            return dst;
        }
        // The receiver is evaluated now: the value that the method is declared on, after the path.
        let mark = self.e.mark();
        let (ty, register) = self.bound_receiver(base, receiver, name, package);
        let words = self.words(ty);
        let function = self.unit.function(Callee::Bound(Method {
            receiver: ty,
            ..method
        }));
        let window = self.e.take(words.max(1));
        self.e.move_words(window, register, words);
        if self.is_interface(ty) {
            self.e.emit(Instruction::CheckNil { src: window });
        }
        self.e.emit(Instruction::MakeClosure { window, function });
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(1));
        self.e.move_words(dst, window, 1);
        dst
    }

    // ---- constants -----------------------------------------------------------------------

    /// Loads a constant as a value of type `ty`.
    pub fn constant(&mut self, constant: &Constant, ty: TypeId, dst: Option<Reg>) -> Reg {
        if self.is_interface(ty) {
            let from = match constant {
                Constant::Bool(_) => TypeId::BOOL,
                Constant::Str(_) => TypeId::STRING,
                Constant::Int(_) => TypeId::INT,
                Constant::Float(_) => TypeId::FLOAT64,
                Constant::Complex(..) => TypeId::COMPLEX128,
            };
            let dst = dst.unwrap_or_else(|| self.e.take(2));
            let mark = self.e.mark();
            let src = self.constant(constant, from, None);
            self.make_interface(dst, src, from);
            self.e.release(mark);
            return dst;
        }
        let Type::Basic(basic) = self.under(ty) else {
            return self.zero_value(ty, dst);
        };
        if let Constant::Str(bytes) = constant {
            let dst = dst.unwrap_or_else(|| self.e.take(2));
            let index = self.unit.string(bytes);
            self.e.emit(Instruction::LoadString { dst, index });
            return dst;
        }
        if basic.is_complex() {
            let dst = dst.unwrap_or_else(|| self.e.take(2));
            let (real, imaginary) = match constant.to_complex() {
                Some((real, imaginary)) => (real.to_f64(), imaginary.to_f64()),
                None => (0.0, 0.0),
            };
            let round = |value: f64| {
                if basic == Basic::Complex64 {
                    f64::from(value as f32)
                } else {
                    value
                }
            };
            self.load_word(dst, round(real).to_bits());
            self.load_word(dst + 1, round(imaginary).to_bits());
            return dst;
        }
        let dst = dst.unwrap_or_else(|| self.e.take(1));
        let word = constant_word(constant, basic);
        self.load_word(dst, word);
        dst
    }

    pub fn load_int(&mut self, dst: Reg, value: i64) {
        self.load_word(dst, value as u64);
    }

    fn load_word(&mut self, dst: Reg, word: u64) {
        match i32::try_from(word as i64) {
            Ok(value) => self.e.emit(Instruction::LoadInt { dst, value }),
            Err(_) => {
                let index = self.unit.constant(word);
                self.e.emit(Instruction::LoadConstant { dst, index });
            }
        }
    }

    /// The value of an integer constant expression that fits an immediate operand.
    pub fn small_constant(&self, expr: &Expr) -> Option<i16> {
        let constant = self.unit.info.constant(expr.id)?;
        let ty = self.type_of(expr);
        match self.under(ty) {
            Type::Basic(basic) if basic.is_float() || basic.is_complex() => None,
            Type::Basic(_) => i16::try_from(constant.to_i64()?).ok(),
            _ => None,
        }
    }

    // ---- unary ---------------------------------------------------------------------------

    fn unary(&mut self, op: UnaryOp, operand: &'a Expr, ty: TypeId, dst: Option<Reg>) -> Reg {
        match op {
            UnaryOp::Plus => self.expr_as(operand, ty, dst),
            UnaryOp::Address => self.address_of(operand, dst),
            UnaryOp::Receive => self.receive(operand, dst),
            UnaryOp::Not => {
                let mark = self.e.mark();
                let src = self.expr(operand, None);
                self.e.release(mark);
                let dst = dst.unwrap_or_else(|| self.e.take(1));
                self.e.emit(Instruction::Not { dst, src });
                dst
            }
            UnaryOp::Neg | UnaryOp::Complement => {
                let words = self.words(ty);
                let mark = self.e.mark();
                let src = self.expr_as(operand, ty, None);
                self.e.release(mark);
                let dst = dst.unwrap_or_else(|| self.e.take(words));
                self.negate(op, ty, dst, src);
                dst
            }
        }
    }

    fn negate(&mut self, op: UnaryOp, ty: TypeId, dst: Reg, src: Reg) {
        let Type::Basic(basic) = self.under(ty) else {
            return;
        };
        if basic.is_complex() {
            self.e.emit(Instruction::NegFloat { dst, src });
            self.e.emit(Instruction::NegFloat {
                dst: dst + 1,
                src: src + 1,
            });
        } else if basic.is_float() {
            self.e.emit(Instruction::NegFloat { dst, src });
        } else {
            self.e.emit(match op {
                UnaryOp::Neg => Instruction::Neg { dst, src },
                _ => Instruction::Complement { dst, src },
            });
            self.normalise(basic, dst);
        }
    }

    fn address_of(&mut self, operand: &'a Expr, dst: Option<Reg>) -> Reg {
        let operand = operand.unparen();
        if let ExprKind::Composite(composite) = &operand.kind {
            let ty = self.type_of(operand);
            let mark = self.e.mark();
            let cell = self.e.take(1);
            self.new_cell(cell, ty);
            self.composite_into(
                Place::Memory {
                    pointer: cell,
                    offset: 0,
                    sure: true,
                },
                ty,
                composite,
                true,
            );
            self.e.release(mark);
            return match dst {
                Some(dst) => {
                    self.e.move_words(dst, cell, 1);
                    dst
                }
                None => self.e.take(1),
            };
        }
        let mark = self.e.mark();
        let place = self.place(operand);
        match dst {
            Some(dst) => {
                self.address(place, Some(dst));
                self.e.release(mark);
                dst
            }
            None => self.address(place, None),
        }
    }

    fn receive(&mut self, operand: &'a Expr, dst: Option<Reg>) -> Reg {
        let element = self.channel_element(operand);
        let words = self.words(element);
        let mark = self.e.mark();
        let channel = self.expr(operand, None);
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(words));
        self.e.subject(operand.span);
        self.e.emit(Instruction::Receive { dst, channel });
        dst
    }

    /// The element type of a channel expression.
    pub fn channel_element(&self, channel: &Expr) -> TypeId {
        match self.under(self.type_of(channel)) {
            Type::Chan(_, element) => element,
            _ => TypeId::INVALID,
        }
    }

    fn type_assert(&mut self, base: &'a Expr, ty: TypeId, dst: Option<Reg>) -> Reg {
        let words = self.words(ty);
        let mark = self.e.mark();
        let src = self.expr(base, None);
        self.e.release(mark);
        let dst = dst.unwrap_or_else(|| self.e.take(words));
        let from = self.type_of(base);
        let from = self.type_index(from);
        self.e.assert_from(from);
        if self.is_interface(ty) {
            let ty = self.type_index(ty);
            self.e.emit(Instruction::AssertInterface { dst, src, ty });
        } else {
            let ty = self.type_index(ty);
            self.e.emit(Instruction::Assert { dst, src, ty });
        }
        dst
    }

    // ---- comma, ok -----------------------------------------------------------------------

    /// Evaluates `m[k]`, `x.(T)` or `<-c` with its second result: ok first, then the value's
    /// words. Returns the register of ok and the value's type.
    pub fn comma_ok(&mut self, expr: &'a Expr) -> (Reg, TypeId) {
        let expr = expr.unparen();
        let span = std::mem::replace(&mut self.e.span, expr.span);
        let result = match &expr.kind {
            ExprKind::Index(base, indexes) => self.map_get_ok(base, &indexes[0]),
            ExprKind::TypeAssert(base, target) => {
                let ty = self.type_of(target);
                let words = self.words(ty);
                let mark = self.e.mark();
                let src = self.expr(base, None);
                self.e.release(mark);
                let dst = self.e.take(1 + words);
                let is_interface = self.is_interface(ty);
                let index = self.type_index(ty);
                self.e.emit(if is_interface {
                    Instruction::AssertInterfaceOk {
                        dst,
                        src,
                        ty: index,
                    }
                } else {
                    Instruction::AssertOk {
                        dst,
                        src,
                        ty: index,
                    }
                });
                (dst, ty)
            }
            ExprKind::Unary(_, channel) => {
                let ty = self.channel_element(channel);
                let words = self.words(ty);
                let mark = self.e.mark();
                let register = self.expr(channel, None);
                self.e.release(mark);
                let dst = self.e.take(1 + words);
                self.e.subject(channel.span);
                self.e.emit(Instruction::ReceiveOk {
                    dst,
                    channel: register,
                });
                (dst, ty)
            }
            _ => (self.e.take(1), TypeId::INVALID),
        };
        self.e.span = span;
        result
    }

    fn map_get_ok(&mut self, base: &'a Expr, index: &'a Expr) -> (Reg, TypeId) {
        let (key, value) = match self.under(self.type_of(base)) {
            Type::Map(key, value) => (key, value),
            _ => (TypeId::INVALID, TypeId::INVALID),
        };
        let words = self.words(value);
        let mark = self.e.mark();
        let map = self.expr(base, None);
        let key = self.expr_as(index, key, None);
        if words <= 255 {
            self.e.release(mark);
        }
        let dst = self.e.take(1 + words);
        let width = self.map_width(dst + 1, words);
        self.e.emit(Instruction::MapGetOk {
            width,
            dst,
            map,
            key,
        });
        (dst, value)
    }

    /// Whether evaluating `expr` straight into the registers of a variable is safe: it must not
    /// read the variable after having written a part of it.
    pub fn direct(&self, expr: &Expr, object: Option<ObjId>) -> bool {
        let expr = expr.unparen();
        let several_steps = match &expr.kind {
            ExprKind::Composite(_) => true,
            ExprKind::Binary(BinaryOp::LogicalAnd | BinaryOp::LogicalOr, ..) => true,
            ExprKind::Slice(_) => true,
            ExprKind::Call(call) => {
                // Appending to the variable itself changes it only at the end.
                let itself = call.args.first().and_then(|arg| arg.as_name());
                let itself = itself.and_then(|name| self.unit.info.uses[name.id.index()]);
                !(itself.is_some() && itself == object && self.is_append(call))
            }
            ExprKind::Unary(UnaryOp::Neg, _) | ExprKind::Binary(..) => {
                matches!(self.under(self.type_of(expr)), Type::Basic(basic) if basic.is_complex())
            }
            _ => false,
        };
        !several_steps || object.is_some_and(|object| !self.mentions(expr, object))
    }

    /// Whether evaluating an expression calls something.
    pub fn has_call(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Call(call) => {
                let mode = self.unit.info.of(call.func.unparen().id).mode;
                !matches!(mode, Mode::Type | Mode::Builtin(_))
                    || call.args.iter().any(|arg| self.has_call(arg))
            }
            ExprKind::Paren(inner) | ExprKind::Star(inner) | ExprKind::Unary(_, inner) => {
                self.has_call(inner)
            }
            ExprKind::Selector(base, _) | ExprKind::TypeAssert(base, _) => self.has_call(base),
            ExprKind::Index(base, indexes) => {
                self.has_call(base) || indexes.iter().any(|index| self.has_call(index))
            }
            ExprKind::Binary(_, a, b) => self.has_call(a) || self.has_call(b),
            _ => false,
        }
    }

    fn mentions(&self, expr: &Expr, object: ObjId) -> bool {
        let any = |exprs: &[Expr]| exprs.iter().any(|expr| self.mentions(expr, object));
        match &expr.kind {
            ExprKind::Name(name) => self.unit.info.uses[name.id.index()] == Some(object),
            ExprKind::Composite(composite) => composite.elements.iter().any(|element| {
                self.mentions(&element.value, object)
                    || element
                        .key
                        .as_ref()
                        .is_some_and(|key| self.mentions(key, object))
            }),
            ExprKind::Paren(inner) | ExprKind::Star(inner) | ExprKind::Unary(_, inner) => {
                self.mentions(inner, object)
            }
            ExprKind::Selector(base, _) | ExprKind::TypeAssert(base, _) => {
                self.mentions(base, object)
            }
            ExprKind::Index(base, indexes) => self.mentions(base, object) || any(indexes),
            ExprKind::Slice(slice) => {
                let bounds = [&slice.low, &slice.high, &slice.max];
                self.mentions(&slice.base, object)
                    || bounds
                        .into_iter()
                        .flatten()
                        .any(|bound| self.mentions(bound, object))
            }
            ExprKind::Call(call) => self.mentions(&call.func, object) || any(&call.args),
            ExprKind::Binary(_, a, b) => self.mentions(a, object) || self.mentions(b, object),
            // A literal's captures could be anything.
            ExprKind::Func(_) => true,
            _ => false,
        }
    }
}

/// Whether a place is loaded by one instruction, which reads its operands before it writes.
fn loads_at_once(place: Place, words: u32) -> bool {
    match place {
        Place::Memory { offset, .. } => words <= 255 && offset + words <= u32::from(u16::MAX),
        Place::RegisterIndexed { .. } => words <= 1,
        _ => words <= 255,
    }
}

/// The word of a constant of a one-word basic type.
fn constant_word(constant: &Constant, basic: Basic) -> u64 {
    if let Constant::Bool(value) = constant {
        return u64::from(*value);
    }
    if basic.is_float() {
        let value = constant.to_f64().unwrap_or(0.0);
        let value = if basic == Basic::Float32 {
            f64::from(value as f32)
        } else {
            value
        };
        return value.to_bits();
    }
    constant.to_bits().unwrap_or(0)
}
