//! Operands: expressions under evaluation, how messages describe them, and predicates on types.

use super::check::Checker;
use super::constant::Constant;
use super::info::Mode;
use super::object::ObjKind;
use super::table::{Basic, ChanDir, Type, TypeId};
use super::universe::builtin_name;
use crate::go::syntax::ast::{Expr, ExprKind};
use crate::go::syntax::text::expr_text;
use crate::trace::Span;
use std::rc::Rc;

/// An expression with what is known about it.
#[derive(Clone)]
pub(super) struct Operand<'a> {
    pub mode: Mode,
    pub typ: TypeId,
    pub value: Option<Rc<Constant>>,
    pub expr: Option<&'a Expr>,
    /// Where it stands.
    pub span: Span,
    /// May stand alone as a statement: a call or a receive.
    pub statement: bool,
    /// What messages call it instead of its expression.
    pub name: Option<Rc<str>>,
}

impl<'a> Operand<'a> {
    pub fn new(mode: Mode, typ: TypeId, expr: &'a Expr) -> Self {
        Operand {
            mode,
            typ,
            value: None,
            expr: Some(expr),
            span: expr.span,
            statement: false,
            name: None,
        }
    }

    pub fn invalid(expr: &'a Expr) -> Self {
        Operand::new(Mode::Invalid, TypeId::INVALID, expr)
    }

    /// A value that no expression stands for: one of several results of a call.
    pub fn part(typ: TypeId, expr: &'a Expr) -> Self {
        Operand::new(Mode::Value, typ, expr)
    }

    pub fn is_nil(&self) -> bool {
        self.mode == Mode::Nil
    }

    pub fn constant(value: Constant, typ: TypeId, expr: &'a Expr) -> Self {
        Operand {
            value: Some(Rc::new(value)),
            ..Operand::new(Mode::Constant, typ, expr)
        }
    }
}

/// The type that an untyped constant of a kind gets by default.
pub(super) fn default_of(basic: Basic) -> TypeId {
    match basic {
        Basic::UntypedBool => TypeId::BOOL,
        Basic::UntypedInt => TypeId::INT,
        Basic::UntypedRune => TypeId::RUNE,
        Basic::UntypedFloat => TypeId::FLOAT64,
        Basic::UntypedComplex => TypeId::COMPLEX128,
        Basic::UntypedString => TypeId::STRING,
        other => other.id(),
    }
}

impl<'a> Checker<'a> {
    /// An operand as messages name it: `x (variable of type int)`.
    pub(super) fn describe(&mut self, x: &Operand<'a>) -> String {
        if x.mode == Mode::Nil {
            return "nil".into();
        }
        let mut out = match (x.mode, x.expr) {
            _ if x.name.is_some() => x.name.as_deref().unwrap_or("").into(),
            (Mode::Builtin(builtin), _) => builtin_name(builtin),
            (_, Some(expr)) => expr_text(expr),
            (Mode::Type, None) => self.text(x.typ),
            (_, None) => x.value.as_ref().map_or(String::new(), |v| v.text()),
        };
        let text = out.clone();
        if !out.is_empty() {
            out.push_str(" (");
        }
        let typed = !matches!(
            x.mode,
            Mode::Invalid | Mode::NoValue | Mode::Builtin(_) | Mode::Type
        );
        let untyped = self.is_untyped(x.typ);
        if typed && untyped {
            out.push_str(&self.text(x.typ));
            out.push(' ');
        }
        out.push_str(match x.mode {
            Mode::Invalid => "invalid operand",
            Mode::NoValue => "no value",
            Mode::Builtin(_) => "built-in",
            Mode::Type => "type",
            Mode::Constant => "constant",
            Mode::Variable => "variable",
            Mode::MapIndex => "map index expression",
            Mode::Value => "value",
            Mode::Nil => "nil",
            Mode::CommaOk => "comma, ok expression",
        });
        if let (Mode::Constant, Some(value)) = (x.mode, &x.value) {
            let value = value.text();
            if value != text {
                out.push(' ');
                out.push_str(&value);
            }
        }
        if typed && !untyped {
            self.describe_type(x.typ, x.expr, &mut out);
        }
        if !text.is_empty() {
            out.push(')');
        }
        out
    }

    fn describe_type(&mut self, typ: TypeId, _expr: Option<&'a Expr>, out: &mut String) {
        if typ == TypeId::INVALID {
            out.push_str(" with invalid type");
            return;
        }
        out.push_str(" of ");
        let spelled = self.types.spelled(typ);
        let parameter = match self.types.get(typ) {
            Type::TypeParam(param) => Some(param),
            _ => None,
        };
        let predeclared = typ == TypeId::BYTE || typ == TypeId::RUNE;
        if parameter.is_none()
            && !predeclared
            && typ != TypeId::ANY
            && matches!(spelled, Type::Named(..) | Type::Alias(..))
        {
            let kind = self.composite_kind(typ);
            if kind.is_empty() {
                if let Type::Basic(basic) = self.under(typ) {
                    out.push_str(basic.name());
                }
            } else {
                out.push_str(kind);
            }
            out.push(' ');
        } else if typ == TypeId::ANY {
            out.push_str("interface ");
        }
        out.push_str("type ");
        out.push_str(&self.text(typ));
        if let Some(param) = parameter {
            out.push_str(" constrained by ");
            let constraint = self.types.param(param).constraint;
            out.push_str(&self.text(constraint));
        }
    }

    /// `slice`, `struct` and so on; empty for basic types.
    pub(super) fn composite_kind(&mut self, typ: TypeId) -> &'static str {
        if let Type::TypeParam(_) = self.types.get(typ) {
            return "type parameter";
        }
        match self.under(typ) {
            Type::Array(..) => "array",
            Type::Slice(_) => "slice",
            Type::Struct(_) => "struct",
            Type::Pointer(_) => "pointer",
            Type::Signature(_) => "func",
            Type::Interface(_) => "interface",
            Type::Map(..) => "map",
            Type::Chan(..) => "chan",
            Type::Tuple(_) => "tuple",
            _ => "",
        }
    }

    pub(super) fn is_untyped(&self, typ: TypeId) -> bool {
        matches!(self.types.get(typ), Type::Basic(basic) if basic.is_untyped())
    }

    pub(super) fn is_type_param(&self, typ: TypeId) -> bool {
        matches!(self.types.get(typ), Type::TypeParam(_))
    }

    /// The kind of a type whose underlying type is basic; type parameters have none.
    pub(super) fn basic(&mut self, typ: TypeId) -> Option<Basic> {
        match self.under(typ) {
            Type::Basic(basic) => Some(basic),
            _ => None,
        }
    }

    pub(super) fn is_integer(&mut self, typ: TypeId) -> bool {
        self.basic(typ).is_some_and(Basic::is_integer)
    }

    /// The predicate holds for the type, or for every type of a type parameter's set.
    pub(super) fn all_basic(&mut self, typ: TypeId, holds: fn(Basic) -> bool) -> bool {
        if !self.is_type_param(typ) {
            return self.basic(typ).is_some_and(holds);
        }
        match self.types.type_set(typ).terms {
            Some(terms) if !terms.is_empty() => {
                terms.iter().all(|t| self.basic(t.typ).is_some_and(holds))
            }
            _ => false,
        }
    }

    pub(super) fn is_constant_type(&mut self, typ: TypeId) -> bool {
        !self.is_type_param(typ)
            && self
                .basic(typ)
                .is_some_and(|b| b.is_boolean() || b.is_numeric() || b.is_string())
    }

    /// An interface, but not a type parameter.
    pub(super) fn is_interface(&mut self, typ: TypeId) -> bool {
        !self.is_type_param(typ) && matches!(self.under(typ), Type::Interface(_))
    }

    pub(super) fn is_pointer_to_interface(&mut self, typ: TypeId) -> bool {
        match self.under(typ) {
            Type::Pointer(to) => self.is_interface(to),
            _ => false,
        }
    }

    /// A value of the type may be nil.
    pub(super) fn has_nil(&mut self, typ: TypeId) -> bool {
        if self.is_type_param(typ) {
            return match self.types.type_set(typ).terms {
                Some(terms) if !terms.is_empty() => terms.iter().all(|t| self.has_nil(t.typ)),
                _ => false,
            };
        }
        match self.under(typ) {
            Type::Basic(basic) => matches!(basic, Basic::UnsafePointer | Basic::UntypedNil),
            Type::Pointer(_)
            | Type::Slice(_)
            | Type::Signature(_)
            | Type::Map(..)
            | Type::Chan(..)
            | Type::Interface(_) => true,
            _ => false,
        }
    }

    /// The type has a name: predeclared, defined or a type parameter.
    pub(super) fn has_name(&self, typ: TypeId) -> bool {
        matches!(
            self.types.get(typ),
            Type::Basic(_) | Type::Named(..) | Type::TypeParam(_)
        )
    }

    pub(super) fn default_type(&self, typ: TypeId) -> TypeId {
        match self.types.get(typ) {
            Type::Basic(basic) => {
                if basic.is_untyped() {
                    default_of(basic)
                } else {
                    typ
                }
            }
            _ => typ,
        }
    }

    /// The one underlying type that all types of a set share (of other types, the underlying one).
    pub(super) fn core_type(&mut self, typ: TypeId) -> Option<TypeId> {
        self.complete(typ);
        if !matches!(self.types.under(typ), Type::Interface(_)) || !self.is_type_param(typ) {
            return Some(self.types.underlying(typ));
        }
        self.core_of_set(typ)
    }

    /// The common underlying type of an interface's type set.
    pub(super) fn core_of_set(&mut self, typ: TypeId) -> Option<TypeId> {
        let terms = self.types.type_set(typ).terms?;
        let mut core: Option<TypeId> = None;
        for term in terms {
            self.complete(term.typ);
            let under = self.types.underlying(term.typ);
            let Some(known) = core else {
                core = Some(under);
                continue;
            };
            if self.types.identical(known, under) {
                continue;
            }
            // Channels may differ in direction, as long as one direction is common to all.
            match (self.types.get(known), self.types.get(under)) {
                (Type::Chan(a, x), Type::Chan(b, y))
                    if self.types.identical(x, y) && (a == ChanDir::Both || b == ChanDir::Both) =>
                {
                    core = Some(if a == ChanDir::Both { under } else { known });
                }
                _ => return None,
            }
        }
        core
    }

    /// Like `core_type`, but a set of strings and byte slices counts as string.
    pub(super) fn core_or_string(&mut self, typ: TypeId) -> Option<TypeId> {
        if let Some(core) = self.core_type(typ) {
            return Some(core);
        }
        let terms = self.types.type_set(typ).terms?;
        let fits = terms.iter().all(|t| match self.under(t.typ) {
            Type::Basic(Basic::String) => true,
            Type::Slice(of) => self.types.identical(of, TypeId::UINT8),
            _ => false,
        });
        (fits && !terms.is_empty()).then_some(TypeId::STRING)
    }

    /// Reports a name that is not a value where one is needed, and makes the operand invalid.
    pub(super) fn require_value(&mut self, x: &mut Operand<'a>) {
        let text = match x.mode {
            Mode::NoValue => {
                let text = x.expr.map(expr_text).unwrap_or_default();
                [&text, " (no value) used as value"].concat()
            }
            Mode::Builtin(_) => [&self.describe(x), " must be called"].concat(),
            Mode::Type => [&self.describe(x), " is not an expression"].concat(),
            _ => return,
        };
        self.error(x.span, text);
        x.mode = Mode::Invalid;
    }

    /// Reports several values where one is needed, and makes the operand invalid.
    pub(super) fn require_single(&mut self, x: &mut Operand<'a>) {
        if x.mode == Mode::Value
            && let Type::Tuple(_) = self.types.get(x.typ)
        {
            let text = self.describe(x);
            self.error_parts(
                x.span,
                &["multiple-value ", &text, " in single-value context"],
            );
            x.mode = Mode::Invalid;
        }
    }

    /// The variable that a name (in parentheses) stands for.
    pub(super) fn variable_of(&self, expr: &Expr) -> Option<super::table::ObjId> {
        let ExprKind::Name(name) = &expr.unparen().kind else {
            return None;
        };
        let object = self.info.uses[name.id.index()]?;
        matches!(self.object(object).kind, ObjKind::Var(_)).then_some(object)
    }
}
