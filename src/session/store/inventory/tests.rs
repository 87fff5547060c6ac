use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use zeroize::Zeroizing;

use super::*;
use crate::secret::Secret;
use crate::session::store::{OneFile, Store as _};

const OLD: &str = "https://old.example/";

/// A keyring with these entries, or that is in trouble.
#[derive(Debug, Clone, Default)]
struct Fake(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    entries: Vec<Vec<u8>>,
    trouble: Option<Trouble>,
}

impl Entries for Fake {
    fn read_all(&self) -> Result<Vec<Zeroizing<Vec<u8>>>, Trouble> {
        let Held { entries, trouble } = &*self.0.lock().unwrap();
        match trouble {
            Some(trouble) => Err(trouble.clone()),
            None => Ok(entries.iter().cloned().map(Zeroizing::new).collect()),
        }
    }

    fn remove_all(&self) -> Result<(), Trouble> {
        let Held { entries, trouble } = &mut *self.0.lock().unwrap();
        match trouble {
            Some(trouble) => Err(trouble.clone()),
            None => {
                entries.clear();
                Ok(())
            }
        }
    }
}

struct Machine {
    home: TempDir,
    keyring: Fake,
}

impl Machine {
    fn new() -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            keyring: Fake::default(),
        }
    }

    fn inventory(&self) -> Inventory {
        let (state, cache) = (self.home.path().join("s"), self.home.path().join("c"));
        Inventory::with_keyring(state, Some(cache), Box::new(self.keyring.clone()))
    }

    fn store(&self, issuer: &str, profile: &str) -> PathBuf {
        let file = OneFile::new(&self.home.path().join("s"), profile, issuer, "tv");
        file.save(&session(issuer, profile)).unwrap();
        file.path().to_owned()
    }

    fn mark_keyring(&self, issuer: &str, name: &str) -> PathBuf {
        let path = super::super::path(
            &self.home.path().join("s"),
            name,
            issuer,
            "tv",
            marker::ENDING,
        );
        let who = session(issuer, name).who;
        let note = marker::Note::session(who).of(issuer);
        private::replace(&path, &serde_json::to_vec(&note).unwrap()).unwrap();
        path
    }
}

fn session(issuer: &str, name: &str) -> Session {
    Session {
        issuer: issuer.to_owned(),
        client_id: "tv".to_owned(),
        who: Who {
            name: Some(name.to_owned()),
            ..Who::default()
        },
        scope: "openid".to_owned(),
        access_token: Secret::new(format!("access of {name} at {issuer}")),
        obtained_at: "2026-01-01T10:00:00Z".parse().unwrap(),
        expires_at: None,
        refresh_token: Some(Secret::new(format!("refresh of {name} at {issuer}"))),
        refresh_expires_at: None,
        failed_renewal: None,
        dpop_key: None,
        signed_in_at: "2026-01-01T10:00:00Z".parse().unwrap(),
    }
}

fn provider(issuer: &str) -> Provider {
    toml::from_str(&format!("issuer = {issuer:?}\nclient_id = \"tv\"")).unwrap()
}

fn names(unused: Vec<Unused>) -> Vec<(String, Option<String>)> {
    let name = |one: Unused| (one.who.label().to_owned(), one.issuer);
    unused.into_iter().map(name).collect()
}

#[test]
fn the_name_of_a_file_says_whose_it_is_and_what() {
    let parsed = |text| {
        Name::parse(text).map(
            |Name {
                 profile,
                 mark,
                 ending,
             }| (profile, mark, ending),
        )
    };
    assert_eq!(
        parsed("person-1a2b3c4d5e6f-0badc0de.json.unreadable-2"),
        Some(("person-1a2b3c4d5e6f", "0badc0de", ".json.unreadable-2"))
    );
    assert_eq!(
        parsed("default-0badc0de"),
        Some(("default", "0badc0de", ""))
    );
    for other in [
        "notes.txt",
        "-0badc0de.json",
        "a-0badc0d.json",
        "a-0badc0deé",
    ] {
        assert_eq!(parsed(other), None, "{other}");
        assert!(!is_ours(other), "{other}");
    }
}

#[test]
fn a_session_is_unused_where_issuer_client_or_backend_is_another_one() {
    let machine = Machine::new();
    let _ = machine.store(OLD, "Ada");
    let _ = machine.mark_keyring(OLD, "Grace");
    let inventory = machine.inventory();
    let ada = ("Ada".to_owned(), Some(OLD.to_owned()));
    let grace = ("Grace".to_owned(), Some(OLD.to_owned()));

    let unused = |issuer, backend| names(inventory.unused(&provider(issuer), backend));
    assert_eq!(unused(OLD, Backend::Auto), []);
    assert_eq!(unused(OLD, Backend::File), std::slice::from_ref(&grace));
    assert_eq!(
        unused(OLD, Backend::SecretService),
        std::slice::from_ref(&ada)
    );
    assert_eq!(
        unused("https://new.example/", Backend::Auto),
        [ada.clone(), grace.clone()]
    );
    assert_eq!(unused(OLD, Backend::Memory), [ada, grace]);
}

#[test]
fn what_the_keyring_holds_is_found_and_goes_too() {
    let machine = Machine::new();
    let marker = machine.mark_keyring(OLD, "Ada");
    let entry = |name| serde_json::to_vec(&session(OLD, name)).unwrap();
    machine.keyring.0.lock().unwrap().entries = vec![entry("Ada"), entry("Grace"), b"{".to_vec()];
    let inventory = machine.inventory();

    let contents = inventory.contents(false);
    assert_eq!(contents.sessions.len(), 2);
    inventory.delete(false, &[]).unwrap();

    assert!(machine.keyring.0.lock().unwrap().entries.is_empty());
    assert!(!marker.exists());
    assert!(inventory.contents(true).is_empty());
}

#[test]
fn a_keyring_that_cannot_be_cleared_is_said_and_its_marker_stays() {
    for trouble in [Trouble::Locked, Trouble::Absent, Trouble::NoAnswer] {
        let machine = Machine::new();
        let file = machine.store(OLD, "Grace");
        let marker = machine.mark_keyring(OLD, "Ada");
        machine.keyring.0.lock().unwrap().trouble = Some(trouble);

        let errors = machine.inventory().delete(true, &[]).unwrap_err();

        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].to_string().contains("Ada"), "{errors:?}");
        assert!(!file.exists());
        assert!(marker.exists());
        assert_eq!(marker::of_session(&marker), None, "it isn't used any more");
    }
}

#[test]
fn where_no_keyring_was_used_none_is_missed() {
    let machine = Machine::new();
    let _ = machine.store(OLD, "Ada");
    machine.keyring.0.lock().unwrap().trouble = Some(Trouble::Absent);

    assert!(machine.inventory().contents(true).keyring.is_none());
    assert_eq!(machine.inventory().delete(true, &[]), Ok(()));
}

#[test]
fn what_cannot_be_deleted_is_named_and_keeps_nothing_else() {
    let machine = Machine::new();
    let (ada, grace) = (machine.store(OLD, "Ada"), machine.store(OLD, "Grace"));
    let cache = machine.home.path().join("c/Ada-0badc0de");
    fs::create_dir_all(&cache).unwrap();

    let deleted = machine
        .inventory()
        .delete(false, std::slice::from_ref(&ada));

    assert_eq!(deleted, Ok(()));
    assert!(ada.exists() && !grace.exists() && !cache.exists());
}

#[test]
fn files_that_are_not_tenfoots_stay() {
    let machine = Machine::new();
    let ada = machine.store(OLD, "Ada");
    let notes = ada.with_file_name("notes.txt");
    fs::write(&notes, "mine").unwrap();

    machine.inventory().delete(false, &[]).unwrap();

    assert!(notes.exists() && !ada.exists());
}

#[test]
fn where_a_link_leads_nothing_is_deleted_and_it_is_said() {
    let machine = Machine::new();
    let ada = machine.store(OLD, "Ada");
    let sessions = ada.parent().unwrap();
    let elsewhere = machine.home.path().join("elsewhere");
    fs::rename(sessions, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, sessions).unwrap();

    let errors = machine.inventory().delete(false, &[]).unwrap_err();

    let words = errors[0].to_string();
    assert!(words.contains(sessions.to_str().unwrap()), "{words}");
    assert!(elsewhere.join(ada.file_name().unwrap()).exists());
}
