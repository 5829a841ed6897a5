//! The syntax tree of one Go file.
//!
//! Invariants:
//! - Every file, declaration, field, expression, type expression, statement, block, clause and
//!   identifier has a `NodeId` of its own. Ids are dense: a file uses all of `File::ids`, and the
//!   parser is told the first one, so that the files of a compilation do not overlap.
//! - An identifier used as an expression is one node: `expr.id == name.id`.
//! - A span covers the node from its first to its last byte (brackets and braces included), and
//!   the spans of children lie within it. Spans are byte offsets; Go prints a node's start.
//! - The tree is never deeper than the parser's nesting limit, so that recursing over it (dropping
//!   it included) is safe on a small stack.
//! - Types are expressions, as in Go's grammar.
//!
//! Deliberately absent: comments (directives apart), scopes, types.

use crate::trace::{FileId, Span};
use std::ops::Range;
use std::rc::Rc;

/// The number of a node, unique among all files of a compilation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The id as an index into a table over all nodes.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One source file.
#[derive(Clone, Debug)]
pub struct File {
    /// The file's own node, the scope of its imports.
    pub id: NodeId,
    /// Which file of the `SourceMap` this is.
    pub file: FileId,
    /// The whole text.
    pub span: Span,
    /// The ids of all nodes of this file: `ids.start..ids.end`.
    pub ids: Range<u32>,
    /// The name in the package clause; `_` if there is none.
    pub package: Ident,
    /// The imports, in source order; `decls` does not repeat them.
    pub imports: Vec<Import>,
    /// All other declarations, in source order.
    pub decls: Vec<Decl>,
    /// The minor version of the language (21 for Go 1.21) that a `//go:build go1.21` line or a
    /// `//lockstep:go 1.21` line asks for; `None` for the newest.
    pub version: Option<u32>,
    /// The `//lockstep:` and `//go:` comments, in source order.
    pub directives: Vec<Directive>,
}

/// A comment that speaks to a tool: `//lockstep:name text` or `//go:name text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The whole comment.
    pub span: Span,
    /// `lockstep` or `go`.
    pub tool: Rc<str>,
    /// What stands between the colon and the first blank.
    pub name: Rc<str>,
    /// The rest of the line, without blanks around it.
    pub text: Rc<str>,
}

/// An identifier.
#[derive(Clone, Debug)]
pub struct Ident {
    pub id: NodeId,
    pub span: Span,
    /// The name as written; `_` is the blank identifier.
    pub name: Rc<str>,
}

impl Ident {
    /// Whether this is the blank identifier.
    pub fn is_blank(&self) -> bool {
        &*self.name == "_"
    }
}

/// One imported package.
#[derive(Clone, Debug)]
pub struct Import {
    pub id: NodeId,
    pub span: Span,
    /// The local name, if one is written: an identifier, `.` or `_`.
    pub name: Option<Ident>,
    /// The import path without its quotes.
    pub path: Rc<str>,
    /// The path's string literal, where Go reports errors about the import.
    pub path_span: Span,
}

/// A declaration. In a function only `Const`, `Var` and `Type` occur.
#[derive(Clone, Debug)]
pub struct Decl {
    pub id: NodeId,
    pub span: Span,
    pub kind: DeclKind,
}

/// What is declared. A declaration without parentheses has one spec.
#[derive(Clone, Debug)]
pub enum DeclKind {
    Const(Vec<ConstSpec>),
    Var(Vec<VarSpec>),
    Type(Vec<TypeSpec>),
    Func(Box<FuncDecl>),
}

/// `a, b T = x, y`, or only names, which then repeat the type and values of the spec before.
#[derive(Clone, Debug)]
pub struct ConstSpec {
    pub id: NodeId,
    pub span: Span,
    pub names: Vec<Ident>,
    pub ty: Option<Expr>,
    /// Empty together with an absent type: repeat the last spec of the group that has values.
    pub values: Vec<Expr>,
    /// The value of `iota`: the spec's place in its group.
    pub iota: u32,
}

/// `a, b T = x, y`.
#[derive(Clone, Debug)]
pub struct VarSpec {
    pub id: NodeId,
    pub span: Span,
    pub names: Vec<Ident>,
    pub ty: Option<Expr>,
    pub values: Vec<Expr>,
}

/// `T[P C] U` or `T[P C] = U`.
#[derive(Clone, Debug)]
pub struct TypeSpec {
    pub id: NodeId,
    pub span: Span,
    pub name: Ident,
    pub type_params: Vec<TypeParam>,
    /// Whether `=` makes this an alias.
    pub alias: bool,
    pub ty: Expr,
}

/// One name of a type parameter list.
#[derive(Clone, Debug)]
pub struct TypeParam {
    pub name: Ident,
    /// Shared by the names of `[A, B any]`.
    pub constraint: Rc<Constraint>,
}

/// A constraint, or an embedded element of an interface: `~int | string`, `any`, `io.Reader`.
#[derive(Clone, Debug)]
pub struct Constraint {
    pub id: NodeId,
    pub span: Span,
    /// At least one.
    pub terms: Vec<Term>,
}

/// One term of a union.
#[derive(Clone, Debug)]
pub struct Term {
    pub span: Span,
    /// Whether `~` stands before the type.
    pub tilde: bool,
    pub ty: Expr,
}

/// A function or method declaration.
#[derive(Clone, Debug)]
pub struct FuncDecl {
    pub receiver: Option<Param>,
    pub name: Ident,
    pub type_params: Vec<TypeParam>,
    pub sig: Signature,
    /// Absent for a native function of an embedded package.
    pub body: Option<Block>,
}

/// Parameters and results.
#[derive(Clone, Debug)]
pub struct Signature {
    pub span: Span,
    pub params: Vec<Param>,
    pub results: Vec<Param>,
}

/// One parameter, result or receiver: one name each, `a, b int` being two of them.
#[derive(Clone, Debug)]
pub struct Param {
    pub id: NodeId,
    pub span: Span,
    pub name: Option<Ident>,
    /// Whether `...` stands before the type; only the last parameter may have it.
    pub variadic: bool,
    /// Shared by the names of `a, b int`.
    pub ty: Rc<Expr>,
}

/// An expression or a type.
#[derive(Clone, Debug)]
pub struct Expr {
    pub id: NodeId,
    pub span: Span,
    pub kind: ExprKind,
}

/// The kinds of expressions and types.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// Something unreadable, already reported. Say nothing more about it.
    Bad,
    /// `x`; `name.id` is the expression's id.
    Name(Ident),
    Literal(Literal),
    /// `T{...}`, or `{...}` within another composite literal.
    Composite(Box<Composite>),
    Func(Box<FuncLit>),
    Paren(Box<Expr>),
    /// `x.f`, `package.Name`, `T.Method`.
    Selector(Box<Expr>, Ident),
    /// `x[i]`, or an instantiation `f[A, B]`. At least one index.
    Index(Box<Expr>, Vec<Expr>),
    Slice(Box<SliceExpr>),
    /// `x.(T)`.
    TypeAssert(Box<Expr>, Box<Expr>),
    /// `f(...)`, also conversions and builtins.
    Call(Box<Call>),
    /// `*x`: a dereference or a pointer type.
    Star(Box<Expr>),
    Unary(UnaryOp, Box<Expr>),
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `[n]T`, or `[...]T` without a length.
    ArrayType(Option<Box<Expr>>, Box<Expr>),
    /// `[]T`.
    SliceType(Box<Expr>),
    /// `map[K]V`.
    MapType(Box<Expr>, Box<Expr>),
    ChanType(ChanDir, Box<Expr>),
    FuncType(Box<Signature>),
    StructType(Vec<Field>),
    InterfaceType(Vec<InterfaceElem>),
}

/// A literal of a basic type.
#[derive(Clone, Debug)]
pub struct Literal {
    pub kind: LiteralKind,
    /// As written.
    pub text: Rc<str>,
}

/// The kinds of literals. Numbers are left as text: their values are of arbitrary precision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiteralKind {
    Int,
    Float,
    /// With the `i` at the end of the text.
    Imaginary,
    /// The code point.
    Rune(u32),
    /// The bytes; not always UTF-8.
    String(Rc<[u8]>),
}

/// A composite literal.
#[derive(Clone, Debug)]
pub struct Composite {
    /// Absent where the enclosing literal gives the type.
    pub ty: Option<Expr>,
    pub elements: Vec<Element>,
}

/// `value` or `key: value` in a composite literal. A key of a struct literal is a `Name`.
#[derive(Clone, Debug)]
pub struct Element {
    pub key: Option<Expr>,
    pub value: Expr,
}

/// A function literal. The expression's id is the function's.
#[derive(Clone, Debug)]
pub struct FuncLit {
    pub sig: Signature,
    pub body: Block,
}

/// `x[low:high]` or `x[low:high:max]`.
#[derive(Clone, Debug)]
pub struct SliceExpr {
    pub base: Expr,
    pub low: Option<Expr>,
    pub high: Option<Expr>,
    /// Present exactly in a full slice expression.
    pub max: Option<Expr>,
}

/// A call. Its closing parenthesis is the last byte of the expression's span.
#[derive(Clone, Debug)]
pub struct Call {
    pub func: Expr,
    pub args: Vec<Expr>,
    /// Where `...` stands after the last argument.
    pub spread: Option<Span>,
}

/// One line of a struct type.
#[derive(Clone, Debug)]
pub struct Field {
    pub id: NodeId,
    pub span: Span,
    /// Empty for an embedded field.
    pub names: Vec<Ident>,
    pub ty: Expr,
    pub tag: Option<Rc<[u8]>>,
}

/// One line of an interface type.
#[derive(Clone, Debug)]
pub enum InterfaceElem {
    Method(Method),
    /// An embedded interface, a type, or a union.
    Embedded(Constraint),
}

/// A method of an interface.
#[derive(Clone, Debug)]
pub struct Method {
    pub id: NodeId,
    pub span: Span,
    pub name: Ident,
    pub sig: Signature,
}

/// The direction of a channel type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChanDir {
    Both,
    /// `chan<- T`.
    Send,
    /// `<-chan T`.
    Receive,
}

/// Operators with one operand. `*x` is `ExprKind::Star`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    Plus,
    Neg,
    Not,
    /// `^x`.
    Complement,
    /// `&x`.
    Address,
    /// `<-x`.
    Receive,
}

/// Operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    LogicalOr,
    LogicalAnd,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Sub,
    Or,
    Xor,
    Mul,
    Div,
    Rem,
    And,
    /// `&^`.
    AndNot,
    Shl,
    Shr,
}

impl UnaryOp {
    /// The operator as written.
    pub fn text(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Neg => "-",
            Self::Not => "!",
            Self::Complement => "^",
            Self::Address => "&",
            Self::Receive => "<-",
        }
    }
}

impl BinaryOp {
    /// The operator as written.
    pub fn text(self) -> &'static str {
        match self {
            Self::LogicalOr => "||",
            Self::LogicalAnd => "&&",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Add => "+",
            Self::Sub => "-",
            Self::Or => "|",
            Self::Xor => "^",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Rem => "%",
            Self::And => "&",
            Self::AndNot => "&^",
            Self::Shl => "<<",
            Self::Shr => ">>",
        }
    }

    /// How strongly the operator binds, 1 (`||`) to 5 (`*`).
    pub fn precedence(self) -> u8 {
        match self {
            Self::LogicalOr => 1,
            Self::LogicalAnd => 2,
            _ if self.is_comparison() => 3,
            Self::Add | Self::Sub | Self::Or | Self::Xor => 4,
            _ => 5,
        }
    }

    /// Whether the result is an untyped boolean.
    pub fn is_comparison(self) -> bool {
        use BinaryOp::*;
        matches!(
            self,
            Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual
        )
    }

    /// Whether this is `<<` or `>>`.
    pub fn is_shift(self) -> bool {
        matches!(self, Self::Shl | Self::Shr)
    }
}

/// A block with its braces; its closing brace is the last byte of its span.
#[derive(Clone, Debug)]
pub struct Block {
    pub id: NodeId,
    pub span: Span,
    pub stmts: Vec<Stmt>,
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Stmt {
    pub id: NodeId,
    pub span: Span,
    pub kind: StmtKind,
}

/// The kinds of statements.
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// Something unreadable, already reported.
    Bad,
    Empty,
    Decl(Decl),
    Labeled(Ident, Box<Stmt>),
    Expr(Expr),
    /// `channel <- value`.
    Send(Expr, Expr),
    /// `x++` and `x--`: `Add` or `Sub`.
    IncDec(BinaryOp, Expr),
    /// `a, b = x, y`.
    Assign(Vec<Expr>, Vec<Expr>),
    /// `a += x`.
    OpAssign(BinaryOp, Expr, Expr),
    /// `a, b := x, y`.
    Define(Vec<Ident>, Vec<Expr>),
    /// The expression is a `Call`, maybe in parentheses.
    Go(Expr),
    /// The expression is a `Call`, maybe in parentheses.
    Defer(Expr),
    Return(Vec<Expr>),
    Branch(BranchKind, Option<Ident>),
    Block(Block),
    If(Box<If>),
    Switch(Box<Switch>),
    TypeSwitch(Box<TypeSwitch>),
    Select(Vec<CommClause>),
    For(Box<For>),
    Range(Box<RangeFor>),
}

/// The kinds of jumps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BranchKind {
    Break,
    Continue,
    Goto,
    Fallthrough,
}

/// `if init; cond { } else ...`. The statement's id is the scope of `init`.
#[derive(Clone, Debug)]
pub struct If {
    pub init: Option<Stmt>,
    pub cond: Expr,
    pub then: Block,
    /// A `Block` or an `If` statement.
    pub otherwise: Option<Box<Stmt>>,
}

/// `switch init; tag { }`. The statement's id is the scope of `init`.
#[derive(Clone, Debug)]
pub struct Switch {
    pub init: Option<Stmt>,
    /// Absent for `switch { }`, which means `true`.
    pub tag: Option<Expr>,
    pub clauses: Vec<CaseClause>,
}

/// `switch init; binding := subject.(type) { }`.
#[derive(Clone, Debug)]
pub struct TypeSwitch {
    pub init: Option<Stmt>,
    /// Each clause declares its own variable of this name; the clause's id stands for it.
    pub binding: Option<Ident>,
    /// What is asked for its type, without `.(type)`.
    pub subject: Expr,
    /// Their expressions are types or `nil`.
    pub clauses: Vec<CaseClause>,
}

/// One clause of a switch. Its id is the scope of its body.
#[derive(Clone, Debug)]
pub struct CaseClause {
    pub id: NodeId,
    pub span: Span,
    /// The cases; `None` for `default`.
    pub exprs: Option<Vec<Expr>>,
    pub body: Vec<Stmt>,
}

/// One clause of a select. Its id is the scope of what it defines and of its body.
#[derive(Clone, Debug)]
pub struct CommClause {
    pub id: NodeId,
    pub span: Span,
    pub comm: Comm,
    pub body: Vec<Stmt>,
}

/// What a clause of a select does.
#[derive(Clone, Debug)]
pub enum Comm {
    Default,
    /// `case channel <- value:`.
    Send(Expr, Expr),
    /// `case ... <-channel:`. The expression is the receive operation `<-channel`, maybe in
    /// parentheses; see `Expr::receive_operand`.
    Receive(ReceiveInto, Expr),
}

/// Where a clause of a select puts what it receives: the value, and whether there was one.
#[derive(Clone, Debug)]
pub enum ReceiveInto {
    Nothing,
    /// `case a, b = <-channel:`; one or two.
    Assign(Vec<Expr>),
    /// `case a, b := <-channel:`; one or two.
    Define(Vec<Ident>),
}

/// `for init; cond; post { }`. The statement's id is the scope of `init`.
#[derive(Clone, Debug)]
pub struct For {
    pub init: Option<Stmt>,
    pub cond: Option<Expr>,
    pub post: Option<Stmt>,
    pub body: Block,
}

/// `for key, value := range subject { }`. The statement's id is the scope of what it defines.
#[derive(Clone, Debug)]
pub struct RangeFor {
    pub into: RangeInto,
    pub subject: Expr,
    pub body: Block,
}

/// Where a range statement puts its keys and values: one or two places.
#[derive(Clone, Debug)]
pub enum RangeInto {
    Nothing,
    Assign(Vec<Expr>),
    Define(Vec<Ident>),
}

impl Expr {
    /// The expression without parentheses around it.
    pub fn unparen(&self) -> &Expr {
        let mut expr = self;
        while let ExprKind::Paren(inner) = &expr.kind {
            expr = inner;
        }
        expr
    }

    /// The identifier, if this is one (without parentheses).
    pub fn as_name(&self) -> Option<&Ident> {
        match &self.kind {
            ExprKind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// `c` of `<-c`, also of `(<-c)`.
    pub fn receive_operand(&self) -> Option<&Expr> {
        match &self.unparen().kind {
            ExprKind::Unary(UnaryOp::Receive, operand) => Some(operand),
            _ => None,
        }
    }
}
