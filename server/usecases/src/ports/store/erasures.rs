//! Erasing people.

use super::StoreFault;
use crate::ports::vault::Mac;
use async_trait::async_trait;
use domain::Timestamp;
use domain::erasure::Voice;
use domain::ids::PersonId;

/// Erasing people.
#[async_trait]
pub trait Erasures {
    /// The voice for erasing her.
    async fn erasure_asked(&mut self, id: PersonId) -> Result<Option<Voice>, StoreFault>;
    /// Keeps one operator's voice, in place of an earlier one.
    async fn ask_erasure(&mut self, id: PersonId, voice: &Voice) -> Result<(), StoreFault>;
    /// When the newest row of the trail about her was written, those of these kinds apart.
    async fn newest_row_about(
        &mut self,
        id: PersonId,
        apart: &[&str],
    ) -> Result<Option<Timestamp>, StoreFault>;
    /// Every user name she ever had.
    async fn user_names_of(&mut self, id: PersonId) -> Result<Vec<String>, StoreFault>;
    /// Erases her: her number and every row that is hers, and, once this is committed, her key of the trail; a device she
    /// still had is lost. Her user names stay reserved by these MACs. Rows of the trail stay, and their sealed parts open no
    /// more.
    async fn erase_person(&mut self, id: PersonId, names: &[Mac], at: Timestamp) -> Result<(), StoreFault>;
    /// When she was erased.
    async fn erased_at(&mut self, id: PersonId) -> Result<Option<Timestamp>, StoreFault>;
    /// Whether somebody who was erased had a user name with one of these MACs.
    async fn name_was_erased(&mut self, macs: &[Mac]) -> Result<bool, StoreFault>;
}
