//! The text of a shared address: program, schedule and cursor.
//!
//! `v1.` and then fields apart by dots, each a letter and its value:
//!
//! | letter | value |
//! |---|---|
//! | `p` | a catalogue program, `name~hash`, the hash of its source in eight hexadecimal digits |
//! | `s` | a source text, deflated, base64 (url-safe, no padding) |
//! | `t` | a schedule's text, when it is short, with `-` for each dot |
//! | `z` | a schedule's text, deflated, base64 |
//! | `e` | the cursor: the number of events applied |
//! | `m` | `1` when accesses to shared variables are scheduling points |
//!
//! Invariants: only characters that need no escaping in an address; a field that is not known is passed
//! over, so later versions of the page can add fields without losing older readers; a `v1` link opens for
//! ever. No text makes [`Link::decode`] panic or allocate more than the limits below.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The longest link that is read, in bytes.
pub const MAX_LINK: usize = 512 * 1024;
/// The longest source a link may unpack to, in bytes.
pub const MAX_SOURCE: usize = 1024 * 1024;
/// The longest schedule text a link may unpack to, in bytes.
pub const MAX_SCHEDULE: usize = 8 * 1024 * 1024;
/// Schedules up to this length stand in the link as they are.
const PLAIN_SCHEDULE: usize = 40;

/// The program a link speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkedProgram {
    /// One of the catalogue, by name; `hash` is that of the source when the link was made.
    Catalogue {
        /// The program's stable name.
        name: String,
        /// See [`source_hash`].
        hash: u32,
    },
    /// A text of the person's own.
    Source(String),
}

/// What an address holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The program.
    pub program: LinkedProgram,
    /// The schedule's text; empty for none.
    pub schedule: String,
    /// How many events are applied.
    pub cursor: usize,
    /// Whether accesses to shared variables are scheduling points.
    pub memory_points: bool,
}

/// Why a link cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Longer than [`MAX_LINK`].
    TooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// Not a version this page knows.
    Version,
    /// A field that cannot be read; its name.
    Malformed(&'static str),
    /// A field unpacks to more than is allowed; its name.
    TooLarge(&'static str),
    /// Neither a program's name nor a source.
    NoProgram,
    /// The catalogue has no program of that name.
    UnknownProgram(String),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes } => write!(
                f,
                "This link is too long to open: {} kB, where at most {} kB are read.",
                bytes / 1024,
                MAX_LINK / 1024
            ),
            Self::Version => f.write_str(
                "This link is not one that Lockstep made, or comes from a later version.",
            ),
            Self::Malformed(field) => write!(
                f,
                "This link is damaged: its {field} cannot be read. It may have been cut off."
            ),
            Self::TooLarge(field) => write!(f, "This link unpacks to too large a {field}."),
            Self::NoProgram => f.write_str("This link holds no program. It may have been cut off."),
            Self::UnknownProgram(name) => {
                write!(f, "This link names a program that does not exist: {name}.")
            }
        }
    }
}

impl std::error::Error for LinkError {}

/// A short fingerprint of a source text (FNV-1a), to notice that a catalogue program has changed.
pub fn source_hash(source: &str) -> u32 {
    source.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

impl Link {
    /// The address text, without the `#`.
    pub fn encode(&self) -> String {
        let mut text = String::from("v1");
        match &self.program {
            LinkedProgram::Catalogue { name, hash } => {
                text.push_str(".p");
                text.push_str(name);
                text.push_str(&format!("~{hash:08x}"));
            }
            LinkedProgram::Source(source) => {
                text.push_str(".s");
                text.push_str(&pack(source));
            }
        }
        if !self.schedule.is_empty() {
            let plain = |byte: u8| byte == b'.' || byte != b'-' && is_plain(byte);
            if self.schedule.len() <= PLAIN_SCHEDULE && self.schedule.bytes().all(plain) {
                text.push_str(".t");
                text.push_str(&self.schedule.replace('.', "-"));
            } else {
                text.push_str(".z");
                text.push_str(&pack(&self.schedule));
            }
        }
        if self.cursor > 0 {
            text.push_str(&format!(".e{}", self.cursor));
        }
        if self.memory_points {
            text.push_str(".m1");
        }
        text
    }

    /// Reads an address text, with or without its leading `#`.
    pub fn decode(text: &str) -> Result<Self, LinkError> {
        if text.len() > MAX_LINK {
            return Err(LinkError::TooLong { bytes: text.len() });
        }
        let text = text.strip_prefix('#').unwrap_or(text);
        let mut fields = text.trim().split('.');
        if fields.next() != Some("v1") {
            return Err(LinkError::Version);
        }
        let mut program = None;
        let mut link = Link {
            program: LinkedProgram::Source(String::new()),
            schedule: String::new(),
            cursor: 0,
            memory_points: false,
        };
        for field in fields {
            let mut rest = field.chars();
            let letter = rest.next();
            let value = rest.as_str();
            match letter {
                Some('p') => program = Some(decode_name(value)?),
                Some('s') => {
                    program = Some(LinkedProgram::Source(unpack(value, MAX_SOURCE, "source")?))
                }
                Some('t') => link.schedule = value.replace('-', "."),
                Some('z') => link.schedule = unpack(value, MAX_SCHEDULE, "schedule")?,
                Some('e') => {
                    link.cursor = value.parse().map_err(|_| LinkError::Malformed("step"))?
                }
                Some('m') => link.memory_points = value == "1",
                // A field of a later version.
                _ => {}
            }
        }
        link.program = program.ok_or(LinkError::NoProgram)?;
        Ok(link)
    }
}

fn decode_name(value: &str) -> Result<LinkedProgram, LinkError> {
    let malformed = LinkError::Malformed("program name");
    let Some((name, hash)) = value.split_once('~') else {
        return Err(malformed);
    };
    if name.is_empty() || name.len() > 100 {
        return Err(malformed);
    }
    let hash = u32::from_str_radix(hash, 16).map_err(|_| malformed)?;
    Ok(LinkedProgram::Catalogue {
        name: name.to_owned(),
        hash,
    })
}

/// Characters that need no escaping in an address and do not part fields.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~')
}

fn pack(text: &str) -> String {
    const BEST: u8 = 9;
    URL_SAFE_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(text.as_bytes(), BEST))
}

fn unpack(value: &str, limit: usize, field: &'static str) -> Result<String, LinkError> {
    use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
    let packed = URL_SAFE_NO_PAD
        .decode(value)
        .map_err(|_| LinkError::Malformed(field))?;
    let bytes =
        decompress_to_vec_with_limit(&packed, limit).map_err(|error| match error.status {
            TINFLStatus::HasMoreOutput => LinkError::TooLarge(field),
            _ => LinkError::Malformed(field),
        })?;
    String::from_utf8(bytes).map_err(|_| LinkError::Malformed(field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn link(source: &str, schedule: &str, cursor: usize) -> Link {
        Link {
            program: LinkedProgram::Source(source.to_owned()),
            schedule: schedule.to_owned(),
            cursor,
            memory_points: false,
        }
    }

    #[test]
    fn a_link_of_the_first_version_opens_for_ever() {
        let text = "#v1.plock-order~0badcafe.t1-aab.e23.m1.xsomething-later";
        let expected = Link {
            program: LinkedProgram::Catalogue {
                name: "lock-order".into(),
                hash: 0x0bad_cafe,
            },
            schedule: "1.aab".into(),
            cursor: 23,
            memory_points: true,
        };
        assert_eq!(Link::decode(text), Ok(expected));
        // `package main` deflated by the page of the first day.
        let source = "v1.sK0hMzk5MT1XITczMAwA";
        assert_eq!(Link::decode(source), Ok(link("package main", "", 0)));
    }

    #[test]
    fn what_cannot_be_opened_says_why() {
        let huge = "v1.s".to_owned() + &"A".repeat(10 * 1024 * 1024);
        assert_eq!(
            Link::decode(&huge),
            Err(LinkError::TooLong { bytes: huge.len() })
        );
        let bomb = link(&"a".repeat(MAX_SOURCE + 1), "", 0).encode();
        assert!(bomb.len() < 5000);
        assert_eq!(Link::decode(&bomb), Err(LinkError::TooLarge("source")));
        assert_eq!(Link::decode(""), Err(LinkError::Version));
        assert_eq!(Link::decode("v2.sAAAA"), Err(LinkError::Version));
        assert_eq!(Link::decode("v1"), Err(LinkError::NoProgram));
        assert_eq!(Link::decode("v1.s%%%"), Err(LinkError::Malformed("source")));
        assert_eq!(
            Link::decode("v1.pname"),
            Err(LinkError::Malformed("program name"))
        );
        assert_eq!(
            Link::decode("v1.pa~0.e-4"),
            Err(LinkError::Malformed("step"))
        );
        let whole = link("package main\nfunc main() { println(1) }\n", "", 0).encode();
        assert_eq!(
            Link::decode(&whole[..whole.len() - 5]),
            Err(LinkError::Malformed("source"))
        );
    }

    proptest! {
        #[test]
        fn links_come_back_as_they_were(source in ".{0,300}", schedule in "[0-9a-z,:._-]{0,80}", cursor in 0usize..1_000_000) {
            let link = link(&source, &schedule, cursor);
            let text = link.encode();
            prop_assert!(text.bytes().all(|byte| is_plain(byte) || byte == b'.'));
            prop_assert_eq!(Link::decode(&text), Ok(link));
        }

        #[test]
        fn no_text_is_fatal(text in "\\PC{0,200}") {
            let _ = Link::decode(&text);
            let _ = Link::decode(&format!("v1.s{text}"));
            let _ = Link::decode(&format!("v1.z{text}.pa~00000000"));
        }
    }
}
