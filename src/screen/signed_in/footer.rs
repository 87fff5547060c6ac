//! The keys that work here, and how things stand.

use iced::alignment::Vertical;
use iced::widget::{Space, row};
use iced::{Element, Length};

use super::tab::{Content, Freshness};
use super::{Message, Overlay, Place, Refreshing, State, shape};
use crate::channel::Listing;
use crate::ui::{Look, widget};

pub(super) fn footer<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let keys = match state.overlay {
        // What lies over the screen has a legend of its own.
        Overlay::Menu(_) | Overlay::SigningOut { .. } => Vec::new(),
        Overlay::None => {
            let (ok, back) = match state.place {
                Place::Tabs if state.content_takes_focus() => {
                    (Some(("OK", "Into the channel")), "Leave")
                }
                Place::Tabs => (None, "Leave"),
                Place::Account => (Some(("OK", "Account")), "Channels"),
                Place::Greeting => (Some(("OK", "Not you? Sign out")), "Channels"),
                Place::Content => (in_content(state), "Channels"),
            };
            let mut keys: Vec<_> = ok.into_iter().chain([("Back", back)]).collect();
            if !look.metrics.large_text() {
                keys.extend([("CH ±", "Channel"), ("R", "Refresh"), ("A", "Account")]);
            }
            keys
        }
    };
    let status = status(state, look);
    row![
        widget::legend(look, keys),
        Space::new().width(Length::Fill),
        status.map(|status| widget::small(look, status)),
    ]
    .align_y(Vertical::Center)
    .height(Length::Fixed(look.metrics.px(shape::legend(look))))
    .into()
}

/// The key that does something to what the focus is on.
fn in_content(state: &State) -> Option<(&'static str, &'static str)> {
    let tab = state.tabs.get(state.active)?;
    match &tab.content {
        Content::Failed { .. } => Some(("OK", "Try again")),
        Content::Shown(shown) => match &shown.listing {
            Listing::Items(_) => Some(("OK", "Open")),
            Listing::Details(_) | Listing::Text(_) => Some(("↑ ↓", "Scroll")),
        },
        Content::Unvisited | Content::Loading(_) => None,
    }
}

fn status(state: &State, look: &Look) -> Option<String> {
    let tab = state.tabs.get(state.active)?;
    if look.metrics.large_text() {
        return matches!(tab.content, Content::Loading(_)).then(|| "Loading…".to_owned());
    }
    let shown = match &tab.content {
        Content::Shown(shown) => shown,
        Content::Unvisited | Content::Loading(_) => {
            return Some(format!("Loading {}…", tab.channel.name));
        }
        Content::Failed { .. } => return None,
    };
    let count = match &shown.listing {
        Listing::Items(items) if !items.is_empty() => {
            let more = if shown.goes_on() { "+" } else { "" };
            format!("{} of {}{more}  ·  ", tab.at + 1, items.len())
        }
        Listing::Items(_) | Listing::Details(_) | Listing::Text(_) => String::new(),
    };
    let age = match &shown.freshness {
        Freshness::Reloading(_) => "updating…".to_owned(),
        Freshness::Fresh | Freshness::Stale { .. } if shown.loads_more() => {
            "loading more…".to_owned()
        }
        Freshness::Fresh | Freshness::Stale { .. } => {
            age(state.wall.duration_since(shown.as_of).as_secs())
        }
    };
    let paused = match (state.refreshing, tab.channel.refresh) {
        (Refreshing::Paused, Some(_)) => "  ·  paused",
        (Refreshing::Paused, None) | (Refreshing::On, _) => "",
    };
    Some(format!("{count}{age}{paused}"))
}

fn age(seconds: i64) -> String {
    match seconds {
        ..60 => "updated just now".to_owned(),
        60..3600 => format!("updated {} min ago", seconds / 60),
        _ => format!("updated {} h ago", seconds / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_told_in_the_unit_that_matters() {
        assert_eq!(age(-3), "updated just now");
        assert_eq!(age(130), "updated 2 min ago");
        assert_eq!(age(7300), "updated 2 h ago");
    }
}
