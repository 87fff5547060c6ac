//! Pictures of what is on the screen, and a bounded number of those that were.

mod framing;

use futures::future::BoxFuture;
use iced::task::Handle;
use iced::widget::image;
use iced::{Size, Task};
use url::Url;

use super::Message;
use crate::channel::{Error, Picture};
use crate::i18n::Phrase;
use crate::ui::Look;
use crate::work;

use framing::on_itself;
pub use framing::{Corners, framed};

/// How many pictures are kept, and how many bytes of them: a screen of cards, and the one
/// before. Where one fills a 4K screen, that is itself and its neighbours.
const KEPT: usize = 40;
const KEPT_BYTES: usize = 64 << 20;
/// However large they are, the newest are kept: what is seen, and what comes next.
const KEPT_LEAST: usize = 2;

/// A picture at a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Where it is.
    pub url: Url,
    /// Physical pixels.
    pub size: (u32, u32),
}

impl Key {
    const fn bytes(&self) -> usize {
        const RGBA: usize = 4;
        let (width, height) = self.size;
        RGBA * width as usize * height as usize
    }
}

/// The pictures, the least recently asked for first.
#[derive(Debug, Default)]
pub struct Pictures {
    slots: Vec<(Key, Slot)>,
}

#[derive(Debug)]
enum Slot {
    Loading { _work: Handle },
    Ready(image::Handle),
    Broken(Error),
}

/// A size on the canvas in physical pixels.
#[must_use]
pub fn physical(look: &Look, size: Size) -> (u32, u32) {
    let pixels = |length: f32| (length * look.metrics.physical()).round().max(1.0) as u32;
    (pixels(size.width), pixels(size.height))
}

impl Pictures {
    /// The picture, if it is here; while it is fetched at this size, the same one at
    /// another.
    #[must_use]
    pub fn get(&self, url: &Url, size: (u32, u32)) -> Option<&image::Handle> {
        self.slots
            .iter()
            .filter(|(key, _)| key.url == *url)
            .filter_map(|(key, slot)| match slot {
                Slot::Ready(handle) => Some((key.size == size, handle)),
                Slot::Loading { .. } | Slot::Broken(_) => None,
            })
            .max_by_key(|(fits, _)| *fits)
            .map(|(_, handle)| handle)
    }

    /// Takes in pictures as they stood on the screen the last time.
    pub fn remember(&mut self, pictures: Vec<(Url, Picture)>) {
        for (url, picture) in pictures {
            let size = (picture.width, picture.height);
            self.slots
                .push((Key { url, size }, Slot::Ready(handle(picture))));
        }
        self.make_room();
    }

    /// Asks for a picture that isn't here yet. It is shown to `keep` as it will stand there.
    pub fn ask(
        &mut self,
        key: &Key,
        radius: f32,
        frame: Frame,
        fetch: impl FnOnce() -> BoxFuture<'static, Result<Picture, Error>>,
        keep: impl FnOnce(&Picture) + Send + 'static,
    ) -> Option<Task<Message>> {
        if let Some(at) = self.slots.iter().position(|(each, _)| each == key) {
            // The newest stand last; the first are given up when there are too many.
            let slot = self.slots.remove(at);
            self.slots.push(slot);
            return None;
        }
        let (fetching, size) = (fetch(), key.size);
        let framing = async move {
            let picture = fetching.await?;
            let framing = move || {
                let framed = match frame {
                    Frame::Card => framed(picture, size, radius, Corners::Top),
                    Frame::OnItself => on_itself(&picture, size, radius),
                };
                keep(&framed);
                framed
            };
            let framed = work::aside(framing).await;
            framed.ok_or_else(|| Error::Unusable(Phrase::new("channel-picture-broken")))
        };
        let (task, handle) = Task::future(framing).abortable();
        self.slots.push((
            key.clone(),
            Slot::Loading {
                _work: handle.abort_on_drop(),
            },
        ));
        self.make_room();
        let key = key.clone();
        Some(task.map(move |result| Message::Pictured(key.clone(), result)))
    }

    fn make_room(&mut self) {
        while self.slots.len() > KEPT || self.slots.len() > KEPT_LEAST && self.bytes() > KEPT_BYTES
        {
            drop(self.slots.remove(0));
        }
    }

    fn bytes(&self) -> usize {
        self.slots.iter().map(|(key, _)| key.bytes()).sum()
    }

    /// Takes in a picture, or why there is none.
    pub fn arrived(&mut self, key: &Key, picture: Result<Picture, Error>) {
        if let Some((_, slot)) = self.slots.iter_mut().find(|(each, _)| each == key) {
            *slot = match picture {
                Ok(picture) => Slot::Ready(handle(picture)),
                Err(why) => Slot::Broken(why),
            };
        }
    }

    /// Why that picture can't be shown, as far as is known.
    #[must_use]
    pub fn why_not(&self, url: &Url, size: (u32, u32)) -> Option<&Error> {
        let mut slots = self.slots.iter();
        slots.find_map(|(key, slot)| match slot {
            Slot::Broken(why) if key.url == *url && key.size == size => Some(why),
            Slot::Broken(_) | Slot::Loading { .. } | Slot::Ready(_) => None,
        })
    }
}

/// What a picture stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// It fills it, where little is lost by that.
    Card,
    /// It is whole, on a blur of itself.
    OnItself,
}

/// The size that is asked for, so that a picture of another shape still fills its frame.
#[must_use]
pub const fn asked((width, height): (u32, u32)) -> (u32, u32) {
    (width.saturating_mul(2), height.saturating_mul(2))
}

/// How much wider than high a picture is.
#[must_use]
pub fn shape(handle: &image::Handle) -> Option<f32> {
    let image::Handle::Rgba { width, height, .. } = handle else {
        return None;
    };
    Some(*width as f32 / (*height).max(1) as f32)
}

/// A picture as iced draws it; made once.
#[must_use]
pub fn handle(picture: Picture) -> image::Handle {
    image::Handle::from_rgba(picture.width, picture.height, picture.rgba)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Phrase;

    fn key(number: usize) -> Key {
        Key {
            url: Url::parse(&format!("https://api.example/{number}.png")).unwrap(),
            size: (8, 8),
        }
    }

    fn nothing() -> BoxFuture<'static, Result<Picture, Error>> {
        Box::pin(std::future::pending())
    }

    fn keep_nothing(_: &Picture) {}

    #[test]
    fn a_picture_that_was_seen_before_is_there_and_not_asked_for() {
        let Key { url, size } = key(1);
        let picture = Picture {
            width: size.0,
            height: size.1,
            rgba: vec![7; 256],
        };
        let mut pictures = Pictures::default();
        pictures.remember(vec![(url.clone(), picture)]);

        assert!(pictures.get(&url, size).is_some());
        let asked = pictures.ask(&key(1), 0.0, Frame::Card, nothing, keep_nothing);
        assert!(asked.is_none());
    }

    #[test]
    fn a_picture_is_kept_as_it_will_stand_on_the_screen() {
        let (tell, told) = std::sync::mpsc::channel();
        let large = Picture {
            width: 40,
            height: 40,
            rgba: vec![255; 6400],
        };
        let fetch = || Box::pin(std::future::ready(Ok(large))) as BoxFuture<'_, _>;
        let keep = move |shown: &Picture| tell.send((shown.width, shown.height)).unwrap();
        let mut pictures = Pictures::default();

        let task = pictures
            .ask(&key(1), 0.0, Frame::Card, fetch, keep)
            .unwrap();
        let mut stream = iced_test::runtime::task::into_stream(task).unwrap();
        let _ = futures::executor::block_on(futures::StreamExt::next(&mut stream));

        assert_eq!(told.recv(), Ok((8, 8)));
    }

    #[test]
    fn pictures_that_fill_a_large_screen_are_kept_by_the_few() {
        let mut pictures = Pictures::default();
        let large = |number| Key {
            size: (3456, 1500),
            ..key(number)
        };
        for number in 0..9 {
            let _ = pictures.ask(&large(number), 0.0, Frame::Card, nothing, keep_nothing);
        }
        assert!(pictures.bytes() <= KEPT_BYTES, "{}", pictures.bytes());
        assert!(pictures.slots.len() >= KEPT_LEAST);
        assert!(
            pictures
                .ask(&large(8), 0.0, Frame::Card, nothing, keep_nothing)
                .is_none()
        );
    }

    #[test]
    fn a_picture_is_asked_for_once() {
        let mut pictures = Pictures::default();
        assert!(
            pictures
                .ask(&key(1), 0.0, Frame::Card, nothing, keep_nothing)
                .is_some()
        );
        assert!(
            pictures
                .ask(&key(1), 0.0, Frame::Card, nothing, keep_nothing)
                .is_none()
        );
    }

    #[test]
    fn a_broken_picture_is_not_asked_for_again() {
        let mut pictures = Pictures::default();
        let _ = pictures.ask(&key(1), 0.0, Frame::Card, nothing, keep_nothing);
        pictures.arrived(&key(1), Err(Error::Unusable(Phrase::said("Broken."))));
        assert!(pictures.get(&key(1).url, (8, 8)).is_none());
        assert!(pictures.why_not(&key(1).url, (8, 8)).is_some());
        assert!(
            pictures
                .ask(&key(1), 0.0, Frame::Card, nothing, keep_nothing)
                .is_none()
        );
    }

    #[test]
    fn the_number_of_kept_pictures_is_bounded_and_the_oldest_goes_first() {
        let mut pictures = Pictures::default();
        for number in 0..=KEPT {
            let _ = pictures.ask(&key(number), 0.0, Frame::Card, nothing, keep_nothing);
        }
        assert_eq!(pictures.slots.len(), KEPT);
        assert!(
            pictures
                .ask(&key(0), 0.0, Frame::Card, nothing, keep_nothing)
                .is_some()
        );
        assert!(
            pictures
                .ask(&key(KEPT), 0.0, Frame::Card, nothing, keep_nothing)
                .is_none()
        );
    }
}
