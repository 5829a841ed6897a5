//! The page: one Yew component for each view model, and the only place for browser effects.
//!
//! `app` holds the session and hands view models to the components; `effects` ties it to the browser
//! (theme, address, keys, the slices of a run); `chrome` is what the page remembers beside the session.
//!
//! Invariants: components draw and dispatch, and decide nothing; no component renders empty (Yew
//! #4092), every list is keyed and every conditional has an element of its own (#4099).
//! Deliberately absent: anything about Go, traces or schedules; see `view`.

mod app;
mod browser;
mod chrome;
mod code;
mod dialogs;
mod effects;
mod header;
mod icons;
mod keys;
mod paint;
mod say;
mod side;
mod stage;
mod store;
mod timeline;
mod transport;

/// Starts the page in the element with the id `app`.
pub fn start() {
    let document = browser::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.get_element_by_id("app")) {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
