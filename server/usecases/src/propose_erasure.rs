//! One operator proposes to erase a person; a second, other one must approve it (security decision 29).

use crate::context::Cx;
use crate::erasure::{NotErased, due, refuse};
use crate::operator::{Operator, tell_administrators};
use crate::record::record;
use domain::audit::EventKind;
use domain::erasure::Voice;
use domain::notice::Template;
use domain::person::UserName;

/// Notes this operator's voice, once her time has come; whoever proposes again speaks anew. A refusal leaves an event.
pub async fn propose_erasure(cx: &Cx, by: &Operator, name: &UserName) -> Result<(), NotErased> {
    let mut tx = cx.house.store.begin("propose_erasure").await?;
    let (person, may) = due(cx, tx.as_mut(), name).await?;
    if let Err(why) = may {
        refuse(cx, tx.as_mut(), (by, "proposing"), (person, why)).await?;
        tx.commit().await?;
        return Err(why.into());
    }
    tx.ask_erasure(person, &Voice { by: by.name.clone(), at: cx.now }).await?;
    record(cx, tx.as_mut(), by.entry(EventKind::ErasureProposed).about(person)).await?;
    tell_administrators(cx, tx.as_mut(), Template::Erasure).await?;
    Ok(tx.commit().await?)
}
