//! Logging, and what is never logged whatever the filter asks for.
//!
//! Where stderr is the journal's, it gets each line with its fields (`TENFOOT_FROM`,
//! `TENFOOT_TO`, `TENFOOT_STATUS`, …) in place of a text.

use std::io::{self, IsTerminal as _};

use tracing::{Level, Metadata};
use tracing_journald::{Priority, PriorityMappings};
use tracing_subscriber::filter::{LevelFilter, Targets, filter_fn};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Libraries that log each text that is drawn, once they are asked for everything: the
/// user code, and what an API holds for a person.
const DRAW_TEXT: [&str; 2] = ["iced_graphics", "cosmic_text"];

/// What the fields of an event are called in the journal, where the names without it are
/// the journal's own.
const PREFIX: &str = "TENFOOT";

/// Logs from now on what `filter` lets through: to the journal where stderr leads there,
/// else to stderr.
pub fn start(filter: Targets) {
    let filter = without_window_warnings(filter);
    let journal = is_journal().then(journal).flatten();
    let to_stderr = journal.is_none().then(|| {
        fmt::layer()
            .with_writer(io::stderr)
            .with_ansi(io::stderr().is_terminal())
    });
    tracing_subscriber::registry()
        .with(filter)
        .with(filter_fn(|told| !is_text_on_the_screen(told)))
        .with(journal)
        .with(to_stderr)
        .init();
}

/// Of the library that opens windows nobody needs warnings, such as of a keyboard without a
/// Compose file, unless they ask for them or for more of everything.
fn without_window_warnings(filter: Targets) -> Targets {
    const LIBRARIES: [&str; 3] = ["winit", "iced_winit", "sctk_adwaita"];
    let is_asked_for = filter.default_level() > Some(LevelFilter::INFO)
        || filter
            .iter()
            .any(|(target, _)| LIBRARIES.iter().any(|name| target.starts_with(name)));
    let wanted = filter.default_level().unwrap_or(LevelFilter::OFF);
    if is_asked_for {
        return filter;
    }
    let errors = wanted.min(LevelFilter::ERROR);
    filter.with_targets(LIBRARIES.map(|library| (library, errors)))
}

fn journal() -> Option<tracing_journald::Layer> {
    let journal = tracing_journald::layer().ok()?;
    Some(
        journal
            .with_field_prefix(Some(PREFIX.to_owned()))
            .with_syslog_identifier(env!("CARGO_PKG_NAME").to_owned())
            .with_priority_mappings(PriorityMappings {
                error: Priority::Error,
                warn: Priority::Warning,
                info: Priority::Informational,
                debug: Priority::Debug,
                trace: Priority::Debug,
            }),
    )
}

fn is_journal() -> bool {
    let stream = std::env::var("JOURNAL_STREAM").ok();
    rustix::fs::fstat(io::stderr())
        .is_ok_and(|stderr| names(stream.as_deref(), stderr.st_dev, stderr.st_ino))
}

/// Whether `$JOURNAL_STREAM` means that file (systemd.exec(5)): a program that somebody
/// started from a service may write elsewhere.
fn names(stream: Option<&str>, device: u64, inode: u64) -> bool {
    let named = stream.and_then(|stream| {
        let (device, inode) = stream.split_once(':')?;
        Some((device.parse::<u64>().ok()?, inode.parse::<u64>().ok()?))
    });
    named == Some((device, inode))
}

fn is_text_on_the_screen(told: &Metadata<'_>) -> bool {
    let library = told.target().split("::").next().unwrap_or_default();
    *told.level() == Level::TRACE && DRAW_TEXT.contains(&library)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_journal_is_known_by_device_and_inode() {
        assert!(names(Some("8:1234"), 8, 1234));
        for stream in [
            None,
            Some(""),
            Some("8"),
            Some("8:1235"),
            Some("9:1234"),
            Some("8:x"),
        ] {
            assert!(!names(stream, 8, 1234), "{stream:?}");
        }
    }

    #[test]
    fn warnings_about_windows_are_told_to_who_asks_for_them_alone() {
        let would = |filter: &str| {
            let filter = without_window_warnings(filter.parse().unwrap());
            filter.would_enable("winit::platform_impl", &Level::WARN)
        };
        assert!(!would("info") && !would("warn") && !would("warn,tenfoot=debug"));
        assert!(would("debug") && would("info,winit=warn") && would("winit=debug"));
        let errors = without_window_warnings("info".parse().unwrap());
        assert!(errors.would_enable("winit", &Level::ERROR));
    }
}
