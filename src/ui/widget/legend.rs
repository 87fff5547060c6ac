//! Which keys work on a screen.

use iced::alignment::Vertical;
use iced::widget::text::Wrapping;
use iced::widget::{Row, container, row};
use iced::{Border, Color};

use super::{label, small};
use crate::ui::metrics::{Gap, Role};
use crate::ui::{Element, Look, font};

/// What a key does here.
type Hint = (String, String);

/// The keys that work here, on one line: where they are too many for it, those in the
/// middle go first, and Back last.
pub fn legend<'a, Message: 'a>(
    look: &Look,
    keys: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
) -> Element<'a, Message> {
    legend_in(look, look.metrics.room().width, keys)
}

/// The same on a line of `room` pixels of the canvas.
pub fn legend_in<'a, Message: 'a>(
    look: &Look,
    room: f32,
    keys: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
) -> Element<'a, Message> {
    const SIDE: f32 = 14.0;
    let metrics = look.metrics;
    let shown = |color: Color| color.scale_alpha(look.hints);
    let edge = shown(look.palette.edge);
    let (width, radius) = (metrics.px(2.0), metrics.px(10.0));
    let keys = keys
        .into_iter()
        .map(|(key, what)| (key.into(), what.into()));
    let wide = |(key, what): &Hint| {
        let letters = font::width(key) + font::width(what);
        letters * metrics.text_base(Role::Small) + 3.0 * SIDE
    };
    let hints = fitting(keys.collect(), room, wide)
        .into_iter()
        .map(|(key, what)| {
            let cap = label(
                look,
                Role::Small,
                font::MEDIUM,
                shown(look.palette.text),
                key,
            )
            .wrapping(Wrapping::None);
            let cap = container(cap)
                .padding([metrics.px(1.0), metrics.px(SIDE)])
                .style(move |_| container::Style {
                    border: Border {
                        color: edge,
                        width,
                        radius: radius.into(),
                    },
                    ..container::Style::default()
                });
            row![
                cap,
                small(look, what)
                    .color(shown(look.palette.muted))
                    .wrapping(Wrapping::None)
            ]
            .spacing(metrics.px(SIDE))
            .align_y(Vertical::Center)
            .into()
        });
    Row::with_children(hints)
        .spacing(metrics.gap(Gap::Gutter))
        .align_y(Vertical::Center)
        .into()
}

/// As many hints as `room` holds: the first and the last say how to go on and back.
fn fitting(mut hints: Vec<Hint>, room: f32, wide: impl Fn(&Hint) -> f32) -> Vec<Hint> {
    let all = |hints: &[Hint]| {
        hints.iter().map(&wide).sum::<f32>()
            + Gap::Gutter.base() * hints.len().saturating_sub(1) as f32
    };
    while !hints.is_empty() && all(&hints) > room {
        let at = if hints.len() == 2 { 0 } else { hints.len() / 2 };
        let _ = hints.remove(at);
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints(of: &[&str]) -> Vec<Hint> {
        let hint = |key: &&str| ((*key).to_owned(), String::new());
        of.iter().map(hint).collect()
    }

    #[test]
    fn hints_that_do_not_fit_go_from_the_middle() {
        let fit = |room| fitting(hints(&["OK", "Move", "Back"]), room, |_| 100.0);
        assert_eq!(fit(400.0), hints(&["OK", "Move", "Back"]));
        assert_eq!(fit(300.0), hints(&["OK", "Back"]));
        assert_eq!(fit(120.0), hints(&["Back"]));
    }
}
