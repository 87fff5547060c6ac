//! What the layout promises, read out of the sources.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    reason = "a test may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Where time may be read: everywhere else it is an argument.
const CLOCKS: [&str; 6] = [
    "Timestamp::now",
    "Zoned::now",
    "Instant::now",
    "SystemTime::now",
    "clock_gettime",
    "OffsetDateTime::now",
];

/// What decides, and is told everything it decides from.
const DECISIONS: [&str; 28] = [
    "src/address.rs",
    "src/address/host.rs",
    "src/oauth/response.rs",
    "src/oauth/response/code.rs",
    "src/oauth/response/fields.rs",
    "src/oauth/response/retry_after.rs",
    "src/oauth/response/diagnosis.rs",
    "src/oauth/response/verification.rs",
    "src/oauth/client_auth.rs",
    "src/oauth/device.rs",
    "src/oauth/dpop.rs",
    "src/oauth/flow.rs",
    "src/oauth/id_token.rs",
    "src/oauth/error.rs",
    "src/oauth/id_token/keys.rs",
    "src/oauth/provider.rs",
    "src/oauth/provider/reach.rs",
    "src/oauth/refresh.rs",
    "src/oauth/request.rs",
    "src/oauth/token.rs",
    "src/oauth/userinfo.rs",
    "src/config/local.rs",
    "src/channel/listing.rs",
    "src/channel/paging.rs",
    "src/channel/paging/numbered.rs",
    "src/channel/value.rs",
    "src/doctor/provider.rs",
    "src/doctor/remedy.rs",
];

/// What each module may use of the others: data flows from the bottom of this table to its top.
const EDGES: [(&str, &[&str]); 21] = [
    ("secret", &["charset"]),
    ("paths", &["i18n"]),
    ("storage", &["i18n"]),
    ("stop", &["work"]),
    ("speech", &["secret"]),
    ("address", &["text"]),
    ("config", &["i18n", "paths", "secret", "text"]),
    ("web", &["clock", "config", "i18n", "text"]),
    (
        "oauth",
        &[
            "address", "charset", "clock", "config", "i18n", "paths", "secret", "storage", "text",
            "web",
        ],
    ),
    (
        "session",
        &[
            "clock", "config", "i18n", "oauth", "secret", "storage", "web", "work",
        ],
    ),
    (
        "channel",
        &[
            "charset", "clock", "config", "disk", "i18n", "oauth", "secret", "session", "storage",
            "text", "web",
        ],
    ),
    ("renderer", &["config", "i18n", "paths", "storage"]),
    (
        "ui",
        &["channel", "clock", "config", "i18n", "renderer", "text"],
    ),
    ("kiosk", &["clock", "config", "ui", "work"]),
    (
        "doctor",
        &[
            "channel", "config", "i18n", "oauth", "session", "text", "web",
        ],
    ),
    ("demo", &["clock", "i18n"]),
    (
        "setup",
        &[
            "channel", "clock", "config", "demo", "i18n", "paths", "session",
        ],
    ),
    (
        "screen",
        &[
            "channel", "clock", "config", "doctor", "i18n", "oauth", "secret", "session", "text",
            "ui", "web", "work",
        ],
    ),
    (
        "app",
        &[
            "channel", "clock", "config", "demo", "disk", "doctor", "i18n", "kiosk", "oauth",
            "screen", "session", "setup", "speech", "stop", "storage", "text", "ui", "watch",
            "work",
        ],
    ),
    ("cli", &["app", "demo", "session"]),
    (
        "command",
        &[
            "app", "channel", "cli", "clock", "config", "demo", "disk", "doctor", "i18n", "oauth",
            "paths", "renderer", "secret", "session", "setup", "stop", "text", "ui", "web", "work",
        ],
    ),
];

#[test]
fn modules_use_those_that_they_may_and_no_others() {
    let mut used: BTreeMap<String, BTreeMap<String, PathBuf>> = BTreeMap::new();
    for source in sources(|path| !path.components().any(|part| part.as_os_str() == "tests")) {
        let module = source.module();
        if ["lib", "main"].contains(&module.as_str()) {
            continue;
        }
        let others = source.modules_used();
        let others = others.into_iter().filter(|other| *other != module);
        let edges = used.entry(module.clone()).or_default();
        edges.extend(others.map(|other| (other, source.path.clone())));
    }
    used.retain(|_, others| !others.is_empty());
    let mut wrong = Vec::new();
    for (module, others) in &used {
        let allowed = EDGES.iter().find(|(name, _)| name == module);
        let allowed = allowed.map_or(&[][..], |(_, allowed)| allowed);
        for (other, path) in others {
            if !allowed.contains(&other.as_str()) {
                wrong.push(format!("{}: {module} may not use {other}", path.display()));
            }
        }
    }
    for (module, allowed) in EDGES {
        for other in allowed {
            if !used.get(module).is_some_and(|it| it.contains_key(*other)) {
                wrong.push(format!(
                    "{module} no longer uses {other}: take it out of EDGES"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_module_uses_one_that_uses_it() {
    let mut left: Vec<_> = EDGES.to_vec();
    loop {
        let names: Vec<_> = left.iter().map(|(name, _)| *name).collect();
        let before = left.len();
        left.retain(|(_, uses)| uses.iter().any(|other| names.contains(other)));
        if left.len() == before {
            break;
        }
    }
    assert!(left.is_empty(), "in a circle: {left:?}");
}

#[test]
fn every_path_that_a_rule_names_exists() {
    for path in DECISIONS {
        assert!(root().join(path).is_file(), "{path}");
    }
}

#[test]
fn modules_are_found_in_paths_groups_and_not_in_comments() {
    let text = "use crate::{clock, ui::Look};\nlet a = crate::web::get(); // crate::demo\n";
    let source = Source {
        path: PathBuf::from("src/a/b.rs"),
        text: text.to_owned(),
    };
    assert_eq!(source.module(), "a");
    let used: Vec<_> = source.modules_used().into_iter().collect();
    assert_eq!(used, ["clock", "ui", "web"]);
}

#[test]
fn the_protocol_the_session_the_channels_and_the_configuration_know_no_pixels() {
    let below = sources(|path| {
        [
            "src/oauth",
            "src/session",
            "src/channel",
            "src/config",
            "src/config.rs",
            "src/i18n",
            "src/i18n.rs",
        ]
        .iter()
        .any(|place| path.starts_with(place))
    });
    assert_none(&below, &["iced"]);
}

#[test]
fn decisions_make_no_calls_and_wait_for_nothing() {
    assert_none(&decisions(), &["reqwest", "tokio"]);
}

#[test]
fn decisions_are_given_the_time() {
    assert_none(&decisions(), &CLOCKS);
    assert_none(&decisions(), &["SystemClock", "SharedClock"]);
}

#[test]
fn one_file_speaks_http_to_the_provider_and_one_to_the_channels() {
    let others = sources(|path| {
        [
            "src/oauth/http.rs",
            "src/channel/http.rs",
            "src/web.rs",
            "src/web/body.rs",
            "src/web/error.rs",
        ]
        .iter()
        .all(|speaks| path != Path::new(speaks))
    });
    assert_none(&others, &["reqwest"]);
}

#[test]
fn clocks_are_read_in_one_file() {
    assert_none(&sources(|path| path != Path::new("src/clock.rs")), &CLOCKS);
}

#[test]
fn the_top_level_holds_what_a_newcomer_expects_and_nothing_else() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "CHANGELOG.md",
        "src",
        "assets",
        "tests",
        "packaging",
        "target",
    ];
    let strangers: Vec<String> = entries(&root())
        .into_iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| {
            !allowed.contains(&name.as_str())
                && !name.starts_with("LICENSE")
                && !name.starts_with('.')
        })
        .collect();
    assert!(strangers.is_empty(), "at the top level: {strangers:?}");
}

#[test]
fn a_name_in_code_is_found_with_its_line() {
    let source = Source {
        path: PathBuf::from("src/a.rs"),
        text: "mod b;\nuse iced::Task;\n".to_owned(),
    };
    assert_eq!(source.named(&["iced"]), ["src/a.rs:2: use iced::Task;"]);
}

#[test]
fn a_longer_word_a_comment_and_a_unit_test_are_not_a_name() {
    let text =
        "//! iced\nlet noticed = 1; // iced\n#[cfg(test)]\nmod tests {\n    use iced::Task;\n}\n";
    let source = Source {
        path: PathBuf::from("src/a.rs"),
        text: text.to_owned(),
    };
    assert_eq!(source.named(&["iced"]), Vec::<String>::new());
}

struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// The module below `src` that it belongs to.
    fn module(&self) -> String {
        let below = self.path.strip_prefix("src").unwrap();
        let first = Path::new(below.components().next().unwrap().as_os_str());
        first.file_stem().unwrap().to_string_lossy().into_owned()
    }

    /// The modules of the crate that its production code names.
    fn modules_used(&self) -> BTreeSet<String> {
        let code: String = self.production().map(code).collect::<Vec<_>>().join(" ");
        let word = |text: &str| -> String {
            let inside = |c: &char| c.is_alphanumeric() || *c == '_';
            text.trim_start().chars().take_while(inside).collect()
        };
        let mut found = BTreeSet::new();
        for part in code.split("crate::").skip(1) {
            match part.strip_prefix('{') {
                None => drop(found.insert(word(part))),
                Some(group) => {
                    let group = group.split(';').next().unwrap();
                    let (mut depth, mut start) = (0, true);
                    for (at, c) in group.char_indices() {
                        if start && depth == 0 && !c.is_whitespace() {
                            found.insert(word(&group[at..]));
                            start = false;
                        }
                        match c {
                            '{' => depth += 1,
                            '}' => depth -= 1,
                            ',' if depth == 0 => start = true,
                            _ => {}
                        }
                    }
                }
            }
        }
        found.remove("");
        found
    }

    /// The lines without unit tests.
    fn production(&self) -> impl Iterator<Item = &str> {
        let mut before = "";
        self.text.lines().take_while(move |line| {
            let tests = before.trim() == "#[cfg(test)]" && line.trim_start().starts_with("mod ");
            before = line;
            !tests
        })
    }

    /// The lines of production code that hold one of `names` as a whole word.
    fn named(&self, names: &[&str]) -> Vec<String> {
        self.production()
            .enumerate()
            .filter(|(_, line)| names.iter().any(|name| holds(code(line), name)))
            .map(|(at, line)| format!("{}:{}: {}", self.path.display(), at + 1, line.trim()))
            .collect()
    }
}

/// A line without its comment; `https://` begins none.
fn code(line: &str) -> &str {
    if line.trim_start().starts_with("//") {
        return "";
    }
    line.find(" // ").map_or(line, |at| &line[..at])
}

fn holds(line: &str, name: &str) -> bool {
    // `iced_runtime` and `tokio_stream` are named as well where `iced` and `tokio` are asked for.
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(inside)
            && !line[at + name.len()..]
                .chars()
                .next()
                .is_some_and(char::is_alphanumeric)
    })
}

fn assert_none(sources: &[Source], names: &[&str]) {
    assert!(!sources.is_empty(), "nothing was read");
    let found: Vec<String> = sources
        .iter()
        .flat_map(|source| source.named(names))
        .collect();
    assert!(found.is_empty(), "{names:?} named in\n{}", found.join("\n"));
}

fn decisions() -> Vec<Source> {
    sources(|path| DECISIONS.iter().any(|place| path == Path::new(place)))
}

/// The files under `src` that `wanted` picks, by their path from the top level.
fn sources(wanted: impl Fn(&Path) -> bool) -> Vec<Source> {
    let mut folders = vec![root().join("src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in entries(&folder) {
            let path = entry.strip_prefix(root()).unwrap().to_owned();
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|e| e == "rs")
                && !path.ends_with("tests.rs")
                && wanted(&path)
            {
                found.push(Source {
                    path,
                    text: fs::read_to_string(entry).unwrap(),
                });
            }
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
