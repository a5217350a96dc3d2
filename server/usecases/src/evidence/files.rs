//! How an export is written: a table for spreadsheets, and JSON for machines. Both hold the same rows.

use super::Line;
use crate::fault::Fault;
use domain::audit::checkpoint::instant;
use domain::evidence::Order;
use domain::ids::PersonId;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A form of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table, one row a line, in UTF-8.
    Csv,
    /// One JSON value.
    Json,
}

impl Form {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Json];

    /// How its files end.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// Names of the columns every row has.
const COLUMNS: [&str; 7] = ["place", "at", "event", "by", "who", "about", "request"];

/// Writes the pieces of a file, one behind the other.
#[derive(Debug)]
pub(crate) struct Writer {
    form: Form,
    facts: Vec<&'static str>,
    sealed: Vec<&'static str>,
    /// What the rows of the present tell.
    present: BTreeSet<String>,
    any: bool,
}

#[derive(Serialize)]
struct Head<'a> {
    export: u8,
    word: &'static str,
    says: &'static str,
    nsis: &'static [&'static str],
    from: String,
    before: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<PersonId>,
    trail_since: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    waiting: u64,
    made_at: String,
    open: Vec<&'static str>,
    present: &'a [BTreeMap<String, String>],
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
fn is_none(waiting: &u64) -> bool {
    *waiting == 0
}

impl Writer {
    pub(crate) fn of(order: &Order, form: Form) -> Self {
        let (facts, sealed) = (order.evidence.facts(), order.evidence.sealed());
        let present = order.present.iter().flat_map(|row| row.keys().cloned()).collect();
        Self { form, facts, sealed, present, any: false }
    }

    /// What stands before the first row of the trail.
    pub(crate) fn head(&self, order: &Order) -> Result<Vec<u8>, Fault> {
        match self.form {
            Form::Csv => Ok(self.table_head(order).into_bytes()),
            Form::Json => {
                let head = serde_json::to_string(&head(order)).map_err(|_| Fault::Encoding)?;
                let open = head.strip_suffix('}').ok_or(Fault::Encoding)?;
                Ok(format!("{open},\"rows\":[").into_bytes())
            }
        }
    }

    /// Some rows.
    pub(crate) fn lines(&mut self, lines: &[Line]) -> Result<Vec<u8>, Fault> {
        let mut text = Vec::new();
        for line in lines {
            match self.form {
                Form::Csv => text.extend(self.table_line(line).into_bytes()),
                Form::Json => {
                    text.extend_from_slice(if self.any { b",\n" } else { b"\n" });
                    serde_json::to_writer(&mut text, line).map_err(|_| Fault::Encoding)?;
                }
            }
            self.any = true;
        }
        Ok(text)
    }

    /// What stands behind the last.
    pub(crate) fn tail(&self) -> Vec<u8> {
        match self.form {
            Form::Csv => Vec::new(),
            Form::Json => b"\n]}\n".to_vec(),
        }
    }

    /// The mark by which spreadsheets know UTF-8, the names of the columns, and the rows of the present.
    fn table_head(&self, order: &Order) -> String {
        let own = COLUMNS.iter().map(|name| (*name).to_owned());
        let facts = self.facts.iter().map(|name| format!("fact_{name}"));
        let sealed = self.sealed.iter().map(|name| format!("sealed_{name}"));
        let present = self.present.iter().map(|name| format!("present_{name}"));
        let mut table = format!("\u{feff}{}", row(own.chain(facts).chain(sealed).chain(present)));
        for now in &order.present {
            let at = instant(order.at);
            let own = ["", at.as_str(), "present", "", "", "", ""].map(str::to_owned);
            let empty = self.facts.iter().chain(&self.sealed).map(|_| String::new());
            let told = self.present.iter().map(|name| now.get(name).cloned().unwrap_or_default());
            table += &row(own.into_iter().chain(empty).chain(told));
        }
        table
    }

    fn table_line(&self, line: &Line) -> String {
        let own = [
            line.place.map(|place| place.to_string()).unwrap_or_default(),
            instant(line.at),
            line.event.clone(),
            line.by.to_owned(),
            line.who.clone(),
            line.about.map(|person| person.to_string()).unwrap_or_default(),
            line.request.to_string(),
        ];
        let told = |names: &[&'static str], from: &BTreeMap<String, String>| {
            names.iter().map(|name| from.get(*name).cloned().unwrap_or_default()).collect::<Vec<_>>()
        };
        let empty = self.present.iter().map(|_| String::new());
        let facts = told(&self.facts, &line.facts);
        let sealed = told(&self.sealed, &line.sealed);
        row(own.into_iter().chain(facts).chain(sealed).chain(empty))
    }
}

fn head(order: &Order) -> Head<'_> {
    let Order { evidence, period, about, waiting, since, at, .. } = order;
    Head {
        export: evidence.number(),
        word: evidence.word(),
        says: evidence.says(),
        nsis: evidence.nsis(),
        from: instant(period.from),
        before: instant(period.before),
        about: *about,
        trail_since: since.map(instant),
        waiting: *waiting,
        made_at: instant(*at),
        open: evidence.gaps().iter().map(|gap| gap.says()).collect(),
        present: &order.present,
    }
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<_> = cells.map(|cell| quoted(&cell)).collect();
    format!("{}\r\n", cells.join(";"))
}

/// One cell: never a formula, whatever stands in it.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::evidence::{Evidence, Period};

    fn order(evidence: Evidence) -> Order {
        Order {
            evidence,
            period: Period::until(Timestamp::UNIX_EPOCH),
            about: None,
            places: (1, 0),
            waiting: 0,
            since: None,
            present: vec![BTreeMap::from([("role".to_owned(), "=auditor".to_owned())])],
            restricted: Vec::new(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    fn line(reason: &str) -> Line {
        Line {
            place: Some(7),
            at: Timestamp::UNIX_EPOCH,
            event: "login.held".to_owned(),
            by: "operator",
            who: "ops1".to_owned(),
            about: None,
            request: uuid::Uuid::nil().into(),
            facts: BTreeMap::from([("origin".to_owned(), "security".to_owned())]),
            sealed: BTreeMap::from([("reason".to_owned(), reason.to_owned())]),
        }
    }

    fn written(evidence: Evidence, form: Form, lines: &[Line]) -> String {
        let order = order(evidence);
        let mut writer = Writer::of(&order, form);
        let mut text = writer.head(&order).unwrap();
        for line in lines {
            text.extend(writer.lines(std::slice::from_ref(line)).unwrap());
        }
        text.extend(writer.tail());
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn json_is_one_value_however_many_rows_there_are() {
        for many in 0..3 {
            let text = written(Evidence::Blocks, Form::Json, &vec![line("a \"reason\""); many]);
            let told: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(told["rows"].as_array().unwrap().len(), many, "{text}");
            assert_eq!((told["export"].as_u64(), told["nsis"][0].as_str()), (Some(4), Some("3.2.3")));
        }
    }

    #[test]
    fn a_table_has_as_many_cells_in_each_row_and_no_formula_in_any() {
        let text = written(Evidence::Blocks, Form::Csv, &[line("=1+1"), line("a; b")]);
        assert_eq!(text.lines().count(), 4, "{text}");
        let cells: BTreeSet<_> = text.lines().map(|line| line.matches("\";\"").count()).collect();
        assert_eq!(cells.len(), 1, "{text}");
        assert!(text.contains("\"'=1+1\"") && text.contains("\"'=auditor\""), "{text}");
    }

    #[test]
    fn what_counts_as_open_says_before_what_it_is_not_collected() {
        let text = written(Evidence::Leavers, Form::Json, &[]);
        assert!(
            text.contains("not collected before relations are listed that HR does not name any more"),
            "{text}"
        );
    }
}
