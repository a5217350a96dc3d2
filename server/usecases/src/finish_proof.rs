//! Coming back from MitID: once, in the same browser, in time, as the right person. What the proof was made for stands
//! in the trip, and each purpose has a file of its own.

mod again;
mod anew;
mod enrol;
mod find;
mod own;
mod regain;

use crate::context::Cx;
use crate::doors::a_source_is_seen_coming_back;
use crate::fault::Fault;
use crate::flows;
use crate::flows::NoFlow;
use crate::has_login::has_login;
use crate::hold::hold;
use crate::operator::tell_administrators;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::{KeyUse, Sealed};
use crate::record::{Entry, cpr_place, record, tell};
use crate::start_proof::trip_place;
use again::reconfirm;
use domain::audit::{Actor, EventKind};
use domain::cpr::{Cpr, CprStatus, RegisterStatus};
use domain::flow::{About, Trip};
use domain::ids::{FlowId, PersonId};
use domain::notice::Template;
use domain::proofing::{Assessed, Purpose, Refusal, assess};
use domain::standing::Origin;
use domain::suspension::CannotReopen;
use enrol::enrol;
use find::find;
use own::{block, renew};
use regain::regain;
use std::collections::BTreeMap;

/// Where the browser goes after a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proved {
    /// On with the enrolment; the cookie gets a new id.
    Enrolment(FlowId),
    /// If an invitation is hers, it was mailed to her again.
    Finding,
    /// To the last yes of a block.
    Blocking(FlowId),
    /// On with opening her login again; the cookie gets a new id.
    Reopening(FlowId),
    /// On to a new password; the cookie gets a new id.
    Reset(FlowId),
    /// She confirmed anew who she is; on with the sign-in that waited for it, where one did. The cookie gets a new id.
    Reconfirmed(Option<FlowId>),
    /// On to a new login method in the sign-in that a recovery code brought to MitID; the cookie gets a new id.
    Regained(FlowId),
    /// Her login was blocked before it was ever active: nothing holds it any more, what was chosen is gone, and a new
    /// invitation was mailed to her.
    Anew,
}

/// Why a proof did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum ProofFailed {
    /// One of the four calm pages.
    #[error("{refusal}")]
    Refused {
        /// Why.
        refusal: Refusal,
        /// The enrolment to go back to, when there is one.
        back: Option<FlowId>,
    },
    /// New terms were published on the way; they are read first.
    #[error("new terms were published meanwhile")]
    NewTerms(FlowId),
    /// This number has no login here; the page says where to begin or whom to ask.
    #[error("no login with this number")]
    NoLogin(Purpose),
    /// Her login cannot be opened, or not be reset while it is held: the page says whom to call. A reset of a login
    /// its owner can open herself is told [`CannotReopen::NotBlocked`]: opening comes first.
    #[error("{1}")]
    Held(Purpose, CannotReopen),
    /// The login is held: whom to call.
    #[error("the login is held")]
    NotAllowed,
    /// It was she, and her login is held or her work relation ended, so there is nothing to finish: whom to see.
    #[error("the login is held or the relation ended")]
    NothingToFinish,
    /// It was to block a login, and came to nothing, for whatever reason: the page says so, and offers the other doors.
    #[error("nothing was blocked")]
    NothingBlocked(#[source] Box<Self>),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for ProofFailed {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Takes the callback that came to a broker profile's own address. The trip is spent at the first callback, whatever it
/// says.
pub async fn finish_proof(
    cx: &Cx,
    profile: &str,
    callback: &BTreeMap<String, String>,
) -> Result<Proved, ProofFailed> {
    let (id, trip) = spend_trip(cx, callback).await?;
    let proved = prove(cx, profile, (id, &trip), callback).await;
    match trip.purpose {
        Purpose::Blocking => proved.map_err(|failed| ProofFailed::NothingBlocked(Box::new(failed))),
        _ => proved,
    }
}

async fn prove(
    cx: &Cx,
    profile: &str,
    (id, trip): (FlowId, &Trip),
    callback: &BTreeMap<String, String>,
) -> Result<Proved, ProofFailed> {
    let back = trip.serves.filter(|_| trip.purpose == Purpose::Enrolment);
    let refused = |refusal| ProofFailed::Refused { refusal, back };
    // Each profile has an address of its own: what comes to another one was written by another broker.
    let outcome = if trip.profile == profile {
        judge(cx, id, trip, callback).await
    } else {
        Err(Judged::Refused(Refusal::OtherBroker))
    };
    let (assessed, register) = match outcome {
        Ok(judged) => judged,
        Err(Judged::Refused(refusal)) => {
            note_refusal(cx, trip, refusal).await?;
            return Err(refused(refusal));
        }
        Err(Judged::Fault(fault)) => return Err(fault.into()),
    };
    let Some(register) = register else { return block(cx, &assessed).await };
    // The rest would be decided on what the database may have forgotten (security decision 7).
    cx.house.outside.open()?;
    match (trip.purpose, trip.serves) {
        (Purpose::Enrolment, Some(serves)) => enrol(cx, id, serves, trip, assessed, register).await,
        (Purpose::Finding, _) => find(cx, &assessed).await,
        (Purpose::Blocking, _) => block(cx, &assessed).await,
        (purpose @ (Purpose::Reopening | Purpose::Reset), _) => {
            renew(cx, id, purpose, assessed, register).await
        }
        (Purpose::Reconfirmation, _) => reconfirm(cx, id, trip, assessed, register).await,
        (Purpose::Recovery, _) => regain(cx, id, trip, assessed, register).await,
        (Purpose::Enrolment, None) => Err(refused(Refusal::Lost)),
    }
}

enum Judged {
    Refused(Refusal),
    Fault(Fault),
}

/// Everything that needs the network; outside of any transaction.
async fn judge(
    cx: &Cx,
    id: FlowId,
    trip: &Trip,
    callback: &BTreeMap<String, String>,
) -> Result<(Assessed, Option<CprStatus>), Judged> {
    let memory = cx
        .house
        .vault
        .open(KeyUse::Memory, &trip_place(id), &Sealed(trip.sealed.clone()))
        .map_err(|fault| Judged::Fault(fault.into()))?;
    let answer =
        cx.house.mitid.arrive(&trip.profile, &memory, callback, cx.now).await.map_err(Judged::Refused)?;
    let assessed = assess(answer, trip.began_at, cx.house.clock.now()).map_err(Judged::Refused)?;
    // A block waits for no register: it proves nothing new about her, it only closes.
    let register = match trip.purpose {
        Purpose::Blocking => None,
        _ => Some(
            cx.house.register.look_up(assessed.cpr(), &assessed, cx.now).await.map_err(Judged::Refused)?,
        ),
    };
    Ok((assessed, register))
}

async fn spend_trip(cx: &Cx, callback: &BTreeMap<String, String>) -> Result<(FlowId, Trip), ProofFailed> {
    const LOST: ProofFailed = ProofFailed::Refused { refusal: Refusal::Lost, back: None };
    let id: Option<FlowId> = callback.get("state").and_then(|state| state.parse().ok());
    let mut tx = cx.house.store.begin("spend_trip").await?;
    let found = match id {
        Some(id) => match flows::locked(cx, tx.as_mut(), id).await {
            Ok(flow) => Some(flow),
            Err(NoFlow::Gone) => None,
            Err(NoFlow::Fault(fault)) => return Err(fault.into()),
        },
        None => None,
    };
    if let Some(flow) = found
        && let About::Mitid(trip) = flow.about
        && tx.spend_flow(flow.id).await?
    {
        tx.commit().await?;
        return Ok((flow.id, trip));
    }
    note(cx, tx, Refusal::Lost, None).await?;
    Err(LOST)
}

async fn note_refusal(cx: &Cx, trip: &Trip, refusal: Refusal) -> Result<(), ProofFailed> {
    let mut tx = cx.house.store.begin("refuse_proof").await?;
    let mut about = None;
    if let Some(serves) = trip.serves
        && let Some(flow) = tx.flow(serves).await?
    {
        about = match (&flow.about, flow.person) {
            (About::Enrolment(enrolment), _) => Some(enrolment.invited),
            (_, Some((person, _))) => Some(person),
            _ => None,
        };
    }
    Ok(note(cx, tx, refusal, about).await?)
}

/// Writes that a proof was refused, and at whose login where that is known. Where it is nobody's, a source that came back so
/// again and again is not written down each time: whoever makes callbacks up does not fill the trail.
async fn note(cx: &Cx, mut tx: Box<dyn Tx>, refusal: Refusal, about: Option<PersonId>) -> Result<(), Fault> {
    if about.is_none() && !a_source_is_seen_coming_back(cx, tx.as_mut()).await? {
        return Ok(());
    }
    let entry = Entry::new(EventKind::ProofRefused, Actor::Unknown).fact("why", refusal.word());
    record(cx, tx.as_mut(), about.into_iter().fold(entry, Entry::about)).await?;
    Ok(tx.commit().await?)
}

/// No open hold, and a relation that has not ended.
async fn may_enrol(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    let today = cx.today();
    let related =
        tx.associations_of(person).await?.iter().any(|it| it.closed_at.is_none() && !it.is_over(today));
    Ok(related && tx.standing(person).await?.is_active())
}

async fn registered_cpr(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<Cpr, Fault> {
    let sealed = tx.cpr_of(person).await?.ok_or(Fault::Encoding)?;
    let digits = cx.house.vault.open(KeyUse::CprSeal, &cpr_place(person), &sealed)?;
    core::str::from_utf8(&digits).ok().and_then(|digits| Cpr::parse(digits).ok()).ok_or(Fault::Encoding)
}

/// What the register says of somebody who has a login is acted on at once, also when she came for something else
/// (NSIS 3.2.3.4, security decision 8). Her row is locked.
async fn hold_if_hit(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    refusal: Refusal,
    said: RegisterStatus,
) -> Result<(), Fault> {
    if refusal == Refusal::Register && said.holds_a_login() && has_login(tx, person).await? {
        hold(cx, tx, person, &Actor::System, (Origin::Register, "register-hit")).await?;
        // Where the register is wrong she has to hear of it, and where it is right somebody used her login.
        tell(cx, tx, person, Template::HeldByMunicipality).await?;
        tell_administrators(cx, tx, Template::HoldsChanged).await?;
    }
    Ok(())
}
