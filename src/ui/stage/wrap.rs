//! Content that differs from itself in one respect, and is passed on in all others.

use crate::ui::{Element, Renderer};
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, Widget, mouse, overlay, renderer};
use iced::{Event, Length, Rectangle, Size, Theme, Vector};

use super::mark::FocusMark;
use super::mirror;
use crate::i18n::Direction;
use crate::ui::Look;
use crate::ui::scroll_text::LineMark;

struct Around<'a, Message> {
    content: Element<'a, Message>,
    respect: Respect,
}

/// What is different about the content.
enum Respect {
    /// Nothing.
    None,
    /// It is mirrored once more, and so isn't in the end.
    MirroredBack,
    /// It has the focus.
    Marked(FocusMark),
    /// It is one line among those that scroll.
    OneLine,
    /// It is drawn somewhere else than it lies.
    Shifted(Vector),
    /// The pointer isn't seen over it.
    WithoutPointer,
}

fn around<'a, Message: 'a>(
    respect: Respect,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    Element::new(Around {
        content: content.into(),
        respect,
    })
}

/// `content` from left to right in every language, for example a logo.
pub fn as_written<'a, Message: 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let respect = match look.language.direction() {
        Direction::RightToLeft => Respect::MirroredBack,
        Direction::LeftToRight => Respect::None,
    };
    around(respect, content)
}

/// `content`, which the ring surrounds where there is a `mark`.
pub fn marked<'a, Message: 'a>(
    mark: Option<FocusMark>,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    around(mark.map_or(Respect::None, Respect::Marked), content)
}

/// `content` as one line among words that scroll: it is seen as a whole or not at all.
pub fn one_line<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    around(Respect::OneLine, content)
}

/// `content` drawn `by` logical pixels away. The pointer meets it where it lies, so there
/// must be something over it as long as that is not the same.
pub fn shifted<'a, Message: 'a>(
    by: Vector,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    around(Respect::Shifted(by), content)
}

/// `content` with the mouse's pointer hidden, or left as it is. What lies under it is
/// pressed all the same: a finger has no pointer. The tree is the same for both, so that
/// what is being pressed stays so.
pub fn without_pointer<'a, Message: 'a>(
    hidden: bool,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let respect = if hidden {
        Respect::WithoutPointer
    } else {
        Respect::None
    };
    around(respect, content)
}

impl<Message> Widget<Message, Theme, Renderer> for Around<'_, Message> {
    fn tag(&self) -> tree::Tag {
        self.content.as_widget().tag()
    }

    fn state(&self) -> tree::State {
        self.content.as_widget().state()
    }

    fn children(&self) -> Vec<Tree> {
        self.content.as_widget().children()
    }

    fn diff(&self, tree: &mut Tree) {
        self.content.as_widget().diff(tree);
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let node = self.content.as_widget_mut().layout(tree, renderer, limits);
        if let Respect::MirroredBack = self.respect {
            mirror::mirrored_inside(&node)
        } else {
            node
        }
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let bounds = layout.bounds();
        if let Respect::Marked(mark) = &mut self.respect {
            operation.custom(None, bounds, mark);
        } else if let Respect::OneLine = self.respect {
            let mut line = LineMark {
                height: bounds.height,
            };
            operation.custom(None, bounds, &mut line);
        }
        let content = self.content.as_widget_mut();
        content.operate(tree, layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let content = self.content.as_widget_mut();
        content.update(
            tree, event, layout, cursor, renderer, clipboard, shell, viewport,
        );
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        if let Respect::WithoutPointer = self.respect {
            return mouse::Interaction::Hidden;
        }
        let content = self.content.as_widget();
        content.mouse_interaction(tree, layout, cursor, viewport, renderer)
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let content = self.content.as_widget();
        if let Respect::Shifted(by) = self.respect {
            let seen = *viewport - by;
            renderer.with_translation(by, |renderer| {
                content.draw(tree, renderer, theme, style, layout, cursor, &seen);
            });
        } else {
            content.draw(tree, renderer, theme, style, layout, cursor, viewport);
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let content = self.content.as_widget_mut();
        content.overlay(tree, layout, renderer, viewport, translation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Display;
    use crate::ui::widget::{Weight, press};
    use iced::{Point, touch};
    use iced_test::simulator;

    #[test]
    fn a_finger_presses_what_it_touches_while_the_pointer_is_hidden() {
        let look = Look::new(Size::new(1920.0, 1080.0), 1.0, &Display::default());
        let button = press(&look, "Sign in", Weight::Primary, true, "pressed");
        let mut screen = simulator(without_pointer(true, button));
        let (id, position) = (touch::Finger(0), Point::new(60.0, 50.0));
        screen.point_at(position);
        let _ = screen.simulate([
            Event::Touch(touch::Event::FingerPressed { id, position }),
            Event::Touch(touch::Event::FingerLifted { id, position }),
        ]);
        let messages: Vec<_> = screen.into_messages().collect();
        assert_eq!(messages, ["pressed"]);
    }
}
