//! Everything a person signs in with, read and taken away in one place, whatever its kind.

use crate::context::Cx;
use crate::fault::Fault;
use crate::outside::keep_outside;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use domain::Timestamp;
use domain::audit::EventKind;
use domain::factor::{Mean, MeanKind, Portfolio, Worth};
use domain::ids::{Epoch, PersonId};
use domain::notice::Template;
use domain::outside::Deed;

/// Her portfolio as it is now. Whoever goes on to change it has locked her row.
pub(crate) async fn of(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<Portfolio, Fault> {
    let password = tx.password_hash(person).await?.is_some();
    let apps = tx.apps_of(person).await?.into_iter().map(|(app, _)| Mean {
        id: app.id,
        kind: MeanKind::App,
        worth: Worth::Beside,
        added_at: app.added_at,
        added: app.added,
    });
    let keys = tx.passkeys_of(person).await?.into_iter().map(|key| Mean {
        id: key.id,
        kind: MeanKind::Key(key.registered.kind),
        worth: key.best(&cx.house.policy.models),
        added_at: key.added_at,
        added: key.added,
    });
    Ok(Portfolio::of(password, apps.chain(keys).collect(), tx.primary_factor(person).await?))
}

/// One as its owner knows it.
pub(crate) struct Named {
    pub(crate) added_at: Timestamp,
    pub(crate) name: String,
    pub(crate) kind: MeanKind,
}

/// What she calls each of them.
pub(crate) async fn named(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Named>, StoreFault> {
    let apps = tx.apps_of(person).await?.into_iter().map(|(app, _)| Named {
        added_at: app.added_at,
        name: app.name.into(),
        kind: MeanKind::App,
    });
    let keys = tx.passkeys_of(person).await?.into_iter().map(|key| Named {
        added_at: key.added_at,
        name: key.name.into(),
        kind: MeanKind::Key(key.registered.kind),
    });
    Ok(apps.chain(keys).collect())
}

/// Takes one away: here, outside, in the trail, and she is told.
pub(crate) async fn take_away(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, epoch): (PersonId, Epoch),
    mean: &Mean,
    during: &'static str,
) -> Result<(), Fault> {
    match mean.kind {
        MeanKind::App | MeanKind::CodeDevice => tx.remove_app(person, mean.id).await?,
        MeanKind::Key(_) => tx.remove_passkey(person, mean.id).await?,
    };
    keep_outside(cx, tx, Some((person, epoch)), Deed::FactorRemoved(mean.id)).await?;
    let entry = Entry::by(EventKind::FactorRemoved, person)
        .fact("factor", mean.id)
        .fact("kind", mean.kind.word())
        .fact("during", during);
    record(cx, tx, entry).await?;
    tell(cx, tx, person, Template::FactorRemoved).await
}
