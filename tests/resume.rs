//! A code that is on the screen outlives the program: the same code is back as long as
//! it lives, and nothing is asked for by itself.
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

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures::{Stream, StreamExt as _};
use scripted::{Reply, Scripted};
use serde_json::json;
use tempfile::TempDir;
use tenfoot::clock::Clock as _;
use tenfoot::oauth::flow::{End, Prompt};
use tenfoot::session::sign_in::Begin;
use tenfoot::session::sign_in::Event;
use tenfoot::session::store::Memory;
use tenfoot::session::{Flow, pending};

/// A tenfoot on one machine; another one of the same machine is its next run.
fn tenfoot(provider: &Scripted, home: &Path) -> Flow {
    tenfoot_with(provider, home, "")
}

fn tenfoot_with(provider: &Scripted, home: &Path, more: &str) -> Flow {
    let config = provider.provider_with(more);
    let place = pending::CodeFile::new(home, "default", &config);
    Flow::new(&config, Arc::new(Memory::default()), provider.clock.clone())
        .unwrap()
        .keeping(Some(place))
}

/// Goes on until the code has been polled for so many times, then the power is cut: what
/// runs is ended without a word.
async fn cut_off_after(events: impl Stream<Item = Event>, polls: usize) -> Prompt {
    let mut events = Box::pin(events);
    let (mut prompt, mut checked) = (None, 0);
    while let Some(event) = events.next().await {
        match event {
            Event::Code(code) => prompt = Some(code),
            Event::Checking => checked += 1,
            Event::Waiting(_) if checked == polls => break,
            Event::Waiting(_) => {}
            other => panic!("{other:?}"),
        }
    }
    prompt.unwrap()
}

/// Waits until the attempt that was cut off has let go of its code.
async fn let_go(flow: &Flow) {
    while !flow.has_code() {
        tokio::task::yield_now().await;
    }
}

fn files(home: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(home.path().join("sessions")).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with("lock"))
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn the_same_code_is_back_and_polled_with_what_belongs_to_it() {
    let (provider, home) = (Scripted::start().await, tempfile::tempdir().unwrap());
    let before = tenfoot_with(&provider, home.path(), "pkce = true");
    let shown = cut_off_after(before.events(), 1).await;

    let after = tenfoot_with(&provider, home.path(), "pkce = true");
    let_go(&after).await;
    let tokens = Reply::json(200, &provider.tokens());
    provider.on("/token", [tokens]);
    let events: Vec<Event> = after.events_of(Begin::Kept).collect().await;

    let Event::Code(again) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!(again.user_code, shown.user_code);
    assert_eq!(again.deadline, shown.deadline);
    assert!(matches!(events.last(), Some(Event::SignedIn(_))));
    assert_eq!(provider.requests("/device").len(), 1, "no second code");
    let polls = provider.requests("/token");
    let verifier = |index: usize| polls[index].form["code_verifier"].clone();
    assert_eq!(verifier(0), verifier(polls.len() - 1));
    assert_eq!(files(&home), Vec::<String>::new(), "the code is used up");
}

#[tokio::test]
async fn a_wait_comes_before_the_first_poll_and_slow_down_is_not_forgotten() {
    let (provider, home) = (Scripted::start().await, tempfile::tempdir().unwrap());
    provider.on("/token", [Reply::error(429, "slow_down"), Reply::pending()]);
    cut_off_after(tenfoot(&provider, home.path()).events(), 1).await;
    let before = provider.requests("/token").len();

    let after = tenfoot(&provider, home.path());
    let_go(&after).await;
    let back = provider.clock.now();
    cut_off_after(after.events_of(Begin::Kept), 1).await;

    let first = &provider.requests("/token")[before];
    assert!(first.at.since(back) >= Duration::from_secs(10));
}

#[tokio::test]
async fn a_code_that_ran_out_meanwhile_is_over_and_asks_for_no_other() {
    let (provider, home) = (Scripted::start().await, tempfile::tempdir().unwrap());
    cut_off_after(tenfoot(&provider, home.path()).events(), 1).await;
    let polls = provider.requests("/token").len();
    provider.clock.pass(Duration::from_secs(900));

    let after = tenfoot(&provider, home.path());
    assert!(!after.has_code());
    let events: Vec<Event> = after.events_of(Begin::Kept).collect().await;

    assert!(
        matches!(events[..], [Event::Ended(End::Expired)]),
        "{events:?}"
    );
    assert_eq!(provider.requests("/device").len(), 1);
    assert_eq!(provider.requests("/token").len(), polls);
}

#[tokio::test]
async fn each_end_of_a_code_forgets_it() {
    for end in [
        Reply::error(403, "access_denied"),
        Reply::error(400, "expired_token"),
        Reply::error(400, "invalid_request"),
        Reply::json(200, &json!({ "access_token": "a", "token_type": "mac" })),
    ] {
        let (provider, home) = (Scripted::start().await, tempfile::tempdir().unwrap());
        provider.on("/token", [end]);

        let flow = tenfoot(&provider, home.path());
        drop(flow.events().collect::<Vec<_>>().await);

        assert_eq!(files(&home), Vec::<String>::new());
        assert!(!flow.has_code());
    }
}

#[tokio::test]
async fn a_cancelled_code_is_forgotten() {
    let (provider, home) = (Scripted::start().await, tempfile::tempdir().unwrap());
    let flow = tenfoot(&provider, home.path());
    cut_off_after(flow.events(), 1).await;

    flow.forget_code().await;

    assert!(!tenfoot(&provider, home.path()).has_code());
}

#[tokio::test]
async fn a_new_code_takes_the_place_of_the_one_before() {
    let (provider, home) = (Scripted::start().await, tempfile::tempdir().unwrap());
    let flow = tenfoot(&provider, home.path());
    cut_off_after(flow.events(), 1).await;
    let_go(&flow).await;
    let mut grant = provider.grant();
    grant["user_code"] = json!("SECOND");
    provider.on("/device", [Reply::json(200, &grant)]);

    let shown = cut_off_after(flow.events(), 1).await;

    assert_eq!(shown.user_code, "SECOND");
    let_go(&flow).await;
    let again = cut_off_after(flow.events_of(Begin::Kept), 1).await;
    assert_eq!(again.user_code, "SECOND");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_came_as_the_program_ended_leave_no_code_behind() {
    let (provider, home) = (Scripted::start().await, tempfile::tempdir().unwrap());
    let flow = tenfoot(&provider, home.path());
    let (left, is_left) = std::sync::mpsc::channel::<()>();
    let is_left = std::sync::Mutex::new(is_left);
    // The answer waits until the program has turned away.
    let tokens = Reply::json(200, &provider.tokens()).meanwhile(move || {
        let _ = is_left.lock().unwrap().recv();
    });
    provider.on("/token", [tokens]);
    let mut events = Box::pin(flow.events());
    while !matches!(events.next().await, Some(Event::Checking)) {}

    drop(events);
    drop(left);
    tenfoot::work::settled().await;

    let revoked = provider.requests("/revoke");
    assert_eq!(revoked[0].form["token"], "refresh-1");
    assert_eq!(files(&home), Vec::<String>::new());
}
