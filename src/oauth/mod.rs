//! The protocol, without pixels: RFC 8628, OpenID Connect, RFC 7009.

pub mod answer;
pub mod device;
pub mod flow;
pub mod http;
pub mod id_token;
pub mod provider;
pub mod refresh;
pub mod token;
