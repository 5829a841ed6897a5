//! The programs that come with Lockstep: the files of `static/programs`, embedded.
//!
//! A program speaks for itself in comments of the form `//lockstep:key value`, which also stand in
//! programs that people paste. This module reads them; it does not run anything.

use std::fmt;

/// One embedded program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// The file's name without `.go`: stable, since links hold it.
    pub name: &'static str,
    /// The file's text.
    pub source: &'static str,
}

/// Every embedded program as (name, source).
static PROGRAMS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/programs.rs"));

/// The order in which the picker shows topics; others follow in alphabetical order.
const TOPICS: &[&str] = &[
    "First steps",
    "Channels",
    "Select",
    "Pools and pipelines",
    "Limits",
    "Locks",
    "Once, pool, atomics, map",
    "Context",
    "Services",
    "Puzzles",
];

/// All programs, in the order of the picker: by topic, then by name.
pub fn programs() -> Vec<Program> {
    let mut all: Vec<(usize, String, Program)> = PROGRAMS
        .iter()
        .map(|&(name, source)| {
            let topic = Directives::parse(source).topic;
            let rank = TOPICS
                .iter()
                .position(|known| *known == topic)
                .unwrap_or(TOPICS.len());
            (rank, topic, Program { name, source })
        })
        .collect();
    all.sort_by(|a, b| (a.0, &a.1, a.2.name).cmp(&(b.0, &b.1, b.2.name)));
    all.into_iter().map(|(_, _, program)| program).collect()
}

/// The program of that name.
pub fn find(name: &str) -> Option<Program> {
    let &(name, source) = PROGRAMS.iter().find(|(known, _)| *known == name)?;
    Some(Program { name, source })
}

impl Program {
    /// What the program says of itself.
    pub fn directives(&self) -> Directives {
        Directives::parse(self.source)
    }

    /// The name of its file, as it stands in diagnostics and stack traces.
    pub fn file_name(&self) -> String {
        format!("{}.go", self.name)
    }
}

/// One way in which some schedule of a program ends, or something found beside that.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expectation {
    /// main returns.
    Completed,
    /// `os.Exit` with this code.
    Exited(i32),
    /// All goroutines are asleep.
    Deadlock,
    /// A goroutine stays parked when main has returned.
    Leak,
    /// Two accesses that nothing orders.
    Race,
    /// An unrecovered panic whose message contains this text.
    Panic(String),
    /// A fatal error whose message contains this text.
    Fatal(String),
    /// The program does not end within its limits.
    StepLimit,
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Completed => f.write_str("completed"),
            Self::Exited(code) => write!(f, "exit {code}"),
            Self::Deadlock => f.write_str("deadlock"),
            Self::Leak => f.write_str("leak"),
            Self::Race => f.write_str("race"),
            Self::Panic(text) => write!(f, "panic {text:?}"),
            Self::Fatal(text) => write!(f, "fatal {text:?}"),
            Self::StepLimit => f.write_str("limit"),
        }
    }
}

impl Expectation {
    /// Reads what follows `:expect`; none if it is not one of the known words.
    pub fn parse(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let rest = rest.trim();
        let quoted = || {
            let inner = rest
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'));
            inner.unwrap_or(rest).replace("\\\"", "\"")
        };
        Some(match word {
            "completed" => Self::Completed,
            "exit" => Self::Exited(rest.parse().ok()?),
            "deadlock" => Self::Deadlock,
            "leak" => Self::Leak,
            "race" => Self::Race,
            "panic" => Self::Panic(quoted()),
            "fatal" => Self::Fatal(quoted()),
            "limit" => Self::StepLimit,
            _ => return None,
        })
    }
}

/// Where control may change hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Points {
    /// Before each operation on a channel, lock and so on.
    #[default]
    Sync,
    /// Also before each access to a shared variable.
    Memory,
}

/// What a program says of itself in its `//lockstep:` comments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directives {
    /// A short title; empty if none is given.
    pub title: String,
    /// The group it belongs to; empty if none is given.
    pub topic: String,
    /// A sentence or two; several `:about` lines are joined.
    pub about: String,
    /// Every outcome that some schedule has.
    pub expect: Vec<Expectation>,
    /// Where control may change hands.
    pub points: Points,
    /// The name of the program that does the same task: with the defect, or without it.
    pub pair: Option<String>,
    /// A limit on the number of steps.
    pub steps: Option<u64>,
    /// Lines that are not understood: (line number from 1, text after `//lockstep:`).
    pub unknown: Vec<(usize, String)>,
}

impl Directives {
    /// Reads all directives of a source text, wherever they stand in it.
    pub fn parse(source: &str) -> Self {
        let mut found = Self::default();
        for (index, line) in source.lines().enumerate() {
            let Some(text) = line.trim_start().strip_prefix("//lockstep:") else {
                continue;
            };
            if !found.read(text.trim_end()) {
                found.unknown.push((index + 1, text.trim_end().to_owned()));
            }
        }
        found
    }

    fn read(&mut self, text: &str) -> bool {
        let (key, value) = text.split_once(' ').unwrap_or((text, ""));
        let value = value.trim();
        match key {
            "title" => value.clone_into(&mut self.title),
            "topic" => value.clone_into(&mut self.topic),
            "about" => {
                if !self.about.is_empty() {
                    self.about.push(' ');
                }
                self.about.push_str(value);
            }
            "expect" => match Expectation::parse(value) {
                Some(expectation) => self.expect.push(expectation),
                None => return false,
            },
            "points" => match value {
                "sync" => self.points = Points::Sync,
                "memory" => self.points = Points::Memory,
                _ => return false,
            },
            "pair" => self.pair = Some(value.to_owned()),
            "limit" => match value.strip_prefix("steps=").map(str::parse) {
                Some(Ok(steps)) => self.steps = Some(steps),
                _ => return false,
            },
            // Read by the compiler and the virtual world of the machine.
            "go" | "signal" | "http" => {}
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_directive() {
        let found = Directives::parse(concat!(
            "//lockstep:title Two locks\n",
            "//lockstep:topic Locks\n",
            "//lockstep:about Locks in\n",
            "package main\n",
            "\t//lockstep:about opposite order.\n",
            "//lockstep:expect completed\n",
            "//lockstep:expect panic \"send on \\\"closed\\\" channel\"\n",
            "//lockstep:expect exit 3\n",
            "//lockstep:points memory\n",
            "//lockstep:pair ordered\n",
            "//lockstep:limit steps=500\n",
            "//lockstep:go 1.21\n",
            "//lockstep:expect wonders\n",
            "//lockstep:colour red\n",
        ));
        assert_eq!(found.title, "Two locks");
        assert_eq!(found.topic, "Locks");
        assert_eq!(found.about, "Locks in opposite order.");
        let panic = Expectation::Panic("send on \"closed\" channel".to_owned());
        assert_eq!(
            found.expect,
            [Expectation::Completed, panic, Expectation::Exited(3)]
        );
        assert_eq!(found.points, Points::Memory);
        assert_eq!(found.pair.as_deref(), Some("ordered"));
        assert_eq!(found.steps, Some(500));
        let unknown = [
            (13, "expect wonders".to_owned()),
            (14, "colour red".to_owned()),
        ];
        assert_eq!(found.unknown, unknown);
    }

    #[test]
    fn every_embedded_program_is_well_described() {
        for program in programs() {
            let found = program.directives();
            assert_eq!(find(program.name), Some(program));
            assert!(
                found.unknown.is_empty(),
                "{}: unknown directives {:?}",
                program.name,
                found.unknown
            );
            assert!(!found.title.is_empty(), "{}: no :title", program.name);
            assert!(
                TOPICS.contains(&found.topic.as_str()),
                "{}: topic {:?}",
                program.name,
                found.topic
            );
            assert!(!found.about.is_empty(), "{}: no :about", program.name);
            assert!(!found.expect.is_empty(), "{}: no :expect", program.name);
            if let Some(pair) = &found.pair {
                assert!(find(pair).is_some(), "{}: no program {pair}", program.name);
            }
        }
    }
}
