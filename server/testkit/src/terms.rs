//! Terms that a test can publish anew.

use domain::Date;
use domain::terms::{TermsHash, TermsVersion};
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
    /// Publishes another version.
    pub fn publish(&self, name: &str) {
        self.0.lock().expect("a whole shelf").0 = version(name);
    }

    /// Sets the last day to accept it.
    pub fn accept_by(&self, last: Date) {
        self.0.lock().expect("a whole shelf").1 = Some(last);
    }
}

fn version(name: &str) -> TermsVersion {
    let date = Date::constant(2026, 11, 1);
    TermsVersion { hash: TermsHash::of([name]), version: name.to_owned(), date, pages: 5 }
}

impl TermsShelf for OneTerms {
    fn current(&self) -> TermsVersion {
        self.0.lock().expect("a whole shelf").0.clone()
    }

    fn accept_by(&self) -> Option<Date> {
        self.0.lock().expect("a whole shelf").1
    }
}
