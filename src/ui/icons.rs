//! Icons as inline SVG: 16 by 16 units, drawn with the current colour.

use yew::prelude::*;

use crate::view::tone::Tone;

/// Which icon.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    First,
    Back,
    Play,
    Pause,
    Step,
    Last,
    PreviousFault,
    NextFault,
    Stop,
    Search,
    Share,
    Light,
    Dark,
    Projector,
    Help,
    Close,
    Edit,
    Panel,
    Branch,
    ZoomIn,
    ZoomOut,
    Fit,
}

fn outline(icon: Icon) -> &'static str {
    match icon {
        Icon::First => "M3 3v10M13 3.5v9L5.5 8z",
        Icon::Back => "M11.5 3v10L4 8z",
        Icon::Play => "M4.5 2.5v11L13.5 8z",
        Icon::Pause => "M4.5 3v10M11.5 3v10",
        Icon::Step => "M4.5 3v10L12 8z",
        Icon::Last => "M13 3v10M3 3.5v9L10.5 8z",
        Icon::PreviousFault => {
            "M14 8H9M11 5.5 8.5 8l2.5 2.5M2.5 5.5h2l1.5 1.5v2L4.5 10.5h-2L1 9V7z"
        }
        Icon::NextFault => "M2 8h5M5 5.5 7.5 8 5 10.5M11.5 5.5h2L15 7v2l-1.5 1.5h-2L10 9V7z",
        Icon::Stop => "M4 4h8v8H4z",
        Icon::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9M10.3 10.3 14 14",
        Icon::Share => {
            "M6.5 9.5 9.5 6.5M7 4.5l1.7-1.7a3 3 0 0 1 4.3 4.3L11.3 8.8M9 11.5l-1.7 1.7a3 3 0 0 1-4.3-4.3L4.7 7.2"
        }
        Icon::Light => {
            "M8 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1"
        }
        Icon::Dark => "M13.5 9.8A6 6 0 1 1 6.2 2.5a4.8 4.8 0 0 0 7.3 7.3z",
        Icon::Projector => "M1.5 3h13v8h-13zM8 11v3M5 14h6",
        Icon::Help => "M5.5 6a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .8-1 1.7M8 12.6v.4",
        Icon::Close => "M3.5 3.5l9 9M12.5 3.5l-9 9",
        Icon::Edit => "M3 13l.6-3L10.5 3.1l2.4 2.4L6 12.4zM9 4.6 11.4 7",
        Icon::Panel => "M2 3h12v10H2zM10 3v10",
        Icon::Branch => {
            "M4.5 4v8M4.5 8.5c4 0 6-.5 6-3.5M4.5 2.3a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 1 0 0-2.4M4.5 11.5a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 1 0 0-2.4M10.5 2.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 1 0 0-2.4"
        }
        Icon::ZoomIn => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9M10.3 10.3 14 14M5 7h4M7 5v4",
        Icon::ZoomOut => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9M10.3 10.3 14 14M5 7h4",
        Icon::Fit => "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
    }
}

/// Draws an icon; what it means stands beside it or in the button's label.
pub fn icon(icon: Icon) -> Html {
    let filled = matches!(
        icon,
        Icon::First
            | Icon::Back
            | Icon::Play
            | Icon::Step
            | Icon::Last
            | Icon::Stop
            | Icon::NextFault
            | Icon::PreviousFault
    );
    let fill = if filled { "currentColor" } else { "none" };
    html! {
        <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false" fill={fill} stroke="currentColor"
            stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d={outline(icon)} /></svg>
    }
}

/// The shape of a state, in a square of 20 units around its middle; filled, or drawn as a line.
pub fn tone_shape(tone: Tone) -> (&'static str, bool) {
    match tone {
        Tone::Running => ("M-5-7 8 0-5 7z", true),
        Tone::Ready => ("M0-6a6 6 0 1 0 0 12 6 6 0 1 0 0-12", false),
        Tone::Send => ("M-8 0H7M1-6 7 0 1 6", false),
        Tone::Receive => ("M8 0H-7M-1-6-7 0-1 6", false),
        Tone::Select => ("M0-7 7 0 0 7-7 0z", false),
        Tone::Lock => ("M-7-1H7V8H-7zM-4-1v-3a4 4 0 0 1 8 0v3", true),
        Tone::Sleep => ("M0-7a7 7 0 1 0 0 14 7 7 0 1 0 0-14M0-4v4l3 2", false),
        Tone::Fault => ("M-3-8h6l5 5v6l-5 5h-6l-5-5v-6z", true),
        Tone::Done => ("M-6 0l4 5 8-9", false),
    }
}

/// The shape of a state as a small picture of its own.
pub fn tone_icon(tone: Tone) -> Html {
    let (path, filled) = tone_shape(tone);
    let fill = if filled { "currentColor" } else { "none" };
    let bang = (tone == Tone::Fault).then(|| html! { <path d="M0-4v5M0 4v.5" class="bang" /> });
    html! {
        <svg class="glyph" viewBox="-10 -10 20 20" aria-hidden="true" focusable="false" fill={fill}
            stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">
            <path d={path} /><g>{ bang }</g>
        </svg>
    }
}
