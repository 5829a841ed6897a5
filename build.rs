//! Lists `static/programs/*.go` so that the catalogue embeds every program that is there, and none is
//! forgotten in a list kept by hand.

use std::fmt::Write as _;
use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=static/programs");
    println!("cargo::rerun-if-changed=build.rs");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets the manifest's directory");
    let folder = Path::new(&root).join("static/programs");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".go").map(str::to_owned))
        .collect();
    names.sort();
    let mut list = String::from("&[\n");
    for name in &names {
        let path = folder.join(format!("{name}.go"));
        writeln!(list, "    ({name:?}, include_str!({path:?})),")
            .expect("a String accepts every write");
    }
    list.push_str("]\n");
    let out = env::var("OUT_DIR").expect("cargo sets the output directory");
    fs::write(Path::new(&out).join("programs.rs"), list)
        .expect("the output directory can be written");
}
