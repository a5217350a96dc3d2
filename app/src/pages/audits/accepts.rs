//! Accepts of terms, and what proves one (page 55): one page, made to be printed.

use super::events::{back_to, moment_and_instant};
use super::open_until;
use crate::actions::SearchTrail;
use crate::desk::AcceptancePage;
use crate::frame::{Page, flow_page, page};
use crate::pages::auditor::period_fields;
use crate::parts::{Label, back_link, hidden, paragraphs, submit_row, summary_list, text_field};
use crate::scene::Scene;
use domain::Date;
use domain::level::AssuranceLevel;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{auditor, audits as words};
use text::{Say, format};

pub(crate) fn accepts_start() -> AnyView {
    page(|desk| async move { desk.auditor_day().await }, start_page)
}

fn start_page(scene: &Scene, today: Date) -> Page {
    let hint = Some(scene.say(words::REFERENCE_HINT));
    let reference = Label { field: "reference", says: scene.say(words::REFERENCE), hint };
    let body = view! {
        <p class="lead">{scene.tell(words::ACCEPTS_LEAD)}</p>
        <form method="post" action=SearchTrail::url() novalidate>
            {hidden("only", "accepts")}
            {period_fields(scene, today)}
            {text_field(scene, &reference, "off", &scene.flash.kept.reference)}
            {submit_row(scene.say(words::ACCEPTS_FIND))}
        </form>
        {back_link("/revision", scene.say(auditor::BACK))}
    };
    Page::new(scene.say(words::ACCEPTS), body.into_any())
}

pub(crate) fn acceptance() -> AnyView {
    flow_page(|desk, flow| async move { desk.acceptance_page(flow).await }, acceptance_page)
}

fn acceptance_page(scene: &Scene, seen: AcceptancePage) -> Page {
    let lead = match (&seen.name, &seen.version) {
        (Some((name, _)), Some(version)) => {
            scene.fill(words::PROOF_LEAD, &[("version", version), ("name", name)])
        }
        _ => scene.tell(words::PROOF_LEFT),
    };
    let pages = (1_u32..).zip(&seen.pages).map(|(n, at)| {
        (scene.fill(words::PROOF_PAGE, &[("n", &n.to_string())]), moment_and_instant(scene, *at))
    });
    let told = told(scene, &seen).map(|(term, value)| (scene.tell(term), value));
    let rows = told.chain(pages).map(|(term, value)| (term, value.into_any()));
    let list = summary_list(rows);
    let changed = [scene.tell(words::WRONG_NEXT)];
    let changed = (!seen.authentic).then(|| {
        view! { <div class="notice notice-error"><p>{scene.say(words::PROOF_NONE)}</p> {paragraphs(changed)}</div> }
    });
    let body = view! {
        {changed}
        <p class="lead">{lead}</p>
        {list}
        <p class="no-print">{scene.tell(words::PROOF_PRINT)}</p>
        {open_until(scene, seen.until)}
        {back_to(scene, seen.from)}
    };
    Page { wide: true, ..Page::new(scene.say(words::PROOF), body.into_any()) }
}

fn told(scene: &Scene, seen: &AcceptancePage) -> impl Iterator<Item = (Say, String)> {
    let who = seen.name.as_ref().map(|(name, user_name)| format!("{name} ({user_name})"));
    let level = match seen.level {
        None => scene.tell(words::PROOF_LEVEL_NONE),
        Some((level, at)) => {
            let (level, moment) = (scene.say(level_name(level)), format::moment(at, scene.lang()));
            scene.fill(words::PROOF_LEVEL_VALUE, &[("level", level), ("moment", &moment)])
        }
    };
    let (address, agent) = seen.source.clone();
    [
        (words::PROOF_WHO, who.unwrap_or_default()),
        (words::PROOF_ID, seen.person.clone()),
        (words::PROOF_VERSION, seen.version.clone().unwrap_or_default()),
        (words::PROOF_DIGEST, seen.digest.clone()),
        (words::PROOF_TICKED, seen.ticked.clone()),
        (words::PROOF_KEPT, moment_and_instant(scene, seen.at)),
        (words::PROOF_ADDRESS, address),
        (words::PROOF_BROWSER, agent),
        (words::PROOF_LEVEL, level),
        (words::PROOF_REFERENCE, seen.reference.clone()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
}

const fn level_name(level: AssuranceLevel) -> Say {
    match level {
        AssuranceLevel::Low => words::LOW,
        AssuranceLevel::Substantial => words::SUBSTANTIAL,
        AssuranceLevel::High => words::HIGH,
    }
}
