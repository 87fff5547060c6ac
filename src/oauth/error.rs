//! Why the provider didn't do what it was asked for. Questions are answered by exhaustive
//! matches; what people are told is made from here, never the other way round.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;

use super::id_token;
use crate::i18n::Phrase;
use crate::web::{Obstacle, RequestError};

/// The provider gave no answer that counts. That may pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unavailable {
    /// No usable answer came.
    Request(RequestError),
    /// It limits requests (HTTP 429).
    RateLimited {
        /// The error's code, where there is one.
        error: Option<String>,
        /// How long it asks to stay away.
        retry_after: Option<Duration>,
    },
    /// It has a problem of its own: a 5xx status, or an error that says as much.
    ServerError {
        /// The HTTP status.
        status: u16,
        /// The error's code, where there is one.
        error: Option<String>,
        /// The provider's own words.
        description: Option<String>,
        /// How long it asks to stay away.
        retry_after: Option<Duration>,
    },
    /// The answer is neither OAuth's nor a page.
    Unreadable {
        /// The HTTP status.
        status: u16,
    },
    /// The ID token can't be judged: the clock is wrong, or the keys have changed.
    IdToken(id_token::Error),
    /// Where its keys are can't be looked up.
    KeysNotFound,
    /// Its keys were answered with that status.
    KeysStatus(u16),
    /// Its key set isn't one.
    KeysUnreadable,
    /// Its endpoints aren't what they were when this began.
    Endpoints(Box<Misconfiguration>),
    /// tenfoot itself stopped working on it.
    Internal,
}

/// The provider refuses: an OAuth error (RFC 6749 §5.2, RFC 8628 §3.5), or a status that
/// says as much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What it is about.
    pub reason: Reason,
    /// The error's code; the status where there is none.
    pub error: String,
    /// The provider's own words.
    pub description: Option<String>,
}

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The code or the refresh token is no longer good.
    InvalidGrant,
    /// The person, or a rule of the provider, said no.
    AccessDenied,
    /// There is no such client.
    UnknownClient,
    /// The client must prove who it is with a secret, and none is configured.
    SecretMissing,
    /// The client's secret, or the way in which it is sent, isn't accepted.
    SecretRefused,
    /// The client is a public one and mustn't send a secret.
    SecretNeedless,
    /// The client may not use the device flow.
    GrantNotAllowed,
    /// A scope isn't known or not allowed.
    InvalidScope,
    /// There is no API of that identifier.
    UnknownAudience,
    /// The client may not ask for tokens for that API.
    AudienceNotAllowed,
    /// The provider wants PKCE (RFC 7636).
    PkceRequired,
    /// The provider wants DPoP (RFC 9449).
    DpopRequired,
    /// The provider doesn't take requests in this encoding (HTTP 415).
    UnsupportedEncoding,
    /// Anything else.
    Other,
}

/// The provider can be reached, but not used as it is configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misconfiguration {
    /// The file with the client's secret can't be read.
    SecretFile {
        /// Its path.
        path: String,
        /// Why.
        why: std::io::ErrorKind,
    },
    /// There is no device authorization endpoint where one should be.
    NoDeviceEndpoint,
    /// The device endpoint's answer holds no code.
    NoCode,
    /// The code has characters in it that nobody can type.
    UntypeableCode,
    /// The address for the person isn't one that can be opened or shown safely.
    UnusableVerificationUri,
    /// The issuer differs from the provider's in its last slash alone.
    IssuerSlash {
        /// The provider's.
        theirs: String,
    },
    /// The provider calls itself something else.
    IssuerDiffers {
        /// The provider's name.
        theirs: String,
        /// The configured one.
        ours: String,
    },
    /// An endpoint's address can't be used.
    UnusableEndpoint {
        /// Its key.
        endpoint: String,
        /// Why, as part of a sentence.
        why: String,
    },
    /// The discovery document lacks an endpoint.
    MissingEndpoint {
        /// The provider's host.
        host: String,
        /// Its key.
        endpoint: String,
    },
    /// The discovery document of a provider elsewhere names an address of this machine or of
    /// its network.
    LocalEndpoint {
        /// The provider's host.
        host: String,
        /// The endpoint's key.
        endpoint: String,
        /// The address.
        address: String,
    },
    /// The preset knows an endpoint of the public service alone, and the issuer is another.
    PresetElsewhere {
        /// What people call the preset's provider.
        name: String,
        /// The host that gives the tokens.
        host: String,
        /// The endpoint's key.
        endpoint: String,
    },
    /// There is no discovery document.
    NoDiscovery {
        /// The provider's host.
        host: String,
        /// What it should have named.
        endpoint: String,
        /// The provider's own words.
        description: Option<String>,
    },
    /// This machine can't make a key for DPoP, or can't use it.
    Dpop(super::dpop::Error),
}

/// Tokens came, but can't be trusted or used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Untrusted {
    /// The ID token isn't believed.
    IdToken(id_token::Error),
    /// The provider publishes no keys to check the ID token with.
    NoKeys,
    /// The access token isn't bound to this TV's key, although DPoP is configured.
    NotBound,
    /// The access token is bound to a key, although DPoP isn't configured.
    Bound,
    /// The access token is of a kind that isn't known.
    UnknownKind(String),
}

/// Why tokens that were given back may live on (RFC 7009).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRevoked {
    /// The provider has no revocation endpoint, or takes no tokens of these kinds.
    Unsupported,
    /// Where its revocation endpoint is can't be looked up.
    EndpointUnknown,
    /// It answered with that status.
    Status(u16),
    /// It gave no answer that counts.
    Unavailable(Unavailable),
}

impl NotRevoked {
    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Unsupported => Phrase::new("provider-no-revocation"),
            Self::EndpointUnknown => Phrase::new("provider-revocation-unknown"),
            Self::Status(status) => {
                Phrase::new("provider-not-revoked").with("status", status.to_string())
            }
            Self::Unavailable(why) => why.phrase(),
        }
    }
}

impl From<RequestError> for Unavailable {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<super::dpop::Error> for Unavailable {
    fn from(error: super::dpop::Error) -> Self {
        Self::Endpoints(Box::new(Misconfiguration::Dpop(error)))
    }
}

impl Unavailable {
    /// The provider's error code, where it gave one.
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        match self {
            Self::RateLimited { error, .. } | Self::ServerError { error, .. } => error.as_deref(),
            Self::Request(_)
            | Self::Unreadable { .. }
            | Self::IdToken(_)
            | Self::KeysNotFound
            | Self::KeysStatus(_)
            | Self::KeysUnreadable
            | Self::Endpoints(_)
            | Self::Internal => None,
        }
    }

    /// How long the provider asks to stay away.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after, .. } | Self::ServerError { retry_after, .. } => {
                *retry_after
            }
            Self::Request(_)
            | Self::Unreadable { .. }
            | Self::IdToken(_)
            | Self::KeysNotFound
            | Self::KeysStatus(_)
            | Self::KeysUnreadable
            | Self::Endpoints(_)
            | Self::Internal => None,
        }
    }

    /// The same, with how long the provider asks to stay away where it has a problem.
    #[must_use]
    pub(super) fn retrying_after(mut self, pause: Option<Duration>) -> Self {
        if let Self::RateLimited { retry_after, .. } | Self::ServerError { retry_after, .. } =
            &mut self
        {
            *retry_after = pause;
        }
        self
    }

    /// Whether the request may have arrived, and its answer got lost on the way.
    #[must_use]
    pub const fn may_have_arrived(&self) -> bool {
        match self {
            Self::Request(error) => error.cause.may_have_arrived(),
            Self::ServerError { .. } => true,
            Self::Unreadable { status } => *status < 300,
            Self::RateLimited { .. }
            | Self::IdToken(_)
            | Self::KeysNotFound
            | Self::KeysStatus(_)
            | Self::KeysUnreadable
            | Self::Endpoints(_)
            | Self::Internal => false,
        }
    }

    /// What is in the way, where this machine's clock says `now`.
    #[must_use]
    pub fn obstacle(&self, now: Timestamp) -> Obstacle {
        match self {
            Self::Request(error) => error.obstacle(now),
            Self::RateLimited { .. } | Self::ServerError { .. } => Obstacle::Busy,
            Self::IdToken(error) if error.is_about_the_clock() => Obstacle::Clock,
            Self::Unreadable { .. }
            | Self::IdToken(_)
            | Self::KeysNotFound
            | Self::KeysStatus(_)
            | Self::KeysUnreadable
            | Self::Endpoints(_)
            | Self::Internal => Obstacle::Unavailable,
        }
    }

    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Request(error) => error.phrase(),
            Self::RateLimited { .. } => Phrase::new("provider-rate-limited"),
            Self::ServerError {
                status,
                description,
                ..
            } => quoting(
                Phrase::new("provider-server-error").with("status", status.to_string()),
                description.as_ref(),
            ),
            Self::Unreadable { status } => {
                Phrase::new("provider-unreadable").with("status", status.to_string())
            }
            Self::IdToken(error) => error.phrase(),
            Self::KeysNotFound => Phrase::new("provider-keys-not-found"),
            Self::KeysStatus(status) => {
                Phrase::new("provider-keys-status").with("status", status.to_string())
            }
            Self::KeysUnreadable => Phrase::new("provider-keys-unreadable"),
            Self::Endpoints(why) => why.phrase(),
            Self::Internal => Phrase::new("session-own-fault"),
        }
    }
}

impl Reason {
    /// Whether the provider doesn't recognise the client.
    #[must_use]
    pub const fn is_about_the_client(self) -> bool {
        match self {
            Self::UnknownClient
            | Self::SecretMissing
            | Self::SecretRefused
            | Self::SecretNeedless => true,
            Self::InvalidGrant
            | Self::AccessDenied
            | Self::GrantNotAllowed
            | Self::InvalidScope
            | Self::UnknownAudience
            | Self::AudienceNotAllowed
            | Self::PkceRequired
            | Self::DpopRequired
            | Self::UnsupportedEncoding
            | Self::Other => false,
        }
    }
}

impl Refusal {
    /// A sentence for a person, with the provider's own words or its error's code.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        quoting(self.summary(), Some(self.theirs()))
    }

    /// The same without the provider's words, for where they stand apart.
    #[must_use]
    pub const fn summary(&self) -> Phrase {
        Phrase::new(match self.reason {
            Reason::InvalidGrant => "refused-invalid-grant",
            Reason::AccessDenied => "refused-access-denied",
            Reason::UnknownClient => "refused-unknown-client",
            Reason::SecretMissing => "refused-secret-missing",
            Reason::SecretRefused => "refused-secret",
            Reason::SecretNeedless => "refused-secret-needless",
            Reason::GrantNotAllowed => "refused-grant",
            Reason::InvalidScope => "refused-scope",
            Reason::UnknownAudience => "refused-audience",
            Reason::AudienceNotAllowed => "refused-api-access",
            Reason::PkceRequired => "refused-pkce",
            Reason::DpopRequired => "refused-dpop",
            Reason::UnsupportedEncoding => "refused-encoding",
            Reason::Other => "refused-other",
        })
    }

    /// The provider's own words, else its error's code.
    #[must_use]
    pub fn theirs(&self) -> &String {
        self.description.as_ref().unwrap_or(&self.error)
    }

    /// The provider's own words and its error's code: whoever reads them over the phone needs
    /// both.
    #[must_use]
    pub fn quote(&self) -> String {
        match &self.description {
            Some(description) if description != &self.error => {
                format!("{description} ({})", self.error)
            }
            Some(_) | None => self.error.clone(),
        }
    }

    /// Whether a setting on this machine has to change, as opposed to one at the provider.
    #[must_use]
    pub const fn is_about_configuration(&self) -> bool {
        match self.reason {
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
            | Reason::UnsupportedEncoding => true,
            Reason::InvalidGrant | Reason::AccessDenied | Reason::Other => false,
        }
    }
}

impl Misconfiguration {
    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::SecretFile { path, why } => Phrase::new("provider-secret-file")
                .with("path", path)
                .with("why", *why),
            Self::NoDeviceEndpoint => Phrase::new("provider-no-device-endpoint"),
            Self::NoCode => Phrase::new("provider-no-code"),
            Self::UntypeableCode => Phrase::new("provider-untypeable"),
            Self::UnusableVerificationUri => Phrase::new("provider-unusable-verification-uri"),
            Self::IssuerSlash { theirs } => {
                Phrase::new("provider-issuer-slash").with("theirs", theirs)
            }
            Self::IssuerDiffers { theirs, ours } => Phrase::new("provider-issuer-differs")
                .with("theirs", theirs)
                .with("ours", ours),
            Self::UnusableEndpoint { endpoint, why } => Phrase::new("provider-endpoint-unusable")
                .with("endpoint", endpoint)
                .with("why", why),
            Self::MissingEndpoint { host, endpoint } => Phrase::new("provider-endpoint-missing")
                .with("host", host)
                .with("endpoint", endpoint),
            Self::LocalEndpoint {
                host,
                endpoint,
                address,
            } => Phrase::new("provider-endpoint-local")
                .with("host", host)
                .with("endpoint", endpoint)
                .with("address", address),
            Self::PresetElsewhere {
                name,
                host,
                endpoint,
            } => Phrase::new("provider-preset-elsewhere")
                .with("name", name)
                .with("host", host)
                .with("endpoint", endpoint),
            Self::NoDiscovery {
                host,
                endpoint,
                description,
            } => quoting(
                Phrase::new("provider-no-discovery")
                    .with("host", host)
                    .with("endpoint", endpoint),
                description.as_ref(),
            ),
            Self::Dpop(error) => error.phrase(),
        }
    }

    /// The same with the provider's own words, where it said some.
    #[must_use]
    pub fn quoting(mut self, words: Option<String>) -> Self {
        if let Self::NoDiscovery { description, .. } = &mut self {
            *description = words;
        }
        self
    }

    /// Whether the provider's answer is at fault, and not this machine's configuration.
    #[must_use]
    pub const fn is_providers_fault(&self) -> bool {
        match self {
            Self::NoCode
            | Self::UntypeableCode
            | Self::UnusableVerificationUri
            | Self::UnusableEndpoint { .. }
            | Self::LocalEndpoint { .. } => true,
            Self::SecretFile { .. }
            | Self::NoDeviceEndpoint
            | Self::IssuerSlash { .. }
            | Self::IssuerDiffers { .. }
            | Self::MissingEndpoint { .. }
            | Self::PresetElsewhere { .. }
            | Self::NoDiscovery { .. }
            | Self::Dpop(_) => false,
        }
    }
}

impl Untrusted {
    /// Whether this machine's clock is to blame.
    #[must_use]
    pub const fn is_about_the_clock(&self) -> bool {
        match self {
            Self::IdToken(error) => error.is_about_the_clock(),
            Self::NoKeys | Self::NotBound | Self::Bound | Self::UnknownKind(_) => false,
        }
    }

    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::IdToken(error) => error.phrase(),
            Self::NoKeys => Phrase::new("provider-no-keys"),
            Self::NotBound => Phrase::new("provider-unbound"),
            Self::Bound => Phrase::new("provider-bound"),
            Self::UnknownKind(kind) => Phrase::new("provider-unknown-kind").with("kind", kind),
        }
    }
}

/// Our words with the provider's beside them.
pub(crate) fn quoting(ours: Phrase, theirs: Option<&String>) -> Phrase {
    match theirs {
        Some(theirs) => Phrase::new("provider-quoted")
            .with("ours", ours)
            .with("theirs", theirs),
        None => ours,
    }
}

macro_rules! displayed {
    ($($kind:ty),*) => {$(
        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.phrase().fmt(f)
            }
        }

        impl std::error::Error for $kind {}
    )*};
}

displayed!(
    Unavailable,
    Refusal,
    Misconfiguration,
    NotRevoked,
    Untrusted
);
