//! Nobody signs in: the database may be older than what is kept outside. Blocking goes on.

use crate::frame::{Page, plain};
use crate::parts::paragraphs;
use leptos::prelude::*;
use text::pages::problems as words;

/// The page everybody is sent to meanwhile; the edge sends nobody here otherwise.
pub(crate) fn closed() -> AnyView {
    plain(|scene| {
        let body = view! {
            {paragraphs([words::CLOSED_LEAD, words::CLOSED_YOU, words::CLOSED_URGENT].map(|say| scene.tell(say)))}
            <p><a class="btn btn-danger" href="/spaer">{scene.say(words::CLOSED_BLOCK)}</a></p>
        };
        Page::new(scene.say(words::CLOSED_TITLE), body.into_any())
    })
}
