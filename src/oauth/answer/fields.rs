//! The fields of an answer, whatever form they came in.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::{LONGEST, shown};
use crate::oauth::token::Tokens;
use crate::secret::Secret;
use crate::text;

/// Ten years: beyond it a token's end doesn't matter.
const LONGEST_TOKEN: Duration = Duration::from_secs(10 * 365 * 86_400);

/// A flat view of a body: JSON, or form-encoded as GitHub sends it.
#[derive(Debug, Default)]
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
        if body.trim_ascii_start().starts_with(b"<") {
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

    pub(super) fn text(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .find_map(|name| self.0.get(*name)?.as_str().map(str::to_owned))
    }

    /// Seconds, as a number or a numeric string.
    pub(super) fn seconds(&self, name: &str) -> Option<Duration> {
        self.seconds_up_to(LONGEST, name)
    }

    fn seconds_up_to(&self, longest: Duration, name: &str) -> Option<Duration> {
        let seconds = match self.0.get(name)? {
            Value::Number(number) => number.as_f64()?,
            Value::String(text) => text.trim().parse().ok()?,
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
        };
        (seconds >= 0.0).then(|| Duration::from_secs_f64(seconds.min(longest.as_secs_f64())))
    }

    pub(super) fn error(&self) -> Option<String> {
        self.text(&["error", "error_code"])
            .filter(|error| !error.is_empty())
    }

    pub(super) fn description(&self) -> Option<String> {
        self.text(&["error_description"])
            .map(|text| shown(&text))
            .filter(|text| !text.is_empty())
    }

    /// Tokens, or what is wrong with their type; `None` where there are none.
    pub(super) fn tokens(&self) -> Option<Result<Tokens, String>> {
        let access_token = self
            .text(&["access_token"])
            .filter(|token| !token.is_empty())?;
        if let Some(kind) = self.text(&["token_type"])
            && !kind.eq_ignore_ascii_case("bearer")
        {
            return Some(Err(format!(
                "The provider gave a token of a kind that tenfoot doesn't know (“{}”).",
                shown(&kind)
            )));
        }
        let secret = |name| {
            self.text(&[name])
                .filter(|token| !token.is_empty())
                .map(Secret::new)
        };
        Some(Ok(Tokens {
            access_token: Secret::new(access_token),
            // Some write 0 for "no end".
            expires_in: self
                .seconds_up_to(LONGEST_TOKEN, "expires_in")
                .filter(|life| !life.is_zero()),
            scope: self.scope(),
            refresh_token: secret("refresh_token"),
            id_token: secret("id_token"),
        }))
    }

    fn scope(&self) -> Option<String> {
        let scopes: Vec<&str> = match self.0.get("scope")? {
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
