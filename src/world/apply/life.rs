//! Goroutines: their states, frames and panics.

use std::rc::Rc;

use super::super::{Frame, Goroutine, Mark, Variable, World};
use crate::trace::{
    Event, EventKind, GoroutineState, ObjectId, OperationKind, PendingOperation, Span, Text,
    WaitReason,
};

impl World {
    pub(super) fn apply_life(&mut self, event: &Event) {
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

    pub(super) fn apply_frame(&mut self, event: &Event) {
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

    pub(super) fn apply_fault(&mut self, event: &Event) {
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

impl Goroutine {
    /// Moves it, and its innermost frame, to a place, if it is one.
    fn stand_at(&mut self, span: Span) {
        if span.is_none() {
            return;
        }
        self.span = span;
        if let Some(top) = self.frames.last_mut()
            && top.span != span
        {
            Rc::make_mut(top).span = span;
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
