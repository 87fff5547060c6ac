//! What `tenfoot doctor` finds, and how it tells it. Looking is
//! [`crate::command`]'s business; nothing here is secret, so that a report can be read
//! over the phone.

use serde_json::{Value, json};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at: a word that scripts can rely on.
    pub check: &'static str,
    /// How it stands.
    pub state: State,
    /// What was seen.
    pub seen: String,
    /// What to do about it.
    pub remedy: Option<String>,
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
    const fn name(self) -> &'static str {
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
    pub fn good(check: &'static str, seen: impl Into<String>) -> Self {
        Self::new(check, State::Good, seen, None)
    }

    /// It works, but could work better.
    #[must_use]
    pub fn weak(check: &'static str, seen: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(check, State::Weak, seen, Some(remedy.into()))
    }

    /// It doesn't work.
    #[must_use]
    pub fn bad(check: &'static str, seen: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(check, State::Bad, seen, Some(remedy.into()))
    }

    /// It waits for what failed before.
    #[must_use]
    pub fn skipped(check: &'static str, waits_for: &'static str) -> Self {
        Self::new(
            check,
            State::Skipped,
            format!("not looked at: it needs “{waits_for}” first"),
            None,
        )
    }

    fn new(
        check: &'static str,
        state: State,
        seen: impl Into<String>,
        remedy: Option<String>,
    ) -> Self {
        Self {
            check,
            state,
            seen: seen.into(),
            remedy,
        }
    }
}

/// Whether something doesn't work.
#[must_use]
pub fn has_failed(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.state == State::Bad)
}

/// The findings for a person: a line each, with the remedy below.
#[must_use]
pub fn as_text(findings: &[Finding]) -> String {
    let lines = findings.iter().flat_map(|finding| {
        let state = finding.state.name();
        let line = format!("{state:<8} {:<14} {}", finding.check, finding.seen);
        let remedy = finding.remedy.as_deref();
        std::iter::once(line).chain(remedy.map(|remedy| format!("{:<24}→ {remedy}", "")))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The findings for a program.
#[must_use]
pub fn as_json(findings: &[Finding]) -> Value {
    let checks: Vec<Value> = findings
        .iter()
        .map(|finding| {
            json!({
                "check": finding.check,
                "state": finding.state.name(),
                "seen": finding.seen,
                "remedy": finding.remedy,
            })
        })
        .collect();
    json!({ "ok": !has_failed(findings), "checks": checks })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_no_failure() {
        let weak = Finding::weak("fonts", "no glyphs", "install some");
        assert!(!has_failed(&[weak]));
        assert!(has_failed(&[Finding::bad("clock", "1970", "set it")]));
    }

    #[test]
    fn the_remedy_stands_below_what_it_is_for() {
        let text = as_text(&[
            Finding::good("config", "fine"),
            Finding::bad("clock", "1970", "Set it."),
        ]);
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        assert_eq!(lines[0], "ok       config         fine");
        assert_eq!(lines[2], "→ Set it.");
    }

    #[test]
    fn a_program_reads_the_same() {
        let told = as_json(&[Finding::bad("clock", "1970", "Set it.")]);
        assert_eq!(told["ok"], false);
        assert_eq!(told["checks"][0]["state"], "failed");
        assert_eq!(told["checks"][0]["remedy"], "Set it.");
    }
}
