//! Copying the key of an authenticator app.

use crate::awake::awake;
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    /// Its words.
    CopyWords {
        /// The button.
        copy,
        /// It worked.
        copied,
        /// It did not.
        not_copied,
    }
}

/// A button that copies the text of the element `of`, without its spaces. The text is read from the page when asked
/// for, so that the key is not written into the island's properties too.
#[island]
pub fn CopySecret(of: String, words: CopyWords) -> impl IntoView {
    let awake = awake();
    let outcome = RwSignal::new(None);
    let CopyWords { copy, copied, not_copied } = words;
    let click = move |_| {
        let of = of.clone();
        spawn_local(async move { outcome.set(Some(to_clipboard(&of).await)) });
    };
    view! {
        <button type="button" class="btn btn-secondary btn-small" hidden=move || !awake.get() on:click=click>
            {copy}
        </button>
        <span class="hint" role="status">
            {move || outcome.get().map(|worked| if worked { copied.clone() } else { not_copied.clone() })}
        </span>
    }
}

/// Copies; false when there is nothing to copy or the browser does not allow it.
async fn to_clipboard(of: &str) -> bool {
    let Some(text) = document().get_element_by_id(of).and_then(|element| element.text_content()) else {
        return false;
    };
    let bare: String = text.split_whitespace().collect();
    let copying = window().navigator().clipboard().write_text(&bare);
    !bare.is_empty() && leptos::__reexports::wasm_bindgen_futures::JsFuture::from(copying).await.is_ok()
}
