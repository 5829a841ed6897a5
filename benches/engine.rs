//! What the executor and the primitives cost, without any Go.
//!
//! `cargo bench --bench engine`. Items are visible operations.

use divan::Bencher;
use divan::counter::ItemsCount;
use lockstep::runtime::{Handle, Options, Program, Runtime, run};
use lockstep::schedule::{Random, RoundRobin};
use lockstep::sync::{Channel, Mutex, Receive, WaitGroup, select};

fn main() {
    divan::main();
    let options = Options {
        recording: true,
        ..Options::default()
    };
    let recorded = run(&ping_pong(10_000), &mut RoundRobin::new(1), options);
    let (bytes, events) = (recorded.trace.bytes(), recorded.trace.len());
    println!(
        "bytes per event: {:.1} ({events} events)",
        bytes as f64 / events as f64
    );
}

fn options(recording: bool) -> Options {
    Options {
        recording,
        scheduling: recording,
        ..Options::default()
    }
}

/// Runs a program again and again on one runtime.
fn bench(bencher: Bencher, recording: bool, operations: u64, program: &dyn Program) {
    let mut runtime = Runtime::new(options(recording));
    bencher
        .counter(ItemsCount::new(operations))
        .bench_local(|| {
            runtime.reset();
            program.start(&runtime);
            runtime.run(&mut RoundRobin::new(1))
        });
}

/// Two goroutines send a value back and forth.
fn ping_pong(rounds: u64) -> impl Program {
    move |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            let (ping, pong) = (Channel::new(&handle, 0), Channel::new(&handle, 0));
            let (there, back) = (ping.clone(), pong.clone());
            handle.spawn("echo", async move {
                while let Some(n) = there.receive().await {
                    let _ = back.send(n).await;
                }
            });
            for n in 0..rounds {
                let _ = ping.send(n).await;
                pong.receive().await;
            }
        });
    }
}

#[divan::bench(args = [false, true])]
fn channel_ping_pong(bencher: Bencher, recording: bool) {
    bench(bencher, recording, 4_000, &ping_pong(1_000));
}

#[divan::bench(args = [false, true])]
fn select_of_two(bencher: Bencher, recording: bool) {
    let program = |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            let (a, b) = (Channel::new(&handle, 0), Channel::new(&handle, 0));
            for channel in [a.clone(), b.clone()] {
                handle.spawn("sender", async move {
                    for n in 0..500 {
                        let _ = channel.send(n).await;
                    }
                });
            }
            let mut sum = 0;
            for _ in 0..1_000 {
                let (mut left, mut right) = (Receive::new(&a), Receive::new(&b));
                sum += match select(&handle, &mut [&mut left, &mut right]).await {
                    0 => left.received().unwrap_or(0),
                    _ => right.received().unwrap_or(0),
                };
            }
            assert_eq!(sum, 2 * 124_750);
        });
    };
    bench(bencher, recording, 2_000, &program);
}

#[divan::bench(args = [false, true])]
fn mutex_contention(bencher: Bencher, recording: bool) {
    let program = |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            let (mutex, group) = (Mutex::new(&handle), WaitGroup::new(&handle));
            let _ = group.add(10).await;
            for _ in 0..10 {
                let (mutex, group) = (mutex.clone(), group.clone());
                handle.spawn("worker", async move {
                    for _ in 0..100 {
                        mutex.lock().await;
                        let _ = mutex.unlock().await;
                    }
                    let _ = group.done().await;
                });
            }
            let _ = group.wait().await;
        });
    };
    bench(bencher, recording, 2_000, &program);
}

/// A value goes once around ten thousand goroutines.
#[divan::bench(args = [false, true], sample_count = 20)]
fn ring_of_ten_thousand(bencher: Bencher, recording: bool) {
    let program = |runtime: &Runtime| {
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            let first = Channel::new(&handle, 0);
            let mut last = first.clone();
            for _ in 0..10_000 {
                let (from, to) = (last, Channel::new(&handle, 0));
                last = to.clone();
                handle.spawn("link", async move {
                    if let Some(n) = from.receive().await {
                        let _ = to.send(n + 1).await;
                    }
                });
            }
            let _ = first.send(0).await;
            assert_eq!(last.receive().await, Some(10_000));
        });
    };
    bench(bencher, recording, 20_000, &program);
}

async fn two_locks(handle: Handle) {
    let (left, right, group) = (
        Mutex::new(&handle),
        Mutex::new(&handle),
        WaitGroup::new(&handle),
    );
    let _ = group.add(2).await;
    for _ in 0..2 {
        let (left, right, group) = (left.clone(), right.clone(), group.clone());
        handle.spawn("worker", async move {
            left.lock().await;
            right.lock().await;
            let _ = right.unlock().await;
            let _ = left.unlock().await;
            let _ = group.done().await;
        });
    }
    let _ = group.wait().await;
}

/// A whole short run at random, on one runtime: what a random search costs. Items are schedules.
#[divan::bench]
fn short_schedule(bencher: Bencher) {
    let program = |runtime: &Runtime| {
        runtime.spawn("main", two_locks(runtime.handle().clone()));
    };
    let mut runtime = Runtime::new(options(false));
    let mut random = Random::new(1);
    bencher.counter(ItemsCount::new(1_u64)).bench_local(|| {
        runtime.reset();
        program.start(&runtime);
        runtime.run(&mut random)
    });
}
