//! What becomes of the kept code when its screen, or the program, is left.

use futures::StreamExt as _;
use futures::stream::BoxStream;
use iced_test::runtime::task;
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::config::Backend;
use crate::session::Profiles;
use crate::session::sign_in::Begin;
use crate::session::sign_in::Event;

/// A provider that gives these codes, the last one for ever, and waits for approvals.
async fn provider(codes: &[&str]) -> MockServer {
    let provider = MockServer::start().await;
    let issuer = provider.uri();
    let discovery = json!({
        "issuer": issuer,
        "device_authorization_endpoint": format!("{issuer}/device"),
        "token_endpoint": format!("{issuer}/token"),
    });
    let found = ResponseTemplate::new(200).set_body_json(discovery);
    let at = path("/.well-known/openid-configuration");
    Mock::given(at).respond_with(found).mount(&provider).await;
    for (nth, code) in codes.iter().enumerate() {
        let grant = json!({
            "device_code": format!("device-code-of-{code}"), "user_code": code,
            "verification_uri": format!("{issuer}/activate"), "expires_in": 900, "interval": 5,
        });
        let times = if nth + 1 == codes.len() { u64::MAX } else { 1 };
        Mock::given(method("POST"))
            .and(path("/device"))
            .respond_with(ResponseTemplate::new(200).set_body_json(grant))
            .up_to_n_times(times)
            .mount(&provider)
            .await;
    }
    provider
}

/// A TV that Ada uses. No ID token is asked for, since its clock isn't the provider's.
fn tv(provider: &MockServer, home: &Path) -> Stage {
    let text = format!(
        "[provider]\nissuer = \"{}\"\nclient_id = \"tv\"\nscope = \"profile\"\n",
        provider.uri()
    );
    let config = Config::parse(Path::new("config.toml"), &text).unwrap();
    let profiles = Profiles::on_disk(&config.provider, Backend::File, home.to_owned(), None);
    let ada = Session {
        issuer: provider.uri(),
        ..session()
    };
    profiles.store(&Profile::default()).save(&ada).unwrap();
    stage_with(
        |clock| Boot::Ready(Setup::with_profiles(config, None, profiles, clock, None).unwrap()),
        Options::default(),
    )
}

/// The attempt on the screen, as the window's runtime has it: it ends when it is dropped.
struct Attempt {
    number: u64,
    events: BoxStream<'static, Event>,
}

impl Attempt {
    fn of(stage: &Stage) -> Self {
        let number = stage.app.screen.attempt().unwrap();
        let seat = stage.app.seat(number).unwrap();
        Self {
            number,
            events: seat.flow.events_of(seat.begin).boxed(),
        }
    }

    /// Goes on until the code is on the screen and waited for.
    async fn shows_its_code(mut self, stage: &mut Stage) -> Self {
        loop {
            let event = self.events.next().await.unwrap();
            let is_waiting = matches!(event, Event::Waiting(_));
            stage.tell(Message::Flow(self.number, event));
            if is_waiting {
                assert_eq!(stage.screen(), "code");
                return self;
            }
        }
    }

    async fn leave(self) {
        drop(self);
        crate::work::settled().await;
    }
}

/// A TV with the code of a fresh attempt on its screen.
async fn coded(provider: &MockServer, home: &Path) -> (Stage, Attempt) {
    let mut stage = tv(provider, home);
    stage.tell(restored(Ok(None)));
    stage.tell(Message::Start(start::Message::Press(Press::Down)));
    stage.press(Press::Ok);
    let attempt = Attempt::of(&stage).shows_its_code(&mut stage).await;
    (stage, attempt)
}

async fn carried_out(task: Task<Message>) {
    let Some(mut actions) = task::into_stream(task) else {
        return;
    };
    while actions.next().await.is_some() {}
}

/// The user code that is kept.
fn kept(home: &Path) -> Option<String> {
    let files = std::fs::read_dir(home.join("sessions")).unwrap();
    let mut paths = files.map(|file| file.unwrap().path());
    let kept = paths.find(|path| path.extension().is_some_and(|ending| ending == "pending"))?;
    let kept: Value = serde_json::from_slice(&std::fs::read(kept).unwrap()).unwrap();
    Some(kept["user_code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn back_on_the_code_removes_it_from_the_disk() {
    for is_left_first in [true, false] {
        let (provider, home) = (provider(&["FIRST"]).await, tempfile::tempdir().unwrap());
        let (mut stage, attempt) = coded(&provider, home.path()).await;
        assert_eq!(kept(home.path()).as_deref(), Some("FIRST"));

        let cancelling = stage.app.press(Press::Back);
        // The runtime ends the attempt and begins the task in no certain order.
        if is_left_first {
            attempt.leave().await;
            carried_out(cancelling).await;
        } else {
            carried_out(cancelling).await;
            attempt.leave().await;
        }

        assert_eq!(stage.screen(), "start");
        assert_eq!(kept(home.path()), None);
        assert_eq!(tv(&provider, home.path()).app.screen.attempt(), None);
    }
}

#[tokio::test]
async fn a_code_that_is_cancelled_while_its_approval_is_waited_for_is_removed_too() {
    let (provider, home) = (provider(&["FIRST"]).await, tempfile::tempdir().unwrap());
    let (mut stage, attempt) = coded(&provider, home.path()).await;
    stage.tell(Message::Flow(attempt.number, Event::Approved));

    let cancelling = stage.app.press(Press::Back);
    carried_out(cancelling).await;
    attempt.leave().await;

    assert_eq!(stage.screen(), "start");
    assert_eq!(kept(home.path()), None);
}

#[tokio::test]
async fn a_new_code_is_kept_in_the_place_of_the_one_before() {
    let codes = provider(&["FIRST", "SECOND"]).await;
    let home = tempfile::tempdir().unwrap();
    let (mut stage, first) = coded(&codes, home.path()).await;

    stage.press(Press::Right);
    let asking = stage.app.press(Press::Ok);
    carried_out(asking).await;
    let second = Attempt::of(&stage);
    first.leave().await;
    let second = second.shows_its_code(&mut stage).await;

    assert_eq!(kept(home.path()).as_deref(), Some("SECOND"));
    second.leave().await;
    assert_eq!(kept(home.path()).as_deref(), Some("SECOND"));
}

#[tokio::test]
async fn a_program_that_is_stopped_keeps_its_code_and_the_next_one_goes_on_with_it() {
    let provider = provider(&["FIRST", "SECOND"]).await;
    let home = tempfile::tempdir().unwrap();
    let (mut stage, attempt) = coded(&provider, home.path()).await;

    let leaving = stage.app.update(Message::Stopped);
    carried_out(leaving).await;
    attempt.leave().await;
    drop(stage);

    assert_eq!(kept(home.path()).as_deref(), Some("FIRST"));
    let mut next = tv(&provider, home.path());
    assert!(
        matches!(
            next.app.screen,
            Screen::Waiting(waiting::State::Code { attempt: 1, .. })
        ),
        "Ada is restored, or something else: {:?}",
        next.app.screen
    );
    assert_eq!(next.app.seat(1).unwrap().begin, Begin::Kept);
    let _attempt = Attempt::of(&next).shows_its_code(&mut next).await;
    let Screen::Code(screen) = &next.app.screen else {
        panic!("{:?}", next.app.screen)
    };
    assert_eq!(screen.pending().prompt.user_code, "FIRST");
    let requests = provider.received_requests().await.unwrap();
    let codes = requests.iter().filter(|each| each.url.path() == "/device");
    assert_eq!(codes.count(), 1, "no second code is asked for");
}
