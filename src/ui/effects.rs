//! What the page does to the browser as the session changes, and what the browser tells it: the theme,
//! the address, the keys, and the slices in which a run goes on.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::browser;
use super::chrome::{Chrome, Dialog, Show, Side, Tab};
use super::keys::{self, Command, Focus};
use super::store::Session;
use super::timeline::window_of;
use crate::session::{Action, Activity};
use crate::view::lanes::Window;

/// The document's root carries theme, projector and keys for the style sheets.
#[hook]
pub fn use_root(chrome: &Chrome) {
    let on_off = |on: bool| if on { "on" } else { "off" };
    use_effect_with(
        (chrome.dark, chrome.projector, chrome.keys),
        move |&(dark, projector, keys)| {
            let theme = if dark { "dark" } else { "light" };
            browser::set_root("data-theme", theme);
            browser::set_root("data-projector", on_off(projector));
            browser::set_root("data-keys", on_off(keys));
            browser::remember("theme", theme);
            browser::remember("projector", on_off(projector));
            browser::remember("keys", on_off(keys));
        },
    );
}

/// The address follows the session after a moment of rest (browsers limit how often it may change),
/// and the session follows an address that was typed.
#[hook]
pub fn use_address(session: &UseReducerHandle<Session>) {
    let own = use_mut_ref(String::new);
    {
        let (own, state) = (own.clone(), session.state.clone());
        use_effect_with(session.version, move |_| {
            let title = format!("{} · Lockstep", state.program.title);
            browser::set_title(&title);
            let busy = state.is_busy();
            let timer = (!busy && state.run.is_some()).then(|| {
                Timeout::new(250, move || {
                    let link = state.share();
                    // Browsers cut longer addresses off; the share dialog still gives the whole.
                    if link.len() > LONGEST_ADDRESS {
                        return;
                    }
                    browser::set_address(&link);
                    *own.borrow_mut() = link;
                })
            });
            move || drop(timer)
        });
    }
    let dispatcher = session.dispatcher();
    use_effect_with((), move |()| {
        let listener = browser::window().map(|window| {
            EventListener::new(&window, "hashchange", move |_| {
                let address = browser::address();
                if !address.is_empty() && *own.borrow() != address {
                    dispatcher.dispatch(Action::OpenLink(address));
                }
            })
        });
        move || drop(listener)
    });
}

/// A program that compiles is shown; one that does not is left in the editor, where its problems are.
#[hook]
pub fn use_outcome_of_compiling(session: &UseReducerHandle<Session>, show: &Callback<Show>) {
    let sources = session
        .state
        .run
        .as_ref()
        .map(|run| Rc::as_ptr(&run.sources) as usize);
    {
        let show = show.clone();
        use_effect_with(sources, move |_| show.emit(Show::Fresh));
    }
    let show = show.clone();
    let stuck = session.state.is_stale() && !session.state.problems.is_empty();
    use_effect_with(
        (stuck, session.state.problems.clone()),
        move |(stuck, _)| {
            if *stuck {
                show.emit(Show::Editing(true));
            }
        },
    );
}

/// The longest text put into the address bar.
const LONGEST_ADDRESS: usize = 60_000;

/// How long one slice of a run may take, in milliseconds: less than a frame.
const SLICE: f64 = 9.0;

/// Goes on with what goes on, a slice at a time, so that the page always answers.
#[hook]
pub fn use_driver(session: &UseReducerHandle<Session>, act: &Callback<Action>) {
    let budget = use_mut_ref(|| 64usize);
    let (act, state) = (act.clone(), session.state.clone());
    use_effect_with(session.version, move |_| {
        let timer = match state.activity {
            Activity::Idle if !state.is_exploring() => None,
            Activity::Idle | Activity::Running(_) => {
                Some(Timeout::new(0, move || run_slice(&budget, &act)))
            }
            Activity::Playing => Some(Timeout::new(state.speed.delay(), move || {
                act.emit(Action::Tick { budget: 1 })
            })),
        };
        move || drop(timer)
    });
}

/// Does one slice and measures it, so that the next is as long as it may be.
fn run_slice(budget: &Rc<RefCell<usize>>, act: &Callback<Action>) {
    let steps = *budget.borrow();
    let before = browser::now();
    act.emit(Action::Tick { budget: steps });
    let took = (browser::now() - before).max(0.1);
    let next = (steps as f64 * (SLICE / took).clamp(0.25, 2.0)) as usize;
    *budget.borrow_mut() = next.clamp(1, 20_000);
}

/// What the listener for keys needs of the present moment.
#[derive(Clone)]
struct Now {
    session: UseReducerHandle<Session>,
    chrome: UseReducerHandle<Chrome>,
}

/// Single keys act anywhere but in text fields and dialogs.
#[hook]
pub fn use_keys(
    session: &UseReducerHandle<Session>,
    chrome: &UseReducerHandle<Chrome>,
    act: &Callback<Action>,
    show: &Callback<Show>,
) {
    let first = Now {
        session: session.clone(),
        chrome: chrome.clone(),
    };
    let now = use_mut_ref(|| first);
    *now.borrow_mut() = Now {
        session: session.clone(),
        chrome: chrome.clone(),
    };
    let (act, show) = (act.clone(), show.clone());
    use_effect_with((), move |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let document = browser::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                let now = now.borrow().clone();
                let command = match now.chrome.dialog {
                    Some(_) => None,
                    None => keys::command(event, focus_of(event), now.chrome.keys),
                };
                if let Some(command) = command {
                    event.prevent_default();
                    obey(command, &now, &act, &show);
                }
            })
        });
        move || drop(listener)
    });
}

fn focus_of(event: &KeyboardEvent) -> Focus {
    let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return Focus::Elsewhere;
    };
    let role = target.get_attribute("role").unwrap_or_default();
    let kind = target.get_attribute("type").unwrap_or_default();
    match target.tag_name().as_str() {
        "TEXTAREA" => Focus::Text,
        "INPUT" if kind == "checkbox" => Focus::Button,
        "INPUT" => Focus::Text,
        "SELECT" => Focus::Options,
        "BUTTON" | "A" | "SUMMARY" => Focus::Button,
        _ if role == "button" => Focus::Button,
        _ => Focus::Elsewhere,
    }
}

fn obey(command: Command, now: &Now, act: &Callback<Action>, show: &Callback<Show>) {
    let state = &now.session.state;
    match command {
        Command::Do(action) => act.emit(action),
        Command::PlayPause if state.is_busy() => act.emit(Action::Pause),
        Command::PlayPause => act.emit(Action::Play),
        Command::Programs => show.emit(Show::Dialog(Some(Dialog::Programs))),
        Command::Help => show.emit(Show::Dialog(Some(Dialog::Help))),
        Command::Findings => {
            show.emit(Show::Side(Side::Findings));
            show.emit(Show::Drawer(true));
            show.emit(Show::Tab(Tab::Side));
        }
        Command::Run => {
            act.emit(Action::Rerun);
        }
        Command::LeaveEditor => {
            show.emit(Show::Editing(false));
        }
        Command::Fit => show.emit(Show::Window(None)),
        Command::ZoomIn => change_window(now, show, |window, step, steps| {
            window.zoomed(0.6, step, steps)
        }),
        Command::ZoomOut => change_window(now, show, |window, step, steps| {
            window.zoomed(1.6, step, steps)
        }),
        Command::PanLeft => change_window(now, show, |window, _, steps| window.moved(-0.2, steps)),
        Command::PanRight => change_window(now, show, |window, _, steps| window.moved(0.2, steps)),
    }
}

fn change_window(now: &Now, show: &Callback<Show>, change: fn(Window, f64, usize) -> Window) {
    if let Some(run) = &now.session.state.run {
        let window = window_of(now.chrome.window, run);
        show.emit(Show::Window(Some(change(
            window,
            run.step() as f64,
            run.steps(),
        ))));
    }
}
