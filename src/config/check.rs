//! Everything that is wrong with a configuration, and not only the first thing.

use std::borrow::Cow;
use std::path::Path;

use serde::Deserialize as _;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use super::error::{Error, Step};
use super::files::{Files, Source};
use super::{Config, error};

/// Whoever has more mistakes sees the rest after these.
const MOST: usize = 50;
/// How iced calls keys.
const KEY_NAMES: &str = include_str!("key_names.txt");

/// What is wrong with `main` and its drop-ins, in the order of the files and lines.
#[must_use]
pub fn check(main: &Path) -> Vec<Error> {
    let files = match Files::read(main) {
        Ok(files) => files,
        Err(why) => return vec![why],
    };
    let mut found: Vec<Error> = files.all().flat_map(Source::mistakes_in_writing).collect();
    if !found.is_empty() {
        return found;
    }
    let Ok(whole) = files.whole() else {
        return found;
    };
    found.extend(of_values(&files, whole.clone()));
    found.extend(of_meaning(&files, main, whole.get_ref()));
    let place = |error: &Error| {
        let at = files.all().position(|source| source.path() == error.file);
        (at, error.line)
    };
    found.sort_by_key(place);
    found.dedup();
    found
}

/// What can't be read, one thing after another: each is taken out, or filled in where it is
/// missing, before the next one is looked for.
fn of_values(files: &Files, mut whole: Spanned<DeTable<'_>>) -> Vec<Error> {
    let (mut found, mut taken) = (Vec::new(), Vec::new());
    while found.len() < MOST {
        let Err(wrong) = Config::deserialize(Deserializer::from(whole.clone())) else {
            break;
        };
        let at = wrong.span().map_or(0, |span| span.start);
        let missing = error::missing(wrong.message());
        let steps = error::steps(whole.get_ref(), at);
        let is_changed = match missing {
            Some(name) => {
                let key: Vec<_> = steps
                    .iter()
                    .cloned()
                    .chain([Step::Name(name.clone())])
                    .collect();
                if !taken.contains(&key) {
                    found.push(files.error(&wrong));
                }
                !steps.is_empty() && fill_in(whole.get_mut(), &steps, &name)
            }
            None => {
                found.push(files.error(&wrong));
                let is_changed = take_out(whole.get_mut(), &steps);
                taken.push(steps);
                is_changed
            }
        };
        if !is_changed {
            break;
        }
    }
    found
}

fn fill_in(table: &mut DeTable<'_>, steps: &[Step], name: &str) -> bool {
    let Some(table) = table_at(table, steps) else {
        return false;
    };
    let anything = match name {
        "issuer" | "url" => "https://missing.invalid",
        _ => "missing",
    };
    let value = DeValue::String(Cow::Borrowed(anything));
    let name = Spanned::new(0..0, Cow::Owned(name.to_owned()));
    table.insert(name, Spanned::new(0..0, value)).is_none()
}

fn table_at<'t, 'i>(table: &'t mut DeTable<'i>, steps: &[Step]) -> Option<&'t mut DeTable<'i>> {
    let mut table = table;
    let mut steps = steps.iter().peekable();
    while let Some(step) = steps.next() {
        let Step::Name(name) = step else {
            return None;
        };
        table = match (table.get_mut(name.as_str())?.get_mut(), steps.peek()) {
            (DeValue::Table(inner), _) => inner,
            (DeValue::Array(items), Some(Step::Number(number))) => {
                let _ = steps.next();
                match items.get_mut(number - 1)?.get_mut() {
                    DeValue::Table(inner) => inner,
                    DeValue::String(_)
                    | DeValue::Integer(_)
                    | DeValue::Float(_)
                    | DeValue::Boolean(_)
                    | DeValue::Datetime(_)
                    | DeValue::Array(_) => return None,
                }
            }
            (
                DeValue::String(_)
                | DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_)
                | DeValue::Array(_),
                _,
            ) => return None,
        };
    }
    Some(table)
}

fn take_out(table: &mut DeTable<'_>, steps: &[Step]) -> bool {
    match steps {
        [around @ .., Step::Name(name)] => {
            table_at(table, around).is_some_and(|table| table.remove(name.as_str()).is_some())
        }
        [around @ .., Step::Name(list), Step::Number(number)] => {
            let list = table_at(table, around).and_then(|table| table.get_mut(list.as_str()));
            let Some(DeValue::Array(items)) = list.map(Spanned::get_mut) else {
                return false;
            };
            let all = std::mem::replace(items, DeArray::new())
                .into_iter()
                .enumerate();
            for (_, item) in all.filter(|(at, _)| at + 1 != *number) {
                items.push(item);
            }
            true
        }
        _ => false,
    }
}

/// What each value allows and the whole doesn't.
fn of_meaning(files: &Files, main: &Path, whole: &DeTable<'_>) -> Vec<Error> {
    let mut found = Vec::new();
    let table = |name: &str| whole.get(name).and_then(|value| value.get_ref().as_table());
    let text = |table: &'_ DeTable<'_>, name: &str| {
        let value = table.get(name)?;
        Some((value.get_ref().as_str()?.to_owned(), value.span()))
    };
    if let Some(provider) = table("provider")
        && let Some((scope, span)) = text(provider, "scope")
        && scope.contains(',')
    {
        let words: Vec<_> = scope.split(',').map(str::trim).collect();
        let message = format!(
            "scopes stand apart with spaces: write \"{}\"",
            words.join(" ")
        );
        found.push(files.error_at(span, &message));
    }
    if let Some(keys) = table("keys") {
        for (name, _) in keys {
            if !is_key(name.get_ref()) {
                let message = format!(
                    "“{}” is no key: write the kernel's number of it, its name or the character that it \
                     writes, as the key tester shows them (F1)",
                    name.get_ref()
                );
                found.push(files.error_at(name.span(), &message));
            }
        }
    }
    if let Some(display) = table("display")
        && let Some((logo, span)) = text(display, "logo")
        && let Err(why) = std::fs::metadata(main.with_file_name("").join(&logo))
    {
        let why = Error::unreadable(Path::new(&logo), &why).message;
        found.push(files.error_at(span, &format!("the logo can't be read: {why}")));
    }
    let channels = whole
        .get("channel")
        .and_then(|value| value.get_ref().as_array());
    let mut names: Vec<String> = Vec::new();
    for channel in channels.into_iter().flatten() {
        let named = channel
            .get_ref()
            .as_table()
            .and_then(|table| text(table, "name"));
        let Some((name, span)) = named else {
            continue;
        };
        let plain = name.trim().to_lowercase();
        if plain.is_empty() {
            found.push(files.error_at(span, "a channel's name is empty"));
        } else if names.contains(&plain) {
            let message = format!("another channel is called “{name}”, too");
            found.push(files.error_at(span, &message));
        }
        names.push(plain);
    }
    found
}

fn is_key(name: &str) -> bool {
    name.parse::<u32>().is_ok()
        || name.chars().count() == 1
        || KEY_NAMES
            .lines()
            .any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join("conf.d")).unwrap();
        for (name, text) in files {
            std::fs::write(directory.path().join(name), text).unwrap();
        }
        let errors = check(&directory.path().join("config.toml"));
        let place = format!("{}/", directory.path().display());
        errors
            .iter()
            .map(|error| error.to_string().replace(&place, ""))
            .collect()
    }

    const GOOD: &str = "[provider]\nissuer = \"https://a.example\"\nclient_id = \"tv\"\n";

    #[test]
    fn nothing_is_wrong_with_a_good_one() {
        let keys = "[keys]\n398 = \"refresh\"\nMediaPlay = \"pause\"\nx = \"ok\"\n";
        assert_eq!(found(&[("config.toml", &format!("{GOOD}{keys}"))]), [""; 0]);
    }

    #[test]
    fn all_mistakes_are_told_at_once_each_with_its_file() {
        let main = "[provider]\nissuer = \"http://a.example\"\nscope = \"openid, email\"\n\
                    [display]\ntheme = \"drak\"\nlogo = \"gone.png\"\n\
                    [[channel]]\nname = \"A\"\nurl = \"https://a.example/x\"\nitems = \"$.items\"\n\
                    [[channel]]\nname = \"B\"\ntitle = [\"/a\", \"/b\"]\nlayuot = \"list\"\n\
                    [keys]\nFoo = \"ok\"\n398 = \"fly\"\n";
        let more =
            "[fleet]\nspread = \"soon\"\n[[channel]]\nname = \"\"\nurl = \"https://a.example\"\n";
        let found = found(&[("config.toml", main), ("conf.d/more.toml", more)]);
        for (start, words) in [
            ("config.toml, line 2, key provider.issuer", "https"),
            ("config.toml, line 3, key provider.scope", "openid email"),
            ("config.toml, line 1, key provider.client_id", "missing"),
            ("config.toml, line 5, key display.theme", "dark"),
            ("config.toml, line 6, key display.logo", "no such file"),
            ("config.toml, line 10, key channel[1].items", "/items"),
            ("config.toml, line 11, key channel[2].url", "missing"),
            ("config.toml, line 13, key channel[2].title", "one pointer"),
            ("config.toml, line 14, key channel[2].layuot", "layout"),
            ("config.toml, line 16, key keys.Foo", "is no key"),
            ("config.toml, line 17, key keys.\"398\"", "fly"),
            (
                "conf.d/more.toml, line 2, key fleet.spread",
                "length of time",
            ),
            ("conf.d/more.toml, line 4, key channel[1].name", "empty"),
        ] {
            let is_it = |error: &String| error.starts_with(start) && error.contains(words);
            assert!(found.iter().any(is_it), "{start}: {found:#?}");
        }
        assert_eq!(found.len(), 13, "{found:#?}");
    }

    #[test]
    fn mistakes_in_the_writing_are_told_for_all_files() {
        let found = found(&[
            ("config.toml", "[provider\nissuer = x\n"),
            ("conf.d/a.toml", "a = \n"),
        ]);
        assert!(
            found
                .iter()
                .any(|error| error.starts_with("config.toml, line 1")),
            "{found:#?}"
        );
        assert!(
            found.iter().any(|error| error.starts_with("conf.d/a.toml")),
            "{found:#?}"
        );
    }

    #[test]
    fn two_channels_of_one_name_are_told() {
        let channel = "[[channel]]\nname = \"News\"\nurl = \"https://a.example\"\n";
        let found = found(&[("config.toml", &format!("{GOOD}{channel}{channel}"))]);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("config.toml, line 8, key channel[2].name"),
            "{found:#?}"
        );
    }
}
