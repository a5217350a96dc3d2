//! The terms as files: the version that holds until administrators publish another.

use domain::Date;
use domain::publication::Pages;
use domain::terms::TermsVersion;

/// The terms that came with the configuration, the first version of all.
pub trait TermsShelf: Send + Sync {
    /// The version. It holds as long as none that was published does.
    fn version(&self) -> TermsVersion;

    /// What it says.
    fn pages(&self) -> Pages;

    /// The last day to accept it for whoever has a login already; none: it is asked for at a sign-in and at no time else. A
    /// version that was published brings its own.
    fn accept_by(&self) -> Option<Date>;
}
