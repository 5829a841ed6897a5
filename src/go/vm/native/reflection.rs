//! Natives that look at values by their run-time types: for `errors`, `sort`, `context`, `sync/atomic`.

use super::super::core::Core;
use super::super::equality::Leaf;
use super::super::fault::Throw;
use super::super::heap::Word;
use super::{Call, Code};
use crate::go::compile::bytecode::TypeIndex;
use crate::go::compile::layout::Kind;

pub const TABLE: &[(&str, Code)] = &[
    ("errors.isComparable", is_comparable),
    ("context.isComparable", is_comparable),
    ("sync/atomic.sameType", |call| {
        let same = call.word(0) == call.word(2);
        call.set_bool(0, same);
        Ok(())
    }),
    ("errors.assign", assign),
    ("sort.length", |call| {
        let length = slice_of(call)?.1;
        call.set(0, length);
        Ok(())
    }),
    ("sort.swap", swap),
];

/// `func isComparable(v any) bool`: whether `==` on the value cannot panic.
fn is_comparable(call: &mut Call<'_>) -> Result<(), Throw> {
    let (ty, payload) = (call.word(0), call.word(1));
    let result = comparable(call.core, ty, payload);
    call.set_bool(0, result);
    Ok(())
}

fn comparable(core: &Core, ty: Word, payload: Word) -> bool {
    if ty == 0 {
        return true;
    }
    let Some(leaves) = &core.shapes.get(ty).leaves else {
        return false;
    };
    let words = core.shapes.payload(&core.heap, ty, &payload);
    leaves.iter().all(|leaf| match *leaf {
        Leaf::Interface { at } => comparable(core, words[at as usize], words[at as usize + 1]),
        _ => true,
    })
}

/// `func assign(target any, err error) int`: 1 if stored, 0 if the type does not fit, -1 if target is no
/// non-nil pointer, -2 if `*target` is neither an interface nor an error.
fn assign(call: &mut Call<'_>) -> Result<(), Throw> {
    let (target, pointer) = (call.word(0), call.word(1));
    let (ty, payload) = (call.word(2), call.word(3));
    let result = store(call.core, target, pointer, ty, payload);
    call.set(0, result as Word);
    Ok(())
}

fn store(core: &mut Core, target: Word, pointer: Word, ty: Word, payload: Word) -> i64 {
    let Kind::Pointer(wanted) = core.type_of(target).kind else {
        return -1;
    };
    if pointer == 0 {
        return -1;
    }
    if core.type_of(Word::from(wanted)).kind == Kind::Interface {
        if !core.program.implements(ty as TypeIndex, wanted) {
            return 0;
        }
        core.heap
            .slice_mut(pointer, 2)
            .copy_from_slice(&[ty, payload]);
        return 1;
    }
    if Word::from(wanted) == ty {
        let width = core.shapes.get(ty).width as usize;
        let mut words = vec![0; width];
        core.unbox(ty, payload, &mut words);
        core.heap.slice_mut(pointer, width).copy_from_slice(&words);
        return 1;
    }
    let error = core.program.known.error;
    if error != 0 && !core.program.implements(wanted, error) {
        -2
    } else {
        0
    }
}

/// The slice in the first parameter, an interface: pointer, length, words of an element.
fn slice_of(call: &Call<'_>) -> Result<(Word, Word, usize), Throw> {
    let ty = call.word(0);
    let Kind::Slice(element) = call.core.type_of(ty).kind else {
        let name = &call.core.type_of(ty).name;
        return Err(Throw::Text(
            format!("reflect: call of Swapper on {name} Value").into(),
        ));
    };
    let words = call.core.heap.slice(call.word(1), 3);
    let width = call.core.shapes.get(Word::from(element)).width as usize;
    Ok((words[0], words[1], width))
}

/// `func swap(slice any, i, j int)`
fn swap(call: &mut Call<'_>) -> Result<(), Throw> {
    let (at, length, width) = slice_of(call)?;
    let (i, j) = (call.word(2), call.word(3));
    for index in [i, j] {
        if index >= length {
            return Err(Throw::index(index, length));
        }
    }
    if i != j {
        let words = call.core.heap.slice_mut(at, length as usize * width);
        for word in 0..width {
            words.swap(i as usize * width + word, j as usize * width + word);
        }
    }
    Ok(())
}
