//! Confirming anew with MitID: at a sign-in (page 9), and from the overview.

use crate::actions::{PutOff, Reconfirm};
use crate::desk::ReconfirmPage;
use crate::frame::{Page, flow_page, page};
use crate::parts::{back_link, details, flow_form, give_up, mitid_button, paragraphs};
use crate::scene::Scene;
use domain::reconfirmation::{Because, Reconfirmation};
use leptos::prelude::*;
use server_fn::ServerFn;
use text::format;
use text::pages::{proof, reconfirm as words, reopening};

pub(crate) fn at_sign_in() -> AnyView {
    flow_page(|desk, flow| async move { desk.reconfirm_page(Some(flow)).await }, show)
}

pub(crate) fn own() -> AnyView {
    page(|desk| async move { desk.reconfirm_page(None).await }, show)
}

fn show(scene: &Scene, seen: ReconfirmPage) -> Page {
    let overdue = matches!(seen.state, Reconfirmation::Overdue(_));
    let renamed = matches!(seen.state, Reconfirmation::Overdue(Because::NewName(_)));
    let told = [
        Some(scene.tell(words::WHY)),
        overdue.then(|| scene.tell(words::OVERDUE)),
        renamed.then(|| scene.tell(words::NAME_WRONG)),
        seen.service.as_ref().map(|service| scene.fill(words::THEN_SERVICE, &[("service", service)])),
        Some(scene.tell(proof::AFTER)),
    ];
    let later = seen.may_put_off.then(|| {
        let label = scene.say(words::LATER);
        let button =
            view! { <p class="actions"><button class="btn btn-secondary" type="submit">{label}</button></p> };
        flow_form(PutOff::url(), seen.flow, button)
    });
    let back = seen.flow.is_none().then(|| back_link("/overblik", scene.say(words::BACK)));
    let body = view! {
        <p class="lead">{lead(scene, seen.state)}</p>
        {paragraphs(told.into_iter().flatten())}
        {flow_form(Reconfirm::url(), seen.flow, view! { <p class="actions">{mitid_button(scene)}</p> })}
        {later}
        {details(scene.say(reopening::OTHER), view! { <p>{scene.tell(reopening::RESET_OTHER_BODY)}</p> })}
        {give_up(scene, seen.flow, seen.service.as_deref())}
        {back}
    };
    let origins = scene.house().broker_origins.clone();
    let title = if seen.flow.is_some() { words::TITLE } else { words::TITLE_OWN };
    Page::new(scene.say(title), body.into_any()).reaching(&origins)
}

fn lead(scene: &Scene, state: Reconfirmation) -> String {
    let lang = scene.lang();
    let (say, day) = match state {
        Reconfirmation::Later(last) => (words::LEAD_LATER, format::day(last, lang)),
        Reconfirmation::Near(last) => (words::LEAD_NEAR, format::day(last, lang)),
        Reconfirmation::Overdue(Because::AYear(last)) => (words::LEAD_A_YEAR, format::day(last, lang)),
        Reconfirmation::Overdue(Because::NewName(at)) => (words::LEAD_NEW_NAME, format::day_of(at, lang)),
    };
    scene.fill(say, &[("day", &day)])
}
