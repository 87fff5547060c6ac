//! Land: hills, dunes, woods, mountains.

use super::canvas::{Canvas, Colour, hex};
use super::dice::Dice;

/// Three colours of a sky from top to bottom, the sun, and the darkest land.
type Light = ([u32; 3], u32, u32);

pub(super) fn hills(canvas: &mut Canvas, dice: &mut Dice) {
    const LIGHTS: [Light; 6] = [
        ([0x2b2d5b, 0xc8556b, 0xffc27a], 0xffe9b8, 0x1f1734),
        ([0x3f7cac, 0x9fd0de, 0xf6ecc9], 0xfffbe6, 0x1f4a3a),
        ([0x1e3a5f, 0x7a86b6, 0xf7b2a1], 0xffe3c7, 0x14233c),
        ([0xb5523b, 0xef9c55, 0xfbdc9a], 0xfff3cf, 0x3b1a22),
        ([0x21506b, 0x62a8a0, 0xf3e0a8], 0xfff7d8, 0x123431),
        ([0x4a3068, 0xa65c8e, 0xf9b8a0], 0xffe2d0, 0x251538),
    ];
    let (sky, sun, land) = dice.pick(&LIGHTS);
    let sky = sky.map(hex);
    canvas.sky(0.0, 0.75, &sky);
    let place = (
        dice.within(0.3, canvas.right() - 0.3),
        dice.within(0.28, 0.5),
    );
    canvas.glow(place, 0.7, hex(sun), 0.75);
    canvas.disc(place, dice.within(0.07, 0.13), hex(sun));
    birds(canvas, dice, hex(land));
    for layer in 0..5 {
        let depth = layer as f32 / 4.0;
        let height = 0.56 + 0.1 * layer as f32;
        let size = 0.05 + 0.035 * depth;
        let wave = dice.wave(dice_frequency(depth));
        let crest = sky[2].mix(hex(land), 0.28 + 0.72 * depth);
        canvas.below(
            move |x| height + size * wave(x),
            crest,
            crest.mix(sky[1], 0.28 * (1.0 - depth)),
            0.25,
        );
        if layer == 3 {
            trees_on(canvas, dice, height, hex(land).mix(sky[1], 0.12));
        }
    }
}

fn dice_frequency(depth: f32) -> f32 {
    4.6 - 2.0 * depth
}

/// A few round trees along a line.
fn trees_on(canvas: &mut Canvas, dice: &mut Dice, height: f32, colour: Colour) {
    let first = dice.within(0.1, canvas.right() - 0.5);
    for tree in 0..4 {
        let x = first + 0.085 * tree as f32 + dice.within(-0.02, 0.02);
        let size = dice.within(0.02, 0.036);
        canvas.block(
            (x - 0.003, height - 0.07),
            (x + 0.003, height + 0.06),
            colour,
            1.0,
        );
        canvas.oval((x, height - 0.07 - size * 0.5), (size, size * 1.35), colour);
    }
}

fn birds(canvas: &mut Canvas, dice: &mut Dice, colour: Colour) {
    let (x, y) = (
        dice.within(0.3, canvas.right() - 0.5),
        dice.within(0.12, 0.24),
    );
    for bird in 0..3 {
        let (x, y) = (x + 0.055 * bird as f32, y + dice.within(-0.025, 0.025));
        let wing = dice.within(0.012, 0.018);
        for side in [-1.0, 1.0] {
            canvas.ring((x + side * wing, y), wing, 0.005, colour, |_, dy| {
                dy < -wing * 0.35
            });
        }
    }
}

pub(super) fn dunes(canvas: &mut Canvas, dice: &mut Dice) {
    const LIGHTS: [Light; 4] = [
        ([0x28618c, 0x8fc0cf, 0xf8dfae], 0xfff6dc, 0x8a4b26),
        ([0x55255c, 0xc4526a, 0xfbb873], 0xffe2a6, 0x6a2230),
        ([0x101d42, 0x2f4a7d, 0x8f86a8], 0xf4f1ff, 0x232746),
        ([0xc65b3c, 0xf09a5b, 0xfde0a4], 0xfff5d2, 0x7d2f23),
    ];
    let (sky, sun, sand) = dice.pick(&LIGHTS);
    let sky = sky.map(hex);
    canvas.sky(0.0, 0.7, &sky);
    let place = (
        dice.within(0.35, canvas.right() - 0.35),
        dice.within(0.22, 0.4),
    );
    canvas.glow(place, 0.6, hex(sun), 0.7);
    canvas.disc(place, dice.within(0.1, 0.18), hex(sun));
    if dice.chance(0.5) {
        let second = (place.0 + dice.within(0.2, 0.3), place.1 + 0.06);
        canvas.disc(second, 0.045, hex(sun).mix(sky[1], 0.15));
    }
    for layer in 0..4 {
        let depth = layer as f32 / 3.0;
        let height = 0.58 + 0.12 * layer as f32;
        let wave = dice.wave(2.6);
        let lit = sky[2].mix(hex(sand), 0.3 + 0.35 * depth);
        canvas.below(
            |x| height + 0.07 * wave(x),
            lit,
            lit.mix(hex(sand), 0.6),
            0.3,
        );
        // The side away from the light: a second line that leaves the crest and
        // comes back to it.
        let lee = dice.wave(5.2);
        let shade = hex(sand).mix(sky[0], 0.25).mix(lit, 0.35 * (1.0 - depth));
        canvas.below(
            |x| height + 0.07 * wave(x) + 0.16 * (0.35 + lee(x)).max(0.0) + 0.012,
            shade,
            lit.mix(hex(sand), 0.75),
            0.2,
        );
    }
}

pub(super) fn forest(canvas: &mut Canvas, dice: &mut Dice) {
    // Fog above, fog below, nearest trees.
    const LIGHTS: [[u32; 3]; 5] = [
        [0x9fbfb4, 0xf1efd8, 0x0f2b26],
        [0x5f7f9d, 0xd9e2e6, 0x12202f],
        [0xc98f5a, 0xfbe3b2, 0x2f1a1a],
        [0x3a4a78, 0xb9b4d4, 0x10132b],
        [0x7f9a5e, 0xf0edc0, 0x17260f],
    ];
    let [above, below, near] = dice.pick(&LIGHTS).map(hex);
    canvas.sky(0.0, 0.9, &[above, above.mix(below, 0.7), below]);
    let sun = (
        dice.within(0.4, canvas.right() - 0.4),
        dice.within(0.25, 0.42),
    );
    canvas.glow(sun, 0.8, hex(0xfffbe8), 0.8);
    canvas.disc(sun, 0.07, hex(0xfffdf2));
    for layer in 0..5 {
        let depth = layer as f32 / 4.0;
        let colour = below.mix(above, 0.4).mix(near, 0.12 + 0.88 * depth * depth);
        let ground = 0.68 + 0.085 * layer as f32;
        let wave = dice.wave(3.0);
        let mut x = dice.within(-0.1, 0.0);
        while x < canvas.right() + 0.1 {
            let tall = (0.2 + 0.42 * depth) * dice.within(0.7, 1.2);
            fir(canvas, x, ground + 0.05 + 0.03 * wave(x), tall, colour);
            x += tall * dice.within(0.2, 0.48) * (1.0 + depth * 0.9);
        }
        canvas.below(
            |x| ground + 0.03 * wave(x),
            colour,
            colour.mix(below, 0.35 * (1.0 - depth)),
            0.2,
        );
    }
}

/// A fir of four tiers.
fn fir(canvas: &mut Canvas, x: f32, foot: f32, tall: f32, colour: Colour) {
    let top = foot - tall;
    canvas.between(
        top,
        foot,
        |y| {
            let down = ((y - top) / tall).clamp(0.0, 1.0);
            let tier = (down * 5.0).fract();
            let half = tall
                * (0.035 + 0.17 * down)
                * (0.5 + 0.5 * tier)
                * if down > 0.97 { 0.15 } else { 1.0 };
            (x - half * down.sqrt(), x + half * down.sqrt())
        },
        colour,
        1.0,
    );
}

pub(super) fn peaks(canvas: &mut Canvas, dice: &mut Dice) {
    const LIGHTS: [Light; 5] = [
        ([0x0b1233, 0x28407d, 0x8c8fc4], 0xf6f3ff, 0x0e1430),
        ([0x2a6f97, 0x8ac6d9, 0xe9f2ee], 0xffffff, 0x17384d),
        ([0x2d1b4e, 0xa0486f, 0xffb88a], 0xffe7c7, 0x1c1233),
        ([0x07222e, 0x14565c, 0x7fc4a6], 0xeafff2, 0x061a22),
        ([0x274060, 0xe2876f, 0xfde2b9], 0xfff4dc, 0x1b2740),
    ];
    let (sky, light, land) = dice.pick(&LIGHTS);
    let sky = sky.map(hex);
    canvas.sky(0.0, 0.8, &sky);
    let night = sky[0].0.iter().sum::<f32>() < 0.7;
    if night {
        stars(canvas, dice, 170, 0.6);
    }
    let moon = (
        dice.within(0.25, canvas.right() - 0.25),
        dice.within(0.14, 0.26),
    );
    canvas.glow(moon, 0.5, hex(light), 0.5);
    canvas.disc(moon, dice.within(0.045, 0.08), hex(light));
    for layer in 0..4 {
        let depth = layer as f32 / 3.0;
        let height = 0.44 + 0.15 * layer as f32;
        let size = 0.2 - 0.03 * layer as f32;
        let ridge = dice.ridge(2.2 + layer as f32);
        let rock = sky[2].mix(hex(land), 0.35 + 0.65 * depth);
        let foot = rock.mix(sky[2], 0.3 * (1.0 - depth));
        let line = |x: f32| height + size * ridge(x);
        canvas.below(line, rock, foot, 0.3);
        if layer < 2 {
            snow(
                canvas,
                dice,
                line,
                height,
                hex(light).mix(sky[2], 0.35 * (1.0 - depth)),
                rock,
            );
        }
    }
}

/// Snow on what is high: the crest in light, then rock again along a ragged edge.
fn snow(
    canvas: &mut Canvas,
    dice: &mut Dice,
    line: impl Fn(f32) -> f32,
    height: f32,
    snow: Colour,
    rock: Colour,
) {
    let ragged = dice.ridge(14.0);
    canvas.below(
        |x| if line(x) < height { line(x) } else { 2.0 },
        snow,
        snow.mix(rock, 0.25),
        0.12,
    );
    canvas.below(
        |x| line(x) + ((height - line(x)) * 0.55 + 0.02 * ragged(x)).max(0.0),
        rock,
        rock,
        1.0,
    );
}

/// Points of light in the upper part of the picture.
pub(super) fn stars(canvas: &mut Canvas, dice: &mut Dice, count: usize, bottom: f32) {
    for _ in 0..count {
        let place = (dice.within(0.0, canvas.right()), dice.within(0.0, bottom));
        let bright = dice.unit();
        canvas.disc(
            place,
            canvas.grain() * (0.35 + 0.75 * bright * bright),
            hex(0xffffff).mix(hex(0xaebcff), dice.unit()),
        );
    }
}
