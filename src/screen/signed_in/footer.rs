//! The keys that work here, and how things stand.

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::text::Wrapping;
use iced::widget::{Space, row};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::legend::{self, Entry};
use super::tab::{Content, Freshness, Shown, Tab};
use super::{FocusArea, Message, Overlay, Refreshing, State, grid};
use crate::channel::Listing;
use crate::i18n::Phrase;
use crate::ui::metrics::Gap;
use crate::ui::{Element, Look, lines, widget};

pub(super) fn footer<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let (keys, status) = match state.overlay {
        // What lies over the screen has a legend of its own in this place.
        Overlay::Menu(_) => (Vec::new(), None),
        Overlay::SigningOut { .. } => fitted(look, Vec::new(), Vec::new(), status(state, look)),
        Overlay::None => {
            let (first, more) = (first_keys(state, look), more_keys(state, look));
            fitted(look, first, more, status(state, look))
        }
    };
    row![
        widget::legend(look, keys),
        Space::new().width(Length::Fill),
        status.map(|status| widget::small(look, status).wrapping(Wrapping::None)),
    ]
    .align_y(Vertical::Center)
    .height(Length::Fixed(look.metrics.px(grid::legend(look))))
    .into()
}

/// What stands on the one line: the first keys before all, then the status as whole as
/// it fits, then the other keys.
fn fitted(
    look: &Look,
    first: Vec<Entry>,
    more: Vec<Entry>,
    status: Vec<String>,
) -> (Vec<Entry>, Option<String>) {
    let room = look.metrics.room().width - Gap::Gutter.base();
    let taken = legend::all(look, &first);
    let status = shorter(&status)
        .map(|parts| parts.join("  ·  "))
        .find(|status| taken + legend::small(look, status) <= room);
    let beside = status
        .as_deref()
        .map_or(0.0, |status| legend::small(look, status));
    let keys = first.into_iter().chain(more).collect();
    (legend::fitting(look, keys, room - beside), status)
}

/// The status, then less and less of it. Its first part, the place among others, is the last
/// but one to go: nothing else tells that there are others.
fn shorter(status: &[String]) -> impl Iterator<Item = &[String]> {
    let last = status.len().saturating_sub(1);
    let rests = (0..last).map(|from| &status[from..]);
    let single = [&status[..1.min(status.len())], &status[last..]];
    rests.chain(single)
}

/// What OK and Back do.
fn first_keys(state: &State, look: &Look) -> Vec<Entry> {
    let ok = |what| Some(("OK", what));
    let leave = state.can_leave.then_some("key-leave");
    let (ok, back) = match state.place {
        FocusArea::Tabs if state.content_takes_focus() => (ok("signed-in-into"), leave),
        FocusArea::Tabs => (None, leave),
        FocusArea::Account | FocusArea::Greeting => {
            (ok("signed-in-account"), Some("signed-in-channels"))
        }
        FocusArea::Content => (in_content(state), Some("signed-in-channels")),
    };
    let back = if state.tabs.is_empty() { leave } else { back };
    let ok = ok.map(|(key, what)| (key.to_owned(), look.say(what)));
    let back = back.map(|what| (look.say("key-back"), look.say(what)));
    ok.into_iter().chain(back).collect()
}

/// The keys that work wherever the focus is.
fn more_keys(state: &State, look: &Look) -> Vec<Entry> {
    let said = |(key, what): (&str, &'static str)| (key.to_owned(), look.say(what));
    let there = [
        (state.tabs.len() > 1).then_some(("CH+ · PgUp", "signed-in-channel")),
        (!state.tabs.is_empty()).then_some(("R", "signed-in-refresh")),
        // There OK does the same.
        (state.place != FocusArea::Account).then_some(("A", "signed-in-account")),
    ];
    let slides = state.tabs.get(state.active).is_some_and(Tab::has_slides);
    let what = match state.refreshing {
        Refreshing::On => "signed-in-slides-stop",
        Refreshing::Paused => "signed-in-slides-go",
    };
    let pause = slides.then(|| (look.say("signed-in-pause-key"), look.say(what)));
    let turn = (slides && state.place == FocusArea::Content)
        .then(|| said(("← →", "signed-in-slides-turn")));
    let others = there.into_iter().flatten().map(said);
    turn.into_iter().chain(pause).chain(others).collect()
}

/// The key that does something to what the focus is on.
fn in_content(state: &State) -> Option<(&'static str, &'static str)> {
    let tab = state.tabs.get(state.active)?;
    match &tab.content {
        Content::Failed { .. } => Some(("OK", "signed-in-again")),
        Content::Shown(shown) => match &shown.listing {
            Listing::Items(_) => Some(("OK", "signed-in-open")),
            Listing::Details(_) | Listing::Text(_) => Some(("↑ ↓", "key-scroll")),
        },
        Content::Unvisited | Content::Loading(_) => None,
    }
}

/// How things stand, in parts: the later a part, the more it matters.
fn status(state: &State, look: &Look) -> Vec<String> {
    let Some(tab) = state.tabs.get(state.active) else {
        return Vec::new();
    };
    let shown = match &tab.content {
        Content::Shown(shown) => shown,
        Content::Unvisited | Content::Loading(_) => {
            return vec![look.say("signed-in-loading")];
        }
        Content::Failed { .. } => return Vec::new(),
    };
    let count = match &shown.listing {
        Listing::Items(items) if !items.is_empty() => {
            let count = if shown.goes_on() {
                Phrase::new("signed-in-count-more")
            } else {
                Phrase::new("signed-in-count")
            };
            Some(count.with("at", tab.at + 1).with("all", items.len()))
        }
        Listing::Items(_) => None,
        Listing::Details(_) | Listing::Text(_) => {
            let visible = lines::visible(look, state.shape(look).text_height());
            let pages = shown.lines.as_ref().map(|lines| lines.pages(visible));
            let (at, all) = pages.unwrap_or((1, 1));
            let page = Phrase::new("signed-in-count")
                .with("at", at)
                .with("all", all);
            (all > 1).then_some(page)
        }
    };
    let moves = tab.channel.refresh.is_some() || tab.has_slides();
    let paused = match state.refreshing {
        Refreshing::Paused if moves => Some(Phrase::new("signed-in-paused")),
        Refreshing::On if tab.has_slides() => Some(Phrase::new("signed-in-slides")),
        Refreshing::Paused | Refreshing::On => None,
    };
    [count, paused, Some(how_new(shown, state.wall))]
        .into_iter()
        .flatten()
        .map(|phrase| look.tell(&phrase))
        .collect()
}

fn how_new(shown: &Shown, wall: Timestamp) -> Phrase {
    match &shown.freshness {
        Freshness::Reloading(_) => Phrase::new("signed-in-updating"),
        Freshness::Fresh | Freshness::Stale { .. } if shown.loads_more() => {
            Phrase::new("signed-in-loading-more")
        }
        Freshness::Fresh => age(shown.as_of, wall, &TimeZone::system(), false),
        Freshness::Stale { .. } => age(shown.as_of, wall, &TimeZone::system(), true),
    }
}

/// How long results came just now.
const NEW: SignedDuration = SignedDuration::from_mins(1);

fn is_new(as_of: Timestamp, wall: Timestamp, stale: bool) -> bool {
    !stale && wall.duration_since(as_of) < NEW
}

/// When [`age`] has other words.
pub(super) fn other_age(
    as_of: Timestamp,
    wall: Timestamp,
    zone: &TimeZone,
    stale: bool,
) -> Option<Timestamp> {
    if is_new(as_of, wall, stale) {
        return as_of.checked_add(NEW).ok();
    }
    let tomorrow = wall.to_zoned(zone.clone()).tomorrow().ok()?;
    Some(tomorrow.start_of_day().ok()?.timestamp())
}

/// Results of the last minute are new, unless newer ones could not be had; of others
/// the time is told, and the day where it isn't today.
fn age(as_of: Timestamp, wall: Timestamp, zone: &TimeZone, stale: bool) -> Phrase {
    if is_new(as_of, wall, stale) {
        return Phrase::new("signed-in-just-now");
    }
    let (then, now) = (as_of.to_zoned(zone.clone()), wall.to_zoned(zone.clone()));
    let time = then.strftime("%H:%M").to_string();
    let days = now
        .date()
        .duration_since(then.date())
        .as_hours()
        .div_euclid(24);
    if days <= 0 {
        Phrase::new("signed-in-as-of").with("time", time)
    } else {
        Phrase::new("signed-in-as-of-days")
            .with("days", days)
            .with("time", time)
    }
}

#[cfg(test)]
mod tests {
    use iced::Size;

    use super::*;
    use crate::config::Display;
    use crate::config::types::TextScale;
    use crate::i18n::Language;

    #[test]
    fn the_age_has_other_words_after_a_minute_and_at_midnight() {
        let at = |time: &str| time.parse::<Timestamp>().unwrap();
        let others = |as_of: &str, wall: &str, stale| {
            other_age(at(as_of), at(wall), &TimeZone::UTC, stale).unwrap()
        };
        let came = "2026-05-03T14:05:00Z";
        let new = others(came, "2026-05-03T14:05:30Z", false);
        assert_eq!(new, at("2026-05-03T14:06:00Z"));
        for (wall, stale) in [
            ("2026-05-03T14:06:00Z", false),
            ("2026-05-03T14:05:30Z", true),
        ] {
            assert_eq!(others(came, wall, stale), at("2026-05-04T00:00:00Z"));
        }
        let before = age(at(came), at("2026-05-03T14:05:59Z"), &TimeZone::UTC, false);
        assert_ne!(before, age(at(came), new, &TimeZone::UTC, false));
    }

    fn told(as_of: &str, stale: bool) -> String {
        let wall = "2026-11-25T12:30:00Z".parse().unwrap();
        age(as_of.parse().unwrap(), wall, &TimeZone::UTC, stale).to_string()
    }

    #[test]
    fn results_are_new_for_a_minute_and_then_the_time_is_told() {
        assert_eq!(told("2026-11-25T12:29:30Z", false), "updated just now");
        assert_eq!(told("2026-11-25T12:26:00Z", true), "as of 12:26");
        assert_eq!(told("2026-11-25T12:04:00Z", false), "as of 12:04");
        assert_eq!(
            told("2026-11-24T23:50:00Z", false),
            "as of yesterday, 23:50"
        );
        assert_eq!(
            told("2026-11-22T12:04:00Z", true),
            "as of 3 days ago, 12:04"
        );
    }

    #[test]
    fn a_time_to_come_is_told_as_new() {
        assert_eq!(told("2026-11-25T12:31:00Z", false), "updated just now");
    }

    #[test]
    fn the_footer_stays_on_one_line_at_every_text_scale_in_every_language() {
        for tenths in 10..=25u8 {
            for language in Language::ALL {
                let display = Display {
                    text_scale: TextScale::new(f32::from(tenths) / 10.0).unwrap(),
                    language: Some(language),
                    ..Display::default()
                };
                let look = Look::new(Size::new(1920.0, 1080.0), 1.0, &display);
                let first = vec![
                    ("OK".to_owned(), look.say("signed-in-out")),
                    (look.say("key-back"), look.say("signed-in-channels")),
                ];
                let status = vec![
                    "100000 / 100000+".to_owned(),
                    look.say("signed-in-paused"),
                    look.say("signed-in-loading-more"),
                ];
                let more = [
                    ("CH+ · PgUp", "signed-in-channel"),
                    ("R", "signed-in-refresh"),
                    ("A", "signed-in-account"),
                ];
                let more = more.map(|(key, what)| (key.to_owned(), look.say(what)));
                let (keys, status) = fitted(&look, first, more.to_vec(), status);
                let status = status.map_or(0.0, |status| legend::small(&look, &status));
                let all = legend::all(&look, &keys) + status;
                assert!(!keys.is_empty());
                assert!(
                    all <= look.metrics.room().width,
                    "{language:?} at {tenths}: {all}"
                );
            }
        }
    }
}
