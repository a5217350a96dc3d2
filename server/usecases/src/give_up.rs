//! She gives up on her way to a service: what waits for her there is a no (SAML core 3.2.2.2, RFC 6749 4.1.2.1).

use crate::context::Cx;
use crate::flows::{self, NoFlow};
use crate::ports::store::StoreFault;
use domain::flow::About;
use domain::ids::FlowId;

/// Why nothing is given up.
#[derive(Debug, thiserror::Error)]
pub enum NotGivenUp {
    /// It leads to the portal.
    #[error("no service waits for an answer")]
    NobodyWaits,
    /// No such sign-in here, or the service was answered already.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotGivenUp {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}

/// Ends the attempt at whatever step it stands: nothing more is taken in it, and whoever issues says no, once, with the event
/// of that answer. A second time it changes nothing.
pub async fn give_up(cx: &Cx, id: FlowId) -> Result<(), NotGivenUp> {
    let mut tx = cx.house.store.begin("give_up").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?.clone().given_up().map_err(|_| NotGivenUp::NobodyWaits)?;
    tx.save_flow(&flow.onward(About::SignIn(sign_in), cx.now)).await?;
    Ok(tx.commit().await?)
}
