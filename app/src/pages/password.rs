//! Choosing a password (page 26).

use crate::actions::ChoosePassword;
use crate::desk::WaitingPage;
use crate::frame::{Page, flow_page};
use crate::parts::{Label, flow_form, new_password_field, submit_row};
use crate::scene::Scene;
use domain::password::SHORTEST;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::password as words;

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
