//! The municipality's texts, and what works now.

use super::BrowserDesk;
use super::terms::in_language;
use app::desk::{Document, Seen, StatusPage, Stop, TextPage};
use domain::publication::PageText;
use text::pages::documents as words;
use usecases::see_status::see_status;
use usecases::terms_in_force::see_terms_in_force;

impl BrowserDesk {
    pub(super) async fn see_document(&self, document: Document) -> Seen<TextPage> {
        match document {
            Document::Terms => self.see_all_terms().await,
            other => self.edge.library.document(self.asking.lang, other).ok_or(Stop::Missing),
        }
    }

    /// All pages of the terms that hold, one below the other.
    async fn see_all_terms(&self) -> Seen<TextPage> {
        let lang = self.asking.lang;
        let seen = see_terms_in_force(&self.cx).await;
        let (terms, pages) = seen.map_err(|fault| self.fault(&fault))?;
        let section = |text: &PageText| {
            let html = self.edge.library.rendered(&text.body);
            let html = html.replace("<h2>", "<h3>").replace("</h2>", "</h3>");
            format!("<h2>{}</h2>{html}", plain(&text.title))
        };
        Ok(TextPage {
            title: words::TERMS.get(lang).to_owned(),
            html: pages.all().iter().map(|spread| section(in_language(spread, lang))).collect(),
            version: Some((terms.version, terms.date)),
        })
    }

    pub(super) async fn see_status(&self) -> StatusPage {
        StatusPage { parts: see_status(&self.edge.house, &self.edge.watch).await.into() }
    }
}

/// A heading as HTML: what is typed in it is text.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
