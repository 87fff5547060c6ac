//! Where the next page is: a `Link` header (RFC 8288), or a pointer into the body
//! to an address or a cursor. Everything here is a pure function.

mod numbered;
mod page;

use url::Url;

pub(super) use numbered::{Numbering, numbered};
pub use page::NextPage;

use super::budget::Budget;
use super::header;
use super::json::Json;
use super::lazy_json::Outline;
use crate::config::{self, Next};

/// The next page, by the channel's configured way.
///
/// `asked` is the address that the answer came from; relative addresses are
/// resolved against it. A page on another origin than the channel's is no next
/// page: with the token it would give the token away, without it the pages of one
/// list would be seen with different rights, and a service that moves its pages
/// elsewhere can be configured there.
pub(super) fn next(
    channel: &config::Channel,
    links: &[String],
    body: Option<&Outline<'_>>,
    asked: &Url,
) -> Option<NextPage> {
    let found = match &channel.next {
        Next::None => None,
        Next::Link => links
            .iter()
            .find_map(|header| link(header, asked))
            .map(NextPage::from),
        Next::Body(pointer) => in_body(channel, pointer.as_str(), body?, asked),
    }?;
    let url = encrypted_again(found.url, channel.url.url());
    // A page that names itself as the next would be asked for without end.
    let is_another = url != *asked || found.body.is_some();
    let body = found.body;
    (config::same_origin(&url, channel.url.url()) && is_another).then_some(NextPage { url, body })
}

/// A service behind a proxy that ends TLS often believes that it is reached by
/// plain HTTP and says so in its links.
fn encrypted_again(mut found: Url, channel: &Url) -> Url {
    let same_host =
        found.host() == channel.host() && found.port().is_none() && channel.port().is_none();
    if same_host && found.scheme() == "http" && channel.scheme() == "https" {
        // Fails for schemes without a host alone.
        let _ = found.set_scheme("https");
    }
    found
}

/// The target of the first link with the relation type `next` (RFC 8288 §3).
fn link(header: &str, asked: &Url) -> Option<Url> {
    let mut rest = header;
    while let Some((target, params, after)) = header::link_value(rest) {
        rest = after;
        let about_this = header::first(&params, "anchor")
            .is_none_or(|anchor| asked.join(anchor).is_ok_and(|anchor| anchor == *asked));
        let next = header::first(&params, "rel").is_some_and(|types| {
            types
                .split_ascii_whitespace()
                .any(|kind| kind.eq_ignore_ascii_case("next"))
        });
        if about_this && next {
            return asked.join(target).ok();
        }
    }
    None
}

/// What the pointer leads to: an address, or a cursor.
fn in_body(
    channel: &config::Channel,
    pointer: &str,
    body: &Outline<'_>,
    asked: &Url,
) -> Option<NextPage> {
    let budget = Budget::answer();
    let found = body.pointer(pointer, &budget).ok()??;
    let found = found.whole(&budget).ok()?;
    let name = pointer
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .replace("~1", "/")
        .replace("~0", "~");
    let cursor = match &*found {
        Json::Text(text) if text.trim().is_empty() => return None,
        Json::Text(text) => text.trim(),
        Json::Number(number) if number.parse().is_ok_and(|number: f64| number > 0.0) => number,
        Json::Object(_) | Json::List(_) => return Some(address(&found, asked)?.into()),
        Json::Null | Json::Bool(_) | Json::Number(_) => return None,
    };
    let configured = channel.cursor.as_deref();
    if configured.is_none()
        && let Some(address) = as_address(cursor, &name, asked)
    {
        return Some(address.into());
    }
    let value = match &*found {
        Json::Number(number) => serde_json::from_str(number).ok(),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => None,
    };
    let value = value.unwrap_or_else(|| cursor.into());
    let parameter = configured.map_or_else(|| parameter(&name), str::to_owned);
    Some(page::at_cursor(channel, asked, &parameter, &value))
}

/// The address in a link that is an object, such as `{"href": "…"}`, or in the one of several
/// whose relation is `next`.
fn address(link: &Json<'_>, asked: &Url) -> Option<Url> {
    let text = |name: &str| link.field(name)?.as_text();
    let is_next = |link: &&Json<'_>| {
        let relation = link.field("rel").or_else(|| link.field("relation"));
        relation.and_then(Json::as_text) == Some("next")
    };
    match ["href", "url", "uri", "link"]
        .iter()
        .find_map(|name| text(name))
    {
        Some(target) => asked.join(target.trim()).ok(),
        None => address(link.elements().iter().find(is_next)?, asked),
    }
}

/// Addresses are whole, begin as a path or query does, or end in a query. A cursor in Base64
/// may look like a path, too, so a field that calls itself a cursor or token holds an address
/// only if it is whole.
fn as_address(value: &str, name: &str, asked: &Url) -> Option<Url> {
    let starts = |start: &str| {
        value
            .get(..start.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    if starts("https://") || starts("http://") {
        return Url::parse(value).ok();
    }
    let name = name.to_ascii_lowercase();
    let calls_itself = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if calls_itself(&["cursor", "token", "after", "marker"]) || value.contains(char::is_whitespace)
    {
        return None;
    }
    // `api.acme.com/items?page=2`
    if starts(&format!("{}/", asked.host_str()?)) {
        return Url::parse(&format!("{}://{value}", asked.scheme())).ok();
    }
    let (path, query) = value.split_once('?').unwrap_or((value, ""));
    let last = asked.path_segments()?.next_back()?;
    let is_beside = path.split_once('/').is_some_and(|(first, _)| first == last);
    let is_address = ["/", "?", "./", "../"]
        .iter()
        .any(|start| value.starts_with(start))
        || query.contains('=')
        || is_beside
        || path.ends_with(".json")
        || calls_itself(&["url", "uri", "href", "link"]);
    is_address.then(|| asked.join(value).ok()).flatten()
}

/// The query parameter that takes a cursor: the pointer's last part without a
/// leading “next”, so that `/next_cursor` and `/next` are sent as `cursor`,
/// `/nextPageToken` as `pageToken`, `/paging/after` as `after`.
fn parameter(name: &str) -> String {
    let Some(rest) = name
        .get(4..)
        .filter(|_| name[..4].eq_ignore_ascii_case("next"))
    else {
        return name.to_owned();
    };
    let rest = rest.trim_start_matches(['_', '-', '.']);
    let mut characters = rest.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => "cursor".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: &str = "https://api.acme.com/v1/contacts?per_page=10";

    fn channel(next: &str) -> config::Channel {
        toml::from_str(&format!(
            "name = \"C\"\nurl = \"{ASKED}\"\nnext = \"{next}\""
        ))
        .unwrap()
    }

    fn by_link(header: &str) -> Option<String> {
        next(
            &channel("link"),
            &[header.to_owned()],
            None,
            &Url::parse(ASKED).unwrap(),
        )
        .map(|next| String::from(next.url))
    }

    fn by_body(pointer: &str, body: &str) -> Option<String> {
        let body = Outline::read(body, &Budget::answer()).unwrap();
        next(
            &channel(pointer),
            &[],
            Some(&body),
            &Url::parse(ASKED).unwrap(),
        )
        .map(|next| String::from(next.url))
    }

    #[test]
    fn the_link_with_rel_next_is_found_among_several() {
        let header = r#"<https://api.acme.com/v1/contacts?page=1>; rel="prev", <https://api.acme.com/v1/contacts?page=3>; rel="next", <https://api.acme.com/v1/contacts?page=9>; rel="last""#;

        assert_eq!(
            by_link(header).as_deref(),
            Some("https://api.acme.com/v1/contacts?page=3")
        );
    }

    #[test]
    fn commas_and_semicolons_in_addresses_and_quotes_do_not_end_a_link() {
        let header = r#"<https://api.acme.com/a;b,c>; rel=prev; title="a, \"b\"; rel=next" , </v1/contacts?ids=1,2;3> ; title="x" ; REL = "start Next""#;

        assert_eq!(
            by_link(header).as_deref(),
            Some("https://api.acme.com/v1/contacts?ids=1,2;3")
        );
    }

    #[test]
    fn a_relative_link_is_resolved_against_the_address_that_was_asked() {
        assert_eq!(
            by_link("<?page=2>; rel=next").as_deref(),
            Some("https://api.acme.com/v1/contacts?page=2")
        );
        assert_eq!(
            by_link("<more/2>;rel=next").as_deref(),
            Some("https://api.acme.com/v1/more/2")
        );
    }

    #[test]
    fn only_the_first_rel_of_a_link_counts_and_only_links_of_this_page() {
        assert_eq!(by_link("</2>; rel=prev; rel=next"), None);
        assert_eq!(by_link("</2>; rel=nextish"), None);
        assert_eq!(by_link("</2>; rel=next; anchor=\"/other\""), None);
        assert_eq!(
            by_link("</2>; rel=next; anchor=\"\"").as_deref(),
            Some("https://api.acme.com/2")
        );
    }

    #[test]
    fn a_broken_link_header_is_read_as_far_as_it_goes() {
        assert_eq!(
            by_link("rubbish, </2>; rel=next").as_deref(),
            Some("https://api.acme.com/2")
        );
        assert_eq!(
            by_link("</1>; ; =x; rel=prev,, ,</2>;;rel=next").as_deref(),
            Some("https://api.acme.com/2")
        );
        for broken in [
            "",
            "<",
            "</2",
            "</2>",
            "</2>; rel",
            "</2>; rel=\"nex",
            ";;;",
            ",",
            "<http://[>; rel=next",
        ] {
            assert_eq!(by_link(broken), None, "{broken}");
        }
    }

    #[test]
    fn the_address_may_stand_in_a_second_link_header() {
        let headers = ["</a>; rel=prev".to_owned(), "</b>; rel=next".to_owned()];

        let found = next(
            &channel("link"),
            &headers,
            None,
            &Url::parse(ASKED).unwrap(),
        );
        assert_eq!(
            found.map(|next| String::from(next.url)).as_deref(),
            Some("https://api.acme.com/b")
        );
    }

    #[test]
    fn a_next_page_on_another_origin_is_not_followed() {
        assert_eq!(by_link("<https://evil.example/2>; rel=next"), None);
        assert_eq!(by_link("<//evil.example/2>; rel=next"), None);
        assert_eq!(by_link("<https://api.acme.com:8443/2>; rel=next"), None);
        assert_eq!(
            by_body("/next", r#"{"next": "https://evil.example/2"}"#),
            None
        );
    }

    #[test]
    fn a_service_that_forgets_its_own_encryption_is_helped() {
        assert_eq!(
            by_link("<http://api.acme.com/2>; rel=next").as_deref(),
            Some("https://api.acme.com/2")
        );
        assert_eq!(
            by_link("<http://api.acme.com:80/2>; rel=next").as_deref(),
            Some("https://api.acme.com/2")
        );
        assert_eq!(by_link("<http://other.acme.com/2>; rel=next"), None);
    }

    #[test]
    fn a_page_that_names_itself_is_the_last() {
        assert_eq!(by_link(&format!("<{ASKED}>; rel=next")), None);
    }

    #[test]
    fn the_body_gives_an_address() {
        assert_eq!(
            by_body(
                "/links/next",
                r#"{"links": {"next": "https://api.acme.com/v1/contacts?page=2"}}"#
            )
            .as_deref(),
            Some("https://api.acme.com/v1/contacts?page=2")
        );
        assert_eq!(
            by_body("/next", r#"{"next": "/v1/contacts?page=2"}"#).as_deref(),
            Some("https://api.acme.com/v1/contacts?page=2")
        );
        assert_eq!(
            by_body("/next", r#"{"next": "?page=2"}"#).as_deref(),
            Some("https://api.acme.com/v1/contacts?page=2")
        );
    }

    #[test]
    fn the_body_gives_a_cursor() {
        for (pointer, body, expected) in [
            (
                "/next_cursor",
                r#"{"next_cursor": "a b&c"}"#,
                "per_page=10&cursor=a+b%26c",
            ),
            (
                "/meta/next",
                r#"{"meta": {"next": "xyz"}}"#,
                "per_page=10&cursor=xyz",
            ),
            (
                "/nextPageToken",
                r#"{"nextPageToken": "CAo"}"#,
                "per_page=10&pageToken=CAo",
            ),
            (
                "/data/after",
                r#"{"data": {"after": "t3_x"}}"#,
                "per_page=10&after=t3_x",
            ),
            ("/next_page", r#"{"next_page": 2}"#, "per_page=10&page=2"),
            ("/per_page", r#"{"per_page": "20"}"#, "per_page=20"),
            (
                "/cursor",
                r#"{"cursor": "/slash+base64=="}"#,
                "per_page=10&cursor=%2Fslash%2Bbase64%3D%3D",
            ),
        ] {
            let expected = format!("https://api.acme.com/v1/contacts?{expected}");
            assert_eq!(by_body(pointer, body), Some(expected), "{pointer}");
        }
    }

    #[test]
    fn nothing_in_the_body_is_the_last_page() {
        for body in [
            r#"{}"#,
            r#"{"next": null}"#,
            r#"{"next": ""}"#,
            r#"{"next": false}"#,
            r#"{"next": 0}"#,
            r#"{"next": {}}"#,
            r#"{"next": {"href": null}}"#,
            r#"{"next": []}"#,
            "[]",
        ] {
            assert_eq!(by_body("/next", body), None, "{body}");
        }
    }

    #[test]
    fn a_channel_of_one_page_has_no_next() {
        assert_eq!(
            next(
                &channel("none"),
                &["</2>; rel=next".to_owned()],
                None,
                &Url::parse(ASKED).unwrap()
            ),
            None
        );
    }

    #[test]
    fn an_address_in_the_body_is_known_in_whatever_form() {
        for (pointer, body, path) in [
            (
                "/next",
                r#"{"next": "contacts?page=2"}"#,
                "v1/contacts?page=2",
            ),
            (
                "/next",
                r#"{"next": "contacts/page/2"}"#,
                "v1/contacts/page/2",
            ),
            ("/next", r#"{"next": "page2.json"}"#, "v1/page2.json"),
            ("/next_url", r#"{"next_url": "more"}"#, "v1/more"),
            (
                "/next",
                r#"{"next": "api.acme.com/v1/contacts?page=2"}"#,
                "v1/contacts?page=2",
            ),
            (
                "/links/next",
                r#"{"links": {"next": {"href": "/v1/contacts?page=2", "meta": {}}}}"#,
                "v1/contacts?page=2",
            ),
            (
                "/_links/next/href",
                r#"{"_links": {"next": {"href": "?page=2"}}}"#,
                "v1/contacts?page=2",
            ),
            (
                "/link",
                r#"{"link": [{"relation": "self", "url": "/v1/x"}, {"relation": "next", "url": "/v1/y"}]}"#,
                "v1/y",
            ),
        ] {
            let expected = format!("https://api.acme.com/{path}");
            assert_eq!(by_body(pointer, body), Some(expected), "{body}");
        }
    }

    #[test]
    fn a_page_keeps_the_rest_of_the_query_to_the_letter() {
        let asked = "https://api.acme.com/v1?fields=(id,name)&q=a%20b&page=1&&x&e=%C3%A9+~";
        let channel: config::Channel = toml::from_str(&format!(
            "name = \"C\"\nurl = \"{asked}\"\nnext = \"/page\""
        ))
        .unwrap();
        let body = Outline::read(r#"{"page": 2}"#, &Budget::answer()).unwrap();
        let found = next(&channel, &[], Some(&body), channel.url.url()).unwrap();
        assert_eq!(
            found.url.as_str(),
            "https://api.acme.com/v1?fields=(id,name)&q=a%20b&x&e=%C3%A9+~&page=2"
        );
    }

    #[test]
    fn a_cursor_goes_where_the_channels_parameters_are_under_the_name_that_is_wanted() {
        for (settings, answer, sent) in [
            (
                r#"cursor = "start""#,
                r#"{"next": "ab?c=d"}"#,
                "https://api.acme.com/v1/contacts?per_page=10&start=ab%3Fc%3Dd",
            ),
            (
                "method = \"POST\"\nbody = '{\"limit\": 5}'\ncursor = \"start_cursor\"",
                r#"{"next": "ab"}"#,
                r#"{"limit":5,"start_cursor":"ab"}"#,
            ),
            (
                "method = \"POST\"\nbody = '{\"a\": {\"page\": 1}}'\ncursor = \"page\"",
                r#"{"next": 2}"#,
                r#"{"a":{"page":2}}"#,
            ),
            (
                "method = \"POST\"\nbody = '{\"query\": \"q\", \"variables\": {}}'\ncursor = \"after\"",
                r#"{"next": "xyz"}"#,
                r#"{"query":"q","variables":{"after":"xyz"}}"#,
            ),
            (
                "method = \"POST\"\nbody = \"a=(1)&cursor=0\"",
                r#"{"next": "x y"}"#,
                "a=(1)&cursor=x+y",
            ),
            (
                "method = \"POST\"",
                r#"{"next": "xy"}"#,
                "https://api.acme.com/v1/contacts?per_page=10&cursor=xy",
            ),
            (
                "method = \"POST\"\nbody = '{}'",
                r#"{"next": "/v1/contacts/2"}"#,
                "https://api.acme.com/v1/contacts/2",
            ),
        ] {
            let channel: config::Channel = toml::from_str(&format!(
                "name = \"C\"\nurl = \"{ASKED}\"\nnext = \"/next\"\n{settings}"
            ))
            .unwrap();
            let body = Outline::read(answer, &Budget::answer()).unwrap();
            let found = next(&channel, &[], Some(&body), channel.url.url()).unwrap();
            let found = found.body.unwrap_or_else(|| found.url.into());
            assert_eq!(found, sent, "{settings}");
        }
    }
}
