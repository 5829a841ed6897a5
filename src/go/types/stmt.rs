//! Statements.

use super::check::Checker;
use super::info::Mode;
use super::literals::identity;
use super::object::{ObjKind, VarKind};
use super::operand::Operand;
use super::resolve::const_lines;
use super::table::{Basic, ChanDir, Type, TypeId};
use crate::go::syntax::ast::*;
use crate::go::syntax::text::expr_text;
use crate::trace::Span;

impl<'a> Checker<'a> {
    /// A whole function body.
    pub(super) fn function_body(&mut self, block: &'a Block, needs_return: bool) {
        self.stmts(&block.stmts);
        self.run_later();
        if needs_return && !super::terminating::terminates(&block.stmts, self) {
            let end = Span {
                start: block.span.end.saturating_sub(1),
                ..block.span
            };
            self.error(end, "missing return");
        }
    }

    fn stmts(&mut self, stmts: &'a [Stmt]) {
        for stmt in stmts {
            self.stmt(stmt);
        }
    }

    fn block(&mut self, block: &'a Block) {
        let outer = self.open_scope();
        self.stmts(&block.stmts);
        self.close_scope(outer);
    }

    fn stmt(&mut self, stmt: &'a Stmt) {
        if !self.enter(stmt.span) {
            return;
        }
        self.stmt_kind(stmt);
        self.depth -= 1;
    }

    fn stmt_kind(&mut self, stmt: &'a Stmt) {
        match &stmt.kind {
            StmtKind::Bad | StmtKind::Empty | StmtKind::Branch(..) => {}
            StmtKind::Decl(decl) => self.local_decl(decl),
            StmtKind::Labeled(_, inner) => self.stmt(inner),
            StmtKind::Expr(expr) => self.expr_stmt(expr),
            StmtKind::Send(channel, value) => self.send(channel, value),
            StmtKind::IncDec(op, expr) => self.inc_dec(*op, expr),
            StmtKind::Assign(left, right) => self.assign_stmt(left, right),
            StmtKind::OpAssign(op, left, right) => self.op_assign(*op, left, right),
            StmtKind::Define(names, values) => self.define_stmt(names, values),
            StmtKind::Go(call) => self.suspended(call, "go"),
            StmtKind::Defer(call) => {
                if let Some(&function) = self.env.functions.last() {
                    self.function_info(function).has_defer = true;
                }
                self.suspended(call, "defer");
            }
            StmtKind::Return(values) => self.return_stmt(values, stmt.span),
            StmtKind::Block(block) => self.block(block),
            StmtKind::If(inner) => self.if_stmt(inner),
            StmtKind::Switch(switch) => self.switch(switch),
            StmtKind::TypeSwitch(switch) => self.type_switch(switch),
            StmtKind::Select(clauses) => self.select(clauses),
            StmtKind::For(inner) => {
                let outer = self.open_scope();
                if let Some(init) = &inner.init {
                    self.stmt(init);
                }
                if let Some(cond) = &inner.cond {
                    self.condition(cond, "for");
                }
                if let Some(post) = &inner.post {
                    self.stmt(post);
                }
                self.block(&inner.body);
                self.close_scope(outer);
            }
            StmtKind::Range(range) => self.range(range),
        }
    }

    fn local_decl(&mut self, decl: &'a Decl) {
        match &decl.kind {
            DeclKind::Const(specs) => {
                for line in const_lines(specs) {
                    let mut objects = Vec::new();
                    for (at, name) in line.spec.names.iter().enumerate() {
                        let kind = ObjKind::Const(None);
                        let object =
                            self.new_object(kind, name.name.clone(), TypeId::INVALID, Some(name));
                        let outer = self.env.clone();
                        let value = line.values.get(at);
                        self.const_decl(object, line.ty, value, line.spec.iota, line.inherited);
                        self.env = outer;
                        objects.push(object);
                    }
                    self.const_arity(&line);
                    let scope = self.env.scope;
                    for object in objects {
                        self.declare(scope, object);
                    }
                }
            }
            DeclKind::Var(specs) => {
                for spec in specs {
                    self.local_vars(spec);
                }
            }
            DeclKind::Type(specs) => {
                for spec in specs {
                    let scope = self.env.scope;
                    let object = self.new_type_name(spec, scope);
                    self.declare(scope, object);
                    self.resolve(object);
                    self.complete_object(object);
                    self.check_recursion(&[object]);
                    self.run_later();
                }
            }
            DeclKind::Func(_) => {}
        }
    }

    fn expr_stmt(&mut self, expr: &'a Expr) {
        let x = self.raw_expr(expr, None);
        let words = match x.mode {
            Mode::Invalid | Mode::NoValue => return,
            Mode::Builtin(_) => " must be called",
            Mode::Type => " is not an expression",
            _ => {
                let inner = expr.unparen();
                let call = matches!(
                    inner.kind,
                    ExprKind::Call(_) | ExprKind::Unary(UnaryOp::Receive, _)
                );
                if call && x.statement {
                    return;
                }
                " is not used"
            }
        };
        let text = self.describe(&x);
        self.error_parts(expr.span, &[&text, words]);
    }

    fn send(&mut self, channel: &'a Expr, value: &'a Expr) {
        let c = self.expr(channel, None);
        let mut x = self.expr_hint(value, None, true);
        if c.mode == Mode::Invalid || x.mode == Mode::Invalid {
            return;
        }
        let core = self.core_type(c.typ).unwrap_or(TypeId::INVALID);
        match self.types.get(core) {
            Type::Chan(ChanDir::Receive, _) => {
                self.channel_error("cannot send to receive-only channel ", &c);
            }
            Type::Chan(_, elem) => self.assign_to(&mut x, Some(elem), "send"),
            _ => self.channel_error("cannot send to non-channel ", &c),
        }
    }

    fn inc_dec(&mut self, op: BinaryOp, expr: &'a Expr) {
        let x = self.updated(expr);
        if x.mode == Mode::Invalid {
            return;
        }
        if !self.all_basic(x.typ, Basic::is_numeric) {
            let (text, typ) = (expr_text(expr), self.text(x.typ));
            let op = op.text();
            self.error_parts(
                expr.span,
                &[
                    "invalid operation: ",
                    &text,
                    op,
                    op,
                    " (non-numeric type ",
                    &typ,
                    ")",
                ],
            );
            return;
        }
        self.assign_target(expr);
    }

    /// The left side of `x op= y` as a value.
    fn updated(&mut self, expr: &'a Expr) -> Operand<'a> {
        // Go counts `x++` and `x += y` as uses.
        let x = self.expr(expr, None);
        if let Some(object) = self.variable_of(expr) {
            self.object_mut(object).reassigned = true;
        }
        x
    }

    fn op_assign(&mut self, op: BinaryOp, left: &'a Expr, right: &'a Expr) {
        let x = self.updated(left);
        let y = self.expr(right, None);
        let mut result = self.binary(x, y, op, None);
        if result.mode == Mode::Invalid {
            return;
        }
        let (target, ok) = self.assign_target(left);
        if ok {
            result.expr = Some(left);
            if self.is_untyped(result.typ) {
                return;
            }
            if target.is_some() {
                self.assign_to(&mut result, target, "assignment operation");
            }
        }
    }

    /// The call of a go or defer statement.
    fn suspended(&mut self, expr: &'a Expr, keyword: &str) {
        let inner = expr.unparen();
        let ExprKind::Call(call) = &inner.kind else {
            self.raw_expr(expr, None);
            let words = " must be function call";
            self.error_parts(expr.span, &["expression in ", keyword, words]);
            return;
        };
        let x = self.raw_expr(expr, None);
        let func = &self.info.nodes[call.func.id.index()];
        let words = match (func.mode, x.mode) {
            (_, Mode::Invalid) => return,
            (Mode::Type, _) => " requires function call, not conversion ",
            (Mode::Builtin(_), _) if !x.statement => " discards result of ",
            _ => return,
        };
        let text = self.describe(&x);
        self.error_parts(expr.span, &[keyword, words, &text]);
    }

    fn condition(&mut self, cond: &'a Expr, keyword: &str) {
        let x = self.expr(cond, None);
        if x.mode != Mode::Invalid && !self.all_basic(x.typ, Basic::is_boolean) {
            self.error_parts(
                cond.span,
                &["non-boolean condition in ", keyword, " statement"],
            );
        }
    }

    fn if_stmt(&mut self, inner: &'a If) {
        let outer = self.open_scope();
        if let Some(init) = &inner.init {
            self.stmt(init);
        }
        self.condition(&inner.cond, "if");
        self.block(&inner.then);
        if let Some(otherwise) = &inner.otherwise {
            self.stmt(otherwise);
        }
        self.close_scope(outer);
    }

    fn switch(&mut self, switch: &'a Switch) {
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

    fn case_value(
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

    fn one_default(&mut self, clauses: &'a [CaseClause]) {
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

    fn type_switch(&mut self, switch: &'a TypeSwitch) {
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
    fn case_type(
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

    fn select(&mut self, clauses: &'a [CommClause]) {
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

    fn range(&mut self, range: &'a RangeFor) {
        let outer = self.open_scope();
        let x = self.expr(&range.subject, None);
        let mut x = x;
        let (count, second) = match &range.into {
            RangeInto::Nothing => (0, None),
            RangeInto::Assign(left) => (left.len(), left.get(1).map(|e| e.span)),
            RangeInto::Define(names) => (names.len(), names.get(1).map(|n| n.span)),
        };
        let mut parts = [None, None];
        if x.mode != Mode::Invalid {
            let text = self.describe(&x);
            match self.range_types(&x) {
                Ok((key, value, most)) => {
                    let first = match &range.into {
                        RangeInto::Assign(left) => left.first().map(|e| e.span),
                        RangeInto::Define(names) => names.first().map(|n| n.span),
                        RangeInto::Nothing => None,
                    };
                    if count > most {
                        let (span, words) = if most == 0 {
                            (first, " permits no iteration variables")
                        } else {
                            (second, " permits only one iteration variable")
                        };
                        let span = span.unwrap_or(range.subject.span);
                        self.error_parts(span, &["range over ", &text, words]);
                    }
                    parts = [Some(key), value];
                }
                Err(why) => {
                    let why = if why.is_empty() {
                        why
                    } else {
                        [": ", &why].concat()
                    };
                    self.error_parts(range.subject.span, &["cannot range over ", &text, &why]);
                    x.mode = Mode::Invalid;
                }
            }
        }
        self.range_into(range, &mut x, parts);
        self.block(&range.body);
        self.close_scope(outer);
    }

    fn range_into(&mut self, range: &'a RangeFor, x: &mut Operand<'a>, parts: [Option<TypeId>; 2]) {
        let untyped = x.mode == Mode::Constant && self.is_untyped(x.typ);
        let number = untyped && !self.all_basic(x.typ, Basic::is_string);
        match &range.into {
            RangeInto::Nothing => {
                if untyped && x.mode != Mode::Invalid {
                    self.assign_to(x, None, "range clause");
                }
            }
            RangeInto::Assign(left) => {
                for (at, target) in left.iter().enumerate() {
                    let (typ, ok) = self.assign_target(target);
                    let part = parts.get(at).copied().flatten();
                    let Some(part) = part.filter(|_| ok) else {
                        continue;
                    };
                    if number && at == 0 {
                        self.assign_to(x, typ, "range clause");
                        continue;
                    }
                    let mut value = Operand {
                        expr: Some(target),
                        ..Operand::new(Mode::Value, part, target)
                    };
                    if typ.is_some() {
                        self.assign_to(&mut value, typ, "assignment");
                    }
                }
                if untyped && !number {
                    self.assign_to(x, None, "range clause");
                }
            }
            RangeInto::Define(names) => {
                if untyped && x.mode != Mode::Invalid {
                    self.assign_to(x, None, "range clause");
                }
                let scope = self.env.scope;
                for (at, name) in names.iter().enumerate() {
                    let mut typ = parts.get(at).copied().flatten().unwrap_or(TypeId::INVALID);
                    if number && at == 0 && x.mode != Mode::Invalid {
                        typ = x.typ;
                    }
                    let kind = ObjKind::Var(VarKind::Local);
                    let object = self.new_object(kind, name.name.clone(), typ, Some(name));
                    self.object_mut(object).used = typ == TypeId::INVALID;
                    self.declare(scope, object);
                }
            }
        }
    }

    /// Key and value types of a range over the operand, and how many variables it gives at most.
    fn range_types(&mut self, x: &Operand<'a>) -> Result<(TypeId, Option<TypeId>, usize), String> {
        let Some(core) = self.core_or_string(x.typ) else {
            return Err("no specific type".into());
        };
        Ok(match self.types.get(core) {
            Type::Basic(basic) if basic.is_string() => (TypeId::INT, Some(TypeId::RUNE), 2),
            Type::Basic(basic) if basic.is_integer() => (x.typ, None, 1),
            Type::Array(of, _) => (TypeId::INT, Some(of), 2),
            Type::Slice(of) => (TypeId::INT, Some(of), 2),
            Type::Pointer(to) => match self.under(to) {
                Type::Array(of, _) => (TypeId::INT, Some(of), 2),
                _ => return Err(String::new()),
            },
            Type::Map(key, value) => (key, Some(value), 2),
            Type::Chan(ChanDir::Send, _) => {
                let text = self.text(x.typ);
                return Err(["receive from send-only channel ", &text].concat());
            }
            Type::Chan(_, of) => (of, None, 1),
            Type::Signature(signature) => {
                let start = "func must be func(yield func(...) bool): ";
                let ([yielded], []) = (&*signature.params, &*signature.results) else {
                    let why = if signature.params.len() != 1 {
                        "wrong argument count"
                    } else {
                        "unexpected results"
                    };
                    return Err([start, why].concat());
                };
                let core = self.core_type(*yielded).unwrap_or(TypeId::INVALID);
                let Type::Signature(inner) = self.types.get(core) else {
                    return Err([start, "argument is not func"].concat());
                };
                if inner.params.len() > 2 {
                    return Err([start, "yield func has too many parameters"].concat());
                }
                let bool_result =
                    inner.results.len() == 1 && self.all_basic(inner.results[0], Basic::is_boolean);
                if !bool_result {
                    return Err([start, "yield func does not return bool"].concat());
                }
                let key = inner.params.first().copied().unwrap_or(TypeId::INVALID);
                (key, inner.params.get(1).copied(), inner.params.len())
            }
            _ => return Err(String::new()),
        })
    }
}
