//! Models of keys that count for more than the rule for all (security decision 17): the trail tells of each when an instance
//! begins to serve with them, so that what was decided, and on which risk note, is evidence for as long as it held.

use crate::context::Cx;
use crate::fault::Fault;
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::factor::{Models, Worth};
use domain::level::AssuranceLevel;
use uuid::Uuid;

/// Writes an event for each of them; gives how many there are.
pub async fn note_models(cx: &Cx, models: &Models) -> Result<usize, Fault> {
    let mut told = 0;
    let mut tx = cx.house.store.begin("note_models").await?;
    for (model, note) in models.widened() {
        let entry = Entry::by_system(EventKind::ModelWidened)
            .fact("model", Uuid::from(model))
            .fact("counts", Worth::Alone.kind().word())
            .fact("level", AssuranceLevel::Substantial.word())
            .fact("risk-note", note.as_str());
        record(cx, tx.as_mut(), entry).await?;
        told += 1;
    }
    if told > 0 {
        tx.commit().await?;
    }
    Ok(told)
}
