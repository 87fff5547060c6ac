//! Sentences about answers, for a person.

pub(super) fn unavailable(status: u16) -> String {
    match status {
        429 => "The provider gets too many requests just now. Try again in a minute.".to_owned(),
        status => {
            format!("The provider has a fault just now (HTTP {status}). Try again in a minute.")
        }
    }
}

pub(super) fn no_meaning(status: u16) -> String {
    match status {
        429 | 503 => "the provider is busy".to_owned(),
        500..=599 => format!("the provider has a fault (HTTP {status})"),
        200..=299 => "something else than the provider answered".to_owned(),
        _ => format!("the provider's answer can't be read (HTTP {status})"),
    }
}

pub(super) fn with(ours: &str, theirs: Option<String>) -> String {
    match theirs {
        Some(theirs) => format!("{ours}. ({theirs})"),
        None => format!("{ours}."),
    }
}
