//! Who signs people in: what the user wrote, filled up from a preset where one is named.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use url::Url;

use super::preset::{ClientAuth, Encoding, Menus, Preset, SecretNeed};
use super::same_origin;
use super::types::Endpoint;

/// The authorization server and what to ask it for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Provider {
    /// The issuer identifier; everything else is discovered from it.
    pub issuer: Endpoint,
    /// Whether the issuer is known to the letter: the address of its discovery document doesn't
    /// say whether a slash stands at its end.
    is_exact: bool,
    /// The client's public identifier.
    pub client_id: String,
    /// The scopes to ask for, separated by spaces.
    pub scope: String,
    /// Auth0: the API's identifier.
    pub audience: Option<String>,
    /// RFC 8707: the API's address, where `audience` isn't known.
    pub resource: Option<String>,
    /// A file with the client's secret, where the provider insists on one.
    pub client_secret_file: Option<PathBuf>,
    /// How the secret is sent, in this way alone.
    pub client_auth: Option<ClientAuth>,
    /// How parameters are written down, if not in the preset's way.
    pub encoding: Option<Encoding>,
    /// RFC 7636 in the device flow.
    pub pkce: bool,
    /// RFC 9449: tokens that are of use to whoever has this TV's key alone.
    pub dpop: bool,
    /// Parameters sent along with the device request.
    pub params: BTreeMap<String, String>,
    /// Overrides discovery.
    pub device_authorization_endpoint: Option<Endpoint>,
    /// Overrides discovery.
    pub token_endpoint: Option<Endpoint>,
    /// Overrides discovery.
    pub userinfo_endpoint: Option<Endpoint>,
    /// Overrides discovery.
    pub revocation_endpoint: Option<Endpoint>,
    /// Overrides discovery.
    pub jwks_uri: Option<Endpoint>,
    /// What this provider does its own way.
    pub preset: Arc<Preset>,
}

/// `[provider]` as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    preset: Named,
    issuer: Option<Issuer>,
    #[serde(deserialize_with = "client_id")]
    client_id: String,
    scope: Option<String>,
    audience: Option<String>,
    resource: Option<String>,
    client_secret_file: Option<PathBuf>,
    redirect_uri: Option<String>,
    client_auth: Option<ClientAuth>,
    encoding: Option<Encoding>,
    pkce: Option<bool>,
    #[serde(default)]
    dpop: bool,
    #[serde(default)]
    params: BTreeMap<String, String>,
    device_authorization_endpoint: Option<Endpoint>,
    token_endpoint: Option<Endpoint>,
    userinfo_endpoint: Option<Endpoint>,
    revocation_endpoint: Option<Endpoint>,
    jwks_uri: Option<Endpoint>,
}

/// The issuer as somebody wrote it: itself, or the address of its discovery document.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Issuer {
    endpoint: Endpoint,
    is_exact: bool,
}

impl TryFrom<String> for Issuer {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let written = trimmed(&written);
        let (text, is_exact) = match without_well_known(written) {
            Some(issuer) => (issuer, false),
            None => (written.to_owned(), true),
        };
        let endpoint = Endpoint::parse(&text)?;
        Ok(Self { endpoint, is_exact })
    }
}

/// The issuer whose discovery document is at an address (OpenID Connect Discovery 1.0 §4,
/// RFC 8414 §3); `None` for other addresses.
fn without_well_known(address: &str) -> Option<String> {
    const DOCUMENTS: [&str; 2] = [
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
    ];
    let (before, after) = DOCUMENTS
        .iter()
        .find_map(|document| address.split_once(document))?;
    let path = after.split(['?', '#']).next()?;
    let path = path.trim_end_matches('/');
    (path.is_empty() || path.starts_with('/')).then(|| format!("{before}{path}"))
}

/// Without blanks and what else is invisible at both ends: it is copied from web pages.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
    })
}

fn client_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let written = String::deserialize(deserializer)?;
    match trimmed(&written) {
        "" => Err(D::Error::custom(
            "it is empty: write the client ID that the provider gave",
        )),
        client_id => Ok(client_id.to_owned()),
    }
}

#[derive(Default, Deserialize)]
#[serde(try_from = "String")]
struct Named(Arc<Preset>);

impl TryFrom<String> for Named {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Preset::named(&name).map(Self)
    }
}

impl TryFrom<Written> for Provider {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let mut preset = written.preset.0;
        let is_exact = written.issuer.as_ref().is_none_or(|issuer| issuer.is_exact);
        let issuer = written
            .issuer
            .map(|issuer| issuer.endpoint)
            .or_else(|| preset.issuer.clone())
            // In the parser's words, which become a sentence as all of them do.
            .ok_or("missing field `issuer`")?;
        if preset.secret == SecretNeed::Required && written.client_secret_file.is_none() {
            return Err(format!(
                "{} insists on the client's secret: put it into a file and name that as client_secret_file",
                preset.name
            ));
        }
        // The names that the public service goes by are nobody else's.
        let is_another = |public: &Endpoint| !same_origin(public.url(), issuer.url());
        if preset.issuer.as_ref().is_some_and(is_another) {
            Arc::make_mut(&mut preset).issuers.clear();
        }
        // The same as the application's settings have, where a renewal has to name it.
        if let Some(redirect_uri) = written.redirect_uri {
            let refresh = &mut Arc::make_mut(&mut preset).refresh;
            let _ = refresh.insert("redirect_uri".to_owned(), redirect_uri);
        }
        Ok(Self {
            issuer,
            is_exact,
            client_id: written.client_id,
            scope: written.scope.unwrap_or_else(|| preset.scope.clone()),
            audience: written.audience,
            resource: written.resource,
            client_secret_file: written.client_secret_file,
            client_auth: written.client_auth,
            encoding: written.encoding,
            pkce: written.pkce.unwrap_or(preset.pkce),
            dpop: written.dpop,
            params: written.params,
            device_authorization_endpoint: written.device_authorization_endpoint,
            token_endpoint: written.token_endpoint,
            userinfo_endpoint: written.userinfo_endpoint,
            revocation_endpoint: written.revocation_endpoint,
            jwks_uri: written.jwks_uri,
            preset,
        })
    }
}

impl Provider {
    /// The scope that the provider's API wants for this address, where the preset knows one and
    /// it isn't asked for.
    #[must_use]
    pub fn lacking_scope(&self, url: &Url) -> Option<String> {
        let mut wanted = self.preset.scopes_of(&self.issuer, url).peekable();
        let narrowest = (*wanted.peek()?).to_owned();
        // Microsoft's scopes may name their API before a slash, and wider ones begin alike.
        let own = |scope: &'_ str| scope.rsplit('/').next().unwrap_or_default().to_owned();
        let asked: Vec<_> = self.scope.split_whitespace().map(own).collect();
        let covered = |wanted: &str| asked.iter().any(|it| it.starts_with(&own(wanted)));
        (!wanted.any(covered)).then_some(narrowest)
    }

    /// What is known of the issuer of a session that an earlier configuration left, so that
    /// the session can be ended there, and nowhere else.
    ///
    /// # Errors
    /// In words: that is no issuer, or none that can be asked without its configuration.
    pub fn of_session(issuer: &str, client_id: &str) -> Result<Self, String> {
        let mut written = serde_json::json!({ "issuer": issuer, "client_id": client_id });
        if let Some(preset) = Preset::without_discovery(issuer) {
            written["preset"] = preset.into();
        }
        serde_json::from_value(written).map_err(|wrong| wrong.to_string())
    }

    /// Another client of the same issuer. A secret is one client's alone.
    #[must_use]
    pub fn for_client(&self, client_id: &str) -> Self {
        Self {
            client_id: client_id.to_owned(),
            client_secret_file: None,
            ..self.clone()
        }
    }

    /// Whose menus are named where something must be set there; those of a preset that
    /// nobody named, too, where the host says enough.
    #[must_use]
    pub fn menus(&self) -> Menus {
        match self.preset.menus {
            Menus::Unknown => {
                Preset::at_host(self.host()).map_or(Menus::Unknown, |likely| likely.menus)
            }
            known @ Menus::Auth0 => known,
        }
    }

    /// Whether `theirs`, out of a discovery document, is the configured issuer.
    #[must_use]
    pub fn is_issuer(&self, theirs: &str) -> bool {
        self.preset.is_issuer(&self.issuer, theirs)
            || (!self.is_exact
                && theirs.strip_suffix('/').unwrap_or(theirs) == self.issuer.as_written())
    }

    /// The host that a person sees in "approve only for …".
    #[must_use]
    pub fn host(&self) -> &str {
        self.issuer.url().host_str().unwrap_or_default()
    }

    /// How parameters are written down.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding.unwrap_or(self.preset.encoding)
    }

    /// The scopes as single words.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split_whitespace()
    }

    /// A preset's endpoint for this issuer; `None` where it is the public service's, and
    /// another issuer is configured: nothing that belongs to that one goes there.
    ///
    /// # Errors
    /// In words: the issuer makes no address of it.
    pub fn at_preset(&self, template: &str) -> Result<Option<Endpoint>, String> {
        let is_fixed = !template.starts_with("{issuer}");
        if is_fixed && !self.is_public_service() {
            return Ok(None);
        }
        let issuer = self.issuer.as_written().trim_end_matches('/');
        Endpoint::parse(
            &template
                .replace("{issuer}", issuer)
                .replace("{client_id}", &self.client_id),
        )
        .map(Some)
    }

    /// Whether the issuer is the one that everybody uses, or there is none of that kind.
    #[must_use]
    pub fn is_public_service(&self) -> bool {
        let public = self.preset.issuer.as_ref();
        public.is_none_or(|public| same_origin(public.url(), self.issuer.url()))
    }

    /// Whether the tokens come from the issuer itself, as far as the configuration says.
    #[must_use]
    pub fn is_issuers_token(&self) -> bool {
        let configured = self.token_endpoint.as_ref();
        configured.is_none_or(|endpoint| same_origin(endpoint.url(), self.issuer.url()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    fn provider(issuer: &str, client_id: &str) -> Result<Provider, toml::de::Error> {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let (issuer, client_id) = (quoted(issuer), quoted(client_id));
        toml::from_str(&format!("issuer = {issuer}\nclient_id = {client_id}"))
    }

    #[test]
    fn an_issuer_may_be_pasted_as_the_address_of_its_discovery_document() {
        for (written, issuer) in [
            (
                "https://a.example/.well-known/openid-configuration",
                "https://a.example",
            ),
            (
                " https://a.example/realms/x/.well-known/openid-configuration/ ",
                "https://a.example/realms/x",
            ),
            (
                "https://a.example/.well-known/oauth-authorization-server/tenant?v=2",
                "https://a.example/tenant",
            ),
            (
                "\u{feff}https://a.example/o/.well-known/openid-configuration#x",
                "https://a.example/o",
            ),
        ] {
            let provider = provider(written, "tv").unwrap();
            assert_eq!(provider.issuer.as_written(), issuer, "{written}");
            assert!(provider.is_issuer(issuer) && provider.is_issuer(&format!("{issuer}/")));
            assert!(!provider.is_issuer("https://b.example"));
        }
        let exact = provider("https://a.example", "tv").unwrap();
        assert!(!exact.is_issuer("https://a.example/x"));
    }

    #[test]
    fn a_client_id_is_kept_without_what_cannot_be_seen_around_it() {
        for written in ["tv", " tv\n", "\u{feff}tv", "\u{200b}tv\u{a0}"] {
            let provider = provider("https://a.example", written).unwrap();
            assert_eq!(provider.client_id, "tv");
        }
        for empty in ["", "  ", "\u{200b}"] {
            assert!(provider("https://a.example", empty).is_err());
        }
    }

    fn lacking(preset: &str, scope: &str, url: &str) -> Option<String> {
        let text = format!(
            "preset = {preset:?}\nissuer = \"https://sign.example\"\nclient_id = \"tv\"\nscope = {scope:?}\n\
             client_secret_file = \"secret\"\n"
        );
        let provider: Provider = toml::from_str(&text).unwrap();
        provider.lacking_scope(&Url::parse(url).unwrap())
    }

    #[test]
    fn the_scope_that_an_address_of_a_known_api_wants_is_named_unless_it_is_asked_for() {
        let calendar = "https://graph.microsoft.com/v1.0/me/calendarView?$top=5";
        let wanted = Some("Calendars.Read".to_owned());
        assert_eq!(lacking("entra", "openid User.Read", calendar), wanted);
        for scope in [
            "openid Calendars.Read",
            "Calendars.ReadWrite",
            "https://graph.microsoft.com/Calendars.Read",
        ] {
            assert_eq!(lacking("entra", scope, calendar), None, "{scope}");
        }
        let todos = "https://sign.example/api/v4/todos";
        assert_eq!(
            lacking("gitlab", "openid", todos).as_deref(),
            Some("read_api")
        );
        assert_eq!(lacking("gitlab", "openid api", todos), None);
        for other in [
            "https://graph.microsoft.com/v1.0/meetings",
            "https://api.example/me",
        ] {
            assert_eq!(lacking("entra", "openid", other), None, "{other}");
        }
    }
}
