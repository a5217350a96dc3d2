//! Terms of the files that a test can change.

use domain::Date;
use domain::publication::{PageText, Pages, Spread};
use domain::terms::TermsVersion;
use std::sync::Mutex;
use usecases::ports::terms::TermsShelf;

/// A shelf with one version of five pages.
#[derive(Debug)]
pub struct OneTerms(Mutex<(TermsVersion, Option<Date>)>);

impl Default for OneTerms {
    fn default() -> Self {
        Self(Mutex::new((version("1.0"), None)))
    }
}

impl OneTerms {
    /// Puts files of another version in their place, as an operator does where none was published.
    pub fn publish(&self, name: &str) {
        self.0.lock().expect("a whole shelf").0 = version(name);
    }

    /// Sets the last day to accept it.
    pub fn accept_by(&self, last: Date) {
        self.0.lock().expect("a whole shelf").1 = Some(last);
    }
}

fn pages(name: &str) -> Pages {
    let page = |number: u8| {
        let text = |lang: &str| {
            PageText::typed(&format!("Part {number}, {lang}"), &format!("Be good, says {name}."))
        };
        Spread { danish: text("dansk"), english: text("English") }
    };
    (1..=5).map(page).collect::<Vec<_>>().into()
}

fn version(name: &str) -> TermsVersion {
    let date = Date::constant(2026, 11, 1);
    TermsVersion { hash: pages(name).hash(name), version: name.to_owned(), date, pages: 5 }
}

impl TermsShelf for OneTerms {
    fn version(&self) -> TermsVersion {
        self.0.lock().expect("a whole shelf").0.clone()
    }

    fn pages(&self) -> Pages {
        pages(&self.version().version)
    }

    fn accept_by(&self) -> Option<Date> {
        self.0.lock().expect("a whole shelf").1
    }
}
