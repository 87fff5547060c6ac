//! Pictures as PNG: drawn once, kept while the demo runs.

use std::sync::OnceLock;

use image::{ImageFormat, RgbImage};

use super::account::Account;
use super::art;
use super::contacts::{self, Contact};
use super::films::{self, Film};

/// What has been drawn so far.
pub(super) struct Pictures {
    posters: [OnceLock<Vec<u8>>; films::COUNT],
    avatars: [OnceLock<Vec<u8>>; contacts::COUNT],
    portraits: [OnceLock<Vec<u8>>; Account::ALL.len()],
}

impl Default for Pictures {
    fn default() -> Self {
        Self {
            posters: [const { OnceLock::new() }; films::COUNT],
            avatars: [const { OnceLock::new() }; contacts::COUNT],
            portraits: [const { OnceLock::new() }; Account::ALL.len()],
        }
    }
}

impl Pictures {
    /// A film's poster; takes some milliseconds the first time.
    pub(super) fn poster(&self, film: Film) -> Vec<u8> {
        kept(self.posters.get(film.number.wrapping_sub(1)), || {
            art::poster(film.scene, film.number)
        })
    }

    /// A contact's face.
    pub(super) fn avatar(&self, contact: Contact) -> Vec<u8> {
        kept(self.avatars.get(contact.number.wrapping_sub(1)), || {
            art::face(contact.number)
        })
    }

    /// An account's face.
    pub(super) fn portrait(&self, account: Account) -> Vec<u8> {
        let (place, seed) = match account {
            Account::Ada => (0, 118),
            Account::Grace => (1, 127),
        };
        kept(self.portraits.get(place), || art::face(seed))
    }
}

fn kept(place: Option<&OnceLock<Vec<u8>>>, draw: impl Fn() -> RgbImage) -> Vec<u8> {
    match place {
        Some(place) => place.get_or_init(|| png(&draw())).clone(),
        None => png(&draw()),
    }
}

fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    // Writing into memory doesn't fail; a picture that couldn't be encoded would
    // be an empty one.
    let _ = picture.write_to(&mut bytes, ImageFormat::Png);
    bytes.into_inner()
}
