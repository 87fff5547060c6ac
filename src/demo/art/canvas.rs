//! A surface to paint on: layers over layers, with soft edges.

use image::{Rgb, RgbImage};

/// Red, green and blue from 0 to 1, as seen (sRGB).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Colour(pub(super) [f32; 3]);

/// A colour as it is written in style sheets.
pub(super) fn hex(rgb: u32) -> Colour {
    let part = |shift: u32| ((rgb >> shift) & 0xff) as f32 / 255.0;
    Colour([part(16), part(8), part(0)])
}

impl Colour {
    /// `amount` of `other`, the rest of this.
    pub(super) fn mix(self, other: Self, amount: f32) -> Self {
        let part = |index: usize| self.0[index] + (other.0[index] - self.0[index]) * amount;
        Self([part(0), part(1), part(2)])
    }
}

/// The surface. Places are in parts of the height, from the top left: a picture of
/// 16:9 goes from (0, 0) to (1.78, 1).
pub(super) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<Colour>,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            pixels: vec![Colour([0.0; 3]); width * height],
        }
    }

    /// The right edge.
    pub(super) fn right(&self) -> f32 {
        self.width as f32 / self.height as f32
    }

    /// The size of a pixel.
    pub(super) fn grain(&self) -> f32 {
        1.0 / self.height as f32
    }

    /// Paints every pixel between two heights: `paint` gets the place and says the
    /// colour and how much it covers.
    fn rows(&mut self, top: f32, bottom: f32, paint: impl Fn(f32, f32) -> (Colour, f32)) {
        let area = Area {
            left: 0.0,
            right: self.right(),
            top,
            bottom,
        };
        self.area(area, paint);
    }

    fn area(&mut self, area: Area, paint: impl Fn(f32, f32) -> (Colour, f32)) {
        let size = self.height as f32;
        let clip = |edge: f32, most: usize| (edge * size).clamp(0.0, most as f32) as usize;
        let (first, last) = (
            clip(area.left - self.grain(), self.width),
            clip(area.right + 2.0 * self.grain(), self.width),
        );
        let (top, bottom) = (
            clip(area.top - self.grain(), self.height),
            clip(area.bottom + 2.0 * self.grain(), self.height),
        );
        for row in top..bottom {
            let y = (row as f32 + 0.5) / size;
            for (column, pixel) in self.pixels[row * self.width..][first..last.max(first)]
                .iter_mut()
                .enumerate()
            {
                let x = ((first + column) as f32 + 0.5) / size;
                let (colour, cover) = paint(x, y);
                if cover > 0.0 {
                    *pixel = pixel.mix(colour, cover.min(1.0));
                }
            }
        }
    }

    /// Colours from top to bottom, at equal distances between two heights.
    pub(super) fn sky(&mut self, top: f32, bottom: f32, colours: &[Colour]) {
        self.rows(top, bottom, |_, y| {
            let place = ((y - top) / (bottom - top)).clamp(0.0, 1.0) * (colours.len() - 1) as f32;
            let index = (place as usize).min(colours.len().saturating_sub(2));
            (
                colours[index].mix(colours[index + 1], place - index as f32),
                1.0,
            )
        });
    }

    /// Everything below a line, from `crest` at the line to `foot` at `fade` below.
    pub(super) fn below(
        &mut self,
        line: impl Fn(f32) -> f32,
        crest: Colour,
        foot: Colour,
        fade: f32,
    ) {
        let lines: Vec<f32> = (0..self.width)
            .map(|column| line((column as f32 + 0.5) * self.grain()))
            .collect();
        let highest = lines.iter().copied().fold(1.0, f32::min);
        let size = self.height as f32;
        self.rows(highest, 1.0, |x, y| {
            let under = y - lines[((x * size) as usize).min(lines.len() - 1)];
            (
                crest.mix(foot, (under / fade).clamp(0.0, 1.0)),
                under * size + 0.5,
            )
        });
    }

    /// A disc whose colour goes from `colour` at the upper left to `shade`.
    pub(super) fn ball(
        &mut self,
        (cx, cy): (f32, f32),
        radius: f32,
        colour: Colour,
        shade: Colour,
    ) {
        let size = self.height as f32;
        self.area(Area::around((cx, cy), radius), |x, y| {
            let distance = (x - cx).hypot(y - cy);
            let light = ((x - cx) * 0.8 + (y - cy) * 0.6) / radius * 0.5 + 0.5;
            (
                colour.mix(shade, light.clamp(0.0, 1.0)),
                (radius - distance) * size + 0.5,
            )
        });
    }

    pub(super) fn disc(&mut self, centre: (f32, f32), radius: f32, colour: Colour) {
        self.ball(centre, radius, colour, colour);
    }

    /// An ellipse.
    pub(super) fn oval(
        &mut self,
        (cx, cy): (f32, f32),
        (across, down): (f32, f32),
        colour: Colour,
    ) {
        let size = self.height as f32;
        self.area(
            Area {
                left: cx - across,
                right: cx + across,
                top: cy - down,
                bottom: cy + down,
            },
            |x, y| {
                let distance = ((x - cx) / across).hypot((y - cy) / down);
                (colour, (1.0 - distance) * across.min(down) * size + 0.5)
            },
        );
    }

    /// A ring, or the part of one that `keep` says yes to.
    pub(super) fn ring(
        &mut self,
        (cx, cy): (f32, f32),
        radius: f32,
        thickness: f32,
        colour: Colour,
        keep: impl Fn(f32, f32) -> bool,
    ) {
        let size = self.height as f32;
        self.area(Area::around((cx, cy), radius + thickness), |x, y| {
            let off = ((x - cx).hypot(y - cy) - radius).abs();
            let cover = if keep(x - cx, y - cy) {
                (thickness / 2.0 - off) * size + 0.5
            } else {
                0.0
            };
            (colour, cover)
        });
    }

    /// Light that fades with the distance.
    pub(super) fn glow(
        &mut self,
        (cx, cy): (f32, f32),
        radius: f32,
        colour: Colour,
        strength: f32,
    ) {
        self.area(Area::around((cx, cy), radius), |x, y| {
            let near = (1.0 - (x - cx).hypot(y - cy) / radius).max(0.0);
            (colour, near * near * strength)
        });
    }

    /// An upright rectangle; `strength` is how much it covers.
    pub(super) fn block(
        &mut self,
        (left, top): (f32, f32),
        (right, bottom): (f32, f32),
        colour: Colour,
        strength: f32,
    ) {
        let size = self.height as f32;
        let edge = |inside: f32| (inside * size + 0.5).clamp(0.0, 1.0);
        self.area(
            Area {
                left,
                right,
                top,
                bottom,
            },
            |x, y| {
                let cover = edge(x - left) * edge(right - x) * edge(y - top) * edge(bottom - y);
                (colour, cover * strength)
            },
        );
    }

    /// What lies between a left and a right edge that depend on the height.
    pub(super) fn between(
        &mut self,
        top: f32,
        bottom: f32,
        edges: impl Fn(f32) -> (f32, f32),
        colour: Colour,
        strength: f32,
    ) {
        let size = self.height as f32;
        let steps = self.height;
        let reach =
            (0..=steps).map(|step| edges(top + (bottom - top) * step as f32 / steps as f32));
        let (left, right) = reach.fold((f32::MAX, f32::MIN), |(l, r), (a, b)| (l.min(a), r.max(b)));
        self.area(
            Area {
                left,
                right,
                top,
                bottom,
            },
            |x, y| {
                let (left, right) = edges(y);
                let inside = (x - left)
                    .min(right - x)
                    .min(y - top + 0.5 / size)
                    .min(bottom - y + 0.5 / size);
                (colour, (inside * size + 0.5).clamp(0.0, 1.0) * strength)
            },
        );
    }

    /// The finished picture: darker towards the corners, and with steps between
    /// near colours broken up so that a TV shows no bands.
    pub(super) fn finish(self) -> RgbImage {
        const ORDER: [[f32; 4]; 4] = [
            [0.0, 8.0, 2.0, 10.0],
            [12.0, 4.0, 14.0, 6.0],
            [3.0, 11.0, 1.0, 9.0],
            [15.0, 7.0, 13.0, 5.0],
        ];
        let (right, middle) = (self.right(), self.right() / 2.0);
        let size = self.height as f32;
        RgbImage::from_fn(self.width as u32, self.height as u32, |column, row| {
            let (x, y) = ((column as f32 + 0.5) / size, (row as f32 + 0.5) / size);
            let corner = ((x - middle) / right).hypot(y - 0.5);
            let light = 1.0 - 0.45 * (corner - 0.35).max(0.0);
            let threshold = (ORDER[row as usize % 4][column as usize % 4] + 0.5) / 16.0;
            let pixel = self.pixels[row as usize * self.width + column as usize];
            Rgb(pixel
                .0
                .map(|part| (part * light * 255.0 + threshold).clamp(0.0, 255.0) as u8))
        })
    }
}

#[derive(Clone, Copy)]
struct Area {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

impl Area {
    fn around((cx, cy): (f32, f32), reach: f32) -> Self {
        Self {
            left: cx - reach,
            right: cx + reach,
            top: cy - reach,
            bottom: cy + reach,
        }
    }
}
