//! Objects coming to be, wait queues, and every kind that is neither channel nor lock.

use std::rc::Rc;

use super::super::{Context, Mark, Object, ObjectState, OnceState, Timer, Use, Waiter, World};
use crate::trace::{AtomicOperation, Event, EventKind, ObjectId, OnceStep, Queue, Text};

impl World {
    /// The name, with a number when others have had it: `fork`, `fork (2)`.
    fn distinct(&mut self, name: &Text) -> Text {
        let count = Rc::make_mut(&mut self.names)
            .entry(name.clone())
            .or_default();
        *count += 1;
        if *count == 1 {
            name.clone()
        } else {
            format!("{name} ({count})").into()
        }
    }

    pub(super) fn apply_object(&mut self, event: &Event) {
        let position = self.position;
        let id = match &event.kind {
            EventKind::Make { object, kind } => {
                if self.objects.len() + 1 == object.0 as usize {
                    self.objects.push(Rc::new(Object {
                        id: *object,
                        kind: kind.clone(),
                        name: "".into(),
                        maker: event.goroutine,
                        made_at: event.span,
                        made: position,
                        touched: position,
                        state: ObjectState::new(kind),
                        waiters: Default::default(),
                        users: Rc::default(),
                    }));
                    self.mark(Mark::Made(*object));
                }
                return;
            }
            EventKind::Name { object: id, name } => {
                let name = self.distinct(name);
                if let Some(object) = self.object_mut(*id) {
                    object.name = name;
                }
                return;
            }
            EventKind::Enqueue {
                object: id,
                queue,
                case,
                value,
            } => {
                if let Some(object) = self.object_mut(*id) {
                    object.used_by(event.goroutine, use_of(*queue));
                    object.waiters.push_back(Waiter {
                        goroutine: event.goroutine,
                        queue: *queue,
                        case: *case,
                        value: value.clone(),
                        since: position,
                    });
                }
                *id
            }
            EventKind::Dequeue {
                goroutine,
                object: id,
                queue,
                case,
            } => {
                if let Some(object) = self.object_mut(*id) {
                    let is_it = |waiter: &Waiter| {
                        waiter.goroutine == *goroutine
                            && waiter.queue == *queue
                            && waiter.case == *case
                    };
                    if let Some(place) = object.waiters.iter().position(is_it) {
                        object.waiters.remove(place);
                    }
                }
                *id
            }
            EventKind::Update {
                object: id, state, ..
            } => {
                if let Some(object) = self.object_mut(*id) {
                    object.used_by(event.goroutine, Use::Give);
                    object.state = ObjectState::Value(state.clone());
                }
                *id
            }
            _ => return,
        };
        self.mark(Mark::Touched(id));
    }

    pub(super) fn apply_primitive(&mut self, event: &Event) {
        let who = event.goroutine;
        let (id, how) = match &event.kind {
            EventKind::WaitGroup { object, delta, .. } if *delta > 0 => (*object, Use::Lock),
            EventKind::WaitGroup { object, .. } => (*object, Use::Give),
            EventKind::Waited { object } => (*object, Use::Take),
            EventKind::Once { object, .. } => (*object, Use::Lock),
            EventKind::Signal { object, .. } | EventKind::Broadcast { object, .. } => {
                (*object, Use::Give)
            }
            EventKind::Atomic {
                object,
                operation: AtomicOperation::Load,
                ..
            } => (*object, Use::Take),
            EventKind::Atomic { object, .. } => (*object, Use::Give),
            _ => return,
        };
        if let Some(object) = self.object_mut(id) {
            object.used_by(who, how);
            match (&mut object.state, &event.kind) {
                (ObjectState::WaitGroup(now), EventKind::WaitGroup { count, .. }) => *now = *count,
                (ObjectState::Once(state), EventKind::Once { step, .. }) => match step {
                    OnceStep::Begin => *state = OnceState::Running(who),
                    OnceStep::Done => *state = OnceState::Done,
                    OnceStep::Pass => {}
                },
                (ObjectState::Value(now), EventKind::Atomic { value, .. }) => *now = value.clone(),
                _ => {}
            }
        }
        self.mark(Mark::Touched(id));
    }

    pub(super) fn timer_mut(&mut self, id: ObjectId) -> Option<&mut Timer> {
        match &mut self.object_mut(id)?.state {
            ObjectState::Timer(timer) => Some(timer),
            _ => None,
        }
    }

    pub(super) fn context_mut(&mut self, id: ObjectId) -> Option<&mut Context> {
        match &mut self.object_mut(id)?.state {
            ObjectState::Context(context) => Some(context),
            _ => None,
        }
    }

    pub(super) fn apply_time(&mut self, event: &Event) {
        let id = match &event.kind {
            EventKind::TimerSet {
                timer: id,
                deadline,
                period,
            } => {
                if let Some(timer) = self.timer_mut(*id) {
                    timer.deadline = Some(*deadline);
                    timer.period = *period;
                }
                *id
            }
            EventKind::TimerStop { timer: id, .. } => {
                if let Some(timer) = self.timer_mut(*id) {
                    timer.deadline = None;
                }
                *id
            }
            EventKind::TimerFire { timer: id, next } => {
                if let Some(timer) = self.timer_mut(*id) {
                    timer.deadline = *next;
                    timer.fired += 1;
                }
                *id
            }
            EventKind::Cancel {
                context: id,
                end,
                cause,
            } => {
                if let Some(context) = self.context_mut(*id) {
                    context.end = Some(*end);
                    context.cause = cause.clone();
                }
                *id
            }
            _ => return,
        };
        self.mark(Mark::Touched(id));
    }
}

/// What it means for later to wait in a queue.
fn use_of(queue: Queue) -> Use {
    match queue {
        Queue::Send => Use::Give,
        Queue::Receive => Use::Take,
        Queue::Wait | Queue::Read => Use::Lock,
    }
}
