//! Contexts: a tree of things that can be cancelled together.
//!
//! Invariants:
//! - A context ends at most once, with an error and a cause; all its descendants end with it, in the
//!   same step, parents before children and older children first.
//! - A context below one that has ended has ended, too, from the start.
//! - `without_cancel` cuts the tree: nothing above it ends what is below it. Values pass through.
//! - A deadline behind the parent's is the parent's.

use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use super::Channel;
use crate::runtime::{Alarm, Handle, Inspect, Mode, ObjectSnapshot, Order, TimerKey};
use crate::trace::{
    ContextEnd, ContextKind, EventKind, ObjectId, ObjectKind, OperationKind, PendingOperation,
    Span, Text, VirtualTime,
};

/// A Go context; clones are the same one.
///
/// # Examples
///
/// ```
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::RoundRobin;
/// use lockstep::sync::Context;
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let parent = Context::background(&handle).with_cancel();
///         let child = parent.with_timeout(1_000);
///         let waiter = child.clone();
///         handle.go("worker", async move {
///             waiter.done().receive().await;
///         }).await;
///         parent.cancel("enough").await;
///         assert_eq!(child.error().unwrap().words(), "context canceled");
///         assert_eq!(&*child.cause().unwrap(), "enough");
///     });
/// };
/// assert_eq!(run(&program, &mut RoundRobin::new(3), Options::default()).outcome.exit_status(), 0);
/// ```
#[derive(Clone)]
pub struct Context {
    node: Rc<Node>,
}

/// What is called when a context ends.
type Call = Rc<dyn Fn(&Handle)>;

struct Node {
    handle: Handle,
    id: ObjectId,
    parent: Option<Context>,
    /// Whether the parent's end is this one's.
    follows: bool,
    /// Those that end with it, oldest first. A child that nobody holds needs no telling.
    children: RefCell<Vec<Weak<Node>>>,
    /// Children that must be told although nobody holds them: functions to call.
    kept: RefCell<Vec<Rc<Node>>>,
    done: OnceCell<Channel<()>>,
    end: RefCell<Option<(ContextEnd, Text)>>,
    deadline: Option<VirtualTime>,
    timer: Cell<Option<TimerKey>>,
    value: Option<(&'static str, Rc<dyn Any>)>,
    /// Called when it ends.
    call: RefCell<Option<Call>>,
}

/// How a node is made.
struct Make {
    kind: ContextKind,
    deadline: Option<VirtualTime>,
    value: Option<(&'static str, Rc<dyn Any>)>,
    call: Option<Call>,
}

impl Make {
    fn of(kind: ContextKind) -> Make {
        Make {
            kind,
            deadline: None,
            value: None,
            call: None,
        }
    }
}

impl Context {
    /// A root that never ends.
    pub fn background(handle: &Handle) -> Context {
        Context::make(handle, None, Make::of(ContextKind::Background))
    }

    /// A child that can be cancelled.
    #[must_use]
    pub fn with_cancel(&self) -> Context {
        self.child(Make::of(ContextKind::Cancel))
    }

    /// A child that ends after so many nanoseconds.
    #[must_use]
    pub fn with_timeout(&self, nanoseconds: i64) -> Context {
        self.with_deadline(self.node.handle.now().after(nanoseconds))
    }

    /// A child that ends at a time, or before.
    #[must_use]
    pub fn with_deadline(&self, deadline: VirtualTime) -> Context {
        let earliest = self
            .node
            .deadline
            .map_or(deadline, |parents| parents.min(deadline));
        let make = Make {
            deadline: Some(earliest),
            ..Make::of(ContextKind::Deadline)
        };
        let child = self.child(make);
        if self
            .node
            .deadline
            .is_some_and(|parents| parents <= deadline)
        {
            return child;
        }
        let node = &child.node;
        if deadline <= node.handle.now() {
            node.finish(
                ContextEnd::DeadlineExceeded,
                &ContextEnd::DeadlineExceeded.words().into(),
            );
        } else if node.end.borrow().is_none() {
            let alarm = Rc::new(Expiry(Rc::downgrade(node)));
            node.timer
                .set(Some(node.handle.set_timer(deadline, node.id, alarm)));
        }
        child
    }

    /// A child with a value.
    #[must_use]
    pub fn with_value(&self, key: &'static str, value: Rc<dyn Any>) -> Context {
        self.child(Make {
            value: Some((key, value)),
            ..Make::of(ContextKind::Value)
        })
    }

    /// A child that does not end with this one.
    #[must_use]
    pub fn without_cancel(&self) -> Context {
        self.child(Make::of(ContextKind::WithoutCancel))
    }

    /// Calls a function when this context ends; at once when it has. The function must not wait; it
    /// may start a goroutine. Cancelling what is given back stops it.
    pub fn after_func(&self, call: impl Fn(&Handle) + 'static) -> Context {
        let make = Make {
            call: Some(Rc::new(call)),
            ..Make::of(ContextKind::AfterFunc)
        };
        let child = self.child(make);
        if self.node.end.borrow().is_none() {
            self.node.kept.borrow_mut().push(child.node.clone());
        }
        child
    }

    /// Stops the function of [`Context::after_func`]; false when it has been called or stopped.
    pub fn stop(&self) -> bool {
        self.node.call.borrow_mut().take().is_some()
    }

    fn child(&self, make: Make) -> Context {
        Context::make(&self.node.handle, Some(self.clone()), make)
    }

    fn make(handle: &Handle, parent: Option<Context>, make: Make) -> Context {
        let (kind, deadline) = (make.kind, make.deadline);
        let above = parent.as_ref().map_or(ObjectId::NONE, Context::id);
        let follows = kind != ContextKind::WithoutCancel;
        let inherited = parent
            .as_ref()
            .filter(|_| follows)
            .and_then(|parent| parent.node.deadline);
        let deadline = deadline.or(inherited);
        let id = handle.new_object(|| ObjectKind::Context {
            parent: above,
            kind,
            deadline,
        });
        let node = Rc::new(Node {
            handle: handle.clone(),
            id,
            parent,
            follows,
            children: RefCell::default(),
            kept: RefCell::default(),
            done: OnceCell::new(),
            end: RefCell::default(),
            deadline,
            timer: Cell::new(None),
            value: make.value,
            call: RefCell::new(make.call),
        });
        if handle.is_recording() {
            handle.register(id, Rc::downgrade(&(node.clone() as Rc<dyn Inspect>)));
        }
        if let Some(parent) = node.parent.as_ref().filter(|_| follows) {
            handle.touch(parent.id(), Mode::Read);
            let ended = parent.node.end.borrow().clone();
            match ended {
                Some((end, cause)) => node.finish(end, &cause),
                None => parent.node.children.borrow_mut().push(Rc::downgrade(&node)),
            }
        }
        Context { node }
    }

    /// Its id.
    pub fn id(&self) -> ObjectId {
        self.node.id
    }

    /// Ends it and all below it, with a cause. Nothing happens when it has ended.
    pub async fn cancel(&self, cause: &str) {
        self.cancel_at(Span::NONE, cause.into()).await;
    }

    /// [`Context::cancel`], written at a place.
    pub async fn cancel_at(&self, span: Span, cause: Text) {
        let operation = PendingOperation::new(OperationKind::Cancel, self.id(), span);
        self.node.handle.point(operation).await;
        self.node.finish(ContextEnd::Canceled, &cause);
    }

    /// The channel that is closed when it ends. Made when first asked for, as in Go.
    pub fn done(&self) -> Channel<()> {
        let node = &self.node;
        let channel = node.done.get_or_init(|| {
            let text = |_: Option<&()>| "{}".into();
            let channel = Channel::with_text(&node.handle, 0, || "struct{}".into(), Rc::new(text));
            if node.end.borrow().is_some() {
                // Nobody else knows the channel, so nobody has closed it.
                let _ = channel.close_now();
            }
            channel
        });
        channel.clone()
    }

    /// How it ended, if it has.
    pub fn error(&self) -> Option<ContextEnd> {
        self.node.read().map(|(end, _)| end)
    }

    /// Why it ended, if it has.
    pub fn cause(&self) -> Option<Text> {
        self.node.read().map(|(_, cause)| cause)
    }

    /// When it ends by itself.
    pub fn deadline(&self) -> Option<VirtualTime> {
        self.node.deadline
    }

    /// The value of a key, its own or an ancestor's.
    pub fn value(&self, key: &str) -> Option<Rc<dyn Any>> {
        let mut next = Some(self);
        while let Some(context) = next {
            if let Some((_, value)) = context.node.value.as_ref().filter(|(of, _)| *of == key) {
                return Some(value.clone());
            }
            next = context.node.parent.as_ref();
        }
        None
    }
}

impl Node {
    fn read(&self) -> Option<(ContextEnd, Text)> {
        self.handle.touch(self.id, Mode::Read);
        let end = self.end.borrow().clone()?;
        self.handle.order(Order::Acquire {
            object: self.id,
            slot: 0,
        });
        Some(end)
    }

    fn finish(&self, end: ContextEnd, cause: &Text) {
        self.handle.touch(self.id, Mode::Write);
        if self.end.borrow().is_some() {
            return;
        }
        *self.end.borrow_mut() = Some((end, cause.clone()));
        self.handle.order(Order::Release {
            object: self.id,
            slot: 0,
        });
        if let Some(key) = self.timer.take() {
            self.handle.cancel_timer(key);
        }
        let context = self.id;
        self.handle.record(|| EventKind::Cancel {
            context,
            end,
            cause: cause.clone(),
        });
        if let Some(done) = self.done.get() {
            // Closed only here, once.
            let _ = done.close_now();
        }
        if let Some(call) = self.call.borrow_mut().take() {
            call(&self.handle);
        }
        for child in self.children.take() {
            if let Some(child) = child.upgrade() {
                child.finish(end, cause);
            }
        }
        self.kept.take();
        if let Some(parent) = self.parent.as_ref().filter(|_| self.follows) {
            let gone = |child: &Weak<Node>| {
                child
                    .upgrade()
                    .is_none_or(|child| child.end.borrow().is_some())
            };
            parent
                .node
                .children
                .borrow_mut()
                .retain(|child| !gone(child));
            parent
                .node
                .kept
                .borrow_mut()
                .retain(|child| child.end.borrow().is_none());
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // A context that nobody can see any more cannot end visibly.
        if let Some(key) = self.timer.take() {
            self.handle.cancel_timer(key);
        }
    }
}

/// A deadline has come.
struct Expiry(Weak<Node>);

impl Alarm for Expiry {
    fn fire(&self, _: &Handle) {
        if let Some(node) = self.0.upgrade() {
            node.timer.set(None);
            let end = ContextEnd::DeadlineExceeded;
            node.finish(end, &end.words().into());
        }
    }
}

impl Inspect for Node {
    fn inspect(&self) -> ObjectSnapshot {
        ObjectSnapshot {
            done: self.end.borrow().is_some(),
            deadline: self.deadline,
            ..ObjectSnapshot::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{events, run_main};
    use super::super::timer::sleep;
    use super::*;

    #[test]
    fn an_end_spreads_downwards_in_order() {
        let (run, log) = run_main(|handle, log| async move {
            let root = Context::background(&handle);
            let top = root.with_cancel();
            let (left, right) = (top.with_cancel(), top.with_value("k", Rc::new(5)));
            let (below, cut) = (right.with_cancel(), right.without_cancel());
            let under = cut.with_cancel();
            left.cancel("left").await;
            top.cancel("top").await;
            for context in [&root, &top, &left, &right, &below, &cut, &under] {
                log.add(format!("{:?}", context.cause().as_deref()));
            }
            let value = under.value("k").unwrap();
            log.add(value.downcast_ref::<i32>().unwrap());
            assert_eq!(
                &*top.with_cancel().cause().unwrap(),
                "top",
                "born after the end"
            );
            assert!(top.done().is_closed());
        });
        assert_eq!(
            log,
            [
                "None",
                "Some(\"top\")",
                "Some(\"left\")",
                "Some(\"top\")",
                "Some(\"top\")",
                "None",
                "None",
                "5"
            ]
        );
        let ends = events(&run, |_, kind| match kind {
            EventKind::Cancel { context, .. } => Some(context.0.to_string()),
            _ => None,
        });
        assert_eq!(ends, ["3", "2", "4", "5", "8"]);
    }

    #[test]
    fn a_deadline_ends_it_unless_cancelled_before() {
        let (_, log) = run_main(|handle, log| async move {
            let root = Context::background(&handle);
            let parent = root.with_timeout(20);
            let late = parent.with_timeout(50);
            assert_eq!(late.deadline(), Some(VirtualTime(20)));
            late.done().receive().await;
            log.add(format!(
                "{} {}",
                handle.now(),
                late.error().unwrap().words()
            ));
            let cancelled = root.with_timeout(10);
            cancelled.cancel("context canceled").await;
            sleep(&handle, 30).await;
            log.add(cancelled.error().unwrap().words());
            log.add(root.with_timeout(-1).error().unwrap().words());
        });
        assert_eq!(
            log,
            [
                "20ns context deadline exceeded",
                "context canceled",
                "context deadline exceeded"
            ]
        );
    }

    #[test]
    fn functions_are_called_at_the_end_unless_stopped() {
        let (_, log) = run_main(|handle, log| async move {
            let context = Context::background(&handle).with_cancel();
            let (first, second, third) = (log.clone(), log.clone(), log.clone());
            context.after_func(move |_| first.add("called"));
            let stopped = context.after_func(move |_| second.add("never"));
            assert!(stopped.stop() && !stopped.stop());
            context.cancel("now").await;
            context.after_func(move |_| third.add("at once"));
        });
        assert_eq!(log, ["called", "at once"]);
    }
}
