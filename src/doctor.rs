//! What `tenfoot doctor` finds, and how it tells it. Looking is
//! [`crate::command`]'s business; nothing here is secret, so that a report can be read
//! over the phone. A terminal is told in English, a screen in its own language.

pub mod channels;
pub mod provider;
mod remedy;

use serde_json::{Value, json};

use crate::i18n::Phrase;

pub use remedy::{Cause, Remedy};

/// What is looked at, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The configuration.
    Config,
    /// This machine's clock by itself.
    Clock,
    /// Whether requests go through a proxy, and which.
    Proxy,
    /// Whether the provider answers.
    Provider,
    /// Whether it gives this client codes.
    DeviceFlow,
    /// Whether it takes this client's questions for the tokens of a code.
    TokenEndpoint,
    /// Whether the two clocks agree.
    ClockSkew,
    /// Where sessions are kept.
    Storage,
    /// Whether a session goes on by itself.
    Session,
    /// Letters for the languages that are shown.
    Fonts,
    /// Where the app is drawn.
    Display,
    /// How it is drawn.
    Renderer,
}

impl Check {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Config,
        Self::Clock,
        Self::Proxy,
        Self::Provider,
        Self::DeviceFlow,
        Self::TokenEndpoint,
        Self::ClockSkew,
        Self::Storage,
        Self::Session,
        Self::Fonts,
        Self::Display,
        Self::Renderer,
    ];

    /// A word that scripts can rely on.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Clock => "clock",
            Self::Proxy => "proxy",
            Self::Provider => "provider",
            Self::DeviceFlow => "device-flow",
            Self::TokenEndpoint => "token-endpoint",
            Self::ClockSkew => "clock-skew",
            Self::Storage => "storage",
            Self::Session => "session",
            Self::Fonts => "fonts",
            Self::Display => "display",
            Self::Renderer => "renderer",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Config => "doctor-config",
            Self::Clock => "doctor-clock",
            Self::Proxy => "doctor-proxy",
            Self::Provider => "doctor-provider",
            Self::DeviceFlow => "doctor-device-flow",
            Self::TokenEndpoint => "doctor-token-endpoint",
            Self::ClockSkew => "doctor-clock-skew",
            Self::Storage => "doctor-storage",
            Self::Session => "doctor-session",
            Self::Fonts => "doctor-fonts",
            Self::Display => "doctor-display",
            Self::Renderer => "doctor-renderer",
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// How it stands.
    pub state: State,
    /// What was seen, as a part of a sentence.
    pub seen: Phrase,
    /// What to do about it.
    pub remedy: Option<Remedy>,
}

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Good,
    /// It works, but not as well as it could.
    Weak,
    /// It doesn't work.
    Bad,
    /// It could not be looked at, since something before it failed.
    Skipped,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Good, Self::Weak, Self::Bad, Self::Skipped];

    /// A word that scripts can rely on.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::Weak => "warning",
            Self::Bad => "failed",
            Self::Skipped => "skipped",
        }
    }
}

impl Finding {
    /// Everything is as it should be.
    #[must_use]
    pub const fn good(check: Check, seen: Phrase) -> Self {
        Self {
            check,
            state: State::Good,
            seen,
            remedy: None,
        }
    }

    /// It works, but could work better.
    #[must_use]
    pub const fn weak(check: Check, seen: Phrase, remedy: Remedy) -> Self {
        Self {
            check,
            state: State::Weak,
            seen,
            remedy: Some(remedy),
        }
    }

    /// It doesn't work.
    #[must_use]
    pub const fn bad(check: Check, seen: Phrase, remedy: Remedy) -> Self {
        Self {
            check,
            state: State::Bad,
            seen,
            remedy: Some(remedy),
        }
    }

    /// It can't be found out from here, and why.
    #[must_use]
    pub const fn not_checked(check: Check, seen: Phrase) -> Self {
        Self {
            check,
            state: State::Skipped,
            seen,
            remedy: None,
        }
    }

    /// It waits for what failed before.
    #[must_use]
    pub fn skipped(check: Check, waits_for: Check) -> Self {
        Self {
            check,
            state: State::Skipped,
            seen: Phrase::new("doctor-skipped").with("check", Phrase::new(waits_for.name())),
            remedy: None,
        }
    }
}

/// Whether something doesn't work.
#[must_use]
pub fn has_failed(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.state == State::Bad)
}

/// The findings for a screen that shows a few of them at a time: what is wrong comes first.
#[must_use]
pub fn worst_first(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| match finding.state {
        State::Bad => 0,
        State::Weak => 1,
        State::Skipped => 2,
        State::Good => 3,
    });
    findings
}

/// The findings for a person: a line each, with the remedy below.
#[must_use]
pub fn as_text(findings: &[Finding]) -> String {
    let lines = findings.iter().flat_map(|finding| {
        let (state, check) = (finding.state.id(), finding.check.id());
        let line = format!("{state:<8} {check:<14} {}", finding.seen);
        let remedy = finding.remedy.as_ref();
        std::iter::once(line).chain(remedy.map(|remedy| format!("{:<24}→ {}", "", remedy.words)))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The findings for a program. What stands here stays: a later version may add fields,
/// checks and causes, but takes none away and gives none another meaning.
#[must_use]
pub fn as_json(findings: &[Finding]) -> Value {
    let checks: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let remedy = finding.remedy.as_ref();
            json!({
                "check": finding.check.id(),
                "state": finding.state.id(),
                "seen": finding.seen.to_string(),
                "cause": remedy.map(|remedy| remedy.cause.id()),
                "remedy": remedy.map(|remedy| remedy.words.to_string()),
            })
        })
        .collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "ok": !has_failed(findings),
        "checks": checks,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unset() -> Finding {
        Finding::bad(Check::Clock, Phrase::said("1970"), Cause::Clock.remedy())
    }

    #[test]
    fn a_warning_is_no_failure() {
        let weak = Finding::weak(
            Check::Display,
            Phrase::said("none"),
            Cause::Display.remedy(),
        );
        assert!(!has_failed(&[weak]));
        assert!(has_failed(&[unset()]));
    }

    #[test]
    fn the_remedy_stands_below_what_it_is_for() {
        let text = as_text(&[Finding::good(Check::Config, Phrase::said("fine")), unset()]);
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        assert_eq!(lines[0], "ok       config         fine");
        assert_eq!(lines[1], "failed   clock          1970");
        assert!(lines[2].starts_with("→ Connect the network"), "{text}");
    }

    #[test]
    fn a_program_reads_the_same_and_a_word_for_the_cause_that_stays() {
        let told = as_json(&[unset()]);
        assert_eq!(told["ok"], false);
        assert_eq!(told["checks"][0]["check"], "clock");
        assert_eq!(told["checks"][0]["state"], "failed");
        assert_eq!(told["checks"][0]["cause"], "clock");
        assert!(told["checks"][0]["remedy"].is_string());
    }

    #[test]
    fn no_two_checks_have_one_name() {
        let ids: std::collections::BTreeSet<_> = Check::ALL.map(Check::id).into();
        assert_eq!(ids.len(), Check::ALL.len());
    }
}
