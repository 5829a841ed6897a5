//! gosyn, another parser of Go, as a judge of what is Go and what is not.
//!
//! On right programs the two agree. On broken ones only one direction can be asked for: what gosyn
//! rejects, we reject, too. The other way round gosyn is too kind: it takes `a b` for two
//! statements, lets literals like `0b2` pass, and knows nothing of labels. And it does not know that
//! a statement may begin with an operator, as `&q <- s` does. For the words and places of errors
//! Go's own compiler is the judge (the fixtures).

use super::*;

#[test]
fn real_programs_are_judged_as_by_gosyn() {
    for (name, text) in super::random::corpus() {
        if let Err(difference) = judge(&text, false) {
            panic!("{name}: {difference}");
        }
    }
}

pub(super) fn compare(source: &str) {
    if let Err(difference) = judge(source, true) {
        panic!("{difference}\n{source}");
    }
}

fn judge(source: &str, mutated: bool) -> Result<(), String> {
    let parsed = read(source);
    let all = [parsed.diagnostics, parsed.later].concat();
    let ours: Vec<String> = said(source, &all);
    let theirs = std::panic::catch_unwind(|| {
        gosyn::parse_source(source)
            .map(|_| ())
            .map_err(|error| error.to_string())
    });
    let Ok(theirs) = theirs else { return Ok(()) };
    match (ours.first(), theirs) {
        (None, Ok(())) | (Some(_), Err(_)) => Ok(()),
        (Some(_), Ok(())) if mutated => Ok(()),
        (Some(ours), Ok(())) => Err(format!("only we object: {ours}")),
        (None, Err(theirs)) if mutated && at_operator(source, &theirs) => Ok(()),
        (None, Err(theirs)) => Err(format!("only gosyn objects: {theirs}")),
    }
}

/// Whether gosyn misses a statement (`"<input>":7:32 "expect statement"`) where an operator stands.
fn at_operator(source: &str, message: &str) -> bool {
    let mut parts = message.split(':').skip(1);
    let mut number = || -> Option<usize> {
        let digits: String = parts
            .next()?
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse::<usize>().ok()?.checked_sub(1)
    };
    let place = number().zip(number());
    let found = place.and_then(|(line, column)| source.lines().nth(line)?.get(column..));
    message.contains("expect statement")
        && found.is_some_and(|text| text.starts_with(['&', '!', '^', '+', '-']))
}
