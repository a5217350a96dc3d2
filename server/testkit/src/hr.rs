//! Seeded people, as HR's feed tells of them. Their numbers are replacement numbers and belong to nobody.

use domain::Date;
use domain::cpr::Cpr;
use domain::hr::{HrLine, LineError};
use domain::person::Contact;
use sha2::{Digest, Sha256};
use usecases::import_employees::{Feed, ImportOptions};
use usecases::{Operator, Reason};

/// The replacement number of the n-th seeded person; never two the same below 280,000.
pub fn cpr(n: u32) -> String {
    let (day, month, serial) = (61 + n % 28, 1 + n / 28 % 12, n / 336);
    format!("{day:02}{month:02}{:02}{:04}", serial / 10_000 + 40, serial % 10_000)
}

/// The n-th seeded person's line: a relation that began on 2 November 2026 and has no end.
pub fn line(n: u32) -> HrLine {
    HrLine {
        line: u64::from(n) + 2,
        employee_number: format!("{}", 1000 + n),
        cpr: Cpr::parse(&cpr(n)).expect("a replacement number"),
        given_name: ["Maja", "Jonas", "Amina", "Peter"][usize::try_from(n % 4).expect("small")]
            .try_into()
            .expect("a name"),
        family_name: format!("Prøve {n}").try_into().expect("a name"),
        contact: Contact {
            work_mail: format!("p{n}@nordby.example").try_into().ok(),
            private_mail: format!("p{n}@private.example").try_into().ok(),
            mobile: None,
        },
        user_name: format!("p{n}").try_into().expect("a user name"),
        starts_on: Date::constant(2026, 11, 2),
        ends_on: None,
        unit: "Hjemmeplejen Nord".to_owned(),
        cvr: "00000000".to_owned().try_into().expect("a CVR number"),
    }
}

/// A feed of good lines, numbered as they stand.
pub fn feed(lines: impl IntoIterator<Item = HrLine>) -> Feed {
    let numbered = lines.into_iter().zip(2u64..).map(|(line, number)| HrLine { line: number, ..line });
    let lines: Vec<Result<HrLine, LineError>> = numbered.map(Ok).collect();
    Feed { hash: Sha256::digest(format!("{lines:?}")).into(), lines }
}

/// A usual day's import.
pub fn by_operator() -> ImportOptions {
    ImportOptions { by: operator("ops1"), source: "hr.csv".to_owned(), confirmed: false }
}

/// Somebody at the command line on a usual day.
pub fn operator(name: &str) -> Operator {
    Operator { name: name.to_owned(), reason: Reason::new("a usual day").expect("it says something") }
}
