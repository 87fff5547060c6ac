//! Several people on one TV, each against a scripted provider: whose session lies
//! where, and what of it is left when somebody goes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    unreachable_pub,
    reason = "a test may fail loudly"
)]

#[path = "support/scripted.rs"]
#[allow(dead_code, reason = "each test binary uses a part of it")]
mod scripted;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::Arc;

use futures::StreamExt as _;
use scripted::{Reply, Scripted};
use serde_json::json;
use tempfile::TempDir;
use tenfoot::config::Backend;
use tenfoot::session::profiles::SessionSlot;
use tenfoot::session::sign_in::Event;
use tenfoot::session::store::Memory;
use tenfoot::session::{Flow, Profile, Profiles, Session};

/// A TV that several people use.
struct Tv {
    provider: Scripted,
    home: TempDir,
    profiles: Profiles,
}

impl Tv {
    async fn new() -> Self {
        let provider = Scripted::start().await;
        let home = tempfile::tempdir().unwrap();
        let (state, cache) = (home.path().join("state"), home.path().join("cache"));
        let profiles = Profiles::on_disk(&provider.provider(), Backend::File, state, Some(cache));
        Self {
            provider,
            home,
            profiles,
        }
    }

    fn flow(&self, place: SessionSlot) -> Flow {
        let (config, clock) = (self.provider.provider(), self.provider.clock.clone());
        Flow::new(&config, Arc::new(Memory::default()), clock)
            .unwrap()
            .at(place)
    }

    /// Signs somebody in, with tokens of their own.
    async fn sign_in(&self, place: SessionSlot, subject: &str) -> Session {
        let mut claims = self.provider.claims();
        claims["sub"] = json!(subject);
        claims["name"] = json!(subject);
        let tokens = self.provider.tokens_with(&json!({
            "id_token": self.provider.id_token(&claims),
            "access_token": format!("access-of-{subject}"),
            "refresh_token": format!("refresh-of-{subject}"),
        }));
        self.provider.on("/token", [Reply::json(200, &tokens)]);
        let events: Vec<Event> = self.flow(place).events().collect().await;
        match events.into_iter().next_back() {
            Some(Event::SignedIn(session)) => session,
            other => panic!("{other:?}"),
        }
    }

    async fn join(&self, subject: &str) -> Profile {
        let session = self.sign_in(self.own(), subject).await;
        self.profiles.profile_of(&session.who)
    }

    fn own(&self) -> SessionSlot {
        SessionSlot::Own(self.profiles.clone())
    }

    fn only(&self, profile: &Profile) -> SessionSlot {
        SessionSlot::One(self.profiles.store(profile))
    }

    async fn sign_out(&self, profile: &Profile) {
        let flow = self.flow(self.only(profile));
        let session = flow.restore().await.unwrap().expect("a session");
        assert!(flow.keeper(session).sign_out().await.deleted);
    }

    /// Who is kept, with their profile's name.
    fn kept(&self) -> Vec<(String, String)> {
        let kept = self.profiles.kept().into_iter();
        kept.map(|person| (person.who.label().to_owned(), person.profile.to_string()))
            .collect()
    }

    fn revoked(&self) -> Vec<String> {
        let requests = self.provider.requests("/revoke");
        requests
            .iter()
            .map(|request| request.form["token"].clone())
            .collect()
    }

    /// Something in that profile's cache.
    fn cached(&self, profile: &Profile) -> PathBuf {
        let cache = self.profiles.cache(profile).unwrap();
        fs::create_dir_all(&cache).unwrap();
        fs::write(cache.join("films.json"), "[]").unwrap();
        cache
    }

    fn sessions(&self) -> PathBuf {
        self.home.path().join("state/sessions")
    }

    fn note(&self) -> Option<PathBuf> {
        fs::read_dir(self.sessions())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.extension().is_some_and(|ending| ending == "current"))
    }
}

#[tokio::test]
async fn each_person_who_signs_in_gets_a_profile_of_their_own() {
    let tv = Tv::new().await;

    let (ada, grace) = (tv.join("ada").await, tv.join("grace").await);

    assert_eq!(ada, Profile::default());
    assert_ne!(grace, ada);
    let expected = [("ada", &ada), ("grace", &grace)];
    assert_eq!(
        tv.kept(),
        expected.map(|(name, profile)| (name.to_owned(), profile.to_string()))
    );
    assert!(tv.revoked().is_empty(), "nobody lost a session");
    let stored = tv.profiles.store(&grace).load().unwrap().unwrap();
    assert_eq!(stored.access_token.expose(), "access-of-grace");
}

#[tokio::test]
async fn whoever_signs_in_again_replaces_their_own_session_whatever_the_profile_is_called() {
    let tv = Tv::new().await;
    let kitchen: Profile = "kitchen".parse().unwrap();
    tv.sign_in(tv.only(&kitchen), "grace").await;
    tv.join("ada").await;

    let again = tv.join("grace").await;
    tenfoot::work::settled().await;

    assert_eq!(again, kitchen);
    assert_eq!(tv.kept().len(), 2);
    assert!(
        tv.revoked().is_empty(),
        "some providers would end the new session with the old one"
    );
}

#[tokio::test]
async fn a_named_profile_takes_whoever_signs_in_and_ends_the_session_before() {
    let tv = Tv::new().await;
    let kitchen: Profile = "kitchen".parse().unwrap();
    tv.sign_in(tv.only(&kitchen), "ada").await;
    let cache = tv.cached(&kitchen);

    tv.sign_in(tv.only(&kitchen), "grace").await;
    tenfoot::work::settled().await;

    assert_eq!(tv.kept(), [("grace".to_owned(), "kitchen".to_owned())]);
    assert_eq!(tv.revoked(), ["refresh-of-ada", "access-of-ada"]);
    assert!(
        !cache.exists(),
        "what was fetched for one person isn't another's"
    );
}

#[tokio::test]
async fn a_session_that_goes_on_keeps_its_cache() {
    let tv = Tv::new().await;
    let profile = tv.join("ada").await;
    let cache = tv.cached(&profile);
    let store = tv.profiles.store(&profile);

    store.save(&store.load().unwrap().unwrap()).unwrap();

    assert!(cache.exists());
}

#[tokio::test]
async fn signing_out_takes_the_cache_along_and_not_the_neighbours() {
    let tv = Tv::new().await;
    let (ada, grace) = (tv.join("ada").await, tv.join("grace").await);
    let (of_ada, of_grace) = (tv.cached(&ada), tv.cached(&grace));

    tv.sign_out(&ada).await;

    assert!(!of_ada.exists());
    assert!(of_grace.join("films.json").exists());
    assert_eq!(tv.kept(), [("grace".to_owned(), grace.to_string())]);
    assert_eq!(tv.revoked(), ["refresh-of-ada", "access-of-ada"]);
}

#[tokio::test]
async fn who_used_the_tv_last_is_noted_for_its_owner_alone_until_they_sign_out() {
    let tv = Tv::new().await;
    let (ada, grace) = (tv.join("ada").await, tv.join("grace").await);
    assert_eq!(tv.profiles.current(), ada, "nothing is noted yet");
    assert_eq!(tv.note(), None);

    tv.profiles.make_current(&grace).unwrap();
    let note = tv.note().expect("a note");
    assert_eq!(tv.profiles.current(), grace);
    assert_eq!(
        fs::metadata(&note).unwrap().permissions().mode() & 0o777,
        0o600
    );
    tv.sign_out(&ada).await;
    assert_eq!(
        tv.profiles.current(),
        grace,
        "another one's end changes nothing"
    );
    tv.sign_out(&grace).await;

    assert!(!note.exists());
    assert_eq!(tv.profiles.current(), Profile::default());
}

#[tokio::test]
async fn a_note_that_names_nobody_who_is_kept_counts_for_nothing() {
    let tv = Tv::new().await;
    tv.join("ada").await;
    tv.profiles.make_current(&"gone".parse().unwrap()).unwrap();
    assert_eq!(tv.profiles.current(), Profile::default());

    fs::write(tv.note().unwrap(), "../../../etc/passwd").unwrap();
    assert_eq!(tv.profiles.current(), Profile::default());
}

#[tokio::test]
async fn going_back_to_the_default_profile_leaves_no_note() {
    let tv = Tv::new().await;
    tv.join("ada").await;
    let grace = tv.join("grace").await;
    tv.profiles.make_current(&grace).unwrap();

    tv.profiles.make_current(&Profile::default()).unwrap();

    assert_eq!(tv.note(), None);
}

#[tokio::test]
async fn a_guest_leaves_nothing_on_the_disk() {
    let tv = Tv::new().await;
    let place = tv.only(&Profile::guest());
    let session = tv.sign_in(place.clone(), "grace").await;

    tv.profiles.make_current(&Profile::guest()).unwrap();

    assert_eq!(tv.kept(), []);
    assert_eq!(tv.profiles.cache(&Profile::guest()), None);
    let left: Vec<_> = fs::read_dir(tv.home.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");

    tv.flow(place).keeper(session).sign_out().await;
    assert_eq!(tv.revoked(), ["refresh-of-grace", "access-of-grace"]);
}

#[tokio::test]
async fn one_guest_never_finds_the_session_of_another() {
    let tv = Tv::new().await;
    tv.sign_in(tv.only(&Profile::guest()), "grace").await;

    let next = tv.flow(tv.only(&Profile::guest())).restore().await.unwrap();

    assert_eq!(next, None);
}

#[tokio::test]
async fn files_that_are_no_profiles_of_ours_are_passed_over() {
    let tv = Tv::new().await;
    tv.join("ada").await;
    let own = fs::read_dir(tv.sessions())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|ending| ending == "json"))
        .unwrap();
    let name = own.file_name().unwrap().to_str().unwrap().to_owned();
    for hostile in [".hidden", "a b", "né", "guest", "Guest", ""] {
        let copy = name.replacen("default", hostile, 1);
        fs::copy(&own, tv.sessions().join(copy)).unwrap();
    }
    fs::create_dir(tv.sessions().join(name.replacen("default", "folder", 1))).unwrap();
    fs::write(tv.sessions().join("kitchen-00000000.json"), "{}").unwrap();

    assert_eq!(tv.kept(), [("ada".to_owned(), "default".to_owned())]);
}

#[tokio::test]
async fn a_session_that_cannot_be_read_is_listed_and_names_nobody() {
    let tv = Tv::new().await;
    tv.join("ada").await;
    let grace = tv.join("grace").await;
    for entry in fs::read_dir(tv.sessions()).unwrap() {
        let path = entry.unwrap().path();
        if path
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("default")
        {
            fs::write(path, "{\"who\": ").unwrap();
        }
    }

    let expected = [("grace", grace.as_str()), ("someone", "default")];
    assert_eq!(
        tv.kept(),
        expected.map(|(name, profile)| (name.to_owned(), profile.to_owned()))
    );
    assert!(tv.profiles.store(&Profile::default()).load().is_err());
    assert_eq!(tv.kept().len(), 1, "it was set aside");
}

#[tokio::test]
async fn people_in_memory_are_kept_apart_as_well() {
    let tv = Tv::new().await;
    let tv = Tv {
        profiles: Profiles::in_memory(&tv.provider.provider()),
        ..tv
    };

    let (ada, grace) = (tv.join("ada").await, tv.join("grace").await);
    tv.profiles.make_current(&grace).unwrap();

    assert_eq!(tv.kept().len(), 2);
    assert_eq!(tv.profiles.current(), grace);
    assert_eq!(tv.profiles.cache(&ada), None);
    tv.sign_out(&grace).await;
    assert_eq!(tv.profiles.current(), ada);
    assert!(!tv.home.path().join("state").exists());
}

#[tokio::test]
async fn a_session_that_cannot_be_deleted_leaves_no_cache() {
    let tv = Tv::new().await;
    let ada = tv.join("ada").await;
    let cache = tv.cached(&ada);
    let file = PathBuf::from(tv.profiles.store(&ada).place().to_string());
    fs::remove_file(&file).unwrap();
    // Not even root removes a directory as a file.
    fs::create_dir_all(file.join("in the way")).unwrap();

    let deleted = tv.profiles.store(&ada).delete();

    let words = deleted.unwrap_err().to_string();
    assert!(words.contains(file.to_str().unwrap()), "{words}");
    assert!(!cache.exists());
}
