//! Who somebody is, as far as the provider says.

use serde::{Deserialize, Serialize};

/// What the provider says of the person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Who {
    /// The identifier at this provider, where one is known.
    pub subject: Option<String>,
    /// The name to show.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The address of a portrait.
    pub picture: Option<String>,
}

impl Who {
    /// What to call the person on the screen.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name
            .as_deref()
            .or(self.email.as_deref())
            .or(self.subject.as_deref())
            .unwrap_or("someone")
    }
}
