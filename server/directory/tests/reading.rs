//! What the HR feed's reader takes, what it refuses, and that it never says a value.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use directory::{FeedUnreadable, LARGEST, read};
use domain::hr::{HrLine, LineError, LineFault};
use proptest::prelude::*;

const HEADER: &str = "employee_number;cpr;given_name;family_name;work_mail;private_mail;mobile;user_name;\
                      starts_on;ends_on;unit;cvr";
const MAJA: &str = "4711;6101019991;Maja;Mølle;mamo@nordby.example;maja@example.org;+4500000000;mamo;2026-12-01;;\
                    Hjemmeplejen Nord;00000000";

fn lines(text: &str) -> Vec<Result<HrLine, LineError>> {
    read(text.as_bytes()).unwrap().lines
}

fn only(line: &str) -> Result<HrLine, LineError> {
    let mut lines = lines(&format!("{HEADER}\n{line}\n"));
    assert_eq!(lines.len(), 1);
    lines.remove(0)
}

fn changed(column: &str, value: &str) -> Result<HrLine, LineError> {
    let place = HEADER.split(';').position(|name| name == column).unwrap();
    let mut fields: Vec<&str> = MAJA.split(';').collect();
    fields[place] = value;
    only(&fields.join(";"))
}

#[test]
fn the_documented_example_is_read() {
    let maja = only(MAJA).unwrap();
    assert_eq!((maja.line, maja.employee_number.as_str()), (2, "4711"));
    assert_eq!(maja.family_name.as_str(), "Mølle");
    assert_eq!(maja.contact.for_welcome().unwrap().as_str(), "maja@example.org");
    assert_eq!((maja.starts_on.to_string().as_str(), maja.ends_on), ("2026-12-01", None));
    assert!(maja.cpr.is_replacement());
}

#[test]
fn commas_a_byte_order_mark_windows_line_ends_and_another_order_of_columns_are_the_same_feed() {
    let reversed = |line: &str| line.split(';').rev().collect::<Vec<_>>().join(",");
    let other = format!("\u{feff}{}\r\n{}\r\n", reversed(HEADER), reversed(MAJA));
    assert_eq!(lines(&other), lines(&format!("{HEADER}\n{MAJA}")));
}

#[test]
fn a_quoted_value_may_hold_the_separator_and_a_line_break() {
    let unit = |text: &str| changed("unit", text).unwrap().unit;
    assert_eq!(unit("\"Skole; SFO\""), "Skole; SFO");
    assert_eq!(unit("\"Skole\nSFO\""), "Skole SFO");
}

#[test]
fn every_line_is_named_by_its_number_in_an_editor() {
    let text = format!("{HEADER}\n{MAJA}\n\n\n\"x\ny\";;\n{MAJA}\r\n\r\n{MAJA}\n");
    let numbers: Vec<u64> =
        lines(&text).into_iter().map(|line| line.map_or_else(|wrong| wrong.line, |good| good.line)).collect();
    assert_eq!(numbers, [2, 5, 7, 9]);
}

#[test]
fn each_fault_names_its_line_and_column_and_nothing_else() {
    use LineFault::{EndsBeforeStart, Malformed, Missing, NoMail};
    for (column, value, reason) in [
        ("employee_number", "", Missing),
        ("employee_number", "47 11", Malformed),
        ("cpr", "", Missing),
        ("cpr", "6113019991", Malformed),
        ("given_name", " ", Missing),
        ("family_name", "M\u{7}", Malformed),
        ("work_mail", "mamo", Malformed),
        ("private_mail", "a@b@c.example", Malformed),
        ("mobile", "12", Malformed),
        ("user_name", "m", Malformed),
        ("starts_on", "01-12-2026", Malformed),
        ("starts_on", "20261201", Malformed),
        ("ends_on", "2026-02-30", Malformed),
        ("ends_on", "2026-11-30", EndsBeforeStart),
        ("unit", "", Missing),
        ("cvr", "1234567", Malformed),
    ] {
        assert_eq!(changed(column, value), Err(LineError { line: 2, column, reason }), "{column}={value}");
    }
    let no_mail = MAJA.replace("mamo@nordby.example", "").replace("maja@example.org", "");
    assert_eq!(only(&no_mail), Err(LineError { line: 2, column: "private_mail", reason: NoMail }));
}

#[test]
fn a_line_with_a_field_too_many_or_too_few_is_refused_whole() {
    for line in [format!("{MAJA};"), MAJA.replace(";00000000", "")] {
        assert_eq!(only(&line), Err(LineError { line: 2, column: "line", reason: LineFault::Malformed }));
    }
}

#[test]
fn a_bad_line_does_not_stop_the_good_ones() {
    let text = format!("{HEADER}\n{}\n{MAJA}\n", MAJA.replace("6101019991", "x"));
    let lines = lines(&text);
    assert!(lines[0].is_err() && lines[1].is_ok());
}

#[test]
fn a_file_that_is_none_is_refused_with_what_to_mend() {
    assert_eq!(read(b"").unwrap_err(), FeedUnreadable::NoHeader);
    assert_eq!(
        read(HEADER.replace("ends_on;", "").as_bytes()).unwrap_err(),
        FeedUnreadable::ColumnMissing("ends_on")
    );
    assert_eq!(
        read(HEADER.replace("ends_on", "ends_no").as_bytes()).unwrap_err(),
        FeedUnreadable::ColumnUnknown(10)
    );
    assert_eq!(read(format!("{HEADER};cpr").as_bytes()).unwrap_err(), FeedUnreadable::ColumnTwice("cpr"));
    let latin = [HEADER.as_bytes(), b"\n4711;6101019991;S\xf8ren"].concat();
    assert_eq!(read(&latin).unwrap_err(), FeedUnreadable::NotUtf8(2));
    assert_eq!(read(&vec![b'x'; LARGEST + 1]).unwrap_err(), FeedUnreadable::TooLarge);
}

#[test]
fn a_quote_that_never_closes_is_one_refused_line() {
    let text = format!("{HEADER}\n{}\n{MAJA}\n", MAJA.replace("Maja", "\"Maja"));
    assert!(matches!(lines(&text).as_slice(), [Err(LineError { line: 2, .. })]));
}

#[test]
fn the_hash_is_of_the_bytes_as_delivered() {
    let one = read(format!("{HEADER}\n").as_bytes()).unwrap().hash;
    let two = read(format!("\u{feff}{HEADER}\n").as_bytes()).unwrap().hash;
    assert_ne!(one, two);
}

proptest! {
    #[test]
    fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes);
    }

    #[test]
    fn reading_lines_of_rubbish_never_panics_and_gives_one_answer_a_line(
        body in "[;\",\\n\\r\u{0}a0æ@.+-]{0,200}",
    ) {
        let feed = read(format!("{HEADER}\n{body}").as_bytes()).unwrap();
        let most = body.split(['\n', '\r']).count();
        prop_assert!(feed.lines.len() <= most);
        prop_assert!(feed.lines.iter().all(Result::is_err));
    }

    #[test]
    fn an_error_never_repeats_a_value(value in "[x-z]{6,20}", place in 0usize..12) {
        let mut fields: Vec<&str> = MAJA.split(';').collect();
        fields[place] = &value;
        if let Err(wrong) = only(&fields.join(";")) {
            let said = format!("{wrong:?} {}", wrong.reason);
            prop_assert!(!said.contains(&value));
        }
    }
}
