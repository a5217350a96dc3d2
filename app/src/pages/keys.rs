//! Passkeys and security keys at a sign-in and when they are added (pages 3, 4, 29 and 30).

use crate::actions::{AddAnotherKey, AddKey, ReopenWithKey, ReplaceWithKey, ShowKey};
use crate::desk::{Ask, KeyPage, KeySetup, WaysPage};
use crate::frame::{Page, flow_page, page};
use crate::parts::{
    Dialog, Label, Opens, back_link, bullets_of, details, give_up, hidden, icon, key_form, link, paragraphs,
    primary_link, text_field,
};
use crate::scene::Scene;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::Say;
use text::pages::{common, keys as words, recovery, sign_in};

pub(crate) fn key_first() -> AnyView {
    page(|desk| async move { desk.key_page(None).await }, key_page)
}

pub(crate) fn key() -> AnyView {
    flow_page(|desk, flow| async move { desk.key_page(Some(flow)).await }, key_page)
}

fn key_page(scene: &Scene, seen: KeyPage) -> Page {
    let flow = seen.flow.map(|flow| flow.to_string()).unwrap_or_default();
    let service =
        seen.service.as_ref().map(|service| scene.fill(sign_in::TO_SERVICE, &[("service", service)]));
    let start = Opens {
        dialog: Dialog::Get,
        ask: Ask::SignIn,
        answer: ShowKey::url(),
        says: scene.say(words::START),
        primary: true,
    };
    let away = match (seen.after_password, seen.flow) {
        (true, Some(flow)) => link(format!("/log-ind/{flow}/andre-veje"), scene.say(words::OTHER)),
        (_, Some(flow)) => link(format!("/log-ind/{flow}"), scene.say(words::BACK)),
        (_, None) => link("/log-ind", scene.say(words::BACK)),
    };
    let body = view! {
        {service.map(|service| view! { <p>{service}</p> })}
        <p class="lead">{scene.tell(words::LEAD)}</p>
        {seen.after_password.then(|| view! { <p>{scene.tell(words::LEAD_KEY)}</p> })}
        {key_form(scene, &start, hidden("flow", flow))}
        {details(scene.say(words::ON_PHONE), paragraphs([scene.tell(words::ON_PHONE_BODY)]))}
        <p>{away}</p>
        {give_up(scene, seen.flow, seen.service.as_deref())}
    };
    Page::new(scene.say(words::TITLE), body.into_any()).with_islands()
}

pub(crate) fn ways() -> AnyView {
    flow_page(|desk, flow| async move { desk.ways_page(flow).await }, ways_page)
}

fn ways_page(scene: &Scene, seen: WaysPage) -> Page {
    let root = format!("/log-ind/{}", seen.flow);
    let all = [
        (seen.key, "noegle", words::WAYS_KEY),
        (seen.code, "kode", words::WAYS_CODE),
        (seen.device, "kodeviser", words::WAYS_DEVICE),
        (seen.recovery > 0, "gendannelseskode", recovery::WAYS),
    ];
    let hers = all
        .into_iter()
        .filter(|(has, ..)| *has)
        .map(|(_, at, say)| link(format!("{root}/{at}"), scene.say(say)));
    let service =
        seen.service.as_ref().map(|service| scene.fill(sign_in::TO_SERVICE, &[("service", service)]));
    let body = view! {
        {service.map(|service| view! { <p>{service}</p> })}
        <p class="lead">{scene.tell(words::WAYS_LEAD)}</p>
        {bullets_of(hers)}
        <h2>{scene.say(words::WAYS_NONE)}</h2>
        <p>{scene.tell(words::WAYS_LOST)}</p>
        <p class="actions">{primary_link("/spaer", scene.say(words::WAYS_LOST_GO))}</p>
        <p>{scene.tell(words::WAYS_DESK)}</p>
        {give_up(scene, Some(seen.flow), seen.service.as_deref())}
    };
    Page::new(scene.say(words::WAYS_TITLE), body.into_any())
}

pub(crate) fn add_passkey() -> AnyView {
    adding(PasskeyKind::Passkey)
}

pub(crate) fn add_security_key() -> AnyView {
    adding(PasskeyKind::SecurityKey)
}

fn adding(kind: PasskeyKind) -> AnyView {
    flow_page(
        move |desk, flow| async move { desk.key_setup(flow, kind).await },
        |scene, seen| {
            let back =
                link(format!("/indrullering/{}/loginmiddel", seen.flow), scene.say(words::CHOOSE_OTHER));
            let body = view! { {new_key(scene, &seen, (Ask::New, AddKey::url()))} <p>{back}</p> };
            Page::new(scene.say(title(seen.kind)), body.into_any()).step(4).with_islands()
        },
    )
}

pub(crate) fn another_passkey() -> AnyView {
    adding_another(PasskeyKind::Passkey)
}

pub(crate) fn another_security_key() -> AnyView {
    adding_another(PasskeyKind::SecurityKey)
}

fn adding_another(kind: PasskeyKind) -> AnyView {
    flow_page(
        move |desk, flow| async move { desk.another_key(flow, kind).await },
        |scene, seen| {
            let body = view! {
                {new_key(scene, &seen, (Ask::Another, AddAnotherKey::url()))}
                {back_link(back_to(seen.flow), scene.say(common::BACK))}
            };
            Page::new(scene.say(title(seen.kind)), body.into_any()).with_islands()
        },
    )
}

pub(crate) fn passkey_instead() -> AnyView {
    instead(PasskeyKind::Passkey)
}

pub(crate) fn security_key_instead() -> AnyView {
    instead(PasskeyKind::SecurityKey)
}

/// At a sign-in, after a recovery code and MitID.
fn instead(kind: PasskeyKind) -> AnyView {
    flow_page(
        move |desk, flow| async move { desk.replacement_key(flow, kind).await },
        |scene, seen| {
            let back = link(format!("/log-ind/{}/gendan", seen.flow), scene.say(words::CHOOSE_OTHER));
            let body =
                view! { {new_key(scene, &seen, (Ask::Replacement, ReplaceWithKey::url()))} <p>{back}</p> };
            Page::new(scene.say(title(seen.kind)), body.into_any()).with_islands()
        },
    )
}

pub(crate) fn passkey_reopening() -> AnyView {
    reopening(PasskeyKind::Passkey)
}

pub(crate) fn security_key_reopening() -> AnyView {
    reopening(PasskeyKind::SecurityKey)
}

/// While she opens her login and keeps no other.
fn reopening(kind: PasskeyKind) -> AnyView {
    flow_page(
        move |desk, flow| async move { desk.reopening_key(flow, kind).await },
        |scene, seen| {
            let back = link(format!("/genaktiver/{}", seen.flow), scene.say(words::CHOOSE_OTHER));
            let body = view! { {new_key(scene, &seen, (Ask::Reopened, ReopenWithKey::url()))} <p>{back}</p> };
            Page::new(scene.say(title(seen.kind)), body.into_any()).step(3).with_islands()
        },
    )
}

fn back_to(flow: FlowId) -> String {
    format!("/konto/loginmidler/ret/{flow}")
}

const fn title(kind: PasskeyKind) -> Say {
    match kind {
        PasskeyKind::Passkey => words::PASSKEY_TITLE,
        PasskeyKind::SecurityKey => words::KEY_TITLE,
    }
}

/// What happens, its name, and the button, wherever one is added.
pub(crate) fn new_key(scene: &Scene, seen: &KeySetup, (ask, answer): (Ask, &'static str)) -> AnyView {
    let (lead, then, go) = match seen.kind {
        PasskeyKind::Passkey => (words::PASSKEY_LEAD, words::PASSKEY_SHARED, words::PASSKEY_GO),
        PasskeyKind::SecurityKey => (words::KEY_LEAD, words::KEY_STEPS, words::KEY_GO),
    };
    let name = Label { field: "name", says: scene.say(words::NAME), hint: Some(scene.say(words::NAME_HINT)) };
    let kept = &scene.flash.kept.factor_name;
    let proposed = if kept.is_empty() { &seen.proposed_name } else { kept };
    let opens = Opens { dialog: Dialog::Create, ask, answer, says: scene.say(go), primary: true };
    let fields = view! {
        {hidden("flow", seen.flow.to_string())}
        {hidden("kind", seen.kind.word())}
        {text_field(scene, &name, "off", proposed)}
    };
    let phone = (seen.kind == PasskeyKind::Passkey)
        .then(|| details(scene.say(words::ON_PHONE), paragraphs([scene.tell(words::ON_PHONE_BODY)])));
    let picture = (seen.kind == PasskeyKind::SecurityKey)
        .then(|| view! { <p>{icon::security_key(scene.say(words::KEY_PICTURE))}</p> });
    view! {
        <p class="lead">{scene.tell(lead)}</p>
        <p>{scene.tell(then)}</p>
        {picture}
        {key_form(scene, &opens, fields)}
        {phone}
    }
    .into_any()
}
