//! What a provider does its own way, as data: `assets/presets.toml` has one table for
//! each, with the keys that differ from the specifications.
//!
//! Nothing else in tenfoot knows a provider by name, but for the words that name its menus.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use url::Url;
use url::form_urlencoded::byte_serialize;

use super::types::{Endpoint, Pointer};

const PRESETS: &str = include_str!("../../assets/presets.toml");

/// RFC 8628 §3.4.
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A provider's endpoints and habits. The default is what the specifications say.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Preset {
    /// What people call the provider.
    pub name: String,
    /// What must be set up there, for a person.
    pub about: String,
    /// Where everybody uses the same one.
    pub issuer: Option<Endpoint>,
    /// Whether there are documents to discover the endpoints from.
    pub discovery: bool,
    /// What is asked for where the configuration says nothing.
    pub scope: String,
    /// A template, as the six after it: `{issuer}` is the issuer without its last slash.
    /// One that doesn't begin so is the provider's public service, and means nothing where
    /// the issuer is another.
    pub device_authorization_endpoint: Option<String>,
    /// Gives tokens.
    pub token_endpoint: Option<String>,
    /// Where polls go, if not to the token endpoint.
    pub poll_endpoint: Option<String>,
    /// Says who it is.
    pub userinfo_endpoint: Option<String>,
    /// The same where the issuer is a server of somebody's own.
    pub self_hosted_userinfo_endpoint: Option<String>,
    /// Takes tokens back.
    pub revocation_endpoint: Option<String>,
    /// The keys that ID tokens are signed with.
    pub jwks_uri: Option<String>,
    /// Other issuers that count as this one. `{name}` in one stands for any tenant in a
    /// discovery document, and for the ID token's claim of that name where the document
    /// names no tenant.
    pub issuers: Vec<String>,
    /// The grant type of a poll.
    pub grant_type: String,
    /// What the device request calls the scopes.
    pub scope_parameter: String,
    /// What stands between them.
    pub scope_separator: String,
    /// What a poll calls the device code.
    pub device_code_parameter: String,
    /// How parameters are written down.
    pub encoding: Encoding,
    /// Whether a client secret must be there.
    pub secret: SecretNeed,
    /// How the provider documents that the secret is sent. Without it, discovery decides.
    pub client_auth: Option<ClientAuth>,
    /// How the client says who it is; empty: by `client_id` and `client_secret`.
    pub client: Params,
    /// More parameters of the device request.
    pub device: Params,
    /// More parameters of each poll.
    pub poll: Params,
    /// More parameters of a refresh.
    pub refresh: Params,
    /// More parameters of a revocation.
    pub revocation: Params,
    /// The kinds of token that can be taken back (RFC 7009 §2.1).
    pub revokes: Vec<TokenKind>,
    /// How a revocation carries the token.
    pub revocation_token: RevocationToken,
    /// Sent with each request to the provider.
    pub headers: Params,
    /// The provider's own error codes, and what the specifications call them.
    pub errors: BTreeMap<String, String>,
    /// What a poll's status says where the body says nothing.
    pub statuses: BTreeMap<String, String>,
    /// Where the userinfo answer says who it is, if not by OpenID Connect's claims.
    pub who: Option<WhoPointers>,
    /// RFC 7636, unless the configuration says otherwise.
    pub pkce: bool,
    /// The address with the code inside, where the provider knows one but doesn't send
    /// it: `{verification_uri}` and `{user_code}` stand for what it did send.
    pub verification_uri_complete: Option<String>,
    /// What the provider's API wants, by the beginnings of addresses: templates, as above. The
    /// longest one counts; of several scopes, any does.
    pub scopes: BTreeMap<String, String>,
    /// Where tenants of the provider are, as ends of a host's name.
    pub hosts: Vec<String>,
    /// Whose menus are named where something must be set there.
    pub menus: Menus,
}

/// Whose menus tenfoot knows by name, in its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Menus {
    /// Nobody's: what to set is said in general words.
    #[default]
    Unknown,
    /// Those of Auth0's Dashboard.
    Auth0,
}

impl Menus {
    /// Whether the device flow takes no secret there.
    #[must_use]
    pub const fn want_no_secret(self) -> bool {
        match self {
            Self::Unknown => false,
            Self::Auth0 => true,
        }
    }
}

/// Names and templates of values. These may hold `{client_id}`, `{client_secret}`,
/// `{scope}` and, in a poll, `{user_code}`.
pub type Params = BTreeMap<String, String>;

/// How parameters are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// `application/x-www-form-urlencoded`, as the specifications say.
    Form,
    /// An object of strings.
    Json,
}

/// How a client sends its secret (RFC 6749 §2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientAuth {
    /// In the header `Authorization`: `client_secret_basic`.
    Basic,
    /// In the body: `client_secret_post`.
    Post,
}

impl ClientAuth {
    /// The method that remains where this one is refused.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Basic => Self::Post,
            Self::Post => Self::Basic,
        }
    }
}

/// How the request that ends a session carries its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RevocationToken {
    /// As the parameter `token` of a client that says who it is (RFC 7009 §2.1).
    Parameter,
    /// As the credential of the request, which holds nothing else (RFC 6750 §2.1).
    Bearer,
}

/// Whether a client secret must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecretNeed {
    /// Some clients have one.
    Optional,
    /// The provider refuses clients without one.
    Required,
}

/// RFC 7009 §2.1 `token_type_hint`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// What API calls carry.
    AccessToken,
    /// What gets the next access token.
    RefreshToken,
}

impl TokenKind {
    /// As RFC 7009 writes it.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::AccessToken => "access_token",
            Self::RefreshToken => "refresh_token",
        }
    }
}

/// Where a userinfo answer says who it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoPointers {
    /// The identifier.
    pub subject: Pointer,
    /// Names, the best first.
    #[serde(default)]
    pub name: Vec<Pointer>,
    /// The e-mail address.
    pub email: Option<Pointer>,
    /// The address of a portrait.
    pub picture: Option<Pointer>,
}

impl Default for Preset {
    fn default() -> Self {
        Self {
            name: String::new(),
            about: String::new(),
            issuer: None,
            discovery: true,
            scope: "openid profile email offline_access".to_owned(),
            device_authorization_endpoint: None,
            token_endpoint: None,
            poll_endpoint: None,
            userinfo_endpoint: None,
            self_hosted_userinfo_endpoint: None,
            revocation_endpoint: None,
            jwks_uri: None,
            issuers: Vec::new(),
            grant_type: DEVICE_GRANT.to_owned(),
            scope_parameter: "scope".to_owned(),
            scope_separator: " ".to_owned(),
            device_code_parameter: "device_code".to_owned(),
            encoding: Encoding::Form,
            secret: SecretNeed::Optional,
            client_auth: None,
            client: Params::new(),
            device: Params::new(),
            poll: Params::new(),
            refresh: Params::new(),
            revocation: Params::new(),
            revokes: vec![TokenKind::AccessToken, TokenKind::RefreshToken],
            revocation_token: RevocationToken::Parameter,
            headers: Params::new(),
            errors: BTreeMap::new(),
            statuses: BTreeMap::new(),
            who: None,
            pkce: false,
            verification_uri_complete: None,
            scopes: BTreeMap::new(),
            hosts: Vec::new(),
            menus: Menus::Unknown,
        }
    }
}

impl Preset {
    /// The preset of that name, as `provider.preset` has it.
    ///
    /// # Errors
    /// In the parser's form: there is none of that name, and which there are.
    pub fn named(name: &str) -> Result<Arc<Self>, String> {
        all().get(name).cloned().ok_or_else(|| {
            let known: Vec<_> = all().keys().map(|known| format!("`{known}`")).collect();
            format!(
                "unknown variant `{name}`, expected one of {}",
                known.join(", ")
            )
        })
    }

    /// The preset that somebody who named none could have named for an issuer at `host`.
    #[must_use]
    pub fn at_host(host: &str) -> Option<Arc<Self>> {
        let is_at = |end: &String| {
            host.strip_suffix(end.as_str())
                .is_some_and(|start| start.is_empty() || start.ends_with('.'))
        };
        let found = all().values().find(|preset| preset.hosts.iter().any(is_at));
        found.cloned()
    }

    /// The scopes of which the provider's API wants one for that address, the narrowest first;
    /// none where that isn't known.
    pub(super) fn scopes_of(&self, issuer: &Endpoint, url: &Url) -> impl Iterator<Item = &str> {
        let issuer = issuer.url().as_str().trim_end_matches('/');
        let is_below = |start: &String| {
            let start = start.replace("{issuer}", issuer);
            let rest = url.as_str().strip_prefix(start.as_str());
            rest.is_some_and(|rest| {
                start.ends_with('/') || rest.is_empty() || rest.starts_with(['/', '?'])
            })
        };
        let known = self.scopes.iter().filter(|(start, _)| is_below(start));
        let longest = known.max_by_key(|(start, _)| start.len());
        longest
            .into_iter()
            .flat_map(|(_, scopes)| scopes.split(' '))
    }

    /// The preset, by name, of an issuer that everybody uses and that has no documents to
    /// discover its endpoints from.
    #[must_use]
    pub fn without_discovery(issuer: &str) -> Option<&'static str> {
        let is_its = |preset: &Self| {
            let own = preset.issuer.as_ref().map(Endpoint::as_written);
            !preset.discovery && own == Some(issuer)
        };
        let found = all().iter().find(|(_, preset)| is_its(preset));
        found.map(|(name, _)| name.as_str())
    }

    /// Whether `theirs`, out of a discovery document, counts as the configured `issuer`
    /// (RFC 8414 §3.3: to the letter, unless the preset knows others).
    #[must_use]
    pub fn is_issuer(&self, issuer: &Endpoint, theirs: &str) -> bool {
        let alike = |template: &String| match Template::of(template) {
            Some(Template { start, end, .. }) => theirs
                .strip_prefix(start)
                .and_then(|rest| rest.strip_suffix(end))
                .is_some_and(|middle| !middle.is_empty() && !middle.contains('/')),
            None => theirs == template,
        };
        theirs == issuer.as_written() || self.issuers.iter().any(alike)
    }

    /// Whether `iss`, out of an ID token whose other claims `claim` looks up, counts as
    /// the provider's (OpenID Connect Core §3.1.3.7). `issuer` is the discovery document's
    /// own: where that names a tenant, no other tenant's tokens count.
    #[must_use]
    pub fn is_token_issuer(
        &self,
        issuer: &str,
        iss: &str,
        claim: impl Fn(&str) -> Option<String>,
    ) -> bool {
        let of_any_tenant = Template::of(issuer).is_some();
        let is = |template: &String| match Template::of(template) {
            Some(Template { start, name, end }) => {
                of_any_tenant
                    && claim(name)
                        .filter(|value| !value.is_empty() && !value.contains('/'))
                        .is_some_and(|value| iss == format!("{start}{value}{end}"))
            }
            None => iss == template,
        };
        !iss.contains('{') && (iss == issuer || self.issuers.iter().any(is))
    }

    /// The address with the code inside, where this provider has one.
    #[must_use]
    pub fn complete(&self, verification_uri: &str, user_code: &str) -> Option<String> {
        let code: String = byte_serialize(user_code.as_bytes()).collect();
        Some(
            self.verification_uri_complete
                .as_ref()?
                .replace("{verification_uri}", verification_uri.trim_end_matches('/'))
                .replace("{user_code}", &code),
        )
    }
}

/// An issuer with a place for a claim in it.
struct Template<'a> {
    start: &'a str,
    name: &'a str,
    end: &'a str,
}

impl<'a> Template<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (start, rest) = text.split_once('{')?;
        let (name, end) = rest.split_once('}')?;
        Some(Self { start, name, end })
    }
}

/// All presets by name. They are parsed when the first one is asked for.
#[must_use]
pub fn all() -> &'static BTreeMap<String, Arc<Preset>> {
    static ALL: LazyLock<BTreeMap<String, Arc<Preset>>> =
        LazyLock::new(|| parsed().unwrap_or_default());
    &ALL
}

fn parsed() -> Result<BTreeMap<String, Arc<Preset>>, toml::de::Error> {
    let presets: BTreeMap<String, Preset> = toml::from_str(PRESETS)?;
    Ok(presets
        .into_iter()
        .map(|(name, preset)| (name, Arc::new(preset)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issuer(text: &str) -> Endpoint {
        Endpoint::parse(text).unwrap()
    }

    fn with_issuers(issuers: &[&str]) -> Preset {
        Preset {
            issuers: issuers.iter().map(|&issuer| issuer.to_owned()).collect(),
            ..Preset::default()
        }
    }

    #[test]
    fn the_table_can_be_read_and_each_preset_has_a_name_and_advice() {
        let presets = parsed().unwrap();

        assert!(presets.len() >= 13, "{:?}", presets.keys());
        for (key, preset) in &presets {
            assert!(
                !preset.name.is_empty() && !preset.about.is_empty(),
                "{key} lacks a name or advice"
            );
        }
    }

    #[test]
    fn a_tenant_is_known_by_the_end_of_its_host() {
        let name = |host| Preset::at_host(host).map(|preset| preset.name.clone());

        assert_eq!(name("acme.eu.auth0.com").as_deref(), Some("Auth0"));
        for other in ["login.acme.example", "notauth0.com", "auth0.com.example"] {
            assert_eq!(name(other), None, "{other}");
        }
    }

    #[test]
    fn a_preset_without_discovery_names_both_endpoints_that_a_flow_needs() {
        for (key, preset) in all() {
            if !preset.discovery {
                assert!(preset.device_authorization_endpoint.is_some(), "{key}");
                assert!(preset.token_endpoint.is_some(), "{key}");
            }
        }
    }

    /// By the issuer it is known whether the public service's addresses apply.
    #[test]
    fn a_preset_with_an_address_of_its_own_names_its_issuer() {
        for (key, preset) in all() {
            let templates = [
                &preset.device_authorization_endpoint,
                &preset.token_endpoint,
                &preset.poll_endpoint,
                &preset.userinfo_endpoint,
                &preset.revocation_endpoint,
                &preset.jwks_uri,
            ];
            let fixed = |template: &String| !template.starts_with("{issuer}");
            let has_fixed = templates.into_iter().flatten().any(fixed);
            assert!(!has_fixed || preset.issuer.is_some(), "{key}");
        }
    }

    #[test]
    fn an_unknown_preset_is_refused_with_the_names_that_there_are() {
        let words = Preset::named("gitbub").unwrap_err();

        assert!(words.contains("`github`"), "{words}");
    }

    #[test]
    fn without_a_preset_the_issuer_counts_to_the_letter() {
        let preset = Preset::default();

        assert!(preset.is_issuer(&issuer("https://a.example/"), "https://a.example/"));
        assert!(!preset.is_issuer(&issuer("https://a.example/"), "https://a.example"));
        assert!(!preset.is_token_issuer("https://a.example", "https://a.example/", |_| None));
    }

    #[test]
    fn a_tenants_issuer_counts_where_the_document_names_none_and_the_token_does() {
        let preset = with_issuers(&["https://login.example/{tid}/v2.0"]);
        let common = issuer("https://login.example/common/v2.0");
        let document = "https://login.example/{tenantid}/v2.0";
        let tid = |name: &str| (name == "tid").then(|| "11aa".to_owned());

        assert!(preset.is_issuer(&common, document));
        assert!(!preset.is_issuer(&common, "https://login.example/a/b/v2.0"));
        assert!(!preset.is_issuer(&common, "https://evil.example/11aa/v2.0"));
        let counts = |iss: &str, claim: &dyn Fn(&str) -> Option<String>| {
            preset.is_token_issuer(document, iss, claim)
        };
        assert!(counts("https://login.example/11aa/v2.0", &tid));
        assert!(!counts("https://login.example/22bb/v2.0", &tid));
        assert!(!counts("https://login.example/11aa/v2.0", &|_| None));
        assert!(!counts(document, &tid));
    }

    #[test]
    fn where_the_document_names_a_tenant_no_other_tenants_tokens_count() {
        let preset = with_issuers(&["https://login.example/{tid}/v2.0"]);
        let tid = |name: &str| (name == "tid").then(|| "22bb".to_owned());
        let own = "https://login.example/11aa/v2.0";

        assert!(preset.is_token_issuer(own, own, tid));
        assert!(!preset.is_token_issuer(own, "https://login.example/22bb/v2.0", tid));
    }

    #[test]
    fn an_address_with_the_code_inside_is_made_where_the_provider_has_one() {
        let preset = Preset {
            verification_uri_complete: Some("{verification_uri}/{user_code}".to_owned()),
            ..Preset::default()
        };

        assert_eq!(
            preset.complete("https://acme.example/activate", "A B/C"),
            Some("https://acme.example/activate/A+B%2FC".to_owned())
        );
        assert_eq!(Preset::default().complete("https://a.example", "A"), None);
    }
}
