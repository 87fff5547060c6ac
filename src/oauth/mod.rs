//! The protocol, without pixels: RFC 8628, OpenID Connect, RFC 7009.
//!
//! [`provider`] says where to ask, [`client_auth`] as whom, [`response`] reads what came back, [`device`]
//! decides what to do next, [`id_token`] says who it is. [`client`] carries the
//! questions out over [`http`].

pub mod client;
pub mod client_auth;
pub mod device;
pub mod dpop;
pub mod error;
pub mod flow;
pub mod http;
pub mod id_token;
pub mod provider;
pub mod refresh;
pub mod request;
pub mod response;
pub mod token;
pub mod userinfo;
mod who;

pub use client::Client;
pub use who::Who;
