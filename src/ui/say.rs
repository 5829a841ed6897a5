//! The step in one sentence, and who runs next.

use std::rc::Rc;

use yew::prelude::*;

use super::icons::tone_icon;
use crate::view::Text;
use crate::view::choices::{Blocked, Choices, Offer};
use crate::view::tone::Tone;

pub struct SayProps {
    pub sentence: Text,
    /// The state the sentence ends in.
    pub tone: Tone,
    /// While it plays, nothing is spoken.
    pub silent: bool,
    pub choices: Rc<Choices>,
    /// What is said where nothing can be chosen.
    pub ended: Option<AttrValue>,
    /// There is no run.
    pub idle: bool,
    pub choose: Callback<usize>,
    pub back: Callback<()>,
}

/// The sentence and the buttons.
pub fn say(props: &SayProps) -> Html {
    let live = if props.silent { "off" } else { "polite" };
    html! {
        <section class="panel say" aria-label="This step">
            <div class="line" data-state={props.tone.name()}>
                { tone_icon(props.tone) }
                <p id="sentence" aria-live={live} aria-atomic="true">{ emphasised(&props.sentence) }</p>
            </div>
            { next(props) }
        </section>
    }
}

/// A sentence with the goroutines in it set off.
fn emphasised(sentence: &str) -> Html {
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for word in sentence.split_inclusive(' ') {
        let bare = word.trim_end().trim_end_matches(['.', ',', ':', ';', ')']);
        let is_name = bare
            .strip_prefix('G')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
        let split = if is_name { bare.len() } else { 0 };
        let (name, rest) = word.split_at(split);
        if !name.is_empty() {
            pieces.push((true, name.to_owned()));
        }
        match pieces.last_mut() {
            Some((false, text)) => text.push_str(rest),
            _ => pieces.push((false, rest.to_owned())),
        }
    }
    html! {
        <span>{ for pieces.into_iter().map(|(bold, text)| if bold { html! { <em>{ text }</em> } } else { html! { <span>{ text }</span> } }) }</span>
    }
}

fn next(props: &SayProps) -> Html {
    let choices = &props.choices;
    let counts = format!("{} can run, {} cannot", choices.can, choices.cannot);
    let (heading, hint) = match &props.ended {
        Some(words) => (words.clone(), "Step back to choose otherwise."),
        None if props.idle => ("Nothing to run yet.".into(), ""),
        None if choices.offers.is_empty() => {
            ("Nobody can run.".into(), "Step back to choose otherwise.")
        }
        None => ("Who runs next?".into(), counts.as_str()),
    };
    let back = props.back.reform(|_: MouseEvent| ());
    html! {
        <div class="next">
            <h2><span>{ heading }</span><span>{ hint }</span></h2>
            <ul aria-label="Who runs next">
                { for choices.offers.iter().map(|offer| html! {
                    <li key={format!("o{}", offer.index)}>{ offer_button(offer, &props.choose) }</li>
                }) }
                { for choices.blocked.iter().map(|blocked| html! {
                    <li key={format!("b{}", blocked.id)}>{ blocked_button(blocked) }</li>
                }) }
                { for choices.more.iter().enumerate().map(|(index, (count, reason))| html! {
                    <li key={format!("m{index}")} class="group">{ format!("{count} more: {reason}") }</li>
                }) }
                <li key="hidden" class="group" hidden={choices.hidden == 0}>{ format!("{} more can run", choices.hidden) }</li>
                <li key="back" hidden={!choices.offers.is_empty() || props.idle}>
                    <button type="button" class="back" onclick={back}>{ "↩ Back one step" }</button>
                </li>
            </ul>
        </div>
    }
}

fn offer_button(offer: &Offer, choose: &Callback<usize>) -> Html {
    let index = offer.index;
    let onclick = choose.reform(move |_: MouseEvent| index);
    let key = offer.key.map(|key| key.to_string());
    let recorded = if offer.recorded {
        "This is what happened next on this path"
    } else {
        ""
    };
    html! {
        <button type="button" {onclick} title={recorded} data-recorded={offer.recorded.to_string()}>
            <kbd hidden={key.is_none()}>{ key.clone().unwrap_or_default() }</kbd>
            <span><b>{ &offer.who }</b>{ " " }<span class="name">{ &offer.name }</span>{ " " }<span class="op">{ &offer.what }</span></span>
        </button>
    }
}

fn blocked_button(blocked: &Blocked) -> Html {
    html! {
        <button type="button" disabled={true}>{ tone_icon(blocked.tone) }<span>{ format!("{} {}", blocked.id, blocked.reason) }</span></button>
    }
}
