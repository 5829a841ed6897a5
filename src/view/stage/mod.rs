//! The stage: what stands where, and what it says, at one moment.
//!
//! Goroutines are cards, channels pipes with slots, values and both wait queues, locks and their like
//! plates beneath those who share them, contexts a tree at the top.
//!
//! Invariants:
//! - Every text fits into its box; boxes do not overlap (see `layout`).
//! - A box's content depends only on what it shows, so that a step changes few boxes.
//!
//! Deliberately absent: colours and drawing; see `ui` and the style sheets.

mod cards;
mod keeper;
mod objects;
mod routes;
#[cfg(test)]
mod tests;

use super::layout::{Key, Layout, Rect};
use super::text::{self, Face};
use super::tone::Tone;
use super::wiring::Wiring;
use crate::trace::{GoroutineId, GoroutineState, ObjectId, Text};
use crate::view::small::{Map, Set, sort_few};
use crate::world::{Mark, ObjectState, Place, World};
use routes::{Route, Router, joined};

pub use cards::status;
pub use keeper::Keeper;

/// Stacks that a person has opened: class and place of [`Key`].
pub type Opened = Set<(u8, u64)>;

/// One line of text within a box; positions are relative to the box.
#[derive(Clone, PartialEq, Debug)]
pub struct Label {
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub face: Face,
    /// Drawn in the softer colour.
    pub low: bool,
    pub anchor: Anchor,
    pub text: String,
}

/// Which point of a text its position is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// Which of the shapes tells what a box is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    Card,
    Stack,
    Pipe,
    Lock,
    Count,
    Timer,
    Context,
    Other,
}

/// What a click on a box asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    Goroutine(GoroutineId),
    Object(ObjectId),
    /// Opens a stack, or closes it.
    Stack(u8, u64),
}

/// A slot of a buffer, relative to its box.
#[derive(Clone, PartialEq, Debug)]
pub struct Cell {
    pub x: f32,
    pub w: f32,
    pub text: Option<String>,
    /// Stands for the slots that are not drawn.
    pub rest: bool,
}

/// One box.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    pub key: Key,
    pub target: Target,
    pub rect: Rect,
    pub shape: Shape,
    pub tone: Option<Tone>,
    pub labels: Vec<Label>,
    pub cells: Vec<Cell>,
    /// A channel that is closed, a lock that is held, a context that has ended, a timer that is set.
    pub flagged: bool,
    /// The last step touched it.
    pub touched: bool,
    /// Part of a circle of waits.
    pub cyclic: bool,
    pub picked: bool,
    /// What it is, for those who do not see it.
    pub spoken: String,
}

/// What a line between two boxes means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EdgeKind {
    /// Values have gone or will go this way.
    Wire,
    /// A context and one derived from it.
    Tree,
    /// The last step moved a value this way.
    Live,
    /// Waits at a channel.
    WaitChannel,
    /// Waits for a lock or the like.
    Wait,
    /// A lock's key is with its holder.
    Hold,
}

/// A line between two boxes.
#[derive(Clone, PartialEq, Debug)]
pub struct Edge {
    pub from: Key,
    pub to: Key,
    pub kind: EdgeKind,
    pub cyclic: bool,
    pub path: String,
}

/// A value on its way.
#[derive(Clone, PartialEq, Debug)]
pub struct Flight {
    pub path: String,
    pub text: String,
    pub w: f32,
}

/// The whole picture.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Picture {
    pub width: f32,
    pub height: f32,
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    pub flights: Vec<Flight>,
    /// The picture in words.
    pub spoken: String,
}

/// What the picture is made of.
pub struct Scene<'a> {
    pub world: &'a World,
    pub wiring: &'a Wiring,
    pub layout: &'a Layout,
    pub opened: &'a Opened,
    /// Goroutines that nothing can wake any more.
    pub stuck: &'a Set<GoroutineId>,
    /// Circles of waits: who waits for what, or holds it.
    pub circle: &'a Set<(GoroutineId, ObjectId)>,
    pub picked: Option<Target>,
}

/// A line before it has a way; equal ones are drawn once.
type Link = (EdgeKind, Key, Key);

impl Scene<'_> {
    fn goroutine_key(&self, id: GoroutineId) -> Option<Key> {
        self.wiring.goroutine(id, self.opened)
    }

    fn object_key(&self, id: ObjectId) -> Option<Key> {
        self.wiring.object(id, self.opened)
    }

    fn touched(&self) -> Set<Key> {
        let mut keys = Set::new();
        if self.world.steps() == 0 {
            return keys;
        }
        let goroutine = |id: GoroutineId| self.goroutine_key(id);
        keys.extend(goroutine(self.world.actor()));
        for mark in self.world.marks() {
            match mark {
                Mark::Taken { object, .. } | Mark::Released { object, .. } => {
                    keys.extend(self.object_key(*object))
                }
                Mark::Flight { channel, .. } => keys.extend(self.object_key(*channel)),
                Mark::Made(object) | Mark::Touched(object) => keys.extend(self.object_key(*object)),
                Mark::Started(id)
                | Mark::Readied(id)
                | Mark::Parked(id)
                | Mark::Ended(id)
                | Mark::Faulted(id) => {
                    keys.extend(goroutine(*id));
                }
                _ => {}
            }
        }
        keys
    }

    /// Draws the picture.
    pub fn picture(&self) -> Picture {
        let (width, height) = self.layout.size();
        let touched = self.touched();
        let mut nodes = cards::nodes(self, &touched);
        nodes.extend(objects::nodes(self, &touched));
        nodes.retain(|node| node.rect.w > 0.0);
        sort_few(&mut nodes, &|a, b| a.key < b.key);
        let shown: Vec<Key> = nodes.iter().map(|node| node.key).collect();
        let router = Router::new(self.layout, &shown);
        let mut links: Map<Link, bool> = Map::new();
        self.link_flows(&mut links);
        self.link_waits(&mut links);
        self.link_holds(&mut links);
        self.link_trees(&mut links);
        let is_shown = |key: &Key| shown.binary_search(key).is_ok();
        let edges = links
            .into_iter()
            .filter(|((_, from, to), _)| is_shown(from) && is_shown(to))
            .filter_map(|((kind, from, to), cyclic)| {
                let path = self.route(&router, kind, from, to)?.path();
                Some(Edge {
                    from,
                    to,
                    kind,
                    cyclic,
                    path,
                })
            })
            .collect();
        let flights = self
            .world
            .marks()
            .iter()
            .filter_map(|mark| self.flight(&router, mark))
            .collect();
        Picture {
            width,
            height,
            spoken: self.spoken(),
            nodes,
            edges,
            flights,
        }
    }

    fn spoken(&self) -> String {
        let counts = self.world.counts();
        format!(
            "{} goroutines: {} ready, {} waiting, {} done. {} channels, locks and other objects.",
            self.world.goroutine_count(),
            counts.runnable + counts.running,
            counts.waiting,
            counts.dead,
            self.world.object_count()
        )
    }

    fn route(&self, router: &Router<'_>, kind: EdgeKind, from: Key, to: Key) -> Option<Route> {
        // All lines of one object share a lane: its place in the source picks it.
        let lane = |key: Key| (key.site as u32 / 7).wrapping_add(key.ordinal);
        match kind {
            EdgeKind::Wire | EdgeKind::Live => {
                let object = if from.class == 0 { to } else { from };
                router.flow(from, to, lane(object))
            }
            // Drawn along the wire: a receiver's dashes run backwards, which dashes do not show.
            EdgeKind::WaitChannel => {
                let object = if from.class == 0 { to } else { from };
                router.flow(from, to, lane(object))
            }
            EdgeKind::Tree => router.tree(from, to),
            EdgeKind::Hold => router.hold(from, to, lane(from)),
            EdgeKind::Wait => router.wait(from, to, lane(to)),
        }
    }

    fn link_flows(&self, links: &mut Map<Link, bool>) {
        let exists = |id: GoroutineId, channel: ObjectId| {
            (id.0 as usize) <= self.world.goroutine_count()
                && (channel.0 as usize) <= self.world.object_count()
        };
        for (sends, id, channel) in self.wiring.flows() {
            let ends = (self.goroutine_key(id), self.object_key(channel));
            if let ((Some(goroutine), Some(channel)), true) = (ends, exists(id, channel)) {
                let (from, to) = if sends {
                    (goroutine, channel)
                } else {
                    (channel, goroutine)
                };
                links.insert((EdgeKind::Wire, from, to), false);
            }
        }
        for (id, channel) in self
            .wiring
            .closes()
            .filter(|(id, channel)| exists(*id, *channel))
        {
            if let (Some(from), Some(to)) = (self.goroutine_key(id), self.object_key(channel)) {
                links.insert((EdgeKind::Wire, from, to), false);
            }
        }
        for &(timer, channel) in self.wiring.feeds() {
            if let (Some(from), Some(to)) = (self.object_key(timer), self.object_key(channel)) {
                links.insert((EdgeKind::Wire, from, to), false);
            }
        }
        for mark in self.world.marks() {
            let Mark::Flight {
                channel, from, to, ..
            } = mark
            else {
                continue;
            };
            let Some(pipe) = self.object_key(*channel) else {
                continue;
            };
            if let Place::Goroutine(id) = from
                && let Some(sender) = self.goroutine_key(*id)
            {
                links.insert((EdgeKind::Live, sender, pipe), false);
            }
            if let Place::Goroutine(id) = to
                && let Some(receiver) = self.goroutine_key(*id)
            {
                links.insert((EdgeKind::Live, pipe, receiver), false);
            }
        }
    }

    fn link_waits(&self, links: &mut Map<Link, bool>) {
        for goroutine in self.world.goroutines() {
            let GoroutineState::Waiting(reason) = goroutine.state else {
                continue;
            };
            let Some(card) = self.goroutine_key(goroutine.id) else {
                continue;
            };
            for (object, case) in goroutine.waits() {
                let Some(key) = self.object_key(object) else {
                    continue;
                };
                let cyclic = self.circle.contains(&(goroutine.id, object));
                let is_channel = self
                    .world
                    .object(object)
                    .is_some_and(|object| object.channel().is_some());
                let sends = match case {
                    Some(case) => case.direction == crate::trace::Direction::Send,
                    None => Tone::of_reason(reason) == Tone::Send,
                };
                let link = match (is_channel, sends) {
                    (true, true) => (EdgeKind::WaitChannel, card, key),
                    (true, false) => (EdgeKind::WaitChannel, key, card),
                    (false, _) => (EdgeKind::Wait, card, key),
                };
                *links.slot(link) |= cyclic;
            }
        }
    }

    fn link_holds(&self, links: &mut Map<Link, bool>) {
        for object in self.world.objects() {
            let (Some(lock), Some(key)) = (object.lock(), self.object_key(object.id)) else {
                continue;
            };
            for holder in lock.holders() {
                if let Some(card) = self.goroutine_key(holder) {
                    let cyclic = self.circle.contains(&(holder, object.id));
                    *links.slot((EdgeKind::Hold, key, card)) |= cyclic;
                }
            }
        }
    }

    fn link_trees(&self, links: &mut Map<Link, bool>) {
        for object in self.world.objects() {
            if let Some(context) = object.context()
                && let (Some(parent), Some(child)) =
                    (self.object_key(context.parent), self.object_key(object.id))
                && parent != child
            {
                links.insert((EdgeKind::Tree, parent, child), false);
            }
        }
    }

    fn flight(&self, router: &Router<'_>, mark: &Mark) -> Option<Flight> {
        let Mark::Flight {
            channel,
            value,
            from,
            to,
        } = mark
        else {
            return None;
        };
        let pipe = self.object_key(*channel)?;
        let rect = self.layout.rect(pipe)?;
        let slot = |place: &Place| match place {
            Place::Slot(id, slot) if id == channel => {
                let world = self.world.object(*id)?;
                Some((
                    rect.x + objects::cell_middle(world.channel()?, rect, *slot),
                    rect.cy(),
                ))
            }
            _ => None,
        };
        let first = match from {
            Place::Goroutine(id) => {
                router_route(self, router, EdgeKind::Live, self.goroutine_key(*id)?, pipe)
            }
            Place::Object(id) if id != channel => {
                router_route(self, router, EdgeKind::Live, self.object_key(*id)?, pipe)
            }
            _ => None,
        };
        let second = match to {
            Place::Goroutine(id) => {
                router_route(self, router, EdgeKind::Live, pipe, self.goroutine_key(*id)?)
            }
            _ => None,
        };
        let via = slot(to)
            .or_else(|| slot(from))
            .unwrap_or((rect.cx(), rect.cy()));
        let path = joined(first.as_ref(), via, second.as_ref())?;
        let text = text::fit(&text::one_line(value), 12.0, Face::Mono, 84.0);
        let w = text::width(&text, 12.0, Face::Mono) + 14.0;
        Some(Flight {
            path,
            text,
            w: w.max(28.0),
        })
    }

    fn is_picked(&self, target: Target) -> bool {
        self.picked == Some(target)
    }
}

fn router_route(
    scene: &Scene<'_>,
    router: &Router<'_>,
    kind: EdgeKind,
    from: Key,
    to: Key,
) -> Option<Route> {
    scene.route(router, kind, from, to)
}

/// A label at the left of a box.
fn label(x: f32, y: f32, size: f32, face: Face, room: f32, text: &str) -> Label {
    let text = text::fit(&text::one_line(text), size, face, room);
    Label {
        x,
        y,
        size,
        face,
        low: false,
        anchor: Anchor::Start,
        text,
    }
}

/// The same in the softer colour.
fn low(label: Label) -> Label {
    Label { low: true, ..label }
}

/// The time left until a moment, as Go prints durations, in milliseconds at the finest.
fn time_left(world: &World, deadline: crate::trace::VirtualTime) -> String {
    let left = deadline.0.saturating_sub(world.time().0);
    let coarse = if left >= 1_000_000 {
        left / 1_000_000 * 1_000_000
    } else {
        left
    };
    crate::trace::VirtualTime(coarse).to_string()
}

/// The text of a value, made to stand in a cell.
fn cell_text(value: &Text, w: f32) -> String {
    text::fit(&text::one_line(value), 12.0, Face::Mono, w - 6.0)
}

/// What an object holds, as a few words.
fn value_words(state: &ObjectState) -> String {
    match state {
        ObjectState::Value(text) => text.to_string(),
        _ => String::new(),
    }
}
