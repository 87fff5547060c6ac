//! Pictures of what is on the screen, and a bounded number of those that were.

use futures::future::BoxFuture;
use iced::task::Handle;
use iced::widget::image;
use iced::{Size, Task};
use url::Url;

use super::Message;
use crate::channel::{Error, Picture};
use crate::ui::Look;

/// How many pictures are kept.
const KEPT: usize = 48;

/// A picture at a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Where it is.
    pub url: Url,
    /// Physical pixels.
    pub size: (u32, u32),
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
    Broken,
}

/// A size on the canvas in physical pixels.
#[must_use]
pub fn physical(look: &Look, size: Size) -> (u32, u32) {
    let pixels = |length: f32| (length * look.metrics.physical()).round().max(1.0) as u32;
    (pixels(size.width), pixels(size.height))
}

impl Pictures {
    /// The picture, if it is here.
    #[must_use]
    pub fn get(&self, url: &Url, size: (u32, u32)) -> Option<&image::Handle> {
        self.slots
            .iter()
            .find(|(key, _)| key.size == size && key.url == *url)
            .and_then(|(_, slot)| match slot {
                Slot::Ready(handle) => Some(handle),
                Slot::Loading { .. } | Slot::Broken => None,
            })
    }

    /// Asks for a picture that isn't here yet.
    pub fn ask(
        &mut self,
        key: &Key,
        fetch: impl FnOnce() -> BoxFuture<'static, Result<Picture, Error>>,
    ) -> Option<Task<Message>> {
        if let Some(at) = self.slots.iter().position(|(each, _)| each == key) {
            // The newest stand last; the first are given up when there are too many.
            let slot = self.slots.remove(at);
            self.slots.push(slot);
            return None;
        }
        let (task, handle) = Task::future(fetch()).abortable();
        self.slots.push((
            key.clone(),
            Slot::Loading {
                _work: handle.abort_on_drop(),
            },
        ));
        if self.slots.len() > KEPT {
            drop(self.slots.remove(0));
        }
        let key = key.clone();
        Some(task.map(move |result| Message::Pictured(key.clone(), result)))
    }

    /// Takes in a picture; nothing where it is broken.
    pub fn arrived(&mut self, key: &Key, picture: Option<Picture>) {
        if let Some((_, slot)) = self.slots.iter_mut().find(|(each, _)| each == key) {
            *slot = picture.map_or(Slot::Broken, |picture| Slot::Ready(handle(picture)));
        }
    }
}

/// A picture as iced draws it; made once.
#[must_use]
pub fn handle(picture: Picture) -> image::Handle {
    image::Handle::from_rgba(picture.width, picture.height, picture.rgba)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> Key {
        Key {
            url: Url::parse(&format!("https://api.example/{number}.png")).unwrap(),
            size: (8, 8),
        }
    }

    fn nothing() -> BoxFuture<'static, Result<Picture, Error>> {
        Box::pin(std::future::pending())
    }

    #[test]
    fn a_picture_is_asked_for_once() {
        let mut pictures = Pictures::default();
        assert!(pictures.ask(&key(1), nothing).is_some());
        assert!(pictures.ask(&key(1), nothing).is_none());
    }

    #[test]
    fn a_broken_picture_is_not_asked_for_again() {
        let mut pictures = Pictures::default();
        let _ = pictures.ask(&key(1), nothing);
        pictures.arrived(&key(1), None);
        assert!(pictures.get(&key(1).url, (8, 8)).is_none());
        assert!(pictures.ask(&key(1), nothing).is_none());
    }

    #[test]
    fn the_number_of_kept_pictures_is_bounded_and_the_oldest_goes_first() {
        let mut pictures = Pictures::default();
        for number in 0..=KEPT {
            let _ = pictures.ask(&key(number), nothing);
        }
        assert_eq!(pictures.slots.len(), KEPT);
        assert!(pictures.ask(&key(0), nothing).is_some());
        assert!(pictures.ask(&key(KEPT), nothing).is_none());
    }
}
