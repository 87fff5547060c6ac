//! The two people who can sign in.

/// A person who exists in the demo alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Account {
    Ada,
    Grace,
}

impl Account {
    pub(super) const ALL: [Self; 2] = [Self::Ada, Self::Grace];

    pub(super) fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|account| account.id() == id)
    }

    /// The name in forms and addresses.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Ada => "ada",
            Self::Grace => "grace",
        }
    }

    /// The `sub` claim: never changes, never given to another.
    pub(super) const fn subject(self) -> &'static str {
        match self {
            Self::Ada => "demo|ada",
            Self::Grace => "demo|grace",
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ada => "Ada Winter",
            Self::Grace => "Grace Moreau",
        }
    }

    pub(super) const fn first_name(self) -> &'static str {
        match self {
            Self::Ada => "Ada",
            Self::Grace => "Grace",
        }
    }

    pub(super) const fn email(self) -> &'static str {
        match self {
            Self::Ada => "ada@example.com",
            Self::Grace => "grace@example.com",
        }
    }

    /// What the person likes: decides which films come first.
    pub(super) const fn favourite_genre(self) -> &'static str {
        match self {
            Self::Ada => "Science fiction",
            Self::Grace => "Mystery",
        }
    }

    pub(super) const fn member_since(self) -> u16 {
        match self {
            Self::Ada => 2019,
            Self::Grace => 2022,
        }
    }

    pub(super) const fn home(self) -> &'static str {
        match self {
            Self::Ada => "Larkhaven",
            Self::Grace => "Port Sennet",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_account_is_found_by_its_id_and_no_other() {
        for account in Account::ALL {
            assert_eq!(Account::from_id(account.id()), Some(account));
        }
        assert_eq!(Account::from_id("mallory"), None);
    }
}
