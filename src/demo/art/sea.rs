//! Water, with a lighthouse or a boat.

use super::canvas::{Canvas, Colour, hex};
use super::dice::Dice;
use super::nature::stars;

/// How far a beam reaches.
const BEAM: f32 = 2.4;

pub(super) fn sea(canvas: &mut Canvas, dice: &mut Dice) {
    // Sky from top to horizon, water near, the light.
    const LIGHTS: [[u32; 5]; 5] = [
        [0x0c1a3d, 0x2c5282, 0xe7b58f, 0x0a1730, 0xfff0d0],
        [0x3d1f4d, 0xc0566b, 0xffc785, 0x231434, 0xffe8b5],
        [0x14364a, 0x4d97a3, 0xf1e6c2, 0x0d2a38, 0xfffbe8],
        [0x060b1f, 0x14224d, 0x5466a0, 0x050918, 0xf2f4ff],
        [0x5b7f95, 0xb9cdd0, 0xf4e9d6, 0x23424f, 0xffffff],
    ];
    const HORIZON: f32 = 0.62;
    let [top, middle, low, deep, light] = dice.pick(&LIGHTS).map(hex);
    canvas.sky(0.0, HORIZON, &[top, middle, low]);
    if top.0.iter().sum::<f32>() < 0.55 {
        stars(canvas, dice, 120, 0.45);
    }
    let sun = (
        dice.within(0.6, canvas.right() - 0.35),
        dice.within(0.26, 0.5),
    );
    let radius = dice.within(0.06, 0.12);
    canvas.glow(sun, 0.7, light, 0.6);
    canvas.disc(sun, radius, light);
    canvas.sky(
        HORIZON,
        1.0,
        &[low.mix(deep, 0.35), middle.mix(deep, 0.7), deep],
    );
    for _ in 0..230 {
        let y = dice.within(HORIZON + 0.004, 1.0);
        let near = (y - HORIZON) / (1.0 - HORIZON);
        let x = sun.0 + dice.within(-1.0, 1.0) * dice.unit() * (radius + 0.3 * near);
        let long = dice.within(0.01, 0.03 + 0.09 * near);
        canvas.block(
            (x - long, y),
            (x + long, y + 0.0025 + 0.005 * near),
            light,
            0.55 * (1.0 - 0.5 * near),
        );
    }
    if dice.chance(0.5) {
        lighthouse(canvas, dice, deep, light);
    } else {
        let x = dice.within(0.3, canvas.right() - 0.3);
        boat(
            canvas,
            x,
            HORIZON + dice.within(0.05, 0.13),
            deep,
            light.mix(low, 0.3),
        );
    }
}

fn lighthouse(canvas: &mut Canvas, dice: &mut Dice, rock: Colour, light: Colour) {
    let x = dice.within(0.2, 0.42);
    let (lamp, foot) = (0.3, 0.66);
    for (reach, strength) in [(0.34, 0.1), (0.22, 0.14)] {
        // The beam widens to the right, and fades as layers.
        canvas.between(
            lamp - reach,
            lamp + reach,
            |y| (x + 0.02 + (y - lamp).abs() / reach * BEAM, x + BEAM),
            light,
            strength,
        );
    }
    canvas.glow((x, lamp), 0.16, light, 0.9);
    let wave = dice.wave(5.0);
    canvas.below(
        move |at| {
            0.64 + 0.025 * wave(at)
                + ((at - x - 0.1) * 1.1).max(0.0)
                + ((x - at - 0.5) * 0.4).max(0.0)
        },
        rock,
        rock,
        1.0,
    );
    canvas.between(
        lamp + 0.03,
        foot,
        |y| {
            let half = 0.021 + 0.018 * (y - lamp) / (foot - lamp);
            (x - half, x + half)
        },
        hex(0xf5efe3).mix(rock, 0.12),
        1.0,
    );
    for band in 0..2 {
        let y = lamp + 0.1 + 0.13 * band as f32;
        canvas.between(
            y,
            y + 0.055,
            |y| {
                let half = 0.021 + 0.018 * (y - lamp) / (foot - lamp);
                (x - half, x + half)
            },
            hex(0xb8352f),
            1.0,
        );
    }
    canvas.block(
        (x - 0.03, lamp + 0.022),
        (x + 0.03, lamp + 0.034),
        rock,
        1.0,
    );
    canvas.block(
        (x - 0.016, lamp - 0.018),
        (x + 0.016, lamp + 0.022),
        light,
        1.0,
    );
    canvas.between(
        lamp - 0.05,
        lamp - 0.018,
        |y| (x - (y - lamp + 0.05) * 0.7, x + (y - lamp + 0.05) * 0.7),
        rock,
        1.0,
    );
}

fn boat(canvas: &mut Canvas, x: f32, water: f32, hull: Colour, sail: Colour) {
    let mast = water - 0.25;
    canvas.between(
        mast,
        water - 0.035,
        |y| (x + 0.006, x + 0.006 + (y - mast) * 0.5),
        sail,
        1.0,
    );
    canvas.between(
        mast + 0.05,
        water - 0.035,
        |y| (x - 0.006 - (y - mast - 0.05) * 0.45, x - 0.006),
        sail.mix(hull, 0.15),
        1.0,
    );
    canvas.block((x - 0.003, mast - 0.01), (x + 0.003, water), hull, 1.0);
    canvas.between(
        water - 0.028,
        water + 0.015,
        |y| (x - 0.11 + (y - water) * 0.8, x + 0.12 - (y - water) * 0.9),
        hull,
        1.0,
    );
}
