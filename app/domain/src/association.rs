//! The link between a person and the organisation she works for (NSIS 5.2).

use crate::ids::{AssociationId, PersonId};
use crate::person::Malformed;
use core::fmt;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// A company registration number, eight digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Debug)]
#[serde(try_from = "String", into = "String")]
pub struct Cvr(String);

impl TryFrom<String> for Cvr {
    type Error = Malformed;
    fn try_from(text: String) -> Result<Self, Malformed> {
        let text = text.trim();
        if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Malformed("CVR number"))
        }
    }
}

impl From<Cvr> for String {
    fn from(value: Cvr) -> Self {
        value.0
    }
}

impl fmt::Display for Cvr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One work relation. The same person may have several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Association {
    /// Which.
    pub id: AssociationId,
    /// Whose.
    pub person: PersonId,
    /// The organisation.
    pub cvr: Cvr,
    /// HR's number for this relation; one per organisation.
    pub employee_number: String,
    /// Where in the organisation.
    pub unit: String,
    /// First day.
    pub starts_on: Date,
    /// Last day, when known.
    pub ends_on: Option<Date>,
    /// When the person activated it at Substantial (NSIS 5.2.7); none while she only stands in the HR feed.
    pub activated_at: Option<Timestamp>,
    /// When it was closed; a closed one is never opened again.
    pub closed_at: Option<Timestamp>,
}

impl Association {
    /// Whether the relation holds on this day: started, not past its last day, not closed.
    pub fn holds_on(&self, today: Date) -> bool {
        self.closed_at.is_none() && self.starts_on <= today && self.ends_on.is_none_or(|last| today <= last)
    }

    /// Whether a token may name this organisation today (NSIS 5.2.3, 5.2.7).
    pub fn active_on(&self, today: Date) -> bool {
        self.activated_at.is_some() && self.holds_on(today)
    }

    /// Whether it makes its person's login one that exists: activated, and not closed. One that is past its last day does
    /// until it is closed, and one that was closed says nothing of somebody who came back.
    pub fn gives_login(&self) -> bool {
        self.activated_at.is_some() && self.closed_at.is_none()
    }

    /// Whether its last day has passed and it must be closed (NSIS 5.2.3).
    pub fn is_over(&self, today: Date) -> bool {
        self.closed_at.is_none() && self.ends_on.is_some_and(|last| last < today)
    }
}

/// The day from which the person of these relations is let in to services: the first day of the nearest one to come.
/// None while one holds, and when there is none to come.
pub fn works_from(associations: &[Association], today: Date) -> Option<Date> {
    if associations.iter().any(|it| it.holds_on(today)) {
        return None;
    }
    let to_come = associations.iter().filter(|it| it.closed_at.is_none() && it.starts_on > today);
    to_come.map(|it| it.starts_on).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn sample() -> Association {
        Association {
            id: uuid::Uuid::from_u128(1).into(),
            person: uuid::Uuid::from_u128(2).into(),
            cvr: Cvr::try_from("29189897".to_owned()).unwrap(),
            employee_number: "1001".into(),
            unit: "Hjemmepleje Nord".into(),
            starts_on: date(2026, 11, 1),
            ends_on: Some(date(2026, 11, 30)),
            activated_at: Some(Timestamp::UNIX_EPOCH),
            closed_at: None,
        }
    }

    #[test]
    fn it_holds_from_the_first_to_the_last_day_inclusive() {
        let it = sample();
        assert!(!it.active_on(date(2026, 10, 31)));
        assert!(it.active_on(date(2026, 11, 1)) && it.active_on(date(2026, 11, 30)));
        assert!(!it.active_on(date(2026, 12, 1)) && it.is_over(date(2026, 12, 1)));
    }

    #[test]
    fn one_that_is_not_activated_names_nobody() {
        let it = Association { activated_at: None, ..sample() };
        assert!(it.holds_on(date(2026, 11, 5)) && !it.active_on(date(2026, 11, 5)) && !it.gives_login());
    }

    #[test]
    fn a_login_works_from_the_nearest_first_day_and_from_none_while_a_relation_holds() {
        let later = |starts_on| Association { starts_on, ends_on: None, ..sample() };
        let (december, january) = (later(date(2026, 12, 1)), later(date(2027, 1, 1)));
        let closed = Association { closed_at: Some(Timestamp::UNIX_EPOCH), ..later(date(2026, 11, 20)) };
        let today = date(2026, 11, 15);
        let all = [january.clone(), closed, december];
        assert_eq!(works_from(&all, today), Some(date(2026, 12, 1)));
        assert_eq!(works_from(&all, date(2026, 12, 1)), None, "it works on its first day");
        assert_eq!(works_from(&[january, sample()], today), None, "another one holds");
        assert_eq!(works_from(&[sample()], date(2026, 12, 1)), None, "over, and nothing to come");
    }

    #[test]
    fn it_gives_a_login_until_it_is_closed() {
        let closed = Association { closed_at: Some(Timestamp::UNIX_EPOCH), ..sample() };
        assert!(sample().gives_login() && !closed.gives_login());
    }
}
