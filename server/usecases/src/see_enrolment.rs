//! What an enrolment's pages show: the step, and only what this step needs.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use domain::association::works_from;
use domain::enrolment::{NotNow, OnRecord, Step};
use domain::ids::FlowId;
use domain::{Date, SignedDuration, Timestamp};

/// Where an enrolment stands.
#[derive(Debug)]
pub struct Standpoint {
    /// What comes next.
    pub step: Step,
    /// What is on record; only told after the proof.
    pub on_record: OnRecord,
    /// Her user name; only told after the proof.
    pub user_name: Option<String>,
    /// Her full name; only told after the proof.
    pub full_name: Option<String>,
    /// What she called her authenticators; only told after the proof.
    pub factors: Vec<String>,
    /// When she proved who she is.
    pub proved_at: Option<Timestamp>,
    /// Which version of the terms she accepted, as people call it, and when.
    pub accepted: Option<(String, Timestamp)>,
    /// When it was finished.
    pub finished_at: Option<Timestamp>,
    /// Until when the proof holds.
    pub proof_until: Option<Timestamp>,
    /// The day from which services let her in, while her first day is to come; only told after the proof.
    pub works_from: Option<Date>,
    /// Words her password must not be; only told after the proof.
    pub own_words: Vec<String>,
}

/// Looks at an enrolment of this browser. Before the proof nothing about the person is told: the link may have
/// reached somebody else.
pub async fn see_enrolment(cx: &Cx, id: FlowId) -> Result<Standpoint, NoFlow> {
    let mut tx = cx.house.store.reading("see_enrolment").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let enrolment = flows::enrolment(&flow)?;
    let proof = match enrolment.proof(cx.now) {
        Ok(proof) => Some(proof),
        Err(NotNow::Finished) => None,
        Err(NotNow::ProofRanOut) => return Ok(unproved(Step::Proof)),
        Err(_) => return Ok(unproved(enrolment.step(OnRecord::default()))),
    };
    let person = tx.person(enrolment.invited).await?.ok_or(NoFlow::Gone)?;
    let on_record = flows::on_record(cx, tx.as_mut(), person.id).await?;
    let associations = tx.associations_of(person.id).await?;
    let factors = crate::means::named(tx.as_mut(), person.id).await?;
    let accepted = tx.acceptances_of(person.id).await.map_err(Fault::from)?;
    Ok(Standpoint {
        step: enrolment.step(on_record),
        on_record,
        user_name: Some(person.user_name.to_string()),
        full_name: Some(person.full_name()),
        factors: factors.into_iter().map(|it| it.name).collect(),
        proved_at: tx.last_proofing(person.id).await.map_err(Fault::from)?.map(|it| it.at),
        accepted: accepted.into_iter().next().map(|(accept, version)| (version, accept.accepted.at)),
        finished_at: enrolment.finished_at(),
        proof_until: proof.map(|proof| proof.at.saturating_add(HOUR).unwrap_or(proof.at)),
        works_from: works_from(&associations, cx.today()),
        own_words: crate::choose_password::own_words(&cx.house.policy, &person),
    })
}

const HOUR: SignedDuration = domain::enrolment::PROOF_HOLDS;

fn unproved(step: Step) -> Standpoint {
    Standpoint {
        step,
        on_record: OnRecord::default(),
        user_name: None,
        full_name: None,
        factors: Vec::new(),
        proved_at: None,
        accepted: None,
        finished_at: None,
        proof_until: None,
        works_from: None,
        own_words: Vec::new(),
    }
}
