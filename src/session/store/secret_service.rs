//! The Secret Service of the desktop (gnome-keyring, KWallet, KeePassXC) as a vault.
//!
//! Each call has a connection and a time limit of its own; when it is over, nothing of
//! it is left running. What is locked is never asked for: a prompt that nobody expects
//! would stand in front of the TV.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use secret_service::{Collection, EncryptionType, Error, Item, SecretService as Service};
use tokio::runtime;
use zeroize::Zeroizing;

use super::keyring::{Entries, Trouble, Vault};

/// For one call with all its questions.
const LIMIT: Duration = Duration::from_secs(2);

/// What the attribute `application` of tenfoot's items says.
const APPLICATION: &str = "tenfoot";
/// The same of items that can't be understood.
const SET_ASIDE: &str = "tenfoot-set-aside";

/// The item whose attributes name a profile at a provider's client.
#[derive(Debug)]
pub(super) struct SecretService {
    profile: String,
    issuer: String,
    client_id: String,
}

impl SecretService {
    pub(super) fn new(profile: &str, issuer: &str, client_id: &str) -> Self {
        Self {
            profile: profile.to_owned(),
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
        }
    }

    fn attributes<'a>(&'a self, application: &'a str) -> HashMap<&'a str, &'a str> {
        HashMap::from([
            ("application", application),
            ("issuer", &self.issuer),
            ("client_id", &self.client_id),
            ("profile", &self.profile),
        ])
    }

    /// The item, if there is one; what is locked may hide it.
    async fn item<'a>(&self, service: &'a Service<'_>) -> Result<Option<Item<'a>>, Trouble> {
        let found = service
            .search_items(self.attributes(APPLICATION))
            .await
            .map_err(failed)?;
        if let Some(item) = found.unlocked.into_iter().next() {
            return Ok(Some(item));
        }
        if !found.locked.is_empty() {
            return Err(Trouble::Locked);
        }
        let _ = collection(service).await?;
        Ok(None)
    }
}

impl Vault for SecretService {
    fn try_out(&self) -> Result<(), Trouble> {
        in_two_tries(|| async {
            let service = connect().await?;
            let collection = collection(&service).await?;
            let trial = self.attributes("tenfoot-trial");
            let item = collection
                .create_item("tenfoot: a trial", trial, b"trial", true, "text/plain")
                .await
                .map_err(failed)?;
            item.delete().await.map_err(failed)
        })
    }

    fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, Trouble> {
        in_two_tries(|| async {
            let service = connect().await?;
            match self.item(&service).await? {
                Some(item) => {
                    let secret = item.get_secret().await.map_err(failed)?;
                    Ok(Some(Zeroizing::new(secret)))
                }
                None => Ok(None),
            }
        })
    }

    fn write(&self, label: &str, secret: &[u8]) -> Result<(), Trouble> {
        in_two_tries(|| async {
            let service = connect().await?;
            let collection = collection(&service).await?;
            let attributes = self.attributes(APPLICATION);
            let _ = collection
                .create_item(label, attributes, secret, true, "application/json")
                .await
                .map_err(failed)?;
            Ok(())
        })
    }

    fn remove(&self) -> Result<(), Trouble> {
        in_two_tries(|| async {
            let service = connect().await?;
            while let Some(item) = self.item(&service).await? {
                item.delete().await.map_err(failed)?;
            }
            Ok(())
        })
    }

    fn set_aside(&self, label: &str) -> Result<(), Trouble> {
        in_two_tries(|| async {
            let service = connect().await?;
            if let Some(item) = self.item(&service).await? {
                let aside = self.attributes(SET_ASIDE);
                item.set_attributes(aside).await.map_err(failed)?;
                item.set_label(label).await.map_err(failed)?;
            }
            Ok(())
        })
    }
}

/// Every item of tenfoot's, whatever it is of; what was set aside too.
#[derive(Debug)]
pub(super) struct AllItems;

impl AllItems {
    async fn items<'a>(service: &'a Service<'_>) -> Result<Vec<Item<'a>>, Trouble> {
        let mut items = Vec::new();
        for application in [APPLICATION, SET_ASIDE] {
            let attributes = HashMap::from([("application", application)]);
            let found = service.search_items(attributes).await.map_err(failed)?;
            if !found.locked.is_empty() {
                return Err(Trouble::Locked);
            }
            items.extend(found.unlocked);
        }
        Ok(items)
    }
}

impl Entries for AllItems {
    fn read_all(&self) -> Result<Vec<Zeroizing<Vec<u8>>>, Trouble> {
        in_two_tries(|| async {
            let service = connect().await?;
            let mut secrets = Vec::new();
            for item in Self::items(&service).await? {
                let secret = item.get_secret().await.map_err(failed)?;
                secrets.push(Zeroizing::new(secret));
            }
            Ok(secrets)
        })
    }

    fn remove_all(&self) -> Result<(), Trouble> {
        in_two_tries(|| async {
            let service = connect().await?;
            for item in Self::items(&service).await? {
                item.delete().await.map_err(failed)?;
            }
            Ok(())
        })
    }
}

async fn connect() -> Result<Service<'static>, Trouble> {
    // The secret crosses the bus encrypted: others may listen there.
    Service::connect(EncryptionType::Dh).await.map_err(|why| {
        tracing::debug!(%why, "no Secret Service can be reached");
        Trouble::Absent
    })
}

/// The default collection, unlocked.
async fn collection<'a>(service: &'a Service<'_>) -> Result<Collection<'a>, Trouble> {
    let collection = match service.get_default_collection().await {
        Ok(collection) => collection,
        Err(Error::NoResult) => return Err(Trouble::NoCollection),
        Err(why) => return Err(failed(why)),
    };
    if collection.is_locked().await.map_err(failed)? {
        return Err(Trouble::Locked);
    }
    Ok(collection)
}

fn failed(why: impl fmt::Display) -> Trouble {
    Trouble::Failed(why.to_string())
}

/// Keyrings have been seen to get an encrypted exchange wrong now and then. A new one has
/// a key of its own.
fn in_two_tries<T, F>(call: impl Fn() -> F) -> Result<T, Trouble>
where
    F: Future<Output = Result<T, Trouble>>,
{
    match within_limit(call()) {
        Err(Trouble::Failed(why)) => {
            tracing::debug!(%why, "the keyring is asked once more");
            within_limit(call())
        }
        answer @ (Ok(_)
        | Err(
            Trouble::Absent | Trouble::NoCollection | Trouble::Locked | Trouble::NoAnswer,
        )) => answer,
    }
}

/// On a runtime of its own, since a store may be called from any thread that may block,
/// and since what was begun in time must not go on for ever.
fn within_limit<T>(call: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    let answer = runtime.block_on(async { tokio::time::timeout(LIMIT, call).await });
    runtime.shutdown_background();
    answer.unwrap_or(Err(Trouble::NoAnswer))
}
