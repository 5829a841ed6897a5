//! Data races in Go programs: pairs that differ by one synchronisation. The racy one must be found in some
//! schedule, the sound one must be quiet in all that are tried.
#![cfg(not(target_arch = "wasm32"))]

use lockstep::session::{Action, Policy, State, go, reduce};

const SEEDS: u64 = 12;

/// The races of a program under a seed, in words.
fn races(source: &str, seed: u64) -> Vec<String> {
    let mut state = State::new(go());
    state = reduce(state, Action::SetSeed(seed));
    state = reduce(state, Action::SetPolicy(Policy::Random));
    state = reduce(
        state,
        Action::Load {
            name: "race.go".into(),
            source: source.into(),
        },
    );
    assert!(state.problems.is_empty(), "{:?}\n{source}", state.problems);
    state = reduce(state, Action::End);
    while state.is_busy() {
        state = reduce(state, Action::Tick { budget: 1000 });
    }
    let run = state.run.as_ref().expect("it compiles");
    let races = run.races();
    races
        .iter()
        .map(|found| found.race.words(&found.name, &run.sources))
        .collect()
}

fn program(imports: &str, body: &str) -> String {
    let imports: String = imports
        .split_whitespace()
        .map(|path| format!("import \"{path}\"\n"))
        .collect();
    format!("package main\n\n{imports}\n{body}\n")
}

fn check(imports: &str, body: &str, racy: bool) {
    let source = program(imports, body);
    let found: Vec<Vec<String>> = (0..SEEDS).map(|seed| races(&source, seed)).collect();
    let seen = found.iter().any(|races| !races.is_empty());
    assert_eq!(seen, racy, "{source}\n{found:?}");
}

/// The body with `LEFT` (and `RIGHT`) filled in is sound, without them it is racy.
fn pair(imports: &str, body: &str, left: &str, right: &str) {
    check(
        imports,
        &body.replace("LEFT", left).replace("RIGHT", right),
        false,
    );
    // Imports that only the synchronisation needs would not be used.
    let bare = body.replace("LEFT", "").replace("RIGHT", "");
    check(imports, &bare, true);
}

#[test]
fn a_counter_needs_its_lock() {
    pair(
        "sync",
        "func main() {\n\tvar wg sync.WaitGroup\n\tvar mu sync.Mutex\n\tn := 0\n\tfor range 2 {\n\t\twg.Add(1)\n\t\tgo func() {\n\
         \t\t\tdefer wg.Done()\n\t\t\tLEFT\n\t\t\tn++\n\t\t\tRIGHT\n\t\t}()\n\t}\n\twg.Wait()\n\tmu.Lock()\n\t_ = n\n}",
        "mu.Lock()",
        "mu.Unlock()",
    );
}

#[test]
fn a_result_needs_somebody_to_wait_for_it() {
    pair(
        "sync",
        "var result int\n\nfunc main() {\n\tvar wg sync.WaitGroup\n\twg.Add(1)\n\tgo func() {\n\t\tdefer wg.Done()\n\
         \t\tresult = 1\n\t}()\n\tLEFT\n\tprintln(result)\n\twg.Wait()\n}",
        "wg.Wait()",
        "",
    );
}

#[test]
fn a_send_orders_what_is_before_it_and_a_receive_what_is_behind_it() {
    pair(
        "fmt",
        "func main() {\n\tdone := make(chan bool, 1)\n\ttext := \"\"\n\tgo func() {\n\t\ttext = \"ready\"\n\t\tdone <- true\n\t}()\n\
         \tLEFT\n\tfmt.Println(text)\n}",
        "<-done",
        "",
    );
}

#[test]
fn a_close_orders_like_a_send() {
    pair(
        "fmt",
        "func main() {\n\tdone := make(chan bool)\n\tn := 0\n\tgo func() {\n\t\tn = 7\n\t\tclose(done)\n\t}()\n\tLEFT\n\tfmt.Println(n)\n}",
        "<-done",
        "",
    );
}

#[test]
fn what_follows_the_send_is_not_ordered_by_it() {
    let body = "func main() {\n\tdone := make(chan bool, 1)\n\tn := 0\n\tgo func() {\n\t\tFIRST\n\t\tdone <- true\n\t\tSECOND\n\t}()\n\
                \t<-done\n\tprintln(n)\n}";
    check(
        "",
        &body.replace("FIRST", "n = 1").replace("SECOND", ""),
        false,
    );
    check(
        "",
        &body.replace("FIRST", "").replace("SECOND", "n = 1"),
        true,
    );
}

#[test]
fn a_variable_captured_by_a_goroutine_is_shared() {
    let body = "func main() {\n\tdone := make(chan bool)\n\tn := 0\n\tgo func(m int) {\n\t\tprintln(USED)\n\t\tdone <- true\n\t}(n)\n\
                \tn = 1\n\t<-done\n\tprintln(n)\n}";
    check("", &body.replace("USED", "m"), false);
    check("", &body.replace("USED", "m, n"), true);
}

#[test]
fn maps_are_one_variable_each() {
    pair(
        "sync",
        "func main() {\n\tvar wg sync.WaitGroup\n\tvar mu sync.Mutex\n\tm := map[int]int{}\n\tfor i := range 2 {\n\t\twg.Add(1)\n\
         \t\tgo func() {\n\t\t\tdefer wg.Done()\n\t\t\tLEFT\n\t\t\tm[i] = i\n\t\t\tRIGHT\n\t\t}()\n\t}\n\twg.Wait()\n\tmu.Lock()\n}",
        "mu.Lock()",
        "mu.Unlock()",
    );
}

#[test]
fn elements_of_a_slice_are_variables_of_their_own() {
    let body = "func main() {\n\tvar wg sync.WaitGroup\n\ts := make([]int, 4)\n\tfor i := range 2 {\n\t\twg.Add(1)\n\t\tgo func() {\n\
                \t\t\tdefer wg.Done()\n\t\t\ts[AT] = i\n\t\t}()\n\t}\n\twg.Wait()\n\tprintln(s[0])\n}";
    check("sync", &body.replace("AT", "i"), false);
    check("sync", &body.replace("AT", "i*0"), true);
}

#[test]
fn fields_are_variables_of_their_own() {
    let body = "type pair struct{ a, b int }\n\nfunc main() {\n\tdone := make(chan bool)\n\tp := &pair{}\n\tgo func() {\n\t\tp.FIELD = 1\n\
                \t\tdone <- true\n\t}()\n\tp.a = 2\n\t<-done\n\tprintln(p.a, p.b)\n}";
    check("", &body.replace("FIELD", "b"), false);
    check("", &body.replace("FIELD", "a"), true);
}

#[test]
fn an_atomic_flag_orders_and_a_plain_one_does_not() {
    let body = "var flag FLAG\nvar text string\n\nfunc main() {\n\tgo func() {\n\t\ttext = \"ready\"\n\t\tSET\n\t}()\n\
                \tfor i := 0; i < 50; i++ {\n\t\tif GET {\n\t\t\tprintln(text)\n\t\t\treturn\n\t\t}\n\t\truntime.Gosched()\n\t}\n}";
    let atomic = body
        .replace("FLAG", "atomic.Bool")
        .replace("SET", "flag.Store(true)")
        .replace("GET", "flag.Load()");
    check("runtime sync/atomic", &atomic, false);
    let plain = body
        .replace("FLAG", "bool")
        .replace("SET", "flag = true")
        .replace("GET", "flag");
    check("runtime", &plain, true);
}

#[test]
fn once_orders_its_function_before_every_return() {
    let body = "var once sync.Once\nvar n int\n\nfunc get() int {\n\tINIT\n\treturn n\n}\n\nfunc main() {\n\tvar wg sync.WaitGroup\n\
                \tfor range 3 {\n\t\twg.Add(1)\n\t\tgo func() {\n\t\t\tdefer wg.Done()\n\t\t\t_ = get()\n\t\t}()\n\t}\n\twg.Wait()\n\
                \tonce.Do(func() {})\n}";
    check(
        "sync",
        &body.replace("INIT", "once.Do(func() { n = 5 })"),
        false,
    );
    check(
        "sync",
        &body.replace("INIT", "if n == 0 {\n\t\tn = 5\n\t}"),
        true,
    );
}

#[test]
fn readers_may_share_a_read_lock_and_a_writer_may_not() {
    let body = "func main() {\n\tvar wg sync.WaitGroup\n\tvar mu sync.RWMutex\n\tn := 0\n\tfor range 2 {\n\t\twg.Add(1)\n\t\tgo func() {\n\
                \t\t\tdefer wg.Done()\n\t\t\tmu.RLock()\n\t\t\tINSIDE\n\t\t\tmu.RUnlock()\n\t\t}()\n\t}\n\twg.Wait()\n\tprintln(n)\n}";
    check("sync", &body.replace("INSIDE", "_ = n + 1"), false);
    check("sync", &body.replace("INSIDE", "n++"), true);
}

#[test]
fn a_race_names_the_variable_and_both_places() {
    let body = "var hits int\n\nfunc main() {\n\tdone := make(chan bool)\n\tgo func() {\n\t\thits++\n\t\tdone <- true\n\t}()\n\
                \thits++\n\t<-done\n}";
    let source = program("", body);
    let words: Vec<String> = (0..SEEDS).flat_map(|seed| races(&source, seed)).collect();
    let named = |word: &String| {
        word.contains(" hits at race.go:") && word.contains("nothing orders the two")
    };
    assert!(words.iter().any(named), "{words:?}");
}
