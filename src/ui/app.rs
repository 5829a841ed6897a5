//! The page: it holds the session, works out the view models after each action and hands them to the
//! components. All browser effects of the page as a whole are here and in `effects`.

use std::rc::Rc;

use yew::prelude::*;

use super::browser;
use super::chrome::{Chrome, Dialog, Show, Side, Tab};
use super::code::{self, CodeProps};
use super::dialogs::{HelpProps, Programs, ShareProps, help, share};
use super::effects;
use super::header::{self, HeaderProps};
use super::say::{self, SayProps};
use super::side::{self, SideProps};
use super::stage::{self, StageProps};
use super::store::Session;
use super::timeline::{RunRef, Timeline};
use super::transport::{self, PathChip, TransportProps};
use crate::session::{Action, Activity, Run, Selection, State};
use crate::view::page::{self, Models};
use crate::view::stage::Target;

/// What is opened when the address names nothing.
const FIRST: &str = "lock-order";

fn first_action() -> Action {
    let address = browser::address();
    if address.is_empty() {
        Action::Open(FIRST.to_owned())
    } else {
        Action::OpenLink(address)
    }
}

fn first_chrome() -> Chrome {
    let dark = match browser::remembered("theme").as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => browser::matches("(prefers-color-scheme: dark)"),
    };
    Chrome {
        dark,
        projector: browser::remembered("projector").as_deref() == Some("on"),
        keys: browser::remembered("keys").as_deref() != Some("off"),
        dialog: None,
        tab: Tab::Stage,
        side: Side::Inspector,
        drawer: false,
        editing: false,
        opened: Rc::default(),
        window: None,
    }
}

/// The page.
#[component]
pub fn App() -> Html {
    let session = use_reducer(|| Session::new(first_action(), FIRST));
    let chrome = use_reducer(first_chrome);
    let maker = use_mut_ref(page::Maker::default);
    let act = {
        let dispatcher = session.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };
    let show = {
        let dispatcher = chrome.dispatcher();
        use_callback((), move |change: Show, ()| dispatcher.dispatch(change))
    };
    effects::use_root(&chrome);
    effects::use_address(&session);
    effects::use_outcome_of_compiling(&session, &show);
    effects::use_driver(&session, &act);
    effects::use_keys(&session, &chrome, &act, &show);
    let state = &session.state;
    let models = use_memo((session.version, chrome.opened.clone()), |_| {
        maker.borrow_mut().make(state, &chrome.opened)
    });
    let callbacks = use_memo((), |()| Callbacks::new(&act, &show));
    html! {
        <div class="page" data-tab={chrome.tab.name()} data-drawer={if chrome.drawer { "open" } else { "closed" }}>
            { header(state, &chrome, &models, &callbacks, &show) }
            { header::tabs(chrome.tab, &show) }
            <main class="contents">
                { code(state, &chrome, &models, &callbacks) }
                { stage(state, &session, &models, &callbacks) }
                { side(state, &chrome, &models, &callbacks, &show) }
                { say(state, &models, &callbacks) }
                { time(state, &session, &chrome, &models, &callbacks, &act) }
            </main>
            <div>{ dialog(state, &chrome, &callbacks, &show) }</div>
        </div>
    }
}

/// The callbacks handed to components: made once, so that equal properties stay equal.
struct Callbacks {
    open: Callback<String>,
    dismiss: Callback<()>,
    set_editing: Callback<bool>,
    edit: Callback<String>,
    run: Callback<()>,
    discard: Callback<()>,
    breakpoint: Callback<u32>,
    pick: Callback<Target>,
    select: Callback<Selection>,
    choose: Callback<usize>,
    back: Callback<()>,
    close: Callback<()>,
    waker: Callback<()>,
    paste: Callback<()>,
    window: Callback<Option<crate::view::lanes::Window>>,
}

impl Callbacks {
    fn new(act: &Callback<Action>, show: &Callback<Show>) -> Callbacks {
        let open = {
            let (act, show) = (act.clone(), show.clone());
            Callback::from(move |name| {
                show.emit(Show::Dialog(None));
                act.emit(Action::Open(name));
            })
        };
        let pick = {
            let (act, show) = (act.clone(), show.clone());
            Callback::from(move |target| match target {
                Target::Goroutine(id) => act.emit(Action::Select(Selection::Goroutine(id))),
                Target::Object(id) => act.emit(Action::Select(Selection::Object(id))),
                Target::Stack(class, site) => show.emit(Show::Stack(class, site)),
            })
        };
        let paste = {
            let (act, show) = (act.clone(), show.clone());
            Callback::from(move |()| {
                act.emit(Action::Edit(String::new()));
                show.emit(Show::Dialog(None));
                show.emit(Show::Tab(Tab::Code));
                show.emit(Show::Editing(true));
            })
        };
        Callbacks {
            open,
            pick,
            paste,
            run: act.reform(|()| Action::Rerun),
            dismiss: act.reform(|()| Action::DismissNotice),
            set_editing: show.reform(Show::Editing),
            edit: act.reform(Action::Edit),
            discard: act.reform(|()| Action::DiscardEdits),
            breakpoint: act.reform(Action::ToggleBreakpoint),
            select: act.reform(Action::Select),
            choose: act.reform(Action::Choose),
            back: act.reform(|()| Action::Back),
            close: show.reform(|()| Show::Dialog(None)),
            waker: act.reform(|()| Action::GoToWaker),
            window: show.reform(Show::Window),
        }
    }
}

fn header(
    state: &State,
    chrome: &Chrome,
    models: &Models,
    calls: &Callbacks,
    show: &Callback<Show>,
) -> Html {
    header::header(&HeaderProps {
        title: state.program.title.clone(),
        topic: models.topic.clone().into(),
        pair: models.pair.clone().map(AttrValue::from),
        notice: state.notice.clone(),
        chrome: chrome.clone(),
        show: show.clone(),
        open: calls.open.clone(),
        dismiss: calls.dismiss.clone(),
    })
}

fn code(state: &State, chrome: &Chrome, models: &Models, calls: &Callbacks) -> Html {
    code::code(&CodeProps {
        file: state.program.file.clone(),
        lines: models.lines.clone(),
        text: state.text().clone(),
        editing: chrome.editing,
        stale: state.is_stale(),
        problems: state.problems.clone(),
        set_editing: calls.set_editing.clone(),
        edit: calls.edit.clone(),
        run: calls.run.clone(),
        discard: calls.discard.clone(),
        breakpoint: calls.breakpoint.clone(),
    })
}

fn stage(state: &State, session: &Session, models: &Models, calls: &Callbacks) -> Html {
    let fast = state.activity == Activity::Playing && state.speed.steps_per_second() > 2.5;
    stage::stage(&StageProps {
        picture: models.picture.clone(),
        moment: models.moment.clone().into(),
        stale: state.is_stale(),
        still: fast || matches!(state.activity, Activity::Running(_)) || models.jumped,
        beat: session.version as u32,
        pick: calls.pick.clone(),
    })
}

fn side(
    state: &State,
    chrome: &Chrome,
    models: &Models,
    calls: &Callbacks,
    show: &Callback<Show>,
) -> Html {
    let selected = matches!(state.selection, Selection::Goroutine(_));
    side::side_panel(&SideProps {
        side: chrome.side,
        inspector: models.inspector.clone(),
        findings: models.findings.clone(),
        console: models.console.clone(),
        show: show.clone(),
        select: calls.select.clone(),
        waker: selected.then(|| calls.waker.clone()),
    })
}

fn say(state: &State, models: &Models, calls: &Callbacks) -> Html {
    say::say(&SayProps {
        sentence: models.sentence.clone(),
        tone: models.tone,
        silent: state.is_busy(),
        choices: models.choices.clone(),
        ended: models.findings.ended.clone().map(AttrValue::from),
        idle: state.run.is_none(),
        choose: calls.choose.clone(),
        back: calls.back.clone(),
    })
}

fn time(
    state: &State,
    session: &Session,
    chrome: &Chrome,
    models: &Models,
    calls: &Callbacks,
    act: &Callback<Action>,
) -> Html {
    let lanes = match &state.run {
        Some(run) => html! {
            <Timeline run={RunRef { run: run.clone(), version: session.version }} findings={models.findings.clone()}
                window={shown_window(chrome, run)} dark={chrome.dark} projector={chrome.projector} spoken={models.spoken.clone()}
                act={act.clone()} set_window={calls.window.clone()} />
        },
        None => html! { <p class="lanes empty">{ "Nothing has run yet." }</p> },
    };
    let transport = transport::transport(&TransportProps {
        busy: state.is_busy(),
        playing: state.activity == Activity::Playing,
        at_start: models.at_start,
        at_end: models.at_end,
        policy: state.policy,
        seed: state.seed,
        speed: state.speed,
        size: state.step_size,
        faults: models.has_faults,
        paths: paths(state),
        act: act.clone(),
    });
    html! {
        <section class={classes!("panel", "time", state.is_stale().then_some("stale"))} aria-label="Time">
            { transport }
            { lanes }
        </section>
    }
}

/// The chosen part of the timeline, moved so that the cursor is in sight.
fn shown_window(chrome: &Chrome, run: &Run) -> Option<crate::view::lanes::Window> {
    chrome
        .window
        .map(|window| window.showing(run.step() as f64, run.steps()))
}

fn paths(state: &State) -> Vec<PathChip> {
    let Some(run) = &state.run else {
        return Vec::new();
    };
    run.paths
        .iter()
        .map(|path| PathChip {
            id: path.id,
            words: format!("Path {}", path.id + 1),
            shown: path.id == run.path,
        })
        .collect()
}

fn dialog(state: &State, chrome: &Chrome, calls: &Callbacks, show: &Callback<Show>) -> Html {
    match chrome.dialog {
        None => html! { <span hidden={true} /> },
        Some(Dialog::Programs) => {
            let current = state.program.catalogue.map(AttrValue::from);
            html! { <div key="programs"><Programs {current} open={calls.open.clone()} paste={calls.paste.clone()} close={calls.close.clone()} /></div> }
        }
        Some(Dialog::Share) => {
            let props = ShareProps {
                address: state.share().into(),
                close: calls.close.clone(),
            };
            html! { <div key="share">{ share(&props) }</div> }
        }
        Some(Dialog::Help) => {
            let props = HelpProps {
                keys_on: chrome.keys,
                show: show.clone(),
                close: calls.close.clone(),
            };
            html! { <div key="help">{ help(&props) }</div> }
        }
    }
}
