//! Where a function's variables must live, found by walking its body once before compiling it.
//!
//! A variable may stay in registers unless something else can see it change: a closure that
//! captures it while it is assigned to more than once, or a pointer to it. A variable captured but
//! never assigned after its declaration is captured *by value*. The body of a range over a function
//! counts as a closure, which is why the checker's own list of captures is not enough: whether a
//! range is over a function may depend on type arguments.

use std::collections::BTreeMap;

use crate::go::syntax::ast::*;
use crate::go::types::info::{Info, SelectionKind};
use crate::go::types::object::{ObjKind, VarKind};
use crate::go::types::{ObjId, Type, TypeId};

/// What is known of one variable.
#[derive(Clone, Copy, Default, Debug)]
pub struct VariableFacts {
    /// How many closures deep it is declared.
    depth: usize,
    /// A closure within its function uses it.
    pub captured: bool,
    /// Assigned to, as a whole or in part, after its declaration.
    pub reassigned: bool,
    /// An array indexed by something that is not constant.
    pub indexed: bool,
}

/// What is known of one function's variables and closures.
#[derive(Default, Debug)]
pub struct Facts {
    pub variables: BTreeMap<ObjId, VariableFacts>,
    /// By function literal or range-over-function statement: the variables it captures, in order
    /// of first use.
    pub captures: BTreeMap<NodeId, Vec<ObjId>>,
}

/// The walker. `resolve` puts type arguments in.
pub struct Analysis<'i, 'r> {
    pub info: &'i Info,
    pub resolve: &'r dyn Fn(TypeId) -> Type,
    /// Loop variables are shared by all iterations (before Go 1.22).
    pub shared_loops: bool,
    pub facts: Facts,
    /// The closures around the current node, outermost first.
    closures: Vec<NodeId>,
    /// Result variables of the functions around, with the depth of each function.
    results: Vec<(usize, Vec<ObjId>)>,
}

impl<'i, 'r> Analysis<'i, 'r> {
    pub fn new(info: &'i Info, resolve: &'r dyn Fn(TypeId) -> Type, shared_loops: bool) -> Self {
        Analysis {
            info,
            resolve,
            shared_loops,
            facts: Facts::default(),
            closures: Vec::new(),
            results: Vec::new(),
        }
    }

    /// A declared function.
    pub fn function(&mut self, node: NodeId, body: &Block) {
        self.enter(node, body);
    }

    /// An expression outside of any function.
    pub fn value(&mut self, value: &Expr) {
        self.expr(value);
    }

    fn enter(&mut self, node: NodeId, body: &Block) {
        let mut results = Vec::new();
        if let Some(function) = self.info.functions.get(&node) {
            for &object in function.params.iter().chain(&function.results) {
                self.declare(object);
            }
            results.clone_from(&function.results);
        }
        self.results.push((self.closures.len(), results));
        self.block(body);
        self.results.pop();
    }

    fn declare(&mut self, object: ObjId) {
        let depth = self.closures.len();
        self.facts.variables.entry(object).or_default().depth = depth;
    }

    fn declare_ident(&mut self, ident: &Ident) {
        if let Some(object) = self.info.defs[ident.id.index()] {
            self.declare(object);
        }
    }

    fn is_local(&self, object: ObjId) -> bool {
        matches!(self.info.object(object).kind, ObjKind::Var(kind) if kind != VarKind::Package)
    }

    fn use_object(&mut self, object: ObjId) {
        if !self.is_local(object) {
            return;
        }
        let Some(facts) = self.facts.variables.get_mut(&object) else {
            return;
        };
        let depth = facts.depth;
        if depth < self.closures.len() {
            facts.captured = true;
            for &closure in &self.closures[depth..] {
                let list = self.facts.captures.entry(closure).or_default();
                if !list.contains(&object) {
                    list.push(object);
                }
            }
        }
    }

    fn reassign(&mut self, object: ObjId) {
        if let Some(facts) = self.facts.variables.get_mut(&object) {
            facts.reassigned = true;
        }
    }

    /// The variable whose words an assignment to `expr` changes.
    fn assigned(&mut self, expr: &Expr) {
        if let Some(object) = self.root(expr) {
            self.reassign(object);
        }
    }

    /// The variable that `expr` is (a part of), if no pointer lies between.
    fn root(&self, expr: &Expr) -> Option<ObjId> {
        match &expr.kind {
            ExprKind::Paren(inner) => self.root(inner),
            ExprKind::Name(name) => self.info.object_of(name.id).filter(|&o| self.is_local(o)),
            ExprKind::Selector(base, _) => {
                let selection = self.info.selections.get(&expr.id)?;
                if selection.kind != SelectionKind::Field
                    || selection.path.iter().any(|step| step.deref)
                {
                    return None;
                }
                self.root(base)
            }
            ExprKind::Index(base, _) => match (self.resolve)(self.info.type_of(base.id)) {
                Type::Array(..) => self.root(base),
                _ => None,
            },
            _ => None,
        }
    }

    // ---- statements ----------------------------------------------------------------------

    fn block(&mut self, block: &Block) {
        self.stmts(&block.stmts);
    }

    fn stmts(&mut self, stmts: &[Stmt]) {
        for stmt in stmts {
            self.stmt(stmt);
        }
    }

    fn exprs(&mut self, exprs: &[Expr]) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    fn define(&mut self, names: &[Ident]) {
        for name in names {
            match self.info.defs[name.id.index()] {
                Some(object) => self.declare(object),
                None => {
                    if let Some(object) = self.info.uses[name.id.index()] {
                        self.use_object(object);
                        self.reassign(object);
                    }
                }
            }
        }
    }

    fn assign_all(&mut self, places: &[Expr]) {
        for place in places {
            self.expr(place);
            self.assigned(place);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Bad | StmtKind::Empty | StmtKind::Branch(..) => {}
            StmtKind::Decl(decl) => {
                if let DeclKind::Var(specs) = &decl.kind {
                    for spec in specs {
                        self.exprs(&spec.values);
                        spec.names.iter().for_each(|name| self.declare_ident(name));
                    }
                }
            }
            StmtKind::Labeled(_, inner) => self.stmt(inner),
            StmtKind::Expr(expr) | StmtKind::Go(expr) | StmtKind::Defer(expr) => self.expr(expr),
            StmtKind::Send(channel, value) => {
                self.expr(channel);
                self.expr(value);
            }
            StmtKind::IncDec(_, place) => {
                self.expr(place);
                self.assigned(place);
            }
            StmtKind::Assign(places, values) => {
                self.exprs(values);
                self.assign_all(places);
            }
            StmtKind::OpAssign(_, place, value) => {
                self.expr(value);
                self.expr(place);
                self.assigned(place);
            }
            StmtKind::Define(names, values) => {
                self.exprs(values);
                self.define(names);
            }
            StmtKind::Return(values) => {
                self.exprs(values);
                self.results_used();
            }
            StmtKind::Block(block) => self.block(block),
            StmtKind::If(statement) => {
                statement.init.iter().for_each(|init| self.stmt(init));
                self.expr(&statement.cond);
                self.block(&statement.then);
                statement
                    .otherwise
                    .iter()
                    .for_each(|other| self.stmt(other));
            }
            StmtKind::Switch(statement) => {
                statement.init.iter().for_each(|init| self.stmt(init));
                statement.tag.iter().for_each(|tag| self.expr(tag));
                for clause in &statement.clauses {
                    clause.exprs.iter().for_each(|exprs| self.exprs(exprs));
                    self.stmts(&clause.body);
                }
            }
            StmtKind::TypeSwitch(statement) => {
                statement.init.iter().for_each(|init| self.stmt(init));
                self.expr(&statement.subject);
                for clause in &statement.clauses {
                    if let Some(&object) = self.info.implicits.get(&clause.id) {
                        self.declare(object);
                    }
                    self.stmts(&clause.body);
                }
            }
            StmtKind::Select(clauses) => self.select(clauses),
            StmtKind::For(statement) => {
                statement.init.iter().for_each(|init| self.stmt(init));
                statement.cond.iter().for_each(|cond| self.expr(cond));
                statement.post.iter().for_each(|post| self.stmt(post));
                self.block(&statement.body);
            }
            StmtKind::Range(statement) => self.range(stmt.id, statement),
        }
    }

    /// A return in the body of a range over a function assigns to the results of the function
    /// around it, and so captures them.
    fn results_used(&mut self) {
        let Some((depth, results)) = self.results.last() else {
            return;
        };
        if *depth == self.closures.len() {
            return;
        }
        for object in results.clone() {
            self.use_object(object);
            self.reassign(object);
        }
    }

    fn select(&mut self, clauses: &[CommClause]) {
        for clause in clauses {
            match &clause.comm {
                Comm::Default => {}
                Comm::Send(channel, value) => {
                    self.expr(channel);
                    self.expr(value);
                }
                Comm::Receive(into, operation) => {
                    self.expr(operation);
                    match into {
                        ReceiveInto::Nothing => {}
                        ReceiveInto::Assign(places) => self.assign_all(places),
                        ReceiveInto::Define(names) => self.define(names),
                    }
                }
            }
            self.stmts(&clause.body);
        }
    }

    fn range(&mut self, node: NodeId, statement: &RangeFor) {
        self.expr(&statement.subject);
        let over_function = matches!(
            (self.resolve)(self.info.type_of(statement.subject.id)),
            Type::Signature(_)
        );
        if over_function {
            self.closures.push(node);
        }
        match &statement.into {
            RangeInto::Nothing => {}
            RangeInto::Assign(places) => self.assign_all(places),
            RangeInto::Define(names) => {
                for name in names {
                    self.declare_ident(name);
                    if self.shared_loops
                        && let Some(object) = self.info.defs[name.id.index()]
                    {
                        self.reassign(object);
                    }
                }
            }
        }
        self.block(&statement.body);
        if over_function {
            self.closures.pop();
            self.facts.captures.entry(node).or_default();
        }
    }

    // ---- expressions ---------------------------------------------------------------------

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Name(name) => {
                if let Some(object) = self.info.uses[name.id.index()] {
                    self.use_object(object);
                }
            }
            ExprKind::Composite(composite) => {
                let by_field =
                    matches!((self.resolve)(self.info.type_of(expr.id)), Type::Struct(_));
                for element in &composite.elements {
                    if !by_field {
                        element.key.iter().for_each(|key| self.expr(key));
                    }
                    self.expr(&element.value);
                }
            }
            ExprKind::Func(literal) => {
                self.closures.push(expr.id);
                self.enter(expr.id, &literal.body);
                self.closures.pop();
                self.facts.captures.entry(expr.id).or_default();
            }
            ExprKind::Paren(inner) | ExprKind::Star(inner) | ExprKind::Unary(_, inner) => {
                self.expr(inner)
            }
            ExprKind::Selector(base, _) => self.expr(base),
            ExprKind::TypeAssert(base, _) => self.expr(base),
            ExprKind::Index(base, indexes) => {
                self.expr(base);
                self.exprs(indexes);
                if let [index] = &indexes[..]
                    && self.info.constant(index.id).is_none()
                    && let Some(object) = self.root(expr)
                    && let Some(facts) = self.facts.variables.get_mut(&object)
                {
                    facts.indexed = true;
                }
            }
            ExprKind::Slice(slice) => {
                self.expr(&slice.base);
                for bound in [&slice.low, &slice.high, &slice.max] {
                    bound.iter().for_each(|bound| self.expr(bound));
                }
            }
            ExprKind::Call(call) => {
                self.expr(&call.func);
                self.exprs(&call.args);
            }
            ExprKind::Binary(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            _ => {}
        }
    }
}
