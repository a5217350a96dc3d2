//! Her own activity (page 39): what the trail holds about her, in plain kinds, the newest first.

use crate::called::{service_of, services_of};
use crate::context::{Cx, House};
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::ports::vault::{KeyUse, Sealed};
use crate::who::Here;
use domain::Timestamp;
use domain::audit::{Actor, EventKind, Row};
use domain::ids::PersonId;
use std::collections::BTreeMap;

/// How many rows of each part are read: a few months of an ordinary login.
pub(crate) const ROWS: u32 = 200;

/// Which part of it is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// Everything people recognise.
    #[default]
    All,
    /// Signing in and out, and services.
    SignIns,
    /// What changed at the login itself.
    Changes,
    /// What did not succeed.
    Refused,
}

impl Which {
    /// The parts, which have nothing in common.
    pub(crate) const PARTS: [Self; 3] = [Self::SignIns, Self::Changes, Self::Refused];
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// What.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// Whether she did it herself, as far as was shown.
    pub by_her: bool,
    /// At which service, where it was at one.
    pub service: String,
    /// In which browser, where that was kept.
    pub browser: String,
    /// From which address, where that was kept.
    pub address: String,
    /// What to quote.
    pub reference: String,
}

/// Reads it. Only ever her own: who she is comes from the session, never from the request.
pub async fn see_activity(cx: &Cx, here: &Here, which: Which) -> Result<Vec<Happened>, Fault> {
    let mut tx = cx.house.store.reading("see_activity").await?;
    happened(cx, tx.as_mut(), here.person.id, which, ROWS).await
}

/// What happened at her login, as far as people recognise it.
pub(crate) async fn happened(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    which: Which,
    rows: u32,
) -> Result<Vec<Happened>, Fault> {
    let mut found = Vec::new();
    // Each part has its own share: what strangers try, or a thief repeats, never pushes out what changed.
    for one in Which::PARTS {
        if one == which || which == Which::All {
            let kinds: Vec<&str> = kinds(one).collect();
            found.extend(tx.rows_about(person, &kinds, rows).await?);
        }
    }
    told(cx, tx, person, found).await
}

/// The words of the kinds in a part.
pub(crate) fn kinds(which: Which) -> impl Iterator<Item = &'static str> {
    EventKind::ALL.iter().filter(move |kind| part(**kind) == Some(which)).map(|kind| kind.word())
}

/// What these rows about her tell her, the newest first.
pub(crate) async fn told(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    mut found: Vec<Row>,
) -> Result<Vec<Happened>, Fault> {
    let key = tx.trail_key_of(person).await?.ok_or(Fault::NoPersonKey)?;
    found.sort_by_key(|row| std::cmp::Reverse(row.at));
    let services = services_of(tx, &found).await?;
    let told = found.iter().filter_map(|row| Some((EventKind::from_word(&row.kind)?, row)));
    Ok(told
        .map(|(kind, row)| {
            let mut personal = personal(&cx.house, person, &key, row);
            if by_another(person, row) {
                personal.clear();
            }
            Happened {
                kind,
                at: row.at,
                by_her: row.actor == serde_json::to_string(&Actor::Person(person)).unwrap_or_default(),
                service: service_of(row).and_then(|id| services.get(&id).cloned()).unwrap_or_default(),
                browser: personal.remove("browser").unwrap_or_default(),
                address: personal.remove("address").unwrap_or_default(),
                reference: domain::ids::reference(row.request.into()),
            }
        })
        .collect())
}

/// Whether another person did it: where that one sat is not hers to know.
pub(crate) fn by_another(person: PersonId, row: &Row) -> bool {
    matches!(serde_json::from_str(&row.actor), Ok(Actor::Person(by)) if by != person)
}

/// Where from; empty once her key is shredded or the row was not sealed under it.
pub(crate) fn personal(house: &House, person: PersonId, key: &Sealed, row: &Row) -> BTreeMap<String, String> {
    let place = format!("audit_events/personal/{}", row.id);
    let clear = house.vault.open_for(person, key, &place, &row.personal);
    let clear = clear.or_else(|_| house.vault.open(KeyUse::People, &place, &Sealed(row.personal.clone())));
    clear.ok().and_then(|clear| serde_json::from_slice(&clear).ok()).unwrap_or_default()
}

/// The part a kind belongs to; none for what people would not recognise.
pub(crate) fn part(kind: EventKind) -> Option<Which> {
    use EventKind as Kind;
    match kind {
        Kind::SignedIn | Kind::KeyAccepted | Kind::SignedOut | Kind::TokenIssued => Some(Which::SignIns),
        Kind::IdentityProved
        | Kind::PasswordSet
        | Kind::FactorAdded
        | Kind::FactorRemoved
        | Kind::FactorRenamed
        | Kind::FactorPreferred
        | Kind::FactorTested
        | Kind::PhoneOpened
        | Kind::EnrolmentFinished
        | Kind::MeansRevoked
        | Kind::TermsAccepted
        | Kind::Held
        | Kind::HoldLifted
        | Kind::LiftAsked
        | Kind::Reopened
        | Kind::SuspensionRevoked
        | Kind::Reconfirmed
        | Kind::CodesPrinted
        | Kind::RecoveryCodeUsed
        | Kind::PasswordLeaked
        | Kind::CodesReopened
        | Kind::AssociationActivated
        | Kind::AssociationClosed
        | Kind::RoleAccepted
        | Kind::RoleEnded
        | Kind::StepUpDone
        | Kind::ContactAsked
        | Kind::ContactChanged
        | Kind::ContactTakenBack
        | Kind::OwnDataTaken
        | Kind::CaseNamed
        | Kind::TrailRead => Some(Which::Changes),
        Kind::SignInRefused
        | Kind::CodesStopped
        | Kind::TokenRefused
        | Kind::PasswordRefused
        | Kind::FactorRefused
        | Kind::KeyMistrusted
        | Kind::BlockRefused
        | Kind::ReopeningRefused
        | Kind::StepUpRefused
        | Kind::ContactRefused
        | Kind::AuditorRefused => Some(Which::Refused),
        _ => None,
    }
}
