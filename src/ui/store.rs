//! The session as Yew's reducer sees it.

use std::rc::Rc;

use yew::prelude::*;

use crate::session::{self, Action, State};

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
            state: session::reduce(State::new(session::go()), first),
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
