//! Blocking one's own login (pages 15–19). Short, imperative, and without script.

use crate::actions::{BlockByCode, BlockByMitid, BlockByNotice, BlockByPassword, BlockNow, ConfirmBlock};
use crate::desk::{BlockQuestion, BlockReceipt, ServiceEnding, WasItYou};
use crate::frame::{Page, flow_page, in_path, page, plain};
use crate::pages::letters::told_of;
use crate::parts::{
    Label, back_link, bullets, flow_form, hidden, link, mitid_button_saying, paragraphs, password_field,
    summary_list, text_field,
};
use crate::scene::Scene;
use domain::Timestamp;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{emergency as words, sign_in};
use text::{Say, format};

/// Where the receipt is.
const RECEIPT: &str = "/spaer/kvittering";

/// Page 15.
pub(crate) fn block() -> AnyView {
    plain(|scene| {
        let signed_in = scene.asking().visitor.is_some();
        let own = signed_in.then(|| {
            view! {
                <p><a class="btn btn-danger" href="/spaer/nu">{scene.say(words::NOW)}</a></p>
                <p class="hint">{scene.say(words::BY_SESSION_HINT)}</p>
            }
        });
        let body = view! {
            <p class="lead">{scene.tell(words::LEAD)}</p>
            {own}
            <h2>{scene.say(words::DOORS)}</h2>
            {doors(scene)}
            <h2>{scene.say(words::MEANWHILE)}</h2>
            {bullets([words::MEANWHILE_PHONE, words::MEANWHILE_LEAD].map(|say| scene.tell(say)))}
            <p>{link("/genaktiver", scene.say(words::REOPEN))}</p>
        };
        with_doors(scene, Page::new(scene.say(words::TITLE), body.into_any()))
    })
}

/// A page whose form for MitID leads to a broker.
fn with_doors(scene: &Scene, page: Page) -> Page {
    page.reaching(&scene.house().broker_origins)
}

/// Every door that needs no session, and the phone: also what a page offers that has to say no.
fn doors(scene: &Scene) -> AnyView {
    let door = |path: &'static str, label: Say, hint: Say| {
        view! {
            <p><a class="btn btn-secondary" href=path>{scene.say(label)}</a></p>
            <p class="hint">{scene.say(hint)}</p>
        }
    };
    view! {
        {door("/spaer/kode", words::BY_CODE, words::BY_CODE_HINT)}
        {door("/spaer/adgangskode", words::BY_PASSWORD, words::BY_PASSWORD_HINT)}
        <form method="post" action=BlockByMitid::url()>
            {hidden("go", "yes")}
            {mitid_button_saying(scene.say(words::BY_MITID))}
        </form>
        <p class="hint">{scene.say(words::BY_MITID_HINT)}</p>
        <p>{scene.say(words::BY_NOTICE)}</p>
        <p><a class="btn btn-secondary" href=scene.call()>{scene.tell(words::BY_PHONE)}</a></p>
    }
    .into_any()
}

/// Page 16.
pub(crate) fn by_code() -> AnyView {
    plain(|scene| {
        let code = Label {
            field: "blocking_code",
            says: scene.say(words::CODE_LABEL),
            hint: Some(scene.say(words::CODE_HINT)),
        };
        let body = view! {
            {back_link("/spaer", scene.say(words::OTHER_DOOR))}
            <form method="post" action=BlockByCode::url() novalidate>
                {user_name(scene)}
                {text_field(scene, &code, "off", "")}
                {danger(scene.say(words::BLOCK))}
            </form>
        };
        Page::new(scene.say(words::CODE_TITLE), body.into_any())
    })
}

/// The door of user name and password.
pub(crate) fn by_password() -> AnyView {
    plain(|scene| {
        let password = Label { field: "password", says: scene.say(sign_in::PASSWORD), hint: None };
        let body = view! {
            {back_link("/spaer", scene.say(words::OTHER_DOOR))}
            <form method="post" action=BlockByPassword::url() novalidate>
                {user_name(scene)}
                {password_field(scene, &password)}
                {danger(scene.say(words::BLOCK))}
            </form>
        };
        Page::new(scene.say(words::PASSWORD_TITLE), body.into_any())
    })
}

fn user_name(scene: &Scene) -> AnyView {
    let label = Label { field: "user_name", says: scene.say(sign_in::USER_NAME), hint: None };
    text_field(scene, &label, "username", &scene.flash.kept.user_name)
}

fn danger(label: &str) -> AnyView {
    let label = label.to_owned();
    view! { <p class="actions"><button class="btn btn-danger" type="submit">{label}</button></p> }.into_any()
}

/// Page 17, of an open session.
pub(crate) fn ask_here() -> AnyView {
    page(
        |desk| async move { desk.block_page().await },
        |scene, ()| {
            let form = view! {
                <form method="post" action=BlockNow::url()>
                    {hidden("go", "yes")}
                    {last_yes(scene)}
                </form>
            };
            question(scene, words::ASK_NOBODY, form.into_any())
        },
    )
}

/// Page 17, of somebody who showed who she is by another door.
pub(crate) fn ask_proved() -> AnyView {
    flow_page(
        |desk, flow| async move { desk.confirm_block_page(flow).await },
        |scene, BlockQuestion { flow, lists_services }| {
            let form = flow_form(ConfirmBlock::url(), Some(flow), last_yes(scene));
            // The time is promised only where the receipt will show it.
            let nobody = if lists_services { words::ASK_NOBODY } else { words::ASK_NOBODY_HIDDEN };
            question(scene, nobody, form)
        },
    )
}

/// The button that blocks; with script the receipt comes in place of the question.
fn last_yes(scene: &Scene) -> AnyView {
    islands::block_button(RECEIPT, danger(scene.say(words::NOW))).into_any()
}

fn question(scene: &Scene, nobody: Say, form: AnyView) -> Page {
    let body = view! {
        <p class="lead">{scene.say(words::ASK_LEAD)}</p>
        {bullets([nobody, words::ASK_WORK, words::ASK_UNDO].map(|say| scene.tell(say)))}
        {form}
        <p>{link("/spaer", scene.say(words::ASK_NO))}</p>
    };
    Page::new(scene.say(words::ASK_TITLE), body.into_any()).with_islands()
}

/// Page 18.
pub(crate) fn receipt() -> AnyView {
    page(
        |desk| async move { desk.block_receipt().await },
        |scene, seen: BlockReceipt| {
            let (title, next) =
                (scene.say(words::RECEIPT_TITLE), [words::NEXT_WORK, words::NEXT_DATA, words::NEXT_OPEN]);
            let at = receipt_time(scene, seen.at);
            let body = view! {
                <div class="notice notice-success" role="status">
                    <h1>{title}</h1>
                    <p>{scene.say(words::RECEIPT_AT)} " " {at} " · " <span class="reference">{seen.reference.clone()}</span></p>
                    <p>{scene.say(words::RECEIPT_RIGHT)}</p>
                </div>
                <h2>{scene.say(words::NEXT)}</h2>
                {bullets(next.map(|say| scene.tell(say)))}
                <p>{link("/genaktiver", scene.say(words::REOPEN))}</p>
                {services(scene, seen.services)}
                <p class="hint">{scene.say(words::PRINT)}</p>
            };
            Page { receipt: true, ..Page::new(title, body.into_any()) }
        },
    )
}

/// The day, and the time to the second.
fn receipt_time(scene: &Scene, at: Timestamp) -> String {
    let lang = scene.lang();
    let (day, time) = (format::day_of(at, lang), format::clock_with_seconds(at, lang));
    scene.fill(words::RECEIPT_MOMENT, &[("day", &day), ("time", &time)])
}

fn services(scene: &Scene, services: Option<Vec<ServiceEnding>>) -> AnyView {
    let Some(services) = services else { return paragraphs([scene.tell(words::SERVICES_HIDDEN)]) };
    if services.is_empty() {
        return paragraphs([scene.tell(words::SERVICES_NONE)]);
    }
    let waiting = services.iter().any(|one| matches!(one, ServiceEnding::Asked { .. }));
    let again = waiting.then(|| view! { <p>{link(RECEIPT, scene.say(words::SERVICES_AGAIN))}</p> });
    let rows = services.into_iter().map(|one| {
        let (name, say, at) = match one {
            ServiceEnding::Closed { name, at } => (name, words::SERVICE_CLOSED, at),
            ServiceEnding::Asked { name, until } => (name, words::SERVICE_ASKED, until),
            ServiceEnding::Open { name, until } => (name, words::SERVICE_OPEN, until),
            ServiceEnding::Over { name, at } => (name, words::SERVICE_OVER, at),
        };
        let told = scene.fill(say, &[("time", &format::clock(at, scene.lang()))]);
        (name, told.into_any())
    });
    view! { <h2>{scene.say(words::SERVICES)}</h2> {summary_list(rows)} {again} }.into_any()
}

/// Whatever went wrong at a door: one page, the same for everybody.
pub(crate) fn failed() -> AnyView {
    plain(|scene| {
        let body = view! {
            <p class="lead">{scene.tell(words::FAILED_LEAD)}</p>
            <p>{scene.tell(words::FAILED_TRY)}</p>
            {doors(scene)}
        };
        with_doors(scene, Page::new(scene.say(words::FAILED_TITLE), body.into_any()))
    })
}

/// The question whether to block is over, and by it nothing was blocked: that, and the doors again.
pub(crate) fn question_gone(scene: &Scene) -> Page {
    let body = view! {
        <p class="lead">{scene.tell(words::GONE_LEAD)}</p>
        {doors(scene)}
    };
    with_doors(scene, Page::new(scene.say(words::FAILED_TITLE), body.into_any()))
}

/// Page 19. Looking does nothing.
pub(crate) fn was_it_you() -> AnyView {
    let token = in_path("token").unwrap_or_default();
    let shown = token.clone();
    page(
        move |desk| async move { desk.was_it_you(&token).await },
        move |scene, seen: Option<WasItYou>| match seen {
            None => dead(scene),
            Some(seen) => {
                let rows = [
                    (words::NOTICE_WHAT, scene.tell(told_of(seen.template))),
                    (words::NOTICE_WHEN, format::moment(seen.at, scene.lang())),
                    (words::NOTICE_REFERENCE, seen.reference),
                ];
                let rows = rows.map(|(term, value)| (scene.tell(term), value.into_any()));
                let body = view! {
                    <p class="lead">{scene.say(words::NOTICE_LEAD)}</p>
                    {summary_list(rows)}
                    <form method="post" action=BlockByNotice::url()>
                        {hidden("token", shown)}
                        {danger(scene.say(words::NOTICE_NO))}
                    </form>
                    <p>{link("/", scene.say(words::NOTICE_YES))}</p>
                    <p class="hint">{scene.say(words::NOTICE_HINT)}</p>
                };
                Page::new(scene.say(words::NOTICE_TITLE), body.into_any())
            }
        },
    )
}

fn dead(scene: &Scene) -> Page {
    crate::policy::set_status(axum::http::StatusCode::GONE);
    let body = view! {
        <p class="lead">{scene.tell(words::DEAD_LEAD)}</p>
        {doors(scene)}
    };
    with_doors(scene, Page::new(scene.say(words::DEAD_TITLE), body.into_any()))
}
