//! The device answer, polls and refreshes.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tenfoot::config::Preset;
use tenfoot::oauth::flow::End;
use tenfoot::oauth::response::{self, Answer, DeviceGrant, Poll, Refresh};
use tenfoot::text::shown;

use crate::{STEERING, is_clean, senseless};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// What a provider without a preset means.
fn device_of(answer: &Answer) -> Result<DeviceGrant, End> {
    response::device(answer, &Preset::default(), jiff::Timestamp::UNIX_EPOCH)
}

fn poll_of(answer: &Answer, now: Timestamp) -> Poll {
    response::poll(answer, &Preset::default(), now)
}

fn refresh_of(answer: &Answer, now: Timestamp) -> Refresh {
    response::refresh(answer, &Preset::default(), now)
}

fn of(status: u16, body: impl Into<Vec<u8>>) -> Answer {
    Answer {
        status,
        body: body.into(),
        ..Answer::default()
    }
}

fn grant_with(changes: Value) -> Result<DeviceGrant, End> {
    let mut grant = json!({
        "device_code": "d", "user_code": "WDJB-MJHT", "verification_uri": "https://acme.example/a",
    });
    for (name, value) in changes.as_object().unwrap() {
        grant[name] = value.clone();
    }
    device_of(&of(200, grant.to_string()))
}

#[test]
fn a_senseless_answer_is_never_a_code_tokens_or_the_end_of_a_flow() {
    for (what, body) in senseless() {
        for status in [0, 200, 302, 400, 403, 500, 503, 999] {
            let answer = of(status, body.clone());
            let poll = poll_of(&answer, NOW);
            assert!(
                matches!(poll, Poll::Nothing(_)),
                "{what}, {status}: {poll:?}"
            );
            let refresh = refresh_of(&answer, NOW);
            assert!(
                matches!(refresh, Refresh::Nothing(_) | Refresh::Unclear(_)),
                "{what}, {status}: {refresh:?}"
            );
            let device = device_of(&answer);
            assert!(
                matches!(device, Err(End::Misconfigured(_) | End::Unreachable(_))),
                "{what}, {status}: {device:?}"
            );
        }
    }
}

#[test]
fn times_out_of_range_become_the_nearest_that_make_sense() {
    const DAY: Duration = Duration::from_secs(86_400);
    const HALF_AN_HOUR: Duration = Duration::from_secs(1800);
    let of_lifetime = [
        (json!(1e300), DAY),
        (json!("1e400"), DAY),
        (json!("inf"), DAY),
        (json!(u64::MAX), DAY),
        (json!("NaN"), HALF_AN_HOUR),
        (json!("soon"), HALF_AN_HOUR),
        (json!([900]), HALF_AN_HOUR),
        (json!(null), HALF_AN_HOUR),
    ];
    for (expires_in, lifetime) in of_lifetime {
        let grant = grant_with(json!({ "expires_in": expires_in })).unwrap();
        assert_eq!(grant.lifetime, lifetime, "{expires_in}");
    }
    for expires_in in [
        json!(i64::MIN),
        json!(-0.0),
        json!(0),
        json!("0"),
        json!("-inf"),
    ] {
        let end = grant_with(json!({ "expires_in": expires_in }));
        assert!(matches!(end, Err(End::Expired)), "{expires_in}: {end:?}");
    }
    for (interval, expected) in [
        (json!(1e300), 86_400),
        (json!("9".repeat(100_000)), 86_400),
        (json!(0), 1),
        (json!(1e-300), 1),
        (json!(-5), 5),
        (json!("NaN"), 5),
        (json!({}), 5),
    ] {
        let grant = grant_with(json!({ "interval": interval })).unwrap();
        assert_eq!(grant.interval.as_secs(), expected);
    }
}

/// A code must be shown to the letter (RFC 8628 §3.3.1), so it is refused rather than
/// cleaned: what is left of it would be another code.
#[test]
fn a_code_that_nobody_can_read_or_type_is_refused_not_cleaned() {
    let unprintable = |c: &char| !c.is_ascii_graphic();
    for steering in STEERING
        .chars()
        .filter(unprintable)
        .chain("\u{200b}\u{200d}\u{2060}\u{3000}".chars())
    {
        let refused = grant_with(json!({ "user_code": format!("WDJB{steering}MJHT") }));
        let Err(End::Misconfigured(words)) = refused else {
            panic!("{steering:?}: {refused:?}");
        };
        let words = words.to_string();
        assert!(
            is_clean(&words) && words.contains("can’t be shown"),
            "{words}"
        );
    }
    assert!(grant_with(json!({ "user_code": "W".repeat(1000) })).is_err());
}

#[test]
fn an_unusual_code_is_shown_to_the_letter() {
    for code in [
        "WWWWWWWWWWWWWWW",
        "wdjb mjht",
        "  7 ",
        "Ünïcödé-名前",
        "<b>&amp;%20",
    ] {
        assert_eq!(
            grant_with(json!({ "user_code": code })).unwrap().user_code,
            code
        );
    }
}

#[test]
fn only_an_address_of_the_web_is_shown_for_the_code() {
    let steered = format!("https://acme.example/{STEERING}");
    let bidi = "https://acme.example/\u{202e}elpmaxe.live";
    let long = format!("https://acme.example/{}", "a".repeat(10_000));
    for hostile in [
        "javascript:alert(1)",
        "data:text/html,<h1>Sign in</h1>",
        "file:///etc/passwd",
        "ftp://acme.example/",
        "intent://acme.example/#Intent;end",
        "tel:+123",
        "activate",
        "//acme.example/activate",
        " https://acme.example/",
        "https:",
        "https://",
        "https://acme.example@evil.example/",
        "https://acme.example:pass@evil.example/",
        "https://acme.example/a b",
        &steered,
        bidi,
        &long,
        "",
    ] {
        let refused = grant_with(json!({ "verification_uri": hostile }));
        assert!(
            matches!(refused, Err(End::Misconfigured(_))),
            "{hostile:?}: {refused:?}"
        );
        let grant = grant_with(json!({ "verification_uri_complete": hostile })).unwrap();
        assert_eq!(grant.verification_uri_complete, None, "{hostile:?}");
    }
}

/// Fillers, tags, variation selectors and other characters that leave nothing to be seen.
const UNSEEN: &str = "\u{ad}\u{34f}\u{115f}\u{1160}\u{17b4}\u{180e}\u{200b}\u{2800}\u{3164}\u{fe00}\u{fe0f}\u{ffa0}\u{fffd}\u{e0041}\u{e007f}\u{e0100}\u{e000}";

#[test]
fn a_code_or_address_with_something_that_cannot_be_seen_is_refused() {
    for unseen in UNSEEN.chars() {
        for changes in [
            json!({ "user_code": format!("WDJB{unseen}MJHT") }),
            json!({ "user_code": format!("WDJB-MJHT{unseen}") }),
            json!({ "verification_uri": format!("https://acme{unseen}.example/a") }),
            json!({ "verification_uri": format!("https://acme.example/a{unseen}b") }),
        ] {
            let refused = grant_with(changes.clone());
            assert!(
                matches!(refused, Err(End::Misconfigured(_))),
                "{unseen:?} {changes}: {refused:?}"
            );
        }
    }
}

#[test]
fn an_address_with_the_code_inside_at_another_host_is_not_used() {
    for elsewhere in [
        "https://evil.example/a?user_code=WDJB-MJHT",
        "https://acme.example.evil.example/a?user_code=WDJB-MJHT",
        "https://sub.acme.example/a?user_code=WDJB-MJHT",
        "https://acme.exаmple/a?user_code=WDJB-MJHT",
        "http://acme.example/a?user_code=WDJB-MJHT",
    ] {
        let grant = grant_with(json!({ "verification_uri_complete": elsewhere })).unwrap();
        assert_eq!(grant.verification_uri_complete, None, "{elsewhere}");
    }
    let same = "https://ACME.example/b?user_code=WDJB-MJHT";
    let grant = grant_with(json!({ "verification_uri_complete": same })).unwrap();
    assert_eq!(grant.verification_uri_complete.as_deref(), Some(same));
}

#[test]
fn a_host_of_mixed_scripts_is_shown_in_punycode_and_one_of_one_script_as_it_is() {
    for (address, shown) in [
        // Cyrillic letters in a Latin word, a whole word of them, and Greek ones.
        ("https://аpple.example/a", "https://xn--pple-43d.example/a"),
        ("https://аррӏе.com/a", "https://xn--80ak6aa92e.com/a"),
        (
            "https://gοοgle.example/a",
            "https://xn--ggle-0nda.example/a",
        ),
        ("https://bücher.example/a", "https://bücher.example/a"),
        ("https://пример.example/a", "https://пример.example/a"),
    ] {
        let grant = grant_with(json!({ "verification_uri": address })).unwrap();
        assert_eq!(grant.verification_uri, shown);
    }
}

#[test]
fn an_address_that_holds_the_code_is_the_complete_one() {
    let of = |address: &str, code: &str| {
        let grant = grant_with(json!({ "verification_uri": address, "user_code": code })).unwrap();
        (grant.verification_uri, grant.verification_uri_complete)
    };
    // Casdoor: without the code there is no page.
    let casdoor = "https://acme.example/login/oauth/device/shkakx?cancelToken=11e79bf6";
    assert_eq!(
        of(casdoor, "shkakx"),
        (casdoor.to_owned(), Some(casdoor.to_owned()))
    );
    let twitch = "https://www.twitch.tv/activate?public=true&device-code=NBVXKLPQ";
    assert_eq!(
        of(twitch, "NBVXKLPQ"),
        (
            "https://www.twitch.tv/activate?public=true".to_owned(),
            Some(twitch.to_owned())
        )
    );
    let plain = "https://acme.example/activate?lang=en";
    assert_eq!(of(plain, "WDJB-MJHT"), (plain.to_owned(), None));
}

#[test]
fn everybody_elses_words_are_cleaned_and_cut() {
    let words = format!("{STEERING}no{}", "!".repeat(100_000));
    let body = json!({ "error": format!("odd{STEERING}"), "error_description": words });
    let answer = of(400, body.to_string());
    let said = |end: &End| match end {
        End::NoCode(refusal) | End::Refused(refusal) => {
            format!("{}{}", refusal.error, refusal.description.as_ref().unwrap())
        }
        other => panic!("{other:?}"),
    };

    let Poll::Ended(end) = poll_of(&answer, NOW) else {
        panic!()
    };
    let Refresh::Refused(refresh) = refresh_of(&answer, NOW) else {
        panic!()
    };
    for words in [
        said(&end),
        said(&device_of(&answer).unwrap_err()),
        refresh.to_string(),
    ] {
        assert!(is_clean(&words), "{words:?}");
        assert!(words.contains("no!!!") && words.len() < 1000, "{words}");
    }
    assert!(is_clean(&shown(STEERING)));
    assert_eq!(shown("one\nline\tof\u{2028}words"), "one line of words");
}

#[test]
fn a_scope_that_is_none_is_left_out_of_those_that_were_granted() {
    let body = json!({ "access_token": "a", "scope": format!("openid bad{STEERING} read:films\u{1b}[2J profile") });

    let Poll::Tokens(tokens) = poll_of(&of(200, body.to_string()), NOW) else {
        panic!()
    };

    let scope = tokens.scope.unwrap();
    assert!(is_clean(&scope), "{scope:?}");
    assert!(
        scope.starts_with("openid ") && scope.ends_with(" profile"),
        "{scope}"
    );
}

#[test]
fn of_a_key_that_stands_twice_the_last_counts() {
    let twice = r#"{"error": "access_denied", "error": "authorization_pending"}"#;

    assert_eq!(poll_of(&of(403, twice), NOW), Poll::Pending);
}

#[test]
fn a_pause_that_a_header_names_is_never_longer_than_a_day() {
    for text in [
        "18446744073709551615",
        "99999999999999999999999999",
        "-1",
        "1e99",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "9223372036854775807",
        "-9223372036854775808",
        "\u{0}",
        "",
    ] {
        let answer = Answer {
            retry_after: Some(text.to_owned()),
            rate_limit_reset: Some(text.to_owned()),
            date: Some(Timestamp::MIN),
            ..of(429, "")
        };
        for now in [Timestamp::MIN, NOW, Timestamp::MAX] {
            let Poll::RateLimited(pause) = poll_of(&answer, now) else {
                panic!("{text}")
            };
            assert!(
                pause.is_none_or(|pause| pause <= Duration::from_secs(86_400)),
                "{text}"
            );
        }
    }
}
