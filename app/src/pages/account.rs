//! A person's own login: another password (page 37), her activity (39).

use crate::actions::ChangePassword;
use crate::desk::{ActivityPage, ActivityPart, ChangePage, HappenedShown, KeptFor};
use crate::frame::{Page, flow_page, in_path, page};
use crate::pages::data::kept_months;
use crate::pages::password::new_password;
use crate::parts::{
    Label, flow_form, link, paragraphs, password_field, secondary_link, shown_code_field, step_up, submit_row,
};
use crate::scene::Scene;
use domain::audit::EventKind;
use domain::step_up::StepUpFor;
use domain::throttle::CodeDoor;
use islands::{FilterWords, list_filter};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use text::pages::{account as words, password, sign_in, trail};
use text::{Say, browser, format};

mod doers;
pub use doers::doer_name;
use doers::{remedy, who_did};

pub(crate) fn change() -> AnyView {
    page(|desk| async move { desk.change_page().await }, change_page)
}

pub(crate) fn change_opened() -> AnyView {
    flow_page(|desk, flow| async move { desk.change_page_opened(flow).await }, change_page)
}

fn change_page(scene: &Scene, seen: ChangePage) -> Page {
    let key = |class| seen.has_key.then(|| by_key(scene, StepUpFor::Password, class));
    match seen.codes {
        CodeDoor::Open { .. } if seen.step_up.is_some() => change_form(scene, seen),
        CodeDoor::Open { .. } if !seen.has_codes => {
            let go = link("/glemt-adgangskode", scene.say(sign_in::FORGOT));
            closed(scene, scene.tell(words::PASSWORD_BY_KEY), key("btn btn-primary"), Some(go))
        }
        CodeDoor::Open { .. } => change_form(scene, seen),
        CodeDoor::Paused(until) => {
            let clock = format::clock(until, scene.lang());
            let told = scene.fill(words::PASSWORD_PAUSED, &[("clock", &clock)]);
            closed(scene, told, None, None)
        }
        CodeDoor::Stopped => {
            let go = secondary_link("/glemt-adgangskode", scene.say(sign_in::FORGOT));
            closed(scene, scene.tell(words::PASSWORD_STOPPED), None, Some(go))
        }
    }
}

/// The way to show a key first; instead of a code where that is the other way.
pub(crate) fn by_key(scene: &Scene, purpose: StepUpFor, class: &'static str) -> AnyView {
    let says = if class.contains("primary") { words::BY_KEY } else { words::BY_KEY_INSTEAD };
    step_up(purpose, scene.say(says), class)
}

fn closed(scene: &Scene, told: String, key: Option<AnyView>, go: Option<AnyView>) -> Page {
    let go = go.map(|go| view! { <p class="actions">{go}</p> });
    let body = view! { {paragraphs([told])} {key} {go} };
    Page::new(scene.say(words::PASSWORD_TITLE), body.into_any())
}

fn change_form(scene: &Scene, seen: ChangePage) -> Page {
    let current = Label { field: "current", says: scene.say(words::PASSWORD_CURRENT), hint: None };
    let others = scene.flash.kept.end_others;
    let shown = seen.step_up.is_some();
    let lead = if shown { words::PASSWORD_LEAD_SHOWN } else { words::PASSWORD_LEAD };
    let fields = view! {
        {password_field(scene, &current)}
        {new_password(scene, seen.user_name, seen.names)}
        {(!shown).then(|| shown_code_field(scene, seen.from))}
        <div class="field">
            <label class="check">
                <input type="checkbox" id="others" name="others" value="yes" checked=others aria-describedby="others-hint"/>
                <span>{scene.say(words::PASSWORD_OTHERS)}</span>
            </label>
            <p class="hint" id="others-hint">{scene.say(words::PASSWORD_OTHERS_HINT)}</p>
        </div>
        {submit_row(scene.say(password::SAVE))}
    };
    let key = (seen.has_key && !shown).then(|| by_key(scene, StepUpFor::Password, "btn btn-secondary"));
    let body = view! {
        <p class="lead">{scene.tell(lead)}</p>
        {flow_form(ChangePassword::url(), seen.step_up, fields)}
        {key}
        <p>{link("/glemt-adgangskode", scene.say(sign_in::FORGOT))}</p>
    };
    Page::new(scene.say(words::PASSWORD_TITLE), body.into_any()).with_islands()
}

/// What the address says of an older page.
const PAGE: &str = "side";

pub(crate) fn activity() -> AnyView {
    let part = in_path("del").and_then(|word| {
        let path = format!("/konto/aktivitet/{word}");
        ActivityPart::ALL.into_iter().find(|part| part.path() == path)
    });
    let at: Option<u32> = use_query_map().read_untracked().get(PAGE).and_then(|at| at.parse().ok());
    page(
        move |desk| async move { desk.activity(part.unwrap_or_default(), at.unwrap_or(1)).await },
        activity_page,
    )
}

fn activity_page(scene: &Scene, seen: ActivityPage) -> Page {
    let tabs = ActivityPart::ALL
        .map(|part| {
            let current = (part == seen.part).then_some("page");
            view! { <a href=part.path() aria-current=current>{scene.say(part_name(part))}</a> " " }
        })
        .collect_view();
    let links = view! { <nav class="portal-links" aria-label=scene.say(words::ACTIVITY_FILTER)>{tabs}</nav> };
    let around = pages_around(scene, &seen);
    let body = view! {
        <p class="lead">{scene.tell(words::ACTIVITY_LEAD)}</p>
        {list_filter(filter_words(scene), links, view! { {happenings(scene, &seen.rows, true)} {around} })}
        <p><a href="/konto/aktivitet.csv" download>{scene.say(words::ACTIVITY_CSV)}</a></p>
        <p class="hint">{kept_for(scene, seen.kept)}</p>
    };
    let page = Page::new(scene.say(words::ACTIVITY_TITLE), body.into_any());
    Page { wide: true, ..page }
}

/// The ways to what is newer and what is older.
fn pages_around(scene: &Scene, seen: &ActivityPage) -> Option<AnyView> {
    let at = |page: u32, say: Say| {
        let path = seen.part.path();
        let path = if page == 1 { path.to_owned() } else { format!("{path}?{PAGE}={page}") };
        view! { {link(path, scene.say(say))} " " }
    };
    let newer = (seen.page > 1).then(|| at(seen.page.saturating_sub(1), words::ACTIVITY_NEWER));
    let older = seen.older.then(|| at(seen.page.saturating_add(1), words::ACTIVITY_OLDER));
    (newer.is_some() || older.is_some()).then(|| view! { <p class="no-print">{newer} {older}</p> }.into_any())
}

/// How long what stands here is kept.
fn kept_for(scene: &Scene, kept: KeptFor) -> String {
    let [central, exchange, sign_in] =
        [kept.central, kept.exchange, kept.sign_in].map(|months| kept_months(months, scene.lang()));
    let values = [("central", &*central), ("exchange", &*exchange), ("login", &*sign_in)];
    scene.fill(words::ACTIVITY_KEPT, &values)
}

fn filter_words(scene: &Scene) -> FilterWords {
    FilterWords {
        many: scene.say(words::ACTIVITY_MANY).to_owned(),
        one: scene.say(words::ACTIVITY_ONE).to_owned(),
        none: scene.say(words::ACTIVITY_NONE).to_owned(),
    }
}

const fn part_name(part: ActivityPart) -> Say {
    match part {
        ActivityPart::All => words::ACTIVITY_ALL,
        ActivityPart::SignIns => words::ACTIVITY_SIGN_INS,
        ActivityPart::Changes => words::ACTIVITY_CHANGES,
        ActivityPart::Refused => words::ACTIVITY_REFUSED,
    }
}

/// What happened, the newest first; with what she can do where it was not right on each row, where there may be doubt.
pub(crate) fn happenings(scene: &Scene, rows: &[HappenedShown], doubt: bool) -> AnyView {
    if rows.is_empty() {
        return paragraphs([scene.tell(words::ACTIVITY_NONE)]);
    }
    let rows = rows
        .iter()
        .map(|row| {
            let moment = format::moment(row.at, scene.lang());
            let from = who_did(row.by).map(|say| scene.tell(say)).or_else(|| came_from(scene, row));
            let reference = scene.fill(words::ACTIVITY_REFERENCE, &[("reference", &row.reference)]);
            let next = doubt.then(|| remedy(scene, row.by, &format!("{}, {moment}", what(scene, row))));
            view! {
                <div>
                    <dt>{moment}</dt>
                    <dd>
                        <strong>{what(scene, row)}</strong> {from.map(|from| format!(". {from}"))} ". "
                        <span class="hint">{reference}</span> {next}
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="summary-list">{rows}</dl> }.into_any()
}

/// What happened, and at which service.
fn what(scene: &Scene, row: &HappenedShown) -> String {
    let what = scene.say(kind_name(row.kind));
    if row.service.is_empty() {
        return what.to_owned();
    }
    scene.fill(words::ACTIVITY_AT, &[("what", what), ("service", &row.service)])
}

/// In which browser and from where, as far as that was kept.
fn came_from(scene: &Scene, row: &HappenedShown) -> Option<String> {
    if row.agent.is_empty() && row.address.is_empty() {
        return None;
    }
    let browser =
        browser::name(&row.agent, scene.lang()).unwrap_or_else(|| scene.tell(words::ACTIVITY_OTHER));
    let say = if row.address.is_empty() { words::ACTIVITY_IN } else { words::ACTIVITY_FROM };
    Some(scene.fill(say, &[("browser", &browser), ("address", &row.address)]))
}

/// What people call it. What they are not shown has no name of its own.
fn kind_name(kind: EventKind) -> Say {
    event_name(kind).unwrap_or(words::KIND_CHANGE_REFUSED)
}

/// What people call what happened, where it has a name.
pub fn event_name(kind: EventKind) -> Option<Say> {
    own_name(kind).or_else(|| trail::happened(kind.word()))
}

/// What only this page names.
const fn own_name(kind: EventKind) -> Option<Say> {
    use EventKind as Kind;
    Some(match kind {
        Kind::SignedIn => words::KIND_SIGNED_IN,
        Kind::SignedOut => words::KIND_SIGNED_OUT,
        Kind::TokenIssued => words::KIND_TOKEN,
        Kind::IdentityProved => words::KIND_PROVED,
        Kind::Reconfirmed => words::KIND_RECONFIRMED,
        Kind::PasswordSet => words::KIND_PASSWORD,
        Kind::FactorAdded => words::KIND_FACTOR_ADDED,
        Kind::FactorRemoved => words::KIND_FACTOR_REMOVED,
        Kind::FactorRenamed => words::KIND_FACTOR_RENAMED,
        Kind::FactorPreferred => words::KIND_FACTOR_PREFERRED,
        Kind::PhoneOpened => words::KIND_PHONE_OPENED,
        Kind::FactorTested => words::KIND_FACTOR_TESTED,
        Kind::KeyAccepted => words::KIND_KEY_ACCEPTED,
        Kind::KeyMistrusted => words::KIND_KEY_MISTRUSTED,
        Kind::EnrolmentFinished => words::KIND_ENROLLED,
        Kind::MeansRevoked => words::KIND_MEANS_REVOKED,
        Kind::TermsAccepted => words::KIND_TERMS,
        Kind::Held => words::KIND_HELD,
        Kind::HoldLifted => words::KIND_LIFTED,
        Kind::LiftAsked => words::KIND_LIFT_ASKED,
        Kind::Reopened => words::KIND_REOPENED,
        Kind::SuspensionRevoked => words::KIND_CLOSED,
        Kind::CodesPrinted => words::KIND_CODES,
        Kind::RecoveryCodeUsed => words::KIND_RECOVERY_CODE,
        Kind::PasswordLeaked => words::KIND_PASSWORD_LEAKED,
        Kind::CodesReopened => words::KIND_CODES_OPEN,
        Kind::AssociationActivated => words::KIND_RELATION,
        Kind::AssociationClosed => words::KIND_RELATION_ENDED,
        Kind::RoleAccepted => words::KIND_ROLE,
        Kind::RoleEnded => words::KIND_ROLE_ENDED,
        Kind::StepUpDone => words::KIND_STEP_UP,
        Kind::ContactAsked => words::KIND_CONTACT_ASKED,
        Kind::ContactChanged => words::KIND_CONTACT,
        Kind::ContactTakenBack => words::KIND_CONTACT_BACK,
        Kind::OwnDataTaken => words::KIND_OWN_DATA,
        Kind::CaseNamed => words::KIND_CASE_NAMED,
        Kind::TrailRead => words::KIND_TRAIL_READ,
        Kind::PartRead => words::KIND_PART_READ,
        Kind::ManyRead => words::KIND_MANY_READ,
        Kind::TrailExported => words::KIND_TRAIL_EXPORTED,
        Kind::NameRead => words::KIND_NAME_READ,
        Kind::AuditorRefused => words::KIND_AUDITOR_REFUSED,
        Kind::StepUpRefused => words::KIND_STEP_UP_REFUSED,
        Kind::ContactRefused => words::KIND_CONTACT_REFUSED,
        Kind::SignInRefused => words::KIND_REFUSED,
        Kind::CodesStopped => words::KIND_CODES_STOPPED,
        Kind::TokenRefused => words::KIND_TOKEN_REFUSED,
        Kind::BlockRefused => words::KIND_BLOCK_REFUSED,
        Kind::ReopeningRefused => words::KIND_REOPENING_REFUSED,
        Kind::PasswordRefused | Kind::FactorRefused => words::KIND_CHANGE_REFUSED,
        _ => return None,
    })
}
