//! One picture after another in the same pixels.

use std::collections::VecDeque;
use std::thread;

use iced::{Color, Size};

use super::Renderer;
use super::canvas::Canvas;
use super::damage::{self, Mark};
use super::pixel_rect::PixelRect;
use super::scene::Scene;

/// Knows what the last pictures were made of, and so what to paint for the next.
#[derive(Debug, Default)]
pub struct Painter {
    /// The last first.
    past: VecDeque<Vec<Mark>>,
    /// Whether the display shows the last picture again by itself where it was covered.
    remembers: bool,
    /// How many pictures have been shown in parts.
    parts: u32,
}

impl Painter {
    /// For a display that `remembers` what it has been shown, or doesn't.
    #[must_use]
    pub fn new(remembers: bool) -> Self {
        Self {
            remembers,
            ..Self::default()
        }
    }

    /// The pixels have nothing to do with the pictures before.
    pub fn forget(&mut self) {
        self.past.clear();
    }

    /// Paints what was drawn with `renderer` on a screen of that many pixels and pixels per
    /// logical one. The pixels hold the picture of `age` pictures ago, with 0 none.
    ///
    /// Says what of it to show: nothing where all is as it was.
    pub fn paint(
        &mut self,
        renderer: &mut Renderer,
        pixels: &mut [u32],
        (size, scale): (Size<u32>, f32),
        background: Color,
        age: u8,
    ) -> Vec<PixelRect> {
        let scene = renderer.scene((size, scale), background);
        let changed = self.changed(&scene, size);
        if !changed.is_empty() {
            self.repaint(scene, pixels, size, age);
        }
        changed
    }

    /// What of the next picture is to be shown.
    pub(super) fn changed(&mut self, scene: &Scene, size: Size<u32>) -> Vec<PixelRect> {
        /// A window that has been covered is shown anew at the latest after so many pictures,
        /// if this was asked for together with a change.
        const OFTEN: u32 = 60;
        let whole = vec![PixelRect::of(size.width, size.height)];
        let Some(last) = self.past.front() else {
            return whole;
        };
        let changed = damage::between(last, scene.marks());
        if self.remembers {
            return changed;
        }
        // Somebody asks for a picture in which nothing has changed: the last one was lost.
        self.parts += 1;
        if changed.is_empty() || self.parts >= OFTEN {
            self.parts = 0;
            return whole;
        }
        changed
    }

    /// Makes the picture of `age` pictures ago the next one.
    pub(super) fn repaint(&mut self, scene: Scene, pixels: &mut [u32], size: Size<u32>, age: u8) {
        /// No display has more pictures under way.
        const MOST: usize = 4;
        let before = usize::from(age).checked_sub(1);
        let before = before.and_then(|before| self.past.get(before));
        let areas = before.map_or_else(
            || vec![PixelRect::of(size.width, size.height)],
            |before| damage::between(before, scene.marks()),
        );
        for area in areas {
            paint(&scene, pixels, size.width, area);
        }
        self.past.push_front(scene.into_marks());
        self.past.truncate(MOST);
    }
}

/// Paints an area; a large one by several processors.
fn paint(scene: &Scene, pixels: &mut [u32], width: u32, area: PixelRect) {
    /// Less isn't worth the while.
    const MUCH: u64 = 400_000;
    let processors = if area.pixels() > MUCH {
        thread::available_parallelism()
            .map_or(1, usize::from)
            .min(4)
    } else {
        1
    };
    if !paint_by(processors, scene, pixels, width, area) {
        let _ = paint_by(1, scene, pixels, width, area);
    }
}

/// Paints an area by so many processors; says whether there were as many.
fn paint_by(
    processors: usize,
    scene: &Scene,
    pixels: &mut [u32],
    width: u32,
    area: PixelRect,
) -> bool {
    let row = width as usize;
    let rows = (area.height() as usize).div_ceil(processors);
    let top = usize::try_from(area.top).unwrap_or(0);
    let pixels = pixels.get_mut(top * row..).unwrap_or_default();
    let bands = pixels.chunks_mut((rows * row).max(1)).take(processors);
    let mut bands = (area.top..).step_by(rows.max(1)).zip(bands);
    let band = |(first, pixels): (i32, &mut [u32])| {
        scene.paint(Canvas::rows(pixels, width, area, first));
    };
    let own = bands.next();
    thread::scope(|scope| {
        let band = &band;
        let help = |rows| thread::Builder::new().spawn_scoped(scope, move || band(rows));
        let helped = bands.map(help).all(|helper| helper.is_ok());
        if let Some(own) = own {
            band(own);
        }
        helped
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::advanced::Renderer as _;
    use iced::advanced::renderer::Quad;
    use iced::{Font, Rectangle};

    const SIZE: Size<u32> = Size::new(40, 30);

    struct Screen {
        painter: Painter,
        renderer: Renderer,
        pixels: Vec<u32>,
    }

    impl Screen {
        fn new(remembers: bool) -> Self {
            Self {
                painter: Painter::new(remembers),
                renderer: Renderer::new(Font::DEFAULT, 16.into()),
                pixels: vec![0; 40 * 30],
            }
        }

        /// A square that many pixels from the left.
        fn show(&mut self, left: u32) -> Vec<PixelRect> {
            let whole = Size::new(40.0, 30.0);
            self.renderer.reset(Rectangle::with_size(whole));
            let quad = Quad {
                bounds: Rectangle {
                    x: left as f32,
                    y: 4.0,
                    width: 6.0,
                    height: 6.0,
                },
                ..Quad::default()
            };
            self.renderer.fill_quad(quad, Color::WHITE);
            let screen = (SIZE, 1.0);
            let (renderer, pixels) = (&mut self.renderer, &mut self.pixels);
            self.painter
                .paint(renderer, pixels, screen, Color::BLACK, 1)
        }
    }

    #[test]
    fn what_has_changed_is_painted_and_nothing_else_is_touched() {
        let mut screen = Screen::new(true);
        assert_eq!(screen.show(2), [PixelRect::of(40, 30)]);
        screen.pixels[20 * 40 + 20] = 7;
        let changed = screen.show(10);
        assert_eq!(changed, [PixelRect::at(2, 4, 14, 6)]);
        assert_eq!(screen.pixels[5 * 40 + 3], 0xff00_0000);
        assert_eq!(screen.pixels[5 * 40 + 12], u32::MAX);
        assert_eq!(screen.pixels[20 * 40 + 20], 7);
    }

    #[test]
    fn where_nothing_has_changed_nothing_is_shown_unless_the_display_may_have_lost_it() {
        let (mut remembers, mut forgets) = (Screen::new(true), Screen::new(false));
        let _ = (remembers.show(2), forgets.show(2));
        assert_eq!(remembers.show(2), []);
        assert_eq!(forgets.show(2), [PixelRect::of(40, 30)]);
    }

    #[test]
    fn a_display_that_may_have_lost_it_gets_the_whole_picture_now_and_then() {
        let mut screen = Screen::new(false);
        let shown = (0..130).map(|turn| screen.show(2 + 20 * (turn % 2)));
        let whole = shown.filter(|areas| *areas == [PixelRect::of(40, 30)]);
        assert_eq!(whole.count(), 3);
    }

    #[test]
    fn pixels_that_hold_no_picture_are_painted_whole() {
        let mut screen = Screen::new(true);
        let _ = screen.show(2);
        screen.painter.forget();
        screen.pixels.fill(7);
        assert_eq!(screen.show(2), [PixelRect::of(40, 30)]);
        assert!(!screen.pixels.contains(&7));
    }
}
