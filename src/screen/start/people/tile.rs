//! Somebody as a tile: how large tiles are, and how one is drawn.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::text::{Alignment, Wrapping};
use iced::widget::{column, container, row};
use iced::{Background, Border, Length};

use super::super::Message;
use super::{ARROW, Known, TILE_GAP};
use crate::screen::signed_in::cards;
use crate::ui::metrics::{Gap, ROOMY_TEXT, Role};
use crate::ui::widget::{self, slot};
use crate::ui::{Element, Look, brand, font};

/// A tile as large as it gets, with its ring, on the canvas.
const TILE: f32 = 316.0;
/// Above and below what is on a tile.
const PADDING: f32 = 24.0;
/// Beside it.
const SIDE: f32 = 24.0;
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
    form: Form,
}

/// Where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Below the disc.
    Below,
    /// Beside it, where there is too little room below.
    Beside,
}

impl Tile {
    /// Tiles for `known` that leave what is `around` them if that is possible at all.
    pub(super) fn new(look: &Look, known: &[Known], around: Around) -> Self {
        /// A disc that is seen from the sofa.
        const ENOUGH: f32 = 100.0;
        let below = Self::of(look, known, around, Form::Below);
        if below.disc >= ENOUGH {
            below
        } else {
            Self::of(look, known, around, Form::Beside)
        }
    }

    fn of(look: &Look, known: &[Known], around: Around, form: Form) -> Self {
        let metrics = look.metrics;
        let edges = 2.0 * (slot() + INSET + SIDE);
        let card = metrics.text_base(Role::Card);
        let name = (TILE - edges).max(card * form.name());
        let lines = lines(look, known, name);
        let disc = match form {
            Form::Below => LEAST_DISC,
            Form::Beside => (metrics.line(Role::Card) * lines as f32).clamp(LEAST_DISC, DISC),
        };
        let width = edges + name + form.beside(disc);
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
            disc,
            lines,
            spelled: false,
            below: around.below,
            form,
        };
        let leaves_out = |known| tile.leaves_out(look, known);
        tile.spelled = known.iter().any(leaves_out);
        if form == Form::Below {
            let left = tile.room_above(look) - around.above;
            tile.disc = (LEAST_DISC + left).clamp(LEAST_DISC, DISC);
        }
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
        let inside = match self.form {
            Form::Below => self.disc + Gap::Small.base() + name,
            Form::Beside => self.disc.max(name),
        };
        inside + 2.0 * (slot() + INSET + PADDING)
    }

    /// The width for words.
    fn room(self) -> f32 {
        self.width - 2.0 * (slot() + INSET + SIDE) - self.form.beside(self.disc)
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
    pub(super) fn view<'a>(
        self,
        look: &Look,
        known: &'a Known,
        focused: bool,
    ) -> Element<'a, Message> {
        let (metrics, palette) = (look.metrics, look.palette);
        let room = self.room();
        let name = self.name(look, known);
        let name = widget::label(look, Role::Card, font::MEDIUM, palette.text, name)
            .width(Length::Fixed(metrics.px(room)))
            .align_x(self.form.align(look));
        let detail = known
            .detail
            .as_deref()
            .map(|detail| widget::small(look, self.detail(look, detail)).wrapping(Wrapping::None));
        let tall = Length::Fixed(metrics.px(metrics.line(Role::Card) * self.lines as f32));
        let words = column![name, detail];
        let inset = if focused { 0.0 } else { INSET };
        let (fill, edge) = if focused {
            (palette.raised, palette.raised)
        } else {
            (palette.surface, palette.resting_edge())
        };
        let (thin, radius) = (metrics.px(2.0), metrics.px(RADIUS));
        let disc = cards::initial_on(look, palette.tints[known.tint], &known.name, self.disc);
        let inner: Element<'a, Message> = match self.form {
            Form::Below => {
                let words = words.align_x(Horizontal::Center);
                column![disc, container(words).height(tall).clip(true)]
                    .spacing(metrics.gap(Gap::Small))
                    .align_x(Horizontal::Center)
                    .into()
            }
            Form::Beside => row![disc, container(words).center_y(tall).clip(true)]
                .spacing(metrics.px(Form::GAP))
                .align_y(Vertical::Center)
                .into(),
        };
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

impl Form {
    /// Between a disc and what stands beside it, on the canvas.
    const GAP: f32 = 28.0;

    /// The least room for a name, in ems.
    const fn name(self) -> f32 {
        match self {
            Self::Below => 6.4,
            Self::Beside => 6.0,
        }
    }

    /// What the disc takes of a tile's width.
    const fn beside(self, disc: f32) -> f32 {
        match self {
            Self::Below => 0.0,
            Self::Beside => disc + Self::GAP,
        }
    }

    const fn align(self, look: &Look) -> Alignment {
        match self {
            Self::Below => Alignment::Center,
            Self::Beside => look.start(),
        }
    }
}

/// How many lines the longest name takes in so much room.
fn lines(look: &Look, known: &[Known], room: f32) -> usize {
    let ems = room / look.metrics.text_base(Role::Card);
    let lines = |known: &Known| {
        let name = font::count_lines(&known.name, ems, 2).max(1);
        name + usize::from(known.detail.is_some())
    };
    let most = if look.metrics.text_scale() > ROOMY_TEXT {
        2
    } else {
        3
    };
    known.iter().map(lines).max().unwrap_or(1).min(most)
}
