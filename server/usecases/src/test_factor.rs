//! "Try this one": does it work, and what does it count for. Opens nothing.

use crate::authenticator::spend_code;
use crate::ceremonies::{self, Asking};
use crate::codes::Codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::means;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::show_passkey::{KeyWrong, claim, mistrusted, weigh};
use crate::show_step_up::NotShown;
use crate::who::Here;
use domain::audit::EventKind;
use domain::ceremony::Serves;
use domain::factor::Worth;
use domain::ids::{FactorId, FlowId};
use domain::throttle::CodeDoor;

/// What a method was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tested {
    /// Which one answered: it need not be the one she meant.
    pub factor: FactorId,
    /// What it counted for now.
    pub worth: Worth,
}

/// Asks one of her keys to answer; with `one`, that one alone.
pub async fn ask_test(cx: &Cx, here: &Here, one: Option<FactorId>) -> Result<Asking, NotShown> {
    let mut tx = cx.house.store.begin("ask_test").await?;
    let mut keys = means::keys(cx, tx.as_mut(), here.person.id).await?;
    keys.retain(|key| one.is_none_or(|id| id == key.id));
    if keys.is_empty() {
        return Err(NotShown::Key);
    }
    let asked = cx.house.ceremonies.ask(&ceremonies::known(&keys)).map_err(Fault::from)?;
    let whose = Some((here.person.id, here.session.epoch));
    let serves = Serves::Test { session: here.session.id };
    let asking = ceremonies::keep(cx, tx.as_mut(), (serves, whose), asked).await?;
    tx.commit().await?;
    Ok(asking)
}

/// Takes its answer.
pub async fn test_key(cx: &Cx, here: &Here, ceremony: FlowId, answer: &str) -> Result<Tested, NotShown> {
    let own = here.session.id;
    let mine = |it: &Serves| matches!(it, Serves::Test { session } if *session == own);
    let (taken, key) = claim(cx, ceremony, answer, mine).await?;
    let key = key.ok().filter(|key| key.person == here.person.id);
    let answered = key.and_then(|key| {
        let said = cx.house.ceremonies.answered(&taken.state, answer, &key.stored).ok()?;
        Some((key, said))
    });
    let mut tx = cx.house.store.begin("test_key").await?;
    let Some((key, said)) = answered else { return Err(failed(cx, tx, here, "key", NotShown::Key).await?) };
    let alive = tx.standing_steady(here.person.id).await?;
    if alive.is_none_or(|standing| standing.epoch() != here.session.epoch) {
        return Err(NotShown::SignedOut);
    }
    match weigh(cx, tx.as_mut(), &key, said).await? {
        Some(Ok(worth)) => {
            let tested = Tested { factor: key.id, worth };
            worked(cx, tx, here, tested).await?;
            Ok(tested)
        }
        Some(Err(mistrust)) => Err(match mistrusted(cx, tx, &key, mistrust).await? {
            KeyWrong::Held(_) => NotShown::Held,
            _ => NotShown::Key,
        }),
        None => Err(failed(cx, tx, here, "removed", NotShown::Key).await?),
    }
}

/// Takes a code of one of her apps. A wrong one counts as a wrong code: whoever sits at an open session must not guess.
pub async fn test_code(cx: &Cx, here: &Here, typed: &str) -> Result<Tested, NotShown> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("test_code").await?;
    tx.person_for_update(person).await?.ok_or(NoFlow::Gone)?;
    if tx.session(here.session.id).await?.is_none() {
        return Err(NotShown::SignedOut);
    }
    let codes = Codes::of(cx, tx.as_mut(), person).await?;
    let door = codes.door(cx);
    let CodeDoor::Open { left } = door else {
        return Err(failed(cx, tx, here, "codes-closed", NotShown::CodesClosed(door)).await?);
    };
    let Some((_, factor)) = spend_code(cx, tx.as_mut(), &codes, typed).await? else {
        codes.wrong(cx, tx.as_mut()).await?;
        let left = left.saturating_sub(1);
        return Err(failed(cx, tx, here, "code", NotShown::Wrong { left }).await?);
    };
    codes.right(tx.as_mut()).await?;
    let tested = Tested { factor, worth: Worth::Beside };
    worked(cx, tx, here, tested).await?;
    Ok(tested)
}

async fn worked(cx: &Cx, mut tx: Box<dyn Tx>, here: &Here, tested: Tested) -> Result<(), Fault> {
    let entry = Entry::by(EventKind::FactorTested, here.person.id).fact("factor", tested.factor);
    record(cx, tx.as_mut(), entry.fact("counts", tested.worth.kind().word())).await?;
    Ok(tx.commit().await?)
}

async fn failed(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    here: &Here,
    why: &'static str,
    refused: NotShown,
) -> Result<NotShown, NotShown> {
    let entry = Entry::by(EventKind::FactorRefused, here.person.id).fact("during", "test").fact("why", why);
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(refused)
}
