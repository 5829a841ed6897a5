//! Natives that park, let others run, put a choice or end the program: done by the goroutine's driver.

pub mod atomic;
mod context;
mod locks;
pub mod signal;
mod time;

use std::rc::Rc;

use super::driver::{Driver, base};
use super::fault::Throw;
use super::heap::Word;
use super::machine::Shared;
use super::traceback;
use crate::trace::{ChoiceKind, OperationKind, Outcome, PendingOperation, Stream};

/// A visible native.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Gosched,
    Goexit,
    Exit,
    /// `print` and `println`.
    Print {
        line: bool,
    },
    /// `os.write(descriptor int, text string)`.
    Write,
    Lock(locks::Lock),
    Clock(time::Clock),
    Context(context::Context),
    Signal(signal::Signal),
    /// `runtime.caller(skip int) (name, file string, line int, ok bool)`.
    Caller,
    /// `runtime.stack(all bool) string`.
    Stack,
    Atomic(atomic::Action, atomic::Cell),
    /// `math/rand/v2.choose(count uint64) uint64`: below the count; 0 stands for 2 to the 64th.
    Random,
    /// `directives() string`: what stands in the sources behind these words, a line each.
    Directives(&'static str),
}

const TABLE: &[(&str, Operation)] = &[
    ("runtime.Gosched", Operation::Gosched),
    ("runtime.Goexit", Operation::Goexit),
    ("os.Exit", Operation::Exit),
    ("builtin.print", Operation::Print { line: false }),
    ("builtin.println", Operation::Print { line: true }),
    ("os.write", Operation::Write),
    ("math/rand.choose", Operation::Random),
    ("math/rand/v2.choose", Operation::Random),
    ("runtime.caller", Operation::Caller),
    ("runtime.stack", Operation::Stack),
    (
        "net/http.directives",
        Operation::Directives("//lockstep:http "),
    ),
    (
        "os/signal.directives",
        Operation::Directives("//lockstep:signal "),
    ),
];

impl Operation {
    /// What a name is bound to.
    pub fn find(name: &str) -> Option<Operation> {
        fn among<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
            table
                .iter()
                .find(|entry| entry.0 == name)
                .map(|entry| entry.1)
        }
        among(TABLE, name)
            .or_else(|| among(locks::TABLE, name).map(Operation::Lock))
            .or_else(|| among(time::TABLE, name).map(Operation::Clock))
            .or_else(|| among(context::TABLE, name).map(Operation::Context))
            .or_else(|| among(signal::TABLE, name).map(Operation::Signal))
            .or_else(|| atomic::find(name).map(|(action, cell)| Operation::Atomic(action, cell)))
    }
}

/// The operands of a native call.
pub struct Window<'d> {
    pub driver: &'d Driver,
    /// Register of the first result.
    pub at: usize,
    /// Words of the results; parameters stand behind them.
    pub results: usize,
    /// Index of the native.
    pub native: u32,
}

impl Window<'_> {
    /// A parameter word.
    pub fn word(&self, index: usize) -> Word {
        self.driver.register(self.at + self.results + index)
    }

    /// Writes a result word.
    pub fn set(&self, index: usize, word: Word) {
        self.driver.write(self.at + index, &[word]);
    }
}

/// Performs a visible native whose window begins at register `at`.
pub async fn perform(
    driver: &Driver,
    operation: Operation,
    at: usize,
    native: u32,
) -> Result<(), Throw> {
    let results = driver
        .with(|core, _| usize::from(core.program.natives[native as usize].result_words))
        .unwrap_or(0);
    let window = Window {
        driver,
        at,
        results,
        native,
    };
    let handle = &driver.shared.handle;
    match operation {
        Operation::Gosched => handle.gosched(driver.span()).await,
        Operation::Goexit => return Err(Throw::Goexit),
        Operation::Exit => {
            let span = driver.span();
            handle
                .point(PendingOperation::bare(OperationKind::Exit, span))
                .await;
            handle.end(Outcome::Exited(window.word(0) as i32)).await;
        }
        Operation::Print { line } => {
            let text = driver.with(|core, g| {
                let from = base(g) + at + results;
                let words = core
                    .heap
                    .slice(g.stack[from], g.stack[from + 1] as usize * 2)
                    .to_vec();
                let operands: Vec<[Word; 2]> = words
                    .chunks_exact(2)
                    .map(|pair| [pair[0], pair[1]])
                    .collect();
                super::native::system::print(core, &operands, line)
            });
            write(driver, 2, text.unwrap_or_default().into_bytes()).await;
        }
        Operation::Write => {
            let (descriptor, text, length) = (window.word(0), window.word(1), window.word(2));
            let bytes = driver.with(|core, _| core.heap.string(text, length).to_vec());
            write(driver, descriptor as u32, bytes.unwrap_or_default()).await;
        }
        Operation::Lock(lock) => return locks::perform(&window, lock).await,
        Operation::Clock(clock) => return time::perform(&window, clock).await,
        Operation::Context(context) => return context::perform(&window, context).await,
        Operation::Signal(signal) => return signal::perform(&window, signal).await,
        Operation::Caller => caller(&window),
        Operation::Stack => stack(&window),
        Operation::Directives(words) => directives(&window, words),
        Operation::Atomic(action, cell) => return atomic::perform(&window, action, cell).await,
        Operation::Random => {
            const MOST: u64 = 1 << 32;
            let count = window.word(0);
            let small = (1..=MOST).contains(&count);
            let options = if small { count } else { MOST };
            let picked = handle.choose(ChoiceKind::Random, options).await;
            let word = match small {
                true => picked,
                false => {
                    let spread = driver.with(|core, _| core.packages.spread(picked));
                    let spread = spread.unwrap_or(0);
                    spread.checked_rem(count).unwrap_or(spread)
                }
            };
            window.set(0, word);
        }
    }
    Ok(())
}

/// Writes output: a scheduling point, since the order of prints is a result of the program.
async fn write(driver: &Driver, descriptor: u32, bytes: Vec<u8>) {
    let handle = &driver.shared.handle;
    handle
        .point(PendingOperation::bare(OperationKind::Output, driver.span()))
        .await;
    let stream = if descriptor == 2 {
        Stream::Err
    } else {
        Stream::Out
    };
    handle.output(stream, || String::from_utf8_lossy(&bytes).into());
    emit(&driver.shared, descriptor, &bytes);
}

fn emit(shared: &Shared, descriptor: u32, bytes: &[u8]) {
    if let Some(sink) = &mut *shared.sink.borrow_mut() {
        sink(descriptor, bytes);
    }
}

/// The function that is so many calls above the one that asks: name, file and line.
fn caller(window: &Window<'_>) {
    let driver = window.driver;
    let skip = window.word(0) as usize;
    let found = driver
        .with(|core, g| traceback::caller(core, g, skip))
        .flatten();
    let place = found.and_then(|(name, span)| {
        let file = driver.shared.sources.file(span.file)?;
        let line = driver.shared.sources.location(span)?.line;
        Some((name, Rc::clone(file.name()), line))
    });
    let Some((name, file, line)) = place else {
        driver.write(window.at, &[0; 6]);
        return;
    };
    let words = driver.with(|core, _| {
        let (name, name_length) = core.heap.new_string(name.as_bytes());
        let (file, file_length) = core.heap.new_string(file.as_bytes());
        [name, name_length, file, file_length, Word::from(line), 1]
    });
    driver.write(window.at, &words.unwrap_or_default());
}

/// What the program says to the virtual world in its comments.
fn directives(window: &Window<'_>, words: &str) {
    let driver = window.driver;
    let mut text = String::new();
    for (_, file) in driver.shared.sources.files() {
        let lines = file.text().lines().map(str::trim_start);
        for line in lines.filter_map(|line| line.strip_prefix(words)) {
            text.push_str(line.trim());
            text.push('\n');
        }
    }
    let words = driver.with(|core, _| {
        let (at, length) = core.heap.own_string(text.into_bytes());
        [at, length]
    });
    driver.write(window.at, &words.unwrap_or_default());
}

/// The frames of the goroutine that asks, or of all goroutines, as text.
fn stack(window: &Window<'_>) {
    let driver = window.driver;
    let text = driver.shared.traceback(driver.id, window.word(0) != 0);
    let words = driver.with(|core, _| {
        let (at, length) = core.heap.own_string(text.into_bytes());
        [at, length]
    });
    driver.write(window.at, &words.unwrap_or_default());
}
