//! The municipality's texts, and what works now.

use super::BrowserDesk;
use app::desk::{Document, Seen, StatusPage, Stop, TextPage};
use usecases::see_status::see_status;

impl BrowserDesk {
    pub(super) fn see_document(&self, document: Document) -> Seen<TextPage> {
        self.edge.library.document(self.asking.lang, document).ok_or(Stop::Missing)
    }

    pub(super) async fn see_status(&self) -> StatusPage {
        StatusPage { parts: see_status(&self.edge.house, &self.edge.watch).await.into() }
    }
}
