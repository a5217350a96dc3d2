//! Choosing a password (page 26), and what to do when it is forgotten.

use crate::actions::ChoosePassword;
use crate::desk::WaitingPage;
use crate::frame::{Page, flow_page, plain};
use crate::parts::{Label, back_link, flow_form, new_password_field, paragraphs, primary_link, submit_row};
use crate::scene::Scene;
use domain::password::SHORTEST;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{common, password as words};

pub(crate) fn choose() -> AnyView {
    flow_page(|desk, flow| async move { desk.password_page(flow).await }, choose_page)
}

fn choose_page(scene: &Scene, seen: WaitingPage) -> Page {
    let mut avoid = seen.names;
    avoid.push(seen.user_name.clone());
    avoid.push(scene.house().municipality.clone());
    let label =
        Label { field: "password", says: scene.say(words::LABEL), hint: Some(scene.say(words::RULE_AVOID)) };
    let fields = view! {
        // Password managers keep the password under this name.
        <input type="text" name="username" value=seen.user_name autocomplete="username" hidden readonly/>
        {new_password_field(scene, &label, avoid)}
        {submit_row(scene.say(words::SAVE))}
    };
    let body = view! {
        <p class="lead">{scene.fill(words::LEAD, &[("n", &SHORTEST.to_string())])}</p>
        {flow_form(ChoosePassword::url(), Some(seen.flow), fields)}
    };
    Page::new(scene.say(words::TITLE), body.into_any()).step(3).with_islands()
}

pub(crate) fn forgotten() -> AnyView {
    plain(|scene| {
        let told = [words::FORGOT_HONEST, words::FORGOT_NEVER, words::FORGOT_NEW].map(|say| scene.tell(say));
        let call = scene.tell(common::CALL_THEM);
        let body = view! {
            <p class="lead">{scene.tell(words::FORGOT_LEAD)}</p>
            {paragraphs(told)}
            <p class="actions">{primary_link(scene.call(), &call)}</p>
            {back_link("/log-ind", scene.say(words::FORGOT_BACK))}
        };
        Page::new(scene.say(words::FORGOT_TITLE), body.into_any())
    })
}
