//! Whether a way back from MitID leads to a block: asked while blocking is all that goes on (security decision 7).

use crate::context::House;
use crate::fault::Fault;
use domain::flow::About;
use domain::ids::FlowId;
use domain::proofing::Purpose;

/// Looks at the trip and changes nothing: whose browser it is, and whether it still holds, is decided when it is spent.
pub async fn is_block(house: &House, trip: FlowId) -> Result<bool, Fault> {
    let mut tx = house.store.look("see_trip").await?;
    let flow = tx.flow(trip).await?;
    Ok(flow.is_some_and(|it| matches!(&it.about, About::Mitid(trip) if trip.purpose == Purpose::Blocking)))
}
