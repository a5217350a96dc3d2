//! Where copies of people's own keys of the trail lie, apart from the keys themselves.

use domain::Timestamp;

/// What lies in the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyFile {
    /// Its name.
    pub name: String,
    /// When it was last written; none of what is no plain file.
    pub written: Option<Timestamp>,
}

/// The place.
pub trait PersonCopies: Send + Sync {
    /// Everything in it, by name.
    fn list(&self) -> Result<Vec<CopyFile>, CopiesFault>;

    /// Deletes a file of it; lasting when this returns.
    fn delete(&self, name: &str) -> Result<(), CopiesFault>;
}

/// The place cannot be read or changed.
#[derive(Debug, thiserror::Error)]
#[error("the copies of people's own keys")]
pub struct CopiesFault(#[source] pub Box<dyn std::error::Error + Send + Sync>);
