//! An auditor's pages: what can be taken out (53), an export that was made (54). Everything is read only.

use crate::actions::{CancelExport, MakeExport, ReadTrail};
use crate::desk::{AuditorPage, ExportPage, TrailShown};
use crate::frame::{Page, flow_page, page};
use crate::pages::orders::list;
use crate::pages::sample::sample_form;
use crate::parts::{
    Label, back_link, bullets, field_error, hidden, link, paragraphs, submit_row, summary_list, text_field,
};
use crate::scene::Scene;
use domain::Date;
use domain::evidence::{Broken, Collected, Evidence, Gap};
use domain::ids::ExportJobId;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{account, auditor as words, audits};
use text::{Say, format};

/// Rows of a trail on a page; the files hold the rest.
const SHOWN: usize = 500;

pub(crate) fn start() -> AnyView {
    page(|desk| async move { desk.auditor_page().await }, start_page)
}

fn start_page(scene: &Scene, seen: AuditorPage) -> Page {
    let since = match seen.since {
        Some(at) => scene.fill(words::SINCE, &[("moment", &format::moment(at, scene.lang()))]),
        None => scene.tell(words::SINCE_NONE),
    };
    let body = view! {
        <p class="lead">{scene.tell(words::LEAD)}</p>
        {paragraphs([scene.tell(words::READ_ONLY), since])}
        {list(scene, &seen.orders)}
        {export_form(scene, seen.today)}
        {sample_form(scene)}
        {person_form(scene)}
        <h2>{scene.say(audits::MORE)}</h2>
        <ul class="ways">
            <li>{link("/revision/noegletal", scene.say(audits::FIGURES))}</li>
            <li>{link("/revision/haendelser", scene.say(audits::EVENTS))}</li>
            <li>{link("/revision/vilkaar", scene.say(audits::ACCEPTS))}</li>
            <li>{link("/revision/krav", scene.say(audits::REQUIREMENTS))}</li>
        </ul>
    };
    Page { wide: true, ..Page::new(scene.say(words::TITLE), body.into_any()) }
}

/// What was typed; a proposal before anything was.
pub(super) fn kept(typed: &str, proposal: String) -> String {
    if typed.is_empty() { proposal } else { typed.to_owned() }
}

/// The first and the last day of a period; before anything was typed, this year until today.
pub(super) fn period_fields(scene: &Scene, today: Date) -> AnyView {
    let typed = &scene.flash.kept;
    let day = |field, says, value: String| {
        let label = Label { field, says: scene.say(says), hint: Some(scene.say(words::DAY_HINT)) };
        text_field(scene, &label, "off", &value)
    };
    let from = kept(&typed.from, today.first_of_year().to_string());
    let to = kept(&typed.to, today.to_string());
    view! { {day("from", words::FROM, from)} {day("to", words::TO, to)} }.into_any()
}

fn export_form(scene: &Scene, today: Date) -> AnyView {
    let error = field_error(scene, "export");
    let described = error.is_some().then_some("export-error");
    let exports = Evidence::ALL.into_iter().filter(|it| *it != Evidence::Person);
    let exports = exports.enumerate().map(|(at, it)| export_choice(scene, at, it)).collect_view();
    view! {
        <form method="post" action=MakeExport::url() novalidate>
            {period_fields(scene, today)}
            <fieldset class="field" aria-describedby=described>
                <legend class="label">{scene.say(words::EXPORT)}</legend>
                {error}
                {exports}
            </fieldset>
            {submit_row(scene.say(words::MAKE))}
        </form>
    }
    .into_any()
}

/// One export to choose; the first carries the id an error leads to.
fn export_choice(scene: &Scene, at: usize, it: Evidence) -> AnyView {
    let number = it.number().to_string();
    let id = if at == 0 { "export".to_owned() } else { format!("export-{number}") };
    let checked = scene.flash.kept.export == number;
    let serves = scene.fill(words::SERVES, &[("nsis", &it.nsis().join(", "))]);
    let open = match it.collected() {
        Collected::InFull => None,
        Collected::InPart => Some(scene.say(words::OPEN_PART)),
    };
    let name = format!("{number}. {}", scene.say(name(it)));
    view! {
        <label class="check">
            <input type="radio" id=id name="export" value=number checked=checked/>
            <span>{name} " " <span class="hint">{serves} " " {open}</span></span>
        </label>
    }
    .into_any()
}

fn person_form(scene: &Scene) -> AnyView {
    let hint = Some(scene.say(words::PERSON_HINT));
    let person = Label { field: "person", says: scene.say(words::PERSON), hint };
    let hint = Some(scene.say(words::CASE_HINT));
    let case = Label { field: "case", says: scene.say(words::CASE), hint };
    view! {
        <h2>{scene.say(words::PERSON_TITLE)}</h2>
        <p>{scene.tell(words::PERSON_LEAD)}</p>
        <form method="post" action=ReadTrail::url() novalidate>
            {text_field(scene, &person, "off", &scene.flash.kept.person)}
            {text_field(scene, &case, "off", &scene.flash.kept.case)}
            {secondary_row(scene.say(words::READ))}
        </form>
    }
    .into_any()
}

pub(crate) fn secondary_row(label: impl Into<String>) -> AnyView {
    let label = label.into();
    view! { <p class="actions"><button class="btn btn-secondary" type="submit">{label}</button></p> }
        .into_any()
}

pub(crate) fn export() -> AnyView {
    flow_page(|desk, flow| async move { desk.export_page(flow).await }, export_page)
}

pub(crate) fn export_page(scene: &Scene, seen: ExportPage) -> Page {
    let lead = match seen.order {
        None => scene.fill(words::MADE_LEAD, &[("clock", &format::clock(seen.until, scene.lang()))]),
        Some(_) => scene.fill(words::ORDER_READY, &[("moment", &format::moment(seen.until, scene.lang()))]),
    };
    let file = |form: &str| format!("{}/{form}", seen.path);
    let discard = seen.order.map(|order| cancel_form(order, scene.say(words::ORDER_DISCARD)));
    let gaps: Vec<_> = seen.evidence.gaps().iter().map(|gap| scene.tell(gap_name(*gap))).collect();
    let open = (!gaps.is_empty()).then(|| {
        view! { <h2>{scene.say(words::MISSING)}</h2> {bullets(gaps)} }
    });
    let is_read_here = seen.evidence == Evidence::Person && seen.order.is_none();
    let trail = is_read_here.then(|| trail(scene, &seen.trail, seen.rows));
    let body = view! {
        <p class="lead">{lead}</p>
        {seen.broken.map(|broken| broken_rows(scene, broken))}
        <p class="actions">
            <a class="btn btn-primary" href=file("csv") download>{scene.say(words::TAKE_CSV)}</a>
            <a class="btn btn-secondary" href=file("json") download>{scene.say(words::TAKE_JSON)}</a>
            <a class="btn btn-secondary" href=file("foelgebrev") download>{scene.say(words::TAKE_MANIFEST)}</a>
        </p>
        {summary_list(facts(scene, &seen))}
        <p>{scene.tell(words::PROVES)}</p>
        {open}
        {trail}
        {discard}
        {back_link("/revision", scene.say(words::BACK))}
    };
    Page { wide: true, ..Page::new(titled(scene, seen.evidence), body.into_any()) }
}

/// That rows are not in it, since somebody changed or took them away.
fn broken_rows(scene: &Scene, broken: Broken) -> AnyView {
    let values = [("n", &*broken.many.to_string()), ("first", &*broken.first.to_string())];
    let told = [scene.fill(words::BROKEN, &values), scene.tell(words::BROKEN_NEXT)];
    view! { <div class="notice notice-error">{paragraphs(told)}</div> }.into_any()
}

/// The heading of an export's page.
pub(crate) fn titled(scene: &Scene, evidence: Evidence) -> String {
    let number = evidence.number().to_string();
    scene.fill(words::MADE_TITLE, &[("number", &number), ("name", scene.say(name(evidence)))])
}

/// The button that cancels an order, or throws its files away.
pub(crate) fn cancel_form(order: ExportJobId, label: &'static str) -> AnyView {
    view! {
        <form method="post" action=CancelExport::url()>
            {hidden("order", order.to_string())}
            {secondary_row(label)}
        </form>
    }
    .into_any()
}

fn facts(scene: &Scene, seen: &ExportPage) -> Vec<(String, AnyView)> {
    let lang = scene.lang();
    let before = format::moment(seen.period.before, lang);
    let period = if seen.period.from == domain::Timestamp::UNIX_EPOCH {
        scene.fill(words::PERIOD_ALL, &[("before", &before)])
    } else {
        let from = format::moment(seen.period.from, lang);
        scene.fill(words::PERIOD_VALUE, &[("from", &from), ("before", &before)])
    };
    let (first, last) = (seen.places.0.to_string(), seen.places.1.to_string());
    let places = scene.fill(words::PLACES_VALUE, &[("first", &first), ("last", &last)]);
    let gone = scene.fill(words::GONE_VALUE, &[("n", &seen.gone.to_string())]);
    let waiting = scene.fill(words::WAITING_VALUE, &[("n", &seen.waiting.to_string())]);
    let rows = [
        seen.about.clone().map(|name| (words::ABOUT, name)),
        Some((words::PERIOD, period)),
        Some((words::ROWS, seen.rows.to_string())),
        (seen.gone > 0).then_some((words::GONE, gone)),
        (seen.waiting > 0).then_some((words::WAITING, waiting)),
        (seen.places.0 <= seen.places.1).then_some((words::PLACES, places)),
        Some((words::NSIS, seen.evidence.nsis().join(", "))),
    ];
    let rows = rows.into_iter().flatten().map(|(term, value)| (scene.tell(term), value.into_any()));
    let files = seen.files.iter().map(|(name, bytes, digest)| {
        let values = [("bytes", &*bytes.to_string()), ("digest", digest.as_str())];
        (name.clone(), scene.fill(words::FILE_VALUE, &values).into_any())
    });
    rows.chain(files).collect()
}

fn trail(scene: &Scene, rows: &[TrailShown], of: u64) -> AnyView {
    let title = view! { <h2>{scene.say(words::TRAIL)}</h2> };
    if rows.is_empty() {
        return view! { {title} {paragraphs([scene.tell(words::TRAIL_NONE)])} }.into_any();
    }
    let cut = (rows.len() > SHOWN).then(|| {
        let values = [("n", &*SHOWN.to_string()), ("of", &*of.to_string())];
        paragraphs([scene.fill(words::TRAIL_FIRST, &values)])
    });
    let list = summary_list(rows.iter().take(SHOWN).map(|row| {
        let reference = scene.fill(account::ACTIVITY_REFERENCE, &[("reference", &row.reference)]);
        let by = scene.fill(words::TRAIL_BY, &[("who", &row.by)]);
        let told = (!row.told.is_empty()).then(|| format!(". {}", row.told.join("; ")));
        let (event, at) = (row.event.clone(), format::moment(row.at, scene.lang()));
        let value =
            view! { <strong>{event}</strong> " " {by} {told} ". " <span class="hint">{reference}</span> };
        (at, value.into_any())
    }));
    view! { {title} {cut} {list} }.into_any()
}

/// What people call an export.
pub(super) const fn name(evidence: Evidence) -> Say {
    match evidence {
        Evidence::Means => words::MEANS,
        Evidence::Person => words::PERSON_TITLE,
        Evidence::Register => words::REGISTER,
        Evidence::Blocks => words::BLOCKS,
        Evidence::Reopenings => words::REOPENINGS,
        Evidence::Leavers => words::LEAVERS,
        Evidence::Links => words::LINKS,
        Evidence::Staff => words::STAFF,
        Evidence::Privileged => words::PRIVILEGED,
        Evidence::Integrity => words::INTEGRITY,
        Evidence::Tokens => words::TOKENS,
        Evidence::Keys => words::KEYS,
        Evidence::Configuration => words::CONFIGURATION,
        Evidence::Uptime => words::UPTIME,
        Evidence::Retention => words::RETENTION,
        Evidence::Documents => words::DOCUMENTS,
        Evidence::Incidents => words::INCIDENTS,
        Evidence::Controls => words::CONTROLS,
    }
}

/// What people call what is not collected yet.
pub(super) const fn gap_name(gap: Gap) -> Say {
    match gap {
        Gap::InPerson => words::GAP_IN_PERSON,
        Gap::RegisterRuns => words::GAP_REGISTER_RUNS,
        Gap::Orphans => words::GAP_ORPHANS,
        Gap::Training => words::GAP_TRAINING,
        Gap::CriminalRecord => words::GAP_CRIMINAL_RECORD,
        Gap::AccessReview => words::GAP_ACCESS_REVIEW,
        Gap::Alerts => words::GAP_ALERTS,
        Gap::ConfigurationFile => words::GAP_CONFIGURATION,
        Gap::Incidents => words::GAP_INCIDENTS,
        Gap::ControlSchema => words::GAP_CONTROLS,
    }
}
