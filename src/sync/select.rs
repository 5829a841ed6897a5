//! Select: one of several channel operations.
//!
//! Rules (Go specification, "Select statements"):
//! - If cases can go on, one of them is chosen; with several, the scheduler chooses.
//! - Otherwise the default clause, if there is one.
//! - Otherwise the goroutine waits in the queues of all cases at once; whoever completes one takes
//!   it out of all others in the same instant.
//! - The nil channel is never ready; `select {}` waits for ever.

use std::rc::Rc;

use super::Channel;
use super::channel::{Inner, SendError, Sent};
use super::wait::{Ticket, Token, WaitQueues};
use crate::runtime::{Handle, Mode};
use crate::trace::{
    ChoiceKind, ChoiceOptions, Direction, EventKind, ObjectId, Queue, SelectCase, Span, WaitReason,
};

/// One case of a select; see [`Send`], [`Receive`] and [`Nil`].
pub trait Arm: private::Sealed {
    /// The case as it is recorded.
    #[doc(hidden)]
    fn case(&self, index: u32) -> SelectCase;
    /// Whether it can go on now.
    #[doc(hidden)]
    fn is_ready(&self) -> bool;
    /// Goes on; only when ready.
    #[doc(hidden)]
    fn complete(&mut self);
    /// Joins its channel's queue.
    #[doc(hidden)]
    fn enqueue(&mut self, index: u32, ticket: &Rc<Ticket>);
    /// Takes what it was told by whoever completed it.
    #[doc(hidden)]
    fn finish(&mut self, token: u64);
    /// Its channel's queues; none for the nil channel.
    #[doc(hidden)]
    fn queues(&self) -> Option<Rc<dyn WaitQueues>>;
}

mod private {
    pub trait Sealed {}
}

/// `case channel <- value`.
pub struct Send<T> {
    inner: Rc<Inner<T>>,
    span: Span,
    value: Option<T>,
    result: Option<Result<(), SendError<T>>>,
}

impl<T: 'static> Send<T> {
    /// The case that sends a value.
    pub fn new(channel: &Channel<T>, value: T) -> Send<T> {
        Send::at(Span::NONE, channel, value)
    }

    /// The same, written at a place.
    pub fn at(span: Span, channel: &Channel<T>, value: T) -> Send<T> {
        Send {
            inner: channel.inner.clone(),
            span,
            value: Some(value),
            result: None,
        }
    }

    /// What came of it, when the select chose it.
    pub fn result(&mut self) -> Option<Result<(), SendError<T>>> {
        self.result.take()
    }
}

impl<T> private::Sealed for Send<T> {}

impl<T: 'static> Arm for Send<T> {
    fn case(&self, index: u32) -> SelectCase {
        let (direction, channel) = (Direction::Send, self.inner.id);
        SelectCase {
            index,
            direction,
            channel,
            span: self.span,
        }
    }

    fn is_ready(&self) -> bool {
        self.inner.can_send()
    }

    fn complete(&mut self) {
        let Some(value) = self.value.take() else {
            return;
        };
        self.result = Some(match self.inner.try_send(value) {
            Sent::Done => Ok(()),
            // A ready case has somewhere to go, so this is a closed channel.
            Sent::Closed(value) | Sent::Full(value) => Err(SendError(value)),
        });
    }

    fn enqueue(&mut self, index: u32, ticket: &Rc<Ticket>) {
        self.inner
            .enqueue(Queue::Send, index, self.value.take(), Some(ticket.clone()));
    }

    fn finish(&mut self, token: u64) {
        self.result = Some(self.inner.finish_send(Token::read(token)));
    }

    fn queues(&self) -> Option<Rc<dyn WaitQueues>> {
        Some(self.inner.clone())
    }
}

/// `case value := <-channel`.
pub struct Receive<T> {
    inner: Rc<Inner<T>>,
    span: Span,
    /// The inner option is the end of the channel.
    #[expect(clippy::option_option, reason = "not chosen and the end are different")]
    received: Option<Option<T>>,
}

impl<T: 'static> Receive<T> {
    /// The case that receives.
    pub fn new(channel: &Channel<T>) -> Receive<T> {
        Receive::at(Span::NONE, channel)
    }

    /// The same, written at a place.
    pub fn at(span: Span, channel: &Channel<T>) -> Receive<T> {
        Receive {
            inner: channel.inner.clone(),
            span,
            received: None,
        }
    }

    /// What was received, when the select chose it: `None` is the end of the channel.
    pub fn received(&mut self) -> Option<T> {
        self.received.take().flatten()
    }
}

impl<T> private::Sealed for Receive<T> {}

impl<T: 'static> Arm for Receive<T> {
    fn case(&self, index: u32) -> SelectCase {
        let (direction, channel) = (Direction::Receive, self.inner.id);
        SelectCase {
            index,
            direction,
            channel,
            span: self.span,
        }
    }

    fn is_ready(&self) -> bool {
        self.inner.look();
        self.inner.can_receive()
    }

    fn complete(&mut self) {
        self.received = self.inner.try_receive();
    }

    fn enqueue(&mut self, index: u32, ticket: &Rc<Ticket>) {
        self.inner
            .enqueue(Queue::Receive, index, None, Some(ticket.clone()));
    }

    fn finish(&mut self, token: u64) {
        self.received = Some(self.inner.finish_receive(Token::read(token)));
    }

    fn queues(&self) -> Option<Rc<dyn WaitQueues>> {
        Some(self.inner.clone())
    }
}

/// A case on the nil channel.
pub struct Nil {
    span: Span,
    direction: Direction,
}

impl Nil {
    /// The case, written at a place.
    pub fn at(span: Span, direction: Direction) -> Nil {
        Nil { span, direction }
    }
}

impl private::Sealed for Nil {}

impl Arm for Nil {
    fn case(&self, index: u32) -> SelectCase {
        let channel = ObjectId::NONE;
        SelectCase {
            index,
            direction: self.direction,
            channel,
            span: self.span,
        }
    }

    fn is_ready(&self) -> bool {
        false
    }

    fn complete(&mut self) {}

    fn enqueue(&mut self, _: u32, _: &Rc<Ticket>) {}

    fn finish(&mut self, _: u64) {}

    fn queues(&self) -> Option<Rc<dyn WaitQueues>> {
        None
    }
}

/// Does one of the arms and says which; waits until one can go on.
///
/// # Examples
///
/// ```
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::Random;
/// use lockstep::sync::{Channel, Receive, select};
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let words = Channel::new(&handle, 1);
///         let numbers = Channel::new(&handle, 1);
///         words.send("seven").await.unwrap();
///         numbers.send(7).await.unwrap();
///         let (mut word, mut number) = (Receive::new(&words), Receive::new(&numbers));
///         let text = match select(&handle, &mut [&mut word, &mut number]).await {
///             0 => word.received().unwrap().to_owned(),
///             _ => number.received().unwrap().to_string(),
///         };
///         assert!(text == "seven" || text == "7");
///     });
/// };
/// assert_eq!(run(&program, &mut Random::new(3), Options::default()).outcome.exit_status(), 0);
/// ```
pub async fn select(handle: &Handle, arms: &mut [&mut dyn Arm]) -> usize {
    select_at(handle, Span::NONE, arms, false)
        .await
        .unwrap_or(0)
}

/// Does one of the arms if one can go on now, and says which.
pub async fn try_select(handle: &Handle, arms: &mut [&mut dyn Arm]) -> Option<usize> {
    select_at(handle, Span::NONE, arms, true).await
}

/// Either of the two, written at a place. `None`: the default clause.
pub async fn select_at(
    handle: &Handle,
    span: Span,
    arms: &mut [&mut dyn Arm],
    has_default: bool,
) -> Option<usize> {
    handle.point_select(span, || all_cases(arms)).await;
    for channel in arms
        .iter()
        .map(|arm| arm.case(0).channel)
        .filter(|id| !id.is_none())
    {
        handle.touch(channel, Mode::Send);
        handle.touch(channel, Mode::Receive);
    }
    let ready = arms.iter().filter(|arm| arm.is_ready()).count();
    if ready > 0 {
        let pick = handle
            .choose_among(ChoiceKind::SelectCase, ready as u64, || {
                let ready = numbered(arms).filter(|(_, arm)| arm.is_ready());
                ChoiceOptions::Cases(ready.map(|(i, arm)| arm.case(i)).collect())
            })
            .await;
        // Nothing runs between the choice and its answer, so as many are still ready.
        let ready = numbered(arms).filter(|(_, arm)| arm.is_ready());
        let index = ready.map(|(i, _)| i).nth(pick as usize)?;
        handle.record(|| EventKind::Selected { case: Some(index) });
        arms[index as usize].complete();
        return Some(index as usize);
    }
    if has_default {
        handle.record(|| EventKind::Selected { case: None });
        return None;
    }
    let ticket = Rc::new(Ticket {
        queues: arms.iter().filter_map(|arm| arm.queues()).collect(),
    });
    for (index, arm) in arms.iter_mut().enumerate() {
        arm.enqueue(index as u32, &ticket);
    }
    let reason = if arms.is_empty() {
        WaitReason::SelectNoCases
    } else {
        WaitReason::Select
    };
    let token = handle.park_select(reason, || all_cases(arms)).await;
    let index = Token::read(token).case();
    handle.record(|| EventKind::Selected { case: Some(index) });
    // The token names one of the arms that were put into queues.
    arms.get_mut(index as usize)?.finish(token);
    Some(index as usize)
}

fn numbered<'a>(arms: &'a [&mut dyn Arm]) -> impl Iterator<Item = (u32, &'a dyn Arm)> {
    arms.iter().enumerate().map(|(i, arm)| (i as u32, &**arm))
}

fn all_cases(arms: &[&mut dyn Arm]) -> Rc<[SelectCase]> {
    numbered(arms).map(|(i, arm)| arm.case(i)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_logs, events, run_main, stuck};
    use super::*;
    use crate::trace::GoroutineId;

    #[test]
    fn any_ready_case_may_be_chosen_and_all_are_told() {
        let logs = all_logs(40, |handle, log| async move {
            let (a, b) = (Channel::new(&handle, 1), Channel::new(&handle, 1));
            a.send('a').await.unwrap();
            let (mut first, mut second) = (Receive::new(&a), Send::new(&b, 'b'));
            let index = select(&handle, &mut [&mut first, &mut second]).await;
            log.add(format!(
                "{index} {:?} {:?}",
                first.received(),
                second.result()
            ));
        });
        assert_eq!(logs, ["0 Some('a') None", "1 None Some(Ok(()))"]);
    }

    #[test]
    fn the_default_is_for_when_nothing_is_ready() {
        let (_, log) = run_main(|handle, log| async move {
            let channel = Channel::new(&handle, 1);
            let mut receive = Receive::new(&channel);
            log.add(format!(
                "{:?}",
                try_select(&handle, &mut [&mut receive]).await
            ));
            channel.send(5).await.unwrap();
            log.add(format!(
                "{:?}",
                try_select(&handle, &mut [&mut receive]).await
            ));
            log.add(format!("{:?}", receive.received()));
        });
        assert_eq!(log, ["None", "Some(0)", "Some(5)"]);
    }

    #[test]
    fn whoever_completes_a_select_takes_it_out_of_every_queue() {
        let (run, log) = run_main(|handle, log| async move {
            let (a, b) = (
                Channel::<u8>::new(&handle, 0),
                Channel::<u8>::new(&handle, 0),
            );
            let (left, right, out, inner) = (a.clone(), b.clone(), log.clone(), handle.clone());
            handle.spawn("both", async move {
                let (mut send, mut receive) = (Send::new(&left, 1), Receive::new(&right));
                let mut again = Receive::new(&right);
                let arms: &mut [&mut dyn Arm] = &mut [&mut send, &mut receive, &mut again];
                let index = select(&inner, arms).await;
                out.add(format!("{index} {:?}", receive.received()));
            });
            handle.gosched(Span::NONE).await;
            b.send(9).await.unwrap();
            handle.gosched(Span::NONE).await;
            let mut receive = Receive::new(&a);
            // The select's send is gone from here.
            log.add(format!(
                "{:?}",
                try_select(&handle, &mut [&mut receive]).await
            ));
        });
        assert_eq!(log, ["1 Some(9)", "None"]);
        let queues = events(&run, |_, kind| match kind {
            EventKind::Enqueue { object, case, .. } => Some(format!("+{}:{case:?}", object.0)),
            EventKind::Dequeue { object, case, .. } => Some(format!("-{}:{case:?}", object.0)),
            _ => None,
        });
        assert_eq!(
            queues,
            [
                "+1:Some(0)",
                "+2:Some(1)",
                "+2:Some(2)",
                "-2:Some(1)",
                "-1:Some(0)",
                "-2:Some(2)"
            ]
        );
    }

    #[test]
    fn a_close_completes_a_parked_select_once() {
        let (_, log) = run_main(|handle, log| async move {
            let channel = Channel::<u8>::new(&handle, 0);
            let (both, out, inner) = (channel.clone(), log.clone(), handle.clone());
            handle.spawn("both", async move {
                let (mut send, mut receive) = (Send::new(&both, 4), Receive::new(&both));
                let index = select(&inner, &mut [&mut send, &mut receive]).await;
                out.add(format!(
                    "{index} {:?} {:?}",
                    send.result(),
                    receive.received()
                ));
            });
            handle.gosched(Span::NONE).await;
            channel.close().await.unwrap();
            handle.gosched(Span::NONE).await;
        });
        assert_eq!(log, ["1 None None"]);
    }

    #[test]
    fn no_cases_and_nil_channels_wait_for_ever() {
        let (run, _) = run_main(|handle, _| async move {
            let inner = handle.clone();
            handle.spawn("none", async move {
                select(&inner, &mut []).await;
            });
            let mut nil = Nil::at(Span::NONE, Direction::Send);
            select(&handle, &mut [&mut nil]).await;
        });
        assert_eq!(
            stuck(&run.outcome),
            [
                (GoroutineId(1), WaitReason::Select),
                (GoroutineId(2), WaitReason::SelectNoCases)
            ]
        );
    }
}
