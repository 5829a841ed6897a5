//! Lists `static/programs/*.go`, so that the catalogue embeds every program that is there, and
//! `src/go/std/**/*.go`, so that the compiler finds every package: no list is kept by hand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=static/programs");
    println!("cargo::rerun-if-changed=src/go/std");
    println!("cargo::rerun-if-changed=build.rs");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets the manifest's directory");
    let root = Path::new(&root);
    list_programs(&root.join("static/programs"));
    list_packages(&root.join("src/go/std"));
}

fn list_programs(folder: &Path) {
    let mut list = String::from("&[\n");
    for path in go_files(folder) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        writeln!(list, "    ({name:?}, include_str!({path:?})),")
            .expect("a String accepts every write");
    }
    list.push_str("]\n");
    write("programs.rs", &list);
}

/// Entries `(import path, file name, text)`, sorted.
fn list_packages(folder: &Path) {
    let mut folders = vec![folder.to_owned()];
    let mut entries = Vec::new();
    while let Some(at) = folders.pop() {
        let inside = fs::read_dir(&at)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path());
        folders.extend(inside.filter(|path| path.is_dir()));
        let package = at
            .strip_prefix(folder)
            .unwrap_or(&at)
            .to_string_lossy()
            .replace('\\', "/");
        for path in go_files(&at) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            entries.push(format!(
                "    ({package:?}, {name:?}, include_str!({path:?})),\n"
            ));
        }
    }
    entries.sort();
    write("packages.rs", &format!("&[\n{}]\n", entries.concat()));
}

fn go_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "go"))
        .collect();
    paths.sort();
    paths
}

fn write(name: &str, text: &str) {
    let out = env::var("OUT_DIR").expect("cargo sets the output directory");
    fs::write(Path::new(&out).join(name), text).expect("the output directory can be written");
}
