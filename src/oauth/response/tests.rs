use super::super::error::Reason;
use super::*;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn answer(status: u16, body: &str) -> Answer {
    Answer {
        url: Some(Url::parse("https://id.acme.example/oauth/device").unwrap()),
        status,
        body: body.into(),
        ..Answer::default()
    }
}

fn at_device(status: u16, body: &str) -> End {
    device(&answer(status, body), &Preset::default(), NOW).unwrap_err()
}

fn refused_code(status: u16, body: &str) -> Refusal {
    let end = at_device(status, body);
    let End::NoCode(refusal) = end else {
        panic!("{end:?}")
    };
    refusal
}

fn at_poll(status: u16, body: &str) -> Poll {
    poll(&answer(status, body), &Preset::default(), NOW)
}

fn refused_poll(status: u16, body: &str) -> Refusal {
    let poll = at_poll(status, body);
    let Poll::Ended(End::Refused(refusal)) = poll else {
        panic!("{poll:?}")
    };
    refusal
}

fn grant(verification_uri: &str) -> Result<DeviceGrant, End> {
    let body = format!(
        r#"{{"device_code":"dc","user_code":"WDJB","verification_uri":"{verification_uri}"}}"#
    );
    device(&answer(200, &body), &Preset::default(), NOW)
}

#[test]
fn codes_that_are_numbers_are_codes() {
    let body = r#"{"device_code":77001,"user_code":482913,"verification_uri":"https://a.example"}"#;

    let grant = device(&answer(200, body), &Preset::default(), NOW).unwrap();

    assert_eq!(grant.user_code, "482913");
    assert_eq!(grant.device_code.expose(), "77001");
}

#[test]
fn an_address_without_its_scheme_or_host_is_completed() {
    let uri = |written| grant(written).unwrap().verification_uri;

    assert_eq!(
        uri("acme.example/activate"),
        "https://acme.example/activate"
    );
    assert_eq!(uri("/activate"), "https://id.acme.example/activate");
    assert_eq!(
        grant("activate"),
        Err(End::Misconfigured(
            Misconfiguration::UnusableVerificationUri
        ))
    );
}

#[test]
fn an_empty_401_is_about_the_client_and_no_login_page() {
    assert_eq!(refused_code(401, "").reason, Reason::UnknownClient);
    assert_eq!(refused_poll(401, "").reason, Reason::UnknownClient);
}

#[test]
fn a_client_that_is_not_known_is_told_as_such_whatever_the_status() {
    for (status, body) in [
        // Zitadel's library.
        (
            500,
            r#"{"error":"server_error","error_description":"client not found"}"#,
        ),
        // Casdoor.
        (
            200,
            r#"{"error":"Invalid client_id","error_description":"Invalid client_id"}"#,
        ),
        // better-auth.
        (
            400,
            r#"{"error":"invalid_client","error_description":"Invalid client ID"}"#,
        ),
        // Keycloak.
        (
            401,
            r#"{"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"}"#,
        ),
    ] {
        assert_eq!(
            refused_code(status, body).reason,
            Reason::UnknownClient,
            "{body}"
        );
    }
}

#[test]
fn a_status_of_200_with_a_message_is_a_refusal_in_those_words() {
    let refusal = refused_code(
        200,
        r#"{"status":"error","msg":"The application is disabled"}"#,
    );

    assert_eq!(
        refusal.description.as_deref(),
        Some("The application is disabled")
    );
}

#[test]
fn a_quota_that_is_used_up_keeps_its_error_code() {
    let End::Unreachable(why) = at_device(403, r#"{"error_code":"rate_limit_exceeded"}"#) else {
        panic!()
    };

    assert_eq!(why.error_code(), Some("rate_limit_exceeded"));
    assert!(matches!(why, Unavailable::RateLimited { .. }));
}

#[test]
fn only_expired_token_is_an_expired_code() {
    assert_eq!(
        at_poll(400, r#"{"error":"expired_token"}"#),
        Poll::Ended(End::Expired)
    );
    let refusal = refused_poll(
        400,
        r#"{"error":"invalid_grant","error_description":"User disabled"}"#,
    );
    assert_eq!(refusal.reason, Reason::InvalidGrant);
    assert_eq!(refusal.quote(), "User disabled (invalid_grant)");
}

#[test]
fn what_a_provider_requires_is_told_by_the_setting_for_it() {
    let reason = |words: &str| {
        refused_code(
            400,
            &format!(r#"{{"error":"invalid_request","error_description":"{words}"}}"#),
        )
        .reason
    };

    assert_eq!(
        reason("Missing parameter: code_challenge_method"),
        Reason::PkceRequired
    );
    assert_eq!(reason("DPoP proof is missing"), Reason::DpopRequired);
    assert_eq!(reason("Missing parameter: scope"), Reason::Other);
}

#[test]
fn a_grant_that_is_switched_off_is_told_at_the_poll_too() {
    let refusal = refused_poll(400, r#"{"error":"unsupported_grant_type"}"#);

    assert_eq!(refusal.reason, Reason::GrantNotAllowed);
}

#[test]
fn a_form_that_is_not_accepted_is_final() {
    let page = "<html><h1>Unsupported Media Type</h1></html>";
    assert_eq!(refused_code(415, "").reason, Reason::UnsupportedEncoding);
    assert_eq!(refused_code(415, page).reason, Reason::UnsupportedEncoding);
    assert_eq!(refused_poll(415, page).reason, Reason::UnsupportedEncoding);
    assert!(matches!(
        refresh(&answer(415, page), &Preset::default(), NOW),
        Refresh::Refused(_)
    ));
    assert_eq!(
        refused_poll(415, r#"{"message":"Unsupported Media Type"}"#).reason,
        Reason::UnsupportedEncoding
    );
}

#[test]
fn a_redirect_is_named_with_where_it_leads_and_without_its_query() {
    let moved = Answer {
        location: Some("https://login.new.example/oauth?session=s3cret".to_owned()),
        ..answer(301, "")
    };

    let Err(End::Unreachable(why)) = device(&moved, &Preset::default(), NOW) else {
        panic!()
    };

    let words = why.to_string();
    assert!(words.contains("https://login.new.example/oauth"), "{words}");
    assert!(!words.contains("s3cret"), "{words}");
}

#[test]
fn what_a_server_says_where_its_metadata_should_be_is_found() {
    let words = |body| complaint(&answer(404, body));

    assert_eq!(
        words(r#"{"error":"Realm does not exist"}"#).as_deref(),
        Some("Realm does not exist")
    );
    assert_eq!(words("<html>Not Found</html>"), None);
}

#[test]
fn a_refresh_without_tokens_and_without_an_error_is_unclear() {
    let read = |status, body| refresh(&answer(status, body), &Preset::default(), NOW);

    for (status, body) in [(401, ""), (400, ""), (200, "{}"), (200, "")] {
        assert!(
            matches!(read(status, body), Refresh::Unclear(_)),
            "{status} {body}"
        );
    }
    for status in [500, 502, 302, 408] {
        assert!(matches!(read(status, ""), Refresh::Nothing(_)), "{status}");
    }
    let Refresh::Unclear(refusal) = read(200, r#"{"status":"error","msg":"token revoked"}"#) else {
        panic!()
    };
    assert_eq!(refusal.theirs(), "token revoked");
}

#[test]
fn how_long_the_refresh_token_lives_is_read_under_both_names() {
    for name in ["refresh_expires_in", "refresh_token_expires_in"] {
        let body = format!(r#"{{"access_token":"a","refresh_token":"r","{name}":1800}}"#);
        let Poll::Tokens(tokens) = at_poll(200, &body) else {
            panic!()
        };
        assert_eq!(tokens.refresh_expires_in, Some(Duration::from_secs(1800)));
    }
    // Keycloak's offline tokens.
    let Poll::Tokens(tokens) = at_poll(200, r#"{"access_token":"a","refresh_expires_in":0}"#)
    else {
        panic!()
    };
    assert_eq!(tokens.refresh_expires_in, None);
}
