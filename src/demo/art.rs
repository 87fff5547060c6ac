//! Pictures drawn by the program: a scene for each film, a face for each person.

mod canvas;
mod dice;
mod face;
mod nature;
mod scenes;
mod sea;

use image::RgbImage;

use canvas::Canvas;
use dice::Dice;

pub(super) use face::face;

/// What a poster shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scene {
    Hills,
    City,
    Sea,
    Dunes,
    Forest,
    Space,
    Peaks,
    Shapes,
}

/// A poster of 640 × 360 pixels; each `number` has its own.
pub(super) fn poster(scene: Scene, number: usize) -> RgbImage {
    let mut dice = Dice::new(number as u64);
    let mut canvas = Canvas::new(640, 360);
    match scene {
        Scene::Hills => nature::hills(&mut canvas, &mut dice),
        Scene::City => scenes::city(&mut canvas, &mut dice),
        Scene::Sea => sea::sea(&mut canvas, &mut dice),
        Scene::Dunes => nature::dunes(&mut canvas, &mut dice),
        Scene::Forest => nature::forest(&mut canvas, &mut dice),
        Scene::Space => scenes::space(&mut canvas, &mut dice),
        Scene::Peaks => nature::peaks(&mut canvas, &mut dice),
        Scene::Shapes => scenes::shapes(&mut canvas, &mut dice),
    }
    canvas.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poster_is_the_same_each_time_and_another_for_each_number() {
        let first = poster(Scene::Hills, 3);

        assert_eq!(first.dimensions(), (640, 360));
        assert!(first == poster(Scene::Hills, 3));
        assert!(first != poster(Scene::Hills, 4));
    }

    #[test]
    fn no_scene_is_a_flat_surface() {
        for scene in [
            Scene::Hills,
            Scene::City,
            Scene::Sea,
            Scene::Dunes,
            Scene::Forest,
            Scene::Space,
            Scene::Peaks,
            Scene::Shapes,
        ] {
            let picture = poster(scene, 5);
            let colours: std::collections::HashSet<_> = picture.pixels().collect();
            assert!(colours.len() > 100, "{scene:?} has {}", colours.len());
        }
    }
}
