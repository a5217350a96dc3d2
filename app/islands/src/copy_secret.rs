//! Copying the key of an authenticator app.

use crate::around::around;
use crate::dom::{hear, left, part, say};
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlElement};

/// Its words.
#[derive(Clone, Debug, Default)]
pub struct CopyWords {
    /// The button.
    pub copy: String,
    /// It worked.
    pub copied: String,
    /// It did not.
    pub not_copied: String,
}

/// A button that copies the text of the element `of`, without its spaces. The text is read from the page when asked
/// for, so that the key stands nowhere twice.
pub fn copy_secret(of: &'static str, words: CopyWords) -> impl IntoView {
    view! {
        <CopySecret>
            <button type="button" class="btn btn-secondary btn-small" hidden data-of=of>{words.copy}</button>
            <span class="hint" role="status" data-copied=words.copied data-not=words.not_copied></span>
        </CopySecret>
    }
}

#[island]
fn CopySecret(children: Children) -> impl IntoView {
    around(children, wake)
}

fn wake(root: &Element) -> Option<()> {
    let button: HtmlElement = part(root, "button")?;
    let outcome: Element = part(root, "span")?;
    let of = left(&button, "data-of");
    button.set_hidden(false);
    hear(&button, "click", move |_| {
        let (of, outcome) = (of.clone(), outcome.clone());
        spawn_local(async move {
            let words = if to_clipboard(&of).await { "data-copied" } else { "data-not" };
            say(&outcome, &left(&outcome, words));
        });
    });
    Some(())
}

/// Copies; false when there is nothing to copy or the browser does not allow it.
async fn to_clipboard(of: &str) -> bool {
    let Some(text) = document().get_element_by_id(of).and_then(|element| element.text_content()) else {
        return false;
    };
    let bare: String = text.split_whitespace().collect();
    let copying = window().navigator().clipboard().write_text(&bare);
    !bare.is_empty() && JsFuture::from(copying).await.is_ok()
}
