//! The common grammar of header fields: tokens, quoted strings and parameters
//! (RFC 9110 §5.6). Read tolerantly: what makes no sense is skipped.

/// The names and values of parameters, in order.
pub(super) type Params = Vec<(String, String)>;

/// The first parameter of this name; names are case-insensitive.
pub(super) fn first<'a>(params: &'a Params, name: &str) -> Option<&'a str> {
    params
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

/// The first link of a `Link` header (RFC 8288 §3): its target, its parameters and
/// what follows it.
pub(super) fn link_value(header: &str) -> Option<(&str, Params, &str)> {
    let (_, rest) = header.split_once('<')?;
    let (target, mut rest) = rest.split_once('>')?;
    let mut params = Params::new();
    loop {
        rest = skip_space(rest);
        let Some(after) = rest.strip_prefix(';') else {
            break;
        };
        rest = skip_space(after);
        if let Some((param, after)) = param(rest) {
            params.push(param);
            rest = after;
        } else {
            rest = &rest[rest.find([';', ',']).unwrap_or(rest.len())..];
        }
    }
    Some((target.trim(), params, rest))
}

/// The parameters of the first `Bearer` challenge in a `WWW-Authenticate` header
/// (RFC 6750 §3).
pub(super) fn bearer_challenge(header: &str) -> Option<Params> {
    let mut rest = header;
    let mut in_bearer: Option<Params> = None;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return in_bearer;
        }
        if let Some((param, after)) = param(rest) {
            if let Some(params) = &mut in_bearer {
                params.push(param);
            }
            rest = after;
            continue;
        }
        // A word without a value begins another challenge.
        if in_bearer.is_some() {
            return in_bearer;
        }
        let (word, after) = token(rest);
        if word.is_empty() {
            // Neither a word nor a separator: one character is skipped, to go on.
            rest = rest.char_indices().nth(1).map_or("", |(at, _)| &rest[at..]);
            continue;
        }
        in_bearer = word.eq_ignore_ascii_case("bearer").then(Params::new);
        rest = after;
    }
}

/// `name=value` or `name="value"`, white space around the sign allowed.
fn param(text: &str) -> Option<((String, String), &str)> {
    let (name, rest) = token(text);
    let rest = skip_space(skip_space(rest).strip_prefix('=')?);
    if name.is_empty() {
        return None;
    }
    let (value, rest) = match rest.strip_prefix('"') {
        Some(quoted) => quoted_string(quoted)?,
        None => {
            let end = rest.find([',', ';', ' ', '\t']).unwrap_or(rest.len());
            (rest[..end].to_owned(), &rest[end..])
        }
    };
    Some(((name.to_owned(), value), rest))
}

/// What stands before the closing quote, and what follows it.
fn quoted_string(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            c => value.push(c),
        }
    }
    None
}

fn token(text: &str) -> (&str, &str) {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    text.split_at(text.find(|c| !is_token(c)).unwrap_or(text.len()))
}

fn skip_space(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bearer_challenge_is_found_among_others() {
        let header = r#"Basic realm="a, Bearer", Bearer realm="api", error="insufficient_scope", scope="read:contacts write", Digest nonce=x"#;

        let params = bearer_challenge(header).unwrap();
        assert_eq!(first(&params, "Error"), Some("insufficient_scope"));
        assert_eq!(first(&params, "scope"), Some("read:contacts write"));
        assert_eq!(first(&params, "nonce"), None);
    }

    #[test]
    fn a_challenge_without_parameters_or_of_another_kind() {
        assert_eq!(bearer_challenge("Bearer"), Some(Params::new()));
        assert_eq!(bearer_challenge("Basic realm=\"x\""), None);
        assert_eq!(bearer_challenge(""), None);
    }

    proptest! {
        /// Whatever a service sends, reading ends, and each step gets on.
        #[test]
        fn reading_ends_for_any_header(header in ".{0,200}") {
            let _ = bearer_challenge(&header);
            let mut rest = header.as_str();
            while let Some((_, _, after)) = link_value(rest) {
                prop_assert!(after.len() < rest.len());
                rest = after;
            }
        }

        #[test]
        fn reading_ends_for_headers_of_separators(header in "[<>;,=\"\\\\ a]{0,60}") {
            let _ = bearer_challenge(&header);
            let mut rest = header.as_str();
            while let Some((_, _, after)) = link_value(rest) {
                prop_assert!(after.len() < rest.len());
                rest = after;
            }
        }
    }
}
