//! A work relation whose last day has passed is closed (NSIS 5.2.3).

use crate::chores::{Chore, deal_with_all};
use crate::context::Cx;
use crate::end_roles::{end_roles_of, has_left};
use crate::fault::Fault;
use crate::hold::hold;
use crate::leave_services::end_visits;
use crate::ports::store::Tx;
use crate::record::{Entry, record, tell};
use async_trait::async_trait;
use domain::Date;
use domain::association::Association;
use domain::audit::{Actor, EventKind};
use domain::ids::AssociationId;
use domain::notice::Template;
use domain::standing::Origin;

/// Closes every relation that is over; gives how many.
pub async fn close_associations(cx: &Cx) -> Result<u64, Fault> {
    deal_with_all(cx, &Over).await
}

/// Relations whose last day has passed, by the relation's id.
struct Over;

#[async_trait]
impl Chore for Over {
    type Item = AssociationId;
    const NAME: &'static str = "close_associations";

    async fn due(&self, cx: &Cx, tx: &mut dyn Tx, limit: u32) -> Result<Vec<AssociationId>, Fault> {
        Ok(tx.associations_over(cx.today(), limit).await?)
    }

    async fn deal(&self, cx: &Cx, tx: &mut dyn Tx, id: AssociationId) -> Result<bool, Fault> {
        close_if_over(cx, tx, id, cx.today()).await
    }
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
