//! The last step: everything is there, the login becomes active, person and organisation are told (NSIS 5.2.11).

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::KeyUse;
use crate::print_codes::{print_codes, sheet_place};
use crate::record::{Entry, record, tell};
use domain::audit::EventKind;
use domain::enrolment::{NotNow, Step};
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use domain::notice::Template;

/// Why an enrolment is not finished.
#[derive(Debug, thiserror::Error)]
pub enum NotFinished {
    /// A step is missing, or the hour after the proof is over.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// The work relation ended, or the login is held: whom to call.
    #[error("the login is held or the relation ended")]
    NotAllowed,
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotFinished {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotFinished {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Finishes. Doing it twice, as a double click does, is the same as once.
pub async fn finish_enrolment(cx: &Cx, id: FlowId) -> Result<(), NotFinished> {
    let mut tx = cx.house.store.begin("finish_enrolment").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let enrolment = flows::enrolment(&flow)?.clone();
    let on_record = flows::on_record(cx, tx.as_mut(), enrolment.invited).await?;
    if matches!(enrolment.step(on_record), Step::Codes | Step::Done) {
        return Ok(());
    }
    // Before the proof nobody is known, so nothing is said or written about the invited.
    enrolment.proof(cx.now)?;
    let person = tx.person_for_update(enrolment.invited).await?.ok_or(NoFlow::Gone)?;
    let standing = tx.standing(person.id).await?;
    if !standing.is_active() || Some(standing.epoch()) != flow.person.map(|(_, epoch)| epoch) {
        return Err(not_allowed(cx, tx, person.id, "held").await?);
    }
    if !activate(cx, tx.as_mut(), person.id).await? {
        return Err(not_allowed(cx, tx, person.id, "ended").await?);
    }
    // Once nothing is refused any more: a sheet nobody sees would kill the one before, and be told of.
    let sheet = print_codes(cx, tx.as_mut(), person.id).await?;
    let sealed = cx.house.vault.seal(KeyUse::Memory, &sheet_place(id), &sheet.to_bytes());
    let finished = enrolment.finish(on_record, sealed.map_err(Fault::from)?.0, cx.now)?;
    tx.end_invitation(person.id).await?;
    tx.withdraw(person.id, Template::Welcome).await?;
    tx.withdraw(person.id, Template::Reminder).await?;
    tx.enrolment_over(person.id).await?;
    tx.save_flow(&done(flow, finished, cx)).await?;
    record(cx, tx.as_mut(), Entry::by(EventKind::EnrolmentFinished, person.id)).await?;
    tell(cx, tx.as_mut(), person.id, Template::Active).await?;
    tell(cx, tx.as_mut(), person.id, Template::ActiveToOrganisation).await?;
    tx.commit().await?;
    Ok(())
}

/// Activates every relation that is not over; false when there is none.
async fn activate(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    let today = cx.today();
    let mut any = false;
    for mut association in tx.associations_of(person).await? {
        if association.closed_at.is_some() || association.is_over(today) {
            continue;
        }
        any = true;
        association.activated_at = association.activated_at.or(Some(cx.now));
        tx.put_association(&association).await?;
        let entry = Entry::by(EventKind::AssociationActivated, person)
            .fact("association", association.id)
            .fact("cvr", &association.cvr)
            .fact("source", "hr");
        record(cx, tx, entry).await?;
    }
    Ok(any)
}

async fn not_allowed(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: PersonId,
    why: &'static str,
) -> Result<NotFinished, NotFinished> {
    record(cx, tx.as_mut(), Entry::by(EventKind::EnrolmentRefused, person).fact("why", why)).await?;
    tx.commit().await?;
    Ok(NotFinished::NotAllowed)
}

fn done(flow: Flow, finished: domain::enrolment::Enrolment, cx: &Cx) -> Flow {
    flow.onward(About::Enrolment(finished), cx.now)
}
