//! The signed-in screen drawn: header, notices, content, legend.

use iced::alignment::Horizontal;
use iced::widget::{Column, Row, Space, column, container, stack};
use iced::{Background, Border, Element, Length};

use super::footer::footer;
use super::header::{greeting, header};
use super::shape::{self, Shape};
use super::tab::{Content, Freshness, Shown, Tab};
use super::{Greeting, Message, Overlay, Place, State, account, cards, rows};
use crate::channel::{Error, Listing};
use crate::clock::Moment;
use crate::config::Layout;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, Weight, slot};
use crate::ui::{Look, font, lines};
use crate::words::Phrase;

/// Draws the screen.
pub fn view<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let shape = state.shape(look);
    let mut body = Column::new().spacing(look.metrics.gap(Gap::Tight));
    body = body.push(header(state, look));
    if state.greeting == Greeting::Shown {
        body = body.push(greeting(state, look));
    }
    if let Some(stale) = state
        .tabs
        .get(state.active)
        .and_then(|tab| stale(tab, state.now, look))
    {
        body = body.push(stale);
    }
    let content = match state.tabs.get(state.active) {
        Some(tab) => content(state, tab, look, shape),
        None => message(
            look,
            look.say("signed-in-no-channels"),
            look.say("signed-in-no-channels-why"),
            None,
        ),
    };
    body = body.push(
        container(content)
            .width(Length::Fill)
            .height(Length::Fill)
            .clip(true),
    );
    let page = widget::page(look, body, footer(state, look));
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
    let said = match retry_at {
        Some(at) => Phrase::new("signed-in-stale-again").with("seconds", at.since(now).as_secs()),
        None => Phrase::new("signed-in-stale"),
    };
    let said = look.tell(&said.with("why", error.told()));
    let room = look.metrics.room().width / look.metrics.text_base(Role::Body) - 4.0;
    let words = font::fit(&said, room, 1);
    let notice = widget::notice(look, look.palette.warning, words);
    Some(
        container(notice)
            .center_y(Length::Fixed(look.metrics.px(shape::notice(look))))
            .into(),
    )
}

fn content<'a>(state: &'a State, tab: &'a Tab, look: &Look, shape: Shape) -> Element<'a, Message> {
    let focused = state.focus_of(Place::Content);
    match &tab.content {
        Content::Unvisited | Content::Loading(_) => loading(look, shape),
        Content::Failed { error, retry_at } => failed(look, error, *retry_at, state.now, focused),
        Content::Shown(shown) => match &shown.listing {
            Listing::Items(items) if items.is_empty() => {
                let words = Phrase::new("signed-in-empty-why").with("channel", &tab.channel.name);
                message(look, look.say("signed-in-empty"), look.tell(&words), None)
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
    let height = shape.area.height - 2.0 * slot() - 2.0 * Gap::Medium.base();
    let visible = lines::visible(look, height);
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

fn loading<'a>(look: &Look, shape: Shape) -> Element<'a, Message> {
    let metrics = look.metrics;
    let block = move |width: Length, height: f32| {
        let (surface, radius) = (look.palette.surface, metrics.px(20.0));
        let (edge, thin) = (look.palette.resting_edge(), metrics.px(2.0));
        let fill = container(Space::new())
            .width(width)
            .height(Length::Fixed(metrics.px(height - 2.0 * slot())))
            .style(move |_| container::Style {
                background: Some(Background::Color(surface)),
                border: Border {
                    color: edge,
                    width: thin,
                    radius: radius.into(),
                },
                ..container::Style::default()
            });
        container(fill).padding(metrics.px(slot()))
    };
    let height = shape.cell.height;
    if shape.columns > 1 {
        let row = || {
            let blocks = (0..shape.columns).map(|_| block(Length::Fill, height).into());
            Row::with_children(blocks).into()
        };
        Column::with_children((0..shape.rows).map(|_| row())).into()
    } else {
        let blocks = (0..shape.rows.min(4)).map(|_| block(Length::Fill, height).into());
        Column::with_children(blocks).into()
    }
}

fn failed<'a>(
    look: &Look,
    error: &Error,
    retry_at: Option<Moment>,
    now: Moment,
    focused: bool,
) -> Element<'a, Message> {
    let title = match error {
        Error::Forbidden { .. } => "signed-in-forbidden",
        Error::Busy { .. } => "signed-in-busy",
        Error::Unreachable(_) => "signed-in-unreachable",
        Error::NotStored(_) => "signed-in-not-stored",
        Error::Unusable(_) | Error::SignedOut(_) => "signed-in-unusable",
    };
    let words = match retry_at {
        Some(at) => Phrase::new("signed-in-again-in")
            .with("why", error.told())
            .with("seconds", at.since(now).as_secs()),
        None => error.told(),
    };
    let button = widget::press(
        look,
        look.say("signed-in-again"),
        Weight::Primary,
        focused,
        Message::RetryChosen,
    );
    message(look, look.say(title), look.tell(&words), Some(button))
}

fn message<'a>(
    look: &Look,
    title: String,
    words: String,
    button: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let said = column![
        widget::label(look, Role::Heading, font::STRONG, look.palette.text, title)
            .align_x(Horizontal::Center),
        widget::body(look, words)
            .color(look.palette.muted)
            .align_x(Horizontal::Center),
        button,
    ];
    container(
        said.spacing(look.metrics.gap(Gap::Small))
            .align_x(Horizontal::Center)
            .max_width(look.metrics.px(1200.0)),
    )
    .center(Length::Fill)
    .into()
}
