use super::*;
use iced::advanced::graphics::text::cosmic_text::LayoutGlyph;

#[test]
fn no_word_stands_alone_on_the_last_of_a_few_lines() {
    let words = "Then you see what there is for you here, and nobody else does so.";
    let mut seen_several = false;
    for width in (200..900).step_by(7) {
        let room = Size::new(width as f32, f32::INFINITY);
        let label = Label::new(words, 34.0, font::REGULAR, Color::WHITE);
        let mut state = State::default();
        state.shape(&label, words, room);
        let height = state.paragraph.min_height();
        let several = state.leaves_a_word_alone();
        seen_several |= several;
        state.lay_out(&label, room);
        assert_eq!(
            state.paragraph.min_height(),
            height,
            "no line more: {width}"
        );
        assert!(!several || !state.leaves_a_word_alone(), "{width}");
    }
    assert!(seen_several);
}

#[test]
fn the_same_words_in_another_size_are_laid_out_anew() {
    let words = "Then you see what there is for you here, and nobody else does so.";
    let label = |size| Label::new(words, size, font::REGULAR, Color::WHITE);
    let mut wrong = Vec::new();
    for width in (200..900).step_by(7) {
        let room = Size::new(width as f32, f32::INFINITY);
        let (mut fresh, mut used) = (State::default(), State::default());
        fresh.lay_out(&label(41.0), room);
        used.lay_out(&label(34.0), room);
        used.lay_out(&label(41.0), room);
        if fresh.paragraph.min_bounds() != used.paragraph.min_bounds() {
            wrong.push(width);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn no_line_of_mixed_directions_is_wider_than_its_room() {
    let words = "رفض أحدهم على الهاتف، أو رفض acme.example. لا أحد مسجّل الدخول على هذا التلفاز.";
    let mut wrong = Vec::new();
    for width in (300..900).step_by(3) {
        let room = Size::new(width as f32, f32::INFINITY);
        let label = Label::new(words, 57.0, font::REGULAR, Color::WHITE)
            .align_x(Alignment::Right)
            .wrapping(Wrapping::WordOrGlyph);
        let mut state = State::default();
        state.lay_out(&label, room);
        if state.paragraph.min_width() > room.width + 0.5 {
            wrong.push((width, state.paragraph.min_width()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn sentences_with_names_in_another_script_are_read_in_their_order() {
    let words = "\u{2068}\u{2068}تم تسجيل خروج \u{2068}Ada Lovelace\u{2069}.\u{2069} \
                 \u{2068}تعذّر العثور على \u{2068}acme.example\u{2069}: هل الشبكة \
                 متصلة؟\u{2069}\u{2069} قد يظل متصفح هاتفك مسجّل الدخول لدى \
                 \u{2068}acme.example\u{2069}.";
    let mut wrong = Vec::new();
    for width in (400..2400).step_by(40) {
        let room = Size::new(width as f32, f32::INFINITY);
        let label = Label::new(words, 36.0, font::REGULAR, Color::WHITE)
            .direction(Direction::RightToLeft)
            .align_x(Alignment::Right);
        let mut state = State::default();
        state.lay_out(&label, room);
        for line in state.paragraph.raw().buffer().layout_runs() {
            let is_arabic = |glyph: &&LayoutGlyph| {
                line.text[glyph.start..glyph.end]
                    .starts_with(|letter: char| matches!(letter, '\u{621}'..='\u{64a}'))
            };
            let mut letters: Vec<_> = line.glyphs.iter().filter(is_arabic).collect();
            letters.sort_by_key(|glyph| glyph.start);
            if letters.windows(2).any(|two| two[0].x < two[1].x) {
                wrong.push((width, line.text.to_owned()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn of_an_endless_text_no_more_is_shaped_than_a_screen_shows() {
    for piece in [
        "x",
        "a ",
        "a\u{301}",
        "אבג abc ",
        "新",
        "がこ",
        "👨\u{200d}👩",
        "\n",
    ] {
        for wrapping in [Wrapping::None, Wrapping::WordOrGlyph] {
            let label = Label::new(piece.repeat(300_000), 34.0, font::REGULAR, Color::WHITE)
                .wrapping(wrapping);
            let mut state = State::default();
            state.lay_out(&label, Size::new(900.0, f32::INFINITY));
            let lines = &state.paragraph.raw().buffer().lines;
            let shaped: usize = lines.iter().map(|line| line.text().chars().count()).sum();
            assert!(
                (1..=2 * MOST).contains(&shaped) || piece == "\n",
                "{piece:?}: {shaped}"
            );
            assert!(lines.len() <= MOST + 1, "{piece:?}: {}", lines.len());
        }
    }
}

#[test]
fn a_text_that_a_screen_holds_is_shaped_whole() {
    let words = "word ".repeat(MOST / 5);
    let label = Label::new(words.as_str(), 34.0, font::REGULAR, Color::WHITE);
    assert_eq!(label.content, words);
    let longer = format!("{words}more");
    let label = Label::new(longer.as_str(), 34.0, font::REGULAR, Color::WHITE);
    assert!(label.content.ends_with('…'));
}
