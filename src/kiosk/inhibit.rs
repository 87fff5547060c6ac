//! Keeps the system from turning the screen off while something is to be seen on it that
//! nobody presses keys for.
//!
//! The desktop's own service is asked first, since it knows the screen; where none answers,
//! as in a kiosk, the login manager is. Neither is waited for longer than two seconds, and
//! nothing goes wrong where neither answers.

use std::time::Duration;

use tokio::sync::{oneshot, watch};
use zbus::connection::{Builder, Connection};
use zbus::zvariant::OwnedFd;

use super::x11;
use crate::work::{carry_out, ending};

/// The longest that a bus may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// The longest that giving the screen back may hold up the end of the program; where it
/// takes longer, the end of the connection says the same.
const RELEASE: Duration = Duration::from_millis(500);

const WHO: &str = "tenfoot";
const WHY: &str = "Something is to be seen on the screen";

/// Whether the screen has to stay on: something on it is `watched` without keys, and it
/// hasn't been `dimmed` because nobody is there.
#[must_use]
pub const fn is_due(watched: bool, dimmed: bool) -> bool {
    watched && !dimmed
}

/// Where the buses are: their addresses, or where this process's environment says.
#[derive(Debug, Clone, Default)]
pub struct Buses {
    /// The person's own.
    pub session: Option<String>,
    /// The machine's.
    pub system: Option<String>,
}

/// The screen stays on as long as this is there.
#[derive(Debug)]
pub struct Held {
    /// Closed when this goes.
    _release: oneshot::Sender<()>,
}

/// There is a window as long as this is there.
#[derive(Debug)]
pub struct Window(watch::Sender<()>);

impl Window {
    /// It opens.
    #[must_use]
    pub fn open() -> Self {
        Self(watch::Sender::new(()))
    }

    /// What hears of its end.
    #[must_use]
    pub fn end(&self) -> End {
        End(self.0.subscribe())
    }
}

/// Hears of the end of a window, whatever ended it. There is none by default.
#[derive(Debug, Clone)]
pub struct End(watch::Receiver<()>);

impl Default for End {
    fn default() -> Self {
        Window::open().end()
    }
}

/// Asks for the screen to stay on until the `end`, without waiting for the answer; inside a
/// tokio runtime. The end of the program waits for it to be given back.
#[must_use]
pub fn hold(buses: Buses, end: End) -> Held {
    let (release, released) = oneshot::channel();
    drop(carry_out(hold_until(buses, released, end)));
    Held { _release: release }
}

async fn hold_until(buses: Buses, released: oneshot::Receiver<()>, End(mut end): End) {
    let over = async {
        tokio::select! {
            _ = released => {}
            _ = end.changed() => {}
            () = ending() => {}
        }
    };
    tokio::pin!(over);
    let on_x11 = std::env::var_os("WAYLAND_DISPLAY").is_none_or(|name| name.is_empty())
        && std::env::var_os("DISPLAY").is_some_and(|name| !name.is_empty());
    let suspending = async {
        if !on_x11 {
            return None;
        }
        let asked = tokio::task::spawn_blocking(x11::suspend_screen_saver);
        tokio::time::timeout(PATIENCE, asked).await.ok()?.ok()?
    };
    let suspended = tokio::select! {
        () = &mut over => return,
        suspended = suspending => suspended,
    };
    if suspended.is_some() {
        tracing::debug!(by = "x11", "the screen is kept on");
    }
    let begun = tokio::select! {
        // Unfinished calls end with their connection.
        () = &mut over => return,
        begun = begin(&buses) => begun,
    };
    let Some(inhibition) = begun else {
        tracing::debug!("nobody on the buses keeps the screen on");
        if suspended.is_some() {
            over.await;
        }
        return;
    };
    tracing::debug!(by = inhibition.name(), "the screen is kept on");
    over.await;
    inhibition.end().await;
    drop(suspended);
    tracing::debug!("the screen may go off again");
}

/// What keeps the screen on.
enum Inhibition {
    ScreenSaver {
        bus: Connection,
        cookie: u32,
    },
    /// Ends when it is closed.
    Login(OwnedFd),
}

impl Inhibition {
    const fn name(&self) -> &'static str {
        match self {
            Self::ScreenSaver { .. } => "screensaver",
            Self::Login(_) => "login1",
        }
    }

    async fn end(self) {
        match self {
            Self::ScreenSaver { bus, cookie } => {
                let given_back = screen_saver(&bus, "UnInhibit", &cookie);
                let _ = tokio::time::timeout(RELEASE, given_back).await;
            }
            Self::Login(lock) => drop(lock),
        }
    }
}

async fn begin(buses: &Buses) -> Option<Inhibition> {
    if let Some(held) = in_time(by_screen_saver(buses)).await {
        return Some(held);
    }
    in_time(by_login_manager(buses)).await
}

async fn in_time(asked: impl Future<Output = zbus::Result<Inhibition>>) -> Option<Inhibition> {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(held)) => Some(held),
        Ok(Err(why)) => {
            tracing::debug!(%why, "the screen isn't kept on this way");
            None
        }
        Err(_) => {
            tracing::debug!("the screen isn't kept on this way: no answer in two seconds");
            None
        }
    }
}

async fn by_screen_saver(buses: &Buses) -> zbus::Result<Inhibition> {
    let bus = match &buses.session {
        Some(address) => Builder::address(address.as_str())?,
        None => Builder::session()?,
    };
    let bus = bus.build().await?;
    let answer = screen_saver(&bus, "Inhibit", &(WHO, WHY)).await?;
    let cookie = answer.body().deserialize()?;
    Ok(Inhibition::ScreenSaver { bus, cookie })
}

async fn screen_saver<B>(bus: &Connection, method: &str, body: &B) -> zbus::Result<zbus::Message>
where
    B: serde::Serialize + zbus::zvariant::DynamicType,
{
    const NAME: &str = "org.freedesktop.ScreenSaver";
    const PATH: &str = "/org/freedesktop/ScreenSaver";
    bus.call_method(Some(NAME), PATH, Some(NAME), method, body)
        .await
}

async fn by_login_manager(buses: &Buses) -> zbus::Result<Inhibition> {
    const NAME: &str = "org.freedesktop.login1";
    const PATH: &str = "/org/freedesktop/login1";
    const INTERFACE: &str = "org.freedesktop.login1.Manager";
    let bus = match &buses.system {
        Some(address) => Builder::address(address.as_str())?,
        None => Builder::system()?,
    };
    let bus = bus.build().await?;
    let what = ("idle", WHO, WHY, "block");
    let answer = bus
        .call_method(Some(NAME), PATH, Some(INTERFACE), "Inhibit", &what)
        .await?;
    Ok(Inhibition::Login(answer.body().deserialize()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_screen_stays_on_only_while_something_is_watched_and_it_is_not_dimmed() {
        assert!(is_due(true, false));
        assert!(!is_due(true, true));
        assert!(!is_due(false, false));
        assert!(!is_due(false, true));
    }
}
