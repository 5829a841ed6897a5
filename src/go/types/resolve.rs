//! From files to package-level objects, and from objects to their types, on demand.
//!
//! Invariant: an object is resolved once; meeting it again while that is under way is a cycle, which is
//! reported and broken with the invalid type. Defined types are exempt: their name is known at once and
//! their right side is completed separately, so that types may refer to themselves.

use super::check::{Checker, DECLARATION, Env, Progress, ScopeId};
use super::info::Mode;
use super::object::ObjKind;
use super::table::{ObjId, TypeId};
use crate::go::syntax::ast::*;
use crate::trace::Span;

/// A declaration that waits to be resolved, with the scope of its file.
#[derive(Clone, Copy)]
pub(super) enum Pending<'a> {
    Const {
        ty: Option<&'a Expr>,
        value: Option<&'a Expr>,
        iota: u32,
        /// The expression is that of an earlier spec: errors are reported at the name.
        inherited: bool,
        scope: ScopeId,
    },
    Var {
        spec: &'a VarSpec,
        at: usize,
        /// The object of the spec's first name.
        first: ObjId,
        scope: ScopeId,
    },
    Type {
        spec: &'a TypeSpec,
        scope: ScopeId,
    },
    Func {
        decl: &'a FuncDecl,
        scope: ScopeId,
    },
}

/// A constant's declaration with what it inherits.
pub(super) struct ConstLine<'a> {
    pub spec: &'a ConstSpec,
    pub ty: Option<&'a Expr>,
    pub values: &'a [Expr],
    pub inherited: bool,
}

/// The lines of a constant group, with repeated types and values filled in.
pub(super) fn const_lines(specs: &[ConstSpec]) -> Vec<ConstLine<'_>> {
    let mut last: (Option<&Expr>, &[Expr]) = (None, &[]);
    specs
        .iter()
        .map(|spec| {
            let inherited = spec.ty.is_none() && spec.values.is_empty();
            if !inherited {
                last = (spec.ty.as_ref(), &spec.values);
            }
            ConstLine {
                spec,
                ty: last.0,
                values: last.1,
                inherited,
            }
        })
        .collect()
}

impl<'a> Checker<'a> {
    /// Makes sure that an object's type is known.
    pub(super) fn resolve(&mut self, object: ObjId) {
        match self.progress[object.0 as usize] {
            Progress::Done => return,
            Progress::Doing => {
                self.resolve_cycle(object);
                return;
            }
            Progress::Todo => {}
        }
        let Some(&pending) = self.pending.get(&object) else {
            return;
        };
        let span = self.object(object).span;
        if !self.enter_by(span, DECLARATION) {
            return;
        }
        self.progress[object.0 as usize] = Progress::Doing;
        self.path.push(object);
        let outer = std::mem::replace(&mut self.env, Env::at(ScopeId(0)));
        match pending {
            Pending::Const {
                ty,
                value,
                iota,
                inherited,
                scope,
            } => {
                self.env = Env::at(scope);
                self.env.owner = Some(object);
                self.const_decl(object, ty, value, iota, inherited);
            }
            Pending::Var {
                spec,
                at,
                first,
                scope,
            } => {
                self.env = Env::at(scope);
                self.env.owner = Some(object);
                self.package_var(object, spec, at, first);
            }
            Pending::Type { spec, scope } => {
                // A type that is declared in a function keeps that function's surroundings.
                self.env = Env {
                    scope,
                    ..outer.clone()
                };
                self.env.iota = None;
                if outer.functions.is_empty() {
                    self.env.owner = None;
                }
                self.type_name(object, spec, scope);
            }
            Pending::Func { decl, scope } => {
                self.env = Env::at(scope);
                self.func_decl(object, decl);
            }
        }
        self.env = outer;
        self.path.pop();
        self.depth -= DECLARATION;
        self.progress[object.0 as usize] = Progress::Done;
    }

    pub(super) fn resolve_cycle(&mut self, object: ObjId) {
        // A defined type's name is good from the start; functions may refer to themselves.
        let Some(start) = self.path.iter().rposition(|&o| o == object) else {
            return;
        };
        let cycle: Vec<ObjId> = self.path[start..].to_vec();
        let mut values = 0;
        let mut aliases = 0;
        for &o in &cycle {
            match self.object(o).kind {
                ObjKind::Const(_) | ObjKind::Var(_) => values += 1,
                ObjKind::TypeName => {
                    aliases += usize::from(matches!(
                        self.pending.get(&o),
                        Some(Pending::Type { spec, .. }) if spec.alias
                    ));
                }
                _ => {}
            }
        }
        let defined = matches!(self.object(object).kind, ObjKind::TypeName)
            && self.object(object).typ != TypeId::INVALID;
        if defined {
            return;
        }
        if values == cycle.len() || aliases > 0 || values > 0 {
            self.cycle_error(&cycle);
        }
        self.object_mut(object).typ = TypeId::INVALID;
    }

    /// Reports objects that refer to each other in a circle.
    pub(super) fn cycle_error(&mut self, cycle: &[ObjId]) {
        let first = (0..cycle.len())
            .min_by_key(|&at| {
                let span = self.object(cycle[at]).span;
                (span.file, span.start)
            })
            .unwrap_or(0);
        let rotated: Vec<ObjId> = cycle[first..]
            .iter()
            .chain(&cycle[..first])
            .copied()
            .collect();
        self.cycle_from(&rotated);
    }

    /// Reports a circle, its first object first.
    pub(super) fn cycle_from(&mut self, cycle: &[ObjId]) {
        let Some(&start) = cycle.first() else { return };
        let is_type = matches!(self.object(start).kind, ObjKind::TypeName);
        let places: Vec<(Span, String)> = cycle
            .iter()
            .map(|&o| (self.object(o).span, self.object(o).name.to_string()))
            .collect();
        self.circle(&places, is_type);
    }

    /// Reports things that refer to each other in a circle, by place and name.
    pub(super) fn circle(&mut self, places: &[(Span, String)], is_type: bool) {
        let Some((span, name)) = places.first() else {
            return;
        };
        if places.len() == 1 {
            let what = if is_type {
                "invalid recursive type: "
            } else {
                "initialization cycle: "
            };
            self.error_parts(*span, &[what, name, " refers to itself"]);
            return;
        }
        let what = if is_type {
            "invalid recursive type "
        } else {
            "initialization cycle for "
        };
        let mut message = [what, name].concat();
        for (at, (from, name)) in places.iter().enumerate() {
            let to = &places[(at + 1) % places.len()].1;
            let place = (self.place)(*from);
            message = [&message, "\n\t", &place, ": ", name, " refers to ", to].concat();
        }
        self.diagnostics
            .push(crate::go::diagnostic::Diagnostic::new(*span, message));
    }

    pub(super) fn const_decl(
        &mut self,
        object: ObjId,
        ty: Option<&'a Expr>,
        value: Option<&'a Expr>,
        iota: u32,
        inherited: bool,
    ) {
        self.env.iota = Some(iota);
        let span = self.object(object).span;
        let mut typ = None;
        if let Some(ty) = ty {
            let t = self.type_expr(ty);
            if t != TypeId::INVALID && !self.is_constant_type(t) {
                let text = self.text(t);
                self.error_parts(ty.span, &["invalid constant type ", &text]);
                self.object_mut(object).typ = TypeId::INVALID;
                return;
            }
            typ = Some(t);
        }
        let Some(value) = value else {
            self.object_mut(object).typ = typ.unwrap_or(TypeId::INVALID);
            return;
        };
        if inherited {
            self.env.error_at = Some(span);
        }
        let mut x = self.expr(value, None);
        if x.mode != Mode::Invalid && typ != Some(TypeId::INVALID) {
            if x.mode != Mode::Constant {
                let text = self.describe(&x);
                self.error_parts(value.span, &[&text, " is not constant"]);
                x.mode = Mode::Invalid;
            } else {
                let target = typ.unwrap_or(x.typ);
                self.assign_to(&mut x, Some(target), "constant declaration");
                if x.mode != Mode::Invalid {
                    typ = Some(x.typ);
                }
            }
        }
        self.env.error_at = None;
        self.env.iota = None;
        let known = if x.mode == Mode::Invalid {
            typ = typ.or(Some(TypeId::INVALID));
            None
        } else {
            x.value.clone()
        };
        if known.is_none() {
            typ = Some(TypeId::INVALID);
        }
        let entry = self.object_mut(object);
        entry.typ = typ.unwrap_or(TypeId::INVALID);
        entry.kind = ObjKind::Const(known);
    }

    pub(super) fn package_var(
        &mut self,
        object: ObjId,
        spec: &'a VarSpec,
        at: usize,
        first: ObjId,
    ) {
        let typ = spec.ty.as_ref().map(|ty| self.var_type(ty));
        if let Some(typ) = typ {
            self.object_mut(object).typ = typ;
        }
        let (names, values) = (spec.names.len(), spec.values.len());
        if values == 1 && at != 0 {
            // All of them come from one call, which the first one checks.
            self.env.owner = Some(first);
            self.resolve(first);
            return;
        }
        if values == 1 {
            let objects: Vec<ObjId> = (0..names).map(|i| ObjId(first.0 + i as u32)).collect();
            for &other in &objects[1..] {
                self.progress[other.0 as usize] = Progress::Done;
                self.object_mut(other).typ = typ.unwrap_or(TypeId::INVALID);
            }
            self.init_vars(&objects, typ, &spec.values, None);
            return;
        }
        if let Some(value) = spec.values.get(at) {
            let mut x = self.expr_hint(value, typ, true);
            self.init_var(object, typ, &mut x, "variable declaration");
        }
        if at == 0 && values > 0 && values != names {
            self.var_arity(spec);
        }
    }
}
