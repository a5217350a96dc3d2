//! The overview (page 34).

use crate::actions::{AcceptRole, PutOffCheck};
use crate::desk::{MethodLine, Overview, PendingRole, Seen, Stop};
use crate::frame::{Page, page};
use crate::pages::methods::kind_name;
use crate::pages::recovery::few;
use crate::parts::{hidden, link, paragraphs, primary_link, summary_list};
use crate::scene::Scene;
use domain::Timestamp;
use domain::level::AssuranceLevel;
use domain::reconfirmation::{Because, Reconfirmation};
use domain::role::RoleKind;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{
    account, auditor, common, contact, data, methods, overview as words, publication, relations,
};
use text::{Say, format, words as names};

/// The front page leads to where a person belongs.
pub(crate) fn front() -> AnyView {
    page(
        |desk| async move {
            let to = if desk.asking().visitor.is_some() { "/overblik" } else { "/log-ind" };
            Seen::<()>::Err(Stop::Go(to.to_owned()))
        },
        |_, ()| Page::new("", ().into_any()),
    )
}

/// What the warning before the end of a session asks for: any look at a page counts as use.
pub(crate) fn stay() -> AnyView {
    page(
        |desk| async move {
            if desk.asking().visitor.is_some() { Ok(()) } else { Err(Stop::Go("/log-ind".to_owned())) }
        },
        |scene, ()| {
            let body = view! {
                {paragraphs([scene.tell(common::SESSION_STAY_BODY)])}
                <p class="actions">{primary_link("/overblik", scene.say(words::TITLE))}</p>
            };
            Page::new(scene.say(common::SESSION_STAY_TITLE), body.into_any())
        },
    )
}

pub(crate) fn overview() -> AnyView {
    page(|desk| async move { desk.overview().await }, overview_page)
}

fn overview_page(scene: &Scene, seen: Overview) -> Page {
    let title = scene.fill(words::HELLO, &[("name", &seen.name)]);
    let next = next_step(scene, &seen).or_else(|| check(scene, &seen)).or_else(|| second(scene, &seen));
    let status = if next.is_some() {
        None
    } else if seen.level.is_none() {
        Some(("notice notice-warning", words::NOT_USABLE))
    } else if seen.pending_roles.is_empty() {
        Some(("notice notice-success", words::OK))
    } else {
        Some(("notice notice-info", words::WAITING))
    };
    let first = usize::from(next.is_some());
    let pending: Vec<_> =
        seen.pending_roles.iter().zip(first..).map(|(role, at)| role_card(scene, role, at == 0)).collect();
    let body = view! {
        {status.map(|(class, say)| view! { <div class=class><p>{scene.tell(say)}</p></div> })}
        {next}
        {pending}
        <h2>{scene.say(words::LOGIN)}</h2>
        {login(scene, &seen)}
        <h2>{scene.say(words::FACTORS)}</h2>
        {factors(scene, &seen.factors)}
        {few(scene, seen.recovery).map(|told| view! { <div class="notice notice-warning"><p>{told}</p></div> })}
        <p>{link("/konto/loginmidler", scene.say(methods::LINK))}</p>
        {roles(scene, &seen.roles)}
        {administration(scene, &seen.roles)}
        <ul class="ways">
            <li>{link("/konto/adgangskode", scene.say(account::PASSWORD_LINK))}</li>
            <li>{link("/konto/aktivitet", scene.say(account::ACTIVITY_LINK))}</li>
            <li>{link("/konto/tilknytning", scene.say(relations::LINK))}</li>
            <li>{link("/konto/login", scene.say(account::SESSIONS_LINK))}</li>
            <li>{link("/konto/kontakt", scene.say(contact::LINK))}</li>
            <li>{link("/konto/data", scene.say(data::LINK))}</li>
            <li>{link("/konto/vilkaar", scene.say(data::TERMS_LINK))}</li>
        </ul>
        <p>{link("/spaer", scene.say(words::BLOCK))}</p>
    };
    let page = Page::new(title, body.into_any()).telling_outages();
    Page { wide: true, ..page }
}

/// The one thing she is to do, with its day; none where nothing of hers is near or overdue.
fn next_step(scene: &Scene, seen: &Overview) -> Option<AnyView> {
    let lang = scene.lang();
    let (class, say, day) = match seen.reconfirm? {
        Reconfirmation::Later(_) => return None,
        // Who has no work relation is not helped by a proof.
        _ if seen.level.is_none() => return None,
        Reconfirmation::Near(last) => ("notice notice-info", words::NEXT_NEAR, format::day(last, lang)),
        Reconfirmation::Overdue(Because::AYear(last)) => {
            ("notice notice-warning", words::NEXT_A_YEAR, format::day(last, lang))
        }
        Reconfirmation::Overdue(Because::NewName(at)) => {
            ("notice notice-warning", words::NEXT_NEW_NAME, format::day_of(at, lang))
        }
    };
    let told = scene.fill(say, &[("day", &day)]);
    let view = view! {
        <div class=class>
            <p>{told}</p>
            <p class="actions">{primary_link("/konto/bekraeft", scene.say(words::NEXT_GO))}</p>
        </div>
    };
    Some(view.into_any())
}

/// Whether she still has what she added four weeks ago and did not use since. Asked once.
fn check(scene: &Scene, seen: &Overview) -> Option<AnyView> {
    let (id, name) = seen.check.as_ref()?;
    let (page, id) = (format!("/konto/loginmidler/{id}"), id.to_string());
    let view = view! {
        <div class="notice notice-info">
            <p>{scene.fill(words::NEXT_CHECK, &[("name", name)])}</p>
            <p class="actions">{primary_link(page, scene.say(words::NEXT_CHECK_GO))}</p>
            <form method="post" action=PutOffCheck::url()>
                {hidden("factor", id)}
                <p class="actions"><button class="btn btn-secondary" type="submit">{scene.say(words::NEXT_CHECK_LATER)}</button></p>
            </form>
        </div>
    };
    Some(view.into_any())
}

/// A second login method, where one only counts; or how she gets in again, where none does any more.
fn second(scene: &Scene, seen: &Overview) -> Option<AnyView> {
    let counting = seen.factors.iter().filter(|it| it.counts).count();
    let (class, say, go) = match counting {
        _ if seen.level.is_none() => return None,
        0 => ("notice notice-warning", words::NEXT_NONE, words::NEXT_NONE_GO),
        1 => ("notice notice-info", words::NEXT_SECOND, words::NEXT_SECOND_GO),
        _ => return None,
    };
    let view = view! {
        <div class=class>
            <p>{scene.tell(say)}</p>
            <p class="actions">{primary_link("/konto/loginmidler", scene.say(go))}</p>
        </div>
    };
    Some(view.into_any())
}

fn login(scene: &Scene, seen: &Overview) -> AnyView {
    let lang = scene.lang();
    let pilot = scene.house().pilot;
    let stated = |level| if pilot { words::LEVEL_PILOT } else { level_name(level) };
    let level = seen.level.map(|level| (words::LEVEL, scene.tell(stated(level))));
    let terms = seen
        .terms
        .as_ref()
        .map(|version| (words::TERMS, scene.fill(words::TERMS_VALUE, &[("version", version)])));
    let last = match seen.reconfirm {
        Some(Reconfirmation::Later(last) | Reconfirmation::Near(last)) => Some(last),
        Some(Reconfirmation::Overdue(_)) | None => None,
    };
    let reconfirm = last.map(|last| (words::RECONFIRM, format::day(last, lang)));
    let rows = [
        Some((words::USER_NAME, seen.user_name.clone())),
        (!seen.units.is_empty()).then(|| (words::UNITS, seen.units.join(", "))),
        level,
        terms,
        reconfirm,
        Some((words::SIGNED_IN, format::moment(seen.signed_in_at, lang))),
        seen.signed_in_before.map(|before| (words::SIGNED_IN_BEFORE, format::moment(before, lang))),
    ];
    summary_list(rows.into_iter().flatten().map(|(term, value)| (scene.tell(term), value.into_any())))
}

const fn level_name(level: AssuranceLevel) -> Say {
    match level {
        AssuranceLevel::Low => words::LEVEL_LOW,
        AssuranceLevel::Substantial => words::LEVEL_SUBSTANTIAL,
        AssuranceLevel::High => words::LEVEL_HIGH,
    }
}

fn factors(scene: &Scene, factors: &[MethodLine]) -> AnyView {
    let lang = scene.lang();
    summary_list(factors.iter().map(|it| {
        let added = scene.fill(words::FACTOR_ADDED, &[("day", &format::day_of(it.added_at, lang))]);
        let used =
            it.used_at.map(|at| scene.fill(words::FACTOR_USED, &[("moment", &format::moment(at, lang))]));
        let gone = (!it.counts).then(|| scene.tell(methods::NO_LONGER));
        let kind = scene.say(kind_name(it.kind));
        let value = view! { {kind} ". " {added} ". " {used} " " {gone} };
        (it.name.clone(), value.into_any())
    }))
}

fn roles(scene: &Scene, roles: &[(RoleKind, Timestamp)]) -> Option<AnyView> {
    if roles.is_empty() {
        return None;
    }
    let rows = roles.iter().map(|(kind, until)| {
        let until = scene.fill(words::ROLE_UNTIL, &[("day", &format::day_of(*until, scene.lang()))]);
        (capitalised(scene.say(role_name(*kind))), until.into_any())
    });
    let is_one = roles.iter().any(|(kind, _)| *kind == RoleKind::Auditor);
    let audit = is_one.then(|| view! { <p>{link("/revision", scene.say(auditor::LINK))}</p> });
    Some(view! { <h2>{scene.say(words::ROLES)}</h2> {summary_list(rows)} {audit} }.into_any())
}

/// Where an administrator goes on.
fn administration(scene: &Scene, roles: &[(RoleKind, Timestamp)]) -> Option<AnyView> {
    let administers = roles.iter().any(|(kind, _)| *kind == RoleKind::Administrator);
    administers
        .then(|| view! { <p>{link("/administration/vilkaar", scene.say(publication::LINK))}</p> }.into_any())
}

/// With a capital first letter, for the beginning of a line.
fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// A role that waits. Only the first one's button is the page's own.
fn role_card(scene: &Scene, role: &PendingRole, first: bool) -> AnyView {
    let name = scene.say(role_name(role.kind));
    let day = format::day_of(role.proposed_at, scene.lang());
    let told = scene.fill(words::ROLE_WAITS_BODY, &[("role", name), ("day", &day)]);
    let class = if first { "btn btn-primary" } else { "btn btn-secondary" };
    view! {
        <section class="card">
            <h2>{scene.fill(words::ROLE_WAITS, &[("role", name)])}</h2>
            <p>{told}</p>
            <p class="hint">{scene.say(words::ROLE_DECLINE)}</p>
            <form method="post" action=AcceptRole::url()>
                {hidden("role", role.id.to_string())}
                <p class="actions"><button class=class type="submit">{scene.say(words::ROLE_ACCEPT)}</button></p>
            </form>
        </section>
    }
    .into_any()
}

const fn role_name(kind: RoleKind) -> Say {
    match kind {
        RoleKind::Administrator => names::ADMINISTRATOR,
        RoleKind::Registrar => names::REGISTRAR,
        RoleKind::ServiceDesk => names::SERVICE_DESK,
        RoleKind::Auditor => names::AUDITOR,
    }
}
