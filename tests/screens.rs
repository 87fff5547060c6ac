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

#[path = "screens/scenes.rs"]
mod scenes;
#[path = "screens/stage.rs"]
mod stage;

use iced::Length;
use iced::alignment::Horizontal;
use scenes::{LONG_ADDRESS, WIDE_CODE};
use stage::{SIZES, Stage, drawn};
use tenfoot::config::Theme;
use tenfoot::ui::widget;
use tenfoot::words::Language;

#[test]
fn the_start_screen_looks_as_it_did() {
    stage::compare("start", scenes::start);
}

#[test]
fn the_start_screen_of_the_demo_looks_as_it_did() {
    stage::compare("start-demo", scenes::start_demo);
}

#[test]
fn the_start_screen_after_a_sign_out_looks_as_it_did() {
    stage::compare("start-signed-out", scenes::start_signed_out);
}

#[test]
fn the_start_screen_without_a_configuration_looks_as_it_did() {
    stage::compare("start-set-up", scenes::start_set_up);
}

#[test]
fn a_few_people_look_as_they_did() {
    stage::compare("people", scenes::people_two);
}

#[test]
fn many_people_with_long_names_look_as_they_did() {
    stage::compare("people-many", scenes::people_many);
}

#[test]
fn somebody_who_cannot_be_restored_is_told_above_the_people() {
    stage::compare("people-trouble", scenes::people_trouble);
}

#[test]
fn the_code_screen_looks_as_it_did() {
    stage::compare("code", scenes::code);
}

#[test]
fn the_code_screen_while_reconnecting_looks_as_it_did() {
    stage::compare("code-reconnecting", scenes::code_reconnecting);
}

#[test]
fn the_waiting_screen_looks_as_it_did() {
    stage::compare("waiting", scenes::waiting);
}

#[test]
fn cards_look_as_they_did() {
    stage::compare("signed-in-cards", scenes::cards);
}

#[test]
fn somebody_who_has_just_signed_in_is_named() {
    stage::compare("signed-in-greeting", scenes::greeting);
}

#[test]
fn a_list_looks_as_it_did() {
    stage::compare("signed-in-list", scenes::list);
}

#[test]
fn a_table_looks_as_it_did() {
    stage::compare("signed-in-table", scenes::table);
}

#[test]
fn a_channel_that_loads_looks_as_it_did() {
    stage::compare("signed-in-loading", scenes::loading);
}

#[test]
fn a_channel_that_failed_looks_as_it_did() {
    stage::compare("signed-in-failed", scenes::failed);
}

#[test]
fn an_empty_channel_looks_as_it_did() {
    stage::compare("signed-in-empty", scenes::empty);
}

#[test]
fn running_text_looks_as_it_did() {
    stage::compare("signed-in-text", scenes::text);
}

#[test]
fn the_account_menu_looks_as_it_did() {
    stage::compare("signed-in-account", scenes::account);
}

#[test]
fn the_account_menu_of_a_guest_looks_as_it_did() {
    stage::compare("signed-in-account-guest", scenes::account_guest);
}

#[test]
fn the_account_menu_says_what_was_not_granted() {
    let texts = stage::texts(&Stage::new(1920, 1080), scenes::account);
    assert!(
        texts
            .iter()
            .any(|text| text.content == "Not granted: read:contacts"),
        "{texts:?}"
    );
}

#[test]
fn details_look_as_they_did() {
    stage::compare("details", scenes::details);
}

#[test]
fn the_screen_of_an_expired_code_looks_as_it_did() {
    stage::compare("expired", scenes::expired);
}

#[test]
fn the_screen_of_a_refusal_looks_as_it_did() {
    stage::compare("denied", scenes::denied);
}

#[test]
fn the_problem_screen_looks_as_it_did() {
    stage::compare("problem", scenes::problem);
}

#[test]
fn the_qr_on_the_drawn_screen_can_be_read_in_every_theme_and_size() {
    for theme in [Theme::Dark, Theme::Light, Theme::HighContrast] {
        for (width, height) in SIZES {
            let stage = Stage::new(width, height).theme(theme);
            let picture = drawn(&format!("qr-{theme:?}"), &stage, scenes::code);
            assert_eq!(
                stage::qr(&picture),
                [scenes::LINK],
                "{theme:?} at {width} × {height}"
            );
        }
    }
}

#[test]
fn every_screen_is_drawn_in_every_theme() {
    for theme in [Theme::Light, Theme::HighContrast] {
        for (name, scene) in scenes::ALL {
            drawn(
                &format!("{theme:?}-{name}"),
                &Stage::new(1920, 1080).theme(theme),
                scene,
            );
        }
    }
}

#[test]
fn where_one_reads_from_right_to_left_every_text_is_within_the_width() {
    let stage = Stage::new(1920, 1080).language(Language::Arabic);
    for (name, scene) in scenes::ALL {
        drawn(&format!("ar-{name}"), &stage, scene);
        for text in stage::texts(&stage, scene) {
            assert!(text.is_within_the_width(), "{name}: {text:?}");
        }
    }
}

#[test]
fn a_line_that_is_read_from_right_to_left_is_drawn_inside_of_its_box() {
    let stage = Stage::new(1920, 1080).language(Language::Arabic);
    let picture = drawn("ar-line", &stage, |look, draw| {
        let line = widget::body(look, "مرحبا").align_x(Horizontal::Center);
        draw(line.width(Length::Fill).into());
    });
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
fn no_text_is_cut_off_at_the_usual_size() {
    for (name, scene) in scenes::ALL {
        for text in stage::texts(&Stage::new(1920, 1080), scene) {
            assert!(text.is_whole(), "{name}: {text:?}");
        }
    }
}

#[test]
fn what_can_be_pressed_and_what_matters_most_is_whole_at_every_text_scale() {
    for tenths in [10, 13, 15, 20, 25] {
        let stage = Stage::new(1920, 1080).text_scale(f32::from(tenths as u8) / 10.0);
        for (name, scene) in scenes::ALL {
            drawn(&format!("scale-{tenths}-{name}"), &stage, scene);
            let texts = stage::texts(&stage, scene);
            for wanted in scenes::matters(name) {
                let text = texts.iter().find(|text| text.content == *wanted);
                let text = text.unwrap_or_else(|| panic!("{name} at {tenths}: no “{wanted}”"));
                assert!(text.is_whole(), "{name} at {tenths}: {text:?}");
            }
            for text in &texts {
                assert!(text.is_within_the_width(), "{name} at {tenths}: {text:?}");
            }
        }
    }
}

#[test]
fn a_code_of_fifteen_ws_and_an_address_of_forty_characters_stand_on_one_line_each() {
    assert_eq!(LONG_ADDRESS.len(), 40);
    assert_eq!(WIDE_CODE.len(), 15);
    for scale in [1.0, 2.5] {
        let stage = Stage::new(1920, 1080).text_scale(scale);
        let picture = drawn(&format!("wide-{scale}"), &stage, scenes::wide_code);
        assert_eq!(picture.width(), 1920);
        let texts = stage::texts(&stage, scenes::wide_code);
        for wanted in [WIDE_CODE, LONG_ADDRESS] {
            let text = texts.iter().find(|text| text.content == wanted).unwrap();
            assert!(text.is_whole(), "{text:?}");
            assert!(text.height() < 200.0, "{text:?}");
        }
        let code = texts.iter().find(|text| text.content == WIDE_CODE).unwrap();
        assert!(code.height() >= 96.0, "{code:?}");
    }
}
