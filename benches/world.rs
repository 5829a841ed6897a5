//! How fast a picture is made: folding events, and `World::at` in a trace of 1,000,000 events.

use std::time::{Duration, Instant};

use divan::Bencher;
use lockstep::runtime::{self, Limits, Options, Runtime};
use lockstep::schedule::Random;
use lockstep::sync::Channel;
use lockstep::trace::Trace;
use lockstep::world::{Checkpoints, Index, Timeline, World};

const EVENTS: usize = 1_000_000;

/// A ring of goroutines that pass numbers on through buffered channels, until the trace is full.
fn ring(goroutines: usize, events: usize) -> Trace {
    let program = move |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            let channels: Vec<Channel<u64>> =
                (0..goroutines).map(|_| Channel::new(&handle, 4)).collect();
            for place in 0..goroutines {
                let (from, to) = (
                    channels[place].clone(),
                    channels[(place + 1) % goroutines].clone(),
                );
                let worker = async move {
                    loop {
                        if let Some(value) = from.receive().await {
                            to.send(value + 1).await.unwrap_or(());
                        }
                    }
                };
                handle.spawn("worker", worker);
            }
            for channel in channels.iter().step_by(2) {
                channel.send(0).await.unwrap_or(());
            }
            channels[0].close().await.unwrap_or(());
        });
    };
    // Main's end would end the run: a closed channel keeps its receiver busy instead.
    let program = move |runtime: &Runtime| {
        program(runtime);
        runtime.leave_main();
    };
    let limits = Limits {
        events: events as u64,
        steps: u64::MAX,
        ..Limits::default()
    };
    let options = Options {
        limits,
        ..Options::default()
    };
    runtime::run(&program, &mut Random::new(1), options).trace
}

fn main() {
    worst_case(50);
    worst_case(10_000);
    divan::main();
}

/// The slowest of many lookups, which an average would hide: positions just before checkpoints.
fn worst_case(goroutines: usize) {
    let trace = ring(goroutines, EVENTS);
    let start = Instant::now();
    let mut checkpoints = Checkpoints::new();
    checkpoints.extend(&trace);
    let building = start.elapsed();
    let mut worst = Duration::ZERO;
    for place in 0..500 {
        let position = (trace.len() / 500 * (place + 1)).saturating_sub(1);
        let start = Instant::now();
        divan::black_box(checkpoints.world(&trace, position));
        worst = worst.max(start.elapsed());
    }
    println!(
        "World::at, {} events, {goroutines} goroutines: worst of 500 positions {worst:.1?} \
         ({} checkpoints, made in {building:.1?}; {} bytes an event)",
        trace.len(),
        checkpoints.len(),
        trace.bytes() / trace.len(),
    );
}

#[divan::bench(sample_count = 10)]
fn fold_100_000_events(bencher: Bencher) {
    let trace = ring(50, 100_000);
    bencher.bench_local(|| World::at(&trace, trace.len()));
}

#[divan::bench(sample_count = 10)]
fn index_and_timeline_of_100_000_events(bencher: Bencher) {
    let trace = ring(50, 100_000);
    bencher.bench_local(|| {
        let (mut index, mut timeline) = (Index::new(), Timeline::new());
        index.extend(&trace);
        timeline.extend(&trace);
        (index.steps(), timeline.arrows().len())
    });
}

#[divan::bench(sample_count = 100)]
fn world_in_the_middle_of_a_million(bencher: Bencher) {
    let trace = ring(50, EVENTS);
    let mut checkpoints = Checkpoints::new();
    checkpoints.extend(&trace);
    bencher.bench_local(|| checkpoints.world(&trace, 654_321));
}

#[divan::bench(sample_count = 100)]
fn clone_of_10_000_goroutines(bencher: Bencher) {
    let trace = ring(10_000, 100_000);
    let world = World::at(&trace, trace.len());
    bencher.bench_local(|| divan::black_box(&world).clone());
}
