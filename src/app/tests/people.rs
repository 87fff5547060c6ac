//! Several people, one after the other.

use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::channel::{Item, Listing, Page};
use crate::config::Backend;
use crate::screen::signed_in::source::Stay;
use crate::session::Profiles;

/// A TV that these people use, in a directory that the test has.
fn several(names: &[&str], named: Option<&str>, home: &Path) -> Stage {
    let (boot, origin, clock) = used_by(names, named, home);
    let (app, _task) = App::new(boot, Options::default(), origin, clock.clone(), None);
    Stage { app, clock }
}

fn used_by(names: &[&str], named: Option<&str>, home: &Path) -> (Boot, Origin, Arc<Hands>) {
    let config = config();
    let (state, cache) = (home.join("state"), home.join("cache"));
    let profiles = Profiles::on_disk(&config.provider, Backend::File, state, Some(cache));
    for name in names {
        let session = session_of(name);
        let profile = profiles.profile_of(&session.who);
        profiles.store(&profile).save(&session).unwrap();
    }
    let named: Option<Profile> = named.map(|name| name.parse().unwrap());
    let clock = Hands::new();
    let setup = Setup::with_profiles(config, named.clone(), profiles, clock.clone(), None).unwrap();
    let origin = Origin {
        profile: named,
        ..Origin::default()
    };
    (Boot::Ready(setup), origin, clock)
}

fn session_of(name: &str) -> Session {
    Session {
        who: Who {
            subject: Some(format!("subject-{name}")),
            name: Some(name.to_owned()),
            email: Some(format!("{name}@acme.example")),
            picture: None,
        },
        ..session()
    }
}

impl Stage {
    /// The profiles of a TV that several people use.
    fn profiles(&self) -> Profiles {
        let Boot::Ready(setup) = &self.app.boot else {
            panic!("{:?}", self.app.boot)
        };
        setup.profiles.clone()
    }

    fn profile_of(&self, name: &str) -> Profile {
        self.profiles().profile_of(&session_of(name).who)
    }

    /// Goes on as somebody whose session is stored.
    fn restore(&mut self, name: &str) {
        let profile = self.profile_of(name);
        let session = self.profiles().store(&profile).load();
        let _task = self
            .app
            .update(Message::Start(start::Message::Press(Press::Ok)));
        self.tell(restored_for(profile, session));
        assert_eq!(self.screen(), "signed-in");
    }

    /// What the account menu offers third from the top, second, …
    fn choose(&mut self, downs: usize) {
        self.press(Press::Account);
        for _ in 0..downs {
            self.press(Press::Down);
        }
        self.press(Press::Ok);
    }

    /// Everything that the app knows, for a test to look into.
    fn knows(&self, text: &str) -> bool {
        format!("{:?}", self.app).contains(text)
    }
}

#[test]
fn several_people_are_asked_who_is_here_and_the_chosen_one_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let mut stage = several(&["Ada", "Grace"], None, home.path());
    assert_eq!(stage.screen(), "start");
    stage.press(Press::Right);
    stage.restore("Grace");
    let grace = stage.profile_of("Grace");
    assert_eq!(stage.profiles().current(), grace);
    assert!(stage.knows("Grace"));
}

#[test]
fn last_results_are_kept_with_the_profile_that_is_shown_also_where_nobody_is_named() {
    let home = tempfile::tempdir().unwrap();
    let profiles = several(&[], None, home.path()).profiles();
    let [mum, dad]: [Profile; 2] = ["mum", "dad"].map(|name| name.parse().unwrap());
    let nobody = Session {
        who: Who::default(),
        ..session()
    };
    for profile in [&mum, &dad] {
        profiles.store(profile).save(&nobody).unwrap();
    }
    let mut stage = several(&[], None, home.path());
    assert_eq!(stage.screen(), "start");

    let _task = stage.app.restore(mum.clone());
    stage.tell(restored_for(mum.clone(), Ok(Some(nobody))));

    assert_eq!(stage.screen(), "signed-in");
    let is_there = |profile| profiles.cache(profile).unwrap().exists();
    assert!(is_there(&mum));
    assert!(!is_there(&dad) && !is_there(&Profile::default()));
}

#[test]
fn one_person_is_not_asked() {
    let home = tempfile::tempdir().unwrap();
    let stage = several(&["Ada"], None, home.path());
    assert_eq!(stage.screen(), "waiting");
}

#[test]
fn a_named_profile_is_gone_on_with_and_is_not_noted() {
    let home = tempfile::tempdir().unwrap();
    let grace = several(&["Ada", "Grace"], None, home.path()).profile_of("Grace");
    let mut stage = several(&[], Some(grace.as_str()), home.path());
    assert_eq!(stage.screen(), "waiting");
    let session = stage.profiles().store(&grace).load();
    stage.tell(restored_for(grace, session));
    assert_eq!(stage.screen(), "signed-in");
    assert_eq!(stage.profiles().current(), Profile::default());
    // Close and sign out, and no switching.
    stage.choose(2);
    assert!(stage.knows("SigningOut"));
}

#[test]
fn an_answer_for_somebody_who_is_not_waited_for_any_more_is_dropped() {
    let home = tempfile::tempdir().unwrap();
    let mut stage = several(&["Ada", "Grace"], None, home.path());
    let (ada, grace) = (stage.profile_of("Ada"), stage.profile_of("Grace"));
    stage.tell(Message::Start(start::Message::PersonChosen(0)));
    stage.press(Press::Back);
    stage.tell(Message::Start(start::Message::PersonChosen(1)));
    let session = stage.profiles().store(&ada).load();
    stage.tell(restored_for(ada, session));
    assert_eq!(stage.screen(), "waiting");
    let session = stage.profiles().store(&grace).load();
    stage.tell(restored_for(grace, session));
    assert!(stage.knows("Grace"));
}

#[test]
fn switching_drops_what_the_one_before_saw_and_keeps_their_session() {
    let home = tempfile::tempdir().unwrap();
    let mut stage = several(&["Ada", "Grace"], None, home.path());
    stage.restore("Ada");
    let item = Item {
        title: "A letter to Babbage".into(),
        subtitle: None,
        image: url::Url::parse("https://api.acme.example/portrait-of-babbage.png").ok(),
        fields: crate::channel::Fields::default(),
        group: None,
    };
    stage.tell(Message::SignedIn(signed_in::Message::Arrived {
        tab: 0,
        request: 1,
        result: Ok(Page {
            listing: Listing::Items(vec![item]),
            next: None,
            as_of: Timestamp::UNIX_EPOCH,
        }),
    }));
    let of_ada = ["Babbage", "portrait-of-babbage", "subject-Ada", "Ada@acme"];
    assert!(of_ada.iter().all(|text| stage.knows(text)));

    stage.choose(1);
    assert_eq!(stage.screen(), "start");
    assert_eq!(stage.notice(), None);
    assert!(!stage.knows("Babbage"));
    stage.press(Press::Right);
    stage.restore("Grace");

    for text in of_ada {
        assert!(!stage.knows(text), "{text}");
    }
    assert!(!stage.knows("\"Ada\""));
    let ada = stage.profile_of("Ada");
    assert!(stage.profiles().store(&ada).load().unwrap().is_some());
}

#[test]
fn somebody_who_is_added_is_noted_and_asked_about_the_next_time() {
    let home = tempfile::tempdir().unwrap();
    let mut stage = several(&["Ada", "Grace"], None, home.path());
    stage.press(Press::Down);
    stage.press(Press::Ok);
    assert_eq!(stage.screen(), "waiting");
    // The flow stores it before it says so.
    let alan = session_of("Alan");
    let profile = stage.profile_of("Alan");
    stage.profiles().store(&profile).save(&alan).unwrap();
    stage.tell(Message::Flow(1, Said::SignedIn(alan)));
    assert_eq!(stage.screen(), "signed-in");
    assert_eq!(stage.profiles().current(), profile);
    stage.choose(1);
    stage.restore("Alan");
}

#[test]
fn somebody_who_cannot_be_restored_is_told_and_the_others_can_still_be_chosen() {
    let home = tempfile::tempdir().unwrap();
    let mut stage = several(&["Ada", "Grace"], None, home.path());
    let ada = stage.profile_of("Ada");
    stage.press(Press::Ok);
    let locked = store::Error::KeyringNotRead {
        name: "Ada".to_owned(),
        trouble: crate::storage::KeyringTrouble::Locked,
    };
    let told = format!("Ada: {locked}");
    stage.tell(restored_for(ada, Err(locked)));
    assert_eq!(stage.trouble(), Some(told));
    stage.press(Press::Right);
    stage.restore("Grace");
}

#[test]
fn somebody_whose_session_is_gone_is_named() {
    let home = tempfile::tempdir().unwrap();
    let mut stage = several(&["Ada", "Grace"], None, home.path());
    let ada = stage.profile_of("Ada");
    stage.press(Press::Ok);
    stage.tell(restored_for(ada, Ok(None)));
    assert!(stage.trouble().unwrap().contains("Ada"));
}

#[test]
fn another_code_is_for_whom_the_one_before_was_for() {
    let mut stage = stage();
    stage.press(Press::Right);
    stage.press(Press::Ok);
    stage.tell(Message::Flow(1, Said::Ended(End::Expired)));
    stage.press(Press::Ok);
    assert_eq!(stage.app.screen.attempt(), Some(2));
    assert_eq!(stage.app.seat(2).unwrap().stay, Stay::Guest);
}

/// A provider that takes tokens back, and a guest who signed in there.
async fn guest() -> (MockServer, Stage) {
    let provider = MockServer::start().await;
    let issuer = provider.uri();
    let discovery = serde_json::json!({
        "issuer": issuer,
        "device_authorization_endpoint": format!("{issuer}/device"),
        "token_endpoint": format!("{issuer}/token"),
        "revocation_endpoint": format!("{issuer}/revoke"),
    });
    let found = ResponseTemplate::new(200).set_body_json(discovery);
    let path = path("/.well-known/openid-configuration");
    Mock::given(path).respond_with(found).mount(&provider).await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(200))
        .mount(&provider)
        .await;
    let text = format!(
        "[provider]\nissuer = \"{issuer}\"\nclient_id = \"tv\"\n[storage]\nbackend = \"memory\"\n"
    );
    let config = Config::parse(Path::new("config.toml"), &text).unwrap();
    let boot = |clock| Boot::Ready(Setup::from_config(config, None, clock).unwrap());
    let mut stage = stage_with(boot, Options::default());
    stage.tell(restored(Ok(None)));
    stage.press(Press::Right);
    stage.press(Press::Ok);
    stage.tell(Message::Flow(1, Said::SignedIn(session_of("Grace"))));
    assert_eq!(stage.screen(), "signed-in");
    (provider, stage)
}

/// What was sent to the provider to be taken back.
async fn revoked(provider: &MockServer) -> Vec<String> {
    crate::work::settled().await;
    let requests = provider.received_requests().await.unwrap();
    let revoked = requests
        .iter()
        .filter(|request| request.url.path() == "/revoke");
    revoked
        .map(|request| String::from_utf8(request.body.clone()).unwrap())
        .collect()
}

#[tokio::test]
async fn a_guest_who_gives_way_is_signed_out_and_forgotten() {
    let (provider, mut stage) = guest().await;

    stage.choose(1);

    assert!(matches!(stage.notice(), Some(Notice::Done(_))));
    assert!(stage.told().unwrap().contains("guest"));
    assert!(!stage.knows("subject-Grace"));
    let revoked = revoked(&provider).await;
    assert!(revoked[0].contains("token=invented"), "{revoked:?}");
}

#[tokio::test]
async fn a_guest_is_signed_out_however_the_app_is_closed() {
    for closing in [Message::Stopped, Message::CloseRequested] {
        let (provider, mut stage) = guest().await;
        stage.tell(closing);
        assert_eq!(revoked(&provider).await.len(), 1);
    }
    let (provider, mut stage) = guest().await;
    stage.press(Press::Back);
    assert_eq!(revoked(&provider).await.len(), 1);
}

#[tokio::test]
async fn a_session_that_is_read_before_the_window_is_there_is_on_the_first_picture() {
    let home = tempfile::tempdir().unwrap();
    let (boot, origin, clock) = used_by(&["Ada"], None, home.path());
    let mut ahead = Preload::begin(&boot).unwrap();
    ahead.finish().await;

    let (app, _task) = App::new(boot, Options::default(), origin, clock.clone(), Some(ahead));

    let stage = Stage { app, clock };
    assert_eq!(stage.screen(), "signed-in");
    assert!(stage.knows("Ada"));
}

#[tokio::test]
async fn a_session_that_takes_longer_than_the_window_is_waited_for() {
    let home = tempfile::tempdir().unwrap();
    let (boot, origin, clock) = used_by(&["Ada"], None, home.path());
    // Nothing of it runs before this test gives way.
    let ahead = Preload::begin(&boot).unwrap();

    let options = Options::default();
    let (app, task) = App::new(boot, options, origin, clock.clone(), Some(ahead));

    let mut stage = Stage { app, clock };
    assert_eq!(stage.screen(), "waiting");
    let mut stream = iced_test::runtime::task::into_stream(task).unwrap();
    let said = futures::StreamExt::next(&mut stream).await;
    let Some(iced_test::runtime::Action::Output(message)) = said else {
        panic!("{said:?}")
    };
    stage.tell(message);
    assert_eq!(stage.screen(), "signed-in");
}

#[tokio::test]
async fn where_somebody_has_to_choose_no_session_is_read_ahead() {
    let home = tempfile::tempdir().unwrap();
    let (boot, ..) = used_by(&["Ada", "Grace"], None, home.path());
    assert!(Preload::begin(&boot).is_none());
}
