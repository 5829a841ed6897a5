//! The explorer on the catalogue: what a program may do is found, and what it may not is not.
#![cfg(not(target_arch = "wasm32"))]

mod support {
    #[expect(dead_code, reason = "the trace hashes are for other tests")]
    pub mod catalogue;
}

use lockstep::explore::{ExploreOptions, Explorer, Verdict};
use lockstep::session::catalogue::{Expectation, programs};
use lockstep::trace::Outcome;
use support::catalogue::ready;

/// Runs spent on one program; most need fewer to be proved.
const RUNS: u64 = 400;

/// What the explorer has seen, in the words of the `:expect` lines.
fn seen(explorer: &Explorer) -> Vec<Expectation> {
    let report = explorer.report();
    let mut seen: Vec<Expectation> = Vec::new();
    for class in &report.classes {
        let one = match &class.outcome {
            Outcome::Completed => {
                let leaks: u64 = report
                    .leaks
                    .iter()
                    .map(|leak| leak.count)
                    .max()
                    .unwrap_or(0);
                if leaks > 0 {
                    seen.push(Expectation::Leak);
                }
                if leaks == class.count {
                    continue;
                }
                Expectation::Completed
            }
            Outcome::Exited(code) => Expectation::Exited(*code),
            Outcome::Deadlock(_) => Expectation::Deadlock,
            Outcome::Panic(fault) => Expectation::Panic(fault.message.to_string()),
            Outcome::Fatal(fault) => Expectation::Fatal(fault.message.to_string()),
            _ => Expectation::StepLimit,
        };
        seen.push(one);
    }
    seen
}

fn answers(expected: &Expectation, seen: &Expectation) -> bool {
    match (expected, seen) {
        (Expectation::Panic(part), Expectation::Panic(whole))
        | (Expectation::Fatal(part), Expectation::Fatal(whole)) => whole.contains(part),
        _ => expected == seen,
    }
}

#[test]
fn the_catalogue_does_what_it_says_in_every_schedule() {
    let (mut proved, mut all) = (0, 0);
    for program in programs() {
        let expect = program.directives().expect;
        // The search does not look for data races, which are findings beside the outcome, and a
        // program that never ends cannot be searched to its end.
        if expect.contains(&Expectation::StepLimit) || expect.contains(&Expectation::Race) {
            continue;
        }
        let Ok((go, _)) = ready(&program) else {
            continue;
        };
        all += 1;
        let mut explorer = Explorer::new(ExploreOptions::default());
        for _ in 0..RUNS {
            if !explorer.run(&go) {
                break;
            }
        }
        let seen = seen(&explorer);
        for one in &seen {
            let expected = expect.iter().any(|line| answers(line, one));
            assert!(expected, "{}: {one:?} is not expected", program.name);
        }
        if explorer.verdict() == Verdict::Proved {
            proved += 1;
            for line in &expect {
                let found = seen.iter().any(|one| answers(line, one));
                assert!(found, "{}: {line:?} does not come about", program.name);
            }
        }
    }
    assert!(proved * 4 >= all * 3, "{proved} of {all} proved");
}
