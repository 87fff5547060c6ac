//! The fault table: what breaks, in which step, and what is on the screen and in the
//! store then. Each row runs the real flow against a provider that breaks that way; the
//! screen is drawn and read.
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
#[path = "screens/stage.rs"]
#[allow(dead_code, reason = "each test binary uses a part of it")]
mod stage;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use futures::future::{BoxFuture, join_all};
use scripted::{Reply, Scripted};
use serde_json::json;
use stage::Stage;
use tenfoot::channel::{self, Page, Picture};
use tenfoot::clock::Clock as _;
use tenfoot::config::Channel;
use tenfoot::oauth::Who;
use tenfoot::oauth::flow::End;
use tenfoot::screen::pending::Pending;
use tenfoot::screen::signed_in::source::Source;
use tenfoot::screen::{code, ended, signed_in};
use tenfoot::session::sign_in::Event;
use tenfoot::session::store::{OneFile, Store};
use tenfoot::session::token_manager::{Error, SignedOut};
use tenfoot::session::{Flow, Session, TokenManager};
use tenfoot::ui::{Element, Look};
use tenfoot::web::Web;

/// What breaks.
const BREAKS: [&str; 10] = [
    "the connection is closed",
    "nobody answers",
    "the answer breaks off",
    "HTTP 500",
    "HTTP 503 for 7 s",
    "HTTP 429",
    "a login page of the network",
    "a redirect to one",
    "an empty answer",
    "an endless answer",
];

fn broken(how: &str) -> Reply {
    let html = "<html><a href='/?error=access_denied'>Welcome to the hotel</a></html>";
    match how {
        "the connection is closed" => Reply::dropped(),
        "nobody answers" => Reply::silent(),
        "the answer breaks off" => Reply::new(200, "{\"access_token\":\"half").broken_off(),
        "HTTP 500" => Reply::new(500, "oh"),
        "HTTP 503 for 7 s" => Reply::new(503, "").header("Retry-After", "7"),
        "HTTP 429" => Reply::new(429, ""),
        "a login page of the network" => Reply::new(200, html).header("Content-Type", "text/html"),
        "a redirect to one" => Reply::new(302, "").header("Location", "http://127.0.0.1:9/login"),
        "an empty answer" => Reply::new(200, ""),
        "an endless answer" => Reply::new(200, vec![b' '; 70 << 20]),
        other => panic!("{other}"),
    }
}

/// Somebody's TV: a provider with an API, and a store on a disk.
struct Tv {
    provider: Scripted,
    home: tempfile::TempDir,
}

impl Tv {
    async fn new() -> Self {
        let provider = Scripted::start().await;
        provider.on("/token", [Reply::json(200, &provider.tokens())]);
        provider.on("/userinfo", [Reply::json(200, &json!({ "sub": "user-1" }))]);
        provider.on("/items", [Reply::json(200, &json!([{ "name": "One" }]))]);
        let home = tempfile::tempdir().unwrap();
        Self { provider, home }
    }

    fn store(&self) -> OneFile {
        let (issuer, client) = (self.provider.issuer(), scripted::CLIENT_ID);
        OneFile::new(self.home.path(), "default", issuer, client)
    }

    fn flow(&self) -> Flow {
        let (store, clock) = (Arc::new(self.store()), self.provider.clock.clone());
        Flow::new(&self.provider.provider(), store, clock).unwrap()
    }

    async fn sign_in(&self) -> Vec<Event> {
        self.flow().events().collect().await
    }

    async fn signed_in(&self) -> TokenManager {
        match self.sign_in().await.pop() {
            Some(Event::SignedIn(session)) => self.flow().keeper(session),
            other => panic!("{other:?}"),
        }
    }

    fn stored(&self) -> Option<Session> {
        self.store().load().unwrap()
    }

    fn channel(&self) -> Channel {
        let url = self.provider.url("/items");
        toml::from_str(&format!(
            "name = \"Items\"\nurl = \"{url}\"\ntimeout = \"3s\""
        ))
        .unwrap()
    }

    /// What calling the API comes to, on the signed-in screen.
    async fn call(&self, keeper: &TokenManager) -> String {
        let client = channel::Client::new(Web::default(), self.provider.clock.clone());
        let result = client.page(&self.channel(), None, keeper).await;
        self.results(result)
    }

    fn results(&self, result: Result<Page, channel::Error>) -> String {
        let times = (self.provider.clock.now(), self.provider.clock.wall());
        let mut screen = signed_in::State::new(
            Arc::new(Nothing),
            "acme.example".to_owned(),
            vec![self.channel()],
            signed_in::Entrance::Restored,
            times,
        );
        let _start = screen.start();
        let look = Look::new(iced::Size::new(960.0, 540.0), 2.0, &Default::default());
        let arrived = signed_in::Message::Arrived {
            tab: 0,
            request: 1,
            result,
        };
        match screen.update(arrived, &look) {
            signed_in::Action::Over(words) => format!("start: {words}"),
            _ => read(|look, draw| draw(screen.view(look).map(drop))),
        }
    }
}

/// A signed-in screen whose answers the test gives.
#[derive(Debug)]
struct Nothing;

impl Source for Nothing {
    fn page(
        &self,
        _: &Channel,
        _: Option<&channel::NextPage>,
    ) -> BoxFuture<'static, Result<Page, channel::Error>> {
        Box::pin(std::future::pending())
    }

    fn picture(
        &self,
        _: &Channel,
        _: &url::Url,
        _: (u32, u32),
    ) -> BoxFuture<'static, Result<Picture, channel::Error>> {
        Box::pin(std::future::pending())
    }

    fn who(&self) -> Who {
        Who::default()
    }

    fn sign_out(&self) -> BoxFuture<'static, SignedOut> {
        Box::pin(std::future::pending())
    }
}

/// All that a screen says.
fn read(draw: impl FnOnce(&Look, &mut dyn FnMut(Element<'_, ()>))) -> String {
    let texts = stage::texts(&Stage::new((1920, 1080)), draw);
    let texts: Vec<_> = texts.into_iter().map(|text| text.content).collect();
    texts.join(" ")
}

/// The screen after an event.
fn shown(event: &Event, before: &[Event], now: tenfoot::clock::Moment) -> String {
    let host = "acme.example".to_owned();
    let times = (now, jiff::Timestamp::MAX);
    match event {
        Event::Ended(end) => {
            let screen = ended::State::new(end, &host, times, 0, 0.5);
            read(|look, draw| draw(screen.view(look).map(drop)))
        }
        Event::Waiting(_) | Event::Checking => {
            let prompt = before.iter().find_map(|event| match event {
                Event::Code(prompt) => Some(prompt.clone()),
                _ => None,
            });
            let mut pending = Pending::new(1, host, prompt.unwrap(), now);
            pending.hear(event);
            read(|look, draw| {
                let screen = code::State::new(pending.clone(), look);
                draw(screen.view(look).map(drop));
            })
        }
        other => panic!("{other:?} is drawn elsewhere"),
    }
}

#[track_caller]
fn says(screen: &str, words: &str, row: &str) {
    assert!(screen.contains(words), "{row}: “{words}” in:\n{screen}");
}

async fn each<T>(row: impl Fn(&'static str) -> T)
where
    T: Future<Output = ()>,
{
    join_all(BREAKS.map(row)).await;
}

/// What the screen is called when there is no code for that reason.
fn title(how: &str) -> &'static str {
    match how {
        "HTTP 500" | "HTTP 503 for 7 s" | "HTTP 429" => "acme.example is too busy right now",
        "a login page of the network" | "a redirect to one" | "an empty answer" => {
            "This network may require a login"
        }
        _ => "acme.example isn’t answering properly",
    }
}

#[tokio::test]
async fn discovery_that_breaks_is_said_on_a_screen_with_a_way_to_try_again() {
    each(|how| async move {
        let tv = Tv::new().await;
        let paths = [
            "/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server",
        ];
        for path in paths {
            tv.provider.on(path, [broken(how)]);
        }

        let events = tv.sign_in().await;

        let Some(end @ Event::Ended(End::Unreachable(_))) = events.last() else {
            panic!("{how}: {events:?}")
        };
        let screen = shown(end, &events, tv.provider.clock.now());
        says(&screen, title(how), how);
        says(&screen, "Try again", how);
        assert_eq!(tv.provider.requests("/device").len(), 0, "{how}");
        assert_eq!(tv.stored(), None, "{how}");
    })
    .await;
}

#[tokio::test]
async fn a_device_request_that_breaks_is_said_on_a_screen_with_a_way_to_try_again() {
    each(|how| async move {
        let tv = Tv::new().await;
        tv.provider.on("/device", [broken(how)]);

        let events = tv.sign_in().await;

        let Some(end @ Event::Ended(End::Unreachable(_))) = events.last() else {
            panic!("{how}: {events:?}")
        };
        let screen = shown(end, &events, tv.provider.clock.now());
        says(&screen, "Try again", how);
        assert_eq!(tv.provider.requests("/device").len(), 1, "{how}");
        assert_eq!(tv.stored(), None, "{how}");
    })
    .await;
}

#[tokio::test]
async fn a_poll_that_breaks_keeps_the_code_and_says_what_is_tried() {
    each(|how| async move {
        let tv = Tv::new().await;
        let tokens = Reply::json(200, &tv.provider.tokens());
        tv.provider.on("/token", [broken(how), tokens]);

        let events = tv.sign_in().await;

        let broke = events
            .iter()
            .rposition(|event| matches!(event, Event::Waiting(_)))
            .unwrap();
        let screen = shown(&events[broke], &events, tv.provider.clock.now());
        says(&screen, "WDJB-MJHT", how);
        let limited = how.contains("503") || how.contains("429");
        let words = if limited {
            "acme.example is busy"
        } else {
            "Reconnecting"
        };
        says(&screen, words, how);
        assert!(matches!(events.last(), Some(Event::SignedIn(_))), "{how}");
        assert_eq!(tv.provider.requests("/device").len(), 1, "{how}");
        assert!(tv.stored().is_some(), "{how}");
    })
    .await;
}

#[tokio::test]
async fn keys_that_cannot_be_had_are_waited_for_and_then_nobody_is_signed_in() {
    each(|how| async move {
        let tv = Tv::new().await;
        let keys = Reply::json(200, &json!({ "keys": [tv.provider.jwk()] }));
        tv.provider.on("/jwks", [broken(how), keys]);
        let events = tv.sign_in().await;
        assert!(
            matches!(events.last(), Some(Event::SignedIn(_))),
            "{how}: {events:?}"
        );

        // For good; nobody answering six times over would take a minute.
        if how == "nobody answers" {
            return;
        }
        let tv = Tv::new().await;
        tv.provider.on("/jwks", [broken(how)]);
        let events = tv.sign_in().await;

        let Some(end @ Event::Ended(End::Unreachable(_))) = events.last() else {
            panic!("{how}: {events:?}")
        };
        let screen = shown(end, &events, tv.provider.clock.now());
        says(&screen, "Try again", how);
        let revoked = tv.provider.requests("/revoke");
        assert_eq!(revoked[0].form["token"], "refresh-1", "{how}");
        assert_eq!(tv.stored(), None, "{how}");
    })
    .await;
}

#[tokio::test]
async fn userinfo_that_breaks_costs_the_name_and_nothing_else() {
    each(|how| async move {
        let tv = Tv::new().await;
        tv.provider.on("/userinfo", [broken(how)]);
        let mut claims = tv.provider.claims();
        claims["name"] = json!(null);
        claims["email"] = json!(null);
        let id_token = tv.provider.id_token(&claims);
        let tokens = tv.provider.tokens_with(&json!({ "id_token": id_token }));
        tv.provider.on("/token", [Reply::json(200, &tokens)]);

        let events = tv.sign_in().await;

        let Some(Event::SignedIn(session)) = events.last() else {
            panic!("{how}: {events:?}")
        };
        assert_eq!(session.who.label(), "user-1", "{how}");
        assert_eq!(tv.stored().as_ref(), Some(session), "{how}");
    })
    .await;
}

#[tokio::test]
async fn a_refresh_that_breaks_costs_no_session_and_is_said() {
    each(|how| async move {
        let tv = Tv::new().await;
        let keeper = tv.signed_in().await;
        let before = tv.stored();
        tv.provider.clock.pass(Duration::from_secs(4000));
        tv.provider.on("/token", [broken(how)]);

        let screen = tv.call(&keeper).await;

        says(&screen, "can’t be renewed right now", how);
        assert_eq!(tv.provider.requests("/items").len(), 0, "{how}");
        // What failed is noted with the session, and nothing else of it has changed.
        let unnoted = tv.stored().map(|session| Session {
            failed_renewal: None,
            ..session
        });
        assert_eq!(unnoted, before, "{how}");

        // And when the provider is back, so is the session.
        tv.provider.clock.pass(Duration::from_secs(120));
        let renewed = json!({ "access_token": "access-2", "refresh_token": "refresh-2", "token_type": "Bearer", "expires_in": 3600 });
        tv.provider.on("/token", [Reply::json(200, &renewed)]);
        says(&tv.call(&keeper).await, "One", how);
        assert_eq!(tv.stored().unwrap().access_token.expose(), "access-2");
    })
    .await;
}

#[tokio::test]
async fn an_api_that_breaks_is_said_in_its_channel_and_costs_no_session() {
    each(|how| async move {
        let tv = Tv::new().await;
        let keeper = tv.signed_in().await;
        let before = tv.stored();
        tv.provider.on("/items", [broken(how)]);

        let screen = tv.call(&keeper).await;

        let words = match how {
            "the connection is closed" => "connection",
            "nobody answers" => "didn’t respond within 3 s",
            "the answer breaks off" => "before the response was complete",
            "HTTP 500" => "has a problem right now (HTTP 500)",
            "HTTP 503 for 7 s" => "Trying again in 7 s",
            "HTTP 429" => "Trying again in 30 s",
            "a login page of the network" => "the network may require a login",
            "a redirect to one" => "refused the connection",
            "an empty answer" => "Nothing here yet",
            "an endless answer" => "too large",
            other => panic!("{other}"),
        };
        says(&screen, words, how);
        assert_eq!(tv.stored(), before, "{how}");
        assert_eq!(
            tv.provider.requests("/token").len(),
            1,
            "{how}: a fault of the API is no reason to refresh"
        );
    })
    .await;
}

#[tokio::test]
async fn a_revocation_that_breaks_still_signs_out_here_and_is_said() {
    each(|how| async move {
        let tv = Tv::new().await;
        let keeper = tv.signed_in().await;
        // An empty 200 is all that RFC 7009 asks for.
        let accepted = how == "an empty answer";
        tv.provider.on("/revoke", [broken(how)]);

        let outcome = keeper.sign_out().await;

        assert!(outcome.deleted, "{how}");
        assert_eq!(outcome.revoked, accepted, "{how}: {outcome:?}");
        assert_eq!(outcome.problem.is_some(), !accepted, "{how}");
        assert_eq!(tv.stored(), None, "{how}");
        assert!(matches!(keeper.access_token().await, Err(Error::Over(_))));
    })
    .await;
}

#[tokio::test]
async fn a_disk_that_is_no_place_for_a_session_is_said_before_a_code_is_asked_for() {
    let provider = Scripted::start().await;
    let store = OneFile::new(Path::new("/proc/nowhere"), "default", "i", "c");
    let flow = Flow::new(
        &provider.provider(),
        Arc::new(store),
        provider.clock.clone(),
    )
    .unwrap();

    let events: Vec<Event> = flow.events().collect().await;

    let screen = shown(&events[0], &events, provider.clock.now());
    says(&screen, "/proc/nowhere", "no place");
    assert_eq!(provider.all_requests(), 0);
}
