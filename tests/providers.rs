//! What each provider documents that it answers, read by the one tolerant reader:
//! `tests/providers/answers.toml` is the table; and what it is asked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    unused_results,
    reason = "a test may fail loudly"
)]

#[path = "providers/questions.rs"]
mod questions;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Timestamp;
use serde::Deserialize;
use tenfoot::config::Preset;
use tenfoot::config::preset;
use tenfoot::oauth::error::Reason;
use tenfoot::oauth::flow::End;
use tenfoot::oauth::response::{self, Answer, Poll, Refresh};
use tenfoot::oauth::token::Tokens;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    answer: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    provider: String,
    to: String,
    documented: String,
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(rename = "type")]
    _content_type: Option<String>,
    body: String,
    means: String,
    scope: Option<String>,
    expires_in: Option<u64>,
}

fn rows() -> Vec<Row> {
    let table: Table = toml::from_str(include_str!("providers/answers.toml")).unwrap();
    table.answer
}

impl Row {
    fn header(&self, name: &str) -> Option<String> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone())
    }

    fn answer(&self) -> Answer {
        Answer {
            status: self.status,
            retry_after: self.header("Retry-After"),
            rate_limit_reset: self
                .header("X-RateLimit-Reset")
                .or_else(|| self.header("X-Rate-Limit-Reset")),
            date: self.header("Date").map(|date| {
                Timestamp::try_from(httpdate::parse_http_date(&date).unwrap()).unwrap()
            }),
            dpop_nonce: None,
            body: self.body.as_bytes().to_vec(),
            ..Answer::default()
        }
    }

    fn preset(&self) -> Preset {
        match self.provider.as_str() {
            "" => Preset::default(),
            name => (*Preset::named(name).unwrap()).clone(),
        }
    }

    /// What tenfoot makes of it, in the table's words.
    fn read(&self) -> String {
        let (answer, preset, now) = (self.answer(), self.preset(), Timestamp::UNIX_EPOCH);
        match self.to.as_str() {
            "device" => self.device(&answer, &preset),
            "poll" => match response::poll(&answer, &preset, now) {
                Poll::Tokens(tokens) => self.tokens(&tokens),
                Poll::Pending => "pending".to_owned(),
                Poll::SlowDown(None) => "slow_down".to_owned(),
                Poll::SlowDown(Some(interval)) => format!("slow_down {}", interval.as_secs()),
                Poll::RateLimited(None) => "rate_limited".to_owned(),
                Poll::RateLimited(Some(pause)) => format!("rate_limited {}", pause.as_secs()),
                Poll::Nothing(_) => "nothing".to_owned(),
                Poll::Ended(end) => ended(&end),
            },
            "refresh" => match response::refresh(&answer, &preset, now) {
                Refresh::Tokens(tokens) => self.tokens(&tokens),
                Refresh::Busy(None) => "busy".to_owned(),
                Refresh::Busy(Some(pause)) => format!("busy {}", pause.as_secs()),
                Refresh::Nothing(_) => "nothing".to_owned(),
                Refresh::Refused(refusal) if refusal.reason == Reason::InvalidGrant => {
                    "dead".to_owned()
                }
                Refresh::Refused(_) => "refused".to_owned(),
                Refresh::Unclear(_) => "unclear".to_owned(),
            },
            other => panic!("{other} is no endpoint of the table"),
        }
    }

    /// The parts of a code that the row asks about.
    fn device(&self, answer: &Answer, preset: &Preset) -> String {
        let grant = match response::device(answer, preset, jiff::Timestamp::UNIX_EPOCH) {
            Ok(grant) => grant,
            Err(end) => return ended(&end),
        };
        let mut told = "code".to_owned();
        for (name, value) in [
            ("interval", Some(grant.interval.as_secs().to_string())),
            ("lifetime", Some(grant.lifetime.as_secs().to_string())),
            ("user_code", Some(grant.user_code)),
            ("uri", Some(grant.verification_uri)),
            ("complete", grant.verification_uri_complete),
        ] {
            let asked = self.means.contains(&format!(" {name}="));
            if let Some(value) = value.filter(|_| asked) {
                write!(told, " {name}={value}").unwrap();
            }
        }
        told
    }

    fn tokens(&self, tokens: &Tokens) -> String {
        if let Some(scope) = &self.scope {
            assert_eq!(tokens.scope.as_ref(), Some(scope), "{}", self.name());
        }
        if let Some(expires_in) = self.expires_in {
            let life = tokens.expires_in.map(|life| life.as_secs());
            assert_eq!(life, Some(expires_in), "{}", self.name());
        }
        tokens
            .usable(false)
            .map_or_else(|why| why.to_string(), |()| "tokens".to_owned())
    }

    fn name(&self) -> String {
        format!(
            "{} to {} ({}): HTTP {} {}",
            self.provider, self.to, self.documented, self.status, self.body
        )
    }
}

fn ended(end: &End) -> String {
    match end {
        End::Denied { .. } => "denied".to_owned(),
        End::Expired => "expired".to_owned(),
        End::NoCode(refusal) | End::Refused(refusal) => format!("refused {}", refusal.error),
        End::Misconfigured(_) => "misconfigured".to_owned(),
        End::Unreachable(_) => "unreachable".to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn each_documented_answer_means_what_its_provider_means() {
    let wrong: Vec<String> = rows()
        .iter()
        .filter(|row| row.read() != row.means)
        .map(|row| {
            format!(
                "{}\n  means {}, read as {}",
                row.name(),
                row.means,
                row.read()
            )
        })
        .collect();

    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// Providers that can't be asked for new tokens, and why.
const WITHOUT_REFRESH: [(&str, &str); 2] = [
    ("better-auth", "the access token is the session's own"),
    (
        "facebook",
        "its long-lived token has no refresh token beside it",
    ),
];

#[test]
fn each_preset_has_its_answers_in_the_table() {
    let rows = rows();
    let refreshes = |name: &str| WITHOUT_REFRESH.iter().all(|(without, _)| *without != name);
    for name in preset::all().keys() {
        let has = |to: &str| rows.iter().any(|row| row.provider == *name && row.to == to);
        assert!(has("device"), "{name}");
        assert!(has("poll"), "{name}");
        assert_eq!(has("refresh"), refreshes(name), "{name}");
        assert_eq!(questions::can_refresh(name), refreshes(name), "{name}");
    }
}
