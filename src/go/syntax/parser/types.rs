//! Types.

use super::*;

impl Parser<'_> {
    /// A type; complains if there is none.
    pub(super) fn ty(&mut self) -> Expr {
        if let Some(ty) = self.type_if_any() {
            return ty;
        }
        let bad = self.bad_expr();
        self.expected("type");
        self.skip_to(TokenSet::of(&[
            Token::Comma,
            Token::Colon,
            Token::Semi,
            Token::RParen,
            Token::RBrack,
            Token::RBrace,
        ]));
        bad
    }

    pub(super) fn type_if_any(&mut self) -> Option<Expr> {
        let ty = match self.enter() {
            true => self.type_inner(),
            false => None,
        };
        self.leave();
        ty
    }

    fn type_inner(&mut self) -> Option<Expr> {
        let start = self.start();
        let kind = match self.token() {
            Token::Name => {
                let name = self.name();
                return Some(self.qualified_name(name));
            }
            Token::Star => {
                self.advance_token();
                ExprKind::Star(Box::new(self.ty()))
            }
            Token::Arrow => {
                self.advance_token();
                self.want(Token::Chan);
                ExprKind::ChanType(ChanDir::Receive, Box::new(self.channel_element()))
            }
            Token::Chan => {
                self.advance_token();
                let dir = match self.got(Token::Arrow) {
                    true => ChanDir::Send,
                    false => ChanDir::Both,
                };
                ExprKind::ChanType(dir, Box::new(self.channel_element()))
            }
            Token::Func => {
                self.advance_token();
                self.type_params("function type");
                ExprKind::FuncType(Box::new(self.signature()))
            }
            Token::LBrack => {
                self.advance_token();
                if !self.got(Token::RBrack) {
                    return Some(self.array_type(start, None));
                }
                ExprKind::SliceType(Box::new(self.ty()))
            }
            Token::Map => {
                self.advance_token();
                self.want(Token::LBrack);
                let key = self.ty();
                self.want(Token::RBrack);
                ExprKind::MapType(Box::new(key), Box::new(self.ty()))
            }
            Token::Struct => self.struct_type(),
            Token::Interface => self.interface_type(),
            Token::LParen => {
                self.advance_token();
                let inner = self.ty();
                self.want(Token::RParen);
                ExprKind::Paren(Box::new(inner))
            }
            _ => return None,
        };
        Some(self.expr_of(start, kind))
    }

    fn channel_element(&mut self) -> Expr {
        match self.type_if_any() {
            Some(ty) => ty,
            None => {
                let bad = self.bad_expr();
                self.syntax_error("missing channel element type");
                bad
            }
        }
    }

    /// An array type after its `[` at `start`, and after its length if that is known already.
    pub(super) fn array_type(&mut self, start: usize, length: Option<Expr>) -> Expr {
        let length = match length {
            Some(length) => Some(length),
            None if self.got(Token::DotDotDot) => None,
            None => Some(self.inner_expr()),
        };
        if self.at(Token::Comma) {
            self.syntax_error("unexpected comma; expected ]");
            self.advance_token();
        }
        self.want(Token::RBrack);
        let element = Box::new(self.ty());
        self.expr_of(start, ExprKind::ArrayType(length.map(Box::new), element))
    }

    /// The rest of a type that begins with `name`: a selector, type arguments.
    pub(super) fn qualified_name(&mut self, name: Ident) -> Expr {
        let start = name.span.start as usize;
        let mut ty = name_expr(name);
        if self.got(Token::Dot) {
            let selected = self.name();
            ty = self.expr_of(start, ExprKind::Selector(Box::new(ty), selected));
        }
        if self.got(Token::LBrack) {
            let outer = std::mem::replace(&mut self.in_header, false);
            let mut args = vec![self.ty()];
            while self.got(Token::Comma) {
                match self.type_if_any() {
                    Some(arg) => args.push(arg),
                    None => break,
                }
            }
            self.in_header = outer;
            self.want(Token::RBrack);
            ty = self.expr_of(start, ExprKind::Index(Box::new(ty), args));
        }
        ty
    }

    /// The rest of an embedded type, whose name may be missing.
    fn embedded_name(&mut self) -> Expr {
        let name = self.name();
        self.qualified_name(name)
    }

    /// After a name: `[n]T`, `[]T` (types, `Ok`), or the arguments of the generic type that the
    /// name is (`Err`).
    pub(super) fn array_or_type_args(&mut self) -> Result<Expr, Vec<Expr>> {
        let start = self.start();
        self.want(Token::LBrack);
        if self.got(Token::RBrack) {
            let element = Box::new(self.ty());
            return Ok(self.expr_of(start, ExprKind::SliceType(element)));
        }
        if self.at(Token::DotDotDot) {
            return Ok(self.array_type(start, None));
        }
        let mut args = vec![self.inner_expr()];
        let mut comma = false;
        while self.got(Token::Comma) {
            comma = true;
            match self.type_if_any() {
                Some(ty) => args.push(ty),
                None => break,
            }
        }
        self.want(Token::RBrack);
        let element = match args.len() == 1 && !comma {
            true => self.type_if_any(),
            false => None,
        };
        if let Some(element) = element {
            let length = args.pop().map(Box::new);
            let kind = ExprKind::ArrayType(length, Box::new(element));
            return Ok(self.expr_of(start, kind));
        }
        Err(args)
    }

    fn struct_type(&mut self) -> ExprKind {
        self.want(Token::Struct);
        let mut fields = Vec::new();
        self.want(Token::LBrace);
        self.list("struct type", Token::Semi, Token::RBrace, &mut |parser| {
            let field = parser.field();
            fields.extend(field);
            false
        });
        ExprKind::StructType(fields)
    }

    fn field(&mut self) -> Option<Field> {
        let start = self.start();
        let mut names = Vec::new();
        let ty = match self.token() {
            Token::Name => {
                let name = self.name();
                match self.token() {
                    Token::Dot | Token::Literal | Token::Semi | Token::RBrace => {
                        self.qualified_name(name)
                    }
                    Token::LBrack => match self.array_or_type_args() {
                        Ok(ty) => {
                            names.push(name);
                            ty
                        }
                        Err(args) => {
                            let generic = Box::new(name_expr(name));
                            self.expr_of(start, ExprKind::Index(generic, args))
                        }
                    },
                    _ => {
                        names.push(name);
                        while self.got(Token::Comma) {
                            names.push(self.name());
                        }
                        self.ty()
                    }
                }
            }
            Token::Star | Token::LParen => self.embedded_pointer(),
            _ => {
                self.expected("field name or embedded type");
                self.skip_to(TokenSet::of(&[Token::Semi, Token::RBrace]));
                return None;
            }
        };
        let mut tag = None;
        if self.at(Token::Literal) {
            match &self.lexer.literal {
                LiteralKind::String(bytes) => tag = Some(bytes.clone()),
                _ => {
                    let text = self.lexer.token_text();
                    let message = format!("invalid syntax tree: incorrect tag syntax: {text:?}");
                    self.error_later(self.start(), message);
                }
            }
            self.advance_token();
        }
        Some(Field {
            id: self.id(),
            span: self.span_from(start),
            names,
            ty,
            tag,
        })
    }

    /// `*T`, and with a complaint `(T)`, `*(T)`, `(*T)`.
    fn embedded_pointer(&mut self) -> Expr {
        let start = self.start();
        let mut pointer = false;
        let mut open = false;
        while matches!(self.token(), Token::Star | Token::LParen) {
            if self.at(Token::Star) {
                if pointer {
                    break;
                }
                pointer = true;
            } else {
                self.syntax_error("cannot parenthesize embedded type");
                open = true;
            }
            self.advance_token();
        }
        let ty = self.embedded_name();
        while open && self.got(Token::RParen) {}
        match pointer {
            true => self.expr_of(start, ExprKind::Star(Box::new(ty))),
            false => ty,
        }
    }

    fn interface_type(&mut self) -> ExprKind {
        self.want(Token::Interface);
        let mut elements = Vec::new();
        self.want(Token::LBrace);
        self.list(
            "interface type",
            Token::Semi,
            Token::RBrace,
            &mut |parser| {
                let element = parser.interface_element();
                elements.push(element);
                false
            },
        );
        ExprKind::InterfaceType(elements)
    }

    fn interface_element(&mut self) -> InterfaceElem {
        let start = self.start();
        if !self.at(Token::Name) {
            return InterfaceElem::Embedded(self.constraint(None));
        }
        let name = self.name();
        match self.token() {
            Token::LParen => InterfaceElem::Method(self.method(start, name)),
            Token::LBrack if self.lexer.opens_type_params() => {
                let message = "interface method must have no type parameters";
                self.error_at(self.start(), message);
                self.type_params("");
                InterfaceElem::Method(self.method(start, name))
            }
            _ => {
                let ty = self.qualified_name(name);
                InterfaceElem::Embedded(self.constraint(Some(ty)))
            }
        }
    }

    fn method(&mut self, start: usize, name: Ident) -> Method {
        let sig = self.signature();
        Method {
            id: self.id(),
            span: self.span_from(start),
            name,
            sig,
        }
    }

    /// A union, whose first type may have been read already.
    pub(super) fn constraint(&mut self, first: Option<Expr>) -> Constraint {
        let start = match &first {
            Some(ty) => ty.span.start as usize,
            None => self.start(),
        };
        let first = match first {
            Some(ty) => Term {
                span: ty.span,
                tilde: false,
                ty,
            },
            None => self.term(),
        };
        let mut terms = vec![first];
        self.more_terms(&mut terms);
        Constraint {
            id: self.id(),
            span: self.span_from(start),
            terms,
        }
    }

    /// `| T | ~U`, if there is any.
    pub(super) fn more_terms(&mut self, terms: &mut Vec<Term>) {
        while self.at(Token::Operator) && self.lexer.op == BinaryOp::Or {
            self.advance_token();
            terms.push(self.term());
        }
    }

    fn term(&mut self) -> Term {
        let start = self.start();
        let tilde = self.got(Token::Tilde);
        let ty = match tilde {
            true => self.ty(),
            false => match self.type_if_any() {
                Some(ty) => ty,
                None => {
                    let bad = self.bad_expr();
                    self.expected("~ term or type");
                    self.skip_to(TokenSet::of(&[
                        Token::Operator,
                        Token::Semi,
                        Token::RParen,
                        Token::RBrack,
                        Token::RBrace,
                    ]));
                    bad
                }
            },
        };
        Term {
            span: self.span_from(start),
            tilde,
            ty,
        }
    }
}
