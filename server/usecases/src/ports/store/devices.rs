//! Hardware code devices: the stock, who has them, and where each stands in its row of codes.

use super::StoreFault;
use crate::ports::vault::Sealed;
use async_trait::async_trait;
use domain::code_device::{CodeDevice, Serial};
use domain::ids::{FactorId, PersonId};

/// Hardware code devices with their sealed seeds. None is ever deleted. [`super::Credentials::revoke_means`] and
/// [`super::Blocking::remove_app`] put those of a person aside, [`super::Kept::sealed_seeds`] gives their seeds too.
#[async_trait]
pub trait CodeDevices {
    /// Adds them all; [`StoreFault::Conflict`] when a number is there already.
    async fn add_devices(&mut self, devices: &[(CodeDevice, Sealed)]) -> Result<(), StoreFault>;
    /// Those of these numbers that are there, by number.
    async fn devices_among(&mut self, serials: &[Serial]) -> Result<Vec<CodeDevice>, StoreFault>;
    /// The one of this number, locked until the end of the transaction. Whoever locks its holder too does that first.
    async fn device_for_update(
        &mut self,
        serial: &Serial,
    ) -> Result<Option<(CodeDevice, Sealed)>, StoreFault>;
    /// All she has, active or only handed out, the ones she has had longest first.
    async fn devices_of(&mut self, id: PersonId) -> Result<Vec<(CodeDevice, Sealed)>, StoreFault>;
    /// Keeps who has it and where it stands. What it is made like, its number and its seed stay.
    async fn put_device(&mut self, device: &CodeDevice) -> Result<(), StoreFault>;
    /// Keeps that a code was accepted, if its place is newer than the last and she still signs in with it; false when not
    /// (also when another request was faster).
    async fn spend_device(&mut self, device: &CodeDevice) -> Result<bool, StoreFault>;
    /// A page of all there ever were, by id after `after`.
    async fn all_devices(
        &mut self,
        after: Option<FactorId>,
        limit: u32,
    ) -> Result<Vec<(CodeDevice, Sealed)>, StoreFault>;
}
