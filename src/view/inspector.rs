//! The inspector: one goroutine or one object, close up.

use super::stage::status;
use super::tone::Tone;
use super::words;
use crate::session::detect::{ChainEnd, chain};
use crate::session::{Run, Selection};
use crate::trace::{GoroutineId, GoroutineState, ObjectId, Queue};
use crate::world::{Goroutine, Object, ObjectState, Use};

/// A variable with its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Variable {
    pub name: String,
    pub value: String,
    /// The last step set it.
    pub fresh: bool,
}

/// One call of the stack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    pub function: String,
    /// `line 15`; empty outside the person's program.
    pub place: String,
    pub variables: Vec<Variable>,
}

/// Something that can be clicked to be inspected in turn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Link {
    Goroutine(GoroutineId, String),
    Object(ObjectId, String),
}

/// A heading with links beneath it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    pub title: &'static str,
    pub links: Vec<Link>,
}

/// What the inspector shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inspector {
    /// `worker · G4`, `jobs`.
    pub title: String,
    pub tone: Option<Tone>,
    /// Facts as name and value.
    pub facts: Vec<(&'static str, String)>,
    /// Why it cannot go on, and who could change that.
    pub why: Option<String>,
    /// The wait can never end.
    pub hopeless: bool,
    pub groups: Vec<Group>,
    pub frames: Vec<Frame>,
}

/// What is selected, or whoever acted last.
pub fn inspector(run: &Run, selection: Selection) -> Option<Inspector> {
    match selection {
        Selection::Object(id) => run.world.object(id).map(|object| of_object(run, object)),
        Selection::Goroutine(id) => run
            .world
            .goroutine(id)
            .map(|goroutine| of_goroutine(run, goroutine)),
        Selection::Nothing => {
            let actor = run.world.goroutine(run.world.actor());
            actor
                .or_else(|| run.world.goroutine(GoroutineId::MAIN))
                .map(|goroutine| of_goroutine(run, goroutine))
        }
    }
}

/// More links than this are a crowd.
const LINKS: usize = 12;

fn goroutine_link(run: &Run, id: GoroutineId) -> Link {
    let title = run
        .world
        .goroutine(id)
        .map_or_else(|| id.to_string(), |goroutine| words::title(goroutine));
    Link::Goroutine(id, title)
}

fn group(title: &'static str, links: impl Iterator<Item = Link>) -> Option<Group> {
    let mut links: Vec<Link> = Vec::from_iter(links.take(LINKS));
    links.dedup();
    (!links.is_empty()).then_some(Group { title, links })
}

fn of_goroutine(run: &Run, goroutine: &Goroutine) -> Inspector {
    let world = &run.world;
    let mut facts = vec![("State", status(world, goroutine))];
    if let Some(span) = words::own_place(&run.sources, goroutine) {
        facts.push(("Stands at", words::line(&run.sources, span)));
    }
    if !goroutine.arguments.is_empty() {
        facts.push(("Started with", words::arguments(goroutine)));
    }
    let start = words::line(&run.sources, goroutine.started_at);
    if !goroutine.parent.is_none() {
        facts.push(("Started by", format!("{} {start}", goroutine.parent)));
    }
    let waits = matches!(goroutine.state, GoroutineState::Waiting(_));
    let links = waits.then(|| chain(world, goroutine.id));
    let hopeless = links.as_ref().is_some_and(|chain| {
        matches!(
            chain.end,
            ChainEnd::Cycle(_) | ChainEnd::Never(_) | ChainEnd::Ended(_)
        )
    });
    let wakers: Vec<GoroutineId> = match links.as_ref().map(|chain| (&chain.end, &chain.links)) {
        Some((ChainEnd::Anyone { likely, .. }, links)) if links.is_empty() => likely.clone(),
        Some(_) if hopeless => Vec::new(),
        Some((_, links)) => links.iter().map(|link| link.holder).collect(),
        None => Vec::new(),
    };
    let on = goroutine
        .waits()
        .into_iter()
        .filter(|(id, _)| !id.is_none());
    let groups = [
        group(
            "Waits for",
            on.map(|(id, _)| Link::Object(id, world.object_name(id))),
        ),
        group(
            "Could be woken by",
            wakers.into_iter().map(|id| goroutine_link(run, id)),
        ),
        group(
            "Holds",
            goroutine
                .holds
                .iter()
                .map(|hold| Link::Object(hold.object, world.object_name(hold.object))),
        ),
    ];
    Inspector {
        title: words::title(goroutine),
        tone: Some(Tone::of(goroutine, hopeless)),
        facts,
        why: links.map(|chain| chain.words(world)),
        hopeless,
        groups: groups.into_iter().flatten().collect(),
        frames: frames(run, goroutine),
    }
}

fn frames(run: &Run, goroutine: &Goroutine) -> Vec<Frame> {
    let since = run.before.position();
    let frames = goroutine.frames.iter().rev().map(|frame| Frame {
        function: frame
            .function
            .strip_prefix("main.")
            .unwrap_or(&frame.function)
            .to_owned(),
        place: words::line(&run.sources, frame.span),
        variables: frame
            .variables
            .iter()
            .map(|variable| Variable {
                name: variable.name.to_string(),
                value: variable.text.to_string(),
                fresh: variable.changed >= since && since > 0,
            })
            .collect(),
    });
    frames.collect()
}

fn of_object(run: &Run, object: &Object) -> Inspector {
    let kind = match &object.kind {
        crate::trace::ObjectKind::Channel { element, .. } => format!("chan {element}"),
        other => other.words().to_owned(),
    };
    let mut facts = vec![("Kind", kind)];
    let made = words::line(&run.sources, object.made_at);
    if !made.is_empty() {
        facts.push((
            "Made by",
            format!("{} at {made}", words::actor(object.maker)),
        ));
    }
    facts.extend(content(run, object));
    let queue = |queue| {
        object
            .queue(queue)
            .map(|waiter| goroutine_link(run, waiter.goroutine))
    };
    let users = |how: Use| {
        object
            .users
            .iter()
            .filter(move |user| user.does(how))
            .map(|user| goroutine_link(run, user.goroutine))
    };
    let holders = object
        .lock()
        .into_iter()
        .flat_map(|lock| lock.holders())
        .map(|id| goroutine_link(run, id));
    let is_channel = object.channel().is_some();
    let groups = [
        group("Held by", holders),
        group("Wait to send, in this order", queue(Queue::Send)),
        group("Wait to receive, in this order", queue(Queue::Receive)),
        group("Wait, in this order", queue(Queue::Wait)),
        group("Wait to read, in this order", queue(Queue::Read)),
        group(
            if is_channel {
                "Have sent or closed"
            } else {
                "Have given to it"
            },
            users(Use::Give),
        ),
        group(
            if is_channel {
                "Have received"
            } else {
                "Have taken from it"
            },
            users(Use::Take),
        ),
        group("Have locked it", users(Use::Lock)),
    ];
    Inspector {
        title: object.label(),
        tone: None,
        facts,
        why: None,
        hopeless: false,
        groups: groups.into_iter().flatten().collect(),
        frames: Vec::new(),
    }
}

/// What an object holds, as facts.
fn content(run: &Run, object: &Object) -> Vec<(&'static str, String)> {
    match &object.state {
        ObjectState::Channel(channel) => {
            let shown: Vec<&str> = channel
                .buffer
                .iter()
                .take(8)
                .map(|value| &**value)
                .collect();
            let more = if channel.buffer.len() > shown.len() {
                ", …"
            } else {
                ""
            };
            let mut facts = vec![
                (
                    "Buffer",
                    format!("{} of {}", channel.buffer.len(), channel.capacity),
                ),
                (
                    "Sent, received",
                    format!("{}, {}", channel.sent, channel.received),
                ),
                (
                    "Closed",
                    if channel.closed { "yes" } else { "no" }.to_owned(),
                ),
            ];
            if !shown.is_empty() {
                facts.push(("Next out", format!("{}{more}", shown.join(", "))));
            }
            facts
        }
        ObjectState::Lock(lock) => {
            let held = if lock.holders().next().is_some() {
                "held"
            } else {
                "free"
            };
            vec![("State", held.to_owned())]
        }
        ObjectState::WaitGroup(count) => vec![("Still to go", count.to_string())],
        ObjectState::Timer(timer) => match timer.deadline {
            Some(deadline) => vec![("Fires at", deadline.to_string())],
            None => vec![(
                "State",
                if timer.fired > 0 {
                    "has fired"
                } else {
                    "stopped"
                }
                .to_owned(),
            )],
        },
        ObjectState::Context(context) => {
            let mut facts = Vec::new();
            if !context.parent.is_none() {
                facts.push(("Derived from", run.world.object_name(context.parent)));
            }
            if let Some(deadline) = context.deadline {
                facts.push(("Ends at", deadline.to_string()));
            }
            let state = context.end.map_or("open", |end| end.words());
            facts.push(("State", state.to_owned()));
            facts
        }
        ObjectState::Value(text) if !text.is_empty() => vec![("Holds", text.to_string())],
        _ => Vec::new(),
    }
}
