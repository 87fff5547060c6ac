//! The first of several ways to draw the same thing in which all words are seen.
//!
//! How much room words need is known only once they are laid out, in their language and at
//! their size. So what is beside them gives way where it has to, and only there.

use crate::ui::{Element, Renderer};
use iced::advanced::layout::{self, Layout, Node};
use iced::advanced::renderer::Style;
use iced::advanced::widget::operation::Scrollable;
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay};
use iced::{Event, Length, Rectangle, Size, Theme, Vector};

use crate::ui::scroll_text::WORDS;

struct Fitting<'a, Message> {
    ways: Vec<Element<'a, Message>>,
}

/// The first of `ways` whose words needn't be scrolled, else the last.
pub fn fitting<'a, Message: 'a>(ways: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    Element::new(Fitting { ways })
}

/// Which of the ways was laid out.
#[derive(Default)]
struct State {
    chosen: usize,
}

/// Whether any words are longer than their place.
#[derive(Default)]
struct Overflow(bool);

impl Operation for Overflow {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        _translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.0 |= id == Some(&Id::new(WORDS)) && content.height > bounds.height + 0.5;
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Fitting<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        self.ways.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.ways);
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> Node {
        let last = self.ways.len().saturating_sub(1);
        for (at, (way, inside)) in self.ways.iter_mut().zip(&mut tree.children).enumerate() {
            let way = way.as_widget_mut();
            let node = way.layout(inside, renderer, limits);
            let mut overflow = Overflow::default();
            way.operate(inside, Layout::new(&node), renderer, &mut overflow);
            if at == last || !overflow.0 {
                tree.state.downcast_mut::<State>().chosen = at;
                return Node::with_children(node.size(), vec![node]);
            }
        }
        Node::new(limits.max())
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let at = tree.state.downcast_ref::<State>().chosen;
        if let (Some(way), Some(layout)) = (self.ways.get_mut(at), layout.children().next()) {
            let inside = &mut tree.children[at];
            way.as_widget_mut()
                .operate(inside, layout, renderer, operation);
        }
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
        let at = tree.state.downcast_ref::<State>().chosen;
        if let (Some(way), Some(layout)) = (self.ways.get_mut(at), layout.children().next()) {
            let (way, inside) = (way.as_widget_mut(), &mut tree.children[at]);
            way.update(
                inside, event, layout, cursor, renderer, clipboard, shell, viewport,
            );
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let at = tree.state.downcast_ref::<State>().chosen;
        match (self.ways.get(at), layout.children().next()) {
            (Some(way), Some(layout)) => {
                let (way, inside) = (way.as_widget(), &tree.children[at]);
                way.mouse_interaction(inside, layout, cursor, viewport, renderer)
            }
            (None, _) | (_, None) => mouse::Interaction::None,
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let at = tree.state.downcast_ref::<State>().chosen;
        if let (Some(way), Some(layout)) = (self.ways.get(at), layout.children().next()) {
            let (way, inside) = (way.as_widget(), &tree.children[at]);
            way.draw(inside, renderer, theme, style, layout, cursor, viewport);
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
        let at = tree.state.downcast_ref::<State>().chosen;
        let (way, layout) = (self.ways.get_mut(at)?, layout.children().next()?);
        let inside = &mut tree.children[at];
        way.as_widget_mut()
            .overlay(inside, layout, renderer, viewport, translation)
    }
}
