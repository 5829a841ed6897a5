//! Whole runs told step by step, as the page tells them. `UPDATE_EXPECT=1` writes the files anew; read
//! them before you keep them.
#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write as _;

use expect_test::{ExpectFile, expect_file};
use lockstep::session::{Action, Policy, State, go, reduce};

/// Every step of a program of the catalogue under a seed: its number, the line of whoever did it, and the
/// sentence.
fn told(name: &str, seed: u64) -> String {
    let mut state = State::new(go());
    for action in [
        Action::SetSeed(seed),
        Action::SetPolicy(Policy::Random),
        Action::Open(name.into()),
    ] {
        state = reduce(state, action);
    }
    assert!(state.problems.is_empty(), "{:?}", state.problems);
    let mut text = format!("{} under seed {seed}\n\n", state.program.title);
    loop {
        let before = state.run.as_ref().map(|run| run.cursor);
        state = reduce(state, Action::Forward);
        let run = state.run.as_ref().expect("it compiles");
        if Some(run.cursor) == before {
            break;
        }
        let line = run
            .line_of(run.world.actor())
            .map_or("-".to_owned(), |line| line.to_string());
        let _ = writeln!(text, "{:>3} {line:>3}  {}", run.step(), run.sentence);
    }
    text
}

fn check(name: &str, seed: u64, expected: ExpectFile) {
    expected.assert_eq(&told(name, seed));
}

#[test]
fn a_lock_order_that_deadlocks() {
    let deadlocks = |seed: &u64| told("lock-order", *seed).contains("this is a deadlock");
    let seed = (0..200).find(deadlocks).expect("some seed deadlocks");
    check("lock-order", seed, expect_file!["narration/lock-order.txt"]);
}

#[test]
fn a_hand_over() {
    check("hand-over", 1, expect_file!["narration/hand-over.txt"]);
}

#[test]
fn selects_with_timeout_default_and_priority() {
    check("select", 4, expect_file!["narration/select.txt"]);
}

#[test]
fn readers_and_a_writer() {
    check("rwmutex", 1, expect_file!["narration/rwmutex.txt"]);
}

#[test]
fn a_bounded_buffer() {
    check(
        "producer-consumer",
        2,
        expect_file!["narration/producer-consumer.txt"],
    );
}

#[test]
fn a_panic() {
    let panics = |seed: &u64| told("send-on-closed", *seed).contains("panics");
    let seed = (0..200).find(panics).expect("some seed panics");
    check(
        "send-on-closed",
        seed,
        expect_file!["narration/send-on-closed.txt"],
    );
}

#[test]
fn a_leak() {
    check(
        "leaked-sender",
        1,
        expect_file!["narration/leaked-sender.txt"],
    );
}
