//! Her login methods: the list, one of them, and what a step-up opens (pages 35 and 36).

use crate::actions::{BeginPhone, PreferMethod, RemoveMethod, RenameMethod, TestCode, TestKey};
use crate::desk::{Ask, CodeFrom, MethodPage, MethodShown, MethodsPage, OpenMethodsPage, RemovalPage};
use crate::frame::{Page, flow_page, in_path, page};
use crate::pages::recovery::left_line;
use crate::pages::step_up::lost;
use crate::parts::{
    Dialog, Label, Opens, back_link, bullets, bullets_of, flow_form, hidden, key_form, link, paragraphs,
    shown_code_field, step_up, submit, text_field,
};
use crate::scene::Scene;
use domain::factor::{MeanKind, PasskeyKind, Worth};
use domain::step_up::StepUpFor;
use domain::throttle::CodeDoor;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{common, keys, methods as words, phone, recovery, sign_in, step_up as confirming};
use text::{Say, browser, format};

pub(crate) fn list() -> AnyView {
    page(|desk| async move { desk.methods_page().await }, list_page)
}

fn list_page(scene: &Scene, seen: MethodsPage) -> Page {
    let counting = seen.methods.iter().filter(|method| method.worth.is_some()).count();
    let only = (counting == 1).then(|| {
        view! { <div class="notice notice-info"><p>{scene.tell(words::ONLY_ONE)}</p></div> }
    });
    let has_device = seen.methods.iter().any(|method| method.kind == MeanKind::CodeDevice);
    let cards = seen.methods.iter().map(|method| {
        let (path, name) = (format!("/konto/loginmidler/{}", method.id), method.name.clone());
        let label = scene.fill(words::OPEN_ONE_OF, &[("name", &name)]);
        let open = view! { <p><a href=path aria-label=label>{scene.say(words::OPEN_ONE)}</a></p> };
        card(scene, method, open.into_any())
    });
    let waits = seen.device_waits.then(|| {
        view! {
            <div class="notice notice-info"><p>{scene.tell(words::DEVICE_WAITS)}</p>
                {step_up(StepUpFor::CodeDevice, scene.say(words::DEVICE_TAKE), "btn btn-secondary")}
            </div>
        }
    });
    let body = view! {
        <p class="lead">{scene.tell(words::LEAD)}</p>
        {only}
        {waits}
        <dl class="summary-list">{cards.collect_view()}</dl>
        {has_device.then(|| view! { <p>{link("/konto/kodeviser", scene.say(words::DEVICE_APART))}</p> })}
        {step_up(StepUpFor::Factors, scene.say(words::CHANGE), "btn btn-primary")}
        <p class="hint">{scene.say(words::CHANGE_BODY)}</p>
        <h2>{scene.say(recovery::SHEET_HEADING)}</h2>
        <p>{scene.tell(recovery::SHEET_BODY)}</p>
        {left_line(scene, seen.recovery)}
        {step_up(StepUpFor::Sheet, scene.say(recovery::NEW), "btn btn-secondary")}
        {back_link("/overblik", scene.say(common::BACK))}
    };
    let page = Page::new(scene.say(words::TITLE), body.into_any());
    Page { wide: true, ..page }
}

/// What is known of one, and what can be done with it.
fn card(scene: &Scene, method: &MethodShown, below: AnyView) -> AnyView {
    let name = method.name.clone();
    view! { <div><dt>{name}</dt><dd>{facts(scene, method)} {below}</dd></div> }.into_any()
}

fn facts(scene: &Scene, method: &MethodShown) -> AnyView {
    let added = scene.fill(words::ADDED_ON, &[("day", &format::day_of(method.added_at, scene.lang()))]);
    let alone = method.worth == Some(Worth::Alone);
    let more = [
        (method.worth.is_none(), words::NO_LONGER),
        (method.primary && method.worth.is_some(), words::PRIMARY),
        (alone, words::ALONE),
        (method.synced, words::SYNCED),
    ];
    let more = more.into_iter().filter(|(so, _)| *so).map(|(_, say)| scene.tell(say));
    let told = format!("{}. {added}. {}.", scene.say(kind_name(method.kind)), used(scene, method));
    view! { <p>{told}</p> {paragraphs(more)} }.into_any()
}

fn used(scene: &Scene, method: &MethodShown) -> String {
    let Some(at) = method.used_at else { return scene.tell(words::NOT_USED) };
    let moment = format::moment(at, scene.lang());
    if method.agent.is_empty() && method.address.is_empty() {
        return scene.fill(words::USED, &[("moment", &moment)]);
    }
    let browser =
        browser::name(&method.agent, scene.lang()).unwrap_or_else(|| scene.tell(words::OTHER_BROWSER));
    let say = if method.address.is_empty() { words::USED_IN } else { words::USED_FROM };
    scene.fill(say, &[("moment", &moment), ("browser", &browser), ("address", &method.address)])
}

/// What people call a kind of login method.
pub(crate) const fn kind_name(kind: MeanKind) -> Say {
    match kind {
        MeanKind::App => words::APP,
        MeanKind::CodeDevice => words::DEVICE,
        MeanKind::Key(PasskeyKind::Passkey) => words::PASSKEY,
        MeanKind::Key(PasskeyKind::SecurityKey) => words::SECURITY_KEY,
    }
}

pub(crate) fn one() -> AnyView {
    let id = in_path("factor").unwrap_or_default();
    page(move |desk| async move { desk.method_page(&id).await }, one_page)
}

fn one_page(scene: &Scene, seen: MethodPage) -> Page {
    let method = &seen.method;
    let id = method.id.to_string();
    let first = (!method.primary && method.worth.is_some()).then(|| {
        view! {
            <h2>{scene.say(words::FIRST_TITLE)}</h2>
            <p>{scene.tell(words::FIRST_BODY)}</p>
            <form method="post" action=PreferMethod::url()>
                {hidden("factor", id.clone())}
                <p class="actions"><button class="btn btn-secondary" type="submit">{scene.say(words::FIRST)}</button></p>
            </form>
        }
    });
    let remove = if method.last {
        view! { <p>{scene.tell(words::REMOVE_LAST)}</p> }.into_any()
    } else {
        view! { <p>{scene.tell(words::REMOVE_BODY)}</p> }.into_any()
    };
    let body = view! {
        {facts(scene, method)}
        <h2>{scene.say(words::TEST_TITLE)}</h2>
        {test(scene, &seen)}
        <h2>{scene.say(words::NAME_TITLE)}</h2>
        <p>{scene.tell(words::NAME_BODY)}</p>
        {step_up(StepUpFor::Factors, scene.say(words::NAME_GO), "btn btn-secondary")}
        {first}
        <h2>{scene.say(words::REMOVE_TITLE)}</h2>
        {remove}
        {step_up(StepUpFor::Factors, scene.say(words::CHANGE), "btn btn-secondary")}
        {back_link("/konto/loginmidler", scene.say(common::BACK))}
    };
    Page::new(method.name.clone(), body.into_any()).with_islands()
}

fn test(scene: &Scene, seen: &MethodPage) -> AnyView {
    let id = hidden("factor", seen.method.id.to_string());
    match (seen.method.kind, seen.codes) {
        // What it would be tried for stands above: it does not count any more.
        _ if seen.method.worth.is_none() => paragraphs([scene.tell(words::TEST_NO_LONGER)]),
        (MeanKind::Key(_), _) => {
            let opens = Opens {
                dialog: Dialog::Get,
                ask: Ask::Test,
                answer: TestKey::url(),
                says: scene.say(words::TEST),
                primary: true,
            };
            view! { <p>{scene.tell(words::TEST_KEY)}</p> {key_form(scene, &opens, id)} }.into_any()
        }
        (kind, CodeDoor::Open { .. }) => {
            let from = if kind == MeanKind::App { CodeFrom::App } else { CodeFrom::Device };
            let field = shown_code_field(scene, from);
            view! {
                <p>{scene.tell(words::TEST_CODE)}</p>
                <form method="post" action=TestCode::url() novalidate>
                    {id} {field}
                    <p class="actions">{submit(scene.say(words::TEST))}</p>
                </form>
            }
            .into_any()
        }
        (_, CodeDoor::Paused(_)) => {
            view! { {paragraphs([scene.tell(words::TEST_PAUSED)])} {lost(scene)} }.into_any()
        }
        (_, CodeDoor::Stopped) => view! {
            {paragraphs([scene.tell(confirming::STOPPED)])}
            <p>{link("/glemt-adgangskode", scene.say(sign_in::FORGOT))}</p>
            {lost(scene)}
        }
        .into_any(),
    }
}

pub(crate) fn open() -> AnyView {
    flow_page(|desk, flow| async move { desk.open_methods_page(flow).await }, open_page)
}

fn open_page(scene: &Scene, seen: OpenMethodsPage) -> Page {
    let root = format!("/konto/loginmidler/ret/{}", seen.flow);
    let add = [
        ("adgangsnoegle", words::ADD_PASSKEY),
        ("app", words::ADD_APP),
        ("sikkerhedsnoegle", words::ADD_KEY),
    ];
    let add = add.map(|(at, say)| link(format!("{root}/{at}"), scene.say(say)));
    let cards = seen.methods.iter().map(|method| card(scene, method, removal(scene, &seen, method)));
    let go = scene.say(phone::GO).to_owned();
    let on_phone =
        view! { <p class="actions"><button class="btn btn-secondary" type="submit">{go}</button></p> };
    let body = view! {
        <p class="lead">{scene.tell(words::OPEN_LEAD)}</p>
        <h2>{scene.say(words::ADD_TITLE)}</h2>
        {bullets_of(add)}
        <p>{scene.tell(phone::GO_BODY)}</p>
        {flow_form(BeginPhone::url(), Some(seen.flow), on_phone)}
        <h2>{scene.say(words::REMOVE_TITLE)}</h2>
        <p>{scene.tell(words::REMOVE_WHAT)}</p>
        <dl class="summary-list">{cards.collect_view()}</dl>
        <h2>{scene.say(words::NAME_TITLE)}</h2>
        {renaming(scene, &seen)}
        {back_link("/konto/loginmidler", scene.say(common::BACK))}
    };
    let page = Page::new(scene.say(words::OPEN_TITLE), body.into_any());
    Page { wide: true, ..page }
}

/// One form for all of them, so that what is wrong with a name stands in one place. The choice is kept with the name.
fn renaming(scene: &Scene, seen: &OpenMethodsPage) -> AnyView {
    let kept = &scene.flash.kept;
    let chosen = seen.methods.iter().position(|method| method.id.to_string() == kept.factor).unwrap_or(0);
    let choices = seen.methods.iter().enumerate().map(|(at, method)| {
        let (id, value, name) = (format!("factor-{at}"), method.id.to_string(), method.name.clone());
        view! {
            <label class="check">
                <input type="radio" id=id name="factor" value=value checked={at == chosen}/>
                <span>{name}</span>
            </label>
        }
    });
    let name = Label { field: "name", says: scene.say(words::NAME), hint: Some(scene.say(keys::NAME_HINT)) };
    let fields = view! {
        {hidden("who", scene.who())}
        <fieldset class="field">
            <legend class="label">{scene.say(words::NAME_WHICH)}</legend>
            {choices.collect_view()}
        </fieldset>
        {text_field(scene, &name, "off", &kept.factor_name)}
        <p class="actions"><button class="btn btn-secondary" type="submit">{scene.say(words::RENAME)}</button></p>
    };
    flow_form(RenameMethod::url(), Some(seen.flow), fields)
}

fn removal(scene: &Scene, seen: &OpenMethodsPage, method: &MethodShown) -> AnyView {
    if method.last {
        return view! { <p class="hint">{scene.tell(words::REMOVE_LAST)}</p> }.into_any();
    }
    let path = format!("/konto/loginmidler/ret/{}/fjern/{}", seen.flow, method.id);
    let label = scene.fill(words::REMOVE_ONE, &[("name", &method.name)]);
    view! { <p><a href=path aria-label=label>{scene.say(words::REMOVE)}</a></p> }.into_any()
}

pub(crate) fn removing() -> AnyView {
    let id = in_path("factor").unwrap_or_default();
    flow_page(move |desk, flow| async move { desk.removal_page(flow, &id).await }, removing_page)
}

/// One more question before it goes, which says what she has then.
fn removing_page(scene: &Scene, seen: RemovalPage) -> Page {
    let method = &seen.method;
    let name = [("name", method.name.as_str())];
    let body = if method.last {
        view! { <p class="lead">{scene.tell(words::REMOVE_LAST)}</p> }.into_any()
    } else {
        view! {
            <p class="lead">{scene.tell(words::REMOVE_WHAT)}</p>
            {method.synced.then(|| view! { <p>{scene.tell(words::SYNCED)}</p> })}
            <h2>{scene.say(words::REMOVE_AFTER)}</h2>
            {bullets(seen.left.iter().map(|left| afterwards(scene, left)))}
            <form method="post" action=RemoveMethod::url()>
                {hidden("flow", seen.flow.to_string())}
                {hidden("factor", method.id.to_string())}
                <p class="actions">
                    <button class="btn btn-danger" type="submit">{scene.fill(words::REMOVE_ONE, &name)}</button>
                </p>
            </form>
        }
        .into_any()
    };
    let keep = back_link(format!("/konto/loginmidler/ret/{}", seen.flow), scene.say(words::REMOVE_KEEP));
    let body = view! { {body} {keep} };
    Page::new(scene.fill(words::REMOVE_SURE, &name), body.into_any())
}

fn afterwards(scene: &Scene, left: &MethodShown) -> String {
    let alone = left.worth == Some(Worth::Alone);
    let say = if alone { words::REMOVE_LEFT_ALONE } else { words::REMOVE_LEFT };
    let kind = scene.say(kind_name(left.kind)).to_lowercase();
    scene.fill(say, &[("name", &left.name), ("kind", &kind)])
}
