//! The same again.

use std::fmt;

use super::{Choice, ChoiceKind, Decision, Decisions, Pick, Schedule, Scheduler};

/// Follows a schedule. Behind its end it pauses, or leaves the decisions to another policy.
///
/// When the program offers something other than what was recorded, it stops following and keeps the
/// [`Divergence`]; whoever runs it must ask for it, and the run pauses until then.
pub struct Replay<'a> {
    decisions: Decisions<'a>,
    position: u64,
    then: Option<Box<dyn Scheduler + 'a>>,
    divergence: Option<Divergence>,
    /// Whether the policy behind goes on after a divergence instead of pausing.
    forgiving: bool,
}

impl<'a> Replay<'a> {
    /// Follows the schedule, then pauses.
    pub fn new(schedule: &'a Schedule) -> Replay<'a> {
        Replay {
            decisions: schedule.decisions(),
            position: 0,
            then: None,
            divergence: None,
            forgiving: false,
        }
    }

    /// Follows the schedule, then the policy; a divergence still pauses.
    pub fn then(schedule: &'a Schedule, policy: impl Scheduler + 'a) -> Replay<'a> {
        Replay {
            then: Some(Box::new(policy)),
            ..Replay::new(schedule)
        }
    }

    /// Makes the policy behind go on after a divergence, too. The divergence is still kept.
    #[must_use]
    pub fn forgiving(mut self) -> Replay<'a> {
        self.forgiving = true;
        self
    }

    /// Decisions followed so far.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Where the program and the schedule parted, if they did.
    pub fn divergence(&self) -> Option<&Divergence> {
        self.divergence.as_ref()
    }

    /// Whether decisions are left to follow.
    pub fn is_following(&self) -> bool {
        self.divergence.is_none() && !self.decisions.clone().is_at_end()
    }

    fn hand_over(&mut self, choice: &Choice<'_>) -> Pick {
        match &mut self.then {
            Some(policy) => policy.choose(choice),
            None => Pick::Pause,
        }
    }
}

impl Scheduler for Replay<'_> {
    fn choose(&mut self, choice: &Choice<'_>) -> Pick {
        if self.divergence.is_some() {
            return if self.forgiving {
                self.hand_over(choice)
            } else {
                Pick::Pause
            };
        }
        let Some(recorded) = self.decisions.next() else {
            return self.hand_over(choice);
        };
        if (recorded.kind, recorded.count) == (choice.kind, choice.count) {
            self.position += 1;
            return Pick::Option(recorded.pick);
        }
        self.divergence = Some(Divergence {
            position: self.position,
            step: choice.step,
            recorded,
            kind: choice.kind,
            count: choice.count,
        });
        self.choose(choice)
    }
}

/// The program offered something other than what the schedule had recorded: they are not of the
/// same program, or not of the same version of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// How many decisions had been followed.
    pub position: u64,
    /// The step of the run, from 0.
    pub step: u64,
    /// What the schedule says.
    pub recorded: Decision,
    /// What the program offers.
    pub kind: ChoiceKind,
    /// Among how many options.
    pub count: u64,
}

impl fmt::Display for Divergence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the schedule does not fit this program: at step {} (decision {}) it picks one of {} {}, but there are {} {} to pick from",
            self.step,
            self.position + 1,
            self.recorded.count,
            plural(self.recorded.kind),
            self.count,
            plural(self.kind),
        )
    }
}

impl std::error::Error for Divergence {}

fn plural(kind: ChoiceKind) -> &'static str {
    match kind {
        ChoiceKind::Goroutine => "goroutines",
        ChoiceKind::SelectCase => "select cases",
        ChoiceKind::Random => "numbers",
        ChoiceKind::MapOrder => "map orders",
        ChoiceKind::PoolHit => "pool items",
        ChoiceKind::TryLock => "results of TryLock",
        ChoiceKind::Other => "options",
    }
}

#[cfg(test)]
mod tests {
    use super::super::RoundRobin;
    use super::super::choice::tests::{goroutines, of};
    use super::*;

    fn recorded() -> Schedule {
        let mut schedule = Schedule::new();
        schedule.push(goroutines(3).decide(2));
        schedule.push(goroutines(2).decide(1));
        schedule
    }

    #[test]
    fn follows_then_pauses_or_hands_over() {
        let schedule = recorded();
        let mut replay = Replay::new(&schedule);
        assert!(replay.is_following());
        assert_eq!(replay.choose(&goroutines(3)), Pick::Option(2));
        assert_eq!(replay.choose(&goroutines(2)), Pick::Option(1));
        assert!(!replay.is_following());
        assert_eq!(replay.choose(&goroutines(2)), Pick::Pause);
        assert_eq!(replay.divergence(), None);
        let mut replay = Replay::then(&schedule, RoundRobin::new(0));
        replay.choose(&goroutines(3));
        replay.choose(&goroutines(2));
        assert_eq!(replay.choose(&goroutines(5)), Pick::Option(0));
        assert_eq!(replay.position(), 2);
    }

    #[test]
    fn names_the_step_where_it_parts() {
        let schedule = recorded();
        let mut replay = Replay::then(&schedule, RoundRobin::new(0));
        replay.choose(&goroutines(3));
        let other = Choice {
            step: 9,
            ..of(ChoiceKind::SelectCase, 2)
        };
        assert_eq!(replay.choose(&other), Pick::Pause, "never silently");
        assert_eq!(
            replay.divergence().unwrap().to_string(),
            "the schedule does not fit this program: at step 9 (decision 2) it picks one of 2 \
             goroutines, but there are 2 select cases to pick from"
        );
        let mut replay = Replay::then(&schedule, RoundRobin::new(0)).forgiving();
        assert_eq!(replay.choose(&goroutines(4)), Pick::Option(0));
        assert_eq!(replay.divergence().unwrap().position, 0);
    }
}
