//! Looks for a secret in bytes, in the forms that programs give to one.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// So much of a secret is as bad as all of it.
const TELLING: usize = 14;

/// The first telling part of `secret` in `text`, in whatever form.
pub(crate) fn find(secret: &str, text: &[u8]) -> Option<String> {
    assert!(secret.len() >= TELLING, "too short to be looked for");
    let text = String::from_utf8_lossy(text);
    forms(secret).into_iter().find_map(|form| {
        let mut parts = (0..=form.len() - TELLING).map(|at| &form[at..at + TELLING]);
        parts.find(|part| text.contains(part)).map(str::to_owned)
    })
}

/// As it is; as in a form or an address; as a list of numbers; Base64 of it wherever it
/// begins in what was encoded.
fn forms(secret: &str) -> Vec<String> {
    let form = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect::<String>();
    let numbers = format!("{:?}", secret.as_bytes());
    let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![secret.to_owned(), form.to_lowercase(), form, numbers, hex];
    for offset in 0..3 {
        let shifted = [&b"\0\0\0"[..offset], secret.as_bytes()].concat();
        // The ends depend on what stands around it.
        let inner = |encoded: String| encoded[4..encoded.len() - 4].to_owned();
        forms.push(inner(STANDARD_NO_PAD.encode(&shifted)));
        forms.push(inner(URL_SAFE_NO_PAD.encode(&shifted)));
    }
    forms
}

/// Every file below a directory.
pub(crate) fn files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files
}

#[test]
fn a_secret_is_found_in_each_of_its_forms() {
    let secret = "t0ken/with+odd=letters&more";
    let base64 = STANDARD_NO_PAD.encode(format!("Bearer {secret}!"));
    for text in [
        format!("token={secret}"),
        "t0ken%2Fwith%2Bodd%3Dletters%26more".to_owned(),
        "t0ken%2fwith%2bodd%3dletters%26more".to_owned(),
        format!("Authorization: Basic {base64}"),
        format!("{:?}", secret.as_bytes()),
        format!("cut off: {}…", &secret[..TELLING]),
    ] {
        assert!(find(secret, text.as_bytes()).is_some(), "{text}");
    }
    assert_eq!(find(secret, b"Bearer t0ken/with"), None);
}
