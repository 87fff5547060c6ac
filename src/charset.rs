//! Character sets of what others send.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text as UTF-8, without a byte order mark. A mark counts before the character set that the
/// type names, and bytes that are UTF-8 are that whatever it names: many servers name one by
/// habit. What is in no known set stays as it is.
#[must_use]
pub fn to_utf8(body: Vec<u8>, content_type: Option<&str>) -> Vec<u8> {
    if let Some((encoding, mark)) = Encoding::for_bom(&body) {
        return if encoding == UTF_8 {
            body[mark..].to_vec()
        } else {
            decoded(encoding, &body[mark..])
        };
    }
    let named = content_type.and_then(charset);
    let named = named.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match wide(&body).or(named) {
        Some(encoding) if !encoding.is_ascii_compatible() => decoded(encoding, &body),
        Some(encoding) if std::str::from_utf8(&body).is_err() && encoding != UTF_8 => {
            decoded(encoding, &body)
        }
        Some(_) | None => body,
    }
}

fn decoded(encoding: &'static Encoding, body: &[u8]) -> Vec<u8> {
    let (text, _) = encoding.decode_without_bom_handling(body);
    text.into_owned().into_bytes()
}

/// JSON begins with two ASCII characters: where its zeros are shows how wide they are
/// (RFC 4627 §3).
fn wide(body: &[u8]) -> Option<&'static Encoding> {
    match body {
        [0, first, 0, _, ..] if *first != 0 => Some(UTF_16BE),
        [first, 0, _, 0, ..] if *first != 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// The `charset` of a media type (RFC 9110 §8.3.2).
fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_it = name.trim().eq_ignore_ascii_case("charset");
        is_it.then(|| value.trim().trim_matches(['"', '\'']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf8(body: &[u8], content_type: &str) -> String {
        String::from_utf8(to_utf8(body.to_vec(), Some(content_type))).unwrap()
    }

    #[test]
    fn a_declared_character_set_is_honoured() {
        for (kind, body, text) in [
            (
                "application/json; charset=ISO-8859-1",
                &b"Zo\xeb"[..],
                "Zoë",
            ),
            ("application/json;charset=\"iso-8859-1\"", b"Zo\xeb", "Zoë"),
            ("text/plain; Charset = 'latin1'", b"Zo\xeb", "Zoë"),
            (
                "text/plain; charset=windows-1252",
                b"5 \x80 \x96 6",
                "5 € – 6",
            ),
            // As browsers read it: nobody means control characters.
            (
                "text/plain; charset=iso-8859-1",
                b"5 \x80 \x96 6",
                "5 € – 6",
            ),
            ("text/plain; charset=Shift_JIS", b"\x93\xfa\x96\x7b", "日本"),
            ("text/plain; charset=ISO-2022-JP", b"\x1b$BF|\x1b(B", "日"),
            ("text/plain; charset=koi8-r", b"\xc4\xc1", "да"),
            ("application/json; charset=utf-16be", b"\0[\0]", "[]"),
            ("text/plain; charset=iso-8859-1", "Zoë".as_bytes(), "Zoë"),
            ("text/plain; charset=martian", "Zoë".as_bytes(), "Zoë"),
            ("text/plain", "Zoë".as_bytes(), "Zoë"),
        ] {
            assert_eq!(utf8(body, kind), text, "{kind}");
        }
    }

    #[test]
    fn a_byte_order_mark_counts_and_is_left_out() {
        for body in [
            &b"\xef\xbb\xbf[1]"[..],
            b"\xff\xfe[\x001\0]\0",
            b"\xfe\xff\0[\x001\0]",
            b"[\x001\0]\0",
            b"\0[\x001\0]",
        ] {
            assert_eq!(utf8(body, "application/json"), "[1]");
            assert_eq!(utf8(body, "application/json; charset=utf-8"), "[1]");
        }
    }

    #[test]
    fn bytes_of_no_known_set_stay_what_they_are() {
        let body = b"Zo\xeb".to_vec();
        assert_eq!(to_utf8(body.clone(), Some("application/json")), body);
        assert_eq!(to_utf8(body.clone(), None), body);
    }
}
