//! The printed sheet between the moment it is made and the moment she has it on paper.
//!
//! Only keyed MACs of the codes last. The codes themselves wait sealed in a flow of her browser, for a quarter of an
//! hour at most, so that a reload or a printer without paper does not cost her the sheet.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::{KeyUse, Sealed};
use crate::print_codes::{Sheet, sheet_place};
use domain::Timestamp;
use domain::audit::EventKind;
use domain::flow::{About, FLOW_HOLDS, Flow};
use domain::ids::{Epoch, FlowId, PersonId};

/// A sheet as its page shows it.
#[derive(Debug)]
pub struct SheetSeen {
    /// The codes.
    pub sheet: Sheet,
    /// Whose: her user name stands on the paper, because the blocking code needs it.
    pub user_name: String,
    /// When it was made.
    pub at: Timestamp,
    /// When the one it replaces was made; none where it is her first.
    pub replaces: Option<Timestamp>,
}

/// Keeps a sheet for its page; written inside the transaction that made it.
pub(crate) async fn keep_sheet(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, epoch): (PersonId, Epoch),
    sheet: &Sheet,
) -> Result<FlowId, Fault> {
    let id: FlowId = cx.handle()?;
    let sealed = cx.house.vault.seal(KeyUse::Memory, &sheet_place(id), &sheet.to_bytes())?;
    let mut flow = Flow::start(id, cx.browser, About::Sheet(person, sealed.0), cx.now);
    flow.person = Some((person, epoch));
    tx.add_flow(&flow).await?;
    Ok(id)
}

/// Looks at a sheet made in this browser just now. A block ends it with every other flow of hers.
pub async fn see_sheet(cx: &Cx, id: FlowId) -> Result<SheetSeen, NoFlow> {
    let mut tx = cx.house.store.reading("see_sheet").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let (person, sealed) = flows::sheet(&flow)?;
    let person = tx.person(person).await?.ok_or(NoFlow::Gone)?;
    // A flow that only shows is never prolonged.
    let at = flow.expires_at.saturating_sub(FLOW_HOLDS).unwrap_or(cx.now);
    let sealed = Sealed(sealed.to_vec());
    let text = cx.house.vault.open(KeyUse::Memory, &sheet_place(id), &sealed).map_err(Fault::from)?;
    let sheet = Sheet::from_bytes(&text).ok_or(Fault::Encoding)?;
    let replaces = sheet_before(tx.as_mut(), person.id).await?;
    Ok(SheetSeen { sheet, user_name: person.user_name.to_string(), at, replaces })
}

/// When the sheet before her newest was made. The trail knows; of the codes themselves nothing is left.
async fn sheet_before(tx: &mut dyn Tx, person: PersonId) -> Result<Option<Timestamp>, StoreFault> {
    let sheets = tx.rows_about(person, &[EventKind::CodesPrinted.word()], 2).await?;
    Ok(sheets.get(1).map(|row| row.at))
}

/// She has it on paper: from now on nobody can look at it. Doing it twice is the same as once.
pub async fn put_sheet_away(cx: &Cx, id: FlowId) -> Result<(), Fault> {
    let mut tx = cx.house.store.begin("put_sheet_away").await?;
    match flows::locked(cx, tx.as_mut(), id).await {
        Ok(flow) if flows::sheet(&flow).is_ok() => {
            tx.spend_flow(id).await?;
            tx.commit().await?;
            Ok(())
        }
        Ok(_) | Err(NoFlow::Gone) => Ok(()),
        Err(NoFlow::Fault(fault)) => Err(fault),
    }
}
