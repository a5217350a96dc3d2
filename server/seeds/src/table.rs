//! The CSV file (`docs/code-devices.md`): one line a device, the columns named in the first.

use crate::lines::Lines;
use crate::values::At;
use crate::{Read, Unreadable, bytes};
use csv::{ReaderBuilder, StringRecord};
use domain::code_device::{
    Delivered, DeliveryFault, Digits, HashAlgorithm, Misread, Moving, Place, StepLength,
};

const COLUMNS: [&str; 10] = [
    "serial",
    "manufacturer",
    "model",
    "kind",
    "seed_hex",
    "seed_base32",
    "digits",
    "hash",
    "step",
    "counter",
];

/// Reads every line.
pub(crate) fn read(text: &str) -> Result<Read, Unreadable> {
    let header = text.lines().next().unwrap_or_default();
    let mut reader = ReaderBuilder::new()
        .delimiter(if header.contains(';') { b';' } else { b',' })
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    if !next(&mut reader, &mut record) {
        return Err(Unreadable::Empty);
    }
    let header = Header::read(&record)?;
    let (mut found, mut lines) = (Vec::new(), Lines::of(text));
    while next(&mut reader, &mut record) {
        let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or_default();
        let line = Line { header: &header, record: &record, number: lines.line_of_text(start) };
        found.push(line.device());
    }
    Ok(Read { found, signed: false })
}

/// The next record. Reading from memory, whose UTF-8 was checked, with any number of fields cannot fail.
fn next(reader: &mut csv::Reader<&[u8]>, record: &mut StringRecord) -> bool {
    reader.read_record(record).unwrap_or(false)
}

/// Where each column stands.
struct Header(Vec<&'static str>);

impl Header {
    /// A column that is none refuses the file: a misspelt `digits` must not mean six.
    fn read(record: &StringRecord) -> Result<Self, Unreadable> {
        let mut columns = Vec::new();
        for name in record {
            let name = name.trim().to_lowercase();
            let column = COLUMNS.into_iter().find(|column| *column == name);
            let column = column.ok_or(Unreadable::Header("names a column that is none of the file's"))?;
            if columns.contains(&column) {
                return Err(Unreadable::Header("names a column twice"));
            }
            columns.push(column);
        }
        let named = |column: &str| columns.contains(&column);
        if !named("serial") || !named("kind") {
            return Err(Unreadable::Header("must name the columns serial and kind"));
        }
        if named("seed_hex") == named("seed_base32") {
            return Err(Unreadable::Header("must name one of the columns seed_hex and seed_base32"));
        }
        Ok(Self(columns))
    }
}

struct Line<'a> {
    header: &'a Header,
    record: &'a StringRecord,
    number: u64,
}

impl Line<'_> {
    fn at(&self, what: &'static str) -> At {
        At { place: Place { line: self.number, package: None }, what }
    }

    /// The value of a column; none when it is empty or not there.
    fn value(&self, column: &'static str) -> Option<&str> {
        let place = self.header.0.iter().position(|it| *it == column)?;
        self.record.get(place).map(str::trim).filter(|value| !value.is_empty())
    }

    fn demanded(&self, column: &'static str) -> Result<&str, DeliveryFault> {
        self.value(column).ok_or_else(|| self.at(column).fault(Misread::Missing))
    }

    fn device(&self) -> Result<Delivered, DeliveryFault> {
        // A value too few or too many: everything after it would stand in the wrong column.
        if self.record.len() != self.header.0.len() {
            return Err(self.at("the number of columns").fault(Misread::Malformed));
        }
        let hash = self.value("hash").map_or(Ok(HashAlgorithm::Sha1), |word| {
            HashAlgorithm::from_word(word).ok_or_else(|| self.at("hash").fault(Misread::Unsupported))
        })?;
        let digits = |text| self.at("digits").number::<u8, Digits>(text);
        Ok(Delivered {
            place: self.at("").place,
            serial: self.at("serial").shaped(self.demanded("serial")?)?,
            manufacturer: self
                .value("manufacturer")
                .map(|it| self.at("manufacturer").shaped(it))
                .transpose()?,
            model: self.value("model").map(|it| self.at("model").shaped(it)).transpose()?,
            hash,
            digits: self.value("digits").map_or(Ok(Digits::SIX), digits)?,
            moving: self.moving()?,
            seed: self.seed()?,
        })
    }

    fn moving(&self) -> Result<Moving, DeliveryFault> {
        let none = |column: &'static str| match self.value(column) {
            Some(_) => Err(self.at(column).fault(Misread::Unsupported)),
            None => Ok(()),
        };
        match self.demanded("kind")?.to_ascii_lowercase().as_str() {
            "totp" => {
                none("counter")?;
                let step = |text| self.at("step").number::<u32, StepLength>(text);
                Ok(Moving::clock(self.value("step").map_or(Ok(StepLength::HALF_A_MINUTE), step)?, 0))
            }
            "hotp" => {
                none("step")?;
                let counter = |text| self.at("counter").counter(text);
                Ok(Moving::Button { next: self.value("counter").map_or(Ok(0), counter)? })
            }
            _ => Err(self.at("kind").fault(Misread::Unsupported)),
        }
    }

    fn seed(&self) -> Result<zeroize::Zeroizing<Vec<u8>>, DeliveryFault> {
        if self.header.0.contains(&"seed_hex") {
            self.at("seed_hex").seed(bytes::hex(self.demanded("seed_hex")?))
        } else {
            self.at("seed_base32").seed(bytes::base32(self.demanded("seed_base32")?))
        }
    }
}
