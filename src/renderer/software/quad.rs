//! Rectangles with round corners, edges and shadows.
//!
//! How much of a pixel one covers follows from where the pixel is and nothing else, so it
//! is the same whether much or little around it is painted.

use std::hash::{Hash, Hasher};

use iced::advanced::renderer::Quad;
use iced::gradient::Linear;
use iced::{Background, Gradient, Point, Rectangle, Shadow};

use super::canvas::{Canvas, Ink};
use super::pixel_rect::PixelRect;
use super::rounded::Rounded;

/// A rectangle as it is painted, in physical pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Plate {
    outside: Rounded,
    inside: Rounded,
    edge: f32,
    fill: Option<Fill>,
    line: Option<Ink>,
    shadow: Option<(Ink, Cast)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Fill {
    Plain(Ink),
    Gradient(Linear, Point, Point),
}

/// Where a shadow falls.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cast {
    shape: Rounded,
    blur: f32,
}

impl Plate {
    /// None where nothing of it can be seen.
    #[must_use]
    pub fn new(quad: &Quad, background: &Background, scale: f32) -> Option<Self> {
        let bounds = quad.bounds * scale;
        let half = bounds.width.min(bounds.height) / 2.0;
        let radii = <[f32; 4]>::from(quad.border.radius).map(|radius| (radius * scale).min(half));
        let edge = (quad.border.width * scale).min(half);
        let outside = Rounded { bounds, radii };
        let plate = Self {
            inside: outside.shrunk(edge),
            outside,
            edge,
            fill: Fill::new(background, bounds),
            line: Ink::new(quad.border.color).filter(|_| edge > 0.0),
            shadow: Ink::new(quad.shadow.color)
                .map(|ink| (ink, Cast::new(quad.shadow, outside, scale))),
        };
        let seen = plate.fill.is_some() || plate.line.is_some() || plate.shadow.is_some();
        (seen && bounds.width > 0.0 && bounds.height > 0.0).then_some(plate)
    }

    /// The pixels that it may touch.
    #[must_use]
    pub fn area(&self) -> PixelRect {
        let own = PixelRect::around(self.outside.bounds);
        let shadow = self.shadow.as_ref().map(|(_, cast)| cast.area());
        shadow.map_or(own, |shadow| shadow.union(own))
    }

    /// Tells what it looks like.
    pub fn tell(&self, state: &mut impl Hasher) {
        self.outside.hash(state);
        self.edge.to_bits().hash(state);
        self.line.hash(state);
        match &self.fill {
            None => 0.hash(state),
            Some(Fill::Plain(ink)) => (1, ink).hash(state),
            Some(Fill::Gradient(linear, ..)) => {
                linear.angle.0.to_bits().hash(state);
                for stop in linear.stops.iter().flatten() {
                    (stop.offset.to_bits(), Ink::new(stop.color)).hash(state);
                }
            }
        }
        if let Some((ink, cast)) = &self.shadow {
            ink.hash(state);
            cast.shape.hash(state);
            cast.blur.to_bits().hash(state);
        }
    }

    /// Paints what of it is in `area`.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: PixelRect) {
        if let Some((ink, cast)) = &self.shadow {
            self.paint_shadow(*ink, cast, canvas, area);
        }
        let Some(area) = PixelRect::around(self.outside.bounds).intersection(area) else {
            return;
        };
        for y in area.top..area.bottom {
            let row = Row { y, area };
            match &self.fill {
                Some(Fill::Gradient(linear, from, to)) if (from.x - to.x).abs() > 0.5 => {
                    for x in area.left..area.right {
                        let pixel = Point::new(x as f32 + 0.5, y as f32 + 0.5);
                        let ink = Ink::new(tint(linear, *from, *to, pixel));
                        let row = Row {
                            y,
                            area: PixelRect {
                                left: x,
                                right: x + 1,
                                ..area
                            },
                        };
                        self.paint_row(row, ink, canvas);
                    }
                }
                Some(Fill::Gradient(linear, from, to)) => {
                    let pixel = Point::new(from.x, y as f32 + 0.5);
                    self.paint_row(row, Ink::new(tint(linear, *from, *to, pixel)), canvas);
                }
                Some(Fill::Plain(ink)) => self.paint_row(row, Some(*ink), canvas),
                None => self.paint_row(row, None, canvas),
            }
        }
    }

    fn paint_row(&self, row: Row, fill: Option<Ink>, canvas: &mut Canvas<'_>) {
        let Row { y, area } = row;
        let (begin, end) = self.middle(y);
        let begin = begin.clamp(area.left, area.right);
        let end = end.clamp(begin, area.right);
        let pixels = canvas.row(y, area.left, area.right);
        let at = |x: i32| usize::try_from(x - area.left).unwrap_or(0);
        let sides = (area.left..begin).chain(end..area.right);
        for x in sides {
            let Some(pixel) = pixels.get_mut(at(x)) else {
                continue;
            };
            let whole = self.outside.cover(x, y);
            if let Some(ink) = fill {
                ink.cover(pixel, whole);
            }
            if let Some(ink) = self.line {
                ink.cover(pixel, whole - self.inside.cover(x, y));
            }
        }
        if begin == end {
            return;
        }
        let Some(middle) = pixels.get_mut(at(begin)..at(end)) else {
            return;
        };
        let whole = self.outside.cover(begin, y);
        if let Some(ink) = fill {
            ink.thinned(whole).lay(middle);
        }
        let line = self.line.filter(|_| self.edge > 0.0);
        if let Some(ink) = line {
            let much = whole - self.inside.cover(begin, y);
            if much > 0.0 {
                ink.thinned(much).lay(middle);
            }
        }
    }

    /// The part of a row in which all pixels are covered alike.
    fn middle(&self, y: i32) -> (i32, i32) {
        let Rectangle {
            x,
            width,
            y: top,
            height,
        } = self.outside.bounds;
        let [top_left, top_right, bottom_right, bottom_left] = self.outside.radii;
        let side = |upper: f32, lower: f32| {
            let corner = if (y as f32) < top + upper {
                upper
            } else if (y + 1) as f32 > top + height - lower {
                lower
            } else {
                0.0
            };
            corner.max(self.edge)
        };
        let begin = (x + side(top_left, bottom_left)).ceil() as i32;
        let end = (x + width - side(top_right, bottom_right)).floor() as i32;
        (begin, end)
    }

    fn paint_shadow(&self, ink: Ink, cast: &Cast, canvas: &mut Canvas<'_>, area: PixelRect) {
        let Some(area) = cast.area().intersection(area) else {
            return;
        };
        let hides = matches!(self.fill, Some(Fill::Plain(ink)) if ink.is_opaque());
        let own = PixelRect::around(self.outside.bounds);
        for y in area.top..area.bottom {
            // What lies under the rectangle isn't seen.
            let hidden = if hides && (own.top + 1..own.bottom - 1).contains(&y) {
                self.middle(y)
            } else {
                (area.right, area.right)
            };
            for (x, pixel) in (area.left..).zip(canvas.row(y, area.left, area.right)) {
                if !(hidden.0..hidden.1).contains(&x) {
                    ink.cover(pixel, cast.depth(x, y));
                }
            }
        }
    }
}

/// The pixels of one row that are to be painted.
struct Row {
    y: i32,
    area: PixelRect,
}

impl Fill {
    fn new(background: &Background, bounds: Rectangle) -> Option<Self> {
        match background {
            Background::Color(color) => Ink::new(*color).map(Self::Plain),
            Background::Gradient(Gradient::Linear(linear)) => {
                let (from, to) = linear.angle.to_distance(&bounds);
                Some(Self::Gradient(*linear, from, to))
            }
        }
    }
}

/// The colour of a gradient that runs along a line at a point.
fn tint(linear: &Linear, from: Point, to: Point, point: Point) -> iced::Color {
    let (way, gone) = (to - from, point - from);
    let length = way.x * way.x + way.y * way.y;
    let at = ((gone.x * way.x + gone.y * way.y) / length.max(f32::EPSILON)).clamp(0.0, 1.0);
    let stops = || linear.stops.iter().flatten();
    let before = stops().rfind(|stop| stop.offset <= at);
    let after = stops().find(|stop| stop.offset >= at);
    match (before, after) {
        (Some(before), Some(after)) => {
            let room = after.offset - before.offset;
            let part = if room > 0.0 {
                (at - before.offset) / room
            } else {
                0.0
            };
            let mix = |one: f32, other: f32| one + (other - one) * part;
            iced::Color {
                r: mix(before.color.r, after.color.r),
                g: mix(before.color.g, after.color.g),
                b: mix(before.color.b, after.color.b),
                a: mix(before.color.a, after.color.a),
            }
        }
        (Some(stop), None) | (None, Some(stop)) => stop.color,
        (None, None) => iced::Color::TRANSPARENT,
    }
}

impl Cast {
    fn new(shadow: Shadow, shape: Rounded, scale: f32) -> Self {
        let offset = shadow.offset * scale;
        let bounds = shape.bounds + offset;
        Self {
            shape: Rounded { bounds, ..shape },
            blur: shadow.blur_radius * scale,
        }
    }

    fn area(&self) -> PixelRect {
        PixelRect::around(self.shape.bounds.expand(self.blur))
    }

    /// How dark it is at a pixel, 0 to 1.
    fn depth(&self, x: i32, y: i32) -> f32 {
        let away = self.shape.distance(x, y).max(0.0);
        if self.blur <= 0.0 {
            return 1.0 - away.min(1.0);
        }
        let part = ((away + self.blur) / (2.0 * self.blur)).min(1.0);
        1.0 - part * part * (3.0 - 2.0 * part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::{Border, Color};

    fn plate(bounds: Rectangle, radius: f32, width: f32) -> Plate {
        let border = Border {
            color: Color::WHITE,
            width,
            radius: radius.into(),
        };
        let quad = Quad {
            bounds,
            border,
            ..Quad::default()
        };
        Plate::new(&quad, &Background::Color(Color::from_rgb8(9, 99, 199)), 1.0).unwrap()
    }

    fn painted(plate: &Plate, areas: &[PixelRect]) -> Vec<u32> {
        let mut pixels = vec![0xff00_0000; 40 * 30];
        for area in areas {
            plate.paint(&mut Canvas::rows(&mut pixels, 40, *area, 0), *area);
        }
        pixels
    }

    const PLACE: Rectangle = Rectangle {
        x: 3.3,
        y: 2.6,
        width: 30.2,
        height: 22.7,
    };

    #[test]
    fn a_pixel_looks_the_same_however_little_around_it_is_painted() {
        for (radius, width) in [(0.0, 0.0), (0.0, 2.0), (8.0, 0.0), (8.0, 2.5), (2.0, 4.0)] {
            let plate = plate(PLACE, radius, width);
            let whole = painted(&plate, &[PixelRect::of(40, 30)]);
            let cut: Vec<_> = (0..40)
                .step_by(7)
                .flat_map(|x| (0..30).step_by(4).map(move |y| PixelRect::at(x, y, 7, 4)))
                .collect();
            assert_eq!(painted(&plate, &cut), whole, "{radius} {width}");
        }
    }

    #[test]
    fn a_rectangle_on_whole_pixels_has_sharp_edges() {
        let bounds = Rectangle {
            x: 2.0,
            y: 3.0,
            width: 10.0,
            height: 5.0,
        };
        let pixels = painted(&plate(bounds, 0.0, 1.0), &[PixelRect::of(40, 30)]);
        let row: Vec<_> = pixels[4 * 40..4 * 40 + 14].to_vec();
        let (ground, line, fill) = (0xff00_0000, 0xffff_ffff, 0xff09_63c7);
        let mut wanted = vec![ground, ground, line];
        wanted.extend([fill; 8]);
        wanted.extend([line, ground, ground]);
        assert_eq!(row, wanted);
    }

    #[test]
    fn round_corners_are_left_free_and_the_middle_is_not() {
        let plate = plate(PLACE, 8.0, 0.0);
        let pixels = painted(&plate, &[PixelRect::of(40, 30)]);
        assert_eq!(pixels[3 * 40 + 4], 0xff00_0000);
        assert_eq!(pixels[14 * 40 + 18], 0xff09_63c7);
        let touched = |at: &usize| pixels[*at] != 0xff00_0000;
        for at in (0..pixels.len()).filter(touched) {
            let (x, y) = (at as i32 % 40, at as i32 / 40);
            assert!(
                plate
                    .area()
                    .intersection(PixelRect::at(x, y, 1, 1))
                    .is_some()
            );
        }
    }

    #[test]
    fn what_cannot_be_seen_is_nothing() {
        let quad = Quad {
            bounds: PLACE,
            ..Quad::default()
        };
        let clear = Background::Color(Color::TRANSPARENT);
        assert_eq!(Plate::new(&quad, &clear, 1.0), None);
    }

    #[test]
    fn a_shadow_is_darkest_at_the_edge_and_ends() {
        let quad = Quad {
            bounds: PLACE,
            shadow: Shadow {
                color: Color::BLACK,
                offset: iced::Vector::ZERO,
                blur_radius: 3.0,
            },
            ..Quad::default()
        };
        let plate = Plate::new(&quad, &Background::Color(Color::WHITE), 1.0).unwrap();
        let (_, cast) = plate.shadow.unwrap();
        let along: Vec<_> = (33..38).map(|x| cast.depth(x, 14)).collect();
        assert!(along.is_sorted_by(|one, next| one >= next), "{along:?}");
        assert!(along[0] > 0.3 && along[4] == 0.0, "{along:?}");
    }
}
