//! The ways of wires: from box to box without crossing a third.
//!
//! A wire is a curve if nothing stands in its way; else it runs in the lanes between the columns and
//! beneath the flow, where all wires of one object share a lane.

use std::fmt::Write as _;

use crate::view::layout::{Key, Layout, Rect};

/// A way as SVG path data, in parts so that ways can be joined.
#[derive(Clone, PartialEq, Debug)]
pub struct Route {
    /// Where it begins.
    pub start: (f32, f32),
    /// Path data behind the first `M`.
    pub tail: String,
}

impl Route {
    /// Complete path data.
    pub fn path(&self) -> String {
        let mut path = String::new();
        move_to(&mut path, 'M', self.start);
        path.push_str(&self.tail);
        path
    }
}

/// Appends a command with one point; tenths of a unit are precise enough.
pub fn move_to(path: &mut String, command: char, (x, y): (f32, f32)) {
    let (x, y) = ((x * 10.0).round() / 10.0, (y * 10.0).round() / 10.0);
    // Writing to a String cannot fail.
    let _ = write!(path, "{command}{x} {y}");
}

/// Finds the ways on one layout.
pub struct Router<'a> {
    layout: &'a Layout,
    boxes: Vec<(Key, Rect)>,
}

/// How far into a curve its ends are not tested for obstacles, in sixteenths.
const SAMPLES: usize = 16;

impl<'a> Router<'a> {
    /// For the boxes that are shown.
    pub fn new(layout: &'a Layout, shown: &[Key]) -> Router<'a> {
        let boxes = shown
            .iter()
            .filter_map(|key| Some((*key, layout.rect(*key)?)))
            .collect();
        Router { layout, boxes }
    }

    fn is_clear(&self, from: Key, to: Key, curve: [(f32, f32); 4]) -> bool {
        let near = |rect: &Rect, (x, y): (f32, f32)| {
            x > rect.x - 4.0
                && x < rect.right() + 4.0
                && y > rect.y - 4.0
                && y < rect.bottom() + 4.0
        };
        (1..SAMPLES).all(|i| {
            let point = bezier(curve, i as f32 / SAMPLES as f32);
            self.boxes
                .iter()
                .all(|(key, rect)| *key == from || *key == to || !near(rect, point))
        })
    }

    /// Along which data flows: from the right side of one box to the left side of the other.
    pub fn flow(&self, from: Key, to: Key, lane: u32) -> Option<Route> {
        let (a, b) = (self.layout.rect(from)?, self.layout.rect(to)?);
        let (start, end) = ((a.right(), a.cy()), (b.x, b.cy()));
        let columns = (self.layout.column(from), self.layout.column(to));
        if let (Some(left), Some(right)) = columns
            && left + 1 == right
        {
            return Some(self.across_gap(start, end, left));
        }
        if end.0 > start.0 {
            let bend = ((end.0 - start.0) / 2.0).max(18.0);
            let curve = [start, (start.0 + bend, start.1), (end.0 - bend, end.1), end];
            if self.is_clear(from, to, curve) {
                return Some(curved(curve));
            }
        }
        let shift = (lane % 5) as f32 * 4.0;
        let (start, end) = ((a.right(), a.cy() + 8.0), (b.x, b.cy() + 8.0));
        let out = self
            .layout
            .column(from)
            .and_then(|c| self.layout.column_bounds(c))
            .map_or(a.right(), |c| c.1);
        let into = self
            .layout
            .column(to)
            .and_then(|c| self.layout.column_bounds(c))
            .map_or(b.x, |c| c.0);
        let (x1, x2) = (
            out.max(a.right()) + 10.0 + shift,
            into.min(b.x) - 14.0 - shift,
        );
        if a.y >= self.layout.flow_bottom() && x2 > start.0 {
            return Some(angular(&[start, (x2, start.1), (x2, end.1), end]));
        }
        let low = self.layout.flow_bottom().max(a.bottom()).max(b.bottom()) + 12.0 + shift;
        Some(angular(&[
            start,
            (x1, start.1),
            (x1, low),
            (x2, low),
            (x2, end.1),
            end,
        ]))
    }

    /// Between neighbouring columns: level up to the gap, and a curve within it, where nothing stands.
    fn across_gap(&self, start: (f32, f32), end: (f32, f32), left: usize) -> Route {
        let bounds = |column| {
            self.layout
                .column_bounds(column)
                .unwrap_or((start.0, start.0))
        };
        let (from, to) = (bounds(left).1.max(start.0), bounds(left + 1).0.min(end.0));
        let middle = (from + to) / 2.0;
        let mut tail = String::new();
        move_to(&mut tail, 'L', (from, start.1));
        move_to(&mut tail, 'C', (middle, start.1));
        move_to(&mut tail, ' ', (middle, end.1));
        move_to(&mut tail, ' ', (to, end.1));
        move_to(&mut tail, 'L', end);
        Route { start, tail }
    }

    /// From a lock up to its holder.
    pub fn hold(&self, lock: Key, holder: Key, lane: u32) -> Option<Route> {
        let (a, b) = (self.layout.rect(lock)?, self.layout.rect(holder)?);
        let start = (a.cx() - a.w * 0.2, a.y);
        self.vertical(lock, holder, start, (b.cx() - b.w * 0.2, b.bottom()))
            .or_else(|| {
                let shift = (lane % 5) as f32 * 4.0;
                let x = self.left_lane(holder, b) - 8.0 - shift;
                let y = a.y - 10.0 - shift;
                let end = (b.x, b.cy() + 12.0);
                Some(angular(&[start, (start.0, y), (x, y), (x, end.1), end]))
            })
    }

    /// From a waiting goroutine down to what it waits for.
    pub fn wait(&self, waiter: Key, object: Key, lane: u32) -> Option<Route> {
        let (a, b) = (self.layout.rect(waiter)?, self.layout.rect(object)?);
        if b.x > a.right() && b.y < a.bottom() && b.bottom() > a.y {
            let y = a.cy().clamp(b.y + 4.0, b.bottom() - 4.0);
            return Some(angular(&[(a.right(), y), (b.x, y)]));
        }
        let end = (b.cx() + b.w * 0.2, b.y);
        self.vertical(waiter, object, (a.cx() + a.w * 0.2, a.bottom()), end)
            .or_else(|| {
                let shift = (lane % 5) as f32 * 4.0;
                let x = self.right_lane(waiter, a) + 8.0 + shift;
                let y = b.y - 14.0 - shift;
                let start = (a.right(), a.cy() + 14.0);
                Some(angular(&[start, (x, start.1), (x, y), (end.0, y), end]))
            })
    }

    fn left_lane(&self, key: Key, rect: Rect) -> f32 {
        self.layout
            .column(key)
            .and_then(|c| self.layout.column_bounds(c))
            .map_or(rect.x, |c| c.0.min(rect.x))
    }

    fn right_lane(&self, key: Key, rect: Rect) -> f32 {
        let column = self
            .layout
            .column(key)
            .and_then(|c| self.layout.column_bounds(c));
        column.map_or(rect.right(), |c| c.1.max(rect.right()))
    }

    fn vertical(&self, from: Key, to: Key, start: (f32, f32), end: (f32, f32)) -> Option<Route> {
        let bend = (end.1 - start.1).abs() * 0.45;
        if bend < 4.0 {
            return None;
        }
        let bend = if end.1 > start.1 { bend } else { -bend };
        let curve = [start, (start.0, start.1 + bend), (end.0, end.1 - bend), end];
        self.is_clear(from, to, curve).then(|| curved(curve))
    }

    /// From a context to one derived from it.
    pub fn tree(&self, parent: Key, child: Key) -> Option<Route> {
        let (a, b) = (self.layout.rect(parent)?, self.layout.rect(child)?);
        let (start, end) = ((a.right(), a.cy()), (b.x, b.cy()));
        let x = b.x - 13.0;
        if end.0 <= start.0 {
            return None;
        }
        Some(angular(&[start, (x, start.1), (x, end.1), end]))
    }
}

/// The way of a value that goes on from the end of one route along another.
pub fn joined(first: Option<&Route>, via: (f32, f32), second: Option<&Route>) -> Option<String> {
    let mut path = match first {
        Some(route) => route.path(),
        None => {
            let mut path = String::new();
            move_to(&mut path, 'M', via);
            path
        }
    };
    if first.is_none() && second.is_none() {
        return None;
    }
    move_to(&mut path, 'L', via);
    if let Some(second) = second {
        move_to(&mut path, 'L', second.start);
        path.push_str(&second.tail);
    }
    Some(path)
}

fn curved([start, a, b, end]: [(f32, f32); 4]) -> Route {
    let mut tail = String::new();
    move_to(&mut tail, 'C', a);
    move_to(&mut tail, ' ', b);
    move_to(&mut tail, ' ', end);
    Route { start, tail }
}

fn bezier([a, b, c, d]: [(f32, f32); 4], t: f32) -> (f32, f32) {
    let u = 1.0 - t;
    let (p, q, r, s) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
    (
        p * a.0 + q * b.0 + r * c.0 + s * d.0,
        p * a.1 + q * b.1 + r * c.1 + s * d.1,
    )
}

/// A line with right angles, its corners rounded.
fn angular(points: &[(f32, f32)]) -> Route {
    let mut tail = String::new();
    for window in points.windows(3) {
        let &[before, corner, after] = window else {
            continue;
        };
        let reach = |(x, y): (f32, f32)| (x - corner.0).abs().max((y - corner.1).abs());
        let radius = (reach(before) / 2.0).min(reach(after) / 2.0).min(8.0);
        let towards = |(x, y): (f32, f32)| {
            let length = reach((x, y)).max(0.001);
            (
                corner.0 + (x - corner.0) / length * radius,
                corner.1 + (y - corner.1) / length * radius,
            )
        };
        move_to(&mut tail, 'L', towards(before));
        move_to(&mut tail, 'Q', corner);
        move_to(&mut tail, ' ', towards(after));
    }
    let start = points.first().copied().unwrap_or_default();
    move_to(&mut tail, 'L', points.last().copied().unwrap_or_default());
    Route { start, tail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::layout::{Band, Graph, Item};

    fn key(site: u64) -> Key {
        Key {
            class: 0,
            site,
            ordinal: 0,
        }
    }

    #[test]
    fn a_wire_goes_straight_when_it_can_and_around_when_it_cannot() {
        let mut graph = Graph::default();
        for site in 0..5 {
            let band = if site % 2 == 0 {
                Band::Goroutine
            } else {
                Band::Channel
            };
            graph.items.push(Item {
                key: key(site),
                w: 100.0,
                h: 50.0,
                band,
                beside: None,
            });
        }
        for site in 0..4 {
            graph.flows.push((key(site), key(site + 1)));
        }
        let mut layout = Layout::default();
        layout.place(&graph);
        let shown: Vec<Key> = (0..5).map(key).collect();
        let router = Router::new(&layout, &shown);
        let direct = router.flow(key(0), key(1), 0).unwrap();
        assert!(direct.tail.contains('C'), "{direct:?}");
        let around = router.flow(key(4), key(1), 0).unwrap();
        assert!(!around.tail.contains('C'), "{around:?}");
        let over_two = router.flow(key(0), key(3), 0).unwrap();
        assert!(
            !over_two.tail.contains('C'),
            "{over_two:?} passes behind the box between"
        );
    }

    #[test]
    fn joined_ways_begin_and_end_where_they_should() {
        let first = curved([(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)]);
        let second = curved([(9.0, 0.0), (9.0, 1.0), (9.0, 2.0), (9.0, 3.0)]);
        assert_eq!(
            joined(Some(&first), (5.0, 0.0), Some(&second)).as_deref(),
            Some("M0 0C1 0 2 0 3 0L5 0L9 0C9 1 9 2 9 3")
        );
        assert_eq!(joined(None, (5.0, 0.0), None), None);
    }
}
