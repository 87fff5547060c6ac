use super::*;

#[test]
fn a_text_that_fits_stays_as_it_is() {
    assert_eq!(fit("Ada Lovelace", 10.0, 1), "Ada Lovelace");
}

#[test]
fn a_text_that_is_too_long_ends_in_an_ellipsis_and_fits() {
    let cut = fit(
        "A very long title that nobody can read from the sofa",
        10.0,
        1,
    );
    assert!(cut.ends_with('…'), "{cut}");
    assert!(width(&cut) <= 10.0, "{cut}");
}

#[test]
fn an_address_that_is_too_long_keeps_both_ends_and_other_texts_their_beginning() {
    let address = "katherine.johnson@computing.acme.example";
    for (text, room) in [
        (address, 9.0),
        (address, 16.0),
        ("https://acme.example/a/b/c", 8.0),
    ] {
        let cut = fit_ends(text, room, 1);
        let (head, tail) = cut.split_once('…').unwrap();
        assert!(text.starts_with(head) && text.ends_with(tail), "{cut}");
        assert!(!head.is_empty() && !tail.is_empty(), "{cut}");
        assert!(width(&cut) <= room, "{cut}");
    }
    assert!(fit_ends(address, 16.0, 1).starts_with("katherine.johnson@…"));
    assert_eq!(fit_ends(address, 16.0, 3).replace('\n', ""), address);
    assert_eq!(fit_ends("ada@acme.example", 12.0, 1), "ada@acme.example");
    assert!(fit_ends("Known for very many things", 9.0, 1).ends_with('…'));
}

#[test]
fn lines_are_about_as_long_as_each_other_where_that_takes_no_more_of_them() {
    let text = "The service can’t be reached. Trying again in 20 seconds.";
    let room = width(text) - 1.0;
    let [lines, usual] = [even(text, room), room].map(|room| wrap(text, room));
    assert_eq!(lines.len(), usual.len());
    let shortest = |lines: &[String]| lines.iter().map(|line| width(line) as u32).min();
    assert!(shortest(&lines) > shortest(&usual), "{lines:?}");
}

#[test]
fn japanese_lines_end_between_phrases() {
    let text = "スマートフォンでこのコードを入力してください。";
    let lines = wrap(text, 9.5);
    assert_eq!(lines.concat(), text);
    assert_eq!(
        lines,
        ["スマートフォンで", "このコードを", "入力してください。"]
    );
    assert_eq!(fit(text, 14.0, 2), text);
    let cut = fit(text, 9.5, 2);
    assert!(
        cut.starts_with("スマートフォンでこのコード") && cut.ends_with('…'),
        "{cut}"
    );
}

#[test]
fn two_lines_hold_more_than_one() {
    let text = "A very long title that nobody can read from the sofa";
    assert!(fit(text, 10.0, 2).len() > fit(text, 10.0, 1).len());
}

#[test]
fn what_no_font_has_a_glyph_for_cannot_be_drawn() {
    assert!(can_draw("Ada Lovelace, größer, ação"));
    // A place that Unicode promises never to fill.
    assert!(!can_draw("\u{fdd0}"));
}

#[test]
fn scripts_of_the_systems_fonts_are_set_in_weights_that_those_have() {
    assert_eq!(for_text(MEDIUM, "新しいコード").weight, Weight::Normal);
    assert_eq!(for_text(STRONG, "رمز جديد").weight, Weight::Bold);
    assert_eq!(
        for_text(MEDIUM, "größer → «да» 10 €").weight,
        Weight::Medium
    );
}

#[test]
fn han_characters_are_japanese_where_the_language_is() {
    let glyph = |language| {
        prefer_forms_of(language);
        let mut fonts = font_system().write().unwrap();
        let fonts = fonts.raw();
        let mut buffer = Buffer::new(fonts, Metrics::new(32.0, 40.0));
        let face = Attrs::new().family(cosmic_text::Family::Name("Inter"));
        buffer.set_text(fonts, "直", &face, Shaping::Advanced, None);
        buffer.shape_until_scroll(fonts, false);
        let glyph = buffer.layout_runs().next().unwrap().glyphs[0].clone();
        let face = fonts.db().face(glyph.font_id).unwrap();
        face.families[0].0.clone()
    };
    assert_eq!(glyph(Language::Japanese), "Noto Sans CJK JP");
    assert_eq!(glyph(Language::English), "Noto Sans CJK SC");
}

#[test]
fn a_number_stays_with_its_unit_and_no_line_begins_with_a_colon() {
    for ems in 12..40u8 {
        let text = "安全ではありません acme.example：15 秒後に（自動で）再試行します。";
        let lines = wrap(text, f32::from(ems));
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        for line in &lines {
            assert!(!line.starts_with(['：', '。', '）']), "{lines:?}");
            assert!(!line.ends_with("15") && !line.ends_with('（'), "{lines:?}");
        }
    }
}

#[test]
fn an_address_is_broken_between_its_parts() {
    let address = "maximiliane.wolkenstein@acme.example";
    let lines = wrap(address, 13.0);
    assert_eq!(lines, ["maximiliane.wolkenstein@", "acme.example"]);
    assert_eq!(
        wrap("Wolkensteintrostburg", 5.0).concat(),
        "Wolkensteintrostburg"
    );
}

#[test]
fn wide_scripts_are_not_taken_for_narrow_ones() {
    assert!(width("東京") > width("to"));
}

#[test]
fn numbers_and_names_of_two_scripts_are_cut_between_characters() {
    for text in [
        "28694 225 79481 たなか 73760 さくら たなか",
        "12514 62237 68294 のテレビ 会議室 のテレビ のお客さま おじいちゃん",
        "60445 774 50094 さくら 94134 8645",
        "63155 59179 59521 のテレビ 会議室 はなこ",
    ] {
        for tenths in 0..200u16 {
            let room = f32::from(tenths) / 10.0;
            for line in wrap(text, room) {
                assert_eq!(line, line.trim(), "{text} in {room}");
            }
            for lines in 1..6 {
                let fitted = fit(text, room, lines);
                let whole = fitted.trim_end_matches('…').replace(' ', "");
                assert!(text.replace(' ', "").starts_with(&whole), "{fitted}");
            }
        }
    }
    assert_eq!(wrap("a", -1.0).concat(), "a");
}

/// Texts of so many characters that a service might answer to hold a TV up.
fn endless(length: usize) -> Vec<(&'static str, String)> {
    let of = |piece: &str| {
        let times = length.div_ceil(piece.chars().count());
        piece.repeat(times).chars().take(length).collect::<String>()
    };
    vec![
        ("one word", of("x")),
        ("an address", of("https://acme.example/a-b_c.d@e")),
        ("short words", of("a ")),
        ("spaces", of(" ")),
        ("empty lines", of("\n")),
        ("marks on a letter", of("a\u{301}\u{302}\u{303}\u{304}")),
        ("nothing but marks", of("\u{301}")),
        ("no width", of("\u{200b}")),
        ("both directions", of("abc שלום def ")),
        ("Arabic", of("السلام")),
        ("Chinese", of("新しい代码没有空格")),
        (
            "Japanese",
            of("スマートフォンでこのコードを入力してください"),
        ),
        ("a family", of("👨\u{200d}👩\u{200d}👧")),
        ("flags and tones", of("🇩🇪👍🏽")),
    ]
}

/// Twice as much takes at most about twice as much work.
fn assert_linear(what: &str, work: impl Fn(&str)) {
    const LENGTH: usize = 20_000;
    for ((name, short), (_, long)) in endless(LENGTH).iter().zip(&endless(2 * LENGTH)) {
        let [once, twice] = [short, long].map(|text| measured(|| work(text)));
        assert!(
            twice <= once * 21 / 10 + 10_000,
            "{what} of {name}: {once} for {LENGTH} characters, {twice} for twice as many"
        );
    }
}

/// However much there is, no more of it is looked at.
fn assert_bounded(what: &str, work: impl Fn(&str)) {
    const MUCH: usize = 60_000;
    for (name, text) in endless(200_000) {
        let looked_at = measured(|| work(&text));
        assert!(looked_at < MUCH, "{what} of {name}: {looked_at}");
    }
}

#[test]
fn breaking_twice_as_long_a_text_takes_twice_as_much_work() {
    assert_linear("lines", |text| drop(wrap(text, 30.0)));
    assert_linear("narrow lines", |text| drop(wrap(text, 3.0)));
}

#[test]
fn what_is_cut_to_a_place_is_not_measured_beyond_it() {
    for lines in [1, 2, 3] {
        assert_bounded("fitting", |text| drop(fit(text, 30.0, lines)));
        assert_bounded("fitting with both ends", |text| {
            drop(fit_ends(text, 30.0, lines));
        });
    }
    assert_bounded("the width", |text| assert!(width(text) >= 0.0));
    assert_bounded("a few lines", |text| {
        let _ = count_lines(text, 30.0, 4);
    });
}

#[test]
fn no_line_has_more_characters_than_a_picture_can_shape() {
    for (name, text) in endless(50_000) {
        for line in wrap(&text, 30.0) {
            assert!(line.chars().count() <= 300, "{name}");
        }
        for fitted in [fit(&text, 30.0, 2), fit_ends(&text, 30.0, 2)] {
            assert!(fitted.chars().count() <= 1200, "{name}: {fitted}");
        }
    }
}

#[test]
fn nothing_of_a_long_text_is_lost_in_its_lines() {
    for (name, text) in endless(5_000) {
        let lines = wrap(&text, 20.0).concat();
        let without = |text: &str| text.replace([' ', '\n'], "");
        assert_eq!(without(&lines), without(&text), "{name}");
    }
}

#[test]
fn an_emoji_of_several_is_not_taken_apart() {
    let family = "👨\u{200d}👩\u{200d}👧";
    for line in wrap(&family.repeat(50), 8.0) {
        assert_eq!(line.replace(family, ""), "", "{line}");
    }
}

#[test]
fn a_language_that_cannot_be_drawn_gives_way_to_english() {
    for language in Language::ALL {
        let needs_a_font = matches!(language, Language::Japanese | Language::Arabic);
        let without = drawn_by(language, |_| false);
        let expected = if needs_a_font {
            Language::English
        } else {
            language
        };
        assert_eq!(without, expected);
        assert_eq!(drawn_by(language, |_| true), language);
    }
}
