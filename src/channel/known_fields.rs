//! The names that services usually give to a thing's title, second line and
//! picture, best first. Compared without case and separators, so that `avatar_url`
//! and `avatarUrl` are one name.

use std::borrow::Cow;

use super::json::{Field, Json};

static TITLES: Names = Names::new(&[
    "title",
    "name",
    "displayname",
    "fullname",
    "label",
    "heading",
    "headline",
    "subject",
    "summary",
    "caption",
    "login",
    "username",
    "preferredusername",
    "nickname",
    "screenname",
    "handle",
]);

static SUBTITLES: Names = Names::new(&[
    "subtitle",
    "tagline",
    "description",
    "shortdescription",
    "summary",
    "overview",
    "excerpt",
    "abstract",
    "bio",
    "email",
    "emailaddress",
    "mail",
    "jobtitle",
    "role",
    "position",
    "company",
    "organization",
    "organisation",
    "artist",
    "artists",
    "author",
    "authors",
    "creator",
    "text",
    "message",
    "body",
    "content",
    "snippet",
    "status",
    "state",
    "category",
    "genre",
    "genres",
    "type",
    "kind",
    "location",
    "city",
    "country",
    "address",
    "date",
    "startdate",
    "start",
    "publishedat",
    "createdat",
    "created",
    "updatedat",
    "year",
    "releaseyear",
    "price",
    "phone",
]);

static IMAGES: Names = Names::new(&[
    "image",
    "imageurl",
    "picture",
    "pictureurl",
    "poster",
    "posterurl",
    "posterpath",
    "cover",
    "coverurl",
    "coverimage",
    "artwork",
    "artworkurl",
    "photo",
    "photourl",
    "avatar",
    "avatarurl",
    "thumbnail",
    "thumbnailurl",
    "thumb",
    "thumburl",
    "profileimage",
    "profileimageurl",
    "profilepicture",
    "img",
    "imgurl",
    "imagesrc",
    "images",
    "pictures",
    "photos",
    "thumbnails",
    "preview",
    "previewurl",
    "banner",
    "bannerurl",
    "backdrop",
    "screenshot",
    "logo",
    "logourl",
    "flag",
    "flags",
    "icon",
    "iconurl",
]);

/// Lists of things, by the names of the arrays that hold them. An empty array of
/// such a name is an empty list rather than a detail.
static LISTS: Names = Names::new(&[
    "data", "items", "results", "result", "value", "values", "entries", "entry", "records", "rows",
    "list", "content", "contents", "hits", "nodes", "edges", "elements", "objects", "members",
    "member", "children",
]);

/// Lists and objects that stand beside the things that were asked for.
static ASIDE: Names = Names::new(&[
    "links",
    "link",
    "included",
    "errors",
    "error",
    "warnings",
    "messages",
    "notices",
    "roles",
    "permissions",
    "scopes",
    "meta",
    "metadata",
    "pagination",
    "paging",
    "facets",
    "aggregations",
    "filters",
    "columns",
    "schema",
    "relationships",
    "extensions",
    "debug",
    "context",
]);

/// Objects that wrap the thing itself: JSON:API, GraphQL, GeoJSON, Airtable,
/// Elasticsearch, FHIR, Spotify.
static WRAPPERS: Names = Names::new(&[
    "attributes",
    "node",
    "properties",
    "fields",
    "source",
    "resource",
    "item",
    "track",
    "snippet",
]);

/// The keys under which an object keeps the text that stands for it.
static INNER_TEXTS: Names = Names::new(&[
    "rendered",
    "text",
    "value",
    "common",
    "full",
    "formatted",
    "display",
    "plaintext",
    "en",
    "default",
]);

/// The keys under which an object keeps the address of a picture, the largest
/// usual sizes first.
static INNER_IMAGES: Names = Names::new(&[
    "url", "src", "href", "uri", "link", "large", "medium", "full", "original", "png", "small",
    "thumb",
]);

/// The fields of a thing with one of the usual names, best name first.
pub(super) fn titles<'a, 'j, V>(
    fields: &'a [(Cow<'j, str>, V)],
) -> impl Iterator<Item = &'a (Cow<'j, str>, V)> {
    ranked(fields, &TITLES)
}

/// [`titles`] for the second line.
pub(super) fn subtitles<'a, 'j>(fields: &'a [Field<'j>]) -> impl Iterator<Item = &'a Field<'j>> {
    ranked(fields, &SUBTITLES)
}

/// [`titles`] for pictures.
pub(super) fn images<'a, 'j>(fields: &'a [Field<'j>]) -> impl Iterator<Item = &'a Field<'j>> {
    ranked(fields, &IMAGES)
}

/// The thing inside a wrapper, if there is one.
pub(super) fn wrapped<'a, 'j>(fields: &'a [Field<'j>]) -> Option<&'a Json<'j>> {
    ranked(fields, &WRAPPERS)
        .map(|(_, value)| value)
        .find(|value| value.is_object())
}

/// The text inside an object that stands for it.
pub(super) fn inner_texts<'a, 'j>(fields: &'a [Field<'j>]) -> impl Iterator<Item = &'a Json<'j>> {
    ranked(fields, &INNER_TEXTS).map(|(_, value)| value)
}

/// The addresses of a picture inside an object.
pub(super) fn inner_images<'a, 'j>(fields: &'a [Field<'j>]) -> impl Iterator<Item = &'a Json<'j>> {
    ranked(fields, &INNER_IMAGES).map(|(_, value)| value)
}

/// Whether an array of this name usually holds the things that were asked for.
pub(super) fn is_list(name: &str) -> bool {
    LISTS.rank(name).is_some()
}

/// Whether what has this name is usually about the answer, and not what was asked for.
pub(super) fn is_aside(name: &str) -> bool {
    ASIDE.rank(name).is_some()
}

/// A name that ends like a title's: `productName`, `song_title`.
pub(super) fn ends_like_a_title(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    (name.ends_with("name") || name.ends_with("title")) && !name.ends_with("filename")
}

/// Given and family name, where they stand apart.
pub(super) fn person<'a, 'j>(fields: &'a [Field<'j>]) -> [Option<&'a Json<'j>>; 2] {
    static GIVEN: Names = Names::new(&["givenname", "firstname", "forename", "first", "given"]);
    static FAMILY: Names = Names::new(&["familyname", "lastname", "surname", "last", "family"]);
    let one = |names| ranked(fields, names).map(|(_, value)| value).next();
    [one(&GIVEN), one(&FAMILY)]
}

fn ranked<'a, 'j, V>(
    fields: &'a [(Cow<'j, str>, V)],
    names: &Names,
) -> impl Iterator<Item = &'a (Cow<'j, str>, V)> + use<'a, 'j, V> {
    let mut found: Vec<(usize, &(Cow<'j, str>, V))> = fields
        .iter()
        .filter_map(|field| Some((names.rank(&field.0)?, field)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, field)| field)
}

/// Usual names, best first. Every field of every item is compared with all of them, and most
/// are none of them: that is seen by their length and first letter.
struct Names {
    names: &'static [&'static str],
    /// Of the names of that length, a bit for each letter that one begins with.
    first: [u32; LONGEST + 1],
    /// The same of all names.
    any: u32,
}

impl Names {
    /// Names of small letters and digits that begin with a letter.
    const fn new(names: &'static [&'static str]) -> Self {
        let (mut first, mut any, mut at) = ([0; LONGEST + 1], 0, 0);
        while at < names.len() {
            let name = names[at].as_bytes();
            first[name.len()] |= bit(name[0]);
            any |= bit(name[0]);
            at += 1;
        }
        Self { names, first, any }
    }

    /// Which of the names it is, written in whatever way.
    fn rank(&self, name: &str) -> Option<usize> {
        let first = name.bytes().find(u8::is_ascii_alphanumeric)?;
        if self.any & bit(first.to_ascii_lowercase()) == 0 {
            return None;
        }
        let bare = Bare::of(name);
        let bare = bare.bytes();
        if self.first[bare.len()] & bit(first.to_ascii_lowercase()) == 0 {
            return None;
        }
        self.names.iter().position(|name| name.as_bytes() == bare)
    }
}

/// A bit for each small letter; none for anything else.
const fn bit(letter: u8) -> u32 {
    if letter.is_ascii_lowercase() {
        1 << (letter - b'a')
    } else {
        0
    }
}

/// No usual name has more letters.
const LONGEST: usize = 24;

/// Letters and digits of a name, small, as far as usual names are long. Every field
/// of every item is looked at, so it stays off the heap.
struct Bare {
    letters: [u8; LONGEST],
    length: usize,
}

impl Bare {
    fn of(name: &str) -> Self {
        let mut bare = Self {
            letters: [0; LONGEST],
            length: 0,
        };
        let letters = name.bytes().take(64).filter(u8::is_ascii_alphanumeric);
        for (place, letter) in bare.letters.iter_mut().zip(letters) {
            *place = letter.to_ascii_lowercase();
            bare.length += 1;
        }
        bare
    }

    fn bytes(&self) -> &[u8] {
        &self.letters[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_separators() {
        for name in ["avatar_url", "avatarUrl", "Avatar-URL", "_avatar.url"] {
            assert_eq!(Bare::of(name).bytes(), b"avatarurl", "{name}");
        }
    }

    #[test]
    fn every_usual_name_can_be_found() {
        for names in [
            &TITLES,
            &SUBTITLES,
            &IMAGES,
            &LISTS,
            &ASIDE,
            &WRAPPERS,
            &INNER_TEXTS,
            &INNER_IMAGES,
        ] {
            for (rank, name) in names.names.iter().enumerate() {
                assert_eq!(names.rank(name), Some(rank), "{name}");
                assert_eq!(names.rank(&format!("_{}", name.to_uppercase())), Some(rank));
            }
            assert_eq!(names.rank(""), None);
            assert_eq!(names.rank(&"n".repeat(99)), None);
        }
    }
}
