//! Writing the trail and queueing notices, inside the transaction of the use case that calls.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::KeyUse;
use domain::audit::catalogue::By;
use domain::audit::{Actor, EventKind, FORMAT, Row};
use domain::contact::Channels;
use domain::factor::authentication_level;
use domain::ids::{EventId, PersonId};
use domain::level::AssuranceLevel;
use domain::notice::{Notice, Template, ways};
use domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::error::Error;
use uuid::Uuid;

/// What closes a login, or says that something was refused, and what became of a letter. None of these waits for the store of
/// people's own keys: a block works while others are down and is told, once, and a name somebody has is refused as one nobody
/// has (security decisions 7, 9 and 30).
const WITHOUT_HER_KEY: [EventKind; 11] = [
    EventKind::Held,
    EventKind::AssociationClosed,
    EventKind::RoleEnded,
    EventKind::EnrolmentRevoked,
    EventKind::SuspensionRevoked,
    EventKind::MeansRevoked,
    EventKind::BlockRefused,
    EventKind::SignInRefused,
    EventKind::LoginRecovered,
    EventKind::NoticeSent,
    EventKind::NoticeFailed,
];

/// An event about to be written. Facts carry no personal data; what is personal is sealed under the key of the person who did
/// it, else of whom it is about.
#[derive(Debug)]
pub struct Entry {
    kind: EventKind,
    actor: Actor,
    subject: Option<PersonId>,
    facts: BTreeMap<&'static str, String>,
    personal: BTreeMap<&'static str, String>,
}

impl Entry {
    /// Something somebody did, known or not.
    pub fn new(kind: EventKind, actor: Actor) -> Self {
        Self { kind, actor, subject: None, facts: BTreeMap::new(), personal: BTreeMap::new() }
    }

    /// Something a person did to her own login.
    pub fn by(kind: EventKind, person: PersonId) -> Self {
        Self::new(kind, Actor::Person(person)).about(person)
    }

    /// Something the system did.
    pub fn by_system(kind: EventKind) -> Self {
        Self::new(kind, Actor::System)
    }

    /// About whom.
    #[must_use]
    pub fn about(mut self, person: PersonId) -> Self {
        self.subject = Some(person);
        self
    }

    /// A fact without personal data.
    #[must_use]
    pub fn fact(mut self, name: &'static str, value: impl ToString) -> Self {
        self.facts.insert(name, value.to_string());
        self
    }

    /// Of which kind it is.
    pub(crate) fn kind(&self) -> EventKind {
        self.kind
    }

    /// Whether the catalogue knows such an event: by that actor, about somebody or not, with those facts.
    fn is_as_catalogued(&self) -> bool {
        let about = self.kind.about();
        let known = |facts: &BTreeMap<&'static str, String>, names: &[&str]| {
            facts.keys().all(|name| names.contains(name))
        };
        about.by.contains(&By::of(&self.actor))
            && (about.of_person || self.subject.is_none())
            && known(&self.facts, about.facts)
            && known(&self.personal, about.sealed)
    }

    /// A fact about the person, sealed.
    #[must_use]
    pub fn personal(mut self, name: &'static str, value: impl ToString) -> Self {
        self.personal.insert(name, value.to_string());
        self
    }
}

/// Writes an event; where from (address, browser) is added and sealed.
pub(crate) async fn record(cx: &Cx, tx: &mut dyn Tx, entry: Entry) -> Result<(), Fault> {
    record_as(cx, tx, cx.id()?, entry).await
}

/// Writes what nobody known did at a name that was typed: as much is asked where the name is nobody's (security decision 9).
pub(crate) async fn record_at_name(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: Option<PersonId>,
    entry: Entry,
) -> Result<(), Fault> {
    // Whatever is remembered: who was asked about a moment ago is not told by the time it takes.
    let asked = tx.trail_key_from_store(person.unwrap_or_else(|| Uuid::nil().into())).await;
    if !WITHOUT_HER_KEY.contains(&entry.kind) {
        asked?;
    }
    record(cx, tx, person.into_iter().fold(entry, Entry::about)).await
}

/// With what means a person did what takes a role, or a session at least: what was shown in the session of this browser. Put in
/// here alone, so that no use case forgets it; nothing where she is in none, as while a long export is made aside.
async fn with_means(cx: &Cx, tx: &mut dyn Tx, entry: Entry) -> Result<Entry, Fault> {
    let (Actor::Person(person), true) = (&entry.actor, entry.kind.tells_means()) else { return Ok(entry) };
    let Some(session) = tx.session_in(cx.browser).await?.filter(|it| it.person == *person) else {
        return Ok(entry);
    };
    let kinds = session.kinds();
    let shown: Vec<_> = kinds.iter().map(|kind| kind.word()).collect();
    let level = authentication_level(&kinds).map_or("", AssuranceLevel::word);
    Ok(entry.fact("session-factors", shown.join("+")).fact("session-level", level))
}

/// As a log line wants it.
fn as_error(fault: &StoreFault) -> &(dyn Error + 'static) {
    fault
}

/// As [`record`], under an id that something else refers to.
pub(crate) async fn record_as(cx: &Cx, tx: &mut dyn Tx, id: EventId, entry: Entry) -> Result<(), Fault> {
    let entry = with_means(cx, tx, entry).await?;
    debug_assert!(entry.is_as_catalogued(), "not as the catalogue says: {entry:?}");
    let whose = entry.actor.seals_for(entry.subject);
    if entry.subject.is_some_and(|subject| whose != Some(subject)) && !entry.personal.is_empty() {
        // What is sealed of her must go with her, and not with whoever did something with her.
        return Err(Fault::Encoding);
    }
    let entry = entry.personal("address", cx.source.address).personal("browser", &cx.source.agent);
    let place = format!("audit_events/personal/{id}");
    let clear = serde_json::to_vec(&entry.personal).map_err(|_| Fault::Encoding)?;
    let personal = match whose {
        Some(person) => match tx.trail_key_of(person).await {
            Ok(Some(key)) => cx.house.vault.seal_for(person, &key, &place, &clear)?,
            lost if WITHOUT_HER_KEY.contains(&entry.kind) => {
                let fault = lost.err();
                let error = fault.as_ref().map(as_error);
                tracing::error!(%id, error, "an event lies under the house's key: hers is not to be had");
                cx.house.vault.seal(KeyUse::People, &place, &clear)?.0
            }
            Ok(None) => return Err(Fault::NoPersonKey),
            Err(fault) => return Err(fault.into()),
        },
        None => cx.house.vault.seal(KeyUse::People, &place, &clear)?.0,
    };
    // Nothing between the mark and the row may fail and be passed over: the instance would count a row that never was.
    let origin = tx.mark(cx.house.keeping.instance);
    let mut row = Row {
        id,
        format: FORMAT,
        at: cx.now,
        kind: entry.kind.word().to_owned(),
        actor: serde_json::to_string(&entry.actor).map_err(|_| Fault::Encoding)?,
        subject: entry.subject,
        request: cx.request,
        facts: serde_json::to_string(&entry.facts).map_err(|_| Fault::Encoding)?,
        personal,
        origin: Some(origin),
        mac: [0; 32],
    };
    row.mac = cx.house.vault.mac(KeyUse::Trail, &row.encoded())?;
    Ok(tx.append(&row).await?)
}

/// Queues a notice about a person, due at once, by every way it is told. One that gathers is due when its time is over, and
/// where one waits already, that one tells of this too.
pub(crate) async fn tell(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    template: Template,
) -> Result<(), Fault> {
    let Some(time) = template.gathers() else { return tell_at(cx, tx, person, template, cx.now).await };
    let since = cx.now.saturating_sub(time).unwrap_or(cx.now);
    if tx.waits(person, template, since).await? {
        return Ok(());
    }
    tell_at(cx, tx, person, template, cx.now.saturating_add(time).unwrap_or(cx.now)).await
}

/// Queues a notice about a person, due later, by every way it is told.
pub(crate) async fn tell_at(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    template: Template,
    due_at: Timestamp,
) -> Result<(), Fault> {
    let channels = tx.channels_of(person).await?;
    tell_at_these(cx, tx, (person, &channels), template, due_at).await
}

/// The same about somebody of whom it was asked already how she is reached.
pub(crate) async fn tell_at_these(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, channels): (PersonId, &Channels),
    template: Template,
    due_at: Timestamp,
) -> Result<(), Fault> {
    for channel in ways(channels, template, cx.now, cx.house.policy.texts) {
        let notice = Notice {
            id: cx.id()?,
            person,
            template,
            channel,
            at: cx.now,
            request: cx.request,
            flow: None,
            due_at,
        };
        tx.enqueue(&notice).await?;
    }
    Ok(())
}

/// How long a welcome link opens the door to what comes before the proof.
pub const INVITATION_HOLDS: SignedDuration = SignedDuration::from_hours(24 * 30);

/// The place a sealed CPR number is bound to.
pub fn cpr_place(person: PersonId) -> String {
    format!("persons/cpr/{person}")
}

/// The place a sealed signing key is bound to.
pub fn signing_place(key: domain::ids::KeyId) -> String {
    format!("signing_keys/sealed/{key}")
}

/// The place a sealed key for id tokens is bound to.
pub fn token_key_place(key: domain::ids::KeyId) -> String {
    format!("token_keys/sealed/{key}")
}

/// The place a sealed authenticator seed is bound to; none for a seed only offered in a flow.
pub fn seed_place(factor: domain::ids::FactorId) -> String {
    format!("factors/seed/{factor}")
}
