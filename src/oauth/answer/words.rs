//! Sentences about answers, for a person.

use crate::words::Phrase;

pub(super) fn unavailable(status: u16) -> Phrase {
    match status {
        429 => Phrase::new("provider-too-many"),
        // RFC 6585 §6: a network that wants a login.
        511 => Phrase::new("provider-login-page"),
        status => Phrase::new("provider-fault-now").with("status", status.to_string()),
    }
}

pub(super) fn no_meaning(status: u16) -> Phrase {
    match status {
        429 | 503 => Phrase::new("provider-busy"),
        511 => Phrase::new("provider-somebody-else"),
        500..=599 => Phrase::new("provider-fault").with("status", status.to_string()),
        200..=299 => Phrase::new("provider-somebody-else"),
        _ => Phrase::new("provider-unreadable").with("status", status.to_string()),
    }
}

pub(super) fn with(ours: Phrase, theirs: Option<String>) -> Phrase {
    match theirs {
        Some(theirs) => Phrase::new("provider-quoted")
            .with("ours", ours)
            .with("theirs", theirs),
        None => ours,
    }
}
