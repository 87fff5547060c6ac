//! Single values of the configuration, each valid by construction.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use url::Url;

pub use super::local::is_loopback;
use crate::text::shown;

/// An address that a token or code may be sent to: `https:`, or `http:` on a
/// loopback address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Endpoint {
    url: Url,
    /// As it was written: an issuer is compared to the letter.
    #[serde(skip)]
    text: String,
}

impl Endpoint {
    /// Checks an address.
    ///
    /// # Errors
    /// A sentence that says what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        const NO_CREDENTIALS: &str = "an address with a name or password in it is not accepted";
        let url = Url::parse(text).map_err(|why| {
            if text.contains('@') {
                return NO_CREDENTIALS.to_owned();
            }
            format!(
                "“{}” is not an address ({why}); write it whole, as in https://acme.eu.auth0.com/",
                shown(text)
            )
        })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NO_CREDENTIALS.to_owned());
        }
        match url.scheme() {
            "https" if url.host().is_some() => {}
            "http" if is_loopback(&url) => {}
            "http" => {
                return Err(format!(
                    "“{}” is not encrypted: write https:// (plain http: is accepted for this machine's own addresses alone)",
                    shown(text)
                ));
            }
            other => {
                return Err(format!(
                    "“{other}:” is not an address of a server; write https://…"
                ));
            }
        }
        Ok(Self {
            url,
            text: text.to_owned(),
        })
    }

    /// The parsed address.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// The address to the letter, as it was written.
    #[must_use]
    pub fn as_written(&self) -> &str {
        &self.text
    }
}

impl<'de> Deserialize<'de> for Endpoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// A JSON Pointer (RFC 6901): empty, or beginning with a slash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer's text, as [`serde_json::Value::pointer`] takes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks a pointer.
    ///
    /// # Errors
    /// A sentence that says what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() || text.starts_with('/') {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!(
                "“{text}” is not a JSON Pointer: write “{}”",
                as_pointer(text)
            ))
        }
    }
}

/// What was probably meant: JSONPath and the ways in which programs write it, as a pointer.
fn as_pointer(text: &str) -> String {
    let path = text.trim().trim_start_matches(['$', '.', '#']);
    let steps = path.split(['.', '[', ']', '/']);
    let steps = steps.map(|step| step.trim_matches(['"', '\'', ' ']));
    let steps: Vec<_> = steps
        .filter(|step| !step.is_empty() && *step != "*")
        .collect();
    format!("/{}", steps.join("/"))
}

impl<'de> Deserialize<'de> for Pointer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// How a channel's answer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// By the shape of the data.
    #[default]
    Auto,
    /// A grid of pictures with titles.
    Cards,
    /// One line an item.
    List,
    /// Columns from the items.
    Table,
    /// One thing, whole.
    Details,
    /// Running text.
    Text,
    /// One picture at a time.
    Image,
}

/// Where the address of the next page is found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Next {
    /// In the `Link` header (RFC 8288, `rel=next`), else by the `X-Pagination-…` headers.
    #[default]
    Link,
    /// In the body.
    Body(Pointer),
    /// There is one page.
    None,
}

impl<'de> Deserialize<'de> for Next {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "link" => Ok(Self::Link),
            "none" => Ok(Self::None),
            pointer if pointer.starts_with('/') => Pointer::parse(pointer)
                .map(Self::Body)
                .map_err(D::Error::custom),
            other => Err(D::Error::custom(format!(
                "“{other}” is not a way to the next page: write \"link\", \"none\" or a JSON Pointer such as \"/next\""
            ))),
        }
    }
}

/// The method of a channel's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Read.
    #[default]
    Get,
    /// Ask with a body.
    Post,
}

/// Headers sent along with a channel's request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headers(BTreeMap<String, String>);

impl Headers {
    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let headers = BTreeMap::<String, String>::deserialize(deserializer)?;
        for (name, value) in &headers {
            let good_name = !name.is_empty()
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b));
            if !good_name {
                return Err(D::Error::custom(format!(
                    "“{name}” is not the name of a header"
                )));
            }
            if value.chars().any(char::is_control) {
                return Err(D::Error::custom(format!(
                    "the header “{name}” has a control character"
                )));
            }
            if name.eq_ignore_ascii_case("authorization") {
                return Err(D::Error::custom(
                    "“Authorization” is set by tenfoot itself, from the person's session; remove it",
                ));
            }
        }
        Ok(Self(headers))
    }
}

/// A length of time, written as whole seconds or with a unit: `90`, `"60s"`, `"5m"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seconds(Duration);

impl Seconds {
    /// So many seconds.
    #[must_use]
    pub const fn new(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }

    /// As the standard library's type.
    #[must_use]
    pub const fn duration(self) -> Duration {
        self.0
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let factor = match text[digits.len()..].trim() {
            "" | "s" => 1,
            "m" | "min" => 60,
            "h" => 3600,
            _ => return None,
        };
        let count: u64 = digits.parse().ok()?;
        count
            .checked_mul(factor)
            .filter(|&s| (1..=86_400).contains(&s))
            .map(Self::new)
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = NumberOrText::deserialize(deserializer)?.to_string();
        Self::parse(&written).ok_or_else(|| {
            D::Error::custom(format!(
                "“{written}” is not a length of time: write whole seconds from 1 to 86400, or \"60s\", \"5m\", \"1h\""
            ))
        })
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum NumberOrText {
    Whole(i64),
    Broken(f64),
    Text(String),
}

impl fmt::Display for NumberOrText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => write!(f, "{number}"),
            Self::Broken(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// A colour as the web writes it: `#e50914`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrandColor([u8; 3]);

impl BrandColor {
    /// Red, green and blue.
    #[must_use]
    pub const fn rgb(self) -> [u8; 3] {
        self.0
    }
}

impl FromStr for BrandColor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("“{text}” is no colour: write # and six hex digits, such as \"#e50914\"");
        let digits = text.strip_prefix('#').filter(|digits| {
            digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
        });
        let number = u32::from_str_radix(digits.ok_or_else(wrong)?, 16).map_err(|_| wrong())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl<'de> Deserialize<'de> for BrandColor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

/// What text sizes are multiplied by: 1.0 to 2.5.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextScale(f32);

impl TextScale {
    /// The factor.
    #[must_use]
    pub const fn factor(self) -> f32 {
        self.0
    }

    /// A factor from 1.0 to 2.5.
    #[must_use]
    pub fn new(factor: f32) -> Option<Self> {
        (1.0..=2.5).contains(&factor).then_some(Self(factor))
    }
}

impl Default for TextScale {
    fn default() -> Self {
        Self(1.0)
    }
}

impl<'de> Deserialize<'de> for TextScale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let factor = f32::deserialize(deserializer)?;
        Self::new(factor)
            .ok_or_else(|| D::Error::custom(format!("{factor} is out of range: write 1.0 to 2.5")))
    }
}

/// The unused edge of the screen in percent of each side: 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SafeMargin(f32);

impl SafeMargin {
    /// As a fraction of the side's length.
    #[must_use]
    pub const fn fraction(self) -> f32 {
        self.0 / 100.0
    }

    /// Percent, from 0 to 10.
    #[must_use]
    pub fn new(percent: f32) -> Option<Self> {
        (0.0..=10.0).contains(&percent).then_some(Self(percent))
    }
}

impl Default for SafeMargin {
    fn default() -> Self {
        Self(5.0)
    }
}

impl<'de> Deserialize<'de> for SafeMargin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let percent = f32::deserialize(deserializer)?;
        Self::new(percent).ok_or_else(|| {
            D::Error::custom(format!(
                "{percent} is out of range: write 0 to 10 (percent)"
            ))
        })
    }
}
