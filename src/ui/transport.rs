//! Going forward and back, how, and the paths taken.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::icons::{Icon, icon};
use crate::session::{Action, Policy, Speed, StepSize};

/// A path that was taken.
#[derive(Clone, PartialEq)]
pub struct PathChip {
    pub id: usize,
    pub words: String,
    pub shown: bool,
}

pub struct TransportProps {
    pub busy: bool,
    pub playing: bool,
    pub at_start: bool,
    pub at_end: bool,
    pub policy: Policy,
    pub seed: u64,
    pub speed: Speed,
    pub size: StepSize,
    pub faults: bool,
    pub paths: Vec<PathChip>,
    pub act: Callback<Action>,
}

/// The bar above the timeline.
pub fn transport(props: &TransportProps) -> Html {
    html! {
        <div class="bar transport" role="group" aria-label="Playback">
            { moves(props) }
            { faults(props) }
            { how(props) }
            { paths(props) }
        </div>
    }
}

fn button(
    props: &TransportProps,
    glyph: Icon,
    words: &str,
    key: &'static str,
    off: bool,
    action: Action,
) -> Html {
    let onclick = props.act.reform(move |_: MouseEvent| action.clone());
    let label = words.to_owned();
    html! {
        <button type="button" class="icon" aria-label={label.clone()} title={format!("{label} ({key})")} disabled={off} {onclick}>{ icon(glyph) }</button>
    }
}

fn moves(props: &TransportProps) -> Html {
    let (glyph, words, action) = if props.busy {
        (
            if props.playing {
                Icon::Pause
            } else {
                Icon::Stop
            },
            if props.playing { "Pause" } else { "Stop" },
            Action::Pause,
        )
    } else {
        (Icon::Play, "Play", Action::Play)
    };
    let onclick = props.act.reform(move |_: MouseEvent| action.clone());
    html! {
        <div class="group">
            { button(props, Icon::First, "To the start", "Home", props.at_start, Action::Home) }
            { button(props, Icon::Back, "Step back", "←", props.at_start, Action::Back) }
            <button type="button" class="first play" {onclick} disabled={props.at_end && !props.busy}>{ icon(glyph) }<span>{ words }</span></button>
            { button(props, Icon::Step, "Step forward", "→", props.at_end, Action::Forward) }
            { button(props, Icon::Last, "Run to the end", "End", props.at_end, Action::End) }
        </div>
    }
}

fn faults(props: &TransportProps) -> Html {
    html! {
        <div class="group">
            { button(props, Icon::PreviousFault, "Previous fault", "P", !props.faults, Action::PreviousFault) }
            { button(props, Icon::NextFault, "Next fault", "N", props.at_end && !props.faults, Action::NextFault) }
        </div>
    }
}

fn value_of(event: &Event) -> String {
    if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
        return select.value();
    }
    event
        .target_dyn_into::<HtmlInputElement>()
        .map(|input| input.value())
        .unwrap_or_default()
}

fn option(value: &str, words: &str, selected: bool) -> Html {
    html! { <option value={value.to_owned()} {selected}>{ words.to_owned() }</option> }
}

fn how(props: &TransportProps) -> Html {
    let policy = props.act.reform(|event: Event| {
        Action::SetPolicy(match value_of(&event).as_str() {
            "turn" => Policy::RoundRobin,
            "random" => Policy::Random,
            _ => Policy::You,
        })
    });
    let size = props.act.reform(|event: Event| {
        Action::SetStepSize(if value_of(&event) == "line" {
            StepSize::Line
        } else {
            StepSize::Operation
        })
    });
    let speed = props
        .act
        .reform(|event: Event| Action::SetSpeed(Speed::new(value_of(&event).parse().unwrap_or(3))));
    let seed = props
        .act
        .reform(|event: Event| Action::SetSeed(value_of(&event).trim().parse().unwrap_or(0)));
    html! {
        <div class="group">
            <label class="field"><span>{ "Who chooses" }</span><select onchange={policy}>
                { option("you", "You", props.policy == Policy::You) }
                { option("turn", "In turn", props.policy == Policy::RoundRobin) }
                { option("random", "Random", props.policy == Policy::Random) }
            </select></label>
            <label class="field" hidden={props.policy != Policy::Random}><span>{ "Seed" }</span>
                <input type="text" inputmode="numeric" value={props.seed.to_string()} onchange={seed} /></label>
            <label class="field"><span>{ "Step" }</span><select onchange={size}>
                { option("operation", "Operation", props.size == StepSize::Operation) }
                { option("line", "Line", props.size == StepSize::Line) }
            </select></label>
            <label class="field"><span>{ "Speed" }</span><select onchange={speed}>
                { for (0..Speed::notches()).map(|notch| {
                    let rate = Speed::new(notch).steps_per_second();
                    option(&notch.to_string(), &format!("{rate}/s"), props.speed.notch() == notch)
                }) }
            </select></label>
        </div>
    }
}

fn paths(props: &TransportProps) -> Html {
    if props.paths.len() < 2 {
        return html! { <div hidden={true} /> };
    }
    html! {
        <div class="branches push" role="group" aria-label="Paths taken">
            <span>{ icon(Icon::Branch) }</span>
            { for props.paths.iter().map(|path| {
                let id = path.id;
                let onclick = props.act.reform(move |_: MouseEvent| Action::SwitchPath(id));
                html! { <button key={id} type="button" aria-pressed={path.shown.to_string()} {onclick}>{ &path.words }</button> }
            }) }
        </div>
    }
}
