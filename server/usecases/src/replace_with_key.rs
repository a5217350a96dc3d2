//! In a sign-in that a recovery code brought to MitID: a passkey or security key instead of the login method she does not
//! have. Rests on that proof, as an app does there ([`crate::replace_factor`]).

use crate::ceremonies::Asking;
use crate::context::Cx;
use crate::fault::Fault;
use crate::finish_sign_in::{SignedIn, admission, barred, begin_session};
use crate::flows::{self, NoFlow};
use crate::register_passkey::{add_in, ask, check, take};
use crate::replace_factor::{NotReplaced, refused};
use domain::ceremony::Serves;
use domain::factor::{Authority, FactorKind, FactorName, PasskeyKind};
use domain::ids::FlowId;

/// Asks for the key.
pub async fn ask_replacement_key(cx: &Cx, id: FlowId, kind: PasskeyKind) -> Result<Asking, NotReplaced> {
    let mut tx = cx.house.store.begin("ask_replacement_key").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let (person, _) = flows::sign_in(&flow)?.replacing(cx.now)?;
    let person = tx.person(person).await?.ok_or(NoFlow::Gone)?;
    let serves = Serves::Replacement { flow: id, kind };
    let asking = ask(cx, tx.as_mut(), &person, (serves, flow.person), kind).await?;
    tx.commit().await?;
    Ok(asking)
}

/// Adds the key that answered, under a name, and signs her in with the password she showed and that key.
pub async fn replace_with_key(
    cx: &Cx,
    ceremony: FlowId,
    name: String,
    answer: &str,
) -> Result<SignedIn, NotReplaced> {
    let name = FactorName::try_from(name).map_err(|_| NotReplaced::Name)?;
    cx.house.outside.open()?;
    let taken = take(cx, ceremony, |it| matches!(it, Serves::Replacement { .. })).await?;
    let Serves::Replacement { flow: id, kind } = taken.serves else { return Err(NoFlow::Gone.into()) };
    let (person, _) = taken.person.ok_or(NoFlow::Gone)?;
    let new = check(cx, person, (kind, &taken), answer).await?;
    let mut tx = cx.house.store.begin("replace_with_key").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?.clone();
    let (owner, proof) = sign_in.replacing(cx.now)?;
    if owner != person {
        return Err(NoFlow::Gone.into());
    }
    tx.person_for_update(person).await?.ok_or(NoFlow::Gone)?;
    let admission = admission(cx, tx.as_mut(), person).await?.ok_or(NoFlow::Gone)?;
    if let Some(bar) = barred(&flow, person, &admission) {
        let why = bar.word();
        return Err(refused(cx, tx, person, why, bar.into()).await?);
    }
    let key = match add_in(cx, tx.as_mut(), (person, name), new, &Authority::Proof(proof)).await? {
        Ok(key) => key,
        Err(not) => {
            // What the trail tells of it stays.
            tx.commit().await.map_err(Fault::from)?;
            return Err(not.into());
        }
    };
    let shown = sign_in.replaced(FactorKind::Passkey, cx.now)?;
    let signed = begin_session(cx, tx.as_mut(), (flow, sign_in), &shown, (&admission, Some(key))).await?;
    tx.commit().await?;
    Ok(signed)
}
