//! What the checker tells the compiler, and that no source makes it panic.

use super::info::{Info, SelectionKind};
use super::object::{ObjKind, Object};
use super::{Lookup, PackageId, Style, Target, Type, TypeId};
use crate::go::{Checked, load};
use proptest::prelude::*;

fn check(source: &str) -> Checked {
    let checked = load(&[("main.go", source)]);
    let report = crate::go::report(&checked.sources, &checked.diagnostics);
    assert!(report.is_empty(), "{report}");
    checked
}

fn object<'a>(info: &'a Info, name: &str) -> &'a Object {
    let found = info.objects.iter().rev().find(|o| &*o.name == name);
    found.unwrap_or_else(|| panic!("no object {name}"))
}

fn text(checked: &Checked, typ: TypeId) -> String {
    checked.types.text(typ, Style::Runtime)
}

#[test]
fn types_are_identical_exactly_if_their_ids_are_equal() {
    let checked = check(
        "package main
type alias = []byte
type reader interface{ Read(p []byte) (n int, err error) }
var a []uint8
var b alias
var c func(x int, ys ...rune) (err error)
var d func(int, ...int32) error
var e interface{ m(); Error() string }
var f interface{ error; m() }
var g interface{ reader }
var h interface{ Read([]uint8) (int, error) }
var i map[string]any
var j map[string]interface{}
var k struct{ x int `tag` }
var l struct{ x int }
func main() {}",
    );
    let typ = |name| object(&checked.info, name).typ;
    for (x, y) in [("a", "b"), ("c", "d"), ("e", "f"), ("g", "h"), ("i", "j")] {
        assert_eq!(typ(x), typ(y), "{x} and {y}");
    }
    assert_ne!(typ("k"), typ("l"));
}

#[test]
fn types_have_the_text_that_go_prints() {
    let checked = check(
        "package main
type pair[A, B any] struct { a A; b B }
type named int
var a map[string][]*named
var b func(x int, ys ...string) (n named, err error)
var c interface { m(); String() string }
var d struct { x int; named; y string `k:\"v\"` }
var e pair[named, []pair[int, string]]
var f chan (<-chan int)
var g [3]chan<- struct{}
var h any
func local() { type inner struct{}; var i inner; _ = i }
func main() {}",
    );
    let texts = [
        ("a", "map[string][]*main.named"),
        ("b", "func(int, ...string) (main.named, error)"),
        ("c", "interface { String() string; m() }"),
        (
            "d",
            "struct { x int; main.named; y string \"k:\\\"v\\\"\" }",
        ),
        ("e", "main.pair[main.named,[]main.pair[int,string]]"),
        ("f", "chan (<-chan int)"),
        ("g", "[3]chan<- struct {}"),
        ("h", "interface {}"),
        ("i", "main.inner"),
    ];
    for (name, expected) in texts {
        assert_eq!(text(&checked, object(&checked.info, name).typ), expected);
    }
}

#[test]
fn variables_are_initialised_after_what_they_need() {
    let checked = check(
        "package main
var a = c + b
var b = f()
var c, d = two()
var e = 1
func f() int { return g() }
func g() int { e++; return e }
func two() (int, int) { return e, e }
func main() { _, _ = a, d }",
    );
    let order: Vec<String> = checked
        .info
        .init_order
        .iter()
        .flat_map(|step| &step.variables)
        .map(|&v| checked.info.object(v).name.to_string())
        .collect();
    assert_eq!(order.join(" "), "e b c d a");
}

#[test]
fn captured_and_addressed_variables_are_known() {
    let checked = check(
        "package main
type t struct{ n int }
func (p *t) m() {}
func main() {
	plain, captured, addressed, field, called, sliced, reassigned := 1, 2, 3, t{}, t{}, [2]int{}, 4
	f := func() { func() { println(captured) }() }
	p, q := &addressed, &field.n
	called.m()
	s := sliced[:]
	reassigned++
	println(plain, f, p, q, s, reassigned)
}",
    );
    let of = |name| object(&checked.info, name);
    for (name, captured, addressed) in [
        ("plain", false, false),
        ("captured", true, false),
        ("addressed", false, true),
        ("field", false, true),
        ("called", false, true),
        ("sliced", false, true),
        ("reassigned", false, false),
    ] {
        assert_eq!(of(name).captured, captured, "{name}");
        assert_eq!(of(name).address_taken, addressed, "{name}");
    }
    assert!(of("reassigned").reassigned && !of("plain").reassigned);
    let captures: usize = checked
        .info
        .functions
        .values()
        .map(|f| f.captures.len())
        .sum();
    assert_eq!(captures, 2, "both literals around the use");
}

#[test]
fn selections_give_the_way_through_embedded_fields() {
    let checked = check(
        "package main
type a struct{ x int }
func (*a) m() {}
type b struct{ *a }
type c struct{ y int; b }
type i interface{ m() }
func generic[T i](t T) { t.m() }
func main() {
	var v c
	v.x = 1
	v.m()
	f := (*c).m
	var w i = v
	w.m()
	generic(v)
	_ = f
}",
    );
    let own = checked.files.last().map_or(0..0, |f| f.ids.clone());
    let selections: Vec<_> = checked
        .info
        .selections
        .iter()
        .filter(|(node, _)| own.contains(&node.0))
        .map(|(_, selection)| selection)
        .collect();
    let kinds: Vec<SelectionKind> = selections.iter().map(|s| s.kind).collect();
    use SelectionKind::*;
    assert_eq!(
        kinds,
        [ParamMethod, Field, Method, MethodExpr, InterfaceMethod]
    );
    let steps: Vec<(usize, bool)> = selections[1]
        .path
        .iter()
        .map(|s| (s.field, s.deref))
        .collect();
    assert_eq!(steps, [(1, false), (0, false), (0, true)]);
    assert_eq!(selections[2].path.len(), 2);
    assert!(selections[2].pointer_receiver);
    assert_eq!(text(&checked, selections[3].typ), "func(*main.c)");
}

#[test]
fn lookup_works_on_substituted_types() {
    let checked = check(
        "package main
type list[T any] struct{ items []T }
func (l *list[T]) push(x T) {}
func (l list[T]) get() (t T) { return }
type wrapper[T any] struct{ list[T] }
var w wrapper[string]
func main() {}",
    );
    let (types, info) = (&checked.types, &checked.info);
    let main = info.packages.last().map_or(PackageId::UNIVERSE, |p| p.id);
    let w = object(info, "w").typ;
    let Lookup::Found(found) = types.lookup(w, main, "get") else {
        panic!("get is promoted");
    };
    let Target::Method { on, method } = found.target else {
        panic!("get is a method");
    };
    assert_eq!(text(&checked, on), "main.list[string]");
    let Type::Named(declared, args) = types.get(on) else {
        panic!("it is declared on a defined type");
    };
    let params = types.declared(declared).type_params.clone();
    let signature = types.substitute(info.object(method.object).typ, &params, &args);
    assert_eq!(text(&checked, signature), "func() string");
    assert!(types.in_method_set(w, main, "get") && !types.in_method_set(w, main, "push"));
    assert!(types.in_method_set(types.pointer(w), main, "push"));
    let names = types.method_names(types.pointer(w));
    assert_eq!(names.len(), 2);
}

#[test]
fn instances_are_noted_at_the_identifier() {
    let checked = check(
        "package main
func convert[T, U any](xs []T, f func(T) U) []U { return nil }
func show[T any](x T) string { return \"\" }
var a = convert([]int{1}, show)
var b func(string) string = show
func main() {}",
    );
    let mut texts: Vec<String> = checked
        .info
        .instances
        .values()
        .map(|args| checked.types.list_text(args, Style::Runtime))
        .collect();
    texts.sort();
    assert_eq!(texts, ["int", "int, string", "string"]);
}

#[test]
fn constants_are_exact_and_typed() {
    let checked = check(
        "package main
const big = 1 << 200 >> 198
const third = 1.0 / 3
const text = \"a\" + \"b\"
const mask uint8 = ^uint8(1) &^ 4
const length = len([10]string{}) + len(\"héé\")
type weekday int
const ( _ weekday = iota; monday; tuesday )
const imaginary = (1 + 2i) * 2i
func main() {}",
    );
    for (name, expected) in [
        ("big", "4"),
        ("third", "0.333333"),
        ("text", "\"ab\""),
        ("mask", "250"),
        ("length", "15"),
        ("tuesday", "2"),
        ("imaginary", "(-4 + 2i)"),
    ] {
        let ObjKind::Const(Some(value)) = &object(&checked.info, name).kind else {
            panic!("{name} is a constant");
        };
        assert_eq!(value.text(), expected, "{name}");
    }
}

#[test]
fn what_cannot_be_imported_is_said_by_name() {
    let source = "package main\n\nimport (\n\t\"foo/bar\"\n\t\"net/rpc\"\n\t\"C\"\n\t\"github.com/a/b\"\n)\n\nfunc main() { bar.X(rpc.Y, b.Z) }\n";
    let checked = load(&[("main.go", source)]);
    let messages: Vec<&str> = checked.diagnostics.iter().map(|d| &*d.message).collect();
    assert_eq!(
        messages,
        [
            "package foo/bar is not in std",
            "Lockstep does not run package net/rpc",
            "Lockstep does not run cgo",
            "Lockstep does not run package github.com/a/b",
        ]
    );
}

#[test]
fn long_chains_of_declarations_end_in_a_message() {
    let chain = |line: &dyn Fn(usize) -> String| {
        let mut source = String::from("package main\nfunc main() {}\n");
        for at in 0..20_000 {
            source.push_str(&line(at));
        }
        load(&[("main.go", &source)]).diagnostics.len()
    };
    // Go would follow them to the end; that they end at all is what counts.
    assert!(chain(&|n| format!("const c{n} = c{}\n", n + 1)) > 0);
    assert!(chain(&|n| format!("type t{n} t{}\n", n + 1)) > 0);
    assert!(chain(&|n| format!("type a{n} = []a{}\n", n + 1)) > 0);
    assert!(chain(&|n| format!("func f{n}() int {{ return f{}() }}\n", n + 1)) > 0);
    assert!(chain(&|n| format!("var v{n} int = v{}\n", n + 1)) > 0);
}

/// All programs of `tests/programs/error` and some of the standard library, to be mangled.
fn sources() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/programs/error");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the programs")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "go"))
        .collect();
    paths.sort();
    let mut sources: Vec<String> = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a program"))
        .collect();
    for path in ["slices", "context", "iter"] {
        sources.extend(crate::go::std::files(path).map(|(_, text)| text.to_string()));
    }
    sources
}

/// The words and signs of a source.
fn tokens(source: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if word(first) {
            rest.find(|c| !word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        out.push(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Words moved about within and between programs: nothing makes the checker panic, and it says
    /// the same thing twice.
    #[test]
    fn no_source_makes_it_panic(
        first in any::<prop::sample::Index>(),
        second in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4u8), 1..12),
    ) {
        let sources = sources();
        let (base, other) = (first.get(&sources), second.get(&sources));
        let mut words: Vec<&str> = tokens(base);
        let spare = tokens(other);
        for (at, from, kind) in edits {
            if words.is_empty() {
                break;
            }
            let place = at.index(words.len());
            match kind {
                0 => { words.remove(place); }
                1 => words[place] = spare[from.index(spare.len())],
                2 => words.insert(place, spare[from.index(spare.len())]),
                _ => { let other = from.index(words.len()); words.swap(place, other); }
            }
        }
        let source = words.concat();
        let (a, b) = (load(&[("main.go", &source)]), load(&[("main.go", &source)]));
        prop_assert_eq!(a.diagnostics, b.diagnostics);
    }
}
