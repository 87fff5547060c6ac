//! Answers that are large, odd or hostile.

use proptest::prelude::*;

use super::*;

#[test]
fn a_long_value_is_whole_in_its_field_and_cut_as_a_title() {
    let long = "x".repeat(50_000);
    let item = details(&format!(r#"{{"title": "{long}"}}"#));

    assert_eq!(item.fields.rows()[0].1, Value::Text(long));
    assert!(item.title(Language::English).chars().count() <= 301);
}

#[test]
fn nothing_that_steers_a_screen_gets_through() {
    let item = only(
        "",
        r#"[{"na\u0000me\u202e": "v\u001b[2Jv", "title": "a\u202eb\nc"}]"#,
    );

    assert_eq!(item.title, "ab c".into());
    assert_eq!(
        rows(&item.said(Language::English)),
        [("Name", "vv"), ("Title", "ab\nc")]
    );
    let Listing::Text(text) = listing("layout = \"text\"", r#""a\u202e\u0007b""#) else {
        panic!()
    };
    assert_eq!(&*text, "ab");
}

#[test]
fn a_thing_of_too_many_fields_says_that_there_is_more() {
    let fields: Vec<String> = (0..10_000).map(|n| format!("\"f{n}\": {n}")).collect();
    let item = details(&format!("{{{}}}", fields.join(",")));

    assert!(item.fields.rows().len() < 1000);
    assert_eq!(item.fields.rows().last().unwrap().0, "…");
}

#[test]
fn a_thing_of_just_as_many_fields_as_fit_says_nothing_of_more() {
    let fields: Vec<String> = (0..300).map(|n| format!("\"f{n}\": {n}")).collect();

    assert_eq!(
        details(&format!("{{{}}}", fields.join(",")))
            .fields
            .rows()
            .len(),
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
        .rows()
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
    assert_eq!(items[99_999].fields.rows().len(), 3);
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
            let title = item.title(Language::English);
            prop_assert!(!title.trim().is_empty() && !title.contains(['\n', '\u{202e}']), "{title:?}");
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let written = body::Written::from(bytes);
        let _ = body::read(Layout::Auto, Some("application/json"), &written, &Budget::answer());
        let _ = body::read(Layout::Text, None, &written, &Budget::answer());
    }
}
