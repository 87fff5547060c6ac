//! What a refusal is about. Error codes are the same for several causes, so the provider's
//! own sentence decides where it is known; this is the one place that looks at it.

use super::fields::Fields;
use super::shown;
use crate::oauth::error::{Reason, Refusal};

/// Where an answer came from: the same error means different things there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endpoint {
    /// The device authorization endpoint: no grant was sent yet.
    Device,
    /// The token endpoint.
    Token,
}

/// A refusal with this error code.
pub(super) fn refusal(error: &str, status: u16, fields: &Fields, at: Endpoint) -> Refusal {
    let description = fields.description().filter(|theirs| theirs != error);
    Refusal {
        reason: reason(
            error,
            status,
            description.as_deref().unwrap_or_default(),
            at,
        ),
        error: shown(error),
        description,
    }
}

/// A refusal by the status alone, perhaps with a sentence.
pub(super) fn refusal_by_status(status: u16, fields: &Fields, at: Endpoint) -> Refusal {
    refusal(&format!("HTTP {status}"), status, fields, at)
}

/// Whether a sentence says that there is no such client, whatever the status.
pub(super) fn is_unknown_client(error: &str, description: &str) -> bool {
    const SENTENCES: [&str; 7] = [
        "unknown client",
        "client not found",
        "client does not exist",
        "no such client",
        "invalid client id",
        "invalid client_id",
        "client_id is invalid",
    ];
    /// Hydra lists all that may be wrong with a client, an unknown one among it.
    const LIST: &str = "no client authentication included";
    let words = format!("{error} {description}").to_lowercase();
    !words.contains(LIST) && SENTENCES.iter().any(|sentence| words.contains(sentence))
}

/// Whether an error is about what was asked for, also with a status that is about who asks.
fn is_about_grant(error: &str) -> bool {
    matches!(
        error,
        "invalid_grant" | "expired_token" | "access_denied" | "invalid_scope" | "invalid_target"
    )
}

fn reason(error: &str, status: u16, description: &str, at: Endpoint) -> Reason {
    /// RFC 9110 §15.5.16.
    const UNSUPPORTED_MEDIA_TYPE: u16 = 415;
    let words = description.to_lowercase();
    let says = |part: &str| words.contains(part);
    if status == UNSUPPORTED_MEDIA_TYPE {
        Reason::UnsupportedEncoding
    } else if says("code_challenge") || says("code challenge") || says("pkce") {
        Reason::PkceRequired
    } else if says("dpop proof is missing") || says("dpop proof required") {
        Reason::DpopRequired
    } else if error == "invalid_target" || says("service not found") {
        Reason::UnknownAudience
    } else if says("not authorized to access") {
        Reason::AudienceNotAllowed
    } else if is_unknown_client(error, description)
        || error == "invalid_client"
        || status == 401 && !is_about_grant(error)
    {
        Reason::UnknownClient
    } else {
        match error {
            "invalid_grant" if at == Endpoint::Device => Reason::GrantNotAllowed,
            "unauthorized_client" | "unsupported_grant_type" => Reason::GrantNotAllowed,
            "invalid_scope" => Reason::InvalidScope,
            "access_denied" => Reason::AccessDenied,
            "invalid_grant"
            | "expired_token"
            // OpenID Connect Core §3.1.2.6, at a refresh: the person must sign in again.
            | "interaction_required"
            | "login_required"
            | "consent_required" => Reason::InvalidGrant,
            _ => Reason::Other,
        }
    }
}
