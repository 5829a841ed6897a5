//! `switch` and `select`.

use super::headers::Condition;
use super::*;

const CLAUSES: TokenSet = TokenSet::of(&[Token::Case, Token::Default, Token::RBrace]);

impl Parser<'_> {
    pub(super) fn switch_stmt(&mut self) -> StmtKind {
        let header = self.header();
        if !self.got(Token::LBrace) {
            self.syntax_error("missing { after switch clause");
            self.skip_to(CLAUSES);
        }
        let mut clauses = Vec::new();
        while !matches!(self.token(), Token::Eof | Token::RBrace) {
            let start = self.start();
            let exprs = match self.clause_start() {
                Some(true) => Some(self.expr_list()),
                _ => None,
            };
            self.want(Token::Colon);
            let body = self.stmt_list();
            clauses.push(CaseClause {
                id: self.id(),
                span: self.span_from(start),
                exprs,
                body,
            });
        }
        self.want(Token::RBrace);
        let init = header.init;
        let (binding, subject) = match header.cond {
            Condition::TypeSwitch(name, subject) => (Some(name), Ok(subject)),
            Condition::Range(_, expr) | Condition::Expr(expr) => {
                (None, self.type_switch_subject(expr).map_err(Some))
            }
            Condition::None => (None, Err(None)),
        };
        match subject {
            Ok(subject) => StmtKind::TypeSwitch(Box::new(TypeSwitch {
                init,
                binding,
                subject,
                clauses,
            })),
            Err(tag) => StmtKind::Switch(Box::new(Switch { init, tag, clauses })),
        }
    }

    /// `case` (true) or `default` (false) or neither, with a complaint.
    fn clause_start(&mut self) -> Option<bool> {
        if self.got(Token::Case) {
            return Some(true);
        }
        if self.got(Token::Default) {
            return Some(false);
        }
        self.expected("case or default or }");
        self.skip_to(TokenSet::of(&[Token::Colon]).union(CLAUSES));
        None
    }

    pub(super) fn select_stmt(&mut self) -> StmtKind {
        self.advance_token();
        if !self.got(Token::LBrace) {
            self.syntax_error("missing { after select clause");
            self.skip_to(CLAUSES);
        }
        let mut clauses = Vec::new();
        while !matches!(self.token(), Token::Eof | Token::RBrace) {
            let start = self.start();
            let comm = match self.clause_start() {
                Some(true) => {
                    let stmt = self.simple_stmt();
                    self.comm(stmt)
                }
                _ => Some(Comm::Default),
            };
            self.want(Token::Colon);
            let body = self.stmt_list();
            let id = self.id();
            let span = self.span_from(start);
            clauses.extend(comm.map(|comm| CommClause {
                id,
                span,
                comm,
                body,
            }));
        }
        self.want(Token::RBrace);
        StmtKind::Select(clauses)
    }

    /// A simple statement as what a clause of a select does.
    fn comm(&mut self, stmt: Stmt) -> Option<Comm> {
        let receives = |values: &[Expr]| match values {
            [only] => only.receive_operand().is_some(),
            _ => false,
        };
        let at = stmt.span.start as usize;
        let (into, mut values) = match stmt.kind {
            StmtKind::Send(channel, value) => return Some(Comm::Send(channel, value)),
            StmtKind::Expr(expr) => (ReceiveInto::Nothing, vec![expr]),
            StmtKind::Assign(targets, values) => (ReceiveInto::Assign(targets), values),
            StmtKind::Define(names, values) => (ReceiveInto::Define(names), values),
            StmtKind::Bad => return None,
            _ => (ReceiveInto::Nothing, Vec::new()),
        };
        if receives(&values) {
            let count = match &into {
                ReceiveInto::Nothing => 1,
                ReceiveInto::Assign(targets) => targets.len(),
                ReceiveInto::Define(names) => names.len(),
            };
            if count > 2 {
                let at = values.first().map_or(at, |value| value.span.start as usize);
                let message = format!("assignment mismatch: {count} variables but 1 value");
                self.error_later(at, message);
                return None;
            }
            return values.pop().map(|value| Comm::Receive(into, value));
        }
        let at = match &values[..] {
            [
                Expr {
                    kind: ExprKind::Call(call),
                    ..
                },
            ] if matches!(into, ReceiveInto::Nothing) => call.func.span.end as usize,
            _ => at,
        };
        let already_reported = matches!(&values[..], [only] if matches!(only.kind, ExprKind::Bad));
        if !already_reported {
            let message = "select case must be send or receive (possibly with assignment)";
            self.error_later(at, message);
        }
        None
    }
}
