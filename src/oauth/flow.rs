//! One attempt to sign in: what the person is shown, why the next poll waits, how it ended.

use std::fmt;
use std::time::Duration;

use super::error::{Misconfiguration, Reason as RefusalReason, Refusal, Unavailable, Untrusted};
use crate::address::WebAddress;
use crate::clock::Moment;
use crate::i18n::Phrase;
use crate::storage;

/// What a person needs to approve the sign-in on another device (RFC 8628 §3.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// Shown to the letter.
    pub user_code: String,
    /// Where it is entered.
    pub verification_uri: String,
    /// The same with the code inside, where the provider has such an address.
    pub verification_uri_complete: Option<String>,
    /// When the code ends.
    pub deadline: Moment,
    /// How long it lives in all.
    pub lifetime: Duration,
    /// The least time between two polls.
    pub interval: Duration,
}

impl Prompt {
    /// What the QR holds.
    #[must_use]
    pub fn qr_text(&self) -> &str {
        self.verification_uri_complete
            .as_deref()
            .unwrap_or(&self.verification_uri)
    }

    /// The host of the page, as its address names it.
    #[must_use]
    pub fn page_host(&self) -> String {
        WebAddress::parse(&self.verification_uri)
            .map_or_else(|| self.verification_uri.clone(), |address| address.host())
    }

    /// Whether the code stands in the address that is shown, so that nobody enters it.
    #[must_use]
    pub fn is_code_in_address(&self) -> bool {
        WebAddress::parse(&self.verification_uri)
            .is_some_and(|address| address.holds(&self.user_code))
    }

    /// Whether capital and small letters have to be told apart: a code that has both.
    #[must_use]
    pub fn is_case_sensitive(&self) -> bool {
        self.user_code.contains(char::is_uppercase) && self.user_code.contains(char::is_lowercase)
    }
}

/// The pause before the next poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// Why there is one.
    pub reason: Reason,
    /// When the next poll is sent.
    pub next_poll: Moment,
}

/// Why a poll is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The person hasn't decided yet (also before the first poll).
    Pending,
    /// The provider asked for fewer polls; this is the interval from now on.
    SlowDown(Duration),
    /// The provider limits requests for a while.
    RateLimited,
    /// The provider can't be reached, or answers nonsense.
    Reconnecting(Unavailable),
}

/// Why a flow ended without a session. `Display` is a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The code's time ran out (RFC 8628 §3.5 `expired_token`, or our own deadline).
    Expired,
    /// `access_denied`.
    Denied {
        /// The provider's own words.
        description: Option<String>,
    },
    /// The answer to an earlier poll got lost, and with it the tokens: the code is used up.
    AnswerLost,
    /// The provider gives no code.
    NoCode(Refusal),
    /// The provider ended the flow of a code that was out.
    Refused(Refusal),
    /// The provider gave no answer that counts.
    Unreachable(Unavailable),
    /// The provider can be reached, but not used as it is configured.
    Misconfigured(Misconfiguration),
    /// The tokens came but can't be trusted.
    Untrusted(Untrusted),
    /// The tokens came but can't be stored.
    NotStored(storage::Error),
}

impl End {
    /// How long the provider asks to stay away.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Unreachable(why) => why.retry_after(),
            Self::Expired
            | Self::Denied { .. }
            | Self::AnswerLost
            | Self::NoCode(_)
            | Self::Refused(_)
            | Self::Misconfigured(_)
            | Self::Untrusted(_)
            | Self::NotStored(_) => None,
        }
    }

    /// Whether a provider ends a flow so when the tokens of its code were given already.
    #[must_use]
    pub fn may_follow_success(&self) -> bool {
        match self {
            Self::Denied { .. } => true,
            Self::Refused(refusal) => refusal.reason == RefusalReason::InvalidGrant,
            Self::Expired
            | Self::AnswerLost
            | Self::NoCode(_)
            | Self::Unreachable(_)
            | Self::Misconfigured(_)
            | Self::Untrusted(_)
            | Self::NotStored(_) => false,
        }
    }

    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Expired => Phrase::new("provider-expired"),
            Self::Denied { .. } => Phrase::new("provider-denied"),
            Self::AnswerLost => Phrase::new("provider-answer-lost"),
            Self::NoCode(refusal) | Self::Refused(refusal) => refusal.phrase(),
            Self::Unreachable(why) => why.phrase(),
            Self::Misconfigured(why) => why.phrase(),
            Self::Untrusted(why) => why.phrase(),
            Self::NotStored(why) => why.phrase(),
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

impl std::error::Error for End {}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompt(user_code: &str, verification_uri: &str) -> Prompt {
        Prompt {
            user_code: user_code.to_owned(),
            verification_uri: verification_uri.to_owned(),
            verification_uri_complete: None,
            deadline: Moment::from_boot(Duration::ZERO),
            lifetime: Duration::ZERO,
            interval: Duration::ZERO,
        }
    }

    #[test]
    fn the_pages_host_is_that_of_the_address_whatever_the_issuer() {
        for (address, host) in [
            ("https://www.google.com/device", "www.google.com"),
            ("https://microsoft.com/devicelogin", "microsoft.com"),
            ("http://127.0.0.1:9414/device", "127.0.0.1:9414"),
        ] {
            assert_eq!(prompt("C", address).page_host(), host);
        }
    }

    #[test]
    fn a_code_of_capital_and_small_letters_is_case_sensitive() {
        let is = |code| prompt(code, "https://acme.example/").is_case_sensitive();
        assert!(is("CKiQhNvt") && is("aB-12") && is("Жж"));
        assert!(!is("WDJB-MJHT") && !is("shkakx") && !is("1234") && !is("A1B2"));
    }
}
