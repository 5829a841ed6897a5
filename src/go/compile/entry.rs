//! The function that goroutine 1 runs: it initialises the packages, each after those it imports,
//! and calls `main`, or the tests.

use super::bytecode::Instruction;
use super::emit::Emitter;
use super::function::{FunctionCompiler, analyse_value};
use super::program::{Function, FunctionKind};
use super::unit::{Callee, Unit};
use crate::go::types::info::InitStep;
use crate::go::types::object::ObjKind;
use crate::go::types::{ObjId, PackageId, TypeId};
use crate::trace::Span;
use std::rc::Rc;

pub fn compile_entry(unit: &mut Unit<'_>) -> Option<Function> {
    let info = unit.info;
    let mut calls = Vec::new();
    for package in &info.packages {
        let steps: Vec<&InitStep> = info
            .init_order
            .iter()
            .filter(|step| step.package == package.id)
            .collect();
        if !steps.is_empty() {
            let index = unit.reserve_function();
            let function = package_init(unit, package.id, &steps);
            unit.set_function(index, function);
            calls.push(index);
        }
        for &init in &package.inits {
            calls.push(unit.function(Callee::Declared(init, Rc::from([]))));
        }
    }
    let emitter = Emitter::new("runtime.main".into(), FunctionKind::Wrapper, Span::NONE);
    let main = unit.package_object("main", "main");
    let mut function = FunctionCompiler::new(unit, emitter, PackageId::UNIVERSE);
    for index in calls {
        function.e.emit(Instruction::Call {
            window: 0,
            function: index,
        });
    }
    if let Some(main) = main.filter(|&main| matches!(info.object(main).kind, ObjKind::Func { .. }))
    {
        let index = function.unit.function(Callee::Declared(main, Rc::from([])));
        function.e.emit(Instruction::Call {
            window: 0,
            function: index,
        });
    }
    function.e.emit(Instruction::Return);
    function.finish()
}

/// `package.init`: the package's variables, in order of their dependencies.
fn package_init(unit: &mut Unit<'_>, package: PackageId, steps: &[&InitStep]) -> Option<Function> {
    let name = format!("{}.init", unit.types.package(package).path).into();
    let kind = unit.kind_of(package);
    let emitter = Emitter::new(name, kind, Span::NONE);
    let mut function = FunctionCompiler::new(unit, emitter, package);
    for step in steps {
        let Some(&(value, version)) = function.unit.values.get(&step.value) else {
            continue;
        };
        function.shared_loops = version.is_some_and(|version| version < 22);
        function.facts = Rc::new(analyse_value(function.unit, value, function.shared_loops));
        function.e.span = value.span;
        function.e.statement();
        let mark = function.e.mark();
        if let [variable] = step.variables[..] {
            let ty = function.variable_type(variable, function.type_of(value));
            let name = function.unit.info.object(variable).name.clone();
            function.name_for(&name, value);
            let at = function.expr_as(value, ty, None);
            function.store_variable(variable, at, ty, ty);
        } else {
            let parts = function.several_values(value, step.variables.len());
            for (&variable, (at, from)) in step.variables.iter().zip(parts) {
                let ty = function.variable_type(variable, from);
                function.store_variable(variable, at, from, ty);
            }
        }
        function.bound_name = None;
        function.e.release(mark);
    }
    function.e.emit(Instruction::Return);
    function.finish()
}

impl FunctionCompiler<'_, '_> {
    /// A package variable's type; a blank one has its value's.
    fn variable_type(&self, variable: ObjId, value: TypeId) -> TypeId {
        let object = self.unit.info.object(variable);
        if &*object.name == "_" && object.typ == TypeId::INVALID {
            self.default_type(value)
        } else {
            object.typ
        }
    }

    fn store_variable(&mut self, variable: ObjId, at: u16, from: TypeId, ty: TypeId) {
        if &*self.unit.info.object(variable).name == "_" {
            return;
        }
        let mark = self.e.mark();
        let words = self.words(ty);
        let value = self.convert_for(at, from, ty, None);
        if let Some(place) = self.variable_place(variable) {
            self.store(place, value, words);
        }
        self.e.release(mark);
    }
}
