//! The table of an export, read back and held against JSON.

use super::text;
use serde_json::Value;

/// The table has the rows of JSON in their order, with the same cells; before them stand those of the present, likewise.
pub(super) fn says_the_same(table: &str, rows: &[Value], present: &[Value]) {
    let lines = cells(table.strip_prefix('\u{feff}').unwrap());
    let (names, lines) = lines.split_first().unwrap();
    let (now, lines) = lines.split_at(present.len());
    assert!(now.iter().all(|line| line[2] == "present"));
    for (line, row) in now.iter().zip(present) {
        for (name, cell) in names.iter().zip(line) {
            if let Some(name) = name.strip_prefix("present_") {
                assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), text(&row[name]), "{name} of {row}");
            }
        }
    }
    assert_eq!(lines.len(), rows.len());
    for (line, row) in lines.iter().zip(rows) {
        assert_eq!(line.len(), names.len());
        for (name, cell) in names.iter().zip(line) {
            let said = match name.split_once('_') {
                Some(("fact", fact)) => text(&row["facts"][fact]),
                Some(("sealed", fact)) => text(&row["sealed"][fact]),
                Some(_) => String::new(),
                None if name == "place" => row["place"].as_i64().map(|it| it.to_string()).unwrap_or_default(),
                None => text(&row[name.as_str()]),
            };
            assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), said, "{name} of {row}");
        }
    }
}

/// The cells of a table: each in quotes, a semicolon between two, a quote in one twice.
fn cells(table: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut signs = table.chars().peekable();
    while let Some(sign) = signs.next() {
        match (quoted, sign) {
            (true, '"') if signs.next_if_eq(&'"').is_some() => cell.push('"'),
            (_, '"') => quoted = !quoted,
            (false, ';') => line.push(std::mem::take(&mut cell)),
            (false, '\n') => {
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            (false, '\r') => {}
            (_, sign) => cell.push(sign),
        }
    }
    assert!(!quoted && line.is_empty() && cell.is_empty(), "the table ends with a line");
    lines
}
