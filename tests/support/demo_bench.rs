//! A demo of its own for each test, with a clock that the test sets.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header;
use serde_json::Value;
use tenfoot::clock::{Clock, Moment, SharedClock};
use tenfoot::demo::{Options, Running, serve};

use super::demo_support::{self, Answer};

/// Time that stands still until it is told to move.
#[derive(Debug, Clone)]
pub(crate) struct TestClock(Arc<Mutex<Duration>>);

const BEGINNING: i64 = 1_700_000_000;

impl Clock for TestClock {
    fn now(&self) -> Moment {
        Moment::from_boot(*self.0.lock().unwrap())
    }

    fn wall(&self) -> Timestamp {
        Timestamp::from_second(self.second()).unwrap()
    }
}

impl TestClock {
    pub(crate) fn advance(&self, seconds: u64) {
        *self.0.lock().unwrap() += Duration::from_secs(seconds);
    }

    /// Wall time, in seconds since 1970.
    pub(crate) fn second(&self) -> i64 {
        BEGINNING + i64::try_from(self.0.lock().unwrap().as_secs()).unwrap()
    }

    pub(crate) fn shared(&self) -> SharedClock {
        Arc::new(self.clone())
    }
}

#[derive(Debug)]
pub(crate) struct Bench {
    pub(crate) demo: Running,
    pub(crate) clock: TestClock,
    client: reqwest::Client,
}

/// An answer whose body is JSON, or empty.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: header::HeaderMap,
    pub(crate) json: Value,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.json[name].as_str().unwrap_or_default()
    }

    pub(crate) fn error(&self) -> &str {
        self.text("error")
    }
}

impl Bench {
    pub(crate) async fn start() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let clock = TestClock(Arc::new(Mutex::new(Duration::from_secs(1_000))));
        let demo = serve(&options, clock.shared()).await.unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self {
            demo,
            clock,
            client,
        }
    }

    /// A device request as the ready configuration makes it, with these parameters
    /// instead.
    pub(crate) async fn device(&self, instead: &[(&str, &str)]) -> Reply {
        let usual = [
            ("client_id", self.demo.client_id()),
            ("scope", self.demo.scope()),
            ("audience", self.demo.audience()),
        ];
        let kept = usual
            .into_iter()
            .filter(|(name, _)| !instead.iter().any(|(other, _)| other == name));
        let params: Vec<(&str, &str)> = kept.chain(instead.iter().copied()).collect();
        self.post("oauth/device/code", &params).await
    }

    pub(crate) async fn poll(&self, device: &Reply) -> Reply {
        self.poll_with(device, &[]).await
    }

    pub(crate) async fn poll_with(&self, device: &Reply, more: &[(&str, &str)]) -> Reply {
        let mut params = vec![
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", device.text("device_code")),
            ("client_id", self.demo.client_id()),
        ];
        params.extend(more);
        self.post("oauth/token", &params).await
    }

    /// Signs in as `account`, the whole way.
    pub(crate) async fn tokens(&self, account: &str) -> Reply {
        self.tokens_for(account, &[]).await
    }

    pub(crate) async fn tokens_for(&self, account: &str, instead: &[(&str, &str)]) -> Reply {
        let device = self.device(instead).await;
        demo_support::answer(
            device.text("verification_uri_complete"),
            Answer::AllowAs(account),
        )
        .await;
        let tokens = self.poll(&device).await;
        assert_eq!(tokens.status, 200);
        tokens
    }

    pub(crate) async fn refresh(&self, token: &str) -> Reply {
        self.refresh_with(token, &[]).await
    }

    pub(crate) async fn refresh_with(&self, token: &str, more: &[(&str, &str)]) -> Reply {
        let mut params = vec![
            ("grant_type", "refresh_token"),
            ("client_id", self.demo.client_id()),
            ("refresh_token", token),
        ];
        params.extend(more);
        self.post("oauth/token", &params).await
    }

    pub(crate) async fn revoke(&self, token: &str) -> Reply {
        self.post(
            "oauth/revoke",
            &[("client_id", self.demo.client_id()), ("token", token)],
        )
        .await
    }

    pub(crate) async fn post(&self, path: &str, params: &[(&str, &str)]) -> Reply {
        let request = self
            .client
            .post(format!("{}{path}", self.demo.issuer()))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(serde_urlencoded::to_string(params).unwrap());
        reply(request).await
    }

    pub(crate) async fn get(&self, path: &str, bearer: Option<&str>) -> Reply {
        self.get_at(&format!("{}{path}", self.demo.issuer()), bearer)
            .await
    }

    pub(crate) async fn get_at(&self, address: &str, bearer: Option<&str>) -> Reply {
        reply(self.request(address, bearer)).await
    }

    /// The size of a PNG in pixels.
    pub(crate) async fn picture(&self, address: &str, bearer: Option<&str>) -> (u32, u32) {
        let response = self.request(address, bearer).send().await.unwrap();
        assert_eq!(response.headers()[header::CONTENT_TYPE], "image/png");
        let bytes = response.bytes().await.unwrap();
        let picture = image::load_from_memory_with_format(&bytes, image::ImageFormat::Png).unwrap();
        (picture.width(), picture.height())
    }

    fn request(&self, address: &str, bearer: Option<&str>) -> reqwest::RequestBuilder {
        let request = self.client.get(address);
        match bearer {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }
}

async fn reply(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.bytes().await.unwrap();
    let json = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&body).unwrap()
    };
    Reply {
        status,
        headers,
        json,
    }
}
