//! The timeline: a lane for each goroutine, as rectangles to be drawn on a canvas.
//!
//! The horizontal axis is steps, each as wide as the others; within a step its events share the room.
//! Positions are event counts everywhere else, and [`Axis`] turns one into the other.
//! Invariant: what is drawn is at most a few marks for each pixel, however long the trace is.

use super::tone::Tone;
use crate::trace::GoroutineId;
use crate::world::{ArrowKind, BarState, Index, Lane, Timeline};

/// Which part of the run the timeline shows, in steps.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Window {
    pub from: f64,
    pub to: f64,
}

impl Window {
    /// All steps.
    pub fn all(steps: usize) -> Window {
        Window {
            from: 0.0,
            to: (steps.max(8)) as f64,
        }
    }

    fn span(self) -> f64 {
        (self.to - self.from).max(1.0)
    }

    /// Closer or farther around a step; never beyond the whole.
    pub fn zoomed(self, factor: f64, around: f64, steps: usize) -> Window {
        let span = (self.span() * factor).clamp(4.0, Window::all(steps).span());
        let share = ((around - self.from) / self.span()).clamp(0.0, 1.0);
        Window {
            from: around - span * share,
            to: around + span * (1.0 - share),
        }
        .within(steps)
    }

    /// To the side by a share of what is seen.
    pub fn moved(self, share: f64, steps: usize) -> Window {
        let by = self.span() * share;
        Window {
            from: self.from + by,
            to: self.to + by,
        }
        .within(steps)
    }

    /// Moved as little as is needed to show a step.
    pub fn showing(self, step: f64, steps: usize) -> Window {
        let margin = self.span() * 0.06;
        let by = if step > self.to - margin {
            step - self.to + margin
        } else if step < self.from + margin {
            step - self.from - margin
        } else {
            0.0
        };
        Window {
            from: self.from + by,
            to: self.to + by,
        }
        .within(steps)
    }

    fn within(self, steps: usize) -> Window {
        let all = Window::all(steps);
        let span = self.span().min(all.span());
        let from = self.from.clamp(0.0, all.to - span);
        Window {
            from,
            to: from + span,
        }
    }
}

/// Steps as pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Axis {
    pub window: Window,
    /// Where the lanes begin, behind their names.
    pub left: f64,
    /// How wide the lanes are.
    pub width: f64,
}

impl Axis {
    /// The pixel of a step, which may lie outside.
    pub fn x(&self, step: f64) -> f64 {
        self.left + (step - self.window.from) / self.window.span() * self.width
    }

    /// The step at a pixel.
    pub fn step(&self, x: f64) -> f64 {
        self.window.from + (x - self.left) / self.width.max(1.0) * self.window.span()
    }
}

/// A position as a number of steps, with the part of the step it stands in.
pub fn step_of(index: &Index, position: usize) -> f64 {
    if position <= index.home() {
        return 0.0;
    }
    let steps = index.steps_before(position);
    let Some(step) = steps.checked_sub(1) else {
        return 0.0;
    };
    let (start, end) = (index.start(step), index.end(step));
    let length = end.saturating_sub(start).max(1);
    step as f64 + (position.saturating_sub(start)) as f64 / length as f64
}

/// The position between steps nearest to a number of steps.
pub fn position_of(index: &Index, step: f64) -> usize {
    let step = step.round().max(0.0) as usize;
    index.start(step.min(index.steps()))
}

/// A rectangle in one lane.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stretch {
    pub x: f64,
    pub w: f64,
    pub tone: Tone,
}

/// One drawn lane.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    pub id: GoroutineId,
    pub y: f64,
    pub stretches: Vec<Stretch>,
}

/// An arrow of happens-before between two lanes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Arrow {
    pub from: (f64, f64),
    pub to: (f64, f64),
    pub kind: ArrowKind,
}

/// How the lanes are laid out in the given room.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Room {
    pub axis: Axis,
    pub height: f64,
    /// The first lane that is shown.
    pub first: usize,
    pub lane: f64,
}

/// What is drawn.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Chart {
    pub rows: Vec<Row>,
    pub arrows: Vec<Arrow>,
    /// Pixels of faults.
    pub faults: Vec<f64>,
    /// Lanes that find no room above and beneath.
    pub above: usize,
    pub below: usize,
}

fn tone_of(state: BarState) -> Tone {
    match state {
        BarState::Runnable => Tone::Ready,
        BarState::Running => Tone::Running,
        BarState::Waiting(reason) => Tone::of_reason(reason),
    }
}

/// The height of a lane for so many goroutines in so much room.
pub fn lane_height(count: usize, height: f64) -> f64 {
    (height / count.max(1) as f64).clamp(17.0, 34.0)
}

/// The lanes that fit, with what happens in them.
pub fn chart(
    timeline: &Timeline,
    index: &Index,
    room: &Room,
    stuck: &dyn Fn(GoroutineId) -> bool,
) -> Chart {
    let lanes = timeline.lanes();
    let fits = ((room.height / room.lane).floor() as usize).max(1);
    let first = room.first.min(lanes.len().saturating_sub(fits));
    let last = (first + fits).min(lanes.len());
    let end = step_of(index, index.events()).max(1.0);
    let mut chart = Chart {
        above: first,
        below: lanes.len() - last,
        ..Chart::default()
    };
    for (row, lane) in lanes
        .get(first..last)
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        let id = GoroutineId((first + row) as u32 + 1);
        let stretches = lane_stretches(lane, index, &room.axis, end, stuck(id));
        chart.rows.push(Row {
            id,
            y: row as f64 * room.lane,
            stretches,
        });
    }
    chart.faults = index
        .faults()
        .iter()
        .map(|fault| room.axis.x(step_of(index, fault.event)))
        .filter(|x| *x >= room.axis.left)
        .collect();
    chart.arrows = arrows(timeline, index, room, first, last);
    chart
}

/// The stretches of one lane. Where bars are narrower than a pixel, the rest of the pixel is passed over,
/// so that the work depends on the pixels and not on the length of the trace.
fn lane_stretches(lane: &Lane, index: &Index, axis: &Axis, end: f64, stuck: bool) -> Vec<Stretch> {
    let window = axis.window;
    let pixel = window.span() / axis.width.max(1.0);
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = lane.find(index.start(window.from.floor().max(0.0) as usize));
    while let Some(bar) = lane.bars.get(at) {
        let start = step_of(index, bar.start as usize);
        if start > window.to {
            break;
        }
        let next = lane.bars.get(at + 1).map(|bar| bar.start).or(lane.end);
        let until = next.map_or(end, |event| step_of(index, event as usize));
        let for_ever = next.is_none() && stuck && matches!(bar.state, BarState::Waiting(_));
        let tone = if for_ever {
            Tone::Fault
        } else {
            tone_of(bar.state)
        };
        let beyond = match until - start < pixel * 0.5 {
            true => lane
                .find(index.start((start + pixel).ceil() as usize))
                .max(at + 1),
            false => at + 1,
        };
        if beyond > at + 2 {
            // Many bars in one pixel: it was busy.
            push_stretch(&mut stretches, axis, start, start + pixel, Tone::Running);
        } else {
            push_stretch(&mut stretches, axis, start, until, tone);
        }
        at = beyond;
    }
    stretches
}

/// Adds a stretch, cut to what is seen; what is narrower than a pixel joins the one before.
fn push_stretch(stretches: &mut Vec<Stretch>, axis: &Axis, start: f64, until: f64, tone: Tone) {
    let left = axis.x(start).max(axis.left);
    let right = axis.x(until).min(axis.left + axis.width);
    if right <= left {
        return;
    }
    if let Some(last) = stretches.last_mut()
        && (last.tone == tone || right - (last.x + last.w) < 0.5)
        && left - (last.x + last.w) < 0.5
    {
        // Running is what is looked for: it shows even when it is short.
        if tone == Tone::Running {
            last.tone = tone;
        }
        last.w = right - last.x;
        return;
    }
    stretches.push(Stretch {
        x: left,
        w: right - left,
        tone,
    });
}

/// More arrows than this in sight are a grey cloud, and none is drawn.
const ARROWS: usize = 160;
/// Nor are any where more than this lie in the window, seen or not.
const LOOKED_AT: usize = 5000;

fn arrows(
    timeline: &Timeline,
    index: &Index,
    room: &Room,
    first: usize,
    last: usize,
) -> Vec<Arrow> {
    let window = room.axis.window;
    let begin = index.start(window.from.floor().max(0.0) as usize);
    let all = timeline.arrows();
    let start = all.partition_point(|arrow| (arrow.to as usize) < begin);
    let y = |id: GoroutineId| {
        let lane = (id.0 as usize)
            .checked_sub(1)
            .filter(|lane| (first..last).contains(lane))?;
        Some((lane - first) as f64 * room.lane + room.lane / 2.0)
    };
    let mut found = Vec::new();
    for (looked_at, arrow) in all.get(start..).unwrap_or_default().iter().enumerate() {
        let to = step_of(index, arrow.to as usize);
        if to > window.to {
            break;
        }
        if let (Some(from_y), Some(to_y)) = (y(arrow.from_goroutine), y(arrow.to_goroutine)) {
            let from = step_of(index, arrow.from as usize + 1);
            let from_x = room.axis.x(from).max(room.axis.left);
            found.push(Arrow {
                from: (from_x, from_y),
                to: (room.axis.x(to), to_y),
                kind: arrow.kind,
            });
        }
        if found.len() > ARROWS || looked_at > LOOKED_AT {
            return Vec::new();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_stays_within_the_run() {
        let all = Window::all(100);
        let near = all.zoomed(0.1, 50.0, 100);
        assert!((near.to - near.from - 10.0).abs() < 1e-9 && near.from > 40.0 && near.to < 60.0);
        assert_eq!(near.moved(50.0, 100).to, 100.0);
        assert_eq!(near.moved(-50.0, 100).from, 0.0);
        assert_eq!(near.zoomed(1000.0, 50.0, 100), all);
        let shown = near.showing(90.0, 100);
        assert!(shown.from < 90.0 && shown.to > 90.0);
        assert_eq!(Window::all(0).to, 8.0, "an empty run has room");
    }

    #[test]
    fn pixels_and_steps_agree() {
        let axis = Axis {
            window: Window {
                from: 10.0,
                to: 20.0,
            },
            left: 100.0,
            width: 500.0,
        };
        assert_eq!(axis.x(10.0), 100.0);
        assert_eq!(axis.x(20.0), 600.0);
        assert!((axis.step(axis.x(13.7)) - 13.7).abs() < 1e-9);
    }

    #[test]
    fn slivers_are_joined() {
        let axis = Axis {
            window: Window {
                from: 0.0,
                to: 10_000.0,
            },
            left: 0.0,
            width: 100.0,
        };
        let mut stretches = Vec::new();
        for step in 0..10_000 {
            let tone = if step % 2 == 0 {
                Tone::Running
            } else {
                Tone::Ready
            };
            push_stretch(
                &mut stretches,
                &axis,
                f64::from(step),
                f64::from(step + 1),
                tone,
            );
        }
        assert!(stretches.len() < 250, "{}", stretches.len());
    }

    #[test]
    fn a_long_lane_is_as_much_work_as_it_has_pixels() {
        use crate::trace::{
            Event, EventKind, OperationKind, PendingOperation, Span, Trace, VirtualTime,
        };
        let mut trace = Trace::new();
        let mut push = |goroutine, kind| {
            let (time, span) = (VirtualTime(0), Span::NONE);
            trace.push(Event {
                time,
                goroutine,
                span,
                kind,
            });
        };
        let child = GoroutineId::MAIN;
        push(
            GoroutineId::NONE,
            EventKind::Go {
                child,
                name: "main".into(),
                arguments: "".into(),
            },
        );
        for _ in 0..50_000 {
            push(child, EventKind::Step);
            let next = PendingOperation::bare(OperationKind::Gosched, Span::NONE);
            push(child, EventKind::Yield { next, cases: None });
        }
        let (mut timeline, mut index) = (Timeline::new(), Index::new());
        timeline.extend(&trace);
        index.extend(&trace);
        let axis = Axis {
            window: Window::all(index.steps()),
            left: 0.0,
            width: 300.0,
        };
        let room = Room {
            axis,
            height: 40.0,
            first: 0,
            lane: 20.0,
        };
        let chart = chart(&timeline, &index, &room, &|_| false);
        let row = &chart.rows[0];
        assert!(
            (1..=300).contains(&row.stretches.len()),
            "{}",
            row.stretches.len()
        );
        let covered: f64 = row.stretches.iter().map(|stretch| stretch.w).sum();
        assert!(covered > 290.0, "{covered}");
    }
}
