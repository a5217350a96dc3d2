//! Signing in (pages 1, 2, 8, 10–13) and the way on to a service.

use crate::actions::{GiveCode, ShowKey, SignIn, SignOut};
use crate::desk::{
    Blocked, BlockedBy, Broken, BrokenKind, CodeFrom, CodePage, Pause, PausedDoor, SignInPage, Stop,
};
use crate::frame::{Page, flow_page, page};
use crate::parts::{
    Label, autofill, bullets, flow_form, give_up, hidden, link, paragraphs, password_field, primary_link,
    reference_line, shown_code_field, submit_row, text_field,
};
use crate::scene::{Scene, SharedDesk};
use leptos::prelude::*;
use server_fn::ServerFn;
use text::format;
use text::pages::{common, emergency, keys, reopening, sign_in as words};

mod hand_over;
mod way_out;

pub(crate) use hand_over::{hand_over, hand_over_now};
pub(crate) use way_out::{signed_out, signed_out_of, way_out};

pub(crate) fn to_portal() -> AnyView {
    page(|desk| async move { desk.sign_in_page(None).await }, sign_in_form)
}

pub(crate) fn to_service() -> AnyView {
    flow_page(|desk, flow| async move { desk.sign_in_page(Some(flow)).await }, sign_in_form)
}

fn sign_in_form(scene: &Scene, seen: SignInPage) -> Page {
    let carried = seen.known_as.clone().or(seen.again_as.clone()).or(seen.hint.clone());
    let lead = match (&seen.service, &seen.again_as) {
        _ if seen.known_as.is_some() => scene.tell(keys::PASSWORD_NEXT),
        (Some(service), Some(_)) => scene.fill(words::AGAIN_LEAD, &[("service", service)]),
        (Some(service), None) => scene.fill(words::TO_SERVICE, &[("service", service)]),
        (None, Some(_)) => scene.tell(words::AGAIN_PORTAL),
        (None, None) => scene.tell(words::TO_PORTAL),
    };
    let title = if seen.again_as.is_some() { words::TITLE_AGAIN } else { words::TITLE };
    let typed = if scene.flash.kept.user_name.is_empty() {
        carried.unwrap_or_default()
    } else {
        scene.flash.kept.user_name.clone()
    };
    let user_name = Label { field: "user_name", says: scene.say(words::USER_NAME), hint: None };
    let password = Label { field: "password", says: scene.say(words::PASSWORD), hint: None };
    let fields = view! {
        {text_field(scene, &user_name, "username webauthn", &typed)}
        {password_field(scene, &password)}
        {submit_row(scene.say(words::SUBMIT))}
    };
    let flow = seen.flow.map(|flow| flow.to_string());
    let at =
        flow.as_ref().map_or_else(|| "/log-ind/noegle".to_owned(), |flow| format!("/log-ind/{flow}/noegle"));
    let passkey = seen.known_as.is_none().then(|| {
        view! {
            <p>{link(at, scene.say(keys::LINK))}</p>
            {autofill(scene, ShowKey::url(), hidden("flow", flow.unwrap_or_default()))}
        }
    });
    let behind = seen.service.as_ref().zip((!seen.behind.is_empty()).then(|| seen.behind.join(", ")));
    let behind = behind.map(|(service, names)| {
        view! { <p class="break-all">{scene.fill(words::BEHIND, &[("service", service), ("names", &names)])}</p> }
    });
    let body = view! {
        <p class="lead">{lead}</p>
        {behind}
        {flow_form(SignIn::url(), seen.flow, fields)}
        {passkey}
        <p>{link("/glemt-adgangskode", scene.say(words::FORGOT))}</p>
        <p>{link("/genaktiver", scene.say(emergency::REOPEN))}</p>
        <p>{link("/kom-i-gang", scene.say(words::NEW_HERE))}</p>
        {give_up(scene, seen.flow, seen.service.as_deref())}
    };
    Page::new(scene.say(title), body.into_any()).with_islands().telling_outages()
}

pub(crate) fn code() -> AnyView {
    flow_page(|desk, flow| async move { desk.code_page(flow).await }, code_form)
}

fn code_form(scene: &Scene, seen: CodePage) -> Page {
    let (title, lead) = match seen.from {
        CodeFrom::App => (words::CODE_TITLE, words::CODE_LEAD),
        CodeFrom::Device => (words::CODE_TITLE_DEVICE, words::CODE_LEAD_DEVICE),
        CodeFrom::Either => (words::CODE_TITLE_EITHER, words::CODE_LEAD_EITHER),
    };
    let fields = view! {
        {shown_code_field(scene, seen.from)}
        {submit_row(scene.say(words::CODE_SUBMIT))}
    };
    let other = link(format!("/log-ind/{}/andre-veje", seen.flow), scene.say(keys::OTHER));
    let body = view! {
        <p class="lead">{scene.tell(lead)}</p>
        {seen.service.as_ref().map(|service| view! { <p>{scene.fill(words::TO_SERVICE, &[("service", service)])}</p> })}
        {flow_form(GiveCode::url(), Some(seen.flow), fields)}
        <p>{other}</p>
        {give_up(scene, Some(seen.flow), seen.service.as_deref())}
    };
    let page = Page::new(scene.say(title), body.into_any());
    // The field of six digits is the page's island.
    if seen.from == CodeFrom::App { page.with_islands() } else { page }
}

pub(crate) fn pause() -> AnyView {
    flow_page(|desk, flow| async move { desk.pause(flow).await }, pause_page)
}

fn pause_page(scene: &Scene, seen: Pause) -> Page {
    let (lang, code) = (scene.lang(), seen.door == PausedDoor::Code);
    let stopped = code && seen.until.is_none();
    let when = match seen.until {
        Some(until) => scene.fill(words::PAUSE_UNTIL, &[("clock", &format::clock_with_seconds(until, lang))]),
        None if stopped => scene.tell(words::PAUSE_STOPPED),
        None => scene.tell(words::PAUSE_SOON),
    };
    let why = if code { words::PAUSE_WHY_CODE } else { words::PAUSE_WHY_PASSWORD };
    let back = if code { format!("/log-ind/{}/kode", seen.flow) } else { format!("/log-ind/{}", seen.flow) };
    let ways = [
        code.then(|| scene.tell(words::PAUSE_CLOCK)),
        (!stopped).then(|| scene.tell(words::PAUSE_HELP_PHONE)),
    ];
    let body = view! {
        <p class="lead">{when}</p>
        <p>{scene.tell(why)}</p>
        <h2>{scene.say(words::PAUSE_NOW)}</h2>
        {bullets(ways.into_iter().flatten())}
        {code.then(|| view! { <p>{link(format!("/log-ind/{}/andre-veje", seen.flow), scene.say(keys::OTHER))}</p> })}
        <p>{link("/spaer", scene.say(words::PAUSE_NOT_ME))}</p>
        <p class="actions">
            {(!stopped).then(|| primary_link(back, scene.say(words::PAUSE_RETRY)))}
            {stopped.then(|| primary_link("/glemt-adgangskode", scene.say(words::PAUSE_PROVE)))}
            {(!code).then(|| link("/glemt-adgangskode", scene.say(words::PAUSE_RESET)))}
        </p>
        {give_up(scene, Some(seen.flow), seen.service.as_deref())}
    };
    Page::new(scene.say(words::PAUSE_TITLE), body.into_any())
}

pub(crate) fn blocked() -> AnyView {
    flow_page(|desk, flow| async move { desk.blocked(flow).await }, blocked_page)
}

fn blocked_page(scene: &Scene, seen: Blocked) -> Page {
    let what = match seen.by {
        BlockedBy::Owner => words::BLOCKED_OWNER,
        BlockedBy::LeakedPassword => words::BLOCKED_LEAKED,
        BlockedBy::Municipality => words::BLOCKED_MUNICIPALITY,
        BlockedBy::Register => reopening::CANNOT_REGISTER,
        BlockedBy::Association => words::BLOCKED_ASSOCIATION,
        BlockedBy::Terms => words::BLOCKED_TERMS,
        BlockedBy::Reconfirmation => words::BLOCKED_RECONFIRMATION,
    };
    let own = matches!(seen.by, BlockedBy::Owner | BlockedBy::LeakedPassword | BlockedBy::Terms);
    let since = scene.fill(words::BLOCKED_SINCE, &[("moment", &format::moment(seen.at, scene.lang()))]);
    let body = view! {
        {paragraphs([since, scene.tell(what)])}
        <p>{scene.say(words::BLOCKED_QUOTE)} " " <span class="reference">{seen.reference}</span></p>
        <p class="actions">
            {own.then(|| primary_link("/genaktiver", scene.say(reopening::TITLE)))}
            {(!own).then(|| primary_link(scene.call(), &scene.tell(common::CALL_THEM)))}
        </p>
        {give_up(scene, Some(seen.flow), seen.service.as_deref())}
    };
    Page::new(scene.say(words::BLOCKED_TITLE), body.into_any())
}

pub(crate) fn broken() -> AnyView {
    page(|desk| async move { desk.broken().await }, broken_page)
}

fn broken_page(scene: &Scene, seen: Broken) -> Page {
    let service = seen.service.as_deref();
    let what = match seen.kind {
        BrokenKind::UnknownService => scene.tell(words::BROKEN_UNKNOWN),
        BrokenKind::Stale => scene.tell(words::BROKEN_STALE),
        BrokenKind::LevelTooHigh => {
            let service = service.unwrap_or(scene.say(words::THE_SERVICE_START));
            scene.fill(words::BROKEN_LEVEL, &[("service", service)])
        }
        BrokenKind::Pilot => {
            let service = service.unwrap_or(scene.say(words::THE_SERVICE_START));
            scene.fill(words::BROKEN_PILOT, &[("service", service)])
        }
        BrokenKind::NotEntitled => {
            let service = service.unwrap_or(scene.say(words::THE_SERVICE));
            scene.fill(words::BROKEN_ENTITLED, &[("service", service)])
        }
        BrokenKind::FlowGone => scene.tell(words::BROKEN_GONE),
        BrokenKind::Clocks => scene.tell(words::BROKEN_CLOCKS),
        BrokenKind::Crowded => scene.tell(words::BROKEN_CROWDED),
        BrokenKind::NotOut => scene.tell(words::NOT_OUT),
        BrokenKind::Fault => scene.tell(words::BROKEN_FAULT),
        BrokenKind::NothingToFinish => scene.tell(words::NOT_FINISHED),
        BrokenKind::NotRenewed => scene.tell(words::NOT_RENEWED),
    };
    let (title, next) = match seen.kind {
        BrokenKind::NotOut => (words::NOT_OUT_TITLE, primary_link("/log-af", scene.say(common::SIGN_OUT))),
        BrokenKind::NothingToFinish => {
            (words::NOT_FINISHED_TITLE, primary_link(scene.call(), &scene.tell(common::CALL_THEM)))
        }
        BrokenKind::NotRenewed => {
            (words::BROKEN_TITLE, primary_link("/log-ind", scene.say(words::SIGN_IN_AGAIN)))
        }
        _ => (words::BROKEN_TITLE, primary_link("/hjaelp", scene.say(common::HELP))),
    };
    let body = view! {
        <p class="lead">{what}</p>
        {reference_line(scene, &seen.reference)}
        <p class="actions">{next}</p>
    };
    Page::new(scene.say(title), body.into_any())
}

/// Whether she wants to log out, where an application says so and nothing shows that she does.
pub(crate) fn leave() -> AnyView {
    let look = |desk: SharedDesk| async move {
        let signed_in = desk.asking().visitor.is_some();
        signed_in.then_some(()).ok_or_else(|| Stop::Go("/logget-ud".to_owned()))
    };
    page(look, |scene, ()| {
        let body = view! {
            <p class="lead">{scene.tell(words::LEAVE_BODY)}</p>
            <form method="post" action=SignOut::url()>
                {hidden("go", "yes")}
                {submit_row(scene.say(common::SIGN_OUT))}
            </form>
            <p>{link("/overblik", scene.say(words::LEAVE_NOT))}</p>
        };
        Page::new(scene.say(words::LEAVE_TITLE), body.into_any())
    })
}
