//! HTML in a value as the text that a browser shows of it. A pure function.

use std::borrow::Cow;

use crate::text::beginning;

/// Elements that stand in lines of their own.
const BLOCKS: [&str; 22] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "p",
    "section",
    "tr",
];
/// Elements within a line, and those that hold lists and tables.
const OTHERS: [&str; 44] = [
    "a",
    "abbr",
    "b",
    "body",
    "center",
    "cite",
    "code",
    "del",
    "em",
    "figcaption",
    "font",
    "head",
    "html",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "label",
    "main",
    "mark",
    "nav",
    "ol",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tt",
    "u",
    "ul",
];
/// In bytes, with its attributes.
const LONGEST_TAG: usize = 4096;
/// Elements whose content nobody sees.
const UNSEEN: [&str; 5] = ["script", "style", "template", "noscript", "title"];

/// The text without tags, its character references resolved. What only looks like HTML, such as
/// `a < b` or `Vec<String>`, stays.
pub(super) fn text(written: &str) -> Cow<'_, str> {
    let tagless = if written.contains('<') && has_tags(written) {
        Cow::Owned(without_tags(written))
    } else {
        Cow::Borrowed(written)
    };
    if !tagless.contains('&') {
        return tagless;
    }
    match html_escape::decode_html_entities(tagless.as_ref()) {
        Cow::Borrowed(_) => tagless,
        Cow::Owned(decoded) => Cow::Owned(decoded),
    }
}

fn has_tags(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if tag(rest).is_some() {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

/// A tag or comment at the beginning of a text.
struct Tag<'a> {
    /// In small letters; empty for a comment.
    name: String,
    closes: bool,
    rest: &'a str,
}

fn tag(text: &str) -> Option<Tag<'_>> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let end = beginning(comment, LONGEST_TAG).find("-->")?;
        let rest = &comment[end + 3..];
        return Some(Tag {
            name: String::new(),
            closes: false,
            rest,
        });
    }
    let inner = text.strip_prefix('<')?;
    let (closes, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = inner
        .get(..end)
        .filter(|name| name.len() <= 10)?
        .to_ascii_lowercase();
    let known = name == "li"
        || [&BLOCKS[..], &OTHERS[..], &UNSEEN[..]]
            .iter()
            .any(|names| names.contains(&name.as_str()));
    let behind = &inner[end..];
    let is_end = behind.starts_with(['>', '/']) || behind.starts_with(char::is_whitespace);
    if !known || !is_end {
        return None;
    }
    let (attributes, rest) = behind.split_at(end_of_tag(behind)?);
    let attributes = attributes.trim_end_matches(['>', '/']).trim();
    let are_some = attributes.starts_with(|c: char| c.is_ascii_alphabetic())
        && (attributes.contains('=') || !attributes.contains(' '));
    if !attributes.is_empty() && !are_some {
        return None;
    }
    Some(Tag { name, closes, rest })
}

/// Behind the `>` that isn't in an attribute's quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().take(LONGEST_TAG).enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'<') => return None,
            (Some(open), byte) if open == byte => quote = None,
            (None | Some(_), _) => {}
        }
    }
    None
}

fn without_tags(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(found) = tag(rest) else {
            text.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = found.rest;
        match found.name.as_str() {
            name if !found.closes && UNSEEN.contains(&name) => rest = behind_element(rest, name),
            "li" if !found.closes => {
                new_line(&mut text);
                text.push_str("• ");
            }
            "td" | "th" if found.closes => text.push(' '),
            "br" => text.push('\n'),
            name if name == "li" || BLOCKS.contains(&name) => new_line(&mut text),
            _ => {}
        }
    }
    text.push_str(rest);
    text.trim().to_owned()
}

fn new_line(text: &mut String) {
    text.truncate(text.trim_end_matches(' ').len());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// What follows the end of an element whose start was passed.
fn behind_element<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once("</") {
        let is_it = behind
            .get(..name.len())
            .is_some_and(|end| end.eq_ignore_ascii_case(name));
        if is_it {
            return behind.split_once('>').map_or("", |(_, rest)| rest);
        }
        rest = behind;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_what_a_browser_shows_of_it() {
        for (written, shown) in [
            ("Tom &amp; Jerry", "Tom & Jerry"),
            (
                "caf&eacute; &#8211; &#x20AC; 5&nbsp;&lt; 6",
                "café – € 5\u{a0}< 6",
            ),
            ("<p>One</p><p>Two<br/>three</p>", "One\nTwo\nthree"),
            ("<ul><li>a</li><li>b</li></ul>", "• a\n• b"),
            ("a <b class=\"x > y\">bold</b> word", "a bold word"),
            ("<style>p{}</style>x<script>if (a < b) {}</script>y", "xy"),
            ("<!-- note -->x", "x"),
            ("<A HREF='/'>link</A>", "link"),
            ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
            ("x<br>y", "x\ny"),
        ] {
            assert_eq!(text(written), shown, "{written}");
        }
    }

    #[test]
    fn what_only_looks_like_html_stays() {
        for plain in [
            "a < b and c > d",
            "Vec<String> or <T>",
            "AT&T, R&D & x&y",
            "<3",
            "<b",
            "<user@acme.example>",
            "if (a<b && c>d)",
            "where a <b and c> d",
            "https://a.example/?x=1&copy=2",
        ] {
            assert_eq!(text(plain), plain);
        }
    }

    #[test]
    fn a_long_text_of_open_brackets_takes_no_longer_than_its_length() {
        let long = "<b ".repeat(200_000);
        assert_eq!(text(&long), long.as_str());
    }
}
