//! The dialogs: find a program, share, help. The browser keeps the focus within them and closes them
//! with Escape.

use web_sys::{HtmlDialogElement, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::browser;
use super::chrome::Show;
use super::icons::{Icon, icon};
use super::keys;
use crate::view::programs::{Entry, search};

#[derive(Properties, PartialEq)]
pub struct SheetProps {
    pub title: AttrValue,
    pub close: Callback<()>,
    pub children: Html,
}

/// A modal dialog that is open as long as it exists.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
                let first = dialog.query_selector("[data-first]").ok().flatten();
                if let Some(first) = first
                    .and_then(|first| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(first).ok())
                {
                    let _ = first.focus();
                }
            }
        });
    }
    let onclose = props.close.reform(|_: Event| ());
    // Closed by the browser, which gives the focus back to where it was.
    let onclick = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    html! {
        <dialog ref={node} {onclose} aria-label={props.title.clone()}>
            <header>
                <h2>{ &props.title }</h2>
                <button type="button" class="icon" aria-label="Close" {onclick}>{ icon(Icon::Close) }</button>
            </header>
            <div class="content">{ props.children.clone() }</div>
        </dialog>
    }
}

#[derive(Properties, PartialEq)]
pub struct ProgramsProps {
    pub current: Option<AttrValue>,
    pub open: Callback<String>,
    pub paste: Callback<()>,
    pub close: Callback<()>,
}

/// Finds a program.
#[component]
pub fn Programs(props: &ProgramsProps) -> Html {
    let words = use_state(String::new);
    let oninput = {
        let words = words.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                words.set(input.value());
            }
        })
    };
    let groups = search(&words);
    let first = groups
        .first()
        .and_then(|(_, entries)| entries.first())
        .map(|entry| entry.name.to_owned());
    let onkeydown = {
        let open = props.open.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let ("Enter", Some(name)) = (event.key().as_str(), &first) {
                event.prevent_default();
                open.emit(name.clone());
            }
        })
    };
    let paste = props.paste.reform(|_: MouseEvent| ());
    html! {
        <Sheet title="Programs" close={props.close.clone()}>
            <p><label><span class="sr">{ "Search programs" }</span>
                <input class="search" type="search" data-first="" placeholder="Search by title, topic or word: lock, leak, pipeline…"
                    value={(*words).clone()} {oninput} {onkeydown} /></label></p>
            <p class="paste-line"><button type="button" onclick={paste}>{ icon(Icon::Edit) }{ "Paste your own program" }</button></p>
            <div>{ for groups.iter().map(|(topic, entries)| html! {
                <section key={topic.clone()} class="topic"><h3>{ topic }</h3><ul>
                    { for entries.iter().map(|entry| html! { <li key={entry.name}>{ program_button(entry, props) }</li> }) }
                </ul></section>
            }) }</div>
            <p hidden={!groups.is_empty()}>{ "No program matches. Try one word, such as select or mutex." }</p>
        </Sheet>
    }
}

fn program_button(entry: &Entry, props: &ProgramsProps) -> Html {
    let name = entry.name.to_owned();
    let onclick = props.open.reform(move |_: MouseEvent| name.clone());
    let current = props.current.as_deref() == Some(entry.name);
    html! {
        <button type="button" aria-current={current.then_some("true")} {onclick}>
            <b>{ &entry.title }</b>
            <span class="tag" data-kind={if entry.broken { "broken" } else { "sound" }}>{ &entry.tag }</span>
            <span class="about">{ &entry.about }</span>
        </button>
    }
}

pub struct ShareProps {
    /// What stands behind `#`.
    pub address: AttrValue,
    pub close: Callback<()>,
}

/// The link to this very step.
pub fn share(props: &ShareProps) -> Html {
    let whole = browser::whole_address(&props.address);
    let frame = format!(
        "<iframe src=\"{}\" width=\"100%\" height=\"720\" sandbox=\"allow-scripts\" title=\"Lockstep\"></iframe>",
        whole.replace('&', "&amp;")
    );
    let copy = |text: String| Callback::from(move |_: MouseEvent| browser::copy(&text));
    let select = Callback::from(|event: FocusEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            input.select();
        }
    });
    html! {
        <Sheet title="Share this step" close={props.close.clone()}>
            <p>{ "The link holds the program, every choice that was made, and the step you are at. Nothing is stored anywhere else." }</p>
            <p class="share-line">
                <label class="grow"><span>{ "Link" }</span><input type="text" class="search mono" data-first="" readonly={true} value={whole.clone()} onfocus={select.clone()} /></label>
                <button type="button" class="first" onclick={copy(whole)}>{ "Copy link" }</button>
            </p>
            <p class="share-line">
                <label class="grow"><span>{ "To embed it in a page" }</span><input type="text" class="search mono" readonly={true} value={frame.clone()} onfocus={select} /></label>
                <button type="button" onclick={copy(frame)}>{ "Copy" }</button>
            </p>
            <p class="soft">{ "If pasting gives nothing, select the text and copy it by hand: some browsers do not let a page copy." }</p>
        </Sheet>
    }
}

pub struct HelpProps {
    pub keys_on: bool,
    pub show: Callback<Show>,
    pub close: Callback<()>,
}

/// What the page is and which keys there are.
pub fn help(props: &HelpProps) -> Html {
    let onchange = {
        let (show, on) = (props.show.clone(), props.keys_on);
        Callback::from(move |_: Event| show.emit(Show::Keys(!on)))
    };
    html! {
        <Sheet title="Help" close={props.close.clone()}>
            <div class="help-text">
                <p>{ "Lockstep runs the Go program on the left, and you are its scheduler: before every operation on a channel, a lock or a wait group, you choose who goes on. Step back at any time and choose otherwise; the way you came is kept." }</p>
                <p>{ "A solid line means holds, a dashed line means waits for. Click a goroutine or an object to look inside." }</p>
            </div>
            <p><label class="field"><input type="checkbox" checked={props.keys_on} {onchange} data-first="" />{ "Single keys act (turn off if they collide with your own tools)" }</label></p>
            <dl class="keys">
                { for keys::TABLE.iter().map(|(names, words)| html! { <>
                    <dt>{ for names.iter().map(|name| html! { <kbd>{ *name }</kbd> }) }</dt><dd>{ *words }</dd>
                </> }) }
            </dl>
        </Sheet>
    }
}
