//! The last yes of a block. Sends the form it stands in to the form's own address, once, and shows the receipt where the
//! question stood. Whatever else comes back, or nothing, is left to the browser: it sends the form as if there were no
//! script, and whoever has been blocked meanwhile is led to her receipt all the same.

use crate::answer::post;
use crate::around::around;
use crate::dom::{hear, left, part};
use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen_futures::spawn_local;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement};

/// The button `inside`, which sends the form around it; `receipt` is the path where the receipt is.
pub fn block_button(receipt: &'static str, inside: impl IntoView + 'static) -> impl IntoView {
    let inside = inside.into_any();
    view! { <BlockButton><div data-receipt=receipt>{inside}</div></BlockButton> }
}

#[island]
fn BlockButton(children: Children) -> impl IntoView {
    around(children, wake)
}

fn wake(root: &Element) -> Option<()> {
    let form: HtmlFormElement = root.closest("form").ok()??.dyn_into().ok()?;
    let receipt = left(&part::<Element>(root, "[data-receipt]")?, "data-receipt");
    let sent = Cell::new(false);
    hear(&form.clone(), "submit", move |event| {
        event.prevent_default();
        if !sent.replace(true) {
            spawn_local(block(form.clone(), receipt.clone()));
        }
    });
    Some(())
}

async fn block(form: HtmlFormElement, receipt: String) {
    let answer = post(&form).await.filter(|answer| answer.is_at(&receipt));
    if answer.and_then(|answer| answer.show()).is_none() {
        // Past the listener above: the browser sends it itself.
        drop(form.submit());
    }
}
