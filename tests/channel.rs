//! Channels against a scripted service on loopback.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    reason = "a test may fail loudly"
)]

use std::io::{Cursor, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use tenfoot::channel::{Bearer, Cache, Client, Error, Listing, NextPage};
use tenfoot::clock::{Clock, Moment};
use tenfoot::config;
use tenfoot::i18n::Language;
use tenfoot::oauth::dpop::Access;
use tenfoot::secret::Secret;
use tenfoot::session::token_manager::SessionEnd;
use tenfoot::web::Web;
use tracing_subscriber::fmt::MakeWriter;
use url::Url;
use wiremock::matchers::{header, header_exists, method, path, query_param};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const TOKEN: &str = "t0ken-that-nobody-sees";
const RENEWED: &str = "t0ken-after-renewal";

#[derive(Debug)]
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Moment {
        Moment::from_boot(Duration::ZERO)
    }

    fn wall(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }
}

/// Gives one token, and another one after it was rejected; remembers what was
/// rejected.
#[derive(Debug, Clone, Default)]
struct Tokens {
    rejected: Arc<Mutex<Vec<String>>>,
    over: bool,
}

const fn ended() -> SessionEnd {
    SessionEnd::Expired
}

impl Bearer for Tokens {
    async fn access(&self) -> Result<Access, Error> {
        Ok(access(TOKEN))
    }

    async fn renewed(&self, rejected: &Access) -> Result<Access, Error> {
        self.rejected
            .lock()
            .unwrap()
            .push(rejected.token.expose().to_owned());
        if self.over {
            Err(Error::SignedOut(ended()))
        } else {
            Ok(access(RENEWED))
        }
    }
}

/// A bearer token.
fn access(token: &str) -> Access {
    Access {
        token: Secret::new(token),
        key: None,
        ahead: jiff::SignedDuration::ZERO,
    }
}

fn client() -> Client {
    Client::new(Web::default(), Arc::new(Stopped))
}

fn channel(server: &MockServer, settings: &str) -> config::Channel {
    channel_at(
        &format!("{}/things?key=qu3ry-secret", server.uri()),
        settings,
    )
}

fn channel_at(url: &str, settings: &str) -> config::Channel {
    toml::from_str(&format!("name = \"Things\"\nurl = \"{url}\"\n{settings}")).unwrap()
}

async fn titles(channel: &config::Channel, page: Option<&NextPage>) -> Result<Vec<String>, Error> {
    let listing = client()
        .page(channel, page, &Tokens::default())
        .await?
        .listing;
    let Listing::Items(items) = listing else {
        panic!("{listing:?}");
    };
    Ok(items
        .into_iter()
        .map(|item| item.title(Language::English).into_owned())
        .collect())
}

async fn error(channel: &config::Channel) -> Error {
    client()
        .page(channel, None, &Tokens::default())
        .await
        .unwrap_err()
}

async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(path("/things"))
        .respond_with(template)
        .mount(&server)
        .await;
    server
}

fn named(name: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(serde_json::json!([{ "name": name }]))
}

async fn requests(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

fn sent<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request
        .headers
        .get(name)
        .map(|value| value.to_str().unwrap())
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbaImage::from_pixel(width, height, image::Rgba([9, 8, 7, 255]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// A connection's answers, written byte by byte as they stand.
fn scripted(answer: &'static [u8], then: impl FnOnce(TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        std::io::Read::read(&mut stream, &mut request).unwrap();
        // The other side may have left.
        let _ = stream.write_all(answer);
        then(stream);
    });
    format!("http://{address}/things?key=qu3ry-secret")
}

#[tokio::test]
async fn a_page_is_called_with_the_token_and_the_configured_headers() {
    let server = answering(named("A")).await;
    let page = client()
        .page(
            &channel(&server, "headers = { X-Key = \"k\" }"),
            None,
            &Tokens::default(),
        )
        .await
        .unwrap();

    let requests = requests(&server).await;
    assert_eq!(
        sent(&requests[0], "authorization"),
        Some(format!("Bearer {TOKEN}").as_str())
    );
    assert_eq!(sent(&requests[0], "x-key"), Some("k"));
    assert!(
        sent(&requests[0], "accept")
            .unwrap()
            .starts_with("application/json")
    );
    assert!(!requests[0].url.as_str().contains(TOKEN));
    assert_eq!(page.as_of, Stopped.wall());
}

#[tokio::test]
async fn a_configured_body_is_posted_as_it_is() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(named("A"))
        .mount(&server)
        .await;
    let channel = channel(
        &server,
        "method = \"POST\"\nbody = '{\"query\": \"{ me }\"}'\nheaders = { Accept = \"application/x\" }",
    );

    assert_eq!(titles(&channel, None).await.unwrap(), ["A"]);
    let requests = requests(&server).await;
    assert_eq!(requests[0].body, b"{\"query\": \"{ me }\"}");
    assert_eq!(sent(&requests[0], "content-type"), Some("application/json"));
    assert_eq!(sent(&requests[0], "accept"), Some("application/x"));
}

#[tokio::test]
async fn a_redirect_within_the_origin_keeps_the_token() {
    let server = answering(ResponseTemplate::new(302).insert_header("location", "/moved")).await;
    Mock::given(path("/moved"))
        .and(header("authorization", format!("Bearer {TOKEN}")))
        .respond_with(named("A"))
        .mount(&server)
        .await;

    assert_eq!(titles(&channel(&server, ""), None).await.unwrap(), ["A"]);
}

#[tokio::test]
async fn rule_14_a_redirect_to_another_origin_drops_token_and_headers_for_good() {
    let home = MockServer::start().await;
    let foreign = MockServer::start().await;
    Mock::given(path("/things"))
        .respond_with(
            ResponseTemplate::new(307)
                .insert_header("location", format!("{}/there", foreign.uri())),
        )
        .mount(&home)
        .await;
    Mock::given(path("/there"))
        .respond_with(
            ResponseTemplate::new(307).insert_header("location", format!("{}/back", home.uri())),
        )
        .mount(&foreign)
        .await;
    Mock::given(path("/back"))
        .respond_with(named("A"))
        .mount(&home)
        .await;

    assert_eq!(
        titles(&channel(&home, "headers = { X-Key = \"k\" }"), None)
            .await
            .unwrap(),
        ["A"]
    );
    let (home, foreign) = (requests(&home).await, requests(&foreign).await);
    assert!(sent(&home[0], "authorization").is_some() && sent(&home[0], "x-key").is_some());
    for request in [&foreign[0], &home[1]] {
        assert_eq!(
            (sent(request, "authorization"), sent(request, "x-key")),
            (None, None)
        );
    }
}

#[tokio::test]
async fn redirects_are_followed_five_times_and_no_more() {
    let server = MockServer::start().await;
    for n in 0..5 {
        let next = ResponseTemplate::new(301).insert_header("location", format!("/r{}", n + 1));
        Mock::given(path(format!("/r{n}")))
            .respond_with(next)
            .mount(&server)
            .await;
    }
    Mock::given(path("/r5"))
        .respond_with(named("A"))
        .mount(&server)
        .await;
    Mock::given(path("/loop"))
        .respond_with(ResponseTemplate::new(302).insert_header("location", "/loop"))
        .mount(&server)
        .await;

    assert_eq!(
        titles(&channel_at(&format!("{}/r0", server.uri()), ""), None)
            .await
            .unwrap(),
        ["A"]
    );
    let error = error(&channel_at(&format!("{}/loop", server.uri()), "")).await;
    assert!(matches!(error, Error::Unusable(words) if words.to_string().contains("without end")));
    assert_eq!(
        requests(&server)
            .await
            .iter()
            .filter(|request| request.url.path() == "/loop")
            .count(),
        6
    );
}

#[tokio::test]
async fn a_redirect_away_from_encryption_is_refused() {
    for target in [
        "http://api.acme.com/x",
        "ftp://api.acme.com/x",
        "http://[broken",
    ] {
        let server = answering(ResponseTemplate::new(302).insert_header("location", target)).await;

        assert!(
            matches!(error(&channel(&server, "")).await, Error::Unusable(_)),
            "{target}"
        );
    }
}

#[tokio::test]
async fn a_body_is_not_sent_after_a_redirect() {
    let server = answering(ResponseTemplate::new(307).insert_header("location", "/moved")).await;

    let error = error(&channel(&server, "method = \"POST\"\nbody = \"x\"")).await;
    assert!(matches!(error, Error::Unusable(words) if words.to_string().contains("has moved to")));
    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn a_question_in_a_get_stays_with_the_own_origin() {
    let foreign = MockServer::start().await;
    Mock::given(path("/there"))
        .respond_with(named("A"))
        .mount(&foreign)
        .await;
    let away =
        ResponseTemplate::new(302).insert_header("location", format!("{}/there", foreign.uri()));
    let home = answering(away).await;

    let channel = channel(&home, "body = \"b0dy-secret\"");
    assert_eq!(titles(&channel, None).await.unwrap(), ["A"]);
    assert_eq!(requests(&home).await[0].body, b"b0dy-secret");
    assert!(requests(&foreign).await[0].body.is_empty());
}

#[tokio::test]
async fn rule_14_http_401_renews_the_token_once_and_tries_again() {
    let server = MockServer::start().await;
    Mock::given(header("authorization", format!("Bearer {TOKEN}")))
        .respond_with(ResponseTemplate::new(401))
        .mount(&server)
        .await;
    Mock::given(header("authorization", format!("Bearer {RENEWED}")))
        .respond_with(named("A"))
        .mount(&server)
        .await;
    let tokens = Tokens::default();

    client()
        .page(&channel(&server, ""), None, &tokens)
        .await
        .unwrap();
    assert_eq!(*tokens.rejected.lock().unwrap(), [TOKEN]);
}

#[tokio::test]
async fn a_401_that_nothing_can_renew_names_both_causes() {
    #[derive(Debug, Clone)]
    struct NoRefreshToken;

    impl Bearer for NoRefreshToken {
        async fn access(&self) -> Result<Access, Error> {
            Ok(access(TOKEN))
        }

        fn can_renew(&self) -> bool {
            false
        }

        async fn renewed(&self, rejected: &Access) -> Result<Access, Error> {
            Ok(rejected.clone())
        }
    }

    let server = answering(ResponseTemplate::new(401)).await;
    let error = client()
        .page(&channel(&server, ""), None, &NoRefreshToken)
        .await
        .unwrap_err();

    assert_eq!(
        error,
        Error::NotAccepted {
            can_renew: false,
            message: None
        }
    );
    let words = error.to_string();
    assert!(
        words.contains("has ended") && words.contains("audience"),
        "{words}"
    );
}

#[tokio::test]
async fn rule_14_a_second_http_401_is_told_and_signs_nobody_out() {
    let server = answering(ResponseTemplate::new(401)).await;
    let tokens = Tokens::default();

    let error = client()
        .page(&channel(&server, ""), None, &tokens)
        .await
        .unwrap_err();
    assert!(
        matches!(
            &error,
            Error::NotAccepted {
                can_renew: true,
                ..
            }
        ) && error.to_string().contains("HTTP 401")
    );
    assert_eq!(tokens.rejected.lock().unwrap().len(), 1);
    assert_eq!(requests(&server).await.len(), 2);
}

#[tokio::test]
async fn a_session_that_cannot_be_renewed_is_over() {
    let server = answering(ResponseTemplate::new(401)).await;
    let tokens = Tokens {
        over: true,
        ..Tokens::default()
    };

    let error = client()
        .page(&channel(&server, ""), None, &tokens)
        .await
        .unwrap_err();
    assert_eq!(error, Error::SignedOut(ended()));
}

#[tokio::test]
async fn http_401_from_somebody_else_renews_nothing() {
    let foreign = MockServer::start().await;
    Mock::given(path("/there"))
        .respond_with(ResponseTemplate::new(401))
        .mount(&foreign)
        .await;
    let home = answering(
        ResponseTemplate::new(302).insert_header("location", format!("{}/there", foreign.uri())),
    )
    .await;
    let tokens = Tokens::default();

    client()
        .page(&channel(&home, ""), None, &tokens)
        .await
        .unwrap_err();
    assert!(tokens.rejected.lock().unwrap().is_empty());
}

#[tokio::test]
async fn rule_14_http_403_names_the_missing_scope() {
    let challenge = "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"read:contacts\"";
    let server =
        answering(ResponseTemplate::new(403).insert_header("www-authenticate", challenge)).await;

    let error = error(&channel(&server, "")).await;
    assert_eq!(
        error,
        Error::Forbidden {
            scope: Some(tenfoot::channel::Missing::Named("read:contacts".to_owned())),
            message: None
        }
    );
    assert!(error.to_string().contains("read:contacts"));
}

#[tokio::test]
async fn rule_14_http_429_with_retry_after_uses_header_value() {
    let server = answering(ResponseTemplate::new(429).insert_header("retry-after", "17")).await;

    assert_eq!(
        error(&channel(&server, "")).await,
        Error::Busy {
            retry_after: Duration::from_secs(17)
        }
    );
}

#[tokio::test]
async fn http_503_with_a_reset_waits_until_then_by_the_wall_clock() {
    let server =
        answering(ResponseTemplate::new(503).insert_header("x-ratelimit-reset", "1800000042"))
            .await;

    assert_eq!(
        error(&channel(&server, "")).await,
        Error::Busy {
            retry_after: Duration::from_secs(42)
        }
    );
}

#[tokio::test]
async fn the_next_page_is_found_in_the_link_header() {
    let server = MockServer::start().await;
    Mock::given(query_param("page", "2"))
        .respond_with(named("B"))
        .mount(&server)
        .await;
    let first =
        named("A").append_header("link", "</x>; rel=\"prev\", <things?page=2>; rel=\"next\"");
    Mock::given(path("/things"))
        .respond_with(first)
        .with_priority(9)
        .mount(&server)
        .await;
    let channel = channel(&server, "");

    let page = client()
        .page(&channel, None, &Tokens::default())
        .await
        .unwrap();
    assert_eq!(titles(&channel, page.next.as_ref()).await.unwrap(), ["B"]);
    let fetched = client()
        .fetch(&channel, None, &Tokens::default())
        .await
        .unwrap();
    assert_eq!(fetched.next, page.next);
}

#[tokio::test]
async fn the_next_page_is_found_in_the_body() {
    for (next, expected) in [
        ("/things?page=2", "page=2"),
        ("abc=", "key=qu3ry-secret&cursor=abc%3D"),
    ] {
        let body = serde_json::json!({ "data": [{ "name": "A" }], "next": next });
        let server = answering(ResponseTemplate::new(200).set_body_json(body)).await;
        let channel = channel(&server, "next = \"/next\"");

        let page = client()
            .page(&channel, None, &Tokens::default())
            .await
            .unwrap();
        assert_eq!(page.next.as_ref().unwrap().url().query(), Some(expected));
        let fetched = client()
            .fetch(&channel, None, &Tokens::default())
            .await
            .unwrap();
        assert_eq!(fetched.next, page.next);
    }
}

#[tokio::test]
async fn rule_14_a_page_on_another_origin_is_not_asked_for() {
    let (server, foreign) = (answering(named("A")).await, answering(named("B")).await);
    let elsewhere = Url::parse(&format!("{}/things", foreign.uri())).unwrap();

    assert!(matches!(
        titles(&channel(&server, ""), Some(&elsewhere.into())).await,
        Err(Error::Unusable(_))
    ));
    assert!(requests(&foreign).await.is_empty());
}

#[tokio::test]
async fn what_is_fetched_comes_as_it_is() {
    let server =
        answering(ResponseTemplate::new(200).set_body_raw(b"\xff<html>{".to_vec(), "text/html"))
            .await;

    let response = client()
        .fetch(&channel(&server, ""), None, &Tokens::default())
        .await
        .unwrap();
    assert_eq!(response.body, b"\xff<html>{");
    assert_eq!(response.next, None);
}

#[tokio::test]
async fn a_packed_answer_is_unpacked_and_what_it_is_packed_with_named_where_that_is_unknown() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(br#"[{"name":"packed"}]"#).unwrap();
    let body = gzip.finish().unwrap();
    let packed = |coding: &str| {
        let template = ResponseTemplate::new(200).insert_header("Content-Encoding", coding);
        template.set_body_raw(body.clone(), "application/json")
    };

    let server = answering(packed("gzip")).await;
    let channel_of = |server: &MockServer| channel(server, "");
    assert_eq!(
        titles(&channel_of(&server), None).await.unwrap(),
        ["packed"]
    );
    let asked = requests(&server).await;
    assert_eq!(
        sent(&asked[0], "accept-encoding"),
        Some("gzip, deflate, br")
    );

    let server = answering(packed("zstd")).await;
    let told = error(&channel_of(&server)).await.to_string();
    assert!(told.contains("zstd"), "{told}");

    let server = answering(packed("br")).await;
    let why = error(&channel_of(&server)).await;
    let Error::Unreachable(tenfoot::channel::Unreachable::Request(why)) = why else {
        panic!("{why:?}")
    };
    assert_eq!(why.cause, tenfoot::web::TransportError::BrokenCoding);
}

#[tokio::test]
async fn a_small_packed_answer_that_grows_beyond_the_cap_is_refused() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&vec![b' '; 65 << 20]).unwrap();
    let template = ResponseTemplate::new(200)
        .insert_header("Content-Encoding", "gzip")
        .set_body_raw(gzip.finish().unwrap(), "application/json");
    let server = answering(template).await;

    let told = error(&channel(&server, "")).await.to_string();

    assert!(told.contains("64 MiB"), "{told}");
}

#[tokio::test]
async fn the_character_set_of_an_answer_is_honoured() {
    let latin = ResponseTemplate::new(200).set_body_raw(
        b"[{\"name\":\"Zo\xeb\"}]".to_vec(),
        "application/json; charset=ISO-8859-1",
    );
    let server = answering(latin).await;
    assert_eq!(titles(&channel(&server, ""), None).await.unwrap(), ["Zoë"]);

    let text = ResponseTemplate::new(200).set_body_raw(
        b"5 \x80 \x96 6".to_vec(),
        "text/plain; charset=windows-1252",
    );
    let server = answering(text).await;
    let page = client()
        .page(&channel(&server, ""), None, &Tokens::default())
        .await
        .unwrap();
    let shown = format!("{:?}", page.listing);
    assert!(shown.contains("5 € – 6"), "{shown}");
}

#[tokio::test]
async fn one_bad_value_costs_no_other() {
    for (bad, shown) in [
        ("1e999", "1e999"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        ("12345678901234567890123", "12,345,678,901,234,567,890,123"),
        ("19.90", "19.90"),
        ("\"a\nb\"", "a\nb"),
        ("\"\\ud83d\"", "\u{fffd}"),
    ] {
        let body = format!("[{{\"name\":\"one\",\"price\":{bad}}},{{\"name\":\"two\"}}]");
        let server =
            answering(ResponseTemplate::new(200).set_body_raw(body, "application/json")).await;
        let page = client()
            .page(&channel(&server, ""), None, &Tokens::default())
            .await
            .unwrap();
        let Listing::Items(items) = page.listing else {
            panic!("{bad}")
        };
        let said = items[0].said(Language::English);
        assert_eq!(said[1], ("Price".to_owned(), shown.to_owned()));
        assert_eq!(items[1].title(Language::English), "two");
    }
}

#[tokio::test]
async fn a_thing_that_cannot_be_read_is_named_and_the_others_are_shown() {
    let body = "[{\"name\":\"one\"},\n {\"name\": oops},{\"name\":\"three\"}]";
    let server = answering(ResponseTemplate::new(200).set_body_raw(body, "application/json")).await;
    assert_eq!(
        titles(&channel(&server, ""), None).await.unwrap(),
        ["one", "Not JSON (line 2, column 11)", "three"]
    );

    let body = "[\n{name: 1}]";
    let server = answering(ResponseTemplate::new(200).set_body_raw(body, "application/json")).await;
    assert_eq!(
        error(&channel(&server, "")).await.to_string(),
        "The service’s response isn’t valid JSON (line 2, column 2)."
    );
}

#[tokio::test]
async fn an_answer_that_is_a_picture_is_shown_as_one() {
    let server = answering(ResponseTemplate::new(200).set_body_raw(png(40, 20), "image/png")).await;
    let channel = channel(&server, "layout = \"image\"");

    let page = client()
        .page(&channel, None, &Tokens::default())
        .await
        .unwrap();
    let Listing::Items(items) = page.listing else {
        panic!()
    };
    assert_eq!(
        (&*items[0].title(Language::English), items.len()),
        ("Things", 1)
    );
    let picture = client()
        .picture(
            &channel,
            items[0].image.as_ref().unwrap(),
            (10, 10),
            &Tokens::default(),
        )
        .await
        .unwrap();
    assert_eq!(
        (picture.width, picture.height, picture.rgba.len()),
        (10, 5, 200)
    );
}

#[tokio::test]
async fn a_picture_is_shown_whatever_it_is_called_and_one_that_cannot_be_is_named() {
    let octets = ResponseTemplate::new(200).set_body_raw(png(40, 20), "binary/octet-stream");
    let server = answering(octets).await;
    let channel = channel(&server, "layout = \"image\"");
    let bearer = Tokens::default();
    let page = client().page(&channel, None, &bearer).await.unwrap();
    let Listing::Items(items) = page.listing else {
        panic!()
    };
    let url = items[0].image.as_ref().unwrap();
    let picture = client().picture(&channel, url, (10, 10), &bearer).await;
    assert_eq!(picture.unwrap().width, 10);

    let avif = b"\0\0\0 ftypavif\0\0\0\0avifmif1".to_vec();
    let server = answering(ResponseTemplate::new(200).set_body_raw(avif, "image/avif")).await;
    let url = Url::parse(&format!("{}/things", server.uri())).unwrap();
    let why = client().picture(&channel, &url, (10, 10), &bearer).await;
    let told = why.unwrap_err().to_string();
    assert!(told.contains("AVIF"), "{told}");
}

#[tokio::test]
async fn a_picture_that_is_written_in_the_answer_is_drawn_without_a_call() {
    use base64::Engine as _;
    let written = base64::engine::general_purpose::STANDARD.encode(png(40, 20));
    for image in [format!("data:image/png;base64,{written}"), written] {
        let body = serde_json::json!([{ "name": "one", "thumbnail": image }]);
        let server = answering(ResponseTemplate::new(200).set_body_json(body)).await;
        let channel = channel(&server, "");
        let bearer = Tokens::default();
        let page = client().page(&channel, None, &bearer).await.unwrap();
        let Listing::Items(items) = page.listing else {
            panic!()
        };
        let url = items[0].image.as_ref().unwrap();
        let picture = client().picture(&channel, url, (10, 10), &bearer).await;
        assert_eq!(picture.unwrap().width, 10);
        assert_eq!(requests(&server).await.len(), 1);
    }
}

#[tokio::test]
async fn a_channel_that_is_tried_out_tells_its_results_and_the_pointers_that_lead_to_nothing() {
    let body = serde_json::json!({ "data": [{ "name": "a", "photo": null }, { "name": "b" }] });
    let server = answering(ResponseTemplate::new(200).set_body_json(body)).await;
    let settings = "items = \"/data\"\ntitle = \"/name\"\nsubtitle = \"/mail\"\nimage = \"/photo\"";
    let tried = client()
        .try_out(&channel(&server, settings), &Tokens::default())
        .await
        .unwrap();
    assert_eq!(tried.items, Some(2));
    let missed = [
        ("subtitle", "/mail".to_owned()),
        ("image", "/photo".to_owned()),
    ];
    assert_eq!(tried.missed, missed);

    let wrong = channel(&server, "items = \"/results\"");
    let why = client().try_out(&wrong, &Tokens::default()).await;
    assert!(why.unwrap_err().to_string().contains("/results"));
}

#[tokio::test]
async fn a_picture_of_the_channels_own_origin_is_asked_for_with_the_token() {
    let server = MockServer::start().await;
    Mock::given(path("/p.png"))
        .and(header_exists("authorization"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(png(4, 4)))
        .mount(&server)
        .await;
    let picture = Url::parse(&format!("{}/p.png", server.uri())).unwrap();

    let channel = channel(
        &server,
        "method = \"POST\"\nbody = \"x\"\nheaders = { Accept = \"application/json\" }",
    );
    client()
        .picture(&channel, &picture, (10, 10), &Tokens::default())
        .await
        .unwrap();
    let requests = requests(&server).await;
    assert_eq!(
        (requests[0].method.as_str(), requests[0].body.len()),
        ("GET", 0)
    );
    assert!(sent(&requests[0], "accept").unwrap().contains("image/png"));
}

#[tokio::test]
async fn rule_14_a_foreign_picture_is_asked_for_without_the_token() {
    let (home, cdn) = (MockServer::start().await, MockServer::start().await);
    Mock::given(path("/p.png"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(png(4, 4)))
        .mount(&cdn)
        .await;
    let picture = Url::parse(&format!("{}/p.png", cdn.uri())).unwrap();

    client()
        .picture(
            &channel(&home, "headers = { X-Key = \"k\" }"),
            &picture,
            (10, 10),
            &Tokens::default(),
        )
        .await
        .unwrap();
    let requests = requests(&cdn).await;
    assert_eq!(
        (
            sent(&requests[0], "authorization"),
            sent(&requests[0], "x-key")
        ),
        (None, None)
    );
}

/// Somebody else's picture needs no session, so it doesn't wait for one.
#[tokio::test]
async fn a_foreign_picture_does_not_ask_for_a_token() {
    #[derive(Clone)]
    struct NoSession;

    impl Bearer for NoSession {
        async fn access(&self) -> Result<Access, Error> {
            panic!("asked for a token");
        }

        async fn renewed(&self, _rejected: &Access) -> Result<Access, Error> {
            panic!("asked for a new token");
        }
    }

    let (home, cdn) = (
        MockServer::start().await,
        answering(ResponseTemplate::new(401)).await,
    );
    let picture = Url::parse(&format!("{}/things", cdn.uri())).unwrap();

    let refused = client()
        .picture(&channel(&home, ""), &picture, (9, 9), &NoSession)
        .await;
    assert!(matches!(refused, Err(Error::NotAccepted { .. })));
}

#[tokio::test]
async fn a_service_elsewhere_does_not_make_this_machine_call_itself() {
    let near = MockServer::start().await;
    let far = channel_at("https://api.acme.com/things", "");
    for picture in [
        format!("{}/p.png", near.uri()),
        "http://cdn.acme.com/p.png".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        let picture = Url::parse(&picture).unwrap();

        assert!(matches!(
            client()
                .picture(&far, &picture, (9, 9), &Tokens::default())
                .await,
            Err(Error::Unusable(_))
        ));
    }
    assert!(requests(&near).await.is_empty());
}

#[tokio::test]
async fn a_picture_that_is_none_is_told() {
    let server = answering(ResponseTemplate::new(200).set_body_string("<svg/>")).await;
    let channel = channel(&server, "");

    let error = client()
        .picture(&channel, channel.url.url(), (9, 9), &Tokens::default())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Unusable(words) if words.to_string().contains("PNG")));
}

#[tokio::test]
async fn a_picture_that_is_kept_is_there_without_a_call_at_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let server = answering(ResponseTemplate::new(200).set_body_bytes(png(8, 4))).await;
    let channel = channel(&server, "");
    let ada = || client().caching(Cache::open(home.path(), "ada"));

    for size in [(8, 8), (4, 4)] {
        let picture = ada()
            .picture(&channel, channel.url.url(), size, &Tokens::default())
            .await
            .unwrap();
        assert_eq!(picture.width, size.0);
    }

    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn what_was_on_the_screen_is_there_at_the_next_start_for_the_same_person_alone() {
    let home = tempfile::tempdir().unwrap();
    let server = MockServer::start().await;
    let picture = Url::parse(&format!("{}/p.png", server.uri())).unwrap();
    let things = serde_json::json!([{"name": "One", "picture": picture.as_str()}]);
    Mock::given(path("/things"))
        .respond_with(ResponseTemplate::new(200).set_body_json(things))
        .mount(&server)
        .await;
    Mock::given(path("/p.png"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(png(8, 4)))
        .mount(&server)
        .await;
    let channel = channel(&server, "");
    let of = |owner: &str| client().caching(Cache::open(home.path(), owner));
    let before = of("ada");
    let page = before
        .page(&channel, None, &Tokens::default())
        .await
        .unwrap();
    let laid_out = before
        .picture(&channel, &picture, (4, 4), &Tokens::default())
        .await
        .unwrap();
    before.keep_shown(&channel, &picture, &laid_out);

    let seen = of("ada").seen(&channel).await.unwrap();

    assert_eq!(seen.page, page);
    assert_eq!(seen.pictures, [(picture, laid_out)]);
    assert_eq!(of("grace").seen(&channel).await, None);
}

#[tokio::test]
async fn without_a_cache_a_picture_is_asked_for_each_time() {
    let server = answering(ResponseTemplate::new(200).set_body_bytes(png(8, 4))).await;
    let channel = channel(&server, "");
    let guest = client().caching(None);

    for _ in 0..2 {
        let _ = guest
            .picture(&channel, channel.url.url(), (8, 8), &Tokens::default())
            .await
            .unwrap();
    }

    assert_eq!(requests(&server).await.len(), 2);
}

#[tokio::test]
async fn a_broken_picture_is_not_asked_for_twice_and_not_kept() {
    let home = tempfile::tempdir().unwrap();
    let server = answering(ResponseTemplate::new(200).set_body_string("<svg/>")).await;
    let channel = channel(&server, "");
    let ada = client().caching(Cache::open(home.path(), "ada"));

    for _ in 0..2 {
        let error = ada
            .picture(&channel, channel.url.url(), (9, 9), &Tokens::default())
            .await
            .unwrap_err();
        assert!(error.to_string().contains("PNG"), "{error}");
    }

    assert_eq!(requests(&server).await.len(), 1);
    assert_eq!(
        std::fs::read_dir(home.path().join("pictures"))
            .ok()
            .into_iter()
            .flatten()
            .count(),
        0
    );
}

#[tokio::test]
async fn a_body_beyond_the_cap_is_cut_off_while_it_comes() {
    let endless = scripted(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[",
        |mut stream| {
            let piece = vec![b' '; 1024 * 1024];
            // Ends when the client hangs up.
            while stream.write_all(&piece).is_ok() {}
        },
    );
    let channel = channel_at(&endless, "timeout = \"60s\"");

    let picture = client()
        .picture(&channel, channel.url.url(), (9, 9), &Tokens::default())
        .await
        .unwrap_err();
    assert!(matches!(picture, Error::Unusable(_)));
    assert_eq!(
        picture.to_string(),
        "The service’s response is too large to show (over 16 MiB)."
    );
}

#[tokio::test]
async fn a_page_beyond_the_cap_is_refused() {
    let endless = scripted(b"HTTP/1.1 200 OK\r\n\r\n[", |mut stream| {
        let piece = vec![b' '; 1024 * 1024];
        while stream.write_all(&piece).is_ok() {}
    });

    let error = error(&channel_at(&endless, "timeout = \"60s\"")).await;
    assert!(matches!(error, Error::Unusable(_)));
    assert_eq!(
        error.to_string(),
        "The service’s response is too large to show (over 64 MiB)."
    );
}

#[tokio::test]
async fn a_service_that_never_ends_its_answer_runs_into_the_time_limit() {
    let (done, wait) = std::sync::mpsc::channel::<()>();
    let slow = scripted(
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[",
        move |_stream| {
            // Held open until the test is over.
            let _ = wait.recv();
        },
    );

    let error = error(&channel_at(&slow, "timeout = \"1s\"")).await;
    drop(done);
    let Error::Unreachable(words) = error else {
        panic!("{error:?}")
    };
    let words = words.to_string();
    assert!(words.ends_with("didn’t respond within 1 s."), "{words}");
    assert!(!words.contains("qu3ry"));
}

#[tokio::test]
async fn a_connection_that_breaks_off_is_told() {
    let cut = scripted(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[", drop);
    let mute = scripted(b"", drop);

    for url in [cut, mute] {
        let error = error(&channel_at(&url, "")).await;
        assert!(
            matches!(&error, Error::Unreachable(words) if words.to_string().contains("closed the connection")),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_service_that_is_down_is_told_with_its_host_alone() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();

    let error = error(&channel_at(
        &format!("http://{free}/things?key=qu3ry-secret"),
        "",
    ))
    .await;
    assert!(matches!(error, Error::Unreachable(_)));
    assert_eq!(
        error.to_string(),
        format!("{free} refused the connection. The server may be down.")
    );
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_told() {
    let error = error(&channel_at("https://tenfoot-test.invalid/things", "")).await;

    assert!(
        matches!(&error, Error::Unreachable(words) if words.to_string().contains("tenfoot-test.invalid can’t be found")),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_web_page_instead_of_data_is_told() {
    let server = answering(
        ResponseTemplate::new(200).set_body_raw("<!doctype html><p>Sign in", "text/html"),
    )
    .await;

    let error = error(&channel(&server, "")).await;
    assert!(
        matches!(error, Error::Unusable(words) if words.to_string().starts_with("A web page came"))
    );
}

/// What the program writes to its log, at every level and from every crate.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn log_and_debug_hold_no_token_query_header_or_body() {
    let log = Log::default();
    // The whole process, since hyper's tasks run on their own; the records of the
    // crate `log` come along.
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .with_ansi(false)
        .try_init()
        .unwrap();
    let server = answering(named("b0dy-secret")).await;
    let refusing = answering(ResponseTemplate::new(500).set_body_string("b0dy-secret")).await;
    let settings = "headers = { X-Key = \"h3ader-secret\" }\ntimeout = \"1s\"";
    let client = client();

    let response = client
        .fetch(&channel(&server, settings), None, &Tokens::default())
        .await
        .unwrap();
    let refused = client
        .fetch(&channel(&refusing, settings), None, &Tokens::default())
        .await
        .unwrap_err();
    let down = client
        .fetch(
            &channel_at("http://127.0.0.1:9/things?key=qu3ry-secret", settings),
            None,
            &Tokens::default(),
        )
        .await
        .unwrap_err();

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let address = server.address();
    let line = log.lines().find(|line| {
        line.contains("DEBUG") && line.contains(&address.to_string()) && line.contains("status=200")
    });
    let line = line.expect("one line for the request");
    for part in ["method=GET", "path=/things ", "ms="] {
        assert!(line.contains(part), "{line}");
    }
    let said = format!("{log}{response:?}{client:?}{refused:?}{refused}{down:?}{down}");
    for secret in [TOKEN, "qu3ry-secret", "h3ader-secret", "b0dy-secret"] {
        let found = said.lines().find(|line| line.contains(secret));
        assert_eq!(found, None);
    }
}

#[tokio::test]
async fn a_service_that_has_moved_is_named_with_its_new_address() {
    let new = answering(ResponseTemplate::new(401)).await;
    let target = format!("{}/things", new.uri());
    let old = answering(
        ResponseTemplate::new(301)
            .insert_header("location", &*format!("{target}?key=qu3ry-secret")),
    )
    .await;

    let error = error(&channel(&old, "")).await.to_string();

    assert!(error.contains(&target), "{error}");
    assert!(!error.contains("qu3ry"), "{error}");
    assert!(
        !requests(&new).await[0]
            .headers
            .contains_key("authorization")
    );
}

#[tokio::test]
async fn pages_that_have_numbers_in_headers_follow_each_other() {
    let server = MockServer::start().await;
    let page = |number: u32, items: usize| {
        let items: Vec<_> = (0..items)
            .map(|item| {
                let poster = format!("media.trakt.tv/images/{number}/{item}.jpg.webp");
                serde_json::json!({"title": format!("{number}-{item}"), "poster": [poster]})
            })
            .collect();
        ResponseTemplate::new(200)
            .set_body_json(items)
            .insert_header("X-Pagination-Page", number.to_string())
            .insert_header("X-Pagination-Limit", "2")
            // As Trakt has it for a list that it doesn't count.
            .insert_header("X-Pagination-Page-Count", "669")
            .insert_header("X-Pagination-Item-Count", "1337")
    };
    Mock::given(method("GET"))
        .and(query_param("page", "2"))
        .respond_with(page(2, 1))
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .respond_with(page(1, 2))
        .with_priority(10)
        .mount(&server)
        .await;
    let channel = channel(&server, "");

    let first = client()
        .page(&channel, None, &Tokens::default())
        .await
        .unwrap();

    let Listing::Items(items) = &first.listing else {
        panic!("{first:?}")
    };
    let image = items[0].image.as_ref().map(Url::as_str);
    assert_eq!(image, Some("https://media.trakt.tv/images/1/0.jpg.webp"));
    let next = first.next.unwrap();
    assert_eq!(next.url().query(), Some("key=qu3ry-secret&page=2"));
    let raw = client()
        .fetch(&channel, None, &Tokens::default())
        .await
        .unwrap();
    assert_eq!(raw.next.as_ref(), Some(&next));
    let second = client()
        .page(&channel, Some(&next), &Tokens::default())
        .await
        .unwrap();
    assert_eq!(second.next, None, "a page that isn't full is the last");
}
