//! tenfoot signs a person in on a television with the OAuth 2.0 Device
//! Authorization Grant (RFC 8628) and shows what an API holds for them.
//!
//! Data flows one way; the modules below are in reading order:
//!
//! ```text
//! config ─▶ provider ─▶ device flow ─▶ session ─▶ channel ─▶ screen
//!                                                     ▲ keys
//! ```
//!
//! # Invariants
//!
//! - Nothing under [`oauth`], [`session`], [`channel`] or in [`config`] names iced
//!   (`tests/layering.rs` reads the sources and says so).
//! - What happens after each answer is decided by pure functions that take the
//!   time as an argument; they name neither reqwest nor tokio and read no clock.
//! - One file speaks HTTP to the provider ([`oauth::http`]), one to the channels
//!   ([`channel::http`]), both through the client that [`web`] makes.
//! - A secret is a [`secret::Secret`]: it has no `Display`, its `Debug` is redacted
//!   and its memory is zeroed when it goes.
//! - Work in progress belongs to the state that waits for it. A sign-in is known by
//!   its attempt number; what arrives for an attempt that was left is dropped, and
//!   tokens in it are revoked.
//! - What other people write is cleaned before it reaches a screen or a terminal
//!   ([`text`]); what can't be shown to the letter and must be is refused.
//!
//! Against whom all this holds, and against whom it doesn't, is in [`threat_model`].

pub mod address;
pub mod channel;
pub mod charset;
pub mod cli;
pub mod clock;
pub mod command;
pub mod config;
pub mod core_dump;
pub mod demo;
pub mod disk;
pub mod doctor;
pub mod i18n;
pub mod kiosk;
pub mod log;
pub mod oauth;
pub mod paths;
pub mod renderer;
pub mod secret;
pub mod session;
pub mod setup;
pub mod speech;
pub mod stop;
pub mod storage;
pub mod text;
pub mod threat_model;
pub mod watch;
pub mod web;
pub mod work;

pub mod app;
pub mod screen;
pub mod ui;
