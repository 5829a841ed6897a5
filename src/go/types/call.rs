//! Calls, conversions and instantiations (Go spec, "Calls", "Instantiations").

use super::check::Checker;
use super::info::Mode;
use super::operand::Operand;
use super::table::{Basic, Signature, Type, TypeId};
use crate::go::syntax::ast::{Call, Expr, ExprKind};
use crate::go::syntax::text::expr_text;
use crate::trace::Span;
use std::rc::Rc;

impl<'a> Checker<'a> {
    pub(super) fn call(&mut self, expr: &'a Expr, call: &'a Call) -> Operand<'a> {
        let mut explicit = Vec::new();
        let mut f = match &call.func.unparen().kind {
            ExprKind::Index(base, indices) => {
                let x = self.raw_expr(base, None);
                if self.is_generic_value(&x) {
                    explicit = match self.type_arguments(indices, &x) {
                        Some(args) => args,
                        None => return self.skip_call(expr, call),
                    };
                    Operand {
                        expr: Some(&call.func),
                        ..x
                    }
                } else {
                    let mut x = self.index_operand(call.func.unparen(), x, base, indices);
                    x.expr = Some(&call.func);
                    x.span = call.func.span;
                    self.record(&call.func, &x);
                    let inner = call.func.unparen();
                    self.record(inner, &x);
                    x
                }
            }
            _ => self.raw_expr(&call.func, None),
        };
        match f.mode {
            Mode::Invalid => return self.skip_call(expr, call),
            Mode::Type => return self.conversion_call(expr, call, f.typ),
            Mode::Builtin(builtin) => {
                let mut x = self.builtin(expr, call, builtin);
                if x.mode != Mode::Invalid {
                    x.statement = x.statement || x.mode == Mode::NoValue;
                }
                return x;
            }
            _ => {}
        }
        self.require_value(&mut f);
        self.require_single(&mut f);
        if f.mode == Mode::Invalid {
            return self.skip_call(expr, call);
        }
        let core = self.core_type(f.typ).unwrap_or(TypeId::INVALID);
        let Type::Signature(signature) = self.types.get(core) else {
            let text = self.describe(&f);
            let why = self.not_callable(f.typ);
            self.error_parts(
                f.span,
                &["invalid operation: cannot call ", &text, ": ", &why],
            );
            return self.skip_call(expr, call);
        };
        let args = self.arguments(call);
        let signature = self.match_arguments(expr, call, &signature, &explicit, args);
        let Some(signature) = signature else {
            // The results are known all the same unless they depend on what could not be inferred.
            let Type::Signature(signature) = self.types.get(core) else {
                return Operand::invalid(expr);
            };
            if !signature.type_params.is_empty() {
                return Operand::invalid(expr);
            }
            return self.call_result(expr, &signature);
        };
        self.call_result(expr, &signature)
    }

    fn not_callable(&mut self, typ: TypeId) -> String {
        let mut shown = typ;
        if self.is_type_param(typ) {
            match self.types.type_set(typ).terms.as_deref() {
                None => return "no specific type".into(),
                Some([first, ..]) => shown = first.typ,
                Some([]) => {}
            }
        }
        [&self.text(shown), " is not a function"].concat()
    }

    fn call_result(&mut self, expr: &'a Expr, signature: &Signature) -> Operand<'a> {
        let mut x = match &*signature.results {
            [] => Operand::new(Mode::NoValue, TypeId::EMPTY_TUPLE, expr),
            [one] => Operand::new(Mode::Value, *one, expr),
            all => {
                let typ = self.types.tuple(all);
                Operand::new(Mode::Value, typ, expr)
            }
        };
        if signature.results.contains(&TypeId::INVALID) && signature.results.len() == 1 {
            x.mode = Mode::Invalid;
        }
        x.statement = true;
        x
    }

    /// Evaluates the arguments of a call that went wrong, so that what they use counts as used.
    fn skip_call(&mut self, expr: &'a Expr, call: &'a Call) -> Operand<'a> {
        for arg in &call.args {
            self.raw_expr(arg, None);
        }
        let mut x = Operand::invalid(expr);
        x.statement = true;
        x
    }

    fn conversion_call(&mut self, expr: &'a Expr, call: &'a Call, typ: TypeId) -> Operand<'a> {
        if self.generic_params(typ).is_some() {
            self.type_expr(&call.func);
            return self.skip_call(expr, call);
        }
        let name = self.text(typ);
        let [arg, rest @ ..] = &call.args[..] else {
            self.error_parts(expr.span, &["missing argument in conversion to ", &name]);
            return Operand::invalid(expr);
        };
        if !rest.is_empty() {
            let last = &call.args[call.args.len() - 1];
            self.error_parts(last.span, &["too many arguments in conversion to ", &name]);
            return self.skip_call(expr, call);
        }
        if let Some(spread) = call.spread {
            let text = expr_text(arg);
            let words = "invalid use of ... in conversion to ";
            let _ = spread;
            self.error_parts(arg.span, &[words, &name]);
            let _ = text;
        }
        let mut x = self.expr_hint(arg, Some(typ), true);
        if x.mode == Mode::Invalid {
            return Operand::invalid(expr);
        }
        if self.is_interface(typ) {
            self.complete(typ);
        }
        self.conversion(&mut x, typ);
        x.expr = Some(expr);
        x.span = expr.span;
        x
    }

    /// The arguments of a call; one call with several results stands for them all.
    pub(super) fn arguments(&mut self, call: &'a Call) -> Vec<Operand<'a>> {
        if let [only] = &call.args[..] {
            let mut x = self.raw_expr(only, None);
            self.require_value(&mut x);
            if let (Mode::Value, Type::Tuple(parts)) = (x.mode, self.types.get(x.typ)) {
                return parts.iter().map(|&t| Operand::part(t, only)).collect();
            }
            return vec![x];
        }
        call.args
            .iter()
            .map(|arg| self.expr_hint(arg, None, true))
            .collect()
    }

    /// Checks arguments against parameters, inferring type arguments; the signature that is called.
    fn match_arguments(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        signature: &Rc<Signature>,
        explicit: &[TypeId],
        mut args: Vec<Operand<'a>>,
    ) -> Option<Rc<Signature>> {
        let spread = call.spread.is_some();
        let mut params: Vec<TypeId> = signature.params.to_vec();
        if signature.variadic && !spread {
            let last = params.pop().unwrap_or(TypeId::INVALID);
            let elem = match self.types.get(last) {
                Type::Slice(of) => of,
                _ => last,
            };
            while params.len() < args.len() {
                params.push(elem);
            }
        } else if spread && !signature.variadic {
            let text = expr_text(&call.func);
            let words = "cannot use ... in call to non-variadic ";
            self.error_parts(expr.span, &[words, &text]);
            return None;
        }
        if args.len() != params.len() {
            self.wrong_count(expr, call, signature, &args, params.len());
            return None;
        }
        if args.iter().any(|a| a.mode == Mode::Invalid) && !signature.type_params.is_empty() {
            return None;
        }
        let mut called = signature.clone();
        if !signature.type_params.is_empty() {
            let open = Span {
                start: call.func.span.end,
                ..call.func.span
            };
            let name = expr_text(&call.func);
            let targs = self.infer(open, &name, signature, explicit, &params, &mut args)?;
            let spans: Vec<Span> = explicit_spans(&call.func);
            if let Some((at, why)) = self.unsatisfied(&signature.type_params, &targs) {
                let span = spans.get(at).copied().unwrap_or(open);
                self.error(span, why);
                return None;
            }
            for param in &mut params {
                *param = self
                    .types
                    .substitute(*param, &signature.type_params, &targs);
            }
            called = self.instance_of(signature, &targs);
            self.record_instance(&call.func, &targs, &called);
        }
        let context = ["argument to ", &expr_text(&call.func)].concat();
        for (arg, param) in args.iter_mut().zip(params) {
            if arg.mode != Mode::Invalid {
                self.assign_to(arg, Some(param), &context);
            }
        }
        Some(called)
    }

    /// The signature with type arguments put in.
    pub(super) fn instance_of(&mut self, signature: &Signature, args: &[TypeId]) -> Rc<Signature> {
        let plain = Signature {
            type_params: Rc::from([]),
            ..signature.clone()
        };
        let typ = self.types.intern(Type::Signature(Rc::new(plain)));
        let typ = self.types.substitute(typ, &signature.type_params, args);
        match self.types.get(typ) {
            Type::Signature(signature) => signature,
            _ => Rc::new(signature.clone()),
        }
    }

    /// Notes the type arguments of a generic function under its identifier.
    pub(super) fn record_instance(
        &mut self,
        func: &'a Expr,
        args: &[TypeId],
        signature: &Rc<Signature>,
    ) {
        let typ = self.types.intern(Type::Signature(signature.clone()));
        let mut at = func;
        loop {
            let known = &mut self.info.nodes[at.id.index()];
            known.typ = typ;
            known.mode = Mode::Value;
            match &at.kind {
                ExprKind::Paren(inner) | ExprKind::Index(inner, _) => at = inner,
                ExprKind::Name(name) | ExprKind::Selector(_, name) => {
                    self.info.instances.insert(name.id, args.into());
                    return;
                }
                _ => return,
            }
        }
    }

    fn wrong_count(
        &mut self,
        expr: &'a Expr,
        call: &'a Call,
        signature: &Signature,
        args: &[Operand<'a>],
        wanted: usize,
    ) {
        let (words, span) = if args.len() > wanted {
            ("too many", args[wanted].span)
        } else {
            ("not enough", args.last().map_or(expr.span, |a| a.span))
        };
        let have: Vec<TypeId> = args.iter().map(|a| a.typ).collect();
        let have = self.summary(&have, false, call.spread.is_some());
        let want = self.summary(&signature.params, signature.variadic, false);
        let text = expr_text(&call.func);
        self.error_parts(
            span,
            &[
                words,
                " arguments in call to ",
                &text,
                "\n\thave ",
                &have,
                "\n\twant ",
                &want,
            ],
        );
    }

    /// `(number, string)`: what a call or return has or wants.
    pub(super) fn summary(&mut self, types: &[TypeId], variadic: bool, spread: bool) -> String {
        let mut out = String::from("(");
        for (at, &typ) in types.iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            let last = at + 1 == types.len();
            match self.types.get(typ) {
                Type::Basic(Basic::Invalid) => out.push_str("unknown type"),
                Type::Basic(basic) if basic.is_untyped() => {
                    if basic.is_numeric() {
                        out.push_str("number");
                    } else {
                        out.push_str(basic.name().trim_start_matches("untyped "));
                    }
                }
                Type::Slice(of) if variadic && last => {
                    out.push_str("...");
                    out.push_str(&self.text(of));
                }
                _ => {
                    out.push_str(&self.text(typ));
                    if spread && last {
                        out.push_str("...");
                    }
                }
            }
        }
        out.push(')');
        out
    }

    /// Explicit type arguments of a generic function; not more than it has parameters.
    fn type_arguments(&mut self, indices: &'a [Expr], f: &Operand<'a>) -> Option<Vec<TypeId>> {
        let args: Vec<TypeId> = indices.iter().map(|i| self.var_type(i)).collect();
        let Type::Signature(signature) = self.types.get(f.typ) else {
            return None;
        };
        let wanted = signature.type_params.len();
        if args.len() > wanted {
            let (have, want) = (args.len().to_string(), wanted.to_string());
            self.error_parts(
                indices[wanted].span,
                &["got ", &have, " type arguments but want ", &want],
            );
            return None;
        }
        (!args.contains(&TypeId::INVALID)).then_some(args)
    }

    /// `f[A]` outside a call: all type arguments must be there or follow from the constraints. With some
    /// missing the value stays generic, for an assignment to complete.
    pub(super) fn instantiate(
        &mut self,
        expr: &'a Expr,
        indices: &'a [Expr],
        f: Operand<'a>,
    ) -> Operand<'a> {
        let Some(explicit) = self.type_arguments(indices, &f) else {
            return Operand::invalid(expr);
        };
        let Type::Signature(signature) = self.types.get(f.typ) else {
            return Operand::invalid(expr);
        };
        let name = expr_text(expr);
        let before = self.diagnostics.len();
        match self.infer(expr.span, &name, &signature, &explicit, &[], &mut []) {
            Some(args) => self.finish_instance(expr, &signature, &args),
            None => {
                self.diagnostics.truncate(before);
                self.partial.insert(expr.id, explicit.into());
                Operand::new(Mode::Value, f.typ, expr)
            }
        }
    }

    fn finish_instance(
        &mut self,
        expr: &'a Expr,
        signature: &Rc<Signature>,
        args: &[TypeId],
    ) -> Operand<'a> {
        if let Some((at, why)) = self.unsatisfied(&signature.type_params, args) {
            let span = explicit_spans(expr).get(at).copied().unwrap_or(expr.span);
            self.error(span, why);
            return Operand::invalid(expr);
        }
        let called = self.instance_of(signature, args);
        self.record_instance(expr, args, &called);
        let typ = self.types.intern(Type::Signature(called));
        Operand::new(Mode::Value, typ, expr)
    }

    /// The core type itself, invalid if there is none.
    pub(super) fn core_shape(&mut self, typ: TypeId) -> Type {
        let core = self.core_type(typ).unwrap_or(TypeId::INVALID);
        self.types.get(core)
    }

    /// A generic function assigned to a variable of a function type takes its type arguments from it.
    pub(super) fn instantiate_for(&mut self, x: &mut Operand<'a>, expr: &'a Expr, target: TypeId) {
        let (Type::Signature(signature), Type::Signature(_)) =
            (self.types.get(x.typ), self.core_shape(target))
        else {
            self.require_instance(x);
            return;
        };
        let target = self.core_type(target).unwrap_or(target);
        let explicit = self.partial.get(&expr.unparen().id).cloned();
        let args = self.infer_from(&signature, &explicit.unwrap_or_default(), target);
        let Some(args) = args else {
            let (to, from) = (self.text(target), self.text(x.typ));
            let from = from.replacen(
                &self.types.params_text(&signature.type_params, self.style()),
                "",
                1,
            );
            let names = self.param_names(&signature.type_params);
            let words = ["type ", &to, " does not match ", &from].concat();
            self.error_parts(x.span, &[&words, " (cannot infer ", &names, ")"]);
            x.mode = Mode::Invalid;
            return;
        };
        let y = self.finish_instance(expr, &signature, &args);
        x.mode = y.mode;
        x.typ = y.typ;
    }
}

/// Where explicit type arguments stand.
fn explicit_spans(func: &Expr) -> Vec<Span> {
    match &func.unparen().kind {
        ExprKind::Index(_, indices) => indices.iter().map(|i| i.span).collect(),
        _ => Vec::new(),
    }
}
