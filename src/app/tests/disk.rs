//! A disk that hangs keeps no window from opening and no screen from changing.

use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use futures::StreamExt as _;
use iced_test::runtime::{Action, task};
use rustix::fs::{CWD, FileType, Mode, OFlags, mknodat};

use super::*;
use crate::config::Backend;
use crate::session::Profiles;

/// A file that nobody can read before somebody writes it: reading hangs as on a mount whose
/// server is gone.
struct Hanging(PathBuf);

impl Hanging {
    fn new(path: PathBuf) -> Self {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        mknodat(CWD, &path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
        Self(path)
    }
}

impl Drop for Hanging {
    fn drop(&mut self) {
        // All who read it go on, and find nothing; nobody else finds it.
        let flags = OFlags::NONBLOCK.bits().cast_signed();
        let writer = File::options()
            .write(true)
            .custom_flags(flags)
            .open(&self.0);
        fs::remove_file(&self.0).unwrap();
        drop(writer);
    }
}

fn on(home: &Path, names: &[&str]) -> (Boot, Arc<Hands>, Profiles) {
    let config = config();
    let state = home.join("state");
    let profiles = Profiles::on_disk(&config.provider, Backend::File, state, None);
    for name in names {
        let session = Session {
            who: Who {
                subject: Some((*name).to_owned()),
                name: Some((*name).to_owned()),
                ..Who::default()
            },
            ..session()
        };
        let profile = profiles.profile_of(&session.who);
        profiles.store(&profile).save(&session).unwrap();
    }
    let clock = Hands::new();
    let setup = Setup::with_profiles(config, None, profiles.clone(), clock.clone(), None).unwrap();
    (Boot::Ready(setup), clock, profiles)
}

/// Where it is noted who used the TV last.
fn note(home: &Path) -> PathBuf {
    let Config { provider, .. } = config();
    let mark = store::provider_mark(provider.issuer.as_written(), &provider.client_id);
    home.join("state/sessions").join(format!("{mark}.current"))
}

#[tokio::test]
async fn a_note_that_would_never_end_keeps_no_window_from_opening() {
    let home = tempfile::tempdir().unwrap();
    let (boot, clock, _) = on(home.path(), &["Ada", "Grace"]);
    let hanging = Hanging::new(note(home.path()));

    let ahead = preload::Preload::begin(&boot);
    let (app, task) = App::new(
        boot,
        Options::default(),
        Origin::default(),
        clock.clone(),
        ahead,
    );

    // A pipe isn't opened, so it isn't waited for.
    let mut stage = Stage { app, clock };
    assert_eq!(stage.screen(), "start");
    drop(hanging);
    let mut actions = task::into_stream(task).unwrap();
    while let Some(action) = actions.next().await {
        if let Action::Output(message) = action {
            stage.tell(message);
        }
    }
    assert_eq!(stage.screen(), "start");
}

#[tokio::test]
async fn a_disk_that_begins_to_hang_keeps_no_screen_from_changing() {
    let home = tempfile::tempdir().unwrap();
    let (boot, clock, profiles) = on(home.path(), &["Ada", "Grace"]);
    let (app, _) = App::new(
        boot,
        Options::default(),
        Origin::default(),
        clock.clone(),
        None,
    );
    let mut stage = Stage { app, clock };
    assert_eq!(stage.screen(), "start");
    let _ = profiles.people();
    let hanging = Hanging::new(note(home.path()));

    let _ = stage
        .app
        .start(Some(Notice::Done(Phrase::new("start-cancelled"))));

    // Whoever was known before is.
    assert!(format!("{:?}", stage.app.screen).contains("Grace"));
    stage.press(Press::Ok);
    assert_eq!(stage.screen(), "waiting");
    drop(hanging);
}

#[tokio::test]
async fn a_configuration_that_hangs_keeps_no_screen_from_changing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.toml");
    let boot = |_| Boot::NoConfig { path: file.clone() };
    let mut stage = stage_with(boot, Options::default());
    let hanging = Hanging::new(file.clone());

    let task = stage.app.update(Message::Start(start::Message::Chosen(
        start::Choice::Reread,
    )));

    assert_eq!(stage.screen(), "start");
    drop(hanging);
    let mut actions = task::into_stream(task).unwrap();
    while let Some(action) = actions.next().await {
        if let Action::Output(message) = action {
            stage.tell(message);
        }
    }
    assert_eq!(stage.screen(), "start");
}

#[tokio::test]
async fn a_secret_that_hangs_keeps_no_screen_from_changing() {
    let home = tempfile::tempdir().unwrap();
    let secret = Hanging::new(home.path().join("secret"));
    let mut with_secret = config();
    with_secret.provider.client_secret_file = Some(secret.0.clone());
    let mut stage = stage();

    let task = stage
        .app
        .update(Message::Configured(Box::new(Ok(with_secret))));

    assert_eq!(stage.screen(), "start");
    assert_eq!(stage.app.wrong, None);
    drop(secret);
    let mut actions = task::into_stream(task).unwrap();
    let mut told = false;
    while let Some(action) = actions.next().await {
        if let Action::Output(message) = action {
            told |= matches!(message, Message::SetUp(_));
            stage.tell(message);
        }
    }
    assert!(told);
}
