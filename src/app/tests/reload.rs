//! The configuration that changes while the app runs.

use super::*;

fn parsed(text: &str) -> Result<Config, config::Error> {
    Config::parse(Path::new("config.toml"), text)
}

/// The stage's configuration, with these lines added and that client.
fn changed(client: &str, more: &str) -> Config {
    let text = format!(
        r#"
        [provider]
        issuer = "https://acme.example/"
        client_id = "{client}"
        [storage]
        backend = "memory"
        {more}
    "#
    );
    parsed(&text).unwrap()
}

const CONTACTS: &str = r#"
        [[channel]]
        name = "Contacts"
        url = "https://api.acme.example/contacts"
"#;
const NEWS: &str = r#"
        [[channel]]
        name = "News"
        url = "https://api.acme.example/news"
"#;

fn signed_in_stage() -> Stage {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(Some(session()))));
    assert_eq!(stage.screen(), "signed-in");
    stage
}

fn answers(stage: &mut Stage, tab: usize, request: u64) {
    let page = crate::channel::Page {
        listing: crate::channel::Listing::Text("words".into()),
        next: None,
        as_of: Timestamp::UNIX_EPOCH,
    };
    stage.tell(Message::SignedIn(signed_in::Message::Arrived {
        tab,
        request,
        result: Ok(page),
    }));
}

impl Stage {
    fn configured(&mut self, read: Result<Config, config::Error>) {
        self.tell(Message::Configured(Box::new(read)));
    }

    fn shown(&self) -> Vec<String> {
        let Screen::SignedIn(screen) = &self.app.screen else {
            panic!("not signed in: {:?}", self.app.screen);
        };
        screen.channels()
    }
}

#[test]
fn channels_and_looks_that_change_are_taken_over_and_nobody_is_signed_out() {
    let mut stage = signed_in_stage();
    answers(&mut stage, 0, 1);
    let light = "[display]\n theme = \"light\"\n text_scale = 1.5";
    stage.configured(Ok(changed("tv", &format!("{NEWS}{CONTACTS}{light}"))));

    assert_eq!(stage.shown(), ["News", "Contacts"]);
    assert_eq!(stage.app.look.metrics.text_scale(), 1.5);
    let Screen::SignedIn(screen) = &stage.app.screen else {
        panic!("not signed in");
    };
    assert_eq!(screen.front(), Some("Contacts"), "the place is kept");
    assert!(screen.shows_something(), "and what was shown there");
}

#[test]
fn an_answer_finds_its_channel_wherever_that_stands_now() {
    let mut stage = signed_in_stage();
    stage.configured(Ok(changed("tv", &format!("{NEWS}{CONTACTS}"))));
    answers(&mut stage, 0, 1);
    let Screen::SignedIn(screen) = &stage.app.screen else {
        panic!("not signed in");
    };
    assert_eq!(screen.front(), Some("Contacts"));
    assert!(screen.shows_something());
}

#[test]
fn a_mistake_is_named_and_changes_nothing_until_it_is_mended() {
    let mut stage = signed_in_stage();
    stage.configured(parsed("[provider]\nclinet_id = 3"));
    assert_eq!(stage.shown(), ["Contacts"]);
    let told = stage.app.wrong.as_ref().map(ToString::to_string);
    assert!(told.unwrap().contains("config.toml"));

    stage.configured(Ok(config()));
    assert_eq!(stage.app.wrong, None);
}

#[test]
fn another_provider_waits_while_a_session_is_in_memory_alone() {
    let mut stage = signed_in_stage();
    stage.configured(Ok(changed("another", CONTACTS)));
    assert_eq!(stage.screen(), "signed-in");
    stage.tell(Message::SignedIn(signed_in::Message::SignedOut(
        SignedOut {
            revoked: true,
            deleted: true,
            problem: None,
        },
    )));
    assert_eq!(stage.screen(), "start");
    let Boot::Ready(setup) = &stage.app.boot else {
        panic!("{:?}", stage.app.boot);
    };
    assert_eq!(setup.config.provider.client_id.as_str(), "another");
}

#[test]
fn what_waits_is_forgotten_where_the_file_says_what_is_in_force_again() {
    let mut stage = signed_in_stage();
    stage.configured(Ok(changed("another", CONTACTS)));
    assert!(stage.app.next.is_some());
    stage.configured(Ok(config()));
    assert!(stage.app.next.is_none());
}

#[test]
fn the_channels_of_another_provider_are_not_called_with_the_session_that_ends() {
    let mut stage = signed_in_stage();
    stage.configured(Ok(changed("another", NEWS)));
    let _calls = stage.app.take_over_what_waits();
    assert_eq!(stage.shown(), ["Contacts"]);
}

#[test]
fn another_provider_comes_into_force_at_once_where_nobody_is_signed_in() {
    let mut stage = stage();
    stage.configured(Ok(changed("another", CONTACTS)));
    let Boot::Ready(setup) = &stage.app.boot else {
        panic!("{:?}", stage.app.boot);
    };
    assert_eq!(setup.config.provider.client_id.as_str(), "another");
}

#[test]
fn the_start_screen_says_once_why_a_session_from_before_is_not_used() {
    let words = Phrase::new("start-other-provider")
        .with("before", "old.example")
        .with("host", "new.example");
    let mut stage = stage();
    stage.app.farewell = Some(words.clone());
    let _ = stage.app.start(None);
    assert_eq!(stage.trouble(), Some(words.to_string()));
    let _ = stage.app.start(None);
    assert_eq!(stage.trouble(), None);

    stage.app.farewell = Some(words);
    stage.tell(Message::FoundSession(
        Profile::default(),
        preload::Restored {
            session: Ok(Some(session())),
            seen: None,
        },
    ));
    assert_eq!(stage.screen(), "signed-in");
    assert_eq!(stage.app.farewell, None);
}

#[test]
fn a_mistake_that_is_mended_leads_on_by_itself() {
    let wrong = parsed("[provider]\nclinet_id = 3").unwrap_err();
    let mut stage = stage_with(|_| Boot::BadConfig(wrong), Options::default());
    assert_eq!(stage.screen(), "problem");
    stage.configured(Ok(config()));
    assert_eq!(stage.screen(), "waiting");
}

#[tokio::test]
async fn a_running_demo_ends_when_a_configuration_appears() {
    for read in [Ok(changed("tv", "")), parsed("[provider]\nissuer = 5\n")] {
        let clock = Hands::new();
        let options = crate::demo::Options::default();
        let demo = Setup::demo(&options, crate::config::Room::default(), clock.clone());
        let demo = demo.await.unwrap();
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("config.toml");
        std::fs::write(&file, "[provider]\n").unwrap();
        let mut stage = stage_with(|_| Boot::Ready(demo), Options::default());
        stage.app.origin.file = Some(file);

        stage.configured(read);

        let is_demo = matches!(&stage.app.boot, Boot::Ready(setup) if setup.demo.is_some());
        assert!(!is_demo, "{:?}", stage.app.boot);
    }
}
