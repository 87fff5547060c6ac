//! Web addresses that people read on the screen and type elsewhere.
//!
//! What is shown is where it leads: a host that could pass for another one is written in
//! punycode (UTS 39, RFC 3492), and an address in which something can't be seen is refused.

mod host;

use url::{Url, form_urlencoded};

use crate::text;

/// No address that a person sees is longer, in bytes.
const LONGEST: usize = 2048;
/// A shorter code may stand in an address by chance.
const SHORTEST_CODE: usize = 4;

/// An address that a person can be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress {
    url: Url,
    text: String,
    host: String,
}

impl WebAddress {
    /// Reads an address; `None` where a person can't be sent there: it isn't one of the web,
    /// it holds something that can't be seen or typed, or a name or password.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let begins = ["https://", "http://"].iter().any(|scheme| {
            text.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        // A browser takes a backslash for a slash, and other programs don't.
        let is_plain = text.len() <= LONGEST
            && !text.contains(|c: char| c.is_whitespace() || c == '\\')
            && text::can_be_typed(text);
        if !begins || !is_plain {
            return None;
        }
        let url = Url::parse(text).ok().filter(|url| {
            url.has_host() && url.username().is_empty() && url.password().is_none()
        })?;
        let (text, host) = readable(text, &url);
        Some(Self { url, text, host })
    }

    /// The address as it is shown: to the letter, but for a host that isn't what it looks
    /// like.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host as it stands in the address, with its port where one is named.
    #[must_use]
    pub fn host(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }

    /// Whether this leads to the host that the `shown` address names, and as safely.
    #[must_use]
    pub fn agrees_with(&self, shown: &Self) -> bool {
        let is_downgrade = shown.url.scheme() == "https" && self.url.scheme() != "https";
        self.url.host() == shown.url.host() && !is_downgrade
    }

    /// Whether the code is part of the address.
    #[must_use]
    pub fn holds(&self, code: &str) -> bool {
        let code = comparable(code);
        let in_path = || {
            let segments = self.url.path_segments().into_iter().flatten();
            segments
                .flat_map(|segment| form_urlencoded::parse(segment.as_bytes()))
                .any(|(segment, _)| comparable(&segment) == code)
        };
        code.len() >= SHORTEST_CODE && (in_path() || self.without(&code).is_some())
    }

    /// The same address without the code that stands in its query or fragment; `None` where
    /// none does. What is left of a path without it needn't be a page.
    #[must_use]
    pub fn without(&self, code: &str) -> Option<Self> {
        let code = comparable(code);
        if code.len() < SHORTEST_CODE {
            return None;
        }
        let (rest, fragment) = split(&self.text, '#');
        let (start, query) = split(rest, '?');
        let mut left = start.to_owned();
        for (mark, pairs) in [('?', query), ('#', fragment)] {
            let kept: Vec<&str> = pairs
                .into_iter()
                .flat_map(|pairs| pairs.split('&'))
                .filter(|pair| !is_code(pair, &code))
                .collect();
            if kept.iter().any(|pair| !pair.is_empty()) {
                left.push(mark);
                left.push_str(&kept.join("&"));
            }
        }
        Self::parse(&left).filter(|plain| plain.text.len() + SHORTEST_CODE <= self.text.len())
    }
}

/// Whether a part of a query is the code.
fn is_code(pair: &str, code: &str) -> bool {
    form_urlencoded::parse(pair.as_bytes())
        .any(|(name, value)| comparable(&value) == code || comparable(&name) == code)
}

/// A code without what people may leave out as they type it.
fn comparable(code: &str) -> String {
    code.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn split(text: &str, mark: char) -> (&str, Option<&str>) {
    text.split_once(mark)
        .map_or((text, None), |(start, rest)| (start, Some(rest)))
}

/// The address and its host as they are shown.
fn readable(text: &str, url: &Url) -> (String, String) {
    let ascii = url.host_str().unwrap_or_default();
    let after_scheme = text.find("://").map_or(0, |at| at + "://".len());
    let end = text[after_scheme..]
        .find(['/', '?', '#'])
        .map_or(text.len(), |at| after_scheme + at);
    let authority = &text[after_scheme..end];
    let port_at = authority
        .rfind(':')
        .filter(|at| !authority[*at..].contains(']'))
        .unwrap_or(authority.len());
    let (host, port) = authority.split_at(port_at);
    if host.eq_ignore_ascii_case(ascii) {
        return (text.to_owned(), ascii.to_owned());
    }
    // Something that is read as another host than it is written: as it is read.
    if host.is_ascii() {
        return (url.to_string(), ascii.to_owned());
    }
    let shown = host::readable(ascii);
    let text = format!("{}{shown}{port}{}", &text[..after_scheme], &text[end..]);
    (text, shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        WebAddress::parse(text).map(|address| address.text)
    }

    fn host(text: &str) -> String {
        WebAddress::parse(text).unwrap().host()
    }

    #[test]
    fn an_address_is_shown_to_the_letter() {
        for address in [
            "https://acme.example/activate",
            "https://ACME.example:8443/Activate?x=%20",
            "http://127.0.0.1:9414/device",
            "http://[::1]:8080/a",
            "https://bücher.example/aktivieren",
            "https://пример.example/вход",
            "https://例え.テスト/",
            "https://xn--pple-43d.com/",
        ] {
            assert_eq!(shown(address).as_deref(), Some(address));
        }
    }

    #[test]
    fn a_host_that_could_pass_for_another_is_shown_in_punycode() {
        for (address, expected) in [
            // A Cyrillic а, then all of them, then Greek and a letter of phonetics.
            (
                "https://аpple.com/device",
                "https://xn--pple-43d.com/device",
            ),
            ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),
            (
                "https://gοοgle.com:8443/x",
                "https://xn--ggle-0nda.com:8443/x",
            ),
            ("https://ɡithub.com/", "https://xn--ithub-qmc.com/"),
            (
                "https://acme.example⁄x.evil.example/",
                "https://acme.xn--examplex-k03d.evil.example/",
            ),
        ] {
            assert_eq!(shown(address).as_deref(), Some(expected), "{address}");
        }
    }

    #[test]
    fn a_host_that_is_read_as_another_is_shown_as_it_is_read() {
        assert_eq!(
            shown("https://evil%2ecom/").as_deref(),
            Some("https://evil.com/")
        );
        assert_eq!(
            shown("https:///evil.com/").as_deref(),
            Some("https://evil.com/")
        );
        assert_eq!(
            shown("http://0x7f.1/").as_deref(),
            Some("http://127.0.0.1/")
        );
        assert_eq!(
            shown("https://ｅｖｉｌ.com/").as_deref(),
            Some("https://evil.com/")
        );
        assert_eq!(shown("https://good.example\\@evil.example/"), None);
    }

    #[test]
    fn the_host_is_named_as_it_is_shown() {
        assert_eq!(host("https://ACME.example/a"), "acme.example");
        assert_eq!(host("http://127.0.0.1:9414/a"), "127.0.0.1:9414");
        assert_eq!(host("https://bücher.example/"), "bücher.example");
        assert_eq!(
            host("https://xn--bcher-kva.example/"),
            "xn--bcher-kva.example"
        );
        assert_eq!(host("https://аpple.com/"), "xn--pple-43d.com");
    }

    #[test]
    fn an_address_agrees_with_another_does_by_its_host() {
        let agree = |one: &str, shown: &str| {
            let parse = |text| WebAddress::parse(text).unwrap();
            parse(one).agrees_with(&parse(shown))
        };
        assert!(agree("https://a.example/x?c=1", "https://A.example/"));
        assert!(agree(
            "https://xn--bcher-kva.example/x",
            "https://bücher.example/"
        ));
        assert!(!agree("https://b.example/", "https://a.example/"));
        assert!(!agree(
            "https://a.example.evil.example/",
            "https://a.example/"
        ));
        assert!(!agree("http://a.example/", "https://a.example/"));
    }

    #[test]
    fn a_code_in_a_query_can_be_left_out_and_one_in_a_path_can_not() {
        let without = |text: &str, code: &str| {
            let plain = WebAddress::parse(text).unwrap().without(code);
            plain.map(|plain| plain.text)
        };
        let query = "https://a.example/activate?public=true&device-code=NBVX-KLPQ";
        assert_eq!(
            without(query, "NBVXKLPQ").as_deref(),
            Some("https://a.example/activate?public=true")
        );
        assert_eq!(
            without("https://a.example/x?c=ab%2Dcd#top", "AB-CD").as_deref(),
            Some("https://a.example/x#top")
        );
        assert_eq!(
            without("https://a.example/#NBVXKLPQ", "NBVXKLPQ").as_deref(),
            Some("https://a.example/")
        );
        assert_eq!(without("https://a.example/x?y=abcdef", "abcd"), None);

        let path = WebAddress::parse("https://a.example/device/shkakx?cancelToken=11").unwrap();
        assert!(path.holds("shkakx") && path.without("shkakx").is_none());
        assert!(!path.holds("device1") && !path.holds("11"));
    }
}
