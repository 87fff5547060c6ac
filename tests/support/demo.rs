//! A phone without a screen: it opens the demo's pages and sends the forms that it
//! finds there, as a browser would, so that a test approves the way a person does.
//!
//! Another test takes it in with
//! `#[path = "support/demo.rs"] mod demo_support;`

#![allow(dead_code, reason = "each test takes what it needs")]

use reqwest::header;
use url::Url;

/// What the person does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Answer<'a> {
    /// Signs in as this account (`ada`, `grace`) and allows.
    AllowAs(&'a str),
    /// Signs in as this account and denies.
    DenyAs(&'a str),
}

/// Goes from `verification_uri_complete` to the end through the page's own forms;
/// gives the last page.
pub(crate) async fn answer(verification_uri_complete: &str, answer: Answer<'_>) -> Page {
    let mut phone = Phone::new();
    let page = phone.get(verification_uri_complete).await;
    phone.finish(page, answer).await
}

/// A browser: cookies, and redirects that are followed.
#[derive(Debug)]
pub(crate) struct Phone {
    client: reqwest::Client,
    cookie: Option<String>,
}

/// A page as it came.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) url: Url,
    pub(crate) headers: header::HeaderMap,
    pub(crate) html: String,
}

/// A form of a page: where it goes, and its hidden and prefilled fields.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
    /// Names and values of its buttons.
    pub(crate) buttons: Vec<(String, String)>,
}

impl Phone {
    pub(crate) fn new() -> Self {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self {
            client,
            cookie: None,
        }
    }

    pub(crate) async fn get(&mut self, address: &str) -> Page {
        let request = self.client.get(address);
        self.send(request, Url::parse(address).unwrap()).await
    }

    /// Sends a form with these fields changed, by the button of that name and value.
    pub(crate) async fn submit(
        &mut self,
        page: &Page,
        form: &Form,
        changed: &[(&str, &str)],
    ) -> Page {
        let mut fields = form.fields.clone();
        for &(name, value) in changed {
            fields.retain(|(known, _)| known != name);
            fields.push((name.to_owned(), value.to_owned()));
        }
        let address = page.url.join(&form.action).unwrap();
        self.post(address.as_str(), &fields).await
    }

    pub(crate) async fn post(&mut self, address: &str, fields: &[(String, String)]) -> Page {
        let request = self
            .client
            .post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(serde_urlencoded::to_string(fields).unwrap());
        self.send(request, Url::parse(address).unwrap()).await
    }

    /// Says yes to the code, signs in and decides.
    pub(crate) async fn finish(&mut self, confirm: Page, answer: Answer<'_>) -> Page {
        let (account, decision) = match answer {
            Answer::AllowAs(account) => (account, "allow"),
            Answer::DenyAs(account) => (account, "deny"),
        };
        let accounts = self
            .submit(
                &confirm,
                &confirm.form_to("/activate/confirm"),
                &[("answer", "yes")],
            )
            .await;
        let consent = if accounts.url.path() == "/activate/account" {
            self.submit(
                &accounts,
                &accounts.form_to("/activate/account"),
                &[("account", account)],
            )
            .await
        } else {
            accounts
        };
        self.submit(
            &consent,
            &consent.form_to("/activate/consent"),
            &[("decision", decision)],
        )
        .await
    }

    /// Forgets who it is.
    pub(crate) fn drop_cookie(&mut self) {
        self.cookie = None;
    }

    async fn send(&mut self, request: reqwest::RequestBuilder, url: Url) -> Page {
        let mut request = request;
        let mut url = url;
        loop {
            if let Some(cookie) = &self.cookie {
                request = request.header(header::COOKIE, cookie.clone());
            }
            let response = request.send().await.unwrap();
            if let Some(set) = response.headers().get(header::SET_COOKIE) {
                self.cookie = set.to_str().unwrap().split(';').next().map(str::to_owned);
            }
            if let Some(place) = response.headers().get(header::LOCATION) {
                url = url.join(place.to_str().unwrap()).unwrap();
                request = self.client.get(url.clone());
                continue;
            }
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            return Page {
                status,
                url,
                headers,
                html: response.text().await.unwrap(),
            };
        }
    }
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The first form that goes to `action`.
    pub(crate) fn form_to(&self, action: &str) -> Form {
        self.forms()
            .into_iter()
            .find(|form| form.action == action)
            .unwrap_or_else(|| {
                panic!(
                    "no form to {action} in {} ({}):\n{}",
                    self.url.path(),
                    self.status,
                    self.html
                )
            })
    }

    pub(crate) fn forms(&self) -> Vec<Form> {
        let mut forms: Vec<Form> = Vec::new();
        for tag in tags(&self.html) {
            if tag.name == "form" {
                forms.push(Form {
                    action: tag.attribute("action"),
                    fields: vec![],
                    buttons: vec![],
                });
            }
            let Some(form) = forms.last_mut() else {
                continue;
            };
            let pair = (tag.attribute("name"), tag.attribute("value"));
            match tag.name {
                "input" => form.fields.push(pair),
                "button" => form.buttons.push(pair),
                _ => {}
            }
        }
        forms
    }
}

struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
}

/// The opening tags of a page whose attributes are all in double quotes.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    html.split('<').skip(1).filter_map(|piece| {
        let mut quoted = false;
        let end = piece.find(|c| {
            quoted ^= c == '"';
            c == '>' && !quoted
        })?;
        let (name, attributes) = piece[..end].split_once(' ').unwrap_or((&piece[..end], ""));
        (!name.starts_with(['/', '!'])).then_some(Tag { name, attributes })
    })
}

impl Tag<'_> {
    fn attribute(&self, wanted: &str) -> String {
        let mut rest = self.attributes;
        while let Some((before, after)) = rest.split_once("=\"") {
            let Some((value, next)) = after.split_once('"') else {
                break;
            };
            if before.split_whitespace().next_back() == Some(wanted) {
                return plain(value);
            }
            rest = next;
        }
        String::new()
    }
}

fn plain(escaped: &str) -> String {
    escaped
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
