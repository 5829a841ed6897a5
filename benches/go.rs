//! Go programs on the machine: instructions and visible operations per second, ten thousand goroutines,
//! compiling, and the memory of a recorded event.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use divan::Bencher;
use divan::counter::ItemsCount;
use lockstep::go::build::build;
use lockstep::go::program::GoProgram;
use lockstep::runtime::{self, Limits, Options};
use lockstep::schedule::RoundRobin;
use lockstep::session::catalogue;
use lockstep::trace::Outcome;

/// Counts the bytes that are in use, to tell what a trace takes.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator unchanged; the count is beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        IN_USE.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    memory_of_an_event();
    divan::main();
}

fn go(source: &str) -> GoProgram {
    let built = build(&[("bench.go", source)]).unwrap_or_else(|rejected| {
        panic!(
            "{}",
            rejected.diagnostics.first().map_or("", |d| &d.message)
        )
    });
    GoProgram::new(built.program, built.sources).unwrap_or_else(|_| panic!("a native is missing"))
}

/// Sorting, arithmetic, calls, memory: a mixture that never ends by itself.
const ENDLESS: &str = "package main

type point struct{ x, y int }

func (p *point) move(dx, dy int) { p.x += dx; p.y -= dy }

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func main() {
	xs := make([]int, 64)
	p := &point{1, 2}
	for n := 1; ; n++ {
		for i := range xs {
			xs[i] = (xs[i]*31 + n) % 1009
		}
		for i := 1; i < len(xs); i++ {
			for j := i; j > 0 && xs[j] < xs[j-1]; j-- {
				xs[j], xs[j-1] = xs[j-1], xs[j]
			}
		}
		p.move(gcd(n, xs[63]), 1)
	}
}
";

const FUEL: u64 = 20_000_000;

/// Fuel is about one a instruction, so what is burnt in a second is what is executed in a second.
#[divan::bench(sample_count = 10)]
fn instructions(bencher: Bencher) {
    let program = go(ENDLESS);
    let limits = Limits {
        fuel: FUEL,
        steps: u64::MAX,
        ..Limits::default()
    };
    let options = Options {
        limits,
        recording: false,
        ..Options::default()
    };
    bencher.counter(ItemsCount::new(FUEL)).bench_local(|| {
        let run = runtime::run(&program, &mut RoundRobin::new(1), options);
        assert!(matches!(run.outcome, Outcome::StepLimit(_)));
    });
}

const ROUNDS: u64 = 10_000;

const PING_PONG: &str = "package main

func main() {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for n := range ping {
			pong <- n + 1
		}
	}()
	for n := 0; n < 10000; n++ {
		ping <- n
		<-pong
	}
}
";

/// Four operations a round.
#[divan::bench(args = [false, true], sample_count = 20)]
fn visible_operations(bencher: Bencher, recording: bool) {
    let program = go(PING_PONG);
    let options = Options {
        recording,
        ..Options::default()
    };
    bencher
        .counter(ItemsCount::new(4 * ROUNDS))
        .bench_local(|| {
            let run = runtime::run(&program, &mut RoundRobin::new(1), options);
            assert_eq!(run.outcome, Outcome::Completed);
        });
}

const TEN_THOUSAND: &str = "package main

import \"sync\"

func main() {
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := 0; i < 10000; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
		}()
	}
	close(start)
	wg.Wait()
}
";

/// All of them alive, parked on one channel, released by its close.
#[divan::bench(args = [false, true], sample_count = 10)]
fn ten_thousand_goroutines(bencher: Bencher, recording: bool) {
    let program = go(TEN_THOUSAND);
    let options = Options {
        recording,
        ..Options::default()
    };
    bencher
        .counter(ItemsCount::new(10_000_u64))
        .bench_local(|| {
            let run = runtime::run(&program, &mut RoundRobin::new(1), options);
            assert_eq!(run.outcome, Outcome::Completed);
        });
}

/// From text to bytecode, the standard packages that it imports included.
#[divan::bench(args = ["hand-over", "worker-pool"])]
fn compile(bencher: Bencher, name: &str) {
    let program = catalogue::find(name).expect("a program of the catalogue");
    bencher.bench_local(|| build(&[("main.go", program.source)]).is_ok());
}

fn memory_of_an_event() {
    let program = go(PING_PONG);
    let before = IN_USE.load(Ordering::Relaxed);
    let run = runtime::run(&program, &mut RoundRobin::new(1), Options::default());
    let taken = IN_USE.load(Ordering::Relaxed).saturating_sub(before);
    println!(
        "memory per event: {} bytes ({} events)",
        taken / run.trace.len(),
        run.trace.len()
    );
}
