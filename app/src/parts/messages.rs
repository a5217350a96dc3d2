//! What stands above a page: errors, news, the end of the session.

use crate::scene::Scene;
use islands::{CountdownWords, SessionCountdown, SessionLeft};
use leptos::prelude::*;
use text::pages::common;

/// Everything to correct, each a link to its field. Takes the focus, so that it is read first.
pub(crate) fn error_summary(scene: &Scene) -> Option<AnyView> {
    if !scene.has_slips() {
        return None;
    }
    let lines = scene
        .flash
        .slips
        .iter()
        .map(|slip| {
            let (to, words) = (format!("#{}", slip.field()), slip.words(scene));
            view! { <li><a href=to>{words}</a></li> }
        })
        .collect_view();
    Some(
        view! {
            <div class="error-summary" role="alert" aria-labelledby="fejl" tabindex="-1" autofocus>
                <h2 id="fejl">{scene.say(common::PROBLEMS)}</h2>
                <ul>{lines}</ul>
            </div>
        }
        .into_any(),
    )
}

/// What happened.
pub(crate) fn tiding(scene: &Scene) -> Option<AnyView> {
    scene.flash.tiding.map(|tiding| {
        let (words, good) = tiding.words();
        let (class, role) =
            if good { ("notice notice-success", "status") } else { ("notice notice-warning", "alert") };
        view! { <div class=class role=role><p>{scene.tell(words)}</p></div> }.into_any()
    })
}

/// The reference to read out.
pub(crate) fn reference_line(scene: &Scene, reference: &str) -> AnyView {
    let words = scene.fill(common::CALL_WITH_REFERENCE, &[("reference", "\u{0}")]);
    let (before, after) = words.split_once('\u{0}').unwrap_or((&words, ""));
    let (before, after, reference) = (before.to_owned(), after.to_owned(), reference.to_owned());
    view! { <p>{before}<span class="reference">{reference}</span>{after}</p> }.into_any()
}

/// The warning before the session ends, where there is one. Without script the session simply ends when it ends.
pub(crate) fn countdown(scene: &Scene) -> Option<AnyView> {
    let asking = scene.asking();
    let visitor = asking.visitor.as_ref()?;
    let seconds = |until: domain::Timestamp| {
        u32::try_from(until.duration_since(asking.now).as_secs().max(0)).unwrap_or(u32::MAX)
    };
    let (idle, hard) = (seconds(visitor.ends_at), seconds(visitor.must_end_at));
    let left = SessionLeft { idle, hard, renewal: idle };
    let words = CountdownWords {
        ends: scene.say(common::SESSION_LEFT).to_owned(),
        minutes: scene.say(common::SESSION_MINUTES).to_owned(),
        seconds: scene.say(common::SESSION_SECONDS).to_owned(),
        why: scene.say(common::SESSION_WHY).to_owned(),
        stay: scene.say(common::SESSION_STAY).to_owned(),
        stayed: scene.say(common::SESSION_STAYED).to_owned(),
        over: scene.say(common::SESSION_OVER).to_owned(),
        sign_in: scene.say(common::SIGN_IN).to_owned(),
    };
    let (stay_at, sign_in_at) = ("/forbliv".to_owned(), "/log-ind".to_owned());
    Some(view! { <SessionCountdown left=left words=words stay_at=stay_at sign_in_at=sign_in_at/> }.into_any())
}
