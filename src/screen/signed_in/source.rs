//! Where a signed-in screen gets things from: the real session and channels, or a
//! test's.

use std::fmt::Debug;

use futures::future::BoxFuture;
use url::Url;

use crate::channel::{Error, NextPage, Page, Picture};
use crate::config::Channel;
use crate::oauth::Who;
use crate::session::token_manager::SignedOut;

/// How a session stays on this TV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stay {
    /// It is kept, and others may take their turn.
    Shared,
    /// It is kept, and the TV is set to this one alone.
    Alone,
    /// It ends when the person goes.
    Guest,
}

/// Everything that a signed-in screen asks for.
pub trait Source: Debug + Send + Sync {
    /// One page of a channel.
    fn page(
        &self,
        channel: &Channel,
        next: Option<&NextPage>,
    ) -> BoxFuture<'static, Result<Page, Error>>;

    /// What the channel answered the last time, if that is kept.
    fn kept(&self, channel: &Channel) -> BoxFuture<'static, Option<Page>> {
        let _ = channel;
        Box::pin(std::future::ready(None))
    }

    /// What [`Source::kept`] gave has been drawn: it can be shown again at the next start.
    fn drawn(&self, channel: &Channel) -> BoxFuture<'static, ()> {
        let _ = channel;
        Box::pin(std::future::ready(()))
    }

    /// A picture of a channel, fitted into `size` pixels.
    fn picture(
        &self,
        channel: &Channel,
        picture: &Url,
        size: (u32, u32),
    ) -> BoxFuture<'static, Result<Picture, Error>>;

    /// A picture as it stands on the first screen, to be kept for the next start. Blocks.
    fn keep_shown(&self, channel: &Channel, picture: &Url, shown: &Picture) {
        let _ = (channel, picture, shown);
    }

    /// Who is signed in.
    fn who(&self) -> Who;

    /// The scopes that were asked for but not granted.
    fn not_granted(&self) -> Vec<String> {
        Vec::new()
    }

    /// Somebody is there: what waits for its turn among many TVs is called at once.
    fn hurry(&self) {}

    /// How the session stays on this TV.
    fn stay(&self) -> Stay {
        Stay::Shared
    }

    /// Ends the session.
    fn sign_out(&self) -> BoxFuture<'static, SignedOut>;
}
