//! A place outside the database where records are kept: a file on another disk, or whatever else only grows.

use async_trait::async_trait;

/// What stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whole lines, each with its end. Half a line that a crash left behind them is left out.
    pub text: String,
    /// How many bytes those are.
    pub size: u64,
}

/// A place that only grows.
#[async_trait]
pub trait OutsidePlace: Send + Sync {
    /// Everything that stands there; none when the place is not there.
    async fn read(&self) -> Result<Option<Standing>, OutsideFault>;

    /// How many bytes stand there now; none when the place is not there. Cheap: asked every second.
    async fn size(&self) -> Result<Option<u64>, OutsideFault>;

    /// Makes the place with its first line; [`OutsideFault::Changed`] when it is there.
    async fn begin(&self, first: &str) -> Result<u64, OutsideFault>;

    /// Writes whole lines behind the first `after` bytes and gives the new size; lasting when it returns. Half a line
    /// there is written over; anything else there is [`OutsideFault::Changed`], and nothing is written.
    async fn append(&self, after: u64, lines: &str) -> Result<u64, OutsideFault>;

    /// What an operator knows it by.
    fn name(&self) -> String;
}

/// Why a place outside cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OutsideFault {
    /// It cannot be read or written.
    #[error("{0}")]
    Unusable(String),
    /// Somebody else wrote there.
    #[error("somebody else wrote there")]
    Changed,
}
