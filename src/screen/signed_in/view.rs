//! The signed-in screen drawn: header, notices, content, legend.

use iced::alignment::Vertical;
use iced::widget::text::Wrapping;
use iced::widget::{Space, column, container, row, stack};
use iced::{Background, Border, Length};

use super::footer::footer;
use super::header::{greeting_line, greets, header};
use super::shape::{self, Shape};
use super::tab::{Content, Freshness, Shown, Tab};
use super::{Greeting, Message, Overlay, Place, State, account, cards, rows, standing};
use crate::channel::Listing;
use crate::clock::Moment;
use crate::config::Layout;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, slot};
use crate::ui::{Element, Look, font, lines};
use crate::words::Phrase;

/// Draws the screen.
pub fn view<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let shape = state.shape(look);
    let (metrics, bleed) = (look.metrics, shape::bleed(look));
    let tab = state.tabs.get(state.active);
    let inside = |part: Element<'a, Message>| container(part).padding([0.0, metrics.px(bleed)]);
    let greeting = state.greeting == Greeting::Shown && !greets(state, look);
    let content = match tab {
        Some(tab) => content(state, tab, look, shape),
        None => standing::no_channels(look, shape),
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
    let metrics = look.metrics;
    let side = metrics.line(Role::Small) * 0.9;
    let room = metrics.room().width - side - Gap::Tight.base() - 4.0;
    let ems = room / metrics.text_base(Role::Small);
    let why = || look.tell(&Phrase::new("signed-in-stale").with("why", error.told()));
    let again = retry_at.map(|at| {
        let said = Phrase::new("signed-in-stale-again").with("why", error.told());
        look.tell(&said.with("seconds", at.since(now).as_secs()))
    });
    let short = || {
        let at = retry_at.as_ref()?;
        let said = Phrase::new("signed-in-stale-short");
        Some(look.tell(&said.with("seconds", at.since(now).as_secs())))
    };
    // Where there is no room for both, when it is tried again is less than why, and cut
    // words are less than either.
    let fits = |said: &String| font::width(said) <= ems;
    let words = again
        .filter(fits)
        .or_else(|| Some(why()).filter(fits))
        .or_else(short)
        .unwrap_or_else(|| font::fit(&why(), ems, 1));
    let words = widget::small(look, words)
        .color(look.palette.text)
        .wrapping(Wrapping::None);
    let notice = row![exclamation(look, side), words]
        .spacing(metrics.gap(Gap::Tight))
        .align_y(Vertical::Center);
    Some(
        container(notice)
            .center_y(Length::Fixed(metrics.px(shape::notice(look))))
            .into(),
    )
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
    let focused = state.focus_of(Place::Content);
    match &tab.content {
        Content::Unvisited | Content::Loading(_) => standing::loading(look, shape, tab.words()),
        Content::Failed { error, retry_at } => {
            standing::failed(look, shape, error, *retry_at, state.now, focused)
        }
        Content::Shown(shown) => match &shown.listing {
            Listing::Items(items) if items.is_empty() => {
                standing::empty(look, shape, &tab.channel.name)
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
