//! Blocking by phone (page 15, as far as it goes today). Short, imperative, no script.

use crate::frame::{Page, plain};
use crate::parts::{bullets, paragraphs};
use leptos::prelude::*;
use text::pages::emergency as words;

pub(crate) fn block() -> AnyView {
    plain(|scene| {
        let meanwhile =
            [words::MEANWHILE_OUT, words::MEANWHILE_PHONE, words::MEANWHILE_LEAD].map(|say| scene.tell(say));
        let call = scene.tell(words::CALL);
        let body = view! {
            <p class="lead">{scene.tell(words::LEAD)}</p>
            <p><a class="btn btn-danger" href=scene.call()>{call}</a></p>
            {paragraphs([scene.tell(words::HOW), scene.tell(words::HONEST)])}
            <h2>{scene.say(words::MEANWHILE)}</h2>
            {bullets(meanwhile)}
        };
        Page::new(scene.say(words::TITLE), body.into_any())
    })
}
