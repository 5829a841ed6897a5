//! The session as Yew's reducer sees it.

use std::rc::Rc;

use yew::prelude::*;

use crate::session::{self, Action, Compiler, Problem, State};

/// The session's state, counted, so that equal numbers mean equal states.
#[derive(Clone)]
pub struct Session {
    pub state: State,
    pub version: u64,
}

impl Session {
    /// Opens what the address says, else the first program.
    pub fn new(first: Action) -> Session {
        Session {
            state: session::reduce(State::new(compiler()), first),
            version: 0,
        }
    }
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let state = session::reduce(self.state.clone(), action);
        Rc::new(Session {
            state,
            version: self.version + 1,
        })
    }
}

/// The compiler of the page. Until the machine is connected, it says so.
fn compiler() -> Compiler {
    Rc::new(|_, _| {
        let message = "the Go machine is not connected to the page yet".into();
        Err(vec![Problem {
            line: 1,
            column: 1,
            start: 0,
            end: 0,
            message,
        }])
    })
}
