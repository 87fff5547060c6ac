//! Which screen follows which: what each screen's actions lead to.

use std::sync::Arc;

use iced::Task;

use super::attempts::{Attempts, SignInTarget};
use super::message::Wish;
use super::preload::{self, Beginning, Preload, restore};
use super::sign_in::{Coming, note_current, restoring, signed_out, start_screen, waiting_for_code};
use super::slow_disk::looking;
use super::{App, Boot, Message, Screen};
use crate::config::Room;
use crate::demo;
use crate::disk::{Asked, MOMENT};
use crate::i18n::Phrase;
use crate::oauth::flow::End;
use crate::screen::pending::Pending;
use crate::screen::signed_in::source::Stay;
use crate::screen::signed_in::tab::Audience;
use crate::screen::start::{Notice, Offer};
use crate::screen::{code, details, ended, problem, signed_in, start, waiting};
use crate::session::sign_in::Event;
use crate::session::{Flow, Profile, Session};
use crate::setup::Setup;
use crate::ui::idle::Step;
use crate::ui::keys::Gate;
use crate::work;

impl App {
    /// The screen that `boot` begins with, and its work, unless that has begun `ahead`; an
    /// attempt that it goes on with is added to `attempts`.
    pub(super) fn first(
        boot: &Boot,
        attempts: &mut Attempts,
        ahead: Option<Preload>,
    ) -> (Screen, Task<Message>) {
        match boot {
            Boot::Ready(setup) => match preload::beginning(setup, MOMENT) {
                Asked::Now(beginning) => Self::begin(setup, beginning, attempts, ahead),
                Asked::Later(later) => looking(later),
            },
            Boot::NoConfig { path } => {
                let offer = Offer::SetUp { path: path.clone() };
                (Screen::Start(start::State::new(offer, None)), Task::none())
            }
            Boot::BadConfig(error) => {
                let problem = problem::Problem::Config(error.clone());
                (Screen::Problem(problem::State::new(problem)), Task::none())
            }
            Boot::Problem { words, file } => {
                let (words, file) = (words.clone(), file.clone());
                let problem = problem::Problem::Setup { words, file };
                (Screen::Problem(problem::State::new(problem)), Task::none())
            }
        }
    }

    /// The screen that goes on with that.
    pub(super) fn begin(
        setup: &Setup,
        beginning: Beginning,
        attempts: &mut Attempts,
        ahead: Option<Preload>,
    ) -> (Screen, Task<Message>) {
        match beginning {
            Beginning::Code => {
                let seat = SignInTarget::resumed(setup);
                (waiting_for_code(setup, seat, attempts), Task::none())
            }
            Beginning::Restore(profile) => {
                let work = match ahead {
                    Some(ahead) => ahead.result(setup, &profile),
                    None => restore(setup, &profile),
                };
                restoring(setup, profile, work)
            }
            Beginning::Choose => {
                let (screen, task) = start_screen(setup, None);
                (Screen::Start(screen), task)
            }
        }
    }

    /// Shows another screen. What the one before waited for ends here.
    pub(super) fn show(&mut self, screen: Screen) {
        let (from, to) = (self.screen.name(), screen.name());
        if from != to {
            tracing::info!(from, to, "screen");
        }
        self.screen = if self.options.kiosk {
            screen.without_exit()
        } else {
            screen
        };
        if matches!(self.screen, Screen::SignedIn(_)) {
            self.farewell = None;
        }
        self.postpone();
        self.shown += 1;
        self.gate = Gate::closed(self.clock.now());
        if let (Screen::Waiting(_) | Screen::Code(_), Some(asked_at)) =
            (&self.screen, self.asked_at)
        {
            self.gate = self.gate.after_ok(asked_at);
        }
        self.hold.forget();
        // What is tried again by itself doesn't keep the TV awake.
        if self.failed == 0 {
            let _ = self.idle.wake(self.clock.now());
        }
    }

    /// What stands in the way is looked at again by itself.
    pub(super) fn postpone(&mut self) {
        if let Screen::Problem(screen) = &mut self.screen {
            screen.postpone(self.clock.now(), self.failed, rand::random());
        }
    }

    /// The same screen by name: nothing to log.
    fn show_details(&mut self, open: impl FnOnce(signed_in::State) -> Screen) {
        // Stands there while the screen that it replaces is moved into the next one.
        let nobody_sees = Screen::Waiting(waiting::State::Tokens {
            attempt: 0,
            host: String::new(),
            guest: false,
        });
        self.screen = match std::mem::replace(&mut self.screen, nobody_sees) {
            Screen::SignedIn(screen) => open(screen),
            Screen::Details(screen) => Screen::SignedIn(*screen.behind),
            other @ (Screen::Start(_)
            | Screen::Waiting(_)
            | Screen::Code(_)
            | Screen::Ended(_)
            | Screen::Problem(_)) => other,
        };
        self.shown += 1;
        self.gate = Gate::closed(self.clock.now());
        self.hold.forget();
        let _ = self.idle.wake(self.clock.now());
    }

    pub(super) fn boot(&mut self, boot: Boot) -> Task<Message> {
        if let Boot::Ready(setup) = &boot {
            self.settle_in(setup);
        }
        let (screen, task) = Self::first(&boot, &mut self.attempts, None);
        self.boot = boot;
        self.show(screen);
        Task::batch([task, self.read_logo()])
    }

    /// The start screen, with words about what came before.
    pub(super) fn start(&mut self, notice: Option<Notice>) -> Task<Message> {
        let other = self.take_over_what_waits();
        let farewell = self.farewell.take().map(Notice::Trouble);
        let notice = notice.or(farewell);
        let (screen, later) = match &self.boot {
            Boot::Ready(setup) => start_screen(setup, notice),
            Boot::NoConfig { path } => {
                let offer = Offer::SetUp { path: path.clone() };
                (start::State::new(offer, notice), Task::none())
            }
            Boot::BadConfig(_) | Boot::Problem { .. } => {
                let (screen, task) = Self::first(&self.boot, &mut self.attempts, None);
                self.show(screen);
                return task;
            }
        };
        self.show(Screen::Start(screen));
        Task::batch([other, later])
    }

    pub(super) fn demo_started(&mut self, result: Result<Setup, Phrase>) -> Task<Message> {
        if !matches!(self.screen, Screen::Waiting(waiting::State::Demo { .. })) {
            return Task::none();
        }
        match result {
            Ok(setup) => self.boot(Boot::Ready(setup)),
            Err(why) => self.start(Some(Notice::Trouble(why))),
        }
    }

    /// What an attempt says. A late word of an attempt that was left is dropped; a
    /// session in it is ended.
    pub(super) fn hear(&mut self, attempt: u64, event: Event) -> Task<Message> {
        let (Boot::Ready(setup), Some(seat)) = (&self.boot, self.seat(attempt).cloned()) else {
            return Task::none();
        };
        if self.screen.attempt() != Some(attempt) {
            tracing::debug!(attempt, "late word of a sign-in that was left, dropped");
            return match event {
                Event::SignedIn(session) => end_unwanted(seat.flow, session),
                Event::Code(_)
                | Event::Checking
                | Event::Waiting(_)
                | Event::Approved
                | Event::Ended(_) => Task::none(),
            };
        }
        let (host, now) = (setup.config.provider.host().to_owned(), self.clock.now());
        let guest = seat.stay == Stay::Guest;
        match event {
            Event::Code(prompt) => {
                self.failed = 0;
                let pending = Pending::new(attempt, host, prompt, now);
                let pending = if guest { pending.of_guest() } else { pending };
                self.show(Screen::Code(code::State::new(pending, &self.look)));
                Task::none()
            }
            Event::Checking | Event::Waiting(_) => {
                match &mut self.screen {
                    Screen::Code(screen) => screen.hear(&event, now),
                    Screen::Waiting(screen) => screen.hear(&event, now),
                    Screen::Start(_)
                    | Screen::SignedIn(_)
                    | Screen::Details(_)
                    | Screen::Ended(_)
                    | Screen::Problem(_) => {}
                }
                Task::none()
            }
            Event::Approved => {
                self.show(Screen::Waiting(waiting::State::Tokens {
                    attempt,
                    host,
                    guest,
                }));
                Task::none()
            }
            Event::SignedIn(session) => {
                let profile = match seat.stay {
                    Stay::Guest => Profile::guest(),
                    Stay::Shared => {
                        let (people, _) = preload::people(setup);
                        setup.profiles.profile_among(&session.who, &people.kept)
                    }
                    Stay::Alone => setup.profile(),
                };
                if seat.stay == Stay::Shared {
                    note_current(setup, &profile);
                }
                self.signed_in(session, Coming::New, &seat, &profile)
            }
            Event::Ended(end) => {
                if let End::Unreachable(why) = &end
                    && self.failed == 0
                {
                    tracing::warn!(%why, "no code");
                }
                let (times, luck) = ((now, self.clock.wall()), rand::random());
                let screen = ended::State::new(&end, &host, times, self.failed, luck);
                let retries = screen.retries();
                self.show(Screen::Ended(screen));
                self.failed = if retries { self.failed + 1 } else { 0 };
                Task::none()
            }
        }
    }

    pub(super) fn on_start(&mut self, message: start::Message) -> Task<Message> {
        let Screen::Start(screen) = &mut self.screen else {
            return Task::none();
        };
        match screen.update(message) {
            start::Action::None => Task::none(),
            start::Action::Scroll(by) => Self::scroll(by),
            start::Action::SignIn => self.sign_in(),
            start::Action::Guest => self.sign_in_guest(),
            start::Action::Restore(profile) => self.restore(profile),
            start::Action::Demo => self.demo(),
            start::Action::Reread(path) => self.reread(&path, Wish::Somebodys),
            start::Action::Leave => self.leave(),
        }
    }

    fn demo(&mut self) -> Task<Message> {
        if self.options.kiosk {
            return Task::none();
        }
        let clock = Arc::clone(&self.clock);
        let options = demo::Options::default();
        let starting = async move { Setup::demo(&options, Room::default(), clock).await };
        let (task, handle) = Task::future(starting).abortable();
        self.show(Screen::Waiting(waiting::State::Demo {
            _work: handle.abort_on_drop(),
        }));
        task.map(Message::DemoStarted)
    }

    pub(super) fn on_waiting(&mut self, message: waiting::Message) -> Task<Message> {
        let Screen::Waiting(screen) = &mut self.screen else {
            return Task::none();
        };
        match screen.update(message) {
            waiting::Action::None => Task::none(),
            waiting::Action::Scroll(by) => Self::scroll(by),
            waiting::Action::Cancel => {
                let cancelling = self.cancel();
                Task::batch([cancelling, self.start(None)])
            }
            waiting::Action::ShowCode => {
                if let Screen::Waiting(waiting::State::Approval(pending)) = &self.screen {
                    self.show(Screen::Code(code::State::new(pending.clone(), &self.look)));
                }
                Task::none()
            }
        }
    }

    pub(super) fn on_code(&mut self, message: code::Message) -> Task<Message> {
        let Screen::Code(screen) = &mut self.screen else {
            return Task::none();
        };
        match screen.update(message) {
            code::Action::None => Task::none(),
            code::Action::Scroll(by) => Self::scroll(by),
            code::Action::Entered => {
                let pending = screen.pending().clone();
                self.show(Screen::Waiting(waiting::State::Approval(pending)));
                Task::none()
            }
            code::Action::NewCode => self.sign_in_again(),
            code::Action::Cancel => {
                let cancelling = self.cancel();
                let words = Phrase::new("start-cancelled");
                let start = self.start(Some(Notice::Done(words)));
                Task::batch([cancelling, start])
            }
        }
    }

    pub(super) fn on_signed_in(&mut self, message: signed_in::Message) -> Task<Message> {
        let (look, now, wall) = (self.look, self.clock.now(), self.clock.wall());
        let screen = match &mut self.screen {
            Screen::SignedIn(screen) => screen,
            Screen::Details(screen) => &mut *screen.behind,
            Screen::Start(_)
            | Screen::Waiting(_)
            | Screen::Code(_)
            | Screen::Ended(_)
            | Screen::Problem(_) => {
                return Task::none();
            }
        };
        screen.tell_time(now, wall);
        screen.tell_audience(if self.idle.step() >= Step::Dim {
            Audience::Away
        } else {
            self.window
        });
        match screen.update(message, &look) {
            signed_in::Action::None => Task::none(),
            signed_in::Action::Run(task) => task.map(Message::SignedIn),
            signed_in::Action::Scroll(by) => Self::scroll(by),
            signed_in::Action::Open { item, channel } => self.open(item, channel),
            signed_in::Action::Over(words) => self.start(Some(Notice::Trouble(words))),
            signed_in::Action::Switch => self.switch(),
            signed_in::Action::SignedOut(outcome) => {
                let name = screen.source().who().name;
                let host = match &self.boot {
                    Boot::Ready(setup) => setup.config.provider.host(),
                    Boot::NoConfig { .. } | Boot::BadConfig(_) | Boot::Problem { .. } => "",
                };
                let notice = signed_out(outcome, name, host);
                self.start(Some(notice))
            }
            signed_in::Action::Leave => self.leave(),
        }
    }

    fn open(
        &mut self,
        item: crate::channel::Item,
        channel: crate::config::Channel,
    ) -> Task<Message> {
        let look = self.look;
        let mut task = Task::none();
        self.show_details(|behind| {
            let (screen, work) = details::State::new(item, channel, behind, &look);
            task = work.map(Message::Details);
            Screen::Details(screen)
        });
        task
    }

    pub(super) fn on_details(&mut self, message: details::Message) -> Task<Message> {
        let look = self.look;
        let Screen::Details(screen) = &mut self.screen else {
            return Task::none();
        };
        match screen.update(message, &look) {
            details::Action::None => {}
            details::Action::Back => {
                self.show_details(Screen::SignedIn);
                // The cards are larger now if opening one has dismissed the greeting above
                // them: they need other pictures.
                if let Screen::SignedIn(screen) = &mut self.screen {
                    return screen.resized(&look).map(Message::SignedIn);
                }
            }
        }
        Task::none()
    }

    pub(super) fn on_ended(&mut self, message: ended::Message) -> Task<Message> {
        let Screen::Ended(screen) = &mut self.screen else {
            return Task::none();
        };
        match screen.update(message) {
            ended::Action::None => Task::none(),
            ended::Action::Scroll(by) => Self::scroll(by),
            ended::Action::Again => {
                self.failed = 0;
                self.sign_in_again()
            }
            ended::Action::AgainByItself => self.sign_in_again(),
            ended::Action::Start => self.start(None),
        }
    }

    pub(super) fn on_problem(&mut self, message: problem::Message) -> Task<Message> {
        let Screen::Problem(screen) = &mut self.screen else {
            return Task::none();
        };
        match screen.update(message) {
            problem::Action::None => Task::none(),
            problem::Action::Scroll(by) => Self::scroll(by),
            problem::Action::Reread(path) => self.reread(&path, Wish::Somebodys),
            problem::Action::RereadByItself(path) => self.reread(&path, Wish::None),
            problem::Action::Leave => self.leave(),
        }
    }
}

/// Revokes and deletes a session that nobody waits for any more.
fn end_unwanted(flow: Flow, session: Session) -> Task<Message> {
    Task::future(async move {
        if let Some(keeper) = work::aside(move || flow.keeper(session)).await {
            drop(keeper.sign_out().await);
        }
    })
    .discard()
}
