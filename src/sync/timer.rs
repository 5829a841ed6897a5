//! Timers, tickers and sleep, as of Go 1.23.
//!
//! Invariants:
//! - A timer's channel shows no buffer (`len` and `cap` are 0). After `stop` or `reset` nothing
//!   comes that belongs to the time before.
//! - A timer that sends on a channel is set in the clock only while somebody waits there; otherwise
//!   its time is looked at when somebody comes to receive. So a program that waits for something
//!   else is found to be deadlocked, although a timer is still to come (as Go finds it).
//! - A timer that calls a function is always set in the clock.
//! - A ticker keeps at most one tick; ticks that nobody takes are dropped, and the next is due at the
//!   next whole period.
//!
//! A timer that is due waits to be picked like a runnable goroutine, so anything may still happen
//! before it fires, as it may in real time.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use super::channel::{Feeder, Inner as ChannelInner};
use super::{Channel, TextOf};
use crate::runtime::{Alarm, Handle, Inspect, Mode, ObjectSnapshot, TimerKey};
use crate::trace::{
    EventKind, ObjectId, ObjectKind, OperationKind, PendingOperation, Span, Text, VirtualTime,
};

/// Waits for a duration in nanoseconds; at once when it is not positive.
pub async fn sleep(handle: &Handle, nanoseconds: i64) {
    sleep_at(handle, Span::NONE, nanoseconds).await;
}

/// [`sleep`], written at a place.
pub async fn sleep_at(handle: &Handle, span: Span, nanoseconds: i64) {
    handle
        .point(PendingOperation::bare(OperationKind::Sleep, span))
        .await;
    handle.sleep_until(handle.now().after(nanoseconds)).await;
}

/// A Go timer or ticker that sends values of type `T`; clones are the same one.
///
/// # Examples
///
/// ```
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::RoundRobin;
/// use lockstep::sync::Timer;
/// use lockstep::trace::VirtualTime;
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let ticker = Timer::ticker(&handle, 10);
///         assert_eq!(ticker.channel().receive().await, Some(VirtualTime(10)));
///         assert_eq!(ticker.channel().receive().await, Some(VirtualTime(20)));
///         assert!(ticker.stop().await);
///     });
/// };
/// assert_eq!(run(&program, &mut RoundRobin::new(3), Options::default()).outcome.exit_status(), 0);
/// ```
pub struct Timer<T> {
    inner: Rc<Inner<T>>,
    channel: Option<Channel<T>>,
}

impl<T> Clone for Timer<T> {
    fn clone(&self) -> Timer<T> {
        Timer {
            inner: self.inner.clone(),
            channel: self.channel.clone(),
        }
    }
}

/// What a timer does when it fires.
enum Target<T> {
    /// Sends what `make` makes of the time. The channel keeps the timer alive, not the reverse.
    Channel {
        channel: Weak<ChannelInner<T>>,
        make: Rc<dyn Fn(VirtualTime) -> T>,
    },
    /// Calls a function, which starts a goroutine for whatever may wait.
    Call(Rc<dyn Fn(&Handle)>),
}

struct Inner<T> {
    handle: Handle,
    id: ObjectId,
    target: Target<T>,
    /// 0 for a timer that fires once.
    period: Cell<u64>,
    /// When it is due; `None`: not active.
    deadline: Cell<Option<VirtualTime>>,
    /// Its entry in the clock.
    key: Cell<Option<TimerKey>>,
    /// Whether somebody waits at the channel.
    waited_for: Cell<bool>,
    /// Itself, for the clock.
    this: Weak<Inner<T>>,
}

impl Timer<VirtualTime> {
    /// `NewTimer`: sends the time once, after so many nanoseconds.
    pub fn once(handle: &Handle, nanoseconds: i64) -> Timer<VirtualTime> {
        Timer::sending(
            handle,
            nanoseconds,
            0,
            || "time".into(),
            time_text(),
            Rc::new(|now| now),
        )
    }

    /// `NewTicker`: sends the time every so many nanoseconds.
    pub fn ticker(handle: &Handle, period: i64) -> Timer<VirtualTime> {
        let every = u64::try_from(period).unwrap_or(0).max(1);
        Timer::sending(
            handle,
            period,
            every,
            || "time".into(),
            time_text(),
            Rc::new(|now| now),
        )
    }

    /// `AfterFunc`: calls the function after so many nanoseconds. It runs under the clock and must
    /// not wait; it may start a goroutine.
    pub fn after_func(
        handle: &Handle,
        nanoseconds: i64,
        call: impl Fn(&Handle) + 'static,
    ) -> Timer<VirtualTime> {
        Timer::calling(handle, nanoseconds, Rc::new(call))
    }
}

fn time_text() -> TextOf<VirtualTime> {
    Rc::new(|time| Text::from(time.map(VirtualTime::to_string).unwrap_or_default()))
}

impl<T: 'static> Timer<T> {
    /// A timer or, with a period above 0, ticker that sends what `make` makes of the time. It is set
    /// at once.
    pub fn sending(
        handle: &Handle,
        nanoseconds: i64,
        period: u64,
        element: impl FnOnce() -> Text,
        text: TextOf<T>,
        make: Rc<dyn Fn(VirtualTime) -> T>,
    ) -> Timer<T> {
        let channel = Channel::with_text(handle, 1, element, text);
        Timer::feeding(handle, &channel, nanoseconds, period, make)
    }

    /// The same over a channel that is there, with a buffer of one slot and nothing in it.
    pub fn feeding(
        handle: &Handle,
        channel: &Channel<T>,
        nanoseconds: i64,
        period: u64,
        make: Rc<dyn Fn(VirtualTime) -> T>,
    ) -> Timer<T> {
        let of = channel.id();
        let id = handle.new_object(|| {
            if period > 0 {
                ObjectKind::Ticker { channel: of }
            } else {
                ObjectKind::Timer { channel: of }
            }
        });
        let target = Target::Channel {
            channel: Rc::downgrade(&channel.inner),
            make,
        };
        let inner = Inner::new(handle, id, target, period);
        channel.set_feeder(inner.clone());
        inner.start(nanoseconds);
        Timer {
            inner,
            channel: Some(channel.clone()),
        }
    }

    /// A timer that calls a function, under the clock. It is set at once.
    pub fn calling(handle: &Handle, nanoseconds: i64, call: Rc<dyn Fn(&Handle)>) -> Timer<T> {
        let id = handle.new_object(|| ObjectKind::Timer {
            channel: ObjectId::NONE,
        });
        let inner = Inner::new(handle, id, Target::Call(call), 0);
        inner.start(nanoseconds);
        Timer {
            inner,
            channel: None,
        }
    }

    /// Its id.
    pub fn id(&self) -> ObjectId {
        self.inner.id
    }

    /// The channel it sends on.
    ///
    /// # Panics
    ///
    /// It calls a function instead.
    pub fn channel(&self) -> &Channel<T> {
        match &self.channel {
            Some(channel) => channel,
            None => panic!("a timer that calls a function has no channel"),
        }
    }

    /// The channel it sends on, if it has one.
    pub fn try_channel(&self) -> Option<&Channel<T>> {
        self.channel.as_ref()
    }

    /// Stops it. True: it was still to fire, or its tick had not been received.
    pub async fn stop(&self) -> bool {
        self.stop_at(Span::NONE).await
    }

    /// [`Timer::stop`], written at a place.
    pub async fn stop_at(&self, span: Span) -> bool {
        let Inner { handle, id, .. } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::TimerStop, *id, span))
            .await;
        handle.touch(*id, Mode::Write);
        let active = self.clear();
        handle.record(|| EventKind::TimerStop { timer: *id, active });
        active
    }

    /// Sets it again, to fire after so many nanoseconds (and every so many, a ticker). True: it was
    /// still to fire, or its tick had not been received.
    pub async fn reset(&self, nanoseconds: i64) -> bool {
        self.reset_at(Span::NONE, nanoseconds).await
    }

    /// [`Timer::reset`], written at a place.
    pub async fn reset_at(&self, span: Span, nanoseconds: i64) -> bool {
        let Inner {
            handle, id, period, ..
        } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::TimerSet, *id, span))
            .await;
        handle.touch(*id, Mode::Write);
        let active = self.clear();
        if period.get() > 0 {
            period.set(u64::try_from(nanoseconds).unwrap_or(0).max(1));
        }
        self.inner.start(nanoseconds);
        active
    }

    /// Takes back what is still to come and what has come but was not received.
    fn clear(&self) -> bool {
        self.inner.unset();
        let was_active = self.inner.deadline.take().is_some();
        let taken_back = self.channel.as_ref().is_some_and(Channel::discard);
        was_active || taken_back
    }
}

impl<T: 'static> Inner<T> {
    fn new(handle: &Handle, id: ObjectId, target: Target<T>, period: u64) -> Rc<Inner<T>> {
        let inner = Rc::new_cyclic(|this| Inner {
            handle: handle.clone(),
            id,
            target,
            period: Cell::new(period),
            deadline: Cell::new(None),
            key: Cell::new(None),
            waited_for: Cell::new(false),
            this: this.clone(),
        });
        if handle.is_recording() {
            handle.register(id, Rc::downgrade(&(inner.clone() as Rc<dyn Inspect>)));
        }
        inner
    }

    fn start(&self, nanoseconds: i64) {
        let deadline = self.handle.now().after(nanoseconds);
        self.deadline.set(Some(deadline));
        let (timer, period) = (self.id, self.period.get());
        self.handle.record(|| EventKind::TimerSet {
            timer,
            deadline,
            period,
        });
        if matches!(self.target, Target::Call(_)) || self.waited_for.get() {
            self.set();
        }
    }

    /// Enters it into the clock, when it is active and not there.
    fn set(&self) {
        if self.key.get().is_none()
            && let (Some(deadline), Some(this)) = (self.deadline.get(), self.this.upgrade())
        {
            self.key
                .set(Some(self.handle.set_timer(deadline, self.id, this)));
        }
    }

    fn unset(&self) {
        if let Some(key) = self.key.take() {
            self.handle.cancel_timer(key);
        }
    }

    /// Fires: what is due has come.
    fn fire_now(&self, due: VirtualTime) {
        let now = self.handle.now();
        let period = self.period.get();
        let next = (period > 0).then(|| {
            // The next whole period that is still to come.
            let missed = (now.0 - due.0) / period;
            VirtualTime(due.0.saturating_add((missed + 1).saturating_mul(period)))
        });
        self.deadline.set(next);
        self.handle.touch(self.id, Mode::Write);
        let timer = self.id;
        self.handle.record(|| EventKind::TimerFire { timer, next });
        match &self.target {
            Target::Call(call) => call(&self.handle),
            Target::Channel { channel, make } => {
                if let Some(inner) = channel.upgrade() {
                    // A tick that nobody has taken stays; this one is dropped.
                    let _ = Channel { inner }.offer(make(now));
                }
            }
        }
        if self.waited_for.get() {
            self.set();
        }
    }
}

impl<T: 'static> Alarm for Inner<T> {
    fn fire(&self, _: &Handle) {
        self.key.set(None);
        if let Some(due) = self.deadline.get() {
            self.fire_now(due);
        }
    }
}

impl<T: 'static> Feeder for Inner<T> {
    fn look(&self) {
        if let Some(due) = self.deadline.get()
            && due <= self.handle.now()
        {
            self.unset();
            self.fire_now(due);
        }
    }

    fn waited_for(&self, waiting: bool) {
        self.waited_for.set(waiting);
        if waiting {
            self.set();
        } else {
            self.unset();
        }
    }
}

impl<T: 'static> Inspect for Inner<T> {
    fn inspect(&self) -> ObjectSnapshot {
        ObjectSnapshot {
            deadline: self.deadline.get(),
            ..ObjectSnapshot::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_logs, run_main, stuck};
    use super::super::{Receive, select, try_select};
    use super::*;
    use crate::trace::{GoroutineId, Outcome, WaitReason};

    #[test]
    fn time_passes_only_when_nothing_can_run() {
        let (run, log) = run_main(|handle, log| async move {
            for (name, duration) in [("slow", 30), ("quick", 10)] {
                let (inner, log) = (handle.clone(), log.clone());
                handle.spawn(name, async move {
                    sleep(&inner, duration).await;
                    log.add(format!("{name} {}", inner.now()));
                });
            }
            for _ in 0..5 {
                handle.gosched(Span::NONE).await;
            }
            log.add(format!("busy {}", handle.now()));
            sleep(&handle, 50).await;
            sleep(&handle, -1).await;
            log.add(format!("end {}", handle.now()));
        });
        assert_eq!(run.outcome, Outcome::Completed);
        assert_eq!(log, ["busy 0s", "quick 10ns", "slow 30ns", "end 50ns"]);
    }

    #[test]
    fn a_timeout_and_a_result_at_the_same_instant_can_both_win() {
        let logs = all_logs(60, |handle, log| async move {
            let results = Channel::new(&handle, 0);
            let (worker, inner) = (results.clone(), handle.clone());
            handle.spawn("worker", async move {
                sleep(&inner, 10).await;
                worker.send(1).await.unwrap();
            });
            let timeout = Timer::once(&handle, 10);
            let (mut result, mut late) = (Receive::new(&results), Receive::new(timeout.channel()));
            log.add(match select(&handle, &mut [&mut result, &mut late]).await {
                0 => "result",
                _ => "timeout",
            });
        });
        assert_eq!(logs, ["result", "timeout"]);
    }

    #[test]
    fn nothing_stale_comes_after_stop_or_reset() {
        let (_, log) = run_main(|handle, log| async move {
            let timer = Timer::once(&handle, 10);
            sleep(&handle, 20).await;
            assert!((timer.channel().len(), timer.channel().capacity()) == (0, 0));
            log.add(timer.stop().await);
            let mut late = Receive::new(timer.channel());
            log.add(format!("{:?}", try_select(&handle, &mut [&mut late]).await));
            log.add(timer.stop().await);
            log.add(timer.reset(5).await);
            log.add(format!("{:?}", timer.channel().receive().await));
            log.add(timer.reset(5).await);
            log.add(timer.reset(7).await);
            log.add(format!("{:?}", timer.channel().receive().await));
        });
        assert_eq!(
            log,
            [
                "true",
                "None",
                "false",
                "false",
                "Some(VirtualTime(25))",
                "false",
                "true",
                "Some(VirtualTime(32))"
            ]
        );
    }

    #[test]
    fn a_ticker_drops_what_nobody_takes() {
        let (_, log) = run_main(|handle, log| async move {
            let ticker = Timer::ticker(&handle, 10);
            sleep(&handle, 35).await;
            for _ in 0..3 {
                log.add(ticker.channel().receive().await.unwrap());
            }
            ticker.reset(100).await;
            log.add(ticker.channel().receive().await.unwrap());
        });
        assert_eq!(log, ["35ns", "40ns", "50ns", "150ns"]);
    }

    #[test]
    fn a_timer_nobody_waits_for_does_not_hide_a_deadlock() {
        let (run, _) = run_main(|handle, _| async move {
            let _timer = Timer::once(&handle, 10);
            Channel::<u8>::new(&handle, 0).receive().await;
        });
        assert_eq!(
            stuck(&run.outcome),
            [(GoroutineId(1), WaitReason::ChanReceive)]
        );
        assert_eq!(run.trace.events().last().unwrap().time, VirtualTime::ZERO);
    }

    #[test]
    fn a_function_is_called_unless_stopped() {
        let (_, log) = run_main(|handle, log| async move {
            for (name, stop) in [("called", false), ("stopped", true)] {
                let out = log.clone();
                let timer = Timer::after_func(&handle, 10, move |handle| {
                    let out = out.clone();
                    handle.spawn("function", async move { out.add(name) });
                });
                if stop {
                    log.add(timer.stop().await);
                }
            }
            sleep(&handle, 20).await;
        });
        assert_eq!(log, ["true", "called"]);
    }
}
