//! Opening the door with the welcome link. GET looks, POST begins: mail scanners open links.

use crate::context::Cx;
use crate::doors::a_source_may_try_links;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::invitation;
use crate::ports::store::{Invitation, StoreFault, Tx};
use crate::record::{Entry, record};
use crate::terms_in_force::terms_in_force;
use domain::Timestamp;
use domain::audit::{Actor, EventKind};
use domain::enrolment::Enrolment;
use domain::flow::{About, Flow};
use domain::ids::FlowId;

/// Why a link opens nothing.
#[derive(Debug, thiserror::Error)]
pub enum LinkRefused {
    /// Unknown, used, replaced by a newer one, or run out. One case: a stranger learns nothing.
    #[error("the link does not open anything")]
    Dead,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for LinkRefused {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Until when a link opens anything; changes nothing and tells nothing about whose it is.
pub async fn look_at_link(cx: &Cx, token: &str) -> Result<Timestamp, LinkRefused> {
    let mut tx = cx.house.store.reading("look_at_link").await?;
    live_invitation(cx, tx.as_mut(), token).await.map(|invitation| invitation.until)
}

/// The attempt `begun` when it is this link's and can still go on in this browser; a second click on the link, or on
/// "Begin", goes on instead of starting over.
pub async fn resume_enrolment(
    cx: &Cx,
    token: &str,
    begun: Option<FlowId>,
) -> Result<Option<FlowId>, LinkRefused> {
    let Some(begun) = begun else { return Ok(None) };
    let mut tx = cx.house.store.reading("resume_enrolment").await?;
    let invitation = live_invitation(cx, tx.as_mut(), token).await?;
    let flow = match flows::seen(cx, tx.as_mut(), begun).await {
        Ok(flow) => flow,
        Err(NoFlow::Gone) => return Ok(None),
        Err(NoFlow::Fault(fault)) => return Err(fault.into()),
    };
    let hers = flows::enrolment(&flow).is_ok_and(|enrolment| enrolment.invited == invitation.person);
    Ok(hers.then_some(begun))
}

/// Begins an enrolment in this browser. The link itself stays good until the login is active: another browser may
/// begin anew with it, but only ever from the start.
pub async fn begin_enrolment(cx: &Cx, token: &str) -> Result<FlowId, LinkRefused> {
    let mut tx = cx.house.store.begin("begin_enrolment").await?;
    let invitation = match live_invitation(cx, tx.as_mut(), token).await {
        Err(LinkRefused::Dead) => return Err(note_dead(cx, tx, token).await?),
        found => found?,
    };
    let in_force = terms_in_force(cx, tx.as_mut()).await?;
    let accepted = tx.last_acceptance(invitation.person).await?.map(|last| last.accepted.terms);
    let accepted_before = in_force.settled_by(accepted);
    let terms = in_force.terms;
    tx.keep_terms(&terms).await?;
    let enrolment = Enrolment::begin(invitation.person, &terms, accepted_before);
    let flow =
        Flow::start(cx.handle().map_err(Fault::from)?, cx.browser, About::Enrolment(enrolment), cx.now);
    tx.add_flow(&flow).await?;
    let entry = Entry::new(EventKind::EnrolmentBegun, Actor::Unknown)
        .about(invitation.person)
        .fact("terms", terms.hash);
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(flow.id)
}

/// Writes that a link was tried that opens nothing, and about whom it was while that is known. A source that tried too
/// many is not written down again and again.
async fn note_dead(cx: &Cx, mut tx: Box<dyn Tx>, token: &str) -> Result<LinkRefused, LinkRefused> {
    if a_source_may_try_links(cx, tx.as_mut()).await? {
        let macs = invitation::candidates(&cx.house, token).map_err(Fault::from)?;
        let whose = tx.invitation(&macs).await?.map(|found| found.person);
        let entry = Entry::new(EventKind::EnrolmentRefused, Actor::Unknown).fact("why", "link-dead");
        record(cx, tx.as_mut(), whose.into_iter().fold(entry, Entry::about)).await?;
        tx.commit().await?;
    }
    Ok(LinkRefused::Dead)
}

async fn live_invitation(cx: &Cx, tx: &mut dyn Tx, token: &str) -> Result<Invitation, LinkRefused> {
    // A look-up key is a MAC of the token, so comparing happens over values an attacker cannot steer.
    let macs = invitation::candidates(&cx.house, token).map_err(Fault::from)?;
    let found = tx.invitation(&macs).await?.filter(|found| cx.now < found.until).ok_or(LinkRefused::Dead)?;
    let standing = tx.standing(found.person).await?;
    if standing.epoch() == found.epoch && standing.is_active() { Ok(found) } else { Err(LinkRefused::Dead) }
}
