//! The headers of `if`, `for` and `switch`: all that stands between the keyword and the block.

use super::statements::{Simple, list_text};
use super::*;

/// The header of an `if`, `for` or `switch`.
#[derive(Default)]
pub(super) struct Header {
    pub(super) init: Option<Stmt>,
    pub(super) cond: Condition,
    pub(super) post: Option<Stmt>,
    /// What is wrong with the condition, and where; Go says it at the end of the header.
    complaint: Option<(usize, String)>,
}

/// What decides, in a header.
#[derive(Default)]
pub(super) enum Condition {
    #[default]
    None,
    Expr(Expr),
    Range(RangeInto, Expr),
    TypeSwitch(Ident, Expr),
}

impl Parser<'_> {
    /// Everything between the keyword, which is next, and the block.
    pub(super) fn header(&mut self) -> Header {
        let keyword = self.token();
        self.advance_token();
        let mut header = Header::default();
        if self.at(Token::LBrace) {
            if keyword == Token::If {
                self.syntax_error("missing condition in if statement");
            }
            return header;
        }
        let outer = std::mem::replace(&mut self.in_header, true);
        self.header_parts(keyword, &mut header);
        self.in_header = outer;
        if let Some((at, message)) = header.complaint.take() {
            self.syntax_error_at(at, &message);
        }
        header
    }

    fn header_parts(&mut self, keyword: Token, header: &mut Header) {
        let mut first = None;
        if !self.at(Token::Semi) {
            if self.at(Token::Var) {
                self.advance_token();
                let word = keyword.text();
                let message = format!("var declaration not allowed in {word} initializer");
                self.syntax_error(&message);
            }
            let simple = self.simple_in_header(Some(keyword));
            if self.at(Token::LBrace) || matches!(simple, Simple::Range(..)) {
                header.cond = self.condition(simple, &mut header.complaint);
                return;
            }
            first = Some(simple);
        }
        let semi = (self.start(), self.lexer.semi);
        let has_semi = self.got(Token::Semi);
        if !has_semi {
            self.want(Token::LBrace);
            if !self.at(Token::LBrace) {
                self.skip_to(TokenSet::of(&[Token::LBrace, Token::RBrace]));
            }
        }
        header.init = first.map(|simple| self.plain_init(simple));
        if keyword == Token::For {
            if !self.at(Token::Semi) {
                if self.at(Token::LBrace) {
                    self.expected("for loop condition");
                    return;
                }
                let simple = self.simple_in_header(None);
                header.cond = self.condition(simple, &mut header.complaint);
            }
            self.want(Token::Semi);
            if !self.at(Token::LBrace) {
                let simple = self.simple_in_header(None);
                let post = self.plain(simple);
                if let StmtKind::Define(..) = post.kind {
                    self.syntax_error_at(
                        self.operator,
                        "cannot declare in post statement of for loop",
                    );
                }
                header.post = Some(post);
            }
        } else if !self.at(Token::LBrace) {
            let simple = self.simple_in_header(Some(keyword));
            header.cond = self.condition(simple, &mut header.complaint);
        } else if keyword == Token::If && has_semi {
            let message = match semi.1 {
                "semicolon" => "missing condition in if statement".to_owned(),
                other => format!("unexpected {other}, expected {{ after if clause"),
            };
            self.syntax_error_at(semi.0, &message);
        }
    }

    /// The first part of a header, where a type switch is not allowed.
    fn plain_init(&mut self, simple: Simple) -> Stmt {
        if let Simple::TypeSwitch(name, _) = &simple {
            let at = name.span.start as usize;
            self.error_later(at, TYPE_WORD);
        }
        self.plain(simple)
    }

    /// What decides must be an expression, apart from the special forms.
    fn condition(&mut self, simple: Simple, complaint: &mut Option<(usize, String)>) -> Condition {
        let stmt = match simple {
            Simple::Stmt(stmt) => stmt,
            Simple::Range(into, expr) => return Condition::Range(into, expr),
            Simple::TypeSwitch(name, expr) => return Condition::TypeSwitch(name, expr),
        };
        let text = match stmt.kind {
            StmtKind::Expr(expr) => return Condition::Expr(expr),
            StmtKind::Assign(targets, values) => format!(
                "assignment {} = {}",
                emphasized(&targets),
                emphasized(&values)
            ),
            StmtKind::Define(_, values) => format!("{} := {}", self.targets, list_text(&values)),
            StmtKind::OpAssign(op, target, value) => {
                let (target, value) = (expr_text(&target), expr_text(&value));
                format!("{target} {}= {value}", op.text())
            }
            StmtKind::IncDec(op, target) => {
                format!("{}{}{}", expr_text(&target), op.text(), op.text())
            }
            StmtKind::Send(channel, value) => {
                format!("{} <- {}", expr_text(&channel), expr_text(&value))
            }
            _ => return Condition::Expr(self.bad_expr()),
        };
        *complaint = Some((self.operator, format!("cannot use {text} as value")));
        Condition::Expr(self.bad_expr())
    }
}

/// One side of an assignment, with parentheses where the `=` could be overlooked.
fn emphasized(list: &[Expr]) -> String {
    match list {
        [
            Expr {
                kind: ExprKind::Binary(..),
                ..
            },
        ] => format!("({})", list_text(list)),
        _ => list_text(list),
    }
}
