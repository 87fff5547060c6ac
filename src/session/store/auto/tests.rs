use std::sync::Arc;

use tempfile::TempDir;
use zeroize::Zeroizing;

use super::*;
use crate::oauth::Who;
use crate::secret::Secret;
use crate::session::store::keyring::{Trouble, Vault};
use crate::session::store::profiles;

const ISSUER: &str = "https://acme.eu.auth0.com/";

/// A keyring that is in the state that a test puts it in.
#[derive(Debug, Clone, Default)]
struct Fake(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    trouble: Option<Trouble>,
    secret: Option<Vec<u8>>,
    label: String,
    aside: Vec<Vec<u8>>,
    asked: usize,
}

impl Fake {
    fn is(&self, trouble: Trouble) {
        self.0.lock().unwrap().trouble = Some(trouble);
    }

    fn works_again(&self) {
        self.0.lock().unwrap().trouble = None;
    }

    fn refresh_token(&self) -> Option<String> {
        let secret = self.0.lock().unwrap().secret.clone()?;
        let session: Session = serde_json::from_slice(&secret).unwrap();
        Some(session.refresh_token.unwrap().expose().to_owned())
    }

    fn asked(&self) -> usize {
        self.0.lock().unwrap().asked
    }

    fn ask<T>(&self, answer: impl FnOnce(&mut Held) -> T) -> Result<T, Trouble> {
        let mut held = self.0.lock().unwrap();
        held.asked += 1;
        match &held.trouble {
            Some(trouble) => Err(trouble.clone()),
            None => Ok(answer(&mut held)),
        }
    }
}

impl Vault for Fake {
    fn try_out(&self) -> Result<(), Trouble> {
        self.ask(|_| ())
    }

    fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, Trouble> {
        self.ask(|held| held.secret.clone().map(Zeroizing::new))
    }

    fn write(&self, label: &str, secret: &[u8]) -> Result<(), Trouble> {
        self.ask(|held| {
            held.secret = Some(secret.to_owned());
            held.label = label.to_owned();
        })
    }

    fn remove(&self) -> Result<(), Trouble> {
        self.ask(|held| held.secret = None)
    }

    fn set_aside(&self, label: &str) -> Result<(), Trouble> {
        self.ask(|held| {
            held.aside.extend(held.secret.take());
            held.label = label.to_owned();
        })
    }
}

/// A machine with one fake keyring; each store is another tenfoot on it.
struct Machine {
    home: TempDir,
    fake: Fake,
}

impl Machine {
    fn new() -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            fake: Fake::default(),
        }
    }

    fn keyring(&self) -> Keyring {
        let vault = Box::new(self.fake.clone());
        Keyring::with_vault(vault, self.home.path(), "default", ISSUER, "tv")
    }

    fn file(&self) -> OneFile {
        OneFile::new(self.home.path(), "default", ISSUER, "tv")
    }

    fn auto(&self) -> Auto {
        Auto::new(self.file(), self.keyring())
    }

    /// Somebody signs in with this refresh token.
    fn sign_in(&self, token: &str) -> Auto {
        let auto = self.auto();
        auto.probe().unwrap();
        auto.save(&session(token)).unwrap();
        auto
    }

    fn in_file(&self) -> Option<String> {
        let session = self.file().load().unwrap()?;
        Some(session.refresh_token.unwrap().expose().to_owned())
    }

    fn kept(&self) -> Vec<String> {
        profiles(self.home.path(), ISSUER, "tv")
            .into_iter()
            .map(|kept| format!("{}: {}", kept.profile, kept.who.label()))
            .collect()
    }
}

fn session(token: &str) -> Session {
    Session {
        issuer: ISSUER.to_owned(),
        client_id: "tv".to_owned(),
        who: Who {
            name: Some("Ada Lovelace".to_owned()),
            ..Who::default()
        },
        scope: "openid".to_owned(),
        access_token: Secret::new("access"),
        obtained_at: "2026-01-01T10:00:00Z".parse().unwrap(),
        expires_at: None,
        refresh_token: Some(Secret::new(token)),
        dpop_key: None,
        refresh_expires_at: None,
        failed_renewal: None,
        signed_in_at: "2026-01-01T10:00:00Z".parse().unwrap(),
    }
}

fn loaded(store: &dyn Store) -> Option<String> {
    let session = store.load().unwrap()?;
    Some(session.refresh_token.unwrap().expose().to_owned())
}

#[test]
fn the_keyring_comes_before_the_file_and_its_entry_has_a_name_for_a_person() {
    let machine = Machine::new();

    let auto = machine.sign_in("one");

    assert_eq!(machine.fake.refresh_token().as_deref(), Some("one"));
    assert_eq!(machine.in_file(), None);
    assert_eq!(auto.place().to_string(), "the keyring (Secret Service)");
    assert_eq!(
        machine.fake.0.lock().unwrap().label,
        "tenfoot: Ada Lovelace at acme.eu.auth0.com"
    );
}

#[test]
fn a_keyring_that_cannot_be_used_sends_a_sign_in_to_the_file() {
    for trouble in [
        Trouble::Absent,
        Trouble::NoCollection,
        Trouble::Locked,
        Trouble::NoAnswer,
        Trouble::Failed("out of order".to_owned()),
    ] {
        let machine = Machine::new();
        machine.fake.is(trouble);

        let auto = machine.sign_in("one");

        assert_eq!(machine.in_file().as_deref(), Some("one"));
        assert_eq!(auto.place(), machine.file().place());
        assert_eq!(machine.kept(), ["default: Ada Lovelace"]);
    }
}

#[test]
fn a_keyring_is_asked_only_for_what_it_holds() {
    let machine = Machine::new();

    assert_eq!(loaded(&machine.auto()), None);
    machine.auto().delete().unwrap();
    let _ = machine.auto().place();
    assert!(machine.kept().is_empty());

    assert_eq!(machine.fake.asked(), 0);
}

#[test]
fn a_session_in_a_locked_keyring_is_named_and_not_lost() {
    let machine = Machine::new();
    let _ = machine.sign_in("one");
    machine.fake.is(Trouble::Locked);

    let words = machine.auto().load().unwrap_err().to_string();
    let asked = machine.fake.asked();
    let kept = machine.kept();
    assert_eq!(machine.fake.asked(), asked, "profiles ask no keyring");
    machine.fake.works_again();

    assert_eq!(
        words,
        "The session of Ada Lovelace is in the keyring, which is locked. Unlock it and try again."
    );
    assert_eq!(kept, ["default: Ada Lovelace"]);
    assert_eq!(loaded(&machine.auto()).as_deref(), Some("one"));
}

#[test]
fn a_renewed_session_goes_to_the_file_if_the_keyring_fails_and_stays_the_newer_one() {
    for trouble in [Trouble::Locked, Trouble::NoAnswer] {
        let machine = Machine::new();
        let auto = machine.sign_in("one");
        machine.fake.is(trouble);

        auto.save(&session("two")).unwrap();
        assert_eq!(loaded(&auto).as_deref(), Some("two"));
        machine.fake.works_again();
        assert_eq!(loaded(&machine.auto()).as_deref(), Some("two"));

        machine.auto().save(&session("three")).unwrap();
        assert_eq!(machine.in_file().as_deref(), Some("three"));
        assert_eq!(machine.kept(), ["default: Ada Lovelace"]);
    }
}

#[test]
fn a_sign_out_removes_the_session_and_what_was_left_in_the_keyring() {
    let machine = Machine::new();
    let auto = machine.sign_in("one");
    machine.fake.is(Trouble::Locked);
    auto.save(&session("two")).unwrap();
    machine.fake.works_again();

    machine.auto().delete().unwrap();

    assert_eq!(
        (machine.fake.refresh_token(), machine.in_file()),
        (None, None)
    );
    assert_eq!(loaded(&machine.auto()), None);
    assert!(machine.kept().is_empty());
}

#[test]
fn a_session_that_cannot_be_removed_from_the_keyring_is_said_and_never_comes_back() {
    let machine = Machine::new();
    let auto = machine.sign_in("one");
    machine.fake.is(Trouble::Locked);

    let words = auto.delete().unwrap_err().to_string();
    machine.fake.works_again();

    assert!(
        words.contains("Ada Lovelace") && words.contains("locked"),
        "{words}"
    );
    assert_eq!(machine.fake.refresh_token().as_deref(), Some("one"));
    assert_eq!(loaded(&machine.auto()), None);
    assert!(machine.kept().is_empty());

    let _ = machine.sign_in("two");
    assert_eq!(loaded(&machine.auto()).as_deref(), Some("two"));
    machine.auto().delete().unwrap();
    assert_eq!(machine.fake.refresh_token(), None);
}

#[test]
fn the_next_sign_in_goes_where_a_session_is() {
    let machine = Machine::new();
    machine.fake.is(Trouble::Absent);
    let _ = machine.sign_in("one");
    machine.fake.works_again();

    let _ = machine.sign_in("two");

    assert_eq!(machine.in_file().as_deref(), Some("two"));
    assert_eq!(machine.fake.refresh_token(), None);
}

#[test]
fn two_tenfoots_agree_on_the_place_after_one_of_them_turned_to_the_file() {
    let machine = Machine::new();
    let (one, other) = (machine.sign_in("one"), machine.auto());
    other.probe().unwrap();
    machine.fake.is(Trouble::NoAnswer);
    one.save(&session("two")).unwrap();
    machine.fake.works_again();

    assert_eq!(loaded(&other).as_deref(), Some("two"));
    other.save(&session("three")).unwrap();

    assert_eq!(loaded(&one).as_deref(), Some("three"));
}

#[test]
fn an_entry_that_cannot_be_understood_is_set_aside_and_named() {
    let machine = Machine::new();
    let auto = machine.sign_in("one");
    machine.fake.0.lock().unwrap().secret = Some(b"{\"issuer\"".to_vec());

    let words = auto.load().unwrap_err().to_string();

    assert!(words.contains("“tenfoot: set aside (default)”"), "{words}");
    assert_eq!(loaded(&auto), None);
    assert_eq!(
        machine.fake.0.lock().unwrap().aside,
        [b"{\"issuer\"".to_vec()]
    );
}

#[test]
fn an_entry_that_somebody_removed_by_hand_is_no_session() {
    let machine = Machine::new();
    let auto = machine.sign_in("one");
    machine.fake.0.lock().unwrap().secret = None;

    assert_eq!(loaded(&auto), None);
}

#[test]
fn the_keyring_alone_stores_nowhere_else_and_says_so_beforehand() {
    let machine = Machine::new();
    let keyring = machine.keyring();
    machine.fake.is(Trouble::Locked);

    let before = keyring.probe().unwrap_err().to_string();
    let at_the_end = keyring.save(&session("one")).unwrap_err().to_string();

    for words in [before, at_the_end] {
        assert!(words.contains("locked. Unlock it"), "{words}");
    }
    assert_eq!(machine.in_file(), None);
    assert!(machine.kept().is_empty());
    machine.fake.works_again();
    assert_eq!(loaded(&keyring), None);
}

#[test]
fn a_session_that_the_keyring_may_yet_take_in_after_all_is_not_used() {
    let machine = Machine::new();
    let keyring = machine.keyring();
    machine.fake.is(Trouble::NoAnswer);
    let _ = keyring.save(&session("one")).unwrap_err();
    // The call was on its way when nobody waited for it any more.
    machine.fake.works_again();
    let late = serde_json::to_vec(&session("one")).unwrap();
    machine.fake.write("late", &late).unwrap();

    assert_eq!(loaded(&keyring), None);
    keyring.delete().unwrap();

    assert_eq!(machine.fake.refresh_token(), None);
}

#[test]
fn a_marker_that_cannot_be_read_is_not_taken_for_no_session() {
    if !rustix::process::geteuid().is_root() {
        // Only root can give a directory away.
        return;
    }
    let machine = Machine::new();
    let _ = machine.sign_in("one");
    let sessions = machine.home.path().join("sessions");
    std::os::unix::fs::chown(sessions, Some(65534), None).unwrap();

    let words = machine.keyring().load().unwrap_err().to_string();

    assert!(words.contains("can’t be read"), "{words}");
    assert_eq!(machine.kept(), ["default: someone"]);
}

#[test]
fn a_marker_that_cannot_be_understood_still_leads_to_the_keyring() {
    let machine = Machine::new();
    let auto = machine.sign_in("one");
    let sessions = machine.home.path().join("sessions");
    let marker = std::fs::read_dir(sessions)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|ending| ending == "keyring"))
        .unwrap();
    let text = std::fs::read_to_string(&marker).unwrap();
    assert!(!text.contains("one") && !text.contains("access"), "{text}");
    std::fs::write(&marker, "{").unwrap();

    assert_eq!(loaded(&auto).as_deref(), Some("one"));
    assert_eq!(machine.kept(), ["default: someone"]);
}
