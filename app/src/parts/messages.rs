//! What stands above a page: errors, news, the end of the session.

use crate::scene::Scene;
use domain::status::Outage;
use islands::{CountdownWords, SessionLeft, session_countdown};
use leptos::prelude::*;
use text::pages::{common, status};
use text::{Lang, format};

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
        let (told, good) = tiding.told(scene);
        let (class, role) =
            if good { ("notice notice-success", "status") } else { ("notice notice-warning", "alert") };
        view! { <div class=class role=role><p>{told}</p></div> }.into_any()
    })
}

/// What the operator announced of an outage, with its times.
pub(crate) fn outage_words(scene: &Scene, outage: &Outage) -> String {
    let [danish, english] = &outage.says;
    let says = if scene.lang() == Lang::Da { danish } else { english };
    let (from, until) =
        (format::moment(outage.from, scene.lang()), format::moment(outage.until, scene.lang()));
    let on = outage.is_on(scene.asking().now);
    let say = if on { status::OUTAGE_ON } else { status::OUTAGE_PLANNED };
    scene.fill(say, &[("text", says), ("from", &from), ("until", &until)])
}

/// What does not work now or within a day, above a page where people come to sign in.
pub(crate) fn outages(scene: &Scene) -> Option<AnyView> {
    let now = scene.asking().now;
    let near = scene.house().outages.iter().filter(|outage| outage.is_near(now));
    let lines: Vec<_> = near.map(|outage| view! { <p>{outage_words(scene, outage)}</p> }).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <div class="notice notice-warning no-print">
                {lines}
                <p><a href="/driftsstatus">{scene.say(status::MORE)}</a></p>
            </div>
        }
        .into_any()
    })
}

/// The reference to read out.
pub(crate) fn reference_line(scene: &Scene, reference: &str) -> AnyView {
    let words = scene.fill(common::CALL_WITH_REFERENCE, &[("reference", "\u{0}")]);
    let (before, after) = words.split_once('\u{0}').unwrap_or((&words, ""));
    let (before, after, reference) = (before.to_owned(), after.to_owned(), reference.to_owned());
    view! { <p>{before}<span class="reference">{reference}</span>{after}</p> }.into_any()
}

/// Looking at this page counts as using the session.
const STAY: &str = "/forbliv";
/// The line that says by the clock when the session ends.
const LINE: &str = "login-slutter";

/// The warning before the session ends, where there is one. Without script the line below the page says when.
pub(crate) fn countdown(scene: &Scene) -> Option<AnyView> {
    let asking = scene.asking();
    let visitor = asking.visitor.as_ref()?;
    let seconds = |until: domain::Timestamp| {
        u32::try_from(until.duration_since(asking.now).as_secs().max(0)).unwrap_or(u32::MAX)
    };
    let left = SessionLeft { idle: seconds(visitor.ends_at), hard: seconds(visitor.must_end_at) };
    let words = CountdownWords {
        ends: scene.say(common::SESSION_LEFT).to_owned(),
        minutes: scene.say(common::SESSION_MINUTES).to_owned(),
        seconds: scene.say(common::SESSION_SECONDS).to_owned(),
        why: scene.say(common::SESSION_WHY).to_owned(),
        stay: scene.say(common::SESSION_STAY).to_owned(),
        stayed: scene.say(common::SESSION_STAYED).to_owned(),
        unanswered: scene.say(common::SESSION_UNANSWERED).to_owned(),
        over: scene.say(common::SESSION_OVER).to_owned(),
        sign_in: scene.say(common::SESSION_SIGN_IN_TAB).to_owned(),
    };
    Some(session_countdown(left, words, visitor.who.clone(), (STAY, "/log-ind", LINE)).into_any())
}

/// When the session ends, and the way to stay that leaves this page as it is (WCAG 2.2.1).
pub(crate) fn session_line(scene: &Scene) -> Option<AnyView> {
    let visitor = scene.asking().visitor.as_ref()?;
    let may_stay = visitor.must_end_at > visitor.ends_at;
    let (say, at) = if may_stay {
        (common::SESSION_ENDS_UNUSED, visitor.ends_at)
    } else {
        (common::SESSION_ENDS, visitor.must_end_at)
    };
    let ends = scene.fill(say, &[("clock", &format::clock(at, scene.lang()))]);
    let link = may_stay.then(|| {
        view! { <a href=STAY target="_blank" rel="noopener">{scene.say(common::SESSION_STAY_TAB)}</a> }
    });
    Some(view! { <p class="hint no-print"><span id=LINE>{ends}</span> " " {link}</p> }.into_any())
}
