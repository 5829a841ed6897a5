//! The session with Go programs: what a person does on the page, without the page.
#![cfg(not(target_arch = "wasm32"))]

use lockstep::session::{Action, Policy, Run, State, go, reduce};
use lockstep::trace::{GoroutineId, Outcome};

fn all(state: State, actions: impl IntoIterator<Item = Action>) -> State {
    actions.into_iter().fold(state, reduce)
}

fn open(name: &str) -> State {
    let state = reduce(State::new(go()), Action::Open(name.into()));
    assert!(state.problems.is_empty(), "{:?}", state.problems);
    state
}

fn paste(source: &str) -> State {
    reduce(
        State::new(go()),
        Action::Load {
            name: "paste.go".into(),
            source: source.into(),
        },
    )
}

fn run(state: &State) -> &Run {
    state.run.as_ref().expect("a run")
}

fn ended(mut state: State) -> State {
    state = reduce(state, Action::End);
    while state.is_busy() {
        state = reduce(state, Action::Tick { budget: 500 });
    }
    state
}

/// The place of a goroutine's button.
fn button(state: &State, goroutine: u32) -> usize {
    let offers = &run(state).offers;
    let place = offers
        .iter()
        .position(|offer| offer.goroutine == GoroutineId(goroutine));
    place.unwrap_or_else(|| panic!("G{goroutine} cannot go on: {offers:?}"))
}

fn choose(state: State, goroutines: &[u32]) -> State {
    goroutines.iter().fold(state, |state, goroutine| {
        let place = button(&state, *goroutine);
        reduce(state, Action::Choose(place))
    })
}

#[test]
fn ab_ba_into_its_deadlock_two_back_and_out_of_it() {
    let mut state = open("lock-order");
    while run(&state).world.goroutine_count() < 3 {
        state = choose(state, &[1]);
    }
    // Both start, each locks its own side and then asks for the other's.
    let state = choose(state, &[2, 3, 2, 3, 1, 2, 3]);
    assert!(
        run(&state).sentence.contains("this is a deadlock"),
        "{}",
        run(&state).sentence
    );
    assert!(matches!(
        run(&state).world.outcome().map(|outcome| &**outcome),
        Some(Outcome::Deadlock(_))
    ));
    assert!(run(&state).offers.is_empty());
    let reasons: Vec<&str> = run(&state)
        .blocked
        .iter()
        .map(|blocked| &*blocked.reason)
        .collect();
    assert_eq!(
        reasons,
        [
            "waits for wg",
            "waits to lock bob.mu",
            "waits to lock alice.mu"
        ]
    );
    let cycles = lockstep::detect::lock_cycles(&run(&state).world);
    assert_eq!(
        cycles[0].words(&run(&state).world),
        "G2 → bob.mu → G3 → alice.mu → G2"
    );

    let length = run(&state).trace().len();
    let state = all(
        state,
        [Action::Back, Action::Back, Action::Back, Action::Back],
    );
    // Now G2 may have both locks before G3 has its first.
    let state = ended(choose(state, &[2]));
    assert_eq!(run(&state).paths.len(), 2);
    assert_eq!(
        run(&state)
            .world
            .outcome()
            .map(|outcome| (**outcome).clone()),
        Some(Outcome::Completed)
    );
    let state = reduce(state, Action::SwitchPath(0));
    assert_eq!(run(&state).trace().len(), length, "the old path is kept");
    let state = reduce(state, Action::NextFault);
    assert!(run(&state).sentence.contains("this is a deadlock"));
}

#[test]
fn a_type_error_has_its_place_and_the_text_is_kept() {
    let source = "package main\n\nfunc main() {\n\tvar n int = \"seven\"\n\tprintln(n, m)\n}\n";
    let state = paste(source);
    assert!(state.run.is_none());
    assert_eq!(&**state.text(), source);
    let told: Vec<String> = state
        .problems
        .iter()
        .map(|problem| format!("{}:{}: {}", problem.line, problem.column, problem.message))
        .collect();
    assert_eq!(
        told,
        [
            "4:14: cannot use \"seven\" (untyped string constant) as int value in variable declaration",
            "5:13: undefined: m"
        ]
    );
    let mended = source.replace("\"seven\"", "7").replace(", m", "");
    let state = all(state, [Action::Edit(mended), Action::Rerun]);
    assert!(state.problems.is_empty() && state.run.is_some());
}

#[test]
fn a_loop_without_end_is_cut_into_slices_and_ends_at_the_limit() {
    let state =
        paste("//lockstep:limit steps=300\npackage main\n\nfunc main() {\n\tfor {\n\t}\n}\n");
    let state = reduce(state, Action::End);
    assert!(state.is_busy(), "one action must not do it all");
    let some = run(&state).steps();
    let state = reduce(state, Action::Tick { budget: 100 });
    assert!(
        (1..=10).contains(&(run(&state).steps() - some)),
        "steps that compute for long count as many"
    );
    let state = ended(state);
    assert!(matches!(
        run(&state).world.outcome().map(|outcome| &**outcome),
        Some(Outcome::StepLimit(_))
    ));
}

#[test]
fn a_shared_link_opens_at_the_exact_step() {
    let state = all(
        open("worker-pool"),
        [Action::SetPolicy(Policy::Random), Action::SetSeed(5)],
    );
    let state = all(ended(state), [Action::GoToStep(41)]);
    let link = state.share();
    assert!(link.len() < 400, "{} characters: {link}", link.len());
    let opened = reduce(State::new(go()), Action::OpenLink(link));
    assert_eq!(opened.notice, None);
    assert_eq!(run(&opened).step(), 41);
    assert_eq!(run(&opened).sentence, run(&state).sentence);
    assert_eq!(run(&opened).world, run(&state).world);
    // What comes behind the cursor is in the link, too.
    assert_eq!(
        run(&ended(opened)).trace().hash(),
        run(&state).trace().hash()
    );
}

#[test]
fn lines_can_be_stepped_in_both_directions() {
    let source = "package main\n\nfunc main() {\n\ta := 1\n\tb := a + 1\n\tprintln(b)\n}\n";
    let mut state = reduce(
        paste(source),
        Action::SetStepSize(lockstep::session::StepSize::Line),
    );
    let mut lines = Vec::new();
    for _ in 0..12 {
        state = reduce(state, Action::Forward);
        lines.push((run(&state).cursor, run(&state).line_of(GoroutineId::MAIN)));
    }
    lines.dedup();
    let shown: Vec<u32> = lines.iter().filter_map(|(_, line)| *line).collect();
    assert!(shown.starts_with(&[4, 5, 6]), "{shown:?}");
    for (cursor, _) in lines.iter().rev().skip(1) {
        state = reduce(state, Action::Back);
        assert_eq!(run(&state).cursor, *cursor);
    }
}

#[test]
fn a_breakpoint_stops_a_run_at_its_line() {
    let state = all(open("pipeline"), [Action::SetPolicy(Policy::RoundRobin)]);
    let line = run(&state).sources.file(run(&state).file).map(|file| {
        (1..file.line_count())
            .find(|line| file.line(*line).trim().contains(" <- "))
            .unwrap_or(1)
    });
    let line = line.expect("the program has a channel operation");
    let state = ended(reduce(state, Action::ToggleBreakpoint(line)));
    assert!(!run(&state).has_ended() || !run(&state).is_at_front());
    assert_eq!(
        run(&state).line_of(
            run(&state)
                .world
                .running()
                .unwrap_or(run(&state).world.actor())
        ),
        Some(line)
    );
    let first = run(&state).cursor;
    let state = ended(state);
    assert!(
        run(&state).cursor > first,
        "running on leaves the breakpoint"
    );
}

#[test]
fn every_schedule_is_explored_and_a_witness_shows_its_fault() {
    let mut state = reduce(open("lock-order"), Action::Explore);
    let mut slices = 0;
    while state.is_busy() {
        state = reduce(state, Action::Tick { budget: 5 });
        slices += 1;
    }
    assert!(slices > 1, "it is done in slices");
    let exploration = state.exploration.clone().expect("it was asked for");
    assert_eq!(exploration.verdict, lockstep::explore::Verdict::Proved);
    let classes = &exploration.report.classes;
    assert_eq!(classes.len(), 2, "it completes or it deadlocks");
    let deadlock = classes
        .iter()
        .find(|class| matches!(class.outcome, Outcome::Deadlock(_)));
    let witness = deadlock.expect("some schedule deadlocks").witness.clone();
    let mut state = reduce(state, Action::Witness(witness));
    while state.is_busy() {
        state = reduce(state, Action::Tick { budget: 50 });
    }
    assert!(
        run(&state).sentence.contains("this is a deadlock"),
        "{}",
        run(&state).sentence
    );
    assert_eq!(run(&state).paths.len(), 2);
    let other = reduce(open("lock-order"), Action::Explore);
    let cancelled = reduce(other, Action::StopExploring);
    assert!(!cancelled.is_busy());
}
