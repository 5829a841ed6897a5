//! The interpreter: executes instructions of one goroutine until something is to be done that only
//! its driver can do.
//!
//! [`execute`] is an ordinary function over plain data. It returns at every visible operation with the
//! frame's `pc` *behind* the instruction; at [`Exit::Collect`] and [`Exit::Trap`] the `pc` stands *at*
//! the instruction, which is executed again. Register accesses are bounds-checked slices of the
//! goroutine's stack; nothing on the way of arithmetic, jumps, loads and calls allocates.
//!
//! Deliberately absent: anything asynchronous, anything that knows of schedulers or events.

use super::access::AccessPoint;
use super::core::{Binding, Core};
use super::equality::{equal_interfaces, equal_leaves, equal_strings};
use super::fault::{Throw, uncomparable};
use super::goroutine::{Callee, Deferred, Frame, FrameKind, Goroutine};
use super::heap::{Word, handle, offset, pointer};
use super::native::Call;
use super::operations as ops;
use super::text::utf8;
use super::unwind::{self, Flow};
use crate::go::compile::bytecode::Instruction as I;
use std::rc::Rc;

/// Why [`execute`] came back.
#[derive(Debug)]
pub enum Exit {
    /// The fuel is used up.
    Fuel,
    /// The collector is due.
    Collect,
    /// A visible operation: this instruction, whose operands are in the top frame.
    Visible(I),
    /// The instruction at the top frame's `pc` is marked by the recorder.
    Trap,
    /// The instruction at the top frame's `pc` accesses memory, which is a scheduling point here.
    Access(AccessPoint),
    /// The goroutine's function returned.
    Returned,
    /// `runtime.Goexit` ran all deferred calls.
    Goexit,
    /// A panic went through all frames.
    Panicked,
    /// A fatal error.
    Fatal(Box<str>),
    /// The memory limit is reached.
    Memory,
}

#[inline(always)]
fn float(word: Word) -> f64 {
    f64::from_bits(word)
}

/// Executes `g` until something is to be done outside. `fuel` goes down by about one per instruction.
/// `first` is executed in place of the instruction at the top frame's `pc` if given: the recorder puts
/// traps in place of instructions and hands the real ones in here.
pub fn execute(core: &mut Core, g: &mut Goroutine, fuel: &mut i64, first: Option<I>) -> Exit {
    let program = Rc::clone(&core.program);
    let code_of = Rc::clone(&core.code);
    let mut first = first;
    'reload: loop {
        let Some(&top) = g.frames.last() else {
            return Exit::Returned;
        };
        let depth = g.frames.len() - 1;
        let function = &program.functions[top.function as usize];
        let code: &[I] = &code_of[top.function as usize];
        let base = top.base as usize;
        let frame = &mut g.stack[base..base + usize::from(function.frame_words)];
        let mut pc = top.pc as usize;

        macro_rules! r {
            ($reg:expr) => {
                frame[$reg as usize]
            };
        }
        macro_rules! range {
            ($reg:expr, $n:expr) => {
                frame[$reg as usize..$reg as usize + $n as usize]
            };
        }
        macro_rules! leave {
            ($exit:expr) => {{
                g.frames[depth].pc = pc as u32;
                return $exit;
            }};
        }
        macro_rules! throw {
            ($throw:expr) => {{
                let throw = $throw;
                g.frames[depth].pc = pc as u32;
                match unwind::raise(core, g, throw) {
                    Flow::Go => continue 'reload,
                    Flow::Exit(exit) => return exit,
                }
            }};
        }
        macro_rules! attempt {
            ($result:expr) => {
                match $result {
                    Ok(value) => value,
                    Err(error) => throw!(error),
                }
            };
        }
        // Before an instruction that allocates.
        macro_rules! allocating {
            () => {
                if core.heap.is_due() {
                    pc -= 1;
                    leave!(Exit::Collect);
                }
            };
        }
        macro_rules! jump {
            ($offset:expr) => {{
                let by = $offset as isize;
                pc = pc.wrapping_add_signed(by);
                if by < 0 {
                    *fuel += by as i64;
                    if *fuel <= 0 {
                        leave!(Exit::Fuel);
                    }
                }
            }};
        }
        macro_rules! binary {
            ($dst:expr, $a:expr, $b:expr, $operation:expr) => {{
                let operation: fn(u64, u64) -> u64 = $operation;
                r!($dst) = operation(r!($a), r!($b))
            }};
        }
        macro_rules! floats {
            ($dst:expr, $a:expr, $b:expr, $op:tt) => {
                r!($dst) = (float(r!($a)) $op float(r!($b))).to_bits()
            };
        }
        macro_rules! nil_check {
            ($pointer:expr) => {{
                let pointer = $pointer;
                if pointer == 0 {
                    throw!(Throw::Nil);
                }
                pointer
            }};
        }
        // What a pointer points to; nowhere is as bad as nil.
        macro_rules! there {
            ($place:expr) => {
                match $place {
                    Some(place) => place,
                    None => throw!(Throw::Nil),
                }
            };
        }
        // Pushes a call whose frame begins at `window` of this one.
        macro_rules! call {
            ($window:expr, $function:expr, $kind:expr) => {{
                let callee = $function;
                let words = usize::from(program.functions[callee as usize].frame_words);
                let callee_base = base + $window as usize;
                g.frames[depth].pc = pc as u32;
                *fuel -= 4;
                if *fuel <= 0 {
                    // The call is made all the same; the pause is in front of the callee's first instruction.
                    if let Some(exit) = push_frame(core, g, callee, callee_base, words, $kind) {
                        return exit;
                    }
                    return Exit::Fuel;
                }
                if callee_base + words > g.stack.len() || core.tracing {
                    match push_frame(core, g, callee, callee_base, words, $kind) {
                        Some(exit) => return exit,
                        None => continue 'reload,
                    }
                }
                let callee_frame =
                    Frame { function: callee, pc: 0, base: callee_base as u32, defers: 0, kind: $kind };
                g.frames.push(callee_frame);
                continue 'reload;
            }};
        }

        // By reference: the fields are loaded where they are used.
        let given = first.take();
        let mut instruction = given.as_ref().unwrap_or(&code[pc]);
        loop {
            pc += 1;
            match *instruction {
                I::Trap => {
                    pc -= 1;
                    leave!(Exit::Trap);
                }
                // ---- moves and constants
                I::Move { dst, src } => r!(dst) = r!(src),
                I::Move2 { dst, src } => {
                    let (low, high) = (r!(src), r!(src + 1));
                    r!(dst) = low;
                    r!(dst + 1) = high;
                }
                I::MoveN { dst, src, n } => {
                    frame.copy_within(src as usize..src as usize + n as usize, dst as usize);
                }
                I::LoadInt { dst, value } => r!(dst) = value as i64 as u64,
                I::LoadConstant { dst, index } => r!(dst) = program.constants[index as usize],
                I::LoadString { dst, index } => {
                    let [at, length] = core.strings[index as usize];
                    r!(dst) = at;
                    r!(dst + 1) = length;
                }
                I::LoadFunction { dst, function } => r!(dst) = core.static_closure(function),
                I::Zero { dst, n } => range!(dst, n).fill(0),

                // ---- integers
                I::Add { dst, a, b } => binary!(dst, a, b, u64::wrapping_add),
                I::Sub { dst, a, b } => binary!(dst, a, b, u64::wrapping_sub),
                I::Mul { dst, a, b } => binary!(dst, a, b, u64::wrapping_mul),
                I::Div { dst, a, b } => {
                    let divisor = r!(b) as i64;
                    if divisor == 0 {
                        throw!(Throw::divide());
                    }
                    r!(dst) = (r!(a) as i64).wrapping_div(divisor) as u64;
                }
                I::Rem { dst, a, b } => {
                    let divisor = r!(b) as i64;
                    if divisor == 0 {
                        throw!(Throw::divide());
                    }
                    r!(dst) = (r!(a) as i64).wrapping_rem(divisor) as u64;
                }
                I::DivUnsigned { dst, a, b } => match r!(a).checked_div(r!(b)) {
                    Some(quotient) => r!(dst) = quotient,
                    None => throw!(Throw::divide()),
                },
                I::RemUnsigned { dst, a, b } => match r!(a).checked_rem(r!(b)) {
                    Some(rest) => r!(dst) = rest,
                    None => throw!(Throw::divide()),
                },
                I::And { dst, a, b } => binary!(dst, a, b, |a, b| a & b),
                I::Or { dst, a, b } => binary!(dst, a, b, |a, b| a | b),
                I::Xor { dst, a, b } => binary!(dst, a, b, |a, b| a ^ b),
                I::AndNot { dst, a, b } => binary!(dst, a, b, |a, b| a & !b),
                I::ShiftLeft { dst, a, b } => {
                    binary!(dst, a, b, |a, b| if b < 64 { a << b } else { 0 })
                }
                I::ShiftRight { dst, a, b } => {
                    binary!(dst, a, b, |a, b| ((a as i64) >> b.min(63)) as u64)
                }
                I::ShiftRightUnsigned { dst, a, b } => {
                    binary!(dst, a, b, |a, b| if b < 64 { a >> b } else { 0 });
                }
                I::CheckShift { src } => {
                    if (r!(src) as i64) < 0 {
                        throw!(Throw::error("negative shift amount"));
                    }
                }
                I::AddImm { dst, a, imm } => r!(dst) = r!(a).wrapping_add(imm as i64 as u64),
                I::MulImm { dst, a, imm } => r!(dst) = r!(a).wrapping_mul(imm as i64 as u64),
                I::DivImm { dst, a, imm } => {
                    r!(dst) = (r!(a) as i64).checked_div(i64::from(imm)).unwrap_or(0) as u64;
                }
                I::RemImm { dst, a, imm } => {
                    r!(dst) = (r!(a) as i64).checked_rem(i64::from(imm)).unwrap_or(0) as u64;
                }
                I::AndImm { dst, a, imm } => r!(dst) = r!(a) & imm as i64 as u64,
                I::ShiftLeftImm { dst, a, imm } => r!(dst) = r!(a) << (imm & 63),
                I::ShiftRightImm { dst, a, imm } => r!(dst) = ((r!(a) as i64) >> (imm & 63)) as u64,
                I::ShiftRightUnsignedImm { dst, a, imm } => r!(dst) = r!(a) >> (imm & 63),
                I::Neg { dst, src } => r!(dst) = r!(src).wrapping_neg(),
                I::Complement { dst, src } => r!(dst) = !r!(src),
                I::Not { dst, src } => r!(dst) = r!(src) ^ 1,
                I::SignExtend { shift, dst, src } => {
                    r!(dst) = ((r!(src) << (shift & 63)) as i64 >> (shift & 63)) as u64;
                }
                I::ZeroExtend { shift, dst, src } => {
                    r!(dst) = r!(src) << (shift & 63) >> (shift & 63)
                }

                // ---- floats and complex numbers
                I::AddFloat { dst, a, b } => floats!(dst, a, b, +),
                I::SubFloat { dst, a, b } => floats!(dst, a, b, -),
                I::MulFloat { dst, a, b } => floats!(dst, a, b, *),
                I::DivFloat { dst, a, b } => floats!(dst, a, b, /),
                I::NegFloat { dst, src } => r!(dst) = (-float(r!(src))).to_bits(),
                I::MinFloat { dst, a, b } => {
                    r!(dst) = ops::min_float(float(r!(a)), float(r!(b))).to_bits()
                }
                I::MaxFloat { dst, a, b } => {
                    r!(dst) = (-ops::min_float(-float(r!(a)), -float(r!(b)))).to_bits()
                }
                I::RoundFloat32 { dst, src } => {
                    r!(dst) = f64::from(float(r!(src)) as f32).to_bits()
                }
                I::IntToFloat { dst, src } => r!(dst) = (r!(src) as i64 as f64).to_bits(),
                I::UintToFloat { dst, src } => r!(dst) = (r!(src) as f64).to_bits(),
                I::FloatToInt { dst, src } => r!(dst) = ops::float_to_int(float(r!(src))) as u64,
                I::FloatToUint { dst, src } => r!(dst) = ops::float_to_uint(float(r!(src))),
                I::AddComplex { dst, a, b } => {
                    let real = float(r!(a)) + float(r!(b));
                    let imaginary = float(r!(a + 1)) + float(r!(b + 1));
                    r!(dst) = real.to_bits();
                    r!(dst + 1) = imaginary.to_bits();
                }
                I::SubComplex { dst, a, b } => {
                    let real = float(r!(a)) - float(r!(b));
                    let imaginary = float(r!(a + 1)) - float(r!(b + 1));
                    r!(dst) = real.to_bits();
                    r!(dst + 1) = imaginary.to_bits();
                }
                I::MulComplex { dst, a, b } => {
                    let (ar, ai) = (float(r!(a)), float(r!(a + 1)));
                    let (br, bi) = (float(r!(b)), float(r!(b + 1)));
                    r!(dst) = (ar * br - ai * bi).to_bits();
                    r!(dst + 1) = (ar * bi + ai * br).to_bits();
                }
                I::DivComplex { dst, a, b } => {
                    let a = (float(r!(a)), float(r!(a + 1)));
                    let (real, imaginary) =
                        ops::divide_complex(a, (float(r!(b)), float(r!(b + 1))));
                    r!(dst) = real.to_bits();
                    r!(dst + 1) = imaginary.to_bits();
                }

                // ---- comparisons
                I::Equal { dst, a, b } => r!(dst) = u64::from(r!(a) == r!(b)),
                I::NotEqual { dst, a, b } => r!(dst) = u64::from(r!(a) != r!(b)),
                I::Less { dst, a, b } => r!(dst) = u64::from((r!(a) as i64) < r!(b) as i64),
                I::LessEqual { dst, a, b } => r!(dst) = u64::from(r!(a) as i64 <= r!(b) as i64),
                I::LessUnsigned { dst, a, b } => r!(dst) = u64::from(r!(a) < r!(b)),
                I::LessEqualUnsigned { dst, a, b } => r!(dst) = u64::from(r!(a) <= r!(b)),
                I::EqualFloat { dst, a, b } => r!(dst) = u64::from(float(r!(a)) == float(r!(b))),
                I::NotEqualFloat { dst, a, b } => r!(dst) = u64::from(float(r!(a)) != float(r!(b))),
                I::LessFloat { dst, a, b } => r!(dst) = u64::from(float(r!(a)) < float(r!(b))),
                I::LessEqualFloat { dst, a, b } => {
                    r!(dst) = u64::from(float(r!(a)) <= float(r!(b)))
                }
                I::StringEqual { dst, a, b } => {
                    let same = equal_strings(&core.heap, [r!(a), r!(a + 1)], [r!(b), r!(b + 1)]);
                    r!(dst) = u64::from(same);
                }
                I::StringLess { dst, a, b } => {
                    let less =
                        core.heap.string(r!(a), r!(a + 1)) < core.heap.string(r!(b), r!(b + 1));
                    r!(dst) = u64::from(less);
                }
                I::StringLessEqual { dst, a, b } => {
                    let less =
                        core.heap.string(r!(a), r!(a + 1)) <= core.heap.string(r!(b), r!(b + 1));
                    r!(dst) = u64::from(less);
                }
                I::InterfaceEqual { dst, a, b } => {
                    let (left, right) = ([r!(a), r!(a + 1)], [r!(b), r!(b + 1)]);
                    let same = equal_interfaces(&core.heap, &core.shapes, left, right);
                    r!(dst) = u64::from(attempt!(same.map_err(uncomparable)));
                }
                I::ValueEqual { dst, pair, ty } => {
                    let shape = core.shapes.get(Word::from(ty));
                    let width = shape.width as usize;
                    let (a, b) = range!(pair, 2 * width).split_at(width);
                    let leaves = shape.leaves.as_deref().unwrap_or(&[]);
                    let same = equal_leaves(&core.heap, &core.shapes, leaves, a, b);
                    r!(dst) = u64::from(attempt!(same.map_err(uncomparable)));
                }

                // ---- jumps
                I::Jump { offset } => jump!(offset),
                I::JumpIf { condition, offset } => {
                    if r!(condition) != 0 {
                        jump!(offset);
                    }
                }
                I::JumpIfNot { condition, offset } => {
                    if r!(condition) == 0 {
                        jump!(offset);
                    }
                }
                I::JumpIfEqual { a, b, offset } => {
                    if r!(a) == r!(b) {
                        jump!(offset);
                    }
                }
                I::JumpIfNotEqual { a, b, offset } => {
                    if r!(a) != r!(b) {
                        jump!(offset);
                    }
                }
                I::JumpIfLess { a, b, offset } => {
                    if (r!(a) as i64) < r!(b) as i64 {
                        jump!(offset);
                    }
                }
                I::JumpIfLessEqual { a, b, offset } => {
                    if r!(a) as i64 <= r!(b) as i64 {
                        jump!(offset);
                    }
                }
                I::JumpIfLessUnsigned { a, b, offset } => {
                    if r!(a) < r!(b) {
                        jump!(offset);
                    }
                }
                I::JumpIfLessEqualUnsigned { a, b, offset } => {
                    if r!(a) <= r!(b) {
                        jump!(offset);
                    }
                }
                I::JumpIfEqualImm { a, imm, offset } => {
                    if r!(a) as i64 == i64::from(imm) {
                        jump!(offset);
                    }
                }
                I::JumpIfNotEqualImm { a, imm, offset } => {
                    if r!(a) as i64 != i64::from(imm) {
                        jump!(offset);
                    }
                }
                I::JumpIfLessImm { a, imm, offset } => {
                    if (r!(a) as i64) < i64::from(imm) {
                        jump!(offset);
                    }
                }
                I::JumpIfLessEqualImm { a, imm, offset } => {
                    if r!(a) as i64 <= i64::from(imm) {
                        jump!(offset);
                    }
                }
                I::JumpIfGreaterImm { a, imm, offset } => {
                    if r!(a) as i64 > i64::from(imm) {
                        jump!(offset);
                    }
                }
                I::JumpIfGreaterEqualImm { a, imm, offset } => {
                    if r!(a) as i64 >= i64::from(imm) {
                        jump!(offset);
                    }
                }
                I::JumpIfLessFloat { a, b, offset } => {
                    if float(r!(a)) < float(r!(b)) {
                        jump!(offset);
                    }
                }
                I::JumpIfLessEqualFloat { a, b, offset } => {
                    if float(r!(a)) <= float(r!(b)) {
                        jump!(offset);
                    }
                }
                I::JumpIfNotLessFloat { a, b, offset } => {
                    let less = float(r!(a)) < float(r!(b));
                    if !less {
                        jump!(offset);
                    }
                }
                I::JumpIfNotLessEqualFloat { a, b, offset } => {
                    let less = float(r!(a)) <= float(r!(b));
                    if !less {
                        jump!(offset);
                    }
                }
                I::IncrementJumpIfLess {
                    counter,
                    limit,
                    offset,
                } => {
                    let next = r!(counter).wrapping_add(1);
                    r!(counter) = next;
                    if (next as i64) < r!(limit) as i64 {
                        jump!(offset);
                    }
                }
                I::JumpTable { src, table } => {
                    let targets = &function.jump_tables[table as usize];
                    if let Some(&target) =
                        usize::try_from(r!(src)).ok().and_then(|at| targets.get(at))
                    {
                        pc = target as usize;
                    }
                }

                // ---- memory
                I::New { dst, ty } => {
                    allocating!();
                    let shape = core.shapes.get(Word::from(ty));
                    let (width, scan) = (shape.width as usize, shape.scan);
                    attempt!(core.heap_room(width * 8));
                    r!(dst) = pointer(core.heap.new_words(width, scan), 0);
                }
                I::Load {
                    dst,
                    ptr,
                    offset: at,
                } => {
                    let pointer = nil_check!(r!(ptr));
                    let words = core.heap.words(handle(pointer));
                    r!(dst) = *there!(words.get(offset(pointer) + at as usize));
                }
                I::LoadN {
                    n,
                    dst,
                    ptr,
                    offset: at,
                } => {
                    let pointer = nil_check!(r!(ptr));
                    let words = core.heap.try_slice(pointer + Word::from(at), n as usize);
                    range!(dst, n).copy_from_slice(there!(words));
                }
                I::Store {
                    ptr,
                    src,
                    offset: at,
                } => {
                    let pointer = nil_check!(r!(ptr));
                    let words = core.heap.words_mut(handle(pointer));
                    *there!(words.get_mut(offset(pointer) + at as usize)) = r!(src);
                }
                I::StoreN {
                    n,
                    ptr,
                    src,
                    offset: at,
                } => {
                    let pointer = nil_check!(r!(ptr));
                    let words = core
                        .heap
                        .try_slice_mut(pointer + Word::from(at), n as usize);
                    there!(words).copy_from_slice(&range!(src, n));
                }
                I::FieldAddress {
                    dst,
                    ptr,
                    offset: at,
                } => {
                    r!(dst) = nil_check!(r!(ptr)) + Word::from(at);
                }
                I::OffsetAddress { dst, ptr, words } => r!(dst) = nil_check!(r!(ptr)) + r!(words),
                I::CheckNil { src } => {
                    nil_check!(r!(src));
                }
                I::LoadGlobal { dst, offset } => r!(dst) = core.globals()[offset as usize],
                I::LoadGlobalN { n, dst, offset } => {
                    let at = offset as usize;
                    range!(dst, n).copy_from_slice(&core.globals()[at..at + n as usize]);
                }
                I::StoreGlobal { src, offset } => {
                    let word = r!(src);
                    core.globals_mut()[offset as usize] = word;
                }
                I::StoreGlobalN { n, src, offset } => {
                    let at = offset as usize;
                    core.globals_mut()[at..at + n as usize].copy_from_slice(&range!(src, n));
                }
                I::GlobalAddress { dst, offset } => r!(dst) = core.global_pointer(offset),
                I::CloneNatives { src, ty } => {
                    let program = &core.program;
                    let ty = Rc::clone(program).types[ty as usize].native_words.clone();
                    for at in ty {
                        let word = r!(src as usize + at as usize);
                        r!(src as usize + at as usize) = super::native::object::clone(core, word);
                    }
                }

                // ---- arrays in memory
                I::CheckIndex { index, length } => {
                    if r!(index) >= Word::from(length) {
                        throw!(Throw::index(r!(index), Word::from(length)));
                    }
                }
                I::CheckIndexRegister { index, length } => {
                    if r!(index) >= r!(length) {
                        throw!(Throw::index(r!(index), r!(length)));
                    }
                }
                I::ArrayGet { dst, ptr, index } => {
                    let pointer = nil_check!(r!(ptr));
                    let words = core.heap.words(handle(pointer));
                    r!(dst) = *there!(words.get(offset(pointer) + r!(index) as usize));
                }
                I::ArraySet { ptr, index, src } => {
                    let pointer = nil_check!(r!(ptr));
                    let words = core.heap.words_mut(handle(pointer));
                    *there!(words.get_mut(offset(pointer) + r!(index) as usize)) = r!(src);
                }
                I::ArrayAddress {
                    width,
                    dst,
                    ptr,
                    index,
                } => {
                    r!(dst) = nil_check!(r!(ptr)) + r!(index) * Word::from(width);
                }
                I::RegisterGet { dst, base, index } => {
                    r!(dst) = r!(base as usize + r!(index) as usize)
                }
                I::RegisterSet { base, index, src } => {
                    let at = r!(index) as usize;
                    r!(base as usize + at) = r!(src);
                }

                // ---- slices
                I::SliceGet { dst, slice, index } => {
                    let (at, index) = (r!(slice), r!(index));
                    if index >= r!(slice + 1) {
                        throw!(Throw::index(index, r!(slice + 1)));
                    }
                    r!(dst) = core.heap.words(handle(at))[offset(at) + index as usize];
                }
                I::SliceSet { slice, index, src } => {
                    let (at, index) = (r!(slice), r!(index));
                    if index >= r!(slice + 1) {
                        throw!(Throw::index(index, r!(slice + 1)));
                    }
                    core.heap.words_mut(handle(at))[offset(at) + index as usize] = r!(src);
                }
                I::SliceGetN {
                    width,
                    dst,
                    slice,
                    index,
                } => {
                    let (at, index) = (r!(slice), r!(index));
                    if index >= r!(slice + 1) {
                        throw!(Throw::index(index, r!(slice + 1)));
                    }
                    let from = at + index * Word::from(width);
                    range!(dst, width).copy_from_slice(core.heap.slice(from, width as usize));
                }
                I::SliceSetN {
                    width,
                    slice,
                    index,
                    src,
                } => {
                    let (at, index) = (r!(slice), r!(index));
                    if index >= r!(slice + 1) {
                        throw!(Throw::index(index, r!(slice + 1)));
                    }
                    let to = at + index * Word::from(width);
                    core.heap
                        .slice_mut(to, width as usize)
                        .copy_from_slice(&range!(src, width));
                }
                I::SliceAddress {
                    width,
                    dst,
                    slice,
                    index,
                } => {
                    let (at, index) = (r!(slice), r!(index));
                    if index >= r!(slice + 1) {
                        throw!(Throw::index(index, r!(slice + 1)));
                    }
                    r!(dst) = at + index * Word::from(width);
                }
                I::MakeSlice {
                    dst,
                    sizes,
                    element,
                } => {
                    allocating!();
                    let made = attempt!(ops::make_slice(core, r!(sizes), r!(sizes + 1), element));
                    range!(dst, 3).copy_from_slice(&made);
                }
                I::Slice {
                    mode,
                    range,
                    source,
                    width,
                } => {
                    let source = [
                        r!(source),
                        r!(source + 1),
                        frame.get(source as usize + 2).copied().unwrap_or(0),
                    ];
                    let bounds = [
                        r!(range),
                        r!(range + 1),
                        frame.get(range as usize + 2).copied().unwrap_or(0),
                    ];
                    let made = attempt!(ops::slice(mode, source, bounds, Word::from(width)));
                    range!(range, 3).copy_from_slice(&made);
                }
                I::Append {
                    count,
                    slice,
                    values,
                    element,
                } => {
                    allocating!();
                    let old = [r!(slice), r!(slice + 1), r!(slice + 2)];
                    let width = core.shapes.get(Word::from(element)).width as usize;
                    let more = Word::from(count);
                    let grown = attempt!(ops::grow(core, old, more, element));
                    let to = grown[0] + old[1] * width as Word;
                    core.heap
                        .slice_mut(to, count as usize * width)
                        .copy_from_slice(&range!(values, count as usize * width));
                    range!(slice, 3).copy_from_slice(&grown);
                }
                I::AppendSlice {
                    slice,
                    other,
                    element,
                } => {
                    allocating!();
                    let old = [r!(slice), r!(slice + 1), r!(slice + 2)];
                    let (from, more) = (r!(other), r!(other + 1));
                    let width = core.shapes.get(Word::from(element)).width as usize;
                    let grown = attempt!(ops::grow(core, old, more, element));
                    core.heap.copy(
                        grown[0] + old[1] * width as Word,
                        from,
                        more as usize * width,
                    );
                    range!(slice, 3).copy_from_slice(&grown);
                }
                I::AppendString {
                    slice,
                    string,
                    element,
                } => {
                    allocating!();
                    let old = [r!(slice), r!(slice + 1), r!(slice + 2)];
                    let text = [r!(string), r!(string + 1)];
                    let grown = attempt!(ops::grow(core, old, text[1], element));
                    ops::copy_string(core, grown[0] + old[1], text[0], text[1]);
                    range!(slice, 3).copy_from_slice(&grown);
                }
                I::Copy { window, width } => {
                    let count = r!(window + 1).min(r!(window + 4));
                    core.heap
                        .copy(r!(window), r!(window + 3), count as usize * width as usize);
                    r!(window) = count;
                }
                I::CopyString { window } => {
                    let count = r!(window + 1).min(r!(window + 4));
                    ops::copy_string(core, r!(window), r!(window + 3), count);
                    r!(window) = count;
                }
                I::ClearSlice { slice, width } => {
                    core.heap
                        .slice_mut(r!(slice), r!(slice + 1) as usize * width as usize)
                        .fill(0);
                }
                I::SliceToArray { dst, slice, length } => {
                    if r!(slice + 1) < r!(length) {
                        let text = format!(
                            "cannot convert slice with length {} to array or pointer to array with length {}",
                            r!(slice + 1),
                            r!(length)
                        );
                        throw!(Throw::error(&text));
                    }
                    r!(dst) = r!(slice);
                }

                // ---- strings
                I::Concat { dst, a, b } => {
                    allocating!();
                    let texts = [r!(a), r!(a + 1), r!(b), r!(b + 1)];
                    let (at, length) = attempt!(ops::concat(core, &texts));
                    r!(dst) = at;
                    r!(dst + 1) = length;
                }
                I::ConcatN { dst, first, count } => {
                    allocating!();
                    let (at, length) =
                        attempt!(ops::concat(core, &range!(first, 2 * count as usize)));
                    r!(dst) = at;
                    r!(dst + 1) = length;
                }
                I::StringIndex { dst, string, index } => {
                    let index = r!(index);
                    if index >= r!(string + 1) {
                        throw!(Throw::index(index, r!(string + 1)));
                    }
                    r!(dst) =
                        Word::from(core.heap.string(r!(string), r!(string + 1))[index as usize]);
                }
                I::StringSlice { dst, string, range } => {
                    let (at, length) = (r!(string), r!(string + 1));
                    let (low, high) =
                        attempt!(ops::string_bounds(r!(range), r!(range + 1), length));
                    r!(dst) = if low == high { 0 } else { at + low };
                    r!(dst + 1) = high - low;
                }
                I::RangeString {
                    state,
                    string,
                    offset,
                } => {
                    let (at, length, next) = (r!(string), r!(string + 1), r!(state));
                    if next >= length {
                        jump!(offset);
                    } else {
                        let bytes = &core.heap.string(at, length)[next as usize..];
                        let (rune, width) = utf8::decode(bytes);
                        r!(state) = next + width as Word;
                        r!(state + 1) = next;
                        r!(state + 2) = Word::from(rune);
                    }
                }
                I::StringFromRune { dst, src } => {
                    allocating!();
                    let mut bytes = Vec::with_capacity(4);
                    utf8::encode(r!(src) as i64, &mut bytes);
                    let (at, length) = core.heap.own_string(bytes);
                    r!(dst) = at;
                    r!(dst + 1) = length;
                }
                I::StringFromBytes { dst, src } => {
                    allocating!();
                    let words = core.heap.slice(r!(src), r!(src + 1) as usize);
                    let bytes = words.iter().map(|&word| word as u8).collect();
                    let (at, length) = core.heap.own_string(bytes);
                    r!(dst) = at;
                    r!(dst + 1) = length;
                }
                I::StringFromRunes { dst, src } => {
                    allocating!();
                    let mut bytes = Vec::new();
                    for &rune in core.heap.slice(r!(src), r!(src + 1) as usize) {
                        utf8::encode(rune as i64, &mut bytes);
                    }
                    let (at, length) = core.heap.own_string(bytes);
                    r!(dst) = at;
                    r!(dst + 1) = length;
                }
                I::BytesFromString { dst, src, element } => {
                    allocating!();
                    let made =
                        attempt!(ops::bytes_from_string(core, r!(src), r!(src + 1), element));
                    range!(dst, 3).copy_from_slice(&made);
                }
                I::RunesFromString { dst, src, element } => {
                    allocating!();
                    let made =
                        attempt!(ops::runes_from_string(core, r!(src), r!(src + 1), element));
                    range!(dst, 3).copy_from_slice(&made);
                }

                // ---- maps
                I::MakeMap { dst, ty } => {
                    allocating!();
                    r!(dst) = ops::make_map(core, ty, 0);
                }
                I::MapGet {
                    width,
                    dst,
                    map,
                    key,
                } => {
                    let found = attempt!(ops::map_find(core, r!(map), &frame[key as usize..]));
                    match found {
                        Some((map, entry)) => {
                            let value = map.value(entry);
                            range!(dst, value.len()).copy_from_slice(value);
                        }
                        None => range!(dst, width).fill(0),
                    }
                }
                I::MapGetOk {
                    width,
                    dst,
                    map,
                    key,
                } => {
                    let found = attempt!(ops::map_find(core, r!(map), &frame[key as usize..]));
                    match found {
                        Some((map, entry)) => {
                            let value = map.value(entry);
                            range!(dst + 1, value.len()).copy_from_slice(value);
                            r!(dst) = 1;
                        }
                        None => {
                            range!(dst + 1, width).fill(0);
                            r!(dst) = 0;
                        }
                    }
                }
                I::MapSet { map, key, src } => {
                    allocating!();
                    attempt!(ops::map_set(
                        core,
                        r!(map),
                        &frame[key as usize..],
                        &frame[src as usize..]
                    ));
                }
                I::MapDelete { map, key } => {
                    attempt!(ops::map_delete(core, r!(map), &frame[key as usize..]))
                }
                I::MapClear { map } => {
                    core.heap.change_map(r!(map), super::map::Map::clear);
                }
                I::MapLen { dst, map } => {
                    r!(dst) = core.heap.map(r!(map)).map_or(0, |map| map.len() as Word)
                }
                I::MapIterate { iterator, map } => {
                    allocating!();
                    // With several entries, where to begin is a choice, which the driver puts.
                    if core.heap.map(r!(map)).is_some_and(|map| map.len() > 1) {
                        leave!(Exit::Visible(*instruction));
                    }
                    r!(iterator) = ops::map_iterate(core, r!(map), 0);
                }
                I::MapNext {
                    key_only,
                    iterator,
                    dst,
                    offset,
                } => {
                    if !ops::map_next(core, r!(iterator), &mut frame[dst as usize..], key_only) {
                        jump!(offset);
                    }
                }

                // ---- interfaces
                I::MakeInterface { dst, src, ty } => {
                    allocating!();
                    let payload = core.box_value(Word::from(ty), &frame[src as usize..]);
                    r!(dst) = Word::from(ty);
                    r!(dst + 1) = payload;
                }
                I::Assert { dst, src, ty } => {
                    let (dynamic, payload) = (r!(src), r!(src + 1));
                    if dynamic != Word::from(ty) {
                        let site = pc as u32 - 1;
                        throw!(ops::failed_assertion(core, function, site, dynamic, ty));
                    }
                    core.unbox(dynamic, payload, &mut frame[dst as usize..]);
                }
                I::AssertOk { dst, src, ty } => {
                    let (dynamic, payload) = (r!(src), r!(src + 1));
                    let same = dynamic == Word::from(ty);
                    if same {
                        core.unbox(dynamic, payload, &mut frame[dst as usize + 1..]);
                    } else {
                        let width = core.shapes.get(Word::from(ty)).width;
                        range!(dst + 1, width).fill(0);
                    }
                    r!(dst) = u64::from(same);
                }
                I::AssertInterface { dst, src, ty } => {
                    let (dynamic, payload) = (r!(src), r!(src + 1));
                    if dynamic == 0 || !program.implements(dynamic as u16, ty) {
                        throw!(ops::failed_interface_assertion(core, dynamic, ty));
                    }
                    r!(dst) = dynamic;
                    r!(dst + 1) = payload;
                }
                I::AssertInterfaceOk { dst, src, ty } => {
                    let (dynamic, payload) = (r!(src), r!(src + 1));
                    let fits = dynamic != 0 && program.implements(dynamic as u16, ty);
                    r!(dst) = u64::from(fits);
                    r!(dst + 1) = if fits { dynamic } else { 0 };
                    r!(dst + 2) = if fits { payload } else { 0 };
                }
                I::JumpIfNotType { src, ty, offset } => {
                    if r!(src) != Word::from(ty) {
                        jump!(offset);
                    }
                }
                I::JumpIfNotImplements { src, ty, offset } => {
                    let dynamic = r!(src);
                    if dynamic == 0 || !program.implements(dynamic as u16, ty) {
                        jump!(offset);
                    }
                }
                I::Unbox { dst, src, ty } => {
                    core.unbox(Word::from(ty), r!(src + 1), &mut frame[dst as usize..]);
                }

                // ---- functions
                I::MakeClosure { window, function } => {
                    allocating!();
                    let captures = usize::from(program.functions[function as usize].capture_words);
                    r!(window) = core.make_closure(function, &range!(window, captures));
                }
                I::Call { window, function } => call!(window, function, FrameKind::Call),
                I::CallClosure { window, closure } => {
                    let closure = nil_check!(r!(closure));
                    let words = core.heap.words(handle(closure));
                    let callee = *there!(words.first()) as u32;
                    let target = there!(program.functions.get(callee as usize));
                    if target.capture_words > 0 {
                        // Registers beyond this frame may be needed: the captures go in by way of the stack.
                        let at = base
                            + window as usize
                            + usize::from(target.result_words)
                            + usize::from(target.parameter_words);
                        let end = at + usize::from(target.capture_words);
                        if end > g.stack.len() {
                            g.stack.resize(end * 2, 0);
                        }
                        g.stack[at..end].copy_from_slice(&words[1..]);
                    }
                    call!(window, callee, FrameKind::Call)
                }
                I::CallInterface {
                    window,
                    interface,
                    method,
                } => {
                    let (dynamic, payload) = (nil_check!(r!(interface)), r!(interface + 1));
                    let Some(callee) = program.method(dynamic as u16, method) else {
                        throw!(Throw::Nil)
                    };
                    let target = &program.functions[callee as usize];
                    let receiver = usize::from(target.receiver_words);
                    let at = base
                        + window as usize
                        + usize::from(target.result_words)
                        + usize::from(target.parameter_words)
                        - receiver;
                    if at + receiver > g.stack.len() {
                        g.stack.resize((at + receiver) * 2, 0);
                    }
                    core.unbox(dynamic, payload, &mut g.stack[at..]);
                    call!(window, callee, FrameKind::Call)
                }
                I::CallNative { window, native } => match core.natives[native as usize] {
                    Binding::Plain(code) => {
                        allocating!();
                        let native = &program.natives[native as usize];
                        let mut call = Call::new(core, &mut frame[window as usize..], native);
                        attempt!(code(&mut call));
                    }
                    Binding::Visible(_) => leave!(Exit::Visible(*instruction)),
                },
                I::Defer { window, function } => {
                    let callee = Callee::Function(function);
                    let target = &program.functions[function as usize];
                    let start = window as usize + usize::from(target.result_words);
                    let arguments = range!(start, target.parameter_words).into();
                    defer(g, callee, arguments);
                    continue_at(g, depth, pc);
                    continue 'reload;
                }
                I::DeferClosure { window, closure } => {
                    let closure = r!(closure);
                    let arguments = if closure == 0 {
                        Box::default()
                    } else {
                        let target =
                            &program.functions[core.heap.words(handle(closure))[0] as usize];
                        let start = window as usize + usize::from(target.result_words);
                        range!(start, target.parameter_words).into()
                    };
                    defer(g, Callee::Closure(closure), arguments);
                    continue_at(g, depth, pc);
                    continue 'reload;
                }
                I::DeferInterface {
                    window,
                    interface,
                    method,
                } => {
                    let (dynamic, payload) = (nil_check!(r!(interface)), r!(interface + 1));
                    let Some(function) = program.method(dynamic as u16, method) else {
                        throw!(Throw::Nil)
                    };
                    let arguments =
                        ops::method_arguments(core, function, frame, window, dynamic, payload);
                    defer(g, Callee::Function(function), arguments);
                    continue_at(g, depth, pc);
                    continue 'reload;
                }
                I::FrameToken { dst } => r!(dst) = depth as Word,
                I::DeferTarget { token } => g.defer_target = Some(r!(token) as u32),
                I::RunDefers => {
                    if g.frames[depth].defers > 0 {
                        // Comes back here after each deferred call, until there is none.
                        g.frames[depth].pc = pc as u32 - 1;
                        match unwind::run_deferred(core, g, depth as u32, FrameKind::Deferred) {
                            Flow::Go => continue 'reload,
                            Flow::Exit(exit) => return exit,
                        }
                    }
                }
                I::Return => {
                    if core.tracing {
                        core.note_return(g);
                    }
                    g.frames.pop();
                    if top.kind != FrameKind::Call {
                        match unwind::returned(core, g, top) {
                            Flow::Go => continue 'reload,
                            Flow::Exit(exit) => return exit,
                        }
                    }
                    continue 'reload;
                }
                I::Panic { src } => {
                    let value = [r!(src), r!(src + 1)];
                    throw!(ops::panic_value(value));
                }
                I::Recover { dst } => {
                    g.frames[depth].pc = pc as u32;
                    let value = unwind::recover(core, g);
                    let frame = &mut g.stack[base..];
                    frame[dst as usize..dst as usize + 2].copy_from_slice(&value);
                    continue 'reload;
                }

                // ---- channels and goroutines
                I::ChannelLen { dst, channel } => {
                    r!(dst) = super::native::object::channel(core, r!(channel))
                        .map_or(0, |channel| channel.len() as Word);
                }
                I::ChannelCap { dst, channel } => {
                    r!(dst) = super::native::object::channel(core, r!(channel))
                        .map_or(0, |channel| channel.capacity() as Word);
                }
                I::MakeChannel { .. } => {
                    if core.heap.is_due() {
                        pc -= 1;
                        leave!(Exit::Collect);
                    }
                    leave!(Exit::Visible(*instruction))
                }
                I::Go { .. }
                | I::GoClosure { .. }
                | I::GoInterface { .. }
                | I::Send { .. }
                | I::Receive { .. }
                | I::ReceiveOk { .. }
                | I::Close { .. }
                | I::Select { .. } => leave!(Exit::Visible(*instruction)),
            }
            instruction = &code[pc];
        }
    }
}

/// Pushes a frame, growing the stack; the way of calls that do not fit or are recorded.
#[cold]
fn push_frame(
    core: &mut Core,
    g: &mut Goroutine,
    function: u32,
    base: usize,
    words: usize,
    kind: FrameKind,
) -> Option<Exit> {
    if let Err(exit) = unwind::reserve_stack(g, base + words) {
        return Some(exit);
    }
    g.frames.push(Frame {
        function,
        pc: 0,
        base: base as u32,
        defers: 0,
        kind,
    });
    if core.tracing {
        core.note_call(g);
    }
    None
}

/// Records a deferred call on the top frame, or on the one that `DeferTarget` named.
fn defer(g: &mut Goroutine, callee: Callee, arguments: Box<[Word]>) {
    let top = g.frames.len() as u32 - 1;
    let frame = g
        .defer_target
        .take()
        .filter(|&frame| frame <= top)
        .unwrap_or(top);
    g.frames[frame as usize].defers += 1;
    g.deferred.push(Deferred {
        frame,
        callee,
        arguments,
    });
}

fn continue_at(g: &mut Goroutine, depth: usize, pc: usize) {
    g.frames[depth].pc = pc as u32;
}
