//! The second, other operator approves, and the person is erased: her key of the trail is destroyed, every row that is hers
//! goes, and the trail still verifies (security decision 29).

use crate::context::Cx;
use crate::erasure::{NotErased, due, erase, refuse, ship};
use crate::operator::{Operator, tell_administrators};
use domain::audit::EventKind;
use domain::erasure::approve;
use domain::ids::PersonId;
use domain::notice::Template;
use domain::person::UserName;

/// Erases her, if somebody else proposed it within two weeks and her time has still come. Gives the id she had, which the
/// trail and the records outside name her by. A refusal leaves an event.
pub async fn approve_erasure(cx: &Cx, by: &Operator, name: &UserName) -> Result<PersonId, NotErased> {
    let mut tx = cx.house.store.begin("approve_erasure").await?;
    let (person, may) = due(cx, tx.as_mut(), name).await?;
    let voice = tx.erasure_asked(person).await?;
    if let Err(why) = may.and_then(|()| approve(voice.as_ref(), &by.name, cx.now)) {
        refuse(cx, tx.as_mut(), (by, "approving"), (person, why)).await?;
        tx.commit().await?;
        return Err(why.into());
    }
    let epoch = tx.standing(person).await?.epoch().raised();
    ship(cx, tx.as_mut(), person, epoch).await?;
    tell_administrators(cx, tx.as_mut(), Template::Erasure).await?;
    erase(cx, tx.as_mut(), person, by.entry(EventKind::PersonErased)).await?;
    tx.commit().await?;
    Ok(person)
}
