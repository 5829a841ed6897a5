//! What package `fmt` needs of the machine: see `vm/format` for the two passes.

use super::super::fault::Throw;
use super::super::format::{self, Answer, Flags, Mode};
use super::super::heap::Word;
use super::{Call, Code};

pub const TABLE: &[(&str, Code)] = &[
    ("fmt.render", render),
    ("fmt.finish", finish),
    ("fmt.wrapped", wrapped),
    ("fmt.isNilPointer", is_nil_pointer),
];

fn mode(word: Word) -> Mode {
    match word {
        0 => Mode::Print,
        1 => Mode::Line,
        2 => Mode::Format,
        _ => Mode::Wrap,
    }
}

fn operands(call: &Call<'_>, at: usize) -> Vec<[Word; 2]> {
    call.slice(at, 2)
        .chunks_exact(2)
        .map(|pair| [pair[0], pair[1]])
        .collect()
}

/// Words of the embedded package's `type call struct { value any; method, verb, flags, width, precision int }`.
const CALL_WORDS: usize = 7;

fn flag_bits(flags: Flags) -> Word {
    let all = [
        flags.minus,
        flags.plus || flags.plus_v,
        flags.sharp || flags.sharp_v,
        flags.space,
        flags.zero,
    ];
    all.iter()
        .enumerate()
        .map(|(bit, &on)| Word::from(on) << bit)
        .sum()
}

/// `func render(mode int, format string, operands []any) (text string, calls []call)`
fn render(call: &mut Call<'_>) -> Result<(), Throw> {
    let operands = operands(call, 3);
    let done = format::format(
        call.core,
        mode(call.word(0)),
        call.string(1),
        &operands,
        &[],
    );
    let mut words = Vec::with_capacity(done.needed.len() * CALL_WORDS);
    for needed in &done.needed {
        let payload = call.core.box_value(Word::from(needed.ty), &needed.words);
        let size = |size: Option<usize>| size.map_or(-1i64, |size| size as i64) as Word;
        words.extend([
            Word::from(needed.ty),
            payload,
            needed.method as Word,
            Word::from(u32::from(needed.verb)),
            flag_bits(needed.flags),
            size(needed.flags.width),
            size(needed.flags.precision),
        ]);
    }
    call.set_string(0, done.text)?;
    if words.is_empty() {
        for at in 2..5 {
            call.set(at, 0);
        }
        return Ok(());
    }
    call.set_slice(2, &words, CALL_WORDS, true)
}

/// `func finish(mode int, format string, operands []any, answers []answer) string` with
/// `type answer struct { text string; raw bool }`
fn finish(call: &mut Call<'_>) -> Result<(), Throw> {
    let operands = operands(call, 3);
    let answers: Vec<Answer> = call
        .slice(6, 3)
        .chunks_exact(3)
        .map(|words| Answer {
            text: call.core.heap.string(words[0], words[1]).to_vec(),
            raw: words[2] != 0,
        })
        .collect();
    let done = format::format(
        call.core,
        mode(call.word(0)),
        call.string(1),
        &operands,
        &answers,
    );
    call.set_string(0, done.text)
}

/// `func wrapped(format string, operands []any) []int`
fn wrapped(call: &mut Call<'_>) -> Result<(), Throw> {
    let operands = operands(call, 2);
    let numbers = format::wrapped(call.core, call.string(0), &operands);
    let words: Vec<Word> = numbers.into_iter().map(|number| number as Word).collect();
    call.set_slice(0, &words, 1, false)
}

/// `func isNilPointer(value any) bool`
fn is_nil_pointer(call: &mut Call<'_>) -> Result<(), Throw> {
    let kind = &call.core.type_of(call.word(0)).kind;
    let pointer = matches!(kind, crate::go::compile::layout::Kind::Pointer(_));
    let nil = pointer && call.word(1) == 0;
    call.set_bool(0, nil);
    Ok(())
}
