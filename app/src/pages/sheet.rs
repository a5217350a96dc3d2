//! The printed sheet (page 31): at the end of day one, before "you are ready", and after a reopening.

use crate::actions::{KeepCodes, KeepSheet};
use crate::desk::CodeSheet;
use crate::frame::{Page, flow_page};
use crate::parts::{code_sheet, flow_form, saved_box, submit_row};
use crate::scene::Scene;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{emergency as words, recovery, reopening};

pub(crate) fn sheet() -> AnyView {
    flow_page(
        |desk, flow| async move { desk.code_sheet(flow).await },
        |scene, seen| show(scene, &seen, KeepCodes::url(), None),
    )
}

/// Her account is open again, or she asked for a new one; the sheet she had is dead.
pub(crate) fn after_reopening() -> AnyView {
    flow_page(
        |desk, flow| async move { desk.sheet(flow).await },
        |scene, seen| {
            let news = if seen.renewed { recovery::MADE } else { reopening::OPENED };
            show(scene, &seen, KeepSheet::url(), Some(scene.tell(news)))
        },
    )
}

fn show(scene: &Scene, seen: &CodeSheet, action: &'static str, news: Option<String>) -> Page {
    let news = news.map(|news| view! { <div class="notice notice-success no-print"><p>{news}</p></div> });
    let fields = view! { {saved_box(scene)} {submit_row(scene.say(words::SHEET_DONE))} };
    let body = view! {
        {news}
        <p class="lead">{scene.tell(words::SHEET_LEAD)}</p>
        {code_sheet(scene, seen)}
        {flow_form(action, Some(seen.flow), fields)}
    };
    Page::new(scene.say(words::SHEET_TITLE), body.into_any())
}
