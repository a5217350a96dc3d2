//! What tower-sessions does with a browser's cookie: it saves and exchanges it after the handler, outside the use
//! case's transaction (security, "What the libraries do").

use domain::ids::BrowserId;
use std::sync::Arc;
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};

/// The record's only word here; the edge keeps more.
const BROWSER: &str = "browser";
/// Ends after every test: the first second of 2100.
const UNTIL: i64 = 4_102_444_800;

/// The records behind cookies, in a rig's database.
#[derive(Clone, Debug)]
pub struct Cookies(Arc<dyn SessionStore>);

/// One cookie, and the record behind it as a request read it.
#[derive(Clone, Debug)]
pub struct Cookie(Record);

impl Cookies {
    pub(crate) fn of(store: impl SessionStore) -> Self {
        Self(Arc::new(store))
    }

    /// A new cookie of this browser.
    pub async fn make(&self, browser: BrowserId) -> Cookie {
        let data = [(BROWSER.to_owned(), browser.to_string().into())].into();
        let expiry_date = OffsetDateTime::from_unix_timestamp(UNTIL).expect("a time");
        self.create(Record { id: Id::default(), data, expiry_date }).await
    }

    /// Gives the browser another cookie for this one, as at every step-up (NSIS 6.6).
    pub async fn exchange(&self, cookie: &Cookie) -> Cookie {
        self.0.delete(&cookie.0.id).await.expect("a store");
        self.create(Record { id: Id::default(), ..cookie.0.clone() }).await
    }

    /// Keeps what a request read, as at its end.
    pub async fn save(&self, cookie: &Cookie) {
        self.0.save(&cookie.0).await.expect("a store");
    }

    /// The browser a request with this cookie is taken for.
    pub async fn browser(&self, cookie: &Cookie) -> Option<BrowserId> {
        let record = self.0.load(&cookie.0.id).await.expect("a store")?;
        record.data.get(BROWSER)?.as_str()?.parse().ok()
    }

    async fn create(&self, mut record: Record) -> Cookie {
        self.0.create(&mut record).await.expect("a store");
        Cookie(record)
    }
}
