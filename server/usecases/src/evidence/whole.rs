//! Whether a row that an export reads is as this house wrote it, or went by rule. The house signs what it hands out, and whoever
//! reads it has no key to tell: it must not vouch for what somebody else put into the database, nor pass over what was taken out.

use crate::context::House;
use crate::fault::Fault;
use crate::keep_retention::rule_of;
use crate::ports::store::{Sought, Tx};
use crate::verify_trail::{holds, is_authentic};
use domain::audit::{Emptied, EventKind, Row};
use domain::evidence::Broken;
use domain::retention::Account;
use domain::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Rules read at once.
const PAGE: u32 = 1000;
/// So far behind may another instance's clock be when it writes a rule.
const BEHIND: SignedDuration = SignedDuration::from_hours(1);

/// What was counted while rows were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Rows that were told.
    pub(crate) told: u64,
    /// Places that had no row any more, by rule.
    pub(crate) gone: u64,
    /// Places whose rows do not hold.
    pub(crate) broken: Option<Broken>,
}

impl Counts {
    /// So many places from this one on have rows that do not hold.
    pub(crate) fn breaks(&mut self, place: i64, many: u64) {
        if many == 0 {
            return;
        }
        let before = self.broken.unwrap_or(Broken { many: 0, first: place });
        if before.many == 0 {
            tracing::error!(
                place,
                "an export leaves out a row that does not hold: run `nsis-id audit verify`"
            );
        }
        self.broken = Some(Broken { many: before.many.saturating_add(many), ..before });
    }
}

/// Compares rows with their MACs, and empty ones with the rules in the trail.
#[derive(Debug)]
pub(crate) struct Whole {
    house: Arc<House>,
    /// The rules that were read so far.
    rules: Account,
    /// All from before then were.
    read: Timestamp,
}

impl Whole {
    pub(crate) fn of(house: Arc<House>) -> Self {
        Self { house, rules: Account::default(), read: Timestamp::UNIX_EPOCH }
    }

    /// Whether this house wrote it, as it stands.
    pub(crate) fn holds(&self, row: &Row) -> Result<bool, Fault> {
        holds(&self.house, row)
    }

    /// Whether this is what is left of a row this house wrote, and a rule of the trail says that its time had come. Rules are read
    /// when one is missing: a deletion may go on while an export is made.
    pub(crate) async fn went_by_rule(
        &mut self,
        tx: &mut dyn Tx,
        place: i64,
        left: &Emptied,
    ) -> Result<bool, Fault> {
        if !is_authentic(Some(self.house.vault.as_ref()), &left.encoded(), &left.mac)? {
            return Ok(false);
        }
        if !covers(&self.rules, place, left) {
            self.read_rules(tx, place, left).await?;
        }
        Ok(covers(&self.rules, place, left))
    }

    /// The newest first: as a rule the first page tells of a place, for the newest reaches furthest. None is read twice, so that
    /// many places without a rule take no longer than one.
    async fn read_rules(&mut self, tx: &mut dyn Tx, place: i64, left: &Emptied) -> Result<(), Fault> {
        let kinds = [EventKind::RowsExpired.word()];
        let unread = Sought { kinds: &kinds, from: self.read, before: Timestamp::MAX, request_ends: "" };
        let (mut behind, mut newest) = (None, self.read);
        loop {
            let page = tx.rows_sought(unread, behind, PAGE).await?;
            for (_, row) in &page {
                newest = newest.max(row.at);
                if let Some(rule) = rule_of(row)
                    && self.holds(row)?
                {
                    self.rules.allow(&rule);
                }
            }
            if covers(&self.rules, place, left) {
                return Ok(());
            }
            if page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
                self.read = newest.checked_sub(BEHIND).unwrap_or(newest);
                return Ok(());
            }
            behind = page.last().map(|(_, row)| (row.at, row.id));
        }
    }
}

fn covers(rules: &Account, place: i64, left: &Emptied) -> bool {
    let mut account = rules.clone();
    account.note(left, place).is_ok() && account.settle().is_ok()
}
