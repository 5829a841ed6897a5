//! Expressions: names, literals, operators, indexing, slicing, assertions.

use super::check::Checker;
use super::constant::Constant;
use super::info::Mode;
use super::object::{ObjKind, VarKind};
use super::operand::Operand;
use super::table::{Basic, ChanDir, ObjId, Type, TypeId};
use crate::go::syntax::ast::{
    BinaryOp, Expr, ExprKind, FuncLit, Ident, LiteralKind, SliceExpr, UnaryOp,
};
use crate::go::syntax::text::expr_text;
use crate::trace::Span;
use std::rc::Rc;

impl<'a> Checker<'a> {
    /// One value.
    pub(super) fn expr(&mut self, expr: &'a Expr, hint: Option<TypeId>) -> Operand<'a> {
        self.expr_hint(expr, hint, false)
    }

    /// One value; generic functions without type arguments too, if asked for.
    pub(super) fn expr_hint(
        &mut self,
        expr: &'a Expr,
        hint: Option<TypeId>,
        generic: bool,
    ) -> Operand<'a> {
        let mut x = self.raw_expr(expr, hint);
        self.require_value(&mut x);
        self.require_single(&mut x);
        if !generic {
            self.require_instance(&mut x);
        }
        x
    }

    /// A generic function must have its type arguments here.
    pub(super) fn require_instance(&mut self, x: &mut Operand<'a>) {
        if x.mode != Mode::Invalid
            && let Some(expr) = x.expr
            && self.is_generic_value(x)
        {
            x.mode = Mode::Invalid;
            if let Some(explicit) = self.partial.get(&expr.unparen().id).cloned()
                && let (Type::Signature(s), ExprKind::Index(base, _)) =
                    (self.types.get(x.typ), &expr.unparen().kind)
            {
                let at = Span {
                    start: base.span.end,
                    ..x.span
                };
                self.infer(at, "", &s, &explicit, &[], &mut []);
                return;
            }
            let text = expr_text(expr);
            let words = " without instantiation";
            self.error_parts(x.span, &["cannot use generic function ", &text, words]);
        }
    }

    /// A value, several values, or nothing.
    pub(super) fn multi_expr(&mut self, expr: &'a Expr) -> Operand<'a> {
        let mut x = self.raw_expr(expr, None);
        self.require_value(&mut x);
        x
    }

    pub(super) fn is_generic_value(&self, x: &Operand<'a>) -> bool {
        x.mode == Mode::Value
            && matches!(self.types.get(x.typ), Type::Signature(s) if !s.type_params.is_empty())
    }

    /// Any expression: a value, a type, a builtin, nothing. Records what it finds.
    pub(super) fn raw_expr(&mut self, expr: &'a Expr, hint: Option<TypeId>) -> Operand<'a> {
        if !self.enter(expr.span) {
            return Operand::invalid(expr);
        }
        let mut x = self.expr_kind(expr, hint);
        self.depth -= 1;
        x.expr = Some(expr);
        x.span = expr.span;
        if x.mode == Mode::Invalid {
            x.typ = TypeId::INVALID;
            x.value = None;
        }
        self.record(expr, &x);
        x
    }

    fn expr_kind(&mut self, expr: &'a Expr, hint: Option<TypeId>) -> Operand<'a> {
        match &expr.kind {
            ExprKind::Bad => Operand::invalid(expr),
            ExprKind::Name(name) => self.name(expr, name),
            ExprKind::Literal(literal) => {
                let text = &*literal.text;
                let (value, basic) = match &literal.kind {
                    LiteralKind::Int => (Constant::parse_int(text), Basic::UntypedInt),
                    LiteralKind::Float => (
                        super::ratio::Ratio::parse(text).map(Constant::Float),
                        Basic::UntypedFloat,
                    ),
                    LiteralKind::Imaginary => {
                        (Constant::parse_imaginary(text), Basic::UntypedComplex)
                    }
                    LiteralKind::Rune(c) => {
                        (Some(Constant::from(i64::from(*c))), Basic::UntypedRune)
                    }
                    LiteralKind::String(bytes) => {
                        (Some(Constant::Str(bytes.clone())), Basic::UntypedString)
                    }
                };
                let Some(value) = value else {
                    self.error_parts(expr.span, &["malformed constant: ", text]);
                    return Operand::invalid(expr);
                };
                let mut x = Operand::constant(value, basic.id(), expr);
                self.check_overflow(&mut x);
                x
            }
            ExprKind::Composite(composite) => self.composite(expr, composite, hint),
            ExprKind::Func(func) => self.func_literal(expr, func),
            ExprKind::Paren(inner) => self.raw_expr(inner, hint),
            ExprKind::Selector(..) => self.selector(expr, false),
            ExprKind::Index(base, indices) => self.index(expr, base, indices),
            ExprKind::Slice(slice) => self.slice_expr(expr, slice),
            ExprKind::TypeAssert(base, ty) => self.assertion(expr, base, ty),
            ExprKind::Call(call) => self.call(expr, call),
            ExprKind::Star(inner) => self.star(expr, inner),
            ExprKind::Unary(op, inner) => self.unary(expr, *op, inner, hint),
            ExprKind::Binary(op, left, right) => self.binary_expr(expr, *op, left, right),
            _ => {
                let typ = self.generic_type(expr);
                if typ == TypeId::INVALID {
                    return Operand::invalid(expr);
                }
                Operand::new(Mode::Type, typ, expr)
            }
        }
    }

    /// An identifier.
    pub(super) fn name(&mut self, expr: &'a Expr, name: &'a Ident) -> Operand<'a> {
        if name.is_blank() {
            self.error(name.span, "cannot use _ as value or type");
            return Operand::invalid(expr);
        }
        let Some((object, _)) = self.find(&name.name) else {
            self.error_parts(name.span, &["undefined: ", &name.name]);
            return Operand::invalid(expr);
        };
        self.use_object(name, object);
        self.use_dot_import(object);
        if let ObjKind::Package(_) = self.object(object).kind {
            let words = " not in selector";
            self.error_parts(name.span, &["use of package ", &name.name, words]);
            return Operand::invalid(expr);
        }
        self.object_operand(expr, object)
    }

    /// A name that is another package's came in by a dot import, which is used now.
    fn use_dot_import(&mut self, object: ObjId) {
        let package = self.object(object).package;
        if package == self.package || package == super::table::PackageId::UNIVERSE {
            return;
        }
        for at in 0..self.imports.len() {
            let import = self.object_mut(self.imports[at].0);
            if &*import.name == "." && matches!(import.kind, ObjKind::Package(p) if p == package) {
                import.used = true;
            }
        }
    }

    /// An object as an expression.
    pub(super) fn object_operand(&mut self, expr: &'a Expr, object: ObjId) -> Operand<'a> {
        self.resolve(object);
        self.object_mut(object).used = true;
        let (kind, typ) = (self.object(object).kind.clone(), self.object(object).typ);
        if typ == TypeId::INVALID && !matches!(kind, ObjKind::Builtin(_)) {
            return Operand::invalid(expr);
        }
        match kind {
            ObjKind::Var(var) => {
                if var == VarKind::Package {
                    self.depend(object);
                } else {
                    self.capture(object);
                }
                Operand::new(Mode::Variable, typ, expr)
            }
            ObjKind::Const(value) => {
                if object == self.iota {
                    let Some(iota) = self.env.iota else {
                        let words = "cannot use iota outside constant declaration";
                        self.error(expr.span, words);
                        return Operand::invalid(expr);
                    };
                    return Operand::constant(Constant::from(i64::from(iota)), typ, expr);
                }
                let mut x = Operand::new(Mode::Constant, typ, expr);
                x.value = value;
                x
            }
            ObjKind::TypeName => Operand::new(Mode::Type, typ, expr),
            ObjKind::Func { .. } => {
                self.depend(object);
                Operand::new(Mode::Value, typ, expr)
            }
            ObjKind::Builtin(builtin) => Operand::new(Mode::Builtin(builtin), typ, expr),
            ObjKind::Nil => Operand::new(Mode::Nil, TypeId::NIL, expr),
            ObjKind::Package(_) | ObjKind::Label => Operand::invalid(expr),
        }
    }

    /// Notes that the package-level object being checked uses another.
    pub(super) fn depend(&mut self, object: ObjId) {
        if let Some(owner) = self.env.owner
            && self.object(object).package == self.package
        {
            let list = self.dependencies.entry(owner).or_default();
            if !list.contains(&object) {
                list.push(object);
            }
        }
    }

    /// Notes that a local variable is used in this function; literals capture it.
    fn capture(&mut self, object: ObjId) {
        let Some(owner) = self.object(object).function else {
            return;
        };
        let functions = self.env.functions.clone();
        let Some(at) = functions.iter().rposition(|&f| f == owner) else {
            return;
        };
        for &function in &functions[at + 1..] {
            self.object_mut(object).captured = true;
            let captures = &mut self.function_info(function).captures;
            if !captures.contains(&object) {
                captures.push(object);
            }
        }
    }

    fn func_literal(&mut self, expr: &'a Expr, func: &'a FuncLit) -> Operand<'a> {
        let outer = self.env.clone();
        self.open_scope();
        self.env.functions = outer.functions.iter().copied().chain([expr.id]).collect();
        let (typ, params, results) = self.signature(&func.sig, &Rc::from([]));
        let info = self.function_info(expr.id);
        info.params = params;
        info.results = results.clone();
        let env = self.env.clone();
        self.queue_body(expr.id, env, typ, &results, &func.body);
        // Inside a function the body is checked here and now, so that scopes are right; at package
        // level it waits until all declarations are known.
        if !outer.functions.is_empty()
            && let Some(body) = self.bodies.pop()
        {
            self.check_body(body);
        }
        self.env = outer;
        Operand::new(Mode::Value, typ, expr)
    }

    fn star(&mut self, expr: &'a Expr, inner: &'a Expr) -> Operand<'a> {
        let mut x = self.raw_expr(inner, None);
        if x.mode == Mode::Type {
            if self.generic_params(x.typ).is_some() {
                self.type_expr(inner);
                return Operand::invalid(expr);
            }
            let typ = self.types.pointer(x.typ);
            return Operand::new(Mode::Type, typ, expr);
        }
        self.require_value(&mut x);
        self.require_single(&mut x);
        if x.mode == Mode::Invalid {
            return x;
        }
        if x.is_nil() {
            self.error(x.span, "invalid operation: cannot indirect nil");
            return Operand::invalid(expr);
        }
        let core = self.core_type(x.typ).unwrap_or(TypeId::INVALID);
        let Type::Pointer(to) = self.types.get(core) else {
            let text = self.describe(&x);
            self.error_parts(x.span, &["invalid operation: cannot indirect ", &text]);
            return Operand::invalid(expr);
        };
        Operand::new(Mode::Variable, to, expr)
    }

    fn unary(
        &mut self,
        expr: &'a Expr,
        op: UnaryOp,
        inner: &'a Expr,
        hint: Option<TypeId>,
    ) -> Operand<'a> {
        if op == UnaryOp::Address {
            return self.address(expr, inner, hint);
        }
        let mut x = self.expr(inner, None);
        if x.mode == Mode::Invalid {
            return x;
        }
        if op == UnaryOp::Receive {
            return self.receive(expr, x);
        }
        let defined = match op {
            UnaryOp::Plus | UnaryOp::Neg => self.all_basic(x.typ, Basic::is_numeric),
            UnaryOp::Complement => self.all_basic(x.typ, Basic::is_integer),
            _ => self.all_basic(x.typ, Basic::is_boolean),
        };
        if !defined {
            let text = self.describe(&x);
            let words = [
                "invalid operation: operator ",
                op.text(),
                " not defined on ",
            ]
            .concat();
            self.error_parts(x.span, &[&words, &text]);
            return Operand::invalid(expr);
        }
        if let (Mode::Constant, Some(value)) = (x.mode, x.value.clone()) {
            let basic = self.basic(x.typ).unwrap_or(Basic::Invalid);
            let unsigned = basic.is_unsigned().then(|| basic.bits());
            let value = match op {
                UnaryOp::Neg => value.negate(),
                UnaryOp::Complement => value.complement(unsigned),
                UnaryOp::Not => value.as_bool().map(|b| Constant::Bool(!b)),
                _ => Some((*value).clone()),
            };
            x.value = value.map(Rc::new);
            x.expr = Some(expr);
            x.span = expr.span;
            self.check_overflow(&mut x);
            return x;
        }
        x.mode = Mode::Value;
        x
    }

    fn address(&mut self, expr: &'a Expr, inner: &'a Expr, hint: Option<TypeId>) -> Operand<'a> {
        let hint = hint.and_then(|t| match self.under(t) {
            Type::Pointer(to) => Some(to),
            _ => None,
        });
        let mut x = self.raw_expr(inner, hint);
        self.require_value(&mut x);
        self.require_single(&mut x);
        if x.mode == Mode::Invalid {
            return x;
        }
        let literal = matches!(inner.unparen().kind, ExprKind::Composite(_));
        if !literal && x.mode != Mode::Variable {
            let text = self.describe(&x);
            let words = "invalid operation: cannot take address of ";
            self.error_parts(x.span, &[words, &text]);
            return Operand::invalid(expr);
        }
        self.take_address(inner);
        let typ = self.types.pointer(x.typ);
        Operand::new(Mode::Value, typ, expr)
    }

    /// Notes that the variable an addressable expression is part of has its address taken.
    pub(super) fn take_address(&mut self, expr: &'a Expr) {
        match &expr.kind {
            ExprKind::Paren(inner) => self.take_address(inner),
            ExprKind::Name(_) => {
                if let Some(object) = self.variable_of(expr) {
                    self.object_mut(object).address_taken = true;
                }
            }
            ExprKind::Selector(base, _) => {
                let through = self
                    .info
                    .selections
                    .get(&expr.id)
                    .is_some_and(|s| s.path.iter().any(|step| step.deref));
                if !through {
                    self.take_address(base);
                }
            }
            ExprKind::Index(base, _) => {
                let typ = self.info.nodes[base.id.index()].typ;
                if let Type::Array(..) = self.under(typ) {
                    self.take_address(base);
                }
            }
            _ => {}
        }
    }

    fn receive(&mut self, expr: &'a Expr, x: Operand<'a>) -> Operand<'a> {
        let core = self.core_type(x.typ);
        match core.map(|c| self.types.get(c)) {
            Some(Type::Chan(ChanDir::Send, _)) => {
                self.channel_error("cannot receive from send-only channel ", &x);
                Operand::invalid(expr)
            }
            Some(Type::Chan(_, elem)) => {
                let mut result = Operand::new(Mode::CommaOk, elem, expr);
                result.statement = true;
                result
            }
            _ => {
                self.channel_error("cannot receive from non-channel ", &x);
                Operand::invalid(expr)
            }
        }
    }

    pub(super) fn channel_error(&mut self, words: &str, x: &Operand<'a>) {
        let (typ, text) = (self.text(x.typ), self.describe(x));
        let span = x.span;
        self.error_parts(span, &["invalid operation: ", words, &typ, " ", &text]);
    }

    fn binary_expr(
        &mut self,
        expr: &'a Expr,
        op: BinaryOp,
        left: &'a Expr,
        right: &'a Expr,
    ) -> Operand<'a> {
        let x = self.expr(left, None);
        let y = self.expr(right, None);
        let mut x = self.binary(x, y, op, Some(expr));
        x.expr = Some(expr);
        x.span = expr.span;
        x.statement = false;
        x
    }

    /// `x op y`; `expr` is the whole, absent for `x op= y` and `x++`.
    pub(super) fn binary(
        &mut self,
        mut x: Operand<'a>,
        mut y: Operand<'a>,
        op: BinaryOp,
        expr: Option<&'a Expr>,
    ) -> Operand<'a> {
        if x.mode == Mode::Invalid || y.mode == Mode::Invalid {
            x.mode = Mode::Invalid;
            return x;
        }
        if op.is_shift() {
            return self.shift(x, y, op, expr);
        }
        let (a, b) = (x.typ, y.typ);
        let matched = self.match_operands(&mut x, &mut y);
        if x.mode == Mode::Invalid {
            return x;
        }
        if op.is_comparison() {
            return match matched {
                Ok(()) => self.comparison(x, y, op, false),
                Err(()) => {
                    self.comparison_mismatch(&x, &y, op, false);
                    x.mode = Mode::Invalid;
                    x
                }
            };
        }
        if matched.is_err() || !self.types.identical(x.typ, y.typ) {
            let (a, b) = (self.text(a), self.text(b));
            let parts = match expr {
                Some(expr) => expr_text(expr),
                None => {
                    let text = |o: &Operand<'a>| o.expr.map(expr_text).unwrap_or_default();
                    [&text(&x), " ", op.text(), "= ", &text(&y)].concat()
                }
            };
            if x.typ != TypeId::INVALID && y.typ != TypeId::INVALID {
                let words = ["invalid operation: ", &parts, " (mismatched types "].concat();
                self.error_parts(x.span, &[&words, &a, " and ", &b, ")"]);
            }
            x.mode = Mode::Invalid;
            return x;
        }
        if !self.operator_defined(op, x.typ) {
            let text = self.describe(&x);
            let words = [
                "invalid operation: operator ",
                op.text(),
                " not defined on ",
            ]
            .concat();
            self.error_parts(x.span, &[&words, &text]);
            x.mode = Mode::Invalid;
            return x;
        }
        if matches!(op, BinaryOp::Div | BinaryOp::Rem) {
            let integer = self.all_basic(x.typ, Basic::is_integer);
            let zero = y.mode == Mode::Constant && y.value.as_ref().is_some_and(|v| v.is_zero());
            if zero && (x.mode == Mode::Constant || integer) {
                self.error(y.span, "invalid operation: division by zero");
                x.mode = Mode::Invalid;
                return x;
            }
        }
        if let (Mode::Constant, Mode::Constant, Some(a), Some(b)) =
            (x.mode, y.mode, &x.value, &y.value)
        {
            let integer = self.is_integer(x.typ);
            let value = a.binary(op, b, integer);
            x.value = value.map(Rc::new);
            if let Some(expr) = expr {
                x.expr = Some(expr);
                x.span = expr.span;
            }
            self.check_overflow(&mut x);
            return x;
        }
        x.mode = Mode::Value;
        x.value = None;
        x
    }

    fn operator_defined(&mut self, op: BinaryOp, typ: TypeId) -> bool {
        let holds: fn(Basic) -> bool = match op {
            BinaryOp::Add => |b| b.is_numeric() || b.is_string(),
            BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => Basic::is_numeric,
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr => Basic::is_boolean,
            _ => Basic::is_integer,
        };
        self.all_basic(typ, holds)
    }

    fn comparison_mismatch(&mut self, x: &Operand<'a>, y: &Operand<'a>, op: BinaryOp, case: bool) {
        let (a, b) = (self.text(x.typ), self.text(y.typ));
        let cause = ["mismatched types ", &a, " and ", &b].concat();
        self.comparison_error(x, y, op, &cause, case, false);
    }

    fn comparison_error(
        &mut self,
        x: &Operand<'a>,
        y: &Operand<'a>,
        op: BinaryOp,
        cause: &str,
        case: bool,
        at_first: bool,
    ) {
        let text = |o: &Operand<'a>| o.expr.map_or("true".into(), expr_text);
        let (a, b) = (text(x), text(y));
        if case {
            let words = ["invalid case ", &a, " in switch on ", &b, " (", cause, ")"].concat();
            self.error(x.span, words);
        } else {
            let span = if at_first { x.span } else { y.span };
            let words = ["invalid operation: ", &a, " ", op.text(), " ", &b].concat();
            self.error_parts(span, &[&words, " (", cause, ")"]);
        }
    }

    /// A comparison of operands that were matched; `case` is a switch's.
    pub(super) fn comparison(
        &mut self,
        mut x: Operand<'a>,
        y: Operand<'a>,
        op: BinaryOp,
        case: bool,
    ) -> Operand<'a> {
        if self.assignable(&x, y.typ).is_err() && self.assignable(&y, x.typ).is_err() {
            self.comparison_mismatch(&x, &y, op, case);
            x.mode = Mode::Invalid;
            return x;
        }
        let mut cause = String::new();
        let mut wrong: Option<bool> = None;
        if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) {
            if x.is_nil() || y.is_nil() {
                if x.is_nil() && y.is_nil() && x.typ == TypeId::NIL && y.typ == TypeId::NIL {
                    wrong = Some(false);
                    cause = ["operator ", op.text(), " not defined on untyped nil"].concat();
                }
            } else {
                for (first, typ) in [(true, x.typ), (false, y.typ)] {
                    if !self.types.is_comparable(typ) {
                        wrong = Some(first);
                        cause = self.incomparable(typ);
                        break;
                    }
                }
            }
        } else {
            for (first, typ) in [(true, x.typ), (false, y.typ)] {
                let ordered: fn(Basic) -> bool =
                    |b| b.is_integer() || b.is_float() || b.is_string();
                if !self.all_basic(typ, ordered) {
                    wrong = Some(first);
                    break;
                }
            }
        }
        if let Some(first) = wrong {
            if cause.is_empty() {
                let typ = if first { x.typ } else { y.typ };
                cause = if self.is_type_param(x.typ) || self.is_type_param(y.typ) {
                    let text = self.text(typ);
                    ["type parameter ", &text, " cannot use operator ", op.text()].concat()
                } else {
                    let kind = self.composite_kind(typ).to_string();
                    let kind = if kind.is_empty() {
                        self.text(typ)
                    } else {
                        kind
                    };
                    ["operator ", op.text(), " not defined on ", &kind].concat()
                };
            }
            self.comparison_error(&x, &y, op, &cause, case, first);
            x.mode = Mode::Invalid;
            return x;
        }
        let folded = match (&x.value, &y.value) {
            (Some(a), Some(b)) if x.mode == Mode::Constant && y.mode == Mode::Constant => {
                a.compare(op, b)
            }
            _ => None,
        };
        match folded {
            Some(value) => x.value = Some(Rc::new(Constant::Bool(value))),
            None => {
                for operand in [&x, &y] {
                    if let Some(expr) = operand.expr {
                        let typ = self.default_type(operand.typ);
                        self.update_type(expr, typ, true);
                    }
                }
                x.mode = Mode::Value;
                x.value = None;
            }
        }
        x.typ = Basic::UntypedBool.id();
        x
    }

    /// Why values of a type cannot be compared.
    fn incomparable(&mut self, typ: TypeId) -> String {
        if self.is_type_param(typ) {
            return "incomparable types in type set".into();
        }
        match self.under(typ) {
            Type::Slice(_) | Type::Signature(_) | Type::Map(..) => {
                [self.composite_kind(typ), " can only be compared to nil"].concat()
            }
            Type::Struct(fields) => {
                let field = fields.iter().find(|f| !self.types.is_comparable(f.typ));
                let inner = field.map(|f| self.text(f.typ)).unwrap_or_default();
                ["struct containing ", &inner, " cannot be compared"].concat()
            }
            _ => [&self.text(typ), " cannot be compared"].concat(),
        }
    }

    fn shift(
        &mut self,
        mut x: Operand<'a>,
        mut y: Operand<'a>,
        op: BinaryOp,
        expr: Option<&'a Expr>,
    ) -> Operand<'a> {
        let untyped_int = self.is_untyped(x.typ)
            && x.mode == Mode::Constant
            && x.value.as_ref().is_some_and(|v| v.to_int().is_some());
        let integer = if x.mode == Mode::Constant && self.is_untyped(x.typ) {
            untyped_int
        } else {
            self.all_basic(x.typ, Basic::is_integer)
        };
        if !integer {
            let text = self.describe(&x);
            let words = "invalid operation: shifted operand ";
            self.error_parts(x.span, &[words, &text, " must be integer"]);
            x.mode = Mode::Invalid;
            return x;
        }
        let written = y.clone();
        if y.mode == Mode::Constant {
            let value = y.value.as_ref().and_then(|v| v.to_int());
            if value.as_ref().is_some_and(|v| v.is_negative()) {
                let text = self.describe(&y);
                let words = "invalid operation: negative shift count ";
                self.error_parts(y.span, &[words, &text]);
                x.mode = Mode::Invalid;
                return x;
            }
            if self.is_untyped(y.typ) {
                let misfit = y.value.as_ref().map(|v| v.represent(Basic::Uint));
                match misfit {
                    Some(Err(misfit)) => {
                        self.shift_count_misfit(&mut y, misfit);
                        x.mode = Mode::Invalid;
                        return x;
                    }
                    _ => self.convert_untyped(&mut y, TypeId::UINT),
                }
            } else if !self.all_basic(y.typ, Basic::is_integer) {
                return self.bad_shift_count(x, &y);
            }
        } else if !self.all_basic(y.typ, Basic::is_integer) {
            return self.bad_shift_count(x, &y);
        } else if self.is_untyped(y.typ) {
            self.convert_untyped(&mut y, TypeId::UINT);
            if y.mode == Mode::Invalid {
                x.mode = Mode::Invalid;
                return x;
            }
        }
        if x.mode == Mode::Constant {
            if y.mode == Mode::Constant {
                // 1023 - 1 + 52 bits: what the smallest float needs.
                let count = y
                    .value
                    .as_ref()
                    .and_then(|v| v.to_i64())
                    .unwrap_or(i64::MAX);
                if count > 1074 {
                    let words = "invalid operation: invalid shift count ";
                    let text = self.describe(&written);
                    self.error_parts(y.span, &[words, &text]);
                    x.mode = Mode::Invalid;
                    return x;
                }
                let value = x.value.as_ref().and_then(|v| v.shift(op, count as usize));
                x.value = value.map(Rc::new);
                if self.is_untyped(x.typ) && !self.is_integer(x.typ) {
                    x.typ = Basic::UntypedInt.id();
                }
                if let Some(expr) = expr {
                    x.expr = Some(expr);
                    x.span = expr.span;
                }
                self.check_overflow(&mut x);
                return x;
            }
            if self.is_untyped(x.typ) {
                // The constant becomes what it would be if the shift were left out.
                if let Some(left) = x.expr
                    && let Some(shifted) = self.untyped.get_mut(&left.id)
                {
                    *shifted = true;
                }
                x.mode = Mode::Value;
                x.value = None;
                return x;
            }
        }
        x.mode = Mode::Value;
        x.value = None;
        x
    }

    fn shift_count_misfit(&mut self, y: &mut Operand<'a>, misfit: super::constant::Misfit) {
        use super::constant::Misfit;
        if misfit == Misfit::Kind || self.all_basic(y.typ, |b| !b.is_numeric()) {
            let text = self.describe(y);
            let words = " must be integer";
            self.error_parts(y.span, &["invalid operation: shift count ", &text, words]);
            y.mode = Mode::Invalid;
        } else {
            self.invalid_conversion(misfit, y, TypeId::UINT);
        }
    }

    fn bad_shift_count(&mut self, mut x: Operand<'a>, y: &Operand<'a>) -> Operand<'a> {
        let text = self.describe(y);
        let words = " must be integer";
        self.error_parts(y.span, &["invalid operation: shift count ", &text, words]);
        x.mode = Mode::Invalid;
        x
    }

    fn assertion(&mut self, expr: &'a Expr, base: &'a Expr, ty: &'a Expr) -> Operand<'a> {
        let x = self.expr(base, None);
        if x.mode == Mode::Invalid {
            self.type_expr(ty);
            return x;
        }
        if !self.is_interface(x.typ) {
            let text = self.describe(&x);
            if self.is_type_param(x.typ) {
                let words = "invalid operation: cannot use type assertion on type parameter value ";
                self.error_parts(x.span, &[words, &text]);
            } else {
                self.error_parts(
                    x.span,
                    &["invalid operation: ", &text, " is not an interface"],
                );
            }
            self.type_expr(ty);
            return Operand::invalid(expr);
        }
        let typ = self.var_type(ty);
        if typ == TypeId::INVALID {
            return Operand::invalid(expr);
        }
        if let Some(why) = self.impossible(x.typ, typ) {
            let (text, on, to) = (expr_text(expr), self.text(typ), self.text(x.typ));
            self.error_parts(
                expr.span,
                &[
                    "impossible type assertion: ",
                    &text,
                    "\n\t",
                    &on,
                    " does not implement ",
                    &to,
                    " ",
                    &why,
                ],
            );
        }
        Operand::new(Mode::CommaOk, typ, expr)
    }

    /// Why no value of the interface type can have the dynamic type.
    pub(super) fn impossible(&mut self, interface: TypeId, typ: TypeId) -> Option<String> {
        if self.is_interface(typ) {
            return None;
        }
        self.complete(typ);
        let set = self.types.type_set(interface);
        set.methods
            .iter()
            .find_map(|m| self.missing_method(typ, interface, m))
    }

    fn slice_expr(&mut self, expr: &'a Expr, slice: &'a SliceExpr) -> Operand<'a> {
        let x = self.expr(&slice.base, None);
        let indices = [&slice.low, &slice.high, &slice.max];
        if x.mode == Mode::Invalid {
            for index in indices.into_iter().flatten() {
                self.expr(index, None);
            }
            return x;
        }
        let mut length = None;
        let mut result = Operand::new(Mode::Value, x.typ, expr);
        let core = self.core_or_string(x.typ).unwrap_or(TypeId::INVALID);
        match self.types.get(core) {
            Type::Basic(basic) if basic.is_string() => {
                if slice.max.is_some() {
                    let span = slice.max.as_ref().map_or(expr.span, |m| m.span);
                    self.error(span, "invalid operation: 3-index slice of string");
                    return Operand::invalid(expr);
                }
                if let (Mode::Constant, Some(value)) = (x.mode, &x.value) {
                    length = value.as_bytes().map(|b| b.len() as i64);
                }
                if self.is_untyped(x.typ) {
                    result.typ = TypeId::STRING;
                    self.update_type(&slice.base, TypeId::STRING, true);
                }
            }
            Type::Array(of, count) => {
                length = Some(count);
                if x.mode != Mode::Variable {
                    let text = self.describe(&x);
                    let words = "cannot slice unaddressable value ";
                    self.error_parts(x.span, &[words, &text]);
                    return Operand::invalid(expr);
                }
                self.take_address(&slice.base);
                result.typ = self.types.slice(of);
            }
            Type::Pointer(to) if matches!(self.under(to), Type::Array(..)) => {
                if let Type::Array(of, count) = self.under(to) {
                    length = Some(count);
                    result.typ = self.types.slice(of);
                }
            }
            Type::Slice(_) => {}
            _ => {
                let text = self.describe(&x);
                self.error_parts(x.span, &["cannot slice ", &text]);
                for index in indices.into_iter().flatten() {
                    self.expr(index, None);
                }
                return Operand::invalid(expr);
            }
        }
        let mut known: Vec<(i64, &'a Expr)> = Vec::new();
        for index in indices.into_iter().flatten() {
            let limit = length.map(|n| n + 1);
            if let Some(value) = self.index_value(index, limit) {
                known.push((value, index));
            }
        }
        for pair in known.windows(2) {
            if pair[0].0 > pair[1].0 {
                let (a, b) = (pair[1].0.to_string(), pair[0].0.to_string());
                self.error_parts(pair[1].1.span, &["invalid slice indices: ", &a, " < ", &b]);
                break;
            }
        }
        result
    }

    /// An index; its value if it is constant and within `limit`.
    pub(super) fn index_value(&mut self, index: &'a Expr, limit: Option<i64>) -> Option<i64> {
        let mut x = self.expr(index, None);
        if !self.valid_index(&mut x, "index", false) {
            return None;
        }
        if x.mode != Mode::Constant {
            return None;
        }
        let value = x.value.as_ref()?.to_i64()?;
        if let Some(limit) = limit
            && value >= limit
        {
            let (text, limit) = (expr_text(index), limit.to_string());
            let text = x.value.as_ref().map_or(text, |v| v.text());
            let words = ["invalid argument: index ", &text, " out of bounds [0:"].concat();
            self.error_parts(x.span, &[&words, &limit, "]"]);
            return None;
        }
        Some(value)
    }

    /// The operand may index: an integer, not negative.
    pub(super) fn valid_index(&mut self, x: &mut Operand<'a>, what: &str, negative: bool) -> bool {
        if x.mode == Mode::Invalid {
            return false;
        }
        if self.is_untyped(x.typ) {
            self.convert_untyped(x, TypeId::INT);
            if x.mode == Mode::Invalid {
                return false;
            }
        }
        let text = self.describe(x);
        if !self.all_basic(x.typ, Basic::is_integer) {
            self.error_parts(
                x.span,
                &["invalid argument: ", what, " ", &text, " must be integer"],
            );
            return false;
        }
        if x.mode == Mode::Constant
            && let Some(value) = x.value.as_ref().and_then(|v| v.to_int())
        {
            if !negative && value.is_negative() {
                let words = " must not be negative";
                self.error_parts(x.span, &["invalid argument: ", what, " ", &text, words]);
                return false;
            }
            if value.to_i64().is_none() {
                let words = " overflows int";
                self.error_parts(x.span, &["invalid argument: ", what, " ", &text, words]);
                return false;
            }
        }
        true
    }

    fn index(&mut self, expr: &'a Expr, base: &'a Expr, indices: &'a [Expr]) -> Operand<'a> {
        let x = self.raw_expr(base, None);
        self.index_operand(expr, x, base, indices)
    }

    /// An index expression whose base has been evaluated.
    pub(super) fn index_operand(
        &mut self,
        expr: &'a Expr,
        mut x: Operand<'a>,
        base: &'a Expr,
        indices: &'a [Expr],
    ) -> Operand<'a> {
        if x.mode == Mode::Type {
            let typ = self.type_expr(expr);
            if typ == TypeId::INVALID {
                return Operand::invalid(expr);
            }
            return Operand::new(Mode::Type, typ, expr);
        }
        if self.is_generic_value(&x) {
            return self.instantiate(expr, indices, x);
        }
        self.require_value(&mut x);
        self.require_single(&mut x);
        let [index, rest @ ..] = indices else {
            return Operand::invalid(expr);
        };
        if x.mode == Mode::Invalid {
            for index in indices {
                self.raw_expr(index, None);
            }
            return x;
        }
        if let Some(extra) = rest.first() {
            self.error(extra.span, "unexpected comma; expecting ]");
            return Operand::invalid(expr);
        }
        self.index_into(expr, x, base, index)
    }

    fn index_into(
        &mut self,
        expr: &'a Expr,
        x: Operand<'a>,
        base: &'a Expr,
        index: &'a Expr,
    ) -> Operand<'a> {
        let core = match self.core_or_string(x.typ) {
            Some(core) => core,
            None => self.index_set(x.typ).unwrap_or(TypeId::INVALID),
        };
        let (mode, typ, length) = match self.types.get(core) {
            Type::Basic(basic) if basic.is_string() => {
                let length = match (x.mode, &x.value) {
                    (Mode::Constant, Some(value)) => value.as_bytes().map(|b| b.len() as i64),
                    _ => None,
                };
                if self.is_untyped(x.typ) {
                    self.update_type(base, TypeId::STRING, true);
                }
                self.index_value(index, length);
                return Operand::new(Mode::Value, TypeId::BYTE, expr);
            }
            Type::Array(of, count) => {
                let mode = if x.mode == Mode::Variable {
                    Mode::Variable
                } else {
                    Mode::Value
                };
                (mode, of, Some(count))
            }
            Type::Pointer(to) if matches!(self.under(to), Type::Array(..)) => {
                match self.under(to) {
                    Type::Array(of, count) => (Mode::Variable, of, Some(count)),
                    _ => (Mode::Invalid, to, None),
                }
            }
            Type::Slice(of) => (Mode::Variable, of, None),
            Type::Map(key, value) => {
                let mut k = self.expr(index, Some(key));
                self.assign_to(&mut k, Some(key), "map index");
                return Operand::new(Mode::MapIndex, value, expr);
            }
            _ => {
                let text = self.describe(&x);
                let at = Span {
                    start: x.span.end,
                    ..x.span
                };
                self.error_parts(at, &["cannot index ", &text]);
                self.raw_expr(index, None);
                return Operand::invalid(expr);
            }
        };
        self.index_value(index, length);
        Operand::new(mode, typ, expr)
    }

    /// For type sets without a core type, one member if all can be indexed alike.
    fn index_set(&mut self, typ: TypeId) -> Option<TypeId> {
        let terms = self.types.type_set(typ).terms?;
        let mut first = None;
        let mut elem: Option<TypeId> = None;
        for term in terms {
            let under = self.types.underlying(term.typ);
            let of = match self.types.get(under) {
                Type::Slice(of) | Type::Array(of, _) => of,
                Type::Pointer(to) => match self.under(to) {
                    Type::Array(of, _) => of,
                    _ => return None,
                },
                Type::Basic(Basic::String) => TypeId::UINT8,
                _ => return None,
            };
            if elem.is_some_and(|e| !self.types.identical(e, of)) {
                return None;
            }
            elem = Some(of);
            first = first.or(Some(under));
        }
        first
    }
}
