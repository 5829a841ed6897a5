//! From a text to something that can be run.

use std::rc::Rc;

use super::Problem;
use crate::runtime::{Options, Program};
use crate::trace::{FileId, SourceMap};

/// A program that can be run.
#[derive(Clone)]
pub struct Compiled {
    /// The program.
    pub program: Rc<dyn Program>,
    /// The files it was made of.
    pub sources: Rc<SourceMap>,
    /// The person's file among them.
    pub file: FileId,
    /// How it is to be run.
    pub options: Options,
}

/// Makes a program of a file's name and text. Go's is the only one on the page; tests bring programs that
/// are written in Rust.
pub type Compiler = Rc<dyn Fn(&str, &str) -> Result<Compiled, Vec<Problem>>>;
