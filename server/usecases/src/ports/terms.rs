//! The terms as files: which version holds, and its pages.

use domain::terms::TermsVersion;

/// The published terms of the municipality.
pub trait TermsShelf: Send + Sync {
    /// The version that holds now.
    fn current(&self) -> TermsVersion;
}
