//! How a client says who it is (RFC 6749 §2.3.1): which method comes first, what an
//! answer says about it, and what has worked.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use url::Url;

use super::dpop::USE_NONCE;
use super::error::Reason;
use super::response::{self, Answer};
use crate::config::preset::ClientAuth;
use crate::config::{Preset, Provider};

/// Errors that a server comes to after it has recognised the client, whatever their status:
/// Dex polls are pending with 401.
const AFTER_AUTHENTICATION: [&str; 9] = [
    "authorization_pending",
    "slow_down",
    "access_denied",
    "expired_token",
    "invalid_grant",
    "invalid_scope",
    "invalid_target",
    "invalid_dpop_proof",
    USE_NONCE,
];
/// Errors that have nothing to do with the question.
const UNRELATED: [&str; 3] = [
    "too_many_requests",
    "temporarily_unavailable",
    "server_error",
];

/// The method for the first request: the configuration's, else the provider's own, else
/// one of those that discovery lists. Where it lists none that is known here, it is Basic,
/// which each server has to support (RFC 6749 §2.3.1, RFC 8414 §2).
#[must_use]
pub fn preferred(provider: &Provider, listed: Option<&Value>) -> ClientAuth {
    let lists = |method: &str| {
        listed
            .and_then(Value::as_array)
            .is_some_and(|listed| listed.iter().any(|one| one == method))
    };
    let discovered = || {
        if lists("client_secret_post") && !lists("client_secret_basic") {
            ClientAuth::Post
        } else {
            ClientAuth::Basic
        }
    };
    provider
        .client_auth
        .or(provider.preset.client_auth)
        .unwrap_or_else(discovered)
}

/// What an answer says about who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The server recognised the client, as far as it looks.
    Accepted,
    /// It didn't: nothing that the request held was used up.
    Refused,
    /// The request lacked something, which may be what the server looks for elsewhere.
    Malformed,
    /// Nothing.
    Unknown,
}

/// Reads what an answer says about the client. A 401 is about that, whatever the error is
/// called (RFC 6749 §5.2).
#[must_use]
pub fn verdict(answer: &Answer, preset: &Preset) -> Verdict {
    let error = response::error(answer, preset);
    match (error.as_deref(), answer.status) {
        // RFC 9110 §15.5.16: it didn't read the request.
        (_, 415 | 429 | 500..) => Verdict::Unknown,
        (Some(error), _) if UNRELATED.contains(&error) => Verdict::Unknown,
        (Some(error), _) if AFTER_AUTHENTICATION.contains(&error) => Verdict::Accepted,
        (Some("invalid_client"), _) | (_, 401) => Verdict::Refused,
        (Some("invalid_request"), _) => Verdict::Malformed,
        (Some(_), _) | (None, 200..=299) => Verdict::Accepted,
        (None, _) => Verdict::Unknown,
    }
}

/// Why a client whose secret was sent isn't recognised; `without_secret` is what the
/// provider says where it isn't sent.
#[must_use]
pub const fn refused_secret(without_secret: Verdict) -> Reason {
    match without_secret {
        Verdict::Accepted => Reason::SecretNeedless,
        // A malformed request may be one that lacks the secret.
        Verdict::Refused | Verdict::Malformed | Verdict::Unknown => Reason::SecretRefused,
    }
}

/// What has worked at a provider's endpoints since the process began.
#[derive(Debug, Default)]
pub struct Methods(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// Where the client was recognised.
    accepted: HashSet<Url>,
    /// What worked where the other method was refused.
    switched: HashMap<Url, ClientAuth>,
    latest: Option<ClientAuth>,
}

impl Methods {
    /// The method that worked at an endpoint after the other one was refused there, or at
    /// another endpoint of the provider.
    #[must_use]
    pub fn of(&self, url: &Url) -> Option<ClientAuth> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.switched.get(url).copied().or(known.latest)
    }

    /// Whether the other method may help against an answer. Where the client was recognised
    /// before, a malformed request has another cause.
    #[must_use]
    pub fn may_switch(&self, url: &Url, verdict: Verdict) -> bool {
        match verdict {
            Verdict::Refused => true,
            Verdict::Malformed => {
                let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                !known.accepted.contains(url)
            }
            Verdict::Accepted | Verdict::Unknown => false,
        }
    }

    /// Takes note that the first method was accepted.
    pub fn accepted(&self, url: &Url) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = known.accepted.insert(url.clone());
    }

    /// Takes note that `method` was accepted where the other one wasn't.
    pub fn switched(&self, url: &Url, method: ClientAuth) {
        self.accepted(url);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = known.switched.insert(url.clone(), method);
        known.latest = Some(method);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn provider(more: &str) -> Provider {
        toml::from_str(&format!(
            "issuer = \"https://acme.example/\"\nclient_id = \"tv\"\n{more}"
        ))
        .unwrap()
    }

    fn url(path: &str) -> Url {
        Url::parse("https://acme.example/")
            .unwrap()
            .join(path)
            .unwrap()
    }

    fn verdict_of(status: u16, body: &str) -> Verdict {
        let answer = Answer {
            status,
            body: body.as_bytes().to_vec(),
            ..Answer::default()
        };
        verdict(&answer, &Preset::default())
    }

    #[test]
    fn basic_comes_first_unless_only_post_is_listed() {
        let of = |listed: Value| preferred(&provider(""), Some(&listed));

        assert_eq!(preferred(&provider(""), None), ClientAuth::Basic);
        assert_eq!(of(json!(["client_secret_post"])), ClientAuth::Post);
        for listed in [
            json!(["client_secret_post", "client_secret_basic"]),
            json!(["private_key_jwt", "none"]),
            json!([]),
            json!(null),
            json!([7, "none"]),
        ] {
            assert_eq!(of(listed.clone()), ClientAuth::Basic, "{listed}");
        }
    }

    #[test]
    fn the_configuration_forces_a_method_and_a_preset_knows_its_providers() {
        let listed = json!(["client_secret_basic"]);
        let dex = provider("preset = \"dex\"");
        let forced = provider("preset = \"dex\"\nclient_auth = \"basic\"");
        let post = provider("client_auth = \"post\"");

        assert_eq!(preferred(&dex, Some(&listed)), ClientAuth::Post);
        assert_eq!(preferred(&forced, Some(&listed)), ClientAuth::Basic);
        assert_eq!(preferred(&post, Some(&listed)), ClientAuth::Post);
    }

    #[test]
    fn a_401_is_about_the_client_whatever_the_error_is_called() {
        for (status, body) in [
            (401, ""),
            (401, r#"{"error":"invalid_client"}"#),
            (
                401,
                r#"{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}"#,
            ),
            (401, r#"{"error":"invalid_request"}"#),
            (401, r#"{"message":"Unauthorized"}"#),
            (400, r#"{"error":"invalid_client"}"#),
            (403, r#"{"error":"invalid_client"}"#),
            (200, r#"{"error":"incorrect_client_credentials"}"#),
        ] {
            assert_eq!(
                verdict_of(status, body),
                Verdict::Refused,
                "{status} {body}"
            );
        }
    }

    #[test]
    fn what_follows_the_recognition_of_a_client_is_no_refusal_of_it() {
        for (status, body) in [
            (401, r#"{"error":"authorization_pending"}"#),
            (401, r#"{"error":"invalid_grant"}"#),
            (401, r#"{"error":"use_dpop_nonce"}"#),
            (400, r#"{"error":"unauthorized_client"}"#),
            (400, r#"{"error":"invalid_scope"}"#),
            (200, r#"{"access_token":"a","token_type":"Bearer"}"#),
        ] {
            assert_eq!(
                verdict_of(status, body),
                Verdict::Accepted,
                "{status} {body}"
            );
        }
        for (status, body) in [
            (429, ""),
            (503, r#"{"error":"invalid_client"}"#),
            (302, ""),
            (404, "<html>"),
            (401, r#"{"error":"server_error"}"#),
        ] {
            assert_eq!(
                verdict_of(status, body),
                Verdict::Unknown,
                "{status} {body}"
            );
        }
    }

    #[test]
    fn what_worked_after_a_refusal_counts_for_the_other_endpoints_too() {
        let methods = Methods::default();
        assert_eq!(methods.of(&url("device")), None);

        methods.accepted(&url("device"));
        assert_eq!(methods.of(&url("device")), None);
        methods.switched(&url("token"), ClientAuth::Post);

        assert_eq!(methods.of(&url("token")), Some(ClientAuth::Post));
        assert_eq!(methods.of(&url("device")), Some(ClientAuth::Post));
        methods.switched(&url("revoke"), ClientAuth::Basic);
        assert_eq!(methods.of(&url("token")), Some(ClientAuth::Post));
    }

    #[test]
    fn a_malformed_request_is_asked_in_the_other_way_until_one_was_understood() {
        let methods = Methods::default();
        let token = url("token");

        assert!(methods.may_switch(&token, Verdict::Malformed));
        methods.accepted(&token);
        assert!(!methods.may_switch(&token, Verdict::Malformed));
        assert!(methods.may_switch(&token, Verdict::Refused));
        assert!(!methods.may_switch(&token, Verdict::Unknown));
    }
}
