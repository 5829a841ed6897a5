//! The source: a listing that shows what runs where, or a plain text area to edit it.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::icons::{Icon, icon, tone_icon};
use crate::session::Problem;
use crate::view::Text;
use crate::view::listing::{Chip, Line, focus};

pub struct CodeProps {
    pub file: Text,
    pub lines: Rc<Vec<Line>>,
    /// The text in the editor.
    pub text: Text,
    pub editing: bool,
    pub stale: bool,
    pub problems: Rc<[Problem]>,
    pub set_editing: Callback<bool>,
    pub edit: Callback<String>,
    pub run: Callback<()>,
    pub discard: Callback<()>,
    pub breakpoint: Callback<u32>,
}

/// The whole panel.
pub fn code(props: &CodeProps) -> Html {
    let class = if props.stale && !props.editing {
        "panel code stale"
    } else {
        "panel code"
    };
    html! {
        <section {class} aria-label="Source">
            { bar(props) }
            if props.editing {
                <Editor key="editor" text={props.text.clone()} edit={props.edit.clone()} problems={props.problems.clone()} />
            } else {
                <Listing key="listing" lines={props.lines.clone()} breakpoint={props.breakpoint.clone()} />
            }
            { diagnostics(&props.problems, &props.set_editing) }
        </section>
    }
}

fn bar(props: &CodeProps) -> Html {
    let toggle = {
        let (set, editing) = (props.set_editing.clone(), props.editing);
        Callback::from(move |_: MouseEvent| set.emit(!editing))
    };
    let run = props.run.reform(|_: MouseEvent| ());
    let discard = props.discard.reform(|_: MouseEvent| ());
    let changed = if props.stale {
        html! { <span class="soft">{ "changed" }</span> }
    } else {
        html! { <span hidden={true} /> }
    };
    html! {
        <div class="bar">
            <h2 class="mono">{ &*props.file }</h2>
            { changed }
            <span class="push list-buttons">
                <button hidden={!props.stale} onclick={discard}>{ "Undo edits" }</button>
                <button hidden={!props.stale && !props.editing} class="first" onclick={run}>
                    { icon(Icon::Play) }{ "Run" }<kbd>{ "Ctrl Enter" }</kbd>
                </button>
                <button aria-pressed={props.editing.to_string()} onclick={toggle}>
                    { icon(Icon::Edit) }{ if props.editing { "Done" } else { "Edit or paste" } }
                </button>
            </span>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ListingProps {
    lines: Rc<Vec<Line>>,
    breakpoint: Callback<u32>,
}

/// The lines; the one that was executed is kept in view.
#[component]
fn Listing(props: &ListingProps) -> Html {
    let node = use_node_ref();
    {
        let (node, line) = (node.clone(), focus(&props.lines));
        use_effect_with(line, move |line| {
            if let (Some(line), Some(scroll)) = (*line, node.cast::<HtmlElement>()) {
                keep_in_view(&scroll, line);
            }
        });
    }
    // One stop for the Tab key; the arrow keys go on from line to line.
    let entry = focus(&props.lines).or_else(|| props.lines.first().map(|line| line.number));
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        let down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        let button = event
            .target_dyn_into::<HtmlElement>()
            .filter(|target| target.class_name() == "dot");
        if let Some(next) = button.and_then(|button| neighbour(&button, down)) {
            event.prevent_default();
            let _ = next.focus();
        }
    });
    html! {
        <div class="scroll" ref={node} tabindex="0" role="group" aria-label="Source lines" {onkeydown}>
            <ol class="listing">
                { for props.lines.iter().map(|line| html! {
                    <Row key={line.number} line={line.clone()} entry={entry == Some(line.number)}
                        breakpoint={props.breakpoint.clone()} />
                }) }
            </ol>
        </div>
    }
}

/// The breakpoint button of the next or previous line.
fn neighbour(button: &HtmlElement, down: bool) -> Option<HtmlElement> {
    let row = button.parent_element()?;
    let other = if down {
        row.next_element_sibling()
    } else {
        row.previous_element_sibling()
    };
    other?.first_element_child()?.dyn_into().ok()
}

/// Scrolls the listing alone: scrolling into view by the browser would move the page, too.
fn keep_in_view(scroll: &HtmlElement, line: u32) {
    let row = scroll
        .query_selector(&format!("[data-line='{line}']"))
        .ok()
        .flatten();
    let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let (view, place) = (
        scroll.get_bounding_client_rect(),
        row.get_bounding_client_rect(),
    );
    let (top, height) = (place.top() - view.top(), view.height());
    if top < 40.0 || top > height - 60.0 {
        let target = f64::from(scroll.scroll_top()) + top - height / 3.0;
        scroll.set_scroll_top(target.max(0.0) as i32);
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    line: Line,
    /// The Tab key stops here.
    entry: bool,
    breakpoint: Callback<u32>,
}

/// One line.
#[component]
fn Row(props: &RowProps) -> Html {
    let line = &props.line;
    let number = line.number;
    let onclick = props.breakpoint.reform(move |_: MouseEvent| number);
    let class = classes!(line.lit.then_some("lit"), line.bad.then_some("bad"));
    html! {
        <li {class} data-line={number.to_string()}>
            <button class="dot" type="button" tabindex={if props.entry { "0" } else { "-1" }} aria-pressed={line.breakpoint.to_string()}
                aria-label={format!("Breakpoint on line {number}")} {onclick}></button>
            <span class="at">{ for line.chips.iter().map(chip_view) }{ more(line.more) }</span>
            <span class="n">{ number }</span>
            <code class="t">{ for line.pieces.iter().map(|piece| html! { <span class={piece.ink.class()}>{ &piece.text }</span> }) }</code>
        </li>
    }
}

fn more(count: usize) -> Html {
    html! { <span class="chip" hidden={count == 0}>{ format!("+{count}") }</span> }
}

/// A goroutine's number with its state's colour and shape.
pub fn chip_view(chip: &Chip) -> Html {
    let title = format!("{}: {}", chip.id, chip.tone.words());
    html! {
        <span class="chip" data-state={chip.tone.name()} {title}>{ tone_icon(chip.tone) }{ chip.id.to_string() }</span>
    }
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    text: Text,
    edit: Callback<String>,
    problems: Rc<[Problem]>,
}

/// A plain text area. What is typed goes to the session at once, so nothing is lost.
#[component]
fn Editor(props: &EditorProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(area) = node.cast::<HtmlTextAreaElement>() {
                let _ = area.focus();
                let _ = area.set_selection_range(0, 0);
                area.set_scroll_top(0);
            }
        });
    }
    let edit = props.edit.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
            edit.emit(area.value());
        }
    });
    let invalid = (!props.problems.is_empty()).to_string();
    html! {
        <textarea class="editor" ref={node} value={props.text.to_string()} {oninput} spellcheck="false" autocomplete="off"
            autocapitalize="off" wrap="off" aria-label="Go source" aria-describedby="diagnostics" aria-invalid={invalid} />
    }
}

/// What is wrong with the text, as Go says it; a click goes to the place.
fn diagnostics(problems: &[Problem], set_editing: &Callback<bool>) -> Html {
    if problems.is_empty() {
        return html! { <div id="diagnostics" hidden={true} /> };
    }
    html! {
        <ol id="diagnostics" class="diagnostics" aria-label="Problems">
            { for problems.iter().enumerate().map(|(index, problem)| {
                let set_editing = set_editing.clone();
                let (start, end) = (problem.start, problem.end);
                let onclick = Callback::from(move |_: MouseEvent| {
                    set_editing.emit(true);
                    // The text area may only appear with the next drawing.
                    gloo_timers::callback::Timeout::new(30, move || select_place(start, end)).forget();
                });
                html! {
                    <li key={index}><button type="button" {onclick}>
                        <span class="where">{ format!("{}:{}", problem.line, problem.column) }</span>
                        <span>{ &*problem.message }</span>
                    </button></li>
                }
            }) }
        </ol>
    }
}

/// Selects a range of bytes in the editor, which counts in UTF-16 units.
fn select_place(start: u32, end: u32) {
    let document = web_sys::window().and_then(|window| window.document());
    let area =
        document.and_then(|document| document.query_selector("textarea.editor").ok().flatten());
    let Some(area) = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()) else {
        return;
    };
    let text = area.value();
    let units = |offset: u32| {
        let before = text.get(..offset as usize).unwrap_or(&text);
        before.encode_utf16().count() as u32
    };
    let _ = area.focus();
    let _ = area.set_selection_range(units(start), units(end.max(start)));
    let line = text
        .get(..start as usize)
        .unwrap_or("")
        .matches('\n')
        .count();
    area.set_scroll_top((line as i32 * 20 - 80).max(0));
}
