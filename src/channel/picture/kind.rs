//! What kind of picture some bytes are, by how they begin.

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::channel) enum Kind {
    /// One that can be drawn.
    Known,
    /// One that can't, by its name.
    Foreign(&'static str),
}

/// The kind of picture, if it is one.
pub(in crate::channel) fn of(bytes: &[u8]) -> Option<Kind> {
    const KNOWN: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"];
    const FOREIGN: [(&[u8], &str); 8] = [
        (b"BM", "BMP"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"\0\0\x01\0", "ICO"),
        (b"\xff\x0a", "JPEG XL"),
        (b"\0\0\0\x0cJXL ", "JPEG XL"),
        (b"8BPS", "PSD"),
        (b"%PDF-", "PDF"),
    ];
    let begins = |start: &[u8]| bytes.starts_with(start);
    let is_webp = begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    if is_webp || KNOWN.iter().any(|start| begins(start)) {
        return Some(Kind::Known);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Kind::Foreign(match bytes.get(8..12) {
            Some(b"avif" | b"avis") => "AVIF",
            Some(b"heic" | b"heix" | b"mif1" | b"msf1" | b"hevc") => "HEIC",
            Some(_) | None => "MP4",
        }));
    }
    if is_svg(bytes) {
        return Some(Kind::Foreign("SVG"));
    }
    let foreign = FOREIGN.iter().find(|(start, _)| begins(start));
    foreign.map(|(_, name)| Kind::Foreign(name))
}

/// XML whose first element is `svg`.
fn is_svg(bytes: &[u8]) -> bool {
    const PROLOGUE: usize = 4096;
    let start = &bytes[..bytes.len().min(PROLOGUE)];
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let is_xml = ["<?xml", "<!--", "<!DOCTYPE svg", "<svg"]
        .iter()
        .any(|begin| text.starts_with(begin));
    is_xml && text.contains("<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_how_it_begins() {
        for known in [
            &b"\x89PNG\r\n\x1a\n"[..],
            b"\xff\xd8\xff\xe0",
            b"GIF89a",
            b"RIFF\0\0\0\0WEBPVP8 ",
        ] {
            assert_eq!(of(known), Some(Kind::Known), "{known:?}");
        }
        for (bytes, name) in [
            (&b"\0\0\0 ftypavif"[..], "AVIF"),
            (b"\0\0\0\x18ftypheic", "HEIC"),
            (b"<svg xmlns='x'>", "SVG"),
            (
                b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- x -->\n<svg>",
                "SVG",
            ),
            (b"BM\x36\0", "BMP"),
        ] {
            assert_eq!(of(bytes), Some(Kind::Foreign(name)), "{name}");
        }
        for none in [
            &b""[..],
            b"{}",
            b"<?xml version=\"1.0\"?><rss>",
            b"RIFF\0\0\0\0WAVE",
            b"hello",
        ] {
            assert_eq!(of(none), None);
        }
    }
}
