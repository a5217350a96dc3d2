//! Rows of the trail are taken out into a file that proves itself with nothing but a public key.
//!
//! The file holds the rows, of those that were kept long enough what is left and which rule took them, what of the tree lies
//! before and behind them, the checkpoint whose root all of it adds up to, and at its end a seal over every line. The reading
//! of the trail is itself an event.

pub mod format;

use crate::checkpoints::own;
use crate::context::Cx;
use crate::fault::Fault;
use crate::keep_retention::rule_of;
use crate::operator::Operator;
use crate::places::places_within;
use crate::ports::store::{KeptCheckpoint, StoreFault};
use crate::ports::vault::KeyUse;
use crate::prove_trail::{prove_row, roots};
use crate::record::record;
use crate::see_exports::trail_since;
use crate::verify_trail::left_of;
use domain::Timestamp;
use domain::audit::checkpoint::{Note, Seal, origin};
use domain::audit::{EventKind, Hash, Row};
use domain::evidence::Period;
use domain::retention::{Account, Rule};
use format::{Closing, EmptiedLine, Header, Left, Line, RuleLine};
use sha2::{Digest, Sha256};
use std::io::Write;

/// Rows read on one view of the database.
const PAGE: u32 = 1000;

/// Which rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All that the last checkpoint stands for.
    All,
    /// From the first that was written at or after a time to the last before another, and all between.
    Between(Timestamp, Timestamp),
}

/// What was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The first place.
    pub from: u64,
    /// The last.
    pub to: u64,
    /// The checkpoint it adds up to.
    pub checkpoint: u64,
    /// SHA-256 of all lines but the seal.
    pub digest: Hash,
}

/// Why nothing was taken out, or not all.
#[derive(Debug, thiserror::Error)]
pub enum NotExported {
    /// There is no checkpoint yet.
    #[error("there is no checkpoint of the trail yet: is `nsis-id serve` running?")]
    NoCheckpoint,
    /// The last checkpoint in the database was changed.
    #[error("the last checkpoint in the database is not one this house signed; run `nsis-id audit verify`")]
    Forged,
    /// No row was written then.
    #[error("no row that a checkpoint stands for was written in that time")]
    Nothing,
    /// A row is missing.
    #[error("the row at place {0} is not there; run `nsis-id audit verify`")]
    Missing(i64),
    /// A row is empty, and what says so is not under the last checkpoint.
    #[error(
        "rows were just emptied by age, and no checkpoint vouches for that yet: try again in two minutes; if it says the \
         same then, run `nsis-id audit verify`"
    )]
    Unsettled,
    /// The file.
    #[error("writing the export: {0}")]
    File(#[from] std::io::Error),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotExported {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Writes the export, page by page, then the event that tells of it, and the seal last: no file is sealed of which the trail does
/// not tell.
pub async fn export_trail(
    cx: &Cx,
    by: &Operator,
    which: Which,
    file: &mut (dyn Write + Send),
) -> Result<Exported, NotExported> {
    let store = cx.house.store.as_ref();
    let last = store.look("export_trail").await?.last_checkpoint().await?;
    let last = last.ok_or(NotExported::NoCheckpoint)?;
    if own(&cx.house, &last.note)?.is_none() {
        return Err(NotExported::Forged);
    }
    let (from, to) = places(cx, which, last.tree.size()).await?;
    let mut out = Digesting { file, digest: Sha256::new() };
    head(cx, &last, from, to, &mut out).await?;
    let account = rows(cx, from, to, &mut out).await?;
    rules(cx, (from, to, last.tree.size()), account, &mut out).await?;
    out.line(&Closing::Checkpoint(last.note.clone()))?;
    let digest = Hash(out.digest.clone().finalize().into());
    let done = Exported { from, to, checkpoint: last.number, digest };
    tell(cx, by, &done).await?;
    let seal =
        Seal { origin: origin(&cx.house.policy.public_url), from, to, digest, at: cx.house.clock.now() };
    let text = seal.text();
    let (key, signature) = cx.house.vault.sign(KeyUse::Checkpoints, text.as_bytes()).map_err(Fault::from)?;
    out.line(&Closing::Seal(Note::signed(text, &seal.origin, &key, signature).written()))?;
    out.file.flush()?;
    Ok(done)
}

async fn places(cx: &Cx, which: Which, size: u64) -> Result<(u64, u64), NotExported> {
    let Which::Between(from, before) = which else {
        return if size == 0 { Err(NotExported::Nothing) } else { Ok((1, size)) };
    };
    let store = cx.house.store.as_ref();
    let mut tx = store.look("export_trail").await?;
    let since = trail_since(tx.as_mut()).await?.unwrap_or(from);
    drop(tx);
    let lived = Period { from: since, before: cx.now };
    let found = places_within(store, "export_trail", Period { from, before }, lived).await?;
    let (first, last) = found.ok_or(NotExported::Nothing)?;
    let (first, last) = (u64::try_from(first).unwrap_or(1), u64::try_from(last).unwrap_or(0).min(size));
    if first > last { Err(NotExported::Nothing) } else { Ok((first, last)) }
}

async fn head(
    cx: &Cx,
    last: &KeptCheckpoint,
    from: u64,
    to: u64,
    out: &mut Digesting<'_>,
) -> Result<(), NotExported> {
    let mut tx = cx.house.store.reading("export_trail").await?;
    let chain = match from {
        1 => Hash::START,
        _ => {
            let before = i64::try_from(from).unwrap_or(i64::MAX).saturating_sub(2);
            let link = tx.links_after(before, 1).await?.pop();
            link.ok_or(NotExported::Missing(before + 1))?.hash
        }
    };
    out.line(&Header {
        format: format::NAME.to_owned(),
        origin: origin(&cx.house.policy.public_url),
        from,
        to,
        size: last.tree.size(),
        chain,
        before: roots(tx.as_mut(), 0, from - 1).await?,
        after: roots(tx.as_mut(), to, last.tree.size()).await?,
    })
}

async fn rows(cx: &Cx, from: u64, to: u64, out: &mut Digesting<'_>) -> Result<Account, NotExported> {
    let store = cx.house.store.as_ref();
    let mut account = Account::default();
    let mut place = i64::try_from(from).unwrap_or(i64::MAX).saturating_sub(1);
    let to = i64::try_from(to).unwrap_or(i64::MAX);
    while place < to {
        let limit = u32::try_from(to - place).unwrap_or(PAGE).min(PAGE);
        let mut tx = store.reading("export_trail").await?;
        let page = tx.chained_after(place, limit).await?;
        if page.is_empty() {
            return Err(NotExported::Missing(place + 1));
        }
        let left = left_of(tx.as_mut(), place, &page).await?;
        drop(tx);
        for (link, row) in page {
            let missing = NotExported::Missing(link.place);
            match (row, left.get(&link.place)) {
                (Some(row), _) => {
                    own_rule(cx, &row)?.iter().for_each(|rule| account.allow(rule));
                    out.line(&Line::of(&link, &row))?;
                }
                (None, Some(left)) => {
                    account.note(left, link.place).map_err(|_| missing)?;
                    out.line(&EmptiedLine { emptied: Left::of(&link, left) })?;
                }
                (None, None) => return Err(missing),
            }
            place = link.place;
        }
    }
    Ok(account)
}

/// The rule a row states, where this house wrote the row. Whoever reads the export has no key to tell: a rule that somebody
/// put into the database, and that was chained with the rest, must not come to him under our seal as what emptied a row.
fn own_rule(cx: &Cx, row: &Row) -> Result<Option<Rule>, Fault> {
    let Some(rule) = rule_of(row) else { return Ok(None) };
    let ours = cx.house.vault.macs(KeyUse::Trail, &row.encoded())?;
    Ok(ours.contains(&row.mac).then_some(rule))
}

/// Rules that stand outside of the export and took rows of it, each with what shows that the checkpoint stands for it.
async fn rules(
    cx: &Cx,
    (from, to, size): (u64, u64, u64),
    mut account: Account,
    out: &mut Digesting<'_>,
) -> Result<(), NotExported> {
    if account.settle().is_ok() {
        return Ok(());
    }
    let store = cx.house.store.as_ref();
    let mut tx = store.reading("export_trail").await?;
    for place in tx.rule_places(i64::try_from(size).unwrap_or(i64::MAX)).await? {
        let (link, row) = tx.chained_after(place - 1, 1).await?.pop().ok_or(NotExported::Missing(place))?;
        let row = row.ok_or(NotExported::Missing(place))?;
        let at = u64::try_from(place).unwrap_or(0);
        let rule = own_rule(cx, &row)?.filter(|rule| account.categories().any(|keep| keep == rule.keep));
        let Some(rule) = rule else { continue };
        account.allow(&rule);
        if !(from..=to).contains(&at) {
            let path = prove_row(store, at, size).await?;
            out.line(&RuleLine { rule: Line::of(&link, &row), path })?;
        }
    }
    account.settle().map_err(|_| NotExported::Unsettled)
}

async fn tell(cx: &Cx, by: &Operator, done: &Exported) -> Result<(), Fault> {
    let entry = by
        .entry(EventKind::TrailExported)
        .fact("from", done.from)
        .fact("to", done.to)
        .fact("checkpoint", done.checkpoint)
        .fact("sha256", crate::context::hex(&done.digest.0));
    let mut tx = cx.house.store.begin("export_trail").await?;
    record(cx, tx.as_mut(), entry).await?;
    Ok(tx.commit().await?)
}

/// A file whose lines are digested as they are written.
struct Digesting<'a> {
    file: &'a mut (dyn Write + Send),
    digest: Sha256,
}

impl Digesting<'_> {
    fn line(&mut self, value: &(impl serde::Serialize + Sync)) -> Result<(), NotExported> {
        let mut line = serde_json::to_vec(value).map_err(|_| Fault::Encoding)?;
        line.push(b'\n');
        self.digest.update(&line);
        Ok(self.file.write_all(&line)?)
    }
}
