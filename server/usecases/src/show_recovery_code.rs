//! A code of the printed sheet beside the password (page 5): it opens a proof of who she is, and signs nobody in
//! (security decision 16).

use crate::codes::Codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::finish_sign_in::{admission, barred};
use crate::flows::{self, NoFlow};
use crate::ports::store::Tx;
use crate::ports::vault::{KeyUse, Mac};
use crate::print_codes::material;
use crate::record::{Entry, record, tell};
use crate::show_code::{CodeWrong, refuse};
use domain::audit::EventKind;
use domain::factor::FactorKind;
use domain::flow::About;
use domain::ids::{FlowId, PersonId};
use domain::notice::Template;
use domain::printed::{Printed, PrintedCode, PrintedKind};
use domain::throttle::CodeDoor;

const FACTOR: &str = FactorKind::RecoveryCode.word();

/// Shows a recovery code; gives how many are left. A wrong one counts as a wrong code of any kind, and a right one begins no
/// row anew: only a proof does (security decision 19). One that comes while the login is held is not used up.
pub async fn show_recovery_code(cx: &Cx, id: FlowId, typed: &str) -> Result<u32, CodeWrong> {
    cx.house.outside.open()?;
    let mut tx = cx.house.store.begin("show_recovery_code").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?.clone();
    let person = sign_in.awaiting_code().ok_or(CodeWrong::NotNow)?;
    // Her row before her count, as everywhere (see `show_code`).
    let admission = admission(cx, tx.as_mut(), person).await?.ok_or(NoFlow::Gone)?;
    let codes = Codes::of(cx, tx.as_mut(), person).await?;
    let left = match codes.door(cx) {
        CodeDoor::Open { left } => left,
        CodeDoor::Paused(until) => {
            return Err(refuse(cx, tx, (person, FACTOR), "paused", CodeWrong::Paused(until)).await?);
        }
        CodeDoor::Stopped => {
            return Err(refuse(cx, tx, (person, FACTOR), "stopped", CodeWrong::Stopped).await?);
        }
    };
    let macs = macs(cx, person, typed)?;
    if tx.printed(person, PrintedKind::Recovery, &macs).await? != Some(Printed::Unused) {
        codes.wrong(cx, tx.as_mut()).await?;
        let wrong = CodeWrong::Wrong { left: left.saturating_sub(1) };
        return Err(refuse(cx, tx, (person, FACTOR), "code", wrong).await?);
    }
    if let Some(bar) = barred(&flow, person, &admission) {
        let why = bar.word();
        return Err(refuse(cx, tx, (person, FACTOR), why, bar.into()).await?);
    }
    let left = spend(cx, tx.as_mut(), person, &macs).await?;
    let next = sign_in.recovery_shown().map_err(|_| CodeWrong::NotNow)?;
    tx.save_flow(&flow.onward(About::SignIn(next), cx.now)).await?;
    tx.commit().await?;
    Ok(left)
}

/// Uses it up and tells her. Her count is locked, so nobody else spends the same one meanwhile.
async fn spend(cx: &Cx, tx: &mut dyn Tx, person: PersonId, macs: &[Mac]) -> Result<u32, CodeWrong> {
    if !tx.use_printed(person, PrintedKind::Recovery, macs, cx.now).await? {
        return Err(Fault::Encoding.into());
    }
    let left = tx.printed_left(person, PrintedKind::Recovery).await?;
    record(cx, tx, Entry::by(EventKind::RecoveryCodeUsed, person).fact("left", left)).await?;
    tell(cx, tx, person, Template::RecoveryCodeUsed).await?;
    Ok(left)
}

/// None of what is no code at all.
fn macs(cx: &Cx, person: PersonId, typed: &str) -> Result<Vec<Mac>, Fault> {
    match PrintedCode::typed(PrintedKind::Recovery, typed) {
        Ok(code) => Ok(cx.house.vault.macs(KeyUse::Codes, &material(person, &code))?),
        Err(_) => Ok(Vec::new()),
    }
}
