//! Choosing a password (page 26), and being asked to change one that is known from leaks (page 9).

use crate::actions::{ChoosePassword, PutOff};
use crate::desk::{LeakedPage, WaitingPage};
use crate::frame::{Page, flow_page};
use crate::parts::{Label, flow_form, give_up, new_password_field, paragraphs, primary_link, submit_row};
use crate::scene::Scene;
use domain::password::SHORTEST;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::format;
use text::pages::{password as words, reconfirm};

pub(crate) fn choose() -> AnyView {
    flow_page(|desk, flow| async move { desk.password_page(flow).await }, choose_page)
}

fn choose_page(scene: &Scene, seen: WaitingPage) -> Page {
    let fields = view! {
        {new_password(scene, seen.user_name, seen.names)}
        {submit_row(scene.say(words::SAVE))}
    };
    let body = view! {
        <p class="lead">{scene.fill(words::LEAD, &[("n", &SHORTEST.to_string())])}</p>
        {flow_form(ChoosePassword::url(), Some(seen.flow), fields)}
    };
    Page::new(scene.say(words::TITLE), body.into_any()).step(3).with_islands()
}

/// The field for the password one wants, wherever it is chosen.
pub(crate) fn new_password(scene: &Scene, user_name: String, names: Vec<String>) -> AnyView {
    let mut avoid = names;
    avoid.push(user_name.clone());
    avoid.push(scene.house().municipality.clone());
    let label =
        Label { field: "password", says: scene.say(words::LABEL), hint: Some(scene.say(words::RULE_AVOID)) };
    view! {
        // Password managers keep the password under this name.
        <input type="text" name="username" value=user_name autocomplete="username" hidden readonly/>
        {new_password_field(scene, &label, avoid)}
    }
    .into_any()
}

/// Between a sign-in and where it leads: her password is known from leaks (page 9).
pub(crate) fn leaked() -> AnyView {
    flow_page(|desk, flow| async move { desk.leaked_page(flow).await }, leaked_page)
}

fn leaked_page(scene: &Scene, seen: LeakedPage) -> Page {
    let until = format::moment(seen.until, scene.lang());
    let service =
        seen.service.as_ref().map(|service| scene.fill(reconfirm::THEN_SERVICE, &[("service", service)]));
    let label = scene.say(words::LEAKED_LATER);
    let later =
        view! { <p class="actions"><button class="btn btn-secondary" type="submit">{label}</button></p> };
    let told = [Some(scene.fill(words::LEAKED_UNTIL, &[("moment", &until)])), service];
    let body = view! {
        <p class="lead">{scene.tell(words::LEAKED_LEAD)}</p>
        {paragraphs(told.into_iter().flatten())}
        <p class="actions">{primary_link("/konto/adgangskode", scene.say(words::LEAKED_GO))}</p>
        {flow_form(PutOff::url(), Some(seen.flow), later)}
        {give_up(scene, Some(seen.flow), seen.service.as_deref())}
    };
    Page::new(scene.say(words::LEAKED_TITLE), body.into_any())
}
