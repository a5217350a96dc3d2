//! A page that waits for something that happens elsewhere, and loads itself again when it did. Without script a link on
//! the page does the same.

use crate::around::around;
use crate::dom::{left, part};
use gloo::timers::callback::Interval;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, Response};

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
    Interval::new(LOOKS, move || {
        // Nobody looks at a page behind another.
        if !document().hidden() {
            spawn_local(look(at.clone(), word.clone()));
        }
    })
    .forget();
    Some(())
}

async fn look(at: String, word: String) {
    if let Some(now) = asked(&at).await
        && now != word
    {
        // A page that will not load again is asked for at the next look.
        let _stays = window().location().reload();
    }
}

/// What it says now; none when the house does not answer.
async fn asked(at: &str) -> Option<String> {
    let response = JsFuture::from(window().fetch_with_str(at)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if response.status() >= 500 {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
