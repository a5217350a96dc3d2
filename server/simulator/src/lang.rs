//! Which language somebody reads.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use text::Lang;

/// The portal's own choice of language; in the demo all stands at the same address.
pub(crate) const CHOICE: &str = "sprog";

/// The language of whoever looks: what she chose in the portal, else what her browser asks for.
pub(crate) fn lang(headers: &HeaderMap) -> Lang {
    cookie(headers, CHOICE).and_then(|code| Lang::from_code(&code)).unwrap_or_else(|| {
        Lang::from_accept_language(headers.get("accept-language").and_then(|value| value.to_str().ok()))
    })
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then(|| value.to_owned())
    })
}
