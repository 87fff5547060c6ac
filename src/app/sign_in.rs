//! Whose turn it is on the TV: signing in, going on, giving way to somebody else.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use iced::Task;

use super::attempts::{Attempts, SignInTarget};
use super::preload::{self, Restored, restore};
use super::startup_jitter::{self, StartDelay};
use super::{App, AppExit, Boot, LiveSource, Message, Screen};
use crate::channel::Seen;
use crate::config::Seconds;
use crate::disk::{self, MOMENT};
use crate::i18n::Phrase;
use crate::screen::signed_in::Entrance;
use crate::screen::signed_in::source::Stay;
use crate::screen::start::{Guests, Notice, Offer, People};
use crate::screen::{signed_in, start, waiting};
use crate::session::profiles::{self, Person};
use crate::session::token_manager::SignedOut;
use crate::session::{Profile, Session, store};
use crate::setup::Setup;
use crate::work::carry_out;

/// How somebody comes to be signed in.
#[derive(Debug)]
pub(super) enum Coming {
    /// They have just approved it.
    New,
    /// A stored session goes on, with what they saw the last time.
    Back(Option<Arc<Seen>>),
}

impl App {
    /// Asks for a code for whoever is next.
    pub(super) fn sign_in(&mut self) -> Task<Message> {
        match &self.boot {
            Boot::Ready(setup) => self.attempt(SignInTarget::next(setup)),
            Boot::NoConfig { .. } | Boot::BadConfig(_) | Boot::Problem { .. } => Task::none(),
        }
    }

    pub(super) fn sign_in_guest(&mut self) -> Task<Message> {
        match &self.boot {
            Boot::Ready(setup) => self.attempt(SignInTarget::guest(setup)),
            Boot::NoConfig { .. } | Boot::BadConfig(_) | Boot::Problem { .. } => Task::none(),
        }
    }

    /// Asks for another code for whom the last one was for.
    pub(super) fn sign_in_again(&mut self) -> Task<Message> {
        match self.attempts.last().cloned() {
            Some(seat) => self.attempt(seat.again()),
            None => self.sign_in(),
        }
    }

    /// Asks for a code, under a number of its own.
    fn attempt(&mut self, seat: SignInTarget) -> Task<Message> {
        let Boot::Ready(setup) = &self.boot else {
            return Task::none();
        };
        let screen = waiting_for_code(setup, seat, &mut self.attempts);
        self.show(screen);
        Task::none()
    }

    /// The code of the attempt on the screen counts no more, not even after a power cut.
    pub(super) fn cancel(&self) -> Task<Message> {
        let attempt = self.screen.attempt().and_then(|number| self.seat(number));
        attempt.map_or_else(Task::none, |seat| {
            let flow = seat.flow.clone();
            let forgetting = async move {
                let _ = carry_out(async move { flow.forget_code().await }).await;
            };
            Task::future(forgetting).discard()
        })
    }

    /// What the attempt of that number is for.
    pub(super) fn seat(&self, attempt: u64) -> Option<&SignInTarget> {
        self.attempts.get(attempt)
    }

    /// Takes the session of `profile` into use.
    pub(super) fn signed_in(
        &mut self,
        session: Session,
        coming: Coming,
        seat: &SignInTarget,
        profile: &Profile,
    ) -> Task<Message> {
        let Boot::Ready(setup) = &self.boot else {
            return Task::none();
        };
        let cache = preload::cache_at_once(setup, profile, &session);
        // Where their session goes is known by now: nobody has to look for it again.
        let keeper = match seat.stay {
            Stay::Shared => setup.flow_of(profile).keeper(session),
            Stay::Alone | Stay::Guest => seat.flow.keeper(session),
        };
        let source = LiveSource::new(
            keeper,
            setup.channels.caching(cache),
            setup.config.provider.scope.clone(),
            seat.stay,
        );
        let (entrance, source) = match &coming {
            Coming::Back(_) => {
                let spread = setup
                    .config
                    .fleet
                    .spread
                    .map_or(Duration::ZERO, Seconds::duration);
                let delay = startup_jitter::delay(spread, self.clock.now(), rand::random());
                let turn = StartDelay::after(delay, Arc::clone(&self.clock));
                (Entrance::Restored, source.in_turn(turn))
            }
            Coming::New => (Entrance::Fresh, source),
        };
        let (host, channels) = (
            setup.config.provider.host().to_owned(),
            setup.config.channels.clone(),
        );
        let times = (self.clock.now(), self.clock.wall());
        let mut screen = signed_in::State::new(Arc::new(source), host, channels, entrance, times)
            .in_kiosk(self.options.kiosk)
            .with_luck(rand::random());
        let task = match coming {
            Coming::Back(Some(seen)) => screen.resume(Arc::unwrap_or_clone(seen), &self.look),
            Coming::Back(None) | Coming::New => screen.start(),
        };
        self.show(Screen::SignedIn(screen));
        task.map(Message::SignedIn)
    }

    pub(super) fn leave(&self) -> Task<Message> {
        if self.options.kiosk {
            Task::none()
        } else {
            self.exit()
        }
    }

    /// Ends the program.
    pub(super) fn exit(&self) -> Task<Message> {
        self.tell_end();
        self.kiosk.way_out.take(AppExit::Usually);
        let _ = self.end_guest();
        iced::exit()
    }

    /// A guest's session ends when they go, whether or not somebody waits for that.
    /// Says whether there was a guest.
    fn end_guest(&self) -> bool {
        let Some(source) = self.screen.source() else {
            return false;
        };
        let is_guest = source.stay() == Stay::Guest;
        if is_guest {
            drop(carry_out(source.sign_out()));
        }
        is_guest
    }

    pub(super) fn restored(
        &mut self,
        profile: &Profile,
        Restored { session, seen }: Restored,
    ) -> Task<Message> {
        let awaited = matches!(
            &self.screen,
            Screen::Waiting(waiting::State::Session { profile: awaited, .. }) if awaited == profile
        );
        let Boot::Ready(setup) = &self.boot else {
            return Task::none();
        };
        if !awaited {
            return Task::none();
        }
        match session {
            Ok(Some(session)) => {
                let seat = SignInTarget::of(setup, profile);
                note_current(setup, profile);
                self.signed_in(session, Coming::Back(seen), &seat, profile)
            }
            Ok(None) => {
                let gone = gone(&preload::people(setup).0.kept, profile);
                // What still tells of it goes as well.
                let cleaning = gone.as_ref().map_or_else(Task::none, |_| {
                    let flow = setup.flow_of(profile);
                    let cleaning = async move { flow.tidy().await };
                    Task::future(async move { drop(carry_out(cleaning).await) }).discard()
                });
                Task::batch([cleaning, self.start(gone)])
            }
            Err(error) => {
                let words = unreadable(&preload::people(setup).0.kept, profile, &error);
                self.start(Some(Notice::Trouble(words)))
            }
        }
    }

    pub(super) fn restore(&mut self, profile: Profile) -> Task<Message> {
        let Boot::Ready(setup) = &self.boot else {
            return Task::none();
        };
        let work = restore(setup, &profile);
        let (screen, task) = restoring(setup, profile, work);
        self.show(screen);
        task
    }

    /// Back to the question who is here. What the one before saw goes with their
    /// screen; their session stays, unless they were a guest.
    pub(super) fn switch(&mut self) -> Task<Message> {
        let was_guest = self.end_guest();
        self.start(was_guest.then(|| Notice::Done(Phrase::new("start-guest-gone"))))
    }
}

/// Begins an attempt, under a number of its own.
pub(super) fn waiting_for_code(
    setup: &Setup,
    seat: SignInTarget,
    attempts: &mut Attempts,
) -> Screen {
    let guest = seat.stay == Stay::Guest;
    Screen::Waiting(waiting::State::Code {
        attempt: attempts.begin(seat),
        guest,
        host: setup.config.provider.host().to_owned(),
    })
}

/// Looks for the session of an earlier run.
pub(super) fn restoring(
    setup: &Setup,
    profile: Profile,
    work: BoxFuture<'static, Restored>,
) -> (Screen, Task<Message>) {
    let (task, handle) = Task::future(work).abortable();
    let screen = Screen::Waiting(waiting::State::Session {
        profile: profile.clone(),
        name: name(&preload::people(setup).0.kept, &profile),
        _work: handle.abort_on_drop(),
    });
    let task = task.map(move |result| Message::Restored(profile.clone(), result));
    (screen, task)
}

/// Somebody who is kept, but whose session isn't there.
fn gone(kept: &[Person], profile: &Profile) -> Option<Notice> {
    let person = kept.iter().find(|person| person.profile == *profile)?;
    let words = Phrase::new("start-session-gone").with("name", person.who.label());
    Some(Notice::Trouble(words))
}

/// A session that is there but can't be had, with whose it is where several are kept.
fn unreadable(kept: &[Person], profile: &Profile, why: &store::Error) -> Phrase {
    match name(kept, profile) {
        // What was set aside, and where to, is in the log.
        Some(name) if why.is_set_aside() => {
            tracing::warn!("{why}");
            Phrase::new("start-sign-in-again").with("name", name)
        }
        Some(name) if kept.len() > 1 => Phrase::new("start-of")
            .with("name", name)
            .with("why", why.phrase()),
        Some(_) | None => why.phrase(),
    }
}

/// What the owner of that profile is called.
fn name(kept: &[Person], profile: &Profile) -> Option<String> {
    let person = kept.iter().find(|person| person.profile == *profile)?;
    person.who.name.clone()
}

/// Remembers who uses the TV, unless it is set to one profile.
pub(super) fn note_current(setup: &Setup, profile: &Profile) {
    if setup.named.is_some() {
        return;
    }
    let (profiles, profile) = (setup.profiles.clone(), profile.clone());
    let noting = move || {
        if let Err(why) = profiles.make_current(&profile) {
            tracing::warn!("{why}");
        }
    };
    if setup.profiles.are_in_memory() {
        noting();
    } else {
        // Whether or not it is written down by now: nobody waits for it.
        drop(disk::ask(MOMENT, noting));
    }
}

/// The start screen for whoever is kept, as far as that is known; who else is comes later.
pub(super) fn start_screen(setup: &Setup, notice: Option<Notice>) -> (start::State, Task<Message>) {
    if setup.named.is_some() {
        return (start::State::new(invitation(setup), notice), Task::none());
    }
    let (people, later) = preload::people(setup);
    let screen = start_screen_of(setup, &people, notice);
    let later = later.map_or_else(Task::none, |later| {
        Task::future(later).and_then(|people| Task::done(Message::People(people)))
    });
    (screen, later)
}

/// The same for these people.
pub(super) fn start_screen_of(
    setup: &Setup,
    people: &profiles::People,
    notice: Option<Notice>,
) -> start::State {
    let offer = if people.kept.is_empty() {
        invitation(setup)
    } else {
        Offer::People(People::new(&people.kept, &people.current))
    };
    start::State::new(offer, notice)
}

fn invitation(setup: &Setup) -> Offer {
    let demo = setup.demo.as_ref().map_or_else(Vec::new, |demo| {
        let approve = Phrase::new("start-demo-approve").with("address", demo.activation_url());
        std::iter::once(approve).chain(demo.notice()).collect()
    });
    Offer::SignIn {
        host: setup.config.provider.host().to_owned(),
        channels: setup
            .config
            .channels
            .iter()
            .map(|channel| channel.name.clone())
            .collect(),
        demo,
        guests: match &setup.named {
            None => Guests::Welcome,
            Some(named) if named.is_guest() => Guests::Only,
            Some(_) => Guests::Never,
        },
    }
}

/// What came of signing out whoever was called `name` at `host`.
pub(super) fn signed_out(outcome: SignedOut, name: Option<String>, host: &str) -> Notice {
    let problem = outcome.problem;
    if !outcome.deleted {
        let why = problem.unwrap_or_else(|| Phrase::said(""));
        return Notice::Trouble(Phrase::new("start-not-deleted").with("why", why));
    }
    let done = Phrase::new("start-signed-out")
        .with("known", usize::from(name.is_some()))
        .with("name", name.unwrap_or_default());
    let after = |id, done: Phrase| Phrase::new(id).with("done", done).with("host", host);
    match (problem, outcome.revoked) {
        (Some(why), _) => {
            let done = Phrase::new("start-signed-out-but")
                .with("done", done)
                .with("why", why);
            Notice::Trouble(after("start-browser", done))
        }
        (None, true) => Notice::Done(after("start-browser", done)),
        (None, false) => Notice::Done(after("start-listed", done)),
    }
}
