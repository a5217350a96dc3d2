//! The content security policy. The page knows best what it needs, so the page writes it.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

/// What a page may do beyond showing itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Needs {
    /// It has an island: WebAssembly is compiled and fetched.
    pub(crate) islands: bool,
    /// Origins its forms may reach, redirects included; Chromium checks those too.
    pub(crate) origins: Vec<String>,
    /// Origins it shows in frames.
    pub(crate) frames: Vec<String>,
}

/// The policy. Nothing is allowed that is not named; a picture may stand within the page, as the tab's icon does.
/// `'wasm-unsafe-eval'` only with an island, `'unsafe-eval'` never.
pub(crate) fn content_security_policy(nonce: &str, needs: &Needs) -> String {
    let wasm = if needs.islands { " 'wasm-unsafe-eval'" } else { "" };
    let script = if nonce.is_empty() { "'self'".to_owned() } else { format!("'self' 'nonce-{nonce}'") };
    let forms = ["'self'"].into_iter().chain(only_origins(&needs.origins)).collect::<Vec<_>>().join(" ");
    let frames = only_origins(&needs.frames).collect::<Vec<_>>().join(" ");
    let frames = if frames.is_empty() { frames } else { format!("; frame-src {frames}") };
    format!(
        "default-src 'none'; script-src {script}{wasm}; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action {forms}; base-uri 'none'; frame-ancestors 'none'{frames}"
    )
}

/// The policy of a page that was made before and is shown again: without islands, its forms reach these origins.
pub fn plain_policy(nonce: &str, origins: &[String]) -> String {
    content_security_policy(nonce, &Needs { origins: origins.to_vec(), ..Needs::default() })
}

fn only_origins(texts: &[String]) -> impl Iterator<Item = &str> {
    texts.iter().map(String::as_str).filter(|text| is_origin(text))
}

/// An origin and nothing that could add a directive.
fn is_origin(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|host| {
        !host.is_empty()
            && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'))
    })
}

/// The nonce of this response, empty where none was provided.
pub(crate) fn nonce() -> String {
    use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default()
}

/// Writes the policy of this page into the response.
pub(crate) fn declare(needs: &Needs) {
    set_header(header::CONTENT_SECURITY_POLICY, &content_security_policy(&nonce(), needs));
}

/// Sends the browser to another page of this house.
pub(crate) fn send_to(path: &str) {
    set_status(StatusCode::SEE_OTHER);
    set_header(header::LOCATION, path);
}

pub(crate) fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

pub(crate) fn set_header(name: HeaderName, value: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        response.insert_header(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_islands_compiles_nothing_and_reaches_nobody() {
        let policy = content_security_policy("abc", &Needs::default());
        assert!(!policy.contains("wasm"), "{policy}");
        assert!(policy.contains("script-src 'self' 'nonce-abc';"), "{policy}");
        assert!(policy.contains("form-action 'self';"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("frame-src"), "{policy}");
    }

    #[test]
    fn only_an_origin_can_be_added() {
        let origins =
            ["https://broker.example:8443", "https://x.example; script-src *", "javascript:alert(1)"];
        let origins = origins.map(str::to_owned).to_vec();
        let needs = Needs { islands: true, frames: origins.clone(), origins };
        let policy = content_security_policy("abc", &needs);
        assert!(policy.contains("form-action 'self' https://broker.example:8443;"), "{policy}");
        assert!(policy.ends_with("; frame-src https://broker.example:8443"), "{policy}");
        assert!(policy.contains("'wasm-unsafe-eval'"), "{policy}");
    }
}
