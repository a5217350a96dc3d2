//! What works now, as far as this instance can tell: for the page everybody may look at (page 45). Says neither why nor where.

use crate::context::House;
use crate::lately::Watch;
use crate::watch_clocks::see_clocks;
use core::time::Duration;
use domain::clocks::Agreement;
use domain::status::Part;
use tokio::time::timeout;

/// A database that takes longer does not answer, for whoever waits for the page.
const PATIENCE: Duration = Duration::from_secs(2);

/// Each part, and whether it works. Changes nothing and waits for no writer.
pub async fn see_status(house: &House, watch: &Watch) -> [(Part, bool); 4] {
    let now = house.clock.now();
    let clocks = clocks(house).await;
    Part::ALL.map(|part| {
        let works = match part {
            Part::SignIn => clocks.is_some_and(Agreement::may_issue) && house.outside.is_open(),
            // Blocking asks neither the clocks nor what is kept outside.
            Part::Blocking => clocks.is_some(),
            Part::Mitid => !watch.mitid.fails(now),
            Part::Mail => !watch.mail.fails(now),
        };
        (part, works)
    })
}

/// How well the clocks agree; none where the database does not say.
async fn clocks(house: &House) -> Option<Agreement> {
    match timeout(PATIENCE, see_clocks(house)).await {
        Ok(Ok(clocks)) => Some(clocks),
        Ok(Err(error)) => {
            tracing::error!(%error, "the database did not answer the page about what works");
            None
        }
        Err(_) => {
            tracing::error!("the database answered the page about what works too late");
            None
        }
    }
}
