//! What asks for a later page.

use std::fmt;

use serde_json::Value;
use url::{Url, form_urlencoded};

use crate::config::{self, types::Method};

/// Asks for a page after the first one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NextPage {
    pub(in crate::channel) url: Url,
    /// In the place of the channel's own body.
    pub(in crate::channel) body: Option<String>,
}

impl From<Url> for NextPage {
    fn from(url: Url) -> Self {
        Self { url, body: None }
    }
}

impl NextPage {
    /// The address that is asked.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// What is sent there, where that isn't the channel's own body.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }
}

/// Without the address: cursors may say who asks.
impl fmt::Debug for NextPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NextPage").finish_non_exhaustive()
    }
}

/// The page at a cursor, which goes where the channel's parameters are: into the body that it
/// sends, else into the query.
pub(super) fn at_cursor(
    channel: &config::Channel,
    asked: &Url,
    name: &str,
    value: &Value,
) -> NextPage {
    let plain = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    match (channel.method, channel.body.as_deref()) {
        (Method::Post, Some(body)) => NextPage {
            url: asked.clone(),
            body: Some(match serde_json::from_str(body) {
                Ok(Value::Object(mut fields)) => {
                    if !replaced(&mut fields, name, value) {
                        let _ = fields.insert(name.to_owned(), value.clone());
                    }
                    Value::Object(fields).to_string()
                }
                Ok(_) | Err(_) => with_pair(body, name, &plain),
            }),
        },
        (Method::Post | Method::Get, _) => with_parameter(asked, name, &plain).into(),
    }
}

/// Sets the field of that name wherever the body has it, such as in a query's `variables`.
fn replaced(fields: &mut serde_json::Map<String, Value>, name: &str, value: &Value) -> bool {
    if let Some(field) = fields.get_mut(name) {
        *field = value.clone();
        return true;
    }
    let mut inner = fields.values_mut().filter_map(Value::as_object_mut);
    let found = inner.any(|fields| replaced(fields, name, value));
    // GraphQL: a variable that isn't set at first.
    match fields.get_mut("variables").and_then(Value::as_object_mut) {
        Some(variables) if !found => {
            let _ = variables.insert(name.to_owned(), value.clone());
            true
        }
        Some(_) | None => found,
    }
}

/// The address with a parameter, the rest of its query as it is written.
pub(super) fn with_parameter(asked: &Url, name: &str, value: &str) -> Url {
    let mut next = asked.clone();
    next.set_query(Some(&with_pair(
        asked.query().unwrap_or_default(),
        name,
        value,
    )));
    next
}

fn with_pair(pairs: &str, name: &str, value: &str) -> String {
    let is_other = |pair: &&str| {
        let key = form_urlencoded::parse(pair.as_bytes()).next();
        !pair.is_empty() && key.is_none_or(|(key, _)| key != name)
    };
    let encoded: String = form_urlencoded::Serializer::new(String::new())
        .append_pair(name, value)
        .finish();
    let others = pairs.split('&').filter(is_other);
    others
        .chain([encoded.as_str()])
        .collect::<Vec<_>>()
        .join("&")
}
