//! The embedded fonts, and how texts are cut to the room that they have in them.

mod width;

use std::borrow::Cow;

use iced::Font;
use iced::advanced::graphics::text::cosmic_text::{
    self, Attrs, Buffer, FontSystem, Metrics, Shaping, fontdb,
};
use iced::advanced::graphics::text::font_system;
use iced::font::{Family, Weight};

use width::advances;

use crate::words::Language;

pub use width::width;

/// The files, in the form that iced loads. Their licences stand beside them.
pub const FILES: [&[u8]; 4] = [
    include_bytes!("../../assets/fonts/inter/Inter-Regular.otf"),
    include_bytes!("../../assets/fonts/inter/Inter-Medium.otf"),
    include_bytes!("../../assets/fonts/inter/Inter-SemiBold.otf"),
    include_bytes!("../../assets/fonts/jetbrains-mono/JetBrainsMono-Bold.ttf"),
];

/// Running text.
pub const REGULAR: Font = inter(Weight::Normal);
/// Labels, and what is set off a little.
pub const MEDIUM: Font = inter(Weight::Medium);
/// Titles and buttons.
pub const STRONG: Font = inter(Weight::Semibold);
/// User codes: 0 and O, 1 and I and l stay apart.
pub const CODE: Font = Font {
    family: Family::Name("JetBrains Mono"),
    weight: Weight::Bold,
    ..Font::DEFAULT
};

const fn inter(weight: Weight) -> Font {
    Font {
        family: Family::Name("Inter"),
        weight,
        ..Font::DEFAULT
    }
}

/// The face that `text` is set in: scripts that come from the system's fonts have a
/// regular and a bold weight at most, and for another one iced falls back to whatever
/// else has it, a serif among sans serifs.
#[must_use]
pub fn for_text(face: Font, text: &str) -> Font {
    if !text.chars().any(is_of_another_script) {
        return face;
    }
    let weight = if face.weight == Weight::Semibold {
        Weight::Bold
    } else if face.weight == Weight::Medium {
        Weight::Normal
    } else {
        face.weight
    };
    Font { weight, ..face }
}

/// Beyond what the embedded fonts hold: they end before Hebrew.
const fn is_of_another_script(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{1cff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..)
}

/// Sets Han characters in Japanese forms from now on where `language` is Japanese. The font
/// system goes by the environment's locale, which may be another one, and knows Japan's only
/// by the bare name of the language, which environments don't use.
pub fn prefer_forms_of(language: Language) {
    let Ok(mut fonts) = font_system().write() else {
        return;
    };
    let fonts = fonts.raw();
    let tag = language.tag();
    let japanese = |tag: &str| tag == Language::Japanese.tag();
    if japanese(fonts.locale()) == japanese(tag) {
        return;
    }
    let empty = FontSystem::new_with_locale_and_db(tag.to_owned(), fontdb::Database::new());
    let (_, files) = std::mem::replace(fonts, empty).into_locale_and_db();
    *fonts = FontSystem::new_with_locale_and_db(tag.to_owned(), files);
}

/// Whether this machine has a glyph for every character of `sample`.
#[must_use]
pub fn can_draw(sample: &str) -> bool {
    let Ok(mut fonts) = font_system().write() else {
        return false;
    };
    for file in FILES {
        fonts.load_font(Cow::Borrowed(file));
    }
    let fonts = fonts.raw();
    let mut buffer = Buffer::new(fonts, Metrics::new(32.0, 40.0));
    let face = Attrs::new().family(cosmic_text::Family::Name("Inter"));
    buffer.set_text(fonts, sample, &face, Shaping::Advanced, None);
    buffer.shape_until_scroll(fonts, false);
    let mut glyphs = buffer.layout_runs().flat_map(|run| run.glyphs.iter());
    // Glyph 0 is the box that stands for what a font lacks.
    glyphs.all(|glyph| glyph.glyph_id != 0)
}

/// How wide [`REGULAR`] is compared to the widest face.
pub const REGULAR_WIDTH: f32 = 0.98;
/// How wide one character of [`CODE`] is, in ems.
pub const CODE_ADVANCE: f32 = 0.6;

/// `text` on at most `lines` lines of `room` ems, cut with “…” where it is longer.
#[must_use]
pub fn fit(text: &str, room: f32, lines: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if lines > 1 {
        let wrapped = wrap(&text, room);
        if wrapped.len() <= lines {
            return text;
        }
        let mut at = 0;
        for line in &wrapped[..lines - 1] {
            at += line.len();
            at += usize::from(text[at..].starts_with(' '));
        }
        let (whole, rest) = text.split_at(at);
        return format!("{whole}{}", fit(rest, room, 1));
    }
    if width(&text) <= room {
        return text;
    }
    let mut used = width("…");
    let within = |&(_, wide): &(char, f32)| {
        used += wide;
        used <= room
    };
    let cut = advances(&text).take_while(within);
    let mut cut: String = cut.map(|(character, _)| character).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

/// `text` on at most `lines` lines of `room` ems as [`fit`] does, but of an address that
/// is longer both ends stay, since they are what tells it from others.
#[must_use]
pub fn fit_ends(text: &str, room: f32, lines: usize) -> String {
    let text = text.trim();
    if text.contains(char::is_whitespace) || !text.contains(['@', '/']) {
        return fit(text, room, lines);
    }
    if width(text) <= room {
        return text.to_owned();
    }
    if lines > 1 {
        // Between a mailbox and its host, where both fit.
        let whole = |part: &&str| width(part) <= room;
        let at = text.find('@').map_or(0, |at| at + 1);
        let (mailbox, host) = text.split_at(at);
        let (first, rest) = if at > 0 && [mailbox, host].iter().all(whole) {
            (mailbox, host)
        } else {
            split(text, room)
        };
        return format!("{first}\n{}", fit_ends(rest, room, lines - 1));
    }
    without_middle(text, room - width("…"))
}

/// A mailbox whole where that leaves something of its host, and as much of the end as fits.
fn without_middle(text: &str, room: f32) -> String {
    const LEAST_END: f32 = 0.3;
    let mailbox = text.split_inclusive('@').next().unwrap_or_default();
    let head = if mailbox.ends_with('@') && width(mailbox) <= room * (1.0 - LEAST_END) {
        mailbox
    } else {
        split(text, room / 2.0).0
    };
    let mut left = room - width(head);
    let places: Vec<_> = text.char_indices().zip(advances(text)).collect();
    let tail = places.into_iter().rev().find(|(_, (_, wide))| {
        left -= wide;
        left < 0.0
    });
    let tail = tail.map_or(text, |((at, character), _)| {
        &text[at + character.len_utf8()..]
    });
    format!("{head}…{}", tail.trim_start_matches('.'))
}

/// `text` cut into lines of at most `ems` ems, between words where that is possible.
#[must_use]
pub fn wrap(text: &str, ems: f32) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(line, ems)).collect()
}

/// The least room in which `text` takes no more lines than in `ems`: none of them is left
/// with a single word.
#[must_use]
pub fn even(text: &str, ems: f32) -> f32 {
    const STEPS: u8 = 24;
    let lines = wrap(text, ems).len();
    let rooms = (1..=STEPS).map(|step| ems * f32::from(step) / f32::from(STEPS));
    let mut rooms = rooms.filter(|room| wrap(text, *room).len() <= lines);
    rooms.next().unwrap_or(ems)
}

fn wrap_line(text: &str, ems: f32) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
    for word in phrases(text) {
        let wide = width(word.trim_end());
        if !line.is_empty() && used + wide > ems {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        let (mut word, mut wide) = (word, wide);
        while wide > ems {
            let (head, tail) = split(word, ems);
            lines.push(head.to_owned());
            word = tail;
            wide = width(word.trim_end());
        }
        line.push_str(word);
        used += width(word);
    }
    lines.push(line);
    for line in &mut lines {
        line.truncate(line.trim_end_matches(' ').len());
    }
    lines
}

/// Whether words of `text` aren't apart, so that only the language's own rules tell where a
/// line may end.
#[must_use]
pub fn is_japanese(text: &str) -> bool {
    text.contains(|letter| matches!(letter, '\u{3041}'..='\u{30ff}'))
}

/// Where `text` may be broken: its words, each with the space behind it; in Japanese, parts
/// that are read as one.
fn phrases(text: &str) -> Vec<&str> {
    let words = text.split_inclusive(' ');
    if !is_japanese(text) {
        return words.collect();
    }
    let parser = budoux_phf_rs::Parser::japanese_parser();
    words.flat_map(|word| parser.parse(word)).collect()
}

/// As much of a word as fits, at least a character of it, and the rest: of an address whole
/// parts, if these are much of what fits.
fn split(word: &str, ems: f32) -> (&str, &str) {
    const MUCH: f32 = 0.4;
    let mut used = 0.0;
    let at = word
        .char_indices()
        .zip(advances(word))
        .find(|&((at, _), (_, wide))| {
            used += wide;
            at > 0 && used > ems
        })
        .map_or(word.len(), |((at, _), _)| at);
    let joint = word[..at].rfind(['@', '.', '/', '-', '_']);
    let joint = joint.map(|joint| joint + 1);
    match joint.filter(|joint| *joint as f32 >= MUCH * at as f32) {
        Some(joint) => word.split_at(joint),
        None => word.split_at(at),
    }
}

#[cfg(test)]
mod tests {
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
        let text = "The service can’t be reached. Trying again by itself in 20 s.";
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
}
