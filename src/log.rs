//! Logging, and what is never logged whatever the filter asks for.

use std::io::{self, IsTerminal as _};

use tracing::{Level, Metadata};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt};

/// Libraries that log each text that is drawn, once they are asked for everything: the
/// user code, and what an API holds for a person.
const DRAW_TEXT: [&str; 2] = ["iced_graphics", "cosmic_text"];

/// Logs to stderr from now on what `filter` lets through.
pub fn start(filter: EnvFilter) {
    let to_stderr = fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    tracing_subscriber::registry()
        .with(filter)
        .with(filter_fn(|told| !is_text_on_the_screen(told)))
        .with(to_stderr)
        .init();
}

fn is_text_on_the_screen(told: &Metadata<'_>) -> bool {
    let library = told.target().split("::").next().unwrap_or_default();
    *told.level() == Level::TRACE && DRAW_TEXT.contains(&library)
}
