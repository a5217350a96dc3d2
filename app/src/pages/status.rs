//! What works now, and what is announced (page 45).

use crate::desk::StatusPage;
use crate::frame::{Page, page};
use crate::parts::{bullets, link, outage_words, paragraphs, summary_list};
use crate::scene::Scene;
use domain::status::Part;
use leptos::prelude::*;
use text::pages::{emergency, status as words};
use text::{Say, format};

pub(crate) fn status() -> AnyView {
    page(|desk| async move { desk.status_page().await }, status_page)
}

fn status_page(scene: &Scene, seen: StatusPage) -> Page {
    let now = scene.asking().now;
    let all = seen.parts.iter().all(|(_, works)| *works);
    let (class, lead) = if all {
        ("notice notice-success", words::ALL_WORKS)
    } else {
        ("notice notice-warning", words::NOT_ALL)
    };
    let rows = seen.parts.iter().map(|(part, works)| {
        let (name, fine, fails) = part_words(*part);
        (scene.tell(name), scene.tell(if *works { fine } else { fails }).into_any())
    });
    let outages = &scene.house().outages;
    let to_come: Vec<_> =
        outages.iter().filter(|it| !it.is_over(now)).map(|it| outage_words(scene, it)).collect();
    let planned =
        if to_come.is_empty() { paragraphs([scene.tell(words::NONE_PLANNED)]) } else { bullets(to_come) };
    let body = view! {
        <div class=class><p>{scene.tell(lead)}</p></div>
        {summary_list(rows)}
        <p class="hint">{scene.fill(words::SEEN_AT, &[("moment", &format::moment(now, scene.lang()))])}</p>
        <h2>{scene.say(words::PLANNED)}</h2>
        {planned}
        <p>{scene.tell(words::CALL)}</p>
        <p>{link("/spaer", scene.say(emergency::TITLE))}</p>
    };
    Page::new(scene.say(words::TITLE), body.into_any())
}

/// What people call a part, and what is said when it works and when not.
const fn part_words(part: Part) -> (Say, Say, Say) {
    match part {
        Part::SignIn => (words::SIGN_IN, words::WORKS, words::SIGN_IN_FAILS),
        Part::Blocking => (words::BLOCKING, words::WORKS, words::BLOCKING_FAILS),
        Part::Mitid => (words::MITID, words::NOTHING_KNOWN, words::MITID_FAILS),
        Part::Mail => (words::MAIL, words::NOTHING_KNOWN, words::MAIL_FAILS),
    }
}
