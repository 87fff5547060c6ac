use std::borrow::Cow;

use fluent_syntax::ast::{Entry, PatternElement};
use iced::Font;
use iced::advanced::graphics::text::cosmic_text::{self, Attrs, Buffer, Metrics, Shaping};
use iced::advanced::graphics::text::font_system;
use iced::font::Weight;

use super::super::{FILES, MEDIUM, REGULAR, STRONG, for_text};
use super::*;
use crate::i18n::Language;

/// How wide `text` is drawn in that face, in ems.
fn drawn(text: &str, face: Font) -> f32 {
    const SIZE: f32 = 100.0;
    let mut fonts = font_system().write().unwrap();
    for file in FILES {
        fonts.load_font(Cow::Borrowed(file));
    }
    let fonts = fonts.raw();
    let mut buffer = Buffer::new(fonts, Metrics::new(SIZE, SIZE));
    let face = for_text(face, text);
    let weights = [
        Weight::Normal,
        Weight::Medium,
        Weight::Semibold,
        Weight::Bold,
    ];
    let at = weights.iter().position(|weight| *weight == face.weight);
    let weight = cosmic_text::Weight([400, 500, 600, 700][at.unwrap()]);
    let attrs = Attrs::new()
        .family(cosmic_text::Family::Name("Inter"))
        .weight(weight);
    buffer.set_text(fonts, text, &attrs, Shaping::Advanced, None);
    buffer.shape_until_scroll(fonts, false);
    let runs = buffer.layout_runs();
    runs.map(|run| run.line_w).fold(0.0, f32::max) / SIZE
}

/// The pieces of all texts of the program in that language.
fn texts(language: Language) -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/texts");
    let files = std::fs::read_dir(root.join(language.tag())).unwrap();
    let mut texts = Vec::new();
    for file in files {
        let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for entry in fluent_syntax::parser::parse(source).unwrap().body {
            if let Entry::Message(message) = entry {
                let elements = message.value.unwrap().elements.into_iter();
                texts.extend(elements.filter_map(|element| match element {
                    // A space beside a variable belongs to neither.
                    PatternElement::TextElement { value } => Some(value.trim().to_owned()),
                    PatternElement::Placeable { .. } => None,
                }));
            }
        }
    }
    texts
}

/// By more than what letters keep apart beside some others, less than a pixel.
fn narrower_than_drawn(texts: &[String]) -> Vec<String> {
    const SLACK: f32 = 0.02;
    let mut wrong = Vec::new();
    for text in texts {
        for face in [REGULAR, MEDIUM, STRONG] {
            let (drawn, told) = (drawn(text, face), width(text));
            if drawn > told + SLACK {
                wrong.push(format!("{text:?} in {:?}: {drawn} > {told}", face.weight));
            }
        }
    }
    wrong
}

#[test]
fn no_text_of_the_program_is_taken_for_narrower_than_it_is_drawn() {
    let all: Vec<_> = Language::ALL.into_iter().flat_map(texts).collect();
    let wrong = narrower_than_drawn(&all);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn neither_are_names_of_people_and_things() {
    let names = [
        "ÖFFENTLICHE ÜBERSICHT",
        "ÉTÉ À L’ÎLE D’OLÉRON",
        "Łódź, Šibenik, Ørsted, Œuvre",
        "Ada Lovelace さん",
        "東京 Tokyo 2026",
        "“Film” – „Kino“ … → ←",
        "شمس الشتاء",
        "محمّد وَسارة",
    ];
    let wrong = narrower_than_drawn(&names.map(str::to_owned));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn arabic_is_not_taken_for_much_wider_than_it_is_drawn_either() {
    let (mut drawn_ems, mut told) = (0.0, 0.0);
    for text in texts(Language::Arabic) {
        drawn_ems += drawn(&text, STRONG);
        told += width(&text);
    }
    assert!(told < drawn_ems * 1.25, "{told} for {drawn_ems}");
}
