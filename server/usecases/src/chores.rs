//! What is done to many by itself, a few in a transaction. Where those few fail together each is dealt with alone, and one who
//! cannot be dealt with for what is on record of her keeps nobody waiting who stands behind her.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::VaultFault;
use async_trait::async_trait;
use core::fmt::Display;
use std::collections::BTreeSet;
use std::error::Error;

/// How many are dealt with in one transaction, so that none lasts over 50 ms.
const BATCH: usize = 25;
/// So many are passed over in one run. Where there are more, it is the house that fails, and the run ends.
const PASSED_OVER: usize = 100;

/// Something that is done to everybody who is due.
#[async_trait]
pub(crate) trait Chore: Sync {
    /// Who or what is due, by an id that a log may hold.
    type Item: Copy + Ord + Display + Send + Sync;
    /// How metrics and the log call it.
    const NAME: &'static str;

    /// Who is due now, at most `limit`. Whoever was dealt with is due no more.
    async fn due(&self, cx: &Cx, tx: &mut dyn Tx, limit: u32) -> Result<Vec<Self::Item>, Fault>;

    /// Deals with one, after a look under her lock; false where there was nothing to do.
    async fn deal(&self, cx: &Cx, tx: &mut dyn Tx, item: Self::Item) -> Result<bool, Fault>;
}

/// Deals with everybody who is due; gives with how many.
pub(crate) async fn deal_with_all<C: Chore>(cx: &Cx, chore: &C) -> Result<u64, Fault> {
    let (mut done, mut aside) = (0, Aside::of(C::NAME));
    while any_due(cx, chore, &aside).await? {
        done += deal_with_some(cx, chore, &mut aside).await?;
    }
    aside.tell();
    Ok(done)
}

/// Looked up without the writer's lock: most times there is nothing to do.
async fn any_due<C: Chore>(cx: &Cx, chore: &C, aside: &Aside<C::Item>) -> Result<bool, Fault> {
    let mut tx = cx.house.store.reading(C::NAME).await?;
    Ok(!next(cx, tx.as_mut(), chore, aside, 1).await?.is_empty())
}

/// The next who are due, without those who were passed over.
async fn next<C: Chore>(
    cx: &Cx,
    tx: &mut dyn Tx,
    chore: &C,
    aside: &Aside<C::Item>,
    many: usize,
) -> Result<Vec<C::Item>, Fault> {
    let limit = u32::try_from(many.saturating_add(aside.passed_over.len())).unwrap_or(u32::MAX);
    let mut due = chore.due(cx, tx, limit).await?;
    due.retain(|item| !aside.passed_over.contains(item));
    due.truncate(many);
    Ok(due)
}

/// The next few in one transaction; where that fails, each in one of her own.
async fn deal_with_some<C: Chore>(cx: &Cx, chore: &C, aside: &mut Aside<C::Item>) -> Result<u64, Fault> {
    let mut tx = cx.house.store.begin(C::NAME).await?;
    let due = next(cx, tx.as_mut(), chore, aside, BATCH).await?;
    match together(cx, tx, chore, &due).await {
        Ok(done) => return Ok(done),
        Err(fault) => {
            let error: &(dyn Error + 'static) = &fault;
            tracing::warn!(
                chore = C::NAME,
                many = due.len(),
                error,
                "some fail together; each is dealt with alone"
            );
        }
    }
    let mut done = 0;
    for item in due {
        let tx = cx.house.store.begin(C::NAME).await?;
        match together(cx, tx, chore, &[item]).await {
            Ok(dealt) => done += dealt,
            Err(fault) => aside.pass_over(item, fault)?,
        }
    }
    Ok(done)
}

/// All of these in this transaction, or none.
async fn together<C: Chore>(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    chore: &C,
    items: &[C::Item],
) -> Result<u64, Fault> {
    let mut done = 0;
    for item in items {
        done += u64::from(chore.deal(cx, tx.as_mut(), *item).await?);
    }
    tx.commit().await?;
    Ok(done)
}

/// Whether it is what is on record of one, and not the house: a database that takes nothing fails for everybody, and a ring
/// without a key for a purpose too.
fn is_of_her_own(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::Store(StoreFault::Unreadable(_) | StoreFault::Conflict(_))
            | Fault::Vault(VaultFault::DoesNotOpen)
            | Fault::NoPersonKey
            | Fault::Encoding
    )
}

/// Who was passed over in this run.
pub(crate) struct Aside<T> {
    name: &'static str,
    passed_over: BTreeSet<T>,
}

impl<T: Copy + Ord + Display> Aside<T> {
    /// Nobody yet.
    pub(crate) fn of(name: &'static str) -> Self {
        Self { name, passed_over: BTreeSet::new() }
    }

    /// Goes on behind one who cannot be dealt with, and says who it was; gives the fault back where it is not about her.
    pub(crate) fn pass_over(&mut self, item: T, fault: Fault) -> Result<(), Fault> {
        if !is_of_her_own(&fault) || self.passed_over.len() >= PASSED_OVER {
            return Err(fault);
        }
        let error: &(dyn Error + 'static) = &fault;
        tracing::error!(chore = self.name, id = %item, error, "one cannot be dealt with and is passed over");
        self.passed_over.insert(item);
        Ok(())
    }

    /// Says how many they are, at the end of a run.
    pub(crate) fn tell(&self) {
        let many = self.passed_over.len();
        if many > 0 {
            tracing::error!(
                chore = self.name,
                many,
                "passed over in this run; each is tried again in the next"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_that_fails_passes_nobody_over() {
        let mut aside = Aside::of("a chore");
        for hers in [
            Fault::from(StoreFault::Unreadable("a name")),
            Fault::from(StoreFault::Conflict("an event")),
            Fault::from(VaultFault::DoesNotOpen),
            Fault::NoPersonKey,
        ] {
            aside.pass_over(1, hers).unwrap();
        }
        let read_only = StoreFault::Database("a database that is read only".into());
        for of_the_house in [Fault::from(read_only), Fault::from(VaultFault::NoKey), Fault::OutsideApart] {
            assert!(aside.pass_over(2, of_the_house).is_err());
        }
        assert_eq!(aside.passed_over, BTreeSet::from([1]));
    }
}
