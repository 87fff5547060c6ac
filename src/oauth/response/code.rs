//! Which error an answer tells, in the words of RFC 6749 and RFC 8628, wherever and
//! however the provider wrote it.

use super::fields::Fields;
use crate::config::Preset;

/// What other providers call the errors that the specifications name.
const SYNONYMS: [(&str, &str); 15] = [
    ("authorization_declined", "access_denied"),
    ("user_denied", "access_denied"),
    ("token_expired", "expired_token"),
    ("code_expired", "expired_token"),
    ("device_code_expired", "expired_token"),
    ("bad_verification_code", "invalid_grant"),
    ("bad_refresh_token", "invalid_grant"),
    ("incorrect_device_code", "invalid_grant"),
    ("invalid_device_code", "invalid_grant"),
    ("invalid_refresh_token", "invalid_grant"),
    ("incorrect_client_credentials", "invalid_client"),
    ("invalid_client_id", "invalid_client"),
    ("client_not_found", "invalid_client"),
    ("device_flow_disabled", "unauthorized_client"),
    ("rate_limit_exceeded", "too_many_requests"),
];

/// The errors that are acted on. The rest is shown to the person as it came.
const KNOWN: [&str; 11] = [
    "authorization_pending",
    "slow_down",
    "access_denied",
    "expired_token",
    "invalid_grant",
    "invalid_client",
    "unauthorized_client",
    "unsupported_grant_type",
    "too_many_requests",
    "temporarily_unavailable",
    "server_error",
];

/// The error that an answer tells, if it tells one: what this provider is known to say,
/// then a known word wherever it stands, else whatever stands where codes belong.
pub(super) fn of(fields: &Fields, preset: &Preset) -> Option<String> {
    let found: Vec<_> = fields.errors().collect();
    let own = || {
        found
            .iter()
            .find_map(|found| preset.errors.get(&found.text).cloned())
    };
    let known = || found.iter().find_map(|found| known(&found.text));
    // A message that isn't a known word is a sentence, and none for a program.
    let code = || {
        let first = found.iter().find(|found| found.is_code)?;
        Some(first.text.clone())
    };
    own().or_else(known).or_else(code)
}

/// [`of`] for a poll: some providers say all by the status.
pub(super) fn of_poll(
    fields: &Fields,
    status: u16,
    is_page: bool,
    preset: &Preset,
) -> Option<String> {
    let told = of(fields, preset);
    if told.as_deref().is_some_and(is_known) {
        return told;
    }
    // A page comes from something between, with a status of its own.
    let by_status = preset.statuses.get(&status.to_string());
    by_status.filter(|_| !is_page).cloned().or(told)
}

fn known(text: &str) -> Option<String> {
    // "Invalid device code" as well as "invalid_device_code".
    let word: String = text
        .trim()
        .trim_end_matches('.')
        .chars()
        .map(|c| {
            if c == ' ' || c == '-' {
                '_'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect();
    let standard = SYNONYMS
        .iter()
        .find(|(theirs, _)| *theirs == word)
        .map_or(word.as_str(), |(_, standard)| standard);
    is_known(standard).then(|| standard.to_owned())
}

fn is_known(word: &str) -> bool {
    KNOWN.contains(&word)
}
