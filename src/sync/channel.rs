//! Channels.
//!
//! Invariants (those of Go's channels):
//! - At least one of the two wait queues is empty, except for a goroutine that waits in a select on
//!   both ends of one unbuffered channel.
//! - While the buffer holds a value no receiver waits; while it has room no sender waits.
//! - Queues are first in, first out; a select has one entry for each case.
//! - A value is handed over directly when somebody waits for it; nobody can take it in between.
//! - A close readies everybody: receivers see the end, senders their error.
//! - Values never hide in futures: they are in the buffer, in a waiter, or in `arrived`, and
//!   [`Channel::for_each_value`] finds them all.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::{self, Debug};
use std::rc::{Rc, Weak};

use super::wait::{NO_CASE, Slab, Ticket, Token, WaitQueues};
use crate::runtime::{Handle, Inspect, Mode, ObjectSnapshot, Order};
use crate::trace::{
    Delivery, EventKind, GoroutineId, ObjectId, ObjectKind, OperationKind, Origin,
    PendingOperation, Queue, Refill, Span, Text, WaitReason,
};

/// A Go channel of `T`s; clones are the same channel.
///
/// # Examples
///
/// ```
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::RoundRobin;
/// use lockstep::sync::Channel;
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let numbers = Channel::new(&handle, 0);
///         let sender = numbers.clone();
///         handle.go("sender", async move {
///             for n in 1..=3 {
///                 sender.send(n).await.unwrap();
///             }
///             sender.close().await.unwrap();
///         }).await;
///         let mut sum = 0;
///         while let Some(n) = numbers.receive().await {
///             sum += n;
///         }
///         handle.print(&format!("{sum}\n")).await;
///     });
/// };
/// let run = run(&program, &mut RoundRobin::new(1), Options::default());
/// assert_eq!(run.outcome.exit_status(), 0);
/// ```
pub struct Channel<T> {
    pub(super) inner: Rc<Inner<T>>,
}

/// Writes a value as text; `None` asks for the zero value's. Only called when recording.
pub type TextOf<T> = Rc<dyn Fn(Option<&T>) -> Text>;

pub(super) struct Inner<T> {
    pub handle: Handle,
    pub id: ObjectId,
    capacity: usize,
    text: TextOf<T>,
    state: RefCell<State<T>>,
    /// The timer that sends here, if one does.
    feeder: RefCell<Option<Rc<dyn Feeder>>>,
}

struct State<T> {
    buffer: VecDeque<T>,
    closed: bool,
    senders: VecDeque<Waiter<T>>,
    receivers: VecDeque<Waiter<T>>,
    /// Values handed to receivers, or back to senders, that have not gone on yet.
    arrived: Slab<T>,
    /// Values that have come in; the buffer slot of the next is this modulo the capacity.
    sent: u64,
    /// Values that have gone out of the buffer's slots.
    received: u64,
}

/// One goroutine's entry in one queue.
struct Waiter<T> {
    goroutine: GoroutineId,
    /// The select's case, or [`NO_CASE`].
    case: u32,
    /// What a sender wants to send.
    value: Option<T>,
    /// All entries of the same select.
    ticket: Option<Rc<Ticket>>,
}

/// A send on a closed channel; gives the value back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendError<T>(pub T);

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("send on closed channel")
    }
}

impl<T: Debug> std::error::Error for SendError<T> {}

/// A close of a closed channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CloseError;

impl fmt::Display for CloseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("close of closed channel")
    }
}

impl std::error::Error for CloseError {}

/// Sends on a channel when somebody looks at it: a timer, as of Go 1.23.
pub(super) trait Feeder {
    /// Somebody is about to receive: send what is due.
    fn look(&self);
    /// The first receiver waits, or the last has gone.
    fn waited_for(&self, waiting: bool);
}

/// What became of an attempt to send.
pub(super) enum Sent<T> {
    Done,
    Closed(T),
    /// Nobody takes it and there is no room.
    Full(T),
}

impl<T> Clone for Channel<T> {
    fn clone(&self) -> Channel<T> {
        Channel {
            inner: self.inner.clone(),
        }
    }
}

impl<T: 'static> Channel<T> {
    /// A channel with a buffer of so many slots; values are shown as `Debug` writes them.
    pub fn new(handle: &Handle, capacity: usize) -> Channel<T>
    where
        T: Debug,
    {
        let text = |value: Option<&T>| match value {
            Some(value) => format!("{value:?}").into(),
            None => "".into(),
        };
        Channel::with_text(
            handle,
            capacity,
            || std::any::type_name::<T>().into(),
            Rc::new(text),
        )
    }

    /// A channel with its own way of writing values. The element type is only asked for when
    /// recording.
    pub fn with_text(
        handle: &Handle,
        capacity: usize,
        element: impl FnOnce() -> Text,
        text: TextOf<T>,
    ) -> Channel<T> {
        let id = handle.new_object(|| ObjectKind::Channel {
            capacity: u32::try_from(capacity).unwrap_or(u32::MAX),
            element: element(),
        });
        let inner = Rc::new(Inner {
            handle: handle.clone(),
            id,
            capacity,
            text,
            state: RefCell::new(State {
                buffer: VecDeque::new(),
                closed: false,
                senders: VecDeque::new(),
                receivers: VecDeque::new(),
                arrived: Slab::new(),
                sent: 0,
                received: 0,
            }),
            feeder: RefCell::new(None),
        });
        if handle.is_recording() {
            let weak: Weak<Inner<T>> = Rc::downgrade(&inner);
            handle.register(id, weak);
        }
        Channel { inner }
    }

    /// Its id.
    pub fn id(&self) -> ObjectId {
        self.inner.id
    }

    /// Values in the buffer; 0 for a timer's channel, as of Go 1.23.
    pub fn len(&self) -> usize {
        if self.is_timer() {
            0
        } else {
            self.inner.state.borrow().buffer.len()
        }
    }

    /// Whether [`Channel::len`] is 0.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Slots of the buffer; 0 for a timer's channel, as of Go 1.23.
    pub fn capacity(&self) -> usize {
        if self.is_timer() {
            0
        } else {
            self.inner.capacity
        }
    }

    /// Whether it has been closed.
    pub fn is_closed(&self) -> bool {
        self.inner.state.borrow().closed
    }

    fn is_timer(&self) -> bool {
        self.inner.feeder.borrow().is_some()
    }

    /// Whether it is the same channel.
    pub fn is_same(&self, other: &Channel<T>) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }

    /// Sends a value; waits while nobody takes it and there is no room.
    ///
    /// # Errors
    ///
    /// The channel is, or gets, closed.
    pub async fn send(&self, value: T) -> Result<(), SendError<T>> {
        self.send_at(Span::NONE, value).await
    }

    /// [`Channel::send`], written at a place.
    ///
    /// # Errors
    ///
    /// The channel is, or gets, closed.
    pub async fn send_at(&self, span: Span, value: T) -> Result<(), SendError<T>> {
        let inner = &*self.inner;
        inner
            .handle
            .point(PendingOperation::new(OperationKind::Send, inner.id, span))
            .await;
        inner.handle.touch(inner.id, Mode::Send);
        match inner.try_send(value) {
            Sent::Done => Ok(()),
            Sent::Closed(value) => Err(SendError(value)),
            Sent::Full(value) => {
                inner.enqueue(Queue::Send, NO_CASE, Some(value), None);
                let token = inner.handle.park(WaitReason::ChanSend, inner.id).await;
                inner.finish_send(Token::read(token))
            }
        }
    }

    /// Receives a value; waits while there is none. `None`: the channel is closed and empty.
    pub async fn receive(&self) -> Option<T> {
        self.receive_at(Span::NONE).await
    }

    /// [`Channel::receive`], written at a place.
    pub async fn receive_at(&self, span: Span) -> Option<T> {
        let inner = &*self.inner;
        inner
            .handle
            .point(PendingOperation::new(
                OperationKind::Receive,
                inner.id,
                span,
            ))
            .await;
        inner.handle.touch(inner.id, Mode::Receive);
        inner.look();
        match inner.try_receive() {
            Some(received) => received,
            None => {
                inner.enqueue(Queue::Receive, NO_CASE, None, None);
                let token = inner.handle.park(WaitReason::ChanReceive, inner.id).await;
                inner.finish_receive(Token::read(token))
            }
        }
    }

    /// Closes the channel: values in the buffer can still be received, then its end.
    ///
    /// # Errors
    ///
    /// It is closed already.
    pub async fn close(&self) -> Result<(), CloseError> {
        self.close_at(Span::NONE).await
    }

    /// [`Channel::close`], written at a place.
    ///
    /// # Errors
    ///
    /// It is closed already.
    pub async fn close_at(&self, span: Span) -> Result<(), CloseError> {
        let inner = &*self.inner;
        inner
            .handle
            .point(PendingOperation::new(OperationKind::Close, inner.id, span))
            .await;
        self.close_now()
    }

    /// Closes the channel without a scheduling point: for what is one operation with something
    /// else, such as cancelling a context.
    ///
    /// # Errors
    ///
    /// It is closed already.
    pub fn close_now(&self) -> Result<(), CloseError> {
        self.inner.close()
    }

    /// Puts a value in if there is room or somebody waits for it, without a scheduling point; gives
    /// it back otherwise. For what sends from outside of goroutines: timers, signals, the network.
    ///
    /// # Errors
    ///
    /// There was no room, or the channel is closed.
    pub fn offer(&self, value: T) -> Result<(), SendError<T>> {
        self.inner.handle.touch(self.inner.id, Mode::Send);
        match self.inner.try_send(value) {
            Sent::Done => Ok(()),
            Sent::Closed(value) | Sent::Full(value) => Err(SendError(value)),
        }
    }

    /// Takes a value if there is one, without a scheduling point: `Some(None)` is the end.
    pub fn poll(&self) -> Option<Option<T>> {
        self.inner.handle.touch(self.inner.id, Mode::Receive);
        self.inner.look();
        self.inner.try_receive()
    }

    /// Empties the buffer without anybody receiving: a timer that is stopped takes its tick back.
    pub(super) fn discard(&self) -> bool {
        let Some(value) = self.inner.state.borrow_mut().buffer.pop_front() else {
            return false;
        };
        self.inner.state.borrow_mut().received += 1;
        let id = self.inner.id;
        let inner = &*self.inner;
        inner.handle.record(|| EventKind::Receive {
            channel: id,
            value: inner.text(Some(&value)),
            ok: true,
            from: Origin::Buffer,
            refill: None,
        });
        true
    }

    pub(super) fn set_feeder(&self, feeder: Rc<dyn Feeder>) {
        *self.inner.feeder.borrow_mut() = Some(feeder);
    }

    /// Calls `look` with every value the channel keeps, for a collector of garbage.
    pub fn for_each_value(&self, look: &mut dyn FnMut(&T)) {
        let state = self.inner.state.borrow();
        state.buffer.iter().for_each(&mut *look);
        state
            .senders
            .iter()
            .filter_map(|waiter| waiter.value.as_ref())
            .for_each(&mut *look);
        state.arrived.iter().for_each(look);
    }
}

/// The operations, each atomic: nothing else runs in between.
impl<T: 'static> Inner<T> {
    pub fn text(&self, value: Option<&T>) -> Text {
        (self.text)(value)
    }

    /// Lets the channel's timer send what is due.
    pub fn look(&self) {
        let feeder = self.feeder.borrow().clone();
        if let Some(feeder) = feeder {
            feeder.look();
        }
    }

    pub fn can_send(&self) -> bool {
        let state = self.state.borrow();
        state.closed || !state.receivers.is_empty() || state.buffer.len() < self.capacity
    }

    pub fn can_receive(&self) -> bool {
        let state = self.state.borrow();
        !state.buffer.is_empty() || !state.senders.is_empty() || state.closed
    }

    pub fn try_send(&self, value: T) -> Sent<T> {
        let mut state = self.state.borrow_mut();
        if state.closed {
            // Only a close can have come before: what it knew is known to whoever fails here.
            self.handle.order(Order::Acquire {
                object: self.id,
                slot: Order::CLOSE,
            });
            return Sent::Closed(value);
        }
        if let Some(waiter) = state.receivers.pop_front() {
            if self.capacity > 0 {
                let slot = self.slot(state.sent);
                state.sent += 1;
                state.received += 1;
                self.pass_slot(self.handle.current(), slot);
                self.pass_slot(waiter.goroutine, slot);
            } else {
                self.handle.order(Order::Tell {
                    to: waiter.goroutine,
                });
                self.handle.order(Order::Learn {
                    from: waiter.goroutine,
                });
            }
            let text = self.handle.is_recording().then(|| self.text(Some(&value)));
            let index = state.arrived.insert(value);
            drop(state);
            self.leave_queues(&waiter, Queue::Receive);
            if let Some(value) = text {
                let to = Delivery::Receiver(waiter.goroutine);
                self.handle.record(|| EventKind::Send {
                    channel: self.id,
                    value,
                    to,
                });
            }
            self.ready(
                &waiter,
                Token::Received {
                    case: waiter.case,
                    index,
                },
            );
            return Sent::Done;
        }
        if state.buffer.len() >= self.capacity {
            return Sent::Full(value);
        }
        let slot = self.slot(state.sent);
        state.sent += 1;
        self.pass_slot(self.handle.current(), slot);
        let text = self.handle.is_recording().then(|| self.text(Some(&value)));
        state.buffer.push_back(value);
        drop(state);
        if let Some(value) = text {
            let to = Delivery::Buffer;
            self.handle.record(|| EventKind::Send {
                channel: self.id,
                value,
                to,
            });
        }
        Sent::Done
    }

    /// `None`: there is nothing to receive; `Some(None)`: the end.
    #[expect(
        clippy::option_option,
        reason = "waiting and the end are different answers"
    )]
    pub fn try_receive(&self) -> Option<Option<T>> {
        let mut state = self.state.borrow_mut();
        if let Some(value) = state.buffer.pop_front() {
            self.pass_slot(self.handle.current(), self.slot(state.received));
            state.received += 1;
            let sender = state.senders.pop_front();
            let mut refill = None;
            if let Some(waiter) = sender {
                refill = self.refill(&mut state, waiter);
            }
            drop(state);
            self.received(&value, Origin::Buffer, refill);
            return Some(Some(value));
        }
        if let Some(mut waiter) = state.senders.pop_front() {
            drop(state);
            self.handle.order(Order::Learn {
                from: waiter.goroutine,
            });
            self.handle.order(Order::Tell {
                to: waiter.goroutine,
            });
            // A waiter in the senders' queue has its value.
            let value = waiter.value.take()?;
            self.handle.touch(self.id, Mode::ReceiveParked);
            self.leave_queues(&waiter, Queue::Send);
            self.received(&value, Origin::Sender(waiter.goroutine), None);
            self.ready(&waiter, Token::Sent { case: waiter.case });
            return Some(Some(value));
        }
        if !state.closed {
            return None;
        }
        drop(state);
        self.handle.order(Order::Acquire {
            object: self.id,
            slot: Order::CLOSE,
        });
        self.handle.record(|| EventKind::Receive {
            channel: self.id,
            value: self.text(None),
            ok: false,
            from: Origin::Closed,
            refill: None,
        });
        Some(None)
    }

    /// Moves a parked sender's value into the buffer; gives the sender with its value's text.
    fn refill(&self, state: &mut State<T>, mut waiter: Waiter<T>) -> Option<(Waiter<T>, Text)> {
        let slot = self.slot(state.sent);
        state.sent += 1;
        self.pass_slot(waiter.goroutine, slot);
        // A waiter in the senders' queue has its value.
        let value = waiter.value.take()?;
        let text = if self.handle.is_recording() {
            self.text(Some(&value))
        } else {
            "".into()
        };
        state.buffer.push_back(value);
        Some((waiter, text))
    }

    /// Records a receive and readies the sender whose value moved up.
    fn received(&self, value: &T, from: Origin, refill: Option<(Waiter<T>, Text)>) {
        if let Some((waiter, _)) = &refill {
            self.handle.touch(self.id, Mode::ReceiveParked);
            self.leave_queues(waiter, Queue::Send);
        }
        self.handle.record(|| EventKind::Receive {
            channel: self.id,
            value: self.text(Some(value)),
            ok: true,
            from,
            refill: refill.as_ref().map(|(waiter, text)| {
                Box::new(Refill {
                    sender: waiter.goroutine,
                    value: text.clone(),
                })
            }),
        });
        if let Some((waiter, _)) = refill {
            self.ready(&waiter, Token::Sent { case: waiter.case });
        }
    }

    fn close(&self) -> Result<(), CloseError> {
        let mut state = self.state.borrow_mut();
        if state.closed {
            self.handle.touch(self.id, Mode::Close);
            return Err(CloseError);
        }
        state.closed = true;
        let parked = !state.senders.is_empty();
        self.handle.touch(
            self.id,
            if parked {
                Mode::CloseParked
            } else {
                Mode::Close
            },
        );
        drop(state);
        self.handle.order(Order::Release {
            object: self.id,
            slot: Order::CLOSE,
        });
        self.handle.record(|| EventKind::Close { channel: self.id });
        // One at a time: a select that waits here more than once takes its entries along.
        loop {
            let mut state = self.state.borrow_mut();
            if let Some(waiter) = state.receivers.pop_front() {
                drop(state);
                self.handle.order(Order::Tell {
                    to: waiter.goroutine,
                });
                self.leave_queues(&waiter, Queue::Receive);
                self.ready(&waiter, Token::End { case: waiter.case });
                continue;
            }
            let Some(mut waiter) = state.senders.pop_front() else {
                return Ok(());
            };
            // A waiter in the senders' queue has its value; it goes back with the error.
            let Some(value) = waiter.value.take() else {
                continue;
            };
            let index = state.arrived.insert(value);
            drop(state);
            self.handle.order(Order::Tell {
                to: waiter.goroutine,
            });
            self.leave_queues(&waiter, Queue::Send);
            self.ready(
                &waiter,
                Token::Closed {
                    case: waiter.case,
                    index,
                },
            );
        }
    }

    /// Joins a queue. The caller parks next.
    pub fn enqueue(&self, queue: Queue, case: u32, value: Option<T>, ticket: Option<Rc<Ticket>>) {
        let goroutine = self.handle.current();
        self.handle.record(|| EventKind::Enqueue {
            object: self.id,
            queue,
            case: (case != NO_CASE).then_some(case),
            value: value.as_ref().map(|value| self.text(Some(value))),
        });
        let mut state = self.state.borrow_mut();
        let waiter = Waiter {
            goroutine,
            case,
            value,
            ticket,
        };
        match queue {
            Queue::Send => state.senders.push_back(waiter),
            _ => {
                state.receivers.push_back(waiter);
                if state.receivers.len() == 1 {
                    drop(state);
                    self.waited_for(true);
                }
            }
        }
    }

    /// What a parked receiver was told.
    pub fn finish_receive(&self, token: Token) -> Option<T> {
        match token {
            Token::Received { index, .. } => self.state.borrow_mut().arrived.take(index),
            _ => {
                self.handle.order(Order::Acquire {
                    object: self.id,
                    slot: Order::CLOSE,
                });
                None
            }
        }
    }

    /// What a parked sender was told.
    pub fn finish_send(&self, token: Token) -> Result<(), SendError<T>> {
        if let Token::Closed { index, .. } = token
            && let Some(value) = self.state.borrow_mut().arrived.take(index)
        {
            return Err(SendError(value));
        }
        Ok(())
    }

    /// Records that a waiter has left its queue, and takes out the other entries of its select.
    fn leave_queues(&self, waiter: &Waiter<T>, queue: Queue) {
        let goroutine = waiter.goroutine;
        self.left(goroutine, queue, waiter.case);
        if let Some(ticket) = &waiter.ticket {
            for other in &ticket.queues {
                other.leave(goroutine);
            }
        }
        if queue == Queue::Receive && self.state.borrow().receivers.is_empty() {
            self.waited_for(false);
        }
    }

    fn left(&self, goroutine: GoroutineId, queue: Queue, case: u32) {
        let case = (case != NO_CASE).then_some(case);
        self.handle.record(|| EventKind::Dequeue {
            goroutine,
            object: self.id,
            queue,
            case,
        });
    }

    fn waited_for(&self, waiting: bool) {
        let feeder = self.feeder.borrow().clone();
        if let Some(feeder) = feeder {
            feeder.waited_for(waiting);
        }
    }

    fn ready(&self, waiter: &Waiter<T>, token: Token) {
        self.handle.ready(
            waiter.goroutine,
            self.id,
            token.write(),
            OperationKind::Resume,
        );
    }

    fn slot(&self, number: u64) -> u32 {
        // An unbuffered channel has no slots; hand-offs do not ask.
        (number % self.capacity.max(1) as u64) as u32
    }

    /// A goroutine goes through a slot of the buffer, one way or the other: it learns what was left
    /// there, and leaves what it knows. This orders a send before its receive, and the k-th receive
    /// before the send that uses the slot again.
    fn pass_slot(&self, goroutine: GoroutineId, slot: u32) {
        self.handle.order_as(
            goroutine,
            Order::Acquire {
                object: self.id,
                slot,
            },
        );
        self.handle.order_as(
            goroutine,
            Order::Release {
                object: self.id,
                slot,
            },
        );
    }
}

impl<T: 'static> WaitQueues for Inner<T> {
    fn leave(&self, goroutine: GoroutineId) {
        self.handle.touch(self.id, Mode::Send);
        self.handle.touch(self.id, Mode::Receive);
        let mut receivers_left = false;
        loop {
            let mut state = self.state.borrow_mut();
            let state = &mut *state;
            let find = |queue: &VecDeque<Waiter<T>>| {
                queue
                    .iter()
                    .position(|waiter| waiter.goroutine == goroutine)
            };
            if let Some(at) = find(&state.senders) {
                let case = state
                    .senders
                    .remove(at)
                    .map_or(NO_CASE, |waiter| waiter.case);
                self.left(goroutine, Queue::Send, case);
            } else if let Some(at) = find(&state.receivers) {
                let case = state
                    .receivers
                    .remove(at)
                    .map_or(NO_CASE, |waiter| waiter.case);
                self.left(goroutine, Queue::Receive, case);
                receivers_left = state.receivers.is_empty();
            } else {
                break;
            }
        }
        if receivers_left {
            self.waited_for(false);
        }
    }
}

impl<T: 'static> Inspect for Inner<T> {
    fn inspect(&self) -> ObjectSnapshot {
        let state = self.state.borrow();
        let text = |value: &T| self.text(Some(value)).to_string();
        ObjectSnapshot {
            buffer: state.buffer.iter().map(text).collect(),
            senders: state
                .senders
                .iter()
                .map(|waiter| waiter.goroutine)
                .collect(),
            receivers: state
                .receivers
                .iter()
                .map(|waiter| waiter.goroutine)
                .collect(),
            done: state.closed,
            ..ObjectSnapshot::default()
        }
    }
}

/// A send on the nil channel: parks for ever.
pub async fn nil_send(handle: &Handle, span: Span) -> std::convert::Infallible {
    handle
        .point(PendingOperation::bare(OperationKind::Send, span))
        .await;
    handle.park(WaitReason::ChanSendNil, ObjectId::NONE).await;
    crate::runtime::Never.await
}

/// A receive from the nil channel: parks for ever.
pub async fn nil_receive(handle: &Handle, span: Span) -> std::convert::Infallible {
    handle
        .point(PendingOperation::bare(OperationKind::Receive, span))
        .await;
    handle
        .park(WaitReason::ChanReceiveNil, ObjectId::NONE)
        .await;
    crate::runtime::Never.await
}

#[cfg(test)]
mod tests {
    use super::super::testing::{events, run_main, stuck};
    use super::*;
    use crate::trace::Outcome;

    #[test]
    fn an_unbuffered_send_waits_for_its_receiver() {
        let (run, log) = run_main(|handle, log| async move {
            let channel = Channel::new(&handle, 0);
            let (sender, out) = (channel.clone(), log.clone());
            handle.spawn("sender", async move {
                sender.send(1).await.unwrap();
                out.add("sent");
            });
            handle.gosched(Span::NONE).await;
            handle.gosched(Span::NONE).await;
            log.add("receiving");
            log.add(channel.receive().await.unwrap());
            handle.gosched(Span::NONE).await;
        });
        assert_eq!(run.outcome, Outcome::Completed);
        assert_eq!(log, ["receiving", "1", "sent"]);
    }

    #[test]
    fn a_buffer_is_first_in_first_out_and_refilled_by_parked_senders() {
        let (run, log) = run_main(|handle, log| async move {
            let channel = Channel::new(&handle, 1);
            for n in 1..=3 {
                let sender = channel.clone();
                handle.spawn("sender", async move { sender.send(n).await.unwrap() });
            }
            for _ in 0..3 {
                handle.gosched(Span::NONE).await;
            }
            assert_eq!((channel.len(), channel.capacity()), (1, 1));
            for _ in 0..3 {
                log.add(channel.receive().await.unwrap());
            }
        });
        assert_eq!(log, ["1", "2", "3"]);
        let told = events(&run, |goroutine, kind| match kind {
            EventKind::Send { value, to, .. } => Some(format!("{goroutine} sends {value} {to:?}")),
            EventKind::Receive {
                value,
                from,
                refill,
                ..
            } => {
                let refill = refill
                    .as_ref()
                    .map(|r| format!(" then {} {}", r.sender, r.value));
                Some(format!(
                    "{goroutine} receives {value} {from:?}{}",
                    refill.unwrap_or_default()
                ))
            }
            _ => None,
        });
        assert_eq!(
            told,
            [
                "G2 sends 1 Buffer",
                "G1 receives 1 Buffer then G3 2",
                "G1 receives 2 Buffer then G4 3",
                "G1 receives 3 Buffer",
            ]
        );
    }

    #[test]
    fn a_close_gives_the_end_to_all_receivers() {
        let (_, log) = run_main(|handle, log| async move {
            let channel = Channel::<u8>::new(&handle, 0);
            for i in 0..3 {
                let (receiver, log) = (channel.clone(), log.clone());
                handle.spawn("receiver", async move {
                    log.add(format!("{i}: {:?}", receiver.receive().await));
                });
            }
            handle.gosched(Span::NONE).await;
            channel.close().await.unwrap();
            handle.gosched(Span::NONE).await;
            log.add(format!("{:?}", channel.receive().await));
            log.add(channel.close().await.unwrap_err());
        });
        assert_eq!(
            log,
            [
                "0: None",
                "1: None",
                "2: None",
                "None",
                "close of closed channel"
            ]
        );
    }

    #[test]
    fn values_in_the_buffer_outlive_a_close_and_senders_get_theirs_back() {
        let (_, log) = run_main(|handle, log| async move {
            let channel = Channel::new(&handle, 1);
            channel.send(1).await.unwrap();
            let (sender, out) = (channel.clone(), log.clone());
            handle.spawn("sender", async move {
                let SendError(back) = sender.send(2).await.unwrap_err();
                out.add(format!("{back} came back"));
            });
            handle.gosched(Span::NONE).await;
            channel.close().await.unwrap();
            log.add(format!("{:?}", channel.receive().await));
            log.add(format!("{:?}", channel.receive().await));
            log.add(channel.send(3).await.unwrap_err());
        });
        assert_eq!(
            log,
            ["2 came back", "Some(1)", "None", "send on closed channel"]
        );
    }

    #[test]
    fn waiting_for_nobody_is_a_deadlock() {
        let (run, _) = run_main(|handle, _| async move {
            let channel = Channel::<u8>::new(&handle, 0);
            let other = handle.clone();
            handle.spawn("nil", async move {
                nil_receive(&other, Span::NONE).await;
            });
            channel.send(1).await.unwrap();
        });
        assert_eq!(
            stuck(&run.outcome),
            [
                (GoroutineId(1), WaitReason::ChanSend),
                (GoroutineId(2), WaitReason::ChanReceiveNil)
            ]
        );
    }

    #[test]
    fn every_value_can_be_found() {
        let (_, log) = run_main(|handle, log| async move {
            let (full, empty) = (Channel::new(&handle, 1), Channel::new(&handle, 0));
            for n in 1..=2 {
                let sender = full.clone();
                handle.spawn("sender", async move { sender.send(n).await.unwrap() });
            }
            let receiver = empty.clone();
            handle.spawn("receiver", async move {
                receiver.receive().await;
            });
            handle.gosched(Span::NONE).await;
            handle.gosched(Span::NONE).await;
            // The value has been handed over, the receiver has not gone on.
            empty.offer(3).unwrap();
            let mut found = Vec::new();
            full.for_each_value(&mut |value| found.push(*value));
            empty.for_each_value(&mut |value| found.push(*value));
            log.add(format!("{found:?}"));
        });
        assert_eq!(log, ["[1, 2, 3]"]);
    }

    #[test]
    fn a_parked_sender_is_small() {
        let channel_free = |handle: &Handle| {
            let channel = Channel::<u64>::new(handle, 0);
            let future = async move { channel.send(7).await.is_ok() };
            size_of_val(&future)
        };
        let runtime = crate::runtime::Runtime::default();
        let size = channel_free(runtime.handle());
        assert!(size <= 256, "{size}");
    }
}
