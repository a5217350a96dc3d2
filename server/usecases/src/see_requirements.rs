//! What of the running programme answers for requirements at this moment, beside the tests of its build: what became of those
//! no programme knows but from the build.

use crate::auditor::{NotAuditor, auditor};
use crate::context::Cx;
use crate::outside::State;
use crate::see_chain::{Chain, chain};
use crate::see_doors::{Need, see_doors};
use crate::watch_clocks::see_clocks;
use crate::who::Here;
use domain::Timestamp;
use domain::clocks::Agreement;
use domain::nsis::Results;
use domain::suspension::Door;
use std::sync::Arc;

/// Its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// When they were given.
    pub at: Timestamp,
    /// How the trail stands.
    pub chain: Chain,
    /// Each door of a block with what it lacks; none when it would open.
    pub doors: [(Door, Option<Need>); 5],
    /// What came of the last comparison of the database with what is kept outside; the first is made when serving begins.
    pub outside: State,
    /// How well the clocks agree.
    pub clocks: Agreement,
    /// What the tests of the build answered, where it was handed in.
    pub tests: Option<Arc<Results>>,
}

/// Asks all of it now. What is written to see whether a door opens is taken back.
pub async fn see_requirements(cx: &Cx, here: &Here) -> Result<Answers, NotAuditor> {
    let mut tx = cx.house.store.reading("see_requirements").await?;
    auditor(cx, tx.as_mut(), here).await?;
    let chain = chain(&cx.house, tx.as_mut()).await?;
    drop(tx);
    let doors = see_doors(&cx.house).await;
    let (outside, clocks) = (cx.house.outside.state(), see_clocks(&cx.house).await?);
    let tests = cx.house.policy.tests.clone();
    Ok(Answers { at: cx.now, chain, doors, outside, clocks, tests })
}
