//! The programs to choose from, by topic, as a search finds them.

use crate::session::catalogue::{Directives, Expectation, Program, programs};

/// One program of the catalogue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub name: &'static str,
    pub title: String,
    pub about: String,
    /// How it may end, in words.
    pub tag: String,
    /// Some schedule of it goes wrong.
    pub broken: bool,
}

/// Whether something else than success is expected of some schedule.
pub fn is_broken(directives: &Directives) -> bool {
    directives
        .expect
        .iter()
        .any(|expected| !matches!(expected, Expectation::Completed | Expectation::Exited(_)))
}

fn entry(program: &Program, directives: Directives) -> Entry {
    let endings: Vec<String> = directives
        .expect
        .iter()
        .map(Expectation::to_string)
        .collect();
    let broken = is_broken(&directives);
    Entry {
        name: program.name,
        title: if directives.title.is_empty() {
            program.name.to_owned()
        } else {
            directives.title
        },
        about: directives.about,
        tag: endings.join(", "),
        broken,
    }
}

/// The programs that hold all words of a query, with their topic, in the catalogue's order.
pub fn search(query: &str) -> Vec<(String, Vec<Entry>)> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let mut groups: Vec<(String, Vec<Entry>)> = Vec::new();
    for program in programs() {
        let directives = program.directives();
        let topic = directives.topic.clone();
        let entry = entry(&program, directives);
        let text = format!(
            "{} {} {topic} {} {}",
            entry.name, entry.title, entry.about, entry.tag
        )
        .to_lowercase();
        // Titles first; the source, too, so that a function's name finds its uses.
        let found =
            |word: &String| text.contains(word) || program.source.to_lowercase().contains(word);
        if !words.iter().all(found) {
            continue;
        }
        match groups.iter_mut().find(|group| group.0 == topic) {
            Some((_, entries)) => entries.push(entry),
            None => groups.push((topic, vec![entry])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_is_listed_once_and_found_by_its_words() {
        let all: usize = search("").iter().map(|(_, entries)| entries.len()).sum();
        assert_eq!(all, programs().len());
        let found = search("lock ORDER");
        assert!(
            found
                .iter()
                .any(|(_, entries)| entries.iter().any(|entry| entry.name == "lock-order"))
        );
        assert!(search("no program says xyzzy").is_empty());
    }
}
