//! Passkeys and security keys in the browser (WebAuthn level 3).
//!
//! A page that has a use for one holds a form with `data-ceremony`. Without script that form posts to its own address, and
//! the page that comes back says what script is needed for. Awake, it asks at the same address what the browser is to do,
//! does it, and sends the answer as a form again, to `data-answer`: what follows is a page like any other. Nothing is kept
//! here, nothing is decided here, and every word stands in the page.
//!
//! It is a module of its own, loaded by pages with such a form alone, when the browser has nothing better to do.

mod asked;
mod autofill;
mod base64url;
mod bytes;
mod ceremony;
mod form;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlFormElement;

/// Wakes every form of the page that has a use for a key.
#[wasm_bindgen]
pub fn start() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(forms) = document.query_selector_all("form[data-ceremony]") else { return };
    for at in 0..forms.length() {
        let Some(form) = forms.get(at).and_then(|node| node.dyn_into::<HtmlFormElement>().ok()) else {
            continue;
        };
        match form.get_attribute("data-ceremony").as_deref() {
            Some("autofill") => autofill::wake(form),
            Some("create") => form::wake(form, ceremony::Act::Create),
            Some("get") => form::wake(form, ceremony::Act::Get),
            _ => {}
        }
    }
}
