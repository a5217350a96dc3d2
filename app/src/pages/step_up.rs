//! Confirming again (page 8).

use crate::actions::{ShowStepUp, ShowStepUpKey};
use crate::desk::{Ask, StepUpPage};
use crate::frame::{Page, flow_page};
use crate::parts::{
    Dialog, Opens, flow_form, hidden, key_form, link, paragraphs, primary_link, shown_code_field,
};
use crate::scene::Scene;
use domain::contact::ChannelKind;
use domain::step_up::StepUpFor;
use domain::throttle::CodeDoor;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{common, keys, publication, recovery, sign_in, step_up as words};
use text::{Say, format};

pub(crate) fn confirm() -> AnyView {
    flow_page(|desk, flow| async move { desk.step_up_page(flow).await }, confirm_page)
}

/// One way first, the other below it; what neither opens, MitID does.
fn confirm_page(scene: &Scene, seen: StepUpPage) -> Page {
    let key_first = seen.key && (seen.key_first || !seen.code);
    let (by_key, by_code) =
        (seen.key.then(|| by_key(scene, &seen, key_first)), by_code(scene, &seen, !key_first));
    let or = if key_first { words::OR_CODE } else { words::OR_KEY };
    let or = (seen.key && seen.code).then(|| view! { <h2>{scene.say(or)}</h2> });
    let ways = if key_first {
        view! { {by_key} {or} {by_code} }.into_any()
    } else {
        view! { {by_code} {or} {by_key} }.into_any()
    };
    let body = view! {
        <p class="lead">{scene.tell(why(seen.purpose))}</p>
        {ways}
        {lost(scene)}
        <p>{link(start(seen.purpose), scene.say(words::NO))}</p>
    };
    Page::new(scene.say(words::TITLE), body.into_any()).with_islands()
}

/// Who has it no more: she gets another at a sign-in, or by a block and a reopening.
pub(crate) fn lost(scene: &Scene) -> AnyView {
    view! {
        <h2>{scene.say(words::LOST_TITLE)}</h2>
        {paragraphs([scene.tell(words::LOST_SHEET), scene.tell(words::LOST_BLOCK)])}
        <p>{link("/spaer", scene.say(common::BLOCK))}</p>
    }
    .into_any()
}

fn by_key(scene: &Scene, seen: &StepUpPage, first: bool) -> AnyView {
    let opens = Opens {
        dialog: Dialog::Get,
        ask: Ask::StepUp,
        answer: ShowStepUpKey::url(),
        says: scene.say(keys::START),
        primary: first,
    };
    view! {
        <p>{scene.tell(words::WHY_KEY)}</p>
        {key_form(scene, &opens, hidden("flow", seen.flow.to_string()))}
    }
    .into_any()
}

fn by_code(scene: &Scene, seen: &StepUpPage, first: bool) -> Option<AnyView> {
    if !seen.code && seen.key {
        return None;
    }
    Some(match seen.codes {
        CodeDoor::Open { .. } => {
            let class = if first { "btn btn-primary" } else { "btn btn-secondary" };
            let fields = view! {
                {shown_code_field(scene, seen.from)}
                <p class="actions"><button class=class type="submit">{scene.say(common::CONTINUE)}</button></p>
            };
            view! {
                <p>{scene.tell(words::WHY)}</p>
                {flow_form(ShowStepUp::url(), Some(seen.flow), fields)}
            }
            .into_any()
        }
        CodeDoor::Paused(until) => {
            let clock = format::clock(until, scene.lang());
            paragraphs([scene.fill(words::PAUSED, &[("clock", &clock)])])
        }
        CodeDoor::Stopped => {
            let (to, says) = ("/glemt-adgangskode", scene.say(sign_in::FORGOT));
            let go = if first { primary_link(to, says) } else { link(to, says) };
            view! { {paragraphs([scene.tell(words::STOPPED)])} <p class="actions">{go}</p> }.into_any()
        }
    })
}

const fn why(purpose: StepUpFor) -> Say {
    match purpose {
        StepUpFor::Contact(ChannelKind::PrivateMail) => words::FOR_PRIVATE_MAIL,
        StepUpFor::Contact(ChannelKind::Mobile) => words::FOR_MOBILE,
        StepUpFor::OwnData => words::FOR_OWN_DATA,
        StepUpFor::Factors => words::FOR_FACTORS,
        StepUpFor::CodeDevice => words::FOR_CODE_DEVICE,
        StepUpFor::Sheet => recovery::FOR_SHEET,
        StepUpFor::Password => words::FOR_PASSWORD,
        StepUpFor::Relation => words::FOR_RELATION,
        StepUpFor::Terms => publication::FOR_TERMS,
    }
}

/// The page it was asked from.
const fn start(purpose: StepUpFor) -> &'static str {
    match purpose {
        StepUpFor::Contact(_) => "/konto/kontakt",
        StepUpFor::OwnData => "/konto/data",
        StepUpFor::CodeDevice | StepUpFor::Factors | StepUpFor::Sheet => "/konto/loginmidler",
        StepUpFor::Password => "/konto/adgangskode",
        StepUpFor::Relation => "/konto/tilknytning",
        StepUpFor::Terms => "/administration/vilkaar",
    }
}
