//! An operator looks after the copies of people's own keys of the trail: says how old each is, and deletes those that would be
//! kept for more than thirty days (security decision 29). What is no copy by its name is left alone, and said.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::Operator;
use crate::ports::person_copies::{CopiesFault, PersonCopies};
use crate::ports::store::StoreFault;
use crate::record::record;
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::person_copies::{age, is_due, is_half, is_too_old};

/// What an operator asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Whether a copy was made just before.
    pub made: bool,
    /// Whether those that are due are deleted.
    pub delete: bool,
}

/// What lies there, each with its age.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopiesKept {
    /// Copies that stay.
    pub staying: Vec<(String, SignedDuration)>,
    /// Copies that were deleted.
    pub gone: Vec<(String, SignedDuration)>,
    /// What is no copy by its name, half a copy, or no plain file.
    pub strange: Vec<String>,
}

impl CopiesKept {
    /// How many are there that must not be any more.
    pub fn too_old(&self) -> usize {
        self.staying.iter().filter(|(_, age)| is_too_old(*age)).count()
    }
}

/// Why nothing is known of them.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// The place cannot be read.
    #[error(transparent)]
    Copies(#[from] CopiesFault),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotKept {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Looks at them, deletes what is due where that is asked for, and tells of it. A file that cannot be deleted stays, and keeps
/// no other from being deleted.
pub async fn keep_person_copies(
    cx: &Cx,
    copies: &dyn PersonCopies,
    by: &Operator,
    ask: Ask,
) -> Result<CopiesKept, NotKept> {
    let (mut kept, files) = (CopiesKept::default(), copies.list()?);
    // Begun first: where the database does not answer, nothing is deleted.
    let mut tx = cx.house.store.begin("keep_person_copies").await?;
    for file in files {
        let Some(age) = file.written.and_then(|written| age(&file.name, written, cx.now)) else {
            kept.strange.push(file.name);
            continue;
        };
        if ask.delete && is_due(age) && is_deleted(copies, &file.name) {
            kept.gone.push((file.name, age));
        } else if is_half(&file.name) {
            kept.strange.push(file.name);
        } else {
            kept.staying.push((file.name, age));
        }
    }
    let entry = by
        .entry(EventKind::PersonCopiesKept)
        .fact("made", ask.made)
        .fact("kept", kept.staying.len())
        .fact("gone", kept.gone.len())
        .fact("too-old", kept.too_old())
        .fact("strange", kept.strange.len());
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(kept)
}

fn is_deleted(copies: &dyn PersonCopies, name: &str) -> bool {
    let deleted = copies.delete(name);
    if let Err(CopiesFault(error)) = &deleted {
        tracing::error!(%error, name, "a copy of people's own keys cannot be deleted");
    }
    deleted.is_ok()
}
