//! What works, as people are told it, and when something is announced not to (pages 44 and 45).

use jiff::{SignedDuration, Timestamp};

/// So long before it begins an outage is said on the pages where people sign in; the page about what works says it at once.
const SAID_BEFORE: SignedDuration = SignedDuration::from_hours(24);

/// Something people notice when it does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Signing in, and answers to services.
    SignIn,
    /// Blocking a login.
    Blocking,
    /// Proving who one is with MitID.
    Mitid,
    /// Letters.
    Mail,
}

impl Part {
    /// All of them, in the order they are told.
    pub const ALL: [Self; 4] = [Self::SignIn, Self::Blocking, Self::Mitid, Self::Mail];
}

/// A time in which not everything works, announced by the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// When it begins.
    pub from: Timestamp,
    /// When it is over.
    pub until: Timestamp,
    /// What people notice of it, in Danish and in English.
    pub says: [String; 2],
}

impl Outage {
    /// Whether it goes on now.
    pub fn is_on(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.until
    }

    /// Whether it goes on, or begins within a day.
    pub fn is_near(&self, now: Timestamp) -> bool {
        let said_from = self.from.saturating_sub(SAID_BEFORE).unwrap_or(self.from);
        said_from <= now && now < self.until
    }

    /// Whether it is behind us.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.until <= now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_near_from_a_day_before_and_on_from_its_first_instant_to_before_its_last() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let outage = Outage {
            from: at("2026-12-05T21:00:00Z"),
            until: at("2026-12-05T23:00:00Z"),
            says: [String::new(), String::new()],
        };
        for (now, near, on, over) in [
            ("2026-12-04T20:59:59Z", false, false, false),
            ("2026-12-04T21:00:00Z", true, false, false),
            ("2026-12-05T20:59:59Z", true, false, false),
            ("2026-12-05T21:00:00Z", true, true, false),
            ("2026-12-05T22:59:59Z", true, true, false),
            ("2026-12-05T23:00:00Z", false, false, true),
        ] {
            let told = (outage.is_near(at(now)), outage.is_on(at(now)), outage.is_over(at(now)));
            assert_eq!(told, (near, on, over), "{now}");
        }
    }
}
