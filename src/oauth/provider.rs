//! Where to ask: the provider's metadata, discovered (OpenID Connect Discovery 1.0
//! §4, then RFC 8414 §3) and filled up from the configuration, field by field.

use serde::Deserialize;
use url::Url;

use super::answer::{Answer, shown};
use crate::config::{Endpoint, Provider};

/// A provider's endpoints, each fit to be sent a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// Gives codes (RFC 8628 §3.1).
    pub device_authorization_endpoint: Endpoint,
    /// Gives tokens.
    pub token_endpoint: Endpoint,
    /// Says who it is (OpenID Connect Core §5.3).
    pub userinfo_endpoint: Option<Endpoint>,
    /// Takes tokens back (RFC 7009).
    pub revocation_endpoint: Option<Endpoint>,
    /// The keys that ID tokens are signed with.
    pub jwks_uri: Option<Endpoint>,
}

/// The fields of a discovery document that matter here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Document {
    issuer: String,
    device_authorization_endpoint: Option<String>,
    token_endpoint: Option<String>,
    userinfo_endpoint: Option<String>,
    revocation_endpoint: Option<String>,
    jwks_uri: Option<String>,
}

/// Why an answer is no metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// Nothing is here: the next place may have it.
    NotHere,
    /// The provider has a fault just now: in words.
    Fault(String),
    /// It is somebody else's metadata: in words.
    Foreign(String),
}

/// Where metadata may be, in this order.
#[must_use]
pub fn discovery_urls(issuer: &Endpoint) -> [Url; 2] {
    let path = issuer.url().path().trim_end_matches('/');
    let at = |path: String| {
        let mut url = issuer.url().clone();
        url.set_path(&path);
        url.set_query(None);
        url.set_fragment(None);
        url
    };
    [
        at(format!("{path}/.well-known/openid-configuration")),
        at(format!("/.well-known/oauth-authorization-server{path}")),
    ]
}

/// Reads a discovery document and holds its issuer against the configured one, to
/// the letter (RFC 8414 §3.3).
///
/// # Errors
/// [`Unusable`]
pub fn read(issuer: &Endpoint, answer: &Answer) -> Result<Document, Unusable> {
    match answer.status {
        200 => {}
        429 | 500.. => {
            return Err(Unusable::Fault(format!(
                "the provider has a fault (HTTP {})",
                answer.status
            )));
        }
        _ => return Err(Unusable::NotHere),
    }
    let document: Document = serde_json::from_slice(&answer.body).map_err(|_| Unusable::NotHere)?;
    let ours = issuer.as_written();
    if document.issuer == ours {
        return Ok(document);
    }
    let theirs = shown(&document.issuer);
    Err(Unusable::Foreign(
        if theirs.trim_end_matches('/') == ours.trim_end_matches('/') {
            format!(
                "The issuer must be written exactly as the provider does, slash included: “{theirs}”."
            )
        } else {
            format!(
                "The provider calls itself “{theirs}”, but the configuration says “{ours}”. Write the issuer exactly as the provider does."
            )
        },
    ))
}

/// The endpoints in force: the configuration's own first, then the discovered ones.
///
/// # Errors
/// What is missing or can't be used, and what to configure instead.
pub fn metadata(provider: &Provider, document: Option<&Document>) -> Result<Metadata, String> {
    let endpoint =
        |name: &str, ours: &Option<Endpoint>, theirs: Option<&String>| match (ours, theirs) {
            (Some(ours), _) => Ok(Some(ours.clone())),
            (None, Some(theirs)) => Endpoint::parse(theirs)
                .map(Some)
                .map_err(|why| format!("The provider's {name} can't be used: {why}.")),
            (None, None) => Ok(None),
        };
    let needed = |name: &str, found: Option<Endpoint>| {
        found.ok_or_else(|| {
            let host = provider.host();
            match document {
                Some(_) => format!("{host} doesn't say where its {name} is. Is the device flow enabled there? Else set provider.{name} in the configuration."),
                None => format!("{host} has no discovery document. Check provider.issuer, or set provider.{name} in the configuration."),
            }
        })
    };
    let theirs = |field: fn(&Document) -> &Option<String>| {
        document.and_then(|document| field(document).as_ref())
    };
    let device = endpoint(
        "device_authorization_endpoint",
        &provider.device_authorization_endpoint,
        theirs(|d| &d.device_authorization_endpoint),
    )?;
    let token = endpoint(
        "token_endpoint",
        &provider.token_endpoint,
        theirs(|d| &d.token_endpoint),
    )?;
    Ok(Metadata {
        device_authorization_endpoint: needed("device_authorization_endpoint", device)?,
        token_endpoint: needed("token_endpoint", token)?,
        userinfo_endpoint: endpoint(
            "userinfo_endpoint",
            &provider.userinfo_endpoint,
            theirs(|d| &d.userinfo_endpoint),
        )?,
        revocation_endpoint: endpoint(
            "revocation_endpoint",
            &provider.revocation_endpoint,
            theirs(|d| &d.revocation_endpoint),
        )?,
        jwks_uri: endpoint("jwks_uri", &provider.jwks_uri, theirs(|d| &d.jwks_uri))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issuer(text: &str) -> Endpoint {
        Endpoint::parse(text).unwrap()
    }

    fn provider(more: &str) -> Provider {
        toml::from_str(&format!(
            "issuer = \"https://acme.example/\"\nclient_id = \"tv\"\n{more}"
        ))
        .unwrap()
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
        let [oidc, oauth] = discovery_urls(&issuer("https://acme.example/realms/tv/"));

        assert_eq!(
            oidc.as_str(),
            "https://acme.example/realms/tv/.well-known/openid-configuration"
        );
        assert_eq!(
            oauth.as_str(),
            "https://acme.example/.well-known/oauth-authorization-server/realms/tv"
        );
    }

    #[test]
    fn an_issuer_that_differs_by_its_slash_alone_is_refused_and_the_right_one_named() {
        let answer = found(r#"{"issuer":"https://acme.example/"}"#);

        let Err(Unusable::Foreign(words)) = read(&issuer("https://acme.example"), &answer) else {
            panic!("accepted");
        };

        assert!(words.contains("“https://acme.example/”"), "{words}");
    }

    #[test]
    fn explicit_endpoints_win_and_fill_gaps_field_by_field() {
        let document = read(
            &issuer("https://acme.example/"),
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
        let words = metadata(&provider(""), None).unwrap_err();

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

        let words = metadata(&provider(""), Some(&document)).unwrap_err();

        assert!(
            words.contains("token_endpoint") && words.contains("not encrypted"),
            "{words}"
        );
    }
}
