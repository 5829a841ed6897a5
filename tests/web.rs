//! What must hold in the browser, run in headless Chromium by `scripts/test`.
#![cfg(target_arch = "wasm32")]

mod support {
    pub mod catalogue;
}

use support::catalogue::trace_hashes;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Written by the native test `trace_hashes_are_steady`; `scripts/test` names the file.
const NATIVE: &str = include_str!(env!(
    "LOCKSTEP_TRACE_HASHES",
    "scripts/test sets this to the file of native trace hashes"
));

/// Every program under 20 seeds: the browser records what the native build records, event for event.
#[wasm_bindgen_test]
fn traces_are_those_of_the_native_build() {
    let hashes = trace_hashes();
    assert!(hashes.lines().count() > 12);
    for (here, native) in hashes.lines().zip(NATIVE.lines()) {
        assert_eq!(here, native);
    }
    assert_eq!(hashes.lines().count(), NATIVE.lines().count());
}
