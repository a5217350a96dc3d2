//! Small pieces pages are made of.

mod ceremony;
mod fields;
pub(crate) mod icon;
mod messages;
mod sheet;

pub(crate) use ceremony::{Dialog, Opens, autofill, key_form};
pub(crate) use fields::{
    Label, code_field, field_error, long_field, new_password_field, password_field, shown_code_field,
    text_field, typed_field,
};
pub(crate) use messages::{
    countdown, error_summary, outage_words, outages, reference_line, session_line, tiding,
};
pub(crate) use sheet::{code_sheet, saved_box};

use crate::actions::{BeginStepUp, GiveUp};
use crate::scene::Scene;
use domain::ids::FlowId;
use domain::step_up::StepUpFor;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{proof, sign_in};

/// A hidden field.
pub(crate) fn hidden(name: &'static str, value: impl Into<String>) -> AnyView {
    let value: String = value.into();
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

/// A form that belongs to a flow. Plain: it posts and is answered with a 303, with or without script.
pub(crate) fn flow_form(
    action: &'static str,
    flow: Option<FlowId>,
    inside: impl IntoView + 'static,
) -> AnyView {
    let flow = flow.map(|flow| flow.to_string()).unwrap_or_default();
    view! {
        <form method="post" action=action novalidate>
            {hidden("flow", flow)}
            {inside.into_any()}
        </form>
    }
    .into_any()
}

/// The button a page is about.
pub(crate) fn submit(label: &str) -> AnyView {
    let label = label.to_owned();
    view! { <button class="btn btn-primary" type="submit">{label}</button> }.into_any()
}

/// The way to confirm again, for one thing.
pub(crate) fn step_up(purpose: StepUpFor, says: &str, class: &'static str) -> AnyView {
    let says = says.to_owned();
    view! {
        <form method="post" action=BeginStepUp::url()>
            {hidden("purpose", purpose.word())}
            <p class="actions"><button class=class type="submit">{says}</button></p>
        </form>
    }
    .into_any()
}

/// The same at the end of a form, alone.
pub(crate) fn submit_row(label: &str) -> AnyView {
    view! { <p class="actions">{submit(label)}</p> }.into_any()
}

/// The way back to the service that waits for a sign-in: it hears that she did not sign in. Nothing where none waits.
pub(crate) fn give_up(scene: &Scene, flow: Option<FlowId>, service: Option<&str>) -> Option<AnyView> {
    let says = scene.fill(sign_in::GIVE_UP, &[("service", service?)]);
    let button =
        view! { <p class="actions"><button class="btn btn-secondary" type="submit">{says}</button></p> };
    Some(flow_form(GiveUp::url(), Some(flow?), button))
}

/// A link that looks like the button a page is about.
pub(crate) fn primary_link(path: impl Into<String>, label: &str) -> AnyView {
    button_link("btn btn-primary", path.into(), label)
}

/// A link that looks like a button beside it.
pub(crate) fn secondary_link(path: impl Into<String>, label: &str) -> AnyView {
    button_link("btn btn-secondary", path.into(), label)
}

fn button_link(class: &'static str, path: String, label: &str) -> AnyView {
    let label = label.to_owned();
    view! { <a class=class href=path>{label}</a> }.into_any()
}

/// An ordinary link.
pub(crate) fn link(path: impl Into<String>, label: &str) -> AnyView {
    let (path, label) = (path.into(), label.to_owned());
    view! { <a href=path>{label}</a> }.into_any()
}

/// The way back.
pub(crate) fn back_link(path: impl Into<String>, label: &str) -> AnyView {
    let (path, label) = (path.into(), label.to_owned());
    view! { <p><a class="back-link" href=path>{label}</a></p> }.into_any()
}

/// One paragraph each.
pub(crate) fn paragraphs(texts: impl IntoIterator<Item = String>) -> AnyView {
    texts.into_iter().map(|text| view! { <p>{text}</p> }).collect_view().into_any()
}

/// One item each.
pub(crate) fn bullets(texts: impl IntoIterator<Item = String>) -> AnyView {
    bullets_of(texts.into_iter().map(IntoAny::into_any))
}

/// The same of links.
pub(crate) fn bullets_of(items: impl IntoIterator<Item = AnyView>) -> AnyView {
    let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
    view! { <div class="prose"><ul>{items}</ul></div> }.into_any()
}

/// The button that starts MitID, after its brand's rules.
pub(crate) fn mitid_button(scene: &Scene) -> AnyView {
    mitid_button_saying(scene.say(proof::BUTTON))
}

/// The same for another purpose.
pub(crate) fn mitid_button_saying(label: &'static str) -> AnyView {
    view! { <button class="btn btn-primary btn-mitid" type="submit">{label}</button> }.into_any()
}

/// Something to open for those who need it.
pub(crate) fn details(summary: &str, inside: impl IntoView + 'static) -> AnyView {
    details_as(false, summary, inside)
}

/// The same, open from the beginning where all of a page is asked for.
pub(crate) fn details_as(open: bool, summary: &str, inside: impl IntoView + 'static) -> AnyView {
    let summary = summary.to_owned();
    view! { <details open=open><summary>{summary}</summary><div>{inside.into_any()}</div></details> }
        .into_any()
}

/// A list of what and which.
pub(crate) fn summary_list(rows: impl IntoIterator<Item = (String, AnyView)>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|(term, value)| view! { <div><dt>{term}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! { <dl class="summary-list">{rows}</dl> }.into_any()
}
