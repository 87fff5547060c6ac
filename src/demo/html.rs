//! The frame that all pages share, and the escaping that all of them need.

use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

const FRAME: &str = include_str!("../../assets/demo/page.html");
const STYLE: &str = include_str!("../../assets/demo/style.css");

/// The style is allowed by its hash, nothing else is allowed at all.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; img-src 'self' data:; \
         frame-ancestors 'none'; base-uri 'none'"
    )
});

/// A page before it is framed.
pub(super) struct Page {
    pub(super) status: StatusCode,
    /// Plain text.
    pub(super) title: String,
    /// HTML.
    pub(super) body: String,
}

impl Page {
    pub(super) fn new(title: &str, body: String) -> Self {
        Self {
            status: StatusCode::OK,
            title: title.to_owned(),
            body,
        }
    }

    pub(super) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    fn html(&self) -> String {
        // The style has no placeholder in it and the body comes last, so that
        // nothing that a person typed is taken for one.
        FRAME
            .replacen("{{title}}", &escape(&self.title), 1)
            .replacen("{{style}}", STYLE, 1)
            .replacen("{{body}}", &self.body, 1)
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let fixed = |name: HeaderName, value| (name, HeaderValue::from_static(value));
        let policy = HeaderValue::from_str(&POLICY)
            .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"));
        let headers = [
            fixed(header::CONTENT_TYPE, "text/html; charset=utf-8"),
            fixed(header::CACHE_CONTROL, "no-store"),
            fixed(header::REFERRER_POLICY, "no-referrer"),
            fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            fixed(header::X_FRAME_OPTIONS, "DENY"),
            (header::CONTENT_SECURITY_POLICY, policy),
        ];
        (self.status, headers, self.html()).into_response()
    }
}

/// Text made fit for HTML, inside elements and inside quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // A brace could be taken for a place in the frame.
            '{' | '}' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_typed_becomes_an_element_or_ends_an_attribute() {
        assert_eq!(
            escape(r#"<script>alert('1')</script>" & {{body}}"#),
            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; &amp; &#123;&#123;body&#125;&#125;"
        );
    }

    #[test]
    fn a_title_that_looks_like_a_place_in_the_frame_stays_text() {
        let html = Page::new("{{body}}", "<p>here</p>".to_owned()).html();

        assert_eq!(html.matches("<p>here</p>").count(), 1);
        assert!(!html.contains("{{"));
    }

    #[test]
    fn the_style_in_the_page_is_the_one_that_is_allowed() {
        let html = Page::new("t", String::new()).html();
        let style = html
            .split_once("<style>")
            .unwrap()
            .1
            .split_once("</style>")
            .unwrap()
            .0;

        let hash = BASE64_STANDARD.encode(Sha256::digest(style));

        assert!(POLICY.contains(&hash));
    }
}
