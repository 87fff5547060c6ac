//! The tabs, the account, and who has just signed in.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::text::{LineHeight, Wrapping};
use iced::widget::{Row, Space, column, container, mouse_area, row};
use iced::{Background, Border, Color, Length, Padding};

use super::grid::TAB_PADDING;
use super::source::Stay;
use super::{FocusArea, Greeting, Message, State, cards, grid, legend};
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, GROWTH, Weight, slot};
use crate::ui::{Element, Look, brand, font};

const UNDERLINE: f32 = 6.0;
/// Beside an arrow that tells of more tabs.
const ARROW_SIDE: f32 = 8.0;
/// Between the logo and the tabs.
const LOGO_GAP: f32 = 12.0;
/// How long a name beside the tabs may be, in ems.
const ACCOUNT_NAME: f32 = 10.0;
/// How much smaller than its place a pill without the focus is, on each side.
const PILL_INSET: f32 = 3.0;
/// What a pill has to the left and right of its words.
const PILL_SIDE: f32 = 28.0;
/// What is free around the disc beside a name.
const DISC_SIDE: f32 = 12.0;

pub(super) fn header<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let (metrics, bleed) = (look.metrics, grid::bleed(look));
    let (right, taken): (Element<'a, Message>, f32) = if greets(state, look) {
        (greeting(state, look), greeting_width(state, look))
    } else {
        (account_button(state, look), account_width(state, look))
    };
    let room = room(look) - taken - beside_tabs();
    let width = |number: usize| {
        let tab = state.tabs.get(number);
        tab.map_or(0.0, |tab| tab_width(look, &tab_name(look, tab)))
    };
    let shown = window(state.tabs.len(), width, state.active, room);
    let more = |there: bool, arrow: &'static str| {
        let arrow = there.then(|| widget::small(look, arrow).font(font::STRONG));
        arrow.map(|arrow| container(arrow).padding([0.0, metrics.px(ARROW_SIDE)]))
    };
    let before = (shown.start > 0).then(|| Space::new().width(Length::Fixed(metrics.px(bleed))));
    let tabs = state.tabs[shown.clone()]
        .iter()
        .zip(shown.clone())
        .map(|(tab, number)| {
            let front = number == state.active;
            tab_button(
                look,
                tab_name(look, tab),
                number,
                front,
                front && state.focus_of(FocusArea::Tabs),
            )
        });
    let beyond = metrics.px((bleed - slot() - PILL_INSET).max(0.0));
    let logo = brand::small(look).map(|logo| {
        container(logo).padding(Padding {
            left: metrics.px(bleed),
            right: metrics.px(LOGO_GAP),
            ..Padding::ZERO
        })
    });
    row![
        logo,
        before,
        more(shown.start > 0, look.arrows()[0]),
        Row::with_children(tabs).align_y(Vertical::Center),
        more(shown.end < state.tabs.len(), look.arrows()[1]),
        Space::new().width(Length::Fill),
        right,
        Space::new().width(Length::Fixed(beyond)),
    ]
    .height(Length::Fixed(metrics.px(grid::header(look))))
    .align_y(Vertical::Center)
    .into()
}

/// What is free between the tabs and what stands beside them, arrows included.
fn beside_tabs() -> f32 {
    2.0 * Gap::Gutter.base() + 4.0 * ARROW_SIDE
}

/// A channel's name as its tab has room for it beside the account's disc.
fn tab_name(look: &Look, tab: &super::Tab) -> String {
    /// At most, in ems.
    const LONGEST: f32 = 32.0;
    let disc = disc(look) + 2.0 * (DISC_SIDE + slot());
    let name = room(look) - disc - beside_tabs() - tab_width(look, "");
    let ems = name / look.metrics.text_base(Role::Body);
    font::fit(&tab.channel.name, ems.min(LONGEST), 1)
}

/// Whether who has just signed in stands beside the tabs, where the account does
/// otherwise; where there is no room for that, it has a line of its own.
pub(super) fn greets(state: &State, look: &Look) -> bool {
    if state.greeting == Greeting::Dismissed {
        return false;
    }
    let mut left = room(look) - Gap::Gutter.base() - greeting_width(state, look);
    // There may be very many tabs: those beyond the first that finds no room aren't measured.
    left >= 0.0
        && state.tabs.iter().all(|tab| {
            left -= tab_width(look, &tab_name(look, tab));
            left >= 0.0
        })
}

/// What there is for tabs and what stands beside them, on the canvas.
fn room(look: &Look) -> f32 {
    look.metrics.room().width + grid::bleed(look) - logo_width(look)
}

/// What the user's own logo takes, with the gap that follows it.
fn logo_width(look: &Look) -> f32 {
    brand::small_width(look).map_or(0.0, |width| width + grid::bleed(look) + LOGO_GAP)
}

fn tab_width(look: &Look, name: &str) -> f32 {
    font::width(name) * look.metrics.text_base(Role::Body) + 2.0 * (TAB_PADDING + slot()) + 2.0
}

/// Those of `count` tabs that fit into `room`, the one in front among them. None is measured
/// beyond the first on each side that doesn't.
fn window(
    count: usize,
    width: impl Fn(usize) -> f32,
    active: usize,
    room: f32,
) -> std::ops::Range<usize> {
    let mut end = (active + 1).min(count);
    let mut start = end.saturating_sub(1);
    let mut used: f32 = (start..end).map(&width).sum();
    while let Some(before) = start.checked_sub(1) {
        let wide = width(before);
        if used + wide > room {
            break;
        }
        (start, used) = (before, used + wide);
    }
    while end < count {
        let wide = width(end);
        if used + wide > room {
            break;
        }
        (end, used) = (end + 1, used + wide);
    }
    start..end
}

fn tab_button<'a>(
    look: &Look,
    name: String,
    number: usize,
    front: bool,
    focused: bool,
) -> Element<'a, Message> {
    let (metrics, palette) = (look.metrics, look.palette);
    let (face, ink) = if front {
        (font::STRONG, palette.text)
    } else {
        (font::MEDIUM, palette.muted)
    };
    let ink = if focused { palette.on_accent } else { ink };
    let width = Length::Fixed(metrics.px(tab_width(look, &name) - 2.0 * slot()));
    let name = widget::label(look, Role::Body, face, ink, name).wrapping(Wrapping::None);
    let underline = if front && !focused {
        palette.accent
    } else {
        Color::TRANSPARENT
    };
    let (radius, thin) = (metrics.px(16.0), metrics.px(3.0));
    let fill = if focused {
        palette.accent
    } else {
        Color::TRANSPARENT
    };
    let line = container(Space::new())
        .width(Length::Fill)
        .height(Length::Fixed(metrics.px(UNDERLINE)))
        .style(move |_| container::Style {
            background: Some(Background::Color(underline)),
            border: Border {
                radius: thin.into(),
                ..Border::default()
            },
            ..container::Style::default()
        });
    let line = container(line).padding([0.0, metrics.px(TAB_PADDING)]);
    // As much above the name as below: it stands on one line with what is beside the tabs.
    let above = Space::new().height(Length::Fixed(metrics.px(UNDERLINE)));
    let inner = column![above, container(name).center_y(Length::Fill), line]
        .width(Length::Fill)
        .align_x(Horizontal::Center);
    let inner = container(inner)
        .width(width)
        .height(Length::Fixed(metrics.px(metrics.target())))
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: Border {
                radius: radius.into(),
                ..Border::default()
            },
            ..container::Style::default()
        });
    mouse_area(widget::ring(look, focused, 16.0, inner))
        .on_press(Message::TabChosen(number))
        .into()
}

/// The disc beside a name.
fn disc(look: &Look) -> f32 {
    look.metrics.target() - 2.0 * DISC_SIDE
}

/// Whose account it is, as there is room for it beside the tab in front; nothing where that
/// would be a letter or two.
fn account_name(state: &State, look: &Look) -> String {
    const LEAST: f32 = 3.0;
    let front = state.tabs.get(state.active);
    let front = front.map_or(0.0, |tab| tab_width(look, &tab_name(look, tab)));
    let left = room(look) - front - beside_tabs() - around_account(look);
    let ems = left / look.metrics.text_base(Role::Small);
    if ems < LEAST {
        return String::new();
    }
    font::fit(state.who.label(), ems.min(ACCOUNT_NAME), 1)
}

/// What the account takes beside its name.
fn around_account(look: &Look) -> f32 {
    disc(look) + Gap::Tight.base() + DISC_SIDE + PILL_SIDE + 2.0 * slot()
}

fn account_width(state: &State, look: &Look) -> f32 {
    around_account(look) + legend::small(look, &account_name(state, look))
}

fn account_button<'a>(state: &State, look: &Look) -> Element<'a, Message> {
    let focused = state.focus_of(FocusArea::Account);
    let name = account_name(state, look);
    let disc = cards::initial(look, state.who.label(), disc(look));
    pill(look, Some(disc), name, focused, Message::AccountChosen)
}

fn pill_sides() -> f32 {
    2.0 * (PILL_SIDE + slot())
}

/// A button of the header.
fn pill<'a>(
    look: &Look,
    disc: Option<Element<'a, Message>>,
    name: String,
    focused: bool,
    message: Message,
) -> Element<'a, Message> {
    let (metrics, palette) = (look.metrics, look.palette);
    let inset = if focused { 0.0 } else { PILL_INSET };
    let (fill, ink, face) = if focused {
        (palette.accent, palette.on_accent, font::STRONG)
    } else {
        (palette.surface, palette.text, font::MEDIUM)
    };
    let left = if disc.is_some() { DISC_SIDE } else { PILL_SIDE };
    let right = if name.is_empty() { left } else { PILL_SIDE };
    // As wide as its heaviest face: what stands beside it stays where it is.
    let width = Length::Fixed(metrics.px(legend::small(look, &name) + 1.0));
    let name = widget::label(look, Role::Small, face, ink, name).wrapping(Wrapping::None);
    let name = (right > left || disc.is_none()).then(|| container(name).center_x(width));
    let tall = metrics.target() - 2.0 * inset;
    let (edge, thin, radius) = (palette.edge, metrics.px(2.0), metrics.px(tall / 2.0));
    let inner = container(
        row![disc, name]
            .spacing(metrics.gap(Gap::Tight))
            .align_y(Vertical::Center),
    )
    .padding(Padding {
        left: metrics.px(left - inset),
        right: metrics.px(right - inset),
        ..Padding::ZERO
    })
    .center_y(Length::Fixed(metrics.px(tall)))
    .style(move |_| container::Style {
        background: Some(Background::Color(fill)),
        border: Border {
            color: edge,
            width: thin,
            radius: radius.into(),
        },
        ..container::Style::default()
    });
    let ringed = container(widget::ring(look, focused, tall / 2.0, inner));
    mouse_area(ringed.padding(metrics.px(inset)))
        .on_press(message)
        .into()
}

fn as_whom(state: &State, look: &Look) -> String {
    match state.source.stay() {
        Stay::Guest => look.say("signed-in-as-guest"),
        Stay::Shared | Stay::Alone => look.say("signed-in-as"),
    }
}

fn greeting_width(state: &State, look: &Look) -> f32 {
    let name = font::width(state.who.label()) * look.metrics.text_base(Role::Body);
    let said = legend::small(look, &as_whom(state, look)).max(name);
    let button = legend::small(look, &look.say("signed-in-not-you")) + pill_sides();
    look.metrics.target() + Gap::Small.base() + said + Gap::Small.base() + button
}

/// Who has just signed in, beside the tabs.
fn greeting<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    const TIGHT: LineHeight = LineHeight::Relative(1.15);
    let metrics = look.metrics;
    let name = widget::label(
        look,
        Role::Body,
        font::STRONG,
        look.palette.accent,
        state.who.label(),
    );
    let said = column![
        widget::small(look, as_whom(state, look))
            .line_height(TIGHT)
            .wrapping(Wrapping::None),
        name.line_height(TIGHT).wrapping(Wrapping::None),
    ];
    let button = pill(
        look,
        None,
        look.say("signed-in-not-you"),
        state.focus_of(FocusArea::Greeting),
        Message::GreetingChosen,
    );
    row![
        cards::initial(look, state.who.label(), metrics.target()),
        said,
        button
    ]
    .spacing(metrics.gap(Gap::Small))
    .align_y(Vertical::Center)
    .into()
}

/// The same on a line of its own.
pub(super) fn greeting_line<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let not_you = look.say("signed-in-not-you");
    let beside = widget::press_width(look, &not_you) + 2.0 * (slot() + GROWTH) + Gap::Small.base();
    let room = (look.metrics.room().width - beside) / look.metrics.text_base(Role::Body);
    let name = font::fit(state.who.label(), room, 1);
    // The name is what tells; where it leaves no room for more, it stands alone.
    let between = Gap::Tight.base() / look.metrics.text_base(Role::Body);
    let whom = as_whom(state, look);
    let fits = font::width(&whom) + between + font::width(&name) <= room;
    let said = row![
        fits.then(|| widget::body(look, whom).wrapping(Wrapping::None)),
        widget::label(look, Role::Body, font::STRONG, look.palette.accent, name)
            .wrapping(Wrapping::None),
    ]
    .spacing(look.metrics.gap(Gap::Tight));
    let focused = state.focus_of(FocusArea::Greeting);
    let button = widget::press(
        look,
        not_you,
        Weight::Secondary,
        focused,
        Message::GreetingChosen,
    );
    container(row![container(said).width(Length::Fill), button].align_y(Vertical::Center))
        .height(Length::Fixed(look.metrics.px(grid::greeting(look))))
        .align_y(Vertical::Center)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_that_do_not_fit_are_left_out_but_never_the_one_in_front() {
        let same = |_| 100.0;
        for active in 0..9 {
            let shown = window(9, same, active, 350.0);
            assert!(shown.contains(&active), "{active} in {shown:?}");
            assert_eq!(shown.len(), 3);
        }
        assert_eq!(window(9, same, 0, 5000.0), 0..9);
        assert_eq!(window(0, same, 0, 500.0), 0..0);
        assert_eq!(window(1, |_| 900.0, 0, 500.0), 0..1);
    }

    #[test]
    fn of_very_many_tabs_only_those_that_are_seen_are_measured() {
        let measured = std::cell::Cell::new(0);
        let width = |_| {
            measured.set(measured.get() + 1);
            100.0
        };
        assert_eq!(window(100_000, width, 50_000, 1500.0).len(), 15);
        assert!(measured.get() <= 17, "{}", measured.get());
    }
}
