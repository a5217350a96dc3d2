//! The computer says no to what the phone made, or leaves it: nothing is added, whatever the phone still does.

use crate::context::Cx;
use crate::flows::NoFlow;
use crate::on_phone::{AtDesk, at_desk, keep};
use crate::record::{Entry, record};
use crate::who::Here;
use domain::audit::EventKind;
use domain::ids::FlowId;
use domain::on_phone::Ended;

/// Ends it.
pub async fn leave_phone(cx: &Cx, here: Option<&Here>, id: FlowId) -> Result<(), NoFlow> {
    let mut tx = cx.house.store.begin("leave_phone").await?;
    let AtDesk { flow: desk, on_phone, person, .. } = at_desk(cx, tx.as_mut(), here, id).await?;
    keep(cx, tx.as_mut(), desk, on_phone.left()).await?;
    let entry = Entry::by(EventKind::PhoneRefused, person).fact("why", Ended::Left.word());
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}
