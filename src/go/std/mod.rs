//! The standard packages that come with Lockstep: Go sources, in folders named by import path.
//!
//! They are parsed, checked and compiled like the user's files, and only when imported. A function
//! without a body is a native of the machine. Deliberately absent: what nobody imports from a program
//! about concurrency.

/// `(import path, file name, text)`, sorted.
const FILES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/packages.rs"));

/// The files of a package, with their names; none if there is no such package.
pub fn files(path: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let first = FILES.partition_point(|file| file.0 < path);
    FILES[first..]
        .iter()
        .take_while(move |file| file.0 == path)
        .map(|file| (file.1, file.2))
}

/// Whether there is such a package.
pub fn exists(path: &str) -> bool {
    files(path).next().is_some()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
