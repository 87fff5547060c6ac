//! A configured API call: the request, its pages, and the JSON turned into a
//! [`Listing`].
//!
//! [`calls`] says what can be asked for and [`http`] speaks to the network; what an answer means is decided by pure functions:
//! `ask` for what
//! goes to whom, `refusal` for everything but 2xx, `body` for what kind of thing it is,
//! [`listing`] and `item` for what a screen shows of it, `paging` for where it
//! goes on, [`picture`] for pictures.

mod bearer;
mod body;
mod budget;
pub mod cache;
pub mod calls;
mod decoding;
mod error_response;
mod failure;
mod fields;
mod groups;
mod header;
pub mod http;
mod image_cache;
mod item;
mod json;
mod known_fields;
mod lazy_json;
pub mod listing;
mod markup;
mod paging;
pub mod picture;
mod plain_text;
mod rendered_cache;
mod reported;
mod request;
mod undrawn;
pub mod value;

use std::time::Duration;

use url::Url;

use crate::config;
use crate::i18n::Phrase;
use crate::oauth::dpop;
use crate::session::token_manager::SessionEnd;
use crate::storage;
use crate::web::RequestError;

pub use cache::Cache;
pub use calls::Response;
pub use failure::Unreachable;
pub use fields::Fields;
pub use http::{Bearer, Client};
pub use listing::{Item, Listing};
pub use paging::NextPage;
pub use picture::Picture;
pub use value::Value;

/// One page of a channel's results.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What is on it.
    pub listing: Listing,
    /// Where the next one is.
    pub next: Option<NextPage>,
    /// When it came, by the wall clock.
    pub as_of: jiff::Timestamp,
}

/// What somebody saw of a channel the last time.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Its first page.
    pub page: Page,
    /// Pictures as they stood on the screen.
    pub pictures: Vec<(Url, Picture)>,
}

/// Reads an answer of a channel that came from `url` at `as_of`.
///
/// # Errors
/// [`Error::Unusable`]
pub fn page_of(
    channel: &config::Channel,
    url: Url,
    content_type: Option<String>,
    body: Vec<u8>,
    as_of: jiff::Timestamp,
) -> Result<Page, Error> {
    let about = cache::About {
        url,
        content_type,
        links: Vec::new(),
        numbering: None,
        as_of,
    };
    let body = body.into();
    cache::Answered { about, body }.page(channel)
}

/// What a call of a channel showed, for whoever looks after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// How many results came; `None` where it isn't a list.
    pub items: Option<usize>,
    /// The configured pointers that lead to nothing in any of the first results, by their keys.
    pub missed: Vec<(&'static str, String)>,
}

/// A scope that a token doesn't have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// The API says so.
    Named(String),
    /// The API wants it for such addresses, and it wasn't asked for.
    Likely(String),
}

/// Why a channel shows nothing. `Display` is a sentence in English; what a screen says is
/// [`Error::told`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The session is over. Leads back to the start.
    #[error("{0}")]
    SignedOut(SessionEnd),
    /// The API refuses this person: HTTP 403.
    #[error("{}", quoting(forbidden(.scope.as_ref()), .message.as_deref()))]
    Forbidden {
        /// The scope that is missing, where that is known.
        scope: Option<Missing>,
        /// Why, in the API's own words.
        message: Option<String>,
    },
    /// The API doesn't accept the access token: HTTP 401.
    #[error("{}", quoting(not_accepted(*.can_renew), .message.as_deref()))]
    NotAccepted {
        /// Whether the token was renewed before; else it may simply have ended.
        can_renew: bool,
        /// Why, in the API's own words.
        message: Option<String>,
    },
    /// The API asks for fewer calls.
    #[error("{}", Phrase::new("channel-busy-for").with("time", *.retry_after))]
    Busy {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The API can't be reached.
    #[error("{0}")]
    Unreachable(Unreachable),
    /// The session was renewed but can't be stored, so it isn't relied on.
    #[error("{0}")]
    NotStored(storage::Error),
    /// The API answered something that can't be shown.
    #[error("{0}")]
    Unusable(Phrase),
}

impl Error {
    /// Whether a new sign-in may help, beside trying again.
    #[must_use]
    pub const fn offers_sign_in(&self) -> bool {
        match self {
            Self::NotAccepted { can_renew, .. } => !*can_renew,
            Self::Unreachable(why) => why.offers_sign_in(),
            Self::SignedOut(_)
            | Self::Forbidden { .. }
            | Self::Busy { .. }
            | Self::NotStored(_)
            | Self::Unusable(_) => false,
        }
    }

    /// What a person is told; of a pause, not how long it lasts: a screen counts that down.
    #[must_use]
    pub fn told(&self) -> Phrase {
        match self {
            Self::SignedOut(why) => why.phrase(),
            Self::Unreachable(why) => why.phrase(),
            Self::NotStored(why) => why.phrase(),
            Self::Unusable(why) => why.clone(),
            Self::Forbidden { scope, message } => {
                quoting(forbidden(scope.as_ref()), message.as_deref())
            }
            Self::NotAccepted { can_renew, message } => {
                quoting(not_accepted(*can_renew), message.as_deref())
            }
            Self::Busy { .. } => Phrase::new("channel-busy"),
        }
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::Unreachable(error.into())
    }
}

impl From<dpop::Error> for Error {
    fn from(error: dpop::Error) -> Self {
        Self::Unusable(error.phrase())
    }
}

fn not_accepted(can_renew: bool) -> Phrase {
    Phrase::new(if can_renew {
        "channel-not-accepted"
    } else {
        "channel-not-accepted-or-ended"
    })
    .with("status", 401_i64)
}

/// A sentence of ours, and then the service's own.
fn quoting(why: Phrase, message: Option<&str>) -> Phrase {
    match message {
        Some(message) => Phrase::new("channel-says")
            .with("why", why)
            .with("message", message),
        None => why,
    }
}

fn forbidden(scope: Option<&Missing>) -> Phrase {
    let scoped = |id, scope: &str| Phrase::new(id).with("scope", scope);
    match scope {
        Some(Missing::Named(scope)) => scoped("channel-forbidden-scope", scope),
        Some(Missing::Likely(scope)) => scoped("channel-forbidden-likely", scope),
        None => Phrase::new("channel-forbidden"),
    }
}

/// A thing that can't be shown, by a message that is about nothing.
const fn unusable(id: &'static str) -> Error {
    Error::Unusable(Phrase::new(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_refusal_is_told_in_the_persons_language_and_logged_in_english() {
        let error = Error::Forbidden {
            scope: Some(Missing::Named("read:x".to_owned())),
            message: None,
        };

        assert_eq!(
            Language::German.tell(&error.told()),
            "Diesem Konto fehlt die Berechtigung „read:x“."
        );
        assert_eq!(
            error.to_string(),
            "This account lacks the permission “read:x”."
        );
    }

    #[test]
    fn a_screen_counts_a_pause_down_by_itself_and_a_terminal_names_it() {
        let error = Error::Busy {
            retry_after: Duration::from_secs(7),
        };

        assert_eq!(
            error.told().to_string(),
            "The service is asking for fewer requests."
        );
        assert_eq!(error.to_string(), "The service asks to wait 7 s.");
    }
}
