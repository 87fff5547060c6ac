//! The configuration while the app runs: a good one is taken over, a bad one is named and
//! changes nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::stream;
use futures::{Stream, StreamExt as _};
use iced::{Subscription, Task};

use super::message::Wish;
use super::{App, Boot, Message, Screen, kiosk};
use crate::config::{self, Backend, Config, ExitLock, files};
use crate::disk::{self, Asked, MOMENT};
use crate::i18n::Phrase;
use crate::screen::signed_in::source::Stay;
use crate::setup::Setup;
use crate::ui::keys::Table;
use crate::watch::Watch;
use crate::work;

/// Where the configuration comes from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The file that is read, or would be if it were there; none for the demo.
    pub file: Option<PathBuf>,
    /// The profile that was named, if one was.
    pub profile: Option<crate::session::Profile>,
    /// What the service menu offers to find out what is wrong, if it does.
    pub diagnose: Option<super::Diagnose>,
    /// What the file says of the way out of a kiosk, whatever else is wrong with it.
    pub exit_lock: ExitLock,
    /// Where the screen's size is kept, if it is.
    pub extent: Option<super::WindowSize>,
}

impl App {
    /// Tells what the file says, at the beginning and whenever that changes.
    pub(super) fn configurations(&self) -> Subscription<Message> {
        self.origin
            .file
            .clone()
            .map_or_else(Subscription::none, |file| {
                Subscription::run_with(file, |file| configurations(file.clone()))
            })
    }

    /// The file says something else now, or what it has said all the time.
    pub(super) fn configured(&mut self, read: Result<Config, config::Error>) -> Task<Message> {
        match (&self.boot, read) {
            // It runs because there was no file, and ends when there is one.
            (Boot::Ready(setup), read) if setup.demo.is_some() => {
                if read.is_err() && self.says_nothing() {
                    return Task::none();
                }
                tracing::info!("there is a configuration now; the demo ends");
                self.begin_with(read)
            }
            (Boot::Ready(setup), Ok(config)) => {
                let same = setup.config == config;
                // What waited is no longer what the file says.
                (self.wrong, self.next) = (None, None);
                if same {
                    return Task::none();
                }
                self.take_over(config)
            }
            (Boot::Ready(_), Err(wrong)) => {
                tracing::warn!("{wrong} The configuration from before stays in force.");
                self.wrong = Some(Phrase::said(wrong.to_string()));
                Task::none()
            }
            (Boot::BadConfig(before), Err(wrong)) if *before == wrong => Task::none(),
            (Boot::BadConfig(_) | Boot::Problem { .. }, read) => self.begin_with(read),
            (Boot::NoConfig { path }, Err(wrong)) => {
                let path = path.clone();
                let is_nothing = disk::ask(MOMENT, move || is_nothing(&path));
                // A file that isn't there is no mistake.
                if is_nothing.now() == Some(false) {
                    self.begin_with(Err(wrong))
                } else {
                    Task::none()
                }
            }
            (Boot::NoConfig { .. }, read @ Ok(_)) => self.begin_with(read),
        }
    }

    /// Whether there is no file, or nothing in it.
    fn says_nothing(&self) -> bool {
        let Some(file) = self.origin.file.clone() else {
            return true;
        };
        // A disk that doesn't answer says nothing.
        disk::ask(MOMENT, move || is_nothing(&file))
            .now()
            .unwrap_or(true)
    }

    fn begin_with(&mut self, read: Result<Config, config::Error>) -> Task<Message> {
        let file = self.origin.file.clone().unwrap_or_default();
        match self.ask_for_boot(&file, move || read) {
            Asked::Now(boot) => self.boot(boot),
            Asked::Later(later) => Task::future(later)
                .and_then(|boot| Task::done(Message::Booted(Box::new(boot), Wish::Somebodys))),
        }
    }

    /// What the app starts from where `file` says what `read` reads.
    pub(super) fn ask_for_boot(
        &self,
        file: &Path,
        read: impl FnOnce() -> Result<Config, config::Error> + Send + 'static,
    ) -> Asked<Boot> {
        let (set_up, file) = (self.set_up(), file.to_owned());
        disk::ask(MOMENT, move || match read().map(set_up) {
            Ok(Ok(setup)) => Boot::Ready(setup),
            Ok(Err(words)) => Boot::Problem { words, file },
            Err(_) if is_nothing(&file) => Boot::NoConfig { path: file },
            Err(error) => Boot::BadConfig(error),
        })
    }

    /// Makes a configuration ready. That reads the client's secret.
    fn set_up(&self) -> impl FnOnce(Config) -> Result<Setup, Phrase> + Send + 'static + use<> {
        let (profile, clock) = (self.origin.profile.clone(), Arc::clone(&self.clock));
        move |config| Setup::from_config(config, profile, clock)
    }

    /// Another configuration comes into force. Whoever is signed in stays so.
    fn take_over(&mut self, config: Config) -> Task<Message> {
        let Boot::Ready(setup) = &mut self.boot else {
            return Task::none();
        };
        let same_sessions =
            setup.config.provider == config.provider && setup.config.storage == config.storage;
        if same_sessions {
            tracing::info!("the new configuration is taken over");
            setup.config = config;
            return self.follow();
        }
        let set_up = self.set_up();
        match disk::ask(MOMENT, move || set_up(config)) {
            Asked::Now(result) => self.take_over_setup(result),
            Asked::Later(later) => {
                Task::future(later).and_then(|result| Task::done(Message::SetUp(Box::new(result))))
            }
        }
    }

    /// The disk has said at last what another configuration needs.
    pub(super) fn set_up_later(&mut self, result: Result<Setup, Phrase>) -> Task<Message> {
        match &self.boot {
            Boot::Ready(setup) if setup.demo.is_none() => self.take_over_setup(result),
            Boot::Ready(_) | Boot::NoConfig { .. } | Boot::BadConfig(_) | Boot::Problem { .. } => {
                Task::none()
            }
        }
    }

    /// Another configuration, with another provider or another place for sessions.
    fn take_over_setup(&mut self, result: Result<Setup, Phrase>) -> Task<Message> {
        match result {
            Err(words) => {
                tracing::warn!("{words} The configuration from before stays in force.");
                self.wrong = Some(words);
                Task::none()
            }
            Ok(setup) if self.would_lose_a_session() => {
                tracing::info!(
                    "the new configuration is taken over as soon as nobody is signed in"
                );
                self.next = Some(setup);
                Task::none()
            }
            Ok(setup) => {
                tracing::info!("the new configuration is taken over, with another provider");
                let before = self.screen.source().is_some().then(|| self.provider_host());
                let host = setup.config.provider.host();
                self.farewell = before.flatten().map(|before| farewell(&before, host));
                self.boot(Boot::Ready(setup))
            }
        }
    }

    fn provider_host(&self) -> Option<String> {
        match &self.boot {
            Boot::Ready(setup) => Some(setup.config.provider.host().to_owned()),
            Boot::NoConfig { .. } | Boot::BadConfig(_) | Boot::Problem { .. } => None,
        }
    }

    /// What waited until nobody is signed in any more comes into force.
    /// The screen that is being left keeps its channels: another provider's aren't called
    /// with the session that ends.
    pub(super) fn take_over_what_waits(&mut self) -> Task<Message> {
        let Some(setup) = self.next.take() else {
            return Task::none();
        };
        tracing::info!("the new configuration is taken over");
        self.settle_in(&setup);
        self.boot = Boot::Ready(setup);
        self.read_logo()
    }

    /// Whether the session on the screen is nowhere but in memory.
    fn would_lose_a_session(&self) -> bool {
        let Some(source) = self.screen.source() else {
            return false;
        };
        let in_memory = match &self.boot {
            Boot::Ready(setup) => setup.config.storage.backend == Backend::Memory,
            Boot::NoConfig { .. } | Boot::BadConfig(_) | Boot::Problem { .. } => false,
        };
        in_memory || source.stay() == Stay::Guest
    }

    /// The room and the channels are those of the configuration in force.
    fn follow(&mut self) -> Task<Message> {
        let Boot::Ready(setup) = &self.boot else {
            return Task::none();
        };
        let channels = setup.config.channels.clone();
        let invitation = matches!(&self.screen, Screen::Start(_))
            .then(|| super::sign_in::start_screen(setup, None));
        let (invitation, later) = invitation.unzip();
        let setup = setup.clone();
        let output = self.display.output.clone();
        self.settle_in(&setup);
        let moved = if self.display.output == output {
            Task::none()
        } else {
            self.keep_to_output()
        };
        let look = self.look;
        let followed = match &mut self.screen {
            Screen::SignedIn(screen) => screen.follow(channels, &look).map(Message::SignedIn),
            Screen::Details(screen) => {
                let behind = screen.behind.follow(channels, &look);
                behind.map(Message::SignedIn)
            }
            Screen::Start(screen) => {
                if let Some(new) = invitation {
                    screen.invite_as(new);
                }
                Task::none()
            }
            Screen::Waiting(_) | Screen::Code(_) | Screen::Ended(_) | Screen::Problem(_) => {
                Task::none()
            }
        };
        let laid_out = self.laid_out_anew();
        let later = later.unwrap_or_else(Task::none);
        Task::batch([self.read_logo(), followed, laid_out, later, moved])
    }

    /// The room is that of `setup` from now on.
    pub(super) fn settle_in(&mut self, setup: &Setup) {
        self.keys = Table::new(&setup.config.keys);
        let display = super::spoken(&setup.config.display);
        if self.display != display {
            self.furnish(display);
        }
    }

    /// Everything looks and speaks as `display` says from now on.
    fn furnish(&mut self, display: config::Display) {
        let logo_changes = self.display.logo != display.logo;
        if logo_changes {
            self.logo = None;
        }
        self.display = display;
        self.look = self.looks();
        crate::ui::font::prefer_forms_of(self.look.language);
        self.idle = super::idle::idle(&self.display, self.clock.now());
        self.speaker = super::speech::Speaker::new(&self.display);
    }
}

/// Why the session at the provider `before` isn't used at `host`.
fn farewell(before: &str, host: &str) -> Phrase {
    if before == host {
        Phrase::new("start-other-client").with("host", host)
    } else {
        Phrase::new("start-other-provider")
            .with("before", before)
            .with("host", host)
    }
}

/// What the file says, now and after each change of it.
fn configurations(file: PathBuf) -> impl Stream<Item = Message> {
    let state = (file, None, None);
    stream::unfold(state, |(file, watch, mut last)| async move {
        let mut watch = match watch {
            Some(watch) => watch,
            None => {
                // `--config gh.toml` names no folder.
                let whole = std::path::absolute(&file).unwrap_or_else(|_| file.clone());
                let place = whole.parent().unwrap_or(Path::new("/")).to_owned();
                let places = vec![place, files::drop_ins_of(&whole)];
                work::aside(move || Watch::new(places)).await?
            }
        };
        loop {
            if last.is_some() {
                watch.noticed().await;
                watch = work::aside(move || watch.looked_around()).await?;
            }
            let read = read(file.clone()).await;
            if last.as_ref() != Some(&read) {
                last = Some(read.clone());
                let (config, lock) = read;
                let lock = lock.map(|lock| Message::Kiosk(kiosk::Event::Locked(lock)));
                let messages = lock
                    .into_iter()
                    .chain([Message::Configured(Box::new(config))]);
                return Some((stream::iter(messages), (file, Some(watch), last)));
            }
        }
    })
    .flatten()
}

/// Whether a file says nothing, or isn't there. Blocks.
fn is_nothing(file: &Path) -> bool {
    !file.exists() || files::say_nothing(file)
}

/// What the file says, and what it says of the way out of a kiosk.
type Read = (Result<Config, config::Error>, Option<ExitLock>);

async fn read(file: PathBuf) -> Read {
    let path = file.clone();
    let read =
        tokio::task::spawn_blocking(move || (Config::read(&path), ExitLock::read(&path))).await;
    read.unwrap_or_else(|gone| {
        let gone = std::io::Error::other(gone);
        (Err(config::Error::unreadable(&file, &gone)), None)
    })
}
