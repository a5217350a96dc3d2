//! Which version holds on a day, and whose accept is enough.

use super::{Binds, Published};
use crate::terms::{TermsHash, TermsVersion};
use jiff::civil::Date;

/// The terms that hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The version: whoever accepts now accepts this one.
    pub terms: TermsVersion,
    /// The newest version that bound everybody: it, or one of those since, must be accepted.
    pub binding: TermsHash,
    /// The last day to accept it for whoever has a login already; none: she is asked at a sign-in and at no time else.
    pub accept_by: Option<Date>,
    also: Vec<TermsHash>,
}

impl InForce {
    /// Of what was published, the newest first; without any that holds today it is the files' version, with the day the
    /// configuration names.
    pub fn of(published: &[Published], files: (TermsVersion, Option<Date>), today: Date) -> Self {
        let mut held = published.iter().filter(|it| it.terms.date <= today);
        let Some(newest) = held.next() else {
            let (terms, accept_by) = files;
            return Self { binding: terms.hash, terms, accept_by, also: Vec::new() };
        };
        let mut also = Vec::new();
        let mut last = newest;
        // Back to the version that bound everybody; the first of all did.
        while last.binds == Binds::Newcomers {
            also.push(last.replaces);
            match held.next().filter(|before| before.terms.hash == last.replaces) {
                Some(before) => last = before,
                None => break,
            }
        }
        let (binding, accept_by) = match last.binds {
            Binds::Everybody { accept_by } => (last.terms.hash, accept_by),
            Binds::Newcomers => (last.replaces, None),
        };
        Self { terms: newest.terms.clone(), binding, accept_by, also }
    }

    /// Whether this is enough of an accept: of the version that holds, or of an earlier one that still is.
    pub fn settled_by(&self, accepted: Option<TermsHash>) -> bool {
        accepted.is_some_and(|accepted| accepted == self.terms.hash || self.also.contains(&accepted))
    }

    /// Every version of which an accept is enough.
    pub fn enough(&self) -> Vec<TermsHash> {
        core::iter::once(self.terms.hash).chain(self.also.iter().copied()).collect()
    }
}
