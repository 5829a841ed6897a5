//! The laws of the design, over generated programs and over the catalogue.
//!
//! 1. The same program, schedule and limits give the same trace.
//! 2. The folded world says what the live runtime says of itself.
//! 3. Any way to a position gives the same world.
//! 4. A schedule survives its text, replays the run, and never diverges silently.
//! 5. Goroutines change their states as the table allows.

mod support {
    pub mod scripts;
}

use lockstep::runtime::{self, Options, Program, Progress, Run, Runtime};
use lockstep::schedule::{Random, Replay, Schedule};
use lockstep::session::{catalogue, compile_go};
use lockstep::trace::{EventKind, GoroutineId, GoroutineState, Queue, Trace};
use lockstep::world::{BarState, Checkpoints, Index, ObjectState, OnceState, Timeline, World};
use proptest::prelude::*;
use support::scripts::scripts;

fn random_run(program: &dyn Program, seed: u64, options: Options) -> Run {
    runtime::run(program, &mut Random::new(seed), options)
}

/// Law 1.
fn holds_to_its_schedule(program: &dyn Program, seed: u64, options: Options) -> Run {
    let (first, second) = (
        random_run(program, seed, options),
        random_run(program, seed, options),
    );
    assert_eq!(first.trace, second.trace);
    assert_eq!(first.trace.hash(), second.trace.hash());
    first
}

/// Law 2: at the end of every step, since between steps nobody can ask the runtime.
fn folds_to_the_runtime(program: &dyn Program, seed: u64, options: Options) {
    let mut runtime = Runtime::new(options);
    program.start(&runtime);
    let mut scheduler = Random::new(seed);
    let mut world = World::new();
    loop {
        let progress = runtime.step(&mut scheduler);
        let length = runtime.trace().len();
        world.advance(&runtime.trace(), length);
        agrees(&world, &runtime);
        if matches!(progress, Progress::Ended(_)) {
            assert_eq!(
                world.outcome().map(|outcome| (**outcome).clone()),
                runtime.outcome()
            );
            break;
        }
    }
}

fn agrees(world: &World, runtime: &Runtime) {
    assert_eq!(world.time(), runtime.now());
    assert_eq!(world.goroutine_count(), runtime.goroutines() as usize);
    let has_ended = world.outcome().is_some();
    for goroutine in world.goroutines() {
        let live = runtime
            .goroutine(goroutine.id)
            .expect("the runtime knows every goroutine");
        assert_eq!(goroutine.state, live.state, "{}", goroutine.id);
        match live.state {
            GoroutineState::Runnable if !has_ended => {
                assert_eq!(goroutine.next, live.pending, "{}", goroutine.id);
                assert_eq!(goroutine.next_cases, live.cases, "{}", goroutine.id);
            }
            GoroutineState::Waiting(_) => {
                assert_eq!(goroutine.waits_on, live.object, "{}", goroutine.id);
                assert_eq!(goroutine.wait_cases, live.cases, "{}", goroutine.id);
            }
            _ => {}
        }
    }
    for (id, live) in runtime.inspect() {
        let object = world.object(id).expect("the world knows every object");
        let queue = |queue| {
            object
                .queue(queue)
                .map(|waiter| waiter.goroutine)
                .collect::<Vec<_>>()
        };
        match &object.state {
            ObjectState::Channel(channel) => {
                let buffer: Vec<String> =
                    channel.buffer.iter().map(|text| text.to_string()).collect();
                assert_eq!(buffer, live.buffer, "{}", object.label());
                assert_eq!(channel.closed, live.done, "{}", object.label());
                assert_eq!(queue(Queue::Send), live.senders, "{}", object.label());
                assert_eq!(queue(Queue::Receive), live.receivers, "{}", object.label());
                for (place, value) in channel.buffer.iter().enumerate() {
                    assert_eq!(channel.slot(channel.slot_of(place)), Some(value));
                }
            }
            ObjectState::Lock(lock) => {
                assert_eq!(lock.holder, live.holder, "{}", object.label());
                assert_eq!(lock.readers, live.readers, "{}", object.label());
                assert_eq!(queue(Queue::Wait), live.receivers, "{}", object.label());
                assert_eq!(
                    queue(Queue::Read),
                    live.readers_waiting,
                    "{}",
                    object.label()
                );
            }
            ObjectState::WaitGroup(count) => {
                assert_eq!(*count, live.count, "{}", object.label());
                assert_eq!(queue(Queue::Wait), live.receivers, "{}", object.label());
            }
            ObjectState::Once(state) => {
                assert_eq!(*state == OnceState::Done, live.done, "{}", object.label());
            }
            ObjectState::Cond(_) => {
                assert_eq!(queue(Queue::Wait), live.receivers, "{}", object.label())
            }
            ObjectState::Timer(timer) => {
                assert_eq!(timer.deadline, live.deadline, "{}", object.label())
            }
            ObjectState::Context(context) => {
                assert_eq!(context.end.is_some(), live.done, "{}", object.label());
            }
            ObjectState::Value(_) => {}
        }
    }
}

/// Law 3.
fn every_way_leads_to_the_same_world(trace: &Trace) {
    let mut worlds = vec![World::new()];
    for event in trace {
        let mut world = worlds.last().cloned().unwrap_or_default();
        world.apply(event);
        worlds.push(world);
    }
    let mut checkpoints = Checkpoints::new();
    checkpoints.extend(trace);
    for (position, world) in worlds.iter().enumerate().rev() {
        assert_eq!(checkpoints.world(trace, position), *world);
        let counts = world.counts();
        let sum = counts.runnable + counts.running + counts.waiting + counts.dead;
        assert_eq!(sum, world.goroutine_count());
        assert_eq!(world.running().is_some(), counts.running == 1);
    }
    assert_eq!(World::at(trace, trace.len() / 2), worlds[trace.len() / 2]);
    let mut index = Index::new();
    index.extend(trace);
    for step in 0..index.steps() {
        let (before, after) = (&worlds[index.start(step)], &worlds[index.end(step)]);
        assert_eq!((before.steps(), after.steps()), (step, step + 1));
        assert_eq!(Some(after.actor()), index.actor(step));
        assert_eq!(before.running(), None, "a step begins between steps");
        assert_eq!(index.settle(index.start(step)), index.start(step));
    }
}

/// The timeline shows the states that the world has, and arrows that point forwards.
fn the_timeline_agrees(trace: &Trace) {
    let mut timeline = Timeline::new();
    timeline.extend(trace);
    let mut world = World::new();
    for (at, event) in trace.into_iter().enumerate() {
        world.apply(event);
        for goroutine in world.goroutines() {
            let lane = timeline
                .lane(goroutine.id)
                .expect("a lane for every goroutine");
            let bar = lane.bars[lane.find(at)].state;
            let ended = lane.end.is_some_and(|end| end as usize <= at);
            let expected = match goroutine.state {
                GoroutineState::Runnable => Some(BarState::Runnable),
                GoroutineState::Running => Some(BarState::Running),
                GoroutineState::Waiting(reason) => Some(BarState::Waiting(reason)),
                GoroutineState::Dead => None,
            };
            assert_eq!(
                expected,
                Some(bar).filter(|_| !ended),
                "{} at {at}",
                goroutine.id
            );
        }
    }
    for arrow in timeline.arrows() {
        assert!(arrow.from < arrow.to, "{arrow:?}");
        assert_ne!(arrow.from_goroutine, arrow.to_goroutine, "{arrow:?}");
    }
}

/// Law 4.
fn replays(program: &dyn Program, run: &Run, options: Options) {
    let text = run.schedule.to_string();
    let read: Schedule = text.parse().expect("a schedule reads its own text");
    assert_eq!(read, run.schedule);
    let mut replay = Replay::new(&read);
    let again = runtime::run(program, &mut replay, options);
    assert_eq!(replay.divergence(), None);
    assert_eq!(again.trace, run.trace);
    assert_eq!(again.outcome, run.outcome);
}

/// Law 5.
fn states_change_legally(trace: &Trace) {
    let mut states: Vec<GoroutineState> = Vec::new();
    let change = |states: &mut Vec<GoroutineState>, id: GoroutineId, next| {
        let state = &mut states[id.0 as usize - 1];
        assert!(state.may_become(next), "{id} from {state:?} to {next:?}");
        *state = next;
    };
    for event in trace {
        match &event.kind {
            EventKind::Go { .. } => states.push(GoroutineState::Runnable),
            EventKind::Step => change(&mut states, event.goroutine, GoroutineState::Running),
            EventKind::Yield { .. } => {
                change(&mut states, event.goroutine, GoroutineState::Runnable)
            }
            EventKind::Park { reason, .. } => {
                change(
                    &mut states,
                    event.goroutine,
                    GoroutineState::Waiting(*reason),
                );
            }
            EventKind::Ready { goroutine, .. } => {
                change(&mut states, *goroutine, GoroutineState::Runnable)
            }
            EventKind::Exit => change(&mut states, event.goroutine, GoroutineState::Dead),
            _ => {}
        }
    }
}

/// All of them.
fn obeys_the_laws(program: &dyn Program, seed: u64, options: Options) {
    let run = holds_to_its_schedule(program, seed, options);
    folds_to_the_runtime(program, seed, options);
    every_way_leads_to_the_same_world(&run.trace);
    the_timeline_agrees(&run.trace);
    replays(program, &run, options);
    states_change_legally(&run.trace);
}

/// Steps after which a program of the catalogue has been looked at for long enough.
const ENOUGH: u64 = 2000;

#[test]
fn the_catalogue_obeys_the_laws() {
    for program in catalogue::programs() {
        let compiled = compile_go(&program.file_name(), program.source);
        let compiled = compiled.unwrap_or_else(|problems| panic!("{}: {problems:?}", program.name));
        let mut options = compiled.options;
        options.limits.steps = options.limits.steps.min(ENOUGH);
        obeys_the_laws(&*compiled.program, 7, options);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_programs_obey_the_laws(script in scripts(), seed in 0u64..1000) {
        obeys_the_laws(&script, seed, Options::default());
    }

    #[test]
    fn a_schedule_of_another_program_is_refused(script in scripts(), other in scripts(), seed in 0u64..1000) {
        let run = random_run(&script, seed, Options::default());
        let mut replay = Replay::new(&run.schedule);
        let again = runtime::run(&other, &mut replay, Options::default());
        // Either it was refused by name, or every decision fitted and was followed.
        match replay.divergence() {
            Some(divergence) => {
                prop_assert!(divergence.to_string().contains("at step"));
                prop_assert!(again.schedule.len() == divergence.position);
            }
            None => prop_assert!(run.schedule.prefix(again.schedule.len()) == again.schedule),
        }
    }
}
