//! A text.
//!
//! iced places a single line that is read from right to left by the width of the room
//! instead of the text's own as soon as the text has an alignment, far outside of what is
//! seen. So a single line has none here and is placed as a whole.

use std::borrow::Cow;

use crate::ui::font;
use crate::ui::words::LineMark;
use iced::advanced::layout::{self, Layout};
use iced::advanced::text::paragraph::Plain;
use iced::advanced::text::{self, Paragraph as _, Renderer as _};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Widget, mouse, renderer};
use iced::alignment::Vertical;
use iced::widget::text::{Alignment, LineHeight, Shaping, Wrapping};
use iced::{Color, Element, Font, Length, Pixels, Rectangle, Renderer, Size, Theme};

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
}

impl<'a> Label<'a> {
    /// A text of that size in logical pixels; as wide as its words.
    #[must_use]
    pub fn new(content: impl Into<Cow<'a, str>>, size: f32, face: Font, color: Color) -> Self {
        Self {
            content: content.into(),
            size,
            face,
            color,
            width: Length::Shrink,
            line_height: LineHeight::default(),
            align: Alignment::Default,
            wrapping: Wrapping::default(),
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

    /// How it is broken into lines.
    #[must_use]
    pub fn wrapping(mut self, wrapping: Wrapping) -> Self {
        self.wrapping = wrapping;
        self
    }

    fn format(&self, bounds: Size, align: Alignment) -> text::Text<&str> {
        text::Text {
            content: &self.content,
            bounds,
            size: Pixels(self.size),
            line_height: self.line_height,
            font: font::for_text(self.face, &self.content),
            align_x: align,
            align_y: Vertical::Top,
            shaping: Shaping::default(),
            wrapping: self.wrapping,
        }
    }
}

#[derive(Default)]
struct State {
    paragraph: Plain<Paragraph>,
    /// Whether it had several lines, which is what it is taken for next time.
    several: bool,
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
        let line = f32::from(self.line_height.to_absolute(Pixels(self.size)));
        layout::sized(limits, self.width, Length::Shrink, |limits| {
            for _ in 0..2 {
                let align = if state.several {
                    self.align
                } else {
                    Alignment::Default
                };
                let _ = state.paragraph.update(self.format(limits.max(), align));
                let several = state.paragraph.min_height() > line * 1.5;
                if std::mem::replace(&mut state.several, several) == several {
                    break;
                }
            }
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
