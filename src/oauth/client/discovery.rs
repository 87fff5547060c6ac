//! Where to ask: found once, then known.

use super::super::flow::End;
use super::super::http::Failure;
use super::super::provider::{self, Document, Metadata, Unusable};
use super::{Client, sentence};

impl Client {
    /// The provider's endpoints, asked for once.
    pub(super) async fn metadata(&self) -> Result<Metadata, End> {
        let mut known = self.metadata.lock().await;
        if let Some(metadata) = known.as_ref() {
            return Ok(metadata.clone());
        }
        let (metadata, whole) = self.discover().await?;
        if whole {
            *known = Some(metadata.clone());
        }
        Ok(metadata)
    }

    /// The endpoints, and whether discovery had its say: what is configured may be
    /// enough to go on with while the provider has a fault, but not for ever.
    async fn discover(&self) -> Result<(Metadata, bool), End> {
        let mut fault = None;
        let mut document: Option<Document> = None;
        for url in provider::discovery_urls(&self.provider) {
            let answer = match self.http.get(&url, &[]).await {
                Ok(answer) => provider::read(&self.provider, &answer),
                Err(failure) => Err(Unusable::Fault(failure.0)),
            };
            match answer {
                // What one document lacks the other may have.
                Ok(found) => {
                    let found = document.take().map_or(found.clone(), |one| one.or(found));
                    let whole = provider::metadata(&self.provider, Some(&found)).is_ok();
                    document = Some(found);
                    if whole {
                        break;
                    }
                }
                Err(Unusable::NotHere) => {}
                Err(Unusable::Fault(words)) => {
                    fault = Some(words);
                    break;
                }
                Err(Unusable::Foreign(_)) if document.is_some() => {}
                Err(Unusable::Foreign(words)) => return Err(End::Misconfigured(words)),
            }
        }
        match (provider::metadata(&self.provider, document.as_ref()), fault) {
            (Ok(metadata), fault) => Ok((metadata, fault.is_none())),
            (Err(_), Some(fault)) => Err(End::Unreachable(sentence(&Failure(fault)))),
            (Err(words), None) => Err(End::Misconfigured(words)),
        }
    }
}
