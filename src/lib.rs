//! tenfoot signs people in on a television with the OAuth 2.0 Device Authorization Grant
//! (RFC 8628) and shows what an API holds for them.
//!
//! # Map
//!
//! Data flows one way. In reading order:
//!
//! ```text
//! config ─▶ provider ─▶ device flow ─▶ session ─▶ channel ─▶ screen
//!                                                     ▲ keys
//! ```
//!
//! | module | what is in it |
//! |---|---|
//! | [`config`] | the configuration files, parsed into types; presets of providers |
//! | [`oauth`] | the protocol: endpoints, the device flow's decisions, tokens, ID tokens |
//! | [`session`] | who is signed in: sign-in, profiles, refreshing, the stores |
//! | [`channel`] | API calls: requests, paging, and JSON turned into items and pictures |
//! | [`app`] | the iced application: state, messages, and which screen follows which |
//! | [`screen`] | one module for each screen: its state, messages and view |
//! | [`ui`] | what screens share: theme, sizes, focus, keys, the QR, widgets |
//! | [`i18n`] | texts in seven languages, from `assets/texts` |
//! | [`renderer`] | drawing with the processor, or with a GPU |
//! | [`kiosk`] | outputs, keeping the screen on, the service manager, the PIN |
//! | [`demo`] | the built-in provider and API |
//! | [`doctor`] | what `tenfoot doctor` finds, and how to fix it |
//! | [`cli`], [`command`], [`setup`] | the command line, its commands, and what they start from |
//! | [`web`], [`storage`], [`secret`], [`text`], [`clock`], … | HTTP, private files, secrets, text from others, time |
//!
//! Where to start for a change:
//!
//! - **a preset**: `assets/presets.toml`, with the fields in [`config::preset`];
//! - **a language**: `assets/texts` and [`i18n::Language`];
//! - **a key**: [`ui::keys`];
//! - **how items are shown**: [`screen::signed_in`] (`cards.rs`, `rows.rs`, `grid.rs`);
//! - **a configuration key**: [`config`], then `assets/config.example.toml`, which a test compares;
//! - **when the next poll is sent**: [`oauth::device`];
//! - **what a token is sent with**: [`channel::http`].
//!
//! # Invariants
//!
//! `tests/layering.rs` reads the sources and enforces the first three.
//!
//! - Modules use each other along the edges of a table, and never in a circle. Nothing below
//!   [`app`], [`screen`], [`ui`], [`renderer`] and [`kiosk`] knows iced.
//! - What happens after each response is decided by pure functions that take the time as an
//!   argument. They name neither reqwest nor tokio and read no clock.
//! - One file speaks HTTP to the provider ([`oauth::http`]) and one to the channels
//!   ([`channel::http`]), both through the client that [`web`] makes.
//! - A secret is a [`secret::Secret`]: it has no `Display`, its `Debug` is redacted, and its memory
//!   is zeroed when it is dropped.
//! - Running work belongs to the state that waits for it. A sign-in is identified by its attempt
//!   number. What arrives for an attempt that was left is dropped, and tokens in it are revoked.
//! - Text from others is cleaned before it reaches a screen or a terminal ([`text`]). If it must be
//!   shown exactly and can't be, it is refused.
//!
//! [`threat_model`] says whom this protects against, and whom it doesn't.

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
