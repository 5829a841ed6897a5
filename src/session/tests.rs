//! The session against programs that are written in Rust: no Go is needed to step, branch and replay.

use std::rc::Rc;

use super::*;
use crate::runtime::{Handle, Options, Program, Runtime};
use crate::sync::{Atomic, Channel, Mutex, Receive, select, sleep};
use crate::trace::{FileId, GoroutineId, SourceMap};

/// Two producers race for a channel of one slot; main takes two values and ends.
fn race(runtime: &Runtime) {
    let handle = runtime.handle().clone();
    let root = handle.clone();
    runtime.spawn("main", async move {
        let jobs = Channel::<u32>::new(&handle, 1);
        for value in [1, 2] {
            let jobs = jobs.clone();
            handle
                .go(
                    "producer",
                    async move { jobs.send(value).await.unwrap_or(()) },
                )
                .await;
        }
        for _ in 0..2 {
            let value = jobs.receive().await;
            handle.print(&format!("{value:?}\n")).await;
        }
    });
    drop(root);
}

/// Main selects between two channels that are both ready.
fn two_ready(runtime: &Runtime) {
    let handle = runtime.handle().clone();
    runtime.spawn("main", async move {
        let a = Channel::<u32>::new(&handle, 1);
        let b = Channel::<u32>::new(&handle, 1);
        a.send(1).await.unwrap_or(());
        b.send(2).await.unwrap_or(());
        let (mut first, mut second) = (Receive::new(&a), Receive::new(&b));
        let chosen = select(&handle, &mut [&mut first, &mut second]).await;
        handle.print(&format!("case {chosen}\n")).await;
    });
}

/// Goes on for ever.
fn for_ever(runtime: &Runtime) {
    let handle: Handle = runtime.handle().clone();
    runtime.spawn("main", async move {
        loop {
            handle.gosched(crate::trace::Span::NONE).await;
        }
    });
}

/// Sends to nobody.
fn asleep(runtime: &Runtime) {
    let handle = runtime.handle().clone();
    runtime.spawn("main", async move {
        let jobs = Channel::<u32>::new(&handle, 0);
        jobs.send(1).await.unwrap_or(());
    });
}

fn compiler() -> Compiler {
    Rc::new(|file, source| {
        let mut sources = SourceMap::new();
        let id: FileId = sources.add(crate::trace::SourceFile::new(file, source));
        let program: Rc<dyn Program> = match source.trim() {
            "race" => Rc::new(race),
            "two ready" => Rc::new(two_ready),
            "for ever" => Rc::new(for_ever),
            "asleep" => Rc::new(asleep),
            "opposite" => Rc::new(opposite),
            "spins" => Rc::new(spins),
            "leaves behind" => Rc::new(leaves_behind),
            _ => {
                let message = "undefined: x".into();
                return Err(vec![Problem {
                    line: 1,
                    column: 1,
                    start: 0,
                    end: 1,
                    message,
                }]);
            }
        };
        let mut options = Options::default();
        options.limits.steps = 20_000;
        Ok(Compiled {
            program,
            sources: Rc::new(sources),
            file: id,
            options,
        })
    })
}

fn open(source: &str) -> State {
    let load = Action::Load {
        name: "test.go".into(),
        source: source.into(),
    };
    reduce(State::new(compiler()), load)
}

fn all(state: State, actions: &[Action]) -> State {
    actions.iter().cloned().fold(state, reduce)
}

fn run(state: &State) -> &Run {
    state.run.as_ref().expect("a run")
}

fn printed(state: &State) -> String {
    run(state).world.output_text(crate::trace::Stream::Out)
}

fn ended(mut state: State) -> State {
    state = reduce(state, Action::End);
    while state.is_busy() {
        state = reduce(state, Action::Tick { budget: 100 });
    }
    state
}

#[test]
fn forward_and_back_give_the_same_pictures() {
    let mut state = open("race");
    let mut pictures = vec![(
        run(&state).cursor,
        run(&state).world.clone(),
        run(&state).sentence.clone(),
    )];
    loop {
        state = reduce(state, Action::Forward);
        if pictures.last().map(|(cursor, ..)| *cursor) == Some(run(&state).cursor) {
            break;
        }
        pictures.push((
            run(&state).cursor,
            run(&state).world.clone(),
            run(&state).sentence.clone(),
        ));
    }
    assert!(run(&state).has_ended());
    assert!(pictures.len() > 8, "{}", pictures.len());
    for (cursor, world, sentence) in pictures.iter().rev().skip(1) {
        state = reduce(state, Action::Back);
        assert_eq!(run(&state).cursor, *cursor);
        assert_eq!(run(&state).world, *world);
        assert_eq!(run(&state).sentence, *sentence);
    }
    assert_eq!(
        run(&reduce(state, Action::Back)).cursor,
        pictures[0].0,
        "home is as far as it goes"
    );
}

#[test]
fn acting_in_the_past_forks_and_the_old_path_is_kept() {
    let mut state = open("race");
    while run(&state).offers.len() < 3 {
        state = reduce(state, Action::Forward);
    }
    let fork = run(&state).cursor;
    // Main went on at the choice; its end is reached, then the past is changed.
    let first = all(
        state,
        &[Action::ChooseGoroutine(GoroutineId(3), None), Action::End],
    );
    let first = ended(first);
    let (length, output) = (run(&first).trace().len(), printed(&first));
    let back = reduce(first.clone(), Action::GoToEvent(fork));
    assert_eq!(run(&back).cursor, fork);
    let recorded: Vec<bool> = run(&back)
        .offers
        .iter()
        .map(|offer| offer.recorded)
        .collect();
    assert_eq!(recorded, [false, false, true]);
    let same = reduce(back.clone(), Action::Choose(2));
    assert_eq!(run(&same).paths.len(), 1, "the recorded choice is no fork");
    let other = ended(reduce(back, Action::Choose(1)));
    assert_eq!(run(&other).paths.len(), 2);
    assert_eq!(run(&other).paths[1].forked, Some((0, fork)));
    assert_ne!(printed(&other), output);
    let again = reduce(other, Action::SwitchPath(0));
    assert_eq!(
        (run(&again).cursor, run(&again).trace().len()),
        (fork, length)
    );
    assert_eq!(printed(&ended(again)), output);
}

#[test]
fn every_ready_case_is_an_offer_and_is_taken() {
    for wanted in [0, 1] {
        let mut state = open("two ready");
        while run(&state).offers.iter().all(|offer| offer.case.is_none()) {
            state = reduce(state, Action::Forward);
        }
        assert_eq!(run(&state).offers.len(), 2);
        let state = ended(reduce(state, Action::Choose(wanted)));
        assert_eq!(printed(&state), format!("case {wanted}\n"));
    }
}

#[test]
fn a_link_opens_at_the_exact_step() {
    let mut state = open("race");
    while run(&state).offers.len() < 3 {
        state = reduce(state, Action::Forward);
    }
    let state = ended(reduce(state, Action::Choose(2)));
    let state = all(state, &[Action::Back, Action::Back, Action::Back]);
    let link = state.share();
    let opened = reduce(State::new(compiler()), Action::OpenLink(format!("#{link}")));
    assert_eq!(opened.notice, None);
    assert_eq!(run(&opened).cursor, run(&state).cursor);
    assert_eq!(run(&opened).world, run(&state).world);
    assert_eq!(opened.share(), link);
    assert_eq!(printed(&ended(opened)), printed(&ended(state)));
}

#[test]
fn damaged_links_are_told_and_change_nothing() {
    let state = open("race");
    for text in [
        "#v1",
        "#v9.x",
        "v1.sAAAA",
        "v1.pno-such-program~00000000",
        "v1.pmutex~00000000.t2-a",
    ] {
        let after = reduce(state.clone(), Action::OpenLink(text.into()));
        assert!(after.notice.is_some(), "{text}");
        assert_eq!(after.program, state.program);
    }
    // A schedule of another program is said not to fit.
    let link = link::Link {
        program: link::LinkedProgram::Source("two ready".into()),
        schedule: "1.q30".into(),
        cursor: 9,
        memory_points: false,
    };
    let opened = reduce(state, Action::OpenLink(link.encode()));
    assert!(
        opened
            .notice
            .as_deref()
            .is_some_and(|notice| notice.contains("does not fit")),
        "{:?}",
        opened.notice
    );
    assert!(opened.run.is_some());
}

#[test]
fn a_run_without_end_proceeds_in_slices_and_stops_at_its_limit() {
    let mut state = open("for ever");
    state = reduce(state, Action::End);
    assert!(state.is_busy());
    let steps = run(&state).steps();
    state = reduce(state, Action::Tick { budget: 500 });
    assert_eq!(run(&state).steps(), steps + 500);
    let paused = reduce(state.clone(), Action::Pause);
    assert!(!paused.is_busy());
    let done = ended(state);
    assert!(matches!(
        done.run
            .as_ref()
            .and_then(|run| run.world.outcome().cloned())
            .as_deref(),
        Some(crate::trace::Outcome::StepLimit(_))
    ));
}

#[test]
fn what_was_typed_is_never_lost() {
    let state = open("race");
    let state = all(state, &[Action::Edit("no program".into()), Action::Rerun]);
    assert_eq!(state.text().as_ref(), "no program");
    assert_eq!(state.problems.len(), 1);
    assert!(state.is_stale() && state.run.is_some());
    let state = all(state, &[Action::Edit("asleep".into()), Action::Rerun]);
    assert!(state.problems.is_empty() && !state.is_stale());
    assert_eq!(state.program.source.as_ref(), "asleep");
    let state = ended(state);
    assert!(
        run(&state)
            .sentence
            .ends_with("Now nobody can go on: this is a deadlock."),
        "{}",
        run(&state).sentence
    );
    assert!(
        run(&state).sentence.starts_with("G1 waits to send 1 on "),
        "{}",
        run(&state).sentence
    );
    let never = open("no program");
    assert!(never.run.is_none());
    assert_eq!(never.text().as_ref(), "no program");
}

#[test]
fn playing_asks_when_the_person_decides() {
    let mut state = open("race");
    state = reduce(state, Action::Play);
    let mut ticks = 0;
    while state.is_busy() {
        state = reduce(state, Action::Tick { budget: 1 });
        ticks += 1;
    }
    assert!(ticks > 1 && !run(&state).has_ended());
    assert!(state.notice.is_some() && run(&state).offers.len() > 1);
    state = all(
        state,
        &[
            Action::SetPolicy(Policy::Random),
            Action::SetSeed(3),
            Action::Play,
        ],
    );
    while state.is_busy() {
        state = reduce(state, Action::Tick { budget: 1 });
    }
    assert!(run(&state).has_ended());
}

#[test]
fn going_to_a_fault_and_a_switch() {
    let state = reduce(open("asleep"), Action::NextFault);
    assert_eq!(run(&state).cursor, run(&state).trace().len());
    let home = reduce(state, Action::Home);
    assert_eq!(run(&home).step(), 0);
    let state = reduce(home, Action::NextFault);
    assert!(run(&state).world.outcome().is_some());
    let state = reduce(open("race"), Action::NextSwitch);
    assert_eq!(run(&state).index().switches().len(), 1);
    assert_ne!(run(&state).world.actor(), GoroutineId::MAIN);
    let back = reduce(state, Action::PreviousSwitch);
    assert_eq!(run(&back).cursor, run(&back).index().home());
}

/// Main starts one goroutine that sends to nobody, one that never stops, or one that would just end.
fn leaves_behind(runtime: &Runtime) {
    let handle = runtime.handle().clone();
    runtime.spawn("main", async move {
        let jobs = Channel::<u32>::new(&handle, 0);
        handle
            .go("leaks", async move { jobs.send(1).await.unwrap_or(()) })
            .await;
        let late = handle.clone();
        let ends = async move { late.gosched(crate::trace::Span::NONE).await };
        handle.go("ends", ends).await;
    });
}

#[test]
fn leaks_are_found_when_main_returns_and_not_those_that_would_have_ended() {
    let state = ended(open("leaves behind"));
    let leaks = run(&state).leaks();
    let who: Vec<u32> = leaks.iter().map(|leak| leak.goroutine.0).collect();
    assert_eq!(who, [2]);
    let reason = leaks[0].parked.map(|stuck| stuck.reason);
    assert_eq!(reason, Some(crate::trace::WaitReason::ChanSend));
    assert!(run(&ended(open("race"))).leaks().is_empty());
}

/// Main spins until a flag is set that another goroutine sets.
fn spins(runtime: &Runtime) {
    let handle = runtime.handle().clone();
    runtime.spawn("main", async move {
        let flag = Atomic::new(&handle, false);
        let setter = flag.clone();
        handle
            .go("setter", async move { setter.store(true).await })
            .await;
        while !flag.load().await {}
    });
}

#[test]
fn who_spins_is_not_left_to_spin_when_nobody_chooses() {
    let state = ended(open("spins"));
    let outcome = run(&state).world.outcome().cloned();
    assert_eq!(outcome.as_deref(), Some(&crate::trace::Outcome::Completed));
}

#[test]
fn a_huge_text_is_refused_and_kept() {
    let text = "a".repeat(10 * 1024 * 1024);
    let state = all(open("race"), &[Action::Edit(text.clone()), Action::Rerun]);
    assert!(state.problems[0].message.contains("too large"));
    assert_eq!(state.text().len(), text.len());
}

/// Two goroutines lock two mutexes in opposite order while main sleeps for a second.
fn opposite(runtime: &Runtime) {
    let handle = runtime.handle().clone();
    runtime.spawn("main", async move {
        let locks = [Mutex::new(&handle), Mutex::new(&handle)];
        for (first, second) in [(0, 1), (1, 0)] {
            let (first, second) = (locks[first].clone(), locks[second].clone());
            let worker = async move {
                first.lock().await;
                second.lock().await;
                let _ = second.unlock().await;
                let _ = first.unlock().await;
            };
            handle.go("worker", worker).await;
        }
        sleep(&handle, 1_000_000_000).await;
    });
}

#[test]
fn a_ring_of_locks_is_a_fault_at_the_step_that_closes_it() {
    let mut state = open("opposite");
    let choose = |goroutine| Action::ChooseGoroutine(GoroutineId(goroutine), None);
    while run(&state).world.goroutine_count() < 3 {
        state = reduce(state, choose(1));
    }
    // Each starts, takes its first lock, and asks for the second.
    let state = all(state, &[2, 2, 3, 3, 2].map(choose));
    assert!(run(&state).index().faults().is_empty());
    let state = reduce(state, choose(3));
    assert!(
        run(&state).sentence.ends_with(
            "Now these wait for each other for ever: G2 → sync.Mutex#2 → G3 → sync.Mutex#1 → G2."
        ),
        "{}",
        run(&state).sentence
    );
    let fault = run(&state).cursor;
    let done = ended(state);
    assert_eq!(run(&done).leaks().len(), 2);
    let back = all(done, &[Action::Home, Action::NextFault]);
    assert_eq!(run(&back).cursor, fault);
}
