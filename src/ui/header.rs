//! The header: program, sharing, theme, projector, help, and what has to be told.

use yew::prelude::*;

use super::chrome::{Chrome, Dialog, Show, Tab};
use super::icons::{Icon, icon};
use crate::view::Text;

pub struct HeaderProps {
    pub title: Text,
    /// `Locks · broken`.
    pub topic: AttrValue,
    /// The name of the program that mends this one, or that this one mends.
    pub pair: Option<AttrValue>,
    pub notice: Option<Text>,
    pub chrome: Chrome,
    pub show: Callback<Show>,
    pub open: Callback<String>,
    pub dismiss: Callback<()>,
}

/// The header.
pub fn header(props: &HeaderProps) -> Html {
    let show = |make: fn() -> Show| props.show.reform(move |_: MouseEvent| make());
    let chrome = &props.chrome;
    html! {
        <header class="head">
            <h1>{ mark() }{ "Lockstep" }</h1>
            <button class="pick" type="button" aria-haspopup="dialog" onclick={show(|| Show::Dialog(Some(Dialog::Programs)))}>
                { icon(Icon::Search) }
                <span class="name">{ &*props.title }</span>
                <span class="tail"><span>{ &props.topic }</span><kbd>{ "Ctrl K" }</kbd></span>
            </button>
            <span class="pair">{ pair_button(props) }</span>
            <nav aria-label="Page">
                <button type="button" aria-label="Share" onclick={show(|| Show::Dialog(Some(Dialog::Share)))}>{ icon(Icon::Share) }<span class="wide">{ "Share" }</span></button>
                <button type="button" aria-pressed={chrome.projector.to_string()} aria-label="Projector size" title="Projector size"
                    onclick={show(|| Show::Projector)}>{ icon(Icon::Projector) }</button>
                <button type="button" aria-label={if chrome.dark { "Light theme" } else { "Dark theme" }}
                    title={if chrome.dark { "Light theme" } else { "Dark theme" }} onclick={show(|| Show::Theme)}>
                    { icon(if chrome.dark { Icon::Light } else { Icon::Dark }) }
                </button>
                <button type="button" class="only-drawer" aria-pressed={chrome.drawer.to_string()} aria-label="Inspector"
                    title="Inspector" onclick={
                        let (show, open) = (props.show.clone(), chrome.drawer);
                        Callback::from(move |_: MouseEvent| show.emit(Show::Drawer(!open)))
                    }>{ icon(Icon::Panel) }</button>
                <button type="button" aria-label="Help" title="Help" onclick={show(|| Show::Dialog(Some(Dialog::Help)))}>{ icon(Icon::Help) }</button>
            </nav>
            { notice(props) }
        </header>
    }
}

fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect width="32" height="32" rx="8" fill="#16202b" />
            <path d="M6 9h9M6 16h14M6 23h5" stroke="#4DF0A0" stroke-width="3.4" stroke-linecap="round" />
            <path d="M19 9h7M24 16h2M15 23h11" stroke="#6db3f5" stroke-width="3.4" stroke-linecap="round" />
        </svg>
    }
}

fn pair_button(props: &HeaderProps) -> Html {
    let Some(pair) = props.pair.clone() else {
        return html! { <span hidden={true} /> };
    };
    let broken = props.topic.ends_with("broken");
    let onclick = props.open.reform(move |_: MouseEvent| pair.to_string());
    html! { <button type="button" {onclick}>{ if broken { "Show the fix" } else { "Show it broken" } }</button> }
}

fn notice(props: &HeaderProps) -> Html {
    let dismiss = props.dismiss.reform(|_: MouseEvent| ());
    match &props.notice {
        Some(words) => html! {
            <div class="notice" role="alert">
                <p>{ &**words }</p>
                <button type="button" onclick={dismiss}>{ icon(Icon::Close) }{ "Close" }</button>
            </div>
        },
        None => html! { <div hidden={true} /> },
    }
}

/// On a narrow page: which part is seen.
pub fn tabs(current: Tab, show: &Callback<Show>) -> Html {
    let tab = |tab: Tab, words: &'static str| {
        let onclick = show.reform(move |_: MouseEvent| Show::Tab(tab));
        html! { <button type="button" aria-pressed={(current == tab).to_string()} {onclick}>{ words }</button> }
    };
    html! {
        <nav class="tabs-narrow" aria-label="Parts of the page">
            { tab(Tab::Code, "Code") }
            { tab(Tab::Stage, "Stage") }
            { tab(Tab::Side, "Inspect") }
            { tab(Tab::Time, "Time") }
        </nav>
    }
}
