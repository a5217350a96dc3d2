//! The CPR register through the broker's own look-up.

use async_trait::async_trait;
use domain::Timestamp;
use domain::cpr::{Cpr, CprStatus};
use domain::proofing::{Assessed, Refusal};
use usecases::ports::mitid::CprRegister;

/// Relies on what the broker found in the register while the person was there. It speaks of the number she proved
/// to hold; whether that is the number asked for is compared when the proof is tied to a person.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrokerRegister;

#[async_trait]
impl CprRegister for BrokerRegister {
    async fn look_up(&self, _cpr: &Cpr, answer: &Assessed, _now: Timestamp) -> Result<CprStatus, Refusal> {
        answer.broker_register().cloned().ok_or(Refusal::RegisterSilent)
    }
}
