//! What a flow may meet: answers, prompts, clocks.

use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};
use tenfoot::clock::Moment;
use tenfoot::oauth::flow::Prompt;
use tenfoot::oauth::response::{Answer, DeviceGrant, Poll};
use tenfoot::secret::Secret;

/// Numbers as servers write them, sane ones more often.
pub(crate) fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => (0_u64..2000).prop_map(|n| json!(n)),
        1 => any::<i64>().prop_map(|n| json!(n)),
        1 => any::<f64>().prop_map(|n| json!(n)),
        1 => any::<f64>().prop_map(|n| json!(n.to_string())),
        1 => (0_u64..2000).prop_map(|n| json!(n.to_string())),
        1 => json_value(),
    ]
}

pub(crate) fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(field(), inner, 0..4).prop_map(|fields| json!(fields)),
        ]
    })
}

/// The names that matter, and others.
pub(crate) fn field() -> impl Strategy<Value = String> {
    let known = [
        "error",
        "error_code",
        "error_description",
        "interval",
        "expires_in",
        "access_token",
        "refresh_token",
        "id_token",
        "token_type",
        "scope",
        "device_code",
        "code",
        "user_code",
        "verification_uri",
        "verification_url",
        "verification_uri_complete",
    ];
    prop_oneof![
        8 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => ".{0,8}",
    ]
}

pub(crate) fn error() -> impl Strategy<Value = String> {
    let known = [
        "authorization_pending",
        "authorization_pending",
        "authorization_pending",
        "slow_down",
        "slow_down",
        "access_denied",
        "expired_token",
        "invalid_grant",
        "temporarily_unavailable",
        "server_error",
        "too_many_requests",
        "invalid_client",
        "use_dpop_nonce",
    ];
    prop_oneof![
        8 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => ".{1,12}",
    ]
}

pub(crate) fn body() -> impl Strategy<Value = Vec<u8>> {
    let fields = prop::collection::hash_map(field(), json_value(), 0..8);
    prop_oneof![
        6 => (error(), number()).prop_map(|(error, interval)|
            json!({ "error": error, "interval": interval }).to_string().into_bytes()),
        1 => fields.prop_map(|fields| json!(fields).to_string().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..200),
        1 => prop::collection::vec((field(), ".{0,12}"), 0..6)
            .prop_map(|form| serde_urlencoded::to_string(form).unwrap().into_bytes()),
        1 => Just(Vec::new()),
    ]
}

pub(crate) fn header() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        6 => Just(None),
        2 => (0_u64..4000).prop_map(|n| Some(n.to_string())),
        1 => any::<i64>().prop_map(|n| Some(n.to_string())),
        1 => (0_u64..253_402_300_800).prop_map(|n| {
            let then = std::time::UNIX_EPOCH + Duration::from_secs(n);
            Some(httpdate::fmt_http_date(then))
        }),
        1 => ".{0,30}".prop_map(Some),
    ]
}

pub(crate) fn wall() -> impl Strategy<Value = Timestamp> {
    prop_oneof![
        4 => (0_i64..4_000_000_000).prop_map(|s| Timestamp::from_second(s).unwrap()),
        1 => (-377_705_023_201_i64..=253_402_207_200).prop_map(|s| Timestamp::from_second(s).unwrap()),
    ]
}

pub(crate) fn any_answer() -> impl Strategy<Value = Answer> {
    let status = prop_oneof![
        8 => prop::sample::select(vec![200_u16, 200, 400, 401, 403, 428, 429, 429, 500, 502, 503]),
        1 => any::<u16>(),
    ];
    let nonce = prop::option::of("[!-~]{1,40}");
    let headers = (header(), header(), prop::option::of(wall()), nonce);
    (status, headers, body()).prop_map(
        |(status, (retry_after, rate_limit_reset, date, dpop_nonce), body)| Answer {
            dpop_nonce,
            status,
            retry_after,
            rate_limit_reset,
            date,
            body,
            ..Answer::default()
        },
    )
}

/// An answer that isn't the end, as it came to be.
pub(crate) fn unfinished() -> impl Strategy<Value = Poll> {
    let seconds = prop_oneof![0_u64..120, 0_u64..=86_400];
    let seconds = move || prop::option::of(seconds.clone().prop_map(Duration::from_secs));
    prop_oneof![
        4 => Just(Poll::Pending),
        2 => seconds().prop_map(Poll::SlowDown),
        1 => seconds().prop_map(Poll::RateLimited),
        3 => Just(Poll::Nothing(tenfoot::oauth::error::Unavailable::Internal)),
    ]
}

/// A part of a flow: what happens before a poll, while it is on its way, and what it gets.
#[derive(Debug, Clone)]
pub(crate) struct Round<A> {
    /// How often the clock is looked at while it stands still.
    pub(crate) looks: usize,
    /// How much too late the program wakes up: a suspend, a busy machine.
    pub(crate) late: Duration,
    /// How long the answer takes.
    pub(crate) takes: Duration,
    /// What somebody set the wall clock to.
    pub(crate) wall: Timestamp,
    pub(crate) answer: A,
}

pub(crate) fn rounds<A: std::fmt::Debug + Clone>(
    answer: impl Strategy<Value = A>,
) -> impl Strategy<Value = Vec<Round<A>>> {
    let late = prop_oneof![
        6 => (0_u64..3000).prop_map(Duration::from_millis),
        1 => (0_u64..200_000).prop_map(Duration::from_secs),
    ];
    let takes = prop_oneof![
        6 => (0_u64..10_000).prop_map(Duration::from_millis),
        1 => (0_u64..100_000).prop_map(Duration::from_secs),
    ];
    let round =
        (0_usize..3, late, takes, wall(), answer).prop_map(|(looks, late, takes, wall, answer)| {
            Round {
                looks,
                late,
                takes,
                wall,
                answer,
            }
        });
    prop::collection::vec(round, 0..40)
}

/// A code that was just given.
pub(crate) fn prompt() -> impl Strategy<Value = (Prompt, Moment)> {
    let lifetime = prop_oneof![
        4 => (1_u64..2_000_000).prop_map(Duration::from_millis),
        1 => (1_u64..=86_400).prop_map(Duration::from_secs),
    ];
    let interval = prop_oneof![
        4 => (1_u64..30).prop_map(Duration::from_secs),
        1 => (1_000_u64..=86_400_000).prop_map(Duration::from_millis),
    ];
    let boot = prop_oneof![
        4 => (0_u64..10_000_000).prop_map(Duration::from_millis),
        1 => Just(Duration::MAX - Duration::from_secs(3_000_000)),
    ];
    (lifetime, interval, boot).prop_map(|(lifetime, interval, boot)| {
        let now = Moment::from_boot(boot);
        let grant = DeviceGrant {
            device_code: Secret::new("d"),
            user_code: "C".to_owned(),
            verification_uri: "https://acme.example".to_owned(),
            verification_uri_complete: None,
            lifetime,
            interval,
        };
        (grant.prompt(now), now)
    })
}
