//! Channels as pipes; locks, wait groups, timers, contexts and the like as plates.

use super::{
    Anchor, Cell, Label, Node, Scene, Shape, Target, cell_text, label, low, time_left, value_words,
};
use crate::trace::{ContextKind, ObjectId, Queue};
use crate::view::layout::{Key, Rect};
use crate::view::small::{Map, Set};
use crate::view::text::{self, Face};
use crate::view::tone::Tone;
use crate::view::wiring::cells;
use crate::world::{Channel, Lock, Object, ObjectState, OnceState};

/// The inset of the cells from the pipe's round ends.
const PIPE_INSET: f32 = 11.0;
/// The room for a queue's names beneath a plate or pipe.
const QUEUE_SIZE: f32 = 11.5;

/// All boxes that show objects.
pub(super) fn nodes(scene: &Scene<'_>, touched: &Set<Key>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut stacks: Map<Key, Vec<ObjectId>> = Map::new();
    for object in scene.world.objects() {
        let Some(key) = scene.object_key(object.id) else {
            continue;
        };
        let Some(rect) = scene.layout.rect(key) else {
            continue;
        };
        if key.ordinal == Key::FOLD {
            stacks.slot(key).push(object.id);
        } else {
            nodes.push(node(scene, object, key, rect, touched.contains(&key)));
        }
    }
    for (key, members) in stacks {
        if let Some(rect) = scene.layout.rect(key) {
            nodes.push(stack(scene, key, rect, &members, touched.contains(&key)));
        }
    }
    nodes
}

fn node(scene: &Scene<'_>, object: &Object, key: Key, rect: Rect, touched: bool) -> Node {
    let target = Target::Object(object.id);
    let mut node = Node {
        key,
        target,
        rect,
        shape: Shape::Other,
        tone: None,
        labels: Vec::new(),
        cells: Vec::new(),
        flagged: false,
        touched,
        cyclic: scene.circle.iter().any(|(_, id)| *id == object.id),
        picked: scene.is_picked(target),
        spoken: String::new(),
    };
    match &object.state {
        ObjectState::Channel(channel) => pipe(&mut node, object, channel),
        ObjectState::Lock(lock) => lock_plate(&mut node, object, lock),
        ObjectState::WaitGroup(count) => {
            node.shape = Shape::Count;
            counter(&mut node, object, &count.to_string());
        }
        ObjectState::Timer(timer) => {
            node.shape = Shape::Timer;
            node.flagged = timer.deadline.is_some();
            let words = match timer.deadline {
                Some(deadline) => format!("{} left", time_left(scene.world, deadline)),
                None if timer.fired > 0 => "has fired".to_owned(),
                None => "stopped".to_owned(),
            };
            two_lines(&mut node, &object.label(), &words, 32.0);
        }
        ObjectState::Context(context) => {
            node.shape = Shape::Context;
            node.flagged = context.end.is_some();
            let words = match (context.end, context.deadline, context.kind) {
                (Some(end), _, _) => end.words().trim_start_matches("context ").to_owned(),
                (None, Some(deadline), _) => format!("{} left", time_left(scene.world, deadline)),
                (None, None, ContextKind::Background | ContextKind::Todo) => "the root".to_owned(),
                (None, None, _) => "open".to_owned(),
            };
            two_lines(&mut node, &context_name(object, context.kind), &words, 14.0);
        }
        ObjectState::Once(once) => {
            let words = match once {
                OnceState::New => "not called yet".to_owned(),
                OnceState::Running(id) => format!("{id} runs it"),
                OnceState::Done => "done".to_owned(),
            };
            plain(&mut node, object, &words);
        }
        ObjectState::Cond(_) => {
            let waiting = names(
                object
                    .waiters
                    .iter()
                    .map(|waiter| waiter.goroutine.to_string()),
                110.0,
            );
            let words = if waiting.is_empty() {
                "nobody waits".to_owned()
            } else {
                format!("waits: {waiting}")
            };
            plain(&mut node, object, &words);
        }
        ObjectState::Value(_) => plain(&mut node, object, &value_words(&object.state)),
    }
    node
}

/// A context's name; the roots are called as they are made.
fn context_name(object: &Object, kind: ContextKind) -> String {
    match kind {
        ContextKind::Background if object.name.is_empty() => "Background".to_owned(),
        ContextKind::Todo if object.name.is_empty() => "TODO".to_owned(),
        _ => object.label(),
    }
}

/// The names of a queue's members in order, as many as fit, then how many more.
fn names(ids: impl Iterator<Item = String>, room: f32) -> String {
    let ids: Vec<String> = ids.collect();
    let mut shown = String::new();
    for (index, id) in ids.iter().enumerate() {
        let rest = ids.len() - index;
        let candidate = if shown.is_empty() {
            id.clone()
        } else {
            format!("{shown} {id}")
        };
        let tail = if rest > 1 {
            format!(" +{}", rest - 1)
        } else {
            String::new()
        };
        if text::width(&format!("{candidate}{tail}"), QUEUE_SIZE, Face::Sans) > room {
            return if shown.is_empty() {
                format!("{rest} wait")
            } else {
                format!("{shown} +{rest}")
            };
        }
        shown = candidate;
    }
    shown
}

fn queue(object: &Object, queue: Queue, room: f32) -> String {
    names(
        object
            .queue(queue)
            .map(|waiter| waiter.goroutine.to_string()),
        room,
    )
}

fn pipe(node: &mut Node, object: &Object, channel: &Channel) {
    node.shape = Shape::Pipe;
    node.flagged = channel.closed;
    let (rect, name) = (node.rect, object.label());
    let title = if channel.closed {
        format!("{name} · closed")
    } else {
        name.clone()
    };
    let mut head = label(rect.w / 2.0, 13.0, 12.5, Face::Bold, rect.w, &title);
    if channel.closed && head.text.ends_with('…') {
        head = label(rect.w / 2.0, 13.0, 12.5, Face::Bold, rect.w, &name);
    }
    node.labels.push(Label {
        anchor: Anchor::Middle,
        ..head
    });
    node.cells = pipe_cells(channel, rect);
    if channel.capacity == 0 {
        let words = if channel.closed {
            "closed"
        } else {
            "hand to hand"
        };
        let middle = low(label(
            rect.w / 2.0,
            44.0,
            11.0,
            Face::Sans,
            rect.w - 20.0,
            words,
        ));
        node.labels.push(Label {
            anchor: Anchor::Middle,
            ..middle
        });
    }
    pipe_queues(node, object);
    let waiting = |count: usize, what: &str| {
        if count > 0 {
            format!(", {count} wait to {what}")
        } else {
            String::new()
        }
    };
    node.spoken = format!(
        "Channel {title}, {} of {} in it{}{}",
        channel.buffer.len(),
        channel.capacity,
        waiting(object.queue(Queue::Send).count(), "send"),
        waiting(object.queue(Queue::Receive).count(), "receive"),
    );
}

/// Who waits at a pipe, senders at its left end, receivers at its right; alone, a queue has all the room.
fn pipe_queues(node: &mut Node, object: &Object) {
    let w = node.rect.w;
    let both = [Queue::Send, Queue::Receive]
        .iter()
        .all(|side| object.queue(*side).next().is_some());
    let room = if both { w / 2.0 - 2.0 } else { w };
    let sign = text::width("→ ", QUEUE_SIZE, Face::Sans);
    let senders = queue(object, Queue::Send, room - sign);
    let receivers = queue(object, Queue::Receive, room - sign);
    if !senders.is_empty() {
        let words = format!("→ {senders}");
        node.labels
            .push(low(label(0.0, 76.0, QUEUE_SIZE, Face::Sans, room, &words)));
    }
    if !receivers.is_empty() {
        let words = format!("{receivers} ←");
        let right = label(w, 76.0, QUEUE_SIZE, Face::Sans, room, &words);
        node.labels.push(low(Label {
            anchor: Anchor::End,
            ..right
        }));
    }
}

/// The cells that are drawn of a buffer in a box that may have been made for a shorter one.
fn cells_in(channel: &Channel, rect: Rect) -> usize {
    let fit = ((rect.w - 2.0 * PIPE_INSET) / 24.0) as usize;
    let wanted = cells(channel.capacity as u32) as usize;
    if wanted <= fit { wanted } else { fit.min(3) }
}

fn cell_width(rect: Rect, shown: usize) -> f32 {
    (rect.w - 2.0 * PIPE_INSET) / shown.max(1) as f32
}

/// Where the cell of a slot is, for a value that flies there; relative to the box.
pub(super) fn cell_middle(channel: &Channel, rect: Rect, slot: usize) -> f32 {
    if channel.capacity == 0 {
        return rect.w / 2.0;
    }
    let shown = cells_in(channel, rect);
    let index = if channel.capacity <= shown {
        // The front of the pipe is at the right, where values leave it.
        shown - 1 - slot % shown
    } else {
        let place = (slot + channel.capacity - channel.head % channel.capacity) % channel.capacity;
        if place == 0 { shown - 1 } else { 0 }
    };
    PIPE_INSET + (index as f32 + 0.5) * cell_width(rect, shown)
}

/// The cells of a buffer. A short one shows its slots, in which values do not move; a long one its
/// two ends and how many values it holds.
fn pipe_cells(channel: &Channel, rect: Rect) -> Vec<Cell> {
    let shown = cells_in(channel, rect);
    let w = cell_width(rect, shown);
    let cell = |index: usize, value: Option<&crate::trace::Text>| Cell {
        x: PIPE_INSET + index as f32 * w + 1.5,
        w: w - 3.0,
        text: value.map(|value| cell_text(value, w - 3.0)),
        rest: false,
    };
    if channel.capacity <= shown {
        return (0..shown)
            .map(|index| cell(index, channel.slot(shown - 1 - index)))
            .collect();
    }
    let len = channel.buffer.len();
    let count = format!("{len}/{}", channel.capacity);
    let between = Cell {
        text: Some(count),
        rest: true,
        ..cell(1, None)
    };
    let back = if len > 1 { channel.buffer.back() } else { None };
    vec![
        cell(0, back),
        fit_rest(between),
        cell(2, channel.buffer.front()),
    ]
}

fn fit_rest(mut cell: Cell) -> Cell {
    if let Some(words) = &cell.text
        && text::width(words, 11.0, Face::Sans) > cell.w - 2.0
    {
        let short = words.split('/').next().unwrap_or_default().to_owned();
        cell.text = Some(text::fit(&short, 11.0, Face::Sans, cell.w - 2.0));
    }
    cell
}

fn lock_plate(node: &mut Node, object: &Object, lock: &Lock) {
    node.shape = Shape::Lock;
    node.flagged = lock.holders().next().is_some();
    let room = node.rect.w - 58.0;
    let name = object.label();
    node.labels
        .push(label(46.0, 25.0, 13.0, Face::Bold, room, &name));
    let held = match lock.holder {
        Some(id) => format!("held by {id}"),
        None if lock.readers.is_empty() => "free".to_owned(),
        None => format!(
            "read by {}",
            names(lock.readers.iter().map(ToString::to_string), 60.0)
        ),
    };
    let waiting = names(
        object
            .waiters
            .iter()
            .map(|waiter| waiter.goroutine.to_string()),
        44.0,
    );
    let words = if waiting.is_empty() {
        held.clone()
    } else {
        format!("{held} · queue: {waiting}")
    };
    node.labels.push(low(label(
        14.0,
        49.0,
        QUEUE_SIZE,
        Face::Sans,
        node.rect.w - 24.0,
        &words,
    )));
    node.spoken = match object.waiters.len() {
        0 => format!("Lock {name}, {held}"),
        count => format!("Lock {name}, {held}, {count} waiting: {waiting}"),
    };
}

fn counter(node: &mut Node, object: &Object, count: &str) {
    let w = node.rect.w;
    let name = object.label();
    let shown = text::fit(count, 15.0, Face::Bold, 50.0);
    let room = w - 40.0 - text::width(&shown, 15.0, Face::Bold);
    node.labels
        .push(label(16.0, 28.0, 13.0, Face::Bold, room, &name));
    node.labels.push(Label {
        anchor: Anchor::End,
        ..label(w - 16.0, 28.0, 15.0, Face::Bold, 50.0, &shown)
    });
    let waiting = names(
        object
            .waiters
            .iter()
            .map(|waiter| waiter.goroutine.to_string()),
        200.0,
    );
    let waits = if waiting.is_empty() {
        String::new()
    } else {
        format!(", waiting: {waiting}")
    };
    node.spoken = format!("{} {name}, {count} to go{waits}", object.kind.words());
}

fn two_lines(node: &mut Node, name: &str, words: &str, x: f32) {
    let room = node.rect.w - x - 12.0;
    node.labels
        .push(label(x, 17.0, 12.0, Face::Bold, room, name));
    node.labels
        .push(low(label(x, 32.0, 11.0, Face::Sans, room, words)));
    node.spoken = format!("{name}: {words}");
}

fn plain(node: &mut Node, object: &Object, words: &str) {
    let (name, room) = (object.label(), node.rect.w - 26.0);
    node.labels
        .push(label(13.0, 21.0, 12.5, Face::Bold, room, &name));
    let shown = if words.is_empty() {
        object.kind.words()
    } else {
        words
    };
    node.labels
        .push(low(label(13.0, 40.0, 11.5, Face::Mono, room, shown)));
    node.spoken = format!("{} {name}: {shown}", object.kind.words());
}

fn stack(scene: &Scene<'_>, key: Key, rect: Rect, members: &[ObjectId], touched: bool) -> Node {
    let first = members.iter().find_map(|id| scene.world.object(*id));
    let name = first.map_or_else(String::new, |object| object.label());
    let kind = first.map_or("object", |object| object.kind.words());
    let waiting: usize = members
        .iter()
        .filter_map(|id| scene.world.object(*id))
        .map(|object| object.waiters.len())
        .sum();
    let room = rect.w - 26.0;
    let head = format!("{name} ×{}", members.len());
    let words = if waiting == 1 {
        "1 waits here".to_owned()
    } else {
        format!("{waiting} wait here")
    };
    Node {
        key,
        target: Target::Stack(key.class, key.site),
        rect,
        shape: Shape::Stack,
        tone: Some(Tone::Done),
        labels: vec![
            label(13.0, 24.0, 13.0, Face::Bold, room, &head),
            low(label(13.0, 44.0, 12.0, Face::Sans, room, kind)),
            low(label(13.0, 62.0, 12.0, Face::Sans, room, &words)),
        ],
        cells: Vec::new(),
        flagged: false,
        touched,
        cyclic: members
            .iter()
            .any(|id| scene.circle.iter().any(|(_, other)| other == id)),
        picked: false,
        spoken: format!("{} objects {name}, {words}. Opens.", members.len()),
    }
}
