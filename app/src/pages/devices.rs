//! Code devices: taking one into use, and bringing one into step again.

use crate::actions::{AddAnotherDevice, AddDevice, BringTogether};
use crate::desk::{ApartPage, DeviceSetup};
use crate::frame::{Page, flow_page, page};
use crate::parts::{Label, back_link, flow_form, link, submit_row, text_field, typed_field};
use crate::scene::Scene;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{common, devices as words, keys};

pub(crate) fn add() -> AnyView {
    flow_page(
        |desk, flow| async move { desk.device_setup(flow).await },
        |scene, seen| {
            let back =
                link(format!("/indrullering/{}/loginmiddel", seen.flow), scene.say(keys::CHOOSE_OTHER));
            let body = view! { {form(scene, &seen, AddDevice::url())} <p>{back}</p> };
            Page::new(scene.say(words::TITLE), body.into_any()).step(4)
        },
    )
}

pub(crate) fn another() -> AnyView {
    flow_page(
        |desk, flow| async move { desk.another_device(flow).await },
        |scene, seen| {
            let body = view! {
                {form(scene, &seen, AddAnotherDevice::url())}
                {back_link("/konto/loginmidler", scene.say(common::BACK))}
            };
            Page::new(scene.say(words::TITLE), body.into_any())
        },
    )
}

fn form(scene: &Scene, seen: &DeviceSetup, action: &'static str) -> AnyView {
    let name = Label { field: "name", says: scene.say(words::NAME), hint: Some(scene.say(keys::NAME_HINT)) };
    let code = Label { field: "code", says: scene.say(words::CODE), hint: Some(scene.say(words::CODE_HINT)) };
    let kept = &scene.flash.kept.factor_name;
    let proposed = if kept.is_empty() { &seen.proposed_name } else { kept };
    let fields = view! {
        {text_field(scene, &name, "off", proposed)}
        {typed_field(scene, &code, ("numeric", "one-time-code"), "")}
        {submit_row(scene.say(words::GO))}
    };
    view! {
        <p class="lead">{scene.tell(words::LEAD)}</p>
        {flow_form(action, Some(seen.flow), fields)}
    }
    .into_any()
}

pub(crate) fn apart_at_sign_in() -> AnyView {
    flow_page(|desk, flow| async move { desk.apart_page(Some(flow)).await }, apart_page)
}

pub(crate) fn apart() -> AnyView {
    page(|desk| async move { desk.apart_page(None).await }, apart_page)
}

fn apart_page(scene: &Scene, seen: ApartPage) -> Page {
    let first =
        Label { field: "code", says: scene.say(words::FIRST), hint: Some(scene.say(words::CODE_HINT)) };
    let second =
        Label { field: "second", says: scene.say(words::SECOND), hint: Some(scene.say(words::SECOND_HINT)) };
    let fields = view! {
        {typed_field(scene, &first, ("numeric", "one-time-code"), "")}
        {typed_field(scene, &second, ("numeric", "off"), "")}
        {submit_row(scene.say(words::APART_GO))}
    };
    let back = match seen.flow {
        Some(flow) => link(format!("/log-ind/{flow}/andre-veje"), scene.say(keys::OTHER)),
        None => link("/konto/loginmidler", scene.say(common::BACK)),
    };
    let body = view! {
        <p class="lead">{scene.tell(words::APART_LEAD)}</p>
        {flow_form(BringTogether::url(), seen.flow, fields)}
        <p>{back}</p>
    };
    Page::new(scene.say(words::APART_TITLE), body.into_any())
}
