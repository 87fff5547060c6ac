//! The legend on one line: entries that find no room are left out, the last first.

use crate::ui::metrics::{Gap, Role};
use crate::ui::{Look, font};

/// A key and what it does.
pub type Entry = (String, String);

/// The first of `keys` that fit into `room` pixels of the canvas; the one that is cut
/// where even the first is too long.
#[must_use]
pub fn fitting(look: &Look, keys: Vec<Entry>, room: f32) -> Vec<Entry> {
    let mut used = 0.0;
    let mut shown: Vec<Entry> = Vec::new();
    for (key, what) in keys {
        let gap = if shown.is_empty() {
            0.0
        } else {
            Gap::Gutter.base()
        };
        let wide = gap + width(look, &key, &what);
        if used + wide > room && !shown.is_empty() {
            break;
        }
        let spare = (room - used - gap - width(look, &key, "")).max(0.0);
        used += wide;
        let what = font::fit(&what, spare / look.metrics.text_base(Role::Small), 1);
        shown.push((key, what));
    }
    shown
}

/// How wide all of `keys` are, on the canvas.
#[must_use]
pub fn all(look: &Look, keys: &[Entry]) -> f32 {
    let gaps = Gap::Gutter.base() * keys.len().saturating_sub(1) as f32;
    keys.iter()
        .map(|(key, what)| width(look, key, what))
        .sum::<f32>()
        + gaps
}

/// How wide a small text is, on the canvas.
#[must_use]
pub fn small(look: &Look, text: &str) -> f32 {
    font::width(text) * look.metrics.text_base(Role::Small)
}

fn width(look: &Look, key: &str, what: &str) -> f32 {
    /// The cap's sides, its edge and the gap to what the key does.
    const AROUND: f32 = 2.0 * 14.0 + 4.0 + 14.0;
    small(look, key) + small(look, what) + AROUND
}

#[cfg(test)]
mod tests {
    use iced::Size;

    use super::*;
    use crate::config::Display;

    fn keys() -> Vec<Entry> {
        [("OK", "Open"), ("Back", "Channels"), ("R", "Refresh")]
            .map(|(key, what)| (key.to_owned(), what.to_owned()))
            .to_vec()
    }

    #[test]
    fn entries_that_find_no_room_are_left_out_from_the_end_and_the_first_is_cut() {
        let look = Look::new(Size::new(1920.0, 1080.0), 1.0, &Display::default());
        let most = all(&look, &keys());

        assert_eq!(fitting(&look, keys(), most + 0.5), keys());
        assert_eq!(fitting(&look, keys(), most - 1.0), keys()[..2]);
        let narrow = fitting(&look, keys(), 130.0);
        assert_eq!(narrow.len(), 1);
        assert!(all(&look, &narrow) <= 130.0, "{narrow:?}");
    }
}
