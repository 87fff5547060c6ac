//! The real session and channels behind a signed-in screen.

use std::sync::Arc;

use futures::future::BoxFuture;
use url::Url;

use super::startup_jitter::StartDelay;
use crate::channel::{Client, Error, NextPage, Page, Picture};
use crate::config::Channel;
use crate::oauth::Who;
use crate::screen::signed_in::source::{Source, Stay};
use crate::session::TokenManager;
use crate::session::token_manager::SignedOut;
use crate::work::{AtTheEnd, at_the_end};

/// A session in use, and what calls the channels with it.
#[derive(Debug, Clone)]
pub struct LiveSource {
    keeper: TokenManager,
    channels: Client,
    /// The scopes that are asked for.
    asked: String,
    stay: Stay,
    /// A guest's session ends with this, however the screen or the program does.
    guest: Option<Arc<AtTheEnd>>,
    /// When it may call for the first time.
    turn: Option<StartDelay>,
}

impl LiveSource {
    /// Calls `channels` with the tokens of `keeper`, for which these scopes are `asked`. To be
    /// called inside a tokio runtime.
    #[must_use]
    pub fn new(keeper: TokenManager, channels: Client, asked: String, stay: Stay) -> Self {
        let guest = (stay == Stay::Guest).then(|| {
            let keeper = keeper.clone();
            Arc::new(at_the_end(async move { drop(keeper.sign_out().await) }))
        });
        Self {
            keeper,
            channels,
            asked,
            stay,
            guest,
            turn: None,
        }
    }

    /// The same, which calls nobody before it is its turn.
    #[must_use]
    pub fn in_turn(self, turn: StartDelay) -> Self {
        Self {
            turn: Some(turn),
            ..self
        }
    }
}

impl Source for LiveSource {
    fn page(
        &self,
        channel: &Channel,
        next: Option<&NextPage>,
    ) -> BoxFuture<'static, Result<Page, Error>> {
        let (live, channel, next) = (self.clone(), channel.clone(), next.cloned());
        Box::pin(async move {
            if let Some(turn) = &live.turn {
                turn.come().await;
            }
            live.channels
                .page(&channel, next.as_ref(), &live.keeper)
                .await
        })
    }

    fn kept(&self, channel: &Channel) -> BoxFuture<'static, Option<Page>> {
        let (channels, channel) = (self.channels.clone(), channel.clone());
        Box::pin(async move { channels.kept(&channel).await })
    }

    fn drawn(&self, channel: &Channel) -> BoxFuture<'static, ()> {
        let (channels, channel) = (self.channels.clone(), channel.clone());
        Box::pin(async move { channels.drawn(&channel).await })
    }

    fn picture(
        &self,
        channel: &Channel,
        picture: &Url,
        size: (u32, u32),
    ) -> BoxFuture<'static, Result<Picture, Error>> {
        let (live, channel, picture) = (self.clone(), channel.clone(), picture.clone());
        Box::pin(async move {
            live.channels
                .picture(&channel, &picture, size, &live.keeper)
                .await
        })
    }

    fn keep_shown(&self, channel: &Channel, picture: &Url, shown: &Picture) {
        self.channels.keep_shown(channel, picture, shown);
    }

    fn who(&self) -> Who {
        self.keeper.session().who
    }

    fn not_granted(&self) -> Vec<String> {
        let session = self.keeper.session();
        let missing = session.missing_scopes(&self.asked);
        missing.map(str::to_owned).collect()
    }

    fn stay(&self) -> Stay {
        self.stay
    }

    fn hurry(&self) {
        if let Some(turn) = &self.turn {
            turn.hurry();
        }
    }

    fn sign_out(&self) -> BoxFuture<'static, SignedOut> {
        let (keeper, guest) = (self.keeper.clone(), self.guest.clone());
        Box::pin(async move {
            if let Some(guest) = guest {
                guest.forget();
            }
            keeper.sign_out().await
        })
    }
}
