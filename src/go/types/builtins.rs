//! Calls of the predeclared functions and of package unsafe's.

use super::check::Checker;
use super::constant::Constant;
use super::info::Mode;
use super::object::Builtin;
use super::operand::Operand;
use super::table::{Basic, ChanDir, Type, TypeId};
use super::universe::builtin_name;
use crate::go::syntax::ast::{BinaryOp, Call, Expr, ExprKind};
use crate::go::syntax::text::expr_text;
use crate::trace::Span;

/// How many arguments a builtin takes at least, and whether it takes more.
fn arity(builtin: Builtin) -> (usize, bool) {
    use Builtin::*;
    match builtin {
        Append => (1, true),
        Make | New | Max | Min => (1, builtin != New),
        Print | Println => (0, true),
        Recover => (0, false),
        Complex | Copy | Delete | UnsafeAdd | UnsafeSlice | UnsafeString => (2, false),
        _ => (1, false),
    }
}

impl<'a> Checker<'a> {
    /// A call of a builtin.
    pub(super) fn builtin(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        builtin: Builtin,
    ) -> Operand<'a> {
        let by_type = matches!(builtin, Builtin::Make | Builtin::New | Builtin::Offsetof);
        if let (Some(_), false) = (call.spread, builtin == Builtin::Append) {
            let name = builtin_name(builtin);
            let words = "invalid operation: invalid use of ... with built-in ";
            self.error_parts(expr.span, &[words, &name]);
            return self.use_arguments(expr, call, true);
        }
        let mut args = if by_type {
            Vec::new()
        } else {
            self.arguments(call)
        };
        let count = if by_type { call.args.len() } else { args.len() };
        if args.iter().any(|a| a.mode == Mode::Invalid) {
            return Operand::invalid(expr);
        }
        let (least, more) = arity(builtin);
        if count < least || count > least && !more {
            let words = if count < least {
                "not enough"
            } else {
                "too many"
            };
            let (text, least) = (expr_text(expr), least.to_string());
            let head = ["invalid operation: ", words, " arguments for ", &text].concat();
            self.error_parts(
                expr.span,
                &[
                    &head,
                    " (expected ",
                    &least,
                    ", found ",
                    &count.to_string(),
                    ")",
                ],
            );
            return self.use_arguments(expr, call, by_type);
        }
        use Builtin::*;
        let mut x = match builtin {
            Append => self.append(expr, call, args),
            Len | Cap => self.length(expr, args.remove(0), builtin),
            Clear => self.clear(expr, args.remove(0)),
            Close => self.close(expr, args.remove(0)),
            Complex => self.complex(expr, args),
            Real | Imag => self.real_part(expr, args.remove(0), builtin),
            Copy => self.copy(expr, args),
            Delete => self.delete(expr, args),
            Make => self.make(expr, call),
            New => self.new_builtin(expr, call),
            Max | Min => self.extreme(expr, args, builtin),
            Panic => {
                self.assign_to(
                    &mut args[0],
                    Some(TypeId::EMPTY_INTERFACE),
                    "argument to panic",
                );
                no_value(expr, &args)
            }
            Print | Println => {
                let context = ["argument to built-in ", &builtin_name(builtin)].concat();
                for arg in &mut args {
                    self.assign_to(arg, None, &context);
                }
                no_value(expr, &args)
            }
            Recover => {
                if let Some(&function) = self.env.functions.last() {
                    self.function_info(function).has_recover = true;
                }
                Operand::new(Mode::Value, TypeId::ANY, expr)
            }
            _ => self.unsafe_call(expr, call, args, builtin),
        };
        x.statement = matches!(
            builtin,
            Clear | Close | Copy | Delete | Panic | Print | Println | Recover
        );
        x.expr = Some(expr);
        x.span = expr.span;
        x
    }

    fn use_arguments(&mut self, expr: &'a Expr, call: &'a Call, evaluate: bool) -> Operand<'a> {
        if evaluate {
            for arg in &call.args {
                self.raw_expr(arg, None);
            }
        }
        let mut x = Operand::invalid(expr);
        x.statement = true;
        x
    }

    fn append(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        mut args: Vec<Operand<'a>>,
    ) -> Operand<'a> {
        let target = args[0].typ;
        let core = self.core_type(target).unwrap_or(TypeId::INVALID);
        let Type::Slice(elem) = self.types.get(core) else {
            let text = if args[0].is_nil() {
                "untyped nil".into()
            } else {
                self.describe(&args[0])
            };
            let words = "invalid append: argument must be a slice; have ";
            self.error_parts(args[0].span, &[words, &text]);
            return Operand::invalid(expr);
        };
        if call.spread.is_some() {
            if args.len() != 2 {
                let have: Vec<TypeId> = args.iter().map(|a| a.typ).collect();
                let have = self.summary(&have, false, true);
                let want = self.types.slice(elem);
                let want = self.summary(&[target, want], true, false);
                let span = args.get(2).or(args.last()).map_or(expr.span, |a| a.span);
                let words = if args.len() > 2 {
                    "too many"
                } else {
                    "not enough"
                };
                self.error_parts(
                    span,
                    &[
                        words,
                        " arguments in call to append\n\thave ",
                        &have,
                        "\n\twant ",
                        &want,
                    ],
                );
                return Operand::invalid(expr);
            }
            let bytes = self.basic(elem) == Some(Basic::Uint8);
            let from = self.core_or_string(args[1].typ);
            let string = from.is_some_and(|f| self.basic(f).is_some_and(Basic::is_string));
            if bytes && string {
                let typ = self.default_type(args[1].typ);
                self.convert_untyped(&mut args[1], typ);
            } else {
                let slice = self.types.slice(elem);
                self.assign_to(&mut args[1], Some(slice), "argument to append");
            }
        } else {
            for arg in &mut args[1..] {
                self.assign_to(arg, Some(elem), "argument to append");
            }
        }
        Operand::new(Mode::Value, target, expr)
    }

    fn length(&mut self, expr: &'a Expr, mut x: Operand<'a>, builtin: Builtin) -> Operand<'a> {
        if self.is_untyped(x.typ) && x.mode == Mode::Constant && builtin == Builtin::Len {
            let typ = self.default_type(x.typ);
            let string = self.all_basic(typ, Basic::is_string);
            if string {
                self.convert_untyped(&mut x, typ);
            }
        }
        let len = builtin == Builtin::Len;
        let mut constant = None;
        let fits = if self.is_type_param(x.typ) {
            let terms = self.types.type_set(x.typ).terms.unwrap_or_default();
            !terms.is_empty() && terms.iter().all(|t| self.has_length(t.typ, len).is_some())
        } else {
            match self.has_length(x.typ, len) {
                None => false,
                Some(count) => {
                    let value = x.value.as_ref().filter(|_| x.mode == Mode::Constant);
                    constant = match value.and_then(|v| v.as_bytes()) {
                        Some(bytes) => Some(bytes.len() as i64),
                        None => count.filter(|_| x.expr.is_some_and(|e| !self.has_call(e))),
                    };
                    true
                }
            }
        };
        if !fits {
            let text = self.describe(&x);
            let name = builtin_name(builtin);
            self.error_parts(
                x.span,
                &["invalid argument: ", &text, " for built-in ", &name],
            );
            return Operand::invalid(expr);
        }
        match constant {
            Some(count) => Operand::constant(Constant::from(count), TypeId::INT, expr),
            None => Operand::new(Mode::Value, TypeId::INT, expr),
        }
    }

    /// Whether the type has a length (or capacity); for arrays, which.
    fn has_length(&mut self, typ: TypeId, len: bool) -> Option<Option<i64>> {
        match self.under(typ) {
            Type::Basic(basic) if basic.is_string() && len => Some(None),
            Type::Array(_, count) => Some(Some(count)),
            Type::Pointer(to) => match self.under(to) {
                Type::Array(_, count) => Some(Some(count)),
                _ => None,
            },
            Type::Slice(_) | Type::Chan(..) => Some(None),
            Type::Map(..) if len => Some(None),
            _ => None,
        }
    }

    /// The expression calls a function or receives: its length is not constant then.
    fn has_call(&self, expr: &Expr) -> bool {
        if self.info.nodes[expr.id.index()].mode == Mode::Constant {
            return false;
        }
        match &expr.kind {
            ExprKind::Call(call) => {
                self.info.nodes[call.func.id.index()].mode != Mode::Type
                    || call.args.iter().any(|a| self.has_call(a))
            }
            ExprKind::Unary(op, inner) => {
                *op == crate::go::syntax::ast::UnaryOp::Receive || self.has_call(inner)
            }
            ExprKind::Paren(e) | ExprKind::Star(e) | ExprKind::Selector(e, _) => self.has_call(e),
            ExprKind::Binary(_, a, b) => self.has_call(a) || self.has_call(b),
            ExprKind::Index(base, indices) => {
                self.has_call(base) || indices.iter().any(|i| self.has_call(i))
            }
            ExprKind::TypeAssert(base, _) => self.has_call(base),
            ExprKind::Composite(c) => c.elements.iter().any(|e| self.has_call(&e.value)),
            ExprKind::Slice(s) => self.has_call(&s.base),
            _ => false,
        }
    }

    fn clear(&mut self, expr: &'a Expr, x: Operand<'a>) -> Operand<'a> {
        if !self.all_under(x.typ, |t| matches!(t, Type::Map(..) | Type::Slice(_))) {
            let text = self.describe(&x);
            let words = ": argument must be (or constrained by) map or slice";
            self.error_parts(x.span, &["invalid argument: cannot clear ", &text, words]);
            return Operand::invalid(expr);
        }
        no_value(expr, &[])
    }

    /// It holds for the underlying type, or those of all types in a type parameter's set.
    fn all_under(&mut self, typ: TypeId, holds: fn(&Type) -> bool) -> bool {
        if !self.is_type_param(typ) {
            return holds(&self.under(typ));
        }
        let terms = self.types.type_set(typ).terms.unwrap_or_default();
        !terms.is_empty() && terms.iter().all(|t| holds(&self.under(t.typ)))
    }

    fn close(&mut self, expr: &'a Expr, x: Operand<'a>) -> Operand<'a> {
        let core = self.core_type(x.typ).unwrap_or(TypeId::INVALID);
        let sendable = |t: &Type| matches!(t, Type::Chan(ChanDir::Both | ChanDir::Send, _));
        if self.all_under(x.typ, sendable) {
            return no_value(expr, &[]);
        }
        let words = match self.types.get(core) {
            Type::Chan(..) => "cannot close receive-only channel ",
            _ => "cannot close non-channel ",
        };
        let text = self.describe(&x);
        self.error_parts(x.span, &["invalid operation: ", words, &text]);
        Operand::invalid(expr)
    }

    fn copy(&mut self, expr: &'a Expr, args: Vec<Operand<'a>>) -> Operand<'a> {
        let mut elems = Vec::new();
        for (at, arg) in args.iter().enumerate() {
            let core = if at == 1 {
                self.core_or_string(arg.typ)
            } else {
                self.core_type(arg.typ)
            };
            match self.types.get(core.unwrap_or(TypeId::INVALID)) {
                Type::Slice(of) => elems.push(of),
                Type::Basic(basic) if basic.is_string() && at == 1 => {
                    if let Some(e) = arg.expr.filter(|_| self.is_untyped(arg.typ)) {
                        self.update_type(e, TypeId::STRING, true);
                    }
                    elems.push(TypeId::BYTE);
                }
                _ => {
                    let text = if arg.is_nil() {
                        "untyped nil".into()
                    } else {
                        self.describe(arg)
                    };
                    let words = "invalid copy: argument must be a slice; have ";
                    self.error_parts(arg.span, &[words, &text]);
                    return Operand::invalid(expr);
                }
            }
        }
        if !self.types.identical(elems[0], elems[1]) {
            let (a, b) = (self.describe(&args[0]), self.describe(&args[1]));
            let (e, f) = (self.text(elems[0]), self.text(elems[1]));
            let words = " have different element types ";
            self.error_parts(
                args[0].span,
                &[
                    "invalid copy: arguments ",
                    &a,
                    " and ",
                    &b,
                    words,
                    &e,
                    " and ",
                    &f,
                ],
            );
            return Operand::invalid(expr);
        }
        Operand::new(Mode::Value, TypeId::INT, expr)
    }

    fn delete(&mut self, expr: &'a Expr, mut args: Vec<Operand<'a>>) -> Operand<'a> {
        let terms = self.types.type_set(args[0].typ).terms.unwrap_or_default();
        let shape = match &terms[..] {
            [first, ..] if self.all_under(args[0].typ, |t| matches!(t, Type::Map(..))) => first.typ,
            _ => args[0].typ,
        };
        let Type::Map(key, _) = self.under(shape) else {
            let text = self.describe(&args[0]);
            self.error_parts(
                args[0].span,
                &["invalid argument: ", &text, " is not a map"],
            );
            return Operand::invalid(expr);
        };
        self.assign_to(&mut args[1], Some(key), "argument to delete");
        no_value(expr, &args)
    }

    fn complex(&mut self, expr: &'a Expr, mut args: Vec<Operand<'a>>) -> Operand<'a> {
        let [x, y] = &mut args[..] else {
            return Operand::invalid(expr);
        };
        // Untyped operands are floats here, whatever they look like.
        for operand in [&mut *x, &mut *y] {
            let untyped = self.is_untyped(operand.typ);
            if untyped && operand.mode == Mode::Constant {
                let number = operand
                    .value
                    .as_ref()
                    .is_some_and(|v| v.to_ratio().is_some());
                if number {
                    operand.typ = Basic::UntypedFloat.id();
                }
            } else if untyped {
                self.convert_untyped(operand, TypeId::FLOAT64);
            }
        }
        let matched = self.match_operands(x, y);
        if x.mode == Mode::Invalid {
            return Operand::invalid(expr);
        }
        if matched.is_err() || !self.types.identical(x.typ, y.typ) {
            let (a, b, text) = (self.text(x.typ), self.text(y.typ), expr_text(expr));
            let words = ["invalid operation: ", &text, " (mismatched types "].concat();
            self.error_parts(x.span, &[&words, &a, " and ", &b, ")"]);
            return Operand::invalid(expr);
        }
        let result = match self.basic(x.typ) {
            Some(Basic::Float32) => Basic::Complex64.id(),
            Some(Basic::Float64) => TypeId::COMPLEX128,
            Some(Basic::UntypedFloat) => Basic::UntypedComplex.id(),
            _ => {
                let text = self.text(x.typ);
                let words = ", expected floating-point";
                self.error_parts(
                    x.span,
                    &["invalid argument: arguments have type ", &text, words],
                );
                return Operand::invalid(expr);
            }
        };
        if let (Mode::Constant, Mode::Constant, Some(a), Some(b)) =
            (x.mode, y.mode, &x.value, &y.value)
            && let (Some(re), Some(im)) = (a.to_ratio(), b.to_ratio())
        {
            return Operand::constant(Constant::Complex(re, im), result, expr);
        }
        Operand::new(Mode::Value, result, expr)
    }

    fn real_part(&mut self, expr: &'a Expr, mut x: Operand<'a>, builtin: Builtin) -> Operand<'a> {
        if self.is_untyped(x.typ) && x.mode == Mode::Constant {
            let number = x.value.as_ref().is_some_and(|v| v.to_complex().is_some());
            if number {
                x.typ = Basic::UntypedComplex.id();
            }
        } else if self.is_untyped(x.typ) {
            self.convert_untyped(&mut x, TypeId::COMPLEX128);
        }
        let result = match self.basic(x.typ) {
            Some(Basic::Complex64) => Basic::Float32.id(),
            Some(Basic::Complex128) => TypeId::FLOAT64,
            Some(Basic::UntypedComplex) => Basic::UntypedFloat.id(),
            _ => {
                let text = self.text(x.typ);
                let words = ", expected complex type";
                self.error_parts(
                    x.span,
                    &["invalid argument: argument has type ", &text, words],
                );
                return Operand::invalid(expr);
            }
        };
        let value = x.value.as_ref().filter(|_| x.mode == Mode::Constant);
        if let Some((re, im)) = value.and_then(|v| v.to_complex()) {
            let part = if builtin == Builtin::Real { re } else { im };
            return Operand::constant(Constant::Float(part), result, expr);
        }
        Operand::new(Mode::Value, result, expr)
    }

    fn make(&mut self, expr: &'a Expr, call: &'a Call) -> Operand<'a> {
        let typ = self.var_type(&call.args[0]);
        if typ == TypeId::INVALID {
            for arg in &call.args[1..] {
                self.raw_expr(arg, None);
            }
            return Operand::invalid(expr);
        }
        let core = self.core_type(typ).unwrap_or(TypeId::INVALID);
        let least = match self.types.get(core) {
            Type::Slice(_) => 2,
            Type::Map(..) | Type::Chan(..) => 1,
            _ => {
                let text = self.text(typ);
                let words = ": type must be slice, map, or channel";
                self.error_parts(
                    call.args[0].span,
                    &["invalid argument: cannot make ", &text, words],
                );
                return Operand::invalid(expr);
            }
        };
        let count = call.args.len();
        if count < least || count > least + 1 {
            let text = expr_text(expr);
            let (a, b, c) = (
                least.to_string(),
                (least + 1).to_string(),
                count.to_string(),
            );
            self.error_parts(
                expr.span,
                &[
                    "invalid operation: ",
                    &text,
                    " expects ",
                    &a,
                    " or ",
                    &b,
                    " arguments; found ",
                    &c,
                ],
            );
            return Operand::invalid(expr);
        }
        let mut sizes = Vec::new();
        for arg in &call.args[1..] {
            sizes.extend(self.index_value(arg, None));
        }
        if let [length, capacity] = sizes[..]
            && length > capacity
        {
            let words = "invalid argument: length and capacity swapped";
            self.error(call.args[1].span, words);
        }
        Operand::new(Mode::Value, typ, expr)
    }

    fn new_builtin(&mut self, expr: &'a Expr, call: &'a Call) -> Operand<'a> {
        let mut x = self.raw_expr(&call.args[0], None);
        if x.mode == Mode::Type {
            if self.generic_params(x.typ).is_some() {
                self.type_expr(&call.args[0]);
                return Operand::invalid(expr);
            }
            self.later
                .push(super::check::Later::Variable(x.typ, call.args[0].span));
        } else {
            // Go 1.26: new(value)
            self.assign_to(&mut x, None, "argument to new");
        }
        if x.mode == Mode::Invalid {
            return Operand::invalid(expr);
        }
        let typ = self.types.pointer(x.typ);
        Operand::new(Mode::Value, typ, expr)
    }

    fn extreme(&mut self, expr: &'a Expr, args: Vec<Operand<'a>>, builtin: Builtin) -> Operand<'a> {
        let ordered: fn(Basic) -> bool = |b| b.is_integer() || b.is_float() || b.is_string();
        for arg in &args {
            if !self.all_basic(arg.typ, ordered) {
                let text = self.describe(arg);
                self.error_parts(
                    arg.span,
                    &["invalid argument: ", &text, " cannot be ordered"],
                );
                return Operand::invalid(expr);
            }
        }
        let op = if builtin == Builtin::Min {
            BinaryOp::Less
        } else {
            BinaryOp::Greater
        };
        let mut operands = args.into_iter();
        let Some(mut x) = operands.next() else {
            return Operand::invalid(expr);
        };
        let mut all = vec![x.clone()];
        for mut y in operands {
            let (before, own) = (self.text(x.typ), self.text(y.typ));
            let matched = self.match_operands(&mut x, &mut y);
            if x.mode == Mode::Invalid {
                return Operand::invalid(expr);
            }
            if matched.is_err() || !self.types.identical(x.typ, y.typ) {
                let text = y.expr.map(expr_text).unwrap_or_default();
                let words = ["invalid argument: mismatched types ", &before].concat();
                self.error_parts(
                    y.span,
                    &[
                        &words,
                        " (previous argument) and ",
                        &own,
                        " (type of ",
                        &text,
                        ")",
                    ],
                );
                return Operand::invalid(expr);
            }
            let better = match (&x.value, &y.value) {
                (Some(a), Some(b)) if x.mode == Mode::Constant && y.mode == Mode::Constant => {
                    b.compare(op, a)
                }
                _ => None,
            };
            match better {
                Some(true) => x.value = y.value.clone(),
                Some(false) => {}
                None => {
                    x.mode = Mode::Value;
                    x.value = None;
                }
            }
            all.push(y);
        }
        if x.mode != Mode::Constant {
            x.mode = Mode::Value;
            let typ = x.typ;
            for arg in &all {
                if let Some(e) = arg.expr
                    && !self.is_untyped(typ)
                {
                    self.update_type(e, typ, true);
                }
            }
        }
        x
    }

    fn unsafe_call(
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

    fn offset_of(&mut self, expr: &'a Expr, arg: &'a Expr) -> Operand<'a> {
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
    fn size_of(&mut self, typ: TypeId) -> (i64, i64) {
        if !self.enter(Span::default()) {
            return (0, 1);
        }
        let size = self.size_of_shape(typ);
        self.depth -= 1;
        size
    }

    fn size_of_shape(&mut self, typ: TypeId) -> (i64, i64) {
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

    fn layout(&mut self, fields: &[super::table::Field]) -> (i64, i64) {
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

fn no_value<'a>(expr: &'a Expr, args: &[Operand<'a>]) -> Operand<'a> {
    let mode = if args.iter().any(|a| a.mode == Mode::Invalid) {
        Mode::Invalid
    } else {
        Mode::NoValue
    };
    Operand::new(mode, TypeId::EMPTY_TUPLE, expr)
}
