//! The way out (page 13): her session here is over already; applications that only her browser reaches are told in frames of
//! one page, such services one after another, and the last page says plainly which of them closed.

use super::hand_over::carry;
use crate::actions::PassOn;
use crate::desk::{LeftToDo, SignedOut, ToldInFrame, WayOutPage, WayOutStep};
use crate::frame::{Page, flow_page, page};
use crate::parts::{bullets, flow_form, hidden, link, paragraphs, primary_link, secondary_link, submit_row};
use crate::policy;
use crate::scene::Scene;
use domain::ids::FlowId;
use leptos::prelude::*;
use server_fn::ServerFn;
use std::collections::BTreeSet;
use text::pages::sign_in as words;
use text::{Say, format};

/// Goes on once the frames were loaded, and no later than after eight seconds; once.
const GO_ON: &str = "{let gone=0;const go=()=>{gone++||document.querySelector('#videre form').requestSubmit()};\
    addEventListener('load',()=>setTimeout(go,400));setTimeout(go,8000)}";

/// What a frame may do: what it takes to end a session of its own, and nothing to this page or its window.
const SANDBOX: &str = "allow-scripts allow-same-origin";

pub(crate) fn way_out() -> AnyView {
    flow_page(|desk, flow| async move { desk.way_out(flow).await }, show)
}

fn show(scene: &Scene, seen: WayOutPage) -> Page {
    let (lead, over, origins) = match seen.step {
        WayOutStep::Show(frames) => return in_frames(scene, seen.flow, frames),
        WayOutStep::Tell(on) => {
            let lead = scene.fill(words::WAY_OUT_TELL, &[("service", &on.service)]);
            let origins = on.origins.clone();
            (lead, carry(scene, on), origins)
        }
        WayOutStep::Return(on) => {
            let lead = scene.fill(words::WAY_OUT_RETURN, &[("service", &on.service)]);
            let origins = on.origins.clone();
            (lead, carry(scene, on), origins)
        }
        WayOutStep::Waits(service) => {
            let lead = scene.fill(words::WAY_OUT_WAITS, &[("service", &service)]);
            (lead, waits(scene, seen.flow), Vec::new())
        }
    };
    let body = view! {
        <p class="lead">{lead}</p>
        {over}
        <p>{link(receipt(seen.flow), scene.say(words::WAY_OUT_RECEIPT))}</p>
    };
    Page::new(scene.say(words::WAY_OUT_TITLE), body.into_any()).reaching(&origins)
}

/// Applications are told by frames that nobody sees; she goes on by a button, or a script does.
fn in_frames(scene: &Scene, flow: FlowId, told: Vec<ToldInFrame>) -> Page {
    let mut names: Vec<String> = told.iter().map(|it| it.service.clone()).collect();
    names.dedup();
    let origins: BTreeSet<String> = told.iter().map(|it| it.origin.clone()).collect();
    let frame = |told: ToldInFrame| {
        let title = scene.fill(words::WAY_OUT_FRAME, &[("service", &told.service)]);
        view! {
            <iframe hidden src=told.address title=title sandbox=SANDBOX referrerpolicy="no-referrer"></iframe>
        }
    };
    let frames: Vec<_> = told.into_iter().map(frame).collect();
    let over = view! {
        {hidden("go", "vist")}
        {submit_row(scene.say(words::HAND_OVER_SUBMIT))}
    };
    let body = view! {
        <p class="lead">{scene.say(words::WAY_OUT_SHOW)}</p>
        {bullets(names)}
        {frames}
        <div id="videre">{flow_form(PassOn::url(), Some(flow), over)}</div>
        <script nonce=policy::nonce() inner_html=GO_ON></script>
        <p>{link(receipt(flow), scene.say(words::WAY_OUT_RECEIPT))}</p>
    };
    Page::new(scene.say(words::WAY_OUT_TITLE), body.into_any()).framing(origins)
}

fn waits(scene: &Scene, flow: FlowId) -> AnyView {
    let over = submit_row(scene.say(words::WAY_OUT_OVER));
    view! {
        {flow_form(PassOn::url(), Some(flow), over)}
        {pass(scene, flow, "igen", words::WAY_OUT_AGAIN)}
    }
    .into_any()
}

/// A form beside the one the page is about.
fn pass(scene: &Scene, flow: FlowId, go: &'static str, says: Say) -> AnyView {
    let says = scene.say(says).to_owned();
    let inside = view! {
        {hidden("go", go)}
        <p class="actions"><button class="btn btn-secondary" type="submit">{says}</button></p>
    };
    flow_form(PassOn::url(), Some(flow), inside)
}

fn receipt(flow: FlowId) -> String {
    format!("/logget-ud/{flow}")
}

pub(crate) fn signed_out() -> AnyView {
    page(|desk| async move { desk.signed_out(None).await }, signed_out_page)
}

/// The same with how it went at services.
pub(crate) fn signed_out_of() -> AnyView {
    flow_page(|desk, flow| async move { desk.signed_out(Some(flow)).await }, signed_out_page)
}

fn signed_out_page(scene: &Scene, seen: SignedOut) -> Page {
    let until = seen.still_open.iter().map(|(service, until)| {
        let moment = format::moment(*until, scene.lang());
        scene.fill(words::SIGNED_OUT_LINE, &[("service", service), ("moment", &moment)])
    });
    let until: Vec<String> = until.collect();
    let others = (!seen.still_open.is_empty()).then(|| paragraphs([scene.tell(words::SIGNED_OUT_GENERAL)]));
    let nothing_known = seen.closed.is_empty() && seen.being_told.is_empty() && seen.waiting.is_empty();
    let general = nothing_known && seen.still_open.is_empty();
    let body = view! {
        {paragraphs([scene.tell(words::SIGNED_OUT_BODY)])}
        {general.then(|| paragraphs([scene.tell(words::SIGNED_OUT_GENERAL)]))}
        {part(scene, words::SIGNED_OUT_CLOSED, seen.closed)}
        {part(scene, words::SIGNED_OUT_TOLD, seen.being_told)}
        {part(scene, words::SIGNED_OUT_WAITS, seen.waiting)}
        {part(scene, words::SIGNED_OUT_OPEN, until)}
        {others}
        {seen.left.map(|left| left_to_do(scene, left))}
        <p class="actions">{secondary_link("/log-ind", scene.say(words::SIGN_IN_AGAIN))}</p>
    };
    Page::new(scene.say(words::SIGNED_OUT_TITLE), body.into_any())
}

/// Services under a heading; nothing without any.
fn part(scene: &Scene, heading: Say, services: Vec<String>) -> Option<AnyView> {
    let heading = scene.say(heading);
    (!services.is_empty()).then(|| view! { <h2>{heading}</h2> {bullets(services)} }.into_any())
}

fn left_to_do(scene: &Scene, left: LeftToDo) -> AnyView {
    let LeftToDo { flow, ask, tell } = left;
    let says = if ask { words::SIGNED_OUT_GO_ON } else { words::SIGNED_OUT_RETURN };
    view! {
        <p class="actions">{primary_link(format!("/log-af/{flow}"), scene.say(says))}</p>
        {(ask && tell).then(|| pass(scene, flow, "stop", words::SIGNED_OUT_STOP))}
    }
    .into_any()
}
