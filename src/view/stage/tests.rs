//! The stage over generated runs: nothing overlaps, nothing is wider than its box, nothing moves.

use super::*;
use crate::trace::{
    Delivery, Event, EventKind, FileId, LockMode, ObjectKind, Origin, Queue, Span, Trace,
    VirtualTime, WaitReason,
};

/// Writes a plausible trace: goroutines that make, send, receive, lock and wait at random.
struct Writer {
    trace: Trace,
    seed: u64,
    goroutines: u32,
    objects: Vec<(ObjectId, bool)>,
}

impl Writer {
    fn new(seed: u64) -> Writer {
        let mut writer = Writer {
            trace: Trace::new(),
            seed,
            goroutines: 0,
            objects: Vec::new(),
        };
        writer.go(0, 1);
        writer
    }

    fn below(&mut self, n: u64) -> u64 {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % n.max(1)
    }

    fn push(&mut self, goroutine: u32, site: u64, kind: EventKind) {
        let start = site as u32 * 10;
        let span = Span {
            file: FileId(0),
            start,
            end: start + 5,
        };
        self.trace.push(Event {
            time: VirtualTime(0),
            goroutine: GoroutineId(goroutine),
            span,
            kind,
        });
    }

    fn go(&mut self, by: u32, site: u64) {
        self.goroutines += 1;
        let child = GoroutineId(self.goroutines);
        let name = [
            "main.worker",
            "main.(*AVeryLongTypeNameForAPool).runForEver",
            "main.main.func1",
        ][site as usize % 3];
        let arguments = [
            "",
            "ctx, 2",
            "\"some very long text that will not fit\", 日本語, 12345678",
        ][site as usize % 3];
        self.push(
            by,
            site,
            EventKind::Go {
                child,
                name: name.into(),
                arguments: arguments.into(),
            },
        );
    }

    fn make(&mut self, by: u32, site: u64) {
        let object = ObjectId(self.objects.len() as u32 + 1);
        let kind = match site % 5 {
            0 => ObjectKind::Mutex,
            1 => ObjectKind::WaitGroup,
            2 => ObjectKind::Channel {
                capacity: 0,
                element: "int".into(),
            },
            3 => ObjectKind::Channel {
                capacity: 3,
                element: "string".into(),
            },
            _ => ObjectKind::Channel {
                capacity: 500,
                element: "string".into(),
            },
        };
        let is_channel = matches!(kind, ObjectKind::Channel { .. });
        self.push(by, 1000 + site, EventKind::Make { object, kind });
        let name = [
            "mu",
            "alice.mu",
            "aRatherLongNameOfAChannelThatNobodyWouldUse",
            "wg",
            "結果",
        ][self.below(5) as usize];
        self.push(
            by,
            1000 + site,
            EventKind::Name {
                object,
                name: name.into(),
            },
        );
        self.objects.push((object, is_channel));
    }

    fn act(&mut self) {
        let who = 1 + self.below(u64::from(self.goroutines)) as u32;
        let at = self.below(self.objects.len() as u64) as usize;
        let Some(&(object, is_channel)) = self.objects.get(at) else {
            return;
        };
        self.push(who, 0, EventKind::Step);
        let value = ["7", "\"a long value that flies\"", "{1 2 3}"][self.below(3) as usize];
        let kind = match (is_channel, self.below(6)) {
            (true, 0 | 1) => EventKind::Send {
                channel: object,
                value: value.into(),
                to: Delivery::Buffer,
            },
            (true, 2 | 3) => EventKind::Receive {
                channel: object,
                value: value.into(),
                ok: true,
                from: Origin::Buffer,
                refill: None,
            },
            (true, 4) => EventKind::Enqueue {
                object,
                queue: Queue::Send,
                case: None,
                value: Some(value.into()),
            },
            (true, _) => EventKind::Enqueue {
                object,
                queue: Queue::Receive,
                case: None,
                value: None,
            },
            (false, 0..3) => EventKind::Lock {
                object,
                mode: LockMode::Exclusive,
            },
            (false, _) => EventKind::Enqueue {
                object,
                queue: Queue::Wait,
                case: None,
                value: None,
            },
        };
        let parks = match &kind {
            EventKind::Enqueue {
                queue: Queue::Send, ..
            } => Some(WaitReason::ChanSend),
            EventKind::Enqueue {
                queue: Queue::Receive,
                ..
            } => Some(WaitReason::ChanReceive),
            EventKind::Enqueue { .. } => Some(WaitReason::MutexLock),
            _ => None,
        };
        self.push(who, 0, kind);
        if let Some(reason) = parks {
            self.push(
                who,
                0,
                EventKind::Park {
                    reason,
                    object,
                    cases: None,
                },
            );
        }
    }
}

fn written(seed: u64, goroutines: u64, objects: u64, steps: u64) -> Trace {
    let mut writer = Writer::new(seed);
    for step in 0..steps {
        if step % (steps / goroutines.max(1)).max(1) == 0 {
            let site = 2 + writer.below(goroutines / 3 + 2);
            writer.go(1, site);
        }
        if step % (steps / objects.max(1)).max(1) == 0 {
            let site = writer.below(objects);
            writer.make(1, site);
        }
        writer.act();
    }
    writer.trace
}

struct Drawn {
    wiring: Wiring,
    layout: Layout,
    opened: Opened,
}

impl Drawn {
    fn new() -> Drawn {
        Drawn {
            wiring: Wiring::default(),
            layout: Layout::default(),
            opened: Opened::new(),
        }
    }

    fn at(&mut self, trace: &Trace, position: usize) -> Picture {
        self.wiring
            .read(&trace.events()[..position.max(self.wiring.seen())]);
        self.layout.place(&self.wiring.graph(&self.opened));
        let world = World::at(trace, position);
        let scene = Scene {
            world: &world,
            wiring: &self.wiring,
            layout: &self.layout,
            opened: &self.opened,
            stuck: &Set::new(),
            circle: &Set::new(),
            picked: None,
        };
        scene.picture()
    }
}

fn assert_sound(picture: &Picture) {
    for (index, node) in picture.nodes.iter().enumerate() {
        let rect = node.rect;
        assert!(rect.x >= 0.0 && rect.y >= 0.0, "{node:?}");
        assert!(
            rect.right() <= picture.width && rect.bottom() <= picture.height,
            "{node:?}"
        );
        for other in &picture.nodes[index + 1..] {
            assert!(
                !rect.overlaps(&other.rect),
                "{:?} overlaps {:?}",
                node.spoken,
                other.spoken
            );
        }
        for label in &node.labels {
            let width = text::width(&label.text, label.size, label.face);
            let left = match label.anchor {
                Anchor::Start => label.x,
                Anchor::Middle => label.x - width / 2.0,
                Anchor::End => label.x - width,
            };
            assert!(
                left >= -0.6 && left + width <= rect.w + 0.6,
                "{label:?} in {rect:?}"
            );
            assert!(label.y <= rect.h, "{label:?} in {rect:?}");
        }
        for cell in &node.cells {
            assert!(
                cell.x >= 0.0 && cell.x + cell.w <= rect.w,
                "{cell:?} in {rect:?}"
            );
            if let Some(words) = &cell.text {
                assert!(
                    text::width(words, 11.0, Face::Sans) <= cell.w + 12.0,
                    "{cell:?}"
                );
            }
        }
    }
}

#[test]
fn nothing_overlaps_and_every_text_fits() {
    for (seed, goroutines, objects) in
        [(1, 3, 3), (2, 12, 8), (3, 40, 30), (4, 300, 20), (5, 9, 60)]
    {
        let trace = written(seed, goroutines, objects, 400);
        let mut drawn = Drawn::new();
        for part in 1..=8 {
            assert_sound(&drawn.at(&trace, trace.len() * part / 8));
        }
    }
}

#[test]
fn a_box_keeps_its_place_while_it_is_the_same_box() {
    let trace = written(9, 20, 12, 300);
    let mut drawn = Drawn::new();
    let mut places: Map<Key, Rect> = Map::new();
    for position in (0..=trace.len()).step_by(7) {
        for node in drawn.at(&trace, position).nodes {
            let first = *places.or_insert(node.key, node.rect);
            assert_eq!(first, node.rect, "{}", node.spoken);
        }
    }
    // Going back shows the same boxes at the same places.
    for node in drawn.at(&trace, trace.len() / 2).nodes {
        assert_eq!(places.get(&node.key), Some(&node.rect));
    }
}

#[test]
fn a_crowd_is_a_stack_that_opens() {
    let mut writer = Writer::new(1);
    writer.make(1, 2);
    for _ in 0..10_000 {
        writer.go(1, 5);
    }
    let mut drawn = Drawn::new();
    let picture = drawn.at(&writer.trace, writer.trace.len());
    let stack = picture
        .nodes
        .iter()
        .find(|node| node.shape == Shape::Stack)
        .expect("a stack");
    assert!(
        stack.labels[0].text.ends_with("×10000"),
        "{:?}",
        stack.labels
    );
    assert_eq!(
        picture
            .nodes
            .iter()
            .filter(|node| node.key.class == 0)
            .count(),
        2
    );
    let Target::Stack(class, site) = stack.target else {
        panic!("a stack opens")
    };
    drawn.opened.insert((class, site));
    drawn.layout = Layout::default();
    let picture = drawn.at(&writer.trace, writer.trace.len());
    assert_sound(&picture);
    let cards = picture
        .nodes
        .iter()
        .filter(|node| node.shape == Shape::Card)
        .count();
    assert_eq!(cards, 1 + super::super::wiring::OPEN_AT_MOST as usize);
}

#[test]
fn what_the_last_step_moved_is_the_only_flight() {
    let mut writer = Writer::new(1);
    writer.make(1, 3);
    writer.go(1, 5);
    let object = ObjectId(1);
    writer.push(1, 0, EventKind::Step);
    writer.push(
        1,
        0,
        EventKind::Send {
            channel: object,
            value: "7".into(),
            to: Delivery::Buffer,
        },
    );
    let mut drawn = Drawn::new();
    let picture = drawn.at(&writer.trace, writer.trace.len());
    assert_eq!(picture.flights.len(), 1);
    assert_eq!(picture.flights[0].text, "7");
    let touched: Vec<&str> = picture
        .nodes
        .iter()
        .filter(|node| node.touched)
        .map(|node| node.spoken.as_str())
        .collect();
    assert_eq!(touched.len(), 2, "the sender and the channel: {touched:?}");
    let pipe = picture
        .nodes
        .iter()
        .find(|node| node.shape == Shape::Pipe)
        .expect("the channel");
    assert_eq!(
        pipe.cells.iter().filter(|cell| cell.text.is_some()).count(),
        1
    );
}
