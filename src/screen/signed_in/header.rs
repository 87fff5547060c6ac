//! The tabs, the account, and who has just signed in.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::{Row, Space, column, container, mouse_area, row, text};
use iced::{Background, Border, Color, Element, Length};

use super::source::Stay;
use super::{Message, Place, State, cards, shape};
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, Weight, slot};
use crate::ui::{Look, font};

/// How long a name beside the tabs may be, in ems.
const ACCOUNT_NAME: f32 = 10.0;
const TAB_PADDING: f32 = 26.0;
pub(super) fn header<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let account = account_button(state, look);
    let taken = account_width(state, look) + Gap::Gutter.base() * 2.0;
    let widths: Vec<f32> = state
        .tabs
        .iter()
        .map(|tab| tab_width(look, &tab.channel.name))
        .collect();
    let shown = window(&widths, state.active, look.metrics.room().width - taken);
    let more = |there: bool, arrow: &'static str| {
        there.then(|| widget::small(look, arrow).font(font::STRONG))
    };
    let tabs = state.tabs[shown.clone()]
        .iter()
        .zip(shown.clone())
        .map(|(tab, number)| {
            let front = number == state.active;
            tab_button(
                look,
                &tab.channel.name,
                number,
                front,
                front && state.focus_of(Place::Tabs),
            )
        });
    row![
        more(shown.start > 0, look.arrows()[0]),
        Row::with_children(tabs).align_y(Vertical::Center),
        more(shown.end < state.tabs.len(), look.arrows()[1]),
        Space::new().width(Length::Fill),
        account,
    ]
    .height(Length::Fixed(look.metrics.px(shape::header(look))))
    .align_y(Vertical::Center)
    .into()
}

fn tab_width(look: &Look, name: &str) -> f32 {
    font::width(name) * look.metrics.text_base(Role::Body) + 2.0 * (TAB_PADDING + slot()) + 2.0
}

/// The tabs that fit into `room`, the one in front among them.
fn window(widths: &[f32], active: usize, room: f32) -> std::ops::Range<usize> {
    let mut end = (active + 1).min(widths.len());
    let mut start = end.saturating_sub(1);
    let mut used: f32 = widths[start..end].iter().sum();
    while start > 0 && used + widths[start - 1] <= room {
        start -= 1;
        used += widths[start];
    }
    while end < widths.len() && used + widths[end] <= room {
        used += widths[end];
        end += 1;
    }
    start..end
}

fn tab_button<'a>(
    look: &Look,
    name: &'a str,
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
    let width = Length::Fixed(metrics.px(tab_width(look, name) - 2.0 * slot()));
    let name = widget::label(look, Role::Body, face, ink, name).wrapping(text::Wrapping::None);
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
        .height(Length::Fixed(metrics.px(6.0)))
        .style(move |_| container::Style {
            background: Some(Background::Color(underline)),
            border: Border {
                radius: thin.into(),
                ..Border::default()
            },
            ..container::Style::default()
        });
    let line = container(line).padding([0.0, metrics.px(TAB_PADDING)]);
    let inner = column![container(name).center_y(Length::Fill), line]
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

fn account_width(state: &State, look: &Look) -> f32 {
    let name = font::fit(state.who.label(), ACCOUNT_NAME, 1);
    font::width(&name) * look.metrics.text_base(Role::Small) + 56.0 + 60.0 + 2.0 * slot()
}

fn account_button<'a>(state: &State, look: &Look) -> Element<'a, Message> {
    let (metrics, palette) = (look.metrics, look.palette);
    let focused = state.focus_of(Place::Account);
    let name = font::fit(state.who.label(), ACCOUNT_NAME, 1);
    let (fill, ink) = if focused {
        (palette.accent, palette.on_accent)
    } else {
        (palette.surface, palette.text)
    };
    let face = if focused { font::STRONG } else { font::MEDIUM };
    let initial = cards::initial(look, state.who.label(), 52.0);
    let name = widget::label(look, Role::Small, face, ink, name).wrapping(text::Wrapping::None);
    let radius = metrics.px(metrics.target() / 2.0);
    let (edge, thin) = (palette.edge, metrics.px(2.0));
    let inner = container(
        row![initial, name]
            .spacing(metrics.gap(Gap::Tight))
            .align_y(Vertical::Center),
    )
    .padding(iced::Padding {
        left: metrics.px(12.0),
        right: metrics.px(28.0),
        ..iced::Padding::ZERO
    })
    .center_y(Length::Fixed(metrics.px(metrics.target())))
    .style(move |_| container::Style {
        background: Some(Background::Color(fill)),
        border: Border {
            color: edge,
            width: thin,
            radius: radius.into(),
        },
        ..container::Style::default()
    });
    let radius = metrics.target() / 2.0;
    mouse_area(widget::ring(look, focused, radius, inner))
        .on_press(Message::AccountChosen)
        .into()
}

pub(super) fn greeting<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let as_whom = match state.source.stay() {
        Stay::Guest => look.say("signed-in-as-guest"),
        Stay::Shared | Stay::Alone => look.say("signed-in-as"),
    };
    let said = row![
        widget::body(look, as_whom),
        widget::label(
            look,
            Role::Body,
            font::STRONG,
            look.palette.accent,
            state.who.label()
        ),
    ]
    .spacing(look.metrics.gap(Gap::Tight))
    .wrap();
    let focused = state.focus_of(Place::Greeting);
    let button = widget::press(
        look,
        look.say("signed-in-not-you"),
        Weight::Secondary,
        focused,
        Message::GreetingChosen,
    );
    container(row![container(said).width(Length::Fill), button].align_y(Vertical::Center))
        .height(Length::Fixed(look.metrics.px(shape::notice(look))))
        .align_y(Vertical::Center)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_that_do_not_fit_are_left_out_but_never_the_one_in_front() {
        let widths = [100.0; 9];
        for active in 0..9 {
            let shown = window(&widths, active, 350.0);
            assert!(shown.contains(&active), "{active} in {shown:?}");
            assert_eq!(shown.len(), 3);
        }
        assert_eq!(window(&widths, 0, 5000.0), 0..9);
        assert_eq!(window(&[], 0, 500.0), 0..0);
        assert_eq!(window(&[900.0], 0, 500.0), 0..1);
    }
}
