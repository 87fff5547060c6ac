//! A text.
//!
//! iced places a single line that is read from right to left by the width of the room
//! instead of the text's own as soon as the text has an alignment, far outside of what is
//! seen. So a single line has none here and is placed as a whole.
//!
//! Where words of both directions are mixed, the text layout below iced makes lines that are
//! far wider than their room. Such a text is broken into lines here.
//!
//! No word stands alone on the last of a few lines: others come down to it.

use std::borrow::Cow;

use crate::i18n::Direction;
use crate::ui::font;
use crate::ui::scroll_text::LineMark;
use crate::ui::{Element, Renderer};
use iced::advanced::layout::{self, Layout};
use iced::advanced::text::paragraph::Plain;
use iced::advanced::text::{self, Paragraph as _, Renderer as _};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Widget, mouse, renderer};
use iced::alignment::Vertical;
use iced::widget::text::{Alignment, LineHeight, Shaping, Wrapping};
use iced::{Color, Font, Length, Pixels, Rectangle, Size, Theme};

/// Where a line begins with a word of the other direction, this says how it is read.
const TO_THE_RIGHT: char = '\u{200e}';
const TO_THE_LEFT: char = '\u{200f}';

/// So many lines are looked at as a whole: the last one isn't left with a single word.
const FEW: usize = 4;
/// The part of the others' length that the last of them has at least.
const MUCH: f32 = 0.4;

/// No label shows more characters: a screen full of the smallest text has fewer.
const MOST: usize = 3000;

type Paragraph = <Renderer as text::Renderer>::Paragraph;

/// A text with its size, face and colour.
#[derive(Debug, Clone)]
pub struct Label<'a> {
    content: Cow<'a, str>,
    size: f32,
    face: Font,
    color: Color,
    width: Length,
    line_height: LineHeight,
    align: Alignment,
    wrapping: Wrapping,
    direction: Direction,
}

impl<'a> Label<'a> {
    /// A text of that size in logical pixels; as wide as its words.
    #[must_use]
    pub fn new(content: impl Into<Cow<'a, str>>, size: f32, face: Font, color: Color) -> Self {
        Self {
            content: font::drawable(not_endless(content.into())),
            size,
            face,
            color,
            width: Length::Shrink,
            line_height: LineHeight::default(),
            align: Alignment::Default,
            wrapping: Wrapping::default(),
            direction: Direction::LeftToRight,
        }
    }

    /// In that face.
    #[must_use]
    pub fn font(mut self, face: Font) -> Self {
        self.face = face;
        self
    }

    /// In that colour.
    #[must_use]
    pub fn color(mut self, color: Color) -> Self {
        self.color = color;
        self
    }

    /// That wide.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// With lines of that height.
    #[must_use]
    pub fn line_height(mut self, height: LineHeight) -> Self {
        self.line_height = height;
        self
    }

    /// Where its lines stand.
    #[must_use]
    pub fn align_x(mut self, align: impl Into<Alignment>) -> Self {
        self.align = align.into();
        self
    }

    /// The direction that the person reads in.
    #[must_use]
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// What is laid out: words of the person's own language are read in its direction, even
    /// where they begin with a name in another script.
    fn laid(&self) -> Cow<'_, str> {
        match self.direction {
            Direction::RightToLeft if self.content.chars().any(reads_to_the_left) => {
                format!("{TO_THE_LEFT}{}", unbroken(&flat(&self.content))).into()
            }
            Direction::RightToLeft | Direction::LeftToRight
                if self.content.contains(['/', '-']) =>
            {
                unbroken(&self.content).into()
            }
            Direction::RightToLeft | Direction::LeftToRight => Cow::Borrowed(&self.content),
        }
    }

    /// How it is broken into lines.
    #[must_use]
    pub fn wrapping(mut self, wrapping: Wrapping) -> Self {
        self.wrapping = wrapping;
        self
    }

    fn format<'b>(&self, content: &'b str, bounds: Size, align: Alignment) -> text::Text<&'b str> {
        text::Text {
            content,
            bounds,
            size: Pixels(self.size),
            line_height: self.line_height,
            font: font::for_text(self.face, content),
            align_x: align,
            align_y: Vertical::Top,
            shaping: Shaping::default(),
            wrapping: self.wrapping,
        }
    }
}

/// The beginning of a text that is longer than a screen: what is shaped for a picture has an
/// end, whatever was answered.
fn not_endless(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.char_indices().nth(MOST) {
        _ if text.len() <= MOST => text,
        Some((end, _)) => format!("{}…", text[..crate::text::whole(&text, end)].trim_end()).into(),
        None => text,
    }
}

/// Whether that letter is read from right to left.
const fn reads_to_the_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}')
}

/// `text` in which no line ends with the first slash of a path or the dashes of an option,
/// and none within what is set apart as a command.
fn unbroken(text: &str) -> String {
    const BEGIN: char = '\u{2066}';
    const END: char = '\u{2069}';
    let mut apart = false;
    let letters = text.chars().map(|letter| match letter {
        BEGIN | END => {
            apart = letter == BEGIN;
            letter
        }
        ' ' if apart => '\u{a0}',
        _ => letter,
    });
    let text: String = letters.collect();
    text.replace(" /", " /\u{2060}")
        .replace("(/", "(/\u{2060}")
        .replace("--", "-\u{2060}-\u{2060}")
        .replace("Wi-Fi", "Wi-\u{2060}Fi")
}

/// `text` whose parts that are read to the left, as the whole is, are not set apart: the
/// layout below iced puts what is set apart more than once in a wrong order.
fn flat(text: &str) -> String {
    const BEGIN: char = '\u{2068}';
    const END: char = '\u{2069}';
    let mut open = Vec::new();
    let mut flat = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let keep = match letter {
            BEGIN => {
                let first = text[at..].chars().find(|letter| letter.is_alphabetic());
                let keep = !first.is_some_and(reads_to_the_left);
                open.push(keep);
                keep
            }
            END => open.pop().unwrap_or(true),
            _ => true,
        };
        if keep {
            flat.push(letter);
        }
    }
    flat
}

#[derive(Default)]
struct State {
    paragraph: Plain<Paragraph>,
    /// Whether it had several lines, which is what it is taken for next time.
    several: bool,
    broken: Option<Broken>,
    even: Option<Even>,
}

/// A text that takes less than its room, for the sake of its last line.
struct Even {
    content: String,
    size: f32,
    /// What there was, in logical pixels.
    room: f32,
    /// What is taken of it.
    width: f32,
}

/// A text that had to be broken into lines.
struct Broken {
    content: String,
    size: f32,
    /// In logical pixels.
    room: f32,
    lines: String,
}

impl State {
    /// Lays `label` out in that room.
    fn lay_out(&mut self, label: &Label<'_>, room: Size) {
        let is_for_this = |broken: &Broken| {
            (broken.size, broken.room) == (label.size, room.width)
                && broken.content == label.content
        };
        if !self.broken.as_ref().is_some_and(is_for_this) {
            self.broken = None;
            let ems = room.width / label.size;
            let lines = if label.wrapping != Wrapping::None && font::is_japanese(&label.content) {
                japanese(&label.content, ems)
            } else {
                self.lay_out_evenly(label, room);
                let fits = self.paragraph.min_width() <= room.width + 0.5;
                if fits || label.wrapping == Wrapping::None {
                    return;
                }
                broken(&label.laid(), ems)
            };
            self.broken = Some(Broken {
                content: label.content.clone().into_owned(),
                size: label.size,
                room: room.width,
                lines,
            });
        }
        if let Some(broken) = self.broken.take() {
            self.shape(label, &broken.lines, room);
            self.broken = Some(broken);
        }
    }

    fn lay_out_evenly(&mut self, label: &Label<'_>, room: Size) {
        let is_for_this = |even: &&Even| {
            (even.size, even.room) == (label.size, room.width) && even.content == label.content
        };
        if let Some(even) = self.even.as_ref().filter(is_for_this) {
            let width = even.width;
            return self.shape(label, &label.laid(), Size { width, ..room });
        }
        self.even = None;
        self.shape(label, &label.laid(), room);
        // Where words aren't apart, a line that ends earlier only ends inside of another word.
        let has_words = !label.content.chars().any(|letter| letter >= '\u{3000}');
        if label.wrapping == Wrapping::None || !has_words || !self.leaves_a_word_alone() {
            return;
        }
        let height = self.paragraph.min_height();
        // As much narrower as it takes for more words to come down, and no more.
        let (mut width, step) = (room.width, label.size / 2.0);
        while width > room.width / 2.0 {
            width -= step;
            self.shape(label, &label.laid(), Size { width, ..room });
            let fits = self.paragraph.min_height() < height + 0.5
                && self.paragraph.min_width() < width + 0.5;
            if !fits {
                width = room.width;
                break;
            }
            if !self.leaves_a_word_alone() {
                break;
            }
        }
        self.shape(label, &label.laid(), Size { width, ..room });
        self.even = Some(Even {
            content: label.content.clone().into_owned(),
            size: label.size,
            room: room.width,
            width,
        });
    }

    /// Whether the last of a few lines is much shorter than the others.
    fn leaves_a_word_alone(&self) -> bool {
        let lines = self.paragraph.raw().buffer().layout_runs();
        let lengths: Vec<f32> = lines.map(|line| line.line_w).collect();
        let longest = lengths.iter().copied().fold(0.0, f32::max);
        let last = lengths.last().copied().unwrap_or(longest);
        (2..=FEW).contains(&lengths.len()) && last < MUCH * longest
    }

    fn shape(&mut self, label: &Label<'_>, content: &str, room: Size) {
        let line = f32::from(label.line_height.to_absolute(Pixels(label.size)));
        for _ in 0..2 {
            let align = if self.several {
                label.align
            } else {
                Alignment::Default
            };
            let _ = self.paragraph.update(label.format(content, room, align));
            let several = self.paragraph.min_height() > line * 1.5;
            if std::mem::replace(&mut self.several, several) == several {
                break;
            }
        }
    }
}

/// `text` in lines of that many ems, each of them read in the direction of the whole.
fn broken(text: &str, room: f32) -> String {
    let first = text
        .chars()
        .find(|letter| letter.is_alphabetic() || *letter == TO_THE_LEFT);
    let mark = match first {
        Some('\u{590}'..='\u{8ff}' | TO_THE_LEFT) => TO_THE_LEFT,
        Some(_) | None => TO_THE_RIGHT,
    };
    let lines = font::wrap(text, room);
    let lines: Vec<String> = lines.iter().map(|line| format!("{mark}{line}")).collect();
    lines.join("\n")
}

/// `text` in lines of at most that many ems, which end between phrases; the last of a few
/// isn't much shorter than the others.
fn japanese(text: &str, room: f32) -> String {
    let lines = font::wrap(text, room);
    let width = |line: Option<&String>| line.map_or(0.0, |line| font::width(line));
    let alone =
        (2..=FEW).contains(&lines.len()) && width(lines.last()) < MUCH * width(lines.first());
    if alone {
        return font::wrap(text, font::even(text, room)).join("\n");
    }
    lines.join("\n")
}

impl<Message> Widget<Message, Theme, Renderer> for Label<'_> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, Length::Shrink)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        _renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        layout::sized(limits, self.width, Length::Shrink, |limits| {
            state.lay_out(self, limits.max());
            state.paragraph.min_bounds()
        })
    }

    fn operate(
        &mut self,
        _tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let height = f32::from(self.line_height.to_absolute(Pixels(self.size)));
        operation.custom(None, layout.bounds(), &mut LineMark { height });
        operation.text(None, layout.bounds(), &self.content);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let paragraph = tree.state.downcast_ref::<State>().paragraph.raw();
        let place = layout
            .bounds()
            .anchor(paragraph.min_bounds(), self.align, Vertical::Top);
        renderer.fill_paragraph(paragraph, place, self.color, *viewport);
    }
}

impl<'a, Message: 'a> From<Label<'a>> for Element<'a, Message> {
    fn from(label: Label<'a>) -> Self {
        Self::new(label)
    }
}

#[cfg(test)]
mod tests;
