//! The side panel: inspector or findings, and what the program has printed.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use super::chrome::{Show, Side};
use super::icons::{Icon, icon, tone_icon};
use crate::session::Selection;
use crate::view::console::{Chunk, Console};
use crate::view::findings::{Finding, Findings};
use crate::view::inspector::{Frame, Group, Inspector, Link};

pub struct SideProps {
    pub side: Side,
    pub inspector: Option<Rc<Inspector>>,
    pub findings: Rc<Findings>,
    pub console: Rc<Console>,
    pub show: Callback<Show>,
    pub select: Callback<Selection>,
    /// Goes to the step that made the inspected goroutine ready.
    pub waker: Option<Callback<()>>,
}

/// The whole panel.
pub fn side_panel(props: &SideProps) -> Html {
    let close = props.show.reform(|_: MouseEvent| Show::Drawer(false));
    html! {
        <section class="panel side" aria-label="Inspector, findings and output">
            <div class="bar">
                { tabs(props) }
                <button type="button" class="icon push only-drawer" aria-label="Close the panel" onclick={close}>{ icon(Icon::Close) }</button>
            </div>
            <div class="scroll" id="side-body" role="tabpanel" tabindex="0"
                aria-labelledby={if props.side == Side::Inspector { "tab-inspector" } else { "tab-findings" }}>
                { body(props) }
            </div>
            <Output console={props.console.clone()} report={props.findings.report.clone()} />
        </section>
    }
}

fn tabs(props: &SideProps) -> Html {
    let tab = |side: Side, id: &'static str, words: String| {
        let onclick = props.show.reform(move |_: MouseEvent| Show::Side(side));
        let selected = props.side == side;
        let show = props.show.clone();
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
                event.prevent_default();
                event.stop_propagation();
                show.emit(Show::Side(if side == Side::Inspector {
                    Side::Findings
                } else {
                    Side::Inspector
                }));
            }
        });
        html! {
            <button type="button" role="tab" {id} aria-selected={selected.to_string()} aria-controls="side-body"
                {onclick} {onkeydown}>{ words }</button>
        }
    };
    let count = props.findings.list.len();
    let found = if count == 0 {
        "Findings".to_owned()
    } else {
        format!("Findings ({count})")
    };
    html! {
        <div class="tabs" role="tablist" aria-label="Side panel">
            { tab(Side::Inspector, "tab-inspector", "Inspector".to_owned()) }
            { tab(Side::Findings, "tab-findings", found) }
        </div>
    }
}

fn body(props: &SideProps) -> Html {
    match (props.side, &props.inspector) {
        (Side::Inspector, Some(shown)) => {
            html! { <div key="inspector">{ inspector_view(shown, props) }</div> }
        }
        (Side::Inspector, None) => html! {
            <div key="none" class="body"><p class="soft">
                { "Run a program, then click a goroutine, a channel or a lock to look inside." }
            </p></div>
        },
        (Side::Findings, _) => html! { <div key="findings">{ findings_view(props) }</div> },
    }
}

/// One goroutine or object, close up.
fn inspector_view(shown: &Inspector, props: &SideProps) -> Html {
    let shape = shown
        .tone
        .map_or_else(|| html! { <span hidden={true} /> }, tone_icon);
    let waker = match &props.waker {
        Some(waker) => {
            let onclick = waker.reform(|_: MouseEvent| ());
            html! { <p><button type="button" {onclick}>{ "Go to the step that woke it" }</button></p> }
        }
        None => html! { <p hidden={true} /> },
    };
    let why = match &shown.why {
        Some(words) => html! {
            <div class="card-note" data-kind={if shown.hopeless { "fault" } else { "note" }}><p>{ words }</p></div>
        },
        None => html! { <div hidden={true} /> },
    };
    html! {
        <div class="body">
            <p class="who line" data-state={shown.tone.map(|tone| tone.name())}>{ shape }<span>{ &shown.title }</span></p>
            <div>{ why }</div>
            <table class="vars facts"><tbody>
                { for shown.facts.iter().map(|(name, value)| html! {
                    <tr key={*name}><th scope="row">{ *name }</th><td>{ value }</td></tr>
                }) }
            </tbody></table>
            <div class="chain">{ for shown.groups.iter().map(|group| html! { <div key={group.title}>{ group_view(group, &props.select) }</div> }) }</div>
            { waker }
            { frames_view(&shown.frames) }
        </div>
    }
}

fn group_view(group: &Group, select: &Callback<Selection>) -> Html {
    html! {
        <div>
            <h3>{ group.title }</h3>
            <ul class="list-buttons">
                { for group.links.iter().enumerate().map(|(index, link)| html! { <li key={index}>{ link_button(link, select) }</li> }) }
            </ul>
        </div>
    }
}

fn link_button(link: &Link, select: &Callback<Selection>) -> Html {
    let (selection, words) = match link {
        Link::Goroutine(id, words) => (Selection::Goroutine(*id), words),
        Link::Object(id, words) => (Selection::Object(*id), words),
    };
    let onclick = select.reform(move |_: MouseEvent| selection);
    html! { <button type="button" {onclick}>{ words }</button> }
}

fn frames_view(frames: &[Frame]) -> Html {
    if frames.is_empty() {
        return html! { <div hidden={true} /> };
    }
    html! {
        <div>
            <h3>{ "Stack, innermost first" }</h3>
            <ol class="frames">{ for frames.iter().enumerate().map(|(index, frame)| html! { <li key={index} class="frame">{ frame_view(frame) }</li> }) }</ol>
        </div>
    }
}

fn frame_view(frame: &Frame) -> Html {
    let variables = if frame.variables.is_empty() {
        html! { <span hidden={true} /> }
    } else {
        html! {
            <table class="vars"><tbody>
                { for frame.variables.iter().enumerate().map(|(index, variable)| html! {
                    <tr key={index} class={variable.fresh.then_some("fresh")}>
                        <th scope="row">{ &variable.name }</th><td>{ &variable.value }</td>
                    </tr>
                }) }
            </tbody></table>
        }
    };
    html! { <>
        <div class="title"><span>{ &frame.function }</span><span class="soft">{ &frame.place }</span></div>
        <div>{ variables }</div>
    </> }
}

/// What was found at this moment of this run.
fn findings_view(props: &SideProps) -> Html {
    let list = &props.findings.list;
    html! {
        <div class="body">
            <p class="soft" hidden={!list.is_empty()}>{ "Nothing is wrong at this step. Faults, circles of waits and goroutines that nobody can wake appear here." }</p>
            { for list.iter().enumerate().map(|(index, finding)| html! { <div key={index}>{ finding_view(finding, &props.select) }</div> }) }
        </div>
    }
}

fn finding_view(finding: &Finding, select: &Callback<Selection>) -> Html {
    html! {
        <div class="card-note" data-kind={finding.kind.name()}>
            <p><b>{ &finding.title }</b></p>
            { for finding.lines.iter().map(|line| html! { <p>{ line }</p> }) }
            <ul class="list-buttons">
                { for finding.goroutines.iter().map(|id| {
                    let selection = Selection::Goroutine(*id);
                    let onclick = select.reform(move |_: MouseEvent| selection);
                    html! { <li key={id.0}><button type="button" {onclick}>{ id.to_string() }</button></li> }
                }) }
            </ul>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OutputProps {
    console: Rc<Console>,
    report: Option<String>,
}

/// What the program has printed so far; the newest is kept in view.
#[component]
fn Output(props: &OutputProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.console.clone(), props.report.clone()), move |_| {
            if let Some(scroll) = node.cast::<HtmlElement>() {
                scroll.set_scroll_top(scroll.scroll_height());
            }
        });
    }
    let console = &props.console;
    let empty = console.chunks.is_empty() && props.report.is_none();
    html! {
        <section class="output" aria-label="Output">
            <div class="bar"><h2>{ "Output" }</h2></div>
            <div class="scroll" ref={node} tabindex="0" role="log" aria-live="off" aria-label="What the program has printed">
                <pre>
                    <span class="later" hidden={!empty}>{ "Nothing printed yet." }</span>
                    <span class="later" hidden={console.hidden == 0}>{ format!("… {} pieces before these\n", console.hidden) }</span>
                    { for console.chunks.iter().enumerate().map(|(index, chunk)| html! { <span key={index + console.hidden}>{ chunk_view(chunk) }</span> }) }
                    <span class="err" hidden={props.report.is_none()}>{ props.report.clone().unwrap_or_default() }</span>
                </pre>
            </div>
        </section>
    }
}

fn chunk_view(chunk: &Chunk) -> Html {
    let class = classes!(chunk.error.then_some("err"), chunk.fresh.then_some("fresh"));
    let title = format!("printed by {}", chunk.by);
    html! { <span {class} {title}>{ &*chunk.text }</span> }
}
