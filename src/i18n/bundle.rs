//! The texts of each language, read when they are first asked for.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::{Argument, Direction, Language, Phrase};

/// The files of a language, by area.
macro_rules! files {
    ($language:literal) => {
        files!(
            $language,
            "common", "start", "code", "waiting", "signed-in", "details", "ended", "problem", "help", "idle", "values", "connection", "provider", "session", "channel", "spoken", "service", "doctor"
        )
    };
    ($language:literal, $($area:literal),*) => {
        [$((
            $area,
            include_str!(concat!("../../assets/texts/", $language, "/", $area, ".ftl")),
        )),*]
    };
}

pub(super) type Files = [(&'static str, &'static str); 18];

pub(super) const fn files(language: Language) -> Files {
    match language {
        Language::English => files!("en"),
        Language::German => files!("de"),
        Language::French => files!("fr"),
        Language::Spanish => files!("es"),
        Language::Portuguese => files!("pt"),
        Language::Japanese => files!("ja"),
        Language::Arabic => files!("ar"),
    }
}

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: [LazyLock<Bundle>; Language::ALL.len()] = [
    LazyLock::new(|| load(Language::English)),
    LazyLock::new(|| load(Language::German)),
    LazyLock::new(|| load(Language::French)),
    LazyLock::new(|| load(Language::Spanish)),
    LazyLock::new(|| load(Language::Portuguese)),
    LazyLock::new(|| load(Language::Japanese)),
    LazyLock::new(|| load(Language::Arabic)),
];

fn load(language: Language) -> Bundle {
    let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // The marks around names matter where they are read the other way round.
    bundle.set_use_isolating(language.direction() == Direction::RightToLeft);
    for (_, text) in files(language) {
        // What is wrong with a file is found by a test, and the rest of it is good.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(good, _)| good);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

impl Language {
    fn bundle(self) -> &'static Bundle {
        &BUNDLES[self as usize]
    }

    /// The words of the message `id`, which is about nothing.
    #[must_use]
    pub fn say(self, id: &'static str) -> String {
        self.tell(&Phrase::new(id))
    }

    /// The phrase in words; in English where it is missing.
    #[must_use]
    pub fn tell(self, phrase: &Phrase) -> String {
        self.find(phrase)
            .or_else(|| Self::English.find(phrase))
            .unwrap_or_else(|| phrase.id.to_owned())
    }

    pub(super) fn find(self, phrase: &Phrase) -> Option<String> {
        let bundle = self.bundle();
        let pattern = bundle.get_message(phrase.id)?.value()?;
        let mut arguments = FluentArgs::with_capacity(phrase.arguments.len());
        for (name, argument) in &phrase.arguments {
            arguments.set(*name, self.value(argument));
        }
        let words = bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new());
        Some(if phrase.alone {
            self.sentence(&words, &phrase.arguments)
        } else {
            words.into_owned()
        })
    }

    /// Names keep their small letters: hosts have no others.
    fn sentence(self, words: &str, arguments: &[(&str, Argument)]) -> String {
        let begins_with_a_name = begins_with_a_name(words, arguments);
        let mut letters = words.chars();
        let mut sentence = match letters.next() {
            Some(first) if !begins_with_a_name => first.to_uppercase().collect::<String>(),
            Some(first) => first.to_string(),
            None => String::new(),
        };
        sentence.push_str(letters.as_str());
        if !sentence.ends_with(['.', '?', '。', '？', '؟']) {
            sentence.push(match self {
                Self::Japanese => '。',
                Self::English
                | Self::German
                | Self::French
                | Self::Spanish
                | Self::Portuguese
                | Self::Arabic => '.',
            });
        }
        sentence
    }

    fn value(self, argument: &Argument) -> FluentValue<'_> {
        match argument {
            Argument::Text(text) => FluentValue::from(text.as_str()),
            Argument::Number(number) => FluentValue::from(*number),
            Argument::Phrase(phrase) => FluentValue::from(self.tell(phrase)),
        }
    }
}

/// Whether what comes first is somebody's word, also where a phrase in the phrase says it.
fn begins_with_a_name(words: &str, arguments: &[(&str, Argument)]) -> bool {
    arguments.iter().any(|(_, argument)| match argument {
        Argument::Text(text) => !text.is_empty() && words.starts_with(text.as_str()),
        Argument::Phrase(inner) => begins_with_a_name(words, &inner.arguments),
        Argument::Number(_) => false,
    })
}
