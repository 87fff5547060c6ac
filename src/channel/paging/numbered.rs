//! Pages that have numbers, as headers of the answer say.

use serde::{Deserialize, Serialize};
use url::Url;

use super::NextPage;
use super::page::with_parameter;
use crate::channel::listing::Listing;
use crate::config::{self, Next};

/// Where a page stands among others that have numbers, as headers of the answer say
/// (`X-Pagination-Page` and its like, as Trakt has them).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::channel) struct Numbering {
    page: u64,
    pages: u64,
    /// The most items that a page has.
    limit: Option<u64>,
}

impl Numbering {
    /// Reads the headers, which `header` looks up by their names.
    pub(in crate::channel) fn read(header: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let number = |name: &str| header(name)?.trim().parse::<u64>().ok();
        let limit = number("x-pagination-limit").filter(|limit| *limit > 0);
        let by_items = || Some(number("x-pagination-item-count")?.div_ceil(limit?));
        Some(Self {
            page: number("x-pagination-page")?,
            pages: number("x-pagination-page-count").or_else(by_items)?,
            limit,
        })
    }

    /// The page after this one, which holds so many items; a page that isn't full is the
    /// last, however many the service says that there are.
    fn next(self, items: usize, asked: &Url) -> Option<Url> {
        let items = u64::try_from(items).unwrap_or(u64::MAX);
        let is_full = items > 0 && self.limit.is_none_or(|limit| items >= limit);
        let next = self.page.checked_add(1)?.to_string();
        (is_full && self.page < self.pages).then(|| with_parameter(asked, "page", &next))
    }
}

/// The next page's address where pages have numbers, for a channel that goes by headers.
pub(in crate::channel) fn numbered(
    channel: &config::Channel,
    numbering: Option<Numbering>,
    listing: &Listing,
    asked: &Url,
) -> Option<NextPage> {
    let items = match listing {
        Listing::Items(items) => items.len(),
        Listing::Details(_) | Listing::Text(_) => return None,
    };
    match channel.next {
        Next::Link => numbering?.next(items, asked),
        Next::Body(_) | Next::None => None,
    }
    .filter(|next| config::same_origin(next, channel.url.url()) && next != asked)
    .map(NextPage::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_numbers(headers: &[(&str, &str)], items: usize) -> Option<String> {
        let header = |name: &str| {
            let found = headers.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let asked = Url::parse("https://api.acme.com/v1/contacts?per_page=10&page=2").unwrap();
        Numbering::read(header)?
            .next(items, &asked)
            .map(String::from)
    }

    #[test]
    fn pages_with_numbers_go_on_until_the_last_or_one_that_is_not_full() {
        let page = |page, count| {
            [
                ("x-pagination-page", page),
                ("x-pagination-page-count", count),
                ("x-pagination-limit", "10"),
            ]
        };
        let third = Some("https://api.acme.com/v1/contacts?per_page=10&page=3".to_owned());

        assert_eq!(by_numbers(&page("2", "3"), 10), third);
        assert_eq!(by_numbers(&page("3", "3"), 10), None);
        assert_eq!(by_numbers(&page("2", "134"), 7), None);
        assert_eq!(by_numbers(&page("2", "134"), 0), None);
        assert_eq!(by_numbers(&page("2", "many"), 10), None);
        assert_eq!(by_numbers(&page("18446744073709551615", "3"), 10), None);
        let by_items = [
            ("x-pagination-page", "2"),
            ("x-pagination-item-count", "21"),
            ("x-pagination-limit", "10"),
        ];
        assert_eq!(by_numbers(&by_items, 10), third);
    }
}
