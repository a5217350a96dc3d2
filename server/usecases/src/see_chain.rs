//! How the trail stands at this moment: how far it is signed for, how far it is chained, and whether what is kept outside is
//! the same (pages 53 and 54). The whole of it is walked by `nsis-id audit verify`; a page does not.

use crate::auditor::{NotAuditor, auditor};
use crate::checkpoints::{Common, Unlike, compare, own};
use crate::context::{Cx, House};
use crate::fault::Fault;
use crate::ports::store::{KeptCheckpoint, StoreFault, Tx};
use crate::prove_trail::resolve;
use crate::who::Here;
use domain::Timestamp;
use domain::audit::checkpoint::Checkpoint;
use domain::audit::tree::{consistency, goes_on};

/// How the trail stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The newest checkpoint: its number, how many rows it stands for, and when it was signed.
    pub signed: Option<(u64, u64, Timestamp)>,
    /// The last place of the chain.
    pub sequenced: i64,
    /// How many rows wait for a place; a sequencer that works leaves none for longer than a second or two.
    pub waiting: u64,
    /// Whether the newest checkpoint stands outside of the database too.
    pub outside: Outside,
    /// What is wrong.
    pub wrong: Option<Wrong>,
}

/// What is kept outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// This instance keeps nothing outside.
    Nowhere,
    /// Nothing was kept yet.
    Nothing,
    /// The same, up to the checkpoint of this number.
    Agrees(u64),
    /// Something else; see [`Chain::wrong`].
    Unlike,
}

/// What is wrong with a trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The newest checkpoint was changed: no key of this house signed it.
    Unsigned,
    /// It does not go on from the one before it (RFC 6962, 2.1.2).
    NotGrown,
    /// The place outside says something else, or this instance refused to sign: the word of [`Unlike`].
    Apart(&'static str),
}

/// Looks at it now. Reads a few rows, however long the trail is.
pub async fn see_chain(cx: &Cx, here: &Here) -> Result<Chain, NotAuditor> {
    let mut tx = cx.house.store.reading("see_chain").await?;
    auditor(cx, tx.as_mut(), here).await?;
    Ok(chain(&cx.house, tx.as_mut()).await?)
}

pub(crate) async fn chain(house: &House, tx: &mut dyn Tx) -> Result<Chain, Fault> {
    let last = tx.last_checkpoint().await?;
    let own = last.as_ref().map(|last| own(house, &last.note)).transpose()?.flatten();
    let (outside, apart) = outside(house, tx).await?;
    // What stopped this instance from signing, at its last try within the minute.
    let apart = apart.or_else(|| house.keeping.apart.seen());
    let wrong = match (&last, &own) {
        (None, _) => None,
        (Some(last), Some(signed)) if is_of(last, signed) => {
            (!grew(house, tx, signed).await?).then_some(Wrong::NotGrown)
        }
        (Some(_), _) => Some(Wrong::Unsigned),
    };
    Ok(Chain {
        signed: own.map(|it| (it.number, it.size, it.at)),
        sequenced: tx.last_place().await?,
        waiting: tx.unsequenced_count().await?,
        outside,
        wrong: wrong.or_else(|| apart.map(|why| Wrong::Apart(why.word()))),
    })
}

fn is_of(kept: &KeptCheckpoint, signed: &Checkpoint) -> bool {
    (kept.number, kept.tree.size(), kept.tree.root()) == (signed.number, signed.size, signed.root)
}

/// Whether the newest checkpoint goes on from the one before it; the first goes on from nothing.
async fn grew(house: &House, tx: &mut dyn Tx, new: &Checkpoint) -> Result<bool, Fault> {
    let Some(number) = new.number.checked_sub(2) else { return Ok(true) };
    let before = tx.checkpoints_after(number, 1).await?.pop().filter(|it| it.number < new.number);
    let Some(before) = before else { return Ok(true) };
    let Some(old) = own(house, &before.note)? else { return Ok(false) };
    match resolve(tx, &consistency(old.size, new.size)).await {
        Ok(proof) => Ok(goes_on((old.size, old.root), (new.size, new.root), &proof)),
        // A node that is not there proves nothing.
        Err(Fault::Store(StoreFault::Unreadable(_))) => Ok(false),
        Err(fault) => Err(fault),
    }
}

async fn outside(house: &House, tx: &mut dyn Tx) -> Result<(Outside, Option<Unlike>), Fault> {
    let Some(place) = &house.keeping.place else { return Ok((Outside::Nowhere, None)) };
    Ok(match compare(house, tx, place.as_ref()).await? {
        Common::Nothing => (Outside::Nothing, None),
        Common::Agrees { number, .. } => (Outside::Agrees(number), None),
        Common::Unlike(why) => (Outside::Unlike, Some(why)),
    })
}
