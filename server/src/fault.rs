//! Why a command did not do what it was asked.

use std::error::Error;

/// Why a command failed; said to the operator in one line with its causes.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandFault {
    /// A rule of this house, or something the operator can mend.
    #[error("{0}")]
    Refused(String),
    /// Something failed below.
    #[error("{0}")]
    Failed(&'static str, #[source] Box<dyn Error + Send + Sync>),
}

impl CommandFault {
    /// Names what was being done when something failed.
    pub(crate) fn during<E: Into<Box<dyn Error + Send + Sync>>>(
        what: &'static str,
    ) -> impl FnOnce(E) -> Self {
        move |source| Self::Failed(what, source.into())
    }

    /// A rule, with the way out.
    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }
}

/// The fault with its causes.
pub(crate) fn chain(fault: &dyn Error) -> String {
    let mut text = fault.to_string();
    let mut cause = fault.source();
    while let Some(inner) = cause {
        let words = inner.to_string();
        if !text.ends_with(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        cause = inner.source();
    }
    text
}
