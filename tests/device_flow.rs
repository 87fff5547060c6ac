//! Rules 1 to 9: what a client of the device flow owes (RFC 8628), each against a
//! scripted provider and on a clock that jumps.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    unused_results,
    unreachable_pub,
    reason = "a test may fail loudly"
)]

#[path = "support/scripted.rs"]
#[allow(dead_code, reason = "each test binary uses a part of it")]
mod scripted;

use std::sync::Arc;
use std::time::Duration;

use futures::{Stream, StreamExt as _};
use jiff::SignedDuration;
use scripted::{Reply, Scripted};
use serde_json::json;
use tenfoot::clock::Clock as _;
use tenfoot::oauth::flow::{End, Prompt, Reason};
use tenfoot::session::Flow;
use tenfoot::session::sign_in::Event;
use tenfoot::session::store::{Memory, Store};

const MARGIN: Duration = Duration::from_millis(50);
/// After a `slow_down`.
const WIDE_MARGIN: Duration = Duration::from_millis(500);

fn secs(count: u64) -> Duration {
    Duration::from_secs(count)
}

fn flow(provider: &Scripted) -> (Flow, Arc<Memory>) {
    let store = Arc::new(Memory::default());
    (
        Flow::new(&provider.provider(), store.clone(), provider.clock.clone()).unwrap(),
        store,
    )
}

async fn whole(provider: &Scripted) -> Vec<Event> {
    flow(provider).0.events().collect().await
}

async fn until<T>(
    events: &mut (impl Stream<Item = Event> + Unpin),
    wanted: impl Fn(Event) -> Option<T>,
) -> T {
    while let Some(event) = events.next().await {
        if let Some(found) = wanted(event) {
            return found;
        }
    }
    panic!("the flow ended first")
}

fn end(events: &[Event]) -> &End {
    match events.last() {
        Some(Event::Ended(end)) => end,
        other => panic!("{other:?}"),
    }
}

fn prompt(events: &[Event]) -> &Prompt {
    let mut prompts = events.iter().filter_map(|event| match event {
        Event::Code(prompt) => Some(prompt),
        _ => None,
    });
    let prompt = prompts.next().expect("a code");
    assert!(prompts.next().is_none(), "one code in one attempt");
    prompt
}

fn reasons(events: &[Event]) -> Vec<&Reason> {
    events
        .iter()
        .filter_map(|event| match event {
            Event::Waiting(wait) => Some(&wait.reason),
            _ => None,
        })
        .collect()
}

/// The pauses before each poll, counted from the device request.
fn pauses(provider: &Scripted) -> Vec<Duration> {
    let mut last = provider.requests("/device")[0].at;
    let mut pauses = Vec::new();
    for poll in provider.requests("/token") {
        pauses.push(poll.at.since(last));
        last = poll.at;
    }
    pauses
}

fn denied() -> Reply {
    Reply::error(403, "access_denied")
}

#[tokio::test]
async fn rule_1_nothing_is_sent_before_a_person_asks_and_expiry_asks_for_no_new_code() {
    let provider = Scripted::start().await;
    let (flow, _) = flow(&provider);
    let events = flow.events();
    assert_eq!(provider.all_requests(), 0);
    provider.on("/token", [Reply::error(403, "expired_token")]);

    let events: Vec<Event> = events.collect().await;

    assert_eq!(end(&events), &End::Expired);
    assert_eq!(provider.requests("/device").len(), 1);
}

#[tokio::test]
async fn rule_2_interval_lifetime_and_complete_address_are_optional() {
    let provider = Scripted::start().await;
    let grant = json!({ "device_code": "d", "user_code": "C", "verification_uri": "https://acme.example/a" });
    provider.on("/device", [Reply::json(200, &grant)]);
    provider.on("/token", [denied()]);

    let events = whole(&provider).await;

    let prompt = prompt(&events);
    assert_eq!((prompt.interval, prompt.lifetime), (secs(5), secs(1800)));
    assert_eq!(prompt.qr_text(), "https://acme.example/a");
}

#[tokio::test]
async fn rule_3_the_user_code_is_opaque_and_the_device_code_never_shown() {
    let provider = Scripted::start().await;
    let mut grant = provider.grant();
    grant["user_code"] = json!("wd jb—mjht");
    provider.on("/device", [Reply::json(200, &grant)]);
    provider.on("/token", [denied()]);

    let events = whole(&provider).await;

    assert_eq!(prompt(&events).user_code, "wd jb—mjht");
    assert!(!format!("{events:?}").contains("the-device-code"));
}

#[tokio::test]
async fn rule_4_each_wait_counts_from_the_receipt_of_the_answer_before_with_a_margin() {
    let provider = Scripted::start().await;
    provider.on("/token", [Reply::pending().taking(secs(3)), denied()]);

    whole(&provider).await;

    assert_eq!(
        pauses(&provider),
        [secs(5) + MARGIN, secs(3) + secs(5) + MARGIN]
    );
}

#[tokio::test]
async fn rule_5_slow_down_adds_five_seconds_for_good_or_what_its_body_says() {
    let provider = Scripted::start().await;
    let named = Reply::json(429, &json!({ "error": "slow_down", "interval": 30 }));
    provider.on(
        "/token",
        [
            Reply::error(429, "slow_down"),
            Reply::pending(),
            named,
            Reply::pending(),
            denied(),
        ],
    );

    let events = whole(&provider).await;

    let [first, later @ ..] = &pauses(&provider)[..] else {
        panic!("no poll")
    };
    assert_eq!(*first, secs(5) + MARGIN);
    assert_eq!(later, [10, 10, 30, 30].map(|s| secs(s) + WIDE_MARGIN));
    assert!(reasons(&events).contains(&&Reason::SlowDown(secs(10))));
}

#[tokio::test]
async fn rule_6_the_same_code_is_kept_through_everything_a_network_does() {
    let provider = Scripted::start().await;
    let html = Reply::new(502, "<html><body>Bad gateway</body></html>")
        .header("Content-Type", "text/html");
    let portal = Reply::new(200, "<html>Log in to the hotel's network</html>");
    let faults = [
        Reply::dropped(),
        html,
        portal,
        Reply::new(200, ""),
        Reply::new(200, "{\"access_to"),
        Reply::new(500, ""),
    ];
    provider.on(
        "/token",
        faults
            .into_iter()
            .chain([Reply::json(200, &provider.tokens())]),
    );

    let events = whole(&provider).await;

    prompt(&events);
    let reconnecting = reasons(&events)
        .into_iter()
        .filter(|reason| matches!(reason, Reason::Reconnecting(_)));
    assert_eq!(reconnecting.count(), 6);
    assert!(
        matches!(events.last(), Some(Event::SignedIn(_))),
        "{events:?}"
    );
}

#[tokio::test]
async fn rule_6_back_off_doubles_apart_from_the_interval_and_is_forgotten_after_a_good_answer() {
    let provider = Scripted::start().await;
    let fault = || Reply::new(502, "");
    provider.on(
        "/token",
        [
            fault(),
            fault(),
            fault(),
            Reply::pending(),
            fault(),
            denied(),
        ],
    );

    whole(&provider).await;

    assert_eq!(
        pauses(&provider),
        [5, 10, 20, 40, 5, 10].map(|s| secs(s) + MARGIN)
    );
}

#[tokio::test]
async fn rule_6_a_429_without_slow_down_waits_as_long_as_it_says() {
    let provider = Scripted::start().await;
    let limited = Reply::error(429, "too_many_requests");
    let noon_and_a_minute =
        jiff::Timestamp::from_second(provider.clock.wall().as_second() + 60).unwrap();
    provider.on(
        "/token",
        [
            limited.clone().header("Retry-After", "40"),
            limited.clone().header(
                "X-RateLimit-Reset",
                &(noon_and_a_minute.as_second() + 45).to_string(),
            ),
            Reply::new(429, "slow down please").header("Retry-After", "1"),
            denied(),
        ],
    );

    let events = whole(&provider).await;

    let pauses = pauses(&provider);
    assert_eq!(pauses[1], secs(40) + MARGIN);
    assert!(
        pauses[2] > secs(50) && pauses[2] < secs(62),
        "until the named second: {pauses:?}"
    );
    assert_eq!(
        pauses[3],
        secs(5) + MARGIN,
        "never shorter than the interval"
    );
    assert_eq!(
        reasons(&events)
            .iter()
            .filter(|reason| ***reason == Reason::RateLimited)
            .count(),
        3
    );
}

#[tokio::test]
async fn rule_6_a_rate_limit_is_held_against_the_providers_own_clock() {
    let provider = Scripted::start().await;
    // This machine's clock is three hours behind.
    let there = provider.clock.wall().as_second() + 3 * 3600;
    let date = httpdate::fmt_http_date(
        std::time::UNIX_EPOCH + Duration::from_secs(u64::try_from(there).unwrap()),
    );
    let limited = Reply::error(429, "too_many_requests").header("Date", &date);
    provider.on(
        "/token",
        [
            limited
                .clone()
                .header("X-RateLimit-Reset", &(there + 40).to_string()),
            limited.clone().header("X-RateLimit-Reset", "30"),
            limited.header("X-RateLimit-Reset", "-9223372036854775808"),
            denied(),
        ],
    );

    whole(&provider).await;

    assert_eq!(pauses(&provider), [5, 40, 30, 5].map(|s| secs(s) + MARGIN));
}

#[tokio::test]
async fn rule_6_a_page_with_a_link_to_an_error_is_no_error() {
    let provider = Scripted::start().await;
    let page = Reply::new(
        403,
        "<html><a href=\"/help?a=1&error=2\">Blocked</a></html>",
    );
    provider.on("/token", [page, denied()]);

    let events = whole(&provider).await;

    assert!(matches!(end(&events), End::Denied { .. }));
}

#[tokio::test]
async fn rule_6_a_late_approval_is_still_asked_for_before_the_code_ends() {
    let provider = Scripted::start().await;
    let mut grant = provider.grant();
    grant["expires_in"] = json!(100);
    provider.on("/device", [Reply::json(200, &grant)]);
    let fault = || Reply::new(502, "");
    // 5 + 10 + 20 + 40: the next pause would outlast the code.
    provider.on(
        "/token",
        [
            fault(),
            fault(),
            fault(),
            fault(),
            Reply::json(200, &provider.tokens()),
        ],
    );

    let events = whole(&provider).await;

    assert!(
        matches!(events.last(), Some(Event::SignedIn(_))),
        "{events:?}"
    );
}

#[tokio::test]
async fn a_provider_that_is_busy_at_the_device_request_is_no_refusal() {
    for reply in [
        Reply::error(429, "too_many_requests"),
        Reply::error(503, "temporarily_unavailable"),
    ] {
        let provider = Scripted::start().await;
        provider.on("/device", [reply]);

        let events = whole(&provider).await;

        assert!(
            matches!(end(&events), End::Unreachable(words) if words.to_string().contains("right now")),
            "{events:?}"
        );
    }
}

#[tokio::test]
async fn a_device_request_that_is_refused_for_now_says_for_how_long() {
    let date = "Fri, 15 Jan 2027 08:01:30 GMT";
    for (header, value, pause) in [
        ("Retry-After", "90", secs(90)),
        ("Retry-After", "1.5", Duration::from_millis(1500)),
        ("Retry-After", date, secs(90)),
        ("X-RateLimit-Reset", "1800000090000", secs(90)),
    ] {
        for status in [429, 503] {
            let provider = Scripted::start().await;
            let reply = Reply::error(status, "temporarily_unavailable").header(header, value);
            provider.on(
                "/device",
                [reply.header("Date", "Fri, 15 Jan 2027 08:00:00 GMT")],
            );

            let events = whole(&provider).await;

            assert_eq!(end(&events).retry_after(), Some(pause), "{header}: {value}");
        }
    }
}

#[tokio::test]
async fn a_code_without_lifetime_left_ends_at_once() {
    for lifetime in [json!(0), json!("0"), json!(-1)] {
        let provider = Scripted::start().await;
        let mut grant = provider.grant();
        grant["expires_in"] = lifetime;
        provider.on("/device", [Reply::json(200, &grant)]);

        let events = whole(&provider).await;

        assert!(matches!(end(&events), End::Expired), "{events:?}");
        assert_eq!(provider.requests("/token").len(), 0);
    }
}

#[tokio::test]
async fn discovery_follows_redirects_within_the_origin_alone() {
    const DISCOVERY: &str = "/.well-known/openid-configuration";
    let provider = Scripted::start().await;
    let document = Reply::json(200, &provider.discovery());
    let moved = |to: &str| Reply::new(301, "").header("Location", to);
    provider.on(&format!("{DISCOVERY}/"), [document]);
    provider.on(DISCOVERY, [moved(&format!("{DISCOVERY}/"))]);
    provider.on("/token", [denied()]);

    let events = whole(&provider).await;
    assert!(matches!(end(&events), End::Denied { .. }), "{events:?}");

    let other = Scripted::start().await;
    other.on(DISCOVERY, [moved(&provider.url(DISCOVERY))]);
    let before = provider.all_requests();
    let events = whole(&other).await;
    assert!(matches!(end(&events), End::Unreachable(_)), "{events:?}");
    assert_eq!(provider.all_requests(), before);
}

#[tokio::test]
async fn what_carries_a_code_follows_no_redirect() {
    let provider = Scripted::start().await;
    let moved = Reply::new(307, "").header("Location", &provider.url("/elsewhere"));
    provider.on("/device", [moved]);

    let events = whole(&provider).await;

    assert!(matches!(end(&events), End::Unreachable(_)), "{events:?}");
    assert_eq!(provider.requests("/elsewhere").len(), 0);
}

/// django-oauth-toolkit names its device endpoint in the OAuth document alone.
#[tokio::test]
async fn what_the_openid_document_lacks_comes_from_the_oauth_document() {
    for path in [
        "/.well-known/oauth-authorization-server/o",
        "/o/.well-known/oauth-authorization-server",
    ] {
        let provider = Scripted::start().await;
        let issuer = provider.url("/o");
        let mut openid = provider.discovery();
        openid["issuer"] = json!(issuer);
        let mut oauth = openid.clone();
        openid
            .as_object_mut()
            .unwrap()
            .remove("device_authorization_endpoint");
        oauth.as_object_mut().unwrap().remove("jwks_uri");
        provider.on(
            "/o/.well-known/openid-configuration",
            [Reply::json(200, &openid)],
        );
        provider.on(path, [Reply::json(200, &oauth)]);
        provider.on("/token", [denied()]);
        let settings = format!("issuer = \"{issuer}\"\nclient_id = \"tv\"");
        let provider_settings = toml::from_str(&settings).unwrap();
        let store = Arc::new(Memory::default());
        let flow = Flow::new(&provider_settings, store, provider.clock.clone()).unwrap();

        let events: Vec<Event> = flow.events().collect().await;

        assert!(
            matches!(end(&events), End::Denied { .. }),
            "{path}: {events:?}"
        );
    }
}

#[tokio::test]
async fn odd_fields_of_a_discovery_document_cost_nothing_else() {
    let provider = Scripted::start().await;
    let document = provider.discovery().to_string();
    let odd = document.replacen(
        '{',
        r#"{"token_endpoint":7,"grant_types_supported":"all","#,
        1,
    );
    for body in [odd.clone(), format!("\u{feff}{odd}")] {
        provider.on("/.well-known/openid-configuration", [Reply::new(200, body)]);
        provider.on("/token", [denied()]);

        let events = whole(&provider).await;

        assert!(matches!(end(&events), End::Denied { .. }), "{events:?}");
    }
}

#[tokio::test]
async fn a_providers_answers_may_be_packed() {
    let gzip = |value: serde_json::Value| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, value.to_string().as_bytes()).unwrap();
        Reply::new(200, encoder.finish().unwrap()).header("Content-Encoding", "gzip")
    };
    let provider = Scripted::start().await;
    provider.on(
        "/.well-known/openid-configuration",
        [gzip(provider.discovery())],
    );
    provider.on("/device", [gzip(provider.grant())]);
    provider.on("/token", [denied()]);

    let events = whole(&provider).await;
    assert!(matches!(end(&events), End::Denied { .. }), "{events:?}");
    assert!(provider.requests("/device")[0].headers["accept-encoding"].contains("gzip"));

    provider.on(
        "/device",
        [Reply::json(200, &provider.grant()).header("Content-Encoding", "zstd")],
    );
    let events = whole(&provider).await;
    assert!(
        end(&events).to_string().contains("zstd"),
        "{}",
        end(&events)
    );
}

#[tokio::test]
async fn rule_7_every_other_error_ends_the_flow_in_words() {
    for (status, error, expected) in [
        (403, "access_denied", "declined"),
        (400, "authorization_declined", "declined"),
        (403, "expired_token", "expired"),
        (400, "invalid_grant", "about invalid_grant"),
        (400, "invalid_request", "about invalid_request"),
        (401, "invalid_client", "about invalid_client"),
        (
            200,
            "unsupported_grant_type",
            "about unsupported_grant_type",
        ),
    ] {
        let provider = Scripted::start().await;
        provider.on("/token", [Reply::error(status, error)]);

        let events = whole(&provider).await;

        let words = end(&events).to_string();
        assert!(words.contains(expected), "{error}: {words}");
        assert_eq!(provider.requests("/token").len(), 1);
    }
}

#[tokio::test]
async fn rule_8_the_deadline_is_our_own_where_the_provider_says_pending_for_ever() {
    let provider = Scripted::start().await;

    let events = whole(&provider).await;

    assert_eq!(end(&events), &End::Expired);
    let polls = provider.requests("/token");
    let deadline = prompt(&events).deadline;
    let late = polls.iter().filter(|poll| poll.at > deadline).count();
    assert_eq!(late, 1, "once more when the time is up, and no further");
    assert!(polls.last().unwrap().at <= deadline + secs(5) + MARGIN);
}

#[tokio::test]
async fn rule_8_an_approval_in_the_last_interval_counts() {
    // The first poll comes when the time is up; so does the second of two.
    for (lifetime, pending) in [(3, 0), (5, 0), (8, 1), (10, 1)] {
        let provider = Scripted::start().await;
        let mut grant = provider.grant();
        grant["expires_in"] = json!(lifetime);
        provider.on("/device", [Reply::json(200, &grant)]);
        let replies = std::iter::repeat_n(Reply::pending(), pending);
        let tokens = Reply::json(200, &provider.tokens());
        provider.on("/token", replies.chain([tokens]));

        let events = whole(&provider).await;

        assert!(
            matches!(events.last(), Some(Event::SignedIn(_))),
            "{lifetime} s: {events:?}"
        );
        assert!(
            pauses(&provider).iter().all(|pause| *pause >= secs(5)),
            "never sooner than the interval"
        );
    }
}

#[tokio::test]
async fn rule_8_a_pause_that_outlasts_the_code_is_not_waited_for() {
    let provider = Scripted::start().await;
    let limited = Reply::new(429, "").header("Retry-After", "7200");
    provider.on("/token", [limited]);

    let events = whole(&provider).await;

    assert_eq!(end(&events), &End::Expired);
    assert_eq!(provider.requests("/token").len(), 1);
    assert_eq!(provider.clock.now(), prompt(&events).deadline);
}

#[tokio::test]
async fn rule_8_a_suspend_past_the_deadline_ends_the_code_without_another_poll() {
    let provider = Scripted::start().await;
    provider.on("/token", [Reply::pending().taking(secs(3600))]);

    let events = whole(&provider).await;

    assert_eq!(end(&events), &End::Expired);
    assert_eq!(provider.requests("/token").len(), 1);
}

#[tokio::test]
async fn rule_8_a_wall_clock_that_jumps_changes_nothing() {
    for jump in [
        SignedDuration::from_hours(-30),
        SignedDuration::from_hours(30),
    ] {
        let provider = Scripted::start().await;
        let clock = provider.clock.clone();
        provider.on(
            "/token",
            [
                Reply::pending().meanwhile(move || clock.set_wall(jump)),
                denied(),
            ],
        );

        let events = whole(&provider).await;

        assert!(matches!(end(&events), End::Denied { .. }));
        assert_eq!(pauses(&provider), [secs(5) + MARGIN, secs(5) + MARGIN]);
    }
}

#[tokio::test]
async fn rule_9_after_success_nothing_is_polled_any_more() {
    let provider = Scripted::start().await;
    provider.on(
        "/token",
        [Reply::pending(), Reply::json(200, &provider.tokens())],
    );

    let events = whole(&provider).await;

    let Some(Event::SignedIn(session)) = events.last() else {
        panic!("{events:?}")
    };
    assert_eq!(session.who.label(), "Ada Lovelace");
    assert_eq!(provider.requests("/token").len(), 2);
    assert!(provider.requests("/revoke").is_empty());
}

#[tokio::test]
async fn rule_9_leaving_cancels_the_flow() {
    let provider = Scripted::start().await;
    let (flow, _) = flow(&provider);
    let mut events = Box::pin(flow.events());
    until(&mut events, |event| {
        matches!(event, Event::Waiting(_)).then_some(())
    })
    .await;

    drop(events);
    settle(&provider).await;

    assert!(provider.requests("/token").len() <= 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rule_9_tokens_that_arrive_after_leaving_are_revoked_and_dropped() {
    let provider = Scripted::start().await;
    let (flow, store) = flow(&provider);
    let (leave, left) = std::sync::mpsc::channel::<()>();
    let left = std::sync::Mutex::new(left);
    // The provider answers only once the screen has been left.
    let slow = Reply::json(200, &provider.tokens()).meanwhile(move || {
        tokio::task::block_in_place(|| left.lock().unwrap().recv().unwrap_or_default());
    });
    provider.on("/token", [slow]);
    let mut events = Box::pin(flow.events());
    until(&mut events, |event| {
        matches!(event, Event::Checking).then_some(())
    })
    .await;
    while provider.requests("/token").is_empty() {
        tokio::task::yield_now().await;
    }

    drop(events);
    leave.send(()).unwrap();
    while provider.requests("/revoke").is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }

    assert_eq!(provider.requests("/revoke")[0].form["token"], "refresh-1");
    assert_eq!(store.load().unwrap(), None);
}

/// Lets everything that was started come to rest.
async fn settle(provider: &Scripted) {
    let mut last = usize::MAX;
    while last != provider.all_requests() {
        last = provider.all_requests();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
