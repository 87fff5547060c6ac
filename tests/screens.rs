//! Draws every screen with no display and compares it with the picture that is kept
//! of it. `TENFOOT_UPDATE_SNAPSHOTS=1` keeps new ones; `TENFOOT_SHOTS=DIR` saves what
//! was drawn at its full size, to be looked at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    reason = "a test may fail loudly"
)]

#[path = "screens/changes.rs"]
mod changes;
#[path = "screens/kept.rs"]
mod kept;
#[path = "screens/scenes/mod.rs"]
mod scenes;
#[path = "screens/stage.rs"]
mod stage;
#[path = "screens/walk.rs"]
mod walk;
#[path = "screens/words.rs"]
mod words;

use std::path::Path;

use iced::alignment::Horizontal;
use iced::{Length, Rectangle};
use scenes::{LONG_ADDRESS, Scene, WIDE_CODE};
use stage::{PORTRAIT, SIZES, Stage, THEMES, Text};
use tenfoot::i18n::Language;
use tenfoot::ui::widget;

/// Full HD, what most televisions show.
const USUAL: (u32, u32) = SIZES[1];

/// The scenes that are compared at the other sizes, too.
const AT_ALL_SIZES: [&str; 6] = [
    "start",
    "people-many",
    "code",
    "signed-in-cards",
    "signed-in-table",
    "details",
];

fn sizes(scene: Scene) -> Vec<(u32, u32)> {
    if AT_ALL_SIZES.contains(&scene.name) {
        SIZES.into_iter().chain([PORTRAIT]).collect()
    } else {
        vec![USUAL]
    }
}

fn drawn(name: &str, stage: &Stage, scene: Scene) -> image::RgbImage {
    let picture = scene.drawn(stage);
    if let Some(shots) = std::env::var_os("TENFOOT_SHOTS") {
        let file = format!("{name}-{}.png", picture.height());
        std::fs::create_dir_all(&shots).unwrap();
        picture.save(Path::new(&shots).join(file)).unwrap();
    }
    picture
}

/// Compares the scenes of these screens with the pictures that are kept of them.
fn compare(screens: &[&str]) {
    let belongs = |scene: &Scene| screens.contains(&scene.name.split('-').next().unwrap());
    let mut wrong = Vec::new();
    for scene in scenes::all().into_iter().filter(belongs) {
        for size in sizes(scene) {
            let picture = drawn(scene.name, &Stage::new(size), scene);
            wrong.extend(kept::compared(scene.name, &picture));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_start_screen_looks_as_it_did() {
    compare(&["start"]);
}

#[test]
fn people_look_as_they_did() {
    compare(&["people"]);
}

#[test]
fn the_code_screen_looks_as_it_did() {
    compare(&["code"]);
}

#[test]
fn the_waiting_screen_looks_as_it_did() {
    compare(&["waiting"]);
}

#[test]
fn the_signed_in_screen_looks_as_it_did() {
    compare(&["signed"]);
}

#[test]
fn details_look_as_they_did() {
    compare(&["details"]);
}

const ENDS: [&str; 17] = [
    "expired",
    "denied",
    "refused",
    "no",
    "answer",
    "unavailable",
    "proxy",
    "handshake",
    "unreachable",
    "portal",
    "insecure",
    "clock",
    "busy",
    "read",
    "misconfigured",
    "untrusted",
    "not",
];

#[test]
fn the_screens_of_a_sign_in_that_came_to_nothing_look_as_they_did() {
    compare(&ENDS);
}

#[test]
fn the_problem_screen_looks_as_it_did() {
    compare(&["problem"]);
}

#[test]
fn a_screen_that_nobody_looks_at_looks_as_it_did() {
    compare(&["idle"]);
}

#[test]
fn the_key_tester_looks_as_it_did() {
    compare(&["help"]);
}

#[test]
fn the_service_menu_looks_as_it_did() {
    compare(&["service"]);
}

#[test]
fn letters_that_are_drawn_a_pixel_beside_or_softer_make_no_other_picture() {
    for name in ["start", "code", "signed-in-table", "details"] {
        let picture = drawn(name, &Stage::new(USUAL), scenes::named(name));
        let softer = image::imageops::blur(&picture, 0.7);
        let mut beside = picture.clone();
        image::imageops::replace(&mut beside, &picture, 1, 0);
        let kept = kept::reduced(&picture);
        for changed in [softer, beside] {
            let changed = kept::reduced(&changed);
            assert_ne!(kept, changed, "{name}: nothing changed");
            let different = kept::different(&kept, &changed);
            assert!(different.is_empty(), "{name}: {different:?}");
        }
    }
}

#[test]
fn a_button_that_is_missing_or_has_lost_the_focus_makes_another_picture() {
    let small = |name| kept::reduced(&scenes::named(name).drawn(&Stage::new(USUAL)));
    let start = small("start");
    assert!(!kept::different(&start, &small("start-no-guests")).is_empty());
    assert!(!kept::different(&start, &small("start-guest")).is_empty());
    assert!(!kept::different(&small("problem"), &small("problem-leave")).is_empty());
}

#[test]
fn a_screen_in_a_part_of_the_window_is_drawn_as_in_a_window_of_its_own() {
    let (width, height) = LEAST;
    for language in [Language::English, Language::Arabic] {
        let idle = ["idle-dim", "idle-black"].into_iter();
        for name in idle.chain(AT_ALL_SIZES) {
            let scene = scenes::named(name);
            let alone = Stage::new(LEAST).language(language);
            let whole = scene.drawn(&alone.clone().at(40.0, 10.0));
            let (left, top) = (80, 20);
            let part = image::imageops::crop_imm(&whole, left, top, width, height).to_image();
            let alone = scene.drawn(&alone);
            // What lies between pixels is rounded.
            let different = kept::different(&kept::reduced(&part), &kept::reduced(&alone));
            assert!(different.is_empty(), "{} in {language:?}", scene.name);
            let black = |x: u32, y: u32| whole.get_pixel(x, y).0 == [0; 3];
            let row = |y| (0..whole.width()).all(|x| black(x, y));
            let column = |x| (0..whole.height()).all(|y| black(x, y));
            let edges = row(0) && row(top - 1) && row(top + height);
            let black_around = edges && column(left - 1) && column(left + width);
            assert!(black_around, "{} in {language:?}", scene.name);
        }
    }
}

#[test]
fn no_picture_is_kept_of_a_screen_that_is_not_drawn() {
    let drawn: Vec<_> = scenes::all()
        .into_iter()
        .flat_map(|scene| {
            let name = move |(_, height)| format!("{}-{height}", scene.name);
            sizes(scene).into_iter().map(name)
        })
        .collect();
    for name in kept::names() {
        assert!(drawn.contains(&name), "{name}");
    }
}

#[test]
fn the_account_menu_says_what_was_not_granted() {
    let scene = scenes::named("signed-in-account");
    let texts = stage::texts(&Stage::new(USUAL), scene.draw);
    assert!(
        texts
            .iter()
            .any(|text| text.content == "Not granted: read:contacts"),
        "{texts:?}"
    );
}

/// Not the issuer's: what is approved elsewhere is approved there.
#[test]
fn the_code_screen_names_the_host_of_the_address_and_what_a_code_does_not_show() {
    let said = |name: &str| {
        let texts = stage::texts(&Stage::new(USUAL), scenes::named(name).draw);
        let contents: Vec<String> = texts.into_iter().map(|text| text.content).collect();
        contents.join("\n")
    };
    let mixed = said("code-mixed");
    assert!(mixed.contains("The page is at www.acme.example"), "{mixed}");
    let how = "Enter this code, capitals as shown, no spaces";
    assert!(mixed.contains(how), "{mixed}");
    let inside = said("code-inside");
    assert!(
        inside.contains("Check that the page shows this code"),
        "{inside}"
    );
}

#[test]
fn the_qr_on_the_drawn_screen_can_be_read_in_every_theme_size_and_text_scale() {
    for theme in THEMES {
        for size in SIZES.into_iter().chain([PORTRAIT]) {
            for scale in [1.0, 2.5] {
                let stage = Stage::new(size).theme(theme).text_scale(scale);
                let picture = drawn(
                    &format!("qr-{theme:?}-{scale}"),
                    &stage,
                    scenes::named("code"),
                );
                assert_eq!(
                    stage::qr(&picture),
                    [scenes::LINK],
                    "{theme:?} at {size:?} and text scale {scale}"
                );
            }
        }
    }
}

#[test]
fn a_line_that_is_read_from_right_to_left_is_drawn_inside_of_its_box() {
    let line = Scene {
        name: "line",
        draw: |look, canvas| {
            let line = widget::body(look, "مرحبا").align_x(Horizontal::Center);
            canvas(line.width(Length::Fill).into());
        },
        matters: &[],
        quiet: std::time::Duration::ZERO,
    };
    let picture = drawn(
        "line-ar",
        &Stage::new(USUAL).language(Language::Arabic),
        line,
    );
    let ground = *picture.get_pixel(0, 0);
    let drawn = picture
        .enumerate_pixels()
        .filter(|(.., pixel)| **pixel != ground);
    let (left, right) = drawn.fold((1920, 0), |(left, right), (x, ..)| {
        (x.min(left), x.max(right))
    });
    assert!(
        left > 800 && right < 1120 && left < right,
        "{left} to {right}"
    );
}

#[test]
fn exactly_one_thing_has_the_focus_on_every_screen_and_its_ring_is_whole() {
    let mut wrong = Vec::new();
    let both = [Language::English, Language::Arabic];
    for (size, language) in [LEAST, LEAST_PORTRAIT]
        .into_iter()
        .flat_map(|size| both.map(|language| (size, language)))
    {
        let stage = Stage::new(size).language(language);
        let whole = Rectangle::with_size(stage.size());
        for scene in scenes::all() {
            let marks = stage::marks(&stage, scene.draw);
            let one = matches!(marks[..], [mark] if mark.is_within(&whole));
            wrong.extend((!one).then(|| format!("{} in {language:?}: {marks:?}", scene.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Layout follows the canvas, so one size stands for all; the smallest is the quickest.
const LEAST: (u32, u32) = SIZES[0];
/// The same of a screen that stands upright.
const LEAST_PORTRAIT: (u32, u32) = (LEAST.1, LEAST.0);

/// What is wrong with the texts of each scene on that stage.
fn faults(stage: &Stage, fault: impl Fn(Scene, &[Text]) -> Vec<String>) -> Vec<String> {
    let of = |scene: Scene| {
        let faults = fault(scene, &stage::texts(stage, scene.draw));
        let name = scene.name;
        faults
            .into_iter()
            .map(move |fault| format!("{name}: {fault}"))
    };
    scenes::all().into_iter().flat_map(of).collect()
}

#[test]
fn no_text_is_cut_off_or_leaves_the_safe_area_at_the_usual_size_in_any_language() {
    all_texts_are_whole(LEAST, &Language::ALL);
}

#[test]
fn no_text_is_cut_off_or_leaves_the_safe_area_on_an_upright_screen() {
    let (german, japanese) = (Language::German, Language::Japanese);
    all_texts_are_whole(LEAST_PORTRAIT, &[german, japanese, Language::Arabic]);
}

fn all_texts_are_whole(size: (u32, u32), languages: &[Language]) {
    for &language in languages {
        let stage = Stage::new(size).language(language);
        let faults = faults(&stage, |_, texts| {
            let bad = |text: &&Text| !text.is_whole() || !text.is_safe();
            texts
                .iter()
                .filter(bad)
                .map(|text| format!("{text:?}"))
                .collect()
        });
        assert!(faults.is_empty(), "{language:?}:\n{}", faults.join("\n"));
    }
}

fn whole_at_every_text_scale(size: (u32, u32), language: Language) {
    for scale in [1.3, 1.7, 2.5] {
        let stage = Stage::new(size).text_scale(scale).language(language);
        let faults = faults(&stage, |scene, texts| {
            let wanted = scene.matters.iter().filter_map(|wanted| {
                let wanted = words::said(wanted, language);
                let mut found = texts.iter().filter(|text| wanted.contains(&text.content));
                (!found.any(Text::is_whole)).then(|| format!("{wanted:?} isn’t there whole"))
            });
            let wide = texts.iter().filter(|text| !text.is_within_the_width());
            let wide = wide.map(|text| format!("too wide: {text:?}"));
            wanted.chain(wide).collect()
        });
        assert!(
            faults.is_empty(),
            "{language:?} at {scale}:\n{}",
            faults.join("\n")
        );
    }
}

#[test]
fn what_can_be_pressed_and_what_matters_most_is_whole_at_every_text_scale() {
    whole_at_every_text_scale(LEAST, Language::English);
}

#[test]
fn what_matters_most_is_whole_at_every_text_scale_on_an_upright_screen() {
    for language in [Language::German, Language::Arabic] {
        whole_at_every_text_scale(LEAST_PORTRAIT, language);
    }
}

#[test]
fn what_matters_most_is_whole_at_every_text_scale_in_german_and_french() {
    whole_at_every_text_scale(LEAST, Language::German);
    whole_at_every_text_scale(LEAST, Language::French);
}

#[test]
fn what_matters_most_is_whole_at_every_text_scale_in_spanish_and_portuguese() {
    whole_at_every_text_scale(LEAST, Language::Spanish);
    whole_at_every_text_scale(LEAST, Language::Portuguese);
}

#[test]
fn what_matters_most_is_whole_at_every_text_scale_in_japanese_and_arabic() {
    whole_at_every_text_scale(LEAST, Language::Japanese);
    whole_at_every_text_scale(LEAST, Language::Arabic);
}

#[test]
fn the_account_menus_last_button_stands_above_the_legend_at_every_text_scale() {
    for language in Language::ALL {
        for scale in [1.0, 1.25, 1.7, 2.5] {
            let stage = Stage::new(LEAST).text_scale(scale).language(language);
            for name in ["signed-in-account", "signed-in-account-guest"] {
                let scene = scenes::named(name);
                let texts = stage::texts(&stage, scene.draw);
                let legend = texts.iter().find(|text| text.content == "↑ ↓").unwrap();
                let button = stage::marks(&stage, |look, canvas| (scene.draw)(look, canvas));
                let out = words::said("Sign out", language);
                let last = texts
                    .iter()
                    .find(|text| out.contains(&text.content))
                    .unwrap();
                let half = button[0].height / 2.0 - 4.0;
                assert!(
                    last.middle() + half <= legend.top(),
                    "{name} in {language:?} at {scale}: {last:?} and {legend:?}"
                );
            }
        }
    }
}

#[test]
fn who_has_just_signed_in_stands_on_one_line_with_not_you() {
    for language in Language::ALL {
        for scale in [1.0, 1.3, 1.7, 2.5] {
            let stage = Stage::new(LEAST).text_scale(scale).language(language);
            for name in ["signed-in-greeting", "signed-in-greeting-guest"] {
                let texts = stage::texts(&stage, scenes::named(name).draw);
                let named = |wanted: &[String]| -> Vec<_> {
                    let found = texts.iter().filter(|text| wanted.contains(&text.content));
                    found.map(Text::middle).collect()
                };
                let button = named(&words::said("Not you?", language));
                let names = named(&["Ada Lovelace".to_owned()]);
                let beside = |name: &f32| button.iter().any(|button| (name - button).abs() < 16.0);
                assert!(
                    names.iter().any(beside),
                    "{name} in {language:?} at {scale}: {names:?} and {button:?}"
                );
            }
        }
    }
}

#[test]
fn a_code_of_fifteen_ws_and_an_address_of_forty_characters_stand_on_one_line_each() {
    assert_eq!(LONG_ADDRESS.len(), 40);
    assert_eq!(WIDE_CODE.len(), 15);
    for scale in [1.0, 2.5] {
        let stage = Stage::new(USUAL).text_scale(scale);
        let texts = stage::texts(&stage, scenes::named("code-wide").draw);
        let groups = ["WWWW", "WWWW", "WWWW", "WWW"];
        assert_eq!(groups.concat(), WIDE_CODE);
        for wanted in groups.into_iter().chain([LONG_ADDRESS]) {
            let text = texts.iter().find(|text| text.content == wanted).unwrap();
            assert!(text.is_whole(), "{text:?}");
            assert!(text.height() < 200.0, "{text:?}");
        }
        let groups = texts.iter().filter(|text| text.content.starts_with("WWW"));
        assert_eq!(groups.clone().count(), 4);
        for group in groups {
            assert!(group.height() >= 96.0, "{group:?}");
        }
    }
}
