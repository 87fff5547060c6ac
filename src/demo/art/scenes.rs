//! Cities, planets, and plain shapes.

use super::canvas::{Canvas, Colour, hex};
use super::dice::Dice;
use super::nature::stars;

pub(super) fn city(canvas: &mut Canvas, dice: &mut Dice) {
    // Sky from top to bottom, the nearest houses, lit windows.
    const LIGHTS: [[u32; 5]; 5] = [
        [0x141a3c, 0x53407a, 0xe58a76, 0x0d0f22, 0xffd98a],
        [0x0a1626, 0x15405a, 0x4fa3a5, 0x07101b, 0xfff0b8],
        [0x2b1331, 0x8a2f54, 0xf78f5c, 0x170a1d, 0xffcf7a],
        [0x1c2230, 0x4b5a70, 0xb7bfc6, 0x10141c, 0xffe2a0],
        [0x10123a, 0x2d3f8f, 0x9a7fd0, 0x090a20, 0x9fe8ff],
    ];
    let [top, middle, low, near, lit] = dice.pick(&LIGHTS).map(hex);
    canvas.sky(0.0, 0.95, &[top, middle, low]);
    stars(canvas, dice, 60, 0.35);
    let moon = (
        dice.within(0.25, canvas.right() - 0.25),
        dice.within(0.16, 0.3),
    );
    canvas.glow(moon, 0.45, hex(0xfff3d6), 0.5);
    canvas.disc(moon, dice.within(0.06, 0.1), hex(0xfff6e2));
    for layer in 0..3 {
        let depth = layer as f32 / 2.0;
        let wall = low.mix(near, 0.4 + 0.6 * depth);
        let mut x = dice.within(-0.08, 0.0);
        while x < canvas.right() {
            let wide = dice.within(0.07, 0.15) * (0.8 + 0.5 * depth);
            let roof = 0.4 + 0.17 * layer as f32 + dice.within(-0.16, 0.12);
            house(
                canvas,
                dice,
                (x, x + wide, roof),
                wall,
                lit.mix(wall, 0.55 * (1.0 - depth)),
            );
            x += wide
                + if dice.chance(0.25) {
                    dice.within(0.005, 0.03)
                } else {
                    0.0
                };
        }
        canvas.glow((canvas.right() / 2.0, 1.05), 0.9, low, 0.18 * (1.0 - depth));
    }
}

fn house(
    canvas: &mut Canvas,
    dice: &mut Dice,
    (left, right, roof): (f32, f32, f32),
    wall: Colour,
    lit: Colour,
) {
    canvas.block((left, roof), (right, 1.0), wall, 1.0);
    match dice.pick(&[0, 0, 0, 1, 2]) {
        1 => {
            let middle = (left + right) / 2.0;
            canvas.block(
                (middle - 0.002, roof - dice.within(0.04, 0.1)),
                (middle + 0.002, roof),
                wall,
                1.0,
            );
        }
        2 => canvas.block(
            (left + 0.02, roof - 0.025),
            (right - 0.025, roof),
            wall,
            1.0,
        ),
        _ => {}
    }
    let (wide, high, gap) = (0.0095, 0.0145, 0.0115);
    let mut y = roof + 0.022;
    while y < 0.98 {
        let mut x = left + gap;
        while x + wide < right - gap * 0.6 {
            if dice.chance(0.34) {
                canvas.block((x, y), (x + wide, y + high), lit, dice.within(0.45, 1.0));
            }
            x += wide + gap;
        }
        y += high + 0.017;
    }
}

pub(super) fn space(canvas: &mut Canvas, dice: &mut Dice) {
    // Deep, cloud, second cloud, lit side, dark side.
    const LIGHTS: [[u32; 5]; 6] = [
        [0x080a1f, 0x4b2a7a, 0x1c4f8c, 0xf2a65a, 0x5c1f33],
        [0x05131c, 0x0f5a63, 0x2e2a6e, 0xa8e6cf, 0x12344d],
        [0x12060f, 0x7a2440, 0x3a1c6b, 0xffd9a0, 0x7a2f2a],
        [0x060818, 0x23408f, 0x6b2f7d, 0xc3cff5, 0x262b57],
        [0x0a0a12, 0x5a4a1f, 0x6b2b2b, 0xe8dcc0, 0x4a3b2c],
        [0x04101f, 0x126b8c, 0x1f8c6b, 0x7fd0e8, 0x0d2647],
    ];
    let [deep, cloud, other, lit, dark] = dice.pick(&LIGHTS).map(hex);
    canvas.sky(0.0, 1.0, &[deep, deep.mix(cloud, 0.25), deep]);
    for _ in 0..16 {
        let place = (dice.within(0.0, canvas.right()), dice.within(0.0, 1.0));
        let colour = if dice.chance(0.5) { cloud } else { other };
        canvas.glow(
            place,
            dice.within(0.25, 0.7),
            colour,
            dice.within(0.1, 0.32),
        );
    }
    stars(canvas, dice, 300, 1.0);
    let radius = dice.within(0.24, 0.4);
    let centre = (
        dice.within(0.5, canvas.right() - 0.5),
        dice.within(0.45, 0.75),
    );
    canvas.glow((centre.0 - 0.06, centre.1 - 0.05), radius * 1.5, lit, 0.4);
    let ringed = dice.chance(0.55);
    let tilt = dice.within(-0.35, 0.35);
    if ringed {
        rings(canvas, centre, radius, tilt, lit.mix(deep, 0.25), false);
    }
    canvas.ball(centre, radius, lit, dark.mix(deep, 0.5));
    bands(canvas, dice, centre, radius, dark);
    if ringed {
        rings(
            canvas,
            centre,
            radius,
            tilt,
            lit.mix(hex(0xffffff), 0.2),
            true,
        );
    }
    let moon = (
        centre.0 - radius * dice.within(1.2, 1.5),
        centre.1 - radius * dice.within(0.7, 1.0),
    );
    canvas.ball(moon, dice.within(0.03, 0.06), hex(0xf0eee8), deep);
}

/// Weather on a planet: soft dark bands that follow its roundness.
fn bands(canvas: &mut Canvas, dice: &mut Dice, (cx, cy): (f32, f32), radius: f32, dark: Colour) {
    for _ in 0..5 {
        let middle = cy + radius * dice.within(-0.8, 0.8);
        let half = radius * dice.within(0.02, 0.08);
        canvas.between(
            middle - half,
            middle + half,
            |y| {
                let reach = (radius * radius - (y - cy) * (y - cy)).max(0.0).sqrt() * 0.995;
                (cx - reach, cx + reach)
            },
            dark,
            dice.within(0.1, 0.24),
        );
    }
}

fn rings(
    canvas: &mut Canvas,
    (cx, cy): (f32, f32),
    radius: f32,
    tilt: f32,
    colour: Colour,
    front: bool,
) {
    for (reach, strength) in [(1.42, 0.5), (1.58, 0.75), (1.74, 0.4)] {
        let (across, down) = (radius * reach, radius * reach * 0.2);
        let thick = radius * 0.055;
        for step in 0..540 {
            let angle = step as f32 * std::f32::consts::TAU / 540.0;
            let (x, y) = (angle.cos() * across, angle.sin() * down);
            if (y > 0.0) == front {
                let place = (cx + x, cy + y + x * tilt);
                canvas.block(
                    (place.0 - 0.006, place.1 - thick * 0.2),
                    (place.0 + 0.006, place.1 + thick * 0.2),
                    colour,
                    strength * 0.5,
                );
            }
        }
    }
}

pub(super) fn shapes(canvas: &mut Canvas, dice: &mut Dice) {
    // Paper, and four inks.
    const INKS: [[u32; 5]; 5] = [
        [0xf2e6cf, 0xd9482b, 0x1f4e5f, 0xf0a93b, 0x20232e],
        [0x1d2a44, 0xf2c14e, 0xf78154, 0x4d9078, 0xf4ead5],
        [0xe9dcc9, 0x2f6690, 0xe07a5f, 0x81b29a, 0x2b2d42],
        [0x2d1e2f, 0xf15946, 0xf9c22e, 0x53b3cb, 0xf6e8d8],
        [0xdfe5dc, 0x3d5a45, 0xe4b363, 0xb5446e, 0x23262b],
    ];
    let [paper, first, second, third, dark] = dice.pick(&INKS).map(hex);
    canvas.sky(0.0, 1.0, &[paper, paper.mix(second, 0.12)]);
    let inks = [first, second, third, dark];
    match dice.pick(&[0, 1, 2]) {
        0 => arches(canvas, dice, inks),
        1 => tiles(canvas, dice, inks),
        _ => orbit(canvas, dice, inks),
    }
}

/// A rainbow's arches behind a low sun.
fn arches(canvas: &mut Canvas, dice: &mut Dice, inks: [Colour; 4]) {
    let centre = (dice.within(0.6, canvas.right() - 0.6), 0.92);
    for (index, ink) in [inks[0], inks[1], inks[2], inks[3], inks[0], inks[1]]
        .into_iter()
        .enumerate()
    {
        canvas.ring(centre, 0.78 - 0.11 * index as f32, 0.082, ink, |_, dy| {
            dy < 0.0
        });
    }
    canvas.block((0.0, 0.92), (canvas.right(), 0.935), inks[3], 1.0);
    let side = if centre.0 > canvas.right() / 2.0 {
        0.22
    } else {
        canvas.right() - 0.22
    };
    canvas.disc((side, 0.26), 0.12, inks[0]);
}

/// Quarter circles on a grid.
fn tiles(canvas: &mut Canvas, dice: &mut Dice, inks: [Colour; 4]) {
    let side = 0.25;
    for row in 0..4 {
        for column in 0..8 {
            if dice.chance(0.18) {
                continue;
            }
            let (left, top) = (column as f32 * side - 0.11, row as f32 * side);
            let ink = dice.pick(&inks);
            let (right, bottom) = (dice.chance(0.5), dice.chance(0.5));
            let centre = (
                left + if right { side } else { 0.0 },
                top + if bottom { side } else { 0.0 },
            );
            if dice.chance(0.3) {
                canvas.disc((left + side / 2.0, top + side / 2.0), side * 0.36, ink);
            } else {
                let towards = move |dx: f32, dy: f32| (dx < 0.0) == right && (dy < 0.0) == bottom;
                canvas.ring(centre, side / 2.0, side * 0.985, ink, towards);
                canvas.ring(centre, side * 0.2, side * 0.12, dice.pick(&inks), towards);
            }
        }
    }
}

/// A large disc, its shadow's half, and rings around.
fn orbit(canvas: &mut Canvas, dice: &mut Dice, inks: [Colour; 4]) {
    let centre = (
        dice.within(0.6, canvas.right() - 0.6),
        dice.within(0.44, 0.56),
    );
    for index in 0..5 {
        canvas.ring(
            centre,
            0.42 + 0.13 * index as f32,
            0.012,
            inks[3],
            |_, _| true,
        );
    }
    canvas.disc(centre, 0.32, inks[0]);
    canvas.ring(centre, 0.16, 0.32, inks[1], |dx, dy| dx > dy * 0.6);
    for index in 0..4 {
        let angle = dice.within(0.0, std::f32::consts::TAU);
        let reach = 0.42 + 0.13 * index as f32;
        let place = (
            centre.0 + angle.cos() * reach,
            centre.1 + angle.sin() * reach,
        );
        canvas.disc(
            place,
            dice.within(0.025, 0.055),
            dice.pick(&[inks[2], inks[1], inks[0]]),
        );
    }
}
