//! The order in which package variables are initialised (Go spec, "Package initialization").
//!
//! A variable depends on the variables that its initialiser mentions, itself or through the functions
//! that it mentions. No recursion here: chains may be as long as the source.

use super::check::Checker;
use super::info::InitStep;
use super::object::{ObjKind, VarKind};
use super::resolve::Pending;
use super::table::ObjId;
use std::collections::{BTreeMap, BTreeSet};

/// A variable that another needs, with the functions on the way to it.
type Need = (ObjId, Vec<ObjId>);

impl<'a> Checker<'a> {
    /// Orders the package's variables: each after all it depends on, else as declared.
    pub(super) fn order_initialisation(&mut self, objects: &[ObjId]) {
        let variables: Vec<ObjId> = objects
            .iter()
            .copied()
            .filter(|&o| self.is_package_var(o))
            .collect();
        let mut done: BTreeSet<ObjId> = BTreeSet::new();
        for &variable in &variables {
            self.initialise(variable, &mut done);
        }
    }

    fn is_package_var(&self, object: ObjId) -> bool {
        matches!(self.object(object).kind, ObjKind::Var(VarKind::Package))
    }

    /// Emits what a variable depends on, then the variable itself.
    fn initialise(&mut self, variable: ObjId, done: &mut BTreeSet<ObjId>) {
        // What is under way: each with its needs and the next of them to look at.
        let mut stack: Vec<(ObjId, Vec<Need>, usize)> = Vec::new();
        if !done.contains(&variable) {
            stack.push((variable, self.needs(variable), 0));
        }
        while let Some((object, needs, next)) = stack.last_mut() {
            let Some(&(need, _)) = needs.get(*next) else {
                let object = *object;
                stack.pop();
                if !done.contains(&object) {
                    self.emit(object, done);
                }
                continue;
            };
            *next += 1;
            if done.contains(&need) {
                continue;
            }
            match stack.iter().position(|(o, ..)| *o == need) {
                None => {
                    let needs = self.needs(need);
                    stack.push((need, needs, 0));
                }
                Some(start) => {
                    let mut cycle = Vec::new();
                    for (object, needs, next) in &stack[start..] {
                        cycle.push(*object);
                        cycle.extend(&needs[next - 1].1);
                    }
                    // Said once: what takes part counts as initialised.
                    for (object, ..) in &stack[start..] {
                        done.insert(*object);
                    }
                    self.cycle_from(&cycle);
                }
            }
        }
    }

    /// The variables that one mentions, itself or through functions, in order of mention.
    fn needs(&self, variable: ObjId) -> Vec<Need> {
        let mut found: Vec<Need> = Vec::new();
        let mut seen: BTreeSet<ObjId> = BTreeSet::new();
        let mut through: BTreeMap<ObjId, ObjId> = BTreeMap::new();
        let mut waiting = vec![variable];
        while let Some(at) = waiting.pop() {
            let mentioned = self.dependencies.get(&at);
            for &need in mentioned.into_iter().flatten() {
                if !seen.insert(need) {
                    continue;
                }
                if self.is_package_var(need) {
                    let mut functions = Vec::new();
                    let mut back = at;
                    while back != variable {
                        functions.push(back);
                        match through.get(&back) {
                            Some(&before) => back = before,
                            None => break,
                        }
                    }
                    functions.reverse();
                    found.push((need, functions));
                } else if let ObjKind::Func { .. } = self.object(need).kind {
                    through.insert(need, at);
                    waiting.push(need);
                }
            }
        }
        found.sort_by_key(|(need, _)| *need);
        found
    }

    fn emit(&mut self, object: ObjId, done: &mut BTreeSet<ObjId>) {
        let Some(&Pending::Var {
            spec, at, first, ..
        }) = self.pending.get(&object)
        else {
            return;
        };
        let package = self.package;
        if spec.values.len() == spec.names.len() {
            done.insert(object);
            self.info.init_order.push(InitStep {
                package,
                variables: vec![object],
                value: spec.values[at].id,
            });
            return;
        }
        let all: Vec<ObjId> = (0..spec.names.len())
            .map(|i| ObjId(first.0 + i as u32))
            .collect();
        done.extend(&all);
        if let [value] = &spec.values[..] {
            self.info.init_order.push(InitStep {
                package,
                variables: all,
                value: value.id,
            });
        }
    }
}
