//! Her own work relations (`/konto/tilknytning`), and ending one on a page of its own.

use crate::actions::EndRelation;
use crate::desk::{RelationPage, RelationShown, RelationsPage, Stop};
use crate::frame::{Page, flow_page, in_path, page};
use crate::pages::account::by_key;
use crate::parts::{
    back_link, bullets, field_error, hidden, link, paragraphs, secondary_link, shown_code_field, summary_list,
};
use crate::scene::Scene;
use domain::step_up::StepUpFor;
use domain::throttle::CodeDoor;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::format;
use text::pages::{account, relations as words, sign_in};

pub(crate) fn list() -> AnyView {
    page(|desk| async move { desk.relations_page().await }, list_page)
}

pub(crate) fn list_opened() -> AnyView {
    flow_page(|desk, flow| async move { desk.relations_opened(flow).await }, list_page)
}

fn list_page(scene: &Scene, seen: RelationsPage) -> Page {
    let root =
        seen.step_up.map_or_else(|| "/konto/tilknytning".to_owned(), |flow| format!("/konto/afslut/{flow}"));
    let rows = seen.relations.iter().map(|relation| {
        let end = link(format!("{root}/{}", relation.id), scene.say(words::END_THIS));
        let value = view! { {facts(scene, relation)} " " {end} };
        (relation.unit.clone(), value.into_any())
    });
    let body = view! {
        <p class="lead">{scene.tell(words::LEAD)}</p>
        {summary_list(rows)}
        {paragraphs([scene.tell(words::FROM_HR)])}
        {back_link("/overblik", scene.say(words::BACK_OVERVIEW))}
    };
    let page = Page::new(scene.say(words::TITLE), body.into_any());
    Page { wide: true, ..page }
}

/// Number and days.
fn facts(scene: &Scene, relation: &RelationShown) -> String {
    let (lang, number) = (scene.lang(), relation.employee_number.as_str());
    let from = format::day(relation.starts_on, lang);
    match relation.ends_on {
        Some(last) => {
            let last = format::day(last, lang);
            scene.fill(words::FROM_TO, &[("number", number), ("from", &from), ("last", &last)])
        }
        None => scene.fill(words::SINCE, &[("number", number), ("from", &from)]),
    }
}

pub(crate) fn end() -> AnyView {
    let id = in_path("relation");
    page(
        move |desk| async move {
            match id {
                Some(id) => desk.relation_page(&id).await,
                None => Err(Stop::Missing),
            }
        },
        end_page,
    )
}

pub(crate) fn end_opened() -> AnyView {
    let id = in_path("relation").unwrap_or_default();
    flow_page(move |desk, flow| async move { desk.relation_opened(flow, &id).await }, end_page)
}

fn end_page(scene: &Scene, seen: RelationPage) -> Page {
    let told = if seen.last {
        [words::LAST_CLOSES, words::HR_IS_TOLD, words::LAST_OPENS]
    } else {
        [words::ONE_ENDS, words::HR_IS_TOLD, words::ONE_OPENS]
    };
    let unit = seen.relation.unit.clone();
    let body = view! {
        <p class="lead">{scene.fill(words::END_LEAD, &[("unit", &unit)])}</p>
        <p>{facts(scene, &seen.relation)}</p>
        <h2>{scene.say(words::WHAT_HAPPENS)}</h2>
        {bullets(told.map(|say| scene.tell(say)))}
        <p>{scene.tell(words::BLOCK_INSTEAD)} " " {link("/spaer", scene.say(words::BLOCK))}</p>
        {form(scene, &seen)}
        {back_link("/konto/tilknytning", scene.say(words::BACK))}
    };
    Page::new(scene.say(words::END_TITLE), body.into_any()).with_islands()
}

fn form(scene: &Scene, seen: &RelationPage) -> AnyView {
    let key = |class| seen.has_key.then(|| by_key(scene, StepUpFor::Relation, class));
    match seen.codes {
        _ if seen.step_up.is_some() => open_form(scene, seen),
        _ if !seen.has_codes => {
            view! { {paragraphs([scene.tell(account::RELATION_BY_KEY)])} {key("btn btn-primary")} }.into_any()
        }
        CodeDoor::Open { .. } => view! { {open_form(scene, seen)} {key("btn btn-secondary")} }.into_any(),
        CodeDoor::Paused(until) => {
            let clock = format::clock(until, scene.lang());
            let told = paragraphs([scene.fill(account::PASSWORD_PAUSED, &[("clock", &clock)])]);
            view! { {told} {key("btn btn-primary")} }.into_any()
        }
        CodeDoor::Stopped => {
            let go = secondary_link("/glemt-adgangskode", scene.say(sign_in::FORGOT));
            let told = paragraphs([scene.tell(account::PASSWORD_STOPPED)]);
            view! { {told} {key("btn btn-primary")} <p class="actions">{go}</p> }.into_any()
        }
    }
}

fn open_form(scene: &Scene, seen: &RelationPage) -> AnyView {
    let error = field_error(scene, "sure");
    let (invalid, described) = (error.is_some().then_some("true"), error.is_some().then_some("sure-error"));
    let sure = scene.fill(words::SURE, &[("number", &seen.relation.employee_number)]);
    view! {
        <form method="post" action=EndRelation::url() novalidate>
            {hidden("relation", seen.relation.id.to_string())}
            {hidden("flow", seen.step_up.map(|flow| flow.to_string()).unwrap_or_default())}
            <div class="field">
                {error}
                <label class="check">
                    <input type="checkbox" id="sure" name="sure" value="yes" aria-invalid=invalid aria-describedby=described/>
                    <span>{sure}</span>
                </label>
            </div>
            {seen.step_up.is_none().then(|| shown_code_field(scene, seen.from))}
            <p class="actions"><button class="btn btn-danger" type="submit">{scene.say(words::END)}</button></p>
        </form>
    }
    .into_any()
}
