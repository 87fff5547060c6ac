//! What a disk says later than a screen can wait for it: see [`crate::disk`].

use std::path::Path;

use futures::future::BoxFuture;
use iced::Task;

use super::message::Wish;
use super::preload::Beginning;
use super::sign_in::start_screen_of;
use super::{App, Boot, Message, Screen};
use crate::config::Config;
use crate::disk::Asked;
use crate::screen::waiting;
use crate::session::Profile;
use crate::session::profiles::People;

impl App {
    /// The disk has said at last what there is to go on with.
    pub(super) fn go_on(&mut self, beginning: Beginning) -> Task<Message> {
        let (Boot::Ready(setup), Screen::Waiting(waiting::State::Session { .. })) =
            (&self.boot, &self.screen)
        else {
            return Task::none();
        };
        let (screen, task) = Self::begin(setup, beginning, &mut self.attempts, None);
        self.show(screen);
        task
    }

    /// The disk has said at last who is kept.
    pub(super) fn people_found(&mut self, people: &People) -> Task<Message> {
        if let (Boot::Ready(setup), Screen::Start(screen)) = (&self.boot, &mut self.screen) {
            screen.invite_as(start_screen_of(setup, people, None));
        }
        Task::none()
    }

    /// Reads the configuration again.
    pub(super) fn reread(&mut self, path: &Path, wish: Wish) -> Task<Message> {
        let file = path.to_owned();
        match self.ask_for_boot(path, move || Config::read(&file)) {
            Asked::Now(boot) => self.booted(boot, wish),
            Asked::Later(later) => {
                // It is looked at again, should it never be answered.
                self.failed += u32::from(wish == Wish::None);
                self.postpone();
                Task::future(later)
                    .and_then(move |boot| Task::done(Message::Booted(Box::new(boot), wish)))
            }
        }
    }

    /// The disk has said at last what the app starts from.
    pub(super) fn booted_later(&mut self, boot: Boot, wish: Wish) -> Task<Message> {
        let awaited = match &self.screen {
            Screen::Problem(_) => true,
            Screen::Start(_) => matches!(self.boot, Boot::NoConfig { .. }),
            Screen::Waiting(_)
            | Screen::Code(_)
            | Screen::SignedIn(_)
            | Screen::Details(_)
            | Screen::Ended(_) => false,
        };
        if awaited {
            self.booted(boot, wish)
        } else {
            Task::none()
        }
    }

    fn booted(&mut self, boot: Boot, wish: Wish) -> Task<Message> {
        match wish {
            Wish::Somebodys => self.boot(boot),
            Wish::None => self.booted_by_itself(boot),
        }
    }

    /// Where nothing has changed the screen stays, and doesn't keep the TV awake.
    fn booted_by_itself(&mut self, boot: Boot) -> Task<Message> {
        self.failed += 1;
        match (&boot, &self.screen) {
            (Boot::Problem { words, .. }, Screen::Problem(screen)) if screen.says(words) => {
                self.postpone();
                Task::none()
            }
            (Boot::Ready(_), _) => {
                self.failed = 0;
                self.boot(boot)
            }
            _ => self.boot(boot),
        }
    }
}

/// What stands there while the disk is waited for.
pub(super) fn looking(later: BoxFuture<'static, Option<Beginning>>) -> (Screen, Task<Message>) {
    let (task, handle) = Task::future(later).abortable();
    let screen = Screen::Waiting(waiting::State::Session {
        profile: Profile::default(),
        name: None,
        _work: handle.abort_on_drop(),
    });
    let task = task.and_then(|beginning| Task::done(Message::Beginning(beginning)));
    (screen, task)
}
