//! A work relation whose last day has passed is closed (NSIS 5.2.3).

use crate::context::Cx;
use crate::end_roles::{end_roles_of, has_left};
use crate::fault::Fault;
use crate::hold::hold;
use crate::leave_services::end_visits;
use crate::ports::store::Tx;
use crate::record::{Entry, record, tell};
use domain::Date;
use domain::association::Association;
use domain::audit::{Actor, EventKind};
use domain::ids::AssociationId;
use domain::notice::Template;
use domain::standing::Origin;

/// How many are closed in one transaction, so that none lasts over 50 ms.
const BATCH: u32 = 25;

/// Closes every relation that is over; gives how many.
pub async fn close_associations(cx: &Cx) -> Result<u64, Fault> {
    let today = cx.today();
    let mut closed = 0;
    while any_over(cx, today).await? {
        let mut tx = cx.house.store.begin("close_associations").await?;
        let over = tx.associations_over(today, BATCH).await?;
        for id in over {
            closed += u64::from(close_if_over(cx, tx.as_mut(), id, today).await?);
        }
        tx.commit().await?;
    }
    Ok(closed)
}

/// Looked up without the writer's lock: most times there is nothing to do.
async fn any_over(cx: &Cx, today: Date) -> Result<bool, Fault> {
    let mut tx = cx.house.store.reading("close_associations").await?;
    Ok(!tx.associations_over(today, 1).await?.is_empty())
}

async fn close_if_over(cx: &Cx, tx: &mut dyn Tx, id: AssociationId, today: Date) -> Result<bool, Fault> {
    let Some(seen) = tx.association(id).await? else { return Ok(false) };
    tx.person_for_update(seen.person).await?;
    // Read again under the lock: HR may have given it another last day meanwhile.
    match tx.association(id).await?.filter(|association| association.is_over(today)) {
        Some(association) => close(cx, tx, association, &Actor::System).await.map(|()| true),
        None => Ok(false),
    }
}

/// Closes one relation: sessions end; without another one the login is held, and every role ends.
pub(crate) async fn close(
    cx: &Cx,
    tx: &mut dyn Tx,
    association: Association,
    actor: &Actor,
) -> Result<(), Fault> {
    let person = association.person;
    tx.person_for_update(person).await?;
    let closed = Association { closed_at: Some(cx.now), ..association };
    tx.put_association(&closed).await?;
    tx.end_sessions(person, cx.now).await?;
    end_visits(cx, tx, person).await?;
    let entry = Entry::new(EventKind::AssociationClosed, actor.clone())
        .about(person)
        .fact("association", closed.id)
        .fact("cvr", &closed.cvr);
    record(cx, tx, entry).await?;
    if has_left(tx, person).await? {
        hold(cx, tx, person, actor, (Origin::Association, "association-ended")).await?;
        end_roles_of(cx, tx, person, actor).await?;
    }
    // Somebody who never had a login need not hear that it is closed.
    if closed.activated_at.is_some() {
        tell(cx, tx, person, Template::AssociationClosed).await?;
    }
    Ok(())
}
