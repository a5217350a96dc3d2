//! An export an auditor made, as its page shows it, and its files.

use crate::auditor::{NotSeen, auditor};
use crate::context::Cx;
use crate::evidence::{Form, Line, Reading, Rows};
use crate::flows::{self, NoFlow};
use crate::ports::store::Tx;
use crate::who::Here;
use domain::Timestamp;
use domain::evidence::Order;
use domain::flow::About;
use domain::ids::FlowId;
use std::sync::Arc;

/// An export that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What is in it.
    pub order: Order,
    /// What it proves, signed.
    pub manifest: String,
    /// Until when it is open.
    pub until: Timestamp,
}

/// The export of this session in a flow of this browser, while it is open and she is an auditor.
pub async fn see_export(cx: &Cx, here: &Here, id: FlowId) -> Result<Opened, NotSeen> {
    let mut tx = cx.house.store.reading("see_export").await?;
    opened(cx, tx.as_mut(), here, id).await
}

/// The first page of one that is about one person, the oldest row first.
pub async fn see_trail(cx: &Cx, here: &Here, id: FlowId) -> Result<Vec<Line>, NotSeen> {
    let made = see_export(cx, here, id).await?;
    if made.order.about.is_none() {
        return Ok(Vec::new());
    }
    let mut rows = Rows::of(Arc::clone(&cx.house), made.order);
    Ok(rows.next_page().await?.unwrap_or_default())
}

/// One of its files, from the beginning.
pub async fn open_export(cx: &Cx, here: &Here, id: FlowId, form: Form) -> Result<Reading, NotSeen> {
    let made = see_export(cx, here, id).await?;
    Ok(Reading::begin(Arc::clone(&cx.house), made.order, form))
}

async fn opened(cx: &Cx, tx: &mut dyn Tx, here: &Here, id: FlowId) -> Result<Opened, NotSeen> {
    auditor(cx, tx, here).await?;
    let flow = flows::seen(cx, tx, id).await?;
    match flow.about {
        About::Export(made) if made.by == (here.person.id, here.session.id) => {
            Ok(Opened { order: made.order, manifest: made.manifest, until: flow.expires_at })
        }
        _ => Err(NoFlow::Gone.into()),
    }
}
