//! Places in the source text.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Text;

/// A file of a compilation: its index in the [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// A range of bytes in one file; `start <= end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// No place: what the runtime does by itself, and goroutines written in Rust.
    pub const NONE: Span = Span {
        file: FileId(u32::MAX),
        start: 0,
        end: 0,
    };

    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: u32, end: u32) -> Span {
        Span { file, start, end }
    }

    /// Whether this is [`Span::NONE`].
    pub fn is_none(self) -> bool {
        self.file == Span::NONE.file
    }

    /// The smallest span that covers both; `self` when they are in different files.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if self.file != other.file {
            return self;
        }
        Span {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The empty span where this one starts.
    #[must_use]
    pub fn at_start(self) -> Span {
        Span {
            end: self.start,
            ..self
        }
    }

    /// Bytes covered.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl Default for Span {
    fn default() -> Span {
        Span::NONE
    }
}

/// A line and a column, both from 1; the column counts bytes, as Go's does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// Line, from 1.
    pub line: u32,
    /// Column in bytes, from 1.
    pub column: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// One file: its name, its text and where its lines start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    name: Text,
    text: Text,
    /// Offsets of the first byte of each line; the first is 0.
    line_starts: Vec<u32>,
    /// Whether it belongs to an embedded package rather than to the person's program.
    embedded: bool,
}

impl SourceFile {
    /// A file of the person's program.
    pub fn new(name: impl Into<Text>, text: impl Into<Text>) -> SourceFile {
        let text: Text = text.into();
        let mut line_starts = vec![0];
        line_starts.extend(
            text.bytes()
                .enumerate()
                .filter(|&(_, b)| b == b'\n')
                .map(|(i, _)| u32::try_from(i + 1).unwrap_or(u32::MAX)),
        );
        SourceFile {
            name: name.into(),
            text,
            line_starts,
            embedded: false,
        }
    }

    /// A file of an embedded package.
    pub fn embedded(name: impl Into<Text>, text: impl Into<Text>) -> SourceFile {
        SourceFile {
            embedded: true,
            ..SourceFile::new(name, text)
        }
    }

    /// The name as given.
    pub fn name(&self) -> &Text {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Whether it belongs to an embedded package.
    pub fn is_embedded(&self) -> bool {
        self.embedded
    }

    /// Lines in the file; a final newline starts one more, empty line.
    pub fn line_count(&self) -> u32 {
        // A text of u32::MAX bytes has at most as many lines.
        self.line_starts.len() as u32
    }

    /// Line and column of a byte offset; offsets past the end are taken as the end.
    pub fn location(&self, offset: u32) -> Location {
        let offset = offset.min(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        // The first start is 0, so at least one start is not behind the offset.
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        Location {
            line: line as u32,
            column: offset - start + 1,
        }
    }

    /// The text of a line (from 1) without its newline; empty when there is no such line.
    pub fn line(&self, line: u32) -> &str {
        let index = line.wrapping_sub(1) as usize;
        let Some(&start) = self.line_starts.get(index) else {
            return "";
        };
        let end = match self.line_starts.get(index + 1) {
            Some(&next) => next - 1,
            None => self.text.len() as u32,
        };
        let text = self.text.get(start as usize..end as usize).unwrap_or("");
        text.strip_suffix('\r').unwrap_or(text)
    }

    /// Offset of the first byte of a line (from 1), if there is one.
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.line_starts.get(line.wrapping_sub(1) as usize).copied()
    }
}

/// The files of one compilation, the person's and the embedded ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// A map without files.
    pub fn new() -> SourceMap {
        SourceMap::default()
    }

    /// Adds a file and returns its id; ids count from 0.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(self.files.len() as u32 - 1)
    }

    /// The file of an id, if it is of this map.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files with their ids.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(i, file)| (FileId(i as u32), file))
    }

    /// Line and column where a span starts; `None` for [`Span::NONE`] and foreign files.
    pub fn location(&self, span: Span) -> Option<Location> {
        Some(self.file(span.file)?.location(span.start))
    }

    /// Line and column behind a span's last byte.
    pub fn end_location(&self, span: Span) -> Option<Location> {
        Some(self.file(span.file)?.location(span.end))
    }

    /// `file.go:12:3`, or `-` when there is no place.
    pub fn describe(&self, span: Span) -> String {
        match self.file(span.file) {
            Some(file) => format!("{}:{}", file.name, file.location(span.start)),
            None => "-".to_owned(),
        }
    }

    /// The bytes a span covers; empty when it is not of this map.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file)
            .and_then(|file| file.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines_and_byte_columns() {
        let mut map = SourceMap::new();
        let id = map.add(SourceFile::new("a.go", "ab\nçd\r\n\nx"));
        let at = |start| {
            map.location(Span::new(id, start, start))
                .unwrap()
                .to_string()
        };
        assert_eq!(at(0), "1:1");
        assert_eq!(at(2), "1:3");
        assert_eq!(at(3), "2:1");
        assert_eq!(at(5), "2:3", "columns are bytes");
        assert_eq!(at(8), "3:1");
        assert_eq!(at(9), "4:1");
        assert_eq!(at(10), "4:2");
        assert_eq!(at(999), "4:2", "past the end is the end");
        let file = map.file(id).unwrap();
        assert_eq!(file.line_count(), 4);
        assert_eq!((file.line(1), file.line(2), file.line(3)), ("ab", "çd", ""));
        assert_eq!((file.line(4), file.line(5), file.line(0)), ("x", "", ""));
        assert_eq!(map.text(Span::new(id, 0, 2)), "ab");
        assert_eq!(
            map.text(Span::new(id, 4, 5)),
            "",
            "not on a character's edge"
        );
        assert_eq!(map.describe(Span::new(id, 9, 10)), "a.go:4:1");
        assert_eq!(map.describe(Span::NONE), "-");
    }

    #[test]
    fn spans_join() {
        let (a, b) = (Span::new(FileId(0), 3, 5), Span::new(FileId(0), 8, 9));
        assert_eq!(a.to(b), Span::new(FileId(0), 3, 9));
        assert_eq!(b.to(a), a.to(b));
        assert_eq!(a.to(Span::NONE), a);
        assert_eq!((a.len(), a.at_start().is_empty()), (2, true));
    }
}
