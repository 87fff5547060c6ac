//! Pictures: decoded within limits, scaled to the size that is shown.

/// A decoded picture: 8 bit RGBA, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// 4 bytes a pixel, not premultiplied.
    pub rgba: Vec<u8>,
}
