//! How an attempt tells what happens, and learns that nobody listens any more: that is
//! how a person cancels.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc;

use crate::oauth::error::Unavailable;
use crate::oauth::flow::{End, Prompt, Wait};
use crate::session::Session;
use crate::work;

/// What happened in an attempt to sign in. The TV and the terminal both draw it.
#[derive(Debug, Clone)]
pub enum Event {
    /// The provider gave a code: show it.
    Code(Prompt),
    /// A poll is on its way.
    Checking,
    /// Nothing yet: the next poll and why it is then.
    Waiting(Wait),
    /// The person said yes; the tokens are being checked and stored.
    Approved,
    /// The session is stored and may be used. The flow is over.
    SignedIn(Session),
    /// No session came of it. The flow is over.
    Ended(End),
}

/// The attempt was left: nobody waits for its events any more.
pub(super) struct Cancelled;

/// Where the events go.
pub(super) struct Telling {
    pub(super) events: mpsc::Sender<Event>,
    /// Whether somebody has the session: from then on it is theirs to end.
    pub(super) taken: Arc<AtomicBool>,
    /// Whether what was approved is there at the next start: then an approval that the end of
    /// the program meets is carried through although nobody listens any more.
    pub(super) outlives: bool,
}

/// Where they come out.
pub(super) struct Listening {
    pub(super) receiver: mpsc::Receiver<Event>,
    pub(super) taken: Arc<AtomicBool>,
    pub(super) over: bool,
}

impl Listening {
    pub(super) async fn next(mut self) -> Option<(Event, Self)> {
        let event = match self.receiver.recv().await {
            Some(event) => event,
            None if self.over => return None,
            // No attempt may leave a screen waiting for ever, not even by a fault.
            None => Event::Ended(End::Unreachable(Unavailable::Internal)),
        };
        match &event {
            Event::SignedIn(_) => {
                self.taken.store(true, Ordering::SeqCst);
                self.over = true;
            }
            Event::Ended(_) => self.over = true,
            Event::Code(_) | Event::Checking | Event::Waiting(_) | Event::Approved => {}
        }
        Some((event, self))
    }
}

impl Telling {
    pub(super) async fn tell(&self, event: Event) -> Result<(), Cancelled> {
        tokio::select! {
            biased;
            told = self.events.send(event) => match told {
                Ok(()) => Ok(()),
                Err(_) => self.check(),
            },
            // A window that hangs takes no more of them.
            () = work::ending() => self.check(),
        }
    }

    /// Waits until the session has been taken, or nobody can take it any more.
    pub(super) async fn is_taken(&self) -> bool {
        let is_taken = tokio::select! {
            biased;
            room = self.events.reserve() => room.is_ok(),
            () = work::ending() => false,
        };
        // Whoever took it may have left at once; before that they said so.
        is_taken || self.taken.load(Ordering::SeqCst) || self.goes_on()
    }

    /// Waits for an approval, until it is done, nobody waits for it, or the program ends.
    pub(super) async fn unless_left<T>(
        &self,
        work: impl Future<Output = T>,
    ) -> Result<T, Cancelled> {
        tokio::select! {
            biased;
            () = self.events.closed() => Err(Cancelled),
            () = work::ending() => Err(Cancelled),
            result = work => Ok(result),
        }
    }

    /// Finishes what was approved, until it is done or the person has cancelled it.
    pub(super) async fn unless_cancelled<T>(
        &self,
        work: impl Future<Output = T>,
    ) -> Result<T, Cancelled> {
        let cancelled = async {
            self.events.closed().await;
            if self.goes_on() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            biased;
            () = cancelled => Err(Cancelled),
            result = work => Ok(result),
        }
    }

    pub(super) fn check(&self) -> Result<(), Cancelled> {
        if self.events.is_closed() && !self.goes_on() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }

    /// Whether the session is nobody's any more, since the program ends.
    pub(super) fn is_gone_with_the_program(&self) -> bool {
        !self.outlives && work::is_ending()
    }

    /// Whether nobody listens because the program ends, not because somebody has cancelled.
    fn goes_on(&self) -> bool {
        self.outlives && work::is_ending()
    }
}
