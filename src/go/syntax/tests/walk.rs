//! A walk over the whole tree that checks spans and counts ids.

use super::*;
use crate::go::syntax::ast::*;

/// Visits all nodes.
pub(super) struct Walk {
    /// How often each id has been met.
    pub(super) ids: Vec<u32>,
    /// The span of the node around.
    pub(super) inside: crate::trace::Span,
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

    pub(super) fn file(&mut self, file: &File) {
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
