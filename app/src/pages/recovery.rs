//! A recovery code at a sign-in (page 5), the proof and the app that follow it, and a new sheet (page 31).

use crate::actions::{GiveRecoveryCode, ProveRecovery, RenewSheet, ReplaceApp};
use crate::desk::{RecoveryPage, RegainPage, RegainStep};
use crate::frame::{Page, flow_page};
use crate::pages::factor::app_form;
use crate::parts::{
    Label, back_link, details, flow_form, give_up, link, mitid_button, paragraphs, submit_row, text_field,
};
use crate::scene::Scene;
use domain::ids::FlowId;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{common, factor, keys, proof, recovery as words, reopening, sign_in};

pub(crate) fn code() -> AnyView {
    flow_page(|desk, flow| async move { desk.recovery_page(flow).await }, code_page)
}

fn code_page(scene: &Scene, seen: RecoveryPage) -> Page {
    let label = Label {
        field: "recovery_code",
        says: scene.say(words::CODE),
        hint: Some(scene.say(words::CODE_HINT)),
    };
    let fields = view! {
        {text_field(scene, &label, "off", "")}
        {submit_row(scene.say(words::SUBMIT))}
    };
    let other = link(format!("/log-ind/{}/andre-veje", seen.flow), scene.say(keys::OTHER));
    let body = view! {
        <p class="lead">{scene.tell(words::LEAD)}</p>
        {to_service(scene, seen.service.as_deref())}
        {paragraphs([scene.tell(words::THEN), left(scene, seen.left)])}
        {flow_form(GiveRecoveryCode::url(), Some(seen.flow), fields)}
        <p>{other}</p>
        <p>{scene.tell(words::LOST)} " " {link("/spaer", scene.say(common::BLOCK))}</p>
        {give_up(scene, Some(seen.flow), seen.service.as_deref())}
    };
    Page::new(scene.say(words::TITLE), body.into_any())
}

fn to_service(scene: &Scene, service: Option<&str>) -> Option<AnyView> {
    let told = scene.fill(sign_in::TO_SERVICE, &[("service", service?)]);
    Some(view! { <p>{told}</p> }.into_any())
}

fn left(scene: &Scene, left: u32) -> String {
    scene.fill(words::LEFT, &[("n", &left.to_string())])
}

/// From how few on she is told to make new ones.
const FEW: u32 = 3;

/// What is said where few are left, or none.
pub(crate) fn few(scene: &Scene, left: u32) -> Option<String> {
    match left {
        0 => Some(scene.tell(words::NONE)),
        1 => Some(scene.tell(words::FEW_ONE)),
        n if n <= FEW => Some(scene.fill(words::FEW, &[("n", &n.to_string())])),
        _ => None,
    }
}

/// How many are left, as a warning where they are few.
pub(crate) fn left_line(scene: &Scene, count: u32) -> AnyView {
    match few(scene, count) {
        Some(told) => view! { <div class="notice notice-warning"><p>{told}</p></div> }.into_any(),
        None => paragraphs([left(scene, count)]),
    }
}

pub(crate) fn regain() -> AnyView {
    flow_page(|desk, flow| async move { desk.regain_page(flow).await }, regain_page)
}

fn regain_page(scene: &Scene, seen: RegainPage) -> Page {
    let service = to_service(scene, seen.service.as_deref());
    let back = give_up(scene, Some(seen.flow), seen.service.as_deref());
    match seen.step {
        RegainStep::Prove => {
            let go = view! { <p class="actions">{mitid_button(scene)}</p> };
            let few = few(scene, seen.left).map(|_| left_line(scene, seen.left));
            let body = view! {
                <p class="lead">{scene.tell(words::PROVE_LEAD)}</p>
                {service}
                {few}
                <p>{scene.tell(proof::AFTER)}</p>
                {flow_form(ProveRecovery::url(), Some(seen.flow), go)}
                {details(scene.say(reopening::OTHER), view! { <p>{scene.tell(reopening::RESET_OTHER_BODY)}</p> })}
                <p>{link(format!("/log-ind/{}", seen.flow), scene.say(words::PROVE_FOUND))}</p>
                {back}
            };
            let origins = scene.house().broker_origins.clone();
            Page::new(scene.say(words::PROVE_TITLE), body.into_any()).reaching(&origins)
        }
        RegainStep::App(setup) => {
            let body = view! {
                <p class="lead">{scene.tell(words::APP_LEAD)}</p>
                {service}
                <p>{scene.tell(words::APP_OLD)}</p>
                {app_form(scene, &setup, ReplaceApp::url())}
                <h2>{scene.say(words::KEY_INSTEAD)}</h2>
                <p>{link(format!("/log-ind/{}/gendan/adgangsnoegle", seen.flow), scene.say(keys::PASSKEY_TITLE))}</p>
                <p>{link(format!("/log-ind/{}/gendan/sikkerhedsnoegle", seen.flow), scene.say(keys::KEY_TITLE))}</p>
                <p>{link(format!("/log-ind/{}", seen.flow), scene.say(words::PROVE_FOUND))}</p>
                {back}
            };
            Page::new(scene.say(factor::APP_TITLE), body.into_any()).with_islands()
        }
    }
}

pub(crate) fn new_sheet() -> AnyView {
    flow_page(|desk, flow| async move { desk.new_sheet_page(flow).await }, new_sheet_page)
}

fn new_sheet_page(scene: &Scene, flow: FlowId) -> Page {
    let body = view! {
        <p class="lead">{scene.tell(words::NEW_LEAD)}</p>
        <p>{scene.tell(words::NEW_READY)}</p>
        {flow_form(RenewSheet::url(), Some(flow), submit_row(scene.say(words::NEW_GO)))}
        {back_link("/konto/loginmidler", scene.say(common::BACK))}
    };
    Page::new(scene.say(words::NEW_TITLE), body.into_any())
}
