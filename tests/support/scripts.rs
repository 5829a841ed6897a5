//! Small programs for property tests: a few goroutines, each a list of operations on shared objects.
//! They are interpreted as Rust futures over `sync/`; most of them deadlock somewhere, which is the point.

use lockstep::runtime::{Handle, Program, Runtime};
use lockstep::sync::{
    Arm, Atomic, Channel, Cond, Context, Mutex, Once, Receive, RwMutex, Send, Timer, WaitGroup,
    select, try_select,
};
use lockstep::trace::Span;
use proptest::prelude::*;

/// One operation; numbers pick an object, modulo how many there are.
#[derive(Clone, Debug)]
pub enum Op {
    Send(usize),
    Receive(usize),
    Close(usize),
    /// Receives from one or sends on another, or takes the default.
    Select {
        receive: usize,
        send: usize,
        default: bool,
    },
    /// Receives from either of two.
    Either(usize, usize),
    Sleep(u64),
    Gosched,
    Print,
    Lock(usize),
    Unlock(usize),
    TryLock(usize),
    ReadLock,
    ReadUnlock,
    WriteLock,
    WriteUnlock,
    Add(i64),
    Done,
    Wait,
    /// Locks the first mutex, waits on the condition, unlocks.
    CondWait,
    Signal,
    Broadcast,
    /// Runs a function that sends once.
    Once,
    /// Waits for a timer of its own, or for a channel.
    After(i64, usize),
    /// Waits until the context has ended, or for a channel.
    ContextDone(usize),
    Cancel,
    AtomicAdd(u32),
    /// Takes two ticks of a ticker of its own and stops it.
    Ticks,
}

/// A whole program.
#[derive(Clone, Debug)]
pub struct Script {
    pub capacities: Vec<usize>,
    /// The first is main's.
    pub bodies: Vec<Vec<Op>>,
}

fn op() -> impl Strategy<Value = Op> {
    let n = 0usize..8;
    prop_oneof![
        4 => n.clone().prop_map(Op::Send),
        4 => n.clone().prop_map(Op::Receive),
        1 => n.clone().prop_map(Op::Close),
        2 => (n.clone(), n.clone(), any::<bool>())
            .prop_map(|(receive, send, default)| Op::Select { receive, send, default }),
        2 => (n.clone(), n).prop_map(|(a, b)| Op::Either(a, b)),
        1 => (0u64..4).prop_map(Op::Sleep),
        1 => Just(Op::Gosched),
        1 => Just(Op::Print),
        6 => other(),
    ]
}

fn other() -> impl Strategy<Value = Op> {
    let n = 0usize..8;
    prop_oneof![
        n.clone().prop_map(Op::Lock),
        n.clone().prop_map(Op::Unlock),
        n.clone().prop_map(Op::TryLock),
        Just(Op::ReadLock),
        Just(Op::ReadUnlock),
        Just(Op::WriteLock),
        Just(Op::WriteUnlock),
        (0i64..3).prop_map(Op::Add),
        Just(Op::Done),
        Just(Op::Wait),
        Just(Op::CondWait),
        Just(Op::Signal),
        Just(Op::Broadcast),
        Just(Op::Once),
        (0i64..5, n.clone()).prop_map(|(time, channel)| Op::After(time, channel)),
        n.prop_map(Op::ContextDone),
        Just(Op::Cancel),
        (0u32..3).prop_map(Op::AtomicAdd),
        Just(Op::Ticks),
    ]
}

/// Programs of one to five goroutines with up to eight operations each.
pub fn scripts() -> impl Strategy<Value = Script> {
    let capacities = prop::collection::vec(0usize..3, 1..4);
    let bodies = prop::collection::vec(prop::collection::vec(op(), 0..8), 1..6);
    (capacities, bodies).prop_map(|(capacities, bodies)| Script { capacities, bodies })
}

/// What all goroutines of a script share.
#[derive(Clone)]
struct Shared {
    handle: Handle,
    channels: Vec<Channel<u32>>,
    mutexes: [Mutex; 2],
    rw: RwMutex,
    group: WaitGroup,
    cond: Cond,
    once: Once,
    root: Context,
    context: Context,
    atomic: Atomic<u32>,
}

impl Shared {
    fn channel(&self, number: usize) -> &Channel<u32> {
        &self.channels[number % self.channels.len()]
    }
}

impl Program for Script {
    fn start(&self, runtime: &Runtime) {
        let script = self.clone();
        let handle = runtime.handle().clone();
        runtime.spawn("main", async move {
            let channels: Vec<Channel<u32>> = script
                .capacities
                .iter()
                .map(|capacity| Channel::new(&handle, *capacity))
                .collect();
            for (number, channel) in channels.iter().enumerate().skip(1) {
                handle.name_object(channel.id(), || format!("ch{number}").into());
            }
            let mutexes = [Mutex::new(&handle), Mutex::new(&handle)];
            let root = Context::background(&handle).with_cancel();
            let shared = Shared {
                handle: handle.clone(),
                channels,
                cond: Cond::new(&handle, mutexes[0].id()),
                mutexes,
                rw: RwMutex::new(&handle),
                group: WaitGroup::new(&handle),
                once: Once::new(&handle),
                context: root.with_timeout(3),
                root,
                atomic: Atomic::new(&handle, 0),
            };
            let mut bodies = script.bodies.into_iter();
            let main = bodies.next().unwrap_or_default();
            for (number, body) in bodies.enumerate() {
                handle
                    .go(
                        "body",
                        run_body(shared.clone(), body, (number as u32 + 1) * 100),
                    )
                    .await;
            }
            run_body(shared, main, 0).await;
        });
    }
}

async fn run_body(shared: Shared, body: Vec<Op>, base: u32) {
    for (place, op) in body.into_iter().enumerate() {
        let value = base + place as u32;
        // In Go, sending on a closed channel and closing twice would panic; here they are ignored.
        match op {
            Op::Send(to) => ignore(shared.channel(to).send(value).await),
            Op::Receive(from) => ignore(shared.channel(from).receive().await),
            Op::Close(which) => ignore(shared.channel(which).close().await),
            Op::Select {
                receive,
                send,
                default,
            } => {
                let mut receive = Receive::new(shared.channel(receive));
                let mut send = Send::new(shared.channel(send), value);
                let arms: &mut [&mut dyn Arm] = &mut [&mut receive, &mut send];
                if default {
                    try_select(&shared.handle, arms).await;
                } else {
                    select(&shared.handle, arms).await;
                }
            }
            Op::Either(a, b) => {
                let mut a = Receive::new(shared.channel(a));
                let mut b = Receive::new(shared.channel(b));
                select(&shared.handle, &mut [&mut a, &mut b]).await;
            }
            Op::Sleep(nanoseconds) => {
                let until = shared.handle.now().after(nanoseconds as i64);
                shared.handle.sleep_until(until).await;
            }
            Op::Gosched => shared.handle.gosched(Span::NONE).await,
            Op::Print => shared.handle.print(&format!("{value}\n")).await,
            other => run_other(&shared, other, value).await,
        }
    }
}

async fn run_other(shared: &Shared, op: Op, value: u32) {
    match op {
        Op::Lock(which) => shared.mutexes[which % 2].lock().await,
        Op::Unlock(which) => ignore(shared.mutexes[which % 2].unlock().await),
        Op::TryLock(which) => ignore(shared.mutexes[which % 2].try_lock().await),
        Op::ReadLock => shared.rw.read_lock().await,
        Op::ReadUnlock => ignore(shared.rw.read_unlock().await),
        Op::WriteLock => shared.rw.lock().await,
        Op::WriteUnlock => ignore(shared.rw.unlock().await),
        Op::Add(delta) => ignore(shared.group.add(delta).await),
        Op::Done => ignore(shared.group.done().await),
        Op::Wait => ignore(shared.group.wait().await),
        Op::CondWait => {
            shared.mutexes[0].lock().await;
            ignore(shared.cond.wait(&shared.mutexes[0]).await);
            ignore(shared.mutexes[0].unlock().await);
        }
        Op::Signal => shared.cond.signal().await,
        Op::Broadcast => shared.cond.broadcast().await,
        Op::Once => {
            let channel = shared.channel(value as usize).clone();
            shared
                .once
                .call(async move { ignore(channel.send(value).await) })
                .await;
        }
        Op::After(time, channel) => {
            let timer = Timer::once(&shared.handle, time);
            let mut tick = Receive::new(timer.channel());
            let mut other = Receive::new(shared.channel(channel));
            select(&shared.handle, &mut [&mut tick, &mut other]).await;
        }
        Op::ContextDone(channel) => {
            let done = shared.context.done();
            let mut done = Receive::new(&done);
            let mut other = Receive::new(shared.channel(channel));
            select(&shared.handle, &mut [&mut done, &mut other]).await;
        }
        Op::Cancel => shared.root.cancel("enough").await,
        Op::AtomicAdd(by) => ignore(shared.atomic.update(|old| old + by).await),
        Op::Ticks => {
            let ticker = Timer::ticker(&shared.handle, 2);
            for _ in 0..2 {
                ticker.channel().receive().await;
            }
            ticker.stop().await;
        }
        // The rest is done where this is called.
        _ => {}
    }
}

/// What would be a panic in Go is nothing here: programs go on and meet more of the primitives.
fn ignore<T>(_: T) {}
