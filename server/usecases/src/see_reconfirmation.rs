//! Whether and why she is to confirm anew who she is, as her page says it.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::StoreFault;
use crate::who::Here;
use domain::ids::FlowId;
use domain::reconfirmation::Reconfirmation;
use domain::sign_in::Asked;

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReconfirmationSeen {
    /// What people call the service she is on her way to; none for the portal.
    pub service: Option<String>,
    /// Where she stands.
    pub state: Reconfirmation,
    /// Whether she may put it off.
    pub may_put_off: bool,
}

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum NotAsked {
    /// Nothing is asked of her here any more: she goes on where the flow leads.
    #[error("nothing is asked of her here")]
    GoOn {
        /// Whether it leads to a service.
        to_service: bool,
    },
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotAsked {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}

/// Looks at a sign-in that asks her.
pub async fn see_asked(cx: &Cx, here: Option<&Here>, id: FlowId) -> Result<ReconfirmationSeen, NotAsked> {
    let mut tx = cx.house.store.reading("see_asked").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?;
    let service = sign_in.target.service().map(str::to_owned);
    let go_on = NotAsked::GoOn { to_service: service.is_some() };
    // Whoever signed out meanwhile is asked to sign in again, where the flow leads.
    let here = here.filter(|here| sign_in.session() == Some(here.session.id));
    let (Some(asked), Some(here)) = (sign_in.asks(), here) else { return Err(go_on) };
    let Some(proved) = tx.proved(here.person.id).await? else { return Err(go_on) };
    let state = proved.reconfirmation(cx.now);
    // Confirmed meanwhile, in another tab.
    let settled = match asked {
        Asked::InTime => matches!(state, Reconfirmation::Later(_)),
        Asked::Overdue => !matches!(state, Reconfirmation::Overdue(_)),
    };
    if settled {
        Err(go_on)
    } else {
        Ok(ReconfirmationSeen { service, state, may_put_off: asked == Asked::InTime })
    }
}

/// Where somebody who is signed in stands, on her own account; none who was never proved.
pub async fn see_reconfirmation(cx: &Cx, here: &Here) -> Result<Option<Reconfirmation>, Fault> {
    let mut tx = cx.house.store.look("see_reconfirmation").await?;
    Ok(tx.proved(here.person.id).await?.map(|proved| proved.reconfirmation(cx.now)))
}
