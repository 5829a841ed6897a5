//! All embedded packages are good Go.

use super::*;
use crate::go::syntax::{self, ast::NodeId};
use crate::trace::FileId;

#[test]
fn packages_are_found_by_their_path() {
    let lists: Vec<_> = files("container/list").map(|file| file.0).collect();
    assert_eq!(lists, ["list.go"]);
    assert_eq!(files("time").count(), 3);
    assert!(!exists("container"));
    assert!(!exists("cgo"));
}

#[test]
fn packages_have_no_syntax_errors() {
    for (path, name, text) in FILES {
        let parsed = syntax::parse(FileId(0), text.as_bytes(), NodeId(0));
        assert_eq!(parsed.diagnostics, [], "{path}/{name}");
        let last = path.rsplit('/').find(|part| *part != "v2");
        assert_eq!(Some(&*parsed.file.package.name), last, "{path}/{name}");
        for import in &parsed.file.imports {
            let known = exists(&import.path) || &*import.path == "unsafe";
            assert!(known, "{path}/{name} imports {}", import.path);
        }
    }
}

/// Every function of every package passes our checker and our compiler.
#[test]
fn packages_build() {
    let mut source = String::from("package main\n\nimport (\n");
    let mut last = "";
    for (path, _, _) in FILES {
        if *path != last {
            source += &format!("\t_ \"{path}\"\n");
        }
        last = path;
    }
    source += ")\n\nfunc main() {}\n";
    let problems = match crate::go::build::build(&[("main.go", &source)]) {
        Ok(_) => String::new(),
        Err(rejected) => crate::go::report(&rejected.sources, &rejected.diagnostics),
    };
    assert!(problems.is_empty(), "{problems}");
}
