//! Whether a type implements an interface or satisfies a constraint, and why not, in Go's words.

use super::check::Checker;
use super::lookup::{Lookup, Target};
use super::object::is_exported;
use super::table::{Method, ObjId, Signature, Term, Type, TypeId, TypeParamId};
use std::rc::Rc;

impl<'a> Checker<'a> {
    /// Whether `typ` implements `target` (satisfies it, if it is a constraint).
    pub(super) fn implements(
        &mut self,
        typ: TypeId,
        target: TypeId,
        constraint: bool,
    ) -> Result<(), String> {
        self.complete(typ);
        self.complete(target);
        let under = self.types.underlying(typ);
        if under == TypeId::INVALID || self.types.underlying(target) == TypeId::INVALID {
            return Ok(());
        }
        let verb = if constraint { "satisfy" } else { "implement" };
        let Type::Interface(_) = self.types.under(target) else {
            return Err([&self.text(target), " is not an interface"].concat());
        };
        let wanted = self.types.type_set(target);
        if wanted.methods.is_empty() && wanted.terms.is_none() && !wanted.comparable {
            return Ok(());
        }
        let says = |checker: &Self, rest: &str| {
            let (t, i) = (checker.text(typ), checker.text(target));
            [&t, " does not ", verb, " ", &i, rest].concat()
        };
        let is_interface = matches!(self.types.get(under), Type::Interface(_));
        let own = self.types.type_set(typ);
        if is_interface && own.terms.as_ref().is_some_and(|t| t.is_empty()) {
            return Ok(());
        }
        if wanted.terms.as_ref().is_some_and(|t| t.is_empty()) {
            return Err([
                "cannot ",
                verb,
                " ",
                &self.text(target),
                " (empty type set)",
            ]
            .concat());
        }
        for method in &wanted.methods {
            if let Some(why) = self.missing_method(typ, target, method) {
                return Err(says(self, &[" ", &why].concat()));
            }
        }
        if let Some(terms) = &wanted.terms {
            self.check_terms(typ, target, is_interface, &own.terms, terms, verb)?;
        }
        if wanted.comparable && !self.types.is_strictly_comparable(typ) {
            let dynamic = constraint && self.types.is_comparable(typ);
            if !dynamic {
                return Err([&self.text(typ), " does not ", verb, " comparable"].concat());
            }
        }
        Ok(())
    }

    fn check_terms(
        &mut self,
        typ: TypeId,
        target: TypeId,
        is_interface: bool,
        own: &Option<Vec<Term>>,
        wanted: &[Term],
        verb: &str,
    ) -> Result<(), String> {
        let (t, i) = (self.text(typ), self.text(target));
        let start = [&t, " does not ", verb, " ", &i].concat();
        let includes = |checker: &Self, inner: Term| {
            wanted
                .iter()
                .any(|&outer| checker.types.term_includes(outer, inner))
        };
        if is_interface {
            let subset = own
                .as_ref()
                .is_some_and(|own| own.iter().all(|&t| includes(self, t)));
            return if subset { Ok(()) } else { Err(start) };
        }
        let this = Term { tilde: false, typ };
        if includes(self, this) {
            return Ok(());
        }
        let under = self.types.underlying(typ);
        let near = wanted
            .iter()
            .find(|w| !w.tilde && self.types.identical(w.typ, under));
        if let Some(near) = near {
            let near = self.text(near.typ);
            let words = [" (possibly missing ~ for ", &near, " in ", &i, ")"].concat();
            return Err([start, words].concat());
        }
        let mut list = String::new();
        for (at, term) in wanted.iter().enumerate() {
            if at > 0 {
                list.push_str(" | ");
            }
            if term.tilde {
                list.push('~');
            }
            list.push_str(&self.text(term.typ));
        }
        Err([&start, " (", &t, " missing in ", &list, ")"].concat())
    }

    /// The signature of a method that was found, as it is on the type it was found on.
    pub(super) fn target_signature(&mut self, target: &Target) -> TypeId {
        match target {
            Target::Field(field) => field.typ,
            Target::Interface { method, .. } => method.signature,
            Target::Method { on, method } => {
                self.resolve(method.object);
                let signature = self.object(method.object).typ;
                let Type::Named(declared, args) = self.types.get(*on) else {
                    return signature;
                };
                let params = self.types.declared(declared).type_params.clone();
                self.method_instance(method.object, signature, &params, &args)
            }
        }
    }

    /// A method's signature on an instantiated type. A generic method gets type parameters of its own, since
    /// their constraints may mention the receiver's.
    fn method_instance(
        &mut self,
        method: ObjId,
        signature: TypeId,
        params: &[TypeParamId],
        args: &Rc<[TypeId]>,
    ) -> TypeId {
        let substituted = self.types.substitute(signature, params, args);
        let Type::Signature(generic) = self.types.get(substituted) else {
            return substituted;
        };
        if generic.type_params.is_empty() || substituted == signature && params.is_empty() {
            return substituted;
        }
        let key = (method, args.clone());
        if let Some(&known) = self.method_instances.get(&key) {
            return known;
        }
        let fresh: Rc<[TypeParamId]> = self.fresh_params(&generic.type_params).into();
        for (&new, &old) in fresh.iter().zip(generic.type_params.iter()) {
            let constraint = self.types.param(new).constraint;
            let constraint = self.types.substitute(constraint, params, args);
            self.types.set_constraint(new, constraint);
            if let Some(&span) = self.param_spans.get(&old) {
                self.param_spans.insert(new, span);
            }
        }
        let types: Vec<TypeId> = fresh.iter().map(|&p| self.types.param_type(p)).collect();
        let called = self.instance_of(&generic, &types);
        let typ = self.types.intern(Type::Signature(Rc::new(Signature {
            type_params: fresh,
            ..(*called).clone()
        })));
        self.method_instances.insert(key, typ);
        typ
    }

    /// Why `typ` lacks `method`, in parentheses; `None` if it has it.
    pub(super) fn missing_method(
        &mut self,
        typ: TypeId,
        target: TypeId,
        method: &Method,
    ) -> Option<String> {
        let name = &method.name;
        let own_package = if is_exported(name) {
            self.package
        } else {
            method.package
        };
        match self.types.lookup(typ, own_package, name) {
            Lookup::Found(found) => match &found.target {
                Target::Field(_) => {
                    let on = self.text(typ);
                    Some(["(", &on, ".", name, " is a field, not a method)"].concat())
                }
                target => {
                    let signature = self.target_signature(target);
                    if !self.types.identical(signature, method.signature) {
                        let have = self.method_text(name, signature);
                        let want = self.method_text(name, method.signature);
                        return Some(
                            [
                                "(wrong type for method ",
                                name,
                                ")\n\t\thave ",
                                &have,
                                "\n\t\twant ",
                                &want,
                            ]
                            .concat(),
                        );
                    }
                    match target {
                        Target::Method { method, .. } if method.pointer && !found.indirect => {
                            Some(["(method ", name, " has pointer receiver)"].concat())
                        }
                        _ => None,
                    }
                }
            },
            Lookup::Ambiguous => {
                let on = self.text(typ);
                Some(["(ambiguous selector ", &on, ".", name, ")"].concat())
            }
            Lookup::None => {
                for t in [typ, target] {
                    if self.is_pointer_to_interface(t) {
                        let on = self.text(t);
                        let words = " is pointer to interface, not interface)";
                        return Some(["(type ", &on, words].concat());
                    }
                }
                // The same name in other letters.
                if let Some((other, signature)) = self.method_folded(typ, name) {
                    if other == *name {
                        return Some(["(unexported method ", name, ")"].concat());
                    }
                    let have = self.method_text(&other, signature);
                    let want = self.method_text(name, method.signature);
                    return Some(
                        [
                            "(missing method ",
                            name,
                            ")\n\t\thave ",
                            &have,
                            "\n\t\twant ",
                            &want,
                        ]
                        .concat(),
                    );
                }
                Some(["(missing method ", name, ")"].concat())
            }
        }
    }

    fn method_text(&self, name: &str, signature: TypeId) -> String {
        match self.types.get(signature) {
            Type::Signature(s) => {
                let plain = Signature {
                    names: Rc::from([]),
                    ..(*s).clone()
                };
                [name, &self.types.signature_text(&plain, self.style())].concat()
            }
            _ => name.into(),
        }
    }

    /// A method whose name differs from `name` in the case of letters only.
    fn method_folded(&mut self, typ: TypeId, name: &str) -> Option<(Rc<str>, TypeId)> {
        let names = self.types.method_names(typ);
        let (other, package) = names
            .into_iter()
            .find(|(other, _)| other.to_lowercase() == name.to_lowercase())?;
        match self.types.lookup(typ, package, &other) {
            Lookup::Found(found) => Some((other, self.target_signature(&found.target))),
            _ => None,
        }
    }

    /// The first type argument that does not satisfy its constraint, and why.
    pub(super) fn unsatisfied(
        &mut self,
        params: &[TypeParamId],
        args: &[TypeId],
    ) -> Option<(usize, String)> {
        for (at, (&param, &arg)) in params.iter().zip(args).enumerate() {
            let constraint = self.types.param(param).constraint;
            let written = self.types.substitute(constraint, params, args);
            self.complete(written);
            let interface = match self.types.get(written) {
                Type::Interface(_) => written,
                _ => match self.types.under(written) {
                    Type::Interface(_) => written,
                    Type::Basic(super::table::Basic::Invalid) => continue,
                    _ => self.types.implicit_interface(written),
                },
            };
            if let Err(why) = self.implements(arg, interface, true) {
                return Some((at, why));
            }
        }
        None
    }
}
