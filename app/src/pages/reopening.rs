//! Opening a blocked login again (page 20), a forgotten password (38), the sheet that comes with it (31).

use crate::actions::{
    Reopen, ReopenActivity, ReopenApp, ReopenByKey, ReopenFactors, ReopenPassword, ResetByKey, ResetPassword,
    StartReopening, StartReset,
};
use crate::desk::{
    Ask, Cannot, CannotWhy, FactorShown, HappenedShown, ReopeningPage, ReopeningShown, ResetPage,
};
use crate::frame::{Page, flow_page, page, plain};
use crate::pages::account::happenings;
use crate::pages::contact::kind_name as channel_name;
use crate::pages::factor::app_form;
use crate::pages::methods::kind_name;
use crate::pages::password::new_password;
use crate::parts::{
    Dialog, Opens, details, flow_form, hidden, key_form, link, mitid_button, paragraphs, primary_link,
    submit_row, summary_list,
};
use crate::scene::Scene;
use domain::Timestamp;
use domain::contact::ChannelKind;
use domain::ids::FlowId;
use domain::password::SHORTEST;
use domain::standing::Origin;
use islands::{ReviewWords, factor_review};
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{common, enrolment, factor, keys, overview, password, recovery, reopening as words};
use text::{Say, format};

/// How many steps there are; MitID is the first.
const FIRST: u8 = 1;

pub(crate) fn start() -> AnyView {
    plain(|scene| {
        let steps = [
            words::STEP_MITID,
            words::STEP_PASSWORD,
            words::STEP_FACTORS,
            words::STEP_ACTIVITY,
            words::STEP_CONFIRM,
        ];
        let steps = steps.map(|say| view! { <li>{scene.tell(say)}</li> }).collect_view();
        let body = view! {
            <p class="lead">{scene.tell(words::LEAD)}</p>
            {to_mitid(scene, StartReopening::url())}
            {by_key(scene, Ask::Reopening, ReopenByKey::url())}
            <h2>{scene.say(words::STEPS)}</h2>
            <div class="prose"><ol>{steps}</ol></div>
            <p>{scene.tell(words::UNTIL_THEN)}</p>
            {details(scene.say(words::OTHER), view! { <p>{scene.tell(words::OTHER_BODY)}</p> })}
        };
        let origins = scene.house().broker_origins.clone();
        Page::new(scene.say(words::TITLE), body.into_any()).step(FIRST).reaching(&origins).with_islands()
    })
}

/// The second way: a passkey that counts alone. Whose it is and whether it does, only its answer says.
fn by_key(scene: &Scene, ask: Ask, answer: &'static str) -> AnyView {
    let says = scene.say(words::BY_KEY_GO);
    let opens = Opens { dialog: Dialog::Get, ask, answer, says, primary: false };
    view! {
        <h2>{scene.say(words::BY_KEY)}</h2>
        <p>{scene.tell(words::BY_KEY_BODY)}</p>
        {key_form(scene, &opens, hidden("go", "yes"))}
    }
    .into_any()
}

fn to_mitid(scene: &Scene, action: &'static str) -> AnyView {
    view! {
        <form method="post" action=action>
            {hidden("go", "yes")}
            <p class="actions">{mitid_button(scene)}</p>
        </form>
    }
    .into_any()
}

pub(crate) fn step() -> AnyView {
    flow_page(|desk, flow| async move { desk.reopening(flow, false).await }, step_page)
}

pub(crate) fn factors_again() -> AnyView {
    flow_page(|desk, flow| async move { desk.reopening(flow, true).await }, step_page)
}

fn step_page(scene: &Scene, seen: ReopeningPage) -> Page {
    let (flow, until) = (seen.flow, seen.until);
    match seen.step {
        ReopeningShown::Password { user_name, names } => password_step(scene, flow, user_name, names),
        ReopeningShown::Factors(factors) => factors_step(scene, flow, &factors),
        ReopeningShown::App(setup) => {
            let body = view! {
                <p class="lead">{scene.tell(words::APP_LEAD)}</p>
                {app_form(scene, &setup, ReopenApp::url())}
                <h2>{scene.say(recovery::KEY_INSTEAD)}</h2>
                <p>{link(format!("/genaktiver/{flow}/adgangsnoegle"), scene.say(keys::PASSKEY_TITLE))}</p>
                <p>{link(format!("/genaktiver/{flow}/sikkerhedsnoegle"), scene.say(keys::KEY_TITLE))}</p>
                <p>{link(again(flow), scene.say(words::APP_BACK))}</p>
            };
            Page::new(scene.say(factor::APP_TITLE), body.into_any()).step(3).with_islands()
        }
        ReopeningShown::Activity(rows) => activity_step(scene, flow, &rows),
        ReopeningShown::Confirm { factors, new_app, taken_back } => {
            confirm_step(scene, (flow, until), &factors, (new_app, &taken_back))
        }
    }
}

fn again(flow: FlowId) -> String {
    format!("/genaktiver/{flow}/loginmidler")
}

fn password_step(scene: &Scene, flow: FlowId, user_name: String, names: Vec<String>) -> Page {
    let fields = view! {
        {new_password(scene, user_name, names)}
        {submit_row(scene.say(words::PASSWORD_SAVE))}
    };
    let body = view! {
        <p class="lead">{scene.fill(words::PASSWORD_LEAD, &[("n", &SHORTEST.to_string())])}</p>
        {flow_form(ReopenPassword::url(), Some(flow), fields)}
    };
    Page::new(scene.say(words::PASSWORD_TITLE), body.into_any()).step(2).with_islands()
}

fn factors_step(scene: &Scene, flow: FlowId, factors: &[FactorShown]) -> Page {
    let lead = if factors.is_empty() { words::FACTORS_NONE } else { words::FACTORS_LEAD };
    let boxes = factors.iter().enumerate().map(|(at, factor)| factor_box(scene, at, factor)).collect_view();
    let fields = view! {
        {(!factors.is_empty()).then(|| view! {
            {factor_review(review_words(scene), view! {
                <fieldset class="field"><legend class="label">{scene.say(words::FACTORS_WHICH)}</legend>{boxes}</fieldset>
            })}
        })}
        {submit_row(scene.say(words::FACTORS_SAVE))}
    };
    let body = view! {
        <p class="lead">{scene.tell(lead)}</p>
        {flow_form(ReopenFactors::url(), Some(flow), fields)}
    };
    Page::new(scene.say(words::FACTORS_TITLE), body.into_any()).step(3).with_islands()
}

fn review_words(scene: &Scene) -> ReviewWords {
    ReviewWords {
        rule: scene.tell(words::FACTORS_HINT),
        all: scene.say(words::FACTORS_ALL).to_owned(),
        some: scene.say(words::FACTORS_SOME).to_owned(),
        none: scene.say(words::FACTORS_ALL_GO).to_owned(),
    }
}

/// One login method. What is not ticked goes: a box nobody understood takes away, and never keeps a thief's phone.
fn factor_box(scene: &Scene, at: usize, factor: &FactorShown) -> AnyView {
    let (id, name) = (format!("keep-{at}"), format!("keep[{at}]"));
    let added =
        scene.fill(overview::FACTOR_ADDED, &[("day", &format::day_of(factor.added_at, scene.lang()))]);
    let used = factor.used_at.map(|moment| {
        scene.fill(overview::FACTOR_USED, &[("moment", &format::moment(moment, scene.lang()))])
    });
    let suspect =
        factor.goes.then(|| view! { <span class="hint">{scene.tell(words::FACTOR_SUSPECT)}</span> });
    let (value, method) = (factor.id.to_string(), factor.name.clone());
    view! {
        <label class="check">
            <input type="checkbox" id=id name=name value=value data-method=method checked=!factor.goes/>
            <span>
                <strong>{factor.name.clone()}</strong> " – " {scene.say(kind_name(factor.kind))} ". " {added} ". " {used} " "
                {suspect}
            </span>
        </label>
    }
    .into_any()
}

fn activity_step(scene: &Scene, flow: FlowId, rows: &[HappenedShown]) -> Page {
    let body = view! {
        <p class="lead">{scene.tell(words::ACTIVITY_LEAD)}</p>
        {happenings(scene, rows, false)}
        <div class="notice notice-warning"><p>{scene.tell(words::ACTIVITY_CALL)}</p></div>
        {flow_form(ReopenActivity::url(), Some(flow), submit_row(scene.say(words::ACTIVITY_SAVE)))}
    };
    Page::new(scene.say(words::ACTIVITY_TITLE), body.into_any()).step(4)
}

fn confirm_step(
    scene: &Scene,
    (flow, until): (FlowId, Timestamp),
    factors: &[FactorShown],
    (new_app, taken_back): (Option<String>, &[ChannelKind]),
) -> Page {
    let names = |goes: bool| {
        let names: Vec<_> = factors.iter().filter(|it| it.goes == goes).map(|it| it.name.clone()).collect();
        if names.is_empty() { scene.tell(words::CONFIRM_NONE) } else { names.join(", ") }
    };
    let rows = [
        Some((words::CONFIRM_PASSWORD, scene.tell(words::CONFIRM_PASSWORD_VALUE))),
        Some((words::CONFIRM_KEEP, names(false))),
        Some((words::CONFIRM_REMOVE, names(true))),
        new_app.map(|name| (words::CONFIRM_NEW, name)),
        (!taken_back.is_empty()).then(|| {
            let kinds: Vec<_> = taken_back.iter().map(|kind| scene.say(channel_name(*kind))).collect();
            let values = [("kinds", &*kinds.join(", "))];
            (words::CONFIRM_CONTACT, scene.fill(words::CONFIRM_CONTACT_VALUE, &values))
        }),
        Some((words::CONFIRM_CODES, scene.tell(words::CONFIRM_CODES_VALUE))),
    ];
    let rows = rows.into_iter().flatten().map(|(term, value)| (scene.tell(term), value.into_any()));
    let until = scene.fill(words::CONFIRM_UNTIL, &[("clock", &format::clock(until, scene.lang()))]);
    let body = view! {
        <p class="lead">{scene.tell(words::CONFIRM_LEAD)}</p>
        {summary_list(rows)}
        <p>{link(again(flow), scene.say(words::CONFIRM_BACK))}</p>
        <p class="hint">{until}</p>
        {flow_form(Reopen::url(), Some(flow), submit_row(scene.say(words::CONFIRM_SUBMIT)))}
    };
    Page::new(scene.say(words::CONFIRM_TITLE), body.into_any()).step(5)
}

pub(crate) fn cannot() -> AnyView {
    page(|desk| async move { desk.cannot().await }, cannot_page)
}

/// Says why, and whom to call or where to go instead.
fn cannot_page(scene: &Scene, seen: Cannot) -> Page {
    let title = match seen.why {
        CannotWhy::Anew => enrolment::FOUND_TITLE,
        _ if seen.reset => words::CANNOT_RESET_TITLE,
        _ => words::CANNOT_TITLE,
    };
    let (why, go) = match seen.why {
        CannotWhy::Held(origin) => (held_words(origin), None),
        CannotWhy::Revoked => (words::CANNOT_REVOKED, Some(("/kom-i-gang", words::CANNOT_START))),
        CannotWhy::NotBlocked => (words::CANNOT_NOT_BLOCKED, Some(("/log-ind", common::SIGN_IN))),
        CannotWhy::BlockedFirst => (words::CANNOT_BLOCKED_FIRST, Some(("/genaktiver", words::TITLE))),
        CannotWhy::NoLogin => (words::CANNOT_NO_LOGIN, Some(("/kom-i-gang", enrolment::TITLE))),
        CannotWhy::Anew => (words::CANNOT_ANEW, None),
        CannotWhy::Missing => (words::CANNOT_MISSING, None),
    };
    let action = match go {
        Some((path, label)) => primary_link(path, scene.say(label)),
        None => primary_link(scene.call(), &scene.tell(common::CALL_THEM)),
    };
    let body = view! {
        <p class="lead">{scene.tell(why)}</p>
        <p class="actions">{action}</p>
    };
    Page::new(scene.say(title), body.into_any())
}

const fn held_words(origin: Origin) -> Say {
    match origin {
        Origin::Owner | Origin::ServiceDesk | Origin::Security => words::CANNOT_MUNICIPALITY,
        Origin::Register => words::CANNOT_REGISTER,
        Origin::Association => words::CANNOT_ASSOCIATION,
        Origin::Terms => words::CANNOT_TERMS,
        Origin::Reconfirmation => words::CANNOT_RECONFIRMATION,
    }
}

pub(crate) fn forgotten() -> AnyView {
    plain(|scene| {
        let told = [words::RESET_ENDS, password::FORGOT_NEVER].map(|say| scene.tell(say));
        let body = view! {
            <p class="lead">{scene.tell(words::RESET_LEAD)}</p>
            {paragraphs(told)}
            {to_mitid(scene, StartReset::url())}
            {by_key(scene, Ask::Reset, ResetByKey::url())}
            {details(scene.say(words::OTHER), view! { <p>{scene.tell(words::RESET_OTHER_BODY)}</p> })}
            <p>{scene.tell(password::FORGOT_NEW)}</p>
            <p>{link("/genaktiver", scene.say(words::RESET_BLOCKED))}</p>
            <p>{link("/log-ind", scene.say(password::FORGOT_BACK))}</p>
        };
        let origins = scene.house().broker_origins.clone();
        Page::new(scene.say(words::RESET_TITLE), body.into_any()).reaching(&origins).with_islands()
    })
}

pub(crate) fn reset() -> AnyView {
    flow_page(|desk, flow| async move { desk.reset_page(flow).await }, reset_page)
}

fn reset_page(scene: &Scene, seen: ResetPage) -> Page {
    let fields = view! {
        {new_password(scene, seen.user_name, seen.names)}
        {submit_row(scene.say(words::RESET_SAVE))}
    };
    let body = view! {
        <p class="lead">{scene.fill(password::LEAD, &[("n", &SHORTEST.to_string())])}</p>
        <p>{scene.tell(words::RESET_ENDS)}</p>
        {flow_form(ResetPassword::url(), Some(seen.flow), fields)}
    };
    Page::new(scene.say(words::PASSWORD_TITLE), body.into_any()).with_islands()
}
