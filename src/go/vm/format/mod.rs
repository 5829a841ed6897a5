//! Formatting as package `fmt` does it.
//!
//! A value may have an `Error`, `String`, `GoString` or `Format` method, which only Go code can run. So
//! formatting is done in two passes: the first notes the calls it would need, in order; the embedded
//! package `fmt` makes them; the second pass is given the answers. Without such calls the first pass's
//! text is the result. Nothing else depends on the answers, so both passes need the same calls.
//!
//! `verbs` reads format strings, `value` walks values by their runtime types, `scalar` writes numbers
//! and strings.

mod scalar;
pub(super) mod value;
mod verbs;

use super::core::Core;
use super::heap::Word;
use crate::go::compile::bytecode::TypeIndex;

/// A value by its type and its words.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    pub ty: TypeIndex,
    pub words: &'a [Word],
}

/// The methods that formatting asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Error = 0,
    String = 1,
    GoString = 2,
    Format = 3,
}

/// A method call that formatting needs.
#[derive(Clone, Debug)]
pub struct Needed {
    pub ty: TypeIndex,
    pub words: Box<[Word]>,
    pub method: Method,
    pub verb: char,
    pub flags: Flags,
}

/// What a call gave.
#[derive(Clone, Debug)]
pub struct Answer {
    pub text: Vec<u8>,
    /// To be written as it is: a `Format` method's output, or words about a panic.
    pub raw: bool,
}

/// The flags, width and precision of a verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    pub minus: bool,
    pub plus: bool,
    pub sharp: bool,
    pub space: bool,
    pub zero: bool,
    /// `%+v` and `%#v`, whose signs mean something else.
    pub plus_v: bool,
    pub sharp_v: bool,
    pub width: Option<usize>,
    pub precision: Option<usize>,
}

/// How operands are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `Print`: spaces between operands of which neither is a string.
    Print,
    /// `Println`.
    Line,
    /// `Printf`.
    Format,
    /// `Errorf`: `%w` is `%v`.
    Wrap,
}

/// The result of a pass.
pub struct Formatted {
    pub text: Vec<u8>,
    pub needed: Vec<Needed>,
}

/// Formats operands, given as interface words.
pub fn format(
    core: &Core,
    mode: Mode,
    text: &[u8],
    operands: &[[Word; 2]],
    answers: &[Answer],
) -> Formatted {
    let mut printer = Printer::new(core, answers);
    match mode {
        Mode::Format | Mode::Wrap => printer.formatted(text, operands, mode == Mode::Wrap),
        Mode::Line => printer.line(operands),
        Mode::Print => printer.print(operands),
    }
    Formatted {
        text: printer.out,
        needed: printer.needed,
    }
}

/// Which operands of an `Errorf` are wrapped: their numbers, in order.
pub fn wrapped(core: &Core, text: &[u8], operands: &[[Word; 2]]) -> Vec<usize> {
    let mut printer = Printer::new(core, &[]);
    printer.formatted(text, operands, true);
    printer.wrapped
}

/// A value as `%v` without calling methods, for the recorder; at most about `limit` bytes.
pub fn plain(core: &Core, ty: TypeIndex, words: &[Word], limit: usize) -> String {
    let mut printer = Printer::new(core, &[]);
    printer.methods = false;
    printer.flags.plus_v = true;
    printer.limit = limit;
    printer.value(Value { ty, words }, 'v', 1);
    let mut text = String::from_utf8_lossy(&printer.out).into_owned();
    if text.len() > limit {
        let mut end = limit;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text.push('…');
    }
    text
}

/// The handles of the heap objects that a value's text depends on, up to a number of them.
pub fn depends(core: &Core, ty: TypeIndex, words: &[Word], most: usize) -> Vec<u32> {
    let mut printer = Printer::new(core, &[]);
    printer.methods = false;
    printer.flags.plus_v = true;
    printer.limit = 240;
    printer.visits = Some(std::cell::RefCell::new((Vec::new(), most)));
    printer.value(Value { ty, words }, 'v', 1);
    printer
        .visits
        .map(|visits| visits.into_inner().0)
        .unwrap_or_default()
}

struct Printer<'a> {
    core: &'a Core,
    out: Vec<u8>,
    flags: Flags,
    answers: &'a [Answer],
    /// How many methods were asked for.
    asked: usize,
    needed: Vec<Needed>,
    /// Operands of `%w`.
    wrapped: Vec<usize>,
    wrapping: bool,
    /// Within a bad verb's explanation methods are not called.
    erroring: bool,
    methods: bool,
    /// No more than this is written, roughly.
    limit: usize,
    /// Objects visited, and how many to note at most.
    visits: Option<std::cell::RefCell<(Vec<u32>, usize)>>,
}

impl<'a> Printer<'a> {
    fn new(core: &'a Core, answers: &'a [Answer]) -> Self {
        Printer {
            core,
            out: Vec::new(),
            flags: Flags::default(),
            answers,
            asked: 0,
            needed: Vec::new(),
            wrapped: Vec::new(),
            wrapping: false,
            erroring: false,
            methods: true,
            limit: usize::MAX,
            visits: None,
        }
    }

    fn push(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn line(&mut self, operands: &[[Word; 2]]) {
        for (index, operand) in operands.iter().enumerate() {
            if index > 0 {
                self.out.push(b' ');
            }
            self.argument(operand, 'v');
        }
        self.out.push(b'\n');
    }

    fn print(&mut self, operands: &[[Word; 2]]) {
        let mut after_string = false;
        for (index, operand) in operands.iter().enumerate() {
            let is_string = operand[0] != 0
                && self.core.type_of(operand[0]).kind == crate::go::compile::layout::Kind::String;
            if index > 0 && !is_string && !after_string {
                self.out.push(b' ');
            }
            self.argument(operand, 'v');
            after_string = is_string;
        }
    }
}
