//! The few things the page asks of the browser. Each works without storage and without rights, as in
//! a sandboxed frame, and then does nothing.

use wasm_bindgen::JsValue;

/// The browser's window; a page always has one.
pub fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// Milliseconds of the browser's clock, to measure slices of work.
pub fn now() -> f64 {
    window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.now())
}

/// What stands behind `#` in the address.
pub fn address() -> String {
    let hash = window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// The whole address with another part behind `#`.
pub fn whole_address(text: &str) -> String {
    let href = window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default();
    let base = href.split('#').next().unwrap_or_default();
    format!("{base}#{text}")
}

/// Puts a text behind `#` without a new entry in the history.
pub fn set_address(text: &str) {
    let history = window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        // Frames without an origin may not; the page works without.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{text}")));
    }
}

/// What was remembered under a name.
pub fn remembered(name: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(name).ok()?
}

/// Remembers something for the next visit.
pub fn remember(name: &str, value: &str) {
    if let Some(Ok(Some(storage))) = window().map(|window| window.local_storage()) {
        let _ = storage.set_item(name, value);
    }
}

/// Whether a media query holds.
pub fn matches(query: &str) -> bool {
    window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|media| media.matches())
}

/// Sets an attribute of the document's root.
pub fn set_root(name: &str, value: &str) {
    let root = window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute(name, value);
    }
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// The value of a custom property of the document's root.
pub fn property(name: &str) -> String {
    let style = window().and_then(|window| {
        let root = window.document()?.document_element()?;
        window.get_computed_style(&root).ok().flatten()
    });
    let value = style.and_then(|style| style.get_property_value(name).ok());
    value.unwrap_or_default().trim().to_owned()
}

/// Puts a text on the clipboard, if the browser lets it.
pub fn copy(text: &str) {
    if let Some(window) = window() {
        // The promise fails where the page has no right to; the text can still be selected.
        let _ = window.navigator().clipboard().write_text(text);
    }
}
