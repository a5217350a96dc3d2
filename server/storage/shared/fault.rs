//! What a database's error means to a use case.

use usecases::ports::store::{StoreFault, TAKEN_MESSAGE};

/// What must be unique: a part of the message or constraint name of either database, and its name for people.
const UNIQUE: [(&str, &str); 14] = [
    ("cpr_index", "a CPR number"),
    ("user_name", "a user name"),
    ("employee_number", "an employee number"),
    ("associations_open_number", "an employee number"),
    ("invitations", "an invitation"),
    ("entity_id", "an entity id"),
    ("code_devices", "a code device"),
    ("audit_events", "an event"),
    ("audit_chain", "a link"),
    ("audit_checkpoints", "a checkpoint"),
    ("key_rotations", "a rotation of keys"),
    ("signing_keys", "a signing key"),
    ("terms_published", "a version of the terms"),
    ("saml_messages", TAKEN_MESSAGE),
];

/// Turns a database's error into the port's.
pub(crate) fn fault(error: sqlx::Error) -> StoreFault {
    match &error {
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => StoreFault::Unreadable("a column"),
        sqlx::Error::Database(said)
            if said.is_unique_violation() || said.message().contains("already there") =>
        {
            StoreFault::Conflict(what(said.constraint().unwrap_or_default(), said.message()))
        }
        _ => StoreFault::Database(Box::new(error)),
    }
}

/// The store of people's own keys of the trail failed, and not the database.
#[derive(Debug)]
struct KeysFailed(Box<dyn std::error::Error + Send + Sync>);

impl std::fmt::Display for KeysFailed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the store of people's own keys (`person_keys` in the configuration) cannot be used")
    }
}

impl std::error::Error for KeysFailed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

/// The same as [`fault`], of the store of people's own keys: whoever reads the log must not look at the database.
pub(crate) fn keys_fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StoreFault {
    StoreFault::Database(Box::new(KeysFailed(error.into())))
}

fn what(constraint: &str, message: &str) -> &'static str {
    let fits = |needle: &str| constraint.contains(needle) || message.contains(needle);
    UNIQUE.into_iter().find(|(needle, _)| fits(needle)).map_or("a row", |(_, name)| name)
}

/// A change of one row must have found it: a change that silently goes nowhere is a fault.
pub(crate) fn one(changed: u64, what: &'static str) -> Result<(), StoreFault> {
    if changed == 1 { Ok(()) } else { Err(StoreFault::Unreadable(what)) }
}
