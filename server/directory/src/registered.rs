//! The file of what services are told of people: CSV, one line a person, the columns named in the header
//! (docs/connecting.md). An error names the line and the column, never the value.

use csv::{ReaderBuilder, StringRecord};
use domain::person::{Malformed, UserName};
use domain::registered::{JobFunction, MOST_FUNCTIONS, Registered, RegisteredLine, exact_name};
use sha2::{Digest, Sha256};
use std::str::FromStr;

/// The largest file that is read.
const LARGEST: usize = 32 * 1024 * 1024;
/// The columns, each demanded.
const COLUMNS: [&str; 5] = ["user_name", "subject_name_id", "uni_id", "uuid", "job_functions"];

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleFile {
    /// Its lines, as they stood.
    pub lines: Vec<RegisteredLine>,
    /// Its digest.
    pub sha256: [u8; 32],
}

/// Why nothing of a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeopleUnreadable {
    /// Larger than 32 MiB.
    #[error("the file is larger than 32 MiB")]
    TooLarge,
    /// Not UTF-8.
    #[error("the file is not UTF-8; save it as \"CSV UTF-8\"")]
    NotUtf8,
    /// The header is not the five columns in their order.
    #[error("the header must be user_name, subject_name_id, uni_id, uuid, job_functions")]
    Header,
    /// A line has more or fewer values than the header.
    #[error("line {0} has another number of values than the header")]
    Width(u64),
    /// A value cannot be read.
    #[error("line {0}, column {1}: cannot be read")]
    Value(u64, &'static str),
    /// More job functions than a token can carry.
    #[error("line {0}: more than 100 job functions")]
    TooMany(u64),
}

/// Reads a whole file, or says the first thing that is wrong with it.
///
/// # Errors
/// [`PeopleUnreadable`]
pub fn read_people(bytes: &[u8]) -> Result<PeopleFile, PeopleUnreadable> {
    if bytes.len() > LARGEST {
        return Err(PeopleUnreadable::TooLarge);
    }
    let text = core::str::from_utf8(bytes).map_err(|_| PeopleUnreadable::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = if text.lines().next().is_some_and(|header| header.contains(';')) { b';' } else { b',' };
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records().map(|record| record.map_err(|_| PeopleUnreadable::NotUtf8));
    let header = records.next().ok_or(PeopleUnreadable::Header)??;
    if header.iter().map(str::trim).ne(COLUMNS) {
        return Err(PeopleUnreadable::Header);
    }
    let lines = records.map(|record| line(&record?)).collect::<Result<_, _>>()?;
    Ok(PeopleFile { lines, sha256: Sha256::digest(bytes).into() })
}

fn line(record: &StringRecord) -> Result<RegisteredLine, PeopleUnreadable> {
    let number = record.position().map_or(0, csv::Position::line);
    if record.len() != COLUMNS.len() {
        return Err(PeopleUnreadable::Width(number));
    }
    let value = |column: &'static str| {
        let at = COLUMNS.iter().position(|name| *name == column).and_then(|at| record.get(at));
        at.map(str::trim).filter(|value| !value.is_empty())
    };
    let bad = |column| PeopleUnreadable::Value(number, column);
    let user_name = value("user_name").and_then(|name| UserName::try_from(name).ok());
    let exact = |column| value(column).map(exact_name).transpose().map_err(|_| bad(column));
    let functions: Vec<_> = value("job_functions").unwrap_or_default().split_whitespace().collect();
    if functions.len() > MOST_FUNCTIONS {
        return Err(PeopleUnreadable::TooMany(number));
    }
    let functions = functions.into_iter().map(JobFunction::read).collect::<Result<Vec<_>, Malformed>>();
    Ok(RegisteredLine {
        line: number,
        user_name: user_name.ok_or(bad("user_name"))?,
        says: Registered {
            subject_name_id: exact("subject_name_id")?,
            uni_id: exact("uni_id")?,
            uuid: value("uuid").map(FromStr::from_str).transpose().map_err(|_| bad("uuid"))?,
            job_functions: functions.map_err(|_| bad("job_functions"))?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "user_name;subject_name_id;uni_id;uuid;job_functions\n";

    #[test]
    fn a_line_says_what_partners_know_somebody_by_and_what_she_may_do() {
        let text = format!(
            "\u{feff}{HEADER}maja.holm;Maja@Kommune.dk;maja1234;3F2F7C5E-8A51-4D6F-9F44-0A6F5CF6C1D2;http://k.dk/r/1 urn:s:1|urn:p:1\njonas;;;;\n"
        );
        let lines = read_people(text.as_bytes()).unwrap().lines;
        assert_eq!(lines.iter().map(|line| line.line).collect::<Vec<_>>(), [2, 3]);
        let maja = &lines[0].says;
        assert_eq!(maja.subject_name_id.as_deref(), Some("Maja@Kommune.dk"), "byte for byte");
        assert_eq!(maja.uni_id.as_deref(), Some("maja1234"));
        assert_eq!(maja.uuid.map(|it| it.to_string()).unwrap(), "3f2f7c5e-8a51-4d6f-9f44-0a6f5cf6c1d2");
        assert_eq!(maja.job_functions[1].scope.as_deref(), Some("urn:s:1"));
        assert_eq!(lines[1].says, Registered::default());
    }

    #[test]
    fn what_is_wrong_is_said_by_line_and_column() {
        let read = |lines: &str| read_people(format!("{HEADER}{lines}").as_bytes()).unwrap_err();
        assert_eq!(read("a b;;;;"), PeopleUnreadable::Value(2, "user_name"));
        assert_eq!(read(";;;;"), PeopleUnreadable::Value(2, "user_name"));
        assert_eq!(read("maja;;;no;"), PeopleUnreadable::Value(2, "uuid"));
        assert_eq!(read("maja;;;;laeser"), PeopleUnreadable::Value(2, "job_functions"));
        assert_eq!(read("maja;;;"), PeopleUnreadable::Width(2));
        let many = "urn:x:y ".repeat(101);
        assert_eq!(read(&format!("jonas;;;;\nmaja;;;;{many}")), PeopleUnreadable::TooMany(3));
        assert_eq!(read_people(b"user_name;uni_id\n").unwrap_err(), PeopleUnreadable::Header);
        assert_eq!(read_people(b"").unwrap_err(), PeopleUnreadable::Header);
        assert_eq!(read_people(&[0xff]).unwrap_err(), PeopleUnreadable::NotUtf8);
        assert!(!read("maja;;;0123456789;").to_string().contains("0123456789"));
    }
}
