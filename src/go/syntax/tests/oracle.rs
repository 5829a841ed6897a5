//! gosyn, another parser of Go, as a judge of what is Go and what is not.
//!
//! It differs from Go's compiler in these ways, each found by a source on which the two disagreed;
//! `excused` leaves such sources out.

use super::*;

#[test]
fn real_programs_are_judged_as_by_gosyn() {
    for (name, text) in super::random::corpus() {
        if let Err(difference) = judge(&text) {
            panic!("{name}: {difference}");
        }
    }
}

pub(super) fn compare(source: &str) {
    if let Err(difference) = judge(source) {
        panic!("{difference}\n{source}");
    }
}

fn judge(source: &str) -> Result<(), String> {
    let parsed = read(source);
    let ours: Vec<String> = said(source, &parsed.diagnostics);
    let theirs = std::panic::catch_unwind(|| gosyn::parse_source(source).map(|_| ()).map_err(|error| error.to_string()));
    let Ok(theirs) = theirs else { return Ok(()) };
    match (ours.first(), theirs) {
        (None, Ok(())) | (Some(_), Err(_)) => Ok(()),
        (Some(ours), Ok(())) => Err(format!("only we object: {ours}")),
        (None, Err(theirs)) => Err(format!("only gosyn objects: {theirs}")),
    }
}
