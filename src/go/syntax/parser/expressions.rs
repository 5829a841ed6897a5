//! Expressions.

use super::*;

impl Parser<'_> {
    pub(super) fn expr(&mut self) -> Expr {
        let saved = self.begin_chain();
        let first = self.unary();
        let expr = self.binary(first, 0);
        self.end_chain(saved);
        expr
    }

    /// An expression in brackets of some kind, where `T {` begins a composite literal again.
    pub(super) fn inner_expr(&mut self) -> Expr {
        let outer = std::mem::replace(&mut self.in_header, false);
        let expr = self.expr();
        self.in_header = outer;
        expr
    }

    /// The expression in brackets that begins with `first`.
    pub(super) fn inner_expr_after(&mut self, first: Expr) -> Expr {
        let outer = std::mem::replace(&mut self.in_header, false);
        let saved = self.begin_chain();
        let first = self.primary_after(first);
        let expr = self.binary(first, 0);
        self.end_chain(saved);
        self.in_header = outer;
        expr
    }

    /// What follows `go` or `defer`.
    pub(super) fn primary_expr(&mut self) -> Expr {
        let saved = self.begin_chain();
        let expr = self.primary();
        self.end_chain(saved);
        expr
    }

    pub(super) fn expr_list(&mut self) -> Vec<Expr> {
        let mut list = vec![self.expr()];
        while self.got(Token::Comma) {
            list.push(self.expr());
        }
        list
    }

    /// `left` and all operators after it that bind more strongly than `outer`.
    fn binary(&mut self, mut left: Expr, outer: u8) -> Expr {
        while matches!(self.token(), Token::Operator | Token::Star) {
            let op = match self.token() {
                Token::Star => BinaryOp::Mul,
                _ => self.lexer.op,
            };
            if op.precedence() <= outer {
                break;
            }
            self.advance_token();
            let saved = self.begin_chain();
            let right = self.unary();
            let right = self.binary(right, op.precedence());
            self.end_chain(saved);
            let start = left.span.start as usize;
            let kind = ExprKind::Binary(op, Box::new(left), Box::new(right));
            left = self.expr_of(start, kind);
            if !self.grow() {
                break;
            }
        }
        left
    }

    /// An operand with its prefix operators.
    fn unary(&mut self) -> Expr {
        let expr = match self.enter() {
            true => self.unary_inner(),
            false => self.bad_expr(),
        };
        self.leave();
        expr
    }

    fn unary_inner(&mut self) -> Expr {
        let start = self.start();
        let op = match self.token() {
            Token::Operator => match self.lexer.op {
                BinaryOp::Add => UnaryOp::Plus,
                BinaryOp::Sub => UnaryOp::Neg,
                BinaryOp::Xor => UnaryOp::Complement,
                BinaryOp::And => UnaryOp::Address,
                _ => return self.primary(),
            },
            Token::Not => UnaryOp::Not,
            Token::Star => {
                self.advance_token();
                let operand = Box::new(self.unary());
                return self.expr_of(start, ExprKind::Star(operand));
            }
            Token::Tilde => return self.tilde(),
            Token::Arrow => return self.arrow(),
            _ => return self.primary(),
        };
        self.advance_token();
        let operand = Box::new(self.unary());
        self.expr_of(start, ExprKind::Unary(op, operand))
    }

    /// `~T` where an expression is read: right only if that turns out to be a constraint.
    fn tilde(&mut self) -> Expr {
        let start = self.start();
        match &mut self.tildes {
            Some(tildes) => tildes.push(start),
            None => self.stray_tilde(start),
        }
        self.advance_token();
        let ty = self.unary();
        let span = self.span_from(start);
        let terms = vec![Term {
            span,
            tilde: true,
            ty,
        }];
        let id = self.id();
        let constraint = Constraint { id, span, terms };
        let kind = match self.tildes {
            Some(_) => ExprKind::InterfaceType(vec![InterfaceElem::Embedded(constraint)]),
            None => ExprKind::Bad,
        };
        self.expr_of(start, kind)
    }

    /// `<-x`, or `<-chan T`, in which the arrow belongs to the type.
    fn arrow(&mut self) -> Expr {
        let start = self.start();
        self.advance_token();
        let mut operand = self.unary();
        if !matches!(operand.kind, ExprKind::ChanType(..)) {
            let kind = ExprKind::Unary(UnaryOp::Receive, Box::new(operand));
            return self.expr_of(start, kind);
        }
        if let Some(message) = give_arrow(&mut operand, start as u32) {
            self.syntax_error(&message);
        }
        operand
    }

    fn primary(&mut self) -> Expr {
        let operand = self.operand();
        self.primary_after(operand)
    }

    fn operand(&mut self) -> Expr {
        let start = self.start();
        match self.token() {
            Token::Name => {
                let name = self.name();
                name_expr(name)
            }
            Token::Literal => {
                let literal = Literal {
                    kind: self.lexer.literal.clone(),
                    text: self.lexer.token_text().into(),
                };
                let kind = match self.lexer.bad {
                    true => ExprKind::Bad,
                    false => ExprKind::Literal(literal),
                };
                self.advance_token();
                self.expr_of(start, kind)
            }
            Token::LParen => {
                self.advance_token();
                let inner = Box::new(self.inner_expr());
                self.want(Token::RParen);
                self.expr_of(start, ExprKind::Paren(inner))
            }
            Token::Func => {
                self.advance_token();
                self.type_params("function type");
                let sig = self.signature();
                if !self.at(Token::LBrace) {
                    return self.expr_of(start, ExprKind::FuncType(Box::new(sig)));
                }
                let outer = std::mem::replace(&mut self.in_header, false);
                let tildes = self.tildes.take();
                let body = self.func_body();
                self.in_header = outer;
                self.tildes = tildes;
                self.expr_of(start, ExprKind::Func(Box::new(FuncLit { sig, body })))
            }
            Token::LBrack | Token::Chan | Token::Map | Token::Struct | Token::Interface => {
                self.ty()
            }
            _ => {
                let bad = self.bad_expr();
                self.expected("expression");
                self.skip_to(TokenSet::of(&[Token::RParen, Token::RBrack, Token::RBrace]));
                bad
            }
        }
    }

    /// `expr` with the selectors, indices, calls and so on that follow it.
    pub(super) fn primary_after(&mut self, mut expr: Expr) -> Expr {
        loop {
            let start = expr.span.start as usize;
            let kind = match self.token() {
                Token::Dot => {
                    self.advance_token();
                    self.after_dot(expr)
                }
                Token::LBrack => {
                    self.advance_token();
                    self.after_bracket(expr)
                }
                Token::LParen => {
                    self.advance_token();
                    self.call(expr)
                }
                Token::LBrace if self.opens_composite(&expr) => {
                    if matches!(expr.kind, ExprKind::Paren(_)) {
                        self.syntax_error("cannot parenthesize type in composite literal");
                    }
                    let elements = self.elements();
                    let ty = Some(expr);
                    ExprKind::Composite(Box::new(Composite { ty, elements }))
                }
                _ => return expr,
            };
            expr = self.expr_of(start, kind);
            if !self.grow() {
                return expr;
            }
        }
    }

    fn after_dot(&mut self, base: Expr) -> ExprKind {
        match self.token() {
            Token::Name => {
                let name = self.name();
                ExprKind::Selector(Box::new(base), name)
            }
            Token::LParen => {
                self.advance_token();
                let word = self.start();
                let ty = match self.got(Token::Type) {
                    true => {
                        let ty = self.expr_of(word, ExprKind::Bad);
                        self.type_words.push((ty.id, base.span.start as usize));
                        ty
                    }
                    false => self.ty(),
                };
                self.want(Token::RParen);
                ExprKind::TypeAssert(Box::new(base), Box::new(ty))
            }
            _ => {
                let missing = self.missing_name();
                self.expected("name or (");
                self.skip_to(TokenSet::of(&[Token::Semi, Token::RParen]));
                ExprKind::Selector(Box::new(base), missing)
            }
        }
    }

    fn after_bracket(&mut self, base: Expr) -> ExprKind {
        let mut low = None;
        if !self.at(Token::Colon) {
            let mut indices = Vec::new();
            let mut comma = false;
            if self.at(Token::RBrack) {
                let bad = self.bad_expr();
                self.expected("operand");
                indices.push(bad);
            } else {
                indices.push(self.inner_expr());
                while self.got(Token::Comma) {
                    comma = true;
                    match self.type_if_any() {
                        Some(ty) => indices.push(ty),
                        None => break,
                    }
                }
            }
            if comma || self.at(Token::RBrack) {
                self.want(Token::RBrack);
                return ExprKind::Index(Box::new(base), indices);
            }
            low = indices.pop();
        }
        if !self.got(Token::Colon) {
            self.expected("comma, : or ]");
            self.skip_to(TokenSet::of(&[Token::Comma, Token::Colon, Token::RBrack]));
        }
        let mut high = None;
        let mut max = None;
        if !matches!(self.token(), Token::Colon | Token::RBrack) {
            high = Some(self.inner_expr());
        }
        if self.at(Token::Colon) {
            if high.is_none() {
                self.error_at(self.start(), "middle index required in 3-index slice");
                high = Some(self.bad_expr());
            }
            self.advance_token();
            if self.at(Token::RBrack) {
                self.error_at(self.start(), "final index required in 3-index slice");
                max = Some(self.bad_expr());
            } else {
                max = Some(self.inner_expr());
            }
        }
        self.want(Token::RBrack);
        ExprKind::Slice(Box::new(SliceExpr {
            base,
            low,
            high,
            max,
        }))
    }

    fn call(&mut self, func: Expr) -> ExprKind {
        let mut args = Vec::new();
        let mut spread = None;
        self.list(
            "argument list",
            Token::Comma,
            Token::RParen,
            &mut |parser| {
                args.push(parser.inner_expr());
                let dots = parser.start();
                if parser.got(Token::DotDotDot) {
                    spread = Some(parser.span_from(dots));
                }
                spread.is_some()
            },
        );
        ExprKind::Call(Box::new(Call { func, args, spread }))
    }

    /// Whether `{` after `expr` begins a composite literal.
    fn opens_composite(&self, expr: &Expr) -> bool {
        match &expr.unparen().kind {
            ExprKind::Name(_) | ExprKind::Selector(..) => !self.in_header,
            ExprKind::Index(base, indices) => {
                let type_args = !indices.iter().any(is_value);
                !self.in_header && type_args && !is_value(base)
            }
            ExprKind::ArrayType(..)
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::MapType(..) => true,
            _ => false,
        }
    }

    /// The braces of a composite literal.
    fn elements(&mut self) -> Vec<Element> {
        let outer = std::mem::replace(&mut self.in_header, false);
        let mut elements = Vec::new();
        self.want(Token::LBrace);
        self.list(
            "composite literal",
            Token::Comma,
            Token::RBrace,
            &mut |parser| {
                let mut key = None;
                let mut value = parser.element();
                if parser.got(Token::Colon) {
                    key = Some(std::mem::replace(&mut value, parser.element()));
                }
                elements.push(Element { key, value });
                false
            },
        );
        self.in_header = outer;
        elements
    }

    /// A key or value of a composite literal, maybe itself one without a type.
    fn element(&mut self) -> Expr {
        if !self.at(Token::LBrace) {
            return self.expr();
        }
        let start = self.start();
        let expr = match self.enter() {
            true => {
                let elements = self.elements();
                let composite = Composite { ty: None, elements };
                self.expr_of(start, ExprKind::Composite(Box::new(composite)))
            }
            false => self.bad_expr(),
        };
        self.leave();
        expr
    }

    /// `x` of `x.(type)`, if `expr` is that.
    pub(super) fn type_switch_subject(&mut self, expr: Expr) -> Result<Expr, Expr> {
        let Expr { id, span, kind } = expr;
        match kind {
            ExprKind::TypeAssert(subject, ty) if self.is_type_word(&ty) => {
                self.type_words.retain(|(word, _)| *word != ty.id);
                Ok(*subject)
            }
            kind => Err(Expr { id, span, kind }),
        }
    }

    /// Whether the type of a type assertion is the word `type`.
    pub(super) fn is_type_word(&self, ty: &Expr) -> bool {
        self.type_words.iter().any(|(word, _)| *word == ty.id)
    }
}

/// Makes a channel type one that only receives, by the arrow before it at `start`. An arrow that it
/// had moves on: `<-chan<- chan T` is `<-chan (<-chan T)`. Returns what is wrong with it.
fn give_arrow(ty: &mut Expr, start: u32) -> Option<String> {
    if let ExprKind::ChanType(dir, element) = &mut ty.kind {
        ty.span.start = start;
        return match std::mem::replace(dir, ChanDir::Receive) {
            ChanDir::Both => None,
            ChanDir::Receive => Some("unexpected <-, expected chan".to_owned()),
            ChanDir::Send => {
                let start = element.span.start;
                give_arrow(element, start)
            }
        };
    }
    Some(format!("unexpected {}, expected chan", expr_text(ty)))
}

/// Whether `expr` can only be a value, no type.
fn is_value(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Composite(_)
        | ExprKind::Func(_)
        | ExprKind::Slice(_)
        | ExprKind::TypeAssert(..)
        | ExprKind::Call(_)
        | ExprKind::Unary(..)
        | ExprKind::Binary(..) => true,
        ExprKind::Paren(inner) => is_value(inner),
        ExprKind::Index(base, indices) => is_value(base) || indices.iter().any(is_value),
        _ => false,
    }
}
