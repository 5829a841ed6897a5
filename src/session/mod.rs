//! The application without a screen.

pub mod catalogue;
pub mod link;
