//! The count of wrong answers, as rows keep it.

use super::values::{count, time_if};
use domain::throttle::{CodeCount, Wrong};
use usecases::ports::store::StoreFault;

/// How many times of wrong answers are kept behind a door; [`usecases::ports::store::WrongAnswers::wrong_since`] never gives
/// more. Every limit that asks it (security decisions 10 and 19: at most two hundred) lies below.
pub(crate) const SLOTS: i64 = 256;

/// Wrong answers in a row.
pub(crate) fn wrong(in_a_row: i64, last_at: Option<i64>) -> Result<Wrong, StoreFault> {
    Ok(Wrong { count: count(in_a_row)?, last: time_if(last_at)? })
}

/// Wrong codes at a login: those in a row, and those since she chose a password after a proof. Their column has its name from when a
/// proof began them anew.
pub(crate) fn wrong_codes(
    (in_a_row, last_at): (i64, Option<i64>),
    since_proof: i64,
    stopped_at: Option<i64>,
) -> Result<CodeCount, StoreFault> {
    let (since_password, stopped_at) = (count(since_proof)?, time_if(stopped_at)?);
    Ok(CodeCount { wrong: wrong(in_a_row, last_at)?, since_password, stopped_at })
}
