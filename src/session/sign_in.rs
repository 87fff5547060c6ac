//! Carries one attempt to sign in through, from the device request to a stored
//! session, and tells it as a stream of [`Event`]s.

mod events;
mod finish;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use futures::{Stream, StreamExt as _, stream};
use tokio::sync::mpsc;

use super::pending::{self, Claim, StoredCode};
use super::profiles::SessionSlot;
use super::store::{self, Store};
use super::token_manager::TokenManager;
use super::{Session, Who};
use crate::clock::SharedClock;
use crate::config;
use crate::i18n::Phrase;
use crate::oauth;
use crate::oauth::device::{Due, Polling, Step};
use crate::oauth::error::Misconfiguration;
use crate::oauth::flow::End;
use crate::oauth::token::Tokens;
use crate::web::Web;
use crate::work::carry_out;
pub use events::Event;
use events::{Cancelled, Listening, Telling};

/// How long another tenfoot that changes the same session is waited for.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// How people sign in with one provider. Clones share everything.
#[derive(Debug, Clone)]
pub struct Flow(Arc<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    client: Arc<oauth::Client>,
    place: SessionSlot,
    /// Where a code is kept while it is out, if it is.
    pending: Option<pending::CodeFile>,
    clock: SharedClock,
}

/// What an attempt begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// A code that is asked for now.
    Fresh,
    /// The one that was out when the program ended.
    Kept,
}

impl Flow {
    /// A flow for `provider` whose sessions go to `place`.
    ///
    /// # Errors
    /// The client secret's file can't be read.
    pub fn new(
        provider: &config::Provider,
        place: impl Into<SessionSlot>,
        clock: SharedClock,
    ) -> Result<Self, Misconfiguration> {
        let client = Arc::new(oauth::Client::new(provider.clone(), Arc::clone(&clock))?);
        Ok(Self(Arc::new(Inner {
            client,
            place: place.into(),
            pending: None,
            clock,
        })))
    }

    /// What its requests go through.
    #[must_use]
    pub fn web(&self) -> &Web {
        self.0.client.web()
    }

    /// The same with sessions that go to another place.
    #[must_use]
    pub fn at(&self, place: SessionSlot) -> Self {
        Self(Arc::new(Inner {
            place,
            ..self.0.as_ref().clone()
        }))
    }

    /// The same with each code kept there while it is out, if anywhere.
    #[must_use]
    pub fn keeping(&self, pending: Option<pending::CodeFile>) -> Self {
        Self(Arc::new(Inner {
            pending,
            ..self.0.as_ref().clone()
        }))
    }

    /// Whether a code of an earlier run is kept that still lives. Blocks while a small
    /// file is read.
    #[must_use]
    pub fn has_code(&self) -> bool {
        let now = || self.0.pending_now();
        let pending = self.0.pending.as_ref();
        pending.is_some_and(|place| place.has_code(&now()))
    }

    /// Forgets the code that is kept: the person has cancelled.
    pub async fn forget_code(&self) {
        let _ = self.0.with_pending(pending::CodeFile::forget).await;
    }

    /// One attempt. Nothing is sent before the stream is polled; dropping it
    /// cancels the attempt, and tokens that arrive afterwards are revoked.
    pub fn events(&self) -> impl Stream<Item = Event> + Send + 'static + use<> {
        self.events_of(Begin::Fresh)
    }

    /// [`Self::events`] of an attempt that may begin with a kept code; no other is asked
    /// for, should that one be over.
    pub fn events_of(&self, begin: Begin) -> impl Stream<Item = Event> + Send + 'static + use<> {
        let inner = Arc::clone(&self.0);
        stream::once(async move {
            let (events, receiver) = mpsc::channel(1);
            let taken = Arc::new(AtomicBool::new(false));
            let telling = Telling {
                events,
                taken: Arc::clone(&taken),
                outlives: false,
            };
            // A request on its way is read to its end, so that tokens nobody waits
            // for any more can be revoked.
            drop(carry_out(async move {
                // An `Err` means that nobody listens any more: that is how a
                // person cancels.
                if let Err(Cancelled) = inner.attempt(begin, telling).await {
                    tracing::debug!("the attempt was left");
                }
            }));
            let listening = Listening {
                receiver,
                taken,
                over: false,
            };
            stream::unfold(listening, Listening::next)
        })
        .flatten()
    }

    /// The session of an earlier run, if there is one.
    ///
    /// # Errors
    /// The store's, in words.
    pub async fn restore(&self) -> Result<Option<Session>, store::Error> {
        blocking(&self.0.place.first(), |store| store.load()).await
    }

    /// Takes a session into use.
    #[must_use]
    pub fn keeper(&self, session: Session) -> TokenManager {
        let Inner {
            client,
            place,
            clock,
            ..
        } = &*self.0;
        TokenManager::new(
            Arc::clone(client),
            place.of(&session.who),
            Arc::clone(clock),
            session,
        )
    }

    /// Forgets a session that can't be read, for somebody who signs out all the same.
    ///
    /// # Errors
    /// The store's, in words: what is left of it.
    pub async fn forget_session(&self) -> Result<(), store::Error> {
        self.forget_unless(|loaded| matches!(loaded, Ok(Some(_))))
            .await
    }

    /// Removes what still tells of a session that is gone.
    ///
    /// # Errors
    /// The store's, in words: what is left of it.
    pub async fn tidy(&self) -> Result<(), store::Error> {
        self.forget_unless(|loaded| !matches!(loaded, Ok(None)))
            .await
    }

    /// Deletes the session that is stored, whatever it is.
    ///
    /// # Errors
    /// The store's: what is left of it.
    pub async fn delete_session(&self) -> Result<(), store::Error> {
        self.forget_unless(|_| false).await
    }

    async fn forget_unless(
        &self,
        keep: impl FnOnce(&Result<Option<Session>, store::Error>) -> bool + Send + 'static,
    ) -> Result<(), store::Error> {
        let store = self.0.first_store().await;
        blocking(&store, move |store| {
            let _turn = store.lock(LOCK_PATIENCE);
            if keep(&store.load()) {
                Ok(())
            } else {
                store.delete()
            }
        })
        .await
    }

    /// Whether a session could be stored.
    ///
    /// # Errors
    /// Why not.
    pub async fn can_store(&self) -> Result<(), store::Error> {
        let tried = self.0.first_store().await;
        blocking(&tried, |store| store.probe()).await
    }

    /// Where sessions are stored, for a person.
    #[must_use]
    pub fn place(&self) -> Phrase {
        self.0.place.first().place()
    }
}

impl Inner {
    async fn attempt(&self, begin: Begin, telling: Telling) -> Result<(), Cancelled> {
        let tried = self.first_store().await;
        let telling = Telling {
            outlives: tried.outlives_program(),
            ..telling
        };
        if let Err(why) = blocking(&tried, |store| store.probe()).await {
            return telling.tell(Event::Ended(End::NotStored(why))).await;
        }
        let claim = self.with_pending(pending::CodeFile::claim).await.flatten();
        let claim = claim.map(Arc::new);
        let begun = telling
            .unless_left(self.begin(begin, claim.as_ref()))
            .await?;
        let out = match begun {
            Ok(out) => out,
            Err(end) => return telling.tell(Event::Ended(end)).await,
        };
        let outcome = self.poll(&out, claim.as_ref(), &telling).await?;
        forget(claim).await;
        let tokens = match outcome {
            Ok(tokens) => tokens,
            Err(end) => return telling.tell(Event::Ended(end)).await,
        };
        let grant = out.grant;
        let outcome = self.finish(&tokens, &grant, &tried, &telling).await;
        if !matches!(outcome, Ok(Event::SignedIn(_))) {
            self.client.discard(&tokens).await;
        }
        let event = outcome?;
        let stored = match &event {
            Event::SignedIn(session) => Some(self.store_of(&session.who).await),
            Event::Code(_)
            | Event::Checking
            | Event::Waiting(_)
            | Event::Approved
            | Event::Ended(_) => None,
        };
        let told = telling.tell(event).await;
        if let Some(store) = stored
            && (told.is_err() || !telling.is_taken().await || telling.is_gone_with_the_program())
        {
            // Cancelled in the very moment of success, or a guest's that nobody will end.
            self.client.discard(&tokens).await;
            let _ = blocking(&store, |store| store.delete()).await;
        }
        Ok(())
    }

    /// A code to begin with, kept from then on.
    async fn begin(&self, begin: Begin, claim: Option<&Arc<Claim>>) -> Result<StoredCode, End> {
        let now = self.pending_now();
        match begin {
            Begin::Fresh => {
                // The one before counts no more, whatever comes of this.
                forget(claim.cloned()).await;
                let grant = self.client.device_authorization().await?;
                // Nobody is to approve in vain. The code runs out by itself.
                if let Some(why) = self.client.clock_in_the_way() {
                    return Err(End::Unreachable(why));
                }
                let prompt = grant.device.prompt(self.clock.now());
                let out = StoredCode { grant, prompt };
                self.keep(claim, &out, out.prompt.interval).await;
                Ok(out)
            }
            Begin::Kept => match claim.map(Arc::clone) {
                Some(claim) => tokio::task::spawn_blocking(move || claim.load(&now))
                    .await
                    .ok()
                    .flatten()
                    .ok_or(End::Expired),
                None => Err(End::Expired),
            },
        }
    }

    /// Keeps a code over the end of the program.
    async fn keep(&self, claim: Option<&Arc<Claim>>, out: &StoredCode, interval: Duration) {
        let Some(claim) = claim.map(Arc::clone) else {
            return;
        };
        let (out, now) = (out.clone(), self.pending_now());
        let _ = tokio::task::spawn_blocking(move || {
            claim.save(&out.grant, &out.prompt, interval, &now);
        })
        .await;
    }

    fn pending_now(&self) -> pending::Now {
        pending::Now {
            moment: self.clock.now(),
            wall: self.clock.wall(),
            boot: self.clock.boot(),
        }
    }

    /// `None` where no codes are kept.
    async fn with_pending<T: Send + 'static>(
        &self,
        work: impl FnOnce(&pending::CodeFile) -> T + Send + 'static,
    ) -> Option<T> {
        let place = self.pending.clone()?;
        tokio::task::spawn_blocking(move || work(&place)).await.ok()
    }

    /// Polls until the code comes to an end, one request at a time.
    async fn poll(
        &self,
        out: &StoredCode,
        claim: Option<&Arc<Claim>>,
        telling: &Telling,
    ) -> Result<Result<Tokens, End>, Cancelled> {
        let mut polling = Polling::start(&out.prompt, self.clock.now());
        telling.tell(Event::Code(out.prompt.clone())).await?;
        loop {
            telling.tell(Event::Waiting(polling.wait().clone())).await?;
            loop {
                match polling.due(self.clock.now()) {
                    Due::Later(then) => {
                        telling.unless_left(self.clock.sleep_until(then)).await?;
                    }
                    Due::Poll => break,
                    Due::Expired => return Ok(Err(End::Expired)),
                }
            }
            telling.tell(Event::Checking).await?;
            let answer = self.client.poll(&out.grant).await;
            let interval = polling.interval();
            let step = polling.after(answer, self.clock.now());
            if let (Err(Cancelled), Step::Tokens(tokens)) = (telling.check(), &step) {
                self.client.discard(tokens).await;
                forget(claim.cloned()).await;
            }
            telling.check()?;
            polling = match step {
                Step::Wait(polling) => polling,
                Step::Tokens(tokens) => return Ok(Ok(tokens)),
                Step::Ended(end) => return Ok(Err(end)),
            };
            if polling.interval() != interval {
                self.keep(claim, out, polling.interval()).await;
            }
        }
    }

    /// Where a session is tried out for before anybody has signed in.
    async fn first_store(&self) -> Arc<dyn Store> {
        self.looked_up(SessionSlot::first).await
    }

    async fn store_of(&self, who: &Who) -> Arc<dyn Store> {
        let who = who.clone();
        self.looked_up(move |place| place.of(&who)).await
    }

    /// Which store it is may have to be looked up on the disk.
    async fn looked_up(
        &self,
        which: impl Fn(&SessionSlot) -> Arc<dyn Store> + Clone + Send + 'static,
    ) -> Arc<dyn Store> {
        let (place, look) = (self.place.clone(), which.clone());
        let found = tokio::task::spawn_blocking(move || look(&place)).await;
        found.unwrap_or_else(|_| which(&self.place))
    }
}

/// Forgets a code that is used up or over.
async fn forget(claim: Option<Arc<Claim>>) {
    if let Some(claim) = claim {
        let _ = tokio::task::spawn_blocking(move || claim.forget()).await;
    }
}

/// File systems can be slow; the runtime's threads don't wait for them.
async fn blocking<T: Send + 'static>(
    store: &Arc<dyn Store>,
    work: impl FnOnce(&dyn Store) -> Result<T, store::Error> + Send + 'static,
) -> Result<T, store::Error> {
    let store = Arc::clone(store);
    tokio::task::spawn_blocking(move || work(&*store))
        .await
        .unwrap_or_else(|why| Err(store::Error::Interrupted(why.to_string())))
}
