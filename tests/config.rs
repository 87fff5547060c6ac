//! What a wrong configuration is answered with: the line, the key, plain words, the
//! nearest right key, and never a secret.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    reason = "a test may fail loudly"
)]

use std::path::Path;

use tenfoot::config::{self, Config, KeyAction, Layout, Next, Room, Theme};

const GOOD: &str = "[provider]\nissuer = \"https://a.example/\"\nclient_id = \"b\"\n";

fn wrong(text: &str) -> config::Error {
    Config::parse(Path::new("tv.toml"), text).expect_err("this configuration is wrong")
}

/// The good provider and then these lines, the first of which is line 4.
fn with(lines: &str) -> config::Error {
    wrong(&format!("{GOOD}{lines}"))
}

#[track_caller]
fn assert_says(
    error: &config::Error,
    line: usize,
    key: &str,
    message: &str,
    nearest: Option<&str>,
) {
    let whole = error.to_string();
    assert_eq!(error.key.as_deref(), Some(key), "{whole}");
    assert_eq!(error.line, Some(line), "{whole}");
    assert!(error.message.contains(message), "{whole}");
    assert_eq!(error.nearest.as_deref(), nearest, "{whole}");
    for jargon in [
        "invalid type",
        "expected",
        "variant",
        "field",
        "untagged",
        "struct ",
        "`",
    ] {
        assert!(
            !whole.contains(jargon),
            "“{jargon}” is a programmer's word: {whole}"
        );
    }
}

#[test]
fn the_example_is_a_configuration_that_works() {
    let config = Config::parse(Path::new("config.example.toml"), config::EXAMPLE).unwrap();

    assert_eq!(
        config.provider.issuer.as_written(),
        "https://acme.eu.auth0.com/"
    );
    assert_eq!(config.channels.len(), 2);
    assert_eq!(config.channels[0].layout, Layout::Cards);
    assert_eq!(config.channels[0].next, Next::Link);
}

#[test]
fn the_lines_that_the_example_comments_out_work_too() {
    let keys = [
        "resource",
        "client_secret_file",
        "client_auth",
        "encoding",
        "pkce",
        "params",
        "logo",
        "pin",
    ];
    let is_key = |line: &str| {
        line.contains(" = ")
            && line.split(' ').next().is_some_and(|word| {
                keys.contains(&word) || word.ends_with("_endpoint") || word == "jwks_uri"
            })
    };
    let text: Vec<_> = config::EXAMPLE
        .lines()
        .map(|line| {
            line.strip_prefix("# ")
                .filter(|rest| is_key(rest))
                .unwrap_or(line)
        })
        .collect();
    let config = Config::parse(Path::new("all.toml"), &text.join("\n")).unwrap();

    assert!(
        config.provider.pkce && config.provider.resource.is_some() && config.display.logo.is_some()
    );
    assert!(config.kiosk.pin.is_some_and(|pin| pin.is("2580")));
    assert!(config.provider.jwks_uri.is_some() && config.provider.revocation_endpoint.is_some());
}

#[test]
fn the_example_names_every_key_that_there_is() {
    // What the parser itself lists, when it is given a key that can't exist.
    for section in [
        "[provider]",
        "[[channel]]",
        "[display]",
        "[display.idle]",
        "[storage]",
        "[kiosk]",
    ] {
        let text = format!("{section}\nno_such_key = 1\n");
        let listed = toml::from_str::<Config>(&text)
            .expect_err("an unknown key")
            .message()
            .to_owned();
        let (_, known) = listed.split_once("expected").unwrap();
        for key in known.split('`').skip(1).step_by(2) {
            assert!(
                config::EXAMPLE.lines().any(|line| {
                    let line = line.trim_start_matches("# ");
                    line.starts_with(&format!("{key} = "))
                        || section == "[display]" && line == format!("[display.{key}]")
                }),
                "{section} {key}"
            );
        }
    }
}

#[test]
fn a_misspelt_key_names_the_right_one() {
    let error = wrong("[provider]\nissuer = \"https://a.example/\"\nclient_di = \"b\"\n");

    assert_says(
        &error,
        3,
        "provider.client_di",
        "“client_di” is not a key that tenfoot knows in [provider]",
        Some("client_id"),
    );
}

#[test]
fn the_whole_message_names_file_line_key_and_the_right_key() {
    let error = with("[display]\ntext_size = 2.0\n");

    assert_eq!(
        error.to_string(),
        "tv.toml, line 5, key display.text_size: “text_size” is not a key that tenfoot knows in [display]. \
         Did you mean “text_scale”?"
    );
}

#[test]
fn a_misspelt_section_names_the_right_one() {
    assert_says(
        &wrong("[providers]\nissuer = \"x\"\n"),
        1,
        "providers",
        "not a section or key",
        Some("provider"),
    );
    assert_says(
        &with("[[channels]]\nname = \"x\"\n"),
        4,
        "channels",
        "not a section or key",
        Some("channel"),
    );
}

#[test]
fn a_key_like_no_other_gets_no_suggestion() {
    assert_says(
        &with("[display]\nzebra = 1\n"),
        5,
        "display.zebra",
        "is not a key",
        None,
    );
}

#[test]
fn a_value_of_the_wrong_kind_says_what_to_write() {
    for (lines, line, key, message) in [
        (
            "client_secret_file = 5\n",
            4,
            "provider.client_secret_file",
            "must be text in quotes",
        ),
        (
            "scope = [\"openid\"]\n",
            4,
            "provider.scope",
            "must be text in quotes",
        ),
        (
            "pkce = \"yes\"\n",
            4,
            "provider.pkce",
            "must be true or false",
        ),
        (
            "params = 5\n",
            4,
            "provider.params",
            "must be names with values",
        ),
        (
            "params = { a = \"x\", hint = 5 }\n",
            4,
            "provider.params.hint",
            "must be text in quotes",
        ),
        (
            "[display]\nmotion = 1\n",
            5,
            "display.motion",
            "must be true or false",
        ),
        (
            "[display]\ntext_scale = \"big\"\n",
            5,
            "display.text_scale",
            "must be a number",
        ),
        (
            "[display]\ntheme = 5\n",
            5,
            "display.theme",
            "must be one word in quotes",
        ),
        (
            "[channel]\nname = \"x\"\n",
            4,
            "channel",
            "write [[channel]] with two brackets",
        ),
        (
            "[storage]\nbackend = true\n",
            5,
            "storage.backend",
            "must be one word in quotes",
        ),
    ] {
        assert_says(&with(lines), line, key, message, None);
    }
    assert_says(
        &wrong("provider = 5\n"),
        1,
        "provider",
        "must be a section: write [provider]",
        None,
    );
}

#[test]
fn a_missing_key_is_named_with_its_section() {
    assert_says(
        &wrong("# Ours\n\n[provider]\nissuer = \"https://a.example/\"\n"),
        3,
        "provider.client_id",
        "“client_id” is missing in [provider]",
        None,
    );
}

#[test]
fn a_missing_key_is_named_with_its_channel() {
    let error = with(
        "[[channel]]\nname = \"One\"\nurl = \"https://a.example/1\"\n\n[[channel]]\nname = \"Two\"\nlayout = \"list\"\n",
    );

    assert_says(
        &error,
        8,
        "channel[2].url",
        "“url” is missing in [[channel]]",
        None,
    );
}

#[test]
fn no_provider_at_all_is_said_as_such() {
    for text in [
        "",
        "# empty\n",
        "[[channel]]\nname = \"One\"\nurl = \"https://a.example/1\"\n",
    ] {
        let error = wrong(text);
        assert_eq!(error.key.as_deref(), Some("provider"), "{error}");
        assert!(
            error.message.contains("the section [provider] is missing"),
            "{error}"
        );
    }
}

#[test]
fn an_address_that_is_not_encrypted_is_refused_except_on_this_machine() {
    let with_issuer =
        |issuer: &str| format!("[provider]\nissuer = \"{issuer}\"\nclient_id = \"b\"\n");

    assert_says(
        &wrong(&with_issuer("http://a.example/")),
        2,
        "provider.issuer",
        "is not encrypted: write https://",
        None,
    );
    assert!(Config::parse(Path::new("x"), &with_issuer("http://127.0.0.1:8080/")).is_ok());
    assert_says(
        &wrong(&with_issuer("a.example")),
        2,
        "provider.issuer",
        "is not an address",
        None,
    );
}

#[test]
fn the_demo_looks_as_a_file_says_even_one_without_a_provider() {
    let directory = tempfile::tempdir().unwrap();
    let read = |text: &str| {
        let path = directory.path().join("tv.toml");
        std::fs::write(&path, text).unwrap();
        Room::read(&path)
    };
    let only = "[display]\ntheme = \"light\"\n[keys]\n\"F7\" = \"ok\"\n";
    let room = read(only).unwrap();
    assert_eq!(room.display.theme, Theme::Light);
    assert_eq!(room.keys.get("F7"), Some(&KeyAction::Ok));
    assert_eq!(read(&format!("{GOOD}{only}")).unwrap(), room);
    let error = read("[display]\ntheme = \"drak\"\n").unwrap_err();
    assert_says(
        &error,
        2,
        "display.theme",
        "write “dark”, “light” or “high-contrast”",
        Some("dark"),
    );
}

#[test]
fn a_word_that_is_not_possible_lists_those_that_are() {
    assert_says(
        &with("[display]\ntheme = \"drak\"\n"),
        5,
        "display.theme",
        "write “dark”, “light” or “high-contrast”",
        Some("dark"),
    );
    assert_says(
        &with("[[channel]]\nname = \"x\"\nurl = \"https://a.example/\"\nlayout = \"card\"\n"),
        7,
        "channel[1].layout",
        "“card” is not possible here",
        Some("cards"),
    );
    assert_says(
        &with("[storage]\nbackend = \"disk\"\n"),
        5,
        "storage.backend",
        "“disk” is not possible here",
        None,
    );
}

#[test]
fn a_keys_action_is_checked_and_the_key_is_quoted_as_it_must_be() {
    let error = with("[keys]\n\"398\" = \"refesh\"\n");

    assert_says(
        &error,
        5,
        "keys.\"398\"",
        "“refesh” is not possible here",
        Some("refresh"),
    );
}

#[test]
fn single_values_are_checked_where_they_stand() {
    let channel = "[[channel]]\nname = \"x\"\nurl = \"https://a.example/\"\n";
    for (line, key, message) in [
        (
            "items = \"data\"",
            "items",
            "is not a JSON Pointer: write “/data”",
        ),
        ("next = \"page\"", "next", "is not a way to the next page"),
        ("refresh = \"soon\"", "refresh", "is not a length of time"),
        ("refresh = true", "refresh", "must be a length of time"),
        ("timeout = 0", "timeout", "is not a length of time"),
        (
            "headers = { Authorization = \"Bearer secret-value\" }",
            "headers",
            "set by tenfoot itself",
        ),
    ] {
        assert_says(
            &with(&format!("{channel}{line}\n")),
            7,
            &format!("channel[1].{key}"),
            message,
            None,
        );
    }
    assert_says(
        &with("[display]\ntext_scale = 3.0\n"),
        5,
        "display.text_scale",
        "write 1.0 to 2.5",
        None,
    );
    assert_says(
        &with("[display]\nsafe_margin = 11\n"),
        5,
        "display.safe_margin",
        "write 0 to 10",
        None,
    );
}

#[test]
fn a_key_that_is_written_twice_is_named_at_its_second_place() {
    assert_says(
        &with("client_id = \"c\"\n"),
        4,
        "provider.client_id",
        "written twice",
        None,
    );
}

#[test]
fn what_is_not_toml_is_told_with_its_line() {
    for (lines, line) in [
        ("scope = openid\n", 4),
        ("scope =\n", 4),
        ("scope = \"openid\n", 4),
        ("just some words\n", 4),
        ("[display\n", 4),
        ("params = { a = \"x\"\n[display]\nmotion = true\n", 4),
    ] {
        let error = with(lines);
        assert!(
            error
                .line
                .is_some_and(|told| (line..=line + 1).contains(&told)),
            "{lines:?}: {error}"
        );
        assert!(
            !error.message.is_empty() && !error.to_string().contains('\n'),
            "{error}"
        );
    }
    let error = with("scope = openid\n");
    assert_eq!(error.key.as_deref(), Some("provider.scope"), "{error}");
    assert!(error.message.contains("must stand in quotes"), "{error}");
}

#[test]
fn what_could_be_a_secret_is_never_repeated() {
    let channel = "[[channel]]\nname = \"x\"\nurl = \"https://a.example/\"\n";
    for lines in [
        "client_secret = \"hunter2\"\n".to_owned(),
        "client_secret_file = { value = \"hunter2\" }\n".to_owned(),
        "params = { key = hunter2 }\n".to_owned(),
        "params = [\"hunter2\"]\n".to_owned(),
        format!("{channel}headers = {{ X-Api-Key = \"hunter2\\u0000\" }}\n"),
        format!("{channel}headers = \"hunter2\"\n"),
        format!("{channel}headers = {{ Authorization = \"Bearer hunter2\" }}\n"),
        format!("{channel}body = [\"hunter2\"]\n"),
        "token_endpoint = \"http://a.example/token?key=hunter2\"\n".to_owned(),
        "token_endpoint = \"http://me:hunter2@a.example/token\"\n".to_owned(),
        "token_endpoint = \"https://me:hunter2@a.example/token\"\n".to_owned(),
        "token_endpoint = \"a.example/token?key=hunter2\"\n".to_owned(),
    ] {
        let error = with(&lines);
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}

#[test]
fn a_secret_in_the_file_is_pointed_to_a_file_of_its_own() {
    let error = with("client_secret = \"hunter2\"\n");

    assert_says(
        &error,
        4,
        "provider.client_secret",
        "is not a key that tenfoot knows",
        Some("client_secret_file"),
    );
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let directory = tempfile::tempdir().unwrap();
    let latin = directory.path().join("latin.toml");
    std::fs::write(&latin, b"name = \"caf\xe9\"").unwrap();

    for (path, why) in [
        (
            directory.path().join("missing.toml"),
            "there is no such file",
        ),
        (directory.path().to_owned(), "this is a directory"),
        (latin, "isn't text in UTF-8"),
    ] {
        let error = Config::read(&path).expect_err("it can't be read");
        assert_eq!(error.line, None);
        assert_eq!(error.file, path);
        assert!(error.message.contains(why), "{error}");
    }
}

#[test]
fn a_language_without_texts_and_a_colour_that_is_none_are_named_with_what_would_be_right() {
    let wrong = |line: &str| {
        let text = format!(
            "[provider]\nissuer = \"https://a.example/\"\nclient_id = \"x\"\n[display]\n{line}\n"
        );
        Config::parse(Path::new("c.toml"), &text)
            .unwrap_err()
            .to_string()
    };
    let language = wrong("language = \"xx\"");
    assert!(
        language.contains("en, de, fr, es, pt, ja, ar"),
        "{language}"
    );
    assert!(language.contains("line 5"), "{language}");
    let colour = wrong("accent = \"red\"");
    assert!(colour.contains("#e50914"), "{colour}");
}
