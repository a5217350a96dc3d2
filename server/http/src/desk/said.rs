//! Words left for a page: said there once, soon, and to nobody who comes later. What was typed lies sealed meanwhile.

use super::BrowserDesk;
use crate::browser::Said;
use app::desk::{Flash, Kept};
use usecases::aside::{put_aside, take_up};

/// More than a person has pages open; an attacker's loop is not remembered.
const MOST: usize = 8;

impl BrowserDesk {
    /// What there is to say on the page that is asked for.
    pub(super) async fn said_here(&self) -> Flash {
        let (path, now) = (&self.asking.path, self.cx.now);
        let mut record = self.browser.record().await;
        if !record.said.iter().any(|said| said.path == *path) {
            return Flash::default();
        }
        self.browser.change(|record| record.said.retain(|said| said.path != *path)).await;
        record.forget_old(now);
        match record.said.into_iter().find(|said| said.path == *path) {
            Some(said) => Flash { kept: self.opened(&said.kept), ..said.flash },
            None => Flash::default(),
        }
    }

    /// Whether there is anything.
    pub(crate) async fn has_words_here(&self) -> bool {
        self.browser.record().await.said.iter().any(|said| said.path == self.asking.path)
    }

    /// Leaves words for that page.
    pub(super) async fn say_at(&self, path: &str, flash: Flash) {
        let kept = self.sealed(&flash.kept);
        let flash = Flash { kept: Kept::default(), ..flash };
        let said = Said { path: path.to_owned(), flash, kept, at: self.cx.now };
        self.remember(|record| {
            record.said.retain(|other| other.path != said.path);
            record.said.push(said);
            let surplus = record.said.len().saturating_sub(MOST);
            record.said.drain(..surplus);
        })
        .await;
    }

    /// What somebody typed, as it may lie in the record; nothing of it where it cannot be sealed.
    pub(super) fn sealed(&self, kept: &Kept) -> Vec<u8> {
        if *kept == Kept::default() {
            return Vec::new();
        }
        let Ok(clear) = serde_json::to_vec(kept) else { return Vec::new() };
        put_aside(&self.cx, &clear).unwrap_or_else(|fault| {
            self.note(&fault);
            Vec::new()
        })
    }

    /// The same, opened; nothing where it does not open.
    pub(super) fn opened(&self, sealed: &[u8]) -> Kept {
        if sealed.is_empty() {
            return Kept::default();
        }
        let clear = take_up(&self.cx, sealed);
        clear.and_then(|clear| serde_json::from_slice(&clear).ok()).unwrap_or_default()
    }
}
