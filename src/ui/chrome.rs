//! What the page remembers beside the session: theme, open dialogs, tabs, opened stacks.

use std::rc::Rc;

use yew::prelude::*;

use crate::view::lanes::Window;
use crate::view::stage::Opened;

/// Which dialog is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    Programs,
    Help,
    Share,
}

/// Which part a narrow page shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Code,
    Stage,
    Side,
    Time,
}

impl Tab {
    /// The value of `data-tab`.
    pub fn name(self) -> &'static str {
        match self {
            Tab::Code => "code",
            Tab::Stage => "stage",
            Tab::Side => "side",
            Tab::Time => "time",
        }
    }
}

/// Which part of the side panel is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Inspector,
    Findings,
}

/// Everything the page remembers beside the session.
#[derive(Clone, PartialEq)]
pub struct Chrome {
    pub dark: bool,
    pub projector: bool,
    /// Whether single keys act.
    pub keys: bool,
    pub dialog: Option<Dialog>,
    pub tab: Tab,
    pub side: Side,
    pub drawer: bool,
    pub editing: bool,
    pub opened: Rc<Opened>,
    /// The part of the timeline that is shown; none shows all.
    pub window: Option<Window>,
}

/// A change of [`Chrome`].
pub enum Show {
    Theme,
    Projector,
    Keys(bool),
    Dialog(Option<Dialog>),
    Tab(Tab),
    Side(Side),
    Drawer(bool),
    Editing(bool),
    /// Opens or closes a stack.
    Stack(u8, u64),
    Window(Option<Window>),
    /// Another program: what belonged to the last one is forgotten.
    Fresh,
}

impl Reducible for Chrome {
    type Action = Show;

    fn reduce(self: Rc<Self>, show: Show) -> Rc<Self> {
        let mut next = (*self).clone();
        match show {
            Show::Theme => next.dark = !next.dark,
            Show::Projector => next.projector = !next.projector,
            Show::Keys(on) => next.keys = on,
            Show::Dialog(dialog) => next.dialog = dialog,
            Show::Tab(tab) => next.tab = tab,
            Show::Side(side) => next.side = side,
            Show::Drawer(open) => next.drawer = open,
            Show::Editing(on) => next.editing = on,
            Show::Stack(class, site) => {
                let opened = Rc::make_mut(&mut next.opened);
                if !opened.remove(&(class, site)) {
                    opened.insert((class, site));
                }
            }
            Show::Window(window) => next.window = window,
            Show::Fresh => {
                next.opened = Rc::default();
                next.window = None;
                next.editing = false;
            }
        }
        if next == *self { self } else { Rc::new(next) }
    }
}
