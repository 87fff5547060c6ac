//! What screens get from answers as services really send them.

use proptest::prelude::*;

use super::*;
use crate::channel::body;

const PAGE: &str = "https://api.acme.com/v1/things?page=1";

fn listing(settings: &str, answer: &str) -> Listing {
    try_listing(settings, answer).unwrap()
}

fn try_listing(settings: &str, answer: &str) -> Result<Listing, Error> {
    let channel: config::Channel =
        toml::from_str(&format!("name = \"Things\"\nurl = \"{PAGE}\"\n{settings}")).unwrap();
    let body = body::read(channel.layout, Some("application/json"), answer.as_bytes())?;
    Listing::read(&channel, &body, &Url::parse(PAGE).unwrap())
}

fn items(settings: &str, answer: &str) -> Vec<Item> {
    let listing = listing(settings, answer);
    let Listing::Items(items) = listing else {
        panic!("{listing:?}");
    };
    items
}

fn only(settings: &str, answer: &str) -> Item {
    let mut items = items(settings, answer);
    assert_eq!(items.len(), 1);
    items.remove(0)
}

fn details(answer: &str) -> Item {
    let listing = listing("", answer);
    let Listing::Details(item) = listing else {
        panic!("{listing:?}");
    };
    item
}

fn titles(settings: &str, answer: &str) -> Vec<String> {
    items(settings, answer)
        .into_iter()
        .map(|item| item.title)
        .collect()
}

fn rows(said: &[(String, String)]) -> Vec<(&str, &str)> {
    said.iter()
        .map(|(label, value)| (label.as_str(), value.as_str()))
        .collect()
}

#[test]
fn pointers_say_what_is_what() {
    let settings = "items = \"/data\"\ntitle = \"/n\"\nsubtitle = \"/c/mail\"\nimage = \"/pics/1\"";
    let item = only(
        settings,
        r#"{"x": [{"name": "wrong"}], "data": [{"n": "Ada", "name": "wrong", "c": {"mail": "ada@acme.com"}, "pics": ["a", "b"]}]}"#,
    );

    assert_eq!(item.title, "Ada");
    assert_eq!(item.subtitle.as_deref(), Some("ada@acme.com"));
    assert_eq!(
        item.image.map(String::from).as_deref(),
        Some("https://api.acme.com/v1/b")
    );
}

#[test]
fn an_array_is_the_list_itself() {
    assert_eq!(titles("", r#"[{"name": "A"}, {"name": "B"}]"#), ["A", "B"]);
    assert_eq!(
        titles("", r#"["A", 2, null, true, ["x", "y"], {}]"#),
        ["A", "2", "Item 3", "Item 4", "x, y", "Item 6"]
    );
}

#[test]
fn the_first_array_of_objects_is_found_level_by_level() {
    assert_eq!(
        titles(
            "",
            r#"{"meta": {"deep": {"tags": [{"name": "no"}]}}, "ids": [1, 2], "results": [{"name": "yes"}]}"#
        ),
        ["yes"]
    );
    assert_eq!(
        titles(
            "",
            r#"{"data": {"viewer": {"repos": {"nodes": [{"name": "deep"}]}}}}"#
        ),
        ["deep"]
    );
}

#[test]
fn no_results_are_an_empty_list_and_not_a_detail() {
    for answer in [
        r#"{"total": 0, "results": []}"#,
        "[]",
        "{}",
        "null",
        "",
        r#"{"data": {"items": []}, "ok": true}"#,
    ] {
        assert_eq!(listing("", answer), Listing::Items(Vec::new()), "{answer}");
    }
    assert_eq!(
        listing("items = \"/data\"", r#"{"data": null}"#),
        Listing::Items(Vec::new())
    );
}

#[test]
fn a_pointer_that_leads_nowhere_is_named() {
    let error = try_listing("items = \"/data/list\"", r#"{"data": {}}"#).unwrap_err();

    assert!(error.to_string().contains("“/data/list”"), "{error}");
}

#[test]
fn one_thing_is_a_detail() {
    let item = details(r#"{"name": "Ada", "tags": ["x", "y"], "friends": []}"#);

    assert_eq!(item.title, "Ada");
    assert_eq!(
        rows(&item.said(Language::English)),
        [("Name", "Ada"), ("Tags", "x, y"), ("Friends", "–")]
    );
}

#[test]
fn a_layout_for_one_thing_keeps_its_lists_inside() {
    let answer = r#"{"name": "Ada", "orders": [{"no": 1}, {"no": 2}]}"#;

    assert_eq!(titles("", answer).len(), 2);
    let Listing::Details(item) = listing("layout = \"details\"", answer) else {
        panic!()
    };
    assert_eq!(
        rows(&item.said(Language::English)),
        [
            ("Name", "Ada"),
            ("Orders 1 · No", "1"),
            ("Orders 2 · No", "2")
        ]
    );
}

#[test]
fn one_thing_in_a_layout_for_several_is_a_list_of_one() {
    assert_eq!(titles("layout = \"cards\"", r#"{"name": "Ada"}"#), ["Ada"]);
}

#[test]
fn an_object_of_objects_behind_the_pointer_is_a_list_by_name() {
    assert_eq!(
        titles(
            "items = \"/rates\"",
            r#"{"rates": {"EUR": {"value": 1}, "USD": {"value": 2}}}"#
        ),
        ["EUR", "USD"]
    );
}

#[test]
fn usual_names_give_titles() {
    for (thing, expected) in [
        (r#"{"id": 1, "title": "T", "name": "N"}"#, "T"),
        (r#"{"id": 1, "displayName": "D"}"#, "D"),
        (r#"{"id": 1, "label": "L"}"#, "L"),
        (r#"{"login": "octocat", "id": 1}"#, "octocat"),
        (r#"{"Subject": "Re: x"}"#, "Re: x"),
        (r#"{"title": {"rendered": "Hello"}}"#, "Hello"),
        (
            r#"{"name": {"common": "Germany", "official": "Federal Republic"}}"#,
            "Germany",
        ),
        (
            r#"{"name": {"first": "Ada", "last": "Lovelace"}}"#,
            "Ada Lovelace",
        ),
        (
            r#"{"name": {"title": "Ms", "first": "Ada", "last": "Lovelace"}}"#,
            "Ada Lovelace",
        ),
        (
            r#"{"given_name": "Ada", "family_name": "Lovelace"}"#,
            "Ada Lovelace",
        ),
        (
            r#"{"id": "7", "type": "articles", "attributes": {"title": "JSON:API"}}"#,
            "JSON:API",
        ),
        (r#"{"cursor": "x", "node": {"name": "GraphQL"}}"#, "GraphQL"),
        (r#"{"productName": "Tea", "colour": "green"}"#, "Tea"),
        (r#"{"name": "", "title": null, "word": "Else"}"#, "Else"),
        (
            r#"{"url": "https://x.example/1", "when": "2026-05-03", "word": "Else"}"#,
            "Else",
        ),
        (r#"{"id": 17}"#, "17"),
        (r#"{"name": 42}"#, "42"),
        (r#"{"ok": true}"#, "Item 1"),
    ] {
        assert_eq!(titles("", &format!("[{thing}]")), [expected], "{thing}");
    }
}

#[test]
fn usual_names_give_second_lines_that_say_something_else() {
    for (thing, expected) in [
        (
            r#"{"name": "A", "description": "D", "email": "E"}"#,
            Some("D"),
        ),
        (
            r#"{"name": "A", "email": "a@acme.com"}"#,
            Some("a@acme.com"),
        ),
        (
            r#"{"name": "A", "description": "A", "status": "open"}"#,
            Some("open"),
        ),
        (
            r#"{"name": "A", "author": {"id": 5, "name": "Bob"}}"#,
            Some("Bob"),
        ),
        (
            r#"{"name": "A", "artists": [{"name": "X"}, {"name": "Y"}]}"#,
            Some("X, Y"),
        ),
        (
            r#"{"name": "A", "created_at": "2026-05-03T14:05:00Z"}"#,
            Some("3 May 2026, 14:05 UTC"),
        ),
        (r#"{"name": "A", "description": null}"#, None),
        (r#"{"name": "A", "other": "x"}"#, None),
    ] {
        assert_eq!(
            only("", &format!("[{thing}]")).subtitle.as_deref(),
            expected,
            "{thing}"
        );
    }
}

#[test]
fn usual_names_give_pictures() {
    for (thing, expected) in [
        (
            r#"{"image": "https://cdn.acme.com/a.png"}"#,
            Some("https://cdn.acme.com/a.png"),
        ),
        (
            r#"{"avatar_url": "/a/7?s=2"}"#,
            Some("https://api.acme.com/a/7?s=2"),
        ),
        (
            r#"{"poster": "p.jpg"}"#,
            Some("https://api.acme.com/v1/p.jpg"),
        ),
        (
            r#"{"thumbnailUrl": "//cdn.acme.com/t"}"#,
            Some("https://cdn.acme.com/t"),
        ),
        (
            r#"{"images": [{"url": "https://cdn.acme.com/640.jpg", "width": 640}, {"url": "https://cdn.acme.com/64.jpg"}]}"#,
            Some("https://cdn.acme.com/640.jpg"),
        ),
        (
            r#"{"flags": {"png": "https://f.example/de.png", "svg": "https://f.example/de.svg"}}"#,
            Some("https://f.example/de.png"),
        ),
        (
            r#"{"icon": "wrench", "logo": "/logo.png"}"#,
            Some("https://api.acme.com/logo.png"),
        ),
        (
            r#"{"file": "https://cdn.acme.com/x.WEBP?v=1"}"#,
            Some("https://cdn.acme.com/x.WEBP?v=1"),
        ),
        (
            r#"{"attributes": {"cover": "/c.png"}}"#,
            Some("https://api.acme.com/c.png"),
        ),
        (
            r#"{"image": "http://cdn.acme.com/a.png"}"#,
            Some("https://cdn.acme.com/a.png"),
        ),
        (r#"{"image": "data:image/png;base64,AAAA"}"#, None),
        (r#"{"image": "javascript:alert(1)//x"}"#, None),
        (r#"{"image": "file:///etc/passwd.png"}"#, None),
        (r#"{"image": "https://user:pw@cdn.acme.com/a.png"}"#, None),
        (r#"{"image": "https://[broken/a.png"}"#, None),
        (
            r#"{"track": {"name": "T", "album": {"images": [{"url": "https://cdn.acme.com/640"}]}}}"#,
            Some("https://cdn.acme.com/640"),
        ),
        (
            r#"{"name": "R", "owner": {"login": "o", "avatar_url": "https://cdn.acme.com/o"}}"#,
            Some("https://cdn.acme.com/o"),
        ),
        (
            r#"{"a": {"b": {"c": {"image": "https://cdn.acme.com/too-deep"}}}}"#,
            None,
        ),
        (r#"{"icon": "wrench"}"#, None),
        (r#"{"image": ""}"#, None),
        (r#"{"image": 5, "name": "x"}"#, None),
    ] {
        let image = only("", &format!("[{thing}]")).image.map(String::from);
        assert_eq!(image.as_deref(), expected, "{thing}");
    }
}

#[test]
fn fields_are_readable_and_in_the_order_of_the_answer() {
    let item = details(
        r#"{"release_year": 1999, "isLive": true, "address": {"city": "Bonn", "geo": {"lat": 50.7}}, "endedAt": null,
            "startedAt": "2026-05-03T14:05:00Z", "price": 3.0, "a": {}}"#,
    );

    assert_eq!(
        rows(&item.said(Language::English)),
        [
            ("Release year", "1999"),
            ("Is live", "yes"),
            ("Address · City", "Bonn"),
            ("Address · Geo · Lat", "50.7"),
            ("Ended at", "–"),
            ("Started at", "3 May 2026, 14:05 UTC"),
            ("Price", "3"),
            ("A", "–"),
        ]
    );
}

#[test]
fn a_list_of_dates_can_be_told_apart() {
    let item = details(r#"{"at": ["2026-05-03T00:00", "2026-05-03T01:00"], "n": [1, 2]}"#);

    assert_eq!(
        rows(&item.said(Language::English)),
        [
            ("At", "3 May 2026, 00:00; 3 May 2026, 01:00"),
            ("N", "1, 2")
        ]
    );
}

#[test]
fn a_long_value_is_whole_in_its_field_and_cut_as_a_title() {
    let long = "x".repeat(50_000);
    let item = details(&format!(r#"{{"title": "{long}"}}"#));

    assert_eq!(item.fields[0].1, Value::Text(long));
    assert!(item.title.chars().count() <= 301);
}

#[test]
fn nothing_that_steers_a_screen_gets_through() {
    let item = only(
        "",
        r#"[{"na\u0000me\u202e": "v\u001b[2Jv", "title": "a\u202eb\nc"}]"#,
    );

    assert_eq!(item.title, "ab c");
    assert_eq!(
        rows(&item.said(Language::English)),
        [("Name", "v[2Jv"), ("Title", "ab\nc")]
    );
    let Listing::Text(text) = listing("layout = \"text\"", r#""a\u202e\u0007b""#) else {
        panic!()
    };
    assert_eq!(&*text, "ab");
}

#[test]
fn a_channel_of_text_finds_the_text() {
    for (settings, answer, expected) in [
        ("", r#""Hello""#, "Hello"),
        ("", "42", "42"),
        (
            "layout = \"text\"",
            r#"{"a_b": 1, "c": "d"}"#,
            "A b: 1\nC: d",
        ),
        (
            "layout = \"text\"\nitems = \"/body\"",
            r#"{"body": "one\ntwo"}"#,
            "one\ntwo",
        ),
        (
            "layout = \"text\"\ntitle = \"/q\"\nsubtitle = \"/by\"",
            r#"{"q": "Be.", "by": "Bard"}"#,
            "Be.\n\nBard",
        ),
        ("layout = \"text\"", r#"["a", "b"]"#, "a\n\nb"),
    ] {
        let Listing::Text(text) = listing(settings, answer) else {
            panic!("{answer}")
        };
        assert_eq!(&*text, expected, "{answer}");
    }
}

#[test]
fn a_thing_of_too_many_fields_says_that_there_is_more() {
    let fields: Vec<String> = (0..10_000).map(|n| format!("\"f{n}\": {n}")).collect();
    let item = details(&format!("{{{}}}", fields.join(",")));

    assert!(item.fields.len() < 1000);
    assert_eq!(item.fields.last().unwrap().0, "…");
}

#[test]
fn a_thing_of_just_as_many_fields_as_fit_says_nothing_of_more() {
    let fields: Vec<String> = (0..300).map(|n| format!("\"f{n}\": {n}")).collect();

    assert_eq!(
        details(&format!("{{{}}}", fields.join(","))).fields.len(),
        300
    );
}

/// A key is repeated in the label of everything below it.
#[test]
fn labels_do_not_multiply_a_small_answer_into_a_huge_page() {
    let key = "k".repeat(100_000);
    let inner = format!("[{}]", vec!["{\"x\": 1}"; 10_000].join(","));
    let nested = (0..50).fold(inner, |inner, _| format!("{{\"{key}\": {inner}}}"));
    let Listing::Details(item) = listing("layout = \"details\"", &nested) else {
        panic!()
    };

    let size: usize = item
        .fields
        .iter()
        .map(|(label, value)| label.len() + value.said(Language::English).len())
        .sum();
    assert!(size < 1_000_000, "{size}");
}

#[test]
fn a_hundred_thousand_items_are_read() {
    let one = r#"{"id": 1, "name": "Some name", "address": {"city": "Bonn"}}"#;
    let answer = format!("{{\"data\": [{}]}}", vec![one; 100_000].join(","));

    let items = items("", &answer);
    assert_eq!(items.len(), 100_000);
    assert_eq!(items[99_999].fields.len(), 3);
}

fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<i64>().prop_map(|value| value.to_string()),
        "[ -~äß\u{202e}]{0,12}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        Just("\"2026-05-03T14:05:00Z\"".to_owned()),
        Just("\"https://a.example/b.png\"".to_owned()),
    ];
    let name = prop_oneof![
        Just("name"),
        Just("title"),
        Just("image"),
        Just("data"),
        Just("attributes"),
        Just("description"),
        Just("x_y")
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5)
                .prop_map(|all| format!("[{}]", all.join(","))),
            proptest::collection::vec((name.clone(), inner), 0..5).prop_map(|all| {
                let fields: Vec<String> = all
                    .into_iter()
                    .map(|(name, value)| format!("\"{name}\":{value}"))
                    .collect();
                format!("{{{}}}", fields.join(","))
            }),
        ]
    })
}

proptest! {
    /// Whatever a service answers, each thing has a title on one line.
    #[test]
    fn every_item_of_any_answer_has_a_title(
        answer in any_json(),
        layout in prop_oneof![Just("auto"), Just("cards"), Just("table"), Just("details"), Just("text"), Just("image")],
    ) {
        let items = match listing(&format!("layout = \"{layout}\""), &answer) {
            Listing::Items(items) => items,
            Listing::Details(item) => vec![item],
            Listing::Text(_) => Vec::new(),
        };
        for item in items {
            prop_assert!(!item.title.trim().is_empty() && !item.title.contains(['\n', '\u{202e}']), "{:?}", item.title);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = body::read(Layout::Auto, Some("application/json"), &bytes);
        let _ = body::read(Layout::Text, None, &bytes);
    }
}
