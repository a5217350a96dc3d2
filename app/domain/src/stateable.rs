//! Which levels an answer may state, by what the service lists and how it compares (SAML core 3.3.2.2.1; OIO-SP-07).

use crate::level::AssuranceLevel;
use serde::{Deserialize, Serialize};

/// The levels an answer may state. Stating less than was reached is true as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stateable {
    low: bool,
    substantial: bool,
    high: bool,
}

impl Default for Stateable {
    fn default() -> Self {
        Self::ANY
    }
}

impl Stateable {
    /// Whatever was reached.
    pub const ANY: Self = Self { low: true, substantial: true, high: true };

    /// Those that pass.
    pub fn those(passes: impl Fn(AssuranceLevel) -> bool) -> Self {
        Self {
            low: passes(AssuranceLevel::Low),
            substantial: passes(AssuranceLevel::Substantial),
            high: passes(AssuranceLevel::High),
        }
    }

    /// The highest that may be stated when this one was reached; none when every one is above it.
    pub fn highest_up_to(self, reached: AssuranceLevel) -> Option<AssuranceLevel> {
        let stateable = [
            (AssuranceLevel::High, self.high),
            (AssuranceLevel::Substantial, self.substantial),
            (AssuranceLevel::Low, self.low),
        ];
        stateable.into_iter().find(|(level, may)| *may && *level <= reached).map(|(level, _)| level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AssuranceLevel::{High, Low, Substantial};

    #[test]
    fn never_more_is_stated_than_was_reached_and_nothing_that_was_not_allowed() {
        assert_eq!(Stateable::ANY.highest_up_to(Substantial), Some(Substantial));
        let exactly_low = Stateable::those(|level| level == Low);
        assert_eq!(exactly_low.highest_up_to(Substantial), Some(Low));
        let better = Stateable::those(|level| level > Substantial);
        assert_eq!((better.highest_up_to(Substantial), better.highest_up_to(High)), (None, Some(High)));
        let ends = Stateable::those(|level| level != Substantial);
        assert_eq!(ends.highest_up_to(Substantial), Some(Low));
    }
}
