//! What of the present stands beside the rows of the trail: a few rows, as they are when the export is made.

use crate::context::Cx;
use crate::fault::Fault;
use crate::measured::measured_since;
use crate::note_documents::told_last;
use crate::ports::store::Tx;
use crate::ports::vault::KeyUse;
use crate::terms_in_force::terms_in_force;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::algorithms::{self, Algorithm};
use domain::audit::checkpoint::instant;
use domain::evidence::{Evidence, Period, Present, Uptime, Uptimes};
use domain::nsis::{self, Owner, Requirement};
use domain::role::{Role, RoleState};
use std::collections::BTreeMap;

type Told = BTreeMap<String, String>;

/// The rows of the present of an export of a period; nothing where it has none.
pub(crate) async fn present(
    cx: &Cx,
    tx: &mut dyn Tx,
    (evidence, period): (Evidence, Period),
) -> Result<Vec<Told>, Fault> {
    let Some(present) = evidence.present() else { return Ok(Vec::new()) };
    match present {
        Present::Roles => Ok(tx.roles().await?.iter().map(|it| role(cx, it)).collect()),
        Present::Keys => keys(cx, tx).await,
        Present::Checkpoint => checkpoint(tx).await,
        Present::Settings => settings(cx, tx).await,
        Present::Terms => {
            let terms = terms(cx, tx).await?;
            Ok(terms.into_iter().chain(documents(cx, tx, period).await?).collect())
        }
        Present::Uptime => uptimes(cx, tx, period).await,
        Present::Requirements => Ok(nsis::all().map(requirement).collect()),
    }
}

fn row<const N: usize>(what: &str, told: [(&str, String); N]) -> Told {
    let told = told.into_iter().map(|(name, value)| (name.to_owned(), value));
    told.chain([("what".to_owned(), what.to_owned())]).collect()
}

/// Every version of the terms that was published, the newest first, and the files' own.
async fn terms(cx: &Cx, tx: &mut dyn Tx) -> Result<Vec<Told>, Fault> {
    let now = terms_in_force(cx, tx).await?.terms.hash;
    let published = tx.published_terms().await?.into_iter().map(|it| it.terms);
    let versions = published.chain([cx.house.terms.version()]).map(|it| {
        let (hash, date) = (it.hash.to_string(), it.date.to_string());
        let in_force = (it.hash == now).to_string();
        row("terms", [("terms", hash), ("version", it.version), ("from", date), ("in-force", in_force)])
    });
    Ok(versions.collect())
}

/// The other published texts as they were by the end of the period; a version that came within it is a row of the trail too.
async fn documents(cx: &Cx, tx: &mut dyn Tx, period: Period) -> Result<Vec<Told>, Fault> {
    let told = told_last(cx, tx, period.before).await?;
    let document = |facts: Told| {
        let fact = |name: &str| facts.get(name).cloned().unwrap_or_default();
        let (document, version) = (fact("document"), fact("version"));
        let (from, digest) = (fact("holds-from"), fact("sha256"));
        row("document", [("document", document), ("version", version), ("from", from), ("sha256", digest)])
    };
    Ok(told.into_values().map(document).collect())
}

/// Each door over the days of the period that were handed in.
async fn uptimes(cx: &Cx, tx: &mut dyn Tx, period: Period) -> Result<Vec<Told>, Fault> {
    let told = measured_since(cx, tx, period.from).await?;
    let sum = Uptimes::over(period, cx.today(), &told);
    let door = |it: Uptime| {
        let available = it.share().map(|it| format!("{}.{:03}", it / 1000, it % 1000)).unwrap_or_default();
        row(
            "door",
            [
                ("door", it.door.word().to_owned()),
                ("days", it.days.to_string()),
                ("of", sum.of.to_string()),
                ("probes", it.probes.to_string()),
                ("worked", it.worked.to_string()),
                ("available-percent", available),
                ("longest-failure", it.longest_failure.to_string()),
                ("longest-silence", it.longest_silence.to_string()),
                ("slowest-p99-ms", it.slowest.to_string()),
            ],
        )
    };
    Ok(sum.doors.iter().copied().map(door).collect())
}

fn algorithm(it: &Algorithm) -> Told {
    row(
        "algorithm",
        [
            ("for", it.purpose.to_owned()),
            ("algorithm", it.name.to_owned()),
            ("strength", it.strength.to_owned()),
            ("made-by", it.made_by.to_owned()),
        ],
    )
}

fn requirement(it: &Requirement) -> Told {
    let events: Vec<_> = it.events.iter().map(|kind| kind.word()).collect();
    row(
        "requirement",
        [
            ("id", it.id.to_owned()),
            ("level", it.level.word().to_owned()),
            ("demands", it.demands.to_owned()),
            ("control", it.control.to_owned()),
            ("tests", it.tests.join(", ")),
            ("events", events.join(", ")),
            ("state", it.state().word().to_owned()),
            ("rest", it.left()),
            ("owner", it.owner.map_or("", Owner::word).to_owned()),
        ],
    )
}

fn role(cx: &Cx, role: &Role) -> Told {
    let (state, until, ended_for) = match &role.state {
        RoleState::Proposed { .. } => ("proposed", String::new(), ""),
        RoleState::Seconded { .. } => ("seconded", String::new(), ""),
        RoleState::Held { until, .. } if role.is_held(cx.now) => ("held", instant(*until), ""),
        RoleState::Held { until, .. } => ("ended", instant(*until), "ran-out"),
        RoleState::Ended { at, why } => ("ended", instant(*at), why.word()),
    };
    row(
        "role",
        [
            ("role", role.kind.word().to_owned()),
            ("person", role.person.to_string()),
            ("state", state.to_owned()),
            ("proposed-at", instant(role.proposed_at)),
            ("until", until),
            ("ended-for", ended_for.to_owned()),
        ],
    )
}

async fn keys(cx: &Cx, tx: &mut dyn Tx) -> Result<Vec<Told>, Fault> {
    let signing = tx.signing_keys().await?.into_iter().map(|key| {
        row(
            "signing-key",
            [
                ("key", key.id.to_string()),
                ("since", instant(key.created_at)),
                ("state", key.life.word().to_owned()),
                ("state-since", instant(key.life.since())),
            ],
        )
    });
    let tokens = tx.token_keys().await?.into_iter().map(|key| {
        row(
            "token-key",
            [
                ("key", key.id.to_string()),
                ("kind", key.kind.word().to_owned()),
                ("since", instant(key.created_at)),
                ("signs-from", instant(key.signs_from)),
            ],
        )
    });
    let checkpoints = cx.house.vault.public_keys(KeyUse::Checkpoints)?.into_iter();
    let checkpoints = checkpoints.map(|key| row("checkpoint-key", [("public", STANDARD.encode(key))]));
    let algorithms = algorithms::IN_USE.iter().map(algorithm);
    Ok(signing.chain(tokens).chain(checkpoints).chain(algorithms).collect())
}

async fn checkpoint(tx: &mut dyn Tx) -> Result<Vec<Told>, Fault> {
    let last = tx.last_checkpoint().await?;
    let told = last.map(|it| {
        let size = it.tree.size().to_string();
        row("checkpoint", [("number", it.number.to_string()), ("size", size), ("note", it.note)])
    });
    Ok(told.into_iter().collect())
}

async fn settings(cx: &Cx, tx: &mut dyn Tx) -> Result<Vec<Told>, Fault> {
    let times = cx.house.policy.session;
    let session = row(
        "session",
        [
            ("idle-minutes", times.idle.as_mins().to_string()),
            ("absolute-minutes", times.absolute.as_mins().to_string()),
            ("pilot", cx.house.policy.pilot.to_string()),
        ],
    );
    let services = tx.relying_parties().await?.into_iter().map(|it| {
        row(
            "connection",
            [
                ("encryption", format!("{:?}", it.encryption)),
                ("demands", it.demands.word().to_owned()),
                ("service", it.entity_id),
            ],
        )
    });
    let applications = tx.clients().await?.into_iter().map(|it| {
        row(
            "connection",
            [
                ("proves-itself", it.auth.method().to_owned()),
                ("demands", it.demands.word().to_owned()),
                ("service", it.client_id),
            ],
        )
    });
    Ok([session].into_iter().chain(services).chain(applications).collect())
}
