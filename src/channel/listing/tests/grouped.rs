//! Answers in groups.

use super::*;

fn grouped(settings: &str, answer: &str) -> Vec<(Option<String>, String)> {
    items(settings, answer)
        .into_iter()
        .map(|item| {
            (
                item.group.as_deref().map(str::to_owned),
                item.title(Language::English).into_owned(),
            )
        })
        .collect()
}

fn pair(group: &str, title: &str) -> (Option<String>, String) {
    (Some(group.to_owned()), title.to_owned())
}

#[test]
fn sections_with_a_title_and_their_own_things_are_groups() {
    let answer = r#"{"sections": [
        {"title": "Today", "items": [{"name": "A"}, {"name": "B"}]},
        {"title": "Nothing", "items": []},
        {"title": "Later", "items": [{"name": "C"}]}
    ]}"#;
    let expected = [pair("Today", "A"), pair("Today", "B"), pair("Later", "C")];
    assert_eq!(grouped("", answer), expected);
    assert_eq!(grouped("items = \"/sections\"", answer), expected);
}

#[test]
fn lists_under_their_names_are_groups() {
    let answer = r#"{"today": [{"name": "A"}], "next_week": [{"name": "B"}]}"#;
    let expected = [pair("Today", "A"), pair("Next week", "B")];
    assert_eq!(grouped("", answer), expected);
    let inside = format!("{{\"days\": {answer}}}");
    assert_eq!(grouped("items = \"/days\"", &inside), expected);
}

#[test]
fn what_stands_beside_the_list_of_an_answer_is_no_group() {
    for answer in [
        r#"{"data": [{"name": "A"}], "included": [{"name": "B"}]}"#,
        r#"{"results": [{"name": "A"}], "errors": [], "page": 1}"#,
        r#"{"things": [{"name": "A"}], "page": 1}"#,
        r#"{"things": [{"name": "A"}]}"#,
    ] {
        assert_eq!(grouped("", answer), [(None, "A".to_owned())], "{answer}");
    }
}

#[test]
fn things_of_which_some_have_a_list_are_things() {
    let answer = r#"[{"name": "A", "items": [{"name": "x"}]}, {"name": "B"}]"#;
    let alone = |title: &str| (None, title.to_owned());
    assert_eq!(grouped("", answer), [alone("A"), alone("B")]);
}
