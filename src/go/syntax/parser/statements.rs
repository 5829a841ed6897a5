//! Statements.

use super::headers::Condition;
use super::*;

/// What a simple statement may be besides a statement.
pub(super) enum Simple {
    Stmt(Stmt),
    /// `... range x`, only in the header of a `for`.
    Range(RangeInto, Expr),
    /// `x := y.(type)`, only in the header of a `switch`.
    TypeSwitch(Ident, Expr),
}

impl Parser<'_> {
    pub(super) fn func_body(&mut self) -> Block {
        let errors = self.lexer.errors;
        self.functions += 1;
        let body = self.block("");
        self.functions -= 1;
        if errors == self.lexer.errors {
            branches::check(&body, &mut self.lexer, &mut self.later);
        }
        body
    }

    /// A block; `context` says what comes before its brace, should that be missing.
    fn block(&mut self, context: &str) -> Block {
        let start = self.start();
        let mut stmts = Vec::new();
        let mut open = self.got(Token::LBrace);
        if !open {
            self.expected(&match context {
                "" => "{".to_owned(),
                _ => format!("{{ after {context}"),
            });
            self.skip_to(TokenSet::of(&[Token::Name, Token::RBrace]));
            open = !self.got(Token::RBrace);
        }
        if open {
            stmts = self.stmt_list();
            self.want(Token::RBrace);
        }
        Block {
            id: self.id(),
            span: self.span_from(start),
            stmts,
        }
    }

    pub(super) fn stmt_list(&mut self) -> Vec<Stmt> {
        const FOLLOW: TokenSet =
            TokenSet::of(&[Token::Semi, Token::RBrace, Token::Case, Token::Default]);
        let mut stmts = Vec::new();
        while !matches!(
            self.token(),
            Token::Eof | Token::RBrace | Token::Case | Token::Default
        ) {
            let Some(stmt) = self.stmt() else { break };
            stmts.push(stmt);
            if !self.got(Token::Semi) && !self.at(Token::RBrace) {
                self.unexpected(" at end of statement");
                self.skip_to(FOLLOW);
                self.got(Token::Semi);
            }
        }
        stmts
    }

    pub(super) fn stmt_of(&mut self, start: usize, kind: StmtKind) -> Stmt {
        Stmt {
            id: self.id(),
            span: self.span_from(start),
            kind,
        }
    }

    /// A statement, if one begins here.
    fn stmt(&mut self) -> Option<Stmt> {
        let stmt = match self.enter() {
            true => self.stmt_inner(),
            false => None,
        };
        self.leave();
        stmt
    }

    fn stmt_inner(&mut self) -> Option<Stmt> {
        let start = self.start();
        let kind = match self.token() {
            Token::Name => return self.stmt_from_name(),
            Token::Const | Token::Var | Token::Type => StmtKind::Decl(self.declaration()),
            Token::LBrace => StmtKind::Block(self.block("")),
            Token::Operator
                if !matches!(
                    self.lexer.op,
                    BinaryOp::Add | BinaryOp::Sub | BinaryOp::And | BinaryOp::Xor
                ) =>
            {
                return None;
            }
            Token::Operator
            | Token::Star
            | Token::Not
            | Token::Literal
            | Token::Func
            | Token::LParen
            | Token::LBrack
            | Token::Struct
            | Token::Map
            | Token::Chan
            | Token::Interface
            | Token::Arrow => return Some(self.simple_stmt()),
            Token::For => self.for_stmt(),
            Token::Switch => self.switch_stmt(),
            Token::Select => self.select_stmt(),
            Token::If => return Some(self.if_stmt()),
            Token::Fallthrough => {
                self.advance_token();
                StmtKind::Branch(BranchKind::Fallthrough, None)
            }
            Token::Break | Token::Continue => {
                let kind = match self.token() {
                    Token::Break => BranchKind::Break,
                    _ => BranchKind::Continue,
                };
                self.advance_token();
                let label = match self.at(Token::Name) {
                    true => Some(self.name()),
                    false => None,
                };
                StmtKind::Branch(kind, label)
            }
            Token::Goto => {
                self.advance_token();
                StmtKind::Branch(BranchKind::Goto, Some(self.name()))
            }
            Token::Go | Token::Defer => self.call_stmt(),
            Token::Return => {
                self.advance_token();
                StmtKind::Return(match self.token() {
                    Token::Semi | Token::RBrace => Vec::new(),
                    _ => self.expr_list(),
                })
            }
            Token::Semi => {
                self.nothing();
                StmtKind::Empty
            }
            _ => return None,
        };
        Some(self.stmt_of(start, kind))
    }

    /// A labeled or a simple statement.
    fn stmt_from_name(&mut self) -> Option<Stmt> {
        let start = self.start();
        let mut list = self.expr_list();
        let labels =
            self.at(Token::Colon) && matches!(&list[..], [only] if only.as_name().is_some());
        if !labels {
            let simple = self.simple_after(list, None);
            return Some(self.plain(simple));
        }
        let Some(ExprKind::Name(label)) = list.pop().map(|expr| expr.kind) else {
            return None;
        };
        let colon = self.start();
        self.advance_token();
        let stmt = if self.at(Token::RBrace) {
            let end = self.previous_end;
            Some(self.stmt_of(end, StmtKind::Empty))
        } else {
            self.stmt()
        };
        let Some(stmt) = stmt else {
            self.syntax_error_at(colon, "missing statement after label");
            return None;
        };
        let kind = StmtKind::Labeled(label, Box::new(stmt));
        Some(self.stmt_of(start, kind))
    }

    pub(super) fn simple_stmt(&mut self) -> Stmt {
        let list = self.expr_list();
        let simple = self.simple_after(list, None);
        self.plain(simple)
    }

    /// The other forms occur only where a header asks for them.
    pub(super) fn plain(&mut self, simple: Simple) -> Stmt {
        match simple {
            Simple::Stmt(stmt) => stmt,
            Simple::Range(_, expr) | Simple::TypeSwitch(_, expr) => Stmt {
                id: self.id(),
                span: expr.span,
                kind: StmtKind::Bad,
            },
        }
    }

    pub(super) fn simple_in_header(&mut self, keyword: Option<Token>) -> Simple {
        if keyword == Some(Token::For) && self.got(Token::Range) {
            return Simple::Range(RangeInto::Nothing, self.expr());
        }
        let list = self.expr_list();
        self.simple_after(list, keyword)
    }

    /// The rest of a simple statement that begins with `list`, which is not empty.
    fn simple_after(&mut self, mut list: Vec<Expr>, keyword: Option<Token>) -> Simple {
        let start = list.first().map_or(0, |first| first.span.start as usize);
        let token = self.token();
        self.operator = self.start();
        let single = match list.len() {
            1 => list.pop(),
            _ => None,
        };
        let kind = match (single, token) {
            (single, Token::Assign | Token::Define) => {
                list.extend(single);
                return self.assignment(start, list, keyword);
            }
            (Some(target), Token::OpAssign) => {
                let op = self.lexer.op;
                self.advance_token();
                StmtKind::OpAssign(op, target, self.expr())
            }
            (Some(target), Token::IncDec) => {
                let op = self.lexer.op;
                self.advance_token();
                StmtKind::IncDec(op, target)
            }
            (Some(channel), Token::Arrow) => {
                self.advance_token();
                StmtKind::Send(channel, self.expr())
            }
            (Some(expr), _) => StmtKind::Expr(expr),
            (None, _) => {
                self.expected(":= or = or comma");
                self.skip_to(TokenSet::of(&[Token::Semi, Token::RBrace]));
                StmtKind::Bad
            }
        };
        Simple::Stmt(self.stmt_of(start, kind))
    }

    fn assignment(&mut self, start: usize, list: Vec<Expr>, keyword: Option<Token>) -> Simple {
        let define = self.at(Token::Define);
        self.advance_token();
        if keyword == Some(Token::For) && self.got(Token::Range) {
            let subject = self.expr();
            let mut list = list;
            if let Some(extra) = list.get(2) {
                let at = extra.span.start as usize;
                self.error_later(at, "range clause permits at most two iteration variables");
                list.truncate(2);
            }
            let into = match define {
                true => RangeInto::Define(self.defined_names(list, true)),
                false => RangeInto::Assign(list),
            };
            return Simple::Range(into, subject);
        }
        let operator = self.operator;
        let mut values = self.expr_list();
        self.operator = operator;
        let one = list.len() == 1 && values.len() == 1;
        let named = list.first().is_some_and(|expr| expr.as_name().is_some());
        if keyword == Some(Token::Switch) && define && one && named {
            match values.pop().map(|value| self.type_switch_subject(value)) {
                Some(Ok(subject)) => {
                    let name = match self.defined_names(list, false).pop() {
                        Some(name) => name,
                        None => self.missing_name(),
                    };
                    return Simple::TypeSwitch(name, subject);
                }
                Some(Err(value)) => values.push(value),
                None => {}
            }
        }
        if define {
            self.targets = list_text(&list);
        }
        let kind = match define {
            true => StmtKind::Define(self.defined_names(list, false), values),
            false => StmtKind::Assign(list, values),
        };
        Simple::Stmt(self.stmt_of(start, kind))
    }

    /// The names that `:=` defines, maybe in a `range` clause.
    fn defined_names(&mut self, list: Vec<Expr>, range: bool) -> Vec<Ident> {
        let mut names = Vec::with_capacity(list.len());
        for expr in list {
            match expr.kind {
                ExprKind::Name(name) => names.push(name),
                _ => {
                    if !matches!(expr.kind, ExprKind::Bad) {
                        let text = expr_text(&expr);
                        let message = match range {
                            true => format!("invalid syntax tree: cannot declare {text}"),
                            false => format!("non-name {text} on left side of :="),
                        };
                        self.error_later(expr.span.start as usize, message);
                    }
                    names.push(Ident {
                        id: expr.id,
                        span: expr.span,
                        name: self.shared("_"),
                    });
                }
            }
        }
        names
    }

    fn call_stmt(&mut self) -> StmtKind {
        let is_go = self.at(Token::Go);
        let word = if is_go { "go" } else { "defer" };
        self.advance_token();
        let expr = self.primary_expr();
        let at = expr.span.start as usize;
        if matches!(expr.kind, ExprKind::Paren(_)) {
            let message = format!("expression in {word} must not be parenthesized");
            self.error_at(at, message);
        }
        match (&expr.unparen().kind, is_go) {
            (ExprKind::Call(_), true) => StmtKind::Go(expr),
            (ExprKind::Call(_), false) => StmtKind::Defer(expr),
            (ExprKind::Bad, _) => StmtKind::Bad,
            _ => {
                let message = format!("expression in {word} must be function call");
                self.error_later(at, message);
                // What it mentions is used all the same.
                StmtKind::Assign(vec![self.blank()], vec![expr])
            }
        }
    }

    fn blank(&mut self) -> Expr {
        let name = self.missing_name();
        name_expr(name)
    }

    fn if_stmt(&mut self) -> Stmt {
        let start = self.start();
        let header = self.header();
        let cond = match header.cond {
            Condition::Expr(expr) | Condition::Range(_, expr) | Condition::TypeSwitch(_, expr) => {
                expr
            }
            Condition::None => self.bad_expr(),
        };
        let then = self.block("if clause");
        let mut otherwise = None;
        if self.got(Token::Else) {
            match self.token() {
                Token::If | Token::LBrace => otherwise = self.stmt().map(Box::new),
                _ => {
                    self.syntax_error("else must be followed by if or statement block");
                    self.skip_to(TokenSet::of(&[Token::Name, Token::RBrace]));
                }
            }
        }
        let kind = StmtKind::If(Box::new(If {
            init: header.init,
            cond,
            then,
            otherwise,
        }));
        self.stmt_of(start, kind)
    }

    fn for_stmt(&mut self) -> StmtKind {
        let header = self.header();
        let body = self.block("for clause");
        let cond = match header.cond {
            Condition::None => None,
            Condition::Expr(expr) | Condition::TypeSwitch(_, expr) => Some(expr),
            Condition::Range(into, subject) => {
                return StmtKind::Range(Box::new(RangeFor {
                    into,
                    subject,
                    body,
                }));
            }
        };
        StmtKind::For(Box::new(For {
            init: header.init,
            cond,
            post: header.post,
            body,
        }))
    }
}

pub(super) fn list_text(list: &[Expr]) -> String {
    let texts: Vec<String> = list.iter().map(expr_text).collect();
    texts.join(", ")
}
