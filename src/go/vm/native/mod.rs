//! Native functions: those of the embedded packages that have no body.
//!
//! A *plain* native runs in place, on the words of its window. A *visible* one is an [`Operation`] that
//! the goroutine's driver performs, because it may park, let others run or put a choice. The tables go by
//! the qualified name that the compiler writes; a name in no table is a diagnostic before anything runs.

pub mod format;
pub mod math;
pub mod object;
mod reflection;
pub mod strings;
pub mod system;

use super::core::{Binding, Core};
use super::directives::Directives;
use super::fault::Throw;
use super::heap::{Heap, Marker, Word};
use crate::go::compile::bytecode::TypeIndex;
use crate::go::compile::program::{NativeUse, Program};
use crate::runtime::Handle;
use crate::trace::ObjectId;
use std::collections::BTreeMap;
use std::rc::Rc;

pub use super::visible::Operation;
use super::visible::signal::Signals;

/// A plain native.
pub type Code = fn(&mut Call<'_>) -> Result<(), Throw>;

/// One call of a plain native.
pub struct Call<'a> {
    pub core: &'a mut Core,
    window: &'a mut [Word],
    pub native: &'a NativeUse,
}

impl<'a> Call<'a> {
    pub fn new(core: &'a mut Core, window: &'a mut [Word], native: &'a NativeUse) -> Self {
        Call {
            core,
            window,
            native,
        }
    }

    /// A word of the parameters.
    #[inline]
    pub fn word(&self, at: usize) -> Word {
        self.window[usize::from(self.native.result_words) + at]
    }

    /// Words of the parameters.
    pub fn words(&self, at: usize, count: usize) -> &[Word] {
        let from = usize::from(self.native.result_words) + at;
        &self.window[from..from + count]
    }

    /// A parameter as a signed integer.
    pub fn int(&self, at: usize) -> i64 {
        self.word(at) as i64
    }

    /// A parameter as a float.
    pub fn float(&self, at: usize) -> f64 {
        f64::from_bits(self.word(at))
    }

    /// The bytes of a string parameter, which takes two words.
    pub fn string(&self, at: usize) -> &[u8] {
        self.core.heap.string(self.word(at), self.word(at + 1))
    }

    /// The words of a slice parameter, which takes three; `width` words an element.
    pub fn slice(&self, at: usize, width: usize) -> &[Word] {
        self.core
            .heap
            .slice(self.word(at), self.word(at + 1) as usize * width)
    }

    /// The bytes of a `[]byte` parameter.
    pub fn bytes(&self, at: usize) -> Vec<u8> {
        self.slice(at, 1).iter().map(|&word| word as u8).collect()
    }

    /// Writes a result word.
    #[inline]
    pub fn set(&mut self, at: usize, word: Word) {
        self.window[at] = word;
    }

    /// Writes a boolean result.
    pub fn set_bool(&mut self, at: usize, value: bool) {
        self.window[at] = Word::from(value);
    }

    /// Writes a float result.
    pub fn set_float(&mut self, at: usize, value: f64) {
        self.window[at] = value.to_bits();
    }

    /// Writes a string result, two words.
    pub fn set_string(&mut self, at: usize, bytes: Vec<u8>) -> Result<(), Throw> {
        self.core.heap_room(bytes.len())?;
        let (start, length) = self.core.heap.own_string(bytes);
        self.window[at] = start;
        self.window[at + 1] = length;
        Ok(())
    }

    /// Writes a slice result of `words`, `width` words an element.
    pub fn set_slice(
        &mut self,
        at: usize,
        words: &[Word],
        width: usize,
        scan: bool,
    ) -> Result<(), Throw> {
        self.core.heap_room(words.len() * 8)?;
        let count = (words.len() / width.max(1)) as Word;
        let start = super::heap::pointer(self.core.heap.box_words(words, scan), 0);
        self.window[at] = start;
        self.window[at + 1] = count;
        self.window[at + 2] = count;
        Ok(())
    }

    /// Writes a `[]byte` result.
    pub fn set_bytes(&mut self, at: usize, bytes: &[u8]) -> Result<(), Throw> {
        let words: Vec<Word> = bytes.iter().map(|&byte| Word::from(byte)).collect();
        self.set_slice(at, &words, 1, false)
    }
}

/// Which methods that formatting asks for a type has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Speaking {
    pub error: bool,
    pub string: bool,
    pub go_string: bool,
    pub format: bool,
}

/// The places of the formatting methods in the program's table of methods. A name stands there once for
/// each type that a method of that name has.
#[derive(Clone, Debug, Default)]
pub struct MethodNames {
    error: Vec<u16>,
    string: Vec<u16>,
    go_string: Vec<u16>,
    format: Vec<u16>,
}

impl MethodNames {
    fn new(program: &Program) -> Self {
        let find = |name: &str| {
            let all = program.method_names.iter().enumerate();
            all.filter(|(_, known)| ***known == *name)
                .map(|(at, _)| at as u16)
                .collect()
        };
        MethodNames {
            error: find("Error"),
            string: find("String"),
            go_string: find("GoString"),
            format: find("Format"),
        }
    }

    /// What a type has, by names and by the widths of parameters and results.
    pub fn of(&self, program: &Program, ty: TypeIndex) -> Speaking {
        if program.types[usize::from(ty)].methods.is_empty() {
            return Speaking::default();
        }
        let has = |places: &[u16], results, parameters| {
            find_method(program, ty, places, results, parameters).is_some()
        };
        Speaking {
            error: has(&self.error, 2, 0),
            string: has(&self.string, 2, 0),
            go_string: has(&self.go_string, 2, 0),
            // A State and a rune.
            format: has(&self.format, 0, 3),
        }
    }

    /// The method that says what a panic's value is: `Error`, else `String`.
    pub fn describing(&self, program: &Program, ty: TypeIndex) -> Option<u32> {
        find_method(program, ty, &self.error, 2, 0)
            .or_else(|| find_method(program, ty, &self.string, 2, 0))
    }
}

/// A type's method among those at `places`, by the words of its results and parameters.
fn find_method(
    program: &Program,
    ty: TypeIndex,
    places: &[u16],
    results: u16,
    parameters: u16,
) -> Option<u32> {
    places
        .iter()
        .filter_map(|&place| program.method(ty, place))
        .find(|&function| {
            program
                .functions
                .get(function as usize)
                .is_some_and(|target| {
                    target.result_words == results
                        && target.parameter_words - target.receiver_words == parameters
                })
        })
}

/// State of the native packages.
#[derive(Default)]
pub struct Packages {
    pub method_names: MethodNames,
    /// The runtime, once the program is started.
    pub handle: Option<Handle>,
    /// What `os.Args` is.
    pub arguments: Vec<String>,
    /// Variables used atomically, by address.
    pub atomics: BTreeMap<Word, ObjectId>,
    /// Func values that active timers will start, by timer: nothing else may hold them.
    pub timers: BTreeMap<ObjectId, Word>,
    /// What the program says of the world it runs in.
    pub directives: Rc<Directives>,
    /// What is done with signals.
    pub signals: Signals,
    /// The wall clock at the start of virtual time, in nanoseconds of the Unix epoch.
    pub epoch: u64,
    /// Random numbers drawn.
    draws: u64,
    /// Where the pointer `time.Local` lies among the globals.
    pub local: Option<u32>,
}

impl Packages {
    /// Looks up what depends on the program.
    pub fn load(&mut self, program: &Program) {
        self.epoch = system::EPOCH_SECONDS * 1_000_000_000;
        self.method_names = MethodNames::new(program);
        let local = program
            .globals
            .variables
            .iter()
            .find(|variable| &*variable.name == "time.Local");
        self.local = local.map(|variable| variable.offset);
    }

    /// Keeps what natives hold.
    pub fn mark(&self, marker: &mut Marker) {
        self.timers
            .values()
            .for_each(|&function| marker.word(function));
    }

    /// Forgets variables that are gone, after a collection.
    pub fn sweep(&mut self, heap: &Heap) {
        self.atomics
            .retain(|&address, _| !heap.words(super::heap::handle(address)).is_empty());
    }

    /// A random word from a choice: however the choices fall, the numbers of a run differ.
    pub fn spread(&mut self, picked: u64) -> Word {
        self.draws += 1;
        let mut word = (picked << 32 | self.draws).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ word >> 31
    }

    /// The program's time in nanoseconds.
    pub fn now(&self) -> u64 {
        self.handle.as_ref().map_or(0, |handle| handle.now().0)
    }
}

/// What a native's name is bound to.
pub fn find(name: &str) -> Option<Binding> {
    let tables: [&[(&str, Code)]; 5] = [
        format::TABLE,
        math::TABLE,
        reflection::TABLE,
        strings::TABLE,
        system::TABLE,
    ];
    let plain = tables
        .iter()
        .find_map(|table| table.iter().find(|entry| entry.0 == name));
    plain
        .map(|entry| Binding::Plain(entry.1))
        .or_else(|| Operation::find(name).map(Binding::Visible))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::path::Path;

    use super::find;
    use crate::go::syntax::ast::{DeclKind, NodeId};
    use crate::go::syntax::parse;
    use crate::trace::FileId;

    /// The functions without a body in the embedded packages, as the compiler names them.
    fn natives(folder: &Path, path: &str, names: &mut Vec<String>) {
        let mut entries: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for entry in entries {
            let name = entry.file_name().unwrap().to_string_lossy().into_owned();
            if entry.is_dir() {
                let inner = if path.is_empty() {
                    name
                } else {
                    format!("{path}/{name}")
                };
                natives(&entry, &inner, names);
            } else if name.ends_with(".go") {
                let text = std::fs::read(&entry).unwrap();
                let file = parse(FileId(0), &text, NodeId(0)).file;
                for decl in &file.decls {
                    let DeclKind::Func(func) = &decl.kind else {
                        continue;
                    };
                    if func.body.is_some() {
                        continue;
                    }
                    let span = func.receiver.as_ref().map(|receiver| receiver.ty.span);
                    let receiver = span.map(|span| {
                        let text =
                            String::from_utf8_lossy(&text[span.start as usize..span.end as usize])
                                .into_owned();
                        text.split('[').next().unwrap_or_default().to_string()
                    });
                    names.push(match receiver {
                        Some(receiver) if receiver.starts_with('*') => {
                            format!("(*{path}.{}).{}", &receiver[1..], func.name.name)
                        }
                        Some(receiver) => format!("{path}.{receiver}.{}", func.name.name),
                        None => format!("{path}.{}", func.name.name),
                    });
                }
            }
        }
    }

    #[test]
    fn every_function_without_a_body_is_there() {
        let mut names = Vec::new();
        natives(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/go/std"),
            "",
            &mut names,
        );
        let missing: Vec<_> = names.iter().filter(|name| find(name).is_none()).collect();
        assert!(
            names.len() > 5 && missing.is_empty(),
            "no native for {missing:?}"
        );
    }
}
