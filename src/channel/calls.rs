//! What a channel is asked for: bodies, pages and pictures, from the network or from
//! what is kept of them.

use std::fmt;
use std::sync::Arc;

use tokio::sync::{Semaphore, SemaphorePermit};
use url::Url;

use super::body::{self, Body, Written};
use super::budget::Budget;
use super::cache::{About, Answered};
use super::http::{Bearer, Client, gone};
use super::paging::NextPage;
use super::picture::Picture;
use super::request::Ask;
use super::{Error, Listing, Page, Seen, Tried, listing, paging, picture, reported, unusable};
use crate::config;
use crate::disk;

/// An answer as it came, for `tenfoot fetch`.
#[derive(Clone)]
pub struct Response {
    /// The body.
    pub body: Vec<u8>,
    /// Where the next page is.
    pub next: Option<NextPage>,
    /// Why that isn't known, where it stands in a body that can't be read.
    pub unread: Option<Error>,
    /// What the service reports in the place of data.
    pub reports: Option<Error>,
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("bytes", &self.body.len())
            .field("has_next", &self.next.is_some())
            .finish()
    }
}

impl Client {
    /// One call, the body as it came; `page` is a `next` from an earlier answer.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn fetch<B: Bearer>(
        &self,
        channel: &config::Channel,
        page: Option<&NextPage>,
        bearer: &B,
    ) -> Result<Response, Error> {
        let answer = self.call(&Ask::page(channel, page)?, bearer).await?;
        let channel = channel.clone();
        let lane = answer.lane;
        let permit = room_to_read(answer.body.len()).await;
        off_the_network(move || {
            let _permits = (lane, permit);
            let body = Written::from(answer.body);
            let (kind, budget) = (answer.content_type.as_deref(), Budget::answer());
            let is_numbered = channel.next == config::Next::Link && answer.numbering.is_some();
            let is_read = is_numbered || matches!(channel.next, config::Next::Body(_));
            let (read, unread) = if is_read {
                match body::read(channel.layout, kind, &body, &budget) {
                    Ok(read) => (Some(read), None),
                    Err(why) => (None, Some(why)),
                }
            } else {
                (None, None)
            };
            let json = read.as_ref().and_then(Body::json);
            let numbered = || {
                let read = read.as_ref().filter(|_| is_numbered)?;
                let listing =
                    Listing::read(&channel, read, body.shared(), &answer.url, &budget).ok()?;
                paging::numbered(&channel, answer.numbering, &listing, &answer.url)
            };
            let next = paging::next(&channel, &answer.links, json, &answer.url).or_else(numbered);
            drop(read);
            let reports = reported::error_of(&channel, body.text());
            Ok(Response {
                body: body.into_bytes(),
                next,
                unread,
                reports,
            })
        })
        .await
    }

    /// One call, to see whether the channel's configuration fits what comes.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn try_out<B: Bearer>(
        &self,
        channel: &config::Channel,
        bearer: &B,
    ) -> Result<Tried, Error> {
        let answer = self.call(&Ask::page(channel, None)?, bearer).await?;
        let channel = channel.clone();
        off_the_network(move || {
            let body = Written::from(answer.body);
            let kind = answer.content_type.as_deref();
            if body::is_picture(kind, body.bytes()) {
                return Ok(Tried {
                    items: None,
                    missed: Vec::new(),
                });
            }
            let budget = Budget::answer();
            let read = body::read(channel.layout, kind, &body, &budget)?;
            let listing = Listing::read(&channel, &read, body.shared(), &answer.url, &budget)?;
            let missed = read
                .json()
                .map_or_else(Vec::new, |json| listing::missed_pointers(&channel, json));
            let items = match &listing {
                Listing::Items(items) => Some(items.len()),
                Listing::Details(_) | Listing::Text(_) => None,
            };
            Ok(Tried { items, missed })
        })
        .await
    }

    /// One call, read as a listing.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn page<B: Bearer>(
        &self,
        channel: &config::Channel,
        page: Option<&NextPage>,
        bearer: &B,
    ) -> Result<Page, Error> {
        let answer = self.call(&Ask::page(channel, page)?, bearer).await?;
        let lane = answer.lane;
        let answered = Answered {
            about: About {
                url: answer.url,
                content_type: answer.content_type,
                links: answer.links,
                numbering: answer.numbering,
                as_of: self.clock.wall(),
            },
            body: answer.body.into(),
        };
        let cache = self.cache.clone().filter(|_| page.is_none());
        let channel = channel.clone();
        let permit = room_to_read(answered.body.bytes().len()).await;
        off_the_network(move || {
            let _permits = (lane, permit);
            let page = answered.page(&channel)?;
            if let Some(cache) = cache {
                // A disk that hangs keeps nobody from seeing what came.
                drop(disk::ask(disk::START, move || {
                    cache.keep(&channel, &answered);
                }));
            }
            Ok(page)
        })
        .await
    }

    /// What the channel answered the last time, if that is kept, for a screen that is about to
    /// show it: [`Client::drawn`] is to follow.
    pub async fn kept(&self, channel: &config::Channel) -> Option<Page> {
        let (cache, channel) = (self.cache.clone()?, channel.clone());
        tokio::task::spawn_blocking(move || cache.load_to_draw(&channel))
            .await
            .ok()?
    }

    /// What was kept of a channel has been drawn, and nothing happened.
    pub async fn drawn(&self, channel: &config::Channel) {
        if let Some(cache) = self.cache.clone() {
            let channel = channel.clone();
            let _ = tokio::task::spawn_blocking(move || cache.drawn(&channel)).await;
        }
    }

    /// The same, with the pictures that [`Client::keep_shown`] got.
    pub async fn seen(&self, channel: &config::Channel) -> Option<Seen> {
        let (cache, channel) = (self.cache.clone()?, channel.clone());
        let now = self.clock.wall();
        let reading = move || {
            let page = cache.load_to_draw(&channel)?;
            let pictures = cache.shown(&channel).load(&page.listing, now);
            Some(Seen { page, pictures })
        };
        tokio::task::spawn_blocking(reading).await.ok()?
    }

    /// Keeps a picture of a channel as it stands on the first screen: the next start shows it
    /// without decoding it. Blocks.
    pub fn keep_shown(&self, channel: &config::Channel, url: &Url, picture: &Picture) {
        if let Some(cache) = &self.cache {
            cache.shown(channel).keep(url, picture, self.clock.wall());
        }
    }

    /// A picture, decoded and scaled down to fit `width` × `height` pixels. The
    /// token goes along only where the picture has the channel's own origin. One that is
    /// kept and not old is not asked for again, and an old one stands in where no newer
    /// one can be had; a broken one is not asked for again as long as this client lasts.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn picture<B: Bearer>(
        &self,
        channel: &config::Channel,
        picture: &Url,
        size: (u32, u32),
        bearer: &B,
    ) -> Result<Picture, Error> {
        if picture.scheme() == "data" {
            return self.data_picture(picture, size).await;
        }
        let ask = Ask::picture(channel, picture)?;
        // The permit stays with the decoding, which goes on where the caller has
        // left.
        let permit = Arc::clone(&self.pictures)
            .acquire_owned()
            .await
            .map_err(|_| gone())?;
        if let Some(why) = self.broken.why(picture) {
            return Err(why);
        }
        let album = self.cache.as_ref().map(|cache| cache.album(channel));
        let (old, permit) = match &album {
            Some(album) => {
                let (album, picture, now) = (album.clone(), picture.clone(), self.clock.wall());
                let loading = move || Ok((album.load(&picture, size, now), permit));
                off_the_network(loading).await?
            }
            None => (None, permit),
        };
        let old = match old {
            Some(kept) if kept.is_fresh => return Ok(kept.picture),
            Some(kept) => Some(kept.picture),
            None => None,
        };
        let answer = match self.call(&ask, bearer).await {
            Ok(answer) => answer,
            Err(why) => return old.ok_or_else(|| self.broken.note(picture, why)),
        };
        let (url, now) = (picture.clone(), self.clock.wall());
        let decoded = off_the_network(move || {
            let decoded = Picture::decode(&answer.body, size.0, size.1);
            if let (Ok(_), Some(album)) = (&decoded, album) {
                album.keep(&url, &answer.body, now);
            }
            drop(permit);
            decoded
        });
        decoded.await.map_err(|why| self.broken.note(picture, why))
    }
}

impl Client {
    /// A picture that is written in its own address.
    async fn data_picture(&self, picture: &Url, size: (u32, u32)) -> Result<Picture, Error> {
        let permit = Arc::clone(&self.pictures)
            .acquire_owned()
            .await
            .map_err(|_| gone())?;
        if let Some(why) = self.broken.why(picture) {
            return Err(why);
        }
        let url = picture.clone();
        let decoded = off_the_network(move || {
            let bytes =
                picture::data::bytes(&url).ok_or_else(|| unusable("channel-picture-broken"))?;
            let decoded = Picture::decode(&bytes, size.0, size.1);
            drop(permit);
            decoded
        });
        decoded.await.map_err(|why| self.broken.note(picture, why))
    }
}

/// One large answer is read at a time: each may grow to several times its size.
static READING: Semaphore = Semaphore::const_new(1);

/// Waits until there is room to read an answer of so many bytes.
async fn room_to_read(bytes: usize) -> Option<SemaphorePermit<'static>> {
    /// Most answers are so small that nothing has to wait.
    const SMALL: usize = 64 << 10;
    if bytes <= SMALL {
        return None;
    }
    READING.acquire().await.ok()
}

/// Reading a large answer or decoding a picture takes long enough to hold up what
/// else the runtime does.
async fn off_the_network<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err(gone()),
    }
}
