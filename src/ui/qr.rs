//! The QR, rasterised once for the display that it is shown on.

use crate::ui::Element;
use iced::Length;
use iced::widget::image::{self, FilterMethod};
use qrcode::{Color, EcLevel, QrCode};

use super::Look;
use super::theme::{QR_DARK, QR_LIGHT};

/// The quiet zone around a QR (ISO/IEC 18004), in modules.
const QUIET: u32 = 4;
/// White that lets the white card below through, so that its corners stay round.
const QUIET_PIXEL: [u8; 4] = [255, 255, 255, 0];
/// What a phone reads from the sofa, in pixels of the canvas a module.
const LEAST_MODULE: f32 = 12.0;

/// A QR as a picture. A module is a whole number of physical pixels.
#[derive(Debug, Clone)]
pub struct Qr {
    handle: image::Handle,
    /// Physical pixels.
    side: u32,
    /// Physical pixels a module.
    module: u32,
}

impl Qr {
    /// The QR that holds `text`; nothing if it is too long for one.
    #[must_use]
    pub fn new(text: &str, look: &Look) -> Option<Self> {
        let card = look.metrics.qr_card() * look.metrics.physical();
        let least = LEAST_MODULE * look.metrics.physical();
        let code = QrCode::with_error_correction_level(text, EcLevel::M)
            .ok()
            .filter(|code| card / modules(code) as f32 >= least)
            .or_else(|| QrCode::with_error_correction_level(text, EcLevel::L).ok())?;
        let module = ((card / modules(&code) as f32) as u32).max(1);
        let side = modules(&code) * module;
        Some(Self {
            handle: image::Handle::from_rgba(side, side, raster(&code, module)),
            side,
            module,
        })
    }

    /// Physical pixels a module.
    #[must_use]
    pub const fn module(&self) -> u32 {
        self.module
    }

    /// The picture, quiet zone included, at its exact physical size.
    pub fn view<'a, Message: 'a>(&self, look: &Look) -> Element<'a, Message> {
        let side = self.side as f32 / look.metrics.density();
        iced::widget::image(self.handle.clone())
            .width(Length::Fixed(side))
            .height(Length::Fixed(side))
            .content_fit(iced::ContentFit::Fill)
            .filter_method(FilterMethod::Nearest)
            .into()
    }
}

/// The side in modules, quiet zone included.
fn modules(code: &QrCode) -> u32 {
    u32::try_from(code.width()).unwrap_or(u32::MAX / 2) + 2 * QUIET
}

fn raster(code: &QrCode, module: u32) -> Vec<u8> {
    let (side, inner) = (modules(code) * module, code.width() as u32);
    let colors = code.to_colors();
    let mut pixels = Vec::with_capacity(side as usize * side as usize * 4);
    for y in 0..side {
        for x in 0..side {
            let (column, row) = (
                (x / module).wrapping_sub(QUIET),
                (y / module).wrapping_sub(QUIET),
            );
            let pixel = if column >= inner || row >= inner {
                QUIET_PIXEL
            } else if colors[(row * inner + column) as usize] == Color::Dark {
                QR_DARK
            } else {
                QR_LIGHT
            };
            pixels.extend(pixel);
        }
    }
    pixels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Display;
    use iced::Size;

    const LINK: &str = "https://acme.example.com/activate?user_code=WDJB-MJHT";

    fn look(width: f32, height: f32, density: f32) -> Look {
        Look::new(Size::new(width, height), density, &Display::default())
    }

    #[test]
    fn a_link_is_at_least_600_pixels_wide_at_1080p_with_modules_of_12_or_more() {
        let qr = Qr::new(LINK, &look(1920.0, 1080.0, 1.0)).unwrap();
        assert!(qr.side >= 600, "{}", qr.side);
        assert!(qr.module >= 12, "{}", qr.module);
    }

    #[test]
    fn modules_are_whole_physical_pixels_on_every_display() {
        for look in [
            look(1280.0, 720.0, 1.0),
            look(1536.0, 864.0, 1.25),
            look(1920.0, 1080.0, 2.0),
        ] {
            let qr = Qr::new(LINK, &look).unwrap();
            assert_eq!(qr.side % qr.module, 0);
        }
    }

    #[test]
    fn the_quiet_zone_is_white_and_four_modules_wide() {
        let code = QrCode::with_error_correction_level(LINK, EcLevel::M).unwrap();
        let (pixels, side) = (raster(&code, 3), modules(&code) * 3);
        let at = |x: u32, y: u32| pixels[(y * side + x) as usize * 4];
        for along in 0..side {
            for across in 0..QUIET * 3 {
                assert_eq!(at(along, across), 255);
                assert_eq!(at(across, along), 255);
                assert_eq!(at(side - 1 - across, along), 255);
                assert_eq!(at(along, side - 1 - across), 255);
            }
        }
        assert_eq!(at(QUIET * 3, QUIET * 3), 0, "the finder's corner");
    }

    #[test]
    fn a_text_that_is_too_long_for_a_qr_gives_none() {
        assert!(Qr::new(&"x".repeat(4000), &look(1920.0, 1080.0, 1.0)).is_none());
    }
}
