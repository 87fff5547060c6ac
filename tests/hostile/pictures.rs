//! Pictures whose bytes were tampered with.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbaImage};
use proptest::prelude::*;
use tenfoot::channel::Picture;

fn good(format: ImageFormat) -> Vec<u8> {
    let picture = RgbaImage::from_fn(24, 16, |x, y| {
        image::Rgba([(x * 9) as u8, (y * 13) as u8, 77, 255])
    });
    let picture = DynamicImage::from(picture);
    let mut bytes = Cursor::new(Vec::new());
    if format == ImageFormat::Jpeg {
        picture.to_rgb8().write_to(&mut bytes, format).unwrap();
    } else {
        picture.write_to(&mut bytes, format).unwrap();
    }
    bytes.into_inner()
}

fn formats() -> impl Strategy<Value = ImageFormat> {
    prop::sample::select(vec![
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ])
}

/// Shown within the asked size, or refused in a sentence.
fn judge(bytes: &[u8]) -> Result<(), TestCaseError> {
    match Picture::decode(bytes, 8, 8) {
        Ok(picture) => {
            prop_assert!(picture.width <= 8 && picture.height <= 8);
            prop_assert_eq!(
                picture.rgba.len(),
                (picture.width * picture.height * 4) as usize
            );
        }
        Err(why) => prop_assert!(why.to_string().starts_with("This ")),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_picture_with_bytes_changed_is_shown_or_refused(
        format in formats(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let mut bytes = good(format);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        judge(&bytes)?;
    }

    #[test]
    fn a_picture_cut_off_anywhere_is_shown_or_refused(
        format in formats(),
        at in any::<prop::sample::Index>(),
        rest in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let bytes = good(format);
        let cut = [&bytes[..at.index(bytes.len())], &rest].concat();
        judge(&cut)?;
    }

    #[test]
    fn any_bytes_are_a_picture_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        judge(&bytes)?;
    }
}

#[test]
fn a_gif_that_claims_to_be_huge_is_refused() {
    let mut bytes = good(ImageFormat::Gif);
    bytes[6..10].copy_from_slice(&[0xff; 4]);

    assert!(
        Picture::decode(&bytes, 8, 8)
            .unwrap_err()
            .to_string()
            .contains("too large")
    );
}
