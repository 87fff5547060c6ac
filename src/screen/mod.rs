//! One module a screen: `State`, `Message`, `Action`, `new`, `update`, `view`. A
//! screen never replaces itself: it answers with an [`Action`](start::Action) and
//! the root decides.

pub mod code;
pub mod details;
pub mod ended;
pub mod help;
pub mod pending;
pub mod problem;
pub mod retry;
pub mod service;
pub mod signed_in;
pub mod spoken;
pub mod start;
pub mod waiting;
