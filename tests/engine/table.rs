//! The exact numbers of the exploration specification: distinct Mazurkiewicz traces of small
//! programs, and at most so many redundant runs.

use std::rc::Rc;

use lockstep::explore::{ExploreOptions, Report, Verdict, explore};
use lockstep::runtime::{Handle, Program, Runtime};
use lockstep::sync::{Atomic, Channel, Mutex, Receive, RwMutex, WaitGroup, select, try_select};
use lockstep::trace::Outcome;

/// A program whose main is one `async` function.
fn program<F: Future<Output = ()> + 'static>(main: impl Fn(Handle) -> F) -> impl Program {
    move |runtime: &Runtime| {
        runtime.spawn("main", main(runtime.handle().clone()));
    }
}

/// Starts goroutines and waits for them all, as `sync.WaitGroup` does.
struct Group {
    handle: Handle,
    group: WaitGroup,
}

impl Group {
    async fn new(handle: &Handle, count: usize) -> Group {
        let group = WaitGroup::new(handle);
        group.add(count as i64).await.unwrap();
        Group {
            handle: handle.clone(),
            group,
        }
    }

    fn go(&self, body: impl Future<Output = ()> + 'static) {
        let group = self.group.clone();
        self.handle.spawn("worker", async move {
            body.await;
            group.done().await.unwrap();
        });
    }

    async fn wait(&self) {
        self.group.wait().await.unwrap();
    }
}

/// Explores a program to the end.
#[track_caller]
fn proved(program: &dyn Program) -> Report {
    let (report, verdict) = explore(program, ExploreOptions::default());
    assert_eq!(verdict, Verdict::Proved, "{:?}", report.bounds);
    report
}

/// As many traces, and at most so many redundant runs.
#[track_caller]
fn count(program: &dyn Program, traces: u64, redundant: u64) -> Report {
    let report = proved(program);
    assert_eq!(report.schedules, traces, "redundant: {}", report.redundant);
    assert!(
        report.redundant <= redundant,
        "redundant: {}",
        report.redundant
    );
    report
}

fn deadlocks(report: &Report) -> u64 {
    let classes = report.classes.iter();
    classes
        .filter(|class| matches!(class.outcome, Outcome::Deadlock(_)))
        .map(|c| c.count)
        .sum()
}

fn factorial(n: u64) -> u64 {
    (1..=n).product()
}

#[test]
fn independent_goroutines() {
    for n in 1..=5 {
        let program = program(move |handle| async move {
            let group = Group::new(&handle, n).await;
            for _ in 0..n {
                let own = Atomic::new(&handle, 0);
                group.go(async move {
                    own.store(1).await;
                    own.load().await;
                });
            }
            group.wait().await;
        });
        count(&program, 1, 0);
    }
}

#[test]
fn one_mutex() {
    for (n, rounds) in [(2, 1), (3, 1), (4, 1), (5, 1), (2, 2), (3, 2)] {
        let program = program(move |handle| async move {
            let group = Group::new(&handle, n).await;
            let mutex = Mutex::new(&handle);
            for _ in 0..n {
                let mutex = mutex.clone();
                group.go(async move {
                    for _ in 0..rounds {
                        mutex.lock().await;
                        mutex.unlock().await.unwrap();
                    }
                });
            }
            group.wait().await;
        });
        let n = n as u64;
        count(
            &program,
            factorial(n * rounds) / factorial(rounds).pow(n as u32),
            0,
        );
    }
}

#[test]
fn writers_and_readers() {
    for n in 2..=5_u64 {
        let writers = program(move |handle| async move {
            let group = Group::new(&handle, n as usize).await;
            let shared = Atomic::new(&handle, 0);
            for i in 0..n {
                let shared = shared.clone();
                group.go(async move { shared.store(i).await });
            }
            group.wait().await;
        });
        count(&writers, factorial(n), 0);
        let readers = program(move |handle| async move {
            let group = Group::new(&handle, n as usize + 1).await;
            let shared = Atomic::new(&handle, 0);
            for _ in 0..n {
                let shared = shared.clone();
                group.go(async move {
                    shared.load().await;
                });
            }
            group.go(async move { shared.store(1).await });
            group.wait().await;
        });
        count(&readers, 1 << n, 0);
    }
}

#[test]
fn racy_counter() {
    for (n, traces) in [(2, 4), (3, 36)] {
        let program = program(move |handle| async move {
            let group = Group::new(&handle, n).await;
            let shared = Atomic::new(&handle, 0);
            for _ in 0..n {
                let shared = shared.clone();
                group.go(async move {
                    let value = shared.load().await;
                    shared.store(value + 1).await;
                });
            }
            group.wait().await;
        });
        count(&program, traces, 0);
    }
}

#[test]
fn store_buffering_and_iriw() {
    let buffering = program(|handle| async move {
        let group = Group::new(&handle, 2).await;
        let (x, y) = (Atomic::new(&handle, 0), Atomic::new(&handle, 0));
        for (mine, other) in [(x.clone(), y.clone()), (y, x)] {
            group.go(async move {
                mine.store(1).await;
                other.load().await;
            });
        }
        group.wait().await;
    });
    count(&buffering, 3, 0);
    let iriw = program(|handle| async move {
        let group = Group::new(&handle, 4).await;
        let (x, y) = (Atomic::new(&handle, 0), Atomic::new(&handle, 0));
        for one in [x.clone(), y.clone()] {
            group.go(async move { one.store(1).await });
        }
        for (first, second) in [(x.clone(), y.clone()), (y, x)] {
            group.go(async move {
                first.load().await;
                second.load().await;
            });
        }
        group.wait().await;
    });
    count(&iriw, 15, 0);
}

/// Two goroutines that take two locks each, in an order.
fn two_locks(reversed: bool) -> impl Program {
    program(move |handle| async move {
        let group = Group::new(&handle, 2).await;
        let (a, b) = (Mutex::new(&handle), Mutex::new(&handle));
        let second = if reversed {
            (b.clone(), a.clone())
        } else {
            (a.clone(), b.clone())
        };
        for (first, second) in [(a, b), second] {
            group.go(async move {
                first.lock().await;
                second.lock().await;
                second.unlock().await.unwrap();
                first.unlock().await.unwrap();
            });
        }
        group.wait().await;
    })
}

#[test]
fn lock_orders() {
    assert_eq!(deadlocks(&count(&two_locks(true), 3, 0)), 1);
    assert_eq!(deadlocks(&count(&two_locks(false), 2, 0)), 0);
}

/// Philosophers who take the left fork first, but the last one if he is reversed.
fn philosophers(n: usize, reversed: bool) -> impl Program {
    program(move |handle| async move {
        let group = Group::new(&handle, n).await;
        let forks: Rc<Vec<Mutex>> = Rc::new((0..n).map(|_| Mutex::new(&handle)).collect());
        for i in 0..n {
            let forks = forks.clone();
            let (mut first, mut second) = (i, (i + 1) % n);
            if reversed && i + 1 == n {
                (first, second) = (second, first);
            }
            group.go(async move {
                forks[first].lock().await;
                forks[second].lock().await;
                forks[second].unlock().await.unwrap();
                forks[first].unlock().await.unwrap();
            });
        }
        group.wait().await;
    })
}

#[test]
fn dining_philosophers() {
    for n in 2..=6 {
        let report = count(&philosophers(n, false), (1 << n) - 1, 0);
        assert_eq!(deadlocks(&report), 1);
        let report = count(&philosophers(n, true), (1 << n) - 2, 0);
        assert_eq!(deadlocks(&report), 0);
    }
}

#[test]
fn try_lock() {
    let program = program(|handle| async move {
        let group = Group::new(&handle, 2).await;
        let mutex = Mutex::new(&handle);
        let other = mutex.clone();
        group.go(async move {
            mutex.lock().await;
            mutex.unlock().await.unwrap();
        });
        group.go(async move {
            if other.try_lock().await {
                other.unlock().await.unwrap();
            }
        });
        group.wait().await;
    });
    count(&program, 3, 0);
}

#[test]
fn one_producer_one_consumer() {
    for capacity in 0..=3 {
        for k in 1..=4 {
            let program = program(move |handle| async move {
                let channel = Channel::new(&handle, capacity);
                let sender = channel.clone();
                handle.spawn("producer", async move {
                    for i in 0..k {
                        sender.send(i).await.unwrap();
                    }
                });
                for _ in 0..k {
                    channel.receive().await;
                }
            });
            count(&program, 1, 0);
        }
    }
}

#[test]
fn a_pipeline_and_a_closed_channel() {
    let pipeline = program(|handle| async move {
        let (first, second) = (Channel::new(&handle, 0), Channel::new(&handle, 1));
        let (source, from, to) = (first.clone(), first, second.clone());
        handle.spawn("source", async move {
            for i in 0..3 {
                source.send(i).await.unwrap();
            }
            source.close().await.unwrap();
        });
        handle.spawn("square", async move {
            while let Some(i) = from.receive().await {
                to.send(i * i).await.unwrap();
            }
            to.close().await.unwrap();
        });
        while second.receive().await.is_some() {}
    });
    count(&pipeline, 1, 0);
    for capacity in 0..=2 {
        let closing = program(move |handle| async move {
            let channel = Channel::new(&handle, capacity);
            let sender = channel.clone();
            handle.spawn("sender", async move {
                sender.send(1).await.unwrap();
                sender.send(2).await.unwrap();
                sender.close().await.unwrap();
            });
            while channel.receive().await.is_some() {}
        });
        count(&closing, 1, 0);
    }
}

#[test]
fn several_producers() {
    for (p, k) in [(2, 1), (2, 2), (3, 1), (3, 2)] {
        let program = program(move |handle| async move {
            let channel = Channel::new(&handle, 0);
            for _ in 0..p {
                let channel = channel.clone();
                handle.spawn("producer", async move {
                    for i in 0..k {
                        channel.send(i).await.unwrap();
                    }
                });
            }
            for _ in 0..p * k {
                channel.receive().await;
            }
        });
        count(&program, factorial(p * k) / factorial(k).pow(p as u32), 0);
    }
}

#[test]
fn two_producers_two_consumers() {
    for capacity in 0..=2 {
        let program = program(move |handle| async move {
            let group = Group::new(&handle, 4).await;
            let channel = Channel::new(&handle, capacity);
            for i in 0..2 {
                let (sender, receiver) = (channel.clone(), channel.clone());
                group.go(async move { sender.send(i).await.unwrap() });
                group.go(async move {
                    receiver.receive().await;
                });
            }
            group.wait().await;
        });
        count(&program, 4, 0);
    }
}

#[test]
fn selects() {
    let with_default = program(|handle| async move {
        let group = Group::new(&handle, 1).await;
        let channel = Channel::new(&handle, 1);
        let sender = channel.clone();
        group.go(async move { sender.send(1).await.unwrap() });
        let mut receive = Receive::new(&channel);
        try_select(&handle, &mut [&mut receive]).await;
        group.wait().await;
    });
    count(&with_default, 2, 0);
    let two = program(|handle| async move {
        let group = Group::new(&handle, 2).await;
        let (a, b) = (Channel::new(&handle, 1), Channel::new(&handle, 1));
        for channel in [a.clone(), b.clone()] {
            group.go(async move { channel.send(1).await.unwrap() });
        }
        let (mut left, mut right) = (Receive::new(&a), Receive::new(&b));
        select(&handle, &mut [&mut left, &mut right]).await;
        group.wait().await;
    });
    count(&two, 6, 0);
}

/// Workers that take jobs from one channel and send results to another.
fn pool(workers: usize, jobs: usize) -> impl Program {
    program(move |handle| async move {
        let (todo, results) = (Channel::new(&handle, jobs), Channel::new(&handle, jobs));
        for _ in 0..workers {
            let (todo, results) = (todo.clone(), results.clone());
            handle.spawn("worker", async move {
                while let Some(job) = todo.receive().await {
                    results.send(job * 2).await.unwrap();
                }
            });
        }
        for job in 0..jobs {
            todo.send(job).await.unwrap();
        }
        todo.close().await.unwrap();
        for _ in 0..jobs {
            results.receive().await;
        }
    })
}

#[test]
fn worker_pools() {
    count(&pool(2, 2), 12, 0);
    count(&pool(2, 3), 36, 0);
    count(&pool(3, 3), 522, 0);
}

/// One goroutine looks for the last zero from the right, others write their own place.
fn last_zero(n: usize) -> impl Program {
    program(move |handle| async move {
        let group = Group::new(&handle, n + 1).await;
        let places: Rc<Vec<Atomic<u32>>> =
            Rc::new((0..=n).map(|_| Atomic::new(&handle, 0)).collect());
        let looked = places.clone();
        group.go(async move {
            let mut i = n;
            while looked[i].load().await != 0 && i > 0 {
                i -= 1;
            }
        });
        for i in 1..=n {
            let places = places.clone();
            group.go(async move {
                let before = places[i - 1].load().await;
                places[i].store(before + 1).await;
            });
        }
        group.wait().await;
    })
}

#[test]
fn last_zeros() {
    for (n, redundant) in [(2, 0), (3, 0), (4, 0), (5, 2), (6, 15), (7, 71)] {
        count(&last_zero(n), (n as u64 + 3) * (1 << (n - 2)), redundant);
    }
}

/// The file system of Flanagan and Godefroid: goroutines take inodes and blocks under locks.
fn file_system(n: usize) -> impl Program {
    const INODES: usize = 32;
    const BLOCKS: usize = 26;
    program(move |handle| async move {
        let group = Group::new(&handle, n).await;
        let locks = |count: usize| -> Rc<Vec<(Mutex, std::cell::Cell<bool>)>> {
            Rc::new(
                (0..count)
                    .map(|_| (Mutex::new(&handle), false.into()))
                    .collect(),
            )
        };
        let (inodes, blocks) = (locks(INODES), locks(BLOCKS));
        for who in 0..n {
            let (inodes, blocks) = (inodes.clone(), blocks.clone());
            group.go(async move {
                let (lock, is_used) = &inodes[who % INODES];
                lock.lock().await;
                if !is_used.get() {
                    let mut block = who * 2 % BLOCKS;
                    loop {
                        let (inner, is_busy) = &blocks[block];
                        inner.lock().await;
                        let found = !is_busy.replace(true);
                        inner.unlock().await.unwrap();
                        if found {
                            is_used.set(true);
                            break;
                        }
                        block = (block + 1) % BLOCKS;
                    }
                }
                lock.unlock().await.unwrap();
            });
        }
        group.wait().await;
    })
}

#[test]
fn file_systems() {
    for n in [2, 10, 13, 14, 15, 16] {
        let traces = 1 << (n as u64).saturating_sub(13);
        count(&file_system(n), traces, 0);
    }
}

/// The indexer of Flanagan and Godefroid: goroutines put messages into a hash table.
fn indexer(n: usize) -> impl Program {
    const SIZE: usize = 128;
    const MESSAGES: usize = 4;
    program(move |handle| async move {
        let group = Group::new(&handle, n).await;
        let table: Rc<Vec<Atomic<usize>>> =
            Rc::new((0..SIZE).map(|_| Atomic::new(&handle, 0)).collect());
        for who in 0..n {
            let table = table.clone();
            group.go(async move {
                for message in 1..=MESSAGES {
                    let word = message * 11 + who;
                    let mut place = word * 7 % SIZE;
                    while !table[place].compare_and_swap(0, word).await {
                        place = (place + 1) % SIZE;
                    }
                }
            });
        }
        group.wait().await;
    })
}

#[test]
fn indexers() {
    for n in [2, 10, 11, 12] {
        let traces = 8_u64.pow((n as u32).saturating_sub(11));
        count(&indexer(n), traces, 0);
    }
}

#[test]
fn a_writer_between_two_read_locks_of_one_goroutine() {
    let program = program(|handle| async move {
        let group = Group::new(&handle, 2).await;
        let lock = RwMutex::new(&handle);
        let writer = lock.clone();
        group.go(async move {
            lock.read_lock().await;
            lock.read_lock().await;
            lock.read_unlock().await.unwrap();
            lock.read_unlock().await.unwrap();
        });
        group.go(async move {
            writer.lock().await;
            writer.unlock().await.unwrap();
        });
        group.wait().await;
    });
    let report = proved(&program);
    assert_eq!((report.schedules, deadlocks(&report)), (3, 1));
}

/// What a goroutine could have printed before main's end counts, even if it happens to be shut out
/// for ever in the run at hand.
#[test]
fn a_lock_that_is_kept_after_the_end() {
    let program = program(|handle| async move {
        let mutex = Mutex::new(&handle);
        let (keeps, prints, printer) = (mutex.clone(), mutex, handle.clone());
        handle.spawn("keeps", async move { keeps.lock().await });
        handle.spawn("prints", async move {
            prints.lock().await;
            printer.print("x").await;
        });
    });
    let report = proved(&program);
    let mut printed: Vec<&str> = report
        .printed
        .iter()
        .map(|printed| &*printed.text)
        .collect();
    printed.sort_unstable();
    assert_eq!(printed, ["", "x"]);
}
