//! Where lines end. Each line is found when it is asked for, and what that costs depends on
//! how long the line is, never on how much text is left.

use super::is_japanese;
use super::width::{advances, width};
use crate::text::{whole, whole_after};

/// No line has more characters, however narrow: marks stand on each other and take no room,
/// but each of them is shaped.
const MOST_IN_LINE: usize = 1000;
/// So many characters are looked at together when places to break are sought.
const WINDOW: usize = 1024;

/// How many characters a line of `ems` ems has at most.
pub(super) fn most_in(ems: f32) -> usize {
    /// The narrowest letters are a fifth of an em wide.
    const IN_AN_EM: f32 = 8.0;
    const LEAST: usize = 16;
    ((ems.max(0.0) * IN_AN_EM) as usize + LEAST).min(MOST_IN_LINE)
}

/// The first `most` characters of `text`, and whether these are all.
pub(super) fn beginning(text: &str, most: usize) -> (&str, bool) {
    if text.len() <= most {
        return (text, true);
    }
    match text.char_indices().nth(most) {
        Some((at, _)) => (&text[..whole(text, at)], false),
        None => (text, true),
    }
}

/// The last `most` characters of `text`.
pub(super) fn end(text: &str, most: usize) -> &str {
    let mut last = text.char_indices().rev();
    match most.checked_sub(1).and_then(|before| last.nth(before)) {
        Some((at, _)) => &text[whole_after(text, at)..],
        None if most == 0 => "",
        None => text,
    }
}

/// `text` in lines of at most `ems` ems, which end between words where that is possible. None
/// begins or ends with a space.
pub fn lines(text: &str, ems: f32) -> impl Iterator<Item = &str> {
    text.lines().flat_map(move |line| Wrapped::new(line, ems))
}

/// The lines that one line of a text is broken into.
struct Wrapped<'a> {
    text: &'a str,
    ems: f32,
    most: usize,
    japanese: bool,
    /// What is in lines already ends here.
    at: usize,
    /// Where the next few phrases end, the nearest last.
    ends: Vec<usize>,
    begun: bool,
}

impl<'a> Wrapped<'a> {
    fn new(text: &'a str, ems: f32) -> Self {
        Self {
            text,
            ems,
            most: most_in(ems),
            japanese: is_japanese(beginning(text, WINDOW).0),
            at: 0,
            ends: Vec::new(),
            begun: false,
        }
    }

    /// Where the next phrase ends.
    fn next_end(&mut self) -> Option<usize> {
        if self.ends.is_empty() {
            let window = window(&self.text[self.at..]);
            let mut end = self.at;
            let ends = phrases(window, self.japanese).into_iter().map(|phrase| {
                end += phrase.len();
                end
            });
            self.ends = ends.collect();
            self.ends.reverse();
        }
        self.ends.last().copied()
    }

    /// Goes on behind the spaces that come next, however many; says where that is.
    fn skip_spaces(&mut self) -> usize {
        let rest = self.text[self.at..].trim_start_matches(' ');
        self.at = self.text.len() - rest.len();
        while self.ends.pop_if(|end| *end <= self.at).is_some() {}
        self.at
    }

    fn line(&mut self, begin: usize) -> Option<&'a str> {
        let is_first = !std::mem::replace(&mut self.begun, true);
        let line = &self.text[begin..self.at];
        (is_first || !line.is_empty()).then(|| line.trim_end_matches(' '))
    }

    /// How wide a word is and how many characters it has, if it fits behind what is in the
    /// line already.
    fn fitting(&self, word: &str, used: f32, count: usize) -> Option<(f32, usize)> {
        let (whole, true) = beginning(word, self.most.saturating_sub(count)) else {
            return None;
        };
        let wide = width(whole.trim_end());
        (used + wide <= self.ems).then(|| (width(whole), whole.chars().count()))
    }
}

impl<'a> Iterator for Wrapped<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let (mut begin, mut used, mut count) = (self.at, 0.0, 0);
        while let Some(end) = self.next_end() {
            let is_empty = begin == self.at;
            if is_empty && self.text[self.at..].starts_with(' ') {
                begin = self.skip_spaces();
                continue;
            }
            let word = &self.text[self.at..end];
            match self.fitting(word, used, count) {
                Some((wide, letters)) => {
                    used += wide;
                    count += letters;
                    self.at = end;
                    let _ = self.ends.pop();
                }
                None if is_empty => {
                    let (head, _) = split(beginning(word, self.most + 1).0, self.ems);
                    self.at += head.len();
                    if self.at == end {
                        let _ = self.ends.pop();
                    }
                    return self.line(begin);
                }
                None => return self.line(begin),
            }
        }
        self.line(begin)
    }
}

/// A piece of what is left in which places to break are sought: it ends where one is, if it
/// has any.
fn window(rest: &str) -> &str {
    let (window, is_all) = beginning(rest, WINDOW);
    if is_all {
        return window;
    }
    let joint = window.rfind([' ', '。', '、']);
    let end = joint.and_then(|at| Some(at + window[at..].chars().next()?.len_utf8()));
    end.map_or(window, |end| &window[..end])
}

/// Where `text` may be broken: its words, each with the space behind it; in Japanese, parts
/// that are read as one.
fn phrases(text: &str, japanese: bool) -> Vec<&str> {
    let words = text.split_inclusive(' ');
    if !japanese {
        return words.collect();
    }
    let parser = budoux_phf_rs::Parser::japanese_parser();
    let mut phrases: Vec<&str> = Vec::new();
    let mut begin = 0;
    for phrase in words.flat_map(|word| parser.parse(word)) {
        let end = begin + phrase.len();
        // A number stays with what it counts, and no line begins with what ends another.
        let before = &text[..begin];
        let counts = before
            .trim_end()
            .ends_with(|last: char| last.is_ascii_digit())
            && phrase.starts_with(|first: char| first >= '\u{3000}');
        let ends_another = phrase.starts_with(['：', '。', '、', '」', '）', '！', '？', '…']);
        let goes_on = counts || ends_another || before.ends_with(['「', '（']);
        match phrases.last_mut() {
            Some(last) if goes_on => *last = &text[begin - last.len()..end],
            Some(_) | None => phrases.push(phrase),
        }
        begin = end;
    }
    phrases
}

/// As much of a word as fits, at least a character of it, and the rest: of an address whole
/// parts, if these are much of what fits. What makes one sign together stays together.
pub(super) fn split(word: &str, ems: f32) -> (&str, &str) {
    const MUCH: f32 = 0.4;
    let most = most_in(ems);
    let (mut used, mut before, mut boundary) = (0.0, None, 0);
    let mut at = word.len();
    let places = word.char_indices().zip(advances(word)).enumerate();
    for (number, ((place, character), (_, wide))) in places {
        used += wide;
        if !before.is_some_and(|before| is_one_sign(before, character)) {
            boundary = place;
        }
        if place > 0 && (used > ems || number >= most) {
            at = if boundary > 0 { boundary } else { place };
            at = match whole(word, at) {
                0 => whole_after(word, at),
                at => at,
            };
            break;
        }
        before = Some(character);
    }
    let joint = word[..at].rfind(['@', '.', '/', '-', '_']);
    let joint = joint.map(|joint| joint + 1);
    match joint.filter(|joint| *joint as f32 >= MUCH * at as f32) {
        Some(joint) => word.split_at(joint),
        None => word.split_at(at),
    }
}

/// Whether a character belongs to the sign of the one before it: a mark, or a part of an
/// emoji.
const fn is_one_sign(before: char, character: char) -> bool {
    const JOINER: char = '\u{200d}';
    matches!(before, JOINER)
        || matches!(
            character,
            JOINER
                | '\u{300}'..='\u{36f}'
                | '\u{20d0}'..='\u{20f0}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{1f3fb}'..='\u{1f3ff}'
                | '\u{e0020}'..='\u{e007f}'
        )
}
