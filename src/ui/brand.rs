//! Whose TV this is: the user's own logo, else the program's mark and name.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::channel::Picture;
use crate::ui::Element;
use iced::alignment::Vertical;
use iced::widget::{container, image, row, text};
use iced::{Border, Length, Size};

use super::metrics::Gap;
use super::{Look, font, stage};

/// The brand's height, on the canvas.
pub const HEIGHT: f32 = 72.0;
/// No logo is wider than this, on the canvas.
const WIDEST: f32 = 640.0;
/// The largest that [`small`] draws, on the canvas.
const SMALL: Size = Size::new(240.0, 52.0);

/// Reads a logo; nothing where it can't be shown, which is logged. Takes a while.
#[must_use]
pub fn read(path: &Path) -> Option<image::Handle> {
    match decoded(path) {
        Ok(picture) => Some(picture),
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "the logo can't be shown");
            None
        }
    }
}

fn decoded(path: &Path) -> Result<image::Handle, String> {
    /// Twice what is drawn at 1080p: for 4K.
    const SHARP: f32 = 2.0;
    /// In bytes.
    const LARGEST: u64 = 16 << 20;
    let file = File::open(path).map_err(|why| why.to_string())?;
    let mut bytes = Vec::new();
    let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
    if read.map_err(|why| why.to_string())? as u64 > LARGEST {
        return Err(format!("it is larger than {} MiB", LARGEST >> 20));
    }
    let (width, height) = ((WIDEST * SHARP) as u32, (HEIGHT * SHARP) as u32);
    let picture = Picture::decode(&bytes, width, height).map_err(|why| why.to_string())?;
    Ok(image::Handle::from_rgba(
        picture.width,
        picture.height,
        picture.rgba,
    ))
}

/// Draws it.
pub fn brand<'a, Message: 'a>(look: &Look) -> Element<'a, Message> {
    let metrics = look.metrics;
    let drawn = look.logo.map_or_else(
        || mark(look),
        |logo| {
            iced::widget::image(logo.clone())
                .height(Length::Fixed(metrics.px(HEIGHT)))
                .into()
        },
    );
    container(drawn)
        .center_y(Length::Fixed(metrics.px(HEIGHT)))
        .max_width(metrics.px(WIDEST))
        .into()
}

/// Where the screen belongs to something else: how wide the user's own logo is there, on
/// the canvas, if they have one. Large texts leave no room for it.
#[must_use]
pub fn small_width(look: &Look) -> Option<f32> {
    if look.metrics.large_text() {
        return None;
    }
    let image::Handle::Rgba { width, height, .. } = look.logo? else {
        return None;
    };
    let shape = *width as f32 / (*height).max(1) as f32;
    Some((SMALL.height * shape).min(SMALL.width))
}

/// Draws it as small as that.
pub fn small<'a, Message: 'a>(look: &Look) -> Option<Element<'a, Message>> {
    let width = small_width(look)?;
    let logo = iced::widget::image(look.logo?.clone())
        .width(Length::Fixed(look.metrics.px(width)))
        .height(Length::Fixed(look.metrics.px(SMALL.height)));
    Some(logo.into())
}

fn mark<'a, Message: 'a>(look: &Look) -> Element<'a, Message> {
    let (metrics, palette) = (look.metrics, look.palette);
    let number = text("10")
        .size(metrics.px(30.0))
        .font(font::STRONG)
        .color(palette.on_accent);
    let radius = metrics.px(15.0);
    let tile = container(number)
        .center(Length::Fixed(metrics.px(56.0)))
        .style(move |_| container::Style {
            background: Some(palette.accent.into()),
            border: Border {
                radius: radius.into(),
                ..Border::default()
            },
            ..container::Style::default()
        });
    let name = text("tenfoot")
        .size(metrics.px(38.0))
        .font(font::STRONG)
        .color(palette.text);
    let both = row![tile, name]
        .spacing(metrics.gap(Gap::Small))
        .align_y(Vertical::Center);
    stage::as_written(look, both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_scaled_down_and_one_that_is_none_is_left_out() {
        let directory = tempfile::tempdir().unwrap();
        let large = directory.path().join("logo.png");
        ::image::RgbaImage::new(3000, 1500).save(&large).unwrap();
        let Some(image::Handle::Rgba { width, height, .. }) = read(&large) else {
            panic!("no pixels");
        };
        assert_eq!((width, height), (288, 144));

        let text = directory.path().join("text.png");
        std::fs::write(&text, "not a picture").unwrap();
        assert_eq!(read(&text), None);
        assert_eq!(read(&directory.path().join("nowhere.png")), None);
    }
}
