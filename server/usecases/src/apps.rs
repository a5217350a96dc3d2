//! Adding an authenticator app that answered once, wherever that was.

use crate::codes::place_added;
use crate::context::Cx;
use crate::fault::Fault;
use crate::means;
use crate::ports::store::Tx;
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record, seed_place, tell};
use domain::audit::EventKind;
use domain::factor::{
    Added, AuthenticatorApp, Authority, FactorName, Mean, MeanKind, NotAdded, TimeStep, Worth,
};
use domain::ids::{FactorId, PersonId};
use domain::notice::Template;

/// Adds it, if the portfolio allows: the app, its seed, the event and the notice. A refusal is written down, too.
pub(crate) async fn add_app(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, name): (PersonId, FactorName),
    (seed, last_step): (&[u8], TimeStep),
    by: &Authority,
) -> Result<Result<FactorId, NotAdded>, Fault> {
    let id: FactorId = cx.id()?;
    let (kind, worth) = (MeanKind::App, Some(Worth::Beside));
    let mean = Mean { id, kind, worth, added_at: cx.now, added: Added::default() };
    let mean = match means::of(cx, tx, person).await?.add(mean, by) {
        Ok((_, mean)) => mean,
        Err(not) => {
            let entry = Entry::by(EventKind::FactorRefused, person).fact("why", "portfolio");
            record(cx, tx, entry.fact("kind", MeanKind::App.word())).await?;
            return Ok(Err(not));
        }
    };
    let (added_at, used_at) = (cx.now, Some(cx.now));
    let app = AuthenticatorApp { id, person, name, added_at, added: mean.added, used_at, last_step };
    let sealed = cx.house.vault.seal(KeyUse::Seeds, &seed_place(id), seed)?;
    tx.add_app(&app, &sealed).await?;
    let entry =
        Entry::by(EventKind::FactorAdded, person).fact("kind", MeanKind::App.word()).fact("factor", id);
    record(cx, tx, entry.fact("ground", mean.added.word())).await?;
    tell(cx, tx, person, Template::FactorAdded).await?;
    place_added(cx, tx, person).await?;
    Ok(Ok(id))
}
