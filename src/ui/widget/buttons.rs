//! Buttons beside each other, always on one line: the arrows that lead from one to the
//! next are ← and →, whatever the captions' length.

use std::borrow::Cow;

use iced::Size;
use iced::widget::Row;

use super::{GROWTH, Weight, press_in, press_width, slot};
use crate::ui::metrics::Role;
use crate::ui::{Element, Look, font};

/// A button of a row.
#[derive(Debug, Clone)]
pub struct Button<'a, Message> {
    /// What it says.
    pub caption: Cow<'a, str>,
    /// How much it asks for attention.
    pub weight: Weight,
    /// Whether it has the focus.
    pub focused: bool,
    /// What it does.
    pub message: Message,
}

/// How large the buttons of a row are, on the canvas.
#[derive(Debug, Clone, PartialEq)]
pub struct Widths {
    each: Vec<f32>,
    lines: usize,
    natural: bool,
}

const GAP: f32 = 8.0;
/// What is left beside a caption where room is scarce.
const LEAST_SIDE: f32 = 14.0;
/// What a button takes beyond its own width.
const AROUND: f32 = 2.0 * (slot() + GROWTH);

impl Widths {
    /// As wide as each caption needs; where `room` pixels of the canvas are too few, the
    /// longest ones have several lines.
    #[must_use]
    pub fn new<'a>(
        look: &Look,
        captions: impl IntoIterator<Item = &'a str> + Clone,
        room: f32,
    ) -> Self {
        let natural = captions.clone().into_iter();
        let natural: Vec<f32> = natural.map(|caption| press_width(look, caption)).collect();
        let count = natural.len() as f32;
        let room = room - count * AROUND - (count - 1.0).max(0.0) * GAP;
        let em = look.metrics.text_base(Role::Body);
        let least = |(caption, natural): (&str, &f32)| {
            let words = caption.split_whitespace().map(font::width);
            let widest = words.fold(0.0, f32::max) * em + 2.0 * LEAST_SIDE;
            widest.ceil().min(*natural)
        };
        let each = if natural.iter().sum::<f32>() <= room {
            natural.clone()
        } else {
            let least = captions.clone().into_iter().zip(&natural).map(least);
            given(&natural, &least.collect::<Vec<_>>(), room)
        };
        let lines = captions
            .into_iter()
            .zip(&each)
            .map(|(caption, width)| font::wrap(caption, (width - 2.0 * LEAST_SIDE) / em).len());
        let natural = each == natural;
        let lines = if natural { 1 } else { lines.max().unwrap_or(1) };
        Self {
            each,
            lines,
            natural,
        }
    }

    /// Whether each button is as wide as its caption wants it.
    #[must_use]
    pub const fn is_natural(&self) -> bool {
        self.natural
    }

    /// What the row takes, on the canvas.
    #[must_use]
    pub fn size(&self, look: &Look) -> Size {
        let count = self.each.len() as f32;
        let width = self.each.iter().sum::<f32>() + count * AROUND + (count - 1.0).max(0.0) * GAP;
        Size::new(width, self.height(look) + AROUND)
    }

    fn height(&self, look: &Look) -> f32 {
        look.metrics.target() + (self.lines.max(1) - 1) as f32 * look.metrics.line(Role::Body)
    }
}

/// `wanted` where the sum is at most `room`; else no word is broken where that can be, and the
/// rest of the room is shared.
fn given(wanted: &[f32], least: &[f32], room: f32) -> Vec<f32> {
    let taken: f32 = least.iter().sum();
    if taken > room {
        return shared(wanted, room);
    }
    let more: Vec<f32> = wanted.iter().zip(least).map(|(all, it)| all - it).collect();
    let more = shared(&more, room - taken);
    least.iter().zip(more).map(|(it, more)| it + more).collect()
}

/// `wanted` where the sum is at most `room`, else the largest are made equally small.
fn shared(wanted: &[f32], room: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|one, other| wanted[*one].total_cmp(&wanted[*other]));
    let (mut given, mut left) = (wanted.to_vec(), room);
    for (done, at) in order.iter().enumerate() {
        let fair = left / (wanted.len() - done) as f32;
        given[*at] = wanted[*at].min(fair).max(0.0);
        left -= given[*at];
    }
    given
}

/// The row, of those widths.
pub fn buttons<'a, Message: Clone + 'a>(
    look: &Look,
    widths: &Widths,
    buttons: Vec<Button<'a, Message>>,
) -> Element<'a, Message> {
    let height = widths.height(look);
    let buttons = buttons
        .into_iter()
        .zip(&widths.each)
        .map(|(button, width)| {
            let Button {
                caption,
                weight,
                focused,
                message,
            } = button;
            press_in(
                look,
                Size::new(*width, height),
                caption,
                weight,
                focused,
                message,
            )
        });
    Row::with_children(buttons)
        .spacing(look.metrics.px(GAP))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Display;
    use crate::config::types::TextScale;

    fn look(scale: f32) -> Look {
        let display = Display {
            text_scale: TextScale::new(scale).unwrap(),
            ..Display::default()
        };
        Look::new(Size::new(1280.0, 720.0), 1.0, &display)
    }

    #[test]
    fn short_captions_keep_their_width_and_long_ones_share_the_rest() {
        assert_eq!(shared(&[100.0, 200.0], 300.0), [100.0, 200.0]);
        assert_eq!(shared(&[100.0, 900.0], 600.0), [100.0, 500.0]);
        assert_eq!(shared(&[700.0, 900.0, 50.0], 650.0), [300.0, 300.0, 50.0]);
    }

    #[test]
    fn no_word_is_broken_while_another_button_has_room_to_give() {
        let (wanted, least) = ([900.0, 500.0], [480.0, 200.0]);
        assert_eq!(given(&wanted, &least, 1400.0), wanted);
        assert_eq!(given(&wanted, &least, 700.0), [490.0, 210.0]);
        assert_eq!(given(&wanted, &least, 600.0), [300.0, 300.0]);
    }

    #[test]
    fn a_row_that_is_too_wide_gets_higher_instead_of_longer() {
        let captions = ["Neuen Code anfordern und warten", "Zum Anfang"];
        let room = look(2.5).metrics.room().width;
        let (small, large) = (
            Widths::new(&look(1.0), captions, room),
            Widths::new(&look(2.5), captions, room),
        );
        assert_eq!(small.lines, 1);
        assert!(large.lines > 1);
        assert!(large.size(&look(2.5)).width <= room + 0.1);
        assert!(large.size(&look(2.5)).height > look(2.5).metrics.target() * 1.5);
    }
}
