//! Whatever the source: no panic, a tree whose spans nest, ids that are dense.

use super::*;
use crate::go::syntax::ast::*;
use proptest::prelude::*;

/// Sources that are right: the catalogue, the conformance programs, the embedded packages.
pub(super) fn corpus() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![
        root.join("static/programs"),
        root.join("tests/programs"),
        root.join("src/go/std"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".go") {
                files.push((name, std::fs::read_to_string(path).expect("a text")));
            }
        }
    }
    files.sort();
    files
}

/// Whether a program of the corpus is there for its syntax errors.
pub(super) fn is_wrong(text: &str) -> bool {
    text.contains("syntax error")
}

#[test]
fn real_programs_are_read_whole() {
    let files = corpus();
    assert!(files.len() > 100, "{}", files.len());
    for (name, text) in files {
        let parsed = read(&text);
        if !is_wrong(&text) {
            let said = said(&text, &parsed.diagnostics);
            let syntax = said.iter().any(|line| line.contains("syntax error"));
            assert!(!syntax, "{name}: {said:?}");
        }
        holds_together(&text, &parsed);
    }
}

/// Holds the tree to the invariants of `ast`.
fn holds_together(source: &str, parsed: &Parsed) {
    let mut walk = Walk {
        ids: vec![0; parsed.file.ids.len()],
        inside: parsed.file.span,
    };
    walk.file(&parsed.file);
    for diagnostic in &parsed.diagnostics {
        assert!(source.is_char_boundary(diagnostic.span.start as usize));
        assert!(diagnostic.span.start <= diagnostic.span.end);
    }
    // Nodes of what could not be used are not in the tree, but no node is there twice.
    assert!(walk.ids.iter().all(|count| *count <= 1));
    if parsed.diagnostics.is_empty() {
        let used = walk.ids.iter().filter(|count| **count == 1).count();
        assert!(
            used * 10 >= walk.ids.len() * 9,
            "{used} of {}",
            walk.ids.len()
        );
    }
}

/// Visits all nodes.
struct Walk {
    ids: Vec<u32>,
    inside: crate::trace::Span,
}

impl Walk {
    fn node(&mut self, id: NodeId, span: crate::trace::Span, children: &mut dyn FnMut(&mut Self)) {
        self.ids[id.index()] += 1;
        assert!(span.start <= span.end, "{span:?}");
        assert!(
            self.inside.start <= span.start && span.end <= self.inside.end,
            "{span:?} in {:?}",
            self.inside
        );
        let outer = std::mem::replace(&mut self.inside, span);
        children(self);
        self.inside = outer;
    }

    fn file(&mut self, file: &File) {
        self.node(file.id, file.span, &mut |walk| {
            walk.name(&file.package);
            for import in &file.imports {
                walk.node(import.id, import.span, &mut |walk| {
                    import.name.iter().for_each(|name| walk.name(name));
                });
            }
            file.decls.iter().for_each(|decl| walk.decl(decl));
        });
    }

    fn name(&mut self, name: &Ident) {
        self.node(name.id, name.span, &mut |_| {});
    }

    fn decl(&mut self, decl: &Decl) {
        self.node(decl.id, decl.span, &mut |walk| match &decl.kind {
            DeclKind::Const(specs) => {
                for spec in specs {
                    walk.node(spec.id, spec.span, &mut |walk| {
                        spec.names.iter().for_each(|name| walk.name(name));
                        spec.ty.iter().for_each(|ty| walk.expr(ty));
                        walk.exprs(&spec.values);
                    });
                }
            }
            DeclKind::Var(specs) => {
                for spec in specs {
                    walk.node(spec.id, spec.span, &mut |walk| {
                        spec.names.iter().for_each(|name| walk.name(name));
                        spec.ty.iter().for_each(|ty| walk.expr(ty));
                        walk.exprs(&spec.values);
                    });
                }
            }
            DeclKind::Type(specs) => {
                for spec in specs {
                    walk.node(spec.id, spec.span, &mut |walk| {
                        walk.name(&spec.name);
                        walk.type_params(&spec.type_params);
                        walk.expr(&spec.ty);
                    });
                }
            }
            DeclKind::Func(func) => {
                if let Some(receiver) = &func.receiver {
                    walk.params(std::slice::from_ref(receiver));
                }
                walk.name(&func.name);
                walk.type_params(&func.type_params);
                walk.signature(&func.sig);
                func.body.iter().for_each(|body| walk.block(body));
            }
        });
    }

    fn type_params(&mut self, params: &[TypeParam]) {
        for (at, param) in params.iter().enumerate() {
            self.name(&param.name);
            let next = params.get(at + 1);
            let last = next.is_none_or(|next| !Rc::ptr_eq(&next.constraint, &param.constraint));
            if last {
                self.constraint(&param.constraint);
            }
        }
    }

    fn constraint(&mut self, constraint: &Constraint) {
        self.node(constraint.id, constraint.span, &mut |walk| {
            constraint.terms.iter().for_each(|term| walk.expr(&term.ty));
        });
    }

    fn params(&mut self, params: &[Param]) {
        for (at, param) in params.iter().enumerate() {
            self.node(param.id, param.span, &mut |walk| {
                param.name.iter().for_each(|name| walk.name(name));
                let next = params.get(at + 1);
                if next.is_none_or(|next| !Rc::ptr_eq(&next.ty, &param.ty)) {
                    walk.expr(&param.ty);
                }
            });
        }
    }

    fn signature(&mut self, sig: &Signature) {
        self.params(&sig.params);
        self.params(&sig.results);
    }

    fn exprs(&mut self, exprs: &[Expr]) {
        exprs.iter().for_each(|expr| self.expr(expr));
    }

    fn expr(&mut self, expr: &Expr) {
        self.node(expr.id, expr.span, &mut |walk| match &expr.kind {
            ExprKind::Bad | ExprKind::Literal(_) => {}
            ExprKind::Name(name) => assert_eq!((name.id, name.span), (expr.id, expr.span)),
            ExprKind::Composite(composite) => {
                composite.ty.iter().for_each(|ty| walk.expr(ty));
                for element in &composite.elements {
                    element.key.iter().for_each(|key| walk.expr(key));
                    walk.expr(&element.value);
                }
            }
            ExprKind::Func(func) => {
                walk.signature(&func.sig);
                walk.block(&func.body);
            }
            ExprKind::Paren(one)
            | ExprKind::Star(one)
            | ExprKind::Unary(_, one)
            | ExprKind::SliceType(one)
            | ExprKind::ChanType(_, one) => walk.expr(one),
            ExprKind::Selector(base, name) => {
                walk.expr(base);
                walk.name(name);
            }
            ExprKind::Index(base, indices) => {
                walk.expr(base);
                walk.exprs(indices);
            }
            ExprKind::Slice(slice) => {
                walk.expr(&slice.base);
                let bounds = [&slice.low, &slice.high, &slice.max];
                bounds
                    .into_iter()
                    .flatten()
                    .for_each(|bound| walk.expr(bound));
            }
            ExprKind::TypeAssert(one, other)
            | ExprKind::Binary(_, one, other)
            | ExprKind::MapType(one, other) => {
                walk.expr(one);
                walk.expr(other);
            }
            ExprKind::Call(call) => {
                walk.expr(&call.func);
                walk.exprs(&call.args);
            }
            ExprKind::ArrayType(length, element) => {
                length.iter().for_each(|length| walk.expr(length));
                walk.expr(element);
            }
            ExprKind::FuncType(sig) => walk.signature(sig),
            ExprKind::StructType(fields) => {
                for field in fields {
                    walk.node(field.id, field.span, &mut |walk| {
                        field.names.iter().for_each(|name| walk.name(name));
                        walk.expr(&field.ty);
                    });
                }
            }
            ExprKind::InterfaceType(elements) => {
                for element in elements {
                    match element {
                        InterfaceElem::Embedded(constraint) => walk.constraint(constraint),
                        InterfaceElem::Method(method) => {
                            walk.node(method.id, method.span, &mut |walk| {
                                walk.name(&method.name);
                                walk.signature(&method.sig);
                            });
                        }
                    }
                }
            }
        });
    }

    fn block(&mut self, block: &Block) {
        self.node(block.id, block.span, &mut |walk| walk.stmts(&block.stmts));
    }

    fn stmts(&mut self, stmts: &[Stmt]) {
        stmts.iter().for_each(|stmt| self.stmt(stmt));
    }

    fn stmt(&mut self, stmt: &Stmt) {
        self.node(stmt.id, stmt.span, &mut |walk| match &stmt.kind {
            StmtKind::Bad | StmtKind::Empty => {}
            StmtKind::Decl(decl) => walk.decl(decl),
            StmtKind::Labeled(name, inner) => {
                walk.name(name);
                walk.stmt(inner);
            }
            StmtKind::Expr(one)
            | StmtKind::IncDec(_, one)
            | StmtKind::Go(one)
            | StmtKind::Defer(one) => walk.expr(one),
            StmtKind::Send(one, other) | StmtKind::OpAssign(_, one, other) => {
                walk.expr(one);
                walk.expr(other);
            }
            StmtKind::Assign(targets, values) => {
                walk.exprs(targets);
                walk.exprs(values);
            }
            StmtKind::Define(names, values) => {
                names.iter().for_each(|name| walk.name(name));
                walk.exprs(values);
            }
            StmtKind::Return(values) => walk.exprs(values),
            StmtKind::Branch(_, label) => label.iter().for_each(|label| walk.name(label)),
            StmtKind::Block(block) => walk.block(block),
            StmtKind::If(stmt) => {
                stmt.init.iter().for_each(|init| walk.stmt(init));
                walk.expr(&stmt.cond);
                walk.block(&stmt.then);
                stmt.otherwise
                    .iter()
                    .for_each(|otherwise| walk.stmt(otherwise));
            }
            StmtKind::Switch(stmt) => {
                stmt.init.iter().for_each(|init| walk.stmt(init));
                stmt.tag.iter().for_each(|tag| walk.expr(tag));
                walk.clauses(&stmt.clauses);
            }
            StmtKind::TypeSwitch(stmt) => {
                stmt.init.iter().for_each(|init| walk.stmt(init));
                stmt.binding.iter().for_each(|name| walk.name(name));
                walk.expr(&stmt.subject);
                walk.clauses(&stmt.clauses);
            }
            StmtKind::Select(clauses) => {
                for clause in clauses {
                    walk.node(clause.id, clause.span, &mut |walk| {
                        walk.comm(&clause.comm);
                        walk.stmts(&clause.body);
                    });
                }
            }
            StmtKind::For(stmt) => {
                stmt.init.iter().for_each(|init| walk.stmt(init));
                stmt.cond.iter().for_each(|cond| walk.expr(cond));
                stmt.post.iter().for_each(|post| walk.stmt(post));
                walk.block(&stmt.body);
            }
            StmtKind::Range(stmt) => {
                match &stmt.into {
                    RangeInto::Nothing => {}
                    RangeInto::Assign(targets) => walk.exprs(targets),
                    RangeInto::Define(names) => names.iter().for_each(|name| walk.name(name)),
                }
                walk.expr(&stmt.subject);
                walk.block(&stmt.body);
            }
        });
    }

    fn clauses(&mut self, clauses: &[CaseClause]) {
        for clause in clauses {
            self.node(clause.id, clause.span, &mut |walk| {
                clause.exprs.iter().for_each(|exprs| walk.exprs(exprs));
                walk.stmts(&clause.body);
            });
        }
    }

    fn comm(&mut self, comm: &Comm) {
        match comm {
            Comm::Default => {}
            Comm::Send(channel, value) => {
                self.expr(channel);
                self.expr(value);
            }
            Comm::Receive(into, value) => {
                match into {
                    ReceiveInto::Nothing => {}
                    ReceiveInto::Assign(targets) => self.exprs(targets),
                    ReceiveInto::Define(names) => names.iter().for_each(|name| self.name(name)),
                }
                self.expr(value);
            }
        }
    }
}

/// Pieces of which token soup is made.
const PIECES: &[&str] = &[
    "package p\n",
    "import",
    "func",
    "var",
    "const",
    "type",
    "if",
    "else",
    "for",
    "range",
    "switch",
    "case",
    "default",
    "select",
    "go",
    "defer",
    "return",
    "break",
    "goto",
    "fallthrough",
    "struct",
    "interface",
    "map",
    "chan",
    "a",
    "b",
    "T",
    "x.y",
    "1",
    "0x1p3",
    "\"s\"",
    "`r`",
    "'c'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ":=",
    "=",
    "==",
    "+",
    "-",
    "*",
    "/",
    "&",
    "&&",
    "|",
    "||",
    "<-",
    "<",
    "...",
    ".",
    "~",
    "!",
    "++",
    "+=",
    "\n",
    "// c\n",
    "/* c */",
    "func f() {",
    "é",
    "😀",
    "\"",
    "'",
    "`",
    "\\",
    "@",
    "\u{feff}",
    "\0",
    ".(type)",
    "L:",
];

/// A source of the corpus with a piece cut out, doubled, or replaced by token soup.
fn mutated() -> impl Strategy<Value = String> {
    let files = corpus();
    let soup = prop::collection::vec(prop::sample::select(PIECES), 0..6);
    (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0..60_usize,
        soup,
        any::<bool>(),
    )
        .prop_map(move |(file, at, length, soup, twice)| {
            let text = &files[file.index(files.len())].1;
            let text = &text[..text.floor_char_boundary(6_000)];
            let from = text.floor_char_boundary(at.index(text.len() + 1));
            let to = text.floor_char_boundary((from + length).min(text.len()));
            let cut = if twice { &text[from..to] } else { "" };
            format!(
                "{}{cut}{}{cut}{}",
                &text[..from],
                soup.join(" "),
                &text[to..]
            )
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn bytes_never_panic(source in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&source);
    }

    #[test]
    fn token_soup_never_panics(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let source = format!("package p\nfunc f() {{ {}", pieces.join(" "));
        holds_together(&source, &read(&source));
        let source = format!("package p\n{}", pieces.join(" "));
        holds_together(&source, &read(&source));
    }

    #[test]
    fn mutated_programs_never_panic(source in mutated()) {
        holds_together(&source, &read(&source));
    }

    /// gosyn is another parser of Go. What it does not accept, we do not either.
    #[test]
    fn mutated_programs_are_judged_as_by_gosyn(source in mutated()) {
        super::oracle::compare(&source);
    }
}
