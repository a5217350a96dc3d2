//! Our few pictures. One that stands beside the word it repeats is hidden from those who hear the page; one that shows
//! what to do says it.

use leptos::prelude::*;

/// A shield with a bar: block.
pub(crate) fn shield() -> AnyView {
    view! {
        <svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true" focusable="false">
            <path d="M12 3 5 6v5c0 4.5 3 8 7 10 4-2 7-5.5 7-10V6z"></path>
            <path d="M9 12h6"></path>
        </svg>
    }
    .into_any()
}

/// A security key in the side of a computer, and a finger that touches it.
pub(crate) fn security_key(says: &'static str) -> AnyView {
    view! {
        <svg width="200" height="80" viewBox="0 0 200 80" fill="none" stroke="currentColor" stroke-width="2" role="img" aria-label=says focusable="false">
            <path d="M8 64h84l-8-12V18a4 4 0 0 0-4-4H20a4 4 0 0 0-4 4v34z"></path>
            <path d="M84 32h10v12H84"></path>
            <rect x="94" y="28" width="40" height="20" rx="10"></rect>
            <circle cx="112" cy="38" r="5"></circle>
            <path d="M184 66c-18 0-30-4-40-12l-20-10c-5-3-1-9 4-8l24 8c6 2 14 2 32 2"></path>
        </svg>
    }
    .into_any()
}
