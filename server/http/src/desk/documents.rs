//! The municipality's texts.

use super::BrowserDesk;
use app::desk::{Document, Seen, Stop, TextPage};

impl BrowserDesk {
    pub(super) fn see_document(&self, document: Document) -> Seen<TextPage> {
        self.edge.library.document(self.asking.lang, document).ok_or(Stop::Missing)
    }
}
