//! The activation page's handlers: code, "is this your TV's?", account, consent.
//!
//! Which step a browser has reached is known here, not in its forms: an account
//! can be chosen, and a code approved, only after the code was confirmed.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use aws_lc_rs::hmac;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use url::form_urlencoded;

use super::account::Account;
use super::browser::Browser;
use super::grant::{Decision, Standing};
use super::html::Page;
use super::pages::{self, Problem};
use super::service::Service;
use super::store::{Looked, Shown};
use super::user_code::Typed;

const COOKIE: &str = "tenfoot_demo";

/// A browser that has a cookie of ours.
struct Visitor {
    cookie: String,
    browser: Browser,
}

/// Reads the cookie, or gives one.
fn visitor(service: &Service, headers: &HeaderMap) -> (Visitor, SetCookie) {
    if let Some(known) = known_visitor(service, headers) {
        return (known, SetCookie(None));
    }
    let now = service.clock.now();
    let cookie = service.store().browsers.welcome(now);
    let set = SetCookie(Some(cookie.clone()));
    (
        Visitor {
            cookie,
            browser: Browser::new(now),
        },
        set,
    )
}

fn known_visitor(service: &Service, headers: &HeaderMap) -> Option<Visitor> {
    let cookie = headers.get_all(header::COOKIE).iter().find_map(|line| {
        line.to_str()
            .ok()?
            .split(';')
            .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
    })?;
    let browser = service
        .store()
        .browsers
        .get(cookie, service.clock.now())?
        .clone();
    Some(Visitor {
        cookie: cookie.to_owned(),
        browser,
    })
}

impl Visitor {
    /// What each form of this browser carries: made from its cookie, so that
    /// nobody else can write a form for it.
    fn csrf(&self, service: &Service) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(hmac::sign(&service.csrf_key, self.cookie.as_bytes()))
    }
}

/// A form that this browser was given by us.
struct Submission {
    visitor: Visitor,
    fields: Vec<(String, String)>,
}

impl Submission {
    fn read(service: &Service, headers: &HeaderMap, body: &[u8]) -> Result<Self, Page> {
        let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
        let visitor = known_visitor(service, headers).ok_or_else(pages::stale_form)?;
        let form = Self { visitor, fields };
        let tag = BASE64_URL_SAFE_NO_PAD
            .decode(form.get("csrf"))
            .map_err(|_| pages::stale_form())?;
        hmac::verify(&service.csrf_key, form.visitor.cookie.as_bytes(), &tag)
            .map_err(|_| pages::stale_form())?;
        Ok(form)
    }

    fn get(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }
}

/// A `Set-Cookie` header, where one is due.
struct SetCookie(Option<String>);

impl SetCookie {
    fn with(self, response: impl IntoResponse) -> Response {
        let mut response = response.into_response();
        if let Some(cookie) = self.0 {
            let line =
                format!("{COOKIE}={cookie}; Path=/activate; Max-Age=3600; HttpOnly; SameSite=Lax");
            if let Ok(line) = HeaderValue::from_str(&line) {
                let _ = response.headers_mut().insert(header::SET_COOKIE, line);
            }
        }
        response
    }
}

fn go_to(place: &str) -> Response {
    (
        StatusCode::SEE_OTHER,
        [
            (header::LOCATION, place),
            (header::CACHE_CONTROL, "no-store"),
        ],
    )
        .into_response()
}

/// `GET /`
pub(super) async fn index() -> Page {
    pages::index()
}

/// Every other address.
pub(super) async fn nothing_here() -> Page {
    pages::nothing_here()
}

/// `GET /activate`, with a code in the query or without.
pub(super) async fn enter(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let (visitor, set_cookie) = visitor(&service, &headers);
    let csrf = visitor.csrf(&service);
    let typed = form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "user_code")
        .map(|(_, code)| code.into_owned())
        .unwrap_or_default();
    if Typed::new(&typed).is_empty() {
        let (charset, places) = code_form(&service);
        return set_cookie.with(pages::enter(&csrf, charset, places));
    }
    set_cookie.with(match look(&service, &typed, peer.ip()) {
        Ok(shown) => pages::confirm(&shown, &csrf).into_response(),
        Err(problem) => again(&service, &problem, &typed, &csrf),
    })
}

/// `POST /activate`: the code goes into the address, as if it had been scanned.
pub(super) async fn submit(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Page> {
    let form = Submission::read(&service, &headers, &body)?;
    let typed = form.get("user_code").trim();
    if Typed::new(typed).is_empty() {
        return Ok(again(
            &service,
            &Problem::Missing,
            "",
            &form.visitor.csrf(&service),
        ));
    }
    let query: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
    Ok(go_to(&format!("/activate?user_code={query}")))
}

/// `POST /activate/confirm`
pub(super) async fn confirm(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Page> {
    let form = Submission::read(&service, &headers, &body)?;
    if form.get("answer") != "yes" {
        return Ok(pages::not_mine().into_response());
    }
    let typed = form.get("user_code");
    if let Err(problem) = look(&service, typed, peer.ip()) {
        return Ok(again(
            &service,
            &problem,
            typed,
            &form.visitor.csrf(&service),
        ));
    }
    remember(&service, &form.visitor, |browser| {
        browser.confirmed = Some(Typed::new(typed));
    });
    Ok(go_to(match form.visitor.browser.account {
        Some(_) => "/activate/consent",
        None => "/activate/account",
    }))
}

/// `GET /activate/account`
pub(super) async fn choose_account(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
) -> Response {
    match known_visitor(&service, &headers) {
        Some(visitor) if visitor.browser.confirmed.is_some() => {
            pages::choose_account(&visitor.csrf(&service)).into_response()
        }
        Some(_) | None => go_to("/activate"),
    }
}

/// `POST /activate/account`
pub(super) async fn sign_in(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Page> {
    let form = Submission::read(&service, &headers, &body)?;
    let Some(account) = Account::from_id(form.get("account")) else {
        return Ok(go_to("/activate/account"));
    };
    let cookie =
        service
            .store()
            .browsers
            .sign_in(&form.visitor.cookie, account, service.clock.now());
    Ok(SetCookie(Some(cookie)).with(go_to("/activate/consent")))
}

/// `POST /activate/other-account`
pub(super) async fn sign_out(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Page> {
    let form = Submission::read(&service, &headers, &body)?;
    remember(&service, &form.visitor, |browser| browser.account = None);
    Ok(go_to("/activate/account"))
}

/// `GET /activate/consent`
pub(super) async fn consent(State(service): State<Arc<Service>>, headers: HeaderMap) -> Response {
    let Some(visitor) = known_visitor(&service, &headers) else {
        return go_to("/activate");
    };
    let csrf = visitor.csrf(&service);
    match (&visitor.browser.confirmed, visitor.browser.account) {
        (None, _) => go_to("/activate"),
        (Some(_), None) => go_to("/activate/account"),
        (Some(code), Some(account)) => {
            let looked = service.store().look_again(code, service.clock.now());
            match shown(looked) {
                Ok(shown) => pages::consent(&shown, account, &csrf).into_response(),
                Err(problem) => again(&service, &problem, "", &csrf),
            }
        }
    }
}

/// `POST /activate/consent`
pub(super) async fn decide(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Page> {
    let form = Submission::read(&service, &headers, &body)?;
    let code = Typed::new(form.get("user_code"));
    let (Some(account), true) = (
        form.visitor.browser.account,
        form.visitor.browser.confirmed.as_ref() == Some(&code),
    ) else {
        // Another tab has gone on to another code, or out.
        return Err(pages::stale_form());
    };
    let (decision, page) = match form.get("decision") {
        "allow" => (Decision::Allow(account), pages::allowed(account)),
        "deny" => (Decision::Deny, pages::denied()),
        _ => return Err(pages::stale_form()),
    };
    let decided = service.store().decide(&code, decision, service.clock.now());
    Ok(match decided {
        Ok(()) => page.into_response(),
        Err(Standing::Settled) => again(
            &service,
            &Problem::Settled,
            "",
            &form.visitor.csrf(&service),
        ),
        Err(Standing::Expired | Standing::Open) => again(
            &service,
            &Problem::Expired,
            "",
            &form.visitor.csrf(&service),
        ),
    })
}

fn look(service: &Service, typed: &str, from: IpAddr) -> Result<Shown, Problem> {
    let now = service.clock.now();
    shown(
        service
            .store()
            .look(&Typed::new(typed), from.to_canonical(), now),
    )
}

fn shown(looked: Looked) -> Result<Shown, Problem> {
    match looked {
        Looked::Open(shown) => Ok(shown),
        Looked::Expired => Err(Problem::Expired),
        Looked::Settled => Err(Problem::Settled),
        Looked::Unknown => Err(Problem::Unknown),
        Looked::TooMany(wait) => Err(Problem::TooMany(wait)),
    }
}

fn again(service: &Service, problem: &Problem, typed: &str, csrf: &str) -> Response {
    let (charset, places) = code_form(service);
    let mut response = pages::enter_again(problem, typed, csrf, charset, places).into_response();
    if let Problem::TooMany(wait) = problem {
        let _ = response
            .headers_mut()
            .insert(header::RETRY_AFTER, (wait.as_secs() + 1).into());
    }
    response
}

fn code_form(service: &Service) -> (super::Charset, usize) {
    (
        service.options.user_code_charset,
        service.options.user_code_mask.places(),
    )
}

fn remember(service: &Service, visitor: &Visitor, change: impl FnOnce(&mut Browser)) {
    if let Some(browser) = service
        .store()
        .browsers
        .get(&visitor.cookie, service.clock.now())
    {
        change(browser);
    }
}
