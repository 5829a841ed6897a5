//! The instruction set: a typed register bytecode over word registers.
//!
//! # Frames and registers
//! A goroutine has one stack of words. A frame is a run of consecutive words on it; a register is
//! an offset from the frame's base. A value that is `n` words wide occupies `n` consecutive
//! registers (see `layout` for widths). Integers are always normalised: a value of type `int8` or
//! `uint16` is sign- or zero-extended to 64 bits, so one comparison serves every width.
//!
//! # Calls
//! Windows overlap. The caller lays out `window..` in its own frame and the callee's frame *begins
//! at* `window`:
//!
//! ```text
//! callee register   0 ..             results   (result_words)
//!                   result_words ..  parameters, and last of them the receiver (parameter_words)
//!                   then             captured words of a closure (capture_words)
//!                   then             the callee's own locals and temporaries
//! ```
//!
//! The receiver of a method is its *last* parameter, so that `CallInterface` can unpack a receiver
//! of any width behind the parameters without the caller knowing its width. The machine copies the
//! captured words of a closure to their registers on every call of it. Results are found at
//! `window..` when the call returns. A variadic parameter is an ordinary slice: the caller builds
//! it. Registers are written before they are read, with the exception that results are *not*
//! zeroed by the machine: the callee does that itself where it matters.
//!
//! # Operands before results
//! An instruction reads all its operands before it writes its first result word, so that a
//! destination may overlap an operand: `SliceGetN` may load over the slice it reads.
//!
//! # Nil
//! A pointer, map, channel or func is nil when its word is 0, a slice when its pointer word is 0, an
//! interface when its type word is 0. So `New` and `MakeSlice` give a non-zero pointer even to what
//! has no words, and slicing keeps the pointer of a non-nil slice non-zero.
//!
//! # Bounds and other failures
//! Each instruction says which of Go's run-time panics it may raise. All are raised before any
//! register or memory is changed.
//!
//! # What the garbage collector may know
//! Registers carry no reference maps: the collector treats every word of every live frame (up to
//! the frame's `frame_words`) as a *possible* pointer. Heap objects are precise, by [`super::layout::Layout`].
//!
//! # Shapes
//! Every instruction is eight bytes. Jump offsets are relative to the instruction *after* the jump.
//! "ok first": comma-ok forms write the boolean to `dst` and the value's words to `dst + 1..`.

/// A register: an offset in words from the frame's base.
pub type Reg = u16;
/// Index into [`super::program::Program::functions`].
pub type FunctionIndex = u32;
/// Index into [`super::program::Program::types`]; 0 is reserved and means "nil interface".
pub type TypeIndex = u16;
/// Index into [`super::program::Program::method_names`].
pub type MethodIndex = u16;

/// One instruction; see the module for the conventions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Instruction {
    /// Never emitted: the machine puts it in place of statements while it records.
    Trap,

    // ---- moves and constants -------------------------------------------------------------
    /// `dst = src`, one word.
    Move {
        dst: Reg,
        src: Reg,
    },
    /// `dst.. = src..`, two words (strings, interfaces, complex numbers).
    Move2 {
        dst: Reg,
        src: Reg,
    },
    /// `dst.. = src..`, `n` words; the ranges may overlap (as memmove).
    MoveN {
        dst: Reg,
        src: Reg,
        n: u16,
    },
    /// `dst = value` sign-extended.
    LoadInt {
        dst: Reg,
        value: i32,
    },
    /// `dst = program.constants[index]`.
    LoadConstant {
        dst: Reg,
        index: u32,
    },
    /// `dst.. = program.strings[index]` as a string value, two words.
    LoadString {
        dst: Reg,
        index: u32,
    },
    /// `dst = ` the function value of a function without captures. Machines keep one static
    /// closure per function, so this does not allocate per execution.
    LoadFunction {
        dst: Reg,
        function: FunctionIndex,
    },
    /// `dst.. = 0`, `n` words.
    Zero {
        dst: Reg,
        n: u16,
    },

    // ---- integers (64-bit, wrapping) -----------------------------------------------------
    Add {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    Sub {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    Mul {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Signed quotient, truncated; MIN / -1 wraps to MIN. Panics: integer divide by zero.
    Div {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Signed remainder; MIN % -1 is 0. Panics: integer divide by zero.
    Rem {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Panics: integer divide by zero.
    DivUnsigned {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Panics: integer divide by zero.
    RemUnsigned {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    And {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    Or {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    Xor {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// `a &^ b`.
    AndNot {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// `a << b`; the count is an unsigned word, 64 or more gives 0.
    ShiftLeft {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Arithmetic `a >> b`; a count of 64 or more gives the sign.
    ShiftRight {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Logical `a >> b`; a count of 64 or more gives 0.
    ShiftRightUnsigned {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Panics "negative shift amount" when `src` is negative as a signed word.
    CheckShift {
        src: Reg,
    },
    AddImm {
        dst: Reg,
        a: Reg,
        imm: i16,
    },
    MulImm {
        dst: Reg,
        a: Reg,
        imm: i16,
    },
    /// Signed division by a constant that is neither 0 nor -1.
    DivImm {
        dst: Reg,
        a: Reg,
        imm: i16,
    },
    /// Signed remainder by a constant that is neither 0 nor -1.
    RemImm {
        dst: Reg,
        a: Reg,
        imm: i16,
    },
    /// `a & imm`, the immediate sign-extended.
    AndImm {
        dst: Reg,
        a: Reg,
        imm: i16,
    },
    /// Count 0..=63.
    ShiftLeftImm {
        dst: Reg,
        a: Reg,
        imm: i16,
    },
    /// Arithmetic, count 0..=63.
    ShiftRightImm {
        dst: Reg,
        a: Reg,
        imm: i16,
    },
    /// Logical, count 0..=63.
    ShiftRightUnsignedImm {
        dst: Reg,
        a: Reg,
        imm: i16,
    },
    Neg {
        dst: Reg,
        src: Reg,
    },
    /// Bitwise complement, `^src`.
    Complement {
        dst: Reg,
        src: Reg,
    },
    /// Boolean negation: `dst = src ^ 1`.
    Not {
        dst: Reg,
        src: Reg,
    },
    /// Normalise to a signed width: `(src << shift) as i64 >> shift`, `shift = 64 - bits`.
    SignExtend {
        shift: u8,
        dst: Reg,
        src: Reg,
    },
    /// Normalise to an unsigned width: `(src << shift) >> shift` logically.
    ZeroExtend {
        shift: u8,
        dst: Reg,
        src: Reg,
    },

    // ---- floats (f64 bits in a word) and complex numbers (two of them) -------------------
    AddFloat {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    SubFloat {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    MulFloat {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    DivFloat {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    NegFloat {
        dst: Reg,
        src: Reg,
    },
    /// Go's `min` for floats: NaN wins, -0 is less than 0.
    MinFloat {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Go's `max` for floats: NaN wins, 0 is greater than -0.
    MaxFloat {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Round to the nearest float32, kept as f64 bits.
    RoundFloat32 {
        dst: Reg,
        src: Reg,
    },
    /// Signed word to float.
    IntToFloat {
        dst: Reg,
        src: Reg,
    },
    /// Unsigned word to float.
    UintToFloat {
        dst: Reg,
        src: Reg,
    },
    /// Truncate to a signed word. Out of range and NaN give `i64::MIN`, as amd64 does.
    FloatToInt {
        dst: Reg,
        src: Reg,
    },
    /// Truncate to an unsigned word. Out of range gives `1 << 63`, as amd64 does.
    FloatToUint {
        dst: Reg,
        src: Reg,
    },
    /// Two words each: real, imaginary.
    AddComplex {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    SubComplex {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    MulComplex {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Go's complex division (infinities and NaN as its runtime gives them).
    DivComplex {
        dst: Reg,
        a: Reg,
        b: Reg,
    },

    // ---- comparisons to a boolean word ---------------------------------------------------
    /// Whole-word equality: integers, booleans, pointers, channels, maps and funcs against nil.
    Equal {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    NotEqual {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    Less {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    LessEqual {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    LessUnsigned {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    LessEqualUnsigned {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    EqualFloat {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    NotEqualFloat {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    LessFloat {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    LessEqualFloat {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    StringEqual {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    StringLess {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    StringLessEqual {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Two interface values. Panics: comparing uncomparable type T.
    InterfaceEqual {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// Two values of `ty` standing one after the other at `pair`, by the type's equality
    /// (structs, arrays, complex). Panics: comparing uncomparable type T (through interfaces).
    ValueEqual {
        dst: Reg,
        pair: Reg,
        ty: TypeIndex,
    },

    // ---- jumps ---------------------------------------------------------------------------
    Jump {
        offset: i32,
    },
    JumpIf {
        condition: Reg,
        offset: i32,
    },
    JumpIfNot {
        condition: Reg,
        offset: i32,
    },
    JumpIfEqual {
        a: Reg,
        b: Reg,
        offset: i16,
    },
    JumpIfNotEqual {
        a: Reg,
        b: Reg,
        offset: i16,
    },
    JumpIfLess {
        a: Reg,
        b: Reg,
        offset: i16,
    },
    JumpIfLessEqual {
        a: Reg,
        b: Reg,
        offset: i16,
    },
    JumpIfLessUnsigned {
        a: Reg,
        b: Reg,
        offset: i16,
    },
    JumpIfLessEqualUnsigned {
        a: Reg,
        b: Reg,
        offset: i16,
    },
    JumpIfEqualImm {
        a: Reg,
        imm: i16,
        offset: i16,
    },
    JumpIfNotEqualImm {
        a: Reg,
        imm: i16,
        offset: i16,
    },
    JumpIfLessImm {
        a: Reg,
        imm: i16,
        offset: i16,
    },
    JumpIfLessEqualImm {
        a: Reg,
        imm: i16,
        offset: i16,
    },
    JumpIfGreaterImm {
        a: Reg,
        imm: i16,
        offset: i16,
    },
    JumpIfGreaterEqualImm {
        a: Reg,
        imm: i16,
        offset: i16,
    },
    JumpIfLessFloat {
        a: Reg,
        b: Reg,
        offset: i16,
    },
    JumpIfLessEqualFloat {
        a: Reg,
        b: Reg,
        offset: i16,
    },
    /// Jumps when not `a < b`, so also on NaN.
    JumpIfNotLessFloat {
        a: Reg,
        b: Reg,
        offset: i16,
    },
    /// Jumps when not `a <= b`, so also on NaN.
    JumpIfNotLessEqualFloat {
        a: Reg,
        b: Reg,
        offset: i16,
    },
    /// `counter += 1; if counter < limit (signed) jump`: the bottom of a counting loop.
    IncrementJumpIfLess {
        counter: Reg,
        limit: Reg,
        offset: i16,
    },
    /// Jump by `function.jump_tables[table][src]`, whose entries are absolute instruction indexes;
    /// an index beyond the table (unsigned) falls through.
    JumpTable {
        src: Reg,
        table: u32,
    },

    // ---- memory --------------------------------------------------------------------------
    /// `dst = ` pointer to a new zeroed object of type `ty`.
    New {
        dst: Reg,
        ty: TypeIndex,
    },
    /// `dst = ptr[offset]`, one word. Panics: nil pointer dereference.
    Load {
        dst: Reg,
        ptr: Reg,
        offset: u16,
    },
    /// `dst.. = ptr[offset..]`, `n` words (0 only checks for nil). Panics: nil pointer dereference.
    LoadN {
        n: u8,
        dst: Reg,
        ptr: Reg,
        offset: u16,
    },
    /// `ptr[offset] = src`, one word. Panics: nil pointer dereference.
    Store {
        ptr: Reg,
        src: Reg,
        offset: u16,
    },
    /// `ptr[offset..] = src..`, `n` words (0 only checks for nil). Panics: nil pointer dereference.
    StoreN {
        n: u8,
        ptr: Reg,
        src: Reg,
        offset: u16,
    },
    /// `dst = &ptr[offset]`. Panics: nil pointer dereference.
    FieldAddress {
        dst: Reg,
        ptr: Reg,
        offset: u16,
    },
    /// `dst = &ptr[words]` with the offset in a register (it was checked). Panics: nil pointer
    /// dereference.
    OffsetAddress {
        dst: Reg,
        ptr: Reg,
        words: Reg,
    },
    /// Panics: nil pointer dereference, when the word is 0.
    CheckNil {
        src: Reg,
    },
    /// `dst = globals[offset]`, one word.
    LoadGlobal {
        dst: Reg,
        offset: u32,
    },
    /// `dst.. = globals[offset..]`, `n` words.
    LoadGlobalN {
        n: u8,
        dst: Reg,
        offset: u32,
    },
    /// `globals[offset] = src`.
    StoreGlobal {
        src: Reg,
        offset: u32,
    },
    /// `globals[offset..] = src..`, `n` words.
    StoreGlobalN {
        n: u8,
        src: Reg,
        offset: u32,
    },
    /// `dst = &globals[offset]`.
    GlobalAddress {
        dst: Reg,
        offset: u32,
    },
    /// The `n`-word value at `src` of type `ty` was just copied and may hold used locks (words
    /// listed in `native_words` of the type): give the copy native objects of its own, with the
    /// same state, as Go's bitwise copy does.
    CloneNatives {
        src: Reg,
        ty: TypeIndex,
    },

    // ---- arrays in memory ----------------------------------------------------------------
    /// Panics: index out of range [index] with length `length`; negative indexes as Go words them.
    CheckIndex {
        index: Reg,
        length: u32,
    },
    /// The same, with the length in a register.
    CheckIndexRegister {
        index: Reg,
        length: Reg,
    },
    /// `dst = ptr[index]`, one-word elements; the index was checked. Panics: nil pointer dereference.
    ArrayGet {
        dst: Reg,
        ptr: Reg,
        index: Reg,
    },
    /// `ptr[index] = src`, one-word elements; the index was checked. Panics: nil pointer dereference.
    ArraySet {
        ptr: Reg,
        index: Reg,
        src: Reg,
    },
    /// `dst = &ptr[index * width]`; the index was checked. Panics: nil pointer dereference.
    ArrayAddress {
        width: u8,
        dst: Reg,
        ptr: Reg,
        index: Reg,
    },
    /// `dst = registers[base + index]`: a small array held in registers, index checked.
    RegisterGet {
        dst: Reg,
        base: Reg,
        index: Reg,
    },
    /// `registers[base + index] = src`: a small array held in registers, index checked.
    RegisterSet {
        base: Reg,
        index: Reg,
        src: Reg,
    },

    // ---- slices (pointer, length, capacity) ----------------------------------------------
    /// One-word elements. Panics: index out of range.
    SliceGet {
        dst: Reg,
        slice: Reg,
        index: Reg,
    },
    /// One-word elements. Panics: index out of range.
    SliceSet {
        slice: Reg,
        index: Reg,
        src: Reg,
    },
    /// `width`-word elements. Panics: index out of range.
    SliceGetN {
        width: u8,
        dst: Reg,
        slice: Reg,
        index: Reg,
    },
    /// `width`-word elements. Panics: index out of range.
    SliceSetN {
        width: u8,
        slice: Reg,
        index: Reg,
        src: Reg,
    },
    /// `dst = &slice[index]`. Panics: index out of range.
    SliceAddress {
        width: u8,
        dst: Reg,
        slice: Reg,
        index: Reg,
    },
    /// `dst.. = make([]element, length, capacity)` with the two sizes at `sizes` and `sizes + 1`.
    /// Panics: makeslice: len out of range, makeslice: cap out of range.
    MakeSlice {
        dst: Reg,
        sizes: Reg,
        element: TypeIndex,
    },
    /// Slicing with the bounds low, high (and max, if `mode` has one) at `range..`; the new slice
    /// is written to `range..range + 3`. `source` is a slice (3 words), or for the array modes the
    /// pointer to the array followed by a word with its length. `width` is the element's.
    /// Panics: slice bounds out of range, in the words of the mode; nil pointer dereference.
    Slice {
        mode: SliceMode,
        range: Reg,
        source: Reg,
        width: u16,
    },
    /// `slice = append(slice, values...)` in place: `count` elements standing at `values..`.
    Append {
        count: u8,
        slice: Reg,
        values: Reg,
        element: TypeIndex,
    },
    /// `slice = append(slice, other...)` in place, both slices of `element`.
    AppendSlice {
        slice: Reg,
        other: Reg,
        element: TypeIndex,
    },
    /// `slice = append(slice, string...)` in place, for `[]byte`; `element` is the byte type.
    AppendString {
        slice: Reg,
        string: Reg,
        element: TypeIndex,
    },
    /// `copy`: destination slice at `window..+3`, source slice at `window + 3..+3`; the count is
    /// written to `window`. May overlap.
    Copy {
        window: Reg,
        width: u16,
    },
    /// `copy` from the string at `window + 3..+2`.
    CopyString {
        window: Reg,
    },
    /// Zero every element. `width` is the element's.
    ClearSlice {
        slice: Reg,
        width: u16,
    },
    /// `dst = ` pointer to the array under the slice. Panics: cannot convert slice with length
    /// `n` to array or pointer to array with length `length`. A nil slice gives nil.
    SliceToArray {
        dst: Reg,
        slice: Reg,
        length: Reg,
    },

    // ---- strings (pointer, length) -------------------------------------------------------
    /// `dst = a + b`.
    Concat {
        dst: Reg,
        a: Reg,
        b: Reg,
    },
    /// `dst = ` the `count` strings at `first..`, joined.
    ConcatN {
        dst: Reg,
        first: Reg,
        count: u16,
    },
    /// `dst = string[index]`, a byte. Panics: index out of range.
    StringIndex {
        dst: Reg,
        string: Reg,
        index: Reg,
    },
    /// `dst = string[low:high]` with the bounds at `range` and `range + 1`.
    /// Panics: slice bounds out of range.
    StringSlice {
        dst: Reg,
        string: Reg,
        range: Reg,
    },
    /// One step of `for i, r := range string`. `state` is three registers: the next position (set
    /// to 0 before the loop), the index and the rune. Jumps by `offset` when the string is done,
    /// else writes index and rune and advances.
    RangeString {
        state: Reg,
        string: Reg,
        offset: i16,
    },
    /// `string(rune)`: a signed word; out of range gives "\uFFFD".
    StringFromRune {
        dst: Reg,
        src: Reg,
    },
    StringFromBytes {
        dst: Reg,
        src: Reg,
    },
    StringFromRunes {
        dst: Reg,
        src: Reg,
    },
    /// `element` is the (possibly named) byte type.
    BytesFromString {
        dst: Reg,
        src: Reg,
        element: TypeIndex,
    },
    /// `element` is the (possibly named) rune type.
    RunesFromString {
        dst: Reg,
        src: Reg,
        element: TypeIndex,
    },

    // ---- maps ----------------------------------------------------------------------------
    /// `dst = make(map)`; `ty` is the map's type.
    MakeMap {
        dst: Reg,
        ty: TypeIndex,
    },
    /// `dst.. = map[key]`. When the key is missing (or the map nil) the `width` words at `dst` are
    /// zeroed; for values wider than 255 words `width` is 0 and the compiler zeroed `dst` before.
    /// Panics: hash of unhashable type T. Fatal: concurrent map read and map write.
    MapGet {
        width: u8,
        dst: Reg,
        map: Reg,
        key: Reg,
    },
    /// Comma-ok, ok first; missing values zeroed as in `MapGet` (at `dst + 1`).
    MapGetOk {
        width: u8,
        dst: Reg,
        map: Reg,
        key: Reg,
    },
    /// Panics: assignment to entry in nil map; hash of unhashable type T. Fatal: concurrent map writes.
    MapSet {
        map: Reg,
        key: Reg,
        src: Reg,
    },
    MapDelete {
        map: Reg,
        key: Reg,
    },
    MapClear {
        map: Reg,
    },
    MapLen {
        dst: Reg,
        map: Reg,
    },
    /// `iterator = ` a new iterator over the map (nil allowed), one word. The order is a choice.
    MapIterate {
        iterator: Reg,
        map: Reg,
    },
    /// Next live entry: key words to `dst..`, value words behind them (unless `key_only`); jumps
    /// by `offset` when there is none.
    MapNext {
        key_only: bool,
        iterator: Reg,
        dst: Reg,
        offset: i16,
    },

    // ---- interfaces (type index, payload) ------------------------------------------------
    /// `dst.. = ` interface holding the value of concrete type `ty` at `src..` (boxed unless one
    /// word wide).
    MakeInterface {
        dst: Reg,
        src: Reg,
        ty: TypeIndex,
    },
    /// `dst.. = ` the value of concrete type `ty` in the interface at `src`.
    /// Panics: interface conversion (the static type stands in `function.asserts`).
    Assert {
        dst: Reg,
        src: Reg,
        ty: TypeIndex,
    },
    /// Comma-ok, ok first; the value is zeroed when not ok.
    AssertOk {
        dst: Reg,
        src: Reg,
        ty: TypeIndex,
    },
    /// Assertion to the interface type `ty`; writes two words. Panics: interface conversion.
    AssertInterface {
        dst: Reg,
        src: Reg,
        ty: TypeIndex,
    },
    /// Comma-ok, ok first, then two words (zeroed when not ok).
    AssertInterfaceOk {
        dst: Reg,
        src: Reg,
        ty: TypeIndex,
    },
    /// Jump unless the dynamic type of the interface at `src` is exactly `ty`.
    JumpIfNotType {
        src: Reg,
        ty: TypeIndex,
        offset: i16,
    },
    /// Jump unless the dynamic type implements the interface type `ty` (nil does not).
    JumpIfNotImplements {
        src: Reg,
        ty: TypeIndex,
        offset: i16,
    },
    /// `dst.. = ` the payload, whose dynamic type is known to be `ty`.
    Unbox {
        dst: Reg,
        src: Reg,
        ty: TypeIndex,
    },

    // ---- functions -----------------------------------------------------------------------
    /// `window = ` closure of `function` over the `capture_words` words standing at `window..`.
    MakeClosure {
        window: Reg,
        function: FunctionIndex,
    },
    Call {
        window: Reg,
        function: FunctionIndex,
    },
    /// Panics: nil pointer dereference for a nil func.
    CallClosure {
        window: Reg,
        closure: Reg,
    },
    /// Calls the method of the dynamic type of the interface at `interface`; the machine unpacks
    /// the receiver behind the parameters. Panics: nil pointer dereference for a nil interface.
    CallInterface {
        window: Reg,
        interface: Reg,
        method: MethodIndex,
    },
    /// `native` indexes `program.natives`; same window as a call. May be a visible operation.
    CallNative {
        window: Reg,
        native: u32,
    },
    /// Start a goroutine. The window is that of a call; the parameter words are copied.
    Go {
        window: Reg,
        function: FunctionIndex,
    },
    /// Panics: fatal error "go of nil func value" for a nil func.
    GoClosure {
        window: Reg,
        closure: Reg,
    },
    GoInterface {
        window: Reg,
        interface: Reg,
        method: MethodIndex,
    },
    /// Push a deferred call on the current frame (or the one named by `DeferTarget`). Parameter
    /// words are copied now; results are discarded.
    Defer {
        window: Reg,
        function: FunctionIndex,
    },
    /// A nil func panics when the deferred call is made, not here.
    DeferClosure {
        window: Reg,
        closure: Reg,
    },
    DeferInterface {
        window: Reg,
        interface: Reg,
        method: MethodIndex,
    },
    /// `dst = ` a word naming the current frame, for `DeferTarget`.
    FrameToken {
        dst: Reg,
    },
    /// The next instruction is a `Defer…`; it pushes on the frame named by `token`. Used by the
    /// body of a range over a function, whose defers belong to the enclosing function.
    DeferTarget {
        token: Reg,
    },
    /// Run this frame's deferred calls, last first, then go on with the next instruction.
    RunDefers,
    /// Return to the caller. Deferred calls were run before.
    Return,
    /// `panic(value)` with the interface at `src`; a nil interface panics with *runtime.PanicNilError.
    Panic {
        src: Reg,
    },
    /// `dst.. = recover()`, two words. Wrapper frames (`FunctionKind::Wrapper`) do not count when
    /// deciding whether the deferred function itself calls it.
    Recover {
        dst: Reg,
    },

    // ---- channels (visible operations) ---------------------------------------------------
    /// `dst = make(chan)`, the size at `size`. `ty` is the channel's type.
    /// Panics: makechan: size out of range.
    MakeChannel {
        dst: Reg,
        size: Reg,
        ty: TypeIndex,
    },
    /// A nil channel blocks for ever. Panics: send on closed channel.
    Send {
        channel: Reg,
        src: Reg,
    },
    /// The element's words to `dst..`; zero when closed. A nil channel blocks for ever.
    Receive {
        dst: Reg,
        channel: Reg,
    },
    /// Comma-ok, ok first.
    ReceiveOk {
        dst: Reg,
        channel: Reg,
    },
    /// Panics: close of nil channel, close of closed channel.
    Close {
        channel: Reg,
    },
    ChannelLen {
        dst: Reg,
        channel: Reg,
    },
    ChannelCap {
        dst: Reg,
        channel: Reg,
    },
    /// `dst = ` index of the case that went through in `function.selects[table]`, or the number
    /// of cases for `default`.
    Select {
        dst: Reg,
        table: u32,
    },
}

/// What `Instruction::Slice` slices and how many bounds it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SliceMode {
    /// `s[low:high]`. Failure: `[:high] with capacity cap`, `[low:high]`.
    Slice,
    /// `s[low:high:max]`. Failure: `[::max] with capacity cap`, `[:high:max]`, `[low:high:]`.
    Slice3,
    /// `s[low:]` of a slice: high (at `range + 1`) is its length. Failure: `[low:len]`.
    SliceFrom,
    /// `a[low:high]` of the array behind a pointer. Failure: `[:high] with length len`, `[low:high]`.
    Array,
    /// `a[low:high:max]`. Failure: `[::max] with length len`, `[:high:max]`, `[low:high:]`.
    Array3,
}

/// One `select` statement's communication clauses.
#[derive(Clone, Debug, PartialEq)]
pub struct SelectTable {
    pub cases: Vec<SelectCase>,
    pub has_default: bool,
}

/// One communication clause; its operands were evaluated into registers.
#[derive(Clone, Debug, PartialEq)]
pub struct SelectCase {
    pub direction: SelectDirection,
    pub channel: Reg,
    /// Send: the value's words. Receive: ok first, then the element's words.
    pub value: Reg,
    /// The whole clause, `case v := <-ch`.
    pub span: crate::trace::Span,
    /// The channel expression.
    pub subject: crate::trace::Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectDirection {
    Send,
    Receive,
}

const _: () = assert!(std::mem::size_of::<Instruction>() == 8);
