//! Index and slice expressions (Go spec, "Index expressions", "Slice expressions").

use super::check::Checker;
use super::info::Mode;
use super::operand::Operand;
use super::table::{Basic, Type, TypeId};
use crate::go::syntax::ast::{Expr, SliceExpr};
use crate::go::syntax::text::expr_text;
use crate::trace::Span;

impl<'a> Checker<'a> {
    pub(super) fn slice_expr(&mut self, expr: &'a Expr, slice: &'a SliceExpr) -> Operand<'a> {
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

    pub(super) fn index(
        &mut self,
        expr: &'a Expr,
        base: &'a Expr,
        indices: &'a [Expr],
    ) -> Operand<'a> {
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

    pub(super) fn index_into(
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
    pub(super) fn index_set(&mut self, typ: TypeId) -> Option<TypeId> {
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
