//! Goroutines as cards, and many of a kind as stacks.

use super::{Label, Node, Scene, Shape, Target, label, low, time_left};
use crate::trace::{GoroutineId, GoroutineState, OperationKind, PendingOperation, WaitReason};
use crate::view::layout::{Key, Rect};
use crate::view::small::{Map, Set, sort_few};
use crate::view::text::{self, Face};
use crate::view::tone::Tone;
use crate::view::words;
use crate::world::{Goroutine, World};

/// All boxes that show goroutines.
pub(super) fn nodes(scene: &Scene<'_>, touched: &Set<Key>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut stacks: Map<Key, Vec<GoroutineId>> = Map::new();
    for goroutine in scene.world.goroutines() {
        let Some(key) = scene.goroutine_key(goroutine.id) else {
            continue;
        };
        if key.ordinal == Key::FOLD {
            stacks.slot(key).push(goroutine.id);
        } else if let Some(rect) = scene.layout.rect(key) {
            nodes.push(card(scene, goroutine, key, rect, touched.contains(&key)));
        }
    }
    for (key, members) in stacks {
        if let Some(rect) = scene.layout.rect(key) {
            nodes.push(stack(scene, key, rect, &members, touched.contains(&key)));
        }
    }
    nodes
}

fn card(scene: &Scene<'_>, goroutine: &Goroutine, key: Key, rect: Rect, touched: bool) -> Node {
    let tone = Tone::of(goroutine, scene.stuck.contains(&goroutine.id));
    let state = status(scene.world, goroutine);
    let short = state_words(scene.world, goroutine, true);
    let title = words::title(goroutine);
    let detail = words::telling_arguments(goroutine);
    let room = rect.w - 22.0;
    let labels = vec![
        title_label(goroutine, rect.w - 42.0),
        low(label(12.0, 40.0, 11.5, Face::Mono, room, &detail)),
        label(12.0, 59.0, 12.5, Face::Sans, room, &short),
    ];
    let target = Target::Goroutine(goroutine.id);
    Node {
        key,
        target,
        rect,
        shape: Shape::Card,
        tone: Some(tone),
        labels,
        cells: Vec::new(),
        flagged: false,
        touched,
        cyclic: scene.circle.iter().any(|(id, _)| *id == goroutine.id),
        picked: scene.is_picked(target),
        spoken: format!("{title}: {state}"),
    }
}

/// `worker · G4`; when it is too long, the name gives way, never the number.
fn title_label(goroutine: &Goroutine, room: f32) -> Label {
    let number = format!(" · {}", goroutine.id);
    let left = room - text::width(&number, 13.5, Face::Bold);
    let name = text::fit(&words::function(goroutine), 13.5, Face::Bold, left);
    label(
        13.0,
        24.0,
        13.5,
        Face::Bold,
        room,
        &format!("{name}{number}"),
    )
}

/// What a goroutine does, in a few words: "waits to lock bob.mu".
pub fn status(world: &World, goroutine: &Goroutine) -> String {
    state_words(world, goroutine, false)
}

/// The same as `status`, or in the fewest words, for a card: "waits: bob.mu".
fn state_words(world: &World, goroutine: &Goroutine, short: bool) -> String {
    if let Some(value) = &goroutine.panicking {
        return format!("panics: {value}");
    }
    match goroutine.state {
        GoroutineState::Running => "running".to_owned(),
        GoroutineState::Dead => "done".to_owned(),
        GoroutineState::Runnable => next(world, &goroutine.next),
        GoroutineState::Waiting(WaitReason::Sleep) => {
            let deadline = world
                .object(goroutine.waits_on)
                .and_then(|object| object.timer()?.deadline);
            match deadline {
                Some(deadline) => format!("sleeps, {} left", time_left(world, deadline)),
                None => "sleeps".to_owned(),
            }
        }
        GoroutineState::Waiting(reason) if short => words::waits_short(world, goroutine, reason),
        GoroutineState::Waiting(reason) => words::waits(world, goroutine, reason),
    }
}

/// What a runnable goroutine stands before.
fn next(world: &World, operation: &PendingOperation) -> String {
    match operation.kind {
        OperationKind::Start => "ready to start".to_owned(),
        OperationKind::Resume | OperationKind::Continue => "ready to go on".to_owned(),
        _ => format!("next: {}", words::operation(world, operation)),
    }
}

fn stack(scene: &Scene<'_>, key: Key, rect: Rect, members: &[GoroutineId], touched: bool) -> Node {
    let mut counts: Map<(Tone, String), usize> = Map::new();
    let mut name = String::new();
    for id in members {
        let Some(goroutine) = scene.world.goroutine(*id) else {
            continue;
        };
        if name.is_empty() {
            name = words::function(goroutine);
        }
        let tone = Tone::of(goroutine, scene.stuck.contains(id));
        *counts.slot((tone, kind_of(scene.world, goroutine, tone))) += 1;
    }
    let mut groups: Vec<(usize, Tone, String)> = counts
        .into_iter()
        .map(|((tone, words), count)| (count, tone, words))
        .collect();
    sort_few(&mut groups, &|a, b| a.0 > b.0);
    let most = groups
        .iter()
        .map(|group| group.1)
        .find(|tone| *tone != Tone::Done)
        .unwrap_or(Tone::Done);
    let running = groups.iter().any(|group| group.1 == Tone::Running);
    let tone = if running { Tone::Running } else { most };
    let room = rect.w - 26.0;
    let count = format!(" ×{}", members.len());
    let short = text::fit(
        &name,
        13.5,
        Face::Bold,
        room - 20.0 - text::width(&count, 13.5, Face::Bold),
    );
    let mut labels = vec![label(
        13.0,
        24.0,
        13.5,
        Face::Bold,
        room - 20.0,
        &format!("{short}{count}"),
    )];
    let rows = 3.min(groups.len());
    for (row, (count, _, words)) in groups.iter().take(rows).enumerate() {
        let rest: usize = groups.iter().skip(rows).map(|group| group.0).sum();
        let tail = if row + 1 == rows && rest > 0 {
            format!(", {rest} others")
        } else {
            String::new()
        };
        let y = 43.0 + row as f32 * 17.0;
        labels.push(low(label(
            13.0,
            y,
            12.0,
            Face::Sans,
            room,
            &format!("{count} {words}{tail}"),
        )));
    }
    let summary: Vec<String> = groups
        .iter()
        .map(|(count, _, words)| format!("{count} {words}"))
        .collect();
    let target = Target::Stack(key.class, key.site);
    Node {
        key,
        target,
        rect,
        shape: Shape::Stack,
        tone: Some(tone),
        labels,
        cells: Vec::new(),
        flagged: false,
        touched,
        cyclic: members
            .iter()
            .any(|id| scene.circle.iter().any(|(other, _)| other == id)),
        picked: false,
        spoken: format!(
            "{} goroutines {name}: {}. Opens.",
            members.len(),
            summary.join(", ")
        ),
    }
}

/// What many goroutines have in common: "on jobs", "ready", "done".
fn kind_of(world: &World, goroutine: &Goroutine, tone: Tone) -> String {
    match goroutine.state {
        GoroutineState::Waiting(_) if !goroutine.waits_on.is_none() && tone != Tone::Sleep => {
            format!("on {}", world.object_name(goroutine.waits_on))
        }
        GoroutineState::Waiting(_) if tone == Tone::Select => "in select".to_owned(),
        GoroutineState::Waiting(_) if tone == Tone::Fault => "stuck".to_owned(),
        _ => tone.words().to_owned(),
    }
}
