//! A new password after MitID, or after a passkey in its place. Every session and every sign-in under way ends: whoever knew the old one is out.

use crate::choose_password::judge;
use crate::codes;
use crate::context::Cx;
use crate::doors::Doors;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::leave_services::end_visits;
use crate::outside::keep_outside;
use crate::record::{Entry, record, tell};
use crate::renewal::{rests_on, still_hers};
use crate::reopen_password::StepRefused;
use domain::audit::EventKind;
use domain::ids::FlowId;
use domain::notice::Template;
use domain::outside::Deed;
use domain::password::Password;
use domain::person::Person;

/// Sets the password of a reset and spends its proof.
pub async fn reset_password(cx: &Cx, id: FlowId, password: Password) -> Result<(), StepRefused> {
    let person = proved(cx, id).await?;
    if let Err(weak) = judge(cx, &person, &password) {
        let mut tx = cx.house.store.begin("refuse_password").await?;
        record(cx, tx.as_mut(), Entry::by(EventKind::PasswordRefused, person.id).fact("why", weak)).await?;
        tx.commit().await?;
        return Err(StepRefused::Weak(weak));
    }
    // Whoever tried codes under it would begin anew with it.
    if codes::tried_under(cx, person.id, &password).await? {
        let mut tx = cx.house.store.begin("refuse_password").await?;
        let entry = Entry::by(EventKind::PasswordRefused, person.id);
        record(cx, tx.as_mut(), entry.fact("why", "same-as-before")).await?;
        tx.commit().await?;
        return Err(StepRefused::SameAsBefore);
    }
    let hash = cx.house.hasher.hash(password).await.map_err(Fault::from)?;
    let mut tx = cx.house.store.begin("reset_password").await?;
    // All at once and before her row, as everybody locks them: two who lock some each would wait for each other.
    tx.lock_flows(person.id).await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let proof = flows::reset(&flow)?.proof(cx.now)?;
    let person = tx.person_for_update(person.id).await?.ok_or(NoFlow::Gone)?;
    let standing = tx.standing(person.id).await?;
    // Held meanwhile, or opened anew, or her key taken away: this reset belongs to what was before.
    if !standing.is_active()
        || flow.person != Some((person.id, standing.epoch()))
        || !still_hers(tx.as_mut(), person.id, proof.with.key()).await?
        || !tx.spend_flow(id).await?
    {
        return Err(NoFlow::Gone.into());
    }
    codes::set_password(cx, tx.as_mut(), person.id, &hash).await?;
    let about = Some((person.id, standing.epoch()));
    keep_outside(cx, tx.as_mut(), about, Deed::PasswordReplaced).await?;
    // Half a sign-in made with the old password is worth no more than the old password.
    tx.end_flows(person.id).await?;
    let ended = tx.end_sessions(person.id, cx.now).await?;
    end_visits(cx, tx.as_mut(), person.id).await?;
    // The wait for another guess was for the password that is gone.
    let doors = Doors::of(cx, person.user_name.as_str(), Some(person.id))?;
    doors.begin_anew(tx.as_mut()).await?;
    let entry =
        Entry::by(EventKind::PasswordSet, person.id).fact("during", "reset").fact("sessions-ended", ended);
    record(cx, tx.as_mut(), rests_on(entry, &proof)).await?;
    tx.withdraw(person.id, Template::ResetLeft).await?;
    tell(cx, tx.as_mut(), person.id, Template::PasswordSet).await?;
    tx.commit().await?;
    Ok(())
}

/// Whose reset it is, to be shown on its page and judged with.
pub async fn proved(cx: &Cx, id: FlowId) -> Result<Person, StepRefused> {
    let mut tx = cx.house.store.reading("reset_password").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let reset = flows::reset(&flow)?;
    reset.proof(cx.now)?;
    Ok(tx.person(reset.person).await?.ok_or(NoFlow::Gone)?)
}
