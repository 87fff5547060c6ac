use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use iced::keyboard::key::{Named, NativeCode, Physical};
use iced::keyboard::{Key, Location, Modifiers};
use iced::{Point, keyboard};
use jiff::Timestamp;

use super::*;
use crate::clock::Clock;
use crate::config::Config;
use crate::oauth::Who;
use crate::oauth::flow::{End, Prompt};
use crate::screen::start::{self, Notice};
use crate::secret::Secret;
use crate::session::sign_in::Event as Said;
use crate::session::token_manager::SignedOut;
use crate::session::{Profile, Session, store};
use crate::ui::keys::Press;

mod disk;
mod idle;
mod input;
mod kiosk;
mod leaving;
mod people;
mod reload;
mod speech;
mod still;

#[derive(Debug)]
struct Hands(Mutex<Moment>);

impl Hands {
    fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(Self::BEGINNING)))
    }

    const BEGINNING: Moment = Moment::from_boot(Duration::from_secs(50));
}

impl Clock for Hands {
    fn now(&self) -> Moment {
        *self.0.lock().unwrap()
    }

    fn wall(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH + self.now().since(Self::BEGINNING)
    }
}

struct Stage {
    app: App,
    clock: Arc<Hands>,
}

fn config() -> Config {
    let text = r#"
        [provider]
        issuer = "https://acme.example/"
        client_id = "tv"
        [[channel]]
        name = "Contacts"
        url = "https://api.acme.example/contacts"
        [storage]
        backend = "memory"
    "#;
    Config::parse(Path::new("config.toml"), text).unwrap()
}

fn stage_with(boot: impl FnOnce(SharedClock) -> Boot, options: Options) -> Stage {
    let clock = Hands::new();
    let boot = boot(clock.clone());
    let (app, _task) = App::new(boot, options, Origin::default(), clock.clone(), None);
    Stage { app, clock }
}

fn ready(clock: SharedClock) -> Boot {
    Boot::Ready(Setup::from_config(config(), None, clock).unwrap())
}

/// At the start screen, nobody being signed in.
fn stage() -> Stage {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(None)));
    stage
}

fn session() -> Session {
    Session {
        issuer: "https://acme.example/".to_owned(),
        client_id: "tv".to_owned(),
        who: Who {
            name: Some("Ada".to_owned()),
            ..Who::default()
        },
        scope: "openid".to_owned(),
        access_token: Secret::new("invented"),
        obtained_at: Timestamp::UNIX_EPOCH,
        expires_at: None,
        refresh_token: None,
        dpop_key: None,
        refresh_expires_at: None,
        failed_renewal: None,
        signed_in_at: Timestamp::UNIX_EPOCH,
    }
}

fn prompt(code: &str) -> Prompt {
    Prompt {
        user_code: code.to_owned(),
        verification_uri: "https://acme.example/activate".to_owned(),
        verification_uri_complete: None,
        deadline: Moment::from_boot(Duration::from_secs(950)),
        lifetime: Duration::from_secs(900),
        interval: Duration::from_secs(5),
    }
}

impl Stage {
    fn tell(&mut self, message: Message) {
        let _task = self.app.update(message);
    }

    fn press(&mut self, press: Press) {
        let _task = self.app.press(press);
    }

    fn screen(&self) -> &'static str {
        self.app.screen.name()
    }

    fn notice(&self) -> Option<&Notice> {
        let Screen::Start(screen) = &self.app.screen else {
            panic!("not at the start: {:?}", self.app.screen)
        };
        screen.notice()
    }

    /// The notice, in English.
    fn told(&self) -> Option<String> {
        self.notice().map(|notice| notice.words().to_string())
    }

    /// The notice of something that didn't work, in English.
    fn trouble(&self) -> Option<String> {
        match self.notice()? {
            Notice::Trouble(words) => Some(words.to_string()),
            Notice::Done(_) => None,
        }
    }

    /// Asks for a code and gets it.
    fn coded(mut self) -> Self {
        self.press(Press::Ok);
        let attempt = self.app.screen.attempt().unwrap();
        self.tell(Message::Flow(attempt, Said::Code(prompt("WDJB-MJHT"))));
        assert_eq!(self.screen(), "code");
        self
    }
}

/// What was stored in the only profile.
fn restored(session: Result<Option<Session>, store::Error>) -> Message {
    restored_for(Profile::default(), session)
}

/// What was stored for somebody who saw nothing yet.
fn restored_for(profile: Profile, session: Result<Option<Session>, store::Error>) -> Message {
    let seen = None;
    Message::Restored(profile, preload::Restored { session, seen })
}

fn enter() -> Message {
    Message::Key(keyboard::Event::KeyPressed {
        key: Key::Named(Named::Enter),
        modified_key: Key::Named(Named::Enter),
        physical_key: Physical::Unidentified(NativeCode::Xkb(28)),
        location: Location::Standard,
        modifiers: Modifiers::empty(),
        text: None,
        repeat: false,
    })
}

#[test]
fn no_code_is_asked_for_before_a_person_wants_one() {
    let stage = stage();
    assert_eq!(stage.screen(), "start");
    assert_eq!(stage.app.screen.attempt(), None);
}

#[test]
fn a_stored_session_goes_on_without_a_code() {
    let mut stage = stage_with(ready, Options::default());
    assert_eq!(stage.screen(), "waiting");
    stage.tell(restored(Ok(Some(session()))));
    assert_eq!(stage.screen(), "signed-in");
}

fn broken() -> store::Error {
    let denied = std::io::ErrorKind::PermissionDenied.into();
    store::Error::io(
        store::Operation::Read,
        std::path::Path::new("/state"),
        &denied,
    )
}

#[test]
fn a_session_that_cannot_be_read_is_told_at_the_start() {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Err(broken())));
    assert_eq!(stage.trouble(), Some(broken().to_string()));
}

#[test]
fn ok_asks_for_a_code_and_shows_it() {
    let mut stage = stage();
    stage.press(Press::Ok);
    assert_eq!(
        (stage.screen(), stage.app.screen.attempt()),
        ("waiting", Some(1))
    );
    stage.tell(Message::Flow(1, Said::Code(prompt("WDJB-MJHT"))));
    assert_eq!(
        (stage.screen(), stage.app.screen.attempt()),
        ("code", Some(1))
    );
}

#[test]
fn a_new_code_is_a_new_attempt_and_late_words_of_the_old_one_are_dropped() {
    let mut stage = stage().coded();
    stage.press(Press::Right);
    stage.press(Press::Ok);
    assert_eq!(
        (stage.screen(), stage.app.screen.attempt()),
        ("waiting", Some(2))
    );
    stage.tell(Message::Flow(1, Said::SignedIn(session())));
    stage.tell(Message::Flow(1, Said::Ended(End::Expired)));
    assert_eq!(
        (stage.screen(), stage.app.screen.attempt()),
        ("waiting", Some(2))
    );
}

#[test]
fn an_expired_code_does_not_become_a_new_one_by_itself() {
    let mut stage = stage().coded();
    stage.tell(Message::Flow(1, Said::Ended(End::Expired)));
    stage.tell(Message::Tick);
    assert_eq!(
        (stage.screen(), stage.app.screen.attempt()),
        ("expired", None)
    );
    stage.press(Press::Ok);
    assert_eq!(
        (stage.screen(), stage.app.screen.attempt()),
        ("waiting", Some(2))
    );
}

#[test]
fn back_on_the_code_leaves_the_attempt() {
    let mut stage = stage().coded();
    stage.press(Press::Back);
    assert_eq!(
        (stage.screen(), stage.app.screen.attempt()),
        ("start", None)
    );
    assert!(matches!(stage.notice(), Some(Notice::Done(_))));
}

#[test]
fn waiting_for_the_approval_keeps_the_attempt_and_leads_back_to_the_same_code() {
    let mut stage = stage().coded();
    stage.press(Press::Ok);
    assert_eq!(
        (stage.screen(), stage.app.screen.attempt()),
        ("waiting", Some(1))
    );
    stage.press(Press::Back);
    assert_eq!(
        (stage.screen(), stage.app.screen.attempt()),
        ("code", Some(1))
    );
}

#[test]
fn an_approval_leads_through_the_checks_to_the_channels() {
    let mut stage = stage().coded();
    stage.tell(Message::Flow(1, Said::Approved));
    assert_eq!(
        (stage.screen(), stage.app.screen.attempt()),
        ("waiting", Some(1))
    );
    stage.tell(Message::Flow(1, Said::SignedIn(session())));
    assert_eq!(
        (stage.screen(), stage.app.screen.attempt()),
        ("signed-in", None)
    );
}

#[test]
fn signing_out_leads_to_the_start_and_says_what_came_of_it() {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(Some(session()))));
    let outcome = SignedOut {
        deleted: true,
        revoked: false,
        problem: Some(Phrase::said("acme.example doesn’t respond.")),
    };
    stage.tell(Message::SignedIn(signed_in::Message::SignedOut(outcome)));
    let words = stage.trouble().unwrap();
    assert!(words.contains("acme.example doesn’t respond."), "{words}");
    assert!(words.contains("browser"), "{words}");
}

#[test]
fn a_session_that_ends_leads_to_the_start_in_words() {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(Some(session()))));
    stage.tell(Message::SignedIn(signed_in::Message::Arrived {
        tab: 0,
        request: 1,
        result: Err(crate::channel::Error::SignedOut(
            crate::session::token_manager::SessionEnd::EndedElsewhere,
        )),
    }));
    assert_eq!(
        stage.trouble().as_deref(),
        Some("The session was ended elsewhere. Please sign in again.")
    );
}

#[test]
fn keys_right_after_a_change_of_screen_were_meant_for_the_one_before() {
    let mut stage = stage();
    stage.tell(enter());
    assert_eq!(stage.screen(), "start");
    *stage.clock.0.lock().unwrap() = Moment::from_boot(Duration::from_secs(51));
    stage.tell(enter());
    assert_eq!(stage.screen(), "waiting");
}

#[test]
fn a_kiosk_is_not_left_by_back() {
    let leaves = |kiosk| {
        let mut stage = stage_with(
            ready,
            Options {
                windowed: None,
                kiosk,
            },
        );
        stage.tell(restored(Ok(None)));
        stage.app.press(Press::Back).units() > 0
    };
    assert!(leaves(false));
    assert!(!leaves(true));
}

#[test]
fn a_wrong_configuration_is_a_screen_and_is_read_again_on_ok() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, "nonsense").unwrap();
    let error = Config::read(&path).unwrap_err();
    let mut stage = stage_with(|_| Boot::BadConfig(error), Options::default());
    assert_eq!(stage.screen(), "problem");
    stage.press(Press::Ok);
    assert_eq!(stage.screen(), "problem");
    let good = "[provider]\nissuer = \"https://acme.example/\"\nclient_id = \"tv\"\n[storage]\nbackend = \"memory\"\n";
    std::fs::write(&path, good).unwrap();
    stage.press(Press::Ok);
    assert_eq!(stage.screen(), "waiting");
}

#[test]
fn without_a_configuration_the_demo_is_offered_and_can_fail_in_words() {
    let path = PathBuf::from("/etc/tenfoot/config.toml");
    let mut stage = stage_with(|_| Boot::NoConfig { path }, Options::default());
    assert_eq!(stage.screen(), "start");
    stage.press(Press::Ok);
    assert_eq!(stage.screen(), "waiting");
    stage.tell(Message::DemoStarted(Err(Phrase::said(
        "The port is taken.",
    ))));
    assert!(stage.trouble().unwrap().contains("The port is taken."));
}

#[test]
fn a_sign_in_that_another_program_made_is_taken_up_on_the_start_screen_alone() {
    let found = || {
        let found = preload::Restored {
            session: Ok(Some(session())),
            seen: None,
        };
        Message::FoundSession(Profile::default(), found)
    };
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(None)));
    assert_eq!(stage.screen(), "start");
    stage.tell(found());
    assert_eq!(stage.screen(), "signed-in");

    let mut stage = self::stage().coded();
    stage.tell(found());
    assert_eq!(stage.screen(), "code");
}
