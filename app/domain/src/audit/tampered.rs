//! What a verifier can find wrong with a trail.

use crate::ids::{EventId, InstanceId};

/// What a verifier found wrong, with the first place where it shows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Tampered {
    /// A row's content does not match its MAC or the chain.
    #[error("row {event} at place {place} was changed")]
    Changed {
        /// Where.
        place: i64,
        /// Which.
        event: EventId,
    },
    /// A chained row is gone.
    #[error("the row at place {place} was removed")]
    Removed {
        /// Where.
        place: i64,
    },
    /// A row that nobody with the key wrote.
    #[error("row {event} was added")]
    Added {
        /// Which.
        event: EventId,
    },
    /// The chain itself has a gap, or its hashes do not follow.
    #[error("the chain does not hold at place {place}")]
    Broken {
        /// Where.
        place: i64,
    },
    /// An instance counted a row that is not there: it was taken away before it was chained.
    #[error(
        "row {number} that instance {instance} wrote on its lane {lane} is not there; it stood before place {place}"
    )]
    Missing {
        /// Before which place.
        place: i64,
        /// Who wrote it.
        instance: InstanceId,
        /// On which of its lanes.
        lane: u32,
        /// Which of that lane.
        number: u64,
    },
    /// A row is empty, and nothing in the trail says that it was kept long enough.
    #[error("the row at place {place} was emptied, and no rule of retention took it")]
    Emptied {
        /// Where.
        place: i64,
    },
    /// The rows are not those a signed checkpoint stands for.
    #[error(
        "checkpoint {number} stands for other rows: something from place {from} to place {to} was changed, or all of it replaced"
    )]
    Unlike {
        /// Which checkpoint.
        number: u64,
        /// The first place that may be wrong.
        from: u64,
        /// The last.
        to: u64,
    },
    /// A signed checkpoint stands for more rows than there are.
    #[error(
        "the trail ends at place {end} and checkpoint {number} stands for {size} rows: the end was cut off, or an older backup took the place of the database"
    )]
    Short {
        /// The last place.
        end: u64,
        /// Which checkpoint.
        number: u64,
        /// How many rows it stands for.
        size: u64,
    },
    /// A line of the checkpoints is none, or no known key signed it.
    #[error("line {line} of the checkpoints was changed or is not signed by a key that was given")]
    Forged {
        /// Which line.
        line: u64,
    },
    /// A line of an export is not what the programme writes.
    #[error("line {line} of the export cannot be read")]
    Garbled {
        /// Which line.
        line: u64,
    },
    /// The export is not the one that was sealed.
    #[error("the export was changed or cut after it was made: its seal does not hold")]
    Unsealed,
}
