//! The recursive-descent parser: what all its parts share.
//!
//! Messages, their places and the way parsing goes on after an error follow Go's compiler, so that
//! a source has the same errors here and there. At most one syntax error is reported per line.
//!
//! Invariant: the tree is at most `MAX_DEPTH` levels deep, chains like `a + b + c` included. Where
//! the limit is reached, it is reported and the rest of the source is ignored.

mod ambiguity;
mod branches;
mod clauses;
mod declarations;
mod expressions;
mod headers;
mod parameters;
mod statements;
mod types;

use super::ast::*;
use super::lexer::{self, Lexer};
use super::text::expr_text;
use super::token::{Token, TokenSet};
use crate::go::diagnostic::Diagnostic;
use crate::trace::{FileId, Span};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The longest source that is read, in bytes.
pub const MAX_SOURCE: usize = 1 << 20;

/// How deep a tree may be. The checker and the compiler recurse over it, in the browser on a stack
/// of one megabyte.
pub const MAX_DEPTH: u32 = 150;

/// What the parser makes of a source.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// Everything that could be read.
    pub file: File,
    /// In source order. If one `is_syntax_error`, in whichever file, Go checks no types.
    pub diagnostics: Vec<Diagnostic>,
    /// What Go says only when it checks types: as valid as the checker's own diagnostics.
    pub later: Vec<Diagnostic>,
}

/// Parses one file. The ids of its nodes begin with `first`; continue the next file with
/// `file.ids.end`.
pub fn parse(file: FileId, source: &[u8], first: NodeId) -> Parsed {
    let mut diagnostics = Vec::new();
    let text = if source.len() > MAX_SOURCE {
        let message = format!(
            "syntax error: source of {} bytes is too long (Lockstep reads up to {MAX_SOURCE})",
            source.len()
        );
        diagnostics.push(Diagnostic::new(lexer::span(file, 0, 0), message));
        "".into()
    } else {
        lexer::clean(file, source, &mut diagnostics)
    };
    let too_long = source.len() > MAX_SOURCE;
    let mut parser = Parser {
        lexer: Lexer::new(file, &text, diagnostics),
        first: first.0,
        next: first.0,
        names: BTreeSet::new(),
        previous_end: 0,
        last_error: None,
        later: Vec::new(),
        stopped: too_long,
        depth: 0,
        deepest: 0,
        functions: 0,
        in_header: false,
        operator: 0,
        targets: String::new(),
        tildes: None,
        type_words: Vec::new(),
    };
    parser.lexer.next();
    let file = parser.file();
    for (_, at) in std::mem::take(&mut parser.type_words) {
        parser.error_later(at, TYPE_WORD);
    }
    let mut diagnostics = parser.lexer.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    Parsed {
        file,
        diagnostics,
        later: parser.later,
    }
}

/// Where to go on after an error within a function, whatever else was being looked for.
const STATEMENT_STARTS: TokenSet = TokenSet::of(&[
    Token::Break,
    Token::Const,
    Token::Continue,
    Token::Defer,
    Token::Fallthrough,
    Token::For,
    Token::Go,
    Token::Goto,
    Token::If,
    Token::Return,
    Token::Select,
    Token::Switch,
    Token::Type,
    Token::Var,
]);

const TYPE_WORD: &str = "invalid syntax tree: use of .(type) outside type switch";

struct Parser<'s> {
    lexer: Lexer<'s>,
    /// The id of the file's first node, and of the next one.
    first: u32,
    next: u32,
    /// The names seen so far, so that equal ones share their text.
    names: BTreeSet<Rc<str>>,
    /// The end of the last token that was read.
    previous_end: usize,
    /// Where the last syntax error was reported.
    last_error: Option<usize>,
    /// What is wrong with more than the syntax.
    later: Vec<Diagnostic>,
    /// Whether the nesting limit was reached: all further complaints would be about nothing.
    stopped: bool,
    /// How many levels deep the parser stands.
    depth: u32,
    /// The deepest level of the tree being built.
    deepest: u32,
    /// How many function bodies the parser stands in.
    functions: u32,
    /// Whether this is the header of an `if`, `for` or `switch`, outside of all brackets: there
    /// `T {` is no composite literal, but `{` begins the block.
    in_header: bool,
    /// The operator of the last simple statement.
    operator: usize,
    /// What stands on the left of its `:=`, in a header.
    targets: String,
    /// Where a type declaration may turn out to have type parameters: the `~` seen so far. They
    /// are errors if it has none.
    tildes: Option<Vec<usize>>,
    /// The `type` of each `.(type)` that no type switch has claimed, and where its operand starts.
    type_words: Vec<(NodeId, usize)>,
}

impl Parser<'_> {
    fn token(&self) -> Token {
        self.lexer.token
    }

    /// The start of the current token.
    fn start(&self) -> usize {
        self.lexer.start
    }

    fn advance_token(&mut self) {
        if self.token() != Token::Semi {
            self.previous_end = self.lexer.end;
        }
        self.lexer.next();
    }

    fn at(&self, token: Token) -> bool {
        self.lexer.token == token
    }

    /// Reads `token` if it is next.
    fn got(&mut self, token: Token) -> bool {
        let got = self.at(token);
        if got {
            self.advance_token();
        }
        got
    }

    /// Reads `token`, or complains and skips one.
    fn want(&mut self, token: Token) {
        if !self.got(token) {
            self.expected(token.name());
            self.skip_one();
        }
    }

    fn expected(&mut self, what: &str) {
        self.unexpected(&format!(", expected {what}"));
    }

    /// `unexpected <token><rest>` at the current token.
    fn unexpected(&mut self, rest: &str) {
        let lexer = &self.lexer;
        let token = match lexer.token {
            Token::Name => format!("name {}", lexer.token_text()),
            Token::Literal => format!("literal {}", lexer.token_text()),
            Token::Semi => lexer.semi.to_owned(),
            Token::Operator | Token::OpAssign | Token::IncDec => lexer.token_text().to_owned(),
            token => token.name().to_owned(),
        };
        self.syntax_error(&format!("unexpected {token}{rest}"));
    }

    fn syntax_error(&mut self, message: &str) {
        self.syntax_error_at(self.start(), message);
    }

    fn syntax_error_at(&mut self, at: usize, message: &str) {
        // After an earlier error, the end of the text is hardly another.
        if self.at(Token::Eof) && !self.lexer.diagnostics.is_empty() {
            return;
        }
        let same_line = self
            .last_error
            .is_some_and(|last| self.lexer.same_line(last, at));
        if !same_line {
            self.error_at(at, format!("syntax error: {message}"));
            self.last_error = Some(at);
        }
    }

    /// An error that Go's checker reports, which it does only if the syntax is right.
    fn error_later(&mut self, at: usize, message: impl Into<String>) {
        if !self.stopped {
            let span = lexer::span(self.lexer.file, at, at + 1);
            self.later.push(Diagnostic::new(span, message));
        }
    }

    /// An error of the parser which does not keep Go from checking types.
    fn error_at(&mut self, at: usize, message: impl Into<String>) {
        if !self.stopped {
            self.lexer.error(at, message);
        }
    }

    /// Skips to a token of `follow`; within a function, also to the start of a statement.
    fn skip_to(&mut self, follow: TokenSet) {
        let stop = match self.functions {
            0 => follow,
            _ => follow.union(STATEMENT_STARTS),
        };
        while !self.at(Token::Eof) && !stop.has(self.token()) {
            self.advance_token();
        }
    }

    fn skip_one(&mut self) {
        if !self.at(Token::Eof) {
            self.advance_token();
        }
    }

    /// Elements up to `close`, with `separator` between them and maybe after the last. `element`
    /// returns whether the list must end here. Returns where the closing token is.
    fn list(
        &mut self,
        context: &str,
        separator: Token,
        close: Token,
        element: &mut dyn FnMut(&mut Self) -> bool,
    ) -> usize {
        let mut done = false;
        while !done && !self.at(Token::Eof) && !self.at(close) {
            done = element(self);
            if !self.got(separator) && !self.at(close) {
                let (separator, close_name) = (separator.name(), close.name());
                self.unexpected(&format!(
                    " in {context}; possibly missing {separator} or {close_name}"
                ));
                self.skip_to(TokenSet::of(&[Token::RParen, Token::RBrack, Token::RBrace]));
                if !self.at(close) {
                    return self.start();
                }
            }
        }
        let at = self.start();
        self.want(close);
        at
    }

    /// One level down. False if that is too deep: then everything is over.
    fn enter(&mut self) -> bool {
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        self.within_limit()
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Begins to measure an expression which may be a long chain of operators: those put nodes
    /// above what has been read already.
    fn begin_chain(&mut self) -> u32 {
        std::mem::replace(&mut self.deepest, self.depth)
    }

    fn end_chain(&mut self, saved: u32) {
        self.deepest = self.deepest.max(saved);
    }

    /// A new node above all of the current chain.
    fn grow(&mut self) -> bool {
        self.deepest += 1;
        self.within_limit()
    }

    fn within_limit(&mut self) -> bool {
        if self.deepest > MAX_DEPTH && !self.stopped {
            let message = format!("nested too deeply (Lockstep reads up to {MAX_DEPTH} levels)");
            self.syntax_error(&message);
            self.stopped = true;
            self.lexer.stop();
        }
        !self.stopped
    }

    fn id(&mut self) -> NodeId {
        let id = NodeId(self.next);
        self.next += 1;
        id
    }

    /// The span from `start` to the end of the last token. If there was none since `start`, it is
    /// empty, and what encloses it will reach up to there.
    fn span_from(&mut self, start: usize) -> Span {
        self.previous_end = self.previous_end.max(start);
        lexer::span(self.lexer.file, start, self.previous_end)
    }

    /// The span from the start of `first` to the end of the last token.
    fn span_of(&mut self, first: Span) -> Span {
        self.span_from(first.start as usize)
    }

    /// An empty span before the current token, for what is missing there.
    fn nothing(&mut self) -> Span {
        self.span_from(self.previous_end.max(self.start()))
    }

    fn shared(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        let new: Rc<str> = name.into();
        self.names.insert(new.clone());
        new
    }

    /// An identifier; complains and returns `_` if there is none.
    fn name(&mut self) -> Ident {
        if !self.at(Token::Name) {
            let missing = self.missing_name();
            self.expected("name");
            self.skip_one();
            return missing;
        }
        let name = self.shared(self.lexer.token_text());
        let start = self.start();
        self.advance_token();
        Ident {
            id: self.id(),
            span: self.span_from(start),
            name,
        }
    }

    fn missing_name(&mut self) -> Ident {
        Ident {
            id: self.id(),
            span: self.nothing(),
            name: self.shared("_"),
        }
    }

    fn name_list(&mut self) -> Vec<Ident> {
        let mut names = vec![self.name()];
        while self.got(Token::Comma) {
            names.push(self.name());
        }
        names
    }

    fn expr_of(&mut self, start: usize, kind: ExprKind) -> Expr {
        Expr {
            id: self.id(),
            span: self.span_from(start),
            kind,
        }
    }

    fn bad_expr(&mut self) -> Expr {
        Expr {
            id: self.id(),
            span: self.nothing(),
            kind: ExprKind::Bad,
        }
    }
}

/// An expression that is just a name.
fn name_expr(name: Ident) -> Expr {
    Expr {
        id: name.id,
        span: name.span,
        kind: ExprKind::Name(name),
    }
}
