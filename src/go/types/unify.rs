//! Unification of types (Go spec, "Type unification").

use super::check::Checker;
use super::lookup::Lookup;
use super::table::{Type, TypeId, TypeParamId};

/// The type parameters to find arguments for, and what is known of them.
pub(super) struct Unifier {
    pub params: Vec<TypeParamId>,
    pub known: Vec<Option<TypeId>>,
    pub depth: usize,
}

/// How alike types must be.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Match {
    /// As an assignment allows: at the top a defined type goes with a literal.
    Assign,
    /// That, at all levels: for core types.
    Loose,
    /// Identical.
    Exact,
}

impl Unifier {
    pub fn index(&self, param: TypeParamId) -> Option<usize> {
        self.params.iter().position(|&p| p == param)
    }
}

impl<'a> Checker<'a> {
    pub(super) fn mentions(&self, typ: TypeId, unifier: &Unifier) -> bool {
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

    /// Makes two types alike by finding arguments for the parameters; `how` alike is for the caller to say.
    pub(super) fn unify(
        &mut self,
        unifier: &mut Unifier,
        x: TypeId,
        y: TypeId,
        how: Match,
    ) -> bool {
        if unifier.depth > 100 {
            return false;
        }
        unifier.depth += 1;
        let result = self.unify_types(unifier, x, y, how);
        unifier.depth -= 1;
        result
    }

    pub(super) fn unify_types(
        &mut self,
        unifier: &mut Unifier,
        x: TypeId,
        y: TypeId,
        how: Match,
    ) -> bool {
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
    pub(super) fn unify_interfaces(
        &mut self,
        unifier: &mut Unifier,
        x: TypeId,
        y: TypeId,
    ) -> Option<bool> {
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

    pub(super) fn unify_list(
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

    pub(super) fn unify_parts(
        &mut self,
        unifier: &mut Unifier,
        a: &Type,
        b: &Type,
        how: Match,
    ) -> bool {
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
