use super::*;
use crate::config::Preset;
use crate::doctor::State;
use crate::oauth::response::{self, Answer};
use crate::web::{RequestError, TlsError};

fn provider(issuer: &str, more: &str) -> Provider {
    toml::from_str(&format!(
        "issuer = \"{issuer}\"\nclient_id = \"tv\"\n{more}"
    ))
    .unwrap()
}

fn auth0() -> Provider {
    provider("https://acme.eu.auth0.com/", "")
}

fn elsewhere() -> Provider {
    provider("https://login.acme.example/", "")
}

fn now() -> Timestamp {
    "2026-01-02T03:04:05Z".parse().unwrap()
}

/// What a device request that is answered so comes to.
fn refused(error: &str, description: &str) -> End {
    answered(
        403,
        &format!(r#"{{"error":"{error}","error_description":"{description}"}}"#),
    )
}

fn answered(status: u16, body: &str) -> End {
    let answer = Answer {
        status,
        body: body.into(),
        ..Answer::default()
    };
    response::device(&answer, &Preset::default(), Timestamp::UNIX_EPOCH).unwrap_err()
}

fn unanswered(cause: TransportError) -> Unavailable {
    RequestError::new("acme.example", cause).into()
}

fn remedy(end: &End, provider: &Provider) -> Remedy {
    let found = without_code(end, provider, now());
    let failed = found.iter().find(|found| found.state == State::Bad);
    failed.unwrap().remedy.clone().unwrap()
}

/// What Auth0 says where one setting is wrong, which one that is, and the words for it.
fn refusals() -> [(End, Cause, &'static str); 7] {
    [
        (
            refused(
                "unauthorized_client",
                "Grant type 'urn:ietf:params:oauth:grant-type:device_code' not allowed for the client.",
            ),
            Cause::Grant,
            "tick Device Code",
        ),
        (
            refused("access_denied", "Service not found: https://api.acme.com"),
            Cause::Audience,
            "Copy Identifier",
        ),
        (
            refused(
                "unauthorized_client",
                "Client is not authorized to access resource server 'https://api.acme.com'.",
            ),
            Cause::ApiAccess,
            "Application Access",
        ),
        (
            refused("access_denied", "Unauthorized"),
            Cause::Application,
            "Application Type: Native",
        ),
        (
            refused("invalid_client", "Unauthorized"),
            Cause::Client,
            "Copy Client ID",
        ),
        (
            refused("invalid_request", "Unknown client: tv"),
            Cause::Client,
            "Copy Client ID",
        ),
        (
            answered(404, "Not Found"),
            Cause::DeviceFlow,
            "tick Device Code",
        ),
    ]
}

#[test]
fn an_auth0_tenant_is_told_the_setting_to_change() {
    for (end, cause, setting) in refusals() {
        let told = remedy(&end, &auth0());
        let words = told.words.to_string();
        assert_eq!(told.cause, cause, "{end}");
        assert!(
            words.contains(setting) && words.contains("Dashboard"),
            "{words}"
        );
    }
}

#[test]
fn another_provider_is_told_the_same_without_auth0s_menus() {
    for (end, cause, _) in refusals() {
        let told = remedy(&end, &elsewhere());
        assert_eq!(told.cause, cause, "{end}");
        assert!(!told.words.to_string().contains("Dashboard"), "{told:?}");
    }
}

#[test]
fn a_secret_that_auth0_would_refuse_is_what_is_named() {
    let secretive = |issuer| provider(issuer, "client_secret_file = \"/etc/tenfoot/secret\"");
    let end = refused("unauthorized_client", "Not for you");
    let told = remedy(&end, &secretive("https://acme.eu.auth0.com/"));
    assert_eq!(told.cause, Cause::Application);
    assert!(told.words.to_string().contains("client_secret_file"));
    let other = remedy(&end, &secretive("https://login.acme.example/"));
    assert_eq!(other.cause, Cause::Grant);
}

#[test]
fn a_tenant_under_a_name_of_its_own_is_known_by_its_preset() {
    let custom = provider("https://login.acme.example/", "preset = \"auth0\"");
    let told = remedy(&refused("access_denied", "Service not found: x"), &custom);
    assert!(told.words.to_string().contains("Dashboard"), "{told:?}");
}

#[test]
fn what_answers_in_the_providers_place_is_named_as_such() {
    for cause in [
        TransportError::Redirect {
            status: 302,
            target: None,
        },
        TransportError::WebPage { status: 200 },
    ] {
        let end = End::Unreachable(unanswered(cause));
        let found = without_code(&end, &auth0(), now());
        assert_eq!(found[0].state, State::Bad);
        assert_eq!(remedy(&end, &auth0()).cause, Cause::Portal);
        assert!(found[1..].iter().all(|found| found.state == State::Skipped));
    }
}

#[test]
fn each_obstacle_has_its_own_remedy() {
    let cause = |error| unreachable(&unanswered(error), now()).cause;
    let tls = |error| cause(TransportError::Tls(error));
    let proxy = TransportError::Proxy {
        proxy: "p:3128".to_owned(),
        error: crate::web::proxy::ProxyError::AuthenticationRequired,
    };

    assert_eq!(cause(TransportError::NameNotFound), Cause::Network);
    assert_eq!(cause(TransportError::ConnectionRefused), Cause::Address);
    assert_eq!(cause(TransportError::HeadTooLarge), Cause::Unavailable);
    assert_eq!(cause(proxy), Cause::Proxy);
    assert_eq!(tls(TlsError::NotTrusted), Cause::Insecure);
    assert_eq!(tls(TlsError::NotYetValid), Cause::Clock);
    assert_eq!(tls(TlsError::ClientCertificateRequired), Cause::Handshake);
    assert_eq!(tls(TlsError::NotTls), Cause::Handshake);
}

#[test]
fn where_a_certificate_is_out_of_its_dates_this_machines_time_is_said() {
    let told = unreachable(&unanswered(TransportError::Tls(TlsError::Expired)), now());
    let words = told.words.to_string();
    assert_eq!(told.cause, Cause::Insecure);
    assert!(words.contains("2026-01-02 03:04:05 UTC"), "{words}");
}

#[test]
fn a_refusal_before_anybody_saw_the_code_is_of_the_application() {
    let denied = Poll::Ended(End::Denied {
        description: Some("Unauthorized".to_owned()),
    });
    let found = of_poll(&denied, &auth0(), now());
    assert_eq!(
        (found.check, found.state),
        (Check::TokenEndpoint, State::Bad)
    );
    let told = found.remedy.unwrap();
    assert_eq!(told.cause, Cause::Application);
    assert!(told.words.to_string().contains("Application Type: Native"));
    assert_eq!(of_poll(&Poll::Pending, &auth0(), now()).state, State::Good);
}

#[test]
fn a_token_endpoint_that_is_none_is_no_portal_where_the_provider_gave_a_code() {
    let unreadable = Unavailable::Unreadable { status: 404 };
    let found = of_poll(&Poll::Nothing(unreadable), &auth0(), now());
    assert_eq!(found.remedy.unwrap().cause, Cause::Endpoints);
}

#[test]
fn what_is_wrong_comes_first_and_the_rest_stays_in_its_order() {
    let good = |check| Finding::good(check, Phrase::new("doctor-display-good"));
    let bad = Finding::bad(
        Check::Provider,
        Phrase::new("provider-rate-limited"),
        Cause::Busy.remedy(),
    );
    let found = vec![good(Check::Config), bad, good(Check::Clock)];
    let order = crate::doctor::worst_first(found);
    let order: Vec<_> = order.iter().map(|finding| finding.check).collect();
    assert_eq!(order, [Check::Provider, Check::Config, Check::Clock]);
}

#[test]
fn the_scope_that_would_keep_a_session_is_missed_where_it_is_known() {
    let short = "scope = \"openid\"";
    let found = of_session(None, &provider("https://acme.eu.auth0.com/", short), now());
    assert_eq!(found.state, State::Weak);
    let words = found.remedy.unwrap().words.to_string();
    assert!(words.contains("Allow Offline Access"), "{words}");
    assert_eq!(of_session(None, &auth0(), now()).state, State::Good);
    // GitLab knows no such scope, and gives a refresh token without it.
    let gitlab = provider("https://gitlab.com", "preset = \"gitlab\"");
    assert_eq!(of_session(None, &gitlab, now()).state, State::Good);
}

#[test]
fn the_clocks_difference_has_a_direction() {
    let skew = |seconds| of_skew(Some(SignedDuration::from_secs(seconds)), &elsewhere());
    assert_eq!(skew(-60).state, State::Good);
    assert!(skew(-7200).seen.to_string().contains("2 h behind"));
    assert!(skew(7200).seen.to_string().contains("2 h ahead"));
    assert_eq!(of_skew(None, &elsewhere()).state, State::Skipped);
}

#[test]
fn a_session_whose_renewal_failed_is_not_good() {
    let failed = |over| crate::session::FailedRenewal {
        outcome: crate::session::renewal::Outcome::Refused,
        since: now(),
        unclear: 0,
        over,
        words: "Token revoked".to_owned(),
    };
    let found = |over| {
        let session = Session {
            failed_renewal: Some(failed(over)),
            ..session()
        };
        of_session(Some(&session), &elsewhere(), now())
    };

    assert_eq!(found(false).state, State::Weak);
    assert_eq!(found(true).state, State::Bad);
    assert!(found(true).seen.to_string().contains("Token revoked"));
}

#[test]
fn a_session_that_ends_at_a_known_time_is_told_with_it() {
    let session = Session {
        refresh_expires_at: Some(now()),
        ..session()
    };

    let found = of_session(Some(&session), &elsewhere(), now());

    assert_eq!(found.state, State::Weak);
    assert!(found.seen.to_string().contains("2026-01-02 03:04:05 UTC"));
    assert_eq!(found.remedy.unwrap().cause, Cause::Offline);
}

fn session() -> Session {
    Session {
        issuer: "https://login.acme.example/".to_owned(),
        client_id: "tv".to_owned(),
        who: crate::oauth::Who::default(),
        scope: "openid".to_owned(),
        access_token: crate::secret::Secret::new("a"),
        obtained_at: now(),
        expires_at: None,
        refresh_token: Some(crate::secret::Secret::new("r")),
        dpop_key: None,
        refresh_expires_at: None,
        failed_renewal: None,
        signed_in_at: now(),
    }
}

fn metadata(more: &str) -> Metadata {
    let body = format!(
        r#"{{"issuer":"https://login.acme.example/","token_endpoint":"https://login.acme.example/t",
        "device_authorization_endpoint":"https://login.acme.example/d"{more}}}"#
    );
    let answer = Answer {
        status: 200,
        body: body.into_bytes(),
        ..Answer::default()
    };
    let document = crate::oauth::provider::read(&elsewhere(), &answer).unwrap();
    crate::oauth::provider::metadata(&elsewhere(), Some(&document)).unwrap()
}

#[test]
fn a_scope_that_is_refused_is_named_where_the_provider_lists_its_scopes() {
    let provider = provider(
        "https://login.acme.example/",
        "scope = \"openid read:itmes\"",
    );
    let end = refused("invalid_scope", "no");
    let [_, found, _] = without_code(&end, &provider, now());

    let listed = metadata(r#","scopes_supported":["openid","read:items"]"#);
    let words = with_scopes(found.clone(), &provider, &listed)
        .remedy
        .unwrap()
        .words;
    assert!(words.to_string().contains("read:itmes"), "{words}");
    assert!(!words.to_string().contains("openid"), "{words}");
    assert_eq!(with_scopes(found.clone(), &provider, &metadata("")), found);
}

#[test]
fn dpop_that_is_not_offered_is_doubted() {
    let with_dpop = provider("https://login.acme.example/", "dpop = true");
    let offered = metadata(r#","dpop_signing_alg_values_supported":["ES256"]"#);

    assert!(doubts(&with_dpop, &metadata("")).is_some());
    assert_eq!(doubts(&with_dpop, &offered), None);
    assert_eq!(doubts(&elsewhere(), &metadata("")), None);
}

#[test]
fn the_proxy_is_shown_without_its_password() {
    let url = url::Url::parse("https://login.acme.example/").unwrap();
    let settings = |value: &str| {
        let value = value.to_owned();
        crate::web::proxy::ProxySettings::read(move |name| {
            (name == "HTTPS_PROXY").then(|| value.clone())
        })
    };
    let found = |value| {
        of_proxy(
            crate::web::Web::with_proxies(settings(value)).proxy(&url),
            &elsewhere(),
        )
    };

    let good = found("http://tv:s3cret@proxy.example:3128");
    assert_eq!(good.state, State::Good);
    let words = good.seen.to_string();
    assert!(
        words.contains("proxy.example:3128") && !words.contains("s3cret"),
        "{words}"
    );
    let bad = found("http://[bad");
    assert_eq!(
        (bad.state, bad.remedy.unwrap().cause),
        (State::Bad, Cause::Proxy)
    );
}
