//! Places outside the database that take checkpoints of the trail, a line each.

use super::outside::OutsideFault;
use async_trait::async_trait;

/// A place that only grows and can be read again.
#[async_trait]
pub trait CheckpointPlace: Send + Sync {
    /// The last whole line, without its end; none where nothing was ever written. Cheap, however much stands there.
    async fn last(&self) -> Result<Option<String>, OutsideFault>;

    /// Everything, whole lines only; none where nothing was ever written.
    async fn read(&self) -> Result<Option<String>, OutsideFault>;

    /// Writes whole lines behind the one that was last, and makes the place where none was; lasting when it returns.
    /// [`OutsideFault::Changed`] when another line is last.
    async fn append(&self, after: Option<&str>, lines: &str) -> Result<(), OutsideFault>;

    /// What an operator knows it by.
    fn name(&self) -> String;
}

/// Somebody who is told and never asked, such as the system's log.
pub trait Herald: Send + Sync {
    /// Tells; lasting is what the other side makes of it.
    fn tell(&self, line: &str) -> Result<(), OutsideFault>;
}
