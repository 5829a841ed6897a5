//! The stage: the picture as SVG. Boxes stand at transforms, so that a move can be eased; each is a
//! component of its own, so that a step redraws only what it touched.

use std::rc::Rc;

use yew::prelude::*;

use super::icons::tone_shape;
use crate::view::layout::{Key, Rect};
use crate::view::stage::{
    Anchor, Cell, Edge, EdgeKind, Flight, Label, Node, Picture, Shape, Target,
};
use crate::view::text::Face;
use crate::view::tone::Tone;

pub struct StageProps {
    pub picture: Rc<Picture>,
    /// `step 23 of 40 · 20ms`.
    pub moment: AttrValue,
    /// Shows another text than the editor's.
    pub stale: bool,
    /// Nothing moves: the cursor was dragged or plays fast.
    pub still: bool,
    /// Changes with each step, so that a flight begins anew.
    pub beat: u32,
    pub pick: Callback<Target>,
}

/// The whole stage.
pub fn stage(props: &StageProps) -> Html {
    let class = if props.stale {
        "panel stage stale"
    } else {
        "panel stage"
    };
    html! {
        <section {class} aria-label="Stage" data-still={if props.still { "on" } else { "off" }}>
            <div class="bar"><h2>{ "Stage" }</h2>{ legend() }<span class="push">{ &props.moment }</span></div>
            <div class="note-place">{ stale_note(props.stale) }</div>
            <div class="view" tabindex="0" role="group" aria-label={props.picture.spoken.clone()}>
                { picture(props) }
            </div>
        </section>
    }
}

fn stale_note(stale: bool) -> Html {
    if !stale {
        return html! { <span hidden={true} /> };
    }
    html! { <p class="stale-note">{ "You have changed the text. Ctrl+Enter runs it; this picture is of the text before." }</p> }
}

fn picture(props: &StageProps) -> Html {
    let picture = &props.picture;
    let (w, h) = (picture.width, picture.height);
    // Fits the room, but never so small that it cannot be read, nor larger than life.
    let (wide, ratio) = (w.round(), w / h.max(1.0));
    let style = format!(
        "width:clamp({wide}px*var(--least),min(100cqw,100cqh*{ratio}),{wide}px*var(--most))"
    );
    let flights = props.picture.flights.clone();
    html! {
        <svg class="picture" viewBox={format!("0 0 {w} {h}")} {style}>
            { definitions() }
            { edges_view(&picture.edges) }
            <g>
                { for picture.nodes.iter().map(|node| html! {
                    <NodeView key={key_text(node.key)} node={node.clone()} pick={props.pick.clone()} />
                }) }
            </g>
            <g>
                { for flights.into_iter().enumerate().map(|(index, flight)| html! {
                    <g key={format!("{}.{index}", props.beat)}>{ flight_view(&flight) }</g>
                }) }
            </g>
        </svg>
    }
}

fn key_text(key: Key) -> String {
    format!("{}.{}.{}", key.class, key.site, key.ordinal)
}

/// Hatchings tell the states apart without colour; arrow heads take the colour of their line.
fn definitions() -> Html {
    let hatch = |id: &'static str, path: &'static str, colour: &'static str, size: u32| {
        let stroke = format!("var(--{colour})");
        html! {
            <pattern {id} width={size.to_string()} height={size.to_string()} patternUnits="userSpaceOnUse">
                <path d={path} {stroke} stroke-width="1.3" opacity=".26" fill="none" />
            </pattern>
        }
    };
    let head = |id: &'static str, colour: &'static str| {
        let fill = format!("var(--{colour})");
        html! {
            <marker {id} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9"
                markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1 10 5 0 9z" {fill} /></marker>
        }
    };
    html! {
        <defs>
            { hatch("hatch-send", "M-1 9 9-1M-1 1 1-1M7 9 9 7", "chan", 8) }
            { hatch("hatch-receive", "M-1-1 9 9M7-1 9 1M-1 7 1 9", "chan", 8) }
            { hatch("hatch-select", "M4 3v2M3 4h2", "chan", 8) }
            { hatch("hatch-lock", "M-1 9 9-1M-1-1 9 9", "lock", 8) }
            { head("head-wire", "wire") }
            { head("head-chan", "chan") }
            { head("head-lock", "lock") }
            { head("head-fault", "fault") }
        </defs>
    }
}

/// All lines. They are few and cheap, and change together.
fn edges_view(edges: &[Edge]) -> Html {
    html! {
        <g aria-hidden="true">
            { for edges.iter().map(|edge| {
                let key = format!("{:?}.{}.{}", edge.kind as u8, key_text(edge.from), key_text(edge.to));
                html! { <g {key}>{ edge_view(edge) }</g> }
            }) }
        </g>
    }
}

fn edge_view(edge: &Edge) -> Html {
    let (class, head) = match edge.kind {
        EdgeKind::Wire => ("wire", "head-wire"),
        EdgeKind::Tree => ("tree", ""),
        EdgeKind::Live => ("live", "head-chan"),
        EdgeKind::WaitChannel => ("wait chan", "head-chan"),
        EdgeKind::Wait => ("wait", "head-lock"),
        EdgeKind::Hold => ("hold", "head-lock"),
    };
    let class = classes!(class, edge.cyclic.then_some("cycle"));
    let head = if edge.cyclic { "head-fault" } else { head };
    let marker = (!head.is_empty()).then(|| format!("url(#{head})"));
    html! { <path {class} d={edge.path.clone()} marker-end={marker} /> }
}

fn flight_view(flight: &Flight) -> Html {
    let half = flight.w / 2.0;
    let style = format!("offset-path:path('{}')", flight.path);
    html! {
        <g class="flight" {style} aria-hidden="true">
            <rect x={(-half).to_string()} y="-13" width={flight.w.to_string()} height="26" rx="8" />
            <text class="value" text-anchor="middle" y="4.5" font-size="12">{ &flight.text }</text>
        </g>
    }
}

#[derive(Properties, PartialEq)]
struct NodeProps {
    node: Node,
    pick: Callback<Target>,
}

/// One box.
#[component]
fn NodeView(props: &NodeProps) -> Html {
    let node = &props.node;
    let (pick, target) = (props.pick.clone(), node.target);
    let onclick = Callback::from(move |_: MouseEvent| pick.emit(target));
    let (pick, target) = (props.pick.clone(), node.target);
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" || event.key() == " " {
            event.prevent_default();
            event.stop_propagation();
            pick.emit(target);
        }
    });
    let pulses = node.tone == Some(Tone::Fault) && node.touched;
    let class = classes!(
        "node",
        node.touched.then_some("touched"),
        node.picked.then_some("picked"),
        pulses.then_some("fault-pulse")
    );
    let transform = format!("transform:translate({}px,{}px)", node.rect.x, node.rect.y);
    html! {
        <g {class} style={transform} data-state={node.tone.map(Tone::name)} tabindex="0" role="button"
            {onclick} {onkeydown}>
            <title>{ &node.spoken }</title>
            { halo(node.rect) }
            <g>{ body(node) }</g>
            <g>{ for node.cells.iter().map(cell_view) }</g>
            <g>{ for node.labels.iter().map(label_view) }</g>
        </g>
    }
}

fn halo(rect: Rect) -> Html {
    html! {
        <rect class="halo" x="-5" y="-5" width={(rect.w + 10.0).to_string()} height={(rect.h + 10.0).to_string()} rx="15" />
    }
}

fn plain_rect(class: &'static str, rect: Rect, inset: f32, rx: f32) -> Html {
    let (w, h) = (rect.w - 2.0 * inset, rect.h - 2.0 * inset);
    html! {
        <rect {class} x={inset.to_string()} y={inset.to_string()} width={w.to_string()} height={h.to_string()}
            rx={rx.to_string()} />
    }
}

fn body(node: &Node) -> Html {
    match node.shape {
        Shape::Card => card_body(node),
        Shape::Stack => stack_body(node),
        Shape::Pipe => pipe_body(node),
        Shape::Lock => lock_body(node),
        Shape::Count => plate(node, "plate", node.rect.h / 2.0),
        Shape::Timer => timer_body(node),
        Shape::Context if node.flagged => plate(node, "plate cancelled", node.rect.h / 2.0),
        Shape::Context => plate(node, "plate", node.rect.h / 2.0),
        Shape::Other => plate(node, "plate", 10.0),
    }
}

fn plate(node: &Node, class: &'static str, rx: f32) -> Html {
    let class = if node.cyclic { "plate cyclic" } else { class };
    plain_rect(class, node.rect, 0.0, rx)
}

fn hatch(tone: Tone) -> Option<&'static str> {
    Some(match tone {
        Tone::Send => "url(#hatch-send)",
        Tone::Receive => "url(#hatch-receive)",
        Tone::Select => "url(#hatch-select)",
        Tone::Lock => "url(#hatch-lock)",
        _ => return None,
    })
}

fn card_body(node: &Node) -> Html {
    let tone = node.tone.unwrap_or(Tone::Done);
    let rect = node.rect;
    let over = match hatch(tone) {
        Some(fill) => html! {
            <rect class="hatch" width={rect.w.to_string()} height={rect.h.to_string()} rx="12" style={format!("fill:{fill}")} />
        },
        None => html! {},
    };
    let inner = if tone == Tone::Fault {
        plain_rect("inner", rect, 4.0, 9.0)
    } else {
        html! {}
    };
    html! { <>
        { plain_rect("card", rect, 0.0, 12.0) }
        <g>{ over }</g>
        <g>{ inner }</g>
        { mark(tone, rect.w - 21.0, 19.0) }
    </> }
}

fn mark(tone: Tone, x: f32, y: f32) -> Html {
    let (path, filled) = tone_shape(tone);
    let class = if filled { "mark full" } else { "mark" };
    let bang = if tone == Tone::Fault {
        html! { <text class="mark-text" text-anchor="middle" y="4" font-size="11">{ "!" }</text> }
    } else {
        html! {}
    };
    html! { <g transform={format!("translate({x} {y})")}><path {class} d={path} /><g>{ bang }</g></g> }
}

fn stack_body(node: &Node) -> Html {
    let rect = node.rect;
    let behind = |inset: f32| {
        html! {
            <rect class="card" x={inset.to_string()} y={(rect.h - 6.0).to_string()} width={(rect.w - 2.0 * inset).to_string()}
                height={(6.0 + inset * 0.5).to_string()} rx="6" />
        }
    };
    let tone = node.tone.unwrap_or(Tone::Done);
    html! { <>
        { behind(14.0) }
        { behind(7.0) }
        { plain_rect("card", rect, 0.0, 12.0) }
        { mark(tone, rect.w - 21.0, 19.0) }
    </> }
}

fn pipe_body(node: &Node) -> Html {
    let w = node.rect.w;
    let cap = if node.flagged {
        let x = (w - 2.0).to_string();
        html! { <path class="cap" d={format!("M{x} 22V58")} /> }
    } else {
        html! {}
    };
    html! { <>
        <rect class="pipe" y="20" width={w.to_string()} height="40" rx="20" />
        <g>{ cap }</g>
    </> }
}

fn cell_view(cell: &Cell) -> Html {
    let full = cell.text.is_some() && !cell.rest;
    let class = if full { "slot full" } else { "slot" };
    let middle = (cell.x + cell.w / 2.0).to_string();
    let text = match &cell.text {
        Some(text) if cell.rest => {
            html! { <text class="low" text-anchor="middle" x={middle} y="44" font-size="11">{ text }</text> }
        }
        Some(text) => {
            html! { <text class="value" text-anchor="middle" x={middle} y="44.5" font-size="12">{ text }</text> }
        }
        None => html! {},
    };
    let frame = if cell.rest {
        html! {}
    } else {
        html! { <rect {class} x={cell.x.to_string()} y="27" width={cell.w.to_string()} height="26" rx="7" /> }
    };
    html! { <g><g>{ frame }</g><g>{ text }</g></g> }
}

fn lock_body(node: &Node) -> Html {
    let class = if node.flagged { "plate held" } else { "plate" };
    // An open shackle when it is free.
    let shackle = if node.flagged {
        "M18 20v-4a7 7 0 0 1 14 0v4"
    } else {
        "M18 20v-6a7 7 0 0 1 14-2"
    };
    html! { <>
        { plate(node, class, 12.0) }
        <rect class="key" x="14" y="19" width="22" height="16" rx="3.5" />
        <path class="shackle" d={shackle} />
    </> }
}

fn timer_body(node: &Node) -> Html {
    let class = if node.flagged { "plate timer" } else { "plate" };
    html! { <>
        { plate(node, class, 20.0) }
        <g data-state="sleep">{ mark(Tone::Sleep, 18.0, 20.0) }</g>
    </> }
}

fn label_view(label: &Label) -> Html {
    let class = classes!(
        label.low.then_some("low"),
        match label.face {
            Face::Sans => None,
            Face::Bold => Some("bold"),
            Face::Mono => Some("m"),
        }
    );
    let anchor = match label.anchor {
        Anchor::Start => None,
        Anchor::Middle => Some("middle"),
        Anchor::End => Some("end"),
    };
    html! {
        <text {class} x={label.x.to_string()} y={label.y.to_string()} font-size={label.size.to_string()}
            text-anchor={anchor}>{ &label.text }</text>
    }
}

/// What the lines mean.
fn legend() -> Html {
    let line = |class: &'static str, words: &'static str| {
        html! { <span><svg class="picture" viewBox="0 0 26 10" aria-hidden="true"><path {class} d="M1 5H25" /></svg>{ words }</span> }
    };
    html! {
        <div class="legend">
            { line("hold", "holds") }
            { line("wait", "waits for") }
            { line("wire", "sends, receives") }
            { line("circle", "a circle of waits") }
        </div>
    }
}
