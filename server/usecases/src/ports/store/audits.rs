//! What an auditor asks of the store: rows by kind and time, and how everybody stands.

use super::StoreFault;
use async_trait::async_trait;
use domain::Timestamp;
use domain::audit::Row;
use domain::ids::{EventId, PersonId};
use domain::reconfirmation::Proved;
use domain::terms::TermsHash;

/// Which rows of the trail are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    /// Of these kinds, by their words.
    pub kinds: &'a [&'a str],
    /// Written from then on.
    pub from: Timestamp,
    /// And before then.
    pub before: Timestamp,
    /// Of requests whose ids end with these lower-case hexadecimal digits; empty for all.
    pub request_ends: &'a str,
}

/// Somebody with an open work relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employed {
    /// Who.
    pub person: PersonId,
    /// Her newest proof that counts, as [`super::Reconfirmations::proved`].
    pub proved: Option<Proved>,
    /// Which terms she accepted last.
    pub accepted: Option<TermsHash>,
    /// Whether any hold is open.
    pub held: bool,
}

/// An auditor's questions.
#[async_trait]
pub trait Audits {
    /// Rows that are there, each with its place, which a row that waits has none of. The newest first; of one instant those
    /// with the greater id. Only those behind this instant and id, where they are given. Costs what it gives, however long
    /// the trail is, unless ends of request ids are asked for.
    async fn rows_sought(
        &mut self,
        sought: Sought<'_>,
        behind: Option<(Timestamp, EventId)>,
        limit: u32,
    ) -> Result<Vec<(Option<i64>, Row)>, StoreFault>;
    /// The last place of the chain, without a lock; nought where there is none.
    async fn last_place(&mut self) -> Result<i64, StoreFault>;
    /// People with an open work relation, in the order of their ids, behind `after`, at most `limit`.
    async fn employed_after(
        &mut self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<Employed>, StoreFault>;
}
