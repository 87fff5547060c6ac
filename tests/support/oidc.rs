//! npm's oidc-provider, run for one test, and the person who approves a sign-in on
//! the provider's own pages.
//!
//! Nothing here knows tenfoot: what it takes is what any browser would be told.

#![allow(dead_code, reason = "not every test that signs in needs every part")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Method};
use serde::Deserialize;
use url::Url;
use url::form_urlencoded::Serializer;

/// How long the provider's tokens live, in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lifetimes {
    pub(crate) device_code: u32,
    pub(crate) access_token: u32,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            device_code: 600,
            access_token: 3600,
        }
    }
}

/// A running provider with its API; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Provider {
    process: Child,
    pub(crate) at: Addresses,
}

/// What the server says of itself once it listens.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Addresses {
    pub(crate) issuer: String,
    /// The API's origin; `/items` is what it has.
    pub(crate) api: String,
    pub(crate) client_id: String,
    /// The API's resource indicator (RFC 8707).
    pub(crate) resource: String,
    /// All that the client may ask for.
    pub(crate) scope: String,
}

impl Provider {
    pub(crate) fn start(lifetimes: Lifetimes) -> Self {
        let modules = modules();
        let mut process = Command::new(modules.join("node_modules/.bin/node"))
            .arg(here().join("server.mjs"))
            .arg("--modules")
            .arg(modules)
            .args(["--device-code-ttl", &lifetimes.device_code.to_string()])
            .args(["--access-token-ttl", &lifetimes.access_token.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("oidc-provider's Node starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("stdout is piped");
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("the server can be read");
        let at = serde_json::from_str(&line)
            .unwrap_or_else(|_| panic!("the server didn't start: {line:?}"));
        Self { process, at }
    }

    /// An endpoint that every oidc-provider has there.
    pub(crate) fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.at.issuer)
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // Without a writer on its stdin the server ends by itself.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oidc-provider")
}

/// Where oidc-provider is installed: `TENFOOT_OIDC_PROVIDER`, or wherever the install
/// script puts it.
fn modules() -> &'static Path {
    static MODULES: OnceLock<PathBuf> = OnceLock::new();
    MODULES.get_or_init(|| {
        if let Some(given) = std::env::var_os("TENFOOT_OIDC_PROVIDER") {
            return given.into();
        }
        let install = Command::new(here().join("install"))
            .stderr(Stdio::inherit())
            .output()
            .expect("the install script runs");
        assert!(
            install.status.success(),
            "oidc-provider could not be installed"
        );
        String::from_utf8(install.stdout)
            .expect("a path in UTF-8")
            .trim()
            .into()
    })
}

/// What a person was told by the device.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Told<'a> {
    /// The address that the QR holds.
    Complete(&'a str),
    /// The plain address and the code to type there.
    Code { uri: &'a str, code: &'a str },
}

/// Somebody with a browser of their own.
#[derive(Debug)]
pub(crate) struct Person {
    /// The name to log in with; it becomes the subject.
    login: &'static str,
    browser: Browser,
}

impl Person {
    pub(crate) fn new(login: &'static str) -> Self {
        Self {
            login,
            browser: Browser::new(),
        }
    }

    /// Says yes to everything, up to the page that says that it worked.
    pub(crate) async fn approve(&mut self, told: Told<'_>) {
        let consent = self.up_to_consent(told).await;
        let done = self.browser.submit(&consent, &[]).await;
        done.must_say("Sign-in Success");
    }

    /// Presses "Abort" where the provider asks whether this is the code on the device.
    pub(crate) async fn abort_at_the_code(&mut self, told: Told<'_>) {
        let confirm = self.up_to_the_code(told).await;
        confirm.must_say("[ Abort ]");
        let done = self.browser.submit(&confirm, &[("abort", "yes")]).await;
        done.must_say("The Sign-in request was interrupted");
    }

    /// Logs in, reads what is asked for, and presses "Cancel".
    pub(crate) async fn cancel_at_consent(&mut self, told: Told<'_>) {
        let consent = self.up_to_consent(told).await;
        consent.must_say("[ Cancel ]");
        let cancel = consent.link_ending("/abort");
        let done = self.browser.open(cancel).await;
        done.must_say("The Sign-in request was interrupted");
    }

    async fn up_to_consent(&mut self, told: Told<'_>) -> Page {
        let confirm = self.up_to_the_code(told).await;
        let login = self.browser.submit(&confirm, &[]).await;
        let credentials = [("login", self.login), ("password", "any will do")];
        let consent = self.browser.submit(&login, &credentials).await;
        consent.must_say("Authorize");
        consent
    }

    async fn up_to_the_code(&mut self, told: Told<'_>) -> Page {
        let page = match told {
            Told::Complete(address) => {
                // The address leads to a form that a script sends off, the code in it.
                let page = self.browser.open(parsed(address)).await;
                self.browser.submit(&page, &[]).await
            }
            Told::Code { uri, code } => {
                let page = self.browser.open(parsed(uri)).await;
                page.must_say("Enter the code displayed on your device");
                self.browser.submit(&page, &[("user_code", code)]).await
            }
        };
        page.must_say("Confirm Device");
        if let Told::Code { code, .. } = told {
            page.must_say(code);
        }
        page
    }
}

/// A browser as small as it can be: cookies, redirects and forms.
#[derive(Debug)]
struct Browser {
    client: Client,
    /// One host, and each name set for one purpose: paths need no respect.
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new() -> Self {
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(30))
            .build()
            .expect("a client");
        Self {
            client,
            cookies: BTreeMap::new(),
        }
    }

    async fn open(&mut self, address: Url) -> Page {
        self.request(Method::GET, address, None).await
    }

    /// Sends the page's form, with `typed` in place of (or beside) what it holds.
    async fn submit(&mut self, page: &Page, typed: &[(&str, &str)]) -> Page {
        let (action, mut fields) = page.form();
        for (name, value) in typed {
            let _ = fields.insert((*name).to_owned(), (*value).to_owned());
        }
        let body = Serializer::new(String::new())
            .extend_pairs(&fields)
            .finish();
        self.request(Method::POST, action, Some(body)).await
    }

    async fn request(&mut self, method: Method, address: Url, body: Option<String>) -> Page {
        let (mut method, mut address, mut body) = (method, address, body);
        for _ in 0..10 {
            let mut request = self
                .client
                .request(method, address.clone())
                .header(COOKIE, self.cookie_line());
            if let Some(form) = body.take() {
                request = request
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(form);
            }
            let response = request.send().await.expect("the provider answers");
            for cookie in response.headers().get_all(SET_COOKIE) {
                self.keep(cookie.to_str().expect("a cookie in ASCII"));
            }
            if !response.status().is_redirection() {
                let html = response.text().await.expect("a page");
                return Page { address, html };
            }
            let target = response.headers()[LOCATION]
                .to_str()
                .expect("an address in ASCII");
            address = address.join(target).expect("an address");
            method = Method::GET;
        }
        panic!("the provider redirects for ever");
    }

    fn cookie_line(&self) -> String {
        let pairs: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep(&mut self, set_cookie: &str) {
        let pair = set_cookie.split(';').next().unwrap_or_default();
        let (name, value) = pair.split_once('=').expect("a cookie has a value");
        // This provider deletes a cookie by setting it to nothing.
        let _ = if value.is_empty() {
            self.cookies.remove(name)
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned())
        };
    }
}

/// What the provider showed.
#[derive(Debug)]
struct Page {
    address: Url,
    html: String,
}

impl Page {
    #[track_caller]
    fn must_say(&self, words: &str) {
        assert!(
            self.html.contains(words),
            "not on the page: {words:?}\n{}",
            self.html
        );
    }

    /// The first form's target and fields.
    fn form(&self) -> (Url, BTreeMap<String, String>) {
        let form = between(&self.html, "<form", "</form>")
            .unwrap_or_else(|| panic!("no form:\n{}", self.html));
        let action = attribute(form, "action").expect("a form has a target");
        let fields = form
            .split("<input")
            .skip(1)
            .filter_map(|input| {
                let tag = input.split('>').next()?;
                Some((
                    attribute(tag, "name")?,
                    attribute(tag, "value").unwrap_or_default(),
                ))
            })
            .collect();
        (self.address.join(&action).expect("an address"), fields)
    }

    fn link_ending(&self, end: &str) -> Url {
        let link = self
            .html
            .split("<a ")
            .skip(1)
            .filter_map(|tag| attribute(&format!(" {tag}"), "href"))
            .find(|link| link.ends_with(end))
            .unwrap_or_else(|| panic!("no link to {end}:\n{}", self.html));
        self.address.join(&link).expect("an address")
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inside, _)| inside)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = between(tag, &format!(" {name}=\""), "\"")?;
    let plain = value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    Some(plain.replace("&#39;", "'").replace("&amp;", "&"))
}

fn parsed(address: &str) -> Url {
    Url::parse(address).expect("an address that a browser can open")
}
