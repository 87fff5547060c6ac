//! The fields of an answer, whatever form they came in.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::LONGEST;
use crate::oauth::token::{Kind, Tokens};
use crate::secret::Secret;
use crate::text;

/// Ten years: beyond it a token's end doesn't matter.
const LONGEST_TOKEN: Duration = Duration::from_secs(10 * 365 * 86_400);

/// Something that may be an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) text: String,
    /// Whether it stands where a code stands, and not where a sentence does.
    pub(super) is_code: bool,
}

/// Whether a body is a page.
pub(super) fn is_markup(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// A code may be a word or a number.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A flat view of a body: JSON, or form-encoded as GitHub sends it.
#[derive(Default)]
pub(super) struct Fields(BTreeMap<String, Value>);

impl Fields {
    pub(super) fn read(body: &[u8]) -> Self {
        match serde_json::from_slice::<Value>(body) {
            Ok(Value::Object(object)) => Self(object.into_iter().collect()),
            Ok(_) => Self::default(),
            Err(_) => Self::read_form(body),
        }
    }

    /// A form is believed only if it holds a field that OAuth knows, since any
    /// text can be read as a form.
    fn read_form(body: &[u8]) -> Self {
        // A page with a link such as `?error=…` in it isn't a form.
        if is_markup(body) {
            return Self::default();
        }
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).unwrap_or_default();
        let known = |name: &str| matches!(name, "error" | "access_token" | "device_code");
        if pairs.iter().any(|(name, _)| known(name)) {
            Self(
                pairs
                    .into_iter()
                    .map(|(name, value)| (name, Value::String(value)))
                    .collect(),
            )
        } else {
            Self::default()
        }
    }

    /// Whether this was no answer in any form that is known.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn text(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .filter_map(|name| self.0.get(*name)?.as_str())
            .find(|text| !text.is_empty())
            .map(str::to_owned)
    }

    /// The first of these fields that is a text or a number: some write codes as numbers.
    pub(super) fn word(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .filter_map(|name| word(self.0.get(*name)?))
            .find(|text| !text.is_empty())
    }

    /// Seconds, as a number or a numeric string.
    pub(super) fn seconds(&self, name: &str) -> Option<Duration> {
        self.seconds_up_to(LONGEST, name)
    }

    /// How long a code lives; nothing where it has ended already.
    pub(super) fn lifetime_of_code(&self) -> Option<Duration> {
        let name = "expires_in";
        let is_over = self.number(name).is_some_and(|seconds| seconds <= 0.0);
        if is_over {
            Some(Duration::ZERO)
        } else {
            self.seconds(name)
        }
    }

    fn seconds_up_to(&self, longest: Duration, name: &str) -> Option<Duration> {
        let seconds = self.number(name)?;
        (seconds >= 0.0).then(|| Duration::from_secs_f64(seconds.min(longest.as_secs_f64())))
    }

    fn number(&self, name: &str) -> Option<f64> {
        match self.0.get(name)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// Everything that may be an error, from where it belongs to where it has been seen:
    /// `error` (also nested, as Facebook's), Google's `error_code`, Okta's `errorCode`,
    /// Twitch's `message` and Webex' list of `errors`.
    pub(super) fn errors(&self) -> impl Iterator<Item = Found> {
        let error = self.0.get("error");
        let inside = |name: &str| error?.get(name);
        let listed = self
            .0
            .get("errors")
            .and_then(|errors| errors.get(0)?.get("description"));
        [
            (error, true),
            (inside("error_subcode"), true),
            (inside("code"), true),
            (inside("type"), true),
            (inside("message"), false),
            (self.0.get("error_code"), true),
            (self.0.get("errorCode"), true),
            (self.0.get("message"), false),
            (listed, false),
        ]
        .into_iter()
        .filter_map(|(value, is_code)| {
            let text = word(value?)?;
            Some(Found { text, is_code })
        })
        .collect::<Vec<_>>()
        .into_iter()
    }

    pub(super) fn description(&self) -> Option<String> {
        let nested = || word(self.0.get("error")?.get("message")?);
        self.text(&["error_description"])
            .or_else(nested)
            // Some have no other field for a sentence; Casdoor's is `msg`.
            .or_else(|| self.text(&["message", "msg"]))
            .map(|text| crate::text::excerpt(&text))
            .filter(|text| !text.is_empty())
    }

    /// Tokens; `None` where there are none.
    pub(super) fn tokens(&self) -> Option<Tokens> {
        let access_token = self
            .text(&["access_token"])
            .filter(|token| !token.is_empty())?;
        let secret = |name| {
            self.text(&[name])
                .filter(|token| !token.is_empty())
                .map(Secret::new)
        };
        Some(Tokens {
            access_token: Secret::new(access_token),
            kind: Kind::of(self.text(&["token_type"]).as_deref()),
            // Some write 0 for "no end".
            expires_in: self
                .seconds_up_to(LONGEST_TOKEN, "expires_in")
                .filter(|life| !life.is_zero()),
            scope: self.scope(),
            refresh_token: secret("refresh_token"),
            refresh_expires_in: ["refresh_expires_in", "refresh_token_expires_in"]
                .into_iter()
                .find_map(|name| self.seconds_up_to(LONGEST_TOKEN, name))
                .filter(|life| !life.is_zero()),
            id_token: secret("id_token"),
        })
    }

    fn scope(&self) -> Option<String> {
        let scopes: Vec<&str> = match self.0.get("scope")? {
            // GitHub's list of one string.
            Value::String(scope) if !scope.contains(' ') => scope.split(',').collect(),
            Value::String(scope) => scope.split_whitespace().collect(),
            Value::Array(scopes) => scopes.iter().filter_map(Value::as_str).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return None,
        };
        // No scope has such characters (RFC 6749 §3.3), and these are shown.
        let scopes = scopes
            .into_iter()
            .filter(|scope| !scope.contains(text::steers));
        Some(scopes.collect::<Vec<_>>().join(" "))
    }
}
