//! One item, whole.

use std::sync::Arc;

use iced::alignment::Horizontal;
use iced::task::Handle;
use iced::widget::{Column, column, container, image, row};
use iced::{ContentFit, Length, Size, Task};
use url::Url;

use super::signed_in::source::Source;
use super::signed_in::{self, cards, legend, pictures};
use super::spoken::Spoken;
use crate::channel::{Error, Item, Picture};
use crate::config::Channel;
use crate::i18n::Language;
use crate::ui::bar;
use crate::ui::keys::Press;
use crate::ui::lines::{self, AT_ONCE, Lines};
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, slot};
use crate::ui::{Element, Look, font};
use crate::work;

/// The details screen.
#[derive(Debug)]
pub struct State {
    item: Item,
    channel: Channel,
    picture: View,
    lines: Lines,
    /// Counts how often they were made.
    layouts: u64,
    /// The screen that this one was opened from, as it was.
    pub behind: Box<signed_in::State>,
}

#[derive(Debug)]
enum View {
    None,
    Loading {
        _work: Handle,
    },
    Ready {
        handle: image::Handle,
        /// On the canvas.
        size: Size,
    },
    Broken(Error),
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key.
    Press(Press),
    /// All fields are in lines, at that layout.
    LaidOut(u64, Lines),
    /// The picture came, in its frame, which is so large on the canvas.
    Pictured(Result<(Picture, Size), Error>),
}

/// What the root does.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    None,
    /// Show the screen behind again.
    Back,
}

impl State {
    /// Shows `item` before `behind`.
    pub fn new(
        item: Item,
        channel: Channel,
        behind: signed_in::State,
        look: &Look,
    ) -> (Self, Task<Message>) {
        let is_large = item.fields.bytes() > AT_ONCE;
        let mut state = Self {
            item: if is_large {
                item
            } else {
                without_repetition(item)
            },
            channel,
            picture: View::None,
            lines: Lines::default(),
            layouts: 0,
            behind: Box::new(behind),
        };
        let task = state.resized(look);
        (state, task)
    }

    /// The window has another size now.
    pub fn resized(&mut self, look: &Look) -> Task<Message> {
        let layout = self.lay_out(look);
        let source: Arc<dyn Source> = self.behind.source();
        let Some(url) = &self.item.image else {
            return layout;
        };
        let size = pictures::physical(look, picture_size(look));
        let (fetching, look) = (source.picture(&self.channel, url, size), *look);
        let framing = async move { Ok(in_its_frame(fetching.await?, &look)) };
        let (task, handle) = Task::future(framing).abortable();
        self.picture = View::Loading {
            _work: handle.abort_on_drop(),
        };
        Task::batch([layout, task.map(Message::Pictured)])
    }

    /// Cuts the fields into lines: of many the first, and all of them away from the screen.
    fn lay_out(&mut self, look: &Look) -> Task<Message> {
        let (top, room) = (self.lines.top(), self.text_width(look));
        let is_large = self.item.fields.bytes() > AT_ONCE;
        let fields = if is_large {
            self.item.said_at_first(look.language, AT_ONCE)
        } else {
            self.item.said(look.language)
        };
        self.lines = Lines::of_fields(&fields, look, room);
        self.lines.set_top(top);
        self.layouts += 1;
        if !is_large {
            return Task::none();
        }
        let (item, look, layout) = (self.item.clone(), *look, self.layouts);
        let work = move || {
            let fields = without_repetition(item).said(look.language);
            let mut lines = Lines::of_fields(&fields, &look, room);
            lines.set_top(top);
            lines
        };
        Task::future(work::aside(work))
            .and_then(move |lines| Task::done(Message::LaidOut(layout, lines)))
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message, look: &Look) -> Action {
        match message {
            Message::Pictured(Ok((picture, size))) => {
                let handle = pictures::handle(picture);
                self.picture = View::Ready { handle, size };
            }
            Message::Pictured(Err(why)) => self.picture = View::Broken(why),
            Message::LaidOut(layout, mut lines) => {
                if layout == self.layouts {
                    lines.set_top(lines.top().max(self.lines.top()));
                    self.lines = lines;
                }
            }
            Message::Press(press) => {
                let visible = self.visible(look);
                let _ = match press {
                    Press::Back | Press::Ok | Press::Menu => return Action::Back,
                    Press::Up => self.lines.scroll(-2, visible),
                    Press::Down => self.lines.scroll(2, visible),
                    Press::PreviousChannel => self.lines.scroll(-page(visible), visible),
                    Press::NextChannel => self.lines.scroll(page(visible), visible),
                    Press::Left
                    | Press::Right
                    | Press::Home
                    | Press::Channel(_)
                    | Press::Refresh
                    | Press::Account
                    | Press::Pause
                    | Press::Help => false,
                };
            }
        }
        Action::None
    }

    fn has_picture(&self) -> bool {
        self.item.image.is_some()
    }

    fn text_width(&self, look: &Look) -> f32 {
        let picture = if self.has_picture() && !look.metrics.portrait() {
            picture_size(look).width + Gap::Large.base()
        } else {
            0.0
        };
        let bar = Gap::Medium.base() + bar::width(look);
        look.metrics.room().width - picture - 2.0 * (slot() + Gap::Gutter.base()) - bar
    }

    fn head_height(&self, look: &Look) -> f32 {
        let title = look.metrics.text_base(Role::Title) * 1.15 * self.title_lines(look) as f32;
        let second = if self.item.subtitle.is_some() {
            look.metrics.line(Role::Body) + Gap::Hair.base()
        } else {
            0.0
        };
        title + second
    }

    fn title_lines(&self, look: &Look) -> usize {
        let room = self.text_width(look) / look.metrics.text_base(Role::Title);
        if font::width(&self.item.title(look.language)) > room {
            2
        } else {
            1
        }
    }

    fn visible(&self, look: &Look) -> usize {
        let legend = look.metrics.line(Role::Small) + 6.0 + Gap::Small.base();
        let panel = 2.0 * (slot() + Gap::Medium.base());
        let height = look.metrics.room().height
            - self.head_height(look)
            - legend
            - panel
            - self.above_head(look)
            - Gap::Medium.base();
        lines::visible(look, height)
    }

    /// How high the picture is where it stands above the words, with the gap below it.
    fn above_head(&self, look: &Look) -> f32 {
        if !look.metrics.portrait() || !self.has_picture() {
            return 0.0;
        }
        let height = match &self.picture {
            View::Ready { size, .. } => size.height,
            View::None | View::Loading { .. } | View::Broken(_) => stand_in(look).height,
        };
        slot() + height + Gap::Medium.base()
    }

    /// What is said of it aloud.
    #[must_use]
    pub fn spoken(&self, look: &Look) -> Spoken {
        Spoken::new([signed_in::spoken::whole(&self.item, look)], String::new())
    }

    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let metrics = look.metrics;
        let room = self.text_width(look) / metrics.text_base(Role::Title);
        let title = widget::title(look, font::fit(&self.item.title(look.language), room, 2));
        let subtitle = self.item.subtitle(look.language).map(|line| {
            let room = self.text_width(look) / metrics.text_base(Role::Body);
            widget::body(look, font::fit(&line, room, 1)).color(look.palette.muted)
        });
        let head = column![title, subtitle].spacing(metrics.gap(Gap::Hair));
        let visible = self.visible(look);
        let panel = widget::panel(
            look,
            0.0,
            look.palette.raised,
            container(self.lines.view(look, visible))
                .padding([metrics.gap(Gap::Medium), metrics.gap(Gap::Gutter)]),
        );
        let panel = widget::ring(look, true, 28.0, panel.width(Length::Fill));
        let words = column![container(head).padding([0.0, metrics.px(slot())]), panel]
            .spacing(metrics.gap(Gap::Small))
            .width(Length::Fill);
        let body: Element<'a, Message> = if self.has_picture() {
            let large = container(self.large(look))
                .width(Length::Fixed(metrics.px(picture_size(look).width)))
                .padding(iced::Padding::ZERO.top(metrics.px(slot())));
            if metrics.portrait() {
                let large = large.align_x(Horizontal::Center);
                column![large, words]
                    .spacing(metrics.gap(Gap::Medium))
                    .into()
            } else {
                row![large, words].spacing(metrics.gap(Gap::Large)).into()
            }
        } else {
            words.into()
        };
        let scroll =
            (!self.lines.fits(visible)).then(|| ("↑ ↓".to_owned(), look.say("key-scroll")));
        let back = (look.say("key-back"), self.channel.name.clone());
        let keys: Vec<_> = scroll.into_iter().chain([back]).collect();
        let room = metrics.room().width;
        let legend = widget::legend(look, legend::fitting(look, keys, room));
        widget::page(look, Column::new().push(body), legend)
    }

    fn large<'a>(&self, look: &Look) -> Element<'a, Message> {
        match &self.picture {
            View::Ready { handle, size } => image(handle.clone())
                .content_fit(ContentFit::Fill)
                .width(Length::Fixed(look.metrics.px(size.width)))
                .height(Length::Fixed(look.metrics.px(size.height)))
                .into(),
            View::None | View::Loading { .. } | View::Broken(_) => {
                let size = stand_in(look);
                let shown = match &self.picture {
                    View::Broken(why) => cards::PictureState::Broken(why),
                    View::None | View::Loading { .. } | View::Ready { .. } => {
                        cards::PictureState::Nothing
                    }
                };
                cards::picture_or_stand_in(
                    look,
                    &self.item.title(look.language),
                    size,
                    shown,
                    pictures::Corners::All,
                )
            }
        }
    }
}

/// `item` without the fields that are shown already: its title, its second line and
/// the address of its picture. Where nothing else is known, they stay.
fn without_repetition(mut item: Item) -> Item {
    let picture = item.image.as_ref().map(Url::as_str);
    let title = item.title(Language::English);
    let second = item.subtitle(Language::English);
    let is_new =
        |value: &str| value != title && Some(value) != second.as_deref() && Some(value) != picture;
    let new: Vec<_> = item
        .fields
        .rows()
        .iter()
        .filter(|(_, value)| is_new(&value.words_within(Language::English, AT_ONCE)))
        .cloned()
        .collect();
    if !new.is_empty() {
        item.fields = new.into();
    }
    item
}

/// A picture in its own shape, as large as the frame allows.
fn in_its_frame(picture: Picture, look: &Look) -> (Picture, Size) {
    const RADIUS: f32 = 24.0;
    /// Small pictures are not blown up further.
    const LARGEST_FACTOR: f32 = 2.0;
    let frame = picture_size(look);
    let (width, height) = (picture.width.max(1) as f32, picture.height.max(1) as f32);
    let most = LARGEST_FACTOR / look.metrics.physical();
    let factor = (frame.width / width).min(frame.height / height).min(most);
    let size = Size::new(width * factor, height * factor);
    let (pixels, radius) = (
        pictures::physical(look, size),
        RADIUS * look.metrics.physical(),
    );
    let framed = pictures::framed(picture, pixels, radius, pictures::Corners::All);
    (framed, size)
}

const fn page(visible: usize) -> isize {
    visible.saturating_sub(1) as isize
}

/// Most of the large picture's place, whatever its shape will be: the card's picture is cut to
/// the card's.
fn stand_in(look: &Look) -> Size {
    let Size { width, height } = picture_size(look);
    Size::new(width.min(height), width.min(height))
}

/// The large picture's frame, on the canvas.
fn picture_size(look: &Look) -> Size {
    let room = look.metrics.room();
    if look.metrics.portrait() {
        return Size::new(room.width, room.height * 0.35);
    }
    let side = if look.metrics.large_text() {
        room.width * 0.3
    } else {
        room.width * 0.4
    };
    Size::new(side, side.min(room.height * 0.8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Value;

    fn item(fields: &[(&str, &str)]) -> Item {
        let own = |text: &str| text.to_owned();
        Item {
            title: "Amber".into(),
            subtitle: Some("A stone".into()),
            image: Url::parse("https://api.example/amber.png").ok(),
            fields: fields
                .iter()
                .map(|(name, value)| (own(name), Value::from(*value)))
                .collect(),
            group: None,
        }
    }

    #[test]
    fn what_stands_in_the_heading_or_the_picture_is_not_repeated() {
        let shown = without_repetition(item(&[
            ("Name", "Amber"),
            ("Kind", "A stone"),
            ("Picture", "https://api.example/amber.png"),
            ("Age", "40 million years"),
        ]));

        assert_eq!(
            *shown.fields.rows(),
            [("Age".to_owned(), Value::from("40 million years"))]
        );
    }

    #[test]
    fn where_nothing_else_is_known_the_heading_is_repeated() {
        let shown = without_repetition(item(&[("Name", "Amber")]));

        assert_eq!(shown.fields.rows().len(), 1);
    }
}
