//! From bytes to lines.

use crate::field;
use crate::header::Header;
use csv::{ReaderBuilder, StringRecord, Trim};
use sha2::{Digest, Sha256};
use usecases::import_employees::Feed;

/// The largest file that is read: some 100,000 people.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// Why nothing of a file was read. Never repeats what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedUnreadable {
    /// Larger than [`LARGEST`].
    #[error("the file is larger than 32 MiB")]
    TooLarge,
    /// Not UTF-8 from this line on.
    #[error("line {0} is not UTF-8; save the file as \"CSV UTF-8\"")]
    NotUtf8(usize),
    /// There is no first line.
    #[error("the file has no header line")]
    NoHeader,
    /// The header lacks a column.
    #[error("the header lacks the column {0}")]
    ColumnMissing(&'static str),
    /// The header names a column twice.
    #[error("the header names the column {0} twice")]
    ColumnTwice(&'static str),
    /// The header names a column the feed does not have; counted from one.
    #[error("column {0} of the header is not a column of the feed")]
    ColumnUnknown(usize),
}

/// Reads a whole file. Lines that cannot be read stand in the feed as errors beside the good ones.
///
/// # Errors
/// [`FeedUnreadable`] when the file as a whole is none.
pub fn read(bytes: &[u8]) -> Result<Feed, FeedUnreadable> {
    if bytes.len() > LARGEST {
        return Err(FeedUnreadable::TooLarge);
    }
    let text = core::str::from_utf8(bytes).map_err(|wrong| not_utf8(bytes, wrong.valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .trim(Trim::None)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    if !next(&mut reader, &mut record) {
        return Err(FeedUnreadable::NoHeader);
    }
    let header = Header::read(&record)?;
    let mut lines = Vec::new();
    let mut counter = LineCounter::new(text);
    while next(&mut reader, &mut record) {
        lines.push(field::line(&header, &record, counter.line_of(&record)));
    }
    Ok(Feed { lines, hash: Sha256::digest(bytes).into() })
}

/// The next record. Reading from memory, whose UTF-8 was checked, with any number of fields cannot fail.
fn next(reader: &mut csv::Reader<&[u8]>, record: &mut StringRecord) -> bool {
    reader.read_record(record).unwrap_or(false)
}

fn separator(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    if header.contains(';') { b';' } else { b',' }
}

fn not_utf8(bytes: &[u8], valid: usize) -> FeedUnreadable {
    FeedUnreadable::NotUtf8(1 + bytes.iter().take(valid).filter(|byte| **byte == b'\n').count())
}

/// Counts lines as an editor does. The reader's own count is where it stood before it skipped blank lines.
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), at: 0, line: 1 }
    }

    fn line_of(&mut self, record: &StringRecord) -> u64 {
        let start = record.position().and_then(|place| usize::try_from(place.byte()).ok()).unwrap_or(self.at);
        self.pass(start);
        let blank = self.text.iter().skip(self.at).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.pass(self.at + blank);
        self.line
    }

    fn pass(&mut self, to: usize) {
        let passed = self.text.iter().take(to).skip(self.at).filter(|byte| **byte == b'\n').count();
        self.line += u64::try_from(passed).unwrap_or(u64::MAX);
        self.at = self.at.max(to);
    }
}
