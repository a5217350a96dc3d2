//! Getting started (page 21), checking (32) and being ready (33).

use crate::actions::{Begin, Find, Finish};
use crate::desk::{Enrolled, EnrolmentPage, Found, Review, StepState, Stop, Tasks, Welcome};
use crate::frame::{Page, flow_page, in_path, page, plain};
use crate::parts::{
    back_link, bullets, flow_form, hidden, link, mitid_button, paragraphs, primary_link, submit_row,
    summary_list,
};
use crate::scene::Scene;
use domain::Date;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{common, enrolment as words, proof};
use text::{Say, format};

pub(crate) fn welcome() -> AnyView {
    let token = in_path("token").unwrap_or_default();
    let shown = token.clone();
    page(
        move |desk| async move { if token.is_empty() { Err(Stop::Missing) } else { desk.welcome(&token).await } },
        move |scene, seen| welcome_page(scene, seen, &shown),
    )
}

fn welcome_page(scene: &Scene, seen: Welcome, token: &str) -> Page {
    let until = scene.fill(words::LINK_UNTIL, &[("day", &format::day_of(seen.until, scene.lang()))]);
    let (tasks, label) = match &seen.begun {
        Some((_, tasks)) => (*tasks, words::RESUME),
        None => (Tasks::default(), words::BEGIN),
    };
    let body = view! {
        <p class="lead">{scene.tell(words::LEAD)}</p>
        <h2>{scene.say(words::NEEDS)}</h2>
        {bullets([scene.tell(words::NEED_MITID), scene.tell(words::NEED_PHONE)])}
        <h2>{scene.say(words::STEPS)}</h2>
        {task_list(scene, tasks)}
        {paragraphs([scene.tell(words::FACTOR_MEANS), scene.tell(words::TIME)])}
        <form method="post" action=Begin::url()>
            {hidden("token", token)}
            {submit_row(scene.say(label))}
        </form>
        <p class="hint">{until}</p>
        <p>{link("/kom-i-gang/uden-mitid", scene.say(proof::OTHER))}</p>
    };
    Page::new(scene.say(words::TITLE), body.into_any())
}

fn task_list(scene: &Scene, tasks: Tasks) -> AnyView {
    let rows = [
        (words::TASK_TERMS, tasks.terms),
        (words::TASK_PROOF, tasks.proof),
        (words::TASK_PASSWORD, tasks.password),
        (words::TASK_FACTOR, tasks.factor),
    ]
    .map(|(task, state)| {
        let (class, status) = state_tag(state);
        view! { <li><span>{scene.say(task)}</span><span class=class>{scene.say(status)}</span></li> }
    });
    view! { <ol class="task-list">{rows.collect_view()}</ol> }.into_any()
}

const fn state_tag(state: StepState) -> (&'static str, Say) {
    match state {
        StepState::NotBegun => ("status-tag", common::NOT_BEGUN),
        StepState::Current => ("status-tag status-tag-active", common::CURRENT),
        StepState::Done => ("status-tag status-tag-done", common::DONE),
    }
}

pub(crate) fn tasks() -> AnyView {
    flow_page(|desk, flow| async move { desk.enrolment(flow).await }, tasks_page)
}

/// One sentence where her login works today, another where it does from a day to come.
fn now_or_from(scene: &Scene, from: Option<Date>, now: Say, later: Say, values: &[(&str, &str)]) -> String {
    let Some(day) = from else { return scene.fill(now, values) };
    let day = format::day(day, scene.lang());
    let values: Vec<_> = values.iter().copied().chain([("day", day.as_str())]).collect();
    scene.fill(later, &values)
}

fn tasks_page(scene: &Scene, seen: EnrolmentPage) -> Page {
    let begins = seen
        .works_from
        .map(|day| scene.fill(words::BEGINS, &[("day", &format::day(day, scene.lang()))]))
        .map(|begins| view! { <p class="notice notice-info">{begins}</p> });
    let body = view! {
        <p class="lead">{scene.tell(words::LEAD)}</p>
        {begins}
        {task_list(scene, seen.tasks)}
        {paragraphs([scene.tell(words::TIME)])}
        <p class="actions">{primary_link(seen.next, scene.say(words::NEXT))}</p>
    };
    Page::new(scene.say(words::TITLE), body.into_any())
}

pub(crate) fn without_link() -> AnyView {
    plain(|scene| {
        let body = view! {
            <p class="lead">{scene.tell(words::NO_LINK_LEAD)}</p>
            <h2>{scene.say(words::NO_LINK_HAVE)}</h2>
            {paragraphs([scene.tell(words::NO_LINK_HAVE_BODY)])}
            <h2>{scene.say(words::NO_LINK_LOST)}</h2>
            {paragraphs([scene.tell(words::NO_LINK_LOST_BODY)])}
            <p class="actions">{primary_link("/kom-i-gang/mitid", scene.say(words::FIND_TITLE))}</p>
            <p>{link("/kom-i-gang/uden-mitid", scene.say(proof::OTHER))}</p>
        };
        Page::new(scene.say(words::NO_LINK_TITLE), body.into_any())
    })
}

pub(crate) fn find() -> AnyView {
    plain(|scene| {
        let origins = scene.house().broker_origins.clone();
        let body = view! {
            <p class="lead">{scene.tell(words::NO_LINK_LOST_BODY)}</p>
            {paragraphs([scene.tell(proof::SHARED), scene.tell(proof::AFTER)])}
            <form method="post" action=Find::url()>
                {hidden("go", "yes")}
                <p class="actions">{mitid_button(scene)}</p>
            </form>
            <p>{link("/kom-i-gang/uden-mitid", scene.say(proof::OTHER))}</p>
            {back_link("/kom-i-gang", scene.say(common::BACK))}
        };
        Page::new(scene.say(words::FIND_TITLE), body.into_any()).reaching(&origins)
    })
}

pub(crate) fn found() -> AnyView {
    page(|desk| async move { desk.found().await }, found_page)
}

fn found_page(scene: &Scene, seen: Found) -> Page {
    let sent = match &seen.sent_to {
        Some(address) => scene.fill(words::FOUND_SENT, &[("address", address)]),
        None => scene.tell(words::FOUND_MAYBE),
    };
    let body = view! {
        {paragraphs([sent, scene.tell(words::FOUND_NOTHING)])}
        <p class="actions">{primary_link("/hjaelp", scene.say(common::HELP))}</p>
    };
    Page::new(scene.say(words::FOUND_TITLE), body.into_any())
}

pub(crate) fn review() -> AnyView {
    flow_page(|desk, flow| async move { desk.review(flow).await }, review_page)
}

fn review_page(scene: &Scene, seen: Review) -> Page {
    let moment = |at| format::moment(at, scene.lang());
    let (version, accepted_at) = &seen.terms;
    let terms =
        scene.fill(words::REVIEW_TERMS_VALUE, &[("version", version), ("moment", &moment(*accepted_at))]);
    let proof = scene.fill(words::REVIEW_PROOF_VALUE, &[("moment", &moment(seen.proved_at))]);
    let until = scene.fill(words::REVIEW_UNTIL, &[("clock", &format::clock(seen.until, scene.lang()))]);
    let rows = [
        (words::REVIEW_NAME, seen.name),
        (words::REVIEW_USER_NAME, seen.user_name),
        (words::REVIEW_TERMS, terms),
        (words::REVIEW_PROOF, proof),
        (words::REVIEW_PASSWORD, scene.tell(words::REVIEW_PASSWORD_VALUE)),
        (words::REVIEW_FACTOR, seen.factors.join(", ")),
    ]
    .map(|(term, value)| (scene.tell(term), value.into_any()));
    let lead = now_or_from(scene, seen.works_from, words::REVIEW_LEAD, words::REVIEW_LEAD_LATER, &[]);
    let body = view! {
        <p class="lead">{lead}</p>
        {summary_list(rows)}
        <p class="hint">{scene.tell(words::REVIEW_WRONG)}</p>
        <p>{link(format!("/indrullering/{}/adgangskode", seen.flow), scene.say(words::REVIEW_CHANGE_PASSWORD))}</p>
        <p class="hint">{until}</p>
        {flow_form(Finish::url(), Some(seen.flow), submit_row(scene.say(words::FINISH)))}
    };
    Page::new(scene.say(words::REVIEW_TITLE), body.into_any()).step(5)
}

pub(crate) fn done() -> AnyView {
    flow_page(|desk, flow| async move { desk.enrolled(flow).await }, done_page)
}

fn done_page(scene: &Scene, seen: Enrolled) -> Page {
    let again = scene.fill(words::DONE_AGAIN, &[("day", &format::day(seen.reconfirm_by, scene.lang()))]);
    let moment = |at| format::moment(at, scene.lang());
    let terms = seen.terms.as_ref().map(|(version, at)| {
        let told =
            scene.fill(words::REVIEW_TERMS_VALUE, &[("version", version.as_str()), ("moment", &moment(*at))]);
        (words::REVIEW_TERMS, told)
    });
    let rows = [
        Some((words::REVIEW_USER_NAME, seen.user_name)),
        terms,
        Some((words::DONE_AT, moment(seen.at))),
        Some((common::REFERENCE, seen.reference)),
    ];
    let rows = rows.into_iter().flatten().map(|(term, value)| (scene.tell(term), value.into_any()));
    let name = [("name", seen.name.as_str())];
    let lead = now_or_from(scene, seen.works_from, words::DONE_LEAD, words::DONE_LEAD_LATER, &name);
    let services = now_or_from(scene, seen.works_from, words::DONE_SERVICES, words::DONE_SERVICES_LATER, &[]);
    let next = [
        scene.tell(words::DONE_MAIL),
        services,
        scene.tell(words::DONE_KEEP),
        scene.tell(words::DONE_SECOND),
    ];
    let body = view! {
        <div class="receipt">
            <h1>{scene.say(words::DONE_TITLE)}</h1>
            <p>{lead}</p>
        </div>
        {summary_list(rows)}
        <h2>{scene.say(words::DONE_NEXT)}</h2>
        {bullets(next.into_iter().chain([again]))}
        <p class="actions">{primary_link("/overblik", scene.say(words::DONE_GO))}</p>
    };
    let page = Page::new(scene.say(words::DONE_TITLE), body.into_any());
    Page { receipt: true, ..page }
}
