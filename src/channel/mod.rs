//! A configured API call: the request, its pages, and the JSON turned into a
//! [`Listing`].
//!
//! [`http`] makes the calls; what an answer means is decided by pure functions:
//! `ask` for what
//! goes to whom, `refusal` for everything but 2xx, `body` for what kind of thing it is,
//! [`listing`] and `item` for what a screen shows of it, `paging` for where it
//! goes on, [`picture`] for pictures.

mod ask;
mod body;
pub mod cache;
mod failure;
mod header;
pub mod http;
mod item;
mod json;
pub mod listing;
mod paging;
pub mod picture;
mod readable;
mod refusal;
mod usual;

use std::time::Duration;

use url::Url;

pub use cache::Cache;
pub use http::{Bearer, Client, Response};
pub use listing::{Item, Listing};
pub use picture::Picture;

/// One page of a channel's results.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What is on it.
    pub listing: Listing,
    /// Where the next one is.
    pub next: Option<Url>,
    /// When it came, by the wall clock.
    pub as_of: jiff::Timestamp,
}

/// Why a channel shows nothing. `Display` is a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The session is over; the reason in words. Leads back to the start.
    #[error("{0}")]
    SignedOut(String),
    /// The API refuses this person: HTTP 403.
    #[error("{}", missing_scope(.scope.as_deref()))]
    Forbidden {
        /// The scope that is missing, where the API says so.
        scope: Option<String>,
    },
    /// The API asks for fewer calls.
    #[error("The service asks for a pause. Trying again in {} s.", .retry_after.as_secs())]
    Busy {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The API can't be reached.
    #[error("{0}")]
    Unreachable(String),
    /// The session was renewed but can't be stored, so it isn't relied on.
    #[error("{0}")]
    NotStored(String),
    /// The API answered something that can't be shown.
    #[error("{0}")]
    Unusable(String),
}

fn missing_scope(scope: Option<&str>) -> String {
    match scope {
        Some(scope) => format!("This account lacks the permission “{scope}”."),
        None => "This account isn't allowed to see this.".to_owned(),
    }
}
