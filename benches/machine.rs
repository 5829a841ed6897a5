//! The machine beside real Go: each program of `benches/programs` is run in this process, and, when `go`
//! is on PATH (or named by `GO`), built and run by it. Prints milliseconds, ratios and their geometric
//! means; what a run does is checked against what real Go prints.

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::main();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::cell::RefCell;
    use std::path::{Path, PathBuf};
    use std::process::Command;
    use std::rc::Rc;
    use std::time::Instant;

    use lockstep::go::build::build;
    use lockstep::go::program::GoProgram;
    use lockstep::runtime::{Limits, Options, Program, Runtime};
    use lockstep::schedule::Random;

    /// Runs of each program, of which the quickest counts.
    const RUNS: usize = 5;
    /// Programs that mostly synchronise; the others mostly compute.
    const SYNCHRONISING: [&str; 4] = ["mutex", "ring", "select", "sieve"];

    pub fn main() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/programs");
        let mut programs: Vec<PathBuf> = std::fs::read_dir(&folder)
            .expect("the programs are there")
            .map(|entry| entry.expect("a directory entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "go"))
            .collect();
        programs.sort();
        let wanted: Vec<String> = std::env::args()
            .skip(1)
            .filter(|argument| !argument.starts_with('-'))
            .collect();
        println!(
            "{:10} {:>12} {:>12} {:>8}",
            "program", "lockstep ms", "go ms", "ratio"
        );
        let mut ratios = [Vec::new(), Vec::new()];
        for path in &programs {
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if !wanted.is_empty() && !wanted.contains(&name) {
                continue;
            }
            let source = std::fs::read_to_string(path).expect("the program can be read");
            let (ours, output) = lockstep(&name, &source);
            match go(path) {
                Some((theirs, expected)) => {
                    assert_eq!(output, expected, "{name} prints what real Go does not");
                    let ratio = ours / theirs;
                    ratios[usize::from(SYNCHRONISING.contains(&&*name))].push(ratio);
                    println!("{name:10} {ours:12.2} {theirs:12.2} {ratio:8.1}");
                }
                None => println!("{name:10} {ours:12.2} {:>12} {:>8}", "-", "-"),
            }
        }
        for (what, ratios) in ["computing", "synchronising"].iter().zip(&ratios) {
            if !ratios.is_empty() {
                let sum: f64 = ratios.iter().map(|ratio| ratio.ln()).sum();
                let mean = (sum / ratios.len() as f64).exp();
                println!("geometric mean of ratios, {what}: {mean:.1}");
            }
        }
    }

    /// Runs a program on the machine, unrecorded; milliseconds of the quickest run, and what it printed.
    fn lockstep(name: &str, source: &str) -> (f64, String) {
        let Ok(built) = build(&[(name, source)]) else {
            panic!("{name} does not build")
        };
        let Ok(program) = GoProgram::new(built.program, built.sources) else {
            panic!("{name} uses what is not there")
        };
        let limits = Limits {
            steps: u64::MAX,
            fuel: u64::MAX,
            memory: 4 << 30,
            fuel_per_step: 100_000,
            ..Limits::default()
        };
        let options = Options {
            limits,
            recording: false,
            scheduling: false,
            ..Options::default()
        };
        let output = Rc::new(RefCell::new(Vec::new()));
        let mut best = f64::MAX;
        for _ in 0..RUNS {
            output.borrow_mut().clear();
            let into = Rc::clone(&output);
            program.set_sink(move |_, bytes| into.borrow_mut().extend_from_slice(bytes));
            let start = Instant::now();
            let mut runtime = Runtime::new(options);
            program.start(&runtime);
            runtime.run(&mut Random::new(1));
            best = best.min(start.elapsed().as_secs_f64() * 1e3);
        }
        let text = String::from_utf8_lossy(&output.borrow()).into_owned();
        (best, text)
    }

    /// The same by real Go, if it is there.
    fn go(path: &Path) -> Option<(f64, String)> {
        let go = std::env::var("GO").unwrap_or_else(|_| "go".into());
        let binary = std::env::temp_dir().join(format!("lockstep-bench-{}", std::process::id()));
        let built = Command::new(go)
            .arg("build")
            .arg("-o")
            .arg(&binary)
            .arg(path)
            .status();
        if !built.is_ok_and(|status| status.success()) {
            return None;
        }
        let mut best = f64::MAX;
        let mut output = Vec::new();
        for _ in 0..RUNS {
            let start = Instant::now();
            output = Command::new(&binary).output().ok()?.stdout;
            best = best.min(start.elapsed().as_secs_f64() * 1e3);
        }
        // The next program is written to the same place.
        let _ = std::fs::remove_file(&binary);
        Some((best, String::from_utf8_lossy(&output).into_owned()))
    }
}
