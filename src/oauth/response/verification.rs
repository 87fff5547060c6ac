//! Where a person approves (RFC 8628 §3.2): the address that they see, and the one with the
//! code inside that the QR holds. Both are at the same host, which is what they are told.

use crate::address::WebAddress;
use crate::config::Preset;

/// Where a code is entered.
pub(super) struct Verification {
    /// As it is shown.
    pub(super) uri: String,
    /// With the code inside.
    pub(super) complete: Option<String>,
}

impl Verification {
    /// Reads what the provider sent; `None` where nobody can be sent to its `uri`.
    pub(super) fn read(
        uri: &str,
        complete: Option<&str>,
        user_code: &str,
        preset: &Preset,
    ) -> Option<Self> {
        let sent = WebAddress::parse(uri)?;
        // Some put the code into the only address that they send.
        let shown = sent.without(user_code).unwrap_or_else(|| sent.clone());
        let beside = complete
            .and_then(WebAddress::parse)
            .filter(|complete| complete.agrees_with(&shown));
        let made = || {
            let made = preset.complete(shown.as_str(), user_code)?;
            WebAddress::parse(&made).filter(|made| made.agrees_with(&shown))
        };
        let complete = beside
            .or_else(|| Some(&sent).filter(|sent| sent.holds(user_code)).cloned())
            .or_else(made);
        Some(Self {
            uri: shown.as_str().to_owned(),
            complete: complete.map(|complete| complete.as_str().to_owned()),
        })
    }
}
