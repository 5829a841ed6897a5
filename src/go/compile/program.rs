//! A compiled program: plain, immutable data that any number of runs may share.
//!
//! The machine reads everything here and writes nothing. Indexes are dense; the type at index 0 and
//! nothing else is a placeholder, so that a nil interface's type word is 0.

use std::rc::Rc;

use crate::trace::Span;

use super::bytecode::{FunctionIndex, Instruction, MethodIndex, Reg, SelectTable, TypeIndex};
use super::layout::{Layout, RuntimeType};

/// The whole program.
pub struct Program {
    pub functions: Vec<Function>,
    /// Words too wide for an immediate: integers and float bits.
    pub constants: Vec<u64>,
    /// String literals, as bytes (Go strings need not be UTF-8).
    pub strings: Vec<Rc<[u8]>>,
    /// The run-time type table; index 0 is a placeholder.
    pub types: Vec<RuntimeType>,
    /// Names that interface dispatch goes by: `String` for an exported method, `main.run` (with
    /// its package's path) for an unexported one.
    pub method_names: Vec<Rc<str>>,
    /// Native functions used, each with the type arguments it was instantiated with.
    pub natives: Vec<NativeUse>,
    pub globals: Globals,
    /// Runs every package's variable initialisers and `init` functions, in order, then calls
    /// `main.main` (or the test driver), and returns. Goroutine 1 starts here.
    pub entry: FunctionIndex,
    /// `main.main`, when the program has one.
    pub main: Option<FunctionIndex>,
    /// Well-known types the machine makes values of; 0 when the program cannot need them.
    pub known: KnownTypes,
}

/// Types that the machine itself makes values of: panics' values, boxed natives.
#[derive(Clone, Copy, Debug, Default)]
pub struct KnownTypes {
    pub bool_: TypeIndex,
    pub int: TypeIndex,
    pub byte: TypeIndex,
    pub rune: TypeIndex,
    pub string: TypeIndex,
    /// `error`.
    pub error: TypeIndex,
    /// `any`.
    pub any: TypeIndex,
    /// `runtime.Error`'s dynamic type for the machine's own panics: the std package `runtime`'s
    /// `type panicError string` (methods `Error`, `RuntimeError`).
    pub runtime_error: TypeIndex,
}

/// The one heap object that holds every package-level variable.
pub struct Globals {
    pub layout: Layout,
    pub variables: Vec<GlobalVariable>,
}

pub struct GlobalVariable {
    /// As Go qualifies it: `main.counter`.
    pub name: Rc<str>,
    pub offset: u32,
    pub ty: TypeIndex,
    pub span: Span,
}

/// A native function as used by the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NativeUse {
    /// `time.Sleep`, `(*sync.Mutex).Lock`, `(*sync/atomic.Pointer).Load`, `builtin.println`.
    pub name: Rc<str>,
    /// Type arguments of a generic native, receiver's or function's own.
    pub type_arguments: Vec<TypeIndex>,
    pub result_words: u16,
    pub parameter_words: u16,
    /// Of the parameter words, how many belong to the receiver (the last ones).
    pub receiver_words: u16,
}

/// One function's code with its debug information.
pub struct Function {
    /// As Go's stack traces print it: `main.main`, `main.(*Account).Deposit`, `main.main.func1`,
    /// `main.Map[...]`.
    pub name: Rc<str>,
    pub kind: FunctionKind,
    pub code: Vec<Instruction>,
    pub result_words: u16,
    /// Receiver included (it comes last).
    pub parameter_words: u16,
    pub receiver_words: u16,
    pub capture_words: u16,
    /// Words the frame needs, outgoing windows' own part included.
    pub frame_words: u16,
    /// Where a frame goes on after one of its deferred calls recovered a panic: there the code
    /// runs the remaining deferred calls and returns the results as they stand.
    pub recovery: Option<u32>,
    pub jump_tables: Vec<Vec<u32>>,
    pub selects: Vec<SelectTable>,
    /// For `Assert…` instructions, the static interface type, for the panic's words. Sorted by
    /// instruction.
    pub asserts: Vec<(u32, TypeIndex)>,
    pub debug: Debug,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionKind {
    /// Written in the user's files.
    User,
    /// Written in an embedded standard package.
    Standard,
    /// Made by the compiler (promoted methods, method values, natives as values, the entry):
    /// transparent to `recover`, and not shown as a frame.
    Wrapper,
}

/// What the screen and the error messages need to know of a function.
pub struct Debug {
    /// The declaration's span (the name's, or `func` of a literal).
    pub span: Span,
    /// The span of each instruction, run-length coded: an entry holds from its instruction to the
    /// next entry's. Sorted by instruction.
    pub spans: Vec<(u32, Span)>,
    /// First instructions of statements. Sorted.
    pub statements: Vec<u32>,
    /// For channel operations, locks and other native calls: the span of the expression that
    /// denotes the object (`from.mu` in `from.mu.Lock()`); its source text is the name to show.
    /// Sorted by instruction.
    pub subjects: Vec<(u32, Span)>,
    /// For instructions that make a channel, map or object: the name of the variable or field it
    /// is first bound to. Sorted by instruction.
    pub bindings: Vec<(u32, Rc<str>)>,
    /// Results, parameters, captures and locals; results and parameters first, in order.
    pub variables: Vec<Variable>,
}

/// A source-level variable.
pub struct Variable {
    pub name: Rc<str>,
    pub role: VariableRole,
    pub place: VariablePlace,
    pub ty: TypeIndex,
    /// Instructions in which it has a value: `from..to`.
    pub from: u32,
    pub to: u32,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableRole {
    Result,
    Parameter,
    Receiver,
    Captured,
    Local,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariablePlace {
    /// The value's words are these registers.
    Register(Reg),
    /// The register holds a pointer to the heap cell with the value's words.
    Cell(Reg),
}

impl Function {
    /// The span of an instruction. O(log n).
    pub fn span_at(&self, pc: u32) -> Span {
        match find_run(&self.debug.spans, pc) {
            Some(index) => self.debug.spans[index].1,
            None => self.debug.span,
        }
    }

    /// The expression that denotes the object an instruction works on.
    pub fn subject_at(&self, pc: u32) -> Option<Span> {
        find_exact(&self.debug.subjects, pc).map(|index| self.debug.subjects[index].1)
    }

    /// The name of the variable that what an instruction makes is first bound to.
    pub fn binding_at(&self, pc: u32) -> Option<&Rc<str>> {
        find_exact(&self.debug.bindings, pc).map(|index| &self.debug.bindings[index].1)
    }

    /// The static interface type of an `Assert…` instruction.
    pub fn assert_at(&self, pc: u32) -> Option<TypeIndex> {
        find_exact(&self.asserts, pc).map(|index| self.asserts[index].1)
    }

    /// The variables that have a value at an instruction, in order of declaration.
    pub fn variables_at(&self, pc: u32) -> impl Iterator<Item = &Variable> {
        self.debug
            .variables
            .iter()
            .filter(move |variable| variable.from <= pc && pc < variable.to)
    }
}

fn find_run<T>(table: &[(u32, T)], pc: u32) -> Option<usize> {
    table.partition_point(|entry| entry.0 <= pc).checked_sub(1)
}

fn find_exact<T>(table: &[(u32, T)], pc: u32) -> Option<usize> {
    table.binary_search_by_key(&pc, |entry| entry.0).ok()
}

impl Program {
    /// The function behind a method of a concrete type, for interface dispatch.
    pub fn method(&self, ty: TypeIndex, method: MethodIndex) -> Option<FunctionIndex> {
        let methods = &self.types.get(usize::from(ty))?.methods;
        let index = methods
            .binary_search_by_key(&method, |entry| entry.0)
            .ok()?;
        Some(methods[index].1)
    }

    /// Whether a concrete type has every method of an interface type.
    pub fn implements(&self, ty: TypeIndex, interface: TypeIndex) -> bool {
        self.missing_method(ty, interface).is_none()
    }

    /// The first method (in the interface's order) that a concrete type lacks.
    pub fn missing_method(&self, ty: TypeIndex, interface: TypeIndex) -> Option<MethodIndex> {
        let wanted = &self.types.get(usize::from(interface))?.methods;
        wanted
            .iter()
            .map(|entry| entry.0)
            .find(|method| self.method(ty, *method).is_none())
    }
}
