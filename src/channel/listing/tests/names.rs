//! What names that services usually give are taken for.

use super::*;

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
            only("", &format!("[{thing}]"))
                .subtitle(Language::English)
                .as_deref(),
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
        (
            r#"{"image": "data:image/png;base64,AAAA"}"#,
            Some("data:image/png;base64,AAAA"),
        ),
        (r#"{"image": "data:text/html,<p>"}"#, None),
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
fn titles_and_second_lines_are_written_as_each_language_does() {
    let answer = r#"[{"title": "2026-05-03", "description": 7.5}, {}]"#;
    let items = items("", answer);
    let said = |language| {
        let second = items[0].subtitle(language).unwrap();
        let titles = items.iter().map(|item| item.title(language));
        titles.chain([second]).collect::<Vec<_>>()
    };
    assert_eq!(said(Language::English), ["3 May 2026", "Item 2", "7.5"]);
    assert_eq!(said(Language::German), ["3. Mai 2026", "Eintrag 2", "7,5"]);
}
