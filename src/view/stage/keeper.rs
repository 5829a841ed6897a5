//! What the stage keeps while a program is open: who has to do with whom, and where things stand.
//!
//! Invariant: a box keeps its place until another program is opened or a stack is opened or closed.

use std::rc::Rc;

use super::{Opened, Picture, Scene, Target};
use crate::session::Run;
use crate::trace::{SourceMap, Trace};
use crate::view::findings::Findings;
use crate::view::layout::Layout;
use crate::view::wiring::Wiring;

/// Follows a run and draws it.
#[derive(Default)]
pub struct Keeper {
    sources: Option<Rc<SourceMap>>,
    path: usize,
    /// What a run of the whole program, made beforehand, has told.
    rehearsed: Wiring,
    wiring: Wiring,
    layout: Layout,
    opened: Opened,
}

impl Keeper {
    /// Whether this run is of a program not followed yet; then [`Keeper::begin`] comes first.
    pub fn is_new(&self, run: &Run) -> bool {
        self.sources
            .as_ref()
            .is_none_or(|sources| !Rc::ptr_eq(sources, &run.sources))
    }

    /// Starts anew with another program. A rehearsal of it lets everything have its place from the start.
    pub fn begin(&mut self, run: &Run, rehearsal: Option<&Trace>) {
        *self = Keeper {
            sources: Some(run.sources.clone()),
            path: run.path,
            ..Keeper::default()
        };
        if let Some(trace) = rehearsal {
            self.rehearsed.read(trace.events());
            self.wiring.expect(&self.rehearsed);
        }
    }

    /// Reads what is new in the run and places what has no place yet.
    pub fn follow(&mut self, run: &Run, opened: &Opened) {
        if self.path != run.path {
            self.path = run.path;
            self.wiring = Wiring::default();
            self.wiring.expect(&self.rehearsed);
        }
        if self.opened != *opened {
            self.opened = opened.clone();
            self.layout = Layout::default();
        }
        let learnt = self.wiring.read(run.trace().events());
        if self.layout == Layout::default() {
            self.layout.place(&self.rehearsed.graph(opened));
        } else if !learnt {
            return;
        }
        self.layout.place(&self.wiring.graph(opened));
    }

    /// The picture at the run's cursor.
    pub fn picture(&self, run: &Run, findings: &Findings, picked: Option<Target>) -> Picture {
        let scene = Scene {
            world: &run.world,
            wiring: &self.wiring,
            layout: &self.layout,
            opened: &self.opened,
            stuck: &findings.stuck,
            circle: &findings.circle,
            picked,
        };
        scene.picture()
    }
}
