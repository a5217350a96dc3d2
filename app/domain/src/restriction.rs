//! What is kept of somebody who asked to be erased too early is restricted: it is kept for the duty to prove what was done in
//! her name, and read for a case alone (GDPR articles 17(3) and 18; security decision 29).

use crate::association::Association;
use crate::cpr::Cpr;
use crate::erasure::ErasureRefused;
use jiff::SignedDuration;

/// How long an auditor who named a case reads what is kept of that person.
pub const CASE_HOLDS: SignedDuration = SignedDuration::from_hours(24);

/// She is gone, and something is still to be kept. While she works here what is kept of her is in use.
const RESTRICTING: [ErasureRefused; 3] =
    [ErasureRefused::NotExpired, ErasureRefused::Held, ErasureRefused::DeviceOut];

/// Whether a refusal for this reason restricts what is kept of her.
pub fn restricts(why: ErasureRefused) -> bool {
    RESTRICTING.contains(&why)
}

/// Whether what is kept of her is restricted: she was refused for one of these words of the trail, and no relation of hers is
/// open now.
pub fn is_restricted<'a>(refused: impl IntoIterator<Item = &'a str>, relations: &[Association]) -> bool {
    let works_here = relations.iter().any(|it| it.closed_at.is_none());
    !works_here && refused.into_iter().any(|word| RESTRICTING.iter().any(|why| why.word() == word))
}

/// The number of a case, as the municipality's records name it: what restricted data are read for. No name and no CPR number:
/// it stands in the trail in clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case(String);

impl Case {
    /// Reads 3 to 40 letters, digits, `-`, `.` and `/`, with a digit among them; none where it is anything else.
    pub fn read(typed: &str) -> Option<Self> {
        let text = typed.trim();
        let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '.' | '/');
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let good = (3..=40).contains(&text.len()) && text.chars().all(fits) && !digits.is_empty();
        (good && Cpr::parse(&digits).is_err()).then(|| Self(text.to_owned()))
    }
}

impl core::fmt::Display for Case {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::association::Cvr;
    use jiff::Timestamp;
    use jiff::civil::Date;
    use uuid::Uuid;

    fn relation(closed_at: Option<Timestamp>) -> Association {
        Association {
            id: Uuid::from_u128(1).into(),
            person: Uuid::from_u128(2).into(),
            cvr: Cvr::try_from("29189897".to_owned()).unwrap(),
            employee_number: "1".into(),
            unit: "Nord".into(),
            starts_on: Date::constant(2020, 1, 1),
            ends_on: None,
            activated_at: None,
            closed_at,
        }
    }

    #[test]
    fn what_is_kept_of_who_left_and_asked_too_early_is_restricted_until_she_works_here_again() {
        let (left, here) = ([relation(Some(Timestamp::UNIX_EPOCH))], [relation(None)]);
        for word in ["not-expired", "held", "device-out"] {
            assert!(is_restricted(["relation-open", word], &left), "{word}");
            assert!(!is_restricted([word], &here), "{word}");
        }
        assert!(restricts(ErasureRefused::NotExpired) && !restricts(ErasureRefused::RelationOpen));
        for word in ["relation-open", "not-proposed", "same-operator", "anything"] {
            assert!(!is_restricted([word], &left), "{word}");
        }
        assert!(!is_restricted([], &left), "she did not ask");
    }

    #[test]
    fn a_case_is_a_number_of_the_records_and_nobodys_name_or_cpr_number() {
        for good in ["2031-000123", "85.02.00-K04-7-31", "S1/2", " 12345 "] {
            assert_eq!(Case::read(good).map(|case| case.to_string()).as_deref(), Some(good.trim()));
        }
        let long = "1".repeat(41);
        for bad in [
            "",
            "12",
            "Maja Holm",
            "Maja",
            "2031 000123",
            "610170-1234",
            "6101701234",
            "S-610170-1234",
            long.as_str(),
        ] {
            assert_eq!(Case::read(bad), None, "{bad}");
        }
    }
}
