//! Choosing a login method, and adding an app (pages 27 and 28).

use crate::actions::{AddAnotherApp, AddApp, BeginPhoneEnrolling};
use crate::desk::{AppSetup, WaitingPage};
use crate::frame::{Page, flow_page};
use crate::parts::{
    Label, back_link, code_field, details, flow_form, primary_link, secondary_link, submit_row, text_field,
};
use crate::scene::Scene;
use domain::code::in_fours;
use islands::{CopyWords, copy_secret};
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{common, devices, factor as words, keys, phone, sign_in};

pub(crate) fn choose() -> AnyView {
    flow_page(|desk, flow| async move { desk.factor_page(flow).await }, choose_page)
}

fn choose_page(scene: &Scene, seen: WaitingPage) -> Page {
    let root = format!("/indrullering/{}", seen.flow);
    let others = [
        (words::CHOOSE_APP, words::CHOOSE_APP_BODY, "app", words::CHOOSE_GO),
        (words::CHOOSE_KEY, words::CHOOSE_KEY_BODY, "sikkerhedsnoegle", keys::KEY_TITLE),
        (devices::CHOOSE, devices::CHOOSE_BODY, "kodeviser", devices::CHOOSE_GO),
    ];
    let others = others.map(|(title, what, at, go)| {
        view! {
            <h2>{scene.say(title)}</h2>
            <p>{scene.tell(what)}</p>
            <p class="actions">{secondary_link(format!("{root}/{at}"), scene.say(go))}</p>
        }
    });
    let go = scene.say(phone::GO).to_owned();
    let on_phone = view! {
        <p>{scene.tell(phone::GO_BODY)}</p>
        <p class="actions"><button class="btn btn-secondary" type="submit">{go}</button></p>
    };
    let body = view! {
        <p class="lead">{scene.tell(words::CHOOSE_LEAD)}</p>
        <h2>{scene.say(words::CHOOSE_PASSKEY)}</h2>
        <p>{scene.tell(words::CHOOSE_PASSKEY_BODY)}</p>
        <p class="actions">{primary_link(format!("{root}/adgangsnoegle"), scene.say(keys::PASSKEY_TITLE))}</p>
        {flow_form(BeginPhoneEnrolling::url(), Some(seen.flow), on_phone)}
        {others.into_iter().collect_view()}
        <h2>{scene.say(words::NO_PHONE)}</h2>
        <p>{scene.tell(words::NO_PHONE_BODY)}</p>
    };
    Page::new(scene.say(words::CHOOSE_TITLE), body.into_any()).step(4)
}

pub(crate) fn app() -> AnyView {
    flow_page(|desk, flow| async move { desk.app_page(flow).await }, app_page)
}

/// Four numbered steps in one form: name, scan (or open, or copy), code, confirm. The seed stands in the page as text
/// and picture, and nowhere else: no property of an island carries it.
fn app_page(scene: &Scene, seen: AppSetup) -> Page {
    let body = view! {
        <p class="lead">{scene.tell(words::APP_LEAD)}</p>
        {app_form(scene, &seen, AddApp::url())}
    };
    Page::new(scene.say(words::APP_TITLE), body.into_any()).step(4).with_islands()
}

pub(crate) fn another() -> AnyView {
    flow_page(
        |desk, flow| async move { desk.another_app(flow).await },
        |scene, seen| {
            let body = view! {
                <p class="lead">{scene.tell(words::APP_LEAD)}</p>
                {app_form(scene, &seen, AddAnotherApp::url())}
                {back_link(format!("/konto/loginmidler/ret/{}", seen.flow), scene.say(common::BACK))}
            };
            Page::new(scene.say(words::APP_TITLE), body.into_any()).with_islands()
        },
    )
}

/// The four steps, wherever an app is added.
pub(crate) fn app_form(scene: &Scene, seen: &AppSetup, action: &'static str) -> AnyView {
    let name = Label { field: "name", says: scene.say(words::NAME), hint: Some(scene.say(words::NAME_HINT)) };
    let code =
        Label { field: "code", says: scene.say(words::CODE), hint: Some(scene.say(sign_in::CODE_HINT)) };
    let kept = &scene.flash.kept.factor_name;
    let proposed = if kept.is_empty() { seen.proposed_name.clone() } else { kept.clone() };
    let fields = view! {
        <ol class="steps">
            <li>{text_field(scene, &name, "off", &proposed)}</li>
            <li>{scan(scene, seen)}</li>
            <li>{code_field(scene, &code)}</li>
        </ol>
        {submit_row(scene.say(words::VERIFY))}
    };
    view! {
        {details(scene.say(words::NO_APP), view! { <p>{scene.tell(words::NO_APP_BODY)}</p> })}
        {flow_form(action, Some(seen.flow), fields)}
    }
    .into_any()
}

fn scan(scene: &Scene, seen: &AppSetup) -> AnyView {
    let (picture, otpauth) = (seen.qr_svg.clone(), seen.otpauth.clone());
    let account = scene.fill(words::ACCOUNT, &[("account", &seen.account)]);
    let copy = CopyWords {
        copy: scene.say(words::COPY).to_owned(),
        copied: scene.say(words::COPIED).to_owned(),
        not_copied: scene.say(words::COPY_NOT).to_owned(),
    };
    let groups = in_fours(&seen.secret)
        .split(' ')
        .map(|group| view! { <span>{group.to_owned()}</span> " " })
        .collect_view();
    view! {
        <p class="label">{scene.say(words::SCAN)}</p>
        <div class="flex flex-col gap-4">
            <div class="qr" role="img" aria-label=scene.say(words::QR_LABEL) inner_html=picture></div>
            // On a phone the app is here: the way to open it comes first (DKFDS has no pattern for it).
            <div class="pointer-coarse:order-first">
                <p>{scene.say(words::ON_PHONE)}</p>
                <p><a class="btn btn-secondary" href=otpauth>{scene.say(words::OPEN_APP)}</a></p>
            </div>
        </div>
        <p class="label" id="noegle-navn">{scene.say(words::CANNOT_SCAN)}</p>
        <div class="secret" id="noegle" role="group" aria-labelledby="noegle-navn" translate="no">{groups}</div>
        {copy_secret("noegle", copy)}
        <p class="hint">{account}</p>
        <p class="hint">{scene.say(words::KEEP_SECRET)}</p>
    }
    .into_any()
}
