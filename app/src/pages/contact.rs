//! Where notices go (page 43).

use crate::actions::{AskContact, BeginStepUp, RemoveContact, VerifyContact};
use crate::desk::{ChangeContactPage, ChannelShown, ContactPage, VerifyPage};
use crate::frame::{Page, flow_page, page};
use crate::parts::{Label, back_link, flow_form, hidden, link, submit_row, summary_list, typed_field};
use crate::scene::Scene;
use domain::contact::ChannelKind;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{common, contact as words};
use text::{Say, format};

pub(crate) fn contact() -> AnyView {
    page(|desk| async move { desk.contact_page().await }, contact_page)
}

fn contact_page(scene: &Scene, seen: ContactPage) -> Page {
    let none = || scene.tell(words::NONE);
    let work = seen.work_mail.map(|mail| {
        let hint = scene.say(words::FROM_HR_FIXED);
        let value = view! { {mail} " " <span class="hint">{hint}</span> };
        (scene.tell(words::WORK_MAIL), value.into_any())
    });
    let own = seen.channels.iter().map(|shown| {
        let address = shown.address.clone().unwrap_or_else(none);
        let value = view! {
            {address} " " <span class="hint">{origin(scene, shown)}</span>
            {ways_on(scene, shown)}
        };
        (scene.tell(kind_name(shown.kind)), value.into_any())
    });
    let body = view! {
        <p class="lead">{scene.tell(words::LEAD)}</p>
        {summary_list(work.into_iter().chain(own))}
        <p>{scene.tell(words::TOLD)}</p>
        {back_link("/overblik", scene.say(common::BACK))}
    };
    let page = Page::new(scene.say(words::TITLE), body.into_any());
    Page { wide: true, ..page }
}

/// Whose word it is that notices go there.
fn origin(scene: &Scene, shown: &ChannelShown) -> Option<&'static str> {
    let say = match (shown.own, &shown.address) {
        (true, Some(_)) => words::OWN,
        (true, None) => words::OWN_NONE,
        (false, Some(_)) => words::FROM_HR,
        (false, None) => return None,
    };
    Some(scene.say(say))
}

/// The button that leads to a change, or when there will be one.
fn ways_on(scene: &Scene, shown: &ChannelShown) -> AnyView {
    if let Some(until) = shown.cools_off {
        let clock = format::clock(until, scene.lang());
        let besides = shown
            .besides
            .as_ref()
            .map(|address| scene.fill(words::BESIDES, &[("address", address), ("clock", &clock)]));
        let again = scene.fill(words::COOLS_OFF, &[("clock", &clock)]);
        return view! { <p class="hint">{besides} " " {again}</p> }.into_any();
    }
    let (label, long) = match (&shown.address, shown.kind) {
        (None, ChannelKind::PrivateMail) => (words::ADD, words::ADD_PRIVATE_MAIL),
        (None, ChannelKind::Mobile) => (words::ADD, words::ADD_MOBILE),
        (Some(_), ChannelKind::PrivateMail) => (words::CHANGE, words::CHANGE_PRIVATE_MAIL),
        (Some(_), ChannelKind::Mobile) => (words::CHANGE, words::CHANGE_MOBILE),
    };
    view! {
        <form method="post" action=BeginStepUp::url()>
            {hidden("purpose", shown.kind.word())}
            <button class="btn btn-secondary btn-small" type="submit" aria-label=scene.say(long)>
                {scene.say(label)}
            </button>
        </form>
    }
    .into_any()
}

/// What people call a kind of channel.
pub(crate) const fn kind_name(kind: ChannelKind) -> Say {
    match kind {
        ChannelKind::PrivateMail => words::PRIVATE_MAIL,
        ChannelKind::Mobile => words::MOBILE,
    }
}

pub(crate) fn change() -> AnyView {
    flow_page(|desk, flow| async move { desk.change_contact_page(flow).await }, change_page)
}

fn change_page(scene: &Scene, seen: ChangeContactPage) -> Page {
    let (title, lead, says, hint, as_typed, remove) = match seen.kind {
        ChannelKind::PrivateMail => (
            words::CHANGE_PRIVATE_MAIL,
            words::MAIL_LEAD,
            words::MAIL_FIELD,
            words::MAIL_HINT,
            ("email", "email"),
            words::REMOVE_MAIL,
        ),
        ChannelKind::Mobile => (
            words::CHANGE_MOBILE,
            words::MOBILE_LEAD,
            words::MOBILE_FIELD,
            words::MOBILE_HINT,
            ("tel", "tel"),
            words::REMOVE_MOBILE,
        ),
    };
    let field = Label { field: "address", says: scene.say(says), hint: Some(scene.say(hint)) };
    let fields = view! {
        {hidden("kind", seen.kind.word())}
        {hidden("who", scene.who())}
        {typed_field(scene, &field, as_typed, &scene.flash.kept.address)}
        {submit_row(scene.say(words::SEND))}
    };
    let removal = seen.may_go.then(|| {
        let inside = view! {
            {hidden("kind", seen.kind.word())}
            <p class="actions"><button class="btn btn-secondary" type="submit">{scene.say(remove)}</button></p>
        };
        view! {
            <h2>{scene.say(words::REMOVE_TITLE)}</h2>
            <p>{scene.tell(words::REMOVE_BODY)}</p>
            {flow_form(RemoveContact::url(), Some(seen.flow), inside)}
        }
    });
    let body = view! {
        <p class="lead">{scene.tell(lead)}</p>
        {flow_form(AskContact::url(), Some(seen.flow), fields)}
        {removal}
        {back_link("/konto/kontakt", scene.say(common::BACK))}
    };
    Page::new(scene.say(title), body.into_any())
}

pub(crate) fn verify() -> AnyView {
    flow_page(|desk, flow| async move { desk.verify_contact_page(flow).await }, verify_page)
}

fn verify_page(scene: &Scene, seen: VerifyPage) -> Page {
    let clock = format::clock(seen.until, scene.lang());
    let lead = scene.fill(words::VERIFY_LEAD, &[("address", &seen.address), ("clock", &clock)]);
    let says = scene.say(words::VERIFY_FIELD);
    let code = Label { field: "sent_code", says, hint: Some(scene.say(words::VERIFY_HINT)) };
    let fields = view! {
        {typed_field(scene, &code, ("numeric", "one-time-code"), "")}
        {submit_row(scene.say(words::VERIFY))}
    };
    let body = view! {
        <p class="lead">{lead}</p>
        {flow_form(VerifyContact::url(), Some(seen.flow), fields)}
        <p>{scene.tell(words::VERIFY_NONE)}</p>
        <p>{link("/konto/kontakt", scene.say(words::VERIFY_AGAIN))}</p>
    };
    Page::new(scene.say(words::VERIFY_TITLE), body.into_any())
}
