//! One configuration out of several files: the main one, then the drop-ins beside it, in the
//! order of their names. What comes later wins, key by key, in a channel of the same name too;
//! others are added, and one with `remove = true` is taken out.
//!
//! A mistake is reported in the file and line where it stands: each file is parsed at an offset
//! of its own, so that a place in the whole says which file it is in.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::Error;

/// The folder of the drop-ins, beside the main file.
const DROP_INS: &str = "conf.d";

/// The folder of the drop-ins that belong to `main`.
#[must_use]
pub fn drop_ins_of(main: &Path) -> PathBuf {
    main.with_file_name(DROP_INS)
}

/// The files that are read for `main`, in this order; it itself whether or not it is there.
#[must_use]
pub fn files(main: &Path) -> Vec<PathBuf> {
    std::iter::once(main.to_owned())
        .chain(drop_ins(main).unwrap_or_default())
        .collect()
}

/// # Errors
/// The folder is there, but can't be read: what it says would be missing.
fn drop_ins(main: &Path) -> Result<Vec<PathBuf>, Error> {
    let folder = drop_ins_of(main);
    let unreadable = |why: std::io::Error| Error::unreadable(&folder, &why);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(why) => return Err(unreadable(why)),
    };
    let found: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()
        .map_err(unreadable)?;
    let is_ours = |path: &PathBuf| {
        let hidden = path.file_name().is_some_and(|name| {
            let name = name.as_encoded_bytes();
            name.starts_with(b".")
        });
        !hidden && path.extension().is_some_and(|ending| ending == "toml")
    };
    let mut drop_ins: Vec<_> = found.into_iter().filter(is_ours).collect();
    drop_ins.sort();
    Ok(drop_ins)
}

/// Whether nothing is written in any of the files but comments.
#[must_use]
pub fn say_nothing(main: &Path) -> bool {
    let is_empty = |file: &PathBuf| {
        let text = std::fs::read_to_string(file);
        text.is_ok_and(|text| DeTable::parse(&text).is_ok_and(|root| root.get_ref().is_empty()))
    };
    files(main).iter().all(is_empty)
}

/// Reads `main` and its drop-ins.
///
/// # Errors
/// [`Error`] where a file can't be read, or with the first thing that is wrong.
pub(super) fn read<T: DeserializeOwned>(main: &Path) -> Result<T, Error> {
    let files = Files::read(main)?;
    let whole = files.whole()?;
    T::deserialize(Deserializer::from(whole)).map_err(|wrong| files.error(&wrong))
}

/// The files of one configuration, as they are written.
pub(super) struct Files {
    main: Source,
    drop_ins: Vec<Source>,
}

impl Files {
    pub(super) fn read(main: &Path) -> Result<Self, Error> {
        let main_source = Source::read(main.to_owned(), 0)?;
        let mut offset = main_source.end();
        let mut sources = Vec::new();
        for path in drop_ins(main)? {
            let source = Source::read(path, offset)?;
            offset = source.end();
            sources.push(source);
        }
        Ok(Self {
            main: main_source,
            drop_ins: sources,
        })
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Source> {
        std::iter::once(&self.main).chain(&self.drop_ins)
    }

    /// What they say together.
    pub(super) fn whole(&self) -> Result<Spanned<DeTable<'_>>, Error> {
        let mut whole = self.main.root()?;
        for source in &self.drop_ins {
            merge(whole.get_mut(), source.root()?.into_inner());
        }
        Ok(whole)
    }

    /// What the parser says about the whole, in the file where it stands.
    pub(super) fn error(&self, wrong: &toml::de::Error) -> Error {
        let at = wrong.span().map_or(0, |span| span.start);
        self.source_at(at).error(wrong)
    }

    /// What is wrong with that piece of the whole.
    pub(super) fn error_at(&self, span: std::ops::Range<usize>, message: &str) -> Error {
        self.source_at(span.start).error_at(span, message)
    }

    fn source_at(&self, at: usize) -> &Source {
        let holds = |source: &&Source| (source.offset..source.end()).contains(&at);
        self.drop_ins.iter().find(holds).unwrap_or(&self.main)
    }
}

pub(super) struct Source {
    path: PathBuf,
    text: String,
    /// The text after as many spaces as come before it in the whole.
    padded: String,
    offset: usize,
}

impl Source {
    fn read(path: PathBuf, offset: usize) -> Result<Self, Error> {
        let text = std::fs::read_to_string(&path).map_err(|why| Error::unreadable(&path, &why))?;
        Ok(Self {
            padded: format!("{}{text}", " ".repeat(offset)),
            path,
            text,
            offset,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    const fn end(&self) -> usize {
        self.offset + self.text.len() + 1
    }

    fn root(&self) -> Result<Spanned<DeTable<'_>>, Error> {
        DeTable::parse(&self.padded).map_err(|wrong| self.error(&wrong))
    }

    /// What isn't TOML.
    pub(super) fn mistakes_in_writing(&self) -> Vec<Error> {
        let (_, errors) = DeTable::parse_recoverable(&self.padded);
        errors.iter().map(|wrong| self.error(wrong)).collect()
    }

    fn error(&self, wrong: &toml::de::Error) -> Error {
        match wrong.span() {
            Some(span) => self.error_at(span, wrong.message()),
            None => Error::from_parser(&self.path, &self.text, wrong.message(), None),
        }
    }

    fn error_at(&self, span: std::ops::Range<usize>, message: &str) -> Error {
        let local = |at: usize| at.saturating_sub(self.offset).min(self.text.len());
        let span = local(span.start)..local(span.end);
        Error::from_parser(&self.path, &self.text, message, Some(span))
    }
}

/// What `later` says wins.
fn merge<'i>(earlier: &mut DeTable<'i>, later: DeTable<'i>) {
    for (key, value) in later {
        let Some(before) = earlier.get_mut(key.get_ref().as_ref()) else {
            let _ = earlier.insert(key, value);
            continue;
        };
        let span = value.span();
        match (before.get_mut(), value.into_inner()) {
            (DeValue::Table(before), DeValue::Table(after)) => merge(before, after),
            (DeValue::Array(before), DeValue::Array(after)) if is_of_tables(&after) => {
                for item in after {
                    let same = before.iter().position(|old| is_of_one_name(old, &item));
                    let removes = is_removal(&item);
                    match (same, item.into_inner()) {
                        (Some(at), _) if removes => {
                            let all = std::mem::replace(before, toml::de::DeArray::new())
                                .into_iter()
                                .enumerate();
                            for (_, other) in all.filter(|(index, _)| *index != at) {
                                before.push(other);
                            }
                        }
                        (None, _) if removes => {}
                        (Some(at), DeValue::Table(later)) => {
                            if let Some(DeValue::Table(earlier)) =
                                before.get_mut(at).map(Spanned::get_mut)
                            {
                                merge(earlier, later);
                            }
                        }
                        (_, other) => before.push(Spanned::new(span.clone(), other)),
                    }
                }
            }
            (_, value) => {
                let _ = earlier.remove(key.get_ref().as_ref());
                let _ = earlier.insert(key, Spanned::new(span, value));
            }
        }
    }
}

fn is_of_tables(array: &toml::de::DeArray<'_>) -> bool {
    let is_table = |item: &Spanned<DeValue<'_>>| matches!(item.get_ref(), DeValue::Table(_));
    array.iter().all(is_table)
}

/// Whether it takes the channel of its name out.
fn is_removal(item: &Spanned<DeValue<'_>>) -> bool {
    let DeValue::Table(table) = item.get_ref() else {
        return false;
    };
    let remove = table.get("remove").map(Spanned::get_ref);
    matches!(remove, Some(DeValue::Boolean(true)))
}

fn is_of_one_name(one: &Spanned<DeValue<'_>>, other: &Spanned<DeValue<'_>>) -> bool {
    let name = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
        DeValue::Table(table) => {
            let name = table.get("name")?.get_ref().as_str()?;
            Some(name.to_owned())
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_) => None,
    };
    name(one).is_some_and(|one| Some(one) == name(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Theme};

    const MAIN: &str = "[provider]\nissuer = \"https://acme.example/\"\nclient_id = \"tv\"\n\
        [[channel]]\nname = \"One\"\nurl = \"https://acme.example/1\"\n\
        [[channel]]\nname = \"Two\"\nurl = \"https://acme.example/2\"\n[display]\nmotion = false\n";

    /// A directory with these files in it.
    fn written(files: &[(&str, &str)]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join(DROP_INS)).unwrap();
        for (name, text) in files {
            std::fs::write(directory.path().join(name), text).unwrap();
        }
        directory
    }

    fn read_in(directory: &tempfile::TempDir) -> Result<Config, Error> {
        Config::read(&directory.path().join("config.toml"))
    }

    #[test]
    fn drop_ins_win_key_by_key_in_the_order_of_their_names() {
        let directory = written(&[
            ("config.toml", MAIN),
            ("conf.d/20-room.toml", "[display]\ntheme = \"light\"\n"),
            (
                "conf.d/10-all.toml",
                "[display]\ntheme = \"high-contrast\"\ntext_scale = 1.5\n",
            ),
            ("conf.d/.hidden.toml", "nonsense"),
            ("conf.d/notes.txt", "nonsense"),
        ]);
        let display = read_in(&directory).unwrap().display;
        assert_eq!(display.theme, Theme::Light);
        assert_eq!(display.text_scale.factor(), 1.5);
        assert!(!display.motion, "what nobody changes stays");
    }

    #[test]
    fn a_channel_replaces_one_of_its_name_and_others_are_added() {
        let channel = |name: &str, path: &str| {
            format!("[[channel]]\nname = \"{name}\"\nurl = \"https://acme.example/{path}\"\n")
        };
        let more = channel("Two", "other") + &channel("Three", "3");
        let directory = written(&[("config.toml", MAIN), ("conf.d/more.toml", &more)]);
        let channels = read_in(&directory).unwrap().channels;
        let shown: Vec<_> = channels
            .iter()
            .map(|channel| (channel.name.as_str(), channel.url.url().path()))
            .collect();
        assert_eq!(shown, [("One", "/1"), ("Two", "/other"), ("Three", "/3")]);
    }

    #[test]
    fn a_mistake_is_reported_in_the_file_and_line_where_it_stands() {
        let wrong = "# a comment\n[display]\nthem = \"light\"\n";
        let directory = written(&[("config.toml", MAIN), ("conf.d/room.toml", wrong)]);
        let error = read_in(&directory).unwrap_err();
        assert!(error.file.ends_with("conf.d/room.toml"), "{error}");
        assert_eq!(
            (error.line, error.key.as_deref()),
            (Some(3), Some("display.them"))
        );
        assert_eq!(error.nearest.as_deref(), Some("theme"));

        let directory = written(&[
            ("config.toml", &MAIN.replace("motion", "moton")),
            ("conf.d/room.toml", "[display]\ntheme = \"light\"\n"),
        ]);
        let error = read_in(&directory).unwrap_err();
        assert!(error.file.ends_with("config.toml"), "{error}");
        assert_eq!(error.line, Some(11));

        let directory = written(&[
            ("config.toml", MAIN),
            ("conf.d/room.toml", "\n\n[display\n"),
        ]);
        let error = read_in(&directory).unwrap_err();
        assert!(error.file.ends_with("conf.d/room.toml"), "{error}");
        assert_eq!(error.line, Some(3));
    }

    #[test]
    fn what_no_file_says_is_missing_in_the_main_one() {
        let directory = written(&[
            ("config.toml", "# nothing\n"),
            ("conf.d/room.toml", "[display]\ntheme = \"light\"\n"),
        ]);
        let error = read_in(&directory).unwrap_err();
        assert!(error.file.ends_with("config.toml"), "{error}");
        assert!(!say_nothing(&directory.path().join("config.toml")));
        let directory = written(&[("config.toml", "# nothing\n"), ("conf.d/a.toml", "")]);
        assert!(say_nothing(&directory.path().join("config.toml")));
    }

    #[test]
    fn a_provider_may_stand_in_a_drop_in_alone() {
        let directory = written(&[("config.toml", "# nothing\n"), ("conf.d/a.toml", MAIN)]);
        assert_eq!(read_in(&directory).unwrap().channels.len(), 2);
    }

    #[test]
    fn a_later_file_changes_one_key_of_a_channel_or_takes_the_channel_out() {
        let news =
            "[[channel]]\nname = \"News\"\nurl = \"https://a.example/n\"\nlayout = \"list\"\n";
        let main = format!("{MAIN}{news}");
        let change = "[[channel]]\nname = \"News\"\nlayout = \"table\"\n";
        let directory = written(&[("config.toml", &main), ("conf.d/a.toml", change)]);
        let channels = read_in(&directory).unwrap().channels;
        let news = channels
            .iter()
            .find(|channel| channel.name == "News")
            .unwrap();
        assert_eq!(news.layout, crate::config::Layout::Table);
        assert_eq!(news.url.url().as_str(), "https://a.example/n");

        let removal = "[[channel]]\nname = \"News\"\nremove = true\n";
        let directory = written(&[("config.toml", &main), ("conf.d/b.toml", removal)]);
        let left = read_in(&directory).unwrap().channels;
        assert_eq!(left.len(), channels.len() - 1);
        assert!(left.iter().all(|channel| channel.name != "News"));
    }

    #[test]
    fn a_folder_of_drop_ins_that_cannot_be_read_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("config.toml"), MAIN).unwrap();
        std::fs::write(directory.path().join(DROP_INS), "a file").unwrap();
        let error = read_in(&directory).unwrap_err();
        assert!(error.file.ends_with(DROP_INS), "{error}");
    }
}
