//! `tenfoot status`: who is signed in. Never a token.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::exit::{Exit, Failure, Outcome};
use super::sign_out::{still_stored, unused};
use super::{output, setup};
use crate::cli::Options;
use crate::clock::SharedClock;
use crate::config::Provider;
use crate::session::profiles::Person;
use crate::session::store::Unused;
use crate::session::{Profile, Session};

pub(super) async fn run(options: &Options, json: bool, clock: SharedClock) -> Outcome {
    let setup = setup(options, &clock)?;
    let (profile, people) = (setup.profile(), setup.profiles.kept());
    let flow = setup.flow_of(&profile);
    let place = flow.place().to_string();
    let provider = &setup.config.provider;
    let session = flow.restore().await?;
    if json {
        let mut told = match &session {
            Some(session) => as_json(session, &provider.scope, (&profile, &place), clock.wall()),
            None => nobody_as_json(provider, &profile, &place),
        };
        told["profiles"] = profiles_as_json(&people, &setup.profiles.current());
        told["other_sessions"] = unused_as_json(&unused(&setup.config).await);
        output::line(&told.to_string())?;
    } else {
        output::line(&match &session {
            Some(session) => as_text(session, &provider.scope, &profile, &place, clock.wall()),
            None => format!(
                "Nobody is signed in at {}. Run `tenfoot sign-in`.",
                provider.issuer.as_written()
            ),
        })?;
        if let Some(others) = others(&people, &profile) {
            output::line(&others)?;
        }
        for unused in unused(&setup.config).await {
            output::line(&still_stored(&unused))?;
        }
    }
    match session
        .as_ref()
        .is_some_and(|session| session.over().is_none())
    {
        true => Ok(()),
        false => Err(Failure::said(Exit::NotSignedIn)),
    }
}

fn nobody_as_json(provider: &Provider, profile: &Profile, place: &str) -> serde_json::Value {
    json!({
        "signed_in": false,
        "profile": profile.as_str(),
        "issuer": provider.issuer.as_written(),
        "stored_in": place,
    })
}

fn profiles_as_json(people: &[Person], current: &Profile) -> serde_json::Value {
    let people = people.iter().map(|Person { profile, who }| {
        json!({
            "profile": profile.as_str(),
            "name": who.name,
            "subject": who.subject,
            "current": profile == current,
        })
    });
    people.collect()
}

/// What an earlier configuration left.
fn unused_as_json(unused: &[Unused]) -> serde_json::Value {
    let unused = unused.iter().map(|Unused { who, issuer, .. }| {
        json!({
            "issuer": issuer,
            "name": who.name,
            "subject": who.subject,
        })
    });
    unused.collect()
}

/// Who else has a session here, each with the name of their profile.
fn others(people: &[Person], profile: &Profile) -> Option<String> {
    let others: Vec<_> = people
        .iter()
        .filter(|person| person.profile != *profile)
        .map(|Person { profile, who }| format!("{} (--profile {profile})", who.label()))
        .collect();
    (!others.is_empty()).then(|| line("Also here", &others.join(", ")))
}

fn as_json(
    session: &Session,
    asked: &str,
    (profile, place): (&Profile, &str),
    now: Timestamp,
) -> serde_json::Value {
    json!({
        "signed_in": !session.has_ended(now),
        "profile": profile.as_str(),
        "issuer": session.issuer,
        "client_id": session.client_id,
        "subject": session.who.subject,
        "name": session.who.name,
        "email": session.who.email,
        "scope": session.scope,
        "missing_scopes": session.missing_scopes(asked).collect::<Vec<_>>(),
        "signed_in_at": time(session.signed_in_at),
        "access_token_expires_at": session.expires_at.map(time),
        "renews_itself": session.renews(now),
        "session_expires_at": session.refresh_expires_at.map(time),
        "ended_because": session.over(),
        "last_renewal_failed": session.failed_renewal.as_ref().map(|failed| &failed.words),
        "stored_in": place,
    })
}

/// To the second, in UTC (RFC 3339).
fn time(time: Timestamp) -> String {
    time.strftime("%FT%TZ").to_string()
}

fn as_text(
    session: &Session,
    asked: &str,
    profile: &Profile,
    place: &str,
    now: Timestamp,
) -> String {
    let mut who = session.who.label().to_owned();
    if let Some(email) = session.who.email.as_deref().filter(|email| *email != who) {
        who = format!("{who} ({email})");
    }
    let missing: Vec<_> = session.missing_scopes(asked).collect();
    let mut lines = vec![
        (
            if session.has_ended(now) {
                "Session of"
            } else {
                "Signed in as"
            },
            who,
        ),
        ("At", session.issuer.clone()),
        ("Profile", profile.to_string()),
        (
            "Since",
            session.signed_in_at.strftime("%F %T UTC").to_string(),
        ),
        ("May use", session.scope.clone()),
    ];
    if !missing.is_empty() {
        lines.push(("Not granted", missing.join(" ")));
    }
    lines.push(("Access ends", ends(session.expires_at, now)));
    lines.push(("Then", then(session, now)));
    lines.push(("Stored in", place.to_owned()));
    let lines: Vec<_> = lines
        .into_iter()
        .map(|(label, value)| line(label, &value))
        .collect();
    lines.join("\n")
}

fn line(label: &str, value: &str) -> String {
    format!("{label:<13} {value}")
}

fn then(session: &Session, now: Timestamp) -> String {
    if let Some(why) = session.over() {
        return format!("the session has ended: {why} Run `tenfoot sign-in`.");
    }
    if let Some(failed) = &session.failed_renewal {
        return format!("the last renewal failed: {}", failed.words);
    }
    match (&session.refresh_token, session.refresh_expires_at) {
        (_, Some(end)) if now >= end => format!(
            "a new sign-in is needed: the session ended at {}",
            end.strftime("%F %T UTC")
        ),
        (None, _) => "a new sign-in is needed (for a longer session, ask for the scope \
                      offline_access where the provider knows it)"
            .to_owned(),
        (Some(_), None) => "renewed automatically".to_owned(),
        (Some(_), Some(end)) => format!(
            "renewed automatically; the session ends {} unless it is used (for a longer one, ask \
             for the scope offline_access where the provider knows it)",
            ends(Some(end), now)
        ),
    }
}

fn ends(end: Option<Timestamp>, now: Timestamp) -> String {
    let Some(end) = end else {
        return "the provider doesn't say".to_owned();
    };
    let clock = end.strftime("%F %T UTC");
    let left = end.duration_since(now);
    if left <= SignedDuration::ZERO {
        return format!("has ended ({clock})");
    }
    format!("in {} ({clock})", roughly(left.as_secs()))
}

fn roughly(seconds: i64) -> String {
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7199 => format!("{} min", seconds / 60),
        7200..=172_799 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::Who;
    use crate::secret::Secret;
    use crate::session::FailedRenewal;
    use crate::session::renewal::Outcome;

    fn session() -> Session {
        Session {
            issuer: "https://acme.eu.auth0.com/".to_owned(),
            client_id: "client".to_owned(),
            who: Who {
                name: Some("Ada Lovelace".to_owned()),
                email: Some("ada@acme.com".to_owned()),
                ..Who::default()
            },
            scope: "openid profile".to_owned(),
            access_token: Secret::new("access-token-characters"),
            obtained_at: "2026-01-01T10:00:00Z".parse().unwrap(),
            expires_at: Some("2026-01-02T10:00:00Z".parse().unwrap()),
            refresh_token: Some(Secret::new("refresh-token-characters")),
            dpop_key: None,
            refresh_expires_at: None,
            failed_renewal: None,
            signed_in_at: "2026-01-01T10:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn the_text_names_the_person_and_what_was_not_granted() {
        let now = "2026-01-01T11:00:00Z".parse().unwrap();
        let text = as_text(
            &session(),
            "openid read:contacts",
            &Profile::default(),
            "/state/default.json",
            now,
        );

        for wanted in [
            "Ada Lovelace (ada@acme.com)",
            "Not granted   read:contacts",
            "in 23 h",
            "renewed automatically",
        ] {
            assert!(text.contains(wanted), "{wanted} in\n{text}");
        }
    }

    #[test]
    fn no_form_of_it_shows_a_token() {
        let now = "2026-01-01T11:00:00Z".parse().unwrap();
        let text = as_text(&session(), "openid", &Profile::default(), "memory", now);
        let json = as_json(&session(), "openid", (&Profile::default(), "memory"), now).to_string();

        assert!(!text.contains("token-characters") && !json.contains("token-characters"));
    }

    #[test]
    fn the_others_are_listed_with_how_to_reach_them() {
        let person = |profile: &str, name: &str| Person {
            profile: profile.parse().unwrap(),
            who: Who {
                name: Some(name.to_owned()),
                ..Who::default()
            },
        };
        let people = [person("default", "Ada"), person("kitchen", "Grace")];

        let told = others(&people, &Profile::default()).unwrap();

        assert!(told.ends_with("Grace (--profile kitchen)"), "{told}");
        assert_eq!(others(&people[..1], &Profile::default()), None);
    }

    #[test]
    fn an_access_that_has_ended_is_said_to_have_ended() {
        let end = "2026-01-01T10:00:00Z".parse().unwrap();

        assert!(ends(Some(end), end).starts_with("has ended"));
        assert_eq!(ends(None, end), "the provider doesn't say");
    }

    fn failed(over: bool) -> Session {
        let failed = FailedRenewal {
            outcome: Outcome::Refused,
            since: "2026-01-01T10:00:00Z".parse().unwrap(),
            unclear: 0,
            over,
            words: "The provider refuses to renew the session. (Token revoked)".to_owned(),
        };
        Session {
            failed_renewal: Some(failed),
            ..session()
        }
    }

    fn text(session: &Session) -> String {
        let now = "2026-01-01T11:00:00Z".parse().unwrap();
        as_text(session, "openid", &Profile::default(), "memory", now)
    }

    #[test]
    fn a_session_that_is_over_is_told_in_the_servers_words_and_is_no_sign_in() {
        let session = failed(true);

        assert!(text(&session).contains("Session of"), "{}", text(&session));
        assert!(
            text(&session).contains("the session has ended")
                && text(&session).contains("Token revoked")
        );
        let json = as_json(
            &session,
            "openid",
            (&Profile::default(), "memory"),
            "2026-01-01T11:00:00Z".parse().unwrap(),
        );
        assert_eq!(
            (&json["signed_in"], &json["renews_itself"]),
            (&false.into(), &false.into())
        );
    }

    #[test]
    fn what_has_ended_with_nothing_to_renew_it_is_no_sign_in() {
        let (before, after) = (
            "2026-01-02T09:00:00Z".parse().unwrap(),
            "2026-01-02T11:00:00Z".parse().unwrap(),
        );
        let without = Session {
            refresh_token: None,
            ..session()
        };
        let ended = Session {
            refresh_expires_at: Some("2026-01-01T10:30:00Z".parse().unwrap()),
            ..session()
        };
        for session in [without, ended] {
            assert!(!session.has_ended(before) && session.has_ended(after));
            assert!(!session.renews(before));
            let text = as_text(&session, "openid", &Profile::default(), "memory", after);
            assert!(!text.contains("automatically"), "{text}");
        }
        assert!(!session().has_ended(after) && session().renews(after));
    }

    #[test]
    fn nothing_renews_automatically_whose_last_renewal_failed() {
        let text = text(&failed(false));

        assert!(text.contains("the last renewal failed"), "{text}");
        assert!(!text.contains("automatically"), "{text}");
    }

    #[test]
    fn a_session_that_ends_at_a_known_time_is_told_with_it_and_with_what_to_ask_for() {
        let text = text(&Session {
            refresh_expires_at: Some("2026-01-01T11:30:00Z".parse().unwrap()),
            ..session()
        });

        assert!(text.contains("2026-01-01 11:30:00 UTC"), "{text}");
        assert!(text.contains("offline_access"), "{text}");
    }
}
