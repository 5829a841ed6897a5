//! Which statements end a function (Go spec, "Terminating statements").
//!
//! Labels and jumps themselves are the parser's to check, as in Go's compiler.

use super::check::Checker;
use super::info::Mode;
use super::object::Builtin;
use crate::go::syntax::ast::*;

/// The blocks directly inside a statement.
fn blocks_of(stmt: &Stmt) -> Vec<&[Stmt]> {
    match &stmt.kind {
        StmtKind::Block(b) => vec![&b.stmts[..]],
        StmtKind::If(inner) => {
            let mut out = vec![&inner.then.stmts[..]];
            if let Some(otherwise) = &inner.otherwise {
                out.extend(blocks_of(otherwise));
            }
            out
        }
        StmtKind::For(inner) => vec![&inner.body.stmts[..]],
        StmtKind::Range(inner) => vec![&inner.body.stmts[..]],
        StmtKind::Switch(switch) => clauses(&switch.clauses),
        StmtKind::TypeSwitch(switch) => clauses(&switch.clauses),
        StmtKind::Select(list) => list.iter().map(|c| &c.body[..]).collect(),
        _ => Vec::new(),
    }
}

fn clauses(list: &[CaseClause]) -> Vec<&[Stmt]> {
    list.iter().map(|c| &c.body[..]).collect()
}

/// The list ends in a statement after which control does not go on.
pub(super) fn terminates(stmts: &[Stmt], checker: &Checker<'_>) -> bool {
    let last = stmts
        .iter()
        .rev()
        .find(|s| !matches!(s.kind, StmtKind::Empty));
    last.is_some_and(|s| terminating(s, None, checker))
}

fn terminating(stmt: &Stmt, label: Option<&str>, checker: &Checker<'_>) -> bool {
    match &stmt.kind {
        StmtKind::Return(_) | StmtKind::Branch(BranchKind::Goto | BranchKind::Fallthrough, _) => {
            true
        }
        StmtKind::Bad => true,
        StmtKind::Labeled(name, inner) => terminating(inner, Some(&name.name), checker),
        StmtKind::Expr(expr) => match &expr.unparen().kind {
            ExprKind::Call(call) => {
                checker.info.nodes[call.func.id.index()].mode == Mode::Builtin(Builtin::Panic)
            }
            _ => false,
        },
        StmtKind::Block(block) => terminates(&block.stmts, checker),
        StmtKind::If(inner) => {
            let otherwise = inner.otherwise.as_ref();
            terminates(&inner.then.stmts, checker)
                && otherwise.is_some_and(|s| terminating(s, None, checker))
        }
        StmtKind::For(inner) => {
            inner.cond.is_none() && !has_break_in(&inner.body.stmts, label, true)
        }
        StmtKind::Switch(switch) => clauses_terminate(&switch.clauses, label, checker),
        StmtKind::TypeSwitch(switch) => clauses_terminate(&switch.clauses, label, checker),
        StmtKind::Select(list) => list
            .iter()
            .all(|c| terminates(&c.body, checker) && !has_break_in(&c.body, label, true)),
        _ => false,
    }
}

fn clauses_terminate(list: &[CaseClause], label: Option<&str>, checker: &Checker<'_>) -> bool {
    list.iter().any(|c| c.exprs.is_none())
        && list
            .iter()
            .all(|c| terminates(&c.body, checker) && !has_break_in(&c.body, label, true))
}

fn has_break_in(stmts: &[Stmt], label: Option<&str>, implicit: bool) -> bool {
    stmts.iter().any(|s| has_break(s, label, implicit))
}

/// A break out of the statement around, by its label or (if `implicit`) without one.
fn has_break(stmt: &Stmt, label: Option<&str>, implicit: bool) -> bool {
    match &stmt.kind {
        StmtKind::Branch(BranchKind::Break, None) => implicit,
        StmtKind::Branch(BranchKind::Break, Some(name)) => label == Some(&*name.name),
        StmtKind::Labeled(_, inner) => has_break(inner, label, implicit),
        StmtKind::Block(_) | StmtKind::If(_) => blocks_of(stmt)
            .iter()
            .any(|body| has_break_in(body, label, implicit)),
        StmtKind::For(_)
        | StmtKind::Range(_)
        | StmtKind::Switch(_)
        | StmtKind::TypeSwitch(_)
        | StmtKind::Select(_) => {
            label.is_some()
                && blocks_of(stmt)
                    .iter()
                    .any(|body| has_break_in(body, label, false))
        }
        _ => false,
    }
}
