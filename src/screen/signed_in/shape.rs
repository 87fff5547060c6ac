//! How many items fit on the screen, and how large they are.

use iced::Size;

use crate::config::Layout;
use crate::ui::Look;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::slot;

/// A grid on the canvas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Items in a row.
    pub columns: usize,
    /// Rows on the screen.
    pub rows: usize,
    /// One item, the room for its ring included.
    pub cell: Size,
    /// One item's picture, where it has one.
    pub picture: Option<Size>,
    /// All of it.
    pub area: Size,
}

/// The least height of a card's picture.
const LEAST_PICTURE: f32 = 130.0;
/// How much smaller than its cell a card without the focus is, on each side.
pub const CARD_INSET: f32 = 6.0;
/// The inner edge of a card's text.
pub const CARD_PADDING: f32 = 16.0;

impl Shape {
    /// The grid for an arrangement with that many notices above it and the titles of
    /// cards on up to `title_lines` lines.
    #[must_use]
    pub fn new(look: &Look, arrangement: Layout, notices: usize, title_lines: usize) -> Self {
        let area = area(look, notices);
        match arrangement {
            Layout::Auto | Layout::Cards => cards(look, area, title_lines),
            Layout::Image => image(look, area),
            Layout::List | Layout::Details | Layout::Text => rows(look, area, 0.0),
            Layout::Table => rows(
                look,
                area,
                look.metrics.line(Role::Small) + Gap::Tight.base(),
            ),
        }
    }

    /// How wide running text is.
    #[must_use]
    pub fn text_room(look: &Look) -> f32 {
        look.metrics.room().width - 2.0 * Gap::Large.base() - Gap::Medium.base() - 10.0
    }
}

/// The header's height: the tabs and what surrounds them.
#[must_use]
pub fn header(look: &Look) -> f32 {
    look.metrics.target() + 2.0 * slot()
}

/// The height of a notice between the header and the content.
#[must_use]
pub fn notice(look: &Look) -> f32 {
    look.metrics.target() + 2.0 * slot() + 10.0
}

/// The legend's height.
#[must_use]
pub fn legend(look: &Look) -> f32 {
    look.metrics.line(Role::Small) + 6.0
}

fn area(look: &Look, notices: usize) -> Size {
    let room = look.metrics.room();
    let taken = header(look)
        + notices as f32 * (notice(look) + Gap::Tight.base())
        + legend(look)
        + Gap::Small.base() * 2.0;
    Size::new(room.width, (room.height - taken).max(200.0))
}

fn cards(look: &Look, area: Size, title_lines: usize) -> Shape {
    let words = look.metrics.line(Role::Card) * title_lines as f32
        + look.metrics.line(Role::Small)
        + 2.0 * CARD_PADDING;
    let (columns, width) = card_columns(look, area.width);
    let gutter = card_gutter();
    let rest = |rows: usize| {
        (area.height - gutter * (rows - 1) as f32) / rows as f32 - words - 2.0 * slot()
    };
    let rows = if rest(2) >= LEAST_PICTURE { 2 } else { 1 };
    let tall = rest(rows).clamp(60.0, (width - 2.0 * slot()) * 1.1);
    let picture = Size::new(width - 2.0 * slot(), tall);
    Shape {
        columns,
        rows,
        cell: Size::new(width, tall + words + 2.0 * slot()),
        picture: Some(picture),
        area,
    }
}

/// Cards in a row, and how wide each is.
fn card_columns(look: &Look, room: f32) -> (usize, f32) {
    let columns = ((5.0 / look.metrics.text_scale()) as usize).clamp(2, 5);
    let width = (room - card_gutter() * (columns - 1) as f32) / columns as f32;
    (columns, width)
}

const fn card_gutter() -> f32 {
    Gap::Gutter.base() - 2.0 * slot()
}

/// The room of a card's title, in ems.
#[must_use]
pub fn card_title(look: &Look) -> f32 {
    let (_, width) = card_columns(look, look.metrics.room().width);
    (width - 2.0 * (slot() + CARD_INSET + CARD_PADDING)) / look.metrics.text_base(Role::Card)
}

fn image(look: &Look, area: Size) -> Shape {
    let words = look.metrics.line(Role::Card) + 2.0 * CARD_PADDING;
    let picture = Size::new(
        area.width - 2.0 * slot(),
        (area.height - words - 2.0 * slot()).max(60.0),
    );
    Shape {
        columns: 1,
        rows: 1,
        cell: area,
        picture: Some(picture),
        area,
    }
}

fn rows(look: &Look, area: Size, head: f32) -> Shape {
    let height = look.metrics.target() + 2.0 * slot();
    let rows = (((area.height - head) / height) as usize).max(1);
    // What is left over is spread among the rows.
    let left = (area.height - head - height * rows as f32) / rows as f32;
    let height = height + left.clamp(0.0, 16.0);
    Shape {
        columns: 1,
        rows,
        cell: Size::new(area.width, height),
        picture: None,
        area,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Display;
    use crate::config::types::TextScale;

    fn look(text: f32) -> Look {
        let display = Display {
            text_scale: TextScale::new(text).unwrap(),
            ..Display::default()
        };
        Look::new(Size::new(1920.0, 1080.0), 1.0, &display)
    }

    #[test]
    fn a_grid_never_leaves_its_area_at_any_text_scale() {
        for tenths in 10..=25u8 {
            let look = look(f32::from(tenths) / 10.0);
            for arrangement in [Layout::Cards, Layout::List, Layout::Table, Layout::Image] {
                for notices in 0..=1 {
                    let shape = Shape::new(&look, arrangement, notices, 1);
                    let height = shape.cell.height * shape.rows as f32;
                    assert!(
                        height <= shape.area.height + 1.0,
                        "{arrangement:?} at {tenths}: {height} {:?}",
                        shape.area
                    );
                    let width = shape.cell.width * shape.columns as f32;
                    assert!(
                        width <= shape.area.width + 1.0,
                        "{arrangement:?} at {tenths}"
                    );
                }
            }
        }
    }

    #[test]
    fn there_are_at_most_five_cards_in_a_row() {
        for scale in [1.0, 1.5, 2.5] {
            assert!(Shape::new(&look(scale), Layout::Cards, 0, 2).columns <= 5);
        }
        assert_eq!(Shape::new(&look(2.5), Layout::Cards, 0, 2).columns, 2);
    }
}
