//! Calls of the predeclared functions and of package unsafe's.

use super::check::Checker;
use super::constant::Constant;
use super::info::Mode;
use super::object::Builtin;
use super::operand::Operand;
use super::table::{Basic, ChanDir, Type, TypeId};
use super::universe::builtin_name;
use crate::go::syntax::ast::{Call, Expr, ExprKind};
use crate::go::syntax::text::expr_text;

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

    pub(super) fn use_arguments(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        evaluate: bool,
    ) -> Operand<'a> {
        if evaluate {
            for arg in &call.args {
                self.raw_expr(arg, None);
            }
        }
        let mut x = Operand::invalid(expr);
        x.statement = true;
        x
    }

    pub(super) fn append(
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

    pub(super) fn length(
        &mut self,
        expr: &'a Expr,
        mut x: Operand<'a>,
        builtin: Builtin,
    ) -> Operand<'a> {
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
    pub(super) fn has_length(&mut self, typ: TypeId, len: bool) -> Option<Option<i64>> {
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
    pub(super) fn has_call(&self, expr: &Expr) -> bool {
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

    pub(super) fn clear(&mut self, expr: &'a Expr, x: Operand<'a>) -> Operand<'a> {
        if !self.all_under(x.typ, |t| matches!(t, Type::Map(..) | Type::Slice(_))) {
            let text = self.describe(&x);
            let words = ": argument must be (or constrained by) map or slice";
            self.error_parts(x.span, &["invalid argument: cannot clear ", &text, words]);
            return Operand::invalid(expr);
        }
        no_value(expr, &[])
    }

    /// It holds for the underlying type, or those of all types in a type parameter's set.
    pub(super) fn all_under(&mut self, typ: TypeId, holds: fn(&Type) -> bool) -> bool {
        if !self.is_type_param(typ) {
            return holds(&self.under(typ));
        }
        let terms = self.types.type_set(typ).terms.unwrap_or_default();
        !terms.is_empty() && terms.iter().all(|t| holds(&self.under(t.typ)))
    }

    pub(super) fn close(&mut self, expr: &'a Expr, x: Operand<'a>) -> Operand<'a> {
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

    pub(super) fn copy(&mut self, expr: &'a Expr, args: Vec<Operand<'a>>) -> Operand<'a> {
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

    pub(super) fn delete(&mut self, expr: &'a Expr, mut args: Vec<Operand<'a>>) -> Operand<'a> {
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
}

fn no_value<'a>(expr: &'a Expr, args: &[Operand<'a>]) -> Operand<'a> {
    let mode = if args.iter().any(|a| a.mode == Mode::Invalid) {
        Mode::Invalid
    } else {
        Mode::NoValue
    };
    Operand::new(mode, TypeId::EMPTY_TUPLE, expr)
}
