//! Our few pictures; each stands beside the word it repeats and is hidden from those who hear the page.

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
