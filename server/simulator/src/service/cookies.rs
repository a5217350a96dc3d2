//! Its two cookies: the trip to the identity provider, and the visit afterwards.

use super::Counter;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use text::Lang;

/// Remembers which browser asked.
pub(super) const TRIP: &str = "proevetjeneste-tur";
/// Opens what was learned.
pub(super) const VISIT: &str = "proevetjeneste";
/// The portal's own choice of language; both stand at the same address in the demo.
const LANGUAGE: &str = "sprog";

/// The value of a cookie.
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then(|| value.to_owned())
    })
}

/// A cookie for this service alone, until the browser is closed. An empty value takes it away.
pub(super) fn set(counter: &Counter, name: &str, value: &str) -> String {
    let life = if value.is_empty() { "; Max-Age=0" } else { "" };
    format!("{name}={value}; Path={}; SameSite=Lax; HttpOnly{life}", counter.path())
}

/// The cookie that keeps a language.
pub(super) fn language(lang: Lang) -> String {
    format!("{LANGUAGE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", lang.code())
}

/// The language of whoever looks.
pub(super) fn lang(headers: &HeaderMap) -> Lang {
    cookie(headers, LANGUAGE).and_then(|code| Lang::from_code(&code)).unwrap_or_else(|| {
        Lang::from_accept_language(headers.get("accept-language").and_then(|value| value.to_str().ok()))
    })
}
