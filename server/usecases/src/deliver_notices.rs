//! Notices leave: taken with a lease, written and sent outside of any transaction, settled afterwards.
//!
//! Each of the short transactions goes ahead of whoever waits to write: in a storm of logins the letter that says a login
//! was blocked would stand behind the storm otherwise. There is one worker, so never more than one of them is ahead.

mod compose;
mod new_place;

use crate::context::{Cx, House, Source};
use crate::fault::Fault;
use crate::ports::people::{About, Carrier, NotSent, Scribe};
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use compose::{Composed, compose};
use core::net::{IpAddr, Ipv4Addr};
use domain::audit::EventKind;
use domain::notice::{Notice, retry_after};
use domain::{SignedDuration, Timestamp};
use std::sync::Arc;

/// How long a taken notice is ours: another instance takes it up when we died with it.
const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// So long before a lease ends nothing is begun under it.
const LEASE_MARGIN: SignedDuration = SignedDuration::from_mins(2);

/// What became of the notices that were due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Sent.
    pub sent: usize,
    /// Not sent, to be tried again.
    pub failed: usize,
    /// Given up.
    pub dead: usize,
    /// Taken back: there was nothing to say any more.
    pub dropped: usize,
}

impl Delivered {
    /// How many were settled.
    pub fn settled(self) -> usize {
        self.sent + self.failed + self.dead + self.dropped
    }
}

enum Outcome {
    Sent,
    Failed,
    Dead,
    Dropped,
}

/// Sends at most `limit` notices that are due by this carrier's lane. A letter may leave twice when we die between
/// sending and noting it; its message id is the same both times.
pub async fn deliver_notices(
    house: &Arc<House>,
    by: Carrier<'_>,
    scribe: &dyn Scribe,
    limit: u32,
) -> Result<Delivered, Fault> {
    let mut delivered = Delivered::default();
    let now = house.clock.now();
    let mut tx = house.store.begin_at_once("take_notices").await?;
    let due = tx.take_due(by.lane(), now, after(now, LEASE), limit).await?;
    tx.commit().await?;
    let latest = after(now, LEASE - LEASE_MARGIN);
    for (notice, failures) in due {
        if house.clock.now() >= latest {
            break;
        }
        match deliver(house, by, scribe, &notice, failures).await? {
            Outcome::Sent => delivered.sent += 1,
            Outcome::Failed => delivered.failed += 1,
            Outcome::Dead => delivered.dead += 1,
            Outcome::Dropped => delivered.dropped += 1,
        }
    }
    Ok(delivered)
}

fn after(now: Timestamp, time: SignedDuration) -> Timestamp {
    now.saturating_add(time).unwrap_or(now)
}

async fn deliver(
    house: &Arc<House>,
    by: Carrier<'_>,
    scribe: &dyn Scribe,
    notice: &Notice,
    failures: u32,
) -> Result<Outcome, Fault> {
    match compose(house, notice).await? {
        Composed::Nothing => {
            let mut tx = house.store.begin_at_once("drop_notice").await?;
            tx.drop_notice(notice.id).await?;
            tx.commit().await?;
            Ok(Outcome::Dropped)
        }
        Composed::NoAddress => {
            failed(house, notice, None, NotSent("no address on record".into()), None).await
        }
        Composed::Letter { about, to } => match carry(by, scribe, &about, &to).await {
            Ok(()) => sent(house, notice, &to, failures + 1).await,
            Err(why) => failed(house, notice, Some(&to), why, retry_after(failures + 1)).await,
        },
    }
}

async fn carry(by: Carrier<'_>, scribe: &dyn Scribe, about: &About, to: &str) -> Result<(), NotSent> {
    match by {
        Carrier::Post(post) => post.send(&scribe.write(about, to)).await,
        Carrier::Texts(texts) => texts.send(&scribe.write_short(about, to)).await,
    }
}

async fn sent(house: &Arc<House>, notice: &Notice, to: &str, attempts: u32) -> Result<Outcome, Fault> {
    let cx = posting(house, notice)?;
    let mut tx = house.store.begin_at_once("notice_sent").await?;
    tx.sent(notice.id, cx.now).await?;
    let to = sealable(tx.as_mut(), notice, Some(to)).await;
    let entry = entry(EventKind::NoticeSent, notice, to).fact("attempts", attempts);
    settle(&cx, tx, entry).await?;
    Ok(Outcome::Sent)
}

async fn failed(
    house: &Arc<House>,
    notice: &Notice,
    to: Option<&str>,
    NotSent(why): NotSent,
    wait: Option<SignedDuration>,
) -> Result<Outcome, Fault> {
    let cx = posting(house, notice)?;
    let retry = wait.map(|wait| after(cx.now, wait));
    let mut tx = house.store.begin_at_once("notice_failed").await?;
    tx.not_sent(notice.id, &why, retry).await?;
    let to = sealable(tx.as_mut(), notice, to).await;
    let entry = entry(EventKind::NoticeFailed, notice, to).fact("why", why).fact("final", retry.is_none());
    settle(&cx, tx, entry).await?;
    Ok(if retry.is_some() { Outcome::Failed } else { Outcome::Dead })
}

async fn settle(cx: &Cx, mut tx: Box<dyn Tx>, entry: Entry) -> Result<(), Fault> {
    record(cx, tx.as_mut(), entry).await?;
    Ok(tx.commit().await?)
}

/// To whom, where her own key is to be had: under the house's it would outlive her.
async fn sealable<'a>(tx: &mut dyn Tx, notice: &Notice, to: Option<&'a str>) -> Option<&'a str> {
    let key = tx.trail_key_of(notice.person).await;
    to.filter(|_| matches!(key, Ok(Some(_))))
}

fn entry(kind: EventKind, notice: &Notice, to: Option<&str>) -> Entry {
    let entry = Entry::by_system(kind)
        .about(notice.person)
        .fact("notice", notice.id)
        .fact("template", notice.template.word())
        .fact("channel", notice.channel.word());
    match to {
        Some(to) => entry.personal("to", to),
        None => entry,
    }
}

/// The house itself at work, in the request that queued the notice.
fn posting(house: &Arc<House>, notice: &Notice) -> Result<Cx, Fault> {
    let source = Source { address: IpAddr::V4(Ipv4Addr::LOCALHOST), agent: "outbox".into() };
    let cx = Cx::new(Arc::clone(house), source, uuid::Uuid::nil().into())?;
    Ok(Cx { request: notice.request, ..cx })
}
