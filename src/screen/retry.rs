//! When something is tried again by itself.

use std::time::Duration;

/// How long until the next try after so many that failed: longer each time, and not the same
/// on each of many TVs that lost something together. `luck` is a random number from 0 to 1.
#[must_use]
pub fn pause(failed: u32, luck: f32) -> Duration {
    const FIRST: Duration = Duration::from_secs(15);
    const MOST: Duration = Duration::from_secs(120);
    let whole = FIRST.saturating_mul(1 << failed.min(10)).min(MOST);
    whole.mul_f32(0.75 + 0.5 * luck.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_are_bounded_and_differ_from_tv_to_tv() {
        let seconds = |failed, luck| pause(failed, luck).as_secs_f32();
        assert_eq!(
            [0, 1, 2, 3, 40].map(|failed| seconds(failed, 0.5)),
            [15.0, 30.0, 60.0, 120.0, 120.0]
        );
        assert_eq!([0.0, 1.0].map(|luck| seconds(3, luck)), [90.0, 150.0]);
    }
}
