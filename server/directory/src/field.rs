//! One line of the feed, column by column. An error names the column, never the value.

use crate::header::{COLUMNS, Header};
use csv::StringRecord;
use domain::Date;
use domain::association::Cvr;
use domain::cpr::Cpr;
use domain::hr::{HrLine, LineError, LineFault};
use domain::person::Contact;

/// What a fault in the line as a whole is reported under.
const WHOLE_LINE: &str = "line";
/// Most characters of an employee number.
const LONGEST_NUMBER: usize = 64;
/// Most characters of an organisation unit.
const LONGEST_UNIT: usize = 200;

struct Line<'a> {
    header: &'a Header,
    record: &'a StringRecord,
    number: u64,
}

/// Reads one line.
pub(crate) fn line(header: &Header, record: &StringRecord, number: u64) -> Result<HrLine, LineError> {
    let it = Line { header, record, number };
    if record.len() != COLUMNS.len() {
        // An unquoted separator moves every value behind it into the wrong column.
        return Err(it.fault(WHOLE_LINE, LineFault::Malformed));
    }
    let starts_on = it.required("starts_on", date)?;
    let ends_on = it.optional("ends_on", date)?;
    if ends_on.is_some_and(|last| last < starts_on) {
        return Err(it.fault("ends_on", LineFault::EndsBeforeStart));
    }
    Ok(HrLine {
        line: number,
        employee_number: it.required("employee_number", employee_number)?,
        cpr: it.required("cpr", |text| Cpr::parse(text).ok())?,
        given_name: it.required("given_name", |text| text.try_into().ok())?,
        family_name: it.required("family_name", |text| text.try_into().ok())?,
        contact: it.contact()?,
        user_name: it.required("user_name", |text| text.try_into().ok())?,
        starts_on,
        ends_on,
        unit: it.required("unit", unit)?,
        cvr: it.required("cvr", |text| Cvr::try_from(text.to_owned()).ok())?,
    })
}

impl Line<'_> {
    fn fault(&self, column: &'static str, reason: LineFault) -> LineError {
        LineError { line: self.number, column, reason }
    }

    fn optional<T>(
        &self,
        column: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, LineError> {
        let Some(text) = self.header.value(self.record, column) else { return Ok(None) };
        read(text).map(Some).ok_or_else(|| self.fault(column, LineFault::Malformed))
    }

    fn required<T>(&self, column: &'static str, read: impl Fn(&str) -> Option<T>) -> Result<T, LineError> {
        self.optional(column, read)?.ok_or_else(|| self.fault(column, LineFault::Missing))
    }

    fn contact(&self) -> Result<Contact, LineError> {
        let contact = Contact {
            work_mail: self.optional("work_mail", |text| text.try_into().ok())?,
            private_mail: self.optional("private_mail", |text| text.try_into().ok())?,
            mobile: self.optional("mobile", |text| text.try_into().ok())?,
        };
        match contact.for_welcome() {
            Some(_) => Ok(contact),
            None => Err(self.fault("private_mail", LineFault::NoMail)),
        }
    }
}

fn employee_number(text: &str) -> Option<String> {
    let fits =
        text.chars().count() <= LONGEST_NUMBER && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    fits.then(|| text.to_owned())
}

fn unit(text: &str) -> Option<String> {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (folded.chars().count() <= LONGEST_UNIT && !folded.chars().any(char::is_control)).then_some(folded)
}

/// A day as `2026-12-01` and in no other of the forms ISO 8601 knows.
fn date(text: &str) -> Option<Date> {
    let day: Date = text.parse().ok()?;
    (day.to_string() == text).then_some(day)
}
