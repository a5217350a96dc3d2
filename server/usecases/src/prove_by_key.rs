//! A passkey instead of MitID, to open her blocked login or to choose a new password (security decision 15): one that alone
//! is Substantial, at a login whose proof of who she is holds still.
//!
//! Nothing is typed before: the key says whose it is. What a proofing alone can give stays with MitID, and so does a login
//! that was never active.

use crate::ceremonies::{self, Asking};
use crate::context::Cx;
use crate::doors::a_source_is_seen_coming_back;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::notice_link::LINK_HOLDS;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record};
use crate::renewal::{allowed, begun, has_one, open, word};
use crate::show_passkey::{KeyWrong, claim, mistrusted, weigh};
use domain::Timestamp;
use domain::audit::{Actor, EventKind};
use domain::ceremony::Serves;
use domain::factor::{Assertion, Passkey, Worth};
use domain::ids::FlowId;
use domain::proofing::{FreshProof, ProvedWith, Purpose};
use domain::renewal::{NotEnough, SETTLED_AFTER, stands_in};
use domain::standing::Standing;
use domain::suspension::{CannotReopen, blocked_since};

const _: () = assert!(
    SETTLED_AFTER.as_secs() >= LINK_HOLDS.as_secs(),
    "a letter that tells of a new key can be answered as long as the key opens nothing"
);

/// Why a key opens nothing. Each is told what to do next: MitID, or whom to call.
#[derive(Debug, thiserror::Error)]
pub enum NotProved {
    /// The answer is not taken: unknown key, wrong site, old challenge, bad signature, a key that is not trusted.
    #[error("the key is not accepted")]
    Refused,
    /// It is hers, and not enough.
    #[error(transparent)]
    NotEnough(#[from] NotEnough),
    /// Her login cannot be opened, or not be reset while it is held: the page says whom to call. A reset of a login its
    /// owner can open herself is told [`CannotReopen::NotBlocked`]: opening comes first.
    #[error(transparent)]
    Held(#[from] CannotReopen),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotProved {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotProved {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Asks for a passkey, anybody's, to reopen or to reset.
pub async fn ask_proof_key(cx: &Cx, purpose: Purpose) -> Result<Asking, NoFlow> {
    if !matches!(purpose, Purpose::Reopening | Purpose::Reset) {
        return Err(NoFlow::Gone);
    }
    let asked = cx.house.ceremonies.ask(&[]).map_err(Fault::from)?;
    let mut tx = cx.house.store.begin("ask_proof_key").await?;
    let asking = ceremonies::keep(cx, tx.as_mut(), (Serves::Renewal { purpose }, None), asked).await?;
    tx.commit().await?;
    Ok(asking)
}

/// Takes its answer, for what it was asked for; gives the flow in which she goes on.
pub async fn prove_by_key(
    cx: &Cx,
    purpose: Purpose,
    ceremony: FlowId,
    answer: &str,
) -> Result<FlowId, NotProved> {
    // The rest would be decided on what the database may have forgotten (security decision 7).
    cx.house.outside.open()?;
    let fits = |serves: &Serves| *serves == Serves::Renewal { purpose };
    let (taken, key) = match claim(cx, ceremony, answer, fits).await? {
        (taken, Ok(key)) => (taken, key),
        (_, Err(why)) => return Err(refuse(cx, None, (purpose, why.word()), NotProved::Refused).await?),
    };
    let said = match cx.house.ceremonies.answered(&taken.state, answer, &key.stored) {
        Ok(said) => said,
        Err(why) => {
            return Err(refuse(cx, Some(&key), (purpose, why.word()), NotProved::Refused).await?);
        }
    };
    accept(cx, (purpose, ceremony), &key, said).await
}

async fn accept(
    cx: &Cx,
    (purpose, ceremony): (Purpose, FlowId),
    key: &Passkey,
    said: Assertion,
) -> Result<FlowId, NotProved> {
    let mut tx = cx.house.store.begin("prove_by_key").await?;
    // Locked before the key, as everybody who changes her login methods locks them.
    let person = tx.person_for_update(key.person).await?.ok_or(NotProved::Refused)?;
    let standing = tx.standing(person.id).await?;
    let worth = match weigh(cx, tx.as_mut(), key, said).await? {
        Some(Ok(worth)) => worth,
        Some(Err(mistrust)) => {
            return Err(match mistrusted(cx, tx, key, mistrust).await? {
                // It is blocked now, and hers to open: with MitID.
                KeyWrong::Held(_) if purpose == Purpose::Reset => CannotReopen::NotBlocked.into(),
                _ => NotProved::Refused,
            });
        }
        None => return Err(refuse_in(cx, tx, Some(key), (purpose, "removed"), NotProved::Refused).await?),
    };
    if let Err((why, refused)) = judge(cx, tx.as_mut(), (key, worth), (purpose, &standing)).await? {
        return Err(refuse_in(cx, tx, Some(key), (purpose, why), refused).await?);
    }
    let proofing = tx.last_proofing(person.id).await?.ok_or(Fault::Encoding)?.id;
    let proof = FreshProof { proofing, with: ProvedWith::Key(key.id), purpose, flow: ceremony, at: cx.now };
    let about = begun(person.id, proof).ok_or(Fault::Encoding)?;
    let flow = open(cx, tx.as_mut(), (person.id, standing.epoch()), about, &proof).await?;
    tx.commit().await?;
    Ok(flow)
}

/// Whether it is enough, then whether her standing allows it: a key that is not enough learns nothing of who holds her login.
async fn judge(
    cx: &Cx,
    tx: &mut dyn Tx,
    (key, worth): (&Passkey, Worth),
    (purpose, standing): (Purpose, &Standing),
) -> Result<Result<(), (&'static str, NotProved)>, Fault> {
    let proved = tx.proved(key.person).await?;
    if let Err(not) = stands_in(key, worth, proved, (settled_by(standing, cx.now), cx.now)) {
        return Ok(Err((not.word(), not.into())));
    }
    if let Err(cannot) = allowed(standing, purpose, cx.now) {
        return Ok(Err((held_word(&cannot), cannot.into())));
    }
    // Blocked before it was ever active: only a proofing begins anew.
    let relations = tx.associations_of(key.person).await?;
    let active = has_one(tx, key.person).await? && relations.iter().any(|it| it.activated_at.is_some());
    let unproved = (NotEnough::Unproved.word(), NotEnough::Unproved.into());
    Ok(if active { Ok(()) } else { Err(unproved) })
}

/// When a key must have been settled: of a blocked login before the block, or whoever was blocked could wait for it.
fn settled_by(standing: &Standing, now: Timestamp) -> Timestamp {
    blocked_since(standing).unwrap_or(now)
}

fn held_word(cannot: &CannotReopen) -> &'static str {
    match cannot {
        CannotReopen::NotBlocked => "not-blocked",
        CannotReopen::HeldByOthers(_) => "held",
        CannotReopen::Revoked => "revoked",
    }
}

async fn refuse(
    cx: &Cx,
    key: Option<&Passkey>,
    why: (Purpose, &'static str),
    refused: NotProved,
) -> Result<NotProved, NotProved> {
    refuse_in(cx, cx.house.store.begin("refuse_proof_key").await?, key, why, refused).await
}

/// What the key itself said is kept with it: its counter went on.
async fn refuse_in(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    key: Option<&Passkey>,
    (purpose, why): (Purpose, &'static str),
    refused: NotProved,
) -> Result<NotProved, NotProved> {
    // A key nobody has tells of nobody: whoever makes answers up does not fill the trail.
    if key.is_none() && !a_source_is_seen_coming_back(cx, tx.as_mut()).await? {
        return Ok(refused);
    }
    let entry = Entry::new(EventKind::ProofRefused, Actor::Unknown)
        .fact("why", why)
        .fact("for", word(purpose))
        .fact("by", "passkey");
    let entry = key.into_iter().fold(entry, |entry, key| entry.about(key.person).fact("factor", key.id));
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(refused)
}
