//! Roles of somebody without a work relation end: with the relation itself, and here for whoever left in another way
//! (security decision 22; NSIS 4.1.5.7). Nothing gives them back when she comes back: she is proposed anew.

use crate::chores::Aside;
use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{administrators, tell_administrators};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use domain::audit::{Actor, EventKind};
use domain::ids::PersonId;
use domain::notice::Template;
use domain::role::{RoleEnd, RoleKind, lacks_administrators};

/// Ends the roles of everybody who has no open relation; gives how many roles. There are some from before relations ended
/// them, from a restored backup, and where somebody was proposed for one while her relation was closed.
pub async fn end_roles(cx: &Cx) -> Result<u64, Fault> {
    let (mut ended, mut aside) = (0, Aside::of("end_roles"));
    for person in who_left(cx, &mut aside).await? {
        match end_hers(cx, person).await {
            Ok(hers) => ended += hers,
            Err(fault) => aside.pass_over(person, fault)?,
        }
    }
    aside.tell();
    Ok(ended)
}

async fn end_hers(cx: &Cx, person: PersonId) -> Result<u64, Fault> {
    let mut tx = cx.house.store.begin("end_roles").await?;
    tx.person_for_update(person).await?;
    // Read again under the lock: HR may have named her meanwhile.
    if !has_left(tx.as_mut(), person).await? {
        return Ok(0);
    }
    let ended = end_roles_of(cx, tx.as_mut(), person, &Actor::System).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Who has a role, held or on its way, and no open relation. Looked up without the writer's lock: most times nobody.
async fn who_left(cx: &Cx, aside: &mut Aside<PersonId>) -> Result<Vec<PersonId>, Fault> {
    let mut tx = cx.house.store.reading("end_roles").await?;
    let roles = tx.roles().await?;
    if lacks_administrators(&roles, cx.now) {
        tracing::error!("nobody is administrator any more: two operators propose somebody");
    }
    let open = roles.into_iter().filter(|role| role.is_open(cx.now));
    let mut people: Vec<_> = open.map(|role| role.person).collect();
    people.sort_unstable();
    people.dedup();
    let mut left = Vec::new();
    for person in people {
        match has_left(tx.as_mut(), person).await {
            Ok(true) => left.push(person),
            Ok(false) => {}
            Err(fault) => {
                aside.pass_over(person, fault)?;
                // What failed may have ended the transaction, and with it the look at everybody behind her.
                drop(tx);
                tx = cx.house.store.reading("end_roles").await?;
            }
        }
    }
    Ok(left)
}

/// Whether no relation of hers is open.
pub(crate) async fn has_left(tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    Ok(tx.associations_of(person).await?.iter().all(|it| it.closed_at.is_some()))
}

/// Ends every role of hers that is held or on its way, inside the transaction of the use case that calls; gives how many.
/// She hears of it, and administrators where nobody holds such a role any more.
pub(crate) async fn end_roles_of(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    actor: &Actor,
) -> Result<u64, Fault> {
    let (mut ended, mut held) = (0, Vec::new());
    for role in tx.roles_of(person).await? {
        let (was, gave_rights) = (role.state.word(), role.is_held(cx.now));
        let Some(role) = role.ended(RoleEnd::Left, cx.now) else { continue };
        tx.put_role(&role).await?;
        let entry = Entry::new(EventKind::RoleEnded, actor.clone()).about(person);
        let entry = entry.fact("role", role.kind.word()).fact("was", was);
        record(cx, tx, entry.fact("why", RoleEnd::Left.word())).await?;
        ended += 1;
        if gave_rights {
            held.push(role.kind);
        }
    }
    if ended > 0 {
        tell(cx, tx, person, Template::RolesEnded).await?;
        tell_of_unheld(cx, tx, &held).await?;
    }
    Ok(ended)
}

/// Administrators hear where the last holder of a role is gone. Where she was the last of them, only the log can say so.
async fn tell_of_unheld(cx: &Cx, tx: &mut dyn Tx, gone: &[RoleKind]) -> Result<(), Fault> {
    let roles = match tx.roles().await {
        Ok(roles) => roles,
        // Whatever is on record of anybody else's, she leaves.
        Err(StoreFault::Unreadable(what)) => {
            tracing::error!(what, "whether anybody still holds the roles that ended cannot be read");
            return Ok(());
        }
        Err(fault) => return Err(fault.into()),
    };
    let is_held = |kind: RoleKind| roles.iter().any(|role| role.kind == kind && role.is_held(cx.now));
    let unheld: Vec<_> = gone.iter().filter(|kind| !is_held(**kind)).map(|kind| kind.word()).collect();
    if unheld.is_empty() {
        return Ok(());
    }
    if administrators(cx, tx).await?.is_empty() {
        tracing::error!(
            roles = unheld.join(", "),
            "nobody holds these roles any more, and no administrator is left to be told: two operators propose somebody"
        );
    }
    tell_administrators(cx, tx, Template::RoleUnheld).await
}
