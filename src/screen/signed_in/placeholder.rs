//! What is shown where there are no results: why, and what can be done.

use iced::alignment::Horizontal;
use iced::widget::{Column, Row, Space, column, container, stack};
use iced::{Background, Border, Length, Size};

use super::grid::{self, CARD_EDGE, CARD_INSET, CARD_PADDING, CARD_PADDING_Y, Shape, Words};
use super::{Message, cards};
use crate::channel::Error;
use crate::clock::Moment;
use crate::i18n::Phrase;
use crate::ui::art::standing::{Standing, sign};
use crate::ui::metrics::{Gap, Role};
use crate::ui::ring::ring;
use crate::ui::theme::between;
use crate::ui::widget::{self, GROWTH, Weight, slot};
use crate::ui::{Element, Look, font};

/// No channel is configured.
pub(super) fn no_channels<'a>(look: &Look, shape: Shape) -> Element<'a, Message> {
    let said = Said {
        sign: sign_of(Standing::NoChannels),
        title: look.say("signed-in-no-channels"),
        words: look.say("signed-in-no-channels-why"),
    };
    said.view(look, shape.area, None)
}

/// The channel holds nothing, on its first pages at least where it `goes_on`.
pub(super) fn empty<'a>(
    look: &Look,
    shape: Shape,
    channel: &str,
    goes_on: bool,
) -> Element<'a, Message> {
    let why = if goes_on {
        "signed-in-empty-so-far"
    } else {
        "signed-in-empty-why"
    };
    let said = Said {
        sign: sign_of(Standing::Empty),
        title: look.say("signed-in-empty"),
        words: look.tell(&Phrase::new(why).with("channel", channel)),
    };
    said.view(look, shape.area, None)
}

/// The channel could not be had.
pub(super) fn failed<'a>(
    look: &Look,
    shape: Shape,
    error: &Error,
    retry_at: Option<Moment>,
    now: Moment,
    focused: bool,
) -> Element<'a, Message> {
    let (standing, title) = match error {
        Error::Forbidden { .. } => (Standing::Locked, "signed-in-forbidden"),
        Error::NotAccepted { .. } => (Standing::Locked, "signed-in-not-accepted"),
        Error::Busy { .. } => (Standing::Busy, "signed-in-busy"),
        Error::Unreachable(why) if why.is_about_network() => {
            (Standing::Offline, "signed-in-unreachable")
        }
        Error::Unreachable(_) => (Standing::Busy, "signed-in-unreachable"),
        Error::NotStored(_) => (Standing::Unstored, "signed-in-not-stored"),
        Error::Unusable(_) | Error::SignedOut(_) => (Standing::Broken, "signed-in-unusable"),
    };
    let left = retry_at.map(|at| at.since(now));
    let words = match left {
        Some(left) => Phrase::new("signed-in-again-in")
            .with("why", error.told())
            .with("time", left),
        None => error.told(),
    };
    let part = match (error, left) {
        (Error::Busy { retry_after }, Some(left)) if !retry_after.is_zero() => {
            Some(left.as_secs_f32() / retry_after.as_secs_f32())
        }
        _ => None,
    };
    let said = Said {
        sign: Sign {
            standing,
            left: part,
        },
        title: look.say(title),
        words: look.tell(&words),
    };
    let button = widget::press(
        look,
        look.say(if error.offers_sign_in() {
            "signed-in-sign-in"
        } else {
            "signed-in-again"
        }),
        Weight::Primary,
        focused,
        Message::RetryChosen,
    );
    said.view(look, shape.area, Some(button))
}

/// A sign, with the part of the time that is left around it where that is known.
#[derive(Clone, Copy)]
struct Sign {
    standing: Standing,
    left: Option<f32>,
}

const fn sign_of(standing: Standing) -> Sign {
    Sign {
        standing,
        left: None,
    }
}

impl Sign {
    fn view<'a>(self, look: &Look, diameter: f32) -> Element<'a, Message> {
        let Some(left) = self.left else {
            return sign(look, self.standing, diameter);
        };
        let inner = container(sign(look, self.standing, diameter * 0.7)).center(Length::Fill);
        let around = ring(look, diameter, left, look.palette.warning);
        stack![around, inner].into()
    }
}

struct Said {
    sign: Sign,
    title: String,
    words: String,
}

/// How large a sign is.
const MOST_SIGN: f32 = 240.0;
const LEAST_SIGN: f32 = 110.0;

impl Said {
    /// A sign, its words below it, and a button. The larger the text, the smaller the
    /// sign; in the end there is none.
    fn view<'a>(
        self,
        look: &Look,
        area: Size,
        button: Option<Element<'a, Message>>,
    ) -> Element<'a, Message> {
        const TITLE_LINE: f32 = 1.15;
        let (metrics, gap) = (look.metrics, Gap::Small.base());
        let wide = if metrics.large_text() {
            metrics.room().width
        } else {
            metrics.room().width.min(1240.0)
        };
        let apart = Gap::Tight.base();
        let pressed = metrics.target() + 2.0 * (slot() + GROWTH) + gap + apart;
        let below = if button.is_some() { pressed } else { 0.0 };
        let title = metrics.text_base(Role::Title);
        let titles = font::wrap(&self.title, wide / title).len() as f32;
        let room = area.height - below - titles * title * TITLE_LINE - gap;
        let fits = |role| (room / metrics.line(role)) as usize;
        // No screen has room for more of them.
        const MOST: usize = 100;
        let lines = |role| font::count_lines(&self.words, wide / metrics.text_base(role), MOST);
        let role = if lines(Role::Body) <= fits(Role::Body) {
            Role::Body
        } else {
            Role::Small
        };
        let ems = wide / metrics.text_base(role);
        let words = font::fit(&self.words, ems, fits(role).max(1));
        let even = font::even(&words, ems) * metrics.text_base(role);
        let left = room - lines(role) as f32 * metrics.line(role) - 2.0 * gap;
        let sign = (left >= LEAST_SIGN).then(|| self.sign.view(look, left.min(MOST_SIGN)));
        let sign = sign.map(|sign| container(sign).padding(iced::padding::bottom(metrics.px(gap))));
        let words = widget::label(look, role, font::REGULAR, look.palette.muted, words)
            .align_x(Horizontal::Center);
        let said = column![
            sign,
            widget::title(look, self.title).align_x(Horizontal::Center),
            container(words).max_width(metrics.px(even)),
            button.map(|button| container(button).padding(iced::padding::top(metrics.px(apart)))),
        ];
        // A little above the middle looks like the middle.
        let lift = ((left - MOST_SIGN) * 0.25).max(0.0);
        container(
            said.spacing(metrics.px(gap))
                .align_x(Horizontal::Center)
                .max_width(metrics.px(wide)),
        )
        .padding(iced::padding::bottom(metrics.px(lift)))
        .center(Length::Fill)
        .into()
    }
}

/// Where the results will be.
pub(super) fn loading<'a>(look: &Look, shape: Shape, words: Words) -> Element<'a, Message> {
    let gutter = if shape.picture.is_some() {
        look.metrics.px(grid::card_gutter())
    } else {
        0.0
    };
    let item = || match shape.picture {
        Some(picture) => card(look, shape, picture, words),
        None => line(look, shape),
    };
    let row = || Row::with_children((0..shape.columns).map(|_| item())).spacing(gutter);
    Column::with_children((0..shape.rows).map(|_| row().into()))
        .spacing(gutter)
        .into()
}

/// What stands for a text or picture that isn't here yet.
fn blank<'a>(look: &Look, size: Size, radius: f32) -> Element<'a, Message> {
    let metrics = look.metrics;
    let fill = between(look.palette.surface, look.palette.edge, 0.2);
    let radius = metrics.px(radius);
    container(Space::new())
        .width(Length::Fixed(metrics.px(size.width)))
        .height(Length::Fixed(metrics.px(size.height)))
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: Border {
                radius: radius.into(),
                ..Border::default()
            },
            ..container::Style::default()
        })
        .into()
}

/// The same for a line of words of that role.
fn blank_line<'a>(look: &Look, role: Role, width: f32, line: f32) -> Element<'a, Message> {
    let size = look.metrics.text_base(role);
    let bar = Size::new(width, size * 0.6);
    container(blank(look, bar, bar.height / 2.0))
        .center_y(Length::Fixed(look.metrics.px(size * line)))
        .into()
}

fn card<'a>(look: &Look, shape: Shape, picture: Size, words: Words) -> Element<'a, Message> {
    let metrics = look.metrics;
    let around = 2.0 * (slot() + CARD_INSET);
    let size = Size::new(shape.cell.width - around, shape.cell.height - around);
    let inside = size.width - 2.0 * CARD_EDGE;
    let frame = Size::new(inside, picture.height * inside / picture.width);
    let room = grid::card_text(shape.cell.width);
    let second =
        (words.seconds > 0).then(|| blank_line(look, Role::Small, room * 0.5, grid::CARD_LINE));
    let said = column![
        blank_line(look, Role::Caption, room * 0.75, grid::CARD_LINE),
        second,
    ];
    let said = container(said).padding([
        metrics.px(CARD_PADDING_Y),
        metrics.px(CARD_PADDING - CARD_EDGE),
    ]);
    let style = cards::surface(look, false);
    let card = container(column![blank(look, frame, cards::RADIUS - CARD_EDGE), said])
        .padding(metrics.px(CARD_EDGE))
        .width(Length::Fixed(metrics.px(size.width)))
        .height(Length::Fixed(metrics.px(size.height)))
        .style(move |_| style);
    container(card)
        .padding(metrics.px(slot() + CARD_INSET))
        .into()
}

fn line<'a>(look: &Look, shape: Shape) -> Element<'a, Message> {
    let metrics = look.metrics;
    let outset = slot() + grid::ROW_INSET;
    let style = container::Style {
        border: Border {
            width: 0.0,
            radius: metrics.px(18.0).into(),
            ..Border::default()
        },
        ..cards::surface(look, false)
    };
    let name = blank_line(look, Role::Card, shape.cell.width * 0.3, 1.0);
    let line = container(name)
        .padding([0.0, metrics.px(32.0)])
        .width(Length::Fill)
        .center_y(Length::Fill)
        .style(move |_| style);
    container(line)
        .padding(metrics.px(outset))
        .width(Length::Fixed(metrics.px(shape.cell.width)))
        .height(Length::Fixed(metrics.px(shape.cell.height)))
        .into()
}
