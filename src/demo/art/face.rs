//! A friendly face from a few round shapes.

use image::RgbImage;

use super::canvas::{Canvas, hex};
use super::dice::Dice;

/// A face of 256 × 256 pixels; each `number` has its own.
pub(in crate::demo) fn face(number: usize) -> RgbImage {
    const GROUNDS: [[u32; 2]; 8] = [
        [0xf6c177, 0xeb7f6b],
        [0x8fd3c8, 0x3f8fa3],
        [0xb9b6ff, 0x6a5acd],
        [0xffd6a5, 0xf28482],
        [0xa7d8a0, 0x4c956c],
        [0x9bc7ff, 0x3f6fc4],
        [0xf5b6d2, 0xb0569b],
        [0xe8dcb5, 0xa98d5a],
    ];
    const SKINS: [u32; 7] = [
        0xffdfc4, 0xf3c9a5, 0xe0ac81, 0xc68a5e, 0xa46b42, 0x7d4e2f, 0x5a3825,
    ];
    const HAIRS: [u32; 7] = [
        0x1d1a1b, 0x3b2417, 0x6b4423, 0xa8743a, 0xd9b06a, 0x9a3b22, 0xc9c6c4,
    ];
    const SHIRTS: [u32; 7] = [
        0x2d3a66, 0xb23a48, 0x2f6f5e, 0xe9b44c, 0x5b3f7d, 0xf4f1ea, 0x333a45,
    ];

    let mut dice = Dice::new(number as u64 + 7_000);
    let mut canvas = Canvas::new(256, 256);
    canvas.sky(0.0, 1.0, &dice.pick(&GROUNDS).map(hex));
    let skin = hex(dice.pick(&SKINS));
    let hair = hex(dice.pick(&HAIRS));
    let shirt = hex(dice.pick(&SHIRTS));
    let shade = skin.mix(hex(0x401510), 0.16);
    let long = dice.chance(0.5);

    if long {
        canvas.oval((0.5, 0.5), (0.27, 0.3), hair);
        canvas.block((0.23, 0.5), (0.77, dice.within(0.68, 0.82)), hair, 1.0);
    }
    canvas.oval((0.5, 1.06), (0.38, 0.28), shirt);
    canvas.block((0.425, 0.62), (0.575, 0.8), shade, 1.0);
    canvas.oval((0.5, 0.8), (0.075, 0.05), shade);
    if !long {
        canvas.oval((0.5, 0.4), (0.225, 0.235), hair);
        canvas.disc((0.305, 0.5), 0.04, shade);
        canvas.disc((0.695, 0.5), 0.04, shade);
    }
    canvas.oval((0.5, 0.49), (0.195, 0.235), skin);

    // The fringe: hair over the forehead, parted left, right or not at all.
    let part = dice.pick(&[-0.055, 0.0, 0.055]);
    let wide = dice.within(0.2, 0.215);
    canvas.between(
        0.235,
        0.4,
        |y| {
            let down = (y - 0.235) / 0.165;
            let half = wide * (down * (2.0 - down)).max(0.0).sqrt();
            (0.5 - half, 0.5 + half)
        },
        hair,
        1.0,
    );
    canvas.oval((0.5 + part, 0.425), (0.125, 0.07), skin);

    let eye = hex(0x2a1d1a);
    for side in [-1.0, 1.0] {
        canvas.oval((0.5 + side * 0.078, 0.5), (0.016, 0.021), eye);
        canvas.oval(
            (0.5 + side * 0.115, 0.57),
            (0.034, 0.022),
            skin.mix(hex(0xe85d5d), 0.25),
        );
    }
    canvas.ring((0.5, 0.565), 0.07, 0.016, eye.mix(skin, 0.2), |dx, dy| {
        dy > 0.025 && dx.abs() < 0.062
    });
    if dice.chance(0.3) {
        for side in [-1.0, 1.0] {
            canvas.ring((0.5 + side * 0.08, 0.5), 0.055, 0.011, eye, |_, _| true);
        }
        canvas.block((0.475, 0.494), (0.525, 0.503), eye, 1.0);
    }
    canvas.finish()
}
