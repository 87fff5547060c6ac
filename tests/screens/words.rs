//! What the texts that the program has are in other languages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use fluent_syntax::ast::{Entry, PatternElement};
use fluent_syntax::parser;
use tenfoot::i18n::Language;

/// The names of the messages without variables, by their English words.
static NAMES: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/texts/en");
    let mut names: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for file in folder.read_dir().unwrap() {
        let source = fs::read_to_string(file.unwrap().path()).unwrap();
        for entry in parser::parse(source).unwrap().body {
            if let Entry::Message(message) = entry
                && let Some(pattern) = message.value
                && let [PatternElement::TextElement { value }] = pattern.elements.as_slice()
            {
                let name = message.id.name.leak();
                names.entry(value.clone()).or_default().push(&*name);
            }
        }
    }
    names
});

/// What stands where English says `words`: the same where that isn't a text of the
/// program, several where English has one word for several.
pub(crate) fn said(words: &str, language: Language) -> Vec<String> {
    match NAMES.get(words) {
        Some(names) => names.iter().map(|name| language.say(name)).collect(),
        None => vec![words.to_owned()],
    }
}
