//! Somebody as a tile: how large tiles are, and how one is drawn.

use iced::alignment::Horizontal;
use iced::widget::text::Wrapping;
use iced::widget::{Space, column, container};
use iced::{Background, Border, Element, Length};

use super::super::Message;
use super::{ARROW, Known, TILE_GAP};
use crate::screen::signed_in::cards;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, slot};
use crate::ui::{Look, brand, font};

/// A tile as large as it gets, with its ring, on the canvas.
const TILE: f32 = 316.0;
/// The least room for a name, in ems.
const NAME: f32 = 6.4;
/// Above and below what is on a tile.
const PADDING: f32 = 24.0;
/// Beside it.
const SIDE: f32 = 24.0;
/// Up to this text scale, a name of two lines has a third below it.
const ROOMY: f32 = 1.7;
const DISC: f32 = 208.0;
const LEAST_DISC: f32 = 96.0;
/// How much smaller a tile is without the focus, on each side.
const INSET: f32 = 6.0;
const RADIUS: f32 = 28.0;

/// What stands around the row of tiles, on the canvas.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    /// What words above it would like to have.
    pub(super) above: f32,
    /// What the buttons below it take.
    pub(super) below: f32,
}

/// How large tiles are, on the canvas.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tile {
    pub(super) columns: usize,
    width: f32,
    disc: f32,
    lines: usize,
    /// Whether somebody's name or address doesn't fit on theirs.
    pub(super) spelled: bool,
    /// What stands below the row.
    below: f32,
}

impl Tile {
    /// Tiles for `known` that leave what is `around` them if that is possible at all.
    pub(super) fn new(look: &Look, known: &[Known], around: Around) -> Self {
        let metrics = look.metrics;
        let edges = 2.0 * (slot() + INSET + SIDE);
        let width = TILE.max(metrics.text_base(Role::Card) * NAME + edges);
        let room = metrics.room().width;
        let fit = |room: f32| ((room + TILE_GAP) / (width + TILE_GAP)).floor().max(1.0) as usize;
        let columns = match known.len() {
            all if all <= fit(room) => all,
            _ => fit(room - 2.0 * ARROW),
        };
        let most = if known.len() > columns {
            room - 2.0 * ARROW
        } else {
            room
        };
        let mut tile = Self {
            columns,
            width: width.min(most),
            disc: LEAST_DISC,
            lines: lines(look, known, width - edges),
            spelled: false,
            below: around.below,
        };
        let leaves_out = |known| tile.leaves_out(look, known);
        tile.spelled = known.iter().any(leaves_out);
        tile.disc = (LEAST_DISC + tile.room_above(look) - around.above).clamp(LEAST_DISC, DISC);
        tile
    }

    /// What is left above the row.
    pub(super) fn room_above(self, look: &Look) -> f32 {
        let metrics = look.metrics;
        let legend = metrics.line(Role::Small) + 8.0 + Gap::Small.base();
        let (brand, guests) = if metrics.large_text() {
            (0.0, 0.0)
        } else {
            let guests = metrics.line(Role::Small) + Gap::Tight.base();
            (brand::HEIGHT + Gap::Small.base(), guests)
        };
        let whole = if self.spelled && !metrics.large_text() {
            metrics.line(Role::Body) + Gap::Hair.base()
        } else {
            0.0
        };
        metrics.room().height
            - brand
            - legend
            - self.below
            - guests
            - whole
            - self.height(look)
            - 2.0 * Gap::Medium.base()
    }

    fn height(self, look: &Look) -> f32 {
        let name = look.metrics.line(Role::Card) * self.lines as f32;
        self.disc + Gap::Small.base() + name + 2.0 * (slot() + INSET + PADDING)
    }

    /// The width for words.
    fn room(self) -> f32 {
        self.width - 2.0 * (slot() + INSET + SIDE)
    }

    /// The name as far as it fits.
    fn name(self, look: &Look, known: &Known) -> String {
        let lines = self.lines - usize::from(known.detail.is_some());
        font::fit(
            &known.name,
            self.room() / look.metrics.text_base(Role::Card),
            lines.max(1),
        )
    }

    fn detail(self, look: &Look, detail: &str) -> String {
        let size = look.metrics.text_base(Role::Small) * font::REGULAR_WIDTH;
        font::fit(detail, self.room() / size, 1)
    }

    pub(super) fn leaves_out(self, look: &Look, known: &Known) -> bool {
        let cut = |detail: &String| self.detail(look, detail) != *detail;
        self.name(look, known).ends_with('…') || known.detail.as_ref().is_some_and(cut)
    }

    /// Somebody on theirs.
    pub(super) fn view<'a>(self, look: &Look, known: &'a Known, focused: bool) -> Element<'a, Message> {
        let (metrics, palette) = (look.metrics, look.palette);
        let room = self.room();
        let name = self.name(look, known);
        let name = widget::label(look, Role::Card, font::MEDIUM, palette.text, name)
            .width(Length::Fixed(metrics.px(room)))
            .align_x(Horizontal::Center);
        let detail = known
            .detail
            .as_deref()
            .map(|detail| widget::small(look, self.detail(look, detail)).wrapping(Wrapping::None));
        let words = column![name, detail].align_x(Horizontal::Center);
        let words = container(words)
            .height(Length::Fixed(
                metrics.px(metrics.line(Role::Card) * self.lines as f32),
            ))
            .clip(true);
        let inset = if focused { 0.0 } else { INSET };
        let (fill, edge) = if focused {
            (palette.raised, palette.raised)
        } else {
            (palette.surface, palette.resting_edge())
        };
        let (thin, radius) = (metrics.px(2.0), metrics.px(RADIUS));
        let inner = column![
            cards::initial_on(look, palette.tints[known.tint], &known.name, self.disc),
            Space::new().height(Length::Fixed(metrics.gap(Gap::Small))),
            words,
        ]
        .align_x(Horizontal::Center);
        let inner = container(inner)
            .padding([PADDING + INSET - inset, SIDE + INSET - inset].map(|edge| metrics.px(edge)))
            .width(Length::Fixed(
                metrics.px(self.width - 2.0 * (slot() + inset)),
            ))
            .style(move |_| container::Style {
                background: Some(Background::Color(fill)),
                border: Border {
                    color: edge,
                    width: thin,
                    radius: radius.into(),
                },
                ..container::Style::default()
            });
        container(widget::ring(look, focused, RADIUS, inner))
            .padding(metrics.px(inset))
            .into()
    }
}

/// How many lines the longest name takes in so much room.
fn lines(look: &Look, known: &[Known], room: f32) -> usize {
    let ems = room / look.metrics.text_base(Role::Card);
    let lines = |known: &Known| {
        let name = font::wrap(&known.name, ems).len().clamp(1, 2);
        name + usize::from(known.detail.is_some())
    };
    let most = if look.metrics.text_scale() > ROOMY {
        2
    } else {
        3
    };
    known.iter().map(lines).max().unwrap_or(1).min(most)
}
