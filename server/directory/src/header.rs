//! The first line of the file: which column stands where.

use crate::reader::FeedUnreadable;
use csv::StringRecord;

/// The columns of the feed, each demanded in the header (`docs/hr-feed.md`).
pub(crate) const COLUMNS: [&str; 12] = [
    "employee_number",
    "cpr",
    "given_name",
    "family_name",
    "work_mail",
    "private_mail",
    "mobile",
    "user_name",
    "starts_on",
    "ends_on",
    "unit",
    "cvr",
];

/// Where each column stands in a line.
pub(crate) struct Header {
    places: [usize; COLUMNS.len()],
}

impl Header {
    /// Reads the header. A column too few, too many or twice refuses the file: a misspelt `ends_on` must not mean
    /// that nobody ever leaves, and what we did not ask for we do not want to hold.
    pub(crate) fn read(record: &StringRecord) -> Result<Self, FeedUnreadable> {
        let names: Vec<String> = record.iter().map(|name| name.trim().to_lowercase()).collect();
        if let Some(at) = names.iter().position(|name| !COLUMNS.contains(&name.as_str())) {
            return Err(FeedUnreadable::ColumnUnknown(at + 1));
        }
        let mut places = [0; COLUMNS.len()];
        for (column, place) in COLUMNS.into_iter().zip(&mut places) {
            let mut found = names.iter().enumerate().filter(|(_, name)| *name == column).map(|(at, _)| at);
            *place = found.next().ok_or(FeedUnreadable::ColumnMissing(column))?;
            if found.next().is_some() {
                return Err(FeedUnreadable::ColumnTwice(column));
            }
        }
        Ok(Self { places })
    }

    /// The value of a column in a line, trimmed; none when the column is empty.
    pub(crate) fn value<'a>(&self, record: &'a StringRecord, column: &str) -> Option<&'a str> {
        let (_, place) = COLUMNS.into_iter().zip(self.places).find(|(name, _)| *name == column)?;
        record.get(place).map(str::trim).filter(|value| !value.is_empty())
    }
}
