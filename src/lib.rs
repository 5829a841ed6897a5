//! Lockstep shows concurrency: it runs real Go on a deterministic executor, records what happened,
//! and lets a person step through it forwards and backwards, choosing who runs next.
//!
//! ARCHITECTURE.md is the map.

pub mod detect;
pub mod explore;
pub mod go;
pub mod runtime;
pub mod schedule;
pub mod session;
pub mod sync;
pub mod trace;
#[cfg(target_arch = "wasm32")]
pub mod ui;
pub mod view;
pub mod world;
