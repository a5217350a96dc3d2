//! What the HR feed says, and what it may not do (security decision 21).

use crate::association::Cvr;
use crate::cpr::Cpr;
use crate::person::{Contact, Name, UserName};
use jiff::civil::Date;

/// One good line of the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HrLine {
    /// Where it stood, counted from one, the header included.
    pub line: u64,
    /// HR's number for the relation.
    pub employee_number: String,
    /// Who.
    pub cpr: Cpr,
    /// Given name(s).
    pub given_name: Name,
    /// Family name.
    pub family_name: Name,
    /// How to reach her.
    pub contact: Contact,
    /// What she types.
    pub user_name: UserName,
    /// First day.
    pub starts_on: Date,
    /// Last day, when known.
    pub ends_on: Option<Date>,
    /// Where.
    pub unit: String,
    /// In which organisation.
    pub cvr: Cvr,
}

/// A line that was not taken: where, and why. Never repeats the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// Counted from one, the header included.
    pub line: u64,
    /// Which column.
    pub column: &'static str,
    /// Why.
    pub reason: LineFault,
}

/// Why a line was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// The column is empty.
    #[error("is missing")]
    Missing,
    /// The value does not have the shape it must have.
    #[error("cannot be read")]
    Malformed,
    /// The last day is before the first.
    #[error("is before the first day")]
    EndsBeforeStart,
    /// Somebody else has or had this user name.
    #[error("belongs, or belonged, to somebody else")]
    UserNameTaken,
    /// This employee number belongs to another person.
    #[error("belongs to another person")]
    EmployeeNumberTaken,
    /// The person's identity is proved and the feed names another CPR number.
    #[error("differs from the number this person proved")]
    ProvedCprChanged,
    /// Neither private nor work mail: she could not be invited.
    #[error("is missing: one mail address is needed")]
    NoMail,
    /// The relation has ended; HR begins a new one with a later first day.
    #[error("belongs to a relation that has ended")]
    Ended,
    /// The same relation stands on an earlier line.
    #[error("stands on an earlier line too")]
    Twice,
}

/// What a whole file would do, for the guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sweep {
    /// Open associations before.
    pub open: usize,
    /// How many the file would end.
    pub ended: usize,
    /// How many CPR numbers it would change.
    pub cpr_changes: usize,
}

/// Why a whole file is refused until somebody confirms it with a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SweepRefused {
    /// It would end too many associations.
    #[error("the file would end {ended} of {open} associations")]
    EndsTooMany {
        /// How many.
        ended: usize,
        /// Of how many.
        open: usize,
    },
    /// It would change too many CPR numbers.
    #[error("the file would change {changes} CPR numbers")]
    ChangesTooMany {
        /// How many.
        changes: usize,
    },
}

impl Sweep {
    /// At most 2 % of the associations (but at least twenty) and ten CPR numbers in one file.
    ///
    /// # Errors
    /// [`SweepRefused`]
    pub fn allowed(self) -> Result<(), SweepRefused> {
        let most = (self.open / 50).max(20);
        if self.ended > most {
            Err(SweepRefused::EndsTooMany { ended: self.ended, open: self.open })
        } else if self.cpr_changes > 10 {
            Err(SweepRefused::ChangesTooMany { changes: self.cpr_changes })
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_ends_everyone_is_refused_and_a_usual_day_is_not() {
        assert!(Sweep { open: 10_000, ended: 200, cpr_changes: 10 }.allowed().is_ok());
        assert!(Sweep { open: 100, ended: 20, cpr_changes: 0 }.allowed().is_ok());
        assert_eq!(
            Sweep { open: 100, ended: 21, cpr_changes: 0 }.allowed(),
            Err(SweepRefused::EndsTooMany { ended: 21, open: 100 })
        );
        assert!(Sweep { open: 10_000, ended: 201, cpr_changes: 0 }.allowed().is_err());
        assert!(Sweep { open: 10_000, ended: 0, cpr_changes: 11 }.allowed().is_err());
    }
}
