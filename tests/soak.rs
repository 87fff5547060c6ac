//! Thirty days in front of a TV that nobody touches: a session that is renewed every hour,
//! a channel that is called every five minutes, a network that is cut, a clock that is set, a
//! machine that sleeps and is started anew. Time passes by being waited for.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
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

use futures::StreamExt as _;
use iced::Size;
use iced_test::runtime::{Action, task};
use jiff::SignedDuration;
use peak_alloc::PeakAlloc;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use scripted::{Reply, Scripted};
use serde_json::json;
use tenfoot::app::LiveSource;
use tenfoot::channel;
use tenfoot::clock::Clock as _;
use tenfoot::config::{Channel, Display};
use tenfoot::screen::signed_in::source::Stay;
use tenfoot::screen::signed_in::{self, Entrance, Message, State};
use tenfoot::session::sign_in::Event;
use tenfoot::session::store::{OneFile, Store as _};
use tenfoot::session::{Flow, Session};
use tenfoot::ui::Look;
use tenfoot::web::Web;

/// Counts what is allocated: a new start of everything in the same process leaves gaps in what
/// the process has, which a real one doesn't.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const DAYS: u64 = 30;
/// How often somebody's eyes would see the screen change.
const STEP: Duration = Duration::from_secs(60);
const STEPS_A_DAY: u64 = 24 * 60;
/// When memory is what it stays at.
const SETTLED: u64 = 5;

/// What the world does to a TV.
#[derive(Debug, Default)]
struct World {
    /// Minutes for which the network stays cut.
    cut: u64,
    cuts: u32,
    jumps: u32,
    sleeps: u32,
    starts: u32,
    renewals: u64,
    answers: u64,
}

struct Tv {
    provider: Scripted,
    home: tempfile::TempDir,
    look: Look,
    world: World,
}

impl Tv {
    async fn new() -> Self {
        let provider = Scripted::start().await;
        provider.on("/userinfo", [Reply::json(200, &json!({ "sub": "user-1" }))]);
        let display = Display {
            motion: false,
            ..Display::default()
        };
        Self {
            provider,
            home: tempfile::tempdir().unwrap(),
            look: Look::new(Size::new(960.0, 540.0), 2.0, &display),
            world: World::default(),
        }
    }

    fn store(&self) -> OneFile {
        let (issuer, client) = (self.provider.issuer(), scripted::CLIENT_ID);
        OneFile::new(self.home.path(), "default", issuer, client)
    }

    fn flow(&self) -> Flow {
        let (store, clock) = (Arc::new(self.store()), self.provider.clock.clone());
        Flow::new(&self.provider.provider(), store, clock).unwrap()
    }

    fn channel(&self) -> Channel {
        let url = self.provider.url("/items");
        toml::from_str(&format!(
            "name = \"Items\"\nurl = \"{url}\"\nrefresh = \"300s\"\ntimeout = \"3s\""
        ))
        .unwrap()
    }

    /// The tokens that the provider gives next: each renewal takes a new refresh token.
    fn next_tokens(&self) -> Reply {
        let number = self.world.renewals + 1;
        let changes = json!({ "refresh_token": format!("refresh-{number}") });
        Reply::json(200, &self.provider.tokens_with(&changes))
    }

    /// What the provider and its API answer at the moment.
    fn set_the_scene(&self, step: u64) {
        let items: Vec<_> = (0..50)
            .map(|number| json!({ "name": format!("Item {number}"), "step": step }))
            .collect();
        let (token, items) = if self.world.cut > 0 {
            (Reply::dropped(), Reply::dropped())
        } else {
            (self.next_tokens(), Reply::json(200, &json!(items)))
        };
        self.provider.on("/token", [token]);
        self.provider.on("/items", [items]);
    }

    /// A session that is renewed is so with the newest token, and with no other.
    fn take_note(&mut self) {
        for request in self.provider.requests("/token") {
            let Some(shown) = request.form.get("refresh_token") else {
                continue;
            };
            let newest = format!("refresh-{}", self.world.renewals);
            assert_eq!(*shown, newest, "a refresh token was lost");
            if self.world.cut == 0 {
                self.world.renewals += 1;
            }
        }
        self.world.answers += self.provider.requests("/items").len() as u64;
        self.provider.forget();
    }

    async fn sign_in(&mut self) -> Session {
        let pending = std::iter::repeat_n(Reply::pending(), 40);
        self.provider
            .on("/token", pending.chain([self.next_tokens()]));
        let last = self.flow().events().collect::<Vec<_>>().await.pop();
        let Some(Event::SignedIn(session)) = last else {
            panic!("{last:?}");
        };
        self.world.renewals = 1;
        self.provider.forget();
        session
    }

    /// The screen after a start of the machine.
    async fn screen(&mut self, session: Session) -> State {
        self.world.starts += 1;
        let channels = channel::Client::new(Web::default(), self.provider.clock.clone());
        let scope = self.provider.provider().scope;
        let source = LiveSource::new(self.flow().keeper(session), channels, scope, Stay::Shared);
        let times = (self.provider.clock.now(), self.provider.clock.wall());
        let (host, channels) = ("acme.example".to_owned(), vec![self.channel()]);
        let mut screen = State::new(Arc::new(source), host, channels, Entrance::Restored, times);
        let start = screen.start();
        self.run(&mut screen, start).await;
        screen
    }

    /// Carries a task out, and what comes of it.
    async fn run(&self, screen: &mut State, task: iced::Task<Message>) {
        let mut tasks = vec![task];
        while let Some(task) = tasks.pop() {
            let Some(mut stream) = task::into_stream(task) else {
                continue;
            };
            while let Some(action) = stream.next().await {
                let Action::Output(message) = action else {
                    continue;
                };
                match screen.update(message, &self.look) {
                    signed_in::Action::Run(task) => tasks.push(task),
                    signed_in::Action::None => {}
                    other => panic!("after {:?}: {other:?}", self.world),
                }
            }
        }
    }

    /// A minute in which something may happen.
    async fn minute(&mut self, screen: &mut State, step: u64, luck: &mut StdRng) {
        self.provider.clock.pass(STEP);
        self.world.cut = self.world.cut.saturating_sub(1);
        if luck.random_ratio(1, 1000) && self.world.cut == 0 {
            self.world.cut = luck.random_range(1..300);
            self.world.cuts += 1;
        }
        if luck.random_ratio(1, 2000) {
            // Somebody sets the clock, or a time server does: a little, or by hours.
            let by = luck.random_range(-4 * 3600..4 * 3600);
            self.provider.clock.set_wall(SignedDuration::from_secs(by));
            self.world.jumps += 1;
        }
        if luck.random_ratio(1, 3000) {
            let hours = luck.random_range(1..12);
            self.provider.clock.pass(Duration::from_secs(hours * 3600));
            self.world.sleeps += 1;
        }
        self.set_the_scene(step);
        let (now, wall) = (self.provider.clock.now(), self.provider.clock.wall());
        match screen.update(Message::Tick(now, wall), &self.look) {
            signed_in::Action::Run(task) => self.run(screen, task).await,
            other => panic!("{other:?}"),
        }
        self.take_note();
    }
}

/// What is allocated, in KiB.
fn allocated() -> u64 {
    MEMORY.current_usage() as u64 / 1024
}

/// What this process has in memory, in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string(Path::new("/proc/self/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1));
    kib.unwrap().parse().unwrap()
}

#[tokio::test]
async fn after_thirty_days_the_session_is_there_and_memory_is_what_it_was() {
    let mut luck = StdRng::seed_from_u64(8628);
    let mut tv = Tv::new().await;
    let session = tv.sign_in().await;
    let mut screen = tv.screen(session).await;
    let mut settled = (0, 0);
    for day in 0..DAYS {
        for minute in 0..STEPS_A_DAY {
            let step = day * STEPS_A_DAY + minute;
            tv.minute(&mut screen, step, &mut luck).await;
        }
        if day + 1 == SETTLED {
            settled = (allocated(), resident());
        }
        if day + 1 < DAYS {
            // The machine is switched off and on, at times while the network is cut.
            drop(screen);
            let kept = tv.flow().restore().await.unwrap();
            tv.set_the_scene(0);
            screen = tv.screen(kept.expect("a session is kept")).await;
            tv.take_note();
        }
    }
    let (world, after) = (&tv.world, (allocated(), resident()));
    println!("{world:?}; {settled:?} KiB after {SETTLED} days, {after:?} KiB after {DAYS}");

    assert!(
        tv.store().load().unwrap().is_some(),
        "the session is stored"
    );
    assert!(screen.shows_something());
    assert!(world.renewals > 400, "{world:?}");
    assert!(world.answers > 5000, "{world:?}");
    let happened = [world.cuts, world.jumps, world.sleeps];
    assert!(happened.iter().all(|times| *times >= 4), "{world:?}");
    assert_eq!(u64::from(world.starts), DAYS);
    let words = format!("{after:?} KiB, {settled:?} KiB after {SETTLED} days");
    assert!(after.0 <= settled.0 + settled.0 / 50, "allocated: {words}");
    assert!(after.1 <= settled.1 + settled.1 / 20, "resident: {words}");
}
