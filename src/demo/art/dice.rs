//! Chance that is the same each time.

/// A small generator (SplitMix64): pictures, not secrets.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 up to 1.
    pub(super) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// `low` up to `high`.
    pub(super) fn within(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    pub(super) fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let place = (self.unit() * choices.len() as f32) as usize;
        choices[place.min(choices.len() - 1)]
    }

    /// A wavy line: sines of falling size, between about -1 and 1.
    pub(super) fn wave(&mut self, frequency: f32) -> impl Fn(f32) -> f32 + use<> {
        let phases = [
            self.within(0.0, 6.3),
            self.within(0.0, 6.3),
            self.within(0.0, 6.3),
        ];
        move |x| {
            let at = |times: f32, phase: f32| (x * frequency * times + phase).sin();
            0.6 * at(1.0, phases[0]) + 0.28 * at(2.3, phases[1]) + 0.12 * at(4.7, phases[2])
        }
    }

    /// A jagged line: straight pieces between random points in five sizes, between
    /// about -1 and 1.
    pub(super) fn ridge(&mut self, pieces: f32) -> impl Fn(f32) -> f32 + use<> {
        let seed = self.next();
        move |x| {
            (0..5)
                .map(|octave| {
                    let scale = (1 << octave) as f32;
                    joined(seed.wrapping_add(octave), x * pieces * scale) / scale
                })
                .sum::<f32>()
                * 0.62
        }
    }
}

/// Random heights at whole numbers, joined by straight lines.
fn joined(seed: u64, x: f32) -> f32 {
    let floor = x.floor();
    let height = |place: f32| {
        Dice::new(seed ^ (place as i64 as u64).wrapping_mul(0x2545_f491_4f6c_dd1d))
            .within(-1.0, 1.0)
    };
    let (left, right) = (height(floor), height(floor + 1.0));
    left + (right - left) * (x - floor)
}
