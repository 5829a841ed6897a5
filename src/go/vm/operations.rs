//! What instructions do that is too long to stand in the dispatch loop: slices, strings, maps,
//! conversions and assertions.

use super::core::Core;
use super::fault::{Throw, unhashable};
use super::heap::{Object, Word, handle, pointer};
use super::map::{Cursor, Find, Map};
use super::text::utf8;
use crate::go::compile::bytecode::{Reg, SliceMode, TypeIndex};
use crate::go::compile::program::Function;

/// The smaller of two floats; NaN wins, and -0 is less than 0.
pub fn min_float(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        f64::NAN
    } else if a == 0.0 && b == 0.0 {
        if a.is_sign_negative() { a } else { b }
    } else if a < b {
        a
    } else {
        b
    }
}

/// Truncation as amd64 does it: out of range and NaN give the least integer.
pub fn float_to_int(value: f64) -> i64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if (-LIMIT..LIMIT).contains(&value) {
        value as i64
    } else {
        i64::MIN
    }
}

/// Truncation to an unsigned word as amd64 does it.
pub fn float_to_uint(value: f64) -> u64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if value < LIMIT {
        float_to_int(value) as u64
    } else {
        float_to_int(value - LIMIT) as u64 ^ 1 << 63
    }
}

/// Complex division as Go's runtime defines it, infinities and zeros included.
pub fn divide_complex(n: (f64, f64), m: (f64, f64)) -> (f64, f64) {
    let (e, f) = if m.0.abs() >= m.1.abs() {
        let ratio = m.1 / m.0;
        let scale = m.0 + ratio * m.1;
        ((n.0 + n.1 * ratio) / scale, (n.1 - n.0 * ratio) / scale)
    } else {
        let ratio = m.0 / m.1;
        let scale = m.1 + ratio * m.0;
        ((n.0 * ratio + n.1) / scale, (n.1 * ratio - n.0) / scale)
    };
    if !(e.is_nan() && f.is_nan()) {
        return (e, f);
    }
    let unit = |value: f64| (if value.is_infinite() { 1.0f64 } else { 0.0 }).copysign(value);
    let infinite = |value: (f64, f64)| value.0.is_infinite() || value.1.is_infinite();
    let finite = |value: (f64, f64)| value.0.is_finite() && value.1.is_finite();
    if m == (0.0, 0.0) && (!n.0.is_nan() || !n.1.is_nan()) {
        let infinity = f64::INFINITY.copysign(m.0);
        (infinity * n.0, infinity * n.1)
    } else if infinite(n) && finite(m) {
        let (a, b) = (unit(n.0), unit(n.1));
        (
            f64::INFINITY * (a * m.0 + b * m.1),
            f64::INFINITY * (b * m.0 - a * m.1),
        )
    } else if infinite(m) && finite(n) {
        let (c, d) = (unit(m.0), unit(m.1));
        (0.0 * (n.0 * c + n.1 * d), 0.0 * (n.1 * c - n.0 * d))
    } else {
        (e, f)
    }
}

/// The value a `panic(value)` panics with.
pub fn panic_value(value: [Word; 2]) -> Throw {
    if value[0] == 0 {
        Throw::error("panic called with nil argument")
    } else {
        Throw::Value(value)
    }
}

/// The largest object Go could ever allocate on amd64.
const MOST_BYTES: u128 = 1 << 48;

/// `make([]element, length, capacity)`.
pub fn make_slice(
    core: &mut Core,
    length: Word,
    capacity: Word,
    element: TypeIndex,
) -> Result<[Word; 3], Throw> {
    let size = u128::from(core.size_of(element).max(1));
    let too_big = |count: Word| (count as i64) < 0 || u128::from(count) * size > MOST_BYTES;
    if too_big(length) {
        return Err(Throw::error("makeslice: len out of range"));
    }
    if too_big(capacity) || capacity < length {
        return Err(Throw::error("makeslice: cap out of range"));
    }
    let at = new_array(core, capacity, element)?;
    Ok([at, length, capacity])
}

/// A pointer to a new array.
pub fn new_array(core: &mut Core, count: Word, element: TypeIndex) -> Result<Word, Throw> {
    let shape = core.shapes.get(Word::from(element));
    let (width, scan) = (shape.width as usize, shape.scan);
    let words = (count as usize).saturating_mul(width);
    core.heap_room(words.saturating_mul(8))?;
    Ok(pointer(core.heap.new_words(words, scan), 0))
}

/// Allocation sizes of Go's heap: capacities grow to fill them.
const SIZE_CLASSES: [u32; 68] = [
    0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320,
    352, 384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792,
    2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5120, 5376, 6144, 6528, 6784, 6912, 8192, 9472,
    9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264,
    28672,
];
const LARGEST_SMALL: u64 = 32768;
const PAGE: u64 = 8192;

/// The bytes Go would really allocate for a request.
fn rounded_size(bytes: u64, scan: bool) -> u64 {
    // Objects with pointers beyond this size carry a header of a word.
    let header = if scan && bytes > 512 { 8 } else { 0 };
    if bytes + header <= LARGEST_SMALL {
        let at = SIZE_CLASSES.partition_point(|&class| u64::from(class) < bytes + header);
        let class = SIZE_CLASSES
            .get(at)
            .map_or(LARGEST_SMALL, |&class| u64::from(class));
        return class - header;
    }
    bytes.div_ceil(PAGE) * PAGE
}

/// The capacity Go's `append` would choose.
fn grown_capacity(old: Word, needed: Word, size: u64, scan: bool) -> Word {
    if size == 0 {
        return needed;
    }
    let doubled = old * 2;
    let mut capacity = if needed > doubled {
        needed
    } else if old < 256 {
        doubled
    } else {
        let mut capacity = old;
        while capacity < needed {
            capacity += (capacity + 3 * 256) >> 2;
        }
        capacity
    };
    capacity = rounded_size(capacity * size, scan) / size;
    capacity.max(needed)
}

/// Makes room for `more` elements behind a slice; gives the slice with its new length.
#[inline]
pub fn grow(
    core: &mut Core,
    old: [Word; 3],
    more: Word,
    element: TypeIndex,
) -> Result<[Word; 3], Throw> {
    let [at, length, capacity] = old;
    let needed = length + more;
    if needed <= capacity {
        return Ok([at, needed, capacity]);
    }
    reallocate(core, old, needed, element)
}

fn reallocate(
    core: &mut Core,
    old: [Word; 3],
    needed: Word,
    element: TypeIndex,
) -> Result<[Word; 3], Throw> {
    let size = core.size_of(element);
    let shape = core.shapes.get(Word::from(element));
    let (width, scan) = (shape.width as usize, shape.scan);
    if u128::from(needed) * u128::from(size.max(1)) > MOST_BYTES {
        return Err(Throw::error("growslice: len out of range"));
    }
    let capacity = grown_capacity(old[2], needed, size, scan);
    let at = new_array(core, capacity, element)?;
    core.heap.copy(at, old[0], old[1] as usize * width);
    Ok([at, needed, capacity])
}

fn bounds_error(text: String) -> Throw {
    Throw::error(&format!("slice bounds out of range [{text}]"))
}

/// Slicing; `source` is pointer, length and (for slices) capacity.
pub fn slice(
    mode: SliceMode,
    source: [Word; 3],
    bounds: [Word; 3],
    width: Word,
) -> Result<[Word; 3], Throw> {
    let [low, mut high, mut max] = bounds;
    let (limit, what) = match mode {
        SliceMode::Array | SliceMode::Array3 => {
            if source[0] == 0 {
                return Err(Throw::Nil);
            }
            (source[1], "length")
        }
        _ => (source[2], "capacity"),
    };
    let signed = |word: Word| word as i64;
    let three = matches!(mode, SliceMode::Slice3 | SliceMode::Array3);
    if three {
        if max > limit {
            return Err(if signed(max) < 0 {
                bounds_error(format!("::{}", signed(max)))
            } else {
                Throw::error(&format!(
                    "slice bounds out of range [::{max}] with {what} {limit}"
                ))
            });
        }
        if high > max {
            return Err(bounds_error(if signed(high) < 0 {
                format!(":{}:", signed(high))
            } else {
                format!(":{high}:{max}")
            }));
        }
        if low > high {
            return Err(bounds_error(if signed(low) < 0 {
                format!("{}::", signed(low))
            } else {
                format!("{low}:{high}:")
            }));
        }
    } else {
        if mode == SliceMode::SliceFrom {
            high = source[1];
        }
        if high > limit {
            return Err(if signed(high) < 0 {
                bounds_error(format!(":{}", signed(high)))
            } else {
                Throw::error(&format!(
                    "slice bounds out of range [:{high}] with {what} {limit}"
                ))
            });
        }
        if low > high {
            return Err(bounds_error(if signed(low) < 0 {
                format!("{}:", signed(low))
            } else {
                format!("{low}:{high}")
            }));
        }
        max = limit;
    }
    // A nil slice stays nil; an empty one must not point behind its array.
    let at = if source[0] == 0 || max == low {
        source[0]
    } else {
        source[0] + low * width
    };
    Ok([at, high - low, max - low])
}

/// The bounds of `string[low:high]`.
pub fn string_bounds(low: Word, high: Word, length: Word) -> Result<(Word, Word), Throw> {
    if high > length {
        return Err(if (high as i64) < 0 {
            bounds_error(format!(":{}", high as i64))
        } else {
            Throw::error(&format!(
                "slice bounds out of range [:{high}] with length {length}"
            ))
        });
    }
    if low > high {
        return Err(bounds_error(if (low as i64) < 0 {
            format!("{}:", low as i64)
        } else {
            format!("{low}:{high}")
        }));
    }
    Ok((low, high))
}

/// Joins strings given as pointers and lengths.
pub fn concat(core: &mut Core, texts: &[Word]) -> Result<(Word, Word), Throw> {
    let length: Word = texts.chunks_exact(2).map(|text| text[1]).sum();
    // Joining with nothing shares the bytes.
    if let Some(only) = texts.chunks_exact(2).find(|text| text[1] == length) {
        return Ok((only[0], only[1]));
    }
    core.heap_room(length as usize)?;
    let mut bytes = Vec::with_capacity(length as usize);
    for text in texts.chunks_exact(2) {
        bytes.extend_from_slice(core.heap.string(text[0], text[1]));
    }
    Ok(core.heap.own_string(bytes))
}

/// Copies a string's bytes into the words of a byte array.
pub fn copy_string(core: &mut Core, to: Word, text: Word, count: Word) {
    if count == 0 {
        return;
    }
    // Taking the target out leaves both sides free to be borrowed.
    let mut taken = std::mem::replace(core.heap.get_mut(handle(to)), Object::Free(0));
    if let Object::Words { words, .. } = &mut taken {
        let at = super::heap::offset(to);
        let bytes = core.heap.string(text, count);
        for (word, &byte) in words[at..at + count as usize].iter_mut().zip(bytes) {
            *word = Word::from(byte);
        }
    }
    *core.heap.get_mut(handle(to)) = taken;
    core.heap.touch(handle(to));
}

/// `[]byte(string)`.
pub fn bytes_from_string(
    core: &mut Core,
    text: Word,
    length: Word,
    element: TypeIndex,
) -> Result<[Word; 3], Throw> {
    let capacity = rounded_size(length, false);
    let at = new_array(core, capacity, element)?;
    copy_string(core, at, text, length);
    Ok([at, length, capacity])
}

/// `[]rune(string)`.
pub fn runes_from_string(
    core: &mut Core,
    text: Word,
    length: Word,
    element: TypeIndex,
) -> Result<[Word; 3], Throw> {
    let runes: Vec<Word> = utf8::runes(core.heap.string(text, length))
        .map(Word::from)
        .collect();
    let count = runes.len() as Word;
    let capacity = rounded_size(count * 4, false) / 4;
    let at = new_array(core, capacity, element)?;
    core.heap.slice_mut(at, runes.len()).copy_from_slice(&runes);
    Ok([at, count, capacity])
}

/// A new map of a map type.
pub fn make_map(core: &mut Core, ty: TypeIndex, hint: usize) -> Word {
    let (key, value) = core.map_types(ty);
    let map = Map::new(core.shapes.get(key), core.shapes.get(value), hint);
    pointer(core.heap.allocate(Object::Map(Box::new(map))), 0)
}

/// The map and the entry of a key; `None` if there is none or the map is nil.
#[inline]
pub fn map_find<'a>(
    core: &'a Core,
    map: Word,
    key: &[Word],
) -> Result<Option<(&'a Map, usize)>, Throw> {
    let Some(map) = core.heap.map(map) else {
        return Ok(None);
    };
    match map.find(&core.heap, &core.shapes, &key[..map.key_width()]) {
        Ok(Find::At(entry)) => Ok(Some((map, entry))),
        Ok(Find::Missing(_)) => Ok(None),
        Err(error) => Err(unhashable(error)),
    }
}

/// `map[key] = value`.
pub fn map_set(core: &mut Core, word: Word, key: &[Word], value: &[Word]) -> Result<(), Throw> {
    let Some(map) = core.heap.map(word) else {
        return Err(Throw::plain("assignment to entry in nil map"));
    };
    let (key, value) = (&key[..map.key_width()], &value[..map.value_width()]);
    match map
        .find(&core.heap, &core.shapes, key)
        .map_err(unhashable)?
    {
        Find::At(entry) => {
            if let Object::Map(map) = core.heap.get_mut(handle(word)) {
                map.value_mut(entry).copy_from_slice(value);
            }
            core.heap.touch(handle(word));
        }
        Find::Missing(hash) => {
            core.heap.change_map(word, |map| {
                let entry = map.insert(hash, key);
                map.value_mut(entry).copy_from_slice(value);
            });
            core.heap_room(0)?;
        }
    }
    Ok(())
}

/// `delete(map, key)`.
pub fn map_delete(core: &mut Core, word: Word, key: &[Word]) -> Result<(), Throw> {
    let Some((_, entry)) = map_find(core, word, key)? else {
        return Ok(());
    };
    core.heap.change_map(word, |map| map.remove(entry));
    Ok(())
}

/// An iterator over a map (nil allowed), beginning at its `start`-th entry.
pub fn map_iterate(core: &mut Core, word: Word, start: usize) -> Word {
    let cursor = core
        .heap
        .map(word)
        .map_or(Cursor::default(), |map| map.walk(start));
    let words = [word, cursor.start, cursor.next, 0];
    pointer(core.heap.box_words(&words, true), 0)
}

/// Moves an iterator on and writes the entry it comes to; whether there was one.
pub fn map_next(core: &mut Core, iterator: Word, dst: &mut [Word], key_only: bool) -> bool {
    let &[word, start, next, turned] = core.heap.words(handle(iterator)) else {
        return false;
    };
    let Some(map) = core.heap.map(word) else {
        return false;
    };
    let mut cursor = Cursor {
        start,
        next,
        turned: turned != 0,
    };
    let Some(entry) = map.step(&mut cursor) else {
        return false;
    };
    let key = map.key(entry);
    dst[..key.len()].copy_from_slice(key);
    if !key_only {
        let value = map.value(entry);
        dst[key.len()..key.len() + value.len()].copy_from_slice(value);
    }
    let state = core.heap.words_mut(handle(iterator));
    state[2] = cursor.next;
    state[3] = Word::from(cursor.turned);
    true
}

/// The parameter words of a deferred or started method call: the window's, then the receiver.
pub fn method_arguments(
    core: &Core,
    function: u32,
    frame: &[Word],
    window: Reg,
    dynamic: Word,
    payload: Word,
) -> Box<[Word]> {
    let target = &core.program.functions[function as usize];
    let receiver = usize::from(target.receiver_words);
    let others = usize::from(target.parameter_words) - receiver;
    let start = usize::from(window) + usize::from(target.result_words);
    let mut words = frame[start..start + others].to_vec();
    words.resize(others + receiver, 0);
    core.unbox(dynamic, payload, &mut words[others..]);
    words.into()
}

/// The panic of `x.(T)` for a concrete T.
#[cold]
pub fn failed_assertion(
    core: &Core,
    function: &Function,
    site: u32,
    dynamic: Word,
    wanted: TypeIndex,
) -> Throw {
    let name = |ty: usize| &*core.program.types[ty].name;
    let interface = function
        .assert_at(site)
        .map_or("interface", |ty| name(usize::from(ty)));
    let wanted = name(usize::from(wanted));
    if dynamic == 0 {
        return Throw::plain(&format!(
            "interface conversion: {interface} is nil, not {wanted}"
        ));
    }
    let actual = name(dynamic as usize);
    let note = if actual == wanted {
        " (types from different scopes)"
    } else {
        ""
    };
    Throw::plain(&format!(
        "interface conversion: {interface} is {actual}, not {wanted}{note}"
    ))
}

/// The panic of `x.(I)` for an interface I.
#[cold]
pub fn failed_interface_assertion(core: &Core, dynamic: Word, wanted: TypeIndex) -> Throw {
    let wanted_name = &core.program.types[usize::from(wanted)].name;
    if dynamic == 0 {
        return Throw::plain(&format!(
            "interface conversion: interface is nil, not {wanted_name}"
        ));
    }
    let actual = &core.program.types[dynamic as usize].name;
    let missing = core.program.missing_method(dynamic as TypeIndex, wanted);
    let method = missing.map_or("", |method| &core.program.method_names[usize::from(method)]);
    let method = method.rsplit('.').next().unwrap_or(method);
    Throw::plain(&format!(
        "interface conversion: {actual} is not {wanted_name}: missing method {method}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacities_grow_as_in_go() {
        let grow = |old, needed, size| grown_capacity(old, needed, size, false);
        // Seen with real Go.
        assert_eq!(grow(0, 1, 8), 1);
        assert_eq!(grow(0, 5, 8), 6);
        assert_eq!(grow(4, 5, 8), 8);
        assert_eq!(grow(3, 4, 8), 6);
        assert_eq!(grow(0, 3, 1), 8);
        assert_eq!(grow(256, 257, 8), 512);
        assert_eq!(grow(512, 513, 8), 848);
        assert_eq!(grow(848, 849, 8), 1280);
        assert_eq!(grow(0, 5, 16), 5);
        assert_eq!(grow(5, 6, 16), 10);
    }

    #[test]
    fn slicing_words_its_failures_as_go() {
        let text = |mode, source, bounds| match slice(mode, source, bounds, 1) {
            Err(Throw::Runtime(text)) => text
                .trim_start_matches("runtime error: slice bounds out of range ")
                .to_string(),
            other => format!("{other:?}"),
        };
        let five = [1 << 32, 5, 5];
        let negative = -1i64 as u64;
        assert_eq!(
            text(SliceMode::Slice, five, [0, 6, 0]),
            "[:6] with capacity 5"
        );
        assert_eq!(text(SliceMode::Slice, five, [3, 2, 0]), "[3:2]");
        assert_eq!(text(SliceMode::Slice, five, [negative, 2, 0]), "[-1:]");
        assert_eq!(text(SliceMode::Slice, five, [0, negative, 0]), "[:-1]");
        assert_eq!(text(SliceMode::SliceFrom, five, [6, 5, 0]), "[6:5]");
        assert_eq!(
            text(SliceMode::Array, five, [0, 6, 0]),
            "[:6] with length 5"
        );
        assert_eq!(
            text(SliceMode::Slice3, five, [0, 1, 6]),
            "[::6] with capacity 5"
        );
        assert_eq!(text(SliceMode::Slice3, five, [0, 4, 3]), "[:4:3]");
        assert_eq!(text(SliceMode::Slice3, five, [3, 2, 4]), "[3:2:]");
        assert_eq!(
            slice(SliceMode::Slice, five, [1, 3, 0], 1),
            Ok([(1 << 32) + 1, 2, 4])
        );
    }

    #[test]
    fn floats_to_integers_as_amd64() {
        assert_eq!(float_to_int(-1.9), -1);
        assert_eq!(float_to_int(f64::NAN), i64::MIN);
        assert_eq!(float_to_int(1e300), i64::MIN);
        assert_eq!(float_to_uint(-1.0), u64::MAX);
        assert_eq!(float_to_uint(1e19), 10_000_000_000_000_000_000);
        assert_eq!(min_float(0.0, -0.0).to_bits(), (-0.0f64).to_bits());
    }
}
