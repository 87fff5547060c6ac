//! Words that Up and Down scroll where they are too long for their place.
//!
//! They go by whole lines: none is cut through. A bar beside them, and an arrow at the end
//! where there is more, tell that not all of them are seen.

use std::any::Any;

use crate::ui::{Element, Renderer};
use iced::advanced::layout::{self, Layout, Node};
use iced::advanced::renderer::{Renderer as _, Style};
use iced::advanced::widget::operation::Scrollable;
use iced::advanced::widget::operation::scrollable::{AbsoluteOffset, RelativeOffset};
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse};
use iced::{Event, Length, Point, Rectangle, Size, Theme, Vector};

use super::Look;
use super::bar::{self, Position};

/// The name of the part of a screen that [`Operation::scrollable`] scrolls, its offset
/// counted in lines.
pub const WORDS: &str = "words";
/// What the bar and the distance to it take, on the canvas.
#[must_use]
pub fn bar_width(look: &Look) -> f32 {
    bar::width(look) + 8.0
}

/// Texts tell by this, through [`Operation::custom`] with their bounds, how high each of
/// their lines is in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineMark {
    /// A line's height.
    pub height: f32,
}

struct Words<'a, Message> {
    content: Element<'a, Message>,
    look: Look,
}

/// `content`, which scrolls where it is too long.
pub fn words<'a, Message: 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    Element::new(Words {
        content: content.into(),
        look: *look,
    })
}

/// Lines, and which of them is the first that is seen.
#[derive(Debug, Clone, PartialEq, Default)]
struct State {
    /// Where each begins and ends.
    lines: Vec<(f32, f32)>,
    room: f32,
    at: usize,
}

impl State {
    /// Takes in another layout of the same words.
    fn laid_out(&mut self, mut lines: Vec<(f32, f32)>, room: f32) {
        lines.sort_by(|one, other| one.0.total_cmp(&other.0));
        // What stands side by side is seen together.
        lines.dedup_by(|next, line| {
            let beside = next.0 < line.1 - 1.0;
            if beside {
                line.1 = line.1.max(next.1);
            }
            beside
        });
        (self.lines, self.room) = (lines, room);
        self.at = self.at.min(self.last());
    }

    /// The first line from which on all are seen.
    fn last(&self) -> usize {
        let end = self.lines.last().map_or(0.0, |line| line.1);
        // What isn't text, above the first line, goes with it.
        let top = |at: usize, line: &(f32, f32)| if at == 0 { 0.0 } else { line.0 };
        self.lines
            .iter()
            .enumerate()
            .position(|(at, line)| end - top(at, line) <= self.room + 0.5)
            .unwrap_or(self.lines.len().saturating_sub(1))
    }

    fn scroll(&mut self, by: isize) -> bool {
        let at = self.at.saturating_add_signed(by).min(self.last());
        std::mem::replace(&mut self.at, at) != at
    }

    /// From where to where they are seen: the first line is, even if only a part of it has
    /// room.
    fn seen(&self) -> (f32, f32) {
        let Some(&(top, bottom)) = self.lines.get(self.at) else {
            return (0.0, self.room);
        };
        // What isn't text, above the first line, goes with it.
        let top = if self.at == 0 { 0.0 } else { top };
        let most = top + self.room;
        if self.at >= self.last() {
            return (top, most);
        }
        let whole = self.lines.iter().rev().find(|line| line.1 <= most + 0.5);
        (top, whole.map_or(most, |line| line.1.max(bottom).min(most)))
    }

    fn place(&self) -> Position {
        let all = self.lines.last().map_or(1.0, |line| line.1.max(1.0));
        Position {
            seen: self.room / all,
            at: self.at as f32 / self.last().max(1) as f32,
        }
    }
}

impl Scrollable for State {
    fn snap_to(&mut self, offset: RelativeOffset<Option<f32>>) {
        if let Some(part) = offset.y {
            self.at = (self.last() as f32 * part).round() as usize;
        }
    }

    fn scroll_to(&mut self, offset: AbsoluteOffset<Option<f32>>) {
        if let Some(line) = offset.y {
            self.at = (line as usize).min(self.last());
        }
    }

    fn scroll_by(&mut self, offset: AbsoluteOffset, _bounds: Rectangle, _content: Rectangle) {
        let _ = self.scroll(offset.y.round() as isize);
    }
}

/// Where the lines are.
#[derive(Default)]
struct Search(Vec<(f32, f32)>);

impl Operation for Search {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        let Some(LineMark { height }) = state.downcast_ref().copied() else {
            return;
        };
        let many = (bounds.height / height.max(1.0)).round().max(1.0) as u16;
        let each = bounds.height / f32::from(many);
        let top = |line: u16| bounds.y + each * f32::from(line);
        self.0
            .extend((0..many).map(|line| (top(line), top(line + 1))));
    }
}

impl<Message> Words<'_, Message> {
    /// The piece of the content that is seen, in its own place.
    fn window(&self, state: &State, content: Layout<'_>) -> (Rectangle, Vector) {
        let bounds = content.bounds();
        let (top, bottom) = state.seen();
        let seen = Rectangle {
            height: bottom - top,
            ..bounds
        };
        (seen, Vector::new(0.0, top))
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Words<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.content.as_widget().size().width, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> Node {
        let (least, most) = (limits.min(), limits.max());
        let content = self.content.as_widget_mut();
        let inside = &mut tree.children[0];
        let compressed = Size::new(limits.compression().width, true);
        let mut lay_out = |width: f32| {
            let (least, most) = (
                Size::new(least.width.min(width), 0.0),
                Size::new(width, f32::INFINITY),
            );
            // What would fill the height is no higher than it has to be.
            let limits = layout::Limits::with_compression(least, most, compressed);
            content.layout(inside, renderer, &limits)
        };
        let node = lay_out(most.width);
        let size = node.size();
        let state = tree.state.downcast_mut::<State>();
        if size.height <= most.height + 0.5 {
            state.laid_out(Vec::new(), size.height);
            return Node::with_children(size, vec![node]);
        }
        let px = |size: f32| self.look.metrics.px(size);
        let (bar, strip) = (px(bar_width(&self.look)), px(bar::width(&self.look)));
        let node = lay_out(most.width - bar);
        let size = Size::new(node.size().width + bar, most.height);
        let mut search = Search::default();
        content.operate(inside, Layout::new(&node), renderer, &mut search);
        state.laid_out(search.0, most.height);
        let strip =
            Node::new(Size::new(strip, size.height)).move_to(Point::new(size.width - strip, 0.0));
        Node::with_children(size, vec![node, strip])
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let Some(content) = layout.children().next() else {
            return;
        };
        let (seen, offset) = self.window(state, content);
        let id = Id::new(WORDS);
        operation.scrollable(Some(&id), seen, content.bounds(), offset, state);
        operation.traverse(&mut |operation| {
            let inside = self.content.as_widget_mut();
            inside.operate(&mut tree.children[0], content, renderer, operation);
        });
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
        if let Some(content) = layout.children().next() {
            // Nothing in words is pressed, but something may move.
            let (inside, nowhere) = (self.content.as_widget_mut(), mouse::Cursor::Unavailable);
            let tree = &mut tree.children[0];
            inside.update(
                tree, event, content, nowhere, renderer, clipboard, shell, viewport,
            );
        }
        let by = match event {
            Event::Mouse(mouse::Event::WheelScrolled { delta }) => match delta {
                mouse::ScrollDelta::Lines { y, .. } | mouse::ScrollDelta::Pixels { y, .. } => -y,
            },
            // The upper half of the bar goes back, the lower one on.
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(iced::touch::Event::FingerPressed { .. }) => {
                let Some(bar) = layout.children().nth(1).map(|bar| bar.bounds()) else {
                    return;
                };
                let Some(place) = cursor.position_in(bar) else {
                    return;
                };
                place.y - bar.height / 2.0
            }
            Event::Mouse(_)
            | Event::Touch(_)
            | Event::Keyboard(_)
            | Event::Window(_)
            | Event::InputMethod(_) => return,
        };
        let state = tree.state.downcast_mut::<State>();
        if cursor.is_over(layout.bounds()) && state.scroll(if by < 0.0 { -1 } else { 1 }) {
            shell.request_redraw();
            shell.capture_event();
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
        let mut parts = layout.children();
        let Some(content) = parts.next() else {
            return;
        };
        let (inside, tree_inside) = (self.content.as_widget(), &tree.children[0]);
        let Some(bar) = parts.next() else {
            inside.draw(
                tree_inside,
                renderer,
                theme,
                style,
                content,
                cursor,
                viewport,
            );
            return;
        };
        let state = tree.state.downcast_ref::<State>();
        let (seen, offset) = self.window(state, content);
        let Some(clip) = seen.intersection(viewport) else {
            return;
        };
        renderer.with_layer(clip, |renderer| {
            renderer.with_translation(-offset, |renderer| {
                let shown = clip + offset;
                inside.draw(
                    tree_inside,
                    renderer,
                    theme,
                    style,
                    content,
                    mouse::Cursor::Unavailable,
                    &shown,
                );
            });
        });
        bar::draw(renderer, &self.look, state.place(), bar.bounds());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_lines(many: u16, room: f32) -> State {
        let mut state = State::default();
        let lines = (0..many).map(|line| (f32::from(line) * 40.0, f32::from(line + 1) * 40.0));
        state.laid_out(lines.collect(), room);
        state
    }

    #[test]
    fn no_line_is_cut_through_wherever_one_is() {
        let mut state = of_lines(10, 130.0);
        assert_eq!(state.seen(), (0.0, 120.0));
        assert!(state.scroll(2));
        assert_eq!(state.seen(), (80.0, 200.0));
    }

    #[test]
    fn scrolling_stops_where_the_last_line_is_seen_and_at_the_first() {
        let mut state = of_lines(10, 130.0);
        assert!(!state.scroll(-1));
        assert!(state.scroll(100));
        assert!(state.place().at >= 1.0);
        let (top, bottom) = state.seen();
        assert!(top == 280.0 && bottom >= 400.0, "{top} to {bottom}");
        assert!(!state.scroll(1));
    }

    #[test]
    fn what_stands_above_the_first_line_takes_room_too() {
        let mut state = State::default();
        state.laid_out(vec![(30.0, 70.0), (70.0, 110.0), (110.0, 150.0)], 130.0);
        assert_eq!(state.seen(), (0.0, 110.0));
        assert!(state.scroll(1));
        assert!(state.seen().1 >= 150.0);
    }

    #[test]
    fn what_stands_side_by_side_is_seen_together() {
        let mut state = State::default();
        state.laid_out(
            vec![(0.0, 40.0), (40.0, 80.0), (45.0, 125.0), (80.0, 120.0)],
            100.0,
        );
        assert_eq!(state.lines, [(0.0, 40.0), (40.0, 125.0)]);
    }

    #[test]
    fn a_layout_with_fewer_lines_is_not_scrolled_beyond_its_end() {
        let mut state = of_lines(10, 130.0);
        let _ = state.scroll(100);
        state.laid_out(
            vec![(0.0, 40.0), (40.0, 80.0), (80.0, 120.0), (120.0, 160.0)],
            130.0,
        );
        assert_eq!(state.at, 1);
    }
}
