//! Proving who one is (pages 6 and 24), the equal way without MitID (25), and a proof that did not succeed.

use crate::actions::Prove;
use crate::desk::{ProofPage, ProofRefused};
use crate::frame::{Page, flow_page, page, plain};
use crate::parts::{
    back_link, bullets, flow_form, link, mitid_button, paragraphs, primary_link, reference_line,
    secondary_link,
};
use crate::scene::Scene;
use domain::ids::FlowId;
use domain::proofing::RefusalPage;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{common, proof as words, reopening};

pub(crate) fn proof() -> AnyView {
    flow_page(|desk, flow| async move { desk.proof_page(flow).await }, proof_page)
}

fn proof_page(scene: &Scene, seen: ProofPage) -> Page {
    let again = seen.again.then(|| paragraphs([scene.tell(common::PROOF_RAN_OUT)]));
    let button = view! { <p class="actions">{mitid_button(scene)}</p> };
    let body = view! {
        {again}
        <p class="lead">{scene.tell(words::LEAD)}</p>
        {paragraphs([scene.tell(words::SHARED), scene.tell(words::AFTER)])}
        {flow_form(Prove::url(), Some(seen.flow), button)}
        <p>{secondary_link(format!("/indrullering/{}/uden-mitid", seen.flow), scene.say(words::OTHER))}</p>
    };
    let origins = scene.house().broker_origins.clone();
    Page::new(scene.say(words::TITLE), body.into_any()).step(2).reaching(&origins)
}

pub(crate) fn without_mitid() -> AnyView {
    flow_page(|_, flow| async move { Ok(flow) }, |scene, flow| without_page(scene, Some(flow)))
}

pub(crate) fn without_mitid_before() -> AnyView {
    plain(|scene| without_page(scene, None))
}

fn without_page(scene: &Scene, flow: Option<FlowId>) -> Page {
    let steps = [words::WITHOUT_CALL, words::WITHOUT_BRING, words::WITHOUT_THEN].map(|say| scene.tell(say));
    let back = match flow {
        Some(flow) => back_link(format!("/indrullering/{flow}/bekraeft"), scene.say(words::WITHOUT_BACK)),
        None => back_link("/kom-i-gang", scene.say(words::WITHOUT_BACK_START)),
    };
    let call = scene.tell(common::CALL_THEM);
    let body = view! {
        <p class="lead">{scene.tell(words::WITHOUT_LEAD)}</p>
        <h2>{scene.say(words::WITHOUT_HOW)}</h2>
        {bullets(steps)}
        <p class="actions">{primary_link(scene.call(), &call)}</p>
        {back}
    };
    Page::new(scene.say(words::WITHOUT_TITLE), body.into_any())
}

pub(crate) fn refused() -> AnyView {
    flow_page(|desk, flow| async move { desk.proof_refused(Some(flow)).await }, refused_page)
}

pub(crate) fn refused_without_flow() -> AnyView {
    page(|desk| async move { desk.proof_refused(None).await }, refused_page)
}

fn refused_page(scene: &Scene, seen: ProofRefused) -> Page {
    let of_own_login = seen.flow.is_none() && seen.start.is_some();
    let (title, told) = match seen.page {
        RefusalPage::Stopped if of_own_login => (words::STOPPED_TITLE, words::STOPPED_OWN),
        RefusalPage::Stopped => (words::STOPPED_TITLE, words::STOPPED_BODY),
        RefusalPage::Retry => (words::RETRY_TITLE, words::RETRY_BODY),
        RefusalPage::OtherWay if of_own_login => (words::OTHER_WAY_TITLE, words::OTHER_WAY_OWN),
        RefusalPage::OtherWay => (words::OTHER_WAY_TITLE, words::OTHER_WAY_BODY),
        RefusalPage::Later => (words::LATER_TITLE, words::LATER_BODY),
    };
    let again = match seen.flow {
        Some(flow) => format!("/indrullering/{flow}/bekraeft"),
        None => seen.start.clone().unwrap_or_else(|| "/kom-i-gang".to_owned()),
    };
    let (other, other_first, other_then) = without(scene, &seen);
    let actions = if seen.page == RefusalPage::OtherWay {
        view! {
            {primary_link(other, &other_first)}
            {secondary_link(again, scene.say(words::TRY_AGAIN))}
        }
        .into_any()
    } else {
        view! {
            {primary_link(again, scene.say(words::TRY_AGAIN))}
            {link(other, &other_then)}
        }
        .into_any()
    };
    let more = match (seen.flow, &seen.start) {
        (None, None) => Some(words::OPEN_LINK),
        (None, Some(_)) => Some(reopening::RESET_OTHER_BODY),
        (Some(_), _) => None,
    };
    let more = more.map(|say| paragraphs([scene.tell(say)]));
    let quote = (seen.page != RefusalPage::Stopped).then(|| reference_line(scene, &seen.reference));
    let body = view! {
        {paragraphs([scene.tell(told)])}
        {more}
        {quote}
        <p class="actions">{actions}</p>
    };
    Page::new(scene.say(title), body.into_any())
}

/// The equal way without MitID: where it leads, and what it is called when it comes first and when it does not. Whoever
/// has a login already is not led into an enrolment; the service desk finds a time for her.
fn without(scene: &Scene, seen: &ProofRefused) -> (String, String, String) {
    let (first, then) = (scene.tell(words::WITHOUT_TITLE), scene.tell(words::OTHER));
    match (seen.flow, &seen.start) {
        (Some(flow), _) => (format!("/indrullering/{flow}/uden-mitid"), first, then),
        (None, None) => ("/kom-i-gang/uden-mitid".to_owned(), first, then),
        (None, Some(_)) => {
            let call = scene.tell(common::CALL_THEM);
            (scene.call(), call.clone(), call)
        }
    }
}
