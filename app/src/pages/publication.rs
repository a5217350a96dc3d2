//! Administrators publish terms (page 56): the versions, a draft page by page, what is different, and the second yes.

use crate::actions::{ApproveTerms, BeginTerms, ProposeTerms, WithdrawTerms, WriteTerms};
use crate::desk::{DraftShown, OpenDraft, OpenDraftPage, PublicationPage, Stop, WriteTermsPage};
use crate::frame::{Page, flow_page, in_path, page};
use crate::parts::{
    Label, back_link, bullets_of, field_error, flow_form, hidden, link, long_field, paragraphs, step_up,
    submit_row, summary_list, text_field, typed_field,
};
use crate::scene::Scene;
use crate::slips::part_field;
use domain::ids::DraftId;
use domain::publication::{
    Binds, Change, DraftState, LONGEST_BODY, Line, MOST_PAGES, Pages, Part, Published,
};
use domain::step_up::StepUpFor;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::publication as words;
use text::{Say, format};

const LIST: &str = "/administration/vilkaar";

pub(crate) fn list() -> AnyView {
    page(|desk| async move { desk.publication_page().await }, list_page)
}

fn list_page(scene: &Scene, seen: PublicationPage) -> Page {
    let day = format::day(seen.in_force.date, scene.lang());
    let holds = scene.fill(words::VERSION_FROM, &[("version", &seen.in_force.version), ("day", &day)]);
    let draft = match &seen.draft {
        Some(shown) => draft(scene, shown),
        None => begin_form(scene),
    };
    let body = view! {
        <p class="lead">{scene.tell(words::LEAD)}</p>
        {summary_list([(scene.tell(words::IN_FORCE), link("/vilkaar", &holds))])}
        {draft}
        <h2>{scene.say(words::EARLIER)}</h2>
        {versions(scene, &seen.published)}
        {back_link("/overblik", scene.say(words::BACK))}
    };
    let page = Page::new(scene.say(words::TITLE), body.into_any());
    Page { wide: true, ..page }
}

fn begin_form(scene: &Scene) -> AnyView {
    let label = Label {
        field: "version",
        says: scene.say(words::VERSION),
        hint: Some(scene.say(words::VERSION_HINT)),
    };
    view! {
        <h2>{scene.say(words::BEGIN_TITLE)}</h2>
        <p>{scene.tell(words::BEGIN_BODY)}</p>
        <form method="post" action=BeginTerms::url() novalidate>
            {text_field(scene, &label, "off", &scene.flash.kept.version)}
            {submit_row(scene.say(words::BEGIN))}
        </form>
    }
    .into_any()
}

/// The draft that goes on: how far it is, what may be done with it, and what it changes.
fn draft(scene: &Scene, shown: &DraftShown) -> AnyView {
    let (name, version) = (shown.author.as_str(), shown.draft.version.as_str());
    let moment = match shown.draft.state {
        DraftState::Proposed { at, .. } => Some(format::moment(at, scene.lang())),
        _ => None,
    };
    let (say, next) = match (&moment, shown.own) {
        (None, true) => (words::WRITING_OWN, Some((words::PROPOSE, words::PROPOSE_HINT))),
        (None, false) => (words::WRITING_OTHER, None),
        (Some(_), true) => (words::PROPOSED_OWN, None),
        (Some(_), false) => (words::PROPOSED_OTHER, Some((words::GO_PUBLISH, words::GO_PUBLISH_HINT))),
    };
    let moment = moment.unwrap_or_default();
    let pages = (shown.own && shown.draft.state == DraftState::Writing)
        .then(|| page_links(scene, &shown.draft.pages));
    let next = next.map(|(button, hint)| {
        view! {
            {step_up(StepUpFor::Terms, scene.say(button), "btn btn-primary")}
            <p class="hint">{scene.say(hint)}</p>
        }
    });
    view! {
        <h2>{scene.fill(words::DRAFT_TITLE, &[("version", version)])}</h2>
        <p>{scene.fill(say, &[("name", name), ("moment", &moment)])}</p>
        {pages}
        {different(scene, shown)}
        {next}
        {withdraw_form(scene, shown.draft.id)}
    }
    .into_any()
}

fn page_links(scene: &Scene, pages: &Pages) -> AnyView {
    let named = (1u8..).zip(pages.all()).map(|(number, spread)| {
        let title = match spread.danish.title.as_str() {
            "" => scene.say(words::PAGE_UNTITLED),
            title => title,
        };
        let says = scene.fill(words::PAGE_LINK, &[("page", &number.to_string()), ("title", title)]);
        link(format!("{LIST}/side/{number}"), &says)
    });
    let more = (pages.all().len() < MOST_PAGES).then(|| {
        let next = pages.count().saturating_add(1);
        link(format!("{LIST}/side/{next}"), scene.say(words::ADD_PAGE))
    });
    view! { <h3>{scene.say(words::PAGES)}</h3> {bullets_of(named.chain(more))} }.into_any()
}

fn withdraw_form(scene: &Scene, draft: DraftId) -> AnyView {
    view! {
        <form method="post" action=WithdrawTerms::url()>
            {hidden("draft", draft.to_string())}
            <p class="actions">
                <button class="btn btn-secondary" type="submit">{scene.say(words::WITHDRAW)}</button>
            </p>
        </form>
    }
    .into_any()
}

/// What goes and what comes, in both languages.
fn different(scene: &Scene, shown: &DraftShown) -> AnyView {
    let [danish, english] = &shown.lines;
    let changed = danish.iter().chain(english).any(|line| line.change != Change::Same);
    let told = if changed {
        let version = shown.follows.version.as_str();
        let told = scene.fill(words::DIFFERENCE_BODY, &[("version", version)]);
        view! {
            <p>{told}</p>
            <h3>{scene.say(words::DANISH)}</h3>
            {redline(scene, danish, "da")}
            <h3>{scene.say(words::ENGLISH)}</h3>
            {redline(scene, english, "en")}
        }
        .into_any()
    } else {
        paragraphs([scene.tell(words::NOTHING_YET)])
    };
    let hash = scene.fill(words::HASH, &[("hash", &shown.hash.to_string())]);
    view! { <h2>{scene.say(words::DIFFERENCE)}</h2> {told} <p class="hint">{hash}</p> }.into_any()
}

fn redline(scene: &Scene, lines: &[Line], lang: &'static str) -> AnyView {
    let own = scene.lang().code();
    let marked = |says: Say| view! { <span class="visually-hidden" lang=own>{scene.say(says)} " "</span> };
    let lines = lines.iter().map(|line| {
        let text = line.text.clone();
        match line.change {
            Change::Same => view! { <p>{text}</p> }.into_any(),
            Change::Gone => view! { <p>{marked(words::GONE)}<del>{text}</del></p> }.into_any(),
            Change::New => view! { <p>{marked(words::NEW)}<ins>{text}</ins></p> }.into_any(),
        }
    });
    let lines = lines.collect_view();
    view! { <div class="prose" lang=lang>{lines}</div> }.into_any()
}

fn versions(scene: &Scene, published: &[(Published, [String; 2])]) -> AnyView {
    if published.is_empty() {
        return paragraphs([scene.tell(words::NONE_PUBLISHED)]);
    }
    let lang = scene.lang();
    summary_list(published.iter().map(|(version, [author, publisher])| {
        let day = format::day(version.terms.date, lang);
        let name = scene.fill(words::VERSION_FROM, &[("version", &version.terms.version), ("day", &day)]);
        let (_, at) = version.approved;
        let (who, moment) = (who(scene, version.binds), format::moment(at, lang));
        let values = [
            ("who", who.as_str()),
            ("author", author.as_str()),
            ("publisher", publisher.as_str()),
            ("moment", moment.as_str()),
        ];
        (name, scene.fill(words::VERSION_VALUE, &values).into_any())
    }))
}

fn who(scene: &Scene, binds: Binds) -> String {
    match binds {
        Binds::Everybody { accept_by: None } => scene.tell(words::BINDS_EVERYBODY),
        Binds::Everybody { accept_by: Some(last) } => {
            scene.fill(words::BINDS_EVERYBODY_BY, &[("last", &format::day(last, scene.lang()))])
        }
        Binds::Newcomers => scene.tell(words::BINDS_NEWCOMERS),
    }
}

pub(crate) fn write() -> AnyView {
    let number = in_path("page").and_then(|text| text.parse::<u8>().ok());
    page(
        move |desk| async move {
            match number {
                Some(number) => desk.write_terms_page(number).await,
                None => Err(Stop::Missing),
            }
        },
        write_page,
    )
}

fn write_page(scene: &Scene, seen: WriteTermsPage) -> Page {
    let number = seen.page.to_string();
    let title = scene.fill(words::WRITE_TITLE, &[("page", &number), ("version", &seen.version)]);
    let label = |part: Part, says: Say| Label { field: part_field(part), says: scene.say(says), hint: None };
    let (danish, english) = (&seen.spread.danish, &seen.spread.english);
    let da_title = label(Part::DanishTitle, words::DA_TITLE);
    let da_body = label(Part::DanishBody, words::DA_BODY);
    let en_title = label(Part::EnglishTitle, words::EN_TITLE);
    let en_body = label(Part::EnglishBody, words::EN_BODY);
    let body = view! {
        <p class="lead">{scene.tell(words::WRITE_LEAD)}</p>
        <form method="post" action=WriteTerms::url() novalidate>
            {hidden("draft", seen.draft.to_string())}
            {hidden("page", number)}
            {text_field(scene, &da_title, "off", &danish.title)}
            {long_field(scene, &da_body, ("da", LONGEST_BODY), &danish.body)}
            {text_field(scene, &en_title, "off", &english.title)}
            {long_field(scene, &en_body, ("en", LONGEST_BODY), &english.body)}
            {submit_row(scene.say(words::SAVE))}
        </form>
        {back_link(LIST, scene.say(words::BACK_LIST))}
    };
    let page = Page::new(title, body.into_any());
    Page { wide: true, ..page }
}

pub(crate) fn open() -> AnyView {
    flow_page(|desk, flow| async move { desk.open_draft_page(flow).await }, open_page)
}

fn open_page(scene: &Scene, seen: OpenDraftPage) -> Page {
    let version = seen.shown.draft.version.as_str();
    let (title, told, form) = match seen.open {
        OpenDraft::Propose => (words::PROPOSE_TITLE, words::PROPOSE_BODY, propose_form(scene, &seen)),
        OpenDraft::Publish => (words::PUBLISH_TITLE, words::PUBLISH_LEAD, publish_form(scene, &seen)),
    };
    let title = scene.fill(title, &[("version", version)]);
    let body = view! {
        <p class="lead">{scene.tell(told)}</p>
        {form}
        {different(scene, &seen.shown)}
        {back_link(LIST, scene.say(words::BACK_LIST))}
    };
    let page = Page::new(title, body.into_any());
    Page { wide: true, ..page }
}

fn propose_form(scene: &Scene, seen: &OpenDraftPage) -> AnyView {
    let fields = view! {
        {hidden("draft", seen.shown.draft.id.to_string())}
        {submit_row(scene.say(words::PROPOSE_NOW))}
    };
    flow_form(ProposeTerms::url(), Some(seen.flow), fields)
}

/// The text she read goes along as its hash: nothing else is published.
fn publish_form(scene: &Scene, seen: &OpenDraftPage) -> AnyView {
    let field =
        |field, says: Say, hint: Say| Label { field, says: scene.say(says), hint: Some(scene.say(hint)) };
    let from = field("from", words::FROM, words::FROM_HINT);
    let last = field("accept_by", words::LAST, words::LAST_HINT);
    let kept = &scene.flash.kept;
    let fields = view! {
        {hidden("draft", seen.shown.draft.id.to_string())}
        {hidden("read", seen.shown.hash.to_string())}
        {typed_field(scene, &from, ("date", "off"), &kept.from)}
        {binds_field(scene)}
        {typed_field(scene, &last, ("date", "off"), &kept.accept_by)}
        {submit_row(scene.say(words::PUBLISH))}
    };
    flow_form(ApproveTerms::url(), Some(seen.flow), fields)
}

/// Nothing is chosen beforehand. The first choice has the field's own name as its id: an error leads there.
fn binds_field(scene: &Scene) -> AnyView {
    let error = field_error(scene, "binds");
    let (invalid, described) = (error.is_some().then_some("true"), error.is_some().then_some("binds-error"));
    let everybody = Binds::Everybody { accept_by: None }.word();
    let choices =
        [("binds", everybody, words::EVERYBODY), ("binds-new", Binds::Newcomers.word(), words::NEWCOMERS)];
    let choices = choices.map(|(id, value, says)| {
        let chosen = scene.flash.kept.binds == value;
        view! {
            <label class="check">
                <input type="radio" id=id name="binds" value=value checked=chosen/>
                <span>{scene.say(says)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field" role="radiogroup" aria-invalid=invalid aria-describedby=described>
            <legend class="label">{scene.say(words::WHO)}</legend>
            {error}
            {choices.into_iter().collect_view()}
        </fieldset>
    }
    .into_any()
}
