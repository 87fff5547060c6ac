//! Emoji on a machine that has no font for them: one box each, however many characters make
//! one together.

use std::borrow::Cow;
use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation as _;

use super::has_family;

/// What stands for an emoji that can't be drawn.
const BOX: &str = "□";

/// The same text with a box for each emoji, where there is no font for them.
#[must_use]
pub fn drawable(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(begins_emoji) || has_emoji() {
        return text;
    }
    Cow::Owned(with_boxes(&text))
}

/// Whether this machine has a font for emoji.
#[must_use]
pub fn has_emoji() -> bool {
    static HAS: OnceLock<bool> = OnceLock::new();
    // By its name: other fonts hold a few emoji, and none of those that are made of several.
    *HAS.get_or_init(|| has_family(|name| name.contains("moji") || name == "JoyPixels"))
}

fn with_boxes(text: &str) -> String {
    let drawn = |cluster| {
        if str::chars(cluster).any(begins_emoji) {
            BOX
        } else {
            cluster
        }
    };
    text.graphemes(true).map(drawn).collect()
}

/// Pictures, flags and what makes an emoji of another character.
const fn begins_emoji(character: char) -> bool {
    matches!(
        character,
        '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{20e3}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_one_emoji_is_one_box() {
        for (text, shown) in [
            ("a 😀 b", "a □ b"),
            ("👨‍👩‍👧‍👦!", "□!"),
            ("👍🏽🇩🇪", "□□"),
            ("❤️ 1️⃣", "□ □"),
            ("✓ ★ ä 日本", "✓ ★ ä 日本"),
        ] {
            assert_eq!(with_boxes(text), shown);
        }
    }
}
