//! The municipality's own texts (pages 44 and 45).

use crate::desk::{Document, TextPage};
use crate::frame::{Page, page};
use crate::scene::Scene;
use leptos::prelude::*;
use text::format;
use text::pages::documents as words;

pub(crate) fn help() -> AnyView {
    page(
        |desk| async move { desk.document(Document::Help).await },
        |scene, seen| text_page(scene, seen).telling_outages(),
    )
}

pub(crate) fn accessibility() -> AnyView {
    document(Document::Accessibility)
}

pub(crate) fn privacy() -> AnyView {
    document(Document::Privacy)
}

pub(crate) fn service() -> AnyView {
    document(Document::Service)
}

pub(crate) fn relying_parties() -> AnyView {
    document(Document::RelyingParties)
}

pub(crate) fn terms() -> AnyView {
    document(Document::Terms)
}

fn document(document: Document) -> AnyView {
    page(move |desk| async move { desk.document(document).await }, text_page)
}

fn text_page(scene: &Scene, seen: TextPage) -> Page {
    let version = seen.version.map(|(version, date)| {
        let day = format::day(date, scene.lang());
        scene.fill(words::VERSION, &[("version", &version), ("day", &day)])
    });
    let html = seen.html;
    let body = view! {
        <div class="prose" inner_html=html></div>
        <p class="hint">{version} " " {scene.say(words::PRINT_HINT)}</p>
    };
    Page::new(seen.title, body.into_any())
}
