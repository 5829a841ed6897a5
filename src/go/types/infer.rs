//! Type argument inference by unification (Go spec, "Type inference", "Type unification").

use super::check::Checker;
use super::info::Mode;
use super::lookup::Lookup;
use super::operand::{Operand, default_of};
use super::table::{Basic, Signature, Type, TypeId, TypeParamId};
use crate::trace::Span;
use std::rc::Rc;

/// The type parameters to find arguments for, and what is known of them.
struct Unifier {
    params: Vec<TypeParamId>,
    known: Vec<Option<TypeId>>,
    depth: usize,
}

/// How alike types must be.
#[derive(Clone, Copy, PartialEq)]
enum Match {
    /// As an assignment allows: at the top a defined type goes with a literal.
    Assign,
    /// That, at all levels: for core types.
    Loose,
    /// Identical.
    Exact,
}

impl Unifier {
    fn index(&self, param: TypeParamId) -> Option<usize> {
        self.params.iter().position(|&p| p == param)
    }
}

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

    fn mentions(&self, typ: TypeId, unifier: &Unifier) -> bool {
        match self.types.get(typ) {
            Type::TypeParam(param) => unifier.index(param).is_some(),
            Type::Basic(_) => false,
            other => {
                let mut found = false;
                self.types.map_parts(&other, &mut |t| {
                    found = found || self.mentions(t, unifier);
                    t
                });
                found
            }
        }
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

    fn report_mismatch(
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
    fn infer_untyped(
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
    fn infer_functions(&mut self, unifier: &mut Unifier, params: &[TypeId], args: &[Operand<'a>]) {
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
    fn unify_cores(
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
    fn unsatisfying(
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
    fn settle(&mut self, unifier: &Unifier) -> Vec<Option<TypeId>> {
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

    /// Makes two types alike by finding arguments for the parameters; `how` alike is for the caller to say.
    fn unify(&mut self, unifier: &mut Unifier, x: TypeId, y: TypeId, how: Match) -> bool {
        if unifier.depth > 100 {
            return false;
        }
        unifier.depth += 1;
        let result = self.unify_types(unifier, x, y, how);
        unifier.depth -= 1;
        result
    }

    fn unify_types(&mut self, unifier: &mut Unifier, x: TypeId, y: TypeId, how: Match) -> bool {
        let written = [y, x];
        let (x, y) = (self.types.unalias(x), self.types.unalias(y));
        if x == y {
            return true;
        }
        let exact = how == Match::Exact;
        let bound = |checker: &Self, unifier: &Unifier, t: TypeId| match checker.types.get(t) {
            Type::TypeParam(param) => unifier.index(param),
            _ => None,
        };
        for ((a, b), spelled) in [(x, y), (y, x)].into_iter().zip(written) {
            let Some(at) = bound(self, unifier, a) else {
                continue;
            };
            let Some(known) = unifier.known[at] else {
                if let Some(other) = bound(self, unifier, b)
                    && let Some(known) = unifier.known[other]
                {
                    unifier.known[at] = Some(known);
                    return true;
                }
                unifier.known[at] = Some(spelled);
                return true;
            };
            if !self.unify(unifier, known, b, how) {
                return false;
            }
            // A defined type is kept rather than the literal that it can be assigned to.
            let named = |t: Type| matches!(t, Type::Named(..));
            if !exact && named(self.types.get(b)) && !named(self.types.get(known)) {
                unifier.known[at] = Some(b);
            } else if let (Type::Chan(super::table::ChanDir::Both, _), Type::Chan(..)) =
                (self.types.get(known), self.types.get(b))
                && !exact
            {
                unifier.known[at] = Some(b);
            }
            return true;
        }
        let (mut a, mut b) = (self.types.get(x), self.types.get(y));
        if !exact {
            if let Some(result) = self.unify_interfaces(unifier, x, y) {
                return result;
            }
            // Another function's type parameter stands for its core type.
            for (side, typ) in [(&mut a, x), (&mut b, y)] {
                if let Type::TypeParam(_) = side
                    && x != y
                    && let Some(core) = self.core_type(typ)
                {
                    *side = self.types.get(core);
                }
            }
            match (&a, &b) {
                (Type::Named(..), Type::Named(..)) => {}
                (Type::Named(..), _) => a = self.under(x),
                (_, Type::Named(..)) => b = self.under(y),
                _ => {}
            }
        }
        self.unify_parts(unifier, &a, &b, how)
    }

    /// An interface and a type with its methods, where assignment allows one for the other.
    fn unify_interfaces(&mut self, unifier: &mut Unifier, x: TypeId, y: TypeId) -> Option<bool> {
        let same = match (self.types.get(x), self.types.get(y)) {
            (Type::Named(a, _), Type::Named(b, _)) => a == b,
            _ => false,
        };
        if same {
            return None;
        }
        let (interface, other) = match (self.is_interface(x), self.is_interface(y)) {
            (true, _) => (x, y),
            (false, true) => (y, x),
            _ => return None,
        };
        let set = self.types.type_set(interface);
        if set.terms.is_some() || set.comparable {
            return None;
        }
        for method in &set.methods {
            let Lookup::Found(found) = self.types.lookup(other, method.package, &method.name)
            else {
                return Some(false);
            };
            let have = self.target_signature(&found.target);
            if !self.unify(unifier, method.signature, have, Match::Exact) {
                return Some(false);
            }
        }
        Some(true)
    }

    fn unify_list(
        &mut self,
        unifier: &mut Unifier,
        a: &[TypeId],
        b: &[TypeId],
        how: Match,
    ) -> bool {
        a.len() == b.len()
            && a.iter()
                .zip(b)
                .all(|(&x, &y)| self.unify(unifier, x, y, how))
    }

    fn unify_parts(&mut self, unifier: &mut Unifier, a: &Type, b: &Type, how: Match) -> bool {
        let exact = how == Match::Exact;
        // An assignment bridges differences only at the top.
        let how = match how {
            Match::Assign => Match::Exact,
            other => other,
        };
        match (a, b) {
            (Type::Basic(a), Type::Basic(b)) => a == b,
            (Type::Pointer(x), Type::Pointer(y)) | (Type::Slice(x), Type::Slice(y)) => {
                self.unify(unifier, *x, *y, how)
            }
            (Type::Array(x, n), Type::Array(y, m)) => n == m && self.unify(unifier, *x, *y, how),
            (Type::Map(k, v), Type::Map(l, w)) => {
                self.unify(unifier, *k, *l, how) && self.unify(unifier, *v, *w, how)
            }
            (Type::Chan(d, x), Type::Chan(e, y)) => {
                (!exact || d == e) && self.unify(unifier, *x, *y, how)
            }
            (Type::Named(d, x), Type::Named(e, y)) => d == e && self.unify_list(unifier, x, y, how),
            (Type::Signature(f), Type::Signature(g)) => {
                f.variadic == g.variadic
                    && f.type_params.len() == g.type_params.len()
                    && self.unify_list(unifier, &f.params, &g.params, how)
                    && self.unify_list(unifier, &f.results, &g.results, how)
            }
            (Type::Struct(f), Type::Struct(g)) => {
                f.len() == g.len()
                    && f.iter().zip(g.iter()).all(|(x, y)| {
                        x.name == y.name
                            && x.embedded == y.embedded
                            && x.tag == y.tag
                            && self.unify(unifier, x.typ, y.typ, how)
                    })
            }
            (Type::Interface(f), Type::Interface(g)) => {
                let embedded = self.unify_list(unifier, &f.embedded, &g.embedded, how);
                embedded
                    && f.methods.len() == g.methods.len()
                    && f.methods.iter().all(|m| {
                        g.methods
                            .iter()
                            .find(|n| n.name == m.name)
                            .is_some_and(|n| {
                                self.unify(unifier, m.signature, n.signature, Match::Exact)
                            })
                    })
            }
            (Type::TypeParam(a), Type::TypeParam(b)) => a == b,
            _ => false,
        }
    }
}
