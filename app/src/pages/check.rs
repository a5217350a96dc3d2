//! Between a sign-in and where it leads: does she still have a login method she has not used for four weeks (page 9)?

use crate::actions::PutOff;
use crate::desk::CheckPage;
use crate::frame::{Page, flow_page};
use crate::parts::{flow_form, give_up, link, paragraphs, submit_row};
use crate::scene::Scene;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::overview as words;
use text::pages::reconfirm::THEN_SERVICE;

pub(crate) fn at_sign_in() -> AnyView {
    flow_page(|desk, flow| async move { desk.check_page(flow).await }, check_page)
}

fn check_page(scene: &Scene, seen: CheckPage) -> Page {
    let service = seen.service.as_ref().map(|service| scene.fill(THEN_SERVICE, &[("service", service)]));
    let (asks, test, go) = match seen.method {
        Some((id, name)) => (
            scene.fill(words::NEXT_CHECK, &[("name", &name)]),
            Some(link(format!("/konto/loginmidler/{id}"), scene.say(words::NEXT_CHECK_GO))),
            words::CHECK_LATER,
        ),
        // She tried it out in another tab.
        None => (scene.tell(words::CHECK_DONE), None, words::CHECK_GO_ON),
    };
    let body = view! {
        <p class="lead">{asks}</p>
        {test.map(|test| view! { <p>{test}</p> })}
        {paragraphs(service)}
        {flow_form(PutOff::url(), Some(seen.flow), submit_row(scene.say(go)))}
        {give_up(scene, Some(seen.flow), seen.service.as_deref())}
    };
    Page::new(scene.say(words::CHECK_TITLE), body.into_any())
}
