//! Compiling one function: its frame, its variables, its closures and its returns.
//!
//! A `FunctionCompiler` walks one body. Its expressions are in `expression` and the files beside it,
//! its statements in `statement` and those beside that; this file holds what they share. Function
//! literals and the bodies of ranges over functions are compiled by an inner `FunctionCompiler`
//! that borrows the unit from the outer one.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::analysis::{Analysis, Facts};
use super::bytecode::{FunctionIndex, Instruction, Reg, TypeIndex};
use super::emit::{Emitter, Label};
use super::program::{Function, FunctionKind, VariablePlace, VariableRole};
use super::range_function::RangeBody;
use super::unit::{Callee, Unit};
use crate::go::syntax::ast::{Block, Expr, FuncLit, NodeId};
use crate::go::types::info::FunctionInfo;
use crate::go::types::object::{ObjKind, VarKind};
use crate::go::types::{ObjId, PackageId, Type, TypeId, TypeParamId};
use crate::trace::Span;

/// Arrays up to this many words may be indexed dynamically while they live in registers.
const MAX_INDEXED_WORDS: u32 = 16;
/// Wider variables live on the heap.
const MAX_REGISTER_WORDS: u32 = 64;

/// Where a variable lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    Register(Reg),
    /// The register holds a pointer to the variable's heap object.
    Cell(Reg),
}

/// One result of the function being compiled.
#[derive(Clone, Copy, Debug)]
pub struct ResultSlot {
    pub object: ObjId,
    pub ty: TypeId,
    /// Where the caller expects it.
    pub register: Reg,
    pub words: u32,
    pub home: Home,
    pub named: bool,
}

/// What `break` and `continue` may refer to.
#[derive(Clone, Debug)]
pub struct BranchTarget {
    pub label: Option<Rc<str>>,
    pub on_break: Label,
    /// Absent for `switch` and `select`.
    pub on_continue: Option<Label>,
}

/// The compiler of one function.
pub struct FunctionCompiler<'u, 'a> {
    pub unit: &'u mut Unit<'a>,
    pub e: Emitter,
    params: Rc<[TypeParamId]>,
    args: Rc<[TypeId]>,
    pub facts: Rc<Facts>,
    pub homes: BTreeMap<ObjId, Home>,
    pub results: Vec<ResultSlot>,
    pub has_defer: bool,
    pub targets: Vec<BranchTarget>,
    pub labels: BTreeMap<Rc<str>, Label>,
    /// The label of the statement about to be compiled.
    pub pending_label: Option<Rc<str>>,
    /// Loop variables are shared by all iterations (before Go 1.22).
    pub shared_loops: bool,
    pub package: PackageId,
    closures: u32,
    pub range_bodies: u32,
    /// Present while compiling the body of a range over a function.
    pub range_body: Option<RangeBody>,
    /// The variable that what is being evaluated is bound to.
    pub bound_name: Option<Rc<str>>,
    /// The entry of the type switch's label that `fallthrough` jumps to.
    pub fall_through: Option<Label>,
}

/// Compiles one queued function; `None` after reporting why not.
pub fn compile_callee(unit: &mut Unit<'_>, callee: &Callee) -> Option<Function> {
    match callee {
        Callee::Entry => super::entry::compile_entry(unit),
        Callee::Declared(object, args) => compile_declared(unit, *object, args),
        Callee::Promoted(method) => super::wrapper::promoted(unit, method),
        Callee::Bound(method) => super::wrapper::bound(unit, method),
        Callee::Expression(method) => super::wrapper::expression(unit, method),
    }
}

fn compile_declared(unit: &mut Unit<'_>, object: ObjId, args: &Rc<[TypeId]>) -> Option<Function> {
    let info = unit.info;
    let declared = info.object(object);
    let Some(declaration) = unit.declaration(object) else {
        unit.report(declared.span, "Lockstep has no body for this function");
        return None;
    };
    let params = unit.type_params_of(object);
    let name = unit.function_name(declared, !params.is_empty());
    let Some(body) = &declaration.decl.body else {
        return super::wrapper::native(unit, object, args);
    };
    let kind = unit.kind_of(declared.package);
    let node = declaration.decl.name.id;
    let shared_loops = declaration.version.is_some_and(|version| version < 22);
    let facts = analyse(unit, &params, args, shared_loops, node, body);
    let emitter = Emitter::new(name, kind, declaration.decl.name.span);
    let mut function = FunctionCompiler::new(unit, emitter, declared.package);
    function.params = params;
    function.args = args.clone();
    function.facts = Rc::new(facts);
    function.shared_loops = shared_loops;
    let function_info = info.functions.get(&node)?;
    function.begin(function_info, declaration.decl.receiver.is_some(), &[]);
    function.body(body);
    function.finish()
}

fn analyse(
    unit: &Unit<'_>,
    params: &Rc<[TypeParamId]>,
    args: &Rc<[TypeId]>,
    shared_loops: bool,
    node: NodeId,
    body: &Block,
) -> Facts {
    let types = unit.types;
    let resolve = |ty: TypeId| types.under(types.substitute(ty, params, args));
    let mut analysis = Analysis::new(unit.info, &resolve, shared_loops);
    analysis.function(node, body);
    analysis.facts
}

/// The facts about closures inside an initialising expression of a package variable.
pub fn analyse_value(unit: &Unit<'_>, value: &Expr, shared_loops: bool) -> Facts {
    let types = unit.types;
    let resolve = |ty: TypeId| types.under(ty);
    let mut analysis = Analysis::new(unit.info, &resolve, shared_loops);
    analysis.value(value);
    analysis.facts
}

impl<'u, 'a> FunctionCompiler<'u, 'a> {
    pub fn new(unit: &'u mut Unit<'a>, emitter: Emitter, package: PackageId) -> Self {
        FunctionCompiler {
            unit,
            e: emitter,
            params: Rc::from([]),
            args: Rc::from([]),
            facts: Rc::default(),
            homes: BTreeMap::new(),
            results: Vec::new(),
            has_defer: false,
            targets: Vec::new(),
            labels: BTreeMap::new(),
            pending_label: None,
            shared_loops: false,
            package,
            closures: 0,
            range_bodies: 0,
            range_body: None,
            bound_name: None,
            fall_through: None,
        }
    }

    /// A compiler for a function inside this one.
    pub fn inner(
        &mut self,
        name: Rc<str>,
        kind: FunctionKind,
        span: Span,
    ) -> FunctionCompiler<'_, 'a> {
        let mut inner = FunctionCompiler::new(
            &mut *self.unit,
            Emitter::new(name, kind, span),
            self.package,
        );
        inner.params = self.params.clone();
        inner.args = self.args.clone();
        inner.facts = self.facts.clone();
        inner.shared_loops = self.shared_loops;
        inner
    }

    // ---- types ---------------------------------------------------------------------------

    /// A type of the source with this instance's type arguments put in.
    pub fn resolve(&self, ty: TypeId) -> TypeId {
        let types = self.unit.types;
        types.canonical(types.substitute(ty, &self.params, &self.args))
    }

    /// The type of an expression in this instance.
    pub fn type_of(&self, expr: &Expr) -> TypeId {
        self.resolve(self.unit.info.type_of(expr.id))
    }

    pub fn under(&self, ty: TypeId) -> Type {
        self.unit.types.under(ty)
    }

    /// The width of a value that is to stand in registers.
    pub fn words(&mut self, ty: TypeId) -> u32 {
        let words = self.unit.table.words(ty);
        self.e.fit(words)
    }

    /// The run-time index of a type.
    pub fn type_index(&mut self, ty: TypeId) -> TypeIndex {
        self.unit.table.index(ty)
    }

    pub fn is_interface(&self, ty: TypeId) -> bool {
        matches!(self.under(ty), Type::Interface(_))
    }

    // ---- the frame -----------------------------------------------------------------------

    /// Lays out results, parameters and captures, and begins the code.
    pub fn begin(&mut self, info: &FunctionInfo, has_receiver: bool, captures: &[(ObjId, Home)]) {
        self.has_defer = info.has_defer;
        let mut slots = Vec::new();
        for &object in &info.results {
            let ty = self.resolve(self.unit.info.object(object).typ);
            let words = self.words(ty);
            slots.push((object, ty, self.e.take(words), words));
        }
        self.e.result_words = self.e.mark();
        let mut params: Vec<(ObjId, Reg, TypeId)> = Vec::new();
        let (receiver, others) = info
            .params
            .split_at(usize::from(has_receiver && !info.params.is_empty()));
        for &object in others.iter().chain(receiver) {
            let ty = self.resolve(self.unit.info.object(object).typ);
            let words = self.words(ty);
            if receiver.first() == Some(&object) {
                self.e.receiver_words = words;
            }
            params.push((object, self.e.take(words), ty));
        }
        self.e.parameter_words = self.e.mark() - self.e.result_words;
        self.begin_captures(captures);
        for (object, ty, register, words) in slots {
            self.begin_result(object, ty, register, words);
        }
        // The receiver is last in the frame but first for the reader.
        if has_receiver {
            params.rotate_right(1);
        }
        for (object, register, ty) in params {
            self.begin_parameter(object, register, ty);
        }
        self.declare_captures(captures);
    }

    pub fn begin_captures(&mut self, captures: &[(ObjId, Home)]) {
        let before = self.e.mark();
        for &(object, home) in captures {
            let home = match home {
                Home::Cell(_) => Home::Cell(self.e.take(1)),
                Home::Register(_) => {
                    let ty = self.resolve(self.unit.info.object(object).typ);
                    let words = self.words(ty);
                    Home::Register(self.e.take(words))
                }
            };
            self.homes.insert(object, home);
        }
        self.e.capture_words = self.e.mark() - before;
    }

    /// Tells the debug information of captured variables, behind results and parameters.
    pub fn declare_captures(&mut self, captures: &[(ObjId, Home)]) {
        for &(object, _) in captures {
            if let Some(&home) = self.homes.get(&object) {
                self.debug_variable(object, home, VariableRole::Captured);
            }
        }
    }

    fn begin_result(&mut self, object: ObjId, ty: TypeId, register: Reg, words: u32) {
        let name = self.unit.info.object(object).name.clone();
        let named = !name.is_empty() && &*name != "_";
        let captured = self
            .facts
            .variables
            .get(&object)
            .is_some_and(|facts| facts.captured);
        let home = if captured || self.lives_on_heap(object, ty) {
            let cell = self.e.take(1);
            self.new_cell(cell, ty);
            Home::Cell(cell)
        } else {
            if self.has_defer || !name.is_empty() {
                self.e.zero(register, words);
            }
            Home::Register(register)
        };
        self.homes.insert(object, home);
        self.results.push(ResultSlot {
            object,
            ty,
            register,
            words,
            home,
            named: !name.is_empty(),
        });
        if named {
            self.debug_variable(object, home, VariableRole::Result);
        }
    }

    fn begin_parameter(&mut self, object: ObjId, register: Reg, ty: TypeId) {
        let info = self.unit.info.object(object);
        let role = match info.kind {
            ObjKind::Var(VarKind::Receiver) => VariableRole::Receiver,
            _ => VariableRole::Parameter,
        };
        let words = self.words(ty);
        let home = if self.lives_on_heap(object, ty) {
            let cell = self.e.take(1);
            self.new_cell(cell, ty);
            self.store_memory(cell, 0, register, words);
            Home::Cell(cell)
        } else {
            Home::Register(register)
        };
        self.homes.insert(object, home);
        self.debug_variable(object, home, role);
    }

    /// Compiles the body and what comes at its end.
    pub fn body(&mut self, body: &'a Block) {
        self.block_statements(&body.stmts);
        // The closing brace is where a function that falls off its end returns.
        self.e.span = Span::new(
            body.span.file,
            body.span.end.saturating_sub(1),
            body.span.end,
        );
        if !self.e.ends() {
            self.e.statement();
            self.emit_return();
        }
        if self.has_defer {
            let recovery = self.e.here();
            self.e.recovery = Some(recovery);
            self.emit_return();
        }
    }

    /// Runs deferred calls, brings results to where the caller wants them, and returns.
    pub fn emit_return(&mut self) {
        if self.has_defer {
            self.e.emit(Instruction::RunDefers);
        }
        for slot in self.results.clone() {
            if let Home::Cell(cell) = slot.home {
                self.load_memory(slot.register, cell, 0, slot.words);
            }
        }
        self.e.emit(Instruction::Return);
    }

    pub fn finish(self) -> Option<Function> {
        let span = self.e.declaration;
        match self.e.finish() {
            Ok(function) => Some(function),
            Err(message) => {
                self.unit.report(span, message);
                None
            }
        }
    }

    // ---- variables -----------------------------------------------------------------------

    /// Whether a local variable needs a heap object of its own.
    pub fn lives_on_heap(&mut self, object: ObjId, ty: TypeId) -> bool {
        let facts = self
            .facts
            .variables
            .get(&object)
            .copied()
            .unwrap_or_default();
        if self.unit.info.object(object).address_taken || (facts.captured && facts.reassigned) {
            return true;
        }
        let words = self.unit.table.words(ty);
        words
            > if facts.indexed {
                MAX_INDEXED_WORDS
            } else {
                MAX_REGISTER_WORDS
            }
    }

    /// `cell = new(ty)`.
    pub fn new_cell(&mut self, cell: Reg, ty: TypeId) {
        let ty = self.type_index(ty);
        self.e.emit(Instruction::New { dst: cell, ty });
    }

    /// Says where a variable lives from the next instruction on.
    pub fn set_home(&mut self, object: ObjId, home: Home) {
        self.homes.insert(object, home);
        self.debug_variable(object, home, VariableRole::Local);
    }

    fn debug_variable(&mut self, object: ObjId, home: Home, role: VariableRole) {
        let info = self.unit.info;
        let info = info.object(object);
        if &*info.name == "_" || info.name.is_empty() {
            return;
        }
        let ty = self.resolve(info.typ);
        let ty = self.type_index(ty);
        let place = match home {
            Home::Register(register) => VariablePlace::Register(register),
            Home::Cell(register) => VariablePlace::Cell(register),
        };
        self.e
            .variable(info.name.clone(), role, place, ty, info.span);
    }

    // ---- closures ------------------------------------------------------------------------

    /// The name of the next function literal in this function.
    fn literal_name(&mut self) -> Rc<str> {
        self.closures += 1;
        let count = self.closures;
        // Literals within literals continue the number: main.main.func1.2.
        let nested = self.e.name.rsplit('.').next().is_some_and(|last| {
            last.strip_prefix("func")
                .unwrap_or(last)
                .bytes()
                .all(|byte| byte.is_ascii_digit())
        });
        let prefix = if nested { "" } else { "func" };
        format!("{}.{prefix}{count}", self.e.name).into()
    }

    /// The captured variables of a closure made here, with where they live now.
    pub fn captures_of(&self, node: NodeId) -> Vec<(ObjId, Home)> {
        let list = self.facts.captures.get(&node);
        let objects = list.into_iter().flatten();
        objects
            .filter_map(|object| Some((*object, *self.homes.get(object)?)))
            .collect()
    }

    /// Compiles a function literal and makes the closure; returns where its word is.
    pub fn function_literal(
        &mut self,
        expr: &'a Expr,
        literal: &'a FuncLit,
        dst: Option<Reg>,
    ) -> Reg {
        let captures = self.captures_of(expr.id);
        let index = self.unit.reserve_function();
        let name = self.literal_name();
        let kind = self.unit.kind_of(self.package);
        let span = Span::new(
            expr.span.file,
            expr.span.start,
            literal.sig.span.end.max(expr.span.start),
        );
        let info = self.unit.info;
        let mut inner = self.inner(name, kind, span);
        if let Some(function_info) = info.functions.get(&expr.id) {
            inner.begin(function_info, false, &captures);
        }
        inner.body(&literal.body);
        let function = inner.finish();
        self.unit.set_function(index, function);
        self.make_closure(index, &captures, &[], dst)
    }

    /// Makes the closure of a compiled function over variables and further registers.
    pub fn make_closure(
        &mut self,
        function: FunctionIndex,
        captures: &[(ObjId, Home)],
        extra: &[Reg],
        dst: Option<Reg>,
    ) -> Reg {
        if captures.is_empty() && extra.is_empty() {
            let dst = dst.unwrap_or_else(|| self.e.take(1));
            self.e.emit(Instruction::LoadFunction { dst, function });
            return dst;
        }
        let mark = self.e.mark();
        let window = self.e.take(1);
        self.e.release(mark);
        for &(object, home) in captures {
            match home {
                Home::Cell(register) => {
                    let at = self.e.take(1);
                    self.e.move_words(at, register, 1);
                }
                Home::Register(register) => {
                    let ty = self.resolve(self.unit.info.object(object).typ);
                    let words = self.words(ty);
                    let at = self.e.take(words);
                    self.e.move_words(at, register, words);
                }
            }
        }
        for &register in extra {
            let at = self.e.take(1);
            self.e.move_words(at, register, 1);
        }
        self.e.emit(Instruction::MakeClosure { window, function });
        self.e.release(mark);
        match dst {
            Some(dst) => {
                self.e.move_words(dst, window, 1);
                dst
            }
            None => self.e.take(1),
        }
    }
}
