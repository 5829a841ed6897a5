//! Labels and jumps of one function body.
//!
//! Go's rules: a label is declared once and used; `goto` jumps neither into a block nor over a
//! variable declaration of its own block; `break` and `continue` leave or repeat a statement that
//! encloses them; `fallthrough` is the last statement of a clause that is not the last one.
//! Functions within the function are checked on their own.

use super::*;

/// Reports the wrong labels and jumps of a function body.
pub(super) fn check(body: &Block, lexer: &mut Lexer, later: &mut Vec<Diagnostic>) {
    let mut checker = Checker {
        lexer,
        later,
        labels: Vec::new(),
        gotos: Vec::new(),
        enclosing: Vec::new(),
        blocks: 0,
    };
    checker.collect(&body.stmts);
    checker.blocks = 0;
    checker.list(&body.stmts, None);
    checker.gotos_land();
    for label in std::mem::take(&mut checker.labels) {
        if !label.used {
            let message = format!("label {} defined and not used", label.name.name);
            checker.error(label.name.span, message);
        }
    }
}

struct Checker<'a, 's> {
    lexer: &'a mut Lexer<'s>,
    /// What Go's checker says, not its parser.
    later: &'a mut Vec<Diagnostic>,
    labels: Vec<Label>,
    gotos: Vec<Goto>,
    /// The statements around the current one that `break` or `continue` can mean.
    enclosing: Vec<Enclosing>,
    /// How many blocks have been met, to tell them apart.
    blocks: usize,
}

struct Label {
    name: Ident,
    used: bool,
    /// Once it has been met: the blocks around it (each with its start), and the variables
    /// declared before it in its own block.
    place: Option<Place>,
}

struct Goto {
    target: Ident,
    label: usize,
    place: Place,
}

/// Where a label or a `goto` stands.
#[derive(Clone)]
struct Place {
    /// The lists of statements around it, from the outside: number and start.
    blocks: Vec<(usize, usize)>,
    at: usize,
    /// The variables declared so far in its list: name, place.
    declared: Vec<(Rc<str>, usize)>,
}

struct Enclosing {
    label: Option<Rc<str>>,
    is_loop: bool,
}

/// What the end of a list of statements allows.
#[derive(Clone, Copy, PartialEq)]
enum Clause {
    Inner,
    Last,
    OfTypeSwitch,
}

impl Checker<'_, '_> {
    fn error(&mut self, at: Span, message: String) {
        // Not one of the errors that keep other functions from being looked at.
        self.lexer.diagnostics.push(Diagnostic::new(at, message));
    }

    /// `line:column` of an offset.
    fn position(&self, at: usize) -> String {
        let before = self.lexer.text.get(..at).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = at - before.rfind('\n').map_or(0, |newline| newline + 1) + 1;
        format!("{line}:{column}")
    }

    /// Finds all labels, so that jumps can be forward.
    fn collect(&mut self, stmts: &[Stmt]) {
        for stmt in stmts {
            self.collect_from(stmt);
        }
    }

    fn collect_from(&mut self, stmt: &Stmt) {
        if let StmtKind::Labeled(name, inner) = &stmt.kind {
            if !name.is_blank() {
                self.declare(name);
            }
            self.collect_from(inner);
        }
        each_list(stmt, &mut |_, list, _| self.collect(list));
    }

    fn declare(&mut self, name: &Ident) {
        match self
            .labels
            .iter()
            .find(|label| label.name.name == name.name)
        {
            Some(first) => {
                let first = self.position(first.name.span.start as usize);
                let message = format!("label {} already defined at {first}", name.name);
                self.error(name.span, message);
            }
            None => self.labels.push(Label {
                name: name.clone(),
                used: false,
                place: None,
            }),
        }
    }

    /// Checks a list of statements; `clause` if it is one of a switch.
    fn list(&mut self, stmts: &[Stmt], clause: Option<Clause>) {
        let mut place = Place {
            blocks: vec![(0, 0)],
            at: 0,
            declared: Vec::new(),
        };
        self.list_at(stmts, clause, &mut place);
    }

    fn list_at(&mut self, stmts: &[Stmt], clause: Option<Clause>, place: &mut Place) {
        let last = stmts
            .iter()
            .rposition(|stmt| !matches!(stmt.kind, StmtKind::Empty));
        for (at, stmt) in stmts.iter().enumerate() {
            let clause = clause.filter(|_| Some(at) == last);
            self.stmt(stmt, None, clause, place);
        }
    }

    fn stmt(
        &mut self,
        stmt: &Stmt,
        label: Option<&Ident>,
        clause: Option<Clause>,
        place: &mut Place,
    ) {
        match &stmt.kind {
            StmtKind::Labeled(name, inner) => {
                let mut here = place.clone();
                here.at = name.span.start as usize;
                for label in &mut self.labels {
                    if label.name.id == name.id {
                        label.place = Some(here.clone());
                    }
                }
                return self.stmt(inner, Some(name), clause, place);
            }
            StmtKind::Decl(Decl {
                kind: DeclKind::Var(specs),
                ..
            }) => {
                for spec in specs {
                    if let Some(name) = spec.names.first() {
                        let name_at = name.span.start as usize;
                        place.declared.push((name.name.clone(), name_at));
                    }
                }
            }
            StmtKind::Define(names, _) => {
                let first = names.iter().find(|name| !name.is_blank());
                if let (Some(name), Some(last)) = (first, names.last()) {
                    let end = last.span.end as usize;
                    let rest = self.lexer.text.get(end..).unwrap_or("");
                    let at = end + rest.find(":=").unwrap_or(0);
                    place.declared.push((name.name.clone(), at));
                }
            }
            StmtKind::Branch(kind, target) => self.branch(stmt, *kind, target, clause, place),
            _ => {}
        }
        let enclosing = match &stmt.kind {
            StmtKind::For(_) | StmtKind::Range(_) => Some(true),
            StmtKind::Switch(_) | StmtKind::TypeSwitch(_) | StmtKind::Select(_) => Some(false),
            _ => None,
        };
        if let Some(is_loop) = enclosing {
            let known = |label: &&Ident| self.labels.iter().any(|one| one.name.id == label.id);
            self.enclosing.push(Enclosing {
                label: label.filter(known).map(|label| label.name.clone()),
                is_loop,
            });
        }
        each_list(stmt, &mut |start, list, clause| {
            self.blocks += 1;
            let mut inner = Place {
                blocks: place.blocks.clone(),
                at: 0,
                declared: Vec::new(),
            };
            inner.blocks.push((self.blocks, start));
            self.list_at(list, clause, &mut inner);
        });
        if enclosing.is_some() {
            self.enclosing.pop();
        }
    }

    fn branch(
        &mut self,
        stmt: &Stmt,
        kind: BranchKind,
        target: &Option<Ident>,
        clause: Option<Clause>,
        place: &Place,
    ) {
        let word = match kind {
            BranchKind::Fallthrough => {
                let message = match clause {
                    Some(Clause::Inner) => return,
                    Some(Clause::Last) => "cannot fallthrough final case in switch",
                    Some(Clause::OfTypeSwitch) => "cannot fallthrough in type switch",
                    None => "fallthrough statement out of place",
                };
                return self.later.push(Diagnostic::new(stmt.span, message));
            }
            BranchKind::Break => "break",
            BranchKind::Continue => "continue",
            BranchKind::Goto => "goto",
        };
        let Some(target) = target else {
            let wants_loop = kind == BranchKind::Continue;
            if !self.enclosing.iter().any(|one| one.is_loop || !wants_loop) {
                let what = match wants_loop {
                    true => "a loop",
                    false => "a loop, switch, or select",
                };
                self.error(stmt.span, format!("{word} is not in {what}"));
            }
            return;
        };
        let name = &target.name;
        let known = self
            .labels
            .iter_mut()
            .position(|label| label.name.name == *name);
        if let Some(label) = known.and_then(|known| self.labels.get_mut(known)) {
            label.used = true;
        }
        if kind == BranchKind::Goto {
            let mut place = place.clone();
            place.at = stmt.span.start as usize;
            match known {
                None => self.error(target.span, format!("label {name} not defined")),
                Some(label) => self.gotos.push(Goto {
                    target: target.clone(),
                    label,
                    place,
                }),
            }
            return;
        }
        let enclosing = self
            .enclosing
            .iter()
            .find(|one| one.label.as_ref() == Some(name));
        let message = match (enclosing, known) {
            (Some(one), _) if one.is_loop || kind == BranchKind::Break => return,
            (None, None) => format!("{word} label not defined: {name}"),
            _ => format!("invalid {word} label {name}"),
        };
        self.error(target.span, message);
    }

    fn gotos_land(&mut self) {
        for goto in std::mem::take(&mut self.gotos) {
            let Some(label) = self.labels.get(goto.label) else {
                continue;
            };
            let Some(place) = label.place.clone() else {
                continue;
            };
            let name = &goto.target.name;
            let outside = place
                .blocks
                .iter()
                .find(|block| !goto.place.blocks.contains(block));
            let message = if let Some((_, start)) = outside {
                let start = self.position(*start);
                format!("goto {name} jumps into block starting at {start}")
            } else {
                let jumped = place
                    .declared
                    .iter()
                    .rfind(|(_, at)| *at > goto.place.at && *at < place.at);
                let Some((variable, at)) = jumped else {
                    continue;
                };
                let at = self.position(*at);
                format!("goto {name} jumps over declaration of {variable} at {at}")
            };
            self.error(goto.target.span, message);
        }
    }
}

type Visit<'a> = &'a mut dyn FnMut(usize, &[Stmt], Option<Clause>);

/// Calls `visit` with the lists of statements directly within `stmt`: where each starts, the list,
/// and what it is of a switch.
fn each_list(stmt: &Stmt, visit: Visit) {
    let start = |span: Span| span.start as usize;
    match &stmt.kind {
        StmtKind::Block(block) => visit(start(block.span), &block.stmts, None),
        StmtKind::If(stmt) => {
            visit(start(stmt.then.span), &stmt.then.stmts, None);
            if let Some(otherwise) = &stmt.otherwise {
                visit(start(otherwise.span), std::slice::from_ref(otherwise), None);
            }
        }
        StmtKind::For(stmt) => visit(start(stmt.body.span), &stmt.body.stmts, None),
        StmtKind::Range(stmt) => visit(start(stmt.body.span), &stmt.body.stmts, None),
        StmtKind::Switch(stmt) => {
            for (at, clause) in stmt.clauses.iter().enumerate() {
                let kind = match at + 1 == stmt.clauses.len() {
                    true => Clause::Last,
                    false => Clause::Inner,
                };
                visit(start(clause.span), &clause.body, Some(kind));
            }
        }
        StmtKind::TypeSwitch(stmt) => {
            for clause in &stmt.clauses {
                let kind = Clause::OfTypeSwitch;
                visit(start(clause.span), &clause.body, Some(kind));
            }
        }
        StmtKind::Select(clauses) => {
            for clause in clauses {
                visit(start(clause.span), &clause.body, None);
            }
        }
        _ => {}
    }
}
