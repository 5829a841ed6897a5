//! The programs to choose from, by topic, as a search finds them.

use super::small::sort_few;
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

/// How well a program answers a query, 0 being best; none when a word is missing.
fn rank(entry: &Entry, topic: &str, source: &str, words: &[String]) -> Option<u8> {
    let title = format!("{} {}", entry.title, entry.name).to_lowercase();
    let text = format!("{title} {topic} {} {}", entry.about, entry.tag).to_lowercase();
    let all = |text: &str| words.iter().all(|word| text.contains(word));
    if all(&title) {
        // An empty query keeps the catalogue's order.
        return Some(u8::from(!title.starts_with(&words.join(" "))));
    }
    if all(&text) {
        return Some(2);
    }
    // The source, too, so that a function's name finds its uses.
    all(&source.to_lowercase()).then_some(3)
}

/// The programs that hold all words of a query, with their topic: in the catalogue's order, those first
/// that have the words in their title.
pub fn search(query: &str) -> Vec<(String, Vec<Entry>)> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let mut groups: Vec<(String, Vec<(u8, Entry)>)> = Vec::new();
    for program in programs() {
        let directives = program.directives();
        let topic = directives.topic.clone();
        let entry = entry(&program, directives);
        let Some(rank) = rank(&entry, &topic, program.source, &words) else {
            continue;
        };
        match groups.iter_mut().find(|group| group.0 == topic) {
            Some((_, entries)) => entries.push((rank, entry)),
            None => groups.push((topic, vec![(rank, entry)])),
        }
    }
    if !words.is_empty() {
        for (_, entries) in &mut groups {
            sort_few(entries, &|a, b| a.0 < b.0);
        }
        let best = |group: &(String, Vec<(u8, Entry)>)| group.1.first().map(|(rank, _)| *rank);
        sort_few(&mut groups, &|a, b| best(a) < best(b));
    }
    let without_rank =
        |entries: Vec<(u8, Entry)>| entries.into_iter().map(|(_, entry)| entry).collect();
    groups
        .into_iter()
        .map(|(topic, entries)| (topic, without_rank(entries)))
        .collect()
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
        assert_eq!(search("worker pool")[0].1[0].name, "worker-pool");
        assert!(search("no program says xyzzy").is_empty());
    }
}
