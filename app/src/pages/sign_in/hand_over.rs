//! The page that carries the answer to a service: a form that sends itself, and a button where there is no script; or an
//! address that a script goes on to, and a link where there is none. Never a redirect: the browser holds a form's redirects against the policy
//! of the page the form stood on, and that one does not know the service.

use crate::desk::{Carried, HandOver};
use crate::frame::{Page, flow_page, page};
use crate::parts::{hidden, submit_row};
use crate::policy;
use crate::scene::Scene;
use leptos::prelude::*;
use text::pages::sign_in as words;

/// Sends the form once the page stands.
const SEND: &str = "document.getElementById('svar').submit()";

/// Goes on to the address once the page stands. Never by a refresh of the page as well: a code is good for one visit.
const GO: &str = "location.replace(document.getElementById('svar').href)";

pub(crate) fn hand_over() -> AnyView {
    flow_page(|desk, flow| async move { desk.hand_over(flow).await }, show)
}

/// The same for a service that a session answered at once.
pub(crate) fn hand_over_now() -> AnyView {
    page(|desk| async move { desk.hand_over_now().await }, show)
}

fn show(scene: &Scene, seen: HandOver) -> Page {
    let origins = seen.origins.clone();
    let (title, lead) = if seen.refusal {
        (words::SENT_BACK_TITLE, words::SENT_BACK_BODY)
    } else {
        (words::HAND_OVER_TITLE, words::HAND_OVER_BODY)
    };
    let lead = scene.fill(lead, &[("service", &seen.service)]);
    let body = view! {
        <p class="lead">{lead}</p>
        {carry(scene, seen)}
    };
    Page::new(scene.say(title), body.into_any()).reaching(&origins)
}

/// What carries it: by itself with script, by a button or a link without.
pub(super) fn carry(scene: &Scene, seen: HandOver) -> AnyView {
    let label = scene.say(words::HAND_OVER_SUBMIT);
    match seen.carried {
        Carried::Form(fields) => view! {
            <form method="post" action=seen.address id="svar">
                {fields.into_iter().map(|(name, value)| hidden(name, value)).collect::<Vec<_>>()}
                {submit_row(label)}
            </form>
            <script nonce=policy::nonce() inner_html=SEND></script>
        }
        .into_any(),
        Carried::Address => view! {
            <p class="actions"><a class="btn btn-primary" id="svar" href=seen.address>{label}</a></p>
            <script nonce=policy::nonce() inner_html=GO></script>
        }
        .into_any(),
    }
}
