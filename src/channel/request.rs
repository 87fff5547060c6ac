//! What is asked for, and what of it goes to whom.

use url::Url;

use super::paging::NextPage;
use super::{Error, unusable};
use crate::config::types::{self, Method};
use crate::config::{self, Endpoint};

const MEBIBYTE: usize = 1024 * 1024;

/// One question to a channel.
#[derive(Clone)]
pub(super) struct Ask<'a> {
    pub(super) channel: &'a config::Channel,
    pub(super) url: Url,
    pub(super) method: Method,
    pub(super) body: Option<&'a str>,
    wants: Wants,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wants {
    Page,
    Picture,
}

impl<'a> Ask<'a> {
    /// The channel's page: the first, or a later one by the address that an
    /// earlier answer gave.
    pub(super) fn page(
        channel: &'a config::Channel,
        page: Option<&'a NextPage>,
    ) -> Result<Self, Error> {
        let url = page.map_or(channel.url.url(), |page| &page.url);
        if !config::same_origin(url, channel.url.url()) {
            return Err(unusable("channel-next-elsewhere"));
        }
        Ok(Self {
            channel,
            url: url.clone(),
            method: channel.method,
            body: page
                .and_then(|page| page.body.as_deref())
                .or(channel.body.as_deref()),
            wants: Wants::Page,
        })
    }

    /// A picture that an answer of the channel named.
    pub(super) fn picture(channel: &'a config::Channel, picture: &Url) -> Result<Self, Error> {
        permitted(picture, channel)?;
        Ok(Self {
            channel,
            url: picture.clone(),
            method: Method::Get,
            body: None,
            wants: Wants::Picture,
        })
    }

    /// Whether a page is asked for, and not a picture.
    pub(super) fn is_page(&self) -> bool {
        self.wants == Wants::Page
    }

    /// Whether the answer may come packed. Pictures are packed by themselves.
    pub(super) fn may_be_packed(&self) -> bool {
        let configured = self.channel.headers.iter();
        self.is_page()
            && !configured
                .into_iter()
                .any(|(name, _)| is(name, "accept-encoding"))
    }

    pub(super) const fn method_name(&self) -> &'static str {
        match self.method {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }

    /// The most that is read of an answer, in bytes.
    pub(super) const fn cap(&self) -> usize {
        match self.wants {
            Wants::Page => 64 * MEBIBYTE,
            Wants::Picture => 16 * MEBIBYTE,
        }
    }

    /// The headers beside the token. The configured ones may hold keys: they go to
    /// the channel's `own` origin alone. A configured `Accept` is meant for pages.
    pub(super) fn headers(&self, own: bool) -> Vec<(&'a str, &'a str)> {
        let configured = self.channel.headers.iter().filter(|_| own);
        let mut headers: Vec<(&str, &str)> = match self.wants {
            Wants::Page => configured.collect(),
            Wants::Picture => configured.filter(|(name, _)| !is(name, "accept")).collect(),
        };
        if !headers.iter().any(|(name, _)| is(name, "accept")) {
            headers.push(("accept", self.wants.accept()));
        }
        if let Some(body) = self.body.filter(|_| own)
            && !headers.iter().any(|(name, _)| is(name, "content-type"))
        {
            let json = body.trim_start().starts_with(['{', '[']);
            headers.push((
                "content-type",
                if json {
                    "application/json"
                } else {
                    "application/x-www-form-urlencoded"
                },
            ));
        }
        headers
    }
}

impl Wants {
    const fn accept(self) -> &'static str {
        match self {
            Self::Page => {
                "application/json, application/*+json;q=0.9, text/plain;q=0.5, image/*;q=0.5, */*;q=0.1"
            }
            Self::Picture => "image/webp, image/png, image/jpeg, image/gif",
        }
    }
}

fn is(name: &str, other: &str) -> bool {
    name.eq_ignore_ascii_case(other)
}

/// Whether an address that a service named may be asked: not without encryption,
/// and not this machine's own addresses in the name of a service elsewhere.
pub(super) fn permitted(target: &Url, channel: &config::Channel) -> Result<(), Error> {
    let encrypted_or_near = Endpoint::parse(target.as_str()).is_ok();
    let foreign_to_near = types::is_loopback(target) && !types::is_loopback(channel.url.url());
    if encrypted_or_near && !foreign_to_near {
        Ok(())
    } else {
        Err(unusable("channel-unsafe-address"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(url: &str) -> config::Channel {
        let settings = "headers = { X-Key = \"k\", ACCEPT = \"a/b\" }\nbody = \"a=1\"";
        toml::from_str(&format!("name = \"C\"\nurl = \"{url}\"\n{settings}")).unwrap()
    }

    #[test]
    fn configured_headers_go_to_the_own_origin_alone() {
        let channel = channel("https://api.acme.com/x");
        let ask = Ask::page(&channel, None).unwrap();

        assert_eq!(
            ask.headers(true),
            [
                ("ACCEPT", "a/b"),
                ("X-Key", "k"),
                ("content-type", "application/x-www-form-urlencoded")
            ]
        );
        assert_eq!(ask.headers(false), [("accept", Wants::Page.accept())]);
    }

    #[test]
    fn a_picture_is_asked_for_as_a_picture() {
        let channel = channel("https://api.acme.com/x");
        let ask = Ask::picture(&channel, channel.url.url()).unwrap();

        assert_eq!(
            ask.headers(true),
            [("X-Key", "k"), ("accept", Wants::Picture.accept())]
        );
        assert!(ask.body.is_none() && ask.cap() < Ask::page(&channel, None).unwrap().cap());
    }

    #[test]
    fn only_encrypted_addresses_are_opened_and_this_machines_own_only_from_here() {
        let (far, near) = (
            channel("https://api.acme.com/x"),
            channel("http://127.0.0.1:8080/x"),
        );
        for (target, from_far, from_near) in [
            ("https://cdn.example/a", true, true),
            ("http://cdn.example/a", false, false),
            ("http://127.0.0.1:9/a", false, true),
            ("https://localhost/a", false, true),
            ("http://0.0.0.0:9/a", false, true),
            ("https://[::]/a", false, true),
            ("https://[::ffff:127.0.0.1]/a", false, true),
            ("https://localhost./a", false, true),
            ("ftp://cdn.example/a", false, false),
            ("file:///etc/passwd", false, false),
            ("https://name:word@cdn.example/a", false, false),
        ] {
            let target = Url::parse(target).unwrap();
            assert_eq!(
                permitted(&target, &far).is_ok(),
                from_far,
                "{target} from far"
            );
            assert_eq!(
                permitted(&target, &near).is_ok(),
                from_near,
                "{target} from near"
            );
        }
    }
}
