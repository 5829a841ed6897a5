//! What all goroutines of a running program share: the compiled program, the heap, the tables made
//! from the program when it is loaded.
//!
//! Deliberately absent: goroutines and their scheduling; the machine has those.

use std::cell::OnceCell;
use std::rc::Rc;

use super::access::Accesses;
use super::equality::{Leaf, Shape, Shapes};
use super::fault::Throw;
use super::goroutine::Goroutine;
use super::heap::{Heap, Marker, Object, Word, handle, pointer};
use super::native::{self, Operation};
use super::record::{Recorder, with_traps};
use crate::go::compile::bytecode::{FunctionIndex, Instruction, TypeIndex};
use crate::go::compile::layout::{Kind, RuntimeType};
use crate::go::compile::program::Program;
use crate::trace::Span;

/// What a native function is bound to.
#[derive(Clone, Copy)]
pub enum Binding {
    /// Runs in place.
    Plain(native::Code),
    /// Is done by the goroutine's driver.
    Visible(Operation),
}

/// A program made ready to run: what all its runs share.
pub struct Image {
    pub program: Rc<Program>,
    code: Code,
    /// The code with traps at accesses of memory, and with traps at statements, too; made when asked for.
    trapped: [OnceCell<Code>; 2],
    shapes: Rc<Shapes>,
    natives: Rc<[Binding]>,
    sizes: Rc<[u64]>,
}

/// The instructions of all functions.
pub type Code = Rc<Vec<Box<[Instruction]>>>;

impl Image {
    /// The code with traps.
    pub fn trapped(&self, statements: bool) -> Code {
        let cell = &self.trapped[usize::from(statements)];
        Rc::clone(cell.get_or_init(|| Rc::new(with_traps(&self.program, statements))))
    }

    /// Makes a program ready. Fails with the indexes of the natives that do not exist.
    pub fn new(program: Rc<Program>) -> Result<Image, Vec<usize>> {
        let found: Vec<Option<Binding>> = program
            .natives
            .iter()
            .map(|native| native::find(&native.name))
            .collect();
        let missing: Vec<usize> = (0..found.len())
            .filter(|&index| found[index].is_none())
            .collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        let code = program
            .functions
            .iter()
            .map(|function| function.code.clone().into_boxed_slice())
            .collect();
        Ok(Image {
            code: Rc::new(code),
            trapped: Default::default(),
            shapes: Rc::new(shapes(&program.types)),
            natives: found.into_iter().flatten().collect(),
            sizes: sizes(&program.types).into(),
            program,
        })
    }
}

/// Everything but the goroutines.
pub struct Core {
    pub program: Rc<Program>,
    /// The functions' instructions, with the recorder's traps if there are any.
    pub code: Code,
    pub heap: Heap,
    pub shapes: Rc<Shapes>,
    /// String constants: permanent objects.
    pub strings: Vec<[Word; 2]>,
    /// Func values of functions without captures, made on first use.
    statics: Vec<Word>,
    globals: u32,
    /// One for each native the program uses.
    pub natives: Rc<[Binding]>,
    /// Sizes in bytes as Go lays values out, by type.
    sizes: Rc<[u64]>,
    /// Bytes that heap and stacks may use.
    pub memory_limit: usize,
    /// Bytes that goroutines use, as of the last collection.
    pub stack_bytes: usize,
    /// Whether calls, lines and variables are recorded.
    pub tracing: bool,
    pub recorder: Recorder,
    pub accesses: Accesses,
    /// State of the native packages.
    pub packages: native::Packages,
}

impl Core {
    /// The state of a program at its start.
    pub fn new(image: &Image, memory_limit: usize) -> Core {
        let program = Rc::clone(&image.program);
        let mut heap = Heap::new();
        let layout = &program.globals.layout;
        let globals = heap.new_words(layout.words() as usize, !layout.is_scalar());
        let strings = program
            .strings
            .iter()
            .map(|bytes| heap.new_string(bytes).into())
            .collect();
        let mut packages = native::Packages::default();
        packages.load(&program);
        Core {
            code: Rc::clone(&image.code),
            heap,
            shapes: Rc::clone(&image.shapes),
            strings,
            statics: vec![0; program.functions.len()],
            globals,
            natives: Rc::clone(&image.natives),
            sizes: Rc::clone(&image.sizes),
            memory_limit,
            stack_bytes: 0,
            tracing: false,
            recorder: Recorder::default(),
            accesses: Accesses::default(),
            packages,
            program,
        }
    }

    /// The native packages' state.
    pub fn packages_mut(&mut self) -> &mut native::Packages {
        &mut self.packages
    }

    /// The package-level variables' words.
    #[inline(always)]
    pub fn globals(&self) -> &[Word] {
        self.heap.words(self.globals)
    }

    /// The package-level variables' words, to be written.
    #[inline(always)]
    pub fn globals_mut(&mut self) -> &mut [Word] {
        self.heap.words_mut(self.globals)
    }

    /// A pointer into the package-level variables.
    pub fn global_pointer(&self, offset: u32) -> Word {
        pointer(self.globals, offset as usize)
    }

    /// Keeps what the program itself holds.
    pub fn mark(&self, marker: &mut Marker) {
        marker.word(pointer(self.globals, 0));
        for text in &self.strings {
            marker.word(text[0]);
        }
        marker.words(&self.statics);
        self.packages.mark(marker);
        self.recorder.mark(marker);
    }

    /// Whether `bytes` more may be allocated.
    #[inline]
    pub fn heap_room(&self, bytes: usize) -> Result<(), Throw> {
        // A collection is due long before the limit unless nearly everything is alive.
        if self
            .heap
            .bytes()
            .saturating_add(bytes)
            .saturating_add(self.stack_bytes)
            > self.memory_limit
        {
            return Err(Throw::Memory);
        }
        Ok(())
    }

    /// The run-time type.
    pub fn type_of(&self, id: Word) -> &RuntimeType {
        // Entry 0 is always there; only package unsafe can make an interface of no known type.
        self.program
            .types
            .get(id as usize)
            .unwrap_or(&self.program.types[0])
    }

    /// The size in bytes that Go gives a type.
    pub fn size_of(&self, ty: TypeIndex) -> u64 {
        self.sizes[usize::from(ty)]
    }

    /// Key and value type of a map type.
    pub fn map_types(&self, ty: TypeIndex) -> (Word, Word) {
        match self.program.types[usize::from(ty)].kind {
            Kind::Map { key, value } => (Word::from(key), Word::from(value)),
            _ => (0, 0),
        }
    }

    /// The payload of an interface for the value of type `ty` whose words begin `words`.
    #[inline]
    pub fn box_value(&mut self, ty: Word, words: &[Word]) -> Word {
        let shape = self.shapes.get(ty);
        match shape.width {
            0 => 0,
            1 => words[0],
            width => {
                let scan = shape.scan;
                pointer(self.heap.box_words(&words[..width as usize], scan), 0)
            }
        }
    }

    /// Writes the value of type `ty` in an interface with this payload.
    #[inline]
    pub fn unbox(&self, ty: Word, payload: Word, dst: &mut [Word]) {
        match self.shapes.get(ty).width as usize {
            0 => {}
            1 => dst[0] = payload,
            width => dst[..width].copy_from_slice(self.heap.slice(payload, width)),
        }
    }

    /// The func value of a function without captures.
    pub fn static_closure(&mut self, function: FunctionIndex) -> Word {
        let at = function as usize;
        if self.statics[at] == 0 {
            self.statics[at] = pointer(self.heap.box_words(&[Word::from(function)], false), 0);
        }
        self.statics[at]
    }

    /// A closure.
    pub fn make_closure(&mut self, function: FunctionIndex, captures: &[Word]) -> Word {
        let mut words = Vec::with_capacity(captures.len() + 1);
        words.push(Word::from(function));
        words.extend_from_slice(captures);
        pointer(
            self.heap.allocate(Object::Words {
                scan: true,
                words: words.into_boxed_slice(),
            }),
            0,
        )
    }

    /// The function behind a func value that is not nil.
    pub fn closure_function(&self, closure: Word) -> FunctionIndex {
        self.heap.words(handle(closure))[0] as FunctionIndex
    }

    /// A goroutine about to call a function with these parameter words.
    pub fn new_goroutine(
        &self,
        function: FunctionIndex,
        captures: Word,
        arguments: &[Word],
    ) -> Goroutine {
        let target = &self.program.functions[function as usize];
        let mut g = Goroutine::new(function, usize::from(target.frame_words));
        let at = usize::from(target.result_words);
        g.stack[at..at + arguments.len()].copy_from_slice(arguments);
        if captures != 0 {
            let words = &self.heap.words(handle(captures))[1..];
            let at = at + arguments.len();
            g.stack[at..at + words.len()].copy_from_slice(words);
        }
        g
    }

    /// An interface holding a string.
    pub fn string_value(&mut self, text: &str) -> [Word; 2] {
        self.boxed_string(self.program.known.string, text)
    }

    /// An interface holding a runtime error.
    pub fn runtime_error(&mut self, text: &str) -> [Word; 2] {
        let known = self.program.known;
        self.boxed_string(
            if known.runtime_error != 0 {
                known.runtime_error
            } else {
                known.string
            },
            text,
        )
    }

    fn boxed_string(&mut self, ty: TypeIndex, text: &str) -> [Word; 2] {
        let (at, length) = self.heap.new_string(text.as_bytes());
        [
            Word::from(ty),
            pointer(self.heap.box_words(&[at, length], true), 0),
        ]
    }

    /// The method that says what a panic's value is: `Error`, else `String`.
    pub fn describing_method(&self, ty: Word) -> Option<FunctionIndex> {
        let ty = TypeIndex::try_from(ty).ok().filter(|&ty| ty != 0)?;
        self.packages.method_names.describing(&self.program, ty)
    }

    /// The place where main ends.
    pub fn end_of_main(&self) -> Span {
        let main = self
            .program
            .main
            .and_then(|main| self.program.functions.get(main as usize));
        main.map_or(Span::NONE, |main| {
            main.span_at(main.code.len().saturating_sub(1) as u32)
        })
    }

    /// Records a call, when recording.
    #[cold]
    pub fn note_call(&mut self, g: &Goroutine) {
        self.recorder.called(&self.program, g);
    }

    /// Records a return, when recording.
    #[cold]
    pub fn note_return(&mut self, g: &Goroutine) {
        self.recorder.returning(&self.program, g);
    }

    /// Records the beginning of the latest panic.
    pub fn note_panic(&mut self, g: &Goroutine) {
        if self.tracing
            && let Some(panic) = g.panics.last()
        {
            let text = super::render::value(self, panic.value);
            self.recorder.panicked(text);
        }
    }

    /// Records a recovery.
    pub fn note_recover(&mut self, _: &Goroutine, value: [Word; 2]) {
        if self.tracing {
            let text = super::render::value(self, value);
            self.recorder.recovered(text);
        }
    }
}

/// Layout and equality of every type.
fn shapes(types: &[RuntimeType]) -> Shapes {
    let list = types
        .iter()
        .enumerate()
        .map(|(index, ty)| {
            let mut leaves = Vec::new();
            if ty.comparable {
                flatten(types, index as TypeIndex, 0, &mut leaves);
            }
            Shape {
                name: (&*ty.name).into(),
                width: ty.words,
                scan: !ty.layout.is_scalar(),
                leaves: ty.comparable.then(|| leaves.into()),
            }
        })
        .collect();
    Shapes { list }
}

/// Adds the leaves of a type at an offset; runs of words join.
fn flatten(types: &[RuntimeType], ty: TypeIndex, at: u32, leaves: &mut Vec<Leaf>) {
    let info = &types[usize::from(ty)];
    match &info.kind {
        Kind::Float32 | Kind::Float64 => leaves.push(Leaf::Float { at }),
        Kind::Complex64 | Kind::Complex128 => {
            leaves.extend([Leaf::Float { at }, Leaf::Float { at: at + 1 }]);
        }
        Kind::String => leaves.push(Leaf::Text { at }),
        Kind::Interface => leaves.push(Leaf::Interface { at }),
        Kind::Struct(fields) => {
            for field in fields.iter().filter(|field| &*field.name != "_") {
                flatten(types, field.ty, at + field.offset, leaves);
            }
        }
        Kind::Array { element, length } => {
            let width = types[usize::from(*element)].words;
            for index in 0..*length {
                flatten(types, *element, at + index * width, leaves);
            }
        }
        _ => match leaves.last_mut() {
            Some(Leaf::Words { at: start, count }) if *start + *count == at => *count += 1,
            _ => leaves.push(Leaf::Words { at, count: 1 }),
        },
    }
}

/// Sizes in bytes on a 64-bit machine.
fn sizes(types: &[RuntimeType]) -> Vec<u64> {
    (0..types.len())
        .map(|index| size_and_alignment(types, index as TypeIndex).0)
        .collect()
}

fn size_and_alignment(types: &[RuntimeType], ty: TypeIndex) -> (u64, u64) {
    let even = |size| (size, size);
    match &types[usize::from(ty)].kind {
        Kind::Bool | Kind::Int8 | Kind::Uint8 => even(1),
        Kind::Int16 | Kind::Uint16 => even(2),
        Kind::Int32 | Kind::Uint32 | Kind::Float32 => even(4),
        Kind::Complex64 => (8, 4),
        Kind::Complex128 | Kind::String | Kind::Interface => (16, 8),
        Kind::Slice(_) => (24, 8),
        Kind::Array { element, length } => {
            let (size, alignment) = size_and_alignment(types, *element);
            (size * u64::from(*length), alignment)
        }
        Kind::Struct(fields) => {
            let (mut end, mut most) = (0u64, 1u64);
            for field in fields {
                let (size, alignment) = size_and_alignment(types, field.ty);
                end = end.next_multiple_of(alignment) + size;
                most = most.max(alignment);
            }
            (end.next_multiple_of(most), most)
        }
        _ => even(8),
    }
}
