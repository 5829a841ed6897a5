//! Who can run next, and why the others cannot.

use crate::view::small::{Map, sort_few};
use std::rc::Rc;

use super::tone::Tone;
use super::words;
use crate::session::Run;
use crate::trace::GoroutineId;

/// Something that can happen next: a button.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// Its place among the offers, from 0.
    pub index: usize,
    /// The key that takes it, 1 to 9.
    pub key: Option<u8>,
    /// `G2`, or the clock.
    pub who: String,
    /// The function, in small type.
    pub name: String,
    /// `lock to.mu, line 15`.
    pub what: String,
    /// What happens next on the recorded path.
    pub recorded: bool,
}

/// A goroutine that cannot go on: a disabled button with its reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Blocked {
    pub id: GoroutineId,
    pub tone: Tone,
    pub reason: String,
}

/// Everything there is to choose.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Choices {
    pub offers: Vec<Offer>,
    /// At most [`BLOCKED_SHOWN`].
    pub blocked: Vec<Blocked>,
    /// The other blocked ones in groups: how many, and their reason.
    pub more: Vec<(usize, String)>,
    /// Offers beyond those shown.
    pub hidden: usize,
    /// How many goroutines can run.
    pub can: usize,
    /// How many cannot.
    pub cannot: usize,
}

/// How many blocked goroutines are shown one by one.
const BLOCKED_SHOWN: usize = 6;
/// How many offers are shown.
const OFFERS_SHOWN: usize = 24;

/// The choices at the cursor of a run.
pub fn choices(run: &Run) -> Choices {
    let offers: Vec<Offer> = run
        .offers
        .iter()
        .enumerate()
        .take(OFFERS_SHOWN)
        .map(|(index, offer)| {
            let line = words::line(&run.sources, offer.span);
            let what = if line.is_empty() {
                offer.text.to_string()
            } else {
                format!("{}, {line}", offer.text)
            };
            let name = run
                .world
                .goroutine(offer.goroutine)
                .map(|g| words::function(g))
                .unwrap_or_default();
            Offer {
                index,
                key: u8::try_from(index + 1).ok().filter(|key| *key <= 9),
                who: words::actor(offer.goroutine),
                name,
                what,
                recorded: offer.recorded,
            }
        })
        .collect();
    let mut blocked = Vec::new();
    let mut groups: Map<Rc<str>, usize> = Map::new();
    for (index, entry) in run.blocked.iter().enumerate() {
        if index < BLOCKED_SHOWN {
            let tone = run
                .world
                .goroutine(entry.goroutine)
                .map_or(Tone::Lock, |g| Tone::of(g, false));
            blocked.push(Blocked {
                id: entry.goroutine,
                tone,
                reason: entry.reason.to_string(),
            });
        } else {
            *groups.slot(entry.reason.clone()) += 1;
        }
    }
    let mut more: Vec<(usize, String)> = groups
        .into_iter()
        .map(|(reason, count)| (count, reason.to_string()))
        .collect();
    sort_few(&mut more, &|a, b| a.0 > b.0);
    let rest: usize = more.iter().skip(3).map(|group| group.0).sum();
    more.truncate(3);
    if rest > 0 {
        more.push((rest, "wait for other things".to_owned()));
    }
    let mut able: Vec<GoroutineId> = run.offers.iter().map(|offer| offer.goroutine).collect();
    able.retain(|id| !id.is_none());
    able.dedup();
    Choices {
        can: able.len(),
        cannot: run.blocked.len(),
        hidden: run.offers.len().saturating_sub(offers.len()),
        offers,
        blocked,
        more,
    }
}
