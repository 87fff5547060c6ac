//! The outputs that a display has, and which of them tenfoot uses.

use iced::{Point, Rectangle, Size};

/// What a picture comes out of: a socket of the graphics card with a screen on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The connector, such as “HDMI-A-1”.
    pub name: String,
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
}

impl Output {
    /// Where it lies among the others, in pixels that are `scale` times as large.
    #[must_use]
    pub fn bounds(&self, scale: f32) -> Rectangle {
        let scaled = |pixels: f32| pixels / scale.max(0.1);
        Rectangle {
            x: scaled(self.x as f32),
            y: scaled(self.y as f32),
            width: scaled(self.width as f32),
            height: scaled(self.height as f32),
        }
    }
}

/// The outputs that are on, the one that is used unless told otherwise first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outputs {
    /// Each of them.
    pub all: Vec<Output>,
    /// Whether they are told in physical pixels, as X11 does, rather than in logical ones.
    pub physical: bool,
}

impl Outputs {
    /// The output of that name, or the first where there is none.
    #[must_use]
    pub fn chosen(&self, wanted: Option<&str>) -> Option<&Output> {
        self.named(wanted).or_else(|| self.all.first())
    }

    /// The output of that name.
    #[must_use]
    pub fn named(&self, wanted: Option<&str>) -> Option<&Output> {
        let wanted = wanted?;
        let is_wanted = |output: &&Output| output.name.eq_ignore_ascii_case(wanted);
        self.all.iter().find(is_wanted)
    }

    /// What the outputs' pixels are divided by to be logical ones.
    #[must_use]
    pub const fn scale(&self, density: f32) -> f32 {
        if self.physical { density } else { 1.0 }
    }

    /// The part of a window that is drawn in, in its own logical pixels: where it covers
    /// several outputs, as under cage, the chosen one; else all of it.
    #[must_use]
    pub fn part(&self, window: Size, density: f32, wanted: Option<&str>) -> Rectangle {
        let whole = Rectangle::with_size(window);
        let scale = self.scale(density);
        let all = self.all.iter().map(|output| output.bounds(scale));
        let Some(covered) = all.reduce(|one, other| one.union(&other)) else {
            return whole;
        };
        let is = |size: Size| same(size, window);
        match self.chosen(wanted).map(|output| output.bounds(scale)) {
            Some(chosen) if is(covered.size()) && !is(chosen.size()) => {
                let place = chosen.position() - covered.position();
                Rectangle::new(Point::ORIGIN + place, chosen.size())
            }
            Some(_) | None => whole,
        }
    }
}

/// Whether they differ by no more than what is lost where pixels are divided by a scale.
#[must_use]
pub fn same(one: Size, other: Size) -> bool {
    (one.width - other.width).abs() < 1.0 && (one.height - other.height).abs() < 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(name: &str, (x, y): (i32, i32), (width, height): (u32, u32)) -> Output {
        Output {
            name: name.to_owned(),
            x,
            y,
            width,
            height,
        }
    }

    /// A television, and a monitor to the left of it.
    fn two() -> Outputs {
        Outputs {
            all: vec![
                output("DP-1", (-1280, 0), (1280, 1024)),
                output("HDMI-A-1", (0, 0), (1920, 1080)),
            ],
            physical: false,
        }
    }

    fn part(outputs: &Outputs, (width, height): (f32, f32), wanted: Option<&str>) -> [f32; 4] {
        let part = outputs.part(Size::new(width, height), 2.0, wanted);
        [part.x, part.y, part.width, part.height]
    }

    #[test]
    fn a_window_across_several_outputs_is_drawn_in_one_of_them() {
        let across = (3200.0, 1080.0);
        let part = |wanted| part(&two(), across, wanted);
        assert_eq!(part(None), [0.0, 0.0, 1280.0, 1024.0]);
        assert_eq!(part(Some("HDMI-A-1")), [1280.0, 0.0, 1920.0, 1080.0]);
        assert_eq!(part(Some("hdmi-a-1")), [1280.0, 0.0, 1920.0, 1080.0]);
    }

    #[test]
    fn an_output_that_isn_t_there_leaves_the_first() {
        let part = part(&two(), (3200.0, 1080.0), Some("HDMI-A-2"));
        assert_eq!(part, [0.0, 0.0, 1280.0, 1024.0]);
    }

    #[test]
    fn a_window_on_one_output_is_drawn_in_whole() {
        for size in [(1920.0, 1080.0), (1280.0, 1024.0), (800.0, 600.0)] {
            let whole = [0.0, 0.0, size.0, size.1];
            assert_eq!(part(&two(), size, Some("HDMI-A-1")), whole);
        }
        let none = Outputs::default();
        assert_eq!(part(&none, (1920.0, 1080.0), None)[2..], [1920.0, 1080.0]);
    }

    #[test]
    fn outputs_that_show_the_same_are_one() {
        let mut mirrored = two();
        mirrored.all[0] = output("DP-1", (0, 0), (1920, 1080));
        let part = part(&mirrored, (1920.0, 1080.0), Some("DP-1"));
        assert_eq!(part, [0.0, 0.0, 1920.0, 1080.0]);
    }

    #[test]
    fn physical_pixels_are_divided_by_the_density() {
        let outputs = Outputs {
            physical: true,
            ..two()
        };
        let part = part(&outputs, (1600.0, 540.0), Some("HDMI-A-1"));
        assert_eq!(part, [640.0, 0.0, 960.0, 540.0]);
    }
}
