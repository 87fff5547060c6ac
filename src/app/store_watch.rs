//! A sign-in that another program made, such as `tenfoot sign-in` in a terminal, while the start
//! screen waits for one.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::SystemTime;

use futures::{Stream, stream};
use iced::{Subscription, Task};

use super::preload::{self, Beginning, Restored, restore};
use super::sign_in::note_current;
use super::{App, Boot, Message, Screen};
use crate::app::attempts::SignInTarget;
use crate::app::sign_in::Coming;
use crate::session::{Profile, Session};
use crate::watch::Watch;
use crate::work;

impl App {
    /// Tells that what is stored has changed, as long as nobody is signed in.
    pub(super) fn stored_elsewhere(&self) -> Subscription<Message> {
        let (Boot::Ready(setup), Screen::Start(_)) = (&self.boot, &self.screen) else {
            return Subscription::none();
        };
        let places = setup.profiles.places();
        if places.is_empty() {
            return Subscription::none();
        }
        Subscription::run_with(places, |places| changes(places.clone()))
    }

    /// What is stored is another now: who is there is looked at again.
    pub(super) fn look_who_is_there(&self) -> Task<Message> {
        let (Boot::Ready(setup), Screen::Start(_)) = (&self.boot, &self.screen) else {
            return Task::none();
        };
        let setup = setup.clone();
        let looking = async move {
            match preload::beginning_later(&setup).await? {
                Beginning::Restore(profile) => {
                    let restored = restore(&setup, &profile).await;
                    // One that is over was there before, and would end at once again.
                    let is_new = |session: &Session| session.over().is_none();
                    matches!(&restored.session, Ok(Some(session)) if is_new(session))
                        .then_some(Message::FoundSession(profile, restored))
                }
                Beginning::Choose => {
                    let profiles = setup.profiles.clone();
                    let people = work::aside(move || profiles.people()).await?;
                    Some(Message::People(people))
                }
                Beginning::Code => None,
            }
        };
        Task::future(looking).and_then(Task::done)
    }

    /// Somebody signed in elsewhere. Where several people share the TV it is they who choose.
    pub(super) fn found_session(&mut self, profile: &Profile, found: Restored) -> Task<Message> {
        let (Boot::Ready(setup), Screen::Start(screen)) = (&self.boot, &self.screen) else {
            return Task::none();
        };
        match found.session {
            Ok(Some(session)) if screen.invites() => {
                tracing::info!("somebody signed in elsewhere");
                let seat = SignInTarget::of(setup, profile);
                note_current(setup, profile);
                self.signed_in(session, Coming::Back(found.seen), &seat, profile)
            }
            Ok(_) | Err(_) => Task::none(),
        }
    }
}

/// Tells of changes of what is stored there. To look takes locks, which lie there as well: they
/// are none.
fn changes(places: Vec<PathBuf>) -> impl Stream<Item = Message> {
    stream::unfold(None, move |state: Option<(Watch, Vec<Stored>)>| {
        let places = places.clone();
        async move {
            let (mut watch, before) = match state {
                Some(state) => state,
                None => {
                    let places = places.clone();
                    work::aside(move || (Watch::new(places.clone()), stored(&places))).await?
                }
            };
            loop {
                watch.noticed().await;
                let places = places.clone();
                let (watching, now) =
                    work::aside(move || (watch.looked_around(), stored(&places))).await?;
                watch = watching;
                if now != before {
                    return Some((Message::StoreChanged, Some((watch, now))));
                }
            }
        }
    })
}

/// A session's file, or what notes that a keyring has it: its name, when it was written, how
/// long it is.
type Stored = (OsString, Option<SystemTime>, u64);

fn stored(places: &[PathBuf]) -> Vec<Stored> {
    let entries = places
        .iter()
        .filter_map(|place| std::fs::read_dir(place).ok());
    let mut stored: Vec<Stored> = entries
        .flatten()
        .flatten()
        .filter(|entry| {
            let name = PathBuf::from(entry.file_name());
            name.extension()
                .is_some_and(|ending| ending == "json" || ending == "keyring")
        })
        .filter_map(|entry| {
            let about = entry.metadata().ok()?;
            Some((entry.file_name(), about.modified().ok(), about.len()))
        })
        .collect();
    stored.sort();
    stored
}
