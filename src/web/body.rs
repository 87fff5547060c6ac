//! A body as its text was before it travelled: content codings undone (RFC 9110 §8.4), and
//! text of another character set as UTF-8.

use std::io::{self, Read};

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

/// What answers may be packed with.
pub const ACCEPT_ENCODING: &str = "gzip, deflate, br";
/// No server has reason to pack a body more often.
const MOST_CODINGS: usize = 3;

/// Why a packed body can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodingError {
    /// It is packed in a way that isn't known here.
    Unknown(String),
    /// It is damaged or cut off.
    Broken,
    /// Unpacked, it is larger than allowed.
    TooLarge,
}

/// All that an answer's headers say of its codings, in the order in which they were applied.
pub(crate) fn content_encoding(headers: &HeaderMap) -> String {
    let values = headers.get_all(CONTENT_ENCODING).iter();
    let values: Vec<_> = values.filter_map(|value| value.to_str().ok()).collect();
    values.join(",")
}

/// Unpacks a body that came with this `Content-Encoding`, up to `cap` bytes of it.
///
/// # Errors
/// [`CodingError`]
pub fn unpack(body: Vec<u8>, content_encoding: &str, cap: usize) -> Result<Vec<u8>, CodingError> {
    let names = content_encoding.split(',').map(str::trim);
    let codings: Vec<String> = names
        .map(str::to_ascii_lowercase)
        .filter(|name| !is_identity(name))
        .collect();
    if codings.len() > MOST_CODINGS {
        return Err(CodingError::Unknown(content_encoding.to_owned()));
    }
    // Stored packed, and sent as if it weren't: neither text nor a picture begins like that.
    if codings.is_empty() && is_gzip(&body) {
        return gunzip(&body, cap);
    }
    // The last one named was applied last.
    codings.iter().rev().try_fold(body, |body, coding| {
        if body.is_empty() {
            return Ok(body);
        }
        match coding.as_str() {
            // Something on the way may have unpacked it, and left the header.
            "gzip" | "x-gzip" if !is_gzip(&body) => Ok(body),
            "gzip" | "x-gzip" => gunzip(&body, cap),
            "deflate" if is_zlib(&body) => read(ZlibDecoder::new(&body[..]), cap),
            // What some servers send in zlib's place.
            "deflate" => read(DeflateDecoder::new(&body[..]), cap),
            "br" => read(brotli_decompressor::Decompressor::new(&body[..], 4096), cap),
            other => Err(CodingError::Unknown(other.to_owned())),
        }
    })
}

/// What some write where nothing is packed, a character set among it.
fn is_identity(name: &str) -> bool {
    matches!(
        name,
        "" | "identity" | "none" | "null" | "binary" | "8bit" | "7bit" | "text"
    ) || encoding_rs::Encoding::for_label(name.as_bytes()).is_some()
}

fn is_gzip(body: &[u8]) -> bool {
    body.starts_with(&[0x1f, 0x8b, 8])
}

/// RFC 1950 §2.2.
fn is_zlib(body: &[u8]) -> bool {
    match body {
        [cmf, flg, ..] => cmf & 0x0f == 8 && u16::from_be_bytes([*cmf, *flg]) % 31 == 0,
        _ => false,
    }
}

/// All members (RFC 1952 §2.2). What stands behind the last one, such as padding, is left out.
fn gunzip(mut packed: &[u8], cap: usize) -> Result<Vec<u8>, CodingError> {
    let mut body = Vec::new();
    while is_gzip(packed) {
        let mut decoder = GzDecoder::new(packed);
        append(&mut body, &mut decoder, cap)?;
        packed = decoder.into_inner();
    }
    Ok(body)
}

fn read(mut decoder: impl Read, cap: usize) -> Result<Vec<u8>, CodingError> {
    let mut body = Vec::new();
    append(&mut body, &mut decoder, cap)?;
    Ok(body)
}

fn append(body: &mut Vec<u8>, decoder: &mut impl Read, cap: usize) -> Result<(), CodingError> {
    let room = (cap - body.len()) as u64;
    let outcome: io::Result<usize> = decoder.take(room + 1).read_to_end(body);
    match outcome {
        Ok(_) if body.len() > cap => Err(CodingError::TooLarge),
        Ok(_) => Ok(()),
        Err(_) => Err(CodingError::Broken),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"{\"items\": [1, 2, 3]}";
    const CAP: usize = 1 << 20;
    /// [`TEXT`], as `brotli` packs it.
    const BROTLI: &[u8] = &[
        139, 9, 128, 123, 34, 105, 116, 101, 109, 115, 34, 58, 32, 91, 49, 44, 32, 50, 44, 32, 51,
        93, 125, 3,
    ];

    fn gzip(body: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(body: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    fn deflate(body: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn each_content_coding_is_undone() {
        let two_members = [gzip(&TEXT[..5]), gzip(&TEXT[5..])].concat();
        let padded = [gzip(TEXT), vec![0; 16]].concat();
        for (name, packed) in [
            ("gzip", gzip(TEXT)),
            ("x-gzip", gzip(TEXT)),
            ("GZip", gzip(TEXT)),
            ("gzip, identity", gzip(TEXT)),
            ("gzip", two_members),
            ("gzip", padded),
            ("gzip", TEXT.to_vec()),
            ("deflate", zlib(TEXT)),
            ("deflate", deflate(TEXT)),
            ("br", BROTLI.to_vec()),
            ("deflate, gzip", gzip(&zlib(TEXT))),
            ("gzip,gzip", gzip(&gzip(TEXT))),
            ("", TEXT.to_vec()),
            ("", gzip(TEXT)),
            ("identity", TEXT.to_vec()),
            ("UTF-8", TEXT.to_vec()),
        ] {
            assert_eq!(unpack(packed, name, CAP).as_deref(), Ok(TEXT), "{name}");
        }
    }

    #[test]
    fn an_empty_body_is_empty_whatever_it_is_packed_with() {
        for name in ["gzip", "br", "deflate", "zstd"] {
            assert_eq!(unpack(Vec::new(), name, CAP), Ok(Vec::new()), "{name}");
        }
    }

    #[test]
    fn a_coding_that_is_not_known_is_named() {
        for name in ["zstd", "compress", "aes128gcm"] {
            let known = unpack(vec![1], name, CAP);
            assert_eq!(known, Err(CodingError::Unknown(name.to_owned())));
        }
    }

    #[test]
    fn a_packed_body_that_is_cut_off_or_damaged_is_broken() {
        let cut = |mut body: Vec<u8>| {
            body.truncate(body.len() - 9);
            body
        };
        let long: Vec<u8> = (0..4000_u32).flat_map(u32::to_le_bytes).collect();
        for (name, packed) in [
            ("gzip", cut(gzip(&long))),
            ("deflate", cut(zlib(&long))),
            ("br", cut(BROTLI.to_vec())),
            ("br", b"not brotli at all".to_vec()),
        ] {
            assert_eq!(
                unpack(packed, name, CAP),
                Err(CodingError::Broken),
                "{name}"
            );
        }
    }

    #[test]
    fn what_grows_beyond_the_cap_is_given_up() {
        let zeros = vec![b'0'; CAP + 1];
        for (name, packed) in [("gzip", gzip(&zeros)), ("deflate", zlib(&zeros))] {
            assert_eq!(unpack(packed, name, CAP), Err(CodingError::TooLarge));
        }
        let twice = gzip(&gzip(&zeros));
        assert_eq!(unpack(twice, "gzip, gzip", CAP), Err(CodingError::TooLarge));
    }
}
