//! The laws of DESIGN that concern the engine alone.

use lockstep::runtime::{GoroutineState, Limits, Options, Progress, Runtime, run};
use lockstep::schedule::{Interactive, Pct, Random, Replay, RoundRobin, Schedule, Scheduler};
use lockstep::trace::{Event, EventKind, Exceeded, GoroutineId, Outcome, Trace};

use crate::generate::{Script, Scripted};

/// So many programs are tried, each under several policies.
const PROGRAMS: u64 = 400;

fn policies(seed: u64) -> Vec<Box<dyn Scheduler>> {
    vec![
        Box::new(RoundRobin::new(seed)),
        Box::new(Random::new(seed)),
        Box::new(Pct::new(seed, 3, 30)),
    ]
}

fn programs() -> impl Iterator<Item = (u64, Scripted)> {
    (0..PROGRAMS).map(|seed| (seed, Scripted::new(Script::random(seed, 4, 16))))
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    for (seed, program) in programs() {
        for (first, second) in policies(seed).iter_mut().zip(policies(seed).iter_mut()) {
            let a = run(&program, first, Options::default());
            let b = run(&program, second, Options::default());
            assert_eq!(a, b, "{:?}", program.script);
            assert_eq!(a.trace.hash(), b.trace.hash());
        }
    }
}

#[test]
fn a_replayed_schedule_gives_the_same_trace_through_its_text() {
    for (seed, program) in programs() {
        for policy in &mut policies(seed) {
            let first = run(&program, policy, Options::default());
            let text = first.schedule.to_string();
            let schedule: Schedule = text.parse().unwrap();
            assert_eq!(schedule, first.schedule);
            let mut replay = Replay::new(&schedule);
            let second = run(&program, &mut replay, Options::default());
            assert_eq!(replay.divergence(), None, "{text} {:?}", program.script);
            assert_eq!(second, first, "{text} {:?}", program.script);
        }
    }
}

#[test]
fn a_used_runtime_runs_as_a_new_one() {
    let mut runtime = Runtime::default();
    for (seed, program) in programs() {
        let fresh = run(&program, &mut Random::new(seed), Options::default());
        runtime.reset();
        lockstep::runtime::Program::start(&program, &runtime);
        let progress = runtime.run(&mut Random::new(seed));
        assert_eq!(progress, Progress::Ended(fresh.outcome));
        assert_eq!(runtime.take_trace(), fresh.trace);
        assert_eq!(*runtime.schedule(), fresh.schedule);
    }
}

#[test]
fn running_in_slices_or_unrecorded_changes_nothing() {
    for (seed, program) in programs() {
        let whole = run(&program, &mut Random::new(seed), Options::default());
        let mut runtime = Runtime::default();
        lockstep::runtime::Program::start(&program, &runtime);
        let mut random = Random::new(seed);
        let mut trace = Trace::new();
        let outcome = loop {
            match runtime.run_for(&mut random, 3) {
                Progress::Running => trace.append(runtime.take_trace()),
                Progress::Ended(outcome) => break outcome,
                Progress::Paused(_) => unreachable!("a random policy never pauses"),
            }
        };
        trace.append(runtime.take_trace());
        assert_eq!((&trace, &outcome), (&whole.trace, &whole.outcome));
        let options = Options {
            recording: false,
            ..Options::default()
        };
        let silent = run(&program, &mut Random::new(seed), options);
        assert_eq!(
            (silent.schedule, silent.outcome),
            (whole.schedule, whole.outcome)
        );
        assert!(silent.trace.is_empty());
    }
}

#[test]
fn a_person_who_answers_as_the_schedule_does_sees_the_same() {
    for (seed, program) in programs().take(100) {
        let first = run(&program, &mut Random::new(seed), Options::default());
        let mut decisions = first.schedule.decisions();
        let mut runtime = Runtime::default();
        lockstep::runtime::Program::start(&program, &runtime);
        let mut person = Interactive::new(seed);
        let outcome = loop {
            match runtime.run(&mut person) {
                Progress::Paused(choice) => {
                    let decision = decisions.next().unwrap();
                    assert_eq!((decision.kind, decision.count), (choice.kind, choice.count));
                    person.answer(decision.pick);
                }
                Progress::Ended(outcome) => break outcome,
                Progress::Running => unreachable!("it runs to the end or pauses"),
            }
        };
        assert_eq!(
            (runtime.take_trace(), outcome),
            (first.trace, first.outcome)
        );
    }
}

/// Folds the states of goroutines from the events and checks each change against the table.
fn states(trace: &Trace) -> Vec<GoroutineState> {
    let mut states: Vec<GoroutineState> = Vec::new();
    let change = |states: &mut Vec<GoroutineState>, id: GoroutineId, next, event: &Event| {
        let state = &mut states[id.0 as usize - 1];
        assert!(
            state.may_become(next),
            "{id} {state:?} -> {next:?} by {event:?}"
        );
        *state = next;
    };
    for event in trace {
        let who = event.goroutine;
        match &event.kind {
            EventKind::Go { child, .. } => {
                states.push(GoroutineState::Runnable);
                assert_eq!(child.0 as usize, states.len());
            }
            EventKind::Step => change(&mut states, who, GoroutineState::Running, event),
            EventKind::Yield { .. } => change(&mut states, who, GoroutineState::Runnable, event),
            EventKind::Park { reason, .. } => {
                change(&mut states, who, GoroutineState::Waiting(*reason), event);
            }
            EventKind::Ready { goroutine, .. } => {
                change(&mut states, *goroutine, GoroutineState::Runnable, event);
            }
            EventKind::Exit => change(&mut states, who, GoroutineState::Dead, event),
            _ => {}
        }
    }
    states
}

#[test]
fn the_events_tell_the_states_and_every_change_is_legal() {
    for (seed, program) in programs() {
        let mut runtime = Runtime::default();
        lockstep::runtime::Program::start(&program, &runtime);
        runtime.run(&mut Random::new(seed));
        let folded = states(&runtime.take_trace());
        for (i, state) in folded.iter().enumerate() {
            let id = GoroutineId(i as u32 + 1);
            let live = runtime.goroutine(id).unwrap().state;
            assert_eq!(*state, live, "{id} {:?}", program.script);
        }
        assert_eq!(folded.len(), runtime.goroutines() as usize);
    }
}

/// Folds the wait queues from the events and holds them against the objects' own account.
#[test]
fn the_events_tell_the_queues() {
    for (seed, program) in programs() {
        let mut runtime = Runtime::default();
        lockstep::runtime::Program::start(&program, &runtime);
        let mut random = Random::new(seed);
        let mut waiting: Vec<(u32, u32)> = Vec::new();
        while runtime.step(&mut random) == Progress::Running {
            for event in &runtime.take_trace() {
                match &event.kind {
                    EventKind::Enqueue { object, .. } => {
                        waiting.push((object.0, event.goroutine.0));
                    }
                    EventKind::Dequeue {
                        object, goroutine, ..
                    } => {
                        let entry = (object.0, goroutine.0);
                        let at = waiting.iter().position(|other| *other == entry).unwrap();
                        waiting.remove(at);
                    }
                    _ => {}
                }
            }
            let mut live: Vec<(u32, u32)> = Vec::new();
            for (object, state) in runtime.inspect() {
                let queues = [&state.senders, &state.receivers, &state.readers_waiting];
                live.extend(queues.into_iter().flatten().map(|who| (object.0, who.0)));
            }
            let mut folded = waiting.clone();
            folded.sort_unstable();
            live.sort_unstable();
            assert_eq!(folded, live, "{:?}", program.script);
        }
    }
}

#[test]
fn limits_end_a_run() {
    let forever = |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            loop {
                handle.gosched(lockstep::trace::Span::NONE).await;
            }
        });
    };
    let options = |limits| Options {
        limits,
        ..Options::default()
    };
    let limits = Limits {
        steps: 1_000,
        ..Limits::default()
    };
    let steps = run(&forever, &mut RoundRobin::new(0), options(limits));
    assert_eq!(steps.outcome, Outcome::StepLimit(Exceeded::Steps));
    let limits = Limits {
        events: 1_000,
        ..Limits::default()
    };
    let events = run(&forever, &mut RoundRobin::new(0), options(limits));
    assert_eq!(events.outcome, Outcome::StepLimit(Exceeded::Events));
    assert!(events.trace.len() <= 1_010);
    assert_eq!(events.trace.outcome(), Some(&events.outcome));

    let burning = |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            loop {
                handle.set_fuel(0);
                handle.out_of_fuel(lockstep::trace::Span::NONE).await;
            }
        });
    };
    let limits = Limits {
        fuel: 1_000_000,
        ..Limits::default()
    };
    let fuel = run(&burning, &mut RoundRobin::new(0), options(limits));
    assert_eq!(fuel.outcome, Outcome::StepLimit(Exceeded::Fuel));

    let hungry = |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            for megabytes in 1.. {
                if !handle.set_memory(megabytes << 20) {
                    return;
                }
            }
        });
    };
    let memory = run(&hungry, &mut RoundRobin::new(0), options(Limits::default()));
    assert_eq!(memory.outcome, Outcome::MemoryLimit(Exceeded::Memory));

    let bomb = |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            loop {
                handle.go("child", std::future::pending()).await;
            }
        });
    };
    let limits = Limits {
        goroutines: 100,
        ..Limits::default()
    };
    let goroutines = run(&bomb, &mut RoundRobin::new(0), options(limits));
    assert_eq!(
        goroutines.outcome,
        Outcome::MemoryLimit(Exceeded::Goroutines)
    );
}

#[test]
fn futures_of_others_wake_their_goroutines() {
    use futures::channel::oneshot;
    use futures::future::join;

    let program = |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        let (sender, receiver) = oneshot::channel();
        let (more, rest) = oneshot::channel();
        runtime.spawn("main", async move {
            handle.spawn("sender", {
                let handle = handle.clone();
                async move {
                    handle.gosched(lockstep::trace::Span::NONE).await;
                    sender.send(3).unwrap();
                    lockstep::sync::sleep(&handle, 5).await;
                    more.send(4).unwrap();
                }
            });
            let (a, b) = join(receiver, rest).await;
            handle.print(&format!("{}", a.unwrap() + b.unwrap())).await;
        });
    };
    for seed in 0..20 {
        let run = run(&program, &mut Random::new(seed), Options::default());
        assert_eq!(run.outcome, Outcome::Completed);
        assert!(
            run.trace.events().iter().any(
                |event| matches!(&event.kind, EventKind::Output { text, .. } if &**text == "7")
            )
        );
    }
}

#[test]
fn what_main_leaves_behind_can_be_let_run_on() {
    use lockstep::sync::{Channel, sleep};

    let program = |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            let channel = Channel::<u8>::new(&handle, 0);
            let sleeper = handle.clone();
            handle.spawn("leaks", async move { channel.send(1).await.unwrap() });
            handle.spawn("ends", async move { sleep(&sleeper, 10).await });
            let busy = handle.clone();
            handle.spawn("never stops", async move {
                loop {
                    busy.gosched(lockstep::trace::Span::NONE).await;
                }
            });
        });
    };
    let mut runtime = Runtime::default();
    lockstep::runtime::Program::start(&program, &runtime);
    assert_eq!(
        runtime.run(&mut RoundRobin::new(0)),
        Progress::Ended(Outcome::Completed)
    );
    let length = runtime.trace().len();
    let tail = runtime.run_tail(&mut RoundRobin::new(0), 1_000);
    assert_eq!(tail.running, [GoroutineId(4)]);
    assert_eq!(
        tail.stuck
            .iter()
            .map(|stuck| stuck.goroutine.0)
            .collect::<Vec<_>>(),
        [2, 3]
    );
    assert_eq!(
        runtime.trace().len(),
        length,
        "the tail is not part of the run"
    );
    assert_eq!(runtime.outcome(), Some(Outcome::Completed));
}

#[test]
fn a_hundred_thousand_parked_goroutines() {
    use lockstep::sync::WaitGroup;

    let program = |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            let group = WaitGroup::new(&handle);
            group.add(1).await.unwrap();
            for _ in 0..100_000 {
                let group = group.clone();
                handle.spawn("waiter", async move { group.wait().await.unwrap() });
            }
            lockstep::sync::sleep(&handle, 1).await;
            group.done().await.unwrap();
            lockstep::sync::sleep(&handle, 1).await;
            assert_eq!(handle.alive(), 1);
        });
    };
    let options = Options {
        recording: false,
        ..Options::default()
    };
    assert_eq!(
        run(&program, &mut RoundRobin::new(0), options).outcome,
        Outcome::Completed
    );
}
