//! The account menu that lies over the screen.

use iced::alignment::Horizontal;
use iced::widget::{Column, column, container, opaque, stack};
use iced::{Background, Border, Length, Padding, Size};

use super::source::Stay;
use super::{Message, State, grid};
use crate::i18n::Phrase;
use crate::ui::focus::Line;
use crate::ui::metrics::{Gap, Role};
use crate::ui::scroll_text::words;
use crate::ui::widget::{self, GROWTH, Weight, slot};
use crate::ui::{Element, Look, font};

/// The menu's buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Back to the screen.
    Close,
    /// Let somebody else take their turn.
    Switch,
    /// End the session.
    SignOut,
}

/// The buttons, with the harmless one first.
#[must_use]
pub const fn buttons(stay: Stay) -> Line<Choice> {
    match stay {
        Stay::Shared | Stay::Guest => Line::new(&[Choice::Close, Choice::Switch, Choice::SignOut]),
        Stay::Alone => Line::new(&[Choice::Close, Choice::SignOut]),
    }
}

const fn caption(choice: Choice) -> &'static str {
    match choice {
        Choice::Close => "signed-in-close",
        Choice::Switch => "signed-in-switch",
        Choice::SignOut => "signed-in-out",
    }
}

/// The menu. Where what is said of the person is long it scrolls; the buttons stay.
pub(super) fn menu<'a>(look: &Look, state: &'a State, line: Line<Choice>) -> Element<'a, Message> {
    let metrics = look.metrics;
    let (panel_width, padding) = measures(look);
    let wide = panel_width - 2.0 * padding - 2.0 * (slot() + GROWTH);
    let buttons = line.choices().iter().map(|&choice| {
        let weight = if choice == Choice::Close {
            Weight::Primary
        } else {
            Weight::Secondary
        };
        widget::press_in(
            look,
            Size::new(wide, metrics.target()),
            look.say(caption(choice)),
            weight,
            line.is(choice),
            Message::MenuChosen(choice),
        )
    });
    let buttons = Column::with_children(buttons).align_x(Horizontal::Center);
    let gap = Gap::Medium.base();
    let button = metrics.target() + 2.0 * (slot() + GROWTH);
    let below = below(look);
    let buttons_height = line.choices().len() as f32 * button;
    let most = metrics.room().height - below - 2.0 * padding - buttons_height - gap;
    let said = container(words(look, person(look, state)));
    let content = column![said.max_height(metrics.px(most)), buttons].spacing(metrics.px(gap));
    let keys = [
        ("↑ ↓".to_owned(), look.say("key-move")),
        ("OK".to_owned(), look.say("key-choose")),
        (look.say("key-back"), look.say("signed-in-close")),
    ];
    let legend = container(widget::legend(look, keys))
        .center_y(Length::Fixed(metrics.px(grid::legend(look))));
    let legend = container(strip(look, legend)).align_bottom(Length::Fill);
    stack![over(look, panel(look, content.into()), below), legend].into()
}

/// The keys on a ground of their own: they are read on the shade over the screen as well.
fn strip<'a>(look: &Look, legend: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let (ground, safe) = (look.palette.ground[1], look.metrics.safe_area());
    let above = look.metrics.gap(Gap::Tight);
    container(legend)
        .padding(Padding { top: above, ..safe })
        .width(Length::Fill)
        .style(move |_| container::Style {
            background: Some(ground.into()),
            ..container::Style::default()
        })
        .into()
}

/// The sign-out while it runs.
pub(super) fn signing_out<'a>(look: &Look, state: &'a State) -> Element<'a, Message> {
    let content = column![
        person(look, state),
        widget::label(
            look,
            Role::Body,
            font::MEDIUM,
            look.palette.accent,
            look.say("signed-in-signing-out")
        ),
    ];
    let content = content.spacing(look.metrics.gap(Gap::Medium));
    let panel = panel(look, words(look, content));
    over(look, widget::ring(look, true, RADIUS, panel), 0.0)
}

fn person<'a>(look: &Look, state: &'a State) -> Element<'a, Message> {
    let (who, stay) = (&state.who, state.source.stay());
    let heading = widget::label(
        look,
        Role::Heading,
        font::STRONG,
        look.palette.text,
        who.label(),
    );
    let large = look.metrics.large_text();
    let small = |id| widget::small(look, look.say(id));
    // What matters most stands where it is seen without scrolling.
    let (above, below) = match (stay, large) {
        (Stay::Guest, false) => (Some("signed-in-guest"), Some("signed-in-guest-until")),
        (Stay::Guest, true) => (Some("signed-in-guest-short"), None),
        (Stay::Shared | Stay::Alone, false) => (Some("signed-in-here"), None),
        (Stay::Shared | Stay::Alone, true) => (None, None),
    };
    let not_granted = (!state.not_granted.is_empty()).then(|| {
        let words = Phrase::new("signed-in-not-granted").with("scopes", &state.not_granted);
        widget::small(look, look.tell(&words)).color(look.palette.warning)
    });
    let email = who.email.as_deref().filter(|email| *email != who.label());
    // What is missing is seen without scrolling.
    let (not_granted, not_granted_first) = if large {
        (None, not_granted)
    } else {
        (not_granted, None)
    };
    column![
        above.map(small),
        heading,
        not_granted_first,
        email.map(|email| widget::body(look, email)),
        widget::small(
            look,
            look.tell(&Phrase::new("signed-in-with").with("host", &state.host))
        ),
        not_granted,
        below.map(small),
    ]
    .width(Length::Fill)
    .spacing(look.metrics.gap(Gap::Hair))
    .into()
}

/// The panel's width and the room inside its edge, on the canvas.
fn measures(look: &Look) -> (f32, f32) {
    let (wide, padding) = if look.metrics.large_text() {
        (1300.0, 28.0)
    } else {
        (760.0, 56.0)
    };
    (look.metrics.room().width.min(wide), padding)
}

const RADIUS: f32 = 32.0;

fn panel<'a>(look: &Look, content: Element<'a, Message>) -> Element<'a, Message> {
    let metrics = look.metrics;
    let (wide, padding) = measures(look);
    let (surface, edge) = (look.palette.surface, look.palette.edge);
    let (radius, width) = (metrics.px(RADIUS), metrics.px(2.0));
    let shadow = widget::shadow(look);
    container(content)
        .width(Length::Fixed(metrics.px(wide)))
        .padding(metrics.px(padding))
        .style(move |_| container::Style {
            background: Some(Background::Color(surface)),
            border: Border {
                color: edge,
                width,
                radius: radius.into(),
            },
            shadow,
            ..container::Style::default()
        })
        .into()
}

/// What stays free below a panel for the legend, on the canvas: large texts make it reach
/// down to there.
fn below(look: &Look) -> f32 {
    if look.metrics.large_text() {
        grid::legend(look) + Gap::Tight.base()
    } else {
        0.0
    }
}

/// What lies over the screen, in the middle of a veil that is free by `below` at its foot.
fn over<'a>(look: &Look, panel: Element<'a, Message>, below: f32) -> Element<'a, Message> {
    let veil = look.palette.veil;
    let safe = look.metrics.safe_area();
    let over = container(panel)
        .center(Length::Fill)
        .padding(Padding {
            bottom: safe.bottom + look.metrics.px(below),
            ..safe
        })
        .style(move |_| container::Style {
            background: Some(Background::Color(veil)),
            ..container::Style::default()
        });
    opaque(over)
}
