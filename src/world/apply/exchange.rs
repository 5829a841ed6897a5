//! Channels and locks: what goes from hand to hand.

use super::super::{Channel, Hold, Lock, Mark, ObjectState, Place, Use, World};
use crate::trace::{
    Delivery, Event, EventKind, GoroutineId, LockMode, ObjectId, Origin, Refill, Span, Text,
};

impl World {
    /// The channel to be changed, with what its object needs to know of it.
    pub(super) fn channel_mut(
        &mut self,
        id: ObjectId,
        who: GoroutineId,
        how: Use,
    ) -> Option<&mut Channel> {
        let object = self.object_mut(id)?;
        object.used_by(who, how);
        match &mut object.state {
            ObjectState::Channel(channel) => Some(channel),
            _ => None,
        }
    }

    pub(super) fn apply_channel(&mut self, event: &Event) {
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

    pub(super) fn apply_send(
        &mut self,
        id: ObjectId,
        who: GoroutineId,
        value: &Text,
        to: Delivery,
    ) {
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

    pub(super) fn apply_receive(
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
    pub(super) fn timer_of(&self, channel: ObjectId) -> Place {
        let fired = self.marks.iter().rev().find_map(|mark| match mark {
            Mark::Touched(id) => {
                let timer = self.object(*id)?.timer()?;
                (timer.channel == channel).then_some(*id)
            }
            _ => None,
        });
        Place::Object(fired.unwrap_or(channel))
    }

    pub(super) fn apply_lock(&mut self, event: &Event) {
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

    pub(super) fn lock_mut(&mut self, id: ObjectId, who: GoroutineId) -> Option<&mut Lock> {
        let object = self.object_mut(id)?;
        object.used_by(who, Use::Lock);
        match &mut object.state {
            ObjectState::Lock(lock) => Some(lock),
            _ => None,
        }
    }

    pub(super) fn take(&mut self, id: ObjectId, mode: LockMode, who: GoroutineId, span: Span) {
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
}
