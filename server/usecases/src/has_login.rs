//! Whether somebody has a login, asked in one place.

use crate::fault::Fault;
use crate::ports::store::Tx;
use domain::association::Association;
use domain::ids::PersonId;

/// Whether a relation of hers was activated and is not closed: whoever never finished enrolling has none.
pub(crate) async fn has_login(tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    Ok(gives_login(&tx.associations_of(person).await?))
}

/// The same of her relations, where they were read already.
pub(crate) fn gives_login(relations: &[Association]) -> bool {
    relations.iter().any(Association::gives_login)
}
