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
    let unused: Vec<_> = there
        .iter()
        .filter(|id| !named.contains(*id) && !is_quoted(id))
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
fn is_quoted(id: &str) -> bool {
    sources()
        .iter()
        .any(|text| text.contains(&format!("\"{id}\"")))
}

fn sources() -> Vec<String> {
    let mut files = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    files
        .iter()
        .filter(|path| !path.to_string_lossy().ends_with("words/tests.rs"))
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
}
