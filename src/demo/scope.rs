//! What can be asked for.

/// A scope that the demo knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    OpenId,
    Profile,
    Email,
    OfflineAccess,
    ReadFilms,
    ReadContacts,
}

impl Scope {
    pub(super) const ALL: [Self; 6] = [
        Self::OpenId,
        Self::Profile,
        Self::Email,
        Self::OfflineAccess,
        Self::ReadFilms,
        Self::ReadContacts,
    ];

    /// As it is written on the wire.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::OpenId => "openid",
            Self::Profile => "profile",
            Self::Email => "email",
            Self::OfflineAccess => "offline_access",
            Self::ReadFilms => "read:films",
            Self::ReadContacts => "read:contacts",
        }
    }

    /// What it means to the person who is asked.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::OpenId => "Know that it is you",
            Self::Profile => "See your name and picture",
            Self::Email => "See your e-mail address",
            Self::OfflineAccess => "Stay signed in until you sign out on the TV",
            Self::ReadFilms => "Show your films",
            Self::ReadContacts => "Show your contacts",
        }
    }
}

/// The scopes of a grant, in the order they were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Granted(Vec<Scope>);

impl Granted {
    /// Those that are known out of `asked`; the others are left out
    /// (RFC 6749 §3.3).
    pub(super) fn of(asked: &str) -> Self {
        let mut granted = Vec::new();
        for name in asked.split_whitespace() {
            let known = Scope::ALL.into_iter().find(|scope| scope.name() == name);
            granted.extend(known.filter(|scope| !granted.contains(scope)));
        }
        Self(granted)
    }

    pub(super) fn has(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }

    /// Whether every scope of `other` is here (RFC 6749 §6: a refresh can't ask
    /// for more).
    pub(super) fn covers(&self, other: &Self) -> bool {
        other.iter().all(|scope| self.has(scope))
    }

    pub(super) fn text(&self) -> String {
        self.0
            .iter()
            .map(|scope| scope.name())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_scopes_and_repetitions_are_left_out() {
        assert_eq!(
            Granted::of("openid read:films  launch:rockets openid").text(),
            "openid read:films"
        );
    }

    #[test]
    fn a_refresh_cannot_ask_for_more() {
        let granted = Granted::of("openid read:films");

        assert!(granted.covers(&Granted::of("read:films")));
        assert!(!granted.covers(&Granted::of("read:contacts")));
    }
}
