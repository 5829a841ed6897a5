//! Assignments, short declarations, variable declarations, return values.

use super::check::Checker;
use super::info::Mode;
use super::object::{ObjKind, VarKind};
use super::operand::Operand;
use super::table::{ObjId, Type, TypeId};
use crate::go::syntax::ast::{Expr, ExprKind, Ident, VarSpec};
use crate::go::syntax::text::expr_text;
use crate::trace::Span;

impl<'a> Checker<'a> {
    /// Gives a variable its first value, and its type if it has none.
    pub(super) fn init_var(
        &mut self,
        object: ObjId,
        typ: Option<TypeId>,
        x: &mut Operand<'a>,
        context: &str,
    ) {
        if x.mode == Mode::Invalid || typ == Some(TypeId::INVALID) {
            return;
        }
        let target = match typ {
            Some(typ) => typ,
            None => {
                if x.is_nil() {
                    self.error_parts(x.span, &["use of untyped nil in ", context]);
                    x.mode = Mode::Invalid;
                    return;
                }
                self.require_value(x);
                self.require_instance(x);
                if x.mode == Mode::Invalid {
                    return;
                }
                let typ = self.default_type(x.typ);
                self.object_mut(object).typ = typ;
                typ
            }
        };
        self.assign_to(x, Some(target), context);
    }

    /// Gives several variables their first values. `returned` is the place of a return statement.
    pub(super) fn init_vars(
        &mut self,
        objects: &[ObjId],
        typ: Option<TypeId>,
        values: &'a [Expr],
        returned: Option<Span>,
    ) {
        let context = if returned.is_some() {
            "return statement"
        } else {
            "variable declaration"
        };
        self.init_list(objects, typ, values, returned, context);
    }

    pub(super) fn init_list(
        &mut self,
        objects: &[ObjId],
        typ: Option<TypeId>,
        values: &'a [Expr],
        returned: Option<Span>,
        context: &str,
    ) {
        let known = |checker: &Self, object: ObjId| {
            typ.or_else(|| {
                let known = checker.object(object);
                let scope = &checker.scopes[checker.env.scope.0 as usize];
                let old = scope.names.get(&known.name) == Some(&object);
                (returned.is_some() || old || known.typ != TypeId::INVALID).then_some(known.typ)
            })
        };
        if objects.len() == values.len() && !single_call(values) {
            for (&object, value) in objects.iter().zip(values) {
                let target = known(self, object);
                let mut x = self.expr_hint(value, target, true);
                self.init_var(object, target, &mut x, context);
            }
            return;
        }
        let [value] = values else {
            let operands: Vec<Operand<'a>> = values
                .iter()
                .map(|v| self.expr_hint(v, None, true))
                .collect();
            if operands.iter().any(|x| x.mode == Mode::Invalid) {
                return;
            }
            match returned {
                Some(span) => self.return_mismatch(objects, &operands, span),
                None => self.mismatch(objects.len(), values),
            }
            return;
        };
        let operands = self.several(value, objects.len());
        if operands.len() != objects.len() {
            if operands.iter().any(|x| x.mode == Mode::Invalid) {
                return;
            }
            match returned {
                Some(span) => self.return_mismatch(objects, &operands, span),
                None => self.mismatch(objects.len(), values),
            }
            return;
        }
        let context = if returned.is_none() && objects.len() > 1 {
            "multiple assignment"
        } else {
            context
        };
        for (&object, mut x) in objects.iter().zip(operands) {
            let target = known(self, object);
            self.init_var(object, target, &mut x, context);
        }
    }

    /// The values of one expression on the right side: a call's results, or value and ok.
    pub(super) fn several(&mut self, value: &'a Expr, wanted: usize) -> Vec<Operand<'a>> {
        let x = self.multi_expr(value);
        if let (Mode::Value, Type::Tuple(parts)) = (x.mode, self.types.get(x.typ)) {
            return (1..)
                .zip(parts.iter())
                .map(|(at, &t)| {
                    let ending = match at {
                        1 => "st",
                        2 => "nd",
                        3 => "rd",
                        _ => "th",
                    };
                    let at: usize = at;
                    let name = [&at.to_string(), ending, " function result"].concat();
                    Operand {
                        name: Some(name.into()),
                        ..Operand::part(t, value)
                    }
                })
                .collect();
        }
        if wanted == 2 && matches!(x.mode, Mode::MapIndex | Mode::CommaOk) {
            let first = x.clone();

            let ok = Operand {
                typ: super::table::Basic::UntypedBool.id(),
                ..Operand::part(TypeId::BOOL, value)
            };
            // The expression's own type stays that of its value: ok has none.
            let ok = Operand {
                expr: None,
                name: Some("ok value of (comma, ok) expression".into()),
                ..ok
            };
            return vec![first, ok];
        }
        vec![x]
    }

    /// "assignment mismatch"
    pub(super) fn mismatch(&mut self, wanted: usize, values: &'a [Expr]) {
        let Some(first) = values.first() else { return };
        let plural = |n: usize, word: &str| {
            let s = if n == 1 { "" } else { "s" };
            [&n.to_string(), " ", word, s].concat()
        };
        let vars = plural(wanted, "variable");
        if let ([only], ExprKind::Call(call)) = (values, &first.unparen().kind) {
            let typ = self.info.nodes[only.id.index()].typ;
            let count = match self.types.get(typ) {
                Type::Tuple(parts) => parts.len(),
                _ => 1,
            };
            let (name, count) = (expr_text(&call.func), plural(count, "value"));
            self.error_parts(
                first.span,
                &[
                    "assignment mismatch: ",
                    &vars,
                    " but ",
                    &name,
                    " returns ",
                    &count,
                ],
            );
            return;
        }
        let count = plural(values.len(), "value");
        self.error_parts(
            first.span,
            &["assignment mismatch: ", &vars, " but ", &count],
        );
    }

    fn return_mismatch(&mut self, objects: &[ObjId], operands: &[Operand<'a>], span: Span) {
        let have: Vec<TypeId> = operands.iter().map(|x| x.typ).collect();
        let want: Vec<TypeId> = objects.iter().map(|&o| self.object(o).typ).collect();
        let (words, at) = if have.len() > want.len() {
            ("too many", operands[want.len()].span)
        } else {
            ("not enough", operands.last().map_or(span, |x| x.span))
        };
        let (have, want) = (
            self.summary(&have, false, false),
            self.summary(&want, false, false),
        );
        self.error_parts(
            at,
            &[words, " return values\n\thave ", &have, "\n\twant ", &want],
        );
    }

    /// A return statement.
    pub(super) fn return_stmt(&mut self, values: &'a [Expr], span: Span) {
        let results = self.env.result_objects.clone();
        if values.is_empty() {
            if results.is_empty() {
                return;
            }
            if self.env.named_results {
                self.shadowed_results(&results, span);
                return;
            }
            self.return_mismatch(&results, &[], span);
            return;
        }
        if results.is_empty() {
            let operands: Vec<Operand<'a>> = values.iter().map(|v| self.multi_expr(v)).collect();
            if operands.iter().any(|x| x.mode == Mode::Invalid) {
                return;
            }
            self.return_mismatch(&[], &operands, span);
            return;
        }
        self.init_vars(&results, None, values, Some(span));
    }

    /// A bare return needs its results in scope.
    fn shadowed_results(&mut self, results: &[ObjId], span: Span) {
        for &result in results {
            let name = self.object(result).name.clone();
            let Some((object, _)) = self.find(&name) else {
                continue;
            };
            if object == result || &*name == "_" || name.is_empty() {
                continue;
            }
            let place = (self.place)(self.object(object).span);
            let kind = match self.object(object).kind {
                ObjKind::Const(_) => "const ",
                ObjKind::TypeName => "type ",
                _ => "var ",
            };
            let mut text = [kind, &*name].concat();
            if kind != "type " {
                text = [&text, " ", &self.text(self.object(object).typ)].concat();
            }
            let words = " not in scope at return\n\t";
            self.error_parts(
                span,
                &[
                    "result parameter ",
                    &name,
                    words,
                    &place,
                    ": inner declaration of ",
                    &text,
                ],
            );
        }
    }

    /// The left side of an assignment: the type that it takes; `None` for `_` and for errors.
    pub(super) fn assign_target(&mut self, left: &'a Expr) -> (Option<TypeId>, bool) {
        if let ExprKind::Name(name) = &left.unparen().kind {
            if name.is_blank() {
                self.info.defs[name.id.index()] = None;
                return (None, true);
            }
            // Being assigned to is not being used.
            if let Some((object, _)) = self.find(&name.name)
                && let ObjKind::Var(kind) = self.object(object).kind
                && kind != VarKind::Package
                && self.object(object).package == self.package
            {
                let used = self.object(object).used;
                let x = self.expr(left, None);
                let entry = self.object_mut(object);
                entry.used = used;
                entry.reassigned = true;
                return self.check_target(left, x);
            }
        }
        let x = self.expr(left, None);
        self.check_target(left, x)
    }

    fn check_target(&mut self, left: &'a Expr, x: Operand<'a>) -> (Option<TypeId>, bool) {
        match x.mode {
            Mode::Invalid => return (None, false),
            Mode::Variable | Mode::MapIndex => {
                self.mark_reassigned(left);
                return (Some(x.typ), true);
            }
            _ => {}
        }
        let text = expr_text(left);
        if let ExprKind::Selector(base, _) = &left.unparen().kind
            && let Some(name) = base.as_name()
            && self.is_package(name)
        {
            let words = " not in selector";
            self.error_parts(base.span, &["use of package ", &name.name, words]);
        }
        if let ExprKind::Selector(base, _) = &left.unparen().kind
            && self.info.nodes[base.id.index()].mode == Mode::MapIndex
        {
            let words = "cannot assign to struct field ";
            self.error_parts(left.span, &[words, &text, " in map"]);
            return (None, false);
        }
        let words = " (neither addressable nor a map index expression)";
        self.error_parts(left.span, &["cannot assign to ", &text, words]);
        (None, false)
    }

    /// The variable that an assigned expression is (a part of).
    fn mark_reassigned(&mut self, left: &'a Expr) {
        match &left.unparen().kind {
            ExprKind::Name(_) => {
                if let Some(object) = self.variable_of(left) {
                    self.object_mut(object).reassigned = true;
                }
            }
            ExprKind::Selector(base, _) | ExprKind::Index(base, _) => self.mark_reassigned(base),
            _ => {}
        }
    }

    /// `a, b = x, y`
    pub(super) fn assign_stmt(&mut self, left: &'a [Expr], right: &'a [Expr]) {
        let context = if left.len() > 1 {
            "multiple assignment"
        } else {
            "assignment"
        };
        if left.len() == right.len() && !single_call(right) {
            for (l, r) in left.iter().zip(right) {
                let (target, ok) = self.assign_target(l);
                let mut x = self.expr_hint(r, target, true);
                if ok {
                    self.assign_value(target, &mut x, context);
                }
            }
            return;
        }
        let [value] = right else {
            self.use_targets(left);
            let mut valid = true;
            for value in right {
                valid &= self.expr_hint(value, None, true).mode != Mode::Invalid;
            }
            if valid {
                self.mismatch(left.len(), right);
            }
            return;
        };
        let operands = self.several(value, left.len());
        if operands.len() != left.len() {
            self.use_targets(left);
            if operands.iter().all(|x| x.mode != Mode::Invalid) {
                self.mismatch(left.len(), right);
            }
            return;
        }
        for (l, mut x) in left.iter().zip(operands) {
            let (target, ok) = self.assign_target(l);
            if ok {
                self.assign_value(target, &mut x, context);
            }
        }
    }

    /// Looks at the left side of an assignment that is wrong anyway.
    fn use_targets(&mut self, left: &'a [Expr]) {
        for l in left {
            let name = l.unparen().as_name();
            if name.is_some_and(|n| n.is_blank()) {
                continue;
            }
            let object = name.and_then(|n| self.find(&n.name)).map(|(o, _)| o);
            let used = object.is_some_and(|o| self.object(o).used);
            self.raw_expr(l, None);
            if let Some(object) = object {
                self.object_mut(object).used = used;
            }
        }
    }

    fn assign_value(&mut self, target: Option<TypeId>, x: &mut Operand<'a>, context: &str) {
        if target.is_none() {
            self.require_instance(x);
            self.assign_to(x, None, "assignment to _ identifier");
            return;
        }
        self.assign_to(x, target, context);
    }

    /// `a, b := x, y`
    pub(super) fn define_stmt(&mut self, names: &'a [Ident], values: &'a [Expr]) {
        let scope = self.env.scope;
        let (objects, new) = self.defined_objects(names);
        if !new {
            let at = names.last().map_or(Span::default(), |n| Span {
                start: n.span.end + 1,
                end: n.span.end + 3,
                ..n.span
            });
            self.error(at, "no new variables on left side of :=");
        }
        let context = if names.len() > 1 {
            "multiple assignment"
        } else {
            "assignment"
        };
        self.init_list(&objects, None, values, None, context);
        self.declare_new(scope, names, &objects);
    }

    /// The objects on the left of `:=`: those of this scope are reused. New ones are not in scope yet.
    pub(super) fn defined_objects(&mut self, names: &'a [Ident]) -> (Vec<ObjId>, bool) {
        let scope = self.env.scope;
        let mut new = false;
        let mut objects: Vec<ObjId> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            if !name.is_blank() && names[..at].iter().any(|n| n.name == name.name) {
                let words = " repeated on left side of :=";
                self.error_parts(name.span, &[&name.name, words]);
                let kind = ObjKind::Var(VarKind::Local);
                let name = name.name.clone();
                let object = self.new_object(kind, name, TypeId::INVALID, None);
                self.object_mut(object).used = true;
                objects.push(object);
                continue;
            }
            let old = self.scopes[scope.0 as usize].names.get(&name.name).copied();
            if let (Some(old), false) = (old, name.is_blank()) {
                self.use_object(name, old);
                match self.object(old).kind {
                    ObjKind::Var(_) => {
                        self.object_mut(old).reassigned = true;
                        objects.push(old);
                        continue;
                    }
                    _ => {
                        let text = name.name.clone();
                        self.error_parts(name.span, &["cannot assign to ", &text]);
                    }
                }
            }
            new |= !name.is_blank();
            let kind = ObjKind::Var(VarKind::Local);
            objects.push(self.new_object(kind, name.name.clone(), TypeId::INVALID, Some(name)));
        }
        (objects, new)
    }

    /// Brings newly defined variables into scope.
    pub(super) fn declare_new(
        &mut self,
        scope: super::check::ScopeId,
        names: &[Ident],
        objects: &[ObjId],
    ) {
        for (name, &object) in names.iter().zip(objects) {
            if self.info.defs[name.id.index()] == Some(object)
                && !self.scopes[scope.0 as usize].names.contains_key(&name.name)
            {
                self.declare(scope, object);
            }
        }
    }

    /// A variable declaration in a function.
    pub(super) fn local_vars(&mut self, spec: &'a VarSpec) {
        let scope = self.env.scope;
        let typ = spec.ty.as_ref().map(|ty| self.var_type(ty));
        let objects: Vec<ObjId> = spec
            .names
            .iter()
            .map(|name| {
                let kind = ObjKind::Var(VarKind::Local);
                let start = typ.unwrap_or(TypeId::INVALID);
                self.new_object(kind, name.name.clone(), start, Some(name))
            })
            .collect();
        self.declared_values(&objects, typ, spec);
        for object in objects {
            self.declare(scope, object);
        }
    }

    /// The values of a variable declaration.
    fn declared_values(&mut self, objects: &[ObjId], typ: Option<TypeId>, spec: &'a VarSpec) {
        let (names, values) = (spec.names.len(), spec.values.len());
        if values == 0 {
            return;
        }
        if values == names || values == 1 {
            self.init_vars(objects, typ, &spec.values, None);
            return;
        }
        for (&object, value) in objects.iter().zip(&spec.values) {
            let mut x = self.expr_hint(value, typ, true);
            self.init_var(object, typ, &mut x, "variable declaration");
        }
        self.var_arity(spec);
    }

    /// More values than names, or fewer.
    pub(super) fn var_arity(&mut self, spec: &'a VarSpec) {
        let (names, values) = (spec.names.len(), spec.values.len());
        if values > names {
            let extra = &spec.values[names];
            let text = expr_text(extra);
            self.error_parts(extra.span, &["extra init expr ", &text]);
        } else if values < names && values > 1 {
            let name = &spec.names[values];
            self.error_parts(name.span, &["missing init expr for ", &name.name]);
        }
    }
}

/// One call on the right side, which may have several results.
fn single_call(values: &[Expr]) -> bool {
    matches!(values, [only] if matches!(only.unparen().kind, ExprKind::Call(_)))
}
