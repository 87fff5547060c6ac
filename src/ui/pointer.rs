//! The mouse's pointer over everything: seen or hidden.

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay, renderer};
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector};

struct Hidden<'a, Message> {
    content: Element<'a, Message>,
    hidden: bool,
}

/// `content` with the mouse's pointer hidden, or left as it is. What lies under it is
/// pressed all the same: a finger has no pointer. The tree is the same for both, so that
/// what is being pressed stays so.
pub fn hidden<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    hidden: bool,
) -> Element<'a, Message> {
    Element::new(Hidden {
        content: content.into(),
        hidden,
    })
}

impl<Message> Widget<Message, Theme, Renderer> for Hidden<'_, Message> {
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

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        self.content.as_widget_mut().layout(tree, renderer, limits)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        self.content
            .as_widget_mut()
            .operate(tree, layout, renderer, operation);
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
        self.content.as_widget_mut().update(
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
        if self.hidden {
            return mouse::Interaction::Hidden;
        }
        self.content
            .as_widget()
            .mouse_interaction(tree, layout, cursor, viewport, renderer)
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
        self.content
            .as_widget()
            .draw(tree, renderer, theme, style, layout, cursor, viewport);
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        self.content
            .as_widget_mut()
            .overlay(tree, layout, renderer, viewport, translation)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Look;
    use super::super::widget::{Weight, press};
    use super::*;
    use crate::config::Display;
    use iced::{Point, touch};
    use iced_test::simulator;

    #[test]
    fn a_finger_presses_what_it_touches_while_the_pointer_is_hidden() {
        let look = Look::new(Size::new(1920.0, 1080.0), 1.0, &Display::default());
        let button = press(&look, "Sign in", Weight::Primary, true, "pressed");
        let mut screen = simulator(hidden(button, true));
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
