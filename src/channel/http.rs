//! The one file that speaks HTTP to the channels.

use url::Url;

use super::picture::Picture;
use super::{Error, Page};
use crate::clock::SharedClock;
use crate::config;
use crate::secret::Secret;

/// What gives access tokens to calls.
pub trait Bearer: Clone + Send + Sync + 'static {
    /// An access token that isn't about to end.
    fn access_token(&self) -> impl Future<Output = Result<Secret, Error>> + Send;
    /// Another one than `rejected`, which the API answered with 401.
    fn renewed(&self, rejected: &Secret) -> impl Future<Output = Result<Secret, Error>> + Send;
}

/// An answer as it came, for `tenfoot fetch`.
#[derive(Debug, Clone)]
pub struct Response {
    /// The body.
    pub body: Vec<u8>,
    /// Where the next page is.
    pub next: Option<Url>,
}

/// Calls channels. Clones share connections.
#[derive(Debug, Clone)]
pub struct Client {}

impl Client {
    /// A client on the system's TLS roots.
    ///
    /// # Errors
    /// In words: TLS can't be set up.
    pub fn new(clock: SharedClock) -> Result<Self, String> {
        let _ = clock;
        unimplemented!()
    }

    /// One call, the body as it came; `page` is a `next` from an earlier answer.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn fetch<B: Bearer>(
        &self,
        channel: &config::Channel,
        page: Option<&Url>,
        bearer: &B,
    ) -> Result<Response, Error> {
        let _ = (channel, page, bearer);
        unimplemented!()
    }

    /// One call, read as a listing.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn page<B: Bearer>(
        &self,
        channel: &config::Channel,
        page: Option<&Url>,
        bearer: &B,
    ) -> Result<Page, Error> {
        let _ = (channel, page, bearer);
        unimplemented!()
    }

    /// A picture, decoded and scaled to fit `width` × `height` pixels. The token
    /// goes along only where the picture has the channel's own origin.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn picture<B: Bearer>(
        &self,
        channel: &config::Channel,
        picture: &Url,
        (width, height): (u32, u32),
        bearer: &B,
    ) -> Result<Picture, Error> {
        let _ = (channel, picture, width, height, bearer);
        unimplemented!()
    }
}
