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
    /// Does what the address asks for; when that opens nothing, says why and opens `fallback`.
    pub fn new(first: Action, fallback: &str) -> Session {
        let mut state = session::reduce(State::new(session::go()), first);
        if state.run.is_none() && state.problems.is_empty() {
            let notice = state.notice.take();
            state = session::reduce(state, Action::Open(fallback.to_owned()));
            state.notice = notice;
        }
        Session { state, version: 0 }
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
