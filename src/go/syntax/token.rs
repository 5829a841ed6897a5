//! The kinds of tokens and their names in messages.

/// The kind of a token. What else there is to know (the operator, the literal's value) is in the
/// lexer's fields while the token is current.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Token {
    Eof,
    Name,
    Literal,
    /// A binary operator other than `*` and `<-`.
    Operator,
    Not,
    Tilde,
    /// `+=` and its like.
    OpAssign,
    /// `++` or `--`.
    IncDec,
    Assign,
    Define,
    Arrow,
    Star,
    LParen,
    LBrack,
    LBrace,
    RParen,
    RBrack,
    RBrace,
    Comma,
    Semi,
    Colon,
    Dot,
    DotDotDot,
    Break,
    Case,
    Chan,
    Const,
    Continue,
    Default,
    Defer,
    Else,
    Fallthrough,
    For,
    Func,
    Go,
    Goto,
    If,
    Import,
    Interface,
    Map,
    Package,
    Range,
    Return,
    Select,
    Struct,
    Switch,
    Type,
    Var,
}

/// The keywords, in alphabetical order, as the tokens from `Break` to `Var` are; named as messages
/// name them.
const KEYWORDS: [(&str, Token); 25] = [
    ("keyword break", Token::Break),
    ("keyword case", Token::Case),
    ("keyword chan", Token::Chan),
    ("keyword const", Token::Const),
    ("keyword continue", Token::Continue),
    ("keyword default", Token::Default),
    ("keyword defer", Token::Defer),
    ("keyword else", Token::Else),
    ("keyword fallthrough", Token::Fallthrough),
    ("keyword for", Token::For),
    ("keyword func", Token::Func),
    ("keyword go", Token::Go),
    ("keyword goto", Token::Goto),
    ("keyword if", Token::If),
    ("keyword import", Token::Import),
    ("keyword interface", Token::Interface),
    ("keyword map", Token::Map),
    ("keyword package", Token::Package),
    ("keyword range", Token::Range),
    ("keyword return", Token::Return),
    ("keyword select", Token::Select),
    ("keyword struct", Token::Struct),
    ("keyword switch", Token::Switch),
    ("keyword type", Token::Type),
    ("keyword var", Token::Var),
];

impl Token {
    /// The keyword that `word` is, if it is one.
    pub(super) fn keyword(word: &str) -> Option<Token> {
        let at = KEYWORDS
            .binary_search_by(|(name, _)| bare(name).cmp(word))
            .ok()?;
        KEYWORDS.get(at).map(|(_, token)| *token)
    }

    /// The token as written, if it always is the same.
    pub(super) fn text(self) -> &'static str {
        bare(self.name())
    }

    /// The token as messages name it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Token::Eof => "EOF",
            Token::Name => "name",
            Token::Literal => "literal",
            Token::Operator | Token::OpAssign | Token::IncDec => "operator",
            Token::Not => "!",
            Token::Tilde => "~",
            Token::Assign => "=",
            Token::Define => ":=",
            Token::Arrow => "<-",
            Token::Star => "*",
            Token::LParen => "(",
            Token::LBrack => "[",
            Token::LBrace => "{",
            Token::RParen => ")",
            Token::RBrack => "]",
            Token::RBrace => "}",
            Token::Comma => "comma",
            Token::Semi => "semicolon or newline",
            Token::Colon => ":",
            Token::Dot => ".",
            Token::DotDotDot => "...",
            keyword => KEYWORDS
                .get(keyword as usize - Token::Break as usize)
                .map_or("", |(name, _)| name),
        }
    }
}

fn bare(name: &'static str) -> &'static str {
    name.strip_prefix("keyword ").unwrap_or(name)
}

/// A set of tokens.
#[derive(Clone, Copy)]
pub(super) struct TokenSet(u64);

impl TokenSet {
    pub(super) const fn of(tokens: &[Token]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < tokens.len() {
            bits |= 1 << tokens[i] as u64;
            i += 1;
        }
        Self(bits)
    }

    pub(super) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn has(self, token: Token) -> bool {
        self.0 & (1 << token as u64) != 0
    }
}
