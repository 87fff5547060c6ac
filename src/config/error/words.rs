//! The parser's words turned into a sentence for whoever wrote the file.

use super::place::Step;

/// A mistake, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// A sentence without its full stop.
    pub(super) message: String,
    /// The right word that looks most like the wrong one.
    pub(super) nearest: Option<String>,
    /// The last step of the key, where the key isn't in the file at all.
    pub(super) missing: Option<Step>,
}

/// What `message`, which the parser said about the key `key`, means.
pub(super) fn of(message: &str, key: &[Step]) -> Words {
    if let Some((wrong, right)) = names(message, "unknown field ") {
        let what = if key.len() > 1 {
            "key"
        } else {
            "section or key"
        };
        let message = format!(
            "“{wrong}” is not a {what} that tenfoot knows{}",
            within(key)
        );
        return Words {
            message,
            nearest: nearest(&wrong, &right),
            missing: None,
        };
    }
    if let Some((wrong, right)) = names(message, "unknown variant ") {
        let message = format!("“{wrong}” is not possible here; write {}", one_of(&right));
        return Words {
            message,
            nearest: nearest(&wrong, &right),
            missing: None,
        };
    }
    if let Some(name) = message
        .strip_prefix("missing field ")
        .and_then(|rest| quoted(rest).next())
    {
        let message = match section(key) {
            Some(section) => format!("“{name}” is missing in {section}"),
            None => format!("the section [{name}] is missing"),
        };
        return Words {
            message,
            nearest: None,
            missing: Some(Step::Name(name.to_owned())),
        };
    }
    Words {
        message: plain(message, key),
        nearest: None,
        missing: None,
    }
}

/// The name of the key that is missing, if that is what the parser says.
pub(in crate::config) fn missing(message: &str) -> Option<String> {
    let rest = message.strip_prefix("missing field ")?;
    quoted(rest).next().map(str::to_owned)
}

/// The sentence for everything that isn't about a name.
fn plain(message: &str, key: &[Step]) -> String {
    let kind = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "));
    let is_pointer = key
        .iter()
        .rev()
        .find_map(name_of)
        .is_some_and(|name| ["items", "title", "subtitle", "image", "next"].contains(&name));
    if is_pointer && kind.is_some_and(|rest| rest.starts_with("sequence")) {
        return "must be one pointer, such as \"/name\", and not a list of them".to_owned();
    }
    if let Some((_, expected)) = kind.and_then(|rest| rest.rsplit_once(", expected ")) {
        return wanted(expected, key);
    }
    if message.starts_with("data did not match any variant") {
        return "must be a length of time: whole seconds such as 60, or \"60s\", \"5m\", \"1h\""
            .to_owned();
    }
    if message.starts_with("wanted ") {
        return "must be one word in quotes".to_owned();
    }
    match message.split_once(", expected ") {
        Some((what, _)) => unreadable(what),
        None if is_syntax(message) => unreadable(message),
        None => without_secrets(message),
    }
}

/// What must be written where something of another kind stands.
fn wanted(expected: &str, key: &[Step]) -> String {
    match expected {
        "a string" | "path string" | "a borrowed string" => "must be text in quotes".to_owned(),
        "a boolean" => "must be true or false".to_owned(),
        "f32" | "f64" => "must be a number".to_owned(),
        "a sequence" => {
            let name = key.iter().rev().find_map(name_of).unwrap_or("channel");
            format!("there can be several of these, so write [[{name}]] with two brackets")
        }
        "a map" => "must be names with values, as in { name = \"value\" }".to_owned(),
        section if section.starts_with("struct ") => {
            let name = key.iter().rev().find_map(name_of).unwrap_or("provider");
            format!("must be a section: write [{name}] on its own line and the keys below it")
        }
        word if word.contains("variant") || word.starts_with("enum ") => {
            "must be one word in quotes".to_owned()
        }
        _ => "is a value of the wrong kind".to_owned(),
    }
}

/// Mistakes in the writing itself.
fn unreadable(what: &str) -> String {
    match what {
        "duplicate key" => "this is written twice; keep one of them".to_owned(),
        "string values must be quoted" => {
            "text must stand in quotes, as in name = \"value\"".to_owned()
        }
        "key with no value" | "missing value for key" | "missing value" => {
            "a value is missing: write key = \"value\"".to_owned()
        }
        other => format!("this line can't be read as TOML: {other}"),
    }
}

fn is_syntax(message: &str) -> bool {
    let first = message.split(' ').next().unwrap_or_default();
    [
        "invalid",
        "missing",
        "duplicate",
        "extra",
        "unclosed",
        "unexpected",
        "key",
        "string",
        "cannot",
        "carriage",
    ]
    .contains(&first)
}

/// Addresses are repeated without the parts that may hold a secret.
fn without_secrets(message: &str) -> String {
    let mut clean = String::new();
    let mut rest = message;
    while let Some((before, (value, after))) = rest
        .split_once('“')
        .and_then(|(before, rest)| Some((before, rest.split_once('”')?)))
    {
        let value = value.split(['?', '#']).next().unwrap_or_default();
        let value = if value.contains('@') { "…" } else { value };
        clean.push_str(&format!("{before}“{value}”"));
        rest = after;
    }
    clean + rest
}

/// The wrong name and the right ones out of "unknown … `x`, expected one of `a`, `b`".
fn names(message: &str, start: &str) -> Option<(String, Vec<String>)> {
    let (wrong, right) = message
        .strip_prefix(start)?
        .strip_prefix('`')?
        .split_once("`, ")?;
    Some((wrong.to_owned(), quoted(right).map(str::to_owned).collect()))
}

fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn one_of(right: &[String]) -> String {
    let quoted: Vec<_> = right.iter().map(|word| format!("“{word}”")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "something else".to_owned(),
    }
}

/// The right name that looks like `wrong`, if one does.
fn nearest(wrong: &str, right: &[String]) -> Option<String> {
    let wrong = wrong.to_lowercase().replace('-', "_");
    right
        .iter()
        .map(|name| {
            (
                likeness(&wrong, &name.to_lowercase().replace('-', "_")),
                name,
            )
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, name)| name.clone())
}

fn likeness(wrong: &str, right: &str) -> f64 {
    let letters = strsim::normalized_damerau_levenshtein(wrong, right);
    // `client` for `client_id`, `secret_file` for `client_secret_file`.
    let part =
        wrong.len() >= 3 && right.contains(wrong) || right.len() >= 3 && wrong.contains(right);
    if part { letters.max(0.6) } else { letters }
}

fn within(key: &[Step]) -> String {
    key.split_last()
        .and_then(|(_, above)| section(above))
        .map(|section| format!(" in {section}"))
        .unwrap_or_default()
}

/// The section's header as it is written.
fn section(key: &[Step]) -> Option<String> {
    let list = key.iter().any(|step| matches!(step, Step::Number(_)));
    let name = key.iter().filter_map(name_of).collect::<Vec<_>>().join(".");
    match (name.is_empty(), list) {
        (true, _) => None,
        (false, true) => Some(format!("[[{name}]]")),
        (false, false) => Some(format!("[{name}]")),
    }
}

fn name_of(step: &Step) -> Option<&str> {
    match step {
        Step::Name(name) => Some(name),
        Step::Number(_) => None,
    }
}
