//! How a browser's session is kept: under a hash of its id, its data as JSON.

use super::{PersonRow, SessionRow};
use domain::person::Person;
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

/// A record, and who is signed in at its browser.
pub(crate) struct FoundRow {
    pub(crate) data: String,
    pub(crate) expires_at: i64,
    pub(crate) browser: Option<Uuid>,
    pub(crate) session: Option<Uuid>,
    pub(crate) session_epoch: Option<i64>,
    pub(crate) shown: Option<String>,
    pub(crate) began_at: Option<i64>,
    pub(crate) seen_at: Option<i64>,
    pub(crate) person: Option<Uuid>,
    pub(crate) user_name: Option<String>,
    pub(crate) given_name: Option<String>,
    pub(crate) family_name: Option<String>,
    pub(crate) work_mail: Option<String>,
    pub(crate) private_mail: Option<String>,
    pub(crate) mobile: Option<String>,
    pub(crate) epoch: Option<i64>,
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
    fn along(self) -> Option<Along> {
        let browser = self.browser?;
        if self.session.is_none() {
            return Some(Along { browser: browser.into(), here: None });
        }
        let session = SessionRow {
            id: self.session?,
            person: self.person?,
            epoch: self.session_epoch?,
            browser,
            shown: Json(serde_json::from_str(&self.shown?).ok()?),
            began_at: self.began_at?,
            seen_at: self.seen_at?,
        };
        let person = PersonRow {
            id: self.person?,
            user_name: self.user_name?,
            given_name: self.given_name?,
            family_name: self.family_name?,
            work_mail: self.work_mail,
            private_mail: self.private_mail,
            mobile: self.mobile,
            epoch: self.epoch?,
        };
        let here = Some((Session::try_from(session).ok()?, Person::try_from(person).ok()?));
        Some(Along { browser: browser.into(), here })
    }
}

/// A database's error as the library wants it.
#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` asks for")]
pub(crate) fn backend(error: sqlx::Error) -> Error {
    Error::Backend(error.to_string())
}
