//! How a browser's session is kept: under a hash of its id, its data as JSON.

use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::Error;

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

/// A database's error as the library wants it.
#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` asks for")]
pub(crate) fn backend(error: sqlx::Error) -> Error {
    Error::Backend(error.to_string())
}
