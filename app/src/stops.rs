//! Pages for what is not there, is over, or does not work. Each says what to do next.

use crate::desk::Stop;
use crate::frame::Page;
use crate::pages::emergency;
use crate::parts::{paragraphs, primary_link, reference_line, secondary_link};
use crate::policy;
use crate::scene::Scene;
use axum::http::StatusCode;
use domain::flow::FlowGone;
use leptos::prelude::*;
use text::Say;
use text::pages::{auditor, common, enrolment, methods, phone, problems as words, reopening};

/// The page for a stop; sets the status.
pub(crate) fn stopped(scene: &Scene, stop: &Stop) -> Page {
    policy::set_status(status(stop));
    match stop {
        Stop::Gone(gone) => over(scene, *gone),
        Stop::LinkDead => link_dead(scene),
        Stop::PhoneLinkDead => simple(scene, phone::LINK_TITLE, phone::LINK_BODY),
        Stop::Missing => simple(scene, words::MISSING_TITLE, words::MISSING_BODY),
        Stop::NotAuditor => not_auditor(scene),
        Stop::Busy => with_reference(scene, words::BUSY_TITLE, words::BUSY_BODY),
        Stop::Fault | Stop::Go(_) => with_reference(scene, words::FAULT_TITLE, words::FAULT_BODY),
    }
}

const fn status(stop: &Stop) -> StatusCode {
    match stop {
        Stop::Go(_) => StatusCode::SEE_OTHER,
        Stop::Missing => StatusCode::NOT_FOUND,
        Stop::Gone(_) | Stop::LinkDead | Stop::PhoneLinkDead => StatusCode::GONE,
        Stop::NotAuditor => StatusCode::FORBIDDEN,
        Stop::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        Stop::Busy => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn simple(scene: &Scene, title: Say, body: Say) -> Page {
    let view = view! {
        {paragraphs([scene.tell(body)])}
        <p class="actions">{primary_link("/", scene.say(common::TO_FRONT))}</p>
    };
    Page::new(scene.say(title), view.into_any())
}

/// Whoever has no right to a page gets a page that says who has, and how one gets it.
fn not_auditor(scene: &Scene) -> Page {
    let view = view! {
        {paragraphs([scene.tell(auditor::REFUSED_BODY)])}
        <p class="actions">{primary_link("/overblik", scene.say(auditor::REFUSED_BACK))}</p>
    };
    Page::new(scene.say(auditor::REFUSED_TITLE), view.into_any())
}

fn with_reference(scene: &Scene, title: Say, body: Say) -> Page {
    let view = view! {
        {paragraphs([scene.tell(body)])}
        {reference_line(scene, &scene.asking().reference)}
        <p class="actions">{primary_link("/", scene.say(common::TO_FRONT))}</p>
    };
    Page::new(scene.say(title), view.into_any())
}

/// A flow that is over: what became of it, and where it begins again.
fn over(scene: &Scene, gone: FlowGone) -> Page {
    let path = scene.asking().path.as_str();
    if path.starts_with("/spaer/bekraeft/") {
        return emergency::question_gone(scene);
    }
    let Again { told, path, label, done } = again(path, scene.asking().visitor.is_some());
    let (title, first) = match gone {
        FlowGone::OtherBrowser => (words::OTHER_BROWSER_TITLE, Some(words::OTHER_BROWSER_BODY)),
        FlowGone::Expired | FlowGone::Unknown => (words::GONE_TITLE, None),
    };
    let done = done.then(|| secondary_link("/log-ind", scene.say(common::SIGN_IN)));
    let body = view! {
        {paragraphs(first.into_iter().chain(told.iter().copied()).map(|say| scene.tell(say)))}
        <p class="actions">{primary_link(path, scene.say(label))} {done}</p>
    };
    Page::new(scene.say(title), body.into_any())
}

/// How what a page belonged to is begun again.
struct Again {
    told: &'static [Say],
    path: &'static str,
    label: Say,
    /// It may have been finished: then signing in comes next.
    done: bool,
}

fn again(path: &str, signed_in: bool) -> Again {
    if path.starts_with("/indrullering/") {
        let told = &[words::GONE_ENROLMENT, words::GONE_ENROLMENT_PROVED];
        Again { told, path: "/kom-i-gang", label: enrolment::TITLE, done: false }
    } else if path.starts_with("/genaktiver/") {
        Again { told: &[words::GONE_REOPENING], path: "/genaktiver", label: reopening::AGAIN, done: true }
    } else if path.starts_with("/fortsaet/") && !signed_in {
        let told = &[words::GONE_ENROLMENT, words::GONE_ENROLMENT_PROVED];
        Again { told, path: "/kom-i-gang", label: enrolment::TITLE, done: false }
    } else if path.starts_with("/fortsaet/") {
        Again { told: &[phone::GONE_DESK], path: "/konto/loginmidler", label: methods::LINK, done: false }
    } else if path.starts_with("/paa-telefon/") {
        Again { told: &[phone::GONE_PHONE], path: "/", label: common::TO_FRONT, done: false }
    } else if path.starts_with("/revision/") {
        Again { told: &[auditor::GONE_MADE], path: "/revision", label: auditor::BACK, done: false }
    } else if path.starts_with("/glemt-adgangskode/") {
        Again { told: &[words::GONE_RESET], path: "/glemt-adgangskode", label: reopening::AGAIN, done: true }
    } else if signed_in && of_methods(path) {
        Again { told: &[words::GONE_METHODS], path: "/konto/loginmidler", label: methods::LINK, done: false }
    } else {
        Again { told: &[words::GONE_SIGN_IN], path: "/log-ind", label: common::SIGN_IN, done: false }
    }
}

/// Whether the page belongs to what she changes of her login methods, or shows her sheet.
fn of_methods(path: &str) -> bool {
    ["/konto/loginmidler/", "/konto/kodeviser/", "/konto/koder/", "/koder/"]
        .iter()
        .any(|root| path.starts_with(root))
}

fn link_dead(scene: &Scene) -> Page {
    let body = view! {
        {paragraphs([scene.tell(words::LINK_BODY), scene.tell(words::LINK_ENDED)])}
        <p class="actions">
            {primary_link("/kom-i-gang/mitid", scene.say(words::LINK_NEW))}
            {secondary_link("/log-ind", scene.say(words::LINK_DONE))}
        </p>
    };
    Page::new(scene.say(words::LINK_TITLE), body.into_any())
}
