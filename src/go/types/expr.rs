//! Expressions: names, literals, operators, indexing, slicing, assertions.

use super::check::Checker;
use super::constant::Constant;
use super::info::Mode;
use super::object::{ObjKind, VarKind};
use super::operand::Operand;
use super::table::{Basic, ObjId, Type, TypeId};
use crate::go::syntax::ast::{Expr, ExprKind, FuncLit, Ident, LiteralKind};
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

    pub(super) fn expr_kind(&mut self, expr: &'a Expr, hint: Option<TypeId>) -> Operand<'a> {
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
    pub(super) fn use_dot_import(&mut self, object: ObjId) {
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
    pub(super) fn capture(&mut self, object: ObjId) {
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

    pub(super) fn func_literal(&mut self, expr: &'a Expr, func: &'a FuncLit) -> Operand<'a> {
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

    pub(super) fn assertion(
        &mut self,
        expr: &'a Expr,
        base: &'a Expr,
        ty: &'a Expr,
    ) -> Operand<'a> {
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
}
