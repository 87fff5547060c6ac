//! Where to ask: the provider's metadata, discovered (OpenID Connect Discovery 1.0
//! §4, then RFC 8414 §3) and filled up, field by field, from the configuration and the
//! provider's preset.

mod reach;

use std::time::Duration;

use serde_json::{Map, Value};
use url::Url;

use super::client_auth;
use super::error::{Misconfiguration, Unavailable};
use super::flow::End;
use super::response::{self, Answer, shown};
use crate::config::preset::ClientAuth;
use crate::config::{Endpoint, Provider};
use crate::i18n::Phrase;
use crate::web::{self, RequestError, TransportError};
use reach::{discovered, userinfo_template};

/// A provider's endpoints, each fit to be sent a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// What the provider calls itself: the document's word, else the configuration's.
    pub issuer: String,
    /// Gives codes (RFC 8628 §3.1).
    pub device_authorization_endpoint: Endpoint,
    /// Gives the tokens of a code: the token endpoint, but for a few providers.
    pub poll_endpoint: Endpoint,
    /// Gives tokens.
    pub token_endpoint: Endpoint,
    /// Says who it is (OpenID Connect Core §5.3).
    pub userinfo_endpoint: Option<Endpoint>,
    /// Takes tokens back (RFC 7009).
    pub revocation_endpoint: Option<Endpoint>,
    /// The keys that ID tokens are signed with.
    pub jwks_uri: Option<Endpoint>,
    /// How a client's secret is sent first.
    pub client_auth: ClientAuth,
    /// The same at the revocation endpoint, which may have methods of its own.
    pub revocation_client_auth: ClientAuth,
    /// The scopes that the provider says it knows (RFC 8414 §2 `scopes_supported`); empty where
    /// it doesn't say.
    pub scopes_supported: Vec<String>,
    /// Whether it says that it takes DPoP proofs (RFC 9449 §5.1); `None` where there is no
    /// discovery document to say so.
    pub offers_dpop: Option<bool>,
    /// Whether discovery had its say, where there is any: what is missing is then missing
    /// for good.
    pub whole: bool,
}

/// The fields of a discovery document that matter here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    issuer: String,
    device_authorization_endpoint: Option<String>,
    token_endpoint: Option<String>,
    userinfo_endpoint: Option<String>,
    revocation_endpoint: Option<String>,
    jwks_uri: Option<String>,
    token_endpoint_auth_methods_supported: Option<Value>,
    revocation_endpoint_auth_methods_supported: Option<Value>,
    scopes_supported: Option<Value>,
    dpop_signing_alg_values_supported: Option<Value>,
}

impl Document {
    /// Reads a document; `None` where it names no issuer. A field of another type than its own
    /// costs nothing else, and of a field that stands there twice the last one counts.
    fn parse(body: &[u8]) -> Option<Self> {
        let mut fields: Map<String, Value> = serde_json::from_slice(body).ok()?;
        let mut list = |name: &str| fields.remove(name).filter(Value::is_array);
        let token_endpoint_auth_methods_supported = list("token_endpoint_auth_methods_supported");
        let revocation_endpoint_auth_methods_supported =
            list("revocation_endpoint_auth_methods_supported");
        let scopes_supported = list("scopes_supported");
        let dpop_signing_alg_values_supported = list("dpop_signing_alg_values_supported");
        let text = |name: &str| fields.get(name)?.as_str().map(str::to_owned);
        let endpoint = |name: &str| text(name).filter(|endpoint| !endpoint.trim().is_empty());
        Some(Self {
            issuer: text("issuer")?,
            device_authorization_endpoint: endpoint("device_authorization_endpoint"),
            token_endpoint: endpoint("token_endpoint"),
            userinfo_endpoint: endpoint("userinfo_endpoint"),
            revocation_endpoint: endpoint("revocation_endpoint"),
            jwks_uri: endpoint("jwks_uri"),
            token_endpoint_auth_methods_supported,
            revocation_endpoint_auth_methods_supported,
            scopes_supported,
            dpop_signing_alg_values_supported,
        })
    }

    /// This one, with what it lacks out of another.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            issuer: self.issuer,
            device_authorization_endpoint: self
                .device_authorization_endpoint
                .or(other.device_authorization_endpoint),
            token_endpoint: self.token_endpoint.or(other.token_endpoint),
            userinfo_endpoint: self.userinfo_endpoint.or(other.userinfo_endpoint),
            revocation_endpoint: self.revocation_endpoint.or(other.revocation_endpoint),
            jwks_uri: self.jwks_uri.or(other.jwks_uri),
            token_endpoint_auth_methods_supported: self
                .token_endpoint_auth_methods_supported
                .or(other.token_endpoint_auth_methods_supported),
            revocation_endpoint_auth_methods_supported: self
                .revocation_endpoint_auth_methods_supported
                .or(other.revocation_endpoint_auth_methods_supported),
            scopes_supported: self.scopes_supported.or(other.scopes_supported),
            dpop_signing_alg_values_supported: self
                .dpop_signing_alg_values_supported
                .or(other.dpop_signing_alg_values_supported),
        }
    }
}

/// Why an answer is no metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// Nothing is here: the next place may have it.
    NotHere {
        /// The provider's own words.
        description: Option<String>,
    },
    /// A page, or the way to one. Some servers answer an address that they don't know like
    /// that, and so do networks that want a login.
    Page(Unavailable),
    /// The provider has a problem right now.
    Fault(Unavailable),
    /// It is another provider's metadata.
    Foreign(Misconfiguration),
}

impl Unusable {
    /// The same, with how long the provider asks to stay away where it has a problem.
    #[must_use]
    pub(super) fn retrying_after(self, pause: Option<Duration>) -> Self {
        match self {
            Self::Fault(why) => Self::Fault(why.retrying_after(pause)),
            other @ (Self::NotHere { .. } | Self::Page(_) | Self::Foreign(_)) => other,
        }
    }
}

/// Why the endpoints aren't known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoMetadata {
    /// The provider gave no answer that counts.
    Unavailable(Unavailable),
    /// The answer and the configuration don't fit.
    Misconfigured(Misconfiguration),
}

impl NoMetadata {
    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Unavailable(why) => why.phrase(),
            Self::Misconfigured(why) => why.phrase(),
        }
    }
}

impl From<NoMetadata> for End {
    fn from(why: NoMetadata) -> Self {
        match why {
            NoMetadata::Unavailable(why) => Self::Unreachable(why),
            NoMetadata::Misconfigured(why) => Self::Misconfigured(why),
        }
    }
}

impl From<NoMetadata> for Unavailable {
    /// Endpoints that were good when the work began may be gone: that alone doesn't end it.
    fn from(why: NoMetadata) -> Self {
        match why {
            NoMetadata::Unavailable(why) => why,
            NoMetadata::Misconfigured(why) => Self::Endpoints(Box::new(why)),
        }
    }
}

/// Where metadata may be, in this order; nowhere, where the preset says so.
#[must_use]
pub fn discovery_urls(provider: &Provider) -> Vec<Url> {
    if !provider.preset.discovery {
        return Vec::new();
    }
    let issuer = provider.issuer.url();
    let path = issuer.path().trim_end_matches('/');
    let at = |path: String| {
        let mut url = issuer.clone();
        url.set_path(&path);
        url.set_query(None);
        url.set_fragment(None);
        url
    };
    let mut urls = vec![
        at(format!("{path}/.well-known/openid-configuration")),
        at(format!("/.well-known/oauth-authorization-server{path}")),
    ];
    if !path.is_empty() {
        // Not what RFC 8414 §3 says, but where frameworks that are mounted below a path have it.
        urls.push(at(format!("{path}/.well-known/oauth-authorization-server")));
    }
    urls
}

/// Reads a discovery document and holds its issuer against the configured one, to
/// the letter (RFC 8414 §3.3).
///
/// # Errors
/// [`Unusable`]
pub fn read(provider: &Provider, answer: &Answer) -> Result<Document, Unusable> {
    match answer.status {
        200 => {}
        300..=399 | 511 => return Err(Unusable::Page(answer.without_meaning())),
        429 | 500.. => return Err(Unusable::Fault(response::unavailable(answer))),
        _ => {
            let description = response::complaint(answer);
            return Err(Unusable::NotHere { description });
        }
    }
    let Some(document) = Document::parse(&answer.body) else {
        // Not even a page: whatever it is, it isn't a provider's.
        let host = answer
            .url
            .as_ref()
            .map_or_else(|| provider.host().to_owned(), web::host);
        let cause = TransportError::WebPage {
            status: answer.status,
        };
        return Err(Unusable::Page(RequestError::new(host, cause).into()));
    };
    if provider.is_issuer(&document.issuer) {
        return Ok(document);
    }
    let (theirs, ours) = (shown(&document.issuer), provider.issuer.as_written());
    Err(Unusable::Foreign(
        if theirs.trim_end_matches('/') == ours.trim_end_matches('/') {
            Misconfiguration::IssuerSlash { theirs }
        } else {
            Misconfiguration::IssuerDiffers {
                theirs,
                ours: ours.to_owned(),
            }
        },
    ))
}

/// The endpoints in force: the configuration's own first, then the discovered ones,
/// then the preset's.
///
/// # Errors
/// What is missing or can't be used, and what to configure instead.
pub fn metadata(
    provider: &Provider,
    document: Option<&Document>,
) -> Result<Metadata, Misconfiguration> {
    let preset = &provider.preset;
    let token_methods = document.and_then(|one| one.token_endpoint_auth_methods_supported.as_ref());
    let revocation_methods =
        document.and_then(|one| one.revocation_endpoint_auth_methods_supported.as_ref());
    let endpoint = |name: &str,
                    ours: &Option<Endpoint>,
                    field: fn(&Document) -> &Option<String>,
                    template: &Option<String>| {
        if let Some(ours) = ours {
            return Ok(Some(ours.clone()));
        }
        match (document.and_then(|d| field(d).as_ref()), template) {
            (Some(theirs), _) => discovered(provider, name, theirs).map(Some),
            (None, Some(template)) => provider
                .at_preset(template)
                .map_err(|why| unusable(name, why)),
            (None, None) => Ok(None),
        }
    };
    // Tokens of another server are no business of the preset's.
    let of_tokens =
        |template: &Option<String>| template.clone().filter(|_| provider.is_issuers_token());
    let needed = |name: &str, found: Option<Endpoint>| {
        found.ok_or_else(|| missing(provider, name, document.is_some()))
    };
    let device = endpoint(
        "device_authorization_endpoint",
        &provider.device_authorization_endpoint,
        |document| &document.device_authorization_endpoint,
        &preset.device_authorization_endpoint,
    )?;
    let token = endpoint(
        "token_endpoint",
        &provider.token_endpoint,
        |document| &document.token_endpoint,
        &preset.token_endpoint,
    )?;
    let device_authorization_endpoint = needed("device_authorization_endpoint", device)?;
    let token_endpoint = needed("token_endpoint", token)?;
    let poll = of_tokens(&preset.poll_endpoint)
        .map(|template| provider.at_preset(&template))
        .transpose()
        .map_err(|why| unusable("token_endpoint", why))?
        .flatten();
    let userinfo = endpoint(
        "userinfo_endpoint",
        &provider.userinfo_endpoint,
        |document| &document.userinfo_endpoint,
        &of_tokens(userinfo_template(provider)),
    )?;
    // Nothing else would say whose the tokens are.
    if preset.who.is_some() && preset.userinfo_endpoint.is_some() && userinfo.is_none() {
        let host = token_endpoint.url().host_str().unwrap_or_default();
        return Err(Misconfiguration::PresetElsewhere {
            name: preset.name.clone(),
            host: host.to_owned(),
            endpoint: "userinfo_endpoint".to_owned(),
        });
    }
    Ok(Metadata {
        issuer: document.map_or_else(
            || provider.issuer.as_written().to_owned(),
            |document| document.issuer.clone(),
        ),
        device_authorization_endpoint,
        poll_endpoint: poll.unwrap_or_else(|| token_endpoint.clone()),
        token_endpoint,
        userinfo_endpoint: userinfo,
        revocation_endpoint: endpoint(
            "revocation_endpoint",
            &provider.revocation_endpoint,
            |document| &document.revocation_endpoint,
            &of_tokens(&preset.revocation_endpoint),
        )?,
        jwks_uri: endpoint(
            "jwks_uri",
            &provider.jwks_uri,
            |document| &document.jwks_uri,
            &preset.jwks_uri,
        )?,
        client_auth: client_auth::preferred(provider, token_methods),
        revocation_client_auth: client_auth::preferred(
            provider,
            revocation_methods.or(token_methods),
        ),
        scopes_supported: document
            .map(|document| texts(document.scopes_supported.as_ref()))
            .unwrap_or_default(),
        offers_dpop: document
            .map(|document| !texts(document.dpop_signing_alg_values_supported.as_ref()).is_empty()),
        whole: true,
    })
}

/// The texts of a list; none where it isn't one. What is odd in it costs nothing else.
fn texts(list: Option<&Value>) -> Vec<String> {
    let elements = list.and_then(Value::as_array).into_iter().flatten();
    elements
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect()
}

fn unusable(name: &str, why: String) -> Misconfiguration {
    Misconfiguration::UnusableEndpoint {
        endpoint: name.to_owned(),
        why,
    }
}

fn missing(provider: &Provider, name: &str, has_document: bool) -> Misconfiguration {
    let (host, endpoint) = (provider.host().to_owned(), name.to_owned());
    if has_document {
        Misconfiguration::MissingEndpoint { host, endpoint }
    } else {
        Misconfiguration::NoDiscovery {
            host,
            endpoint,
            description: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(issuer: &str, more: &str) -> Provider {
        toml::from_str(&format!(
            "issuer = \"{issuer}\"\nclient_id = \"tv\"\n{more}"
        ))
        .unwrap()
    }

    fn provider(more: &str) -> Provider {
        at("https://acme.example/", more)
    }

    fn found(body: &str) -> Answer {
        Answer {
            status: 200,
            body: body.as_bytes().to_vec(),
            ..Answer::default()
        }
    }

    #[test]
    fn discovery_is_looked_for_under_the_issuers_path_then_before_it() {
        let urls = discovery_urls(&at("https://acme.example/realms/tv/", ""));

        let urls: Vec<_> = urls.iter().map(Url::as_str).collect();
        assert_eq!(
            urls,
            [
                "https://acme.example/realms/tv/.well-known/openid-configuration",
                "https://acme.example/.well-known/oauth-authorization-server/realms/tv",
                "https://acme.example/realms/tv/.well-known/oauth-authorization-server"
            ]
        );
    }

    #[test]
    fn an_issuer_that_differs_by_its_slash_alone_is_refused_and_the_right_one_named() {
        let answer = found(r#"{"issuer":"https://acme.example/"}"#);

        let Err(Unusable::Foreign(words)) = read(&at("https://acme.example", ""), &answer) else {
            panic!("accepted");
        };

        assert!(
            words.to_string().contains("“https://acme.example/”"),
            "{words}"
        );
    }

    #[test]
    fn explicit_endpoints_win_and_fill_gaps_field_by_field() {
        let document = read(
            &provider(""),
            &found(r#"{"issuer":"https://acme.example/","token_endpoint":"https://acme.example/t","jwks_uri":"https://acme.example/k"}"#),
        )
        .unwrap();

        let metadata = metadata(
            &provider("device_authorization_endpoint = \"https://acme.example/d\"\njwks_uri = \"https://acme.example/ours\""),
            Some(&document),
        )
        .unwrap();

        assert_eq!(
            metadata.device_authorization_endpoint.as_written(),
            "https://acme.example/d"
        );
        assert_eq!(
            metadata.token_endpoint.as_written(),
            "https://acme.example/t"
        );
        assert_eq!(
            metadata.jwks_uri.unwrap().as_written(),
            "https://acme.example/ours"
        );
        assert_eq!(metadata.revocation_endpoint, None);
    }

    #[test]
    fn a_missing_device_endpoint_is_named_with_the_key_that_would_help() {
        let words = metadata(&provider(""), None).unwrap_err().to_string();

        assert!(
            words.contains("provider.device_authorization_endpoint"),
            "{words}"
        );
    }

    #[test]
    fn a_discovered_endpoint_without_encryption_is_refused() {
        let document = Document {
            token_endpoint: Some("http://acme.example/t".to_owned()),
            device_authorization_endpoint: Some("https://acme.example/d".to_owned()),
            ..Document::default()
        };

        let words = metadata(&provider(""), Some(&document))
            .unwrap_err()
            .to_string();

        assert!(
            words.contains("token_endpoint") && words.contains("not encrypted"),
            "{words}"
        );
    }

    #[test]
    fn a_page_in_the_place_of_a_document_is_a_fault_and_no_mistake_of_the_configuration() {
        for (status, body) in [
            (200, "<html>Welcome to the hotel</html>"),
            (302, ""),
            (200, ""),
            (511, "<html>Log in</html>"),
        ] {
            let answer = Answer {
                status,
                ..found(body)
            };

            let Err(Unusable::Page(why)) = read(&provider(""), &answer) else {
                panic!("{status} {body}");
            };

            assert_eq!(why.obstacle(jiff::Timestamp::MAX), web::Obstacle::Portal);
        }
    }

    #[test]
    fn what_is_odd_in_a_list_costs_nothing_else() {
        for odd in ["null", "\"openid profile\"", "[1, null]", "{}"] {
            let body = format!(
                r#"{{"issuer":"https://acme.example/","scopes_supported":{odd},"dpop_signing_alg_values_supported":{odd}}}"#
            );
            let document = read(&provider(""), &found(&body)).unwrap();
            assert!(
                texts(document.scopes_supported.as_ref()).is_empty(),
                "{odd}"
            );
        }
    }

    #[test]
    fn a_preset_fills_what_neither_the_configuration_nor_discovery_names() {
        let mut provider = provider("token_endpoint = \"https://acme.example/ours\"");
        provider.preset = std::sync::Arc::new(
            toml::from_str(
                r#"
                device_authorization_endpoint = "{issuer}/device"
                token_endpoint = "{issuer}/token"
                jwks_uri = "https://keys.example/{client_id}"
                "#,
            )
            .unwrap(),
        );
        let document = Document {
            jwks_uri: Some("https://acme.example/found".to_owned()),
            ..Document::default()
        };

        let metadata = metadata(&provider, Some(&document)).unwrap();

        assert_eq!(
            metadata.device_authorization_endpoint.as_written(),
            "https://acme.example/device"
        );
        assert_eq!(
            metadata.poll_endpoint.as_written(),
            "https://acme.example/ours"
        );
        assert_eq!(
            metadata.jwks_uri.unwrap().as_written(),
            "https://acme.example/found"
        );
    }

    #[test]
    fn a_revocation_endpoint_with_methods_of_its_own_is_asked_by_those() {
        let of = |more: &str| {
            let body = format!(
                r#"{{"issuer":"https://acme.example/","token_endpoint":"https://acme.example/t","device_authorization_endpoint":"https://acme.example/d"{more}}}"#
            );
            let document = read(&provider(""), &found(&body)).unwrap();
            let metadata = metadata(&provider(""), Some(&document)).unwrap();
            (metadata.client_auth, metadata.revocation_client_auth)
        };
        let (basic, post) = (ClientAuth::Basic, ClientAuth::Post);

        assert_eq!(
            of(r#","token_endpoint_auth_methods_supported":["client_secret_post"]"#),
            (post, post)
        );
        assert_eq!(
            of(
                r#","token_endpoint_auth_methods_supported":["client_secret_post"],"revocation_endpoint_auth_methods_supported":["client_secret_basic"]"#
            ),
            (post, basic)
        );
        // What makes no sense says nothing, and costs nobody the rest of the document.
        for more in [
            "",
            r#","token_endpoint_auth_methods_supported":null"#,
            r#","token_endpoint_auth_methods_supported":"client_secret_post""#,
        ] {
            assert_eq!(of(more), (basic, basic), "{more}");
        }
    }

    #[test]
    fn what_one_document_says_of_a_clients_secret_outlives_the_other() {
        let document = |more: &str| {
            let body = format!(r#"{{"issuer":"https://acme.example/"{more}}}"#);
            read(&provider(""), &found(&body)).unwrap()
        };
        let endpoints = r#","token_endpoint":"https://acme.example/t","device_authorization_endpoint":"https://acme.example/d","token_endpoint_auth_methods_supported":["client_secret_post"]"#;

        let both = document("").or(document(endpoints));

        let metadata = metadata(&provider(""), Some(&both)).unwrap();
        assert_eq!(metadata.client_auth, ClientAuth::Post);
    }
}
