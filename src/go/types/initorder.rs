//! The order in which package variables are initialised (Go spec, "Package initialization").

use super::check::Checker;
use super::info::InitStep;
use super::object::{ObjKind, VarKind};
use super::resolve::Pending;
use super::types::ObjId;

impl<'a> Checker<'a> {
    /// Orders the package's variables: each after all it depends on, else as declared.
    pub(super) fn order_initialisation(&mut self, objects: &[ObjId]) {
        let variables: Vec<ObjId> = objects
            .iter()
            .copied()
            .filter(|&o| matches!(self.object(o).kind, ObjKind::Var(VarKind::Package)))
            .collect();
        let mut done: Vec<ObjId> = Vec::new();
        let mut reported = false;
        for &variable in &variables {
            if reported {
                break;
            }
            let mut path = Vec::new();
            let mut seen = Vec::new();
            reported = !self.initialise(variable, &mut path, &mut seen, &mut done);
        }
    }

    /// Emits what a variable (or a function that is used) depends on, then the variable itself.
    fn initialise(
        &mut self,
        object: ObjId,
        path: &mut Vec<ObjId>,
        seen: &mut Vec<ObjId>,
        done: &mut Vec<ObjId>,
    ) -> bool {
        if done.contains(&object) {
            return true;
        }
        let variable = matches!(self.object(object).kind, ObjKind::Var(_));
        if let Some(start) = path.iter().position(|&o| o == object) {
            let cycle: Vec<ObjId> = path[start..].to_vec();
            let real = cycle
                .iter()
                .any(|&o| matches!(self.object(o).kind, ObjKind::Var(_)));
            if real {
                self.cycle_error(&cycle);
                return false;
            }
            return true;
        }
        if !variable && seen.contains(&object) {
            return true;
        }
        seen.push(object);
        path.push(object);
        let needs = self.dependencies.get(&object).cloned().unwrap_or_default();
        for need in needs {
            let counts = match self.object(need).kind {
                ObjKind::Var(kind) => kind == VarKind::Package,
                ObjKind::Func { .. } => true,
                _ => false,
            };
            if counts && !self.initialise(need, path, seen, done) {
                return false;
            }
        }
        path.pop();
        if variable {
            self.emit(object, done);
        }
        true
    }

    fn emit(&mut self, object: ObjId, done: &mut Vec<ObjId>) {
        let Some(&Pending::Var {
            spec, at, first, ..
        }) = self.pending.get(&object)
        else {
            return;
        };
        let package = self.package;
        if spec.values.len() == spec.names.len() {
            done.push(object);
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
