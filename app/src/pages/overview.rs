//! The overview (page 34).

use crate::actions::AcceptRole;
use crate::desk::{Overview, PendingRole, Seen, Stop};
use crate::frame::{Page, page};
use crate::parts::{hidden, link, paragraphs, primary_link, summary_list};
use crate::scene::Scene;
use domain::Timestamp;
use domain::level::AssuranceLevel;
use domain::role::RoleKind;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{account, common, contact, data, overview as words};
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
    let status = if seen.level.is_none() {
        ("notice notice-warning", words::NOT_USABLE)
    } else if seen.pending_roles.is_empty() {
        ("notice notice-success", words::OK)
    } else {
        ("notice notice-info", words::WAITING)
    };
    let pending: Vec<_> =
        seen.pending_roles.iter().enumerate().map(|(at, role)| role_card(scene, role, at == 0)).collect();
    let body = view! {
        <div class=status.0><p>{scene.tell(status.1)}</p></div>
        {pending}
        <h2>{scene.say(words::LOGIN)}</h2>
        {login(scene, &seen)}
        <h2>{scene.say(words::FACTORS)}</h2>
        {factors(scene, &seen.factors)}
        {roles(scene, &seen.roles)}
        <ul>
            <li>{link("/konto/adgangskode", scene.say(account::PASSWORD_LINK))}</li>
            <li>{link("/konto/aktivitet", scene.say(account::ACTIVITY_LINK))}</li>
            <li>{link("/konto/login", scene.say(account::SESSIONS_LINK))}</li>
            <li>{link("/konto/kontakt", scene.say(contact::LINK))}</li>
            <li>{link("/konto/data", scene.say(data::LINK))}</li>
            <li>{link("/konto/vilkaar", scene.say(data::TERMS_LINK))}</li>
        </ul>
        <p>{link("/spaer", scene.say(words::BLOCK))}</p>
    };
    let page = Page::new(title, body.into_any());
    Page { wide: true, ..page }
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
    let reconfirm = seen.reconfirm_by.map(|at| (words::RECONFIRM, format::day_of(at, lang)));
    let rows = [
        Some((words::USER_NAME, seen.user_name.clone())),
        (!seen.units.is_empty()).then(|| (words::UNITS, seen.units.join(", "))),
        level,
        terms,
        reconfirm,
        Some((words::SIGNED_IN, format::moment(seen.signed_in_at, lang))),
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

fn factors(scene: &Scene, factors: &[(String, Timestamp, Option<Timestamp>)]) -> AnyView {
    let lang = scene.lang();
    summary_list(factors.iter().map(|(name, added, used)| {
        let added = scene.fill(words::FACTOR_ADDED, &[("day", &format::day_of(*added, lang))]);
        let used = used.map(|at| scene.fill(words::FACTOR_USED, &[("moment", &format::moment(at, lang))]));
        let kind = scene.say(words::FACTOR_APP);
        let value = view! { {kind} ". " {added} ". " {used} };
        (name.clone(), value.into_any())
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
    Some(view! { <h2>{scene.say(words::ROLES)}</h2> {summary_list(rows)} }.into_any())
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
