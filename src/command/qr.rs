//! A QR drawn in text: two rows of modules in a line, a quiet zone of 4.

use qrcode::{Color, EcLevel, QrCode};

const QUIET: usize = 4;
/// Black on white whatever the terminal's own colours are: of the 256 colours these
/// two belong to no theme.
const BLACK_ON_WHITE: &str = "\x1b[38;5;16;48;5;231m";
const AS_BEFORE: &str = "\x1b[0m";

/// How dark modules are told from light ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A terminal with colours: dark modules are ink on a white ground.
    Colours,
    /// Text alone: light modules are the ink, as most terminals are dark.
    Plain,
}

/// The picture's lines; none where `text` is too long for a QR.
pub(super) fn lines(text: &str, style: Style) -> Option<Vec<String>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let is_dark = |x: usize, y: usize| {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < width);
        inside(x)
            .zip(inside(y))
            .is_some_and(|(x, y)| colors[y * width + x] == Color::Dark)
    };
    let side = width + 2 * QUIET;
    let line = |y: usize| -> String {
        let modules = (0..side).map(|x| block(style, is_dark(x, y), is_dark(x, y + 1)));
        match style {
            Style::Colours => format!("{BLACK_ON_WHITE}{}{AS_BEFORE}", modules.collect::<String>()),
            Style::Plain => modules.collect(),
        }
    };
    Some((0..side).step_by(2).map(line).collect())
}

fn block(style: Style, upper_dark: bool, lower_dark: bool) -> char {
    let (upper, lower) = match style {
        Style::Colours => (upper_dark, lower_dark),
        Style::Plain => (!upper_dark, !lower_dark),
    };
    match (upper, lower) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the drawing back: true is dark.
    fn modules(lines: &[String], style: Style) -> Vec<Vec<bool>> {
        let ink = |upper: bool| {
            move |c: char| {
                matches!((c, upper), ('█', _) | ('▀', true) | ('▄', false))
                    == (style == Style::Colours)
            }
        };
        let bare = |line: &String| line.replace(BLACK_ON_WHITE, "").replace(AS_BEFORE, "");
        lines
            .iter()
            .flat_map(|line| {
                [true, false].map(|upper| bare(line).chars().map(ink(upper)).collect())
            })
            .collect()
    }

    #[test]
    fn both_styles_draw_the_code_with_a_quiet_zone_of_four() {
        let text = "https://acme.eu.auth0.com/activate?user_code=QTZL-MCBW";
        let code = QrCode::with_error_correction_level(text, EcLevel::L).unwrap();
        let width = code.width();

        for style in [Style::Colours, Style::Plain] {
            let drawn = modules(&lines(text, style).unwrap(), style);
            assert_eq!(drawn[0].len(), width + 8);
            for (y, row) in drawn.iter().enumerate().take(width + 8) {
                for (x, dark) in row.iter().enumerate() {
                    let inside = (4..width + 4).contains(&x) && (4..width + 4).contains(&y);
                    let wanted =
                        inside && code[(x.wrapping_sub(4), y.wrapping_sub(4))] == Color::Dark;
                    assert_eq!(*dark, wanted, "{style:?} {x} {y}");
                }
            }
        }
    }

    #[test]
    fn an_address_too_long_for_a_qr_gives_none() {
        assert_eq!(lines(&"x".repeat(5000), Style::Plain), None);
    }
}
