//! A grid of pictures with titles.

use iced::alignment::Vertical;
use iced::widget::text::{LineHeight, Wrapping};
use iced::widget::{Column, Row, column, container, image, mouse_area, row, stack, text};
use iced::{Background, Border, ContentFit, Length, Size};

use super::Message;
use super::grid::{self, CARD_EDGE, CARD_INSET, CARD_LINE, CARD_PADDING, Shape, Words};
use super::pictures::{self, Corners, Pictures};
use super::tab::Tab;
use crate::channel::{Error, Item};
use crate::ui::metrics::{Gap, Role};
use crate::ui::theme::between;
use crate::ui::widget::{self, slot};
use crate::ui::{Container, Element, Look, font};

/// The corners of a card.
pub const RADIUS: f32 = 22.0;

/// The visible rows of cards.
pub fn grid<'a>(
    look: &Look,
    tab: &'a Tab,
    shape: Shape,
    pictures: &Pictures,
    focused: bool,
) -> Element<'a, Message> {
    let gutter = look.metrics.px(grid::card_gutter());
    let words = tab.words();
    let cell = |at: usize| -> Option<Element<'a, Message>> {
        let item = tab.items().get(at)?;
        let size = shape.picture.unwrap_or(shape.cell);
        let physical = pictures::physical(look, size);
        let image = item.image.as_ref();
        let picture = match image.and_then(|url| pictures.get(url, physical)) {
            Some(handle) => PictureState::Picture(handle),
            None => image
                .and_then(|url| pictures.why_not(url, physical))
                .map_or(PictureState::Nothing, PictureState::Broken),
        };
        let card = Card {
            item,
            focused: focused && at == tab.at,
            cell: shape.cell,
            picture: size,
        };
        let card = mouse_area(card.view(look, picture, words));
        Some(card.on_press(Message::ItemChosen(at)).into())
    };
    let rows = tab.rows(shape).into_iter().map(|items| {
        let heading = tab
            .has_shelves()
            .then(|| heading(look, tab, items.start, shape));
        let cards = Row::with_children(items.filter_map(cell)).spacing(gutter);
        column![heading, cards].into()
    });
    Column::with_children(rows).spacing(gutter).into()
}

/// What stands above a group's row: its name, and how many there are where not all have
/// room.
fn heading<'a>(look: &Look, tab: &'a Tab, at: usize, shape: Shape) -> Element<'a, Message> {
    let metrics = look.metrics;
    let (name, count) = tab.heading(tab.group_of(at));
    let room = shape.area.width - 2.0 * (slot() + CARD_INSET);
    let count = (count > shape.columns).then(|| count.to_string());
    let taken = count.as_deref().map_or(0.0, font::width) + 1.0;
    let name = font::fit(name, room / metrics.text_base(Role::Body) - taken, 1);
    let name = widget::label(look, Role::Body, font::STRONG, look.palette.text, name);
    let count = count.map(|count| widget::small(look, count));
    let words = row![name.wrapping(Wrapping::None), count]
        .spacing(metrics.gap(Gap::Small))
        .align_y(Vertical::Center);
    container(words)
        .padding([0.0, metrics.px(slot() + CARD_INSET)])
        .height(Length::Fixed(metrics.px(grid::heading(look))))
        .into()
}

/// What a card without the focus lies on, and what it looks like before anything is known.
pub(super) fn surface(look: &Look, focused: bool) -> container::Style {
    let palette = look.palette;
    let (fill, edge) = if focused {
        (palette.raised, palette.raised)
    } else {
        (palette.surface, palette.resting_edge())
    };
    container::Style {
        background: Some(Background::Color(fill)),
        border: Border {
            color: edge,
            width: look.metrics.px(CARD_EDGE),
            radius: look.metrics.px(RADIUS).into(),
        },
        ..container::Style::default()
    }
}

struct Card<'a> {
    item: &'a Item,
    focused: bool,
    cell: Size,
    /// The picture's size without the focus; it keeps its shape with it.
    picture: Size,
}

impl<'a> Card<'a> {
    fn view(&self, look: &Look, picture: PictureState<'_>, words: Words) -> Element<'a, Message> {
        let metrics = look.metrics;
        let inset = if self.focused { 0.0 } else { CARD_INSET };
        let (width, height) = (self.cell.width, self.cell.height);
        let size = Size::new(
            width - 2.0 * (slot() + inset),
            height - 2.0 * (slot() + inset),
        );
        let inside = Size::new(size.width - 2.0 * CARD_EDGE, size.height - 2.0 * CARD_EDGE);
        let frame = Size::new(
            inside.width,
            self.picture.height * inside.width / self.picture.width,
        );
        let name = self.item.title(look.language);
        let picture = picture_or_stand_in(look, &name, frame, picture, Corners::Top);
        let (said, tall) = self.words(look, words);
        let free = inside.height - frame.height;
        let content: Element<'a, Message> = if tall > free + CARD_INSET {
            // More words than usual, or less room: they lie over the picture's lower edge.
            let said = said.height(Length::Fixed(metrics.px(tall.min(inside.height))));
            let fill = surface(look, self.focused);
            let radius = metrics.px(RADIUS - CARD_EDGE);
            let said = said.style(move |_| container::Style {
                border: Border {
                    radius: iced::border::bottom(radius),
                    ..Border::default()
                },
                ..fill
            });
            let whole = container(picture).height(Length::Fill).width(Length::Fill);
            stack![whole, container(said).align_bottom(Length::Fill)].into()
        } else {
            column![picture, said.height(Length::Fill)].into()
        };
        let style = surface(look, self.focused);
        let card = container(content)
            .padding(metrics.px(CARD_EDGE))
            .width(Length::Fixed(metrics.px(size.width)))
            .height(Length::Fixed(metrics.px(size.height)))
            .style(move |_| style);
        container(widget::ring(look, self.focused, RADIUS, card))
            .padding(metrics.px(inset))
            .into()
    }

    /// The words, and how high they are. With the focus there are as many as there is
    /// room for; without it as many as the others have.
    fn words(&self, look: &Look, usual: Words) -> (Container<'a, Message>, f32) {
        const MOST: usize = 2;
        let metrics = look.metrics;
        // The same with and without the focus: a title must not wrap anew as it comes.
        let room = grid::card_text(self.cell.width);
        let ems = room / metrics.text_base(Role::Caption);
        let small = room / (metrics.text_base(Role::Small) * font::REGULAR_WIDTH);
        let lines = |lines: usize| if self.focused { lines.max(MOST) } else { lines };
        let title = font::fit(&self.item.title(look.language), ems, lines(usual.titles));
        let second = (usual.seconds > 0).then(|| {
            let second = self.item.subtitle(look.language).unwrap_or_default();
            font::fit_ends(&second, small, lines(usual.seconds))
        });
        let count = |text: &str, room: f32| font::lines(text, room).count();
        let taken = Words {
            titles: count(&title, ems),
            seconds: second.as_deref().map_or(0, |second| count(second, small)),
        };
        let width = Length::Fixed(metrics.px(room));
        let line = LineHeight::Relative(CARD_LINE);
        let title = widget::label(look, Role::Caption, font::MEDIUM, look.palette.text, title)
            .line_height(line)
            .width(width);
        let second = second.map(|second| {
            let broken = font::wrap(&second, small).join("\n");
            widget::small(look, broken)
                .line_height(line)
                .wrapping(Wrapping::None)
        });
        let inset = if self.focused { CARD_INSET } else { 0.0 };
        let said = container(column![title, second])
            .padding([
                metrics.px(grid::CARD_PADDING_Y),
                metrics.px(CARD_PADDING + inset - CARD_EDGE),
            ])
            .width(Length::Fill)
            .clip(true);
        (said, taken.height(look))
    }
}

/// What is known of a picture.
#[derive(Debug, Clone, Copy)]
pub enum PictureState<'a> {
    /// It is here.
    Picture(&'a image::Handle),
    /// There is none, or not yet.
    Nothing,
    /// It can't be shown.
    Broken(&'a Error),
}

/// A picture fitted into `size`, or the first letter of what it would show on a tint, with why
/// it can't be shown where there is room for that.
pub fn picture_or_stand_in<'a, Message: 'a>(
    look: &Look,
    name: &str,
    size: Size,
    picture: PictureState<'_>,
    corners: Corners,
) -> Element<'a, Message> {
    let metrics = look.metrics;
    let (width, height) = (
        Length::Fixed(metrics.px(size.width)),
        Length::Fixed(metrics.px(size.height)),
    );
    let tint = look.palette.tint(name);
    let (top, soft) = (
        metrics.px(RADIUS - CARD_EDGE),
        between(look.palette.surface, tint, 0.45),
    );
    // What a picture leaves free is seen on a ground of its own; one that fills its frame
    // leaves nothing.
    let ground = match picture {
        PictureState::Nothing | PictureState::Broken(_) => tint,
        PictureState::Picture(handle) if fit(handle, size) == ContentFit::Fill => {
            iced::Color::TRANSPARENT
        }
        PictureState::Picture(_) => soft,
    };
    let inner: Element<'a, Message> = match picture {
        PictureState::Picture(handle) => image(handle.clone())
            .width(width)
            .height(height)
            .content_fit(fit(handle, size))
            .into(),
        PictureState::Nothing => letter(look, name, size.height * 0.42),
        PictureState::Broken(why) => {
            let letter = letter(look, name, size.height * 0.42);
            match reason(look, why, size) {
                Some(why) => column![letter, why]
                    .align_x(iced::alignment::Horizontal::Center)
                    .into(),
                None => letter,
            }
        }
    };
    container(inner)
        .width(width)
        .height(height)
        .align_x(iced::alignment::Horizontal::Center)
        .align_y(Vertical::Center)
        .style(move |_| container::Style {
            background: Some(Background::Color(ground)),
            border: Border {
                radius: match corners {
                    Corners::Top => iced::border::top(top),
                    Corners::All => top.into(),
                },
                ..Border::default()
            },
            ..container::Style::default()
        })
        .into()
}

/// A picture that was made for this frame fills it. The same one made for another is shown
/// whole until the right one is here: the software renderer doesn't clip what stands out.
fn fit(handle: &image::Handle, frame: Size) -> ContentFit {
    const SAME: f32 = 0.02;
    let fits = |shape: f32| (shape / (frame.width / frame.height) - 1.0).abs() < SAME;
    if pictures::shape(handle).is_some_and(fits) {
        ContentFit::Fill
    } else {
        ContentFit::Contain
    }
}

/// Why a picture can't be shown, where it would be a large one.
fn reason<'a, Message: 'a>(look: &Look, why: &Error, size: Size) -> Option<Element<'a, Message>> {
    const LEAST: f32 = 480.0;
    const LINES: usize = 3;
    if size.width < LEAST {
        return None;
    }
    let ems = (size.width - 2.0 * Gap::Medium.base()) / look.metrics.text_base(Role::Small);
    let words = font::wrap(&font::fit(&look.tell(&why.told()), ems, LINES), ems).join("\n");
    let words = widget::label(look, Role::Small, font::MEDIUM, on_tint(look), words);
    let words = words.align_x(iced::alignment::Horizontal::Center);
    Some(words.wrapping(Wrapping::None).into())
}

fn letter<'a, Message: 'a>(look: &Look, name: &str, size: f32) -> Element<'a, Message> {
    let first = name
        .chars()
        .find(|character| character.is_alphanumeric())
        .unwrap_or('·');
    let ink = on_tint(look);
    text(first.to_uppercase().to_string())
        .size(look.metrics.px(size))
        .font(font::STRONG)
        .color(ink)
        .into()
}

fn on_tint(look: &Look) -> iced::Color {
    let (text, other) = (look.palette.text, look.palette.on_accent);
    let tint = look.palette.tints[0];
    if crate::ui::theme::contrast(text, tint) >= crate::ui::theme::contrast(other, tint) {
        text
    } else {
        other
    }
}

/// A disc with the first letter of a name.
pub fn initial<'a, Message: 'a>(look: &Look, name: &str, diameter: f32) -> Element<'a, Message> {
    initial_on(look, look.palette.tint(name), name, diameter)
}

/// The same in that colour.
pub fn initial_on<'a, Message: 'a>(
    look: &Look,
    tint: iced::Color,
    name: &str,
    diameter: f32,
) -> Element<'a, Message> {
    let radius = look.metrics.px(diameter / 2.0);
    let (edge, width) = (look.palette.resting_edge(), look.metrics.px(2.0));
    container(letter(look, name, diameter * 0.5))
        .center(Length::Fixed(look.metrics.px(diameter)))
        .style(move |_| container::Style {
            background: Some(Background::Color(tint)),
            border: Border {
                color: edge,
                width,
                radius: radius.into(),
            },
            ..container::Style::default()
        })
        .into()
}
