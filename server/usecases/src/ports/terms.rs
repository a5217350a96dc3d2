//! The terms as files: which version holds, and its pages.

use domain::Date;
use domain::terms::TermsVersion;

/// The published terms of the municipality.
pub trait TermsShelf: Send + Sync {
    /// The version that holds now.
    fn current(&self) -> TermsVersion;

    /// The last day to accept it for whoever has a login already; none: it is asked for at a sign-in and at no time else.
    fn accept_by(&self) -> Option<Date>;
}
