//! Confirming again (page 8).

use crate::actions::ShowStepUp;
use crate::desk::StepUpPage;
use crate::frame::{Page, flow_page};
use crate::parts::{Label, code_field, flow_form, link, paragraphs, primary_link, submit_row};
use crate::scene::Scene;
use domain::contact::ChannelKind;
use domain::step_up::StepUpFor;
use domain::throttle::CodeDoor;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{common, sign_in, step_up as words};
use text::{Say, format};

pub(crate) fn confirm() -> AnyView {
    flow_page(|desk, flow| async move { desk.step_up_page(flow).await }, confirm_page)
}

fn confirm_page(scene: &Scene, seen: StepUpPage) -> Page {
    let back = || view! { <p>{link(start(seen.purpose), scene.say(words::NO))}</p> };
    let body = match seen.codes {
        CodeDoor::Open { .. } => {
            let says = scene.say(sign_in::CODE);
            let code = Label { field: "code", says, hint: Some(scene.say(sign_in::CODE_HINT)) };
            let fields = view! {
                {code_field(scene, &code)}
                {submit_row(scene.say(common::CONTINUE))}
            };
            view! {
                <p class="lead">{scene.tell(why(seen.purpose))}</p>
                <p>{scene.tell(words::WHY)}</p>
                {flow_form(ShowStepUp::url(), Some(seen.flow), fields)}
                {back()}
            }
            .into_any()
        }
        CodeDoor::Paused(until) => {
            let clock = format::clock(until, scene.lang());
            view! { {paragraphs([scene.fill(words::PAUSED, &[("clock", &clock)])])} {back()} }.into_any()
        }
        CodeDoor::Stopped => view! {
            {paragraphs([scene.tell(words::STOPPED)])}
            <p class="actions">{primary_link("/glemt-adgangskode", scene.say(sign_in::FORGOT))}</p>
            {back()}
        }
        .into_any(),
    };
    Page::new(scene.say(words::TITLE), body).with_islands()
}

const fn why(purpose: StepUpFor) -> Say {
    match purpose {
        StepUpFor::Contact(ChannelKind::PrivateMail) => words::FOR_PRIVATE_MAIL,
        StepUpFor::Contact(ChannelKind::Mobile) => words::FOR_MOBILE,
        StepUpFor::OwnData => words::FOR_OWN_DATA,
        StepUpFor::CodeDevice => words::FOR_CODE_DEVICE,
    }
}

/// The page it was asked from.
const fn start(purpose: StepUpFor) -> &'static str {
    match purpose {
        StepUpFor::Contact(_) => "/konto/kontakt",
        StepUpFor::OwnData => "/konto/data",
        // Until there is a page of login methods.
        StepUpFor::CodeDevice => "/overblik",
    }
}
