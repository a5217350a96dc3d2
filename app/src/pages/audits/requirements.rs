//! The requirements and how each is met: made of the rows `docs/nsis.md` is made of, with what the running programme can
//! answer now, and what the tests of its build did, where that was handed in.

mod counts;

use super::chain::chain_shown;
use super::owner_name;
use crate::desk::{OutsideAnswer, RequirementsPage};
use crate::frame::{Page, page};
use crate::pages::auditor::{gap_name, name};
use crate::parts::{back_link, bullets, details_as, link, paragraphs, summary_list};
use crate::scene::Scene;
use counts::{counts, summed};
use domain::clocks::Agreement;
use domain::evidence::Evidence;
use domain::nsis::{CHAPTERS, Chapter, Live, Requirement, State};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use text::pages::{auditor, audits as words};
use text::{Lang, Say, format};

/// What the address says where everything is to be seen at once, as for a search in the page.
const ALL: &str = "alle";

pub(crate) fn requirements() -> AnyView {
    let all = use_query_map().read_untracked().get(ALL).is_some();
    page(
        |desk| async move { desk.requirements_page().await },
        move |scene: &Scene, seen: RequirementsPage| requirements_page(scene, &seen, all),
    )
}

fn requirements_page(scene: &Scene, seen: &RequirementsPage, all: bool) -> Page {
    let chapters = CHAPTERS.iter().map(|it| chapter(scene, seen, (it, all))).collect_view();
    let (to, says) = if all {
        ("/revision/krav".to_owned(), words::CHAPTERS_CLOSE)
    } else {
        (format!("/revision/krav?{ALL}=1"), words::CHAPTERS_OPEN)
    };
    let body = view! {
        <p class="lead">{scene.tell(words::REQUIREMENTS_LEAD)}</p>
        <p>{counts(scene)}</p>
        <h2>{scene.say(words::BUILD)}</h2>
        {paragraphs([tested(scene, seen), build(scene, seen)])}
        {chain_shown(scene, seen.chain)}
        {now(scene, seen)}
        <h2>{scene.say(words::CHAPTERS)}</h2>
        <p class="no-print">{link(to, scene.say(says))}</p>
        <div class="unfolds">{chapters}</div>
        {back_link("/revision", scene.say(auditor::BACK))}
    };
    Page { wide: true, ..Page::new(scene.say(words::REQUIREMENTS), body.into_any()) }
}

/// A hundred requirements are more than anybody reads at once: each chapter is closed, and opens by itself for whoever comes
/// to one of its rows.
fn chapter(scene: &Scene, seen: &RequirementsPage, (it, all): (&Chapter, bool)) -> AnyView {
    let title = if scene.lang() == Lang::Da { it.danish } else { it.title };
    let rows = it.rows.iter().map(|row| {
        let (title, shown) = (title_of(scene, row), shown(scene, seen, (row, all)));
        view! { <div id=anchor(row)><dt>{title}</dt><dd>{shown}</dd></div> }
    });
    let rows = rows.collect_view();
    view! {
        <details open=all>
            <summary>
                <h3>{title} " " <span class="hint">{summed(scene, it)}</span></h3>
            </summary>
            <dl class="summary-list">{rows}</dl>
        </details>
    }
    .into_any()
}

/// Where a requirement stands on the page.
fn anchor(row: &Requirement) -> String {
    format!("krav-{}", row.id.replace('.', "-"))
}

/// What the tests answered; where nobody handed it in, who knows.
fn tested(scene: &Scene, seen: &RequirementsPage) -> String {
    let Some(tests) = &seen.tests else { return scene.tell(words::BUILD_SAYS) };
    let ((passed, failed), moment) = (tests.counts(), format::moment(tests.at, scene.lang()));
    let (all, passed, failed) = ((passed + failed).to_string(), passed.to_string(), failed.to_string());
    let values = [
        ("moment", moment.as_str()),
        ("n", all.as_str()),
        ("commit", tests.commit.as_str()),
        ("passed", passed.as_str()),
        ("rest", failed.as_str()),
    ];
    let told = scene.fill(words::BUILD_TESTED, &values);
    let is_this = seen.build.commit.is_none_or(|commit| commit == tests.commit);
    if is_this { told } else { format!("{told} {}", scene.tell(words::BUILD_ELSE)) }
}

fn build(scene: &Scene, seen: &RequirementsPage) -> String {
    let version = ("version", seen.build.version);
    match seen.build.commit {
        Some(commit) => scene.fill(words::BUILD_VERSION, &[version, ("commit", commit)]),
        None => scene.fill(words::BUILD_UNTOLD, &[version]),
    }
}

/// What the running programme answers besides for its trail.
fn now(scene: &Scene, seen: &RequirementsPage) -> AnyView {
    let doors = if seen.closed.is_empty() {
        scene.tell(words::NOW_DOORS_OPEN)
    } else {
        let closed: Vec<_> = seen.closed.iter().map(|door| door.word()).collect();
        scene.fill(words::NOW_DOORS_CLOSED, &[("doors", &closed.join(", "))])
    };
    let outside = match seen.outside {
        OutsideAnswer::Nothing => words::NOW_OUTSIDE_NOTHING,
        OutsideAnswer::Agrees => words::NOW_OUTSIDE_AGREES,
        OutsideAnswer::Apart => words::NOW_OUTSIDE_APART,
    };
    let clocks = match seen.clocks {
        Agreement::Agree => words::NOW_CLOCKS_AGREE,
        Agreement::Apart(_) => words::NOW_CLOCKS_APART,
        Agreement::TooFar(_) => words::NOW_CLOCKS_TOO_FAR,
    };
    let rows = [
        (words::NOW_DOORS, doors),
        (words::NOW_OUTSIDE, scene.tell(outside)),
        (words::NOW_CLOCKS, scene.tell(clocks)),
    ];
    let rows = rows.map(|(term, value)| (scene.tell(term), value.into_any()));
    let moment = format::moment(seen.at, scene.lang());
    view! {
        <h2>{scene.say(words::NOW)}</h2>
        {summary_list(rows)}
        <p class="hint">{scene.fill(words::NOW_AT, &[("moment", &moment)])}</p>
    }
    .into_any()
}

fn title_of(scene: &Scene, row: &Requirement) -> String {
    let state = match row.state() {
        State::Proved => words::STATE_PROVED,
        State::Wired => words::STATE_WIRED,
        State::Open => words::STATE_OPEN,
        State::Owners => words::STATE_OWNERS,
        State::NotDemanded => words::STATE_NOT_DEMANDED,
    };
    format!("{} – {}", row.id, scene.say(state))
}

fn shown(scene: &Scene, seen: &RequirementsPage, (row, open): (&'static Requirement, bool)) -> AnyView {
    let demands = if scene.lang() == Lang::Da { row.danish() } else { row.demands };
    let control = (!row.control.is_empty()).then(|| {
        view! { <p>{scene.say(words::CONTROL)} " " <span lang="en">{plain(row.control)}</span></p> }
    });
    let rest = (!row.rest.is_empty()).then(|| {
        view! { <p>{scene.say(words::REST)} " " <span lang="en">{plain(row.rest)}</span></p> }
    });
    let uncollected: Vec<_> = row.uncollected().map(|gap| scene.tell(gap_name(gap))).collect();
    let uncollected = (!uncollected.is_empty())
        .then(|| view! { <p>{scene.say(auditor::MISSING)} ": " {uncollected.join("; ")}</p> });
    let owner = row.owner.map(|owner| {
        view! { <p>{scene.fill(words::OWNER, &[("owner", scene.say(owner_name(owner)))])}</p> }
    });
    let result = scene.fill(words::RESULT, &[("result", &result(scene, seen, row))]);
    let inside = view! { {control} {rest} {tests(scene, row)} {evidence(scene, row)} };
    view! {
        <p>{demands}</p>
        {uncollected}
        {owner}
        <p>{result}</p>
        {details_as(open, &scene.fill(words::INSIDE, &[("id", row.id)]), inside)}
    }
    .into_any()
}

fn tests(scene: &Scene, row: &Requirement) -> AnyView {
    if row.tests.is_empty() {
        return paragraphs([scene.tell(words::TESTS_NONE)]);
    }
    let many = scene.fill(words::TESTS, &[("n", &row.tests.len().to_string())]);
    view! { <p>{many}</p> {bullets(row.tests.iter().map(|test| (*test).to_owned()))} }.into_any()
}

/// Events by their words, what proves it besides, and the exports, each where it is chosen.
fn evidence(scene: &Scene, row: &Requirement) -> AnyView {
    let events: Vec<_> = row.events.iter().map(|kind| kind.word()).collect();
    let beside = [events.join(", "), plain(row.beside)];
    let beside = beside.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
    let exports = row.exports.iter().filter_map(|number| Evidence::from_number(&number.to_string()));
    let exports = exports
        .map(|it| {
            let says = format!("{}. {}", it.number(), scene.say(name(it)));
            view! { " " {link(chosen_at(it), &says)} }
        })
        .collect_view();
    let none = (beside.is_empty() && row.exports.is_empty()).then(|| scene.say(words::NONE));
    let beside = (!beside.is_empty()).then(|| view! { <span lang="en">{beside}</span> });
    view! { <p>{scene.say(words::EVIDENCE)} " " {none} {beside} {exports}</p> }.into_any()
}

/// Where an export is chosen on the first page.
fn chosen_at(evidence: Evidence) -> String {
    match evidence {
        Evidence::Means => "/revision#export".to_owned(),
        Evidence::Person => "/revision#person".to_owned(),
        other => format!("/revision#export-{}", other.number()),
    }
}

/// What the programme itself can say of it, and what its tests answered, as far as that was handed in.
fn result(scene: &Scene, seen: &RequirementsPage, row: &'static Requirement) -> String {
    let Some(live) = row.live() else {
        return answered(scene, seen, row).unwrap_or_else(|| scene.tell(words::RESULT_NONE));
    };
    let (what, good): (Say, bool) = match live {
        Live::Chain => (words::CHAIN, seen.chain.wrong.is_none() && seen.chain.signed.is_some()),
        Live::Doors => (words::NOW_DOORS, seen.closed.is_empty()),
        Live::Outside => (words::NOW_OUTSIDE, seen.outside == OutsideAnswer::Agrees),
        Live::Clocks => (words::NOW_CLOCKS, seen.clocks == Agreement::Agree),
    };
    let told = if good { words::RESULT_GOOD } else { words::RESULT_BAD };
    let now = scene.fill(told, &[("what", scene.say(what))]);
    match answered(scene, seen, row) {
        None => now,
        Some(tests) => format!("{now}; {tests}"),
    }
}

/// What became of its tests; nothing where it has none.
fn answered(scene: &Scene, seen: &RequirementsPage, row: &'static Requirement) -> Option<String> {
    if row.tests.is_empty() {
        return None;
    }
    let Some(tests) = &seen.tests else { return Some(scene.tell(words::RESULT_TESTS)) };
    let (answered, moment) = (tests.of(row), format::moment(tests.at, scene.lang()));
    let named = |say: Say, which: &[&str]| {
        let which = which.join(", ");
        (!which.is_empty()).then(|| scene.fill(say, &[("moment", &moment), ("tests", &which)]))
    };
    let wrong =
        [named(words::RESULT_FAILED, &answered.failed), named(words::RESULT_MISSING, &answered.missing)];
    let wrong: Vec<_> = wrong.into_iter().flatten().collect();
    if wrong.is_empty() {
        let many = answered.passed.to_string();
        let says = if answered.passed == 1 { words::RESULT_PASSED_ONE } else { words::RESULT_PASSED };
        return Some(scene.fill(says, &[("n", &many), ("moment", &moment)]));
    }
    Some(wrong.join("; "))
}

/// Without the marks of the page it is written for.
fn plain(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, link)) = rest.split_once('[') {
        let named = link.split_once("](").and_then(|(name, to)| Some((name, to.split_once(')')?.1)));
        let Some((name, after)) = named else { break };
        plain.push_str(before);
        plain.push_str(name);
        rest = after;
    }
    plain.push_str(rest);
    plain.replace('`', "")
}
