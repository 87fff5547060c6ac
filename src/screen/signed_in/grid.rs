//! How many items fit on the screen, and how large they are.

use iced::Size;

use crate::config::Layout;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{GROWTH, slot};
use crate::ui::{Look, bar};

/// A grid on the canvas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Items in a row.
    pub columns: usize,
    /// Rows on the screen.
    pub rows: usize,
    /// One item, the room for its ring included.
    pub cell: Size,
    /// One item's picture, where it has one, at the size it has without the focus.
    pub picture: Option<Size>,
    /// All of it.
    pub area: Size,
    /// How far it goes beyond the safe area on each side, so that what has no focus
    /// stands on the safe area's lines.
    pub outset: f32,
}

/// What takes room from the content, above or below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Above {
    /// Who has just signed in, where the header has no room for it.
    pub greeting: bool,
    /// Why these aren't the newest results, or not all.
    pub notice: bool,
}

/// What stands below the pictures of cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The lines of a title.
    pub titles: usize,
    /// The lines of what is smaller below it.
    pub seconds: usize,
}

/// The least height of a card's picture, and that by its width: a wider one would be cut
/// down to a strip.
const LEAST_PICTURE: f32 = 150.0;
const LEAST_PART: f32 = 0.42;
/// The greatest height of a card's picture by its width.
const HIGHEST_PART: f32 = 1.1;
/// The least room of a card's title, in ems.
const LEAST_TITLE: f32 = 7.7;
/// How much smaller than its cell a card without the focus is, on each side.
pub const CARD_INSET: f32 = 6.0;
/// The same for a row.
pub const ROW_INSET: f32 = 3.0;
/// The inner edge of a card's text, to the left and right.
pub const CARD_PADDING: f32 = 16.0;
/// The same above and below it.
pub const CARD_PADDING_Y: f32 = 12.0;
/// The edge around a card.
pub const CARD_EDGE: f32 = 2.0;
/// The lines of a card's words, by their sizes.
pub const CARD_LINE: f32 = 1.15;
/// What a tab has on each side of its name.
pub const TAB_PADDING: f32 = 22.0;

impl Words {
    /// Those of most cards.
    pub const USUAL: Self = Self {
        titles: 1,
        seconds: 1,
    };

    /// Their height, with what is free above and below them.
    #[must_use]
    pub fn height(self, look: &Look) -> f32 {
        let line = |role| look.metrics.text_base(role) * CARD_LINE;
        line(Role::Caption) * self.titles as f32
            + line(Role::Small) * self.seconds as f32
            + 2.0 * CARD_PADDING_Y
    }
}

impl Above {
    fn height(self, look: &Look) -> f32 {
        let part = |there: bool, height: f32| if there { height } else { 0.0 };
        part(self.greeting, greeting(look)) + part(self.notice, notice(look))
    }
}

impl Shape {
    /// The grid for an arrangement with that above it, and those words below its pictures.
    #[must_use]
    pub fn new(look: &Look, arrangement: Layout, above: Above, words: Words) -> Self {
        let outset = outset(arrangement).min(bleed(look));
        let area = area(look, above, outset);
        let shape = match arrangement {
            Layout::Auto | Layout::Cards => cards(look, area, above, words),
            Layout::Image => image(look, area),
            Layout::List | Layout::Details | Layout::Text => rows(look, area, 0.0),
            Layout::Table => rows(look, area, table_head(look)),
        };
        Self { outset, ..shape }
    }

    /// How high the room for running text is.
    #[must_use]
    pub fn text_height(&self) -> f32 {
        self.area.height - 2.0 * slot() - 2.0 * Gap::Medium.base()
    }

    /// The same for groups with rows of their own, each below its heading.
    #[must_use]
    pub fn on_shelves(self, look: &Look, above: Above, words: Words) -> Self {
        let below = |rows: usize| {
            let height = self.area.height - heading(look) * rows as f32;
            cards(look, Size::new(self.area.width, height), above, words)
        };
        let shape = below(self.rows);
        let shape = if shape.rows < self.rows {
            below(shape.rows)
        } else {
            shape
        };
        Self {
            rows: shape.rows.min(self.rows),
            area: self.area,
            outset: self.outset,
            ..shape
        }
    }

    /// How wide running text is.
    #[must_use]
    pub fn text_room(look: &Look) -> f32 {
        look.metrics.room().width - 2.0 * Gap::Large.base() - Gap::Medium.base() - bar::width(look)
    }
}

/// How far the screen's body goes beyond the safe area on each side: a tab's name starts
/// on its line, and what surrounds the name where it has the focus stands before it.
#[must_use]
pub fn bleed(look: &Look) -> f32 {
    (slot() + TAB_PADDING).min(look.metrics.margin())
}

const fn outset(arrangement: Layout) -> f32 {
    match arrangement {
        Layout::Auto | Layout::Cards | Layout::Image => slot() + CARD_INSET,
        Layout::List | Layout::Table => slot() + ROW_INSET,
        Layout::Details | Layout::Text => slot(),
    }
}

/// How wide a row is, the room for its ring included.
#[must_use]
pub fn row_width(look: &Look) -> f32 {
    look.metrics.room().width + 2.0 * outset(Layout::Table).min(bleed(look))
}

/// The height of a table's head.
#[must_use]
pub fn table_head(look: &Look) -> f32 {
    look.metrics.line(Role::Small) + Gap::Small.base()
}

/// The height of a group's heading above its row, with what keeps the ring off its letters.
#[must_use]
pub fn heading(look: &Look) -> f32 {
    look.metrics.line(Role::Body) + 8.0
}

/// The header's height: the tabs and what surrounds them.
#[must_use]
pub fn header(look: &Look) -> f32 {
    look.metrics.target() + 2.0 * slot()
}

/// The height of who has just signed in, on a line of its own.
#[must_use]
pub fn greeting(look: &Look) -> f32 {
    look.metrics.target() + 2.0 * (slot() + GROWTH)
}

/// The height of a notice between the header and the content.
#[must_use]
pub fn notice(look: &Look) -> f32 {
    look.metrics.line(Role::Small) + 14.0
}

/// The legend's height.
#[must_use]
pub fn legend(look: &Look) -> f32 {
    look.metrics.line(Role::Small) + 6.0
}

fn area(look: &Look, above: Above, outset: f32) -> Size {
    let room = look.metrics.room();
    let taken =
        header(look) + above.height(look) + legend(look) + Gap::Tight.base() + Gap::Small.base();
    Size::new(room.width + 2.0 * outset, (room.height - taken).max(200.0))
}

fn cards(look: &Look, area: Size, above: Above, words: Words) -> Shape {
    let words = words.height(look);
    let (columns, width) = card_columns(look, area.width);
    let gutter = card_gutter();
    let around = 2.0 * (slot() + CARD_INSET + CARD_EDGE);
    // Whole pixels: the software renderer puts pictures on no others.
    let cell =
        |height: f32, rows: usize| ((height - gutter * (rows - 1) as f32) / rows as f32).floor();
    // What comes and goes above lies over the pictures' lower edges: they keep their size
    // and needn't be asked for anew.
    let usual = area.height + above.height(look);
    let tall = |rows: usize| cell(usual, rows) - words - around;
    let least = LEAST_PICTURE.max((width - around) * LEAST_PART);
    let highest = (width - around) * HIGHEST_PART;
    // Two rows where they fit, and more where fewer leave room over.
    let rows = (2..)
        .take_while(|&rows| tall(rows) >= least && (rows == 2 || tall(rows - 1) > highest))
        .last()
        .unwrap_or(1);
    let picture = Size::new(width - around, tall(rows).clamp(60.0, highest).floor());
    let most = picture.height + words + around;
    Shape {
        columns,
        rows,
        cell: Size::new(width, cell(area.height, rows).min(most)),
        picture: Some(picture),
        area,
        outset: 0.0,
    }
}

/// Cards in a row, and how wide each is: as many as leave room for their titles.
fn card_columns(look: &Look, room: f32) -> (usize, f32) {
    let wide = |columns: usize| {
        let gutters = card_gutter() * (columns - 1) as f32;
        ((room - gutters) / columns as f32).floor()
    };
    let least = LEAST_TITLE * look.metrics.text_base(Role::Caption);
    let columns = (3..=5)
        .rev()
        .find(|&columns| card_text(wide(columns)) >= least);
    let columns = columns.unwrap_or(2);
    (columns, wide(columns))
}

/// What is between two cells.
#[must_use]
pub const fn card_gutter() -> f32 {
    Gap::Gutter.base() - 2.0 * slot()
}

/// The room of a card's title, in ems.
#[must_use]
pub fn card_title(look: &Look) -> f32 {
    let (_, width) = card_columns(look, look.metrics.room().width);
    card_text(width) / look.metrics.text_base(Role::Caption)
}

/// The room of words in a cell of that width.
#[must_use]
pub const fn card_text(cell: f32) -> f32 {
    cell - 2.0 * (slot() + CARD_INSET + CARD_PADDING)
}

fn image(look: &Look, area: Size) -> Shape {
    let words = Words {
        titles: 1,
        seconds: 0,
    };
    let around = 2.0 * (slot() + CARD_INSET + CARD_EDGE);
    let picture = Size::new(
        area.width - around,
        (area.height - words.height(look) - around).max(60.0),
    );
    Shape {
        columns: 1,
        rows: 1,
        cell: area,
        picture: Some(picture),
        area,
        outset: 0.0,
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
        outset: 0.0,
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

    const ONE: Words = Words {
        titles: 1,
        seconds: 1,
    };
    const TWO: Words = Words { titles: 2, ..ONE };
    const NOTICE: Above = Above {
        greeting: false,
        notice: true,
    };

    #[test]
    fn a_grid_never_leaves_its_area_at_any_text_scale() {
        for tenths in 10..=25u8 {
            let look = look(f32::from(tenths) / 10.0);
            for arrangement in [Layout::Cards, Layout::List, Layout::Table, Layout::Image] {
                for above in [Above::default(), NOTICE] {
                    let shape = Shape::new(&look, arrangement, above, ONE);
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
        let columns =
            |scale| Shape::new(&look(scale), Layout::Cards, Above::default(), TWO).columns;
        for scale in [1.0, 1.5, 2.5] {
            assert!(columns(scale) <= 5);
        }
        assert_eq!(columns(2.5), 2);
    }

    #[test]
    fn the_picture_is_most_of_a_card() {
        for words in [ONE, TWO] {
            let shape = Shape::new(&look(1.0), Layout::Cards, Above::default(), words);
            assert_eq!((shape.columns, shape.rows), (5, 2));
            let card = shape.cell.height - 2.0 * (slot() + CARD_INSET);
            let part = shape.picture.unwrap().height / card;
            assert!(part >= 0.6, "{words:?}: {part}");
        }
    }

    #[test]
    fn a_notice_changes_no_picture() {
        for tenths in 10..=25u8 {
            let look = look(f32::from(tenths) / 10.0);
            for words in [ONE, TWO] {
                let [without, with] = [Above::default(), NOTICE]
                    .map(|above| Shape::new(&look, Layout::Cards, above, words));
                assert_eq!(without.picture, with.picture, "at {tenths}");
                assert_eq!(without.rows, with.rows, "at {tenths}");
            }
        }
    }
}
