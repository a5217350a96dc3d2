//! Whether her own data is open to this browser and session, as its page shows it.

use crate::context::Cx;
use crate::flows::{self, NoFlow};
use crate::ports::store::Tx;
use crate::who::Here;
use domain::Timestamp;
use domain::flow::{About, Flow};
use domain::ids::FlowId;

/// Until when it is open to this browser and session.
pub async fn see_own_data(cx: &Cx, here: &Here, id: FlowId) -> Result<Timestamp, NoFlow> {
    let mut tx = cx.house.store.look("see_own_data").await?;
    Ok(opened(cx, tx.as_mut(), here, id).await?.expires_at)
}

/// The flow that opened it, where it is hers, of this session.
pub(crate) async fn opened(cx: &Cx, tx: &mut dyn Tx, here: &Here, id: FlowId) -> Result<Flow, NoFlow> {
    let flow = flows::seen(cx, tx, id).await?;
    let own = matches!(&flow.about, About::OwnData(person, session)
        if *person == here.person.id && *session == here.session.id);
    if own { Ok(flow) } else { Err(NoFlow::Gone) }
}
