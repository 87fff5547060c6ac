//! Who it is, as the userinfo endpoint says.

use serde_json::{Map, Value};

use super::id_token::is_subject;
use super::response::shown;
use crate::config::Pointer;
use crate::config::preset::WhoPointers;
use crate::oauth::Who;

/// By OpenID Connect's claims (Core §5.3.2), believed only of the same `subject`;
/// `None` where it is somebody else's or can't be read.
#[must_use]
pub fn by_claims(body: &[u8], subject: Option<&str>) -> Option<Who> {
    let info: Map<String, Value> = serde_json::from_slice(body).ok()?;
    let sub = identifier(info.get("sub")?)?;
    is_whose(&sub, subject).then(|| claimed(&sub, &info))
}

/// Whether an answer about `found` may be about the `subject` of an ID token.
fn is_whose(found: &str, subject: Option<&str>) -> bool {
    is_subject(found) && subject.is_none_or(|subject| subject == found)
}

/// What identifies a person: a text, or a whole number as some write it. A number that would
/// be rounded is nobody's.
#[must_use]
pub fn identifier(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        Value::Number(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

/// Whom claims name (OpenID Connect Core §5.1). What is none of a text says nothing.
#[must_use]
pub fn claimed(subject: &str, claims: &Map<String, Value>) -> Who {
    let text = |name: &str| claims.get(name)?.as_str().map(str::to_owned);
    Who {
        subject: Some(subject.to_owned()),
        name: ["name", "nickname", "preferred_username"]
            .into_iter()
            .filter_map(text)
            .find_map(fit),
        email: text("email").and_then(fit),
        picture: text("picture"),
    }
}

/// Whether a body is an answer of a userinfo endpoint at all.
#[must_use]
pub fn is_answer(body: &[u8]) -> bool {
    serde_json::from_slice::<Map<String, Value>>(body).is_ok()
}

/// From wherever this provider has it, believed only of the same `subject`; `None` where it
/// is somebody else's or no subject is there.
#[must_use]
pub fn by_pointers(body: &[u8], at: &WhoPointers, subject: Option<&str>) -> Option<Who> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |pointer: &Pointer| identifier(body.pointer(pointer.as_str())?);
    Some(Who {
        subject: Some(text(&at.subject).filter(|found| is_whose(found, subject))?),
        name: at.name.iter().filter_map(text).find_map(fit),
        email: at.email.as_ref().and_then(text).and_then(fit),
        picture: at.picture.as_ref().and_then(text),
    })
}

/// Somebody else's text, made fit for a screen.
fn fit(text: String) -> Option<String> {
    Some(shown(&text)).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_believed_of_the_same_person_alone() {
        let body = br#"{"sub":"u1","name":" ","nickname":"Ada","email":"ada@acme.example"}"#;

        let who = by_claims(body, Some("u1")).unwrap();

        assert_eq!(who.label(), "Ada");
        assert_eq!(who.email.as_deref(), Some("ada@acme.example"));
        assert_eq!(by_claims(body, Some("u2")), None);
        assert_eq!(by_claims(br#"{"sub":""}"#, None), None);
        assert_eq!(by_claims(b"<html>", None), None);
    }

    #[test]
    fn pointers_find_a_person_wherever_the_provider_has_them() {
        let at: WhoPointers = toml::from_str(
            r#"
            subject = "/data/0/id"
            name = ["/data/0/name", "/data/0/login"]
            picture = "/data/0/picture/url"
            "#,
        )
        .unwrap();

        let who = by_pointers(
            br#"{"data":[{"id":583231,"name":null,"login":"octo","picture":{"url":"https://a/b"}}]}"#,
            &at,
            Some("583231"),
        )
        .unwrap();

        assert_eq!(who.subject.as_deref(), Some("583231"));
        assert_eq!(who.name.as_deref(), Some("octo"));
        assert_eq!(who.picture.as_deref(), Some("https://a/b"));
        assert_eq!(by_pointers(br#"{"data":[]}"#, &at, None), None);
    }

    #[test]
    fn pointers_are_believed_of_the_same_person_alone() {
        let at: WhoPointers = toml::from_str("subject = \"/id\"").unwrap();
        let of = |body: &str, subject| by_pointers(body.as_bytes(), &at, subject);

        assert!(of(r#"{"id":"7"}"#, Some("7")).is_some());
        assert!(of(r#"{"id":7}"#, Some("7")).is_some());
        assert_eq!(of(r#"{"id":"8"}"#, Some("7")), None);
    }

    #[test]
    fn a_number_that_would_be_rounded_is_nobodys() {
        let numbered = |number: &str| {
            let body = format!(r#"{{"sub":{number}}}"#);
            by_claims(body.as_bytes(), None).and_then(|who| who.subject)
        };
        assert_eq!(
            numbered("18446744073709551615").as_deref(),
            Some("18446744073709551615")
        );
        assert_eq!(numbered("-7").as_deref(), Some("-7"));
        for broken in ["184467440737095516150", "7.5", "1e3", "true", "[7]", "null"] {
            assert_eq!(numbered(broken), None, "{broken}");
        }
    }
}
