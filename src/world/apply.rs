//! Folding one event into the world.

use std::rc::Rc;

use super::{
    Channel, Context, Frame, Goroutine, Hold, Lock, Mark, Object, ObjectState, OnceState, Place,
    Printed, Timer, Use, Variable, Waiter, World,
};
use crate::trace::{
    AtomicOperation, ChoiceKind, ChoiceOptions, Delivery, Event, EventKind, GoroutineId,
    GoroutineState, LockMode, ObjectId, OnceStep, OperationKind, Origin, PendingOperation, Refill,
    Span, Text, WaitReason,
};

/// How many marks one step keeps: a step that computes for long would otherwise pile up its lines.
const MAX_MARKS: usize = 1000;

impl World {
    /// Applies the next event.
    pub fn apply(&mut self, event: &Event) {
        self.time = event.time;
        self.begin_step(event);
        match &event.kind {
            EventKind::Step
            | EventKind::Yield { .. }
            | EventKind::Park { .. }
            | EventKind::Ready { .. }
            | EventKind::Go { .. }
            | EventKind::Exit => self.apply_life(event),
            EventKind::Call { .. }
            | EventKind::Return
            | EventKind::Line
            | EventKind::Variable { .. } => {
                self.apply_frame(event);
            }
            EventKind::Make { .. }
            | EventKind::Name { .. }
            | EventKind::Enqueue { .. }
            | EventKind::Dequeue { .. }
            | EventKind::Update { .. } => self.apply_object(event),
            EventKind::Send { .. } | EventKind::Receive { .. } | EventKind::Close { .. } => {
                self.apply_channel(event);
            }
            EventKind::Lock { .. }
            | EventKind::Unlock { .. }
            | EventKind::TryLock { .. }
            | EventKind::Announce { .. } => self.apply_lock(event),
            EventKind::WaitGroup { .. }
            | EventKind::Waited { .. }
            | EventKind::Once { .. }
            | EventKind::Signal { .. }
            | EventKind::Broadcast { .. }
            | EventKind::Atomic { .. } => self.apply_primitive(event),
            EventKind::TimerSet { .. }
            | EventKind::TimerStop { .. }
            | EventKind::TimerFire { .. }
            | EventKind::Cancel { .. } => self.apply_time(event),
            EventKind::Choose {
                kind,
                options,
                picked,
            } => {
                if let (ChoiceKind::SelectCase, ChoiceOptions::Cases(ready)) = (kind, options) {
                    let picked = usize::try_from(*picked).unwrap_or(usize::MAX);
                    self.mark(Mark::Chosen {
                        goroutine: event.goroutine,
                        ready: ready.clone(),
                        picked,
                    });
                }
            }
            EventKind::Output { stream, text } => {
                let (stream, text) = (*stream, text.clone());
                self.output.push(Printed {
                    goroutine: event.goroutine,
                    stream,
                    text,
                    event: self.position,
                });
                self.mark(Mark::Printed(event.goroutine));
            }
            EventKind::Panic { .. } | EventKind::Recover { .. } | EventKind::Fault { .. } => {
                self.apply_fault(event)
            }
            EventKind::End { outcome } => {
                self.running = None;
                self.outcome = Some(Rc::new((**outcome).clone()));
            }
            // The transfer has an event of its own; the clock is in every event; an access changes nothing
            // that is seen.
            EventKind::Selected { .. } | EventKind::Advance { .. } | EventKind::Access { .. } => {}
        }
        self.position += 1;
    }

    /// Clears the marks where a step begins; see [`super::Index`] for the rule.
    fn begin_step(&mut self, event: &Event) {
        let begins = match &event.kind {
            EventKind::Step | EventKind::Advance { .. } => true,
            EventKind::TimerFire { timer, .. } => {
                let is_sleep = self
                    .object(*timer)
                    .and_then(|object| object.timer())
                    .is_some_and(|timer| timer.sleep);
                self.running.is_none() && (!is_sleep || !self.actor.is_none())
            }
            EventKind::End { .. } | EventKind::Fault { .. } => false,
            _ => {
                let by_clock = event.goroutine.is_none() && self.running.is_none();
                by_clock && self.steps > 0 && !self.actor.is_none()
            }
        };
        if begins {
            self.steps += 1;
            self.actor = event.goroutine;
            self.marks.clear();
        }
    }

    fn mark(&mut self, mark: Mark) {
        let replaces = match (self.marks.last(), &mark) {
            (Some(Mark::Line(last, _)), Mark::Line(goroutine, _)) => last == goroutine,
            (Some(last @ Mark::Variable { .. }), new) => last == new,
            _ => false,
        };
        if replaces {
            self.marks.pop();
        } else if self.marks.len() >= MAX_MARKS {
            return;
        }
        self.marks.push(mark);
    }

    fn goroutine_mut(&mut self, id: GoroutineId) -> Option<&mut Goroutine> {
        self.goroutines
            .get_mut((id.0 as usize).checked_sub(1)?)
            .map(Rc::make_mut)
    }

    fn object_mut(&mut self, id: ObjectId) -> Option<&mut Object> {
        let position = self.position;
        let object = self
            .objects
            .get_mut((id.0 as usize).checked_sub(1)?)
            .map(Rc::make_mut)?;
        object.touched = position;
        Some(object)
    }

    fn count(&mut self, state: GoroutineState) -> &mut usize {
        match state {
            GoroutineState::Runnable => &mut self.counts.runnable,
            GoroutineState::Running => &mut self.counts.running,
            GoroutineState::Waiting(_) => &mut self.counts.waiting,
            GoroutineState::Dead => &mut self.counts.dead,
        }
    }

    /// Changes a goroutine's state and returns it for more.
    fn set_state(&mut self, id: GoroutineId, state: GoroutineState) -> Option<&mut Goroutine> {
        let before = self.goroutine(id)?.state;
        let left = self.count(before);
        *left = left.saturating_sub(1);
        *self.count(state) += 1;
        if before == GoroutineState::Running {
            self.running = None;
        }
        if state == GoroutineState::Running {
            self.running = Some(id);
        }
        let position = self.position;
        let goroutine = self.goroutine_mut(id)?;
        goroutine.state = state;
        goroutine.since = position;
        Some(goroutine)
    }

    fn apply_life(&mut self, event: &Event) {
        let id = event.goroutine;
        match &event.kind {
            EventKind::Step => {
                if let Some(goroutine) = self.set_state(id, GoroutineState::Running) {
                    goroutine.steps += 1;
                }
            }
            EventKind::Yield { next, cases } => {
                if let Some(goroutine) = self.set_state(id, GoroutineState::Runnable) {
                    goroutine.next = *next;
                    goroutine.next_cases = cases.clone();
                    goroutine.stand_at(next.span);
                }
            }
            EventKind::Park {
                reason,
                object,
                cases,
            } => {
                if let Some(goroutine) = self.set_state(id, GoroutineState::Waiting(*reason)) {
                    goroutine.waits_on = *object;
                    goroutine.wait_cases = cases.clone();
                    goroutine.next_cases = None;
                    goroutine.stand_at(event.span);
                }
                if *reason == WaitReason::Sleep
                    && let Some(timer) = self.timer_mut(*object)
                {
                    timer.sleep = true;
                }
                self.mark(Mark::Parked(id));
            }
            EventKind::Ready {
                goroutine: id,
                next,
                ..
            } => {
                if let Some(goroutine) = self.set_state(*id, GoroutineState::Runnable) {
                    goroutine.waits_on = ObjectId::NONE;
                    goroutine.wait_cases = None;
                    goroutine.next = *next;
                    goroutine.next_cases = None;
                }
                self.mark(Mark::Readied(*id));
            }
            EventKind::Go {
                child,
                name,
                arguments,
            } => {
                let mut goroutine = Goroutine::new(*child, name.clone(), arguments.clone());
                goroutine.parent = id;
                goroutine.started_at = event.span;
                goroutine.next = PendingOperation::bare(OperationKind::Start, event.span);
                goroutine.started = self.position;
                goroutine.since = self.position;
                // Ids are dense and in the order of creation; anything else is not of our engine.
                if self.goroutines.len() + 1 == child.0 as usize {
                    self.goroutines.push(Rc::new(goroutine));
                    self.counts.runnable += 1;
                    self.mark(Mark::Started(*child));
                }
            }
            EventKind::Exit => {
                if let Some(goroutine) = self.set_state(id, GoroutineState::Dead) {
                    goroutine.frames.clear();
                    goroutine.next_cases = None;
                }
                self.mark(Mark::Ended(id));
            }
            _ => {}
        }
    }

    fn apply_frame(&mut self, event: &Event) {
        let id = event.goroutine;
        let position = self.position;
        let mut mark = None;
        let Some(goroutine) = self.goroutine_mut(id) else {
            return;
        };
        match &event.kind {
            EventKind::Call { function, entry } => {
                goroutine.stand_at(event.span);
                goroutine.frames.push(Rc::new(Frame {
                    function: function.clone(),
                    entry: *entry,
                    call: event.span,
                    span: *entry,
                    variables: Vec::new(),
                }));
                goroutine.span = *entry;
            }
            EventKind::Return => {
                goroutine.frames.pop();
                if let Some(top) = goroutine.frames.last() {
                    goroutine.span = top.span;
                }
            }
            EventKind::Line => {
                goroutine.stand_at(event.span);
                mark = Some(Mark::Line(id, event.span));
            }
            EventKind::Variable {
                frame,
                slot,
                name,
                text,
            } => {
                let index = *frame as usize;
                if let Some(frame) = goroutine.frames.get_mut(index).map(Rc::make_mut) {
                    frame.set(*slot, name, text, position);
                    mark = Some(Mark::Variable {
                        goroutine: id,
                        frame: index,
                        slot: *slot,
                    });
                }
            }
            _ => {}
        }
        if let Some(mark) = mark {
            self.mark(mark);
        }
    }

    fn apply_object(&mut self, event: &Event) {
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
                if let Some(object) = self.object_mut(*id) {
                    object.name = name.clone();
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

    /// The channel to be changed, with what its object needs to know of it.
    fn channel_mut(&mut self, id: ObjectId, who: GoroutineId, how: Use) -> Option<&mut Channel> {
        let object = self.object_mut(id)?;
        object.used_by(who, how);
        match &mut object.state {
            ObjectState::Channel(channel) => Some(channel),
            _ => None,
        }
    }

    fn apply_channel(&mut self, event: &Event) {
        let who = event.goroutine;
        match &event.kind {
            EventKind::Send {
                channel: id,
                value,
                to,
            } => self.apply_send(*id, who, value, *to),
            EventKind::Receive {
                channel: id,
                value,
                from,
                refill,
                ..
            } => {
                self.apply_receive(*id, who, value, *from, refill.as_deref());
            }
            EventKind::Close { channel: id } => {
                if let Some(channel) = self.channel_mut(*id, who, Use::Close) {
                    channel.closed = true;
                }
                self.mark(Mark::Touched(*id));
            }
            _ => {}
        }
    }

    fn apply_send(&mut self, id: ObjectId, who: GoroutineId, value: &Text, to: Delivery) {
        let from = if who.is_none() {
            self.timer_of(id)
        } else {
            Place::Goroutine(who)
        };
        let Some(channel) = self.channel_mut(id, who, Use::Give) else {
            return;
        };
        channel.sent += 1;
        let to = match to {
            Delivery::Buffer => {
                let slot = channel.slot_of(channel.buffer.len());
                channel.buffer.push_back(value.clone());
                Place::Slot(id, slot)
            }
            Delivery::Receiver(receiver) => {
                channel.received += 1;
                Place::Goroutine(receiver)
            }
        };
        self.mark(Mark::Flight {
            channel: id,
            value: value.clone(),
            from,
            to,
        });
    }

    fn apply_receive(
        &mut self,
        id: ObjectId,
        who: GoroutineId,
        value: &Text,
        from: Origin,
        refill: Option<&Refill>,
    ) {
        let Some(channel) = self.channel_mut(id, who, Use::Take) else {
            return;
        };
        let to = Place::Goroutine(who);
        let mut flights = Vec::new();
        let mut fly = |value: &Text, from, to| {
            flights.push(Mark::Flight {
                channel: id,
                value: value.clone(),
                from,
                to,
            });
        };
        match from {
            Origin::Buffer => {
                channel.received += 1;
                channel.buffer.pop_front();
                fly(value, Place::Slot(id, channel.head), to);
                if channel.capacity > 0 {
                    channel.head = (channel.head + 1) % channel.capacity;
                }
            }
            Origin::Sender(sender) => {
                channel.sent += 1;
                channel.received += 1;
                fly(value, Place::Goroutine(sender), to);
            }
            Origin::Closed => fly(value, Place::Object(id), to),
        }
        if let Some(Refill { sender, value }) = refill {
            channel.sent += 1;
            let slot = channel.slot_of(channel.buffer.len());
            channel.buffer.push_back(value.clone());
            fly(value, Place::Goroutine(*sender), Place::Slot(id, slot));
        }
        for flight in flights {
            self.mark(flight);
        }
    }

    /// Where a value comes from that no goroutine sends: the timer that fired in this step.
    fn timer_of(&self, channel: ObjectId) -> Place {
        let fired = self.marks.iter().rev().find_map(|mark| match mark {
            Mark::Touched(id) => {
                let timer = self.object(*id)?.timer()?;
                (timer.channel == channel).then_some(*id)
            }
            _ => None,
        });
        Place::Object(fired.unwrap_or(channel))
    }

    fn apply_lock(&mut self, event: &Event) {
        let who = event.goroutine;
        match &event.kind {
            EventKind::Lock { object, mode } => self.take(*object, *mode, who, event.span),
            EventKind::TryLock {
                object,
                mode,
                acquired,
            } => {
                if *acquired {
                    self.take(*object, *mode, who, event.span);
                } else {
                    self.mark(Mark::Touched(*object));
                }
            }
            EventKind::Unlock {
                object: id,
                mode,
                holder,
            } => {
                if let Some(lock) = self.lock_mut(*id, who) {
                    match mode {
                        LockMode::Exclusive => lock.holder = None,
                        LockMode::Shared => {
                            if let Some(place) =
                                lock.readers.iter().position(|reader| reader == holder)
                            {
                                lock.readers.remove(place);
                            }
                        }
                    }
                }
                if let Some(goroutine) = self.goroutine_mut(*holder) {
                    let held = goroutine
                        .holds
                        .iter()
                        .rposition(|hold| hold.object == *id && hold.mode == *mode);
                    if let Some(place) = held {
                        goroutine.holds.remove(place);
                    }
                }
                self.mark(Mark::Released {
                    object: *id,
                    by: *holder,
                });
            }
            EventKind::Announce { object } => {
                if let Some(lock) = self.lock_mut(*object, who) {
                    lock.announced = Some(who);
                }
                self.mark(Mark::Touched(*object));
            }
            _ => {}
        }
    }

    fn lock_mut(&mut self, id: ObjectId, who: GoroutineId) -> Option<&mut Lock> {
        let object = self.object_mut(id)?;
        object.used_by(who, Use::Lock);
        match &mut object.state {
            ObjectState::Lock(lock) => Some(lock),
            _ => None,
        }
    }

    fn take(&mut self, id: ObjectId, mode: LockMode, who: GoroutineId, span: Span) {
        if let Some(lock) = self.lock_mut(id, who) {
            match mode {
                LockMode::Exclusive => {
                    lock.holder = Some(who);
                    lock.announced = lock.announced.filter(|writer| *writer != who);
                }
                LockMode::Shared => lock.readers.push(who),
            }
        }
        if let Some(goroutine) = self.goroutine_mut(who) {
            goroutine.holds.push(Hold {
                object: id,
                mode,
                span,
            });
        }
        self.mark(Mark::Taken {
            object: id,
            by: who,
        });
    }

    fn apply_primitive(&mut self, event: &Event) {
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

    fn timer_mut(&mut self, id: ObjectId) -> Option<&mut Timer> {
        match &mut self.object_mut(id)?.state {
            ObjectState::Timer(timer) => Some(timer),
            _ => None,
        }
    }

    fn context_mut(&mut self, id: ObjectId) -> Option<&mut Context> {
        match &mut self.object_mut(id)?.state {
            ObjectState::Context(context) => Some(context),
            _ => None,
        }
    }

    fn apply_time(&mut self, event: &Event) {
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

    fn apply_fault(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Panic { value } => {
                if let Some(goroutine) = self.goroutine_mut(event.goroutine) {
                    goroutine.panicking = Some(value.clone());
                }
                self.mark(Mark::Faulted(event.goroutine));
            }
            EventKind::Recover { .. } => {
                if let Some(goroutine) = self.goroutine_mut(event.goroutine) {
                    goroutine.panicking = None;
                }
            }
            EventKind::Fault { fault } => {
                self.mark(Mark::Faulted(fault.goroutine));
                self.fault = Some(Rc::new((**fault).clone()));
            }
            _ => {}
        }
    }
}

/// What it means for later to wait in a queue.
fn use_of(queue: crate::trace::Queue) -> Use {
    use crate::trace::Queue;
    match queue {
        Queue::Send => Use::Give,
        Queue::Receive => Use::Take,
        Queue::Wait | Queue::Read => Use::Lock,
    }
}

impl Goroutine {
    /// Moves it, and its innermost frame, to a place, if it is one.
    fn stand_at(&mut self, span: Span) {
        if span.is_none() {
            return;
        }
        self.span = span;
        if let Some(top) = self.frames.last_mut() {
            if top.span != span {
                Rc::make_mut(top).span = span;
            }
        }
    }
}

impl Frame {
    /// Sets a variable; an empty text takes it out of scope.
    fn set(&mut self, slot: u16, name: &Text, text: &Text, changed: usize) {
        let place = self
            .variables
            .binary_search_by_key(&slot, |variable| variable.slot);
        match place {
            Ok(place) if text.is_empty() => {
                self.variables.remove(place);
            }
            Ok(place) => {
                let variable = &mut self.variables[place];
                variable.name = name.clone();
                variable.text = text.clone();
                variable.changed = changed;
            }
            Err(_) if text.is_empty() => {}
            Err(place) => {
                let variable = Variable {
                    slot,
                    name: name.clone(),
                    text: text.clone(),
                    changed,
                };
                self.variables.insert(place, variable);
            }
        }
    }
}
