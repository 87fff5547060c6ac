//! How large the screen is, remembered from one start to the next: a window that opens as large
//! need not be laid out and drawn a second time.

use std::io::{self, Read as _};
use std::path::PathBuf;

use iced::{Size, Task};

use super::{App, Message, Options, Origin};
use crate::disk::{self, MOMENT};
use crate::storage::private::{self, Opened};
use crate::work;

/// What most screens are, in logical pixels.
const USUAL: (u32, u32) = (1920, 1080);
/// No screen is smaller or larger, on a side.
const POSSIBLE: std::ops::RangeInclusive<u32> = 320..=16_384;

/// In bytes.
const LONGEST: u64 = 64;

/// Where the screen's size is kept.
#[derive(Debug, Clone)]
pub struct WindowSize(PathBuf);

impl WindowSize {
    /// In this directory, which need not be there yet.
    #[must_use]
    pub fn in_cache(directory: PathBuf) -> Self {
        Self(directory.join("screen"))
    }

    /// Width and height in logical pixels, if they are known. Blocks.
    fn load(&self) -> Option<(u32, u32)> {
        let Ok(Opened::File(mut file)) = private::open_in_any(&self.0, LONGEST) else {
            return None;
        };
        let mut text = String::new();
        let _ = file.read_to_string(&mut text).ok()?;
        let (width, height) = text.trim_end().split_once('x')?;
        let side = |text: &str| text.parse().ok().filter(|side| POSSIBLE.contains(side));
        Some((side(width)?, side(height)?))
    }

    /// Blocks.
    fn keep(&self, (width, height): (u32, u32)) -> io::Result<()> {
        if let Some(directory) = self.0.parent() {
            private::make_base(directory)?;
        }
        private::put(&self.0, &[format!("{width}x{height}\n").as_bytes()])
    }
}

/// How large the window is at first: as somebody wants it, or as the screen was the last time.
pub(super) fn first(options: Options, origin: &Origin) -> Size {
    let remembered = || {
        let extent = origin.extent.clone()?;
        disk::ask(MOMENT, move || extent.load()).now().flatten()
    };
    let (width, height) = options.windowed.or_else(remembered).unwrap_or(USUAL);
    Size::new(width as f32, height as f32)
}

impl App {
    /// Remembers how large the screen is, where the window didn't open as large.
    pub(super) fn note_extent(&self) -> Task<Message> {
        let Some(extent) = self.origin.extent.clone() else {
            return Task::none();
        };
        if self.options.windowed.is_some() {
            return Task::none();
        }
        let size = (
            self.size.width.round() as u32,
            self.size.height.round() as u32,
        );
        let keeping = move || {
            if extent.load().unwrap_or(USUAL) != size
                && let Err(why) = extent.keep(size)
            {
                tracing::debug!(%why, "the screen's size isn't kept");
            }
        };
        Task::future(work::aside(keeping)).discard()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(home: &tempfile::TempDir) -> WindowSize {
        WindowSize::in_cache(home.path().join("cache"))
    }

    fn first_of(extent: &WindowSize, windowed: Option<(u32, u32)>) -> Size {
        let options = Options {
            windowed,
            ..Options::default()
        };
        let origin = Origin {
            extent: Some(extent.clone()),
            ..Origin::default()
        };
        first(options, &origin)
    }

    #[test]
    fn a_window_opens_as_large_as_the_screen_was_the_last_time() {
        let home = tempfile::tempdir().unwrap();
        let extent = extent(&home);
        assert_eq!(first_of(&extent, None), Size::new(1920.0, 1080.0));

        extent.keep((3840, 2160)).unwrap();

        assert_eq!(first_of(&extent, None), Size::new(3840.0, 2160.0));
        assert_eq!(first_of(&extent, Some((800, 600))), Size::new(800.0, 600.0));
    }

    #[test]
    fn a_size_that_no_screen_has_counts_for_nothing() {
        let home = tempfile::tempdir().unwrap();
        let extent = extent(&home);
        extent.keep((1, 1)).unwrap();

        for text in ["", "x", "3840", "0x0", "99999x99999", "-1x5", "3840x2160x1"] {
            std::fs::write(&extent.0, text).unwrap();
            assert_eq!(extent.load(), None, "{text}");
        }
    }
}
