//! Events of the trail (page 54): the state of the chain, a search, its rows, and one that was opened.

use super::chain::chain_shown;
use super::open_until;
use crate::actions::{SearchTrail, ShowRow};
use crate::desk::{EventsPage, EventsStart, FoundShown, RowPage, SignedShown, Stop};
use crate::frame::{Page, flow_page, in_path, page};
use crate::pages::auditor::period_fields;
use crate::parts::{
    Label, back_link, bullets, hidden, link, paragraphs, submit_row, summary_list, text_field, typed_field,
};
use crate::scene::Scene;
use domain::Timestamp;
use domain::audit::catalogue::{Group, Outcome};
use domain::audit::checkpoint::instant;
use domain::evidence::Search;
use domain::ids::{EventId, FlowId};
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{account, auditor, audits as words};
use text::{Say, format};

const START: &str = "/revision/haendelser";

pub(crate) fn events_start() -> AnyView {
    page(|desk| async move { desk.events_start().await }, start_page)
}

fn start_page(scene: &Scene, seen: EventsStart) -> Page {
    let body = view! {
        <p class="lead">{scene.tell(words::EVENTS_LEAD)}</p>
        {chain_shown(scene, seen.chain)}
        <h2>{scene.say(words::SEARCH)}</h2>
        {search_form(scene, seen)}
        {back_link("/revision", scene.say(auditor::BACK))}
    };
    Page { wide: true, ..Page::new(scene.say(words::EVENTS), body.into_any()) }
}

fn search_form(scene: &Scene, seen: EventsStart) -> AnyView {
    let typed = &scene.flash.kept;
    let label = |field, says, hint| Label { field, says: scene.say(says), hint: Some(scene.say(hint)) };
    let groups = Group::all().map(|group| (group.word(), group_name(group)));
    let outcomes = Outcome::ALL.into_iter().map(|outcome| (outcome.word(), outcome_name(outcome)));
    let groups = radios(scene, "group", (words::GROUP, words::GROUP_ALL), groups, &typed.group);
    let outcomes = radios(scene, "outcome", (words::OUTCOME, words::OUTCOME_ALL), outcomes, &typed.outcome);
    view! {
        <form method="post" action=SearchTrail::url() novalidate>
            {period_fields(scene, seen.today)}
            {groups}
            {text_field(scene, &label("kinds", words::KINDS, words::KINDS_HINT), "off", &typed.kinds)}
            {outcomes}
            {text_field(scene, &label("reference", words::REFERENCE, words::REFERENCE_HINT), "off", &typed.reference)}
            {typed_field(scene, &label("place", words::PLACE, words::PLACE_HINT), ("numeric", "off"), &typed.place)}
            {submit_row(scene.say(words::SEARCH))}
        </form>
    }
    .into_any()
}

/// One of several, or all of them.
fn radios(
    scene: &Scene,
    name: &'static str,
    (legend, all): (Say, Say),
    choices: impl Iterator<Item = (&'static str, Say)>,
    chosen: &str,
) -> AnyView {
    let choices = std::iter::once(("", all)).chain(choices);
    let choices = choices
        .map(|(value, says)| {
            let checked = value == chosen;
            view! {
                <label class="check">
                    <input type="radio" name=name value=value checked=checked/>
                    <span>{scene.say(says)}</span>
                </label>
            }
        })
        .collect_view();
    view! { <fieldset class="field"><legend class="label">{scene.say(legend)}</legend>{choices}</fieldset> }
        .into_any()
}

pub(crate) fn events() -> AnyView {
    let behind = in_path("efter").map(|text| text.parse::<EventId>().map_err(|_| Stop::Missing)).transpose();
    flow_page(move |desk, flow| async move { desk.events_page(flow, behind?).await }, events_page)
}

fn events_page(scene: &Scene, seen: EventsPage) -> Page {
    let lang = scene.lang();
    let (from, before) =
        (format::moment(seen.search.period.from, lang), format::moment(seen.search.period.before, lang));
    let within = scene.fill(words::FOUND_WITHIN, &[("from", &from), ("before", &before)]);
    let sought = sought(scene, &seen.search);
    let sought = (!sought.is_empty()).then(|| scene.fill(words::FOUND_SOUGHT, &[("sought", &sought)]));
    let emptied = seen.emptied.as_ref().map(|(place, event, at)| {
        let (place, moment) = (place.to_string(), format::moment(*at, lang));
        let told = &[("place", place.as_str()), ("event", event.as_str()), ("moment", moment.as_str())];
        paragraphs([scene.fill(words::FOUND_EMPTIED, told)])
    });
    let none = seen.rows.is_empty() && emptied.is_none();
    let none = none.then(|| paragraphs([scene.tell(words::FOUND_NONE)]));
    let list = (!seen.rows.is_empty()).then(|| {
        summary_list(seen.rows.iter().map(|row| (format::moment(row.at, lang), found(scene, row, seen.flow))))
    });
    let first = format!("{START}/{}", seen.flow);
    let older = seen.next.map(|id| link(format!("{first}/{id}"), scene.say(words::OLDER)));
    let newest = seen.older.then(|| link(first, scene.say(words::NEWEST)));
    let ways = (newest.is_some() || older.is_some()).then(|| view! { <p>{newest} " " {older}</p> });
    let body = view! {
        <p class="lead">{within} " " {sought}</p>
        <p>{scene.tell(words::OPEN_TOLD)}</p>
        {none}
        {emptied}
        {list}
        {ways}
        {open_until(scene, seen.until)}
        {back_link(START, scene.say(words::BACK_EVENTS))}
    };
    Page { wide: true, ..Page::new(scene.say(words::EVENTS), body.into_any()) }
}

/// What was asked besides the period, as the form calls it.
fn sought(scene: &Scene, search: &Search) -> String {
    let kinds: Vec<_> = search.kinds.iter().map(|kind| kind.word()).collect();
    let asked = [
        search.group.map(|group| (words::GROUP, scene.tell(group_name(group)))),
        (!kinds.is_empty()).then(|| (words::KINDS, kinds.join(" "))),
        search.outcome.map(|outcome| (words::OUTCOME, scene.tell(outcome_name(outcome)))),
        search.request.as_ref().map(|request| (words::REFERENCE, request.quoted())),
        search.place.map(|place| (words::PLACE, place.to_string())),
    ];
    let asked = asked.into_iter().flatten().map(|(what, said)| format!("{}: {said}", scene.say(what)));
    asked.collect::<Vec<_>>().join("; ")
}

/// A row of the list, with the way to what is sealed in it.
fn found(scene: &Scene, row: &FoundShown, flow: FlowId) -> AnyView {
    let by = scene.fill(auditor::TRAIL_BY, &[("who", &row.by)]);
    let about = row.about.as_ref().map(|who| format!(", {}", scene.fill(words::ABOUT, &[("who", who)])));
    let told = (!row.told.is_empty()).then(|| format!(". {}", row.told.join("; ")));
    let (open, label) = if row.accept {
        (words::PROOF_OPEN, words::PROOF_OPEN_LABEL)
    } else {
        (words::OPEN, words::OPEN_LABEL)
    };
    let at = instant(row.at);
    let label = scene.fill(label, &[("event", &row.event), ("at", &at)]);
    let reference = scene.fill(account::ACTIVITY_REFERENCE, &[("reference", &row.reference)]);
    let hint = format!("{at}. {}. {reference}", place(scene, row.place));
    let event = row.event.clone();
    view! {
        <strong>{event}</strong> " " {by} {about} {told} ". " <span class="hint">{hint}</span>
        <form method="post" action=ShowRow::url()>
            {hidden("row", row.id.to_string())}
            {hidden("flow", flow.to_string())}
            <button class="btn btn-secondary btn-small" type="submit" aria-label=label>{scene.say(open)}</button>
        </form>
    }
    .into_any()
}

fn place(scene: &Scene, place: Option<i64>) -> String {
    match place {
        None => scene.tell(words::AT_NONE),
        Some(place) => scene.fill(words::AT_PLACE, &[("place", &place.to_string())]),
    }
}

pub(crate) fn row() -> AnyView {
    flow_page(|desk, flow| async move { desk.row_page(flow).await }, row_page)
}

fn row_page(scene: &Scene, seen: RowPage) -> Page {
    let sealed = if seen.sealed.is_empty() {
        paragraphs([scene.tell(words::ROW_SEALED_NONE)])
    } else {
        bullets(seen.sealed.clone())
    };
    let facts = (!seen.row.told.is_empty()).then(|| {
        view! { <h2>{scene.say(words::ROW_FACTS)}</h2> {bullets(seen.row.told.clone())} }
    });
    let what = summary_list(told(scene, &seen).map(|(term, value)| (scene.tell(term), value.into_any())));
    let body = view! {
        {what}
        {facts}
        <h2>{scene.say(words::ROW_SEALED)}</h2>
        {sealed}
        {open_until(scene, seen.until)}
        {back_to(scene, seen.from)}
    };
    Page { wide: true, ..Page::new(scene.say(words::ROW), body.into_any()) }
}

fn told(scene: &Scene, seen: &RowPage) -> impl Iterator<Item = (Say, String)> {
    let row = &seen.row;
    let whole = if seen.authentic { words::ROW_AUTHENTIC } else { words::ROW_CHANGED };
    let signed = match seen.signed {
        SignedShown::NotYet => scene.tell(words::ROW_NOT_YET),
        SignedShown::Proved(n) => scene.fill(words::ROW_PROVED, &[("number", &n.to_string())]),
        SignedShown::Not(n) => scene.fill(words::ROW_UNPROVED, &[("number", &n.to_string())]),
    };
    [
        Some((words::ROW_WHEN, moment_and_instant(scene, row.at))),
        Some((words::ROW_WHAT, row.event.clone())),
        Some((words::ROW_BY, row.by.clone())),
        row.about.clone().map(|who| (words::ROW_ABOUT, who)),
        Some((words::ROW_REQUEST, format!("{} ({})", row.reference, row.request))),
        Some((words::ROW_PLACE, place(scene, row.place))),
        Some((words::ROW_WHOLE, scene.tell(whole))),
        Some((words::ROW_SIGNED, signed)),
    ]
    .into_iter()
    .flatten()
}

/// As people say it, and as the trail has it.
pub(super) fn moment_and_instant(scene: &Scene, at: Timestamp) -> String {
    format!("{} ({})", format::moment(at, scene.lang()), instant(at))
}

/// To the rows a row was found among, or to a new search.
pub(super) fn back_to(scene: &Scene, from: Option<FlowId>) -> AnyView {
    match from {
        Some(flow) => back_link(format!("{START}/{flow}"), scene.say(words::BACK_FOUND)),
        None => back_link(START, scene.say(words::BACK_EVENTS)),
    }
}

const fn group_name(group: Group) -> Say {
    match group {
        Group::People => words::GROUP_PEOPLE,
        Group::Enrolment => words::GROUP_ENROLMENT,
        Group::Terms => words::GROUP_TERMS,
        Group::Proof => words::GROUP_PROOF,
        Group::Means => words::GROUP_MEANS,
        Group::SignIn => words::GROUP_SIGN_IN,
        Group::Services => words::GROUP_SERVICES,
        Group::Blocking => words::GROUP_BLOCKING,
        Group::Notices => words::GROUP_NOTICES,
        Group::Roles => words::GROUP_ROLES,
        Group::Keys => words::GROUP_KEYS,
        Group::House => words::GROUP_HOUSE,
    }
}

const fn outcome_name(outcome: Outcome) -> Say {
    match outcome {
        Outcome::Done => words::OUTCOME_DONE,
        Outcome::Refused => words::OUTCOME_REFUSED,
        Outcome::Failed => words::OUTCOME_STOPPED,
        Outcome::Seen => words::OUTCOME_SEEN,
    }
}
