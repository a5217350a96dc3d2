//! The counters of the desk, one a subject: each page and form of the portal, and who serves it. Read them like an index.

mod account;
mod auditor;
mod block;
mod enrolment;
mod methods;
mod phone;
mod publication;
mod reopening;
mod sign_in;

use super::BrowserDesk;
use app::desk::{Asking, Desk, Document, Flash, House, Overview, Seen, StatusPage, TextPage};
use async_trait::async_trait;

#[async_trait]
impl Desk for BrowserDesk {
    fn asking(&self) -> &Asking {
        &self.asking
    }
    fn house(&self) -> &House {
        &self.edge.about
    }

    async fn flash(&self) -> Flash {
        self.said_here().await
    }
    async fn keep_flash(&self, path: &str, flash: Flash) {
        self.say_at(path, flash).await;
    }

    async fn overview(&self) -> Seen<Overview> {
        self.see_overview().await
    }
    async fn document(&self, document: Document) -> Seen<TextPage> {
        self.see_document(document).await
    }
    async fn status_page(&self) -> Seen<StatusPage> {
        Ok(self.see_status().await)
    }
}
