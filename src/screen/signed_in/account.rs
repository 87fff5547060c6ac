//! The account menu that lies over the screen.

use iced::alignment::Horizontal;
use iced::widget::{Column, column, container, opaque};
use iced::{Background, Border, Element, Length};

use super::Message;
use super::source::Stay;
use crate::session::Who;
use crate::ui::focus::Line;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, Weight, slot};
use crate::ui::{Look, font};

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
        Choice::Close => "Close",
        Choice::Switch => "Switch person",
        Choice::SignOut => "Sign out",
    }
}

/// The menu.
pub fn menu<'a>(
    look: &Look,
    who: &'a Who,
    host: &'a str,
    line: Line<Choice>,
    stay: Stay,
) -> Element<'a, Message> {
    let (panel_width, padding) = measures(look);
    let wide = panel_width - 2.0 * padding - 2.0 * slot();
    let buttons = line.choices().iter().map(|&choice| {
        let weight = if choice == Choice::Close {
            Weight::Primary
        } else {
            Weight::Secondary
        };
        widget::press_in(
            look,
            wide,
            caption(choice),
            weight,
            line.is(choice),
            Message::MenuChosen(choice),
        )
    });
    let buttons = Column::with_children(buttons)
        .spacing(look.metrics.gap(Gap::Hair))
        .align_x(Horizontal::Left);
    let content =
        column![person(look, who, host, stay), buttons].spacing(look.metrics.gap(Gap::Medium));
    panel(look, content.into())
}

/// The sign-out while it runs.
pub fn signing_out<'a>(
    look: &Look,
    who: &'a Who,
    host: &'a str,
    stay: Stay,
) -> Element<'a, Message> {
    let content = column![
        person(look, who, host, stay),
        widget::label(
            look,
            Role::Body,
            font::MEDIUM,
            look.palette.accent,
            "Signing out…"
        ),
    ];
    panel(look, content.spacing(look.metrics.gap(Gap::Medium)).into())
}

fn person<'a>(look: &Look, who: &'a Who, host: &'a str, stay: Stay) -> Element<'a, Message> {
    let heading = widget::label(
        look,
        Role::Heading,
        font::STRONG,
        look.palette.text,
        who.label(),
    );
    let email = who.email.as_deref().filter(|email| *email != who.label());
    let above = match stay {
        Stay::Guest => Some(widget::small(look, "Guest on this TV")),
        Stay::Shared | Stay::Alone => {
            (!look.metrics.large_text()).then(|| widget::small(look, "Signed in on this TV"))
        }
    };
    let leaves = (stay == Stay::Guest)
        .then(|| widget::small(look, "Signed out when you switch or tenfoot closes."));
    column![
        above,
        heading,
        email.map(|email| widget::body(look, email)),
        widget::small(look, format!("with {host}")),
        leaves,
    ]
    .spacing(look.metrics.gap(Gap::Hair))
    .into()
}

/// The panel's width and the room inside its edge, on the canvas.
fn measures(look: &Look) -> (f32, f32) {
    if look.metrics.large_text() {
        (1300.0, 28.0)
    } else {
        (760.0, 56.0)
    }
}

fn panel<'a>(look: &Look, content: Element<'a, Message>) -> Element<'a, Message> {
    let metrics = look.metrics;
    let (wide, padding) = measures(look);
    let (surface, edge, veil) = (look.palette.surface, look.palette.edge, look.palette.veil);
    let (radius, width) = (metrics.px(32.0), metrics.px(2.0));
    let shadow = widget::shadow(look);
    let panel = container(widget::words(look, content))
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
        });
    let over = container(panel)
        .center(Length::Fill)
        .padding(metrics.safe_area())
        .style(move |_| container::Style {
            background: Some(Background::Color(veil)),
            ..container::Style::default()
        });
    opaque(over)
}
