//! `type T [P *C]...`: an array of length `P * C`, or a type parameter P with the constraint `*C`?
//!
//! What stands in the brackets is read as an expression, and taken apart if it must be a type
//! parameter.

use super::parameters::{Entry, EntryType};
use super::*;

impl Parser<'_> {
    /// After `type T [` and before a name: type parameters, or (`Err`) the length of an array.
    pub(super) fn type_params_or_length(&mut self) -> Result<Vec<TypeParam>, Expr> {
        let start = self.start();
        let outer_tildes = self.tildes.replace(Vec::new());
        let name = self.name();
        let mut expr = name_expr(name);
        if !self.at(Token::LBrack) {
            expr = self.inner_expr_after(expr);
        }
        let tildes = std::mem::replace(&mut self.tildes, outer_tildes);
        let comma = self.at(Token::Comma);
        let single = self.at(Token::RBrack) && expr.as_name().is_some();
        let entry = match single {
            true => Err(expr),
            false => self.split_param(expr, comma),
        };
        match entry {
            Ok((name, ty)) => {
                let entry = Entry {
                    start,
                    name: Some(name),
                    dots: None,
                    ty,
                };
                Ok(self.rest_of_type_params(Some(entry)))
            }
            Err(length) => {
                for at in tildes.unwrap_or_default() {
                    self.stray_tilde(at);
                }
                Err(length)
            }
        }
    }

    /// Takes `P *C | D` apart as the type parameter P with the constraint `*C | D`. Without
    /// `force`, only if it cannot be an ordinary expression.
    fn split_param(&mut self, expr: Expr, force: bool) -> Result<(Ident, Option<EntryType>), Expr> {
        if !is_param(&expr, force) {
            return Err(expr);
        }
        let mut terms = Vec::new();
        let end = expr.span.end as usize;
        let mut rest = expr;
        // `P *C | D` is `(P * C) | D`: from the outside, the terms come last first.
        let (name, first) = loop {
            let span = rest.span;
            match rest.kind {
                ExprKind::Binary(BinaryOp::Or, left, right) => {
                    terms.push(*right);
                    rest = *left;
                }
                ExprKind::Name(name) => break (name, None),
                ExprKind::Binary(_, left, right) => {
                    let span = lexer::span(
                        span.file,
                        (left.span.end as usize).min(right.span.start as usize),
                        span.end as usize,
                    );
                    let kind = ExprKind::Star(right);
                    let id = self.id();
                    rest = *left;
                    terms.push(Expr { id, span, kind });
                }
                ExprKind::Call(call) => {
                    rest = call.func;
                    terms.extend(call.args);
                }
                kind => {
                    // Excluded by `is_param`.
                    let (id, span) = (rest.id, span);
                    return Err(Expr { id, span, kind });
                }
            }
            if let (ExprKind::Name(_), Some(_)) = (&rest.kind, terms.last()) {
                let ExprKind::Name(name) = rest.kind else {
                    continue;
                };
                break (name, terms.pop());
            }
        };
        let Some(first) = first else {
            return Ok((name, None));
        };
        let mut constraint = self.constraint_of(first);
        for ty in terms.into_iter().rev() {
            let more = self.constraint_of(ty);
            constraint.terms.extend(more.terms);
        }
        constraint.span.end = end as u32;
        Ok((name, Some(EntryType::Constraint(constraint))))
    }

    /// A type (or the union that an expression like `A | ~B` is) as a constraint.
    pub(super) fn constraint_of(&mut self, ty: Expr) -> Constraint {
        let span = ty.span;
        let mut terms = Vec::new();
        split_union(ty, &mut terms);
        Constraint {
            id: self.id(),
            span,
            terms,
        }
    }

    pub(super) fn stray_tilde(&mut self, at: usize) {
        let message = "cannot use ~ outside of interface or type constraint \
                       (use ^ for bitwise complement)";
        self.error_later(at, message);
    }
}

/// Whether `expr` is `P`, `P *C`, `P (C)`, or a union that begins like that, and is so forced to
/// be a type parameter, or can be nothing else.
fn is_param(expr: &Expr, force: bool) -> bool {
    match &expr.kind {
        ExprKind::Name(_) => true,
        ExprKind::Binary(BinaryOp::Mul, left, right) => {
            left.as_name().is_some() && (force || is_only_type(right))
        }
        ExprKind::Binary(BinaryOp::Or, left, right) => {
            left.as_name().is_none() && is_param(left, force || is_only_type(right))
        }
        ExprKind::Call(call) => match &call.args[..] {
            [arg] => {
                call.func.as_name().is_some()
                    && call.spread.is_none()
                    && (force || is_only_type(arg))
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether `expr` can only be a type or a constraint.
fn is_only_type(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::ArrayType(..)
        | ExprKind::SliceType(_)
        | ExprKind::StructType(_)
        | ExprKind::FuncType(_)
        | ExprKind::InterfaceType(_)
        | ExprKind::MapType(..)
        | ExprKind::ChanType(..) => true,
        ExprKind::Binary(_, left, right) => is_only_type(left) || is_only_type(right),
        ExprKind::Star(inner) | ExprKind::Unary(_, inner) | ExprKind::Paren(inner) => {
            is_only_type(inner)
        }
        _ => false,
    }
}

/// The terms of `A | ~B`. In an expression, `~B` was read as an interface with that one term.
fn split_union(ty: Expr, terms: &mut Vec<Term>) {
    let span = ty.span;
    let (id, kind) = (ty.id, ty.kind);
    match kind {
        ExprKind::Binary(BinaryOp::Or, left, right) => {
            split_union(*left, terms);
            split_union(*right, terms);
        }
        ExprKind::InterfaceType(mut elements) if is_tilde(&elements, span) => {
            if let Some(InterfaceElem::Embedded(constraint)) = elements.pop() {
                terms.extend(constraint.terms);
            }
        }
        kind => terms.push(Term {
            span,
            tilde: false,
            ty: Expr { id, span, kind },
        }),
    }
}

/// Whether an interface is `~T` without the word `interface`.
fn is_tilde(elements: &[InterfaceElem], span: Span) -> bool {
    matches!(elements, [InterfaceElem::Embedded(only)] if only.span == span)
}
