//! How each language writes what services send.

use super::*;

fn value(label: &str, json: &str) -> Value {
    Value::of(&Json::read(json).unwrap(), label).unwrap()
}

fn in_all(value: &Value) -> [String; 7] {
    Language::ALL.map(|language| {
        let said = value.said(language);
        // Fluent's marks around names, where one reads from right to left.
        said.replace(['\u{2068}', '\u{2069}'], "")
    })
}

#[test]
fn a_day_is_written_in_the_order_of_the_language() {
    assert_eq!(
        in_all(&value("Born", r#""2026-05-03""#)),
        [
            "3 May 2026",
            "3. Mai 2026",
            "3 mai 2026",
            "3 de mayo de 2026",
            "3 de maio de 2026",
            "2026年5月3日",
            "3 مايو 2026",
        ]
    );
    let first = value("Born", r#""2026-01-01""#);
    assert_eq!(first.said(Language::French), "1er janvier 2026");
}

#[test]
fn every_month_has_a_name_of_its_own() {
    for language in Language::ALL {
        let mut names: Vec<String> = (1..=12)
            .map(|month| value("", &format!("\"2026-{month:02}-03\"")).said(language))
            .collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 12, "{}", language.tag());
    }
}

#[test]
fn a_time_keeps_its_zone_in_every_language() {
    let east = value("Start", r#""2026-05-03T14:05:00+02:00""#);
    for said in in_all(&east) {
        assert!(said.ends_with("14:05 (UTC+2:00)"), "{said}");
    }
    let utc = value("Start", r#""2026-05-03T14:05:00Z""#);
    assert_eq!(utc.said(Language::German), "3. Mai 2026, 14:05 UTC");
    assert_eq!(utc.said(Language::French), "3 mai 2026 à 14:05 UTC");
}

#[test]
fn an_amount_is_grouped_and_a_name_in_digits_is_not() {
    assert_eq!(
        in_all(&value("Price", "-1234567.25")),
        [
            "-1,234,567.25",
            "-1.234.567,25",
            "-1\u{a0}234\u{a0}567,25",
            "-1.234.567,25",
            "-1.234.567,25",
            "-1,234,567.25",
            "-1,234,567.25",
        ]
    );
    for (label, written, said) in [
        ("Views", "10000", "10,000"),
        ("Views", "123456", "123,456"),
        ("Views", "-123456", "-123,456"),
        ("Views", "9999", "9999"),
        ("Release year", "12026", "12026"),
        ("Owner · ID", "1234567", "1234567"),
        ("Created at", "1700000000", "14 November 2023, 22:13 UTC"),
        ("Runs", "1700000000", "1,700,000,000"),
        ("Big", "1e300", "1e300"),
        ("Share", "0.123456", "0.123456"),
    ] {
        assert_eq!(
            value(label, written).said(Language::English),
            said,
            "{label}"
        );
    }
    assert_eq!(value("Lat", "50.7").said(Language::German), "50,7");
}

#[test]
fn truth_and_nothing_are_said() {
    assert_eq!(
        in_all(&Value::Truth(true)),
        ["yes", "ja", "oui", "sí", "sim", "はい", "نعم"]
    );
    for nothing in ["null", r#"" \n""#] {
        assert_eq!(value("A", nothing), Value::Nothing);
    }
    assert_eq!(Value::Nothing.said(Language::English), "–");
}

#[test]
fn several_values_can_be_told_apart_where_they_have_commas() {
    let decimals = Value::Several(vec![value("A", "1.5"), value("A", "2")]);
    assert_eq!(decimals.said(Language::English), "1.5, 2");
    assert_eq!(decimals.said(Language::German), "1,5; 2");
    assert_eq!(decimals.said(Language::Japanese), "1.5、2");
}

#[test]
fn an_address_is_a_link_and_a_sentence_with_one_is_not() {
    assert_eq!(
        value("A", r#""https://acme.example/x""#),
        Value::Link("https://acme.example/x".to_owned())
    );
    assert!(matches!(
        value("A", r#""https://acme.example/x is it""#),
        Value::Text(_)
    ));
}

#[test]
fn what_was_today_is_a_time_and_what_was_before_has_its_day() {
    let zone = TimeZone::fixed(jiff::tz::offset(2));
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let now = at("2026-05-03T21:59:00Z");

    let said = |then, language| moment(at(then), now, &zone, language);
    assert_eq!(said("2026-05-03T10:04:00Z", Language::German), "12:04");
    assert_eq!(said("2026-05-02T22:00:00Z", Language::English), "00:00");
    assert_eq!(
        said("2026-05-02T21:59:00Z", Language::English),
        "2 May 2026, 23:59"
    );
    assert_eq!(
        said("2026-05-02T21:59:00Z", Language::Japanese),
        "2026年5月2日 23:59"
    );
}

#[test]
fn a_time_that_is_counted_from_1970_is_one_where_its_label_says_so() {
    let expected = "14 November 2023, 22:13 UTC";
    for (label, written) in [
        ("Created at", "1700000000"),
        ("Created at", "1700000000.123456"),
        ("Timestamp", "1700000000000"),
        ("Time", "1700000000000000"),
        ("Owner · Last seen", "1700000000000000000"),
        ("Ts", "\"1700000000.000005\""),
        ("Expires", "\"1700000000\""),
        ("Date", "\"/Date(1700000000000)/\""),
        ("X", "\"Tue, 14 Nov 2023 22:13:20 GMT\""),
        ("X", "\"2023-11-14T22:13:20.000+0000\""),
    ] {
        assert_eq!(
            value(label, written).said(Language::English),
            expected,
            "{written}"
        );
    }
    for (label, written, said) in [
        ("Views", "1700000000", "1,700,000,000"),
        ("Elapsed time", "90", "90"),
        ("Phone", "\"1700000000\"", "1700000000"),
        ("At", "99999999999", "99999999999"),
    ] {
        assert_eq!(
            value(label, written).said(Language::English),
            said,
            "{written}"
        );
    }
}

#[test]
fn a_date_that_says_that_there_is_none_is_nothing() {
    for (label, written) in [
        ("Ends", "\"0001-01-01T00:00:00Z\""),
        ("Ends", "\"0001-01-01\""),
        ("Ends", "\"0000-00-00 00:00:00\""),
        ("Ends", "\"1970-01-01T00:00:00.000Z\""),
        ("Expires at", "0"),
        ("Timestamp", "-62135596800"),
    ] {
        assert_eq!(value(label, written), Value::Nothing, "{written}");
    }
    assert!(matches!(value("Born", "\"1970-01-01\""), Value::Date(_)));
}

#[test]
fn markup_and_colours_of_a_terminal_are_not_shown() {
    for (written, said) in [
        ("\"Tom &amp; Jerry\"", "Tom & Jerry"),
        ("\"<p>One</p><p>Two</p>\"", "One\nTwo"),
        ("\"\\u001b[31mred\\u001b[0m text\"", "red text"),
        (
            "\"\\u001b]8;;https://x\\u0007link\\u001b]8;;\\u0007\"",
            "link",
        ),
    ] {
        assert_eq!(
            value("A", written).said(Language::English),
            said,
            "{written}"
        );
    }
}
