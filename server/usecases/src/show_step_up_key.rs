//! Page 8 with a passkey or security key instead of a code.

use crate::ceremonies::{self, Asking};
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::means;
use crate::ports::store::Tx;
use crate::show_passkey::{KeyWrong, claim, mistrusted, weigh};
use crate::show_step_up::{NotShown, is_live, make, refuse};
use crate::who::Here;
use domain::ceremony::Serves;
use domain::factor::{Assertion, Passkey};
use domain::ids::FlowId;
use domain::step_up::StepUpFor;

/// Asks one of her keys to make a step-up of this session.
pub async fn ask_step_up_key(cx: &Cx, here: &Here, id: FlowId) -> Result<Asking, NotShown> {
    let mut tx = cx.house.store.begin("ask_step_up_key").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    if flows::step_up(&flow)?.session != here.session.id {
        return Err(NoFlow::Gone.into());
    }
    let keys = means::keys(cx, tx.as_mut(), here.person.id).await?;
    if keys.is_empty() {
        return Err(NotShown::Key);
    }
    let asked = cx.house.ceremonies.ask(&ceremonies::known(&keys)).map_err(Fault::from)?;
    let whose = (Serves::StepUp { flow: id }, flow.person);
    let asking = ceremonies::keep(cx, tx.as_mut(), whose, asked).await?;
    tx.commit().await?;
    Ok(asking)
}

/// Takes its answer, and the step-up is made. Gives its flow and what it is for. A wrong answer costs no try: it cannot be
/// guessed.
pub async fn show_step_up_key(
    cx: &Cx,
    here: &Here,
    ceremony: FlowId,
    answer: &str,
) -> Result<(FlowId, StepUpFor), NotShown> {
    let (taken, key) = claim(cx, ceremony, answer, |it| matches!(it, Serves::StepUp { .. })).await?;
    let Serves::StepUp { flow: id } = taken.serves else { return Err(NoFlow::Gone.into()) };
    let answered = key.ok().filter(|key| key.person == here.person.id).and_then(|key| {
        let said = cx.house.ceremonies.answered(&taken.state, answer, &key.stored).ok()?;
        Some((key, said))
    });
    let tx = cx.house.store.begin("show_step_up_key").await?;
    match answered {
        Some((key, said)) => Ok((id, accept(cx, tx, here, id, (key, said)).await?)),
        None => Err(refuse(cx, tx, here, "key", NotShown::Key).await?),
    }
}

async fn accept(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    here: &Here,
    id: FlowId,
    (key, said): (Passkey, Assertion),
) -> Result<StepUpFor, NotShown> {
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let step_up = flows::step_up(&flow)?.clone();
    if step_up.session != here.session.id {
        return Err(NoFlow::Gone.into());
    }
    if !is_live(tx.as_mut(), here, &flow).await? {
        return Err(NotShown::SignedOut);
    }
    match weigh(cx, tx.as_mut(), &key, said).await? {
        Some(Ok(_)) => {}
        Some(Err(mistrust)) => {
            return Err(match mistrusted(cx, tx, &key, mistrust).await? {
                KeyWrong::Held(_) => NotShown::Held,
                _ => NotShown::Key,
            });
        }
        None => return Err(refuse(cx, tx, here, "key", NotShown::Key).await?),
    }
    let by = key.registered.kind.word();
    let purpose = make(cx, tx.as_mut(), here, (flow, step_up), (by, key.id)).await?;
    tx.commit().await?;
    Ok(purpose)
}
