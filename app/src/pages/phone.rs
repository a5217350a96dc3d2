//! Going on with the phone: the computer's page, and the phone's.

use crate::actions::{
    AdmitPhone, ChoosePhoneApp, ConfirmPhone, LeavePhone, MakePhoneApp, MakePhoneKey, OpenPhone,
};
use crate::desk::{Ask, KeySetup, PhoneDeskPage, PhoneDeskStage, PhonePage, PhoneStage, Typed};
use crate::frame::{Page, flow_page, in_path, page};
use crate::pages::factor::app_form;
use crate::pages::keys::new_key;
use crate::pages::methods::kind_name;
use crate::parts::{
    Label, details, flow_form, hidden, link, paragraphs, primary_link, secondary_link, submit, submit_row,
    typed_field,
};
use crate::scene::Scene;
use domain::ids::FlowId;
use domain::on_phone::{Ended, MadeFrom};
use islands::{CopyWords, copy_secret, watch_page};
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{factor, phone as words};
use text::{Say, browser, format};

pub(crate) fn desk() -> AnyView {
    flow_page(|desk, flow| async move { desk.phone_desk(flow).await }, desk_page)
}

fn desk_page(scene: &Scene, seen: PhoneDeskPage) -> Page {
    let flow = seen.flow;
    let (title, body) = match &seen.stage {
        PhoneDeskStage::Show { picture, address } => (words::TITLE, show(scene, &seen, picture, address)),
        PhoneDeskStage::Number => {
            let lead = view! { <p class="lead">{scene.tell(words::NUMBER_LEAD)}</p> };
            (
                words::TITLE,
                view! { {lead} {number_form(scene, flow)} {paragraphs([scene.tell(words::NOT_MINE)])} {stop(scene, flow, words::STOP)} }.into_any(),
            )
        }
        PhoneDeskStage::Waiting => (words::WAIT_TITLE, waiting(scene, flow)),
        PhoneDeskStage::Confirm(kind, name, from) => {
            let said = confirm(scene, flow, (scene.say(kind_name(*kind)), name), from);
            (words::CONFIRM_TITLE, said)
        }
        PhoneDeskStage::Over(how) => (over_title(*how), over(scene, &seen, *how)),
    };
    let watched = !matches!(seen.stage, PhoneDeskStage::Confirm(..) | PhoneDeskStage::Over(_));
    watching(scene, (title, body), (watched, format!("/fortsaet/{flow}/trin"), seen.word))
}

/// The page, which loads itself again when something happened at the other end.
fn watching(
    scene: &Scene,
    (title, body): (Say, AnyView),
    (watched, at, word): (bool, String, &'static str),
) -> Page {
    let watch = watched.then(|| watch_page(at, word));
    Page::new(scene.say(title), view! { {body} {watch} }.into_any()).with_islands()
}

fn show(scene: &Scene, seen: &PhoneDeskPage, picture: &str, address: &Typed) -> AnyView {
    let (picture, address) = (picture.to_owned(), address.expose().to_owned());
    let until = scene.fill(words::UNTIL, &[("time", &format::clock(seen.until, scene.lang()))]);
    let copy = CopyWords {
        copy: scene.say(words::COPY).to_owned(),
        copied: scene.say(factor::COPIED).to_owned(),
        not_copied: scene.say(words::COPY_NOT).to_owned(),
    };
    let as_text = view! {
        <p>{scene.tell(words::CANNOT_SCAN_BODY)}</p>
        <p class="break-all" id="link" translate="no">{address}</p>
        {copy_secret("link", copy)}
    };
    view! {
        <p class="lead">{scene.tell(words::SCAN_LEAD)}</p>
        <div class="qr" role="img" aria-label=scene.say(words::PICTURE) inner_html=picture></div>
        <p class="hint">{until}</p>
        {details(scene.say(words::CANNOT_SCAN), as_text)}
        {number_form(scene, seen.flow)}
        {stop(scene, seen.flow, words::STOP)}
    }
    .into_any()
}

fn number_form(scene: &Scene, flow: FlowId) -> AnyView {
    let label =
        Label { field: "number", says: scene.say(words::NUMBER), hint: Some(scene.say(words::NUMBER_HINT)) };
    let fields = view! {
        {typed_field(scene, &label, ("numeric", "off"), "")}
        {submit_row(scene.say(words::NEXT))}
    };
    flow_form(AdmitPhone::url(), Some(flow), fields)
}

fn stop(scene: &Scene, flow: FlowId, says: Say) -> AnyView {
    let says = scene.say(says).to_owned();
    let inside =
        view! { <p class="actions"><button class="btn btn-secondary" type="submit">{says}</button></p> };
    flow_form(LeavePhone::url(), Some(flow), inside)
}

fn waiting(scene: &Scene, flow: FlowId) -> AnyView {
    view! {
        <p class="lead">{scene.tell(words::WAIT_LEAD)}</p>
        <p class="actions">{primary_link(format!("/fortsaet/{flow}"), scene.say(words::LOOK_AGAIN))}</p>
        {stop(scene, flow, words::STOP)}
    }
    .into_any()
}

fn confirm(scene: &Scene, flow: FlowId, (kind, name): (&str, &str), from: &MadeFrom) -> AnyView {
    let (kind, name, address) = (kind.to_owned(), name.to_owned(), from.address.clone());
    let browser =
        browser::name(&from.agent, scene.lang()).unwrap_or_else(|| scene.tell(words::OTHER_BROWSER));
    view! {
        <p class="lead">{scene.tell(words::CONFIRM_LEAD)}</p>
        <dl class="summary-list">
            <div><dt>{scene.say(words::CALLED)}</dt><dd>{name}</dd></div>
            <div><dt>{scene.say(words::KIND)}</dt><dd>{kind}</dd></div>
            <div><dt>{scene.say(words::MADE_IN)}</dt><dd>{browser}</dd></div>
            <div><dt>{scene.say(words::MADE_FROM)}</dt><dd translate="no">{address}</dd></div>
        </dl>
        {flow_form(ConfirmPhone::url(), Some(flow), submit_row(scene.say(words::YES)))}
        {paragraphs([scene.tell(words::NOT_MINE)])}
        {stop(scene, flow, words::NO)}
    }
    .into_any()
}

const fn over_title(how: Ended) -> Say {
    match how {
        Ended::Confirmed => words::DONE_TITLE,
        Ended::Refused | Ended::Left | Ended::SecondOpening | Ended::WrongNumbers => words::OVER_TITLE,
    }
}

fn over(scene: &Scene, seen: &PhoneDeskPage, how: Ended) -> AnyView {
    let said = match how {
        Ended::Confirmed => words::DONE_BODY,
        Ended::Refused => words::OVER_REFUSED,
        Ended::Left => words::OVER_LEFT,
        Ended::SecondOpening => words::OVER_TWICE,
        Ended::WrongNumbers => words::OVER_NUMBERS,
    };
    let (back, label) = match (seen.enrolment, how) {
        (Some(enrolment), _) => (format!("/indrullering/{enrolment}"), factor::CHOOSE_TITLE),
        (None, Ended::Confirmed) => ("/konto/loginmidler".to_owned(), words::TO_METHODS),
        (None, _) => ("/konto/loginmidler".to_owned(), words::AGAIN),
    };
    view! {
        {paragraphs([scene.tell(said)])}
        <p class="actions">{primary_link(back, scene.say(label))}</p>
    }
    .into_any()
}

pub(crate) fn opening() -> AnyView {
    let token = in_path("token").unwrap_or_default();
    page(
        move |desk| async move { desk.phone_link(&token).await.map(|()| token) },
        |scene, token| {
            let body = view! {
                <p class="lead">{scene.tell(words::OPEN_LEAD)}</p>
                <p>{scene.tell(words::OPEN_BODY)}</p>
                <form method="post" action=OpenPhone::url()>
                    {hidden("token", token)}
                    <p class="actions">{submit(scene.say(words::OPEN))}</p>
                </form>
            };
            Page::new(scene.say(words::OPEN_TITLE), body.into_any())
        },
    )
}

pub(crate) fn phone() -> AnyView {
    flow_page(|desk, flow| async move { desk.phone_page(flow).await }, phone_page)
}

fn phone_page(scene: &Scene, seen: PhonePage) -> Page {
    let flow = seen.flow;
    let root = format!("/paa-telefon/{flow}");
    let watched = !matches!(seen.stage, PhoneStage::Choose(_) | PhoneStage::App(_) | PhoneStage::Over(_));
    let (title, body) = match seen.stage {
        PhoneStage::Number(number) => (words::SHOW_TITLE, number_shown(scene, &root, number.expose())),
        PhoneStage::Choose(account) => (words::CHOOSE_TITLE, choose(scene, flow, &account)),
        PhoneStage::App(setup) => {
            let body = view! {
                <p class="lead">{scene.tell(factor::APP_LEAD)}</p>
                {app_form(scene, &setup, MakePhoneApp::url())}
                <p>{link(format!("{root}/adgangsnoegle"), scene.say(words::CHOOSE_PASSKEY))}</p>
            };
            (factor::APP_TITLE, body.into_any())
        }
        PhoneStage::Made(name) => {
            (words::MADE_TITLE, paragraphs([scene.fill(words::MADE_BODY, &[("name", &name)])]))
        }
        PhoneStage::Over(_) => (words::ENDED_TITLE, paragraphs([scene.tell(words::ENDED_BODY)])),
    };
    watching(scene, (title, body), (watched, format!("/fortsaet/{flow}/trin"), seen.word))
}

fn number_shown(scene: &Scene, root: &str, number: &str) -> AnyView {
    let (first, last) = number.split_at_checked(3).unwrap_or((number, ""));
    let said = format!("{first} {last}");
    view! {
        <p class="lead">{scene.tell(words::SHOW_LEAD)}</p>
        <p class="text-4xl font-semibold tabular-nums tracking-widest my-4" translate="no">{said}</p>
        <p>{scene.tell(words::SHOW_THEN)}</p>
        <p class="actions">{secondary_link(root, scene.say(words::TYPED))}</p>
    }
    .into_any()
}

fn choose(scene: &Scene, flow: FlowId, account: &str) -> AnyView {
    let app = scene.say(words::CHOOSE_APP).to_owned();
    let choose_app =
        view! { <p class="actions"><button class="btn btn-secondary" type="submit">{app}</button></p> };
    view! {
        <p class="lead">{scene.fill(words::CHOOSE_LEAD, &[("account", account)])}</p>
        <p>{scene.tell(words::CHOOSE_PASSKEY_BODY)}</p>
        <p class="actions">
            {primary_link(format!("/paa-telefon/{flow}/adgangsnoegle"), scene.say(words::CHOOSE_PASSKEY))}
        </p>
        <p>{scene.tell(words::CHOOSE_APP_BODY)}</p>
        {flow_form(ChoosePhoneApp::url(), Some(flow), choose_app)}
    }
    .into_any()
}

pub(crate) fn passkey() -> AnyView {
    flow_page(
        |desk, flow| async move { desk.phone_key(flow).await },
        |scene, seen: KeySetup| {
            let back = link(format!("/paa-telefon/{}", seen.flow), scene.say(words::OTHER));
            let body = view! { {new_key(scene, &seen, (Ask::Phone, MakePhoneKey::url()))} <p>{back}</p> };
            Page::new(scene.say(text::pages::keys::PASSKEY_TITLE), body.into_any()).with_islands()
        },
    )
}
