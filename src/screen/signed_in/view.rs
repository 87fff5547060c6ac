//! The signed-in screen drawn: header, notices, content, legend.

use iced::alignment::Vertical;
use iced::widget::text::Wrapping;
use iced::widget::{Space, column, container, row, stack};
use iced::{Background, Border, Length};

use super::footer::footer;
use super::grid::{self, Shape};
use super::header::{greeting_line, greets, header};
use super::tab::{Content, Freshness, Halt, Shown, Tab};
use super::{FocusArea, Greeting, Message, Overlay, State, account, cards, placeholder, rows};
use crate::channel::Listing;
use crate::clock::Moment;
use crate::config::Layout;
use crate::i18n::Phrase;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, slot};
use crate::ui::{Element, Look, font, lines};

/// Draws the screen.
pub fn view<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let shape = state.shape(look);
    let (metrics, bleed) = (look.metrics, grid::bleed(look));
    let tab = state.tabs.get(state.active);
    let inside = |part: Element<'a, Message>| container(part).padding([0.0, metrics.px(bleed)]);
    let greeting = state.greeting == Greeting::Shown && !greets(state, look);
    let content = match tab {
        Some(tab) => content(state, tab, look, shape),
        None => placeholder::no_channels(look, shape),
    };
    let content = container(content)
        .padding([0.0, metrics.px(bleed - shape.outset)])
        .width(Length::Fill)
        .height(Length::Fill)
        .clip(true);
    let body = column![
        header(state, look),
        greeting.then(|| inside(greeting_line(state, look))),
        Space::new().height(Length::Fixed(metrics.gap(Gap::Tight))),
        tab.and_then(|tab| stale(tab, state.now, look)).map(inside),
        content,
        tab.and_then(|tab| halted(tab, state.now, look)).map(inside),
    ];
    let page = widget::page_beyond(look, bleed, body, footer(state, look));
    match &state.overlay {
        Overlay::None => page,
        Overlay::Menu(line) => stack![page, account::menu(look, state, *line)].into(),
        Overlay::SigningOut { .. } => stack![page, account::signing_out(look, state)].into(),
    }
}

fn stale<'a>(tab: &Tab, now: Moment, look: &Look) -> Option<Element<'a, Message>> {
    let Content::Shown(Shown {
        freshness: Freshness::Stale { error, retry_at },
        ..
    }) = &tab.content
    else {
        return None;
    };
    let why = Phrase::new("signed-in-stale").with("why", error.told());
    let again = retry_at.map(|at| {
        let seconds = at.since(now).as_secs();
        let said = Phrase::new("signed-in-stale-again").with("why", error.told());
        let short = Phrase::new("signed-in-stale-short").with("seconds", seconds);
        (said.with("seconds", seconds), short)
    });
    Some(notice(look, &why, again))
}

/// Why a list doesn't go on, below what there is of it.
fn halted<'a>(tab: &Tab, now: Moment, look: &Look) -> Option<Element<'a, Message>> {
    let (why, again) = match tab.halt()? {
        Halt::Full => (Phrase::new("signed-in-more-full"), None),
        Halt::Failed(error, None) => {
            let why = Phrase::new("signed-in-more-failed").with("why", error.told());
            let said = Phrase::new("signed-in-more-failed-key").with("why", error.told());
            (
                why,
                Some((said, Phrase::new("signed-in-more-failed-key-short"))),
            )
        }
        Halt::Failed(error, Some(at)) => {
            let seconds = at.since(now).as_secs();
            let why = Phrase::new("signed-in-more-failed").with("why", error.told());
            let said = Phrase::new("signed-in-more-failed-again").with("why", error.told());
            let short = Phrase::new("signed-in-more-failed-short").with("seconds", seconds);
            (why, Some((said.with("seconds", seconds), short)))
        }
    };
    Some(notice(look, &why, again))
}

/// A line with a sign: `why` something is as it is, or that with when it is tried `again` in
/// a long and a short form.
fn notice<'a>(look: &Look, why: &Phrase, again: Option<(Phrase, Phrase)>) -> Element<'a, Message> {
    let metrics = look.metrics;
    let side = metrics.line(Role::Small) * 0.9;
    let room = metrics.room().width - side - Gap::Tight.base() - 4.0;
    let ems = room / metrics.text_base(Role::Small);
    // Where there is no room for both, when it is tried again is less than why, and cut
    // words are less than either.
    let why = look.tell(why);
    let (again, short) = again.map_or((None, None), |(again, short)| {
        (Some(look.tell(&again)), Some(look.tell(&short)))
    });
    let fits = |said: &String| font::width(said) <= ems;
    let words = again
        .filter(fits)
        .or_else(|| Some(why.clone()).filter(fits))
        .unwrap_or_else(|| font::fit(short.as_ref().unwrap_or(&why), ems, 1));
    let words = widget::small(look, words)
        .color(look.palette.text)
        .wrapping(Wrapping::None);
    let notice = row![exclamation(look, side), words]
        .spacing(metrics.gap(Gap::Tight))
        .align_y(Vertical::Center);
    container(notice)
        .center_y(Length::Fixed(metrics.px(grid::notice(look))))
        .into()
}

/// Something to know, as a sign beside its words.
fn exclamation<'a>(look: &Look, side: f32) -> Element<'a, Message> {
    let (metrics, color) = (look.metrics, look.palette.warning);
    let mark = widget::label(look, Role::Small, font::STRONG, look.palette.ground[1], "!");
    let radius = metrics.px(side / 2.0);
    container(mark)
        .center(Length::Fixed(metrics.px(side)))
        .style(move |_| container::Style {
            background: Some(Background::Color(color)),
            border: Border {
                radius: radius.into(),
                ..Border::default()
            },
            ..container::Style::default()
        })
        .into()
}

fn content<'a>(state: &'a State, tab: &'a Tab, look: &Look, shape: Shape) -> Element<'a, Message> {
    let focused = state.focus_of(FocusArea::Content);
    match &tab.content {
        Content::Unvisited | Content::Loading(_) => placeholder::loading(look, shape, tab.words()),
        Content::Failed { error, retry_at } => {
            placeholder::failed(look, shape, error, *retry_at, state.now, focused)
        }
        Content::Shown(shown) => match &shown.listing {
            Listing::Items(items) if items.is_empty() => {
                placeholder::empty(look, shape, &tab.channel.name, shown.goes_on())
            }
            Listing::Items(_) => match tab.arrangement() {
                Layout::Cards | Layout::Image | Layout::Auto => {
                    cards::grid(look, tab, shape, &state.pictures, focused)
                }
                Layout::Table => rows::table(look, tab, shape, focused),
                Layout::List | Layout::Details | Layout::Text => {
                    rows::list(look, tab, shape, focused)
                }
            },
            Listing::Details(_) | Listing::Text(_) => text_panel(look, shown, shape, focused),
        },
    }
}

fn text_panel<'a>(
    look: &Look,
    shown: &'a Shown,
    shape: Shape,
    focused: bool,
) -> Element<'a, Message> {
    let visible = lines::visible(look, shape.text_height());
    let Some(text) = &shown.lines else {
        return Space::new().into();
    };
    let padding = [
        look.metrics.gap(Gap::Medium),
        look.metrics.gap(Gap::Large) - look.metrics.px(slot()),
    ];
    let surface = if focused {
        look.palette.raised
    } else {
        look.palette.surface
    };
    let text = container(text.view(look, visible)).padding(padding);
    let panel = widget::panel(look, 0.0, surface, text).width(Length::Fill);
    widget::ring(look, focused, 28.0, panel)
}
