//! What a service says went wrong, in its own words: in a refusal, or in an answer that
//! pretends to be a success. Pure functions of the JSON.

use std::borrow::Cow;

use super::budget::{Budget, Unreadable};
use super::json::Json;
use super::json::reader::begins_like_json;
use super::lazy_json::Outline;
use super::{Error, known_fields, plain_text};
use crate::config;
use crate::i18n::Phrase;
use crate::text::at_most;

/// The longest message that a screen has room for, in characters.
const LONGEST: usize = 240;
/// A longer word may be a token.
const LONGEST_WORD: usize = 40;

/// The words in which a body says what went wrong.
pub(super) fn message(body: &Json<'_>) -> Option<String> {
    message_within(body, 3)
}

fn message_within(body: &Json<'_>, levels: usize) -> Option<String> {
    const WORDS: [&str; 10] = [
        "error_description",
        "message",
        "detail",
        "error_message",
        "errorMessage",
        "msg",
        "description",
        "title",
        "reason",
        "code",
    ];
    let levels = levels.checked_sub(1)?;
    let inner = |name: &str| message_within(body.field(name)?, levels);
    match body {
        Json::Text(text) => fit(text),
        Json::List(elements) => {
            let mut messages = elements
                .iter()
                .filter_map(|element| message_within(element, levels));
            let first = messages.next()?;
            Some(match messages.next() {
                Some(second) if second != first => format!("{first} {second}"),
                Some(_) | None => first,
            })
        }
        Json::Object(_) => {
            let is_object = |name: &&str| body.field(name).is_some_and(Json::is_object);
            let text = |name: &&str| fit(body.field(name)?.as_text()?);
            ["error", "fault", "Fault"]
                .iter()
                .filter(|name| is_object(name))
                .find_map(|name| inner(name))
                .or_else(|| WORDS.iter().find_map(text))
                .or_else(|| inner("error"))
                .or_else(|| inner("errors"))
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => None,
    }
}

/// What an answer reports in the place of data: GraphQL's `errors` without `data`, `"ok": false`
/// and its like. `None` where there is anything to show.
pub(super) fn instead_of_data(
    answer: &Outline<'_>,
    budget: &Budget,
) -> Result<Option<String>, Unreadable> {
    /// What stands beside an error.
    const ABOUT_IT: [&str; 5] = ["extensions", "meta", "jsonapi", "links", "included"];
    const ERRORS: [&str; 4] = ["error", "errors", "fault", "Fault"];
    let is_data = |(name, value): &(Cow<'_, str>, Outline<'_>)| {
        let name = name.as_ref();
        !ERRORS.contains(&name) && !ABOUT_IT.contains(&name) && holds_something(value)
    };
    if !answer.is_object() || answer.fields().is_empty() || answer.fields().iter().any(is_data) {
        return Ok(None);
    }
    let passing = budget.passing();
    let json = answer.whole(&passing)?;
    let failed = says_failed(&json);
    let names_error = ERRORS
        .iter()
        .filter_map(|name| json.field(name))
        .any(|error| error.as_text().is_some_and(|text| !text.is_empty()) || is_full(error));
    let is_plain = says_no(&json) || json.field("errors").is_some_and(is_full);
    let is_error = (failed || names_error) && (is_plain || !names_a_thing(&json));
    Ok(message(&json).filter(|_| is_error))
}

/// What a whole answer reports in the place of data. A large one has data.
pub(super) fn error_of(channel: &config::Channel, answer: &str) -> Option<Error> {
    const LARGE: usize = 64 << 10;
    if answer.len() > LARGE || !begins_like_json(answer) {
        return None;
    }
    let budget = Budget::answer();
    let outline = Outline::read(answer, &budget).ok()?;
    let is_there = channel.items.as_ref().is_some_and(|pointer| {
        let found = outline.pointer(pointer.as_str(), &budget);
        found.is_ok_and(|found| found.is_some())
    });
    let message = instead_of_data(&outline, &budget).ok()??;
    (!is_there).then(|| reports(&message))
}

/// The service reports an error in the place of data.
pub(super) fn reports(message: &str) -> Error {
    Error::Unusable(Phrase::new("channel-reports").with("message", message))
}

/// Whether there is more than a scalar, at any level.
fn holds_something(value: &Outline<'_>) -> bool {
    match value {
        Outline::List(elements) => !elements.is_empty(),
        Outline::Object(fields) => fields.iter().any(|(_, value)| match value {
            Outline::Whole(json) => !json.is_empty(),
            Outline::List(_) | Outline::Object(_) | Outline::Thing(_) => holds_something(value),
        }),
        Outline::Thing(_) => true,
        Outline::Whole(json) => (json.is_object() || json.is_list()) && !json.is_empty(),
    }
}

fn is_full(value: &Json<'_>) -> bool {
    (value.is_object() || value.is_list()) && !value.is_empty()
}

/// A thing of its own that has an error, such as a job.
fn names_a_thing(json: &Json<'_>) -> bool {
    let about_error = |name: &str| name == "title" || name == "summary";
    known_fields::titles(json.fields()).any(|(name, _)| !about_error(name))
        || json.field("id").is_some()
}

/// `"ok": false` and its like.
fn says_no(json: &Json<'_>) -> bool {
    ["ok", "success", "succeeded"]
        .iter()
        .any(|name| json.field(name) == Some(&Json::Bool(false)))
}

fn says_failed(json: &Json<'_>) -> bool {
    let is_failure = |name: &&str| {
        let word = json.field(name).and_then(Json::as_text);
        word.is_some_and(|word| {
            ["error", "fail", "failed", "failure", "ko"]
                .iter()
                .any(|bad| word.eq_ignore_ascii_case(bad))
        })
    };
    let is_refusal = |name: &&str| {
        let status = match json.field(name) {
            Some(Json::Number(status)) => status.parse().unwrap_or(0),
            Some(Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_))
            | None => 0,
        };
        (400..600).contains(&status)
    };
    says_no(json)
        || ["status", "stat", "result"].iter().any(is_failure)
        || ["status", "code", "statusCode", "error_code"]
            .iter()
            .any(is_refusal)
}

/// Words fit for a screen, without what may be a token.
fn fit(text: &str) -> Option<String> {
    let line = plain_text::line(text);
    if line.starts_with('<') {
        return None;
    }
    let words = line.split(' ').map(|word| {
        if word.chars().count() > LONGEST_WORD {
            "…"
        } else {
            word
        }
    });
    let words = words.collect::<Vec<_>>().join(" ");
    let cut = at_most(&words, LONGEST).into_owned();
    (!cut.is_empty()).then_some(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_services_own_words_are_found() {
        for (body, words) in [
            (
                r#"{"message":"Bad credentials","documentation_url":"https://x"}"#,
                "Bad credentials",
            ),
            (
                r#"{"error":{"code":403,"message":"Insufficient Permission","errors":[{"message":"other"}]}}"#,
                "Insufficient Permission",
            ),
            (
                r#"{"error":"invalid_token","error_description":"The token expired"}"#,
                "The token expired",
            ),
            (
                r#"{"error":"Unauthorized","status":401,"message":"Invalid OAuth token"}"#,
                "Invalid OAuth token",
            ),
            (
                r#"{"type":"about:blank","title":"Forbidden","detail":"You lack a licence"}"#,
                "You lack a licence",
            ),
            (r#"{"ok":false,"error":"not_authed"}"#, "not_authed"),
            (
                r#"{"errors":[{"message":"a"},{"message":"b"},{"message":"c"}]}"#,
                "a b",
            ),
            (r#"{"errors":["a","a"]}"#, "a"),
            (r#"{"errors":[{"detail":"d","title":"t"}]}"#, "d"),
            (r#""denied""#, "denied"),
            (
                r#"{"message":"Token eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0 expired"}"#,
                "Token … expired",
            ),
        ] {
            let json = Json::read(body).unwrap();
            assert_eq!(message(&json).as_deref(), Some(words), "{body}");
        }
        for body in [
            "{}",
            "[]",
            "7",
            r#"{"message":""}"#,
            r#"{"error":null}"#,
            r#"{"message":"<html>"}"#,
        ] {
            assert_eq!(message(&Json::read(body).unwrap()), None, "{body}");
        }
    }

    #[test]
    fn an_error_in_the_place_of_data_is_one() {
        let budget = Budget::answer();
        let instead =
            |body: &str| instead_of_data(&Outline::read(body, &budget).unwrap(), &budget).unwrap();
        for (body, words) in [
            (
                r#"{"errors":[{"message":"Field 'x' doesn't exist","locations":[{"line":1}]}]}"#,
                "Field 'x' doesn't exist",
            ),
            (
                r#"{"data":null,"errors":[{"message":"no"}],"extensions":{"cost":{"a":1}}}"#,
                "no",
            ),
            (
                r#"{"data":{"viewer":null},"errors":[{"message":"no"}]}"#,
                "no",
            ),
            (r#"{"ok":false,"error":"invalid_auth"}"#, "invalid_auth"),
            (
                r#"{"success":false,"message":"Rate limited"}"#,
                "Rate limited",
            ),
            (
                r#"{"status":"error","message":"bad key","data":null}"#,
                "bad key",
            ),
            (
                r#"{"stat":"fail","code":100,"message":"Invalid API Key"}"#,
                "Invalid API Key",
            ),
            (r#"{"error":{"code":"x","message":"gone"}}"#, "gone"),
            (r#"{"code":401,"message":"Unauthorized"}"#, "Unauthorized"),
            (
                r#"{"error":"invalid_token","error_description":"It ended"}"#,
                "It ended",
            ),
        ] {
            assert_eq!(instead(body).as_deref(), Some(words), "{body}");
        }
        for data in [
            r#"{"data":{"viewer":{"name":"Ada"}},"errors":[{"message":"partly"}]}"#,
            r#"{"data":[{"a":1}],"errors":[]}"#,
            r#"{"message":"Hello"}"#,
            r#"{"name":"Job 7","status":"failed","error":"exit 1"}"#,
            r#"{"status":"ok","message":"All systems go"}"#,
            r#"{"code":200,"message":"fine"}"#,
            r#"[{"error":"x"}]"#,
            r#"{"ok":false,"services":[{"name":"x","error":"down"}]}"#,
            "{}",
        ] {
            assert_eq!(instead(data), None, "{data}");
        }
    }
}
