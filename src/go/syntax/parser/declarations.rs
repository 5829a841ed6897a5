//! Files and declarations.

use super::*;

const DECLARATION_STARTS: TokenSet = TokenSet::of(&[
    Token::Import,
    Token::Const,
    Token::Type,
    Token::Var,
    Token::Func,
]);

impl Parser<'_> {
    pub(super) fn file(&mut self) -> File {
        let id = self.id();
        let complaints = self.lexer.diagnostics.len();
        let mut file = File {
            id,
            file: self.lexer.file,
            span: lexer::span(self.lexer.file, 0, self.lexer.text.len()),
            ids: 0..0,
            package: self.package_clause(),
            imports: Vec::new(),
            decls: Vec::new(),
            version: None,
            directives: Vec::new(),
        };
        // What has no package clause is probably no Go at all.
        if self.lexer.diagnostics.len() == complaints {
            self.declarations(&mut file);
        }
        self.directives(&mut file);
        file.ids = self.first..self.next;
        file
    }

    fn package_clause(&mut self) -> Ident {
        if !self.got(Token::Package) {
            self.syntax_error("package statement must be first");
            return self.missing_name();
        }
        let name = self.name();
        self.want(Token::Semi);
        name
    }

    fn declarations(&mut self, file: &mut File) {
        let mut after_import = true;
        while !self.at(Token::Eof) {
            let start = self.start();
            let token = self.token();
            if token == Token::Import && !after_import {
                self.syntax_error("imports must appear before other declarations");
            }
            after_import = token == Token::Import;
            match token {
                Token::Import => {
                    self.advance_token();
                    self.group(&mut |parser, _| {
                        let import = parser.import();
                        file.imports.extend(import);
                    });
                }
                Token::Const | Token::Var | Token::Type => {
                    let decl = self.declaration();
                    file.decls.push(decl);
                }
                Token::Func => {
                    self.advance_token();
                    let kind = DeclKind::Func(Box::new(self.func_decl()));
                    let decl = self.decl_of(start, kind);
                    file.decls.push(decl);
                }
                _ => {
                    let message = match file.decls.last().map(|decl| &decl.kind) {
                        Some(DeclKind::Func(func))
                            if token == Token::LBrace && func.body.is_none() =>
                        {
                            "unexpected semicolon or newline before {"
                        }
                        _ => "non-declaration statement outside function body",
                    };
                    self.syntax_error(message);
                    self.skip_to(DECLARATION_STARTS);
                    continue;
                }
            }
            if !self.at(Token::Eof) && !self.got(Token::Semi) {
                self.unexpected(" after top level declaration");
                self.skip_to(DECLARATION_STARTS);
            }
        }
    }

    fn decl_of(&mut self, start: usize, kind: DeclKind) -> Decl {
        Decl {
            id: self.id(),
            span: self.span_from(start),
            kind,
        }
    }

    /// A `const`, `var` or `type` declaration.
    pub(super) fn declaration(&mut self) -> Decl {
        let start = self.start();
        let token = self.token();
        self.advance_token();
        let kind = match token {
            Token::Const => {
                let mut specs = Vec::new();
                self.group(&mut |parser, iota| specs.push(parser.const_spec(iota)));
                DeclKind::Const(specs)
            }
            Token::Var => {
                let mut specs = Vec::new();
                self.group(&mut |parser, _| specs.push(parser.var_spec()));
                DeclKind::Var(specs)
            }
            _ => {
                let mut specs = Vec::new();
                self.group(&mut |parser, _| specs.push(parser.type_spec()));
                DeclKind::Type(specs)
            }
        };
        self.decl_of(start, kind)
    }

    /// One spec, or several in parentheses; `spec` is told which one it reads.
    fn group(&mut self, spec: &mut dyn FnMut(&mut Self, u32)) {
        if !self.got(Token::LParen) {
            spec(self, 0);
            return;
        }
        let mut count = 0;
        self.list(
            "grouped declaration",
            Token::Semi,
            Token::RParen,
            &mut |parser| {
                spec(parser, count);
                count += 1;
                false
            },
        );
    }

    fn import(&mut self) -> Option<Import> {
        const FOLLOW: TokenSet = TokenSet::of(&[Token::Semi, Token::RParen]);
        let start = self.start();
        let name = match self.token() {
            Token::Name => Some(self.name()),
            Token::Dot => {
                self.advance_token();
                Some(Ident {
                    id: self.id(),
                    span: self.span_from(start),
                    name: self.shared("."),
                })
            }
            _ => None,
        };
        if !self.at(Token::Literal) {
            self.syntax_error("missing import path");
            self.skip_to(FOLLOW);
            return None;
        }
        let path_start = self.start();
        let bad = self.lexer.bad;
        let path = match &self.lexer.literal {
            LiteralKind::String(bytes) => str::from_utf8(bytes).ok().map(Rc::from),
            _ => None,
        };
        if path.is_none() && !bad {
            self.syntax_error("import path must be a string");
        }
        self.advance_token();
        Some(Import {
            id: self.id(),
            span: self.span_from(start),
            name,
            path: path.filter(|_| !bad)?,
            path_span: self.span_from(path_start),
        })
    }

    fn const_spec(&mut self, iota: u32) -> ConstSpec {
        let start = self.start();
        let names = self.name_list();
        let mut ty = None;
        let mut values = Vec::new();
        if !matches!(self.token(), Token::Eof | Token::Semi | Token::RParen) {
            ty = self.type_if_any();
            if self.got_assign() {
                values = self.expr_list();
            }
        }
        ConstSpec {
            id: self.id(),
            span: self.span_from(start),
            names,
            ty,
            values,
            iota,
        }
    }

    fn var_spec(&mut self) -> VarSpec {
        let start = self.start();
        let names = self.name_list();
        let mut ty = None;
        let mut values = Vec::new();
        if self.got_assign() {
            values = self.expr_list();
        } else {
            ty = Some(self.ty());
            if self.got_assign() {
                values = self.expr_list();
            }
        }
        VarSpec {
            id: self.id(),
            span: self.span_from(start),
            names,
            ty,
            values,
        }
    }

    /// Reads `=`, and `:=` with a complaint.
    fn got_assign(&mut self) -> bool {
        if self.at(Token::Define) {
            self.expected("=");
            self.advance_token();
            return true;
        }
        self.got(Token::Assign)
    }

    fn type_spec(&mut self) -> TypeSpec {
        let start = self.start();
        let name = self.name();
        let mut type_params = Vec::new();
        let mut ty = None;
        let bracket = self.start();
        if self.got(Token::LBrack) {
            match self.token() {
                Token::RBrack => {
                    self.advance_token();
                    let element = self.ty();
                    ty = Some(self.expr_of(bracket, ExprKind::SliceType(Box::new(element))));
                }
                Token::Name => match self.type_params_or_length() {
                    Ok(params) => type_params = params,
                    Err(length) => ty = Some(self.array_type(bracket, Some(length))),
                },
                _ => ty = Some(self.array_type(bracket, None)),
            }
        }
        let mut alias = false;
        let ty = match ty {
            Some(ty) => ty,
            None => {
                alias = self.got_assign();
                match self.type_if_any() {
                    Some(ty) => ty,
                    None => {
                        let bad = self.bad_expr();
                        self.unexpected(" in type declaration");
                        self.skip_to(TokenSet::of(&[Token::Semi, Token::RParen]));
                        bad
                    }
                }
            }
        };
        TypeSpec {
            id: self.id(),
            span: self.span_from(start),
            name,
            type_params,
            alias,
            ty,
        }
    }

    fn func_decl(&mut self) -> FuncDecl {
        let mut receiver = None;
        let method = self.got(Token::LParen);
        if method {
            let mut receivers = self.params(false).into_iter();
            receiver = receivers.next();
            let message = match (&receiver, receivers.next()) {
                (None, _) => Some("method has no receiver"),
                (_, Some(_)) => Some("method has multiple receivers"),
                _ => None,
            };
            if let Some(message) = message {
                self.error_at(self.start(), message);
            }
        }
        let mut type_params = Vec::new();
        let (name, sig) = if self.at(Token::Name) {
            let name = self.name();
            type_params = self.type_params("");
            (name, self.signature())
        } else {
            let name = self.missing_name();
            self.expected(if method { "name" } else { "name or (" });
            self.skip_to(TokenSet::of(&[Token::LBrace, Token::Semi]));
            let sig = Signature {
                span: name.span,
                params: Vec::new(),
                results: Vec::new(),
            };
            (name, sig)
        };
        let body = match self.at(Token::LBrace) {
            true => Some(self.func_body()),
            false => None,
        };
        FuncDecl {
            receiver,
            name,
            type_params,
            sig,
            body,
        }
    }

    /// Looks into the comments that speak to a tool.
    fn directives(&mut self, file: &mut File) {
        for (start, end) in std::mem::take(&mut self.lexer.directives) {
            let comment = self.lexer.text.get(start + 2..end).unwrap_or("").trim_end();
            let Some((tool, rest)) = comment.split_once(':') else {
                continue;
            };
            let (name, text) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
            let directive = Directive {
                span: lexer::span(self.lexer.file, start, end),
                tool: self.shared(tool),
                name: self.shared(name),
                text: text.trim().into(),
            };
            if let ("go", "build") | ("lockstep", "go") = (tool, name) {
                file.version = file.version.or(minor_version(&directive.text));
            }
            file.directives.push(directive);
        }
    }
}

/// `21` of `go1.21`, `1.21`, `go1.21.3` or `linux && go1.21`.
fn minor_version(text: &str) -> Option<u32> {
    text.split([' ', '(', ')', '&', '|']).find_map(|word| {
        let version = word.strip_prefix("go").unwrap_or(word);
        let minor = version.strip_prefix("1.")?;
        minor.split('.').next()?.parse().ok()
    })
}
