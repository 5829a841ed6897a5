//! What an instruction or a native can end in other than its result, in Go's words.

use super::equality::Uncomparable;
use super::heap::Word;

/// A panic or a fatal error about to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Throw {
    /// A `runtime.Error` with this text (`runtime error: ` included where Go has it).
    Runtime(Box<str>),
    /// Dereferencing nil.
    Nil,
    /// `panic(value)`.
    Value([Word; 2]),
    /// A panic with a plain string.
    Text(Box<str>),
    /// An error that cannot be recovered.
    Fatal(Box<str>),
    /// `runtime.Goexit`.
    Goexit,
    /// The memory limit.
    Memory,
}

impl Throw {
    /// `runtime error: …`
    #[cold]
    pub fn error(text: &str) -> Throw {
        Throw::Runtime(format!("runtime error: {text}").into())
    }

    /// A runtime error that Go words without the prefix.
    #[cold]
    pub fn plain(text: &str) -> Throw {
        Throw::Runtime(text.into())
    }

    #[cold]
    pub fn divide() -> Throw {
        Throw::error("integer divide by zero")
    }

    #[cold]
    pub fn index(index: Word, length: Word) -> Throw {
        let index = index as i64;
        if index < 0 {
            Throw::error(&format!("index out of range [{index}]"))
        } else {
            Throw::error(&format!(
                "index out of range [{index}] with length {length}"
            ))
        }
    }
}

/// A value whose type cannot be hashed, as a map key.
#[cold]
pub fn unhashable(error: Uncomparable) -> Throw {
    Throw::error(&format!("hash of unhashable type {}", error.type_name))
}

/// Two values whose type cannot be compared.
#[cold]
pub fn uncomparable(error: Uncomparable) -> Throw {
    Throw::error(&format!("comparing uncomparable type {}", error.type_name))
}
