//! Where to ask: found once, then known.

use std::time::Duration;

use super::super::error::Unavailable;
use super::super::provider::{self, Document, Metadata, NoMetadata, Unusable};
use super::Client;
use crate::clock::Moment;
use crate::web::{RequestError, TransportError};

/// How long endpoints are relied on; then they are looked up again.
const GOOD_FOR: Duration = Duration::from_secs(24 * 3600);
/// The same of endpoints that discovery didn't have its say about.
const MAKESHIFT_FOR: Duration = Duration::from_secs(15);

/// How long a lookup may take where endpoints are known.
const BRIEFLY: Duration = Duration::from_secs(3);

/// Endpoints that were found.
#[derive(Debug)]
pub(super) struct Known {
    metadata: Metadata,
    until: Moment,
}

impl Client {
    /// The provider's endpoints, looked up once a day.
    ///
    /// # Errors
    /// [`NoMetadata`]
    pub async fn metadata(&self) -> Result<Metadata, NoMetadata> {
        let mut known = self.metadata.lock().await;
        let now = self.clock.now();
        if let Some(known) = known.as_ref().filter(|known| now < known.until) {
            return Ok(known.metadata.clone());
        }
        let looked_up = match known.as_ref().filter(|old| old.metadata.whole) {
            // Nobody waits long for what is known already.
            Some(_) => tokio::time::timeout(BRIEFLY, self.discover())
                .await
                .unwrap_or_else(|_| Err(NoMetadata::Unavailable(self.too_slow()))),
            None => self.discover().await,
        };
        let (found, is_new) = match (looked_up, known.take()) {
            // Yesterday's are better than none, or than half of them.
            (Ok(found), Some(old)) if old.metadata.whole && !found.whole => (old.metadata, false),
            (Err(NoMetadata::Unavailable(_)), Some(old)) => (old.metadata, false),
            (found, _) => (found?, true),
        };
        let good_for = if is_new && found.whole {
            GOOD_FOR
        } else {
            MAKESHIFT_FOR
        };
        *known = Some(Known {
            metadata: found.clone(),
            until: self.clock.now() + good_for,
        });
        Ok(found)
    }

    fn too_slow(&self) -> Unavailable {
        let seconds = BRIEFLY.as_secs();
        RequestError::new(self.provider.host(), TransportError::TimedOut { seconds }).into()
    }

    /// The endpoints. What is configured may be enough to go on with while the provider
    /// has a fault, but not for long.
    async fn discover(&self) -> Result<Metadata, NoMetadata> {
        let (mut fault, mut page, mut quote) = (None, None, None);
        let mut document: Option<Document> = None;
        let mut is_whole = false;
        for url in provider::discovery_urls(&self.provider) {
            let answer = match self.get(&url, &[]).await {
                Ok(answer) => {
                    let pause = answer.pause(self.clock.wall());
                    provider::read(&self.provider, &answer).map_err(|why| why.retrying_after(pause))
                }
                Err(why) => Err(Unusable::Fault(why.into())),
            };
            match answer {
                // What one document lacks the other may have.
                Ok(found) => {
                    let found = document.take().map_or(found.clone(), |one| one.or(found));
                    let metadata = provider::metadata(&self.provider, Some(&found));
                    let (whole, can_revoke) = match &metadata {
                        Ok(metadata) => (true, metadata.revocation_endpoint.is_some()),
                        Err(_) => (false, false),
                    };
                    is_whole |= whole;
                    document = Some(found);
                    if whole {
                        fault = None;
                    }
                    if whole && can_revoke {
                        break;
                    }
                }
                Err(Unusable::NotHere { description }) => quote = quote.or(description),
                // Nothing that is needed was missing.
                Err(Unusable::Fault(_) | Unusable::Page(_)) if is_whole => {}
                Err(Unusable::Page(why)) => page = Some(why),
                Err(Unusable::Fault(why)) => fault = fault.or(Some(why)),
                Err(Unusable::Foreign(_)) if document.is_some() => {}
                Err(Unusable::Foreign(why)) => return Err(NoMetadata::Misconfigured(why)),
            }
        }
        match (provider::metadata(&self.provider, document.as_ref()), fault) {
            (Ok(metadata), fault) => Ok(Metadata {
                whole: fault.is_none(),
                ..metadata
            }),
            (Err(why), fault) => Err(match fault.or(page) {
                Some(fault) => NoMetadata::Unavailable(fault),
                None => NoMetadata::Misconfigured(why.quoting(quote)),
            }),
        }
    }
}
