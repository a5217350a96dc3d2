//! What is handed out: a code, an access token, a refresh token. Nothing of it is kept; it counts by its MAC, and by what
//! its authorization says at that moment.

use crate::ids::VisitId;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// How long a code may be exchanged.
pub const CODE_HOLDS: SignedDuration = SignedDuration::from_secs(60);
/// How long an access token counts: as long as the conditions of an assertion.
pub const ACCESS_HOLDS: SignedDuration = SignedDuration::from_mins(10);

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketKind {
    /// Exchanged once for tokens.
    Code,
    /// Shown for what she lets the application know.
    Access,
    /// Exchanged once for newer tokens.
    Refresh,
}

impl TicketKind {
    const ALL: [Self; 3] = [Self::Code, Self::Access, Self::Refresh];

    fn mark(self) -> u8 {
        match self {
            Self::Code => b'c',
            Self::Access => b'a',
            Self::Refresh => b'r',
        }
    }
}

/// What is written on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// What it is.
    pub kind: TicketKind,
    /// The visit it belongs to.
    pub visit: VisitId,
    /// Which of those handed out one after the other.
    pub generation: u32,
    /// Until when it counts, in whole seconds.
    pub until: Timestamp,
}

/// What the trail calls what a visit handed out under this number: the code has none, tokens count from one. An id token
/// bears it as its own id.
pub fn ticket_id(visit: VisitId, generation: u32) -> String {
    format!("{visit}.{generation}")
}

/// How many bytes that takes.
pub const TICKET_BYTES: usize = 29;

impl Ticket {
    /// As bytes, for the MAC and the wire.
    pub fn bytes(&self) -> [u8; TICKET_BYTES] {
        let mut bytes = [0; TICKET_BYTES];
        let visit = Uuid::from(self.visit);
        let until = self.until.as_second().to_be_bytes();
        let generation = self.generation.to_be_bytes();
        let all = [self.kind.mark()].into_iter().chain(*visit.as_bytes()).chain(generation).chain(until);
        bytes.iter_mut().zip(all).for_each(|(to, from)| *to = from);
        bytes
    }

    /// Reads them; says nothing about whether they are ours.
    pub fn read(bytes: [u8; TICKET_BYTES]) -> Option<Self> {
        let (mark, rest) = bytes.split_first()?;
        let (visit, rest) = rest.split_first_chunk::<16>()?;
        let (generation, rest) = rest.split_first_chunk::<4>()?;
        let until = i64::from_be_bytes(rest.try_into().ok()?);
        Some(Self {
            kind: TicketKind::ALL.into_iter().find(|kind| kind.mark() == *mark)?,
            visit: Uuid::from_bytes(*visit).into(),
            generation: u32::from_be_bytes(*generation),
            until: Timestamp::from_second(until).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_and_never_changed(bytes in any::<[u8; TICKET_BYTES]>()) {
            if let Some(ticket) = Ticket::read(bytes) {
                prop_assert_eq!(ticket.bytes(), bytes);
            }
        }
    }

    #[test]
    fn what_was_written_is_read_back() {
        let until = Timestamp::from_second(1_793_530_800).unwrap();
        for kind in TicketKind::ALL {
            let ticket = Ticket { kind, visit: Uuid::from_u128(7).into(), generation: 3, until };
            assert_eq!(Ticket::read(ticket.bytes()), Some(ticket));
        }
        assert_eq!(Ticket::read([0; TICKET_BYTES]), None);
    }
}
