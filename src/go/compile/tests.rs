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
        let _ = writeln!(text, "{at:3} {instruction:?}{target}");
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

#[test]
fn a_counting_loop_has_two_instructions() {
    check(
        "func f() { s := 0; for i := 0; i < 1000; i++ { s += i }; n := s; for i := 0; i < n; i++ { s ^= i } }",
        &expect![[r#"
              0 LoadInt { dst: 0, value: 0 }
              1 LoadInt { dst: 1, value: 0 }
              2 JumpIfGreaterEqualImm { a: 1, imm: 1000, offset: 3 }
              3 Add { dst: 0, a: 0, b: 1 }
              4 AddImm { dst: 1, a: 1, imm: 1 }
              5 JumpIfLessImm { a: 1, imm: 1000, offset: -3 }
              6 Move { dst: 1, src: 0 }
              7 LoadInt { dst: 2, value: 0 }
              8 JumpIfLessEqual { a: 1, b: 2, offset: 2 }
              9 Xor { dst: 0, a: 0, b: 2 }
             10 IncrementJumpIfLess { counter: 2, limit: 1, offset: -2 }
             11 Return
        "#]],
    );
}
