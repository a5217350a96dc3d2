//! What services are told of people beside HR's feed: job functions, and the names partners know them by. A file names
//! people by user name; what it leaves out of a line is taken away, and who does not stand in it keeps what she has.

use crate::context::{Cx, hex};
use crate::erasure::{was_erased, was_registered};
use crate::fault::Fault;
use crate::operator::Operator;
use crate::ports::store::Tx;
use crate::record::record;
use domain::audit::EventKind;
use domain::ids::PersonId;
use domain::person::UserName;
use domain::registered::{NameKind, Registered, RegisteredLine};
use domain::relying_party::NameIdRule;
use std::collections::BTreeSet;

/// Lines taken in one transaction.
const BATCH: usize = 50;

/// Why a line is not taken. Never repeats what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineRefused {
    /// Nobody has this user name.
    #[error("nobody has this user name")]
    Nobody,
    /// The same person stands on an earlier line.
    #[error("stands on an earlier line too")]
    Twice,
    /// A name on it is, or was, another person's: names are never given to another (security decision 21).
    #[error("a name on it belongs, or belonged, to somebody else")]
    NameTaken,
}

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleRegistered {
    /// Of how many people something changed.
    pub changed: usize,
    /// How many were so already.
    pub same: usize,
    /// What was not taken: the line, and why.
    pub refused: Vec<(u64, LineRefused)>,
}

/// Takes a file's lines, batch by batch; doing it twice changes nothing. `sha256` is the file's digest.
pub async fn register_people(
    cx: &Cx,
    lines: &[RegisteredLine],
    sha256: [u8; 32],
    by: &Operator,
) -> Result<PeopleRegistered, Fault> {
    let mut done = PeopleRegistered::default();
    let mut seen = Seen { people: BTreeSet::new(), suffixes: suffixes(cx).await? };
    for batch in lines.chunks(BATCH) {
        let mut tx = cx.house.store.begin("register_people").await?;
        for line in batch {
            match known(cx, tx.as_mut(), line, &mut seen).await? {
                Ok(person) => take(cx, tx.as_mut(), (person, line), (sha256, by), &mut done).await?,
                Err(refused) => done.refused.push((line.line, refused)),
            }
        }
        tx.commit().await?;
    }
    Ok(done)
}

/// What lines are held against.
struct Seen {
    /// Who stood on an earlier line.
    people: BTreeSet<PersonId>,
    /// What makes a name out of a user name, at services that know people by such.
    suffixes: BTreeSet<String>,
}

/// Every suffix a service knows people by who have no name registered.
async fn suffixes(cx: &Cx) -> Result<BTreeSet<String>, Fault> {
    let mut tx = cx.house.store.look("register_people").await?;
    let services = tx.relying_parties().await?;
    let exact = services.into_iter().filter(|service| service.name_id == NameIdRule::Exact);
    Ok(exact.map(|service| service.says.name_suffix).collect())
}

/// Whom a line is about, when it can be taken.
async fn known(
    cx: &Cx,
    tx: &mut dyn Tx,
    line: &RegisteredLine,
    seen: &mut Seen,
) -> Result<Result<PersonId, LineRefused>, Fault> {
    let Some(person) = tx.person_by_user_name(&line.user_name).await? else {
        return Ok(Err(LineRefused::Nobody));
    };
    if !seen.people.insert(person) {
        return Ok(Err(LineRefused::Twice));
    }
    for (kind, name) in line.says.names() {
        // Asked before, so that one name taken elsewhere does not undo the lines beside it.
        let owner = tx.registered_name_owner(kind, &name).await?;
        if owner.is_some_and(|owner| owner != person) || was_registered(cx, tx, (kind, &name)).await? {
            return Ok(Err(LineRefused::NameTaken));
        }
    }
    if let Some(name) = &line.says.subject_name_id
        && means_another(cx, tx, (person, name), &seen.suffixes).await?
    {
        return Ok(Err(LineRefused::NameTaken));
    }
    Ok(Ok(person))
}

/// Whether a partner knows, or knew, somebody else by this name because it is made of her user name.
async fn means_another(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, name): (PersonId, &str),
    suffixes: &BTreeSet<String>,
) -> Result<bool, Fault> {
    // What is hers already is made for nobody else.
    if tx.registered_name_owner(NameKind::SubjectNameId, name).await? == Some(person) {
        return Ok(false);
    }
    for typed in suffixes.iter().filter_map(|suffix| name.strip_suffix(suffix.as_str())) {
        // Names are compared byte by byte: what is no user name as it is kept was never made of one.
        let Some(user_name) = UserName::try_from(typed).ok().filter(|it| it.as_str() == typed) else {
            continue;
        };
        let owner = tx.user_name_owner(&user_name).await?;
        if owner.is_some_and(|owner| owner != person) || was_erased(cx, tx, &user_name).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn take(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, line): (PersonId, &RegisteredLine),
    (sha256, by): ([u8; 32], &Operator),
    done: &mut PeopleRegistered,
) -> Result<(), Fault> {
    let before = tx.registered(person).await?.unwrap_or_default();
    if before == line.says {
        done.same += 1;
        return Ok(());
    }
    tx.register(person, &line.says, cx.now).await?;
    let entry = by
        .entry(EventKind::PersonRegistered)
        .about(person)
        .fact("line", line.line)
        .fact("sha256", hex(&sha256))
        .fact("change", changes(&before, &line.says).join(" "));
    record(cx, tx, entry).await?;
    done.changed += 1;
    Ok(())
}

/// What changed, by field.
fn changes(before: &Registered, after: &Registered) -> Vec<&'static str> {
    let fields = [
        ("subject-name-id", before.subject_name_id != after.subject_name_id),
        ("uni-id", before.uni_id != after.uni_id),
        ("uuid", before.uuid != after.uuid),
        ("job-functions", before.job_functions != after.job_functions),
    ];
    fields.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
}
