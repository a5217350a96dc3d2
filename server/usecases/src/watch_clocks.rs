//! Watching that the database's clock and ours agree (security decision 27). Nothing that blocks ever asks.

use crate::context::{Cx, House};
use crate::fault::Fault;
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::clocks::Agreement;

/// How well the clocks agree now, and whether the database answers; changes nothing.
pub async fn see_clocks(house: &House) -> Result<Agreement, Fault> {
    let before = house.clock.now();
    let theirs = house.database_clock.database_now().await?;
    Ok(Agreement::of(before, theirs, house.clock.now()))
}

/// The same for whoever issues, and asks the database for all the rest at once.
pub(crate) async fn clocks_to_issue(house: &House) -> Result<Agreement, Fault> {
    let before = house.clock.now();
    let theirs = house.database_clock.clock_alone().await?;
    Ok(Agreement::of(before, theirs, house.clock.now()))
}

/// Looks again, and writes an event when it is another case than `before`: apart, further apart, or in order again.
pub async fn watch_clocks(cx: &Cx, before: Agreement) -> Result<Agreement, Fault> {
    let now = see_clocks(&cx.house).await?;
    if let Some(apart) = now.apart() {
        tracing::error!(
            apart_ms = apart.as_millis(),
            issuing = now.may_issue(),
            "the clocks of this machine and of the database are apart: set both by time servers"
        );
    }
    if now.differs(before) {
        let kind = if now.apart().is_some() { EventKind::ClocksApart } else { EventKind::ClocksAgree };
        let millis = now.apart().map_or(0, |apart| apart.as_millis());
        let entry = Entry::by_system(kind).fact("apart-ms", millis).fact("issuing", now.may_issue());
        let mut tx = cx.house.store.begin("watch_clocks").await?;
        record(cx, tx.as_mut(), entry).await?;
        tx.commit().await?;
    }
    Ok(now)
}
