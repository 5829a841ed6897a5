//! The source with what happens at each line.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::small::{Map, Set, sort_few};
use super::source::{Piece, highlight};
use super::tone::Tone;
use super::words;
use crate::trace::{GoroutineId, GoroutineState, SourceMap};
use crate::world::{Mark, World};

/// A goroutine's number at the line where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chip {
    pub id: GoroutineId,
    pub tone: Tone,
}

/// One line of the listing.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// From 1.
    pub number: u32,
    pub pieces: Rc<[Piece]>,
    /// Goroutines that stand here; at most [`CHIPS`].
    pub chips: Vec<Chip>,
    /// How many more stand here.
    pub more: usize,
    /// The last step executed it.
    pub lit: bool,
    pub breakpoint: bool,
    /// A diagnostic points here.
    pub bad: bool,
}

/// How many chips fit beside a line.
pub const CHIPS: usize = 2;

/// The colours of a source text, computed once for each text.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ink {
    lines: Vec<Rc<[Piece]>>,
    /// How many lines at the top only tell the catalogue about the program; the listing leaves them out.
    preamble: usize,
}

impl Ink {
    /// Colours a text.
    pub fn new(source: &str) -> Ink {
        let is_told = |line: &&str| line.starts_with("//lockstep:");
        let told = source.lines().take_while(is_told).count();
        let blank = source
            .lines()
            .skip(told)
            .take_while(|line| line.trim().is_empty())
            .count();
        let preamble = if told > 0 { told + blank } else { 0 };
        Ink {
            lines: highlight(source).into_iter().map(Rc::from).collect(),
            preamble,
        }
    }
}

/// A longer text is shown only around the lines where something happens.
const LONG: usize = 3000;
/// How many lines around them.
const AROUND: u32 = 400;

/// What the listing marks.
pub struct Marks<'a> {
    pub world: &'a World,
    /// The world before the last step.
    pub before: &'a World,
    pub source: &'a SourceMap,
    pub stuck: &'a Set<GoroutineId>,
    pub breakpoints: &'a BTreeSet<u32>,
    pub bad: &'a BTreeSet<u32>,
}

/// The listing at one moment.
pub fn listing(ink: &Ink, marks: &Marks<'_>) -> Vec<Line> {
    let mut chips: Map<u32, Vec<Chip>> = Map::new();
    for goroutine in marks.world.goroutines() {
        let place = words::own_place(marks.source, goroutine).filter(|_| !goroutine.is_dead());
        if let Some(line) = place.and_then(|span| words::own_line(marks.source, span)) {
            let tone = Tone::of(goroutine, marks.stuck.contains(&goroutine.id));
            chips.slot(line).push(Chip {
                id: goroutine.id,
                tone,
            });
        }
    }
    let lit = lit_line(marks);
    let centre = lit.or_else(|| chips.keys().next().copied()).unwrap_or(1);
    let near = |number: &u32| ink.lines.len() <= LONG || number.abs_diff(centre) <= AROUND;
    (1..)
        .zip(&ink.lines)
        .skip(ink.preamble)
        .filter(|(number, _)| near(number))
        .map(|(number, pieces)| {
            let mut here = chips.remove(&number).unwrap_or_default();
            // Whoever acts, then whoever can act, stands first.
            let rank = |chip: &Chip| {
                (
                    chip.id != marks.world.actor(),
                    chip.tone != Tone::Ready,
                    chip.id,
                )
            };
            sort_few(&mut here, &|a, b| rank(a) < rank(b));
            let room = if here.len() > CHIPS { CHIPS - 1 } else { CHIPS };
            let more = here.len().saturating_sub(room);
            here.truncate(room);
            Line {
                number,
                pieces: pieces.clone(),
                chips: here,
                more,
                lit: lit == Some(number),
                breakpoint: marks.breakpoints.contains(&number),
                bad: marks.bad.contains(&number),
            }
        })
        .collect()
}

/// The line executed last: where the goroutine of the last step stood before it, or, in the middle of a
/// step, the line it has just left.
fn lit_line(marks: &Marks<'_>) -> Option<u32> {
    let line = |span| words::own_line(marks.source, span);
    if marks.world.running().is_some() {
        let passed: Vec<u32> = marks
            .world
            .marks()
            .iter()
            .filter_map(|mark| match mark {
                Mark::Line(_, span) => line(*span),
                _ => None,
            })
            .collect();
        if let [.., left, _] = passed.as_slice() {
            return Some(*left);
        }
    }
    let actor = marks.before.goroutine(marks.world.actor());
    let place = actor.and_then(|goroutine| {
        let next = Some(goroutine.next.span)
            .filter(|span| goroutine.state == GoroutineState::Runnable && line(*span).is_some());
        next.or_else(|| words::own_place(marks.source, goroutine))
    });
    place.and_then(line)
}

/// The line to keep in view: the lit one, else the actor's.
pub fn focus(lines: &[Line]) -> Option<u32> {
    lines
        .iter()
        .find(|line| line.lit)
        .or_else(|| lines.iter().find(|line| !line.chips.is_empty()))
        .map(|line| line.number)
}
