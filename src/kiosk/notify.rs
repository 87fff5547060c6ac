//! What the service manager hears: that the first picture is there, which screen is shown,
//! that the picture is alive, that the end begins (`sd_notify(3)`).

use std::ffi::OsStr;
use std::time::Duration;

use sd_notify::NotifyState;

/// A word to the service manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// The first picture is drawn.
    Ready,
    /// That screen is shown.
    Status(&'static str),
    /// The picture still changes when it should.
    Alive,
    /// The end begins.
    Stopping,
}

/// Whether a service manager listens, and what it knows. Nothing is said, and nothing is
/// done for it, where nobody listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manager {
    listens: bool,
    watchdog: Option<Duration>,
    ready: bool,
    status: Option<&'static str>,
}

impl Manager {
    /// As this process's environment says.
    #[must_use]
    pub fn of_process() -> Self {
        let variable = |name: &str| std::env::var_os(name);
        Self::new(
            variable("NOTIFY_SOCKET").as_deref(),
            variable("WATCHDOG_USEC").as_deref(),
        )
    }

    /// For these values of `NOTIFY_SOCKET` and `WATCHDOG_USEC`. `WATCHDOG_PID` doesn't
    /// matter: the service's main process is the compositor.
    #[must_use]
    pub fn new(socket: Option<&OsStr>, watchdog_usec: Option<&OsStr>) -> Self {
        let listens = socket.is_some_and(|socket| !socket.is_empty());
        let microseconds = watchdog_usec
            .filter(|_| listens)
            .and_then(OsStr::to_str)
            .and_then(|text| text.parse().ok())
            .filter(|&microseconds: &u64| microseconds > 0);
        Self {
            listens,
            watchdog: microseconds.map(Duration::from_micros),
            ready: false,
            status: None,
        }
    }

    /// How often it wants to hear that the picture is alive: twice in the time after which
    /// it would take it for frozen.
    #[must_use]
    pub fn interval(&self) -> Option<Duration> {
        self.watchdog.map(|patience| patience / 2)
    }

    /// Whether it waits for the first picture.
    #[must_use]
    pub const fn awaits_a_picture(&self) -> bool {
        self.listens && !self.ready
    }

    /// A picture is drawn.
    pub fn drawn(&mut self) -> Option<Word> {
        let first = self.awaits_a_picture();
        self.ready = true;
        first.then_some(Word::Ready)
    }

    /// That screen is shown.
    pub fn shows(&mut self, screen: &'static str) -> Option<Word> {
        let new = self.listens && self.status != Some(screen);
        self.status = Some(screen);
        new.then_some(Word::Status(screen))
    }

    /// The end begins.
    #[must_use]
    pub fn ends(&self) -> Option<Word> {
        self.listens.then_some(Word::Stopping)
    }
}

/// Says it, where a service manager listens.
pub fn say(word: Word) {
    let state = match word {
        Word::Ready => NotifyState::Ready,
        Word::Status(screen) => NotifyState::Status(screen),
        Word::Alive => NotifyState::Watchdog,
        Word::Stopping => NotifyState::Stopping,
    };
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::debug!(%error, "the service manager doesn't hear");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manager(socket: Option<&str>, watchdog: Option<&str>) -> Manager {
        Manager::new(socket.map(OsStr::new), watchdog.map(OsStr::new))
    }

    #[test]
    fn pings_are_due_twice_in_the_time_that_the_service_manager_has_patience() {
        let manager = manager(Some("/run/notify"), Some("30000000"));
        assert_eq!(manager.interval(), Some(Duration::from_secs(15)));
    }

    #[test]
    fn without_a_socket_or_a_time_there_are_no_pings() {
        for (socket, watchdog) in [
            (None, Some("30000000")),
            (Some(""), Some("30000000")),
            (Some("/run/notify"), None),
            (Some("/run/notify"), Some("0")),
            (Some("/run/notify"), Some("soon")),
        ] {
            assert_eq!(manager(socket, watchdog).interval(), None, "{watchdog:?}");
        }
    }

    #[test]
    fn the_first_picture_alone_is_the_start() {
        let mut manager = manager(Some("@notify"), None);
        assert!(manager.awaits_a_picture());
        assert_eq!(manager.drawn(), Some(Word::Ready));
        assert!(!manager.awaits_a_picture());
        assert_eq!(manager.drawn(), None);
    }

    #[test]
    fn a_screen_is_told_once() {
        let mut manager = manager(Some("@notify"), None);
        assert_eq!(manager.shows("start"), Some(Word::Status("start")));
        assert_eq!(manager.shows("start"), None);
        assert_eq!(manager.shows("code"), Some(Word::Status("code")));
    }

    #[test]
    fn where_nobody_listens_nothing_is_told_or_waited_for() {
        let mut manager = Manager::default();
        assert!(!manager.awaits_a_picture());
        assert_eq!((manager.shows("start"), manager.drawn()), (None, None));
    }
}
