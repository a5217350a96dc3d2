//! The page that carries the answer to a service: a form that sends itself, and a button where there is no script; or an
//! address that the browser goes on to by itself. Never a redirect: the browser holds a form's redirects against the policy
//! of the page the form stood on, and that one does not know the service.

use crate::desk::{Carried, HandOver};
use crate::frame::{Page, flow_page, page};
use crate::parts::{hidden, primary_link, submit_row};
use crate::policy;
use crate::scene::Scene;
use leptos::prelude::*;
use leptos_meta::Meta;
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
    let label = scene.say(words::HAND_OVER_SUBMIT);
    let carry = match seen.carried {
        Carried::Form(fields) => view! {
            <form method="post" action=seen.address id="svar">
                {fields.into_iter().map(|(name, value)| hidden(name, value)).collect::<Vec<_>>()}
                {submit_row(label)}
            </form>
            <script nonce=policy::nonce() inner_html=SEND></script>
        }
        .into_any(),
        Carried::Address => view! {
            <Meta http_equiv="refresh" content=format!("0;url={}", seen.address)/>
            <p class="actions">{primary_link(seen.address, label)}</p>
        }
        .into_any(),
    };
    let body = view! {
        <p class="lead">{scene.fill(words::HAND_OVER_BODY, &[("service", &seen.service)])}</p>
        {carry}
    };
    Page::new(scene.say(words::HAND_OVER_TITLE), body.into_any()).reaching(&origins)
}
