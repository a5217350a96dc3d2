//! Looks every second for sessions at services that are to end.

use core::time::Duration;
use domain::ids::RelyingPartyId;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};
use tokio::time::{MissedTickBehavior, interval};
use usecases::House;
use usecases::end_visits::{end_visits, services_to_tell};
use usecases::ports::saml::SoapLine;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);
/// Visits one service is told of at once: within their lease, also when each takes as long as the line allows.
const BATCH: u32 = 8;

/// Tells services until told to stop, each in a task of its own: one that does not answer keeps none of the others
/// waiting, and is never asked more than a batch at a time. What was being told at the stop is told again.
pub async fn run_endings(house: Arc<House>, line: Arc<dyn SoapLine>, mut stopped: watch::Receiver<bool>) {
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut tasks = JoinSet::new();
    let mut told: HashMap<Id, RelyingPartyId> = HashMap::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            Some(over) = tasks.join_next_with_id() => {
                let id = over.map_or_else(|fell| fell.id(), |(id, ())| id);
                told.remove(&id);
            }
            _ = ticks.tick() => {
                for service in due(&house).await {
                    if told.values().all(|busy| *busy != service) {
                        let task = tasks.spawn(tell(Arc::clone(&house), Arc::clone(&line), service));
                        told.insert(task.id(), service);
                    }
                }
            }
        }
    }
}

/// A fault of the house is logged; the visits wait.
async fn due(house: &House) -> Vec<RelyingPartyId> {
    services_to_tell(house).await.unwrap_or_else(|error| {
        tracing::error!(%error, "services to tell could not be looked up");
        Vec::new()
    })
}

/// Everything one service is due, batch by batch.
async fn tell(house: Arc<House>, line: Arc<dyn SoapLine>, service: RelyingPartyId) {
    loop {
        match end_visits(&house, &line, service, BATCH).await {
            Ok(done) if done < usize::try_from(BATCH).unwrap_or(usize::MAX) => return,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "a service could not be told");
                return;
            }
        }
    }
}
