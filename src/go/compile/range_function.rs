//! `for x := range f` where `f` is a function (Go spec, "For statements with range clause").
//!
//! The loop's body becomes a closure `func(k, v) bool` that captures what it uses. Loop and body
//! share a heap object of two words:
//!
//! - word 0, the *exit*: 0, or one more than the number of the branch by which the body left the
//!   loop for somewhere else (return, goto, break or continue of an outer statement);
//! - word 1, the *state*: one of the constants below.
//!
//! After the iterator returns, the loop looks at the exit and takes that branch in its own context,
//! which may again be the body of such a loop. A `return` stores its values first: analysis makes
//! the results of the function heap variables that the body captures. Deferred calls go to the
//! function's own frame through a frame token.

use super::bytecode::{Instruction, Reg};
use super::function::{BranchTarget, FunctionCompiler, Home, ResultSlot};
use super::unit::Callee;
use crate::go::syntax::ast::*;
use crate::go::types::{Signature, Type, TypeId};
use std::rc::Rc;

/// The body may be called.
const READY: i64 = 0;
/// The body is being executed.
const RUNNING: i64 = 1;
/// The body has returned false.
const DONE: i64 = 2;
/// The iterator has returned.
const EXHAUSTED: i64 = 3;
/// The iterator has recovered a panic of the body.
const RECOVERED: i64 = 4;

const EXIT_WORD: u16 = 0;
const STATE_WORD: u16 = 1;

/// A branch out of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    Return,
    Break(Rc<str>),
    Continue(Rc<str>),
    Goto(Rc<str>),
}

/// What the compiler of a body knows of its loop.
pub struct RangeBody {
    /// The frame that deferred calls belong to.
    pub token: Reg,
    /// Pointer to the two shared words.
    shared: Reg,
    exits: Vec<Exit>,
    /// Labels within the body.
    pub labels: Vec<Rc<str>>,
}

impl<'a> FunctionCompiler<'_, 'a> {
    pub fn range_function(
        &mut self,
        node: NodeId,
        statement: &'a RangeFor,
        signature: &Signature,
        label: Option<Rc<str>>,
    ) {
        let Some(&yield_type) = signature.params.first() else {
            return;
        };
        let Type::Signature(yields) = self.under(yield_type) else {
            return;
        };
        let iterator = self.e.take(1);
        self.expr(&statement.subject, Some(iterator));
        let shared = self.e.take(1);
        let pair = self.unit.types.intern(Type::Array(TypeId::INT, 2));
        self.new_cell(shared, pair);
        let token = match &self.range_body {
            Some(body) => body.token,
            None => {
                let token = self.e.take(1);
                self.e.emit(Instruction::FrameToken { dst: token });
                token
            }
        };
        let captures = self.captures_of(node);
        let index = self.unit.reserve_function();
        self.range_bodies += 1;
        let name: Rc<str> = format!("{}-range{}", self.e.name, self.range_bodies).into();
        let kind = self.e.kind;
        let span = self.e.span;
        let results = self.results.clone();
        let mut inner = self.inner(name, kind, span);
        let exits = compile_body(&mut inner, statement, &yields, &captures, &results, label);
        let function = inner.finish();
        self.unit.set_function(index, function);
        let mark = self.e.mark();
        let window = self.e.take(1);
        self.make_closure(index, &captures, &[shared, token], Some(window));
        self.e.statement();
        self.e.emit(Instruction::CallClosure {
            window,
            closure: iterator,
        });
        self.e.release(mark);
        self.after_loop(shared, exits);
    }

    /// Checks how the iterator behaved and takes the branch that the body asked for.
    fn after_loop(&mut self, shared: Reg, exits: Vec<Exit>) {
        let mark = self.e.mark();
        let word = self.e.take(1);
        let fine = self.e.label();
        self.e.emit(Instruction::Load {
            dst: word,
            ptr: shared,
            offset: STATE_WORD,
        });
        self.e.jump(
            Instruction::JumpIfNotEqualImm {
                a: word,
                imm: RUNNING as i16,
                offset: 0,
            },
            fine,
        );
        self.load_int(word, RECOVERED);
        self.panic_range(word);
        self.e.bind(fine);
        self.load_int(word, EXHAUSTED);
        self.e.emit(Instruction::Store {
            ptr: shared,
            src: word,
            offset: STATE_WORD,
        });
        if !exits.is_empty() {
            self.e.emit(Instruction::Load {
                dst: word,
                ptr: shared,
                offset: EXIT_WORD,
            });
        }
        for (at, exit) in exits.into_iter().enumerate() {
            let next = self.e.label();
            self.e.jump(
                Instruction::JumpIfNotEqualImm {
                    a: word,
                    imm: at as i16 + 1,
                    offset: 0,
                },
                next,
            );
            self.leave(exit);
            self.e.bind(next);
        }
        self.e.release(mark);
    }

    /// Raises Go's panic for an iterator that misbehaves; the state stands in `state`.
    fn panic_range(&mut self, state: Reg) {
        let Some(object) = self.unit.package_object("runtime", "panicrange") else {
            return;
        };
        let function = self.unit.function(Callee::Declared(object, Rc::from([])));
        let mark = self.e.mark();
        let window = self.e.take(1);
        self.e.move_words(window, state, 1);
        self.e.emit(Instruction::Call { window, function });
        self.e.release(mark);
    }

    /// Leaves by a branch that is not within this function.
    pub fn leave_range_body(&mut self, exit: Exit) {
        let Some(body) = &mut self.range_body else {
            if exit == Exit::Return {
                self.emit_return();
            }
            return;
        };
        let known = body.exits.iter().position(|other| *other == exit);
        let at = known.unwrap_or_else(|| {
            body.exits.push(exit);
            body.exits.len() - 1
        });
        let shared = body.shared;
        let mark = self.e.mark();
        let word = self.e.take(1);
        self.load_int(word, at as i64 + 1);
        self.e.emit(Instruction::Store {
            ptr: shared,
            src: word,
            offset: EXIT_WORD,
        });
        self.e.release(mark);
        self.end_iteration(shared, DONE, false);
    }

    /// `return` in the body of a range over a function.
    pub fn return_from_range(&mut self, values: &'a [Expr]) {
        self.assign_results(values);
        self.leave(Exit::Return);
    }

    fn end_iteration(&mut self, shared: Reg, state: i64, go_on: bool) {
        let mark = self.e.mark();
        let word = self.e.take(1);
        self.load_int(word, state);
        self.e.emit(Instruction::Store {
            ptr: shared,
            src: word,
            offset: STATE_WORD,
        });
        self.e.release(mark);
        self.load_int(0, i64::from(go_on));
        self.e.emit(Instruction::Return);
    }
}

/// Compiles the body as `func(k, v) bool`; returns how it leaves the loop.
fn compile_body<'a>(
    inner: &mut FunctionCompiler<'_, 'a>,
    statement: &'a RangeFor,
    yields: &Signature,
    captures: &[(crate::go::types::ObjId, Home)],
    results: &[ResultSlot],
    label: Option<Rc<str>>,
) -> Vec<Exit> {
    inner.e.take(1);
    inner.e.result_words = 1;
    let mut params = Vec::new();
    for &ty in yields.params.iter() {
        let words = inner.words(ty);
        params.push((inner.e.take(words), ty));
    }
    inner.e.parameter_words = inner.e.mark() - 1;
    inner.begin_captures(captures);
    let shared = inner.e.take(1);
    let token = inner.e.take(1);
    inner.e.capture_words += 2;
    inner.declare_captures(captures);
    // Only what a return in the body assigns was captured.
    inner.results = results
        .iter()
        .filter_map(|slot| {
            Some(ResultSlot {
                home: *inner.homes.get(&slot.object)?,
                ..*slot
            })
        })
        .collect();
    let mut labels = Vec::new();
    collect_labels(&statement.body.stmts, &mut labels);
    inner.range_body = Some(RangeBody {
        token,
        shared,
        exits: Vec::new(),
        labels,
    });
    inner.begin_iteration(shared);
    for (at, (register, ty)) in params.into_iter().enumerate() {
        inner.bind_loop_value(&statement.into, at, register, ty, true);
    }
    let (on_break, on_continue) = (inner.e.label(), inner.e.label());
    inner.targets.push(BranchTarget {
        label,
        on_break,
        on_continue: Some(on_continue),
    });
    inner.block_statements(&statement.body.stmts);
    inner.targets.pop();
    inner.e.bind(on_continue);
    inner.end_iteration(shared, READY, true);
    inner.e.bind(on_break);
    inner.end_iteration(shared, DONE, false);
    inner
        .range_body
        .take()
        .map(|body| body.exits)
        .unwrap_or_default()
}

impl FunctionCompiler<'_, '_> {
    /// The body may only be called while the loop waits for it.
    fn begin_iteration(&mut self, shared: Reg) {
        let mark = self.e.mark();
        let state = self.e.take(1);
        let ready = self.e.label();
        self.e.emit(Instruction::Load {
            dst: state,
            ptr: shared,
            offset: STATE_WORD,
        });
        self.e.jump(
            Instruction::JumpIfEqualImm {
                a: state,
                imm: READY as i16,
                offset: 0,
            },
            ready,
        );
        self.panic_range(state);
        self.e.bind(ready);
        self.load_int(state, RUNNING);
        self.e.emit(Instruction::Store {
            ptr: shared,
            src: state,
            offset: STATE_WORD,
        });
        self.e.release(mark);
    }
}

/// The labels declared in statements, function literals apart.
fn collect_labels(stmts: &[Stmt], out: &mut Vec<Rc<str>>) {
    for stmt in stmts {
        collect_stmt(stmt, out);
    }
}

fn collect_stmt(stmt: &Stmt, out: &mut Vec<Rc<str>>) {
    match &stmt.kind {
        StmtKind::Labeled(label, inner) => {
            out.push(label.name.clone());
            collect_stmt(inner, out);
        }
        StmtKind::Block(block) => collect_labels(&block.stmts, out),
        StmtKind::If(statement) => {
            collect_labels(&statement.then.stmts, out);
            statement
                .otherwise
                .iter()
                .for_each(|other| collect_stmt(other, out));
        }
        StmtKind::Switch(statement) => statement
            .clauses
            .iter()
            .for_each(|clause| collect_labels(&clause.body, out)),
        StmtKind::TypeSwitch(statement) => {
            statement
                .clauses
                .iter()
                .for_each(|clause| collect_labels(&clause.body, out));
        }
        StmtKind::Select(clauses) => clauses
            .iter()
            .for_each(|clause| collect_labels(&clause.body, out)),
        StmtKind::For(statement) => collect_labels(&statement.body.stmts, out),
        StmtKind::Range(statement) => collect_labels(&statement.body.stmts, out),
        _ => {}
    }
}
