//! What is said aloud of the signed-in screen.

use super::tab::{Content, Halt, Tab};
use super::{FocusArea, Greeting, Overlay, State, account};
use crate::channel::{Item, Listing};
use crate::i18n::Phrase;
use crate::screen::spoken::{Spoken, sentences};
use crate::text;
use crate::ui::Look;

/// Some minutes of speech: nobody listens to more of one thing. In bytes.
const MOST_SAID: usize = 8 * 1024;

impl State {
    /// What is said of it: how the channel in front stands, and what has the focus, at
    /// first the channel itself.
    #[must_use]
    pub fn spoken(&self, look: &Look) -> Spoken {
        let name = self.who.label();
        match &self.overlay {
            Overlay::None => {}
            Overlay::Menu(line) => {
                let account = Phrase::new("spoken-account").with("name", name);
                let choice = match line.current() {
                    account::Choice::Close => "signed-in-close",
                    account::Choice::Switch => "signed-in-switch",
                    account::Choice::SignOut => "signed-in-out",
                };
                return Spoken::new([look.tell(&account)], look.say(choice));
            }
            Overlay::SigningOut { .. } => {
                return Spoken::new([look.say("signed-in-signing-out")], String::new());
            }
        }
        let greeting = match self.greeting {
            Greeting::Shown => look.tell(&Phrase::new("spoken-signed-in").with("name", name)),
            Greeting::Dismissed => String::new(),
        };
        let tab = self.tabs.get(self.active);
        let channel = tab.map_or_else(String::new, |tab| {
            look.tell(&Phrase::new("spoken-channel").with("name", &tab.channel.name))
        });
        let standing = tab.map_or_else(String::new, |tab| standing(tab, look));
        let focus = match self.place {
            FocusArea::Tabs => channel.clone(),
            FocusArea::Account => look.tell(&Phrase::new("spoken-account").with("name", name)),
            FocusArea::Greeting => look.say("signed-in-not-you"),
            FocusArea::Content => tab.map_or_else(String::new, |tab| focused(tab, look)),
        };
        let heading = sentences(&[greeting, standing]);
        Spoken { heading, focus }
    }
}

/// What there is to know before there is anything to see.
fn standing(tab: &Tab, look: &Look) -> String {
    match &tab.content {
        Content::Unvisited | Content::Loading(_) => look.say("signed-in-loading"),
        Content::Failed { error, .. } => look.tell(&error.told()),
        Content::Shown(shown) => match &shown.listing {
            Listing::Items(items) => {
                let count = look.tell(&Phrase::new("spoken-items").with("count", items.len()));
                let why = match tab.halt() {
                    Some(Halt::Failed(error, _)) => {
                        look.tell(&Phrase::new("signed-in-more-failed").with("why", error.told()))
                    }
                    Some(Halt::Full) => look.say("signed-in-more-full"),
                    None => String::new(),
                };
                sentences(&[count, why])
            }
            Listing::Details(item) => whole(item, look),
            Listing::Text(text) => text::beginning(text, MOST_SAID).to_owned(),
        },
    }
}

fn focused(tab: &Tab, look: &Look) -> String {
    match &tab.content {
        Content::Failed { .. } => look.say("signed-in-again"),
        Content::Unvisited | Content::Loading(_) | Content::Shown(_) => tab
            .items()
            .get(tab.at)
            .map_or_else(String::new, |item| short(item, look)),
    }
}

fn short(item: &Item, look: &Look) -> String {
    let subtitle = item.subtitle(look.language).unwrap_or_default();
    let title = item.title(look.language);
    sentences(&[title.into_owned(), subtitle.into_owned()])
}

/// An item with its fields.
pub fn whole(item: &Item, look: &Look) -> String {
    let fields = item.said_at_first(look.language, MOST_SAID).into_iter();
    let fields = fields.map(|(name, value)| [name, value].join(": "));
    let parts: Vec<String> = std::iter::once(short(item, look)).chain(fields).collect();
    sentences(&parts)
}
