//! The keys, as SCREEN says them. Every one is a button, too.

use web_sys::KeyboardEvent;

use crate::session::Action;

/// What a key asks for.
pub enum Command {
    Do(Action),
    PlayPause,
    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    Fit,
    Programs,
    Help,
    Findings,
    Run,
    LeaveEditor,
}

/// Where the focus is, as far as keys depend on it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// In a text field: only keys with Ctrl and Escape act.
    Text,
    /// On something that Space and Enter press.
    Button,
    /// On a list that the arrow keys choose from.
    Options,
    Elsewhere,
}

/// The command of a key press, if it has one.
pub fn command(event: &KeyboardEvent, focus: Focus, single_keys: bool) -> Option<Command> {
    let key = event.key();
    let ctrl = event.ctrl_key() || event.meta_key();
    if ctrl {
        return match key.as_str() {
            "k" | "K" => Some(Command::Programs),
            "Enter" => Some(Command::Run),
            _ => None,
        };
    }
    if focus == Focus::Text {
        return (key == "Escape").then_some(Command::LeaveEditor);
    }
    if !single_keys || event.alt_key() {
        return None;
    }
    if focus == Focus::Options
        && (key.starts_with("Arrow") || key == "Home" || key == "End" || key.len() == 1)
    {
        return None;
    }
    if focus == Focus::Button && key == " " {
        return None;
    }
    plain(&key, event.shift_key())
}

fn plain(key: &str, shift: bool) -> Option<Command> {
    let action = match key {
        " " | "k" | "K" => return Some(Command::PlayPause),
        "j" | "J" | "PageUp" => Action::Back,
        "l" | "L" | "F10" | "PageDown" => Action::Forward,
        "ArrowLeft" if shift => Action::PreviousSwitch,
        "ArrowRight" if shift => Action::NextSwitch,
        "ArrowLeft" => Action::Back,
        "ArrowRight" => Action::Forward,
        "Home" => Action::Home,
        "End" => Action::End,
        "n" | "N" => Action::NextFault,
        "p" | "P" => Action::PreviousFault,
        "w" | "W" => return Some(Command::ZoomIn),
        "s" | "S" => return Some(Command::ZoomOut),
        "a" | "A" => return Some(Command::PanLeft),
        "d" | "D" => return Some(Command::PanRight),
        "0" => return Some(Command::Fit),
        "e" | "E" => return Some(Command::Findings),
        "?" => return Some(Command::Help),
        digit => match digit.parse::<usize>() {
            Ok(number @ 1..=9) if digit.len() == 1 => Action::Choose(number - 1),
            _ => return None,
        },
    };
    Some(Command::Do(action))
}

/// The keys and what they do, for the help.
pub const TABLE: &[(&[&str], &str)] = &[
    (
        &["1", "…", "9"],
        "Run that goroutine, or take that select case, next",
    ),
    (&["→", "F10", "L", "Page Down"], "Step forward"),
    (&["←", "J", "Page Up"], "Step back"),
    (&["Space", "K"], "Play or pause"),
    (
        &["Shift →", "Shift ←"],
        "To the next or previous switch to another goroutine",
    ),
    (&["Home", "End"], "To the start; to the end"),
    (&["N", "P"], "Next or previous fault"),
    (&["W", "S"], "Zoom the timeline in or out"),
    (&["A", "D"], "Move the timeline left or right"),
    (&["0"], "Show the whole timeline"),
    (&["E"], "Show what was found"),
    (&["Ctrl K"], "Find a program"),
    (&["Ctrl Enter"], "Run the edited text"),
    (&["Esc"], "Leave the editor, close a dialog"),
    (&["?"], "This help"),
];
