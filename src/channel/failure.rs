//! Why a service can't be reached, or its session can't be used right now.

use jiff::Timestamp;

use crate::i18n::Phrase;
use crate::session::token_manager::NotRenewed;
use crate::web::{Obstacle, RequestError};

/// Why a channel has no answer. That may pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreachable {
    /// No usable answer came.
    Request(RequestError),
    /// The service has a problem of its own (HTTP 5xx).
    ServerError {
        /// The HTTP status.
        status: u16,
    },
    /// Something in front of the service, such as a firewall, answered with a page.
    Blocked {
        /// The HTTP status.
        status: u16,
    },
    /// The service gave up waiting for the request (HTTP 408).
    RequestTimeout,
    /// The access token has ended and couldn't be renewed.
    NotRenewed(NotRenewed),
}

impl Unreachable {
    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Request(error) => error.phrase(),
            Self::ServerError { status } => {
                Phrase::new("channel-fault").with("status", i64::from(*status))
            }
            Self::Blocked { status } => {
                Phrase::new("channel-blocked").with("status", i64::from(*status))
            }
            Self::RequestTimeout => Phrase::new("channel-waited-too-long").with("status", 408_i64),
            Self::NotRenewed(why) => why.phrase(),
        }
    }

    /// Whether a new sign-in is offered beside trying again.
    #[must_use]
    pub const fn offers_sign_in(&self) -> bool {
        match self {
            Self::NotRenewed(why) => why.offers_sign_in(),
            Self::Request(_)
            | Self::ServerError { .. }
            | Self::Blocked { .. }
            | Self::RequestTimeout => false,
        }
    }

    /// Whether this machine's own network is in the way.
    #[must_use]
    pub fn is_about_network(&self) -> bool {
        // No time changes what the network is.
        self.obstacle(Timestamp::MAX) == Obstacle::Network
    }

    /// What is in the way, where this machine's clock says `now`.
    #[must_use]
    pub fn obstacle(&self, now: Timestamp) -> Obstacle {
        match self {
            Self::Request(error) => error.obstacle(now),
            Self::Blocked { .. } => Obstacle::Portal,
            Self::ServerError { .. } | Self::RequestTimeout => Obstacle::Busy,
            Self::NotRenewed(NotRenewed::Provider { why, .. }) => why.obstacle(now),
            Self::NotRenewed(
                NotRenewed::RateLimited
                | NotRenewed::Refused(_)
                | NotRenewed::Unclear(_)
                | NotRenewed::RenewedElsewhere
                | NotRenewed::Closing,
            ) => Obstacle::Busy,
        }
    }
}

impl From<RequestError> for Unreachable {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl std::fmt::Display for Unreachable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.phrase().fmt(f)
    }
}
