//! Carries one attempt to sign in through, from the device request to a stored
//! session, and tells it as a stream of [`Event`]s.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::{Stream, StreamExt as _, stream};
use tokio::sync::mpsc;

use super::keeper::Keeper;
use super::profiles::Place;
use super::store::{self, Store};
use super::{Session, Who};
use crate::clock::SharedClock;
use crate::config;
use crate::oauth;
use crate::oauth::client::{Grant, Unverified, expiry};
use crate::oauth::device::{Due, Polling, Step};
use crate::oauth::flow::{End, Event};
use crate::oauth::token::Tokens;
use crate::work::carry_out;

/// How long another tenfoot that changes the same session is waited for.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// How people sign in with one provider. Clones share everything.
#[derive(Debug, Clone)]
pub struct Flow(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    client: Arc<oauth::Client>,
    place: Place,
    clock: SharedClock,
}

impl Flow {
    /// A flow for `provider` whose sessions go to `store`.
    ///
    /// # Errors
    /// In words: the client secret's file can't be read, or TLS can't be set up.
    pub fn new(
        provider: &config::Provider,
        store: Arc<dyn Store>,
        clock: SharedClock,
    ) -> Result<Self, String> {
        let client = Arc::new(oauth::Client::new(provider.clone(), Arc::clone(&clock))?);
        Ok(Self(Arc::new(Inner {
            client,
            place: Place::One(store),
            clock,
        })))
    }

    /// The same with sessions that go to another place.
    #[must_use]
    pub fn at(&self, place: Place) -> Self {
        Self(Arc::new(Inner {
            client: Arc::clone(&self.0.client),
            place,
            clock: Arc::clone(&self.0.clock),
        }))
    }

    /// One attempt. Nothing is sent before the stream is polled; dropping it
    /// cancels the attempt, and tokens that arrive afterwards are revoked.
    pub fn events(&self) -> impl Stream<Item = Event> + Send + 'static + use<> {
        let inner = Arc::clone(&self.0);
        stream::once(async move {
            let (events, receiver) = mpsc::channel(1);
            let taken = Arc::new(AtomicBool::new(false));
            let telling = Telling {
                events,
                taken: Arc::clone(&taken),
            };
            // A request on its way is read to its end, so that tokens nobody waits
            // for any more can be revoked.
            drop(carry_out(async move {
                // An `Err` means that nobody listens any more: that is how a
                // person cancels.
                if let Err(Left) = inner.attempt(&telling).await {
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
    pub fn keeper(&self, session: Session) -> Keeper {
        let Inner {
            client,
            place,
            clock,
        } = &*self.0;
        Keeper::new(
            Arc::clone(client),
            place.of(&session.who),
            Arc::clone(clock),
            session,
        )
    }

    /// Where sessions are stored, for a person.
    #[must_use]
    pub fn place(&self) -> String {
        self.0.place.first().place()
    }
}

/// The attempt was left: nobody waits for its events any more.
struct Left;

/// Where the events go.
struct Telling {
    events: mpsc::Sender<Event>,
    /// Whether somebody has the session: from then on it is theirs to end.
    taken: Arc<AtomicBool>,
}

/// Where they come out.
struct Listening {
    receiver: mpsc::Receiver<Event>,
    taken: Arc<AtomicBool>,
    over: bool,
}

impl Listening {
    async fn next(mut self) -> Option<(Event, Self)> {
        let event = match self.receiver.recv().await {
            Some(event) => event,
            None if self.over => return None,
            // No attempt may leave a screen waiting for ever, not even by a fault.
            None => Event::Ended(End::Unreachable(
                "The sign-in stopped by a fault of tenfoot itself.".to_owned(),
            )),
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
    async fn tell(&self, event: Event) -> Result<(), Left> {
        self.events.send(event).await.map_err(|_| Left)
    }

    /// Waits until the session has been taken, or nobody can take it any more.
    async fn is_taken(&self) -> bool {
        match self.events.reserve().await {
            Ok(_) => true,
            // Whoever took it may have left at once; before that they said so.
            Err(_) => self.taken.load(Ordering::SeqCst),
        }
    }

    /// Works until it is done or nobody waits for it.
    async fn unless_left<T>(&self, work: impl Future<Output = T>) -> Result<T, Left> {
        tokio::select! {
            biased;
            () = self.events.closed() => Err(Left),
            result = work => Ok(result),
        }
    }

    fn check(&self) -> Result<(), Left> {
        if self.events.is_closed() {
            Err(Left)
        } else {
            Ok(())
        }
    }
}

impl Inner {
    async fn attempt(&self, telling: &Telling) -> Result<(), Left> {
        if let Err(why) = blocking(&self.place.first(), |store| store.probe()).await {
            return telling
                .tell(Event::Ended(End::NotStored(why.to_string())))
                .await;
        }
        let grant = match telling
            .unless_left(self.client.device_authorization())
            .await?
        {
            Ok(grant) => grant,
            Err(end) => return telling.tell(Event::Ended(end)).await,
        };
        let tokens = match self.poll(&grant, telling).await? {
            Ok(tokens) => tokens,
            Err(end) => return telling.tell(Event::Ended(end)).await,
        };
        let outcome = self.finish(&tokens, telling).await;
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
            && !(told.is_ok() && telling.is_taken().await)
        {
            // Cancelled in the very moment of success.
            self.client.discard(&tokens).await;
            let _ = blocking(&store, |store| store.delete()).await;
        }
        Ok(())
    }

    /// Polls until the code comes to an end, one request at a time.
    async fn poll(&self, grant: &Grant, telling: &Telling) -> Result<Result<Tokens, End>, Left> {
        let now = self.clock.now();
        let prompt = grant.device.prompt(now);
        let mut polling = Polling::start(&prompt, now);
        telling.tell(Event::Code(prompt)).await?;
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
            let answer = self.client.poll(grant).await;
            let step = polling.after(answer, self.clock.now());
            if let (Err(Left), Step::Tokens(tokens)) = (telling.check(), &step) {
                self.client.discard(tokens).await;
            }
            telling.check()?;
            polling = match step {
                Step::Wait(polling) => polling,
                Step::Tokens(tokens) => return Ok(Ok(tokens)),
                Step::Ended(end) => return Ok(Err(end)),
            };
        }
    }

    /// From tokens to a stored session.
    async fn finish(&self, tokens: &Tokens, telling: &Telling) -> Result<Event, Left> {
        telling.tell(Event::Approved).await?;
        let who = match telling.unless_left(self.who(tokens)).await? {
            Ok(who) => who,
            Err(end) => return Ok(Event::Ended(end)),
        };
        let provider = self.client.provider();
        let now = self.clock.wall();
        let session = Session {
            issuer: provider.issuer.as_written().to_owned(),
            client_id: provider.client_id.clone(),
            who,
            scope: tokens
                .scope
                .clone()
                .unwrap_or_else(|| provider.scope.clone()),
            access_token: tokens.access_token.clone(),
            obtained_at: now,
            expires_at: expiry(tokens, now),
            refresh_token: tokens.refresh_token.clone(),
            signed_in_at: now,
        };
        let store = self.store_of(&session.who).await;
        telling.check()?;
        let saved = session.clone();
        let stored = blocking(&store, move |store| {
            // Another tenfoot that just renews an older session stores it first.
            let _lock = store.lock(LOCK_PATIENCE);
            let replaced = store.load().ok().flatten();
            store.save(&saved).map(|()| replaced)
        });
        Ok(match stored.await {
            Ok(replaced) => {
                self.revoke_replaced(replaced, &session);
                Event::SignedIn(session)
            }
            Err(why) => Event::Ended(End::NotStored(why.to_string())),
        })
    }

    /// Which one it is may have to be looked up on the disk.
    async fn store_of(&self, who: &Who) -> Arc<dyn Store> {
        let (place, whose) = (self.place.clone(), who.clone());
        match tokio::task::spawn_blocking(move || place.of(&whose)).await {
            Ok(store) => store,
            Err(_) => self.place.of(who),
        }
    }

    /// Somebody else's session that was replaced is ended at the provider too. The
    /// same person's is left alone: some providers would end the new one with it.
    fn revoke_replaced(&self, replaced: Option<Session>, session: &Session) {
        let somebody_else =
            |old: &Session| old.who.subject.is_none() || old.who.subject != session.who.subject;
        if let Some(old) = replaced.filter(somebody_else) {
            let client = Arc::clone(&self.client);
            drop(carry_out(async move {
                let (token, hint) = old.revocable();
                let _ = client.revoke(token, hint).await;
            }));
        }
    }

    /// The provider's keys are asked for a few times: a blip of the network must
    /// not cost a person their sign-in.
    async fn who(&self, tokens: &Tokens) -> Result<Who, End> {
        let mut pauses = [1, 2, 4, 8, 15].into_iter().map(Duration::from_secs);
        loop {
            match (self.client.who(tokens).await, pauses.next()) {
                (Ok(who), _) => return Ok(who),
                (Err(Unverified::Untrusted(why) | Unverified::Unsure(why)), _) => {
                    return Err(End::Untrusted(why));
                }
                (Err(Unverified::Unreachable(_)), Some(pause)) => {
                    self.clock.sleep_until(self.clock.now() + pause).await;
                }
                (Err(Unverified::Unreachable(why)), None) => return Err(End::Unreachable(why)),
            }
        }
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
        .unwrap_or_else(|why| Err(store::Error(why.to_string())))
}
