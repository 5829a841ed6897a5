//! The compiler's output on small functions, as text.

use super::bytecode::Instruction;
use super::program::{Function, Program};
use crate::go::build::build;
use expect_test::{Expect, expect};
use std::fmt::Write as _;
use std::rc::Rc;

fn compiled(source: &str) -> Rc<Program> {
    match build(&[("test.go", source)]) {
        Ok(build) => build.program,
        Err(rejected) => {
            let mut text = String::new();
            for diagnostic in &rejected.diagnostics {
                let place = rejected.sources.describe(diagnostic.span);
                let _ = writeln!(text, "{place}: {}", diagnostic.message);
            }
            panic!("{text}");
        }
    }
}

fn disassemble(function: &Function) -> String {
    let mut text = String::new();
    for (at, instruction) in function.code.iter().enumerate() {
        let offset = match instruction {
            Instruction::Jump { offset }
            | Instruction::JumpIf { offset, .. }
            | Instruction::JumpIfNot { offset, .. } => Some(*offset),
            _ => None,
        };
        let target = offset
            .map(|offset| format!(" -> {}", at as i32 + 1 + offset))
            .unwrap_or_default();
        let _ = writeln!(text, "{at:<2} {instruction:?}{target}");
    }
    text
}

/// Compiles a package and compares the code of its function `main.f`.
#[track_caller]
fn check(source: &str, expected: &Expect) {
    let program = compiled(&format!("package main\n{source}\nfunc main() {{ f() }}\n"));
    let function = program
        .functions
        .iter()
        .find(|function| &*function.name == "main.f");
    expected.assert_eq(&disassemble(function.expect("the source has a function f")));
}

/// What the compiler says of a program that it cannot compile.
fn rejected(source: &str) -> String {
    match build(&[("test.go", source)]) {
        Ok(_) => String::new(),
        Err(rejected) => crate::go::report(&rejected.sources, &rejected.diagnostics),
    }
}

#[test]
fn a_counting_loop_has_two_instructions() {
    check(
        "func f() { s := 0; for i := 0; i < 1000; i++ { s += i }; n := s; for i := 0; i < n; i++ { s ^= i } }",
        &expect![[r#"
            0  LoadInt { dst: 0, value: 0 }
            1  LoadInt { dst: 1, value: 0 }
            2  LoadInt { dst: 2, value: 1000 }
            3  JumpIfGreaterEqualImm { a: 1, imm: 1000, offset: 2 }
            4  Add { dst: 0, a: 0, b: 1 }
            5  IncrementJumpIfLess { counter: 1, limit: 2, offset: -2 }
            6  Move { dst: 1, src: 0 }
            7  LoadInt { dst: 2, value: 0 }
            8  JumpIfLessEqual { a: 1, b: 2, offset: 2 }
            9  Xor { dst: 0, a: 0, b: 2 }
            10 IncrementJumpIfLess { counter: 2, limit: 1, offset: -2 }
            11 Return
        "#]],
    );
}

#[test]
fn calls_evaluate_into_their_window() {
    check(
        "func g(a int, s string, r ...int) (int, error) { return a, nil }
         func f() { x, err := g(1, \"s\", 2, 3); _, _ = x, err }",
        &expect![[r#"
            0  LoadInt { dst: 3, value: 1 }
            1  LoadString { dst: 4, index: 0 }
            2  New { dst: 6, ty: 9 }
            3  LoadInt { dst: 7, value: 2 }
            4  LoadInt { dst: 8, value: 2 }
            5  LoadInt { dst: 9, value: 2 }
            6  Store { ptr: 6, src: 9, offset: 0 }
            7  LoadInt { dst: 9, value: 3 }
            8  Store { ptr: 6, src: 9, offset: 1 }
            9  Call { window: 0, function: 3 }
            10 Return
        "#]],
    );
}

#[test]
fn captured_variables_live_on_the_heap_only_if_they_change() {
    check(
        "func f() { a, b := 1, 2; g := func() int { b++; return a + b }; _ = g() }",
        &expect![[r#"
            0  LoadInt { dst: 0, value: 1 }
            1  LoadInt { dst: 1, value: 2 }
            2  New { dst: 2, ty: 2 }
            3  Store { ptr: 2, src: 1, offset: 0 }
            4  Move { dst: 3, src: 2 }
            5  Move { dst: 4, src: 0 }
            6  MakeClosure { window: 3, function: 3 }
            7  CallClosure { window: 4, closure: 3 }
            8  Return
        "#]],
    );
}

#[test]
fn results_are_evaluated_in_place() {
    check(
        "type point struct{ x, y int }
         func f() (point, bool) { p := point{1, 2}; p.y += p.x; return point{p.y, p.x}, p.x < p.y && p.y > 0 }",
        &expect![[r#"
            0  LoadInt { dst: 3, value: 1 }
            1  LoadInt { dst: 4, value: 2 }
            2  Add { dst: 4, a: 4, b: 3 }
            3  Move { dst: 0, src: 4 }
            4  Move { dst: 1, src: 3 }
            5  Less { dst: 2, a: 3, b: 4 }
            6  JumpIfNot { condition: 2, offset: 2 } -> 9
            7  LoadInt { dst: 5, value: 0 }
            8  Less { dst: 2, a: 5, b: 4 }
            9  Return
        "#]],
    );
}

#[test]
fn elements_are_loaded_without_copying_their_slice() {
    check(
        "type item struct { n, m int }
         func f() { s := make([]item, 4); t := 0; for i := range s { s[i].m += i; t += s[i].n }; for _, x := range s { t += x.m } }",
        &expect![[r#"
            0  LoadInt { dst: 3, value: 4 }
            1  Move { dst: 4, src: 3 }
            2  MakeSlice { dst: 0, sizes: 3, element: 9 }
            3  LoadInt { dst: 3, value: 0 }
            4  MoveN { dst: 4, src: 0, n: 3 }
            5  LoadInt { dst: 7, value: 0 }
            6  JumpIfLessEqual { a: 5, b: 7, offset: 8 }
            7  SliceAddress { width: 2, dst: 8, slice: 0, index: 7 }
            8  Load { dst: 9, ptr: 8, offset: 1 }
            9  Add { dst: 9, a: 9, b: 7 }
            10 Store { ptr: 8, src: 9, offset: 1 }
            11 SliceAddress { width: 2, dst: 8, slice: 0, index: 7 }
            12 Load { dst: 8, ptr: 8, offset: 0 }
            13 Add { dst: 3, a: 3, b: 8 }
            14 IncrementJumpIfLess { counter: 7, limit: 5, offset: -8 }
            15 MoveN { dst: 4, src: 0, n: 3 }
            16 LoadInt { dst: 7, value: 0 }
            17 JumpIfLessEqual { a: 5, b: 7, offset: 3 }
            18 SliceGetN { width: 2, dst: 8, slice: 4, index: 7 }
            19 Add { dst: 3, a: 3, b: 9 }
            20 IncrementJumpIfLess { counter: 7, limit: 5, offset: -3 }
            21 Return
        "#]],
    );
}

#[test]
fn deferred_calls_run_before_results_are_brought_home() {
    check(
        "func f() (n int) { defer func() { n++ }(); return 5 }",
        &expect![[r#"
            0  New { dst: 1, ty: 2 }
            1  Move { dst: 2, src: 1 }
            2  MakeClosure { window: 2, function: 3 }
            3  DeferClosure { window: 3, closure: 2 }
            4  LoadInt { dst: 2, value: 5 }
            5  Store { ptr: 1, src: 2, offset: 0 }
            6  RunDefers
            7  Load { dst: 0, ptr: 1, offset: 0 }
            8  Return
            9  RunDefers
            10 Load { dst: 0, ptr: 1, offset: 0 }
            11 Return
        "#]],
    );
}

#[test]
fn narrow_integers_are_normalised_when_they_may_leave_their_range() {
    check(
        "func f() { var a uint8 = 250; a += 10; b := int32(a) << 4; b |= 3; c := uint16(b); _ = c }",
        &expect![[r#"
            0  LoadInt { dst: 0, value: 250 }
            1  AddImm { dst: 0, a: 0, imm: 10 }
            2  ZeroExtend { shift: 56, dst: 0, src: 0 }
            3  Move { dst: 1, src: 0 }
            4  ShiftLeftImm { dst: 1, a: 1, imm: 4 }
            5  SignExtend { shift: 32, dst: 1, src: 1 }
            6  LoadInt { dst: 2, value: 3 }
            7  Or { dst: 1, a: 1, b: 2 }
            8  ZeroExtend { shift: 48, dst: 2, src: 1 }
            9  Return
        "#]],
    );
}

#[test]
fn limits_are_diagnostics() {
    let wide = "package main\ntype t [70000]int\nfunc f(x t) t { return x }\nfunc main() { var x t; f(x) }\n";
    expect![[r#"
        test.go:4:6: function needs too many registers for Lockstep
        test.go:3:6: function needs too many registers for Lockstep
    "#]]
    .assert_eq(&rejected(wide));
    let endless = "package main\ntype g[T any] struct{}\nfunc f[T any](n int) { if n > 0 { f[g[T]](n - 1) } }\nfunc main() { f[int](3) }\n";
    expect![[r#"
        test.go:3:6: instantiation cycle
    "#]]
    .assert_eq(&rejected(endless));
}
