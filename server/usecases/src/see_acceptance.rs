//! What proves that somebody accepted the terms (page 55): which text, when each page of it was shown, when the box was
//! ticked, from where, and how well it was known who she was (NSIS 3.1.1.4, 4.1.2.3).

use crate::auditor::NotSeen;
use crate::context::Cx;
use crate::flows::NoFlow;
use crate::show_row::opened_row;
use crate::verify_trail::holds;
use crate::who::Here;
use domain::Timestamp;
use domain::audit::EventKind;
use domain::ids::{FlowId, PersonId, RequestId};
use domain::level::AssuranceLevel;
use domain::terms::Accepted;
use std::collections::BTreeMap;

/// A proof of an accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Whose, as the trail knows her.
    pub person: PersonId,
    /// Her name and user name; none once she was erased.
    pub name: Option<(String, String)>,
    /// What people call the version, and its pages; none where the text of this digest is not known any more.
    pub version: Option<String>,
    /// What was accepted, and how; none once she was erased.
    pub accepted: Option<Accepted>,
    /// What the row of the trail says of it by itself: the digest of the terms, how many pages, when it was ticked.
    pub told: BTreeMap<String, String>,
    /// The level of the newest proof of who she was at that instant, and when she gave it.
    pub proved: Option<(AssuranceLevel, Timestamp)>,
    /// Whether the row's MAC holds: without that it proves nothing.
    pub authentic: bool,
    /// When the row was written.
    pub at: Timestamp,
    /// In which request.
    pub request: RequestId,
    /// The search it was found by.
    pub from: Option<FlowId>,
    /// Until when it is open.
    pub until: Timestamp,
}

/// The proof of the accept this session opened in a flow of this browser.
pub async fn see_acceptance(cx: &Cx, here: &Here, id: FlowId) -> Result<Acceptance, NotSeen> {
    let mut tx = cx.house.store.reading("see_acceptance").await?;
    let (row, from, until) = opened_row(cx, tx.as_mut(), here, id).await?;
    let person = row.subject.filter(|_| EventKind::from_word(&row.kind) == Some(EventKind::TermsAccepted));
    let person = person.ok_or(NoFlow::Gone)?;
    let told: BTreeMap<String, String> = serde_json::from_str(&row.facts).unwrap_or_default();
    let is_this = |accepted: &Accepted| {
        told.get("terms").is_some_and(|terms| *terms == accepted.terms.to_string())
            && told.get("ticked-at").is_some_and(|at| *at == accepted.at.to_string())
    };
    let accepts = tx.acceptances_of(person).await?;
    let accept = accepts.into_iter().find(|(accept, _)| is_this(&accept.accepted));
    let (accepted, version) = accept.map(|(accept, version)| (accept.accepted, version)).unzip();
    // In an enrolment the proof and the accept that waited for it are kept at one instant.
    let proofs = tx.proofings_of(person).await?;
    let proved = proofs.into_iter().find(|proof| proof.at <= row.at).map(|proof| (proof.level, proof.at));
    let name = tx.person(person).await?.map(|person| (person.full_name(), person.user_name.to_string()));
    let authentic = holds(&cx.house, &row)?;
    let (at, request) = (row.at, row.request);
    Ok(Acceptance { person, name, version, accepted, told, proved, authentic, at, request, from, until })
}
