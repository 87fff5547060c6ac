//! Which channel a person means.

use super::exit::{Exit, Failure};
use crate::config::Channel;

/// The channel with this name, whatever the case, or else with this number,
/// counted from 1.
pub(super) fn find<'a>(channels: &'a [Channel], wanted: &str) -> Result<&'a Channel, Failure> {
    let exact = channels.iter().find(|channel| channel.name == wanted);
    let folded = wanted.to_lowercase();
    let by_name = || {
        channels
            .iter()
            .find(|channel| channel.name.to_lowercase() == folded)
    };
    let by_number = || {
        wanted
            .parse::<usize>()
            .ok()?
            .checked_sub(1)
            .and_then(|index| channels.get(index))
    };
    exact
        .or_else(by_name)
        .or_else(by_number)
        .ok_or_else(|| Failure::new(Exit::Usage, unknown(channels, wanted)))
}

fn unknown(channels: &[Channel], wanted: &str) -> String {
    if channels.is_empty() {
        return format!(
            "There is no channel “{wanted}”: the configuration has no [[channel]] at all."
        );
    }
    let names: Vec<_> = channels
        .iter()
        .enumerate()
        .map(|(index, channel)| format!("{} {}", index + 1, channel.name))
        .collect();
    let nearest = nearest(channels, wanted)
        .map(|name| format!(" Did you mean “{name}”?"))
        .unwrap_or_default();
    format!(
        "There is no channel “{wanted}”.{nearest} The channels are: {}.",
        names.join(", ")
    )
}

fn nearest<'a>(channels: &'a [Channel], wanted: &str) -> Option<&'a str> {
    let likeness = |name: &str| {
        strsim::normalized_damerau_levenshtein(&name.to_lowercase(), &wanted.to_lowercase())
    };
    channels
        .iter()
        .map(|channel| (likeness(&channel.name), channel.name.as_str()))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Config;

    fn channels() -> Vec<Channel> {
        let text = "[provider]\nissuer = \"https://a.example/\"\nclient_id = \"b\"\n".to_owned()
            + &["Contacts", "Films", "1"]
                .map(|name| {
                    format!(
                        "[[channel]]\nname = \"{name}\"\nurl = \"https://api.example/{name}\"\n"
                    )
                })
                .concat();
        Config::parse(Path::new("test.toml"), &text)
            .unwrap()
            .channels
    }

    fn found(wanted: &str) -> String {
        match find(&channels(), wanted) {
            Ok(channel) => channel.name.clone(),
            Err(failure) => format!("{failure:?}"),
        }
    }

    #[test]
    fn a_channel_is_found_by_name_whatever_the_case() {
        assert_eq!(found("contacts"), "Contacts");
        assert_eq!(found("FILMS"), "Films");
    }

    #[test]
    fn a_channel_is_found_by_number_unless_that_is_a_name() {
        assert_eq!(found("2"), "Films");
        assert_eq!(found("1"), "1");
    }

    #[test]
    fn an_unknown_channel_lists_the_names_and_the_nearest() {
        let said = found("contact");

        assert!(
            said.contains("Usage") && said.contains("Did you mean “Contacts”?"),
            "{said}"
        );
        assert!(said.contains("1 Contacts, 2 Films, 3 1"), "{said}");
    }

    #[test]
    fn there_is_no_channel_zero_and_none_after_the_last() {
        assert!(found("0").contains("There is no channel"));
        assert!(found("4").contains("There is no channel"));
    }
}
