//! What screens get from answers as services really send them.

use super::*;
use crate::channel::body;

mod bounds;
mod grouped;
mod names;

const PAGE: &str = "https://api.acme.com/v1/things?page=1";

fn listing(settings: &str, answer: &str) -> Listing {
    try_listing(settings, answer).unwrap()
}

fn try_listing(settings: &str, answer: &str) -> Result<Listing, Error> {
    let channel: config::Channel =
        toml::from_str(&format!("name = \"Things\"\nurl = \"{PAGE}\"\n{settings}")).unwrap();
    let written = body::Written::from(answer.as_bytes().to_vec());
    let budget = Budget::answer();
    let body = body::read(channel.layout, Some("application/json"), &written, &budget)?;
    Listing::read(
        &channel,
        &body,
        written.shared(),
        &Url::parse(PAGE).unwrap(),
        &budget,
    )
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
        .map(|item| item.title(Language::English).into_owned())
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

    assert_eq!(item.title, "Ada".into());
    assert_eq!(item.subtitle, Some("ada@acme.com".into()));
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

    assert_eq!(item.title, "Ada".into());
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
fn what_was_asked_for_comes_before_what_stands_beside_it() {
    for (answer, expected) in [
        (
            r#"{"links":[{"rel":"self"}],"data":[{"name":"a"}]}"#,
            &["a"][..],
        ),
        (
            r#"{"included":[{"name":"x"}],"errors":[{"message":"x"}],"people":[{"name":"a"}]}"#,
            &["a"],
        ),
        (
            r#"{"messages":[{"text":"deprecated"}],"response":{"items":[{"name":"a"}]}}"#,
            &["a"],
        ),
        (
            r#"{"suggestions":[{"name":"x"}],"results":[{"name":"a"}]}"#,
            &["a"],
        ),
        (r#"{"included":[{"name":"x"}],"data":[]}"#, &[]),
        (r#"{"links":[{"rel":"x"}],"data":["a","b"]}"#, &["a", "b"]),
        // Where they are what was asked for.
        (
            r#"{"messages":[{"id":"a"}],"resultSizeEstimate":1}"#,
            &["a"],
        ),
        (r#"{"roles":[{"name":"a"},{"name":"b"}]}"#, &["a", "b"]),
    ] {
        assert_eq!(titles("", answer), expected, "{answer}");
    }
    for (answer, title) in [
        (
            r#"{"data":{"id":"1","attributes":{"name":"Ada"},"relationships":{"x":{"data":[{"id":"2"}]}}},"included":[{"id":"2","name":"x"}]}"#,
            "Ada",
        ),
        (
            r#"{"name":"Ada","roles":[{"name":"admin"}],"links":[{"rel":"self"}]}"#,
            "Ada",
        ),
    ] {
        let Listing::Details(item) = listing("", answer) else {
            panic!("{answer}")
        };
        assert!(
            item.said(Language::English)
                .iter()
                .any(|(_, value)| value == title)
        );
    }
}

#[test]
fn an_answer_that_reports_an_error_is_one() {
    let graphql = r#"{"data":null,"errors":[{"message":"Field 'x' doesn't exist"}]}"#;
    for settings in [
        "",
        "items = \"/data/viewer/repositories/nodes\"",
        "layout = \"text\"",
    ] {
        let told = try_listing(settings, graphql).unwrap_err().to_string();
        assert_eq!(
            told, "The service reports an error: “Field 'x' doesn't exist”",
            "{settings}"
        );
    }
    assert_eq!(items("items = \"/errors\"", graphql).len(), 1);
}
