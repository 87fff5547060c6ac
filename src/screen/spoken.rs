//! What is said aloud of a screen.

use crate::i18n::Phrase;
use crate::oauth::flow::Prompt;
use crate::ui::Look;

/// What a screen is about, and what has the focus.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spoken {
    /// What it is, and what it waits for.
    pub heading: String,
    /// What OK would press.
    pub focus: String,
}

impl Spoken {
    /// With these parts one after the other as the heading.
    #[must_use]
    pub fn new<const N: usize>(heading: [String; N], focus: String) -> Self {
        Self {
            heading: sentences(&heading),
            focus,
        }
    }

    /// What is new since `before`; nothing where all was said.
    #[must_use]
    pub fn since(&self, before: Option<&Self>) -> Option<String> {
        let known = |same: fn(&Self) -> &String| before.map(same) == Some(same(self));
        let words = match (known(|it| &it.heading), known(|it| &it.focus)) {
            (true, true) => return None,
            (true, false) => self.focus.clone(),
            (false, _) => sentences(&[self.heading.clone(), self.focus.clone()]),
        };
        (!words.is_empty()).then_some(words)
    }
}

/// Each part with a pause after it.
#[must_use]
pub fn sentences(parts: &[String]) -> String {
    let mut said = String::new();
    for part in parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
    {
        if !said.is_empty() {
            let ended = said.ends_with(['.', ':', '!', '?', '…', '。', '：', '؟']);
            said.push_str(if ended { " " } else { ". " });
        }
        said.push_str(part);
    }
    said
}

/// A code letter by letter, with a longer pause between its groups. Where capital and small
/// letters have to be told apart, capitals are said to be capitals.
#[must_use]
pub fn spelled(prompt: &Prompt, look: &Look) -> String {
    let is_case_sensitive = prompt.is_case_sensitive();
    spelled_by(&prompt.user_code, |letter| {
        if is_case_sensitive && letter.is_uppercase() {
            look.tell(&Phrase::new("spoken-capital").with("letter", letter.to_string()))
        } else {
            letter.to_string()
        }
    })
}

fn spelled_by(code: &str, said: impl Fn(char) -> String) -> String {
    let groups = code.split(['-', ' ']).filter(|group| !group.is_empty());
    let letters = |group: &str| {
        let letters: Vec<String> = group.chars().map(&said).collect();
        letters.join(", ")
    };
    let groups: Vec<String> = groups.map(letters).collect();
    groups.join("; ")
}

#[cfg(test)]
mod tests {
    use super::super::pending::tests::pending;
    use super::*;
    use crate::config::Display;
    use iced::Size;

    fn spoken(heading: &str, focus: &str) -> Spoken {
        Spoken {
            heading: heading.to_owned(),
            focus: focus.to_owned(),
        }
    }

    fn said(code: &str) -> String {
        let look = Look::new(Size::new(1920.0, 1080.0), 1.0, &Display::default());
        let prompt = Prompt {
            user_code: code.to_owned(),
            ..pending().prompt
        };
        spelled(&prompt, &look)
    }

    #[test]
    fn a_code_is_spelled_in_groups() {
        assert_eq!(said("WDJB-MJHT"), "W, D, J, B; M, J, H, T");
        assert_eq!(said("123 456"), "1, 2, 3; 4, 5, 6");
        assert_eq!(said("shkakx"), "s, h, k, a, k, x");
    }

    #[test]
    fn capitals_are_said_where_a_code_has_small_letters_too() {
        assert_eq!(said("CKi7"), "capital C, capital K, i, 7");
    }

    #[test]
    fn a_new_screen_is_told_whole_and_of_the_same_one_only_where_the_focus_went() {
        let code = spoken("Enter this code:", "New code");
        assert_eq!(
            code.since(None).as_deref(),
            Some("Enter this code: New code")
        );
        let moved = spoken("Enter this code:", "Cancel");
        assert_eq!(moved.since(Some(&code)).as_deref(), Some("Cancel"));
        assert_eq!(moved.since(Some(&moved)), None);
    }

    #[test]
    fn parts_are_set_apart_and_those_that_are_empty_left_out() {
        let parts = ["Welcome", "", "Approved."].map(str::to_owned);
        assert_eq!(sentences(&parts), "Welcome. Approved.");
    }
}
