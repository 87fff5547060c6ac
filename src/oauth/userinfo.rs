//! Who it is, as the userinfo endpoint says.

use serde_json::{Map, Value};

use super::answer::shown;
use super::id_token::is_subject;
use crate::config::Pointer;
use crate::config::preset::WhoPointers;
use crate::session::Who;

/// By OpenID Connect's claims (Core §5.3.2), believed only of the same `subject`;
/// `None` where it is somebody else's or can't be read.
#[must_use]
pub fn by_claims(body: &[u8], subject: Option<&str>) -> Option<Who> {
    let info: Map<String, Value> = serde_json::from_slice(body).ok()?;
    let sub = info.get("sub")?.as_str()?;
    if !is_subject(sub) || subject.is_some_and(|subject| subject != sub) {
        return None;
    }
    Some(claimed(sub, &info))
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

/// From wherever this provider has it; `None` where no subject is there.
#[must_use]
pub fn by_pointers(body: &[u8], at: &WhoPointers) -> Option<Who> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |pointer: &Pointer| match body.pointer(pointer.as_str())? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    Some(Who {
        subject: Some(text(&at.subject).filter(|subject| is_subject(subject))?),
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
        )
        .unwrap();

        assert_eq!(who.subject.as_deref(), Some("583231"));
        assert_eq!(who.name.as_deref(), Some("octo"));
        assert_eq!(who.picture.as_deref(), Some("https://a/b"));
        assert_eq!(by_pointers(br#"{"data":[]}"#, &at), None);
    }
}
