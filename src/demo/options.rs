//! What a person can choose about the demo.

use std::net::SocketAddr;
use std::time::Duration;

use super::Error;
use super::user_code::{Charset, Mask};
use crate::i18n::Phrase;

/// How the demo listens and behaves.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
pub struct Options {
    /// Address and port to listen on; 0.0.0.0 lets phones in the same network in
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,

    /// What user codes are made of
    #[arg(long, value_enum, value_name = "CHARSET", default_value = "letters")]
    pub user_code_charset: Charset,

    /// The form of user codes: each * is one character
    #[arg(long, value_name = "MASK", default_value = "****-****")]
    pub user_code_mask: Mask,

    /// How long a code can be approved, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    pub code_lifetime: u64,

    /// The least time between two polls, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    pub interval: u64,

    /// How long an access token lives, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400)]
    pub token_lifetime: u64,

    /// How long the refresh token before the newest still works, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub rotation_overlap: u64,
}

/// A day; nothing in a demo needs to last longer, except access tokens.
const LONGEST_CODE: u64 = 86_400;
/// A month.
const LONGEST_TOKEN: u64 = 30 * 86_400;
/// Fewer different codes than this can be guessed (RFC 8628 §5.1).
const FEWEST_CODES: u64 = 1_000_000;

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            user_code_charset: Charset::Letters,
            user_code_mask: Mask::default(),
            code_lifetime: 900,
            interval: 5,
            token_lifetime: 86_400,
            rotation_overlap: 10,
        }
    }
}

impl Options {
    /// Checks what the command line can't: how the values go together.
    ///
    /// # Errors
    /// A sentence that says what to write instead.
    pub fn validate(&self) -> Result<(), Error> {
        let ip = self.listen.ip();
        if !ip.is_loopback() && !ip.is_unspecified() {
            return Err(Error(Phrase::said(format_args!(
                "The demo can’t listen on {ip} alone, since the app itself reaches it on this machine's own address. \
                 Write --listen 0.0.0.0:{} to let other devices in as well.",
                self.listen.port()
            ))));
        }
        within("--code-lifetime", self.code_lifetime, 1, LONGEST_CODE)?;
        within("--interval", self.interval, 1, 3_600)?;
        within("--token-lifetime", self.token_lifetime, 1, LONGEST_TOKEN)?;
        within("--rotation-overlap", self.rotation_overlap, 0, 3_600)?;
        if self.interval > self.code_lifetime {
            return Err(Error(Phrase::said(format_args!(
                "--interval {} is longer than --code-lifetime {}: a code would be over before it is asked about.",
                self.interval, self.code_lifetime
            ))));
        }
        if self.user_code_mask.combinations(self.user_code_charset) < FEWEST_CODES {
            let needed = self.user_code_charset.places_for(FEWEST_CODES);
            return Err(Error(Phrase::said(format_args!(
                "--user-code-mask “{}” leaves too few different codes, so that one could be guessed: \
                 with {} it needs at least {needed} places, as in \"{}\".",
                self.user_code_mask,
                self.user_code_charset.word(),
                "*".repeat(needed),
            ))));
        }
        Ok(())
    }

    pub(super) const fn code_lifetime(&self) -> Duration {
        Duration::from_secs(self.code_lifetime)
    }

    pub(super) const fn interval(&self) -> Duration {
        Duration::from_secs(self.interval)
    }

    pub(super) const fn token_lifetime(&self) -> Duration {
        Duration::from_secs(self.token_lifetime)
    }

    pub(super) const fn rotation_overlap(&self) -> Duration {
        Duration::from_secs(self.rotation_overlap)
    }
}

fn within(option: &str, value: u64, least: u64, most: u64) -> Result<(), Error> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(Error(Phrase::said(format_args!(
            "{option} {value} is out of range: write {least} to {most} (seconds)."
        ))))
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        options: Options,
    }

    fn refusal(options: &Options) -> String {
        options.validate().unwrap_err().to_string()
    }

    #[test]
    fn the_defaults_are_those_of_the_command_line() {
        assert_eq!(Line::parse_from(["demo"]).options, Options::default());
    }

    #[test]
    fn the_defaults_are_valid() {
        Options::default().validate().unwrap();
    }

    #[test]
    fn options_are_read_from_the_command_line() {
        let line = Line::parse_from([
            "demo",
            "--listen",
            "0.0.0.0:8080",
            "--user-code-charset",
            "digits",
            "--user-code-mask",
            "***-***-***",
            "--interval",
            "1",
        ]);

        assert_eq!(line.options.listen.port(), 8080);
        assert_eq!(line.options.user_code_charset, Charset::Digits);
        assert_eq!(line.options.user_code_mask.to_string(), "***-***-***");
        assert_eq!(line.options.interval, 1);
    }

    #[test]
    fn an_interval_of_nothing_is_refused() {
        let words = refusal(&Options {
            interval: 0,
            ..Options::default()
        });

        assert!(
            words.contains("--interval 0") && words.contains("1 to"),
            "{words}"
        );
    }

    #[test]
    fn an_interval_longer_than_the_code_lives_is_refused() {
        let words = refusal(&Options {
            interval: 60,
            code_lifetime: 30,
            ..Options::default()
        });

        assert!(words.contains("--code-lifetime 30"), "{words}");
    }

    #[test]
    fn a_mask_that_can_be_guessed_is_refused_with_one_that_cannot() {
        let mask = "**-**".parse().unwrap();
        let words = refusal(&Options {
            user_code_mask: mask,
            user_code_charset: Charset::Digits,
            ..Options::default()
        });

        assert!(
            words.contains("“**-**”") && words.contains("\"******\""),
            "{words}"
        );
    }

    #[test]
    fn one_address_of_the_network_is_refused_since_the_app_could_not_reach_it() {
        let words = refusal(&Options {
            listen: "192.0.2.7:8080".parse().unwrap(),
            ..Options::default()
        });

        assert!(words.contains("--listen 0.0.0.0:8080"), "{words}");
    }
}
