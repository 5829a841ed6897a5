//! Who has to do with what: the graph that the stage lays out, gathered from the events.
//!
//! Invariants: reading a trace in pieces or at once gives the same graph; names of boxes ([`Key`])
//! depend on the place in the source and the order of creation, not on the schedule's numbering alone,
//! so a box keeps its name (and with it its place) on every branch.
//! Deliberately absent: the state of anything at a moment; that is the `World`'s.

use super::layout::{Band, Graph, Item, Key};
use crate::trace::{Event, EventKind, GoroutineId, ObjectId, ObjectKind, Queue, Span};
use crate::view::small::{Map, Set};

/// More goroutines (or objects) than this of one place are drawn as one stack.
pub const FOLD_ABOVE: u32 = 8;
/// An opened stack shows at most this many of its members; the others stay a stack.
pub const OPEN_AT_MOST: u32 = 48;

/// What a box is, as far as its size and place depend on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    Goroutine,
    Channel { slots: u32 },
    Lock,
    WaitGroup,
    Timer,
    Context,
    Other,
}

impl Class {
    fn of(kind: &ObjectKind) -> Class {
        match kind {
            ObjectKind::Channel { capacity, .. } => Class::Channel { slots: *capacity },
            ObjectKind::Mutex | ObjectKind::RwMutex => Class::Lock,
            ObjectKind::WaitGroup => Class::WaitGroup,
            ObjectKind::Timer { .. } | ObjectKind::Ticker { .. } => Class::Timer,
            ObjectKind::Context { .. } => Class::Context,
            _ => Class::Other,
        }
    }

    fn number(self) -> u8 {
        match self {
            Class::Goroutine => 0,
            Class::Channel { .. } => 1,
            Class::Lock => 2,
            Class::WaitGroup => 3,
            Class::Timer => 4,
            Class::Context => 5,
            Class::Other => 6,
        }
    }

    /// Width and height of a box that stands for one of this class.
    pub fn size(self) -> (f32, f32) {
        match self {
            Class::Goroutine => (150.0, 70.0),
            Class::Channel { slots } => (pipe_width(slots), 80.0),
            Class::Lock => (162.0, 58.0),
            Class::WaitGroup => (136.0, 42.0),
            Class::Timer => (128.0, 40.0),
            Class::Context => (156.0, 40.0),
            Class::Other => (148.0, 52.0),
        }
    }
}

/// How many cells of a buffer are drawn; of longer ones the ends and a count.
pub fn cells(slots: u32) -> u32 {
    if slots > 4 { 3 } else { slots }
}

fn pipe_width(slots: u32) -> f32 {
    match cells(slots) {
        0 => 96.0,
        n => (22.0 + n as f32 * 34.0).max(96.0),
    }
}

#[derive(Clone, Copy, Debug)]
struct Node {
    class: Class,
    site: u64,
    ordinal: u32,
    /// The parent of a context.
    parent: ObjectId,
}

/// The graph so far.
#[derive(Clone, Debug, Default)]
pub struct Wiring {
    seen: usize,
    goroutines: Vec<Node>,
    objects: Map<ObjectId, Node>,
    /// In the order of creation, goroutines and objects mixed.
    order: Vec<(bool, u32)>,
    counts: Map<(u8, u64), u32>,
    /// How many of each place another run had, so that stacks are stacks from the start.
    expected: Map<(u8, u64), u32>,
    flows: Set<(bool, GoroutineId, ObjectId)>,
    closes: Set<(GoroutineId, ObjectId)>,
    feeds: Vec<(ObjectId, ObjectId)>,
    /// In the order of first use.
    shares: Vec<(GoroutineId, ObjectId)>,
    shared: Set<(GoroutineId, ObjectId)>,
}

fn site_of(span: Span, name: &str) -> u64 {
    if span == Span::NONE {
        return name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    }
    (u64::from(span.file.0) << 32) | u64::from(span.start)
}

impl Wiring {
    /// How many events have been read.
    pub fn seen(&self) -> usize {
        self.seen
    }

    /// Reads the events that have not been read yet; returns whether anything was learnt.
    pub fn read(&mut self, events: &[Event]) -> bool {
        let before = self.measure();
        for event in events.get(self.seen..).unwrap_or_default() {
            self.learn(event);
        }
        self.seen = self.seen.max(events.len());
        before != self.measure()
    }

    fn measure(&self) -> [usize; 4] {
        [
            self.order.len(),
            self.flows.len(),
            self.closes.len(),
            self.shares.len(),
        ]
    }

    /// Takes over from a rehearsal how many there will be of each place.
    pub fn expect(&mut self, rehearsal: &Wiring) {
        self.expected.clone_from(&rehearsal.counts);
    }

    fn count(&mut self, class: Class, site: u64) -> u32 {
        let count = self.counts.slot((class.number(), site));
        *count += 1;
        *count - 1
    }

    fn learn(&mut self, event: &Event) {
        let me = event.goroutine;
        match &event.kind {
            EventKind::Go { child, name, .. } => {
                let site = site_of(event.span, name);
                let ordinal = self.count(Class::Goroutine, site);
                self.goroutines.push(Node {
                    class: Class::Goroutine,
                    site,
                    ordinal,
                    parent: ObjectId::NONE,
                });
                self.order.push((true, child.0));
            }
            EventKind::Make { object, kind } => self.make(*object, kind, event.span),
            EventKind::Name { object, name } => self.name(*object, name),
            EventKind::Send { channel, .. } => {
                self.flows.insert((true, me, *channel));
            }
            EventKind::Close { channel } if !me.is_none() => {
                self.closes.insert((me, *channel));
            }
            EventKind::Receive { channel, .. } => {
                self.flows.insert((false, me, *channel));
            }
            EventKind::Enqueue { object, queue, .. } => match queue {
                Queue::Send => {
                    self.flows.insert((true, me, *object));
                }
                Queue::Receive => {
                    self.flows.insert((false, me, *object));
                }
                Queue::Wait | Queue::Read => self.share(me, *object),
            },
            EventKind::Lock { object, .. }
            | EventKind::TryLock { object, .. }
            | EventKind::Once { object, .. }
            | EventKind::Signal { object, .. }
            | EventKind::Broadcast { object, .. }
            | EventKind::Atomic { object, .. }
            | EventKind::Waited { object }
            | EventKind::Update { object, .. } => self.share(me, *object),
            _ => {}
        }
    }

    fn share(&mut self, goroutine: GoroutineId, object: ObjectId) {
        if !goroutine.is_none() && self.shared.insert((goroutine, object)) {
            self.shares.push((goroutine, object));
        }
    }

    fn make(&mut self, object: ObjectId, kind: &ObjectKind, span: Span) {
        let class = Class::of(kind);
        let site = site_of(span, kind.words());
        let parent = match kind {
            ObjectKind::Context { parent, .. } => *parent,
            _ => ObjectId::NONE,
        };
        if let ObjectKind::Timer { channel } | ObjectKind::Ticker { channel } = kind {
            if channel.is_none() {
                // A sleep, or what wakes a context: its goroutine or context shows the clock.
                return;
            }
            self.feeds.push((object, *channel));
        }
        let ordinal = self.count(class, site);
        self.objects.insert(
            object,
            Node {
                class,
                site,
                ordinal,
                parent,
            },
        );
        self.order.push((false, object.0));
    }

    /// A lock or the like comes to be where it is first used, which differs from path to path: its
    /// name says better which one it is.
    fn name(&mut self, object: ObjectId, name: &str) {
        let Some(mut node) = self.objects.get(&object).copied() else {
            return;
        };
        if !matches!(node.class, Class::Lock | Class::WaitGroup | Class::Other) {
            return;
        }
        let old = self.counts.slot((node.class.number(), node.site));
        if *old != node.ordinal + 1 {
            return;
        }
        *old -= 1;
        node.site = site_of(Span::NONE, name);
        node.ordinal = self.count(node.class, node.site);
        self.objects.insert(object, node);
    }

    fn node_key(&self, node: &Node, open: &Set<(u8, u64)>) -> Key {
        let class = node.class.number();
        let of =
            |counts: &Map<(u8, u64), u32>| counts.get(&(class, node.site)).copied().unwrap_or(0);
        let total = of(&self.counts).max(of(&self.expected));
        let room = if open.contains(&(class, node.site)) {
            OPEN_AT_MOST
        } else {
            0
        };
        let folded = total > FOLD_ABOVE && node.ordinal >= room;
        Key {
            class,
            site: node.site,
            ordinal: if folded { Key::FOLD } else { node.ordinal },
        }
    }

    /// The box a goroutine is drawn in.
    pub fn goroutine(&self, id: GoroutineId, open: &Set<(u8, u64)>) -> Option<Key> {
        let node = self.goroutines.get((id.0 as usize).checked_sub(1)?)?;
        Some(self.node_key(node, open))
    }

    /// The box an object is drawn in.
    pub fn object(&self, id: ObjectId, open: &Set<(u8, u64)>) -> Option<Key> {
        Some(self.node_key(self.objects.get(&id)?, open))
    }

    /// The wires of goroutines to channels: whether it sends, who, which.
    pub fn flows(&self) -> impl Iterator<Item = (bool, GoroutineId, ObjectId)> {
        self.flows.iter().copied()
    }

    /// Who closes which channel.
    pub fn closes(&self) -> impl Iterator<Item = (GoroutineId, ObjectId)> {
        self.closes.iter().copied()
    }

    /// The timers and the channels they send on.
    pub fn feeds(&self) -> &[(ObjectId, ObjectId)] {
        &self.feeds
    }

    /// What is to be laid out, with these stacks opened.
    pub fn graph(&self, open: &Set<(u8, u64)>) -> Graph {
        let mut graph = Graph::default();
        let mut known = Set::new();
        for &(is_goroutine, id) in &self.order {
            let node = if is_goroutine {
                self.goroutines.get((id as usize).wrapping_sub(1))
            } else {
                self.objects.get(&ObjectId(id))
            };
            let Some(node) = node else { continue };
            let key = self.node_key(node, open);
            if known.insert(key) {
                graph.items.push(self.item(node, key, open));
            }
        }
        for (sends, goroutine, channel) in self.flows() {
            if let (Some(a), Some(b)) =
                (self.goroutine(goroutine, open), self.object(channel, open))
            {
                graph.flows.push(if sends { (a, b) } else { (b, a) });
            }
        }
        for (goroutine, channel) in self.closes() {
            let ends = (self.goroutine(goroutine, open), self.object(channel, open));
            if let (Some(a), Some(b)) = ends {
                graph.closes.push((a, b));
            }
        }
        for &(timer, channel) in &self.feeds {
            if let (Some(a), Some(b)) = (self.object(timer, open), self.object(channel, open)) {
                graph.flows.push((a, b));
            }
        }
        for &(goroutine, object) in &self.shares {
            if let (Some(a), Some(b)) = (self.goroutine(goroutine, open), self.object(object, open))
            {
                graph.shares.push((a, b));
            }
        }
        graph
    }

    fn item(&self, node: &Node, key: Key, open: &Set<(u8, u64)>) -> Item {
        let (mut w, mut h) = node.class.size();
        if key.ordinal == Key::FOLD {
            (w, h) = (w.max(168.0), h.max(94.0));
        }
        let fed = self
            .feeds
            .iter()
            .any(|(timer, _)| self.object(*timer, open) == Some(key));
        let band = match node.class {
            Class::Goroutine => Band::Goroutine,
            Class::Channel { .. } => Band::Channel,
            Class::Timer if fed => Band::Goroutine,
            Class::Context => Band::Context(
                self.object(node.parent, open)
                    .filter(|parent| *parent != key),
            ),
            Class::Lock | Class::WaitGroup | Class::Timer | Class::Other => Band::Shared,
        };
        let beside = match node.class {
            Class::WaitGroup => self.only_waiter(key, open),
            _ => None,
        };
        Item {
            key,
            w,
            h,
            band,
            beside,
        }
    }

    /// The one goroutine that waits at the objects of a box; none when there are several.
    fn only_waiter(&self, key: Key, open: &Set<(u8, u64)>) -> Option<Key> {
        let mut waiters = self
            .shares
            .iter()
            .filter(|(_, object)| self.object(*object, open) == Some(key))
            .filter_map(|(goroutine, _)| self.goroutine(*goroutine, open));
        let first = waiters.next()?;
        waiters.all(|other| other == first).then_some(first)
    }
}
