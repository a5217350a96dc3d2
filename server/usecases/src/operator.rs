//! Who runs a command, and why: what every change from the command line leaves in the trail (security decision 22).

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::record::{Entry, tell};
use domain::audit::{Actor, EventKind};
use domain::ids::PersonId;
use domain::notice::Template;
use domain::role::RoleKind;

/// Why a command is run; 5–500 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// Takes a reason that says something.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (5..=500).contains(&text.chars().count()).then(|| Self(text.to_owned()))
    }

    /// What it says. People write names into reasons, so it is sealed where it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Somebody at the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The operating system's name of whoever started the command.
    pub name: String,
    /// Why.
    pub reason: Reason,
}

impl Operator {
    /// An event of this operator's doing, with the reason sealed in it.
    pub(crate) fn entry(&self, kind: EventKind) -> Entry {
        Entry::new(kind, Actor::Operator(self.name.clone())).personal("reason", self.reason.as_str())
    }
}

/// Everybody who is an administrator now.
pub(crate) async fn administrators(cx: &Cx, tx: &mut dyn Tx) -> Result<Vec<PersonId>, Fault> {
    let roles = tx.roles().await?;
    let held = roles.iter().filter(|it| it.kind == RoleKind::Administrator && it.is_held(cx.now));
    let mut found: Vec<_> = held.map(|it| it.person).collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Every administrator hears of it.
pub(crate) async fn tell_administrators(cx: &Cx, tx: &mut dyn Tx, template: Template) -> Result<(), Fault> {
    for person in administrators(cx, tx).await? {
        tell(cx, tx, person, template).await?;
    }
    Ok(())
}
