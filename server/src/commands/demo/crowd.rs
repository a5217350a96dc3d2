//! People by the number, for a demo that is to be full: nobody of them exists.

use simulator::{NotASample, SamplePerson};
use text::Say;

const NOTE: Say = Say::new("En af mange.", "One of many.");

/// One of the crowd, by her place in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extra(u32);

/// The first `number` of the crowd.
pub(super) fn people(number: u32) -> impl Iterator<Item = Extra> {
    (0..number).map(Extra)
}

impl Extra {
    fn name(self) -> String {
        format!("Prøve Person {}", self.0)
    }

    /// A replacement number: the day of the month plus 60. Each place has its own.
    fn cpr(self) -> String {
        let (day, rest) = (61 + self.0 % 28, self.0 / 28);
        let (month, rest) = (1 + rest % 12, rest / 12);
        format!("{day}{month:02}{:02}{:04}", 50 + rest % 40, 1000 + rest / 40)
    }

    /// Her line in HR's feed.
    pub(super) fn line(self) -> String {
        let at = self.0;
        format!(
            "C{at};{};Prøve;Person {at};proeve{at}@eksempel.test;proeve{at}@privat.test;;proeve{at};2026-01-01;;Prøveenheden;29189897\n",
            self.cpr(),
        )
    }

    /// She, for the simulator's picker.
    pub(super) fn sample(self) -> Result<SamplePerson, NotASample> {
        SamplePerson::new(&self.name(), &self.cpr(), NOTE)
    }
}

#[cfg(test)]
mod tests {
    use super::{Extra, people};
    use std::collections::BTreeSet;

    #[test]
    fn everybody_has_a_replacement_number_of_her_own() {
        let numbers: BTreeSet<String> = people(10_000).map(Extra::cpr).collect();
        assert_eq!(numbers.len(), 10_000);
        assert!(people(10_000).all(|person| person.sample().is_ok()));
    }
}
