//! What a call of each channel shows: pure decisions.

use serde_json::{Value, json};

use super::State;
use crate::channel::{Error, Tried};
use crate::i18n::Phrase;

/// What became of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The channel's name.
    pub channel: String,
    /// How it stands.
    pub state: State,
    /// What was seen.
    pub seen: Phrase,
}

/// What a channel's answer says of its configuration.
#[must_use]
pub fn of(channel: &str, tried: &Result<Tried, Error>) -> Finding {
    let (state, seen) = match tried {
        Err(why) => (State::Bad, Phrase::said(why)),
        Ok(Tried { missed, .. }) if !missed.is_empty() => {
            let pointers: Vec<_> = missed
                .iter()
                .map(|(key, pointer)| format!("{key} = \"{pointer}\""))
                .collect();
            let seen = Phrase::new("doctor-channel-pointers");
            (State::Weak, seen.with("pointers", pointers.join(", ")))
        }
        Ok(Tried { items: Some(0), .. }) => (State::Weak, Phrase::new("doctor-channel-empty")),
        Ok(Tried {
            items: Some(items), ..
        }) => (
            State::Good,
            Phrase::new("doctor-channel-items").with("count", *items),
        ),
        Ok(Tried { items: None, .. }) => (State::Good, Phrase::new("doctor-channel-answers")),
    };
    Finding {
        channel: channel.to_owned(),
        state,
        seen,
    }
}

/// It isn't called, since there is nobody whose token it could have.
#[must_use]
pub fn not_called(channel: &str) -> Finding {
    Finding {
        channel: channel.to_owned(),
        state: State::Skipped,
        seen: Phrase::new("doctor-channel-nobody"),
    }
}

/// For a person in a terminal.
#[must_use]
pub fn as_text(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|finding| {
        let name = crate::text::clean(&finding.channel);
        let state = finding.state.id();
        format!("{state:<8} {:<14} {name}: {}", "channel", finding.seen)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// For a program.
#[must_use]
pub fn as_json(findings: &[Finding]) -> Value {
    let each = findings.iter().map(|finding| {
        json!({
            "channel": finding.channel,
            "state": finding.state.id(),
            "seen": finding.seen.to_string(),
        })
    });
    each.collect()
}

/// Whether a call failed.
#[must_use]
pub fn has_failed(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.state == State::Bad)
}
