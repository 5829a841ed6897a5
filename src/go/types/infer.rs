//! Type argument inference by unification (Go spec, "Type inference", "Type unification").

use super::check::Checker;
use super::info::Mode;
use super::lookup::Lookup;
use super::operand::{Operand, default_of};
use super::table::{Basic, Signature, Type, TypeId, TypeParamId};
use super::unify::{Match, Unifier};
use crate::trace::Span;
use std::rc::Rc;

impl<'a> Checker<'a> {
    /// Finds the type arguments of a call. Reports at `open` (or at an argument) and gives `None` if
    /// that cannot be done.
    pub(super) fn infer(
        &mut self,
        open: Span,
        name: &str,
        signature: &Signature,
        explicit: &[TypeId],
        params: &[TypeId],
        args: &mut [Operand<'a>],
    ) -> Option<Vec<TypeId>> {
        if explicit.len() == signature.type_params.len() {
            return Some(explicit.to_vec());
        }
        // A function that calls itself has its own parameters as arguments: tell them apart.
        let originals = signature.type_params.clone();
        let fresh = self.fresh_params(&originals);
        let fresh_types: Vec<TypeId> = fresh.iter().map(|&p| self.types.param_type(p)).collect();
        let params: Vec<TypeId> = params
            .iter()
            .map(|&p| self.types.substitute(p, &originals, &fresh_types))
            .collect();
        let mut unifier = Unifier {
            known: (0..fresh.len()).map(|i| explicit.get(i).copied()).collect(),
            params: fresh,
            depth: 0,
        };
        let start = if name.is_empty() {
            String::new()
        } else {
            ["in call to ", name, ", "].concat()
        };
        for (arg, &param) in args.iter().zip(&params) {
            if self.is_untyped(arg.typ) || arg.mode == Mode::Invalid || self.is_generic_value(arg) {
                continue;
            }
            if self.mentions(param, &unifier)
                && !self.unify(&mut unifier, param, arg.typ, Match::Assign)
            {
                self.report_mismatch(&unifier, &start, arg, param);
                return None;
            }
        }
        if !self.unify_cores(&mut unifier, open, &start, true) {
            return None;
        }
        self.infer_untyped(&mut unifier, &start, &params, args)?;
        if !self.unify_cores(&mut unifier, open, &start, false) {
            return None;
        }
        self.infer_functions(&mut unifier, &params, args);
        let result = self.settle(&unifier);
        for (at, typ) in result.iter().enumerate() {
            if typ.is_none() {
                let span = self
                    .param_spans
                    .get(&originals[at])
                    .copied()
                    .unwrap_or(open);
                let place = (self.place)(span);
                let param = self.types.param(originals[at]).name.clone();
                self.error_parts(
                    open,
                    &[
                        &start,
                        "cannot infer ",
                        &param,
                        " (declared at ",
                        &place,
                        ")",
                    ],
                );
                return None;
            }
        }
        result.into_iter().collect()
    }

    /// The type arguments that make a generic function's type the given function type.
    pub(super) fn infer_from(
        &mut self,
        signature: &Signature,
        explicit: &[TypeId],
        target: TypeId,
    ) -> Option<Vec<TypeId>> {
        let originals = signature.type_params.clone();
        let fresh = self.fresh_params(&originals);
        let fresh_types: Vec<TypeId> = fresh.iter().map(|&p| self.types.param_type(p)).collect();
        let called = self.instance_of(signature, &fresh_types);
        let typ = self.types.intern(Type::Signature(called));
        let mut unifier = Unifier {
            known: (0..fresh.len()).map(|i| explicit.get(i).copied()).collect(),
            params: fresh,
            depth: 0,
        };
        if !self.unify(&mut unifier, typ, target, Match::Assign) {
            return None;
        }
        self.unify_cores(&mut unifier, Span::default(), "", false);
        self.settle(&unifier).into_iter().collect()
    }

    pub(super) fn fresh_params(&mut self, originals: &[TypeParamId]) -> Vec<TypeParamId> {
        let fresh: Vec<TypeParamId> = originals
            .iter()
            .map(|&p| {
                let param = self.types.param(p).clone();
                self.types
                    .add_param(param.name, param.index, param.constraint)
            })
            .collect();
        let types: Vec<TypeId> = fresh.iter().map(|&p| self.types.param_type(p)).collect();
        for (&new, &old) in fresh.iter().zip(originals) {
            let constraint = self.types.param(old).constraint;
            let constraint = self.types.substitute(constraint, originals, &types);
            self.types.set_constraint(new, constraint);
        }
        fresh
    }

    /// "K and V"
    pub(super) fn param_names(&self, params: &[TypeParamId]) -> String {
        let names: Vec<Rc<str>> = params
            .iter()
            .map(|&p| self.types.param(p).name.clone())
            .collect();
        let mut out = String::new();
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                let last = at + 1 == names.len();
                out.push_str(match (last, names.len()) {
                    (true, 2) => " and ",
                    (true, _) => ", and ",
                    _ => ", ",
                });
            }
            out.push_str(name);
        }
        out
    }

    pub(super) fn report_mismatch(
        &mut self,
        unifier: &Unifier,
        start: &str,
        arg: &Operand<'a>,
        param: TypeId,
    ) {
        let (typ, wanted) = (self.text(arg.typ), self.text(param));
        let text = arg
            .expr
            .map(crate::go::syntax::text::expr_text)
            .unwrap_or_default();
        let head = [start, "type ", &typ, " of ", &text, " does not match "].concat();
        if unifier.known.first().is_some_and(|k| k.is_none()) {
            let names = self.param_names(&unifier.params);
            self.error_parts(arg.span, &[&head, &wanted, " (cannot infer ", &names, ")"]);
            return;
        }
        let mut inferred = param;
        for (at, known) in unifier.known.iter().enumerate() {
            if let Some(known) = known {
                let only = [unifier.params[at]];
                inferred = self.types.substitute(inferred, &only, &[*known]);
            }
        }
        if inferred == param {
            self.error_parts(arg.span, &[&head, &wanted]);
        } else {
            let inferred = self.text(inferred);
            self.error_parts(
                arg.span,
                &[&head, "inferred type ", &inferred, " for ", &wanted],
            );
        }
    }

    /// Untyped constants give their default type, the largest kind of those for one parameter.
    pub(super) fn infer_untyped(
        &mut self,
        unifier: &mut Unifier,
        start: &str,
        params: &[TypeId],
        args: &[Operand<'a>],
    ) -> Option<()> {
        let mut kinds: Vec<Option<Basic>> = vec![None; unifier.params.len()];
        for (arg, &param) in args.iter().zip(params) {
            let (Type::TypeParam(param), Type::Basic(basic)) =
                (self.types.get(param), self.types.get(arg.typ))
            else {
                continue;
            };
            let Some(at) = unifier.index(param) else {
                continue;
            };
            if !basic.is_untyped() || basic == Basic::UntypedNil || unifier.known[at].is_some() {
                continue;
            }
            kinds[at] = Some(match kinds[at] {
                None => basic,
                Some(old) if old == basic => basic,
                Some(old) if old.is_numeric() && basic.is_numeric() => old.max(basic),
                Some(old) => {
                    let name = self.types.param(unifier.params[at]).name.clone();
                    let words = [start, "mismatched types ", old.name(), " and "].concat();
                    self.error_parts(
                        arg.span,
                        &[&words, basic.name(), " (cannot infer ", &name, ")"],
                    );
                    return None;
                }
            });
        }
        for (known, kind) in unifier.known.iter_mut().zip(kinds) {
            if let Some(kind) = kind {
                *known = Some(default_of(kind));
            }
        }
        Some(())
    }

    /// Generic functions as arguments, once the parameter's type says enough.
    pub(super) fn infer_functions(
        &mut self,
        unifier: &mut Unifier,
        params: &[TypeId],
        args: &[Operand<'a>],
    ) {
        for (arg, &param) in args.iter().zip(params) {
            if !self.is_generic_value(arg) {
                continue;
            }
            let mut wanted = param;
            for (at, known) in unifier.known.clone().into_iter().enumerate() {
                if let Some(known) = known {
                    let only = [unifier.params[at]];
                    wanted = self.types.substitute(wanted, &only, &[known]);
                }
            }
            let (Type::Signature(generic), Type::Signature(target)) =
                (self.types.get(arg.typ), self.under(wanted))
            else {
                continue;
            };
            // Its parameters decide its type arguments; its results may then decide ours.
            let fresh = self.fresh_params(&generic.type_params);
            let types: Vec<TypeId> = fresh.iter().map(|&p| self.types.param_type(p)).collect();
            let called = self.instance_of(&generic, &types);
            let mut inner = Unifier {
                known: vec![None; fresh.len()],
                params: fresh,
                depth: 0,
            };
            for (&x, &y) in called.params.iter().zip(target.params.iter()) {
                if !self.mentions(y, unifier) {
                    self.unify(&mut inner, x, y, Match::Assign);
                }
            }
            let settled: Option<Vec<TypeId>> = self.settle(&inner).into_iter().collect();
            if let Some(settled) = settled {
                let exact = self.instance_of(&generic, &settled);
                let typ = self.types.intern(Type::Signature(exact));
                self.unify(unifier, wanted, typ, Match::Assign);
            }
        }
    }

    /// Core types and methods of constraints tell more about their parameters.
    pub(super) fn unify_cores(
        &mut self,
        unifier: &mut Unifier,
        open: Span,
        start: &str,
        methods: bool,
    ) -> bool {
        for _ in 0..=unifier.params.len() {
            let before = unifier.known.clone();
            for at in 0..unifier.params.len() {
                let constraint = self.types.constraint_interface(unifier.params[at]);
                let set = self.types.type_set(constraint);
                let core = self.core_of_set(constraint);
                let known = unifier.known[at];
                if let (Some(core), Some(terms)) = (core, &set.terms) {
                    let exact = terms.len() == 1 && !terms[0].tilde;
                    match known {
                        Some(known) => {
                            let from = self.core_type(known).unwrap_or(known);
                            if self.mentions(core, unifier)
                                && !self.unify(unifier, core, from, Match::Loose)
                            {
                                self.unsatisfying(
                                    unifier.params[at],
                                    known,
                                    constraint,
                                    "",
                                    open,
                                    start,
                                );
                                return false;
                            }
                        }
                        None if exact => unifier.known[at] = Some(terms[0].typ),
                        None => {}
                    }
                }
                let Some(known) = unifier.known[at] else {
                    continue;
                };
                for method in &set.methods {
                    if methods && core.is_none() && !self.mentions(method.signature, unifier) {
                        let why = self.missing_method(known, constraint, method);
                        if let Some(why) = why {
                            let why = [" ", &why].concat();
                            self.unsatisfying(
                                unifier.params[at],
                                known,
                                constraint,
                                &why,
                                open,
                                start,
                            );
                            return false;
                        }
                    }
                    if !self.mentions(method.signature, unifier) {
                        continue;
                    }
                    let found = self.types.lookup(known, method.package, &method.name);
                    if let Lookup::Found(found) = found {
                        let have = self.target_signature(&found.target);
                        self.unify(unifier, method.signature, have, Match::Exact);
                    }
                }
            }
            if unifier.known == before {
                return true;
            }
        }
        true
    }

    /// "T (type int) does not satisfy C"
    pub(super) fn unsatisfying(
        &mut self,
        param: TypeParamId,
        known: TypeId,
        constraint: TypeId,
        why: &str,
        open: Span,
        start: &str,
    ) {
        if start.is_empty() {
            return;
        }
        let name = self.types.param(param).name.clone();
        let written = self.types.param(param).constraint;
        let shown = match self.types.get(written) {
            Type::Named(..) => written,
            _ => constraint,
        };
        let (typ, shown) = (self.text(known), self.text(shown));
        let words = " does not satisfy ";
        self.error_parts(
            open,
            &[start, &name, " (type ", &typ, ")", words, &shown, why],
        );
    }

    /// What is known, with parameters inside it replaced too.
    pub(super) fn settle(&mut self, unifier: &Unifier) -> Vec<Option<TypeId>> {
        let mut known = unifier.known.clone();
        for _ in 0..=known.len() {
            for at in 0..known.len() {
                let Some(mut typ) = known[at] else { continue };
                for (other, (&param, &value)) in unifier.params.iter().zip(&known).enumerate() {
                    if let (Some(value), true) = (value, other != at) {
                        typ = self.types.substitute(typ, &[param], &[value]);
                    }
                }
                known[at] = Some(typ);
            }
        }
        for typ in &mut known {
            if typ.is_some_and(|t| self.mentions(t, unifier)) {
                *typ = None;
            }
        }
        known
    }
}
