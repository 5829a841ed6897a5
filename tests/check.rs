//! Holds `lockstep check` to what is known of programs of the catalogue: the verdict, the outcomes
//! with their counts, the exit status; and each schedule it names to what it says of it.
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn lockstep(arguments: &[&str], program: &str) -> Output {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/programs");
    Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(arguments)
        .arg(path.join(program))
        .output()
        .expect("the lockstep binary starts")
}

fn check(program: &str) -> (Value, i32) {
    let output = lockstep(&["check", "--json"], program);
    let text = String::from_utf8_lossy(&output.stdout);
    let report = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    (report, output.status.code().unwrap_or(-1))
}

/// `(kind, count)` of each outcome, sorted.
fn outcomes(report: &Value) -> Vec<(String, u64)> {
    let mut all: Vec<(String, u64)> = report["outcomes"]
        .as_array()
        .expect("a list of outcomes")
        .iter()
        .map(|one| {
            let kind = one["kind"].as_str().expect("a kind");
            (kind.to_owned(), one["count"].as_u64().expect("a count"))
        })
        .collect();
    all.sort();
    all
}

#[test]
fn lock_order_deadlocks_in_one_of_three_schedules() {
    let (report, status) = check("lock-order.go");
    assert_eq!(report["verdict"], "proved");
    assert_eq!(report["schedules"], 3);
    assert_eq!(
        outcomes(&report),
        [("completed".into(), 2), ("deadlock".into(), 1)]
    );
    assert_eq!(status, 3);
}

#[test]
fn a_witness_shows_its_outcome() {
    let (report, _) = check("lock-order.go");
    let deadlock = report["outcomes"]
        .as_array()
        .and_then(|all| all.iter().find(|one| one["kind"] == "deadlock"))
        .and_then(|one| one["schedule"].as_str())
        .expect("a deadlock with its schedule");
    let output = lockstep(&["run", "--schedule", deadlock], "lock-order.go");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.starts_with("fatal error: all goroutines are asleep - deadlock!"),
        "{told}"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn each_output_has_a_schedule_that_prints_it() {
    let (report, _) = check("dining-philosophers.go");
    assert_eq!(
        outcomes(&report),
        [("completed".into(), 120), ("deadlock".into(), 1)]
    );
    let outputs = report["outputs"].as_array().expect("a list of outputs");
    for one in outputs.iter().take(8) {
        let schedule = one["schedule"].as_str().expect("a schedule");
        let output = lockstep(&["run", "--schedule", schedule], "dining-philosophers.go");
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            one["text"].as_str().expect("a text")
        );
    }
}

#[test]
fn a_leak_is_a_finding() {
    let (report, status) = check("leaked-sender.go");
    assert_eq!(report["verdict"], "proved");
    assert_eq!(report["findings"][0]["kind"], "leak");
    assert_eq!(status, 3);
}

#[test]
fn a_search_that_is_cut_short_says_so() {
    let output = lockstep(
        &["check", "--json", "--max-schedules", "5"],
        "dining-philosophers.go",
    );
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!(report["verdict"], "bounded");
    assert_eq!(report["bound"], "the limit on schedules was reached");
    assert_eq!(report["schedules"], 5);
}
