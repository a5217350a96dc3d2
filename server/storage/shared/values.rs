//! Single values, read or refused.

use domain::audit::Actor;
use domain::ids::PersonId;
use domain::{Date, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use usecases::ports::store::StoreFault;

/// Reads microseconds since 1970.
pub(crate) fn time(micros: i64) -> Result<Timestamp, StoreFault> {
    Timestamp::from_microsecond(micros).map_err(|_| StoreFault::Unreadable("a time"))
}

/// Reads a time that may not have come yet.
pub(crate) fn time_if(micros: Option<i64>) -> Result<Option<Timestamp>, StoreFault> {
    micros.map(time).transpose()
}

/// Reads an ISO 8601 day.
pub(crate) fn day(text: &str) -> Result<Date, StoreFault> {
    text.parse().map_err(|_| StoreFault::Unreadable("a day"))
}

/// Reads a value that has a shape.
pub(crate) fn shaped<T: TryFrom<String>>(text: String, what: &'static str) -> Result<T, StoreFault> {
    T::try_from(text).map_err(|_| StoreFault::Unreadable(what))
}

/// Reads a value that has a shape, where there is one.
pub(crate) fn shaped_if<T: TryFrom<String>>(
    text: Option<String>,
    what: &'static str,
) -> Result<Option<T>, StoreFault> {
    text.map(|text| shaped(text, what)).transpose()
}

/// What a joined row must have where it is there at all.
pub(crate) fn there<T>(value: Option<T>) -> Result<T, StoreFault> {
    value.ok_or(StoreFault::Unreadable("a joined row"))
}

/// Reads thirty-two bytes.
pub(crate) fn bytes32(bytes: Vec<u8>, what: &'static str) -> Result<[u8; 32], StoreFault> {
    bytes.try_into().map_err(|_| StoreFault::Unreadable(what))
}

/// Reads a count.
pub(crate) fn count<T: TryFrom<i64>>(number: i64) -> Result<T, StoreFault> {
    T::try_from(number).map_err(|_| StoreFault::Unreadable("a count"))
}

/// A count as it is kept.
pub(crate) fn kept(number: u64) -> Result<i64, StoreFault> {
    i64::try_from(number).map_err(|_| StoreFault::Unreadable("a count"))
}

/// The word of a plain enum, as serde writes it.
pub(crate) fn word(value: &impl Serialize) -> Result<String, StoreFault> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StoreFault::Unreadable("a word")),
    }
}

/// How the trail writes that a person did something.
pub(crate) fn actor(id: PersonId) -> Result<String, StoreFault> {
    serde_json::to_string(&Actor::Person(id)).map_err(|_| StoreFault::Unreadable("an actor"))
}

/// Reads the word of a plain enum.
pub(crate) fn from_word<T: DeserializeOwned>(word: String) -> Result<T, StoreFault> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| StoreFault::Unreadable("a word"))
}

/// Reads every row, or none.
pub(crate) fn all<R, T: TryFrom<R, Error = StoreFault>>(rows: Vec<R>) -> Result<Vec<T>, StoreFault> {
    rows.into_iter().map(T::try_from).collect()
}
