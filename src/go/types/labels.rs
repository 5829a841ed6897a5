//! Labels and jumps, and which statements end a function (Go spec, "Terminating statements").

use super::check::Checker;
use super::info::Mode;
use super::object::Builtin;
use crate::go::syntax::ast::*;
use crate::trace::Span;
use std::rc::Rc;

/// What a jump out of here may aim at.
#[derive(Clone, Copy, Default)]
struct Around {
    /// `break` has a target.
    breakable: bool,
    /// `continue` has a target.
    looping: bool,
    /// The last statement of a switch clause that another follows.
    fallthrough: Fall,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Fall {
    #[default]
    Nowhere,
    Allowed,
    Last,
    TypeSwitch,
}

/// A label and where it stands.
struct Label {
    name: Rc<str>,
    span: Span,
    used: bool,
    /// The blocks around it, outermost first.
    blocks: Vec<Span>,
}

/// A goto, with what was declared before it in each block around.
struct Jump {
    name: Rc<str>,
    span: Span,
    blocks: Vec<Span>,
}

struct Labels<'b> {
    labels: Vec<Label>,
    jumps: Vec<Jump>,
    blocks: Vec<Span>,
    /// Variables declared, with the block they belong to.
    variables: Vec<(Rc<str>, Span, Span)>,
    errors: Vec<(Span, String)>,
    place: &'b dyn Fn(Span) -> String,
}

impl<'a> Checker<'a> {
    /// Checks the labels and jumps of one function; its literals are functions of their own.
    pub(super) fn check_labels(&mut self, block: &'a Block) {
        let mut labels = Labels {
            labels: Vec::new(),
            jumps: Vec::new(),
            blocks: vec![block.span],
            variables: Vec::new(),
            errors: Vec::new(),
            place: self.place,
        };
        labels.declare(&block.stmts);
        labels.stmts(&block.stmts, Around::default(), &mut Vec::new());
        labels.finish();
        for (span, message) in labels.errors {
            self.error(span, message);
        }
    }
}

/// The labels of enclosing statements: the name, whether a loop, whether a switch or select.
type Enclosing = Vec<(Rc<str>, bool, bool)>;

impl Labels<'_> {
    /// Finds all labels first: a goto may come before its label.
    fn declare(&mut self, stmts: &[Stmt]) {
        for stmt in stmts {
            let mut at = stmt;
            while let StmtKind::Labeled(label, inner) = &at.kind {
                let old = self.labels.iter().find(|l| l.name == label.name);
                match old {
                    Some(old) if !label.is_blank() => {
                        let place = (self.place)(old.span);
                        let message =
                            ["label ", &label.name, " already defined at ", &place].concat();
                        self.errors.push((label.span, message));
                    }
                    _ => self.labels.push(Label {
                        name: label.name.clone(),
                        span: label.span,
                        used: label.is_blank(),
                        blocks: self.blocks.clone(),
                    }),
                }
                at = inner;
            }
            for (span, body) in blocks_of(at) {
                self.blocks.push(span);
                self.declare(body);
                self.blocks.pop();
            }
        }
    }

    fn stmts(&mut self, stmts: &[Stmt], around: Around, enclosing: &mut Enclosing) {
        for (at, stmt) in stmts.iter().enumerate() {
            let last = stmts[at + 1..]
                .iter()
                .all(|s| matches!(s.kind, StmtKind::Empty));
            let mut here = around;
            if !last {
                here.fallthrough = Fall::Nowhere;
            }
            self.stmt(stmt, here, enclosing);
        }
    }

    fn stmt(&mut self, stmt: &Stmt, around: Around, enclosing: &mut Enclosing) {
        let mut names = Vec::new();
        let mut at = stmt;
        while let StmtKind::Labeled(label, inner) = &at.kind {
            names.push(label.name.clone());
            at = inner;
        }
        match &at.kind {
            StmtKind::Branch(kind, label) => self.branch(*kind, label.as_ref(), at, around, enclosing),
            StmtKind::Decl(decl) => {
                if let DeclKind::Var(specs) = &decl.kind {
                    for name in specs.iter().flat_map(|s| &s.names) {
                        self.variable(name);
                    }
                }
            }
            StmtKind::Define(idents, _) => {
                for name in idents {
                    self.variable(name);
                }
            }
            _ => {}
        }
        let loops = matches!(at.kind, StmtKind::For(_) | StmtKind::Range(_));
        let switches = matches!(
            at.kind,
            StmtKind::Switch(_) | StmtKind::TypeSwitch(_) | StmtKind::Select(_)
        );
        let depth = enclosing.len();
        for name in names {
            enclosing.push((name, loops, switches));
        }
        let inner = Around {
            breakable: around.breakable || loops || switches,
            looping: around.looping || loops,
            fallthrough: Fall::Nowhere,
        };
        let blocks = blocks_of(at);
        let count = blocks.len();
        for (index, (span, body)) in blocks.into_iter().enumerate() {
            let mut inner = inner;
            inner.fallthrough = match at.kind {
                StmtKind::Switch(_) if index + 1 < count => Fall::Allowed,
                StmtKind::Switch(_) => Fall::Last,
                StmtKind::TypeSwitch(_) => Fall::TypeSwitch,
                _ => Fall::Nowhere,
            };
            self.blocks.push(span);
            self.stmts(body, inner, enclosing);
            self.blocks.pop();
        }
        enclosing.truncate(depth);
    }

    fn variable(&mut self, name: &Ident) {
        let block = self.blocks.last().copied().unwrap_or_default();
        self.variables.push((name.name.clone(), name.span, block));
    }

    fn branch(
        &mut self,
        kind: BranchKind,
        label: Option<&Ident>,
        stmt: &Stmt,
        around: Around,
        enclosing: &Enclosing,
    ) {
        let message = match (kind, label) {
            (BranchKind::Goto, Some(label)) => {
                if let Some(l) = self.labels.iter_mut().find(|l| l.name == label.name) {
                    l.used = true;
                }
                self.jumps.push(Jump {
                    name: label.name.clone(),
                    span: label.span,
                    blocks: self.blocks.clone(),
                });
                return;
            }
            (BranchKind::Goto, None) => return,
            (BranchKind::Fallthrough, _) => match around.fallthrough {
                Fall::Allowed => return,
                Fall::Last => "cannot fallthrough final case in switch",
                Fall::TypeSwitch => "cannot fallthrough in type switch",
                Fall::Nowhere => "fallthrough statement out of place",
            },
            (BranchKind::Break, None) if !around.breakable => {
                "break is not in a loop, switch, or select"
            }
            (BranchKind::Continue, None) if !around.looping => "continue is not in a loop",
            (_, None) => return,
            (_, Some(label)) => {
                self.labelled_branch(kind, label, enclosing);
                return;
            }
        };
        self.errors.push((stmt.span, message.into()));
    }

    fn labelled_branch(&mut self, kind: BranchKind, label: &Ident, enclosing: &Enclosing) {
        let word = if kind == BranchKind::Break {
            "break"
        } else {
            "continue"
        };
        if let Some(known) = self.labels.iter_mut().find(|l| l.name == label.name) {
            known.used = true;
        } else {
            let message = [word, " label not defined: ", &label.name].concat();
            self.errors.push((label.span, message));
            return;
        }
        let target = enclosing.iter().rev().find(|e| e.0 == label.name);
        let fits = target.is_some_and(|t| t.1 || t.2 && kind == BranchKind::Break);
        if !fits {
            let message = ["invalid ", word, " label ", &label.name].concat();
            self.errors.push((label.span, message));
        }
    }

    fn finish(&mut self) {
        for jump in std::mem::take(&mut self.jumps) {
            let Some(label) = self.labels.iter().find(|l| l.name == jump.name) else {
                let message = ["label ", &jump.name, " not defined"].concat();
                self.errors.push((jump.span, message));
                continue;
            };
            let inside = label.blocks.len() <= jump.blocks.len()
                && label.blocks.iter().zip(&jump.blocks).all(|(a, b)| a == b);
            if !inside {
                let common = label
                    .blocks
                    .iter()
                    .zip(&jump.blocks)
                    .take_while(|(a, b)| a == b)
                    .count();
                let start = label.blocks.get(common).copied().unwrap_or_default();
                let place = (self.place)(start);
                let words = " jumps into block starting at ";
                let message = ["goto ", &jump.name, words, &place].concat();
                self.errors.push((jump.span, message));
                continue;
            }
            let block = label.blocks.last().copied().unwrap_or_default();
            let (from, to) = (jump.span.start, label.span.start);
            let over = self
                .variables
                .iter()
                .find(|(_, span, b)| *b == block && span.start > from && span.start < to);
            if let Some((name, span, _)) = over {
                let place = (self.place)(*span);
                let words = " jumps over declaration of ";
                let message = ["goto ", &jump.name, words, name, " at ", &place].concat();
                self.errors.push((jump.span, message));
            }
        }
        for label in self.labels.iter().filter(|l| !l.used) {
            let message = ["label ", &label.name, " defined and not used"].concat();
            self.errors.push((label.span, message));
        }
    }
}

/// The blocks directly inside a statement.
fn blocks_of(stmt: &Stmt) -> Vec<(Span, &[Stmt])> {
    let block = |b: &'_ Block| b.span;
    match &stmt.kind {
        StmtKind::Block(b) => vec![(block(b), &b.stmts[..])],
        StmtKind::If(inner) => {
            let mut out = vec![(inner.then.span, &inner.then.stmts[..])];
            if let Some(otherwise) = &inner.otherwise {
                out.extend(blocks_of(otherwise));
            }
            out
        }
        StmtKind::For(inner) => vec![(inner.body.span, &inner.body.stmts[..])],
        StmtKind::Range(inner) => vec![(inner.body.span, &inner.body.stmts[..])],
        StmtKind::Switch(switch) => clauses(&switch.clauses),
        StmtKind::TypeSwitch(switch) => clauses(&switch.clauses),
        StmtKind::Select(list) => list.iter().map(|c| (c.span, &c.body[..])).collect(),
        _ => Vec::new(),
    }
}

fn clauses(list: &[CaseClause]) -> Vec<(Span, &[Stmt])> {
    list.iter().map(|c| (c.span, &c.body[..])).collect()
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
            .any(|(_, body)| has_break_in(body, label, implicit)),
        StmtKind::For(_)
        | StmtKind::Range(_)
        | StmtKind::Switch(_)
        | StmtKind::TypeSwitch(_)
        | StmtKind::Select(_) => {
            label.is_some()
                && blocks_of(stmt)
                    .iter()
                    .any(|(_, body)| has_break_in(body, label, false))
        }
        _ => false,
    }
}
