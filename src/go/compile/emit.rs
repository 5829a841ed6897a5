//! One function's code under construction: instructions, labels, registers and debug tables.
//!
//! Registers are a stack: locals are taken when declared and given back at the end of their block,
//! temporaries at the end of their statement. Labels are bound once; jumps to them are patched in
//! `finish`. Running out of registers or of jump distance sets a flag that becomes a diagnostic;
//! code emitted after that is never run.

use std::rc::Rc;

use super::bytecode::{Instruction, Reg, SelectTable, TypeIndex};
use super::program::{Debug, Function, FunctionKind, Variable, VariablePlace, VariableRole};
use crate::trace::Span;

/// A place in the code that jumps name before it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(u32);

/// Registers above this are a limit of the encoding, not of the language.
const MAX_REGISTERS: u32 = 65_000;

/// The register `words` behind another; stays in range where the frame has overflowed.
pub fn after(register: Reg, words: u32) -> Reg {
    u32::from(register).saturating_add(words).min(MAX_REGISTERS) as Reg
}

/// The function being emitted.
pub struct Emitter {
    pub name: Rc<str>,
    pub kind: FunctionKind,
    pub code: Vec<Instruction>,
    pub result_words: u32,
    pub parameter_words: u32,
    pub receiver_words: u32,
    pub capture_words: u32,
    pub recovery: Option<Label>,
    pub selects: Vec<SelectTable>,
    asserts: Vec<(u32, TypeIndex)>,
    labels: Vec<Option<u32>>,
    /// Instructions whose jump offset is a label.
    fixups: Vec<(u32, Label)>,
    jump_tables: Vec<Vec<Label>>,
    next: u32,
    max: u32,
    overflow: bool,
    /// The instruction a label was last bound to: nothing before it may be fused with what follows.
    barrier: u32,
    /// The span of what is being emitted.
    pub span: Span,
    pub declaration: Span,
    spans: Vec<(u32, Span)>,
    statements: Vec<u32>,
    subjects: Vec<(u32, Span)>,
    bindings: Vec<(u32, Rc<str>)>,
    variables: Vec<Variable>,
}

impl Emitter {
    pub fn new(name: Rc<str>, kind: FunctionKind, declaration: Span) -> Emitter {
        Emitter {
            name,
            kind,
            code: Vec::new(),
            result_words: 0,
            parameter_words: 0,
            receiver_words: 0,
            capture_words: 0,
            recovery: None,
            selects: Vec::new(),
            asserts: Vec::new(),
            labels: Vec::new(),
            fixups: Vec::new(),
            jump_tables: Vec::new(),
            next: 0,
            max: 0,
            overflow: false,
            barrier: 0,
            span: declaration,
            declaration,
            spans: Vec::new(),
            statements: Vec::new(),
            subjects: Vec::new(),
            bindings: Vec::new(),
            variables: Vec::new(),
        }
    }

    // ---- registers -----------------------------------------------------------------------

    /// The first free register: what is taken from here on is given back by `release`.
    pub fn mark(&self) -> u32 {
        self.next
    }

    /// Gives back every register from `mark` on.
    pub fn release(&mut self, mark: u32) {
        self.next = mark;
    }

    /// Takes `words` consecutive registers.
    pub fn take(&mut self, words: u32) -> Reg {
        let at = self.next;
        let end = u64::from(at) + u64::from(words);
        if end > u64::from(MAX_REGISTERS) {
            self.overflow = true;
            return 0;
        }
        self.next = end as u32;
        self.max = self.max.max(self.next);
        at as Reg
    }

    /// The width of a value that is to stand in registers; what cannot is reported by `finish`.
    pub fn fit(&mut self, words: u32) -> u32 {
        if words > MAX_REGISTERS {
            self.overflow = true;
            return 1;
        }
        words
    }

    /// Whether a register is a temporary taken after `mark`.
    pub fn is_after(&self, mark: u32, register: Reg) -> bool {
        u32::from(register) >= mark
    }

    // ---- instructions --------------------------------------------------------------------

    /// The index of the next instruction.
    pub fn pc(&self) -> u32 {
        self.code.len() as u32
    }

    /// Appends an instruction at the current span.
    pub fn emit(&mut self, instruction: Instruction) {
        if self.spans.last().is_none_or(|last| last.1 != self.span) {
            let pc = self.pc();
            match self.spans.last_mut() {
                Some(last) if last.0 == pc => last.1 = self.span,
                _ => self.spans.push((pc, self.span)),
            }
        }
        self.code.push(instruction);
    }

    /// The instruction just emitted, if no label separates it from what follows.
    pub fn last(&self) -> Option<Instruction> {
        if self.pc() > self.barrier {
            self.code.last().copied()
        } else {
            None
        }
    }

    /// Takes back the instruction just emitted.
    pub fn pop(&mut self) {
        self.code.pop();
        let pc = self.pc();
        self.spans.retain_tail(pc);
        while self.fixups.last().is_some_and(|fixup| fixup.0 >= pc) {
            self.fixups.pop();
        }
    }

    /// Copies `words` words, if source and destination differ.
    pub fn move_words(&mut self, dst: Reg, src: Reg, words: u32) {
        if dst == src {
            return;
        }
        match words {
            0 => {}
            1 => self.emit(Instruction::Move { dst, src }),
            2 => self.emit(Instruction::Move2 { dst, src }),
            n => self.emit(Instruction::MoveN {
                dst,
                src,
                n: n.min(u32::from(u16::MAX)) as u16,
            }),
        }
    }

    /// Zeroes `words` registers.
    pub fn zero(&mut self, dst: Reg, words: u32) {
        match words {
            0 => {}
            1 => self.emit(Instruction::LoadInt { dst, value: 0 }),
            n => self.emit(Instruction::Zero {
                dst,
                n: n.min(u32::from(u16::MAX)) as u16,
            }),
        }
    }

    // ---- labels --------------------------------------------------------------------------

    pub fn label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() as u32 - 1)
    }

    /// Binds a label to the next instruction.
    pub fn bind(&mut self, label: Label) {
        // A jump to the very next instruction is nothing.
        if self.pc() > self.barrier
            && let Some(&(at, target)) = self.fixups.last()
            && target == label
            && at + 1 == self.pc()
            && matches!(self.code.last(), Some(Instruction::Jump { .. }))
        {
            self.pop();
        }
        self.barrier = self.pc();
        self.labels[label.0 as usize] = Some(self.pc());
    }

    pub fn here(&mut self) -> Label {
        let label = self.label();
        self.bind(label);
        label
    }

    /// Emits a jump (of any kind) to a label; its offset is filled in later.
    pub fn jump(&mut self, instruction: Instruction, label: Label) {
        self.fixups.push((self.pc(), label));
        self.emit(instruction);
    }

    /// An unconditional jump, left out where control cannot arrive.
    pub fn goto(&mut self, label: Label) {
        if !self.ends() {
            self.jump(Instruction::Jump { offset: 0 }, label);
        }
    }

    /// Whether control cannot reach the next instruction.
    pub fn ends(&self) -> bool {
        matches!(
            self.last(),
            Some(Instruction::Jump { .. } | Instruction::Return | Instruction::Panic { .. })
        )
    }

    /// Jumps by a table of labels.
    pub fn jump_table(&mut self, src: Reg, targets: Vec<Label>) {
        let table = self.jump_tables.len() as u32;
        self.jump_tables.push(targets);
        self.emit(Instruction::JumpTable { src, table });
    }

    // ---- debug information ---------------------------------------------------------------

    /// Says that a statement begins here.
    pub fn statement(&mut self) {
        let pc = self.pc();
        if self.statements.last() != Some(&pc) {
            self.statements.push(pc);
        }
    }

    /// Names the object of the next instruction by an expression's span.
    pub fn subject(&mut self, span: Span) {
        let pc = self.pc();
        self.subjects.push((pc, span));
    }

    /// Names what the next instruction makes.
    pub fn binding(&mut self, name: &Rc<str>) {
        let pc = self.pc();
        self.bindings.push((pc, name.clone()));
    }

    /// Gives the static type of the next instruction, an assertion.
    pub fn assert_from(&mut self, ty: TypeIndex) {
        let pc = self.pc();
        self.asserts.push((pc, ty));
    }

    /// A variable begins to have a value at the next instruction. Returns its number for `end_variable`.
    pub fn variable(
        &mut self,
        name: Rc<str>,
        role: VariableRole,
        place: VariablePlace,
        ty: TypeIndex,
        span: Span,
    ) -> usize {
        let from = self.pc();
        self.variables.push(Variable {
            name,
            role,
            place,
            ty,
            from,
            to: u32::MAX,
            span,
        });
        self.variables.len() - 1
    }

    /// How many variables were declared so far.
    pub fn variable_count(&self) -> usize {
        self.variables.len()
    }

    /// Ends every variable declared since there were `count`.
    pub fn end_variables(&mut self, count: usize) {
        let pc = self.pc();
        for variable in &mut self.variables[count..] {
            variable.to = variable.to.min(pc);
        }
    }

    // ---- the end -------------------------------------------------------------------------

    /// The finished function, or what limit it exceeds.
    pub fn finish(mut self) -> Result<Function, &'static str> {
        let target = |label: Label| self.labels[label.0 as usize];
        for (at, label) in &self.fixups {
            let Some(to) = target(*label) else {
                return Err("a jump has no target");
            };
            let offset = i64::from(to) - i64::from(*at) - 1;
            if !patch(&mut self.code[*at as usize], offset) {
                return Err("function too large for Lockstep");
            }
        }
        if self.overflow {
            return Err("function needs too many registers for Lockstep");
        }
        let end = self.code.len() as u32;
        for variable in &mut self.variables {
            variable.to = variable.to.min(end);
        }
        let table =
            |labels: &Vec<Label>| labels.iter().map(|l| target(*l).unwrap_or(end)).collect();
        let jump_tables = self.jump_tables.iter().map(table).collect();
        let recovery = self.recovery.and_then(target);
        Ok(Function {
            name: self.name,
            kind: self.kind,
            code: self.code,
            result_words: self.result_words as u16,
            parameter_words: self.parameter_words as u16,
            receiver_words: self.receiver_words as u16,
            capture_words: self.capture_words as u16,
            frame_words: self.max as u16,
            recovery,
            jump_tables,
            selects: self.selects,
            asserts: self.asserts,
            debug: Debug {
                span: self.declaration,
                spans: self.spans,
                statements: self.statements,
                subjects: self.subjects,
                bindings: self.bindings,
                variables: self.variables,
            },
        })
    }
}

/// Span tables lose the entries of instructions taken back.
trait RetainTail {
    fn retain_tail(&mut self, pc: u32);
}

impl RetainTail for Vec<(u32, Span)> {
    fn retain_tail(&mut self, pc: u32) {
        while self.last().is_some_and(|last| last.0 >= pc) {
            self.pop();
        }
    }
}

/// Fills in a jump's offset; false if it does not fit.
fn patch(instruction: &mut Instruction, to: i64) -> bool {
    use Instruction::*;
    match instruction {
        Jump { offset } | JumpIf { offset, .. } | JumpIfNot { offset, .. } => {
            *offset = to as i32;
            i64::from(*offset) == to
        }
        JumpIfEqual { offset, .. }
        | JumpIfNotEqual { offset, .. }
        | JumpIfLess { offset, .. }
        | JumpIfLessEqual { offset, .. }
        | JumpIfLessUnsigned { offset, .. }
        | JumpIfLessEqualUnsigned { offset, .. }
        | JumpIfEqualImm { offset, .. }
        | JumpIfNotEqualImm { offset, .. }
        | JumpIfLessImm { offset, .. }
        | JumpIfLessEqualImm { offset, .. }
        | JumpIfGreaterImm { offset, .. }
        | JumpIfGreaterEqualImm { offset, .. }
        | JumpIfLessFloat { offset, .. }
        | JumpIfLessEqualFloat { offset, .. }
        | JumpIfNotLessFloat { offset, .. }
        | JumpIfNotLessEqualFloat { offset, .. }
        | IncrementJumpIfLess { offset, .. }
        | RangeString { offset, .. }
        | MapNext { offset, .. }
        | JumpIfNotType { offset, .. }
        | JumpIfNotImplements { offset, .. } => {
            *offset = to as i16;
            i64::from(*offset) == to
        }
        _ => false,
    }
}
