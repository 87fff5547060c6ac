use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast;
use fluent_syntax::parser::parse;

use super::bundle::files;
use super::*;

/// The messages of a language with the variables that each speaks of.
fn messages(language: Language) -> BTreeMap<String, (BTreeSet<String>, String)> {
    let mut messages = BTreeMap::new();
    for (area, text) in files(language) {
        let resource = parse(text).unwrap_or_else(|(_, errors)| {
            panic!("{}/{area}.ftl: {errors:?}", language.tag());
        });
        for entry in resource.body {
            let ast::Entry::Message(message) = entry else {
                continue;
            };
            let id = message.id.name.to_owned();
            let mut variables = BTreeSet::new();
            let value = message.value.expect("a message has words");
            gather(&value, &mut variables);
            let words = format!("{value:?}");
            let twice = messages.insert(id.clone(), (variables, words));
            assert!(twice.is_none(), "{}: “{id}” stands twice", language.tag());
        }
    }
    messages
}

fn gather(pattern: &ast::Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            in_expression(expression, variables);
        }
    }
}

fn in_expression(expression: &ast::Expression<&str>, variables: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => in_inline(inline, variables),
        ast::Expression::Select { selector, variants } => {
            in_inline(selector, variables);
            for variant in variants {
                gather(&variant.value, variables);
            }
        }
    }
}

fn in_inline(inline: &ast::InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            let _ = variables.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => in_expression(expression, variables),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                in_inline(argument, variables);
            }
        }
        ast::InlineExpression::StringLiteral { .. }
        | ast::InlineExpression::NumberLiteral { .. }
        | ast::InlineExpression::MessageReference { .. }
        | ast::InlineExpression::TermReference { .. } => {}
    }
}

#[test]
fn no_text_is_missing_in_any_language_and_each_speaks_of_the_same() {
    let english = messages(Language::English);
    for language in Language::ALL {
        let theirs = messages(language);
        let missing: Vec<_> = english
            .keys()
            .filter(|id| !theirs.contains_key(*id))
            .collect();
        assert!(
            missing.is_empty(),
            "{}: missing {missing:?}",
            language.tag()
        );
        let strange: Vec<_> = theirs
            .keys()
            .filter(|id| !english.contains_key(*id))
            .collect();
        assert!(
            strange.is_empty(),
            "{}: nobody knows {strange:?}",
            language.tag()
        );
        for (id, (variables, _)) in &theirs {
            assert_eq!(*variables, english[id].0, "{}: {id}", language.tag());
        }
    }
}

/// What is the same in another language on purpose: names, and words that are alike.
fn is_the_same_on_purpose(language: Language, id: &str) -> bool {
    let list = include_str!("same.txt");
    list.lines().any(|line| {
        let mut words = line.split_whitespace();
        words.next() == Some(id) && words.any(|tag| tag == language.tag() || tag == "all")
    })
}

#[test]
fn no_text_is_left_in_english_by_accident() {
    let english = messages(Language::English);
    for language in Language::ALL
        .into_iter()
        .filter(|&l| l != Language::English)
    {
        for (id, (_, words)) in messages(language) {
            assert!(
                words != english[&id].1 || is_the_same_on_purpose(language, &id),
                "{}: “{id}” is in English; if it should be, say so in same.txt",
                language.tag()
            );
        }
    }
}

#[test]
fn every_message_that_the_program_names_is_there_and_every_one_there_is_named() {
    let named = named();
    let there: BTreeSet<String> = messages(Language::English).into_keys().collect();
    let missing: Vec<_> = named.difference(&there).collect();
    assert!(missing.is_empty(), "named, but not there: {missing:?}");
    let sources = sources().concat();
    let unused: Vec<_> = there
        .iter()
        .filter(|id| !named.contains(*id) && !is_quoted(&sources, id))
        .collect();
    assert!(unused.is_empty(), "there, but never said: {unused:?}");
}

/// The names in `say("…")` and `Phrase::new("…")`.
fn named() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for text in sources() {
        for opening in ["say(\"", "Phrase::new(\""] {
            for (at, _) in text.match_indices(opening) {
                let rest = &text[at + opening.len()..];
                let id = rest.split('"').next().unwrap_or_default();
                let _ = found.insert(id.to_owned());
            }
        }
    }
    found
}

/// Names may be chosen by a match and said later.
fn is_quoted(sources: &str, id: &str) -> bool {
    sources.contains(&format!("\"{id}\""))
}

fn sources() -> Vec<String> {
    let mut files = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    files
        .iter()
        .filter(|path| !path.to_string_lossy().ends_with("i18n/tests.rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        // A call that is broken over two lines is the same call.
        .map(|text| {
            text.replace("(\n", "(")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .replace("( ", "(")
        })
        .collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn a_language_is_known_by_its_tag_or_a_locale() {
    assert_eq!(Language::of_tag("de"), Some(Language::German));
    assert_eq!(Language::of_tag("pt_BR.UTF-8"), Some(Language::Portuguese));
    assert_eq!(Language::of_tag("ar-EG"), Some(Language::Arabic));
    assert_eq!(Language::of_tag("C"), None);
}

#[test]
fn the_first_variable_that_is_set_decides() {
    let environment = |values: &'static [(&'static str, &'static str)]| {
        Language::of_environment(|name| {
            let value = values.iter().find(|(key, _)| *key == name)?.1;
            Some(value.to_owned())
        })
    };
    assert_eq!(environment(&[]), Language::English);
    assert_eq!(environment(&[("LANG", "fr_FR.UTF-8")]), Language::French);
    assert_eq!(
        environment(&[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")]),
        Language::English
    );
    assert_eq!(
        environment(&[("LC_ALL", ""), ("LC_MESSAGES", "es"), ("LANG", "fr")]),
        Language::Spanish
    );
    assert_eq!(
        environment(&[("LANG", "da_DK.UTF-8"), ("LANGUAGE", "da:de_AT:fr")]),
        Language::German
    );
    assert_eq!(
        environment(&[("LANG", "fr_FR.UTF-8"), ("LANGUAGE", "")]),
        Language::French
    );
    assert_eq!(
        environment(&[("LANG", "C.UTF-8"), ("LANGUAGE", "de")]),
        Language::English
    );
}

/// Whose words no screen shows, and why.
const NOT_SHOWN: [(&str, &str); 1] = [(
    "src/app/window.rs",
    "without a window, words go to whoever started the program",
)];

#[test]
fn no_screen_says_anything_that_is_not_a_message() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("src/app.rs")];
    walk(&root.join("src/app"), &mut files);
    walk(&root.join("src/screen"), &mut files);
    let mut found = Vec::new();
    for path in files {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        let is_test = path.components().any(|part| part.as_os_str() == "tests");
        if is_test || name.ends_with("tests.rs") || NOT_SHOWN.iter().any(|(n, _)| *n == name) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        found.extend(untold(&text).map(|words| format!("{name}: “{words}”")));
    }
    assert!(found.is_empty(), "in one language alone: {found:#?}");
}

#[test]
fn a_caption_in_the_code_is_found_and_a_message_a_log_and_a_test_are_not() {
    let code = "look.say(\"start-again\");\n\
                tracing::debug!(\n    number,\n    \"late answer dropped\"\n);\n\
                #[allow(dead_code, reason = \"not yet needed\")]\n\
                // \"Some words\"\n\
                let quote = '\"';\n\
                button(\"Leave\"); let more = format!(\"{n} items left\"); legend(\"OK\")\n\
                #[cfg(test)]\nmod tests { const A: &str = \"Some words\"; }\n";
    assert_eq!(
        untold(code).collect::<Vec<_>>(),
        ["Leave", "{n} items left"]
    );
}

/// The literals in production code that look like something to read.
fn untold(text: &str) -> impl Iterator<Item = String> {
    let production = ["mod ", "pub(crate) mod "]
        .iter()
        .filter_map(|begin| text.find(&format!("#[cfg(test)]\n{begin}")))
        .min()
        .map_or(text, |end| &text[..end]);
    let mut in_log = false;
    let code: String = production
        .lines()
        .map(str::trim)
        .filter(|line| {
            in_log |= line.contains("tracing::");
            let shown = !in_log && !line.starts_with("//") && !line.contains("reason = ");
            in_log &= !line.ends_with(';');
            shown
        })
        .map(|line| line.replace("'\"'", "").replace("\\\"", "") + "\n")
        .collect();
    code.split('"')
        .skip(1)
        .step_by(2)
        .filter(|words| is_to_read(words))
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

/// Two words beside each other, or one with a capital.
fn is_to_read(text: &str) -> bool {
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let words: Vec<_> = text.split(' ').collect();
    let mut letters = text.chars();
    let caption = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase);
    caption
        || words
            .windows(2)
            .any(|pair| is_word(pair[0]) && is_word(pair[1]))
}

#[test]
fn a_part_of_a_sentence_stands_alone_with_a_capital_and_a_full_stop_but_names_stay() {
    let nobody = Phrase::new("doctor-nobody");
    assert_eq!(nobody.to_string(), "nobody is signed in");
    assert_eq!(nobody.clone().alone().to_string(), "Nobody is signed in.");
    assert!(Language::Japanese.tell(&nobody.alone()).ends_with('。'));

    let answers = Phrase::new("doctor-answers").with("host", "acme.example");
    assert_eq!(answers.alone().to_string(), "acme.example responds.");
    let refused = Phrase::new("doctor-refuses").with("host", "acme.example");
    let quoted = Phrase::new("provider-quoted")
        .with("ours", refused)
        .with("theirs", "Unauthorized");
    assert!(quoted.alone().to_string().starts_with("acme.example "));
    assert_eq!(
        Phrase::new("provider-expired").alone().to_string(),
        "The code has expired."
    );
}
