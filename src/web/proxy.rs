//! The proxy that the environment names, and what goes wrong there. The variables are read as
//! curl reads them: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, or small.

use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hyper_util::client::proxy::matcher::Matcher;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::Url;

use crate::i18n::Phrase;

/// How long a proxy is asked what is wrong with it.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);
const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// Why a proxy didn't pass a request on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyError {
    /// The environment's variable doesn't hold the address of a proxy.
    UnusableAddress,
    /// Its name can't be resolved.
    NameNotFound,
    /// No program listens there.
    ConnectionRefused,
    /// It doesn't answer.
    NoAnswer,
    /// HTTP 407: it wants a name and a password, or others than those that it was sent.
    AuthenticationRequired,
    /// HTTP 403: it doesn't let this machine reach the host.
    Forbidden,
    /// It answered with another status.
    Status(u16),
    /// What answers there isn't a proxy.
    NotAProxy,
    /// It can't prove who it is, or doesn't speak TLS.
    Insecure,
}

impl ProxyError {
    /// A sentence about `proxy`.
    #[must_use]
    pub fn phrase(self, proxy: &str) -> Phrase {
        let phrase = match self {
            Self::UnusableAddress => Phrase::new("proxy-unusable-address"),
            Self::NameNotFound => Phrase::new("proxy-name-not-found"),
            Self::ConnectionRefused => Phrase::new("proxy-connection-refused"),
            Self::NoAnswer => Phrase::new("proxy-no-answer"),
            Self::AuthenticationRequired => Phrase::new("proxy-authentication-required"),
            Self::Forbidden => Phrase::new("proxy-forbidden"),
            Self::Status(status) => Phrase::new("proxy-status").with("status", status.to_string()),
            Self::NotAProxy => Phrase::new("proxy-not-a-proxy"),
            Self::Insecure => Phrase::new("proxy-insecure"),
        };
        phrase.with("proxy", proxy)
    }
}

/// What the environment says of proxies.
#[derive(Debug, Clone, Default)]
pub struct ProxySettings {
    http: Option<Variable>,
    https: Option<Variable>,
    no_proxy: String,
}

#[derive(Clone)]
struct Variable {
    name: &'static str,
    value: String,
}

impl std::fmt::Debug for Variable {
    /// The value may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Variable").field(&self.name).finish()
    }
}

/// A proxy's address; it may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy(Url);

impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Proxy").field(&self.label()).finish()
    }
}

/// A variable that doesn't hold the address of a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unusable {
    /// Its name.
    pub variable: &'static str,
}

impl ProxySettings {
    /// Reads the environment through `variable`.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        // A CGI server hands a request's `Proxy` header on as HTTP_PROXY.
        if variable("REQUEST_METHOD").is_some() {
            return Self::default();
        }
        let first = |names: &[&'static str]| {
            names.iter().find_map(|&name| {
                let value = variable(name).filter(|value| !value.trim().is_empty())?;
                Some(Variable { name, value })
            })
        };
        let all = first(&["ALL_PROXY", "all_proxy"]);
        Self {
            http: first(&["HTTP_PROXY", "http_proxy"]).or_else(|| all.clone()),
            https: first(&["HTTPS_PROXY", "https_proxy"]).or(all),
            no_proxy: first(&["NO_PROXY", "no_proxy"])
                .map(|no| no.value)
                .unwrap_or_default(),
        }
    }

    /// The proxy that a request to `url` goes through, if it does.
    ///
    /// # Errors
    /// [`Unusable`]
    pub fn proxy_for(&self, url: &Url) -> Result<Option<Proxy>, Unusable> {
        let variable = match url.scheme() {
            "https" => &self.https,
            _ => &self.http,
        };
        let Some(variable) = variable else {
            return Ok(None);
        };
        if self.is_excepted(url) {
            return Ok(None);
        }
        Proxy::parse(variable.value.trim())
            .map(Some)
            .ok_or(Unusable {
                variable: variable.name,
            })
    }

    fn is_excepted(&self, url: &Url) -> bool {
        let rules = Matcher::builder()
            .all("http://proxy.invalid")
            .no(self.no_proxy.as_str())
            .build();
        let target = url.as_str().parse();
        target.is_ok_and(|target| rules.intercept(&target).is_none())
    }
}

impl Proxy {
    fn parse(text: &str) -> Option<Self> {
        let with_scheme = if text.contains("://") {
            Url::parse(text)
        } else {
            Url::parse(&format!("http://{text}"))
        };
        let url = with_scheme.ok()?;
        (SCHEMES.contains(&url.scheme()) && url.host_str().is_some_and(|host| !host.is_empty()))
            .then_some(Self(url))
    }

    /// The address, with the password that it may hold.
    pub(super) const fn url(&self) -> &Url {
        &self.0
    }

    /// The address without a name and password.
    pub(super) fn origin(&self) -> String {
        format!("{}://{}", self.0.scheme(), self.label())
    }

    /// Its host and port, for a person.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}:{}", self.host(), self.port())
    }

    fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(1080)
    }

    fn is_socks(&self) -> bool {
        self.0.scheme().starts_with("socks")
    }

    /// Asks the proxy what is wrong with it, for a connection to `target` that failed there.
    /// `Ok`: nothing is.
    ///
    /// The HTTP library's error doesn't say which status a proxy answered with, so the proxy
    /// is asked once more, without anything that belongs to the request.
    pub(super) async fn probe(&self, target: &Url) -> Result<(), ProxyError> {
        tokio::time::timeout(PATIENCE, self.ask(target))
            .await
            .unwrap_or(Err(ProxyError::NoAnswer))
    }

    async fn ask(&self, target: &Url) -> Result<(), ProxyError> {
        let host = self.host().trim_start_matches('[').trim_end_matches(']');
        let addresses: Vec<_> = tokio::net::lookup_host((host, self.port()))
            .await
            .map_err(|_| ProxyError::NameNotFound)?
            .collect();
        let mut stream = TcpStream::connect(&*addresses).await.map_err(|why| {
            if why.kind() == io::ErrorKind::ConnectionRefused {
                ProxyError::ConnectionRefused
            } else {
                ProxyError::NoAnswer
            }
        })?;
        if self.0.scheme() != "http" {
            // Whether it is reached is all that can be told without its own language.
            return Ok(());
        }
        let head = self.connect_request(target);
        stream
            .write_all(head.as_bytes())
            .await
            .map_err(|_| ProxyError::NotAProxy)?;
        let mut answer = [0; 64];
        let mut length = 0;
        while length < answer.len() && !answer[..length].contains(&b'\n') {
            match stream.read(&mut answer[length..]).await {
                Ok(0) | Err(_) => break,
                Ok(more) => length += more,
            }
        }
        match status_of(&answer[..length]) {
            Some(200..=299) => Ok(()),
            Some(407) => Err(ProxyError::AuthenticationRequired),
            Some(403) => Err(ProxyError::Forbidden),
            Some(status) => Err(ProxyError::Status(status)),
            None => Err(ProxyError::NotAProxy),
        }
    }

    /// RFC 9110 §9.3.6.
    fn connect_request(&self, target: &Url) -> zeroize::Zeroizing<String> {
        let host = target.host_str().unwrap_or_default();
        let port = target.port_or_known_default().unwrap_or(443);
        let authorization = if self.0.username().is_empty() {
            String::new()
        } else {
            let decoded = |text: &str| {
                percent_encoding::percent_decode_str(text)
                    .decode_utf8_lossy()
                    .into_owned()
            };
            let (name, password) = (self.0.username(), self.0.password().unwrap_or_default());
            let pair = zeroize::Zeroizing::new(format!("{}:{}", decoded(name), decoded(password)));
            let pair = BASE64_STANDARD.encode(pair.as_bytes());
            format!("Proxy-Authorization: Basic {pair}\r\n")
        };
        format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{authorization}\r\n")
            .into()
    }

    /// What a TLS failure on the way through this proxy is about: a proxy that is itself
    /// spoken to by TLS, or the host behind it.
    pub(super) fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether the host's name is resolved by the proxy.
    pub(super) fn resolves(&self) -> bool {
        !self.is_socks() || matches!(self.0.scheme(), "socks4a" | "socks5h")
    }
}

/// The status of an HTTP/1 answer's first line.
fn status_of(line: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(line).ok()?;
    let (version, rest) = line.split_once(' ')?;
    let is_http = version.starts_with("HTTP/1.");
    rest.get(..3).filter(|_| is_http)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(variables: &[(&str, &str)]) -> ProxySettings {
        ProxySettings::read(|name| {
            let found = variables.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        })
    }

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn label(variables: &[(&str, &str)], target: &str) -> Option<String> {
        let proxy = settings(variables).proxy_for(&url(target)).unwrap();
        proxy.map(|proxy| proxy.label())
    }

    #[test]
    fn the_variable_of_the_scheme_wins_over_the_one_for_all() {
        let both = [("HTTPS_PROXY", "http://a:1"), ("ALL_PROXY", "b:2")];

        assert_eq!(label(&both, "https://x.example/").as_deref(), Some("a:1"));
        assert_eq!(label(&both, "http://x.example/").as_deref(), Some("b:2"));
        assert_eq!(label(&[], "https://x.example/"), None);
    }

    #[test]
    fn a_host_that_is_excepted_goes_through_no_proxy() {
        let except = [("HTTPS_PROXY", "http://a:1"), ("NO_PROXY", "acme.example")];

        assert_eq!(label(&except, "https://api.acme.example/"), None);
        assert!(label(&except, "https://other.example/").is_some());
    }

    #[test]
    fn a_value_that_is_no_address_is_named_by_its_variable() {
        for value in [
            "http://[bad",
            "ftp://a:1",
            "http://",
            "gopher://a",
            "http://a:99999",
        ] {
            let settings = settings(&[("https_proxy", value)]);
            let found = settings.proxy_for(&url("https://x.example/"));

            assert_eq!(
                found,
                Err(Unusable {
                    variable: "https_proxy"
                }),
                "{value}"
            );
        }
    }

    #[test]
    fn socks_proxies_are_known_with_their_usual_port() {
        let socks = [("ALL_PROXY", "socks5h://a")];

        assert_eq!(
            label(&socks, "https://x.example/").as_deref(),
            Some("a:1080")
        );
    }

    #[test]
    fn a_password_is_in_no_label_and_in_no_debug() {
        let settings = settings(&[("HTTPS_PROXY", "http://tv:s3cret@a:1")]);
        let proxy = settings
            .proxy_for(&url("https://x.example/"))
            .unwrap()
            .unwrap();

        assert_eq!(proxy.label(), "a:1");
        assert!(!format!("{proxy:?} {settings:?}").contains("s3cret"));
        assert!(
            proxy
                .connect_request(&url("https://x.example/"))
                .contains("Basic dHY6czNjcmV0")
        );
    }

    #[test]
    fn a_status_is_read_from_http_alone() {
        assert_eq!(status_of(b"HTTP/1.1 407 Proxy\r\n"), Some(407));
        assert_eq!(status_of(b"HTTP/1.0 200\n"), Some(200));
        for other in [&b"SSH-2.0-OpenSSH"[..], b"", b"HTTP/1.1", b"\x15\x03\x01"] {
            assert_eq!(status_of(other), None);
        }
    }
}
