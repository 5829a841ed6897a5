//! `switch`, type switches and `select`.

use super::check::Checker;
use super::info::Mode;
use super::literals::identity;
use super::object::{ObjKind, VarKind};
use super::operand::Operand;
use super::table::TypeId;
use crate::go::syntax::ast::*;
use crate::trace::Span;

impl<'a> Checker<'a> {
    pub(super) fn switch(&mut self, switch: &'a Switch) {
        let outer = self.open_scope();
        if let Some(init) = &switch.init {
            self.stmt(init);
        }
        let mut tag = None;
        let mut valid = true;
        if let Some(expr) = &switch.tag {
            let mut x = self.expr(expr, None);
            if x.mode != Mode::Invalid {
                self.assign_to(&mut x, None, "switch expression");
                if x.mode != Mode::Invalid
                    && !self.types.is_comparable(x.typ)
                    && !self.has_nil(x.typ)
                {
                    let text = self.describe(&x);
                    self.error_parts(expr.span, &["cannot switch on ", &text]);
                    x.mode = Mode::Invalid;
                }
            }
            valid = x.mode != Mode::Invalid;
            tag = Some(x);
        }
        self.one_default(&switch.clauses);
        let mut seen: Vec<(TypeId, Vec<u8>, Span)> = Vec::new();
        for clause in &switch.clauses {
            for case in clause.exprs.iter().flatten() {
                let y = self.expr(case, None);
                if valid && y.mode != Mode::Invalid {
                    self.case_value(case, y, &tag, &mut seen);
                }
            }
            let inner = self.open_scope();
            self.stmts(&clause.body);
            self.close_scope(inner);
        }
        self.close_scope(outer);
    }

    pub(super) fn case_value(
        &mut self,
        case: &'a Expr,
        mut y: Operand<'a>,
        tag: &Option<Operand<'a>>,
        seen: &mut Vec<(TypeId, Vec<u8>, Span)>,
    ) {
        let mut x = match tag {
            Some(tag) => tag.clone(),
            // No tag means true.
            None => Operand {
                expr: None,
                ..Operand::new(Mode::Value, TypeId::BOOL, case)
            },
        };
        if self.is_untyped(y.typ) {
            self.convert_untyped(&mut y, x.typ);
            if y.mode == Mode::Invalid {
                return;
            }
        }
        if self.match_operands(&mut y, &mut x).is_err() || y.mode == Mode::Invalid {
            return;
        }
        let (value, typ, mode) = (y.value.clone(), y.typ, y.mode);
        let described = self.describe(&y);
        let result = self.comparison(y, x, BinaryOp::Equal, true);
        if result.mode == Mode::Invalid || mode != Mode::Constant {
            return;
        }
        let Some(value) = value else { return };
        if tag.is_none() {
            return;
        }
        let key = (self.types.canonical(typ), identity(&value));
        if let Some((.., place)) = seen.iter().find(|s| (s.0, &s.1) == (key.0, &key.1)) {
            let place = (self.place)(*place);
            let words = " in expression switch\n\t";
            self.error_parts(
                case.span,
                &[
                    "duplicate case ",
                    &described,
                    words,
                    &place,
                    ": previous case",
                ],
            );
            return;
        }
        seen.push((key.0, key.1, case.span));
    }

    pub(super) fn one_default(&mut self, clauses: &'a [CaseClause]) {
        let mut first: Option<Span> = None;
        for clause in clauses.iter().filter(|c| c.exprs.is_none()) {
            if let Some(first) = first {
                let place = (self.place)(first);
                let words = ["multiple defaults (first at ", &place, ")"].concat();
                self.error(clause.span, words);
            } else {
                first = Some(clause.span);
            }
        }
    }

    pub(super) fn type_switch(&mut self, switch: &'a TypeSwitch) {
        let outer = self.open_scope();
        if let Some(init) = &switch.init {
            self.stmt(init);
        }
        let mut x = self.expr(&switch.subject, None);
        if x.mode != Mode::Invalid && !self.is_interface(x.typ) {
            let text = self.describe(&x);
            if self.is_type_param(x.typ) {
                let words = "cannot use type switch on type parameter value ";
                self.error_parts(switch.subject.span, &[words, &text]);
            } else {
                self.error_parts(switch.subject.span, &[&text, " is not an interface"]);
            }
            x.mode = Mode::Invalid;
        }
        let binding = switch.binding.as_ref();
        if let Some(ident) = binding
            && ident.is_blank()
        {
            self.error(ident.span, "no new variable on left side of :=");
        }
        self.one_default(&switch.clauses);
        let mut seen: Vec<(TypeId, Span)> = Vec::new();
        let mut variables = Vec::new();
        for clause in &switch.clauses {
            let mut only = None;
            for case in clause.exprs.iter().flatten() {
                only = self.case_type(case, &x, &mut seen);
            }
            if clause.exprs.as_ref().is_none_or(|e| e.len() != 1) {
                only = None;
            }
            let inner = self.open_scope();
            if let Some(ident) = binding {
                let mut typ = match only {
                    Some(TypeId::NIL) | None => x.typ,
                    Some(typ) => typ,
                };
                if x.mode == Mode::Invalid && only.is_none() {
                    typ = TypeId::INVALID;
                }
                let kind = ObjKind::Var(VarKind::Local);
                let object = self.new_object(kind, ident.name.clone(), typ, None);
                let entry = self.object_mut(object);
                entry.span = ident.span;
                entry.node = clause.id;
                self.info.implicits.insert(clause.id, object);
                let scope = self.env.scope;
                self.declare(scope, object);
                variables.push(object);
            }
            self.stmts(&clause.body);
            self.close_scope(inner);
        }
        // One use in any clause is enough.
        if let Some(ident) = binding {
            let used = variables.iter().any(|&v| self.object(v).used);
            for &variable in &variables {
                self.object_mut(variable).used = true;
            }
            if !used && !ident.is_blank() {
                self.error_parts(ident.span, &[&ident.name, " declared and not used"]);
            }
        }
        self.close_scope(outer);
    }

    /// One case of a type switch: its type; nil's type for `nil`.
    pub(super) fn case_type(
        &mut self,
        case: &'a Expr,
        x: &Operand<'a>,
        seen: &mut Vec<(TypeId, Span)>,
    ) -> Option<TypeId> {
        let nil = case.unparen().as_name().is_some_and(|n| {
            let object = self.find(&n.name).map(|(o, _)| o);
            object.is_some_and(|o| matches!(self.object(o).kind, ObjKind::Nil))
        });
        let typ = if nil {
            self.raw_expr(case, None);
            TypeId::NIL
        } else {
            self.type_expr(case)
        };
        if typ == TypeId::INVALID {
            return Some(typ);
        }
        let found = seen.iter().find(|s| self.types.identical(s.0, typ));
        if let Some(&(_, place)) = found {
            let place = (self.place)(place);
            let text = if nil { "nil".into() } else { self.text(typ) };
            let words = " in type switch\n\t";
            let message = ["duplicate case ", &text, words, &place, ": previous case"].concat();
            self.error(case.span, message);
            return Some(typ);
        }
        seen.push((typ, case.span));
        if !nil
            && x.mode != Mode::Invalid
            && let Some(why) = self.impossible(x.typ, typ)
        {
            let (text, subject) = (self.text(typ), self.describe(x));
            let words = " cannot have dynamic type ";
            self.error_parts(
                case.span,
                &[
                    "impossible type switch case: ",
                    &text,
                    "\n\t",
                    &subject,
                    words,
                    &text,
                    " ",
                    &why,
                ],
            );
        }
        Some(typ)
    }

    pub(super) fn select(&mut self, clauses: &'a [CommClause]) {
        let mut first: Option<Span> = None;
        for clause in clauses {
            let outer = self.open_scope();
            match &clause.comm {
                Comm::Default => {
                    if let Some(first) = first {
                        let place = (self.place)(first);
                        let words = ["multiple defaults (first at ", &place, ")"].concat();
                        self.error(clause.span, words);
                    }
                    first = first.or(Some(clause.span));
                }
                Comm::Send(channel, value) => self.send(channel, value),
                Comm::Receive(ReceiveInto::Nothing, expr) => {
                    self.raw_expr(expr, None);
                }
                Comm::Receive(ReceiveInto::Assign(left), expr) => {
                    self.assign_stmt(left, std::slice::from_ref(expr));
                }
                Comm::Receive(ReceiveInto::Define(names), expr) => {
                    self.define_stmt(names, std::slice::from_ref(expr));
                }
            }
            self.stmts(&clause.body);
            self.close_scope(outer);
        }
    }
}
