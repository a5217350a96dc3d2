//! The page that carries the answer to a service: a form that sends itself, and a button where there is no script.

use crate::desk::HandOver;
use crate::frame::{Page, flow_page, page};
use crate::parts::{hidden, submit_row};
use crate::policy;
use crate::scene::Scene;
use leptos::prelude::*;
use text::pages::sign_in as words;

/// Sends the form once the page stands.
const SEND: &str = "document.getElementById('svar').submit()";

pub(crate) fn hand_over() -> AnyView {
    flow_page(|desk, flow| async move { desk.hand_over(flow).await }, show)
}

/// The same for a service that a session answered at once.
pub(crate) fn hand_over_now() -> AnyView {
    page(|desk| async move { desk.hand_over_now().await }, show)
}

fn show(scene: &Scene, seen: HandOver) -> Page {
    let origins = seen.origins.clone();
    let body = view! {
        <p class="lead">{scene.fill(words::HAND_OVER_BODY, &[("service", &seen.service)])}</p>
        <form method="post" action=seen.address id="svar">
            {hidden("SAMLResponse", seen.response)}
            {seen.relay_state.map(|state| hidden("RelayState", state))}
            {submit_row(scene.say(words::HAND_OVER_SUBMIT))}
        </form>
        <script nonce=policy::nonce() inner_html=SEND></script>
    };
    Page::new(scene.say(words::HAND_OVER_TITLE), body.into_any()).reaching(&origins)
}
