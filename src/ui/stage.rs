//! The root of every screen: what concerns the screen as a whole and no part of it.
//!
//! Where the language is read from right to left, the whole layout is mirrored. The ring
//! around what has the focus is drawn here, over everything, since it glides from one part
//! of a screen to another. A new screen appears from under a veil.

mod mark;
mod mirror;
mod wrap;

use std::time::Duration;

use crate::ui::{Element, Renderer};
use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Quad, Renderer as _};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay};
use iced::gradient::Linear;
use iced::widget::container;
use iced::{
    Background, Border, Color, Event, Length, Padding, Point, Rectangle, Size, Theme, Vector,
    keyboard, window,
};

use super::Look;
use super::metrics::RING;
use super::motion::{APPEAR, Epoch, FRAME, Transition};
use crate::i18n::Direction;
use mark::{Glide, Mark, Scene, Search};

pub use mark::FocusMark;
pub use wrap::{as_written, marked, one_line, shifted, without_pointer};

struct Stage<'a, Message> {
    content: Element<'a, Message>,
    look: Look,
    /// Counts changes of screen.
    screen: u64,
}

/// `content` as the whole of the window; `screen` counts changes of screen.
pub fn stage<'a, Message: 'a>(
    look: &Look,
    screen: u64,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    Element::new(Stage {
        content: content.into(),
        look: *look,
        screen,
    })
}

/// `shown` in a part of a window; the rest of it is black.
pub fn within<'a, Message: 'a>(
    window: Size,
    part: Rectangle,
    shown: Element<'a, Message>,
) -> Element<'a, Message> {
    if part.size() == window {
        return shown;
    }
    let black = |_: &Theme| container::background(Background::Color(Color::BLACK));
    let fixed = container(shown)
        .width(Length::Fixed(part.width))
        .height(Length::Fixed(part.height))
        .clip(true);
    container(fixed)
        .padding(Padding::ZERO.left(part.x).top(part.y))
        .width(Length::Fill)
        .height(Length::Fill)
        .style(black)
        .into()
}

/// What took the place of nothing that anybody has seen is there at once: at a start the
/// results, a moment after the screen that waits for them.
const FLEETING: Duration = Duration::from_millis(400);

#[derive(Default)]
struct State {
    epoch: Epoch,
    /// What was last laid out.
    scene: Scene,
    /// Where the focus is in it.
    focus: Option<Mark>,
    /// What was last drawn.
    drawn: Option<Scene>,
    ring: Glide,
    veil: Option<Transition>,
    /// When this screen was drawn for the first time.
    since: Duration,
    /// How much of the veil is there.
    cover: f32,
}

impl State {
    /// Takes what moves to where it is at `now`; says whether it moves on.
    fn step(&mut self, moves: bool, now: Duration) -> bool {
        let another = self.drawn.replace(self.scene);
        let same = another == Some(self.scene);
        let gliding = self.ring.step(self.focus, !(moves && same), now);
        let before = another.map(|scene| scene.screen);
        if before != Some(self.scene.screen) {
            let fleeting = now.saturating_sub(self.since) < FLEETING;
            let appears = moves && before.is_some() && !fleeting;
            self.veil = appears.then(|| Transition::beginning(now));
            self.since = now;
        }
        let lifted = self.veil.as_mut().and_then(|veil| veil.step(now, APPEAR));
        self.cover = lifted.map_or(0.0, |part| 1.0 - part);
        if lifted.is_none() {
            self.veil = None;
        }
        gliding || self.veil.is_some()
    }
}

impl<Message> Stage<'_, Message> {
    fn draw_ring(&self, renderer: &mut Renderer, mark: Mark, origin: Point) {
        // While it is pressed the ring closes around it.
        let (color, width) = if self.look.pressed {
            (self.look.palette.accent, super::widget::slot())
        } else {
            (self.look.palette.ring, RING)
        };
        let border = Border {
            color,
            width: self.look.metrics.px(width),
            radius: mark.radius.into(),
        };
        let quad = Quad {
            bounds: mark.bounds + (origin - Point::ORIGIN),
            border,
            ..Quad::default()
        };
        renderer.fill_quad(quad, Color::TRANSPARENT);
    }

    fn draw_veil(&self, renderer: &mut Renderer, bounds: Rectangle, cover: f32) {
        let [top, bottom] = self.look.palette.ground;
        // Gradients run from the bottom at angle 0.
        let ground = Linear::new(0.0)
            .add_stop(0.0, bottom.scale_alpha(cover))
            .add_stop(1.0, top.scale_alpha(cover));
        let quad = Quad {
            bounds,
            ..Quad::default()
        };
        renderer.fill_quad(quad, Background::from(ground));
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Stage<'_, Message> {
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
        self.content.as_widget().size()
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let content = self.content.as_widget_mut();
        let node = content.layout(&mut tree.children[0], renderer, limits);
        let size = node.size();
        let node = match self.look.language.direction() {
            Direction::LeftToRight => node,
            Direction::RightToLeft => mirror::mirrored(&node, size.width),
        };
        let mut search = Search::default();
        content.operate(
            &mut tree.children[0],
            Layout::new(&node),
            renderer,
            &mut search,
        );
        let state = tree.state.downcast_mut::<State>();
        state.focus = search.found;
        state.scene = Scene {
            screen: self.screen,
            size,
        };
        layout::Node::with_children(size, vec![node])
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let Some(layout) = layout.children().next() else {
            return;
        };
        self.content
            .as_widget_mut()
            .operate(&mut tree.children[0], layout, renderer, operation);
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
        let Some(layout) = layout.children().next() else {
            return;
        };
        self.content.as_widget_mut().update(
            &mut tree.children[0],
            event,
            layout,
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        );
        let state = tree.state.downcast_mut::<State>();
        match event {
            Event::Window(window::Event::RedrawRequested(now)) => {
                let time = state.epoch.since(*now);
                if state.step(self.look.motion, time) {
                    shell.request_redraw_at(*now + FRAME);
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed { .. }) => state.veil = None,
            Event::Window(_)
            | Event::Keyboard(_)
            | Event::Mouse(_)
            | Event::Touch(_)
            | Event::InputMethod(_) => {}
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
        let Some(layout) = layout.children().next() else {
            return mouse::Interaction::None;
        };
        self.content.as_widget().mouse_interaction(
            &tree.children[0],
            layout,
            cursor,
            viewport,
            renderer,
        )
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
        crate::renderer::drawn(renderer);
        let Some(layout) = layout.children().next() else {
            return;
        };
        self.content.as_widget().draw(
            &tree.children[0],
            renderer,
            theme,
            style,
            layout,
            cursor,
            viewport,
        );
        // Always the same layer with the same bounds: what moves in it is all that is
        // drawn again.
        let state = tree.state.downcast_ref::<State>();
        renderer.with_layer(*viewport, |renderer| {
            if let Some(mark) = state.ring.shown() {
                self.draw_ring(renderer, mark, layout.position());
            }
            if state.cover > 0.0 {
                self.draw_veil(renderer, layout.bounds(), state.cover);
            }
        });
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let layout = layout.children().next()?;
        self.content.as_widget_mut().overlay(
            &mut tree.children[0],
            layout,
            renderer,
            viewport,
            translation,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(time: u64) -> Duration {
        Duration::from_millis(time)
    }

    fn scene(screen: u64) -> Scene {
        Scene {
            screen,
            size: Size::new(1920.0, 1080.0),
        }
    }

    /// Draws that screen at that time: how much of the veil is there.
    fn cover(state: &mut State, screen: u64, at: u64) -> f32 {
        state.scene = scene(screen);
        let _ = state.step(true, ms(at));
        state.cover
    }

    #[test]
    fn a_screen_that_takes_the_place_of_one_that_was_seen_appears() {
        let mut state = State::default();
        assert!(cover(&mut state, 1, 1000) <= 0.0);
        assert!(cover(&mut state, 2, 3000) >= 1.0);
        assert!(cover(&mut state, 2, 3016) < 1.0);
        assert!(cover(&mut state, 2, 3300) <= 0.0);
    }

    #[test]
    fn what_takes_the_place_of_a_moment_is_there_at_once() {
        let mut state = State::default();
        let _ = cover(&mut state, 1, 1000);
        assert!(cover(&mut state, 2, 1100) <= 0.0);
        assert!(cover(&mut state, 3, 1600) >= 1.0);
    }
}
