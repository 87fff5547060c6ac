//! What is copied letter by letter: the address and the code.

use iced::widget::text::{LineHeight, Wrapping};
use iced::widget::{Row, container, text};

use crate::ui::metrics::Gap;
use crate::ui::stage::as_written;
use crate::ui::{Element, Look, font, widget};

/// The address on one line, as large as fits; 40 characters always do.
pub(super) fn address<'a, Message: 'a>(
    look: &Look,
    uri: &'a str,
    width: f32,
) -> Element<'a, Message> {
    const LARGEST: f32 = 58.0;
    const LEAST: f32 = 30.0;
    let fitting = width / font::width(uri).max(1.0);
    let size = fitting.min(LARGEST * look.metrics.text_scale()).max(LEAST);
    let wrapping = if fitting < LEAST {
        Wrapping::Glyph
    } else {
        Wrapping::None
    };
    text(uri)
        .size(look.metrics.px(size))
        .font(font::STRONG)
        .color(look.palette.accent)
        .line_height(LineHeight::Relative(1.2))
        .wrapping(wrapping)
        .into()
}

/// The code, `framed` on a surface of its own.
pub fn code_card<'a, Message: 'a>(
    look: &Look,
    letters: &'a str,
    width: f32,
    largest: f32,
    framed: bool,
) -> Element<'a, Message> {
    const SIDE: f32 = 20.0;
    if !framed {
        return code(look, letters, width, largest);
    }
    let letters = container(code(look, letters, width - 2.0 * SIDE, largest))
        .padding([look.metrics.gap(Gap::Hair), look.metrics.px(SIDE)]);
    widget::card(look, 0.0, letters).into()
}

/// The code to the letter, as large as fits on one line. A long one is set in groups,
/// by space alone.
fn code<'a, Message: 'a>(
    look: &Look,
    code: &'a str,
    width: f32,
    largest: f32,
) -> Element<'a, Message> {
    let groups = groups(code);
    let fitting = fitting(code, groups.len(), width);
    let size = look.metrics.px(fitting.clamp(LEAST_CODE, largest));
    let color = look.palette.text;
    let letters = |letters: &'a str, wrapping| {
        text(letters)
            .size(size)
            .font(font::CODE)
            .color(color)
            .line_height(LineHeight::Relative(1.15))
            .wrapping(wrapping)
    };
    if fitting < LEAST_CODE {
        return letters(code, Wrapping::Glyph).into();
    }
    let groups = groups
        .into_iter()
        .map(|group| letters(group, Wrapping::None).into());
    as_written(look, Row::with_children(groups).spacing(size * BETWEEN))
}

/// Below this size a code takes several lines.
const LEAST_CODE: f32 = 40.0;
/// The gap between two groups, in ems.
const BETWEEN: f32 = 0.25;

/// The size at which a code of so many groups fills the width.
fn fitting(code: &str, groups: usize, width: f32) -> f32 {
    let gaps = BETWEEN * groups.saturating_sub(1) as f32;
    width / (font::CODE_ADVANCE * code.chars().count().max(1) as f32 + gaps)
}

/// Whether a code is drawn with a gap that isn't part of it.
pub(super) fn has_gap(code: &str, width: f32) -> bool {
    let groups = groups(code).len();
    groups > 1 && fitting(code, groups, width) >= LEAST_CODE
}

/// A code in parts that are read at a glance; as it is where the provider has done so.
fn groups(code: &str) -> Vec<&str> {
    const SHORT: usize = 6;
    let count = code.chars().count();
    if count <= SHORT || !code.chars().all(char::is_alphanumeric) {
        return vec![code];
    }
    // No letter is left over alone: 9 are three times three.
    let size = if !count.is_multiple_of(4) && count.is_multiple_of(3) && count < 12 {
        3
    } else {
        4
    };
    let mut rest = code;
    let mut groups = Vec::new();
    while let Some((at, _)) = rest.char_indices().nth(size) {
        let (group, after) = rest.split_at(at);
        groups.push(group);
        rest = after;
    }
    groups.push(rest);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_code_is_spelled_in_groups_and_no_letter_changes() {
        assert_eq!(groups("WDJB-MJHT"), ["WDJB-MJHT"]);
        assert_eq!(groups("482913"), ["482913"]);
        assert_eq!(groups("WDJBMJHT"), ["WDJB", "MJHT"]);
        assert_eq!(groups("123456789"), ["123", "456", "789"]);
        for count in 7..20 {
            let code = &"kQ7wZ0oO1Il5S8B2z6G"[..count];
            assert_eq!(groups(code).concat(), code);
        }
    }
}
