//! Pictures that were made of the pictures before them: no pixel is another than if all had
//! been painted anew.

use std::time::Duration;

use iced::{Color, Size};
use tenfoot::i18n::Language;
use tenfoot::renderer::software::{Painter, PixelRect, Renderer};
use tenfoot::screen::code;
use tenfoot::ui::Look;
use tenfoot::ui::keys::Press;

use super::scenes::walkers::{Contents, Kind, others, signed_in};
use super::scenes::{self, Scene};
use super::stage::{self, Canvas, DENSITY, SIZES, Stage};

/// A display that shows its pictures in turn from that many places.
struct Screen {
    painter: Painter,
    places: Vec<Vec<u32>>,
    /// What is seen, which nobody but the display has.
    seen: Vec<u32>,
    shown: usize,
}

impl Screen {
    fn new(places: usize, size: Size<u32>) -> Self {
        let pixels = vec![0; size.width as usize * size.height as usize];
        Self {
            painter: Painter::new(true),
            places: vec![pixels.clone(); places],
            seen: pixels,
            shown: 0,
        }
    }

    /// Shows the next picture; what is said to have changed is handed on and nothing else.
    fn show(&mut self, renderer: &mut Renderer, size: Size<u32>) {
        let count = self.places.len();
        let age = if self.shown < count { 0 } else { count as u8 };
        let place = &mut self.places[self.shown % count];
        let screen = (size, DENSITY);
        let changed = self
            .painter
            .paint(renderer, place, screen, Color::BLACK, age);
        for area in &changed {
            for y in area.top..area.bottom {
                let row = y as usize * size.width as usize;
                let part = row + area.left as usize..row + area.right as usize;
                self.seen[part.clone()].copy_from_slice(&place[part]);
            }
        }
        // What is shown twice keeps its place.
        self.shown += usize::from(!changed.is_empty());
    }
}

/// One picture after another on displays of several kinds.
struct Sequence {
    stage: Stage,
    screens: Vec<Screen>,
    wrong: Vec<String>,
}

impl Sequence {
    fn new(stage: Stage) -> Self {
        let screens = [1, 2, 3].map(|places| Screen::new(places, stage.pixels()));
        Self {
            screens: screens.into(),
            stage,
            wrong: Vec::new(),
        }
    }

    fn next(&mut self, name: &str, stage: &Stage, draw: impl FnOnce(&Look, Canvas<'_>)) {
        let size = stage.pixels();
        stage::with_renderer(stage, draw, |renderer| {
            let renderer = tenfoot::renderer::software(renderer).unwrap();
            let mut anew = Screen::new(1, size);
            anew.show(renderer, size);
            for screen in &mut self.screens {
                screen.show(renderer, size);
                let pixels = screen.seen.iter().zip(&anew.seen);
                let other = pixels.enumerate().filter(|(_, (one, other))| one != other);
                let places: Vec<_> = other.map(|(at, _)| at as u32).collect();
                if let Some(first) = places.first() {
                    let (x, y) = (first % size.width, first / size.width);
                    let count = places.len();
                    self.wrong
                        .push(format!("{name}: {count} pixels, first at {x} × {y}"));
                }
            }
        });
    }

    fn then(&mut self, scene: Scene) {
        let stage = self.stage.clone().idle(scene.idle());
        self.next(scene.name, &stage, scene.draw);
    }

    fn end(self) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}

#[test]
fn each_screen_after_each_other_looks_as_if_it_were_the_first() {
    for language in [Language::English, Language::Arabic] {
        let mut sequence = Sequence::new(Stage::new(SIZES[0]).language(language));
        let scenes = scenes::all();
        for scene in &scenes {
            sequence.then(*scene);
        }
        // In another order, and the same one twice.
        for scene in scenes.iter().rev().step_by(7) {
            sequence.then(*scene);
            sequence.then(*scene);
        }
        sequence.end();
    }
}

#[test]
fn after_each_key_a_screen_looks_as_if_it_were_the_first() {
    const KEYS: [Press; 14] = [
        Press::Right,
        Press::Down,
        Press::Down,
        Press::Left,
        Press::Up,
        Press::Account,
        Press::Down,
        Press::Back,
        Press::Up,
        Press::Up,
        Press::Right,
        Press::NextChannel,
        Press::Down,
        Press::Refresh,
    ];
    let stage = Stage::new(SIZES[0]).text_scale(1.25);
    let look = stage.look();
    let mut sequence = Sequence::new(stage.clone());
    for layout in ["cards", "list", "table", "text"] {
        let kind = if layout == "text" {
            Kind::Text(600)
        } else {
            Kind::Items {
                count: 40,
                pictures: true,
                long: 4,
                groups: 0,
            }
        };
        let contents = Contents {
            layout,
            channels: 3,
            kind,
            fresh: false,
            guest: false,
        };
        let mut walker = signed_in(&contents, &look);
        for key in KEYS {
            let _ = walker.press(key, &look);
            sequence.next(layout, &stage, |look, canvas| walker.draw(look, canvas));
        }
    }
    for mut walker in others(3, &look) {
        for key in [Press::Right, Press::Down, Press::Left, Press::Up] {
            let _ = walker.press(key, &look);
            sequence.next("other", &stage, |look, canvas| walker.draw(look, canvas));
        }
    }
    sequence.end();
}

#[test]
fn a_second_on_the_code_screen_changes_the_ring_and_the_words_beside_it_and_nothing_else() {
    let stage = Stage::new(SIZES[1]);
    let size = stage.pixels();
    let mut painter = Painter::new(true);
    let mut pixels = vec![0; size.width as usize * size.height as usize];
    let pending = scenes::pending();
    let now = pending.now;
    let mut state = code::State::new(pending, &stage.look());
    for second in 0..4 {
        let _ = state.update(code::Message::Tick(now + Duration::from_secs(second)));
        let draw = |look: &Look, canvas: Canvas<'_>| {
            canvas(state.view(look).map(|_| ()));
        };
        let mut changed = Vec::new();
        stage::with_renderer(&stage, draw, |renderer| {
            let renderer = tenfoot::renderer::software(renderer).unwrap();
            changed = painter.paint(renderer, &mut pixels, (size, DENSITY), Color::BLACK, 1);
        });
        if second == 0 {
            continue;
        }
        assert!(!changed.is_empty());
        let beside_the_steps =
            |area: &PixelRect| area.right < 800 && area.top > 700 && area.bottom < 860;
        assert!(changed.iter().all(beside_the_steps), "{changed:?}");
    }
}
