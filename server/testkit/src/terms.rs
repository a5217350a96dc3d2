//! Terms that a test can publish anew.

use domain::Date;
use domain::terms::{TermsHash, TermsVersion};
use std::sync::Mutex;
use usecases::ports::terms::TermsShelf;

/// A shelf with one version of five pages.
#[derive(Debug)]
pub struct OneTerms(Mutex<TermsVersion>);

impl Default for OneTerms {
    fn default() -> Self {
        Self(Mutex::new(version("1.0")))
    }
}

impl OneTerms {
    /// Publishes another version.
    pub fn publish(&self, name: &str) {
        *self.0.lock().expect("a whole shelf") = version(name);
    }
}

fn version(name: &str) -> TermsVersion {
    let date = Date::constant(2026, 11, 1);
    TermsVersion { hash: TermsHash::of([name]), version: name.to_owned(), date, pages: 5 }
}

impl TermsShelf for OneTerms {
    fn current(&self) -> TermsVersion {
        self.0.lock().expect("a whole shelf").clone()
    }
}
