//! Why something doesn't work, and what to do about it.

use crate::config::Provider;
use crate::config::preset::Menus;
use crate::i18n::{Argument, Phrase};

/// Why something doesn't work, or not as well as it could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The configuration has a mistake.
    Mistake,
    /// There is no configuration.
    NoConfig,
    /// The clock is wrong, or was never set.
    Clock,
    /// There is no way to the provider.
    Network,
    /// Nothing answers at that port.
    Address,
    /// Somebody else answers in the provider's place.
    Portal,
    /// Whoever answers can't prove to be the provider.
    Insecure,
    /// The provider can't answer right now.
    Busy,
    /// The proxy that is set lets nothing through.
    Proxy,
    /// The provider doesn't answer, or answers nonsense.
    Unavailable,
    /// No secure connection can be set up with the provider.
    Handshake,
    /// The client's secret is missing, wrong, or not wanted.
    Secret,
    /// The provider requires PKCE.
    Pkce,
    /// The provider requires DPoP.
    Dpop,
    /// The provider doesn't offer DPoP.
    DpopNotOffered,
    /// The provider takes requests in another encoding.
    Encoding,
    /// The file with the client's secret can't be read.
    SecretFile,
    /// The application may not use the device flow.
    Grant,
    /// The application is of a kind that must prove who it is.
    Application,
    /// There is no such application.
    Client,
    /// There is no such API.
    Audience,
    /// The application may not ask for that API.
    ApiAccess,
    /// No refresh token comes.
    Offline,
    /// A scope isn't known.
    Scope,
    /// There is no device flow at all.
    DeviceFlow,
    /// The provider calls itself something else.
    Issuer,
    /// The endpoints aren't of one provider.
    Endpoints,
    /// Sessions can't be written.
    Storage,
    /// There is no place for sessions.
    NoHome,
    /// The session that is kept can't be read.
    Session,
    /// The session can't be renewed.
    SignIn,
    /// Sessions of earlier configurations are still stored.
    UnusedSessions,
    /// Other users of this machine can read a secret.
    ReadableByOthers,
    /// No font has letters for the language of the screens.
    Fonts,
    /// No font has letters for some names.
    Names,
    /// There is no display that answers.
    Display,
    /// The configuration wants a renderer that isn't there.
    Renderer,
}

impl Cause {
    /// All of them.
    pub const ALL: [Self; 37] = [
        Self::Mistake,
        Self::NoConfig,
        Self::Clock,
        Self::Network,
        Self::Address,
        Self::Portal,
        Self::Insecure,
        Self::Busy,
        Self::Proxy,
        Self::Unavailable,
        Self::Handshake,
        Self::Secret,
        Self::Pkce,
        Self::Dpop,
        Self::DpopNotOffered,
        Self::Encoding,
        Self::SecretFile,
        Self::Grant,
        Self::Application,
        Self::Client,
        Self::Audience,
        Self::ApiAccess,
        Self::Offline,
        Self::Scope,
        Self::DeviceFlow,
        Self::Issuer,
        Self::Endpoints,
        Self::Storage,
        Self::NoHome,
        Self::Session,
        Self::SignIn,
        Self::UnusedSessions,
        Self::ReadableByOthers,
        Self::Fonts,
        Self::Names,
        Self::Display,
        Self::Renderer,
    ];

    /// A word that scripts can rely on, and what to do about it in general.
    const fn known(self) -> (&'static str, &'static str) {
        match self {
            Self::Mistake => ("mistake", "doctor-do-mistake"),
            Self::NoConfig => ("no-config", "doctor-do-no-config"),
            Self::Clock => ("clock", "doctor-do-clock"),
            Self::Network => ("network", "doctor-do-network"),
            Self::Address => ("address", "doctor-do-address"),
            Self::Portal => ("portal", "doctor-do-portal"),
            Self::Insecure => ("insecure", "doctor-do-insecure"),
            Self::Busy => ("busy", "doctor-do-busy"),
            Self::Proxy => ("proxy", "doctor-do-proxy"),
            Self::Unavailable => ("unavailable", "doctor-do-unavailable"),
            Self::Handshake => ("tls", "doctor-do-handshake"),
            Self::Secret => ("secret", "doctor-do-secret"),
            Self::Pkce => ("pkce", "doctor-do-pkce"),
            Self::Dpop => ("dpop", "doctor-do-dpop"),
            Self::DpopNotOffered => ("dpop-not-offered", "doctor-do-dpop-off"),
            Self::Encoding => ("encoding", "doctor-do-encoding"),
            Self::SecretFile => ("secret-file", "doctor-do-secret-file"),
            Self::Grant => ("grant", "doctor-do-grant"),
            Self::Application => ("application", "doctor-do-application"),
            Self::Client => ("client", "doctor-do-client"),
            Self::Audience => ("audience", "doctor-do-audience"),
            Self::ApiAccess => ("api-access", "doctor-do-api-access"),
            Self::Offline => ("offline", "doctor-do-offline"),
            Self::Scope => ("scope", "doctor-do-scope"),
            Self::DeviceFlow => ("device-flow", "doctor-do-device-flow"),
            Self::Issuer => ("issuer", "doctor-do-issuer"),
            Self::Endpoints => ("endpoints", "doctor-do-endpoints"),
            Self::Storage => ("storage", "doctor-do-storage"),
            Self::NoHome => ("no-home", "doctor-do-no-home"),
            Self::Session => ("session", "doctor-do-session"),
            Self::SignIn => ("sign-in", "doctor-do-sign-in"),
            Self::UnusedSessions => ("unused-sessions", "doctor-do-unused"),
            Self::ReadableByOthers => ("readable-by-others", "doctor-do-readable"),
            Self::Fonts => ("fonts", "doctor-do-fonts"),
            Self::Names => ("names", "doctor-do-names"),
            Self::Display => ("display", "doctor-do-display"),
            Self::Renderer => ("renderer", "doctor-do-renderer"),
        }
    }

    /// A word that scripts can rely on.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.known().0
    }

    /// What to do about it.
    #[must_use]
    pub const fn remedy(self) -> Remedy {
        Remedy {
            cause: self,
            words: Phrase::new(self.known().1),
        }
    }

    /// What to do about it at that provider: the exact setting, where its menus are known.
    #[must_use]
    pub fn remedy_at(self, provider: &Provider) -> Remedy {
        let exact = match provider.menus() {
            Menus::Unknown => None,
            Menus::Auth0 => self.at_auth0(),
        };
        let id = exact.or_else(|| self.where_set(provider));
        id.map_or_else(
            || self.remedy(),
            |id| Remedy {
                cause: self,
                words: Phrase::new(id),
            },
        )
    }

    /// What to do where the usual advice is followed already.
    fn where_set(self, provider: &Provider) -> Option<&'static str> {
        let has_offline = provider.scopes().any(|scope| scope == "offline_access");
        let (secret, endpoint) = (
            provider.client_secret_file.is_some(),
            provider.device_authorization_endpoint.is_some(),
        );
        [
            (Self::Offline, has_offline, "doctor-do-offline-allow"),
            (Self::Secret, secret, "doctor-do-secret-check"),
            (Self::Secret, !secret, "doctor-do-secret-set"),
            (Self::DeviceFlow, endpoint, "doctor-do-device-flow-set"),
        ]
        .into_iter()
        .find_map(|(cause, is_set, id)| (cause == self && is_set).then_some(id))
    }

    const fn at_auth0(self) -> Option<&'static str> {
        match self {
            Self::Grant => Some("doctor-auth0-grant"),
            Self::Application | Self::Secret => Some("doctor-auth0-application"),
            Self::Client => Some("doctor-auth0-client"),
            Self::Audience => Some("doctor-auth0-audience"),
            Self::ApiAccess => Some("doctor-auth0-api-access"),
            Self::Offline => Some("doctor-auth0-offline"),
            Self::DeviceFlow => Some("doctor-auth0-device-flow"),
            Self::Mistake
            | Self::NoConfig
            | Self::Clock
            | Self::Network
            | Self::Address
            | Self::Portal
            | Self::Insecure
            | Self::Busy
            | Self::Proxy
            | Self::Unavailable
            | Self::Handshake
            | Self::Pkce
            | Self::Dpop
            | Self::DpopNotOffered
            | Self::Encoding
            | Self::SecretFile
            | Self::Scope
            | Self::Issuer
            | Self::Endpoints
            | Self::Storage
            | Self::NoHome
            | Self::Session
            | Self::SignIn
            | Self::UnusedSessions
            | Self::ReadableByOthers
            | Self::Fonts
            | Self::Names
            | Self::Display
            | Self::Renderer => None,
        }
    }
}

/// What to do about something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// Why it is needed.
    pub cause: Cause,
    /// What to do, in sentences.
    pub words: Phrase,
}

impl Remedy {
    /// The same, with what its variable `name` stands for.
    #[must_use]
    pub fn with(self, name: &'static str, argument: impl Into<Argument>) -> Self {
        Self {
            words: self.words.with(name, argument),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_causes_have_one_name_and_each_has_a_remedy() {
        let ids: std::collections::BTreeSet<_> = Cause::ALL.map(Cause::id).into();
        assert_eq!(ids.len(), Cause::ALL.len());
        for cause in Cause::ALL {
            let words = cause.remedy().words.to_string();
            assert!(words.ends_with('.'), "{cause:?}: {words}");
        }
    }

    #[test]
    fn nothing_is_advised_that_is_configured_already() {
        let provider = |more: &str| -> Provider {
            let text = format!("issuer = \"https://a.example\"\nclient_id = \"tv\"\n{more}");
            toml::from_str(&text).unwrap()
        };
        let advice = |cause: Cause, more: &str| cause.remedy_at(&provider(more)).words.to_string();
        let offline = "scope = \"openid offline_access\"";
        assert!(!advice(Cause::Offline, offline).contains("provider.scope"));
        assert!(advice(Cause::Offline, "scope = \"openid\"").contains("provider.scope"));
        let secret = "client_secret_file = \"/s\"";
        assert!(!advice(Cause::Secret, secret).starts_with("Set"));
        assert!(advice(Cause::Secret, "").starts_with("Set"));
        let endpoint = "device_authorization_endpoint = \"https://a.example/d\"";
        assert!(!advice(Cause::DeviceFlow, endpoint).contains("or set"));
    }
}
