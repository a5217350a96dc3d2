//! Its two cookies: the trip to the identity provider, and the visit afterwards.

use super::Counter;
use crate::lang::CHOICE;
use text::Lang;

/// Remembers which browser asked.
pub(super) const TRIP: &str = "proevetjeneste-tur";
/// Opens what was learned.
pub(super) const VISIT: &str = "proevetjeneste";
/// A cookie for this service alone, until the browser is closed. An empty value takes it away.
pub(super) fn set(counter: &Counter, name: &str, value: &str) -> String {
    let life = if value.is_empty() { "; Max-Age=0" } else { "" };
    format!("{name}={value}; Path={}; SameSite=Lax; HttpOnly{life}", counter.path())
}

/// The cookie that keeps a language.
pub(super) fn language(lang: Lang) -> String {
    format!("{CHOICE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", lang.code())
}
