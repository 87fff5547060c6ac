//! The end of the program meets work on its way. It is one end for the whole process, so this is
//! one test.
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

use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use futures::{Stream, StreamExt as _};
use scripted::{CLIENT_ID, Reply, Scripted};
use serde_json::{Value, json};
use tempfile::TempDir;
use tenfoot::session::sign_in::Event;
use tenfoot::session::store::{Memory, OneFile, Store};
use tenfoot::session::{Flow, Session};
use tenfoot::work;

/// A TV of its own, with a provider of its own.
struct Tv {
    provider: Scripted,
    store: Arc<dyn Store>,
    flow: Flow,
    _home: TempDir,
}

type Events = Pin<Box<dyn Stream<Item = Event> + Send>>;

impl Tv {
    async fn new(store: impl FnOnce(&TempDir, &Scripted) -> Arc<dyn Store>) -> Self {
        let (provider, home) = (Scripted::start().await, tempfile::tempdir().unwrap());
        let store = store(&home, &provider);
        let config = provider.provider();
        let flow = Flow::new(&config, Arc::clone(&store), provider.clock.clone()).unwrap();
        Self {
            provider,
            store,
            flow,
            _home: home,
        }
    }

    async fn with_file() -> Self {
        let file = |home: &TempDir, provider: &Scripted| -> Arc<dyn Store> {
            let issuer = provider.provider().issuer.as_written().to_owned();
            Arc::new(OneFile::new(home.path(), "default", &issuer, CLIENT_ID))
        };
        Self::new(file).await
    }

    async fn of_a_guest() -> Self {
        Self::new(|_, _| Arc::new(Memory::default())).await
    }

    /// The token endpoint gives these tokens once the answer's other end is dropped.
    fn holds_back(&self, tokens: &Value) -> Sender<()> {
        let (go_on, may_go_on) = channel();
        let may_go_on = std::sync::Mutex::new(may_go_on);
        let held_back = Reply::json(200, tokens).meanwhile(move || {
            let _ = may_go_on.lock().unwrap().recv();
        });
        self.provider.on("/token", [held_back]);
        go_on
    }

    /// A sign-in whose poll is on its way.
    async fn polling(&self) -> Events {
        let mut events: Events = Box::pin(self.flow.events());
        while !matches!(events.next().await, Some(Event::Checking)) {}
        self.asked("/token", 1).await;
        events
    }

    async fn signed_in(&self) -> Session {
        self.provider
            .on("/token", [Reply::json(200, &self.provider.tokens())]);
        let events: Vec<Event> = self.flow.events().collect().await;
        match events.into_iter().next_back() {
            Some(Event::SignedIn(session)) => session,
            other => panic!("{other:?}"),
        }
    }

    async fn asked(&self, path: &str, times: usize) {
        while self.provider.requests(path).len() < times {
            tokio::task::yield_now().await;
        }
    }

    fn stored(&self) -> Option<String> {
        let session = self.store.load().unwrap()?;
        Some(session.refresh_token.unwrap().expose().to_owned())
    }

    fn revoked(&self) -> Vec<String> {
        let requests = self.provider.requests("/revoke");
        requests.iter().map(|it| it.form["token"].clone()).collect()
    }
}

fn renewed_tokens() -> Value {
    json!({
        "access_token": "access-2", "refresh_token": "refresh-2",
        "token_type": "Bearer", "expires_in": 3600,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn what_is_on_its_way_is_saved_or_revoked_and_nothing_new_begins() {
    // A sign-in that is being approved, kept; one of a guest; and one that nobody approves.
    let approved = Tv::with_file().await;
    let answer_of_approved = approved.holds_back(&approved.provider.tokens());
    let events_of_approved = approved.polling().await;
    let guest = Tv::of_a_guest().await;
    let answer_of_guest = guest.holds_back(&guest.provider.tokens());
    let mut events_of_guest = guest.polling().await;
    let waiting = Tv::with_file().await;
    let mut events_of_waiting: Events = Box::pin(waiting.flow.events());
    while !matches!(events_of_waiting.next().await, Some(Event::Waiting(_))) {}
    // A session that is being renewed, and one that will be due for it.
    let renewing = Tv::with_file().await;
    let session = renewing.signed_in().await;
    let answer_of_renewing = renewing.holds_back(&renewed_tokens());
    let keeper = renewing.flow.keeper(session.clone());
    let renewal = tokio::spawn(async move { keeper.renewed(&session.access_token).await });
    renewing.asked("/token", 2).await;
    let due = Tv::with_file().await;
    let keeper_of_due = due.flow.keeper(due.signed_in().await);
    due.provider.clock.pass(Duration::from_secs(86_400));

    work::begin_end();
    // A window that closes drops what it listens to and waits for; one that hangs doesn't.
    drop(events_of_approved);
    renewal.abort();
    let taken = tokio::spawn(async move {
        let mut last = None;
        while let Some(event) = events_of_guest.next().await {
            last = Some(event);
        }
        last
    });
    assert!(keeper_of_due.access_token().await.is_err());
    drop((answer_of_approved, answer_of_guest, answer_of_renewing));
    work::settled().await;

    assert_eq!(approved.stored().as_deref(), Some("refresh-1"));
    assert_eq!(approved.revoked(), Vec::<String>::new());
    assert_eq!(guest.stored(), None, "{:?}", taken.await);
    assert_eq!(guest.revoked()[0], "refresh-1");
    assert_eq!(renewing.stored().as_deref(), Some("refresh-2"));
    assert_eq!(
        due.provider.requests("/token").len(),
        1,
        "no renewal begins"
    );
    assert_eq!(due.stored().as_deref(), Some("refresh-1"));
    assert!(work::settle_within(Duration::ZERO), "a code is waited for");
    drop(events_of_waiting);
}
