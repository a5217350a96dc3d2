//! Reading and accepting the terms (pages 9, 22, 23), when enrolling and when signing in.

use crate::actions::{AcceptTerms, DeclineTerms, TurnPage};
use crate::desk::{Journey, Stop, TermsPage};
use crate::frame::{Page, flow_page, in_path, plain};
use crate::parts::{
    back_link, field_error, flow_form, give_up, hidden, link, paragraphs, primary_link, submit, submit_row,
};
use crate::scene::Scene;
use domain::ids::FlowId;
use islands::{ReaderWords, terms_reader};
use leptos::prelude::*;
use server_fn::ServerFn;
use text::format;
use text::pages::{common, terms as words};

pub(crate) fn enrolling() -> AnyView {
    reading(Journey::Enrolment)
}

pub(crate) fn signing_in() -> AnyView {
    reading(Journey::SignIn)
}

pub(crate) fn reopening() -> AnyView {
    reading(Journey::Reopening)
}

fn reading(journey: Journey) -> AnyView {
    let number = in_path("page").and_then(|text| text.parse::<u8>().ok());
    flow_page(
        move |desk, flow| async move {
            match number {
                Some(number) => desk.terms_page(journey, flow, number).await,
                None => Err(Stop::Missing),
            }
        },
        move |scene, seen| terms_page(scene, journey, seen),
    )
}

fn terms_page(scene: &Scene, journey: Journey, seen: TermsPage) -> Page {
    let (number, pages, last) = (seen.page.to_string(), seen.pages.to_string(), seen.page >= seen.pages);
    let title = if last { words::TITLE_LAST } else { words::TITLE };
    let title = scene.fill(title, &[("page", &number), ("pages", &pages)]);
    let day = format::day(seen.date, scene.lang());
    let version = scene.fill(words::VERSION, &[("version", &seen.version), ("day", &day)]);
    let new_terms = (journey != Journey::Enrolment && seen.page == 1)
        .then(|| view! { <div class="notice notice-info"><p>{scene.say(words::NEW_TERMS)}</p></div> });
    let previous = (seen.page > 1).then(|| {
        back_link(path(journey, seen.flow, &(seen.page - 1).to_string()), scene.say(words::PREVIOUS))
    });
    let reader = ReaderWords {
        read: scene.say(words::READ).to_owned(),
        print: scene.say(words::PRINT_PART).to_owned(),
    };
    let form = if last { accept_form(scene, journey, &seen) } else { next_form(scene, journey, &seen) };
    let back = give_up(scene, Some(seen.flow), seen.service.as_deref());
    let (heading, html) = (seen.heading, seen.html);
    let text = view! {
        <article class="prose" aria-labelledby="del">
            <h2 id="del">{heading}</h2>
            <div class="prose" inner_html=html></div>
        </article>
    };
    let body = view! {
        {new_terms}
        {previous}
        {terms_reader(reader, text)}
        {form}
        <p class="hint">{version} " " {scene.say(words::BINDING)}</p>
        <p>{link("/vilkaar", scene.say(words::PRINT_ALL))}</p>
        {back}
    };
    let page = Page::new(title, body.into_any()).with_islands();
    if journey == Journey::Enrolment { page.step(1) } else { page }
}

fn next_form(scene: &Scene, journey: Journey, seen: &TermsPage) -> AnyView {
    let fields = view! {
        {hidden("journey", journey.word())}
        {hidden("page", seen.page.to_string())}
        {submit_row(scene.say(words::NEXT))}
    };
    flow_form(TurnPage::url(), Some(seen.flow), fields)
}

fn accept_form(scene: &Scene, journey: Journey, seen: &TermsPage) -> AnyView {
    let error = field_error(scene, "accept");
    let (invalid, described) = (error.is_some().then_some("true"), error.is_some().then_some("accept-error"));
    let label = scene.fill(words::BOX, &[("version", &seen.version)]);
    let fields = view! {
        {hidden("journey", journey.word())}
        <div class="field">
            {error}
            <label class="check">
                <input type="checkbox" id="accept" name="accept" value="yes" aria-invalid=invalid aria-describedby=described/>
                <span>{label}</span>
            </label>
        </div>
        <p class="actions">
            {submit(scene.say(words::ACCEPT))}
            {link(path(journey, seen.flow, "nej"), scene.say(words::DECLINE))}
        </p>
    };
    flow_form(AcceptTerms::url(), Some(seen.flow), fields)
}

fn path(journey: Journey, flow: FlowId, last: &str) -> String {
    format!("{}/{flow}/vilkaar/{last}", journey.root())
}

pub(crate) fn decline_enrolling() -> AnyView {
    decline(Journey::Enrolment)
}

pub(crate) fn decline_signing_in() -> AnyView {
    decline(Journey::SignIn)
}

pub(crate) fn decline_reopening() -> AnyView {
    decline(Journey::Reopening)
}

fn decline(journey: Journey) -> AnyView {
    flow_page(
        move |desk, flow| async move { desk.decline_page(journey, flow).await },
        move |scene, flow| decline_page(scene, journey, flow),
    )
}

fn decline_page(scene: &Scene, journey: Journey, flow: FlowId) -> Page {
    let more = match journey {
        Journey::Enrolment => None,
        Journey::SignIn => Some(words::DECLINE_BODY_SIGN_IN),
        Journey::Reopening => Some(words::DECLINE_BODY_REOPENING),
    };
    let told = [Some(words::DECLINE_BODY), more, Some(words::DECLINE_QUESTIONS)];
    let confirm = scene.say(words::DECLINE_CONFIRM);
    let fields = view! {
        {hidden("journey", journey.word())}
        <p class="actions">
            {primary_link(format!("{}/{flow}", journey.root()), scene.say(words::DECLINE_BACK))}
            <button class="btn btn-secondary" type="submit">{confirm}</button>
        </p>
    };
    let body = view! {
        {paragraphs(told.into_iter().flatten().map(|say| scene.tell(say)))}
        {flow_form(DeclineTerms::url(), Some(flow), fields)}
    };
    Page::new(scene.say(words::DECLINE_TITLE), body.into_any())
}

pub(crate) fn declined() -> AnyView {
    plain(|scene| {
        let body = view! {
            {paragraphs([scene.tell(words::DECLINED_BODY)])}
            <p class="actions">{primary_link("/hjaelp", scene.say(common::HELP))}</p>
        };
        Page::new(scene.say(words::DECLINED_TITLE), body.into_any())
    })
}
