//! The machine on whole programs: what no instruction alone shows.

use std::cell::RefCell;
use std::rc::Rc;

use crate::go::build::build;
use crate::go::program::GoProgram;
use crate::runtime::{Limits, Options, Program, Progress, Runtime};
use crate::schedule::Random;
use crate::trace::{EventKind, Exceeded, Outcome, Trace};

/// A run's end.
struct Ran {
    output: String,
    outcome: Outcome,
    report: String,
    trace: Trace,
    schedule: String,
}

fn program(source: &str) -> GoProgram {
    let built = match build(&[("main.go", source)]) {
        Ok(built) => built,
        Err(rejected) => panic!("{:?}", rejected.diagnostics),
    };
    match GoProgram::new(built.program, built.sources) {
        Ok(program) => program,
        Err(diagnostics) => panic!("{diagnostics:?}"),
    }
}

fn run(source: &str, seed: u64, recording: bool, limits: Limits) -> Ran {
    let program = program(source);
    let output = Rc::new(RefCell::new(Vec::new()));
    let into = Rc::clone(&output);
    program.set_sink(move |_, bytes| into.borrow_mut().extend_from_slice(bytes));
    let mut runtime = Runtime::new(Options {
        limits,
        recording,
        ..Options::default()
    });
    program.start(&runtime);
    let Progress::Ended(outcome) = runtime.run(&mut Random::new(seed)) else {
        panic!("the run has not ended")
    };
    Ran {
        output: String::from_utf8_lossy(&output.borrow()).into_owned(),
        report: program.report(&outcome),
        outcome,
        trace: runtime.take_trace(),
        schedule: runtime.schedule().to_string(),
    }
}

fn plain(source: &str) -> Ran {
    run(source, 1, false, Limits::default())
}

#[test]
fn garbage_is_collected_under_a_small_limit() {
    let source = r#"package main

type node struct {
	next *node
	data [16]int
}

func main() {
	kept := map[int]*node{}
	text := ""
	for i := 0; i < 20000; i++ {
		n := &node{next: &node{}}
		n.next.next = n
		n.data[3] = i
		kept[i%100] = n
		text = string(rune('a'+i%26)) + text[:min(len(text), 50)]
	}
	sum := 0
	for i := 0; i < 100; i++ {
		sum += kept[i].next.next.data[3]
	}
	println(sum, len(text))
}
"#;
    let limits = Limits {
        memory: 16 << 20,
        ..Limits::default()
    };
    for recording in [false, true] {
        let ran = run(
            source,
            1,
            recording,
            Limits {
                events: 10_000_000,
                ..limits
            },
        );
        assert_eq!(ran.outcome, Outcome::Completed);
        assert_eq!(ran.output, "1994950 51\n");
    }
}

#[test]
fn what_grows_without_end_is_stopped() {
    let grow = [
        "var all [][]int; for { all = append(all, make([]int, 1000)) }",
        "s := \"x\"; for { s += s }",
        "m := map[int][8]int{}; for i := 0; ; i++ { m[i] = [8]int{i} }",
        "var cs []chan int; for { cs = append(cs, make(chan int, 100)) }",
        "_ = make([]int, 1<<40)",
    ];
    for body in grow {
        let source = format!("package main\n\nfunc main() {{ {body} }}\n");
        let limits = Limits {
            memory: 8 << 20,
            ..Limits::default()
        };
        let ran = run(&source, 1, false, limits);
        assert_eq!(
            ran.outcome,
            Outcome::MemoryLimit(Exceeded::Memory),
            "{body}"
        );
        assert!(!ran.report.is_empty());
    }
    let recursion =
        "package main\n\nfunc f(n int) int { return f(n+1) + 1 }\nfunc main() { f(0) }\n";
    let ran = run(
        recursion,
        1,
        false,
        Limits {
            memory: 1 << 30,
            ..Limits::default()
        },
    );
    assert!(
        ran.report.starts_with("runtime: goroutine stack exceeds"),
        "{}",
        ran.report
    );
    assert!(ran.report.contains("fatal error: stack overflow"));
    assert!(ran.report.contains("main.f(...)\n\tmain.go:3"));
    let limits = Limits {
        fuel: 1_000_000,
        ..Limits::default()
    };
    let endless = run(
        "package main\n\nfunc main() { for { } }\n",
        1,
        false,
        limits,
    );
    assert!(matches!(endless.outcome, Outcome::StepLimit(_)));
}

#[test]
fn pointers_to_nowhere_do_no_harm() {
    let source = r#"package main

import "unsafe"

type pair struct{ a, b int }

func try(f func()) {
	defer func() { println(recover() != nil) }()
	f()
}

func main() {
	x := 5
	p := uintptr(unsafe.Pointer(&x))
	try(func() { println((*pair)(unsafe.Pointer(p + 100)).b) })
	try(func() { *(*int)(unsafe.Pointer(uintptr(1) << 60)) = 1 })
	try(func() { println(*(*pair)(unsafe.Pointer(uintptr(77)))) })
	words := [2]uintptr{1 << 40, 5}
	try(func() { println(len(*(*string)(unsafe.Pointer(&words)))) })
	try(func() { (*(*func())(unsafe.Pointer(&words)))() })
}
"#;
    // Whatever happens, it happens to the program.
    let source = source.replace(
        "println(*(*pair)(unsafe.Pointer(uintptr(77))))",
        "_ = *(*pair)(unsafe.Pointer(uintptr(77)))",
    );
    let ran = plain(&source);
    assert!(ran.output.ends_with("true\n"), "{}", ran.output);
}

const RACING: &str = r#"package main

//lockstep:points POINTS
import (
	"fmt"
	"sync"
)

type counter struct {
	mu sync.Mutex
	n  int
}

func add(c *counter) {
	c.n++
	c.mu.Lock()
	c.mu.Unlock()
}

func main() {
	total := &counter{}
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			add(total)
		}()
	}
	wg.Wait()
	fmt.Println(total.n)
}
"#;

#[test]
fn recording_changes_nothing() {
    for points in ["sync", "memory"] {
        let source = RACING.replace("POINTS", points);
        for seed in 0..10 {
            let recorded = run(&source, seed, true, Limits::default());
            let unrecorded = run(&source, seed, false, Limits::default());
            assert_eq!(recorded.output, unrecorded.output);
            assert_eq!(recorded.schedule, unrecorded.schedule);
            let again = run(&source, seed, true, Limits::default());
            assert_eq!(recorded.trace.hash(), again.trace.hash());
        }
    }
}

#[test]
fn an_increment_can_be_split_where_memory_is_a_point() {
    let outputs = |points: &str| {
        let source = RACING.replace("POINTS", points);
        let all = (0..30).map(|seed| run(&source, seed, false, Limits::default()).output);
        let mut all: Vec<String> = all.collect();
        all.sort();
        all.dedup();
        all
    };
    assert_eq!(outputs("sync"), ["2\n"]);
    assert_eq!(outputs("memory"), ["1\n", "2\n"]);
}

#[test]
fn locks_are_named_by_the_variable_that_first_held_them() {
    let ran = run(
        &RACING.replace("POINTS", "sync"),
        3,
        true,
        Limits::default(),
    );
    let names: Vec<String> = ran
        .trace
        .events()
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Name { name, .. } => Some(name.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["wg", "total.mu"]);
}

#[test]
fn variables_follow_what_others_write() {
    let ran = run(
        &RACING.replace("POINTS", "sync"),
        3,
        true,
        Limits::default(),
    );
    let texts: Vec<String> = ran
        .trace
        .events()
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Variable { name, text, .. }
                if &**name == "total" && event.goroutine.0 == 1 =>
            {
                Some(text.to_string())
            }
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["&{n:0}", "&{n:1}", "&{n:2}", ""]);
}

#[test]
fn maps_notice_who_writes_in_between() {
    let source = r#"package main

//lockstep:points memory

func main() {
	m := map[int]int{}
	done := make(chan bool)
	go func() {
		m[1] = 1
		done <- true
	}()
	BODY
	<-done
}
"#;
    for (body, words) in [
        ("m[2] = 2", "concurrent map writes"),
        ("_ = m[2]", "concurrent map read and map write"),
        ("for range m { }", "concurrent map iteration and map write"),
    ] {
        let source = source.replace("BODY", body);
        let reports =
            (0..40).map(|seed| run(&source, seed, seed % 2 == 0, Limits::default()).report);
        let faults: Vec<String> = reports.filter(|report| !report.is_empty()).collect();
        assert!(!faults.is_empty(), "{body}");
        for fault in faults {
            assert!(
                fault.starts_with(&format!("fatal error: {words}\n")),
                "{fault}"
            );
        }
    }
}
