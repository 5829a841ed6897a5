//! Values as short text for the recorder: like `%v`, with strings quoted, errors by their message,
//! durations as durations, and native objects by what they are.

use super::core::Core;
use super::format;
use super::heap::{Word, handle};
use crate::go::compile::bytecode::TypeIndex;
use crate::go::compile::layout::Kind;
use crate::trace::VirtualTime;

/// No text is longer than about this.
const MOST: usize = 100;

/// A value by its type and words.
pub fn words(core: &Core, ty: TypeIndex, words: &[Word]) -> String {
    let info = &core.program.types[usize::from(ty)];
    if &*info.package == "time" && &*info.short_name == "Duration" {
        let nanoseconds = words[0] as i64;
        let sign = if nanoseconds < 0 { "-" } else { "" };
        return format!("{sign}{}", VirtualTime(nanoseconds.unsigned_abs()));
    }
    match info.kind {
        Kind::String => {
            let bytes = core.heap.string(words[0], words[1]);
            let text = super::text::quote::string(
                &bytes[..bytes.len().min(MOST)],
                super::text::quote::Keep::Printable,
            );
            if bytes.len() > MOST {
                format!("{text}…")
            } else {
                text
            }
        }
        Kind::Channel { .. } => match super::native::object::channel(core, words[0]) {
            Some(channel) => format!("{} #{}", info.name, channel.id().0),
            None => "nil".into(),
        },
        Kind::Function => {
            if words[0] == 0 {
                "nil".into()
            } else {
                function_name(core, words[0])
            }
        }
        Kind::Interface => match words[0] {
            0 => "nil".into(),
            _ => value(core, [words[0], words[1]]),
        },
        Kind::Slice(_) | Kind::Map { .. } | Kind::Pointer(_) if words[0] == 0 => "nil".into(),
        Kind::Pointer(target) => match message(core, target, words[0]) {
            Some(text) => text,
            None => format::plain(core, ty, words, MOST),
        },
        Kind::Struct(_) if is_opaque(&info.package) => info.name.to_string(),
        _ => format::plain(core, ty, words, MOST),
    }
}

/// A value in an interface.
pub fn value(core: &Core, interface: [Word; 2]) -> String {
    if interface[0] == 0 {
        return "nil".into();
    }
    let payload = core.shapes.payload(&core.heap, interface[0], &interface[1]);
    words(core, interface[0] as TypeIndex, payload)
}

/// The message of an error made by `errors.New` or `fmt.Errorf`; what other pointers to embedded
/// packages' structs point to is their own affair.
fn message(core: &Core, target: TypeIndex, pointer: Word) -> Option<String> {
    let info = &core.program.types[usize::from(target)];
    let Kind::Struct(fields) = &info.kind else {
        return None;
    };
    if matches!(&*info.package, "errors" | "fmt") {
        let first = fields.first()?;
        let is_text = core.program.types[usize::from(first.ty)].kind == Kind::String;
        let words = core.heap.slice(pointer, 2);
        return is_text.then(|| core.heap.text(words[0], words[1]));
    }
    is_opaque(&info.package).then(|| format!("*{}", info.name))
}

/// Packages whose structs are shown by name only.
fn is_opaque(package: &str) -> bool {
    matches!(
        package,
        "sync"
            | "sync/atomic"
            | "context"
            | "time"
            | "testing"
            | "log"
            | "os"
            | "net/http"
            | "strings"
            | "bufio"
            | "errgroup"
    ) || package.starts_with("golang.org/x/")
}

fn function_name(core: &Core, closure: Word) -> String {
    let words = core.heap.words(handle(closure));
    let function = words
        .first()
        .and_then(|&index| core.program.functions.get(index as usize));
    function.map_or_else(
        || "func".into(),
        |function| function.name.trim_start_matches("main.").to_string(),
    )
}
