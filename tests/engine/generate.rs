//! Small random programs over all primitives, as data, and their goroutines.

use std::cell::RefCell;
use std::rc::Rc;

use lockstep::runtime::{Handle, Program, Runtime};
use lockstep::schedule::Generator;
use lockstep::sync::{
    Arm, Atomic, Channel, Cond, Context, Mutex, Once, Receive, RwMutex, Send, Timer, WaitGroup,
    select_at, sleep,
};
use lockstep::trace::{Fault, Outcome, Span};

/// One operation; numbers say which object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    Send(usize),
    Receive(usize),
    Close(usize),
    /// Cases (true sends), and whether there is a default clause.
    Select(Vec<(bool, usize)>, bool),
    /// A critical section around the rest in between.
    Locked(usize, Vec<Op>),
    TryLocked(usize),
    ReadLocked(Vec<Op>),
    WriteLocked(Vec<Op>),
    TryReadLocked,
    Add,
    Done,
    Wait,
    Once,
    CondWait,
    Signal,
    Broadcast,
    Load,
    Store(u8),
    Increment,
    Print,
    Sleep(u8),
    Timeout(usize, u8),
    Cancel,
    AwaitCancel,
    IsCancelled,
}

/// A program: what its goroutines do. Main starts the others first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    pub capacities: Vec<usize>,
    pub goroutines: Vec<Vec<Op>>,
    /// The wait group's count at the start.
    pub count: i64,
    /// Whether main waits in virtual time for the others before it ends.
    pub patient: bool,
}

impl Script {
    /// The program of a seed, with at most so many operations.
    pub fn random(seed: u64, goroutines: u64, operations: u64) -> Script {
        let mut draw = Generator::new(seed);
        // Few kinds of objects each time, so that they meet.
        let theme = draw.below(8);
        let capacities = (0..2).map(|_| draw.below(3) as usize).collect();
        let count = 2 + draw.below(goroutines - 1);
        let mut budget = 1 + draw.below(operations);
        let goroutines: Vec<Vec<Op>> = (0..count)
            .map(|i| {
                let share = if i + 1 == count {
                    budget
                } else {
                    draw.below(budget + 1)
                };
                budget -= share;
                ops(&mut draw, theme, share)
            })
            .collect();
        let dones = goroutines
            .iter()
            .flatten()
            .filter(|op| **op == Op::Done)
            .count() as i64;
        // Mostly right, sometimes not.
        let count = match draw.below(8) {
            0 => dones + 1,
            1 => (dones - 1).max(0),
            _ => dones,
        };
        Script {
            capacities,
            goroutines,
            count,
            patient: draw.below(3) > 0,
        }
    }
}

fn ops(draw: &mut Generator, theme: u64, mut count: u64) -> Vec<Op> {
    let mut list = Vec::new();
    while count > 0 {
        count -= 1;
        let op = op(draw, theme, &mut count);
        list.push(op);
    }
    list
}

fn op(draw: &mut Generator, theme: u64, count: &mut u64) -> Op {
    let channel = draw.below(2) as usize;
    let mut inner = |draw: &mut Generator| {
        let share = draw.below(*count + 1).min(2);
        *count -= share;
        ops(draw, theme, share)
    };
    // One in six operations is of another theme.
    let theme = if draw.below(6) == 0 {
        draw.below(8)
    } else {
        theme
    };
    match (theme, draw.below(6)) {
        (0, 0 | 1) | (1, 0) => Op::Send(channel),
        (0, 2 | 3) | (1, 1) => Op::Receive(channel),
        (0, 4) => Op::Close(channel),
        (0 | 1, _) => {
            let cases = 1 + draw.below(2);
            let cases = (0..cases)
                .map(|_| (draw.below(2) == 0, draw.below(2) as usize))
                .collect();
            Op::Select(cases, draw.below(3) == 0)
        }
        (2, 0..=2) => Op::Locked(channel, inner(draw)),
        (2, 3) => Op::TryLocked(channel),
        (2, 4) => Op::Increment,
        (2, _) => Op::Locked(0, inner(draw)),
        (3, 0 | 1) => Op::ReadLocked(inner(draw)),
        (3, 2 | 3) => Op::WriteLocked(inner(draw)),
        (3, 4) => Op::TryReadLocked,
        (3, _) => Op::Print,
        (4, 0 | 1) => Op::Done,
        (4, 2) => Op::Wait,
        (4, 3) => Op::Add,
        (4, 4) => Op::Once,
        (4, _) => Op::Print,
        (5, 0 | 1) => Op::CondWait,
        (5, 2) => Op::Signal,
        (5, 3) => Op::Broadcast,
        (5, _) => Op::Increment,
        (6, 0) => Op::Load,
        (6, 1) => Op::Store(draw.below(3) as u8),
        (6, 2) => Op::Increment,
        (6, 3) => Op::Print,
        (6, 4) => Op::Cancel,
        (6, _) => Op::IsCancelled,
        (_, 0) => Op::Sleep(draw.below(3) as u8),
        (_, 1) => Op::Timeout(channel, draw.below(3) as u8),
        (_, 2) => Op::AwaitCancel,
        (_, 3) => Op::Cancel,
        (_, 4) => Op::Send(channel),
        (_, _) => Op::Print,
    }
}

/// What a run of a script leaves besides its outcome: what each goroutine has seen.
pub type Seen = Rc<RefCell<Vec<String>>>;

/// A script that can be run; `seen` is of the last run.
pub struct Scripted {
    pub script: Script,
    pub seen: Seen,
}

impl Scripted {
    pub fn new(script: Script) -> Scripted {
        Scripted {
            script,
            seen: Seen::default(),
        }
    }
}

#[derive(Clone)]
struct Objects {
    handle: Handle,
    channels: Vec<Channel<u8>>,
    mutexes: Vec<Mutex>,
    rw: RwMutex,
    group: WaitGroup,
    once: Once,
    cond: Cond,
    atomic: Atomic<u8>,
    context: Context,
}

impl Program for Scripted {
    fn start(&self, runtime: &Runtime) {
        let script = self.script.clone();
        *self.seen.borrow_mut() = vec![String::new(); script.goroutines.len()];
        let seen = self.seen.clone();
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            let mutexes: Vec<Mutex> = (0..2).map(|_| Mutex::new(&handle)).collect();
            let objects = Objects {
                channels: script
                    .capacities
                    .iter()
                    .map(|c| Channel::new(&handle, *c))
                    .collect(),
                rw: RwMutex::new(&handle),
                group: WaitGroup::new(&handle),
                once: Once::new(&handle),
                cond: Cond::new(&handle, mutexes[0].id()),
                atomic: Atomic::new(&handle, 0),
                context: Context::background(&handle).with_cancel(),
                mutexes,
                handle,
            };
            if script.count > 0 {
                let _ = objects.group.add(script.count).await;
            }
            let handle = objects.handle.clone();
            let patient = script.patient;
            let mut all = script.goroutines.into_iter().enumerate();
            let main = all.next();
            for (who, list) in all {
                let (objects, seen) = (objects.clone(), seen.clone());
                objects.handle.clone().spawn("other", async move {
                    let player = Player { who, objects, seen };
                    player.play(&list).await;
                });
            }
            if let Some((who, list)) = main {
                Player {
                    who,
                    objects,
                    seen: seen.clone(),
                }
                .play(&list)
                .await;
            }
            // Of the others main knows what they have seen only when they are done, or stuck.
            if patient {
                sleep(&handle, 1_000).await;
                let all = seen.borrow().join("|");
                handle.print(&all).await;
            } else {
                let own = seen.borrow()[0].clone();
                handle.print(&own).await;
            }
        });
    }
}

struct Player {
    who: usize,
    objects: Objects,
    seen: Seen,
}

impl Player {
    fn see(&self, what: impl std::fmt::Display) {
        let mut seen = self.seen.borrow_mut();
        seen[self.who].push_str(&format!("{what} "));
    }

    fn panic(&self, message: impl std::fmt::Display) -> lockstep::runtime::Never {
        let fault = Fault {
            goroutine: self.objects.handle.current(),
            message: message.to_string().into(),
            span: Span::NONE,
        };
        self.objects.handle.end(Outcome::Panic(Box::new(fault)))
    }

    async fn check<T, E: std::fmt::Display>(&self, result: Result<T, E>) {
        if let Err(error) = result {
            self.panic(error).await;
        }
    }

    async fn play(&self, list: &[Op]) {
        for op in list {
            Box::pin(self.perform(op)).await;
        }
    }

    async fn perform(&self, op: &Op) {
        let Objects {
            handle,
            channels,
            mutexes,
            rw,
            group,
            once,
            cond,
            atomic,
            context,
        } = &self.objects;
        match op {
            Op::Send(c) => self.check(channels[*c].send(self.who as u8).await).await,
            Op::Receive(c) => self.see(format_args!("{:?}", channels[*c].receive().await)),
            Op::Close(c) => self.check(channels[*c].close().await).await,
            Op::Select(cases, has_default) => self.select(cases, *has_default).await,
            Op::Locked(m, list) => {
                mutexes[*m].lock().await;
                self.play(list).await;
                self.check(mutexes[*m].unlock().await).await;
            }
            Op::TryLocked(m) => {
                let taken = mutexes[*m].try_lock().await;
                self.see(taken);
                if taken {
                    self.check(mutexes[*m].unlock().await).await;
                }
            }
            Op::ReadLocked(list) => {
                rw.read_lock().await;
                self.play(list).await;
                self.check(rw.read_unlock().await).await;
            }
            Op::WriteLocked(list) => {
                rw.lock().await;
                self.play(list).await;
                self.check(rw.unlock().await).await;
            }
            Op::TryReadLocked => {
                let taken = rw.try_read_lock().await;
                self.see(taken);
                if taken {
                    self.check(rw.read_unlock().await).await;
                }
            }
            Op::Add => self.check(group.add(1).await).await,
            Op::Done => self.check(group.done().await).await,
            Op::Wait => self.check(group.wait().await).await,
            Op::Once => {
                once.call(async {
                    self.see("once");
                    atomic.update(|n| n.wrapping_add(1)).await;
                })
                .await;
            }
            Op::CondWait => {
                mutexes[0].lock().await;
                self.check(cond.wait(&mutexes[0]).await).await;
                self.check(mutexes[0].unlock().await).await;
            }
            Op::Signal => cond.signal().await,
            Op::Broadcast => cond.broadcast().await,
            Op::Load => self.see(atomic.load().await),
            Op::Store(n) => atomic.store(*n).await,
            Op::Increment => self.see(atomic.update(|n| n.wrapping_add(1)).await),
            Op::Print => handle.print(&self.who.to_string()).await,
            Op::Sleep(n) => sleep(handle, i64::from(*n)).await,
            Op::Timeout(c, n) => {
                let timer = Timer::once(handle, i64::from(*n));
                let mut value = Receive::new(&channels[*c]);
                let mut late = Receive::new(timer.channel());
                let arms: &mut [&mut dyn Arm] = &mut [&mut value, &mut late];
                let chosen = select_at(handle, Span::NONE, arms, false).await;
                self.see(format_args!("{chosen:?} {:?}", value.received()));
            }
            Op::Cancel => context.cancel("cancelled").await,
            Op::AwaitCancel => {
                context.done().receive().await;
            }
            Op::IsCancelled => {
                handle.gosched(Span::NONE).await;
                self.see(context.error().is_some());
            }
        }
    }

    async fn select(&self, cases: &[(bool, usize)], has_default: bool) {
        let channels = &self.objects.channels;
        let mut sends: Vec<Send<u8>> = cases
            .iter()
            .map(|(_, c)| Send::new(&channels[*c], self.who as u8))
            .collect();
        let mut receives: Vec<Receive<u8>> = cases
            .iter()
            .map(|(_, c)| Receive::new(&channels[*c]))
            .collect();
        let mut arms: Vec<&mut dyn Arm> = Vec::new();
        for ((is_send, _), (send, receive)) in
            cases.iter().zip(sends.iter_mut().zip(receives.iter_mut()))
        {
            arms.push(if *is_send { send } else { receive });
        }
        let chosen = select_at(&self.objects.handle, Span::NONE, &mut arms, has_default).await;
        drop(arms);
        if let Some(index) = chosen {
            match sends[index].result() {
                Some(result) => self.check(result).await,
                None => self.see(format_args!("{index} {:?}", receives[index].received())),
            }
        } else {
            self.see("default");
        }
    }
}
