//! Parameters, results, type parameters.
//!
//! Whether `a, b` are two types or two names is only known at the end of the list, so a list is
//! first read as loose entries and then sorted out.

use super::*;

const MISPLACED_DOTS: &str = "can only use ... with final parameter";

/// One entry of a list. Of `a, b int`, the first is only a name.
#[derive(Default)]
pub(super) struct Entry {
    pub(super) start: usize,
    pub(super) name: Option<Ident>,
    pub(super) dots: Option<usize>,
    pub(super) ty: Option<EntryType>,
}

pub(super) enum EntryType {
    Type(Expr),
    Constraint(Constraint),
}

impl Parser<'_> {
    /// Parameters and results, from the opening parenthesis.
    pub(super) fn signature(&mut self) -> Signature {
        let start = self.start();
        self.want(Token::LParen);
        let params = self.params(true);
        let mut results = Vec::new();
        if self.got(Token::LParen) {
            results = self.params(false);
        } else {
            let result = self.start();
            if let Some(ty) = self.type_if_any() {
                results.push(Param {
                    id: self.id(),
                    span: self.span_from(result),
                    name: None,
                    variadic: false,
                    ty: Rc::new(ty),
                });
            }
        }
        Signature {
            span: self.span_from(start),
            params,
            results,
        }
    }

    /// The rest of a list in parentheses, in which the last may be `variadic`.
    pub(super) fn params(&mut self, variadic: bool) -> Vec<Param> {
        let (entries, end) = self.entries(Token::RParen, None, variadic);
        let named = entries
            .iter()
            .filter(|entry| entry.name.is_some() && entry.ty.is_some())
            .count();
        let typed = entries.iter().filter(|entry| entry.ty.is_some()).count();
        let mut params = Vec::new();
        if named == 0 {
            for mut entry in entries {
                let ty = match (entry.ty.take(), entry.name.take()) {
                    (Some(ty), _) => plain_type(ty),
                    (None, Some(name)) => name_expr(name),
                    (None, None) => continue,
                };
                let ty = Rc::new(ty);
                params.push(self.param(&entry, None, ty));
            }
            return params;
        }
        // From right to left: what has no type has that of its right neighbour.
        let mut shared: Option<(Rc<Expr>, Option<usize>)> = None;
        let mut error = None;
        for mut entry in entries.into_iter().rev() {
            match entry.ty.take() {
                Some(ty) => shared = Some((Rc::new(plain_type(ty)), entry.dots)),
                None => {
                    if let Some((_, Some(dots))) = shared {
                        self.error_at(dots, MISPLACED_DOTS);
                    }
                }
            }
            if entry.name.is_none() {
                error = Some(entry.start);
            }
            let ty = match &shared {
                Some((ty, _)) => ty.clone(),
                None => {
                    error = Some(entry.start);
                    Rc::new(self.bad_expr())
                }
            };
            let name = entry.name.take();
            params.push(self.param(&entry, name, ty));
        }
        params.reverse();
        if let Some(first) = error {
            let (at, message) = match named == typed {
                true => (end, "missing parameter type"),
                false => (first, "missing parameter name"),
            };
            self.syntax_error_at(at, message);
        }
        params
    }

    fn param(&mut self, entry: &Entry, name: Option<Ident>, ty: Rc<Expr>) -> Param {
        let end = ty.span.end as usize;
        Param {
            id: self.id(),
            span: lexer::span(self.lexer.file, entry.start, end.max(entry.start)),
            name,
            variadic: entry.dots.is_some(),
            ty,
        }
    }

    /// A list of type parameters in brackets, if there is one. If `context` names something that
    /// cannot have any, they are reported.
    pub(super) fn type_params(&mut self, context: &str) -> Vec<TypeParam> {
        let start = self.start();
        if !self.got(Token::LBrack) {
            return Vec::new();
        }
        if !context.is_empty() {
            self.syntax_error_at(start, &format!("{context} must have no type parameters"));
        }
        if self.at(Token::RBrack) {
            self.syntax_error("empty type parameter list");
            self.advance_token();
            return Vec::new();
        }
        self.rest_of_type_params(None)
    }

    pub(super) fn rest_of_type_params(&mut self, begun: Option<Entry>) -> Vec<TypeParam> {
        let (entries, end) = self.entries(Token::RBrack, begun, false);
        let count = entries.len();
        let named = entries
            .iter()
            .filter(|entry| entry.name.is_some() && entry.ty.is_some())
            .count();
        let typed = entries.iter().filter(|entry| entry.ty.is_some()).count();
        let mut params = Vec::new();
        let mut shared: Option<Rc<Constraint>> = None;
        let mut error = None;
        for entry in entries.into_iter().rev() {
            if let Some(ty) = entry.ty {
                let constraint = match ty {
                    EntryType::Constraint(constraint) => constraint,
                    EntryType::Type(ty) => self.constraint_of(ty),
                };
                shared = Some(Rc::new(constraint));
            } else if shared.is_none() {
                error = Some(entry.start);
                let bad = self.bad_expr();
                shared = Some(Rc::new(self.constraint_of(bad)));
            }
            match (entry.name, &shared) {
                (Some(name), Some(constraint)) => params.push(TypeParam {
                    name,
                    constraint: constraint.clone(),
                }),
                _ => error = Some(entry.start),
            }
        }
        params.reverse();
        if let Some(first) = error {
            let (at, message) = match (named == typed, count) {
                (true, _) => (end, "missing type constraint"),
                (_, 1) => (first, "missing type parameter name or invalid array length"),
                _ => (first, "missing type parameter name"),
            };
            self.syntax_error_at(at, message);
        }
        params
    }

    /// Entries up to `close`, and where that is. `begun` has been read in part or whole.
    fn entries(
        &mut self,
        close: Token,
        mut begun: Option<Entry>,
        variadic: bool,
    ) -> (Vec<Entry>, usize) {
        let mut entries = Vec::new();
        let mut element = |parser: &mut Self| {
            let entry = parser.entry(close, begun.take());
            entries.extend(entry);
            false
        };
        if self.at(close) {
            // What has begun may be all.
            element(self);
        }
        let end = self.list("parameter list", Token::Comma, close, &mut element);
        let count = entries.len();
        for (at, entry) in entries.iter_mut().enumerate() {
            match entry.dots {
                Some(dots) if !variadic => self.error_at(dots, "invalid use of ..."),
                Some(dots) if at + 1 < count => self.error_at(dots, MISPLACED_DOTS),
                _ => continue,
            }
            entry.dots = None;
        }
        (entries, end)
    }

    fn entry(&mut self, close: Token, begun: Option<Entry>) -> Option<Entry> {
        let in_brackets = close == Token::RBrack;
        let mut entry = match begun {
            Some(entry) => entry,
            None if self.at(close) => return None,
            None => Entry {
                start: self.start(),
                ..Entry::default()
            },
        };
        if entry.ty.is_some() {
            return Some(self.with_terms(entry));
        }
        if in_brackets && self.at(Token::Tilde) {
            entry.ty = Some(EntryType::Constraint(self.constraint(None)));
            return Some(entry);
        }
        if entry.name.is_none() && self.at(Token::Name) {
            entry.name = Some(self.name());
        }
        if let Some(name) = entry.name.take() {
            match self.token() {
                Token::LBrack => match self.array_or_type_args() {
                    Ok(ty) => {
                        entry.name = Some(name);
                        entry.ty = Some(EntryType::Type(ty));
                    }
                    Err(args) => {
                        let generic = Box::new(name_expr(name));
                        let ty = self.expr_of(entry.start, ExprKind::Index(generic, args));
                        entry.ty = Some(EntryType::Type(ty));
                    }
                },
                Token::Dot => entry.ty = Some(EntryType::Type(self.qualified_name(name))),
                Token::Operator if in_brackets && self.lexer.op == BinaryOp::Or => {
                    entry.ty = Some(EntryType::Type(name_expr(name)));
                }
                _ => entry.name = Some(name),
            }
            if entry.ty.is_some() {
                return Some(self.with_terms(entry));
            }
        }
        if self.at(Token::DotDotDot) {
            entry.dots = Some(self.start());
            self.advance_token();
            let ty = match self.type_if_any() {
                Some(ty) => ty,
                None => {
                    let bad = self.bad_expr();
                    self.syntax_error("... is missing type");
                    bad
                }
            };
            entry.ty = Some(EntryType::Type(ty));
            return Some(entry);
        }
        if in_brackets && self.at(Token::Tilde) {
            entry.ty = Some(EntryType::Constraint(self.constraint(None)));
            return Some(entry);
        }
        entry.ty = self.type_if_any().map(EntryType::Type);
        if entry.name.is_none() && entry.ty.is_none() {
            self.expected(close.name());
            self.skip_to(TokenSet::of(&[Token::Comma, close]));
            return None;
        }
        if in_brackets {
            entry = self.with_terms(entry);
        }
        Some(entry)
    }

    /// The entry with the other terms of the union that its type may begin.
    fn with_terms(&mut self, mut entry: Entry) -> Entry {
        if self.at(Token::Operator) && self.lexer.op == BinaryOp::Or {
            entry.ty = entry.ty.map(|ty| match ty {
                EntryType::Type(ty) => {
                    let mut constraint = self.constraint_of(ty);
                    self.more_terms(&mut constraint.terms);
                    constraint.span = self.span_of(constraint.span);
                    EntryType::Constraint(constraint)
                }
                EntryType::Constraint(mut constraint) => {
                    self.more_terms(&mut constraint.terms);
                    constraint.span = self.span_of(constraint.span);
                    EntryType::Constraint(constraint)
                }
            });
        }
        entry
    }
}

fn plain_type(ty: EntryType) -> Expr {
    match ty {
        EntryType::Type(ty) => ty,
        // Constraints are read only in brackets.
        EntryType::Constraint(constraint) => Expr {
            id: constraint.id,
            span: constraint.span,
            kind: ExprKind::Bad,
        },
    }
}
