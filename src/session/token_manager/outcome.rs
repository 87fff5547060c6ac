//! What becomes of a session that isn't renewed.

use crate::i18n::Phrase;
use crate::oauth::dpop;
use crate::oauth::error::{Reason, Refusal, Unavailable, Untrusted, quoting};
use crate::session::renewal::Outcome;

/// Why a session is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionEnd {
    /// The person signed out.
    SignedOut,
    /// It was ended in another window or terminal.
    EndedElsewhere,
    /// Another person signed in.
    SomebodyElse,
    /// The access token has ended, and there is no refresh token.
    Expired,
    /// The provider refuses to renew it. What is stored is kept until the next sign-in.
    Refused(Refusal),
    /// The provider renewed it for another person.
    RenewedForSomebodyElse,
    /// The renewed tokens can't be trusted.
    Untrusted(Untrusted),
    /// The key that the tokens are bound to can't be read.
    UnreadableKey(dpop::Error),
}

/// Why a session couldn't be renewed right now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRenewed {
    /// The provider gave no answer that counts.
    Provider {
        /// What came instead.
        why: Unavailable,
        /// Whether that has gone on for so long that a new sign-in is worth a try.
        is_lasting: bool,
    },
    /// The provider gave neither tokens nor an error.
    Unclear(Refusal),
    /// The provider limits requests.
    RateLimited,
    /// The provider refuses, and the access token is still good.
    Refused(Refusal),
    /// Another tenfoot on this machine is renewing it.
    RenewedElsewhere,
    /// tenfoot is being closed.
    Closing,
}

impl SessionEnd {
    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        let again = |why| Phrase::new("session-again").with("why", why);
        match self {
            Self::SignedOut => Phrase::new("session-signed-out"),
            Self::EndedElsewhere => Phrase::new("session-ended-elsewhere"),
            Self::SomebodyElse => Phrase::new("session-somebody-else"),
            Self::Expired => Phrase::new("session-ended"),
            Self::Refused(refusal) => match refusal.reason {
                Reason::InvalidGrant | Reason::AccessDenied => quoting(
                    Phrase::new("provider-session-ended"),
                    refusal.description.as_ref(),
                ),
                Reason::UnknownClient
                | Reason::SecretMissing
                | Reason::SecretRefused
                | Reason::SecretNeedless
                | Reason::GrantNotAllowed
                | Reason::InvalidScope
                | Reason::UnknownAudience
                | Reason::AudienceNotAllowed
                | Reason::PkceRequired
                | Reason::DpopRequired
                | Reason::UnsupportedEncoding
                | Reason::Other => quoting(
                    Phrase::new("provider-refuses-renewal"),
                    Some(refusal.theirs()),
                ),
            },
            Self::RenewedForSomebodyElse => Phrase::new("session-for-somebody-else"),
            Self::Untrusted(why) => again(why.phrase()),
            Self::UnreadableKey(why) => again(why.phrase()),
        }
    }
}

impl NotRenewed {
    /// Whether a new sign-in is offered beside trying again.
    #[must_use]
    pub const fn offers_sign_in(&self) -> bool {
        match self {
            Self::Provider { is_lasting, .. } => *is_lasting,
            Self::Unclear(_)
            | Self::RateLimited
            | Self::Refused(_)
            | Self::RenewedElsewhere
            | Self::Closing => false,
        }
    }

    /// What is stored of it with the session; nothing where no answer came at all.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Refused(_) => Some(Outcome::Refused),
            Self::Unclear(_) => Some(Outcome::Unclear),
            Self::Provider {
                why: Unavailable::ServerError { .. },
                ..
            } => Some(Outcome::ServerError),
            Self::Provider { .. } | Self::RateLimited | Self::RenewedElsewhere | Self::Closing => {
                None
            }
        }
    }

    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::RenewedElsewhere | Self::Closing => self.reason(),
            Self::Provider { .. } | Self::RateLimited | Self::Refused(_) | Self::Unclear(_) => {
                Phrase::new("session-not-renewed").with("why", self.reason())
            }
        }
    }

    /// The same without saying that the session isn't renewed.
    pub(super) fn reason(&self) -> Phrase {
        match self {
            Self::Provider { why, .. } => why.phrase(),
            Self::RateLimited => Phrase::new("provider-rate-limited"),
            Self::Refused(refusal) | Self::Unclear(refusal) => quoting(
                Phrase::new("provider-refuses-renewal"),
                Some(refusal.theirs()),
            ),
            Self::RenewedElsewhere => Phrase::new("session-renewed-elsewhere"),
            Self::Closing => Phrase::new("session-closing"),
        }
    }
}

impl std::fmt::Display for SessionEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.phrase().fmt(f)
    }
}

impl std::fmt::Display for NotRenewed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.phrase().fmt(f)
    }
}
