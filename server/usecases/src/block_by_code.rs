//! Door C: user name and the code on the printed sheet, which can block and nothing else.

use crate::context::Cx;
use crate::doors::a_source_may_be_wrong;
use crate::fault::Fault;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::KeyUse;
use crate::print_codes::material;
use crate::record::{Entry, record_at_name};
use crate::suspend::{Opened, blocked_by, suspend_or_ask};
use domain::audit::{Actor, EventKind};
use domain::ids::PersonId;
use domain::person::UserName;
use domain::printed::{Printed, PrintedCode, PrintedKind};
use domain::suspension::Door;

/// Why nothing was blocked. One case for everything a stranger might try: the page says plainly that nothing was.
#[derive(Debug, thiserror::Error)]
pub enum NotBlocked {
    /// Name or secret does not fit, or too much was tried from here.
    #[error("nothing was blocked")]
    Wrong,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotBlocked {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Blocks by the printed code. Sixty bits need no limit by account, and no limit by source closes this door to the
/// right code (security decision 10). A code that was used shows the receipt of its block, as long as that lasts.
pub async fn block_by_code(cx: &Cx, user_name: &str, typed: &str) -> Result<Opened, NotBlocked> {
    let mut tx = cx.house.store.begin_at_once("block_by_code").await?;
    let person = match UserName::try_from(user_name).ok() {
        Some(name) => tx.person_by_user_name(&name).await?,
        None => None,
    };
    let known = look(cx, tx.as_mut(), person, typed).await?;
    let Some((person, known)) = person.zip(known) else {
        note_wrong_code(cx, tx, person).await?;
        return Err(NotBlocked::Wrong);
    };
    match known {
        Printed::Unused => Ok(suspend_or_ask(cx, tx, person, Door::Code).await?),
        Printed::Used => match blocked_by(tx.as_mut(), person, Door::Code).await? {
            Some(receipt) => Ok(Opened::Blocked(receipt)),
            // Used up by a block through another door, whose receipt is not this browser's.
            None => Ok(suspend_or_ask(cx, tx, person, Door::Code).await?),
        },
    }
}

/// The same work for a name nobody has: the code is looked up all the same.
async fn look(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: Option<PersonId>,
    typed: &str,
) -> Result<Option<Printed>, Fault> {
    let Ok(code) = PrintedCode::typed(PrintedKind::Blocking, typed) else { return Ok(None) };
    let whose = person.unwrap_or_else(|| uuid::Uuid::nil().into());
    let macs = cx.house.vault.macs(KeyUse::Codes, &material(whose, &code))?;
    Ok(tx.printed(whose, PrintedKind::Blocking, &macs).await?)
}

/// Counts it at its source and writes that somebody tried. A source that gave too many is not written down again and
/// again: what a stranger types must not bury what happened at her login.
async fn note_wrong_code(cx: &Cx, mut tx: Box<dyn Tx>, person: Option<PersonId>) -> Result<(), NotBlocked> {
    if !a_source_may_be_wrong(cx, tx.as_mut(), Door::Code).await? {
        return Ok(());
    }
    note_wrong(cx, tx, person, Door::Code).await
}

/// Writes that somebody tried; nothing in it says which part was wrong.
pub(crate) async fn note_wrong(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: Option<PersonId>,
    door: Door,
) -> Result<(), NotBlocked> {
    let entry = Entry::new(EventKind::BlockRefused, Actor::Unknown).fact("door", door.word());
    record_at_name(cx, tx.as_mut(), person, entry).await?;
    tx.commit().await?;
    Ok(())
}
