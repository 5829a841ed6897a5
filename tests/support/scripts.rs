//! Small programs for property tests: a few goroutines, each a list of operations on shared objects.
//! They are interpreted as Rust futures over `sync/`; most of them deadlock somewhere, which is the point.

use lockstep::runtime::{Handle, Program, Runtime};
use lockstep::sync::{Arm, Channel, Receive, Send, select, try_select};
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
            let shared = Shared {
                handle: handle.clone(),
                channels,
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
            Op::Send(to) => drop(shared.channel(to).send(value).await),
            Op::Receive(from) => drop(shared.channel(from).receive().await),
            Op::Close(which) => drop(shared.channel(which).close().await),
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
        }
    }
}
