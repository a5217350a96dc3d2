//! Her own data and the terms she accepted (pages 41 and 42).

use crate::actions::BeginStepUp;
use crate::desk::{AcceptedShown, DataPage, DataReadyPage, KeptFor, NewTermsShown, OwnTermsPage};
use crate::frame::{Page, flow_page, page};
use crate::parts::{back_link, bullets, hidden, link, paragraphs, submit_row, summary_list};
use crate::scene::Scene;
use domain::Timestamp;
use domain::step_up::StepUpFor;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{account, common, data as words};
use text::{Lang, browser, format};

pub(crate) fn data() -> AnyView {
    page(|desk| async move { desk.data_page().await }, data_page)
}

fn data_page(scene: &Scene, seen: DataPage) -> Page {
    let cpr = scene.fill(words::CPR_VALUE, &[("cpr", &seen.cpr)]);
    let rows = [
        (words::NAME, seen.name),
        (words::USER_NAME, seen.user_name),
        (words::CPR, cpr),
        (words::UNITS, seen.units.join(", ")),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let besides =
        [words::AND_CONTACT, words::AND_PROOF, words::AND_TERMS, words::AND_METHODS, words::AND_USE];
    let kept = kept(seen.kept, scene.lang()).map(|(what, long)| (what.to_owned(), long.into_any()));
    let mail = [("mail", scene.house().mail.as_str())];
    let rights = [
        scene.tell(words::RIGHTS_BODY),
        scene.fill(words::COMPLAIN_FIRST, &mail),
        scene.tell(words::COMPLAIN),
    ];
    let body = view! {
        <p class="lead">{scene.tell(words::LEAD)}</p>
        <form method="post" action=BeginStepUp::url()>
            {hidden("purpose", StepUpFor::OwnData.word())}
            {submit_row(scene.say(words::TAKE))}
        </form>
        <h2>{scene.say(words::WHAT)}</h2>
        {summary_list(rows.map(|(term, value)| (scene.tell(term), value.into_any())))}
        <p>{scene.say(words::AND)} ":"</p>
        {bullets(besides.map(|say| scene.tell(say)))}
        <h2>{scene.say(words::WHY)}</h2>
        <p>{scene.tell(words::WHY_BODY)}</p>
        <h2>{scene.say(words::WHO)}</h2>
        <p>{scene.tell(words::WHO_BODY)}</p>
        {who_was_told(scene, &seen.told)}
        <h2>{scene.say(words::HOW_LONG)}</h2>
        <p>{scene.tell(words::HOW_LONG_BODY)}</p>
        {summary_list(kept)}
        <h2>{scene.say(words::RIGHTS)}</h2>
        {paragraphs(rights)}
        <p>{link("https://www.datatilsynet.dk", scene.say(words::COMPLAIN_LINK))}</p>
        <p>{link("/privatliv", scene.say(words::PRIVACY))}</p>
        {back_link("/overblik", scene.say(common::BACK))}
    };
    Page::new(scene.say(words::TITLE), body.into_any())
}

/// Which services were told about her.
fn who_was_told(scene: &Scene, told: &[(String, Timestamp)]) -> AnyView {
    if told.is_empty() {
        return paragraphs([scene.tell(words::WHO_NOBODY)]);
    }
    let each = told.iter().map(|(service, at)| {
        let moment = format::moment(*at, scene.lang());
        scene.fill(words::WHO_SERVICE, &[("service", service), ("moment", &moment)])
    });
    view! { <p>{scene.say(words::WHO_SERVICES)}</p> {bullets(each)} }.into_any()
}

/// What is kept, and how long.
pub(super) fn kept(kept: KeptFor, lang: Lang) -> [(&'static str, String); 5] {
    let (days, months) = (|n: u16| counted(words::KEPT_DAYS, n, lang), |n: u16| kept_months(n, lang));
    [
        (words::KEPT_CENTRAL, months(kept.central)),
        (words::KEPT_EXCHANGE, months(kept.exchange)),
        (words::KEPT_SIGN_IN, months(kept.sign_in)),
        (words::KEPT_SESSIONS, days(kept.sessions)),
        (words::KEPT_NOTICES, days(kept.notices)),
    ]
    .map(|(what, long)| (what.get(lang), long))
}

/// So many months; whole years as years.
pub(super) fn kept_months(n: u16, lang: Lang) -> String {
    if n > 12 && n.is_multiple_of(12) {
        counted(words::KEPT_YEARS, n / 12, lang)
    } else {
        counted(words::KEPT_MONTHS, n, lang)
    }
}

fn counted(say: text::Say, n: u16, lang: Lang) -> String {
    say.fill(lang, &[("n", &n.to_string())])
}

pub(crate) fn ready() -> AnyView {
    flow_page(|desk, flow| async move { desk.data_ready_page(flow).await }, ready_page)
}

fn ready_page(scene: &Scene, seen: DataReadyPage) -> Page {
    let clock = format::clock(seen.until, scene.lang());
    let file = |form: &str| format!("/konto/data/{}/{form}", seen.flow);
    let body = view! {
        <p class="lead">{scene.fill(words::READY_LEAD, &[("clock", &clock)])}</p>
        <p class="actions">
            <a class="btn btn-primary" href=file("side") download>{scene.say(words::READY_PAGE)}</a>
            <a class="btn btn-secondary" href=file("json") download>{scene.say(words::READY_JSON)}</a>
        </p>
        {back_link("/konto/data", scene.say(common::BACK))}
    };
    Page::new(scene.say(words::READY_TITLE), body.into_any())
}

pub(crate) fn terms() -> AnyView {
    page(|desk| async move { desk.own_terms_page().await }, terms_page)
}

fn terms_page(scene: &Scene, seen: OwnTermsPage) -> Page {
    let none = seen.accepted.is_empty().then(|| paragraphs([scene.tell(words::TERMS_NONE)]));
    let rows = seen.accepted.iter().map(|accepted| {
        let version = scene.fill(words::TERMS_VERSION, &[("version", &accepted.version)]);
        (version, receipt(scene, accepted))
    });
    let list = (!seen.accepted.is_empty()).then(|| summary_list(rows));
    let body = view! {
        <p class="lead">{scene.tell(words::TERMS_LEAD)}</p>
        {seen.new.as_ref().map(|new| new_terms(scene, new))}
        {none}
        {list}
        <p>{link("/vilkaar", scene.say(words::TERMS_READ))}</p>
        {back_link("/overblik", scene.say(common::BACK))}
    };
    let page = Page::new(scene.say(words::TERMS_TITLE), body.into_any());
    Page { wide: true, ..page }
}

/// What she has still to accept, or what comes next: from when, and what she is asked.
fn new_terms(scene: &Scene, new: &NewTermsShown) -> AnyView {
    let (version, from) = (("version", new.version.as_str()), format::day(new.from, scene.lang()));
    let holds = if new.holds {
        scene.fill(words::TERMS_HOLD, &[version])
    } else {
        scene.fill(words::TERMS_COMING, &[version, ("day", &from)])
    };
    let asked = match (new.asks, new.holds) {
        (false, _) => words::TERMS_ENOUGH,
        (true, false) => words::TERMS_ASKED_THEN,
        (true, true) => words::TERMS_ASKED_NEXT,
    };
    let last = new.accept_by.map(|last| format::day(last, scene.lang()));
    let last = last.map(|last| scene.fill(words::TERMS_BY, &[("day", &last)]));
    let told = [holds, scene.tell(asked)].into_iter().chain(last);
    view! { <div class="notice notice-info">{paragraphs(told)}</div> }.into_any()
}

fn receipt(scene: &Scene, accepted: &AcceptedShown) -> AnyView {
    let moment = format::moment(accepted.at, scene.lang());
    let at = scene.fill(words::TERMS_AT, &[("moment", &moment)]);
    let address = ("address", accepted.address.as_str());
    let from = match browser::name(&accepted.agent, scene.lang()) {
        Some(browser) => scene.fill(words::TERMS_FROM, &[("browser", &browser), address]),
        None => scene.fill(words::TERMS_FROM_ADDRESS, &[address]),
    };
    let reference = scene.fill(account::ACTIVITY_REFERENCE, &[("reference", &accepted.reference)]);
    let now = accepted.current.then(|| view! { <strong>{scene.say(words::TERMS_NOW)}</strong> " " });
    view! { {now} {at} " " {from} ". " <span class="hint">{reference}</span> }.into_any()
}
