//! How a browser's session is kept: under a hash of its id, its data as JSON.

use super::SessionRow;
use super::joined::beside_a_person;
use domain::session::Session;
use sha2::{Digest, Sha256};
use sqlx::types::{Json, Uuid};
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::Error;
use usecases::ports::records::{Along, BEFORE, BROWSER, say_along};

/// What a session is found by. Its id is the cookie's value and opens it, so it is not kept.
pub(crate) fn hash(id: Id) -> [u8; 32] {
    Sha256::digest(id.0.to_be_bytes()).into()
}

/// The data, without the id.
pub(crate) fn written(record: &Record) -> Result<String, Error> {
    serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

/// The end, in microseconds since 1970.
pub(crate) fn until(record: &Record) -> Result<i64, Error> {
    let micros = record.expiry_date.unix_timestamp_nanos() / 1000;
    i64::try_from(micros).map_err(|error| Error::Encode(error.to_string()))
}

/// The session again.
pub(crate) fn read(id: Id, data: &str, until: i64) -> Result<Record, Error> {
    let data = serde_json::from_str(data).map_err(|error| Error::Decode(error.to_string()))?;
    let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(i128::from(until) * 1000)
        .map_err(|error| Error::Decode(error.to_string()))?;
    Ok(Record { id, data, expiry_date })
}

/// Whose it is: the browser it names itself, as the HTTP edge writes it.
pub(crate) fn browser_of(record: &Record) -> Option<Uuid> {
    record.data.get(BROWSER)?.get("browser")?.as_str()?.parse().ok()
}

/// What the record is found by whose place this one takes, which is to be made; asked for once.
pub(crate) fn before(record: &mut Record) -> Option<[u8; 32]> {
    let before = record.data.remove(BEFORE)?;
    Some(hash(before.as_str()?.parse().ok()?))
}

beside_a_person! {
    /// A record, and who is signed in at its browser.
    FoundRow {
        data: String,
        expires_at: i64,
        browser: Option<Uuid>,
        session: Option<Uuid>,
        session_epoch: Option<i64>,
        shown: Option<String>,
        began_at: Option<i64>,
        seen_at: Option<i64>,
    }
}

impl FoundRow {
    /// The record; who sits there is said along with it.
    pub(crate) fn told(self, id: Id) -> Result<Record, Error> {
        let record = read(id, &self.data, self.expires_at)?;
        if let Some(along) = self.along() {
            say_along(along);
        }
        Ok(record)
    }

    /// Nothing where that is not known or cannot be read: whoever asks for it by itself hears why.
    fn along(mut self) -> Option<Along> {
        let browser = self.browser?;
        if self.session.is_none() {
            return Some(Along { browser: browser.into(), here: None });
        }
        let person = self.whose().ok()??;
        let session = SessionRow {
            id: self.session?,
            person: self.person?,
            epoch: self.session_epoch?,
            browser,
            shown: Json(serde_json::from_str(&self.shown?).ok()?),
            began_at: self.began_at?,
            seen_at: self.seen_at?,
        };
        let here = Some((Session::try_from(session).ok()?, person));
        Some(Along { browser: browser.into(), here })
    }
}

/// A database's error as the library wants it.
#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` asks for")]
pub(crate) fn backend(error: sqlx::Error) -> Error {
    Error::Backend(error.to_string())
}
