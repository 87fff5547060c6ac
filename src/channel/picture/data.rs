//! Pictures that are written in an answer: `data:` addresses (RFC 2397), and bare Base64.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use url::Url;

/// Longer ones aren't drawn, in bytes: each stays in memory with its item.
const LONGEST: usize = 512 << 10;
/// How PNG, JPEG, GIF and WebP begin in Base64.
const BEGINNINGS: [&str; 4] = ["iVBORw0KGgo", "/9j/", "R0lGOD", "UklGR"];
/// Shorter words may begin like one by chance.
const SHORTEST: usize = 60;

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

/// The address of a picture that is written in a text.
pub(in crate::channel) fn address(text: &str) -> Option<Url> {
    if text.len() > LONGEST {
        return None;
    }
    let is_data = text
        .get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    let is_picture = text
        .get(5..11)
        .is_some_and(|kind| kind.eq_ignore_ascii_case("image/"));
    if is_data {
        return Url::parse(text).ok().filter(|_| is_picture);
    }
    let is_bare = text.len() >= SHORTEST && BEGINNINGS.iter().any(|start| text.starts_with(start));
    let is_base64 = |b: u8| b.is_ascii_alphanumeric() || b"+/-_=\r\n".contains(&b);
    (is_bare && text.bytes().all(is_base64))
        .then(|| Url::parse(&format!("data:image/*;base64,{text}")).ok())
        .flatten()
}

/// What is written in a `data:` address in Base64.
pub(in crate::channel) fn bytes(url: &Url) -> Option<Vec<u8>> {
    let (about, data) = url.path().split_once(',')?;
    let is_base64 = about
        .rsplit(';')
        .next()?
        .trim()
        .eq_ignore_ascii_case("base64");
    let data = percent_encoding::percent_decode_str(data);
    if !is_base64 {
        return Some(data.collect());
    }
    let is_url_safe = |data: &[u8]| data.iter().any(|b| matches!(b, b'-' | b'_'));
    let data: Vec<u8> = data.filter(|b| !b.is_ascii_whitespace()).collect();
    let alphabet = if is_url_safe(&data) {
        &URL_SAFE
    } else {
        &STANDARD
    };
    GeneralPurpose::new(alphabet, CONFIG).decode(data).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_in_an_answer_is_read() {
        for (written, expected) in [
            (
                "data:image/png;base64,iVBORw0KGgo=",
                &b"\x89PNG\r\n\x1a\n"[..],
            ),
            (
                "DATA:image/png;charset=x;BASE64,iVBORw0KGgo",
                b"\x89PNG\r\n\x1a\n",
            ),
            (
                "data:image/png;base64,iVBORw0K%20Ggo%3D",
                b"\x89PNG\r\n\x1a\n",
            ),
            ("data:image/svg+xml,%3Csvg%2F%3E", b"<svg/>"),
        ] {
            assert_eq!(
                bytes(&address(written).unwrap()).unwrap(),
                expected,
                "{written}"
            );
        }
        let bare = format!("iVBORw0KGgo{}", "A".repeat(80));
        assert!(
            bytes(&address(&bare).unwrap())
                .unwrap()
                .starts_with(b"\x89PNG")
        );
        for none in [
            "data:text/html,<p>",
            "data:",
            "iVBORw0KGgo=",
            "/9j/a b",
            "https://x/y.png",
        ] {
            assert_eq!(address(none), None, "{none}");
        }
        assert_eq!(
            address(&format!("data:image/png;base64,{}", "A".repeat(LONGEST))),
            None
        );
    }
}
