//! A channel's answers: JSON, links, challenges, addresses of pictures.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::json;
use tenfoot::channel::{Bearer, Client, Error, Listing, Page};
use tenfoot::config;
use tenfoot::i18n::Language;
use tenfoot::oauth::dpop::Access;
use tenfoot::secret::Secret;
use tenfoot::web::Web;
use url::Url;

use crate::scripted::{Reply, Scripted};
use crate::{STEERING, is_clean, senseless};

#[derive(Debug, Clone)]
struct Token;

impl Bearer for Token {
    async fn access(&self) -> Result<Access, Error> {
        Ok(Access {
            token: Secret::new("t0ken"),
            key: None,
            ahead: jiff::SignedDuration::ZERO,
        })
    }

    async fn renewed(&self, rejected: &Access) -> Result<Access, Error> {
        Ok(rejected.clone())
    }
}

fn channel(service: &Scripted, settings: &str) -> config::Channel {
    let url = service.url("/things");
    toml::from_str(&format!("name = \"Things\"\nurl = \"{url}\"\n{settings}")).unwrap()
}

async fn page(service: &Scripted, settings: &str, reply: Reply) -> Result<Page, Error> {
    service.on("/things", [reply]);
    Client::new(Web::default(), Arc::clone(&service.clock) as _)
        .page(&channel(service, settings), None, &Token)
        .await
}

const LAYOUTS: [&str; 7] = ["auto", "cards", "list", "table", "details", "text", "image"];

/// All that a screen shows of a listing.
fn texts(listing: &Listing) -> Vec<String> {
    let items = match listing {
        Listing::Text(text) => return vec![text.to_string()],
        Listing::Details(item) => std::slice::from_ref(item),
        Listing::Items(items) => items.as_slice(),
    };
    let mut texts = Vec::new();
    for item in items {
        texts.push(item.title(Language::English).into_owned());
        texts.extend(item.subtitle(Language::English).map(Cow::into_owned));
        for (label, value) in item.fields.rows().iter() {
            texts.extend([label.clone(), value.said(Language::English)]);
        }
    }
    texts
}

#[tokio::test]
async fn a_senseless_answer_is_shown_as_what_it_is_or_refused_in_words() {
    let service = Scripted::start().await;
    for (what, body) in senseless() {
        for layout in LAYOUTS {
            let settings = format!("layout = \"{layout}\"\nnext = \"/next\"");
            let reply = Reply::new(200, body.clone()).header("Content-Type", "application/json");
            match page(&service, &settings, reply).await {
                Ok(page) => assert_eq!(page.next, None, "{what}, {layout}"),
                Err(Error::Unusable(words)) => {
                    let words = words.to_string();
                    assert!(
                        is_clean(&words) && words.len() < 500,
                        "{what}, {layout}: {words}"
                    );
                }
                Err(other) => panic!("{what}, {layout}: {other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn no_text_of_an_api_steers_a_screen() {
    let service = Scripted::start().await;
    let inner = json!({ "name": STEERING, STEERING: [STEERING, { STEERING: STEERING }], "id": 1 });
    for body in [
        json!([inner, inner]),
        inner.clone(),
        json!({ STEERING: inner }),
        json!(STEERING),
    ] {
        for layout in LAYOUTS {
            let reply = Reply::json(200, &body);
            let page = page(&service, &format!("layout = \"{layout}\""), reply)
                .await
                .unwrap();
            for text in texts(&page.listing) {
                assert!(is_clean(&text.replace('\n', " ")), "{layout}: {text:?}");
            }
        }
    }
    let plain = Reply::new(200, STEERING).header("Content-Type", "text/plain");
    let page = page(&service, "layout = \"text\"", plain).await.unwrap();
    assert!(
        texts(&page.listing)
            .iter()
            .all(|text| is_clean(&text.replace('\n', " ")))
    );
}

#[tokio::test]
async fn ten_megabytes_are_read_into_a_bounded_page_and_seventy_are_refused() {
    let service = Scripted::start().await;
    let item = json!({ "name": "x".repeat(100), "a": { "b": { "c": [1, 2, { "d": "e" }] } } });
    let many = json!(vec![item; 50_000]);
    assert!(many.to_string().len() > 5 << 20);

    let Listing::Items(items) = page(&service, "", Reply::json(200, &many))
        .await
        .unwrap()
        .listing
    else {
        panic!()
    };
    assert_eq!(items.len(), 50_000);
    assert!(
        items
            .iter()
            .map(|item| item.fields.rows().len())
            .sum::<usize>()
            <= 1_050_000
    );

    let blank = Reply::new(200, vec![b' '; 70 << 20]);
    let refused = page(&service, "", blank).await.unwrap_err();
    assert!(refused.to_string().contains("too large"), "{refused}");
}

#[tokio::test]
async fn an_address_that_is_not_of_the_web_is_no_picture() {
    let service = Scripted::start().await;
    for hostile in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//.png",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "file:///home/a.png",
        "ftp://a.example/a.png",
        "blob:https://a.example/a.png",
        "https://user:password@a.example/a.png",
        "https:///",
        "\u{0}",
    ] {
        for body in [
            json!([{ "name": "a", "image": hostile }]),
            json!([{ "name": "a", "images": [{ "url": hostile }] }]),
        ] {
            let page = page(&service, "image = \"/image\"", Reply::json(200, &body))
                .await
                .unwrap();
            let Listing::Items(items) = page.listing else {
                panic!()
            };
            let image = &items[0].image;
            // Relative nonsense becomes an address of the channel's own service; what is written
            // in the answer itself asks nobody.
            assert!(
                image.as_ref().is_none_or(|url| {
                    url.as_str().starts_with(service.issuer())
                        || url.as_str().starts_with("data:image/")
                }),
                "{hostile:?}: {image:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_picture_is_never_opened_at_an_unsafe_address() {
    let service = Scripted::start().await;
    let elsewhere: config::Channel =
        toml::from_str("name = \"C\"\nurl = \"https://api.acme.example/x\"").unwrap();
    let client = Client::new(Web::default(), Arc::clone(&service.clock) as _);
    for hostile in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://pictures.example/a.png",
        "ftp://pictures.example/a.png",
        // A service elsewhere doesn't send the TV to its own machine.
        &service.url("/a.png"),
        "https://127.0.0.1:1/a.png",
        "https://localhost:1/a.png",
        "https://[::1]:1/a.png",
    ] {
        let url = Url::parse(hostile).unwrap();
        let refused = client
            .picture(&elsewhere, &url, (8, 8), &Token)
            .await
            .unwrap_err();
        assert!(
            refused.to_string().contains("isn’t safe to open"),
            "{hostile}: {refused}"
        );
    }
    assert_eq!(service.all_requests(), 0);
}

#[tokio::test]
async fn a_next_page_elsewhere_or_of_another_kind_is_none() {
    let service = Scripted::start().await;
    for target in [
        "https://evil.example/2",
        "//evil.example/2",
        "javascript:alert(1)",
        "data:,x",
        "file:///etc/passwd",
        "https://[",
        "http://user@evil.example/",
    ] {
        let link = format!("<{target}>; rel=\"next\"");
        let by_link = Reply::json(200, &json!([])).header("Link", &link);
        assert_eq!(
            page(&service, "", by_link).await.unwrap().next,
            None,
            "{target}"
        );
        let by_body = Reply::json(200, &json!({ "links": { "next": target }, "data": [] }));
        let next = page(&service, "next = \"/links/next\"", by_body)
            .await
            .unwrap()
            .next;
        // What isn't an address is a cursor for the same service.
        assert!(
            next.is_none_or(|next| next.url().as_str().starts_with(&service.url("/things?"))),
            "{target}"
        );
    }
}

#[tokio::test]
async fn broken_headers_are_read_as_far_as_they_go() {
    let service = Scripted::start().await;
    let noise = [
        "<".repeat(30_000),
        "<>;".repeat(10_000),
        ",;=\"\\".repeat(5_000),
        "Bearer ".repeat(5_000),
        format!("Bearer error=\"{}", "\\\"".repeat(10_000)),
        "a=".repeat(10_000),
        "é名".repeat(5_000),
        "Bearer scope=".to_owned(),
    ];
    for header in noise {
        let links = Reply::json(200, &json!([])).header("Link", &header);
        assert_eq!(page(&service, "", links).await.unwrap().next, None);
        for status in [401, 403, 429] {
            let refusal = Reply::json(status, &json!({}))
                .header("WWW-Authenticate", &header)
                .header("Retry-After", &header);
            let error = page(&service, "", refusal).await.unwrap_err();
            assert!(is_clean(&error.to_string()), "{error}");
        }
    }
}

#[tokio::test]
async fn a_refusal_in_ten_megabytes_of_hostile_words_is_short_and_clean() {
    let service = Scripted::start().await;
    let body =
        json!({ "error": "insufficient_scope", "scope": STEERING, "x": "y".repeat(10 << 20) });

    let error = page(&service, "", Reply::json(403, &body))
        .await
        .unwrap_err();

    assert!(
        matches!(error, Error::Forbidden { scope: None, .. }),
        "{error:?}"
    );
}
