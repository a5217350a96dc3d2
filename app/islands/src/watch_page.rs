//! A page that waits for something that happens elsewhere, and loads itself again when it did. Without script a link on
//! the page does the same.

use crate::around::around;
use crate::dom::{left, part};
use gloo::timers::callback::Interval;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, Response};

/// Between two looks, in milliseconds.
const LOOKS: u32 = 2_000;

/// Asks at the path, whose answer is a word; a word that is not this one means that something happened.
pub fn watch_page(at: String, word: &'static str) -> impl IntoView {
    view! {
        <WatchPage>
            <span hidden data-at=at data-word=word></span>
        </WatchPage>
    }
}

#[island]
fn WatchPage(children: Children) -> impl IntoView {
    around(children, wake)
}

fn wake(root: &Element) -> Option<()> {
    let mark: Element = part(root, "span")?;
    let (at, word) = (left(&mark, "data-at"), left(&mark, "data-word"));
    let (gone, asking) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
    Interval::new(LOOKS, move || {
        // Nobody looks at a page behind another, and one that loads again is not asked to once more.
        if !document().hidden() && !gone.get() && !asking.replace(true) {
            let (at, word, gone, asking) = (at.clone(), word.clone(), gone.clone(), asking.clone());
            spawn_local(async move {
                if happened(&at, &word).await && !is_typed() {
                    gone.set(window().location().reload().is_ok());
                }
                asking.set(false);
            });
        }
    })
    .forget();
    Some(())
}

/// Whether the house says another word now, or that it is over. Whatever else answers on the way says nothing.
async fn happened(at: &str, word: &str) -> bool {
    match asked(at).await {
        Some((200, now)) => now != word,
        Some((410, _)) => true,
        _ => false,
    }
}

/// She is in the middle of typing: what she typed stays, and leads on by itself.
fn is_typed() -> bool {
    let typing = document().active_element().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    typing.is_some_and(|field| !field.value().is_empty())
}

async fn asked(at: &str) -> Option<(u16, String)> {
    let response = JsFuture::from(window().fetch_with_str(at)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    let word = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    Some((response.status(), word))
}
