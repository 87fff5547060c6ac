//! Pixels that are sent to an X server over its connection, where there is no memory to share or
//! it wants them in another form.

use std::error::Error;

use iced::Size;
use iced::advanced::graphics::compositor::Window;
use iced::window::raw_window_handle::RawWindowHandle;
use x11rb::connection::{Connection as _, RequestConnection as _};
use x11rb::protocol::xproto::{ConnectionExt as _, CreateGCAux, ImageFormat, ImageOrder};
use x11rb::rust_connection::RustConnection;

use super::pixel_rect::PixelRect;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Where the memory is that programs share with an X server.
const SHARED: &str = "/dev/shm";

/// A window of an X server, and the picture in it.
pub(super) struct Wire {
    connection: RustConnection,
    window: u32,
    graphics: u32,
    depth: u8,
    form: Form,
    pub(super) pixels: Vec<u32>,
    size: Size<u32>,
}

/// How the server wants its pixels.
enum Form {
    /// Four bytes, in its order.
    Whole { swapped: bool },
    /// A byte, which is the number of one of a few colours.
    Few(Box<[u8; 125]>),
}

impl Wire {
    /// To a window of an X server. Blocks.
    ///
    /// # Errors
    /// It is none, or the server doesn't answer.
    pub(super) fn to(window: &dyn Window) -> Outcome<Self> {
        let window = id(window).ok_or("the window isn't on X11")?;
        let (connection, _) = x11rb::connect(None)?;
        let depth = connection.get_geometry(window)?.reply()?.depth;
        let graphics = connection.generate_id()?;
        let plain = CreateGCAux::new().graphics_exposures(0);
        connection.create_gc(graphics, window, &plain)?.check()?;
        let order = connection.setup().image_byte_order;
        let form = match depth {
            8 => Form::Few(few(&connection, window)?),
            24 | 32 => Form::Whole {
                swapped: (order == ImageOrder::MSB_FIRST) != cfg!(target_endian = "big"),
            },
            _ => return Err(format!("the window has a depth of {depth}").into()),
        };
        Ok(Self {
            connection,
            window,
            graphics,
            depth,
            form,
            pixels: Vec::new(),
            size: Size::new(0, 0),
        })
    }

    /// The window has that many pixels from now on.
    pub(super) fn resize(&mut self, size: Size<u32>) {
        self.size = size;
        self.pixels = vec![0; size.width as usize * size.height as usize];
    }

    /// Shows those parts of the picture.
    pub(super) fn show(&self, changed: &[PixelRect]) -> Outcome<()> {
        /// A request's own words.
        const HEAD: usize = 64;
        let most = self.connection.maximum_request_bytes() - HEAD;
        let whole = PixelRect::of(self.size.width, self.size.height);
        for area in changed.iter().filter_map(|area| area.intersection(whole)) {
            let rows = (most / (area.width() as usize * 4)).max(1);
            for top in (area.top..area.bottom).step_by(rows) {
                let beyond = area.bottom.min(top.saturating_add(rows as i32));
                self.put(PixelRect {
                    top,
                    bottom: beyond,
                    ..area
                })?;
            }
        }
        self.connection.flush()?;
        Ok(())
    }

    /// Sends a part of the picture.
    fn put(&self, area: PixelRect) -> Outcome<()> {
        let (width, left) = (area.width() as usize, area.left as usize);
        let mut bytes = Vec::with_capacity(area.pixels() as usize * 4);
        for row in area.top..area.bottom {
            let begin = row as usize * self.size.width as usize + left;
            let pixels = self.pixels.get(begin..begin + width).ok_or("outside")?;
            match &self.form {
                Form::Whole { swapped: false } => {
                    bytes.extend(pixels.iter().flat_map(|pixel| pixel.to_ne_bytes()));
                }
                Form::Whole { swapped: true } => {
                    let swapped = pixels.iter().map(|pixel| pixel.swap_bytes());
                    bytes.extend(swapped.flat_map(u32::to_ne_bytes));
                }
                Form::Few(colours) => {
                    let few = pixels.iter().zip(left..);
                    bytes.extend(few.map(|(pixel, x)| colours[nearest(*pixel, x, row as usize)]));
                    // Each row fills whole words.
                    bytes.resize(bytes.len().next_multiple_of(4), 0);
                }
            }
        }
        let place = (i16::try_from(area.left)?, i16::try_from(area.top)?);
        let size = (u16::try_from(area.width())?, u16::try_from(area.height())?);
        let _ = self.connection.put_image(
            ImageFormat::Z_PIXMAP,
            self.window,
            self.graphics,
            size.0,
            size.1,
            place.0,
            place.1,
            0,
            self.depth,
            &bytes,
        )?;
        Ok(())
    }
}

/// The levels of red, green and blue that a display with few colours has.
const LEVELS: u32 = 5;

/// The numbers of the few colours, red before green before blue.
fn few(connection: &RustConnection, window: u32) -> Outcome<Box<[u8; 125]>> {
    let map = connection.get_window_attributes(window)?.reply()?.colormap;
    let level = |number: u32| (number % LEVELS * 0xffff / (LEVELS - 1)) as u16;
    let asked: Vec<_> = (0..LEVELS.pow(3))
        .map(|number| {
            let (red, green, blue) = (number / LEVELS.pow(2), number / LEVELS, number);
            connection.alloc_color(map, level(red), level(green), level(blue))
        })
        .collect::<Result<_, _>>()?;
    let mut found = Box::new([0; 125]);
    for (place, asked) in found.iter_mut().zip(asked) {
        *place = asked.reply()?.pixel as u8;
    }
    Ok(found)
}

/// Which of the few colours stands for a pixel there: its neighbours make up for what it lacks.
fn nearest(pixel: u32, x: usize, y: usize) -> usize {
    const PATTERN: [[u32; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];
    let more = PATTERN[y % 4][x % 4] * 255 / 16;
    let level = |shift: u32| (((pixel >> shift & 0xff) * (LEVELS - 1) + more) / 255) as usize;
    let levels = LEVELS as usize;
    (level(16) * levels + level(8)) * levels + level(0)
}

/// The X server's number of a window.
fn id(window: &dyn Window) -> Option<u32> {
    let handle = window.window_handle().ok()?.as_raw();
    if let RawWindowHandle::Xlib(window) = handle {
        return u32::try_from(window.window).ok();
    }
    if let RawWindowHandle::Xcb(window) = handle {
        return Some(window.window.get());
    }
    None
}

/// Whether a window is on X11 and there is no room for a picture of that size in the memory
/// that is shared with the server. Whoever writes there all the same is killed by the kernel.
pub(super) fn is_needed(window: &dyn Window, size: Size<u32>) -> bool {
    /// For others, who share it.
    const SPARE: u64 = 1 << 20;
    let Some(space) = id(window).and_then(|_| rustix::fs::statvfs(SHARED).ok()) else {
        return false;
    };
    let picture = u64::from(size.width) * u64::from(size.height) * 4;
    space.f_bavail.saturating_mul(space.f_frsize) < picture + SPARE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_make_up_the_one_that_is_meant() {
        let mean = |pixel: u32, shift: u32| {
            let places = (0..16).map(|at| nearest(pixel, at % 4, at / 4));
            let level = |number: usize| number / 5_usize.pow(shift) % 5 * 255 / 4;
            places.map(level).sum::<usize>() / 16
        };
        for pixel in [0x0000_0000, 0x00ff_ffff, 0x0018_1e32, 0x0070_dfc3] {
            for (shift, byte) in [(2, 16), (1, 8), (0, 0)] {
                let meant = (pixel >> byte & 0xff) as usize;
                assert!(mean(pixel, shift).abs_diff(meant) <= 4, "{pixel:x}");
            }
        }
    }
}
