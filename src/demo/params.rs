//! The parameters of a request to the protocol's endpoints.

use axum::http::{HeaderMap, StatusCode, header};
use serde_json::Value;

use super::wire::Refusal;

/// Names and values, each name once.
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads a form, or JSON, which Auth0 takes as well.
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        let pairs = match kind.split(';').next().unwrap_or_default().trim() {
            "application/x-www-form-urlencoded" => serde_urlencoded::from_bytes(body).ok(),
            "application/json" => json_pairs(body),
            _ => {
                return Err(invalid(
                    "The content type must be application/x-www-form-urlencoded",
                ));
            }
        };
        let pairs: Vec<(String, String)> =
            pairs.ok_or_else(|| invalid("The body can't be read"))?;
        for (index, (name, _)) in pairs.iter().enumerate() {
            // RFC 6749 §3.2: parameters must not be included more than once.
            if pairs[..index].iter().any(|(earlier, _)| earlier == name) {
                return Err(invalid("A parameter is given more than once"));
            }
        }
        Ok(Self(pairs))
    }

    /// A value; an empty one counts as left out (RFC 6749 §3.2).
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let value = &self.0.iter().find(|(known, _)| known == name)?.1;
        (!value.is_empty()).then_some(value)
    }

    /// A value that can't be left out.
    pub(super) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name)
            .ok_or_else(|| invalid(&format!("Missing required parameter: {name}")))
    }
}

fn json_pairs(body: &[u8]) -> Option<Vec<(String, String)>> {
    let Ok(Value::Object(object)) = serde_json::from_slice(body) else {
        return None;
    };
    object
        .into_iter()
        .map(|(name, value)| Some((name, value.as_str()?.to_owned())))
        .collect()
}

fn invalid(description: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "invalid_request", description)
}
